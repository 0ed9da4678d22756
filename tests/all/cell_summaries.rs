//! Summaries in the cells of the matrix in the real window: written, cited, uncited, marked when something changed, and read.

use std::collections::BTreeMap;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use themata::app::App;
use themata::home::Home;
use themata::project::{Access, Charted, Project, Tx};
use themata::study::{Cites, Crossed, Crossing, Origin, SummaryState};
use themata::text::Span;

use crate::matrix_view::{ONLY, Window, make_project, me};
use crate::support::{Scratch, add_source};

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
fn a_summary_beside_which_filters_leave_something_out_is_read_whole_and_leads_to_all_of_it() {
    let mut window = Window::new();
    window.open_sharing();
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.type_words("They share");
    window.click("Consensus, range, dissent");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Dissent").focus();
    window.harness.run_steps(2);
    window.type_words("Nobody says otherwise");
    window.wait_for("it is kept", |harness| {
        harness.state().as_ref().unwrap().study().summaries().iter().any(|summary| summary.spread.dissent == "Nobody says otherwise")
    });
    window.click("Filter");
    window.click("Quote-marked only");
    window.wait_for_label("This is the summary of the whole cell. 1 of its 1 passage is filtered out.");
    for said in ["They share", "Dissent Nobody says otherwise", "draft"] {
        assert!(window.harness.query_all_by_label_contains(said).next().is_some(), "{said}");
    }
    assert!(window.harness.query_by_label("Summary of this cell").is_none(), "it is not written here");
    window.click("Show whole cell");
    window.wait_for("it can be written", |harness| harness.query_by_label("Summary of this cell").is_some());
}

#[test]
fn the_history_leads_to_the_cell_of_a_summary() {
    let mut window = Window::new();
    window.open_sharing();
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.type_words("They share");
    window.wait_for("it is kept", |harness| summaries(harness).len() == 1);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.wait_for("the edit", |harness| harness.query_all_by_label_contains("Summary of Partnership").next().is_some());
    window.press(Modifiers::NONE, Key::Space);
    window.wait_for("the cell", |harness| harness.query_by_label("Summary of this cell").is_some());
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
    let who = window.harness.state().as_ref().unwrap().study().coders().values().next().unwrap().name.clone();
    window.wait_for("who says so", |harness| harness.query_by_label_contains(&format!("still holds, says {who}")).is_some());
}

#[test]
fn two_cells_beside_each_other_say_each_what_changed_under_it() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    let chart = |tx: &mut Tx<'_>| {
        let case = tx.study().case_labelled("A").unwrap();
        let values = case.values.iter().map(|(attribute, values)| (*attribute, values.first().copied())).collect();
        for path in ["Partnership", "Partnership › Sharing"] {
            let theme = tx.study().codebook().find_path(path).unwrap();
            let cell = Crossing { theme, of: Crossed::Values(BTreeMap::clone(&values)) };
            tx.chart(&cell, Charted { text: format!("Of {path}"), ..Charted::default() })?;
        }
        Ok(())
    };
    project.edit("Chart", chart).unwrap();
    let code = |tx: &mut Tx<'_>| {
        let source = tx.study().source_labelled("A").unwrap().source.id;
        let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
        tx.code(source, Span::new(55, 66), theme, Origin::Hand).map(drop)
    };
    project.edit("Apply theme", code).unwrap();
    drop(project);
    let mut window = Window::on(scratch, &home, [1440.0, 900.0]);
    window.wait_for_label("Sharing, Leads › Fife, 1 of 1 participant, summary, evidence changed, row 3 of 4");
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        window.press(Modifiers::NONE, key);
    }
    window.wait_for_label("Evidence changed");
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.wait_for("both say so", |harness| harness.query_all_by_label("Evidence changed").count() == 2);
}

#[test]
fn a_passage_is_cited_by_its_number_and_keeps_it() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::COMMAND, Key::L);
    window.wait_for("the words have the focus", |harness| harness.get_by_label("Summary of this cell").is_focused());
    window.type_words(" they share");
    let of_sharing = "Partnership › Sharing × Leads, Fife: [1] they share";
    window.wait_for("it is kept with its citation", |harness| summaries(harness) == [of_sharing]);
    window.wait_for_label("Citation 1: A, ¶ 2: We share one room and one kettle.");
    // The same passage again has the same number, from the words by key.
    window.press(Modifiers::COMMAND, Key::L);
    window.wait_for("the number again", |harness| summaries(harness) == [format!("{of_sharing}[1]")]);
    let study = window.harness.state().as_ref().unwrap().study().clone();
    assert_eq!(study.summaries().iter().map(|summary| summary.citations.len()).sum::<usize>(), 1);
    window.harness.get_by_label_contains("Citation 1: A").click();
    window.wait_for("the words in Read", |harness| harness.query_by_label_contains("It is cold").is_some());
}

/// A window on the study in which this was written of A on *Sharing*.
fn with_summary_of_a(text: &str) -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    let chart = |tx: &mut Tx<'_>| {
        let case = tx.study().case_labelled("A").unwrap().id;
        let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
        tx.chart(&Crossing { theme, of: Crossed::Case(case) }, Charted { text: text.to_owned(), ..Charted::default() })
    };
    project.edit("Chart", chart).unwrap();
    drop(project);
    Window::on(scratch, &home, [1440.0, 900.0])
}

#[test]
fn a_cell_of_several_lists_the_summaries_of_its_cases_and_says_who_is_not_in_its_own() {
    let mut window = with_summary_of_a("A has **one** kettle");
    window.open_sharing();
    window.wait_for_label("Summaries of its cases, 1");
    window.harness.get_by_label("Summary of this cell").focus();
    window.harness.run_steps(2);
    window.type_words("One kettle for all");
    window.wait_for_label("1 person is heard here, not cited:");
    let before = window.harness.get_by_label("Cite A").rect();
    window.wait_for("the words are kept", |harness| summaries(harness).len() == 2);
    assert_eq!(window.harness.get_by_label("Cite A").rect(), before, "nothing moves under the pointer when they are");
    window.click("Cite A");
    window.wait_for_label("Everybody who is heard here is cited.");
    window.wait_for_label("Citation 1: A, summary: A has **one** kettle");
    let own = "Partnership › Sharing × Leads, Fife: One kettle for all[1]";
    window.wait_for("it is kept", |harness| summaries(harness).iter().any(|summary| summary == own));
    // The cell of the matrix shows that it has one, begun.
    window.wait_for_label("Sharing, Leads › Fife, 1 of 1 participant, summary, draft, row 3 of 4");
    window.click("Open");
    window.wait_for("the summary of the case", |harness| harness.query_all_by_value("A has **one** kettle").next().is_some());
}

#[test]
fn an_empty_cell_is_filled_from_its_passages_and_a_written_one_never() {
    let mut window = Window::new();
    window.open_sharing();
    window.click("Draft from passages");
    window.wait_for("it is filled", |harness| {
        summaries(harness) == ["Partnership › Sharing × Leads, Fife: - “We share one room and one kettle.” [1]"]
    });
    window.wait_for("it says so", |harness| harness.query_by_label_contains("The empty cell was filled from 1 passage").is_some());
    assert!(!window.shows("Draft from passages"));
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("one undo", |harness| summaries(harness).is_empty());
}

#[test]
fn the_theme_reader_has_the_summaries_at_its_headings() {
    let mut window = with_summary_of_a("A has one kettle");
    window.open_sharing();
    window.press(Modifiers::NONE, Key::W);
    window.wait_for_label("Back to the matrix");
    window.wait_for_label("Summary: A has one kettle, summary, draft");
    let at = |label: &str| window.harness.get_by_label(label).rect().top();
    assert!(at("Summary: A has one kettle, summary, draft") < at(ONLY), "it stands over its passages");
}

/// A window on the cell of Sharing, Leads › Fife, whose summary cites the words that were coded there; since then these lost
/// their coding, others were coded, and B came to the cell.
fn with_changes_under(size: [f32; 2]) -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    let chart = |tx: &mut Tx<'_>| {
        let case = tx.study().case_labelled("A").unwrap();
        let values = case.values.iter().map(|(attribute, values)| (*attribute, values.first().copied())).collect();
        let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
        let source = &tx.study().source_labelled("A").unwrap().source;
        let of = Cites::Passage { source: source.id, revision: source.revision, span: Span::new(18, 51) };
        let mut charted = Charted { state: SummaryState::Charted, ..Charted::default() };
        let number = charted.cite(of, || "We share one room and one kettle.".to_owned());
        charted.text = format!("They share [{number}]");
        tx.chart(&Crossing { theme, of: Crossed::Values(values) }, charted).map(drop)
    };
    project.edit("Chart", chart).unwrap();
    let change = |tx: &mut Tx<'_>| {
        let material = tx.study().source_labelled("A").unwrap().clone();
        let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
        let coding = material.codings.iter().next().unwrap().coding.id;
        tx.uncode(material.source.id, coding)?;
        tx.code(material.source.id, Span::new(55, 66), theme, Origin::Hand)?;
        let (a, b) = (tx.study().case_labelled("A").unwrap().values.clone(), tx.study().case_labelled("B").unwrap().id);
        a.into_iter().try_for_each(|(attribute, values)| tx.set_value(b, attribute, values))
    };
    project.edit("Change", change).unwrap();
    drop(project);
    let mut window = Window::on(scratch, &home, size);
    let cell = "Sharing, Leads › Fife, 1 of 2 participants, summary, evidence changed, row 3 of 4";
    window.wait_for_label(cell);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Evidence changed");
    window
}

#[test]
fn what_changed_is_shown_with_its_words_and_leads_to_them() {
    let mut window = with_changes_under([1440.0, 900.0]);
    // In the list of passages the new one says so.
    window.wait_for_label("New since the summary: A, ¶ 3, It is cold., passage 1 of 1");
    window.click("Show what changed");
    window.wait_for_label("1 passage is new");
    window.wait_for_label("New: A, ¶ 3: “It is cold.”");
    window.wait_for_label("1 passage is gone");
    window.wait_for_label("Gone: A, ¶ 2: “We share one room and one kettle.”: Its coding was removed.");
    window.wait_for_label("1 case came to this cell");
    window.wait_for_label("Came: B");
    window.click("New: A, ¶ 3: “It is cold.”");
    window.wait_for("the words in Read", |harness| harness.query_by_label_contains("It is cold").is_some());
}

/// A window on the chart of a study in which A said very much after the summary of its cell of Partnership was written: all of it
/// was coded since, and within the passage that was there two codings came.
fn with_very_much_since() -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    let chart = |tx: &mut Tx<'_>| {
        let values = tx.study().case_labelled("A").unwrap().values.clone();
        let of = values.iter().map(|(attribute, values)| (*attribute, values.first().copied())).collect();
        let theme = tx.study().codebook().find_path("Partnership").unwrap();
        let charted = Charted { text: "They share".to_owned(), state: SummaryState::Charted, ..Charted::default() };
        tx.chart(&Crossing { theme, of: Crossed::Values(of) }, charted).map(drop)
    };
    project.edit("Chart", chart).unwrap();
    let code = |tx: &mut Tx<'_>| {
        let [top, below] = ["Partnership", "Partnership › Sharing"].map(|path| tx.study().codebook().find_path(path).unwrap());
        let source = tx.study().source_labelled("A").unwrap().source.id;
        tx.code(source, Span::new(18, 33), top, Origin::Hand)?;
        tx.code(source, Span::new(26, 41), below, Origin::Hand)?;
        let line = "R: We share one room and one kettle.\n";
        let long = add_source(tx, "Long", &line.repeat(MUCH))?;
        let (case, a) = (tx.study().case_labelled("Long").unwrap().id, tx.study().case_labelled("A").unwrap().values.clone());
        a.into_iter().try_for_each(|(attribute, values)| tx.set_value(case, attribute, values))?;
        for at in 0..MUCH {
            let start = u32::try_from(at * line.len()).unwrap() + 3;
            tx.code(long, Span::new(start, start + 33), below, Origin::Hand)?;
        }
        Ok(())
    };
    project.edit("Code", code).unwrap();
    drop(project);
    Window::on(scratch, &home, [1440.0, 900.0])
}

const MUCH: usize = 300;

#[test]
fn of_very_much_that_changed_only_what_is_seen_is_laid_out_and_codings_are_counted() {
    let mut window = with_very_much_since();
    window.wait_for_label("Partnership, Leads › Fife, 2 of 2 participants, summary, evidence changed, row 1 of 4");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Evidence changed");
    window.click("Show what changed");
    window.wait_for_label(&format!("{MUCH} passages are new"));
    let shown = |window: &Window| window.harness.query_all_by_label_contains("New: Long").count();
    window.wait_for_label("New: Long, ¶ 1: “We share one room and one kettle.”");
    assert!((1..60).contains(&shown(&window)), "{} of {MUCH} are laid out", shown(&window));
    // Down at the end of it.
    let at = window.harness.get_by_label("New: Long, ¶ 1: “We share one room and one kettle.”").rect().center();
    window.harness.hover_at(at);
    window.harness.run_steps(2);
    for _ in 0..200 {
        let (unit, source, modifiers) = (MouseWheelUnit::Point, MouseWheelSource::Trackpad, Modifiers::NONE);
        let wheel = Event::MouseWheel { unit, delta: vec2(0.0, -500.0), phase: TouchPhase::Move, source, modifiers };
        window.harness.input_mut().events.push(wheel);
        window.harness.run_steps(2);
        if window.shows("2 codings came within passages that were here") {
            break;
        }
    }
    window.wait_for_label("2 codings came within passages that were here");
    assert_eq!(window.harness.query_all_by_label_contains("Coded again: A").count(), 1, "they share words");
    assert!(shown(&window) < 60);
}

#[test]
fn a_citation_whose_coding_was_removed_says_so_and_stays_whole() {
    let mut window = with_changes_under([1440.0, 900.0]);
    let words = "We share one room and one kettle.";
    window.wait_for_label(&format!("Citation 1: A, ¶ 2: {words}; no longer coded here"));
    window.click("Still holds");
    // What it rests on now never held these words; it still says that they are not coded.
    window.wait_for_label(&format!("Citation 1: A, ¶ 2: {words}; not coded here"));
    assert_eq!(summaries(&window.harness), ["Partnership › Sharing × Leads, Fife: They share [1]"]);
}
