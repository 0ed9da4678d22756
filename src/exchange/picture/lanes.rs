//! One text from its beginning to its end, its themes as lanes.

use super::geometry::{area, at};
use super::heads::{Head, row_name, row_room};
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::of_most;
use super::pairs::head_of;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::leads::Leads;
use crate::analysis::timeline::Timeline;
use crate::exchange::export::Labels;
use crate::study::Study;

/// Most lanes.
const LANES: usize = 60;
/// Width of the text, in points.
const WIDTH: f32 = 400.0;
/// Height of a lane, and of a passage in it.
const LANE: (f32, f32) = (14.0, 9.0);
/// Narrowest that a passage is drawn.
const LEAST: f32 = 1.2;
/// Nearest that two numbers of paragraphs stand.
const NUMBERS: f32 = 26.0;

/// Where in a text its themes are spoken of: lanes from left to right, in words, over what the interviewer says.
pub fn code_timeline(study: &Study, found: &Timeline, labels: Labels) -> Result<Picture, NoPicture> {
    let label = study.material(found.source).map_or_else(String::new, |material| labels.source(&material.source));
    if found.lanes.is_empty() || found.words == 0 {
        return Err(NoPicture::because(format!("nothing is coded in {label}")));
    }
    let lanes = of_most(&found.lanes, LANES, |lane| lane.passages.len() as u64);
    let heads: Vec<Head> = lanes.shown.iter().map(|lane| Head { depth: 0, ..head_of(study, lane.theme) }).collect();
    let mut sheet = Sheet::default();
    let room = row_room(&heads);
    let left = room + 8.0;
    let x = |words: u32| WIDTH.mul_add(words as f32 / found.words as f32, left);
    let bottom = heads.len() as f32 * LANE.0;
    for other in &found.others {
        sheet.fill(area(x(other.from), 0.0, x(other.until) - x(other.from), bottom), Colour::Sunken);
    }
    for row in 0..=heads.len() {
        let y = row as f32 * LANE.0;
        sheet.line(at(left, y), at(left + WIDTH, y), Stroke::new(Colour::Faint, line::HAIR));
    }
    let pen = Pen::new(size::SMALL);
    let source = study.material(found.source);
    for (row, (lane, head)) in lanes.shown.iter().zip(&heads).enumerate() {
        let top = row as f32 * LANE.0;
        row_name(&mut sheet, head, &heads, (0.0, top + LANE.0 / 2.0), room);
        let colour = Colour::Theme(study.codebook().colour(lane.theme).map(str::to_owned));
        for (column, passage) in lane.passages.iter().enumerate() {
            let wide = (x(passage.until) - x(passage.from)).max(LEAST);
            let cell = area(x(passage.from), top + (LANE.0 - LANE.1) / 2.0, wide, LANE.1);
            sheet.tile(cell, 1.0, Look::filled(colour.clone()));
            let paragraph = source.and_then(|material| material.geometry.paragraph_at(passage.span.start)).map_or(0, |at| at + 1);
            let words = passage.until - passage.from;
            let name = format!("{}: {words} {} from paragraph {paragraph} on", head.whole, if words == 1 { "word" } else { "words" });
            let leads = Leads::Passage { source: found.source, span: passage.span, theme: lane.theme, filter: found.filter.clone() };
            sheet.mark(Reach::Box(cell), name, (row, column), Some(leads));
        }
        let count = lane.passages.len().to_string();
        sheet.words(at(left + WIDTH + 12.0, top + LANE.0 / 2.0 + pen.drop()), count, pen.end(), Colour::Quiet);
    }
    paragraphs(&mut sheet, found, x, bottom);
    legend(&mut sheet);
    let mut computed = vec![
        "Lanes are as long as the text, in words. A theme stands for itself, without those below it; codings that share characters are one passage. At the right: passages.".to_owned(),
    ];
    computed.extend(lanes.says("themes", "with most passages"));
    Ok(sheet.picture(format!("{label}: themes in the course of the text"), Vec::new(), computed))
}

/// Numbers of paragraphs under the lanes, as many as there is room for.
fn paragraphs(sheet: &mut Sheet, found: &Timeline, x: impl Fn(u32) -> f32, bottom: f32) {
    let pen = Pen::new(size::SMALL);
    let count = found.paragraphs.len().max(1);
    let every = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000]
        .into_iter()
        .find(|every| WIDTH * *every as f32 / count as f32 >= NUMBERS)
        .unwrap_or(count);
    let mut last = f32::MIN;
    for (place, words) in found.paragraphs.iter().enumerate() {
        let number = place + 1;
        let here = x(*words);
        if (number == 1 || number % every == 0) && here - last >= NUMBERS / 2.0 {
            sheet.line(at(here, bottom), at(here, bottom + 3.0), Stroke::new(Colour::Quiet, line::HAIR));
            sheet.words(at(here, bottom + 11.0), format!("¶ {number}"), pen.middle(), Colour::Quiet);
            last = here + pen.width(&format!("¶ {number}"));
        }
    }
}

fn legend(sheet: &mut Sheet) {
    let middle = sheet.bottom() + 12.0;
    let pen = Pen::new(size::SMALL);
    sheet.fill(area(0.0, middle - 4.5, 16.0, 9.0), Colour::Sunken);
    sheet.words(at(19.0, middle + pen.drop()), "not a participant’s words (the interviewer’s, headings)", pen, Colour::Quiet);
}
