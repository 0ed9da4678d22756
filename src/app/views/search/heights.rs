//! How tall the hits in a list are: those of one row of words take less room than those of two.

use std::sync::Arc;

use eframe::egui::Ui;

use super::answer::Row;
use super::row::{LINES, meta_height};
use crate::app::tokens::{Tokens, Type};

/// How many hits are measured in one frame.
const AT_ONCE: usize = 4000;
/// How much of the width is counted on: letters beside one another can take a little more than each alone.
const COUNTED_ON: f32 = 0.98;
/// Letters are wider than this, in points: longer words need no measuring.
const NARROWEST: f32 = 3.0;

/// Where each hit begins. Those that are not measured yet count as tall.
#[derive(Default)]
pub(super) struct Heights {
    rows: Option<Arc<[Row]>>,
    /// Width of the words, in points.
    width: f32,
    /// Tops of the hits that are measured, and that of the next.
    tops: Vec<f32>,
    /// Height of one that is not.
    tall: f32,
}

impl Heights {
    /// All are of one height.
    pub fn be_even(&mut self, height: f32) {
        self.rows = None;
        self.tops.clear();
        self.tall = height;
    }

    /// Measures some more of `rows`.
    pub fn measure(&mut self, ui: &Ui, tokens: &Tokens, rows: &Arc<[Row]>) {
        let line = tokens.line_height(Type::ReadingHit);
        if !self.rows.as_ref().is_some_and(|known| Arc::ptr_eq(known, rows)) {
            self.rows = Some(Arc::clone(rows));
            self.tops = vec![0.0];
            self.tall = meta_height(tokens) + LINES as f32 * line + 2.0 * (tokens.space.two + tokens.stroke.hairline);
        }
        let known = self.tops.len().saturating_sub(1);
        if known == rows.len() || self.width <= 0.0 {
            return;
        }
        let font = tokens.font(Type::ReadingHit);
        let mut top = self.top(known);
        ui.fonts_mut(|fonts| {
            let plain: Vec<f32> = (0..128u8).map(|letter| fonts.glyph_width(&font, char::from(letter))).collect();
            for row in rows.iter().skip(known).take(AT_ONCE) {
                let wide = |c: char| plain.get(c as usize).copied().unwrap_or_else(|| fonts.glyph_width(&font, c));
                let short = fits(&row.words, self.width * COUNTED_ON, wide);
                top += if short { self.tall - (LINES - 1) as f32 * line } else { self.tall };
                self.tops.push(top);
            }
        });
        ui.ctx().request_repaint();
    }

    /// The words are so wide now; if that is another width they are measured again.
    pub fn set_width(&mut self, ui: &Ui, width: f32) {
        if (self.width - width).abs() > 0.5 {
            self.width = width;
            self.rows = None;
            ui.ctx().request_repaint();
        }
    }

    /// Where a hit begins; that after the last is where all end.
    pub fn top(&self, at: usize) -> f32 {
        let known = self.tops.len().saturating_sub(1);
        let last = self.tops.last().copied().unwrap_or(0.0);
        self.tops.get(at).copied().unwrap_or_else(|| last + (at - known) as f32 * self.tall)
    }

    /// The hit at a height.
    pub fn at(&self, y: f32) -> usize {
        let begun = self.tops.partition_point(|top| *top <= y);
        match self.tops.last() {
            Some(_) if begun < self.tops.len() => begun.saturating_sub(1),
            last => begun.saturating_sub(1) + ((y - last.copied().unwrap_or(0.0)).max(0.0) / self.tall.max(1.0)) as usize,
        }
    }
}

/// Whether words fit into one row of `width`, when each letter is so `wide`.
fn fits(words: &str, width: f32, mut wide: impl FnMut(char) -> f32) -> bool {
    let mut left = width;
    words.len() as f32 * NARROWEST <= width
        && words.chars().all(|c| {
            left -= wide(c);
            left >= 0.0
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heights(tops: &[f32]) -> Heights {
        Heights { rows: None, width: 100.0, tops: tops.to_vec(), tall: 10.0 }
    }

    #[test]
    fn hits_are_found_by_their_height() {
        for (tops, at) in [(&[][..], [0, 0, 1, 4]), (&[0.0], [0, 0, 1, 4]), (&[0.0, 5.0, 15.0, 20.0], [0, 1, 1, 5])] {
            let heights = heights(tops);
            assert_eq!([0.0, 9.0, 10.0, 40.0].map(|y| heights.at(y)), at, "{tops:?}");
            for hit in 0..9 {
                assert_eq!(heights.at(heights.top(hit) + 1.0), hit, "{tops:?}");
                assert!(heights.top(hit) < heights.top(hit + 1));
            }
        }
    }

    #[test]
    fn words_fit_when_every_letter_does() {
        assert!(fits("", 0.0, |_| 5.0));
        assert!(fits("abcd", 20.0, |_| 5.0));
        assert!(!fits("abcde", 20.0, |_| 5.0));
        assert!(!fits("abcde", 20.0, |_| 4.5));
        assert!(!fits(&"i".repeat(1000), 20.0, |_| 0.0), "too many to be measured");
    }
}
