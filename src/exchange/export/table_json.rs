//! A table as JSON: the note, and an object a row.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::about::About;
use super::course::{GoOn, ROWS};
use super::table::Table;
use super::write::ExportError;

/// The file: what the table is, and its rows. Keys of a row are the names of the columns; numbers are numbers, and what is blank is
/// `null`.
#[derive(Serialize)]
struct File<'a> {
    about: &'a [String],
    columns: &'a [String],
    rows: Vec<Map<String, Value>>,
}

/// The bytes of the file.
///
/// # Errors
/// [`ExportError::Cancelled`] when `go_on` said so.
pub(super) fn table_json(table: &Table, about: &About, go_on: GoOn<'_>) -> Result<Vec<u8>, ExportError> {
    let columns = keys(&table.header);
    let mut rows = Vec::with_capacity(table.rows.len());
    for (done, row) in table.rows.iter().enumerate() {
        if done % ROWS == 0 && !go_on(done, table.rows.len()) {
            return Err(ExportError::Cancelled);
        }
        let cells = columns.iter().cloned().zip(row).enumerate();
        rows.push(cells.map(|(column, (key, cell))| (key, value(table, column, cell))).collect());
    }
    let mut bytes = serde_json::to_vec_pretty(&File { about: about.lines(), columns: &columns, rows })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The names of the columns, each once: another of the same name gets a number, or its cells would be lost.
fn keys(header: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let key = |name: &String| {
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|key| !taken.contains(key)).unwrap_or_default();
        taken.insert(free.clone());
        free
    };
    header.iter().map(key).collect()
}

fn value(table: &Table, column: usize, cell: &str) -> Value {
    if cell.is_empty() {
        return Value::Null;
    }
    let Some(number) = table.number(column, cell) else { return Value::from(cell) };
    // A whole number stays one.
    cell.parse::<i64>().map_or_else(|_| Value::from(number), Value::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::analysis::matrix::Filter;
    use crate::analysis::testing::Builder;
    use crate::exchange::export::to_the_end;

    #[test]
    fn numbers_are_numbers_blanks_are_null_and_no_column_is_lost() {
        let header = ["id", "n", "share", "id"].map(str::to_owned).to_vec();
        let rows = [["7", "12", "0.2500", "=x"], ["", "", "–", "1"]].map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let table = Table::new(header, rows).counting(|_, name| name != "id");
        let about = About::new(&Builder::new().study(), "A table.", &Filter::default(), 0);
        let bytes = table_json(&table, &about, &mut to_the_end).unwrap();
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(read["about"][0], "A table.");
        assert_eq!(read["columns"], json!(["id", "n", "share", "id (2)"]));
        let rows = json!([{"id": "7", "n": 12, "share": 0.25, "id (2)": "=x"}, {"id": null, "n": null, "share": "–", "id (2)": "1"}]);
        assert_eq!(read["rows"], rows);
        assert!(matches!(table_json(&table, &about, &mut |_, _| false), Err(ExportError::Cancelled)));
    }
}
