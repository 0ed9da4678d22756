use std::collections::BTreeSet;

use super::{Draft, Union, change, removed};
use crate::study::apply::ApplyError;
use crate::study::change::{Change, Deed};
use crate::study::edit::Edit;
use crate::study::entities::{Coding, Entity, Kind, Memo, MemoOn, QuoteMark, Record as _, Verdict};
use crate::study::ids::{CoderId, CodingId};
use crate::study::material::Material;

/// A difference between coders that two have settled, each without knowing of the other.
impl Union<'_> {
    /// What was settled last stands: what the earlier had agreed on goes, where the later agreed on something else, and is told.
    pub(super) fn let_one_verdict_stand(&mut self, edit: &Edit, draft: &mut Draft) -> Result<(), ApplyError> {
        let made = edit.changes.iter().filter(|logged| logged.kind == Kind::Verdict && matches!(logged.deed, Deed::Make(_)));
        let again = made.filter_map(|logged| match draft.get(&logged.entity())? {
            Change { before: Some(before), after: Some(after) } => Verdict::of(before).cloned().zip(Verdict::of(after).cloned()),
            _ => None,
        });
        let again: Vec<(Verdict, Verdict)> = again.collect();
        let own: BTreeSet<CodingId> =
            edit.changes.iter().filter(|logged| logged.kind == Kind::Coding).map(|logged| CodingId(logged.id)).collect();
        for (earlier, later) in again {
            let Some(material) = self.study.material(later.source).cloned() else { continue };
            let (now, before): (Vec<&Coding>, Vec<&Coding>) =
                agreed_on(&material, &later).into_iter().partition(|coding| own.contains(&coding.id));
            let spans = |codings: &[&Coding]| codings.iter().map(|coding| coding.span).collect::<BTreeSet<_>>();
            let stands = spans(&now);
            if spans(&before) == stands {
                continue;
            }
            for coding in before.into_iter().filter(|coding| !stands.contains(&coding.span)) {
                let heir = now.iter().find(|heir| heir.span.overlaps(coding.span));
                let changes = heir.map_or_else(|| left_alone(&material, coding), |heir| material.handed_over(coding.id, heir.id));
                self.put(edit, draft, changes)?;
            }
            let (verdict, who, other) = (Entity::from(later), self.coder(edit.coder), self.coder(earlier.coder));
            let what = self.called(&verdict);
            self.tell(edit, &verdict, "verdict", format!("{what}: {who} settled a difference otherwise, later than {other}; that stands."));
        }
        Ok(())
    }
}

/// What of the agreed layer lies on the codings that a verdict is about.
fn agreed_on<'m>(material: &'m Material, verdict: &Verdict) -> Vec<&'m Coding> {
    let on: Vec<&Coding> = verdict.on.iter().filter_map(|(coding, _)| material.coding(*coding)).map(|coded| &coded.coding).collect();
    let is_there = |coding: &&Coding| on.iter().any(|other| other.theme == coding.theme && other.span.overlaps(coding.span));
    let agreed = material.codings.iter().map(|coded| &coded.coding).filter(|coding| coding.coder == CoderId::agreed());
    agreed.filter(is_there).collect()
}

/// A coding goes; what hung on it stays with the words, but for what was said of the coding itself.
fn left_alone(material: &Material, coding: &Coding) -> Vec<Change> {
    let on = MemoOn::Coding { source: coding.source, coding: coding.id };
    let words = MemoOn::Passage { source: coding.source, revision: coding.revision, span: coding.span };
    let quotes = material.kept_quote_marks().filter(|mark| mark.coding == Some(coding.id));
    let quotes = quotes.map(|mark| change(mark.clone(), QuoteMark { coding: None, ..mark.clone() }));
    let contrary = material.contrary_marks.iter().filter(|mark| mark.coding == coding.id).map(|mark| removed(mark.clone()));
    let memos = material.memos.iter().filter(|memo| memo.on == on);
    let memos = memos.map(|memo| change(memo.clone(), Memo { on: words.clone(), ..memo.clone() }));
    quotes.chain(contrary).chain(memos).chain([removed(coding.clone())]).collect()
}
