use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use roaring::RoaringBitmap;

use super::found::Facets;
use super::places::{Place, Places};
use crate::study::{Attribute, BuiltIn, CaseId, Origin, Role, Study, ThemeId, ValueId, Values};
use crate::text::{Paragraph, Voice};

/// Counts how the paragraphs `hits` are spread.
pub(super) fn count(study: &Study, places: &Places<'_>, hits: &RoaringBitmap) -> Facets {
    let attributes = study.attributes();
    let mut themes = HashMap::new();
    let mut groups = ByValue::new(attributes.with_role(Role::Group));
    let mut areas = ByValue::new(attributes.with_role(Role::Area));
    let mut kinds = ByValue::new(attributes.built_in(BuiltIn::Kind));
    let mut sources = Vec::new();
    let mut unread = 0;
    for place in &places.places {
        let here: Vec<usize> = place.among(hits).map(|(_, paragraph)| paragraph).collect();
        if here.is_empty() {
            continue;
        }
        sources.push((place.material.source.id, here.len()));
        kinds.count(&place.material.source.values, here.len());
        tally(themes_in(study, place, &here), &mut themes);
        unread += unread_in(place, &here);
        let said = said_in(place, &here);
        groups.count_cases(study, &said);
        areas.count_cases(study, &said);
    }
    let by_theme = std::iter::once(None).chain(study.codebook().outline().iter().map(|row| Some(row.theme)));
    Facets {
        themes: in_order(by_theme, &themes),
        unread,
        groups: groups.in_order(study),
        areas: areas.in_order(study),
        kinds: kinds.in_order(study),
        sources,
    }
}

/// The paragraphs `here`, which are ascending, each with its themes and those above them; with none where a participant
/// speaks and nothing is coded.
fn themes_in(study: &Study, place: &Place<'_>, here: &[usize]) -> Vec<(usize, Option<ThemeId>)> {
    let material = place.material;
    let mut themes = Vec::new();
    for coding in material.codings.iter().map(|coded| &coded.coding) {
        let paragraphs = material.geometry.paragraphs_in(coding.span).filter(|paragraph| here.binary_search(paragraph).is_ok());
        for paragraph in paragraphs {
            themes.extend(study.codebook().lineage(coding.theme).iter().map(|theme| (paragraph, Some(theme.id))));
        }
    }
    themes.sort_unstable();
    let coded = |index: usize| themes.binary_search_by_key(&index, |(paragraph, _)| *paragraph).is_ok();
    let participant = |paragraph: &Paragraph| material.speaker_of(paragraph).0 == Voice::Participant;
    let not_coded = paragraphs(place, here).filter(|(index, paragraph)| !coded(*index) && participant(paragraph));
    let not_coded: Vec<_> = not_coded.map(|(index, _)| (index, None)).collect();
    themes.extend(not_coded);
    themes
}

/// How many of the paragraphs `here` have a coding that a search made and nobody has confirmed.
fn unread_in(place: &Place<'_>, here: &[usize]) -> usize {
    let unread = place.material.codings.iter().map(|coded| &coded.coding).filter(|coding| coding.origin == Origin::SearchUnread);
    let paragraphs = unread.flat_map(|coding| place.material.geometry.paragraphs_in(coding.span));
    paragraphs.filter(|paragraph| here.binary_search(paragraph).is_ok()).collect::<BTreeSet<_>>().len()
}

/// Who of the participants said something in the paragraphs `here`.
fn said_in(place: &Place<'_>, here: &[usize]) -> Vec<(usize, Option<CaseId>)> {
    let material = place.material;
    let parts = paragraphs(place, here).flat_map(|(_, paragraph)| material.parts_of(paragraph.span));
    parts.map(|part| (part.paragraph as usize, material.case(part.case))).collect()
}

fn paragraphs<'s>(place: &Place<'s>, here: &[usize]) -> impl Iterator<Item = (usize, &'s Paragraph)> {
    let all = place.material.geometry.paragraphs();
    here.iter().filter_map(|index| Some((*index, all.get(*index)?)))
}

/// Counts by the values of an attribute.
struct ByValue<'s> {
    attribute: Option<&'s Attribute>,
    counts: HashMap<Option<ValueId>, usize>,
}

impl<'s> ByValue<'s> {
    fn new(attribute: Option<&'s Attribute>) -> Self {
        Self { attribute, counts: HashMap::new() }
    }

    fn count(&mut self, values: &Values, paragraphs: usize) {
        for value in self.values(Some(values)) {
            *self.counts.entry(value).or_default() += paragraphs;
        }
    }

    fn count_cases(&mut self, study: &Study, said: &[(usize, Option<CaseId>)]) {
        let mut pairs = Vec::new();
        for (paragraph, case) in said {
            let case = case.and_then(|case| study.case(case));
            pairs.extend(self.values(case.map(|case| &case.values)).into_iter().map(|value| (*paragraph, value)));
        }
        tally(pairs, &mut self.counts);
    }

    /// The values among `values` that are the attribute's; *Not stated* where there are none.
    fn values(&self, values: Option<&Values>) -> Vec<Option<ValueId>> {
        let Some(attribute) = self.attribute else { return Vec::new() };
        match values.and_then(|values| values.get(&attribute.id)).filter(|own| !own.is_empty()) {
            Some(own) => own.iter().copied().map(Some).collect(),
            None => vec![None],
        }
    }

    fn in_order(&self, study: &Study) -> Vec<(Option<ValueId>, usize)> {
        let values = self.attribute.map(|attribute| study.attributes().values_of(attribute.id)).unwrap_or_default();
        in_order(values.into_iter().map(|value| Some(value.id)).chain([None]), &self.counts)
    }
}

/// Counts each different pair of a paragraph and what it has once.
fn tally<K: Copy + Ord + Hash>(mut pairs: Vec<(usize, K)>, counts: &mut HashMap<K, usize>) {
    pairs.sort_unstable();
    pairs.dedup();
    for (_, key) in pairs {
        *counts.entry(key).or_default() += 1;
    }
}

fn in_order<K: Copy + Eq + Hash>(keys: impl Iterator<Item = K>, counts: &HashMap<K, usize>) -> Vec<(K, usize)> {
    keys.filter_map(|key| Some((key, *counts.get(&key)?))).collect()
}
