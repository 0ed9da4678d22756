use std::sync::Arc;

use super::sheet::{ImportSheet, Weight};
use crate::exchange::import::{Frame, read_bytes};
use crate::study::Study;

fn sheet(files: &[(&str, &str)]) -> ImportSheet {
    let mut sheet = ImportSheet::new(Vec::new());
    let read = files.iter().map(|(name, text)| {
        let draft = read_bytes(name, text.as_bytes(), &Frame::default()).map_err(|error| error.to_string());
        ((*name).to_owned(), draft)
    });
    sheet.arrived(read.collect(), &Study::default());
    sheet.note(&Arc::default());
    sheet
}

fn says(sheet: &ImportSheet, row: usize) -> Vec<&str> {
    sheet.rows[row].notes.iter().filter(|note| note.weight == Weight::Stops).map(|note| note.sentence.as_str()).collect()
}

#[test]
fn files_that_cannot_be_read_stand_there_with_their_sentence() {
    let sheet = sheet(&[("a.txt", "I: Hello?\n\nR: Hello.\n"), ("b.txt", ""), ("c.pdf", "%PDF")]);
    assert_eq!(sheet.wanted().count(), 1);
    assert_eq!(sheet.stopped(), 0, "what is left out stops nothing");
    assert!(says(&sheet, 1)[0].contains("empty"));
    assert!(says(&sheet, 2)[0].contains("c.pdf"));
}

#[test]
fn the_same_bytes_twice_are_left_out_and_the_same_id_twice_stops_the_import() {
    let mut sheet = sheet(&[("a.txt", "R: One.\n"), ("copy.txt", "R: One.\n"), ("b.txt", "R: Two.\n")]);
    assert!(!sheet.rows[1].wanted);
    assert!(says(&sheet, 1)[0].contains("a.txt"));
    super::files::set(&mut sheet, 2, super::files::ID, "A");
    sheet.note(&Arc::default());
    assert_eq!(sheet.stopped(), 2);
    assert!(says(&sheet, 0)[0].contains("has the id"));
    sheet.toggle(2);
    sheet.note(&Arc::default());
    assert_eq!(sheet.stopped(), 0);
}
