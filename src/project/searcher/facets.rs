use std::collections::{BTreeSet, HashMap, HashSet};

use roaring::RoaringBitmap;

use super::conditions::{participant_paragraphs, participants, present_codings};
use super::found::Facets;
use super::places::{Place, Places};
use crate::study::{Attribute, BuiltIn, Role, Study, ThemeId, ValueId};

/// Counts how the paragraphs `hits` are spread.
pub(super) fn count(study: &Study, places: &Places<'_>, hits: &RoaringBitmap) -> Facets {
    let attributes = study.attributes();
    let mut themes = HashMap::new();
    let mut groups = ByValue::new(attributes.with_role(Role::Group));
    let mut areas = ByValue::new(attributes.with_role(Role::Area));
    let mut kinds = ByValue::new(attributes.built_in(BuiltIn::Kind));
    let mut sources = Vec::new();
    for place in &places.places {
        let here: HashSet<usize> = place.among(hits).map(|(_, paragraph)| paragraph).collect();
        if here.is_empty() {
            continue;
        }
        sources.push((place.material.source.id, here.len()));
        kinds.count(&place.material.source.values, here.len());
        count_themes(study, place, &here, &mut themes);
        if groups.attribute.is_some() || areas.attribute.is_some() {
            groups.count_cases(study, place, &here);
            areas.count_cases(study, place, &here);
        }
    }
    let by_theme = std::iter::once(None).chain(study.codebook().outline().iter().map(|row| Some(row.theme)));
    Facets {
        themes: in_order(by_theme, &themes),
        groups: groups.in_order(study),
        areas: areas.in_order(study),
        kinds: kinds.in_order(study),
        sources,
    }
}

fn count_themes(study: &Study, place: &Place<'_>, here: &HashSet<usize>, counts: &mut HashMap<Option<ThemeId>, usize>) {
    let material = place.material;
    let mut pairs: BTreeSet<(usize, Option<ThemeId>)> = BTreeSet::new();
    let mut coded = HashSet::new();
    for coding in present_codings(material) {
        for paragraph in material.geometry.paragraphs_in(coding.span).filter(|paragraph| here.contains(paragraph)) {
            coded.insert(paragraph);
            pairs.extend(study.codebook().lineage(coding.theme).iter().map(|theme| (paragraph, Some(theme.id))));
        }
    }
    let not_coded = participant_paragraphs(material).filter(|paragraph| here.contains(paragraph) && !coded.contains(paragraph));
    pairs.extend(not_coded.map(|paragraph| (paragraph, None)));
    for (_, theme) in pairs {
        *counts.entry(theme).or_default() += 1;
    }
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

    fn count(&mut self, values: &crate::study::Values, paragraphs: usize) {
        for value in self.values(Some(values)) {
            *self.counts.entry(value).or_default() += paragraphs;
        }
    }

    fn count_cases(&mut self, study: &Study, place: &Place<'_>, here: &HashSet<usize>) {
        let said = participants(place.material).filter(|(paragraph, _)| here.contains(paragraph));
        let pairs: BTreeSet<(usize, Option<ValueId>)> = said
            .flat_map(|(paragraph, case)| {
                let case = case.and_then(|case| study.case(case));
                self.values(case.map(|case| &case.values)).into_iter().map(move |value| (paragraph, value))
            })
            .collect();
        for (_, value) in pairs {
            *self.counts.entry(value).or_default() += 1;
        }
    }

    /// The values among `values` that are the attribute's; *Not stated* where there are none.
    fn values(&self, values: Option<&crate::study::Values>) -> Vec<Option<ValueId>> {
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

fn in_order<K: Copy + Eq + std::hash::Hash>(keys: impl Iterator<Item = K>, counts: &HashMap<K, usize>) -> Vec<(K, usize)> {
    keys.filter_map(|key| Some((key, *counts.get(&key)?))).collect()
}
