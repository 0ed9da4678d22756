//! The list of measures.

use eframe::egui::{Id, Role, Ui, WidgetInfo};

use super::kind::Kind;
use super::tab::MeasuresTab;
use crate::app::context::Cx;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{RowsLook, chosen_ground, paint_elided};

/// What has the focus when the list has it.
pub(super) fn id() -> Id {
    Id::unique("measures")
}

/// Shows the list; what one is at is computed.
pub(super) fn show(ui: &mut Ui, tab: &mut MeasuresTab, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let (name, small) = (tokens.line_height(Type::Body), tokens.line_height(Type::Small));
    let look = RowsLook { id: id(), name: "Measures", height: name + small + 2.0 * tokens.space.two, total: Kind::ALL.len() };
    let chosen = tab.choice.kind;
    let _ = tab.list.take_keys(ui, look);
    let focused = ui.memory(|memory| memory.has_focus(look.id));
    tab.list.show(ui, tokens, look, |ui, rect, at, _, response| {
        let Some(kind) = Kind::ALL.get(at).copied() else { return false };
        let on = kind == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, format!("{}: {}", kind.name(), kind.answers())));
        chosen_ground(ui, tokens, rect, response, on, focused);
        let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.three);
        let font = tokens.font_in(Type::Body, if on { family::INTERFACE_SEMIBOLD } else { family::INTERFACE_MEDIUM });
        let top = rect.top() + tokens.space.two;
        paint_elided(ui.painter(), left, right, top + name / 2.0, kind.name(), font, tokens.colour.ink);
        let y = top + name + small / 2.0;
        paint_elided(ui.painter(), left, right, y, kind.answers(), tokens.font(Type::Small), tokens.colour.ink_secondary);
        false
    });
    let at = Kind::ALL.get(tab.list.at).copied().unwrap_or_default();
    if at != chosen {
        tab.go(at);
    }
}
