//! What a theme means, beside the tree.

use eframe::egui;
use eframe::egui::{
    Align, Align2, Id, Layout, Margin, Rect, Response, Role, ScrollArea, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::colours::Own;
use super::counts::several;
use super::dialogs::Dialog;
use super::view::ThemesView;
use super::{acts, colours, commands, example, origin};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type};
use crate::app::user_error::UserError;
use crate::app::widgets::{Button, icon_button, paint_mark, reading, theme_mark, within, words};
use crate::app::worker::Edit;
use crate::project::Access;
use crate::study::{Codebook, Theme, ThemeId};

/// Label of the field that holds the name.
const NAME: &str = "Name";

/// What is being written of a theme. It is kept when a field is left, never at every key.
#[derive(Clone)]
pub struct Draft {
    /// As the study has it.
    before: Theme,
    after: Theme,
    /// Why it could not be kept, once it was tried.
    problem: Option<String>,
}

impl Draft {
    const fn of(before: Theme, after: Theme) -> Self {
        Self { before, after, problem: None }
    }

    /// Whose it is.
    pub const fn theme(&self) -> ThemeId {
        self.before.id
    }

    /// The edit that keeps what was written; none when nothing was. When it fails, the words come back.
    pub fn into_edit(self) -> Option<Edit> {
        let Self { before, after, .. } = self;
        (before != after).then(|| {
            let back = Self::of(before.clone(), after.clone());
            let edit = Edit::new(acts::label(&before, &after), move |tx| acts::write(tx, &before, after), |_, ()| ());
            edit.or(move |state, error| state.themes.give_back(back, error))
        })
    }

    /// What could not be kept, with what has been written since in `newer`.
    fn with(self, newer: Self) -> Self {
        Self { after: acts::changed(&newer.before, newer.after, self.after), ..self }
    }
}

impl ThemesView {
    /// Takes back what could not be kept of a theme, to be tried again.
    fn give_back(&mut self, draft: Draft, error: &UserError) {
        let theme = draft.before.id;
        let draft = Draft { problem: Some(error.not_kept()), ..draft };
        let draft = match self.given_back.remove(&theme) {
            Some(older) => older.with(draft),
            None => draft,
        };
        self.given_back.insert(theme, draft);
    }
}

/// Shows the editor of the selected theme.
pub(super) fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    keep_draft(view, cx);
    let Some(mut draft) = view.draft.take() else { return };
    let tokens = cx.tokens;
    let inset = Margin::symmetric(tokens.space.five as i8, tokens.space.three as i8);
    let mut left = false;
    let whole = ui.max_rect();
    // What can be done with the theme stays in sight, however much is written about it.
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - tokens.size.top_bar), whole.max);
    let above = Rect::from_min_max(whole.min, foot.right_top());
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
        ScrollArea::vertical().id_salt(("editor", draft.before.id)).auto_shrink(false).show(ui, |ui| {
            egui::Frame::NONE.inner_margin(inset).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = tokens.space.one;
                show_head(ui, view, cx, draft.before.id);
                left |= show_fields(ui, cx, &mut draft);
                example::show(ui, view, cx, draft.before.id);
            });
        });
    });
    ui.painter().hline(foot.x_range(), foot.top(), tokens.hairline(tokens.colour.line_hair));
    let inner = foot.shrink2(vec2(tokens.space.five, 0.0));
    within(ui, inner, Layout::left_to_right(Align::Center), |ui| show_acts(ui, view, cx, draft.before.id));
    if left && problem(cx, &draft).is_none() {
        keep(cx, &draft);
        // The study will have it soon; until then this is what was written.
        draft = Draft::of(draft.after.clone(), draft.after);
    }
    view.draft = Some(draft);
}

/// Takes the theme as the study has it, unless something is being written; what was written of another is kept.
fn keep_draft(view: &mut ThemesView, cx: &mut Cx<'_>) {
    let book = cx.study.codebook();
    view.given_back.retain(|theme, _| book.get(*theme).is_some());
    let selected = view.selection.at().and_then(|selected| book.get(selected));
    if view.draft.as_ref().is_some_and(|draft| Some(draft.before.id) != selected.map(|theme| theme.id)) {
        leave(view, cx);
    }
    let Some(theme) = selected else { return };
    let untouched = view.draft.as_ref().is_none_or(|draft| draft.before == draft.after);
    if untouched {
        view.draft = Some(Draft::of(theme.clone(), theme.clone()));
    }
    if let Some(back) = view.given_back.remove(&theme.id) {
        view.draft = view.draft.take().map(|newer| back.with(newer));
    }
}

/// Keeps what is being written, because something else is shown in its place.
pub(super) fn leave(view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut draft) = view.draft.take().filter(|draft| cx.study.codebook().get(draft.before.id).is_some()) else { return };
    if problem(cx, &draft).is_some() {
        // A name that cannot be had does not take the other words with it.
        draft.after.name.clone_from(&draft.before.name);
    }
    keep(cx, &draft);
}

fn keep(cx: &mut Cx<'_>, draft: &Draft) {
    let edit = draft.clone().into_edit();
    if let Some(edit) = edit
        && cx.can_edit()
    {
        cx.actions.push(Action::Edit(edit));
    }
}

/// Why the draft cannot be kept.
fn problem(cx: &Cx<'_>, draft: &Draft) -> Option<String> {
    if draft.after.name == draft.before.name {
        // The study holds no two siblings of one name; thousands of them are not looked through for it in every frame.
        return None;
    }
    let name = draft.after.name.trim();
    if name.is_empty() {
        return Some("A theme needs a name.".into());
    }
    let book = cx.study.codebook();
    let twin = book.child_named(draft.after.parent, name).filter(|twin| *twin != draft.after.id)?;
    Some(format!("{} beside it has this name already; the name is kept as it was.", book.number(twin)))
}

/// How much larger than in a list the mark at the head is.
const MARK: f32 = 1.3;

fn show_head(ui: &mut Ui, view: &ThemesView, cx: &mut Cx<'_>, theme: ThemeId) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let book = cx.study.codebook();
    ui.horizontal(|ui| {
        let (mark, _) = ui.allocate_exact_size(vec2(tokens.space.four, tokens.size.control_small), Sense::hover());
        let hue = theme_mark(tokens, cx.study, theme);
        paint_mark(ui.painter(), mark.center(), tokens.size.theme_mark * MARK, hue.mark, hue.label);
        let said = format!("{}  {}", book.number(theme), long_path(book, theme));
        let galley = reading(ui.painter(), tokens, Type::PaneTitle, colour.ink, &said, ui.available_width(), 2);
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &said));
        ui.painter().galley(rect.min, galley, colour.ink);
    });
    show_twin(ui, view, cx, theme);
    let count = view.counts.get(theme);
    let below = if count.with_below > count.own { format!(", {} with the themes below", count.with_below) } else { String::new() };
    let wordless = match count.wordless {
        0 => String::new(),
        some => format!("; {some} without participants’ words, in no cell of the matrix"),
    };
    let coders = match count.coders.len() {
        0 | 1 => String::new(),
        several => format!(", by {several} coders"),
    };
    words(ui, tokens, Type::Small, colour.ink_secondary, format!("{}{below}{coders}{wordless}", several(count.own, "coding")));
}

/// The longest path that is said, in characters; in one of forty long names the last ones tell more than the first.
const LONG: usize = 160;

/// The path of a theme, without its beginning where it is very long.
pub(super) fn long_path(book: &Codebook, theme: ThemeId) -> String {
    let path = book.path(theme);
    let letters = path.chars().count();
    if letters <= LONG { path } else { std::iter::once('…').chain(path.chars().skip(letters - LONG)).collect() }
}

/// Says which other theme has the same name, or nearly.
fn show_twin(ui: &mut Ui, view: &ThemesView, cx: &mut Cx<'_>, theme: ThemeId) {
    let (tokens, book) = (cx.tokens, cx.study.codebook());
    let Some(twin) = view.counts.twin(theme).filter(|twin| book.get(twin.theme).is_some()) else { return };
    let how = if twin.same { "The same name as" } else { "Nearly the same name as" };
    let said = format!("{how} {} {}", book.number(twin.theme), long_path(book, twin.theme));
    let text = egui::RichText::new(&said).font(tokens.font(Type::Small)).color(tokens.colour.notice_ink);
    let link = ui.add(egui::Label::new(text).truncate().sense(Sense::click())).on_hover_text("Go to it");
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &said));
    if link.clicked() {
        cx.go(Place::Definition(twin.theme));
    }
}

/// Shows the fields; returns whether one was left, or a colour chosen.
fn show_fields(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> bool {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let id = draft.before.id;
    let error = problem(cx, draft);
    if cx.project.is_none_or(|project| project.access == Access::Read) {
        ui.disable();
    }
    if let Some(problem) = &draft.problem {
        words(ui, tokens, Type::Small, colour.error_ink, problem.as_str());
    }
    let mut left = false;
    left |= field(ui, tokens, NAME, &mut draft.after.name, id, 1).lost_focus();
    if let Some(error) = error {
        words(ui, tokens, Type::Small, colour.error_ink, error);
    }
    ui.columns_const(|[number, abbreviation]| {
        let mut own = draft.after.number.take().unwrap_or_default();
        left |= hinted(number, tokens, "Number", &mut own, id, cx.study.codebook().number(id)).lost_focus();
        draft.after.number = (!own.is_empty()).then_some(own);
        left |= field(abbreviation, tokens, "Abbreviation", &mut draft.after.abbreviation, id, 1).lost_focus();
    });
    label(ui, tokens, "Colour");
    left |= show_colours(ui, cx, draft);
    left |= origin::show(ui, tokens, &mut draft.after.origin);
    left |= field(ui, tokens, "Definition", &mut draft.after.definition, id, 3).lost_focus();
    left |= field(ui, tokens, "Use when", &mut draft.after.use_when, id, 3).lost_focus();
    left |= field(ui, tokens, "Do not use when", &mut draft.after.not_when, id, 3).lost_focus();
    left
}

fn label(ui: &mut Ui, tokens: &Tokens, name: &str) {
    ui.add_space(tokens.space.two);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, name);
}

fn field(ui: &mut Ui, tokens: &Tokens, name: &str, text: &mut String, theme: ThemeId, rows: usize) -> Response {
    label(ui, tokens, name);
    let edit = if rows == 1 { TextEdit::singleline(text) } else { TextEdit::multiline(text) };
    let align = if rows == 1 { Align2::LEFT_CENTER } else { Align2::LEFT_TOP };
    set(ui, tokens, name, theme, edit.desired_rows(rows).align(align))
}

/// A field of one line that says in it what holds while it is empty.
fn hinted(ui: &mut Ui, tokens: &Tokens, name: &str, text: &mut String, theme: ThemeId, hint: &str) -> Response {
    label(ui, tokens, name);
    let hint = egui::RichText::new(hint).color(tokens.colour.ink_tertiary);
    set(ui, tokens, name, theme, TextEdit::singleline(text).hint_text(hint).align(Align2::LEFT_CENTER))
}

fn field_id(theme: ThemeId, name: &str) -> Id {
    Id::unique(("theme", theme, name))
}

/// The field with which the editor of a theme begins.
pub(super) fn name_field(theme: ThemeId) -> Id {
    field_id(theme, NAME)
}

fn set(ui: &mut Ui, tokens: &Tokens, name: &str, theme: ThemeId, edit: TextEdit<'_>) -> Response {
    let edit = edit
        .id(field_id(theme, name))
        .font(tokens.font(Type::Body))
        .text_color(tokens.colour.ink)
        .margin(Margin::symmetric(tokens.space.two as i8, tokens.space.one as i8))
        .desired_width(f32::INFINITY);
    ui.add(edit).accessible_name(name)
}

/// The palette, and the parent's colour; returns whether one was chosen.
fn show_colours(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> bool {
    let parents = draft.after.parent.and_then(|parent| cx.study.codebook().colour(parent));
    let inherited = if draft.after.parent.is_some() { "As its parent" } else { "No colour" };
    let chosen = colours::show(ui, cx.tokens, Some(&Own::of(draft.after.colour.as_ref())), parents, inherited);
    let changed = chosen.is_some();
    if let Some(chosen) = chosen {
        draft.after.colour = chosen.into_option();
    }
    changed
}

/// From so many rails of width on, acts are named by words.
const ROOMY: f32 = 4.3;

fn show_acts(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>, theme: ThemeId) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    // Where there is little room, signs stand for the words: nothing goes out of sight.
    let read = if ui.available_width() < tokens.size.left_rail * 5.0 {
        icon_button(ui, tokens, icons::BOOK_OPEN, "Read its passages", true)
    } else {
        Button::new("Read its passages").keys(&Command::ReadTheme.key_names(ui.ctx())).show(ui, tokens)
    };
    if read.clicked() {
        cx.go(Place::Theme(theme));
    }
    let roomy = ui.available_width() >= tokens.size.left_rail * ROOMY;
    let mut act = |icon, words| {
        if roomy { Button::quiet(words).show(ui, tokens).clicked() } else { icon_button(ui, tokens, icon, words, true).clicked() }
    };
    let (memo, split) = (act(icons::STICKY_NOTE, "Memo"), act(icons::SPLIT, "Split…"));
    let (merge, delete) = (act(icons::GIT_MERGE, "Merge…"), act(icons::TRASH_2, "Delete…"));
    for (pressed, command) in [(memo, Command::ThemeMemo), (split, Command::SplitTheme)] {
        if pressed {
            commands::run(view, cx, command);
        }
    }
    // About the theme that is shown, whether it is among the chosen or not.
    if merge && cx.can_edit() {
        view.dialog = Dialog::merge(&[theme].into());
    }
    if delete && cx.can_edit() {
        view.dialog = Dialog::delete(&[theme].into());
    }
}
