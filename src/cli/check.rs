use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Check;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_read, open_to_write};

/// `themata check`: exit code 1 when something is left that is wrong.
pub(super) fn check(arguments: &Check, console: &mut Console) -> Result<ExitCode, CliError> {
    let project = if arguments.repair { open_to_write(&arguments.project)? } else { open_to_read(&arguments.project)? };
    let findings = project.check(arguments.repair)?;
    let ok = findings.iter().all(|finding| finding.repaired);
    if arguments.json {
        let list: Vec<Value> = findings.iter().map(|finding| json!({ "what": finding.what, "repaired": finding.repaired })).collect();
        console.json(&json!({ "ok": ok, "findings": list }))?;
    } else {
        for finding in &findings {
            console.line(format!("{} {}", if finding.repaired { "Put right:" } else { "Found:" }, finding.what))?;
        }
        console.line(if ok { "The project is sound." } else { "The project is not sound." })?;
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
