use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::blocks::numbers;
use super::styles::attribute;

/// Levels of lists deeper than this have no style.
const DEEPEST: usize = 10;

/// How the levels of a list are numbered or marked.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    levels: HashMap<usize, Level>,
}

/// How a level is numbered or marked.
#[derive(Debug)]
pub(super) struct Level {
    bullet: Option<String>,
    format: String,
    prefix: String,
    suffix: String,
    /// How many levels its numbers show: 2 for "1.2".
    shown: usize,
    start: i64,
}

impl Level {
    pub(super) fn of(element: &BytesStart<'_>) -> Self {
        let value = |name: &str| attribute(element, name).unwrap_or_default();
        let is_bullet = element.name().as_ref() == "text:list-level-style-bullet";
        Self {
            bullet: is_bullet.then(|| bullet(&value("text:bullet-char"))),
            format: value("style:num-format"),
            prefix: value("style:num-prefix"),
            suffix: value("style:num-suffix"),
            shown: value("text:display-levels").parse().unwrap_or(1),
            start: value("text:start-value").parse().unwrap_or(1),
        }
    }
}

/// The sign that is seen where a letter of a font of signs is written.
fn bullet(written: &str) -> String {
    match written.chars().next() {
        None | Some('\u{e000}'..='\u{f8ff}') => "•".to_owned(),
        Some(_) => written.to_owned(),
    }
}

impl ListStyle {
    pub(super) fn set(&mut self, level: usize, how: Level) {
        if level <= DEEPEST {
            self.levels.insert(level, how);
        }
    }

    /// The first number of a level.
    pub(super) fn start(&self, level: usize) -> i64 {
        self.levels.get(&level).map_or(1, |level| level.start)
    }

    /// The mark of an item whose numbers, from the first level to its own, are `counts`.
    pub(super) fn mark(&self, counts: &[i64]) -> String {
        // Some programs define the levels that they use, and count them from the first.
        let deepest = || self.levels.iter().filter(|(level, _)| **level < counts.len()).max_by_key(|(level, _)| **level);
        let Some(level) = self.levels.get(&counts.len()).or_else(|| Some(deepest()?.1)) else { return String::new() };
        if let Some(bullet) = &level.bullet {
            return bullet.clone();
        }
        if level.format.is_empty() {
            return String::new();
        }
        let from = counts.len().saturating_sub(level.shown.max(1));
        let number = |(at, count): (usize, &i64)| match self.levels.get(&(at + 1)).map_or("1", |level| level.format.as_str()) {
            "a" => numbers::letters(*count, false),
            "A" => numbers::letters(*count, true),
            "i" => numbers::roman(*count, false),
            "I" => numbers::roman(*count, true),
            _ => count.to_string(),
        };
        let numbers: Vec<String> = counts.iter().enumerate().skip(from).map(number).collect();
        format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
    }
}
