#!/usr/bin/env python3
"""Make the fonts of Themata from their npm packages.

    pip install -r assets/requirements.txt
    python3 assets/make_fonts.py                    # fetches the packages with `npm pack`
    python3 assets/make_fonts.py --packages DIR     # takes the .tgz files from DIR
    python3 assets/make_fonts.py --check            # writes nothing; fails if a file would differ

Packages are pinned by version and sha512. Everything below `fonts/` except README.md
is written by this script, and the same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import logging
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent / "fonts"

# package -> (version, file that `npm pack` writes, sha512 as npm prints it)
PACKAGES = {
    "@expo-google-fonts/inter": (
        "0.4.2",
        "expo-google-fonts-inter-0.4.2.tgz",
        "syfiImMaDmq7cFi0of+waE2M4uSCyd16zgyWxdPOY7fN2VBmSLKEzkfbZgeOjJq61kSqPBNNtXjggiQiSD6gMQ==",
    ),
    "@expo-google-fonts/source-serif-4": (
        "0.4.1",
        "expo-google-fonts-source-serif-4-0.4.1.tgz",
        "Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",
    ),
    "@expo-google-fonts/atkinson-hyperlegible": (
        "0.4.1",
        "expo-google-fonts-atkinson-hyperlegible-0.4.1.tgz",
        "Xr1XAguU7oEVHy28WxCBmdjPT2BNwH5lFZF2adHb9Cy6qtNgXwDzeAgvESkoq4mQmYW5RzqJZknqQxrTkEm0Xw==",
    ),
    "lucide-static": (
        "1.62.0",
        "lucide-static-1.62.0.tgz",
        "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
    ),
}

# Files that go into the folder byte for byte: (package, member, file name).
VERBATIM = [
    ("@expo-google-fonts/inter", "LICENSE_FONT", "Inter-OFL.txt"),
    ("@expo-google-fonts/inter", "LICENSE_FONT", "InterTabular-OFL.txt"),
    ("@expo-google-fonts/source-serif-4", "LICENSE_FONT", "SourceSerif4-OFL.txt"),
    (
        "@expo-google-fonts/source-serif-4",
        "400Regular/SourceSerif4_400Regular.ttf",
        "SourceSerif4-Regular.ttf",
    ),
    (
        "@expo-google-fonts/source-serif-4",
        "600SemiBold/SourceSerif4_600SemiBold.ttf",
        "SourceSerif4-SemiBold.ttf",
    ),
    (
        "@expo-google-fonts/source-serif-4",
        "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf",
        "SourceSerif4-Italic.ttf",
    ),
    (
        "@expo-google-fonts/atkinson-hyperlegible",
        "LICENSE_FONT",
        "AtkinsonHyperlegible-OFL.txt",
    ),
    (
        "@expo-google-fonts/atkinson-hyperlegible",
        "400Regular/AtkinsonHyperlegible_400Regular.ttf",
        "AtkinsonHyperlegible-Regular.ttf",
    ),
    (
        "@expo-google-fonts/atkinson-hyperlegible",
        "700Bold/AtkinsonHyperlegible_700Bold.ttf",
        "AtkinsonHyperlegible-Bold.ttf",
    ),
    (
        "@expo-google-fonts/atkinson-hyperlegible",
        "400Regular_Italic/AtkinsonHyperlegible_400Regular_Italic.ttf",
        "AtkinsonHyperlegible-Italic.ttf",
    ),
    ("lucide-static", "LICENSE", "icons/Lucide-LICENSE.txt"),
]

INTER_WEIGHTS = [(400, "Regular"), (500, "Medium"), (600, "SemiBold")]

# What the tabular subset holds: Basic Latin, the spaces and punctuation that stand
# beside numbers, and the signs of a table of counts.
TABULAR_TEXT = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0\u2007\u2008\u2009\u202f"  # no-break, figure, punctuation, thin spaces
    + "‐‑‒–—‘’“”…·•‹›«»¶§%‰/⁄°×÷−±≈≠≤≥¼½¾£€"
)
# Signs that take the width of a digit, so that "+3" and " 3" line up.
TABULAR_SIGNS = "+−±=≈≠<>≤≥×÷"

# Characters of the interface that some text face has to hold.
INTERFACE_SIGNS = "↑↓←→↵⇧⌘›·…–—¶θ“”‘’✓×⇄≥▲"
ICON_INSTEAD = {"⇄": "arrow-right-left"}

ICON_FAMILY = "Themata Icons"

# Names as Lucide gives them.
ICONS = """
arrow-big-up arrow-down arrow-down-a-z arrow-left arrow-left-right arrow-right arrow-right-left
arrow-up arrow-up-down ban bold book-open bookmark calendar case-sensitive chart-bar
chart-column chart-no-axes-column check check-check chevron-down chevron-left chevron-right
chevron-up chevrons-down-up chevrons-left chevrons-right chevrons-up-down circle circle-alert
circle-check circle-dashed circle-dot circle-question-mark circle-slash circle-x clipboard
clipboard-paste clock columns-2 columns-3 command copy corner-down-left database download
ellipsis ellipsis-vertical external-link eye eye-off file file-check file-down file-plus
file-spreadsheet file-text flag folder folder-open folder-plus funnel git-compare git-merge
grid-3x3 grip-vertical hard-drive hash highlighter history import info italic keyboard layers
link list list-checks list-filter list-tree loader loader-circle lock lock-open map-pin
maximize-2 menu message-square message-square-dashed message-square-quote message-square-text
minimize-2 minus monitor moon move palette panel-left panel-left-close panel-right
panel-right-close paperclip pause pencil pin pin-off play plus printer quote redo redo-2
refresh-cw regex repeat replace rotate-ccw rows-2 rows-3 save scissors search settings share
shield shield-check sigma skip-back skip-forward sliders-horizontal split square square-check
square-minus square-pen star sticky-note sun sun-moon table table-2 tag tags text-quote
text-select trash-2 triangle triangle-alert type undo undo-2 unlink upload user user-check
user-plus users whole-word x zoom-in zoom-out
""".split()

# Other names for the same code points.
ALIASES = {
    "columns": "columns-2",
    "filter": "funnel",
    "grid": "grid-3x3",
    "help-circle": "circle-question-mark",
    "more-horizontal": "ellipsis",
    "more-vertical": "ellipsis-vertical",
    "refresh": "refresh-cw",
    "rows": "rows-2",
    "trash": "trash-2",
    "tree": "list-tree",
    "unlock": "lock-open",
}


class Packages:
    """The pinned packages, opened from `folder` or fetched into a temporary one."""

    def __init__(self, folder: Path | None):
        self._temporary = None
        if folder is None:
            self._temporary = tempfile.TemporaryDirectory()
            folder = Path(self._temporary.name)
            npm = shutil.which("npm") or sys.exit("npm is needed, or --packages DIR")
            for name, (version, _, _) in PACKAGES.items():
                subprocess.run(
                    [npm, "pack", "--silent", f"{name}@{version}"],
                    cwd=folder,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
        self._tars = {}
        for name, (_, file, sha512) in PACKAGES.items():
            data = (folder / file).read_bytes()
            if base64.b64encode(hashlib.sha512(data).digest()).decode() != sha512:
                sys.exit(f"{file}: not the package that is pinned here")
            self._tars[name] = tarfile.open(fileobj=io.BytesIO(data))

    def read(self, package: str, member: str) -> bytes:
        return self._tars[package].extractfile(f"package/{member}").read()

    def font(self, package: str, member: str) -> TTFont:
        # recalcTimestamp off: the same input has to give the same bytes.
        return TTFont(io.BytesIO(self.read(package, member)), recalcTimestamp=False)


def saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def set_name(font: TTFont, name_id: int, text: str) -> None:
    font["name"].setName(text, name_id, 3, 1, 0x409)


def subtables(lookup):
    return [getattr(s, "ExtSubTable", s) for s in lookup.SubTable]


def show_characters_as_typed(font: TTFont) -> None:
    """Take out of `calt` what shows other characters than the text has.

    Inter draws "->" as an arrow and the x of "2x3" as a multiplication sign. The text
    stack applies `calt` always, and a program for reading texts has to show what stands
    in them. The rest of `calt` (hyphens and brackets raised beside capitals) stays.
    """
    gsub = font["GSUB"].table
    lookups = gsub.LookupList.Lookup

    def chain_of(index):
        nested = {
            record.LookupListIndex
            for s in subtables(lookups[index])
            for record in getattr(s, "SubstLookupRecord", [])
        }
        return [lookups[i] for i in sorted({index} | nested)]

    def ligates(lookup):
        return lookup.LookupType == 4 or any(
            hasattr(s, "ligatures") for s in subtables(lookup)
        )

    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "calt":
            continue
        feature, keep = record.Feature, []
        for index in feature.LookupListIndex:
            chain = chain_of(index)
            if any(ligates(lookup) for lookup in chain):
                continue
            keep.append(index)
            for lookup in chain:
                for s in subtables(lookup):
                    if hasattr(s, "mapping"):
                        s.mapping.pop("x", None)
        feature.LookupListIndex = keep
        feature.LookupCount = len(keep)


def drop_private_use(font: TTFont) -> None:
    """Inter reaches its alternates by private-use codes too, where the icons have theirs."""
    for table in font["cmap"].tables:
        for code in [c for c in table.cmap if 0xE000 <= c <= 0xF8FF or c >= 0xF0000]:
            del table.cmap[code]


def inter(packages: Packages, weight: int, style: str) -> TTFont:
    font = packages.font(
        "@expo-google-fonts/inter", f"{weight}{style}/Inter_{weight}{style}.ttf"
    )
    show_characters_as_typed(font)
    drop_private_use(font)
    version = font["name"].getDebugName(5)
    set_name(font, 5, f"{version};Themata: characters as typed, no private-use codes")
    return font


def inter_tabular(packages: Packages, weight: int, style: str) -> TTFont:
    font = inter(packages, weight, style)
    cmap = dict(font.getBestCmap())
    tnum = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for s in subtables(gsub.LookupList.Lookup[index]):
                    tnum.update(s.mapping)
    swapped = {ord(c): tnum[cmap[ord(c)]] for c in "0123456789"}
    # The signs at the height of digits, where `calt` puts them beside digits.
    swapped |= {ord(c): tnum[cmap[ord(c)] + ".case"] for c in TABULAR_SIGNS}
    for table in font["cmap"].tables:
        table.cmap.update({c: g for c, g in swapped.items() if c in table.cmap})

    options = subset.Options()
    options.layout_features = ["calt", "kern", "mark", "mkmk"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = True
    options.drop_tables += ["STAT"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ord(c) for c in TABULAR_TEXT if ord(c) in cmap])
    cut.subset(font)

    plain = style == "Regular"
    full = "Inter Tabular" if plain else f"Inter Tabular {style}"
    set_name(font, 1, full)
    set_name(font, 2, "Regular")
    set_name(font, 3, f"Themata;InterTabular-{style}")
    set_name(font, 4, "Inter Tabular Regular" if plain else full)
    set_name(font, 6, f"InterTabular-{style}")
    set_name(
        font,
        5,
        font["name"].getDebugName(5) + ", subset, tabular figures",
    )
    if not plain:
        set_name(font, 16, "Inter Tabular")
        set_name(font, 17, style)
    return font


def icons(packages: Packages) -> tuple[TTFont, dict[str, int]]:
    names = json.loads(packages.read("lucide-static", "font/codepoints.json"))
    font = packages.font("lucide-static", "font/lucide.ttf")
    codes = {name: names[name] for name in ICONS}
    assert len(set(codes.values())) == len(ICONS) == len(set(ICONS)), "an icon twice"
    wanted = set(codes.values())

    options = subset.Options()
    options.layout_features = []
    options.name_IDs = ["*"]
    options.glyph_names = True
    cut = subset.Subsetter(options)
    cut.populate(unicodes=wanted)
    cut.subset(font)

    # Lucide's glyphs fill the em from the baseline up. Lowered, their middle is the middle
    # of Inter's capitals (0.3638 em), so that an icon sits right beside a label.
    glyf, hmtx = font["glyf"], font["hmtx"]
    drop = round(1000 * (0.5 - 1490 / 2048 / 2))
    for glyph_name in font.getGlyphOrder():
        glyph = glyf[glyph_name]
        if glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, -drop))
        glyph.recalcBounds(glyf)
        # The package records a side bearing of 0 for every glyph, which shifts the drawing
        # once the bounds are computed anew.
        hmtx[glyph_name] = (1000, getattr(glyph, "xMin", 0))
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 1000 - drop, -drop, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = 1000 - drop, -drop, 0
    os2.usWinAscent, os2.usWinDescent = 1000 - drop, drop

    table = font["name"]
    table.names = []
    version = PACKAGES["lucide-static"][0]
    set_name(font, 0, "Copyright (c) 2026 Lucide Icons and Contributors; "
                      "portions Copyright (c) 2013-present Cole Bemis (Feather)")
    set_name(font, 1, ICON_FAMILY)
    set_name(font, 2, "Regular")
    set_name(font, 3, f"Themata;ThemataIcons-Regular;Lucide {version}")
    set_name(font, 4, f"{ICON_FAMILY} Regular")
    set_name(font, 5, f"Version 1.0; subset of Lucide {version}")
    set_name(font, 6, "ThemataIcons-Regular")
    set_name(font, 11, "https://lucide.dev")
    set_name(font, 13, "ISC License; icons from Feather: MIT License")
    set_name(font, 14, "https://lucide.dev/license")
    return font, codes


def with_aliases(codes: dict[str, int]) -> dict[str, int]:
    every = codes | {alias: codes[name] for alias, name in ALIASES.items()}
    assert len(every) == len(codes) + len(ALIASES), "an alias is an icon's own name"
    return dict(sorted(every.items()))


def icons_json(codes: dict[str, int]) -> bytes:
    every = {name: f"U+{code:04X}" for name, code in with_aliases(codes).items()}
    return (json.dumps(every, indent=2) + "\n").encode()


def icons_rust(codes: dict[str, int]) -> bytes:
    lines = ["// Written by assets/make_fonts.py: the code points of fonts/icons/ThemataIcons.ttf."]
    every = {name.upper().replace("-", "_"): name for name in with_aliases(codes)}
    for constant, name in sorted(every.items()):
        code = with_aliases(codes)[name]
        doc = f"The icon `{name}`."
        if name in ALIASES:
            doc = f"The icon `{ALIASES[name]}`, by another name."
        lines += ["", f"/// {doc}", f"pub const {constant}: char = '\\u{{{code:x}}}';"]
    return ("\n".join(lines) + "\n").encode()


def check(files: dict[str, bytes], codes: dict[str, int]) -> None:
    """What the program relies on; an AssertionError names what does not hold."""
    fonts = {
        name: TTFont(io.BytesIO(data))
        for name, data in files.items()
        if name.endswith(".ttf")
    }
    for name, font in fonts.items():
        assert "glyf" in font and "fvar" not in font, f"{name}: not a static TrueType font"
        assert len(files[name]) <= 400_000, f"{name}: over 400 kB"
        assert font["OS/2"].fsType == 0, f"{name}: embedding restricted"
        for table in font.keys():
            font[table]  # every table has to parse
        for glyph in font.getGlyphOrder():
            font["glyf"][glyph].getCoordinates(font["glyf"])

    for _, style in INTER_WEIGHTS:
        plain, tabular = fonts[f"Inter-{style}.ttf"], fonts[f"InterTabular-{style}.ttf"]
        cmap = tabular.getBestCmap()
        widths = {
            tabular["hmtx"][cmap[ord(c)]][0] for c in "0123456789\u2007" + TABULAR_SIGNS
        }
        assert len(widths) == 1, f"InterTabular-{style}: digits of several widths {widths}"
        for key in ("ascent", "descent", "lineGap"):
            assert getattr(plain["hhea"], key) == getattr(tabular["hhea"], key)
        assert not [c for c in plain.getBestCmap() if 0xE000 <= c <= 0xF8FF]
        missing = {c for c in TABULAR_TEXT if ord(c) not in cmap}
        assert not missing, f"InterTabular-{style}: lacks {missing}"

    inter_has = fonts["Inter-Regular.ttf"].getBestCmap()
    lacking = {c for c in INTERFACE_SIGNS if ord(c) not in inter_has}
    assert lacking == set(ICON_INSTEAD), f"Inter lacks {lacking}"
    assert set(ICON_INSTEAD.values()) <= set(codes)

    drawn = fonts["icons/ThemataIcons.ttf"]
    assert set(drawn.getBestCmap()) == set(codes.values())
    for code in codes.values():
        glyph = drawn["glyf"][drawn.getBestCmap()[code]]
        assert glyph.numberOfContours > 0, f"empty icon U+{code:04X}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, metavar="DIR", help="folder with the .tgz files")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    packages = Packages(arguments.packages)
    files = {target: packages.read(name, member) for name, member, target in VERBATIM}
    for weight, style in INTER_WEIGHTS:
        files[f"Inter-{style}.ttf"] = saved(inter(packages, weight, style))
        files[f"InterTabular-{style}.ttf"] = saved(inter_tabular(packages, weight, style))
    icon_font, codes = icons(packages)
    files["icons/ThemataIcons.ttf"] = saved(icon_font)
    files["icons.json"] = icons_json(codes)
    files["icons.rs.txt"] = icons_rust(codes)
    check(files, codes)

    differing = []
    for name, data in sorted(files.items()):
        path = FONTS / name
        if arguments.check:
            if not path.exists() or path.read_bytes() != data:
                differing.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(f"{len(data):>8}  {name}")
    if differing:
        sys.exit("differs: " + ", ".join(differing))
    if arguments.check:
        print(f"{len(files)} files as they should be, {len(codes)} icons")


if __name__ == "__main__":
    main()
