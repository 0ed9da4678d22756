use std::collections::BTreeMap;

use crate::study::{Change, Conflict, Entity, Study, SummaryId, ThemeId};

/// What a copy brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coming {
    /// Whose copy it is, or the name of the file when it was given to nobody.
    pub from: String,
    /// Whether it was given to somebody.
    pub given: bool,
    /// How many edits come, by the name of who made them.
    pub edits: BTreeMap<String, usize>,
    /// What becomes of codings, by the path of their theme.
    pub codings: BTreeMap<String, CodingsComing>,
    /// Sources that come, by their labels.
    pub sources: Vec<String>,
    /// Sources of which a correction comes.
    pub corrected: Vec<String>,
    /// Summaries that will wait to be settled.
    pub to_settle: Vec<SummaryId>,
    /// What could not all be kept.
    pub conflicts: Vec<Conflict>,
    /// How many earlier merges of this copy were taken back, and come back with it.
    pub again: usize,
}

/// What becomes of the codings of a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodingsComing {
    /// Those that come.
    pub added: usize,
    /// Those that are changed, or came from another theme.
    pub changed: usize,
    /// Those that go.
    pub removed: usize,
}

impl Coming {
    /// What the copy is called: “Ravi’s copy”.
    #[must_use]
    pub fn whose(&self) -> String {
        if self.given { format!("{}’s copy", self.from) } else { format!("the copy “{}”", self.from) }
    }

    /// Who did how much, and nothing of what: for whoever works blind.
    #[must_use]
    pub fn without_what(self) -> Self {
        let Self { from, given, edits, again, .. } = self;
        Self { from, given, edits, again, ..Self::default() }
    }

    /// Whether the project knows all of it already.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.edits.is_empty() && self.again == 0
    }
}

impl Coming {
    /// Says what `changes` come to.
    pub(super) fn tell(&mut self, changes: &[Change], (before, after): (&Study, &Study)) {
        for change in changes {
            match (&change.before, &change.after) {
                (None, Some(Entity::Coding(coding))) => self.of_theme(after, coding.theme).added += 1,
                (Some(Entity::Coding(_)), Some(Entity::Coding(coding))) => self.of_theme(after, coding.theme).changed += 1,
                (Some(Entity::Coding(coding)), None) => self.of_theme(before, coding.theme).removed += 1,
                (None, Some(Entity::Source(source))) => self.sources.push(source.label.clone()),
                (Some(Entity::Source(before)), Some(Entity::Source(source))) if before.revision != source.revision => {
                    self.corrected.push(source.label.clone());
                }
                (before, Some(Entity::Summary(summary))) if !summary.is_own() => {
                    let waited = matches!(before, Some(Entity::Summary(before)) if !before.is_own());
                    self.to_settle.extend((!waited).then_some(summary.id));
                }
                _ => {}
            }
        }
    }

    fn of_theme(&mut self, study: &Study, theme: ThemeId) -> &mut CodingsComing {
        self.codings.entry(study.codebook().path(theme)).or_default()
    }
}
