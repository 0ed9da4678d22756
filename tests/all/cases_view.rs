//! Cases and speakers: what is written that nothing has yet, and what goes beyond the list.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::app::state::View;
use themata::study::{CaseKind, MemoOn};

use crate::lists::{area_of, cases, column_of_area, import_table};
use crate::support::add_source;
use crate::window::{Window, window_with};

fn labels(window: &Window) -> Vec<String> {
    window.app().study().cases_in_order().iter().map(|case| case.label.clone()).collect()
}

fn paste(window: &mut Window, words: &str) {
    window.harness.event(Event::Paste(words.to_owned()));
    window.harness.step();
    window.harness.step();
}

#[test]
fn further_lines_of_a_paste_become_cases_when_that_is_said() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.press(Key::Home);
    paste(&mut window, "A\tperson\tClients\nB\tperson\t\nC\tgroup\t\"Cli\nents\"\n\nD\t\t\n");
    window.until("it is asked", |window| window.shows("2 lines go below the last case"));
    assert_eq!(labels(&window), ["A", "B"], "nothing is written before the answer");
    window.click_button("Write all and add 2 cases");
    // A cell of two lines is one cell.
    window.until("the groups are asked about", |window| window.shows("2 values are not there yet"));
    window.harness.run_steps(2);
    assert!(window.shows("“Cli ents”, Participant group: is new"));
    window.click("Write the cells");
    window.until("they are there", |window| labels(window) == ["A", "B", "C", "D"]);
    assert_eq!(window.app().study().case_labelled("C").unwrap().kind, CaseKind::Group);
    window.command(Key::Z);
    window.until("all is one edit", |window| labels(window) == ["A", "B"]);
}

#[test]
fn what_goes_beyond_the_list_is_said() {
    let mut window = cases();
    column_of_area(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Home);
    paste(&mut window, "Fife\t1\t2\tbeyond\nFife\nFife\n");
    window.until("it is said", |window| window.shows("Left out: 1 line below the last case, 1 column beyond the last."));
    window.until("the rest is written", |window| area_of(window, "A") == "Fife" && area_of(window, "B") == "Fife");
}

#[test]
fn ids_of_a_table_are_matched_with_cases() {
    let prepare = |project: &mut themata::project::Project| {
        project.edit("Import", |tx| add_source(tx, "FIF-TL2", "R: Aye.\n").map(drop)).unwrap();
    };
    let mut window = window_with(prepare);
    window.command(Key::Num7);
    window.until("the cases are shown", |window| window.shows("Id: A, row 1 of 3") && window.focused().starts_with("Cases, "));
    window.press_with(Modifiers::COMMAND, Key::Home);
    import_table(&mut window, "ages.csv", "id,Age\nFIF-TL3,40\nZebra,50\n");
    window.until("it says what it comes to", |window| window.shows("“FIF-TL3” is no case of this study"));
    window.click_button("Say which cases these are…");
    window.until("a near one is offered", |window| window.shows("“FIF-TL3”, Case: is FIF-TL2") && window.shows("“Zebra”, Case: is new"));
    window.click("“Zebra”, Case: is new");
    window.click("Leave out");
    window.click("Write the cells");
    window.until("the cell is written", |window| {
        let study = window.app().study();
        let age = study.attributes().named("Age").map(|age| age.id);
        age.is_some_and(|age| study.value_names(&study.case_labelled("FIF-TL2").unwrap().values, age) == "40")
    });
    assert_eq!(labels(&window), ["A", "B", "FIF-TL2"]);
}

/// The list of speakers, at the case of the first participant.
fn speakers() -> Window {
    let mut window = cases();
    window.click("Listed: Speakers");
    window.until("they are listed", |window| window.shows("Label: R, row 2 of 4"));
    window.harness.get_by_label("Case: A, row 2 of 4").click();
    window.harness.step();
    window.harness.step();
    window
}

#[test]
fn several_unknown_cases_of_speakers_are_matched_in_one_list() {
    let mut window = speakers();
    paste(&mut window, "FIF-1\t\n\t\nFIF-2\tgrup\n");
    window.until("they are listed", |window| window.shows("3 names are not known"));
    assert!(window.shows("“grup”, Kind of case: is group"));
    window.click("“FIF-2”, Case: is new");
    window.click("A");
    window.click("Write the cells");
    window.until("they are said", |window| {
        let study = window.app().study();
        let case = |source: &str| study.source_labelled(source).unwrap().speakers.iter().find(|speaker| speaker.label == "R").unwrap().case;
        let label = |source| case(source).and_then(|case| study.case(case)).map(|case| case.label.clone());
        (label("A").as_deref(), label("B").as_deref()) == (Some("FIF-1"), Some("A"))
    });
}

#[test]
fn a_memo_is_begun_on_a_case() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.until("it is begun", |window| window.app().state().view == View::Notes);
    window.until("its words have the focus", |window| window.focused() == "Words of the memo");
    window.type_words("Ask her again");
    window.press(Key::Escape);
    let case = window.app().study().case_labelled("B").unwrap().id;
    window.until("it is kept", |window| window.app().study().memos().iter().any(|memo| memo.on == MemoOn::Case { case }));
    window.command(Key::Num7);
    window.until("the button does the same", |window| window.shows("Memo on the case"));
}

#[test]
fn cases_are_filtered_added_and_sorted() {
    let mut window = cases();
    window.click("Add case");
    window.until("a case is made", |window| window.app().study().cases().len() == 3);
    window.until("it is being named", |window| window.shows("Edit Id"));
    window.press(Key::Escape);
    window.harness.get_by_label("Filter 3 cases").focus();
    window.harness.step();
    window.type_words("case");
    window.until("one is left", |window| window.shows("row 1 of 1"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Delete);
    window.until("all are listed", |window| window.shows("Id: A, row 1 of 3"));
    // Rising, falling, as they were.
    for (head, first) in [("Id", "A"), ("Id, sorted", "Case 1"), ("Id, sorted backwards", "A")] {
        window.harness.get_by_role_and_label(Role::ColumnHeader, head).click();
        window.harness.step();
        let row = format!("Id: {first}, row 1 of 3");
        window.until(&format!("{first} comes first after {head}"), |window| window.shows(&row));
    }
}

#[test]
fn nothing_is_done_with_a_case_that_the_filter_hides() {
    let mut window = cases();
    column_of_area(&mut window);
    window.type_words("Fife");
    window.press(Key::Enter);
    window.until("it is written", |window| area_of(window, "A") == "Fife");
    window.press(Key::ArrowUp);
    window.harness.get_by_label("Filter 2 cases").focus();
    window.harness.step();
    window.type_words("B");
    window.until("A is hidden", |window| window.shows("Id: B, row 1 of 1"));
    window.run_from_box("Empty the cell");
    window.until("the cell that is seen has the keys", |window| window.focused().starts_with("Cases, "));
    assert_eq!((area_of(&window, "A"), area_of(&window, "B")), ("Fife".to_owned(), String::new()));
}

#[test]
fn the_list_of_cases_keeps_its_scroll_after_an_edit() {
    let many = |project: &mut themata::project::Project| {
        let add = |tx: &mut themata::project::Tx<'_>| {
            (10..90).try_for_each(|number| tx.case_labelled(&format!("C{number}"), CaseKind::Person).map(drop))
        };
        project.edit("Add", add).unwrap();
    };
    let mut window = window_with(many);
    window.command(Key::Num7);
    window.until("the cases are shown", |window| window.shows("Id: A, row 1 of 82") && window.focused().starts_with("Cases, "));
    window.press_with(Modifiers::COMMAND, Key::End);
    for _ in 0..5 {
        window.press(Key::ArrowUp);
    }
    let place = |window: &Window| window.harness.query_by_label("Id: C84, row 77 of 82").map(|cell| cell.rect().top());
    window.until("the end is seen", |window| place(window).is_some());
    let before = place(&window);
    window.press(Key::Home);
    window.type_words("Zebra");
    window.press(Key::Enter);
    window.until("it is renamed", |window| window.app().study().case_labelled("Zebra").is_some());
    window.until("the list has it", |window| window.shows("Id: Zebra, row 77 of 82"));
    let after = window.harness.get_by_label("Id: Zebra, row 77 of 82").rect().top();
    assert_eq!(Some(after), before);
}

#[test]
fn what_is_typed_quickly_is_all_in_its_cell() {
    let mut window = cases();
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.press(Key::Home);
    let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let typed = |words: &'static str| words.chars().map(|letter| Event::Text(letter.to_string()));
    let all = typed("ARG-CL1").chain([key(Key::Enter)]).chain(typed("ARG-CL2")).chain([key(Key::Enter)]);
    window.at_once(all.collect::<Vec<_>>());
    window.until("both have their ids", |window| labels(window) == ["ARG-CL1", "ARG-CL2"]);
    // An id that is opened first is written on.
    window.at_once([key(Key::ArrowUp), key(Key::F2)].into_iter().chain(typed("-b")).chain([key(Key::Tab)]).collect::<Vec<_>>());
    window.until("it is longer", |window| labels(window) == ["ARG-CL1-b", "ARG-CL2"]);
}
