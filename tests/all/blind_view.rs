//! The window while one works blind: own work only, in every view, and nothing of colleagues'.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::home::Home;
use themata::project::{Access, Charted, Project, Tx};
use themata::study::{CaseKind, Crossed, Crossing, MemoKind, MemoOn, Origin, StatusKind, Study};
use themata::text::Span;

use crate::support::{Scratch, me};
use crate::window::{Window, window_set};

/// “It was fine, aye, mostly.” in A.
const FINE: Span = Span { start: 18, end: 43 };

fn cell(tx: &mut Tx<'_>) -> Result<Crossing, themata::project::EditError> {
    Ok(Crossing { theme: tx.theme_at("Staffing")?, of: Crossed::Case(tx.case_labelled("A", CaseKind::Person)?) })
}

/// What somebody makes: a coding of A with a quote mark and a memo, a memo on the theme, a status.
fn work(tx: &mut Tx<'_>, says: &str) -> Result<(), themata::project::EditError> {
    let source = tx.study().source_labelled("A").unwrap().source.id;
    let theme = tx.theme_at("Staffing")?;
    let coding = tx.code(source, FINE, theme, Origin::Hand)?;
    tx.toggle_quote(source, coding)?;
    tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, &format!("{says} on the words"))?;
    tx.write_memo(MemoOn::Theme { theme }, MemoKind::Analytic, &format!("{says} on the theme"))?;
    tx.set_status(source, StatusKind::Done)
}

/// Own work, and more of Rory's: a coding of B, a summary, a proposition, a typology.
fn of_two(mut own: Project, path: &Path) {
    own.edit("Code mine", |tx| work(tx, "Mine")).unwrap();
    drop(own);
    let mut rory = Project::open(path, Access::Write, &me("Rory")).unwrap();
    rory.edit("Code in Rory’s way", |tx| {
        work(tx, "Rory’s")?;
        let source = tx.study().source_labelled("B").unwrap().source.id;
        let theme = tx.theme_at("Staffing")?;
        tx.code(source, Span::new(15, 24), theme, Origin::Hand)?;
        let cell = cell(tx)?;
        tx.chart(&cell, Charted { text: "Rory’s summary".into(), ..Charted::default() })?;
        tx.state_proposition(themata::study::PropositionId::new(), "Rory’s proposition")?;
        tx.add_typology("Rory’s types").map(drop)
    })
    .unwrap();
}

fn window() -> Window {
    window_set(&serde_json::json!({ "fewest": 0 }), of_two)
}

impl Window {
    /// All that a screen reader could say of the window.
    fn said(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]).flatten().collect()
    }

    fn work_blind(&mut self, blind: bool) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words("Work blind");
        self.until("it is offered", |window| window.shows("Command: Work blind, row 1 of"));
        self.press(Key::Enter);
        self.until("the study is seen otherwise", |window| window.app().study().alone().is_some() == blind);
        self.harness.run_steps(4);
    }

    fn says_nothing_of_rory(&self, view: &str) {
        let said: Vec<String> = self.said().into_iter().filter(|words| words.contains("Rory")).collect();
        assert!(said.is_empty(), "{view}: {said:?}");
    }

    fn codings_of(&self, theme: &str) -> usize {
        let study = self.app().study();
        study.codings().filter(|(_, coded)| study.codebook().path(coded.coding.theme) == theme).count()
    }
}

#[test]
fn no_view_says_anything_of_colleagues() {
    let mut window = window();
    window.until("both stripes are shown", |window| window.shows("Coding Staffing by Ro"));
    assert!(!window.shows("Blind") && window.codings_of("Staffing") == 3);
    window.work_blind(true);
    assert!(window.harness.query_by_label("Blind").is_some() && window.shows("You work blind: only your own work is shown."));
    window.until("the text is shown again", |window| window.shows("It was fine, aye"));
    assert!(window.shows("Coding Staffing by A") && window.codings_of("Staffing") == 1);
    let views = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (key, shown) in views.into_iter().zip([
        "It was fine, aye",
        "Own codings",
        "Search",
        "Quotes, 1",
        "Mine on the theme",
        "Staffing, ",
        "Id: A, row 1 of 2",
        "Frequencies of themes: ",
        "What: Code mine, row",
    ]) {
        window.command(key);
        window.until(shown, |window| window.said().iter().any(|words| words.contains(shown)));
        window.harness.run_steps(4);
        window.says_nothing_of_rory(shown);
    }
    window.command(Key::Num6);
    window.run_from_box("Compare codebook with a version…");
    window.until("versions are offered", |window| window.shows("Before “Code mine”"));
    window.says_nothing_of_rory("versions of the codebook");
    window.press(Key::Escape);
    window.command(Key::Num9);
    window.work_blind(false);
    window.until("the history has all", |window| window.shows("What: Code in Rory’s way"));
    assert!(window.harness.query_by_label("Blind").is_none() && window.codings_of("Staffing") == 3);
    window.command(Key::Num5);
    window.until("all memos are listed", |window| window.shows("Rory’s on the theme"));
}

#[test]
fn counts_hits_facets_and_exported_rows_are_of_own_work() {
    let mut window = window();
    let check = |window: &mut Window, (codings, hits, rows): (&str, &str, &str)| {
        window.command(Key::Num6);
        window.until(codings, |window| window.shows(&format!("2 Staffing, {codings}")));
        window.command(Key::Num2);
        let of_all = format!("Staffing, All, {hits} of 2 participants, row 4 of 4");
        window.until("the matrix", |window| window.harness.query_by_label(&of_all).is_some());
        window.command(Key::Num3);
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_words("fine OR naive OR forms");
        window.until("both paragraphs are found", |window| window.harness.query_by_label("2 hits").is_some());
        window.until(hits, |window| window.harness.query_by_label(&format!("Theme: Staffing, {hits}")).is_some());
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_words("coder:Rory");
        let of_rory = if hits == "2" { "2 hits" } else { "0 hits" };
        window.until(of_rory, |window| window.harness.query_by_label(of_rory).is_some());
        window.command(Key::Num1);
        window.command(Key::E);
        window.until("the dialog", |window| window.shows("What: Codings"));
        window.click("What: Codings");
        window.until(rows, |window| window.shows(rows));
        window.press(Key::Escape);
    };
    check(&mut window, ("3 codings", "2", "All 3 rows"));
    window.work_blind(true);
    check(&mut window, ("1 coding", "1", "1 row, "));
    window.work_blind(false);
    check(&mut window, ("3 codings", "2", "All 3 rows"));
}

#[test]
fn the_switch_is_kept_for_the_project_and_one_stays_where_one_was() {
    let mut window = window();
    window.command(Key::Num3);
    window.type_words("theme:Staffing");
    window.until("two hits", |window| window.harness.query_by_label("2 hits").is_some());
    window.work_blind(true);
    window.until("the query is asked again", |window| window.harness.query_by_label("1 hit").is_some());
    let mut window = window.started_again();
    assert!(window.app().study().alone().is_some() && window.harness.query_by_label("Blind").is_some());
    window.says_nothing_of_rory("the first view");
    window.work_blind(false);
    let window = window.started_again();
    assert!(window.app().study().alone().is_none());
}

#[test]
fn a_coding_made_blind_is_made_beside_the_colleague_s() {
    let mut window = window();
    window.work_blind(true);
    window.until("the text is shown again", |window| window.shows("It was fine, aye"));
    window.harness.get_by_label_contains("B Interview B").click();
    window.until("B is open", |window| window.shows("Naïve of me"));
    window.click_words("Naïve of me");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("it is coded", |window| window.codings_of("Staffing") == 2);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is undone", |window| window.codings_of("Staffing") == 1);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.until("it is back", |window| window.codings_of("Staffing") == 2);
    window.work_blind(false);
    assert_eq!(window.codings_of("Staffing"), 4);
}

#[test]
fn questions_say_that_what_is_not_seen_goes_too() {
    let mut window = window();
    let unseen = "What colleagues made with it goes too; it is not shown while you work blind.";
    let ask = |window: &mut Window, command: &str, words: &str, blind: bool| {
        window.run_from_box(command);
        window.until(words, |window| window.shows(words));
        assert_eq!(window.shows(unseen), blind, "{command}");
        window.press(Key::Escape);
        window.harness.run_steps(4);
    };
    for blind in [false, true] {
        if blind {
            window.work_blind(true);
        }
        window.command(Key::Num1);
        window.until("the text", |window| window.shows("It was fine, aye"));
        ask(&mut window, "Remove this source…", "Its text goes out of the project", blind);
        window.command(Key::Num6);
        window.until("the tree", |window| window.focused().starts_with("Themes, "));
        window.press(Key::End);
        let hangs = if blind { "On it hang 1 coding, " } else { "On it hang 3 codings, " };
        ask(&mut window, "Delete themes…", hangs, blind);
        ask(&mut window, "Merge themes…", "goes to the theme you choose", blind);
        window.command(Key::Num7);
        window.until("the cases", |window| window.shows("Id: A, row 1 of 2"));
        ask(&mut window, "Delete case…", "stays, and is then of a case not stated", blind);
        ask(&mut window, "Merge case into another…", "go to the case you choose", blind);
    }
}

#[test]
fn going_back_in_history_names_no_colleague_s_edit() {
    // Rory has coded with the theme that was set up by the first edit.
    let mut window = window();
    window.work_blind(true);
    window.command(Key::Num9);
    window.until("own edits are listed", |window| window.shows("What: Code mine, row"));
    assert!(!window.shows("By all coders"));
    let at = |window: &mut Window, edit: &str| {
        window.harness.get_all_by_label_contains(edit).next().unwrap().click();
        window.harness.step();
        window.harness.step();
    };
    at(&mut window, "What: Set up");
    window.press(Key::Enter);
    window.until("it stays", |window| window.shows("They are not shown while you work blind."));
    window.says_nothing_of_rory("what stays");
    window.click_button("Close");
    at(&mut window, "What: Set up");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("it is asked", |window| window.shows("What colleagues did is left alone; it is not shown while you work blind."));
    window.says_nothing_of_rory("what would go");
}

#[test]
fn a_copy_given_blind_cannot_be_switched() {
    let mut window = window_set(&serde_json::json!({ "fewest": 0 }), |own, path| {
        of_two(own, path);
        let elspeth = Project::open(path, Access::Read, &me("Elspeth")).unwrap();
        let copy = path.with_file_name("copy.themata");
        elspeth.give_copy(&copy, "Isla Kerr", true).unwrap();
        drop(elspeth);
        std::fs::rename(&copy, path).unwrap();
    });
    assert!(window.harness.query_by_label("Blind").is_some());
    window.run_from_box("Work blind");
    window.until("it says why not", |window| window.shows("This copy was given blind; all is shown when it is brought back."));
    window.harness.run_steps(4);
    assert!(window.app().study().alone().is_some() && window.app().study().codings().count() == 0);
    window.says_nothing_of_rory("a copy given blind");
}

/// The words of the cell's own summary and of those that wait.
fn in_cells(study: &Study) -> Vec<(Option<String>, String)> {
    study.summaries().iter().map(|it| (it.from.clone(), it.text.clone())).collect()
}

#[test]
fn in_a_cell_that_a_colleague_has_charted_both_summaries_are_kept() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    crate::matrix_view::make_project(&scratch, &home);
    let mut rory = Project::open(&scratch.project(), Access::Write, &me("Rory")).unwrap();
    rory.edit("Chart", |tx| {
        let theme = tx.theme_at("Partnership > Sharing")?;
        let cell = Crossing { theme, of: Crossed::Case(tx.case_labelled("A", CaseKind::Person)?) };
        tx.chart(&cell, Charted { text: "Rory’s summary".into(), ..Charted::default() })
    })
    .unwrap();
    drop(rory);
    let mut window = crate::matrix_view::Window::on(scratch, &home, [1440.0, 900.0]);
    let blind = |window: &mut crate::matrix_view::Window, blind: bool| {
        window.press(Modifiers::COMMAND, Key::K);
        window.type_words("Work blind");
        window.wait_for("it is offered", |harness| harness.query_all_by_label_contains("Command: Work blind").next().is_some());
        window.press(Modifiers::NONE, Key::Enter);
        window.wait_for("the study", |harness| harness.state().as_ref().unwrap().study().alone().is_some() == blind);
    };
    window.wait_for_label("View: Chart");
    window.click("View: Chart");
    window.wait_for_label("A, Sharing: draft, Rory’s summary");
    let write = |window: &mut crate::matrix_view::Window, words: &str| {
        window.press(Modifiers::NONE, Key::F2);
        window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
        window.type_words(words);
    };
    blind(&mut window, true);
    window.wait_for_label("A, Sharing: 1 passage, not charted");
    // What is being written when all is shown again is kept for whom it was written by.
    write(&mut window, "Mine");
    blind(&mut window, false);
    window.wait_for_label("A, Sharing: draft, Rory’s summary");
    blind(&mut window, true);
    window.wait_for_label("A, Sharing: draft, Mine");
    write(&mut window, " for now");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for_label("A, Sharing: charted, Mine for now");
    window.wait_for("it is kept", |harness| in_cells(harness.state().as_ref().unwrap().study()) == [(None, "Mine for now".to_owned())]);
    blind(&mut window, false);
    window.wait_for_label("A, Sharing: draft, Rory’s summary");
    let name = home.identity().unwrap().name;
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(&format!("From “{name}, working blind”, to settle"));
    let study = window.harness.state().as_ref().unwrap().study();
    let both = [(None, "Rory’s summary".to_owned()), (Some(format!("{name}, working blind")), "Mine for now".to_owned())];
    assert_eq!(in_cells(study), both);
}

#[test]
fn the_top_bar_says_it_in_windows_of_every_size() {
    let mut window = window();
    window.work_blind(true);
    for size in [[480.0, 300.0], [960.0, 600.0], [1440.0, 900.0]] {
        window.harness.set_size(size.into());
        window.harness.run_steps(4);
        let rect = |label: &str| window.harness.get_by_label_contains(label).rect();
        let mut bar = ["Search or run a command", "Undo: ", "Nothing to redo", "Coder: "].map(rect).to_vec();
        bar.insert(3, window.harness.get_by_label("Blind").rect());
        for pair in bar.windows(2) {
            assert!(pair[0].right() <= pair[1].left() + 0.5, "{size:?}: {bar:?}");
        }
        assert!(bar.iter().all(|rect| rect.right() <= size[0]), "{size:?}: {bar:?}");
    }
}
