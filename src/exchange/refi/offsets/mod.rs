//! Places in texts: every program counts them in its own way and none says in which. The ways are tried on all passages of
//! a project, and the one by which they look most like passages is taken.

mod quote;
mod ruler;
mod weigh;

#[cfg(test)]
mod tests;

use std::fmt;

use uuid::Uuid;

use super::model::{Project, Selection};
use super::{Account, Source};
use crate::text::Span;
use ruler::Rulers;
pub use ruler::Unit;
pub use weigh::weigh;

/// One way to count places in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Convention {
    /// What is counted.
    pub unit: Unit,
    /// Whether a line end counts two, as where it is written `\r\n`.
    pub wide_line_ends: bool,
    /// Whether the byte order mark before the text counts one.
    pub with_mark: bool,
    /// Whether the stated end is the last unit of the passage, not the one behind it.
    pub end_included: bool,
}

impl Convention {
    /// What the standard is taken to mean: code points, a line end counts one, no mark, the end is the one behind.
    pub const STANDARD: Self = Self { unit: Unit::CodePoints, wide_line_ends: false, with_mark: false, end_included: false };

    /// All ways, the standard first and the stranger ones last.
    pub fn all() -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(|end_included| {
            [false, true].into_iter().flat_map(move |with_mark| {
                [Unit::CodePoints, Unit::Utf16]
                    .into_iter()
                    .flat_map(move |unit| [false, true].map(|wide_line_ends| Self { unit, wide_line_ends, with_mark, end_included }))
            })
        })
    }

    /// Start and end counted from the text's own beginning, the end behind the passage, in order; with whether they
    /// were the wrong way round.
    fn ordered(self, (start, end): (i64, i64)) -> (i64, i64, bool) {
        let (first, last) = (start.min(end), start.max(end));
        let mark = i64::from(self.with_mark);
        let behind = i64::from(self.end_included);
        (first.saturating_sub(mark), last.saturating_sub(mark).saturating_add(behind), start > end)
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.unit {
            Unit::CodePoints => "characters",
            Unit::Utf16 => "UTF-16 units (an emoji counts two)",
        })?;
        f.write_str(if self.wide_line_ends { ", line ends count two" } else { ", line ends count one" })?;
        f.write_str(if self.with_mark { ", the byte order mark counts" } else { "" })?;
        f.write_str(if self.end_included { ", the end is the last of the passage" } else { "" })
    }
}

/// How a project seems to count places.
#[derive(Clone, Debug, PartialEq)]
pub struct Conventions {
    /// The way that is followed.
    pub chosen: Convention,
    /// How well each way fits, from 0 to 1; the best first.
    pub scores: Vec<(Convention, f64)>,
    /// Sources that clearly count otherwise than the rest.
    pub exceptions: Vec<(Uuid, Convention)>,
    /// The first passages as each way reads them, in the order of `scores`.
    pub samples: Vec<Vec<String>>,
    /// Whether the file itself is ours, so that its places are what they say: no quote is asked.
    pub is_own: bool,
}

impl Conventions {
    /// Follows this way in every source.
    pub fn choose(&mut self, convention: Convention) {
        self.is_own &= convention == Convention::STANDARD;
        self.chosen = convention;
        self.exceptions.clear();
    }

    /// The way that is followed in a source.
    #[must_use]
    pub fn of(&self, source: Uuid) -> Convention {
        self.exceptions.iter().find(|(known, _)| *known == source).map_or(self.chosen, |(_, convention)| *convention)
    }
}

/// What became of the places of passages.
#[derive(Default)]
struct Outcome {
    reversed: usize,
    empty: usize,
    outside: usize,
    cut: usize,
    quoted: usize,
}

/// Finds the words of every passage by the ways of `conventions`, and tells what could not be taken as it is stated.
pub fn resolve(project: &mut Project, conventions: &Conventions) -> Account {
    let mut outcome = Outcome::default();
    for source in &mut project.sources {
        let Source { guid, text: Some(text), selections, .. } = source else { continue };
        place(text, selections, conventions.of(*guid), conventions.is_own, &mut outcome);
    }
    for note in &mut project.notes {
        place(&note.text, &mut note.selections, conventions.chosen, conventions.is_own, &mut outcome);
    }
    let mut account = Account::default();
    let Outcome { reversed, empty, outside, cut, quoted } = outcome;
    account.changed_many("passages", reversed, "The end of a passage is stated before its start; they were exchanged.");
    account.changed_many("passages", cut, "A passage is stated to reach beyond the text; it ends with the text.");
    account.changed_many(
        "passages",
        quoted,
        "The stated place has other words than the passage’s own; the nearest place with its words was taken.",
    );
    account.left_out_many("passages", empty, "A passage is stated without a single letter: it is a place, not a passage.");
    account.left_out_many("passages", outside, "A passage is stated to lie wholly beyond the text.");
    account
}

fn place(text: &str, selections: &mut [Selection], convention: Convention, is_own: bool, outcome: &mut Outcome) {
    if selections.is_empty() {
        return;
    }
    let rulers = Rulers::new(text);
    for selection in selections {
        let (start, end, reversed) = convention.ordered(selection.stated);
        outcome.reversed += usize::from(reversed);
        let stated = rulers.read(text, convention, selection.stated);
        let elsewhere = |words| quote::elsewhere(text, &rulers, convention, selection.stated, words);
        let found = quote::of(selection).filter(|_| !is_own).find_map(elsewhere);
        selection.span = match (found, stated) {
            (Some(span), stated) => {
                let is_elsewhere = stated.is_none_or(|(stated, _)| stated.trimmed(text) != span.trimmed(text));
                outcome.quoted += usize::from(is_elsewhere);
                Some(span)
            }
            (None, Some((span, is_cut))) if !span.is_empty() => {
                outcome.cut += usize::from(is_cut);
                Some(span)
            }
            (None, _) => {
                if start == end || stated.is_some() {
                    outcome.empty += 1;
                } else {
                    outcome.outside += 1;
                }
                None
            }
        };
    }
}

/// The words of a span.
fn words(text: &str, span: Span) -> &str {
    span.slice(text)
}
