/// Those of many that are drawn.
pub(super) struct Most<T> {
    /// Them, in their order.
    pub shown: Vec<T>,
    /// How many there are.
    pub of: usize,
}

/// The `room` things that have most, in the order in which they came; of equals the earlier.
pub(super) fn of_most<T: Clone>(all: impl IntoIterator<Item = T>, room: usize, amount: impl Fn(&T) -> u64) -> Most<T> {
    let all: Vec<T> = all.into_iter().collect();
    let mut places: Vec<usize> = (0..all.len()).collect();
    let amounts: Vec<u64> = all.iter().map(amount).collect();
    places.sort_by_key(|place| std::cmp::Reverse(amounts.get(*place)));
    places.truncate(room);
    places.sort_unstable();
    Most { of: all.len(), shown: places.into_iter().filter_map(|place| all.get(place).cloned()).collect() }
}

impl<T> Most<T> {
    /// What is left out, in a sentence; nothing where nothing is.
    pub fn says(&self, what: &str, which: &str) -> Option<String> {
        let shown = self.shown.len();
        (shown < self.of).then(|| format!("Shown are {shown} of {} {what}: those {which}.", super::thousands(self.of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_with_most_are_shown_in_their_order_and_it_is_said() {
        let most = of_most([3, 9, 1, 9, 4], 3, |value| *value);
        assert_eq!(most.shown, [9, 9, 4]);
        assert_eq!(most.says("themes", "with most passages").unwrap(), "Shown are 3 of 5 themes: those with most passages.");
        assert_eq!(of_most([1, 2], 2, |value| *value).says("themes", "with most"), None);
        assert!(of_most(0..2000, 60, |_| 0).says("themes", "with most").unwrap().contains("2,000"));
    }
}
