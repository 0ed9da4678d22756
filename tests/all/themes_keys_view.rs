//! Themes: a line that is named where it is out of sight, and what goes with a theme that is deleted.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::themes_view::{themes, with_codings};
use crate::window::window_with;

/// So many themes that the last are out of sight.
fn with_many_themes(project: &mut themata::project::Project) {
    let add = |tx: &mut themata::project::Tx<'_>| (0..60).try_for_each(|number| tx.add_theme(None, &format!("Theme {number}")).map(drop));
    project.edit("Add", add).unwrap();
}

#[test]
fn a_new_theme_is_named_where_its_line_is_out_of_sight_at_first() {
    let mut window = themes(window_with(with_many_themes));
    window.press(Key::Insert);
    window.until("its line is seen", |window| window.focused() == "Name of the theme");
    let name = [Event::Text("My theme".to_owned())];
    window.at_once(name);
    window.press(Key::Enter);
    window.until("it is added", |window| window.theme("My theme").is_some());
    window.until("the tree has the keys", |window| window.focused().starts_with("Themes, "));
    // Typed all at once it is the same.
    window.press(Key::Home);
    let press = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    window.at_once([press(Key::Insert), Event::Text("Another".to_owned()), press(Key::Enter)]);
    window.until("it is added too", |window| window.theme("Another").is_some());
    // Whoever scrolls meanwhile is not left without keys.
    window.press(Key::Home);
    window.press(Key::Insert);
    window.until("its line is seen", |window| window.focused() == "Name of the theme");
    let at = window.harness.get_by_label("Name of the theme").rect().center();
    for _ in 0..5 {
        window.scroll_at(at, 400.0);
    }
    window.until("something has the keys", |window| {
        let focused = window.focused();
        focused == "Name of the theme" || focused.starts_with("Themes, ")
    });
}

#[test]
fn deleting_a_theme_says_what_becomes_of_its_summaries() {
    let mut window = themes(window_with(|project| {
        with_codings(project);
        let write = |tx: &mut themata::project::Tx<'_>| {
            let theme = tx.theme_at("Leadership > Local voice")?;
            let case = tx.case_labelled("A", themata::study::CaseKind::Person)?;
            let cell = themata::study::Crossing { theme, of: themata::study::Crossed::Case(case) };
            let text = "She leads".to_owned();
            tx.chart(&cell, themata::project::Charted { text, ..Default::default() }).map(drop)
        };
        project.edit("Write", write).unwrap();
    }));
    window.press(Key::End);
    window.press(Key::ArrowUp);
    window.press(Key::Delete);
    window.until("it is asked", |window| window.shows("1 coding, 1 summary"));
    assert!(window.shows("The summary of its cells goes with them and waits there to be settled."));
    window.click("Codings: Remove the codings too");
    window.until("it is said", |window| window.shows("The summary of its cells becomes a memo on “Leadership”."));
}
