use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::bootstrap::Resampling;
use super::characters::Ground;
use super::coefficient::{Coefficient, MeanOf, Undefined};
use super::counted::Counted;
use super::differences::{Difference, differences};
use super::segments::Matched;
use super::sources::Pool as _;
use super::themes::{Comparing, Intervals, Passage, Ranged, ThemeAgreement, by_theme, intervals};
use crate::analysis::lines::Lines;
use crate::analysis::reconcile::coders_of;
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

    /// All segments of all themes together; `None` where something else is compared.
    #[must_use]
    pub fn matched(&self) -> Option<Matched> {
        let mut all = matches!(self.asked.unit, UnitOf::Segments(_)).then(Matched::default)?;
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
/// many there are; once it says no, there is no answer.
///
/// # Errors
/// [`NoSuchBlob`] when a text cannot be had; none is needed where paragraphs are compared.
pub fn agreement(
    study: &Study,
    texts: &dyn Texts,
    lines: &Lines,
    asked: &Asked,
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Agreement>, NoSuchBlob> {
    let (mut sources, mut ranged, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    let (mut unfinished, mut outside) = (0, 0);
    let mut frames = Vec::new();
    let mut passages: Vec<Passage<u32>> = Vec::new();
    for (done, material) in study.materials().iter().enumerate() {
        if !go_on(done, study.materials().len()) {
            return Ok(None);
        }
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
            left_out.push((material.source.id, why.unwrap_or(Why::NoText)));
            continue;
        };
        unfinished += usize::from(at_work().any(|coder| material.status(coder) != StatusKind::Done));
        let source = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        for coded in &material.codings {
            let coding = &coded.coding;
            let coder = asked.coders.iter().position(|coder| *coder == coding.coder).and_then(|place| u32::try_from(place).ok());
            let of = lines.of(coding.theme);
            let Some(coder) = coder.filter(|_| !of.is_empty()) else { continue };
            let units = frame.place(coding.span);
            if units.is_empty() {
                outside += 1;
                continue;
            }
            passages.extend(of.iter().map(|line| Passage { theme: *line, source, coder, units, span: coding.span }));
        }
        sources.push(material.source.id);
        ranged.push(Ranged { units: frame.units(), by });
        frames.push(frame.paragraphs());
    }
    let comparing = match asked.unit {
        UnitOf::Characters | UnitOf::Paragraphs => Comparing::Units,
        UnitOf::Segments(least) => Comparing::Segments(least),
    };
    let found = by_theme(&mut passages, &ranged, comparing);
    let theme = |line: u32| lines.themes().get(line as usize).copied();
    let used: BTreeSet<u32> = found.iter().map(|of| of.theme).collect();
    let unused = (0..).zip(lines.themes()).filter(|(line, _)| !used.contains(line)).map(|(_, theme)| *theme).collect();
    let differences = differences(&passages, &asked.coders, &ranged, comparing, &frames);
    let differences = differences.filter_map(|(line, source, found)| {
        Some(Difference {
            theme: theme(line)?,
            source: *sources.get(source)?,
            span: found.span,
            by: found.by,
            of: found.of,
            apart: found.apart,
        })
    });
    Ok(Some(Agreement {
        differences: differences.collect(),
        themes: found.into_iter().filter_map(|of| Some((theme(of.theme)?, of))).map(|(theme, of)| of.on(theme)).collect(),
        asked: asked.clone(),
        sources,
        ranged,
        unfinished,
        left_out,
        outside,
        unused,
    }))
}

/// The text of a source that counts, as units.
enum Frame {
    /// Characters of all that counts, one after the other.
    Characters {
        text: Arc<str>,
        map: CharMap,
        ground: Ground,
    },
    Paragraphs(Vec<Span>),
}

impl Frame {
    /// The frame of a source; `None` where nothing counts.
    fn of(material: &Material, texts: &dyn Texts, asked: &Asked) -> Result<Option<Self>, NoSuchBlob> {
        let counts = |voice| match voice {
            Voice::Participant | Voice::Author => true,
            Voice::Interviewer => asked.interviewers,
            Voice::Furniture => false,
        };
        let paragraphs = material.geometry.paragraphs().iter();
        let spans = paragraphs.filter(|paragraph| counts(material.speaker_of(paragraph).0)).map(|paragraph| paragraph.span);
        let spans: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
        let Some(revision) = material.revision().filter(|_| !spans.is_empty()) else { return Ok(None) };
        if asked.unit == UnitOf::Paragraphs {
            return Ok(Some(Self::Paragraphs(spans)));
        }
        let text = texts.text(revision.text)?;
        let map = CharMap::new(&text);
        let chars: Vec<Span> = spans.into_iter().map(|span| in_chars(&map, &text, span)).collect();
        Ok(Some(Self::Characters { ground: Ground::of(&chars), map, text }))
    }

    fn units(&self) -> u32 {
        match self {
            Self::Characters { ground, .. } => u32::try_from(ground.length()).unwrap_or(u32::MAX),
            Self::Paragraphs(spans) => u32::try_from(spans.len()).unwrap_or(u32::MAX),
        }
    }

    /// The units that a passage is on.
    fn place(&self, span: Span) -> Span {
        match self {
            Self::Characters { text, map, ground } => ground.place(in_chars(map, text, span)),
            Self::Paragraphs(spans) => {
                let first = spans.partition_point(|paragraph| paragraph.end <= span.start);
                let last = spans.partition_point(|paragraph| paragraph.start < span.end);
                Span::of(first..last.max(first))
            }
        }
    }

    /// The paragraphs, where those are the units.
    fn paragraphs(self) -> Vec<Span> {
        match self {
            Self::Characters { .. } => Vec::new(),
            Self::Paragraphs(spans) => spans,
        }
    }
}

fn in_chars(map: &CharMap, text: &str, span: Span) -> Span {
    let chars = map.chars(text, span);
    Span::of(chars.start..chars.end)
}
