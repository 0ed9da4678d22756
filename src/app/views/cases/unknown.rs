//! Names that nothing has yet, and what they could stand for: a value, a case, a kind of case, what somebody is.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog, Match, Matches, Meant};
use crate::app::views::case_kind::kind_names;
use crate::exchange::import::Part;
use crate::query::within;
use crate::study::{AttributeId, Study, Value};
use crate::text::fold;

/// What a name would be one of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The values of an attribute of this name.
    Values(String),
    Cases,
    Kinds,
    Parts,
}

/// A name that nothing has, and what it could stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    words: String,
    of: Of,
    /// What there is, the nearest first.
    offers: Vec<String>,
    /// How many of those come first as answers.
    near: usize,
}

impl Unknown {
    fn new(words: &str, of: Of, near: Vec<String>, all: impl Iterator<Item = String>) -> Self {
        let (count, mut offers) = (near.len(), near);
        let rest: Vec<String> = all.filter(|name| !offers.contains(name)).take(MOST).collect();
        offers.extend(rest);
        Self { words: words.trim().to_owned(), of, offers, near: count }
    }

    /// A name that no value of an attribute has.
    pub(super) fn value(study: &Study, attribute: AttributeId, words: &str) -> Self {
        let of = study.attributes().get(attribute).map(|attribute| attribute.name.clone()).unwrap_or_default();
        let values = study.attributes().values_of(attribute);
        let near = nearest(&values, words);
        Self::new(words, Of::Values(of), near, values.into_iter().map(|value| value.name.clone()))
    }

    /// A name that no case has.
    pub(super) fn case(study: &Study, words: &str) -> Self {
        let all = study.cases_in_order().into_iter().map(|case| case.label.clone());
        Self::new(words, Of::Cases, near_cases(study, words), all)
    }

    /// A name that no kind of case has.
    pub(super) fn kind(words: &str) -> Self {
        Self::of_few(words, Of::Kinds, kind_names())
    }

    /// A name of nothing that somebody who speaks can be.
    pub(super) fn part(words: &str) -> Self {
        Self::of_few(words, Of::Parts, Part::names())
    }

    /// One of so few that all are offered, those that differ in the fewest letters first.
    fn of_few(words: &str, of: Of, mut all: Vec<String>) -> Self {
        let wanted: Vec<char> = fold(words.trim()).chars().collect();
        all.sort_by_key(|name| differing(&wanted, name).unwrap_or(usize::MAX));
        Self { near: all.len(), ..Self::new(words, of, all, std::iter::empty()) }
    }

    /// Whether it can be made.
    const fn can_be_made(&self) -> bool {
        matches!(self.of, Of::Values(_) | Of::Cases)
    }

    /// What there is, the nearest first.
    pub(super) fn offers(&self) -> &[String] {
        &self.offers
    }

    /// Whether something there is nearly named so.
    pub(super) const fn is_near(&self) -> bool {
        self.near > 0
    }

    fn title(&self) -> String {
        let words = &self.words;
        match &self.of {
            Of::Values(attribute) => format!("“{words}” is no value of {attribute} yet"),
            Of::Cases => format!("There is no case “{words}” yet"),
            Of::Kinds => format!("“{words}” is no kind of case"),
            Of::Parts => format!("“{words}” is nothing that somebody who speaks can be"),
        }
    }

    const fn why(&self) -> &'static str {
        match self.of {
            Of::Values(_) => "Values are what the matrix counts by; two spellings of one would stand apart.",
            Of::Cases => "Two spellings of one id would be two cases, and counted as two people.",
            Of::Kinds | Of::Parts => "",
        }
    }

    /// As a line of a list of several.
    pub(super) fn line(&self) -> Match {
        let near = self.offers.first().filter(|_| self.near > 0);
        let meant = match near {
            Some(near) if self.can_be_made() || self.is_letters_off(near) => Meant::Known(near.clone()),
            _ if self.can_be_made() => Meant::New,
            _ => Meant::Nothing,
        };
        let of = match &self.of {
            Of::Values(attribute) => attribute.clone(),
            Of::Cases => "Case".to_owned(),
            Of::Kinds => "Kind of case".to_owned(),
            Of::Parts => "Is".to_owned(),
        };
        Match { words: self.words.clone(), of, offers: self.offers.clone(), can_be_made: self.can_be_made(), meant }
    }

    /// Whether a name differs from it in few letters only.
    fn is_letters_off(&self, name: &str) -> bool {
        let wanted: Vec<char> = fold(&self.words).chars().collect();
        differing(&wanted, name).is_some()
    }
}

/// Asks what unknown names stand for: with a few answers for one of them, with a list for several. `cells` is how many cells
/// wait for it; `then` gets the meanings in the order of the names.
pub(super) fn ask(unknown: &[Unknown], cells: usize, then: impl Fn(Vec<Meant>) -> Action + Send + 'static) -> Dialog {
    if let [one] = unknown {
        let leave = if cells == 1 { "Leave the cell as it was" } else { "Leave the cells as they were" };
        let near = one.offers.iter().take(one.near);
        let mut answers: Vec<Answer> =
            near.map(|known| Answer::new(format!("Use “{known}”"), then(vec![Meant::Known(known.clone())]))).collect();
        match one.of {
            Of::Values(_) => answers.push(Answer::new(format!("Add “{}” as new value", one.words), then(vec![Meant::New]))),
            Of::Cases => answers.push(Answer::new(format!("Add “{}” as a new case", one.words), then(vec![Meant::New]))),
            Of::Kinds | Of::Parts => {}
        }
        return Dialog::Choice(Choice::new(one.title(), answers).what(one.why()).leave(leave));
    }
    let all_of = |of: fn(&Of) -> bool| unknown.iter().all(|unknown| of(&unknown.of));
    let names = match () {
        () if all_of(|of| matches!(of, Of::Values(_))) => "values are not there yet",
        () if all_of(|of| matches!(of, Of::Cases)) => "cases are not there yet",
        () if all_of(|of| matches!(of, Of::Kinds)) => "names are no kinds of case",
        () => "names are not known",
    };
    let title = format!("{} {names}", unknown.len());
    let why = unknown.iter().map(Unknown::why).find(|why| !why.is_empty()).unwrap_or_default();
    Dialog::Matches(Matches::new(title, why, unknown.iter().map(Unknown::line).collect(), then))
}

/// More names than anybody looks through in a menu.
const MOST: usize = 200;

/// How many values are offered in the place of an unknown one.
const OFFERED: usize = 4;

/// Those that differ in few letters, then those that share a word's beginning.
fn nearest(values: &[&Value], name: &str) -> Vec<String> {
    let wanted: Vec<char> = fold(name).chars().collect();
    let starts = starts(name);
    let mut found: Vec<(usize, Reverse<usize>, &str)> = values
        .iter()
        .filter_map(|value| {
            let spellings = value.aliases.iter().chain([&value.name]);
            let letters = spellings.filter_map(|spelling| differing(&wanted, spelling)).min();
            let shared = self::starts(&value.name).intersection(&starts).count();
            (letters.is_some() || shared > 0).then_some((letters.unwrap_or(usize::MAX), Reverse(shared), value.name.as_str()))
        })
        .collect();
    found.sort();
    found.into_iter().take(OFFERED).map(|(.., name)| name.to_owned()).collect()
}

/// The ids of cases that differ from one in few letters, the nearest first.
fn near_cases(study: &Study, label: &str) -> Vec<String> {
    let wanted: Vec<char> = fold(label).chars().collect();
    let labels = study.cases().values().map(|case| case.label.as_str());
    let mut found: Vec<(usize, &str)> = labels.filter_map(|label| Some((differing(&wanted, label)?, label))).collect();
    found.sort_unstable();
    found.into_iter().take(OFFERED).map(|(_, label)| label.to_owned()).collect()
}

/// In how many letters two spellings differ, if that is at most one in three.
fn differing(wanted: &[char], spelling: &str) -> Option<usize> {
    let other: Vec<char> = fold(spelling).chars().collect();
    within(wanted, &other, wanted.len().min(other.len()) / 3)
}

/// The beginnings of the words.
fn starts(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(|word| fold(word).chars().take(3).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::ValueId;

    #[test]
    fn near_values_come_first() {
        let attribute = AttributeId::new();
        let value = |(name, alias): (&str, &str)| Value {
            id: ValueId::new(),
            attribute,
            name: name.into(),
            aliases: vec![alias.into()],
            position: 1,
        };
        let areas = [("Fife", "Kingdom"), ("South Lanarkshire", ""), ("West Lothian", ""), ("Highland", ""), ("A", ""), ("B", "")];
        let areas = areas.map(value);
        for (name, expected) in [
            ("Fyfe", &["Fife"][..]),
            ("kingdon", &["Fife"]),
            ("S. Lanarkshire", &["South Lanarkshire"]),
            ("West Lothain", &["West Lothian"]),
            ("South", &["South Lanarkshire"]),
            ("C", &[]),
            ("Skye", &[]),
        ] {
            assert_eq!(nearest(&areas.each_ref(), name), expected, "{name}");
        }
    }

    #[test]
    fn of_few_all_are_offered_and_only_a_slip_is_taken_for_one() {
        let slip = Unknown::kind("grup");
        assert_eq!((slip.offers.len(), slip.offers[0].as_str(), slip.line().meant), (5, "group", Meant::Known("group".into())));
        let strange = Unknown::kind("committee");
        assert_eq!((strange.offers.len(), strange.line().meant), (5, Meant::Nothing));
        assert!(!strange.line().can_be_made);
        assert_eq!(Unknown::part("interveiwer").offers[0], "Interviewer");
    }
}
