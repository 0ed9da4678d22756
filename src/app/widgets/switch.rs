use eframe::egui;
use eframe::egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::rows::focus_ring;
use super::words::elided;
use crate::app::tokens::{Tokens, Type, family};

/// A row of choices of which one holds, over the whole width if `wide`. Returns whether another was chosen.
pub fn segmented<T: Copy + PartialEq>(ui: &mut Ui, tokens: &Tokens, name: &str, choices: &[(T, &str)], chosen: &mut T, wide: bool) -> bool {
    let colour = &tokens.colour;
    let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let inset = tokens.space.half;
    let mut widths: Vec<f32> =
        choices.iter().map(|(_, words)| ui.painter().layout_no_wrap((*words).to_owned(), font.clone(), colour.ink).size().x).collect();
    let spare = ui.available_width() - 2.0 * inset - widths.iter().sum::<f32>();
    // Where there is little room the words move closer.
    let pad = (spare / (2.0 * choices.len() as f32)).clamp(tokens.space.half, tokens.space.two);
    // Where there is still less, they are cut.
    let cut = ((ui.available_width() - 2.0 * inset) / (widths.iter().sum::<f32>() + 2.0 * pad * choices.len() as f32)).clamp(0.0, 1.0);
    for width in &mut widths {
        *width = (*width + 2.0 * pad) * cut;
    }
    let natural: f32 = widths.iter().sum();
    let room = if wide { (ui.available_width() - 2.0 * inset).max(natural) } else { natural };
    let (rect, _) = ui.allocate_exact_size(vec2(room + 2.0 * inset, tokens.size.control - inset), Sense::hover());
    ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), colour.surface_sunken);
    let mut left = rect.left() + inset;
    let mut changed = false;
    for ((choice, words), width) in choices.iter().zip(widths) {
        // What room there is to spare is everybody's: a long word is not cut beside short ones.
        let width = width + (room - natural) / choices.len() as f32;
        let part = Rect::from_min_max(egui::pos2(left, rect.top() + inset), egui::pos2(left + width, rect.bottom() - inset));
        left += width;
        let on = *chosen == *choice;
        let response = ui.interact(part, ui.scope_id().with((name, *words)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("{name}: {words}")));
        if on {
            let edge = Stroke::new(tokens.stroke.hairline, colour.line_hair);
            ui.painter().rect(part, Tokens::corner(tokens.space.one), colour.surface_raised, edge, StrokeKind::Outside);
        }
        let ink = if on || response.hovered() { colour.ink } else { colour.ink_secondary };
        let galley = elided(ui.painter(), words, font.clone(), ink, part.width());
        ui.painter().galley(part.center() - galley.size() / 2.0, galley, ink);
        if response.has_focus() {
            focus_ring(ui, tokens, part);
        }
        if response.clicked() && !on {
            *chosen = *choice;
            changed = true;
        }
    }
    changed
}

/// The tabs at the head of a pane, with a hairline below. Returns the id of the one that is open, so that keys can go there.
pub fn tabs<T: Copy + PartialEq>(ui: &mut Ui, tokens: &Tokens, choices: &[(T, &str)], chosen: &mut T) -> Option<egui::Id> {
    let colour = &tokens.colour;
    let height = tokens.size.control + tokens.space.three;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    super::hairline_below(ui, tokens, rect);
    let family = |on| if on { family::INTERFACE_SEMIBOLD } else { family::INTERFACE_MEDIUM };
    let set_in = |kind, choice: &T, words: &str, most| {
        elided(ui.painter(), words, tokens.font_in(kind, family(*chosen == *choice)), colour.ink, most)
    };
    let natural_in = |kind| choices.iter().map(|(choice, words)| set_in(kind, choice, words, f32::INFINITY).size().x).sum::<f32>();
    let count = choices.len() as f32;
    let fits = |kind, inset: f32, gap: f32| 2.0 * inset + natural_in(kind) + gap * (count - 1.0) <= rect.width();
    // Where there is little room the tabs move closer, then become smaller, and then are cut.
    let (near, wide) = ((tokens.space.two, tokens.space.two), (tokens.space.four, tokens.space.five));
    let ((inset, gap), kind) = match () {
        () if fits(Type::Body, wide.0, wide.1) => (wide, Type::Body),
        () if fits(Type::Body, near.0, near.1) => (near, Type::Body),
        () => (near, Type::Small),
    };
    let natural = natural_in(kind);
    let set = |choice: &T, words: &str, most| set_in(kind, choice, words, most);
    let share = ((rect.width() - 2.0 * inset - gap * (count - 1.0)) / natural).clamp(0.0, 1.0);
    let galleys: Vec<_> = choices
        .iter()
        .map(|(choice, words)| set(choice, words, set(choice, words, f32::INFINITY).size().x * share + tokens.space.half))
        .collect();
    let mut left = rect.left() + inset;
    let mut open = None;
    for ((choice, words), galley) in choices.iter().zip(galleys) {
        let on = *chosen == *choice;
        let part = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(galley.size().x, height));
        left = part.right() + gap;
        let response = ui.interact(part, ui.scope_id().with(("tab", *words)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, *words));
        let ink = if on || response.hovered() { colour.ink } else { colour.ink_secondary };
        ui.painter().galley_with_override_text_color(egui::pos2(part.left(), part.center().y - galley.size().y / 2.0), galley, ink);
        if on {
            let line = Stroke::new(tokens.stroke.focus_ring, colour.accent);
            ui.painter().hline(part.x_range(), rect.bottom() - tokens.stroke.hairline, line);
        }
        if response.has_focus() {
            focus_ring(ui, tokens, part);
        }
        if on {
            open = Some(response.id);
        }
        if response.clicked() {
            *chosen = *choice;
        }
    }
    open
}
