//! Cells of the matrix in the real window: their pane, two of them beside each other, and what is read or typed there.

use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use themata::app::App;

use crate::matrix_view::{HEARD, ONLY, Window, saved_views};

#[test]
fn f6_goes_to_the_passages_and_back_and_escape_closes() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    // The passage has the keys: what can be done with it is offered.
    window.wait_for_label("Remove coding…");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.wait_for_label("Nothing is coded here.");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the grid alone", |harness| harness.query_by_label("Close the cell").is_none());
}

#[test]
fn a_pinned_cell_stays_beside_the_one_that_follows_the_cursor() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    window.wait_for_label("Unpin the cell");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for_label("Nothing is coded here.");
    // Its words are still there, on the left of the other cell.
    window.wait_for_label(ONLY);
    let at = |window: &Window, label: &str| window.harness.get_by_label(label).rect().center();
    let (pinned, other) = (at(&window, "Unpin the cell"), at(&window, "Close the cell"));
    assert!(pinned.x < other.x && (pinned.y - other.y).abs() < 1.0, "{pinned} {other}");
    // F6 goes to the pinned passages, to the other pane, and back to the grid.
    window.press(Modifiers::NONE, Key::F6);
    window.wait_for_label("Remove coding…");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::F6);
    // Other filters and other axes leave it alone; Escape takes off first the cell at the cursor, then what is pinned.
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the pinned cell alone", |harness| harness.query_by_label("Close the cell").is_none());
    window.click("View: Compare");
    window.wait_for_label("Workers, Glasgow, 1 of 1 participant, row 2 of 2");
    assert!(window.shows(ONLY));
    window.click("Unpin the cell");
    window.wait_for("the grid alone", |harness| harness.query_by_label(ONLY).is_none());
}

#[test]
fn in_a_small_window_the_two_cells_stand_below_each_other() {
    let mut window = Window::sized([960.0, 600.0]);
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for_label("Nothing is coded here.");
    let at = |label: &str| window.harness.get_by_label(label).rect().center();
    let (pinned, other) = (at("Unpin the cell"), at("Close the cell"));
    assert!(pinned.y + 100.0 < other.y && (pinned.x - other.x).abs() < 1.0, "{pinned} {other}");
}

#[test]
fn a_memo_on_a_cell_is_written_found_in_notes_and_leads_back() {
    let mut window = Window::new();
    window.open_sharing();
    window.click("Memo on this cell");
    window.wait_for("its words have the focus", |harness| harness.query_by_label("Words of the memo").is_some_and(|it| it.is_focused()));
    window.type_words("They mean the kettle");
    // Notes leads to the cell, in which the memo stands, and that back to Notes.
    window.click("Open");
    window.wait_for("the memo in the pane", |harness| {
        harness.query_by_label("Close the cell").is_some() && harness.query_by_label_contains(": They mean the kettle").is_some()
    });
    window.wait_for_label(ONLY);
    window.harness.get_by_label_contains(": They mean the kettle").click();
    window.wait_for("the memo in Notes", |harness| harness.query_all_by_value("They mean the kettle").next().is_some());
}

#[test]
fn what_was_typed_is_given_back_when_it_cannot_be_kept() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::N);
    window.type_words("all is well");
    let (here, away) = (window.scratch.project(), window.scratch.path("away"));
    std::fs::rename(&here, &away).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    // The question is open again with the line in it, and asks again once the file is back.
    window.wait_for("the line again", |harness| harness.query_all_by_value("all is well").next().is_some());
    std::fs::rename(&away, &here).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    let line = |harness: &Harness<'static, Option<App>>| {
        let study = harness.state().as_ref().unwrap().study();
        study.materials().iter().flat_map(|material| &material.contrary_marks).map(|mark| mark.contrary_to.clone()).collect::<Vec<_>>()
    };
    window.wait_for("the mark", |harness| line(harness) == ["all is well"]);
    // So is the name of a view.
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Views");
    window.click("Save as…");
    window.type_words("Mine");
    std::fs::rename(&here, &away).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the name again", |harness| harness.query_all_by_value("Mine").next().is_some());
    std::fs::rename(&away, &here).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the saved view", |harness| saved_views(harness) == ["Mine"]);
}

#[test]
fn the_reader_exports_what_it_shows() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("A, ¶ 2, We share one room and one kettle., passage 1 of 2");
    window.press(Modifiers::COMMAND, Key::E);
    window.wait_for("the first lines", |harness| harness.query_by_label_contains("The first of 2 rows").is_some());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the file", |harness| harness.query_by_label_contains("read passages-about.txt").is_some());
    let folder = window.scratch.project();
    let folder = folder.parent().unwrap();
    let table = std::fs::read_to_string(folder.join("passages.csv")).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert!(table.starts_with('\u{feff}') && rows.len() == 3, "{table}");
    assert!(rows[1].starts_with("Leads,Fife,A,A,2,We share one room and one kettle.,Partnership › Sharing,"), "{table}");
    assert!(std::fs::read_to_string(folder.join("passages-about.txt")).unwrap().contains("All passages of Partnership."));
}

#[test]
fn what_says_otherwise_leads_to_its_place_and_a_cell_is_read_in_the_whole_width() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::N);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Says otherwise: A, ¶ 2");
    window.press(Modifiers::NONE, Key::F6);
    window.click("Says otherwise: A, ¶ 2");
    window.wait_for_label("Remove coding…");
    window.click("Read in the whole width");
    window.wait_for_label("Order: Newest");
    window.wait_for_label(ONLY);
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("Close the cell");
}

/// What is written in the cells, in the study that the window shows.
fn summaries(harness: &Harness<'static, Option<App>>) -> Vec<String> {
    let study = harness.state().as_ref().unwrap().study();
    study.summaries().iter().map(|summary| format!("{}: {}", study.crossing_name(&summary.cell), summary.text)).collect()
}

#[test]
fn a_summary_is_written_beside_its_passages_kept_in_pauses_and_undone_as_one() {
    let mut window = Window::new();
    window.open_sharing();
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.type_words("They share");
    window.wait_for("it is kept in the pause", |harness| summaries(harness) == ["Partnership › Sharing × Leads, Fife: They share"]);
    window.type_words(" a kettle");
    // Going to another cell keeps it at once.
    window.harness.get_by_label("Close the cell").click();
    window.wait_for("it is kept when it is left", |harness| {
        summaries(harness) == ["Partnership › Sharing × Leads, Fife: They share a kettle"]
    });
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("one undo for what was written in one go", |harness| summaries(harness).is_empty());
}

#[test]
fn a_summary_says_when_something_else_lies_under_it() {
    let mut window = Window::new();
    window.open_sharing();
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.type_words("They share");
    window.wait_for("it is kept", |harness| summaries(harness).len() == 1);
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the text", |harness| harness.query_by_label_contains("It is cold").is_some());
    window.code_next_turn("Sharing", "A", 2);
    window.press(Modifiers::COMMAND, Key::Num2);
    window.wait_for_label("Evidence changed");
    window.click("Show what changed");
    window.wait_for_label("1 passage is new");
    window.click("Still holds");
    window.wait_for("it holds", |harness| harness.query_by_label("Evidence changed").is_none());
    assert_eq!(summaries(&window.harness).len(), 1);
}
