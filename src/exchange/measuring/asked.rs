use super::found::{Compared, Found};
use crate::analysis::agreement::{self, Resampling, UnitOf, agreement, coders_at_work};
use crate::analysis::by_source::by_source;
use crate::analysis::cooccurrence::{Basis, Within, cooccurrence_while, sequence_while};
use crate::analysis::coverage::coverage;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, Filter, MatrixSpec, matrix};
use crate::analysis::saturation::{Rule, Stratum, band, strata};
use crate::analysis::timeline::timeline;
use crate::analysis::words::{Said, Wanted, counts, counts_of_each, keywords};
use crate::exchange::export::{GoOn, Keywords, Labels, Names, NotCompared, Part, Sensitivity, TableError};
use crate::study::{AttributeId, CoderId, NOT_STATED, SourceId, Study, ThemeId, ValueId};
use crate::text::{Texts, fold};

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Passages, codings, participants and words of every theme.
    Frequencies,
    /// The words that participants say most.
    Words(Wanted),
    /// Which themes are spoken of together.
    Cooccurrence(Basis),
    /// Which themes follow one another.
    Sequence(Within),
    /// How much each further interview brought that was new.
    Saturation {
        /// What is taken for nothing new.
        rule: Rule,
        /// How many random orders of the interviews are tried; 0 tries none.
        orders: usize,
        /// What they come from.
        seed: u64,
    },
    /// In which sources each theme is spoken of.
    Overview,
    /// Where in a source its themes are spoken of.
    Timeline(SourceId),
    /// Words that are said more by some, or on some themes, than elsewhere.
    Keywords {
        /// The only theme; without one the values of the attribute, or every theme, each against the rest.
        theme: Option<ThemeId>,
        /// Which words are listed.
        wanted: Wanted,
    },
    /// How much of each source is coded, and by whom.
    Coverage,
    /// The stretches that are not coded.
    Gaps,
    /// How far coders agree, and where they do not.
    Agreement {
        /// Who is compared by what; without coders all who worked.
        between: agreement::Asked,
        /// The only theme, with those below it; all without one.
        theme: Option<ThemeId>,
        /// What a theme stands for.
        scope: Scope,
        /// How intervals are made, where there are to be any.
        resampling: Option<Resampling>,
    },
}

/// A measure that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What is measured.
    pub what: What,
    /// By the values of which attribute, where it can be told so.
    pub by: Option<AttributeId>,
    /// What is left out.
    pub filter: Filter,
    /// How sources, cases and values are named.
    pub labels: Labels,
}

impl What {
    /// Whether it makes a difference whose codings count: words that people say are there whatever is coded.
    #[must_use]
    pub const fn rests_on_codings(&self, by: Option<AttributeId>) -> bool {
        match self {
            Self::Words(_) => false,
            Self::Keywords { theme, .. } => by.is_none() || theme.is_some(),
            _ => true,
        }
    }

    /// Whether it can be told by the values of an attribute.
    #[must_use]
    pub const fn parts(&self) -> bool {
        match self {
            Self::Frequencies | Self::Cooccurrence(_) | Self::Sequence(_) | Self::Saturation { .. } => true,
            Self::Keywords { theme, .. } => theme.is_none(),
            Self::Words(_) | Self::Overview | Self::Timeline(_) | Self::Coverage | Self::Gaps | Self::Agreement { .. } => false,
        }
    }
}

impl Asked {
    /// The filter as it is, or of each value that is asked for, with the value's name.
    fn parts(&self, study: &Study) -> Vec<(Option<String>, Filter)> {
        let Some(by) = self.by else { return vec![(None, self.filter.clone())] };
        let of = |value| (Some(self.value_name(study, value)), Filter { said_by: Some((by, value)), ..self.filter.clone() });
        values(study, by).map(of).collect()
    }

    /// The name of a value; *Not stated* for none.
    pub(super) fn value_name(&self, study: &Study, value: Option<ValueId>) -> String {
        value.map_or_else(|| NOT_STATED.to_owned(), |value| self.labels.value(study, value))
    }

    /// Looks whether the parts may be told: where a value is masked for somebody, figures of those who share it would tell whose it is. A matrix
    /// looks to that itself.
    ///
    /// # Errors
    /// [`TableError::SinglesOut`].
    pub(super) fn may_part(&self, study: &Study) -> Result<(), TableError> {
        let by = self.by.filter(|_| self.what != What::Frequencies);
        Names::new(study, self.labels).may_narrow(by, &study.cases().keys().copied().collect())
    }
}

/// The values of an attribute and what is not stated.
fn values(study: &Study, by: AttributeId) -> impl Iterator<Item = Option<ValueId>> {
    study.attributes().values_of(by).into_iter().map(|value| Some(value.id)).chain([None])
}

/// Computes a measure. `go_on` is asked while it lasts, with how much of how much is done; once it says no, there is no answer.
///
/// # Errors
/// [`TableError`]: a text that is missing, axes that cannot be crossed, or a source that is not there.
pub fn find(study: &Study, texts: &dyn Texts, asked: &Asked, go_on: GoOn<'_>) -> Result<Option<Found>, TableError> {
    let lines = || Lines::all(study.codebook(), Scope::WithBelow);
    let filter = &asked.filter;
    Ok(Some(match &asked.what {
        What::Frequencies => {
            let columns = asked.by.map(Axis::Attribute).into_iter().collect();
            let spec = MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: filter.clone() };
            Found::Frequencies(Box::new(matrix(study, &spec)?))
        }
        What::Words(wanted) => {
            let Some(counts) = counts(study, texts, filter, Said::ByAll, go_on)? else { return Ok(None) };
            Found::Words(counts, wanted.clone())
        }
        What::Cooccurrence(basis) => {
            let lines = lines();
            let of = |filter: &Filter, go_on: GoOn<'_>| cooccurrence_while(study, &lines, filter, *basis, go_on);
            let Some(found) = parted(study, asked, go_on, of) else { return Ok(None) };
            Found::Together(found)
        }
        What::Sequence(within) => {
            let lines = lines();
            let of = |filter: &Filter, go_on: GoOn<'_>| sequence_while(study, &lines, filter, *within, go_on);
            let Some(found) = parted(study, asked, go_on, of) else { return Ok(None) };
            Found::Follows(found, *within)
        }
        What::Saturation { rule, orders, seed } => {
            let lines = lines();
            let strata = strata(study, &lines, filter, asked.by);
            let Some(sensitivity) = sensitivity(&strata, lines.themes().len(), *orders, *seed, go_on) else { return Ok(None) };
            Found::Saturation { strata, rule: *rule, sensitivity }
        }
        What::Overview => Found::Overview(by_source(study, &lines(), filter)),
        What::Timeline(source) => Found::Timeline(timeline(study, filter, *source).ok_or(TableError::NoSuchSource)?),
        What::Keywords { theme, wanted } => {
            let Some(of) = words_of(study, texts, asked, (*theme, wanted), go_on)? else { return Ok(None) };
            Found::Keywords(of, wanted.clone())
        }
        What::Coverage => Found::Coverage(coverage(study, filter)),
        What::Gaps => Found::Gaps(coverage(study, filter)),
        What::Agreement { between, theme, scope, resampling } => {
            let lines = theme.map_or_else(|| Lines::all(study.codebook(), *scope), |theme| below(study, theme, *scope));
            let between = agreement::Asked { coders: compared(study, between)?, ..between.clone() };
            let sources = study.materials().len();
            let all = sources + resampling.map_or(0, |resampling| resampling.resamples as usize);
            let Some(found) = agreement(study, texts, &lines, &between, |done, _| go_on(done, all))? else { return Ok(None) };
            let intervals = match resampling {
                None => None,
                Some(resampling) => {
                    let Some(drawn) = found.intervals(*resampling, |done| go_on(sources + done as usize, all)) else { return Ok(None) };
                    Some((drawn, *resampling))
                }
            };
            Found::Agreement(Box::new(Compared { found, intervals }))
        }
    }))
}

/// What `of` finds of all that is asked for, or of each value; `None` once `go_on` says no. How much is done is told of all parts
/// together.
fn parted<T>(study: &Study, asked: &Asked, go_on: GoOn<'_>, of: impl Fn(&Filter, GoOn<'_>) -> Option<T>) -> Option<Vec<Part<T>>> {
    let parts = asked.parts(study);
    let (sources, all) = (study.materials().len(), study.materials().len() * parts.len());
    let mut found = Vec::new();
    for (at, (whose, filter)) in parts.into_iter().enumerate() {
        let of_part = of(&filter, &mut |done, _| go_on(at * sources + done, all))?;
        found.push(Part { whose, filter, found: of_part });
    }
    Some(found)
}

/// Those who are compared: who is named, or all who worked, by name.
fn compared(study: &Study, between: &agreement::Asked) -> Result<Vec<CoderId>, NotCompared> {
    if study.alone().is_some() {
        return Err(NotCompared::Blind);
    }
    let named = !between.coders.is_empty();
    let coders = if named { between.coders.clone() } else { who_worked(study) };
    match coders.len() {
        0 | 1 if named => Err(NotCompared::OnlyOne),
        0 | 1 => Err(NotCompared::NobodyYet),
        2 => Ok(coders),
        _ if matches!(between.unit, UnitOf::Segments(_)) => Err(NotCompared::Segments),
        _ => Ok(coders),
    }
}

/// Everybody who is at work, by name.
#[must_use]
pub fn who_worked(study: &Study) -> Vec<CoderId> {
    let at_work = coders_at_work(study);
    let mut all: Vec<_> = study.analysts().filter(|coder| at_work.contains(&coder.id)).collect();
    all.sort_by_cached_key(|coder| fold(&coder.name));
    all.into_iter().map(|coder| coder.id).collect()
}

/// A theme with those below it, as lines.
fn below(study: &Study, theme: ThemeId, scope: Scope) -> Lines {
    let book = study.codebook();
    let themes = book.outline().iter().map(|row| row.theme).filter(|other| book.is_within(*other, theme));
    Lines::new(book, themes.collect(), scope)
}

/// How much the order of the interviews of each stratum matters; `None` once `go_on` says no, and inside where none is tried.
#[expect(clippy::option_option, reason = "that it was called off is not that it was not asked for")]
fn sensitivity(strata: &[Stratum], themes: usize, orders: usize, seed: u64, go_on: GoOn<'_>) -> Option<Option<Sensitivity>> {
    if orders == 0 {
        return Some(None);
    }
    let all = orders * strata.len();
    let mut bands = Vec::new();
    for (at, stratum) in strata.iter().enumerate() {
        bands.push(band(&stratum.heard(), themes, orders, seed, |done| go_on(at * orders + done, all))?);
    }
    Some(Some(Sensitivity { orders, seed, bands }))
}

/// The words of a theme, of the values of an attribute, or of every theme, each against the rest.
fn words_of(
    study: &Study,
    texts: &dyn Texts,
    asked: &Asked,
    (theme, wanted): (Option<ThemeId>, &Wanted),
    go_on: GoOn<'_>,
) -> Result<Option<Vec<Keywords>>, TableError> {
    let book = study.codebook();
    let of_theme = |theme| (book.path(theme), Said::On(theme));
    let bodies: Vec<(String, Said)> = match (theme, asked.by) {
        (Some(theme), _) => vec![of_theme(theme)],
        (None, Some(by)) => values(study, by).map(|value| (asked.value_name(study, value), Said::By(by, value))).collect(),
        (None, None) => book.outline().iter().map(|row| of_theme(row.theme)).collect(),
    };
    let said: Vec<Said> = bodies.iter().map(|(_, said)| *said).collect();
    let Some(counts) = counts_of_each(study, texts, &asked.filter, &said, go_on)? else { return Ok(None) };
    let of = bodies.into_iter().zip(counts).map(|((name, said), counts)| Keywords { name, said, words: keywords(&counts, wanted), counts });
    // A theme nobody spoke of, or a value of nobody, is told only where it was asked for.
    Ok(Some(of.filter(|body| theme.is_some() || body.counts.size_here > 0).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cooccurrence::Bridge;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, Values};
    use crate::text::Voice;

    /// Three sources of two groups, coded by two.
    fn scene() -> (Builder, AttributeId) {
        let mut builder = Builder::new();
        let coders = [builder.coder("Ann"), builder.coder("Ben")];
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let of = ["Leads", "Workers"].map(|name| builder.value(group, name));
        let themes = ["Rooms", "Cold"].map(|name| builder.theme(None, name));
        for (number, label) in ["A", "B", "C"].into_iter().enumerate() {
            let case = builder.case(label, CaseKind::Person, values(&[(group, of[number % 2])]));
            let put = builder.source(label, Some(case), Values::new(), &[(None, Voice::Participant, "The room was cold")]);
            for (theme, words) in themes.into_iter().zip(["room", "cold"]) {
                for coder in coders {
                    builder.code(&put, put.span(words), theme, coder);
                }
            }
        }
        (builder, group)
    }

    #[test]
    fn how_much_is_done_has_one_total_never_goes_back_and_every_question_can_be_answered_with_no() {
        let (builder, group) = scene();
        let study = builder.study();
        let within = Within { paragraphs: 1, bridge: Bridge::Nothing };
        let between = agreement::Asked { coders: Vec::new(), unit: UnitOf::Characters, interviewers: false };
        let resampling = Some(Resampling { resamples: 5, ..Resampling::default() });
        let together = [Basis::Overlap, Basis::Paragraph, Basis::Source, Basis::Case].map(What::Cooccurrence);
        let agreed = What::Agreement { between, theme: None, scope: Scope::WithBelow, resampling };
        // How often it is asked at least: others work beside the one that asks, so that it may be more often.
        let asks = |what: &What| match what {
            What::Cooccurrence(Basis::Overlap) => 3,
            What::Cooccurrence(_) => 2 * 3,
            What::Sequence(_) => 3 * 3,
            _ => 3 + 5,
        };
        for what in together.into_iter().chain([What::Sequence(within), agreed]) {
            let by = what.parts().then_some(group);
            let asked = Asked { what, by, filter: Filter::default(), labels: Labels::IDS };
            let mut told: Vec<(usize, usize)> = Vec::new();
            let found = find(&study, &builder.blobs, &asked, &mut |done, all| {
                told.push((done, all));
                true
            });
            assert!(found.unwrap().is_some());
            let all = if by.is_some() { 3 * 3 } else { 3 + 5 };
            assert!(told.iter().all(|(done, of)| done <= of && *of == all), "{:?}: {told:?}", asked.what);
            assert!(told.is_sorted(), "{:?}: {told:?}", asked.what);
            for number in 0..asks(&asked.what) {
                let mut asked_so_far = 0;
                let called_off = find(&study, &builder.blobs, &asked, &mut |_, _| {
                    asked_so_far += 1;
                    asked_so_far <= number
                });
                assert!(called_off.unwrap().is_none(), "{:?} at {number} of {}", asked.what, told.len());
            }
        }
    }
}
