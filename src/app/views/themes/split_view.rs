//! Splitting a theme: its passages at the left, its new sub-themes at the right.

use eframe::egui::{
    Align, Align2, EventFilter, Id, Key, Layout, Margin, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::passages::Passage;
use super::split::{MOST, Split};
use super::view::ThemesView;
use crate::app::command::{Command, KeyMap, Keys, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::views::nothing_here;
use crate::app::widgets::{
    Button, Chip, chip, chosen_ground, empty, focus_ring, hairline_below, icon_button, key_cap, line_edit, list_keys, paint_elided,
    paint_words, plain_key, reading, reveal, row_at_hand, view_head, within, words,
};
use crate::study::ThemeId;

/// Lines of a passage in the list.
const LINES: usize = 2;

/// The commands that sort, the first into sub-theme 1.
fn sorting() -> impl Iterator<Item = Command> {
    Command::ALL.iter().copied().filter(|command| command.sub_theme().is_some())
}

fn list_id() -> Id {
    Id::unique("passages to sort")
}

fn name_id(which: usize) -> Id {
    Id::unique(("name of a new sub-theme", which))
}

/// The part of the width that the sub-themes have: one in so many.
const RIGHT_PART: f32 = 2.2;

/// Shows the split of a theme in the place of the tree.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>, theme: ThemeId) {
    let mut split = view.splits.remove(&theme).unwrap_or_else(Split::begun);
    split.gathered.keep_up(cx, theme, false, "passages to sort", move |state, passages| {
        if let Some(split) = state.themes.splits.get_mut(&theme) {
            split.take(passages);
        }
    });
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let right_width = (whole.width() / RIGHT_PART).min(tokens.size.preview_pane + tokens.size.left_rail * 2.0);
    let left = Rect::from_min_max(whole.min, pos2(whole.right() - right_width, whole.bottom()));
    let right = Rect::from_min_max(left.right_top(), whole.max);
    let name = cx.study.codebook().get(theme).map_or("", |theme| theme.name.as_str()).to_owned();
    let mut closes = false;
    let unsorted = split.unsorted();
    let below = view_head(ui, tokens, left, "Split", |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            closes = icon_button(ui, tokens, icons::X, "Back to the themes; what is sorted stays  (Esc)", true).clicked();
            if split.gathered.passages.is_some() {
                let look = if unsorted == 0 { Chip::Plain } else { Chip::Notice };
                chip(ui, tokens, look, &not_sorted(unsorted));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = eframe::egui::RichText::new(&name).font(tokens.font(Type::Body)).color(tokens.colour.ink_secondary);
                ui.add(eframe::egui::Label::new(text).truncate());
            });
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("passages"), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        closes |= show_list(ui, &mut split, cx, theme);
    });
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("sub-themes"), |ui| {
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        show_right(ui, &mut split, cx, theme, &name);
    });
    take_finish(ui, &mut split, cx, theme);
    status(&split, cx, &name);
    view.splits.insert(theme, split);
    if closes {
        view.splitting = None;
        view.stay();
    }
}

/// How many are not sorted, in words.
fn not_sorted(unsorted: usize) -> String {
    if unsorted == 0 { "All sorted".to_owned() } else { format!("{unsorted} not sorted yet") }
}

fn status(split: &Split, cx: &mut Cx<'_>, name: &str) {
    let all = split.passages().len();
    cx.status.say(format!("Passage {} of {all} of “{name}”", (split.at + 1).min(all)));
    for command in
        [Command::SortUnder1, Command::SortUnder2, Command::Unsort, Command::NextUnsorted, Command::AddSubTheme, Command::FinishSplit]
    {
        cx.status.hint_command(command);
    }
    cx.status.hint(&["Esc"], "Back");
}

fn row_height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::Small) + LINES as f32 * tokens.line_height(Type::ReadingQuote) + 2.0 * tokens.space.two + tokens.space.half
}

/// Carries out a command about the split that is shown.
pub(super) fn run_in(view: &mut ThemesView, cx: &mut Cx<'_>, command: Command) {
    match view.splitting.and_then(|theme| Some((theme, view.splits.get_mut(&theme)?))) {
        Some((theme, split)) => run(split, cx, theme, command),
        None => cx.say(format!("“{}” works while a theme is split.", command.title())),
    }
}

/// Carries out a command about the passage one is at, or the split as a whole.
fn run(split: &mut Split, cx: &mut Cx<'_>, theme: ThemeId, command: Command) {
    match (command, command.sub_theme()) {
        (_, Some(which)) if !split.sort(Some(which)) => {
            cx.say(format!("There is no sub-theme {} yet. “{}” adds one.", which + 1, Command::AddSubTheme.title()));
        }
        (_, Some(_)) => {}
        (Command::Unsort, _) => _ = split.sort(None),
        (Command::NextUnsorted, _) => split.next_unsorted(),
        (Command::AddSubTheme, _) => split.add(),
        (Command::FinishSplit, _) => match split.problem() {
            Some(problem) => cx.say(problem),
            None => split.split(cx, theme),
        },
        (command, None) => nothing_here(cx, command),
    }
}

/// Takes the keys that finish the split, also while a name is written.
fn take_finish(ui: &Ui, split: &mut Split, cx: &mut Cx<'_>, theme: ThemeId) {
    let writing = (0..split.names.len()).any(|which| ui.memory(|memory| memory.has_focus(name_id(which))));
    let here = writing || ui.memory(|memory| memory.focused().is_none() || memory.has_focus(list_id()));
    let keys = KeyMap::of(ui.ctx());
    let finishes = |command, keys: Keys| command == Command::FinishSplit && here && !keys.types();
    let pressed = ui.input_mut(|input| keys.pressed(input, Scope::Split, finishes));
    for command in pressed {
        run(split, cx, theme, command);
    }
}

/// Moves the focus on: from the passages to the name of the first sub-theme and back.
pub(super) fn next_pane(ui: &Ui, view: &ThemesView) {
    let split = view.splitting.and_then(|theme| view.splits.get(&theme));
    let name = split.filter(|split| !split.names.is_empty()).map(|_| name_id(0));
    let panes: Vec<Id> = [list_id()].into_iter().chain(name).collect();
    crate::app::widgets::next_pane(ui, &panes, 0);
}

/// Shows the passages; returns whether one goes back to the themes.
fn show_list(ui: &mut Ui, split: &mut Split, cx: &mut Cx<'_>, theme: ThemeId) -> bool {
    let tokens = cx.tokens;
    let id = list_id();
    let Some(passages) = split.gathered.passages.clone() else {
        empty(ui, tokens, icons::SPLIT, "Gathering its passages", "", None);
        return false;
    };
    if passages.items.is_empty() {
        let what = "Only passages of the theme itself are sorted; those of its sub-themes are sorted already.";
        return empty(ui, tokens, icons::SPLIT, "No passage has this theme itself", what, Some("Back to the themes"));
    }
    if std::mem::take(&mut split.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
    let focused = ui.memory(|memory| memory.has_focus(id));
    let closes = focused && take_keys(ui, split, cx, (theme, &passages.items));
    let list = ui.interact(ui.max_rect(), id, Sense::click());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("Passages, {}", not_sorted(split.unsorted()))));
    let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = row_height(tokens);
    let mut area = ScrollArea::vertical().id_salt("passages to sort").auto_shrink(false);
    if std::mem::take(&mut split.scroll) {
        area = reveal(area, split.seen, split.at, height);
    }
    let out = area.show_rows(ui, height, passages.items.len(), |ui, range| {
        for (at, passage) in passages.items.iter().enumerate().take(range.end).skip(range.start) {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            if show_row(ui, split, cx, rect, passage, (at, passages.items.len()), list.has_focus()) {
                split.at = at;
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        }
    });
    split.seen = (out.state.clamped_offset().y, out.inner_rect.height());
    closes
}

fn take_keys(ui: &Ui, split: &mut Split, cx: &mut Cx<'_>, (theme, items): (ThemeId, &[Passage])) -> bool {
    let plain = |key| plain_key(ui, key);
    let page = isize::try_from((split.seen.1 / row_height(cx.tokens)) as usize).unwrap_or(1).max(1);
    for (key, by) in list_keys(page) {
        if plain(key) {
            split.at = split.at.saturating_add_signed(by).min(items.len().saturating_sub(1));
            split.scroll = true;
        }
    }
    for command in pressed(ui, Scope::Split, cx.settings.single_letters) {
        run(split, cx, theme, command);
    }
    if plain(Key::Enter)
        && let Some(passage) = items.get(split.at)
    {
        cx.go(Place::Passage(passage.source, passage.span));
    }
    plain(Key::Escape)
}

/// Shows a passage; returns whether it was clicked.
fn show_row(ui: &Ui, split: &Split, cx: &Cx<'_>, rect: Rect, passage: &Passage, (at, of): (usize, usize), focused: bool) -> bool {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let response = ui.interact(rect, Id::unique(("passage to sort", at)), Sense::CLICK);
    let chosen = split.at == at;
    let into = split.of(passage);
    let sorted = into.map_or_else(|| "not sorted".to_owned(), |into| label(split, into));
    response.widget_info(|| {
        let name = format!("{}, {sorted}: {}, row {} of {of}", passage.place, passage.begins, at + 1);
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
    });
    if chosen {
        row_at_hand(ui, list_id(), response.id);
    }
    chosen_ground(ui, tokens, rect, &response, chosen, focused);
    let (left, right) = (rect.left() + tokens.space.four, rect.right() - tokens.space.four);
    let y = rect.top() + tokens.space.two + tokens.line_height(Type::Small) / 2.0;
    let place = format!("{} · {}", passage.place, passage.coders);
    let middle = left + (right - left) / 2.0;
    paint_elided(ui.painter(), left, middle, y, &place, tokens.font_in(Type::Small, family::INTERFACE_MEDIUM), colour.ink_secondary);
    let (font, ink) = match into {
        Some(_) => (tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD), colour.accent),
        None => (tokens.font(Type::Small), colour.ink_tertiary),
    };
    let galley = crate::app::widgets::elided(ui.painter(), &sorted, font, ink, right - middle - tokens.space.two);
    ui.painter().galley(pos2(right - galley.size().x, y - galley.size().y / 2.0), galley, ink);
    let galley = reading(ui.painter(), tokens, Type::ReadingQuote, colour.ink, &passage.begins, right - left, LINES);
    ui.painter().galley(
        pos2(left, rect.top() + tokens.space.two + tokens.line_height(Type::Small) + tokens.space.half),
        galley,
        colour.ink,
    );
    hairline_below(ui, tokens, rect);
    response.clicked()
}

/// "2 Local voice".
fn label(split: &Split, into: usize) -> String {
    let name = split.names.get(into).map_or("", |name| name.trim());
    if name.is_empty() { format!("{} (no name yet)", into + 1) } else { format!("{} {name}", into + 1) }
}

/// The least share of the height that stays above the sub-themes.
const ABOVE: f32 = 0.25;

/// The passage one is at with all its words, the sub-themes, and what is done with them.
fn show_right(ui: &mut Ui, split: &mut Split, cx: &mut Cx<'_>, theme: ThemeId, name: &str) {
    let (tokens, whole) = (cx.tokens, ui.max_rect());
    let inset = tokens.space.five;
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - tokens.size.top_bar - tokens.size.row), whole.max);
    let rows = split.names.len().min(MOST) + 1;
    let bins = (rows as f32 * (tokens.size.control + tokens.space.two) + tokens.space.eight).min(whole.height() / 2.0);
    let middle = (foot.top() - bins).max(whole.top() + whole.height() * ABOVE);
    let passage = Rect::from_min_max(whole.min, pos2(whole.right(), middle));
    let sub_themes = Rect::from_min_max(passage.left_bottom(), foot.right_top());
    ui.scope_builder(UiBuilder::new().max_rect(passage).id_salt("passage"), |ui| {
        ui.set_clip_rect(passage.intersect(ui.clip_rect()));
        show_passage(ui, split, cx);
    });
    ui.painter().hline(whole.x_range(), middle, tokens.hairline(tokens.colour.line_hair));
    ui.scope_builder(UiBuilder::new().max_rect(sub_themes).id_salt("bins"), |ui| {
        ui.set_clip_rect(sub_themes.intersect(ui.clip_rect()));
        ScrollArea::vertical().id_salt("sub-themes").auto_shrink(false).show(ui, |ui| {
            let margin = Margin::symmetric(inset as i8, tokens.space.two as i8);
            eframe::egui::Frame::NONE.inner_margin(margin).show(ui, |ui| show_names(ui, split, cx, theme));
        });
    });
    ui.painter().hline(whole.x_range(), foot.top(), tokens.hairline(tokens.colour.line_hair));
    within(ui, foot.shrink2(vec2(inset, tokens.space.one)), Layout::top_down(Align::Min), |ui| show_foot(ui, split, cx, theme, name));
}

fn show_passage(ui: &mut Ui, split: &Split, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let passages = split.passages();
    let Some(passage) = passages.get(split.at) else { return };
    let Some(revision) = cx.study.material(passage.source).and_then(|material| material.revision()) else { return };
    let text = cx.texts.get(revision.text);
    let said = text.as_ref().map_or("…", |text| passage.span.slice(&text.text)).to_owned();
    ScrollArea::vertical().id_salt(("passage", split.at)).auto_shrink(false).show(ui, |ui| {
        let margin = Margin::symmetric(tokens.space.five as i8, tokens.space.three as i8);
        eframe::egui::Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.horizontal(|ui| {
                words(ui, tokens, Type::Small, colour.ink_secondary, passage.place.as_str());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if Button::quiet("Open in Read").icon(icons::EXTERNAL_LINK).small().show(ui, tokens).clicked() {
                        cx.go(Place::Passage(passage.source, passage.span));
                    }
                });
            });
            words(ui, tokens, Type::ReadingQuote, colour.ink, said);
        });
    });
}

fn show_names(ui: &mut Ui, split: &mut Split, cx: &Cx<'_>, theme: ThemeId) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.one);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, "New sub-themes");
    let (mut dropped, mut added) = (None, false);
    for (which, command) in sorting().enumerate().take(split.names.len()) {
        let (number, keys) = (which + 1, command.key_words(ui.ctx()));
        // Without a key of its own it is still the sub-theme of this number.
        let cap = if keys.is_empty() { number.to_string() } else { keys };
        let count = split.sorted_into(which);
        let joins = split.joins(cx.study.codebook(), theme, which);
        ui.horizontal(|ui| {
            let sort = key_cap(ui, tokens, &cap).interact(Sense::click());
            sort.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort into {}", label(split, which))));
            if sort.clicked() {
                split.sort(Some(which));
            }
            let right = tokens.size.left_rail + tokens.size.control;
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - right, tokens.size.control), Sense::hover());
            added |= show_name(ui, split, tokens, which, rect);
            let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.left_rail - tokens.space.four, tokens.size.control), Sense::hover());
            let font = tokens.tabular(Type::Body);
            paint_words(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, count, font, tokens.colour.ink);
            if icon_button(ui, tokens, icons::X, &format!("Take sub-theme {number} away"), true).clicked() {
                dropped = Some(which);
            }
        });
        if joins {
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "There is one of this name already: these passages join it.");
        }
    }
    if let Some(which) = dropped {
        split.drop(which);
    }
    let room = split.names.len() < MOST;
    let pressed = Button::quiet("Sub-theme")
        .icon(icons::PLUS)
        .enabled(room)
        .show(ui, tokens)
        .on_hover_text(Command::AddSubTheme.explained(ui.ctx()))
        .clicked();
    if (pressed || added) && room {
        split.add();
    }
}

/// The field of a name; returns whether another is wanted after it.
fn show_name(ui: &mut Ui, split: &mut Split, tokens: &Tokens, which: usize, rect: Rect) -> bool {
    let id = name_id(which);
    let fresh = split.name_wants_focus == Some(which);
    let Some(name) = split.names.get_mut(which) else { return false };
    let colour = &tokens.colour;
    let edge = tokens.hairline(colour.line_strong);
    ui.painter().rect(rect, Tokens::corner(tokens.radius.control), colour.surface_raised, edge, eframe::egui::StrokeKind::Inside);
    let inner = rect.shrink2(vec2(tokens.space.two, 0.0));
    let hint = eframe::egui::RichText::new("Name").color(colour.ink_tertiary);
    let response = ui.put(inner, line_edit(tokens, id, name, inner.width()).hint_text(hint));
    let response = response.accessible_name(format!("Name of sub-theme {}", which + 1));
    if fresh {
        // After the field has been shown, so that the letter that brought it does not fall into it.
        response.request_focus();
        split.name_wants_focus = None;
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        split.wants_focus = true;
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter) && !input.modifiers.command);
    let named = split.names.get(which).is_some_and(|name| !name.trim().is_empty());
    if entered && !(named && which + 1 == split.names.len() && which + 1 < MOST) {
        split.wants_focus = true;
        return false;
    }
    entered
}

fn show_foot(ui: &mut Ui, split: &mut Split, cx: &mut Cx<'_>, theme: ThemeId, name: &str) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let (unsorted, problem) = (split.unsorted(), split.problem());
    let broken = split.gathered.passages.as_ref().map_or(0, |passages| passages.broken);
    let rest = match unsorted {
        0 => String::new(),
        1 => format!("1 is not sorted yet and stays with “{name}”."),
        many => format!("{many} are not sorted yet and stay with “{name}”."),
    };
    let gone = if broken > 0 { format!(" So do {broken} whose words were corrected away.") } else { String::new() };
    let says = problem.clone().unwrap_or(rest + &gone);
    let text = eframe::egui::RichText::new(says).font(tokens.font(Type::Small)).color(colour.ink_secondary);
    ui.add(eframe::egui::Label::new(text).truncate());
    ui.horizontal(|ui| {
        let does = if unsorted == 0 { "Split".to_owned() } else { format!("Split, {unsorted} stay") };
        if Button::primary(&does).keys(&Command::FinishSplit.key_names(ui.ctx())).enabled(problem.is_none()).show(ui, tokens).clicked() {
            split.split(cx, theme);
        }
        if Button::quiet("Forget what is sorted").show(ui, tokens).clicked() {
            split.begin_anew();
        }
    });
}
