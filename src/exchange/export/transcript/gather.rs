//! Finds what stands where in the transcripts.

use std::collections::{HashMap, HashSet};

use super::super::course::GoOn;
use super::super::document::blocks::{about_lines, counted};
use super::super::leaving::TableError;
use super::super::names::Names;
use super::super::told::{is_told, speaker};
use super::{Coded, Listed, Manner, Transcript, Transcripts, Turn};
use crate::analysis::matrix::Filter;
use crate::study::{AttributeOf, Coding, Material, MemoOn, Origin, SourceId, ThemeId};
use crate::text::{Paragraph, ParagraphKind, Span, Texts, Voice, lanes, layers};

/// So much longer than its words is what a stripe takes up at both ends, in bytes: about half a line.
const HALF_LINE: u32 = 40;

/// The sources that a filter lets in, or the only one that is asked for, with the codings that it lets in.
///
/// # Errors
/// [`TableError`] when a text is missing; [`TableError::Cancelled`] when `go_on` said so: it is asked before each source.
pub(in crate::exchange::export) fn transcripts(
    names: &Names<'_>,
    texts: &dyn Texts,
    (filter, only): (&Filter, Option<SourceId>),
    counts: &dyn Fn(&Material, &Coding) -> bool,
    now: i64,
    go_on: GoOn<'_>,
) -> Result<Transcripts, TableError> {
    let study = names.study();
    let mut themes = legend(names);
    let places: HashMap<ThemeId, usize> = themes.iter().enumerate().map(|(at, theme)| (theme.id, at)).collect();
    let wanted =
        |material: &&std::sync::Arc<Material>| only.map_or_else(|| filter.lets_in(study, material), |only| material.source.id == only);
    let wanted: Vec<_> = study.materials().iter().filter(wanted).collect();
    let mut sources = Vec::with_capacity(wanted.len());
    for (done, material) in wanted.iter().enumerate() {
        if !go_on(done, wanted.len()) {
            return Err(TableError::Cancelled);
        }
        sources.push(transcript(names, texts, material, &places, counts)?);
    }
    for coded in sources.iter().flat_map(|source| &source.codings) {
        if let Some(theme) = themes.get_mut(coded.theme) {
            theme.codings += 1;
        }
    }
    let whose = super::super::about::counted(study, filter).join(". ");
    let about = about_lines(names, "Transcripts with what is coded in them.", now).into_iter().chain([whose]).collect();
    let what = match (only, sources.as_slice()) {
        (Some(_), [source]) => format!("coded transcript of {}", source.name),
        _ => "coded transcripts".to_owned(),
    };
    Ok(Transcripts { title: format!("{}: {what}", study.project().name), about, sources, themes, time: now })
}

fn legend(names: &Names<'_>) -> Vec<Listed> {
    let book = names.study().codebook();
    let rows = book.outline().iter().filter_map(|row| book.get(row.theme).map(|theme| (row, theme)));
    rows.map(|(row, theme)| Listed {
        id: theme.id,
        number: book.number(theme.id).to_owned(),
        name: theme.name.clone(),
        path: names.theme(theme.id),
        depth: row.depth,
        definition: theme.definition.trim().to_owned(),
        colour: book.colour(theme.id).map(str::to_owned),
        codings: 0,
    })
    .collect()
}

fn transcript(
    names: &Names<'_>,
    texts: &dyn Texts,
    material: &Material,
    themes: &HashMap<ThemeId, usize>,
    counts: &dyn Fn(&Material, &Coding) -> bool,
) -> Result<Transcript, TableError> {
    let text = match material.revision() {
        Some(revision) => texts.text(revision.text)?,
        None => "".into(),
    };
    let is_full = names.labels().is_full();
    // A place among the turns for every paragraph that is told.
    let mut turn_of = Vec::with_capacity(material.geometry.paragraphs().len());
    let told: Vec<(usize, &Paragraph)> =
        material.geometry.paragraphs().iter().enumerate().filter(|(_, paragraph)| is_full || is_told(paragraph)).collect();
    for (turn, (at, _)) in told.iter().enumerate() {
        turn_of.resize(*at, turn);
        turn_of.push(turn);
    }
    let mut over: Vec<Vec<(usize, Span)>> = vec![Vec::new(); told.len()];
    let (mut codings, mut spans) = (Vec::new(), Vec::new());
    let about = Facts::of(material);
    for coding in material.codings.iter().map(|coded| &coded.coding).filter(|coding| counts(material, coding)) {
        let Some(theme) = themes.get(&coding.theme) else { continue };
        let mut ends: Option<(usize, usize)> = None;
        let paragraphs = material.geometry.paragraphs_in(coding.span);
        let first = turn_of.get(paragraphs.start).copied().unwrap_or(told.len());
        for (turn, (_, paragraph)) in told.iter().enumerate().skip(first).take_while(|(_, (at, _))| *at < paragraphs.end) {
            let Some(part) = paragraph.span.intersection(coding.span) else { continue };
            let own = Span::new(part.start - paragraph.span.start, part.end - paragraph.span.start);
            if let Some(over) = over.get_mut(turn) {
                over.push((codings.len(), own));
            }
            ends = Some((ends.map_or(turn, |(first, _)| first), turn));
        }
        if let Some(turns) = ends {
            spans.push(coding.span);
            codings.push(about.coded(names, coding, *theme, turns));
        }
    }
    place_in_lanes(&mut codings, &spans);
    let turn = |((at, paragraph), over): (&(usize, &Paragraph), Vec<(usize, Span)>)| {
        let words = paragraph.span.slice(&text).to_owned();
        let pieces = pieces(&words, &over);
        Turn { number: at + 1, who: speaker(names, material, paragraph), manner: manner(material, paragraph), words, over, pieces }
    };
    Ok(Transcript {
        name: names.labels().source(&material.source),
        facts: facts(names, material),
        turns: told.iter().zip(over).map(turn).collect(),
        codings,
    })
}

/// What hangs on the codings of a source.
struct Facts<'a> {
    quotes: HashSet<crate::study::CodingId>,
    contrary: HashMap<crate::study::CodingId, &'a str>,
    memos: HashMap<crate::study::CodingId, Vec<&'a str>>,
}

impl<'a> Facts<'a> {
    fn of(material: &'a Material) -> Self {
        let mut memos: HashMap<_, Vec<&str>> = HashMap::new();
        for memo in &material.memos {
            if let MemoOn::Coding { coding, .. } = memo.on {
                memos.entry(coding).or_default().push(&memo.text);
            }
        }
        let contrary = material.contrary_marks.iter().map(|mark| (mark.coding, mark.contrary_to.as_str()));
        Self { quotes: material.kept_quote_marks().filter_map(|mark| mark.coding).collect(), contrary: contrary.collect(), memos }
    }

    fn coded(&self, names: &Names<'_>, coding: &Coding, theme: usize, turns: (usize, usize)) -> Coded {
        let coder = names.study().coders().get(&coding.coder);
        let memos = self.memos.get(&coding.id).into_iter().flatten().map(|memo| (*memo).to_owned()).collect();
        Coded {
            theme,
            coder: coder.map(|coder| coder.name.clone()).unwrap_or_default(),
            initials: coder.map(|coder| coder.initials.clone()).unwrap_or_default(),
            time: coding.time,
            is_quote: self.quotes.contains(&coding.id),
            contrary: self.contrary.get(&coding.id).map(|to| (*to).to_owned()),
            is_unread: coding.origin == Origin::SearchUnread,
            memos,
            turns,
            lane: 0,
        }
    }
}

/// Gives every coding the lane of its stripe. Those of turns that no coding joins are on their own, so that a text with one crowded
/// place is not crowded everywhere.
fn place_in_lanes(codings: &mut [Coded], spans: &[Span]) {
    let mut order: Vec<usize> = (0..codings.len()).collect();
    order.sort_by_key(|at| codings.get(*at).map(|coded| coded.turns.0));
    let mut cluster: Vec<usize> = Vec::new();
    let mut last = 0;
    let mut clusters = Vec::new();
    for at in order {
        let Some((first, end)) = codings.get(at).map(|coded| coded.turns) else { continue };
        if !cluster.is_empty() && first > last {
            clusters.push(std::mem::take(&mut cluster));
        }
        last = if cluster.is_empty() { end } else { last.max(end) };
        cluster.push(at);
    }
    clusters.push(cluster);
    for cluster in clusters {
        let wide = |at: &usize| {
            let span = spans.get(*at).copied().unwrap_or_default();
            Span::new(span.start.saturating_sub(HALF_LINE), span.end.saturating_add(HALF_LINE))
        };
        let placed = lanes(&cluster.iter().map(wide).collect::<Vec<_>>());
        for (at, lane) in cluster.into_iter().zip(placed) {
            if let Some(coded) = codings.get_mut(at) {
                coded.lane = lane;
            }
        }
    }
}

/// The words cut where any coding begins or ends.
fn pieces(words: &str, over: &[(usize, Span)]) -> Vec<(std::ops::Range<usize>, Vec<usize>)> {
    let spans: Vec<Span> = over.iter().map(|(_, span)| *span).collect();
    let mut cut = Vec::new();
    let mut from = 0;
    for layer in layers(&spans) {
        let range = layer.span.range();
        if from < range.start {
            cut.push((from..range.start, Vec::new()));
        }
        from = range.end;
        cut.push((range, layer.over.iter().filter_map(|at| over.get(*at)).map(|(coding, _)| *coding).collect()));
    }
    if from < words.len() {
        cut.push((from..words.len(), Vec::new()));
    }
    cut
}

fn manner(material: &Material, paragraph: &Paragraph) -> Manner {
    match (paragraph.kind, material.speaker_of(paragraph).0) {
        (ParagraphKind::Heading, _) => Manner::Heading,
        (ParagraphKind::Furniture, _) | (_, Voice::Interviewer | Voice::Furniture) => Manner::Quiet,
        (ParagraphKind::ListItem, _) => Manner::Item,
        _ => Manner::Said,
    }
}

/// What is known of a source and of those who speak in it, as far as it may be told.
fn facts(names: &Names<'_>, material: &Material) -> Vec<String> {
    let study = names.study();
    let attributes = names.labels().attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Sources);
    let known = attributes.filter_map(|attribute| {
        let values = study.value_names(&material.source.values, attribute.id);
        (!values.is_empty()).then(|| format!("{}: {values}", attribute.name))
    });
    let known: Vec<String> = known.collect();
    let mut cases: Vec<_> = material.spoken().iter().filter_map(|(case, _)| study.case(material.case(*case)?)).collect();
    cases.sort_by_key(|case| (case.position, case.id));
    let speaking: Vec<String> = cases.into_iter().map(|case| names.attribution(Some(case))).collect();
    let speaking = (!speaking.is_empty()).then(|| format!("Speaking: {}", speaking.join("; ")));
    let broken = material.broken.codings.len();
    let broken =
        (broken > 0).then(|| format!("Not shown, because a correction took the words away: {}.", counted(broken, "coding", "codings")));
    let known = (!known.is_empty()).then(|| known.join(" · "));
    [known, speaking, broken].into_iter().flatten().collect()
}
