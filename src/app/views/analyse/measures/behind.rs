//! The pane of the passages behind a figure.

use std::sync::Arc;

use eframe::egui::{Align, Id, Key, Layout, Modifiers, Popup, Ui};

use super::tab::MeasuresTab;
use crate::analysis::leads::{Leads, behind};
use crate::analysis::matrix::Passages;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::views::matrix::{ListLook, ListState, Naming, show_passages};
use crate::app::widgets::{icon_button, words};
use crate::study::ThemeId;

/// What has the focus when the passages have it.
pub(super) fn id() -> Id {
    Id::unique("passages behind a figure")
}

/// A figure, and the passages behind it.
pub(super) struct Behind {
    /// What it is, in words.
    pub(super) title: String,
    pub(super) leads: Leads,
    /// For which study and figure they were gathered last.
    asked: Option<(Seen, Leads)>,
    pub(super) got: Option<Arc<Passages>>,
    list: ListState,
}

impl Behind {
    pub(super) fn new(title: String, leads: Leads) -> Self {
        Self { title, leads, asked: None, got: None, list: ListState::new(id()) }
    }

    /// Goes on to another figure.
    pub(super) fn go(&mut self, title: String, leads: Leads) {
        if self.leads != leads {
            (self.leads, self.list, self.got) = (leads, self.list.anew(), None);
        } else if self.got.is_none() {
            // What could not be gathered is tried again.
            self.asked = None;
        }
        self.title = title;
    }

    /// Whether the passages have the keys.
    pub(super) fn has_focus(&self, ui: &Ui) -> bool {
        self.list.has_focus(ui)
    }

    /// Takes a command of lists of passages.
    pub(super) fn command(&mut self, command: crate::app::command::Command) {
        self.list.command(command);
    }

    /// Brings the focus to the passages.
    pub(super) fn enter(&mut self) {
        self.list.enter();
    }

    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        let Some(project) = cx.project else { return };
        if self.asked.as_ref().is_some_and(|(seen, leads)| seen.is(cx.study) && *leads == self.leads) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), self.leads.clone()));
        let (study, texts, leads) = (Arc::clone(cx.study), Arc::clone(&project.texts), self.leads.clone());
        let run = move |job: &mut crate::app::worker::JobHandle| {
            behind(&study, texts.as_ref(), &leads, |done, of| job.progress(done, of))
                .map(|found| (leads, found))
                .map_err(|error| UserError::new("The passages could not be gathered.", "Click the figure again.").because(&error))
        };
        cx.job("passages behind", "", run, |state, (leads, found): (Leads, Option<Passages>)| {
            if let Some(behind) = state.analyse.measures.behind.as_mut().filter(|behind| behind.leads == leads) {
                behind.got = found.map(Arc::new);
            }
        });
    }

    /// The theme that goes without saying beside the passages.
    const fn theme(&self) -> Option<ThemeId> {
        match &self.leads {
            Leads::Theme { theme, .. } | Leads::ThemeIn { theme, .. } | Leads::Passage { theme, .. } => Some(*theme),
            _ => None,
        }
    }
}

/// Shows the pane.
pub(super) fn show(ui: &mut Ui, tab: &mut MeasuresTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(behind) = &mut tab.behind else { return };
    behind.keep_up(cx);
    let mut open = true;
    ui.add_space(tokens.space.two);
    ui.horizontal(|ui| {
        ui.add_space(tokens.space.three);
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            ui.add_space(tokens.space.two);
            open = !icon_button(ui, tokens, icons::X, "Close the passages", true).clicked();
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                words(ui, tokens, Type::BodyStrong, tokens.colour.ink, behind.title.as_str());
                if let Some(passages) = &behind.got {
                    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, counted(passages.items.len(), "passage", "passages"));
                }
            });
        });
    });
    ui.add_space(tokens.space.one);
    if let Some(passages) = behind.got.clone() {
        let naming = behind.theme().map_or(Naming::All, Naming::Besides);
        let in_sentences = matches!(behind.leads, Leads::Word { .. });
        let look = ListLook { headings: true, naming, widest: f32::INFINITY, summaries: None, in_sentences };
        show_passages(ui, cx, &mut behind.list, &passages, look);
    }
    let escaped =
        behind.has_focus(ui) && !Popup::is_any_open(ui.ctx()) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if !open || escaped {
        tab.behind = None;
        tab.wants_focus = true;
    }
}
