use super::characters::{length, shared};
use super::segments::{match_segments, segments_of};
use super::themes::{Comparing, Passage, Ranged};
use crate::study::{CoderId, SourceId, ThemeId};
use crate::text::{Span, union};

/// A place where coders who both worked in a source did not do the same with a theme: passages that share text, or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The theme.
    pub theme: ThemeId,
    /// The source.
    pub source: SourceId,
    /// From the first to the last of their words; the whole paragraph where paragraphs are compared.
    pub span: Span,
    /// Everybody who is compared and worked in the source, with what they coded here: nothing, where they did not.
    pub by: Vec<(CoderId, Vec<Span>)>,
    /// How many units somebody coded here: characters, one paragraph, or segments.
    pub of: u64,
    /// Those of them that not all coded; segments that are not met.
    pub apart: u64,
}

impl Difference {
    /// Those who coded something here, and those who did not.
    #[must_use]
    pub fn sides(&self) -> (Vec<CoderId>, Vec<CoderId>) {
        let (with, without): (Vec<_>, Vec<_>) = self.by.iter().partition(|(_, spans)| !spans.is_empty());
        let coders = |side: Vec<&(CoderId, Vec<Span>)>| side.into_iter().map(|(coder, _)| *coder).collect();
        (coders(with), coders(without))
    }
}

/// A difference on a theme in a source.
pub(super) struct Place {
    pub span: Span,
    pub by: Vec<(CoderId, Vec<Span>)>,
    pub of: u64,
    pub apart: u64,
}

/// Where coders differ, with theme and source, in the order of the passages. `paragraphs` are those of each source where they are the
/// units, else nothing.
pub(super) fn differences<'a>(
    passages: &'a [Passage<u32>],
    coders: &'a [CoderId],
    sources: &'a [Ranged],
    comparing: Comparing,
    paragraphs: &'a [Vec<Span>],
) -> impl Iterator<Item = (u32, usize, Place)> + 'a {
    let of_source = passages.chunk_by(|one, other| (one.theme, one.source) == (other.theme, other.source));
    of_source.flat_map(move |passages| {
        let (theme, source) = passages.first().map_or((0, 0), |first| (first.theme, first.source as usize));
        let by = sources.get(source).map_or(&[][..], |source| &source.by);
        let working = || (0..).zip(coders).zip(by).filter(|(_, works)| **works).map(|((place, coder), _)| (place, *coder));
        let within = Within { coders: working().collect(), comparing, paragraphs: paragraphs.get(source).map_or(&[], Vec::as_slice) };
        let mut in_order = passages.to_vec();
        in_order.sort_unstable_by_key(|passage| (passage.units, passage.span, passage.coder));
        together(&in_order).flat_map(|point| within.places(point)).map(|place| (theme, source, place)).collect::<Vec<_>>()
    })
}

/// Passages that share units, of one another or over others between them, in order of place as all are.
fn together(in_order: &[Passage<u32>]) -> impl Iterator<Item = &[Passage<u32>]> {
    let mut end = 0;
    in_order.chunk_by(move |one, next| {
        end = one.units.end.max(end);
        next.units.start < end
    })
}

/// What a theme in a source is looked at with.
struct Within<'a> {
    /// Those who worked in the source, with their places.
    coders: Vec<(u32, CoderId)>,
    comparing: Comparing,
    paragraphs: &'a [Span],
}

impl Within<'_> {
    fn places(&self, point: &[Passage<u32>]) -> Vec<Place> {
        let units = |coder: u32| point.iter().filter(move |passage| passage.coder == coder).map(|passage| passage.units);
        if let Comparing::Segments(least) = self.comparing {
            let [first, second] = [0, 1].map(|coder| segments_of(units(coder)));
            let matched = match_segments(&first, &second, least);
            return self.place(point, matched.decisions, matched.decisions - matched.agreements).into_iter().collect();
        }
        if let ([alone], []) = (point, self.paragraphs) {
            let coded = u64::from(alone.units.len());
            return self.place(point, coded, coded).into_iter().collect();
        }
        let any = union(point.iter().map(|passage| passage.units));
        let mut each = self.coders.iter().map(|(coder, _)| union(units(*coder)));
        let first = each.next().unwrap_or_default();
        let all = each.fold(first, |all, own| shared(&all, &own).collect());
        if self.paragraphs.is_empty() {
            let coded = length(any.iter().copied());
            return self.place(point, coded, coded - length(all)).into_iter().collect();
        }
        let apart = any.into_iter().flat_map(|span| span.start..span.end).filter(|unit| !all.iter().any(|span| span.contains(*unit)));
        apart.filter_map(|unit| self.paragraph(point, unit)).collect()
    }

    fn place(&self, point: &[Passage<u32>], of: u64, apart: u64) -> Option<Place> {
        let span = point.iter().map(|passage| passage.span).reduce(Span::hull)?;
        (apart > 0).then(|| Place { span, by: self.by(point, |_| true), of, apart })
    }

    fn paragraph(&self, point: &[Passage<u32>], unit: u32) -> Option<Place> {
        let span = *self.paragraphs.get(unit as usize)?;
        Some(Place { span, by: self.by(point, |passage| passage.units.contains(unit)), of: 1, apart: 1 })
    }

    /// What each coder has of the passages that `is_here` lets in.
    fn by(&self, passages: &[Passage<u32>], is_here: impl Fn(&Passage<u32>) -> bool) -> Vec<(CoderId, Vec<Span>)> {
        let spans =
            |coder: u32| passages.iter().filter(|passage| passage.coder == coder && is_here(passage)).map(|passage| passage.span).collect();
        self.coders.iter().map(|(place, coder)| (*coder, spans(*place))).collect()
    }
}
