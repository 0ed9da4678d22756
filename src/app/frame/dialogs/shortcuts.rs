use eframe::egui::{Align, Id, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::dialog::{Stays, head};
use super::path_field::take_focus;
use crate::app::command::{Command, KeyMap};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Button, Field, fit_width, key_caps, paint_elided, within, words};
use crate::text::fold;

/// Every command with its keys, to be looked up.
#[derive(Default)]
pub struct ShortcutsDialog {
    filter: String,
    shown: bool,
}

pub(super) fn show(ui: &mut Ui, dialog: &mut ShortcutsDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    let room = ui.ctx().content_rect().size();
    let column = tokens.size.inspector_pane;
    let gap = tokens.space.eight;
    let columns = if room.x > 2.0 * column + gap + 4.0 * tokens.space.eight { 2 } else { 1 };
    fit_width(ui, tokens, column * columns as f32 + gap * (columns - 1) as f32);
    head(ui, tokens, "Keys", "What every command does is said where the pointer rests on it.");
    let field = Field::new(Id::unique("filter of keys"), "Filter commands", icons::LIST_FILTER).show(ui, tokens, &mut dialog.filter);
    let mut fresh = !std::mem::replace(&mut dialog.shown, true);
    take_focus(&field, &mut fresh);
    let groups = fitting(&dialog.filter);
    let height = (room.y - 2.0 * tokens.size.top_bar - 6.0 * tokens.size.control).max(tokens.size.control);
    ScrollArea::vertical().id_salt("keys").max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        if groups.is_empty() {
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "No command is called so.");
        }
        let lines = |group: &(&str, Vec<Command>)| group.1.len() + HEADING;
        let half = groups.iter().map(lines).sum::<usize>().div_ceil(columns);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let mut left = groups.as_slice();
            for _ in 0..columns {
                let filled = |groups: &[(&str, Vec<Command>)]| groups.iter().map(lines).sum::<usize>();
                let taken = (1..=left.len()).find(|taken| left.get(..*taken).is_some_and(|here| filled(here) >= half));
                let (here, rest) = left.split_at_checked(taken.unwrap_or(left.len())).unwrap_or((left, &[]));
                left = rest;
                ui.vertical(|ui| {
                    ui.set_width(column.min(ui.available_width()));
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (name, commands) in here {
                        show_group(ui, tokens, name, commands);
                    }
                });
            }
        });
    });
    let mut stays = Stays::Open;
    ui.add_space(tokens.space.one);
    ui.horizontal_wrapped(|ui| {
        if Button::primary("Close").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
        if Button::quiet("Change keys…").icon(icons::KEYBOARD).show(ui, tokens).clicked() {
            cx.run(Command::ChangeKeys);
            stays = Stays::Closed;
        }
    });
    stays
}

/// How many lines the name of a group takes.
const HEADING: usize = 2;

/// The groups of commands whose names or help hold every word of the filter.
pub(super) fn fitting(filter: &str) -> Vec<(&'static str, Vec<Command>)> {
    let wanted = fold(filter);
    let fits = |command: &Command| {
        let said = fold(&format!("{} {}", command.title(), command.help()));
        wanted.split_whitespace().all(|word| said.contains(word))
    };
    let groups = Command::GROUPS.iter().map(|(name, commands)| (*name, commands.iter().copied().filter(fits).collect::<Vec<_>>()));
    groups.filter(|(_, commands)| !commands.is_empty()).collect()
}

fn show_group(ui: &mut Ui, tokens: &Tokens, name: &str, commands: &[Command]) {
    ui.add_space(tokens.space.two);
    words(ui, tokens, Type::MicroStrong, tokens.colour.ink_tertiary, name);
    ui.add_space(tokens.space.one);
    let map = KeyMap::of(ui.ctx());
    for command in commands {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", command.title(), map.words(*command))));
        let mut end = rect.right();
        within(ui, rect, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            for keys in map.keys(*command).iter().take(2).rev() {
                end = key_caps(ui, tokens, &keys.names()).rect.left();
            }
        });
        let font = tokens.font(Type::Body);
        paint_elided(ui.painter(), rect.left(), end - tokens.space.two, rect.center().y, command.title(), font, tokens.colour.ink);
        response.on_hover_text(command.help());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_what_they_do() {
        let names = |filter| fitting(filter).into_iter().flat_map(|(_, commands)| commands).collect::<Vec<_>>();
        assert_eq!(names(""), Command::ALL);
        assert!(names("theme picker").contains(&Command::Theme));
        assert_eq!(names("no such thing at all"), []);
    }
}
