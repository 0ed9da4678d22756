use std::ops::Range;
use std::sync::Arc;

use super::selection::Selection;
use crate::study::{Coded, CoderId, CodingId, Material, Origin, ThemeId};
use crate::text::{Geometry, Layer, Span, lanes, layers, union};

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
}

/// A theme's tint: what its codings cover together. A second coder or a nested coding adds none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// The theme.
    pub theme: ThemeId,
    /// The words.
    pub span: Span,
}

/// Where codings lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The paragraphs in which they have words.
    paragraphs: Range<usize>,
    /// What they cover, with what lies between them.
    pub(super) hull: Span,
}

impl Reach {
    /// Whether what begins later shares paragraphs with this, or bytes between paragraphs.
    pub(super) fn meets(&self, later: &Self) -> bool {
        later.paragraphs.start < self.paragraphs.end || later.hull.start < self.hull.end
    }
}

/// Codings that share paragraphs, prepared to be drawn. No other codings lie in those paragraphs, so that lanes, tints and
/// underlines of a cluster depend on nothing outside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Where it lies.
    pub(super) reach: Reach,
    /// The codings in order of place.
    pub stripes: Vec<Stripe>,
    /// The tints.
    pub tints: Vec<Tint>,
    /// Stretches of text with the tints over them.
    pub layers: Vec<Layer>,
    /// On which line the underline of each tint is drawn, from 0.
    pub lines: Vec<usize>,
}

impl Cluster {
    /// Prepares codings of `text`, in order of place.
    fn new(geometry: &Geometry, text: &str, reach: Reach, codings: &[Arc<Coded>]) -> Self {
        let codings = || codings.iter().map(|coded| &coded.coding);
        let mut by_theme: Vec<(ThemeId, Span)> = codings().map(|coding| (coding.theme, coding.span)).collect();
        by_theme.sort_unstable();
        let of_one = by_theme.chunk_by(|one, other| one.0 == other.0).filter_map(|of_one| Some((of_one.first()?.0, of_one)));
        let tints = of_one.flat_map(|(theme, of_one)| {
            let covered = union(of_one.iter().map(|(_, span)| *span));
            covered.into_iter().map(move |span| Tint { theme, span })
        });
        let mut tints: Vec<Tint> = tints.collect();
        tints.sort_by_key(|tint| (tint.span.start, u32::MAX - tint.span.end, tint.theme));
        let spans: Vec<Span> = tints.iter().map(|tint| tint.span).collect();
        let to_end: Vec<Span> = codings().map(|coding| to_end_of_line(geometry, text, coding.span)).collect();
        let stripes = codings().zip(lanes(&to_end)).map(|(coding, lane)| Stripe {
            coding: coding.id,
            span: coding.span,
            theme: coding.theme,
            coder: coding.coder,
            lane,
            unread: coding.origin == Origin::SearchUnread,
        });
        Self { reach, stripes: stripes.collect(), layers: layers(&spans), lines: lanes(&spans), tints }
    }

    /// The stripes that a caret at byte `offset` touches.
    pub(super) fn at(&self, offset: u32) -> impl Iterator<Item = &Stripe> {
        let caret = Selection::caret(offset);
        let begun = self.stripes.partition_point(|stripe| stripe.span.start <= offset);
        self.stripes.iter().take(begun).filter(move |stripe| caret.touches(stripe.span))
    }

    /// Whether any word of `span` is coded.
    pub(super) fn is_coded(&self, span: Span) -> bool {
        let first = self.layers.partition_point(|layer| layer.span.end <= span.start);
        self.layers.get(first).is_some_and(|layer| layer.span.overlaps(span))
    }
}

/// Prepares codings, in order of place: cut where no paragraph holds both the one before and the one after.
pub fn clusters(material: &Material, text: &str, codings: &[Arc<Coded>]) -> Vec<Cluster> {
    let geometry = &material.geometry;
    let mut found: Vec<(Reach, Range<usize>)> = Vec::new();
    for (at, coded) in codings.iter().enumerate() {
        let own = Reach { paragraphs: geometry.paragraphs_in(coded.coding.span), hull: coded.coding.span };
        match found.last_mut() {
            Some((reach, members)) if reach.meets(&own) => {
                reach.paragraphs.end = reach.paragraphs.end.max(own.paragraphs.end);
                reach.hull = reach.hull.hull(own.hull);
                members.end = at + 1;
            }
            _ => found.push((own, at..at + 1)),
        }
    }
    let made = found.into_iter().filter_map(|(reach, members)| Some(Cluster::new(geometry, text, reach, codings.get(members)?)));
    made.collect()
}

/// A passage with what can stand behind it on its last line, so that no two stripes of a lane share a line.
fn to_end_of_line(geometry: &Geometry, text: &str, passage: Span) -> Span {
    /// No line holds more characters.
    const LINE: usize = 80;
    let paragraph = geometry.paragraph_at(passage.end.saturating_sub(1)).and_then(|index| geometry.paragraphs().get(index));
    let rest = Span::new(passage.end, paragraph.map_or(passage.end, |paragraph| paragraph.span.end.max(passage.end))).slice(text);
    let plain = rest.as_bytes().get(..LINE).is_some_and(<[u8]>::is_ascii);
    let line = if plain { LINE } else { rest.char_indices().nth(LINE).map_or(rest.len(), |(byte, _)| byte) };
    Span { end: passage.end.saturating_add(u32::try_from(line).unwrap_or(0)), ..passage }
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
