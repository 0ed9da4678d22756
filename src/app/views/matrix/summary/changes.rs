//! What has changed under a cell since its summary was written: every passage with its words, every case with its values.

use std::collections::HashMap;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::drift::Drifted;
use super::editor::{inset, note};
use crate::analysis::basis::{Drift, Held};
use crate::analysis::changed::{Changed, Differs, Gone, Words};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Stack, focus_ring, paint_words, select_fill, words};
use crate::study::{Basis, CaseId, Crossing, NOT_STATED, Study, Values};

/// The sign of a passage that is in a cell and was not there when its summary was written, or not so, and what it says.
#[must_use]
pub const fn marked(differs: Differs) -> Option<(char, &'static str)> {
    match differs {
        Differs::New => Some((icons::PLUS, "New since the summary")),
        Differs::Moved => Some((icons::PENCIL, "Other words than before")),
        Differs::Within => Some((icons::REPEAT, "Coded again since")),
        Differs::Gone(_) => None,
    }
}

/// What of a cell differs: the parts in which it is told, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Passages that are new.
    New,
    /// Passages that are gone.
    Gone,
    /// Codings that are gone, of words that other codings hold.
    Uncoded,
    /// Passages that have other words.
    Moved,
    /// Cases that came to the cell.
    Came,
    /// Cases that left it.
    Left,
    /// Cases that have other values.
    OtherValues,
    /// Codings within passages that were there.
    Within,
}

impl Part {
    /// What its heading says of one, and of several.
    const fn heading(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("passage is new", "passages are new"),
            Self::Gone => ("passage is gone", "passages are gone"),
            Self::Uncoded => ("coding is gone; its words are still coded here", "codings are gone; their words are still coded here"),
            Self::Moved => ("passage has other words", "passages have other words"),
            Self::Came => ("case came to this cell", "cases came to this cell"),
            Self::Left => ("case left this cell", "cases left this cell"),
            Self::OtherValues => ("case has other values", "cases have other values"),
            Self::Within => ("coding came within passages that were here", "codings came within passages that were here"),
        }
    }

    /// The sign at each of its lines, and what it says.
    const fn sign(self) -> (char, &'static str) {
        match self {
            Self::New => (icons::PLUS, "New"),
            Self::Gone | Self::Uncoded => (icons::MINUS, "Gone"),
            Self::Moved => (icons::PENCIL, "Other words"),
            Self::Came => (icons::USER_PLUS, "Came"),
            Self::Left => (icons::MINUS, "Left"),
            Self::OtherValues => (icons::PENCIL, "Other values"),
            Self::Within => (icons::REPEAT, "Coded again"),
        }
    }

    /// Where a passage that differs is told. Where other codings hold its words, only a coding of them is gone.
    fn of(change: &Changed, now: &Held) -> Self {
        let (revision, span) = change.words;
        match change.differs {
            Differs::New => Self::New,
            Differs::Gone(_) if now.touches(revision, span) => Self::Uncoded,
            Differs::Gone(_) => Self::Gone,
            Differs::Moved => Self::Moved,
            Differs::Within => Self::Within,
        }
    }
}

/// A line of what has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// The heading of a part, with how many there are.
    Heading(Part, usize),
    /// A passage, by its place among those that differ.
    Passage(Part, usize),
    /// A case.
    Case(Part, CaseId),
    /// That the part above makes nothing stale.
    NotStale,
}

/// All lines of it: what is new, gone, and has other words; who came, left, or has other values; and last what is there and
/// makes nothing stale.
#[must_use]
pub fn lines(drift: &Drift, changed: &[Changed], now: &Held) -> Vec<Line> {
    let mut passages: HashMap<Part, Vec<usize>> = HashMap::new();
    for (at, change) in changed.iter().enumerate() {
        passages.entry(Part::of(change, now)).or_default().push(at);
    }
    let mut lines = Vec::with_capacity(changed.len());
    let of_passages = |lines: &mut Vec<Line>, part: Part| {
        let Some(places) = passages.get(&part) else { return };
        let codings = || places.iter().filter_map(|at| changed.get(*at)).map(|change| change.codings.len()).sum();
        let count = if matches!(part, Part::Uncoded | Part::Within) { codings() } else { places.len() };
        lines.push(Line::Heading(part, count));
        lines.extend(places.iter().map(|at| Line::Passage(part, *at)));
    };
    for part in [Part::New, Part::Gone, Part::Uncoded, Part::Moved] {
        of_passages(&mut lines, part);
    }
    for (part, cases) in [(Part::Came, &drift.cases_come), (Part::Left, &drift.cases_gone), (Part::OtherValues, &drift.cases_changed)] {
        if !cases.is_empty() {
            lines.push(Line::Heading(part, cases.len()));
            lines.extend(cases.iter().map(|case| Line::Case(part, *case)));
        }
    }
    of_passages(&mut lines, Part::Within);
    if passages.contains_key(&Part::Within) {
        lines.push(Line::NotStale);
    }
    lines
}

/// Shows what is seen of it.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, drifted: &Drifted, stack: &mut Stack<Line>) {
    let tokens = cx.tokens;
    let counted_on = |line, width| counted_on(tokens, drifted.changed(), line, width);
    stack.show(ui, drifted.lines(), counted_on, |ui, line| match line {
        Line::Heading(part, count) => {
            let (one, many) = part.heading();
            let says = counted(count, one, many);
            inset(ui, tokens, |ui| words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, says));
        }
        Line::Passage(part, at) => {
            if let Some(change) = drifted.changed().get(at) {
                show_passage(ui, cx, cell, part, change);
            }
        }
        Line::Case(part, case) => {
            if let Some(bases) = drifted.bases() {
                show_case(ui, cx, part, case, bases);
            }
        }
        Line::NotStale => note(ui, cx, "These are shown, and do not make the summary stale."),
    });
}

/// About how wide a letter is, in heights of its type.
const LETTER: f32 = 0.5;

/// About how many letters say where a passage stands, and why it is gone.
const LABEL: u32 = 32;

/// About how high a line is, in points.
fn counted_on(tokens: &Tokens, changed: &[Changed], line: Line, width: f32) -> f32 {
    let rows = |letters: u32| {
        let in_a_row = (width - before_words(tokens) - tokens.space.five) / (LETTER * tokens.font(Type::Small).size);
        let rows = (letters as f32 / in_a_row.max(1.0)).ceil().clamp(1.0, LINES as f32);
        rows * tokens.line_height(Type::Small) + tokens.space.one
    };
    match line {
        Line::Heading(..) => tokens.line_height(Type::MicroStrong) + tokens.space.one,
        Line::Passage(_, at) => changed.get(at).map_or(0.0, |change| {
            let before = change.before.map_or(0, |(_, span)| span.len());
            rows(change.words.1.len().saturating_add(before).saturating_add(LABEL))
        }),
        Line::Case(..) | Line::NotStale => rows(LABEL),
    }
}

/// A passage that differs, with its words; a press leads to them in the text.
fn show_passage(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, part: Part, change: &Changed) {
    let Found { label, goes } = found(cx.study, change);
    let said = quoted(cx, cell, change, change.words);
    let said = match change.before {
        Some(before) if before.0 != change.words.0 => {
            format!("{said} The source was corrected since. Before: {}", quoted(cx, cell, change, before))
        }
        Some(before) => format!("{said} Before: {}", quoted(cx, cell, change, before)),
        None => said,
    };
    let why = match change.differs {
        Differs::Gone(Gone::Removed) => "Its coding was removed.".to_owned(),
        Differs::Gone(Gone::Recoded(theme)) => format!("Now coded {}.", cx.study.codebook().path(theme)),
        Differs::Gone(Gone::OtherPeople) => "Its words are no longer said by those of this cell.".to_owned(),
        Differs::Gone(Gone::WordsGone) => "Its words were corrected away.".to_owned(),
        Differs::New | Differs::Moved | Differs::Within => String::new(),
    };
    if row(ui, cx, part.sign(), [&label, &said, &why]) {
        match goes {
            Some(place) => cx.go(place),
            None => cx.say("The source of these words was removed. Undo or History brings it back."),
        }
    }
}

/// Where a passage stands, and the way there.
struct Found {
    label: String,
    goes: Option<Place>,
}

fn found(study: &Study, change: &Changed) -> Found {
    let Some(material) = change.source.and_then(|source| study.material(source)) else {
        return Found { label: "A source that was removed".to_owned(), goes: None };
    };
    let (label, id) = (&material.source.label, material.source.id);
    let (revision, span) = change.words;
    if revision != material.source.revision {
        return Found { label: format!("{label}, an earlier version"), goes: Some(Place::Source(id)) };
    }
    let paragraph = material.geometry.paragraph_at(span.start).map(|at| format!(", ¶ {}", at + 1)).unwrap_or_default();
    Found { label: format!("{label}{paragraph}"), goes: Some(Place::Passage(id, span)) }
}

/// Words as they stand in the version they belong to; where that is gone, as they were cited; else it is said that nobody has
/// them here.
fn quoted(cx: &Cx<'_>, cell: &Crossing, change: &Changed, (revision, span): Words) -> String {
    let material = change.source.and_then(|source| cx.study.material(source));
    if let Some(version) = material.and_then(|material| material.revisions.iter().find(|other| other.id == revision)) {
        // Until they come there is as much room as a line of them takes.
        let text = cx.texts.get(version.text);
        return text.map_or_else(|| "…".to_owned(), |text| format!("“{}”", one_line(span.slice(&text.text))));
    }
    let overlaps = |(_, own, cited): (_, _, crate::text::Span)| own == revision && cited.intersection(span).is_some();
    let citations = cx.study.summaries().of(cell).map(|own| own.citations.as_slice()).unwrap_or_default();
    let cited = citations.iter().find(|citation| citation.passage().is_some_and(overlaps));
    cited.map_or_else(|| "Its words went with the source.".to_owned(), |cited| format!("As it was cited: “{}”", one_line(&cited.words)))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who came to the cell, left it, or has other values.
fn show_case(ui: &mut Ui, cx: &mut Cx<'_>, part: Part, id: CaseId, (before, now): (&Basis, &Basis)) {
    let case = cx.study.case(id).cloned();
    let label = case.as_ref().map_or("A case that was removed", |case| case.label.as_str()).to_owned();
    let was = before.cases.get(&id);
    let is = now.cases.get(&id).or(case.as_ref().map(|case| &case.values));
    let differs = was.zip(is).map(|(was, is)| values_differ(cx.study, was, is)).unwrap_or_default();
    if row(ui, cx, part.sign(), [&label, &differs, ""]) && case.is_some() {
        cx.go(Place::Case(id));
    }
}

/// "Group: was Leads, is Workers", for every attribute whose values differ.
fn values_differ(study: &Study, was: &Values, is: &Values) -> String {
    let named = |values: &Values, attribute| Some(study.value_names(values, attribute)).filter(|names| !names.is_empty());
    let mut said = Vec::new();
    for attribute in study.attributes().all() {
        let (before, now) = (named(was, attribute.id), named(is, attribute.id));
        if before != now {
            let name = |names: Option<String>| names.unwrap_or_else(|| NOT_STATED.to_owned());
            said.push(format!("{}: was {}, is {}", attribute.name, name(before), name(now)));
        }
    }
    said.join("; ")
}

/// No more lines of a passage are shown; the whole is said on hover and where a press leads.
const LINES: usize = 4;

/// How far from the edge the words of a line begin: behind its sign.
fn before_words(tokens: &Tokens) -> f32 {
    tokens.space.five + tokens.size.icon + tokens.space.half
}

/// A line of what differs: a sign, where it stands, what it says, and why; returns whether it was pressed.
fn row(ui: &mut Ui, cx: &Cx<'_>, (sign, kind): (char, &str), [label, said, why]: [&str; 3]) -> bool {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let (left, right) = (before_words(tokens), tokens.space.five);
    let format = |strong: bool, ink| {
        let font = if strong { tokens.font_in(Type::Small, family::INTERFACE_MEDIUM) } else { tokens.font(Type::Small) };
        TextFormat { line_height: Some(tokens.line_height(Type::Small)), ..TextFormat::simple(font, ink) }
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width() - left - right;
    job.wrap.max_rows = LINES;
    job.append(label, 0.0, format(true, colour.ink));
    for (words, ink) in [(why, colour.ink_tertiary), (said, colour.ink_secondary)] {
        if !words.is_empty() {
            job.append(words, tokens.space.one + tokens.space.half, format(false, ink));
        }
    }
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + tokens.space.one), Sense::click());
    let spoken =
        [said, why].into_iter().filter(|words| !words.is_empty()).fold(format!("{kind}: {label}"), |all, words| format!("{all}: {words}"));
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &spoken));
    select_fill(ui, tokens, rect, false, &response);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    let line = tokens.line_height(Type::Small);
    let at = rect.left_top() + vec2(tokens.space.five + tokens.size.icon / 2.0, tokens.space.half + line / 2.0);
    paint_words(ui.painter(), at, Align2::CENTER_CENTER, sign, tokens.small_icon_font(Type::Small), colour.ink_secondary);
    let elided = galley.elided;
    ui.painter().galley(rect.left_top() + vec2(left, tokens.space.half), galley, colour.ink);
    let clicked = response.clicked();
    if elided {
        response.on_hover_text(said);
    }
    clicked
}
