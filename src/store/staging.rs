//! Acts that are too long for one transaction are written in short ones.
//!
//! The edits of a copy come first, below the row of the merge that brings them. That row stands there empty and is *brought by
//! itself*: as long as it is, neither it nor what it brings counts. One short transaction makes it count. The rows of what it
//! changes follow; until they have, the log says what they are. Who opens the project after a process was stopped sweeps what
//! does not count, and finishes what does.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::blobs;
use super::connection::Store;
use super::error::StoreError;
use super::rows;
use super::write::{Brought, GoOn, NewEdit, Row, name, write_change};
use crate::study::{Change, Deed, EditId, Entity, EntityId, Kind};

/// After this long nothing more is taken into a transaction; what it holds has to reach the disk after that.
pub(super) const LASTS: Duration = Duration::from_millis(12);

/// So many rows are swept in one transaction.
const SWEPT: usize = 2000;

/// Names the edit whose rows are not all written. It is there only meanwhile.
const UNSETTLED: &str = "CREATE TABLE IF NOT EXISTS unsettled (seq INTEGER PRIMARY KEY) STRICT";

impl Store {
    /// Does something in one transaction.
    pub(super) fn in_transaction<T>(&mut self, act: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let begun = Instant::now();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction)?;
        transaction.commit()?;
        self.longest = self.longest.max(begun.elapsed());
        Ok(done)
    }

    /// How long the longest transaction has lasted that wrote something, for measurements.
    #[must_use]
    #[doc(hidden)]
    pub const fn longest_transaction(&self) -> Duration {
        self.longest
    }

    /// Has long acts written in transactions that take in nothing more after so long, for tests.
    #[doc(hidden)]
    pub const fn let_transactions_last(&mut self, lasts: Duration) {
        self.lasts = lasts;
    }

    /// Writes things one after the other, as many in a transaction as a short one takes; none ends between two that belong
    /// together. `told` hears how many are written, and answers whether to go on.
    fn in_pieces<T>(
        &mut self,
        things: &[T],
        together: impl Fn(&T, &T) -> bool,
        mut write: impl FnMut(&Transaction<'_>, &T) -> Result<(), StoreError>,
        told: &mut dyn FnMut(usize) -> bool,
    ) -> Result<(), StoreError> {
        let (mut rest, lasts) = (things, self.lasts);
        while !rest.is_empty() {
            rest = self.in_transaction(|transaction| {
                let begun = Instant::now();
                while let Some((thing, after)) = rest.split_first() {
                    write(transaction, thing)?;
                    rest = after;
                    if begun.elapsed() >= lasts && !after.first().is_some_and(|next| together(thing, next)) {
                        break;
                    }
                }
                Ok(rest)
            })?;
            if !told(things.len() - rest.len()) {
                return Err(StoreError::Cancelled);
            }
        }
        Ok(())
    }

    /// Writes edits of which the last is long, or brings others. Nothing of them counts before all of it does.
    pub(super) fn write_in_pieces(
        &mut self,
        brought: &[Brought],
        log: &[Row<'_>],
        edits: &[NewEdit<'_>],
        go_on: &mut GoOn<'_>,
    ) -> Result<(), StoreError> {
        let (Some((last, before)), Some(changes)) = (log.split_last(), edits.last().map(|edit| edit.changes)) else { return Ok(()) };
        let (done, of) = (brought.len(), brought.len() + changes.len());
        let codec = self.codec;
        let counts = self.stage(brought, log, last, &mut |done| go_on(done, of)).and_then(|marks| {
            self.in_transaction(|transaction| {
                for (row, edit) in before.iter().zip(edits) {
                    row.insert_whole(transaction, codec, edit.changes)?;
                }
                if brought.is_empty() {
                    last.insert(transaction, codec)?;
                } else {
                    last.count(transaction, codec)?;
                }
                marks.iter().chain([last]).try_for_each(|row| row.mark(transaction))?;
                transaction.execute_batch(UNSETTLED)?;
                transaction.execute("INSERT INTO unsettled (seq) VALUES (?1)", [last.seq.cast_signed()])?;
                Ok(())
            })
        });
        if let Err(error) = counts {
            // Its texts go too: they were stored for this alone.
            if let Err(error) = self.sweep_staged().and_then(|()| blobs::sweep(&self.connection).map(drop)) {
                tracing::warn!(%error, "what does not count is still there; it is swept before the next edit is written");
            }
            return Err(error);
        }
        let settled = self.settle(last.seq, changes.iter().collect(), &mut |settled| {
            go_on(done + settled, of);
            true
        });
        if let Err(error) = settled {
            tracing::warn!(%error, "the rows of an edit that counts are finished before the next one is written");
        }
        Ok(())
    }

    /// Writes the edits of a copy, and the row of the merge, which is the last of `log`, so that they do not count yet. Returns
    /// those that are to be noted at edits which do.
    fn stage<'b>(
        &mut self,
        brought: &'b [Brought],
        log: &[Row<'_>],
        merge: &Row<'_>,
        told: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Vec<Row<'b>>, StoreError> {
        if brought.is_empty() {
            return Ok(Vec::new());
        }
        let first = log.first().map_or(merge.seq, |row| row.seq) - brought.len() as u64;
        let rows = self.rows_of_brought(brought, first, merge.seq)?;
        let codec = self.codec;
        self.in_transaction(|transaction| merge.awaited().insert(transaction, codec))?;
        let with_blobs: Vec<_> = rows.iter().zip(brought).collect();
        let never = |_: &_, _: &_| false;
        let write = |transaction: &Transaction<'_>, (row, brought): &(&Row<'_>, &Brought)| {
            row.insert(transaction, codec)?;
            if row.of.is_some_and(|of| of >= first) {
                row.mark(transaction)?;
            }
            name(transaction, &brought.blobs, row.seq)
        };
        self.in_pieces(&with_blobs, never, write, told)?;
        Ok(rows.into_iter().filter(|row| row.of.is_some_and(|of| of < first)).collect())
    }

    /// The rows that edits of a copy have in the log, from `first` on.
    fn rows_of_brought<'b>(&mut self, brought: &'b [Brought], first: u64, by: u64) -> Result<Vec<Row<'b>>, StoreError> {
        let places: HashMap<EditId, u64> = brought.iter().map(|it| it.entry.summary.id).zip(first..).collect();
        let mut rows = Vec::with_capacity(brought.len());
        for (Brought { entry, .. }, seq) in brought.iter().zip(first..) {
            let summary = &entry.summary;
            let of = match entry.of {
                Some(of) => places.get(&of).copied().map_or_else(|| self.place_of(of), |seq| Ok(Some(seq)))?,
                None => None,
            };
            rows.push(Row {
                seq,
                id: summary.id,
                clock: entry.clock,
                coder: summary.coder,
                kind: summary.kind,
                label: &summary.label,
                of,
                group: summary.group,
                sources: summary.sources.clone(),
                changes: self.logged(&entry.changes)?,
                brought_by: Some(by),
            });
        }
        Ok(rows)
    }

    fn place_of(&self, edit: EditId) -> Result<Option<u64>, StoreError> {
        let mut find = self.connection.prepare_cached("SELECT seq FROM edit WHERE device = ?1 AND counter = ?2")?;
        let seq: Option<i64> =
            find.query_row(params![edit.device.0.as_bytes(), edit.counter.cast_signed()], |row| row.get(0)).optional()?;
        Ok(seq.map(i64::cast_unsigned))
    }

    /// Sweeps what does not count, and writes the rows that are lacking of what does: what an earlier act left that was stopped.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; what counts is what counted before.
    pub(super) fn finish(&mut self) -> Result<(), StoreError> {
        self.sweep_staged()?;
        if let Some(seq) = self.unsettled()? {
            let mut rows = Vec::new();
            rows::for_each(&self.connection, self.codec, |entity| rows.push(entity))?;
            let (_, changes) = self.settled(rows, seq)?;
            self.settle(seq, changes.iter().collect(), &mut |_| true)?;
        }
        Ok(())
    }

    /// Sweeps a merge that does not count, and the edits that it was to bring.
    fn sweep_staged(&mut self) -> Result<(), StoreError> {
        let staged = "SELECT seq FROM edit WHERE seq = (SELECT max(seq) FROM edit) AND brought_by = seq";
        let merge: Option<i64> = self.connection.prepare_cached(staged)?.query_row([], |row| row.get(0)).optional()?;
        let Some(merge) = merge else { return Ok(()) };
        // Nothing that counts refers to them, and to look for that would take SQLite longer than all the rest.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let swept = self.sweep_brought(merge);
        self.connection.pragma_update(None, "foreign_keys", true)?;
        // Texts that were theirs are swept when the file is opened: others may have been stored for the edit that comes now.
        swept
    }

    fn sweep_brought(&mut self, merge: i64) -> Result<(), StoreError> {
        let mut select = self.connection.prepare("SELECT seq FROM edit WHERE brought_by = ?1 AND seq < ?1 ORDER BY seq")?;
        let mut seqs: Vec<i64> = select.query_map([merge], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(select);
        // By it all others are known for what they are.
        seqs.push(merge);
        if let Some(first) = seqs.first().copied() {
            self.in_transaction(|transaction| Ok(transaction.execute("DELETE FROM named WHERE seq >= ?1", [first])?))?;
        }
        for some in seqs.chunks(SWEPT) {
            self.in_transaction(|transaction| {
                let mut delete = transaction.prepare_cached("DELETE FROM edit WHERE seq = ?1")?;
                some.iter().try_for_each(|seq| delete.execute([seq]).map(drop))?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The edit that counts and whose rows are not all written, if there is one.
    pub(super) fn unsettled(&self) -> Result<Option<u64>, StoreError> {
        let is_there = "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'unsettled'";
        if !self.connection.prepare_cached(is_there)?.query_row([], |row| row.get(0))? {
            return Ok(None);
        }
        let seq: Option<i64> = self.connection.query_row("SELECT seq FROM unsettled", [], |row| row.get(0)).optional()?;
        Ok(seq.map(i64::cast_unsigned))
    }

    /// The entities as an edit has made them, of which not all rows are written; and what it changed.
    pub(super) fn settled(&self, rows: Vec<Entity>, seq: u64) -> Result<(Vec<Entity>, Vec<Change>), StoreError> {
        let mut entities: BTreeMap<EntityId, Entity> = rows.into_iter().map(|entity| (entity.id(), entity)).collect();
        let mut changes = Vec::new();
        for logged in self.changes(seq)? {
            let id = logged.entity();
            let change = match &logged.deed {
                // Whether its row is written or not.
                Deed::Make(fields) => Change { before: None, after: Some(Entity::from_fields(id.kind, fields.clone())?) },
                Deed::Remove(fields) => Change { before: Some(Entity::from_fields(id.kind, fields.clone())?), after: None },
                Deed::Set(_) => logged.onto(entities.get(&id)).map_err(|error| StoreError::Value(error.to_string()))?,
            };
            match &change.after {
                Some(entity) => entities.insert(id, entity.clone()),
                None => entities.remove(&id),
            };
            changes.push(change);
        }
        Ok((entities.into_values().collect(), changes))
    }

    /// Writes the rows of what the edit `seq` changed: what others refer to before them, what is removed at the end.
    fn settle(&mut self, seq: u64, mut changes: Vec<&Change>, told: &mut dyn FnMut(usize) -> bool) -> Result<(), StoreError> {
        changes.sort_by_cached_key(|change| Step::of(change));
        let codec = self.codec;
        let write = |transaction: &Transaction<'_>, change: &&Change| write_change(transaction, codec, change, seq);
        self.in_pieces(&changes, |one, next| Step::of(one).is_one_with(&Step::of(next)), write, told)?;
        self.in_transaction(|transaction| Ok(transaction.execute_batch("DROP TABLE unsettled")?))
    }
}

/// When a row is written among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    removed: bool,
    /// The place of its kind, which is after those it refers to; of what is removed the other way round.
    place: i32,
    /// The source it belongs to.
    owner: Option<crate::study::SourceId>,
}

impl Step {
    fn of(change: &Change) -> Self {
        // A source and its revisions refer to one another.
        let kind = change.id().map_or(Kind::Project, |id| if id.kind == Kind::Revision { Kind::Source } else { id.kind });
        let removed = change.after.is_none();
        Self { removed, place: if removed { -(kind as i32) } else { kind as i32 }, owner: change.owner() }
    }

    /// Whether one transaction must write both: they may refer to one another.
    fn is_one_with(&self, next: &Self) -> bool {
        let same = (self.removed, self.place) == (next.removed, next.place);
        let of = |kind: Kind| self.place.abs() == kind as i32;
        same && (of(Kind::Theme) || of(Kind::Source) && self.owner == next.owner)
    }
}
