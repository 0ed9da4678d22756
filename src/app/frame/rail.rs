use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::command::Command;
use crate::app::icons;
use crate::app::state::View;
use crate::app::tokens::{Tokens, Type, family, font};
use crate::app::widgets::{focus_ring, paint_words};

/// What stands in the rail: the views, and the way out of the project.
const ENTRIES: [(Option<View>, &str, Command); 10] = [
    (Some(View::Read), "Read", Command::ShowRead),
    (Some(View::Matrix), "Matrix", Command::ShowMatrix),
    (Some(View::Search), "Search", Command::ShowSearch),
    (Some(View::Quotes), "Quotes", Command::ShowQuotes),
    (Some(View::Notes), "Notes", Command::ShowNotes),
    (Some(View::Themes), "Themes", Command::ShowThemes),
    (Some(View::Cases), "Cases", Command::ShowCases),
    (Some(View::Analyse), "Analyse", Command::ShowAnalyse),
    (Some(View::History), "History", Command::ShowHistory),
    (None, "Export", Command::Export),
];

/// Shows the left rail; returns the command that was clicked.
pub fn show(ui: &mut Ui, tokens: &Tokens, current: View) -> Option<Command> {
    let colour = &tokens.colour;
    let mut clicked = None;
    ui.spacing_mut().item_spacing = vec2(0.0, tokens.space.half);
    ui.add_space(tokens.space.two);
    for (view, name, command) in ENTRIES {
        let inset = tokens.space.one + tokens.space.half;
        let height = tokens.size.control + tokens.space.six - tokens.space.half;
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let rect = Rect::from_min_max(row.min + vec2(inset, 0.0), row.max - vec2(inset, 0.0));
        let response = ui.interact(rect, ui.scope_id().with(command.title()), Sense::click());
        let on = view == Some(current);
        response.widget_info(|| match view {
            Some(_) => WidgetInfo::selected(Role::Tab, true, on, name),
            None => WidgetInfo::labeled(Role::Button, true, "Export tables and texts"),
        });
        let fill = match (on, response.hovered()) {
            (true, _) => Some(colour.accent_quiet),
            (false, true) => Some(colour.surface_hover),
            (false, false) => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), fill);
        }
        let ink = if on { colour.accent } else { colour.ink_secondary };
        let face = if on { family::INTERFACE_SEMIBOLD } else { family::INTERFACE_MEDIUM };
        let icon = command.icon().unwrap_or(icons::CIRCLE);
        let middle = rect.center();
        paint_words(
            ui.painter(),
            middle - vec2(0.0, tokens.space.two),
            Align2::CENTER_CENTER,
            icon,
            font(tokens.size.icon, family::ICONS),
            ink,
        );
        let below = middle + vec2(0.0, tokens.space.three);
        paint_words(ui.painter(), below, Align2::CENTER_CENTER, name, tokens.font_in(Type::Micro, face), ink);
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
        }
        if response.on_hover_text(command.tooltip(ui.ctx())).clicked() {
            clicked = Some(command);
        }
    }
    clicked
}
