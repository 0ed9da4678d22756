use serde::{Deserialize, Serialize};

use super::change::LoggedChange;
use super::ids::{CoderId, DeviceId};

/// The identity of an edit, the same in every copy of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EditId {
    /// The device that made it.
    pub device: DeviceId,
    /// The device's count of its edits in this project, from 1.
    pub counter: u64,
}

/// A hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a count in the lower 16.
///
/// It follows the wall clock but never runs backwards, so that edits of several devices have one order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HybridTime(pub u64);

impl HybridTime {
    /// The time of the next edit, when the last one known was at `self` and the wall shows `now` (milliseconds since 1970).
    #[must_use]
    pub fn tick(self, now: i64) -> Self {
        let wall = u64::try_from(now).unwrap_or(0) << 16;
        Self(wall.max(self.0 + 1))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        (self.0 >> 16).cast_signed()
    }
}

/// An edit as it stands in the log of every copy: what another log needs to be united with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Identity.
    pub id: EditId,
    /// When, in the order of all devices.
    pub clock: HybridTime,
    /// Who.
    pub coder: CoderId,
    /// What it changed.
    pub changes: Vec<LoggedChange>,
}

impl Edit {
    /// Its place among the edits of all devices.
    #[must_use]
    pub const fn place(&self) -> (HybridTime, EditId) {
        (self.clock, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_runs_backwards() {
        let first = HybridTime::default().tick(1_000);
        assert_eq!(first.millis(), 1_000);
        let second = first.tick(900);
        assert!(second > first);
        assert!(second.tick(1_001) > second);
    }
}
