use eframe::egui;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use eframe::egui::{Align, Id, Rect, Ui, UiBuilder, pos2};

use super::compare::{Compare, Versions};
use super::counts::{Counts, Hanging, several};
use super::dialogs::Dialog;
use super::editor::Draft;
use super::example::Choosing;
use super::rename::{Naming, Rename};
use super::rows::{Row, rows};
use super::selection::Selection;
use super::split::Split;
use super::{commands, compare, dialogs, editor, example, several, split_view, tree};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::widgets::{Button, Field, empty, icon_button, menu_below, menu_choice, view_head};
use crate::app::worker::Edit;
use crate::study::{Study, ThemeId};

/// What the view remembers.
#[derive(Default)]
pub struct ThemesView {
    pub(super) filter: String,
    pub(super) selection: Selection,
    /// Themes whose sub-themes are not shown.
    pub(super) folded: HashSet<ThemeId>,
    pub(super) rename: Option<Rename>,
    /// The lines of the tree, and what they were made from.
    pub(super) lines: Arc<[Row]>,
    made_from: Option<MadeFrom>,
    pub(super) counts: Counts,
    counted: Seen,
    pub(super) draft: Option<Draft>,
    /// What could not be kept of other themes, and waits until they are selected again or everything is kept.
    pub(super) given_back: HashMap<ThemeId, Draft>,
    pub(super) dialog: Option<Dialog>,
    /// The question with which version to compare.
    pub(super) versions: Option<Versions>,
    /// The earlier version that stands beside the themes.
    pub(super) compare: Option<Compare>,
    /// The question which passage is typical of a theme.
    pub(super) choosing: Option<Choosing>,
    /// What is sorted so far of themes that are being split.
    pub(super) splits: HashMap<ThemeId, Split>,
    /// The theme whose split is shown.
    pub(super) splitting: Option<ThemeId>,
    /// What hangs on some themes, and what that was counted from.
    hanging: Option<(Seen, BTreeSet<ThemeId>, Hanging)>,
    pub(super) wants_focus: bool,
    /// The selected line is to be scrolled to.
    pub(super) scroll: bool,
    /// What is seen of the tree: from where, and how much.
    pub(super) seen: (f32, f32),
    /// The lines of the tree that are seen.
    pub(super) seen_lines: std::ops::Range<usize>,
    pub(super) filter_wants_focus: bool,
    /// Commands for the view that wait for its next frame.
    pub(super) commands: Vec<Command>,
}

/// The field that filters the tree.
pub(super) const FILTER: &str = "filter of the codebook";

/// What the lines of the tree come from: the study, the filter, what is folded, what is being named.
type MadeFrom = (Seen, String, HashSet<ThemeId>, Option<Naming>);

impl ThemesView {
    /// Makes the lines of the tree, where something about them is another.
    pub(super) fn make_lines(&mut self, study: &Arc<Study>) {
        let naming = self.rename.as_ref().map(|rename| rename.of);
        let same = |(seen, filter, folded, named): &MadeFrom| {
            seen.is(study) && *filter == self.filter && *folded == self.folded && *named == naming
        };
        if !self.made_from.as_ref().is_some_and(same) {
            self.selection.keep_to(study.codebook());
            self.lines = rows(study.codebook(), &self.folded, &self.filter, naming).into();
            self.made_from = Some((Seen::of(study), self.filter.clone(), self.folded.clone(), naming));
        }
    }

    /// What hangs on some themes. It is counted once, not in every frame.
    pub(super) fn hanging(&mut self, cx: &Cx<'_>, themes: &BTreeSet<ThemeId>) -> &Hanging {
        let slots = cx.settings.slots_of(cx.study);
        let known = self.hanging.take().filter(|(seen, of, _)| seen.is(cx.study) && of == themes && self.counts.are_of(cx.study));
        let counted = || (Seen::of(cx.study), themes.clone(), self.counts.hanging(cx.study, themes, &slots));
        let known = known.unwrap_or_else(counted);
        &self.hanging.insert(known).2
    }

    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        // Asked for from elsewhere, the view wants the tree at first.
        self.wants_focus &= !matches!(command, Command::FindInText | Command::FilterThemes);
        self.commands.push(command);
    }

    /// Whether a theme is on screen: chosen, or in a line of the tree that is seen.
    #[must_use]
    pub fn shows(&self, theme: ThemeId) -> bool {
        let listed = self.lines.get(self.seen_lines.clone()).unwrap_or_default();
        self.selection.themes().contains(&theme) || listed.iter().any(|line| line.theme() == Some(theme))
    }

    /// Puts the keys on the tree.
    pub fn focus_tree(&mut self) {
        self.wants_focus = true;
    }

    /// What was written of a theme and is not kept yet, as edits: for when the view is left.
    pub fn leave(&mut self) -> Vec<Edit> {
        let given_back = std::mem::take(&mut self.given_back).into_values();
        given_back.chain(self.draft.take()).filter_map(Draft::into_edit).collect()
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.splits.extend(other.splits);
        self.given_back.extend(other.given_back);
        self.given_back.extend(other.draft.map(|draft| (draft.theme(), draft)));
    }

    /// Goes on writing a name that could not be kept, unless another one is being written.
    pub(super) fn name_again(&mut self, of: Naming, name: String) {
        self.rename.get_or_insert_with(|| Rename::new(of, name));
    }

    /// Selects a theme, or none.
    pub(super) fn select(&mut self, theme: Option<ThemeId>) {
        self.selection = Selection::of(theme);
        self.scroll = true;
    }

    /// Shows the split of a theme, as it was left.
    pub(super) fn begin_split(&mut self, cx: &mut Cx<'_>, theme: ThemeId) {
        if cx.can_edit() {
            self.splitting = Some(theme);
            let split = self.splits.entry(theme).or_insert_with(Split::begun);
            split.wants_focus = split.name_wants_focus.is_none();
        }
    }

    /// Forgets what was sorted of a theme, once it is split.
    pub(super) fn end_split(&mut self, theme: ThemeId) {
        self.splits.remove(&theme);
        self.splitting.take_if(|splitting| *splitting == theme);
        self.select(Some(theme));
        self.focus_tree();
    }

    /// Goes to the tree, whatever is chosen in it.
    pub(super) fn stay(&mut self) {
        self.scroll = true;
        self.focus_tree();
    }

    /// Selects a theme, and goes to the tree.
    pub fn show(&mut self, theme: ThemeId) {
        self.splitting = None;
        self.select(Some(theme));
        self.focus_tree();
    }

    /// Begins a new theme beside the selected one, or below it.
    pub(super) fn begin_new(&mut self, cx: &mut Cx<'_>, below: bool) {
        if !cx.can_edit() {
            return;
        }
        let book = cx.study.codebook();
        let parent = match self.selection.at().and_then(|selected| book.get(selected)) {
            Some(theme) if below => Some(theme.id),
            Some(theme) => theme.parent,
            None => None,
        };
        self.filter.clear();
        self.rename = Some(Rename::new(Naming::New(parent), String::new()));
        self.scroll = true;
    }

    /// Goes to the first theme, if the one that was chosen is gone.
    pub(super) fn keep_place(&mut self, study: &Study) {
        let book = study.codebook();
        if self.selection.at().is_none_or(|selected| book.get(selected).is_none()) {
            self.selection = Selection::of(book.outline().first().map(|row| row.theme));
        }
    }

    /// Begins to rename a theme.
    pub(super) fn begin_rename(&mut self, cx: &mut Cx<'_>, theme: ThemeId) {
        if cx.can_edit()
            && let Some(theme) = cx.study.codebook().get(theme)
        {
            self.rename = Some(Rename::new(Naming::Old(theme.id), theme.name.clone()));
        }
    }
}

/// The part of the width that the theme has beside its tree: one in so many.
const RIGHT_PART: f32 = 2.4;

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    count(view, cx);
    view.splits.retain(|theme, _| cx.study.codebook().get(*theme).is_some());
    commands::run_waiting(ui, view, cx);
    let book = cx.study.codebook();
    if book.is_empty() && view.rename.is_none() {
        let what = "Themes are what you look for in the texts. They form a tree, each with a definition and rules for its use.";
        ui.painter().rect_filled(ui.max_rect(), 0.0, cx.tokens.colour.surface_paper);
        if empty(ui, cx.tokens, icons::TAG, "No themes yet", what, Some("Add a theme")) {
            view.begin_new(cx, false);
        }
        return;
    }
    view.keep_place(cx.study);
    if let Some(theme) = view.splitting.filter(|theme| book.get(*theme).is_some()) {
        editor::leave(view, cx);
        return split_view::show(ui, view, cx, theme);
    }
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let right_width = (whole.width() / RIGHT_PART).min(tokens.size.preview_pane + tokens.size.left_rail);
    // Where the two have no room beside each other, the theme stands below the tree.
    let (left, right) = if whole.width() < 2.0 * tokens.size.sources_pane {
        let middle = whole.center().y;
        (Rect::from_min_max(whole.min, pos2(whole.right(), middle)), Rect::from_min_max(pos2(whole.left(), middle), whole.max))
    } else {
        let left = Rect::from_min_max(whole.min, pos2(whole.right() - right_width, whole.bottom()));
        (left, Rect::from_min_max(left.right_top(), whole.max))
    };
    let title = format!("{} themes", book.len());
    let below = view_head(ui, tokens, left, &title, |ui| show_head(ui, view, cx));
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("tree"), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        tree::show(ui, view, cx);
    });
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("editor"), |ui| {
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        if view.compare.is_some() {
            editor::leave(view, cx);
            compare::show(ui, view, cx);
        } else if view.selection.is_several() {
            several::show(ui, view, cx);
        } else {
            editor::show(ui, view, cx);
        }
    });
    dialogs::show(ui, view, cx);
    example::show_choosing(ui, view, cx);
    compare::show_versions(ui, view, cx);
    status(view, cx);
}

/// Counts again in a job when the study has changed; the old counts stand until then.
fn count(view: &mut ThemesView, cx: &mut Cx<'_>) {
    if view.counted.is(cx.study) {
        return;
    }
    view.counted = Seen::of(cx.study);
    let study = Arc::clone(cx.study);
    cx.job("theme counts", "", move |_| Ok(Counts::of(&study)), |state, counts| state.themes.counts = counts);
}

fn show_head(ui: &mut Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let id = Id::unique(FILTER);
    if std::mem::take(&mut view.filter_wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let buttons = tokens.size.sources_pane;
    let width = (ui.available_width() - buttons).clamp(tokens.size.control, tokens.size.sources_pane);
    Field::new(id, "Filter themes", icons::LIST_FILTER).width(width).show(ui, tokens, &mut view.filter);
    ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one;
        show_more(ui, cx);
        let roomy = ui.available_width() > 2.0 * tokens.size.left_rail;
        for (command, words) in [(Command::NewSubTheme, "Sub-theme"), (Command::NewTheme, "Theme")] {
            if !roomy && command == Command::NewSubTheme {
                continue;
            }
            let button = Button::quiet(words).icon(icons::PLUS).show(ui, tokens);
            if button.on_hover_text(command.explained(ui.ctx())).clicked() {
                commands::run(view, cx, command);
            }
        }
    });
}

/// What is done with the codebook as a whole.
fn show_more(ui: &mut Ui, cx: &mut Cx<'_>) {
    let button = icon_button(ui, cx.tokens, icons::ELLIPSIS, "More", true);
    let tokens = cx.tokens;
    menu_below(tokens, &button, |ui| {
        for command in [Command::CompareCodebook, Command::PrintCodebook, Command::Export] {
            if menu_choice(ui, tokens, command.title(), false, true).clicked() {
                cx.run(command);
                ui.close();
            }
        }
    });
}

fn status(view: &ThemesView, cx: &mut Cx<'_>) {
    let book = cx.study.codebook();
    if view.selection.is_several() {
        cx.status.say(several(view.selection.themes().len(), "theme") + " chosen");
    } else if let Some(theme) = view.selection.at() {
        cx.status.say(format!("{} {}", book.number(theme), editor::long_path(book, theme)));
    }
    let undefined = view.counts.undefined;
    if undefined > 0 {
        cx.status.say(format!("{undefined} without a definition"));
    }
    for command in [Command::ReadTheme, Command::RenameTheme, Command::NewTheme] {
        cx.status.hint_command(command);
    }
    cx.status.hint(&["Shift", "↓"], "Choose several");
    for command in [
        Command::MergeThemes,
        Command::SplitTheme,
        Command::DeleteThemes,
        Command::MoveThemeUp,
        Command::MoveThemeDown,
        Command::MoveThemeOut,
        Command::MoveThemeIn,
    ] {
        cx.status.hint_command(command);
    }
}
