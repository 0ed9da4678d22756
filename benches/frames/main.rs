//! The window's frames, measured: the real application without a display. Each frame takes in what has arrived, lays
//! the window out and tessellates it; only painting is left out. What is measured and what it may take: `benches/README.md`.
//!
//! `cargo bench --bench frames`, or with words of the names to measure only those.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement ends where it fails, and prints")]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "a measurement fails by panicking")]

mod figures;
mod hand;
mod studies;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/all/support.rs"]
mod support;

use std::process::ExitCode;
use std::sync::Arc;

use eframe::egui::{Key, Modifiers};

use figures::{Figures, Table};
use hand::{ANSWERED, Answered, EACH, Hand, OPENED, PICTURES};
use studies::Made;

/// Frames a measurement has.
const FRAMES: usize = 500;

/// Runs of which the median counts.
const RUNS: usize = 5;

/// A frame of a wheel turned steadily moves so far, in points.
const WHEEL: f32 = 120.0;

/// Words by which a project is chosen, the project, and what is done in it.
type Scene = (&'static str, fn() -> Made, fn(&Made, &mut Table));

const SCENES: [Scene; 9] = [
    ("transcript open scroll pages picker key find", studies::long_transcript, long_transcript),
    ("reconcile differences coders", studies::two_coders, differences),
    ("word endless paragraph", studies::endless_word, endless_word),
    ("themes deep", studies::deep_codebook, deep_codebook),
    ("matrix", studies::wide_matrix, wide_matrix),
    ("chart", studies::full_chart, full_chart),
    ("list sources edit", studies::many_sources, many_sources),
    ("summaries grid matrix scrolled", studies::summed_matrix, summed_matrix),
    ("analyse types evidence scrolled", studies::much_found, much_found),
];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!("{}", figures::HEAD);
    let mut all_within = true;
    for (names, make, run) in SCENES {
        if asked.is_empty() || asked.iter().any(|word| names.contains(word.as_str())) {
            let (made, mut table) = (make(), Table::default());
            for _ in 0..RUNS {
                run(&made, &mut table);
            }
            all_within &= table.print();
        }
    }
    if all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Types a letter a frame, over and over, and takes them away again.
fn type_and_delete(letters: &'static str) -> impl Fn(&mut Hand, usize) {
    let letters: Vec<char> = letters.chars().collect();
    move |hand, frame| match letters.get(frame % (2 * letters.len())) {
        Some(letter) => hand.letters(&letter.to_string()),
        None => hand.key(Key::Backspace),
    }
}

/// One transcript of 1,000,000 characters with 10,000 codings, and 2,000 themes to pick from.
fn long_transcript(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    let opened = hand.answered(|hand| hand.let_go_of("Interview LONG"), |hand| hand.shows(studies::FIRST_WORDS));
    table.add("open a transcript of 1,000,000 characters with 10,000 codings: first frame with its words", OPENED, opened.after.into());

    hand.settle();
    hand.point_at_middle();
    table.add("scroll it by the wheel", EACH, hand.measure(|hand, _| hand.wheel(WHEEL)));
    hand.click_middle();
    table.add("scroll it by pages", EACH, hand.measure(|hand, _| hand.key(Key::PageDown)));

    hand.press(Key::C);
    hand.settle();
    table.add("picker over 2,000 themes, a letter a frame", EACH, hand.measure(type_and_delete("group 17")));
    hand.press(Key::Escape);

    hand.press_with(Modifiers::COMMAND, Key::F);
    hand.settle();
    table.add("find in it, a letter a frame", EACH, hand.measure(type_and_delete("never arrived")));
    hand.press(Key::Escape);

    // A new sentence each time, coded by the key of slot 1.
    let mut coded = Coded::default();
    for _ in 0..50 {
        hand.settle();
        hand.press_with(Modifiers::COMMAND, Key::ArrowDown);
        hand.press(Key::S);
        hand.settle();
        let before = codings(&hand);
        coded.add(&hand.answered(|hand| hand.key(Key::Num1), |hand| codings(hand) > before));
    }
    let Coded { after, pictures, last } = coded;
    table.add("one key to a coding that is durable and on screen", ANSWERED, after);
    table.add("  in pictures, 60 a second", PICTURES, pictures);
    table.add("  the frame that takes the new study in", EACH, last);
}

/// Where two coders differ in one transcript of 10,000 codings.
fn differences(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.answered(|hand| hand.let_go_of("Interview LONG"), |hand| hand.shows(studies::FIRST_WORDS));
    hand.settle();
    hand.click_middle();
    hand.settle();
    hand.press_with(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::R);
    hand.until("the differences are listed", |hand| hand.shows("differences settled"));
    hand.settle();
    let next = hand.measure(|hand, _| hand.key_with(Modifiers::ALT, Key::ArrowDown));
    table.add("go through the differences of two coders with 10,000 codings, by keys", EACH, next);
    let mut settled = Coded::default();
    for _ in 0..50 {
        hand.settle();
        let before = hand.study();
        settled.add(&hand.answered(|hand| hand.key_with(Modifiers::ALT, Key::Num1), |hand| !Arc::ptr_eq(&before, &hand.study())));
    }
    let Coded { after, pictures, last } = settled;
    table.add("one key to a difference settled, durable and on screen", ANSWERED, after);
    table.add("  in pictures, 60 a second", PICTURES, pictures);
    table.add("  the frame that takes the new study in", EACH, last);
}

/// What the key that codes took, again and again.
#[derive(Default)]
struct Coded {
    after: Figures,
    pictures: Figures,
    last: Figures,
}

impl Coded {
    fn add(&mut self, answered: &Answered) {
        self.after.add(answered.after);
        self.pictures.count(answered.pictures);
        self.last.add(answered.last);
    }
}

/// How many codings the study has that is shown.
fn codings(hand: &Hand) -> usize {
    hand.study().materials().iter().map(|material| material.codings.len()).sum()
}

/// A paragraph of 200,000 letters without a space.
fn endless_word(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    let opened = hand.answered(|hand| hand.let_go_of("Interview ENDLESS"), |hand| hand.shows(studies::ENDLESS));
    table.add("open a paragraph of 200,000 letters without a space", OPENED, opened.after.into());
    table.add("  the frame with its first words", EACH, opened.last.into());
    hand.point_at_middle();
    table.add("scroll it by the wheel", EACH, hand.measure(|hand, frame| hand.wheel(if (frame / 250) % 2 == 0 { WHEEL } else { -WHEEL })));
    hand.click_middle();
    table.add("scroll it by pages", EACH, hand.measure(|hand, _| hand.key(Key::PageDown)));
    table.add(
        "select its words and sentences",
        EACH,
        hand.measure(|hand, frame| hand.key(if frame % 2 == 0 { Key::S } else { Key::ArrowRight })),
    );
}

/// 3,000 themes, 40 levels deep.
fn deep_codebook(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.click_words("It was fine");
    hand.press(Key::C);
    hand.settle();
    table.add("picker over 3,000 themes, 40 levels deep, a letter a frame", EACH, hand.measure(type_and_delete("group 17")));
    hand.press(Key::Escape);
    hand.press_with(Modifiers::COMMAND, Key::Num6);
    hand.until("the themes are shown", |hand| hand.shows("Group 00 at 00"));
    hand.settle();
    hand.point_at_middle();
    table.add("Themes with them, scrolled", EACH, hand.measure(|hand, _| hand.wheel(WHEEL)));
}

/// 300 themes by 60 groups, 10,000 codings.
fn wide_matrix(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.press_with(Modifiers::COMMAND, Key::Num2);
    hand.until("the matrix is counted", |hand| hand.shows("Group 01"));
    hand.settle();
    hand.point_at_middle();
    let down = hand.measure(|hand, frame| hand.wheel(if (frame / 80) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("scroll a matrix of 300 rows × 60 columns, down and up", EACH, down);
    let across = hand.measure(|hand, frame| hand.wheel_across(if (frame / 40) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("the same, to the right and back", EACH, across);
}

/// 300 cases by 12 sub-themes, every cell with a summary of 80 words and three citations, some of them stale.
fn full_chart(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.press_with(Modifiers::COMMAND, Key::Num2);
    hand.until("the matrix is there", |hand| hand.shows("Chart"));
    hand.settle();
    hand.click_words("Chart");
    hand.until("the chart is made", |hand| hand.shows("C001"));
    // The first theme has no sub-themes.
    hand.press_with(Modifiers::COMMAND, Key::PageDown);
    hand.until("its words are there", |hand| hand.shows("winter"));
    hand.settle();
    hand.point_at_middle();
    let down = hand.measure(|hand, frame| hand.wheel(if (frame / 200) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("scroll a chart of 300 cases × 12 sub-themes, 80 words and 3 citations a cell, down and up", EACH, down);
    assert!(!hand.shows("C001") && hand.shows("winter"), "it went down, to words");
    let across = hand.measure(|hand, frame| hand.wheel_across(if (frame / 40) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("the same, to the right and back", EACH, across);
    let keys = hand.measure(|hand, frame| hand.key(if (frame / 250) % 2 == 0 { Key::ArrowDown } else { Key::ArrowUp }));
    table.add("go through its cells by keys", EACH, keys);
    hand.press(Key::F2);
    hand.settle();
    table.add("write in it, a letter a frame", EACH, hand.measure(type_and_delete("quite zealous")));
    assert!(hand.shows("quite"), "the letters arrived");
}

/// 10,000 sources.
fn many_sources(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.click_words("Filter 10000 sources");
    hand.settle();
    table.add("list of 10,000 sources, a letter of the filter a frame", EACH, hand.measure(type_and_delete("interview n99")));
    hand.press(Key::Escape);
    hand.click_words("It was fine");
    let mut coded = Coded::default();
    for round in 0..50 {
        hand.settle();
        let before = hand.study();
        let key = if round % 2 == 0 { Key::Num1 } else { Key::Delete };
        coded.add(&hand.answered(|hand| hand.key(key), |hand| !Arc::ptr_eq(&before, &hand.study())));
    }
    let Coded { after, pictures, last } = coded;
    table.add("one key to a coding made or taken away beside 10,000 sources", ANSWERED, after);
    table.add("  in pictures, 60 a second", PICTURES, pictures);
    table.add("  the frame that takes the new study in", EACH, last);
}

/// 300 themes by 60 groups, a summary of 40 words in every cell and in the total of every group.
fn summed_matrix(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.press_with(Modifiers::COMMAND, Key::Num2);
    hand.until("the matrix is counted", |hand| hand.shows("Group 01"));
    hand.settle();
    hand.click_words("Show");
    hand.until("what can be shown is offered", |hand| hand.shows("Summaries"));
    hand.click_words("Summaries");
    hand.until("the summaries are there", |hand| hand.shows("winter"));
    hand.settle();
    hand.point_at_middle();
    let down = hand.measure(|hand, frame| hand.wheel(if (frame / 80) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("scroll summaries in a grid of 300 rows × 60 columns, 40 words each, down and up", EACH, down);
    let across = hand.measure(|hand, frame| hand.wheel_across(if (frame / 40) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("the same, to the right and back", EACH, across);
}

/// 2,000 cases in 200 types, and a proposition with 5,000 passages.
fn much_found(made: &Made, table: &mut Table) {
    let mut hand = Hand::open(made, "How was it?");
    hand.press_with(Modifiers::COMMAND, Key::Num8);
    hand.until("the evidence is there", |hand| hand.shows("Supports") && hand.shows("LONG, "));
    hand.settle();
    hand.point_at_middle();
    let down = hand.measure(|hand, frame| hand.wheel(if (frame / 200) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("scroll a proposition with 5,000 passages of evidence, down and up", EACH, down);
    hand.click_words("Typologies");
    hand.until("the types are there", |hand| hand.shows("Outlook 00 · Help 00"));
    hand.settle();
    hand.click_words("Outlook 00 · Help 00");
    let types = hand.measure(|hand, frame| hand.wheel(if (frame / 200) % 2 == 0 { WHEEL } else { -WHEEL }));
    table.add("scroll 200 types of 2,000 cases, down and up", EACH, types);
    hand.click_words("Not placed yet");
    hand.until("only those are listed", |hand| hand.shows("P0000"));
    hand.settle();
    hand.click_words("P0000");
    let cases = hand.measure(|hand, frame| hand.key(if (frame / 250) % 2 == 0 { Key::ArrowDown } else { Key::ArrowUp }));
    table.add("go through the cases that are not placed yet by keys", EACH, cases);
}
