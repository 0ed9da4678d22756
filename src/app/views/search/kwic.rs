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
    /// By the word found, then by what follows.
    Found,
    /// By the word so far before, counted from 1, then by those before that.
    Left(usize),
    /// By the word so far after, then by those after that.
    Right(usize),
}

/// How far from the word found the order can look.
const FURTHEST: usize = 3;

impl Sort {
    /// Every order with its name.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Source, "Source order"),
        (Self::Found, "Sorted by the word found"),
        (Self::Left(1), "Sorted by the word before"),
        (Self::Left(2), "Sorted by the 2nd word before"),
        (Self::Left(3), "Sorted by the 3rd word before"),
        (Self::Right(1), "Sorted by the word after"),
        (Self::Right(2), "Sorted by the 2nd word after"),
        (Self::Right(3), "Sorted by the 3rd word after"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, name)| *name)
    }

    /// The order one word further to the left; from the furthest back to the nearest.
    pub const fn further_left(self) -> Self {
        match self {
            Self::Left(at) if at < FURTHEST => Self::Left(at + 1),
            _ => Self::Left(1),
        }
    }

    /// The same to the right.
    pub const fn further_right(self) -> Self {
        match self {
            Self::Right(at) if at < FURTHEST => Self::Right(at + 1),
            _ => Self::Right(1),
        }
    }
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
const COMPARED: usize = 72;

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
    let mut lines: Vec<(Vec<String>, Line)> = Vec::new();
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

fn key(row: &Row, found: Span, sort: Sort) -> Vec<String> {
    let (before, after) = around(row, found, COMPARED);
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    match sort {
        Sort::Source => Vec::new(),
        Sort::Found => words(found.slice(&row.words)).into_iter().chain(words(after)).collect(),
        Sort::Right(at) => words(after).into_iter().skip(at.saturating_sub(1)).collect(),
        Sort::Left(at) => words(before).into_iter().rev().skip(at.saturating_sub(1)).collect(),
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
    use proptest::prelude::*;

    use super::*;
    use crate::app::views::search::testing::revision;
    use crate::text::{Voice, tokens};

    fn row(words: &str) -> Row {
        let matches = tokens(words).filter(|token| token.folded.starts_with("form")).map(|token| token.span).collect();
        let span = Span::new(0, u32::try_from(words.len()).unwrap());
        let revision = revision();
        let source = revision.source;
        Row { source, revision, paragraph: 0, span, words: words.into(), matches, voice: Voice::Participant, case: None }
    }

    #[test]
    fn lines_are_sorted_by_their_neighbours() {
        let rows = [row("the old form came back"), row("a Blank form, always; no forms at all"), row("“Form” an orderly queue")];
        let check = |sort: Sort, expected: [&str; 4]| {
            let line = |line: &Line| Span::new(0, line.found.start + 1).slice(&rows[line.row].words).to_owned();
            assert_eq!(lines(&rows, sort).iter().map(line).collect::<Vec<_>>(), expected, "{sort:?}");
        };
        let (old, blank, none, first) = ("the old f", "a Blank f", "a Blank form, always; no f", "“F");
        check(Sort::Source, [old, blank, none, first]);
        check(Sort::Found, [blank, first, old, none]);
        check(Sort::Left(1), [first, blank, none, old]);
        check(Sort::Left(2), [first, blank, none, old]);
        check(Sort::Left(3), [old, blank, first, none]);
        check(Sort::Right(1), [blank, first, none, old]);
        check(Sort::Right(2), [none, old, blank, first]);
        check(Sort::Right(3), [old, none, blank, first]);
    }

    #[test]
    fn every_order_has_a_name_and_keys_go_through_all() {
        let (mut left, mut right) = (Sort::Source, Sort::Source);
        for at in [1, 2, 3, 1] {
            (left, right) = (left.further_left(), right.further_right());
            assert_eq!((left, right), (Sort::Left(at), Sort::Right(at)));
            assert!(!left.name().is_empty() && !right.name().is_empty());
        }
        assert_eq!(left.further_right(), Sort::Right(1));
    }

    proptest! {
        #[test]
        fn every_order_holds_every_line_and_is_stable(
            texts in proptest::collection::vec("(a|b|form|forms)( (a|b|form)){0,6}", 1..6), which in 0usize..8,
        ) {
            let rows: Vec<Row> = texts.iter().map(|text| row(text)).collect();
            let (sort, _) = Sort::ALL[which];
            let place = |line: &Line| (line.row, line.found);
            let sorted = lines(&rows, sort);
            let mut all: Vec<_> = sorted.iter().map(place).collect();
            for pair in sorted.windows(2) {
                let [one, other] = pair else { unreachable!() };
                let keys = (key(&rows[one.row], one.found, sort), key(&rows[other.row], other.found, sort));
                prop_assert!(keys.0 < keys.1 || (keys.0 == keys.1 && place(one) < place(other)));
            }
            all.sort_unstable();
            prop_assert_eq!(all, lines(&rows, Sort::Source).iter().map(place).collect::<Vec<_>>());
        }
    }
}
