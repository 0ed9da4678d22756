use std::cell::OnceCell;

use super::leaf::{Leaf, WordTest};
use super::together::Together;
use crate::query::{Field, Query};
use crate::text::{Span, Token, fold, stretches, tokens};

/// A query ready to run: the same tree, with what it asks of words compiled and its conditions numbered.
#[derive(Clone, Debug)]
pub struct Plan {
    step: Step,
    conditions: Vec<(Field, String)>,
}

/// A node of a [`Plan`].
#[derive(Clone, Debug)]
pub enum Step {
    /// Every paragraph.
    All,
    /// No paragraph.
    Nothing,
    /// What words answer.
    Leaf(Leaf),
    /// What the study answers: index into [`Plan::conditions`].
    Condition(usize),
    /// All of these.
    And(Vec<Step>),
    /// Any of these.
    Or(Vec<Step>),
    /// Not this one.
    Not(Box<Step>),
}

impl Plan {
    /// Compiles `query`.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        let mut conditions = Vec::new();
        let step = Step::of(query, &mut conditions);
        Self { step, conditions }
    }

    /// The root of the tree.
    #[must_use]
    pub const fn step(&self) -> &Step {
        &self.step
    }

    /// The conditions on fields, in the order in which they are written.
    #[must_use]
    pub fn conditions(&self) -> &[(Field, String)] {
        &self.conditions
    }

    /// Runs the query over one text of which the conditions `hold` or not: none when it does not match, else the
    /// words that made it match, in order, in bytes of `text`.
    #[must_use]
    pub fn matches(&self, text: &str, holds: &dyn Fn(usize) -> bool) -> Option<Vec<Span>> {
        let reading = Reading { text, words: tokens(text).collect(), folded: OnceCell::new() };
        reading.run(&self.step, holds).map(stretches)
    }
}

/// The words of `text` that `query` finds, in order, in bytes; conditions on fields are set aside.
#[must_use]
pub fn highlight(query: &Query, text: &str) -> Vec<Span> {
    let words = query.clone().retain_conditions(&mut |_, _| false);
    words.and_then(|words| Plan::new(&words).matches(text, &|_| true)).unwrap_or_default()
}

impl Step {
    fn of(query: &Query, conditions: &mut Vec<(Field, String)>) -> Self {
        let mut all = |parts: &[Query]| parts.iter().map(|part| Self::of(part, conditions)).collect();
        match query {
            Query::All => Self::All,
            Query::And(parts) => Self::And(all(parts)),
            Query::Or(parts) => Self::Or(all(parts)),
            Query::Not(inner) => Self::Not(Box::new(Self::of(inner, conditions))),
            Query::Field { field, value } => {
                conditions.push((field.clone(), value.clone()));
                Self::Condition(conditions.len() - 1)
            }
            other => Leaf::of(other).map_or(Self::Nothing, Self::Leaf),
        }
    }

    /// Whether texts have to be read to answer it.
    #[must_use]
    pub fn reads_texts(&self) -> bool {
        match self {
            Self::Leaf(leaf) => matches!(leaf, Leaf::Text(_)),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::reads_texts),
            Self::Not(inner) => inner.reads_texts(),
            Self::All | Self::Nothing | Self::Condition(_) => false,
        }
    }
}

/// A text that queries run over.
struct Reading<'t> {
    text: &'t str,
    words: Vec<Token>,
    /// Made only when a query looks at more than words.
    folded: OnceCell<Folded>,
}

impl Reading<'_> {
    fn run(&self, step: &Step, holds: &dyn Fn(usize) -> bool) -> Option<Vec<Span>> {
        match step {
            Step::All => Some(Vec::new()),
            Step::Nothing => None,
            Step::Leaf(leaf) => Some(self.found(leaf)).filter(|spans| !spans.is_empty()),
            Step::Condition(index) => holds(*index).then(Vec::new),
            Step::And(parts) => parts.iter().map(|part| self.run(part, holds)).collect::<Option<Vec<_>>>().map(|spans| spans.concat()),
            Step::Or(parts) => {
                let found: Vec<_> = parts.iter().filter_map(|part| self.run(part, holds)).collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Step::Not(inner) => self.run(inner, holds).is_none().then(Vec::new),
        }
    }

    fn found(&self, leaf: &Leaf) -> Vec<Span> {
        match leaf {
            Leaf::Word(test) => self.passing(test),
            Leaf::Together(together) => self.together(together),
            Leaf::Text(regex) => self.folded.get_or_init(|| Folded::new(self.text)).matches(regex).collect(),
        }
    }

    fn passing(&self, test: &WordTest) -> Vec<Span> {
        self.words.iter().filter(|word| test.passes(&word.folded)).map(|word| word.span).collect()
    }

    fn together(&self, together: &Together) -> Vec<Span> {
        let at = |wanted: &String| self.words.iter().zip(0..).filter(|(word, _)| word.folded == *wanted).map(|(_, at)| at).collect();
        let positions: Vec<Vec<u32>> = together.words().iter().map(at).collect();
        let places = together.places(&positions).into_iter();
        places.filter_map(|place| self.words.get(place as usize)).map(|word| word.span).collect()
    }
}

/// A text without case, accents and differences in white space, that knows where each of its bytes came from.
pub struct Folded {
    text: String,
    places: Vec<Span>,
}

impl Folded {
    /// Folds `text`, which is one paragraph.
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let place = Span::of(at..at + c.len_utf8());
            if c.is_whitespace() {
                if !folded.text.ends_with(' ') {
                    folded.push(" ", place);
                }
            } else if c.is_ascii() {
                folded.push(c.to_ascii_lowercase().encode_utf8(&mut [0; 4]), place);
            } else {
                folded.push(&fold(c.encode_utf8(&mut [0; 4])), place);
            }
        }
        folded
    }

    fn push(&mut self, letters: &str, place: Span) {
        self.text.push_str(letters);
        self.places.extend(std::iter::repeat_n(place, letters.len()));
    }

    /// Where `regex` matches something, in bytes of the text as it was.
    pub fn matches<'a>(&'a self, regex: &'a regex::Regex) -> impl Iterator<Item = Span> + 'a {
        regex.find_iter(&self.text).filter_map(|found| {
            let last = found.end().checked_sub(1).filter(|last| *last >= found.start())?;
            Some(self.places.get(found.start())?.hull(*self.places.get(last)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    /// The words that are found, joined by `|`.
    fn check(query: &str, text: &str, expected: &str) {
        let found: Vec<_> = highlight(&parse(query).query, text).into_iter().map(|span| span.slice(text)).collect();
        assert_eq!(found.join("|"), expected, "{query}");
    }

    #[test]
    fn what_matched_is_found_and_nothing_else() {
        let text = "Café staff lead; the leaders couldn’t share\u{a0}any information, or any CO-LOCATION.";
        check("lead", text, "lead");
        check("leader", text, "leaders");
        check("cafe \"LEAD\"", text, "Café|lead");
        check("\"co location\"", text, "CO|LOCATION");
        check("co-location OR absent", text, "CO|LOCATION");
        check("\"information share\"~1", text, "share|information");
        check("\"information share\"~0", text, "");
        check("l*d* AND NOT absent", text, "lead|leaders");
        check("lead NOT staff", text, "");
        check("(lead AND absent) OR staff", text, "staff");
        check("(lead OR theme:x) staff", text, "staff|lead");
        check("informtaion~1", text, "information");
        check("/an./", text, "any|any");
        check("/share any/ any", text, "share\u{a0}any|any");
        check("/any *co-/", text, "any CO-");
        check("theme:x", text, "");
        check("NOT absent", text, "");
    }
}
