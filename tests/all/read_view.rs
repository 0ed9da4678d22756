//! Read in the real window: every key and every gesture of the text, odd texts, and that nothing jumps.

use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::state::Place;
use themata::project::Tx;
use themata::study::{MemoOn, Origin};
use themata::text::Span;

use crate::support::{add_source, correct};
use crate::window::{Window, window, window_with};

/// The text of source A in [`window`].
const A: &str =
    "I: How was it?\nR: It was fine, aye, mostly. The forms were not. I mind the cold.\nI: And now?\nR: Better. We share one room.\n";

const PLAIN: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::CTRL;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::CTRL };
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };

impl Window {
    /// The selected words of source A; empty while nothing is selected.
    fn selected(&self) -> &'static str {
        match self.app().state().read.place() {
            Place::Passage(_, span) => span.slice(A),
            _ => "",
        }
    }

    /// The words of the memos of source A.
    fn memos(&self) -> Vec<&str> {
        self.app().study().source_labelled("A").unwrap().memos.iter().map(|memo| memo.text.as_str()).collect()
    }

    /// What stands behind the caret.
    fn after_caret(&mut self) -> &'static str {
        self.press_with(ALT_SHIFT, Key::ArrowRight);
        let Place::Passage(_, letter) = self.app().state().read.place() else { return "" };
        if letter.is_empty() {
            return "";
        }
        self.press_with(ALT_SHIFT, Key::ArrowLeft);
        Span::of(letter.start as usize..A.len()).slice(A)
    }

    fn code(&mut self, theme: &str) {
        let before = self.codings().len();
        self.press(Key::C);
        self.type_words(theme);
        self.press(Key::Enter);
        self.until("it is coded", |window| window.codings().len() > before);
        self.harness.run_steps(3);
    }

    fn top_of(&self, words: &str) -> f32 {
        self.harness.get_by_label_contains(words).rect().top()
    }

    fn open_source(&mut self, label: &str) {
        self.harness.get_by_label_contains(&format!("{label} Interview {label}")).click();
        self.harness.run_steps(3);
    }
}

#[test]
fn every_key_of_the_caret_goes_its_way() {
    let mut window = window();
    window.click_words("It was fine");
    let mut check = |keys: &[(Modifiers, Key)], after: &str| {
        window.press(Key::Home);
        for (modifiers, key) in keys {
            window.press_with(*modifiers, *key);
        }
        let found = window.after_caret();
        assert!(found.starts_with(after) && found.is_empty() == after.is_empty(), "{keys:?}: {found:?} instead of {after:?}");
    };
    check(&[], "How");
    check(&[(PLAIN, Key::ArrowRight)], "was it?");
    check(&[(PLAIN, Key::ArrowRight), (PLAIN, Key::ArrowRight), (PLAIN, Key::ArrowLeft)], "was it?");
    check(&[(PLAIN, Key::ArrowLeft)], "How");
    check(&[(PLAIN, Key::ArrowUp)], "How");
    check(&[(PLAIN, Key::ArrowDown)], "It was");
    check(&[(PLAIN, Key::ArrowDown), (PLAIN, Key::ArrowDown), (PLAIN, Key::ArrowUp)], "It was");
    check(&[(CTRL, Key::ArrowDown)], "It was");
    check(&[(CTRL, Key::ArrowDown), (CTRL, Key::ArrowDown), (CTRL, Key::ArrowUp)], "It was");
    check(&[(CTRL, Key::ArrowUp)], "How");
    check(&[(PLAIN, Key::PageDown), (PLAIN, Key::PageUp)], "How");
    check(&[(PLAIN, Key::End)], "");
    check(&[(PLAIN, Key::End), (PLAIN, Key::ArrowDown)], "");
    check(&[(PLAIN, Key::End), (PLAIN, Key::ArrowRight)], "");
    check(&[(PLAIN, Key::End), (CTRL, Key::ArrowDown)], "");
    check(&[(PLAIN, Key::End), (PLAIN, Key::Home)], "How");
}

#[test]
fn every_key_that_selects_takes_its_unit() {
    let mut window = window();
    window.click_words("It was fine");
    let mut check = |keys: &[(Modifiers, Key)], words: &str| {
        window.press(Key::Home);
        for (modifiers, key) in keys {
            window.press_with(*modifiers, *key);
        }
        assert_eq!(window.selected(), words, "{keys:?}");
    };
    let end = (PLAIN, Key::End);
    check(&[(SHIFT, Key::ArrowRight), (SHIFT, Key::ArrowRight)], "How was");
    check(&[(SHIFT, Key::ArrowRight), (SHIFT, Key::ArrowRight), (SHIFT, Key::ArrowLeft)], "How ");
    check(&[end, (SHIFT, Key::ArrowLeft)], "room.");
    check(&[(ALT_SHIFT, Key::ArrowRight), (ALT_SHIFT, Key::ArrowRight)], "Ho");
    check(&[(ALT_SHIFT, Key::ArrowRight), (ALT_SHIFT, Key::ArrowLeft)], "");
    check(&[(CTRL_SHIFT, Key::ArrowDown)], "How was it?");
    check(&[end, (CTRL_SHIFT, Key::ArrowUp)], "Better. We share one room.");
    check(&[(SHIFT, Key::ArrowDown)], "How was it?\nR: ");
    check(&[(SHIFT, Key::ArrowDown), (SHIFT, Key::ArrowUp)], "");
    check(&[(SHIFT, Key::End)], A.trim_end().split_at(3).1);
    check(&[end, (SHIFT, Key::Home)], A.trim_end().split_at(3).1);
    check(&[(PLAIN, Key::S)], "How was it?");
    check(&[(PLAIN, Key::S), (PLAIN, Key::S)], "How was it?\nR: It was fine, aye, mostly.");
    check(&[(PLAIN, Key::S), (PLAIN, Key::S), (SHIFT, Key::S)], "How was it?");
    check(&[(PLAIN, Key::S), (SHIFT, Key::S)], "");
    check(&[end, (PLAIN, Key::S)], "We share one room.");
    check(&[end, (PLAIN, Key::S), (PLAIN, Key::S)], "We share one room.");
    check(&[(PLAIN, Key::S), (PLAIN, Key::Escape)], "");
    check(&[(SHIFT, Key::PageDown), (SHIFT, Key::PageUp)], "");
}

#[test]
fn keys_that_need_a_coding_do_no_harm_without_one() {
    let mut window = window();
    window.click_words("It was fine");
    for edge in [Key::Home, Key::End] {
        window.press(edge);
        for key in [Key::R, Key::Q, Key::N, Key::Delete, Key::Comma, Key::Period, Key::OpenBracket, Key::CloseBracket, Key::J, Key::K] {
            window.press(key);
            window.press_with(SHIFT, key);
            assert!(window.codings().is_empty() && window.selected().is_empty(), "{key:?}");
            assert!(!window.shows("Contrary to what?"), "{key:?}");
        }
        window.press_with(Modifiers::COMMAND | SHIFT, Key::Num1);
    }
    window.press(Key::U);
    window.until("U at the end goes on into B", |window| window.shows("Naïve of me"));
    window.press(Key::U);
    window.until("and then has nowhere to go", |window| window.shows("From here on every participant"));
}

#[test]
fn the_same_passage_coded_twice_is_one_coding_and_another_theme_is_a_second() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.code("Staffing");
    window.press(Key::C);
    assert!(window.shows("Staffing, 1 of 4"), "the theme applied last is offered first");
    window.press(Key::Enter);
    window.harness.run_steps(20);
    std::thread::sleep(Duration::from_millis(100));
    window.harness.run_steps(5);
    assert_eq!(window.codings().len(), 1, "the same theme is there already");
    window.press_with(CTRL_SHIFT, Key::Num2);
    window.press(Key::C);
    window.type_words("local");
    window.press(Key::Enter);
    window.until("the second theme is there", |window| window.codings().len() == 2);
    window.press(Key::Delete);
    window.until("only the second goes", |window| window.codings().len() == 1);
    window.press(Key::Num2);
    window.harness.run_steps(20);
    assert_eq!(window.codings(), [("It was fine, aye, mostly.".into(), "Staffing".into())], "slot 2 has the theme that was in focus");
    window.press(Key::C);
    window.press_with(Modifiers::ALT, Key::Num2);
    window.until("Alt+2 applies the theme that was applied before that one", |window| window.codings().len() == 2);
    assert!(window.codings().iter().any(|(_, theme)| theme == "Leadership › Local voice"));
}

#[test]
fn codings_at_the_caret_are_gone_through_and_take_more_themes() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.code("Staffing");
    window.press(Key::Escape);
    // The caret stands behind the passage's last letter.
    window.click("Passage");
    assert!(!window.shows("No coding here"), "the passage that ends at the caret is listed");
    window.click_words("It was fine");
    window.press(Key::Escape);
    window.press(Key::CloseBracket);
    window.press(Key::Enter);
    assert!(window.shows("Code 5 words"), "another theme goes on the same passage");
    window.type_words("local");
    window.press(Key::Enter);
    window.until("it is there", |window| window.codings().len() == 2);
    assert_eq!(window.codings()[0].0, window.codings()[1].0);
}

#[test]
fn j_takes_the_theme_at_the_caret_when_none_is_in_focus() {
    let mut window = window_with(|project| {
        let code = |tx: &mut Tx<'_>| {
            let theme = tx.theme_at("Staffing")?;
            for (label, span) in [("A", Span::new(18, 43)), ("B", Span::new(15, 24))] {
                let source = tx.study().source_labelled(label).unwrap().source.id;
                tx.code(source, span, theme, Origin::Hand)?;
            }
            Ok(())
        };
        project.edit("Code", code).unwrap();
    });
    window.harness.get_by_label_contains("A Interview A").click();
    window.harness.run_steps(2);
    window.press(Key::Home);
    window.press_with(CTRL, Key::ArrowDown);
    window.press(Key::J);
    window.until("the passage in B is shown", |window| window.shows("Naïve of me") && window.shows("Coding Staffing by"));
}

/// A window with a coding of another coder on the first sentence of A, in focus.
fn with_anothers_coding() -> Window {
    let mut window = window_with(|project| {
        let import = |tx: &mut Tx<'_>| {
            let other = crate::support::me("Ravi Thomson");
            tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let theme = tx.theme_at("Staffing")?;
            tx.code_as(other.coder, 1, source, Span::new(18, 43), theme, Origin::Hand)?;
            Ok(())
        };
        project.edit("Import", import).unwrap();
    });
    window.click("Coding Staffing by RT");
    window
}

#[test]
fn on_anothers_coding_the_keys_offer_to_agree_or_to_query() {
    for key in [Key::Q, Key::N, Key::R, Key::Delete, Key::Period] {
        let mut window = with_anothers_coding();
        window.press(key);
        assert!(window.shows("This coding is Ravi Thomson’s") && window.shows("Agree (add mine)"), "{key:?}");
        window.harness.event(eframe::egui::Event::Copy);
        window.harness.run_steps(2);
        assert!(!window.shows("Memo on this coding"), "to copy is no query");
        window.press(Key::Escape);
        assert!(!window.shows("Agree (add mine)"));
        let study = window.app().study();
        let material = study.source_labelled("A").unwrap();
        assert!(material.quote_marks.is_empty() && material.contrary_marks.is_empty() && material.codings.len() == 1, "{key:?}");
    }
    let mut window = with_anothers_coding();
    window.press(Key::Q);
    window.press(Key::Enter);
    window.until("mine is added", |window| window.codings().len() == 2);
    let mut window = with_anothers_coding();
    window.press(Key::Q);
    window.press(Key::M);
    assert!(window.shows("Memo on this coding"));
    window.type_words("Is it?");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the query is kept", |window| {
        window.app().study().source_labelled("A").unwrap().memos.iter().any(|memo| matches!(memo.on, MemoOn::Coding { .. }))
    });
    assert_eq!(window.codings().len(), 1);
}

/// A memo whose words could not be written: it is open again with the reason beside it.
fn with_a_memo_not_kept() -> Window {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.code("Staffing");
    window.press(Key::M);
    window.type_words("Look at this again");
    std::fs::rename(window.scratch.project(), window.scratch.path("away")).unwrap();
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is not kept", |window| window.shows("Not kept yet. "));
    assert!(window.shows("Memo on this coding"));
    window
}

#[test]
fn a_memo_that_cannot_be_written_stays_and_is_kept_with_the_next_try() {
    let mut window = with_a_memo_not_kept();
    window.type_words(", and again");
    std::fs::rename(window.scratch.path("away"), window.scratch.project()).unwrap();
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is kept", |window| window.memos() == ["Look at this again, and again"]);
    assert!(!window.shows("Not kept yet. "));
}

#[test]
fn a_memo_that_cannot_be_written_goes_with_the_project_into_a_new_file() {
    let mut window = with_a_memo_not_kept();
    window.until("it is offered", |window| window.shows("Write it to a new file"));
    window.click("Write it to a new file");
    let settings = window.scratch.path("home/config/window.json");
    let opened = || std::fs::read_to_string(&settings).is_ok_and(|kept| kept.contains("study-rescued"));
    window.until("the new file is open", |window| opened() && window.shows("Not kept yet. "));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is kept", |window| window.memos() == ["Look at this again"]);
}

#[test]
fn ends_are_dragged_by_words_and_with_alt_by_characters() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.code("Staffing");
    let end = |window: &Window| window.harness.get_by_label("End of coding Staffing").rect().center();
    let from = end(&window);
    let to = window.words_at("It was fine", 60.0);
    window.drag(from, to);
    window.until("the end is at a word", |window| window.codings()[0].0 == "It was fine");
    let (from, to) = (end(&window), window.words_at("It was fine", 30.0));
    window.harness.event(Event::ModifiersChanged(Modifiers::ALT));
    window.drag(from, to);
    window.harness.event(Event::ModifiersChanged(PLAIN));
    window.until("the end is between two letters", |window| {
        let words = window.codings()[0].0.clone();
        "It was fine".starts_with(&words) && !words.ends_with(' ') && words != "It was fine" && words != "It was" && words.len() > 2
    });
    let (from, to) = (window.harness.get_by_label("Start of coding Staffing").rect().center(), window.words_at("It was fine", 200.0));
    window.drag(from, to);
    window.harness.run_steps(10);
    assert_eq!(window.codings().len(), 1, "a start behind the end changes nothing");
}

#[test]
fn a_coding_dragged_on_to_a_theme_gets_it() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.code("Staffing");
    let stripe = window.harness.get_by_label_contains("Coding Staffing by").rect().center();
    let theme = window.harness.get_by_label_contains("1.2 Local voice,").rect().center();
    window.drag(stripe, theme);
    window.until("it is recoded", |window| window.codings()[0].1 == "Leadership › Local voice");
}

#[test]
fn a_drag_after_a_second_click_takes_words_and_after_a_third_sentences() {
    let drag_of = |clicks: usize, from: f32, to: f32| {
        let mut window = window();
        let (from, to) = (window.words_at("It was fine", from), window.words_at("It was fine", to));
        for _ in 0..clicks {
            window.harness.drag_at(from);
            window.harness.drop_at(from);
        }
        window.harness.drag_at(from);
        window.harness.hover_at(to);
        window.harness.drop_at(to);
        window.harness.step();
        window.harness.run_steps(2);
        window.selected().to_owned()
    };
    assert_eq!(drag_of(1, 8.0, 30.0), "It was");
    assert_eq!(drag_of(1, 30.0, 8.0), "It was");
    assert_eq!(drag_of(2, 30.0, 230.0), "It was fine, aye, mostly. The forms were not.");
    let letters = drag_of(0, 8.0, 30.0);
    assert!(!letters.is_empty() && letters != "It was", "{letters:?}");
}

#[test]
fn a_memo_begun_is_not_lost_to_another() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::M);
    window.type_words("Kept");
    window.click("Source");
    window.click("Write a memo…");
    window.until("the first is kept", |window| {
        let study = window.app().study();
        study.source_labelled("A").unwrap().memos.iter().any(|memo| memo.text == "Kept" && matches!(memo.on, MemoOn::Passage { .. }))
    });
    assert!(window.shows("Memo on this source"));
    window.type_words("Of all");
    window.click("Write a memo…");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the second went on where it was", |window| {
        let study = window.app().study();
        study.source_labelled("A").unwrap().memos.iter().any(|memo| memo.text == "Of all")
    });
}

#[test]
fn shift_click_extends_and_a_drag_scrolls_at_the_edge() {
    let mut window = long_window();
    let (from, to) = (window.words_at("turn 2 of", 4.0), window.words_at("turn 3 of", 120.0));
    window.drag(from, from);
    window.harness.event(Event::ModifiersChanged(SHIFT));
    window.drag(to, to);
    window.harness.event(Event::ModifiersChanged(PLAIN));
    let Place::Passage(_, before) = window.app().state().read.place() else { panic!("nothing is selected") };
    let start = window.words_at("turn 2 of", 4.0);
    window.harness.hover_at(start);
    window.harness.step();
    window.harness.drag_at(start);
    window.harness.step();
    window.harness.hover_at(eframe::egui::pos2(start.x, 799.0));
    window.harness.run_steps(60);
    window.harness.drop_at(eframe::egui::pos2(start.x, 799.0));
    window.harness.run_steps(2);
    let Place::Passage(_, dragged) = window.app().state().read.place() else { panic!("nothing is selected") };
    assert_eq!(dragged.start, before.start);
    assert!(dragged.len() > before.len() * 2, "the text was scrolled: {dragged:?}");
    assert!(!window.shows("turn 1 of"));
}

/// A window on a source of two hundred turns, some of many lines.
fn long_window() -> Window {
    let mut window = window_with(|project| {
        let turn =
            |turn: usize| format!("R: This is turn {turn} of two hundred. {}\n", "It goes on and on for a while. ".repeat(turn % 5 * 6));
        let text: Vec<String> = (1..=200).map(turn).collect();
        project.edit("Import", |tx| add_source(tx, "L", &text.concat()).map(|_| ())).unwrap();
    });
    window.open_source("L");
    window.until("it is shown", |window| window.shows("turn 3 of"));
    window
}

#[test]
fn nothing_jumps() {
    let mut window = long_window();
    for _ in 0..100 {
        window.press_with(CTRL, Key::ArrowDown);
    }
    let at = "turn 101 of";
    let before = window.top_of(at);
    let check = |window: &Window, what: &str| {
        let now = window.top_of(at);
        assert!((now - before).abs() < 1.0, "{what}: from {before} to {now}");
    };
    window.press(Key::S);
    check(&window, "a sentence is selected");
    window.press(Key::C);
    check(&window, "the picker is open");
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("it is coded", |window| window.shows("Coding Staffing by"));
    check(&window, "it is coded");
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is undone", |window| !window.shows("Coding Staffing by"));
    check(&window, "it is undone");
    for tab in ["Passage", "Source"] {
        window.click(tab);
        check(&window, tab);
    }
    window.press_with(Modifiers::COMMAND, Key::F);
    check(&window, "the box that finds words has come");
    window.press(Key::Escape);
    check(&window, "and gone");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    check(&window, "one was at the matrix");
    window.open_source("A");
    window.until("A is shown", |window| window.shows("It was fine"));
    window.open_source("L");
    window.until("one is back", |window| window.shows(at));
    check(&window, "one was in another source");
    window.harness.set_size(vec2(960.0, 800.0));
    window.harness.run_steps(5);
    check(&window, "the window is narrower");
    window.harness.set_size(vec2(1280.0, 800.0));
    window.harness.run_steps(5);
    check(&window, "the window is as wide as before");
}

#[test]
fn odd_texts_take_every_key() {
    let mut window = window_with(|project| {
        let import = |tx: &mut Tx<'_>| {
            add_source(tx, "ONE", "R: One paragraph. Nothing else.\n")?;
            add_source(tx, "NONE", "")?;
            add_source(tx, "ENDLESS", &format!("R: {}\n", "x".repeat(200_000)))?;
            add_source(tx, "EMOJI", "R: 👩‍👩‍👧 e\u{301} 🏴󠁧󠁢󠁳󠁣󠁴󠁿 aye. مرحبا بكم في البيت.\nR: 😀\n")?;
            Ok(())
        };
        project.edit("Import", import).unwrap();
    });
    let keys = [
        Key::ArrowDown,
        Key::ArrowUp,
        Key::ArrowRight,
        Key::ArrowLeft,
        Key::PageDown,
        Key::PageUp,
        Key::End,
        Key::Home,
        Key::S,
        Key::Comma,
        Key::Period,
        Key::OpenBracket,
        Key::CloseBracket,
        Key::Delete,
        Key::Escape,
    ];
    for label in ["ONE", "NONE", "ENDLESS", "EMOJI"] {
        window.open_source(label);
        for modifiers in [PLAIN, SHIFT, CTRL_SHIFT, ALT_SHIFT] {
            for key in keys {
                window.press_with(modifiers, key);
            }
        }
        if label == "NONE" {
            assert!(window.shows("This source has no words"));
            continue;
        }
        window.press(Key::Home);
        window.press(Key::S);
        window.press(Key::C);
        window.type_words("Staffing");
        window.press(Key::Enter);
        window.until(label, |window| !window.app().study().source_labelled(label).unwrap().codings.is_empty());
    }
}

#[test]
fn the_place_is_kept_after_a_pause_and_on_leaving() {
    let mut window = long_window();
    let file = window.scratch.path("home").join("config").join("window.json");
    let kept = |window: &Window| {
        let project = window.app().study().project().id.to_string();
        let settings: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap_or_default()).unwrap_or_default();
        settings["places"][project][1].as_u64()
    };
    window.until("the source is kept", |window| kept(window) == Some(0));
    for _ in 0..10 {
        window.press_with(CTRL, Key::ArrowDown);
    }
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(kept(&window), Some(0), "going through the text writes nothing");
    window.harness.run_steps(80);
    window.until("it is kept after a pause", |window| kept(window) == Some(10));
    window.press_with(CTRL, Key::ArrowDown);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.until("it is kept on leaving", |window| kept(window) == Some(11));
}

#[test]
fn the_list_of_sources_is_folded_by_keys() {
    let mut window = window();
    window.harness.get_by_label("Filter 2 sources").focus();
    window.harness.run_steps(2);
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    assert!(!window.shows("A Interview A,"), "the group is folded");
    window.press(Key::Enter);
    assert!(window.shows("A Interview A,"), "and unfolded");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("B is open", |window| window.shows("Naïve of me"));
    let nodes = window.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused());
    assert!(nodes.count() > 0, "something has the focus");
}

#[test]
fn passages_without_words_are_listed_and_removed() {
    let mut window = window_with(|project| {
        let edit = |tx: &mut Tx<'_>| {
            let source = tx.study().source_labelled("B").unwrap().source.id;
            let theme = tx.theme_at("Staffing")?;
            let before = "I: And you?\nR: Naïve of me 😀 to think so.\n";
            let start = before.find("to think").unwrap();
            tx.code(source, Span::of(start..start + 12), theme, Origin::Hand)?;
            let text = before.replace(" to think so.", "");
            correct(tx, source, &text).map(|_| ())
        };
        project.edit("Correct", edit).unwrap();
    });
    window.open_source("B");
    window.harness.get_by_role_and_label(Role::Tab, "Source").click();
    window.until("the words that went are told", |window| window.shows("“to think so.”"));
    assert!(window.shows("1 passage lost its words in a correction"));
    window.click("Remove");
    window.until("it is gone", |window| !window.shows("lost its words"));
    assert!(window.app().study().source_labelled("B").unwrap().broken.codings.is_empty());
}
