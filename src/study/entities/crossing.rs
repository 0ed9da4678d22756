use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Kind;
use crate::study::ids::{AttributeId, CaseId, ThemeId, ValueId};

/// A cell of the matrix as something one writes about: a theme and what it is crossed with. It means the same in every
/// arrangement of rows, columns and pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Crossing {
    /// The theme, with those below it.
    pub theme: ThemeId,
    /// What it is crossed with.
    pub of: Crossed,
}

/// What a theme is crossed with in a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crossed {
    /// Who says it.
    Case(CaseId),
    /// Values of those who say it and of its sources, one an attribute; none is *Not stated*. Without any it is the total of
    /// the theme.
    Values(BTreeMap<AttributeId, Option<ValueId>>),
}

impl Crossing {
    /// Whether the cell is one of this case.
    #[must_use]
    pub fn is_of_case(&self, case: CaseId) -> bool {
        self.of == Crossed::Case(case)
    }

    /// Whether the cell is one of this value.
    #[must_use]
    pub fn has_value(&self, value: ValueId) -> bool {
        matches!(&self.of, Crossed::Values(values) if values.values().any(|own| *own == Some(value)))
    }

    /// Whether the cell is one of some value, or none, of this attribute.
    #[must_use]
    pub fn has_attribute(&self, attribute: AttributeId) -> bool {
        matches!(&self.of, Crossed::Values(values) if values.contains_key(&attribute))
    }

    /// The cell with `into` where it has the value `from`.
    #[must_use]
    pub fn with_value(mut self, from: ValueId, into: ValueId) -> Self {
        if let Crossed::Values(values) = &mut self.of {
            values.values_mut().filter(|own| **own == Some(from)).for_each(|own| *own = Some(into));
        }
        self
    }

    /// Gives the entities it cannot be without to `refer`.
    pub(super) fn each_needed(&self, refer: &mut impl FnMut(Kind, Uuid)) {
        refer(Kind::Theme, self.theme.0);
        match &self.of {
            Crossed::Case(case) => refer(Kind::Case, case.0),
            Crossed::Values(values) => {
                for (attribute, value) in values {
                    refer(Kind::Attribute, attribute.0);
                    if let Some(value) = value {
                        refer(Kind::Value, value.0);
                    }
                }
            }
        }
    }
}
