//! Read in the real window: ways through the texts and through the list of sources, and what stands beside the text.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::Settings;
use themata::exchange::import::{Draft, Frame, add, read_files};
use themata::project::{EditError, RoleWords, Tx};
use themata::study::{CaseKind, Origin};

use crate::read_acts::{FIRST, code_a};
use crate::support::add_source;
use crate::window::{Window, window, window_where, window_with};

impl Window {
    fn open(&mut self, label: &str) {
        self.harness.get_by_label_contains(&format!("{label} Interview {label},")).click();
        self.harness.run_steps(3);
    }

    fn focused_label(&self) -> String {
        let mut nodes = self.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused());
        nodes.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }
}

/// A window on a source of a hundred turns, L, prepared further.
fn long_window(prepare: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError>) -> Window {
    let mut window = window_with(|project| {
        let turn = |turn: usize| format!("R: This is turn {turn} of a hundred. {}\n", "It goes on and on. ".repeat(turn % 5 * 6));
        let text: Vec<String> = (1..=100).map(turn).collect();
        project.edit("Import", |tx| add_source(tx, "L", &text.concat()).map(|_| ())).unwrap();
        project.edit("Prepare", prepare).unwrap();
    });
    window.open("L");
    window.until("it is shown", |window| window.shows("turn 3 of"));
    window
}

#[test]
fn the_first_place_found_is_selected_and_stays_so() {
    let mut window = window();
    window.click_words("It was fine");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("the");
    let at = |window: &Window, place: &str| window.harness.query_by_label(place).is_some();
    window.until("the first from the caret on is the current one", |window| at(window, "1 of 2"));
    window.press(Key::F3);
    assert!(at(&window, "2 of 2"), "also by the key of the text");
    window.press(Key::Enter);
    assert!(at(&window, "1 of 2"), "round the text");
    window.harness.event(Event::Copy);
    window.harness.run_steps(2);
    assert!(at(&window, "1 of 2"), "to copy is no step");
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
fn what_was_looked_for_in_one_text_is_known_in_the_next() {
    let mut window = window();
    window.click_words("It was fine");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("and");
    window.until("it is found", |window| window.shows("1 of 1"));
    window.open("B");
    window.until("B is open, without the box", |window| window.shows("Naïve of me") && !window.shows("1 of 1"));
    window.press(Key::F3);
    window.until("it is found there too", |window| window.shows("1 of 1"));
    // An empty box forgets nothing.
    window.press_with(Modifiers::COMMAND, Key::F);
    window.press(Key::Delete);
    window.press(Key::Escape);
    window.press(Key::F3);
    window.until("the words are known", |window| window.shows("1 of 1"));
}

#[test]
fn where_there_is_no_room_beside_the_text_it_is_said() {
    let mut window = window_where(&Settings { zoom: 3.0, ..Settings::default() }, |_| ());
    window.until("the text has the keys", |window| window.app().state().read.source.is_some());
    window.run_from_box("Passage beside the text");
    assert!(window.shows("There is no room beside the text: make the window wider"));
    window.harness.get_by_label_contains("It was fine").click();
    window.harness.run_steps(2);
    for _ in 0..2 {
        window.press(Key::F6);
        window.press(Key::S);
        assert!(window.shows("selected"), "the text keeps the keys");
        window.press(Key::Escape);
    }
}

#[test]
fn far_ways_within_a_text_can_be_gone_back() {
    let mut window = long_window(|_| Ok(()));
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
    let mut window = long_window(|tx| {
        let material = tx.study().source_labelled("L").unwrap().clone();
        let theme = tx.theme_at("Staffing")?;
        code_a(tx, "Staffing", FIRST)?;
        // The turn has several lines.
        let turn = material.geometry.paragraphs()[28].span;
        tx.code(material.source.id, turn, theme, Origin::Hand).map(|_| ())
    });
    window.harness.get_by_label_contains("2 Staffing, ").click();
    window.click_words("turn 1 of");
    for _ in 0..19 {
        window.press_with(Modifiers::CTRL, Key::ArrowDown);
    }
    let text = window.harness.get_by_label_contains("Text of Interview L").rect();
    assert!(!window.shows("turn 29 of"));
    window.press(Key::J);
    window.until("it is on screen", |window| window.shows("turn 29 of"));
    window.harness.run_steps(3);
    let passage = window.harness.get_by_label_contains("turn 29 of").rect();
    assert!(passage.top() >= text.top() && passage.bottom() <= text.bottom(), "{passage:?} in {text:?}");
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
fn one_goes_on_from_a_source_without_words() {
    let mut window = window_with(|project| project.edit("Import", |tx| add_source(tx, "NONE", "").map(|_| ())).unwrap());
    window.open("NONE");
    window.until("it says so", |window| window.shows("This source has no words"));
    window.run_from_box("Sentence");
    assert!(window.shows("There are no words here."));
    window.press_with(Modifiers::COMMAND, Key::PageUp);
    window.until("the one before is open", |window| window.shows("Naïve of me"));
}

#[test]
fn the_list_is_kept_as_it_was_over_a_start() {
    let mut window = in_areas();
    window.harness.get_by_role_and_label(Role::Button, "North, 2 sources").click();
    window.harness.run_steps(3);
    assert!(!window.shows("A Interview A,"), "it is folded");
    let mut window = window.started_again();
    assert!(!window.shows("A Interview A,") && window.shows("North, 2 sources"), "it still is");
    window.run_from_box("Sources by status");
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
    window.run_from_box("Passage beside the text");
    assert!(window.shows("No coding here"));
    window.click_words("It was fine");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Passage");
    assert!(window.shows("No coding here"), "it is still open");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Filter 2 sources");
    window.run_from_box("Themes beside the text");
    window.click_words("It was fine");
    window.press(Key::F6);
    assert_eq!(window.focused_label(), "Filter 4 themes");
    window.type_words("nowhere");
    assert!(window.shows("No theme fits the filter."));
    window.click("Show all");
    assert!(window.shows("Staffing, "));
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
