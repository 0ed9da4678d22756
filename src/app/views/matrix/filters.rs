use std::sync::Arc;

use eframe::egui::{Align2, Galley, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::sentences;
use crate::analysis::matrix::Filter;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, Chip, chip, chip_width, elided, focus_ring, menu_below, menu_choice, menu_heading, paint_words};
use crate::study::{BuiltIn, NOT_STATED, Study, ValueId};

/// Shows what is left out as chips, from the right: a button that offers filters, then one chip for each that holds and
/// what holds without any. Where they are wider than `room`, what goes without saying is left to the menu, then the chips
/// too, and the button says how many filters hold.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter, room: f32) {
    let tokens = cx.tokens;
    let holding = holding(cx, filter);
    let usual = usual(cx, filter);
    let gap = ui.spacing().item_spacing.x;
    let button = tokens.space.eight + tokens.space.eight;
    let chips: f32 = holding.iter().map(|(_, words)| closing_width(ui, tokens, words) + gap).sum();
    let plain: f32 = usual.iter().map(|(words, _)| chip_width(ui, tokens, Chip::Plain, words) + gap).sum();
    let crowded = !holding.is_empty() && button + chips > room;
    let words = if crowded { sentences::count(holding.len() as u32, "filter", "filters") } else { "Filter".to_owned() };
    let icon = if crowded { icons::LIST_FILTER } else { icons::PLUS };
    let add = Button::quiet(&words).icon(icon).small().show(ui, tokens);
    menu_below(tokens, &add, |ui| offer(ui, cx, filter));
    if crowded {
        return;
    }
    for (held, words) in holding {
        if closing_chip(ui, tokens, &words) {
            held.release(filter);
        }
    }
    if button + chips + plain <= room {
        for (words, why) in usual {
            chip(ui, tokens, Chip::Plain, words).on_hover_text(why);
        }
    }
}

/// A filter that holds.
#[derive(Clone, Copy)]
enum Held {
    Coder,
    AllVoices,
    QuoteMarked,
    Kind(Option<ValueId>),
}

impl Held {
    fn release(self, filter: &mut Filter) {
        match self {
            Self::Coder => filter.coder = None,
            Self::AllVoices => filter.all_voices = false,
            Self::QuoteMarked => filter.quote_marked = false,
            Self::Kind(kind) => {
                filter.kinds.remove(&kind);
            }
        }
    }
}

/// The filters that hold, each with what it is called.
fn holding(cx: &Cx<'_>, filter: &Filter) -> Vec<(Held, String)> {
    let coder = |coder| cx.study.coders().get(&coder).map_or("A coder", |coder| coder.name.as_str());
    let kind = |kind: Option<ValueId>| kind.map_or(NOT_STATED, |kind| cx.study.attributes().value_name(kind));
    let mut holding = Vec::new();
    holding.extend(filter.coder.map(|id| (Held::Coder, coder(id).to_owned())));
    holding.extend(filter.all_voices.then(|| (Held::AllVoices, "All voices".to_owned())));
    holding.extend(filter.quote_marked.then(|| (Held::QuoteMarked, "Quote-marked".to_owned())));
    holding.extend(filter.kinds.iter().map(|id| (Held::Kind(*id), kind(*id).to_owned())));
    holding
}

/// What holds without a filter, and why.
fn usual(cx: &Cx<'_>, filter: &Filter) -> Vec<(&'static str, String)> {
    let mut usual = Vec::new();
    if cx.study.alone().is_some() {
        usual.push(("Own codings", "You work blind: codings of other coders are not shown and do not count.".to_owned()));
    } else if filter.coder.is_none() {
        usual.push(layer(cx.study));
    }
    if !filter.all_voices {
        let why = "Only what participants say counts. Words of interviewers and authors come in with the filter “All voices”.";
        usual.push(("Participants’ words", why.to_owned()));
    }
    usual
}

/// Whose codings count where nobody asks for those of one coder, and why.
fn layer(study: &Study) -> (&'static str, String) {
    let (settled, all) = (study.reconciled(), study.materials().len());
    if settled > 0 {
        let sources = sentences::count(all as u32, "source", "sources");
        let why = format!(
            "In {settled} of {sources} coders agreed on what counts; in the others the codings of all count. A passage counts once."
        );
        return ("Agreed where settled, else all", why);
    }
    let words = match study.analysts().count() {
        0 | 1 => "Every coding",
        2 => "Both coders",
        _ => "All coders",
    };
    (words, "Codings of every coder count; a passage counts once.".to_owned())
}

fn offer(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let tokens = cx.tokens;
    if cx.study.alone().is_none() {
        menu_heading(ui, tokens, "Coder");
        if menu_choice(ui, tokens, layer(cx.study).0, filter.coder.is_none(), true).clicked() {
            filter.coder = None;
        }
        for coder in cx.study.coders().values() {
            if menu_choice(ui, tokens, &coder.name, filter.coder == Some(coder.id), true).clicked() {
                filter.coder = Some(coder.id);
            }
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
    let values = values.into_iter().map(|value| (Some(value.id), value.name.as_str()));
    for (kind, name) in values.chain([(None, NOT_STATED)]) {
        let on = filter.kinds.contains(&kind);
        if menu_choice(ui, tokens, name, on, true).clicked() && !filter.kinds.remove(&kind) {
            filter.kinds.insert(kind);
        }
    }
}

/// The words of a chip that can be closed; a long name is cut.
fn closing_words(ui: &Ui, tokens: &Tokens, words: &str) -> Arc<Galley> {
    let font = tokens.font_in(Type::Micro, family::INTERFACE_MEDIUM);
    elided(ui.painter(), words, font, tokens.colour.accent, tokens.size.facets_pane)
}

fn closing_width(ui: &Ui, tokens: &Tokens, words: &str) -> f32 {
    let icon = tokens.small_icon_font(Type::Micro);
    closing_words(ui, tokens, words).size().x + icon.size + 2.0 * tokens.space.two + tokens.space.half
}

/// A filter that holds; returns whether it is to be taken away.
fn closing_chip(ui: &mut Ui, tokens: &Tokens, words: &str) -> bool {
    let colour = &tokens.colour;
    let galley = closing_words(ui, tokens, words);
    let icon = tokens.small_icon_font(Type::Micro);
    let pad = tokens.space.two;
    let size = vec2(closing_width(ui, tokens, words), tokens.space.five);
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
