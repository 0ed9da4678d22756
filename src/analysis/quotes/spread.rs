use std::collections::{BTreeMap, BTreeSet};

use crate::study::{CaseId, CaseKind, Role, Study, ValueId};

/// A group or area has this many times more, or less, of the quotations than of the words before it is said so.
const FACTOR: f64 = 1.5;

/// And it must be off by at least so many quotations.
const LEAST: f64 = 1.0;

/// Who is quoted how much, against who said how much.
///
/// A quotation counts for each case whose words it holds; a case with two values of an attribute counts under each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// Every crossing of a group with an area that has cases, in the analyst's order, *Not stated* last.
    pub cells: Vec<SpreadCell>,
    /// Each group over all areas; `area` says nothing here.
    pub groups: Vec<SpreadCell>,
    /// Each area over all groups; `group` says nothing here.
    pub areas: Vec<SpreadCell>,
    /// Each case that speaks, in the analyst's order.
    pub cases: Vec<CaseShare>,
    /// Everything.
    pub all: SpreadCell,
}

/// What of the quotations falls to some cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpreadCell {
    /// The group; `None` is *Not stated*.
    pub group: Option<ValueId>,
    /// The area; `None` is *Not stated*.
    pub area: Option<ValueId>,
    /// How many persons speak.
    pub participants: usize,
    /// How many of them are quoted.
    pub participants_quoted: usize,
    /// How many other cases speak: pairs, groups, interviews of which only the label is known, those not identified or not stated.
    pub others: usize,
    /// How many of them are quoted.
    pub others_quoted: usize,
    /// How many quotations hold their words.
    pub quotations: usize,
    /// Words they said, in all sources.
    pub words: u64,
    /// Share of the quotations; `None` when there are none at all.
    pub share_of_quotations: Option<f64>,
    /// Share of the words; `None` when there are none at all.
    pub share_of_words: Option<f64>,
    /// Whether they are quoted more or less than they spoke.
    pub quoted: Share,
}

/// What of the quotations falls to one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseShare {
    /// The case; `None` is *Not stated*.
    pub case: Option<CaseId>,
    /// How many quotations hold its words.
    pub quotations: usize,
    /// Words it said, in all sources.
    pub words: u64,
}

/// How quotations compare with words said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// At least one and a half times as many quotations as the words let expect, and one more at least.
    More,
    /// About as many.
    #[default]
    Even,
    /// At most two thirds as many, and one less at least.
    Less,
}

impl Spread {
    /// Counts what is quoted: for each quotation the cases whose words it holds. One that holds nobody's is left out.
    pub fn of(study: &Study, quoted: impl IntoIterator<Item = BTreeSet<Option<CaseId>>>) -> Self {
        let counted = Counted::of(study, quoted);
        let groups = counted.values(study, Role::Group);
        let areas = counted.values(study, Role::Area);
        let has = |role, value: Option<ValueId>| move |case: Option<CaseId>| values(study, case, role).contains(&value);
        let cell = |group: Option<ValueId>, area: Option<ValueId>, is: &dyn Fn(Option<CaseId>) -> bool| SpreadCell {
            group,
            area,
            ..counted.cell(is)
        };
        let crossings = groups.iter().flat_map(|group| areas.iter().map(move |area| (*group, *area)));
        let cells = crossings.map(|(group, area)| {
            let (in_group, in_area) = (has(Role::Group, group), has(Role::Area, area));
            cell(group, area, &|case| in_group(case) && in_area(case))
        });
        Self {
            cells: cells.filter(|cell| cell.participants + cell.others > 0).collect(),
            groups: groups.iter().map(|group| cell(*group, None, &has(Role::Group, *group))).collect(),
            areas: areas.iter().map(|area| cell(None, *area, &has(Role::Area, *area))).collect(),
            all: counted.cell(&|_| true),
            cases: counted.cases(study),
        }
    }
}

/// What was said and quoted, by case.
struct Counted {
    words: BTreeMap<Option<CaseId>, u64>,
    persons: BTreeSet<Option<CaseId>>,
    /// For each quotation whose words were found at a participant, whose they are.
    quoted: Vec<BTreeSet<Option<CaseId>>>,
}

impl Counted {
    fn of(study: &Study, quoted: impl IntoIterator<Item = BTreeSet<Option<CaseId>>>) -> Self {
        let mut words: BTreeMap<Option<CaseId>, u64> = BTreeMap::new();
        for material in study.materials() {
            for (case, count) in material.words_by_case() {
                *words.entry(case).or_default() += u64::from(count);
            }
        }
        let is_person = |case: &Option<CaseId>| case.and_then(|case| study.case(case)).is_some_and(|case| case.kind == CaseKind::Person);
        let persons = words.keys().copied().filter(is_person).collect();
        Self { words, persons, quoted: quoted.into_iter().filter(|cases| !cases.is_empty()).collect() }
    }

    /// The values of an attribute that any case has which speaks, in order, and *Not stated* if any has none.
    fn values(&self, study: &Study, role: Role) -> Vec<Option<ValueId>> {
        let has: BTreeSet<Option<ValueId>> = self.words.keys().flat_map(|case| values(study, *case, role)).collect();
        let attribute = study.attributes().with_role(role);
        let all = attribute.map(|attribute| study.attributes().values_of(attribute.id)).unwrap_or_default();
        let in_order = all.into_iter().map(|value| Some(value.id)).chain([None]);
        in_order.filter(|value| has.contains(value)).collect()
    }

    fn cell(&self, is: &dyn Fn(Option<CaseId>) -> bool) -> SpreadCell {
        let cases: BTreeSet<Option<CaseId>> = self.words.keys().copied().filter(|case| is(*case)).collect();
        let (persons, others): (Vec<_>, Vec<_>) = cases.iter().partition(|case| self.persons.contains(*case));
        let quoted = |case: &&&Option<CaseId>| self.quoted.iter().any(|cases| cases.contains(**case));
        let quotations = self.quoted.iter().filter(|quoted| !quoted.is_disjoint(&cases)).count();
        let words: u64 = self.words.iter().filter(|(case, _)| cases.contains(case)).map(|(_, words)| words).sum();
        let share = |part: f64, whole: f64| (whole > 0.0).then_some(part / whole);
        let share_of_quotations = share(quotations as f64, self.quoted.len() as f64);
        let share_of_words = share(words as f64, self.words.values().sum::<u64>() as f64);
        let expected = share_of_words.unwrap_or(0.0) * self.quoted.len() as f64;
        let off = quotations as f64 - expected;
        let quoted_share = if off >= LEAST && quotations as f64 >= FACTOR * expected {
            Share::More
        } else if -off >= LEAST && quotations as f64 * FACTOR <= expected {
            Share::Less
        } else {
            Share::Even
        };
        SpreadCell {
            group: None,
            area: None,
            participants: persons.len(),
            participants_quoted: persons.iter().filter(quoted).count(),
            others: others.len(),
            others_quoted: others.iter().filter(quoted).count(),
            quotations,
            words,
            share_of_quotations,
            share_of_words,
            quoted: quoted_share,
        }
    }

    fn cases(&self, study: &Study) -> Vec<CaseShare> {
        let in_order = study.cases_in_order().into_iter().map(|case| Some(case.id)).chain([None]);
        let share = |case: Option<CaseId>| {
            let quotations = self.quoted.iter().filter(|cases| cases.contains(&case)).count();
            self.words.get(&case).map(|words| CaseShare { case, quotations, words: *words })
        };
        in_order.filter_map(share).collect()
    }
}

/// The values of a case in the attribute that plays `role`; *Not stated* where it has none.
fn values(study: &Study, case: Option<CaseId>, role: Role) -> Vec<Option<ValueId>> {
    let values = case.map(|case| study.role_values(case, role)).unwrap_or_default();
    if values.is_empty() { vec![None] } else { values.into_iter().map(Some).collect() }
}
