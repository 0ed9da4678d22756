//! A hand and an eye at the window: keys, clicks, the wheel, and the words that were drawn.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{
    self, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape, TouchPhase, pos2, vec2,
};
use themata::app::App;
use themata::study::Study;

use crate::FRAMES;
use crate::figures::{Figures, Limit};
use crate::studies::Made;

/// What a frame may take.
pub const EACH: Limit = Limit { p95: 8.0, most: 50.0 };
/// What may pass from the click on a source to its words.
pub const OPENED: Limit = Limit { p95: 30.0, most: 30.0 };
/// What may pass from a key to a coding on screen: two frames of a screen that shows 60 a second.
pub const ANSWERED: Limit = Limit { p95: 33.4, most: 50.0 };

/// How many pictures of a screen that shows 60 a second it takes until then: the one that takes the key in, and the next.
pub const PICTURES: Limit = Limit { p95: 2.0, most: 3.0 };

/// One picture of a screen that shows 60 a second.
const BEAT: Duration = Duration::from_micros(16_667);

const SIZE: egui::Vec2 = vec2(1440.0, 900.0);

/// What it took until something was shown.
pub struct Answered {
    /// From the begin of the picture that took in what was done to the end of the one that shows it.
    pub after: Duration,
    /// How many pictures that were, with both.
    pub pictures: usize,
    /// How long the last took.
    pub last: Duration,
}

/// A window without a display, and the folder of its project.
pub struct Hand {
    ctx: egui::Context,
    app: App,
    events: Vec<Event>,
    modifiers: Modifiers,
    drawn: Vec<(Pos2, String)>,
    wants_more: bool,
    clock: Instant,
    /// When the frame that is due next begins.
    beat: Instant,
}

impl Hand {
    /// Opens a study and waits until `words` are on screen.
    pub fn open(made: &Made, words: &str) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, made.start()).expect("the application starts");
        let mut hand = Self {
            ctx,
            app,
            events: Vec::new(),
            modifiers: Modifiers::NONE,
            drawn: Vec::new(),
            wants_more: true,
            clock: Instant::now(),
            beat: Instant::now(),
        };
        hand.until("the project is open", |hand| hand.shows(words));
        hand.settle();
        hand
    }

    /// Draws one frame; returns how long it took.
    fn frame(&mut self) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.clock.elapsed().as_secs_f64()),
            events: std::mem::take(&mut self.events),
            ..RawInput::default()
        };
        let start = Instant::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx());
            app.show(ui);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let seen = shapes.clone();
        let primitives = self.ctx.tessellate(shapes, output.pixels_per_point);
        let took = start.elapsed();
        drop(primitives);
        self.drawn.clear();
        for shape in &seen {
            words_of(&shape.shape, &mut self.drawn);
        }
        let soon = |viewport: &egui::ViewportOutput| viewport.repaint_delay < BEAT;
        self.wants_more = output.viewport_output.values().any(soon);
        output.drop_without_applying_deltas();
        took
    }

    /// Waits until the screen shows the next picture, and draws it. Returns when it was begun.
    pub fn on_beat(&mut self) -> Instant {
        // Pictures that nobody asked for, or that came too late, are left out; the screen keeps its beat.
        while self.beat < Instant::now() {
            self.beat += BEAT;
        }
        std::thread::sleep(self.beat.saturating_duration_since(Instant::now()));
        let start = Instant::now();
        self.frame();
        start
    }

    /// Draws as often as a screen would until `done`; returns how many frames that took.
    pub fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) -> usize {
        let limit = Instant::now() + Duration::from_mins(2);
        for frames in 1.. {
            self.on_beat();
            if done(self) {
                return frames;
            }
            assert!(Instant::now() < limit, "waited in vain until {what}: {:?}", self.drawn);
        }
        unreachable!("the frames are without end")
    }

    /// Draws until nothing more comes for a while: what the threads behind the window had to say has been said.
    pub fn settle(&mut self) {
        let mut still = 0;
        while still < 8 {
            self.frame();
            still = if self.wants_more { 0 } else { still + 1 };
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Times frames, each after `act` has done something.
    pub fn measure(&mut self, act: impl Fn(&mut Self, usize)) -> Figures {
        let mut figures = Figures::default();
        for frame in 0..FRAMES {
            act(self, frame);
            figures.add(self.frame());
        }
        figures
    }

    /// Does something that the next picture takes in, and draws as often as a screen would until it is `done`.
    pub fn answered(&mut self, act: impl Fn(&mut Self), done: impl Fn(&Self) -> bool) -> Answered {
        act(self);
        let limit = Instant::now() + Duration::from_mins(2);
        let mut first = None;
        for pictures in 1.. {
            let start = self.on_beat();
            let first = *first.get_or_insert(start);
            if done(self) {
                return Answered { after: first.elapsed(), pictures, last: start.elapsed() };
            }
            assert!(Instant::now() < limit, "waited in vain: {:?}", self.drawn);
        }
        unreachable!("the frames are without end")
    }

    /// Presses and releases a key with the next frame.
    pub fn key(&mut self, key: Key) {
        for pressed in [true, false] {
            self.events.push(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: self.modifiers });
        }
    }

    /// The same with others held.
    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.modifiers = modifiers;
        self.key(key);
        self.modifiers = Modifiers::NONE;
    }

    /// Types letters with the next frame.
    pub fn letters(&mut self, letters: &str) {
        self.events.push(Event::Text(letters.to_owned()));
    }

    /// Presses a key and draws.
    pub fn press(&mut self, key: Key) {
        self.key(key);
        self.frame();
    }

    /// Presses a key with others held, and draws.
    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.key_with(modifiers, key);
        self.frame();
    }

    /// Turns the wheel with the next frame: down, in points.
    pub fn wheel(&mut self, down: f32) {
        self.turn(vec2(0.0, -down));
    }

    /// Turns the wheel with the next frame: to the right, in points.
    pub fn wheel_across(&mut self, right: f32) {
        self.turn(vec2(-right, 0.0));
    }

    fn turn(&mut self, delta: egui::Vec2) {
        self.events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Trackpad,
            modifiers: self.modifiers,
        });
    }

    /// Puts the pointer into the middle of the window.
    pub fn point_at_middle(&mut self) {
        self.events.push(Event::PointerMoved((SIZE / 2.0).to_pos2()));
        self.frame();
    }

    /// Clicks into the middle of the window.
    pub fn click_middle(&mut self) {
        self.click((SIZE / 2.0).to_pos2());
    }

    /// Clicks at words that are on screen.
    pub fn click_words(&mut self, words: &str) {
        self.click(self.place_of(words));
    }

    /// Presses at words that are on screen, and lets go with the next frame.
    pub fn let_go_of(&mut self, words: &str) {
        let at = self.place_of(words);
        self.events.push(Event::PointerMoved(at));
        self.frame();
        self.button(at, true);
        self.frame();
        self.button(at, false);
    }

    fn place_of(&self, words: &str) -> Pos2 {
        let at = self.drawn.iter().find(|(_, drawn)| drawn.contains(words)).map(|(at, _)| *at);
        at.unwrap_or_else(|| panic!("“{words}” is not on screen: {:?}", self.drawn))
    }

    fn click(&mut self, at: Pos2) {
        self.events.push(Event::PointerMoved(at));
        self.frame();
        for pressed in [true, false] {
            self.button(at, pressed);
            self.frame();
        }
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        self.events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    }

    /// Whether words are on screen.
    pub fn shows(&self, words: &str) -> bool {
        self.drawn.iter().any(|(_, drawn)| drawn.contains(words))
    }

    /// The study that is shown.
    pub fn study(&self) -> Arc<Study> {
        Arc::clone(self.app.study())
    }
}

/// The words of a shape, and a point in them.
fn words_of(shape: &Shape, into: &mut Vec<(Pos2, String)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| words_of(shape, into)),
        Shape::Text(text) => {
            let within = pos2(4.0_f32.min(text.galley.rect.width() / 2.0), text.galley.rect.height() / 2.0);
            into.push((text.pos + within.to_vec2(), text.galley.text().to_owned()));
        }
        _ => {}
    }
}
