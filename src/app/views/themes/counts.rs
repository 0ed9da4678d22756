use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::twins::{Twin, twins};
use crate::app::Seen;
use crate::app::numbers::counted;
use crate::project::highest;
use crate::study::{CoderId, Study, ThemeId};

/// What hangs on a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Codings of the theme itself that count; see [`crate::study::Material::counts`].
    pub own: usize,
    /// The same with the themes below it.
    pub with_below: usize,
    /// Those of `with_below` that hold no participant's words: they are in no cell of the matrix.
    pub wordless: usize,
    /// All codings of the theme and those below it, also those that do not count.
    pub all_below: usize,
    /// Codings whose words were corrected away, below counted in; they are in none of the others.
    pub broken: usize,
    /// Who made all those, below counted in.
    pub coders: BTreeSet<CoderId>,
    /// Memos on the theme and those below it.
    pub memos: usize,
    /// Summaries of cells of the theme and those below it.
    pub summaries: usize,
    /// Typical examples of the theme and those below it.
    pub examples: usize,
}

/// What hangs on every theme of a study.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The study that was counted.
    seen: Seen,
    of: HashMap<ThemeId, Count>,
    /// Themes with the same name as another, or nearly the same.
    twins: HashMap<ThemeId, Twin>,
    /// How many themes have no definition.
    pub undefined: usize,
}

impl Counts {
    /// Counts once; to be run in a job.
    pub fn of(study: &Arc<Study>) -> Self {
        let book = study.codebook();
        let mut of: HashMap<ThemeId, Count> = HashMap::new();
        let mut hang = |theme: ThemeId, hang: &dyn Fn(&mut Count)| {
            book.lineage(theme).into_iter().for_each(|theme| hang(of.entry(theme.id).or_default()));
        };
        for material in study.materials() {
            for coded in &material.codings {
                let coding = &coded.coding;
                let counts = material.counts(coding.coder);
                hang(coding.theme, &|count| {
                    count.all_below += 1;
                    count.with_below += usize::from(counts);
                    count.wordless += usize::from(counts && coded.parts.is_empty());
                    count.coders.insert(coding.coder);
                });
            }
            for coding in &material.broken.codings {
                hang(coding.theme, &|count| {
                    count.broken += 1;
                    count.coders.insert(coding.coder);
                });
            }
        }
        for memo in study.memos() {
            if let Some(theme) = memo.on.theme() {
                hang(theme, &|count| count.memos += 1);
            }
        }
        for summary in study.summaries().iter() {
            hang(summary.cell.theme, &|count| count.summaries += 1);
        }
        for example in study.examples().values() {
            hang(example.theme, &|count| count.examples += 1);
        }
        for (material, coded) in study.codings() {
            of.entry(coded.coding.theme).or_default().own += usize::from(material.counts(coded.coding.coder));
        }
        let undefined = book.themes().filter(|theme| theme.definition.trim().is_empty()).count();
        Self { seen: Seen::of(study), of, twins: twins(book), undefined }
    }

    /// Whether this is what hangs on the themes of `study` as it is now.
    pub fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }

    /// What hangs on a theme.
    pub fn get(&self, theme: ThemeId) -> Count {
        self.of.get(&theme).cloned().unwrap_or_default()
    }

    /// Another theme that has this one's name, or nearly.
    pub fn twin(&self, theme: ThemeId) -> Option<Twin> {
        self.twins.get(&theme).copied()
    }

    /// What hangs on several themes and all below them.
    pub fn hanging(&self, study: &Study, themes: &BTreeSet<ThemeId>, slots: &[Option<ThemeId>]) -> Hanging {
        let book = study.codebook();
        let mut all = Hanging::default();
        for theme in highest(book, themes) {
            all.themes += 1;
            all.sub_themes += book.sub_themes(theme);
            if let Some(count) = self.of.get(&theme) {
                all.codings += count.all_below;
                all.broken += count.broken;
                all.memos += count.memos;
                all.summaries += count.summaries;
                all.examples += count.examples;
                all.coders.extend(&count.coders);
            }
            let mine = |held: &Option<ThemeId>| held.is_some_and(|held| book.is_within(held, theme));
            all.slots.extend(slots.iter().enumerate().filter(|(_, held)| mine(held)).map(|(slot, _)| slot + 1));
        }
        all
    }
}

/// What hangs on several themes and all below them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hanging {
    /// The themes, those below others not counted.
    pub themes: usize,
    /// The themes below them.
    pub sub_themes: usize,
    /// Codings that count.
    pub codings: usize,
    /// Codings whose words were corrected away.
    pub broken: usize,
    /// Who made them.
    pub coders: BTreeSet<CoderId>,
    /// Memos on the themes.
    pub memos: usize,
    /// Summaries of their cells, also those that wait to be settled.
    pub summaries: usize,
    /// Typical examples.
    pub examples: usize,
    /// The slots they are in, from 1.
    pub slots: Vec<usize>,
}

impl Hanging {
    /// Whether something hangs on them that can have a new home.
    pub const fn needs_home(&self) -> bool {
        self.codings + self.broken + self.memos > 0
    }

    /// The codings and memos, in words; codings first, if there are any.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if self.codings > 0 {
            parts.push(several(self.codings, "coding"));
        }
        if self.broken > 0 {
            parts.push(format!("{} whose words were corrected away", several(self.broken, "coding")));
        }
        if self.coders.len() > 1 {
            parts.push(format!("by {} coders", self.coders.len()));
        }
        if self.sub_themes > 0 {
            parts.push(several(self.sub_themes, "sub-theme"));
        }
        let summaries = (self.summaries, "summary", "summaries");
        for (number, one, many) in [summaries, (self.memos, "memo", "memos"), (self.examples, "typical example", "typical examples")] {
            if number > 0 {
                parts.push(counted(number, one, many));
            }
        }
        parts.join(", ")
    }

    /// What becomes of the slots, as a sentence; empty where they are in none.
    pub fn slots_words(&self) -> String {
        let numbers: Vec<String> = self.slots.iter().map(ToString::to_string).collect();
        match self.slots.len() {
            0 => String::new(),
            1 => format!("Slot {} is empty then.", numbers.join(", ")),
            _ => format!("Slots {} are empty then.", numbers.join(", ")),
        }
    }
}

/// A number of things in words, where their noun has an s for several.
pub fn several(number: usize, one: &str) -> String {
    counted(number, one, &format!("{one}s"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::text::Voice;

    #[test]
    fn codings_without_participants_words_are_counted_and_told_apart() {
        let mut b = Builder::new();
        let coder = b.coder("Elspeth");
        let top = b.theme(None, "Rooms");
        let below = b.theme(Some(top), "Heating");
        let put =
            b.source("A", None, values(&[]), &[(Some("I"), Voice::Interviewer, "Is it cold?"), (Some("R"), Voice::Participant, "Aye.")]);
        b.speaker(&put, "I", Voice::Interviewer, None);
        b.code(&put, put.span("Is it cold?"), below, coder);
        b.code(&put, put.span("Aye."), below, coder);
        let counts = Counts::of(&Arc::new(b.study()));
        let told = |theme| (counts.get(theme).own, counts.get(theme).with_below, counts.get(theme).wordless);
        assert_eq!((told(top), told(below)), ((0, 2, 1), (2, 2, 1)));
    }
}
