//! What a study of many entities costs, beside several of few.

use std::sync::Arc;
use std::time::Instant;

use crate::study::{
    Change, Coder, CoderId, Coding, CodingId, ContraryMark, ContraryMarkId, Entity, EntityId, Kind, Memo, MemoId, MemoKind, MemoOn, Origin,
    QuoteFacts, QuoteMark, QuoteMarkId, Revision, RevisionId, Source, SourceForm, SourceId, Study, Theme, Values,
};
use crate::text::{BlobId, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

/// A text of equal words, one paragraph each, and a coding of each word.
pub(in crate::study) struct Sample {
    geometry: Arc<Geometry>,
    theme: Theme,
    pub frame: Vec<Entity>,
    pub codings: Vec<Coding>,
}

impl Texts for Sample {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        Err(NoSuchBlob { id, reason: "nobody needs it".into() })
    }

    fn geometry(&self, _: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        Ok(Arc::clone(&self.geometry))
    }
}

impl Sample {
    pub fn of(count: usize) -> Self {
        let text = "aye.\n".repeat(count);
        let word = |index: usize| Span::of(5 * index..5 * index + 4);
        let paragraph = |index| Paragraph {
            span: word(index),
            label: Span::default(),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: Voice::Participant,
            speaker: NO_SPEAKER,
        };
        let geometry = Arc::new(Geometry::new(&text, (0..count).map(paragraph).collect(), Vec::new(), Vec::new()).unwrap());
        let (source, revision, coder, blob) = (SourceId::new(), RevisionId::new(), CoderId::new(), BlobId::of(text.as_bytes()));
        let theme = Theme::named(None, "Answers", 1);
        let frame = vec![
            Coder { id: coder, name: "Elspeth".into(), initials: "E".into() }.into(),
            theme.clone().into(),
            Revision { id: revision, source, parent: None, text: blob, geometry: blob }.into(),
            Source {
                id: source,
                label: "A".into(),
                title: String::new(),
                form: SourceForm::Transcript,
                revision,
                case: None,
                values: Values::new(),
                file_name: String::new(),
                fingerprint: blob,
                original: None,
                position: 1,
            }
            .into(),
        ];
        let coding = |index| Coding {
            id: CodingId::new(),
            source,
            revision,
            span: word(index),
            theme: theme.id,
            coder,
            time: 0,
            origin: Origin::Hand,
        };
        // Not in order of place, as nobody codes.
        let codings = (0..count).map(|index| coding(index * 7 % count)).collect();
        Self { geometry, theme, frame, codings }
    }

    pub fn marks(&self) -> Vec<Entity> {
        let marks = self.codings.iter().flat_map(|coding| {
            let Coding { id, source, revision, span, coder, time, .. } = *coding;
            let on = MemoOn::Coding { source, coding: id };
            [
                QuoteMark { id: QuoteMarkId::new(), source, revision, span, coding: Some(id), coder, time, facts: QuoteFacts::default() }
                    .into(),
                ContraryMark { id: ContraryMarkId::new(), source, coding: id, contrary_to: String::new(), coder, time }.into(),
                Memo { id: MemoId::new(), on, kind: MemoKind::Analytic, text: String::new(), coder, time }.into(),
            ]
        });
        marks.collect()
    }

    fn opened(&self, with: Vec<Entity>) -> Study {
        let codings = self.codings.iter().cloned().map(Entity::from);
        Study::from_entities(self.frame.iter().cloned().chain(codings).chain(with), self).unwrap()
    }
}

/// Fails when one of ten times the size takes more than four times as long as ten of the size; if the cost grew with the
/// square, it would take ten times as long. Both take about as long as each other, so that other work on the machine slows
/// both; it may disturb a try, not all.
pub(in crate::study) fn check(what: &str, count: usize, run: impl Fn(&Sample)) {
    let (small, large) = (Sample::of(count), Sample::of(10 * count));
    let time = |sample: &Sample, times: usize| {
        let start = Instant::now();
        (0..times).for_each(|_| run(sample));
        start.elapsed()
    };
    let mut tries = Vec::new();
    for _ in 0..5 {
        let (ten, one) = (time(&small, 10), time(&large, 1));
        if one < 4 * ten {
            return;
        }
        tries.push((ten, one));
    }
    panic!("{what}: ten of {count} and one of ten times as many took {tries:?}");
}

#[test]
fn ten_times_as_many_codings_in_a_source_are_opened_in_ten_times_the_time() {
    check("codings", 2_000, |sample| assert_eq!(sample.opened(Vec::new()).codings().count(), sample.codings.len()));
    check("marks and memos", 1_000, |sample| assert_eq!(sample.opened(sample.marks()).materials()[0].memos.len(), sample.codings.len()));
    check("themes", 500, |sample| {
        let themes = (0..sample.codings.len()).map(|number| Theme::named(Some(sample.theme.id), format!("Theme {number}"), 1).into());
        assert_eq!(sample.opened(themes.collect()).codebook().len(), sample.codings.len() + 1);
    });
}

#[test]
fn codings_are_made_found_and_taken_away_one_by_one() {
    check("codings one by one", 1_000, |sample| {
        let mut study = Study::from_entities(sample.frame.iter().cloned(), sample).unwrap();
        for coding in &sample.codings {
            let change = Change { before: None, after: Some(coding.clone().into()) };
            study.apply_in_place(&[change], sample).unwrap();
        }
        for coding in &sample.codings {
            let entity = EntityId { kind: Kind::Coding, id: coding.id.0 };
            assert_eq!(study.entity(entity, Some(coding.source)), Some(coding.clone().into()));
            let twin = Coding { id: CodingId::new(), ..coding.clone() };
            assert_eq!(study.material(coding.source).unwrap().twin(&twin), Some(coding));
        }
    });
}
