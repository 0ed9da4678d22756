use std::sync::Arc;

use eframe::egui::{
    Align2, Area, Frame, Id, InputState, Key, Margin, Modifiers, Order, Pos2, Rect, Role, Sense, TextEdit, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::acts;
use super::drawn::Drawn;
use super::matching::{Found, Match};
use super::page::Page;
use super::picker_rows::{foot, recent, rows};
use super::view::ReadView;
use crate::app::command::{Command, KeyMap, Scope};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{fit_width, paint_words};
use crate::study::{CodingId, ThemeId};
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
    /// The row chosen; the one after the last match is the new theme. None after a theme was applied and nothing is typed yet.
    chosen: Option<usize>,
    /// Where a new theme goes; none until the arrow keys have chosen.
    destination: Option<usize>,
    fresh: bool,
    /// What fitted what was typed.
    found: Found,
    /// How high it was in the last frame.
    height: f32,
    /// A command of the picker that came from elsewhere than its keys.
    ordered: Option<Command>,
}

/// Rows shown at once.
pub(super) const ROWS: usize = 6;

impl Picker {
    /// Whether nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.query.trim().is_empty()
    }

    /// What is typed.
    pub(super) fn query(&self) -> &str {
        &self.query
    }

    /// Whether a row is the chosen one.
    pub(super) fn is_at(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }

    /// The first of the rows that are seen, of so many themes.
    pub(super) fn first_seen(&self, themes: usize) -> usize {
        self.chosen.unwrap_or(0).min(themes.saturating_sub(1)).saturating_sub(ROWS - 1)
    }

    /// A picker for a passage.
    #[must_use]
    pub fn new(purpose: Purpose, span: Span) -> Self {
        Self {
            purpose,
            span,
            query: String::new(),
            chosen: Some(0),
            destination: None,
            fresh: true,
            found: Found::default(),
            height: 0.0,
            ordered: None,
        }
    }
}

/// The themes that fit what was typed; while nothing is typed, those applied lately before all others.
fn offered(cx: &Cx<'_>, picker: &mut Picker) -> Arc<[Match]> {
    let found = picker.found.of(&cx.study.codebook_arc(), &picker.query);
    let recent = cx.settings.recent_of(cx.study);
    if !picker.is_empty() || recent.is_empty() {
        return found;
    }
    let plain = |theme: &ThemeId| Match { theme: *theme, definition: None };
    let others = found.iter().filter(|one| !recent.contains(&one.theme));
    recent.iter().map(plain).chain(others.cloned()).collect()
}

/// Does what a command of the picker says that did not come from its keys. Without a picker, a theme applied lately goes on the
/// selected words.
pub fn order(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, command: Command) {
    if let Some(picker) = &mut view.picker {
        picker.ordered = Some(command);
        return;
    }
    let Some(recent) = command.recent() else {
        let keys = cx.way_to(Command::Theme);
        return cx.say(format!("The theme picker is not open: {keys} opens it."));
    };
    let Some(theme) = cx.settings.recent_of(cx.study).get(recent).copied() else {
        return cx.say("So many themes were not applied lately: choose one of the list.");
    };
    if let Some(span) = acts::passage(view, cx, page, drawn) {
        acts::apply(view, cx, page.material.source.id, span, theme);
    }
}

/// What was asked for in this frame.
pub(super) enum Asked {
    Apply(ThemeId, bool),
    Create(Vec<String>, bool),
    Close,
}

/// Shows the picker, if it is open, below `at`.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, at: Rect) {
    let Some(mut picker) = view.picker.take() else { return };
    let found = offered(cx, &mut picker);
    let asked_by_key = read_keys(ui, cx, &mut picker, &found);
    let tokens = cx.tokens;
    let place = beside(ui, tokens, at, at.left() + tokens.space.eight * 3.0, vec2(tokens.size.picker_width, picker.height));
    let frame = Frame::popup(ui.style()).inner_margin(Margin::ZERO);
    let area = Area::new(Id::unique("picker")).order(Order::Foreground).fixed_pos(place).constrain_to(ui.ctx().content_rect());
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            fit_width(ui, tokens, tokens.size.picker_width);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let before = picker.query.clone();
            let asked = head(ui, cx, &mut picker, page);
            if before != picker.query {
                picker.chosen = Some(0);
            }
            // Typing has changed what fits.
            let found = offered(cx, &mut picker);
            let asked = rows(ui, view, cx, &picker, &found).or(asked);
            let asked = if picker.is_empty() { asked } else { recent(ui, cx).or(asked) };
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
            acts::use_theme(view, cx, page.material.source.id, picker.span, theme, picker.purpose);
            finish(view, picker, stay);
        }
        Some(Asked::Create(path, stay)) => {
            acts::create_and_use(view, cx, page.material.source.id, picker.span, path, picker.purpose);
            finish(view, picker, stay);
        }
    }
}

fn finish(view: &mut ReadView, mut picker: Picker, stay: bool) {
    if stay {
        picker.query.clear();
        // What comes next is one more theme on the same words, and none that nobody chose.
        (picker.purpose, picker.chosen) = (Purpose::Apply, None);
        picker.fresh = true;
        picker.destination = None;
        view.picker = Some(picker);
    } else {
        view.take_focus = true;
    }
}

/// Where a popup of `size` stands: from `left` on, below the passage, or above it where there is more room.
pub(super) fn beside(ui: &Ui, tokens: &Tokens, at: Rect, left: f32, size: Vec2) -> Pos2 {
    let high = size.y;
    let screen = ui.ctx().content_rect();
    let gap = tokens.space.two;
    let left = left.min(screen.right() - size.x - gap);
    let below = at.bottom() + gap;
    let (top, bottom) = (screen.top() + tokens.size.top_bar, screen.bottom() - tokens.size.status_bar);
    let fits = below + high <= bottom;
    let y = if fits || at.top() - top < bottom - at.bottom() { below.min(bottom - high) } else { at.top() - gap - high };
    pos2(left.max(screen.left()), y.max(top))
}

fn read_keys(ui: &Ui, cx: &Cx<'_>, picker: &mut Picker, found: &[Match]) -> Option<Asked> {
    let keys = KeyMap::of(ui.ctx());
    let (commands, escaped) = ui.input_mut(|input| {
        move_by_keys(input, cx, picker, found);
        (keys.pressed(input, Scope::Picker, |_, _| true), input.consume_key(Modifiers::NONE, Key::Escape))
    });
    commands
        .into_iter()
        .chain(picker.ordered.take())
        .find_map(|command| obey(cx, picker, found, command))
        .or_else(|| escaped.then_some(Asked::Close))
}

/// Reads the keys that go through the rows, and through the places of a new theme.
fn move_by_keys(input: &mut InputState, cx: &Cx<'_>, picker: &mut Picker, found: &[Match]) {
    let rows = found.len() + usize::from(can_create(picker));
    if input.consume_key(Modifiers::NONE, Key::ArrowDown) && rows > 0 {
        picker.chosen = Some(picker.chosen.map_or(0, |chosen| (chosen + 1) % rows));
    }
    if input.consume_key(Modifiers::NONE, Key::ArrowUp) && rows > 0 {
        picker.chosen = Some((picker.chosen.unwrap_or(0) + rows - 1) % rows);
    }
    if asks_place(picker) {
        let places = destinations(cx, found).len();
        let now = picker.destination.unwrap_or(0);
        if input.consume_key(Modifiers::NONE, Key::ArrowRight) {
            picker.destination = Some((now + 1) % places.max(1));
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowLeft) {
            picker.destination = Some((now + places.saturating_sub(1)) % places.max(1));
        }
    }
}

/// What a command of the picker asks for. While nothing is chosen, applying is done with.
fn obey(cx: &Cx<'_>, picker: &Picker, found: &[Match], command: Command) -> Option<Asked> {
    if let Some(recent) = command.recent() {
        return cx.settings.recent_of(cx.study).get(recent).map(|theme| Asked::Apply(*theme, false));
    }
    let stay = command == Command::PickerApplyAndStay;
    let on_new = picker.chosen.is_some_and(|chosen| chosen >= found.len());
    if (command == Command::PickerCreate || on_new) && can_create(picker) {
        return Some(Asked::Create(new_path(cx, picker, found), stay));
    }
    match picker.chosen {
        _ if command == Command::PickerCreate => None,
        Some(chosen) => found.get(chosen).map(|found| Asked::Apply(found.theme, stay)),
        None => Some(Asked::Close),
    }
}

pub(super) fn can_create(picker: &Picker) -> bool {
    !picker.is_empty()
}

/// Whether the arrow keys say where a new theme goes; a typed path says it itself.
pub(super) fn asks_place(picker: &Picker) -> bool {
    can_create(picker) && typed_path(picker).len() == 1
}

/// The names of what was typed.
fn typed_path(picker: &Picker) -> Vec<String> {
    picker.query.split(['>', '›']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
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
pub(super) fn new_path(cx: &Cx<'_>, picker: &Picker, found: &[Match]) -> Vec<String> {
    let typed = typed_path(picker);
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
