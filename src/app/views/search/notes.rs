//! Memos and parts of definitions that match: a kind of hit of their own, with where each hangs.

use std::sync::Arc;

use eframe::egui::{Align2, Id, Rect, Role, ScrollArea, Ui, WidgetInfo, pos2, vec2};

use super::view::SearchView;
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::matrix::MatrixPlace;
use crate::app::views::notes::place_of_memo;
use crate::app::widgets::{Button, RowAct, RowsLook, hairline_below, in_chars, paint_elided, paint_under, paint_words, reading, words};
use crate::project::{Note, NoteOn};
use crate::study::Study;
use crate::text::Span;

/// A memo or a part of a definition that was found.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// Where it hangs, in words.
    pub title: String,
    /// Where it is read in whole.
    pub place: Option<Place>,
    /// Its words.
    pub text: Box<str>,
    /// The words that made it match, in bytes of `text`.
    pub matches: Box<[Span]>,
}

/// Rows of words of a note in the list.
const LINES: usize = 2;

impl NoteRow {
    /// A note as the window shows it.
    pub fn of(study: &Study, note: &Note) -> Self {
        let text: Box<str> = note.text.as_str().into();
        Self { title: note.on.place(study), place: place(study, note.on), text, matches: note.matches.as_slice().into() }
    }
}

fn place(study: &Study, on: NoteOn) -> Option<Place> {
    let memo = match on {
        NoteOn::Definition(theme) | NoteOn::UseWhen(theme) | NoteOn::NotWhen(theme) => return Some(Place::Definition(theme)),
        NoteOn::Summary(id) => {
            let summary = study.summaries().get(id)?;
            return Some(MatrixPlace::of(&summary.cell));
        }
        NoteOn::Memo(id) => id,
    };
    let of_sources = study.materials().iter().flat_map(|material| &material.memos);
    place_of_memo(study, &study.memos().iter().chain(of_sources).find(|other| other.id == memo)?.on)
}

fn list_id() -> Id {
    Id::unique("search notes")
}

/// Shows the notes that match, with how many they are.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(notes) = view.answer.as_ref().map(|answer| Arc::clone(&answer.notes)) else { return };
    let row = tokens.space.two * 2.0 + tokens.line_height(Type::Small) + LINES as f32 * tokens.line_height(Type::ReadingHit);
    let look = RowsLook { id: list_id(), name: "Notes", height: row, total: notes.len() };
    let whole = ui.max_rect();
    // Where there is nothing else the head of the list says how many there are.
    let alone = view.answer.as_ref().is_some_and(|answer| answer.total == 0);
    let head = Rect::from_min_size(whole.min, vec2(whole.width(), if alone { 0.0 } else { tokens.size.control }));
    if !alone {
        let says = counted(notes.len(), "memo or part of a definition", "memos and parts of definitions");
        let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        paint_elided(
            ui.painter(),
            head.left() + tokens.space.four,
            head.right(),
            head.center().y,
            &says,
            font,
            tokens.colour.ink_secondary,
        );
        hairline_below(ui, tokens, head);
    }
    let taken = view.notes.take_keys(ui, look);
    let body = Rect::from_min_max(head.left_bottom(), whole.max);
    let shown = ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(body).id_salt("notes"), |ui| {
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        view.notes.show(ui, tokens, look, |ui, rect, index, here, response| {
            if let Some(note) = notes.get(index) {
                response.widget_info(|| WidgetInfo::selected(Role::Button, true, here, format!("{}: {}", note.title, note.text)));
                paint(ui, tokens, rect, note);
            }
            false
        })
    });
    let clicked = match (taken, shown.inner) {
        (Some(RowAct::Take(at)), _) | (_, Some(RowAct::Take(at) | RowAct::Click(at))) => Some(at),
        _ => None,
    };
    if let Some(note) = clicked.and_then(|at| notes.get(at)) {
        open(note, cx);
    }
    if ui.memory(|memory| memory.has_focus(look.id)) {
        cx.status.hint(&["↵"], "Open the note");
    }
}

/// Goes to where a note is read in whole.
fn open(note: &NoteRow, cx: &mut Cx<'_>) {
    match &note.place {
        Some(place) => cx.go(place.clone()),
        None => cx.say("A memo on the study as a whole has no place to go to; it is shown at the right."),
    }
}

fn paint(ui: &Ui, tokens: &Tokens, rect: Rect, note: &NoteRow) {
    let colour = &tokens.colour;
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.four);
    let top = rect.top() + tokens.space.two;
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    paint_elided(ui.painter(), left, right, top + tokens.line_height(Type::Small) / 2.0, &note.title, font, colour.ink_secondary);
    let flat: String = note.text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let galley = reading(ui.painter(), tokens, Type::ReadingHit, colour.ink, &flat, right - left, LINES);
    let origin = pos2(left, top + tokens.line_height(Type::Small));
    for found in &note.matches {
        paint_under(ui.painter(), tokens, &galley, origin, in_chars(&flat, *found), colour.find_match);
    }
    ui.painter().galley(origin, galley, colour.ink);
    hairline_below(ui, tokens, rect);
}

/// Shows the whole of the note one is at, where the source of a hit would stand.
pub(super) fn preview(ui: &mut Ui, view: &SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let notes = view.answer.as_ref().map(|answer| Arc::clone(&answer.notes)).unwrap_or_default();
    let Some(note) = notes.get(view.notes.at) else { return };
    eframe::egui::Frame::NONE.inner_margin(tokens.space.five).show(ui, |ui| {
        words(ui, tokens, Type::PaneTitle, colour.ink, note.title.as_str());
        ui.add_space(tokens.space.two);
        let room = ui.available_height() - tokens.size.control - tokens.space.four;
        ScrollArea::vertical().id_salt("note").max_height(room).show(ui, |ui| {
            let galley = reading(ui.painter(), tokens, Type::ReadingHit, colour.ink, &note.text, ui.available_width(), usize::MAX);
            let (rect, response) = ui.allocate_exact_size(galley.size(), eframe::egui::Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, &*note.text));
            for found in &note.matches {
                paint_under(ui.painter(), tokens, &galley, rect.min, in_chars(&note.text, *found), colour.find_match);
            }
            ui.painter().galley(rect.min, galley, colour.ink);
        });
        ui.add_space(tokens.space.three);
        let at = view.notes.at + 1;
        let of = format!("Note {at} of {}", notes.len());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), tokens.line_height(Type::Small)), eframe::egui::Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &of));
        paint_words(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, &of, tokens.font(Type::Small), colour.ink_secondary);
        if note.place.is_some() && Button::primary("Open the note").keys(&["↵"]).show(ui, tokens).clicked() {
            open(note, cx);
        }
    });
}
