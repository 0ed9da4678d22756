//! Which tint stands for how many: one count for every table and picture.

/// Number of tints.
pub const STEPS: usize = 7;

/// Which tint stands for how many people. The ranges come from the data: single numbers as long as there are few, then
/// ever wider ones, so that a difference between two and three people stays as plain as one between twenty and forty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tints {
    /// The smallest number of each tint, ascending.
    starts: Vec<u32>,
    most: u32,
}

impl Tints {
    /// The ranges for numbers from 1 to `most`.
    #[must_use]
    pub fn up_to(most: u32) -> Self {
        let mut starts: Vec<u32> = Vec::new();
        for step in 1..=STEPS {
            let even = f64::from(most).powf(step as f64 / (STEPS + 1) as f64).floor() as u32;
            let least = starts.last().map_or(1, |last| last + 1);
            let start = if step == 1 || most <= STEPS as u32 { least } else { even.max(least) };
            if start <= most {
                starts.push(start);
            }
        }
        Self { starts, most }
    }

    /// The tint for a number of people, counted from 0; none for nobody.
    #[must_use]
    pub fn of(&self, people: u32) -> Option<usize> {
        self.starts.partition_point(|start| *start <= people).checked_sub(1)
    }

    /// What the legend prints, one for each tint that is used.
    #[must_use]
    pub fn ranges(&self) -> Vec<String> {
        let ends = self.starts.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
        let range = |(start, end): (&u32, Option<u32>)| match end {
            Some(end) if end == *start => start.to_string(),
            Some(end) => format!("{start}–{end}"),
            None if *start == self.most => start.to_string(),
            None => format!("{start}+"),
        };
        self.starts.iter().zip(ends).map(range).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(most: u32, ranges: &[&str]) {
        assert_eq!(Tints::up_to(most).ranges(), ranges, "up to {most}");
    }

    #[test]
    fn ranges_are_those_of_the_data() {
        check(0, &[]);
        check(1, &["1"]);
        check(4, &["1", "2", "3", "4"]);
        check(7, &["1", "2", "3", "4", "5", "6", "7"]);
        check(12, &["1", "2", "3", "4", "5", "6–7", "8+"]);
        check(60, &["1", "2–3", "4–6", "7–11", "12–20", "21–34", "35+"]);
        check(1000, &["1–4", "5–12", "13–30", "31–73", "74–176", "177–420", "421+"]);
    }

    proptest! {
        #[test]
        fn every_number_has_one_tint_and_more_people_never_a_lighter_one(most in 1u32..5000) {
            let tints = Tints::up_to(most);
            prop_assert_eq!(tints.of(0), None);
            let steps: Vec<_> = (1..=most).map(|people| tints.of(people)).collect();
            prop_assert_eq!(steps.first(), Some(&Some(0)));
            prop_assert!(steps.is_sorted() && steps.iter().all(|step| step.is_some_and(|step| step < STEPS)));
        }
    }
}
