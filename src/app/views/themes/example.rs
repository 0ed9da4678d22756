//! The typical example of a theme: a passage that its definition cites.

use eframe::egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::passages::{Gathered, Passage};
use super::view::ThemesView;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::widgets::{Button, fit_width, focus_ring, icon_button, paint_elided, reading, theme_mark, words};
use crate::study::{Example, ThemeId};
use crate::text::fold;

/// The question which passage is typical.
pub struct Choosing {
    theme: ThemeId,
    gathered: Gathered,
    choice: Chooser<usize>,
}

/// Lines of the example that are shown.
const LINES: usize = 8;

/// The job that gathers the passages to choose from.
const SLOT: &str = "passages to choose from";

/// Shows the example of a theme in its editor, and what can be done with it.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>, theme: ThemeId) {
    let tokens = cx.tokens;
    ui.add_space(tokens.space.two);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, "Typical example");
    let example = cx.study.example_of(theme).cloned();
    if let Some(example) = &example {
        show_cited(ui, cx, example);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one;
        let choose = if example.is_some() { "Choose another…" } else { "Choose a passage…" };
        if Button::quiet(choose).icon(icons::QUOTE).small().show(ui, tokens).clicked() && cx.can_edit() {
            view.choosing = Some(Choosing { theme, gathered: Gathered::default(), choice: Chooser::default() });
        }
        if example.is_some() && icon_button(ui, tokens, icons::X, "Take the example away", true).clicked() && cx.can_edit() {
            cx.edit("Take example away", move |tx| tx.set_example(theme, None));
        }
    });
}

/// The words with their source and paragraph; a click goes to them.
fn show_cited(ui: &mut Ui, cx: &mut Cx<'_>, example: &Example) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some(material) = cx.study.material(example.source) else { return };
    let Some(revision) = material.revisions.iter().find(|revision| revision.id == example.revision) else { return };
    let whole = cx.study.is_whole(example);
    let text = cx.texts.get(revision.text);
    let said = text.as_ref().map_or("…", |text| example.span.slice(&text.text));
    let paragraph = if whole { material.geometry.paragraph_at(example.span.start).map(|at| format!(", ¶ {}", at + 1)) } else { None };
    let place = format!("{}{}", material.source.label, paragraph.unwrap_or_default());
    let indent = tokens.space.three;
    let ink = if whole { colour.ink } else { colour.ink_secondary };
    let galley = reading(ui.painter(), tokens, Type::ReadingQuote, ink, said, ui.available_width() - indent, LINES);
    let facts = tokens.line_height(Type::Small);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + facts + tokens.space.half), Sense::click());
    let gone = if whole { "" } else { ", words corrected away" };
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Typical example, {place}{gone}: {said}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, colour.surface_hover);
    }
    let bar = Rect::from_min_size(rect.min, vec2(tokens.stroke.bracket_focused, rect.height()));
    ui.painter().rect_filled(bar, 0.0, theme_mark(tokens, cx.study, example.theme).stripe);
    let high = galley.size().y;
    ui.painter().galley(rect.min + vec2(indent, 0.0), galley, ink);
    let y = rect.top() + high + facts / 2.0 + tokens.space.half;
    let by = cx.study.coders().get(&example.coder).map_or("", |coder| coder.initials.as_str());
    let left = rect.left() + indent;
    let end = paint_elided(ui.painter(), left, rect.right(), y, &format!("{place} · {by}"), tokens.font(Type::Small), colour.ink_secondary);
    if !whole {
        let left = end + tokens.space.two;
        paint_elided(ui.painter(), left, rect.right(), y, "These words were corrected away", tokens.font(Type::Small), colour.notice_ink);
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.on_hover_text(if whole { "Open in Read" } else { "Open the source in Read" }).clicked() {
        let place = if whole { Place::Passage(example.source, example.span) } else { Place::Source(example.source) };
        cx.go(place);
    }
}

/// How many times as wide as a picker the question is.
const WIDER: f32 = 1.5;

/// Shows the question which passage is typical, if it is asked.
pub(super) fn show_choosing(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut choosing) = view.choosing.take() else { return };
    let theme = choosing.theme;
    let Some(name) = cx.study.codebook().get(theme).map(|theme| theme.name.clone()) else { return };
    choosing.gathered.keep_up(cx, theme, true, SLOT, |state, passages| {
        if let Some(choosing) = &mut state.themes.choosing {
            choosing.choice = Chooser::default();
            choosing.gathered.passages = Some(passages);
        }
    });
    let (answered, left) = modal(ui, cx.tokens, "theme question", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width * WIDER);
        show_question(ui, &mut choosing, &name, cx)
    });
    let items = choosing.gathered.passages.as_ref().map(|passages| std::sync::Arc::clone(&passages.items)).unwrap_or_default();
    match (answered, choosing.choice.chosen.and_then(|chosen| items.get(chosen))) {
        (Some(true), Some(Passage { source, span, .. })) => set(cx, theme, *source, *span),
        (Some(_), _) => {}
        (None, _) if left => {}
        (None, _) => {
            view.choosing = Some(choosing);
            return;
        }
    }
    view.wants_focus = true;
}

/// Cites words as typical of a theme.
fn set(cx: &mut Cx<'_>, theme: ThemeId, source: crate::study::SourceId, span: crate::text::Span) {
    let seen = cx.study.material(source).and_then(|material| material.revision()).cloned();
    cx.edit("Typical example", move |tx| {
        let span = tx.meet(&seen.ok_or(crate::project::EditError::Gone("text"))?, span)?;
        tx.set_example(theme, Some((source, span)))
    });
}

fn show_question(ui: &mut Ui, choosing: &mut Choosing, name: &str, cx: &Cx<'_>) -> Option<bool> {
    let tokens = cx.tokens;
    head(ui, tokens, "Typical example", &format!("The passage that shows best what “{name}” means. It stands with the definition."));
    let Some(passages) = &choosing.gathered.passages else {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "Gathering its passages");
        return decide(ui, tokens, "Choose", false, false);
    };
    if passages.items.is_empty() {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "No passage has this theme yet. Code some in Read first.");
        return decide(ui, tokens, "Choose", false, false);
    }
    let items = std::sync::Arc::clone(&passages.items);
    let offers = Offers {
        hint: "Find a passage",
        nothing: "No passage begins with these words.",
        find: &|filter| {
            let wanted: Vec<String> = filter.split_whitespace().map(fold).collect();
            items.iter().enumerate().filter(|(_, passage)| passage.holds(&wanted)).map(|(at, _)| at).collect()
        },
        name: &|at| items.get(*at).map(|passage| format!("{}: {}", passage.place, passage.begins)).unwrap_or_default(),
        paint: &|ui: &Ui, rect: Rect, at| {
            let Some(passage) = items.get(*at) else { return };
            let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.space.two);
            let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
            let place = rect.left() + tokens.size.left_rail * 2.0;
            paint_elided(ui.painter(), left, place, rect.center().y, &passage.place, font, tokens.colour.ink_secondary);
            let at = pos2(place + tokens.space.two, rect.center().y);
            paint_elided(ui.painter(), at.x, right, at.y, &passage.begins, tokens.font(Type::Body), tokens.colour.ink);
        },
    };
    let entered = choosing.choice.choose(ui, tokens, cx.study, &offers);
    if let Some(passage) = choosing.choice.chosen.and_then(|at| items.get(at)) {
        let galley = reading(ui.painter(), tokens, Type::ReadingQuote, tokens.colour.ink, &passage.begins, ui.available_width(), 4);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
        ui.painter().galley(rect.min, galley, tokens.colour.ink);
    }
    decide(ui, tokens, "Choose", choosing.choice.chosen.is_some(), entered)
}
