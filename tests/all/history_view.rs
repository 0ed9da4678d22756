//! History, with edits of two coders.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::project::{Access, Project};
use themata::study::Origin;
use themata::text::Span;

use crate::support::me;
use crate::window::{Window, window_set};

/// Somebody else has opened the project after it was made, and coded in it with a theme of the first coder's.
fn with_a_colleague(project: Project, path: &Path) {
    drop(project);
    let mut colleague = Project::open(path, Access::Write, &me("Rory")).unwrap();
    let act = |tx: &mut themata::project::Tx<'_>| {
        let source = tx.study().source_labelled("A").unwrap().source.id;
        let theme = tx.theme_at("Staffing")?;
        tx.code(source, Span::new(18, 43), theme, Origin::Hand).map(drop)
    };
    colleague.edit("Code a turn", act).unwrap();
}

/// The view, with an own edit after the colleague's.
fn history() -> Window {
    let mut window = window_set(&serde_json::json!({}), with_a_colleague);
    window.command(Key::Num7);
    window.until("the cases are shown", |window| window.shows("Id: A, row 1 of 2") && window.focused().starts_with("Cases, "));
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.press(Key::Home);
    window.type_words("A1");
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.app().study().case_labelled("A1").is_some());
    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Rename case, row 1 of"));
    window
}

fn at(window: &mut Window, edit: &str) {
    window.harness.get_by_label_contains(edit).click();
    window.harness.step();
    window.harness.step();
}

#[test]
fn a_colleague_s_edit_stays_and_what_rests_on_an_own_one_is_listed() {
    let mut window = history();
    at(&mut window, "What: Code a turn");
    assert!(!window.enabled("Undo this edit…"));
    window.press(Key::Enter);
    window.until("it says whose it is", |window| window.shows("This is Rory’s edit and stays."));
    at(&mut window, "What: Set up");
    window.press(Key::Enter);
    window.until("what stands in the way is listed", |window| window.shows("colleagues’ edits are not taken back"));
    assert!(window.shows("Code a turn, Rory,") && !window.shows("Undo all"));
    window.click_button("Close");
    assert_eq!(window.app().study().codings().count(), 1);
}

#[test]
fn edits_are_filtered_by_coder_and_words() {
    let mut window = history();
    window.click("By all coders");
    window.click("Rory");
    window.until("only hers are listed", |window| !window.shows("What: Rename case") && window.shows("What: Code a turn"));
    window.click("Show all");
    window.until("all are listed", |window| window.shows("What: Rename case"));
    window.harness.get_by_label("Filter edits").focus();
    window.harness.step();
    window.type_words("rory code");
    window.until("one is left", |window| window.shows("What: Code a turn, row 1 of 1"));
}

#[test]
fn going_back_says_whose_edits_are_left_alone() {
    let mut window = history();
    at(&mut window, "What: Code a turn");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("what would go is listed", |window| window.shows("1 edit of yours would go."));
    assert!(window.shows("1 edit of Rory is left alone."));
    window.click_button("Undo 1 edit");
    window.until("it is undone", |window| window.app().study().case_labelled("A").is_some());
    assert_eq!(window.app().study().codings().count(), 1, "the colleague's stands");
    window.until("that it is undone stands in its name", |window| window.shows("What: Rename case, undone, row 2 of"));
}
