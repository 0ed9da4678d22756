use std::collections::{BTreeSet, HashMap};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params, params_from_iter};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::connection::Store;
use super::error::StoreError;
use super::write::Elsewhere;
use crate::study::{CoderId, DeviceId, EditId, HybridTime, LoggedChange, SourceId, Touched};
use crate::text::BlobId;

/// What sort of edit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Makes the project or a coder, or loads what a project begins with; it cannot be undone.
    Setup,
    /// Something somebody did.
    Act,
    /// Takes an act back.
    Undo,
    /// Brings an act back.
    Redo,
    /// The act that brought the edits of a copy. What it changes is what those edits come to here.
    Merge,
}

impl EditKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Act => "act",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Merge => "merge",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Setup, Self::Act, Self::Undo, Self::Redo, Self::Merge].into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is something somebody did, that can be taken back.
    #[must_use]
    pub const fn is_act(self) -> bool {
        matches!(self, Self::Act | Self::Merge)
    }
}

/// An edit as the history shows it, without what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditSummary {
    /// Its place in this file, from 1.
    pub seq: u64,
    /// Its identity in every copy.
    pub id: EditId,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// Who.
    pub coder: CoderId,
    /// What sort.
    pub kind: EditKind,
    /// What, in words.
    pub label: String,
    /// Whether it has been taken back.
    pub undone: bool,
    /// Edits in a row with one number are undone together.
    pub group: Option<u64>,
    /// How many entities it changed.
    pub changes: usize,
    /// The sources it touches.
    pub sources: Vec<SourceId>,
    /// The edit it takes back or brings back.
    pub of: Option<u64>,
    /// The merge with which it came from a copy. It has no effect but by that one, and is taken back with it.
    pub brought_by: Option<u64>,
}

impl EditSummary {
    /// Whether it is an act of this file's that can still be taken back.
    #[must_use]
    pub fn is_live_act(&self) -> bool {
        self.kind.is_act() && !self.undone && self.brought_by.is_none()
    }
}

/// An edit as it stands in the log, with all that another log needs to know of it.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Who, when, what.
    pub summary: EditSummary,
    /// When, in the order of all devices.
    pub clock: HybridTime,
    /// The edit it takes back or brings back, by its identity.
    pub of: Option<EditId>,
    /// What it changed.
    pub changes: Vec<LoggedChange>,
}

const COLUMNS: &str =
    "seq, device, counter, clock, coder, kind, label, undone_by, repeats, change_count, sources, coalesce(undoes, redoes), brought_by";
/// Which edits count: not a merge that is being written, and what it brings. It is the last of all then, and brought by itself.
const COUNTS: &str = "ifnull(brought_by, 0) <> ifnull((SELECT brought_by FROM edit ORDER BY seq DESC LIMIT 1), -1)";
/// Which edits are acts of this file's own.
const OWN_ACT: &str = "kind IN ('act', 'merge') AND brought_by IS NULL";

impl Store {
    /// The newest edits before `before` (all for `None`), newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn edits(&self, before: Option<u64>, limit: usize) -> Result<Vec<EditSummary>, StoreError> {
        let before = before.map_or(i64::MAX, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.select_edits("seq < ?1 ORDER BY seq DESC LIMIT ?2", params![before, limit])
    }

    /// One edit.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn edit(&self, seq: u64) -> Result<Option<EditSummary>, StoreError> {
        Ok(self.select_edits("seq = ?1", params![seq.cast_signed()])?.pop())
    }

    /// The newest act of `coder` on any of `devices` that has not been taken back.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn next_undo(&self, devices: &[DeviceId], coder: CoderId) -> Result<Option<EditSummary>, StoreError> {
        let newest = format!("device = ?1 AND {OWN_ACT} AND undone_by IS NULL AND coder = ?2 ORDER BY seq DESC LIMIT 1");
        Self::newest(devices, |device| self.select_edits(&newest, params![device.0.as_bytes(), coder.0.as_bytes()]))
    }

    /// The act of `coder` on any of `devices` taken back last, if nothing was done since.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn next_redo(&self, devices: &[DeviceId], coder: CoderId) -> Result<Option<EditSummary>, StoreError> {
        // From the end back to the newest act and no further: a project has thousands of edits, and this is asked after each.
        let newest = format!("+device = ?1 AND {OWN_ACT} AND coder = ?2 ORDER BY seq DESC LIMIT 1");
        let newest = Self::newest(devices, |device| self.select_edits(&newest, params![device.0.as_bytes(), coder.0.as_bytes()]))?;
        let newest = newest.map_or(0, |edit| edit.seq.cast_signed());
        let marks = vec!["?"; devices.len()].join(", ");
        let taken_back = format!(
            "coder = ?1 AND {OWN_ACT} AND undone_by > ?2 AND seq IN (SELECT undoes FROM edit WHERE seq > ?2) AND device IN ({marks}) \
             AND seq NOT IN (SELECT redoes FROM edit WHERE seq > ?2 AND kind = 'act' AND redoes IS NOT NULL) \
             ORDER BY undone_by DESC LIMIT 1"
        );
        let mut values = vec![Value::Blob(coder.0.as_bytes().to_vec()), Value::Integer(newest)];
        values.extend(devices.iter().map(|device| Value::Blob(device.0.as_bytes().to_vec())));
        Ok(self.select_edits(&taken_back, params_from_iter(values))?.pop())
    }

    /// The newest of what `find` finds for each device.
    fn newest(
        devices: &[DeviceId],
        find: impl Fn(DeviceId) -> Result<Vec<EditSummary>, StoreError>,
    ) -> Result<Option<EditSummary>, StoreError> {
        let mut found = Vec::new();
        for device in devices {
            found.extend(find(*device)?);
        }
        Ok(found.into_iter().max_by_key(|edit| edit.seq))
    }

    /// Later live acts that touch what edit `seq` touched, or need what it made; oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn dependants(&self, seq: u64) -> Result<Vec<EditSummary>, StoreError> {
        let mut later: BTreeSet<i64> = BTreeSet::new();
        let mut select = self.connection.prepare_cached("SELECT seq FROM touched WHERE entity = ?1 AND seq > ?2")?;
        for change in self.changes(seq)? {
            let mut rows = select.query(params![change.id.as_bytes(), seq.cast_signed()])?;
            while let Some(row) = rows.next()? {
                later.insert(row.get(0)?);
            }
        }
        let mut found = Vec::with_capacity(later.len());
        for seq in later {
            found.extend(self.edit(seq.cast_unsigned())?.filter(EditSummary::is_live_act));
        }
        Ok(found)
    }

    /// The places of the edits that touched one of these.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn edits_on(&self, entities: impl IntoIterator<Item = Uuid>) -> Result<BTreeSet<u64>, StoreError> {
        let mut select = self.connection.prepare_cached("SELECT seq FROM touched WHERE entity = ?1 AND needs = 0")?;
        let mut found = BTreeSet::new();
        for entity in entities {
            let mut rows = select.query([entity.as_bytes()])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get::<_, i64>(0)?.cast_unsigned());
            }
        }
        Ok(found)
    }

    /// What an edit changed.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn changes(&self, seq: u64) -> Result<Vec<LoggedChange>, StoreError> {
        self.read_changes(seq)
    }

    /// What an edit was about, without what it changed.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn touched(&self, seq: u64) -> Result<Vec<Touched>, StoreError> {
        self.read_changes(seq)
    }

    /// The whole log with what each edit changed, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn entries(&self) -> Result<Vec<LogEntry>, StoreError> {
        // All of one moment: the owner of a copy may be editing it.
        let moment = self.connection.unchecked_transaction()?;
        let mut edits = self.edits(None, usize::MAX)?;
        edits.reverse();
        let ids: HashMap<u64, EditId> = edits.iter().map(|edit| (edit.seq, edit.id)).collect();
        let mut select = self.connection.prepare_cached("SELECT clock FROM edit WHERE seq = ?1")?;
        let mut entries = Vec::with_capacity(edits.len());
        for summary in edits {
            let clock: i64 = select.query_row([summary.seq.cast_signed()], |row| row.get(0))?;
            let of = summary.of.and_then(|of| ids.get(&of).copied());
            let changes = self.changes(summary.seq)?;
            entries.push(LogEntry { summary, clock: HybridTime(clock.cast_unsigned()), of, changes });
        }
        moment.finish()?;
        Ok(entries)
    }

    /// The blobs that edits name, by the place of the edit.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub fn named_blobs(&self) -> Result<HashMap<u64, Vec<BlobId>>, StoreError> {
        let mut select = self.connection.prepare_cached("SELECT seq, blob FROM named ORDER BY blob")?;
        let mut rows = select.query([])?;
        let mut named: HashMap<u64, Vec<BlobId>> = HashMap::new();
        while let Some(row) = rows.next()? {
            named.entry(row.get::<_, i64>(0)?.cast_unsigned()).or_default().push(BlobId(row.get(1)?));
        }
        Ok(named)
    }

    fn read_changes<T: DeserializeOwned>(&self, seq: u64) -> Result<Vec<T>, StoreError> {
        let mut select = self.connection.prepare_cached("SELECT changes FROM edit WHERE seq = ?1")?;
        let mut rows = select.query([seq.cast_signed()])?;
        let Some(row) = rows.next()? else { return Ok(Vec::new()) };
        let text = self.codec.read_text(row.get_ref(0)?)?;
        // Very many changes lie in a blob.
        if text.starts_with('{') {
            let Elsewhere { blob } = serde_json::from_str(&text)?;
            return Ok(serde_json::from_slice(&self.blob(blob)?)?);
        }
        Ok(serde_json::from_str(&text)?)
    }

    /// Place of the newest edit; 0 when there is none.
    pub(super) fn last_seq(&self) -> Result<u64, StoreError> {
        let seq: Option<i64> = self.connection.prepare_cached("SELECT max(seq) FROM edit")?.query_row([], |row| row.get(0))?;
        Ok(seq.unwrap_or(0).cast_unsigned())
    }

    /// The latest time on the hybrid clock, and how many edits `device` has made.
    pub fn clock(&self, device: DeviceId) -> Result<(HybridTime, u64), StoreError> {
        let mut newest = self.connection.prepare_cached("SELECT clock FROM edit ORDER BY seq DESC LIMIT 1")?;
        let clock: Option<i64> = newest.query_row([], |row| row.get(0)).optional()?;
        let mut count = self.connection.prepare_cached("SELECT max(counter) FROM edit WHERE device = ?1")?;
        let counter: Option<i64> = count.query_row([device.0.as_bytes()], |row| row.get(0))?;
        Ok((HybridTime(clock.unwrap_or(0).cast_unsigned()), counter.unwrap_or(0).cast_unsigned()))
    }

    fn select_edits(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<EditSummary>, StoreError> {
        let mut select = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM edit WHERE {COUNTS} AND {condition}"))?;
        let mut rows = select.query(values)?;
        let mut edits = Vec::new();
        while let Some(row) = rows.next()? {
            edits.push(self.summary(row)?);
        }
        Ok(edits)
    }

    fn summary(&self, row: &Row<'_>) -> Result<EditSummary, StoreError> {
        let id = |bytes: Vec<u8>| Uuid::from_slice(&bytes).map_err(|_| StoreError::Value("an identity is not 16 bytes long".to_owned()));
        let kind: String = row.get(5)?;
        let group: Option<i64> = row.get(8)?;
        let of: Option<i64> = row.get(11)?;
        let sources: Vec<u8> = row.get(10)?;
        let brought_by: Option<i64> = row.get(12)?;
        Ok(EditSummary {
            seq: row.get::<_, i64>(0)?.cast_unsigned(),
            id: EditId { device: DeviceId(id(row.get(1)?)?), counter: row.get::<_, i64>(2)?.cast_unsigned() },
            time: HybridTime(row.get::<_, i64>(3)?.cast_unsigned()).millis(),
            coder: CoderId(id(row.get(4)?)?),
            kind: EditKind::named(&kind).ok_or_else(|| StoreError::Value(format!("an edit is of the unknown kind {kind}")))?,
            label: self.codec.read_text(row.get_ref(6)?)?,
            undone: row.get::<_, Option<i64>>(7)?.is_some(),
            group: group.map(i64::cast_unsigned),
            changes: usize::try_from(row.get::<_, i64>(9)?).unwrap_or(0),
            sources: sources.chunks_exact(16).filter_map(|bytes| Uuid::from_slice(bytes).ok().map(SourceId)).collect(),
            of: of.map(i64::cast_unsigned),
            brought_by: brought_by.map(i64::cast_unsigned),
        })
    }
}
