//! The whole job – import, code, matrix, export – by the keyboard alone, and by roles and names alone.

use std::path::PathBuf;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Window, window};

const INTERVIEW: &str = "Participant group: Clients\nArea: Fife\n\nInterviewer: How did you come to it?\n\nJean: By the bus, mostly. It was cold.\n\nInterviewer: And now?\n\nJean: Then I stayed.\n";

impl Window {
    fn interview(&self) -> PathBuf {
        let path = self.scratch.path("jean.txt");
        std::fs::write(&path, INTERVIEW).unwrap();
        path
    }

    fn by_key(&mut self, key: Key) {
        self.press_with(Modifiers::COMMAND, key);
    }

    /// What has been coded, as words and theme, in the project that is open.
    fn coded(&self) -> Vec<String> {
        let study = self.app().study();
        study.codings().map(|(_, coded)| study.codebook().path(coded.coding.theme)).collect()
    }

    /// Goes on with Tab until the keys are at what has this name.
    fn tab_to(&mut self, name: &str) {
        let mut met = Vec::new();
        while met.len() < 60 {
            if self.at_hand() == name {
                return;
            }
            self.press(Key::Tab);
            self.harness.step();
            met.push(self.at_hand());
        }
        panic!("Tab does not lead to {name}: {met:?}");
    }

    /// Presses what has this role and name.
    fn choose(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click_accesskit();
        self.harness.step();
        self.harness.step();
    }
}

#[test]
fn the_whole_job_by_the_keyboard_alone() {
    let mut window = window();
    let interview = window.interview();
    // A project of its own.
    window.by_key(Key::N);
    window.type_words("By hand");
    let file = window.scratch.path("By hand.themata").display().to_string();
    window.until("the file follows the name", |window| window.harness.query_all_by_value(&file).next().is_some());
    window.press(Key::Enter);
    window.until("the project is open", |window| window.app().study().project().name == "By hand");
    // Its transcript.
    window.by_key(Key::I);
    window.until("the dialog is open", |window| window.shows("Files can also be dropped"));
    window.by_key(Key::A);
    window.type_words(&interview.display().to_string());
    window.press(Key::Enter);
    window.until("the sheet has looked", |window| window.shows("jean"));
    window.until("it can be imported", |window| window.shows("Import 1 file") && window.enabled("Import 1 file"));
    window.by_key(Key::Enter);
    window.until("it is imported", |window| window.app().study().materials().len() == 1);
    // A sentence coded with a theme that is made for it.
    window.until("it is open", |window| window.shows("By the bus, mostly."));
    for _ in 0..3 {
        if !window.focused().starts_with("Text of") {
            window.press(Key::F6);
            window.harness.step();
        }
    }
    assert!(window.focused().starts_with("Text of"), "{}", window.focused());
    window.press_with(Modifiers::COMMAND, Key::ArrowDown);
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Ways > Bus");
    window.by_key(Key::Enter);
    window.until("it is coded", |window| window.coded() == ["Ways › Bus"]);
    // The matrix, a cell, its passages.
    window.by_key(Key::Num2);
    window.until("the matrix is counted", |window| window.shows("Ways, "));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    window.until("its passages are shown", |window| window.shows("By the bus, mostly."));
    window.press(Key::Escape);
    // The table.
    window.by_key(Key::E);
    window.until("the dialog is open", |window| window.shows("File to write"));
    window.press(Key::Enter);
    window.until("it asks once what is masked", |window| window.shows("Say first whether groups of few are masked"));
    window.tab_to("Mask groups of fewer than: Off");
    window.press(Key::Space);
    window.tab_to("File to write");
    window.press(Key::Enter);
    let table = window.scratch.path("matrix.csv");
    window.until("the table is written", |_| std::fs::read_to_string(&table).is_ok_and(|table| table.contains("Ways › Bus")));
}

#[test]
fn the_whole_job_by_roles_and_names_alone() {
    let mut window = window();
    let interview = window.interview();
    window.choose(Role::Button, "Project menu");
    window.choose(Role::Button, "Import files… Ctrl+I");
    window.until("the dialog is open", |window| window.shows("Files can also be dropped"));
    window.fill("Path", &interview.display().to_string());
    window.until("the file is known", |window| window.enabled("Look at them") && !window.shows("There is nothing of this name."));
    window.choose(Role::Button, "Look at them");
    window.until("it can be imported", |window| window.shows("Import 1 file") && window.enabled("Import 1 file"));
    window.choose(Role::Button, "Import 1 file");
    window.until("it is imported", |window| window.app().study().source_labelled("jean").is_some());
    window.until("it is open", |window| window.shows("By the bus, mostly."));
    // Words are chosen where they stand; what is done with them is asked for by name.
    window.harness.get_by_label_contains("By the bus, mostly.").click_accesskit();
    window.harness.step();
    window.ask("Sentence", "Command: Sentence");
    window.ask("In vivo", "Command: In vivo");
    window.until("it is coded", |window| window.coded() == ["Unsorted › By the bus, mostly"]);
    window.choose(Role::Tab, "Matrix");
    window.until("the matrix is counted", |window| window.shows("Unsorted, "));
    window.ask("Export", "Command: Export…");
    window.until("the dialog is open", |window| window.shows("File to write"));
    let table = window.scratch.path("by-name.csv");
    window.fill("File to write", &table.display().to_string());
    window.choose(Role::RadioButton, "Mask groups of fewer than: Off");
    window.choose(Role::Button, "Export");
    window.until("the table is written", |_| std::fs::read_to_string(&table).is_ok_and(|table| table.contains("Unsorted")));
}

impl Window {
    /// Puts words in the place of those in the field of this name.
    fn fill(&mut self, field: &str, words: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.harness.step();
        self.by_key(Key::A);
        self.type_words(words);
        self.until("the field holds the words", |window| window.harness.query_all_by_value(words).next().is_some());
    }

    fn offered(&self, option: &str) -> Option<egui_kittest::Node<'_>> {
        let is_it = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with(option));
        self.harness.query_all_by_role(Role::ListBoxOption).find(is_it)
    }

    /// Runs a command from the box at the top.
    fn ask(&mut self, words: &str, option: &str) {
        self.fill("Search or run a command", words);
        self.until("it is offered", |window| window.offered(option).is_some());
        self.offered(option).unwrap().click_accesskit();
        self.harness.step();
        self.harness.step();
    }
}
