//! Search, driven by role and label.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::View;
use themata::project::Project;
use themata::study::Origin;
use themata::text::Span;

use crate::support::{add_source, correct};
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
    window.undo_what_is_named();
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
    window.undo_what_is_named();
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
    window.press_with(Modifiers::SHIFT, Key::F1);
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

/// Codes words of a source of the project.
fn code(project: &mut Project, label: &str, words: &str, theme: &str) {
    let act = |tx: &mut themata::project::Tx<'_>| {
        let (source, revision) = {
            let study = tx.study();
            let material = study.source_labelled(label).unwrap();
            (material.source.id, material.revision().unwrap().clone())
        };
        let text = tx.text_of(&revision)?;
        let at = text.find(words).unwrap();
        let theme = tx.theme_at(theme)?;
        tx.code(source, Span::of(at..at + words.len()), theme, Origin::Hand).map(|_| ())
    };
    project.edit("Code", act).unwrap();
}

#[test]
fn notes_are_gone_through_by_keys() {
    let define = |project: &mut Project| {
        let define = |tx: &mut themata::project::Tx<'_>| {
            for name in ["Staffing", "Leadership"] {
                let mut theme = tx.study().codebook().themes().find(|theme| theme.name == name).cloned().unwrap();
                theme.definition = format!("A walrus rota of {name}.");
                tx.put(theme)?;
            }
            Ok(())
        };
        project.edit("Define", define).unwrap();
    };
    let mut window = searching(window_with(define), "walrus in:definitions");
    window.hits("2 notes");
    assert!(window.shows("Note 1 of 2"));
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    assert!(window.shows("Note 2 of 2"));
    window.press(Key::Enter);
    window.until("the themes are shown", |window| window.app().state().view == View::Themes);
}

#[test]
fn there_are_no_summaries_yet_and_it_says_so() {
    let mut window = search("room in:summaries");
    window.hits("0 hits");
    assert!(window.shows("No summaries are written yet"));
}

#[test]
fn what_finds_nothing_offers_what_asks_for_less() {
    let mut window = search("\"share room\"");
    window.hits("0 hits");
    window.click("The words of \"share room\" anywhere in the paragraph, 1 hit");
    assert_eq!(window.query(), "share room");
    window.hits("1 hit");
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    assert_eq!(window.query(), "\"share room\"");
}

#[test]
fn one_goes_back_and_forward_through_queries() {
    let mut window = search("room");
    window.hits("1 hit");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("was OR you");
    window.hits("3 hits");
    window.click("Theme: Not coded, 1");
    window.hits("1 hit");
    for expected in ["was OR you", "room"] {
        window.press_with(Modifiers::COMMAND, Key::OpenBracket);
        assert_eq!(window.query(), expected);
    }
    for expected in ["was OR you", "coded:no (was OR you)"] {
        window.press_with(Modifiers::COMMAND, Key::CloseBracket);
        assert_eq!(window.query(), expected);
    }
}

#[test]
fn conditions_are_chips_that_can_be_taken_away() {
    let mut window = search("(was OR room) speaker:participant");
    window.hits("2 hits");
    window.click("Theme: Not coded, 2");
    window.until("it is asked", |window| window.query() == "coded:no (was OR room) speaker:participant");
    window.click("Take away speaker:participant");
    window.until("it is gone", |window| window.query() == "coded:no (was OR room)");
    window.click("Take away coded:no");
    window.until("both are gone", |window| window.query() == "was OR room");
    window.hits("3 hits");
}

#[test]
fn lines_are_sorted_by_keys() {
    let mut window = search("we OR the");
    window.hits("2 hits");
    window.click("Hits: KWIC");
    window.until("the lines are there", |window| window.rows().len() == 3);
    let first = window.rows()[0].clone();
    assert!(first.contains("paragraph 2") && first.ends_with("Line 1 of 3: The"), "{first}");
    window.press(Key::ArrowRight);
    window.until("they are sorted", |window| {
        let rows = window.rows();
        rows.len() == 3 && rows[0].ends_with("Line 1 of 3: the") && rows[1].ends_with("Line 2 of 3: The")
    });
    assert!(window.shows("Sorted by the word after"));
    window.press(Key::ArrowLeft);
    window.until("they are sorted", |window| window.shows("Sorted by the word before"));
}

#[test]
fn a_passage_is_unticked_and_the_rest_is_coded_and_confirmed() {
    let mut window = search("was OR you OR room");
    window.hits("4 hits");
    window.click("Code 4 hits…");
    window.type_words("staff");
    window.until("the passages are found", |window| window.shows("Code 2 passages"));
    let boxes: Vec<String> = {
        let all = window.harness.query_all_by_role(Role::CheckBox);
        all.filter_map(|node| node.accesskit_node().label()).filter(|label| label.starts_with("Code A: ")).collect()
    };
    assert_eq!(boxes.len(), 2);
    window.click(&boxes[1]);
    assert!(window.shows("Code 1 passage"));
    // What was unticked stays so when more of it is taken.
    window.click("Of each hit: Turn");
    window.until("the turns are found", |window| window.shows("Code 1 passage"));
    window.click("Of each hit: Sentence");
    window.until("the sentences are found", |window| window.shows("Code 1 passage"));
    window.click("Code 1 passage");
    window.until("it is coded", |window| window.codings().len() == 1);
    assert_eq!(window.origins()[0].1, Origin::SearchUnread);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("coded:unread");
    window.hits("1 hit");
    assert!(window.rows()[0].contains("Staffing, search, unread"), "{:?}", window.rows());
    window.click("Confirm all");
    window.hits("0 hits");
    assert_eq!(window.origins(), [("Staffing".to_owned(), Origin::Hand)]);
    window.press(Key::F6);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it waits again", |window| window.origins()[0].1 == Origin::SearchUnread);
}

#[test]
fn hits_are_coded_where_a_correction_has_moved_them() {
    let corrected = |project: &mut Project| {
        let text = "I: How was it then?\nR: It was fine, aye. The forms were not. I mind the cold.\n";
        let act = |tx: &mut themata::project::Tx<'_>| {
            let source = tx.study().source_labelled("A").unwrap().source.id;
            correct(tx, source, text).map(|_| ())
        };
        project.edit("Correct", act).unwrap();
    };
    let mut window = searching(window_with(corrected), "forms");
    window.hits("1 hit");
    window.click("Code 1 hit…");
    window.type_words("staff");
    window.until("the passage is found", |window| window.shows("Code 1 passage"));
    // Meanwhile the correction is taken back; the sheet knows the corrected text. Keys do nothing behind it; a screen reader
    // reaches the button.
    for _ in 0..2 {
        window.harness.get_by_label("Undo: Correct  (Ctrl+Z)").click_accesskit();
        window.harness.run_steps(2);
    }
    window.until("the old text is back", |window| window.app().study().source_labelled("A").unwrap().geometry.paragraphs().len() == 4);
    window.click("Code 1 passage");
    window.until("it is coded", |window| window.codings() == [("The forms were not.".to_owned(), "Staffing".to_owned())]);
}

#[test]
fn queries_are_kept_under_a_name() {
    let mut window = search("was OR you");
    window.hits("3 hits");
    window.click("Saved queries");
    window.click("Save as…");
    window.type_words("Questions");
    window.press(Key::Enter);
    let saved = |window: &Window| window.app().study().saved().iter().map(|saved| saved.name.clone()).collect::<Vec<_>>();
    window.until("it is kept", |window| saved(window) == ["Questions"]);
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Delete);
    window.until("it is listed with what it finds", |window| window.harness.query_by_label("Saved query Questions, 3 hits").is_some());
    window.click("Saved query Questions, 3 hits");
    assert_eq!(window.query(), "was OR you");
    window.hits("3 hits");
    window.click("Saved queries, Questions");
    window.click("Rename…");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("What was asked");
    window.press(Key::Enter);
    window.until("it is renamed", |window| saved(window) == ["What was asked"]);
    window.click("Saved queries, What was asked");
    window.click("Delete");
    window.until("it is gone", |window| saved(window).is_empty());
    window.press(Key::F6);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back", |window| saved(window) == ["What was asked"]);
}

#[test]
fn passages_of_one_theme_beside_another() {
    let prepare = |project: &mut Project| {
        code(project, "A", "It was fine, aye, mostly.", "Staffing");
        code(project, "A", "aye", "Leadership > National voice");
        code(project, "B", "Naïve of me", "Staffing");
        code(project, "A", "We share one room.", "Staffing");
    };
    let mut window = searching(window_with(prepare), "room");
    window.hits("1 hit");
    window.click("List: Passages");
    window.click("Passages of choose a theme");
    window.type_words("staff");
    window.press(Key::Enter);
    window.until("the first theme is there", |window| window.harness.query_by_label("Passages of Staffing").is_some());
    window.click("passages of choose a theme");
    window.type_words("leader");
    window.press(Key::Enter);
    window.until("one overlaps", |window| window.harness.query_by_label("1 passage").is_some());
    window.until("its words are there", |window| window.shows("It was fine, aye, mostly., passage 1 of 1"));
    window.click("Passages that: Near");
    window.click("One paragraph further");
    window.until("further ones are near", |window| window.harness.query_by_label("2 passages").is_some());
    window.click("Passages that: Lie within");
    window.until("none lies within", |window| window.shows("There are none"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back at those near", |window| window.harness.query_by_label("2 passages").is_some());
    let coder = window.app().study().coders().values().next().unwrap().name.clone();
    window.click(&format!("Coder: {coder}, 2"));
    window.until("it is asked for", |window| window.shows("2 passages"));
    // The list is live.
    window.undo_what_is_named();
    window.until("one is gone", |window| window.harness.query_by_label("1 passage").is_some());
    // What is listed is what leaves; its rows are acted on by key.
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("the passages are to leave", |window| window.shows("Themes below them are counted in."));
    window.press(Key::Escape);
    for _ in 0..3 {
        if window.focused() != "Passages" {
            window.press(Key::F6);
            window.harness.step();
        }
    }
    window.press(Key::Q);
    let quotes = |window: &Window| window.app().study().materials().iter().map(|material| material.quote_marks.len()).sum::<usize>();
    window.until("it is a quote", |window| quotes(window) == 1);
    window.press(Key::Delete);
    window.press(Key::Enter);
    window.until("the last one is gone", |window| window.shows("There are none"));
    window.click("List: Paragraphs");
    assert_eq!(window.query(), "room");
    window.hits("1 hit");
}

#[test]
fn hits_and_lines_leave_as_tables() {
    let mut window = search("we OR the");
    window.hits("2 hits");
    for (layout, name, rows) in [("Hits: In context", "hits", 2), ("Hits: KWIC", "lines", 3)] {
        window.click(layout);
        window.until("the rows are there", |window| window.rows().len() == rows);
        window.click("Export…");
        window.until("the first lines are made", |window| window.shows(&format!("All {rows} rows")));
        window.click("Mask groups of fewer than: Off");
        window.click_button("Export");
        window.until("it is written", |window| window.shows(&format!("{rows} rows in ")));
        let folder = window.scratch.path("");
        let table = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        assert_eq!(table.lines().count(), rows + 1, "{table}");
        let about = std::fs::read_to_string(folder.join(format!("{name}-about.txt"))).unwrap();
        assert!(about.contains("- we OR the"), "{about}");
    }
}

#[test]
fn reading_the_texts_shows_how_far_it_is_and_can_be_stopped() {
    let large = |project: &mut Project| {
        let text = "R: we talked and talked about the forms and the rota until nobody cared any more at all\n".repeat(20_000);
        project.edit("Import", |tx| add_source(tx, "C", &text).map(|_| ())).unwrap();
    };
    let mut window = searching(window_with(large), "rota");
    window.hits("20,000 hits");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("/(forms|rota) zebra/");
    window.until("it is being read", |window| window.shows("Reading the texts, "));
    window.click("Stop");
    window.until("it has stopped", |window| window.shows("Stopped at "));
    window.click("Search again");
    window.hits("0 hits");
}
