use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui;
use eframe::egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::coder_menu;
use super::palette::{self, Palette};
use crate::app::command::Command;
use crate::app::context::Action;
use crate::app::icons;
use crate::app::state::View;
use crate::app::tokens::{Tokens, Type, family, font};
use crate::app::widgets::{Chip, chip, chip_width, elided, icon_button, paint_words, within, words};
use crate::app::worker::{JobState, OpenProject};
use crate::home::Identity;
use crate::project::{Access, EditSummary};
use crate::study::Study;

const SYNTHETIC: &str = "Synthetic data";

/// Said beside the coder who sees only own work.
const BLIND: &str = "Blind";

/// What the top bar shows.
pub struct TopBar<'a> {
    /// The study, for its name.
    pub study: &'a Arc<Study>,
    /// The project that is open.
    pub project: Option<&'a OpenProject>,
    /// Projects that were open, the last first.
    pub recent: &'a [PathBuf],
    /// The view that is shown, and whether the import sheet lies over it.
    pub here: (View, bool),
    /// The box.
    pub palette: &'a mut Palette,
    /// What undo would take back.
    pub undo: Option<&'a EditSummary>,
    /// What redo would bring back.
    pub redo: Option<&'a EditSummary>,
    /// Jobs that run, with their slots.
    pub jobs: Vec<(&'static str, &'a JobState)>,
    /// What the project's thread does, if it lasts; and if something is done, when to ask again.
    pub busy: Result<String, Option<Duration>>,
    /// Who edits.
    pub identity: &'a Identity,
    /// Whether an edit is under way.
    pub saving: bool,
}

/// Shows the bar in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, tokens: &Tokens, bar: TopBar<'_>, actions: &mut Vec<Action>) {
    let width = (rect.width() * BOX_SHARE).clamp(tokens.size.facets_pane, tokens.size.picker_width + tokens.space.six);
    // Where there is little room, undo and redo stay, the name is cut, and the box has what is left.
    let blind = if bar.study.alone().is_some() { chip_width(ui, tokens, Chip::Strong, BLIND) + tokens.space.two } else { 0.0 };
    let acts = 2.0 * tokens.size.control + tokens.size.control_small + 3.0 * tokens.space.four + blind;
    let narrow = rect.width() < width + 2.0 * (acts + tokens.size.left_rail);
    let middle = if narrow {
        let (left, right) = (rect.left() + tokens.size.left_rail * 2.0, rect.right() - acts - tokens.space.two);
        Rect::from_center_size(pos2(f32::midpoint(left, right), rect.center().y), vec2((right - left).max(0.0), tokens.size.control))
    } else {
        Rect::from_center_size(rect.center(), vec2(width, tokens.size.control))
    };
    let gap = if narrow { tokens.space.one } else { tokens.space.three };
    let left = Rect::from_min_max(rect.min, pos2(middle.left() - gap, rect.bottom()));
    let right = Rect::from_min_max(pos2(middle.right() + gap, rect.top()), rect.max);
    let TopBar { study, project, recent, here, palette, undo, redo, jobs, busy, identity, saving } = bar;
    let open = project.map(|project| project.path.as_path());
    within(ui, left, Layout::left_to_right(Align::Center), |ui| {
        show_name(ui, tokens, study, open, recent, actions);
    });
    within(ui, middle, Layout::top_down(Align::Min), |ui| palette::show(ui, tokens, palette, study, recent, here, actions));
    within(ui, right, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if narrow {
            ui.spacing_mut().item_spacing.x = tokens.space.half;
            ui.add_space(tokens.space.two);
            coder_menu::show(ui, tokens, (study, identity), project, actions);
            show_blind(ui, tokens, study);
        } else {
            show_saved(ui, tokens, saving);
            upright(ui, tokens);
            coder_menu::show(ui, tokens, (study, identity), project, actions);
            show_blind(ui, tokens, study);
            upright(ui, tokens);
        }
        show_undo(ui, tokens, Command::Redo, redo, actions);
        show_undo(ui, tokens, Command::Undo, undo, actions);
        for (slot, job) in jobs {
            show_job(ui, tokens, slot, job, actions);
        }
        show_busy(ui, tokens, busy);
    });
}

/// The share of the bar that the box has.
const BOX_SHARE: f32 = 0.31;

/// Whether all is saved, in a word with its sign.
fn show_saved(ui: &mut Ui, tokens: &Tokens, saving: bool) {
    ui.add_space(tokens.space.four);
    let saved = if saving { "Saving" } else { "Saved" };
    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, saved);
    ui.add_space(tokens.space.one);
    ui.spacing_mut().item_spacing.x = tokens.space.one;
    let (sign, _) = ui.allocate_exact_size(vec2(tokens.space.four, tokens.space.four), Sense::hover());
    let (icon, ink) = if saving { (icons::LOADER_CIRCLE, tokens.colour.ink_tertiary) } else { (icons::CHECK, tokens.colour.success_ink) };
    paint_words(ui.painter(), sign.center(), Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Body), ink);
}

fn upright(ui: &mut Ui, tokens: &Tokens) {
    let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.four, tokens.space.four), Sense::hover());
    let stroke = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().vline(rect.center().x, rect.y_range(), stroke);
}

/// The name of a project has at least so much of a pane's width before a chip stands beside it.
const NAME_FIRST: f32 = 0.7;

fn show_name(ui: &mut Ui, tokens: &Tokens, study: &Study, open: Option<&Path>, recent: &[PathBuf], actions: &mut Vec<Action>) {
    let colour = &tokens.colour;
    ui.spacing_mut().item_spacing.x = 0.0;
    // Where there is little room, what is needed to name the project comes before the sign.
    let sign = tokens.size.left_rail.min((ui.available_width() - tokens.size.left_rail).max(0.0));
    let (rect, _) = ui.allocate_exact_size(vec2(sign, tokens.size.top_bar), Sense::hover());
    let size = tokens.space.six + tokens.stroke.hairline;
    let sign = rect.center() - vec2(0.0, tokens.space.half);
    paint_words(ui.painter(), sign, Align2::CENTER_CENTER, "θ", font(size, family::SIGN), colour.accent);
    let name = if open.is_some() { study.project().name.as_str() } else { "Themata" };
    let synthetic = chip_width(ui, tokens, Chip::Notice, SYNTHETIC);
    let room = (ui.available_width() - tokens.size.control - tokens.space.two).max(0.0);
    // Rather a whole name without the chip than half a name beside it.
    let with_chip = study.project().synthetic && room - synthetic > tokens.size.sources_pane * NAME_FIRST;
    let room = if with_chip { room - synthetic } else { room };
    let galley = elided(ui.painter(), name, tokens.font(Type::PaneTitle), colour.ink, room);
    let arrow = tokens.space.four;
    let pad = tokens.space.two;
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + arrow + 2.0 * pad + tokens.space.half, tokens.size.control), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Project menu"));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), colour.surface_hover);
    }
    let at = pos2(rect.left() + pad, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour.ink);
    let arrow_at = pos2(rect.right() - pad, rect.center().y);
    paint_words(
        ui.painter(),
        arrow_at,
        Align2::RIGHT_CENTER,
        icons::CHEVRON_DOWN,
        tokens.small_icon_font(Type::Small),
        colour.ink_secondary,
    );
    egui::Popup::menu(&response).show(|ui| {
        for command in [Command::New, Command::Open] {
            menu_item(ui, tokens, command, actions);
        }
        for path in recent.iter().filter(|path| Some(path.as_path()) != open) {
            recent_item(ui, tokens, path, actions);
        }
        if open.is_some() {
            ui.separator();
            for command in [Command::Import, Command::Export, Command::Check, Command::Restore] {
                menu_item(ui, tokens, command, actions);
            }
        }
        ui.separator();
        for command in [Command::ChangeMode, Command::ZoomIn, Command::ZoomOut, Command::ZoomReset, Command::Settings, Command::ShowKeys] {
            menu_item(ui, tokens, command, actions);
        }
    });
    ui.add_space(tokens.space.one);
    if with_chip {
        chip(ui, tokens, Chip::Notice, SYNTHETIC).on_hover_text("This study was invented. Nobody real speaks in it.");
    }
}

/// A project that was open before: its name, and its folder on hover.
fn recent_item(ui: &mut Ui, tokens: &Tokens, path: &Path, actions: &mut Vec<Action>) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = egui::RichText::new(format!("{RECENT_INDENT}{name}")).color(tokens.colour.ink_secondary);
    let response = ui.add(egui::Button::new(name).frame_when_inactive(false)).on_hover_text(path.display().to_string());
    if response.clicked() {
        actions.push(Action::Open(path.to_path_buf(), Access::Write));
        ui.close();
    }
}

/// Sets recent projects off from the commands above them.
const RECENT_INDENT: &str = "    ";

/// A line of a menu that runs a command.
pub(super) fn menu_item(ui: &mut Ui, tokens: &Tokens, command: Command, actions: &mut Vec<Action>) {
    menu_item_called(ui, tokens, command.title(), command, actions);
}

/// The same under a name that says better what it is for here.
pub(super) fn menu_item_called(ui: &mut Ui, tokens: &Tokens, name: &str, command: Command, actions: &mut Vec<Action>) {
    ui.set_min_width(tokens.size.facets_pane);
    let keys = command.key_words(ui.ctx());
    let keys = egui::RichText::new(keys).color(tokens.colour.ink_tertiary).font(tokens.font(Type::Small));
    let button = egui::Button::new(name).shortcut_text(keys).frame_when_inactive(false);
    if ui.add(button).clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
}

fn show_undo(ui: &mut Ui, tokens: &Tokens, command: Command, edit: Option<&EditSummary>, actions: &mut Vec<Action>) {
    let keys = command.key_words(ui.ctx());
    let name = match edit {
        Some(edit) => format!("{}: {}  ({keys})", command.title(), edit.label),
        None => format!("Nothing to {}", command.title().to_lowercase()),
    };
    let icon = command.icon().unwrap_or(icons::UNDO_2);
    if icon_button(ui, tokens, icon, &name, edit.is_some()).clicked() {
        actions.push(Action::Run(command));
    }
}

/// What the project's thread does, once it lasts. It is done whole or not at all, and so has no *Cancel*.
fn show_busy(ui: &mut Ui, tokens: &Tokens, busy: Result<String, Option<Duration>>) {
    match busy {
        Ok(does) => {
            let says = format!("{does} …");
            let room = (ui.available_width() - tokens.size.sign - tokens.space.two).max(0.0);
            let galley = elided(ui.painter(), &says, tokens.font(Type::Small), tokens.colour.ink_secondary, room);
            let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &says));
            ui.painter().galley(rect.min, galley, tokens.colour.ink_secondary);
            response.on_hover_text("This cannot be cancelled: it is done as a whole.");
            let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.sign, tokens.size.sign), Sense::hover());
            crate::app::widgets::paint_ring(ui.painter(), tokens, rect.center(), 0.0);
        }
        Err(Some(again)) => ui.ctx().request_repaint_after(again),
        Err(None) => {}
    }
}

fn show_job(ui: &mut Ui, tokens: &Tokens, slot: &'static str, job: &JobState, actions: &mut Vec<Action>) {
    if icon_button(ui, tokens, icons::X, &format!("Cancel: {}", job.name), true).clicked() {
        actions.push(Action::Cancel(slot));
    }
    let says = match job.progress {
        Some((done, of)) => format!("{} {done} of {of}", job.name),
        None => format!("{} …", job.name),
    };
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, says);
    let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.sign, tokens.size.sign), Sense::hover());
    let share = job.progress.map_or(0.0, |(done, of)| done as f32 / of.max(1) as f32);
    crate::app::widgets::paint_ring(ui.painter(), tokens, rect.center(), share);
}

/// Says that only own work is shown, where it is.
fn show_blind(ui: &mut Ui, tokens: &Tokens, study: &Study) {
    if study.alone().is_some() {
        ui.add_space(tokens.space.two);
        chip(ui, tokens, Chip::Strong, BLIND).on_hover_text("Own work only is shown");
    }
}
