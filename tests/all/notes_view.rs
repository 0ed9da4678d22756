//! Notes, driven by role and label.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::project::Project;
use themata::study::{Memo, MemoKind, MemoOn, Origin};
use themata::text::Span;

use crate::window::{Window, window, window_with};

/// The view, with the list in focus.
fn notes(mut window: Window) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.until("the memos are gathered", |window| window.focused().starts_with("Memos, ") || window.shows("No memos yet"));
    window
}

/// A memo of each sort, and one of another coder.
fn with_memos(project: &mut Project) {
    project
        .edit("Write", |tx| {
            let source = tx.study().source_labelled("A").unwrap().source.clone();
            let span = Span::new(18, 43);
            let theme = tx.theme_at("Staffing")?;
            let coding = tx.code(source.id, span, theme, Origin::Hand)?;
            let case = tx.study().case_labelled("A").unwrap().id;
            for (on, text) in [
                (MemoOn::Project, "The study as a whole"),
                (MemoOn::Source { source: source.id }, "She was tired"),
                (MemoOn::Passage { source: source.id, revision: source.revision, span }, "Aye, mostly"),
                (MemoOn::Coding { source: source.id, coding }, "Is this staffing?"),
                (MemoOn::Theme { theme }, "Too wide"),
                (MemoOn::Case { case }, "Ask her again"),
            ] {
                tx.add_memo(on, MemoKind::Analytic, text)?;
            }
            let other = crate::support::me("Ravi Thomson");
            tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
            let id = themata::study::MemoId::new();
            tx.put(Memo { id, on: MemoOn::Theme { theme }, kind: MemoKind::Method, text: "Mine".into(), coder: other.coder, time: 1 })
        })
        .unwrap();
}

impl Window {
    /// The words of all memos, newest first.
    fn all_memos(&self) -> Vec<String> {
        let study = self.app().study();
        let own = study.materials().iter().flat_map(|material| &material.memos);
        let mut all: Vec<_> = study.memos().iter().chain(own).map(|memo| (memo.time, memo.id, memo.text.clone())).collect();
        all.sort_by(|one, other| other.cmp(one));
        all.into_iter().map(|(.., text)| text).collect()
    }

    fn memo_rows(&self) -> usize {
        self.harness.query_all_by_role(Role::ListBoxOption).count()
    }

    fn written(&self) -> String {
        let field = self.harness.query_by_role_and_label(Role::MultilineTextInput, "Words of the memo");
        field.and_then(|field| field.accesskit_node().value()).unwrap_or_default()
    }

    fn undoes(&self) -> Option<String> {
        self.app().state().undo.as_ref().map(|edit| edit.label.clone())
    }
}

#[test]
fn a_memo_is_written_kept_when_it_is_left_and_undone() {
    let mut window = notes(window());
    assert!(window.shows("No memos yet"));
    window.click("Write a memo");
    window.until("its words have the focus", |window| window.focused() == "Words of the memo");
    window.type_words("The forms");
    window.type_words(" again");
    assert_eq!(window.undoes().as_deref(), Some("Set up"), "nothing is written at a key");
    window.press(Key::Escape);
    window.until("it is kept", |window| window.all_memos() == ["The forms again"]);
    window.until("the list has the keys", |window| window.focused() == "Memos, 1");
    window.until("it is listed", |window| window.shows("Analytic memo, Free, by"));
    window.until("nothing is on its way", |window| window.undoes().as_deref() == Some("Memo"));
    assert_eq!(window.written(), "The forms again");
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is gone", |window| window.all_memos().is_empty());
    window.until("nothing is shown of it", |window| window.shows("No memos yet"));
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.until("it is back", |window| window.all_memos() == ["The forms again"] && window.written() == "The forms again");
}

#[test]
fn what_is_written_in_one_go_is_kept_in_pauses_and_undone_together() {
    let mut window = notes(window());
    window.press(Key::Insert);
    window.until("its words have the focus", |window| window.focused() == "Words of the memo");
    window.type_words("One");
    window.until("it is kept in the pause", |window| window.all_memos() == ["One"]);
    window.type_words(" two");
    assert_eq!(window.written(), "One two", "the words go on where they were");
    window.until("again", |window| window.all_memos() == ["One two"]);
    window.type_words(" three");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("and when it is left", |window| window.all_memos() == ["One two three"]);
    window.undo_what_is_named();
    window.until("one undo for all of it", |window| window.all_memos().is_empty());
}

#[test]
fn words_that_cannot_be_kept_stay_and_are_kept_with_the_next_try() {
    let mut window = notes(window());
    let (place, away) = (window.scratch.project(), window.scratch.path("away"));
    window.press(Key::Insert);
    window.until("its words have the focus", |window| window.focused() == "Words of the memo");
    window.type_words("Never lost");
    std::fs::rename(&place, &away).unwrap();
    window.press(Key::Escape);
    window.until("it says so", |window| window.shows("Not kept yet. "));
    assert_eq!(window.written(), "Never lost");
    std::fs::rename(&away, &place).unwrap();
    window.press_with(Modifiers::COMMAND, Key::S);
    window.until("it is kept", |window| window.all_memos() == ["Never lost"]);
    window.until("and says nothing more", |window| !window.shows("Not kept yet. "));
}

#[test]
fn memos_are_listed_filtered_and_put_together() {
    let mut window = notes(window_with(with_memos));
    window.until("all are listed", |window| window.memo_rows() == 7 && window.focused() == "Memos, 7");
    assert!(window.shows("Analytic memo, Staffing, A, ¶ 2, by"), "a coding says its theme and place");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("AGAIN her");
    window.until("one fits", |window| window.memo_rows() == 1 && window.shows("1 of 7 memos"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Backspace);
    window.until("all fit", |window| window.memo_rows() == 7);
    window.click("Put together: By place");
    window.harness.step();
    let label = |window: &Window, at: usize| {
        let row = window.harness.query_all_by_role(Role::ListBoxOption).nth(at);
        row.and_then(|row| row.accesskit_node().label()).unwrap_or_default()
    };
    assert!(label(&window, 0).starts_with("Analytic memo, Free"), "{}", label(&window, 0));
    assert!(label(&window, 1).starts_with("Analytic memo, Staffing"), "{}", label(&window, 1));
    window.click("Kind all");
    window.click("Method");
    window.until("one is on method", |window| window.memo_rows() == 1);
    assert!(window.shows("Only Ravi Thomson can change it."), "another’s is to be read");
    assert_eq!(window.written(), "");
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.press(Key::Delete);
    window.until("it says whose it is", |window| window.shows("Ravi Thomson’s and stays"));
    assert_eq!(window.all_memos().len(), 7);
}

#[test]
fn a_memo_leads_to_what_it_is_on() {
    let mut window = notes(window_with(with_memos));
    window.until("all are listed", |window| window.memo_rows() == 7);
    let open = |window: &mut Window, words: &str| {
        let row = window
            .harness
            .query_all_by_role(Role::ListBoxOption)
            .find(|row| row.accesskit_node().label().is_some_and(|label| label.contains(words)));
        row.unwrap().click();
        window.harness.step();
        window.harness.step();
        window.press_with(Modifiers::COMMAND, Key::Enter);
    };
    open(&mut window, "Is this staffing?");
    window.until("the words", |window| window.shows("Paragraph 2 of 4") && window.shows("It was fine"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.memo_rows() == 7);
    open(&mut window, "Too wide");
    window.until("the theme", |window| window.focused().starts_with("Themes, ") && window.shows("2  Staffing"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.memo_rows() == 7);
    open(&mut window, "Ask her again");
    window.until("the case", |window| window.shows("2 cases"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.memo_rows() == 7);
    open(&mut window, "The study as a whole");
    assert!(window.shows("A free memo is on nothing but the project."));
}

#[test]
fn a_memo_gets_another_kind_and_is_deleted() {
    let mut window = notes(window_with(with_memos));
    window.until("all are listed", |window| window.memo_rows() == 7);
    let first = window.all_memos()[0].clone();
    window.click("Kind: Reflexive");
    let kind = |window: &Window| window.app().study().memos().iter().find(|memo| memo.text == "Ask her again").map(|memo| memo.kind);
    window.until("it is of that kind", |window| kind(window) == Some(MemoKind::Reflexive));
    window.press_with(Modifiers::COMMAND, Key::Num5);
    window.until("the list has the focus", |window| window.focused() == "Memos, 7");
    window.press(Key::Delete);
    window.until("it is deleted", |window| window.all_memos().len() == 6 && window.memo_rows() == 6);
    assert!(!window.all_memos().contains(&first));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back", |window| window.all_memos().len() == 7);
}

#[test]
fn memos_are_exported_with_a_note() {
    let mut window = notes(window_with(with_memos));
    window.until("all are listed", |window| window.memo_rows() == 7);
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("memos are what is meant", |window| window.shows("Every memo, with what it is on."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("memos.csv");
    window.until("it is written", |_| file.exists());
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written.matches("Ask her again").count(), 1);
    assert!(std::fs::read_to_string(window.scratch.path("memos-about.txt")).unwrap().contains("One row a memo"));
}

#[test]
fn memos_are_narrowed_by_day_and_leave_as_they_are_listed() {
    // By the clock of the window.
    const DAY: i64 = 86_400_000;
    let with_days = |project: &mut Project| {
        let me = project.me().coder;
        let act = |tx: &mut themata::project::Tx<'_>| {
            for (days, text) in [(2, "Ask her again"), (3, "Ask him"), (40, "Ask her again, it was said")] {
                let (id, time) = (themata::study::MemoId::new(), 1_717_000_000_000 - days * DAY);
                tx.put(Memo { id, on: MemoOn::Project, kind: MemoKind::Analytic, text: text.into(), coder: me, time })?;
            }
            Ok(())
        };
        project.edit("Write", act).unwrap();
    };
    let mut window = notes(window_with(with_days));
    window.until("all are listed", |window| window.memo_rows() == 3);
    let headings = |window: &Window| {
        let nodes = window.harness.query_all_by_role(Role::Heading);
        nodes.filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>()
    };
    assert_eq!(headings(&window), ["27 May 2024, 1", "26 May 2024, 1", "19 Apr 2024, 1"]);
    window.click("Begun any day");
    window.click("last 7 days");
    window.until("the old one is left out", |window| window.memo_rows() == 2);
    window.harness.get_by_role_and_label(Role::TextInput, "Filter memos").focus();
    window.harness.step();
    window.type_words("her again");
    window.until("one is left", |window| window.memo_rows() == 1);
    window.click_button("Export…");
    window.until("it says which", |window| window.shows("Memos: begun last 7 days, with “her again”."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("memos.csv");
    window.until("it is written", |_| file.exists());
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("Ask her again") && !written.contains("Ask him") && !written.contains("it was said"), "{written}");
    let about = std::fs::read_to_string(window.scratch.path("memos-about.txt")).unwrap();
    assert!(about.contains("begun last 7 days") && about.contains("One row a memo"), "{about}");
    window.until("the dialog is closed", |window| !window.shows("File to write"));
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("the key means the same", |window| window.shows("Memos: begun last 7 days, with “her again”."));
}

#[test]
fn every_control_of_notes_has_a_name() {
    let mut window = notes(window_with(with_memos));
    window.until("all are listed", |window| window.memo_rows() == 7);
    for role in [Role::Button, Role::TextInput, Role::MultilineTextInput, Role::RadioButton, Role::ListBox, Role::ListBoxOption] {
        for node in window.harness.query_all_by_role(role) {
            let node = node.accesskit_node();
            assert!(node.label().is_some_and(|label| !label.trim().is_empty()), "{role:?} without a name");
        }
    }
    let mut seen = Vec::new();
    for _ in 0..3 {
        window.press(Key::F6);
        window.harness.step();
        seen.push(window.focused());
    }
    assert_eq!(seen, ["Words of the memo", "Filter memos", "Memos, 7"]);
}

#[test]
fn arrows_with_alt_or_ctrl_lead_nowhere_in_a_list() {
    let mut window = notes(window_with(with_memos));
    window.until("they are listed", |window| window.memo_rows() == 7);
    let first = window.at_hand();
    for modifiers in [Modifiers::ALT, Modifiers::COMMAND, Modifiers::ALT | Modifiers::COMMAND] {
        window.press_with(modifiers, Key::ArrowDown);
        window.harness.run_steps(2);
        assert_eq!((window.at_hand(), window.focused().starts_with("Memos, ")), (first.clone(), true), "{modifiers:?}");
    }
    window.press(Key::ArrowDown);
    window.harness.run_steps(2);
    assert_ne!(window.at_hand(), first);
}
