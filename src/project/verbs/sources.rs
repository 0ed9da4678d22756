use std::collections::BTreeSet;

use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{AttributeId, AttributeOf, EntityId, Kind, Source, SourceId, Status, StatusKind, ValueId};

impl Tx<'_> {
    /// Says how far this coder is with a source.
    ///
    /// # Errors
    /// [`EditError::Study`] when there is no such source.
    pub fn set_status(&mut self, source: SourceId, status: StatusKind) -> Result<(), EditError> {
        let coder = self.me().coder;
        self.put(Status { id: Status::id_of(source, coder), source, coder, status })
    }

    /// Changes what is known of a source: its id, its title (the id where that is empty), and these attributes, each with the
    /// names of its values; values that are not there are made, none is *Not stated*.
    ///
    /// # Errors
    /// [`EditError::NoName`] for an empty id, `ApplyError::SameName` for the id of another source, [`EditError::Gone`] when the
    /// source or an attribute is gone.
    pub fn edit_source(
        &mut self,
        source: SourceId,
        label: &str,
        title: &str,
        attributes: &[(AttributeId, Vec<String>)],
    ) -> Result<(), EditError> {
        let (label, title) = (label.trim(), title.trim());
        if label.is_empty() {
            return Err(EditError::NoName);
        }
        let mut values = self.material(source)?.source.values.clone();
        for (attribute, names) in attributes {
            let known = self.study().attributes().get(*attribute).filter(|attribute| attribute.of == AttributeOf::Sources);
            known.ok_or(EditError::Gone("attribute"))?;
            let chosen: BTreeSet<ValueId> = names.iter().map(|name| self.value_named(*attribute, name)).collect::<Result<_, _>>()?;
            if chosen.is_empty() {
                values.remove(attribute);
            } else {
                values.insert(*attribute, chosen);
            }
        }
        let title = if title.is_empty() { label } else { title }.to_owned();
        let before = self.material(source)?.source.clone();
        self.put(Source { label: label.to_owned(), title, values, ..before })
    }

    /// Removes a source with everything that is anchored in it.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such source.
    pub fn remove_source(&mut self, source: SourceId) -> Result<(), EditError> {
        let material = self.material(source)?;
        let mut ids: Vec<EntityId> = Vec::new();
        let mut list = |kind, id| ids.push(EntityId { kind, id });
        material.statuses.iter().for_each(|status| list(Kind::Status, status.id.0));
        material.verdicts.iter().for_each(|verdict| list(Kind::Verdict, verdict.id.0));
        material.memos.iter().for_each(|memo| list(Kind::Memo, memo.id.0));
        material.contrary_marks.iter().for_each(|mark| list(Kind::ContraryMark, mark.id.0));
        material.kept_quote_marks().for_each(|mark| list(Kind::QuoteMark, mark.id.0));
        material.kept_codings().for_each(|coding| list(Kind::Coding, coding.id.0));
        material.kept_case_spans().for_each(|span| list(Kind::CaseSpan, span.id.0));
        material.speakers.iter().for_each(|speaker| list(Kind::Speaker, speaker.id.0));
        material.revisions.iter().for_each(|revision| list(Kind::Revision, revision.id.0));
        list(Kind::Source, source.0);
        self.remove_examples_in(source)?;
        self.remove_all(ids.into_iter().map(|id| (id, Some(source))).collect())
    }
}
