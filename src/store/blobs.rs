use rusqlite::{Connection, OptionalExtension as _, params};

use super::codec::Codec;
use super::connection::Store;
use super::error::StoreError;
use crate::text::{BlobId, NoSuchBlob};

/// Longest block, in bytes, so that no row is large.
const BLOCK: usize = 64 * 1024;

impl Store {
    /// Stores bytes under their name, in a transaction of their own; they are kept once an edit names them.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        self.writable()?;
        let id = BlobId::of(bytes);
        let codec = self.codec;
        let transaction = self.connection.transaction()?;
        let known: Option<i64> = transaction.query_row("SELECT 1 FROM blob WHERE id = ?1", [id.0], |row| row.get(0)).optional()?;
        if known.is_none() {
            transaction.execute("INSERT INTO blob (id, size) VALUES (?1, ?2)", params![id.0, bytes.len().cast_signed()])?;
            let mut insert = transaction.prepare_cached("INSERT INTO block (blob, place, bytes) VALUES (?1, ?2, ?3)")?;
            for (place, block) in bytes.chunks(BLOCK).enumerate() {
                insert.execute(params![id.0, place.cast_signed(), codec.block(block)])?;
            }
        }
        transaction.commit()?;
        Ok(id)
    }

    /// The bytes with this name.
    ///
    /// # Errors
    /// [`StoreError::NoSuchBlob`] when they are not there or not whole.
    pub fn blob(&self, id: BlobId) -> Result<Vec<u8>, StoreError> {
        read(&self.connection, self.codec, id)
    }
}

/// Reads a blob through any connection.
pub(super) fn read(connection: &Connection, codec: Codec, id: BlobId) -> Result<Vec<u8>, StoreError> {
    let lacking = |reason: &str| NoSuchBlob { id, reason: reason.to_owned() };
    let size: Option<i64> =
        connection.prepare_cached("SELECT size FROM blob WHERE id = ?1")?.query_row([id.0], |row| row.get(0)).optional()?;
    let size = usize::try_from(size.ok_or_else(|| lacking("it is not in the project"))?).map_err(|_| lacking("its length is wrong"))?;
    let mut bytes = Vec::new();
    let mut select = connection.prepare_cached("SELECT bytes FROM block WHERE blob = ?1 ORDER BY place")?;
    let mut rows = select.query([id.0])?;
    while let Some(row) = rows.next()? {
        codec.read_block(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?, &mut bytes);
    }
    if bytes.len() == size { Ok(bytes) } else { Err(lacking("it is not whole").into()) }
}

/// Removes what a stopped import left behind: blobs that no edit names.
pub(super) fn sweep(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM blob WHERE id NOT IN (SELECT blob FROM named)", [])?)
}
