use eframe::egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analysis::matrix::Filter;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, Chip, chip, focus_ring, menu_below, menu_choice, menu_heading, paint_words};
use crate::study::BuiltIn;

/// Shows what is left out as chips, from the right: a button that offers filters, then one chip for each that holds.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let tokens = cx.tokens;
    let add = Button::quiet("Filter").icon(icons::PLUS).small().show(ui, tokens);
    menu_below(tokens, &add, |ui| offer(ui, cx, filter));
    if let Some(coder) = filter.coder {
        let name = cx.study.coders().get(&coder).map_or("A coder", |coder| coder.name.as_str());
        if closing_chip(ui, tokens, name) {
            filter.coder = None;
        }
    } else {
        let words = match cx.study.coders().len() {
            0 | 1 => "Every coding",
            2 => "Both coders",
            _ => "All coders",
        };
        chip(ui, tokens, Chip::Plain, words).on_hover_text("Codings of every coder count; a passage counts once.");
    }
    if filter.all_voices {
        if closing_chip(ui, tokens, "All voices") {
            filter.all_voices = false;
        }
    } else {
        let why = "Only what participants say counts. Words of interviewers and authors come in with the filter “All voices”.";
        chip(ui, tokens, Chip::Plain, "Participants’ words").on_hover_text(why);
    }
    if filter.quote_marked && closing_chip(ui, tokens, "Quote-marked") {
        filter.quote_marked = false;
    }
    let kinds: Vec<_> = filter.kinds.iter().copied().collect();
    for kind in kinds {
        let name = kind.map_or(super::sentences::NOT_STATED, |kind| cx.study.attributes().value_name(kind));
        if closing_chip(ui, tokens, name) {
            filter.kinds.remove(&kind);
        }
    }
}

fn offer(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let tokens = cx.tokens;
    menu_heading(ui, tokens, "Coder");
    if menu_choice(ui, tokens, "All coders", filter.coder.is_none(), true).clicked() {
        filter.coder = None;
    }
    for coder in cx.study.coders().values() {
        if menu_choice(ui, tokens, &coder.name, filter.coder == Some(coder.id), true).clicked() {
            filter.coder = Some(coder.id);
        }
    }
    menu_heading(ui, tokens, "Codings");
    if menu_choice(ui, tokens, "All voices", filter.all_voices, true).clicked() {
        filter.all_voices = !filter.all_voices;
    }
    if menu_choice(ui, tokens, "Quote-marked only", filter.quote_marked, true).clicked() {
        filter.quote_marked = !filter.quote_marked;
    }
    let Some(attribute) = cx.study.attributes().built_in(BuiltIn::Kind) else { return };
    let values = cx.study.attributes().values_of(attribute.id);
    if values.is_empty() {
        return;
    }
    menu_heading(ui, tokens, "Kind of source");
    for value in values {
        let on = filter.kinds.contains(&Some(value.id));
        if menu_choice(ui, tokens, &value.name, on, true).clicked() && !filter.kinds.remove(&Some(value.id)) {
            filter.kinds.insert(Some(value.id));
        }
    }
}

/// A filter that holds; returns whether it is to be taken away.
fn closing_chip(ui: &mut Ui, tokens: &Tokens, words: &str) -> bool {
    let colour = &tokens.colour;
    let font = tokens.font_in(Type::Micro, family::INTERFACE_MEDIUM);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, colour.accent);
    let icon = tokens.small_icon_font(Type::Micro);
    let pad = tokens.space.two;
    let size = vec2(galley.size().x + icon.size + 2.0 * pad + tokens.space.half, tokens.space.five);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove filter: {words}")));
    let fill = if response.hovered() { colour.surface_hover } else { colour.accent_quiet };
    ui.painter().rect_filled(rect, tokens.radius.chip, fill);
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(rect.left() + pad, top), galley, colour.accent);
    paint_words(
        ui.painter(),
        rect.right_center() - vec2(pad - tokens.space.half, 0.0),
        Align2::RIGHT_CENTER,
        icons::X,
        icon,
        colour.accent,
    );
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.clicked()
}
