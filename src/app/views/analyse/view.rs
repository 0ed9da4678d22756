use eframe::egui::{Ui, UiBuilder};

use super::fields::Fields;
use super::measures::{self, MeasuresTab};
use super::propositions::{self, PropositionsTab};
use super::typologies::{self, TypologiesTab};
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;
use crate::app::frame::dialogs::Listed;
use crate::app::state::{Place, View};
use crate::app::widgets::{segmented, view_head};
use crate::app::worker::Edit;
use crate::exchange::export::Content;
use crate::study::{PropositionId, Study, TypologyId};

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Measures,
    Propositions,
    Typologies,
}

/// What the view remembers.
#[derive(Default)]
pub struct AnalyseView {
    shown: Shown,
    pub(super) measures: MeasuresTab,
    pub(super) propositions: PropositionsTab,
    pub(super) typologies: TypologiesTab,
    /// What is being written.
    pub(super) fields: Fields,
    /// Commands for the view that wait for its next frame.
    commands: Vec<Command>,
}

impl AnalyseView {
    /// Takes a command of the window.
    pub fn command(&mut self, command: Command) {
        match command.scope() {
            Scope::Measures | Scope::Passages => self.shown = Shown::Measures,
            Scope::Propositions => self.shown = Shown::Propositions,
            Scope::Typologies | Scope::Cells => self.shown = Shown::Typologies,
            _ => {}
        }
        self.commands.push(command);
    }

    /// Goes to a proposition.
    pub fn go_to_proposition(&mut self, proposition: PropositionId) {
        self.shown = Shown::Propositions;
        self.propositions.go(proposition);
    }

    /// Goes to a typology.
    pub fn go_to_typology(&mut self, typology: TypologyId) {
        self.shown = Shown::Typologies;
        self.typologies.go(typology);
    }

    /// Puts the keys on what is shown.
    pub fn take_focus(&mut self) {
        match self.shown {
            Shown::Measures => self.measures.focus_list(),
            Shown::Propositions => self.propositions.focus_list(),
            Shown::Typologies => self.typologies.focus_grid(),
        }
    }

    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Place {
        let place = match self.shown {
            Shown::Measures => None,
            Shown::Propositions => self.propositions.selected().map(Place::Proposition),
            Shown::Typologies => self.typologies.selected().map(Place::Typology),
        };
        place.unwrap_or(Place::View(View::Analyse))
    }

    /// The measure one sees, for whoever writes it to a file.
    #[must_use]
    pub fn listed(&self) -> Option<Listed> {
        self.measures.listed().filter(|_| self.shown == Shown::Measures)
    }

    /// The table that leaves the project when one exports from here; a measure leaves as it is listed.
    #[must_use]
    pub const fn content(&self) -> Option<Content> {
        match self.shown {
            Shown::Measures => None,
            Shown::Propositions => Some(Content::Propositions),
            Shown::Typologies => Some(Content::Typologies),
        }
    }

    /// What was written and is not kept yet, as edits: for when the view is left.
    pub fn leave(&mut self, study: &Study) -> Vec<Edit> {
        let mut edits = self.fields.leave(study);
        edits.extend(self.typologies.leave(study));
        edits
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, other: Self) {
        self.fields.take_drafts(other.fields);
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut AnalyseView, cx: &mut Cx<'_>) {
    let commands = std::mem::take(&mut view.commands);
    let whole = ui.max_rect();
    let AnalyseView { shown, measures, propositions, typologies, fields, .. } = view;
    let below = view_head(ui, cx.tokens, whole, "Analyse", |ui| {
        let choices = [(Shown::Measures, "Measures"), (Shown::Propositions, "Propositions"), (Shown::Typologies, "Typologies")];
        segmented(ui, cx.tokens, "Shown", &choices, shown, false);
        match shown {
            Shown::Measures => {}
            Shown::Propositions => propositions::show_head(ui, propositions, cx),
            Shown::Typologies => typologies::show_head(ui, typologies, cx),
        }
    });
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("analyse"), |ui| {
        ui.set_clip_rect(below.intersect(ui.clip_rect()));
        match shown {
            Shown::Measures => measures::show(ui, measures, cx, commands),
            Shown::Propositions => propositions::show(ui, propositions, fields, cx, commands),
            Shown::Typologies => typologies::show(ui, typologies, fields, cx, commands),
        }
    });
    fields.keep_unseen(ui, cx);
}
