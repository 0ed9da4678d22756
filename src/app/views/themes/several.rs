//! What can be done with several themes at once, in the place of what one of them means.

use eframe::egui::{Align, Layout, Margin, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::counts::several;
use super::dialogs::Dialog;
use super::view::ThemesView;
use super::{acts, colours, editor};
use crate::app::context::Cx;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, paint_elided, paint_mark, theme_mark, within, words};
use crate::project::highest;
use crate::study::ThemeId;

/// How many of the themes are named.
const NAMED: usize = 200;

/// Shows what is chosen and what can be done with it.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    editor::leave(view, cx);
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let whole = ui.max_rect();
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - tokens.size.top_bar), whole.max);
    let above = Rect::from_min_max(whole.min, foot.right_top());
    let themes = view.selection.themes().clone();
    let hanging = view.hanging(cx, &themes).clone();
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
        let inset = Margin::symmetric(tokens.space.five as i8, tokens.space.three as i8);
        ScrollArea::vertical().id_salt("several").auto_shrink(false).show(ui, |ui| {
            eframe::egui::Frame::NONE.inner_margin(inset).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = tokens.space.one;
                words(ui, tokens, Type::PaneTitle, colour.ink, format!("{} chosen", several(themes.len(), "theme")));
                let hangs = hanging.words();
                let says = if hangs.is_empty() { "Nothing hangs on them.".to_owned() } else { format!("On them hang {hangs}.") };
                words(ui, tokens, Type::Small, colour.ink_secondary, says);
                ui.add_space(tokens.space.two);
                words(ui, tokens, Type::MicroStrong, colour.ink_secondary, "Colour of all of them");
                let own: Vec<_> = themes.iter().filter_map(|theme| cx.study.codebook().get(*theme)).map(|theme| &theme.colour).collect();
                let shared = own.first().copied().filter(|first| own.iter().all(|other| other == first)).map(|colour| colour.as_deref());
                if let Some(chosen) = colours::show(ui, tokens, shared, None, "As their parents") {
                    acts::recolour(cx, themes.clone(), chosen);
                }
                ui.add_space(tokens.space.two);
                words(ui, tokens, Type::MicroStrong, colour.ink_secondary, "Chosen");
                let order = cx.study.codebook().outline().iter().map(|row| row.theme).filter(|theme| themes.contains(theme));
                order.take(NAMED).for_each(|theme| show_name(ui, cx, theme));
                if themes.len() > NAMED {
                    words(ui, tokens, Type::Small, colour.ink_tertiary, format!("and {} more", themes.len() - NAMED));
                }
            });
        });
    });
    ui.painter().hline(foot.x_range(), foot.top(), tokens.hairline(colour.line_hair));
    let inner = foot.shrink2(vec2(tokens.space.five, 0.0));
    within(ui, inner, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one;
        let merge = Button::new("Merge…").keys(&["M"]).show(ui, tokens).clicked();
        let delete = Button::quiet("Delete…").show(ui, tokens).clicked();
        if Button::quiet("Choose one only").show(ui, tokens).on_hover_text("Esc").clicked() {
            view.selection.only();
        }
        if (merge || delete) && cx.can_edit() && !highest(cx.study.codebook(), &themes).is_empty() {
            view.dialog = if merge { Dialog::merge(&themes) } else { Dialog::delete(&themes) };
        }
    });
}

fn show_name(ui: &mut Ui, cx: &Cx<'_>, theme: ThemeId) {
    let (tokens, book) = (cx.tokens, cx.study.codebook());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::hover());
    let name = format!("{} {}", book.number(theme), book.get(theme).map_or("", |theme| theme.name.as_str()));
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let hue = theme_mark(tokens, cx.study, theme);
    let mark = pos2(rect.left() + tokens.space.one, rect.center().y);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    let left = mark.x + tokens.space.three;
    paint_elided(ui.painter(), left, rect.right(), rect.center().y, &name, tokens.font(Type::Body), tokens.colour.ink);
}
