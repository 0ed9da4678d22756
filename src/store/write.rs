use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};

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

/// Is told how much is done of how much; answers whether to go on.
pub type GoOn<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// So many changes go into one transaction; more are written in pieces.
const AT_ONCE: usize = 500;

/// A longer list of changes, in bytes, is kept as a blob, which is written before the edit.
const LONG: usize = 256 * 1024;

impl Store {
    /// Writes edits: their rows and their places in the log. They are durable when this returns, all of them or none. An edit
    /// of very many changes takes several short transactions, and must be the last one.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is written then.
    pub fn write(&mut self, edits: &[NewEdit<'_>]) -> Result<Vec<u64>, StoreError> {
        self.write_with(&[], edits, &mut |_, _| true)
    }

    /// As [`Store::write`], with the edits of a copy before them; the last of `edits` brings those. They keep who made them and
    /// when, and change no rows themselves. The blobs they name must be here already.
    ///
    /// # Errors
    /// As [`Store::write`]; [`StoreError::Cancelled`] when `go_on` says so in time.
    pub fn write_with(&mut self, brought: &[Brought], edits: &[NewEdit<'_>], go_on: &mut GoOn<'_>) -> Result<Vec<u64>, StoreError> {
        self.writable()?;
        self.finish()?;
        let rows = self.rows_of(brought, edits)?;
        let changes: usize = edits.iter().map(|edit| edit.changes.len()).sum();
        if brought.is_empty() && changes <= AT_ONCE {
            let codec = self.codec;
            self.in_transaction(|transaction| {
                rows.iter().zip(edits).try_for_each(|(row, edit)| row.insert_whole(transaction, codec, edit.changes))
            })?;
        } else {
            self.write_in_pieces(brought, &rows, edits, go_on)?;
        }
        Ok(rows.iter().map(|row| row.seq).collect())
    }

    /// The rows that edits will have in the log, after those that are brought.
    fn rows_of<'e>(&mut self, brought: &[Brought], edits: &[NewEdit<'e>]) -> Result<Vec<Row<'e>>, StoreError> {
        let newest = brought.iter().map(|it| it.entry.clock).max().unwrap_or_default();
        let first = self.last_seq()? + 1 + brought.len() as u64;
        let mut rows = Vec::with_capacity(edits.len());
        for (edit, ahead) in edits.iter().zip(0..) {
            // Several edits that are written together are of one device and follow one another.
            let (clock, counter) = self.clock(edit.device)?;
            let of_device = brought.iter().map(|it| it.entry.summary.id).filter(|id| id.device == edit.device);
            let counter = of_device.map(|id| id.counter).fold(counter, u64::max);
            let mut sources: Vec<_> = edit.changes.iter().filter_map(Change::owner).collect();
            sources.sort_unstable();
            sources.dedup();
            let logged: Vec<LoggedChange> =
                edit.changes.iter().map(Change::to_log).filter_map(Result::transpose).collect::<Result<_, _>>()?;
            rows.push(Row {
                seq: first + ahead,
                id: EditId { device: edit.device, counter: counter + 1 + ahead },
                clock: HybridTime(clock.max(newest).0 + ahead).tick(edit.now),
                coder: edit.coder,
                kind: edit.kind,
                label: edit.label,
                of: edit.of,
                group: edit.group,
                sources,
                changes: self.logged(&logged)?,
                brought_by: None,
            });
        }
        Ok(rows)
    }

    /// Changes as they stand in the log. Many of them are stored as a blob first.
    pub(super) fn logged(&mut self, changes: &[LoggedChange]) -> Result<Logged, StoreError> {
        let text = serde_json::to_string(changes)?;
        let count = changes.len();
        if text.len() <= LONG {
            return Ok(Logged { text, count, blob: None });
        }
        let blob = self.put_blob(text.as_bytes())?;
        Ok(Logged { text: serde_json::to_string(&Elsewhere { blob })?, count, blob: Some(blob) })
    }
}

/// Where changes lie that are too many for a row of the log.
#[derive(Serialize, Deserialize)]
pub(super) struct Elsewhere {
    /// The blob.
    pub blob: BlobId,
}

/// Changes as they stand in the log.
pub(super) struct Logged {
    text: String,
    count: usize,
    /// The blob that holds them, if they are many.
    blob: Option<BlobId>,
}

/// A row of the log.
pub(super) struct Row<'a> {
    pub seq: u64,
    pub id: EditId,
    pub clock: HybridTime,
    pub coder: CoderId,
    pub kind: EditKind,
    pub label: &'a str,
    pub of: Option<u64>,
    pub group: Option<u64>,
    pub sources: Vec<SourceId>,
    pub changes: Logged,
    pub brought_by: Option<u64>,
}

impl Row<'_> {
    /// The same while it does not count: empty, and brought by itself.
    pub fn awaited(&self) -> Self {
        let (sources, changes) = (Vec::new(), Logged { text: "[]".to_owned(), count: 0, blob: None });
        Self { sources, changes, brought_by: Some(self.seq), ..*self }
    }

    /// Makes it count where it was awaited.
    pub fn count(&self, transaction: &Transaction<'_>, codec: Codec) -> Result<(), StoreError> {
        transaction
            .prepare_cached("UPDATE edit SET brought_by = NULL, change_count = ?2, sources = ?3, changes = ?4 WHERE seq = ?1")?
            .execute(params![
                self.seq.cast_signed(),
                self.changes.count.cast_signed(),
                self.sources_bytes(),
                codec.text(&self.changes.text)
            ])?;
        name(transaction, self.changes.blob.as_slice(), self.seq)
    }

    /// Notes at the edit that it takes back or brings back whether that is live now.
    pub fn mark(&self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        let undone_by = match self.kind {
            EditKind::Undo => Some(self.seq.cast_signed()),
            EditKind::Redo => None,
            EditKind::Setup | EditKind::Act | EditKind::Merge => return Ok(()),
        };
        let of = self.of.map(u64::cast_signed);
        transaction.prepare_cached("UPDATE edit SET undone_by = ?1 WHERE seq = ?2")?.execute(params![undone_by, of])?;
        Ok(())
    }

    /// Writes it.
    pub fn insert(&self, transaction: &Transaction<'_>, codec: Codec) -> Result<(), StoreError> {
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
                self.changes.count.cast_signed(),
                self.sources_bytes(),
                codec.text(&self.changes.text),
                self.brought_by.map(u64::cast_signed),
            ])?;
        name(transaction, self.changes.blob.as_slice(), self.seq)
    }

    fn sources_bytes(&self) -> Vec<u8> {
        self.sources.iter().flat_map(|source| *source.0.as_bytes()).collect()
    }

    /// Writes it and the rows of what it changes.
    pub fn insert_whole(&self, transaction: &Transaction<'_>, codec: Codec, changes: &[Change]) -> Result<(), StoreError> {
        self.insert(transaction, codec)?;
        self.mark(transaction)?;
        changes.iter().try_for_each(|change| write_change(transaction, codec, change, self.seq))
    }
}

/// Notes that an edit names blobs.
pub(super) fn name(connection: &Connection, blobs: &[BlobId], seq: u64) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO named (blob, seq) VALUES (?1, ?2)")?;
    blobs.iter().try_for_each(|blob| insert.execute(params![blob.0, seq.cast_signed()]).map(drop))?;
    Ok(())
}

/// Writes the row of what is changed, or removes it, and notes that the edit touched it.
pub(super) fn write_change(connection: &Connection, codec: Codec, change: &Change, seq: u64) -> Result<(), StoreError> {
    let Some(id) = change.id() else { return Ok(()) };
    let edit = seq.cast_signed();
    match &change.after {
        Some(after) => rows::put(connection, codec, after, edit)?,
        None => rows::delete(connection, id)?,
    }
    let mut touch = connection.prepare_cached("INSERT OR IGNORE INTO touched (entity, seq, needs) VALUES (?1, ?2, ?3)")?;
    touch.execute(params![id.id.as_bytes(), edit, 0])?;
    if let Some(after) = &change.after {
        for needed in after.refers_to() {
            touch.execute(params![needed.id.as_bytes(), edit, 1])?;
        }
    }
    let blobs: Vec<BlobId> = [&change.before, &change.after].into_iter().flatten().flat_map(blobs).collect();
    name(connection, &blobs, seq)
}

/// The blobs an entity names.
fn blobs(entity: &Entity) -> Vec<BlobId> {
    match entity {
        Entity::Revision(revision) => vec![revision.text, revision.geometry],
        Entity::Source(source) => source.original.into_iter().collect(),
        Entity::Saved(saved) => saved.blobs(),
        _ => Vec::new(),
    }
}
