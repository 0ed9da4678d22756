use std::path::Path;

use super::arguments::{Export, What};
use super::axes::spec;
use super::console::Console;
use super::error::CliError;
use super::opening::{now, open_to_read};
use crate::exchange::export::{Content, table_of, write_table, write_texts};

/// `themata export`
pub(super) fn export(arguments: &Export, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    refuse_overwriting(project.path(), &arguments.to)?;
    let (study, texts) = (project.study(), project.texts());
    let Some(content) = content(arguments.what) else {
        let written = write_texts(&arguments.to, &study, texts.as_ref())?;
        return console.line(format!("{} texts in {}", written.len(), arguments.to.display()));
    };
    let spec = spec(&study, &arguments.matrix)?;
    let (measure, labels) = (arguments.matrix.measure.0, arguments.labels.0);
    let (table, about) = table_of(content, &study, texts.as_ref(), &spec, measure, labels, now())?;
    let written = write_table(&arguments.to, &table, &about, arguments.bom)?;
    if written.defused > 0 {
        Console::say(format!("{} cells that a spreadsheet would run as formulas got a leading apostrophe.", written.defused));
    }
    console.line(format!("{} rows in {}, read {}", table.rows.len(), written.table.display(), written.about.display()))
}

/// The table that is asked for; none for texts, which are files of their own.
const fn content(what: What) -> Option<Content> {
    match what {
        What::Matrix => Some(Content::Matrix),
        What::Cells => Some(Content::Cells),
        What::Codings => Some(Content::Codings),
        What::Cases => Some(Content::Cases),
        What::Codebook => Some(Content::Codebook),
        What::Memos => Some(Content::Memos),
        What::Texts => None,
    }
}

/// The project itself is never written over.
fn refuse_overwriting(project: &Path, to: &Path) -> Result<(), CliError> {
    let same = match (project.canonicalize(), to.canonicalize()) {
        (Ok(project), Ok(to)) => project == to,
        _ => false,
    };
    if same { Err(CliError::Usage("the export would overwrite the project itself; name another file".to_owned())) } else { Ok(()) }
}
