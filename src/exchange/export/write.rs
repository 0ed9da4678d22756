use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::about::About;
use super::course::GoOn;
use super::document::{Document, markdown};
use super::form::Form;
use super::table::{Between, Table};
use super::table_json::table_json;
use super::xlsx::workbook;
use crate::text::NoSuchBlob;

/// What Excel wants before it takes a file for UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Why something could not leave the project.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file could not be written.
    #[error("{} could not be written: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A path without a file name.
    #[error("{} does not name a file", .0.display())]
    NoName(PathBuf),
    /// The name is that of a project, which an export must never replace.
    #[error("{} has the name of a project; give the export another ending, as .csv", .0.display())]
    IsProject(PathBuf),
    /// The file's ending is none that what leaves can have.
    #[error("{what} can leave as {endings}; give the file {}", if endings.contains(" or ") { "one of these endings" } else { "this ending" })]
    Ending {
        /// What leaves.
        what: &'static str,
        /// The endings it can have, as words.
        endings: String,
    },
    /// The table could not be put into JSON.
    #[error("the table could not be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The table could not be put into CSV.
    #[error("the table could not be written: {0}")]
    Csv(#[from] csv::Error),
    /// The table could not be put into a workbook.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The parts of a document could not be packed.
    #[error("the document could not be written: {0}")]
    Package(#[from] zip::result::ZipError),
    /// More rows or columns than a workbook holds.
    #[error("a table of {rows} rows and {columns} columns does not fit into a workbook; write it as .csv")]
    TooLarge {
        /// How many rows it has.
        rows: usize,
        /// How many columns.
        columns: usize,
    },
    /// A picture could not be drawn.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
    /// More dots than a picture may have.
    #[error("the picture would have {width} × {height} dots; write it as .svg, or with fewer than {dpi} dots an inch")]
    TooManyDots {
        /// Dots in a line.
        width: u64,
        /// Lines.
        height: u64,
        /// Dots an inch.
        dpi: u16,
    },
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    /// Nobody wants it any more.
    #[error("writing was cancelled")]
    Cancelled,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub file: PathBuf,
    /// The note beside it; a workbook has it inside.
    pub about: Option<PathBuf>,
    /// Cells that a spreadsheet would have run as formulas and that got an apostrophe.
    pub defused: usize,
    /// Cells in which tabs and line breaks became blanks, so that a row is one line.
    pub straightened: usize,
    /// Cells that hold more than a cell of a workbook can, and were cut.
    pub cut: usize,
}

impl Written {
    /// A file that needs no note.
    pub(super) fn only(path: &Path) -> Self {
        Self { file: path.to_owned(), about: None, defused: 0, straightened: 0, cut: 0 }
    }

    /// What was changed in what was written; nothing where nothing was.
    #[must_use]
    pub fn changed_says(&self) -> Option<String> {
        let defused = match self.defused {
            0 => None,
            1 => Some("1 cell that a spreadsheet would run as a formula got a leading apostrophe.".to_owned()),
            defused => Some(format!("{defused} cells that a spreadsheet would run as formulas got a leading apostrophe.")),
        };
        let straightened = match self.straightened {
            0 => None,
            1 => Some("In 1 cell tabs and line breaks became blanks.".to_owned()),
            cells => Some(format!("In {cells} cells tabs and line breaks became blanks.")),
        };
        let cut = match self.cut {
            0 => None,
            1 => Some("1 cell held more than a workbook can and was cut.".to_owned()),
            cut => Some(format!("{cut} cells held more than a workbook can and were cut.")),
        };
        let says: Vec<String> = [defused, straightened, cut].into_iter().flatten().collect();
        (!says.is_empty()).then(|| says.join(" "))
    }
}

/// Writes a table as the ending of the path says: as CSV or TSV with `NAME-about.txt` beside it, with `bom` so that Excel reads it
/// as UTF-8; or as a workbook, JSON or Markdown, which have the note inside.
///
/// # Errors
/// [`ExportError`], [`ExportError::Cancelled`] when `go_on` said so in time; a file that was there is then as it was.
pub fn write_table(path: &Path, table: &Table, about: &About, bom: bool, go_on: GoOn<'_>) -> Result<Written, ExportError> {
    let form = Form::of(path, "a table", Form::OF_TABLES)?;
    let stem = path.file_stem().ok_or_else(|| ExportError::NoName(path.to_owned()))?;
    let between = match form {
        Form::Json => {
            write_file(path, &table_json(table, about, go_on)?)?;
            return Ok(Written::only(path));
        }
        Form::Md => {
            write_file(path, markdown::table_page(table, about, &stem.to_string_lossy()).as_bytes())?;
            return Ok(Written::only(path));
        }
        Form::Csv => Between::Commas,
        Form::Tsv => Between::Tabs,
        _ => {
            let made = workbook(table, about, &stem.to_string_lossy(), go_on)?;
            write_file(path, &made.bytes)?;
            return Ok(Written { cut: made.cut, ..Written::only(path) });
        }
    };
    let lines = table.to_lines_while(between, go_on)?.ok_or(ExportError::Cancelled)?;
    let bytes = if bom { [BOM, &lines.bytes].concat() } else { lines.bytes };
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = note_beside(path, form).ok_or_else(|| ExportError::NoName(path.to_owned()))?;
    // The note gets its name first: where there is a new table, its note is there too.
    let new_table = Unnamed::write(path, &bytes)?;
    Unnamed::write(&beside, about.text(&file_name, lines.defused, lines.straightened).as_bytes())?.name()?;
    new_table.name()?;
    Ok(Written { about: Some(beside), defused: lines.defused, straightened: lines.straightened, ..Written::only(path) })
}

/// The note that goes with a table at this path; a workbook, JSON and Markdown have it inside, and a document needs none.
fn note_beside(path: &Path, form: Form) -> Option<PathBuf> {
    let mut name = path.file_stem().filter(|_| form.is_lines())?.to_owned();
    name.push("-about.txt");
    Some(path.with_file_name(name))
}

/// The files that are there already and would be replaced by what is written to this path: itself, and the note beside it.
#[must_use]
pub fn in_the_way(path: &Path, form: Form) -> Vec<PathBuf> {
    let files = [Some(path.to_owned()), note_beside(path, form)];
    files.into_iter().flatten().filter(|file| file.symlink_metadata().is_ok()).collect()
}

/// Writes a document as the ending of the path says.
///
/// # Errors
/// [`ExportError`]; a file that was there is then as it was.
pub fn write_document(path: &Path, document: &Document) -> Result<Written, ExportError> {
    let form = Form::of(path, "a document", Form::OF_DOCUMENTS)?;
    write_file(path, &document.bytes(form)?)?;
    Ok(Written::only(path))
}

/// Writes a file whole or not at all.
pub(in crate::exchange) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    Unnamed::write(path, bytes)?.name()
}

/// A file that is written beside its place, and gets its name when it is whole.
struct Unnamed<'a> {
    path: &'a Path,
    temporary: PathBuf,
}

impl<'a> Unnamed<'a> {
    fn write(path: &'a Path, bytes: &[u8]) -> Result<Self, ExportError> {
        let name = path.file_name().ok_or_else(|| ExportError::NoName(path.to_owned()))?;
        let refused = |reason: &str| Err(ExportError::File { path: path.to_owned(), reason: std::io::Error::other(reason) });
        match fs::metadata(path) {
            // The renaming would put a file in the place of a device or a pipe, or of what somebody has protected.
            Ok(about) if !about.is_file() => return refused("it is not a file"),
            Ok(about) if about.permissions().readonly() => return refused("it is read-only"),
            Ok(_) | Err(_) => {}
        }
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}.part", std::process::id()));
        let unnamed = Self { path, temporary: path.with_file_name(temporary) };
        let written = File::create(&unnamed.temporary).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|reason| unnamed.failed(reason))?;
        Ok(unnamed)
    }

    fn name(self) -> Result<(), ExportError> {
        fs::rename(&self.temporary, self.path).map_err(|reason| self.failed(reason))
    }

    fn failed(&self, reason: std::io::Error) -> ExportError {
        ExportError::File { path: self.path.to_owned(), reason }
    }
}

impl Drop for Unnamed<'_> {
    fn drop(&mut self) {
        // Once it has its name there is nothing left here; that anything else cannot be removed changes nothing of what is reported.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::export::to_the_end;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        fs::write(&path, "old").unwrap();
        write_file(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(write_file(&folder.path().join("no/such/folder.csv"), b"new").is_err());
        assert!(write_file(folder.path(), b"a folder is no file").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_table_is_not_replaced_without_its_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        fs::write(&path, "old").unwrap();
        fs::create_dir(folder.path().join("table-about.txt")).unwrap();
        let study = crate::analysis::testing::Builder::new().study();
        let about = About::new(&study, "A table.", &crate::analysis::matrix::Filter::default(), 0);
        assert!(write_table(&path, &Table::default(), &about, false, &mut to_the_end).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_read_only_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = write_file(&path, b"new").unwrap_err();
        assert!(error.to_string().ends_with("table.csv could not be written: it is read-only"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_would_be_replaced_is_the_file_or_the_note_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (table, note) = (folder.path().join("table.csv"), folder.path().join("table-about.txt"));
        assert!(in_the_way(&table, Form::Csv).is_empty());
        fs::write(&note, "mine").unwrap();
        assert_eq!(in_the_way(&table, Form::Csv), [&*note]);
        assert!(in_the_way(&table.with_extension("xlsx"), Form::Xlsx).is_empty());
        fs::write(&table, "mine").unwrap();
        assert_eq!(in_the_way(&table, Form::Csv), [&*table, &*note]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket.csv");
        let _listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(matches!(write_file(&path, b"words"), Err(ExportError::File { .. })));
        assert!(!fs::metadata(&path).unwrap().is_file());
    }
}
