use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::widgets::empty;
use crate::study::SourceId;
use eframe::egui;

/// What Read remembers.
#[derive(Default)]
pub struct ReadView {
    /// The source that is open.
    pub source: Option<SourceId>,
}

impl ReadView {
    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.source.map_or(Place::View(View::Read), Place::Source)
    }

    /// Takes a command that came from outside of the text.
    pub fn command(&mut self, _command: Command) {}

    /// Goes somewhere in a text.
    pub fn go(&mut self, place: &Place) {
        if let Place::Source(source) | Place::Passage(source, _) = place {
            self.source = Some(*source);
        }
    }
}

/// Shows the view.
pub fn show(ui: &mut egui::Ui, _view: &mut ReadView, cx: &mut Cx<'_>) {
    empty(ui, cx.tokens, icons::BOOK_OPEN, "No sources yet", "Transcripts and reports stand here.", None);
}
