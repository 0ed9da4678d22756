use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::places::{Place, Places};
use crate::query::{CodedIs, Field, ValuePattern, attribute_of, themes_named, yes_or_no};
use crate::study::{Attribute, AttributeOf, CaseId, CoderId, Coding, Material, NOT_STATED, Origin, SourceId, Study, ThemeId, Values};
use crate::text::{Paragraph, Span, Voice};

/// A condition of a query with the names of the study resolved.
pub(super) enum Wanted {
    /// Words with one of these themes.
    Themes(HashSet<ThemeId>),
    /// Words coded by one of these.
    Coders(HashSet<CoderId>),
    /// Whether a participant's paragraph is coded, or is by a search alone.
    Coded(CodedIs),
    /// Whether words are marked as a quote.
    Quoted(bool),
    /// Words of one of these cases; with *Not stated*, of nobody known.
    Cases { cases: HashSet<CaseId>, not_stated: bool },
    /// Words of these sources.
    Sources(HashSet<SourceId>),
    /// Words of this voice, or behind a label of this name.
    Speaker { voice: Option<Voice>, label: ValuePattern },
    /// Where to search.
    In(ValuePattern),
    /// A field or value that the study does not have.
    Nothing,
}

impl Wanted {
    pub fn of(study: &Study, field: &Field, value: &str) -> Self {
        let pattern = ValuePattern::new(value);
        match field {
            Field::Theme => Self::Themes(with_descendants(study, &themes_named(study, value))),
            Field::Coder => {
                let coders = study.coders().values().filter(|coder| pattern.matches(&coder.name) || pattern.matches(&coder.initials));
                Self::Coders(coders.map(|coder| coder.id).collect())
            }
            Field::Coded => CodedIs::named(value).map_or(Self::Nothing, Self::Coded),
            Field::Quote => yes_or_no(value).map_or(Self::Nothing, Self::Quoted),
            Field::Case => {
                let cases = study.cases().values().filter(|case| pattern.matches(&case.label));
                Self::Cases { cases: cases.map(|case| case.id).collect(), not_stated: pattern.matches(NOT_STATED) }
            }
            Field::Source => {
                let sources = study.materials().iter().map(|material| &material.source);
                let named = sources.filter(|source| pattern.matches(&source.label) || pattern.matches(&source.title));
                Self::Sources(named.map(|source| source.id).collect())
            }
            Field::Speaker => Self::Speaker { voice: voice_named(&pattern), label: pattern },
            Field::In => Self::In(pattern),
            Field::Group | Field::Area | Field::Kind | Field::Attribute(_) => {
                attribute_of(study, field).map_or(Self::Nothing, |attribute| Self::attribute(study, attribute, &pattern))
            }
        }
    }

    fn attribute(study: &Study, attribute: &Attribute, pattern: &ValuePattern) -> Self {
        let named = |names: &crate::study::Value| pattern.matches(&names.name) || names.aliases.iter().any(|alias| pattern.matches(alias));
        let values: HashSet<_> =
            study.attributes().values_of(attribute.id).into_iter().filter(|value| named(value)).map(|value| value.id).collect();
        let not_stated = pattern.matches(NOT_STATED);
        let has = |own: &Values| match own.get(&attribute.id).filter(|own| !own.is_empty()) {
            Some(own) => own.iter().any(|value| values.contains(value)),
            None => not_stated,
        };
        match attribute.of {
            AttributeOf::Cases => {
                let cases = study.cases().values().filter(|case| has(&case.values)).map(|case| case.id).collect();
                Self::Cases { cases, not_stated }
            }
            AttributeOf::Sources => {
                let sources = study.materials().iter().map(|material| &material.source).filter(|source| has(&source.values));
                Self::Sources(sources.map(|source| source.id).collect())
            }
        }
    }

    /// The keys of the paragraphs for which the condition holds.
    pub fn keys(&self, places: &Places<'_>) -> RoaringBitmap {
        let mut keys = RoaringBitmap::new();
        for place in &places.places {
            self.add_keys(place, &mut keys);
        }
        keys
    }

    fn add_keys(&self, place: &Place<'_>, keys: &mut RoaringBitmap) {
        let material = place.material;
        let under = |wanted: &dyn Fn(&Coding) -> bool| {
            let spans: Vec<Span> = material.codings.iter().filter(|coded| wanted(&coded.coding)).map(|coded| coded.coding.span).collect();
            paragraphs_under(material, spans)
        };
        match self {
            Self::Themes(themes) => place.add(keys, under(&|coding| themes.contains(&coding.theme))),
            Self::Coders(coders) => place.add(keys, under(&|coding| coders.contains(&coding.coder))),
            Self::Coded(CodedIs::Yes) => place.add(keys, under(&|_| true)),
            Self::Coded(CodedIs::Unread) => place.add(keys, under(&|coding| coding.origin == Origin::SearchUnread)),
            Self::Coded(CodedIs::No) => {
                let coded: HashSet<usize> = under(&|_| true).into_iter().collect();
                place.add(keys, participant_paragraphs(material).filter(|paragraph| !coded.contains(paragraph)));
            }
            Self::Quoted(wanted) => {
                let quoted: HashSet<usize> = paragraphs_under(material, quoted_spans(material)).into_iter().collect();
                place.add(keys, place.paragraphs().map(|(index, _)| index).filter(|index| quoted.contains(index) == *wanted));
            }
            Self::Cases { cases, not_stated } => {
                if *not_stated || material.cases.iter().any(|case| cases.contains(case)) {
                    let said = participants(material);
                    let wanted = said.filter(|(_, case)| case.map_or(*not_stated, |case| cases.contains(&case)));
                    place.add(keys, wanted.map(|(paragraph, _)| paragraph));
                }
            }
            Self::Sources(sources) if sources.contains(&material.source.id) => place.add_all(keys),
            Self::Speaker { voice, label } => {
                let spoken = place.paragraphs().filter(|(_, paragraph)| speaks(material, paragraph, *voice, label));
                place.add(keys, spoken.map(|(index, _)| index));
            }
            Self::In(pattern) if pattern.matches("texts") => place.add_all(keys),
            Self::Sources(_) | Self::In(_) | Self::Nothing => {}
        }
    }
}

/// What participants said, as (paragraph, case).
fn participants(material: &Material) -> impl Iterator<Item = (usize, Option<CaseId>)> {
    let parts = material.parts_of(Span::new(0, material.geometry.text_len()));
    parts.into_iter().map(|part| (part.paragraph as usize, material.case(part.case)))
}

/// The paragraphs in a participant's voice.
fn participant_paragraphs(material: &Material) -> impl Iterator<Item = usize> {
    let paragraphs = material.geometry.paragraphs().iter().enumerate();
    paragraphs.filter(|(_, paragraph)| material.speaker_of(paragraph).0 == Voice::Participant).map(|(index, _)| index)
}

fn quoted_spans(material: &Material) -> Vec<Span> {
    material.quote_marks.iter().map(|mark| mark.span).collect()
}

fn paragraphs_under(material: &Material, spans: Vec<Span>) -> Vec<usize> {
    spans.into_iter().flat_map(|span| material.geometry.paragraphs_in(span)).collect()
}

fn speaks(material: &Material, paragraph: &Paragraph, voice: Option<Voice>, label: &ValuePattern) -> bool {
    let own = material.geometry.labels().get(usize::from(paragraph.speaker));
    own.is_some_and(|own| label.matches(own)) || voice.is_some_and(|voice| material.speaker_of(paragraph).0 == voice)
}

fn voice_named(pattern: &ValuePattern) -> Option<Voice> {
    let voices = [("participant", Voice::Participant), ("interviewer", Voice::Interviewer), ("author", Voice::Author)];
    voices.into_iter().find(|(name, _)| pattern.matches(name)).map(|(_, voice)| voice)
}

fn with_descendants(study: &Study, themes: &[ThemeId]) -> HashSet<ThemeId> {
    let book = study.codebook();
    let within = |theme: ThemeId| themes.iter().any(|above| book.is_within(theme, *above));
    book.outline().iter().map(|row| row.theme).filter(|theme| within(*theme)).collect()
}
