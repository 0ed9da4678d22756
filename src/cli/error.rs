use std::path::PathBuf;
use std::process::ExitCode;

use crate::analysis::matrix::SpecError;
use crate::app::RunError;
use crate::exchange::export::{ExportError, TableError};
use crate::exchange::import::folder::FolderError;
use crate::exchange::import::{ImportError, MappingError, RatingsError, ReportError, UnitizedError};
use crate::exchange::picture::NoPicture;
use crate::exchange::refi::{ProjectFileError, ProjectWriteError};
use crate::exchange::sample::SampleError;
use crate::home::HomeError;
use crate::project::{EditError, MergeError, ProjectError, SearchError};
use crate::search::IndexError;
use crate::store::StoreError;
use crate::text::NoSuchBlob;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// It cannot be meant so.
    #[error("{0}")]
    Usage(String),
    /// Something it names is not there.
    #[error("{0}")]
    NotFound(String),
    /// There is nothing to do it to.
    #[error("{0}")]
    Nothing(&'static str),
    /// Where results go cannot be written to.
    #[error("the output cannot be written: {0}")]
    Output(#[from] std::io::Error),
    /// What stands where a command or a project belongs is neither.
    #[error("there is no command “{0}”, and no file of that name")]
    NoSuchCommand(String),
    /// A file or folder that has to go does not.
    #[error("{} cannot be removed: {reason}", path.display())]
    Stays { path: PathBuf, reason: std::io::Error },
    /// What is to be written is there already.
    #[error("{} is there already", .0.display())]
    There(PathBuf),
    #[error(transparent)]
    Home(#[from] HomeError),
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error(transparent)]
    Merge(#[from] MergeError),
    #[error(transparent)]
    Sample(#[from] SampleError),
    #[error(transparent)]
    Window(#[from] RunError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Ratings(#[from] RatingsError),
    #[error(transparent)]
    Unitized(#[from] UnitizedError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    ProjectFile(#[from] ProjectFileError),
    #[error(transparent)]
    ProjectWrite(#[from] ProjectWriteError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Matrix(#[from] SpecError),
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    #[error(transparent)]
    NoPicture(#[from] NoPicture),
    #[error("the result cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the result cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

impl From<TableError> for CliError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Spec(error) => Self::Matrix(error),
            TableError::NoSuchBlob(error) => Self::NoSuchBlob(error),
            TableError::Json(error) => Self::Json(error),
            TableError::Csv(error) => Self::Csv(error),
            TableError::Cancelled => Self::Export(ExportError::Cancelled),
            TableError::NoSuchSource => Self::NotFound(error.to_string()),
            TableError::NobodyToCompare(why) => Self::Nothing(why.says()),
            TableError::SinglesOut { .. } => Self::Usage(error.to_string()),
        }
    }
}

impl CliError {
    /// Whether whoever read the output has had enough, which is no error.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_)
            | Self::NoSuchCommand(_)
            | Self::Matrix(SpecError::Twice(_) | SpecError::TooDeep)
            | Self::Export(ExportError::IsProject(_) | ExportError::Ending { .. } | ExportError::TooManyDots { .. }) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }

    /// What happened, as a sentence.
    pub fn sentence(&self) -> String {
        let mut sentence = self.to_string();
        // A sentence that begins with a file's name keeps it as it is.
        let word: String = sentence.chars().take_while(|c| !c.is_whitespace()).collect();
        if let Some(first) = word.chars().next().filter(|_| word.chars().all(char::is_alphabetic)) {
            sentence.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        if !sentence.ends_with(['.', '?', '!', '”']) {
            sentence.push('.');
        }
        sentence
    }

    /// What to do about it, where that can be said.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Project(error) | Self::Sample(SampleError::Project(error)) => project_hint(error),
            Self::Merge(error) => merge_hint(error),
            Self::Edit(error) => edit_hint(error),
            Self::Home(HomeError::Format { .. }) => Some("Put the file right, or move it away; it is made anew then."),
            Self::There(_) => Some("Choose another name, or write over it with --force."),
            Self::NoSuchCommand(_) => Some("“themata --help” lists the commands; “themata new” makes a project."),
            Self::Ratings(RatingsError::NotDeclared { .. } | RatingsError::NoOrder | RatingsError::Missing { .. }) => {
                Some("“--categories low,middle,high” gives all that could be chosen, from the lowest to the highest.")
            }
            Self::Matrix(SpecError::Twice(_)) => Some("Give each of --rows, --columns and --pages an axis of its own."),
            _ => None,
        }
    }
}

fn project_hint(error: &ProjectError) -> Option<&'static str> {
    match error {
        ProjectError::Store(error) => store_hint(error),
        ProjectError::Edit(error) => edit_hint(error),
        ProjectError::Study(_) | ProjectError::Log(_) => None,
    }
}

fn merge_hint(error: &MergeError) -> Option<&'static str> {
    match error {
        MergeError::Itself => Some("Name the copy that was given to somebody; “themata copy” makes one."),
        MergeError::OtherProject(_) | MergeError::Twins => {
            Some("Nothing was changed. Only copies that “themata copy” made, or a backup, can be brought back.")
        }
        MergeError::InUse => Some("Nothing was changed. Close it there, so that all that was done comes along."),
        MergeError::Newer { .. } => Some("Nothing was changed. Bring it back with the newer version, on this project too."),
        MergeError::Older { .. } => {
            Some("Nothing was changed. Open the copy once to edit (“themata COPY”), which brings it up to date, and bring it back then.")
        }
        MergeError::Cancelled => None,
        MergeError::Unite(_) => Some("Nothing was changed. “themata check” on both files tells whether one of them is damaged."),
        MergeError::DamagedCopy(..) => Some(
            "Nothing was changed. Ask whoever works in the copy to send it again; “themata check” tells whether it is whole where it was made.",
        ),
        MergeError::UnreadableCopy(..) => {
            Some("Nothing was changed. Look whether you may read that file, or put the copy into a folder of your own.")
        }
        MergeError::Project(ProjectError::Store(StoreError::Missing(_) | StoreError::Foreign(_))) => Some("Name the file of the copy."),
        MergeError::Project(error) => project_hint(error),
    }
}

fn edit_hint(error: &EditError) -> Option<&'static str> {
    match error {
        EditError::Store(error) => store_hint(error),
        EditError::Dependants(_) => Some("Undo those first; “themata history” lists them."),
        EditError::InTheWay(_) => Some("Ask whoever made those to undo them; “themata history” lists them."),
        _ => None,
    }
}

fn store_hint(error: &StoreError) -> Option<&'static str> {
    match error {
        StoreError::InUse => Some("Close the project there, or use a command that only reads."),
        StoreError::Missing(_) => Some("“themata new” makes a project."),
        StoreError::Exists(_) => Some("Choose another name; nothing is overwritten."),
        StoreError::Newer { .. } => Some("Open it with the newer version."),
        StoreError::NoFolder(_) => Some("Make the folder first, or name another place."),
        StoreError::NotWritable => Some("Commands that only read still work; to change it, copy the project to a folder of your own."),
        StoreError::LogBeside(_) => Some("Copy both files to a folder of your own, and open the project there."),
        StoreError::Damaged(_) => Some("Nothing was changed. The backups lie in the folder beside it whose name ends in “-backups”."),
        StoreError::Full => Some("Nothing was changed. Make room, and try again."),
        _ => None,
    }
}
