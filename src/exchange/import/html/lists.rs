use std::borrow::Cow;

use super::super::blocks::numbers;

/// A list, and which number its next item has.
#[derive(Debug)]
pub(super) struct List {
    kind: Kind,
    next: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unmarked,
    Bullets,
    Numbers,
    Letters { is_large: bool },
    Roman { is_large: bool },
}

impl List {
    pub(super) fn new<'tag>(is_numbered: bool, is_unmarked: bool, attribute: &impl Fn(&[u8]) -> Option<Cow<'tag, str>>) -> Self {
        let kind = match (is_unmarked, is_numbered, attribute(b"type").as_deref()) {
            (true, _, _) => Kind::Unmarked,
            (_, false, _) => Kind::Bullets,
            (_, _, Some("a")) => Kind::Letters { is_large: false },
            (_, _, Some("A")) => Kind::Letters { is_large: true },
            (_, _, Some("i")) => Kind::Roman { is_large: false },
            (_, _, Some("I")) => Kind::Roman { is_large: true },
            _ => Kind::Numbers,
        };
        Self { kind, next: attribute(b"start").and_then(|start| start.trim().parse().ok()).unwrap_or(1) }
    }

    /// The mark of the next item; `value` when it says its number itself.
    pub(super) fn next(&mut self, value: Option<i64>) -> String {
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        match self.kind {
            Kind::Unmarked => String::new(),
            Kind::Bullets => "•".to_owned(),
            Kind::Numbers => format!("{number}."),
            Kind::Letters { is_large } => format!("{}.", numbers::letters(number, is_large)),
            Kind::Roman { is_large } => format!("{}.", numbers::roman(number, is_large)),
        }
    }
}
