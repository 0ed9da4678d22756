use eframe::egui::Ui;

/// With nothing written for so long, in seconds, what was written is kept.
const PAUSE: f64 = 1.2;
/// Whoever writes on and on has it kept as often, in seconds: a crash loses less than two seconds of typing.
const LONGEST: f64 = 1.6;
/// A moment later it is surely over.
const AFTER: f32 = 0.02;

/// Since when something is written that is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unkept {
    /// When the first of it was written and when the last, in seconds since the window was opened.
    written: Option<(f64, f64)>,
}

impl Unkept {
    /// Something was written.
    pub fn changed(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        self.written = Some((self.written.map_or(now, |(first, _)| first), now));
    }

    /// All of it is kept.
    pub const fn kept(&mut self) {
        self.written = None;
    }

    /// Whether it is to be kept now: nothing was written for a while, or something for long. Sees to it that the moment is not missed.
    pub fn is_due(&mut self, ui: &Ui) -> bool {
        let now = ui.input(|input| input.time);
        // What was changed by something else than writing counts from when it is seen.
        let (first, last) = *self.written.get_or_insert((now, now));
        let left = (last + PAUSE).min(first + LONGEST) - now;
        if left > 0.0 {
            ui.ctx().request_repaint_after_secs(left as f32 + AFTER);
        }
        left <= 0.0
    }
}
