use std::collections::BTreeMap;

use crate::study::{Change, Conflict, Entity, Kind, Study, SummaryId, ThemeId};

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
    /// What becomes of everything else that somebody made.
    pub others: BTreeMap<Kind, CodingsComing>,
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

/// What becomes of the codings of a theme, or of all things of a kind.
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

    /// What becomes of everything but codings and sources, a line each: “Summaries: 2 added, 1 changed”.
    #[must_use]
    pub fn others_in_words(&self) -> Vec<String> {
        let line = |(kind, of): (&Kind, &CodingsComing)| {
            let said = [(of.added, "added"), (of.changed, "changed"), (of.removed, "removed")];
            let said: Vec<String> = said.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
            Some(format!("{}: {}", other_name(*kind)?, said.join(", ")))
        };
        self.others.iter().filter_map(line).collect()
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
            self.tell_other(change);
        }
    }

    /// Counts a change of what has no list of its own.
    fn tell_other(&mut self, change: &Change) {
        let entity = change.after.as_ref().or(change.before.as_ref());
        let Some(kind) = entity.map(Entity::kind).filter(|kind| other_name(*kind).is_some()) else { return };
        let of = self.others.entry(kind).or_default();
        match (&change.before, &change.after) {
            (None, _) => of.added += 1,
            (_, None) => of.removed += 1,
            _ => of.changed += 1,
        }
    }

    fn of_theme(&mut self, study: &Study, theme: ThemeId) -> &mut CodingsComing {
        self.codings.entry(study.codebook().path(theme)).or_default()
    }
}

/// What things of a kind are called that are not told of by themselves; none for those, and for what only keeps the books.
const fn other_name(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Theme => "Themes",
        Kind::Attribute => "Attributes",
        Kind::Value => "Values",
        Kind::Case => "Cases",
        Kind::Speaker => "Speakers",
        Kind::CaseSpan => "Words given to cases",
        Kind::Summary => "Summaries",
        Kind::Memo => "Memos",
        Kind::QuoteMark => "Quotes",
        Kind::ContraryMark => "Passages that say otherwise",
        Kind::Example => "Typical examples",
        Kind::Proposition => "Propositions",
        Kind::Evidence => "Evidence of propositions",
        Kind::Typology => "Typologies",
        Kind::Dimension => "Dimensions",
        Kind::Placement => "Cases placed in typologies",
        Kind::Status => "How far sources are",
        Kind::Verdict => "Differences settled",
        Kind::Saved => "Saved views and searches",
        Kind::Project | Kind::Coder | Kind::Source | Kind::Revision | Kind::Coding => return None,
    })
}
