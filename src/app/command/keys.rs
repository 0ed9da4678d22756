use std::fmt;
use std::str::FromStr;

use eframe::egui::{Key, Modifiers};

/// Keys pressed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Ctrl (⌘ on a Mac), Shift, Alt.
    pub modifiers: Modifiers,
    /// The key itself.
    pub key: Key,
}

impl Keys {
    pub(super) const fn plain(key: Key) -> Self {
        Self { modifiers: Modifiers::NONE, key }
    }

    pub(super) const fn shift(key: Key) -> Self {
        Self { modifiers: Modifiers::SHIFT, key }
    }

    pub(super) const fn alt(key: Key) -> Self {
        Self { modifiers: Modifiers::ALT, key }
    }

    pub(super) const fn alt_shift(key: Key) -> Self {
        Self { modifiers: Modifiers { alt: true, ..Modifiers::SHIFT }, key }
    }

    pub(super) const fn ctrl(key: Key) -> Self {
        Self { modifiers: Modifiers::COMMAND, key }
    }

    pub(super) const fn ctrl_shift(key: Key) -> Self {
        Self { modifiers: Modifiers { shift: true, ..Modifiers::COMMAND }, key }
    }

    /// The keys of a press, as the window system tells of it. A sign that Shift makes is known by the key it stands on.
    #[must_use]
    pub fn of_press(key: Key, physical: Option<Key>, modifiers: Modifiers) -> Self {
        let key = physical.filter(|physical| is_sign(*physical)).unwrap_or(key);
        let command = modifiers.command || modifiers.ctrl;
        Self { modifiers: Modifiers { alt: modifiers.alt, shift: modifiers.shift, command, ..Modifiers::NONE }, key }
    }

    /// The keys as printed on them, to be shown one beside the other.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let mut names = self.modifier_names();
        names.push(match self.key {
            Key::Enter => "↵",
            Key::Escape => "Esc",
            Key::Delete => "Del",
            Key::ArrowUp => "↑",
            Key::ArrowDown => "↓",
            Key::ArrowLeft => "←",
            Key::ArrowRight => "→",
            Key::PageUp => "PgUp",
            Key::PageDown => "PgDn",
            key => key.symbol_or_name(),
        });
        names
    }

    fn modifier_names(self) -> Vec<&'static str> {
        let Modifiers { alt, shift, .. } = self.modifiers;
        let command = self.modifiers.command || self.modifiers.ctrl;
        [(command, "Ctrl"), (alt, "Alt"), (shift, "Shift")].into_iter().filter_map(|(on, name)| on.then_some(name)).collect()
    }

    /// The same in one word ("Ctrl+K"), to be shown.
    #[must_use]
    pub fn words(self) -> String {
        self.names().join("+")
    }

    /// Whether an event of `key` with these modifiers is this combination. The physical key is looked at too, because
    /// Shift turns digits and brackets into other signs.
    #[must_use]
    pub fn are(self, key: Key, physical: Option<Key>, modifiers: Modifiers) -> bool {
        let same_key = key == self.key || (is_sign(self.key) && physical == Some(self.key));
        let command = self.modifiers.command == (modifiers.command || modifiers.ctrl);
        same_key && command && self.modifiers.shift == modifiers.shift && self.modifiers.alt == modifiers.alt
    }

    /// Whether it is a letter or sign without Ctrl or Alt, which types something in a field.
    #[must_use]
    pub fn types(self) -> bool {
        let name = self.key.symbol_or_name();
        let arrow = matches!(self.key, Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight);
        !(self.modifiers.command || self.modifiers.ctrl || self.modifiers.alt) && name.chars().count() == 1 && !arrow
    }

    /// Whether a table goes somewhere with it, besides what [`Keys::is_of_every_widget`] says.
    pub(super) const fn moves_in_tables(self) -> bool {
        let command = self.modifiers.command || self.modifiers.ctrl;
        command && matches!(self.key, Key::Home | Key::End)
    }

    /// Whether it means something everywhere in a window, also in a field or list.
    pub(super) const fn is_of_every_widget(self) -> bool {
        let plain = !(self.modifiers.command || self.modifiers.ctrl || self.modifiers.alt);
        matches!(self.key, Key::Tab)
            || plain
                && matches!(
                    self.key,
                    Key::Enter
                        | Key::Escape
                        | Key::Space
                        | Key::Delete
                        | Key::Backspace
                        | Key::Home
                        | Key::End
                        | Key::PageUp
                        | Key::PageDown
                        | Key::Insert
                        | Key::ArrowUp
                        | Key::ArrowDown
                        | Key::ArrowLeft
                        | Key::ArrowRight
                )
    }
}

/// As kept in the user's settings.
impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.modifier_names();
        names.push(self.key.name());
        f.write_str(&names.join("+"))
    }
}

/// A name of keys that nobody wrote.
#[derive(Debug, thiserror::Error)]
#[error("there are no keys of the name {0}")]
pub struct NoSuchKeys(String);

impl FromStr for Keys {
    type Err = NoSuchKeys;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        let (before, key) = words.rsplit_once('+').unwrap_or(("", words));
        let key = Key::from_name(key).ok_or_else(|| NoSuchKeys(words.to_owned()))?;
        let mut modifiers = Modifiers::NONE;
        for name in before.split('+').filter(|name| !name.is_empty()) {
            match name {
                "Ctrl" => modifiers.command = true,
                "Alt" => modifiers.alt = true,
                "Shift" => modifiers.shift = true,
                _ => return Err(NoSuchKeys(words.to_owned())),
            }
        }
        Ok(Self { modifiers, key })
    }
}

/// Keys whose sign depends on Shift.
const fn is_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Num0
            | Key::Num1
            | Key::Num2
            | Key::Num3
            | Key::Num4
            | Key::Num5
            | Key::Num6
            | Key::Num7
            | Key::Num8
            | Key::Num9
            | Key::Comma
            | Key::Period
            | Key::OpenBracket
            | Key::CloseBracket
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_signs_are_known_by_their_place() {
        let keys = Keys::ctrl_shift(Key::Num1);
        let modifiers = Modifiers { shift: true, ctrl: true, command: true, ..Modifiers::NONE };
        assert!(keys.are(Key::Exclamationmark, Some(Key::Num1), modifiers));
        assert!(!keys.are(Key::Exclamationmark, Some(Key::Num1), Modifiers::SHIFT));
        assert_eq!(Keys::of_press(Key::Exclamationmark, Some(Key::Num1), modifiers), keys);
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        for key in Key::ALL {
            for keys in [Keys::plain(*key), Keys::shift(*key), Keys::alt_shift(*key), Keys::ctrl(*key), Keys::ctrl_shift(*key)] {
                assert_eq!(keys.to_string().parse::<Keys>().unwrap(), keys, "{keys}");
            }
        }
        for words in ["", "Ctrl", "Hyper+K", "Ctrl+", "Ctrl+Nokey"] {
            assert!(words.parse::<Keys>().is_err(), "{words}");
        }
    }
}
