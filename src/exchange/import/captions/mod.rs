//! What was said in pieces with their times: captions (.vtt, .srt), the JSON of speech recognition, tables of turns.
//!
//! All of them become [`Cue`]s, and those one text: a line a turn, `[00:00:05] Jane Doe: words`. What stands between a piece and the
//! next one of the same speaker is a time, and no word; it is kept as an anchor without letters.

mod cues;
mod json;
mod markup;
mod rolling;
mod rows;
mod voices;

use std::ops::Range;

pub(super) use json::read as read_json;
pub(super) use rows::{turns_of_rows, turns_of_table};

use super::draft::Problem;
use super::read::Content;
use super::stamps;
use super::units::{Hint, Unit, units};
use crate::text::{Anchor, Span};

/// A piece of what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cue {
    /// When it begins and ends, in milliseconds; none where the file does not say.
    time: Option<(u32, u32)>,
    /// Who says it, where the format tells.
    speaker: Option<String>,
    /// Its words, trimmed; may have several lines.
    text: String,
    /// Whether it goes on in no turn before it, whoever speaks.
    anew: bool,
    /// The line of the file on which it begins, from 1.
    line: usize,
}

/// A pause in which those who are not told apart begin a new paragraph, in milliseconds.
const PAUSE: u32 = 2_000;

/// How many bytes a paragraph has at least before it ends with a sentence where nobody is told apart, and at most before it ends
/// with a piece.
const LONG: Range<usize> = 400..1_600;

/// Reads captions; what has no times of captions in it is read as a plain text.
pub(super) fn read(text: &str) -> Content {
    let (found, problems) = cues::cues(text);
    if found.is_empty() {
        return Content::plain(text.to_owned(), units(text));
    }
    content(&voices::told_apart(rolling::once(found)), problems)
}

/// The text of cues with its turns and times.
fn content(cues: &[Cue], problems: Vec<Problem>) -> Content {
    let is_labelled = cues.iter().any(|cue| cue.speaker.is_some());
    let mut made = Made { is_labelled, ..Made::default() };
    for cue in cues.iter().filter(|cue| !cue.text.trim().is_empty()) {
        made.take(cue);
    }
    made.end();
    Content { anchors: made.anchors, problems, ..Content::plain(made.text, made.units) }
}

/// The text as far as it is made.
#[derive(Default)]
struct Made {
    is_labelled: bool,
    text: String,
    units: Vec<Unit>,
    anchors: Vec<Anchor>,
    speaker: Option<String>,
    /// When the last piece ended.
    ended: Option<u32>,
    /// Where the words of the last turn begin.
    words: usize,
}

impl Made {
    fn take(&mut self, cue: &Cue) {
        let goes_on = !self.units.is_empty() && !cue.anew && self.is_of(cue);
        if goes_on {
            self.text.push(' ');
            // A time between words has no letters: they are read, found and quoted as if it were not there.
            let at = end_of(&self.text);
            self.anchors.extend(cue.time.map(|(time, _)| Anchor { span: Span::new(at, at), time }));
        } else {
            self.begin(cue);
        }
        let words: Vec<&str> = cue.text.split_whitespace().collect();
        self.text.push_str(&words.join(" "));
        self.ended = cue.time.map(|(_, end)| end);
    }

    /// Whether a cue goes on with the last turn.
    fn is_of(&self, cue: &Cue) -> bool {
        if self.is_labelled {
            return cue.speaker.is_none() || cue.speaker == self.speaker;
        }
        let length = self.text.len() - self.words;
        let ends = self.text.ends_with(['.', '?', '!', '…', '”', '"']);
        let pause = cue.time.zip(self.ended).map_or(0, |((start, _), ended)| start.saturating_sub(ended));
        !(length >= LONG.end || ends && (length >= LONG.start || pause >= PAUSE))
    }

    fn begin(&mut self, cue: &Cue) {
        self.end();
        let start = self.text.len();
        if let Some((time, _)) = cue.time {
            self.text.push_str(&stamps::written(time));
            self.anchors.push(Anchor { span: Span::of(start..self.text.len()), time });
            self.text.push(' ');
        }
        let label = self.text.len() - start;
        let mut length = 0;
        if let Some(speaker) = &cue.speaker {
            self.text.push_str(speaker);
            length = speaker.len();
            self.text.push_str(": ");
        }
        self.speaker.clone_from(&cue.speaker);
        self.words = self.text.len();
        let at = |byte: usize| u16::try_from(byte).unwrap_or(u16::MAX);
        let hint = Hint::Turn { label: (at(label), at(label + length)), words: at(self.words - start) };
        let span = Span::of(start..start);
        self.units.push(Unit { span, mark: span, bold: 0, line: cue.line, indent: 0, gap_before: true, gap_after: true, hint });
    }

    /// Ends the last turn.
    fn end(&mut self) {
        let end = end_of(&self.text);
        if let Some(last) = self.units.last_mut() {
            last.span = Span::new(last.span.start, end);
            self.text.push_str("\n\n");
        }
    }
}

fn end_of(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
