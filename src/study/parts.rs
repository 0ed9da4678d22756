use super::entities::CaseSpan;
use crate::text::{Geometry, NO_SPEAKER, Span, Voice};

/// [`Part::case`] where it is not stated whose words these are.
pub const NO_CASE: u16 = u16::MAX;

/// The share of a coding that one case said in one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of the paragraph.
    pub paragraph: u32,
    /// The words, trimmed; where a case span cuts, up to its first or last whole word.
    pub span: Span,
    /// Index into [`Material::cases`](super::Material::cases) of the case that said them, or [`NO_CASE`].
    pub case: u16,
}

/// Whose words the paragraphs of a source are; what [`parts_of`] needs to know of it.
pub(super) struct Voices<'a> {
    pub geometry: &'a Geometry,
    /// Voice and case of each label of the geometry.
    pub speakers: &'a [(Voice, u16)],
    /// The case where nobody is named.
    pub fallback: u16,
    /// Spans given to cases by hand, in order, with the index of their case.
    pub case_spans: &'a [(&'a CaseSpan, u16)],
}

impl Voices<'_> {
    /// Voice and case of a paragraph, before case spans.
    pub fn of(&self, paragraph: &crate::text::Paragraph) -> (Voice, u16) {
        if paragraph.speaker == NO_SPEAKER {
            return (paragraph.voice, self.fallback);
        }
        self.speakers
            .get(usize::from(paragraph.speaker))
            .map_or((paragraph.voice, NO_CASE), |(voice, case)| (*voice, if *case == NO_CASE { self.fallback } else { *case }))
    }

    /// The parts of `span`: its intersections with participants' paragraphs, cut where a case span begins or ends,
    /// each with at least one whole word.
    pub fn parts_of(&self, span: Span) -> impl Iterator<Item = Part> + '_ {
        let paragraphs = self.geometry.paragraphs_in(span);
        paragraphs.flat_map(move |index| {
            let found = self.geometry.paragraphs().get(index);
            found.into_iter().flat_map(move |paragraph| {
                let (voice, case) = self.of(paragraph);
                let inside = paragraph.span.intersection(span).filter(|_| voice == Voice::Participant);
                inside.into_iter().flat_map(move |inside| {
                    self.pieces(inside, case).into_iter().filter_map(move |(piece, case)| {
                        let paragraph = u32::try_from(index).unwrap_or(u32::MAX);
                        // Without the text white space is not known at a cut, but words are.
                        let words = self.geometry.words_within(piece)?;
                        let start = if piece.start == inside.start { piece.start } else { words.start };
                        let end = if piece.end == inside.end { piece.end } else { words.end };
                        Some(Part { paragraph, span: Span { start, end }, case })
                    })
                })
            })
        })
    }

    fn pieces(&self, span: Span, case: u16) -> Vec<(Span, u16)> {
        let mut pieces = Vec::new();
        let mut from = span.start;
        for (given, to) in self.case_spans {
            let Some(inside) = given.span.intersection(Span { start: from, end: span.end }) else { continue };
            if from < inside.start {
                pieces.push((Span { start: from, end: inside.start }, case));
            }
            pieces.push((inside, *to));
            from = inside.end;
        }
        if from < span.end {
            pieces.push((Span { start: from, end: span.end }, case));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::ids::{CaseId, CaseSpanId, RevisionId, SourceId};
    use crate::text::{Paragraph, ParagraphKind};

    #[test]
    fn a_case_span_cuts_between_words() {
        let text = "“One two, three (four) five.”";
        let all = Span::of(0..text.len());
        let paragraph = Paragraph {
            span: all,
            label: Span::default(),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: Voice::Participant,
            speaker: NO_SPEAKER,
        };
        let geometry = Geometry::new(text, vec![paragraph], Vec::new(), Vec::new()).unwrap();
        let by_hand = |words: &str| CaseSpan {
            id: CaseSpanId::new(),
            source: SourceId::new(),
            revision: RevisionId::new(),
            span: Span::of(text.find(words).unwrap()..text.find(words).unwrap() + words.len()),
            case: CaseId::new(),
        };
        let check = |words: &str, expected: &[(&str, u16)]| {
            let given = by_hand(words);
            let case_spans = [(&given, 1)];
            let voices = Voices { geometry: &geometry, speakers: &[], fallback: 0, case_spans: &case_spans };
            let parts: Vec<_> = voices.parts_of(all).map(|part| (part.span.slice(text), part.case)).collect();
            assert_eq!(parts, expected, "{words}");
        };
        check("three", &[("“One two", 0), ("three", 1), ("four) five.”", 0)]);
        check(" three (", &[("“One two", 0), ("three", 1), ("four) five.”", 0)]);
        check("“One", &[("“One", 1), ("two, three (four) five.”", 0)]);
        check("five.”", &[("“One two, three (four", 0), ("five.”", 1)]);
    }
}
