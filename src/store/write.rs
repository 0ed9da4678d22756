use rusqlite::{Connection, params};

use super::connection::Store;
use super::error::StoreError;
use super::log::EditKind;
use super::rows;
use crate::study::{Change, CoderId, DeviceId, Entity, LoggedChange};
use crate::text::BlobId;

/// An edit to be written.
#[derive(Clone, Debug)]
pub struct NewEdit<'a> {
    /// What sort.
    pub kind: EditKind,
    /// The device it is made on.
    pub device: DeviceId,
    /// Who makes it.
    pub coder: CoderId,
    /// What the wall clock shows, in milliseconds since 1970.
    pub now: i64,
    /// What, in words.
    pub label: &'a str,
    /// The edit it takes back or brings back.
    pub of: Option<u64>,
    /// Edits in a row with one number are undone together.
    pub group: Option<u64>,
    /// What it changes. Each entity at most once.
    pub changes: &'a [Change],
}

impl Store {
    /// Writes an edit: its rows and its place in the log, in one transaction. It is durable when this returns.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn write(&mut self, edits: &[NewEdit<'_>]) -> Result<Vec<u64>, StoreError> {
        self.writable()?;
        let codec = self.codec;
        let mut seq = self.last_seq()?;
        let mut written = Vec::with_capacity(edits.len());
        let mut clocks = Vec::with_capacity(edits.len());
        for edit in edits {
            clocks.push(self.clock(edit.device)?);
        }
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (index, (edit, (clock, counter))) in edits.iter().zip(clocks).enumerate() {
            seq += 1;
            // Several edits in one transaction are of one device and follow one another.
            let ahead = index as u64;
            let clock = crate::study::HybridTime(clock.0 + ahead).tick(edit.now);
            let logged: Vec<LoggedChange> =
                edit.changes.iter().map(Change::to_log).filter_map(Result::transpose).collect::<Result<_, _>>()?;
            let mut sources: Vec<_> = edit.changes.iter().filter_map(Change::owner).collect();
            sources.sort_unstable();
            sources.dedup();
            let sources: Vec<u8> = sources.iter().flat_map(|source| *source.0.as_bytes()).collect();
            let of = edit.of.map(u64::cast_signed);
            let (undoes, redoes) = if edit.kind == EditKind::Undo { (of, None) } else { (None, of) };
            transaction
                .prepare_cached(
                    "INSERT INTO edit (seq, device, counter, clock, coder, kind, label, undoes, redoes, repeats, change_count, sources, changes)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                )?
                .execute(params![
                    seq.cast_signed(),
                    edit.device.0.as_bytes(),
                    (counter + 1 + ahead).cast_signed(),
                    clock.0.cast_signed(),
                    edit.coder.0.as_bytes(),
                    edit.kind.name(),
                    codec.text(edit.label),
                    undoes,
                    redoes,
                    edit.group.map(u64::cast_signed),
                    logged.len().cast_signed(),
                    sources,
                    codec.text(&serde_json::to_string(&logged)?),
                ])?;
            mark_undone(&transaction, edit.kind, of, seq)?;
            for change in edit.changes {
                write_change(&transaction, codec, change, seq.cast_signed())?;
            }
            written.push(seq);
        }
        transaction.commit()?;
        Ok(written)
    }
}

/// Notes at the edit taken back or brought back whether it is live now.
fn mark_undone(connection: &Connection, kind: EditKind, of: Option<i64>, seq: u64) -> Result<(), StoreError> {
    let undone_by = match kind {
        EditKind::Undo => Some(seq.cast_signed()),
        EditKind::Redo => None,
        EditKind::Setup | EditKind::Act => return Ok(()),
    };
    connection.prepare_cached("UPDATE edit SET undone_by = ?1 WHERE seq = ?2")?.execute(params![undone_by, of])?;
    Ok(())
}

fn write_change(connection: &Connection, codec: super::codec::Codec, change: &Change, seq: i64) -> Result<(), StoreError> {
    let Some(id) = change.id() else { return Ok(()) };
    match &change.after {
        Some(after) => rows::put(connection, codec, after, seq)?,
        None => rows::delete(connection, id)?,
    }
    let mut touch = connection.prepare_cached("INSERT OR IGNORE INTO touched (entity, seq, needs) VALUES (?1, ?2, ?3)")?;
    touch.execute(params![id.id.as_bytes(), seq, 0])?;
    if let Some(after) = &change.after {
        for needed in after.refers_to() {
            touch.execute(params![needed.id.as_bytes(), seq, 1])?;
        }
    }
    let mut name = connection.prepare_cached("INSERT OR IGNORE INTO named (blob, seq) VALUES (?1, ?2)")?;
    for blob in [&change.before, &change.after].into_iter().flatten().flat_map(blobs) {
        name.execute(params![blob.0, seq])?;
    }
    Ok(())
}

/// The blobs an entity names.
fn blobs(entity: &Entity) -> Vec<BlobId> {
    match entity {
        Entity::Revision(revision) => vec![revision.text, revision.geometry],
        Entity::Source(source) => source.original.into_iter().collect(),
        _ => Vec::new(),
    }
}
