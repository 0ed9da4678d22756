use std::collections::HashMap;
use std::sync::Arc;

use super::cluster::{Cluster, Stripe, clusters};
use super::filter::Filter;
use crate::study::{Coded, CodingId, Material, MemoOn, Study, differing};
use crate::text::Span;

/// The codings of the open source, prepared to be drawn. What an edit leaves as it was is not prepared again.
pub struct Drawn {
    material: Arc<Material>,
    filter: Filter,
    /// The study, where the filter asks what is known of themes or cases.
    study: Option<Arc<Study>>,
    /// The codings in order of place.
    shown: Vec<Arc<Coded>>,
    /// The same, in order and apart from each other.
    clusters: Vec<Cluster>,
    noted: HashMap<CodingId, Noted>,
}

/// What is marked and noted on a coding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Whether it is chosen for the report.
    pub quoted: bool,
    /// What it is contrary to, if it is.
    pub contrary: Option<String>,
    /// What is noted on it.
    pub memos: Vec<String>,
}

impl Drawn {
    /// Prepares the codings of `material`, whose words are `text`, with what is still right of what was drawn `before`.
    #[must_use]
    pub fn renewed(before: Option<Self>, study: &Arc<Study>, material: &Arc<Material>, text: &str, filter: Filter) -> Self {
        let before = match before {
            Some(before) if before.fits(study, material, filter) => return before,
            other => other.filter(|before| Arc::ptr_eq(&before.material.geometry, &material.geometry)),
        };
        let all = material.codings.shared();
        let shown: Vec<Arc<Coded>> = if filter == Filter::default() {
            all.to_vec()
        } else {
            all.iter().filter(|coded| filter.lets_through(study, material, coded)).cloned().collect()
        };
        Self {
            clusters: match before {
                Some(before) => before.clusters_of(&shown, material, text),
                None => clusters(material, text, &shown),
            },
            noted: noted(material),
            shown,
            material: Arc::clone(material),
            filter,
            study: filter.asks_study().then(|| Arc::clone(study)),
        }
    }

    /// Whether this is what is to be drawn.
    fn fits(&self, study: &Arc<Study>, material: &Arc<Material>, filter: Filter) -> bool {
        Arc::ptr_eq(&self.material, material) && self.filter == filter && self.study.as_ref().is_none_or(|of| Arc::ptr_eq(of, study))
    }

    /// The clusters of `shown`: those of this that hold the same codings, and new ones between them.
    fn clusters_of(self, shown: &[Arc<Coded>], material: &Material, text: &str) -> Vec<Cluster> {
        let Self { shown: old, clusters: mut kept, .. } = self;
        let (gone, come) = differing(&old, shown);
        let sizes = || kept.iter().map(|cluster| cluster.stripes.len());
        let (mut before, mut from) = whole_within(gone.start, sizes());
        let (mut after, mut behind) = whole_within(shown.len() - come.end, sizes().rev());
        loop {
            let made = clusters(material, text, shown.get(from..shown.len() - behind).unwrap_or_default());
            let last_before = before.checked_sub(1).and_then(|at| kept.get(at));
            let first_after = kept.len().checked_sub(after).and_then(|at| kept.get(at));
            // What is new may share paragraphs with what stood apart until now.
            if let Some((one, _)) = last_before.zip(made.first()).filter(|(one, new)| one.reach.meets(&new.reach)) {
                (before, from) = (before - 1, from - one.stripes.len());
            } else if let Some((_, one)) = made.last().zip(first_after).filter(|(new, one)| new.reach.meets(&one.reach)) {
                (after, behind) = (after - 1, behind - one.stripes.len());
            } else {
                let gone = before..kept.len() - after;
                kept.splice(gone, made);
                return kept;
            }
        }
    }

    /// How many codings are shown.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.shown.len()
    }

    /// What is marked and noted on a coding, if anything is.
    #[must_use]
    pub fn noted(&self, coding: CodingId) -> Option<&Noted> {
        self.noted.get(&coding)
    }

    /// The stripe of a coding.
    #[must_use]
    pub fn stripe(&self, coding: CodingId) -> Option<&Stripe> {
        let order = |coding: CodingId, span: Span| (span.start, u32::MAX - span.end, coding);
        let span = self.material.coding(coding)?.coding.span;
        let stripes = &self.clusters_in(span).next()?.stripes;
        let at = stripes.binary_search_by_key(&order(coding, span), |stripe| order(stripe.coding, stripe.span)).ok()?;
        stripes.get(at)
    }

    /// Whether any word of `span` is coded.
    #[must_use]
    pub fn is_coded(&self, span: Span) -> bool {
        self.clusters_in(span).any(|cluster| cluster.is_coded(span))
    }

    /// The clusters of which something may be seen in `span`.
    pub fn clusters_in(&self, span: Span) -> impl Iterator<Item = &Cluster> {
        let first = self.clusters.partition_point(|cluster| cluster.reach.hull.end <= span.start);
        self.clusters.iter().skip(first).take_while(move |cluster| cluster.reach.hull.start < span.end)
    }

    /// The stripes that a caret at byte `offset` touches, shortest first; those that end there come last.
    #[must_use]
    pub fn at(&self, offset: u32) -> Vec<&Stripe> {
        let around = Span { start: offset.saturating_sub(1), end: offset.saturating_add(1) };
        let mut found: Vec<_> = self.clusters_in(around).flat_map(|cluster| cluster.at(offset)).collect();
        found.sort_by_key(|stripe| (!stripe.span.contains(offset), stripe.span.len()));
        found
    }
}

/// How many of the first clusters lie whole within the first `codings`, and how many codings those hold.
fn whole_within(codings: usize, sizes: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut held = 0;
    let mut many = 0;
    for size in sizes {
        if held + size > codings {
            break;
        }
        (many, held) = (many + 1, held + size);
    }
    (many, held)
}

/// What is marked and noted on the codings of a source.
fn noted(material: &Material) -> HashMap<CodingId, Noted> {
    let mut noted: HashMap<CodingId, Noted> = HashMap::new();
    for coding in material.quote_marks.iter().filter_map(|mark| mark.coding) {
        noted.entry(coding).or_default().quoted = true;
    }
    for mark in &material.contrary_marks {
        noted.entry(mark.coding).or_default().contrary = Some(mark.contrary_to.clone());
    }
    for memo in &material.memos {
        if let MemoOn::Coding { coding, .. } = memo.on {
            noted.entry(coding).or_default().memos.push(memo.text.clone());
        }
    }
    noted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::{Change, Coding, Values};
    use crate::text::{Texts as _, Voice};

    /// Begin, length and theme of a coding; it is taken away where it is there.
    fn some_edits() -> impl Strategy<Value = Vec<Vec<(u32, u32, usize)>>> {
        proptest::collection::vec(proptest::collection::vec((0u32..230, 1u32..60, 0usize..3), 1..4), 1..12)
    }

    proptest! {
        #[test]
        fn an_edit_draws_what_all_would_be_drawn_as(edits in some_edits()) {
            let mut builder = Builder::new();
            let coder = builder.coder("Elspeth");
            let themes = ["Rooms", "Cold", "Forms"].map(|name| builder.theme(None, name));
            let turns = [(Some("P"), Voice::Participant, "The room was cold in winter."); 8];
            let source = builder.source("A", None, Values::new(), &turns);
            builder.code(&source, source.span("room"), themes[0], coder);
            let mut study = Arc::new(builder.study());
            let drawn = |before, study: &Arc<Study>| {
                let material = study.material(source.id).unwrap();
                let text = builder.blobs.text(material.revision().unwrap().text).unwrap();
                Drawn::renewed(before, study, material, &text, Filter::default())
            };
            let pattern = study.material(source.id).unwrap().codings.iter().next().unwrap().coding.clone();
            let mut now = drawn(None, &study);
            for edit in edits {
                let mut changes: Vec<Change> = Vec::new();
                for (start, length, theme) in edit {
                    let span = Span::new(start, (start + length).min(source.text.len() as u32));
                    let id = CodingId::derived(&[&start.to_le_bytes(), &length.to_le_bytes(), &[theme as u8]]);
                    if changes.iter().any(|change| change.id().is_some_and(|other| other.id == id.0)) {
                        continue;
                    }
                    let there = study.material(source.id).unwrap().codings_at(span).find(|coding| coding.theme == themes[theme]).cloned();
                    changes.push(match there {
                        Some(there) => Change { before: Some(there.into()), after: None },
                        None => Change { before: None, after: Some(Coding { id, span, theme: themes[theme], ..pattern.clone() }.into()) },
                    });
                }
                let Ok(next) = study.apply(&changes, &builder.blobs) else { continue };
                study = Arc::new(next);
                now = drawn(Some(now), &study);
                let anew = drawn(None, &study);
                prop_assert_eq!(&now.clusters, &anew.clusters);
                prop_assert_eq!(now.len(), study.material(source.id).unwrap().codings.len());
                for coded in &study.material(source.id).unwrap().codings {
                    prop_assert_eq!(now.stripe(coded.coding.id).map(|stripe| stripe.span), Some(coded.coding.span));
                }
            }
        }
    }
}
