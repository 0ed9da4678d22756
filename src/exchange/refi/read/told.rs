use std::collections::HashMap;

use super::document::line_of;
use crate::exchange::refi::{Account, Fate};

/// How many different things are told of one file; more are told together.
const MOST: usize = 200;

/// What is told while a project is read: each kind once, with how often it came and the line where it came first.
#[derive(Default)]
pub(super) struct Told {
    kinds: Vec<Kind>,
    places: HashMap<(&'static str, String), usize>,
    more: usize,
}

struct Kind {
    fate: Fate,
    what: &'static str,
    sentence: String,
    number: usize,
    at: usize,
}

impl Told {
    /// Something is there otherwise; `at` is the byte of the XML.
    pub(super) fn changed(&mut self, what: &'static str, sentence: impl Into<String>, at: usize) {
        self.tell(Fate::Changed, what, sentence.into(), at);
    }

    /// Something is not there.
    pub(super) fn left_out(&mut self, what: &'static str, sentence: impl Into<String>, at: usize) {
        self.tell(Fate::LeftOut, what, sentence.into(), at);
    }

    fn tell(&mut self, fate: Fate, what: &'static str, sentence: String, at: usize) {
        let key = (what, sentence);
        if let Some(kind) = self.places.get(&key).and_then(|place| self.kinds.get_mut(*place)) {
            kind.number += 1;
        } else if self.kinds.len() < MOST {
            self.kinds.push(Kind { fate, what, sentence: key.1.clone(), number: 1, at });
            self.places.insert(key, self.kinds.len() - 1);
        } else {
            self.more += 1;
        }
    }

    /// The account of all that was told of `xml`.
    pub(super) fn account(self, xml: &str) -> Account {
        let mut account = Account::default();
        for Kind { fate, what, sentence, number, at } in self.kinds {
            let line = line_of(xml, at).0;
            let place = if number == 1 { format!("Line {line}") } else { format!("{number} times, first in line {line}") };
            let sentence = format!("{sentence} ({place}.)");
            match fate {
                Fate::LeftOut => account.left_out_many(what, number, sentence),
                Fate::Changed | Fate::Kept => account.changed_many(what, number, sentence),
            }
        }
        account.left_out_many("elements", self.more, "The file has still more that is not of the standard; it was left out.");
        account
    }
}
