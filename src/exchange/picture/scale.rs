/// An axis from 0, or from below it, with round numbers at its lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    least: f64,
    most: f64,
    step: f64,
}

impl Scale {
    /// From 0 to `most` or a little over it, in about `steps` steps of 1, 2 or 5 and their tens; of whole numbers where they are counted.
    pub fn to(most: f64, steps: usize, counted: bool) -> Self {
        let rough = (most / steps.max(1) as f64).max(if counted { 1.0 } else { 0.01 });
        let ten = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * ten).find(|step| *step >= rough - 1e-9).unwrap_or(rough);
        Self { least: 0.0, most: (most / step - 1e-9).ceil().max(1.0) * step, step }
    }

    /// From one number to another in steps.
    pub const fn between(least: f64, most: f64, step: f64) -> Self {
        Self { least, most, step }
    }

    /// The numbers at its lines.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let Self { least, most, step } = *self;
        let count = ((most - least) / step + 1e-9).floor() as u32;
        (0..=count).map(move |at| f64::from(at).mul_add(step, least))
    }

    /// Where a number lies on it, 0–1; outside of it, at its end.
    pub fn share(&self, value: f64) -> f32 {
        ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_what_is_drawn() {
        let ticks = |most, steps, counted| Scale::to(most, steps, counted).ticks().collect::<Vec<_>>();
        assert_eq!(ticks(7.0, 3, true), [0.0, 5.0, 10.0]);
        assert_eq!(ticks(1.0, 3, true), [0.0, 1.0]);
        assert_eq!(ticks(36.0, 4, true), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(ticks(0.0, 4, true), [0.0, 1.0]);
        assert_eq!(ticks(1.0, 3, false), [0.0, 0.5, 1.0]);
        assert_eq!(Scale::between(-0.5, 1.0, 0.5).ticks().count(), 4);
        assert!((Scale::between(-1.0, 1.0, 0.5).share(0.0) - 0.5).abs() < 1e-6);
    }
}
