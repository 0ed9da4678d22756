use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::selection::Selection;
use crate::study::{
    AttributeId, AttributeOf, Codebook, Coded, CoderId, Coding, CodingId, Material, MemoOn, Origin, Study, ThemeId, ValueId, Values,
};
use crate::text::{Geometry, Layer, Span, lanes, layers, union};

/// Which codings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this theme and those below it.
    pub theme: Option<ThemeId>,
    /// Only this coder's.
    pub coder: Option<CoderId>,
    /// Only where this is stated of the source, or of a case that speaks.
    pub stated: Option<Stated>,
    /// Only those that a search has made and nobody has confirmed.
    pub unread: bool,
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its value; none is *Not stated*.
    pub value: Option<ValueId>,
}

impl Stated {
    fn holds(self, study: &Study, material: &Material, coded: &Coded) -> bool {
        let among = |values: &Values| {
            let values = values.get(&self.attribute).filter(|values| !values.is_empty());
            self.value.map_or(values.is_none(), |value| values.is_some_and(|values| values.contains(&value)))
        };
        match study.attributes().get(self.attribute).map(|attribute| attribute.of) {
            Some(AttributeOf::Sources) => among(&material.source.values),
            Some(AttributeOf::Cases) => {
                let stated =
                    |case: Option<_>| case.and_then(|case| study.case(case)).map_or(self.value.is_none(), |case| among(&case.values));
                material.cases_of(coded).into_iter().any(stated)
            }
            None => false,
        }
    }
}

impl Filter {
    /// Whether a coding of `material` is shown.
    #[must_use]
    pub fn lets_through(self, study: &Study, material: &Material, coded: &Coded) -> bool {
        let coding = &coded.coding;
        self.coder.is_none_or(|coder| coder == coding.coder)
            && self.theme.is_none_or(|theme| study.codebook().is_within(coding.theme, theme))
            && (!self.unread || coding.origin == Origin::SearchUnread)
            && self.stated.is_none_or(|stated| stated.holds(study, material, coded))
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
    /// The lane it is drawn in, from 0. It stays the same wherever one is in the text.
    pub lane: usize,
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

/// Stripes that share paragraphs. Clusters share none, so that they are in order by beginning and by end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cluster {
    members: Range<usize>,
    hull: Span,
}

/// The codings of the open source, prepared to be drawn; made anew only when the source, the themes or the filter change.
pub struct Drawn {
    material: Arc<Material>,
    codebook: Arc<Codebook>,
    filter: Filter,
    /// The study, where the filter asks what is known of cases.
    study: Option<Arc<Study>>,
    /// The codings in order of place.
    pub stripes: Vec<Stripe>,
    /// Where the stripe of each coding stands among them.
    places: HashMap<CodingId, usize>,
    clusters: Vec<Cluster>,
    /// The tints.
    pub tints: Vec<Tint>,
    /// Stretches of text with the tints over them.
    pub layers: Vec<Layer>,
    /// On which line the underline of each tint is drawn, from 0.
    pub lines: Vec<usize>,
}

impl Drawn {
    /// Prepares the codings of `material`, whose words are `text`.
    #[must_use]
    pub fn new(study: &Arc<Study>, material: &Arc<Material>, text: &str, filter: Filter) -> Self {
        let codebook = study.codebook_arc();
        let shown = material.codings.iter().filter(|coded| filter.lets_through(study, material, coded));
        let codings: Vec<&Coding> = shown.map(|coded| &coded.coding).collect();
        let mut by_theme: BTreeMap<ThemeId, Vec<Span>> = BTreeMap::new();
        for coding in &codings {
            by_theme.entry(coding.theme).or_default().push(coding.span);
        }
        let mut tints: Vec<Tint> =
            by_theme.into_iter().flat_map(|(theme, spans)| union(spans).into_iter().map(move |span| Tint { theme, span })).collect();
        tints.sort_by_key(|tint| (tint.span.start, u32::MAX - tint.span.end, tint.theme));
        let spans: Vec<Span> = tints.iter().map(|tint| tint.span).collect();
        let noted = Noted::of(material);
        let lines: Vec<Span> = codings.iter().map(|coding| to_end_of_line(&material.geometry, text, coding.span)).collect();
        let stripes: Vec<Stripe> = codings.into_iter().zip(lanes(&lines)).map(|(coding, lane)| noted.stripe(coding, lane)).collect();
        Self {
            places: stripes.iter().enumerate().map(|(place, stripe)| (stripe.coding, place)).collect(),
            clusters: clusters(material, &stripes),
            layers: layers(&spans),
            lines: lanes(&spans),
            tints,
            stripes,
            material: Arc::clone(material),
            codebook,
            filter,
            study: filter.stated.map(|_| Arc::clone(study)),
        }
    }

    /// Whether this is what `new` would make.
    #[must_use]
    pub fn fits(&self, study: &Arc<Study>, material: &Arc<Material>, filter: Filter) -> bool {
        Arc::ptr_eq(&self.material, material)
            && Arc::ptr_eq(&self.codebook, &study.codebook_arc())
            && self.filter == filter
            && self.study.as_ref().is_none_or(|of| Arc::ptr_eq(of, study))
    }

    /// The stripe of a coding.
    #[must_use]
    pub fn stripe(&self, coding: CodingId) -> Option<&Stripe> {
        self.stripes.get(*self.places.get(&coding)?)
    }

    /// Whether any word of `span` is coded.
    #[must_use]
    pub fn is_coded(&self, span: Span) -> bool {
        let first = self.layers.partition_point(|layer| layer.span.end <= span.start);
        self.layers.get(first).is_some_and(|layer| layer.span.overlaps(span))
    }

    /// Groups of stripes that share paragraphs, as far as one of the group may be seen in `span`.
    pub fn clusters_in(&self, span: Span) -> impl Iterator<Item = &[Stripe]> {
        let first = self.clusters.partition_point(|cluster| cluster.hull.end <= span.start);
        let seen = self.clusters.iter().skip(first).take_while(move |cluster| cluster.hull.start < span.end);
        seen.filter_map(|cluster| self.stripes.get(cluster.members.clone()))
    }

    /// The stripes that a caret at byte `offset` touches, shortest first; those that end there come last.
    #[must_use]
    pub fn at(&self, offset: u32) -> Vec<&Stripe> {
        let caret = Selection::caret(offset);
        let begun = self.stripes.partition_point(|stripe| stripe.span.start <= offset);
        let mut found: Vec<_> = self.stripes.iter().take(begun).filter(|stripe| caret.touches(stripe.span)).collect();
        found.sort_by_key(|stripe| (!stripe.span.contains(offset), stripe.span.len()));
        found
    }
}

/// A passage with what can stand behind it on its last line, so that no two stripes of a lane share a line.
fn to_end_of_line(geometry: &Geometry, text: &str, passage: Span) -> Span {
    /// No line holds more characters.
    const LINE: usize = 80;
    let paragraph = geometry.paragraph_at(passage.end.saturating_sub(1)).and_then(|index| geometry.paragraphs().get(index));
    let rest = Span::new(passage.end, paragraph.map_or(passage.end, |paragraph| paragraph.span.end.max(passage.end))).slice(text);
    let line = rest.char_indices().nth(LINE).map_or(rest.len(), |(byte, _)| byte);
    Span { end: passage.end.saturating_add(u32::try_from(line).unwrap_or(0)), ..passage }
}

/// What is marked and noted on the codings of a source, by coding.
struct Noted<'a> {
    quoted: HashSet<CodingId>,
    contrary: HashMap<CodingId, &'a str>,
    memos: HashMap<CodingId, Vec<&'a str>>,
}

impl<'a> Noted<'a> {
    fn of(material: &'a Material) -> Self {
        let mut memos: HashMap<CodingId, Vec<&str>> = HashMap::new();
        for memo in &material.memos {
            if let MemoOn::Coding { coding, .. } = memo.on {
                memos.entry(coding).or_default().push(&memo.text);
            }
        }
        Self {
            quoted: material.quote_marks.iter().filter_map(|mark| mark.coding).collect(),
            contrary: material.contrary_marks.iter().map(|mark| (mark.coding, mark.contrary_to.as_str())).collect(),
            memos,
        }
    }

    fn stripe(&self, coding: &Coding, lane: usize) -> Stripe {
        Stripe {
            coding: coding.id,
            span: coding.span,
            theme: coding.theme,
            coder: coding.coder,
            lane,
            unread: coding.origin == Origin::SearchUnread,
            quoted: self.quoted.contains(&coding.id),
            contrary: self.contrary.get(&coding.id).map(|to| (*to).to_owned()),
            memos: self.memos.get(&coding.id).map_or_else(Vec::new, |memos| memos.iter().map(|memo| (*memo).to_owned()).collect()),
        }
    }
}

/// Cuts the stripes where no paragraph holds both the one before and the one after.
fn clusters(material: &Material, stripes: &[Stripe]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut last = 0;
    for (index, stripe) in stripes.iter().enumerate() {
        let paragraphs = material.geometry.paragraphs_in(stripe.span);
        match clusters.last_mut() {
            Some(cluster) if paragraphs.start < last => {
                cluster.members.end = index + 1;
                cluster.hull = cluster.hull.hull(stripe.span);
            }
            _ => clusters.push(Cluster { members: index..index + 1, hull: stripe.span }),
        }
        last = last.max(paragraphs.end);
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Voice};

    #[test]
    fn a_lane_is_free_again_after_the_line() {
        let text = format!("{}\n{}\n", "é".repeat(150), "b".repeat(40));
        let paragraph = |from: usize, to: usize| Paragraph {
            span: Span::of(from..to),
            label: Span::default(),
            kind: ParagraphKind::Prose,
            level: 0,
            voice: Voice::Author,
            speaker: NO_SPEAKER,
        };
        let geometry = Geometry::new(&text, vec![paragraph(0, 300), paragraph(301, 341)], vec![], vec![]).unwrap();
        let check = |passages: &[(u32, u32)], expected: &[usize]| {
            let lines: Vec<Span> = passages.iter().map(|(from, to)| to_end_of_line(&geometry, &text, Span::new(*from, *to))).collect();
            assert_eq!(lanes(&lines), expected, "{passages:?}");
        };
        check(&[(0, 20), (20, 40)], &[0, 1]);
        check(&[(0, 20), (178, 200)], &[0, 1]);
        check(&[(0, 20), (180, 200)], &[0, 0]);
        check(&[(280, 300), (301, 310)], &[0, 0]);
    }
}
