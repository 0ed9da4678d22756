//! A text as it may leave: whole as it is stored, or as its turns with ids in the place of the labels of speakers.

use std::sync::Arc;

use super::names::Names;
use crate::study::{Material, NOT_STATED};
use crate::text::{CharMap, CharSpan, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

/// The version of a source that is read, as it may leave, with the way from places in what is stored to places in it.
///
/// With names in full it is the stored text. By ids it is put together anew: a paragraph after the other, each behind who says it,
/// by id; page furniture, time stamps and the labels as they were written stay behind.
pub(super) struct Told {
    stored: Arc<str>,
    map: CharMap,
    geometry: Arc<Geometry>,
    /// What it was put together to; none where it is the stored text.
    anew: Option<Anew>,
}

#[derive(Default)]
struct Anew {
    text: String,
    /// The paragraphs that are told, in order.
    places: Vec<Place>,
}

/// Where the words of a paragraph stand.
struct Place {
    stored: Span,
    /// The first character in what is stored.
    first: usize,
    /// The first byte and character in what is told.
    told: (usize, usize),
}

impl Told {
    /// Reads the text of a source.
    ///
    /// # Errors
    /// [`NoSuchBlob`] when the text is missing.
    pub fn read(names: &Names<'_>, texts: &dyn Texts, material: &Material) -> Result<Self, NoSuchBlob> {
        let stored = match material.revision() {
            Some(revision) => texts.text(revision.text)?,
            None => Arc::from(""),
        };
        let (map, geometry) = (CharMap::new(&stored), Arc::clone(&material.geometry));
        let anew = (!names.labels().is_full()).then(|| anew(names, material, &stored, &map));
        Ok(Self { stored, map, geometry, anew })
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.anew.as_ref().map_or(&self.stored, |anew| &anew.text)
    }

    /// Where the words of a span of the stored text stand, in characters; nothing where none of them is told.
    pub fn chars(&self, span: Span) -> Option<CharSpan> {
        let Some(anew) = &self.anew else { return Some(self.map.chars(&self.stored, span)) };
        let [start, end] = anew.ends(span)?;
        let at = |(place, offset): (&Place, u32)| place.told.1 + self.map.char_at(&self.stored, offset) - place.first;
        Some(CharSpan { start: at(start), end: at(end) })
    }

    /// The words of a span of the stored text as they are told.
    pub fn words(&self, span: Span) -> &str {
        let Some(anew) = &self.anew else { return span.slice(&self.stored) };
        let Some([start, end]) = anew.ends(span) else { return "" };
        let at = |(place, offset): (&Place, u32)| place.told.0 + (offset - place.stored.start) as usize;
        anew.text.get(at(start)..at(end)).unwrap_or_default()
    }

    /// The paragraphs that are told, each with its number on screen, from 1.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &Paragraph)> {
        let full = self.anew.is_none();
        (1..).zip(self.geometry.paragraphs()).filter(move |(_, paragraph)| full || is_told(paragraph))
    }

    /// What stands in the stored text outside of paragraphs and may leave, as bullets and labels; nothing by ids.
    pub fn label(&self, span: Span) -> &str {
        if self.anew.is_some() { "" } else { span.slice(&self.stored) }
    }
}

impl Anew {
    /// The first and last paragraph of which a span holds words, each with the end of the span in it.
    fn ends(&self, span: Span) -> Option<[(&Place, u32); 2]> {
        let first = self.places.partition_point(|place| place.stored.end <= span.start);
        let after = self.places.partition_point(|place| place.stored.start < span.end);
        let (start, end) = (self.places.get(first)?, self.places.get(after.checked_sub(1)?)?);
        (first < after).then(|| [(start, span.start.max(start.stored.start)), (end, span.end.min(end.stored.end))])
    }
}

/// Whether a paragraph leaves by ids, too: page furniture has names in it.
pub(super) fn is_told(paragraph: &Paragraph) -> bool {
    paragraph.kind != ParagraphKind::Furniture
}

fn anew(names: &Names<'_>, material: &Material, stored: &str, map: &CharMap) -> Anew {
    let mut anew = Anew::default();
    let mut chars = 0;
    for paragraph in material.geometry.paragraphs().iter().filter(|paragraph| is_told(paragraph)) {
        let who = speaker(names, material, paragraph);
        let before = if anew.text.is_empty() { "" } else { "\n\n" };
        let before = if who.is_empty() { before.to_owned() } else { format!("{before}{who}: ") };
        anew.text.push_str(&before);
        chars += before.chars().count();
        let (stored_span, place) = (paragraph.span, map.chars(stored, paragraph.span));
        anew.places.push(Place { stored: stored_span, first: place.start, told: (anew.text.len(), chars) });
        anew.text.push_str(stored_span.slice(stored));
        chars += place.end - place.start;
    }
    if !anew.text.is_empty() {
        anew.text.push('\n');
    }
    anew
}

/// Who says a paragraph, as it may be told: the label as it was written, or by ids the case. Empty where nobody is named.
pub(super) fn speaker(names: &Names<'_>, material: &Material, paragraph: &Paragraph) -> String {
    if names.labels().is_full() {
        let label = material.geometry.labels().get(usize::from(paragraph.speaker));
        return label.map(ToString::to_string).unwrap_or_default();
    }
    let (voice, case) = material.speaker_of(paragraph);
    let is_named = paragraph.speaker != NO_SPEAKER;
    match (voice, case.and_then(|case| names.study().case(case))) {
        (Voice::Interviewer, _) => "Interviewer".to_owned(),
        (Voice::Participant, Some(case)) if is_named => case.label.clone(),
        (Voice::Participant, None) if is_named => NOT_STATED.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::exchange::export::Labels;
    use crate::study::{CaseKind, Values};

    #[test]
    fn places_lead_to_the_same_words_and_no_label_leaves() {
        let mut b = Builder::new();
        let mary = b.case("P1", CaseKind::Person, Values::default());
        let turns = [
            (Some("Ada"), Voice::Interviewer, "And é\u{301} the 😀 room?"),
            (Some("Mary Smith"), Voice::Participant, "Cold 😀 as sin."),
            (Some("Who?"), Voice::Participant, "Aye 👩🏽‍🦱."),
            (None, Voice::Participant, "The end."),
        ];
        let put = b.source("S1", None, Values::default(), &turns);
        b.speaker(&put, "Ada", Voice::Interviewer, None);
        b.speaker(&put, "Mary Smith", Voice::Participant, Some(mary));
        let study = b.study();
        let material = study.source_labelled("S1").unwrap();
        for labels in [Labels::IDS, Labels::FULL] {
            let names = Names::new(&study, labels);
            let told = Told::read(&names, &b.blobs, material).unwrap();
            let text: Vec<char> = told.text().chars().collect();
            let from = |span: Span| told.chars(span).map(|at| text[at.start..at.end].iter().collect::<String>()).unwrap_or_default();
            for words in ["é\u{301} the 😀", "Cold 😀 as sin.", "😀 as", "👩🏽‍🦱.", "The end."] {
                assert_eq!((from(put.span(words)).as_str(), told.words(put.span(words))), (words, words));
            }
            // Over several turns, and from within a label.
            let wide = Span::new(put.span("Mary").start, put.span("Aye").end);
            let expected =
                if labels.is_full() { "Mary Smith: Cold 😀 as sin.\n\nWho?: Aye" } else { "Cold 😀 as sin.\n\nNot stated: Aye" };
            assert_eq!((from(wide).as_str(), told.words(wide)), (expected, expected));
            assert_eq!(told.text().contains("Mary"), labels.is_full());
        }
        let told = Told::read(&Names::new(&study, Labels::IDS), &b.blobs, material).unwrap();
        assert!(told.text().starts_with("Interviewer: And é\u{301}") && told.text().contains("\n\nP1: Cold"), "{}", told.text());
        assert_eq!(told.chars(put.span("Mary Smith")), None, "nothing of a label is told");
        assert_eq!(told.words(put.span("Mary Smith")), "");
    }
}
