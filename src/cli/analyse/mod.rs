//! `themata analyse`: measures, each with how it is computed.

mod arguments;
mod asking;

use arguments::Measuring;
pub(super) use arguments::{Analyse, per_cent};

use super::console::Console;
use super::error::CliError;
use super::measured::{print_csv, print_measured};
use super::opening::open_to_read;
use crate::exchange::export::Measured;
use crate::exchange::measuring::find;

/// `themata analyse`
pub(super) fn analyse(arguments: &Analyse, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    let measure = &arguments.measure;
    let asked = asking::asked(&study, measure)?;
    let pictured = measure.pictured().filter(|pictured| pictured.picture.is_some());
    if let Some(pictured) = pictured {
        pictured.check(&project)?;
    }
    let Some(found) = find(&study, project.texts().as_ref(), &asked, &mut |_, _| true)? else { return Ok(()) };
    if let Some(pictured) = pictured {
        let picture = found.picture(&study, &asked, measure.drawing())?;
        return pictured.write(&study, &asked.filter, &picture, console);
    }
    print(&found.measured(&study, &asked)?, measure.measuring(), console)
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
