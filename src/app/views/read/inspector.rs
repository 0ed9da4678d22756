use eframe::egui::{Id, Ui};

use super::carried::Carried;
use super::matching::Found;
use super::reader::READER;
use super::view::{Folded, ReadView};
use super::{passage, reconcile, source_tab, themes_tab};
use crate::app::context::Cx;
use crate::app::widgets::{self, tabs};
use crate::study::ThemeId;

/// The tabs of the inspector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The themes.
    #[default]
    Themes,
    /// What lies on the selected words.
    Passage,
    /// What is known of the source.
    Source,
    /// Where coders differ on it.
    Differences,
}

/// What the inspector remembers.
#[derive(Default)]
pub struct Inspector {
    pub(super) tab: Tab,
    pub(super) filter: String,
    /// The head of the tab that is open.
    head: Option<Id>,
    /// The themes that fit the filter.
    pub(super) found: Found,
    pub(super) folded: Folded<ThemeId>,
    /// What is seen of the tree: from where, and how much, in points.
    pub(super) seen: (f32, f32),
}

impl Inspector {
    /// Shows where coders differ.
    pub const fn show_differences(&mut self) {
        self.tab = Tab::Differences;
    }

    /// Shows the themes with the caret in their filter.
    pub fn show_themes(&mut self, ui: &Ui) {
        self.tab = Tab::Themes;
        ui.memory_mut(|memory| memory.request_focus(Id::unique(themes_tab::FILTER)));
    }
}

/// Shows the inspector.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    ui.spacing_mut().item_spacing = eframe::egui::Vec2::ZERO;
    let mut choices = vec![(Tab::Themes, "Themes"), (Tab::Passage, "Passage"), (Tab::Source, "Source")];
    let shared = view.source.and_then(|source| cx.study.material(source)).is_some_and(|material| reconcile::is_shared(material));
    if shared || view.inspector.tab == Tab::Differences {
        choices.push((Tab::Differences, "Reconcile"));
    }
    // What wants a theme finds the themes, whatever is shown otherwise.
    let carrying = Carried::wants_theme(ui);
    let mut tab = if carrying { Tab::Themes } else { view.inspector.tab };
    view.inspector.head = tabs(ui, cx.tokens, &choices, &mut tab);
    if !carrying {
        view.inspector.tab = tab;
    }
    match tab {
        Tab::Themes => themes_tab::show(ui, view, cx),
        Tab::Passage => passage::show(ui, view, cx),
        Tab::Source => source_tab::show(ui, view, cx),
        Tab::Differences => reconcile::show(ui, view, cx),
    }
}

/// Moves the focus from pane to pane: sources, text, and the tab beside it that is open. One that has no room is passed over.
pub fn next_pane(ui: &Ui, view: &ReadView) {
    let tab = match view.inspector.tab {
        Tab::Themes => Some(Id::unique(themes_tab::FILTER)),
        // From its head Tab goes on into what it shows.
        Tab::Passage | Tab::Source | Tab::Differences => view.inspector.head,
    };
    let sources = view.panes.sources.is_shown.then(|| Id::unique("filter sources"));
    let tab = tab.filter(|_| view.panes.inspector.is_shown);
    let panes: Vec<Id> = sources.into_iter().chain([Id::unique(READER)]).chain(tab).collect();
    widgets::next_pane(ui, &panes, usize::from(sources.is_some()));
}
