#!/usr/bin/env python3
"""Draw the application icon: icon.svg and icon-256.png, icon-64.png, icon-32.png.

    pip install -r assets/requirements.txt
    python3 assets/icon/make_icon.py

One drawing, as cubic curves on a square of 256 units; the small sizes have a heavier letter
and a sheet that fills the square, so that they stay clear. The PNGs are drawn at eight
times their size and reduced.
"""

from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
INK = "#2B57A5"
PAPER = "#FBF7EE"
PAPER_FOOT = "#F1EADB"
EDGE = "#D8CFBD"
K = 0.5522847498  # a quarter circle as one cubic curve


class Shape:
    """A closed path of straight lines and cubic curves."""

    def __init__(self, x, y):
        self.start = self.at = (x, y)
        self.parts = []

    def line(self, x, y):
        self.parts.append(("L", [(x, y)]))
        self.at = (x, y)
        return self

    def curve(self, a, b, c):
        self.parts.append(("C", [a, b, c]))
        self.at = c
        return self

    def svg(self):
        def n(v):
            return f"{v:.2f}".rstrip("0").rstrip(".")

        out = [f"M{n(self.start[0])} {n(self.start[1])}"]
        for kind, points in self.parts:
            out.append(kind + " ".join(f"{n(x)} {n(y)}" for x, y in points))
        return "".join(out) + "Z"

    def polygon(self, scale):
        points, (x0, y0) = [self.start], self.start
        for kind, p in self.parts:
            if kind == "L":
                points.append(p[0])
            else:
                (x1, y1), (x2, y2), (x3, y3) = p
                for i in range(1, 65):
                    t = i / 64
                    u = 1 - t
                    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                    points.append(
                        (a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)
                    )
            x0, y0 = p[-1]
        return [(x * scale, y * scale) for x, y in points]


def sheet(left, top, right, bottom, r):
    k = r * (1 - K)
    return (
        Shape(left + r, top)
        .line(right - r, top)
        .curve((right - k, top), (right, top + k), (right, top + r))
        .line(right, bottom - r)
        .curve((right, bottom - k), (right - k, bottom), (right - r, bottom))
        .line(left + r, bottom)
        .curve((left + k, bottom), (left, bottom - k), (left, bottom - r))
        .line(left, top + r)
        .curve((left, top + k), (left + k, top), (left + r, top))
    )


def oval(cx, cy, rx, ry, square):
    """An oval; `square` over K makes it fuller at the shoulders, as in a printed letter."""
    kx, ky = rx * K, ry * square
    return (
        Shape(cx, cy - ry)
        .curve((cx + kx, cy - ry), (cx + rx, cy - ky), (cx + rx, cy))
        .curve((cx + rx, cy + ky), (cx + kx, cy + ry), (cx, cy + ry))
        .curve((cx - kx, cy + ry), (cx - rx, cy + ky), (cx - rx, cy))
        .curve((cx - rx, cy - ky), (cx - kx, cy - ry), (cx, cy - ry))
    )


# size -> inset of the sheet, its corner, and of the letter: half width, half height, stem,
# stroke at top and bottom, half thickness of the bar. All in units of the 256 square; at
# 32 and 64 they fall on whole pixels.
DRAWINGS = {
    256: dict(inset=10, corner=54, rx=62, ry=88, stem=29, hair=12, bar=7.5),
    64: dict(inset=4, corner=52, rx=64, ry=88, stem=30, hair=14, bar=8),
    32: dict(inset=0, corner=48, rx=64, ry=88, stem=32, hair=18, bar=8),
}


def shapes(d):
    low, high = d["inset"], 256 - d["inset"]
    outer = oval(128, 128, d["rx"], d["ry"], 0.60)
    inner = oval(128, 128, d["rx"] - d["stem"], d["ry"] - d["hair"], 0.64)
    reach = d["rx"] - d["stem"] + 4
    bar = (
        Shape(128 - reach, 128 - d["bar"])
        .line(128 + reach, 128 - d["bar"])
        .line(128 + reach, 128 + d["bar"])
        .line(128 - reach, 128 + d["bar"])
    )
    return sheet(low, low, high, high, d["corner"]), outer, inner, bar


def svg():
    d = DRAWINGS[256]
    paper, outer, inner, bar = shapes(d)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
<title>Themata</title>
<defs><linearGradient id="paper" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{PAPER}"/><stop offset="1" stop-color="{PAPER_FOOT}"/></linearGradient></defs>
<path d="{paper.svg()}" fill="url(#paper)" stroke="{EDGE}" stroke-width="4"/>
<path d="{outer.svg()}{inner.svg()}" fill="{INK}" fill-rule="evenodd"/>
<path d="{bar.svg()}" fill="{INK}"/>
</svg>
"""


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def png(size):
    d = DRAWINGS[size]
    over = 8 if size > 32 else 16
    n = size * over
    scale = n / 256
    _, outer, inner, bar = shapes(d)

    def mask(*closed):
        """White within an odd number of the closed paths, tested at pixel centres."""
        image = Image.new("L", (n, n), 0)
        draw = ImageDraw.Draw(image)
        crossings = [[] for _ in range(n)]
        for shape in closed:
            points = shape.polygon(scale)
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
                for y in range(max(0, ceil(min(y0, y1) - 0.5)), min(n, ceil(max(y0, y1) - 0.5))):
                    crossings[y].append(x0 + (y + 0.5 - y0) * (x1 - x0) / (y1 - y0))
        for y, row in enumerate(crossings):
            row.sort()
            for x0, x1 in zip(row[::2], row[1::2]):
                first, last = ceil(x0 - 0.5), ceil(x1 - 0.5) - 1
                if first <= last:
                    draw.line([(first, y), (last, y)], fill=255)
        return image

    # The edge is drawn as a sheet beneath a slightly smaller one.
    line = 4 if size > 64 else 256 / size
    low = d["inset"] - (2 if size > 64 else 0)
    rim = sheet(low, low, 256 - low, 256 - low, d["corner"] + (2 if size > 64 else 0))
    low += line
    paper = sheet(low, low, 256 - low, 256 - low, d["corner"] - line / 2)

    top, foot = rgb(PAPER), rgb(PAPER_FOOT)
    ramp = Image.new("RGB", (1, n))
    for y in range(n):
        ramp.putpixel((0, y), tuple(round(a + (b - a) * y / n) for a, b in zip(top, foot)))
    picture = Image.new("RGB", (n, n), rgb(EDGE))
    picture.paste(ramp.resize((n, n)), mask=mask(paper))
    picture.paste(rgb(INK), mask=mask(outer, inner))
    picture.paste(rgb(INK), mask=mask(bar))

    # Reduced apart from its alpha, so that no dark fringe gathers at the corners.
    small = picture.resize((size, size), Image.Resampling.BOX)
    small.putalpha(mask(rim).resize((size, size), Image.Resampling.BOX))
    return small


def main():
    (HERE / "icon.svg").write_text(svg(), encoding="utf-8")
    for size in DRAWINGS:
        png(size).save(HERE / f"icon-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
