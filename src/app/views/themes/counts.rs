use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::app::Seen;
use crate::study::{CoderId, MemoOn, Study, ThemeId};
use crate::text::fold;

/// What hangs on a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Codings of the theme itself.
    pub own: usize,
    /// The same with the themes below it.
    pub with_below: usize,
    /// Who made those, below counted in.
    pub coders: BTreeSet<CoderId>,
    /// Memos on the theme and those below it.
    pub memos: usize,
}

/// What hangs on every theme of a study.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The study that was counted.
    seen: Seen,
    of: HashMap<ThemeId, Count>,
    /// Names, folded, that more than one theme has.
    repeated: HashSet<String>,
    /// How many themes have no definition.
    pub undefined: usize,
}

impl Counts {
    /// Counts once; to be run in a job.
    pub fn of(study: &Arc<Study>) -> Self {
        let book = study.codebook();
        let mut of: HashMap<ThemeId, Count> = HashMap::new();
        for (_, coded) in study.codings() {
            let coding = &coded.coding;
            of.entry(coding.theme).or_default().own += 1;
            for theme in book.lineage(coding.theme) {
                let count = of.entry(theme.id).or_default();
                count.with_below += 1;
                count.coders.insert(coding.coder);
            }
        }
        for memo in study.memos() {
            if let MemoOn::Theme { theme } = memo.on {
                for theme in book.lineage(theme) {
                    of.entry(theme.id).or_default().memos += 1;
                }
            }
        }
        let mut names = HashSet::new();
        let repeated = book.themes().map(|theme| fold(&theme.name)).filter(|name| !names.insert(name.clone())).collect();
        let undefined = book.themes().filter(|theme| theme.definition.trim().is_empty()).count();
        Self { seen: Seen::of(study), of, repeated, undefined }
    }

    /// Whether this is what hangs on the themes of `study` as it is now.
    pub fn are_of(&self, study: &Arc<Study>) -> bool {
        self.seen.is(study)
    }

    /// What hangs on a theme.
    pub fn get(&self, theme: ThemeId) -> Count {
        self.of.get(&theme).cloned().unwrap_or_default()
    }

    /// Whether another theme has this name too.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.repeated.contains(&fold(name))
    }
}
