use serde::Serialize;

/// What became of something on its way between two programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is there as it was.
    Kept,
    /// It is there otherwise; how is said.
    Changed,
    /// It is not there; why is said.
    LeftOut,
}

/// One thing on its way, or many of which the same is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What became of it.
    pub fate: Fate,
    /// What it is, in the plural and in lower case: “codings”, “links”.
    pub what: &'static str,
    /// Its name or place; empty where many are meant.
    pub name: String,
    /// How many are meant.
    pub number: usize,
    /// What happened, as a sentence; empty for what was kept.
    pub sentence: String,
}

/// What was kept, changed and left out in bringing a project in or giving it out, item by item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The entries in the order in which they came up.
    pub entries: Vec<Entry>,
}

impl Account {
    /// Notes that `number` things of a kind are there as they were.
    pub fn kept(&mut self, what: &'static str, number: usize) {
        if number > 0 {
            self.entries.push(Entry { fate: Fate::Kept, what, name: String::new(), number, sentence: String::new() });
        }
    }

    /// Notes that one thing is there otherwise.
    pub fn changed(&mut self, what: &'static str, name: impl Into<String>, sentence: impl Into<String>) {
        self.entries.push(Entry { fate: Fate::Changed, what, name: name.into(), number: 1, sentence: sentence.into() });
    }

    /// Notes that one thing is not there.
    pub fn left_out(&mut self, what: &'static str, name: impl Into<String>, sentence: impl Into<String>) {
        self.entries.push(Entry { fate: Fate::LeftOut, what, name: name.into(), number: 1, sentence: sentence.into() });
    }

    /// Notes that many things of a kind, of which the same is said, were changed or left out.
    pub fn several(&mut self, fate: Fate, what: &'static str, number: usize, sentence: impl Into<String>) {
        if number > 0 {
            self.entries.push(Entry { fate, what, name: String::new(), number, sentence: sentence.into() });
        }
    }

    /// How many things had this fate.
    #[must_use]
    pub fn number(&self, fate: Fate) -> usize {
        self.entries.iter().filter(|entry| entry.fate == fate).map(|entry| entry.number).sum()
    }
}
