//! Times and what is said of them.

use std::time::Duration;

/// What a measurement may take, in milliseconds.
#[derive(Clone, Copy)]
pub struct Limit {
    /// 95 of 100 take at most this.
    pub p95: f64,
    /// None takes more.
    pub most: f64,
}

/// Times of one run, in milliseconds.
#[derive(Default)]
pub struct Figures(Vec<f64>);

impl Figures {
    /// Adds a time.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1000.0);
    }

    /// Adds a number of something else than milliseconds.
    pub fn count(&mut self, number: usize) {
        self.0.push(number as f64);
    }

    /// The time that a share (0–1) of all does not exceed.
    fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

impl From<Duration> for Figures {
    fn from(time: Duration) -> Self {
        let mut figures = Self::default();
        figures.add(time);
        figures
    }
}

/// What was measured under one name, run after run.
struct Line {
    what: &'static str,
    limit: Limit,
    runs: Vec<Figures>,
}

/// What was measured.
#[derive(Default)]
pub struct Table(Vec<Line>);

impl Table {
    /// Adds a run.
    pub fn add(&mut self, what: &'static str, limit: Limit, figures: Figures) {
        match self.0.iter_mut().find(|line| line.what == what) {
            Some(line) => line.runs.push(figures),
            None => self.0.push(Line { what, limit, runs: vec![figures] }),
        }
    }

    /// Prints the lines, each the median of its runs; returns whether all are within their limits.
    pub fn print(self) -> bool {
        let mut all_within = true;
        for Line { what, limit, runs } in self.0 {
            let median = |share: f64| {
                let mut of_runs: Vec<f64> = runs.iter().map(|run| run.at(share)).collect();
                of_runs.sort_by(f64::total_cmp);
                of_runs.get(of_runs.len() / 2).copied().unwrap_or_default()
            };
            let (p50, p95, max) = (median(0.5), median(0.95), median(1.0));
            let within = p95 <= limit.p95 && max <= limit.most;
            all_within &= within;
            let sign = if within { "" } else { "OVER" };
            println!("{p50:8.2} {p95:8.2} {max:8.2}   {:>6} {:>6} {sign:4}   {what}", limit.p95, limit.most);
        }
        all_within
    }
}

/// The head of the table.
pub const HEAD: &str = "     p50      p95      max   may be (p95, max)   times in milliseconds";
