//! The box in which a query is written, with what is wrong in it below.

use eframe::egui;
use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use eframe::egui::{
    Align, Align2, EventFilter, Galley, Id, Key, Margin, Modifiers, Order, Rect, Role, Sense, Stroke, StrokeKind, TextBuffer, TextEdit, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::view::{SearchView, box_id};
use crate::app::ReadingOrder;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, fit_width, focus_ring, icon_button, key_cap, paint_words, select_fill, words};
use crate::query::{Completion, Field, Piece, Problem, Query, complete, pieces};
use crate::text::{Span, stretches};

/// What the box remembers.
#[derive(Default)]
pub(super) struct QueryBox {
    /// The focus is to go to it.
    pub wants_focus: bool,
    /// The cursor is to go to the end.
    pub to_end: bool,
    completions: Vec<Completion>,
    /// The completion that Tab takes.
    at: usize,
    /// The text for which completions were sent away.
    dismissed: Option<String>,
    /// Where they are shown.
    below: egui::Pos2,
    had_focus: bool,
}

/// How many completions are offered.
const OFFERED: usize = 8;

/// Height of the box with the line below it.
pub(super) fn height(tokens: &Tokens) -> f32 {
    above(tokens) + field_height(tokens) + tokens.size.control + tokens.space.two
}

/// Room above the box.
pub(super) fn above(tokens: &Tokens) -> f32 {
    tokens.space.three + tokens.space.half
}

/// Height of the box alone.
pub(super) fn field_height(tokens: &Tokens) -> f32 {
    tokens.space.eight + tokens.space.two
}

/// Shows the box.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let top = ui.max_rect().top() + above(tokens);
    let rect = Rect::from_min_max(pos2(ui.max_rect().left(), top), pos2(ui.max_rect().right(), top + field_height(tokens)));
    take_keys(ui, view, cx);
    show_field(ui, view, cx, rect);
    let line = Rect::from_min_max(rect.left_bottom(), pos2(rect.right(), ui.max_rect().bottom()));
    let layout = egui::Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(line).layout(layout), |ui| show_line(ui, view, tokens));
}

/// The keys of the box that the field itself must not see.
fn take_keys(ui: &Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let id = box_id();
    let focused = ui.memory(|memory| memory.has_focus(id));
    if !focused {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = view.query_box.completions.len().min(OFFERED).saturating_sub(1);
    if view.query_box.completions.is_empty() {
        if pressed(Key::ArrowDown) {
            view.focus_hits();
            view.settle(cx);
        } else if pressed(Key::Escape) {
            view.focus_hits();
        } else if let Some((span, suggestion)) = suggestion(view)
            && pressed(Key::Tab)
        {
            accept(ui, view, span, &suggestion);
        }
        return;
    }
    let query_box = &mut view.query_box;
    if pressed(Key::ArrowDown) {
        query_box.at = if query_box.at == last { 0 } else { query_box.at + 1 };
    }
    if pressed(Key::ArrowUp) {
        query_box.at = query_box.at.checked_sub(1).unwrap_or(last);
    }
    if pressed(Key::Escape) {
        query_box.dismissed = Some(view.query.clone());
        query_box.completions.clear();
    } else if pressed(Key::Tab)
        && let Some(completion) = view.query_box.completions.get(view.query_box.at).cloned()
    {
        accept(ui, view, completion.span, &completion.text);
    }
}

/// The first mistake that has a remedy.
fn suggestion(view: &SearchView) -> Option<(Span, String)> {
    let problems = &view.understood.parsed.as_ref()?.problems;
    problems.iter().find_map(|problem| Some((problem.span, problem.suggestion.clone()?)))
}

/// Writes `with` in the place of a part of the query, and puts the cursor behind it. What is then offered can only be
/// the values of a field.
fn accept(ui: &Ui, view: &mut SearchView, span: Span, with: &str) {
    let (Some(before), Some(after)) = (view.query.get(..span.start as usize), view.query.get(span.end as usize..)) else { return };
    let cursor = before.chars().count() + with.chars().count();
    view.query = format!("{before}{with}{after}");
    set_cursor(ui, cursor);
    ui.memory_mut(|memory| memory.request_focus(box_id()));
    view.query_box.dismissed = Some(view.query.clone()).filter(|_| !with.ends_with(':'));
    view.query_box.completions.clear();
}

fn set_cursor(ui: &Ui, at: usize) {
    let mut state = TextEdit::load_state(ui.ctx(), box_id()).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    state.store(ui.ctx(), box_id());
}

fn show_field(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>, rect: Rect) {
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let id = box_id();
    if std::mem::take(&mut view.query_box.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
        view.query_box.to_end = true;
    }
    if std::mem::take(&mut view.query_box.to_end) {
        set_cursor(ui, view.query.chars().count());
    }
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let edge = if has_focus {
        Stroke::new(tokens.stroke.coding_underline, colour.accent)
    } else {
        Stroke::new(tokens.stroke.hairline, colour.line_strong)
    };
    ui.painter().rect(rect, Tokens::corner(tokens.radius.control), colour.surface_raised, edge, StrokeKind::Inside);
    let icon_font = tokens.icon_font();
    let icon_at = rect.left_center() + vec2(tokens.space.three, 0.0);
    paint_words(ui.painter(), icon_at, Align2::LEFT_CENTER, icons::SEARCH, icon_font.clone(), colour.ink_tertiary);
    let left = icon_at.x + icon_font.size + tokens.space.two + tokens.space.half;
    let inner = Rect::from_min_max(pos2(left, rect.top()), pos2(rect.right() - tokens.size.control - tokens.space.two, rect.bottom()));
    let problems = view.understood.parsed.as_ref().map(|parsed| parsed.problems.clone()).unwrap_or_default();
    let understood = view.query.clone();
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| -> Arc<Galley> {
        // What was just typed is understood in the next frame.
        let problems: &[Problem] = if text.as_str() == understood { &problems } else { &[] };
        ui.painter().layout_job(coloured(tokens, text.as_str(), problems))
    };
    let acceptable = !view.query_box.completions.is_empty();
    // Escape leads on to the hits, so that the keys always have somewhere to go.
    let filter =
        EventFilter { tab: acceptable || suggestion(view).is_some(), horizontal_arrows: true, vertical_arrows: true, escape: true };
    if filter.tab {
        ReadingOrder::hold(ui.ctx(), id);
    }
    let hint = egui::RichText::new("Words, or a query").color(colour.ink_tertiary);
    let edit = TextEdit::singleline(&mut view.query)
        .id(id)
        .font(tokens.font(Type::Query))
        .text_color(colour.ink)
        .hint_text(hint)
        .frame(egui::Frame::NONE)
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .event_filter(filter)
        .layouter(&mut layouter)
        .desired_width(inner.width());
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(Align::Center)));
    let output = edit.show(&mut child);
    let response = output.response.response.accessible_name("Search query");
    if response.changed() {
        view.query_box.dismissed = None;
    }
    if response.gained_focus() {
        view.keep_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered {
        // It must not open the first hit as well.
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        view.focus_hits();
        // One goes on from here: this query is a place to come back to.
        view.settle(cx);
    }
    offer(view, &output.galley, output.galley_pos, output.cursor_range, response.has_focus());
    view.query_box.below.y = rect.bottom();
    if !view.query.is_empty() {
        let at =
            Rect::from_center_size(pos2(rect.right() - tokens.space.five, rect.center().y), vec2(tokens.size.control, tokens.size.control));
        let clear = ui.scope_builder(UiBuilder::new().max_rect(at), |ui| icon_button(ui, tokens, icons::X, "Clear the query", true)).inner;
        if clear.clicked() {
            view.query.clear();
            view.focus_box();
        }
    }
}

/// Finds what can be written at the cursor.
fn offer(view: &mut SearchView, galley: &Galley, origin: egui::Pos2, cursor: Option<CCursorRange>, focused: bool) {
    let just_came = focused && !view.query_box.had_focus;
    view.query_box.had_focus = focused;
    if just_came {
        // Coming back to a finished query is no reason to offer anything.
        view.query_box.dismissed = Some(view.query.clone());
    }
    let dismissed = view.query_box.dismissed.as_ref() == Some(&view.query);
    let cursor = cursor.and_then(|range| range.single()).filter(|_| focused && !dismissed);
    let found = cursor.map_or_else(Vec::new, |cursor| {
        let byte = view.query.char_indices().nth(cursor.index.0).map_or(view.query.len(), |(byte, _)| byte);
        let mut found = complete(&view.query, byte, &view.understood.names);
        // One letter of a word is no wish for a condition.
        found.retain(|completion| {
            let typed = completion.span.slice(&view.query);
            typed != completion.text && (!completion.text.ends_with(':') || typed.chars().count() > 1)
        });
        found
    });
    if let (Some(cursor), Some(first)) = (cursor, found.first()) {
        let start = view.query.get(..first.span.start as usize).map_or(cursor.index.0, |before| before.chars().count());
        view.query_box.below.x = origin.x + galley.pos_from_cursor(CCursor::new(start)).left();
    }
    if found != view.query_box.completions {
        view.query_box.at = 0;
        view.query_box.completions = found;
    }
}

/// Shows what can be written at the cursor, over the rest of the view.
pub(super) fn show_completions(ui: &Ui, view: &mut SearchView, cx: &Cx<'_>) {
    if view.query_box.completions.is_empty() {
        return;
    }
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let at = view.query_box.below - vec2(tokens.space.two, -tokens.space.half);
    let mut taken = None;
    egui::Area::new(Id::unique("completions")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.one as i8)).show(ui, |ui| {
            fit_width(ui, tokens, tokens.size.picker_width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let shown = view.query_box.completions.iter().take(OFFERED).enumerate();
            for (index, completion) in shown {
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.tree_row), Sense::CLICK);
                let on = index == view.query_box.at;
                response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, &completion.label));
                select_fill(ui, tokens, rect, on, &response);
                let is_field = completion.text.ends_with(':');
                let font = if is_field { tokens.font_in(Type::Body, family::INTERFACE_MEDIUM) } else { tokens.font(Type::Body) };
                let ink = if is_field { colour.accent } else { colour.ink };
                let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.size.control);
                crate::app::widgets::paint_elided(ui.painter(), left, right, rect.center().y, &completion.label, font, ink);
                if on {
                    let at = rect.right_center() - vec2(tokens.space.two, 0.0);
                    paint_words(ui.painter(), at, Align2::RIGHT_CENTER, "Tab", tokens.font(Type::KeyHint), colour.ink_tertiary);
                }
                if response.clicked() {
                    taken = Some(completion.clone());
                }
            }
            let more = view.query_box.completions.len().saturating_sub(OFFERED);
            if more > 0 {
                words(ui, tokens, Type::Micro, colour.ink_tertiary, format!("{more} more: type on"));
            }
        });
    });
    if let Some(Completion { span, text, .. }) = taken {
        accept(ui, view, span, &text);
    }
}

/// The query with its pieces coloured and its mistakes underlined.
fn coloured(tokens: &Tokens, text: &str, problems: &[Problem]) -> LayoutJob {
    let colour = &tokens.colour;
    let plain = TextFormat { valign: Align::Center, ..TextFormat::simple(tokens.font(Type::Query), colour.ink) };
    let format = |piece: Piece| match piece {
        Piece::Operator => {
            let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
            TextFormat { font_id: font, color: colour.ink_secondary, extra_letter_spacing: tokens.stroke.hairline / 2.0, ..plain.clone() }
        }
        Piece::Sign => TextFormat { color: colour.ink_tertiary, ..plain.clone() },
        Piece::Field => {
            TextFormat { font_id: tokens.font_in(Type::Query, family::INTERFACE_MEDIUM), color: colour.accent, ..plain.clone() }
        }
        Piece::Value | Piece::Words => plain.clone(),
    };
    let pieces = pieces(text);
    let wrong = stretches(problems.iter().filter(|problem| !problem.remark).map(|problem| problem.span));
    let mut cuts: Vec<u32> = vec![0, u32::try_from(text.len()).unwrap_or(u32::MAX)];
    cuts.extend(pieces.iter().flat_map(|(span, _)| [span.start, span.end]));
    cuts.extend(wrong.iter().flat_map(|span| [span.start, span.end]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    let (mut pieces, mut wrong) = (pieces.iter().peekable(), wrong.iter().peekable());
    for (start, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let part = Span::new(*start, *end);
        while pieces.next_if(|(span, _)| span.end <= part.start).is_some() {}
        while wrong.next_if(|span| span.end <= part.start).is_some() {}
        let piece = pieces.peek().filter(|(span, _)| span.covers(part)).map_or(Piece::Words, |(_, piece)| *piece);
        let mut format = format(piece);
        if wrong.peek().is_some_and(|span| span.covers(part)) {
            format.underline = Stroke::new(tokens.stroke.focus_ring, colour.error_ink);
        }
        match job.sections.last_mut().filter(|last| last.format == format) {
            // A long query of plain words is one section, which is laid out much faster.
            Some(last) => {
                job.text.push_str(part.slice(text));
                last.byte_range.end = job.text.len().into();
            }
            None => job.append(part.slice(text), 0.0, format),
        }
    }
    if job.sections.is_empty() {
        job.append("", 0.0, plain);
    }
    job
}

/// The line below the box: the first mistake and its remedy, and the way to the help.
fn show_line(ui: &mut Ui, view: &mut SearchView, tokens: &Tokens) {
    let colour = &tokens.colour;
    ui.spacing_mut().item_spacing.x = tokens.space.one + tokens.space.half;
    let problems = view.understood.parsed.as_ref().map(|parsed| parsed.problems.as_slice()).unwrap_or_default();
    // What can be mended comes first, then what is wrong, then what is only worth knowing.
    let first = problems.iter().min_by_key(|problem| (problem.suggestion.is_none(), problem.remark)).cloned();
    let (number, runs) = (problems.len(), view.understood.parsed.as_ref().is_some_and(|parsed| parsed.query != Query::Nothing));
    if let Some(problem) = &first {
        let (icon, ink) = if problem.remark { (icons::INFO, colour.ink_secondary) } else { (icons::TRIANGLE_ALERT, colour.error_ink) };
        let (sign, _) = ui.allocate_exact_size(vec2(tokens.space.four, tokens.space.four), Sense::hover());
        paint_words(ui.painter(), sign.center(), Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Body), ink);
        let said = words(ui, tokens, Type::Small, ink, problem.message.as_str());
        said.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &problem.message));
        if let Some(suggestion) = &problem.suggestion {
            words(ui, tokens, Type::Small, colour.ink_secondary, "Did you mean");
            if link(ui, tokens, suggestion).clicked() {
                accept(ui, view, problem.span, suggestion);
            }
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            key_cap(ui, tokens, "Tab");
            words(ui, tokens, Type::Small, colour.ink_secondary, "accepts it.");
        }
        if runs && !problem.remark {
            words(ui, tokens, Type::Small, colour.ink_secondary, "The rest of the query has run.");
        }
        if number > 1 {
            words(ui, tokens, Type::Small, colour.ink_tertiary, format!("{} more", number - 1));
        }
    }
    if first.is_none() && asks_for_theme(view) {
        words(ui, tokens, Type::Small, colour.ink_tertiary, "theme: asks about the paragraph, not about the words found in it.");
    }
    ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
        if Button::quiet("Query language").small().keys(&Command::QueryLanguage.key_names(ui.ctx())).show(ui, tokens).clicked() {
            view.help = !view.help;
        }
    });
}

fn asks_for_theme(view: &SearchView) -> bool {
    let conditions = view.understood.parsed.iter().flat_map(|parsed| &parsed.conditions);
    conditions.into_iter().any(|condition| condition.name.slice(&view.query).eq_ignore_ascii_case(Field::Theme.name()))
}

fn link(ui: &mut Ui, tokens: &Tokens, text: &str) -> egui::Response {
    let font = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, tokens.colour.accent);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    ui.painter().galley(rect.min, galley, tokens.colour.accent);
    if response.has_focus() {
        focus_ring(ui, tokens, rect.expand(tokens.space.half));
    }
    response.on_hover_text("Write this instead")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tokens::Mode;
    use crate::query::parse;

    #[test]
    fn a_mistake_is_underlined_where_it_is() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        for (query, expected) in [
            ("form \"open", vec!["\"open"]),
            ("share (form", vec!["("]),
            ("naïve AND speeker:x OR room", vec!["speeker"]),
            ("share form", vec![]),
        ] {
            let parsed = parse(query);
            let job = coloured(&tokens, query, &parsed.problems);
            assert_eq!(job.text, query);
            let underlined = job.sections.iter().filter(|section| section.format.underline.width > 0.0);
            let words: Vec<&str> =
                underlined.map(|section| job.text.get(section.byte_range.start.0..section.byte_range.end.0).unwrap()).collect();
            assert_eq!(words, expected, "{query}: {:?}", parsed.problems);
        }
    }
}
