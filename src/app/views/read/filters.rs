use eframe::egui::{Align, Label, Layout, Popup, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::acts;
use super::drawn::Drawn;
use super::filter::{Filter, Stated};
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{
    Button, focus_ring, fold_sign, hairline_below, icon_button, menu_below, menu_choice, menu_heading, paint_elided, select_fill, within,
};
use crate::study::{AttributeId, CoderId, Material, NOT_STATED};

/// From which width on the filters are shown, in widths of the sources.
const FILTERS_FIT: f32 = 2.0;

/// A part of the menu of filters that is unfolded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// The themes.
    Theme,
    /// The coders.
    Coder,
    /// The values of an attribute.
    Attribute(AttributeId),
}

/// Shows the buttons right of the title: which codings are shown, and the box that finds words.
pub fn buttons(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material) {
    let tokens = cx.tokens;
    // Beside a narrow text they would leave the title no room; they are in the menu then.
    let roomy = ui.available_width() > tokens.size.sources_pane * FILTERS_FIT;
    let all = icon_button(ui, tokens, icons::FUNNEL, "Which codings are shown", true);
    menu_below(tokens, &all, |ui| {
        menu_heading(ui, tokens, "Show only codings");
        unread_choice(ui, view, cx, material);
        branches(ui, view, cx, material);
    });
    if icon_button(ui, tokens, icons::SEARCH, &Command::FindInText.tooltip(ui.ctx()), true).clicked() {
        cx.run(Command::FindInText);
    }
    if !roomy {
        return;
    }
    let coders = material.codings.coders();
    if coders.len() > 1 || view.filter.coder.is_some() {
        let all = if coders.len() == 2 { "Both coders" } else { "All coders" };
        let shown = view.filter.coder.map_or(all, |coder| coder_name(cx, coder));
        let response = Button::quiet(shown).small().menu().show(ui, tokens);
        Popup::menu(&response).show(|ui| {
            ui.selectable_value(&mut view.filter.coder, None, all);
            for coder in coders {
                ui.selectable_value(&mut view.filter.coder, Some(coder), coder_name(cx, coder));
            }
        });
    }
    let book = cx.study.codebook();
    let shown = view.filter.theme.and_then(|theme| book.get(theme)).map_or("All themes", |theme| theme.name.as_str());
    let response = Button::quiet(shown).small().menu().show(ui, tokens);
    menu_below(tokens, &response, |ui| {
        if menu_choice(ui, tokens, "All themes", view.filter.theme.is_none(), true).clicked() {
            view.filter.theme = None;
            ui.close();
        }
        themes(ui, view, cx);
    });
}

fn coder_name<'a>(cx: &Cx<'a>, coder: CoderId) -> &'a str {
    cx.study.coders().get(&coder).map_or("", |coder| coder.name.as_str())
}

fn unread_choice(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, material: &Material) {
    let many = material.codings.unread();
    let on = view.filter.unread;
    if !on && many == 0 {
        return;
    }
    let says = format!("Made by a search, unread: {many}");
    if menu_choice(ui, cx.tokens, &says, on, true).clicked() {
        view.filter.unread = !on;
        ui.close();
    }
}

/// Themes, coders and every attribute, each unfolded in its place.
fn branches(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, material: &Material) {
    let (tokens, study) = (cx.tokens, cx.study);
    let theme = view.filter.theme.and_then(|theme| study.codebook().get(theme)).map_or("", |theme| theme.name.as_str());
    if branch(ui, view, cx, Branch::Theme, "Theme", theme) {
        themes(ui, view, cx);
    }
    let coder = view.filter.coder.map_or("", |coder| coder_name(cx, coder));
    if branch(ui, view, cx, Branch::Coder, "Coder", coder) {
        for coder in material.codings.coders() {
            let on = view.filter.coder == Some(coder);
            if menu_choice(ui, tokens, coder_name(cx, coder), on, true).clicked() {
                view.filter.coder = (!on).then_some(coder);
                ui.close();
            }
        }
    }
    for attribute in study.attributes().all() {
        let stated = view.filter.stated.filter(|stated| stated.attribute == attribute.id);
        let now = stated.map_or("", |stated| value_name(cx, stated));
        if !branch(ui, view, cx, Branch::Attribute(attribute.id), &attribute.name, now) {
            continue;
        }
        let values = study.attributes().values_of(attribute.id).into_iter().map(|value| Some(value.id));
        for value in values.chain(std::iter::once(None)) {
            let one = Stated { attribute: attribute.id, value };
            let on = stated == Some(one);
            if menu_choice(ui, tokens, value_name(cx, one), on, true).clicked() {
                view.filter.stated = (!on).then_some(one);
                ui.close();
            }
        }
    }
}

fn value_name<'a>(cx: &Cx<'a>, stated: Stated) -> &'a str {
    stated.value.map_or(NOT_STATED, |value| cx.study.attributes().value_name(value))
}

fn themes(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>) {
    let book = cx.study.codebook();
    for row in book.outline() {
        let name = book.get(row.theme).map_or("", |theme| theme.name.as_str());
        let indent = "\u{2003}".repeat(row.depth);
        let on = view.filter.theme == Some(row.theme);
        if menu_choice(ui, cx.tokens, &format!("{indent}{}  {name}", row.number), on, true).clicked() {
            view.filter.theme = (!on).then_some(row.theme);
            ui.close();
        }
    }
}

/// The line of a part of the menu, with what is chosen in it; returns whether the part is unfolded.
fn branch(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, branch: Branch, name: &str, chosen: &str) -> bool {
    let (tokens, space) = (cx.tokens, &cx.tokens.space);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    let open = (view.filter_branch == Some(branch)) != response.clicked();
    if response.clicked() {
        view.filter_branch = open.then_some(branch);
    }
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, open, format!("By {name} {chosen}").trim_end()));
    select_fill(ui, tokens, rect, false, &response);
    let arrow = Rect::from_min_size(rect.min + vec2(space.one, 0.0), vec2(space.four, rect.height()));
    fold_sign(ui, tokens, arrow, open);
    let (y, font) = (rect.center().y, tokens.font(Type::Body));
    let end = paint_elided(ui.painter(), rect.left() + space.six, rect.right() - space.two, y, name, font.clone(), tokens.colour.ink);
    paint_elided(ui.painter(), end + space.two, rect.right() - space.two, y, chosen, font, tokens.colour.accent);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    open
}

/// Says under the header which codings are shown, while not all are, and which wait to be confirmed.
pub fn lines(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material, drawn: &Drawn) {
    if view.filter != Filter::default() {
        let says = format!("{} of {} codings shown", drawn.len(), material.codings.len());
        if line(ui, cx, &says, &filtered_by(view, cx), &["Show all"]).is_some() {
            view.filter = Filter::default();
            view.take_focus = true;
        }
    }
    let waiting = material.codings.unread();
    if waiting > 0 {
        let says = if waiting == 1 {
            "1 coding made by a search, not read yet".to_owned()
        } else {
            format!("{waiting} codings made by a search, not read yet")
        };
        let answers: &[&str] = if view.filter.unread { &["Confirm all here"] } else { &["Confirm all here", "Show only these"] };
        match line(ui, cx, &says, "", answers) {
            Some(0) => acts::confirm(cx, material.source.id, acts::unread(cx, material.source.id)),
            Some(_) => view.filter.unread = true,
            None => {}
        }
    }
}

/// What the codings are filtered by, in words.
fn filtered_by(view: &ReadView, cx: &Cx<'_>) -> String {
    let study = cx.study;
    let theme = view.filter.theme.and_then(|theme| study.codebook().get(theme)).map(|theme| theme.name.clone());
    let coder = view.filter.coder.map(|coder| coder_name(cx, coder).to_owned());
    let stated = view.filter.stated.map(|stated| {
        let attribute = study.attributes().get(stated.attribute).map_or("", |attribute| attribute.name.as_str());
        format!("{attribute}: {}", value_name(cx, stated))
    });
    let unread = view.filter.unread.then(|| "made by a search, unread".to_owned());
    [theme, coder, stated, unread].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A line over the text with buttons at its right, or below its words where they find no room beside them; returns the one that was
/// pressed.
fn line(ui: &mut Ui, cx: &Cx<'_>, says: &str, more: &str, answers: &[&str]) -> Option<usize> {
    let (tokens, space, colour) = (cx.tokens, &cx.tokens.space, &cx.tokens.colour);
    let (width, row) = (ui.available_width(), tokens.size.control + space.one);
    let wanted: f32 = answers.iter().map(|answer| Button::new(answer).small().width(ui, tokens) + space.two).sum();
    let said = ui.painter().layout_no_wrap(says.to_owned(), tokens.font(Type::Small), colour.ink).size().x;
    let below = said + wanted > width - 2.0 * space.six;
    let (rect, _) = ui.allocate_exact_size(vec2(width, if below { 2.0 * row - space.one } else { row }), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, colour.surface_selected);
    hairline_below(ui, tokens, rect);
    let mut pressed = None;
    let inside = rect.shrink2(vec2(space.six, 0.0));
    let words_at = Rect::from_min_size(inside.min, vec2(inside.width(), row));
    let (buttons_at, side) = if below {
        (Rect::from_min_max(inside.max - vec2(inside.width(), row), inside.max), Layout::left_to_right(Align::Center))
    } else {
        (words_at, Layout::right_to_left(Align::Center))
    };
    let mut left = words_at.right();
    within(ui, buttons_at, side, |ui| {
        ui.spacing_mut().item_spacing.x = space.two;
        for (index, answer) in answers.iter().enumerate() {
            if Button::new(answer).small().show(ui, tokens).clicked() {
                pressed = Some(index);
            }
        }
        if !below {
            left -= ui.min_rect().width() + space.two;
        }
    });
    within(ui, words_at.with_max_x(left), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space.two;
        for (words, ink) in [(says, colour.ink), (more, colour.ink_secondary)] {
            ui.add(Label::new(RichText::new(words).font(tokens.font(Type::Small)).color(ink)).truncate());
        }
    });
    pressed
}
