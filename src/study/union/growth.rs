//! What it costs to unite many edits, beside several times few.

use super::unite;
use crate::study::apply::growth::{Sample, check};
use crate::study::{
    Change, CoderId, DeviceId, Edit, EditId, Entity, Evidence, EvidenceId, EvidenceOf, HybridTime, Proposition, PropositionId,
    PropositionStatus, Weight,
};

/// Edits of one device, in the order in which they are added.
struct Log {
    device: DeviceId,
    coder: CoderId,
    edits: Vec<Edit>,
}

impl Log {
    fn of(sample: &Sample) -> Self {
        let mut log = Self { device: DeviceId::new(), coder: sample.codings[0].coder, edits: Vec::new() };
        log.add(sample.frame.iter().map(|it| Change { before: None, after: Some(it.clone()) }));
        log
    }

    fn add(&mut self, changes: impl IntoIterator<Item = Change>) {
        let counter = self.edits.len() as u64 + 1;
        let changes = changes.into_iter().filter_map(|change| change.to_log().unwrap()).collect();
        let id = EditId { device: self.device, counter };
        self.edits.push(Edit { id, clock: HybridTime(counter), coder: self.coder, changes });
    }

    /// Makes things in one edit, and removes each in an edit of its own.
    fn make_and_remove(&mut self, entities: &[Entity]) {
        self.add(entities.iter().map(|it| Change { before: None, after: Some(it.clone()) }));
        for it in entities {
            self.add([Change { before: Some(it.clone()), after: None }]);
        }
    }
}

fn stated(coder: CoderId, number: i64) -> Proposition {
    let (id, note, status) = (PropositionId::new(), String::new(), PropositionStatus::Holds);
    Proposition { id, statement: "It is so".into(), note, status, searched: None, coder, time: 0, position: number }
}

#[test]
fn ten_times_as_many_removals_are_united_in_ten_times_the_time() {
    check("codings removed one by one", 500, |sample| {
        let mut log = Log::of(sample);
        let codings: Vec<Entity> = sample.codings.iter().cloned().map(Entity::from).collect();
        log.make_and_remove(&codings);
        assert_eq!(unite(&log.edits, sample).unwrap().study.codings().count(), 0);
    });
    check("propositions removed one by one, beside as much evidence of another", 500, |sample| {
        let mut log = Log::of(sample);
        let kept = stated(log.coder, 0);
        let evidence = sample.codings.iter().map(|coding| {
            let of = EvidenceOf::Passage { source: coding.source, revision: coding.revision, span: coding.span };
            let (id, words, note) = (EvidenceId::new(), "aye.".into(), String::new());
            Evidence { id, proposition: kept.id, weight: Weight::Supports, of, words, note, coder: log.coder, time: 0 }.into()
        });
        let evidence: Vec<Entity> = evidence.chain([kept.clone().into()]).collect();
        log.add(evidence.into_iter().map(|it| Change { before: None, after: Some(it) }));
        let others: Vec<Entity> = (1..).zip(&sample.codings).map(|(number, _)| stated(log.coder, number).into()).collect();
        log.make_and_remove(&others);
        assert_eq!(unite(&log.edits, sample).unwrap().study.propositions().in_order().len(), 1);
    });
}
