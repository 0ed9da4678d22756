use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::rows::hairline_below;
use super::words::words;
use crate::app::tokens::{Tokens, Type};

/// The head of a list that fills `rect`: its name and what stands beside that, on paper, with a hairline below. Returns
/// what lies below.
pub fn view_head(ui: &mut Ui, tokens: &Tokens, rect: Rect, title: &str, beside: impl FnOnce(&mut Ui)) -> Rect {
    ui.painter().rect_filled(rect, 0.0, tokens.colour.surface_paper);
    let head = Rect::from_min_size(rect.min, vec2(rect.width(), tokens.size.top_bar));
    let inner = head.shrink2(vec2(tokens.space.three, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        words(ui, tokens, Type::PaneTitle, tokens.colour.ink, title);
        beside(ui);
    });
    hairline_below(ui, tokens, head);
    Rect::from_min_max(pos2(rect.left(), head.bottom()), rect.max)
}
