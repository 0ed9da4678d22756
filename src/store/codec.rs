use rusqlite::types::{Value, ValueRef};

use super::error::StoreError;

/// How free text and blobs lie in the file. All of them pass here, so that a project can be encrypted without
/// touching anything else.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Codec {
    /// As they are.
    #[default]
    Plain,
}

impl Codec {
    /// Free text for the file.
    pub fn text(self, text: &str) -> Value {
        match self {
            Self::Plain => Value::Text(text.to_owned()),
        }
    }

    /// Free text from the file.
    pub fn read_text(self, value: ValueRef<'_>) -> Result<String, StoreError> {
        match (self, value) {
            (Self::Plain, ValueRef::Text(bytes)) => {
                String::from_utf8(bytes.to_vec()).map_err(|_| StoreError::Value("a text is not UTF-8".to_owned()))
            }
            _ => Err(StoreError::Value("a text was expected".to_owned())),
        }
    }

    /// A block of a blob for the file.
    pub fn block(self, bytes: &[u8]) -> Value {
        match self {
            Self::Plain => Value::Blob(bytes.to_vec()),
        }
    }

    /// Appends a block from the file to `into`.
    pub fn read_block(self, bytes: &[u8], into: &mut Vec<u8>) {
        match self {
            Self::Plain => into.extend_from_slice(bytes),
        }
    }
}
