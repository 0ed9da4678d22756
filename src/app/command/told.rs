//! What a command tells of itself: its keys in this window, and the number in its name.

use eframe::egui::Context;

use super::key_map::KeyMap;
use super::table::Command;

impl Command {
    /// The command of this name in settings.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Its name and the keys it has in this window, for a tooltip.
    #[must_use]
    pub fn tooltip(self, ctx: &Context) -> String {
        KeyMap::of(ctx).tooltip(self)
    }

    /// What it does and the keys it has in this window, for the tooltip of a button that bears its name.
    #[must_use]
    pub fn explained(self, ctx: &Context) -> String {
        let keys = self.key_words(ctx);
        if keys.is_empty() { self.help().to_owned() } else { format!("{}  ({keys})", self.help()) }
    }

    /// The keys it has in this window, in one word ("Ctrl+K"); empty where it has none.
    #[must_use]
    pub fn key_words(self, ctx: &Context) -> String {
        KeyMap::of(ctx).words(self)
    }

    /// The same, one beside the other.
    #[must_use]
    pub fn key_names(self, ctx: &Context) -> Vec<&'static str> {
        KeyMap::of(ctx).names(self)
    }

    /// The number of the slot that the command applies.
    #[must_use]
    pub fn slot(self) -> Option<usize> {
        Self::number(self, Self::Slot1, Self::Slot9)
    }

    /// The number of the slot that the command fills.
    #[must_use]
    pub fn assigned_slot(self) -> Option<usize> {
        Self::number(self, Self::AssignSlot1, Self::AssignSlot9)
    }

    /// The number of the new sub-theme into which the command sorts.
    #[must_use]
    pub fn sub_theme(self) -> Option<usize> {
        Self::number(self, Self::SortUnder1, Self::SortUnder9)
    }

    /// The place among the themes applied lately that the command means.
    #[must_use]
    pub fn recent(self) -> Option<usize> {
        Self::number(self, Self::Recent1, Self::Recent9)
    }

    fn number(self, first: Self, last: Self) -> Option<usize> {
        let (at, first, last) = (self as usize, first as usize, last as usize);
        (first..=last).contains(&at).then(|| at - first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_numbered() {
        assert_eq!(Command::AssignSlot9.assigned_slot(), Some(8));
        assert_eq!(Command::Slot1.slot(), Some(0));
        assert_eq!((Command::SortUnder9.sub_theme(), Command::Unsort.sub_theme()), (Some(8), None));
        assert_eq!(Command::Recent9.recent(), Some(8));
        assert_eq!(Command::Recode.slot(), None);
    }

    #[test]
    fn every_command_says_what_it_does() {
        for command in Command::ALL {
            assert!(command.help().ends_with('.') && !command.title().is_empty(), "{command:?}: {}", command.help());
            assert_eq!(Command::named(command.name()), Some(*command));
        }
        let grouped: Vec<Command> = Command::GROUPS.iter().flat_map(|(_, commands)| commands.iter().copied()).collect();
        assert_eq!(grouped, Command::ALL);
        let mut titles: Vec<&str> = Command::ALL.iter().map(|command| command.title()).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), Command::ALL.len(), "two commands of one name");
    }
}
