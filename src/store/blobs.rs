use rusqlite::{Connection, OptionalExtension as _, params};

use super::codec::Codec;
use super::connection::Store;
use super::error::StoreError;
use crate::text::{BlobId, NoSuchBlob};

/// Longest block, in bytes, so that no row is large.
const BLOCK: usize = 64 * 1024;

/// So many blocks go into one transaction, so that none takes long however large a file is.
const TOGETHER: usize = 32;

impl Store {
    /// Stores bytes under their name, in short transactions of their own; they are kept once an edit names them. What an
    /// earlier try left unfinished is taken up where it ended.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        self.writable()?;
        let id = BlobId::of(bytes);
        let codec = self.codec;
        let there: Option<i64> =
            self.connection.prepare_cached("SELECT max(place) FROM block WHERE blob = ?1")?.query_row([id.0], |row| row.get(0))?;
        let there = there.and_then(|last| usize::try_from(last).ok()).map_or(0, |last| last + 1);
        let blocks: Vec<(usize, &[u8])> = bytes.chunks(BLOCK).enumerate().skip(there).collect();
        let empty: &[(usize, &[u8])] = &[];
        // Bytes without a block have a name too.
        for together in blocks.chunks(TOGETHER).chain((blocks.is_empty()).then_some(empty)) {
            self.in_transaction(|transaction| {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO blob (id, size) VALUES (?1, ?2)")?
                    .execute(params![id.0, bytes.len().cast_signed()])?;
                let mut insert = transaction.prepare_cached("INSERT INTO block (blob, place, bytes) VALUES (?1, ?2, ?3)")?;
                for (place, block) in together {
                    insert.execute(params![id.0, place.cast_signed(), codec.block(block)])?;
                }
                Ok(())
            })?;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_unfinished_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("study.themata")).unwrap();
        let bytes: Vec<u8> = (0..5_000_000u32).map(|at| (at % 251) as u8).collect();
        for few in [&b""[..], b"aye", &bytes] {
            let id = store.put_blob(few).unwrap();
            assert_eq!(store.put_blob(few).unwrap(), id, "again");
            assert_eq!(store.blob(id).unwrap(), few);
        }
        let id = BlobId::of(&bytes);
        let blocks = || store.connection.query_row("SELECT count(*) FROM block WHERE blob = ?1", [id.0], |row| row.get::<_, i64>(0));
        assert_eq!(blocks().unwrap(), 77);
        // As after a disk that was full, or a process that was stopped.
        store.connection.execute("DELETE FROM block WHERE blob = ?1 AND place > 32", [id.0]).unwrap();
        assert!(store.blob(id).is_err());
        store.put_blob(&bytes).unwrap();
        assert_eq!(store.blob(id).unwrap(), bytes);
        assert_eq!(sweep(&store.connection).unwrap(), 3, "nothing names them");
    }
}
