//! What a cell of the chart shows.

use std::borrow::Cow;

use super::super::signs::sign_of;
use super::super::summary::Draft;
use crate::analysis::chart::{CellState, ChartCell};
use crate::app::numbers::counted;
use crate::app::widgets::SummarySign;
use crate::exchange::export::{FROM_PASSAGES, silence_name};
use crate::study::{StatusKind, Summary, SummaryState, is_from_passages};

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words: a summary with its light marks, or what is to be said where there is none.
    pub words: Cow<'a, str>,
    /// Whether they are a summary.
    pub is_summary: bool,
    /// The sign of the summary, or of why there is none.
    pub sign: Option<SummarySign>,
}

/// What a cell shows: what is being written in it before what the study has.
pub fn shown<'a>(cell: ChartCell, status: Option<StatusKind>, own: Option<&'a Summary>, draft: Option<&'a Draft>) -> Shown<'a> {
    let (text, state, silence, citations) = match (draft, own) {
        (Some(draft), _) => (draft.now.text.as_str(), draft.now.state, draft.now.silence, draft.now.citations.as_slice()),
        (None, Some(own)) => (own.text.as_str(), own.state, own.silence, own.citations.as_slice()),
        (None, None) => ("", SummaryState::Draft, None, &[][..]),
    };
    let sign = Some(if cell.stale { SummarySign::Changed } else { sign_of(silence, state) });
    if let Some(silence) = silence {
        return Shown { words: silence_name(silence).into(), is_summary: false, sign };
    }
    // What stands in the fields beside it alone is a summary too.
    if text.trim().is_empty() && own.is_none() {
        return Shown { words: nothing(cell, status), is_summary: false, sign: None };
    }
    // Set as a comment: nobody has put it in words yet.
    let words = if is_from_passages(text, citations) { format!("[{FROM_PASSAGES}]\n{text}").into() } else { text.into() };
    Shown { words, is_summary: true, sign }
}

/// What is to be said of a cell in which nothing is written: nothing at all of somebody whom nobody has begun to read.
fn nothing(cell: ChartCell, status: Option<StatusKind>) -> Cow<'static, str> {
    match (cell.passages, status) {
        (0, Some(StatusKind::Done)) if cell.is_itself => "None at this level".into(),
        (0, Some(StatusKind::Reading | StatusKind::Coding)) if cell.is_itself => "None at this level yet".into(),
        (passages @ 1.., _) if cell.is_itself => {
            format!("{} at this level, not charted", counted(passages as usize, "passage", "passages")).into()
        }
        (passages @ 1.., _) => format!("{}, not charted", counted(passages as usize, "passage", "passages")).into(),
        (0, Some(StatusKind::Done)) => "No passages".into(),
        (0, None | Some(StatusKind::NotStarted)) => "".into(),
        (0, Some(StatusKind::Reading | StatusKind::Coding)) => "No passages yet".into(),
    }
}

/// The same for a screen reader, and how far the cell is.
pub fn spoken(cell: ChartCell, shown: &Shown<'_>) -> String {
    let state = match cell.state {
        CellState::NotCharted => "",
        CellState::Draft => "draft",
        CellState::Charted if !shown.is_summary => "",
        CellState::Charted => "charted",
        CellState::Reviewed => "reviewed",
    };
    let words = shown.words.trim();
    let parts = [state, if cell.stale { "evidence changed" } else { "" }, if words.is_empty() { "empty" } else { words }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_empty_cell_is_ambiguous() {
        let cell = |passages| ChartCell { passages, ..ChartCell::default() };
        let says = |passages, status| shown(cell(passages), status, None, None).words.into_owned();
        assert_eq!(says(3, Some(StatusKind::Coding)), "3 passages, not charted");
        assert_eq!(says(0, Some(StatusKind::Done)), "No passages");
        assert_eq!(says(0, Some(StatusKind::Coding)), "No passages yet");
        assert_eq!(says(0, Some(StatusKind::NotStarted)), "");
        let itself = |passages| ChartCell { is_itself: true, ..cell(passages) };
        let says_itself = |passages| shown(itself(passages), Some(StatusKind::Done), None, None).words.into_owned();
        assert_eq!([says_itself(2), says_itself(0)], ["2 passages at this level, not charted", "None at this level"]);
        assert_eq!(spoken(cell(0), &shown(cell(0), None, None, None)), "empty");
    }
}
