use std::path::Path;

use super::{json, print};
use crate::analysis::quotes::check as check_quotes;
use crate::cli::console::Console;
use crate::cli::error::CliError;
use crate::cli::opening::open_to_read;
use crate::exchange::export::no_quotations_says;
use crate::exchange::import::{ReportQuotations, read_quotations};

/// `themata quotes PROJECT check REPORT`
pub(super) fn check(project: &Path, report: &Path, as_json: bool, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(project)?;
    let (study, texts) = (project.seen(), project.texts());
    let ReportQuotations { quotations, problems } = read_quotations(report)?;
    if study.materials().is_empty() {
        return Err(CliError::Nothing("the project has no sources in which quotations could be found; import them first"));
    }
    for problem in &problems {
        Console::say(format!("themata: {problem}"));
    }
    let checked = check_quotes(&study, texts.as_ref(), &quotations)?;
    if as_json {
        return console.json(&json::checked(&study, texts.as_ref(), &checked)?);
    }
    if quotations.is_empty() {
        let name = report.file_name().unwrap_or_default().to_string_lossy();
        return console.line(no_quotations_says(&name));
    }
    print::checked(&study, &checked, console)
}
