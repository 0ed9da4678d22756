use super::dialogs::Dialog;
use super::messages::Messages;
use super::palette::Palette;
use crate::app::command::{Command, KeyMap};

/// What the bars remember.
#[derive(Default)]
pub struct FrameState {
    /// Messages and errors.
    pub messages: Messages,
    /// The box at the top.
    pub palette: Palette,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The edit whose undoing was announced because it touches nothing on screen or very much; a second press undoes it.
    pub announced_undo: Option<u64>,
}

/// The keys of a hint.
pub enum HintKeys {
    /// Those that lists and fields have.
    Fixed(Vec<&'static str>),
    /// Those of a command, which the user can change.
    Of(Command),
}

impl HintKeys {
    /// What the command does, in a sentence.
    pub(super) const fn help(&self) -> &'static str {
        match self {
            Self::Fixed(_) => "",
            Self::Of(command) => command.help(),
        }
    }

    /// Whether they do anything now, where `typing` is whether one types into a field.
    pub(super) fn work(&self, typing: bool) -> bool {
        !typing || !matches!(self, Self::Of(command) if !command.scope().works_in_fields())
    }

    /// As they are printed on the keys; nothing where a command has none.
    pub(super) fn names(&self, map: &KeyMap) -> Vec<&'static str> {
        match self {
            Self::Fixed(names) => names.clone(),
            Self::Of(command) => map.names(*command),
        }
    }
}

/// What the view of this frame says at the bottom of the window.
#[derive(Default)]
pub struct StatusLine {
    /// Where one is, each part a few words.
    pub parts: Vec<String>,
    /// The keys that work here and what they do, most useful first.
    pub hints: Vec<(HintKeys, &'static str)>,
}

impl StatusLine {
    /// Says where one is.
    pub fn say(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    /// Names keys that work here.
    pub fn hint(&mut self, keys: &[&'static str], does: &'static str) {
        self.hints.push((HintKeys::Fixed(keys.to_vec()), does));
    }

    /// Names the keys that a command has.
    pub fn hint_command(&mut self, command: Command) {
        self.hints.push((HintKeys::Of(command), command.title()));
    }
}
