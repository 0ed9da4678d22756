use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::read::MAX_BYTES;

/// The parts of a document that is a zip archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        Ok(Self { zip, left: 2 * MAX_BYTES })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of the part of this name; `None` when there is none.
    ///
    /// # Errors
    /// What is wrong with it, or that all parts together unpack to more than a text of the largest size would need.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        // The sizes that the archive states are not to be trusted: what comes out is counted.
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| "it unpacks to far more than a text can be".to_owned())?;
        Ok(Some(bytes))
    }

    /// The text of the part of this name; `None` when there is none.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes), or that it is no UTF-8.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| "its text is not UTF-8".to_owned())
    }
}
