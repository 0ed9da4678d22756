//! Opens the window or carries out a command.

use std::process::ExitCode;

fn main() -> ExitCode {
    themata::cli::run(std::env::args_os())
}
