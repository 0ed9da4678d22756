//! Read in the real window: what is done with codings, memos and sources, by keys that were changed, by the menu and by name.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::command::Keys;
use themata::app::{Command, Settings};
use themata::project::{EditError, Tx};
use themata::study::{AttributeId, AttributeOf, MemoKind, MemoOn, Origin, StatusKind, Values};
use themata::text::Span;

use crate::support::{Scratch, add_source, project};
use crate::window::{Window, window, window_where, window_with};

/// The first sentence of source A in [`window`].
pub const FIRST: Span = Span::new(18, 43);

impl Window {
    fn memo_on_a(&self) -> Option<(MemoKind, String)> {
        let study = self.app().study();
        study.source_labelled("A").unwrap().memos.first().map(|memo| (memo.kind, memo.text.clone()))
    }
}

/// Puts a theme on words of A.
pub fn code_a(tx: &mut Tx<'_>, path: &str, span: Span) -> Result<(), EditError> {
    let source = tx.study().source_labelled("A").unwrap().source.id;
    let theme = tx.theme_at(path)?;
    tx.code(source, span, theme, Origin::Hand).map(|_| ())
}

/// A window on the first sentence of A, coded with Staffing.
fn coded() -> Window {
    window_with(|project| project.edit("Code", |tx| code_a(tx, "Staffing", FIRST)).unwrap())
}

/// A window on the same, coded by somebody else.
fn coded_by_another(settings: &Settings) -> Window {
    window_where(settings, |project| {
        let import = |tx: &mut Tx<'_>| {
            let other = crate::support::me("Ravi Thomson");
            tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let theme = tx.theme_at("Staffing")?;
            tx.code_as(other.coder, 1, source, FIRST, theme, Origin::Hand).map(|_| ())
        };
        project.edit("Import", import).unwrap();
    })
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
    window.until("the last turn is laid out", |window| window.shows("Better"));
    window.click_words("Better");
    window.press(Key::C);
    assert!(window.shows("Staffing, 1 of 4"), "it is offered first");
    window.press_with(Modifiers::ALT, Key::Num1);
    window.until("and applied by its digit", |window| window.codings().len() == 2);
    assert_eq!(window.codings()[1].1, "Staffing");
}

#[test]
fn a_slot_leads_to_the_theme_that_its_own_was_merged_into() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.press_with(Modifiers { shift: true, ..Modifiers::CTRL }, Key::Num3);
    assert!(window.shows("Slot 3 applies Staffing"));
    window.press_with(Modifiers::COMMAND, Key::Num6);
    window.harness.run_steps(3);
    window.press(Key::End);
    window.press(Key::M);
    window.type_words("national");
    window.press(Key::Enter);
    window.until("they are one", |window| window.codings()[0].1 == "Leadership › National voice");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.harness.run_steps(3);
    window.click_words("Better");
    window.press(Key::Num3);
    window.until("the slot applies that one", |window| window.codings().len() == 2);
    assert_eq!(window.codings()[1].1, "Leadership › National voice");
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
fn a_coding_that_is_not_shown_is_not_acted_on() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.run_from_box("Show only this theme");
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
    window.run_from_box("Edit this source…");
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
fn a_source_is_edited_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let (mut project, [a, _]) = project(&scratch);
    let office = project.edit("Attribute", |tx| tx.attribute_named("Office", AttributeOf::Cases)).unwrap();
    let mut edit = |label: &str, attributes: &[(AttributeId, Vec<String>)]| {
        let edited = project.edit("Edit source", |tx| tx.edit_source(a, label, " ", attributes)).is_ok();
        let source = project.study().material(a).unwrap().source.clone();
        (edited, source.label, source.title)
    };
    let unchanged = (false, "A".to_owned(), "Interview A".to_owned());
    assert_eq!(edit("  ", &[]), unchanged, "an id is needed");
    assert_eq!(edit("b", &[]), unchanged, "of its own");
    assert_eq!(edit("A2", &[(office, vec!["North".into()])]), unchanged, "cases have offices, sources have none");
    assert_eq!(edit(" A2 ", &[]), (true, "A2".to_owned(), "A2".to_owned()), "without a title the id stands for it");
}

#[test]
fn a_source_is_removed_after_it_is_said_what_goes_and_comes_back() {
    let mut window = coded();
    window.click_words("It was fine");
    window.run_from_box("Remove this source…");
    window.until("it is asked", |window| window.shows("Remove A?"));
    assert!(window.shows("with it 1 coding."));
    window.press(Key::Escape);
    assert!(window.app().study().source_labelled("A").is_some());
    window.run_from_box("Remove this source…");
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

#[test]
fn after_the_first_source_is_removed_the_next_of_the_list_is_open() {
    let mut window = window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            code_a(tx, "Staffing", FIRST)?;
            let source = add_source(tx, "C", "R: Of course we do.\n")?;
            let theme = tx.theme_at("Staffing")?;
            tx.code(source, Span::new(3, 19), theme, Origin::Hand).map(drop)
        };
        project.edit("Code", edit).unwrap();
    });
    window.click_words("It was fine");
    window.run_from_box("Remove this source…");
    window.until("it is asked", |window| window.shows("Remove A?"));
    window.click("Remove the source");
    window.until("B is open, though C has codings", |window| window.shows("Naïve of me"));
}

#[test]
fn themes_applied_lately_are_applied_from_the_box() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.run_from_box("Apply and stay");
    assert!(window.shows("The theme picker is not open: C opens it."));
    window.press(Key::C);
    window.type_words("local");
    window.press(Key::Enter);
    window.until("it is applied", |window| window.codings().len() == 2);
    window.click_words("Better");
    window.run_from_box("Recent theme 1");
    window.until("and so is the theme of the last act", |window| window.codings().len() == 3);
    assert_eq!(window.codings()[2], ("Better.".into(), "Leadership › Local voice".into()));
}

#[test]
fn commands_without_keys_are_run_from_the_box() {
    let mut window = coded();
    window.click("Coding Staffing by A");
    window.run_from_box("Status: done");
    window.until("the status is set", |window| {
        window.app().study().source_labelled("A").unwrap().statuses.first().is_some_and(|status| status.status == StatusKind::Done)
    });
    window.click("Coding Staffing by A");
    window.run_from_box("Typical example of its theme");
    window.until("it is cited", |window| window.app().study().examples().len() == 1);
    window.run_from_box("Typical example of its theme");
    window.until("and no longer", |window| window.app().study().examples().is_empty());
    window.run_from_box("Memo on this source");
    window.type_words("Long");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the memo is kept", |window| {
        let study = window.app().study();
        study.source_labelled("A").unwrap().memos.iter().any(|memo| matches!(memo.on, MemoOn::Source { .. }))
    });
    window.run_from_box("Show only unread codings");
    assert!(window.shows("No coding here was made by a search"));
    window.click("Coding Staffing by A");
    window.run_from_box("All passages of the theme");
    window.until("they are read", |window| !window.shows("Paragraph 2 of 4"));
}

#[test]
fn keys_that_were_changed_work_and_are_told() {
    let mut settings = Settings::default();
    settings.keys.set(Command::NextUncoded, vec![Keys::of_press(Key::G, None, Modifiers::NONE)]).unwrap();
    settings.keys.set(Command::FindNext, vec![Keys::of_press(Key::G, None, Modifiers::COMMAND)]).unwrap();
    settings.keys.set(Command::CodingOn, vec![Keys::of_press(Key::F9, None, Modifiers::NONE)]).unwrap();
    let mut window = window_where(&settings, |_| ());
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
    let mut window = coded_by_another(&settings);
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
    let mut window = coded_by_another(&Settings::default());
    window.harness.get_by_label_contains("Coding Staffing by RT").click_secondary();
    window.harness.run_steps(3);
    assert!(window.shows("Query (memo)") && !window.shows("Remove coding") && !window.shows("Move a boundary"));
    window.harness.get_by_label_contains("Agree (add mine)").click();
    window.until("mine is added", |window| window.codings().len() == 2);
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
        eframe::egui::pos2(end.center().x, start.union(end).center().y)
    });
    twice(&|window| window.harness.get_by_label("2 Staffing").rect().center());
}

#[test]
fn a_stripe_explains_itself_and_the_share_is_told() {
    let mut window = coded();
    window.click_words("It was fine");
    assert!(window.shows("% of participants’ words coded"));
    assert!(!window.shows("0% of participants’ words coded"));
    window.click("Coding Staffing by A");
    window.press(Key::M);
    window.type_words("Look here again");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the memo is kept", |window| window.memo_on_a().is_some() && !window.shows("Memo on this coding"));
    assert!(!window.shows("Look here again"));
    let label = window.harness.get_by_label_contains("Coding Staffing by").rect().center();
    window.harness.hover_at(label);
    window.harness.run_steps(40);
    assert!(window.shows("Look here again"), "its memo is told");
}
