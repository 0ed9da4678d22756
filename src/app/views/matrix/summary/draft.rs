use crate::analysis::matrix::Passage;
use crate::app::user_error::UserError;
use crate::app::views::unkept::Unkept;
use crate::app::worker::{Edit, group_of};
use crate::project::{Charted, Tx};
use crate::study::{Citation, Crossing, SourceId, Study, SummaryId, without_citation};
use crate::text::Span;

/// The summary of a cell while it is written. It is kept when it is left and after a pause, never at every key.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The cell.
    pub cell: Crossing,
    /// What is written.
    pub now: Charted,
    /// What the study has, or will have once the last edit is done.
    before: Charted,
    /// Since when something is written that is not kept.
    pub unkept: Unkept,
    /// Where the caret was last, in characters.
    pub caret: usize,
    /// Whether its field is to have the keys, with the caret there.
    pub write: bool,
    /// What is kept while it is being written is undone together.
    group: u64,
    /// Edits that were sent and not answered: until then the study has older words.
    waiting: usize,
    /// Why it could not be kept, once it was tried.
    pub problem: Option<String>,
}

impl Draft {
    /// What the study has of a cell.
    fn of(study: &Study, cell: &Crossing) -> Self {
        let before = charted(study, cell);
        let group = group_of(SummaryId::new().0);
        let caret = before.text.chars().count();
        Self {
            cell: cell.clone(),
            now: before.clone(),
            before,
            unkept: Unkept::default(),
            caret,
            write: false,
            group,
            waiting: 0,
            problem: None,
        }
    }

    /// Whether something was written that is not kept.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        self.now != self.before
    }

    /// Whether all words were taken away that the study has.
    pub fn is_emptied(&self) -> bool {
        self.now.text.trim().is_empty() && !self.before.text.trim().is_empty() && self.now.silence.is_none()
    }

    /// Takes in what the study has, unless something is being written or is on its way there.
    fn follow(&mut self, study: &Study) {
        if !self.is_touched() && self.waiting == 0 {
            self.before = charted(study, &self.cell);
            self.now.clone_from(&self.before);
        }
    }

    /// The edit that keeps what was written; none when nothing was. The draft then takes it for kept; when it fails, the
    /// words come back.
    pub fn keep(&mut self, name: &str) -> Option<Edit> {
        self.keep_as(format!("Summary of {name}"))
    }

    /// Cites nothing under a number any more, as an act of its own: it is undone without what was written before or after it. To
    /// be called once what was written is kept; returns the edit.
    pub fn uncite(&mut self, number: u32, name: &str) -> Option<Edit> {
        let before: String = self.now.text.chars().take(self.caret).collect();
        self.now.uncite(number);
        self.caret = without_citation(&before, number).chars().count().min(self.now.text.chars().count());
        self.group = group_of(SummaryId::new().0);
        let edit = self.keep_as(format!("Uncite [{number}] in {name}"));
        self.group = group_of(SummaryId::new().0);
        edit
    }

    fn keep_as(&mut self, label: String) -> Option<Edit> {
        if !self.is_touched() {
            return None;
        }
        let (back, cell, now) = (self.clone(), self.cell.clone(), self.now.clone());
        let answered = self.cell.clone();
        self.before.clone_from(&self.now);
        self.unkept.kept();
        self.problem = None;
        self.waiting += 1;
        let act = move |tx: &mut Tx<'_>| tx.chart(&cell, now);
        let edit = Edit::new(label, act, move |state, _| state.matrix.summary_kept(&answered));
        Some(edit.in_group(self.group).or(move |state, error| state.matrix.summary_back(back, error)))
    }

    /// The study has what was sent.
    const fn answered(&mut self) {
        self.waiting = self.waiting.saturating_sub(1);
    }

    /// Takes back what could not be kept, to be tried again; what has been written since stays.
    fn give_back(&mut self, back: Self, error: &UserError) {
        let now = if self.is_touched() { self.now.clone() } else { back.now.clone() };
        let waiting = self.waiting.saturating_sub(1);
        *self = Self { now, waiting, problem: Some(error.not_kept()), unkept: Unkept::default(), ..back };
    }
}

/// Words that are cited, with their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited {
    source: SourceId,
    span: Span,
    /// The number under which they are cited.
    pub number: u32,
}

impl Cited {
    /// Whether a passage is cited so, as it is.
    #[must_use]
    pub fn is_whole(&self, passage: &Passage) -> bool {
        self.source == passage.source && self.span == passage.span
    }

    /// Whether a passage is cited so, as it is or as it was when another end was moved.
    #[must_use]
    pub fn is(&self, passage: &Passage) -> bool {
        self.source == passage.source && self.span.intersection(passage.span).is_some()
    }
}

/// The summaries that are being written, each until it is kept.
#[derive(Default)]
pub struct Drafts {
    all: Vec<Draft>,
    /// The cells whose summaries were shown since others were left.
    shown: Vec<Crossing>,
}

impl Drafts {
    /// The summary of a cell that is shown in this frame, with what the study has unless something is being written.
    pub fn show(&mut self, study: &Study, cell: &Crossing) -> &mut Draft {
        self.shown.push(cell.clone());
        let draft = match self.all.iter().position(|draft| draft.cell == *cell) {
            Some(at) => self.all.remove(at),
            None => Draft::of(study, cell),
        };
        let draft = self.all.push_mut(draft);
        draft.follow(study);
        draft
    }

    /// What is being written in a cell, or on its way into the study.
    #[must_use]
    pub fn peek(&self, cell: &Crossing) -> Option<&Draft> {
        self.all.iter().find(|draft| draft.cell == *cell && (draft.is_touched() || draft.waiting > 0 || draft.problem.is_some()))
    }

    /// What is cited in a cell, in what is being written before what the study has.
    #[must_use]
    pub fn cited(&self, study: &Study, cell: &Crossing) -> Vec<Cited> {
        let citations = match (self.peek(cell), study.summaries().of(cell)) {
            (Some(draft), _) => &draft.now.citations,
            (None, Some(own)) => &own.citations,
            (None, None) => return Vec::new(),
        };
        let passage = |it: &Citation| it.passage().map(|(source, _, span)| Cited { source, span, number: it.number });
        citations.iter().filter_map(passage).collect()
    }

    /// The cell whose field is to have the keys.
    #[must_use]
    pub fn wanted(&self) -> Option<&Crossing> {
        self.all.iter().find(|draft| draft.write).map(|draft| &draft.cell)
    }

    /// Keeps what was written in cells that were not shown since this was done last, and lets go of what is kept.
    pub fn leave_others(&mut self, study: &Study) -> Vec<Edit> {
        let shown = std::mem::take(&mut self.shown);
        let left = self.all.iter_mut().filter(|draft| !shown.contains(&draft.cell) && draft.problem.is_none());
        let kept = left.filter_map(|draft| draft.keep(&study.crossing_name(&draft.cell))).collect();
        self.all.retain(|draft| shown.contains(&draft.cell) || draft.is_touched() || draft.waiting > 0);
        kept
    }

    /// Keeps everything that was written, also what could not be kept before.
    pub fn leave(&mut self, study: &Study) -> Vec<Edit> {
        self.all.iter_mut().filter_map(|draft| draft.keep(&study.crossing_name(&draft.cell))).collect()
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take(&mut self, other: Self) {
        self.all.extend(other.all.into_iter().filter(Draft::is_touched));
    }

    /// Whether something was written that is not kept.
    #[must_use]
    pub fn are_touched(&self) -> bool {
        self.all.iter().any(Draft::is_touched)
    }

    /// The study has what was sent of a cell.
    pub fn answered(&mut self, cell: &Crossing) {
        self.all.iter_mut().filter(|draft| draft.cell == *cell).for_each(Draft::answered);
    }

    /// Takes back what could not be kept, to be tried again.
    pub fn give_back(&mut self, back: Draft, error: &UserError) {
        match self.all.iter_mut().find(|draft| draft.cell == back.cell) {
            Some(draft) => draft.give_back(back, error),
            None => self.all.push(Draft { problem: Some(error.not_kept()), waiting: 0, ..back }),
        }
    }
}

/// What the study has of a cell: nothing is an empty draft.
fn charted(study: &Study, cell: &Crossing) -> Charted {
    study.summaries().of(cell).map_or_else(Charted::default, |summary| Charted {
        text: summary.text.clone(),
        spread: summary.spread.clone(),
        citations: summary.citations.clone(),
        state: summary.state,
        silence: summary.silence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::Crossed;

    #[test]
    fn only_what_was_written_is_kept_and_comes_back_when_it_could_not_be() {
        let mut builder = Builder::new();
        let theme = builder.theme(None, "Rooms");
        let study = builder.study();
        let cell = Crossing { theme, of: Crossed::Values(std::collections::BTreeMap::new()) };
        let mut draft = Draft::of(&study, &cell);
        assert!(draft.keep("Rooms").is_none());
        draft.now.text.push_str("Cold");
        let written = draft.clone();
        assert!(draft.keep("Rooms").is_some() && draft.keep("Rooms").is_none(), "it is kept once");
        // While it is on its way the study has older words.
        draft.follow(&study);
        assert_eq!(draft.now.text, "Cold");
        draft.now.text.push_str(" rooms");
        draft.give_back(written, &UserError::new("No room", "Make some"));
        assert_eq!(draft.now.text, "Cold rooms", "what was written since stays");
        assert!(draft.is_touched() && draft.problem.is_some());
        let mut kept = Draft::of(&study, &cell);
        kept.now.text.push('x');
        assert!(kept.keep("Rooms").is_some());
        kept.answered();
        kept.follow(&study);
        assert_eq!(kept.now.text, "", "what an undo took away is gone");
    }
}
