use std::io::{Cursor, Read as _, Seek};
use std::path::Path;

use zip::ZipArchive;

use super::super::peer::PeerError;
use crate::store::{Foreign, ForeignError, MAX_FOREIGN_BYTES};

/// What the database of a project is called.
const DATABASE: &str = "data.qda";

/// How a zip archive begins.
const ARCHIVE: &[u8; 4] = b"PK\x03\x04";

/// The endings that a project's name has as a file.
const ENDINGS: [&str; 2] = [".zip", ".qda"];

/// A project's database with what is known of it from outside.
pub(super) struct Opened<'a> {
    /// Name of the file or folder that was given.
    pub(super) file: String,
    /// Name of the project.
    pub(super) project: String,
    pub(super) base: Foreign<'a>,
}

/// Opens what lies at `path`: a folder, its database, or an archive.
pub(super) fn open<'a>(path: &Path, go_on: &'a dyn Fn() -> bool) -> Result<Opened<'a>, PeerError> {
    let last = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let file = last(path);
    let unreadable = |reason| PeerError::Unreadable { name: file.clone(), reason };
    if path.is_dir() {
        let inside = path.join(DATABASE);
        if !inside.is_file() {
            return Err(PeerError::NoDatabase { name: file });
        }
        let base = Foreign::open(&inside, go_on).map_err(|reason| PeerError::Database { name: file.clone(), reason })?;
        return Ok(Opened { project: without_endings(&file), file, base });
    }
    let mut opened = std::fs::File::open(path).map_err(unreadable)?;
    let mut start = Vec::new();
    opened.by_ref().take(ARCHIVE.len() as u64).read_to_end(&mut start).map_err(unreadable)?;
    if start == ARCHIVE {
        return from_archive(file, opened, go_on);
    }
    let folder = path.parent().filter(|_| file.eq_ignore_ascii_case(DATABASE)).map(last).filter(|folder| !folder.is_empty());
    let base = Foreign::open(path, go_on).map_err(|reason| PeerError::Database { name: file.clone(), reason })?;
    Ok(Opened { project: without_endings(folder.as_ref().unwrap_or(&file)), file, base })
}

/// Opens what these bytes are: a database or an archive.
pub(super) fn from_bytes<'a>(name: &str, bytes: &[u8], go_on: &'a dyn Fn() -> bool) -> Result<Opened<'a>, PeerError> {
    if bytes.starts_with(ARCHIVE) {
        return from_archive(name.to_owned(), Cursor::new(bytes), go_on);
    }
    let base = Foreign::read(bytes, bytes.len() as u64, go_on);
    let base = base.map_err(|reason| PeerError::Database { name: name.to_owned(), reason })?;
    Ok(Opened { file: name.to_owned(), project: without_endings(name), base })
}

/// Unpacks the database of an archive, and nothing else, into memory. The names in the archive never become names of files.
fn from_archive(file: String, archive: impl std::io::Read + Seek, go_on: &dyn Fn() -> bool) -> Result<Opened<'_>, PeerError> {
    let broken = |reason: String| PeerError::Archive { name: file.clone(), reason };
    let mut archive = ZipArchive::new(archive).map_err(|error| broken(error.to_string()))?;
    let is_name = |part: &&str| !matches!(*part, "" | "." | "..");
    let parts = |name: &str| name.split(['/', '\\']).filter(is_name).map(str::to_owned).collect::<Vec<_>>();
    let databases = archive.file_names().filter_map(|name| name.ok().map(|name| (parts(&name), name.into_owned())));
    let mut databases: Vec<_> =
        databases.filter(|(parts, _)| parts.last().is_some_and(|last| last.eq_ignore_ascii_case(DATABASE))).collect();
    // The outermost; QualCoder keeps copies of a project within it.
    databases.sort_by_key(|(parts, _)| parts.len());
    let Some((parts, name)) = databases.first() else { return Err(PeerError::NoDatabase { name: file }) };
    if databases.get(1).is_some_and(|(other, _)| other.len() == parts.len()) {
        return Err(broken("it holds several projects; unpack it and take the one you mean".to_owned()));
    }
    let project = without_endings(parts.iter().rev().nth(1).unwrap_or(&file));
    let packed = archive.by_name(name).map_err(|error| broken(error.to_string()))?;
    let bytes = unpacked(packed, MAX_FOREIGN_BYTES).map_err(|error| broken(error.to_string()))?;
    let bytes = bytes.ok_or_else(|| PeerError::Database { name: file.clone(), reason: ForeignError::TooLarge })?;
    let base = Foreign::read(bytes.as_slice(), bytes.len() as u64, go_on);
    let base = base.map_err(|reason| PeerError::Database { name: file.clone(), reason })?;
    Ok(Opened { file, project, base })
}

/// What comes out of a packed file; none where it is more than so many bytes. The size that an archive states is not to be trusted.
fn unpacked(packed: impl std::io::Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    packed.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn without_endings(name: &str) -> String {
    let mut name = name;
    while let Some((cut, ending)) = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at))
        && !cut.is_empty()
        && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    {
        name = cut;
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn no_more_is_unpacked_than_a_database_may_have() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("a.qda/data.qda", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![0; 1_000_000]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 10_000);
        let packed = |most| {
            let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
            unpacked(archive.by_index(0).unwrap(), most).unwrap().map(|bytes| bytes.len())
        };
        assert_eq!((packed(999_999), packed(1_000_000)), (None, Some(1_000_000)));
    }

    #[test]
    fn projects_are_called_as_their_folders_without_endings() {
        let names = ["Doors.qda", "Doors.qda.zip", "Doors", ".qda", "Tür.QDA", "a.qd"].map(without_endings);
        assert_eq!(names, ["Doors", "Doors", "Doors", ".qda", "Tür", "a.qd"]);
    }
}
