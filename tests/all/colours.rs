//! The colours of themes: given out, chosen, made.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::study::PALETTE;

use crate::window::{Window, window, window_with};

impl Window {
    fn colour(&self, path: &str) -> Option<String> {
        let book = self.app().study().codebook();
        book.find_path(path).and_then(|theme| book.colour(theme)).map(str::to_owned)
    }

    fn go_to_themes(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Num6);
        self.until("the tree has the focus", |window| window.focused().starts_with("Themes, "));
    }

    fn add_theme(&mut self, name: &str) {
        self.press(Key::Insert);
        self.type_words(name);
        self.press(Key::Enter);
        self.until("it is added", |window| window.colour(name).is_some());
        self.until("the tree has the focus", |window| window.focused().starts_with("Themes, "));
    }
}

#[test]
fn every_new_theme_at_the_top_has_a_colour_of_its_own_that_stays() {
    let mut window = window();
    window.go_to_themes();
    assert_eq!([window.colour("Leadership"), window.colour("Staffing")], [Some("sky".into()), Some("amber".into())]);
    window.add_theme("Rooms");
    window.add_theme("Cold");
    assert_eq!([window.colour("Rooms"), window.colour("Cold")], [Some(PALETTE[2].into()), Some(PALETTE[3].into())]);
    assert_eq!(window.colour("Leadership > Local voice"), Some("sky".into()), "those below have their parent’s");
    // A theme that comes to the top, and one whose neighbours go, look as before.
    window.harness.get_by_label_contains("1.2 Local voice").click();
    window.harness.run_steps(2);
    window.press_with(Modifiers::ALT, Key::ArrowLeft);
    window.until("it stands at the top", |window| window.app().study().codebook().find_path("Local voice").is_some());
    assert_eq!(window.colour("Local voice"), Some("sky".into()));
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    window.harness.run_steps(5);
    assert_eq!(window.colour("Cold"), Some(PALETTE[3].into()));
}

#[test]
fn a_study_whose_themes_have_no_colour_keeps_them_so() {
    let mut window = window_with(|project| {
        let grey = |tx: &mut themata::project::Tx<'_>| {
            let themes: Vec<_> = tx.study().codebook().themes().cloned().collect();
            themes.into_iter().try_for_each(|theme| tx.change_theme(themata::study::Theme { colour: None, ..theme }))
        };
        project.edit("Grey", grey).unwrap();
    });
    window.go_to_themes();
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.until("it has moved", |window| {
        let book = window.app().study().codebook();
        book.outline().first().is_some_and(|row| book.path(row.theme) == "Staffing")
    });
    window.add_theme("Rooms");
    assert_eq!(["Leadership", "Staffing", "Rooms"].map(|path| window.colour(path)), [None, None, Some("sky".into())]);
}

#[test]
fn a_theme_gets_a_colour_that_is_not_in_the_palette() {
    let mut window = window();
    window.go_to_themes();
    window.click("Another colour…");
    window.until("the field has the focus", |window| window.focused() == "Colour, as #rrggbb");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("#ffe");
    assert!(window.shows("A colour is written as # and six digits"), "what is no colour is said to be none");
    window.type_words("e00");
    assert!(window.shows("so that they can be read"), "yellow names could not be read on paper");
    window.press(Key::Enter);
    window.until("it has it", |window| window.colour("Leadership").as_deref() == Some("#ffee00"));
    window.until("it is among the colours", |window| window.shows("Colour: your own, #ffee00"));
    assert_eq!(window.colour("Leadership > Local voice").as_deref(), Some("#ffee00"));
    window.click("Colour: plum");
    window.until("it has one of the palette again", |window| window.colour("Leadership").as_deref() == Some("plum"));
    assert!(!window.shows("your own"));
}
