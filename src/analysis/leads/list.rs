use std::collections::HashSet;

use crate::analysis::layer::Counted;
use crate::analysis::matrix::{Heading, Passage, Passages, is_contrary};
use crate::study::{CaseId, Coding, CodingId, Material};
use crate::text::Span;

/// A passage of a source with the codings on it.
pub type Place = (Span, Vec<CodingId>);

/// Passages as they are listed, under headings.
#[derive(Default)]
pub struct List {
    found: Passages,
}

impl List {
    /// Puts what was found in a source under its name; nothing where nothing was.
    pub fn source(&mut self, material: &Material, places: impl IntoIterator<Item = Place>) {
        let heading = Heading { case: None, words: material.source.label.clone(), count: 0 };
        self.found.headings.push(heading);
        self.add(material, places);
        self.found.headings.pop_if(|heading| heading.count == 0);
    }

    /// Opens a heading with a case, for what it says in several sources.
    pub fn case(&mut self, case: CaseId, words: String) {
        self.found.headings.push(Heading { case: Some(case), words, count: 0 });
    }

    /// Puts what was found in a source under the last heading.
    pub fn add(&mut self, material: &Material, places: impl IntoIterator<Item = Place>) {
        let Some(at) = self.found.headings.len().checked_sub(1) else { return };
        let before = self.found.items.len();
        let passage = |(span, codings): Place| {
            let contrary = codings.iter().any(|coding| is_contrary(material, *coding));
            Passage { source: material.source.id, span, codings, contrary, heading: at }
        };
        self.found.items.extend(places.into_iter().map(passage));
        let came = self.found.items.len() - before;
        if let Some(heading) = self.found.headings.get_mut(at) {
            heading.count += u32::try_from(came).unwrap_or(u32::MAX);
        }
    }

    /// What was listed.
    pub fn passages(self) -> Passages {
        self.found
    }
}

/// The stretches of codings that come in order of place, as the matrix makes them: those that share characters are one.
pub fn stretches<'c>(codings: impl IntoIterator<Item = &'c Coding>) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for coding in codings {
        match found.last_mut().filter(|(last, _)| coding.span.start < last.end) {
            Some((last, on)) => {
                *last = last.hull(coding.span);
                on.push(coding.id);
            }
            None => found.push((coding.span, vec![coding.id])),
        }
    }
    found
}

/// Codings that count in a source, to be found by their place.
pub struct Over<'a> {
    material: &'a Material,
    counted: HashSet<CodingId>,
}

impl<'a> Over<'a> {
    /// Those of `codings` that are `wanted`.
    pub fn new(material: &'a Material, codings: &[Counted<'_>], wanted: impl Fn(&Coding) -> bool) -> Self {
        let codings = codings.iter().map(|counted| &counted.coded.coding);
        Self { material, counted: codings.filter(|coding| wanted(coding)).map(|coding| coding.id).collect() }
    }

    /// Those that share characters with a span, in order of place.
    pub fn on(&self, span: Span) -> impl Iterator<Item = CodingId> + '_ {
        let over = self.material.codings_over(span).map(|coded| coded.coding.id);
        over.filter(|coding| self.counted.contains(coding))
    }
}
