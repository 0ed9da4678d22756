//! Databases of other programs, read and never written.

use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::connection::log_beside;

/// The largest foreign database that is read, in bytes: 512 MB.
pub const MAX_FOREIGN_BYTES: u64 = 512 * 1024 * 1024;

/// How an SQLite file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The bytes of the header that every SQLite file has.
const HEADER: usize = 100;

/// Where the header says whether writers use a write-ahead log (2) or not (1). A database in memory cannot have one.
const LOGGED: std::ops::Range<usize> = 18..20;

/// How many rows are read before it is asked again whether to go on.
const ROWS_AT_ONCE: usize = 256;

/// Why a database of another program cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// It is no SQLite database.
    #[error("it is not an SQLite database")]
    NotADatabase,
    /// It is a database, but not as it was written.
    #[error("the database in it is damaged or cut off ({0})")]
    Damaged(String),
    /// It is larger than [`MAX_FOREIGN_BYTES`].
    #[error("it is larger than {} MB, the most that is read", MAX_FOREIGN_BYTES / 1024 / 1024)]
    TooLarge,
    /// The newest changes are not in it yet.
    #[error(
        "its newest changes still lie beside it in {}; open and close it once in the program that made it, then try again",
        .0.display()
    )]
    LogBeside(PathBuf),
    /// It changed while it was read.
    #[error("it was being written while it was read; close it in the program that made it, then try again")]
    Changing,
    /// Whoever asked for it no longer wants it.
    #[error("it was cancelled")]
    Cancelled,
    /// The file system.
    #[error("it cannot be read ({0})")]
    Io(std::io::Error),
}

/// A value in a foreign database. Columns there have no types that could be relied on.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ForeignValue {
    /// Nothing, or a column that this version of the database has not.
    #[default]
    Nothing,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words.
    Text(String),
    /// Bytes that are no words; they are not read.
    Bytes,
}

impl ForeignValue {
    /// The value in words; empty for nothing and for bytes.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Nothing | Self::Bytes => String::new(),
        }
    }

    /// The value as a whole number, also where it was written in words.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Real(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Real(_) | Self::Nothing | Self::Bytes => None,
        }
    }
}

/// The database of another program, held in memory: the file is not touched and nothing is left beside it.
///
/// Only tables are read, by name. Views, triggers, generated columns and virtual tables, which would run what somebody else wrote,
/// are not there for whoever asks.
pub struct Foreign<'a> {
    connection: Connection,
    /// The columns of each table, both by their names in lower case.
    tables: HashMap<String, HashMap<String, String>>,
    /// The size of the file in bytes; no table holds more rows, nor more bytes of text.
    len: u64,
    go_on: &'a dyn Fn() -> bool,
}

impl<'a> Foreign<'a> {
    /// Reads the database at `path`. `go_on` is asked now and then whether it is still wanted.
    ///
    /// # Errors
    /// [`ForeignError`] when it is none, damaged, too large or just being written.
    pub fn open(path: &Path, go_on: &'a dyn Fn() -> bool) -> Result<Self, ForeignError> {
        if let Some(log) = log_beside(path) {
            return Err(ForeignError::LogBeside(log));
        }
        let file = File::open(path).map_err(ForeignError::Io)?;
        let state = |file: &File| file.metadata().and_then(|about| Ok((about.len(), about.modified()?)));
        let before = state(&file).map_err(ForeignError::Io)?;
        let foreign = Self::read(&file, before.0, go_on)?;
        if state(&file).map_err(ForeignError::Io)? != before {
            return Err(ForeignError::Changing);
        }
        Ok(foreign)
    }

    /// Reads a database of `len` bytes from wherever it comes.
    ///
    /// # Errors
    /// [`ForeignError`] when it is none, damaged or too large.
    pub fn read(mut from: impl Read, len: u64, go_on: &'a dyn Fn() -> bool) -> Result<Self, ForeignError> {
        if len > MAX_FOREIGN_BYTES {
            return Err(ForeignError::TooLarge);
        }
        let mut header = [0; HEADER];
        from.read_exact(&mut header).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => ForeignError::NotADatabase,
            _ => ForeignError::Io(error),
        })?;
        if !header.starts_with(MAGIC) {
            return Err(ForeignError::NotADatabase);
        }
        let stated = size(&header);
        if stated > len {
            return Err(ForeignError::Damaged(format!("{len} of its {stated} bytes are there")));
        }
        header.get_mut(LOGGED).unwrap_or_default().fill(1);
        let mut connection = Connection::open_in_memory_with_flags(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let size = usize::try_from(len).map_err(|_| ForeignError::TooLarge)?;
        connection.deserialize_read_exact("main", header.chain(from), size, true)?;
        distrust(&connection)?;
        let tables = tables(&connection)?;
        Ok(Self { connection, tables, len, go_on })
    }

    /// Whether there is a table of this name.
    #[must_use]
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(&table.to_lowercase())
    }

    /// Gives `each` the values of these columns for every row of a table, in the order of its row ids. Nothing is given where there
    /// is no such table, and [`ForeignValue::Nothing`] where there is no such column.
    ///
    /// # Errors
    /// [`ForeignError::Damaged`] when the rows cannot be read to their end, [`ForeignError::Cancelled`].
    pub fn rows<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        mut each: impl FnMut([ForeignValue; N]),
    ) -> Result<(), ForeignError> {
        let Some(known) = self.tables.get(&table.to_lowercase()) else { return Ok(()) };
        let named = columns.map(|column| known.get(&column.to_lowercase()).map_or_else(|| "NULL".to_owned(), |name| quoted(name)));
        // Something is always asked for, so that rows can be counted.
        let asked: String = named.iter().flat_map(|column| [", ", column]).collect();
        let mut statement = self.connection.prepare(&format!("SELECT 1{asked} FROM {} NOT INDEXED", quoted(table)))?;
        let mut rows = statement.query([])?;
        let (mut count, mut bytes) = (0usize, 0u64);
        while let Some(row) = rows.next()? {
            if count.is_multiple_of(ROWS_AT_ONCE) && !(self.go_on)() {
                return Err(ForeignError::Cancelled);
            }
            let mut values = [const { ForeignValue::Nothing }; N];
            for (at, value) in values.iter_mut().enumerate() {
                *value = match row.get_ref(at + 1)? {
                    ValueRef::Null => ForeignValue::Nothing,
                    ValueRef::Integer(number) => ForeignValue::Integer(number),
                    ValueRef::Real(number) => ForeignValue::Real(number),
                    ValueRef::Text(text) => {
                        bytes += text.len() as u64;
                        std::str::from_utf8(text).map_or(ForeignValue::Bytes, |text| ForeignValue::Text(text.to_owned()))
                    }
                    ValueRef::Blob(blob) => {
                        bytes += blob.len() as u64;
                        ForeignValue::Bytes
                    }
                };
            }
            count += 1;
            // A page that is listed twice would be read again and again. Text in UTF-16 grows by half when it becomes UTF-8.
            if count as u64 > self.len || bytes > self.len.saturating_mul(2) {
                return Err(ForeignError::Damaged("it holds more than its size".to_owned()));
            }
            each(values);
        }
        Ok(())
    }
}

/// The size in bytes that a header states; nothing where a version of SQLite wrote it that did not keep it.
fn size(header: &[u8; HEADER]) -> u64 {
    let number =
        |at: usize, len: usize| header.get(at..at + len).unwrap_or_default().iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    let (page, pages) = (number(16, 2), number(28, 4));
    let is_kept = number(24, 4) == number(92, 4);
    // The largest page has a size of 65,536, which two bytes cannot say.
    if is_kept { pages * if page == 1 { 65_536 } else { page } } else { 0 }
}

/// Lets nothing run that the file brings with it.
fn distrust(connection: &Connection) -> Result<(), ForeignError> {
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(())
}

/// The tables of a database with their columns.
fn tables(connection: &Connection) -> Result<HashMap<String, HashMap<String, String>>, ForeignError> {
    let mut tables = HashMap::new();
    let mut list = connection.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")?;
    let mut columns = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let mut names = list.query([])?;
    while let Some(name) = names.next()? {
        let name: String = name.get(0)?;
        let mut known = HashMap::new();
        let mut found = columns.query([&name])?;
        while let Some(column) = found.next()? {
            let column: String = column.get(0)?;
            known.insert(column.to_lowercase(), column);
        }
        tables.insert(name.to_lowercase(), known);
    }
    Ok(tables)
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl From<rusqlite::Error> for ForeignError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            _ => Self::Damaged(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(sql: &str) -> Vec<u8> {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(sql).unwrap();
        connection.serialize("main").unwrap().to_vec()
    }

    fn read(bytes: &[u8]) -> Result<Foreign<'static>, ForeignError> {
        Foreign::read(bytes, bytes.len() as u64, &|| true)
    }

    #[test]
    fn rows_come_in_order_with_nothing_for_what_is_not_there() {
        let bytes = base("CREATE TABLE \"a \"\"b\" (Name, n); INSERT INTO \"a \"\"b\" VALUES ('x', 1), ('y', 2.5), (x'00', NULL)");
        let foreign = read(&bytes).unwrap();
        let mut rows = Vec::new();
        foreign.rows("A \"B", ["name", "N", "missing"], |row| rows.push(row)).unwrap();
        let nothing = ForeignValue::Nothing;
        assert_eq!(rows[0], [ForeignValue::Text("x".into()), ForeignValue::Integer(1), nothing.clone()]);
        assert_eq!(rows[1], [ForeignValue::Text("y".into()), ForeignValue::Real(2.5), nothing.clone()]);
        assert_eq!(rows[2], [ForeignValue::Bytes, nothing.clone(), nothing]);
        let mut count = 0;
        foreign.rows("a \"b", [], |[]| count += 1).unwrap();
        foreign.rows("c", [], |[]| count += 100).unwrap();
        assert_eq!(count, 3);
        assert!(foreign.has("A \"b") && !foreign.has("c") && !foreign.has("sqlite_sequence"));
    }

    #[test]
    fn values_are_read_whatever_their_type() {
        let numbers = [ForeignValue::Integer(3), ForeignValue::Real(3.0), ForeignValue::Text(" 3 ".into())];
        assert!(numbers.iter().all(|number| number.integer() == Some(3)));
        let others = [ForeignValue::Real(3.5), ForeignValue::Real(f64::INFINITY), ForeignValue::Text("three".into()), ForeignValue::Bytes];
        assert!(others.iter().all(|other| other.integer().is_none()));
        assert_eq!((ForeignValue::Integer(3).text(), ForeignValue::Nothing.text()), ("3".to_owned(), String::new()));
    }

    #[test]
    fn a_file_that_is_cut_off_is_not_read() {
        let bytes = base("CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(9000))");
        assert!(matches!(read(&bytes[..bytes.len() - 4096]), Err(ForeignError::Damaged(_))));
        assert!(matches!(read(&bytes[..99]), Err(ForeignError::NotADatabase)));
        assert!(matches!(read(b""), Err(ForeignError::NotADatabase)));
        assert!(matches!(Foreign::read(&bytes[..], MAX_FOREIGN_BYTES + 1, &|| true), Err(ForeignError::TooLarge)));
    }

    #[test]
    fn a_page_that_is_listed_again_and_again_ends_the_reading() {
        let rows =
            "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) INSERT INTO a SELECT i, 'words' FROM n";
        let mut bytes = base(&format!("CREATE TABLE a (b integer primary key, c); {rows}"));
        // The table's own page lists pages of rows; now it lists the first of them every time.
        let page = 4096;
        let cells = usize::from(u16::from_be_bytes([bytes[page + 3], bytes[page + 4]]));
        let cell = |at: usize, bytes: &[u8]| page + usize::from(u16::from_be_bytes([bytes[page + 12 + 2 * at], bytes[page + 13 + 2 * at]]));
        let first: [u8; 4] = bytes[cell(0, &bytes)..][..4].try_into().unwrap();
        for at in 1..cells {
            let at = cell(at, &bytes);
            bytes[at..at + 4].copy_from_slice(&first);
        }
        let foreign = read(&bytes).unwrap();
        let mut count = 0_u64;
        drop(foreign.rows("a", ["c"], |_| count += 1));
        assert!(count <= bytes.len() as u64, "{count}");
    }
}
