//! Everything that reads what comes from elsewhere, by name. The fuzzer runs them, and so does the test that replays what was found.

use themata::exchange::import::{Frame, IdTable, quotations_in, read_bytes};
use themata::exchange::refi::{qualcoder, taguette};
use themata::query;

/// A parser. What it finds is dropped: it must come back, soon, without a panic.
type Parser = fn(&[u8]);

/// The parsers by their names, which are those of the targets and of the folders of `tests/fixtures/corpus`.
pub const PARSERS: &[(&str, Parser)] = &[
    ("docx", |bytes| drop(read_bytes("a.docx", bytes, &Frame::default()))),
    ("markdown", |bytes| drop(read_bytes("a.md", bytes, &Frame::default()))),
    ("plain", |bytes| drop(read_bytes("a.txt", bytes, &Frame::default()))),
    ("qualcoder", |bytes| drop(qualcoder::read_bytes("a.qda", bytes))),
    ("query", |bytes| drop(query::parse(&String::from_utf8_lossy(bytes)))),
    ("quotations", |bytes| drop(quotations_in("a.md", bytes))),
    ("table", |bytes| drop(IdTable::parse(&String::from_utf8_lossy(bytes)))),
    ("taguette", |bytes| drop(taguette::read_bytes("a.sqlite3", bytes))),
];

/// Gives `bytes` to the parser of this name; nothing happens where there is none.
pub fn read(name: &str, bytes: &[u8]) {
    if let Some((_, parser)) = PARSERS.iter().find(|(known, _)| *known == name) {
        parser(bytes);
    }
}
