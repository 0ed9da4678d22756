//! Themes, driven by role and label.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::study::{Origin, Theme};
use themata::text::Span;

use crate::window::{Window, window, window_with};

/// The view, with the tree in focus and the first theme selected.
pub fn themes(mut window: Window) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.until("the tree has the focus", |window| window.focused().starts_with("Themes, "));
    window
}

impl Window {
    /// Name of what has the focus.
    /// What has the keys: a field, a button, or a list as a whole.
    pub fn focused(&self) -> String {
        let list = self.harness.root().children_recursive().find_map(|node| {
            let node = node.accesskit_node();
            node.active_descendant().filter(egui_kittest::kittest::AccessKitNode::is_focused).and_then(|_| node.label())
        });
        list.unwrap_or_else(|| self.at_hand())
    }

    /// What a screen reader is at: what has the keys, and in a list the row one is at.
    pub fn at_hand(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        nodes.filter(|node| node.accesskit_node().is_focused()).find_map(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    fn paths(&self) -> Vec<String> {
        let book = self.app().study().codebook();
        book.outline().iter().map(|row| format!("{} {}", row.number, book.path(row.theme))).collect()
    }

    pub fn theme(&self, path: &str) -> Option<Theme> {
        let book = self.app().study().codebook();
        book.find_path(path).and_then(|theme| book.get(theme)).cloned()
    }

    fn until_paths(&mut self, what: &str, paths: &[&str]) {
        self.until(what, |window| window.paths() == paths);
    }
}

const BEGIN: [&str; 4] = ["1 Leadership", "1.1 Leadership › National voice", "1.2 Leadership › Local voice", "2 Staffing"];

#[test]
fn themes_are_added_and_renamed_in_their_line() {
    let mut window = themes(window());
    window.until_paths("the book is there", &BEGIN);
    window.press_with(Modifiers::SHIFT, Key::Insert);
    window.type_words("Silence");
    window.press(Key::Enter);
    window.until("it is added", |window| window.theme("Leadership > Silence").is_some());
    window.until("it is selected", |window| window.shows("1.3 Silence, 0 codings"));
    window.press(Key::F2);
    window.type_words("local VOICE");
    window.press(Key::Enter);
    assert!(window.theme("Leadership > Silence").is_some(), "a sibling has that name");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("Loud voice");
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.theme("Leadership > Loud voice").is_some());
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is named as before", |window| window.theme("Leadership > Silence").is_some());
}

#[test]
fn two_clicks_on_a_theme_read_its_passages_wherever_it_is_listed() {
    let mut window = themes(window_with(with_codings));
    let read = |window: &mut Window, label: &str| {
        let at = window.harness.get_all_by_label_contains(label).last().unwrap().rect().left_center() + eframe::egui::vec2(60.0, 0.0);
        window.drag(at, at);
        window.drag(at, at);
        window.until("the theme is read", |window| window.app().state().view == View::Matrix);
        window.press_with(Modifiers::COMMAND, Key::OpenBracket);
        window.until("back in Themes", |window| window.app().state().view == View::Themes);
        // Clicks that follow soon would be a third and a fourth.
        window.harness.run_steps(20);
    };
    read(&mut window, "2 Staffing, ");
    assert!(window.theme("Staffing").is_some(), "it is not renamed");
    window.press(Key::Home);
    window.press_with(Modifiers::SHIFT, Key::End);
    window.until("all are listed beside the tree", |window| window.shows("4 themes chosen"));
    read(&mut window, "1.1 National voice");
}

#[test]
fn keys_move_a_theme_through_the_tree() {
    let mut window = themes(window());
    window.press(Key::End);
    for (key, paths) in [
        (Key::ArrowUp, ["1 Staffing", "2 Leadership", "2.1 Leadership › National voice", "2.2 Leadership › Local voice"]),
        (Key::ArrowDown, BEGIN),
        (Key::ArrowRight, ["1 Leadership", "1.1 Leadership › National voice", "1.2 Leadership › Local voice", "1.3 Leadership › Staffing"]),
        (Key::ArrowLeft, BEGIN),
    ] {
        window.press_with(Modifiers::ALT, key);
        window.until_paths(&format!("{key:?}"), &paths);
    }
}

#[test]
fn what_is_written_is_kept_when_the_field_is_left() {
    let mut window = themes(window());
    let edits = |window: &Window| window.app().state().undo.as_ref().map(|edit| edit.label.clone());
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Definition").click();
    window.harness.step();
    window.type_words("Who decides");
    window.type_words(", and where");
    assert_eq!(edits(&window).as_deref(), Some("Set up"), "nothing is written at a key");
    window.press(Key::Tab);
    window.until("it is defined", |window| window.theme("Leadership").is_some_and(|theme| theme.definition == "Who decides, and where"));
    window.type_words("a decision is named");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("it is kept", |window| window.theme("Leadership").is_some_and(|theme| theme.use_when == "a decision is named"));
}

#[test]
fn a_definition_that_cannot_be_written_stays_and_is_kept_with_the_next_try() {
    let mut window = themes(window());
    let (place, away) = (window.scratch.project(), window.scratch.path("away"));
    let defined = |window: &Window| window.theme("Leadership").map(|theme| (theme.definition, theme.use_when)).unwrap();
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Definition").click();
    window.harness.step();
    window.type_words("Who decides");
    std::fs::rename(&place, &away).unwrap();
    window.press(Key::Tab);
    window.until("it is not kept", |window| window.shows("Not kept yet. "));
    window.type_words("a decision is named");
    let written = |window: &Window, name: &str| {
        let field = window.harness.get_by_role_and_label(Role::MultilineTextInput, name);
        field.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!((written(&window, "Definition"), written(&window, "Use when")), ("Who decides".into(), "a decision is named".into()));
    std::fs::rename(&away, &place).unwrap();
    window.press(Key::Tab);
    window.until("both are kept", |window| defined(window) == ("Who decides".into(), "a decision is named".into()));
    assert!(!window.shows("Not kept yet. "));

    // Left for another view, the words wait for it, or for everything to be kept.
    window.type_words("nobody decides");
    std::fs::rename(&place, &away).unwrap();
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("it says so", |window| window.shows("is no longer where it was"));
    std::fs::rename(&away, &place).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    window.until("they are kept", |window| window.theme("Leadership").is_some_and(|theme| theme.not_when == "nobody decides"));
}

#[test]
fn a_name_that_cannot_be_written_is_still_being_written() {
    let mut window = themes(window());
    let (place, away) = (window.scratch.project(), window.scratch.path("away"));
    window.press(Key::F2);
    window.type_words("Leading");
    std::fs::rename(&place, &away).unwrap();
    window.press(Key::Enter);
    window.until("it says so", |window| window.shows("is no longer where it was"));
    std::fs::rename(&away, &place).unwrap();
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.theme("Leading").is_some());
}

#[test]
fn a_colour_is_chosen_and_inherited() {
    let mut window = themes(window());
    window.click("Colour: plum");
    window.until("it is coloured", |window| window.theme("Leadership").is_some_and(|theme| theme.colour.as_deref() == Some("plum")));
    let book = window.app().study().codebook();
    assert_eq!(book.find_path("Leadership > Local voice").and_then(|theme| book.colour(theme)), Some("plum"));
}

pub fn with_codings(project: &mut themata::project::Project) {
    project
        .edit("Code", |tx| {
            let source = tx.study().materials()[0].source.id;
            for (path, from) in [("Leadership", 18), ("Leadership > Local voice", 21), ("Staffing", 25)] {
                let theme = tx.theme_at(path)?;
                tx.code(source, Span::new(from, 40), theme, Origin::Hand)?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn counts_stand_beside_the_themes() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("1 Leadership, 1 coding, 2 with below, no definition, row 1 of 4"));
    window.press(Key::ArrowLeft);
    assert!(window.shows("row 1 of 2"), "folded");
}

#[test]
fn themes_are_merged_where_it_is_said() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("2 with below"));
    window.press(Key::End);
    window.press(Key::M);
    assert!(window.shows("What hangs on it (1 coding) goes to the theme you choose"));
    window.press(Key::Enter);
    assert!(window.theme("Staffing").is_some(), "nothing is chosen yet");
    window.type_words("national");
    window.press(Key::Enter);
    window.until("they are one", |window| window.theme("Staffing").is_none());
    let themes: Vec<String> = window.codings().into_iter().map(|(_, theme)| theme).collect();
    assert!(themes.contains(&"Leadership › National voice".to_owned()), "{themes:?}");
}

#[test]
fn deleting_says_what_hangs_on_a_theme() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("2 with below"));
    window.press(Key::Delete);
    assert!(window.shows("On them hang 2 codings, 2 sub-themes."));
    window.type_words("staff");
    window.press(Key::Enter);
    window.until_paths("it is gone", &["1 Staffing"]);
    assert_eq!(window.codings().len(), 3);
    window.press(Key::Delete);
    window.click("Codings: Remove the codings too");
    window.harness.step();
    window.click("Delete with 3 codings");
    window.until("all is gone", |window| window.codings().is_empty() && window.paths().is_empty());
    assert!(window.shows("No themes yet"));
}

#[test]
fn a_theme_is_given_a_number_of_its_own_and_gives_it_back() {
    let mut window = themes(window());
    let numbers = |window: &Window| window.paths().iter().map(|path| path.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
    window.harness.get_by_role_and_label(Role::TextInput, "Number").click();
    window.harness.step();
    window.type_words("7 ");
    window.press(Key::Tab);
    window.until("it is numbered, and those below it", |window| numbers(window) == ["7", "7.1", "7.2", "2"]);
    assert_eq!(window.app().state().undo.as_ref().map(|edit| edit.label.clone()).as_deref(), Some("Number theme"));
    window.harness.get_by_role_and_label(Role::TextInput, "Number").click();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Backspace);
    window.press(Key::Tab);
    window.until("its place numbers it", |window| numbers(window) == ["1", "1.1", "1.2", "2"]);
}

#[test]
fn a_merge_and_a_deletion_are_undone() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("2 with below"));
    let codings = window.codings();
    window.press(Key::End);
    window.press(Key::M);
    window.type_words("national");
    window.press(Key::Enter);
    window.until("they are one", |window| window.theme("Staffing").is_none());
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("they are two", &BEGIN);
    assert_eq!(window.codings(), codings);
    window.until("they are counted again", |window| window.shows("2 with below"));
    window.press(Key::Home);
    window.press(Key::Delete);
    window.until("it is counted", |window| window.shows("On them hang 2 codings"));
    window.click("Codings: Remove the codings too");
    window.harness.step();
    window.click("Delete with 2 codings");
    window.until_paths("it is gone", &["1 Staffing"]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("it is back", &BEGIN);
    assert_eq!(window.codings(), codings);
}

#[test]
fn every_control_of_themes_has_a_name() {
    let window = themes(window());
    for role in [Role::Button, Role::TextInput, Role::MultilineTextInput, Role::RadioButton, Role::Tree, Role::TreeItem] {
        for node in window.harness.query_all_by_role(role) {
            let node = node.accesskit_node();
            assert!(node.label().is_some_and(|label| !label.trim().is_empty()), "{role:?} without a name");
        }
    }
}

#[test]
fn f6_goes_from_the_tree_to_the_editor_and_the_filter() {
    let mut window = themes(window());
    let mut seen = Vec::new();
    for _ in 0..3 {
        window.press(Key::F6);
        window.harness.step();
        seen.push(window.focused());
    }
    assert_eq!(seen, ["Name", "Filter themes", "Themes, 4"]);
}

#[test]
fn sub_themes_of_one_name_are_merged_as_was_said() {
    let mut window = themes(window_with(|project| {
        with_codings(project);
        project.edit("Add", |tx| tx.theme_at("Staffing > local VOICE").map(drop)).unwrap();
    }));
    window.until("they are counted", |window| window.shows("2 with below"));
    window.press(Key::M);
    window.type_words("staffing");
    assert!(window.shows("1 of its 2 sub-themes becomes one with that of the same name there."));
    window.press(Key::Enter);
    window.until_paths("they are one", &["1 Staffing", "1.1 Staffing › local VOICE", "1.2 Staffing › National voice"]);
    let themes: Vec<String> = window.codings().into_iter().map(|(_, theme)| theme).collect();
    assert!(themes.contains(&"Staffing › local VOICE".to_owned()), "{themes:?}");
}

#[test]
fn a_key_in_one_frame_with_an_arrow_is_about_where_that_led() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("2 with below"));
    window.harness.key_press(Key::End);
    window.harness.key_press(Key::M);
    window.harness.step();
    window.until("it is asked about the last", |window| window.shows("Merge “Staffing” into…"));
}

#[test]
fn a_theme_is_dragged_to_another_place() {
    let mut window = themes(window());
    let at = |window: &Window, name: &str, share: f32| {
        let rect = window.harness.get_by_role_and_label(Role::TreeItem, name).rect();
        rect.left_center() + eframe::egui::vec2(120.0, rect.height() * (share - 0.5))
    };
    window.until("it is counted", |window| window.shows("2 Staffing, 0 codings, 0 with below, no definition, row 4 of 4"));
    let staffing = "2 Staffing, 0 codings, 0 with below, no definition, row 4 of 4";
    let from = at(&window, staffing, 0.5);
    window.drag(from, at(&window, "1.1 National voice, 0 codings, 0 with below, no definition, row 2 of 4", 0.5));
    let into =
        ["1 Leadership", "1.1 Leadership › National voice", "1.1.1 Leadership › National voice › Staffing", "1.2 Leadership › Local voice"];
    window.until_paths("it lies below", &into);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("it is back", &BEGIN);
    let before = at(&window, "1.1 National voice, 0 codings, 0 with below, no definition, row 2 of 4", 0.1);
    window.drag(from, before);
    window.until_paths(
        "it lies between",
        &["1 Leadership", "1.1 Leadership › Staffing", "1.2 Leadership › National voice", "1.3 Leadership › Local voice"],
    );
}

#[test]
fn several_themes_are_chosen_and_moved_in_one_act() {
    let mut window = themes(window());
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.focused(), "Themes, 4, 2 chosen");
    let chosen = |window: &Window| {
        let rows = window.harness.query_all_by_role(Role::TreeItem);
        rows.filter(|row| row.accesskit_node().is_selected() == Some(true)).count()
    };
    assert_eq!(chosen(&window), 2, "each says that it is chosen");
    window.press_with(Modifiers::ALT, Key::ArrowLeft);
    let out = ["1 Leadership", "2 National voice", "3 Local voice", "4 Staffing"];
    window.until_paths("both are out", &out);
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.until_paths("both are down", &["1 Leadership", "2 Staffing", "3 National voice", "4 Local voice"]);
    assert_eq!(chosen(&window), 2, "they are still chosen");
    assert_eq!(window.app().state().undo.as_ref().map(|edit| edit.label.clone()).as_deref(), Some("Move 2 themes"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("one undo for both", &out);
    window.press(Key::Escape);
    assert_eq!(chosen(&window), 1);
    window.press_with(Modifiers::COMMAND, Key::A);
    assert_eq!(chosen(&window), 4);
    window.press(Key::Space);
    assert_eq!(chosen(&window), 3);
}

#[test]
fn several_themes_are_coloured_merged_and_deleted() {
    let mut window = themes(window_with(with_codings));
    window.until("they are counted", |window| window.shows("2 with below"));
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    assert!(window.shows("3 themes chosen") && window.shows("On them hang 2 codings."));
    window.click("Colour: plum");
    let plum = |window: &Window| ["Leadership > Local voice", "Staffing"].map(|path| window.theme(path).unwrap().colour);
    window.until("they are coloured", |window| plum(window) == [Some("plum".into()), Some("plum".into())]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("at once", |window| plum(window) == [None, Some("amber".into())]);
    window.until("they are counted", |window| window.shows("On them hang 2 codings."));
    window.click("Merge…");
    assert!(window.shows("Merge 3 themes into…"));
    window.type_words("leadership");
    window.press(Key::Enter);
    window.until_paths("all is one", &["1 Leadership"]);
    assert_eq!(window.codings().len(), 3);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("all is back", &BEGIN);
    window.until("they are counted", |window| window.shows("2 with below"));
    window.press(Key::End);
    window.press_with(Modifiers::SHIFT, Key::ArrowUp);
    window.press(Key::Delete);
    window.until("it is counted", |window| window.shows("On them hang 2 codings."));
    window.type_words("national");
    window.press(Key::Enter);
    window.until_paths("both are gone", &["1 Leadership", "1.1 Leadership › National voice"]);
    assert_eq!(window.codings().len(), 3, "the codings have a new home");
}

/// A theme with codings on three passages of its own.
fn with_passages(project: &mut themata::project::Project) {
    project
        .edit("Code", |tx| {
            let [a, b] = ["A", "B"].map(|label| tx.study().source_labelled(label).unwrap().source.id);
            let theme = tx.theme_at("Staffing")?;
            for (source, from, to) in [(a, 18, 43), (a, 44, 63), (b, 15, 24)] {
                tx.code(source, Span::new(from, to), theme, Origin::Hand)?;
            }
            Ok(())
        })
        .unwrap();
}

fn undone(window: &Window) -> Option<String> {
    window.app().state().undo.as_ref().map(|edit| edit.label.clone())
}

#[test]
fn a_theme_is_split_by_digits_in_one_act() {
    let mut window = themes(window_with(with_passages));
    window.until("they are counted", |window| window.shows("3 with below"));
    window.press(Key::End);
    window.press(Key::S);
    window.until("its passages are there", |window| window.shows("Passages, 3 not sorted yet"));
    assert!(window.shows("Name a sub-theme first."));
    window.type_words("Cover");
    window.press(Key::Enter);
    window.until("the next one is named", |window| window.focused() == "Name of sub-theme 2");
    window.type_words("Pay");
    window.press(Key::Escape);
    window.until("the passages have the keys", |window| window.focused() == "Passages, 3 not sorted yet");
    window.press(Key::Num1);
    window.press(Key::Num2);
    window.press(Key::Num3);
    assert!(window.shows("There is no sub-theme 3 yet."));
    assert!(window.shows("A, ¶ 2, 1 Cover: It was fine") && window.shows("A, ¶ 2, 2 Pay: The forms"));
    assert!(window.shows("1 is not sorted yet and stays with “Staffing”."));
    assert_eq!(undone(&window).as_deref(), Some("Code"), "nothing is written before it is split");

    // What is sorted waits while one looks elsewhere.
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.press_with(Modifiers::COMMAND, Key::Num6);
    assert!(window.shows("Passages, 1 not sorted yet"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let split = [&BEGIN[..], &["2.1 Staffing › Cover", "2.2 Staffing › Pay"]].concat();
    window.until_paths("it is split", &split);
    let themes: Vec<String> = window.codings().into_iter().map(|(_, theme)| theme).collect();
    assert_eq!(themes, ["Staffing › Cover", "Staffing › Pay"]);
    window.until("one is still there", |window| window.shows("2 Staffing, 1 coding, 3 with below"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until_paths("one undo for all of it", &BEGIN);
    assert!(window.codings().iter().all(|(_, theme)| theme == "Staffing"));
}

#[test]
fn a_typical_example_is_chosen_shown_and_opened() {
    let mut window = themes(window_with(with_passages));
    window.press(Key::End);
    window.click("Choose a passage…");
    window.until("the passages are there", |window| window.shows("A, ¶ 2: The forms were not."));
    window.type_words("forms");
    window.press(Key::Enter);
    window.until("it stands with the definition", |window| window.shows("Typical example, A, ¶ 2: The forms were not."));
    assert_eq!(undone(&window).as_deref(), Some("Typical example"));
    window.click("Typical example, A, ¶ 2: The forms were not.");
    window.until("one click leads to the words", |window| window.shows("Paragraph 2 of 4"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.shows("Choose another…"));
    window.click("Take the example away");
    window.until("it is gone", |window| window.app().study().examples().is_empty() && window.shows("Choose a passage…"));
}

#[test]
fn an_example_whose_words_are_gone_says_so() {
    let mut window = themes(window_with(|project| {
        project
            .edit("Cite", |tx| {
                let source = tx.study().source_labelled("B").unwrap().source.id;
                let theme = tx.theme_at("Leadership")?;
                tx.set_example(theme, Some((source, Span::new(15, 24))))?;
                crate::support::correct(tx, source, "I: And you?\nR: Nothing at all.\n").map(drop)
            })
            .unwrap();
    }));
    window.until("it says so", |window| window.shows("Typical example, B, words corrected away: Naïve of"));
}

#[test]
fn the_codebook_is_compared_with_what_it_was() {
    let mut window = themes(window());
    window.press(Key::F2);
    window.type_words("Leading");
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.theme("Leading").is_some());
    window.press(Key::End);
    window.press_with(Modifiers::ALT, Key::ArrowRight);
    window.until("it is moved", |window| window.theme("Leading > Staffing").is_some());
    window.click("More");
    window.click("Compare codebook with a version…");
    window.until("the history is there", |window| window.shows("Before “Rename theme”"));
    window.type_words("rename");
    window.press(Key::Enter);
    window.until("both are told", |window| window.shows("2 differences"));
    assert!(window.shows("Renamed: 1 Leading, was Leadership, is Leading"));
    assert!(window.shows("Moved: 1.3 Leading › Staffing, was (top), is Leading"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is compared with what is now", |window| window.shows("1 difference") && !window.shows("Moved: "));
    window.press(Key::Escape);
    window.until("the editor is back", |window| window.shows("Do not use when"));
}

#[test]
fn the_codebook_is_written_as_a_page_and_replaces_nothing_unasked() {
    let mut window = themes(window_with(with_passages));
    let file = window.scratch.path("codebook.html");
    for replaced in [false, true] {
        window.click("More");
        window.click("Print codebook…");
        window.until("a path is asked for", |window| window.shows("One page with the tree, numbers, definitions"));
        // The first frame of a dialog measures it.
        window.harness.run_steps(3);
        window.click_button("Export");
        if replaced {
            window.until("it is asked", |window| window.shows("“codebook.html” is there already"));
            window.harness.run_steps(3);
            window.click_button("Replace");
        } else {
            window.until("it is asked first what is masked", |window| window.shows("Say first whether groups of few are masked"));
            assert!(!file.exists());
            window.click("Mask groups of fewer than: Off");
            window.harness.run_steps(3);
            window.click_button("Export");
        }
        window.until("it is written", |window| window.shows(" defined in ") && file.exists());
        assert!(std::fs::read_to_string(&file).unwrap().contains("2 Staffing"));
        std::fs::write(&file, "another").unwrap();
        window.press_with(Modifiers::COMMAND, Key::S);
        window.until("it has said something else", |window| !window.shows(" defined in "));
        if replaced {
            break;
        }
    }
}

#[test]
fn the_codebook_can_be_found_as_it_was_after_every_edit() {
    let scratch = crate::support::Scratch::new();
    let (mut project, _) = crate::support::project(&scratch);
    let mut books = vec![(project.history(None, 1).unwrap()[0].seq, project.study().codebook_arc())];
    for act in 0..9 {
        match act {
            4 | 7 => _ = project.undo().unwrap(),
            5 => _ = project.redo().unwrap(),
            _ => project
                .edit("Act", |tx| {
                    let theme = tx.theme_at(&format!("A > {act}"))?;
                    if act == 3 { tx.remove_theme(theme, None) } else { tx.move_theme(theme, None, None) }
                })
                .unwrap(),
        }
        books.push((project.history(None, 1).unwrap()[0].seq, project.study().codebook_arc()));
    }
    for (seq, book) in books {
        assert_eq!(project.codebook_after(seq).unwrap(), *book, "after {seq}");
    }
    assert!(project.codebook_after(0).unwrap().is_empty());
}
