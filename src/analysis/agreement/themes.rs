use super::characters::{Fourfold, Ground};
use super::coefficient::Coefficient;
use super::sources::{OverSources, Pool, over_sources};
use crate::text::Span;

/// A passage that one of two coders gave a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage<T> {
    /// The source, by its place among those that are compared.
    pub source: usize,
    /// The theme.
    pub theme: T,
    /// Whether it is the second coder's.
    pub by_second: bool,
    /// Where it is.
    pub span: Span,
}

/// How far two coders agree on one theme, character by character.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeAgreement<T> {
    /// The theme.
    pub theme: T,
    /// All sources together, those that neither coded with the theme too.
    pub together: Fourfold,
    /// The sources in which one of the two used the theme, by their places: the means are over these.
    pub used: Vec<(usize, Fourfold)>,
    /// Percent agreement.
    pub percent: OverSources,
    /// Cohen's κ.
    pub kappa: OverSources,
    /// Krippendorff's α.
    pub alpha: OverSources,
}

/// How far two coders agree on every theme that one of them used, in the order of the themes.
///
/// `sources` are all that both have coded, each by the text that counts. It takes hardly longer than sorting the passages,
/// however long the texts are.
#[must_use]
pub fn by_theme<T: Copy + Ord>(mut passages: Vec<Passage<T>>, sources: &[Ground]) -> Vec<ThemeAgreement<T>> {
    // By source first: what is known of a source's text is at hand then.
    passages.sort_unstable();
    let mut parts: Vec<(T, usize, Option<Fourfold>)> = passages
        .chunk_by(|one, other| (one.source, one.theme) == (other.source, other.theme))
        .filter_map(|passages| passages.first().map(|first| (first.theme, first.source, fourfold(passages, sources))))
        .collect();
    parts.sort_by_key(|(theme, ..)| *theme);
    let all = sources.iter().map(Ground::length).sum();
    let of_theme = |parts: &[(T, usize, Option<Fourfold>)]| {
        let used = parts.iter().filter_map(|(_, source, part)| part.map(|part| (*source, part))).collect();
        parts.first().map(|(theme, ..)| ThemeAgreement::of(*theme, used, all))
    };
    parts.chunk_by(|(one, ..), (other, ..)| one == other).filter_map(of_theme).collect()
}

impl<T> ThemeAgreement<T> {
    /// `used` are the sources in which a coder used the theme, `all` is the length of all sources.
    fn of(theme: T, used: Vec<(usize, Fourfold)>, all: u64) -> Self {
        let parts: Vec<Fourfold> = used.iter().map(|(_, part)| *part).collect();
        let mut together = Fourfold::default();
        for part in &parts {
            together.add(part, 1);
        }
        together.neither += all - together.all();
        let over = |of: fn(&Fourfold) -> Coefficient| OverSources { pooled: together.used().and_then(of), ..over_sources(&parts, of) };
        let (percent, kappa, alpha) = (over(Fourfold::percent_agreement), over(Fourfold::cohen_kappa), over(Fourfold::alpha));
        Self { theme, together, used, percent, kappa, alpha }
    }

    /// Every source, those that neither coded with the theme too: what an interval draws from.
    #[must_use]
    pub fn every_source(&self, sources: &[Ground]) -> Vec<Fourfold> {
        let mut every: Vec<Fourfold> = sources.iter().map(|ground| Fourfold { neither: ground.length(), ..Fourfold::default() }).collect();
        for (source, part) in &self.used {
            if let Some(place) = every.get_mut(*source) {
                *place = *part;
            }
        }
        every
    }
}

/// What the two coded of one source with one theme; `None` where that is nothing that counts.
fn fourfold<T>(passages: &[Passage<T>], sources: &[Ground]) -> Option<Fourfold> {
    let ground = sources.get(passages.first()?.source)?;
    let (first, second) = passages.split_at(passages.partition_point(|passage| !passage.by_second));
    let span = |passage: &Passage<T>| passage.span;
    let found = Fourfold::of(first.iter().map(span), second.iter().map(span), ground);
    found.used().is_ok().then_some(found)
}
