//! Names at the left of rows and above columns.

use super::geometry::at;
use super::letters::{width, wrapped};
use super::model::{Anchor, Colour, Stroke, Weight};
use super::sheet::{Pen, Sheet, line, size};

/// Widest that names of rows may be, in points.
const ROW_NAMES: f32 = 190.0;
/// Longest that slanted names of columns may be, in points.
const SLANTED: f32 = 110.0;
/// Longest that upright names of columns may be.
const UPRIGHT: f32 = 80.0;
/// How far slanted names rise, in degrees.
const RISE: f32 = 45.0;
/// How far a name stands in below the one above it, in points.
const INDENT: f32 = 9.0;
/// Most lines of a name above its column.
const LINES: usize = 3;
/// Height of a line of a name.
const LINE: f32 = 9.5;

/// The name of a row or of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// As it is drawn, where there is room.
    pub name: String,
    /// As it is said: a theme with those above it.
    pub whole: String,
    /// How far it stands in.
    pub depth: usize,
    /// What several columns beside one another have in common, drawn above them.
    pub outer: Option<String>,
}

/// Room that the names of rows take.
pub(super) fn row_room(heads: &[Head]) -> f32 {
    let nested = is_nested(heads);
    let of = |head: &Head| head.depth as f32 * INDENT + width(&head.name, size::NAME, weight(head, nested));
    heads.iter().map(of).fold(0.0, f32::max).min(ROW_NAMES)
}

/// Draws the name of a row in the middle of it, beginning at `left`.
pub(super) fn row_name(sheet: &mut Sheet, head: &Head, heads: &[Head], (left, middle): (f32, f32), room: f32) {
    let pen = Pen { weight: weight(head, is_nested(heads)), ..Pen::new(size::NAME) };
    let indent = (head.depth as f32 * INDENT).min(room / 2.0);
    sheet.words(at(left + indent, middle + pen.drop()), pen.shortened(&head.name, room - indent), pen, Colour::Ink);
}

fn is_nested(heads: &[Head]) -> bool {
    heads.iter().any(|head| head.depth > 0)
}

const fn weight(head: &Head, nested: bool) -> Weight {
    if nested && head.depth == 0 { Weight::Medium } else { Weight::Regular }
}

/// Whether names fit above columns of a width as they are; else they are slanted.
pub(super) fn are_level(heads: &[Head], column: f32) -> bool {
    let fits = |head: &Head| {
        let lines = wrapped(&head.name, size::NAME, Weight::Regular, column, usize::MAX);
        lines.len() <= LINES && lines.iter().all(|line| !line.ends_with('…') && width(line, size::NAME, Weight::Regular) <= column)
    };
    heads.iter().all(fits)
}

/// Draws the names of columns with their lower end at `bottom`, each over the middle of its column, or where `anchor` says.
pub(super) fn column_names(sheet: &mut Sheet, heads: &[Head], middles: &[f32], column: f32, bottom: f32, anchor: Anchor) {
    let nested = heads.iter().any(|head| head.outer.is_some());
    let mut high = 0.0f32;
    if are_level(heads, column) {
        let pen = Pen { anchor, ..Pen::new(size::NAME) };
        for (head, middle) in heads.iter().zip(middles) {
            let lines = wrapped(&head.name, pen.size, pen.weight, column, LINES);
            high = high.max(lines.len() as f32 * LINE);
            let x = if anchor == Anchor::Start { middle - column / 2.0 } else { *middle };
            for (up, line) in lines.iter().rev().enumerate() {
                sheet.words(at(x, bottom - 2.0 - up as f32 * LINE), line.as_str(), pen, Colour::Ink);
            }
        }
    } else if nested {
        // Upright names leave the room above them to what they have in common.
        let pen = Pen::new(size::NAME).turned(-90.0);
        for (head, middle) in heads.iter().zip(middles) {
            let name = pen.shortened(&head.name, UPRIGHT);
            high = high.max(pen.width(&name));
            sheet.words(at(middle + pen.drop(), bottom - 3.0), name, pen, Colour::Ink);
        }
    } else {
        for (head, middle) in heads.iter().zip(middles) {
            slanted(sheet, &head.name, *middle, bottom);
        }
    }
    let top = bottom - 4.0 - high;
    let together: Vec<(&Head, f32)> = heads.iter().zip(middles.iter().copied()).collect();
    for run in together.chunk_by(|one, other| one.0.outer == other.0.outer) {
        let (Some((Head { outer: Some(outer), .. }, first)), Some((_, last))) = (run.first(), run.last()) else { continue };
        let (left, right) = (first - column / 2.0, last + column / 2.0);
        sheet.line(at(left, top), at(right, top), Stroke::new(Colour::Quiet, line::HAIR));
        let pen = Pen::new(size::NAME).strong().middle();
        for (up, line) in wrapped(outer, pen.size, pen.weight, right - left, LINES).iter().rev().enumerate() {
            sheet.words(at(f32::midpoint(left, right), top - 4.0 - up as f32 * LINE), line.as_str(), pen, Colour::Ink);
        }
    }
}

/// Draws a slanted name over a column.
pub(super) fn slanted(sheet: &mut Sheet, name: &str, middle: f32, bottom: f32) {
    let pen = Pen::new(size::NAME).turned(-RISE);
    sheet.words(at(middle + 2.0, bottom - 2.0), pen.shortened(name, SLANTED), pen, Colour::Ink);
}
