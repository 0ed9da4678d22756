//! The acts of the views as commands: by keys that were changed, from the box at the top, and without single letters.

use eframe::egui::{Key, Modifiers};
use themata::app::state::View;
use themata::project::Project;
use themata::study::{MemoKind, MemoOn, Origin};
use themata::text::Span;

use crate::window::{Window, window_set, window_with};

/// Codings of one theme, and a memo.
fn prepare(project: &mut Project) {
    let act = |tx: &mut themata::project::Tx<'_>| {
        let theme = tx.theme_at("Staffing")?;
        let source = tx.study().source_labelled("A").unwrap().source.id;
        for span in [Span::new(18, 43), Span::new(44, 63)] {
            tx.code(source, span, theme, Origin::Hand)?;
        }
        tx.add_memo(MemoOn::Project, MemoKind::Analytic, "The study as a whole")?;
        tx.add_memo(MemoOn::Theme { theme }, MemoKind::Analytic, "Too wide").map(drop)
    };
    project.edit("Code", act).unwrap();
}

fn with(settings: &serde_json::Value) -> Window {
    window_set(settings, |mut project, _| prepare(&mut project))
}

/// Runs a command by the beginning of its name.
fn run(window: &mut Window, name: &str) {
    window.command(Key::K);
    window.type_words(name);
    window.until("it is offered", |window| window.shows(&format!("Command: {name}")));
    window.press(Key::Enter);
}

fn search(window: &mut Window, query: &str) {
    window.command(Key::Num3);
    window.type_words(query);
    window.until("there are hits", |window| window.shows("Hit 1 of 2"));
}

#[test]
fn changed_keys_work_in_every_list_and_are_told() {
    let keys = serde_json::json!({"keys": {
        "CodeHit": ["B"], "HitsAsLines": ["Ctrl+J"], "WriteMemo": ["W"], "DeleteMemo": ["F7"], "RenameTheme": ["F4"], "SplitTheme": ["X"],
        "SortUnder1": ["A"], "FinishSplit": ["Ctrl+J"], "CaseMemo": ["F7"], "OnePerson": ["F7"], "UndoEdit": ["U"], "QueryLanguage": ["F8"],
    }});
    let mut window = with(&keys);
    search(&mut window, "form OR room");
    window.press(Key::F8);
    window.until("the language is shown", |window| window.shows("Close the query language"));
    window.press(Key::F8);
    window.press(Key::ArrowDown);
    window.until("the hits have the keys", |window| window.focused() == "Hits, 2");
    window.press(Key::C);
    assert!(!window.shows("Find a theme"), "the shipped key does nothing");
    window.press(Key::B);
    window.until("the sheet is open", |window| window.shows("Find a theme"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::J);
    window.until("the lines are shown", |window| window.shows("Line 1 of "));

    window.command(Key::Num5);
    window.until("the memos are listed", |window| window.focused() == "Memos, 2");
    assert!(window.shows("Delete memo  (F7)"));
    window.press(Key::W);
    window.until("it is written", |window| window.focused() == "Words of the memo");

    window.command(Key::Num6);
    window.until("the tree has the keys", |window| window.focused().starts_with("Themes, "));
    window.press(Key::End);
    window.press(Key::F4);
    window.until("it is renamed", |window| window.focused() == "Name of the theme");
    window.press(Key::Escape);
    window.press(Key::X);
    window.until("it is split", |window| window.focused() == "Name of sub-theme 1");
    window.type_words("Cover");
    window.press(Key::Escape);
    window.press(Key::A);
    window.until("one is sorted", |window| window.shows("1 Cover: It was fine"));
    window.press_with(Modifiers::COMMAND, Key::J);
    window.until("it is done", |window| window.app().study().codebook().find_path("Staffing > Cover").is_some());

    window.command(Key::Num7);
    window.until("the cases are shown", |window| window.focused().starts_with("Cases, "));
    assert!(window.shows("Memo on the case  (F7)"));
    window.click("Listed: Speakers");
    window.until("the speakers are shown", |window| window.shows("Label: R, row 2 of 4"));
    window.until("they have the keys", |window| window.focused().starts_with("Speakers, "));
    window.press(Key::F7);
    window.until("it says what is missing", |window| window.shows("Tick two labels or more first."));

    window.command(Key::Num9);
    window.until("the edits are listed", |window| window.shows("What: Split theme, row 1 of"));
    window.press(Key::U);
    window.until("it is undone", |window| window.app().study().codebook().find_path("Staffing > Cover").is_none());
}

#[test]
fn commands_of_a_view_run_from_the_box_at_the_top() {
    let mut window = window_with(prepare);
    run(&mut window, "New memo");
    window.until("Notes is shown and a memo is written", |window| window.focused() == "Words of the memo");
    window.press(Key::Escape);
    window.until("the list has the keys", |window| window.focused().starts_with("Memos, "));
    window.press(Key::Home);
    run(&mut window, "Write the memo");
    window.until("it is written", |window| window.focused() == "Words of the memo");
    run(&mut window, "New sub");
    window.until("a theme is named", |window| window.focused() == "Name of the theme");
    window.press(Key::Escape);
    run(&mut window, "Choose all themes");
    window.until("all are chosen", |window| window.shows("4 themes chosen"));
    run(&mut window, "Split theme");
    window.until("it says what is needed", |window| window.shows("One theme is split at a time: choose one only."));
    run(&mut window, "Next unsorted passage");
    window.until("it says where that works", |window| window.shows("works while a theme is split"));
    run(&mut window, "Attributes and their values");
    window.until("Cases is shown", |window| window.app().state().view == View::Cases);
    window.until("with the attributes", |window| window.shows("Add a value"));
    run(&mut window, "Choose the hit");
    window.until("it says that there is none", |window| window.shows("“Choose the hit” finds nothing to work on here."));
    search(&mut window, "form OR room");
    run(&mut window, "Choose the hit");
    window.until("it is chosen", |window| window.shows("1 chosen"));
    run(&mut window, "Undo this edit");
    window.until("History is shown", |window| window.app().state().view == View::History);
    run(&mut window, "Copy of this version");
    window.until("a copy is offered", |window| window.shows("A copy is written beside the project"));
}

#[test]
fn without_single_letters_no_letter_does_anything_or_is_told() {
    let mut window = with(&serde_json::json!({"single_letters": false}));
    window.command(Key::Num6);
    window.until("the tree has the keys", |window| window.focused().starts_with("Themes, "));
    window.press(Key::End);
    for key in [Key::M, Key::S] {
        window.press(key);
    }
    assert!(window.focused().starts_with("Themes, "), "no question and no split is shown");
    run(&mut window, "Split theme");
    window.until("it is split", |window| window.focused() == "Name of sub-theme 1");
    window.type_words("Cover");
    window.press(Key::Escape);
    window.until("the passages have the keys", |window| window.focused() == "Passages, 2 not sorted yet");
    for key in [Key::Num1, Key::U, Key::Num0] {
        window.press(key);
    }
    assert!(window.shows("2 not sorted yet"));
    window.click("Sort into 1 Cover");
    window.until("the mouse sorts", |window| window.shows("1 not sorted yet"));
}

#[test]
fn a_screen_reader_is_at_the_row_that_the_arrows_lead_to() {
    let mut window = window_with(prepare);
    let check = |window: &mut Window, list: &str, rows: [&str; 2]| {
        window.until(list, |window| window.focused().starts_with(list));
        for row in rows {
            window.until(row, |window| window.at_hand().contains(row));
            window.press(Key::ArrowDown);
        }
    };
    window.command(Key::Num6);
    check(&mut window, "Themes, 4", ["1 Leadership", "1.1 National voice"]);
    window.press(Key::End);
    window.press(Key::S);
    window.press(Key::Escape);
    check(&mut window, "Passages, 2", ["row 1 of 2", "row 2 of 2"]);
    window.command(Key::Num5);
    check(&mut window, "Memos, 2", ["row 1 of 2", "row 2 of 2"]);
    search(&mut window, "form OR room");
    window.press(Key::ArrowDown);
    check(&mut window, "Hits, 2", ["Hit 1 of 2", "Hit 2 of 2"]);
    window.press(Key::C);
    window.type_words("leader");
    window.until("the first that fits is at hand", |window| window.at_hand() == "Leadership");
    window.press(Key::ArrowDown);
    window.until("then the next", |window| window.at_hand().starts_with("Leadership › "));
}
