//! The box at the top, the sheet of keys, the settings.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::{Command, Settings};
use themata::home::Home;

use crate::window::{Window, window};

impl Window {
    fn ask_for(&mut self, words: &str) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words(words);
    }

    fn offers(&self, name: &str) -> bool {
        self.harness
            .query_all_by_role(Role::ListBoxOption)
            .any(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with(name)))
    }

    fn settings(&self) -> Settings {
        Settings::read(&Home::below(&self.scratch.path("home")))
    }
}

#[test]
fn the_box_runs_commands_by_their_names() {
    let mut window = window();
    window.ask_for("light or d");
    window.until("it is offered", |window| window.offers("Command: Light or dark, Ctrl+Shift+L"));
    window.press(Key::Enter);
    window.until("it is run", |window| window.shows("Colours: Dark"));
    assert!(!window.offers("Command"), "the list is closed");
}

#[test]
fn enter_means_what_will_be_found() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::K);
    // Typed and confirmed in one frame: nothing can be looked up in between.
    window.harness.event(eframe::egui::Event::Text("themes".to_owned()));
    window.harness.key_press(Key::Enter);
    window.until("Themes is shown", |window| window.shows("Themes, tree") || !window.shows("It was fine, aye"));
}

#[test]
fn the_box_finds_sources_themes_and_words() {
    let mut window = window();
    window.ask_for("interview b");
    window.until("the source is offered", |window| window.offers("Source: B"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("it is open", |window| window.shows("Naïve of me"));
    window.ask_for("staff");
    window.until("the theme is offered", |window| window.offers("Theme: Staffing"));
    window.press(Key::Enter);
    window.until("its passages are shown", |window| window.shows("No passages") || window.shows("Staffing"));
    // What nothing is called is looked for in all texts, at once.
    window.ask_for("aye");
    window.until("the search is offered", |window| window.offers("Search: Search all texts for “aye”"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("a hit is shown", |window| window.shows("1 hit"));
}

#[test]
fn escape_gives_the_focus_back() {
    let mut window = window();
    window.click_words("It was fine");
    let before = window.focused();
    window.ask_for("undo");
    window.until("it is offered", |window| window.offers("Command: Undo"));
    window.press(Key::Escape);
    window.harness.step();
    assert!(!window.offers("Command"));
    assert_eq!(window.focused(), before);
    // A command of the text means the words that were selected before.
    window.press(Key::S);
    window.ask_for("in vivo");
    window.until("it is offered", |window| window.offers("Command: In vivo"));
    window.press(Key::Enter);
    window.until("it is coded", |window| window.codings().len() == 1);
}

#[test]
fn the_sheet_shows_every_command_with_its_keys() {
    let mut window = window();
    window.press(Key::F1);
    window.until("the sheet is open", |window| window.shows("Recode: R"));
    for command in Command::ALL {
        let row = format!("{}: ", command.title());
        assert!(window.shows(&row), "{command:?} is missing");
    }
    window.type_words("quote");
    window.until("it is filtered", |window| window.shows("Quote: Q") && !window.shows("Recode: R"));
    window.press(Key::Escape);
    window.until("it is closed", |window| !window.shows("Quote: Q"));
}

#[test]
fn keys_are_changed_kept_and_never_clash() {
    let mut window = window();
    window.ask_for("change keys");
    window.until("it is offered", |window| window.offers("Command: Change keys"));
    window.press(Key::Enter);
    window.until("the settings are open", |window| window.shows("Filter commands"));
    window.click("Filter commands");
    window.type_words("memo");
    window.until("Memo is listed", |window| window.shows("Memo: M"));
    window.click("Change the keys of Memo");
    window.press(Key::R);
    window.until("the clash is told", |window| window.shows("R is the key of “Recode”."));
    window.click("Take it from there");
    window.until("it has the key", |window| window.shows("Memo: R"));
    window.click("Close");
    window.until("they are closed", |window| !window.shows("Filter commands"));
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::R);
    window.until("R writes a memo", |window| window.shows("Save memo") || window.shows("Memo on"));
    let kept = window.settings().keys;
    assert_eq!((kept.words(Command::Memo), kept.words(Command::Recode)), ("R".to_owned(), String::new()));
}

#[test]
fn escape_while_keys_are_asked_for_leaves_all_as_it_was() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Keys");
    window.click("Change the keys of Read");
    window.press(Key::Escape);
    window.until("the settings stay open", |window| window.shows("Filter commands") && window.shows("Read: Ctrl+1"));
    window.press(Key::Escape);
    window.until("now they are closed", |window| !window.shows("Filter commands"));
    assert_eq!(window.settings().keys, Settings::default().keys);
}

#[test]
fn transcripts_are_set_larger_and_in_another_face() {
    let mut window = window();
    let height = |window: &Window| window.harness.get_by_label_contains("It was fine, aye").rect().height();
    let usual = height(&window);
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Looks");
    for _ in 0..8 {
        window.click("Larger transcripts");
    }
    window.click("Face: Atkinson Hyperlegible");
    window.click("Close");
    window.until("it is larger", |window| height(window) > usual * 1.3);
    let kept = window.settings();
    assert!((kept.reading_size - 24.0).abs() < 0.1);
    assert_ne!(kept.reading_face, Settings::default().reading_face);
}
