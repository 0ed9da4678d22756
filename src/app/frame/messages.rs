use eframe::egui;
use std::time::Duration;

use eframe::egui::{Id, Margin, Order, Stroke, Ui};

use crate::app::context::Action;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::user_error::UserError;
use crate::app::widgets::{Button, fit_width, icon_button, words};

/// How long a short message stands, in seconds.
const STANDS: f64 = 6.0;

/// Short messages for the status bar, and errors and notes that stay until they are closed.
#[derive(Default)]
pub struct Messages {
    said: Option<Said>,
    errors: Vec<Told>,
}

/// An error or a note on screen.
struct Told {
    error: UserError,
    offers: Vec<Offer>,
    details: bool,
    /// Whether it tells of something that went well, in the project that is open.
    is_note: bool,
}

/// What can be done about an error, or after an act, with one press.
pub struct Offer {
    /// Words on the button.
    pub words: &'static str,
    /// What it does.
    pub action: Action,
}

struct Said {
    words: String,
    /// egui's time at which it was first shown.
    since: Option<f64>,
}

impl Messages {
    /// Says something for a while.
    pub fn say(&mut self, words: impl Into<String>) {
        self.said = Some(Said { words: words.into(), since: None });
    }

    /// Tells an error until it is closed. The same error twice is told once.
    pub fn tell(&mut self, error: UserError) {
        self.tell_with(error, None);
    }

    /// The same, with a button that does something about it.
    pub fn tell_with(&mut self, error: UserError, offer: Option<Offer>) {
        if !self.errors.iter().any(|other| other.error == error) {
            self.errors.push(Told { error, offers: offer.into_iter().collect(), details: false, is_note: false });
        }
    }

    /// Tells of something that was done in the place of what was told before, until it is closed, or one goes on to
    /// another view or project.
    pub fn note(&mut self, what: impl Into<String>, more: impl Into<String>, offers: Vec<Offer>) {
        self.close_notes();
        self.errors.push(Told { error: UserError::new(what, more), offers, details: false, is_note: true });
    }

    /// Closes what tells of something that went well.
    pub fn close_notes(&mut self) {
        self.errors.retain(|told| !told.is_note);
    }

    /// The message to be shown at `time` (egui's seconds), if any.
    pub(super) fn current(&mut self, ctx: &egui::Context, time: f64) -> Option<&str> {
        let said = self.said.as_mut()?;
        let since = *said.since.get_or_insert(time);
        if time - since >= STANDS {
            self.said = None;
            return None;
        }
        ctx.request_repaint_after(Duration::from_secs_f64(STANDS - (time - since)));
        self.said.as_ref().map(|said| said.words.as_str())
    }
}

/// Shows the errors in the lower right corner, above the status bar.
pub fn show_errors(ui: &Ui, tokens: &Tokens, messages: &mut Messages, actions: &mut Vec<Action>) {
    if messages.errors.is_empty() {
        return;
    }
    let colour = &tokens.colour;
    let above = tokens.size.status_bar + tokens.space.two;
    egui::Area::new(Id::unique("errors"))
        .order(Order::Foreground)
        .anchor(egui::Align2::RIGHT_BOTTOM, egui::vec2(-tokens.space.three, -above))
        .show(ui.ctx(), |ui| {
            let mut closed = None;
            let room = ui.ctx().content_rect().height() - above - tokens.size.top_bar - tokens.space.two;
            let shown = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).stick_to_bottom(true);
            shown.show(ui, |ui| {
                for (index, told) in messages.errors.iter_mut().enumerate() {
                    let (fill, edge) =
                        if told.is_note { (colour.surface_raised, colour.line_strong) } else { (colour.error_fill, colour.error_ink) };
                    egui::Frame::NONE
                        .fill(fill)
                        .stroke(Stroke::new(tokens.stroke.hairline, edge))
                        .corner_radius(Tokens::corner(tokens.radius.panel))
                        .inner_margin(Margin::same(tokens.space.three as i8))
                        .shadow(tokens.popup_shadow)
                        .show(ui, |ui| {
                            fit_width(ui, tokens, tokens.size.picker_width);
                            ui.push_id(index, |ui| {
                                if show_one(ui, tokens, told, actions) {
                                    closed = Some(index);
                                }
                            });
                        });
                    ui.add_space(tokens.space.two);
                }
            });
            if let Some(index) = closed {
                messages.errors.remove(index);
            }
        });
}

/// One error; returns whether it was closed.
fn show_one(ui: &mut Ui, tokens: &Tokens, told: &mut Told, actions: &mut Vec<Action>) -> bool {
    let colour = &tokens.colour;
    let Told { error, offers, details, is_note } = told;
    let mut closed = false;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - tokens.size.control - tokens.space.two);
            let ink = if *is_note { colour.ink } else { colour.error_ink };
            words(ui, tokens, Type::BodyStrong, ink, error.what.as_str());
            if !error.advice.is_empty() {
                words(ui, tokens, Type::Body, colour.ink, error.advice.as_str());
            }
            let mut taken = None;
            // Where there are none, no line is left for them.
            let row = |ui: &mut Ui, taken: &mut Option<usize>| {
                for (at, offer) in offers.iter().enumerate() {
                    if Button::new(offer.words).small().show(ui, tokens).clicked() {
                        *taken = Some(at);
                    }
                }
            };
            if !offers.is_empty() {
                ui.horizontal_wrapped(|ui| row(ui, &mut taken));
            }
            if let Some(at) = taken {
                actions.push(offers.swap_remove(at).action);
                closed = true;
            }
            if !error.details.is_empty() {
                let fold = if *details { "Hide details" } else { "Details" };
                if Button::quiet(fold).small().show(ui, tokens).clicked() {
                    *details = !*details;
                }
                if *details {
                    egui::ScrollArea::vertical().max_height(tokens.size.facets_pane).show(ui, |ui| {
                        words(ui, tokens, Type::Small, colour.ink_secondary, error.details.as_str());
                    });
                }
            }
        });
        closed |= icon_button(ui, tokens, icons::X, "Close this message", true).clicked();
    });
    closed
}
