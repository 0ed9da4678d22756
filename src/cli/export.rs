use std::path::{Path, PathBuf};

use super::arguments::{Export, What};
use super::axes::spec;
use super::console::Console;
use super::error::CliError;
use super::opening::{now, open_to_read};
use super::projects;
use crate::exchange::export::{
    Archive, Content, Edits, Form, Leaving, Wish, in_the_way, leaving, text_in_the_way, to_the_end, write_texts,
};
use crate::exchange::refi::is_given_as;
use crate::study::{CaseId, SourceId, Study};

/// `themata export`
pub(super) fn export(arguments: &Export, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    refuse_overwriting(project.path(), &arguments.to)?;
    if is_given_as(&arguments.to) && arguments.what.is_none() {
        spare(arguments.force, Some(arguments.to.clone()).filter(|to| to.exists()))?;
        return projects::export(&project, &arguments.to, console);
    }
    let what = arguments.what.ok_or_else(|| CliError::Usage("say with --what what is to leave, or name a file .qdpx".to_owned()))?;
    let (study, texts) = (project.seen(), project.texts());
    let Some(content) = content(what) else {
        spare(arguments.force, text_in_the_way(&arguments.to, &study))?;
        let written = write_texts(&arguments.to, &study, texts.as_ref())?;
        return console.line(format!("{} texts in {}", written.len(), arguments.to.display()));
    };
    let in_folder = content == Content::Archive && Archive::is_folder(&arguments.to);
    let form = if in_folder { Form::Zip } else { Form::of(&arguments.to, content.called(), content.forms())? };
    if !in_folder {
        spare(arguments.force, in_the_way(&arguments.to, form).into_iter().next())?;
    }
    let wish = Wish {
        content,
        form,
        spec: spec(&study, &arguments.matrix)?,
        measure: arguments.matrix.measure.0,
        labels: arguments.labels.0.masking(arguments.smallest_n),
        case: case(&study, content, arguments.case.as_deref())?,
        source: source(&study, content, arguments.source.as_deref())?,
        edits: Some(Edits::of(&project.history_seen()?, &project.edits_of_themes()?)),
        now: now(),
    };
    let made = leaving(&study, texts.as_ref(), &wish, &mut to_the_end)?;
    if let Leaving::Archive(archive) = &made {
        spare(arguments.force, archive.in_the_way(&arguments.to))?;
    }
    let written = made.write(&arguments.to, arguments.bom, &mut to_the_end)?;
    if let Some(changed) = written.changed_says() {
        Console::say(changed);
    }
    let about = written.about.map(|about| format!(", read {}", about.display())).unwrap_or_default();
    console.line(format!("{} in {}{about}", made.says(), written.file.display()))
}

/// The only case of which there is to be a profile.
fn case(study: &Study, content: Content, label: Option<&str>) -> Result<Option<CaseId>, CliError> {
    match label {
        None => Ok(None),
        Some(_) if content != Content::Profiles => Err(CliError::Usage("--case goes with --what profiles only".to_owned())),
        Some(label) => {
            let found = study.case_labelled(label).ok_or_else(|| CliError::NotFound(format!("there is no case “{label}”")))?;
            Ok(Some(found.id))
        }
    }
}

/// The only source of which there is to be a transcript.
fn source(study: &Study, content: Content, label: Option<&str>) -> Result<Option<SourceId>, CliError> {
    match label {
        None => Ok(None),
        Some(_) if content != Content::Transcripts => Err(CliError::Usage("--source goes with --what transcripts only".to_owned())),
        Some(label) => {
            let found = study.source_labelled(label).ok_or_else(|| CliError::NotFound(format!("there is no source “{label}”")))?;
            Ok(Some(found.source.id))
        }
    }
}

/// What is asked for; none for texts, which are files of their own.
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
        What::Sources => Some(Content::Sources),
        What::Quotes => Some(Content::Quotes),
        What::Propositions => Some(Content::Propositions),
        What::Typologies => Some(Content::Typologies),
        What::Findings => Some(Content::Findings),
        What::Profiles => Some(Content::Profiles),
        What::Method => Some(Content::Method),
        What::Coreq => Some(Content::Coreq),
        What::Srqr => Some(Content::Srqr),
        What::Transcripts => Some(Content::Transcripts),
        What::Project => Some(Content::Project),
        What::Archive => Some(Content::Archive),
        What::Texts => None,
    }
}

/// What is there already is written over only when that is asked for.
pub(super) fn spare(force: bool, there: Option<PathBuf>) -> Result<(), CliError> {
    match there {
        Some(path) if !force => Err(CliError::There(path)),
        Some(_) | None => Ok(()),
    }
}

/// The project itself is never written over.
pub(super) fn refuse_overwriting(project: &Path, to: &Path) -> Result<(), CliError> {
    let same = match (project.canonicalize(), to.canonicalize()) {
        (Ok(project), Ok(to)) => project == to,
        _ => false,
    };
    if same { Err(CliError::Usage("the export would overwrite the project itself; name another file".to_owned())) } else { Ok(()) }
}
