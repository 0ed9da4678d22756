use eframe::egui::{Context, Response, Ui};

use crate::app::command::{Command, KeyMap};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Tokens;
use crate::app::widgets::icon_button;

/// Names in the status bar the keys of a command and what it does here; nothing where it has none that work now.
pub fn hint(ctx: &Context, cx: &mut Cx<'_>, command: Command, does: &'static str) {
    let map = KeyMap::of(ctx);
    let works = |keys: &&crate::app::command::Keys| cx.settings.single_letters || !keys.types();
    if let Some(keys) = map.keys(command).iter().find(works) {
        cx.status.hint(&keys.names(), does);
    }
}

/// Names the keys of a list of passages.
pub fn hint_passages(ctx: &Context, cx: &mut Cx<'_>) {
    cx.status.hint(&["↑", "↓"], "Move");
    for (command, does) in [
        (Command::TurnsAround, "Turns before and after"),
        (Command::OpenPassage, "Open in Read"),
        (Command::RecodePassage, "Recode"),
        (Command::QuotePassage, "Quote"),
        (Command::ContraryPassage, "Contrary"),
    ] {
        hint(ctx, cx, command, does);
    }
}

/// The icon button of a command under `name`, which tells its keys on hover.
pub fn command_button(ui: &mut Ui, tokens: &Tokens, command: Command, icon: char, name: &str) -> Response {
    let keys = command.key_words(ui.ctx());
    let response = icon_button(ui, tokens, icon, name, true);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys.as_str()));
    if keys.is_empty() { response } else { response.on_hover_text(keys) }
}

/// The same with the command's own icon and name.
pub fn button_of(ui: &mut Ui, tokens: &Tokens, command: Command) -> Response {
    command_button(ui, tokens, command, command.icon().unwrap_or(icons::ELLIPSIS), command.title())
}
