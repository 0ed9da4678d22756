use std::collections::BTreeMap;

use super::entities::{Dimension, EntityRef, Placement, Typology};
use super::ids::{CaseId, DimensionId, PlacementId, TypologyId};
use crate::text::fold;

/// The typologies with their dimensions, and where cases are in them.
#[derive(Clone, Debug, Default)]
pub struct Typologies {
    pub(super) all: BTreeMap<TypologyId, Typology>,
    pub(super) dimensions: BTreeMap<DimensionId, Dimension>,
    pub(super) placements: BTreeMap<PlacementId, Placement>,
}

impl Typologies {
    /// The typologies in the analyst's order.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Typology> {
        let mut all: Vec<_> = self.all.values().collect();
        all.sort_by_key(|typology| (typology.position, typology.id));
        all
    }

    /// A typology.
    #[must_use]
    pub fn get(&self, id: TypologyId) -> Option<&Typology> {
        self.all.get(&id)
    }

    /// The typology of this name, case folded.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Typology> {
        let wanted = fold(name.trim());
        self.all.values().find(|typology| fold(&typology.name) == wanted)
    }

    /// A dimension.
    #[must_use]
    pub fn dimension(&self, id: DimensionId) -> Option<&Dimension> {
        self.dimensions.get(&id)
    }

    /// The dimensions of a typology in the analyst's order.
    #[must_use]
    pub fn dimensions_of(&self, typology: TypologyId) -> Vec<&Dimension> {
        let mut own: Vec<_> = self.dimensions.values().filter(|dimension| dimension.typology == typology).collect();
        own.sort_by_key(|dimension| (dimension.position, dimension.id));
        own
    }

    /// Where a case is in a dimension, if somebody has said so.
    #[must_use]
    pub fn placement(&self, dimension: DimensionId, case: CaseId) -> Option<&Placement> {
        self.placements.get(&Placement::id_of(dimension, case))
    }

    /// Every placement.
    pub fn placements(&self) -> impl Iterator<Item = &Placement> {
        self.placements.values()
    }

    /// Gives every entity to `each`.
    pub(super) fn each_entity<'a>(&'a self, each: &mut impl FnMut(EntityRef<'a>)) {
        for it in self.all.values() {
            each(it.into());
        }
        for it in self.dimensions.values() {
            each(it.into());
        }
        for it in self.placements.values() {
            each(it.into());
        }
    }
}
