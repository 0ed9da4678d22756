//! The box at the top, the sheet of keys, the settings.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::{Command, Settings};
use themata::home::Home;
use themata::study::Role as Role_;

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
    window.click("Add keys to Memo");
    window.press(Key::R);
    window.until("the clash is told", |window| window.shows("R is the key of “Recode”."));
    window.click("Take it from there");
    window.until("it has the key besides its own", |window| window.shows("Memo: M or R"));
    window.click("Take M from Memo");
    window.until("it has only the other", |window| window.shows("Memo: R") && !window.shows("Memo: M"));
    window.click("Add keys to Memo");
    window.press(Key::F9);
    window.until("it has two again", |window| window.shows("Memo: R or F9"));
    window.click("Close");
    window.until("they are closed", |window| !window.shows("Filter commands"));
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::R);
    window.until("R writes a memo", |window| window.shows("Save memo") || window.shows("Memo on"));
    window.until("they are kept", |window| {
        let kept = window.settings().keys;
        (kept.words(Command::Memo), kept.words(Command::Recode)) == ("R".to_owned(), String::new())
    });
}

#[test]
fn escape_while_keys_are_asked_for_leaves_all_as_it_was() {
    let mut window = window();
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Keys");
    window.click("Add keys to Read");
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
    window.until("it is kept", |window| {
        let kept = window.settings();
        (kept.reading_size - 24.0).abs() < 0.1 && kept.reading_face != Settings::default().reading_face
    });
}

impl Window {
    fn new_project(&mut self, name: &str) {
        self.press_with(Modifiers::COMMAND, Key::N);
        self.type_words(name);
        self.until("the file follows the name", |window| {
            let path = window.scratch.path(format!("{name}.themata")).display().to_string();
            window.harness.query_all_by_value(&path).next().is_some()
        });
    }

    fn values_of(&self, role: Role_) -> (String, Vec<String>) {
        let study = self.app().study();
        let attribute = study.attributes().with_role(role).unwrap();
        let values = study.attributes().values_of(attribute.id);
        (attribute.name.clone(), values.into_iter().map(|value| value.name.clone()).collect())
    }
}

#[test]
fn a_new_project_has_its_frame_in_the_words_of_the_study() {
    let mut window = window();
    window.new_project("Wave two");
    window.click("Your name");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("Isla Reid");
    window.click("Next: its frame");
    window.click("Your word for participant groups");
    window.type_words("Role");
    window.click("The participant groups");
    window.type_words("Client, Social worker; Manager");
    window.click("Your word for case-study areas");
    window.type_words("Board");
    window.click("The case-study areas");
    window.type_words("Fife");
    window.click("Make project");
    window.until("it is open", |window| window.app().study().project().name == "Wave two");
    assert_eq!(window.values_of(Role_::Group), ("Role".into(), ["Client", "Social worker", "Manager"].map(String::from).to_vec()));
    assert_eq!(window.values_of(Role_::Area), ("Board".into(), vec!["Fife".into()]));
    assert!(window.shows("Coder: Isla Reid"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("the frame is no act of anybody", |window| window.shows("Nothing to undo"));
    assert_eq!(window.values_of(Role_::Area).1.len(), 1);
}

#[test]
fn a_new_project_takes_over_the_frame_of_another_and_asks_for_documents() {
    let mut window = window();
    let text = window.scratch.path("interview.txt");
    std::fs::write(&text, "I: How was it?\nR: Fine.\n").unwrap();
    let first = window.scratch.project();
    window.new_project("Wave two");
    window.click("Next: its frame");
    window.click("Frame: Take it from a file");
    window.click("Study folder or project");
    window.type_words(&first.display().to_string());
    window.click("Next: documents");
    window.drop_files(vec![text]);
    window.until("it is listed", |window| window.shows("Leave out interview.txt"));
    window.click("Make project");
    window.until("it is open", |window| window.app().study().project().name == "Wave two");
    let book = window.app().study().codebook();
    let paths: Vec<String> = book.outline().iter().map(|row| book.path(row.theme)).collect();
    assert_eq!(paths, ["Leadership", "Leadership › National voice", "Leadership › Local voice", "Staffing"]);
    assert!(window.app().study().materials().is_empty(), "nothing that was said comes along");
    window.until("the documents are looked at", |window| window.shows("interview"));
}

#[test]
fn a_frame_that_cannot_be_read_is_told_and_nothing_is_made() {
    let mut window = window();
    let other = window.scratch.path("other.themata");
    std::fs::write(&other, "no project").unwrap();
    window.new_project("Wave two");
    window.click("Next: its frame");
    window.click("Frame: Take it from a file");
    window.click("Study folder or project");
    window.type_words(&other.display().to_string());
    window.click("Make project");
    window.until("it is told", |window| window.shows("The frame of that project cannot be taken over."));
    assert!(!window.scratch.path("Wave two.themata").exists());
    window.until("the dialog stays", |window| window.shows("Make project"));
}
