use super::blobs;
use super::connection::Store;
use super::error::StoreError;
use crate::text::BlobId;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, in a sentence.
    pub what: String,
    /// Whether it has been put right.
    pub repaired: bool,
}

impl Finding {
    /// Something that could not be put right here.
    #[must_use]
    pub fn open(what: impl Into<String>) -> Self {
        Self { what: what.into(), repaired: false }
    }
}

impl Store {
    /// Looks through the whole file: SQLite's own check, references between rows, and every blob against its name.
    /// With `repair`, blobs that nothing names are removed; a reader does not mind them.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read at all.
    pub fn check(&self, repair: bool) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        let mut select = self.connection.prepare("PRAGMA integrity_check(20)")?;
        for line in select.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                findings.push(Finding::open(format!("SQLite finds: {line}")));
            }
        }
        let mut select = self.connection.prepare("PRAGMA foreign_key_check")?;
        for table in select.query_map([], |row| row.get::<_, String>(0))? {
            findings.push(Finding::open(format!("A row of “{}” refers to something that is not there.", table?)));
        }
        let mut select = self.connection.prepare("SELECT id FROM blob")?;
        let ids: Vec<[u8; 32]> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for id in ids.into_iter().map(BlobId) {
            match blobs::read(&self.connection, self.codec, id) {
                Ok(bytes) if BlobId::of(&bytes) == id => {}
                Ok(_) => findings.push(Finding::open(format!("The text {id} is damaged: it does not match its name."))),
                Err(error) => findings.push(Finding::open(format!("A text cannot be read: {error}."))),
            }
        }
        if self.unsettled()?.is_some() && self.writable().is_ok() {
            findings.push(Finding::open("Not all rows of the newest edit are written; they are before the next one."));
        }
        let loose: i64 =
            self.connection.query_row("SELECT count(*) FROM blob WHERE id NOT IN (SELECT blob FROM named)", [], |row| row.get(0))?;
        // Who only reads may be looking while another process imports, and what a killed one left goes when the next writer opens.
        if loose > 0 && self.writable().is_ok() {
            if repair {
                blobs::sweep(&self.connection)?;
            }
            findings.push(Finding { what: format!("{loose} texts of an import that was not finished."), repaired: repair });
        }
        Ok(findings)
    }
}
