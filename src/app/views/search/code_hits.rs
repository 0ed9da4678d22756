//! The sheet that codes hits: which theme, how much of each, how many.

use eframe::egui;
use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Id, Margin, ScrollArea, Sense, Ui, vec2};

use super::acts::{self, Passage, Unit};
use super::answer::{HitId, Row};
use super::view::{SearchView, counted};
use crate::app::context::Cx;
use crate::app::tokens::{Type, family};
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{Button, paint_elided, segmented, words};
use crate::study::Origin;
use crate::text::Voice;

/// Which hits are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The one the analyst is at.
    One(HitId),
    /// Those that are chosen.
    Chosen,
    /// All.
    All,
}

/// The sheet while it is open.
pub struct CodeHits {
    of: Of,
    choice: ThemeChoice,
    unit: Unit,
    /// For what passages were asked for.
    asked: Option<Unit>,
    passages: Option<Found>,
}

/// The passages to be coded, each with its words.
struct Found {
    unit: Unit,
    /// How many hits are coded.
    hits: usize,
    /// How many interviewers' turns were left out.
    questions: usize,
    passages: Vec<Passage>,
    words: Vec<String>,
}

/// How many passages are seen at once.
const ROWS: f32 = 4.0;
/// How many words of a passage are kept for the list, in bytes.
const KEPT: usize = 160;

impl CodeHits {
    /// A sheet for these hits.
    pub fn new(of: Of) -> Self {
        Self { of, choice: ThemeChoice::default(), unit: Unit::default(), asked: None, passages: None }
    }
}

/// Shows the sheet while it is open.
pub(super) fn show(ui: &Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    prepare(view, cx);
    let Some(sheet) = &mut view.code_hits else { return };
    let tokens = cx.tokens;
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.four as i8));
    let modal = egui::Modal::new(Id::unique("code hits")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(tokens.size.picker_width);
        show_sheet(ui, sheet, cx)
    });
    match modal.inner {
        Some(true) => apply(view, cx),
        Some(false) => view.code_hits = None,
        None if modal.should_close() => view.code_hits = None,
        None => return,
    }
    view.focus_hits();
}

/// Asks for the passages when the sheet has just come or another unit was chosen.
fn prepare(view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some(sheet) = &mut view.code_hits else { return };
    let Some(answer) = &view.answer else { return };
    if sheet.asked == Some(sheet.unit) {
        return;
    }
    sheet.asked = Some(sheet.unit);
    let (of, unit) = (sheet.of, sheet.unit);
    let chosen = if of == Of::Chosen { view.chosen.clone() } else { BTreeSet::new() };
    let rows = Arc::clone(&answer.rows);
    cx.job(
        "code hits",
        "",
        move |_| Ok(found(&rows, of, &chosen, unit)),
        |state, found| {
            if let Some(sheet) = &mut state.search.code_hits {
                sheet.passages = Some(found);
            }
        },
    );
}

fn found(rows: &[Row], of: Of, chosen: &BTreeSet<HitId>, unit: Unit) -> Found {
    let mut found = Found { unit, hits: 0, questions: 0, passages: Vec::new(), words: Vec::new() };
    let wanted = rows.iter().filter(|row| match of {
        Of::One(id) => row.id() == id,
        Of::Chosen => chosen.contains(&row.id()),
        Of::All => true,
    });
    for row in wanted {
        // A question that one is at is coded if one says so; among many it is rarely meant.
        if row.voice == Voice::Interviewer && !matches!(of, Of::One(_)) {
            found.questions += 1;
            continue;
        }
        found.hits += 1;
        for passage in acts::passages(row, unit) {
            let (from, to) = (passage.span.start - row.span.start, passage.span.end - row.span.start);
            let words = row.words.get(from as usize..to as usize).unwrap_or_default();
            let kept = words.char_indices().take_while(|(at, _)| *at < KEPT).map(|(_, c)| if c == '\n' { ' ' } else { c }).collect();
            found.passages.push(passage);
            found.words.push(kept);
        }
    }
    found
}

/// The sheet; returns whether to code or to close.
fn show_sheet(ui: &mut Ui, sheet: &mut CodeHits, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let (hits, questions) = sheet.passages.as_ref().map_or((0, 0), |found| (found.hits, found.questions));
    let one = matches!(sheet.of, Of::One(_));
    let title = if one { "Code this hit".to_owned() } else { format!("Code {}", counted(hits, "hit", "hits")) };
    words(ui, tokens, Type::PaneTitle, colour.ink, title);
    if !one {
        let how = "They are marked as found by a search and not read yet, until somebody confirms them. One undo takes all of them back.";
        words(ui, tokens, Type::Small, colour.ink_secondary, how);
    }
    ui.add_space(tokens.space.one);
    let entered = sheet.choice.show(ui, tokens, cx.study, true, |_| true);
    ui.add_space(tokens.space.two);
    ui.horizontal(|ui| {
        words(ui, tokens, Type::Body, colour.ink_secondary, "Of each hit");
        let units = [(Unit::Words, "Words found"), (Unit::Sentence, "Sentence"), (Unit::Turn, "Turn")];
        segmented(ui, tokens, "Of each hit", &units, &mut sheet.unit, false);
    });
    let found = sheet.passages.as_ref().filter(|found| found.unit == sheet.unit);
    show_passages(ui, cx, sheet.passages.as_ref());
    if questions > 0 {
        let left_out = format!("{} left out.", counted(questions, "interviewer turn is", "interviewer turns are"));
        words(ui, tokens, Type::Small, colour.ink_tertiary, left_out);
    }
    ui.add_space(tokens.space.one);
    let number = found.map_or(0, |found| found.passages.len());
    let ready = number > 0 && sheet.choice.chosen.is_some();
    let mut decided = None;
    ui.horizontal(|ui| {
        let button = format!("Code {}", counted(number, "passage", "passages"));
        let pressed = Button::primary(&button).enabled(ready).keys(&["↵"]).show(ui, tokens).clicked();
        if ready && (pressed || entered) {
            decided = Some(true);
        }
        if Button::new("Cancel").show(ui, tokens).clicked() {
            decided = Some(false);
        }
        if let Some(choice) = &sheet.choice.chosen {
            let y = ui.max_rect().center().y;
            let (left, right) = (ui.cursor().left() + tokens.space.one, ui.max_rect().right());
            let name = format!("as {}", choice.path(cx.study));
            paint_elided(ui.painter(), left, right, y, &name, tokens.font(Type::Small), colour.ink_secondary);
        }
    });
    decided
}

fn show_passages(ui: &mut Ui, cx: &Cx<'_>, found: Option<&Found>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let row = tokens.size.control_small;
    let height = row * ROWS;
    let total = found.map_or(0, |found| found.passages.len());
    ui.add_space(tokens.space.one);
    ScrollArea::vertical().id_salt("passages").max_height(height).min_scrolled_height(height).show_rows(ui, row, total, |ui, range| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for index in range {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), row), Sense::hover());
            let Some((passage, words)) = found.and_then(|found| Some((found.passages.get(index)?, found.words.get(index)?))) else {
                continue;
            };
            let label = cx.study.material(passage.source).map_or("", |material| material.source.label.as_str());
            let y = rect.center().y;
            let font = tokens.font_in(Type::Micro, family::INTERFACE_SEMIBOLD);
            paint_elided(ui.painter(), rect.left(), rect.left() + tokens.size.left_rail, y, label, font, colour.ink_secondary);
            let left = rect.left() + tokens.size.left_rail + tokens.space.two;
            paint_elided(ui.painter(), left, rect.right(), y, words, tokens.font(Type::ReadingQuote), colour.ink);
        }
    });
}

/// Codes what the sheet says, in one edit.
fn apply(view: &mut SearchView, cx: &mut Cx<'_>) {
    let Some(sheet) = view.code_hits.take() else { return };
    let (Some(choice), Some(found)) = (sheet.choice.chosen, sheet.passages) else { return };
    if !cx.can_edit() {
        return;
    }
    let one = matches!(sheet.of, Of::One(_));
    let origin = if one { Origin::Hand } else { Origin::SearchUnread };
    let path = choice.path(cx.study);
    let label =
        if one { format!("Code “{path}”") } else { format!("Code {} hits of “{}”", found.passages.len(), view.query.trim()) };
    let passages = found.passages;
    cx.edit_then(
        label,
        move |tx| {
            let theme = match choice {
                Choice::Theme(theme) => theme,
                Choice::New(path) => tx.theme_at(&path)?,
            };
            let of = passages.len();
            Ok((acts::code(tx, &passages, theme, origin)?, of))
        },
        move |state, (made, of)| {
            let rest = of - made;
            let there = if rest > 0 { format!(" {rest} had it already.") } else { String::new() };
            state.say(format!("Coded {} as {path}.{there} Ctrl+Z takes it back.", counted(made, "passage", "passages")));
            if !one {
                state.search.chosen.clear();
            }
        },
    );
}
