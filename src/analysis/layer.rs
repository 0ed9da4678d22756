//! The codings that count in a study, and who is heard in them.

use std::collections::{BTreeSet, HashMap};

use super::matrix::Filter;
use crate::study::{
    AttributeId, AttributeOf, Case, CaseId, Coded, CodingId, Material, NO_CASE, Part, Role, StatusKind, Study, ValueId, Values,
};

/// What a filter leaves of a study. Cases have dense indices in their order; the one after the last is *Not stated*.
pub(super) struct Layer<'a> {
    pub study: &'a Study,
    pub filter: &'a Filter,
    /// The cases in order.
    pub cases: Vec<&'a Case>,
    places: HashMap<CaseId, usize>,
    /// Whose words alone are asked for.
    said_by: Option<(Stated, Option<ValueId>)>,
}

/// A coding that counts, with the cases that have its words.
pub(super) struct Counted<'a> {
    pub coded: &'a Coded,
    /// Line of its theme in the outline.
    pub theme: usize,
    /// Dense indices of its cases, each once.
    pub cases: Vec<usize>,
}

/// A source that the filter leaves in.
pub(super) struct CountedSource<'a> {
    /// Place among the study's sources.
    pub place: usize,
    pub material: &'a Material,
    /// Dense indices of the source's cases; the last is *Not stated*.
    cases: Vec<usize>,
    /// The codings with a quote mark, when only those count.
    quoted: Option<BTreeSet<CodingId>>,
}

/// The values of one attribute, of every case or of every source.
pub(super) struct Stated {
    of: AttributeOf,
    by: Vec<Vec<Option<ValueId>>>,
}

impl Stated {
    /// The values where a case speaks in a source, both as dense indices; `None` is *Not stated*.
    pub fn of(&self, case: usize, source: usize) -> &[Option<ValueId>] {
        let at = match self.of {
            AttributeOf::Cases => case,
            AttributeOf::Sources => source,
        };
        self.by.get(at).map_or(&[], Vec::as_slice)
    }
}

/// The values of an attribute, *Not stated* where there are none.
pub(super) fn stated(values: &Values, attribute: Option<AttributeId>) -> Vec<Option<ValueId>> {
    let own = attribute.and_then(|attribute| values.get(&attribute)).filter(|own| !own.is_empty());
    own.map_or_else(|| vec![None], |own| own.iter().copied().map(Some).collect())
}

impl<'a> Layer<'a> {
    pub fn new(study: &'a Study, filter: &'a Filter) -> Self {
        let cases = study.cases_in_order();
        let places = cases.iter().enumerate().map(|(place, case)| (case.id, place)).collect();
        let mut layer = Self { study, filter, cases, places, said_by: None };
        layer.said_by = filter.said_by.and_then(|(attribute, value)| Some((layer.stated(attribute)?, value)));
        layer
    }

    /// Whether words of a case in a source are asked for, both as dense indices.
    pub fn is_asked(&self, case: usize, source: usize) -> bool {
        self.said_by.as_ref().is_none_or(|(stated, value)| stated.of(case, source).contains(value))
    }

    /// The participant groups of every case, *Not stated* after the last; `None` is a group that is not stated.
    pub fn groups(&self) -> Vec<Vec<Option<ValueId>>> {
        let attribute = self.study.attributes().with_role(Role::Group).map(|attribute| attribute.id);
        self.cases.iter().map(|case| stated(&case.values, attribute)).chain([vec![None]]).collect()
    }

    /// What is stated of an attribute by each case or source; `None` where there is no such attribute.
    pub fn stated(&self, attribute: AttributeId) -> Option<Stated> {
        let of = self.study.attributes().get(attribute)?.of;
        let by = match of {
            AttributeOf::Cases => self.cases.iter().map(|case| stated(&case.values, Some(attribute))).chain([vec![None]]).collect(),
            AttributeOf::Sources => {
                self.study.materials().iter().map(|material| stated(&material.source.values, Some(attribute))).collect()
            }
        };
        Some(Stated { of, by })
    }

    /// Dense index of *Not stated* among the cases.
    pub fn not_stated(&self) -> usize {
        self.cases.len()
    }

    /// The sources that the filter leaves in.
    pub fn sources(&self) -> impl Iterator<Item = CountedSource<'a>> + '_ {
        let all = self.study.materials().iter().enumerate();
        all.filter(|(_, material)| self.filter.lets_in(self.study, material)).map(|(place, material)| CountedSource {
            place,
            material,
            cases: material.cases.iter().map(|case| self.places.get(case).copied().unwrap_or(self.not_stated())).collect(),
            quoted: self.filter.quote_marked.then(|| material.quote_marks.iter().filter_map(|mark| mark.coding).collect()),
        })
    }

    /// Whether the source is marked done, by the coder of the filter where one is chosen, else by anybody.
    pub fn is_done(&self, material: &Material) -> bool {
        match self.filter.coder {
            Some(coder) => material.status(coder) == StatusKind::Done,
            None => material.statuses.iter().any(|status| status.status == StatusKind::Done),
        }
    }

    /// Dense indices of the cases that speak as participants in the source, *Not stated* among them.
    pub fn voices(&self, source: &CountedSource<'a>) -> Vec<usize> {
        let voices = source.material.spoken().iter().map(|(case, _)| self.case(source, *case));
        voices.filter(|case| self.is_asked(*case, source.place)).collect()
    }

    /// The codings of a source that count, and those that hold no participant's words.
    pub fn codings(&self, source: &CountedSource<'a>) -> (Vec<Counted<'a>>, Vec<CodingId>) {
        let mut counted = Vec::new();
        let mut wordless = Vec::new();
        for coded in &source.material.codings {
            let coding = &coded.coding;
            let passes = self.filter.counts(source.material, coding)
                && source.quoted.as_ref().is_none_or(|quoted| {
                    source.material.marked_with(coding.id).iter().any(|marked| quoted.contains(marked))
                })
                // A passage whose words are gone is kept and shown, never counted.
                && coding.revision == source.material.source.revision;
            let Some(theme) = self.study.codebook().line(coding.theme).filter(|_| passes) else { continue };
            let mut cases: Vec<usize> = coded.parts.iter().map(|part| self.case(source, part.case)).collect();
            cases.sort_unstable();
            cases.dedup();
            if cases.is_empty() {
                wordless.push(coding.id);
                if !self.filter.all_voices && !self.filter.wordless {
                    continue;
                }
                cases.push(self.not_stated());
            } else if self.filter.wordless {
                continue;
            }
            cases.retain(|case| self.is_asked(*case, source.place));
            if !cases.is_empty() {
                counted.push(Counted { coded, theme, cases });
            }
        }
        (counted, wordless)
    }

    /// What those who are asked for said in a coding.
    pub fn parts<'c>(&self, source: &CountedSource<'_>, counted: &'c Counted<'_>) -> impl Iterator<Item = &'c Part> {
        counted.coded.parts.iter().filter(move |part| counted.cases.contains(&self.case(source, part.case)))
    }

    /// Dense index of the case that a part of the source names.
    pub fn case(&self, source: &CountedSource<'_>, part_case: u16) -> usize {
        if part_case == NO_CASE {
            return self.not_stated();
        }
        source.cases.get(usize::from(part_case)).copied().unwrap_or(self.not_stated())
    }
}
