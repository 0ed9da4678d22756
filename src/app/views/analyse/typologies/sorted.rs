//! The cases of a study sorted by a typology, gathered once for each study.

use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::typology::{Across, Types, across, types};
use crate::study::{AttributeId, CaseId, Study, TypologyId};

/// What is shown of a typology.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorted {
    pub types: Types,
    /// The names of the types, in their order.
    pub names: Vec<String>,
    /// The lists of cases across an attribute: the types, then the unplaced and the open.
    pub across: Option<(AttributeId, Across)>,
    /// Every case in the analyst's order.
    pub cases: Vec<CaseId>,
    /// Those of them that are not placed yet in some dimension.
    pub open: HashSet<CaseId>,
}

impl Sorted {
    /// Sorts the cases; to be run in a job.
    pub(super) fn of(study: &Arc<Study>, typology: TypologyId, attribute: Option<AttributeId>) -> Self {
        let types = types(study, typology);
        let lists: Vec<&[CaseId]> =
            types.types.iter().map(|of| of.cases.as_slice()).chain([types.unplaced.as_slice(), types.open.as_slice()]).collect();
        let across = attribute.map(|attribute| (attribute, across(study, attribute, &lists)));
        let names = types.types.iter().map(|of| types.name(study, of)).collect();
        let cases: Vec<CaseId> = study.cases_in_order().into_iter().map(|case| case.id).collect();
        // A case that is unplaced in one dimension may be open in another.
        let typologies = study.typologies();
        let dimensions = typologies.dimensions_of(typology);
        let said: HashSet<_> = typologies.placements().map(|it| (it.dimension, it.case)).collect();
        let is_open = |case: &CaseId| dimensions.iter().any(|dimension| !said.contains(&(dimension.id, *case)));
        let open = cases.iter().copied().filter(is_open).collect();
        Self { types, names, across, cases, open }
    }
}
