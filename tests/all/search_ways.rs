//! Ways through Search: its panes, memos, coding words, what is new of a standing query, an index in memory.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::app::state::View;
use themata::project::Project;
use themata::study::{MemoKind, MemoOn, Origin, Saved, SavedId, SavedKind};
use themata::text::Span;

use crate::support::add_source;
use crate::window::{Window, window, window_set, window_with};

fn searching(mut window: Window, query: &str, count: &str) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.type_words(query);
    window.until("there is an answer", |window| window.harness.query_by_label(count).is_some());
    window
}

fn coded(project: &mut Project) {
    let act = |tx: &mut themata::project::Tx<'_>| {
        let source = tx.study().source_labelled("A").unwrap().source.id;
        for (path, span) in [("Staffing", Span::new(18, 43)), ("Leadership", Span::new(18, 30)), ("Staffing", Span::new(44, 63))] {
            let theme = tx.theme_at(path)?;
            tx.code(source, span, theme, Origin::Hand)?;
        }
        Ok(())
    };
    project.edit("Code", act).unwrap();
}

#[test]
fn f6_goes_through_question_passages_and_facets() {
    let mut window = searching(window_with(coded), "form", "1 hit");
    window.click("List: Passages");
    window.click("Choose the first theme");
    window.type_words("staff");
    window.press(Key::Enter);
    window.click("Choose the second theme");
    window.type_words("leadership");
    window.press(Key::Enter);
    window.until("one overlaps", |window| window.harness.query_by_label("1 passage").is_some());
    window.press_with(Modifiers::COMMAND, Key::F);
    window.until("what is asked has the keys", |window| window.focused() == "Passages of Staffing");
    window.press(Key::F6);
    window.until("the passages have them", |window| window.focused() == "Passages");
    assert!(window.at_hand().contains("passage 1 of 1"), "{}", window.at_hand());
    window.press(Key::F6);
    window.until("the facets have them", |window| window.focused().starts_with("Group, "));
    window.press(Key::F6);
    window.until("and what is asked again", |window| window.focused() == "Passages of Staffing");
}

#[test]
fn two_clicks_on_a_theme_of_the_facets_read_its_passages() {
    let mut window = searching(window_with(coded), "form OR room", "2 hits");
    let at = window.harness.get_by_label_contains("Theme: Staffing, ").rect().center();
    window.drag(at, at);
    window.drag(at, at);
    window.until("the theme is read", |window| window.app().state().view == View::Matrix && window.shows("Staffing"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back in Search", |window| window.app().state().view == View::Search);
    assert_eq!(window.app().state().search.query, "form OR room", "the query is as it was");
}

#[test]
fn memos_are_found_in_memos() {
    let memo = |project: &mut Project| {
        project.edit("Memo", |tx| tx.add_memo(MemoOn::Project, MemoKind::Analytic, "A walrus among the forms").map(drop)).unwrap();
    };
    let mut window = searching(window_with(memo), "walrus in:memos", "1 note");
    assert!(window.shows("A walrus among the forms"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("walrus in:texts");
    window.until("no text has it", |window| window.harness.query_by_label("0 hits").is_some());
}

#[test]
fn the_words_found_alone_are_coded() {
    let mut window = searching(window(), "form OR cold", "1 hit");
    window.click("Code 1 hit…");
    window.type_words("staff");
    window.click("Of each hit: Words found");
    window.until("both words are found", |window| window.shows("Code 2 passages"));
    window.click("Code 2 passages");
    window.until("they are coded", |window| window.codings().len() == 2);
    let words: Vec<String> = window.codings().into_iter().map(|(words, _)| words).collect();
    assert_eq!(words, ["forms", "cold"]);
}

#[test]
fn a_standing_query_says_what_is_new_since_it_was_looked_at() {
    let id = SavedId::new();
    let settings = serde_json::json!({"looked_at": {id.to_string(): 1}});
    let mut window = window_set(&settings, |mut project, _| {
        let body = serde_json::json!({"query": "room OR cold OR form"}).to_string();
        project.edit("Save query", |tx| tx.put(Saved { id, kind: SavedKind::Query, name: "Places".into(), body, position: 1 })).unwrap();
        project.edit("Import", |tx| add_source(tx, "C", "R: The room was cold.\n").map(drop)).unwrap();
    });
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.until("it says so", |window| window.harness.query_by_label("Saved query Places, 3 hits, 2 new").is_some());
    window.click("Saved query Places, 3 hits, 2 new");
    window.until("it is asked", |window| window.harness.query_by_label("3 hits").is_some());
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Delete);
    window.until("nothing is new any more", |window| window.harness.query_by_label("Saved query Places, 3 hits").is_some());
}

#[test]
fn the_index_of_a_project_is_kept_in_memory_when_that_is_said() {
    let mut window = searching(window(), "room", "1 hit");
    let indexes = window.scratch.path("home").join("cache").join("index");
    let there = |indexes: &std::path::Path| std::fs::read_dir(indexes).is_ok_and(|mut folders| folders.next().is_some());
    assert!(there(&indexes));
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Where things lie");
    window.click("Keep the index of this project in memory only");
    window.until("what was written is removed", |_| !there(&indexes));
    window.press(Key::Escape);
    window.until("what is asked is still found", |window| window.harness.query_by_label("1 hit").is_some());
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("cold");
    window.until("also something else", |window| window.shows("I mind the cold") && window.shows("Hit 1 of 1"));
    assert!(!there(&indexes));
}
