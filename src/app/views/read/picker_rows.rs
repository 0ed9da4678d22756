use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Align2, Color32, FontId, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::keys::digits;
use super::matching::{Match, letters};
use super::picker::{Asked, Picker, ROWS, asks_place, can_create, new_path};
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, key_caps, paint_mark, paint_words, within, words};
use crate::study::PATH_SEPARATOR;

/// Shows the themes that fit, and the row that makes a new one.
pub fn rows(ui: &mut Ui, view: &ReadView, cx: &Cx<'_>, picker: &Picker, found: &[Match]) -> Option<Asked> {
    let tokens = cx.tokens;
    let mut asked = None;
    ui.add_space(tokens.space.one);
    let first = picker.first_seen(found.len());
    let lately = cx.settings.recent_of(cx.study);
    for (index, one) in found.iter().enumerate().skip(first).take(ROWS) {
        let recent = lately.get(index).filter(|theme| picker.is_empty() && **theme == one.theme).map(|_| index + 1);
        if theme_row(ui, view, cx, picker, one, (index + 1, found.len()), recent) {
            asked = Some(Asked::Apply(one.theme, false));
        }
    }
    if can_create(picker) && new_row(ui, cx, picker, found, picker.is_at(found.len())) {
        asked = Some(Asked::Create(new_path(cx, picker, found), false));
    }
    if found.is_empty() && !can_create(picker) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::hover());
        let says = if picker.is_empty() { "No themes yet. Type the name of the first." } else { "No theme fits." };
        paint_words(
            ui.painter(),
            rect.left_center() + vec2(tokens.space.four, 0.0),
            Align2::LEFT_CENTER,
            says,
            tokens.font(Type::Body),
            tokens.colour.ink_tertiary,
        );
    }
    ui.add_space(tokens.space.one);
    asked
}

/// One theme; `recent` is its number among those applied lately. Returns whether it was clicked.
fn theme_row(
    ui: &mut Ui,
    view: &ReadView,
    cx: &Cx<'_>,
    picker: &Picker,
    found: &Match,
    place: (usize, usize),
    recent: Option<usize>,
) -> bool {
    let chosen = picker.is_at(place.0 - 1);
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let book = cx.study.codebook();
    let Some(theme) = book.get(found.theme) else { return false };
    let two_lines = !theme.definition.is_empty();
    let height = if two_lines { tokens.size.source_row + space.half } else { tokens.size.row + space.one };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let path = book.path(found.theme);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{path}, {} of {}", place.0, place.1)));
    let rect = row.shrink2(vec2(space.one, 0.0));
    if chosen || response.hovered() {
        let fill = if chosen { colour.surface_selected } else { colour.surface_hover };
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), fill);
    }
    let hue = tokens.hue(book.colour(found.theme));
    let line = tokens.line_height(Type::Body);
    let top = if two_lines { rect.top() + space.one } else { rect.center().y - line / 2.0 };
    paint_mark(ui.painter(), pos2(rect.left() + space.three, top + line / 2.0), tokens.size.theme_mark, hue.mark, hue.label);
    let left = rect.left() + space.six;
    let mut right = rect.right() - space.two;
    let recent = recent.and_then(|number| Command::ALL.iter().find(|command| command.recent() == Some(number - 1)).copied());
    let keys = if chosen { Some(Command::PickerApply) } else { recent }.map(|command| cx.key_names(command)).unwrap_or_default();
    if keys.is_empty() {
        let count = view.figures.all(found.theme);
        let drawn = paint_words(
            ui.painter(),
            pos2(right, top + line / 2.0),
            Align2::RIGHT_CENTER,
            count,
            tokens.tabular(Type::Small),
            colour.ink_tertiary,
        );
        right = drawn.left() - space.two;
    } else {
        let area = Rect::from_min_max(pos2(right - space.eight * 2.0, top), pos2(right, top + line));
        let drawn = within(ui, area, Layout::right_to_left(Align::Center), |ui| key_caps(ui, tokens, &keys).rect);
        right = drawn.left() - space.two;
    }
    let parents = path.rsplit_once(PATH_SEPARATOR).map(|(parents, _)| format!("{parents}{PATH_SEPARATOR}")).unwrap_or_default();
    let mut job = LayoutJob::default();
    let body = tokens.font(Type::Body);
    append(&mut job, &parents, body, colour.ink_tertiary);
    let bold = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
    let hit = tokens.font_in(Type::Body, family::INTERFACE_SEMIBOLD);
    let typed = if picker.is_empty() { Vec::new() } else { letters(picker.query(), &theme.name) };
    for (index, letter) in (0u32..).zip(theme.name.chars()) {
        let typed = typed.binary_search(&index).is_ok();
        let (font, ink) = if typed { (hit.clone(), colour.accent) } else { (bold.clone(), colour.ink) };
        append(&mut job, letter.encode_utf8(&mut [0; 4]), font, ink);
    }
    one_line(ui, job, pos2(left, top + line / 2.0), right - left);
    if two_lines {
        let mut job = LayoutJob::default();
        let small = tokens.font(Type::Small);
        let strong = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
        let range = found.definition.clone().unwrap_or(0..0);
        let part = |range: std::ops::Range<usize>| theme.definition.get(range).unwrap_or_default();
        append(&mut job, part(0..range.start), small.clone(), colour.ink_tertiary);
        append(&mut job, part(range.clone()), strong, colour.accent);
        append(&mut job, part(range.end..theme.definition.len()), small, colour.ink_tertiary);
        one_line(ui, job, pos2(left, top + line + tokens.line_height(Type::Small) / 2.0), rect.right() - space.two - left);
    }
    response.clicked()
}

fn append(job: &mut LayoutJob, text: &str, font: FontId, ink: Color32) {
    if !text.is_empty() {
        job.append(text, 0.0, TextFormat::simple(font, ink));
    }
}

fn one_line(ui: &Ui, mut job: LayoutJob, at: eframe::egui::Pos2, width: f32) {
    job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(at.x, at.y - galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
}

/// The share of its row that the keys which make a theme have.
const HINTS: f32 = 0.36;

/// The row that makes a theme; returns whether it was clicked.
fn new_row(ui: &mut Ui, cx: &Cx<'_>, picker: &Picker, found: &[Match], chosen: bool) -> bool {
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row + space.one), Sense::click());
    let path = new_path(cx, picker, found);
    let says = path.join(PATH_SEPARATOR);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("New theme {says}")));
    let rect = row.shrink2(vec2(space.one, 0.0));
    if chosen || response.hovered() {
        let fill = if chosen { colour.surface_selected } else { colour.surface_hover };
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), fill);
    }
    let plus = pos2(rect.left() + space.three, rect.center().y);
    paint_words(ui.painter(), plus, Align2::CENTER_CENTER, icons::PLUS, tokens.small_icon_font(Type::Small), colour.ink_tertiary);
    let hints = tokens.size.picker_width * HINTS;
    let mut job = LayoutJob::default();
    let body = tokens.font(Type::Body);
    append(&mut job, "New theme ", body.clone(), colour.ink);
    if let Some((name, parents)) = path.split_last() {
        for parent in parents {
            append(&mut job, parent, body.clone(), colour.accent);
            append(&mut job, PATH_SEPARATOR, body.clone(), colour.ink_tertiary);
        }
        append(&mut job, name, tokens.font_in(Type::Body, family::INTERFACE_MEDIUM), colour.ink);
    }
    one_line(ui, job, pos2(rect.left() + space.six, rect.center().y), rect.width() - hints - space.six);
    let keys = Rect::from_min_max(pos2(rect.right() - hints, rect.top()), rect.right_bottom() - vec2(space.two, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    within(ui, keys, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space.one + space.half;
        key_caps(ui, tokens, &cx.key_names(if chosen { Command::PickerApply } else { Command::PickerCreate }));
        if asks_place(picker) {
            words(ui, tokens, Type::Small, colour.ink_tertiary, "place");
            key_caps(ui, tokens, &["←", "→"]);
        }
    });
    response.clicked()
}

/// Shows the themes applied lately, in a line.
pub fn recent(ui: &mut Ui, cx: &Cx<'_>) -> Option<Asked> {
    let lately = cx.settings.recent_of(cx.study);
    if lately.is_empty() {
        return None;
    }
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row + space.one), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), tokens.hairline(colour.line_hair));
    let inside = rect.shrink2(vec2(space.three, 0.0));
    let mut asked = None;
    let layout = Layout::left_to_right(Align::Center);
    within(ui, inside, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space.one + space.half;
        words(ui, tokens, Type::Small, colour.ink_tertiary, "Recent");
        key_caps(ui, tokens, &digits(cx, Command::Recent1));
        for theme in &lately {
            let name = cx.study.codebook().get(*theme).map_or("", |theme| theme.name.as_str());
            let galley = elided(ui.painter(), name, tokens.font(Type::Small), colour.ink_secondary, tokens.size.sources_pane);
            let width = galley.size().x + space.four + space.half;
            if width > ui.available_width() {
                break;
            }
            let (part, response) = ui.allocate_exact_size(vec2(width, inside.height()), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Recent: {name}")));
            let hue = tokens.hue(cx.study.codebook().colour(*theme));
            paint_mark(ui.painter(), part.left_center() + vec2(space.two, 0.0), tokens.size.theme_mark, hue.mark, hue.label);
            ui.painter().galley(pos2(part.left() + space.four, part.center().y - galley.size().y / 2.0), galley, colour.ink_secondary);
            if response.clicked() {
                asked = Some(Asked::Apply(*theme, false));
            }
        }
    });
    asked
}

/// Says what the keys do.
pub fn foot(ui: &mut Ui, cx: &Cx<'_>) {
    let (tokens, colour, space) = (cx.tokens, &cx.tokens.colour, &cx.tokens.space);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row + space.half), Sense::hover());
    let radius = tokens.radius.panel as u8;
    let corners = eframe::egui::CornerRadius { sw: radius, se: radius, ..eframe::egui::CornerRadius::ZERO };
    ui.painter().rect_filled(rect, corners, colour.surface_chrome);
    ui.painter().hline(rect.x_range(), rect.top(), tokens.hairline(colour.line_hair));
    let inside = rect.shrink2(vec2(space.three, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    within(ui, inside, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space.one + space.half;
        for command in [Command::PickerApply, Command::PickerApplyAndStay] {
            key_caps(ui, tokens, &cx.key_names(command));
            words(ui, tokens, Type::Micro, colour.ink_secondary, command.title());
            ui.add_space(space.two);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            words(ui, tokens, Type::Micro, colour.ink_secondary, "Close");
            key_caps(ui, tokens, &["Esc"]);
        });
    });
}
