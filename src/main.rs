//! Runs a command, or opens the window.

use std::process::ExitCode;

use themata::app::{self, RunError};
use themata::home::Home;

fn main() -> ExitCode {
    themata::cli::run(std::env::args_os(), |project| -> Result<(), RunError> { app::run(Home::find()?, project) })
}
