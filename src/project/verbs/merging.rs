use super::memos::to_theme;
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{CaseId, CaseSpan, Crossed, Crossing, Entity, EntityId, Kind, Memo, MemoOn, Source, SourceId, Speaker};

impl Tx<'_> {
    /// Two cases are one: what `from` says, its memos and its sources go to `into`, and `from` is gone. Values that `into`
    /// does not state are taken over; those it states stand.
    ///
    /// # Errors
    /// [`EditError::Gone`] when one of them is not there, [`EditError::Refused`] when they are the same.
    pub fn merge_cases(&mut self, from: CaseId, into: CaseId) -> Result<(), EditError> {
        if from == into {
            return Err(EditError::Refused("a case cannot be merged into itself".to_owned()));
        }
        let gone = self.study().case(from).ok_or(EditError::Gone("case"))?.clone();
        let mut kept = self.study().case(into).ok_or(EditError::Gone("case"))?.clone();
        for (attribute, values) in gone.values.clone() {
            kept.values.entry(attribute).or_insert(values);
        }
        self.put(kept)?;
        self.give_words(from, Some(into))?;
        let memos = self.memos_on(from).into_iter().map(|memo| Memo { on: MemoOn::Case { case: into }, ..memo }.into());
        self.put_all(memos.collect())?;
        let into_one = |cell: &Crossing| MemoOn::Cell { cell: Crossing { of: Crossed::Case(into), ..*cell } };
        self.move_cell_memos(|cell| cell.is_of_case(from), into_one)?;
        let of_kept = |cell: Crossing| Crossing { of: Crossed::Case(into), ..cell };
        self.move_summaries(|cell| cell.is_of_case(from), of_kept, &gone.label, false)?;
        self.move_evidence(|cell| cell.is_of_case(from), of_kept)?;
        self.merge_placements(from, into, &gone.label)?;
        self.remove(case_id(from), None)
    }

    /// Deletes a case with its memos; those on its cells go to their themes, and its summaries too, as memos; where it was placed
    /// is kept as a memo. What it said stays and is *Not stated*.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such case.
    pub fn remove_case(&mut self, case: CaseId) -> Result<(), EditError> {
        let gone = self.study().case(case).ok_or(EditError::Gone("case"))?.label.clone();
        self.give_words(case, None)?;
        self.placements_to_memo(case, &gone)?;
        self.move_cell_memos(|cell| cell.is_of_case(case), to_theme)?;
        self.summaries_to_memos(|cell| cell.is_of_case(case), Some)?;
        let memos = self.memos_on(case).into_iter().map(|memo| EntityId { kind: Kind::Memo, id: memo.id.0 });
        self.remove_all(memos.chain([case_id(case)]).map(|id| (id, None)).collect())
    }

    /// Gives what `from` says to another case, or to nobody.
    fn give_words(&mut self, from: CaseId, to: Option<CaseId>) -> Result<(), EditError> {
        let mut changed: Vec<Entity> = Vec::new();
        let mut gone: Vec<(EntityId, Option<SourceId>)> = Vec::new();
        for material in self.study().materials() {
            let source = &material.source;
            if source.case == Some(from) {
                changed.push(Source { case: to, ..source.clone() }.into());
            }
            let speakers = material.speakers.iter().filter(|speaker| speaker.case == Some(from));
            changed.extend(speakers.map(|speaker| Entity::from(Speaker { case: to, ..speaker.clone() })));
            for span in material.kept_case_spans().filter(|span| span.case == from) {
                match to {
                    Some(case) => changed.push(CaseSpan { case, ..span.clone() }.into()),
                    None => gone.push((EntityId { kind: Kind::CaseSpan, id: span.id.0 }, Some(source.id))),
                }
            }
        }
        self.put_all(changed)?;
        self.remove_all(gone)
    }

    fn memos_on(&self, case: CaseId) -> Vec<Memo> {
        self.study().memos().iter().filter(|memo| memo.on == MemoOn::Case { case }).cloned().collect()
    }
}

const fn case_id(case: CaseId) -> EntityId {
    EntityId { kind: Kind::Case, id: case.0 }
}
