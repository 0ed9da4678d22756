use std::path::Path;

use super::arguments::New;
use super::console::Console;
use super::error::CliError;
use super::opening::me;
use crate::exchange::import::folder::{load_into, read_folder};
use crate::project::Project;

/// `themata new`: the folder is read and checked before the project is made, so that nothing is half-loaded.
pub(super) fn new(arguments: &New, console: &mut Console) -> Result<(), CliError> {
    let name = arguments.project.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(from) = &arguments.from else {
        let project = Project::create(&arguments.project, &name, &me()?)?;
        return console.line(format!("Made {}", project.path().display()));
    };
    let mut folder = read_folder(from)?;
    if arguments.no_originals {
        folder.drafts.iter_mut().for_each(|draft| draft.original = None);
    }
    let label = format!("Study loaded from {}", last_name(from));
    let project = Project::create_with(&arguments.project, &name, &me()?, &label, |tx| load_into(tx, &folder))?;
    let study = project.study();
    let codings = study.codings().count();
    console.line(format!("Made {}: {} sources, {codings} codings", project.path().display(), study.materials().len()))
}

/// The folder's own name, also of `.` and `..`; the way to it is nobody's business who gets the project.
fn last_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    whole.file_name().map_or_else(|| whole.display().to_string(), |name| name.to_string_lossy().into_owned())
}
