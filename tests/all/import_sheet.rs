//! The import sheet with many files, in the real window, driven by role and label.

use std::path::PathBuf;

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Window, window};

impl Window {
    /// Drops so many small interviews on the window and waits until they were read.
    fn drop_interviews(&mut self, count: usize) -> Vec<PathBuf> {
        let interview = |n: usize| format!("Group: Clients\nArea: Fife\n\nI: How was it?\nR: It was number {n}.\nI: And?\nR: Aye.\n");
        let files: Vec<PathBuf> = (0..count).map(|n| self.write(&format!("talk-{n:03}.txt"), &interview(n))).collect();
        self.drop_files(files.clone());
        self.until("they are read", |window| window.shows(&format!("Import {count} files")));
        files
    }

    /// Presses Import, then Cancel while files are written, and returns how many were written by then.
    fn import_and_cancel(&mut self, count: usize) -> usize {
        self.harness.get_by_role_and_label(Role::Button, &format!("Import {count} files")).click();
        self.until("some files are written", |window| {
            window.shows("Writing") && !window.shows("Writing 0 of") && !window.shows("Writing 1 of")
        });
        self.click_button("Cancel");
        self.until("it asks", |window| window.shows("Stopped after"));
        let asked = self.harness.query_all_by_label_contains("Stopped after").next().unwrap().accesskit_node();
        let asked = asked.value().or_else(|| asked.label()).unwrap();
        assert!(asked.ends_with(&format!(" of {count} files")), "{asked}");
        asked.split(' ').nth(2).unwrap().parse().unwrap()
    }
}

const MANY: usize = 400;

#[test]
fn an_import_stopped_halfway_keeps_what_is_done_as_one_edit() {
    let mut window = window();
    window.drop_interviews(MANY);
    let done = window.import_and_cancel(MANY);
    assert!(done > 1 && done < MANY, "{done}");
    assert_eq!(window.sources(), 2, "nothing is in the project before one has answered");
    window.click_button(&format!("Keep the {done} as one edit"));
    window.until("they are kept", |window| window.sources() == 2 + done);
    let left = MANY - done;
    window.until("the others are still on the sheet", |window| window.shows(&format!("Import {left} files")));
    assert!(!window.shows("Writing"));
    window.click_button("Cancel");
    window.command(Key::Z);
    window.until("it is undone, when asked again", |window| window.sources() == 2 || window.shows("Press again"));
    if window.sources() > 2 {
        window.command(Key::Z);
    }
    window.until("all of them are taken back at once", |window| window.sources() == 2);
}

#[test]
fn an_import_stopped_halfway_keeps_none() {
    let mut window = window();
    window.drop_interviews(MANY);
    window.import_and_cancel(MANY);
    window.click_button("Keep none");
    window.until("the sheet is as it was", |window| window.enabled(&format!("Import {MANY} files")));
    assert_eq!(window.sources(), 2);
    assert!(!window.shows("Stopped after"));
    window.click_button("Cancel");
    window.command(Key::Z);
    assert!(!window.shows("Undone: Import"), "there is nothing of the import to be undone");
}

#[test]
fn a_file_that_changes_before_import_is_read_again() {
    let mut window = window();
    let files = window.drop_interviews(2);
    std::fs::write(&files[0], "I: How was it?\nR: It is another now.\nI: And?\nR: Aye.\n").unwrap();
    window.click_button("Import 2 files");
    window.until("it is told", |window| window.shows("“talk-000.txt” has changed since it was read here. Nothing was written."));
    window.until("it is read again", |window| window.shows("It is another now.") && window.enabled("Import 2 files"));
    assert_eq!(window.sources(), 2);
    window.click_button("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
}

#[test]
fn a_folder_stands_for_its_texts_and_says_what_it_left_out() {
    let mut window = window();
    let folder = window.scratch.path("talks");
    std::fs::create_dir(&folder).unwrap();
    for (name, words) in [("a.txt", "I: Well?\nR: Well.\n"), ("b.md", "I: Well?\nR: No.\n"), ("tape.mp3", "noise")] {
        std::fs::write(folder.join(name), words).unwrap();
    }
    window.drop_files(vec![folder]);
    window.until("the texts are on the sheet", |window| window.shows("Import 2 files"));
    assert!(window.shows("1 file in the folder is neither .txt, .md nor .docx"));
}
