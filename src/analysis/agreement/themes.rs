use std::collections::BTreeMap;

use super::bootstrap::{Found, Interval, Resampling, draw};
use super::characters::{Fourfold, Ground, characters};
use super::coefficient::{Coefficient, Undefined};
use super::continuum::{Continuum, Touching};
use super::counted::{Counted, Segments};
use super::segments::{match_segments, segments_of};
use super::sources::{OverSources, Pool, with_means};
use super::table::{Category, Scale, Table};
use super::unitizing::Coincidences;
use crate::analysis::chance::Chance;
use crate::analysis::shares::in_shares;
use crate::text::Span;

/// A passage that a coder gave a theme. They are in order by theme, source, coder and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage<T> {
    /// The theme.
    pub theme: T,
    /// The source, by its place among those that are compared.
    pub source: u32,
    /// The coder, by the place among those who are compared.
    pub coder: u32,
    /// Which of the units of the source it is on: characters of the text that counts, or paragraphs.
    pub units: Span,
    /// Where it is in the text.
    pub span: Span,
}

/// A source that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranged {
    /// How many units it has.
    pub units: u32,
    /// Of each coder, whether they worked in it; the values of the others are missing.
    pub by: Vec<bool>,
}

/// What of coders' passages is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparing {
    /// Whether each unit is coded.
    Units,
    /// Whether each of the segments of two coders is met by one of the other, which shares at least so much of the text of both
    /// together, from 0 to 1.
    Segments(f64),
}

/// How far coders agree on one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeAgreement<T> {
    /// The theme.
    pub theme: T,
    /// All sources together, those in which nobody used the theme too.
    pub together: Counted,
    /// The sources in which somebody used the theme, by their places: the means are over these.
    pub used: Vec<(usize, Counted)>,
    /// Percent agreement.
    pub percent: OverSources,
    /// κ: see [`Counted::kappa`].
    pub kappa: OverSources,
    /// α: see [`Counted::alpha`].
    pub alpha: OverSources,
}

/// Between which values the coefficients of a theme lie when other sources are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intervals {
    /// Of percent agreement. Of units it is defined in every draw: where no source with the theme is drawn, all agree that it is not
    /// there.
    pub percent: Result<Interval, Undefined>,
    /// Of κ.
    pub kappa: Result<Interval, Undefined>,
    /// Of α.
    pub alpha: Result<Interval, Undefined>,
}

/// How far coders agree on every theme that one of them used, in the order of the themes; `passages` are brought into their order.
///
/// It takes hardly longer than sorting the passages, however long the texts are; where they are in order it takes still less.
#[must_use]
pub fn by_theme<T: Copy + Ord + Send + Sync>(
    passages: &mut [Passage<T>],
    sources: &[Ranged],
    comparing: Comparing,
) -> Vec<ThemeAgreement<T>> {
    by_theme_while(passages, sources, comparing, &mut |_, _| true).unwrap_or_default()
}

/// The same as long as `go_on` says so, which is asked before each theme with how many are done and how many there are; nothing once it
/// does not.
pub(super) fn by_theme_while<T: Copy + Ord + Send + Sync>(
    passages: &mut [Passage<T>],
    sources: &[Ranged],
    comparing: Comparing,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Vec<ThemeAgreement<T>>> {
    passages.sort_unstable();
    let grounds: Vec<Ground> = sources.iter().map(|source| Ground::of(&[Span::new(0, source.units)])).collect();
    let blank = Blank::of(sources, |_| 1);
    let of_theme = |passages: &&[Passage<T>]| {
        let used = passages.chunk_by(|one, other| one.source == other.source).filter_map(|passages| {
            let place = passages.first()?.source as usize;
            Some((place, counted(passages, sources.get(place)?, grounds.get(place)?, comparing)?))
        });
        passages.first().map(|first| ThemeAgreement::of(first.theme, used.collect(), sources, &blank, comparing))
    };
    let themes: Vec<&[Passage<T>]> = passages.chunk_by(|one, other| one.theme == other.theme).collect();
    let weights: Vec<usize> = themes.iter().map(|passages| passages.len()).collect();
    let found = in_shares(&weights, go_on, |share, step| {
        themes.get(share).unwrap_or_default().iter().take_while(|_| step()).filter_map(of_theme).collect::<Vec<_>>()
    });
    Some(found?.into_iter().flatten().collect())
}

/// Intervals of the coefficients of all `themes`, by drawing whole sources with replacement; the same sources are drawn for every
/// theme, as [`interval`](super::interval) draws them. `go_on` is asked before each draw; once it says no, there is no answer.
pub fn intervals<T: Copy>(
    themes: &[ThemeAgreement<T>],
    sources: &[Ranged],
    resampling: Resampling,
    mut go_on: impl FnMut(u32) -> bool,
) -> Option<Vec<Intervals>> {
    let mut chance = Chance::new(resampling.seed);
    let mut found = vec![<[Found; 3]>::default(); themes.len()];
    for number in 0..resampling.resamples {
        if !go_on(number) {
            return None;
        }
        let drawn = draw(&mut chance, sources.len());
        let times = |at: usize| drawn.get(at).copied().unwrap_or_default();
        let blank = Blank::of(sources, times);
        for (theme, [percent, kappa, alpha]) in themes.iter().zip(&mut found) {
            let together = blank.with(theme.together.emptied(), &theme.used, sources, times);
            percent.add(percent_of_draw(theme, &together));
            kappa.add(if_used(&together, Counted::kappa));
            alpha.add(if_used(&together, Counted::alpha));
        }
    }
    let enough = if sources.len() < 2 { Err(Undefined::OneSource) } else { Ok(()) };
    let of = |found: Found| enough.and_then(|()| found.interval(resampling));
    Some(found.into_iter().map(|[percent, kappa, alpha]| Intervals { percent: of(percent), kappa: of(kappa), alpha: of(alpha) }).collect())
}

/// Percent agreement in sources that were drawn. That nobody coded any of their units is agreement; without a segment there is none.
fn percent_of_draw<T>(theme: &ThemeAgreement<T>, drawn: &Counted) -> Coefficient {
    match drawn {
        Counted::Two(_) | Counted::Several(_) if theme.together.is_used() => drawn.percent(),
        _ => if_used(drawn, Counted::percent),
    }
}

/// A coefficient of a theme that somebody used.
fn if_used(counted: &Counted, of: fn(&Counted) -> Coefficient) -> Coefficient {
    if counted.is_used() { of(counted) } else { Err(Undefined::NotUsed) }
}

impl<T> ThemeAgreement<T> {
    /// The same by another name of the theme.
    pub(super) fn on<U>(self, theme: U) -> ThemeAgreement<U> {
        let Self { together, used, percent, kappa, alpha, .. } = self;
        ThemeAgreement { theme, together, used, percent, kappa, alpha }
    }

    fn of(theme: T, used: Vec<(usize, Counted)>, sources: &[Ranged], blank: &Blank<'_>, comparing: Comparing) -> Self {
        let together = blank.with(Blank::nothing(sources, comparing), &used, sources, |_| 1);
        let over = |of: fn(&Counted) -> Coefficient| with_means(if_used(&together, of), used.iter().map(|(_, part)| part), of);
        let (percent, kappa, alpha) = (over(Counted::percent), over(Counted::kappa), over(Counted::alpha));
        Self { theme, together, used, percent, kappa, alpha }
    }
}

/// How many units there are in sources of which the same coders worked in each.
struct Blank<'a>(BTreeMap<&'a [bool], u64>);

impl<'a> Blank<'a> {
    fn of(sources: &'a [Ranged], times: impl Fn(usize) -> u64) -> Self {
        let mut units: BTreeMap<&[bool], u64> = BTreeMap::new();
        for (at, source) in sources.iter().enumerate() {
            *units.entry(&source.by).or_default() += times(at) * u64::from(source.units);
        }
        Self(units)
    }

    /// Nothing of what is counted where these sources are compared.
    fn nothing(sources: &[Ranged], comparing: Comparing) -> Counted {
        let coders = sources.first().map_or(0, |source| source.by.len());
        match comparing {
            Comparing::Segments(_) => {
                Counted::Segments(Box::new(Segments { matched: Default::default(), lying: Coincidences::of_gaps(coders, 0) }))
            }
            Comparing::Units if coders == 2 => Counted::Two(Fourfold::default()),
            Comparing::Units => Counted::Several(Box::new(Table::new(Scale::coded_or_not(), coders))),
        }
    }

    /// What is known of the sources in which a theme was used, and the units of all others, in which nobody coded with it.
    fn with(&self, mut together: Counted, used: &[(usize, Counted)], sources: &[Ranged], times: impl Fn(usize) -> u64) -> Counted {
        let mut rest = self.0.clone();
        for (at, part) in used {
            let (Some(source), times) = (sources.get(*at), times(*at)) else { continue };
            if times > 0 {
                together.add(part, times);
                if let Some(rest) = rest.get_mut(source.by.as_slice()) {
                    *rest -= times * u64::from(source.units);
                }
            }
        }
        for (by, units) in rest.into_iter().filter(|(_, units)| *units > 0) {
            together.add_not_coded(by, units);
        }
        together
    }
}

/// What coders made of one theme in one source; `None` where that is nothing that counts.
fn counted<T>(passages: &[Passage<T>], source: &Ranged, ground: &Ground, comparing: Comparing) -> Option<Counted> {
    let of = |coder: usize| {
        let passages = passages.iter().filter(move |passage| passage.coder as usize == coder);
        passages.map(|passage| passage.units)
    };
    let found = match comparing {
        Comparing::Segments(least) => {
            let [first, second] = [of(0), of(1)].map(segments_of);
            let matched = match_segments(&first, &second, least);
            let lying = Continuum::new(source.units, &[first, second], Touching::Apart).ok()?;
            Counted::Segments(Box::new(Segments { matched, lying: Coincidences::of(&lying) }))
        }
        Comparing::Units if source.by.len() == 2 => Counted::Two(Fourfold::of(of(0), of(1), ground)),
        Comparing::Units => {
            let working: Vec<usize> = (0..source.by.len()).filter(|coder| source.by.get(*coder) == Some(&true)).collect();
            let said = characters(&working.iter().map(|coder| of(*coder).collect()).collect::<Vec<_>>(), ground);
            let mut table = Table::new(Scale::coded_or_not(), source.by.len());
            for (values, times) in said.units() {
                let mut of_all: Vec<Option<Category>> = vec![None; source.by.len()];
                for (coder, value) in working.iter().zip(values) {
                    if let Some(place) = of_all.get_mut(*coder) {
                        *place = *value;
                    }
                }
                table.push(&of_all, times);
            }
            Counted::Several(Box::new(table))
        }
    };
    found.is_used().then_some(found)
}
