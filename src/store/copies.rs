use rusqlite::{Connection, params};
use uuid::Uuid;

use super::codec::Codec;
use super::connection::Store;
use super::error::StoreError;
use crate::study::{CoderId, DeviceId};

/// Whom a copy of a project was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTo {
    /// The coder, who edits it wherever it is opened.
    pub coder: CoderId,
    /// The coder's name.
    pub name: String,
    /// Two or three letters for chips.
    pub initials: String,
    /// Whether the coder is to see only own work.
    pub blind: bool,
}

impl Store {
    /// Whom this copy was given to; `None` when it is the project itself, or a copy made for nobody.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn given_to(&self) -> Result<Option<GivenTo>, StoreError> {
        let sql = "SELECT coder, name, initials, blind FROM copy WHERE coder IS NOT NULL ORDER BY place DESC LIMIT 1";
        let mut select = self.connection.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(GivenTo {
            coder: CoderId(Uuid::from_bytes(row.get(0)?)),
            name: self.codec.read_text(row.get_ref(1)?)?,
            initials: self.codec.read_text(row.get_ref(2)?)?,
            blind: row.get(3)?,
        }))
    }

    /// What `machine` is called in the edits of this file: one name since each time the file was copied, the present one
    /// first. Two copies that are edited on one machine have nothing but this to tell their edits apart.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub fn devices(&self, machine: DeviceId) -> Result<Vec<DeviceId>, StoreError> {
        let mut select = self.connection.prepare_cached("SELECT mark FROM copy ORDER BY place DESC")?;
        let marks = select.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        let mut devices: Vec<DeviceId> =
            marks.map(|mark| Ok(DeviceId::derived(&[&mark?, machine.0.as_bytes()]))).collect::<Result<_, rusqlite::Error>>()?;
        devices.push(machine);
        Ok(devices)
    }

    /// Writes into this copy whom it is given to.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn give(&mut self, to: &GivenTo) -> Result<(), StoreError> {
        self.writable()?;
        mark(&self.connection, self.codec, Some(to))
    }
}

/// Makes of a file a copy that differs from all others.
pub(super) fn mark(connection: &Connection, codec: Codec, given: Option<&GivenTo>) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO copy (mark, coder, name, initials, blind) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            Uuid::now_v7().as_bytes(),
            given.map(|to| *to.coder.0.as_bytes()),
            given.map(|to| codec.text(&to.name)),
            given.map(|to| codec.text(&to.initials)),
            given.is_some_and(|to| to.blind),
        ],
    )?;
    Ok(())
}
