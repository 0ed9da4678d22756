//! A measure to be read, or as CSV.

use super::columns::columns;
use super::console::Console;
use super::error::CliError;
use crate::exchange::export::Measured;

/// The figures, what was found and how it is computed, to be read below the name.
pub(super) fn print_measured(measured: &Measured, console: &mut Console) -> Result<(), CliError> {
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

/// The figures as CSV, with the sentences beside them.
pub(super) fn print_csv(measured: &Measured, console: &mut Console) -> Result<(), CliError> {
    let (bytes, defused) = measured.table.to_csv()?;
    if defused > 0 {
        Console::say(format!("{defused} cells that a spreadsheet would run as formulas got a leading apostrophe."));
    }
    measured.found.iter().chain(&measured.computed).for_each(Console::say);
    console.bytes(&bytes)
}
