//! Read in the real window: what is carried by the mouse, what has no room, and the menu that holds every act.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::command::{Command, Scope};
use themata::app::state::Place;
use themata::project::Tx;
use themata::study::Origin;
use themata::text::Span;

use crate::window::{Window, window, window_with};

const FIRST: &str = "It was fine, aye, mostly.";

impl Window {
    fn theme_row(&self, name: &str) -> Pos2 {
        self.harness.get_by_label_contains(&format!("{name}, ")).rect().center()
    }

    fn selects_nothing(&self) -> bool {
        !matches!(self.app().state().read.place(), Place::Passage(_, words) if !words.is_empty())
    }

    fn undone_at_once(&mut self, codings: &[(String, String)]) {
        self.press_with(Modifiers::COMMAND, Key::Z);
        self.until("one press undoes it", |window| window.codings() == codings);
    }
}

/// A window with these themes on these bytes of source A.
fn coded(codings: &[(&str, Span)]) -> Window {
    window_with(|project| {
        let code = |tx: &mut Tx<'_>| {
            let source = tx.study().source_labelled("A").unwrap().source.id;
            for (path, span) in codings {
                let theme = tx.theme_at(path)?;
                tx.code(source, *span, theme, Origin::Hand)?;
            }
            Ok(())
        };
        project.edit("Code", code).unwrap();
    })
}

#[test]
fn a_theme_let_go_on_the_text_codes_the_sentence_there_or_what_is_selected() {
    let mut window = window();
    let (theme, words) = (window.theme_row("Staffing"), window.words_at("It was fine", 40.0));
    window.drag(theme, words);
    window.until("the sentence is coded", |window| window.codings() == [(FIRST.into(), "Staffing".into())]);
    window.undone_at_once(&[]);
    window.press_with(Modifiers::COMMAND, Key::Home);
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::S);
    let theme = window.theme_row("Local voice");
    window.drag(theme, words);
    window.until("both sentences are coded", |window| {
        window.codings() == [(format!("{FIRST} The forms were not."), "Leadership › Local voice".into())]
    });
    let (theme, beside) = (window.theme_row("Staffing"), window.harness.get_by_label_contains("Filter 2 sources").rect().center());
    window.drag(theme, beside);
    window.harness.run_steps(10);
    assert_eq!(window.codings().len(), 1, "beside the text a theme is let go of");
}

#[test]
fn selected_words_let_go_on_a_theme_get_it() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.click("Source");
    let words = window.words_at("It was fine", 40.0);
    // The themes are shown while something that wants one is carried.
    window.harness.hover_at(words);
    window.harness.step();
    window.harness.drag_at(words);
    window.harness.step();
    window.harness.hover_at(words + vec2(60.0, 0.0));
    window.harness.run_steps(2);
    let theme = window.theme_row("Staffing");
    window.harness.hover_at(theme);
    window.harness.step();
    window.harness.drop_at(theme);
    window.harness.step();
    window.until("they are coded", |window| window.codings() == [(FIRST.into(), "Staffing".into())]);
    assert!(!window.selects_nothing(), "the passage stays selected");
    assert!(window.shows("Attributes"), "the tab that was open is back");
    window.undone_at_once(&[]);
    let words = window.words_at("It was fine", 40.0);
    window.drag(words, words);
    assert!(window.selects_nothing(), "a click on selected words lets go of them");
}

#[test]
fn escape_lets_go_of_what_is_carried() {
    let mut window = window();
    let (theme, words) = (window.theme_row("Staffing"), window.words_at("It was fine", 40.0));
    for to in [theme, words] {
        window.harness.hover_at(to);
        window.harness.step();
        if to == theme {
            window.harness.drag_at(to);
        }
        window.harness.step();
    }
    window.press(Key::Escape);
    window.harness.drop_at(words);
    window.harness.run_steps(10);
    assert!(window.codings().is_empty());
}

#[test]
fn a_stripe_let_go_on_anothers_label_gets_its_theme() {
    let mut window = coded(&[("Staffing", Span::new(18, 43)), ("Leadership > Local voice", Span::new(44, 63))]);
    let at = |window: &Window, name: &str| window.harness.get_by_label_contains(&format!("Coding {name} by")).rect().center();
    let (from, to) = (at(&window, "Staffing"), at(&window, "Local voice"));
    window.drag(from, to);
    window.until("it is recoded", |window| window.codings().iter().all(|(_, theme)| theme == "Leadership › Local voice"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("one press undoes it", |window| window.codings()[0].1 == "Staffing");
}

#[test]
fn codings_without_room_are_listed_by_mouse_and_by_keys() {
    const WORDS: Span = Span::new(18, 43);
    let mut window =
        coded(&[("T1", WORDS), ("T2", WORDS), ("T3", WORDS), ("T4", WORDS), ("T5", WORDS), ("T6", WORDS), ("T7", WORDS), ("T8", WORDS)]);
    let listed = |window: &Window| window.harness.query_all_by_role(Role::MenuItem).count();
    let labels = |window: &Window| window.harness.query_all_by_label_contains("Coding T").count();
    let shown = labels(&window);
    let more = format!("{} more codings here", 8 - shown);
    window.click(&more);
    window.harness.run_steps(2);
    assert_eq!(listed(&window), 8 - shown, "every coding has a label or a line");
    window.click("Coding T8 by A");
    assert_eq!(listed(&window), 0);
    assert!(!window.selects_nothing(), "its passage is selected");
    window.press(Key::Escape);
    window.harness.get_by_label(&more).focus();
    window.harness.run_steps(2);
    window.press(Key::Enter);
    window.harness.run_steps(3);
    let focused = |window: &Window| {
        let nodes = window.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused());
        nodes.filter_map(|node| node.accesskit_node().label()).last().unwrap_or_default()
    };
    let first = focused(&window);
    assert!(first.starts_with("Coding T"), "the first line has the focus: {first:?}");
    window.press(Key::ArrowDown);
    assert_ne!(focused(&window), first, "arrows go through the list");
    window.press(Key::Enter);
    window.harness.run_steps(2);
    assert!(!window.selects_nothing() && listed(&window) == 0);
}

#[test]
fn beside_a_narrow_text_the_number_stands_alone() {
    const WORDS: Span = Span::new(18, 43);
    let mut window = coded(&[("T1", WORDS), ("T2", WORDS), ("T3", WORDS), ("T4", WORDS), ("T5", WORDS), ("T6", WORDS)]);
    window.harness.set_size(vec2(900.0, 600.0));
    window.harness.run_steps(5);
    let drawn = window.harness.query_all_by_label_contains("Start of coding T").count();
    assert!(
        (1..6).contains(&drawn) && window.shows(&format!("{} more codings here", 6 - drawn)),
        "{drawn} stripes, and the rest in a list"
    );
}

#[test]
fn the_menu_of_the_text_holds_every_act() {
    // The caret is led by keys; with the mouse one clicks.
    const CARET: [&str; 3] = ["Line", "Select", "Page"];
    let led = |command: &Command| {
        let title = command.title();
        CARET.iter().any(|start| title.starts_with(start))
            || ["Word back", "Word on", "Turn back", "Turn on", "Start of the text", "End of the text"].contains(&title)
    };
    let acts = Command::ALL.iter().filter(|command| command.scope() == Scope::Text && !led(command));
    let acts: Vec<&Command> = acts.filter(|command| command.slot().is_none() && command.assigned_slot().is_none()).collect();
    assert!(acts.len() > 15);
    let mut window = coded(&[("Staffing", Span::new(18, 43))]);
    window.harness.get_by_label_contains(FIRST).click_secondary();
    window.harness.run_steps(3);
    let mut missing: Vec<&str> = acts.iter().map(|command| command.title()).filter(|title| !window.shows(title)).collect();
    let parts =
        ["Move a boundary", "Codings shown", "Correct the import", "Reconcile the coders", "Go to", "This source", "Beside the text"];
    for part in parts.into_iter().chain(["Theme of a slot", "Put the theme into a slot"]) {
        window.harness.get_by_label_contains(part).click();
        window.harness.run_steps(4);
        missing.retain(|title| !window.shows(title));
        if part.contains("slot") {
            assert!(window.shows("9  empty"), "{part}");
        }
    }
    // What is offered on another coder's coding only.
    missing.retain(|title| *title != Command::Agree.title());
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_menu_of_a_stripe_acts_on_its_coding() {
    let mut window = coded(&[("Staffing", Span::new(18, 43)), ("Leadership > Local voice", Span::new(18, 43))]);
    window.harness.get_by_label_contains("Coding Staffing by").click_secondary();
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("Remove coding").click();
    window.until("it is gone", |window| window.codings().len() == 1);
    assert_eq!(window.codings()[0].1, "Leadership › Local voice");
}

#[test]
fn the_filter_of_the_themes_is_led_by_keys() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press_with(Modifiers::COMMAND, Key::T);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowLeft);
    assert!(!window.shows("Local voice, "), "the first theme is folded");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("the next one is applied", |window| window.codings() == [(FIRST.into(), "Staffing".into())]);
    window.press(Key::Delete);
    window.until("and the text has the keys", |window| window.codings().is_empty());
}
