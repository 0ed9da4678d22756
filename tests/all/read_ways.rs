//! Read in the real window: ways through the texts, the list of sources, what is known of a source, and commands that have no
//! keys or other keys.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::command::Keys;
use themata::app::{Command, Settings};
use themata::exchange::import::{Draft, Frame, add, read_files};
use themata::project::{RoleWords, Tx};
use themata::study::{AttributeOf, CaseKind, MemoKind, MemoOn, Origin, StatusKind, Values};
use themata::text::Span;

use crate::support::add_source;
use crate::window::{Window, window, window_where, window_with};

const FIRST: Span = Span::new(18, 43);

impl Window {
    /// Runs a command from the box at the top.
    fn run(&mut self, title: &str) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words(title.trim_end_matches('…'));
        let offered = format!("Command: {title}");
        self.until("it is offered", |window| {
            let mut rows = window.harness.query_all_by_role(Role::ListBoxOption);
            rows.next().is_some_and(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with(&offered)))
        });
        self.press(Key::Enter);
        self.harness.run_steps(4);
    }

    fn open(&mut self, label: &str) {
        self.harness.get_by_label_contains(&format!("{label} Interview {label},")).click();
        self.harness.run_steps(3);
    }

    fn memo_on_a(&self) -> Option<(MemoKind, String)> {
        let study = self.app().study();
        study.source_labelled("A").unwrap().memos.first().map(|memo| (memo.kind, memo.text.clone()))
    }

    fn focused_label(&self) -> String {
        let mut nodes = self.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused());
        nodes.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }
}

fn code_a(tx: &mut Tx<'_>, path: &str, span: Span) -> Result<(), themata::project::EditError> {
    let source = tx.study().source_labelled("A").unwrap().source.id;
    let theme = tx.theme_at(path)?;
    tx.code(source, span, theme, Origin::Hand).map(|_| ())
}

/// A window on the first sentence of A, coded with Staffing.
fn coded() -> Window {
    window_with(|project| project.edit("Code", |tx| code_a(tx, "Staffing", FIRST)).unwrap())
}

/// A window on a source of a hundred turns, L.
fn long_window() -> Window {
    let mut window = window_with(|project| {
        let turn = |turn: usize| format!("R: This is turn {turn} of a hundred. {}\n", "It goes on and on. ".repeat(turn % 5 * 6));
        let text: Vec<String> = (1..=100).map(turn).collect();
        project.edit("Import", |tx| add_source(tx, "L", &text.concat()).map(|_| ())).unwrap();
    });
    window.open("L");
    window.until("it is shown", |window| window.shows("turn 3 of"));
    window
}

#[test]
fn after_apply_and_stay_nothing_is_chosen_that_nobody_chose() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::Num4);
    window.type_words("staffing");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("it is applied", |window| window.codings().len() == 1);
    assert!(window.shows("Code 5 words"), "the picker stays, and fills no slot with what comes next");
    window.press(Key::Enter);
    window.harness.run_steps(10);
    assert!(!window.shows("Code 5 words"), "Enter alone closes it");
    assert_eq!(window.codings().len(), 1, "and applies nothing");
    window.press(Key::C);
    window.type_words("local");
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.until("it is applied", |window| window.codings().len() == 2);
    window.type_words("national");
    window.press(Key::Enter);
    window.until("what is typed is chosen", |window| window.codings().len() == 3);
}

#[test]
fn themes_applied_lately_are_known_after_a_start() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("staffing");
    window.press(Key::Enter);
    window.until("it is applied", |window| window.codings().len() == 1);
    let mut window = window.started_again();
    window.click_words("Better");
    window.press(Key::C);
    assert!(window.shows("Staffing, 1 of 4"), "it is offered first");
    window.press_with(Modifiers::ALT, Key::Num1);
    window.until("and applied by its digit", |window| window.codings().len() == 2);
    assert_eq!(window.codings()[1].1, "Staffing");
}

#[test]
fn a_theme_that_is_there_is_not_made() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Leadership > Local voice");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is applied", |window| window.codings().len() == 1);
    assert!(window.shows("Applied 1.2 Local voice") && !window.shows("Made and applied"));
    assert!(window.shows("Undo: Apply Local voice"));
}

#[test]
fn the_first_place_found_is_selected_and_stays_so() {
    let mut window = window();
    window.click_words("It was fine");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("the");
    let at = |window: &Window, place: &str| window.harness.query_by_label(place).is_some();
    window.until("the first from the caret on is the current one", |window| at(window, "1 of 2"));
    window.press(Key::Enter);
    assert!(at(&window, "2 of 2"));
    window.press(Key::Enter);
    assert!(at(&window, "1 of 2"), "round the text");
    window.press(Key::Escape);
    assert!(!at(&window, "1 of 2"), "the box is closed");
    assert!(window.shows("1 word selected"), "and the place is selected");
    window.press(Key::F3);
    window.until("the words are known", |window| at(window, "2 of 2"));
    window.press_with(Modifiers::SHIFT, Key::F3);
    window.until("and gone through by keys of the text", |window| at(window, "1 of 2"));
    let place = |window: &Window| window.app().state().read.place();
    let here = place(&window);
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    let before = place(&window);
    assert_ne!(before, here, "back leads to the place before");
    window.press_with(Modifiers::COMMAND, Key::CloseBracket);
    assert_eq!(place(&window), here);
}

#[test]
fn a_coding_that_is_not_shown_is_not_acted_on() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.run("Show only this theme");
    assert!(window.shows("1 of 1 codings shown"));
    window.click("Show all");
    window.harness.get_by_label_contains("1 Leadership, ").click();
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("1 Leadership, ").click_secondary();
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("Show only this theme").click();
    window.until("it is hidden", |window| window.shows("0 of 1 codings shown"));
    window.click_words("It was fine");
    for key in [Key::Delete, Key::R, Key::Q] {
        window.press(key);
        window.press(Key::Escape);
    }
    window.harness.run_steps(10);
    assert_eq!(window.codings().len(), 1);
    let study = window.app().study();
    assert!(study.source_labelled("A").unwrap().quote_marks.is_empty());
    window.click("Passage");
    window.press(Key::S);
    assert!(window.shows("1 coding here is not shown."));
}

#[test]
fn a_coding_without_a_lane_has_one_while_it_is_in_focus() {
    let mut window = window_with(|project| {
        let all = |tx: &mut Tx<'_>| ["T1", "T2", "T3", "T4", "T5", "T6"].into_iter().try_for_each(|path| code_a(tx, path, FIRST));
        project.edit("Code", all).unwrap();
    });
    let ends = |window: &Window| {
        let nodes = window.harness.query_all_by_label_contains("End of coding T");
        nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>()
    };
    let at_rest = ends(&window);
    assert!(at_rest.len() < 6 && window.shows("more coding"), "{at_rest:?}");
    window.click_words("It was fine");
    window.press(Key::Escape);
    let missing = (1..=6).map(|theme| format!("End of coding T{theme}")).find(|end| !at_rest.contains(end)).unwrap();
    for _ in 0..6 {
        window.press(Key::CloseBracket);
        if ends(&window).contains(&missing) {
            break;
        }
    }
    assert!(ends(&window).contains(&missing), "{missing}: {:?}", ends(&window));
    let (from, to) = (window.harness.get_by_label(&missing).rect().center(), window.words_at("It was fine", 60.0));
    window.drag(from, to);
    window.until("its end is dragged", |window| window.codings().iter().any(|(words, _)| words == "It was fine"));
}

#[test]
fn stripes_without_labels_have_their_names() {
    let mut window = coded();
    let named = |window: &Window| window.harness.query_all_by_role_and_label(Role::Button, "Coding Staffing by A").count();
    assert_eq!(named(&window), 1, "beside a label the stripe has no name of its own");
    window.harness.set_size(vec2(900.0, 700.0));
    window.harness.run_steps(5);
    assert_eq!(named(&window), 1, "and without one it has");
    window.harness.get_by_role_and_label(Role::Button, "Coding Staffing by A").click();
    window.press(Key::Delete);
    window.until("it can be pressed", |window| window.codings().is_empty());
}

#[test]
fn far_ways_within_a_text_can_be_gone_back() {
    let mut window = long_window();
    window.press(Key::Home);
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("staffing");
    window.press(Key::Enter);
    window.until("it is coded", |window| window.shows("Coding Staffing by A"));
    for _ in 0..60 {
        window.press_with(Modifiers::CTRL, Key::ArrowDown);
    }
    assert!(window.shows("Paragraph 62 of 100"));
    window.press(Key::K);
    window.until("the passage of the theme is selected", |window| window.shows("Paragraph 2 of 100"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.shows("Paragraph 62 of 100"));
    assert!(window.shows("turn 62 of"), "and it is on screen");
    window.press_with(Modifiers::COMMAND, Key::CloseBracket);
    window.until("and forward", |window| window.shows("Paragraph 2 of 100"));
    // Small steps leave no places.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back again", |window| window.shows("Paragraph 62 of 100"));
}

#[test]
fn a_passage_one_goes_to_is_seen_whole() {
    let mut window = long_window();
    let (turn, words) = (30, "on and on");
    let study = window.app().study().clone();
    let spans: Vec<Span> = study.source_labelled("L").unwrap().geometry.paragraphs().iter().map(|paragraph| paragraph.span).collect();
    drop(study);
    for _ in 0..turn - 12 {
        window.press_with(Modifiers::CTRL, Key::ArrowDown);
    }
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words(&format!("turn {turn} of"));
    window.until("it is found", |window| window.shows("1 of 1"));
    window.harness.run_steps(3);
    let bottom = window.harness.get_by_label_contains("turn 30 of").rect().top();
    assert!(bottom < 760.0, "not at the lower edge: {bottom}, {words}, {}", spans.len());
}

#[test]
fn a_memo_keeps_its_kind_and_is_edited_and_deleted_beside_the_text() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::M);
    window.type_words("Ask again");
    window.click("Kind of memo: Method");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is kept", |window| window.memo_on_a() == Some((MemoKind::Method, "Ask again".into())));
    window.press(Key::M);
    window.type_words(", soon");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("its kind stays", |window| window.memo_on_a() == Some((MemoKind::Method, "Ask again, soon".into())));
    window.click("Passage");
    let me = window.app().study().coders().values().next().unwrap().name.clone();
    assert!(window.shows(&format!("Method memo, {me}, ")), "author and day are named");
    window.click("Edit memo");
    window.type_words(".");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is edited", |window| window.memo_on_a() == Some((MemoKind::Method, "Ask again, soon.".into())));
    window.click("Delete memo");
    window.until("it is deleted", |window| window.memo_on_a().is_none());
}

#[test]
fn a_source_is_edited_with_its_attributes() {
    let mut window = window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            let place = tx.attribute_named("Place", AttributeOf::Sources)?;
            tx.value_named(place, "Office").map(|_| ())
        };
        project.edit("Attributes", edit).unwrap();
    });
    window.click_words("It was fine");
    window.run("Edit this source…");
    window.until("it is asked", |window| window.shows("Edit A"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("b");
    assert!(window.shows("“B” is the id of another source, Interview B."));
    window.press(Key::Enter);
    assert!(window.shows("Edit A"), "nothing is kept then");
    window.harness.get_by_role_and_label(Role::TextInput, "Id").focus();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("A1");
    window.harness.get_by_role_and_label(Role::TextInput, "Place").focus();
    window.harness.step();
    window.type_words("office; Street");
    window.press(Key::Enter);
    window.until("it is kept", |window| window.app().study().source_labelled("A1").is_some());
    let study = window.app().study().clone();
    let place = study.attributes().named("Place").unwrap().id;
    let values: &Values = &study.source_labelled("A1").unwrap().source.values;
    assert_eq!(study.value_names(values, place), "Office; Street");
    assert_eq!(study.attributes().values_of(place).len(), 2, "a known value is recognised");
    window.until("the act has its name", |window| window.shows("Undo: Edit source"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("one press undoes it", |window| window.app().study().source_labelled("A").is_some());
}

#[test]
fn a_source_is_removed_after_it_is_said_what_goes_and_comes_back() {
    let mut window = coded();
    window.click_words("It was fine");
    window.run("Remove this source…");
    window.until("it is asked", |window| window.shows("Remove A?"));
    assert!(window.shows("with it 1 coding."));
    window.press(Key::Escape);
    assert!(window.app().study().source_labelled("A").is_some());
    window.run("Remove this source…");
    window.until("it is asked again", |window| window.shows("Remove A?"));
    window.click("Remove the source");
    window.until("it is gone, and the next is open", |window| window.shows("Naïve of me"));
    assert!(window.app().study().source_labelled("A").is_none());
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back with its coding", |window| {
        window.app().study().source_labelled("A").is_some_and(|material| material.codings.len() == 1)
    });
}

/// Sources A to C, whose cases are of the areas North, of both, and South.
fn in_areas() -> Window {
    window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            add_source(tx, "C", "R: Of course we do.\n")?;
            let words = RoleWords { name: "Area".into(), values: Vec::new() };
            tx.name_role(themata::study::Role::Area, &words)?;
            let area = tx.study().attributes().with_role(themata::study::Role::Area).unwrap().id;
            let (north, south) = (tx.value_named(area, "North")?, tx.value_named(area, "South")?);
            for (label, values) in [("A", vec![north]), ("B", vec![north, south]), ("C", vec![south])] {
                let case = tx.case_labelled(label, CaseKind::Person)?;
                tx.set_value(case, area, values.into_iter().collect())?;
            }
            Ok(())
        };
        project.edit("Areas", edit).unwrap();
    })
}

#[test]
fn a_source_of_two_areas_stands_in_both_and_keys_go_through_the_list() {
    let mut window = in_areas();
    let rows = |window: &Window, label: &str| window.harness.query_all_by_label_contains(&format!("{label} Interview {label},")).count();
    assert_eq!((rows(&window, "A"), rows(&window, "B"), rows(&window, "C")), (1, 2, 1));
    window.click_words("It was fine");
    window.press_with(Modifiers::COMMAND, Key::PageDown);
    window.until("the next is open", |window| window.shows("Naïve of me"));
    window.press_with(Modifiers::COMMAND, Key::PageDown);
    window.until("each is gone to once", |window| window.shows("Of course we do"));
    window.press_with(Modifiers::COMMAND, Key::PageDown);
    assert!(window.shows("This is the last source of the list."));
    window.press_with(Modifiers::COMMAND, Key::PageUp);
    window.until("and back", |window| window.shows("Naïve of me"));
    // The keys of the filter begin at the open source, and go over both of its rows.
    window.harness.get_by_label("Filter 3 sources").focus();
    window.harness.run_steps(2);
    for _ in 0..3 {
        window.press(Key::ArrowDown);
    }
    window.press(Key::Enter);
    window.until("the row below its second", |window| window.shows("Of course we do"));
    window.harness.get_by_label("Filter 3 sources").focus();
    window.harness.run_steps(2);
    window.type_words("nowhere");
    assert!(window.shows("No source has these words"));
    window.click("Show all");
    assert_eq!(rows(&window, "A"), 1);
}

#[test]
fn the_list_is_kept_as_it_was_over_a_start() {
    let mut window = in_areas();
    window.harness.get_by_role_and_label(Role::Button, "North, 2 sources").click();
    window.harness.run_steps(3);
    assert!(!window.shows("A Interview A,"), "it is folded");
    let mut window = window.started_again();
    assert!(!window.shows("A Interview A,") && window.shows("North, 2 sources"), "it still is");
    window.run("Sources by status");
    assert!(window.shows("not started, 3 sources"));
    let window = window.started_again();
    assert!(window.shows("not started, 3 sources"));
}

#[test]
fn u_goes_on_into_the_next_source() {
    let mut window = window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            code_a(tx, "Staffing", FIRST)?;
            add_source(tx, "C", "R: Of course we do.\n").map(|_| ())
        };
        project.edit("Code", edit).unwrap();
    });
    window.click_words("Better");
    window.press(Key::U);
    window.until("B is open", |window| window.shows("Naïve of me"));
    window.press(Key::U);
    window.until("C is open", |window| window.shows("Of course we do"));
    window.press(Key::U);
    window.until("there is no more", |window| window.shows("From here on every participant"));
}

#[test]
fn the_pane_beside_the_text_is_entered_as_it_is() {
    let mut window = window();
    window.run("Passage beside the text");
    assert!(window.shows("No coding here"));
    window.click_words("It was fine");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Passage");
    assert!(window.shows("No coding here"), "it is still open");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Filter 2 sources");
    window.run("Themes beside the text");
    window.click_words("It was fine");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Filter 4 themes");
    window.type_words("nowhere");
    assert!(window.shows("No theme fits the filter."));
    window.click("Show all");
    assert!(window.shows("Staffing, "));
}

#[test]
fn commands_without_keys_are_run_from_the_box() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.run("Status: done");
    window.until("the status is set", |window| {
        window.app().study().source_labelled("A").unwrap().statuses.first().is_some_and(|status| status.status == StatusKind::Done)
    });
    window.click("Coding Staffing by A");
    window.run("Typical example of its theme");
    window.until("it is cited", |window| window.app().study().examples().len() == 1);
    window.run("Typical example of its theme");
    window.until("and no longer", |window| window.app().study().examples().is_empty());
    window.run("Memo on this source");
    window.type_words("Long");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the memo is kept", |window| {
        let study = window.app().study();
        study.source_labelled("A").unwrap().memos.iter().any(|memo| matches!(memo.on, MemoOn::Source { .. }))
    });
    window.run("Show only unread codings");
    assert!(window.shows("No coding here was made by a search"));
    window.click("Coding Staffing by A");
    window.run("All passages of the theme");
    window.until("they are read", |window| !window.shows("Paragraph 2 of 4"));
}

#[test]
fn keys_that_were_changed_work_and_are_told() {
    let mut settings = Settings::default();
    settings.keys.set(Command::NextUncoded, vec![Keys::of_press(Key::G, None, Modifiers::NONE)]).unwrap();
    settings.keys.set(Command::FindNext, vec![Keys::of_press(Key::G, None, Modifiers::COMMAND)]).unwrap();
    settings.keys.set(Command::CodingOn, vec![Keys::of_press(Key::F9, None, Modifiers::NONE)]).unwrap();
    let mut window = window_where(settings, |_| ());
    window.click_words("It was fine");
    window.press(Key::U);
    assert!(window.shows("Paragraph 2 of 4"), "U means nothing now");
    window.press(Key::G);
    window.until("G goes on", |window| window.shows("Paragraph 4 of 4"));
    window.press_with(Modifiers::COMMAND, Key::G);
    assert!(window.shows("Say first what to look for: Ctrl+F."));
    window.press(Key::Period);
    assert!(window.shows("go through those at the caret with [ and F9."));
}

#[test]
fn letters_that_are_switched_off_are_neither_keys_nor_told() {
    let settings = Settings { single_letters: false, ..Settings::default() };
    let mut window = window_where(settings, |project| {
        let import = |tx: &mut Tx<'_>| {
            let other = crate::support::me("Ravi Thomson");
            tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let theme = tx.theme_at("Staffing")?;
            tx.code_as(other.coder, 1, source, FIRST, theme, Origin::Hand).map(|_| ())
        };
        project.edit("Import", import).unwrap();
    });
    window.click("Coding Staffing by RT");
    window.press(Key::Delete);
    assert!(window.shows("This coding is Ravi Thomson’s"));
    window.press(Key::A);
    window.press(Key::M);
    window.harness.run_steps(5);
    assert!(window.shows("This coding is Ravi Thomson’s") && window.codings().len() == 1, "letters do nothing");
    window.press(Key::Enter);
    window.until("Enter agrees", |window| window.codings().len() == 2);
}

#[test]
fn the_menu_on_anothers_coding_offers_what_can_be_done_with_it() {
    let mut window = window_with(|project| {
        let import = |tx: &mut Tx<'_>| {
            let other = crate::support::me("Ravi Thomson");
            tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let theme = tx.theme_at("Staffing")?;
            tx.code_as(other.coder, 1, source, FIRST, theme, Origin::Hand).map(|_| ())
        };
        project.edit("Import", import).unwrap();
    });
    window.harness.get_by_label_contains("Coding Staffing by RT").click_secondary();
    window.harness.run_steps(3);
    assert!(window.shows("Query (memo)") && !window.shows("Remove coding") && !window.shows("Move a boundary"));
    window.harness.get_by_label_contains("Agree (add mine)").click();
    window.until("mine is added", |window| window.codings().len() == 2);
}

#[test]
fn facts_that_have_no_room_are_counted() {
    let mut window = window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            let material = tx.study().source_labelled("A").unwrap().clone();
            let kind = tx.study().attributes().built_in(themata::study::BuiltIn::Kind).map(|kind| kind.id);
            let kind = kind.unwrap();
            let long = "A rather long kind of interview, held in two parts".to_owned();
            tx.edit_source(material.source.id, "A", "", &[(kind, vec![long])])?;
            tx.case_labelled("Somebody", CaseKind::Person).map(|_| ())
        };
        project.edit("Kind", edit).unwrap();
    });
    assert!(!window.shows("+1"), "there is room for all");
    window.harness.set_size(vec2(760.0, 700.0));
    window.harness.run_steps(5);
    assert!(window.harness.query_by_label("+1").is_some() || window.harness.query_by_label("+2").is_some());
}

#[test]
fn times_stand_beside_the_text_in_every_width() {
    let mut window = window_with(|project| {
        let file = project.path().with_file_name("T1.txt");
        std::fs::write(&file, "[00:12:01] Interviewer: How?\n[00:13:02] Anna: Yes. [00:13:30] And more.\n").unwrap();
        let read = read_files(&[file], &Frame::of(&project.study()), |_| true);
        let drafts: Vec<Draft> = read.into_iter().map(Result::unwrap).collect();
        project.edit("Import", |tx| add(tx, &drafts[0], false).map(|_| ())).unwrap();
    });
    window.harness.get_by_label_contains("T1 ").click();
    window.until("it is open", |window| window.shows("How?"));
    for width in [1280.0, 960.0, 700.0] {
        window.harness.set_size(vec2(width, 800.0));
        window.harness.run_steps(5);
        for time in ["Time 12:01", "Time 13:02"] {
            assert!(window.shows(time), "{time} at {width}");
        }
    }
}

#[test]
fn a_double_click_on_a_theme_opens_its_passages() {
    let twice = |place: &dyn Fn(&Window) -> eframe::egui::Pos2| {
        let mut window = coded();
        window.click_words("It was fine");
        window.click("Passage");
        // The time between clicks at two places is over.
        window.harness.run_steps(30);
        let at = place(&window);
        for _ in 0..2 {
            window.harness.hover_at(at);
            window.harness.drag_at(at);
            window.harness.drop_at(at);
            window.harness.step();
        }
        window.until("the theme reader is open", |window| !window.shows("Paragraph 2 of 4") && window.shows("Staffing"));
    };
    twice(&|window| window.harness.get_by_label_contains("Coding Staffing by").rect().center());
    twice(&|window| {
        let label = window.harness.get_by_label_contains("Coding Staffing by").rect();
        let end = window.harness.get_by_label("End of coding Staffing").rect();
        let start = window.harness.get_by_label("Start of coding Staffing").rect();
        assert!(end.right() < label.left());
        eframe::egui::pos2(end.center().x, (start.center().y + end.center().y) / 2.0)
    });
    twice(&|window| window.harness.get_by_label("2 Staffing").rect().center());
}

#[test]
fn a_stripe_explains_itself_and_the_share_is_told() {
    let mut window = coded();
    window.click_words("It was fine");
    assert!(window.shows("% of participants’ words coded"));
    assert!(!window.shows("0% of participants’ words coded"));
    let label = window.harness.get_by_label_contains("Coding Staffing by").rect().center();
    window.harness.hover_at(label);
    window.harness.run_steps(40);
    let me = window.app().study().coders().values().next().unwrap().name.clone();
    assert!(window.shows(&me), "whose coding it is");
}

#[test]
fn widths_of_panes_are_kept_over_a_start() {
    let mut window = window();
    let text = |window: &Window| window.harness.get_by_label_contains("Text of Interview A").rect();
    let before = text(&window);
    let edge = eframe::egui::pos2(before.right() + 2.0, before.center().y);
    window.drag(edge, edge - vec2(60.0, 0.0));
    window.harness.run_steps(5);
    let after = text(&window);
    assert!((before.right() - after.right() - 60.0).abs() < 8.0, "{before:?} {after:?}");
    let window = window.started_again();
    assert!((text(&window).right() - after.right()).abs() < 2.0, "{:?} {after:?}", text(&window));
}
