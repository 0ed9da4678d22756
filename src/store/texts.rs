use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::blobs;
use super::codec::Codec;
use super::connection::{Sharing, Store, reader};
use super::error::StoreError;
use crate::text::{BlobId, Geometry, NoSuchBlob, Texts};

/// How many bytes of text are kept at hand.
const KEPT: usize = 48 * 1024 * 1024;

/// Reads texts through connections of its own, from any thread, beside the writer.
#[derive(Debug)]
pub struct StoredTexts {
    path: PathBuf,
    codec: Codec,
    sharing: Sharing,
    /// Connections that nobody uses just now.
    idle: Mutex<Vec<Connection>>,
    kept: Mutex<Kept>,
}

/// Texts read lately, in the order in which they were read.
#[derive(Debug, Default)]
struct Kept {
    texts: HashMap<BlobId, Arc<str>>,
    order: VecDeque<BlobId>,
    bytes: usize,
}

impl Store {
    /// A reader of the project's texts.
    #[must_use]
    pub fn texts(&self) -> StoredTexts {
        StoredTexts {
            path: self.path().to_path_buf(),
            codec: self.codec,
            sharing: self.sharing,
            idle: Mutex::default(),
            kept: Mutex::default(),
        }
    }
}

impl StoredTexts {
    fn read(&self, id: BlobId) -> Result<Vec<u8>, NoSuchBlob> {
        let lacking = |error: StoreError| match error {
            StoreError::NoSuchBlob(error) => error,
            error => NoSuchBlob { id, reason: error.to_string() },
        };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| reader(&self.path, self.sharing), Ok).map_err(lacking)?;
        let bytes = blobs::read(&connection, self.codec, id).map_err(lacking);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        bytes
    }

    /// Closes the idle connections, so that the file can be folded into one at the end.
    pub fn close(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Texts for StoredTexts {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        if let Some(text) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).texts.get(&id) {
            return Ok(Arc::clone(text));
        }
        let bytes = self.read(id)?;
        let text = String::from_utf8(bytes).map_err(|_| NoSuchBlob { id, reason: "it is not UTF-8".to_owned() })?;
        let text: Arc<str> = text.into();
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).keep(id, &text);
        Ok(text)
    }

    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        let geometry = Geometry::from_bytes(&self.read(id)?).map_err(|error| NoSuchBlob { id, reason: error.to_string() })?;
        Ok(Arc::new(geometry))
    }

    fn bytes(&self, id: BlobId) -> Result<Vec<u8>, NoSuchBlob> {
        self.read(id)
    }
}

impl Kept {
    fn keep(&mut self, id: BlobId, text: &Arc<str>) {
        if self.texts.insert(id, Arc::clone(text)).is_some() {
            return;
        }
        self.order.push_back(id);
        self.bytes += text.len();
        while self.bytes > KEPT
            && self.order.len() > 1
            && let Some(oldest) = self.order.pop_front()
        {
            self.bytes -= self.texts.remove(&oldest).map_or(0, |text| text.len());
        }
    }
}
