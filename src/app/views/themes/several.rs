//! What can be done with several themes at once, in the place of what one of them means.

use eframe::egui::{Align, Layout, Margin, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::colours::Own;
use super::counts::several;
use super::view::ThemesView;
use super::{acts, colours, commands, editor, origin};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, focus_ring, paint_elided, paint_mark, select_fill, theme_mark, within, words};
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
                let shared = own.first().filter(|first| own.iter().all(|other| other == *first)).map(|colour| Own::of(colour.as_ref()));
                if let Some(chosen) = colours::show(ui, tokens, shared.as_ref(), None, "As their parents") {
                    acts::recolour(cx, themes.clone(), chosen.into_option());
                }
                origin::show_shared(ui, cx, &themes);
                ui.add_space(tokens.space.two);
                words(ui, tokens, Type::MicroStrong, colour.ink_secondary, "Chosen");
                let order = cx.study.codebook().outline().iter().map(|row| row.theme).filter(|theme| themes.contains(theme));
                let named: Vec<ThemeId> = order.take(NAMED).collect();
                for theme in named {
                    show_name(ui, cx, theme);
                }
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
        let merge = Button::new("Merge…").keys(&Command::MergeThemes.key_names(ui.ctx())).show(ui, tokens).clicked();
        let delete = Button::quiet("Delete…").show(ui, tokens).clicked();
        if Button::quiet("Choose one only").show(ui, tokens).on_hover_text("Esc").clicked() {
            view.selection.only();
        }
        for (pressed, command) in [(merge, Command::MergeThemes), (delete, Command::DeleteThemes)] {
            if pressed && !highest(cx.study.codebook(), &themes).is_empty() {
                commands::run(view, cx, command);
            }
        }
    });
}

/// The name of a theme, from which one goes to its passages by two clicks.
fn show_name(ui: &mut Ui, cx: &mut Cx<'_>, theme: ThemeId) {
    let (tokens, book) = (cx.tokens, cx.study.codebook());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::click());
    let name = format!("{} {}", book.number(theme), book.get(theme).map_or("", |theme| theme.name.as_str()));
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Link, true, &name));
    // A press of Enter reads it too; a single click is only looking.
    let entered = response.clicked() && !ui.input(|input| input.pointer.any_click());
    if response.double_clicked() || entered {
        cx.go(Place::Theme(theme));
    }
    select_fill(ui, tokens, rect, false, &response);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let hue = theme_mark(tokens, cx.study, theme);
    let mark = pos2(rect.left() + tokens.space.one, rect.center().y);
    paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
    let left = mark.x + tokens.space.three;
    paint_elided(ui.painter(), left, rect.right(), rect.center().y, &name, tokens.font(Type::Body), tokens.colour.ink);
}
