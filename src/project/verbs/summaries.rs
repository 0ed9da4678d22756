use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::basis::basis_of;
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    Basis, Citation, Cites, Confirmed, Crossing, Entity, EntityId, Kind, Meant, Memo, MemoId, MemoKind, MemoOn, Silence, Spread, Summary,
    SummaryId, SummaryState, ThemeId, pieces, without_citation,
};

/// The words of a summary as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charted {
    /// The summary itself.
    pub text: String,
    /// What is said beside it.
    pub spread: Spread,
    /// What it cites; numbers are kept.
    pub citations: Vec<Citation>,
    /// How far it is.
    pub state: SummaryState,
    /// Why there is nothing to say, if that is known.
    pub silence: Option<Silence>,
}

impl Charted {
    /// Cites something: returns the number that it has already, else the next, under which it is cited from now on. `words`
    /// are what it says.
    pub fn cite(&mut self, of: Cites, words: impl FnOnce() -> String) -> u32 {
        let there = self.citations.iter().find(|it| it.of == of);
        if let Some(citation) = there {
            return citation.number;
        }
        let number = self.citations.iter().map(|citation| citation.number).max().unwrap_or(0) + 1;
        self.citations.push(Citation { number, of, words: words() });
        number
    }

    /// Cites something no longer: its number goes from the words and from what is said beside them. Other numbers stay.
    pub fn uncite(&mut self, number: u32) {
        self.citations.retain(|citation| citation.number != number);
        let Spread { consensus, range, dissent } = &mut self.spread;
        for words in [&mut self.text, consensus, range, dissent] {
            *words = without_citation(words, number);
        }
    }

    /// Adds all that another summary says. What it cites is cited here by the numbers of this one.
    pub fn add(&mut self, other: &Summary) {
        let cite = |it: &Citation| (it.number, self.cite(it.of, || it.words.clone()));
        let numbers: BTreeMap<u32, u32> = other.citations.iter().map(cite).collect();
        let renumbered = |words: &str| -> String {
            let piece = |(meant, piece): (Meant, &str)| match meant {
                Meant::Cited(number) => numbers.get(&number).map_or_else(|| piece.to_owned(), |number| format!("[{number}]")),
                _ => piece.to_owned(),
            };
            pieces(words.trim()).into_iter().map(piece).collect()
        };
        let Spread { consensus, range, dissent } = &mut self.spread;
        for (own, more, gap) in [
            (&mut self.text, &other.text, "\n\n"),
            (consensus, &other.spread.consensus, "; "),
            (range, &other.spread.range, "; "),
            (dissent, &other.spread.dissent, "; "),
        ] {
            if !own.trim().is_empty() && !more.trim().is_empty() {
                own.push_str(gap);
            }
            own.push_str(&renumbered(more));
        }
        self.silence = self.silence.filter(|_| self.text.trim().is_empty());
    }
}

impl Tx<'_> {
    /// Writes the summary of a cell: its own one, or a new one. Whoever works blind writes one that waits beside the cell's own,
    /// if somebody else has written that. One that says nothing is taken away. It rests from now on
    /// what lies under the cell now. One that was reviewed and says something else now is charted: nobody has read that yet.
    /// Where the theme, the case or a value is gone meanwhile, what was written becomes a memo. Returns the summary, if there
    /// is one now.
    ///
    /// # Errors
    /// [`EditError`] as for any change.
    pub fn chart(&mut self, cell: &Crossing, written: Charted) -> Result<Option<SummaryId>, EditError> {
        let summaries = self.study().summaries();
        let me = self.me().coder;
        let own = if self.blind && self.study().has_colleague_of(me) { summaries.alone(cell, me) } else { summaries.of(cell) }.cloned();
        let there = own.as_ref().map(|summary| summary.id);
        let from = match &own {
            Some(own) => own.from.clone().filter(|_| summaries.of(cell).is_some()),
            None => summaries.of(cell).map(|_| Summary::written_blind_by(&self.me().name)),
        };
        let Charted { text, spread, citations, mut state, silence } = written;
        if own.is_some_and(|own| own.state == SummaryState::Reviewed && (&own.text, &own.spread) != (&text, &spread)) {
            state = state.min(SummaryState::Charted);
        }
        let id = there.unwrap_or_else(SummaryId::new);
        // Words and silence would each say that the other is not so.
        let silence = silence.filter(|_| text.trim().is_empty());
        let basis = Arc::default();
        let (coder, time) = (self.me().coder, self.now());
        let summary =
            Summary { id, cell: cell.clone(), from, text, spread, citations, state, silence, basis, coder, time, confirmed: None };
        if summary.is_empty() {
            if there.is_some() {
                self.remove(summary_id(id), None)?;
            }
            return Ok(None);
        }
        if !self.study().has_cell(cell) {
            let on = self.study().codebook().get(cell.theme).map(|theme| theme.id);
            self.put_all(vec![self.as_memo(&summary, on)])?;
            return Ok(None);
        }
        let basis = Arc::new(self.basis(cell));
        self.put(Summary { basis, ..summary })?;
        Ok(Some(id))
    }

    /// Says that a summary still holds, whatever has changed under its cell since. Who wrote or reviewed it, and when, stays; who says so is kept beside.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there.
    pub fn still_holds(&mut self, id: SummaryId) -> Result<(), EditError> {
        let summary = self.summary(id)?;
        let basis = Arc::new(self.basis(&summary.cell));
        let confirmed = Some(Confirmed { coder: self.me().coder, time: self.now() });
        self.put(Summary { basis, confirmed, ..summary })
    }

    /// Settles what came to a cell from elsewhere: it goes, and what is worth keeping stands in the cell's own by then.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there, [`EditError::Refused`] for the cell's own summary.
    pub fn settle(&mut self, id: SummaryId) -> Result<(), EditError> {
        if self.summary(id)?.is_own() {
            return Err(EditError::Refused("this is the cell's own summary".to_owned()));
        }
        self.remove(summary_id(id), None)
    }

    /// Puts the summaries of the cells that are `meant` into what `to` makes of them. Where a cell has a summary of its own by
    /// then, or `always`, they wait there to be settled, called after what they were written of.
    pub(super) fn move_summaries(
        &mut self,
        meant: impl Fn(&Crossing) -> bool,
        to: impl Fn(Crossing) -> Crossing,
        from: &str,
        always: bool,
    ) -> Result<(), EditError> {
        let moved: Vec<Summary> = self.study().summaries().iter().filter(|it| meant(&it.cell)).map(|it| (**it).clone()).collect();
        for summary in moved {
            let cell = to(summary.cell.clone());
            let taken = self.study().summaries().of(&cell).is_some_and(|own| own.id != summary.id);
            let from = if summary.is_own() && !always && !taken { None } else { summary.from.or_else(|| Some(from.to_owned())) };
            self.put(Summary { cell, from, ..summary })?;
        }
        Ok(())
    }

    /// Keeps the words of summaries whose cells go as memos on `theme`, or on the project: nothing written is dropped.
    pub(super) fn summaries_to_memos(
        &mut self,
        meant: impl Fn(&Crossing) -> bool,
        theme: impl Fn(ThemeId) -> Option<ThemeId>,
    ) -> Result<(), EditError> {
        let gone: Vec<Summary> = self.study().summaries().iter().filter(|it| meant(&it.cell)).map(|it| (**it).clone()).collect();
        let memos = gone.iter().map(|summary| self.as_memo(summary, theme(summary.cell.theme))).collect();
        self.put_all(memos)?;
        self.remove_all(gone.iter().map(|summary| (summary_id(summary.id), None)).collect())
    }

    /// All that a summary says as a memo on `theme`, or on the project.
    fn as_memo(&self, summary: &Summary, theme: Option<ThemeId>) -> Entity {
        let name = self.study().crossing_name(&summary.cell);
        let on = theme.map_or(MemoOn::Project, |theme| MemoOn::Theme { theme });
        let Spread { consensus, range, dissent } = &summary.spread;
        let said = [&summary.text, consensus, range, dissent].into_iter().map(|words| words.trim()).filter(|words| !words.is_empty());
        let cited = summary.citations.iter().map(|citation| self.citation_in_words(citation));
        let text = std::iter::once(format!("Summary of {name}:")).chain(said.map(str::to_owned)).chain(cited);
        let text = text.collect::<Vec<_>>().join("\n\n");
        Entity::from(Memo { id: MemoId::new(), on, kind: MemoKind::Analytic, text, coder: summary.coder, time: summary.time })
    }

    /// What a citation refers to, for words that have no citations: “[3] TL1: “the words””.
    fn citation_in_words(&self, citation: &Citation) -> String {
        let of = match citation.of {
            Cites::Passage { source, .. } => self.study().material(source).map(|material| material.source.label.as_str()),
            Cites::Summary { case } => self.study().case(case).map(|case| case.label.as_str()),
        };
        format!("[{}] {}: “{}”", citation.number, of.unwrap_or("something that is gone"), citation.words)
    }

    fn summary(&self, id: SummaryId) -> Result<Summary, EditError> {
        self.study().summaries().get(id).map(|summary| (**summary).clone()).ok_or(EditError::Gone("summary"))
    }

    /// What lies under a cell now.
    fn basis(&self, cell: &Crossing) -> Basis {
        basis_of(self.study(), &[cell]).pop().unwrap_or_default()
    }
}

const fn summary_id(id: SummaryId) -> EntityId {
    EntityId { kind: Kind::Summary, id: id.0 }
}
