//! Times and what is said of them.

use std::time::Duration;

/// What a measurement may take.
#[derive(Clone, Copy)]
pub struct Limit {
    /// 95 of 100 take at most this, in milliseconds.
    pub p95: f64,
    /// None takes more, in milliseconds.
    pub most: f64,
}

/// Times that were taken, in milliseconds.
#[derive(Default)]
pub struct Figures(Vec<f64>);

/// The head of the table.
pub const HEAD: &str = "     p50      p95      max   may be (p95, max)   times in milliseconds";

impl Figures {
    /// Adds a time.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1000.0);
    }

    /// The time that a share (0–1) of all does not exceed.
    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// A line of the table.
    pub fn line(&self, what: &str, limit: Limit) -> String {
        let (p50, p95, max) = (self.at(0.5), self.at(0.95), self.at(1.0));
        let over = if p95 > limit.p95 || max > limit.most { "OVER" } else { "" };
        format!("{p50:8.2} {p95:8.2} {max:8.2}   {:>6} {:>6} {over:4}   {what}", limit.p95, limit.most)
    }
}
