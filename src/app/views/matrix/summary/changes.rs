//! What has changed under a cell since its summary was written: every passage with its words, every case with its values.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::drift::Drifted;
use super::editor::{inset, note};
use crate::analysis::basis::Drift;
use crate::analysis::changed::{Changed, Differs, Gone, Words};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{focus_ring, paint_words, select_fill, words};
use crate::study::{Basis, Crossing, NOT_STATED, Study, Values};

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

/// Shows all of it: what is new, gone, and has other words; who came, left, or has other values; and last what is there and
/// makes nothing stale.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, drift: &Drift, drifted: &Drifted) {
    let changed = drifted.changed();
    let of = |wanted: fn(&Differs) -> bool| changed.iter().filter(|change| wanted(&change.differs)).collect::<Vec<_>>();
    let new = of(|differs| *differs == Differs::New);
    // Where other codings hold the words, only a coding of them is gone.
    let held = |change: &&&Changed| drifted.holds(change.words);
    let gone = of(|differs| matches!(differs, Differs::Gone(_)));
    let (codings, gone): (Vec<&Changed>, Vec<&Changed>) = gone.iter().partition(held);
    let moved = of(|differs| *differs == Differs::Moved);
    let within = of(|differs| *differs == Differs::Within);
    show_passages(ui, cx, cell, &new, ("passage is new", "passages are new"));
    show_passages(ui, cx, cell, &gone, ("passage is gone", "passages are gone"));
    show_passages(
        ui,
        cx,
        cell,
        &codings,
        ("coding is gone; its words are still coded here", "codings are gone; their words are still coded here"),
    );
    show_passages(ui, cx, cell, &moved, ("passage has other words", "passages have other words"));
    if let Some((before, now)) = drifted.bases() {
        show_cases(ui, cx, drift, (&before, &now));
    }
    if !within.is_empty() {
        let (one, many) = ("coding came within passages that were here", "codings came within passages that were here");
        show_passages(ui, cx, cell, &within, (one, many));
        note(ui, cx, "These are shown, and do not make the summary stale.");
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, says: String) {
    inset(ui, cx.tokens, |ui| words(ui, cx.tokens, Type::MicroStrong, cx.tokens.colour.ink_secondary, says));
}

fn show_passages(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, passages: &[&Changed], (one, many): (&str, &str)) {
    if passages.is_empty() {
        return;
    }
    head(ui, cx, counted(passages.len(), one, many));
    for (at, change) in passages.iter().enumerate() {
        ui.push_id((one, at), |ui| show_passage(ui, cx, cell, change));
    }
}

/// A passage that differs, with its words; a press leads to them in the text.
fn show_passage(ui: &mut Ui, cx: &mut Cx<'_>, cell: &Crossing, change: &Changed) {
    let (sign, kind) = match change.differs {
        Differs::New => (icons::PLUS, "New"),
        Differs::Gone(_) => (icons::MINUS, "Gone"),
        Differs::Moved => (icons::PENCIL, "Other words"),
        Differs::Within => (icons::REPEAT, "Coded again"),
    };
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
    if row(ui, cx, (sign, kind), [&label, &said, &why]) {
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
fn show_cases(ui: &mut Ui, cx: &mut Cx<'_>, drift: &Drift, (before, now): (&Basis, &Basis)) {
    let kinds = [
        (&drift.cases_come, (icons::USER_PLUS, "Came"), "case came to this cell", "cases came to this cell"),
        (&drift.cases_gone, (icons::MINUS, "Left"), "case left this cell", "cases left this cell"),
        (&drift.cases_changed, (icons::PENCIL, "Other values"), "case has other values", "cases have other values"),
    ];
    for (cases, sign, one, many) in kinds {
        if cases.is_empty() {
            continue;
        }
        head(ui, cx, counted(cases.len(), one, many));
        for id in cases {
            let case = cx.study.case(*id).cloned();
            let label = case.as_ref().map_or("A case that was removed", |case| case.label.as_str()).to_owned();
            let was = before.cases.get(id);
            let is = now.cases.get(id).or(case.as_ref().map(|case| &case.values));
            let differs = was.zip(is).map(|(was, is)| values_differ(cx.study, was, is)).unwrap_or_default();
            if ui.push_id((one, id), |ui| row(ui, cx, sign, [&label, &differs, ""])).inner && case.is_some() {
                cx.go(Place::Case(*id));
            }
        }
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

/// A line of what differs: a sign, where it stands, what it says, and why; returns whether it was pressed.
fn row(ui: &mut Ui, cx: &Cx<'_>, (sign, kind): (char, &str), [label, said, why]: [&str; 3]) -> bool {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let (left, right) = (tokens.space.five + tokens.size.icon + tokens.space.half, tokens.space.five);
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
