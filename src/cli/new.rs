use super::arguments::New;
use super::console::Console;
use super::error::CliError;
use super::opening::me;
use crate::exchange::import::folder::{load, read_folder};
use crate::project::Project;

/// `themata new`: the folder is read and checked before the project is made, so that nothing is half-loaded.
pub(super) fn new(arguments: &New, console: &mut Console) -> Result<(), CliError> {
    let folder = arguments.from.as_deref().map(read_folder).transpose()?;
    let name = arguments.project.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut project = Project::create(&arguments.project, &name, &me()?)?;
    let Some(folder) = folder else { return console.line(format!("Made {}", project.path().display())) };
    if let Err(error) = load(&mut project, &folder) {
        // A project without what was asked for is of no use; the file is closed before it goes.
        let path = project.path().to_owned();
        drop(project);
        std::fs::remove_file(&path).map_err(|reason| CliError::Stays { path, reason })?;
        return Err(error.into());
    }
    let study = project.study();
    let codings = study.codings().count();
    console.line(format!("Made {}: {} sources, {codings} codings", project.path().display(), study.materials().len()))
}
