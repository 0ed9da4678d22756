use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::arguments::Import;
use super::console::Console;
use super::error::CliError;
use super::opening::open_to_write;
use crate::exchange::refi::{Account, Arrived, Convention, Unit, read_project, write_project};
use crate::project::{EditError, Project};

/// How a file counts places in its texts, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ConventionName {
    /// In characters, a line end is one: the standard.
    Characters,
    /// In characters, a line end is two.
    CharactersCrlf,
    /// In UTF-16 units, a line end is one.
    Utf16,
    /// In UTF-16 units, a line end is two: NVivo for Windows.
    Utf16Crlf,
}

impl ConventionName {
    const fn convention(self) -> Convention {
        let (unit, wide_line_ends) = match self {
            Self::Characters => (Unit::CodePoints, false),
            Self::CharactersCrlf => (Unit::CodePoints, true),
            Self::Utf16 => (Unit::Utf16, false),
            Self::Utf16Crlf => (Unit::Utf16, true),
        };
        Convention { unit, wide_line_ends, ..Convention::STANDARD }
    }
}

/// Brings projects of other programs in, each as one edit, and prints what became of them.
pub(super) fn import(arguments: &Import, files: &[&PathBuf], console: &mut Console) -> Result<(), CliError> {
    let convention = arguments.convention.map(ConventionName::convention);
    // All are read before anything is written.
    let arrived = files.iter().map(|file| Ok((*file, read_project(file, convention)?))).collect::<Result<Vec<_>, CliError>>()?;
    let mut project = open_to_write(&arguments.project)?;
    let mut told = Vec::new();
    for (file, mut arrived) in arrived {
        let account = bring(&mut project, file, &mut arrived, arguments.dry_run)?;
        let counted = arrived.conventions.map(|it| it.chosen.to_string());
        if arguments.json {
            told.push(json!({
                "file": file.display().to_string(),
                "origin": arrived.project.origin,
                "places": counted,
                "written": !arguments.dry_run,
                "account": account.entries,
            }));
            continue;
        }
        let verb = if arguments.dry_run { "Would bring in" } else { "Brought in" };
        let from = Some(arrived.project.origin.as_str()).filter(|origin| !origin.is_empty());
        let from = from.map(|origin| format!(", made by {origin}")).unwrap_or_default();
        console.line(format!("{verb} {}{from}", file.display()))?;
        if let Some(counted) = counted {
            console.line(format!("Places in texts are counted in {counted}"))?;
        }
        console.line(account.to_text())?;
    }
    if arguments.json { console.json(&json!({ "projects": told })) } else { Ok(()) }
}

/// Brings one project in. To see what would come, the edit is made and given up.
fn bring(project: &mut Project, file: &Path, arrived: &mut Arrived, dry_run: bool) -> Result<Account, CliError> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    if !dry_run {
        return Ok(project.edit(&format!("Bring in {name}"), |tx| arrived.bring_in(tx))?);
    }
    let mut seen = None;
    let given_up = project.edit("Look at a project", |tx| {
        seen = Some(arrived.bring_in(tx)?);
        Err::<(), _>(EditError::Refused(String::new()))
    });
    match (seen, given_up) {
        (Some(account), _) => Ok(account),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(())) => Ok(Account::default()),
    }
}

/// Writes the study as a project for other programs, and prints what is in it.
pub(super) fn export(project: &Project, to: &Path, console: &mut Console) -> Result<(), CliError> {
    let account = write_project(to, &project.seen(), project.texts().as_ref())?;
    console.line(account.to_text())?;
    console.line(format!("The study in {}", to.display()))
}
