use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::Geometry;

/// The name of immutable bytes: their SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 32]);

impl BlobId {
    /// The name of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for BlobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| serde::de::Error::custom("64 hexadecimal digits expected"))
    }
}

fn parse(text: &str) -> Option<BlobId> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(BlobId(bytes))
}

/// Where texts and geometries come from. Modules that compute need only this, never a file.
pub trait Texts: Send + Sync {
    /// The text named `id`.
    ///
    /// # Errors
    /// [`NoSuchBlob`] when it is not there or cannot be read.
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob>;

    /// The geometry named `id`.
    ///
    /// # Errors
    /// [`NoSuchBlob`] when it is not there or cannot be read.
    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob>;

    /// The bytes named `id`, whatever they are: an original, a medium.
    ///
    /// # Errors
    /// [`NoSuchBlob`] when they are not there or cannot be read.
    fn bytes(&self, id: BlobId) -> Result<Vec<u8>, NoSuchBlob> {
        Ok(self.text(id)?.as_bytes().to_vec())
    }
}

/// A text or geometry that the project should hold and does not.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the project lacks a part of a text ({id:?}): {reason}")]
pub struct NoSuchBlob {
    /// What was asked for.
    pub id: BlobId,
    /// Why it could not be had.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_json() {
        let id = BlobId::of(b"words");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<BlobId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<BlobId>("\"zz\"").is_err());
    }
}
