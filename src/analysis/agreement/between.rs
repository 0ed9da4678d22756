use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::bootstrap::Resampling;
use super::characters::Ground;
use super::coefficient::{Coefficient, MeanOf, Undefined};
use super::counted::Counted;
use super::differences::{Difference, differences};
use super::segments::Matched;
use super::sources::Pool as _;
use super::themes::{Comparing, Intervals, Passage, Ranged, ThemeAgreement, by_theme_while, intervals};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::reconcile::coders_of;
use crate::analysis::shares::in_shares;
use crate::study::{CoderId, Material, SourceId, StatusKind, Study, ThemeId};
use crate::text::{CharMap, NoSuchBlob, Span, Texts, Voice};

/// What coders are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum UnitOf {
    /// Every character of the text that counts, coded or not.
    #[default]
    Characters,
    /// Every paragraph, coded where any of its text is.
    Paragraphs,
    /// The segments of two coders, met where one of the other shares at least so much of the text of both together, from 0 to 1.
    Segments(f64),
}

/// Whose agreement on what is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The coders; the agreed layer is nobody's.
    pub coders: Vec<CoderId>,
    /// By what they are compared.
    pub unit: UnitOf,
    /// Whether what interviewers say counts too. What participants say and what authors write counts always; labels, headings
    /// without a voice and time stamps never.
    pub interviewers: bool,
}

/// Why a source is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Of those who are compared only this one worked in it: coded in it, or says that it is done.
    Only(CoderId),
    /// None of them did.
    Nobody,
    /// It has no text that counts.
    NoText,
}

/// How far coders of a study agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// What was asked for.
    pub asked: Asked,
    /// What each theme stands for.
    pub scope: Scope,
    /// The sources that are compared, in their order: two or more of the coders worked in each.
    pub sources: Vec<SourceId>,
    /// The same, by how much text counts and who worked in it.
    pub ranged: Vec<Ranged>,
    /// How many of them not all who worked in them say are done.
    pub unfinished: usize,
    /// The sources that are not, and why.
    pub left_out: Vec<(SourceId, Why)>,
    /// How many codings in the compared sources hold nothing of the text that counts.
    pub outside: usize,
    /// Whether some coding counts under several themes: its own and those above it.
    pub nested: bool,
    /// The themes that somebody used, in the order of the lines.
    pub themes: Vec<ThemeAgreement<ThemeId>>,
    /// Those that nobody used, of which nothing can be said.
    pub unused: Vec<ThemeId>,
    /// Where coders differ, by theme in the order of the lines, then in the order of the sources and of place.
    pub differences: Vec<Difference>,
}

impl Agreement {
    /// The mean over the themes of a coefficient of all sources together, with in how many themes it is defined.
    #[must_use]
    pub fn mean(&self, of: fn(&ThemeAgreement<ThemeId>) -> Coefficient) -> MeanOf {
        MeanOf::of(self.themes.iter().map(of), Undefined::NotUsed)
    }

    /// All segments of all themes together, each once; `None` where something else is compared, and where a segment counts under several
    /// themes and may be met under one of them and not under another.
    #[must_use]
    pub fn matched(&self) -> Option<Matched> {
        let mut all = (matches!(self.asked.unit, UnitOf::Segments(_)) && !self.nested).then(Matched::default)?;
        for theme in &self.themes {
            if let Counted::Segments(segments) = &theme.together {
                all.add(&segments.matched, 1);
            }
        }
        Some(all)
    }

    /// How many differences there are on each theme that has some.
    #[must_use]
    pub fn differences_by_theme(&self) -> HashMap<ThemeId, usize> {
        let mut counts = HashMap::new();
        for difference in &self.differences {
            *counts.entry(difference.theme).or_default() += 1;
        }
        counts
    }

    /// Intervals of the coefficients of each theme: see [`intervals`](super::intervals).
    pub fn intervals(&self, resampling: Resampling, go_on: impl FnMut(u32) -> bool) -> Option<Vec<Intervals>> {
        intervals(&self.themes, &self.ranged, resampling, go_on)
    }
}

/// Those who coded somewhere or say that they are done with a source, in the order of their arrival.
#[must_use]
pub fn coders_at_work(study: &Study) -> BTreeSet<CoderId> {
    study.materials().iter().flat_map(|material| coders_of(material)).collect()
}

/// How far coders agree on each of `lines`, and where they differ. `go_on` is asked before each source, with how many are done and how
/// many there are, and again before each theme; once it says no, there is no answer.
///
/// # Errors
/// [`NoSuchBlob`] when a text cannot be had.
pub fn agreement(
    study: &Study,
    texts: &dyn Texts,
    lines: &Lines,
    asked: &Asked,
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Agreement>, NoSuchBlob> {
    let materials = study.materials();
    let weights: Vec<usize> = materials.iter().map(|material| material.codings.len() + 1).collect();
    let parts = in_shares(&weights, &mut go_on, |share, step| {
        let mut found = Compared::default();
        let mut all = materials.get(share).unwrap_or_default().iter().take_while(|_| step());
        all.try_for_each(|material| found.add(material, texts, lines, asked)).map(|()| found)
    });
    let Some(parts) = parts else { return Ok(None) };
    let compared = parts.into_iter().try_fold(Compared::default(), |all, part| Ok(all.and(part?)))?;
    let Compared { sources, ranged, left_out, unfinished, outside, nested, frames, mut passages } = compared;
    // In every source they are in order, and the sources are.
    passages.sort_by_key(|passage| passage.theme);
    let comparing = match asked.unit {
        UnitOf::Characters | UnitOf::Paragraphs => Comparing::Units,
        UnitOf::Segments(least) => Comparing::Segments(least),
    };
    // What is done with the sources is hardly any work beside them: it only has to be heard that nobody waits for it any more.
    let all = materials.len();
    let mut still = |_: usize, _: usize| go_on(all, all);
    let Some(found) = by_theme_while(&mut passages, &ranged, comparing, &mut still) else { return Ok(None) };
    let theme = |line: u32| lines.themes().get(line as usize).copied();
    let used: BTreeSet<u32> = found.iter().map(|of| of.theme).collect();
    let unused = (0..).zip(lines.themes()).filter(|(line, _)| !used.contains(line)).map(|(_, theme)| *theme).collect();
    let of_themes: Vec<&[Passage<u32>]> = passages.chunk_by(|one, other| one.theme == other.theme).collect();
    let weights: Vec<usize> = of_themes.iter().map(|passages| passages.len()).collect();
    let differ = |passages: &&[Passage<u32>]| -> Vec<Difference> {
        let found = differences(passages, &asked.coders, &ranged, comparing, &frames).filter_map(|(line, source, found)| {
            let (theme, source) = (theme(line)?, *sources.get(source)?);
            Some(Difference { theme, source, span: found.span, by: found.by, of: found.of, apart: found.apart })
        });
        found.collect()
    };
    let differences = in_shares(&weights, &mut still, |share, step| {
        of_themes.get(share).unwrap_or_default().iter().take_while(|_| step()).flat_map(differ).collect::<Vec<_>>()
    });
    let Some(differences) = differences else { return Ok(None) };
    Ok(Some(Agreement {
        differences: differences.into_iter().flatten().collect(),
        themes: found.into_iter().filter_map(|of| Some((theme(of.theme)?, of))).map(|(theme, of)| of.on(theme)).collect(),
        asked: asked.clone(),
        scope: lines.scope(),
        sources,
        ranged,
        unfinished,
        left_out,
        outside,
        nested,
        unused,
    }))
}

/// What is compared of some of the sources, one after the other.
#[derive(Default)]
struct Compared {
    sources: Vec<SourceId>,
    ranged: Vec<Ranged>,
    left_out: Vec<(SourceId, Why)>,
    unfinished: usize,
    outside: usize,
    /// Whether a coding counts under several themes.
    nested: bool,
    /// Of every source its paragraphs, where those are the units.
    frames: Vec<Vec<Span>>,
    /// Of every source in their order.
    passages: Vec<Passage<u32>>,
}

impl Compared {
    /// Adds a source behind the others.
    fn add(&mut self, material: &Material, texts: &dyn Texts, lines: &Lines, asked: &Asked) -> Result<(), NoSuchBlob> {
        let working = coders_of(material);
        let by: Vec<bool> = asked.coders.iter().map(|coder| working.contains(coder)).collect();
        let at_work = || asked.coders.iter().zip(&by).filter(|(_, works)| **works).map(|(coder, _)| *coder);
        let why = match (at_work().count(), at_work().next()) {
            (0, _) | (_, None) => Some(Why::Nobody),
            (1, Some(coder)) => Some(Why::Only(coder)),
            _ => None,
        };
        let frame = if why.is_none() { Frame::of(material, texts, asked)? } else { None };
        let Some(frame) = frame else {
            self.left_out.push((material.source.id, why.unwrap_or(Why::NoText)));
            return Ok(());
        };
        self.unfinished += usize::from(at_work().any(|coder| material.status(coder) != StatusKind::Done));
        let source = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let first = self.passages.len();
        for coded in &material.codings {
            let coding = &coded.coding;
            let coder = asked.coders.iter().position(|coder| *coder == coding.coder).and_then(|place| u32::try_from(place).ok());
            let of = lines.of(coding.theme);
            let Some(coder) = coder.filter(|_| !of.is_empty()) else { continue };
            let units = frame.place(coding.span);
            if units.is_empty() {
                self.outside += 1;
                continue;
            }
            self.nested |= of.len() > 1;
            self.passages.extend(of.iter().map(|line| Passage { theme: *line, source, coder, units, span: coding.span }));
        }
        self.passages.get_mut(first..).unwrap_or_default().sort_unstable();
        self.sources.push(material.source.id);
        self.ranged.push(Ranged { units: frame.units(), by });
        self.frames.push(frame.paragraphs());
        Ok(())
    }

    /// These sources and behind them the others.
    fn and(mut self, mut other: Self) -> Self {
        let before = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        for passage in &mut other.passages {
            passage.source += before;
        }
        self.sources.append(&mut other.sources);
        self.ranged.append(&mut other.ranged);
        self.left_out.append(&mut other.left_out);
        self.frames.append(&mut other.frames);
        self.passages.append(&mut other.passages);
        self.unfinished += other.unfinished;
        self.outside += other.outside;
        self.nested |= other.nested;
        self
    }
}

/// The text of a source that counts, as units.
enum Frame {
    /// Characters of all that counts, one after the other.
    Characters { text: Arc<str>, map: CharMap, ground: Ground },
    /// Paragraphs with some text that counts.
    Paragraphs {
        ground: Ground,
        /// Where each is.
        spans: Vec<Span>,
        /// The same on the ground.
        placed: Vec<Span>,
    },
}

impl Frame {
    /// The frame of a source; `None` where nothing counts.
    fn of(material: &Material, texts: &dyn Texts, asked: &Asked) -> Result<Option<Self>, NoSuchBlob> {
        let counts = |voice| match voice {
            Voice::Participant | Voice::Author => true,
            Voice::Interviewer => asked.interviewers,
            Voice::Furniture => false,
        };
        let Some(revision) = material.revision() else { return Ok(None) };
        let (geometry, text) = (&material.geometry, texts.text(revision.text)?);
        let paragraphs = geometry.paragraphs().iter().filter(|paragraph| counts(material.speaker_of(paragraph).0));
        let counted = paragraphs.map(|paragraph| (paragraph.span, geometry.unstamped(&text, paragraph.span)));
        let (spans, pieces): (Vec<Span>, Vec<Vec<Span>>) = counted.filter(|(_, pieces)| !pieces.is_empty()).unzip();
        let pieces = pieces.into_iter().flatten();
        Ok(match asked.unit {
            _ if spans.is_empty() => None,
            UnitOf::Paragraphs => {
                let ground = Ground::of(&pieces.collect::<Vec<_>>());
                Some(Self::Paragraphs { placed: spans.iter().map(|span| ground.place(*span)).collect(), ground, spans })
            }
            UnitOf::Characters | UnitOf::Segments(_) => {
                let map = CharMap::new(&text);
                let chars: Vec<Span> = pieces.map(|span| in_chars(&map, &text, span)).collect();
                Some(Self::Characters { ground: Ground::of(&chars), map, text })
            }
        })
    }

    fn units(&self) -> u32 {
        match self {
            Self::Characters { ground, .. } => u32::try_from(ground.length()).unwrap_or(u32::MAX),
            Self::Paragraphs { spans, .. } => u32::try_from(spans.len()).unwrap_or(u32::MAX),
        }
    }

    /// The units that a passage is on.
    fn place(&self, span: Span) -> Span {
        match self {
            Self::Characters { text, map, ground } => ground.place(in_chars(map, text, span)),
            Self::Paragraphs { ground, placed, .. } => {
                let here = ground.place(span);
                let first = placed.partition_point(|paragraph| paragraph.end <= here.start);
                let last = placed.partition_point(|paragraph| paragraph.start < here.end);
                if here.is_empty() { Span::default() } else { Span::of(first..last) }
            }
        }
    }

    /// The paragraphs, where those are the units.
    fn paragraphs(self) -> Vec<Span> {
        match self {
            Self::Characters { .. } => Vec::new(),
            Self::Paragraphs { spans, .. } => spans,
        }
    }
}

fn in_chars(map: &CharMap, text: &str, span: Span) -> Span {
    let chars = map.chars(text, span);
    Span::of(chars.start..chars.end)
}
