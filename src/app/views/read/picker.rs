use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Align2, Area, Color32, FontId, Frame, Id, Key, Layout, Margin, Modifiers, Order, Rect, Role, Sense, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::acts;
use super::keys::fill_slot;
use super::matching::{Found, Match};
use super::page::Page;
use super::view::ReadView;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, key_caps, paint_mark, paint_words, within, words};
use crate::study::{CodingId, PATH_SEPARATOR, ThemeId};
use crate::text::Span;

/// What is done with the theme that is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It is applied to the passage.
    Apply,
    /// The coding gets it in the place of its own.
    Recode(CodingId),
    /// It fills a slot and is applied.
    FillSlot(usize),
}

/// The popup in which a theme is picked.
pub struct Picker {
    purpose: Purpose,
    span: Span,
    query: String,
    /// The row chosen; the one after the last match is the new theme.
    chosen: usize,
    /// Where a new theme goes; none until the arrow keys have chosen.
    destination: Option<usize>,
    fresh: bool,
    /// What fitted what was typed.
    found: Found,
    /// How high it was in the last frame.
    height: f32,
}

/// Rows shown at once.
const ROWS: usize = 6;

impl Picker {
    /// Whether nothing is typed.
    fn is_empty(&self) -> bool {
        self.query.trim().is_empty()
    }

    /// A picker for a passage.
    #[must_use]
    pub fn new(purpose: Purpose, span: Span) -> Self {
        Self { purpose, span, query: String::new(), chosen: 0, destination: None, fresh: true, found: Found::default(), height: 0.0 }
    }
}

/// The themes that fit what was typed; while nothing is typed, those applied lately before all others.
fn offered(view: &ReadView, cx: &Cx<'_>, picker: &mut Picker) -> Arc<[Match]> {
    let found = picker.found.of(&cx.study.codebook_arc(), &picker.query);
    if !picker.is_empty() || view.recent.is_empty() {
        return found;
    }
    let plain = |theme: &ThemeId| Match { theme: *theme, name: Vec::new(), definition: None };
    let others = found.iter().filter(|one| !view.recent.contains(&one.theme));
    view.recent.iter().map(plain).chain(others.cloned()).collect()
}

/// What was asked for in this frame.
enum Asked {
    Apply(ThemeId, bool),
    Create(Vec<String>, bool),
    Close,
}

/// Shows the picker, if it is open, below `at`.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, at: Rect) {
    let Some(mut picker) = view.picker.take() else { return };
    let found = offered(view, cx, &mut picker);
    let asked_by_key = read_keys(ui, view, cx, &mut picker, &found);
    let tokens = cx.tokens;
    let place = position(ui, tokens, at, picker.height);
    let frame = Frame::popup(ui.style()).inner_margin(Margin::ZERO);
    let area = Area::new(Id::unique("picker")).order(Order::Foreground).fixed_pos(place).constrain_to(ui.ctx().content_rect());
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(tokens.size.picker_width);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let before = picker.query.clone();
            let asked = head(ui, cx, &mut picker, page);
            if before != picker.query {
                picker.chosen = 0;
            }
            // Typing has changed what fits.
            let found = offered(view, cx, &mut picker);
            let asked = rows(ui, view, cx, &picker, &found).or(asked);
            let asked = if picker.is_empty() { asked } else { recent(ui, view, cx).or(asked) };
            foot(ui, cx);
            asked
        })
    });
    let asked = asked_by_key.or(shown.inner.inner);
    picker.height = shown.response.rect.height();
    match asked {
        None => view.picker = Some(picker),
        Some(Asked::Close) => view.take_focus = true,
        Some(Asked::Apply(theme, stay)) => {
            use_theme(view, cx, page, &picker, theme);
            finish(view, picker, stay);
        }
        Some(Asked::Create(path, stay)) => {
            acts::create_and_apply(view, cx, page.material.source.id, picker.span, path);
            finish(view, picker, stay);
        }
    }
}

fn finish(view: &mut ReadView, mut picker: Picker, stay: bool) {
    if stay {
        picker.query.clear();
        picker.fresh = true;
        picker.destination = None;
        view.picker = Some(picker);
    } else {
        view.take_focus = true;
    }
}

fn use_theme(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, picker: &Picker, theme: ThemeId) {
    let source = page.material.source.id;
    match picker.purpose {
        Purpose::Apply => acts::apply(view, cx, source, picker.span, theme),
        Purpose::FillSlot(slot) => {
            fill_slot(cx, slot, theme);
            acts::apply(view, cx, source, picker.span, theme);
        }
        Purpose::Recode(coding) => acts::recode_to(view, cx, coding, theme),
    }
}

/// Below the passage, or above it where there is more room; `high` is how high the picker is.
fn position(ui: &Ui, tokens: &Tokens, at: Rect, high: f32) -> eframe::egui::Pos2 {
    let screen = ui.ctx().content_rect();
    let gap = tokens.space.two;
    let left = (at.left() + tokens.space.eight * 3.0).min(screen.right() - tokens.size.picker_width - gap);
    let below = at.bottom() + gap;
    let (top, bottom) = (screen.top() + tokens.size.top_bar, screen.bottom() - tokens.size.status_bar);
    let fits = below + high <= bottom;
    let y = if fits || at.top() - top < bottom - at.bottom() { below.min(bottom - high) } else { at.top() - gap - high };
    pos2(left.max(screen.left()), y.max(top))
}

fn read_keys(ui: &Ui, view: &ReadView, cx: &Cx<'_>, picker: &mut Picker, found: &[Match]) -> Option<Asked> {
    let rows = found.len() + usize::from(can_create(picker));
    let on_new = picker.chosen >= found.len();
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            return Some(Asked::Close);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) && rows > 0 {
            picker.chosen = (picker.chosen + 1) % rows;
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) && rows > 0 {
            picker.chosen = (picker.chosen + rows - 1) % rows;
        }
        if on_new && can_create(picker) {
            let places = destinations(cx, found).len();
            let now = picker.destination.unwrap_or(0);
            if input.consume_key(Modifiers::NONE, Key::ArrowRight) {
                picker.destination = Some((now + 1) % places.max(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowLeft) {
                picker.destination = Some((now + places.saturating_sub(1)) % places.max(1));
            }
        }
        for (index, key) in
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9].into_iter().enumerate()
        {
            if input.consume_key(Modifiers::ALT, key)
                && let Some(theme) = view.recent.get(index)
            {
                return Some(Asked::Apply(*theme, false));
            }
        }
        let create = input.consume_key(Modifiers::COMMAND, Key::Enter);
        let stay = input.consume_key(Modifiers::SHIFT, Key::Enter);
        let enter = input.consume_key(Modifiers::NONE, Key::Enter);
        if (create || ((enter || stay) && on_new)) && can_create(picker) {
            return Some(Asked::Create(new_path(cx, picker, found), stay));
        }
        let theme = found.get(picker.chosen).map(|found| found.theme);
        theme.filter(|_| enter || stay).map(|theme| Asked::Apply(theme, stay))
    })
}

fn can_create(picker: &Picker) -> bool {
    !picker.is_empty() && !matches!(picker.purpose, Purpose::Recode(_) | Purpose::FillSlot(_))
}

/// The places a new theme can go to: *Unsorted*, then the parents of what was found, then the top level and its themes.
fn destinations(cx: &Cx<'_>, found: &[Match]) -> Vec<Vec<String>> {
    let book = cx.study.codebook();
    let names = |theme: ThemeId| book.lineage(theme).iter().map(|theme| theme.name.clone()).collect::<Vec<_>>();
    let mut places = vec![vec![acts::UNSORTED.to_owned()]];
    let parents = found.iter().take(ROWS).filter_map(|found| book.get(found.theme)?.parent).map(names);
    let tops = book.children(None).map(|theme| names(theme.id));
    for place in parents.chain(std::iter::once(Vec::new())).chain(tops) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The path of the theme that would be made: as typed, or below the destination.
fn new_path(cx: &Cx<'_>, picker: &Picker, found: &[Match]) -> Vec<String> {
    let typed: Vec<String> = picker.query.split(['>', '›']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    if typed.len() > 1 {
        return typed;
    }
    let places = destinations(cx, found);
    let mut path = places.get(picker.destination.unwrap_or(0)).cloned().unwrap_or_default();
    path.extend(typed);
    path
}

fn head(ui: &mut Ui, cx: &Cx<'_>, picker: &mut Picker, page: Page<'_>) -> Option<Asked> {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let height = tokens.size.control + tokens.space.three;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    crate::app::widgets::hairline_below(ui, tokens, rect);
    let icon_at = rect.left_center() + vec2(tokens.space.three, 0.0);
    let icon =
        paint_words(ui.painter(), icon_at, Align2::LEFT_CENTER, icons::SEARCH, tokens.small_icon_font(Type::Body), colour.ink_tertiary);
    let count = page.geometry().words_in(picker.span);
    let says = match picker.purpose {
        Purpose::Recode(_) => "Recode".to_owned(),
        Purpose::FillSlot(slot) => format!("Fill slot {}", slot + 1),
        Purpose::Apply => format!("Code {count} {}", if count == 1 { "word" } else { "words" }),
    };
    let says_at = rect.right_center() - vec2(tokens.space.three, 0.0);
    let drawn = paint_words(ui.painter(), says_at, Align2::RIGHT_CENTER, &says, tokens.font(Type::Small), colour.ink_tertiary);
    ui.interact(drawn, Id::unique("picker says"), Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    let says = drawn;
    let inner = Rect::from_min_max(pos2(icon.right() + tokens.space.two, rect.top()), pos2(says.left() - tokens.space.two, rect.bottom()));
    let id = Id::unique("pick a theme");
    let edit = TextEdit::singleline(&mut picker.query)
        .id(id)
        .hint_text(eframe::egui::RichText::new("Theme, number or words of its definition").color(colour.ink_tertiary))
        .font(tokens.font(Type::PaneTitle))
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .desired_width(inner.width());
    let edit = edit.font(tokens.font_in(Type::PaneTitle, family::INTERFACE));
    let response = ui.put(inner, edit).accessible_name("Theme");
    if std::mem::take(&mut picker.fresh) {
        response.request_focus();
    }
    // A click elsewhere closes it.
    (response.lost_focus() && ui.input(|input| input.pointer.any_pressed()) && !ui.ui_contains_pointer()).then_some(Asked::Close)
}

fn rows(ui: &mut Ui, view: &ReadView, cx: &Cx<'_>, picker: &Picker, found: &[Match]) -> Option<Asked> {
    let tokens = cx.tokens;
    let mut asked = None;
    ui.add_space(tokens.space.one);
    let first = picker.chosen.min(found.len().saturating_sub(1)).saturating_sub(ROWS - 1);
    for (index, one) in found.iter().enumerate().skip(first).take(ROWS) {
        let recent = view.recent.get(index).filter(|theme| picker.is_empty() && **theme == one.theme).map(|_| index + 1);
        if theme_row(ui, view, cx, one, index == picker.chosen, (index + 1, found.len()), recent) {
            asked = Some(Asked::Apply(one.theme, false));
        }
    }
    if can_create(picker) && new_row(ui, cx, picker, found, picker.chosen >= found.len()) {
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
fn theme_row(ui: &mut Ui, view: &ReadView, cx: &Cx<'_>, found: &Match, chosen: bool, place: (usize, usize), recent: Option<usize>) -> bool {
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
    let digit = recent.map(|number| number.to_string());
    let keys: &[&str] = match &digit {
        _ if chosen => &["↵"],
        Some(digit) => &["Alt", digit],
        None => &[],
    };
    if !keys.is_empty() {
        let area = Rect::from_min_max(pos2(right - space.eight * 2.0, top), pos2(right, top + line));
        let drawn = within(ui, area, Layout::right_to_left(Align::Center), |ui| key_caps(ui, tokens, keys).rect);
        right = drawn.left() - space.two;
    } else {
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
    }
    let parents = path.rsplit_once(PATH_SEPARATOR).map(|(parents, _)| format!("{parents}{PATH_SEPARATOR}")).unwrap_or_default();
    let mut job = LayoutJob::default();
    let body = tokens.font(Type::Body);
    append(&mut job, &parents, body, colour.ink_tertiary);
    let bold = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
    let hit = tokens.font_in(Type::Body, family::INTERFACE_SEMIBOLD);
    for (index, letter) in (0u32..).zip(theme.name.chars()) {
        let typed = found.name.binary_search(&index).is_ok();
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
    let hints = tokens.size.picker_width * 0.36;
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
        if chosen {
            key_caps(ui, tokens, &["↵"]);
            words(ui, tokens, Type::Small, colour.ink_tertiary, "place");
            key_caps(ui, tokens, &["←", "→"]);
        } else {
            key_caps(ui, tokens, &["Ctrl", "↵"]);
        }
    });
    response.clicked()
}

fn recent(ui: &mut Ui, view: &ReadView, cx: &Cx<'_>) -> Option<Asked> {
    if view.recent.is_empty() {
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
        key_caps(ui, tokens, &["Alt", "1…9"]);
        for theme in &view.recent {
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

fn foot(ui: &mut Ui, cx: &Cx<'_>) {
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
        for (keys, does) in [(&["↵"][..], "Apply"), (&["Shift", "↵"], "Apply and stay")] {
            key_caps(ui, tokens, keys);
            words(ui, tokens, Type::Micro, colour.ink_secondary, does);
            ui.add_space(space.two);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            words(ui, tokens, Type::Micro, colour.ink_secondary, "Close");
            key_caps(ui, tokens, &["Esc"]);
        });
    });
}
