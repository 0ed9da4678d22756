//! Read in the real window: which codings are shown, what a search has made, and a text that is corrected.

use std::collections::BTreeSet;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::project::Tx;
use themata::study::{AttributeOf, CaseKind, Origin};
use themata::text::Span;

use crate::window::{Window, window, window_with};

/// Two codings on A, the second made by a search; the case of A is of the office in the north.
fn coded() -> Window {
    window_with(|project| {
        let code = |tx: &mut Tx<'_>| {
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let (staffing, local) = (tx.theme_at("Staffing")?, tx.theme_at("Leadership > Local voice")?);
            tx.code(source, Span::new(18, 43), staffing, Origin::Hand)?;
            tx.code(source, Span::new(44, 63), local, Origin::SearchUnread)?;
            let office = tx.attribute_named("Office", AttributeOf::Cases)?;
            let (north, _) = (tx.value_named(office, "North")?, tx.value_named(office, "South")?);
            let case = tx.case_labelled("A", CaseKind::Person)?;
            tx.set_value(case, office, BTreeSet::from([north]))
        };
        project.edit("Code", code).unwrap();
    })
}

impl Window {
    fn filter(&mut self, branch: &str, choice: &str) {
        self.harness.get_by_label("Which codings are shown").click();
        self.harness.run_steps(3);
        let is_open = self.harness.query_by_role_and_label(Role::MenuItemRadio, choice).is_some();
        if !branch.is_empty() && !is_open {
            self.harness.get_by_label_contains(branch).click();
            self.harness.run_steps(2);
        }
        self.harness.get_by_role_and_label(Role::MenuItemRadio, choice).click();
        self.harness.run_steps(3);
    }

    fn origins_on_a(&self) -> Vec<Origin> {
        let study = self.app().study();
        study.source_labelled("A").unwrap().codings.iter().map(|coded| coded.coding.origin.clone()).collect()
    }
}

#[test]
fn codings_are_filtered_by_theme_coder_attribute_and_origin_and_one_press_shows_all() {
    let shown = |window: &Window| window.harness.query_all_by_label_contains("Coding ").count();
    let mut window = coded();
    assert_eq!(shown(&window), 2);
    for (branch, choice, says, stripes) in [
        ("By Theme", "2  Staffing".to_owned(), "1 of 2 codings shown", 1),
        ("By Theme", "\u{2003}1.2  Local voice".to_owned(), "1 of 2 codings shown", 1),
        ("By Office", "North".to_owned(), "2 of 2 codings shown", 2),
        ("By Office", "South".to_owned(), "0 of 2 codings shown", 0),
        ("By Office", "Not stated".to_owned(), "0 of 2 codings shown", 0),
        ("", "Made by a search, unread: 1".to_owned(), "1 of 2 codings shown", 1),
    ] {
        window.filter(branch, &choice);
        assert!(window.shows(says), "{choice}");
        assert_eq!(shown(&window), stripes, "{choice}");
        window.click("Show all");
        assert!(!window.shows("codings shown") && shown(&window) == 2, "after {choice}");
    }
    let coder = window.app().study().coders().values().next().unwrap().name.clone();
    window.filter("By Coder", &coder);
    assert!(window.shows("2 of 2 codings shown"));
    window.filter("By Office", "South");
    assert!(window.shows("0 of 2 codings shown") && window.shows("Office: South"), "filters go together");
}

#[test]
fn what_a_search_made_is_confirmed_by_a_key_and_that_is_one_edit() {
    let mut window = coded();
    assert!(window.shows("1 coding made by a search, not read yet"));
    window.click_words("It was fine");
    window.press(Key::Y);
    assert!(window.shows("Nothing here waits to be confirmed."));
    window.click("Coding Local voice by A");
    window.press(Key::Y);
    window.until("it is confirmed", |window| window.origins_on_a() == [Origin::Hand, Origin::Hand]);
    assert!(!window.shows("not read yet"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("one press undoes it", |window| window.origins_on_a() == [Origin::Hand, Origin::SearchUnread]);
    window.click("Show only these");
    assert!(window.shows("1 of 2 codings shown"));
    window.click("Confirm all here");
    window.until("all are confirmed", |window| window.origins_on_a() == [Origin::Hand, Origin::Hand]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("and one press undoes that", |window| window.origins_on_a() == [Origin::Hand, Origin::SearchUnread]);
    window.click_words("It was fine");
    window.press_with(Modifiers::SHIFT, Key::Y);
    window.until("a key does it too", |window| window.origins_on_a() == [Origin::Hand, Origin::Hand]);
}

#[test]
fn a_corrected_file_takes_the_place_of_a_text_in_one_edit() {
    let mut window = coded();
    let file = window.scratch.path("corrected.txt");
    let text = "I: How was it, then?\nR: It was fine, aye, mostly. I mind the cold.\nI: And now?\nR: Better. We share one room.\n";
    std::fs::write(&file, text).unwrap();
    window.harness.get_by_role_and_label(Role::Tab, "Source").click();
    window.harness.run_steps(2);
    window.click("More for this source");
    window.click("Replace the text by a corrected file…");
    window.until("the dialog is open", |window| window.shows("Correct A"));
    window.type_words(&file.display().to_string());
    window.press(Key::Enter);
    window.until("the text is the corrected one", |window| window.shows("How was it, then?"));
    window.until("it says what became of the codings", |window| window.shows("1 moved, 1 lost their words"));
    assert_eq!(window.codings(), [("It was fine, aye, mostly.".into(), "Staffing".into())]);
    assert!(window.shows("1 passage lost its words in a correction"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("one press brings the old text back", |window| window.shows("The forms were not.") && window.codings().len() == 2);
}

#[test]
fn tab_always_leaves_the_text() {
    let mut window = window();
    let in_text = |window: &Window| {
        let nodes = window.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused());
        nodes.filter_map(|node| node.accesskit_node().label()).any(|label| label.starts_with("Text of"))
    };
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        window.click_words("It was fine");
        assert!(in_text(&window));
        window.press_with(modifiers, Key::Tab);
        assert!(!in_text(&window), "{modifiers:?}");
    }
}

#[test]
fn single_letters_are_switched_off_as_a_whole() {
    let mut window = window_with(|project| {
        let config = project.path().with_file_name("home").join("config");
        std::fs::create_dir_all(&config).unwrap();
        std::fs::write(config.join("window.json"), r#"{ "single_letters": false }"#).unwrap();
    });
    window.click_words("It was fine");
    for key in [Key::S, Key::C, Key::V, Key::Num1, Key::Y, Key::M] {
        window.press(key);
        window.press_with(Modifiers::SHIFT, key);
    }
    window.harness.run_steps(10);
    assert!(window.codings().is_empty() && !window.shows("Memo on this passage") && !window.shows("Code 5 words"));
    window.press(Key::Enter);
    assert!(window.shows("Code 5 words"), "keys that are no letters go on working");
}

#[test]
fn a_new_theme_is_made_where_the_arrows_say_whatever_it_is_picked_for() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.press(Key::R);
    window.type_words("Overtime");
    assert!(window.shows("New theme Unsorted › Overtime"));
    window.press(Key::ArrowRight);
    assert!(window.shows("New theme Overtime"), "the next place is the top level");
    window.press(Key::ArrowRight);
    assert!(window.shows("New theme Leadership › Overtime"));
    window.press(Key::ArrowLeft);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is made and the coding has it", |window| window.codings()[0].1 == "Overtime");
    window.press(Key::Num4);
    window.type_words("Nights");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is made and applied", |window| window.codings().iter().any(|(_, theme)| theme == "Unsorted › Nights"));
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press(Key::Num4);
    window.until("the slot is filled with it", |window| {
        window.codings().iter().filter(|(_, theme)| theme == "Unsorted › Nights").count() == 2
    });
}

#[test]
fn no_pane_changes_its_width_by_itself() {
    let mut window = coded();
    let width = |window: &Window| window.harness.get_by_label("Text of Interview A").rect().width();
    let before = width(&window);
    window.click("Coding Local voice by A");
    for tab in ["Passage", "Source"] {
        window.harness.get_by_role_and_label(Role::Tab, tab).click();
        window.harness.run_steps(5);
        assert!((width(&window) - before).abs() < 0.5, "{tab}: {} instead of {before}", width(&window));
    }
}

#[test]
fn the_text_and_its_codings_tell_more_than_their_names() {
    let mut window = coded();
    let value = |window: &Window, label: &str| window.harness.get_by_label(label).accesskit_node().value().unwrap_or_default();
    window.click("Coding Local voice by A");
    assert_eq!(value(&window, "Coding Local voice by A"), "made by a search, not read");
    assert_eq!(value(&window, "Text of Interview A"), "Paragraph 2 of 4, selected: The forms were not.");
}

#[test]
fn panes_give_way_to_the_text_and_get_their_width_back() {
    let mut window = window();
    let width = |window: &Window| window.harness.get_by_label("Text of Interview A").rect().width();
    let before = width(&window);
    window.harness.set_size(eframe::egui::vec2(700.0, 500.0));
    window.harness.run_steps(4);
    assert!(width(&window) > 250.0, "the text is {} points wide", width(&window));
    window.harness.set_size(eframe::egui::vec2(1280.0, 800.0));
    window.harness.run_steps(4);
    assert!((width(&window) - before).abs() < 1.0, "{} instead of {before}", width(&window));
}
