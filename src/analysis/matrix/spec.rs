use std::collections::BTreeSet;

use crate::study::{AttributeId, BuiltIn, CoderId, Coding, Material, Role, Study, ValueId};

/// How many cells a matrix may have, with its totals: more than anybody reads, and what memory holds easily.
pub(super) const MOST_CELLS: usize = 4_000_000;
/// How many axes may be nested in the rows, in the columns and in the pages.
pub const MOST_NESTED: usize = 3;

/// What the rows, the columns or the pages of a matrix stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// The codebook, in its order; a theme holds what its sub-themes hold.
    Themes,
    /// Who is speaking.
    Cases,
    /// The values of an attribute of cases or of sources.
    Attribute(AttributeId),
}

impl Axis {
    /// What the axis is called: *Theme*, *Case*, or the attribute's name.
    #[must_use]
    pub fn name(self, study: &Study) -> &str {
        match self {
            Self::Themes => "Theme",
            Self::Cases => "Case",
            Self::Attribute(id) => study.attributes().get(id).map_or("", |attribute| &attribute.name),
        }
    }
}

/// What a matrix leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only the codings of this coder; a source is then done when this coder says so. Without one, the agreed layer where a source was
    /// reconciled, else the codings of all.
    pub coder: Option<CoderId>,
    /// Also codings that hold no participant's words; they come in as *Not stated*.
    pub all_voices: bool,
    /// Only codings that hold no participant's words; they come in as *Not stated*, whatever `all_voices` says.
    pub wordless: bool,
    /// Only codings with a quote mark.
    pub quote_marked: bool,
    /// Only sources with one of these values in the built-in attribute *Kind*; `None` is *Not stated*, no entry leaves all in.
    pub kinds: BTreeSet<Option<ValueId>>,
    /// Only what was said by those with this value of an attribute, or in sources with it; `None` is *Not stated*.
    pub said_by: Option<(AttributeId, Option<ValueId>)>,
}

impl Filter {
    /// Whether a coding of `material` is of the layer that is counted.
    #[must_use]
    pub fn counts(&self, material: &Material, coding: &Coding) -> bool {
        self.coder.map_or_else(|| material.counts(coding.coder), |coder| coder == coding.coder)
    }

    /// Whether the codings of a source of its kind count.
    #[must_use]
    pub fn lets_in(&self, study: &Study, material: &Material) -> bool {
        let kind = study.attributes().built_in(BuiltIn::Kind).map(|attribute| attribute.id);
        let values = kind.and_then(|kind| material.source.values.get(&kind)).filter(|values| !values.is_empty());
        self.kinds.is_empty()
            || values.map_or_else(|| self.kinds.contains(&None), |values| values.iter().any(|value| self.kinds.contains(&Some(*value))))
    }
}

/// What is crossed with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixSpec {
    /// What the rows stand for, outermost first; at most three. Without any there are only totals.
    pub rows: Vec<Axis>,
    /// What the columns stand for, as the rows.
    pub columns: Vec<Axis>,
    /// What the pages stand for, besides the page of all, as the rows.
    pub pages: Vec<Axis>,
    /// What is left out.
    pub filter: Filter,
}

/// Why a matrix cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// One axis in two places.
    #[error("the same axis is given twice")]
    Twice(Axis),
    /// More nested axes than can be read.
    #[error("at most {MOST_NESTED} axes can be nested in one another")]
    TooDeep,
    /// More cells than a matrix may have.
    #[error("the matrix would have more than {MOST_CELLS} cells; leave out an axis")]
    TooLarge,
    /// An attribute that the study does not have.
    #[error("the study has no such attribute")]
    NoSuchAttribute(AttributeId),
}

impl MatrixSpec {
    /// Themes by participant groups, which is where a study begins.
    #[must_use]
    pub fn usual(study: &Study) -> Self {
        let group = study.attributes().with_role(Role::Group).map(|group| Axis::Attribute(group.id));
        Self { rows: vec![Axis::Themes], columns: group.into_iter().collect(), pages: Vec::new(), filter: Filter::default() }
    }

    /// Every axis, rows first.
    pub fn axes(&self) -> impl Iterator<Item = Axis> + '_ {
        self.rows.iter().chain(&self.columns).chain(&self.pages).copied()
    }

    /// Whether the matrix can be made.
    pub(super) fn check(&self, study: &Study) -> Result<(), SpecError> {
        if [&self.rows, &self.columns, &self.pages].into_iter().any(|axes| axes.len() > MOST_NESTED) {
            return Err(SpecError::TooDeep);
        }
        let mut seen = BTreeSet::new();
        for axis in self.axes() {
            if !seen.insert(axis) {
                return Err(SpecError::Twice(axis));
            }
            if let Axis::Attribute(id) = axis
                && study.attributes().get(id).is_none()
            {
                return Err(SpecError::NoSuchAttribute(id));
            }
        }
        Ok(())
    }
}
