//! The sheet that codes hits: which theme, how much of each, how many.

use eframe::egui;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use eframe::egui::{Id, Margin, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::acts::{self, Passage, Unit};
use super::answer::{HitId, Row};
use super::view::SearchView;
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::tokens::{Type, family};
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{Button, RowAct, RowList, RowsLook, check_box, fit_width, paint_elided, segmented, words};
use crate::study::{Origin, SourceId};
use crate::text::{Span, Voice};

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
    /// Words that are not to be coded. They stay so when more or less of each hit is taken.
    off: Vec<(SourceId, Span)>,
    list: RowList,
}

/// The passages to be coded, each with its words.
struct Found {
    unit: Unit,
    /// Which of them are to be coded.
    on: Vec<bool>,
    /// How many hits are coded.
    hits: usize,
    /// How many interviewers' turns were left out.
    questions: usize,
    passages: Vec<Passage>,
    words: Vec<String>,
}

impl Found {
    fn number(&self) -> usize {
        self.on.iter().filter(|on| **on).count()
    }
}

/// How many passages are seen at once.
const ROWS: f32 = 6.0;
/// How many words of a passage are kept for the list, in bytes.
const KEPT: usize = 160;

impl CodeHits {
    /// Takes in the passages; those that share words with one that was unticked are not ticked.
    fn take(&mut self, mut found: Found) {
        let off: HashSet<SourceId> = self.off.iter().map(|(source, _)| *source).collect();
        for (passage, on) in found.passages.iter().zip(&mut found.on) {
            let shares = |(source, span): &(SourceId, Span)| *source == passage.source && span.overlaps(passage.span);
            *on = !off.contains(&passage.source) || !self.off.iter().any(shares);
        }
        self.passages = Some(found);
    }

    /// Ticks a passage, or takes the tick away.
    fn tick(&mut self, at: usize) {
        let Some(found) = &mut self.passages else { return };
        let (Some(on), Some(passage)) = (found.on.get_mut(at), found.passages.get(at)) else { return };
        *on = !*on;
        self.off.retain(|(source, span)| *source != passage.source || !span.overlaps(passage.span));
        if !*on {
            self.off.push((passage.source, passage.span));
        }
    }

    /// A sheet for these hits.
    pub fn new(of: Of) -> Self {
        Self {
            of,
            choice: ThemeChoice::default(),
            unit: Unit::default(),
            asked: None,
            passages: None,
            off: Vec::new(),
            list: RowList::default(),
        }
    }
}

/// Shows the sheet while it is open.
pub(super) fn show(ui: &Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    prepare(view, cx);
    let Some(sheet) = &mut view.code_hits else { return };
    let tokens = cx.tokens;
    let frame = egui::Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.four as i8));
    let modal = egui::Modal::new(Id::unique("code hits")).frame(frame).show(ui.ctx(), |ui| {
        fit_width(ui, tokens, tokens.size.picker_width);
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
                sheet.take(found);
            }
        },
    );
}

fn found(rows: &[Row], of: Of, chosen: &BTreeSet<HitId>, unit: Unit) -> Found {
    let mut found = Found { unit, on: Vec::new(), hits: 0, questions: 0, passages: Vec::new(), words: Vec::new() };
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
            found.on.push(true);
            found.words.push(kept);
        }
    }
    found
}

fn list_id() -> Id {
    Id::unique("passages to code")
}

/// The sheet; returns whether to code or to close.
fn show_sheet(ui: &mut Ui, sheet: &mut CodeHits, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let total = sheet.passages.as_ref().map_or(0, |found| found.passages.len());
    let look = RowsLook { id: list_id(), name: "Passages to code", height: tokens.size.control_small, total };
    // Before the box of themes, which takes every arrow.
    if let Some(RowAct::Tick(at) | RowAct::Take(at)) = sheet.list.take_keys(ui, look) {
        sheet.tick(at);
    }
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
    show_passages(ui, cx, sheet, look);
    if questions > 0 {
        let left_out = format!("{} left out.", counted(questions, "interviewer turn is", "interviewer turns are"));
        words(ui, tokens, Type::Small, colour.ink_tertiary, left_out);
    }
    ui.add_space(tokens.space.one);
    let number = sheet.passages.as_ref().filter(|found| found.unit == sheet.unit).map_or(0, Found::number);
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

fn show_passages(ui: &mut Ui, cx: &Cx<'_>, sheet: &mut CodeHits, look: RowsLook<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.add_space(tokens.space.one);
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), look.height * ROWS), Sense::hover());
    let CodeHits { passages, list, .. } = sheet;
    let Some(found) = passages else { return };
    let mut ticked = None;
    let act = ui.scope_builder(UiBuilder::new().max_rect(area).id_salt("passages"), |ui| {
        ui.set_clip_rect(area.intersect(ui.clip_rect()));
        list.show(ui, tokens, look, |ui, rect, index, here, response| {
            let (Some(passage), Some(words), Some(on)) = (found.passages.get(index), found.words.get(index), found.on.get(index)) else {
                return false;
            };
            let label = cx.study.material(passage.source).map_or("", |material| material.source.label.as_str());
            let name = format!("{label}: {words}. Passage {} of {}", index + 1, look.total);
            response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, format!("{name}, {}", ticked_name(*on))));
            let y = rect.center().y;
            let box_at = pos2(rect.left() + tokens.space.three, y);
            let check = check_box(ui, tokens, look.id.with(("tick", index)), box_at, &format!("Code {label}: {words}"), (*on).into(), true);
            if check.clicked() {
                ticked = Some(index);
            }
            let left = rect.left() + tokens.space.six;
            let font = tokens.font_in(Type::Micro, family::INTERFACE_SEMIBOLD);
            paint_elided(ui.painter(), left, left + tokens.size.left_rail, y, label, font, colour.ink_secondary);
            let left = left + tokens.size.left_rail + tokens.space.two;
            let ink = if *on { colour.ink } else { colour.ink_tertiary };
            paint_elided(ui.painter(), left, rect.right(), y, words, tokens.font(Type::ReadingQuote), ink);
            check.clicked()
        })
    });
    let taken = match act.inner {
        Some(RowAct::Take(index)) => Some(index),
        _ => None,
    };
    if let Some(index) = ticked.or(taken) {
        sheet.tick(index);
    }
}

/// What a screen reader says of a box.
const fn ticked_name(on: bool) -> &'static str {
    if on { "ticked" } else { "not ticked" }
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
    let passages: Vec<Passage> = found.passages.into_iter().zip(found.on).filter(|(_, on)| *on).map(|(passage, _)| passage).collect();
    let label = if one { format!("Code “{path}”") } else { format!("Code {} hits of “{}”", passages.len(), view.query.trim()) };
    cx.edit_then(
        label,
        move |tx| {
            let theme = match choice {
                Choice::Theme(theme) => theme,
                Choice::New(path) => tx.theme_at(&path)?,
            };
            acts::code(tx, &passages, theme, origin)
        },
        move |state, done| {
            let mut says = vec![format!("Coded {} as {path}.", counted(done.made, "passage", "passages"))];
            says.extend((done.there > 0).then(|| format!("{} had it already.", done.there)));
            says.extend((done.gone > 0).then(|| format!("The words of {} were corrected away.", counted(done.gone, "hit", "hits"))));
            says.push("Undo takes it back.".to_owned());
            state.say(says.join(" "));
            if !one {
                state.search.chosen.clear();
            }
        },
    );
}
