//! `themata analyse`: measures, each with how it is computed.

mod arguments;
mod draw;
mod themes;
mod words;

pub(super) use arguments::{Analyse, per_cent};
use arguments::{MeasureOf, Measuring};

use super::axes::{attribute, kinds};
use super::console::Console;
use super::error::CliError;
use super::measured::{print_csv, print_measured};
use super::opening::{coder_named, open_to_read};
use crate::analysis::matrix::Filter;
use crate::exchange::export::{Labels, Measured};
use crate::project::Project;
use crate::study::{AttributeId, NOT_STATED, Study, ValueId};

/// `themata analyse`
pub(super) fn analyse(arguments: &Analyse, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    let (measure, measuring) = (&arguments.measure, arguments.measure.measuring());
    let asked = Asked::new(&project, &study, measuring)?;
    if !measure.rests_on_codings() && measuring.coder.is_some() {
        return Err(CliError::Usage("words are counted whoever coded them; leave out --coder".to_owned()));
    }
    if let Some(pictured) = measure.pictured().filter(|pictured| pictured.picture.is_some()) {
        return draw::draw(measure, pictured, &asked, console);
    }
    let measured = match measure {
        MeasureOf::Cooccurrence { basis, .. } => themes::cooccurrence(&asked, basis.0),
        MeasureOf::Sequence { within, across, .. } => themes::sequence(&asked, *within, across.0),
        MeasureOf::Saturation { base, run, threshold, orders, seed, .. } => {
            themes::saturation(&asked, themes::rule(*base, *run, *threshold), *orders, *seed)
        }
        MeasureOf::Frequency { words: false, .. } => themes::frequency(&asked)?,
        MeasureOf::Frequency { words: true, wording, .. } => words::frequency(&asked, wording)?,
        MeasureOf::Overview { .. } => themes::overview(&asked)?,
        MeasureOf::Timeline { source, .. } => themes::timeline(&asked, source)?,
        MeasureOf::Keywords { theme, likelihood, wording, .. } => words::keywords(&asked, theme.as_deref(), *likelihood, wording)?,
        MeasureOf::Coverage { gaps, .. } => themes::coverage(&asked, *gaps)?,
    };
    let filter = &asked.filter;
    let measured = if measure.rests_on_codings() { measured.of_codings(&study, filter) } else { measured.of_sources(&study, filter) };
    print(&measured, measuring, console)
}

/// What is asked for, of which study.
struct Asked<'a> {
    project: &'a Project,
    study: &'a Study,
    filter: Filter,
    by: Option<AttributeId>,
}

impl<'a> Asked<'a> {
    fn new(project: &'a Project, study: &'a Study, measuring: &Measuring) -> Result<Self, CliError> {
        let coder = measuring.coder.as_deref().map(|name| coder_named(study, name)).transpose()?.map(|coder| coder.id);
        let mut of_kinds = std::collections::BTreeSet::new();
        for name in &measuring.kind {
            of_kinds.extend(kinds(study, name)?);
        }
        let by = measuring.by.as_deref().map(|name| attribute(study, name)).transpose()?;
        Ok(Self { project, study, filter: Filter { coder, kinds: of_kinds, ..Filter::default() }, by })
    }

    /// The filter as it is, or of each value that is asked for, with the value's name.
    fn parts(&self) -> Vec<(Option<String>, Filter)> {
        let Some(by) = self.by else { return vec![(None, self.filter.clone())] };
        let of = |value| (Some(self.value_name(value)), Filter { said_by: Some((by, value)), ..self.filter.clone() });
        self.values(by).into_iter().map(of).collect()
    }

    /// The values of an attribute and what is not stated.
    fn values(&self, by: AttributeId) -> Vec<Option<ValueId>> {
        self.study.attributes().values_of(by).into_iter().map(|value| Some(value.id)).chain([None]).collect()
    }

    fn value_name(&self, value: Option<ValueId>) -> String {
        value.map_or_else(|| NOT_STATED.to_owned(), |value| Labels::IDS.value(self.study, value))
    }
}

fn print(measured: &Measured, measuring: &Measuring, console: &mut Console) -> Result<(), CliError> {
    if measuring.json {
        return console.json(&measured.json());
    }
    if measuring.csv {
        return print_csv(measured, console);
    }
    console.line(&measured.name)?;
    print_measured(measured, console)
}
