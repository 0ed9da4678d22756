use eframe::egui;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use eframe::egui::{Context, PointerButton, Rect, Ui, UiBuilder, pos2};

use super::command::{Command, KeyMap, Scope};
use super::context::{Action, Cx};
use super::frame::dialogs::Dialog;
use super::frame::{self, FirstStep, Offer, StatusLine, TopBar};
use super::in_turn::{InTurn, Keys};
use super::keys_back::KeysBack;
use super::middle::{self, Opening};
use super::reading_order::ReadingOrder;
use super::retired::Retired;
use super::run::RunError;
use super::settings::Settings;
use super::state::{State, View};
use super::style;
use super::tokens::{Mode, Tokens};
use super::user_error::UserError;
use super::worker::{Deliver, Desk, Event, JobHandle, Jobs, OpenProject, Request, TextCache, Wake};
use crate::exchange::sample;
use crate::home::{Home, Identity};
use crate::project::{Access, Me};
use crate::study::Study;

/// What the window starts with.
pub struct Start {
    home: Home,
    project: Option<PathBuf>,
    /// The project that was open last and is no longer where it was.
    missing: Option<PathBuf>,
    settings: Settings,
    identity: Identity,
    now: fn() -> i64,
    /// By how many pages the project's file may grow.
    room: Option<i64>,
}

impl Start {
    /// The user's settings from `home`, and the project to open: the one given, else the one that was open last, else the
    /// sample study, which is made at the first start. Where the last one is gone, the window says so.
    /// `now` is the clock: milliseconds since 1970 (UTC).
    ///
    /// # Errors
    /// When it can be neither read nor kept who edits, or the sample study cannot be made.
    pub fn new(home: Home, project: Option<PathBuf>, now: fn() -> i64) -> Result<Self, RunError> {
        let settings = Settings::read(&home);
        let identity = home.identity()?;
        let (mut project, mut missing) = (project, None);
        if project.is_none() {
            (project, missing) = settings
                .last_project
                .clone()
                .map_or((None, None), |last| if last.exists() { (Some(last), None) } else { (None, Some(last)) });
        }
        let project = match project {
            Some(project) => project,
            None => sample::project(&home, &Me::from(&identity))?,
        };
        Ok(Self { identity, home, project: Some(project), missing, settings, now, room: None })
    }

    /// The same on a disk that is full once the project's file has grown by so many pages, for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn with_room_for(self, pages: i64) -> Self {
        Self { room: Some(pages), ..self }
    }
}

/// The application: what the window shows and the threads behind it.
pub struct App {
    pub(super) study: Arc<Study>,
    retired: Retired,
    pub(super) project: Option<OpenProject>,
    /// The project that is being opened.
    pub(super) opening: Option<Opening>,
    pub(super) state: State,
    pub(super) settings: Settings,
    pub(super) kept: Settings,
    pub(super) identity: Identity,
    pub(super) home: Home,
    pub(super) light: Tokens,
    pub(super) dark: Tokens,
    pub(super) mode: Mode,
    pub(super) now: fn() -> i64,
    pub(super) events: Receiver<Event>,
    pub(super) texts: TextCache,
    pub(super) jobs: Jobs,
    pub(super) desk: Desk,
    /// Edits that were sent and not answered.
    pub(super) under_way: usize,
    /// Whether Ctrl+S waits for the edits that are under way.
    pub(super) asked_whether_saved: bool,
    pub(super) actions: Vec<Action>,
    in_turn: InTurn,
    /// Whether a dialog was open when the keys were asked for last.
    had_dialog: bool,
}

impl App {
    /// The application in a window whose context is `ctx`.
    ///
    /// # Errors
    /// When the system gives no threads, or this build was put together wrongly.
    pub fn new(ctx: &Context, start: Start) -> Result<Self, RunError> {
        let tokens = |mode| Tokens::load(mode).map(|tokens| tokens.reading_at(start.settings.reading_size));
        let (light, dark) = (tokens(Mode::Light)?, tokens(Mode::Dark)?);
        ctx.add_plugin(ReadingOrder::default());
        ctx.add_plugin(KeysBack::default());
        style::set_fonts(ctx, start.settings.reading_face);
        start.settings.keys.clone().use_in(ctx, start.settings.single_letters);
        let mode = start.settings.mode.mode(ctx.system_theme());
        style::set_style(ctx, if mode == Mode::Dark { &dark } else { &light });
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_zoom_factor(start.settings.zoom);
        let (sender, events) = channel();
        let wake = Wake::new(sender, ctx.clone());
        let cache = start.home.cache.clone();
        let mut app = Self {
            study: Arc::default(),
            retired: Retired::default(),
            project: None,
            opening: None,
            state: State::default(),
            kept: start.settings.clone(),
            settings: start.settings,
            identity: start.identity,
            home: start.home,
            light,
            dark,
            mode,
            now: start.now,
            events,
            texts: TextCache::start(wake.clone())?,
            jobs: Jobs::new(wake.clone()),
            desk: Desk::start(wake, cache)?,
            under_way: 0,
            asked_whether_saved: false,
            actions: Vec::new(),
            in_turn: InTurn::default(),
            had_dialog: false,
        };
        if let Some(missing) = start.missing {
            app.miss(&missing);
        }
        if let Some(path) = start.project {
            app.open(path, Access::Write);
        }
        if let Some(pages) = start.room {
            app.actions.push(Action::ask(
                move |project| project.grow_at_most(pages).map_err(|error| UserError::new(error.to_string(), "")),
                |_, ()| (),
            ));
        }
        Ok(app)
    }

    /// Tells that the project that was open last is gone, and that the sample is shown in its place.
    fn miss(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let what = format!("“{name}”, which was open last, is no longer where it was.");
        let advice = format!("It was {}. Here is the sample study instead; open yours where it lies now.", path.display());
        let offer = Offer { words: "Open a project…", action: Action::Run(Command::Open) };
        self.state.frame.messages.tell_with(UserError::new(what, advice), Some(offer));
    }

    pub(super) fn open(&mut self, path: PathBuf, access: Access) {
        self.opening = Some(Opening::of(&path, "Opening"));
        self.desk.send(Request::Open { path, access, me: self.me(), blind: self.settings.blind.clone() });
    }

    pub(super) fn me(&self) -> Me {
        Me::from(&self.identity)
    }

    /// The study that is shown.
    #[must_use]
    pub const fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// The file of the project that is open.
    #[must_use]
    pub fn project_path(&self) -> Option<&Path> {
        self.project.as_ref().map(|project| project.path.as_path())
    }

    /// The view state.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Takes in what has arrived and what was pressed. Draws nothing.
    pub fn logic(&mut self, ctx: &Context) {
        self.state.note_stay();
        while let Ok(event) = self.events.try_recv() {
            self.take_in(event);
            self.actions.append(&mut self.state.wanted);
        }
        for study in self.retired.take_free() {
            self.desk.send(Request::Drop(Box::new(study)));
        }
        self.texts.tidy();
        self.change_mode(ctx);
        self.read_keys(ctx);
        self.act(ctx);
        self.answer_save();
    }

    fn take_in(&mut self, event: Event) {
        match event {
            Event::Opened(open, study) => {
                self.opening = None;
                self.leave_project(study);
                self.texts.set_source(Some(Arc::clone(&open.texts)));
                let is_first = !self.settings.recent_projects.contains(&open.path);
                if let Some(given) = open.given_to.as_ref().filter(|_| is_first) {
                    frame::tell_whose(&mut self.state.frame.messages, given);
                }
                self.settings.opened(open.path.clone());
                self.project = Some(*open);
                self.place_index();
            }
            Event::Closed => {
                self.leave_project(Arc::default());
                self.texts.set_source(None);
                self.project = None;
            }
            Event::NotOpened { path, can_be_read, error } => {
                self.opening = None;
                if self.settings.last_project.as_ref() == Some(&path) && !can_be_read {
                    self.settings.last_project = None;
                }
                let offer = can_be_read.then(|| Offer { words: "Open to read", action: Action::Open(path, Access::Read) });
                self.state.frame.messages.tell_with(error, offer);
            }
            Event::Changed { study, undo, redo, answers, then } => {
                self.under_way = self.under_way.saturating_sub(usize::from(answers));
                if study.alone() == self.study.alone() {
                    let texts_changed = !same_texts(&self.study, &study);
                    self.replace_study(study);
                    if texts_changed {
                        self.keep_index();
                    }
                } else {
                    self.see_otherwise(study);
                }
                self.state.set_undo(undo);
                self.state.redo = redo;
                if let Some(then) = then {
                    then(&mut self.state);
                }
            }
            Event::Deliver(deliver) => deliver(&mut self.state),
            Event::Said(message) => self.state.say(message),
            Event::Failed { error, offer, answers, if_not } => {
                self.under_way = self.under_way.saturating_sub(usize::from(answers));
                self.asked_whether_saved &= !answers;
                // A panic while it was opened, if it was.
                self.opening = None;
                if let Some(if_not) = if_not {
                    if_not(&mut self.state, &error);
                }
                self.state.frame.messages.tell_with(error, offer);
            }
            Event::Text(id, text) => self.texts.arrived(id, text),
            Event::Job(news) => match self.jobs.arrived(news) {
                Some(Ok(deliver)) => deliver(&mut self.state),
                Some(Err(error)) => self.state.tell(error),
                None => {}
            },
        }
    }

    /// Puts `study` in the place of the one before.
    fn replace_study(&mut self, study: Arc<Study>) {
        self.retired.add(std::mem::replace(&mut self.study, study));
    }

    /// Shows `study`, which is the same seen otherwise: with own work alone, or with everybody's again. All that was made from
    /// the one before is made anew, so that nothing of the one is ever shown with the other; one stays where one was.
    fn see_otherwise(&mut self, study: Arc<Study>) {
        let here = self.state.here();
        let places = std::mem::take(&mut self.state.places);
        // It begins again below.
        self.jobs.cancel("index");
        let stopped = self.begin_anew(study, true);
        if !stopped.is_empty() {
            self.state.say(format!("Stopped: {}", stopped.join(", ")));
        }
        self.state.places = places;
        // Read opens again by itself where it was.
        if here.view() != View::Read {
            self.arrive(here);
        }
        self.keep_index();
    }

    /// Forgets what was shown of a project that is no longer open, for `study` in its place; what was being written stays
    /// where that is the same study. Answers of its jobs would be about another one.
    fn leave_project(&mut self, study: Arc<Study>) {
        let same = study.project().id == self.study.project().id;
        let stopped = self.begin_anew(study, same);
        if !stopped.is_empty() {
            self.state.say(format!("Stopped with the project before: {}", stopped.join(", ")));
        }
    }

    /// Forgets all that was shown, for `study` in the place of the one before; what was being written stays where that is the
    /// `same` study. Returns the names of jobs that were stopped.
    fn begin_anew(&mut self, study: Arc<Study>, same: bool) -> Vec<String> {
        self.replace_study(study);
        let stopped = self.jobs.cancel_all();
        let State { frame, view, read, matrix, themes, notes, cases, analyse, import, .. } = std::mem::take(&mut self.state);
        (self.state.frame, self.state.view) = (frame, view);
        self.state.import = import.map(|sheet| sheet.after_opening(same));
        self.state.frame.announced_undo = None;
        self.state.frame.messages.close_notes();
        if same {
            // A copy of it, or itself again: what could not be written to the one may be written to the other.
            self.state.read.take_drafts(read);
            self.state.matrix.take_drafts(matrix);
            self.state.themes.take_drafts(themes);
            self.state.notes.take_drafts(notes);
            self.state.cases.take_drafts(cases);
            self.state.analyse.take_drafts(analyse);
        }
        stopped
    }

    /// Says whether the index of the open project may lie on the disk, and makes it where it lies.
    pub(super) fn place_index(&mut self) {
        let only = self.settings.memory_indexes.contains(&self.study.project().id);
        if let Some(project) = &self.project {
            project.index.keep_in_memory(only);
            self.keep_index();
        }
    }

    /// Makes the search index hold the texts of the study, in a job.
    fn keep_index(&mut self) {
        let Some(project) = &self.project else { return };
        let (index, study) = (project.index.clone(), Arc::clone(&self.study));
        let run = Box::new(move |job: &mut JobHandle| {
            let kept = index.keep_up(&study, job)?;
            Ok(Box::new(move |state: &mut State| state.search.index_changed(kept)) as Deliver)
        });
        self.jobs.start("index", "Indexing".into(), run);
    }

    fn change_mode(&mut self, ctx: &Context) {
        let mode = self.settings.mode.mode(ctx.system_theme());
        if mode != self.mode {
            self.mode = mode;
            style::set_style(ctx, self.tokens());
        }
    }

    const fn tokens(&self) -> &Tokens {
        match self.mode {
            Mode::Light => &self.light,
            Mode::Dark => &self.dark,
        }
    }

    fn read_keys(&mut self, ctx: &Context) {
        // A question is answered first, whether the window asks it or a view.
        let asked = self.state.frame.dialog.is_some() || ctx.memory(|memory| memory.top_modal_layer().is_some());
        // In a text field these are the field's own.
        let typing = ctx.text_edit_focused();
        let allowed = |command, _| !(asked || typing && matches!(command, Command::Undo | Command::Redo));
        let keys = KeyMap::of(ctx);
        let pressed = ctx.input_mut(|input| keys.pressed(input, Scope::Anywhere, allowed));
        self.actions.extend(pressed.into_iter().map(Action::Run));
        for (button, command) in [(PointerButton::Extra1, Command::Back), (PointerButton::Extra2, Command::Forward)] {
            if !asked && ctx.input(|input| input.pointer.button_pressed(button)) {
                self.actions.push(Action::Run(command));
            }
        }
        let dropped: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
        if !dropped.is_empty() {
            self.take_dropped(dropped);
        }
    }

    /// Dropped files are for the dialog that asks for documents, else for the import sheet.
    fn take_dropped(&mut self, files: Vec<PathBuf>) {
        match &mut self.state.frame.dialog {
            Some(Dialog::New(dialog)) => dialog.add_documents(files),
            _ => self.state.import_files(files),
        }
    }

    /// Whether the steps of a newcomer are shown: on the sample study, until all are done or put away. Notes what was done.
    fn take_first_steps(&mut self) -> bool {
        if self.project.is_none() || !self.study.project().synthetic || self.settings.first_steps.len() == FirstStep::ALL.len() {
            return false;
        }
        let done = FirstStep::newly_done(&self.settings.first_steps, &self.state, &self.study, self.identity.coder);
        self.settings.first_steps.extend(done);
        self.settings.first_steps.len() < FirstStep::ALL.len()
    }

    /// Draws the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let first_steps = self.take_first_steps();
        let tokens = match self.mode {
            Mode::Light => &self.light,
            Mode::Dark => &self.dark,
        };
        let whole = ui.max_rect();
        let top = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + tokens.size.top_bar));
        let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - tokens.size.status_bar), whole.max);
        let rail = Rect::from_min_max(top.left_bottom(), pos2(whole.left() + tokens.size.left_rail, bottom.top()));
        let middle = Rect::from_min_max(rail.right_top(), bottom.right_top());
        let line = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
        ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_chrome);
        ui.painter().hline(whole.x_range(), top.bottom() - line.width / 2.0, line);
        ui.painter().hline(whole.x_range(), bottom.top() + line.width / 2.0, line);
        ui.painter().vline(rail.right() - line.width / 2.0, rail.y_range(), line);

        let mut actions = Vec::new();
        let bar = TopBar {
            study: &self.study,
            project: self.project.as_ref(),
            recent: &self.settings.recent_projects,
            here: (self.state.view, self.state.import.is_some()),
            palette: &mut self.state.frame.palette,
            undo: self.state.undo.as_deref(),
            redo: self.state.redo.as_deref(),
            jobs: self.jobs.shown(),
            busy: self.desk.busy.told(),
            identity: &self.identity,
            saving: self.under_way > 0 || self.state.matrix.is_writing(),
        };
        frame::show_top_bar(ui, top, tokens, bar, &mut actions);
        let clicked = ui.scope_builder(UiBuilder::new().max_rect(rail), |ui| frame::show_rail(ui, tokens, self.state.view)).inner;
        actions.extend(clicked.map(Action::Run));

        let mut cx = Cx {
            study: &self.study,
            project: self.project.as_ref(),
            texts: &self.texts,
            tokens,
            settings: &self.settings,
            keys: KeyMap::of(ui.ctx()),
            identity: &self.identity,
            home: &self.home,
            now: (self.now)(),
            status: StatusLine::default(),
            actions,
        };
        frame::dialogs::show(ui, &mut self.state.frame.dialog, &mut cx);
        let mut inside = middle.shrink2(egui::vec2(0.0, line.width));
        if first_steps {
            let steps = Rect::from_min_max(pos2(inside.left(), inside.bottom() - frame::first_steps_height(tokens)), inside.max);
            inside.max.y = steps.top();
            frame::show_first_steps(ui, steps, tokens, &self.settings.first_steps, &mut cx.actions);
        }
        ui.scope_builder(UiBuilder::new().max_rect(inside).id_salt("view"), |ui| {
            ui.set_clip_rect(inside);
            middle::show(ui, &mut self.state, self.opening.as_ref(), &mut cx);
        });
        let Cx { status, mut actions, .. } = cx;
        ui.scope_builder(UiBuilder::new().max_rect(bottom), |ui| {
            frame::show_status_bar(ui, tokens, &status, &mut self.state.frame.messages);
        });
        frame::show_drop(ui, tokens, whole);
        frame::show_errors(ui, tokens, &mut self.state.frame.messages, &mut actions);
        if !actions.is_empty() {
            // What they change in the view is seen in the next frame, which has to come.
            ui.ctx().request_repaint();
        }
        // Done at once, so that the other threads work while this frame is painted.
        self.actions.extend(actions);
        self.act(ui.ctx());
    }
}

/// Whether two studies read the same versions of the same sources.
fn same_texts(before: &Study, now: &Study) -> bool {
    let revision = |study: &Study, place: usize| study.materials().get(place).map(|material| material.source.revision);
    now.changed_since(before).is_some_and(|changed| changed.into_iter().all(|place| revision(before, place) == revision(now, place)))
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        let dialog = self.state.frame.dialog.is_some();
        let had_dialog = std::mem::replace(&mut self.had_dialog, dialog);
        // egui learns a pass later that a dialog is gone.
        let is_over = !dialog && (had_dialog || ctx.memory(|memory| memory.top_modal_layer().is_none()));
        let keys = Keys {
            focus: ctx.memory(egui::Memory::focused),
            typing: ctx.text_edit_focused(),
            returning: is_over && ctx.with_plugin(|back: &mut KeysBack| back.is_returning()).unwrap_or_default(),
            pass: ctx.cumulative_pass_nr(),
        };
        if self.in_turn.take(&mut input.events, keys) {
            ctx.request_repaint();
        }
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.keep_drafts();
        self.keep_settings();
    }
}
