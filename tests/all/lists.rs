//! Import sheet, Cases, History and the dialogs, in the real window, driven by role and label.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::study::{CaseKind, Role as Plays};

use crate::window::{Window, window, window_with};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

const INTERVIEW: &str = "Participant group: Clients\nArea: Fife\n\nInterviewer: How did you come to it?\n\nJean: By the bus, mostly.\n\nUnknown: Aye.\n\nJean: Then I stayed.\n";

impl Window {
    pub fn write(&self, name: &str, words: &str) -> PathBuf {
        let path = self.scratch.path(name);
        std::fs::write(&path, words).unwrap();
        path
    }

    pub fn drop_files(&mut self, files: Vec<PathBuf>) {
        self.harness.input_mut().dropped_files = files.into_iter().map(|file| Arc::new(Dropped(file)) as egui::DroppedFileHandle).collect();
        self.harness.step();
    }

    pub fn sources(&self) -> usize {
        self.app().study().materials().len()
    }

    pub fn command(&mut self, key: Key) {
        self.press_with(Modifiers::COMMAND, key);
    }

    fn choose_in_menu(&mut self, item: &str) {
        self.click("Project menu");
        self.until("the menu is open", |window| window.shows(item));
        self.harness.query_all_by_label_contains(item).last().unwrap().click();
        self.harness.step();
        self.harness.step();
    }

    pub fn click_button(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.harness.step();
        self.harness.step();
    }

    pub fn enabled(&self, button: &str) -> bool {
        !self.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
    }
}

#[test]
fn dropped_files_are_seen_before_they_are_written_and_undone_as_one() {
    let mut window = window();
    let files = vec![
        window.write("NEW-1.txt", INTERVIEW),
        window.write("NEW-2.txt", "R: One room.\n"),
        window.write("empty.txt", ""),
        window.write("again.txt", "R: One room.\n"),
    ];
    window.drop_files(files);
    window.until("the files are read", |window| window.shows("Id: NEW-1, row 1 of 4"));
    assert!(window.shows("“empty.txt” is empty."));
    assert!(window.shows("The same file as “NEW-2.txt”."));
    assert!(window.shows("Label: Jean"), "the speakers of the first file are shown");
    assert!(window.shows("By the bus, mostly."), "and its first words");
    assert_eq!(window.sources(), 2, "nothing is written before Import");
    window.click("Import 2 files");
    window.until("they are imported", |window| window.sources() == 4);
    let study = Arc::clone(window.app().study());
    let source = study.source_labelled("NEW-1").unwrap();
    assert_eq!(source.source.file_name, "NEW-1.txt");
    assert_eq!(study.case_labelled("NEW-1-Unknown").unwrap().kind, CaseKind::Unidentified);
    window.press(Key::Escape);
    window.command(Key::Z);
    window.until("all are gone", |window| window.sources() == 2);
    assert!(window.app().study().case_labelled("NEW-1").is_none());
}

#[test]
fn what_is_changed_on_the_sheet_is_what_is_written() {
    let mut window = window();
    let file = window.write("NEW-1.txt", INTERVIEW);
    window.drop_files(vec![file]);
    window.until("the file is read", |window| window.shows("Id: NEW-1, row 1 of 1"));
    // The grid has the focus; typing begins an edit in the cell of the id.
    window.type_words("B");
    window.press(Key::Enter);
    assert!(window.shows("There is a source B already."));
    assert!(!window.enabled("Import 1 file"));
    window.type_words("FIF-9");
    window.press(Key::Tab);
    assert!(window.shows("Case: FIF-9, row"), "the case follows the id");
    assert!(window.enabled("Import 1 file"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is imported", |window| window.sources() == 3);
    let study = window.app().study();
    let case = study.case_labelled("FIF-9").unwrap();
    let area = study.attributes().with_role(Plays::Area).unwrap().id;
    assert_eq!(study.value_names(&case.values, area), "Fife");
}

#[test]
fn an_import_that_is_cancelled_leaves_nothing() {
    let mut window = window();
    let file = window.write("NEW-1.txt", INTERVIEW);
    window.drop_files(vec![file.clone()]);
    window.until("the file is read", |window| window.shows("Id: NEW-1, row 1 of 1"));
    window.click("Cancel");
    assert!(!window.shows("Id: NEW-1"));
    assert_eq!(window.sources(), 2);
    // The dialog leads to the same sheet.
    window.command(Key::I);
    window.type_words(&file.display().to_string());
    window.press(Key::Enter);
    window.until("the file is read", |window| window.shows("Id: NEW-1, row 1 of 1"));
}

#[test]
fn a_file_that_was_imported_is_left_out() {
    let mut window = window();
    let file = window.write("NEW-1.txt", INTERVIEW);
    for _ in 0..2 {
        window.drop_files(vec![file.clone()]);
        window.until("the file is read", |window| window.shows("Id: NEW-1, row 1 of 1"));
        if window.sources() == 2 {
            window.click("Import 1 file");
            window.until("it is imported", |window| window.sources() == 3);
            window.press(Key::Escape);
        }
    }
    assert!(window.shows("Imported already: it is the source NEW-1."));
    assert!(!window.enabled("Import 0 files"));
}

/// A window that shows the cases A and B, with the area Fife known.
pub fn cases() -> Window {
    let mut window = window_with(|project| {
        let add = project.edit("Add area", |tx| {
            let area = tx.study().attributes().with_role(Plays::Area).unwrap().id;
            tx.value_named(area, "Fife").map(|_| ())
        });
        add.unwrap();
    });
    window.command(Key::Num7);
    window.until("the cases are shown", |window| window.shows("Id: A, row 1 of 2") && window.focused().starts_with("Cases, "));
    window
}

pub fn area_of(window: &Window, case: &str) -> String {
    let study = window.app().study();
    let area = study.attributes().with_role(Plays::Area).unwrap().id;
    study.value_names(&study.case_labelled(case).unwrap().values, area)
}

pub fn column_of_area(window: &mut Window) {
    window.press(Key::Home);
    for _ in 0..3 {
        window.press(Key::ArrowRight);
    }
}

#[test]
fn a_value_is_chosen_from_those_there_are() {
    let mut window = cases();
    column_of_area(&mut window);
    window.type_words("fi");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("the value is set", |window| area_of(window, "A") == "Fife");
    window.press(Key::ArrowUp);
    window.press(Key::Delete);
    window.until("it is not stated", |window| area_of(window, "A").is_empty());
}

#[test]
fn an_unknown_value_is_asked_about() {
    let mut window = cases();
    column_of_area(&mut window);
    window.type_words("Fifeshire");
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("Use “Fife”"));
    assert_eq!(area_of(&window, "A"), "");
    window.click("Add “Fifeshire” as new value");
    window.until("the value is made", |window| area_of(window, "A") == "Fifeshire");
}

#[test]
fn escape_leaves_a_cell_as_it_was_and_a_taken_id_is_refused() {
    let mut window = cases();
    window.press(Key::Home);
    window.type_words("C");
    window.press(Key::Escape);
    assert!(window.app().study().case_labelled("A").is_some());
    window.type_words("B");
    window.press(Key::Enter);
    window.until("it is refused", |window| window.shows("There is a case “B” already."));
    window.press(Key::ArrowUp);
    window.type_words("A1");
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.app().study().case_labelled("A1").is_some());
}

#[test]
fn words_that_cannot_be_written_come_back_into_their_cell() {
    let mut window = cases();
    let (place, away) = (window.scratch.project(), window.scratch.path("away"));
    std::fs::rename(&place, &away).unwrap();
    let write = |window: &mut Window, words: &str| {
        window.type_words(words);
        window.press(Key::Enter);
        window.until("it is being written again", |window| window.shows("is no longer where it was") && window.shows("Edit "));
    };
    window.press(Key::Home);
    write(&mut window, "A1");
    window.press(Key::Escape);
    column_of_area(&mut window);
    write(&mut window, "Fife");
    std::fs::rename(&away, &place).unwrap();
    window.press(Key::Enter);
    window.until("it is written", |window| area_of(window, "A") == "Fife");
}

#[test]
fn what_is_being_typed_is_written_when_the_view_is_left() {
    let mut window = cases();
    window.press(Key::Home);
    window.type_words("A1");
    window.command(Key::Num9);
    window.until("it is renamed", |window| window.app().study().case_labelled("A1").is_some());
}

#[test]
fn any_edit_is_undone_after_what_rests_on_it_was_listed() {
    let mut window = cases();
    column_of_area(&mut window);
    for area in ["Highland", "Skye"] {
        window.type_words(area);
        window.press(Key::Enter);
        let add = format!("Add “{area}” as new value");
        window.until("it is asked", |window| window.shows(&add));
        window.click(&add);
        window.until("the value is made", |window| ["A", "B"].iter().any(|case| area_of(window, case) == area));
    }
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Change Case-study area, row 2 of"));
    let before = window.app().study().cases().len();
    // The import of both cases lies below both edits.
    window.harness.get_by_label_contains("What: Set up").click();
    window.harness.step();
    window.press(Key::Enter);
    window.until("what rests on it is listed", |window| window.shows("later edits rest on this one"));
    assert_eq!(window.app().study().cases().len(), before, "nothing is undone before the answer");
    window.click("Leave all as it is");
    window.harness.get_by_label_contains("What: Change Case-study area, row 1 of").click();
    window.harness.step();
    window.press(Key::Enter);
    window.until("the newest is undone", |window| ["A", "B"].iter().all(|case| area_of(window, case) != "Skye"));
    window.until("the list is live", |window| window.shows("What: Undo: Change Case-study area, row 1 of"));
}

#[test]
fn a_table_is_exported_and_replaced_only_when_asked() {
    let mut window = window();
    window.command(Key::E);
    window.until("the first lines are made", |window| window.shows(" columns"));
    window.click("What: Codebook");
    window.until("those of the codebook", |window| window.shows("All 4 rows") || window.shows(" columns"));
    window.click_button("Export");
    window.until("it asks once what is masked", |window| window.shows("Say first whether groups of few are masked"));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let path = window.scratch.path("codebook.csv");
    window.until("it is written", |_| path.exists());
    let first = std::fs::read(&path).unwrap();
    assert!(first.starts_with(b"\xEF\xBB\xBF"), "for Excel by default");
    assert!(window.scratch.path("codebook-about.txt").exists());
    std::fs::write(&path, "mine").unwrap();
    window.until("the dialog is closed", |window| !window.shows("File to write"));
    window.command(Key::E);
    window.until("the dialog is open", |window| window.shows("What: Codebook"));
    window.click("What: Codebook");
    window.click_button("Export");
    window.until("it asks", |window| window.shows("is there already"));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    window.click("Replace");
    window.until("it is replaced", |_| std::fs::read(&path).unwrap() == first);
}

#[test]
fn a_project_is_made_and_a_name_that_is_taken_is_refused() {
    let mut window = window();
    window.command(Key::N);
    window.type_words("Second wave");
    window.until("the path follows the name", |window| {
        window.harness.query_all_by_value(&window.scratch.path("Second wave.themata").display().to_string()).next().is_some()
    });
    window.press(Key::Enter);
    window.until("it is open", |window| window.app().study().project().name == "Second wave");
    assert!(window.scratch.path("Second wave.themata").exists());
    window.command(Key::N);
    window.type_words("Second wave");
    window.until("the name is taken", |window| window.shows("There is a file of this name already."));
    assert!(!window.enabled("Make project"));
}

#[test]
fn escape_closes_a_dialog_and_the_view_below_keeps_still() {
    let mut window = cases();
    window.press(Key::Home);
    for (command, title) in [(Key::E, "File to write"), (Key::N, "Name of the study"), (Key::O, "Open to read")] {
        window.command(command);
        window.until("the dialog is open", |window| window.shows(title));
        window.press(Key::ArrowDown);
        assert!(window.shows("Cases, Id: A, row 1 of 2"), "{title}: the keys are the dialog's");
        window.press(Key::Escape);
        assert!(!window.shows(title), "{title} is closed");
    }
}

#[test]
fn a_project_is_checked_and_restored_as_a_copy() {
    // The day of the backup gives it its name.
    let mut window = window_with(|project| assert!(project.daily_backup(0).unwrap().is_some()));
    window.choose_in_menu("Check project");
    window.until("it was checked", |window| window.shows("The project is sound"));
    window.choose_in_menu("Restore from backup…");
    window.until("the backups are listed", |window| window.shows("1970-01-01"));
    window.click_button("1970-01-01");
    let copy = window.scratch.path("study-restored.themata");
    window.until("the copy is open", |window| window.shows("Restored as study-restored.themata"));
    assert!(copy.exists() && window.scratch.project().exists());
    window.choose_in_menu("study");
    // The project is open again, and the copy is among those that were.
    window.choose_in_menu("study-restored");
}

#[test]
fn key_events_of_the_clipboard_fill_cells() {
    let mut window = cases();
    column_of_area(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.harness.event(Event::Paste("Fife\nFife; Skye".to_owned()));
    window.harness.step();
    window.until("the unknown value is asked about", |window| window.shows("“Skye” is no value of"));
    assert_eq!(area_of(&window, "A"), "", "nothing is written before the answer");
    window.click("Add “Skye” as new value");
    window.until("both are set", |window| area_of(window, "A") == "Fife" && area_of(window, "B") == "Fife; Skye");
}

#[test]
fn several_unknown_values_are_matched_in_one_list() {
    let mut window = cases();
    column_of_area(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.harness.event(Event::Paste("Fyfe\nSkye; Fife".to_owned()));
    window.harness.step();
    window.until("they are listed", |window| window.shows("2 values are not there yet"));
    assert!(window.shows("“Fyfe”, Case-study area: is Fife"), "a near value is offered");
    assert!(window.shows("“Skye”, Case-study area: is new"));
    window.click("Write the cells");
    window.until("both are set", |window| area_of(window, "A") == "Fife" && area_of(window, "B") == "Fife; Skye");
    window.command(Key::Z);
    window.until("all is undone", |window| area_of(window, "A").is_empty() && area_of(window, "B").is_empty());
}

#[test]
fn what_does_not_fit_is_left_as_it_is_and_said() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.harness.event(Event::Paste("B\tcommittee\nB2\tgroup".to_owned()));
    window.harness.step();
    window.until("it is asked what a committee is", |window| window.shows("“committee” is no kind of case"));
    assert!(window.shows("1 cell was left as it is"));
    window.click("Use “pair”");
    window
        .until("what fits is written", |window| window.app().study().case_labelled("B2").is_some_and(|case| case.kind == CaseKind::Group));
    assert_eq!(window.app().study().case_labelled("A").unwrap().kind, CaseKind::Pair);
}

/// Says yes to a table of attributes in a file.
pub fn import_table(window: &mut Window, name: &str, words: &str) {
    let file = window.write(name, words);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    window.until("the file is asked for", |window| window.shows("A .csv or .tsv file."));
    window.type_words(&file.display().to_string());
    window.until("it is there", |window| window.enabled("Look at it"));
    window.press(Key::Enter);
}

#[test]
fn attributes_come_from_a_table_by_id_as_one_edit() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    let before = window.app().study().entities();
    import_table(&mut window, "ages.csv", "id;Age;Case-study area;Kind;Date\na;40;Fyfe;pair;x\nC;50;;;\nB;;Fife;;\n");
    window.until("it says what it comes to", |window| window.shows("Attributes from “ages.csv”"));
    for line in ["“Age” is no attribute yet", "“Date” is nothing a case can state", "“C” is no case of this study", "4 cells belong"]
    {
        assert!(window.shows(line), "{line}");
    }
    window.click_button("Write them and add 1 as new cases");
    window.until("the unknown area is asked about", |window| window.shows("“Fyfe” is no value of"));
    assert_eq!(window.app().study().entities(), before, "nothing is written before the answer");
    // The second question is another size than the first: it moves into the middle.
    window.harness.run_steps(3);
    window.click_button("Use “Fife”");
    window.until("all is written", |window| window.app().study().case_labelled("C").is_some());
    let study = Arc::clone(window.app().study());
    let age = study.attributes().named("Age").unwrap().id;
    let ages: Vec<_> = study.cases_in_order().iter().map(|case| (case.label.clone(), study.value_names(&case.values, age))).collect();
    assert_eq!(ages, [("A", "40"), ("B", ""), ("C", "50")].map(|(case, age)| (case.to_owned(), age.to_owned())));
    assert_eq!((area_of(&window, "A"), area_of(&window, "B")), ("Fife".to_owned(), "Fife".to_owned()));
    assert_eq!(study.case_labelled("A").unwrap().kind, CaseKind::Pair);
    window.command(Key::Z);
    window.until("one press takes it back", |window| window.app().study().entities() == before);
}

#[test]
fn a_file_that_is_no_table_is_told_and_changes_nothing() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    import_table(&mut window, "words.csv", "only words\n");
    window.until("it is told", |window| window.shows("“words.csv” is no table of ids and attributes"));
}

#[test]
fn pasted_cells_that_cannot_be_written_are_not_lost() {
    let mut window = cases();
    let (place, away) = (window.scratch.project(), window.scratch.path("away"));
    std::fs::rename(&place, &away).unwrap();
    column_of_area(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.harness.event(Event::Paste("Fife\nFife".to_owned()));
    window.harness.step();
    window.until("it is asked whether to write them again", |window| window.shows("The 2 cells are still here"));
    std::fs::rename(&away, &place).unwrap();
    window.click_button("Write them again");
    window.until("they are written", |window| area_of(window, "A") == "Fife" && area_of(window, "B") == "Fife");
}

#[test]
fn cases_are_merged_and_deleted_after_it_was_said() {
    let mut window = cases();
    let labels = |window: &Window| window.app().study().cases_in_order().iter().map(|case| case.label.clone()).collect::<Vec<_>>();
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.command(Key::M);
    window.until("it is asked", |window| window.shows("What it said in 1 source (0 codings)"));
    window.press(Key::Enter);
    assert_eq!(labels(&window), ["A", "B"], "nothing is chosen yet");
    window.type_words("b");
    window.press(Key::Enter);
    window.until("they are one", |window| labels(window) == ["B"]);
    window.command(Key::Z);
    window.until("they are two", |window| labels(window) == ["A", "B"]);
    window.until("both are listed", |window| window.shows("Id: A, row 1 of 2"));
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.press_with(Modifiers::COMMAND, Key::Delete);
    window.until("it is asked", |window| window.shows("Delete “A”?"));
    window.click_button("Delete case");
    window.until("it is gone", |window| labels(window) == ["B"]);
    assert!(window.app().study().materials()[0].words_by_case().contains_key(&None));
}

#[test]
fn attributes_and_their_values_are_edited_beside_the_grid() {
    let mut window = cases();
    column_of_area(&mut window);
    window.type_words("Fifeshire");
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("Use “Fife”"));
    window.click("Add “Fifeshire” as new value");
    window.until("the value is made", |window| area_of(window, "A") == "Fifeshire");
    window.click_button("Attributes");
    window.until("the values are counted", |window| window.shows("Cases: 1, row 2 of 2"));
    assert!(!window.enabled("Delete attribute…"), "the matrix rests on the areas");
    window.click("Identifying");
    window.until("it is identifying", |window| window.app().study().attributes().with_role(Plays::Area).unwrap().identifying);
    window.harness.get_by_label("Value: Fifeshire, row 2 of 2").click();
    // The keys are the list's from the frame after the click on.
    window.harness.step();
    window.harness.step();
    window.type_words("fife");
    window.press(Key::Enter);
    window.until("a merge is asked about", |window| window.shows("Merge “Fifeshire” into “Fife”?"));
    window.click_button("Merge values");
    window.until("they are one", |window| area_of(window, "A") == "Fife");
    window.until("they are one in the list", |window| window.shows("Value: Fife, row 1 of 1"));
    window.harness.get_by_label("Value: Fife, row 1 of 1").click();
    // The keys are the list's from the frame after the click on.
    window.harness.step();
    window.harness.step();
    window.press(Key::Delete);
    window.until("deleting is asked about", |window| window.shows("1 case states it."));
    window.click_button("Delete value");
    window.until("it is gone", |window| area_of(window, "A").is_empty());
    window.command(Key::Z);
    window.until("it is back", |window| area_of(window, "A") == "Fife");
}

#[test]
fn going_back_lists_what_would_go() {
    let mut window = cases();
    window.press(Key::Home);
    for label in ["A1", "A2"] {
        window.press_with(Modifiers::COMMAND, Key::Home);
        window.type_words(label);
        window.press(Key::Enter);
        window.until("it is renamed", |window| window.app().study().case_labelled(label).is_some());
    }
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Rename case, row 2 of"));
    window.harness.get_by_label_contains("What: Rename case, row 2 of").click();
    window.harness.step();
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("what would go is listed", |window| window.shows("2 edits of yours would go"));
    assert!(window.app().study().case_labelled("A2").is_some(), "nothing is undone before the answer");
    window.click_button("Undo 2 edits");
    window.until("both are undone", |window| window.app().study().case_labelled("A").is_some());
}

#[test]
fn the_export_says_what_it_changes() {
    let mut window = window_with(|project| {
        let edited = project.edit("Prepare", |tx| {
            let name = tx.attribute_named("Surname", themata::study::AttributeOf::Cases)?;
            let attribute = tx.study().attributes().get(name).unwrap().clone();
            tx.change_attribute(themata::study::Attribute { identifying: true, ..attribute })?;
            tx.theme_at("=Sums").map(|_| ())
        });
        edited.unwrap();
    });
    window.command(Key::E);
    window.until("the dialog is open", |window| window.shows("What: Cases"));
    window.click("What: Cases");
    window.until("it is said", |window| window.shows("left out as identifying: Surname"));
    window.click("Names: Names in full");
    window.until("it is not left out", |window| !window.shows("left out as identifying"));
    window.click("What: Codebook");
    window.until("formulas are named", |window| window.shows("that a spreadsheet would run"));
}

#[test]
fn f6_goes_through_the_panes_of_a_list() {
    let mut window = cases();
    let begins = |window: &mut Window, what: [&str; 3]| {
        for start in what {
            window.press(Key::F6);
            window.until(start, |window| window.focused().starts_with(start));
        }
    };
    begins(&mut window, ["Filter 2 cases", "Cases, ", "Filter 2 cases"]);
    window.click("Attributes");
    window.press(Key::F6);
    // The first attribute has no values here: the field for one is where to go.
    begins(&mut window, ["Add a value", "Filter 2 cases", "Cases, "]);
    window.command(Key::Num9);
    window.until("the edits have the focus", |window| window.focused().starts_with("Edits, "));
    begins(&mut window, ["Filter edits", "Edits, ", "Filter edits"]);
}

#[test]
fn what_the_project_begins_with_is_not_offered_for_undoing() {
    let mut window = cases();
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: New project, row"));
    window.until("an act can be gone back to", |window| window.enabled("Undo up to here…"));
    window.harness.get_by_label_contains("What: New project, row").click();
    window.harness.step();
    window.until("what comes first cannot", |window| !window.enabled("Undo up to here…"));
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("it is said why", |window| window.shows("What comes after rests on this"));
}
