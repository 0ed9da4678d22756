//! What is typed into the chart arrives where it was meant, whole and soon, however it comes.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use themata::project::{Access, Charted, Project};
use themata::study::{Crossed, Crossing, Silence, SummaryState};

use crate::chart::{chart, of_a, summaries};
use crate::durability::start_child;
use crate::matrix_view::{Window, make_project, me};
use crate::support::Scratch;
use themata::home::Home;

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn text(words: &str) -> Event {
    Event::Text(words.to_owned())
}

impl Window {
    /// All of this arrives in one frame, as when the machine was busy.
    fn at_once(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }
}

#[test]
fn keys_that_arrive_in_one_frame_are_all_of_the_cell() {
    let mut window = chart();
    let came = ["A", " ", "b", "e", "e", " ", "came"].map(text);
    let space = key(Key::Space, Modifiers::NONE);
    let events = came.into_iter().flat_map(|event| if event == text(" ") { vec![space.clone(), event] } else { vec![event] });
    window.at_once(events.chain([key(Key::Enter, Modifiers::COMMAND)]));
    window.wait_for("every letter", |harness| summaries(harness) == [of_a("A bee came", SummaryState::Charted)]);
    // And the keys after it go to the next case.
    window.at_once([text("Cold")]);
    window.press(Modifiers::COMMAND, Key::Enter);
    let of_b = ("Partnership › Sharing × B: Cold".to_owned(), SummaryState::Charted);
    window.wait_for("the next case", |harness| summaries(harness).contains(&of_b));
    // What is typed on a charted cell stands behind what is there.
    // Over the head of the group.
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.at_once(["l", "a", "t", "e"].map(text));
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("behind", |harness| summaries(harness).contains(&of_a("A bee came late", SummaryState::Charted)));
}

#[test]
fn letters_of_an_input_method_reach_the_cell_in_which_they_were_composed() {
    let ime = |words: &str| Event::Ime(ImeEvent::Commit(words.to_owned()));
    let composing = |words: &str| Event::Ime(ImeEvent::Preedit { text: words.to_owned(), active_range_chars: None });
    let end = || key(Key::Enter, Modifiers::COMMAND);
    let of_b = |words: &str| (format!("Partnership › Sharing × B: {words}"), SummaryState::Charted);
    let mut window = chart();
    // They open a cell as letters of the keyboard do, and those behind the end are of the next.
    window.at_once([composing(""), ime("Zoë"), end(), composing(""), ime("Né")]);
    window.wait_for("the first cell", |harness| summaries(harness) == [of_a("Zoë", SummaryState::Charted)]);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("the next cell", |harness| summaries(harness).contains(&of_b("Né")));
    // In an open cell, committed before the key.
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::F2);
    window.at_once([composing("ö")]);
    window.at_once([composing(""), ime("ö"), end()]);
    window.wait_for("behind", |harness| summaries(harness).contains(&of_a("Zoëö", SummaryState::Charted)));
    // And by the key: in the same frame, and later.
    for (later, expected) in [(false, "Zoëö!"), (true, "Zoëö!?")] {
        window.press(Modifiers::NONE, Key::ArrowUp);
        window.press(Modifiers::NONE, Key::ArrowUp);
        window.press(Modifiers::NONE, Key::F2);
        let letter = expected.get(expected.len() - 1..).unwrap_or_default();
        window.at_once([composing(letter)]);
        let committed = [composing(""), ime(letter)];
        if later {
            window.at_once([end()]);
            window.harness.run_steps(3);
            window.at_once(committed);
        } else {
            window.at_once([end()].into_iter().chain(committed));
        }
        window.wait_for("whole", |harness| summaries(harness).contains(&of_a(expected, SummaryState::Charted)));
        window.harness.run_steps(8);
        assert!(summaries(&window.harness).contains(&of_b("Né")), "{:?}", summaries(&window.harness));
    }
}

#[test]
fn the_letter_of_a_key_with_alt_is_written_nowhere() {
    let mut window = chart();
    window.press(Modifiers::COMMAND, Key::Enter);
    // As displays send it: the key, and its text.
    window.at_once([key(Key::Num1, Modifiers::ALT), text("1")]);
    window.wait_for_label("A, Sharing: 1 passage, not charted");
    window.harness.run_steps(8);
    let study = window.harness.state().as_ref().unwrap().study().clone();
    let kept: Vec<_> = study.summaries().iter().map(|own| (own.text.clone(), own.silence)).collect();
    assert!(kept.iter().all(|(text, _)| text.is_empty()), "{kept:?}");
}

#[test]
fn whoever_types_on_and_on_has_it_kept_all_the_same_and_as_one_act() {
    let mut window = chart();
    let typed = (0..400).find(|_| {
        // Two frames of a quarter of a second: never a pause.
        window.type_words("a");
        std::thread::sleep(std::time::Duration::from_millis(5));
        !summaries(&window.harness).is_empty()
    });
    assert!(typed.is_some(), "nothing was kept while one typed");
    window.type_words(" bee");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the rest", |harness| summaries(harness).iter().any(|(text, _)| text.ends_with(" bee")));
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("one undo", |harness| summaries(harness).is_empty());
}

/// A letter is typed so often: in the clock of the window, and for whoever looks on.
const LETTER: Duration = Duration::from_millis(250);

/// Letters that are typed in two seconds.
const LOST_AT_MOST: usize = 8;

/// The child that types into the chart of the project at `path`, a letter a frame, and never leaves the cell: it is killed.
pub fn type_on_and_on(path: &Path, letters: usize, acknowledge: &dyn Fn(&str)) {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    let mut window = Window::of(scratch, &home, path.to_owned(), [1440.0, 900.0]);
    window.wait_for_label("View: Chart");
    window.click("View: Chart");
    window.wait_for_label("A, Sharing: 1 passage, not charted");
    window.press(Modifiers::NONE, Key::F2);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    for typed in 1..=letters {
        let begun = Instant::now();
        window.at_once([text("a")]);
        acknowledge(&typed.to_string());
        std::thread::sleep(LETTER.saturating_sub(begun.elapsed()));
    }
    panic!("nobody ended it");
}

#[test]
fn whoever_types_when_the_program_is_killed_has_all_but_the_last_two_seconds() {
    for until in [11, 20] {
        let scratch = Scratch::new();
        let home = Home::below(&scratch.path("home"));
        make_project(&scratch, &home);
        let mut child = start_child("type", &scratch.project(), 400);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut typed = lines.filter_map(|line| line.split_once("ack ")?.1.trim().parse::<usize>().ok());
        assert!(typed.any(|typed| typed == until), "the child types");
        // What was due is on its way to the disk.
        std::thread::sleep(LETTER / 2);
        child.kill().unwrap();
        child.wait().unwrap();
        let project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
        let kept: Vec<usize> = project.study().summaries().iter().map(|own| own.text.len()).collect();
        assert!(kept.len() == 1 && kept[0] >= until - LOST_AT_MOST, "of {until} letters {kept:?} are there");
    }
}

#[test]
fn what_is_pasted_into_a_cell_that_is_not_open_is_taken_as_in_an_open_one() {
    let mut window = chart();
    window.at_once([Event::Paste("word ".repeat(50_000))]);
    window.wait_for("it is said", |harness| harness.query_by_label_contains("A summary has room for 20,000 characters").is_some());
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.run_steps(8);
    assert!(summaries(&window.harness).is_empty());
    window.at_once([Event::Paste("one\r\ntwo\u{0}".to_owned())]);
    window.wait_for("kept in the pause", |harness| summaries(harness) == [of_a("one\ntwo", SummaryState::Draft)]);
}

#[test]
fn the_space_bar_folds_a_group_and_stays_at_its_head() {
    let mut window = chart();
    window.press(Modifiers::NONE, Key::Space);
    window.wait_for("A is folded away", |harness| harness.query_by_label("A, Sharing: 1 passage, not charted").is_none());
    window.at_once([text("lost?")]);
    window.harness.run_steps(8);
    assert!(summaries(&window.harness).is_empty(), "what is typed on a head is in no cell");
    window.press(Modifiers::NONE, Key::Space);
    window.wait_for_label("A, Sharing: 1 passage, not charted");
}

/// A chart in whose first cell so much is written.
fn charted(text: String) -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    project
        .edit("Summary", |tx| {
            let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
            let case = tx.study().case_labelled("A").unwrap().id;
            let cell = Crossing { theme, of: Crossed::Case(case) };
            tx.chart(&cell, Charted { text, silence: Some(Silence::NotAsked), ..Charted::default() }).map(|_| ())
        })
        .unwrap();
    drop(project);
    let mut window = Window::on(scratch, &home, [1440.0, 900.0]);
    window.wait_for_label("View: Chart");
    window.click("View: Chart");
    window
}

#[test]
fn a_summary_that_came_too_long_can_be_made_shorter() {
    let length = |window: &Window| summaries(&window.harness)[0].0.chars().count();
    let mut window = charted("word ".repeat(5_000));
    window.wait_for("the chart", |harness| harness.query_by_label_contains("A, Sharing: draft, word").is_some());
    let before = length(&window);
    window.press(Modifiers::NONE, Key::F2);
    window.wait_for("the field", |harness| harness.query_by_label("Summary of this cell").is_some_and(|field| field.is_focused()));
    window.type_words("no longer");
    window.wait_for("it is said", |harness| harness.query_by_label_contains("A summary has room for 20,000 characters").is_some());
    window.press(Modifiers::NONE, Key::Backspace);
    window.press(Modifiers::NONE, Key::Backspace);
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("shorter by two", |harness| summaries(harness)[0].0.chars().count() == before - 2);
}

#[test]
fn words_and_silence_never_stand_in_one_cell() {
    let window = charted("They share".to_owned());
    let study = window.harness.state().as_ref().unwrap().study();
    assert_eq!(study.summaries().iter().map(|own| own.silence).collect::<Vec<_>>(), [None]);
}
