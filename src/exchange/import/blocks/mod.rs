//! From the paragraphs and tables of a document to a text with its units: what the readers of written formats share.
//!
//! A reader tells a [`Flow`] what it meets; [`compose`] puts the [`Block`]s that come of it under each other.

mod compose;
mod flow;
mod left_out;
pub(super) mod numbers;

pub(super) use compose::compose;
pub(super) use flow::Flow;
pub(super) use left_out::{Kind, LeftOut};

use super::units::Hint;

/// How words are set off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// In heavier letters.
    pub(super) bold: bool,
    /// In slanted letters.
    pub(super) italic: bool,
}

/// Where in a block a comment begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pin {
    /// Byte of the words.
    at: usize,
    /// Index of the comment.
    comment: usize,
    is_end: bool,
}

/// A paragraph, or a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Its words; soft breaks are `\n`, cells are parted by tabs.
    words: String,
    /// The bullet or number before it.
    mark: String,
    /// What the format says it is.
    hint: Hint,
    /// From which byte on the words look how.
    looks: Vec<(usize, Look)>,
    pins: Vec<Pin>,
}

impl Block {
    /// Whether nothing is written in it.
    fn is_blank(&self) -> bool {
        self.words.chars().all(char::is_whitespace)
    }

    /// Adds words. What cannot be seen and would part words from those who search for them is left out.
    fn push(&mut self, words: &str, look: Look) {
        if words.is_empty() {
            return;
        }
        if self.looks.last().map_or(look != Look::default(), |(_, last)| *last != look) {
            self.looks.push((self.words.len(), look));
        }
        for c in words.chars() {
            match c {
                '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => self.words.push('\n'),
                '\t' => self.words.push('\t'),
                '\u{ad}' | '\u{feff}' => {}
                c if c.is_control() => {}
                c => self.words.push(c),
            }
        }
    }

    /// Adds another block behind this one, parted by `between`; its mark becomes words.
    fn join(&mut self, other: Self, between: &str) {
        self.push(between, Look::default());
        if !other.mark.is_empty() {
            self.push(&other.mark, Look::default());
            self.push(" ", Look::default());
        }
        let lead = other.words.len() - other.words.trim_start().len();
        let (by, most) = (self.words.len(), other.words.trim().len());
        let moved = |at: usize| by + at.saturating_sub(lead).min(most);
        if other.looks.first().is_none_or(|(at, _)| *at > lead) {
            self.looks.push((by, Look::default()));
        }
        self.looks.extend(other.looks.into_iter().map(|(at, look)| (moved(at), look)));
        self.pins.extend(other.pins.into_iter().map(|pin| Pin { at: moved(pin.at), ..pin }));
        self.words.push_str(other.words.trim());
    }
    /// The block as several where it is lines that begin with bold words, as names of speakers do; a row stays as it is.
    fn at_names(mut self) -> Vec<Self> {
        let mut blocks = Vec::new();
        if self.hint != Hint::Row && self.words.contains('\n') && self.begins_with_name(0) {
            let ends: Vec<usize> = self.words.match_indices('\n').map(|(at, _)| at + 1).collect();
            for at in ends.into_iter().rev().filter(|at| self.begins_with_name(*at)).collect::<Vec<_>>() {
                blocks.push(self.split_off(at));
            }
        }
        blocks.push(self);
        blocks.reverse();
        blocks
    }

    /// Whether the first letters from this byte on are bold, and others of their line are not.
    fn begins_with_name(&self, from: usize) -> bool {
        let line = self.words.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let Some(first) = line.find(char::is_alphabetic).map(|at| from + at) else { return false };
        let known = self.looks.partition_point(|(at, _)| *at <= first);
        let is_bold = known.checked_sub(1).and_then(|at| self.looks.get(at)).is_some_and(|(_, look)| look.bold);
        let changes = self.looks.get(known..).unwrap_or_default().iter().find(|(_, look)| !look.bold);
        is_bold && changes.is_some_and(|(at, _)| *at < from + line.trim_end().len())
    }

    /// Takes the words from this byte on out of the block.
    fn split_off(&mut self, at: usize) -> Self {
        let words = if self.words.is_char_boundary(at) { self.words.split_off(at) } else { String::new() };
        let known = self.looks.partition_point(|(from, _)| *from < at);
        let before = known.checked_sub(1).and_then(|at| self.looks.get(at)).map_or(Look::default(), |(_, look)| *look);
        let mut looks = vec![(0, before)];
        looks.extend(self.looks.split_off(known).into_iter().map(|(from, look)| (from - at, look)));
        let (pins, kept) = std::mem::take(&mut self.pins).into_iter().partition(|pin: &Pin| pin.at >= at);
        self.pins = kept;
        let pins: Vec<Pin> = pins;
        let pins = pins.into_iter().map(|pin| Pin { at: pin.at - at, ..pin }).collect();
        Self { words, mark: String::new(), hint: self.hint, looks, pins }
    }
}
