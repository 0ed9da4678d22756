use std::collections::BTreeMap;

use super::draft::{Draft, DraftAttribute, DraftCase, DraftSpeaker, Problem};
use super::frame::{Found, Frame};
use super::header::Header;
use super::speakers::{self, Edges, Roster};
use super::stamps::{self, Stamp};
use super::units::{Hint, Unit};
use crate::study::{CaseKind, SourceForm};
use crate::text::{Anchor, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, fold};

/// The lines of a file, taken apart at their edges.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<Line>,
    roster: Roster,
}

#[derive(Debug)]
struct Line {
    /// The unit it is part of.
    unit: usize,
    span: Span,
    number: usize,
    edges: Edges,
    /// Whether it is one that nobody says: the number of a caption, what a program wrote about the file.
    unsaid: bool,
    /// Whether it is a note to what is said: all of it, whatever lines it has.
    is_note: bool,
}

impl Lines {
    /// Takes the units behind the header apart, line by line, and counts their labels.
    pub(super) fn of(text: &str, units: &[Unit], header: &Header) -> Self {
        let body = || units.iter().enumerate().skip(header.units);
        let short_stamps = body().filter(|(_, unit)| stamps::begins_with_short(unit.slice(text))).count();
        let short = short_stamps >= 3 && short_stamps * 3 >= body().count();
        let mut lines = Vec::new();
        for (index, unit) in body() {
            if unit.is_note() {
                let edges = Edges::default();
                lines.push(Line { unit: index, span: unit.span, number: unit.line, edges, unsaid: false, is_note: true });
                continue;
            }
            // A list may have names for numbers.
            let is_marked = speakers::may_be_marked(unit.mark.slice(text));
            let unit_span = if is_marked { unit.whole() } else { unit.span };
            let mut at = unit_span.start as usize;
            for (row, line) in unit_span.slice(text).split('\n').enumerate() {
                let span = Span::of(at..at + line.len()).trimmed(text);
                let bold = if row == 0 && !is_marked { unit.bold as usize } else { 0 };
                at += line.len() + 1;
                if !span.is_empty() {
                    let edges = told(unit).unwrap_or_else(|| speakers::edges(span.slice(text), short, bold));
                    lines.push(Line { unit: index, span, number: unit.line + row, edges, unsaid: false, is_note: false });
                }
            }
        }
        find_captions(text, units, &mut lines);
        find_asides(text, &mut lines);
        believe_stamped_names(text, &mut lines);
        believe_names_before_stamps(&mut lines);
        let roster = Roster::count(lines.iter().map(|line| (line.span.slice(text), &line.edges)), header);
        Self { lines, roster }
    }

    fn label<'text>(&self, text: &'text str, line: &Line) -> Option<&'text str> {
        let label = line.span.slice(text).get(line.edges.label.clone()?)?;
        self.roster.accepts(label, &line.edges).then_some(label)
    }

    /// Whether enough lines are labelled for an interview.
    pub(super) fn are_labelled(&self, text: &str) -> bool {
        if self.lines.iter().any(|line| line.edges.told) {
            return self.lines.iter().any(|line| line.edges.label.is_some());
        }
        let labelled = self.lines.iter().filter(|line| self.label(text, line).is_some()).count();
        let first = self.lines.iter().take(12).any(|line| self.label(text, line).is_some());
        labelled >= 2 && (labelled * 6 >= self.lines.len() || first && labelled * 20 >= self.lines.len())
    }
}

/// A line as the file's format tells it.
fn told(unit: &Unit) -> Option<Edges> {
    let Hint::Turn { label: (from, to), words } = unit.hint else { return None };
    let label = usize::from(from)..usize::from(to);
    let words = usize::from(words)..unit.span.len() as usize;
    Some(Edges {
        mark: label.clone(),
        label: Some(label).filter(|label| !label.is_empty()),
        unlabelled: words.clone(),
        words,
        told: true,
        ..Edges::default()
    })
}

/// Finds what stands before the times of captions: their numbers, and the line with which a file of them begins.
fn find_captions(text: &str, units: &[Unit], lines: &mut [Line]) {
    let mut next_is_caption = false;
    for line in lines.iter_mut().rev() {
        let words = line.span.slice(text);
        let apart = units.get(line.unit).is_some_and(|unit| unit.gap_before);
        line.unsaid = apart && next_is_caption || words == "WEBVTT";
        if line.unsaid {
            line.edges = Edges::default();
        }
        next_is_caption = stamps::is_caption(words);
    }
}

/// Finds what a program wrote about the file, not what was said: the headers (`@`) and tiers (`%`) of CHAT, and who transcribed it.
fn find_asides(text: &str, lines: &mut [Line]) {
    let first = lines.iter().take(2).map(|line| line.span.slice(text));
    let is_chat = first.into_iter().any(|line| line == "@Begin" || line == "@UTF8");
    for line in lines {
        let words = line.span.slice(text);
        if is_chat && words.starts_with(['@', '%']) || words.starts_with("Transcribed by http") {
            line.unsaid = true;
            line.edges = Edges::default();
        }
    }
}

/// `00:00:12 Name` is a label only when its words follow on the next line; else it is a short answer with its stamp.
fn believe_stamped_names(text: &str, lines: &mut [Line]) {
    let mut next_is_words = false;
    for line in lines.iter_mut().rev() {
        let edges = &mut line.edges;
        let begins_with_stamp = edges.stamps.first().is_some_and(|stamp| stamp.at.start == 0);
        let alone = edges.words.is_empty() && edges.label.as_ref().is_some_and(|label| label.end == edges.unlabelled.end);
        if begins_with_stamp && alone && !next_is_words {
            edges.label = None;
            edges.words = edges.unlabelled.clone();
        }
        next_is_words = !begins_with_stamp && !line.span.slice(text).is_empty();
    }
}

/// A name on a line of its own is a label when the next line is nothing but a stamp.
fn believe_names_before_stamps(lines: &mut [Line]) {
    let mut next_is_stamp = false;
    for line in lines.iter_mut().rev() {
        let edges = &mut line.edges;
        edges.bare &= !next_is_stamp;
        next_is_stamp = edges.unlabelled.is_empty() && !edges.stamps.is_empty();
    }
}

/// Reads a transcript: turns with their speakers, or an unlabelled text whose every paragraph is the participant's.
pub(super) fn read(draft: &mut Draft, units: &[Unit], lines: &Lines, header: &Header, frame: &Frame) {
    draft.form = SourceForm::Transcript;
    let (text, anchors) = (std::mem::take(&mut draft.text), std::mem::take(&mut draft.anchors));
    let mut reader = Reader { text, anchors, ..Reader::default() };
    for unit in units.iter().take(header.units) {
        reader.furniture(unit.whole());
    }
    let labelled = lines.are_labelled(&reader.text);
    if labelled {
        reader.turns(units, lines, header);
    } else {
        reader.unlabelled(units, lines);
    }
    reader.anchors.sort_by_key(|anchor| anchor.span.start);
    reader.note_disorder(units);
    let people = people(header, frame, &mut reader.problems);
    draft.case = (!labelled).then(|| people.case(&draft.label, own_kind(&draft.kind)));
    name_cases(&mut reader.speakers, &draft.label, &draft.kind, &people);
    draft.text = reader.text;
    draft.paragraphs = reader.paragraphs;
    draft.anchors = reader.anchors;
    draft.speakers = reader.speakers;
    draft.problems.append(&mut reader.problems);
    draft.attributes =
        header.others.iter().map(|(name, value, of)| DraftAttribute { name: name.clone(), value: value.clone(), of: *of }).collect();
}

#[derive(Default)]
struct Reader {
    text: String,
    paragraphs: Vec<Paragraph>,
    anchors: Vec<Anchor>,
    speakers: Vec<DraftSpeaker>,
    /// Speakers by folded label.
    known: BTreeMap<String, u16>,
    problems: Vec<Problem>,
}

impl Reader {
    fn furniture(&mut self, span: Span) {
        self.paragraphs.push(paragraph(span, ParagraphKind::Furniture, Voice::Furniture));
    }

    /// Keeps a line that nobody says; whether it is one.
    fn beside(&mut self, units: &[Unit], line: &Line) -> bool {
        if line.is_note {
            let label = units.get(line.unit).map(|unit| unit.mark).unwrap_or_default();
            self.paragraphs.push(Paragraph { label, ..paragraph(line.span, ParagraphKind::Footnote, Voice::Author) });
        } else if line.unsaid {
            self.furniture(line.span);
        }
        line.is_note || line.unsaid
    }

    fn turns(&mut self, units: &[Unit], lines: &Lines, header: &Header) {
        let mut speaker = NO_SPEAKER;
        let mut label = Span::default();
        let mut open: Option<usize> = None;
        for line in &lines.lines {
            if self.beside(units, line) {
                open = None;
                continue;
            }
            self.stamp(line);
            let found = lines.label(&self.text, line).map(str::to_owned);
            if let Some(name) = &found {
                self.silent(&mut label);
                open = None;
                speaker = self.speaker(name, lines, header);
                label = inside(line.span, &line.edges.mark);
            }
            let bytes = if found.is_some() { &line.edges.words } else { &line.edges.unlabelled };
            let words = behind_mark(units, line, inside(line.span, bytes)).trimmed(&self.text);
            if words.is_empty() {
                continue;
            }
            // A line of the same unit without a label of its own goes on with the paragraph that was begun.
            if let (None, true, Some(last)) = (&found, open == Some(line.unit), self.paragraphs.last_mut()) {
                last.span = last.span.hull(words);
                continue;
            }
            let mark = units.get(line.unit).map(|unit| unit.mark).filter(|mark| !mark.is_empty() && open != Some(line.unit));
            if let Some(mark) = mark {
                label = if label.is_empty() { mark } else { mark.hull(label) };
            }
            open = Some(line.unit);
            let mut turn = paragraph(words, ParagraphKind::Turn, Voice::Participant);
            turn.label = std::mem::take(&mut label);
            if found.is_none() && is_boxed(units, line) {
                // What stands in a text box beside an interview is nobody's, unless it says whose it is.
                (turn.kind, turn.voice) = (ParagraphKind::Boxed, Voice::Author);
            } else if speaker == NO_SPEAKER {
                self.before_first(&mut turn, units.get(line.unit), line.number);
            } else {
                turn.speaker = speaker;
                turn.voice = self.speakers.get(usize::from(speaker)).map_or(Voice::Participant, |speaker| speaker.voice);
            }
            self.paragraphs.push(turn);
        }
        self.silent(&mut label);
    }

    /// A label that nothing was said behind is kept as furniture.
    fn silent(&mut self, label: &mut Span) {
        let label = std::mem::take(label);
        if !label.is_empty() {
            self.furniture(label);
        }
    }

    /// Words before anybody is named: nobody can say whose they are, so they are kept and not counted.
    fn before_first(&mut self, paragraph: &mut Paragraph, unit: Option<&Unit>, line: usize) {
        paragraph.voice = Voice::Author;
        paragraph.kind = ParagraphKind::Prose;
        if let Some(Hint::Heading(level)) = unit.map(|unit| unit.hint) {
            paragraph.kind = ParagraphKind::Heading;
            paragraph.level = level;
        }
        if !self.problems.iter().any(|problem| problem.sentence == BEFORE_FIRST) {
            self.problems.push(Problem::at(line, BEFORE_FIRST));
        }
    }

    fn unlabelled(&mut self, units: &[Unit], lines: &Lines) {
        let mut open: Option<usize> = None;
        for line in &lines.lines {
            if self.beside(units, line) {
                open = None;
                continue;
            }
            self.stamp(line);
            let words = behind_mark(units, line, inside(line.span, &line.edges.unlabelled)).trimmed(&self.text);
            if words.is_empty() {
                continue;
            }
            if let (true, Some(last)) = (open == Some(line.unit), self.paragraphs.last_mut()) {
                last.span = last.span.hull(words);
                continue;
            }
            open = Some(line.unit);
            let (mark, hint) = units.get(line.unit).map(|unit| (unit.mark, unit.hint)).unwrap_or_default();
            let (kind, level) = match hint {
                Hint::Heading(level) => (ParagraphKind::Heading, level),
                Hint::Item(level) => (ParagraphKind::ListItem, level),
                Hint::Row => (ParagraphKind::TableRow, 0),
                Hint::Aside(_) => (ParagraphKind::Boxed, 0),
                Hint::None | Hint::Quote | Hint::Turn { .. } => (ParagraphKind::Prose, 0),
            };
            let label = mark.trimmed(&self.text);
            self.paragraphs.push(Paragraph { label, level, ..paragraph(words, kind, Voice::Participant) });
        }
    }

    fn stamp(&mut self, line: &Line) {
        let edges = &line.edges;
        let words = line.span.slice(&self.text).get(edges.words.clone()).unwrap_or_default();
        let by = edges.words.start;
        let inner = stamps::within(words).into_iter().map(|stamp| Stamp { at: stamp.at.start + by..stamp.at.end + by, ..stamp });
        let mut stamps: Vec<Stamp> = edges.stamps.iter().cloned().chain(inner).collect();
        stamps.sort_by_key(|stamp| stamp.at.start);
        self.anchors.extend(stamps.into_iter().map(|stamp| Anchor { span: inside(line.span, &stamp.at), time: stamp.time }));
    }

    fn speaker(&mut self, label: &str, lines: &Lines, header: &Header) -> u16 {
        let next = u16::try_from(self.speakers.len()).unwrap_or(NO_SPEAKER);
        let index = *self.known.entry(fold(label)).or_insert(next);
        if index == next && next < NO_SPEAKER {
            let voice = lines.roster.voice(label, header.interviewer.as_deref());
            self.speakers.push(DraftSpeaker { label: label.to_owned(), turns: 0, voice, case: None });
        }
        if let Some(speaker) = self.speakers.get_mut(usize::from(index)) {
            speaker.turns += 1;
        }
        index
    }

    fn note_disorder(&mut self, units: &[Unit]) {
        let back = self.anchors.windows(2).find_map(|pair| match pair {
            [before, after] if after.time < before.time => Some(after.span.start),
            _ => None,
        });
        if let Some(at) = back {
            let line = units.iter().rev().find(|unit| unit.span.start <= at).map_or(1, |unit| unit.line);
            self.problems.push(Problem::at(line, "The time stamps run backwards here. They were kept as they are."));
        }
    }
}

const BEFORE_FIRST: &str = "The words before the first speaker belong to nobody. They can be read and searched but are not counted.";

fn paragraph(span: Span, kind: ParagraphKind, voice: Voice) -> Paragraph {
    Paragraph { span, label: Span::new(span.start, span.start), kind, level: 0, voice, speaker: NO_SPEAKER }
}

fn is_boxed(units: &[Unit], line: &Line) -> bool {
    units.get(line.unit).is_some_and(|unit| unit.aside().is_some())
}

/// The words without the number of a list that was looked at for a name and was none.
fn behind_mark(units: &[Unit], line: &Line, words: Span) -> Span {
    let mark = units.get(line.unit).map_or(0, |unit| unit.mark.end);
    Span::new(words.start.max(mark).min(words.end), words.end)
}

fn inside(line: Span, bytes: &std::ops::Range<usize>) -> Span {
    let within = Span::of(bytes.clone());
    Span::new(line.start + within.start, line.start + within.end)
}

/// What the header says of everybody who takes part.
struct People {
    group: Option<String>,
    area: Option<String>,
}

impl People {
    fn case(&self, label: &str, kind: CaseKind) -> DraftCase {
        DraftCase { label: label.to_owned(), kind, group: self.group.clone(), area: self.area.clone(), attributes: Vec::new() }
    }
}

fn people(header: &Header, frame: &Frame, problems: &mut Vec<Problem>) -> People {
    // A header states a group in so many words, so that a new one is taken as it is; small misspellings are not new.
    let mut resolve = |written: &Option<(String, usize)>, is_first: bool, find: &dyn Fn(&str) -> Found, what: &str| {
        let (spelling, line) = written.as_ref()?;
        match find(spelling) {
            Found::Known(name) => Some(name),
            Found::Near(name) => {
                problems.push(Problem::at(*line, format!("“{spelling}” was taken for the {what} “{name}”.")));
                Some(name)
            }
            Found::Unknown => {
                if !is_first {
                    problems.push(Problem::at(*line, format!("“{spelling}” is a new {what}; the study had none of this name.")));
                }
                Some(spelling.clone())
            }
        }
    };
    let group = resolve(&header.group, frame.groups.is_empty() || frame.grows, &|name| frame.group(name), "participant group");
    let area = resolve(&header.area, frame.areas.is_empty(), &|name| frame.area(name), "case-study area");
    People { group, area }
}

/// The kind of case that everybody together is, by the kind of interview.
fn own_kind(kind: &str) -> CaseKind {
    let folded = fold(kind);
    if folded.contains("pair") {
        CaseKind::Pair
    } else if folded.contains("group") {
        CaseKind::Group
    } else {
        CaseKind::Person
    }
}

/// Proposes a case for each participant's label: the source itself where there is but one, else source and label.
fn name_cases(speakers: &mut [DraftSpeaker], source: &str, kind: &str, people: &People) {
    let takes_part = |speaker: &DraftSpeaker| speaker.voice == Voice::Participant && !speakers::is_unidentified(&speaker.label);
    let alone = speakers.iter().filter(|speaker| takes_part(speaker)).count() == 1;
    for speaker in speakers.iter_mut().filter(|speaker| speaker.voice == Voice::Participant) {
        let own = || format!("{source}-{}", speaker.label);
        speaker.case = Some(if speakers::is_unidentified(&speaker.label) {
            people.case(&own(), CaseKind::Unidentified)
        } else if alone {
            people.case(source, own_kind(kind))
        } else {
            people.case(&own(), CaseKind::Person)
        });
    }
}
