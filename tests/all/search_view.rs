//! Search, driven by role and label.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::study::Origin;

use crate::support::add_source;
use crate::window::{Window, window, window_with};

fn search(query: &str) -> Window {
    searching(window(), query)
}

fn searching(mut window: Window, query: &str) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.type_words(query);
    window
}

impl Window {
    fn query(&self) -> String {
        self.app().state().search.query.clone()
    }

    fn hits(&mut self, count: &str) {
        let what = format!("{count} of {}", self.query());
        self.until(&what, |window| window.harness.query_by_label(count).is_some());
    }

    /// The hits in view, as a screen reader says them.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn origins(&self) -> Vec<(String, Origin)> {
        let study = self.app().study();
        study.codings().map(|(_, coded)| (study.codebook().path(coded.coding.theme), coded.coding.origin)).collect()
    }
}

#[test]
fn hits_come_as_one_types() {
    let mut window = search("form OR room");
    window.hits("2 hits");
    assert!(window.shows("2 hits in 1 of 2 sources"));
    let rows = window.rows();
    assert!(rows[0].starts_with("A, paragraph 2, not coded: It was fine"), "{rows:?}");
    assert!(rows[0].ends_with("Hit 1 of 2"));
    window.type_words(" OR naive");
    window.hits("3 hits");
    assert!(window.rows()[2].starts_with("B, paragraph 2"));
}

#[test]
fn a_mistake_is_named_and_tab_mends_it() {
    let mut window = search("room OR theme:Stafing");
    window.hits("1 hit");
    assert!(window.shows("theme: has no value “Stafing”."));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press(Key::Tab);
    assert_eq!(window.query(), "room OR theme:Staffing");
    assert!(!window.shows("has no value"));
}

#[test]
fn fields_and_values_are_completed() {
    let mut window = search("th");
    window.harness.step();
    window.harness.get_by_role_and_label(Role::ListBoxOption, "theme:");
    window.press(Key::Tab);
    assert_eq!(window.query(), "theme:");
    window.press(Key::ArrowDown);
    window.press(Key::Tab);
    assert_eq!(window.query(), "theme:\"Leadership › National voice\"");
}

#[test]
fn enter_goes_to_the_hits_and_then_to_read() {
    let mut window = search("forms");
    window.hits("1 hit");
    window.press(Key::Enter);
    assert_eq!(window.app().state().view, View::Search);
    window.press(Key::Enter);
    window.until("Read is shown", |window| window.shows("4 words selected"));
    assert_eq!(window.app().state().view, View::Read);
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    assert_eq!(window.query(), "forms");
    window.hits("1 hit");
}

#[test]
fn the_hit_one_is_at_is_coded_by_hand() {
    let mut window = search("forms");
    window.hits("1 hit");
    window.press(Key::Enter);
    window.press(Key::C);
    window.type_words("staff");
    window.until("the passage is found", |window| window.shows("Code 1 passage"));
    window.press(Key::Enter);
    window.until("it is coded", |window| window.codings() == [("The forms were not.".to_owned(), "Staffing".to_owned())]);
    assert_eq!(window.origins()[0].1, Origin::Hand);
    window.until("the hit shows its theme", |window| window.rows().first().is_some_and(|row| row.contains("paragraph 2, Staffing")));
}

#[test]
fn hits_are_coded_as_one_act_without_the_questions() {
    let mut window = search("was OR you OR room");
    window.hits("4 hits");
    window.click("Code 4 hits…");
    window.type_words("unread pile");
    window.until("the passages are found", |window| window.shows("Code 2 passages"));
    assert!(window.shows("2 interviewer turns are left out."));
    window.press(Key::Enter);
    window.until("they are coded", |window| window.codings().len() == 2);
    let unread = ("Unread pile".to_owned(), Origin::SearchUnread);
    assert!(window.origins().iter().all(|(path, origin)| (path.to_lowercase(), *origin) == (unread.0.to_lowercase(), unread.1)));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("all are taken back", |window| window.codings().is_empty());
}

#[test]
fn chosen_hits_are_marked_as_quotes_and_unmarked() {
    let mut window = search("room OR forms");
    window.hits("2 hits");
    window.press(Key::Enter);
    window.press(Key::Space);
    window.press(Key::ArrowDown);
    window.press(Key::Space);
    assert!(window.shows("2 chosen"));
    window.click("Mark as quotes");
    let marks = |window: &Window| window.app().study().materials().iter().map(|material| material.quote_marks.len()).sum::<usize>();
    window.until("they are marked", |window| marks(window) == 2);
    window.click("Mark as quotes");
    window.until("they are unmarked", |window| marks(window) == 0);
}

#[test]
fn a_facet_narrows_and_a_second_click_widens() {
    let mut window = search("was OR you");
    window.hits("3 hits");
    window.click("Theme: Not coded, 1");
    assert_eq!(window.query(), "coded:no (was OR you)");
    window.hits("1 hit");
    window.click("Theme: Not coded, 1");
    assert_eq!(window.query(), "was OR you");
    window.hits("3 hits");
}

#[test]
fn a_condition_can_be_taken_away_when_there_are_no_hits() {
    let mut window = search("was OR you");
    window.hits("3 hits");
    window.click("Theme: Not coded, 1");
    window.hits("1 hit");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words(" zebra");
    window.hits("0 hits");
    assert!(window.harness.query_by_label("Source, 1 value").is_some(), "what there was stays in its place");
    window.click("Theme: Not coded, 0");
    assert_eq!(window.query(), "(was OR you) zebra");
}

#[test]
fn narrowing_alternatives_finds_what_was_counted() {
    let mut window = search("naive OR roo");
    window.hits("2 hits");
    window.click("Source, 2 values");
    window.click("Source: A, 1");
    assert_eq!(window.query(), "source:A (naive OR roo)");
    window.hits("1 hit");
}

#[test]
fn nothing_more_is_offered_once_tab_was_pressed() {
    let mut window = search("room OR theme:Leadrship");
    window.hits("1 hit");
    let offered = |window: &Window| window.rows().iter().any(|row| row.contains("National voice"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press(Key::Tab);
    assert_eq!(window.query(), "room OR theme:Leadership");
    window.harness.step();
    assert!(!offered(&window));
    window.type_words(" theme:nat");
    window.harness.step();
    assert!(offered(&window));
    window.press(Key::Tab);
    window.harness.step();
    assert_eq!(window.query(), "room OR theme:Leadership theme:\"Leadership › National voice\"");
    assert!(!offered(&window));
}

#[test]
fn a_query_without_meaning_shows_no_old_hits() {
    let mut window = search("room");
    window.hits("1 hit");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("thmee:x");
    window.until("it says so", |window| window.shows("Nothing to look for yet"));
    assert!(window.rows().is_empty());
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("source:B");
    window.hits("2 hits");
}

#[test]
fn a_definition_that_matches_leads_to_its_theme() {
    let define = |project: &mut themata::project::Project| {
        let define = |tx: &mut themata::project::Tx<'_>| {
            let mut theme = tx.study().codebook().themes().find(|theme| theme.name == "Staffing").cloned().unwrap();
            theme.definition = "Who fills a walrus rota.".into();
            tx.put(theme)
        };
        project.edit("Define", define).unwrap();
    };
    let mut window = searching(window_with(define), "walrus in:definitions");
    window.hits("1 note");
    window.click("Definition of Staffing: Who fills a walrus rota.");
    window.until("the themes are shown", |window| window.app().state().view == View::Themes);
    let selected = |window: &Window| {
        let nodes = window.harness.query_all_by_label_contains("Staffing");
        nodes.filter(|node| node.accesskit_node().toggled() == Some(Toggled::True)).count()
    };
    window.until("it is selected", |window| selected(window) > 0);
}

#[test]
fn what_cannot_be_written_is_indexed_in_memory() {
    let with_third = |project: &mut themata::project::Project| {
        project.edit("Import", |tx| add_source(tx, "C", "R: A walrus, no less.\n").map(|_| ())).unwrap();
    };
    let mut window = searching(window_with(with_third), "walrus OR room");
    window.hits("2 hits");
    let index = window.scratch.path("home").join("cache").join("index");
    std::fs::remove_dir_all(&index).unwrap();
    std::fs::write(&index, "no folder any more").unwrap();
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.hits("1 hit");
    window.until("it is told", |window| window.shows("index in memory"));
}

#[test]
fn lines_stand_round_their_words() {
    let mut window = search("we OR the");
    window.hits("2 hits");
    window.click("Hits: KWIC");
    window.until("the lines are there", |window| window.rows().len() == 3);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("Read is shown", |window| window.app().state().view == View::Read);
}

#[test]
fn the_index_follows_undo_and_redo() {
    let with_third = |project: &mut themata::project::Project| {
        project.edit("Import", |tx| add_source(tx, "C", "R: A walrus, no less.\n").map(|_| ())).unwrap();
    };
    let mut window = searching(window_with(with_third), "walrus");
    window.hits("1 hit");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.hits("0 hits");
    window.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
    window.hits("1 hit");
}

#[test]
fn what_is_not_found_offers_a_way_on() {
    let mut window = search("room source:B");
    window.hits("0 hits");
    window.click("Search without the conditions");
    assert_eq!(window.query(), "room");
    window.hits("1 hit");
}

#[test]
fn examples_and_the_language_are_at_hand() {
    let mut window = search("");
    window.click("Search for share");
    window.hits("1 hit");
    window.press(Key::F1);
    assert!(window.shows("both words in one paragraph"));
    window.press(Key::Escape);
    assert!(!window.shows("both words in one paragraph"));
}

#[test]
fn every_control_of_search_has_a_name() {
    let mut window = search("was OR you");
    window.hits("3 hits");
    for role in [Role::Button, Role::CheckBox, Role::TextInput, Role::RadioButton, Role::ListBox, Role::ListBoxOption] {
        for node in window.harness.query_all_by_role(role) {
            let node = node.accesskit_node();
            assert!(node.label().is_some_and(|label| !label.trim().is_empty()), "{role:?} without a name");
        }
    }
}
