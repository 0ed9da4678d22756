use super::passages::{Heading, Passage, Passages};
use crate::study::{CaseId, Study};
use crate::text::Voice;

/// All that a case says as a participant, turn by turn under the names of its sources: a cell without codings is charted from
/// it.
#[must_use]
pub fn all_said(study: &Study, case: CaseId) -> Passages {
    let mut all = Passages::default();
    for material in study.materials() {
        let spoken = material.spoken().iter().any(|(at, _)| material.case(*at) == Some(case));
        if !spoken {
            continue;
        }
        let heading = all.headings.len();
        let turns = material.geometry.paragraphs().iter().filter(|paragraph| material.speaker_of(paragraph).0 == Voice::Participant);
        let parts = turns.flat_map(|turn| material.parts_of(turn.span)).filter(|part| material.case(part.case) == Some(case));
        let passage = |span| Passage { source: material.source.id, span, codings: Vec::new(), contrary: false, heading };
        let before = all.items.len();
        all.items.extend(parts.map(|part| passage(part.span)));
        let count = (all.items.len() - before) as u32;
        all.headings.push(Heading { case: Some(case), words: material.source.label.clone(), count });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::study::CaseKind;

    #[test]
    fn a_case_is_read_without_its_interviewer_and_without_others() {
        let mut builder = Builder::new();
        let jean = builder.case("Jean", CaseKind::Person, values(&[]));
        let tam = builder.case("Tam", CaseKind::Person, values(&[]));
        let turns =
            [(None, Voice::Participant, "We share a floor."), (None, Voice::Interviewer, "Do you?"), (None, Voice::Participant, "We do.")];
        let first = builder.source("A", Some(jean), values(&[]), &turns);
        builder.source("B", Some(tam), values(&[]), &turns);
        let study = builder.study();
        let all = all_said(&study, jean);
        let said: Vec<&str> = all.items.iter().map(|passage| passage.span.slice(&first.text)).collect();
        assert_eq!(said, ["We share a floor.", "We do."]);
        assert_eq!((all.headings.len(), all.headings[0].count), (1, 2));
        assert!(all.items.iter().all(|passage| passage.source == first.id && passage.codings.is_empty()));
    }
}
