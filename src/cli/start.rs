use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::console::Console;
use super::error::CliError;
use super::matrix::print_overview;
use super::opening::{me, open_to_read};
use crate::app::{self, RunError};
use crate::exchange::sample;
use crate::home::Home;

/// `themata [PROJECT]`: the window, or where there is no display what it would show first, in the terminal.
pub(super) fn start(project: Option<PathBuf>, console: &mut Console) -> Result<ExitCode, CliError> {
    if let Some(word) = project.as_deref().and_then(Path::to_str).filter(|word| is_bare(word) && !Path::new(word).exists()) {
        return Err(CliError::NoSuchCommand(word.to_owned()));
    }
    let home = Home::find()?;
    if !has_display() {
        return in_terminal(&home, project, console).map(|()| ExitCode::SUCCESS);
    }
    match app::run(home.clone(), project.clone()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(RunError::Window(reason)) => {
            Console::say(format!("themata: the window could not be opened ({reason}); here is the study in the terminal."));
            in_terminal(&home, project, console).map(|()| ExitCode::SUCCESS)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether it could be a command as well as a file.
fn is_bare(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// Prints the study's matrix and says where the project lies and how to open the window.
fn in_terminal(home: &Home, project: Option<PathBuf>, console: &mut Console) -> Result<(), CliError> {
    let path = match project {
        Some(path) => path,
        None => sample::project(home, &me()?)?,
    };
    let project = open_to_read(&path)?;
    let study = project.seen();
    let about = study.project();
    let kind = if about.synthetic { ", a synthetic study" } else { "" };
    console.line(format!(
        "{}{kind}: {} sources, {} themes, {} codings",
        about.name,
        study.materials().len(),
        study.codebook().len(),
        study.codings().count()
    ))?;
    console.line("")?;
    print_overview(&study, console)?;
    console.line("")?;
    console.line(format!("The project is {}", project.path().display()))?;
    console.line(format!("There is no display here. Where there is one, this opens its window:\n  {}", command_line(project.path())))
}

/// What to type to open the window on a project: the program as it was called just now.
fn command_line(project: &Path) -> String {
    let program = std::env::args_os().next().unwrap_or_else(|| "themata".into());
    format!("\"{}\" \"{}\"", program.display(), project.display())
}

/// Whether a window can be hoped for. On Linux that takes a display server; elsewhere there always is one.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}
