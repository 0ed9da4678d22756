use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Context, Id, Key};
use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::scope::Scope;
use super::table::Command;
use crate::text::fold;

/// Which keys run which command: the shipped ones, and what the user has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>", into = "BTreeMap<String, Vec<String>>")]
pub struct KeyMap {
    changed: BTreeMap<Command, Vec<Keys>>,
    /// Whether keys that are a letter or sign alone do nothing now, and so are not told.
    without_letters: bool,
}

/// Why a command cannot have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Another command has them where this one works.
    Taken(Command),
    /// A field or a list needs them, or they type something in a field.
    Needed,
}

impl KeyMap {
    /// The keys of this window.
    #[must_use]
    pub fn of(ctx: &Context) -> Arc<Self> {
        ctx.data_mut(|data| data.get_temp_mut_or_default::<Arc<Self>>(Id::NULL).clone())
    }

    /// Makes these the keys of the window, with or without those that are a letter or sign alone.
    pub fn use_in(self, ctx: &Context, letters: bool) {
        ctx.data_mut(|data| data.insert_temp(Id::NULL, Arc::new(Self { without_letters: !letters, ..self })));
    }

    /// The keys of a command that are told: the first of those that work.
    fn told(&self, command: Command) -> Option<Keys> {
        self.keys(command).iter().copied().find(|keys| !(self.without_letters && keys.types()))
    }

    /// The keys of a command; the first are the ones shown.
    #[must_use]
    pub fn keys(&self, command: Command) -> &[Keys] {
        self.changed.get(&command).map_or_else(|| command.shipped_keys(), Vec::as_slice)
    }

    /// The keys that are shown, one beside the other; nothing where there are none.
    #[must_use]
    pub fn names(&self, command: Command) -> Vec<&'static str> {
        self.told(command).map(Keys::names).unwrap_or_default()
    }

    /// The same in one word ("Ctrl+K").
    #[must_use]
    pub fn words(&self, command: Command) -> String {
        self.names(command).join("+")
    }

    /// The keys of a command in a sentence, its name where it has none.
    #[must_use]
    pub fn named(&self, command: Command) -> String {
        self.told(command).map_or_else(|| format!("“{}”", command.title()), Keys::words)
    }

    /// Name and keys of a command, for a tooltip; below them what it does, where that says more than its name.
    #[must_use]
    pub fn tooltip(&self, command: Command) -> String {
        let named = match self.told(command) {
            Some(keys) => format!("{}  ({})", command.title(), keys.words()),
            None => command.title().to_owned(),
        };
        if says_more(command) { format!("{named}\n{}", command.help()) } else { named }
    }

    /// Whether the user has changed the command's keys.
    #[must_use]
    pub fn is_changed(&self, command: Command) -> bool {
        self.changed.contains_key(&command)
    }

    /// Gives a command these keys in the place of those it has.
    ///
    /// # Errors
    /// [`Refused`] when it cannot have them; nothing is changed.
    pub fn set(&mut self, command: Command, keys: Vec<Keys>) -> Result<(), Refused> {
        for keys in &keys {
            self.may_have(command, *keys)?;
        }
        self.changed.insert(command, keys);
        if self.keys(command) == command.shipped_keys() {
            self.changed.remove(&command);
        }
        Ok(())
    }

    /// Gives a command these keys besides those it has.
    ///
    /// # Errors
    /// [`Refused`] when it cannot have them; nothing is changed.
    pub fn add(&mut self, command: Command, keys: Keys) -> Result<(), Refused> {
        let others = self.keys(command).iter().copied().filter(|other| *other != keys);
        let all = others.chain(std::iter::once(keys)).collect();
        self.set(command, all)
    }

    /// Gives a command the keys it was shipped with.
    ///
    /// # Errors
    /// [`Refused::Taken`] when another command has them now.
    pub fn reset(&mut self, command: Command) -> Result<(), Refused> {
        self.set(command, command.shipped_keys().to_vec())
    }

    /// Takes the keys away from whichever other command has them where `command` works.
    pub fn free(&mut self, command: Command, keys: Keys) {
        while let Some(other) = self.taken_by(command, keys) {
            let left = self.keys(other).iter().copied().filter(|own| *own != keys).collect();
            self.changed.insert(other, left);
        }
    }

    fn may_have(&self, command: Command, keys: Keys) -> Result<(), Refused> {
        let shipped = command.shipped_keys().contains(&keys);
        let scope = command.scope();
        // A table goes to its first and last row with keys that a text has for nothing else.
        let moves = keys.is_of_every_widget() || scope != Scope::Text && keys.moves_in_tables();
        if !shipped && (moves || scope.takes_no_letters() && keys.types()) {
            return Err(Refused::Needed);
        }
        self.taken_by(command, keys).map_or(Ok(()), |other| Err(Refused::Taken(other)))
    }

    fn taken_by(&self, command: Command, keys: Keys) -> Option<Command> {
        let mut others = Command::ALL.iter().copied().filter(|other| *other != command && other.scope().meets(command.scope()));
        others.find(|other| self.keys(*other).contains(&keys))
    }

    /// The commands of `scope` whose keys were pressed and are `allowed` now; their events are taken out of the input.
    #[must_use]
    pub fn pressed(&self, input: &mut egui::InputState, scope: Scope, allowed: impl Fn(Command, Keys) -> bool) -> Vec<Command> {
        let mut commands = Vec::new();
        input.events.retain(|event| {
            let found = match event {
                // The window system turns Ctrl+C into an event of its own.
                egui::Event::Copy => {
                    let found = (scope == Command::Copy.scope()).then_some(Command::Copy);
                    found.filter(|command| allowed(*command, Keys::ctrl(Key::C)))
                }
                egui::Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                    let of_scope = Command::ALL.iter().copied().filter(|command| command.scope() == scope);
                    let mut all = of_scope.flat_map(|command| self.keys(command).iter().map(move |keys| (command, *keys)));
                    let found = all.find(|(_, keys)| keys.are(*key, *physical_key, *modifiers));
                    found.filter(|(command, keys)| allowed(*command, *keys)).map(|(command, _)| command)
                }
                _ => None,
            };
            commands.extend(found);
            found.is_none()
        });
        commands
    }
}

/// Whether the help of a command says more than its name: other words, not the same ones in a sentence.
fn says_more(command: Command) -> bool {
    let words = |said: &str| -> Vec<String> {
        let letters = fold(said);
        letters.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2).map(str::to_owned).collect()
    };
    let named = words(command.title());
    // "Opens" says no more than "open", "sentences" no more than "sentence".
    let is_named = |word: &String| named.iter().any(|name| word.starts_with(name.as_str()) || name.starts_with(word.as_str()));
    words(command.help()).iter().filter(|word| !matches!(word.as_str(), "the" | "and") && !is_named(word)).count() > 1
}

/// What the user has changed, by the names of commands and keys.
impl From<KeyMap> for BTreeMap<String, Vec<String>> {
    fn from(map: KeyMap) -> Self {
        map.changed.into_iter().map(|(command, keys)| (command.name().to_owned(), keys.iter().map(Keys::to_string).collect())).collect()
    }
}

/// Names that no version knows, and keys that would clash with others, are passed over: a settings file of another version
/// must not leave a key with two meanings.
impl From<BTreeMap<String, Vec<String>>> for KeyMap {
    fn from(names: BTreeMap<String, Vec<String>>) -> Self {
        let mut map = Self::default();
        let mut changes = Vec::new();
        for (name, keys) in names {
            let Some(command) = Command::named(&name) else { continue };
            let keys: Vec<Keys> = keys.iter().filter_map(|keys| keys.parse().ok()).collect();
            // First all give up what they have, so that keys can have changed places.
            map.changed.insert(command, Vec::new());
            changes.push((command, keys));
        }
        for (command, keys) in changes {
            if map.set(command, keys).is_err() && map.reset(command).is_err() {
                map.changed.insert(command, Vec::new());
            }
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clashes(map: &KeyMap) -> Vec<(Command, Command)> {
        let all: Vec<_> = Command::ALL.iter().flat_map(|command| map.keys(*command).iter().map(move |keys| (*command, *keys))).collect();
        let mut found = Vec::new();
        for (index, (one, keys)) in all.iter().enumerate() {
            let others = all.iter().skip(index + 1).filter(|(other, others)| one.scope().meets(other.scope()) && keys == others);
            found.extend(others.map(|(other, _)| (*one, *other)));
        }
        found
    }

    #[test]
    fn no_two_commands_share_keys() {
        assert_eq!(clashes(&KeyMap::default()), []);
    }

    #[test]
    fn letters_can_be_switched_off_as_a_whole() {
        let map = KeyMap::default();
        for (command, single) in
            [(Command::Theme, true), (Command::Slot3, true), (Command::Undo, false), (Command::LineUp, false), (Command::EndBack, true)]
        {
            assert_eq!(map.keys(command).first().is_some_and(|keys| keys.types()), single, "{command:?}");
        }
        assert!(map.keys(Command::Theme).iter().any(|keys| !keys.types()), "the picker opens by Enter without letters too");
    }

    #[test]
    fn keys_are_changed_without_a_clash() {
        let mut map = KeyMap::default();
        let r = Keys::plain(Key::R);
        assert_eq!(map.set(Command::Memo, vec![r]), Err(Refused::Taken(Command::Recode)));
        assert_eq!(map, KeyMap::default());
        map.free(Command::Memo, r);
        map.set(Command::Memo, vec![r]).unwrap();
        assert_eq!((map.keys(Command::Memo), map.keys(Command::Recode)), ([r].as_slice(), [].as_slice()));
        assert_eq!(map.reset(Command::Recode), Err(Refused::Taken(Command::Memo)));
        map.reset(Command::Memo).unwrap();
        map.reset(Command::Recode).unwrap();
        assert_eq!(map, KeyMap::default());
        // What is typed into fields, and what moves in lists, is no key of a command that works everywhere.
        for keys in [Keys::plain(Key::B), Keys::shift(Key::B), Keys::plain(Key::Enter), Keys::plain(Key::Tab), Keys::ctrl(Key::Tab)] {
            assert_eq!(map.set(Command::Save, vec![keys]), Err(Refused::Needed), "{keys}");
        }
        assert_eq!(map.set(Command::MergeCase, vec![Keys::ctrl(Key::End)]), Err(Refused::Needed));
        map.set(Command::Save, vec![Keys::plain(Key::F9)]).unwrap();
        map.set(Command::Recode, vec![Keys::plain(Key::B)]).unwrap();
        assert_eq!(clashes(&map), []);
    }

    #[test]
    fn a_command_has_several_keys_or_none() {
        let mut map = KeyMap::default();
        let (m, f9) = (Keys::plain(Key::M), Keys::plain(Key::F9));
        map.add(Command::Memo, f9).unwrap();
        map.add(Command::Memo, f9).unwrap();
        assert_eq!(map.keys(Command::Memo), [m, f9]);
        assert_eq!(map.add(Command::Memo, Keys::plain(Key::R)), Err(Refused::Taken(Command::Recode)));
        assert_eq!(map.keys(Command::Memo), [m, f9]);
        map.set(Command::Memo, Vec::new()).unwrap();
        assert_eq!((map.keys(Command::Memo), map.words(Command::Memo).as_str()), ([].as_slice(), ""));
        assert_eq!(map.tooltip(Command::Memo).lines().next(), Some("Memo"));
        let kept: KeyMap = serde_json::from_value(serde_json::to_value(&map).unwrap()).unwrap();
        assert_eq!(kept, map);
    }

    #[test]
    fn only_keys_that_work_are_told() {
        let map = KeyMap { without_letters: true, ..KeyMap::default() };
        assert_eq!([Command::Memo, Command::Theme, Command::Undo].map(|command| map.words(command)), ["", "↵", "Ctrl+Z"]);
        // What a command does is told below its name, where that says more.
        assert_eq!(KeyMap::default().tooltip(Command::ShowNotes), "Notes  (Ctrl+5)");
        assert_eq!(KeyMap::default().tooltip(Command::InVivo), "In vivo  (V)\nA theme named by the selected words.");
    }

    #[test]
    fn keys_are_kept_and_a_strange_file_makes_no_clash() {
        let mut map = KeyMap::default();
        // Two commands have changed places.
        let (m, r) = (Keys::plain(Key::M), Keys::plain(Key::R));
        map.free(Command::Memo, r);
        map.set(Command::Memo, vec![r]).unwrap();
        map.set(Command::Recode, vec![m]).unwrap();
        let kept = serde_json::to_value(&map).unwrap();
        assert_eq!(kept, serde_json::json!({"Memo": ["R"], "Recode": ["M"]}));
        assert_eq!(serde_json::from_value::<KeyMap>(kept).unwrap(), map);
        let strange = serde_json::json!({"Memo": ["Q"], "Nothing": ["Q"], "Recode": ["Hyper+K", "B"], "Save": ["x"], "Quote": ["Ctrl+Q"]});
        let map: KeyMap = serde_json::from_value(strange).unwrap();
        assert_eq!(clashes(&map), []);
        assert_eq!(map.keys(Command::Recode), [Keys::plain(Key::B)]);
        assert_eq!(map.keys(Command::Save), KeyMap::default().keys(Command::Save));
    }
}
