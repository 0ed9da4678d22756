//! Undo: at once where what goes is on screen, else named first.

use super::shell::App;
use super::state::{Place, State, View};
use super::times::day_and_clock;
use super::views::history;
use super::worker::Request;
use crate::project::{EditSummary, Project};

/// An edit of more changes, an import as a rule, is not undone by a single press.
const SEEN_TO_GO: usize = 100;

/// The edit that Ctrl+Z would take back.
pub struct NextUndo {
    edit: EditSummary,
    places: Vec<Place>,
}

impl NextUndo {
    /// The edit that the project would take back. For the project's thread: it reads the log.
    pub fn of(project: &Project) -> Option<Self> {
        // A name for a button only: an error here would come again, and be told, when the button is pressed.
        let edit = project.next_undo().ok().flatten()?;
        let changes = if edit.changes <= SEEN_TO_GO { project.changes(edit.seq).unwrap_or_default() } else { Vec::new() };
        let study = project.seen();
        let mut places: Vec<Place> = Vec::new();
        for place in changes.iter().filter_map(|change| history::place_of(&study, change)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Some(Self { edit, places })
    }
}

/// Since when one is where one is: what was done here since then was done before one's eyes. And what would go.
#[derive(Default)]
pub struct Stay {
    place: Option<Place>,
    /// The newest edit there was when one came.
    since: u64,
    /// The newest edit there is.
    newest: u64,
    /// Where what the next undo would change can be seen; nothing of what is gone, and nothing of an edit that is too large to
    /// be seen go.
    goes: Vec<Place>,
}

impl State {
    /// Notes where one is. To be called before the answers of a frame are taken in: an edit is done where it was asked for.
    pub(super) fn note_stay(&mut self) {
        let here = self.here();
        if self.stay.place.as_ref() != Some(&here) {
            (self.stay.place, self.stay.since) = (Some(here), self.stay.newest);
        }
    }

    /// Takes in what would be undone now.
    pub(super) fn set_undo(&mut self, undo: Option<Box<NextUndo>>) {
        let (edit, goes) = undo.map(|next| (Box::new(next.edit), next.places)).unzip();
        self.stay.goes = goes.unwrap_or_default();
        self.stay.newest = edit.as_ref().map_or(0, |edit| edit.seq).max(self.stay.newest);
        self.undo = edit;
    }

    /// Whether the view shows a place now; nothing where it cannot tell.
    fn shows(&self, place: &Place) -> Option<bool> {
        match (self.view, place) {
            (View::Read, Place::Passage(source, span)) => Some(self.read.shows(*source, *span)),
            (View::Read, place) => Some(matches!(place, Place::Source(source) if self.read.source == Some(*source))),
            (View::Themes, Place::Definition(theme)) => Some(self.themes.shows(*theme)),
            (View::Cases, Place::Case(case)) => self.cases.shows(*case),
            (View::Cases, Place::View(View::Cases)) => Some(true),
            (View::Analyse, place) => Some(self.analyse.place() == *place),
            _ => None,
        }
    }

    /// Whether one would see this edit go: the view shows something of what it changed, or, where a view cannot tell, the edit
    /// was made here and one has not gone anywhere since.
    fn sees_go(&self, edit: &EditSummary) -> bool {
        let shown: Vec<Option<bool>> = self.stay.goes.iter().map(|place| self.shows(place)).collect();
        let made_here = self.view != View::Read && edit.seq > self.stay.since;
        let cannot_tell = shown.is_empty() || shown.contains(&None);
        edit.changes <= SEEN_TO_GO && (shown.contains(&Some(true)) || made_here && cannot_tell)
    }
}

impl App {
    /// Undoes, but names an edit first that touches nothing on screen, or more than anybody could see go.
    pub(super) fn undo(&mut self) {
        let Some(edit) = &self.state.undo else {
            return self.state.say("Nothing to undo.");
        };
        if self.state.sees_go(edit) || self.state.frame.announced_undo == Some(edit.seq) {
            self.state.frame.announced_undo = None;
            self.under_way += 1;
            return self.desk.send(Request::Undo);
        }
        let sources: Vec<_> = edit.sources.iter().filter_map(|id| self.study.material(*id)).map(|it| it.source.label.as_str()).collect();
        let place = match sources.len() {
            0 => String::new(),
            1..=3 => format!(" on {}", sources.join(", ")),
            many => format!(" on {many} sources"),
        };
        let question = format!("Undo: {}{place}, {}? Press again.", edit.label, day_and_clock(edit.time, (self.now)()));
        self.state.frame.announced_undo = Some(edit.seq);
        self.state.say(question);
    }
}
