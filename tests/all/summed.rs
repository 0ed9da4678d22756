//! The grid of the matrix when its cells show their summaries.

use eframe::egui::accesskit::Role as Spoken;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::home::Home;
use themata::project::{Access, Charted, Project, Tx};
use themata::study::{Crossed, Crossing, Role, Silence, SummaryState};

use crate::matrix_view::{ONLY, Window, make_project, me};
use crate::support::Scratch;

const WORDS: &str = "They share **one** kettle, and a room that is cold, damp and small, and say so whenever they are asked, \
                     whoever asks them and for whatever reason, and would rather have had a second kettle than a second room.";

/// A study in which the cell of those who lead in Fife is charted, and it is said why that of Glasgow's workers is not.
fn with_summaries(size: [f32; 2]) -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    let chart = |tx: &mut Tx<'_>| {
        let cell = |tx: &Tx<'_>, group: &str, area: &str| {
            let (attributes, theme) = (tx.study().attributes(), tx.study().codebook().find_path("Partnership › Sharing").unwrap());
            let value = |role, name| {
                let attribute = attributes.with_role(role).unwrap().id;
                (attribute, attributes.values_of(attribute).into_iter().find(|value| value.name == name).map(|value| value.id))
            };
            Crossing { theme, of: Crossed::Values([value(Role::Group, group), value(Role::Area, area)].into()) }
        };
        let leads = cell(tx, "Leads", "Fife");
        tx.chart(&leads, Charted { text: WORDS.to_owned(), state: SummaryState::Charted, ..Charted::default() })?;
        let workers = cell(tx, "Workers", "Glasgow");
        tx.chart(&workers, Charted { silence: Some(Silence::AskedSaidNothing), state: SummaryState::Charted, ..Charted::default() })
    };
    project.edit("Chart", chart).unwrap();
    drop(project);
    let mut window = Window::on(scratch, &home, size);
    window.wait_for("the grid", |harness| harness.query_by_label_contains("Any theme, total").is_some());
    window
}

fn show_summaries(window: &mut Window) {
    window.click("Show Participants");
    window.click("Summaries");
}

fn cell(place: &str, says: &str) -> String {
    format!("Sharing, {place}, {says}, row 2 of 3")
}

#[test]
fn cells_show_the_beginning_of_their_summary_and_enter_opens_it() {
    let mut window = with_summaries([1440.0, 900.0]);
    show_summaries(&mut window);
    let charted = cell("Leads › Fife", &format!("charted, {WORDS}"));
    window.wait_for_label(&charted);
    assert!(window.shows(&cell("Workers › Glasgow", "Asked, said nothing")), "{:?}", window.harness.root());
    assert!(window.shows(&cell("Leads › All", "1 passage, not charted")), "the total of a group is a cell of its own");
    assert!(window.shows("Any theme, Leads › Fife, 1 of 1 participant, total"), "where there can be none the figure stays");
    assert!(!window.shows("(this level only)") && window.shows("Show Summaries"));
    // Rows are of one height, in which the beginning has room.
    let tall = |label: &str| window.harness.get_by_label(label).rect().height();
    let difference = tall(&charted) - tall(&cell("Leads › All", "1 passage, not charted"));
    assert!(difference.abs() < 0.5 && tall(&charted) > 50.0, "{difference}");
    // The focus starts in the first cell.
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    // What is written there is seen in the cell at once.
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::COMMAND, Key::A);
    window.type_words("One kettle");
    window.wait_for("the words in the cell", |harness| {
        harness.query_all_by_label_contains("Sharing, Leads › Fife, ").any(|cell| format!("{cell:?}").contains("One kettle"))
    });
}

#[test]
fn the_summaries_leave_whole_with_how_far_they_are() {
    let mut window = with_summaries([1440.0, 900.0]);
    show_summaries(&mut window);
    // Something else lies under the cell than when it was written.
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the text", |harness| harness.query_by_label_contains("It is cold").is_some());
    window.code_next_turn("Sharing", "A", 2);
    window.press(Modifiers::COMMAND, Key::Num2);
    window.wait_for_label(&cell("Leads › Fife", &format!("charted, evidence changed, {WORDS}")));
    window.press(Modifiers::COMMAND, Key::E);
    window.wait_for("the first lines", |harness| harness.query_by_label_contains("All 6 rows").is_some());
    window.click("Form: Plain CSV");
    window.click("Mask groups of fewer than: Off");
    window.harness.get_by_role_and_label(Spoken::Button, "Export").click();
    window.harness.run_steps(3);
    window.wait_for("the file", |harness| harness.query_by_label_contains("read matrix-about.txt").is_some());
    let read = |name: &str| std::fs::read_to_string(window.scratch.path(name)).unwrap();
    let table = read("matrix.csv");
    assert!(table.contains(&format!("\"{WORDS}\n(charted; evidence changed)\"")), "{table}");
    assert!(table.contains("\"Asked, said nothing\"") && table.contains("\nAny theme,2 of 2"), "{table}");
    let about = read("matrix-about.txt");
    assert!(about.contains("The matrix as it is seen; its cells show their summaries."), "{about}");
}

#[test]
fn axes_without_summaries_say_so_and_lead_on() {
    let mut window = with_summaries([1440.0, 900.0]);
    show_summaries(&mut window);
    window.click("View: Compare");
    window.wait_for_label("A summary is of one theme: choose the page of one.");
    window.press(Modifiers::COMMAND, Key::PageDown);
    window
        .wait_for("the page of Partnership", |harness| harness.query_by_label("Leads, Fife, 1 passage, not charted, row 1 of 2").is_some());
}

#[test]
fn in_a_small_window_a_cell_of_words_stays_in_sight_when_its_pane_opens() {
    let mut window = with_summaries([960.0, 600.0]);
    show_summaries(&mut window);
    let label = cell("Leads › Fife", &format!("charted, {WORDS}"));
    window.wait_for_label(&label);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    let (cell, pane) = (window.harness.get_by_label(&label).rect(), window.harness.get_by_label(ONLY).rect());
    assert!(cell.center().x < pane.left() && cell.left() > 0.0, "{cell} beside {pane}");
}
