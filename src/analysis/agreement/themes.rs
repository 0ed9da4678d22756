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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThemeAgreement<T> {
    /// The theme.
    pub theme: T,
    /// All sources together, those that neither coded with the theme too.
    pub together: Fourfold,
    /// In how many of the sources one of the two used the theme: the means are over these.
    pub used_in: usize,
    /// Percent agreement.
    pub percent: OverSources,
    /// Cohen's κ.
    pub kappa: OverSources,
    /// Krippendorff's α.
    pub alpha: OverSources,
}

/// How far two coders agree on every theme that one of them used, in the order of the themes.
///
/// `sources` are all that both have coded, each by the text that counts. It takes as long as sorting the passages, however
/// long the texts are.
#[must_use]
pub fn by_theme<T: Copy + Ord>(mut passages: Vec<Passage<T>>, sources: &[Ground]) -> Vec<ThemeAgreement<T>> {
    // By source first: what is known of a source's text is at hand then.
    passages.sort_unstable();
    let mut parts: Vec<(T, Option<Fourfold>)> = passages
        .chunk_by(|one, other| (one.source, one.theme) == (other.source, other.theme))
        .filter_map(|passages| Some((passages.first()?.theme, fourfold(passages, sources))))
        .collect();
    parts.sort_by_key(|(theme, _)| *theme);
    let all = sources.iter().map(Ground::length).sum();
    let of_theme = |parts: &[(T, Option<Fourfold>)]| {
        let used: Vec<Fourfold> = parts.iter().filter_map(|(_, part)| *part).collect();
        Some(theme_agreement(parts.first()?.0, &used, all))
    };
    parts.chunk_by(|(one, _), (other, _)| one == other).filter_map(of_theme).collect()
}

/// `used` are the sources in which a coder used the theme, `all` is the length of all sources.
fn theme_agreement<T>(theme: T, used: &[Fourfold], all: u64) -> ThemeAgreement<T> {
    let mut together = Fourfold::default();
    for source in used {
        together.add(source, 1);
    }
    together.neither += all - together.all();
    let over = |of: fn(&Fourfold) -> Coefficient| OverSources { pooled: together.used().and_then(of), ..over_sources(used, of) };
    ThemeAgreement {
        theme,
        together,
        used_in: used.len(),
        percent: over(Fourfold::percent_agreement),
        kappa: over(Fourfold::cohen_kappa),
        alpha: over(Fourfold::alpha),
    }
}

/// What the two coded of one source with one theme; `None` where that is nothing that counts.
fn fourfold<T>(passages: &[Passage<T>], sources: &[Ground]) -> Option<Fourfold> {
    let ground = sources.get(passages.first()?.source)?;
    let (first, second) = passages.split_at(passages.partition_point(|passage| !passage.by_second));
    let spans = |passages: &[Passage<T>]| passages.iter().map(|passage| passage.span).collect::<Vec<_>>();
    let found = Fourfold::of(&spans(first), &spans(second), ground);
    found.used().is_ok().then_some(found)
}
