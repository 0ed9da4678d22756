//! What stands behind the propositions of a study.

use crate::study::{Evidence, Proposition, Study, Weight};

/// A proposition with what bears on it.
#[derive(Clone, Debug)]
pub struct Borne<'s> {
    /// The proposition.
    pub proposition: &'s Proposition,
    /// What supports, qualifies and contradicts it, each oldest first, by the order of [`Weight::ALL`].
    pub evidence: [Vec<&'s Evidence>; 3],
}

impl Borne<'_> {
    /// Whether nobody has tried to contradict it: nothing speaks against it, and nobody has said that they looked for that.
    #[must_use]
    pub fn is_untried(&self) -> bool {
        let [.., against] = &self.evidence;
        against.is_empty() && self.proposition.searched.is_none()
    }
}

/// Every proposition in the analyst's order. The evidence is gone through once.
#[must_use]
pub fn propositions(study: &Study) -> Vec<Borne<'_>> {
    let all = study.propositions();
    let mut borne: Vec<Borne<'_>> =
        all.in_order().into_iter().map(|proposition| Borne { proposition, evidence: Default::default() }).collect();
    let places: std::collections::HashMap<_, _> = borne.iter().enumerate().map(|(place, it)| (it.proposition.id, place)).collect();
    for evidence in all.evidence() {
        let own = places.get(&evidence.proposition).and_then(|place| borne.get_mut(*place));
        let list = own.zip(Weight::ALL.iter().position(|weight| *weight == evidence.weight));
        if let Some(list) = list.and_then(|(own, weight)| own.evidence.get_mut(weight)) {
            list.push(evidence);
        }
    }
    for list in borne.iter_mut().flat_map(|it| &mut it.evidence) {
        list.sort_by_key(|evidence| (evidence.time, evidence.id));
    }
    borne
}

#[cfg(test)]
mod tests {
    use crate::analysis::testing::Blobs;
    use crate::study::{
        Coder, CoderId, Crossed, Crossing, Entity, Evidence, EvidenceId, EvidenceOf, Proposition, PropositionId, PropositionStatus,
        Searched, Study, ThemeId, Weight,
    };

    use super::propositions;

    fn proposition(position: i64, coder: CoderId, searched: bool) -> Proposition {
        Proposition {
            id: PropositionId::new(),
            statement: format!("Statement {position}"),
            note: String::new(),
            status: PropositionStatus::Holds,
            searched: searched.then_some(Searched { coder, time: 5 }),
            coder,
            time: 0,
            position,
        }
    }

    #[test]
    fn untried_is_what_nothing_speaks_against_and_nobody_searched() {
        let coder = Coder { id: CoderId::new(), name: "Elspeth".into(), initials: "E".into() };
        let [plain, searched, contradicted] = [(3, false), (2, true), (1, false)].map(|(at, on)| proposition(at, coder.id, on));
        let piece = |proposition: &Proposition, weight, time| Evidence {
            id: EvidenceId::new(),
            proposition: proposition.id,
            weight,
            // The cell is gone, and is evidence all the same.
            of: EvidenceOf::Cell { cell: Crossing { theme: ThemeId::new(), of: Crossed::Values(Default::default()) } },
            words: "A cell".into(),
            note: String::new(),
            coder: coder.id,
            time,
        };
        let against = piece(&contradicted, Weight::Contradicts, 2);
        let (later, earlier) = (piece(&plain, Weight::Supports, 9), piece(&plain, Weight::Supports, 3));
        let order = [earlier.id, later.id];
        let entities: Vec<Entity> =
            vec![coder.into(), plain.into(), searched.into(), contradicted.into(), against.into(), later.into(), earlier.into()];
        let study = Study::from_entities(entities, &Blobs::default()).unwrap();
        let all = propositions(&study);
        let said: Vec<_> = all.iter().map(|it| (it.proposition.position, it.is_untried(), it.evidence.each_ref().map(Vec::len))).collect();
        assert_eq!(said, [(1, false, [0, 0, 1]), (2, false, [0, 0, 0]), (3, true, [2, 0, 0])]);
        assert_eq!(all[2].evidence[0].iter().map(|it| it.id).collect::<Vec<_>>(), order, "oldest first");
    }
}
