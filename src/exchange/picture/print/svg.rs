use std::fmt::Write as _;

use super::colours::{Rgb, colour};
use crate::exchange::picture::geometry::{Area, At, hatching};
use crate::exchange::picture::model::{Anchor, Colour, Fill, Look, Picture, Shape, Stroke, Weight, Words};

/// The family that pictures are written in.
pub(super) const FAMILY: &str = "Inter";

/// A picture as SVG, with its words as text: what the letters are drawn from.
pub(super) fn svg(picture: &Picture) -> String {
    let (width, height) = (number(picture.width), number(picture.height));
    let mut out =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">");
    for shape in &picture.shapes {
        put(&mut out, shape);
    }
    out.push_str("</svg>");
    out
}

/// The beginning of an SVG as it is written: its size on paper, and what it is, for readers and screen readers.
pub(super) fn head(picture: &Picture) -> String {
    let (width, height) = (number(picture.width), number(picture.height));
    let said: Vec<&str> = picture.found.iter().chain(&picture.computed).map(String::as_str).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title description\">\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        escaped(&picture.title),
        escaped(&said.join(" ")),
        colour(&Colour::Ground).hex(),
    )
}

fn put(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Box { area, corner, look } => {
            let Area { left, top, width, height } = *area;
            let (left, top, width, height) = (number(left), number(top), number(width), number(height));
            let corner = if *corner > 0.0 { format!(" rx=\"{}\"", number(*corner)) } else { String::new() };
            add(out, format_args!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{corner}{}/>", looks(look)));
            if let Some(Fill::Hatched(colour_of)) = &look.fill {
                let line = stroke(&Stroke::new(colour_of.clone(), 0.6));
                for (from, to) in hatching(*area) {
                    add(out, format_args!("<path d=\"{}\" fill=\"none\"{line}/>", path(&[from, to])));
                }
            }
        }
        Shape::Disc { centre, radius, look } => {
            let (x, y, radius) = (number(centre.x), number(centre.y), number(*radius));
            add(out, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>", looks(look)));
        }
        Shape::Outline(through, look) => add(out, format_args!("<path d=\"{}Z\"{}/>", path(through), looks(look))),
        Shape::Line(through, line) => add(out, format_args!("<path d=\"{}\" fill=\"none\"{}/>", path(through), stroke(line))),
        Shape::Words(words) => put_words(out, words),
    }
}

fn put_words(out: &mut String, words: &Words) {
    let Words { text, at, anchor, size, weight, colour: of, turn } = words;
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let weight = match weight {
        Weight::Regular => 400,
        Weight::Medium => 500,
        Weight::SemiBold => 600,
    };
    let (x, y) = (number(at.x), number(at.y));
    let turn = if *turn == 0.0 { String::new() } else { format!(" transform=\"rotate({} {x} {y})\"", number(*turn)) };
    add(
        out,
        format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{FAMILY}\" font-size=\"{}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\"{}\" xml:space=\"preserve\"{turn}>{}</text>",
            number(*size),
            colour(of).hex(),
            escaped(text),
        ),
    );
}

fn add(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(line);
    out.push('\n');
}

fn looks(look: &Look) -> String {
    let fill = match &look.fill {
        None => "none".to_owned(),
        Some(Fill::Plain(of)) => colour(of).hex(),
        Some(Fill::Hatched(_)) => Rgb::hex(colour(&Colour::Ground)),
    };
    format!(" fill=\"{fill}\"{}", look.stroke.as_ref().map_or_else(String::new, stroke))
}

fn stroke(stroke: &Stroke) -> String {
    let dashes = stroke.dashes.map_or_else(String::new, |(dash, gap)| format!(" stroke-dasharray=\"{} {}\"", number(dash), number(gap)));
    format!(" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dashes}", colour(&stroke.colour).hex(), number(stroke.width))
}

fn path(through: &[At]) -> String {
    let mut path = String::new();
    for (place, At { x, y }) in through.iter().enumerate() {
        let sign = if place == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(path, "{sign}{} {}", number(*x), number(*y));
    }
    path
}

/// A length with two decimals at most.
fn number(length: f32) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Words as XML writes them; what XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a<b & \"c\"\u{1}\n🌊"), "a&lt;b &amp; &quot;c&quot; 🌊");
        assert_eq!((number(1.0), number(-0.001), number(2.346), number(120.5)), ("1".into(), "0".into(), "2.35".into(), "120.5".into()));
    }
}
