use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::chart::{ChartSpec, MOST_GROUPED, charted_themes};
use crate::study::{AttributeId, AttributeOf, CaseId, Role, Study, ThemeId, ValueId};

/// The values under which rows stand, one an attribute by which they are grouped.
pub type Under = Vec<Option<ValueId>>;

/// What the analyst has chosen to see of the chart. It is kept with the view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartChoice {
    /// The theme; the first one where none is chosen, or the one chosen is gone.
    pub theme: Option<ThemeId>,
    /// By what the rows are grouped, the outermost first.
    pub by: Vec<AttributeId>,
    /// Only cases with these values are shown; an attribute that is not here leaves out nobody.
    pub shown: BTreeMap<AttributeId, BTreeSet<Option<ValueId>>>,
    /// Groups of rows that are folded.
    pub folded: BTreeSet<Under>,
    /// Widths of columns that were changed by hand, in points.
    pub widths: BTreeMap<ThemeId, u16>,
    /// Heights of rows that were changed by hand, in points.
    pub heights: BTreeMap<CaseId, u16>,
}

impl ChartChoice {
    /// The chart of a study as it is seen first: by area, else by group.
    #[must_use]
    pub fn new(study: &Study) -> Self {
        let role = |role| study.attributes().with_role(role).filter(|it| it.of == AttributeOf::Cases).map(|it| it.id);
        let by = role(Role::Area).or_else(|| role(Role::Group));
        Self { by: by.into_iter().collect(), ..Self::default() }
    }

    /// Leaves out what the study does not have any more.
    pub fn mend(&mut self, study: &Study) {
        let of_cases = |attribute: &AttributeId| study.attributes().get(*attribute).is_some_and(|it| it.of == AttributeOf::Cases);
        if !self.by.iter().all(of_cases) {
            self.by.retain(of_cases);
            self.folded.clear();
        }
        self.shown.retain(|attribute, _| of_cases(attribute));
        self.theme = self.theme.filter(|theme| study.codebook().get(*theme).is_some());
    }

    /// What is charted; none while there is no theme.
    #[must_use]
    pub fn spec(&self, study: &Study) -> Option<ChartSpec> {
        let theme = self.theme.or_else(|| charted_themes(study.codebook()).first().copied())?;
        Some(ChartSpec { theme, by: self.by.clone(), shown: self.shown.clone() })
    }

    /// Groups the rows by one more attribute, or no longer by this one.
    pub fn toggle_by(&mut self, attribute: AttributeId) {
        if self.by.contains(&attribute) {
            self.by.retain(|by| *by != attribute);
        } else if self.by.len() < MOST_GROUPED {
            self.by.push(attribute);
        }
        self.folded.clear();
    }

    /// Leaves out the cases of a value, or shows them again. `all` are the values of the attribute, *Not stated* among them.
    pub fn toggle_shown(&mut self, attribute: AttributeId, value: Option<ValueId>, all: &BTreeSet<Option<ValueId>>) {
        let shown = self.shown.entry(attribute).or_insert_with(|| all.clone());
        if !shown.remove(&value) {
            shown.insert(value);
        }
        if shown.is_superset(all) {
            self.shown.remove(&attribute);
        }
    }

    /// The theme after or before `theme`, of those that have a chart; none at the ends.
    #[must_use]
    pub fn beside(study: &Study, theme: ThemeId, on: bool) -> Option<ThemeId> {
        let all = charted_themes(study.codebook());
        let at = all.iter().position(|other| *other == theme)?;
        if on { all.get(at + 1).copied() } else { at.checked_sub(1).and_then(|at| all.get(at).copied()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;

    #[test]
    fn a_filter_that_leaves_out_nobody_is_none() {
        let mut builder = Builder::new();
        let area = builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
        let (fife, arran) = (builder.value(area, "Fife"), builder.value(area, "Arran"));
        let all = BTreeSet::from([None, Some(fife), Some(arran)]);
        let mut choice = ChartChoice::new(&builder.study());
        assert_eq!(choice.by, [area]);
        choice.toggle_shown(area, Some(fife), &all);
        assert_eq!(choice.shown[&area], BTreeSet::from([None, Some(arran)]));
        choice.toggle_shown(area, Some(fife), &all);
        assert!(choice.shown.is_empty());
        choice.toggle_by(area);
        choice.mend(&Builder::new().study());
        assert_eq!(choice, ChartChoice::default());
    }
}
