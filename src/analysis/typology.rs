//! The types of a typology: which cases are of which, and how types lie across an attribute.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::study::{AttributeId, Case, CaseId, Dimension, DimensionId, DimensionValueId, Placement, Study, TypologyId, ValueId};

/// So many combinations are listed with the empty ones among them; of more only those with cases.
pub const MOST_TYPES: usize = 1_000;

/// Where a case is in a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// It has this value.
    Value(DimensionValueId),
    /// Somebody said that it has none of the values, or the value it had is gone.
    Unplaced,
    /// Nobody has said anything yet.
    Open,
}

impl At {
    /// Where a placement puts a case.
    #[must_use]
    pub fn of(dimension: &Dimension, placement: Option<&Placement>) -> Self {
        match placement {
            None => Self::Open,
            Some(placement) => placement.value.filter(|value| dimension.values.contains_key(value)).map_or(Self::Unplaced, Self::Value),
        }
    }
}

/// One combination of values with its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The value in each dimension, in their order.
    pub values: Vec<DimensionValueId>,
    /// The cases, in the analyst's order.
    pub cases: Vec<CaseId>,
}

/// Every case of a study by a typology. Each is in exactly one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// The dimensions that have values, in the analyst's order: a dimension without any sorts nothing.
    pub dimensions: Vec<DimensionId>,
    /// The types: every combination, the empty ones too, in the order of the values.
    pub types: Vec<Type>,
    /// How many combinations there are, where that is more than [`MOST_TYPES`] and the empty ones are left out.
    pub too_many: Option<usize>,
    /// Cases that were said to have none of the values of a dimension.
    pub unplaced: Vec<CaseId>,
    /// Cases that are not placed yet in some dimension, and unplaced in none.
    pub open: Vec<CaseId>,
}

/// Sorts the cases of a study by a typology.
#[must_use]
pub fn types(study: &Study, typology: TypologyId) -> Types {
    let typologies = study.typologies();
    let mut dimensions = typologies.dimensions_of(typology);
    dimensions.retain(|dimension| !dimension.values.is_empty());
    let mut found: BTreeMap<Vec<usize>, Vec<CaseId>> = BTreeMap::new();
    let (mut unplaced, mut open) = (Vec::new(), Vec::new());
    let placements: HashMap<(DimensionId, CaseId), &Placement> = typologies.placements().map(|it| ((it.dimension, it.case), it)).collect();
    let orders: Vec<Vec<DimensionValueId>> =
        dimensions.iter().map(|dimension| dimension.in_order().into_iter().map(|(id, _)| id).collect()).collect();
    for case in study.cases_in_order() {
        let at: Vec<At> = dimensions.iter().map(|dimension| At::of(dimension, placements.get(&(dimension.id, case.id)).copied())).collect();
        if at.contains(&At::Unplaced) {
            unplaced.push(case.id);
        } else if at.is_empty() || at.contains(&At::Open) {
            open.push(case.id);
        } else {
            let place = at.iter().zip(&orders).filter_map(|(at, order)| order.iter().position(|value| At::Value(*value) == *at));
            found.entry(place.collect()).or_default().push(case.id);
        }
    }
    let count = if orders.is_empty() { 0 } else { orders.iter().map(Vec::len).fold(1, usize::saturating_mul) };
    let too_many = (count > MOST_TYPES).then_some(count);
    let places: Vec<Vec<usize>> = if too_many.is_some() { found.keys().cloned().collect() } else { combinations(&orders) };
    let types = places.into_iter().map(|place| {
        let values = place.iter().zip(&orders).filter_map(|(at, order)| order.get(*at).copied()).collect();
        Type { values, cases: found.remove(&place).unwrap_or_default() }
    });
    Types { types: types.collect(), dimensions: dimensions.iter().map(|dimension| dimension.id).collect(), too_many, unplaced, open }
}

/// Every combination of places, the last changing first.
fn combinations(orders: &[Vec<DimensionValueId>]) -> Vec<Vec<usize>> {
    if orders.is_empty() {
        return Vec::new();
    }
    orders.iter().fold(vec![Vec::new()], |begun, order| {
        let longer = |begin: &Vec<usize>| (0..order.len()).map(|at| [begin.as_slice(), &[at]].concat()).collect::<Vec<_>>();
        begun.iter().flat_map(longer).collect()
    })
}

impl Types {
    /// The name of a type: "hopeful · supported".
    #[must_use]
    pub fn name(&self, study: &Study, of: &Type) -> String {
        let name = |(dimension, value): (&DimensionId, &DimensionValueId)| study.typologies().dimension(*dimension)?.value_name(*value);
        let words: Vec<&str> = self.dimensions.iter().zip(&of.values).filter_map(name).collect();
        words.join(" · ")
    }
}

/// Types across an attribute: for each column the cases of each row. A case with two values stands under each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The values that some case has, in the analyst's order, *Not stated* (`None`) last.
    pub columns: Vec<Option<ValueId>>,
    /// For each list of cases that was given, the cases under each column.
    pub rows: Vec<Vec<Vec<CaseId>>>,
}

/// Lays lists of cases across an attribute of cases.
#[must_use]
pub fn across(study: &Study, attribute: AttributeId, lists: &[&[CaseId]]) -> Across {
    let values_of = |case: CaseId| -> BTreeSet<Option<ValueId>> {
        let stated = study.case(case).and_then(|case: &Case| case.values.get(&attribute)).filter(|values| !values.is_empty());
        stated.map_or_else(|| BTreeSet::from([None]), |values| values.iter().copied().map(Some).collect())
    };
    let taken: BTreeSet<Option<ValueId>> = lists.iter().flat_map(|list| list.iter()).flat_map(|case| values_of(*case)).collect();
    let mut columns: Vec<Option<ValueId>> = study.attributes().values_of(attribute).into_iter().map(|value| Some(value.id)).collect();
    columns.push(None);
    columns.retain(|value| taken.contains(value));
    let row = |list: &&[CaseId]| -> Vec<Vec<CaseId>> {
        columns.iter().map(|value| list.iter().copied().filter(|case| values_of(*case).contains(value)).collect()).collect()
    };
    Across { rows: lists.iter().map(row).collect(), columns }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::testing::Blobs;
    use crate::study::{Attribute, AttributeOf, CaseKind, Coder, CoderId, DimensionValue, Entity, PlacementId, Typology, Value, Values};

    struct Scene {
        entities: Vec<Entity>,
        coder: CoderId,
        typology: TypologyId,
    }

    fn scene() -> Scene {
        let (coder, typology) = (CoderId::new(), TypologyId::new());
        let entities = vec![
            Coder { id: coder, name: "Elspeth".into(), initials: "E".into() }.into(),
            Typology { id: typology, name: "Ways".into(), about: String::new(), coder, time: 0, position: 1 }.into(),
        ];
        Scene { entities, coder, typology }
    }

    impl Scene {
        fn dimension(&mut self, name: &str, values: &[&str], position: i64) -> (DimensionId, Vec<DimensionValueId>) {
            let id = DimensionId::new();
            let ids: Vec<_> = values.iter().map(|_| DimensionValueId::new()).collect();
            let named = ids.iter().zip(values).zip(1..);
            let values = named.map(|((id, name), position)| (*id, DimensionValue { name: (*name).to_owned(), position })).collect();
            self.entities.push(Dimension { id, typology: self.typology, name: name.to_owned(), values, position }.into());
            (id, ids)
        }

        fn case(&mut self, label: &str, position: i64, values: Values) -> CaseId {
            let id = CaseId::new();
            self.entities.push(Case { id, label: label.to_owned(), kind: CaseKind::Person, values, position }.into());
            id
        }

        fn place(&mut self, case: CaseId, dimension: DimensionId, value: Option<DimensionValueId>) {
            let id: PlacementId = Placement::id_of(dimension, case);
            let (reason, rests_on) = (String::new(), Vec::new());
            self.entities.push(Placement { id, dimension, case, value, reason, rests_on, coder: self.coder, time: 0 }.into());
        }

        fn study(&self) -> Study {
            Study::from_entities(self.entities.iter().cloned(), &Blobs::default()).unwrap()
        }
    }

    #[test]
    fn types_are_all_combinations_the_empty_ones_too() {
        let mut scene = scene();
        // Made in another order than they stand in.
        let (support, with) = {
            let (id, values) = scene.dimension("Support", &["with", "without"], 2);
            (id, values[0])
        };
        let (outlook, [hope, fear]) = {
            let (id, values) = scene.dimension("Outlook", &["hope", "fear"], 1);
            (id, [values[0], values[1]])
        };
        scene.dimension("Nothing yet", &[], 3);
        let [one, two, half, begun, gone] = [1, 2, 3, 4, 5].map(|at| scene.case(&format!("C{at}"), at, Values::new()));
        for (case, outlook_at, support_at) in [(two, Some(hope), Some(with)), (one, Some(hope), Some(with)), (half, Some(fear), None)] {
            scene.place(case, outlook, outlook_at);
            scene.place(case, support, support_at);
        }
        scene.place(begun, outlook, Some(fear));
        // At a value that is gone.
        scene.place(gone, outlook, Some(DimensionValueId::new()));
        let study = scene.study();
        let found = types(&study, scene.typology);
        assert_eq!(found.dimensions, [outlook, support]);
        let said: Vec<_> = found.types.iter().map(|of| (found.name(&study, of), of.cases.clone())).collect();
        let empty = |name: &str| (name.to_owned(), Vec::new());
        assert_eq!(
            said,
            [("hope · with".to_owned(), vec![one, two]), empty("hope · without"), empty("fear · with"), empty("fear · without")]
        );
        assert_eq!((found.unplaced, found.open, found.too_many), (vec![half, gone], vec![begun], None));
    }

    #[test]
    fn types_lie_across_an_attribute() {
        let mut scene = scene();
        let (office, north, south) = (AttributeId::new(), ValueId::new(), ValueId::new());
        let (role, built_in) = (None, None);
        let attribute =
            Attribute { id: office, name: "Office".into(), of: AttributeOf::Cases, role, built_in, identifying: false, position: 1 };
        scene.entities.push(attribute.into());
        for (id, name, position) in [(south, "South", 2), (north, "North", 1), (ValueId::new(), "Nowhere", 3)] {
            let aliases = Vec::new();
            scene.entities.push(Value { id, attribute: office, name: name.into(), aliases, position }.into());
        }
        let of = |values: &[ValueId]| Values::from([(office, values.iter().copied().collect())]);
        let both = scene.case("Both", 1, of(&[north, south]));
        let one = scene.case("One", 2, of(&[south]));
        let none = scene.case("None", 3, Values::new());
        let study = scene.study();
        let found = across(&study, office, &[&[both, none], &[one], &[]]);
        assert_eq!(found.columns, [Some(north), Some(south), None]);
        assert_eq!(found.rows, [vec![vec![both], vec![both], vec![none]], vec![vec![], vec![one], vec![]], vec![vec![], vec![], vec![]],]);
        assert_eq!(across(&study, office, &[&[one]]).columns, [Some(south)], "a column nobody is under is left out");
    }

    #[test]
    fn of_very_many_combinations_only_those_with_cases_are_listed() {
        let mut scene = scene();
        let ten: Vec<String> = (0..10).map(|at| at.to_string()).collect();
        let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
        let case = scene.case("A", 1, Values::new());
        for at in 0..4 {
            let (dimension, values) = scene.dimension(&format!("D{at}"), &ten, at);
            scene.place(case, dimension, Some(values[9]));
        }
        let found = types(&scene.study(), scene.typology);
        assert_eq!((found.too_many, found.types.len()), (Some(10_000), 1));
        assert_eq!(found.types[0].cases, [case]);
    }

    proptest! {
        /// However cases are placed, each is in one type, or unplaced, or open, and each type is there once.
        #[test]
        fn every_case_is_somewhere_once(
            sizes in proptest::collection::vec(0usize..4, 0..4),
            placed in proptest::collection::vec((0usize..6, 0usize..4, 0usize..5), 0..30),
        ) {
            let mut scene = scene();
            let dimensions: Vec<_> = sizes.iter().zip(1..).map(|(size, at)| {
                let names: Vec<String> = (0..*size).map(|at| at.to_string()).collect();
                scene.dimension(&format!("D{at}"), &names.iter().map(String::as_str).collect::<Vec<_>>(), at)
            }).collect();
            let cases: Vec<CaseId> = (0..6).map(|at| scene.case(&format!("C{at}"), at, Values::new())).collect();
            let mut seen = BTreeSet::new();
            for (case, dimension, value) in placed {
                let Some((id, values)) = dimensions.get(dimension) else { continue };
                if seen.insert((case, dimension)) {
                    scene.place(cases[case], *id, values.get(value).copied());
                }
            }
            let found = types(&scene.study(), scene.typology);
            let mut all: Vec<CaseId> = found.types.iter().flat_map(|of| of.cases.clone()).collect();
            all.extend(found.unplaced.iter().chain(&found.open));
            all.sort_unstable();
            let mut expected = cases.clone();
            expected.sort_unstable();
            prop_assert_eq!(all, expected);
            let sizes: Vec<usize> = sizes.into_iter().filter(|size| *size > 0).collect();
            let count: usize = if sizes.is_empty() { 0 } else { sizes.iter().product() };
            prop_assert_eq!(found.types.len(), count);
            let distinct: BTreeSet<_> = found.types.iter().map(|of| of.values.clone()).collect();
            prop_assert_eq!(distinct.len(), count);
        }
    }
}
