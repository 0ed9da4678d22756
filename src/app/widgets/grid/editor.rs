use eframe::egui;
use eframe::egui::{EventFilter, Id, Key, Modifiers, Order, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::model::{Column, GridEvent};
use super::state::{Draft, GridState, begins, fitting, with_choice};
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{line_edit, paint_elided};
use crate::text::fold;

/// How many choices are seen at once.
const SEEN: usize = 8;

/// What became of a draft in this frame.
enum Outcome {
    Going,
    Dropped,
    /// Written, and how far to move: rows, columns.
    Written(isize, isize),
}

/// Shows the editor over the cell at `rect` (`None`: the cell is out of sight) and ends the draft when it is left.
pub(super) fn show<K: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    state: &mut GridState<K>,
    column: &Column,
    choices: impl FnOnce() -> Vec<String>,
    rect: Option<Rect>,
) -> Option<(GridEvent<K>, (isize, isize))> {
    let edit_id = id.with(("edit", state.drafts));
    let draft = state.draft.as_mut()?;
    let offered = Offered::of(choices(), draft, column);
    let focused = ui.memory(|memory| memory.has_focus(edit_id));
    let mut outcome = if draft.new { Outcome::Going } else { read_keys(ui, focused, draft, &offered, column) };
    if let (Outcome::Going, Some(rect)) = (&outcome, rect) {
        outcome = show_field(ui, tokens, edit_id, draft, column, &offered, rect);
    } else if matches!(outcome, Outcome::Going) && !draft.new {
        outcome = Outcome::Written(0, 0);
    }
    match outcome {
        Outcome::Going => None,
        Outcome::Dropped => {
            state.draft = None;
            state.take_focus = true;
            None
        }
        Outcome::Written(rows, columns) => {
            // Left by a click elsewhere, the focus is not ours any more.
            state.take_focus = focused;
            let Draft { key, column, text, .. } = state.draft.take()?;
            Some((GridEvent::Commit { key, column, text: text.trim().to_owned() }, (rows, columns)))
        }
    }
}

/// What is offered for a draft.
struct Offered {
    choices: Vec<String>,
    /// The place of what is begun, where what is begun stands for a choice: Enter takes it.
    begun: Option<usize>,
    /// Whether the last of them is what is typed, as a value that is not there yet.
    new: bool,
}

impl Offered {
    fn of<K>(choices: Vec<String>, draft: &Draft<K>, column: &Column) -> Self {
        let mut choices = fitting(choices, &draft.text, draft.fresh, column.several);
        let typed = draft.text.trim();
        let begun = if column.picks && !draft.fresh { begins(&choices, typed) } else { None };
        let new = begun.and_then(|at| choices.get(at)).is_some_and(|choice| fold(choice) != fold(typed));
        if new {
            choices.truncate(SEEN - 1);
            choices.push(format!("New value “{typed}”"));
        }
        Self { choices, begun, new }
    }

    /// The place of the choice that Enter takes.
    fn chosen<K>(&self, draft: &Draft<K>) -> Option<usize> {
        draft.chosen.or(self.begun)
    }

    /// The words of the draft once the choice at this place is taken.
    fn taken<K>(&self, at: usize, draft: &Draft<K>, column: &Column) -> Option<String> {
        let choice = self.choices.get(at)?;
        let is_new = self.new && at + 1 == self.choices.len();
        Some(if is_new { draft.text.clone() } else { with_choice(&draft.text, choice, draft.fresh, column.several) })
    }
}

fn read_keys<K>(ui: &Ui, focused: bool, draft: &mut Draft<K>, offered: &Offered, column: &Column) -> Outcome {
    if !focused {
        return Outcome::Written(0, 0);
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Escape) {
        return Outcome::Dropped;
    }
    let last = offered.choices.len().min(SEEN).checked_sub(1);
    if pressed(Modifiers::NONE, Key::ArrowDown) {
        draft.chosen = last.map(|last| draft.chosen.map_or(0, |chosen| (chosen + 1).min(last)));
    }
    if pressed(Modifiers::NONE, Key::ArrowUp) {
        draft.chosen = draft.chosen.and_then(|chosen| chosen.checked_sub(1));
    }
    let way = [
        // With Shift first: without it a key is taken with Shift too.
        (Modifiers::SHIFT, Key::Enter, (-1, 0)),
        (Modifiers::NONE, Key::Enter, (1, 0)),
        (Modifiers::SHIFT, Key::Tab, (0, -1)),
        (Modifiers::NONE, Key::Tab, (0, 1)),
    ];
    for (modifiers, key, (rows, columns)) in way {
        if pressed(modifiers, key) {
            if let Some(text) = offered.chosen(draft).and_then(|chosen| offered.taken(chosen, draft, column)) {
                draft.text = text;
            }
            return Outcome::Written(rows, columns);
        }
    }
    Outcome::Going
}

fn show_field<K>(ui: &mut Ui, tokens: &Tokens, id: Id, draft: &mut Draft<K>, column: &Column, offered: &Offered, rect: Rect) -> Outcome {
    let colour = &tokens.colour;
    let outline = Stroke::new(tokens.stroke.cell_edit_outline, colour.accent);
    ui.painter().rect(rect, tokens.radius.heat_tile, colour.surface_raised, outline, StrokeKind::Inside);
    if std::mem::take(&mut draft.new) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let inner = rect.shrink2(vec2(tokens.space.two, 0.0));
    let every_key = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let edit = line_edit(tokens, id, &mut draft.text, inner.width()).event_filter(every_key);
    let response = ui.put(inner, edit).accessible_name(format!("Edit {}", column.name));
    if response.changed() {
        (draft.fresh, draft.chosen) = (false, None);
    }
    let mut outcome = if response.lost_focus() { Outcome::Written(0, 0) } else { Outcome::Going };
    if !offered.choices.is_empty() {
        let (taken, hovered) = offer(ui, tokens, id, offered.chosen(draft), &offered.choices, rect);
        if let Some(text) = taken.and_then(|at| offered.taken(at, draft, column)) {
            draft.text = text;
            return Outcome::Written(0, 0);
        }
        if hovered && matches!(outcome, Outcome::Written(..)) {
            // The pointer is on its way to a choice.
            ui.memory_mut(|memory| memory.request_focus(id));
            outcome = Outcome::Going;
        }
    }
    outcome
}

/// Shows the choices below the cell, or above it where there is no room; returns the place of the one that was clicked, and
/// whether the pointer is over them.
fn offer(ui: &Ui, tokens: &Tokens, id: Id, chosen: Option<usize>, offered: &[String], cell: Rect) -> (Option<usize>, bool) {
    let shown = offered.len().min(SEEN);
    let (row, pad) = (tokens.size.row, tokens.space.one);
    let height = row * shown as f32 + 2.0 * pad;
    let below = cell.bottom() + tokens.space.half;
    let fits = below + height <= ui.ctx().content_rect().bottom();
    let top = if fits { below } else { cell.top() - height - tokens.space.half };
    let mut taken = None;
    let area = egui::Area::new(id.with("choices")).order(Order::Foreground).fixed_pos(egui::pos2(cell.left(), top)).constrain(false);
    let shown = area.show(ui.ctx(), |ui| {
        let width = cell.width().max(tokens.size.facets_pane);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        ui.painter().add(tokens.popup_shadow.as_shape(rect, tokens.radius.panel));
        let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
        ui.painter().rect(rect, tokens.radius.panel, tokens.colour.surface_raised, edge, StrokeKind::Inside);
        for (index, choice) in offered.iter().take(shown).enumerate() {
            let at = rect.min + vec2(pad, pad + row * index as f32);
            let line = Rect::from_min_size(at, vec2(width - 2.0 * pad, row));
            let response = ui.interact(line, id.with(("choice", index)), Sense::CLICK);
            let on = chosen == Some(index);
            response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, choice));
            if on || response.hovered() {
                let fill = if on { tokens.colour.accent_quiet } else { tokens.colour.surface_hover };
                ui.painter().rect_filled(line, tokens.radius.control, fill);
            }
            let left = line.left() + tokens.space.two;
            paint_elided(ui.painter(), left, line.right() - pad, line.center().y, choice, tokens.font(Type::Body), tokens.colour.ink);
            if response.clicked() {
                taken = Some(index);
            }
        }
    });
    (taken, shown.response.contains_pointer())
}
