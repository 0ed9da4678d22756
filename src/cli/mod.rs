//! The command line: what was asked, done on a project, and printed.
//!
//! Results go to standard output, messages to standard error. The exit code is 0 when it was done, 1 when it could not
//! be done, 2 when the command was wrong.

mod agreement;
mod analyse;
mod arguments;
mod axes;
mod check;
mod code;
mod columns;
mod console;
mod copies;
mod error;
mod export;
mod history;
mod import;
mod lists;
mod matrix;
mod measured;
mod new;
mod opening;
mod picture;
mod projects;
mod quotes;
mod run;
mod search;
mod start;

pub use run::run;
