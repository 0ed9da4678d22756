use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::study::{Codebook, CoderId, Coding, CodingId, Material, MemoOn, Origin, Study, ThemeId};
use crate::text::{Layer, Span, lanes, layers, union};

/// Which codings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this theme and those below it.
    pub theme: Option<ThemeId>,
    /// Only this coder's.
    pub coder: Option<CoderId>,
}

impl Filter {
    fn lets_through(self, codebook: &Codebook, coding: &Coding) -> bool {
        self.coder.is_none_or(|coder| coder == coding.coder) && self.theme.is_none_or(|theme| codebook.is_within(coding.theme, theme))
    }
}

/// A coding as a stripe shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripe {
    /// The coding.
    pub coding: CodingId,
    /// Its passage.
    pub span: Span,
    /// Its theme.
    pub theme: ThemeId,
    /// Who applied it.
    pub coder: CoderId,
    /// Whether nobody has confirmed it since a search made it.
    pub unread: bool,
    /// Whether it is chosen for the report.
    pub quoted: bool,
    /// What it is contrary to, if it is.
    pub contrary: Option<String>,
    /// What is noted on it.
    pub memos: Vec<String>,
}

/// A theme's tint: what its codings cover together. A second coder or a nested coding adds none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// The theme.
    pub theme: ThemeId,
    /// The words.
    pub span: Span,
}

/// The codings of the open source, prepared to be drawn; made anew only when the source, the themes or the filter change.
pub struct Drawn {
    material: Arc<Material>,
    codebook: Arc<Codebook>,
    filter: Filter,
    /// The codings in order of place.
    pub stripes: Vec<Stripe>,
    /// Groups of stripes that share paragraphs.
    pub clusters: Vec<Range<usize>>,
    /// The tints.
    pub tints: Vec<Tint>,
    /// Stretches of text with the tints over them.
    pub layers: Vec<Layer>,
    /// On which line the underline of each tint is drawn, from 0.
    pub lines: Vec<usize>,
}

impl Drawn {
    /// Prepares the codings of `material`.
    #[must_use]
    pub fn new(study: &Study, material: &Arc<Material>, filter: Filter) -> Self {
        let codebook = study.codebook_arc();
        let read = |coding: &&Coding| coding.revision == material.source.revision && filter.lets_through(&codebook, coding);
        let codings: Vec<&Coding> = material.codings.iter().map(|coded| &coded.coding).filter(read).collect();
        let mut by_theme: BTreeMap<ThemeId, Vec<Span>> = BTreeMap::new();
        for coding in &codings {
            by_theme.entry(coding.theme).or_default().push(coding.span);
        }
        let mut tints: Vec<Tint> =
            by_theme.into_iter().flat_map(|(theme, spans)| union(spans).into_iter().map(move |span| Tint { theme, span })).collect();
        tints.sort_by_key(|tint| (tint.span.start, u32::MAX - tint.span.end, tint.theme));
        let spans: Vec<Span> = tints.iter().map(|tint| tint.span).collect();
        let stripes: Vec<Stripe> = codings.into_iter().map(|coding| stripe(material, coding)).collect();
        Self {
            clusters: clusters(material, &stripes),
            layers: layers(&spans),
            lines: lanes(&spans),
            tints,
            stripes,
            material: Arc::clone(material),
            codebook,
            filter,
        }
    }

    /// Whether this is what `new` would make.
    #[must_use]
    pub fn fits(&self, study: &Study, material: &Arc<Material>, filter: Filter) -> bool {
        Arc::ptr_eq(&self.material, material) && Arc::ptr_eq(&self.codebook, &study.codebook_arc()) && self.filter == filter
    }

    /// The stripe of a coding.
    #[must_use]
    pub fn stripe(&self, coding: CodingId) -> Option<&Stripe> {
        self.stripes.iter().find(|stripe| stripe.coding == coding)
    }

    /// The stripes whose passage holds byte `offset` (or ends there), shortest first.
    #[must_use]
    pub fn at(&self, offset: u32) -> Vec<&Stripe> {
        let mut found: Vec<_> = self.stripes.iter().filter(|stripe| stripe.span.contains(offset) || stripe.span.end == offset).collect();
        found.sort_by_key(|stripe| (!stripe.span.contains(offset), stripe.span.len()));
        found
    }
}

fn stripe(material: &Material, coding: &Coding) -> Stripe {
    let on = MemoOn::Coding { source: coding.source, coding: coding.id };
    let mark = material.contrary_marks.iter().find(|mark| mark.coding == coding.id);
    Stripe {
        coding: coding.id,
        span: coding.span,
        theme: coding.theme,
        coder: coding.coder,
        unread: coding.origin == Origin::SearchUnread,
        quoted: material.quote_marks.iter().any(|mark| mark.coding == Some(coding.id)),
        contrary: mark.map(|mark| mark.contrary_to.clone()),
        memos: material.memos.iter().filter(|memo| memo.on == on).map(|memo| memo.text.clone()).collect(),
    }
}

/// Cuts the stripes where no paragraph holds both the one before and the one after.
fn clusters(material: &Material, stripes: &[Stripe]) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for (index, stripe) in stripes.iter().enumerate() {
        let paragraphs = material.geometry.paragraphs_in(stripe.span);
        match clusters.last_mut() {
            Some(cluster) if paragraphs.start < last => cluster.end = index + 1,
            _ => clusters.push(index..index + 1),
        }
        last = last.max(paragraphs.end);
    }
    clusters
}
