//! Measures in the real window: figures, pictures, what they rest on, and the passages behind them.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::study::{Coder, Origin};
use themata::text::Span;

use crate::read_acts::{FIRST, code_a};
use crate::reconcile_view::two_coders;
use crate::window::{Window, window, window_with};

/// Words of the second sentence of A.
const SECOND: Span = Span::new(FIRST.end + 1, FIRST.end + 21);

fn measures(mut window: Window) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num8);
    window.until("the first measure is computed", |window| window.shows("Frequencies of themes: "));
    window
}

/// A study in which Staffing is coded twice and National voice once, over the first of the two.
fn coded() -> Window {
    window_with(|project| {
        project
            .edit("Code", |tx| {
                code_a(tx, "Staffing", FIRST)?;
                code_a(tx, "Staffing", SECOND)?;
                code_a(tx, "Leadership > National voice", FIRST)
            })
            .unwrap();
    })
}

impl Window {
    fn cells(&self) -> Vec<String> {
        let cells = self.harness.query_all_by_role(Role::GridCell);
        cells.filter_map(|cell| cell.accesskit_node().label()).collect()
    }

    fn measure(&mut self, name: &str) {
        let name = name.to_owned();
        let row = self.options().into_iter().find(|row| row.starts_with(&name)).unwrap();
        self.click(&row);
    }

    /// How many rows begin with a theme.
    fn themes(&self) -> usize {
        self.cells().iter().filter(|cell| cell.starts_with("Theme: ")).count()
    }

    fn data(&self) -> Vec<String> {
        let all = self.harness.root().children_recursive();
        all.filter_map(|node| node.accesskit_node().label()).filter(|label| label.contains("passage")).collect()
    }
}

#[test]
fn a_figure_is_one_click_from_its_passages() {
    let mut window = measures(coded());
    window.press(Key::T);
    window.until("the table is shown", |window| window.cells().iter().any(|cell| cell.starts_with("Theme: Staffing")));
    let staffing = window.cells().into_iter().find(|cell| cell.starts_with("Theme: Staffing")).unwrap();
    let row = staffing.split_once(", ").unwrap().1.to_owned();
    assert!(window.cells().contains(&format!("Passages: 2, {row}")), "{:?}", window.cells());
    window.click(&staffing);
    window.until("its passages are listed", |window| window.shows("2 passages") && window.shows("The forms were not."));
    window.click("Close the passages");
    window.until("the figures have the room", |window| !window.shows("2 passages"));
    window.click(&staffing);
    window.until("they open again", |window| window.shows("2 passages"));
}

#[test]
fn the_keys_stay_with_what_is_shown() {
    let mut window = measures(coded());
    window.until("it is drawn", |window| window.data().iter().any(|mark| mark.starts_with("Staffing: 2 passages")));
    assert!(window.shows("Draw Passages"));
    window.press(Key::F6);
    window.press(Key::T);
    window.until("the table has the keys", |window| window.shows("Frequencies of themes, Theme: "));
    assert!(!window.shows("Draw Passages"), "in a table nothing is drawn");
    window.press(Key::Enter);
    window.until("a row is opened by keys", |window| window.shows("Close the passages"));
    window.harness.run_steps(4);
    // In the passages letters are theirs.
    window.press(Key::T);
    assert!(!window.cells().is_empty());
}

#[test]
fn letters_are_not_taken_while_a_menu_is_open() {
    let mut window = measures(coded());
    window.until("it is drawn", |window| window.shows("Draw Passages"));
    window.click("Draw Passages");
    window.press(Key::T);
    assert!(window.cells().is_empty());
    window.press(Key::Escape);
    window.press(Key::T);
    window.until("the table is shown", |window| !window.cells().is_empty());
}

#[test]
fn a_measure_that_is_gone_to_twice_stays() {
    let mut window = measures(coded());
    for _ in 0..2 {
        window.run_from_box("Themes spoken of together");
        window.until("it is computed", |window| window.shows("Co-occurrence of themes by overlap: "));
    }
    // Only the drawing changes: what is computed stays.
    window.click("As Heat table");
    window.click("Network");
    window.until("it is drawn anew", |window| window.shows("As Network") && !window.shows("computing anew"));
}

#[test]
fn passages_stay_beside_figures_that_lead_to_none() {
    let mut window = measures(two_coders());
    window.measure("Agreement");
    window.until("where they differ is listed", |window| window.themes() == 2);
    let staffing = window.cells().into_iter().find(|cell| cell.starts_with("Theme: Staffing")).unwrap();
    window.click(&staffing);
    window.until("it is heard", |window| window.shows("1 passage"));
    window.press(Key::T);
    window.until("the coefficients", |window| window.cells().iter().any(|cell| cell.starts_with("κ: ")));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    assert!(window.cells().iter().any(|cell| cell.starts_with("κ: ")), "one only passed them");
    assert!(window.shows("Close the passages"));
    window.press(Key::Enter);
    window.until("Enter leads to the differences", |window| window.cells().iter().any(|cell| cell.starts_with("Says: ")));
}

#[test]
fn who_agrees_has_no_difference() {
    let mut window = measures(window_with(|project| {
        let ravi = crate::support::me("Ravi Thomson");
        project
            .edit("Ravi", |tx| {
                tx.put(Coder { id: ravi.coder, name: ravi.name, initials: "RT".into() })?;
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let staffing = tx.theme_at("Staffing")?;
                tx.code_as(ravi.coder, 1, source, FIRST, staffing, Origin::Hand)
            })
            .unwrap();
        project.edit("Mine", |tx| code_a(tx, "Staffing", FIRST)).unwrap();
    }));
    window.measure("Agreement");
    window.until("it is said", |window| window.shows("No difference"));
    // The menu ticks those at work, and says which choice is wrong.
    window.click("Coders all who worked");
    window.click("Ravi Thomson");
    window.until("one is too few", |window| window.shows("Only one is chosen"));
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("there is nothing to export", |window| window.shows("Not computed yet."));
}

#[test]
fn a_datum_of_a_picture_is_reached_by_keys_and_leads_to_its_passages() {
    let mut window = measures(coded());
    window.until("it is drawn", |window| window.data().iter().any(|mark| mark.starts_with("Staffing: 2 passages")));
    window.press(Key::F6);
    window.press(Key::End);
    window.press(Key::Enter);
    window.until("the last row is opened", |window| window.shows("2 passages") && window.shows("The forms were not."));
    // From the passages the keys go on to the text.
    window.press(Key::Enter);
    window.until("it is read", |window| window.app().state().view == View::Read);
}

#[test]
fn what_is_spoken_of_together_is_counted_and_heard() {
    let mut window = measures(coded());
    window.measure("Spoken of together");
    window.press(Key::T);
    window.until("pairs are listed", |window| window.cells().iter().any(|cell| cell.starts_with("Together: 1")));
    let pair = window.cells().into_iter().find(|cell| cell.starts_with("Other theme: Staffing")).unwrap();
    window.click(&pair);
    window.until("where they meet is heard", |window| window.shows("1 passage") && window.shows("It was fine, aye, mostly."));
    // Another basis is another figure, and says so.
    window.click("Together In the same words");
    window.click("In the same source");
    window.until("it is counted anew", |window| window.shows("Co-occurrence of themes by source: "));
}

#[test]
fn what_is_computed_follows_the_study() {
    let mut window = measures(coded());
    window.press(Key::T);
    window.until("the table is shown", |window| window.cells().iter().any(|cell| cell.starts_with("Passages: 2")));
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("Read is shown", |window| window.app().state().view == View::Read && window.shows("Better. We share"));
    window.click_words("Better. We share");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("it is coded", |window| window.codings().len() == 4);
    window.press_with(Modifiers::COMMAND, Key::Num8);
    window.until("it is counted", |window| window.cells().iter().any(|cell| cell.starts_with("Passages: 3")));
}

#[test]
fn it_is_said_how_it_is_computed() {
    let mut window = measures(coded());
    window.press(Key::T);
    window.until("it is said", |window| window.shows("passages: stretches of text with the theme"));
    window.press(Key::E);
    window.until("it is folded away", |window| !window.shows("passages: stretches of text with the theme"));
    window.press(Key::M);
    window.until("there are more figures", |window| window.shows("Fewer figures"));
}

#[test]
fn differences_come_before_coefficients_and_lead_to_the_text() {
    let mut window = measures(two_coders());
    window.measure("Agreement");
    window.until("where they differ is listed", |window| window.cells().iter().any(|cell| cell.contains("only Ravi Thomson")));
    assert!(window.shows("2 differences on 2 themes"), "{:?}", window.cells());
    let local = window.cells().into_iter().find(|cell| cell.starts_with("Theme: Leadership › Local") || cell.starts_with("Theme: Local"));
    window.click(&local.unwrap());
    window.until("it is heard", |window| window.shows("1 passage"));
    window.click("Shown as: Figures");
    window.until("the coefficients", |window| window.cells().iter().any(|cell| cell.starts_with("κ: ")));
    assert!(window.cells().iter().all(|cell| !cell.starts_with("Mean")), "the rest stands under More figures");
    // A coefficient leads to what it is computed from.
    let staffing = window.cells().into_iter().find(|cell| cell.starts_with("Theme: Staffing")).unwrap();
    window.click(&staffing);
    window.until("its differences alone", |window| window.themes() == 1);
    assert!(window.shows(": 1 difference"), "what is listed is counted");
    // What is listed leaves; whose codings it is of stands in its name.
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("it says what leaves", |window| window.shows("Changed: nothing"));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let (file, about) = (window.scratch.path("differences.csv"), window.scratch.path("differences-about.txt"));
    window.until("it is written", |_| file.exists() && about.exists());
    assert_eq!(std::fs::read_to_string(file).unwrap().lines().count(), 2);
    let about = std::fs::read_to_string(about).unwrap();
    assert!(about.contains("Only those on “Staffing”.") && !about.contains("Coders: "), "{about}");
    window.click("Theme: Staffing");
    window.until("all of them", |window| window.themes() == 2);
    window.click("Shown as: Picture");
    window.until("it is drawn", |window| window.shows("Cohen’s κ"));
}

#[test]
fn nobody_agrees_alone() {
    let mut window = measures(window());
    window.measure("Agreement");
    window.until("it is said", |window| window.shows("Agreement is between two coders or more"));
}

#[test]
fn nothing_is_measured_of_nothing() {
    let mut window = measures(window());
    for (measure, says) in [
        ("Words", "No word is said that often"),
        ("Spoken of together", "There is nothing to draw"),
        ("Saturation", "There is nothing to draw"),
        ("Course of one source", "There is nothing to draw"),
    ] {
        window.measure(measure);
        window.until(measure, |window| window.shows(says));
    }
}

#[test]
fn what_is_seen_leaves_with_how_it_was_computed() {
    let mut window = measures(coded());
    window.measure("Spoken of together");
    window.until("pairs are computed", |window| window.shows("Co-occurrence of themes by overlap: "));
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("it says what leaves", |window| window.shows("Co-occurrence of themes by overlap."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("cooccurrence.csv");
    window.until("it is written", |_| file.exists());
    let about = window.scratch.path("cooccurrence-about.txt");
    window.until("with its note", |_| about.exists());
    assert!(std::fs::read_to_string(about).unwrap().contains("jaccard"));
}

#[test]
fn a_word_is_heard_in_its_sentence() {
    let mut window = measures(window());
    window.measure("Words");
    window.until("it is computed", |window| window.shows("Word frequencies: "));
    for (label, choice) in [("Said by at least 3", "1"), ("At least so often 3", "1")] {
        window.click(label);
        window.click(choice);
    }
    let is_cold = |cell: &String| cell.starts_with("Word: cold");
    window.until("rare words are listed", |window| window.cells().iter().any(is_cold));
    let cold = window.cells().into_iter().find(is_cold).unwrap();
    window.click(&cold);
    window.until("the sentence is shown", |window| window.shows("I mind the cold."));
}

#[test]
fn where_nothing_can_be_compared_no_agreement_is_claimed() {
    let mut window = measures(window_with(|project| {
        let ravi = crate::support::me("Ravi Thomson");
        project
            .edit("Code", |tx| {
                code_a(tx, "Staffing", FIRST)?;
                tx.put(Coder { id: ravi.coder, name: ravi.name, initials: "RT".into() })?;
                let source = tx.study().source_labelled("B").unwrap().source.id;
                let staffing = tx.theme_at("Staffing")?;
                tx.code_as(ravi.coder, 1, source, Span::new(15, 20), staffing, Origin::Hand)
            })
            .unwrap();
    }));
    window.measure("Agreement");
    window.until("it is said", |window| window.shows("There is no source in which two of those who are compared worked."));
    assert!(!window.shows("No difference"));
}

#[test]
fn a_measure_that_is_only_a_table_stays_as_it_is_sorted() {
    let mut window = measures(coded());
    window.measure("Coverage");
    window.until("it is computed", |window| window.cells().iter().any(|cell| cell.starts_with("Source: A")));
    window.click("Source");
    window.until("it is sorted", |window| window.shows("Source, sorted"));
    window.press(Key::T);
    window.harness.run_steps(4);
    assert!(window.shows("Source, sorted"));
}
