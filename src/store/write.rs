use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::codec::Codec;
use super::connection::Store;
use super::error::StoreError;
use super::log::{EditKind, LogEntry};
use super::rows;
use crate::study::{Change, CoderId, DeviceId, EditId, Entity, HybridTime, LoggedChange, SourceId};
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

/// An edit that comes from a copy.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The edit as it stands in the copy's log.
    pub entry: LogEntry,
    /// The blobs it names.
    pub blobs: Vec<BlobId>,
}

impl Store {
    /// Writes an edit: its rows and its place in the log, in one transaction. It is durable when this returns.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn write(&mut self, edits: &[NewEdit<'_>]) -> Result<Vec<u64>, StoreError> {
        self.write_with(&[], edits)
    }

    /// As [`Store::write`], with the edits of a copy before them; the last of `edits` brings those. They keep who made them and
    /// when, and change no rows themselves. The blobs they name must be here already.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_with(&mut self, brought: &[Brought], edits: &[NewEdit<'_>]) -> Result<Vec<u64>, StoreError> {
        self.writable()?;
        let codec = self.codec;
        let first = self.last_seq()? + 1;
        let newest = brought.iter().map(|it| it.entry.clock).max().unwrap_or_default();
        let mut clocks = Vec::with_capacity(edits.len());
        for edit in edits {
            let (clock, counter) = self.clock(edit.device)?;
            clocks.push((clock.max(newest), counter));
        }
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let by = first + (brought.len() + edits.len()) as u64 - 1;
        for (it, seq) in brought.iter().zip(first..) {
            bring(&transaction, codec, it, seq, by)?;
        }
        let mut written = Vec::with_capacity(edits.len());
        let first = first + brought.len() as u64;
        for ((edit, (clock, counter)), ahead) in edits.iter().zip(clocks).zip(0..) {
            let seq = first + ahead;
            let logged: Vec<LoggedChange> =
                edit.changes.iter().map(Change::to_log).filter_map(Result::transpose).collect::<Result<_, _>>()?;
            let mut sources: Vec<_> = edit.changes.iter().filter_map(Change::owner).collect();
            sources.sort_unstable();
            sources.dedup();
            let row = Row {
                seq,
                // Several edits in one transaction are of one device and follow one another.
                id: EditId { device: edit.device, counter: counter + 1 + ahead },
                clock: HybridTime(clock.0 + ahead).tick(edit.now),
                coder: edit.coder,
                kind: edit.kind,
                label: edit.label,
                of: edit.of,
                group: edit.group,
                sources: &sources,
                changes: &logged,
                brought_by: None,
            };
            row.insert(&transaction, codec)?;
            for change in edit.changes {
                write_change(&transaction, codec, change, seq.cast_signed())?;
            }
            written.push(seq);
        }
        transaction.commit()?;
        Ok(written)
    }
}

/// Writes an edit of a copy into the log.
fn bring(transaction: &Transaction<'_>, codec: Codec, brought: &Brought, seq: u64, by: u64) -> Result<(), StoreError> {
    let LogEntry { summary, clock, of, changes } = &brought.entry;
    let mut find = transaction.prepare_cached("SELECT seq FROM edit WHERE device = ?1 AND counter = ?2")?;
    let of = of.map(|of| find.query_row(params![of.device.0.as_bytes(), of.counter.cast_signed()], |row| row.get::<_, i64>(0)));
    let row = Row {
        seq,
        id: summary.id,
        clock: *clock,
        coder: summary.coder,
        kind: summary.kind,
        label: &summary.label,
        of: of.transpose().optional()?.flatten().map(i64::cast_unsigned),
        group: summary.group,
        sources: &summary.sources,
        changes,
        brought_by: Some(by),
    };
    row.insert(transaction, codec)?;
    let mut name = transaction.prepare_cached("INSERT OR IGNORE INTO named (blob, seq) VALUES (?1, ?2)")?;
    for blob in &brought.blobs {
        name.execute(params![blob.0, seq.cast_signed()])?;
    }
    Ok(())
}

/// A row of the log.
struct Row<'a> {
    seq: u64,
    id: EditId,
    clock: HybridTime,
    coder: CoderId,
    kind: EditKind,
    label: &'a str,
    of: Option<u64>,
    group: Option<u64>,
    sources: &'a [SourceId],
    changes: &'a [LoggedChange],
    brought_by: Option<u64>,
}

impl Row<'_> {
    /// Writes it, and notes at the edit that it takes back or brings back whether that is live now.
    fn insert(&self, transaction: &Transaction<'_>, codec: Codec) -> Result<(), StoreError> {
        let sources: Vec<u8> = self.sources.iter().flat_map(|source| *source.0.as_bytes()).collect();
        let of = self.of.map(u64::cast_signed);
        let (undoes, redoes) = if self.kind == EditKind::Undo { (of, None) } else { (None, of) };
        transaction
            .prepare_cached(
                "INSERT INTO edit
                 (seq, device, counter, clock, coder, kind, label, undoes, redoes, repeats, change_count, sources, changes, brought_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                self.seq.cast_signed(),
                self.id.device.0.as_bytes(),
                self.id.counter.cast_signed(),
                self.clock.0.cast_signed(),
                self.coder.0.as_bytes(),
                self.kind.name(),
                codec.text(self.label),
                undoes,
                redoes,
                self.group.map(u64::cast_signed),
                self.changes.len().cast_signed(),
                sources,
                codec.text(&serde_json::to_string(self.changes)?),
                self.brought_by.map(u64::cast_signed),
            ])?;
        mark_undone(transaction, self.kind, of, self.seq)
    }
}

/// Notes at the edit taken back or brought back whether it is live now.
fn mark_undone(connection: &Connection, kind: EditKind, of: Option<i64>, seq: u64) -> Result<(), StoreError> {
    let undone_by = match kind {
        EditKind::Undo => Some(seq.cast_signed()),
        EditKind::Redo => None,
        EditKind::Setup | EditKind::Act | EditKind::Merge => return Ok(()),
    };
    connection.prepare_cached("UPDATE edit SET undone_by = ?1 WHERE seq = ?2")?.execute(params![undone_by, of])?;
    Ok(())
}

fn write_change(connection: &Connection, codec: Codec, change: &Change, seq: i64) -> Result<(), StoreError> {
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
