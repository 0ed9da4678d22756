use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analysis::layer::{CountedSource, Layer};
use crate::analysis::lines::Lines;
use crate::analysis::matrix::Filter;
use crate::study::{AttributeId, BuiltIn, SourceId, Study, ValueId};

/// An interview, and what was heard in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The source.
    pub source: SourceId,
    /// When it was recorded, as it is stated; empty where it is not.
    pub date: String,
    /// The day that this is; `None` where it cannot be read as one without guessing, as “spring 2024” or “04/05/2024”.
    pub day: Option<Date>,
    /// The places of the lines that were heard in it, each once, in order.
    pub themes: Vec<u32>,
}

/// Interviews of those who share a value, or of all, in the order in which they were recorded: by day, those of one day in the
/// order of the sources; those of which no day is known after the rest and in that order too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Whose; the inner `None` is *Not stated*, the outer is all.
    pub value: Option<Option<ValueId>>,
    /// What is left out: what others say who do not have the value, too.
    pub filter: Filter,
    /// The interviews.
    pub interviews: Vec<Interview>,
}

impl Stratum {
    /// How many interviews stand after the rest, as no day of them is known: they have no date, or one that is no day.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.interviews.iter().filter(|interview| interview.day.is_none()).count()
    }

    /// Those of them that have a date, which is no day.
    pub fn without_day(&self) -> impl Iterator<Item = &Interview> {
        self.interviews.iter().filter(|interview| !interview.date.is_empty() && interview.day.is_none())
    }

    /// What was heard in each interview.
    #[must_use]
    pub fn heard(&self) -> Vec<Vec<u32>> {
        self.interviews.iter().map(|interview| interview.themes.clone()).collect()
    }
}

/// The sources in which participants speak as interviews, all of them and those of each value of the attribute `by`, in the analyst's
/// order. To a value count the sources in which somebody with it speaks, and of them what such people said. A value of nobody is left
/// out. `filter` is not to be of those with a value already where `by` asks for each: what an interview leads to has room for one.
#[must_use]
pub fn strata(study: &Study, lines: &Lines, filter: &Filter, by: Option<AttributeId>) -> Vec<Stratum> {
    let layer = Layer::new(study, filter);
    let stated = by.and_then(|by| layer.stated(by));
    let mut all = Vec::new();
    let mut of_values: BTreeMap<Option<ValueId>, Vec<Interview>> = BTreeMap::new();
    for source in layer.sources() {
        let voices = layer.voices(&source);
        if voices.is_empty() {
            continue;
        }
        let (date, day) = (study.built_in(source.material, BuiltIn::Date), study.day_of(source.material));
        let said = said(&layer, lines, &source);
        let interview = |themes: BTreeSet<u32>| Interview {
            source: source.material.source.id,
            date: date.clone(),
            day,
            themes: themes.into_iter().collect(),
        };
        all.push(interview(said.values().flatten().copied().collect()));
        let Some(stated) = &stated else { continue };
        let values: BTreeSet<_> = voices.iter().flat_map(|case| stated.of(*case, source.place)).copied().collect();
        for value in values {
            let theirs = said.iter().filter(|(case, _)| stated.of(**case, source.place).contains(&value));
            of_values.entry(value).or_default().push(interview(theirs.flat_map(|(_, lines)| lines).copied().collect()));
        }
    }
    let order = by.map(|by| study.attributes().values_of(by)).unwrap_or_default().into_iter().map(|value| Some(value.id)).chain([None]);
    let mut strata = vec![Stratum { value: None, filter: filter.clone(), interviews: all }];
    strata.extend(order.filter_map(|value| {
        let filter = Filter { said_by: by.map(|by| (by, value)), ..filter.clone() };
        Some(Stratum { value: Some(value), filter, interviews: of_values.remove(&value)? })
    }));
    for stratum in &mut strata {
        stratum.interviews.sort_by_key(|interview| (interview.day.is_none(), interview.day));
    }
    strata
}

/// The lines that each case was heard on in a source.
fn said(layer: &Layer<'_>, lines: &Lines, source: &CountedSource<'_>) -> BTreeMap<usize, BTreeSet<u32>> {
    let mut said: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for counted in layer.codings(source).0 {
        for case in counted.cases {
            said.entry(case).or_default().extend(lines.of(counted.coded.coding.theme));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lines::Scope;
    use crate::analysis::saturation::news;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, Values};
    use crate::text::Voice;

    #[test]
    fn days_stand_in_their_order_however_they_are_written_and_no_day_is_guessed() {
        let mut builder = Builder::new();
        let date = builder.attribute("Date", AttributeOf::Sources, None, Some(BuiltIn::Date));
        let mut make = |written: &str| {
            let value = builder.value(date, written);
            builder.source(written, None, values(&[(date, value)]), &[(None, Voice::Participant, "The room was cold")]).id
        };
        let written = ["spring 2024", "14 May 2024", "2 February 2024", "04/05/2024", "2024-03-09", "21/03/2024", "2024"];
        let sources = written.map(&mut make);
        let study = builder.study();
        let all = &strata(&study, &Lines::default(), &Filter::default(), None)[0];
        let order: Vec<_> = all.interviews.iter().map(|interview| interview.source).collect();
        assert_eq!(order, [2, 4, 5, 1, 0, 3, 6].map(|at| sources[at]));
        let unread: Vec<&str> = all.without_day().map(|interview| interview.date.as_str()).collect();
        assert_eq!((unread.as_slice(), all.undated()), (&["spring 2024", "04/05/2024", "2024"][..], 3));
    }

    #[test]
    fn interviews_stand_in_the_order_of_their_days_and_each_group_has_what_it_said() {
        let mut builder = Builder::new();
        let ann = builder.coder("Ann");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let date = builder.attribute("Date", AttributeOf::Sources, None, Some(BuiltIn::Date));
        let (leads, workers) = (builder.value(group, "Leads"), builder.value(group, "Workers"));
        let (early, late) = (builder.value(date, "2024-02-01"), builder.value(date, "2024-03-09"));
        let (rooms, letters) = (builder.theme(None, "Rooms"), builder.theme(None, "Letters"));
        let (lead, worker) = (
            builder.case("L", CaseKind::Person, values(&[(group, leads)])),
            builder.case("W", CaseKind::Person, values(&[(group, workers)])),
        );
        let turns = [(Some("L"), Voice::Participant, "The room was cold"), (Some("W"), Voice::Participant, "Letters came late")];
        let mut make = |label, day: Option<_>| {
            let put = builder.source(label, None, day.map_or_else(Values::new, |day| values(&[(date, day)])), &turns);
            builder.speaker(&put, "L", Voice::Participant, Some(lead));
            builder.speaker(&put, "W", Voice::Participant, Some(worker));
            put
        };
        let (undated, second, first) = (make("A", None), make("B", Some(late)), make("C", Some(early)));
        builder.code(&first, first.span("room"), rooms, ann);
        builder.code(&second, second.span("room"), rooms, ann);
        builder.code(&second, second.span("Letters"), letters, ann);
        // A report has no participants.
        builder.source("D", None, Values::new(), &[(None, Voice::Author, "It is said that rooms are cold")]);
        let study = builder.study();
        let lines = Lines::all(study.codebook(), Scope::WithBelow);
        let found = strata(&study, &lines, &Filter::default(), Some(group));
        let order: Vec<_> = found[0].interviews.iter().map(|interview| interview.source).collect();
        assert_eq!(order, [first.id, second.id, undated.id]);
        assert_eq!((found[0].undated(), news(found[0].heard())), (1, vec![1, 1, 0]));
        let of = |value| found.iter().find(|stratum| stratum.value == Some(Some(value))).unwrap();
        assert_eq!(news(of(leads).heard()), [1, 0, 0], "leads spoke of rooms only");
        assert_eq!(news(of(workers).heard()), [0, 1, 0]);
        assert_eq!(found.len(), 3, "nobody is of no group");
    }
}
