use std::path::PathBuf;
use std::sync::Arc;

use super::habits::Habits;
use super::notes::Weight;
use super::sheet::ImportSheet;
use crate::exchange::import::{Frame, read_bytes};
use crate::study::Study;

fn sheet(files: &[(&str, &str)]) -> ImportSheet {
    let mut sheet = ImportSheet::new(Vec::new());
    let read = files.iter().map(|(name, text)| {
        let file_name = name.rsplit('/').next().unwrap_or_default();
        let draft = read_bytes(file_name, text.as_bytes(), &Frame::default()).map_err(|error| error.to_string());
        (PathBuf::from(*name), draft)
    });
    sheet.arrived(read.collect(), &Study::default(), &Habits::default());
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
    super::files::write(&mut sheet, &[(2, super::files::ID, "A".to_owned())], "Written:");
    sheet.note(&Arc::default());
    assert_eq!(sheet.stopped(), 2);
    sheet.go_to_stopped();
    assert_eq!(sheet.current(), Some(2));
    sheet.go_to_stopped();
    assert_eq!(sheet.current(), Some(0));
    assert!(says(&sheet, 0)[0].contains("has the id"));
    sheet.toggle(2);
    sheet.note(&Arc::default());
    assert_eq!(sheet.stopped(), 0);
}

#[test]
fn two_files_of_one_name_want_two_ids() {
    let mut sheet = sheet(&[("monday/talk.txt", "R: One.\n"), ("friday/talk.txt", "R: Two.\n"), ("monday/talk.txt", "R: One.\n")]);
    assert_eq!((sheet.rows.len(), sheet.wanted().count(), sheet.stopped()), (3, 2, 2));
    assert!(says(&sheet, 2)[0].contains("The same file"));
    super::files::write(&mut sheet, &[(1, super::files::ID, "talk-friday".to_owned())], "Written:");
    sheet.note(&Arc::default());
    assert_eq!(sheet.stopped(), 0);
}

#[test]
fn a_file_that_has_changed_takes_its_row_again() {
    let mut sheet = sheet(&[("a.txt", "R: One.\n"), ("b.txt", "R: Two.\n")]);
    let now = read_bytes("a.txt", b"R: One and a half.\n", &Frame::default()).map_err(|error| error.to_string());
    sheet.arrived(vec![(PathBuf::from("a.txt"), now)], &Study::default(), &Habits::default());
    sheet.note(&Arc::default());
    assert_eq!((sheet.rows.len(), sheet.wanted().count(), sheet.stopped()), (2, 2, 0));
    assert_eq!(sheet.draft(0).unwrap().text, "R: One and a half.\n");
}

#[test]
fn what_was_written_leaves_the_sheet() {
    let mut sheet = sheet(&[("a.txt", "R: One.\n"), ("b.txt", "R: Two.\n"), ("c.txt", "R: Three.\n")]);
    let first: Vec<_> = sheet.wanted().take(2).map(|(_, draft)| Arc::clone(draft)).collect();
    sheet.written(&first);
    sheet.note(&Arc::default());
    assert_eq!((sheet.wanted().count(), sheet.keys.as_slice()), (1, [0].as_slice()));
    assert_eq!(sheet.rows[0].name, "c.txt");
}

#[test]
fn many_files_have_notes_of_their_own() {
    let files: Vec<(String, String)> =
        (0..300).map(|n| (format!("{n}.txt"), format!("Group: Clients\nArea: Fife\n\nI: Well?\nR: {n}.\nI: And?\nR: Aye.\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let sheet = sheet(&files);
    assert_eq!(sheet.stopped(), 0);
    assert!(sheet.rows.iter().all(|row| row.notes.iter().any(|note| note.sentence.contains("new group"))));
}
