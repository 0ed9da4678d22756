use std::collections::HashMap;
use std::sync::Arc;

use crate::study::{Codebook, Material, SourceId, Study, ThemeId};

/// What is counted of one source.
pub struct SourceFigures {
    /// Words of participants.
    pub words: u32,
    /// Those under any coding.
    pub coded: u32,
    /// Codings.
    pub codings: usize,
    by_theme: HashMap<ThemeId, u32>,
}

impl SourceFigures {
    fn of(material: &Material) -> Self {
        let mut by_theme = HashMap::new();
        for coded in &material.codings {
            *by_theme.entry(coded.coding.theme).or_insert(0) += 1;
        }
        Self { words: material.participant_words(), coded: material.coded_words(|_| true), codings: material.codings.len(), by_theme }
    }

    /// Share of participants' words that are coded, 0–1.
    #[must_use]
    pub fn share(&self) -> f32 {
        if self.words == 0 { 0.0 } else { self.coded as f32 / self.words as f32 }
    }
}

/// Counts that lists show. An edit makes only those of the sources it touched anew.
#[derive(Default)]
pub struct Figures {
    study: Option<Arc<Study>>,
    sources: HashMap<SourceId, (Arc<Material>, SourceFigures)>,
    all: HashMap<ThemeId, u32>,
    here: (Option<SourceId>, HashMap<ThemeId, u32>),
}

impl Figures {
    /// Counts what has changed since the last time. `open` is the source whose own counts are asked for.
    pub fn refresh(&mut self, study: &Arc<Study>, open: Option<SourceId>) {
        let same = self.study.as_ref().is_some_and(|known| Arc::ptr_eq(known, study));
        if same && self.here.0 == open {
            return;
        }
        if !same {
            self.sources.retain(|id, _| study.material(*id).is_some());
            for material in study.materials() {
                let id = material.source.id;
                if !self.sources.get(&id).is_some_and(|(known, _)| Arc::ptr_eq(known, material)) {
                    self.sources.insert(id, (Arc::clone(material), SourceFigures::of(material)));
                }
            }
            let mut direct: HashMap<ThemeId, u32> = HashMap::new();
            for (_, figures) in self.sources.values() {
                for (theme, count) in &figures.by_theme {
                    *direct.entry(*theme).or_insert(0) += count;
                }
            }
            self.all = with_descendants(study.codebook(), &direct);
            self.study = Some(Arc::clone(study));
        }
        let direct = open.and_then(|open| self.sources.get(&open)).map(|(_, figures)| &figures.by_theme);
        self.here = (open, direct.map(|direct| with_descendants(study.codebook(), direct)).unwrap_or_default());
    }

    /// The counts of a source.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&SourceFigures> {
        self.sources.get(&id).map(|(_, figures)| figures)
    }

    /// Codings of a theme and those below it, in all sources.
    #[must_use]
    pub fn all(&self, theme: ThemeId) -> u32 {
        self.all.get(&theme).copied().unwrap_or(0)
    }

    /// The same in the open source.
    #[must_use]
    pub fn here(&self, theme: ThemeId) -> u32 {
        self.here.1.get(&theme).copied().unwrap_or(0)
    }
}

/// Adds to each theme's count those of the themes below it.
fn with_descendants(codebook: &Codebook, direct: &HashMap<ThemeId, u32>) -> HashMap<ThemeId, u32> {
    let own: Vec<u32> = codebook.outline().iter().map(|row| direct.get(&row.theme).copied().unwrap_or(0)).collect();
    let sum = |line: usize, end: usize| own.get(line..end).map_or(0, |counts| counts.iter().sum());
    codebook.outline().iter().enumerate().map(|(line, row)| (row.theme, sum(line, row.end))).collect()
}
