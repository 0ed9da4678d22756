//! Projects of the standard out: valid against its schema, the same bytes for the same project, places counted as the
//! standard means them (code points, line ends one, no mark, the end behind the passage).

mod kept;
mod page;
mod values;
mod xml;

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;

use std::io::{self, Seek, Write};

use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::archive::MOST_MEDIUM;
use super::{Account, MediaFile, Project};

/// Why a project cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The archive takes no more.
    #[error("The archive could not be written ({0}). Check that there is room on the disk.")]
    Archive(#[from] zip::result::ZipError),
    /// A medium cannot be read from where it is.
    #[error("The file {name}, which belongs into the archive, could not be read ({reason}). Check that it is still where it was.")]
    Medium {
        /// Name of the file.
        name: String,
        /// What the system says.
        reason: io::Error,
    },
}

/// Writes a project archive (`.qdpx`) to `to`. `media` is asked for the bytes of every file that the project names and
/// writes them to what it is given. Gives what could not be written as it was.
///
/// # Errors
/// [`WriteError`] when `to` takes no more or `media` fails; what was written until then is no archive.
pub fn write_qdpx(
    project: &Project,
    to: impl Write + Seek,
    mut media: impl FnMut(&MediaFile, &mut dyn Write) -> io::Result<()>,
) -> Result<Account, WriteError> {
    let xml::Written { xml, texts, media: files, mut account } = xml::project(project);
    let mut zip = ZipWriter::new(to);
    // Neither the moment nor the machine is in the archive.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644).system(System::Unix);
    let texts_options = options.compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
    let failed = |error| WriteError::Archive(zip::result::ZipError::Io(error));
    zip.start_file("project.qde", texts_options)?;
    zip.write_all(xml.as_bytes()).map_err(failed)?;
    for (name, text) in texts {
        zip.start_file(format!("sources/{name}"), texts_options)?;
        zip.write_all(text.as_bytes()).map_err(failed)?;
    }
    for file in files.values() {
        if file.len > MOST_MEDIUM {
            account.changed("media", file.name.clone(), "It is larger than the standard allows; other programs may refuse the archive.");
        }
        let is_large = file.len >= u64::from(u32::MAX);
        // Media are compressed already.
        zip.start_file(format!("sources/{}", file.name), options.compression_method(CompressionMethod::Stored).large_file(is_large))?;
        media(file, &mut zip).map_err(|reason| WriteError::Medium { name: file.name.clone(), reason })?;
    }
    zip.finish()?;
    Ok(account)
}

/// How hard texts are compressed: quickly, for projects are often written and seldom large.
const LEVEL: i64 = 2;

/// The XML of a project (`project.qde`). The texts it names are files of an archive.
#[must_use]
pub fn write_qde(project: &Project) -> String {
    xml::project(project).xml
}

/// The codebook of a project (`.qdc`): its codes and the sets of codes.
#[must_use]
pub fn write_qdc(project: &Project) -> String {
    xml::codebook(project)
}
