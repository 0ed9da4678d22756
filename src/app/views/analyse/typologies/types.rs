//! The types with their cases, the empty ones too, and those of no type; across an attribute if that is wanted.

use eframe::egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::across;
use super::tab::TypologiesTab;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, empty, menu_below, menu_choice, pick_within, within, words};
use crate::study::{AttributeOf, CaseId};

/// More cases than one looks through: the rest is in the table that leaves.
const MOST: usize = 200;

/// A list of cases under a name.
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub cases: &'a [CaseId],
    /// Whether it is a type, and not those of none.
    pub is_type: bool,
}

/// Shows the types.
pub(super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    if !tab.is_sorted() {
        return;
    }
    let sorted = std::sync::Arc::clone(&tab.sorted);
    if sorted.types.dimensions.is_empty() {
        empty(ui, tokens, icons::LAYERS, "No types yet", "They are the combinations of the values of the dimensions.", None);
        return;
    }
    let inside = ui.available_rect_before_wrap().shrink2(vec2(tokens.space.four, tokens.space.two));
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.one;
        show_choice(ui, tab, cx);
        if let Some(many) = sorted.types.too_many {
            let says = format!("Of {many} combinations only those with cases are listed.");
            words(ui, tokens, Type::Small, tokens.colour.notice_ink, says);
        }
        let types = sorted.types.types.iter().zip(&sorted.names);
        let types = types.map(|(of, name)| Named { name, cases: &of.cases, is_type: true });
        let others = [("Unplaced", &sorted.types.unplaced), ("Open: not placed yet", &sorted.types.open)];
        let others = others.into_iter().map(|(name, cases)| Named { name, cases, is_type: false });
        let all: Vec<Named<'_>> = types.chain(others).collect();
        match &sorted.across {
            Some((attribute, across)) if tab.across == Some(*attribute) => across::show(ui, cx, *attribute, across, &all),
            _ => show_lists(ui, cx, &all),
        }
    });
}

/// The attribute across which the types lie.
fn show_choice(ui: &mut Ui, tab: &mut TypologiesTab, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let attributes = cx.study.attributes();
    let name = tab.across.and_then(|id| attributes.get(id)).map_or("nothing", |attribute| attribute.name.as_str());
    // Its words stand above those of the types.
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control), Sense::hover());
    let place = place.with_min_x(place.left() - tokens.space.two);
    let pick = |ui: &mut Ui| pick_within(ui, tokens, "Across", name, ui.available_width());
    let button = within(ui, place, Layout::left_to_right(Align::Center), pick);
    menu_below(tokens, &button, |ui| {
        let all = [(None, "nothing")].into_iter();
        let all = all.chain(attributes.of(AttributeOf::Cases).map(|attribute| (Some(attribute.id), attribute.name.as_str())));
        for (choice, name) in all {
            if menu_choice(ui, tokens, name, choice == tab.across, true).clicked() {
                tab.across = choice;
                ui.close();
            }
        }
    });
}

fn show_lists(ui: &mut Ui, cx: &mut Cx<'_>, all: &[Named<'_>]) {
    let tokens = cx.tokens;
    ScrollArea::vertical().id_salt("types").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.half;
        for (at, named) in all.iter().enumerate() {
            ui.push_id(at, |ui| show_list(ui, cx, named));
        }
    });
}

fn show_list(ui: &mut Ui, cx: &mut Cx<'_>, named: &Named<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.add_space(tokens.space.two);
    let ink = if named.cases.is_empty() { colour.ink_secondary } else { colour.ink };
    let face = if named.is_type { Type::BodyStrong } else { Type::Body };
    let title = format!("{}  ({})", named.name, named.cases.len());
    if named.cases.is_empty() {
        // No taller than words are.
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            words(ui, tokens, face, ink, title);
            let says = if named.is_type { "No case is of this type." } else { "None." };
            words(ui, tokens, Type::Small, colour.ink_tertiary, says);
        });
        return;
    }
    words(ui, tokens, face, ink, title);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.one, tokens.space.one);
        for case in named.cases.iter().take(MOST) {
            let Some(label) = cx.study.case(*case).map(|case| case.label.clone()) else { continue };
            // Not in a scope of its own: that would keep it from going on in the next line.
            if Button::new(&label).small().show(ui, tokens).clicked() {
                cx.go(Place::Case(*case));
            }
        }
        if named.cases.len() > MOST {
            words(ui, tokens, Type::Small, colour.ink_tertiary, format!("and {} more", named.cases.len() - MOST));
        }
    });
}
