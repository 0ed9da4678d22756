//! What differs under a cell since something was written of it, passage by passage, as it is shown.

use std::collections::BTreeMap;

use super::basis::{Drift, Held};
use crate::study::{Basis, CodingId, Crossing, Material, RevisionId, SourceId, Study, ThemeId};
use crate::text::{Span, stretches};

/// How a passage differs from what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Differs {
    /// It was not there.
    New,
    /// It is gone, and why.
    Gone(Gone),
    /// It has other words now, or stands in another version of the text.
    Moved,
    /// Something was coded within a passage that was there: it makes nothing stale.
    Within,
}

/// Why a passage is no longer in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gone {
    /// Its coding was removed.
    Removed,
    /// It has another theme now.
    Recoded(ThemeId),
    /// Its words are no longer said by those of the cell.
    OtherPeople,
    /// Its words were corrected away.
    WordsGone,
}

/// Words of some version of a source.
pub type Words = (RevisionId, Span);

/// A passage that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// How.
    pub differs: Differs,
    /// The source; none where it is gone.
    pub source: Option<SourceId>,
    /// Its words, as they are or, where it is gone, as they were.
    pub words: Words,
    /// The words it had before, where it has others now.
    pub before: Option<Words>,
    /// Its codings.
    pub codings: Vec<CodingId>,
}

/// What differs under `cell` between `before` and `now`: what is new, what is gone, what has other words, what came within;
/// each in the order of sources and places. Codings that share words are one passage.
#[must_use]
pub fn changed(study: &Study, cell: &Crossing, before: &Basis, now: &Basis) -> Vec<Changed> {
    let drift = Drift::between(before, now);
    let (old, new) = (by_id(before), by_id(now));
    let sources: BTreeMap<RevisionId, &Material> =
        study.materials().iter().flat_map(|material| material.revisions.iter().map(move |revision| (revision.id, &**material))).collect();
    let gone =
        |id: CodingId| Differs::Gone(why_gone(study, cell, old.get(&id).and_then(|(revision, _)| sources.get(revision).copied()), id));
    let mut found = Vec::new();
    passages(drift.come.iter().map(|id| (Differs::New, *id)), &new, &mut found);
    passages(drift.gone.iter().map(|id| (gone(*id), *id)), &old, &mut found);
    for id in &drift.moved {
        if let (Some(was), Some(is)) = (old.get(id), new.get(id)) {
            found.push(Changed { differs: Differs::Moved, source: None, words: *is, before: Some(*was), codings: vec![*id] });
        }
    }
    passages(drift.within.iter().map(|id| (Differs::Within, *id)), &new, &mut found);
    for change in &mut found {
        change.source = sources.get(&change.words.0).map(|material| material.source.id);
    }
    let rank = |change: &Changed| match change.differs {
        Differs::New => 0,
        Differs::Gone(_) => 1,
        Differs::Moved => 2,
        Differs::Within => 3,
    };
    found.sort_by_key(|change| (rank(change), change.source.and_then(|source| study.place(source)), change.words.1.start));
    found
}

fn by_id(basis: &Basis) -> BTreeMap<CodingId, Words> {
    basis.codings.iter().map(|(id, revision, span)| (*id, (*revision, *span))).collect()
}

/// Puts codings that share words together, by how they differ.
fn passages(codings: impl Iterator<Item = (Differs, CodingId)>, words: &BTreeMap<CodingId, Words>, found: &mut Vec<Changed>) {
    let mut by_text: BTreeMap<(Differs, RevisionId), Vec<(Span, CodingId)>> = BTreeMap::new();
    for (differs, id) in codings {
        if let Some((revision, span)) = words.get(&id) {
            by_text.entry((differs, *revision)).or_default().push((*span, id));
        }
    }
    for ((differs, revision), codings) in by_text {
        for span in stretches(codings.iter().map(|(span, _)| *span)) {
            let inside = codings.iter().filter(|(own, _)| own.intersection(span).is_some()).map(|(_, id)| *id).collect();
            found.push(Changed { differs, source: None, words: (revision, span), before: None, codings: inside });
        }
    }
}

fn why_gone(study: &Study, cell: &Crossing, material: Option<&Material>, id: CodingId) -> Gone {
    let Some((material, coding)) = material.and_then(|material| Some((material, material.kept_coding(id)?))) else { return Gone::Removed };
    if !study.codebook().is_within(coding.theme, cell.theme) {
        Gone::Recoded(coding.theme)
    } else if material.coding(id).is_none() {
        Gone::WordsGone
    } else {
        Gone::OtherPeople
    }
}

/// How words that a summary cites stand to what lies under its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are coded there.
    Coded,
    /// They were when the summary was written, and are no longer.
    NoLonger,
    /// They are not, and were not then: they are cited from the whole of what somebody says.
    Not,
}

/// How cited words stand to what was held under a cell `before`, and is held there `now`.
#[must_use]
pub fn standing(before: Option<&Held>, now: &Held, (revision, span): Words) -> Standing {
    let touches = |held: &Held| held.touches(revision, span);
    match (touches(now), before.is_some_and(touches)) {
        (true, _) => Standing::Coded,
        (false, true) => Standing::NoLonger,
        (false, false) => Standing::Not,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::basis::basis_of;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{CaseKind, Crossed};
    use crate::text::Voice;

    #[test]
    fn what_differs_is_told_passage_by_passage() {
        let mut builder = Builder::new();
        let (coder, other) = (builder.coder("Elspeth"), builder.coder("Ravi"));
        let theme = builder.theme(None, "Rooms");
        let jean = builder.case("Jean", CaseKind::Person, values(&[]));
        let put =
            builder.source("A", Some(jean), values(&[]), &[(None, Voice::Participant, "The room was cold in winter, and dear to heat.")]);
        let cell = Crossing { theme, of: Crossed::Case(jean) };
        let basis = |builder: &Builder| basis_of(&builder.study(), &[&cell]).remove(0);
        let nothing = basis(&builder);
        let first = builder.code(&put, put.span("room was"), theme, coder);
        let written = basis(&builder);
        let within = builder.code(&put, put.span("room"), theme, other);
        let new = [builder.code(&put, put.span("cold in winter"), theme, coder), builder.code(&put, put.span("winter, and"), theme, other)];
        let now = basis(&builder);
        let study = builder.study();
        let found = changed(&study, &cell, &written, &now);
        let told: Vec<_> = found.iter().map(|it| (it.differs, it.source, it.words.1, it.codings.clone())).collect();
        let hull = put.span("cold in winter, and");
        let expected = [(Differs::New, Some(put.id), hull, new.to_vec()), (Differs::Within, Some(put.id), put.span("room"), vec![within])];
        assert_eq!(told, expected, "two coders on words that they share are one passage");
        // Back again: what was there is gone, with the words it had.
        let back = changed(&study, &cell, &written, &nothing);
        assert_eq!((back.len(), back[0].words.1, back[0].codings.clone()), (1, put.span("room was"), vec![first]));
        let standing = |before: Option<&Basis>, now: &Basis, words: &str| {
            standing(before.map(Held::of).as_ref(), &Held::of(now), (back[0].words.0, put.span(words)))
        };
        assert_eq!(standing(Some(&written), &now, "room was"), Standing::Coded);
        assert_eq!(standing(Some(&written), &nothing, "room was"), Standing::NoLonger);
        assert_eq!(standing(Some(&written), &now, "dear"), Standing::Not);
        assert_eq!(standing(None, &nothing, "room was"), Standing::Not);
    }
}
