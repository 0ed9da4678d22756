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

    /// Notes that many things of a kind are there otherwise, for one and the same reason.
    pub fn changed_many(&mut self, what: &'static str, number: usize, sentence: impl Into<String>) {
        self.several(Fate::Changed, what, number, sentence);
    }

    /// Notes that many things of a kind are not there, for one and the same reason.
    pub fn left_out_many(&mut self, what: &'static str, number: usize, sentence: impl Into<String>) {
        self.several(Fate::LeftOut, what, number, sentence);
    }

    /// Appends what another account tells.
    pub fn append(&mut self, other: Self) {
        self.entries.extend(other.entries);
    }

    /// The account as lines to read: what was kept in one, then what was changed, then what was left out. Entries that say the same
    /// of things of one kind stand together.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = Vec::new();
        for (fate, head) in [(Fate::Kept, "Kept"), (Fate::Changed, "Changed"), (Fate::LeftOut, "Left out")] {
            let mut groups: Vec<(&Entry, usize, Vec<&str>)> = Vec::new();
            for entry in self.entries.iter().filter(|entry| entry.fate == fate) {
                let same = groups.iter_mut().find(|(first, ..)| first.what == entry.what && first.sentence == entry.sentence);
                let name = (!entry.name.is_empty()).then_some(entry.name.as_str());
                match same {
                    Some((_, number, names)) => {
                        *number += entry.number;
                        names.extend(name);
                    }
                    None => groups.push((entry, entry.number, name.into_iter().collect())),
                }
            }
            if !groups.is_empty() {
                lines.push(format!("{head}:"));
                lines.extend(groups.iter().map(|(first, number, names)| line(first, *number, names)));
            }
        }
        lines.join("\n")
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

/// So many names stand in a line.
const NAMES: usize = 5;

fn line(first: &Entry, number: usize, names: &[&str]) -> String {
    let mut line = format!("  {number} {}", first.what);
    if !names.is_empty() {
        let shown: Vec<String> = names.iter().take(NAMES).map(|name| format!("“{}”", shortened(name))).collect();
        let more = if names.len() > NAMES { ", …" } else { "" };
        line.push_str(": ");
        line.push_str(&shown.join(", "));
        line.push_str(more);
    }
    if !first.sentence.is_empty() {
        line.push_str(". ");
        line.push_str(&first.sentence);
    }
    line
}

/// A name in one line of bearable length.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 60;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() <= LONGEST { name } else { name.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_told_in_few_lines() {
        let mut account = Account::default();
        account.kept("codings", 12);
        account.kept("links", 0);
        account.left_out("codings", "a  word", "Its code is not in the file.");
        account.left_out("codings", "another", "Its code is not in the file.");
        account.changed_many("sets", 3, "They are kept.");
        let expected = "Kept:\n  12 codings\nChanged:\n  3 sets. They are kept.\nLeft out:\n  2 codings: “a word”, “another”. Its code is not in the file.";
        assert_eq!(account.to_text(), expected);
        assert_eq!((account.number(Fate::Kept), account.number(Fate::LeftOut)), (12, 2));
    }
}
