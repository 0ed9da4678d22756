//! What a view gets, and how it asks for things.
//!
//! # For those who write views
//! A view is a module under `views/` with a struct for what it remembers (`MatrixView`, a field of
//! [`State`](super::state::State)) and `pub fn show(ui: &mut egui::Ui, view: &mut MatrixView, cx: &mut Cx<'_>)`.
//! - **Read** from [`Cx::study`]. It is immutable; what you compute from it may be kept in your view state together with
//!   the `Arc<Study>` (compare with [`Arc::ptr_eq`]) and computed again when that is another one.
//! - **Change** by [`Cx::edit`]: the closure runs on the project's thread, one call is one undoable act. What comes of it
//!   reaches the view by [`Cx::edit_then`], in a later frame, after the new study. What was typed must not be lost with an
//!   edit that fails: give it back by [`Edit::or`].
//! - **Nothing slow in the frame** (2 ms): no files, no search, no sums over the whole study in every frame. Start a job
//!   with [`Cx::job`]; the closure it returns is applied to the view state unless a newer job of that slot was started.
//!   Texts come from [`Cx::texts`]: `None` means "not yet", the window is drawn again when it has come.
//! - **Questions to the project** (history, dependants) go through [`Cx::ask`].
//! - **Colours, sizes, fonts** only from [`Cx::tokens`] and the widgets of [`super::widgets`]; a test looks for literals.
//! - **Names**: every control has one (`widgets` see to it); painted rows call `response.widget_info(..)` with a role, a
//!   name and where they stand ("row 3 of 40"). Push the domain's id (`ui.push_id(theme.id, ..)`) around every row.
//! - **Keys**: what has a key is a [`Command`](super::command::Command). Anywhere-commands reach the app; those of the
//!   text reach the reader. Tables and lists handle arrows, Enter and Escape themselves while they have the focus.
//! - **The status bar** is [`Cx::status`]: say where one is and name the keys that work, in every frame.
//! - **Going somewhere** ([`Cx::go`]) keeps the way back. Messages: [`Cx::say`]; errors: [`Cx::tell`].

use std::path::PathBuf;
use std::sync::Arc;

use super::command::{Command, KeyMap};
use super::frame::StatusLine;
use super::frame::dialogs::Dialog;
use super::settings::Settings;
use super::state::{Place, State};
use super::tokens::Tokens;
use super::user_error::UserError;
use super::worker::{Ask, Begin, Deliver, Edit, JobHandle, JobRun, OpenProject, TextCache};
use crate::home::{Home, Identity};
use crate::project::{Access, EditError, Project, Tx};
use crate::study::Study;

/// What a view asks for. The app does it after the frame.
pub enum Action {
    /// Changes the project.
    Edit(Edit),
    /// Asks the project something; the words say what is done, for when it lasts.
    Ask(&'static str, Ask),
    /// Starts a job.
    Job {
        /// A newer job of the same slot replaces an older one.
        slot: &'static str,
        /// What the window says meanwhile; empty for jobs that need no mention.
        name: String,
        /// The work.
        run: JobRun,
    },
    /// Cancels the job of a slot.
    Cancel(&'static str),
    /// Runs a command, as if its keys were pressed.
    Run(Command),
    /// Goes somewhere.
    Go(Place),
    /// Keeps a place to come back to: one goes on within the same view.
    Leave(Place),
    /// Says something in the status bar.
    Say(String),
    /// Tells an error.
    Tell(UserError),
    /// Changes the user's settings.
    Set(Box<dyn FnOnce(&mut Settings) + Send>),
    /// Gives the coder another name.
    Rename(String),
    /// Shows a dialog.
    Show(Box<Dialog>),
    /// Opens a project.
    Open(PathBuf, Access),
    /// Makes a project and opens it.
    Create {
        /// The file.
        path: PathBuf,
        /// The study's name.
        name: String,
        /// What it begins with.
        begin: Option<Begin>,
        /// The documents to look at then.
        documents: Vec<PathBuf>,
    },
    /// Opens the import sheet with these files.
    Import(Vec<PathBuf>),
}

impl Action {
    /// Changes the project, as [`Cx::edit`].
    pub fn edit(label: impl Into<String>, act: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError> + Send + 'static) -> Self {
        Self::Edit(Edit::new(label, act, |_, ()| ()))
    }

    /// Asks the project something, as [`Cx::ask`].
    pub fn ask<T: Send + 'static>(
        ask: impl FnOnce(&mut Project) -> Result<T, UserError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) -> Self {
        Self::long_ask("Reading the project", ask, then)
    }

    /// The same where it may last: `does` is told meanwhile ("Undoing edits").
    pub fn long_ask<T: Send + 'static>(
        does: &'static str,
        ask: impl FnOnce(&mut Project) -> Result<T, UserError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) -> Self {
        let ask: Ask = Box::new(move |project| {
            let answer = ask(project)?;
            Ok(Box::new(move |state: &mut State| then(state, answer)) as Deliver)
        });
        Self::Ask(does, ask)
    }

    /// Starts a job, as [`Cx::job`].
    pub fn job<T: Send + 'static>(
        slot: &'static str,
        name: impl Into<String>,
        run: impl FnOnce(&mut JobHandle) -> Result<T, UserError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) -> Self {
        let run: JobRun = Box::new(move |job| {
            let answer = run(job)?;
            Ok(Box::new(move |state: &mut State| then(state, answer)) as Deliver)
        });
        Self::Job { slot, name: name.into(), run }
    }
}

/// What a view gets for one frame.
pub struct Cx<'a> {
    /// The study.
    pub study: &'a Arc<Study>,
    /// The project that is open; `None` only while nothing is.
    pub project: Option<&'a OpenProject>,
    /// Texts that are in memory.
    pub texts: &'a TextCache,
    /// Colours and sizes.
    pub tokens: &'a Tokens,
    /// The user's settings.
    pub settings: &'a Settings,
    /// The keys of this window.
    pub keys: Arc<KeyMap>,
    /// Who edits.
    pub identity: &'a Identity,
    /// The user's folders.
    pub home: &'a Home,
    /// Now, in milliseconds since 1970 (UTC).
    pub now: i64,
    /// What the status bar says: where one is, and the keys that work here.
    pub status: StatusLine,
    /// What the view asks for.
    pub actions: Vec<Action>,
}

impl Cx<'_> {
    /// Changes the project. `label` names the act as the menu of undo will show it ("Merge themes").
    pub fn edit(&mut self, label: impl Into<String>, act: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError> + Send + 'static) {
        self.edit_then(label, act, |_, ()| ());
    }

    /// Changes the project and then the view state, with what the act returned.
    pub fn edit_then<T: Send + 'static>(
        &mut self,
        label: impl Into<String>,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) {
        self.actions.push(Action::Edit(Edit::new(label, act, then)));
    }

    /// The same; acts in a row with one `group` are undone together.
    pub fn edit_in_group(
        &mut self,
        group: u64,
        label: impl Into<String>,
        act: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError> + Send + 'static,
    ) {
        self.actions.push(Action::Edit(Edit::new(label, act, |_, ()| ()).in_group(group)));
    }

    /// Asks the project something on its own thread; the answer changes the view state.
    pub fn ask<T: Send + 'static>(
        &mut self,
        ask: impl FnOnce(&mut Project) -> Result<T, UserError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) {
        self.actions.push(Action::ask(ask, then));
    }

    /// Starts a job on a thread of its own; its answer changes the view state, unless a newer job of `slot` has started.
    pub fn job<T: Send + 'static>(
        &mut self,
        slot: &'static str,
        name: impl Into<String>,
        run: impl FnOnce(&mut JobHandle) -> Result<T, UserError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) {
        self.actions.push(Action::job(slot, name, run, then));
    }

    /// Runs a command, as if its keys were pressed.
    pub fn run(&mut self, command: Command) {
        self.actions.push(Action::Run(command));
    }

    /// Goes somewhere; the way back is kept.
    pub fn go(&mut self, place: Place) {
        self.actions.push(Action::Go(place));
    }

    /// Keeps a place to come back to, when one goes on within the same view.
    pub fn leave(&mut self, place: Place) {
        self.actions.push(Action::Leave(place));
    }

    /// Says something in the status bar.
    pub fn say(&mut self, message: impl Into<String>) {
        self.actions.push(Action::Say(message.into()));
    }

    /// Tells an error.
    pub fn tell(&mut self, error: UserError) {
        self.actions.push(Action::Tell(error));
    }

    /// Changes the user's settings.
    pub fn set(&mut self, change: impl FnOnce(&mut Settings) + Send + 'static) {
        self.actions.push(Action::Set(Box::new(change)));
    }

    /// The keys that run a command now, one beside the other; a single letter is none while those are switched off.
    #[must_use]
    pub fn key_names(&self, command: Command) -> Vec<&'static str> {
        self.keys.names(command)
    }

    /// What leads to a command, for a message: its keys, else its name.
    #[must_use]
    pub fn way_to(&self, command: Command) -> String {
        self.keys.named(command)
    }

    /// The name of a command and the keys that run it now, for a tooltip.
    #[must_use]
    pub fn tooltip(&self, command: Command) -> String {
        self.keys.tooltip(command)
    }

    /// Whether the project can be changed; if not, says why in the status bar.
    #[must_use]
    pub fn can_edit(&mut self) -> bool {
        match self.project.map(|project| project.access) {
            Some(Access::Write) => true,
            Some(Access::Read) => {
                self.say("This project is open to read only.");
                false
            }
            None => false,
        }
    }
}
