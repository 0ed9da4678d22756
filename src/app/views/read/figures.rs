use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::study::{Codebook, Coded, Material, SourceId, Study, ThemeId, differing};
use crate::text::stretches;

/// What is counted of one source.
#[derive(Default)]
pub struct SourceFigures {
    /// Words of participants.
    pub words: u32,
    /// Those under any coding that counts; see [`Material::counts`].
    pub coded: u32,
    /// Codings that count.
    pub codings: usize,
    by_theme: HashMap<ThemeId, u32>,
}

impl SourceFigures {
    fn of(material: &Material) -> Self {
        let mut by_theme = HashMap::new();
        let counted = |coded: &&Coded| material.counts(coded.coding.coder);
        for coded in material.codings.iter().filter(counted) {
            *by_theme.entry(coded.coding.theme).or_insert(0) += 1;
        }
        let coded = material.coded_words(|coding| material.counts(coding.coder));
        Self { words: material.participant_words(), coded, codings: material.codings.iter().filter(counted).count(), by_theme }
    }

    /// What is counted of a source as it is `now`, when this was counted `before`: only where its codings differ is it
    /// counted again.
    fn after(mut self, before: &Material, now: &Material) -> Self {
        if !Arc::ptr_eq(&before.geometry, &now.geometry) || before.is_reconciled() != now.is_reconciled() {
            return Self::of(now);
        }
        let (old, new) = (before.codings.shared(), now.codings.shared());
        let (gone, come) = differing(old, new);
        let counted = |coded: &&Arc<Coded>| now.counts(coded.coding.coder);
        let gone: Vec<_> = old.get(gone).unwrap_or_default().iter().filter(counted).collect();
        let come: Vec<_> = new.get(come).unwrap_or_default().iter().filter(counted).collect();
        for coded in &gone {
            if let Some(count) = self.by_theme.get_mut(&coded.coding.theme) {
                *count = count.saturating_sub(1);
            }
        }
        for coded in &come {
            *self.by_theme.entry(coded.coding.theme).or_insert(0) += 1;
        }
        // Parts lie each in one paragraph: elsewhere the same words are coded.
        let touched = || gone.iter().chain(&come).flat_map(|coded| coded.parts.iter().map(|part| part.paragraph));
        let words = |material: &Material| touched().min().zip(touched().max()).map_or(0, |(first, last)| coded_in(material, first..=last));
        Self {
            words: now.participant_words(),
            coded: self.coded + words(now) - words(before),
            codings: self.codings + come.len() - gone.len(),
            ..self
        }
    }

    /// Share of participants' words that are coded, 0–1.
    #[must_use]
    pub fn share(&self) -> f32 {
        if self.words == 0 { 0.0 } else { self.coded as f32 / self.words as f32 }
    }
}

/// Participants' words under any coding that counts in these paragraphs.
fn coded_in(material: &Material, paragraphs: RangeInclusive<u32>) -> u32 {
    let of = |index: &u32| material.geometry.paragraphs().get(*index as usize).map(|paragraph| paragraph.span);
    let Some(span) = of(paragraphs.start()).zip(of(paragraphs.end())).map(|(first, last)| first.hull(last)) else { return 0 };
    let counted = material.codings.over(span).filter(|coded| material.counts(coded.coding.coder));
    let parts = counted.flat_map(|coded| coded.parts.iter());
    let inside = parts.filter(|part| paragraphs.contains(&part.paragraph)).map(|part| part.span);
    stretches(inside).into_iter().map(|span| material.geometry.words_in(span)).sum()
}

/// Counts that lists show. An edit makes only those of the sources it touched anew.
#[derive(Default)]
pub struct Figures {
    study: Option<Arc<Study>>,
    /// By place of the source.
    sources: Vec<SourceFigures>,
    /// Codings of each theme alone, in all sources.
    direct: HashMap<ThemeId, u32>,
    all: HashMap<ThemeId, u32>,
    here: (Option<SourceId>, HashMap<ThemeId, u32>),
}

impl Figures {
    /// Counts what has changed since the last time. `open` is the source whose own counts are asked for.
    pub fn refresh(&mut self, study: &Arc<Study>, open: Option<SourceId>) {
        let known = self.study.replace(Arc::clone(study));
        let same = known.as_ref().is_some_and(|known| Arc::ptr_eq(known, study));
        if same && self.here.0 == open {
            return;
        }
        if !same {
            match known.as_ref().and_then(|known| study.changed_since(known)) {
                Some(changed) => changed.into_iter().for_each(|place| self.count_again(study, known.as_deref(), place)),
                None => self.count_all(study, known.as_deref()),
            }
            self.all = with_descendants(study.codebook(), &self.direct);
        }
        let direct = open.and_then(|open| self.sources.get(study.place(open)?)).map(|figures| &figures.by_theme);
        self.here = (open, direct.map(|direct| with_descendants(study.codebook(), direct)).unwrap_or_default());
    }

    fn count_again(&mut self, study: &Study, known: Option<&Study>, place: usize) {
        let at = |study: &'_ Study| study.materials().get(place).map(Arc::clone);
        let (Some(now), Some(before), Some(figures)) = (at(study), known.and_then(at), self.sources.get_mut(place)) else { return };
        for (theme, count) in &figures.by_theme {
            if let Some(sum) = self.direct.get_mut(theme) {
                *sum = sum.saturating_sub(*count);
            }
        }
        *figures = std::mem::take(figures).after(&before, &now);
        for (theme, count) in &figures.by_theme {
            *self.direct.entry(*theme).or_insert(0) += count;
        }
    }

    /// Counts every source, but for those that were counted in `known` as they are now.
    fn count_all(&mut self, study: &Study, known: Option<&Study>) {
        let mut before: Vec<Option<SourceFigures>> = std::mem::take(&mut self.sources).into_iter().map(Some).collect();
        let mut as_before = |material: &Arc<Material>| {
            let place = known?.place(material.source.id)?;
            known?.materials().get(place).filter(|other| Arc::ptr_eq(other, material))?;
            before.get_mut(place)?.take()
        };
        self.sources = study.materials().iter().map(|it| as_before(it).unwrap_or_else(|| SourceFigures::of(it))).collect();
        self.direct.clear();
        for (theme, count) in self.sources.iter().flat_map(|figures| &figures.by_theme) {
            *self.direct.entry(*theme).or_insert(0) += count;
        }
    }

    /// The counts of a source.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&SourceFigures> {
        self.sources.get(self.study.as_ref()?.place(id)?)
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
    // Each line with what stands before it, and the sum of all: any run of lines is the difference of two.
    let mut before = vec![0];
    let mut sum = 0;
    for row in codebook.outline() {
        sum += direct.get(&row.theme).copied().unwrap_or(0);
        before.push(sum);
    }
    let up_to = |line: usize| before.get(line).copied().unwrap_or(sum);
    codebook.outline().iter().enumerate().map(|(line, row)| (row.theme, up_to(row.end) - up_to(line))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::{Change, Coding, CodingId, StatusKind, Values};
    use crate::text::Voice;

    fn is_as_if_new(figures: &Figures, study: &Arc<Study>, open: Option<SourceId>) {
        let mut new = Figures::default();
        new.refresh(study, open);
        for theme in study.codebook().themes() {
            assert_eq!((figures.all(theme.id), figures.here(theme.id)), (new.all(theme.id), new.here(theme.id)), "{}", theme.name);
        }
        for material in study.materials() {
            let counts = |figures: &Figures| figures.source(material.source.id).map(|own| (own.words, own.coded, own.codings));
            assert_eq!(counts(figures), counts(&new), "{}", material.source.label);
        }
    }

    #[test]
    fn an_edit_is_counted_as_if_all_were_counted_again() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let above = builder.theme(None, "Rooms");
        let below = builder.theme(Some(above), "Cold");
        let turns = [(None, Voice::Participant, "The room was cold in winter.")];
        let [first, second] = ["A", "B"].map(|label| builder.source(label, None, Values::new(), &turns));
        builder.code(&first, first.span("room"), below, coder);
        let mut study = Arc::new(builder.study());
        let mut figures = Figures::default();
        figures.refresh(&study, Some(first.id));
        is_as_if_new(&figures, &study, Some(first.id));
        assert_eq!((figures.all(above), figures.here(above)), (1, 1));

        let coding = |theme, words: &str| -> Coding {
            let old = study.material(first.id).unwrap().codings.iter().next().unwrap().coding.clone();
            Coding { id: CodingId::new(), source: second.id, revision: second.revision, theme, span: second.span(words), ..old }
        };
        let (one, other) = (coding(above, "cold"), coding(below, "winter"));
        let made = |coding: &Coding| Change { before: None, after: Some(coding.clone().into()) };
        let gone = |coding: &Coding| Change { before: Some(coding.clone().into()), after: None };
        for (change, open, all, here) in
            [(made(&one), first.id, 2, 1), (made(&other), second.id, 3, 2), (gone(&one), second.id, 2, 1), (gone(&other), first.id, 1, 1)]
        {
            let next = study.apply(&[change], &builder.blobs).unwrap();
            assert_eq!(next.changed_since(&study), Some(vec![study.place(second.id).unwrap()]));
            study = Arc::new(next);
            figures.refresh(&study, Some(open));
            is_as_if_new(&figures, &study, Some(open));
            assert_eq!((figures.all(above), figures.here(above)), (all, here));
        }

        // What was agreed on is counted once its source is reconciled, and then in the place of all else.
        let agreed = builder.agreed();
        builder.code(&first, first.span("room was"), above, agreed);
        builder.code(&first, first.span("cold"), above, agreed);
        for (status, all) in [(StatusKind::Coding, 1), (StatusKind::Done, 2), (StatusKind::Coding, 1)] {
            builder.status(&first, agreed, status);
            study = Arc::new(builder.study());
            figures.refresh(&study, Some(first.id));
            is_as_if_new(&figures, &study, Some(first.id));
            assert_eq!(figures.all(above), all);
        }

        builder.source("C", None, Values::new(), &turns);
        study = Arc::new(builder.study());
        figures.refresh(&study, None);
        is_as_if_new(&figures, &study, None);
    }
}
