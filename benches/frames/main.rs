//! The window's frames, measured: the real application without a display. Each frame takes in what has arrived, lays
//! the window out and tessellates it; only painting is left out. What is measured and what it may take: `benches/README.md`.
//!
//! `cargo bench --bench frames`, or with words of the names to measure only those.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement ends where it fails, and prints")]

mod figures;
mod hand;
mod studies;
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/all/support.rs"]
mod support;

use std::time::Instant;

use eframe::egui::Key;

use figures::Figures;
use hand::Hand;

/// Frames a measurement has.
const FRAMES: usize = 500;

/// A frame of a wheel turned steadily moves so far, in points.
const WHEEL: f32 = 120.0;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |names: &[&str]| asked.is_empty() || asked.iter().any(|word| names.iter().any(|name| name.contains(word.as_str())));
    println!("{}", figures::HEAD);
    if wanted(&["open", "scroll", "pages", "picker", "key"]) {
        long_transcript();
    }
    if wanted(&["matrix"]) {
        wide_matrix();
    }
    if wanted(&["list"]) {
        many_sources();
    }
}

/// One transcript of 1,000,000 characters with 10,000 codings, and 2,000 themes to pick from.
fn long_transcript() {
    let study = studies::long_transcript();
    let mut hand = Hand::open(study, "How was it?");

    // From the click on its name to the first frame with its words.
    let mut opened = Figures::default();
    let start = Instant::now();
    hand.click_words("Interview LONG");
    let frames = hand.until("the transcript is shown", |hand| hand.shows(studies::FIRST_WORDS));
    opened.add(start.elapsed());
    println!("{}", opened.line(&format!("open the transcript: first frame with its words, {frames} frames later"), hand::OPENED));

    hand.settle();
    hand.point_at_middle();
    println!("{}", hand.measure(|hand, _| hand.wheel(WHEEL)).line("scroll the transcript by the wheel", hand::EACH));
    hand.click_middle();
    println!("{}", hand.measure(|hand, _| hand.key(Key::PageDown)).line("scroll the transcript by pages", hand::EACH));

    hand.press(Key::C);
    hand.settle();
    let typed = ["g", "r", "o", "u", "p", " ", "1", "7"];
    let picker = hand.measure(|hand, frame| match typed.get(frame % (2 * typed.len())) {
        Some(letter) => hand.letters(letter),
        None => hand.key(Key::Backspace),
    });
    println!("{}", picker.line("picker over 2,000 themes, a letter a frame", hand::EACH));
    hand.press(Key::Escape);

    // A new sentence each time, coded by the key of slot 1.
    hand.settle();
    let (mut until_shown, mut frames) = (Figures::default(), Vec::new());
    for _ in 0..50 {
        hand.press_with(eframe::egui::Modifiers::COMMAND, Key::ArrowDown);
        hand.press(Key::S);
        hand.settle();
        let before = hand.codings();
        let start = Instant::now();
        hand.press(Key::Num1);
        frames.push(1 + hand.until("the coding is on screen", |hand| hand.codings() > before));
        until_shown.add(start.elapsed());
    }
    println!("{}", until_shown.line("one key to a coding that is durable and on screen", hand::CODED));
    frames.sort_unstable();
    println!(
        "    of these, frames at 60 a second, the key's own with them: half {}, most {}",
        frames[frames.len() / 2],
        frames[frames.len() - 1]
    );
}

/// 300 themes by 60 groups, 10,000 codings.
fn wide_matrix() {
    let mut hand = Hand::open(studies::wide_matrix(), "How was it?");
    hand.press_with(eframe::egui::Modifiers::COMMAND, Key::Num2);
    hand.until("the matrix is counted", |hand| hand.shows("Group 01"));
    hand.settle();
    hand.point_at_middle();
    let down = hand.measure(|hand, frame| hand.wheel(if (frame / 80) % 2 == 0 { WHEEL } else { -WHEEL }));
    println!("{}", down.line("scroll a matrix of 300 rows × 60 columns, down and up", hand::EACH));
    let across = hand.measure(|hand, frame| hand.wheel_across(if (frame / 40) % 2 == 0 { WHEEL } else { -WHEEL }));
    println!("{}", across.line("the same, to the right and back", hand::EACH));
}

/// 10,000 sources.
fn many_sources() {
    let mut hand = Hand::open(studies::many_sources(), "How was it?");
    hand.click_words("Filter 10,000 sources");
    hand.settle();
    let typed = ["i", "n", "t", "e", "r", "v", "i", "e", "w", " ", "n", "9", "9"];
    let list = hand.measure(|hand, frame| match typed.get(frame % (2 * typed.len())) {
        Some(letter) => hand.letters(letter),
        None => hand.key(Key::Backspace),
    });
    println!("{}", list.line("list of 10,000 sources, a letter of the filter a frame", hand::EACH));
}
