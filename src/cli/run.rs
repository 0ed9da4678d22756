use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use super::arguments::{Arguments, Command};
use super::console::Console;
use super::error::CliError;
use super::{agreement, analyse, check, code, copies, export, history, import, lists, matrix, new, quotes, search, start};

/// Carries out the command line. Without a command the window opens, on the project if one is named.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are results, everything else is a message; clap knows which goes where.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let mut console = Console::new();
    let done = match arguments.command {
        Some(command) => carry_out(command, &mut console),
        None => start::start(arguments.project, &mut console),
    };
    let done = done.and_then(|code| console.finish().map(|()| code));
    match done {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // What has been printed so far stands before the message.
            let _ = console.finish();
            Console::say(format!("themata: {}", error.sentence()));
            if let Some(hint) = error.hint() {
                Console::say(hint);
            }
            error.exit_code()
        }
    }
}

fn carry_out(command: Command, console: &mut Console) -> Result<ExitCode, CliError> {
    match command {
        Command::New(arguments) => new::new(&arguments, console),
        Command::Import(arguments) => return import::import(&arguments, console),
        Command::Sources(list) => lists::sources(&list, console),
        Command::Themes(list) => lists::themes(&list, console),
        Command::Cases(list) => lists::cases(&list, console),
        Command::Codings(list) => lists::codings(&list, console),
        Command::History(list) => history::list(&list, console),
        Command::Search(arguments) => search::search(&arguments, console),
        Command::Code(arguments) => code::code(&arguments, console),
        Command::Quotes(quotes) => quotes::quotes(&quotes, console),
        Command::Matrix(print) => matrix::print(&print, console),
        Command::Analyse(arguments) => analyse::analyse(&arguments, console),
        Command::Export(export) => export::export(&export, console),
        Command::Copy(arguments) => copies::copy(&arguments, console),
        Command::Merge(arguments) => copies::merge(&arguments, console),
        Command::Undo(only) => history::undo(&only, console),
        Command::Redo(only) => history::redo(&only, console),
        Command::Agreement(arguments) => agreement::agreement(&arguments, console),
        Command::Check(check) => return check::check(&check, console),
    }?;
    Ok(ExitCode::SUCCESS)
}
