//! How cases and cells of one study are named, and what of them is masked because too few people share it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::labels::Labels;
use super::leaving::TableError;
use super::masked::WITHHELD;
use super::matrix::names_of;
use crate::analysis::matrix::{Axis, CellAt, MatrixSpec, People, Point};
use crate::study::{
    Attribute, AttributeId, AttributeOf, Case, CaseId, CaseKind, Crossed, NOT_STATED, PATH_SEPARATOR, Role, Study, Value, ValueId,
};

/// The names of one study's cases and cells.
///
/// Attributes are told in one order: group, area, the others as they stand. Of a case are told as many as at least the
/// smallest number of people share with it, so that the area is masked before the group. Groups that answer as one are
/// several people, and nothing of them is masked.
pub struct Names<'a> {
    study: &'a Study,
    labels: Labels,
    /// The attributes of cases that may leave, in the order they are told in.
    told: Vec<&'a Attribute>,
    /// How many of them are told of a case; all where it is not here.
    kept: HashMap<CaseId, usize>,
    /// The first attribute that is masked of the cell that is listed.
    held_back: Option<usize>,
}

/// A value of a cell as it may be told.
pub(super) struct ToldValue<'a> {
    /// The attribute.
    pub attribute: AttributeId,
    /// What the attribute is called.
    pub name: &'a str,
    /// The value; none where none is stated, where it is masked and where its attribute stays behind.
    pub value: Option<ValueId>,
    /// It in words.
    pub says: String,
}

impl<'a> Names<'a> {
    /// The names by these labels.
    #[must_use]
    pub fn new(study: &'a Study, labels: Labels) -> Self {
        let of_cases = labels.attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases);
        let mut told: Vec<&Attribute> = of_cases.collect();
        told.sort_by_key(|attribute| match attribute.role {
            Some(Role::Group) => 0,
            Some(Role::Area) => 1,
            None => 2,
        });
        let mut names = Self { study, labels, told, kept: HashMap::new(), held_back: None };
        if let Some(smallest) = labels.smallest() {
            names.mask(smallest);
        }
        names
    }

    /// Finds out how much is told of every case.
    fn mask(&mut self, smallest: u32) {
        for kept in (1..=self.told.len()).rev() {
            let key = |case: &Case| -> Vec<BTreeSet<ValueId>> {
                let told = self.told.iter().take(kept);
                told.map(|attribute| case.values.get(&attribute.id).cloned().unwrap_or_default()).collect()
            };
            let mut people: HashMap<Vec<BTreeSet<ValueId>>, u32> = HashMap::new();
            for case in self.study.cases().values() {
                *people.entry(key(case)).or_default() += people_of(case.kind);
            }
            let few = self.study.cases().values().filter(|case| {
                let left = self.kept.get(&case.id).is_none_or(|kept_of| *kept_of >= kept);
                left && case.kind != CaseKind::Group && people.get(&key(case)).is_some_and(|people| *people < smallest)
            });
            let few: Vec<CaseId> = few.map(|case| case.id).collect();
            self.kept.extend(few.into_iter().map(|case| (case, kept - 1)));
        }
    }

    /// The study they are of.
    #[must_use]
    pub const fn study(&self) -> &'a Study {
        self.study
    }

    /// How sources and cases are named.
    #[must_use]
    pub const fn labels(&self) -> Labels {
        self.labels
    }

    /// Of how many cases something is masked.
    #[must_use]
    pub fn masked(&self) -> usize {
        self.kept.len()
    }

    /// What stands where something is masked.
    #[must_use]
    pub fn mask_word(&self) -> String {
        format!("masked (fewer than {})", self.labels.smallest().unwrap_or_default())
    }

    /// Whether the values of a case in an attribute are masked.
    #[must_use]
    pub fn hides(&self, case: CaseId, attribute: AttributeId) -> bool {
        let place = self.told.iter().position(|told| told.id == attribute);
        self.kept.get(&case).is_some_and(|kept| place.is_some_and(|place| place >= *kept))
    }

    /// The values of a case in an attribute, or why they are not told.
    #[must_use]
    pub fn values(&self, case: Option<&Case>, attribute: AttributeId) -> String {
        let Some(case) = case else { return NOT_STATED.to_owned() };
        if self.hides(case.id, attribute) {
            return self.mask_word();
        }
        let names = self.study.value_names(&case.values, attribute);
        if names.is_empty() { NOT_STATED.to_owned() } else { names }
    }

    /// A case as tables name it: its id, by full labels with group and area.
    #[must_use]
    pub fn case(&self, case: &Case) -> String {
        let said = if self.labels.is_full() { self.place(case) } else { String::new() };
        if said.is_empty() { case.label.clone() } else { format!("{} ({said})", case.label) }
    }

    /// Who says something, as it stands under a quote: id, group, area, as far as they may be told.
    #[must_use]
    pub fn attribution(&self, case: Option<&Case>) -> String {
        let Some(case) = case else { return NOT_STATED.to_owned() };
        let place = self.place(case);
        if place.is_empty() { case.label.clone() } else { format!("{}, {place}", case.label) }
    }

    /// Group and area of a case; nothing of what is not stated, masked values once.
    fn place(&self, case: &Case) -> String {
        let roles = self.told.iter().filter(|attribute| attribute.role.is_some());
        let told: Vec<String> = roles.map(|attribute| self.values(Some(case), attribute.id)).filter(|names| names != NOT_STATED).collect();
        let mut once = told;
        once.dedup();
        once.join(", ")
    }

    /// What a theme is crossed with in a cell: a case, or "Group: Managers; Area: Fife"; "All" without values.
    #[must_use]
    pub fn crossed(&self, of: &Crossed) -> String {
        match of {
            Crossed::Case(case) => self.study.case(*case).map_or_else(|| NOT_STATED.to_owned(), |case| self.case(case)),
            Crossed::Values(values) => self.crossed_values(values),
        }
    }

    /// The same in as few words as tell it under a heading: "Managers, Fife".
    #[must_use]
    pub fn crossed_short(&self, of: &Crossed) -> String {
        let Crossed::Values(values) = of else { return self.crossed(of) };
        let one = |(name, value): (&str, String)| if value == NOT_STATED { format!("{name} not stated") } else { value };
        let mut words: Vec<String> = self.told_of(values).into_iter().map(one).collect();
        words.dedup();
        if words.is_empty() { "All".to_owned() } else { words.join(", ") }
    }

    fn crossed_values(&self, values: &BTreeMap<AttributeId, Option<ValueId>>) -> String {
        let words: Vec<String> = self.told_of(values).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if words.is_empty() { "All".to_owned() } else { words.join("; ") }
    }

    /// The attributes of a cell with its values, as far as they may be told.
    fn told_of(&self, values: &BTreeMap<AttributeId, Option<ValueId>>) -> Vec<(&'a str, String)> {
        self.told_values(values).map(|told| (told.name, told.says)).collect()
    }

    /// The same by identities, in the order they are told in.
    pub(super) fn told_values(&self, values: &BTreeMap<AttributeId, Option<ValueId>>) -> impl Iterator<Item = ToldValue<'a>> {
        let wanted = self.in_told_order(values);
        let kept = self.kept_of(&wanted);
        wanted.into_iter().enumerate().map(move |(at, (id, value))| {
            let attribute = self.study.attributes().get(id);
            let leaves = at < kept && attribute.is_some_and(|attribute| self.labels.lets_out(attribute));
            let says = match value {
                _ if at >= kept => self.mask_word(),
                Some(value) => self.labels.value(self.study, value),
                None => NOT_STATED.to_owned(),
            };
            let name = attribute.map_or("", |attribute| attribute.name.as_str());
            ToldValue { attribute: id, name, value: value.filter(|_| leaves), says }
        })
    }

    /// Whether a value may stand in a list of all: of cases of which it is masked the list would else tell who has it.
    #[must_use]
    pub fn lists(&self, value: &Value) -> bool {
        let of = self.study.attributes().get(value.attribute).map(|attribute| attribute.of);
        of == Some(AttributeOf::Sources) || self.kept_of(&[(value.attribute, Some(value.id))]) > 0
    }

    /// The values of a cell in the order they are told in.
    fn in_told_order(&self, values: &BTreeMap<AttributeId, Option<ValueId>>) -> Vec<(AttributeId, Option<ValueId>)> {
        let mut wanted: Vec<(AttributeId, Option<ValueId>)> = values.iter().map(|(attribute, value)| (*attribute, *value)).collect();
        wanted.sort_by_key(|(attribute, _)| {
            let attribute = self.study.attributes().get(*attribute);
            let place = attribute.and_then(|it| self.told.iter().position(|told| told.id == it.id));
            (place.unwrap_or(usize::MAX), attribute.map(|attribute| attribute.position))
        });
        wanted
    }

    /// How many of the values of a cell may be told, from the first on: as many as enough people share, or nobody has.
    fn kept_of(&self, wanted: &[(AttributeId, Option<ValueId>)]) -> usize {
        let Some(smallest) = self.labels.smallest() else { return wanted.len() };
        let has = |case: &Case, (attribute, value): &(AttributeId, Option<ValueId>)| {
            let own = case.values.get(attribute).filter(|own| !own.is_empty());
            value.map_or(own.is_none(), |value| own.is_some_and(|own| own.contains(&value)))
        };
        let is_of_cases = |(attribute, _): &&(AttributeId, Option<ValueId>)| {
            self.study.attributes().get(*attribute).is_some_and(|attribute| attribute.of == AttributeOf::Cases)
        };
        let enough = |kept: &usize| {
            let wanted: Vec<_> = wanted.iter().take(*kept).filter(is_of_cases).collect();
            let of: Vec<&Case> = self.study.cases().values().filter(|case| wanted.iter().all(|wanted| has(case, wanted))).collect();
            let people: u32 = of.iter().map(|case| people_of(case.kind)).sum();
            wanted.is_empty() || of.is_empty() || people >= smallest || of.iter().any(|case| case.kind == CaseKind::Group)
        };
        (0..=wanted.len()).rev().find(enough).unwrap_or(0)
    }

    /// The name of a theme as tables write it, with those above it.
    #[must_use]
    pub fn theme(&self, theme: crate::study::ThemeId) -> String {
        self.study.codebook().path(theme)
    }

    /// Whether the places of cases in a matrix would not tell what is masked of them.
    ///
    /// # Errors
    /// [`TableError::SinglesOut`] where cases are crossed with an attribute that is masked for one of them.
    pub fn may_cross(&self, spec: &MatrixSpec) -> Result<(), TableError> {
        let by = spec.axes().filter_map(|axis| if let Axis::Attribute(id) = axis { Some(id) } else { None });
        let by = by.chain(spec.filter.said_by.map(|(id, _)| id));
        let all = self.kept.keys().copied().collect();
        if spec.axes().any(|axis| axis == Axis::Cases) { self.may_narrow(by, &all) } else { Ok(()) }
    }

    /// Whether it would not tell what is masked of these cases that they were chosen by these attributes.
    ///
    /// # Errors
    /// [`TableError::SinglesOut`] where one of the attributes is masked for one of the cases.
    pub fn may_narrow(&self, by: impl IntoIterator<Item = AttributeId>, cases: &BTreeSet<CaseId>) -> Result<(), TableError> {
        let hides = |attribute: &AttributeId| cases.iter().any(|case| self.hides(*case, *attribute));
        let attribute = by.into_iter().find(hides).and_then(|id| self.study.attributes().get(id));
        attribute.map_or(Ok(()), |attribute| Err(TableError::SinglesOut { attribute: attribute.name.clone() }))
    }

    /// The same for what these cases say in one cell: where it is of a value that is masked for one of them, it is masked for all,
    /// for what the others are told to have would be known of that one too.
    #[must_use]
    pub fn in_cell(mut self, at: &CellAt, cases: &BTreeSet<CaseId>) -> Self {
        let place = |(axis, _): (&Axis, &Point)| match axis {
            Axis::Attribute(id) if cases.iter().any(|case| self.hides(*case, *id)) => self.told.iter().position(|told| told.id == *id),
            _ => None,
        };
        self.held_back = at.points().filter_map(place).min();
        if let Some(place) = self.held_back {
            for case in cases {
                let kept = self.kept.entry(*case).or_insert(place);
                *kept = place.min(*kept);
            }
        }
        self
    }

    /// What a point on an axis is called, a theme by its path; masked where it is of a cell whose value is.
    #[must_use]
    pub fn point(&self, axis: Axis, point: Point) -> String {
        let is_masked = |place| self.told.iter().position(|told| axis == Axis::Attribute(told.id)).is_some_and(|at| at >= place);
        if self.held_back.is_some_and(is_masked) { self.mask_word() } else { names_of(self, &[point]).concat() }
    }

    /// Whether something is masked of one of these cases, so that no order by values may be seen.
    #[must_use]
    pub fn masks_any(&self, cases: &BTreeSet<CaseId>) -> bool {
        cases.iter().any(|case| self.kept.contains_key(case))
    }

    /// The values of a cell as they stand in order: as the analyst has them, then *Not stated*, then what is masked, of which no
    /// order may be seen.
    #[must_use]
    pub fn order(&self, values: &BTreeMap<AttributeId, Option<ValueId>>) -> Vec<(usize, u8, i64)> {
        let wanted = self.in_told_order(values);
        let kept = self.kept_of(&wanted);
        let attributes = self.study.attributes();
        let one = |(at, (attribute, value)): (usize, &(AttributeId, Option<ValueId>))| {
            let attribute = attributes.get(*attribute).map_or(usize::MAX, |attribute| attribute.position as usize);
            match value.and_then(|value| attributes.value(value)) {
                _ if at >= kept => (attribute, 2, 0),
                None => (attribute, 1, 0),
                Some(value) => (attribute, 0, value.position),
            }
        };
        let mut order: Vec<_> = wanted.iter().enumerate().map(one).collect();
        order.sort_unstable();
        order
    }

    /// Whether figures that rest on these people are masked: on so few that values of attributes would tell who they are.
    #[must_use]
    pub fn too_few(&self, spec: &MatrixSpec, people: People) -> bool {
        let Some(smallest) = self.labels.smallest() else { return false };
        let crosses = spec.axes().any(|axis| {
            let attribute = if let Axis::Attribute(id) = axis { self.study.attributes().get(id) } else { None };
            attribute.is_some_and(|attribute| attribute.of == AttributeOf::Cases)
        });
        let heard = heads(people);
        crosses && people.groups == 0 && 0 < heard && heard < smallest
    }

    /// What stands in the place of a figure that rests on too few.
    #[must_use]
    pub fn few_word(&self) -> String {
        format!("<{}", self.labels.smallest().unwrap_or_default())
    }

    /// What is masked, for the note beside a table; nothing where nothing is to be.
    #[must_use]
    pub fn masking_says(&self) -> Vec<String> {
        let says = [self.masked_values_say(), self.masked_figures_say()];
        says.into_iter().flatten().collect()
    }

    /// How values are masked, and what is not looked through.
    pub(super) fn masked_values_say(&self) -> Option<String> {
        let smallest = self.labels.smallest()?;
        let masked = match self.masked() {
            0 => "Nobody has values that are shared by so few.".to_owned(),
            1 => "Values of 1 case are masked.".to_owned(),
            n => format!("Values of {n} cases are masked."),
        };
        Some(format!(
            "Values of cases are told as far as at least {smallest} people share them, in the order {}; from there on stands “{}”. {masked} Groups that answer as one are several people and are not masked. Ids stand as they are, also where an id itself tells group or area; what is written in words, as summaries, memos and passages, is not looked through.",
            self.order_says(),
            self.mask_word()
        ))
    }

    /// How figures are masked in a matrix.
    fn masked_figures_say(&self) -> Option<String> {
        let smallest = self.labels.smallest()?;
        Some(format!(
            "Where attributes of cases are crossed, “{}” stands for every figure that rests on fewer than {smallest} people and on no group; “{WITHHELD}” for totals, themes with sub-themes and shares from which such a figure would follow. Cases are not crossed with an attribute that is masked for one of them.",
            self.few_word()
        ))
    }

    /// How numbers of participants are masked whose sum is known.
    pub(super) fn withheld_say(&self) -> Option<String> {
        let smallest = self.labels.smallest()?;
        Some(format!(
            "“{WITHHELD}” stands for numbers of fewer than {smallest} people, for as many others as it takes that none of these can be worked out, and for the totals of their rows and columns. Where even that would tell them, all of an attribute is left out."
        ))
    }

    fn order_says(&self) -> String {
        let names: Vec<&str> = self.told.iter().map(|attribute| attribute.name.as_str()).collect();
        names.join(PATH_SEPARATOR)
    }
}

/// How many people a case surely is.
const fn people_of(kind: CaseKind) -> u32 {
    if matches!(kind, CaseKind::Pair) { 2 } else { 1 }
}

/// How many are heard at least: in a pair it is two.
pub(super) const fn heads(people: People) -> u32 {
    let People { persons, pairs, groups: _, interview_labels, unidentified } = people;
    persons + 2 * pairs + interview_labels + unidentified
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, values};

    /// Four managers, one of them alone in her area, a client alone in hers, and a group of clients elsewhere.
    fn study() -> Study {
        let mut b = Builder::new();
        let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let years = b.attribute("Years", AttributeOf::Cases, None, None);
        let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let [managers, clients] = ["Managers", "Clients"].map(|name| b.value(group, name));
        let [moray, fife] = ["Moray", "Fife"].map(|name| b.value(area, name));
        let few = b.value(years, "few");
        for (label, kind, own) in [
            ("M1", CaseKind::Person, vec![(group, managers), (area, fife), (years, few)]),
            ("M2", CaseKind::Person, vec![(group, managers), (area, fife)]),
            ("M3", CaseKind::Person, vec![(group, managers), (area, fife)]),
            ("M4", CaseKind::Person, vec![(group, managers), (area, moray)]),
            ("C1", CaseKind::Person, vec![(group, clients), (area, moray)]),
            ("C2", CaseKind::Group, vec![(group, clients), (area, fife)]),
            ("X", CaseKind::Unidentified, vec![]),
        ] {
            b.case(label, kind, values(&own));
        }
        b.study()
    }

    #[test]
    fn what_too_few_share_is_masked_the_area_before_the_group() {
        let study = study();
        let told = |smallest: u32| -> Vec<String> {
            let names = Names::new(&study, Labels::FULL.masking(Some(smallest)));
            study.cases_in_order().into_iter().map(|case| names.case(case)).collect()
        };
        assert_eq!(
            told(1),
            [
                "M1 (Managers, Fife)",
                "M2 (Managers, Fife)",
                "M3 (Managers, Fife)",
                "M4 (Managers, Moray)",
                "C1 (Clients, Moray)",
                "C2 (Clients, Fife)",
                "X"
            ]
        );
        let mask = "masked (fewer than 3)";
        let one = format!("M4 (Managers, {mask})");
        let both = format!("C1 ({mask})");
        let nobody = format!("X ({mask})");
        assert_eq!(
            told(3),
            ["M1 (Managers, Fife)", "M2 (Managers, Fife)", "M3 (Managers, Fife)", &one, &both, "C2 (Clients, Fife)", &nobody]
        );
        let names = Names::new(&study, Labels::IDS.masking(Some(2)));
        let years = study.attributes().named("Years").unwrap().id;
        assert!(names.hides(study.case_labelled("M1").unwrap().id, years), "alone with her years");
        assert_eq!(names.values(study.case_labelled("M2"), years), NOT_STATED);
        assert_eq!(names.masked(), 4);
    }

    fn area_place(study: &Study) -> usize {
        usize::try_from(study.attributes().named("Area").unwrap().position).unwrap()
    }

    #[test]
    fn cells_of_too_few_are_masked_and_empty_ones_are_not() {
        let study = study();
        let names = Names::new(&study, Labels::IDS.masking(Some(2)));
        let attributes = study.attributes();
        let value = |attribute: &str, name: &str| {
            let attribute = attributes.named(attribute).unwrap().id;
            (attribute, attributes.find_value(attribute, name).map(|value| value.id))
        };
        let cell = |list: &[(AttributeId, Option<ValueId>)]| names.crossed(&Crossed::Values(list.iter().copied().collect()));
        let (managers, clients, fife, moray) =
            (value("Group", "Managers"), value("Group", "Clients"), value("Area", "Fife"), value("Area", "Moray"));
        assert_eq!(cell(&[managers, fife]), "Group: Managers; Area: Fife");
        assert_eq!(cell(&[managers, moray]), "Group: Managers; Area: masked (fewer than 2)");
        assert_eq!(cell(&[clients, moray]), "Group: Clients; Area: masked (fewer than 2)");
        assert_eq!(cell(&[clients, fife]), "Group: Clients; Area: Fife", "a group is several people");
        assert_eq!(cell(&[]), "All");
        assert_eq!(names.crossed(&Crossed::Case(study.case_labelled("M4").unwrap().id)), "M4");
        // What is masked stands last, wherever the analyst has it.
        let order = |list: &[(AttributeId, Option<ValueId>)]| names.order(&list.iter().copied().collect());
        assert!(order(&[managers, fife]) < order(&[managers, moray]));
        assert!(order(&[clients, fife]) < order(&[clients, moray]));
        assert_eq!(order(&[managers, moray])[1..], [(area_place(&study), 2, 0)]);
    }
}
