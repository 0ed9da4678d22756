//! Starts the window or runs a command.

use std::process::ExitCode;

fn main() -> ExitCode {
    themata::cli::run(std::env::args_os(), |_| ExitCode::SUCCESS)
}
