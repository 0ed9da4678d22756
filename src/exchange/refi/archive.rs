use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read, Seek, Write};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;
use super::model::MediaFile;

const MEGABYTE: u64 = 1024 * 1024;
/// The most that `project.qde` may unpack to.
pub(super) const MOST_XML: u64 = 256 * MEGABYTE;
/// The most that one text may unpack to.
const MOST_TEXT: u64 = 64 * MEGABYTE;
/// The most that all that is held in memory may unpack to.
const MOST_TOGETHER: u64 = 512 * MEGABYTE;
/// The most that one medium may unpack to: what the standard allows.
pub(super) const MOST_MEDIUM: u64 = 2_147_483_647;

/// What an archive can be read from.
pub trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// The archive of a project (`.qdpx`): one `.qde` and the files of its sources. Nothing of it is ever written to a path
/// that it names; its members are known by their last name alone, in any case.
pub struct Archive {
    name: String,
    zip: ZipArchive<Box<dyn Bytes>>,
    /// Members by their last name in lower case, those of the folder of sources before others.
    members: HashMap<String, usize>,
    project: usize,
    /// What may still be unpacked into memory.
    left: u64,
    used: BTreeSet<usize>,
}

impl Archive {
    /// Opens the archive `name` and finds the project in it.
    ///
    /// # Errors
    /// [`ReadError`] when it is damaged, locked, or holds none or several projects.
    pub fn open(name: &str, bytes: Box<dyn Bytes>) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(bytes).map_err(|error| broken(name, "the archive", &error))?;
        let mut members: HashMap<String, (bool, usize)> = HashMap::new();
        let mut projects = Vec::new();
        for index in 0..zip.len() {
            let Some(Ok(path)) = zip.name_for_index(index) else { continue };
            let path = path.replace('\\', "/");
            if path.ends_with('/') {
                continue;
            }
            let (folders, last) = path.rsplit_once('/').unwrap_or(("", &path));
            let last = last.to_lowercase();
            let hidden = last.starts_with('.') || folders.split('/').any(|folder| folder.eq_ignore_ascii_case("__MACOSX"));
            if last.strip_suffix(".qde").is_some() && !hidden {
                projects.push((path.clone(), index));
            }
            let in_sources = folders.split('/').any(|folder| folder.eq_ignore_ascii_case("sources"));
            let known = members.entry(last).or_insert((in_sources, index));
            if in_sources && !known.0 {
                *known = (true, index);
            }
        }
        let project = match projects.as_slice() {
            [(_, index)] => *index,
            [] => return Err(ReadError::NoProject { name: name.to_owned() }),
            // A copy beside the one the standard names is a stray.
            several => {
                let mut named = several.iter().filter(|(path, _)| path.eq_ignore_ascii_case("project.qde"));
                let (Some((_, index)), None) = (named.next(), named.next()) else {
                    let members = several.iter().take(5).map(|(path, _)| path.clone()).collect();
                    return Err(ReadError::SeveralProjects { name: name.to_owned(), members });
                };
                *index
            }
        };
        let members = members.into_iter().map(|(last, (_, index))| (last, index)).collect();
        Ok(Self { name: name.to_owned(), zip, members, project, left: MOST_TOGETHER, used: BTreeSet::from([project]) })
    }

    /// The bytes of the `.qde`.
    pub(super) fn project(&mut self) -> Result<Vec<u8>, ReadError> {
        self.unpack(self.project, MOST_XML)
    }

    /// The bytes of the text of this name; `None` when there is no such file.
    pub(super) fn text(&mut self, file: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.index(file) else { return Ok(None) };
        self.used.insert(index);
        self.unpack(index, MOST_TEXT).map(Some)
    }

    /// The medium of this name and the length that the archive states; `None` when there is no such file.
    pub(super) fn medium(&mut self, file: &str) -> Option<MediaFile> {
        let index = self.index(file)?;
        self.used.insert(index);
        let len = self.zip.by_index_data(index).ok()?.size();
        Some(MediaFile { name: file.to_owned(), len })
    }

    /// Copies the medium of this name to `to` and gives its length in bytes.
    ///
    /// # Errors
    /// [`ReadError::NoMember`] when there is none, others when it cannot be unpacked or `to` takes no more.
    pub fn copy(&mut self, file: &str, to: &mut dyn Write) -> Result<u64, ReadError> {
        let no_member = || ReadError::NoMember { name: self.name.clone(), member: file.to_owned() };
        let index = self.index(file).ok_or_else(no_member)?;
        self.pour(index, MOST_MEDIUM, to)
    }

    /// The members that nothing has asked for, in order.
    pub(super) fn strays(&self) -> Vec<String> {
        let unused = (0..self.zip.len()).filter(|index| !self.used.contains(index));
        let names = unused.filter_map(|index| self.zip.name_for_index(index)?.ok().map(Cow::into_owned));
        names.filter(|name| !name.ends_with(['/', '\\'])).collect()
    }

    fn index(&self, file: &str) -> Option<usize> {
        self.members.get(&file.to_lowercase()).copied()
    }

    fn unpack(&mut self, index: usize, most: u64) -> Result<Vec<u8>, ReadError> {
        let most = most.min(self.left);
        let mut bytes = Vec::new();
        self.pour(index, most, &mut bytes)?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// Unpacks a member. What the archive says of its size is not to be trusted: what comes out is counted.
    fn pour(&mut self, index: usize, most: u64, to: &mut dyn Write) -> Result<u64, ReadError> {
        let name = self.name.clone();
        let told = |zip: &ZipArchive<_>| zip.name_for_index(index).and_then(Result::ok).map_or_else(String::new, Cow::into_owned);
        let member = told(&self.zip);
        let about = self.zip.by_index_data(index).map_err(|error| broken(&name, &member, &error))?;
        if about.encrypted() {
            return Err(ReadError::Locked { name, member });
        }
        let file = self.zip.by_index(index).map_err(|error| broken(&name, &member, &error))?;
        let poured = io::copy(&mut file.take(most.saturating_add(1)), to);
        let poured = poured.map_err(|error| ReadError::Broken { name: name.clone(), member: member.clone(), reason: error.to_string() })?;
        if poured > most {
            return Err(ReadError::TooLarge { name, member, megabytes: most / MEGABYTE });
        }
        Ok(poured)
    }
}

fn broken(name: &str, member: &str, error: &ZipError) -> ReadError {
    ReadError::Broken { name: name.to_owned(), member: member.to_owned(), reason: error.to_string() }
}

/// The last name of a path that a project states, if it can be the name of a file: no folder, nothing that climbs, no
/// device of another system.
pub(super) fn file_name(path: &str) -> Option<&str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let stem = last.split('.').next().unwrap_or_default().trim().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_device = DEVICES.contains(&stem.as_str()) || port.is_some_and(|number| number.chars().count() == 1);
    let is_odd = |c: char| c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let fits = !last.trim_matches('.').is_empty() && !is_device && !last.contains(is_odd) && last.len() <= 200;
    fits.then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken_from_paths() {
        for (path, expected) in [
            ("internal://A.txt", Some("A.txt")),
            ("internal://../../etc/passwd", Some("passwd")),
            ("C:\\Users\\me\\b.pdf", Some("b.pdf")),
            ("internal://..", None),
            ("internal://", None),
            ("internal://nul.txt", None),
            ("internal://COM1", None),
            ("internal://a\u{0}b", None),
            ("absolute:///C:", None),
        ] {
            assert_eq!(file_name(path), expected, "{path}");
        }
    }
}
