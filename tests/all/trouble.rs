//! The window where the disk is full, the file is read-only or gone, and at its start.

use eframe::egui::{Key, Modifiers};
use themata::app::Start;
use themata::home::Home;
use themata::project::{Access, Project};

use crate::support::me;
use crate::window::{Window, start_again, started, window};

impl Window {
    /// Writes a memo on the sentence one is at.
    fn write_memo(&mut self, words: &str) {
        self.click_words("It was fine");
        self.press(Key::S);
        self.press(Key::M);
        self.type_words(words);
        self.press_with(Modifiers::COMMAND, Key::Enter);
    }

    fn kept_memos(&self) -> usize {
        let project = Project::open(&self.scratch.project(), Access::Read, &me("Reader")).unwrap();
        project.study().source_labelled("A").unwrap().memos.len()
    }

    fn fields_hold(&self, words: &str) -> bool {
        use egui_kittest::kittest::NodeT as _;
        self.harness.root().children_recursive().any(|node| node.accesskit_node().value().is_some_and(|value| value == words))
    }
}

/// The window of `before` started anew, with the project that was open last.
fn again(before: Window, change: impl FnOnce(Start) -> Start) -> Window {
    let Window { harness, scratch } = before;
    drop(harness);
    let start = change(start_again(&scratch));
    let mut window = started(scratch, start);
    for _ in 0..400 {
        window.harness.step();
        assert!(!window.shows("No project is open"), "while one is opened");
        if window.shows("It was fine, aye") {
            return window;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("the project was not opened");
}

#[test]
fn a_full_disk_is_told_and_what_was_typed_comes_back() {
    let mut window = again(window(), |start| start.with_room_for(0));
    let long = "Nobody wrote a word of it down. ".repeat(400);
    window.write_memo(&long);
    window.until("it is told", |window| window.shows("could not be done"));
    assert!(window.shows("Make room on it and do it again; what was done before is safe."));
    window.until("the words are there to be kept again", |window| window.fields_hold(&long));
    assert_eq!(window.kept_memos(), 0);
    assert!(window.app().study().source_labelled("A").unwrap().memos.is_empty(), "nothing is shown that is not kept");
}

#[cfg(unix)]
#[test]
fn a_file_made_read_only_while_it_is_open_loses_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut window = window();
    let path = window.scratch.project();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    window.write_memo("Ask her again");
    window.until("it is kept or told", |window| window.kept_memos() == 1 || window.shows("make it writable and do it again"));
    if window.kept_memos() == 0 {
        assert!(window.fields_hold("Ask her again"), "the words come back");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
}

#[test]
fn what_was_typed_into_a_file_that_was_removed_comes_back() {
    let mut window = window();
    std::fs::remove_file(window.scratch.project()).unwrap();
    window.write_memo("Ask her again");
    window.until("it is told", |window| window.shows("is no longer where it was"));
    window.until("the words are there to be kept again", |window| window.fields_hold("Ask her again"));
    window.click("Write it to a new file");
    let rescued = window.scratch.path("study-rescued.themata");
    window.until("it is open", |window| window.app().project_path().is_some_and(|path| path == rescued));
    window.until("the words are still there", |window| window.fields_hold("Ask her again"));
}

#[test]
fn light_and_dark_are_kept_over_a_start_and_the_project_is_opened_calmly() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.until("it is dark", |window| window.shows("Colours: Dark"));
    let home = Home::below(&window.scratch.path("home"));
    window.until("it is kept", |_| themata::app::Settings::read(&home).mode == themata::app::settings::ModeChoice::Dark);
    let mut window = again(window, |start| start);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.until("it was dark", |window| window.shows("Colours: Light"));
}

#[test]
fn a_last_project_that_is_gone_is_missed_and_the_sample_opened() {
    let Window { harness, scratch } = window();
    drop(harness);
    std::fs::remove_file(scratch.project()).unwrap();
    let start = start_again(&scratch);
    let mut window = started(scratch, start);
    window.until("the sample is open", |window| window.app_is_there() && window.app().study().project().synthetic);
    assert!(window.shows("“study.themata”, which was open last, is no longer where it was."));
    window.click("Open a project…");
    window.until("it can be opened from where it lies", |window| window.shows("A project is a file that ends in .themata."));
}
