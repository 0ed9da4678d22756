use std::sync::Arc;

use eframe::egui::{Align, Align2, Id, Key, Layout, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::acts;
use super::carried::{Carried, carry, taken};
use super::filter::Filter;
use super::keys::{digits, fill_slot};
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{
    Button, Field, focus_ring, fold_sign, key_caps, paint_elided, paint_mark, paint_words, reveal, select_fill, within, words,
};
use crate::study::{Codebook, Outline, ThemeId};

/// The id of the filter, which Ctrl+T goes to.
pub const FILTER: &str = "filter themes";

/// How many rows a second the list is scrolled by what is held at its edge.
const PER_SECOND: f32 = 12.0;

/// Width of the counts in the open source, and in all.
const fn count_widths(tokens: &Tokens) -> (f32, f32) {
    (tokens.space.five, tokens.size.control + tokens.space.half)
}

/// Shows the tree of themes, and the definition of the one in focus below it.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let (tokens, space) = (cx.tokens, &cx.tokens.space);
    ui.add_space(space.two + space.half);
    let moved = read_keys(ui, view, cx);
    let count = cx.study.codebook().len();
    let keys = cx.key_names(Command::FilterThemes);
    let hint = format!("Filter {count} {}", if count == 1 { "theme" } else { "themes" });
    ui.horizontal(|ui| {
        ui.add_space(space.three);
        let width = (ui.available_width() - space.three).max(0.0);
        let field = Field::new(Id::unique(FILTER), &hint, icons::LIST_FILTER).keys(&keys).width(width);
        let response = field.show(ui, tokens, &mut view.inspector.filter);
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            view.inspector.filter.clear();
            view.take_focus = true;
        }
    });
    ui.add_space(space.one + space.half);
    if count == 0 {
        let says = "No themes yet. Select words in the text and give them one: type a name, and the first theme is made.";
        eframe::egui::Frame::NONE.inner_margin(eframe::egui::Margin::same(space.four as i8)).show(ui, |ui| {
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, says);
            ui.add_space(space.two);
            if Button::primary("Make the first theme…").show(ui, tokens).clicked() {
                view.command(Command::Theme);
            }
        });
        return;
    }
    heads(ui, cx);
    let definition = definition_height(ui, view, cx);
    let tree = Rect::from_min_max(ui.cursor().min, pos2(ui.max_rect().right(), ui.max_rect().bottom() - definition));
    within(ui, tree, Layout::top_down(Align::Min), |ui| list(ui, view, cx, moved));
    show_definition(ui, view, cx, definition);
}

fn heads(ui: &mut Ui, cx: &Cx<'_>) {
    let (tokens, space) = (cx.tokens, &cx.tokens.space);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space.five), Sense::hover());
    let (font, ink) = (tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    let right = rect.right() - space.three;
    let y = rect.center().y;
    paint_words(ui.painter(), pos2(right, y), Align2::RIGHT_CENTER, "all", font.clone(), ink);
    let here = paint_words(ui.painter(), pos2(right - count_widths(tokens).1, y), Align2::RIGHT_CENTER, "here", font.clone(), ink);
    let keys = digits(cx, Command::Slot1);
    if keys.is_empty() {
        return;
    }
    let caps = Rect::from_min_max(pos2(here.left() - space.eight - space.three, rect.top()), pos2(here.left(), rect.bottom()));
    within(ui, caps, Layout::left_to_right(Align::Center), |ui| key_caps(ui, tokens, &keys));
    paint_words(ui.painter(), pos2(caps.left() - space.one, y), Align2::RIGHT_CENTER, "slots", font, ink);
}

/// The lines that are shown: those whose parents are unfolded, or those that fit the filter with their parents.
fn lines<'a>(view: &mut ReadView, book: &'a Arc<Codebook>) -> Vec<&'a Outline> {
    let filter = view.inspector.filter.trim();
    if !filter.is_empty() {
        let found = view.inspector.found.of(book, filter);
        let mut shown = vec![false; book.len()];
        for found in found.iter() {
            let mut next = Some(found.theme);
            // The way up ends where one has been before.
            while let Some(seen) = next.and_then(|theme| shown.get_mut(book.line(theme)?)).filter(|seen| !**seen) {
                *seen = true;
                next = next.and_then(|theme| book.get(theme)?.parent);
            }
        }
        return book.outline().iter().zip(shown).filter_map(|(row, shown)| shown.then_some(row)).collect();
    }
    let mut lines = Vec::new();
    let mut skip_to = 0;
    for (line, row) in book.outline().iter().enumerate() {
        if line >= skip_to {
            lines.push(row);
            if view.inspector.folded.contains(&row.theme) {
                skip_to = row.end;
            }
        }
    }
    lines
}

/// Reads the keys of the filter: up and down choose a theme, left and right fold it while nothing is typed, Enter gives it
/// to the selected words. Returns whether another theme was chosen.
fn read_keys(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>) -> bool {
    if !ui.memory(|memory| memory.has_focus(Id::unique(FILTER))) {
        return false;
    }
    let keys = [Key::ArrowUp, Key::ArrowDown, Key::Enter, Key::ArrowLeft, Key::ArrowRight];
    // In words that are typed the last two move the field's own caret.
    let known = if view.inspector.filter.is_empty() { 5 } else { 3 };
    let pressed = ui.input_mut(|input| keys.into_iter().take(known).find(|key| input.consume_key(Modifiers::NONE, *key)));
    let Some(key) = pressed else { return false };
    let book = cx.study.codebook_arc();
    let lines = lines(view, &book);
    let now = lines.iter().position(|row| Some(row.theme) == view.theme);
    let next = match (key, now) {
        (Key::ArrowUp, Some(now)) => now.saturating_sub(1),
        (Key::ArrowDown, Some(now)) => (now + 1).min(lines.len().saturating_sub(1)),
        (_, now) => now.unwrap_or(0),
    };
    let Some(theme) = lines.get(next).map(|row| row.theme) else { return false };
    view.theme = Some(theme);
    match key {
        Key::ArrowLeft => {
            view.inspector.folded.insert(theme);
        }
        Key::ArrowRight => {
            view.inspector.folded.remove(&theme);
        }
        Key::Enter => apply_to_selected(view, cx, theme),
        _ => {}
    }
    true
}

/// Gives the theme to the selected words; the text has the keys then.
fn apply_to_selected(view: &mut ReadView, cx: &mut Cx<'_>, theme: ThemeId) {
    match view.source {
        Some(source) if !view.selection.is_empty() => {
            let span = view.selection.span();
            acts::apply(view, cx, source, span, theme);
            view.take_focus = true;
        }
        _ => cx.say("Select words first."),
    }
}

fn list(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, moved: bool) {
    let study = Arc::clone(cx.study);
    let book = study.codebook_arc();
    let lines = lines(view, &book);
    let slots = cx.settings.slots_of(&study);
    let height = cx.tokens.size.tree_row;
    let whole = ui.available_rect_before_wrap();
    let mut area = ScrollArea::vertical().id_salt("themes").auto_shrink(false);
    if let Some(at) = lines.iter().position(|row| Some(row.theme) == view.theme).filter(|_| moved) {
        area = reveal(area, view.inspector.seen, at, height);
    }
    if lines.is_empty() {
        return nothing_found(ui, view, cx);
    }
    let shown = area.show_rows(ui, height, lines.len(), |ui, range| {
        scroll_at_edge(ui, whole, height);
        let total = lines.len();
        for (index, row) in lines.iter().enumerate().take(range.end).skip(range.start) {
            let slots = slots.iter().zip(1..).filter(|(theme, _)| **theme == Some(row.theme)).map(|(_, slot)| slot);
            theme_row(ui, view, cx, row, &slots.collect::<Vec<usize>>(), (index + 1, total));
        }
    });
    view.inspector.seen = (shown.state.clamped_offset().y, shown.inner_rect.height());
}

/// Says that no theme fits the filter.
fn nothing_found(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    eframe::egui::Frame::NONE.inner_margin(eframe::egui::Margin::same(tokens.space.four as i8)).show(ui, |ui| {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "No theme fits the filter.");
        ui.add_space(tokens.space.two);
        if Button::new("Show all").small().show(ui, tokens).clicked() {
            view.inspector.filter.clear();
        }
    });
}

/// Scrolls the list while something that wants a theme is held at its upper or lower edge.
fn scroll_at_edge(ui: &Ui, list: Rect, row: f32) {
    let pos = ui.input(|input| input.pointer.latest_pos()).filter(|pos| Carried::wants_theme(ui) && list.x_range().contains(pos.x));
    let Some(pos) = pos else { return };
    let by = if pos.y < list.top() + row { row } else { -row };
    if pos.y < list.top() + row || pos.y > list.bottom() - row {
        ui.scroll_with_delta(vec2(0.0, by * PER_SECOND * ui.input(|input| input.stable_dt)));
        ui.ctx().request_repaint();
    }
}

fn theme_row(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, row: &Outline, slots: &[usize], place: (usize, usize)) {
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let book = cx.study.codebook();
    let Some(theme) = book.get(row.theme) else { return };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.tree_row), Sense::hover());
    let response = ui.interact(rect, Id::unique("theme").with(row.theme), Sense::click_and_drag());
    carry(ui, tokens, &response, Carried::Theme(row.theme), &theme.name);
    let selected = view.theme == Some(row.theme);
    let (here, all) = (view.figures.here(row.theme), view.figures.all(row.theme));
    response.widget_info(|| {
        let words = format!("{} {}, {here} here, {all} in all, {} of {}", row.number, theme.name, place.0, place.1);
        WidgetInfo::selected(Role::TreeItem, true, selected, words)
    });
    select_fill(ui, tokens, rect, selected, &response);
    let line = book.line(row.theme).unwrap_or(0);
    let is_parent = row.end > line + 1;
    let y = rect.center().y;
    let left = rect.left() + space.one + row.depth as f32 * space.three;
    let arrow = Rect::from_min_size(pos2(left, rect.top()), vec2(space.four, rect.height()));
    let mut folded = false;
    if is_parent {
        let open = !view.inspector.folded.contains(&row.theme);
        fold_sign(ui, tokens, arrow, open);
        let fold = ui.interact(arrow, Id::unique("fold").with(row.theme), Sense::click());
        fold.widget_info(|| WidgetInfo::selected(Role::Button, true, open, format!("Fold {}", theme.name)));
        folded = fold.clicked();
    }
    let painter = ui.painter();
    let hue = tokens.hue(book.colour(row.theme));
    let mark_at = pos2(arrow.right() + space.two, y);
    paint_mark(painter, mark_at, tokens.size.theme_mark, hue.mark, hue.label);
    let number = mark_at.x + space.two + space.half;
    let end = paint_elided(painter, number, rect.right(), y, &row.number, tokens.tabular(Type::Body), colour.ink_tertiary);
    let right = rect.right() - space.three;
    paint_words(painter, pos2(right, y), Align2::RIGHT_CENTER, all, tokens.tabular(Type::Small), colour.ink_tertiary);
    let (font, ink) = if here == 0 {
        (tokens.tabular(Type::Small), colour.ink_secondary)
    } else {
        (tokens.font_in(Type::Small, family::TABULAR_MEDIUM), colour.ink)
    };
    paint_words(painter, pos2(right - count_widths(tokens).1, y), Align2::RIGHT_CENTER, here, font, ink);
    let mut name_right = right - count_widths(tokens).0 - count_widths(tokens).1;
    for slot in slots.iter().rev() {
        let cap = Rect::from_min_size(pos2(name_right - space.four, y - space.two - space.hair), vec2(space.five, space.four));
        within(ui, cap, Layout::left_to_right(Align::Center), |ui| key_caps(ui, tokens, &[&slot.to_string()]));
        name_right -= space.five;
    }
    let face = if row.depth == 0 { family::INTERFACE_SEMIBOLD } else { family::INTERFACE };
    paint_elided(
        ui.painter(),
        end + space.one + space.hair,
        name_right - space.one,
        y,
        &theme.name,
        tokens.font_in(Type::Body, face),
        colour.ink,
    );
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if let Some(carried) = taken(ui, tokens, &response, rect) {
        acts::take(view, cx, carried, row.theme);
    }
    if folded {
        if !view.inspector.folded.remove(&row.theme) {
            view.inspector.folded.insert(row.theme);
        }
    } else if response.double_clicked() {
        cx.go(Place::Theme(row.theme));
    } else if response.clicked() {
        view.theme = Some(row.theme);
    }
    response.context_menu(|ui| theme_menu(ui, view, cx, row.theme));
}

fn theme_menu(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, theme: ThemeId) {
    let entry = |ui: &mut Ui, words: &str, keys: &str| {
        ui.add(eframe::egui::Button::new(words).shortcut_text(keys).frame_when_inactive(false)).clicked()
    };
    ui.set_min_width(cx.tokens.size.sources_pane);
    if entry(ui, "Apply to the selected words", "") {
        apply_to_selected(view, cx, theme);
        ui.close();
    }
    let only = view.filter.theme == Some(theme);
    if entry(ui, if only { Command::ShowAllCodings.title() } else { Command::ShowOnlyTheme.title() }, "") {
        view.filter = if only { Filter::default() } else { Filter { theme: Some(theme), ..view.filter } };
        ui.close();
    }
    if entry(ui, Command::ThemePassages.title(), "double-click") {
        cx.go(Place::Theme(theme));
        ui.close();
    }
    ui.separator();
    ui.horizontal(|ui| {
        for slot in 0..9 {
            if ui.small_button((slot + 1).to_string()).on_hover_text("Put into this slot").clicked() {
                fill_slot(cx, slot, theme);
                ui.close();
            }
        }
    });
}

/// The definition of the theme in focus as paragraphs: an emphasised beginning and the rest.
fn definition(view: &ReadView, cx: &Cx<'_>) -> Option<(ThemeId, Vec<(&'static str, String)>)> {
    let id = view.theme?;
    let theme = cx.study.codebook().get(id)?;
    let parts = [("", &theme.definition), ("Use when ", &theme.use_when), ("Not when ", &theme.not_when)];
    let parts: Vec<_> = parts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(head, words)| (head, words.clone())).collect();
    Some((id, if parts.is_empty() { vec![("", "No definition yet.".to_owned())] } else { parts }))
}

fn definition_galley(ui: &Ui, cx: &Cx<'_>, head: &str, text: &str) -> Arc<eframe::egui::Galley> {
    use eframe::egui::text::{LayoutJob, TextFormat};
    let tokens = cx.tokens;
    let line_height = Some(tokens.line_height(Type::ChartCell));
    let mut job = LayoutJob::default();
    let strong = tokens.font_in(Type::Small, family::INTERFACE_MEDIUM);
    job.append(head, 0.0, TextFormat { line_height, ..TextFormat::simple(strong, tokens.colour.ink) });
    job.append(text, 0.0, TextFormat { line_height, ..TextFormat::simple(tokens.font(Type::Small), tokens.colour.ink_secondary) });
    job.wrap.max_width = ui.max_rect().width() - 2.0 * tokens.space.four;
    ui.painter().layout_job(job)
}

/// The largest share of the tab's height that the definition has.
const DEFINITION_MOST: f32 = 0.45;

fn definition_height(ui: &Ui, view: &ReadView, cx: &Cx<'_>) -> f32 {
    let Some((_, parts)) = definition(view, cx) else { return 0.0 };
    let words: f32 =
        parts.iter().map(|(head, text)| definition_galley(ui, cx, head, text).size().y + cx.tokens.stroke.bracket_focused).sum();
    let wanted = cx.tokens.size.row + words + cx.tokens.space.five;
    wanted.min(ui.max_rect().height() * DEFINITION_MOST)
}

fn show_definition(ui: &mut Ui, view: &ReadView, cx: &Cx<'_>, height: f32) {
    let Some((theme, parts)) = definition(view, cx) else { return };
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let whole = ui.max_rect();
    let rect = Rect::from_min_max(pos2(whole.left(), whole.bottom() - height), whole.max);
    ui.painter().hline(rect.x_range(), rect.top(), tokens.hairline(colour.line_hair));
    let book = cx.study.codebook();
    let hue = tokens.hue(book.colour(theme));
    let head = pos2(rect.left() + space.four, rect.top() + space.three + tokens.line_height(Type::Body) / 2.0);
    paint_mark(ui.painter(), head + vec2(space.one, 0.0), tokens.size.theme_mark, hue.mark, hue.label);
    let name = format!("{} {}", book.number(theme), book.get(theme).map_or("", |theme| theme.name.as_str()));
    paint_elided(ui.painter(), head.x + space.four, rect.right() - space.three, head.y, &name, tokens.font(Type::BodyStrong), colour.ink);
    let mut y = rect.top() + space.three + tokens.line_height(Type::Body) + space.half;
    let painter = ui.painter().with_clip_rect(rect);
    for (head, text) in parts {
        let galley = definition_galley(ui, cx, head, &text);
        let high = galley.size().y;
        let area = Rect::from_min_size(pos2(rect.left() + space.four, y), galley.size());
        let response = ui.interact(area, Id::unique("definition").with(head), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, format!("{head}{text}")));
        painter.galley(area.min, galley, colour.ink_secondary);
        y += high + tokens.stroke.bracket_focused;
    }
}
