//! Opens the window or runs a command.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    themata::cli::run(std::env::args_os(), |project| match open_window(project) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window was not opened");
            ExitCode::FAILURE
        }
    })
}

fn open_window(project: Option<PathBuf>) -> Result<(), themata::app::RunError> {
    themata::app::run(themata::home::Home::find()?, project)
}
