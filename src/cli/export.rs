use std::path::Path;

use super::arguments::{Export, What};
use super::axes::spec;
use super::console::Console;
use super::error::CliError;
use super::opening::{now, open_to_read};
use crate::exchange::export::{Content, Form, table_of, write_table, write_texts};

/// `themata export`
pub(super) fn export(arguments: &Export, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    refuse_overwriting(project.path(), &arguments.to)?;
    let (study, texts) = (project.study(), project.texts());
    let Some(content) = content(arguments.what) else {
        let written = write_texts(&arguments.to, &study, texts.as_ref())?;
        return console.line(format!("{} texts in {}", written.len(), arguments.to.display()));
    };
    Form::of(&arguments.to, content.called(), content.forms())?;
    let spec = spec(&study, &arguments.matrix)?;
    let (measure, labels) = (arguments.matrix.measure.0, arguments.labels.0.masking(arguments.smallest_n));
    let (table, about) = table_of(content, &study, texts.as_ref(), &spec, measure, labels, now())?;
    let written = write_table(&arguments.to, &table, &about, arguments.bom)?;
    if let Some(changed) = written.changed_says() {
        Console::say(changed);
    }
    let about = written.about.map(|about| format!(", read {}", about.display())).unwrap_or_default();
    console.line(format!("{} rows in {}{about}", table.rows.len(), written.file.display()))
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
        What::Chart => Some(Content::Chart),
        What::Summaries => Some(Content::Summaries),
        What::Quotes => Some(Content::Quotes),
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
