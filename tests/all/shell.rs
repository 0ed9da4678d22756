//! The frame round the views: what is said, where one goes, and what happens when the file or an act fails.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::project::{Access, Project};
use themata::study::ProjectInfo;

use crate::support::me;
use crate::window::{Window, window, window_with};

impl Window {
    fn code_a_sentence(&mut self, words: &str) {
        self.click_words(words);
        self.press(Key::S);
        self.press(Key::C);
        self.type_words("Staffing");
        self.press(Key::Enter);
    }

    fn mouse_button(&mut self, button: PointerButton) {
        let pos = Pos2::new(600.0, 400.0);
        self.harness.hover_at(pos);
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
            self.harness.step();
        }
    }

    fn open_typed(&mut self, path: &std::path::Path) {
        self.press_with(Modifiers::COMMAND, Key::O);
        self.until("the dialog is open", |window| window.shows("Open a project"));
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_words(&path.display().to_string());
        self.press(Key::Enter);
    }

    /// Whether a step of a newcomer is ticked; `None` when it is not shown.
    fn ticked(&self, step: &str) -> Option<bool> {
        let step = self.harness.query_by_role_and_label(Role::CheckBox, step)?;
        Some(step.accesskit_node().toggled() == Some(Toggled::True))
    }
}

#[test]
fn undo_and_redo_name_the_act() {
    let mut window = window();
    assert!(window.shows("Undo: Set up") && window.shows("Nothing to redo"));
    window.code_a_sentence("It was fine");
    window.until("the act has a name", |window| window.shows("Undo: Apply"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("redo has the name", |window| window.shows("Redo: Apply"));
}

#[test]
fn an_undo_of_what_is_not_on_screen_is_named_first() {
    let mut window = window();
    window.code_a_sentence("It was fine");
    window.until("it is coded", |window| window.codings().len() == 1);
    window.harness.get_by_label_contains("B Interview B").click();
    window.until("B is open", |window| window.shows("Naïve of me"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it asks", |window| window.shows("on A,") && window.shows("Press again."));
    assert_eq!(window.codings().len(), 1);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("the second press undoes", |window| window.codings().is_empty());
}

#[test]
fn saving_only_says_when_all_is_saved() {
    let mut window = window();
    window.code_a_sentence("It was fine");
    window.press_with(Modifiers::COMMAND, Key::S);
    window.until("it is said", |window| window.shows("All saved, "));
    assert_eq!(window.codings().len(), 1, "and it is so");
}

#[test]
fn the_mouse_goes_back_and_forward() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.until("Themes is shown", |window| !window.shows("It was fine"));
    window.mouse_button(PointerButton::Extra1);
    window.until("Read again", |window| window.shows("It was fine"));
    window.mouse_button(PointerButton::Extra2);
    window.until("Themes again", |window| !window.shows("It was fine"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("the key goes back too", |window| window.shows("It was fine"));
}

#[test]
fn f6_goes_through_the_panes_of_read() {
    let mut window = window();
    window.click_words("It was fine");
    let reader = window.focused();
    let mut seen = Vec::new();
    for _ in 0..3 {
        window.press(Key::F6);
        window.harness.step();
        seen.push(window.focused());
    }
    assert_eq!(seen, ["Filter 4 themes".to_owned(), "Filter 2 sources".to_owned(), reader]);
}

#[test]
fn everything_grows_and_shrinks_with_the_zoom() {
    let mut window = window();
    let width =
        |window: &Window| window.harness.get_by_role_and_label(Role::Tab, "Read").rect().width() * window.harness.ctx.pixels_per_point();
    let usual = width(&window);
    window.press_with(Modifiers::COMMAND, Key::Plus);
    window.harness.step();
    assert!(width(&window) > usual * 1.05, "{} and {usual}", width(&window));
    assert!(window.shows("Size 110 %"));
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Num0);
    window.harness.step();
    assert!((width(&window) - usual).abs() < 1.0);
}

#[test]
fn a_project_that_cannot_be_opened_leaves_the_one_that_is_open() {
    let mut window = window();
    let other = window.scratch.path("other.themata");
    std::fs::write(&other, "no project").unwrap();
    window.open_typed(&other);
    window.until("it says so", |window| window.shows("“other.themata” could not be opened."));
    window.code_a_sentence("It was fine");
    window.until("the open one can still be edited", |window| window.codings().len() == 1);
}

#[test]
fn an_error_says_what_to_do_and_folds_its_details() {
    let mut window = window();
    let other = window.scratch.path("other.themata");
    std::fs::write(&other, "no project").unwrap();
    window.open_typed(&other);
    window.until("it says so", |window| window.shows("“other.themata” could not be opened."));
    let lines = |window: &Window| window.harness.query_all_by_label_contains("other.themata").count();
    window.until("nothing is opened any more", |window| !window.shows("Opening"));
    let folded = lines(&window);
    window.click("Details");
    assert_eq!(lines(&window), folded + 1);
    window.click("Hide details");
    assert_eq!(lines(&window), folded);
    window.click("Close this message");
    assert!(!window.shows("could not be opened"));
}

/// A file that is removed while it is open goes on taking words in, and goes with its last user: what was acknowledged
/// must not be lost so.
#[test]
fn a_project_file_that_was_removed_is_missed_and_all_of_it_written_anew() {
    let mut window = window();
    window.code_a_sentence("It was fine");
    window.until("it is coded", |window| window.codings().len() == 1);
    std::fs::remove_file(window.scratch.project()).unwrap();
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("it says what is wrong", |window| window.shows("is no longer where it was"));
    window.click("Write it to a new file");
    let rescued = window.scratch.path("study-rescued.themata");
    window.until("it is open", |window| window.shows("Coding Staffing by") && rescued.exists());
    window.press_with(Modifiers::COMMAND, Key::S);
    window.until("all is saved", |window| window.shows("All saved, "));
    let project = Project::open(&rescued, Access::Read, &me("Reader")).unwrap();
    assert_eq!(project.study().source_labelled("A").unwrap().codings.len(), 1, "what was acknowledged, and no more");
}

#[test]
fn a_newcomer_sees_four_steps_until_they_are_done() {
    let mut window = window_with(|project| {
        let info = ProjectInfo { synthetic: true, ..project.study().project().clone() };
        project.edit("Sample", |tx| tx.put(info)).unwrap();
    });
    let [select, code, matrix, search] = ["Select words, or a sentence", "Give them a theme", "See the matrix", "Find words in all texts"];
    assert_eq!([select, code, matrix, search].map(|step| window.ticked(step)), [Some(false); 4]);
    window.code_a_sentence("It was fine");
    window.until("two are done", |window| [select, code].map(|step| window.ticked(step)) == [Some(true); 2]);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.until("the third", |window| window.ticked(matrix) == Some(true) && window.ticked(search) == Some(false));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.until("they go with the last", |window| window.ticked(select).is_none());
}

#[test]
fn the_first_steps_can_be_put_away() {
    let mut window = window_with(|project| {
        let info = ProjectInfo { synthetic: true, ..project.study().project().clone() };
        project.edit("Sample", |tx| tx.put(info)).unwrap();
    });
    window.click("Hide the first steps");
    window.until("they are gone", |window| window.ticked("See the matrix").is_none());
}
