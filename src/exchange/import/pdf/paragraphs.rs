use std::collections::{HashMap, HashSet};

use super::super::blocks::{Flow, Look};
use super::super::units::Hint;
use super::lines::Line;
use crate::text::fold;

/// Letters larger than those of the text by this factor are those of a heading.
const LARGER: f32 = 1.14;
/// Letters smaller than those of the text by this factor are those of footnotes.
const SMALLER: f32 = 0.92;
/// A heading has no more letters than this.
const LONGEST_HEADING: usize = 250;
/// A distance between lines larger than the usual one by this factor parts paragraphs.
const APART: f32 = 1.3;
/// What stands before the items of a list.
const BULLETS: [&str; 9] = ["•", "–", "◦", "▪", "-", "‣", "·", "○", "●"];
/// Words that are joined to others by a hyphen which stays.
const PARTS: [&str; 12] = ["self", "well", "half", "ex", "all", "cross", "semi", "non", "mid", "so", "long", "high"];

/// Makes paragraphs of the lines of all pages.
pub(super) fn put(pages: &[Vec<Line>], flow: &mut Flow) {
    let all = || pages.iter().flatten();
    let body = usual_size(all());
    let headings = heading_sizes(all(), body);
    let vocabulary: HashSet<String> = all().flat_map(|line| words(&line.words)).collect();
    let mut writer = Writer { flow, vocabulary, body, headings, open: None, notes: Vec::new(), is_writing_notes: false };
    let mut number = 0;
    for page in pages {
        let mut from = 0;
        while let Some(first) = page.get(from) {
            let length = page.iter().skip(from).take_while(|line| line.region == first.region).count();
            let region = page.get(from..from + length).unwrap_or_default();
            number += 2;
            let (text, notes) = region.split_at(notes_from(region, body));
            writer.region(text, number);
            writer.notes.extend_from_slice(notes);
            from += length.max(1);
        }
    }
    writer.end();
    writer.write_notes(number + 1);
}

/// Where the footnotes at the end of a column begin.
fn notes_from(region: &[Line], body: f32) -> usize {
    let is_small = |line: &Line| line.size < body * SMALLER;
    let small = region.iter().rev().take_while(|line| is_small(line)).count();
    let from = region.len() - small;
    let is_note = |line: &Line| line.words.starts_with(|c: char| c.is_numeric() || "*†‡§".contains(c));
    let begins = region.iter().enumerate().skip(from).find(|(_, line)| is_note(line)).map_or(region.len(), |(at, _)| at);
    if from == 0 { region.len() } else { begins }
}

/// The paragraph that is open.
struct Open {
    last: Line,
    /// Where its first line and the others begin.
    first_x: f32,
    lines: usize,
    region: usize,
    /// Where lines of its region end at the latest.
    right: f32,
    ends_with: Option<char>,
}

struct Writer<'a> {
    flow: &'a mut Flow,
    vocabulary: HashSet<String>,
    body: f32,
    /// Sizes of headings, the largest first, in tenths of a point.
    headings: Vec<i32>,
    open: Option<Open>,
    /// Footnotes of the columns before, which wait for the end of the paragraph that goes on behind them.
    notes: Vec<Line>,
    is_writing_notes: bool,
}

impl Writer<'_> {
    fn region(&mut self, lines: &[Line], number: usize) {
        let right = edge(lines);
        let left = lines.iter().map(|line| line.x).min_by(f32::total_cmp).unwrap_or(0.0);
        let usual = usual_distance(lines);
        for line in lines {
            let begins = match &self.open {
                None => true,
                Some(open) if open.region == number => begins(open, line, usual, left),
                Some(open) => !goes_on(open, line),
            };
            if begins {
                self.end();
                if !self.notes.is_empty() && !self.is_writing_notes {
                    self.write_notes(number - 1);
                }
                self.flow.begin(self.hint(line));
                let from = self.mark(line);
                self.write(line, from);
                self.open = Some(Open {
                    first_x: line.x,
                    lines: 1,
                    region: number,
                    right,
                    ends_with: line.words.chars().next_back(),
                    last: line.clone(),
                });
            } else {
                self.go_on(line);
                if let Some(open) = &mut self.open {
                    open.lines += 1;
                    (open.region, open.right) = (number, right);
                    open.ends_with = line.words.chars().next_back();
                    open.last = line.clone();
                }
            }
        }
    }

    /// Writes the footnotes that wait.
    fn write_notes(&mut self, number: usize) {
        let notes = std::mem::take(&mut self.notes);
        self.is_writing_notes = true;
        self.region(&notes, number);
        self.end();
        self.is_writing_notes = false;
    }

    /// Gives a line that begins with a bullet its mark; where its words begin.
    fn mark(&mut self, line: &Line) -> usize {
        let Some((mark, words)) = line.words.split_once([' ', '\t']).filter(|(mark, _)| BULLETS.contains(mark)) else { return 0 };
        self.flow.set_mark(mark);
        self.flow.set_hint(Hint::Item(1));
        line.words.len() - words.trim_start().len()
    }

    fn end(&mut self) {
        if let Some(open) = self.open.take() {
            self.flow.push(if open.ends_with == Some('-') { "-" } else { "" }, Look::default());
            self.flow.end();
        }
    }

    /// Writes a line but for a hyphen at its end, of which the next line says what becomes.
    fn write(&mut self, line: &Line, from: usize) {
        let most = line.words.len() - usize::from(line.words.ends_with('-'));
        let mut at = from;
        let looks = line.looks.iter().copied().filter(|(start, _)| *start < most);
        let before = line.looks.iter().rev().find(|(start, _)| *start <= from).map_or(Look::default(), |(_, look)| *look);
        let mut look = before;
        for (start, next) in looks.filter(|(start, _)| *start > from) {
            self.flow.push(line.words.get(at..start).unwrap_or_default(), look);
            (at, look) = (start, next);
        }
        self.flow.push(line.words.get(at..most).unwrap_or_default(), look);
    }

    fn go_on(&mut self, line: &Line) {
        let Some(open) = &self.open else { return };
        let between = if open.ends_with == Some('-') {
            let before = open.last.words.trim_end_matches('-');
            let part = before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
            let next = line.words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if self.keeps_hyphen(part, next) { "-" } else { "" }
        } else {
            " "
        };
        self.flow.push(between, Look::default());
        self.write(line, 0);
    }

    /// Whether a hyphen at the end of a line belongs to the word and not to the line.
    fn keeps_hyphen(&self, part: &str, next: &str) -> bool {
        if part.is_empty() || next.is_empty() || !next.starts_with(char::is_lowercase) || !part.ends_with(char::is_alphabetic) {
            return true;
        }
        let whole = fold(&format!("{part}{next}"));
        let parted = fold(&format!("{part}-{next}"));
        let first = fold(part);
        !self.vocabulary.contains(&whole) && (self.vocabulary.contains(&parted) || PARTS.contains(&first.as_str()) || part.contains('-'))
    }

    fn hint(&self, line: &Line) -> Hint {
        if line.is_row {
            return Hint::Row;
        }
        if line.size < self.body * LARGER || line.words.len() > LONGEST_HEADING {
            return Hint::None;
        }
        let level = self.headings.iter().position(|size| *size == tenths(line.size));
        level.and_then(|level| u8::try_from(level + 1).ok()).map_or(Hint::None, |level| Hint::Heading(level.min(6)))
    }
}

/// Whether a line begins a paragraph, behind another line of the same column.
fn begins(open: &Open, line: &Line, usual: f32, left: f32) -> bool {
    let last = &open.last;
    let size = line.size.max(last.size);
    let distance = line.y - last.y;
    if line.is_row || last.is_row || last.words.contains('\t') != line.words.contains('\t') && line.words.contains('\t') {
        return true;
    }
    if (line.size - last.size).abs() > 0.1 * size || distance < 0.0 || distance > usual.max(size) * APART || is_item(&line.words) {
        return true;
    }
    let indent = 0.8 * size;
    if line.x > last.x + indent {
        // A line that is set in begins a paragraph, unless the words before it run into it.
        return open.lines > 1 && ends_sentence(last) || could_hold(open, line) || ends_sentence(last) && !is_label(&last.words);
    }
    if line.x < last.x - indent {
        // Lines of a paragraph stand under each other; the first may be set in.
        return open.lines > 1 || last.x <= left + indent && open.first_x < last.x;
    }
    could_hold(open, line)
}

/// Whether the first word of a line would have had room on the line before it.
fn could_hold(open: &Open, line: &Line) -> bool {
    let room = open.right - open.last.end;
    room > line.first + 0.5 * line.size
}

/// Whether the first line of a column or page goes on with the paragraph before it.
fn goes_on(open: &Open, line: &Line) -> bool {
    let last = &open.last;
    let is_same = (line.size - last.size).abs() <= 0.1 * line.size && !line.is_row && !last.is_row;
    is_same
        && !ends_sentence(last)
        && !could_hold(open, line)
        && !is_item(&line.words)
        && line.words.starts_with(|c: char| !c.is_uppercase())
}

fn ends_sentence(line: &Line) -> bool {
    line.words.ends_with(['.', '?', '!', ':', '”', '"', '’', ')', '…'])
}

/// Whether words may be those of somebody who is named before them.
fn is_label(words: &str) -> bool {
    words.split_once(':').is_some_and(|(label, _)| label.len() <= 30)
}

fn is_item(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_number = || first.ends_with(['.', ')']) && first.len() <= 4 && first.starts_with(|c: char| c.is_numeric() || c == '(');
    BULLETS.contains(&first) && words.len() > first.len() || is_number()
}

/// Where most lines of a column end at the latest.
fn edge(lines: &[Line]) -> f32 {
    let mut ends: Vec<f32> = lines.iter().map(|line| line.end).collect();
    ends.sort_by(f32::total_cmp);
    // A line or two may stick out.
    ends.get(ends.len().saturating_sub(1 + ends.len() / 25)).copied().unwrap_or(0.0)
}

/// The usual distance between two lines.
fn usual_distance(lines: &[Line]) -> f32 {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let distances = pairs.map(|(line, next)| next.y - line.y).filter(|distance| *distance > 0.5);
    // The shortest that is usual: between paragraphs there is more.
    most_frequent(distances.map(|distance| (tenths(distance) / 5, 1))).map_or(0.0, |half_points| (half_points + 1) as f32 / 2.0)
}

fn usual_size<'line>(lines: impl Iterator<Item = &'line Line>) -> f32 {
    most_frequent(lines.map(|line| (tenths(line.size), line.words.len()))).map_or(1.0, |size| size as f32 / 10.0)
}

fn heading_sizes<'line>(lines: impl Iterator<Item = &'line Line>, body: f32) -> Vec<i32> {
    let large = lines.filter(|line| line.size >= body * LARGER).map(|line| tenths(line.size));
    let mut sizes: Vec<i32> = large.collect::<HashSet<i32>>().into_iter().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

fn most_frequent(numbers: impl Iterator<Item = (i32, usize)>) -> Option<i32> {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for (number, weight) in numbers {
        *counts.entry(number).or_default() += weight;
    }
    counts.into_iter().max_by_key(|(number, count)| (*count, -number)).map(|(number, _)| number)
}

fn tenths(points: f32) -> i32 {
    (points * 10.0).round() as i32
}

/// The words of a line but its last, which may be a part of one.
fn words(line: &str) -> impl Iterator<Item = String> + '_ {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).peekable();
    std::iter::from_fn(move || {
        let word = words.next()?;
        words.peek().is_some().then(|| fold(word))
    })
}
