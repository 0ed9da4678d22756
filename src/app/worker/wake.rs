use eframe::egui;
use std::sync::mpsc::Sender;

use super::desk::Event;

/// The only way back to the window: sends and then wakes it.
#[derive(Clone)]
pub struct Wake {
    sender: Sender<Event>,
    ctx: egui::Context,
}

impl Wake {
    /// A way to the window that reads the other end of `sender`.
    #[must_use]
    pub const fn new(sender: Sender<Event>, ctx: egui::Context) -> Self {
        Self { sender, ctx }
    }

    /// Has the window drawn again after a while.
    pub fn later(&self, after: std::time::Duration) {
        self.ctx.request_repaint_after(after);
    }

    /// Sends `event`; nothing happens when the window is gone.
    pub fn send(&self, event: Event) {
        if self.sender.send(event).is_ok() {
            self.ctx.request_repaint();
        }
    }
}
