use super::table::Command;

/// Commands that are one act with nine numbers.
impl Command {
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
    fn slots_and_recent_themes_are_numbered() {
        assert_eq!(Command::AssignSlot9.assigned_slot(), Some(8));
        assert_eq!(Command::Slot1.slot(), Some(0));
        assert_eq!(Command::Recent9.recent(), Some(8));
        assert_eq!(Command::Recode.slot().or(Command::Slot1.recent()), None);
    }
}
