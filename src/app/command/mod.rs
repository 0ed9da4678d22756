//! What the analyst can do by key, menu or palette: one value each, with its name, its help, its keys and its icon.

use eframe::egui::{Event, Ui};

mod define;
mod key_map;
mod keys;
mod scope;
mod table;
mod told;

pub use key_map::{KeyMap, Refused};
pub use keys::Keys;
pub use scope::Scope;
pub use table::Command;

/// Whether the keys of one command were pressed, which works where others of its scope do not; they are taken out of the input.
#[must_use]
pub fn pressed_alone(ui: &Ui, command: Command) -> bool {
    let keys = KeyMap::of(ui.ctx());
    ui.input_mut(|input| keys.keys(command).iter().any(|keys| input.consume_key(keys.modifiers, keys.key)))
}

/// The commands of `scope` whose keys were pressed, in order; without `letters` those that are a letter or sign alone are left
/// to others. For whoever has the focus: the keys are taken out of the input, and the letter with them, so that it does not
/// arrive in a field that a command opens.
#[must_use]
pub fn pressed(ui: &Ui, scope: Scope, letters: bool) -> Vec<Command> {
    let keys = KeyMap::of(ui.ctx());
    ui.input_mut(|input| {
        let pressed = keys.pressed(input, scope, |_, pressed| letters || !pressed.types());
        if !pressed.is_empty() {
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
        pressed
    })
}
