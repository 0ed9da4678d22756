//! What stands where there are no hits: examples while nothing is asked, and notes where only those match.

use eframe::egui;
use eframe::egui::{Align2, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::view::{SearchView, counted};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Button, focus_ring, in_chars, paint_under, paint_words, reading, select_fill, words};
use crate::project::NoteOn;
use crate::query::Query;
use crate::study::{MemoOn, RevisionId, SourceId, Study, ThemeId};
use crate::text::Span;

/// Queries to begin with, and what they find.
const EXAMPLES: [(&str, &str); 5] = [
    ("share", "share, shared, sharing"),
    ("\"share information\"~5", "both words, at most five others between them"),
    ("(protocol OR form*) NOT police", "either, without the third"),
    ("coded:no speaker:participant", "what no theme stands on yet"),
    ("in:memos OR in:definitions", "every memo and definition"),
];

/// How much of its row an example takes, before what it finds.
const QUERY_SHARE: f32 = 0.46;

/// Shows what can be asked.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    if cx.study.materials().is_empty() {
        let what = "Import transcripts or reports; every word of them can then be found here.";
        if crate::app::widgets::empty(ui, tokens, icons::SEARCH, "There is nothing to search yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
        return;
    }
    if !view.query.trim().is_empty() {
        show_unreadable(ui, view, cx);
        return;
    }
    let width = tokens.size.picker_width + tokens.size.left_rail;
    let left = (ui.available_width() - width) / 2.0;
    ui.add_space((ui.available_height() / 4.0 - tokens.space.eight).max(tokens.space.four));
    ui.horizontal(|ui| {
        ui.add_space(left.max(0.0));
        ui.vertical(|ui| {
            ui.set_width(width);
            words(ui, tokens, Type::PaneTitle, colour.ink, "Find words in all sources");
            let what = format!(
                "Hits appear as you type. {} are searched. Try one of these:",
                counted(cx.study.materials().len(), "source", "sources")
            );
            words(ui, tokens, Type::Body, colour.ink_secondary, what);
            ui.add_space(tokens.space.two);
            for (query, finds) in EXAMPLES {
                if show_example(ui, cx, query, finds) {
                    view.set_query(query.to_owned());
                    view.focus_box();
                }
            }
            ui.add_space(tokens.space.two);
            if Button::quiet("The whole query language").keys(&["Shift", "F1"]).show(ui, tokens).clicked() {
                view.help = true;
            }
        });
    });
}

/// Says why a query that is not empty finds nothing yet; nothing while its answer is on its way.
fn show_unreadable(ui: &mut Ui, view: &SearchView, cx: &Cx<'_>) {
    let parsed = view.understood.parsed.as_ref().filter(|parsed| parsed.query == Query::Nothing);
    if let Some(problem) = parsed.and_then(|parsed| parsed.problems.first()) {
        crate::app::widgets::empty(ui, cx.tokens, icons::SEARCH, "Nothing to look for yet", &problem.message, None);
    }
}

fn show_example(ui: &mut Ui, cx: &Cx<'_>, query: &str, finds: &str) -> bool {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Search for {query}")));
    select_fill(ui, tokens, rect, false, &response);
    let at = rect.left_center() + vec2(tokens.space.two, 0.0);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, query, tokens.font_in(Type::Body, family::INTERFACE_MEDIUM), colour.accent);
    let at = pos2(rect.left() + rect.width() * QUERY_SHARE, rect.center().y);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, finds, tokens.font(Type::Small), colour.ink_tertiary);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.clicked()
}

/// Where a note is: its title, and where it is read in whole.
fn whereabouts(study: &Study, on: NoteOn) -> (String, Option<Place>) {
    let theme = |what: &str, theme: ThemeId| (format!("{what} of {}", study.codebook().path(theme)), Some(Place::Definition(theme)));
    match on {
        NoteOn::Definition(id) => theme("Definition", id),
        NoteOn::UseWhen(id) => theme("Use when", id),
        NoteOn::NotWhen(id) => theme("Do not use when", id),
        NoteOn::Memo(id) => {
            let of_sources = study.materials().iter().flat_map(|material| &material.memos);
            let Some(memo) = study.memos().iter().chain(of_sources).find(|memo| memo.id == id) else { return ("Memo".into(), None) };
            let label = |source| study.material(source).map_or("", |material| material.source.label.as_str());
            match memo.on {
                MemoOn::Project => ("Memo on the study".into(), None),
                MemoOn::Theme { theme } => (format!("Memo on {}", study.codebook().path(theme)), Some(Place::Definition(theme))),
                MemoOn::Case { case } => {
                    (format!("Memo on {}", study.case(case).map_or("", |case| &case.label)), Some(Place::View(View::Cases)))
                }
                MemoOn::Source { source } => (format!("Memo on {}", label(source)), Some(Place::Source(source))),
                MemoOn::Passage { source, revision, span } => {
                    (format!("Memo on a passage of {}", label(source)), Some(passage(study, source, revision, span)))
                }
                MemoOn::Coding { source, coding } => {
                    let coding = study.material(source).and_then(|material| material.kept_codings().find(|kept| kept.id == coding));
                    let path = coding.map_or_else(String::new, |coding| study.codebook().path(coding.theme));
                    let place = coding.map_or(Place::Source(source), |coding| passage(study, source, coding.revision, coding.span));
                    (format!("Memo on {path}, {}", label(source)), Some(place))
                }
            }
        }
    }
}

/// A passage to go to; where its words were corrected away, its source.
fn passage(study: &Study, source: SourceId, revision: RevisionId, span: Span) -> Place {
    let is_read = study.material(source).is_some_and(|material| material.source.revision == revision);
    if is_read { Place::Passage(source, span) } else { Place::Source(source) }
}

/// Shows the memos and definitions that match.
pub(super) fn show_notes(ui: &mut Ui, view: &SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let notes = view.answer.as_ref().map(|answer| answer.notes.as_slice()).unwrap_or_default();
    let mut going = None;
    ScrollArea::vertical().id_salt("notes").auto_shrink(false).show(ui, |ui| {
        let head = counted(notes.len(), "memo or part of a definition", "memos and parts of definitions");
        egui::Frame::NONE.inner_margin(tokens.space.four).show(ui, |ui| {
            words(ui, tokens, Type::MicroStrong, colour.ink_secondary, head);
            for note in notes {
                let (title, place) = whereabouts(cx.study, note.on);
                let galley = reading(ui.painter(), tokens, Type::ReadingHit, colour.ink, &note.text, ui.available_width(), 4);
                let head = tokens.line_height(Type::Body);
                let size = vec2(ui.available_width(), head + galley.size().y + tokens.space.three);
                let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{title}: {}", note.text)));
                select_fill(ui, tokens, rect, false, &response);
                let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
                paint_words(ui.painter(), rect.min, Align2::LEFT_TOP, &title, font, colour.ink_secondary);
                let origin = rect.min + vec2(0.0, head);
                for found in &note.matches {
                    paint_under(ui.painter(), tokens, &galley, origin, in_chars(&note.text, *found), colour.find_match);
                }
                ui.painter().galley(origin, galley, colour.ink);
                if response.has_focus() {
                    focus_ring(ui, tokens, rect);
                }
                if response.clicked() {
                    going = place;
                }
            }
        });
    });
    if let Some(place) = going {
        cx.go(place);
    }
}
