//! Undo where one sees what goes, and where one does not; keys that work everywhere, and those that do not.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;

use crate::support::add_source;
use crate::window::{Window, window, window_with};

const ASKS: &str = "Press again.";

impl Window {
    fn code_the_sentence(&mut self) {
        self.click_words("It was fine");
        self.press(Key::S);
        self.press(Key::C);
        self.type_words("Staffing");
        self.press(Key::Enter);
        self.until("it is coded", |window| window.codings().len() == 1);
    }

    fn undo(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Z);
        self.harness.run_steps(2);
    }

    /// Undoes what was done elsewhere: the first press names it.
    pub fn undo_what_is_named(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Z);
        self.until("it is named", |window| window.shows(ASKS));
        self.press_with(Modifiers::COMMAND, Key::Z);
    }

    fn view(&self) -> View {
        self.app().state().view
    }

    fn show(&mut self, key: Key, view: View) {
        self.press_with(Modifiers::COMMAND, key);
        self.harness.run_steps(3);
        assert_eq!(self.view(), view);
    }

    /// Runs a command from the box at the top.
    fn run_by_name(&mut self, title: &str) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words(title);
        self.press(Key::Enter);
        self.harness.run_steps(5);
    }

    fn first_offered(&self) -> String {
        let mut rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.find_map(|row| row.accesskit_node().label()).unwrap_or_default()
    }
}

#[test]
fn what_was_done_elsewhere_is_named_before_it_goes() {
    for (key, view) in [(Key::Num2, View::Matrix), (Key::Num6, View::Themes), (Key::Num7, View::Cases), (Key::Num9, View::History)] {
        let mut window = window();
        window.code_the_sentence();
        window.show(key, view);
        window.undo();
        window.until("it is named", |window| window.shows("Undo: Apply") && window.shows(ASKS));
        assert_eq!(window.codings().len(), 1, "{view:?}");
        window.undo();
        window.until("the second press undoes", |window| window.codings().is_empty());
    }
}

#[test]
fn in_search_too_it_is_named_first() {
    let mut window = window();
    window.code_the_sentence();
    window.show(Key::Num3, View::Search);
    let found = |window: &Window| window.harness.query_by_label("1 hit").is_some();
    window.type_words("fine");
    window.until("it is found", found);
    // In the box Ctrl+Z is the box's own.
    window.undo();
    window.until("it is untyped", |window| window.app().state().search.query.is_empty());
    assert!(!window.shows(ASKS) && window.codings().len() == 1);
    window.type_words("fine");
    window.until("it is found again", found);
    window.press(Key::F6);
    window.until("the hits have the focus", |window| window.focused().starts_with("Hits"));
    window.undo();
    window.until("it is named", |window| window.shows(ASKS));
    assert_eq!(window.codings().len(), 1);
}

#[test]
fn what_was_done_here_goes_at_once() {
    let mut window = window();
    window.code_the_sentence();
    window.undo();
    window.until("one press undoes in Read", |window| window.codings().is_empty());
    window.show(Key::Num6, View::Themes);
    let themes = |window: &Window| window.app().study().codebook().len();
    for _ in 0..2 {
        let before = themes(&window);
        window.press(Key::Insert);
        window.type_words(&format!("Theme {before}"));
        window.press(Key::Enter);
        window.until("it is added", |window| themes(window) == before + 1);
        window.harness.run_steps(3);
    }
    assert_eq!(themes(&window), 6);
    for left in [5, 4] {
        window.undo();
        window.until("one press undoes in Themes", |window| themes(window) == left);
    }
    assert!(!window.shows(ASKS));
}

#[test]
fn words_two_hundred_paragraphs_away_are_not_on_screen() {
    let mut window = window_with(|project| {
        let turns: Vec<String> = (0..300).map(|turn| format!("R: Turn {turn} of a long talk about rooms.")).collect();
        let text = turns.join("\n");
        project.edit("Long", |tx| add_source(tx, "LONG", &text).map(drop)).unwrap();
    });
    window.harness.get_by_label_contains("LONG Interview LONG").click();
    window.until("it is open", |window| window.shows("Turn 0 of"));
    window.click_words("Turn 1 of");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Staffing");
    window.press(Key::Enter);
    let codings = |window: &Window| window.app().study().source_labelled("LONG").unwrap().codings.len();
    window.until("it is coded", |window| codings(window) == 1);
    window.press(Key::End);
    window.until("one is at the end", |window| window.shows("Turn 299 of"));
    window.undo();
    window.until("it is named", |window| window.shows("on LONG,") && window.shows(ASKS));
    assert_eq!(codings(&window), 1);
    window.press(Key::Home);
    window.until("one is back", |window| window.shows("Turn 1 of"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("on screen it goes at once", |window| codings(window) == 0);
}

#[test]
fn behind_the_import_sheet_nothing_goes() {
    let mut window = window();
    window.code_the_sentence();
    let files = ["one", "two"].map(|name| window.write(&format!("{name}.txt"), &format!("I: How?\nR: Aye, {name}.\n")));
    window.drop_files(files.to_vec());
    window.until("they are read", |window| window.shows("Import 2 files"));
    for _ in 0..3 {
        window.undo();
    }
    window.mouse_press(PointerButton::Extra1);
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.press_with(Modifiers::COMMAND, Key::Y);
    window.run_by_name("Status: done");
    assert!(window.shows("Import 2 files") && !window.shows(ASKS));
    assert!(window.codings().len() == 1 && window.view() == View::Read);
    assert!(window.app().study().source_labelled("A").unwrap().statuses.is_empty());
    window.click_button("Cancel");
    window.harness.run_steps(5);
    assert!(window.app().study().source_labelled("A").unwrap().statuses.is_empty(), "what came from the box does not wait");
    window.undo();
    window.until("now it goes", |window| window.codings().is_empty());
}

impl Window {
    fn mouse_press(&mut self, button: PointerButton) {
        let pos = Pos2::new(600.0, 400.0);
        self.harness.hover_at(pos);
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
            self.harness.step();
        }
    }
}

#[test]
fn under_a_question_one_goes_nowhere() {
    let mut window = window();
    window.show(Key::Num6, View::Themes);
    window.press(Key::M);
    window.until("it asks", |window| window.shows("into…"));
    window.mouse_press(PointerButton::Extra1);
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    assert_eq!(window.view(), View::Themes);
    window.press(Key::Escape);
    window.harness.run_steps(3);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.until("the dialog is open", |window| window.shows("Look at them"));
    window.mouse_press(PointerButton::Extra1);
    assert_eq!(window.view(), View::Themes);
    window.press(Key::Escape);
    window.harness.run_steps(3);
    window.mouse_press(PointerButton::Extra1);
    window.until("without a question one goes back", |window| window.view() == View::Read);
}

#[test]
fn in_a_field_undo_is_the_fields_own() {
    let mut window = window();
    window.code_the_sentence();
    window.press_with(Modifiers::COMMAND, Key::T);
    window.type_words("staff");
    window.undo();
    window.undo();
    assert!(window.codings().len() == 1 && !window.shows(ASKS));
}

#[test]
fn redo_has_two_keys_and_all_texts_are_searched_from_anywhere() {
    let mut window = window();
    window.code_the_sentence();
    window.undo();
    window.until("it is undone", |window| window.codings().is_empty());
    window.press_with(Modifiers::COMMAND, Key::Y);
    window.until("it is there again", |window| window.codings().len() == 1);
    window.show(Key::Num7, View::Cases);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.until("the box has the focus", |window| window.view() == View::Search && window.focused().starts_with("Search"));
}

#[test]
fn keys_go_where_they_mean_something_or_say_that_they_do_not() {
    let mut window = window();
    window.show(Key::Num2, View::Matrix);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.until("it says where it works", |window| window.shows("Ctrl+F finds words in Read and Search."));
    window.press_with(Modifiers::COMMAND, Key::T);
    window.until("the filter of Themes", |window| window.view() == View::Themes && window.focused() == "Filter themes");
    window.run_by_name("Fill down");
    window.until("it says where it works", |window| window.shows("“Fill down” does nothing here: it is for tables."));
}

#[test]
fn the_box_offers_what_works_here_first_and_says_where_all_works() {
    let mut window = window();
    window.show(Key::Num6, View::Themes);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.until("it is open", |window| window.first_offered().starts_with("Command: "));
    assert!(window.first_offered().contains(", Themes, row 1 of"), "{}", window.first_offered());
    window.type_words("swap rows");
    window.until("it says where", |window| window.first_offered().starts_with("Command: Swap rows and columns, X, Matrix, row 1"));
}
