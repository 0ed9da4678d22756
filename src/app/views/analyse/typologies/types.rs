//! The types with their cases, the empty ones too, and those of no type; across an attribute if that is wanted.

use std::sync::Arc;

use eframe::egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::across;
use super::sorted::Sorted;
use super::tab::TypologiesTab;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Stack, empty, menu_below, menu_choice, pick_within, within, words};
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
    let sorted = Arc::clone(&tab.sorted);
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
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, says);
        }
        let types = sorted.types.types.iter().zip(&sorted.names);
        let types = types.map(|(of, name)| Named { name, cases: &of.cases, is_type: true });
        let others = [("Unplaced", &sorted.types.unplaced), ("Open: not placed yet", &sorted.types.open)];
        let others = others.into_iter().map(|(name, cases)| Named { name, cases, is_type: false });
        let all: Vec<Named<'_>> = types.chain(others).collect();
        match &sorted.across {
            Some((attribute, across)) if tab.across == Some(*attribute) => across::show(ui, cx, *attribute, across, &all),
            _ => show_lists(ui, tab, cx, &all),
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

/// What is seen of the lists of cases.
#[derive(Default)]
pub(super) struct Lists {
    /// What the rows are of, and in what width.
    of: Option<(Arc<Sorted>, Seen, f32)>,
    rows: Arc<[Row]>,
    stack: Stack<Row>,
}

/// A row of the lists of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Row {
    /// The name of a list, by its number.
    Name(usize),
    /// Cases of a list beside one another: from which up to which.
    Cases(usize, usize, usize),
    /// How many more cases there are.
    More(usize),
}

fn show_lists(ui: &mut Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>, all: &[Named<'_>]) {
    let tokens = cx.tokens;
    let sorted = Arc::clone(&tab.sorted);
    let lists = &mut tab.types;
    ScrollArea::vertical().id_salt("types").auto_shrink(false).animated(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.half;
        let width = ui.available_width();
        let same =
            |(of, seen, wide): &(Arc<Sorted>, Seen, f32)| Arc::ptr_eq(of, &sorted) && seen.is(cx.study) && (wide - width).abs() < 0.5;
        if !lists.of.as_ref().is_some_and(same) {
            lists.rows = rows(ui, cx, all, width);
            lists.of = Some((Arc::clone(&sorted), Seen::of(cx.study), width));
        }
        let rows = Arc::clone(&lists.rows);
        lists.stack.show(
            ui,
            &rows,
            |row, _| match row {
                Row::Name(_) => tokens.space.two + tokens.line_height(Type::BodyStrong),
                Row::Cases(..) => tokens.size.control_small + 2.0 * tokens.space.half,
                Row::More(_) => tokens.line_height(Type::Small),
            },
            |ui, row| show_row(ui, cx, all, row),
        );
    });
}

/// The rows in which names of lists and their cases stand in a width.
fn rows(ui: &Ui, cx: &Cx<'_>, all: &[Named<'_>], width: f32) -> Arc<[Row]> {
    let mut rows = Vec::new();
    for (list, named) in all.iter().enumerate() {
        rows.push(Row::Name(list));
        let (mut from, mut left) = (0, width);
        let shown = named.cases.len().min(MOST);
        for (at, case) in named.cases.iter().take(shown).enumerate() {
            let label = cx.study.case(*case).map_or("", |case| case.label.as_str());
            let wide = Button::new(label).small().width(ui, cx.tokens);
            if at > from && wide > left {
                rows.push(Row::Cases(list, from, at));
                (from, left) = (at, width);
            }
            left -= wide + cx.tokens.space.one;
        }
        rows.extend((shown > 0).then_some(Row::Cases(list, from, shown)));
        rows.extend((named.cases.len() > shown).then_some(Row::More(list)));
    }
    rows.into()
}

fn show_row(ui: &mut Ui, cx: &mut Cx<'_>, all: &[Named<'_>], row: Row) {
    let tokens = cx.tokens;
    match row {
        Row::Name(list) => {
            if let Some(named) = all.get(list) {
                show_name(ui, cx, named);
            }
        }
        Row::Cases(list, from, to) => {
            if from > 0 {
                ui.add_space(tokens.space.half);
            }
            let cases = all.get(list).and_then(|named| named.cases.get(from..to)).unwrap_or_default();
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.space.one;
                for case in cases {
                    let Some(label) = cx.study.case(*case).map(|case| case.label.clone()) else { continue };
                    if Button::new(&label).small().show(ui, tokens).clicked() {
                        cx.go(Place::Case(*case));
                    }
                }
            });
        }
        Row::More(list) => {
            let more = all.get(list).map_or(0, |named| named.cases.len() - MOST);
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, format!("and {more} more"));
        }
    }
}

fn show_name(ui: &mut Ui, cx: &Cx<'_>, named: &Named<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.add_space(tokens.space.two);
    let ink = if named.cases.is_empty() { colour.ink_secondary } else { colour.ink };
    let face = if named.is_type { Type::BodyStrong } else { Type::Body };
    let title = format!("{}  ({})", named.name, named.cases.len());
    if !named.cases.is_empty() {
        words(ui, tokens, face, ink, title);
        return;
    }
    // No taller than words are.
    ui.spacing_mut().interact_size.y = 0.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        words(ui, tokens, face, ink, title);
        let says = if named.is_type { "No case is of this type." } else { "None." };
        words(ui, tokens, Type::Small, colour.ink_tertiary, says);
    });
}
