//! Ways in which a line of a text is corrected.

use proptest::prelude::*;

/// A way to correct a line of a text.
#[derive(Clone, Debug)]
pub enum Correction {
    /// A new line before it.
    Line(String),
    /// The line is left out.
    LeaveOut,
    /// One of its words is another one.
    Word(usize, String),
    /// A word more.
    Insert(usize, String),
    /// Somebody else says it.
    Label,
}

impl Correction {
    /// The text with its line `line`, counted round, corrected so.
    pub fn apply(&self, text: &str, line: usize) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = line % lines.len().max(1);
        match (self, lines.get_mut(at)) {
            (Self::Line(words), _) => lines.insert(at, format!("R: {words}, then.")),
            (Self::LeaveOut, Some(line)) => line.clear(),
            (Self::Word(place, word), Some(line)) => {
                let words: Vec<&str> = line.split(' ').collect();
                let place = 1 + place % (words.len() - 1);
                *line = words.iter().enumerate().map(|(at, it)| if at == place { word } else { *it }).collect::<Vec<_>>().join(" ");
            }
            (Self::Insert(place, word), Some(line)) => {
                let mut words: Vec<&str> = line.split(' ').collect();
                words.insert(1 + place % (words.len() - 1), word);
                *line = words.join(" ");
            }
            (Self::Label, Some(line)) => line.replace_range(..1, "S"),
            _ => {}
        }
        lines.into_iter().filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
    }
}

/// Any way to correct a line.
pub fn correction() -> impl Strategy<Value = Correction> {
    let word = "[a-c]{1,2}|😀|e\u{301}|\\[Name\\]";
    prop_oneof![
        word.prop_map(Correction::Line),
        Just(Correction::LeaveOut),
        (0usize..9, word).prop_map(|(place, word)| Correction::Word(place, word)),
        (0usize..9, word).prop_map(|(place, word)| Correction::Insert(place, word)),
        Just(Correction::Label),
    ]
}
