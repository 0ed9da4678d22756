//! The import sheet with many files, in the real window, driven by role and label.

use std::path::PathBuf;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Window, window};

impl Window {
    /// Drops so many small interviews on the window and waits until they were read.
    fn drop_interviews(&mut self, count: usize) -> Vec<PathBuf> {
        self.drop_interviews_with("R", count)
    }

    /// The same, where the participants have this label.
    fn drop_interviews_with(&mut self, label: &str, count: usize) -> Vec<PathBuf> {
        let head = "Group: Clients\nArea: Fife\n\n";
        let interview = |n: usize| format!("{head}I: How was it?\n{label}: It was number {n}.\nI: And?\n{label}: Aye.\n");
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
fn a_file_that_comes_while_others_are_written_is_on_the_sheet_after_them() {
    let mut window = window();
    window.drop_interviews_with("Jean", MANY);
    window.click_button(&format!("Import {MANY} files"));
    window.until("files are written", |window| window.shows("Writing"));
    let late = window.write("late.txt", "I: Well?\nJean: Sorry I am late.\nI: And?\nJean: Aye.\n");
    window.drop_files(vec![late]);
    assert_eq!(window.sources(), 2, "it came too late to be there while the others are written");
    window.until("they are imported", |window| window.sources() == 2 + MANY);
    window.until("it is read", |window| window.shows("Sorry I am late.") && window.enabled("Import 1 file"));
    assert!(window.shows("As in the sources you have: Clients, Fife"), "it is read as the study knows it after the others");
    window.click_button("Import 1 file");
    window.until("it is imported", |window| window.sources() == 3 + MANY);
    assert!(!window.shows("Import 1 file"));
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
    assert!(window.shows("1 file in the folder is of no kind that can be imported"));
}

const TALK: &str = "I: How was it?\n\nPB: And now?\n\nJean: Fine, aye.\n\nPB: Well?\n\nJean: Better.\n";

#[test]
fn names_of_files_fill_the_rows_and_one_press_takes_it_back() {
    let mut window = window();
    let files = ["Fife-TL1.txt", "Fife-TL2.txt", "odd.txt"].map(|name| window.write(name, &format!("{TALK}Jean: {name}.\n")));
    window.drop_files(files.to_vec());
    window.until("they are read", |window| window.shows("Import 3 files"));
    window.press_with(Modifiers::COMMAND, Key::R);
    window.until("it is asked", |window| window.shows("How are the files named?"));
    assert!(window.shows("Fife-TL1.txt:  area Fife · id TL1") && window.shows("odd.txt:  named otherwise"));
    window.click_button("Fill in 2 files");
    window.until("they are filled in", |window| window.shows("Id: TL1, row 1 of 3") && window.shows("Id: odd, row 3 of 3"));
    assert!(window.shows("2 files were filled in from names: {area}-{id}"));
    window.click_button("Take it back");
    window.until("it is taken back", |window| window.shows("Id: Fife-TL1, row 1 of 3"));
    // The next files that are named so are offered the same.
    window.click_button("Cancel");
    window.drop_files(files[..2].to_vec());
    window.until("it is offered", |window| window.shows("2 files are named as those before: {area}-{id}"));
    window.click_button("Fill in from the names");
    window.until("they are filled in", |window| window.shows("Id: TL2, row 2 of 2"));
}

#[test]
fn attributes_are_pasted_by_id() {
    let mut window = window();
    let files = ["TL1.txt", "TL2.txt"].map(|name| window.write(name, &format!("{TALK}Jean: {name}.\n")));
    window.drop_files(files.to_vec());
    window.until("they are read", |window| window.shows("Id: TL1, row 1 of 2"));
    window.harness.event(Event::Paste("file\tTitle\tarea\tAge\nTL2.txt\tThe second\tFife\t40\nTL9\tNobody\tSkye\t50\n".to_owned()));
    window.harness.step();
    window.until("the second is filled in", |window| window.shows("Title: The second, row 2 of 2"));
    window.until("the other is told", |window| window.shows("1 file was filled in. “TL9” is no file or case here."));
    window.click_button("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
    let study = window.app().study();
    let age = study.attributes().named("Age").unwrap().id;
    let aged: Vec<_> = study.cases().values().filter(|case| study.value_names(&case.values, age) == "40").collect();
    assert!(!aged.is_empty() && aged.iter().all(|case| case.label.starts_with("TL2")), "{aged:?}");
}

#[test]
fn what_a_label_was_before_it_is_again_until_one_says_otherwise() {
    let mut window = window();
    let first = window.write("one.txt", TALK);
    window.drop_files(vec![first]);
    window.until("it is read", |window| window.shows("Is: Participant, row 2 of 3"));
    window.harness.get_by_label("Is: Participant, row 2 of 3").click();
    window.harness.run_steps(2);
    window.type_words("int");
    window.press(Key::Enter);
    window.until("PB asks", |window| window.shows("Is: Interviewer, row 2 of 3"));
    window.click_button("Import 1 file");
    window.until("it is imported", |window| window.sources() == 3);
    let second = window.write("two.txt", &format!("{TALK}Jean: Two.\n"));
    window.drop_files(vec![second]);
    window.until("it is told", |window| window.shows("As in the sources you have: “PB” is interviewer"));
    assert!(window.shows("Is: Interviewer, row 2 of 3"));
    window.click_button("Take it back");
    window.until("one press takes it back", |window| window.shows("Is: Participant, row 2 of 3"));
}

#[test]
fn a_file_that_is_gone_says_so_in_its_row_and_can_still_be_imported() {
    let mut window = window();
    let files = window.drop_interviews(2);
    std::fs::remove_file(&files[0]).unwrap();
    window.click_button("Import 2 files");
    window.until("it is told", |window| window.shows("“talk-000.txt” is no longer where it was. Nothing was written."));
    window.until("it stands in the row", |window| window.shows("To know: The file is no longer where it was."));
    assert_eq!(window.sources(), 2);
    window.press(Key::Escape);
    window.click_button("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
}

#[test]
fn bad_files_say_so_in_their_rows() {
    let mut window = window();
    let folder = window.scratch.path("nothing here");
    std::fs::create_dir(&folder).unwrap();
    let binary = window.scratch.path("tape.txt");
    std::fs::write(&binary, [0u8, 1, 2, 0, 255, 0, 9]).unwrap();
    let (empty, twice) = (window.write("empty.txt", " \n"), window.write("twice.txt", TALK));
    window.drop_files(vec![folder, binary, empty, twice.clone(), twice]);
    window.until("all are told", |window| window.shows("Import 1 file"));
    for says in [
        "“nothing here” holds no file that can be imported.",
        "“tape.txt” is not a text.",
        "“empty.txt” is empty.",
        "The same file as “twice.txt”.",
    ] {
        assert!(window.shows(says), "{says}");
    }
}

#[test]
fn what_a_table_tells_of_a_case_is_seen_and_brought_in() {
    let mut window = window();
    let files = ["TL1.txt", "TL2.txt"].map(|name| window.write(name, &format!("{TALK}Jean: {name}.\n")));
    window.drop_files(files.to_vec());
    window.until("they are read", |window| window.shows("Id: TL1, row 1 of 2"));
    let case = {
        let cells = window.harness.query_all_by_label_contains("Case: ");
        let first = cells.filter_map(|cell| cell.accesskit_node().label()).find(|label| label.contains("TL1-"));
        first.unwrap().trim_start_matches("Case: ").split(',').next().unwrap().to_owned()
    };
    window.harness.event(Event::Paste(format!("case\tAge\tTitle\n{case}\t40\tNone\n")));
    window.harness.step();
    window.until("it is seen before it is imported", |window| window.shows(&format!("{case}: Age 40.")));
    assert!(window.shows("“Age” becomes a new attribute of participants."));
    assert!(window.shows("What tells of files was left out of the lines of cases."));
    window.click_button("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
    let study = window.app().study();
    let age = study.attributes().named("Age").unwrap().id;
    let aged: Vec<_> = study.cases().values().filter(|case| !study.value_names(&case.values, age).is_empty()).collect();
    assert_eq!(aged.iter().map(|case| case.label.as_str()).collect::<Vec<_>>(), [case.as_str()]);
}

#[test]
fn every_act_on_the_sheet_is_taken_back_by_the_key_of_undo() {
    let mut window = window();
    window.drop_interviews(3);
    window.until("they are read", |window| window.shows("Id: talk-000, row 1 of 3"));
    // A cell, cells filled down, cells pasted, and cells of the speakers.
    window.type_words("First");
    window.press(Key::Enter);
    window.until("it is written", |window| window.shows("Id: First, row 1 of 3"));
    window.harness.get_by_label("Kind: empty, row 1 of 3").click();
    window.harness.run_steps(2);
    window.type_words("Report");
    window.press(Key::Enter);
    window.until("it is written", |window| window.shows("Kind: Report, row 1 of 3"));
    window.press(Key::ArrowUp);
    window.press_with(Modifiers::COMMAND, Key::D);
    window.until("it is filled down", |window| window.shows("Kind: Report, row 3 of 3"));
    assert!(window.shows("Filled down: 2 files"), "the sheet says what was done to several files");
    window.harness.event(Event::Paste("Diary\t2024-05-01\nDiary\t2024-05-02".to_owned()));
    window.harness.step();
    window.until("it is pasted", |window| window.shows("Date: 2024-05-02, row 2 of 3"));
    window.harness.get_by_label("Is: Participant, row 2 of 2").click();
    window.harness.run_steps(2);
    window.harness.event(Event::Paste("Unidentified".to_owned()));
    window.harness.step();
    window.until("it is pasted among the speakers", |window| window.shows("Is: Unidentified, row 2 of 2"));
    for before in [
        "Is: Participant, row 2 of 2",
        "Kind: Report, row 1 of 3",
        "Kind: empty, row 3 of 3",
        "Kind: empty, row 1 of 3",
        "Id: talk-000, row 1 of 3",
    ] {
        window.press_with(Modifiers::COMMAND, Key::Z);
        window.until(before, |window| window.shows(before));
    }
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("there is nothing more", |window| window.shows("Nothing on the sheet to take back."));
    assert_eq!(window.sources(), 2, "and nothing of the project has gone");
}

#[test]
fn commands_of_the_sheet_and_of_its_cells_come_from_the_box_and_have_keys_that_can_be_changed() {
    let mut window = window();
    window.drop_interviews(2);
    window.until("they are read", |window| window.shows("Id: talk-000, row 1 of 2"));
    window.harness.get_by_label("Kind: empty, row 1 of 2").click();
    window.harness.run_steps(2);
    window.type_words("Diary");
    window.press(Key::Enter);
    window.press(Key::ArrowUp);
    for (title, so) in [("Fill down", "Kind: Diary, row 2 of 2"), ("Empty the cell", "Kind: empty, row 1 of 2")] {
        window.press_with(Modifiers::COMMAND, Key::K);
        window.type_words(title);
        window.press(Key::Enter);
        window.until(so, |window| window.shows(so));
    }
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Keys");
    window.click("Filter commands");
    window.type_words("fill in from file names");
    window.click("Add keys to Fill in from file names…");
    window.press(Key::F9);
    window.until("it has them", |window| window.shows("Ctrl+R or F9"));
    window.click("Close");
    window.harness.run_steps(3);
    window.press(Key::F9);
    window.until("it is asked", |window| window.shows("How are the files named?"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_words("import the files of");
    window.press(Key::Enter);
    window.until("they are imported", |window| window.sources() == 4);
}

#[test]
fn what_a_label_was_in_another_study_it_is_again() {
    let mut window = window();
    let first = window.write("one.txt", TALK);
    window.drop_files(vec![first]);
    window.until("it is read", |window| window.shows("Is: Participant, row 2 of 3"));
    window.harness.get_by_label("Is: Participant, row 2 of 3").click();
    window.harness.run_steps(2);
    window.type_words("int");
    window.press(Key::Enter);
    window.until("PB asks", |window| window.shows("Is: Interviewer, row 2 of 3"));
    window.click_button("Import 1 file");
    window.until("it is imported", |window| window.sources() == 3);
    let home = themata::home::Home::below(&window.scratch.path("home"));
    window.until("it is kept", |_| !themata::app::Settings::read(&home).import_labels.is_empty());
    let kept = serde_json::to_string(&themata::app::Settings::read(&home)).unwrap();
    assert!(!kept.contains("PB") && !kept.contains("Jean"), "no word of a study is kept");
    // Another project knows nothing of PB.
    let other = window.scratch.path("other.themata");
    themata::project::Project::create(&other, "Other", &crate::support::me("Elspeth")).unwrap();
    window.press_with(Modifiers::COMMAND, Key::O);
    window.until("the dialog is open", |window| window.shows("Open a project"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words(&other.display().to_string());
    window.press(Key::Enter);
    window.until("it is open", |window| window.app().study().project().name == "Other");
    let second = window.write("two.txt", &format!("{TALK}Jean: Two.\n"));
    window.drop_files(vec![second]);
    window.until("it is told", |window| window.shows("As in files before: “PB” is interviewer"));
    assert!(window.shows("Is: Interviewer, row 2 of 3"));
}

#[test]
fn what_sources_of_one_shape_have_in_common_the_next_has_too() {
    let mut window = window();
    let talk = |n: usize, head: &str| format!("{head}Ana: How was it?\n\nJean: It was number {n}.\n\nAna: And?\n\nJean: Aye.\n");
    let head = "Participant group: Clients\nArea: Fife\n\n";
    let files = [window.write("d1.txt", &talk(1, head)), window.write("d2.txt", &talk(2, head))];
    window.drop_files(files.to_vec());
    window.until("they are read", |window| window.shows("Import 2 files"));
    window.harness.get_by_label("Kind: empty, row 1 of 2").click();
    window.harness.run_steps(2);
    window.harness.event(Event::Paste("Diary\nDiary".to_owned()));
    window.harness.step();
    window.click_button("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
    let third = window.write("d3.txt", &talk(3, ""));
    window.drop_files(vec![third]);
    window.until("it is read", |window| window.shows("Id: d3, row 1 of 1"));
    assert!(window.shows("As in the sources you have: of the kind Diary, Clients, Fife"));
    assert!(window.shows("Kind: Diary, row 1 of 1"));
    window.click_button("Take it back");
    window.until("one press takes it back", |window| window.shows("Kind: empty, row 1 of 1"));
    // Files of another shape, as the two that were there first, are left alone.
    let other = window.write("d4.txt", "I: How was it?\nR: It was number 4.\n");
    window.drop_files(vec![other]);
    window.until("it is read", |window| window.shows("Id: d4, row 2 of 2"));
    assert!(window.shows("Kind: empty, row 2 of 2"));
}
