//! The chart in the real window: summaries written where they stand, case after case.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use themata::app::App;
use themata::study::{Silence, Summary, SummaryState};

use crate::matrix_view::{ONLY, Window};

/// The first theme that has a chart is *Partnership*, with one column: *Sharing*.
pub fn chart() -> Window {
    chart_sized([1440.0, 900.0])
}

fn chart_sized(size: [f32; 2]) -> Window {
    let mut window = Window::sized(size);
    window.wait_for_label("View: Chart");
    window.click("View: Chart");
    window.wait_for_label("A, Sharing: 1 passage, not charted");
    window
}

pub fn summaries(harness: &Harness<'static, Option<App>>) -> Vec<(String, SummaryState)> {
    let study = harness.state().as_ref().unwrap().study();
    let told = |summary: &Summary| (format!("{}: {}", study.crossing_name(&summary.cell), summary.text), summary.state);
    study.summaries().iter().map(|summary| told(summary)).collect()
}

pub fn of_a(words: &str, state: SummaryState) -> (String, SummaryState) {
    (format!("Partnership › Sharing × A: {words}"), state)
}

#[test]
fn typing_writes_and_ctrl_enter_keeps_it_as_charted_and_goes_to_the_next_case() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Enter);
    // The evidence pane follows.
    window.wait_for_label(ONLY);
    window.type_words("They share");
    window.type_words(" a “kettle”");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("it is kept", |harness| summaries(harness) == [of_a("They share a “kettle”", SummaryState::Charted)]);
    window.wait_for_label("A, Sharing: charted, They share a “kettle”");
    window.wait_for_label("1.1 Sharing, 1 of 2 charted");
    // The next case has no passages: all that they say is read instead, and can be cited.
    window.wait_for_label("B, ¶ 3, It is cold., passage 2 of 2");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::COMMAND, Key::L);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    window.type_words(" Cold");
    window.press(Modifiers::NONE, Key::Escape);
    let of_b = ("Partnership › Sharing × B: [1] Cold".to_owned(), SummaryState::Draft);
    window.wait_for("a cell that is left stays a draft", |harness| summaries(harness).contains(&of_b));
    let study = window.harness.state().as_ref().unwrap().study().clone();
    let cited: Vec<&str> = study.summaries().iter().flat_map(|own| &own.citations).map(|it| it.words.as_str()).collect();
    assert_eq!(cited, ["It is cold."]);
}

#[test]
fn a_cell_is_written_as_one_act_however_many_keys() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::F2);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    window.type_words("They share");
    window.wait_for("it is kept in the pause", |harness| summaries(harness) == [of_a("They share", SummaryState::Draft)]);
    window.type_words(" a kettle");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("it is kept when it is left", |harness| summaries(harness) == [of_a("They share a kettle", SummaryState::Draft)]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("one undo", |harness| summaries(harness).is_empty());
}

#[test]
fn why_there_is_nothing_to_say_is_said_by_key_where_nothing_was_said() {
    let mut window = chart();
    window.press(Modifiers::ALT, Key::Num1);
    window.wait_for("it is refused", |harness| harness.query_by_label_contains("is coded here, so that something was said").is_some());
    assert!(summaries(&window.harness).is_empty());
    window.press(Modifiers::COMMAND, Key::Enter);
    window.press(Modifiers::ALT, Key::Num1);
    window.wait_for_label("B, Sharing: Asked, said nothing");
    let silence = |harness: &Harness<'static, Option<App>>| {
        harness.state().as_ref().unwrap().study().summaries().iter().map(|own| own.silence).collect::<Vec<_>>()
    };
    window.wait_for("it is kept", |harness| silence(harness) == [Some(Silence::AskedSaidNothing)]);
    window.press(Modifiers::ALT, Key::Num2);
    window.wait_for("another reason", |harness| silence(harness) == [Some(Silence::NotAsked)]);
    window.press(Modifiers::ALT, Key::Num2);
    window.wait_for("the same again takes it back", |harness| silence(harness).is_empty());
}

#[test]
fn letters_write_and_are_no_commands() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    // P pins in other layouts, X swaps rows and columns.
    for (key, letter) in [(Key::P, "p"), (Key::X, "x")] {
        window.harness.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
        window.type_words(letter);
    }
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the letters", |harness| summaries(harness) == [of_a("px", SummaryState::Draft)]);
    assert!(!window.shows("Unpin the cell"));
}

#[test]
fn too_much_is_refused_and_what_was_there_stays() {
    let mut window = chart();
    window.type_words("They share");
    window.harness.event(Event::Paste("word ".repeat(50_000)));
    window.harness.run_steps(3);
    window.wait_for("it is said", |harness| harness.query_by_label_contains("A summary has room for 20,000 characters").is_some());
    window.harness.event(Event::Paste("\r\n- one\r\n- two\u{0}".to_owned()));
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("what fits", |harness| summaries(harness) == [of_a("They share\n- one\n- two", SummaryState::Charted)]);
}

#[test]
fn groups_fold_cases_are_filtered_and_the_next_cell_to_chart_is_found() {
    let mut window = chart();
    window.wait_for_label("Fife, 1 case, 0 of 1 cell charted");
    window.click("Fife, 1 case, 0 of 1 cell charted");
    window.wait_for("A is folded away", |harness| harness.query_by_label("A, Sharing: 1 passage, not charted").is_none());
    window.click("Fife, 1 case, 0 of 1 cell charted");
    window.wait_for_label("A, Sharing: 1 passage, not charted");
    window.click("Filter");
    window.click("Glasgow");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("1.1 Sharing, 0 of 1 charted");
    assert!(window.shows("A, Sharing: 1 passage, not charted") && !window.shows("B, Sharing: empty"));
    // Nothing was read: there is nothing to go to yet.
    window.press(Modifiers::COMMAND, Key::J);
    window.wait_for("it is said", |harness| harness.query_by_label_contains("Every cell of what was read so far").is_some());
}

#[test]
fn the_chart_is_kept_with_its_view_and_back_leads_to_it() {
    let mut window = chart();
    window.press(Modifiers::COMMAND, Key::PageDown);
    window.wait_for_label("A, Weather: empty");
    window.click("Views");
    window.click("Save as…");
    window.type_words("My chart");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("it is kept", |harness| crate::matrix_view::saved_views(harness) == ["My chart"]);
    window.click("View: Counts");
    window.wait_for_label(crate::matrix_view::HEARD);
    window.harness.get_by_label_contains("Views").click();
    window.harness.run_steps(3);
    window.click("My chart");
    window.wait_for_label("A, Weather: empty");
}

#[test]
fn in_a_small_window_the_chart_still_has_its_parts() {
    let mut window = chart_sized([900.0, 560.0]);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    window.type_words("They share one room, “one kettle” and the weather that comes through both windows");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("it is kept", |harness| summaries(harness).len() == 1);
}

#[test]
fn a_case_is_read_across_all_themes_and_leads_back_to_its_cells() {
    let mut window = chart();
    window.type_words("They share");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("it is kept", |harness| summaries(harness).len() == 1);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("1.1 Sharing: They share");
    // A theme holds what is below it; what nothing is said of stands there only when it is asked for.
    assert!(window.shows("1 Partnership: 1 passage, not charted") && !window.shows("2 Weather: "));
    window.click("All themes");
    window.wait_for_label("2 Weather: ");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("A, Sharing: charted, They share");
    window.press(Modifiers::ALT, Key::P);
    window.wait_for_label("1.1 Sharing: They share");
    window.click("1.1 Sharing: They share");
    window.wait_for("the cell in the chart, with its evidence", |harness| {
        harness.query_by_label("A, Sharing: charted, They share").is_some() && harness.query_by_label(ONLY).is_some()
    });
}

#[test]
fn a_passage_is_uncited_as_one_act_and_nothing_typed_is_lost() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    assert!(!window.shows("Uncite"), "nothing is cited yet");
    window.press(Modifiers::COMMAND, Key::U);
    window.wait_for_label("No summary cites this passage here.");
    window.press(Modifiers::COMMAND, Key::L);
    window.wait_for("the words have the focus", |harness| harness.get_by_label("Summary of this cell").is_focused());
    window.type_words(" they share.");
    window.press(Modifiers::COMMAND, Key::L);
    let of_sharing = |words: &str| [(format!("Partnership › Sharing × Leads, Fife: {words}"), SummaryState::Draft)];
    window.wait_for("it is cited twice", |harness| summaries(harness) == of_sharing("[1] they share.[1]"));
    // What is typed and not kept yet.
    window.type_words(" All of it");
    window.wait_for_label("Cited as 1");
    window.press(Modifiers::NONE, Key::F6);
    window.click("Uncite");
    window.wait_for("the number is gone, the words are not", |harness| summaries(harness) == of_sharing("they share. All of it"));
    let citations = |harness: &Harness<'static, Option<App>>| -> usize {
        harness.state().as_ref().unwrap().study().summaries().iter().map(|summary| summary.citations.len()).sum()
    };
    assert_eq!(citations(&window.harness), 0);
    assert!(!window.shows("Uncite") && !window.shows("Cited as 1"));
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("one undo brings back the numbers alone", |harness| summaries(harness) == of_sharing("[1] they share.[1] All of it"));
    assert_eq!(citations(&window.harness), 1);
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::COMMAND, Key::U);
    window.wait_for("by key too", |harness| summaries(harness) == of_sharing("they share. All of it"));
}

#[test]
fn a_passage_is_uncited_while_one_writes_in_the_chart() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    window.type_words("They share");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::COMMAND, Key::L);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    window.type_words(" a kettle");
    window.wait_for_label("Cited as 1");
    // Not kept yet.
    window.click("Uncite");
    window.wait_for("the words are kept", |harness| summaries(harness) == [of_a("They share a kettle", SummaryState::Draft)]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("with its number again", |harness| summaries(harness) == [of_a("They share[1] a kettle", SummaryState::Draft)]);
}

#[test]
fn a_case_profile_is_printed_as_the_page_of_that_case() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Enter);
    window.type_words("They share");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("it is kept", |harness| summaries(harness).len() == 1);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    // From the chart by its key, from the profile by its button.
    window.press(Modifiers::COMMAND, Key::P);
    window.wait_for("One page with who A is", |harness| harness.query_by_label_contains("One page with who A is").is_some());
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::ALT, Key::P);
    window.wait_for_label("1.1 Sharing: They share");
    window.harness.get_by_role_and_label(Role::Button, "Print case profile…").click();
    window.wait_for("One page with who A is", |harness| harness.query_by_label_contains("One page with who A is").is_some());
    window.harness.run_steps(3);
    // Nothing leaves before it is said what is masked.
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    let unsaid = "Say first whether groups of few are masked";
    window.wait_for(unsaid, |harness| harness.query_by_label_contains(unsaid).is_some());
    window.click("Mask groups of fewer than: 3");
    window.harness.run_steps(3);
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    window.wait_for("the page", |harness| harness.query_by_label_contains("profile-A.html.").is_some());
    let project = window.harness.state().as_ref().unwrap().project_path().unwrap().to_path_buf();
    let page = std::fs::read_to_string(project.with_file_name("profile-A.html")).unwrap();
    assert!(page.contains(": case profile of A</title>") && page.contains("They share"), "{page}");
    assert!(page.contains("masked (fewer than 3)"), "{page}");
    assert!(window.harness.query_by_label("1.1 Sharing: They share").is_some(), "the profile is still there");
}

#[test]
fn what_fits_no_sub_theme_gets_its_own_and_stands_last() {
    let mut window = chart();
    window.click("Other");
    window.wait_for_label("1.2 Other, 0 of 2 charted");
    let at = |label: &str| window.harness.get_by_label(label).rect().left();
    assert!(at("1.1 Sharing, 0 of 2 charted") < at("1.2 Other, 0 of 2 charted"));
}

#[test]
fn what_is_coded_at_the_theme_itself_waits_in_a_column_of_its_own() {
    let mut window = chart();
    // B was coded Partnership, not Sharing below it.
    window.wait_for_label("1 Whole theme, 0 of 1 charted");
    window.wait_for_label("B, Partnership: 1 passage at this level, not charted");
    window.wait_for_label("A, Partnership: empty");
    window.wait_for_label("0 of 3 cells charted");
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight, Key::Enter] {
        window.press(Modifiers::NONE, key);
    }
    window.wait_for_label("B, ¶ 2, We share one room and one kettle., passage 1 of 1");
    window.press(Modifiers::NONE, Key::F2);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    window.type_words("Partners");
    window.press(Modifiers::COMMAND, Key::Enter);
    let of_b = ("Partnership × B: Partners".to_owned(), SummaryState::Charted);
    window.wait_for("it is kept of the theme itself", |harness| summaries(harness) == [of_b.clone()]);
    window.wait_for_label("1 of 3 cells charted");
}

#[test]
fn the_signs_of_sources_stand_together_in_the_legend() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    let top = |label: &str| window.harness.get_by_label(label).rect().top();
    assert!((top("not started") - top("done")).abs() < 1.0);
    assert!(top("Draft") + 1.0 < top("done"), "beside the pane there is no room for all in a line");
}

#[test]
fn the_chart_that_is_seen_is_what_is_offered_to_leave() {
    let mut window = chart();
    window.press(Modifiers::COMMAND, Key::E);
    window.wait_for_label("Part: All themes, every case");
    window.wait_for("the path", |harness| {
        harness.query_all_by_role(Role::TextInput).any(|field| field.value().is_some_and(|path| path.ends_with("chart.csv")))
    });
    window.click("Mask groups of fewer than: Off");
    window.harness.run_steps(3);
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    window.wait_for("it is written", |harness| harness.query_by_label_contains("2 rows in ").is_some());
    let written = window.scratch.project().with_file_name("chart.csv");
    let written = std::fs::read_to_string(written).unwrap();
    let header = written.lines().next().unwrap();
    let seen = ",Partnership › Sharing,Partnership › Sharing (state),Partnership,Partnership (state)";
    assert!(header.ends_with(seen), "only what is seen: {header}");
}
