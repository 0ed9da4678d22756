//! A hit in the list: its head, and the words round what was found.

use eframe::egui;
use eframe::egui::{Rect, Ui, pos2};

use super::answer::Row;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, in_chars, paint_elided, paint_mark, paint_under, reading, theme_mark};
use crate::study::{Coding, Origin, Role as Plays, Study, ThemeId};
use crate::text::{Span, sentences};

/// The longest piece of a paragraph that is laid out for the list, in characters.
const SNIPPET: usize = 600;
/// How long a snippet should be at least, in rows.
const FULL: f32 = 1.93;
/// How far into a snippet the first word found may stand, in rows; further on it could be cut off.
const LEAD: f32 = 1.25;
/// Width of a letter of running text, in sizes of its font.
const LETTER: f32 = 0.47;
/// Rows of words in a hit.
pub(super) const LINES: usize = 2;

/// Height of the head of a hit.
pub(super) fn meta_height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::Small) + tokens.space.one
}

/// What a screen reader says of a hit.
pub(super) fn spoken(study: &Study, row: &Row) -> String {
    let label = study.material(row.source).map_or("", |material| material.source.label.as_str());
    format!("{label}, paragraph {}, {}: {}", row.paragraph + 1, coded(study, row), row.words)
}

/// The first theme of a hit, in words, and whether nobody has confirmed it yet.
pub(super) fn coded(study: &Study, row: &Row) -> String {
    match first_coding(study, row) {
        None => "not coded".to_owned(),
        Some(coding) if coding.origin == Origin::SearchUnread => format!("{}, search, unread", study.codebook().path(coding.theme)),
        Some(coding) => study.codebook().path(coding.theme),
    }
}

pub(super) fn paint_context(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let y = rect.top() + tokens.line_height(Type::Small) / 2.0;
    let right = paint_theme(ui, cx, pos2(rect.right(), y), row) - tokens.space.three;
    let material = cx.study.material(row.source);
    let (label, title) = material.map_or(("", ""), |material| (material.source.label.as_str(), material.source.title.as_str()));
    let group = group_name(cx.study, row);
    let number = format!("¶ {}", row.paragraph + 1);
    let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    let medium = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let plain = tokens.font(Type::Small);
    let number_width = elided(ui.painter(), &number, plain.clone(), colour.ink_tertiary, f32::INFINITY).size().x;
    let gap = tokens.space.two;
    let end = right - number_width - gap;
    let mut left = paint_elided(ui.painter(), rect.left(), end, y, label, strong, colour.ink) + gap;
    for (words, font, ink) in [(title, medium, colour.ink_secondary), (group.as_str(), plain.clone(), colour.ink_tertiary)] {
        if !words.is_empty() && left < end - tokens.space.six {
            left = paint_elided(ui.painter(), left, end, y, words, font, ink) + gap;
        }
    }
    paint_elided(ui.painter(), left, right, y, &number, plain, colour.ink_tertiary);
    let letters = rect.width() / (LETTER * tokens.font(Type::ReadingHit).size);
    let (text, marks) = snippet(row, letters);
    let galley = reading(ui.painter(), tokens, Type::ReadingHit, colour.ink, &text, rect.width(), LINES);
    let origin = pos2(rect.left(), rect.top() + meta_height(tokens));
    for mark in marks {
        paint_under(ui.painter(), tokens, &galley, origin, in_chars(&text, mark), colour.find_match);
    }
    ui.painter().galley(origin, galley, colour.ink);
}

/// Paints the first theme of a hit, right-aligned at `right`; returns where it begins.
fn paint_theme(ui: &Ui, cx: &Cx<'_>, right: egui::Pos2, row: &Row) -> f32 {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let font = tokens.font(Type::Micro);
    let Some(coding) = first_coding(cx.study, row) else {
        let galley = elided(ui.painter(), "Not coded", font, colour.ink_tertiary, f32::INFINITY);
        let at = pos2(right.x - galley.size().x, right.y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colour.ink_tertiary);
        return at.x;
    };
    let hue = theme_mark(tokens, cx.study, coding.theme);
    let name = cx.study.codebook().get(coding.theme).map_or("", |theme| theme.name.as_str());
    let unread = if coding.origin == Origin::SearchUnread { " · unread" } else { "" };
    let galley = elided(ui.painter(), &format!("{name}{unread}"), font, hue.label, tokens.size.sources_pane / 2.0);
    let at = pos2(right.x - galley.size().x, right.y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, hue.label);
    let mark = pos2(at.x - tokens.space.two, right.y);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    mark.x - tokens.space.one
}

/// The first theme on the words found, else on the paragraph.
pub(super) fn first_theme(study: &Study, row: &Row) -> Option<ThemeId> {
    first_coding(study, row).map(|coding| coding.theme)
}

fn first_coding<'s>(study: &'s Study, row: &Row) -> Option<&'s Coding> {
    let material = study.material(row.source).filter(|material| material.source.revision == row.revision.id)?;
    let over = |span: Span| material.codings_over(span).map(|coded| &coded.coding).next();
    over(row.found()).or_else(|| over(row.span))
}

/// The group of whoever speaks in a hit.
pub(super) fn group_name(study: &Study, row: &Row) -> String {
    let values = row.case.map(|case| study.role_values(case, Plays::Group)).unwrap_or_default();
    values.into_iter().map(|value| study.attributes().value_name(value)).collect::<Vec<_>>().join("; ")
}

/// The piece of a paragraph round its first found word, and the found words in it; a row of it takes so many `letters`.
fn snippet(row: &Row, letters: f32) -> (String, Vec<Span>) {
    let words = &row.words;
    let (most_before, full) = ((LEAD * letters) as usize, (FULL * letters) as usize);
    let first = row.matches.first().copied().unwrap_or_default();
    let lead = |from: u32| Span::new(from, first.start).slice(words).chars().count();
    let start = if lead(0) <= most_before {
        0
    } else {
        let near = sentences(words).map(|sentence| sentence.start).filter(|start| *start <= first.start && lead(*start) <= most_before);
        // The sentence the word stands in, or one before it where that would leave the row half empty.
        let near: Vec<u32> = near.collect();
        let fills = |start: &&u32| words.get(**start as usize..).is_some_and(|rest| rest.chars().nth(full).is_some());
        near.iter().rev().find(fills).or_else(|| near.first()).copied().unwrap_or_else(|| word_start(words, first.start, most_before / 2))
    };
    let rest = words.get(start as usize..).unwrap_or_default();
    let cut = rest.char_indices().nth(SNIPPET).map_or(rest.len(), |(at, _)| at);
    let prefix = if start > 0 { "… " } else { "" };
    let text = format!("{prefix}{}", rest.get(..cut).unwrap_or_default().replace('\n', " "));
    let shift = u32::try_from(prefix.len()).unwrap_or(0);
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let moved = |found: &Span| Some(Span::new(found.start.checked_sub(start)? + shift, (found.end - start + shift).min(end)));
    let marks = row.matches.iter().filter_map(moved).filter(|mark| mark.start < end).collect();
    (text, marks)
}

/// The beginning of a word about so many characters before byte `at`.
fn word_start(words: &str, at: u32, before_it: usize) -> u32 {
    let before = words.get(..at as usize).unwrap_or_default();
    let from = before.char_indices().rev().nth(before_it).map_or(0, |(byte, _)| byte);
    let space = before.get(from..).and_then(|rest| rest.find(char::is_whitespace)).map_or(from, |space| from + space + 1);
    u32::try_from(space).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::views::search::testing::revision;
    use crate::text::{Voice, tokens};

    #[test]
    fn snippets_begin_near_the_first_word_found() {
        let long = "They talked for an hour and a half. ".repeat(9);
        let endless = "and ".repeat(80);
        for (words, begins, marked) in [
            ("A protocol, you say".to_owned(), "A protocol", "protocol"),
            (
                format!("{long}Then the protocol came. And more."),
                "… They talked for an hour and a half. They talked for an hour and a half. Then",
                "protocol",
            ),
            (format!("{long}Then the protocol came. {long}"), "… Then the protocol", "protocol"),
            (format!("{endless}the protocol é"), "… and and", "protocol"),
            ("Nothing of it".to_owned(), "Nothing", ""),
        ] {
            let matches = tokens(&words).filter(|token| token.folded == "protocol").map(|token| token.span).collect();
            let span = Span::of(0..words.len());
            let revision = revision();
            let source = revision.source;
            let row = Row { source, revision, paragraph: 0, span, words: words.clone().into(), matches, voice: Voice::Author, case: None };
            let (text, marks) = snippet(&row, 88.0);
            assert!(text.starts_with(begins), "{text}");
            assert_eq!(marks.first().map_or("", |mark| mark.slice(&text)), marked, "{text}");
            let (narrow, marks) = snippet(&row, 40.0);
            let before = marks.first().map_or(0, |mark| Span::new(0, mark.start).slice(&narrow).chars().count());
            assert!(before <= 52, "in two short rows it would be cut off: {narrow}");
        }
    }
}
