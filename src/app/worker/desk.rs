use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::busy::Busy;
use super::edit::{Edit, IfNot};
use super::index::IndexDoor;
use super::jobs::JobNews;
use super::texts::LoadedText;
use super::wake::Wake;
use crate::app::context::Action;
use crate::app::frame::Offer;
use crate::app::frame::dialogs::free_name;
use crate::app::state::State;
use crate::app::undoing::NextUndo;
use crate::app::user_error::{UserError, sentence};
use crate::home::HomeError;
use crate::project::{Access, EditError, EditSummary, GivenTo, Me, Own, Project, ProjectError, Tx, index_folder};
use crate::store::StoreError;
use crate::study::{ProjectId, Study};
use crate::text::{BlobId, Texts};

/// What changes the view state once an answer is there; runs on the window's thread.
pub type Deliver = Box<dyn FnOnce(&mut State) + Send>;

/// A question to the project, or an act that is no edit.
pub type Ask = Box<dyn FnOnce(&mut Project) -> Result<Deliver, UserError> + Send>;

/// Puts into a new project what it begins with.
pub type Begin = Box<dyn FnOnce(&mut Tx<'_>) -> Result<(), EditError> + Send>;

/// Writes settings.
pub type Keep = Box<dyn FnOnce() -> Result<(), HomeError> + Send>;

/// What the thread that owns the project is asked to do.
pub enum Request {
    /// Opens a project in the place of the one that is open.
    Open {
        /// The file.
        path: PathBuf,
        /// To write, or only to read.
        access: Access,
        /// Who edits.
        me: Me,
        /// The projects in which only own work is shown.
        blind: BTreeSet<ProjectId>,
    },
    /// Makes a project and opens it.
    Create {
        /// The file, which must not be there yet.
        path: PathBuf,
        /// The study's name.
        name: String,
        /// Who edits.
        me: Me,
        /// What it begins with.
        begin: Option<Begin>,
        /// The documents to look at then.
        documents: Vec<PathBuf>,
    },
    /// Changes the project.
    Edit(Edit),
    /// Takes back the newest edit.
    Undo,
    /// Brings back the newest undone edit.
    Redo,
    /// Asks something, or does what is no edit; the words say what, for when it lasts. They are empty where a job tells it.
    Ask(&'static str, Ask),
    /// Keeps settings in the user's folder.
    Keep(Keep),
    /// Drops something large where nobody waits for it.
    Drop(Box<dyn Any + Send>),
}

impl Request {
    /// Whether the answer is counted: an edit, an undo or a redo.
    const fn is_edit(&self) -> bool {
        matches!(self, Self::Edit(_) | Self::Undo | Self::Redo)
    }

    /// What is done, in words for when it lasts.
    fn name(&self) -> Option<String> {
        let file = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match self {
            Self::Open { path, .. } => Some(format!("Opening “{}”", file(path))),
            Self::Create { path, .. } => Some(format!("Making “{}”", file(path))),
            Self::Edit(edit) => Some(edit.label.clone()),
            Self::Undo => Some("Undoing".to_owned()),
            Self::Redo => Some("Doing again".to_owned()),
            Self::Ask(does, _) => (!does.is_empty()).then(|| (*does).to_owned()),
            Self::Keep(_) | Self::Drop(_) => None,
        }
    }

    /// Takes out what the window does when it cannot be done; it must outlive a panic.
    const fn take_if_not(&mut self) -> Option<IfNot> {
        match self {
            Self::Edit(edit) => edit.if_not.take(),
            _ => None,
        }
    }
}

/// The project that is open, as far as the window and its jobs may know it.
#[derive(Clone)]
pub struct OpenProject {
    /// The file.
    pub path: PathBuf,
    /// To write, or only to read.
    pub access: Access,
    /// Who edits.
    pub me: Me,
    /// Whom it was given to, if it is a copy that was.
    pub given_to: Option<GivenTo>,
    /// Its texts. To be asked from jobs only: reading them reads the file.
    pub texts: Arc<dyn Texts>,
    /// The way to its search index. To be used from jobs only: the first to come opens it.
    pub index: IndexDoor,
}

impl OpenProject {
    /// What has to be known of it to look into a copy of it; `study` is the one that is shown.
    #[must_use]
    pub fn own(&self, study: &Arc<Study>) -> Own {
        Own { path: self.path.clone(), study: Arc::clone(study), texts: Arc::clone(&self.texts), me: self.me.clone() }
    }
}

/// What the window hears from its threads.
pub enum Event {
    /// A project is open.
    Opened(Box<OpenProject>, Arc<Study>),
    /// The project that was open is open no longer.
    Closed,
    /// There is no project at the path, or it cannot be opened. What was open stays open.
    NotOpened {
        /// The path.
        path: PathBuf,
        /// Whether it could be opened to read.
        can_be_read: bool,
        /// Why.
        error: UserError,
    },
    /// The study has changed, and what can be undone and redone now.
    Changed {
        /// The study as it is now.
        study: Arc<Study>,
        /// What would be undone.
        undo: Option<Box<NextUndo>>,
        /// What would be redone.
        redo: Option<Box<EditSummary>>,
        /// Whether this answers an edit, an undo or a redo.
        answers: bool,
        /// What the edit does to the view state, in the same frame.
        then: Option<Deliver>,
    },
    /// To be applied to the view state.
    Deliver(Deliver),
    /// A short message for the status bar.
    Said(String),
    /// Something could not be done.
    Failed {
        /// What, why, what to do.
        error: UserError,
        /// What can be done about it with one press.
        offer: Option<Offer>,
        /// Whether this answers an edit, an undo or a redo.
        answers: bool,
        /// What it does to the view state.
        if_not: Option<IfNot>,
    },
    /// A text, or why it is not there.
    Text(BlobId, Result<Arc<LoadedText>, String>),
    /// News of a job.
    Job(JobNews),
}

impl Event {
    /// Something that was no edit could not be done.
    #[must_use]
    pub const fn failed(error: UserError) -> Self {
        Self::Failed { error, offer: None, answers: false, if_not: None }
    }
}

/// Why a request could not be done, and what can be done about it.
struct Failed {
    error: UserError,
    offer: Option<Offer>,
}

impl Failed {
    /// Nothing can be done about it with one press.
    fn only(error: UserError) -> Box<Self> {
        Box::new(Self { error, offer: None })
    }

    /// As the answer to a request, or as news when nothing was asked for.
    fn into_event(self, answers: bool, if_not: Option<IfNot>) -> Event {
        let Self { error, offer } = self;
        Event::Failed { error, offer, answers, if_not }
    }
}

/// The window's end of the thread that owns the project.
pub struct Desk {
    /// What the thread is doing.
    pub busy: Busy,
    sender: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// Starts the thread; search indexes will lie in the folder `cache`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: Wake, cache: PathBuf) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let busy = Busy::default();
        let told = busy.clone();
        let thread = std::thread::Builder::new().name("project".into()).spawn(move || serve(&receiver, &wake, &told, &cache))?;
        Ok(Self { busy, sender: Some(sender), thread: Some(thread) })
    }

    /// Sends a request. Requests are served in order.
    pub fn send(&self, request: Request) {
        if let Some(sender) = &self.sender {
            // The thread ends only with the desk.
            let _ = sender.send(request);
        }
    }
}

impl Drop for Desk {
    /// Waits until everything that was asked for is done and the project is closed.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A panic in it has been reported already.
            let _ = thread.join();
        }
    }
}

/// With nothing asked for so long, the project is tidied.
const IDLE: Duration = Duration::from_secs(20);

fn serve(requests: &Receiver<Request>, wake: &Wake, busy: &Busy, cache: &Path) {
    let mut project = None;
    let mut tidy = true;
    loop {
        let mut request = match requests.recv_timeout(IDLE) {
            Ok(request) => request,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(project) = project.as_ref().filter(|_| !tidy) {
                    if let Err(failed) = tidy_up(project) {
                        wake.send(failed.into_event(false, None));
                    }
                    tidy = true;
                }
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        tidy = false;
        let (answers, if_not) = (request.is_edit(), request.take_if_not());
        busy.set(request.name());
        let done = catch_unwind(AssertUnwindSafe(|| answer(&mut project, request, wake, cache)));
        let done = done.unwrap_or_else(|panic| Err(Failed::only(panicked("An act could not be finished.", panic.as_ref()))));
        let lasted = busy.told().is_ok();
        busy.set(None);
        if let Err(failed) = done {
            wake.send(failed.into_event(answers, if_not));
        }
        if lasted {
            wake.later(Duration::ZERO);
        }
    }
}

/// Folds the write-ahead log into the file and makes the day's backup.
fn tidy_up(project: &Project) -> Result<(), Box<Failed>> {
    if project.access() == Access::Read {
        return Ok(());
    }
    project.checkpoint().and_then(|()| project.daily_backup(jiff::Timestamp::now().as_millisecond())).map(drop).map_err(|error| {
        if matches!(error, ProjectError::Store(StoreError::Moved(_))) {
            return moved(project, &error);
        }
        let what = UserError::new("The day’s backup could not be made.", "The project itself is safe. Look whether the disk is full.");
        Failed::only(what.because(&error))
    })
}

/// What to tell after a panic.
pub(super) fn panicked(what: &str, panic: &(dyn Any + Send)) -> UserError {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    UserError {
        what: what.to_owned(),
        advice: "Your study is as it was before. Please report this with the details.".into(),
        details: words,
    }
}

fn answer(project: &mut Option<Project>, request: Request, wake: &Wake, cache: &Path) -> Result<(), Box<Failed>> {
    match request {
        Request::Open { path, access, me, blind } => {
            // The same file again: the right to write to it has to be given back first.
            let again = project.as_ref().is_some_and(|open| path.canonicalize().is_ok_and(|path| path == open.path()));
            if again {
                *project = None;
            }
            let result = Project::open(&path, access, &me).map(|mut project| {
                project.work_blind(blind.contains(&project.study().project().id));
                project
            });
            opened(project, result, path, wake, cache);
            if again && project.is_none() {
                wake.send(Event::Closed);
            }
            Ok(())
        }
        Request::Create { path, name, me, begin, documents } => {
            let made = match begin {
                Some(begin) => Project::create_with(&path, &name, &me, "Set up the frame", begin),
                None => Project::create(&path, &name, &me),
            };
            let is_made = made.is_ok();
            opened(project, made, path, wake, cache);
            if is_made && !documents.is_empty() {
                wake.send(Event::Deliver(Box::new(move |state| state.import_files(documents))));
            }
            Ok(())
        }
        Request::Keep(keep) => keep().map_err(|error| {
            let what = UserError::new("The settings could not be kept.", "The study is not touched by this.");
            Failed::only(what.because(&error))
        }),
        Request::Drop(thing) => {
            drop(thing);
            Ok(())
        }
        Request::Edit(_) | Request::Undo | Request::Redo | Request::Ask(..) => match project {
            Some(project) => serve_project(project, request, wake),
            None => Err(Failed::only(UserError::new("No project is open.", "Open one or make a new one first."))),
        },
    }
}

fn serve_project(project: &mut Project, request: Request, wake: &Wake) -> Result<(), Box<Failed>> {
    match request {
        Request::Edit(Edit { label, group, act, .. }) => {
            let done = match group {
                Some(group) => project.edit_in_group(group, &label, act),
                None => project.edit(&label, act),
            };
            let deliver = done.map_err(|error| not_done(project, &format!("“{label}” could not be done."), &error))?;
            tell(project, wake, true, Some(deliver));
        }
        Request::Undo => {
            let undone = project.undo().map_err(|error| not_done(project, "This could not be undone.", &error))?;
            tell(project, wake, true, None);
            wake.send(Event::Said(undone.map_or_else(|| "Nothing to undo.".into(), |edit| format!("Undone: {}", edit.label))));
        }
        Request::Redo => {
            let redone = project.redo().map_err(|error| not_done(project, "This could not be done again.", &error))?;
            tell(project, wake, true, None);
            wake.send(Event::Said(redone.map_or_else(|| "Nothing to redo.".into(), |edit| format!("Done again: {}", edit.label))));
        }
        Request::Ask(_, ask) => {
            let before = project.seen();
            let answer = ask(project).map_err(Failed::only);
            // Some of what is asked for edits: an import, an undo from the history; or shows another study of the same, as working
            // blind does. The window has the study and the answer in one frame then.
            let is_edited = !Arc::ptr_eq(&before, &project.seen());
            match answer {
                Ok(deliver) if is_edited => tell(project, wake, false, Some(deliver)),
                Ok(deliver) => wake.send(Event::Deliver(deliver)),
                Err(failed) => {
                    if is_edited {
                        tell(project, wake, false, None);
                    }
                    return Err(failed);
                }
            }
        }
        Request::Open { .. } | Request::Create { .. } | Request::Keep(_) | Request::Drop(_) => {}
    }
    Ok(())
}

/// What to tell of an edit that was not made.
fn not_done(project: &Project, what: &str, error: &EditError) -> Box<Failed> {
    let reason = sentence(error);
    let advice = match error {
        EditError::Store(StoreError::Moved(_)) => return moved(project, error),
        EditError::Store(StoreError::Full) => format!("{reason} Make room on it and do it again; what was done before is safe."),
        EditError::Store(StoreError::NotWritable) => format!("{reason} What was done before is safe; make it writable and do it again."),
        _ => format!("{reason} Nothing was changed."),
    };
    Failed::only(UserError::new(what, advice).because(error))
}

/// What to tell when the project's file was moved or removed: all of it is still here, and can be written to a new one.
fn moved(project: &Project, error: &(dyn std::error::Error + 'static)) -> Box<Failed> {
    let path = project.path();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let what = format!("“{name}” is no longer where it was: it was moved or removed while it was open.");
    let advice = "Nothing is lost yet: everything up to the last change is still here. Write it to a new file, or put the old one back.";
    let rescue = Action::ask(
        |project| {
            let copy = free_name(project.path(), "rescued");
            project.copy_to(&copy).map_err(|error| {
                UserError::new("The project could not be written to a new file.", "Look whether the disk is full or the folder read-only.")
                    .because(&error)
            })?;
            Ok(copy)
        },
        |state, copy| state.wanted.push(Action::Open(copy, Access::Write)),
    );
    let offer = Some(Offer { words: "Write it to a new file", action: rescue });
    Box::new(Failed { error: UserError::new(what, advice).because(error), offer })
}

fn tell(project: &Project, wake: &Wake, answers: bool, then: Option<Deliver>) {
    let undo = NextUndo::of(project).map(Box::new);
    // A name for a button only, too.
    let redo = project.next_redo().ok().flatten().map(Box::new);
    wake.send(Event::Changed { study: project.seen(), undo, redo, answers, then });
}

fn opened(slot: &mut Option<Project>, result: Result<Project, ProjectError>, path: PathBuf, wake: &Wake, cache: &Path) {
    match result {
        Ok(project) => {
            let folder = index_folder(cache, project.study().project().id, project.path());
            let index = IndexDoor::new(folder, project.texts());
            let (access, me, given_to) = (project.access(), project.me().clone(), project.given_to().cloned());
            let open = OpenProject { path, access, me, given_to, texts: project.texts(), index };
            wake.send(Event::Opened(Box::new(open), project.seen()));
            tell(&project, wake, false, None);
            // The one before is closed here.
            *slot = Some(project);
        }
        Err(error) => {
            let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
            let (can_be_read, advice) = match &error {
                ProjectError::Store(StoreError::InUse) => (true, "It is being edited in another window. Here it can be read.".to_owned()),
                ProjectError::Store(StoreError::NotWritable) => (true, "Its file or its folder is read-only. It can be read.".to_owned()),
                error => (false, sentence(error)),
            };
            let error = UserError::new(format!("“{name}” could not be opened."), advice).because(&error);
            wake.send(Event::NotOpened { path, can_be_read, error });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{CoderId, DeviceId};

    fn next(events: &Receiver<Event>) -> Event {
        events.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    /// The thread with a new project in `folder`, and what it tells.
    fn desk(folder: &Path) -> (Desk, Receiver<Event>) {
        let me = Me { device: DeviceId::new(), coder: CoderId::new(), name: "Elspeth".into(), initials: "E".into() };
        let (sender, events) = channel();
        let desk = Desk::start(Wake::new(sender, eframe::egui::Context::default()), folder.join("cache")).unwrap();
        desk.send(Request::Create { path: folder.join("study.themata"), name: "Test".into(), me, begin: None, documents: Vec::new() });
        assert!(matches!(next(&events), Event::Opened(..)));
        assert!(matches!(next(&events), Event::Changed { answers: false, .. }));
        (desk, events)
    }

    #[test]
    fn a_panic_in_an_edit_is_told_and_the_next_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let (desk, events) = desk(folder.path());
        let edit = |edit: Edit| desk.send(Request::Edit(edit));
        let panics = |tx: &mut Tx<'_>| -> Result<(), EditError> {
            tx.theme_at("Lost")?;
            panic!("out of ink")
        };
        edit(Edit::new("Theme", panics, |_, ()| ()).or(|state, error| state.frame.palette.text.clone_from(&error.details)));
        let Event::Failed { error, answers: true, if_not: Some(if_not), .. } = next(&events) else { panic!("the edit has no answer") };
        assert_eq!(error.details, "out of ink");
        let mut state = State::default();
        if_not(&mut state, &error);
        assert_eq!(state.frame.palette.text, "out of ink", "what was typed is not given back");
        edit(Edit::new("Theme", |tx| tx.theme_at("Kept"), |_, _| ()));
        let Event::Changed { study, answers: true, .. } = next(&events) else { panic!("the edit has no answer") };
        let paths: Vec<_> = study.codebook().themes().map(|theme| study.codebook().path(theme.id)).collect();
        assert_eq!(paths, ["Kept"]);
    }

    #[test]
    fn what_was_asked_for_comes_with_the_study_it_made() {
        let folder = tempfile::tempdir().unwrap();
        let (desk, events) = desk(folder.path());
        let ask = |ask: Ask| desk.send(Request::Ask("Asking", ask));
        ask(Box::new(|project| {
            project.edit("Theme", |tx| tx.theme_at("Kept")).unwrap();
            Ok(Box::new(|state| state.say("made")))
        }));
        assert!(matches!(next(&events), Event::Changed { study, then: Some(_), answers: false, .. } if study.codebook().len() == 1));
        ask(Box::new(|_| Ok(Box::new(|state| state.say("looked")))));
        assert!(matches!(next(&events), Event::Deliver(_)), "nothing was edited");
        ask(Box::new(|project| {
            project.edit("Theme", |tx| tx.theme_at("Kept too")).unwrap();
            Err(UserError::new("Halfway.", ""))
        }));
        assert!(matches!(next(&events), Event::Changed { study, then: None, .. } if study.codebook().len() == 2));
        assert!(matches!(next(&events), Event::Failed { error, .. } if error.what == "Halfway."));
    }
}
