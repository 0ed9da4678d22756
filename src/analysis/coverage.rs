//! What participants said that nobody has coded yet, by whom what is coded, and where it is not.

use crate::analysis::layer::Layer;
use crate::analysis::matrix::Filter;
use crate::study::{CaseId, CoderId, Coding, Material, SourceId, StatusKind, Study};
use crate::text::{Span, union};

/// How far a source is coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The source.
    pub source: SourceId,
    /// Words of participants.
    pub words: u32,
    /// Those under a coding that counts.
    pub coded: u32,
    /// The same by each coder who coded in it or said how far they are, with what they say.
    pub coders: Vec<(CoderId, u32, StatusKind)>,
    /// What is not coded, in order of place.
    pub gaps: Vec<Gap>,
}

/// A stretch of participants' words that no coding that counts touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// From the first to the last of the words, over what others say in between.
    pub span: Span,
    /// Whose the first words are; `None` is *Not stated*.
    pub case: Option<CaseId>,
    /// How many words of participants.
    pub words: u32,
}

impl Covered {
    /// The share of participants' words that is coded, 0–1; not defined where they say nothing.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.words > 0).then(|| f64::from(self.coded) / f64::from(self.words))
    }
}

/// How far each source is coded that the filter leaves in and in which participants speak.
#[must_use]
pub fn coverage(study: &Study, filter: &Filter) -> Vec<Covered> {
    let layer = Layer::new(study, filter);
    let sources = layer.sources().filter(|source| source.material.participant_words() > 0);
    sources.map(|source| covered(source.material, |coding| filter.counts(source.material, coding))).collect()
}

fn covered(material: &Material, counts: impl Fn(&Coding) -> bool) -> Covered {
    let coded = said(material, counts);
    let words = |spans: &[Span]| spans.iter().map(|span| material.geometry.words_in(*span)).sum();
    let by = |coder: CoderId| (coder, words(&said(material, |coding| coding.coder == coder)), material.status(coder));
    let mut coders: Vec<CoderId> = material.codings.coders().chain(material.statuses.iter().map(|status| status.coder)).collect();
    coders.sort_unstable();
    coders.dedup();
    Covered {
        source: material.source.id,
        words: material.participant_words(),
        coded: words(&coded),
        coders: coders.into_iter().filter(|coder| *coder != CoderId::agreed()).map(by).collect(),
        gaps: gaps(material, &coded),
    }
}

/// What participants said under the codings that count, each character once.
fn said(material: &Material, counts: impl Fn(&Coding) -> bool) -> Vec<Span> {
    let codings = material.codings.iter().filter(|coded| counts(&coded.coding));
    union(codings.flat_map(|coded| coded.parts.iter().map(|part| part.span)))
}

/// What lies between the `coded` stretches. Words of one gap may be in several paragraphs.
fn gaps(material: &Material, coded: &[Span]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    // Where the gap at hand goes on if nothing coded lies between.
    let mut open = false;
    let mut next = coded.iter().copied().peekable();
    for part in material.parts_of(Span::new(0, material.geometry.text_len())) {
        let mut from = part.span.start;
        loop {
            while next.peek().is_some_and(|span| span.end <= from) {
                next.next();
            }
            let touched = next.peek().copied().filter(|span| span.start < part.span.end);
            let to = touched.map_or(part.span.end, |span| span.start.max(from));
            if let Some(words) = material.geometry.words_within(Span::new(from, to)).filter(|_| from < to) {
                let count = material.geometry.words_in(words);
                match gaps.last_mut().filter(|_| open) {
                    Some(gap) => (gap.span, gap.words) = (gap.span.hull(words), gap.words + count),
                    None => gaps.push(Gap { span: words, case: material.case(part.case), words: count }),
                }
                open = true;
            }
            let Some(span) = touched else { break };
            (from, open) = (span.end, false);
            if from >= part.span.end {
                break;
            }
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::{CaseKind, Values};
    use crate::text::Voice;

    #[test]
    fn what_is_not_coded_is_found_with_whose_it_is() {
        let mut builder = Builder::new();
        let (ann, ben) = (builder.coder("Ann"), builder.coder("Ben"));
        let theme = builder.theme(None, "Rooms");
        let turns = [
            (Some("P"), Voice::Participant, "one two three four"),
            (Some("I"), Voice::Interviewer, "and then"),
            (Some("Q"), Voice::Participant, "five six"),
            (Some("P"), Voice::Participant, "seven eight nine"),
        ];
        let put = builder.source("A", None, Values::new(), &turns);
        let [p, q] = ["P", "Q"].map(|label| {
            let case = builder.case(label, CaseKind::Person, Values::new());
            builder.speaker(&put, label, Voice::Participant, Some(case));
            case
        });
        builder.speaker(&put, "I", Voice::Interviewer, None);
        let whole = coverage(&builder.study(), &Filter::default());
        let all = Gap { span: Span::new(put.span("one").start, put.span("nine").end), case: Some(p), words: 9 };
        assert_eq!((whole[0].gaps.as_slice(), whole[0].share()), (&[all][..], Some(0.0)));
        builder.code(&put, put.span("two three"), theme, ann);
        builder.code(&put, put.span("eight"), theme, ben);
        builder.status(&put, ben, StatusKind::Done);
        let found = coverage(&builder.study(), &Filter::default());
        let gap = |first: &str, last: &str, case, words| Gap {
            span: Span::new(put.span(first).start, put.span(last).end),
            case: Some(case),
            words,
        };
        assert_eq!(found[0].gaps, [gap("one", "one", p, 1), gap("four", "seven", p, 4), gap("nine", "nine", p, 1)]);
        assert_eq!((found[0].words, found[0].coded), (9, 3));
        let mut coders = vec![(ann, 2, StatusKind::NotStarted), (ben, 1, StatusKind::Done)];
        coders.sort_unstable_by_key(|(coder, ..)| *coder);
        assert_eq!(found[0].coders, coders);
        let of_ben = coverage(&builder.study(), &Filter { coder: Some(ben), ..Filter::default() });
        assert_eq!((of_ben[0].coded, of_ben[0].gaps[0].words), (1, 7));
        builder.code(&put, put.span("five six"), theme, ann);
        let turn = coverage(&builder.study(), &Filter::default());
        assert_eq!(turn[0].gaps[1..], [gap("four", "four", p, 1), gap("seven", "seven", p, 1), gap("nine", "nine", p, 1)]);
        assert_ne!(Some(q), turn[0].gaps[1].case);
        // A report has no participants.
        builder.source("B", None, Values::new(), &[(None, Voice::Author, "It is said")]);
        assert_eq!(coverage(&builder.study(), &Filter::default()).len(), 1);
    }
}
