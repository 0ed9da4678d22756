use super::geometry::{area, at};
use super::model::{Colour, Look, Stroke};
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::tints::{STEPS, Tints};

/// Which step of the scale stands for which figures; the legend prints the ranges.
pub(super) struct Shades {
    of: Of,
    ranges: Vec<String>,
}

enum Of {
    Counts(Tints),
    /// Even classes of this width.
    Shares(f64),
}

impl Shades {
    /// For numbers up to `most`.
    pub fn counts(most: u32) -> Self {
        let tints = Tints::up_to(most);
        Self { ranges: tints.ranges(), of: Of::Counts(tints) }
    }

    /// For shares and coefficients up to `most`, in even classes of whole hundredths; shares are said in per cent.
    pub fn shares(most: f64, per_cent: bool) -> Self {
        /// What rounding may do.
        const SLACK: f64 = 1e-9;
        let class = ((most * 100.0 / STEPS as f64 - SLACK).ceil() / 100.0).max(0.01);
        let used = ((most / class - SLACK).ceil() as usize).clamp(1, STEPS);
        let last = ((most * 100.0 - SLACK).ceil() / 100.0).max(0.01);
        let end = |step: usize| if step + 1 == used { last } else { class * (step + 1) as f64 };
        let says = |end: f64| if per_cent { format!("≤ {:.0} %", 100.0 * end) } else { format!("≤ {end:.2}") };
        Self { of: Of::Shares(class), ranges: (0..used).map(|step| says(end(step))).collect() }
    }

    /// The step for a figure; none for nothing. Where there are few ranges they are spread over the scale, so that they stay apart in print.
    pub fn step(&self, value: f64) -> Option<usize> {
        let place = match &self.of {
            Of::Counts(tints) => tints.of(value as u32)?,
            Of::Shares(class) if value > 0.0 => ((value / class - 1e-9) as usize).min(self.ranges.len() - 1),
            Of::Shares(_) => return None,
        };
        Some(self.spread(place))
    }

    fn spread(&self, place: usize) -> usize {
        match self.ranges.len() {
            0 | 1 => STEPS / 2,
            used => (place * (STEPS - 1) + (used - 1) / 2) / (used - 1),
        }
    }

    /// Draws the ranges with their steps from a place on, with what they count before them; returns where it ends at the right.
    pub fn legend(&self, sheet: &mut Sheet, left: f32, middle: f32, what: &str) -> f32 {
        const SWATCH: (f32, f32) = (16.0, 9.0);
        let pen = Pen::new(size::SMALL);
        let mut x = left;
        sheet.words(at(x, middle + pen.drop()), what, pen.medium(), Colour::Quiet);
        x += pen.medium().width(what) + 8.0;
        for (place, range) in self.ranges.iter().enumerate() {
            let swatch = area(x, middle - SWATCH.1 / 2.0, SWATCH.0, SWATCH.1);
            let edge = Stroke::new(Colour::Faint, line::HAIR);
            sheet.tile(swatch, 1.0, Look::filled(Colour::Tint(self.spread(place))).edged(edge));
            x += SWATCH.0 + 3.0;
            sheet.words(at(x, middle + pen.drop()), range.as_str(), pen, Colour::Quiet);
            x += pen.width(range) + 9.0;
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ranges_are_spread_and_more_is_never_lighter() {
        let few = Shades::counts(3);
        assert_eq!((few.step(0.0), few.step(1.0), few.step(2.0), few.step(3.0)), (None, Some(0), Some(3), Some(6)));
        let many = Shades::counts(400);
        let steps: Vec<_> = (1..=400).map(|count| many.step(f64::from(count)).unwrap()).collect();
        assert!(steps.is_sorted() && steps[0] == 0 && steps[399] == STEPS - 1);
        assert_eq!(Shades::counts(1).step(1.0), Some(3));
    }

    #[test]
    fn shares_have_even_classes_up_to_the_largest() {
        let half = Shades::shares(0.5, false);
        assert_eq!(half.ranges, ["≤ 0.08", "≤ 0.16", "≤ 0.24", "≤ 0.32", "≤ 0.40", "≤ 0.48", "≤ 0.50"]);
        assert_eq!((half.step(0.0), half.step(0.08), half.step(0.081), half.step(0.5)), (None, Some(0), Some(1), Some(6)));
        assert_eq!(Shades::shares(0.0, false).ranges, ["≤ 0.01"]);
        assert_eq!(Shades::shares(1.0, true).ranges.last().unwrap(), "≤ 100 %");
    }
}
