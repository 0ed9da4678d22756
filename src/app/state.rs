//! What the window remembers from frame to frame that is no part of the study: the view, the open source, selections,
//! drafts, places gone through, messages.

use std::path::PathBuf;

use super::command::Command;
use super::context::Action;
use super::undoing::Stay;
use super::user_error::UserError;
use super::views::analyse::AnalyseView;
use super::views::cases::CasesView;
use super::views::history::HistoryView;
use super::views::import_sheet::ImportSheet;
use super::views::matrix::{MatrixPlace, MatrixView};
use super::views::notes::NotesView;
use super::views::quotes::QuotesView;
use super::views::read::ReadView;
use super::views::search::{Relating, SearchView};
use super::views::themes::ThemesView;
use crate::app::frame::FrameState;
use crate::project::EditSummary;
use crate::study::{CaseId, PropositionId, SavedId, SavedKind, SourceId, ThemeId, TypologyId};
use crate::text::Span;

/// The views of the left rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The text with its codings.
    #[default]
    Read,
    /// Themes × groups × areas.
    Matrix,
    /// Words in all texts.
    Search,
    /// Passages marked to be quoted.
    Quotes,
    /// Every memo.
    Notes,
    /// The codebook.
    Themes,
    /// Cases × attributes.
    Cases,
    /// Measures, propositions and typologies.
    Analyse,
    /// Every edit.
    History,
}

/// Somewhere one can go and come back from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A view as it was left.
    View(View),
    /// A source, where it was left.
    Source(SourceId),
    /// Words of a source, selected.
    Passage(SourceId, Span),
    /// A query in Search.
    Query(String),
    /// Passages of one theme beside those of another, in Search.
    Passages(Box<Relating>),
    /// All passages of a theme: the theme reader.
    Theme(ThemeId),
    /// The matrix, with the cell that is open or read.
    Cell(Box<MatrixPlace>),
    /// A theme in the codebook, selected.
    Definition(ThemeId),
    /// A case, in the list of cases.
    Case(CaseId),
    /// A proposition, with what speaks for and against it.
    Proposition(PropositionId),
    /// A typology.
    Typology(TypologyId),
    /// What is kept under a name: a view of the matrix, a query.
    Saved(SavedKind, SavedId),
}

impl Place {
    /// The view the place is in.
    #[must_use]
    pub const fn view(&self) -> View {
        match self {
            Self::View(view) => *view,
            Self::Source(_) | Self::Passage(..) => View::Read,
            Self::Query(_) | Self::Passages(_) | Self::Saved(SavedKind::Query | SavedKind::Foreign, _) => View::Search,
            Self::Theme(_) | Self::Cell(_) | Self::Saved(SavedKind::MatrixView, _) => View::Matrix,
            Self::Definition(_) => View::Themes,
            Self::Case(_) => View::Cases,
            Self::Proposition(_) | Self::Typology(_) => View::Analyse,
        }
    }
}

/// The places gone through.
#[derive(Debug, Default)]
pub struct Places {
    before: Vec<Place>,
    after: Vec<Place>,
}

/// More places than anybody goes back.
const PLACES_KEPT: usize = 200;

impl Places {
    /// Leaves `here` for another place.
    pub fn leave(&mut self, here: Place) {
        if self.before.last() != Some(&here) {
            self.before.push(here);
        }
        if self.before.len() > PLACES_KEPT {
            self.before.remove(0);
        }
        self.after.clear();
    }

    /// Where one came from.
    #[must_use]
    pub fn last(&self) -> Option<&Place> {
        self.before.last()
    }

    /// The place before, when one is at `here`.
    pub fn back(&mut self, here: Place) -> Option<Place> {
        let place = next_other(&mut self.before, &here)?;
        self.after.push(here);
        Some(place)
    }

    /// The place after, when one is at `here` and has gone back.
    pub fn forward(&mut self, here: Place) -> Option<Place> {
        let place = next_other(&mut self.after, &here)?;
        self.before.push(here);
        Some(place)
    }
}

/// The next place that is not where one already is: what was opened may have been closed since by other ways.
fn next_other(places: &mut Vec<Place>, here: &Place) -> Option<Place> {
    while let Some(place) = places.pop() {
        if place != *here {
            return Some(place);
        }
    }
    None
}

/// The view state of the whole window. Answers of jobs are applied to it ([`super::worker::Deliver`]).
#[derive(Default)]
pub struct State {
    /// The view that is shown.
    pub view: View,
    /// Read.
    pub read: ReadView,
    /// Matrix.
    pub matrix: MatrixView,
    /// Search.
    pub search: SearchView,
    /// Quotes.
    pub quotes: QuotesView,
    /// Notes.
    pub notes: NotesView,
    /// Themes.
    pub themes: ThemesView,
    /// Cases.
    pub cases: CasesView,
    /// Analyse.
    pub analyse: AnalyseView,
    /// History.
    pub history: HistoryView,
    /// The import sheet, while it is open.
    pub import: Option<ImportSheet>,
    /// Back and forward.
    pub places: Places,
    /// Bars, messages, dialogs.
    pub frame: FrameState,
    /// What answers of jobs and of the project ask for, done in the same frame.
    pub wanted: Vec<Action>,
    /// What Ctrl+Z would take back.
    pub undo: Option<Box<EditSummary>>,
    /// What Ctrl+Shift+Z would bring back.
    pub redo: Option<Box<EditSummary>>,
    /// Since when one is where one is.
    pub(super) stay: Stay,
}

impl State {
    /// Shows a short message in the status bar.
    pub fn say(&mut self, message: impl Into<String>) {
        self.frame.messages.say(message);
    }

    /// Shows an error until it is closed.
    pub fn tell(&mut self, error: UserError) {
        self.frame.messages.tell(error);
    }

    /// Opens the import sheet with these files, or adds them to those on it.
    pub fn import_files(&mut self, files: Vec<PathBuf>) {
        match &mut self.import {
            Some(sheet) => sheet.add(files),
            None => self.import = Some(ImportSheet::new(files)),
        }
    }

    /// Hands a command that is not the frame's own to the view that is shown.
    pub fn command(&mut self, command: Command) {
        match self.view {
            View::Read => self.read.command(command),
            View::Search => self.search.command(command),
            View::Quotes => self.quotes.command(command),
            View::Notes => self.notes.command(command),
            View::Themes => self.themes.command(command),
            View::Matrix => self.matrix.command(command),
            View::Cases => self.cases.command(command),
            View::Analyse => self.analyse.command(command),
            View::History => self.history.command(command),
        }
    }

    /// Where one is now, to come back to.
    #[must_use]
    pub fn here(&self) -> Place {
        match self.view {
            View::Read => self.read.place(),
            View::Matrix => self.matrix.place(),
            View::Search => self.search.place(),
            View::Analyse => self.analyse.place(),
            view => Place::View(view),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_back_and_forward_like_a_browser() {
        let mut places = Places::default();
        let (read, matrix, search) = (Place::View(View::Read), Place::View(View::Matrix), Place::View(View::Search));
        places.leave(read.clone());
        places.leave(matrix.clone());
        assert_eq!(places.back(search.clone()), Some(matrix.clone()));
        assert_eq!(places.back(matrix.clone()), Some(read.clone()));
        assert_eq!(places.back(read.clone()), None);
        assert_eq!(places.forward(read.clone()), Some(matrix.clone()));
        places.leave(matrix.clone());
        assert_eq!(places.forward(search), None);
        assert_eq!(places.back(read.clone()), Some(matrix.clone()));
        // Where one already is one does not go.
        places.leave(read.clone());
        places.leave(matrix.clone());
        assert_eq!(places.back(matrix), Some(read));
    }
}
