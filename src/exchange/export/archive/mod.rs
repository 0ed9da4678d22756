//! A folder that a data repository accepts: texts, tables, codebook and project, what each file and column is, and checksums.

mod columns;
mod readme;

#[cfg(test)]
mod tests;

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::codings::codings_in_told_texts;
use super::content::Content;
use super::course::GoOn;
use super::document::{codebook, markdown, method};
use super::form::Form;
use super::leaving::{Leaving, TableError, Wish, leaving};
use super::names::Names;
use super::project::{EXPLAINED, project_json};
use super::table::{Between, Table};
use super::texts::text_names;
use super::told::Told;
use super::write::{ExportError, Written, write_file};
use crate::analysis::matrix::MatrixSpec;
use crate::text::{BlobId, Texts};

/// The tables, each with the name of its file.
const TABLES: [(Content, &str); 10] = [
    (Content::Sources, "sources"),
    (Content::Cases, "cases"),
    (Content::Codebook, "themes"),
    (Content::Codings, "codings"),
    (Content::Quotes, "quotes"),
    (Content::Memos, "memos"),
    (Content::Summaries, "summaries"),
    (Content::Cells, "cells"),
    (Content::Propositions, "propositions"),
    (Content::Typologies, "typologies"),
];

/// A file of the archive.
struct Entry {
    /// Its place in the archive, with `/` between folders.
    path: String,
    bytes: Vec<u8>,
    /// What it is.
    what: String,
}

/// An archive in memory.
pub struct Archive {
    /// In the order in which they are packed; the checksums last.
    files: Vec<Entry>,
}

/// A table of the archive, as the page that explains it needs it.
struct Explained {
    path: String,
    /// The sentences that go with it.
    note: Vec<String>,
    header: Vec<String>,
    rows: usize,
    content: Content,
    defused: usize,
}

/// Makes everything that is in an archive. Filters do not hold in it: it is of the whole study.
///
/// # Errors
/// [`TableError`] when a text is missing; [`TableError::Cancelled`] when `go_on` said so in time.
pub(super) fn archive(names: &Names<'_>, texts: &dyn Texts, wish: &Wish, go_on: GoOn<'_>) -> Result<Archive, TableError> {
    let study = names.study();
    let steps = TABLES.len() + 3;
    let mut files = told_texts(names, texts)?;
    let mut explained = Vec::with_capacity(TABLES.len());
    for (done, (content, name)) in TABLES.into_iter().enumerate() {
        if !go_on(done, steps) {
            return Err(TableError::Cancelled);
        }
        let of_table = Wish { content, form: Form::Csv, spec: MatrixSpec::usual(study), ..wish.clone() };
        // Whether to go on is asked between the tables: none of them takes long.
        let Leaving::Table(table, about) = leaving(study, texts, &of_table, &mut |_, _| true)? else { continue };
        let table = if content == Content::Codings { codings_in_told_texts(study, texts, wish.labels, &mut |_, _| true)? } else { table };
        let lines = table.to_lines_while(Between::Commas, &mut |_, _| true)?.unwrap_or_default();
        let path = format!("tables/{name}.csv");
        let note = about.lines().to_vec();
        let what = note.first().cloned().unwrap_or_default();
        files.push(Entry { path: path.clone(), bytes: lines.bytes, what });
        explained.push(Explained { path, note, rows: table.rows.len(), header: table.header, content, defused: lines.defused });
    }
    let mut add = |path: &str, bytes: Vec<u8>, what: &str| files.push(Entry { path: path.to_owned(), bytes, what: what.to_owned() });
    let book = codebook(names, texts, wish.now)?;
    add(
        "codebook.md",
        markdown::page(&book).into_bytes(),
        "The codebook to be read: themes with definitions and examples; tables/themes.csv has them as a table.",
    );
    let account = method(names, wish.edits, wish.now)?;
    add("method.md", markdown::page(&account).into_bytes(), "How the study was done, as far as the project knows.");
    if !go_on(TABLES.len() + 1, steps) {
        return Err(TableError::Cancelled);
    }
    let whole = project_json(names, texts, wish.now, &mut |done, of| go_on(TABLES.len() + 1 + done / of.max(1), steps))?;
    add("project.json", whole.bytes, "The whole project as one file for other programs.");
    add("project.md", EXPLAINED.as_bytes().to_vec(), "What every key of project.json is.");
    let page = readme::page(names, &files, &explained, wish.now);
    files.insert(0, Entry { path: "README.md".to_owned(), bytes: page.into_bytes(), what: String::new() });
    let sums: Vec<String> = files.iter().map(|file| format!("{}  {}\n", BlobId::of(&file.bytes), file.path)).collect();
    files.push(Entry { path: "manifest.txt".to_owned(), bytes: sums.concat().into_bytes(), what: String::new() });
    Ok(Archive { files })
}

/// The texts as they may leave, a file each.
fn told_texts(names: &Names<'_>, texts: &dyn Texts) -> Result<Vec<Entry>, TableError> {
    let study = names.study();
    let files = text_names(study).zip(study.materials()).map(|(name, material)| {
        let told = Told::read(names, texts, material)?;
        let what = format!("The text of {}.", names.labels().source(&material.source));
        Ok(Entry { path: format!("texts/{name}"), bytes: told.text().as_bytes().to_vec(), what })
    });
    files.collect()
}

impl Archive {
    /// How much is in it.
    #[must_use]
    pub fn says(&self) -> String {
        format!("{} files", self.files.len())
    }

    /// Its files, a row each.
    #[must_use]
    pub fn overview(&self) -> Table {
        let header = ["file", "bytes", "what"].map(str::to_owned).to_vec();
        let row = |file: &Entry| vec![file.path.clone(), file.bytes.len().to_string(), file.what.clone()];
        // What is the same in every archive comes first: of texts there may be many.
        let (texts, others): (Vec<_>, Vec<_>) = self.files.iter().partition(|file| file.path.starts_with("texts/"));
        Table::new(header, others.into_iter().chain(texts).map(row).collect()).counting(|at, _| at == 1)
    }

    /// Writes it: to a folder where the path has no ending or is one, else packed into a `.zip`.
    ///
    /// # Errors
    /// [`ExportError`], [`ExportError::Cancelled`] when `go_on` said so in time; a packed archive that was there is then as it was, and
    /// in a folder are the files before the one that failed.
    pub fn write(&self, path: &Path, go_on: GoOn<'_>) -> Result<Written, ExportError> {
        if is_folder(path) {
            for (done, file) in self.files.iter().enumerate() {
                if !go_on(done, self.files.len()) {
                    return Err(ExportError::Cancelled);
                }
                let to = path.join(&file.path);
                let folder = to.parent().unwrap_or(path);
                fs::create_dir_all(folder).map_err(|reason| ExportError::File { path: folder.to_owned(), reason })?;
                write_file(&to, &file.bytes)?;
            }
            return Ok(Written::only(path));
        }
        Form::of(path, Content::Archive.called(), Content::Archive.forms())?;
        write_file(path, &self.packed(go_on)?)?;
        Ok(Written::only(path))
    }

    /// As one file; the same files give the same bytes.
    fn packed(&self, go_on: GoOn<'_>) -> Result<Vec<u8>, ExportError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (done, file) in self.files.iter().enumerate() {
            if !go_on(done, self.files.len()) {
                return Err(ExportError::Cancelled);
            }
            writer.start_file(&file.path, SimpleFileOptions::default())?;
            writer.write_all(&file.bytes).map_err(zip::result::ZipError::Io)?;
        }
        Ok(writer.finish()?.into_inner())
    }

    /// The first of its files that is there already and would be replaced in a folder.
    #[must_use]
    pub fn in_the_way(&self, path: &Path) -> Option<PathBuf> {
        let files = self.files.iter().filter(|_| is_folder(path)).map(|file| path.join(&file.path));
        files.into_iter().find(|file| file.symlink_metadata().is_ok())
    }

    /// Whether this path is one of a folder, not of a file.
    #[must_use]
    pub fn is_folder(path: &Path) -> bool {
        is_folder(path)
    }
}

fn is_folder(path: &Path) -> bool {
    path.extension().is_none() || path.is_dir()
}
