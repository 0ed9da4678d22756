use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Crossing;
use crate::study::ids::{CaseId, CoderId, DimensionId, DimensionValueId, PlacementId, TypologyId};

/// A sorting of cases into types, each of which is a combination of one value of every dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typology {
    /// Identity.
    pub id: TypologyId,
    /// Name; unique among the typologies, case folded.
    pub name: String,
    /// What it sorts cases by, and what for.
    pub about: String,
    /// Who made it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// Place among the typologies.
    pub position: i64,
}

/// One of the ways in which the types of a typology differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Identity.
    pub id: DimensionId,
    /// The typology it belongs to.
    pub typology: TypologyId,
    /// Name; unique within the typology, case folded.
    pub name: String,
    /// Its values. The log sets them one by one, so that two people can add to one dimension.
    pub values: BTreeMap<DimensionValueId, DimensionValue>,
    /// Place among the dimensions of its typology.
    pub position: i64,
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionValue {
    /// Name; unique within the dimension, case folded.
    pub name: String,
    /// Place among the values.
    pub position: i64,
}

impl Dimension {
    /// The values in the analyst's order.
    #[must_use]
    pub fn in_order(&self) -> Vec<(DimensionValueId, &str)> {
        let mut values: Vec<_> = self.values.iter().collect();
        values.sort_by_key(|(id, value)| (value.position, **id));
        values.into_iter().map(|(id, value)| (*id, value.name.as_str())).collect()
    }

    /// The name of a value, if it is there.
    #[must_use]
    pub fn value_name(&self, value: DimensionValueId) -> Option<&str> {
        self.values.get(&value).map(|value| value.name.as_str())
    }
}

/// Where a case is in a dimension: one case and one dimension have one at most. A case without any is not placed yet, which is
/// something else than being unplaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Identity, derived from dimension and case.
    pub id: PlacementId,
    /// The dimension.
    pub dimension: DimensionId,
    /// The case.
    pub case: CaseId,
    /// The value it has; none when somebody says that it has none of them. The value may be gone.
    pub value: Option<DimensionValueId>,
    /// Why it is there, or why it is unplaced.
    pub reason: String,
    /// The cells it rests on. They may be gone.
    pub rests_on: Vec<Crossing>,
    /// Who placed it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

impl Placement {
    /// The identity of the placement of `case` in `dimension`: the same on every device, so that there is never more than one.
    #[must_use]
    pub fn id_of(dimension: DimensionId, case: CaseId) -> PlacementId {
        PlacementId::derived(&[dimension.0.as_bytes(), case.0.as_bytes()])
    }
}
