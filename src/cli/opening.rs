use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::console::Console;
use super::error::CliError;
use crate::home::Home;
use crate::project::{self, Access, Me, Project, Searcher};
use crate::search::{Index, IndexError};
use crate::study::{Coder, Study};

/// Who runs the command, from the user's settings.
pub(super) fn me() -> Result<Me, CliError> {
    Ok(Me::from(&Home::find()?.identity()?))
}

/// Opens a project to look at.
pub(super) fn open_to_read(path: &Path) -> Result<Project, CliError> {
    Ok(Project::open(path, Access::Read, &me()?)?)
}

/// Opens a project to change it, and makes the day's backup.
pub(super) fn open_to_write(path: &Path) -> Result<Project, CliError> {
    let project = Project::open(path, Access::Write, &me()?)?;
    if let Err(error) = project.daily_backup(now()) {
        Console::say(format!("themata: the day's backup was not made: {error}"));
    }
    Ok(project)
}

/// A searcher that knows every text of the project.
pub(super) fn searcher(project: &Project) -> Result<Searcher, CliError> {
    let kept = Index::open(&index_folder(project)?).and_then(|index| knowing_all(project, index));
    Ok(kept.or_else(|error| {
        Console::say(format!("themata: the search index cannot be kept ({error}); it is made in memory this time"));
        knowing_all(project, Index::in_memory()?)
    })?)
}

/// A searcher in `index`, brought up to date.
pub(super) fn knowing_all(project: &Project, index: Index) -> Result<Searcher, IndexError> {
    let searcher = Searcher::new(Arc::new(index), project.texts());
    searcher.keep_up(&project.study(), &mut |_| ControlFlow::Continue(()))?;
    Ok(searcher)
}

/// Where the index of this project lies: the same one that the window uses.
pub(super) fn index_folder(project: &Project) -> Result<PathBuf, CliError> {
    Ok(project::index_folder(&Home::find()?.cache, project.study().project().id, project.path()))
}

/// What the clock shows, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// The coder of this name.
pub(super) fn coder_named<'a>(study: &'a Study, name: &str) -> Result<&'a Coder, CliError> {
    study.coder_named(name).ok_or_else(|| {
        let known: Vec<_> = study.coders().values().map(|coder| coder.name.as_str()).collect();
        CliError::NotFound(format!("there is no coder “{name}”; there are: {}", listed(&known)))
    })
}

/// Names one after the other.
pub(super) fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
