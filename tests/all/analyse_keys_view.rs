//! Analyse: its keys where there is little yet, what is begun in a cell, and what is seen of names.

use eframe::egui::accesskit::Role;
use eframe::egui::epaint::Shape;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::project::Tx;
use themata::study::AttributeOf;

use crate::analyse_view::{analyse, typologies, with_propositions, with_typology};
use crate::window::{Window, window, window_with};

/// The words that were painted in the last frame, and whether all of them were.
fn painted(window: &Window) -> Vec<(String, bool)> {
    let shapes = window.harness.output().shapes.iter();
    let texts = shapes.filter_map(|clipped| if let Shape::Text(text) = &clipped.shape { Some(&text.galley) } else { None });
    texts.map(|galley| (galley.text().to_owned(), !galley.elided)).collect()
}

#[test]
fn the_keys_of_typologies_work_before_there_are_cells() {
    let ctrl_shift = Modifiers::COMMAND | Modifiers::SHIFT;
    let mut window = typologies(window());
    window.press_with(ctrl_shift, Key::N);
    window.until("one is made and named", |window| window.focused() == "Name of the typology");
    assert!(!window.shows("Write in the cell"), "there are none");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("Ways");
    window.press_with(ctrl_shift, Key::D);
    window.until("a dimension is named", |window| window.focused().starts_with("Add a dimension"));
    for name in ["Outlook", "Help"] {
        window.type_words(name);
        window.press(Key::Enter);
        window.until("it is there", |window| {
            let study = window.app().study();
            study.typologies().in_order().iter().any(|it| study.typologies().dimensions_of(it.id).iter().any(|it| it.name == name))
        });
        window.until("its cells are there", |window| window.shows("Cases by dimensions"));
        window.harness.run_steps(3);
        assert_eq!(window.focused(), "Add a dimension", "after {name}");
    }
    assert_eq!(window.app().study().typologies().in_order()[0].name, "Ways");
    // Without a dimension F6 leads to the name.
    window.press_with(ctrl_shift, Key::N);
    window.until("a second one is named", |window| window.shows("Typology Typology 1") || window.shows("Typology Typology 2"));
    window.until("it is named", |window| window.focused() == "Name of the typology");
    window.click("Types");
    window.press(Key::F6);
    window.until("its name has the keys", |window| window.focused() == "Name of the typology");
}

#[test]
fn what_is_begun_in_a_cell_of_a_typology_is_the_value_that_begins_so() {
    let mut window = typologies(window_with(with_typology));
    window.until("the cells have the keys", |window| window.focused().starts_with("Cases by dimensions"));
    window.harness.get_by_label("Outlook: empty, row 2 of 2").click();
    window.harness.run_steps(3);
    window.type_words("wor");
    window.until("it is offered", |window| window.options().first().is_some_and(|option| option == "worried"));
    window.press(Key::Enter);
    window.until("it is taken", |window| window.value("B", "Outlook").as_deref() == Some("worried"));
    window.harness.get_by_label("Help: empty, row 2 of 2").click();
    window.harness.run_steps(3);
    window.type_words("al");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.until("a new one is a choice of its own", |window| window.options().last().is_some_and(|option| option == "New value “al”"));
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("There is no such value yet"));
    window.harness.run_steps(3);
    assert_eq!(window.focused(), "Add it");
    window.press(Key::Enter);
    window.until("it is a value", |window| window.value("B", "Help").as_deref() == Some("al"));
    window.until("the cells have the keys again", |window| window.focused().starts_with("Cases by dimensions"));
}

#[test]
fn keys_of_the_list_are_not_told_while_a_proposition_is_written() {
    let mut window = analyse(window_with(with_propositions));
    assert!(window.shows("Write the proposition"));
    window.press(Key::Enter);
    window.until("one writes", |window| window.focused() == "What is stated");
    window.harness.run_steps(2);
    assert!(!window.shows("Write the proposition"));
}

#[test]
fn how_evidence_bears_has_one_sign() {
    let mut window = analyse(window_with(with_propositions));
    window.until("its evidence is there", |window| window.shows("Qualifies, 0"));
    let words: Vec<String> = painted(&window).into_iter().map(|(words, _)| words).collect();
    assert!(words.iter().any(|words| words.contains("  ~ 0")) && words.iter().any(|words| words == "~"), "{words:?}");
}

#[test]
fn names_of_values_and_types_are_whole_across_an_attribute() {
    let long = "Wider professional partners";
    let mut window = typologies(window_with(|project| {
        with_typology(project);
        let more = |tx: &mut Tx<'_>| {
            let office = tx.attribute_named("Office", AttributeOf::Cases)?;
            let long = tx.value_named(office, long)?;
            let b = tx.study().case_labelled("B").unwrap().id;
            tx.set_value(b, office, [long].into())?;
            let typology = tx.study().typologies().in_order()[0].id;
            let help = tx.study().typologies().dimensions_of(typology)[1].id;
            tx.dimension_value_named(help, "far, only by post and by telephone").map(drop)
        };
        project.edit("More", more).unwrap();
    }));
    window.until("the types are there", |window| window.shows("Across nothing"));
    window.click("Across nothing");
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Office").click();
    window.until("types lie across the office", |window| window.shows("Types across Office"));
    window.harness.run_steps(3);
    let words = painted(&window);
    for name in [long, "hopeful · far, only by post and by telephone"] {
        assert!(words.iter().any(|(words, whole)| words == name && *whole), "{name}: {words:?}");
    }
}
