//! The words of the chart set in lines, and how tall that makes its rows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{Galley, Painter, Ui};

use super::super::summary::{plain_layout, read_layout};
use super::content::Shown;
use crate::app::numbers::counted;
use crate::app::tokens::{Mode, Tokens};
use crate::study::{CaseId, ThemeId};
use crate::text::word_count;

/// So many characters are set anew in one frame; the rest follows in the next ones.
const AT_ONCE: usize = 6_000;

/// So many characters of a cell are set; the whole is in its field and its pane. Nobody reads a column in which one cell is taller than
/// the window many times.
const MOST: usize = 3_000;

/// Words that were set, kept as long as nothing about them changes.
#[derive(Default)]
pub struct SetWords {
    /// What all of them were set for: colours and the pixels of a point.
    of: Option<(Mode, f32)>,
    /// How full the atlas of glyphs was: when it is less full it was made anew, and what was set points into the old one.
    atlas: f32,
    cells: HashMap<(CaseId, ThemeId), SetCell>,
    heights: HashMap<CaseId, f32>,
    left: usize,
}

struct SetCell {
    /// The words that were set.
    words: String,
    /// How long all of them were, in bytes.
    length: usize,
    is_summary: bool,
    width: f32,
    galley: Arc<Galley>,
}

impl SetWords {
    /// Begins a frame: what was set for other colours or another size is let go.
    pub fn begin(&mut self, ui: &Ui, tokens: &Tokens) {
        let of = Some((tokens.mode, ui.pixels_per_point()));
        let atlas = ui.fonts_mut(|fonts| fonts.font_atlas_fill_ratio());
        if self.of != of || atlas < self.atlas {
            *self = Self { of, ..Self::default() };
        }
        self.atlas = atlas;
        self.left = AT_ONCE;
    }

    /// Whether something is still to be set.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.left == 0
    }

    /// The words of a cell in lines of `width`; none when that is for a later frame.
    pub fn set(
        &mut self,
        painter: &Painter,
        tokens: &Tokens,
        key: (CaseId, ThemeId),
        shown: &Shown<'_>,
        width: f32,
    ) -> Option<Arc<Galley>> {
        let first = first_of(&shown.words);
        let same = |cell: &&SetCell| {
            cell.words == first
                && cell.length == shown.words.len()
                && cell.is_summary == shown.is_summary
                && (cell.width - width).abs() < 0.5
        };
        if let Some(cell) = self.cells.get(&key).filter(same) {
            return Some(Arc::clone(&cell.galley));
        }
        if self.left == 0 {
            return None;
        }
        let words = if first.len() < shown.words.len() { Cow::Owned(with_rest(first, &shown.words)) } else { Cow::Borrowed(first) };
        self.left = self.left.saturating_sub(words.len().max(1));
        let job = if shown.is_summary { read_layout(tokens, &words, width) } else { plain_layout(tokens, &words, width) };
        let galley = painter.layout_job(job);
        let cell = SetCell {
            words: first.to_owned(),
            length: shown.words.len(),
            is_summary: shown.is_summary,
            width,
            galley: Arc::clone(&galley),
        };
        self.cells.insert(key, cell);
        Some(galley)
    }

    /// Remembers how tall a row is; returns whether that is another height than before.
    pub fn measured(&mut self, case: CaseId, height: f32) -> bool {
        self.heights.insert(case, height).is_none_or(|before| (before - height).abs() > 0.5)
    }

    /// How tall a row is: as measured, else as rows were on the whole, else `usual`.
    #[must_use]
    pub fn height(&self, case: CaseId, usual: f32) -> f32 {
        self.heights.get(&case).copied().unwrap_or(usual)
    }

    /// How tall the rows are on the whole that were measured.
    #[must_use]
    pub fn usual(&self, otherwise: f32) -> f32 {
        let count = self.heights.len();
        if count == 0 { otherwise } else { self.heights.values().sum::<f32>() / count as f32 }
    }
}

/// The words as far as they are set.
fn first_of(words: &str) -> &str {
    let Some((end, _)) = words.char_indices().nth(MOST) else { return words };
    let first = words.get(..end).unwrap_or(words);
    first.rfind(char::is_whitespace).and_then(|end| first.get(..end)).unwrap_or(first)
}

/// The first of many words, with how many follow.
fn with_rest(first: &str, all: &str) -> String {
    let more = all.get(first.len()..).map_or(0, word_count);
    format!("{first} …\n[{} more]", counted(more, "word", "words"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_words_the_first_are_set_and_the_rest_is_told() {
        let short = "cold ".repeat(600);
        assert_eq!(first_of(&short), short);
        let long = "cold ".repeat(50_000);
        let set = with_rest(first_of(&long), &long);
        assert!(set.ends_with("cold …\n[49,400 words more]") && set.len() < 3_100);
        assert_eq!(first_of(&"é".repeat(9_000)).chars().count(), MOST);
    }
}
