//! Differences between two coders, gone through beside the text in the real window.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::app::Settings;
use themata::study::{Coder, CoderId, Origin};
use themata::text::Span;

use crate::read_acts::{FIRST, code_a};
use crate::window::{Window, window, window_where};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// The first three words of the first sentence, which Ravi coded; all of it is coded by whoever is at the window.
const THEIRS: Span = Span::new(FIRST.start, FIRST.start + 11);

/// A window in which Ravi has coded two passages of A, and oneself a longer one over the first.
pub fn two_coders() -> Window {
    window_where(&Settings::default(), |project| {
        let ravi = crate::support::me("Ravi Thomson");
        project
            .edit("Ravi", |tx| {
                tx.put(Coder { id: ravi.coder, name: ravi.name, initials: "RT".into() })?;
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let (staffing, local) = (tx.theme_at("Staffing")?, tx.theme_at("Local")?);
                tx.code_as(ravi.coder, 1, source, THEIRS, staffing, Origin::Hand)?;
                tx.code_as(ravi.coder, 2, source, THEIRS, local, Origin::Hand)
            })
            .unwrap();
        project.edit("Mine", |tx| code_a(tx, "Staffing", FIRST)).unwrap();
    })
}

impl Window {
    /// What is agreed on: themes with their passages.
    fn agreed(&self) -> Vec<(String, Span)> {
        let study = self.app().study();
        let own = study.codings().filter(|(_, coded)| coded.coding.coder == CoderId::agreed());
        own.map(|(_, coded)| (study.codebook().path(coded.coding.theme), coded.coding.span)).collect()
    }

    fn has_first(&self) -> bool {
        self.shows("5 words selected")
    }
}

#[test]
fn differences_are_settled_by_keys_one_after_the_other() {
    let mut window = two_coders();
    window.press_with(CTRL_SHIFT, Key::R);
    window.until("they are listed", |window| window.shows("0 of 2 differences settled"));
    assert!(window.shows("Staffing, Other ends, to settle"), "the first one is at hand");
    window.until("its words are selected", Window::has_first);
    window.press_with(Modifiers::ALT, Key::Num2);
    window.until("Ravi’s is kept", |window| window.agreed() == [("Staffing".to_owned(), THEIRS)]);
    window.until("and the next is at hand", |window| window.shows("1 of 2 differences settled"));
    assert!(window.shows("Staffing, Other ends, settled, Ravi Thomson’s"));
    window.press_with(Modifiers::ALT, Key::Num1);
    window.until("mine is kept, where I coded nothing", |window| window.shows("All 2 differences are settled."));
    assert!(window.shows("Local, Only Ravi Thomson, settled, left out"));
    assert_eq!(window.agreed().len(), 1);
    window.run_from_box("Source is reconciled");
    window.until("the agreed layer counts", |window| window.shows("Reconciled: what was agreed on counts."));
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.until("and the matrix says so", |window| window.shows("Agreed where settled, else all"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("what is undone is out of sight", |window| window.shows("Press again"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("undone", |window| !window.app().study().source_labelled("A").unwrap().is_reconciled());
    window.until("and said", |window| window.shows("Both coders"));
    assert_eq!(window.agreed().len(), 1, "what was settled stays");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.harness.run_steps(3);
    for _ in 0..2 {
        window.press_with(Modifiers::COMMAND, Key::Z);
        window.harness.run_steps(3);
    }
    window.until("all is undone", |window| window.agreed().is_empty());
}

#[test]
fn keys_that_are_pressed_faster_than_differences_are_settled_wait_for_the_next() {
    let mut window = two_coders();
    window.press_with(CTRL_SHIFT, Key::R);
    window.press_with(Modifiers::ALT, Key::Num2);
    window.press_with(Modifiers::ALT, Key::Num1);
    window.until("both are settled", |window| window.shows("All 2 differences are settled."));
    assert!(window.shows("Staffing, Other ends, settled, Ravi Thomson’s"));
    assert!(window.shows("Local, Only Ravi Thomson, settled, left out"));
}

#[test]
fn other_words_both_and_none_can_be_chosen_and_chosen_again() {
    let mut window = two_coders();
    window.run_from_box("Reconcile the coders…");
    window.until("they are listed", |window| window.shows("0 of 2 differences settled"));
    window.click("Both, “It was fine” “It was fine, aye, mostly.”");
    window.until("both are kept", |window| window.agreed().len() == 2);
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    window.until("back at the first", Window::has_first);
    window.click_words("mostly. The forms");
    window.press(Key::S);
    window.press_with(Modifiers::SHIFT, Key::ArrowRight);
    window.press_with(Modifiers::ALT, Key::Num4);
    window.until("other words are kept", |window| window.agreed().len() == 1);
    let kept = window.agreed().remove(0).1;
    assert!(kept != FIRST && kept != THEIRS && kept.overlaps(FIRST), "{kept:?}");
    window.until("it is listed so", |window| window.shows("Staffing, Other ends, settled, other words"));
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    window.press_with(Modifiers::ALT, Key::Num0);
    window.until("left out", |window| window.agreed().is_empty());
    window.until("it is listed so", |window| window.shows("Staffing, Other ends, settled, left out"));
    // Words elsewhere are not taken for it.
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    window.click_words("Better");
    window.press_with(Modifiers::ALT, Key::Num4);
    window.until("it is said", |window| window.shows("Select the words in the text first"));
    assert!(window.agreed().is_empty());
}

#[test]
fn a_source_is_not_reconciled_before_all_is_settled_and_one_coder_has_nothing_to_settle() {
    let mut window = two_coders();
    window.press_with(CTRL_SHIFT, Key::R);
    window.until("they are listed", |window| window.shows("0 of 2 differences settled"));
    window.run_from_box("Source is reconciled");
    window.until("it is said why not", |window| window.shows("2 differences are yet to be settled."));
    assert!(!window.app().study().source_labelled("A").unwrap().is_reconciled());

    let mut window = window_alone();
    window.press_with(CTRL_SHIFT, Key::R);
    window.until("it is said", |window| window.shows("One coder so far"));
    window.press_with(Modifiers::ALT, Key::Num1);
    window.until("also to keys", |window| window.shows("Only one coder works in this source"));
    assert!(window.harness.query_by_label("Differences, 0").is_none());
}

fn window_alone() -> Window {
    let mut window = window();
    window.click_words("It was fine");
    window
}

#[test]
fn the_third_coder_s_version_has_a_key_too() {
    let mut window = window_where(&Settings::default(), |project| {
        for (name, initials, at) in [("Ravi Thomson", "RT", 1), ("Morag Bell", "MB", 2)] {
            let coder = crate::support::me(name);
            let code = |tx: &mut themata::project::Tx<'_>| {
                tx.put(Coder { id: coder.coder, name: coder.name.clone(), initials: initials.into() })?;
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let span = Span::new(FIRST.start, FIRST.start + 11 + at as u32);
                let staffing = tx.theme_at("Staffing")?;
                tx.code_as(coder.coder, at, source, span, staffing, Origin::Hand)
            };
            project.edit("Theirs", code).unwrap();
        }
        project.edit("Mine", |tx| code_a(tx, "Staffing", FIRST)).unwrap();
    });
    window.press_with(CTRL_SHIFT, Key::R);
    window.until("it is listed", |window| window.shows("0 of 1 difference settled"));
    window.press_with(Modifiers::ALT, Key::Num5);
    window.until("the third’s is kept", |window| window.shows("All 1 difference is settled."));
    let ends = window.agreed().into_iter().map(|(_, span)| span.end).collect::<Vec<_>>();
    assert!(ends.len() == 1 && ends[0] < FIRST.end, "{ends:?}");
}
