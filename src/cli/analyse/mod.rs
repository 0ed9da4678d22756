//! `themata analyse`: measures, each with how it is computed.

mod arguments;
mod draw;
mod themes;
mod words;

pub(super) use arguments::Analyse;
use arguments::{MeasureOf, Measuring};

use super::axes::{attribute, kinds};
use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use super::opening::{coder_named, open_to_read};
use crate::analysis::matrix::Filter;
use crate::exchange::export::{Labels, Measured};
use crate::project::Project;
use crate::study::{AttributeId, NOT_STATED, Study, ValueId};

/// `themata analyse`
pub(super) fn analyse(arguments: &Analyse, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    if let Some(pictured) = arguments.measure.pictured().filter(|pictured| pictured.picture.is_some()) {
        return draw::draw(&arguments.measure, pictured, &Asked::new(&project, &study, arguments.measure.measuring())?, console);
    }
    let (measuring, measured) = match &arguments.measure {
        MeasureOf::Cooccurrence { basis, measuring, .. } => {
            (measuring, themes::cooccurrence(&Asked::new(&project, &study, measuring)?, basis.0))
        }
        MeasureOf::Sequence { within, across, measuring } => {
            (measuring, themes::sequence(&Asked::new(&project, &study, measuring)?, *within, across.0))
        }
        MeasureOf::Saturation { base, run, threshold, orders, seed, measuring, .. } => {
            let rule = themes::rule(*base, *run, *threshold);
            (measuring, themes::saturation(&Asked::new(&project, &study, measuring)?, rule, *orders, *seed))
        }
        MeasureOf::Frequency { words: false, measuring, .. } => (measuring, themes::frequency(&Asked::new(&project, &study, measuring)?)?),
        MeasureOf::Frequency { words: true, wording, measuring, .. } => {
            (measuring, words::frequency(&Asked::new(&project, &study, measuring)?, wording)?)
        }
        MeasureOf::Overview { measuring, .. } => (measuring, themes::overview(&Asked::new(&project, &study, measuring)?)?),
        MeasureOf::Timeline { source, measuring, .. } => (measuring, themes::timeline(&Asked::new(&project, &study, measuring)?, source)?),
        MeasureOf::Keywords { theme, likelihood, wording, measuring } => {
            (measuring, words::keywords(&Asked::new(&project, &study, measuring)?, theme.as_deref(), *likelihood, wording)?)
        }
        MeasureOf::Coverage { gaps, measuring } => (measuring, themes::coverage(&Asked::new(&project, &study, measuring)?, *gaps)?),
    };
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
        let (bytes, defused) = measured.table.to_csv()?;
        if defused > 0 {
            Console::say(format!("{defused} cells that a spreadsheet would run as formulas got a leading apostrophe."));
        }
        measured.found.iter().chain(&measured.computed).for_each(Console::say);
        return console.bytes(&bytes);
    }
    console.line(&measured.name)?;
    if !measured.table.rows.is_empty() {
        console.line("")?;
        columns(&measured.table.header, &measured.table.rows).iter().try_for_each(|line| console.line(line))?;
    }
    for lines in [&measured.found, &measured.computed].into_iter().filter(|lines| !lines.is_empty()) {
        console.line("")?;
        lines.iter().try_for_each(|line| console.line(line))?;
    }
    Ok(())
}
