//! `themata agreement`: where coders differ and how far they agree, in a project or outside of any.

mod arguments;
mod spans;
mod study;
mod table;

pub(super) use arguments::Agreement;

use serde_json::{Value, json};

use super::console::Console;
use super::error::CliError;
use crate::analysis::agreement::{Coefficient, Touching};
use crate::exchange::import::{read_ratings, read_unitized};

/// `themata agreement`
pub(super) fn agreement(arguments: &Agreement, console: &mut Console) -> Result<(), CliError> {
    if let Some(path) = &arguments.project {
        return study::print(path, arguments, console);
    }
    if let Some(path) = &arguments.spans {
        let touching = if arguments.join_touching { Touching::Joined } else { Touching::Apart };
        let read = read_unitized(path, touching)?;
        return if arguments.json { console.json(&spans::json(&read)) } else { spans::print(&read, console) };
    }
    let path = arguments.table.as_deref().ok_or_else(|| CliError::Usage("name a project, or a file with --table or --spans".to_owned()))?;
    let categories: Vec<String> = arguments.categories.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let level = arguments.level.map(|level| level.0);
    let ratings = read_ratings(path, &categories, level)?;
    if arguments.json { console.json(&table::json(&ratings, level)) } else { table::print(&ratings, level, console) }
}

/// A coefficient for scripts.
fn coefficient_json(coefficient: Coefficient) -> Value {
    json!({ "value": coefficient.ok(), "reason": coefficient.err().map(|why| why.to_string()) })
}

/// A coefficient to be read.
fn coefficient_text(coefficient: Coefficient) -> String {
    match coefficient {
        Ok(value) => format!("{value:.3}").replace('-', "−"),
        Err(why) => format!("not defined – {why}"),
    }
}

/// A share to be read.
fn share_text(share: Coefficient, of: &str) -> String {
    share.map_or_else(|_| "–".to_owned(), |share| format!("{:.1} % {of}", 100.0 * share))
}

/// Coders, categories or codes in one line.
fn listed(one: &str, several: &str, names: &[String]) -> String {
    let what = if names.len() == 1 { one } else { several };
    let shown: Vec<String> = names.iter().map(|name| flat(name)).collect();
    if names.is_empty() { format!("0 {what}") } else { format!("{} {what} ({})", names.len(), shown.join(", ")) }
}

/// A name from a file, which may have lines, in one.
fn flat(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
