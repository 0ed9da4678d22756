//! Keyword in context: one line for each word found, the word in the middle.

use std::sync::Arc;

use eframe::egui::{self, Align2, Color32, FontId, Painter, Rect, Ui, pos2, vec2};

use super::acts::stretches;
use super::answer::{HitId, Row};
use super::view::SearchView;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{paint_elided, paint_mark, paint_words, theme_mark};
use crate::text::{Span, fold};

/// The order of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// As the sources stand.
    #[default]
    Source,
    /// By the word before, then the one before that.
    Left,
    /// By what follows.
    Right,
}

impl Sort {
    /// Every order with its name.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Source, "Source order"), (Self::Left, "Sorted by the word before"), (Self::Right, "Sorted by the word after")];
}

/// A word found, with the paragraph it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    row: usize,
    found: Span,
}

/// The lines of an answer.
#[derive(Default)]
pub(super) struct Lines {
    rows: Option<Arc<[Row]>>,
    sort: Sort,
    all: Vec<Line>,
}

impl Lines {
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The hit of a line.
    pub fn id(&self, at: usize) -> Option<HitId> {
        self.row(at).map(|(row, _)| row.id())
    }

    /// The first line of a hit.
    pub fn of(&self, id: HitId) -> Option<usize> {
        (0..self.all.len()).find(|at| self.id(*at) == Some(id))
    }

    pub fn row(&self, at: usize) -> Option<(&Row, Span)> {
        let line = self.all.get(at)?;
        self.rows.as_ref()?.get(line.row).map(|row| (row, line.found))
    }
}

/// How much of a paragraph stands beside a word, in characters.
const BESIDE: usize = 160;
/// How much of it decides the order, in characters.
const COMPARED: usize = 48;

/// Starts a job that makes the lines, if those that are there are of other rows or in another order.
pub(super) fn keep_up(view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some(answer) = &view.answer else { return };
    let wanted = (Arc::as_ptr(&answer.rows).cast::<()>(), view.list.sort);
    let list = &mut view.list;
    let same = |rows: &Arc<[Row]>| std::ptr::eq(Arc::as_ptr(rows).cast::<()>(), wanted.0);
    if list.lines.rows.as_ref().is_some_and(same) && list.lines.sort == list.sort {
        return;
    }
    if list.lines_asked.as_ref().is_some_and(|(rows, sort)| same(rows) && *sort == list.sort) {
        return;
    }
    let (rows, sort) = (Arc::clone(&answer.rows), list.sort);
    list.lines_asked = Some((Arc::clone(&rows), sort));
    cx.job(
        "lines",
        "",
        move |_| Ok(Lines { all: lines(&rows, sort), rows: Some(rows), sort }),
        |state, lines| {
            let search = &mut state.search;
            search.list.line = search.focus.and_then(|focus| lines.of(focus)).unwrap_or(0);
            search.list.lines = lines;
            search.list.scroll = true;
        },
    );
}

fn lines(rows: &[Row], sort: Sort) -> Vec<Line> {
    let mut lines: Vec<(String, Line)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut found = stretches(row);
        if found.is_empty() {
            found.push(Span::default());
        }
        lines.extend(found.into_iter().map(|found| (key(row, found, sort), Line { row: index, found })));
    }
    // The order of sources remains among those that are the same.
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn key(row: &Row, found: Span, sort: Sort) -> String {
    let (before, after) = around(row, found, COMPARED);
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    match sort {
        Sort::Source => String::new(),
        Sort::Right => words(after).join(" "),
        Sort::Left => words(before).into_iter().rev().collect::<Vec<_>>().join(" "),
    }
}

/// What stands before and after found words, at most so many characters.
fn around(row: &Row, found: Span, most: usize) -> (&str, &str) {
    let before = row.words.get(..found.start as usize).unwrap_or_default();
    let after = row.words.get(found.end as usize..).unwrap_or_default();
    let from = before.char_indices().rev().nth(most.saturating_sub(1)).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(most).map_or(after.len(), |(at, _)| at);
    (before.get(from..).unwrap_or_default(), after.get(..to).unwrap_or_default())
}

/// Paints a line into `rect`, right of its check box.
pub(super) fn paint(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &Row, found: Span) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let y = rect.center().y;
    let label_width = tokens.size.left_rail + tokens.space.four;
    let label = cx.study.material(row.source).map_or("", |material| material.source.label.as_str());
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    paint_elided(ui.painter(), rect.left(), rect.left() + label_width, y, label, font, colour.ink);
    let theme = super::row::first_theme(cx.study, row);
    if let Some(theme) = theme {
        let hue = theme_mark(tokens, cx.study, theme);
        paint_mark(ui.painter(), pos2(rect.right() - tokens.space.two, y), tokens.size.theme_mark, hue.mark, hue.label);
    }
    let text = Rect::from_min_max(
        pos2(rect.left() + label_width + tokens.space.two, rect.top()),
        pos2(rect.right() - tokens.space.five, rect.bottom()),
    );
    let painter = ui.painter().with_clip_rect(text.intersect(ui.clip_rect()));
    let (before, after) = around(row, found, BESIDE);
    let flat = |text: &str| text.split('\n').collect::<Vec<_>>().join(" ");
    let font = tokens.font(Type::ReadingHit);
    let word = painter.layout_no_wrap(flat(found.slice(&row.words)), font.clone(), colour.ink);
    let middle = Rect::from_center_size(pos2(text.left() + text.width() / 2.0, y), word.size());
    if !found.is_empty() {
        let ground = middle.expand2(vec2(tokens.stroke.hairline * 2.0, 0.0));
        painter.rect_filled(ground, Tokens::corner(tokens.radius.highlight), colour.find_match);
    }
    painter.galley(middle.min, word, colour.ink);
    let gap = tokens.stroke.hairline;
    let before = fitting(&painter, flat(before), &font, middle.left() - text.left(), Side::Before);
    let after = fitting(&painter, flat(after), &font, text.right() - middle.right(), Side::After);
    paint_words(&painter, middle.left_center() - vec2(gap, 0.0), Align2::RIGHT_CENTER, before, font.clone(), colour.ink_secondary);
    paint_words(&painter, middle.right_center() + vec2(gap, 0.0), Align2::LEFT_CENTER, after, font, colour.ink);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The whole words of a line that fit into `width`, counted from the word found.
fn fitting(painter: &Painter, words: String, font: &FontId, width: f32, side: Side) -> String {
    let galley = painter.layout_no_wrap(words.clone(), font.clone(), Color32::PLACEHOLDER);
    let all = galley.size().x;
    if all <= width {
        return words;
    }
    let glyphs = galley.rows.first().map(|row| row.glyphs.as_slice()).unwrap_or_default();
    let ends = |glyph: &egui::epaint::text::Glyph| glyph.pos.x + glyph.advance_width;
    match side {
        Side::Before => {
            let kept = glyphs.iter().skip_while(|glyph| glyph.pos.x < all - width).skip_while(|glyph| !glyph.chr.is_whitespace());
            kept.map(|glyph| glyph.chr).collect()
        }
        Side::After => {
            let kept: String = glyphs.iter().take_while(|glyph| ends(glyph) <= width).map(|glyph| glyph.chr).collect();
            kept.rfind(char::is_whitespace).and_then(|space| kept.get(..space)).unwrap_or(&kept).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{RevisionId, SourceId};
    use crate::text::{Voice, tokens};

    fn row(words: &str) -> Row {
        let matches = tokens(words).filter(|token| token.folded == "form").map(|token| token.span).collect();
        let span = Span::new(0, u32::try_from(words.len()).unwrap());
        let (source, revision) = (SourceId::new(), RevisionId::new());
        Row { source, revision, paragraph: 0, span, words: words.into(), matches, voice: Voice::Participant, case: None }
    }

    #[test]
    fn lines_are_sorted_by_their_neighbours() {
        let rows = [row("the old form came back"), row("a Blank form, always; no form at all"), row("“Form” an orderly queue")];
        let shown = |sort| -> Vec<String> {
            let line = |line: &Line| rows[line.row].words[..=line.found.start as usize].to_owned();
            lines(&rows, sort).iter().map(line).collect()
        };
        assert_eq!(shown(Sort::Source), ["the old f", "a Blank f", "a Blank form, always; no f", "“F"]);
        assert_eq!(shown(Sort::Left), ["“F", "a Blank f", "a Blank form, always; no f", "the old f"]);
        assert_eq!(shown(Sort::Right), ["a Blank f", "“F", "a Blank form, always; no f", "the old f"]);
    }
}
