//! What the application does when it is asked: edits, jobs, commands, ways to go.

use std::path::PathBuf;

use eframe::egui::{Context, ViewportCommand};

use super::command::{Command, Scope};
use super::context::Action;
use super::frame;
use super::frame::dialogs::{
    BringDialog, Dialog, ExportDialog, GiveDialog, NewDialog, PathDialog, PathKind, PathQuestion, Printed, SettingsDialog, ShortcutsDialog,
};
use super::middle::Opening;
use super::settings::{self, zoomed};
use super::shell::App;
use super::state::{Place, View};
use super::style;
use super::times::clock;
use super::views;
use super::worker::{Ask, Edit, Request};
use crate::analysis::matrix::{MatrixSpec, Measure};
use crate::exchange::export::Content;
use crate::home::plain_name;
use crate::project::Access;
use crate::study::{Coder, SavedKind};

impl App {
    /// Does what was asked for.
    pub(super) fn act(&mut self, ctx: &Context) {
        // Doing one thing may ask for another.
        let mut waiting: std::collections::VecDeque<Action> = std::mem::take(&mut self.actions).into();
        while let Some(action) = waiting.pop_front() {
            match action {
                Action::Edit(edit) => self.edit(edit),
                Action::Ask(does, ask) => self.desk.send(Request::Ask(does, ask)),
                Action::Job { slot, name, run } => self.jobs.start(slot, name, run),
                Action::Cancel(slot) => {
                    self.jobs.cancel(slot);
                    if slot == views::search::SLOT {
                        self.state.search.stopped();
                    }
                    let of_sheet = slot == views::import_sheet::SLOT;
                    if of_sheet && self.state.import.as_mut().is_some_and(views::import_sheet::ImportSheet::stop_reading) {
                        self.state.import = None;
                    }
                }
                Action::Run(command) => waiting.extend(self.run(ctx, command)),
                Action::Go(place) => self.go(place),
                Action::Leave(place) => self.state.places.leave(place),
                Action::Say(message) => self.state.say(message),
                Action::Tell(error) => self.state.tell(error),
                Action::Set(change) => change(&mut self.settings),
                Action::Show(dialog) => self.state.frame.dialog = Some(*dialog),
                Action::Open(path, access) => self.open(path, access),
                Action::Create { path, name, begin, documents } => {
                    self.opening = Some(Opening::of(&path, "Making"));
                    self.desk.send(Request::Create { path, name, me: self.me(), begin, documents });
                }
                Action::Rename(name) => self.rename(&name),
                Action::Import(files) => self.state.import_files(files),
            }
        }
        self.apply_settings(ctx);
        self.keep_settings();
        if (ctx.zoom_factor() - self.settings.zoom).abs() > f32::EPSILON {
            ctx.set_zoom_factor(self.settings.zoom);
        }
    }

    /// Does what changed settings ask for in the window.
    fn apply_settings(&mut self, ctx: &Context) {
        if self.settings.keys != self.kept.keys || self.settings.single_letters != self.kept.single_letters {
            self.settings.keys.clone().use_in(ctx, self.settings.single_letters);
        }
        if self.settings.memory_indexes != self.kept.memory_indexes {
            self.place_index();
        }
        if self.settings.blind != self.kept.blind && self.project.is_some() {
            let id = self.study.project().id;
            let blind = self.settings.blind.contains(&id);
            let switch: Ask = Box::new(move |project| {
                // Meanwhile another may have been opened, which has its own setting.
                if project.study().project().id == id {
                    project.work_blind(blind);
                }
                Ok(Box::new(|_| ()))
            });
            self.desk.send(Request::Ask("Reading the project", switch));
        }
        if self.settings.reading_face != self.kept.reading_face {
            style::set_fonts(ctx, self.settings.reading_face);
        }
        if (self.settings.reading_size - self.kept.reading_size).abs() > f32::EPSILON {
            let size = self.settings.reading_size;
            self.light = self.light.clone().reading_at(size);
            self.dark = self.dark.clone().reading_at(size);
        }
    }

    /// Writes the settings, if they have changed.
    pub(super) fn keep_settings(&mut self) {
        if self.settings != self.kept {
            self.kept = self.settings.clone();
            let (settings, home) = (self.settings.clone(), self.home.clone());
            self.desk.send(Request::Keep(Box::new(move || home.write(settings::NAME, &settings))));
        }
    }

    fn go(&mut self, place: Place) {
        if self.state.import.is_some() {
            return self.state.say(SHEET_FIRST);
        }
        let here = self.state.here();
        self.state.places.leave(here);
        if matches!(place, Place::View(view) if view != self.state.view) {
            // What was told was told in the view that is left, and would lie over the next one.
            self.state.frame.messages.close_notes();
        }
        self.arrive(place);
    }

    /// Keeps what is being written in a view that is left, and the place in the text.
    pub(super) fn keep_drafts(&mut self) {
        if let Some(place) = self.state.read.leave() {
            self.settings.places.insert(self.study.project().id, place);
        }
        let summaries = self.state.matrix.leave(&self.study).into_iter().chain(self.state.quotes.leave(&self.study));
        let analyse = self.state.analyse.leave(&self.study);
        for edit in self.state.themes.leave().into_iter().chain(self.state.notes.leave()).chain(summaries).chain(analyse) {
            self.edit(edit);
        }
    }

    fn edit(&mut self, edit: Edit) {
        self.under_way += 1;
        self.desk.send(Request::Edit(edit));
    }

    pub(super) fn arrive(&mut self, place: Place) {
        self.keep_drafts();
        self.state.frame.announced_undo = None;
        self.state.view = place.view();
        match place {
            Place::View(View::Search) => self.state.search.focus_box(),
            Place::View(View::Quotes) => self.state.quotes.focus_list(),
            Place::View(View::Notes) => self.state.notes.focus_list(),
            Place::View(View::Themes) => self.state.themes.focus_tree(),
            Place::View(View::Analyse) => self.state.analyse.take_focus(),
            // What another program keeps here has no view.
            Place::View(_) | Place::Saved(SavedKind::Foreign, _) => {}
            Place::Source(source) | Place::Passage(source, _) => {
                // Its words come while this frame is painted.
                let revision = self.study.material(source).and_then(|material| material.revision());
                revision.and_then(|revision| self.texts.get(revision.text));
                self.state.read.go(&place);
            }
            Place::Query(query) => self.state.search.ask(query),
            Place::Passages(asked) => self.state.search.relate(*asked),
            Place::Saved(SavedKind::MatrixView, id) => views::matrix::open_saved(&mut self.state.matrix, &self.study, id),
            Place::Saved(SavedKind::Query, id) => views::search::open_saved(&mut self.state.search, &self.study, id),
            Place::Theme(theme) => self.state.matrix.read_theme(theme, self.state.places.last().cloned()),
            Place::Cell(place) => self.state.matrix.go(*place, &self.study),
            Place::Definition(theme) => self.state.themes.show(theme),
            Place::Case(case) => self.state.cases.go(case),
            Place::Proposition(proposition) => self.state.analyse.go_to_proposition(proposition),
            Place::Typology(typology) => self.state.analyse.go_to_typology(typology),
        }
    }

    /// Runs a command that works anywhere; those of the text come from the reader itself.
    fn run(&mut self, ctx: &Context, command: Command) -> Vec<Action> {
        let show = |view| vec![Action::Go(Place::View(view))];
        if self.state.import.is_some() && leaves_sheet(command) {
            self.state.say(SHEET_FIRST);
            return Vec::new();
        }
        match command {
            Command::ShowRead => return show(View::Read),
            Command::ShowMatrix => return show(View::Matrix),
            Command::ShowSearch | Command::FindEverywhere => return show(View::Search),
            Command::ShowQuotes => return show(View::Quotes),
            Command::ShowNotes => return show(View::Notes),
            Command::ShowThemes => return show(View::Themes),
            Command::ShowCases => return show(View::Cases),
            Command::ShowSpeakers => {
                self.state.cases.show_speakers(None);
                return show(View::Cases);
            }
            Command::ShowAnalyse => return show(View::Analyse),
            Command::ShowHistory => return show(View::History),
            Command::New => {
                return vec![Action::Show(Box::new(Dialog::New(Box::new(NewDialog::new(self.folder(), self.identity.name.clone())))))];
            }
            Command::Open => return vec![Action::Show(Box::new(self.open_project()))],
            Command::Import => return vec![Action::Show(Box::new(import_files()))],
            Command::Export => self.export(),
            Command::CompareCodebook => {
                self.state.themes.command(command);
                return show(View::Themes);
            }
            Command::Reconcile => {
                self.state.read.command(command);
                return show(View::Read);
            }
            Command::PrintCodebook => self.print_codebook(),
            Command::GiveCopy => return self.give_copy(),
            Command::BringBack => return self.bring_back(),
            Command::Check => return vec![frame::check_project()],
            Command::Restore => return vec![frame::dialogs::ask_restore()],
            // Behind the sheet nothing of the project goes: it takes back what was done on the sheet.
            Command::Undo if self.state.import.is_none() => self.undo(),
            Command::Redo => {
                self.under_way += 1;
                self.desk.send(Request::Redo);
            }
            Command::WorkBlind => self.switch_blind(),
            Command::Save => {
                self.keep_drafts();
                self.asked_whether_saved = true;
            }
            Command::Palette => self.state.frame.palette.enter(ctx),
            Command::Back => {
                let here = self.state.here();
                if let Some(place) = self.state.places.back(here) {
                    self.arrive(place);
                }
            }
            Command::Forward => {
                let here = self.state.here();
                if let Some(place) = self.state.places.forward(here) {
                    self.arrive(place);
                }
            }
            Command::ZoomIn => self.zoom(zoomed(self.settings.zoom, true)),
            Command::ZoomOut => self.zoom(zoomed(self.settings.zoom, false)),
            Command::ZoomReset => self.zoom(1.0),
            Command::ShowKeys => return vec![Action::Show(Box::new(Dialog::Shortcuts(ShortcutsDialog::default())))],
            Command::Settings => return vec![Action::Show(Box::new(Dialog::Settings(Box::new(SettingsDialog::new(&self.identity)))))],
            Command::ChangeKeys => return vec![Action::Show(Box::new(Dialog::Settings(Box::new(SettingsDialog::keys(&self.identity)))))],
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::ChangeMode => {
                self.settings.mode = self.settings.mode.next(ctx.system_theme());
                self.state.say(format!("Colours: {}", self.settings.mode.name()));
            }
            Command::SwitchLetters => {
                self.settings.single_letters = !self.settings.single_letters;
                let now = if self.settings.single_letters { "on" } else { "off" };
                self.state.say(format!("Single-letter keys are {now}."));
            }
            command => self.run_in_view(command),
        }
        Vec::new()
    }

    /// Hands a command to the view it works in, which is shown first. The view carries it out in this frame or the next: what
    /// cannot be done now is said, and never waits.
    fn run_in_view(&mut self, command: Command) {
        let scope = command.scope();
        if let Some(sheet) = &mut self.state.import {
            return if scope.works_in(self.state.view, true) { sheet.command(command) } else { self.state.say(SHEET_FIRST) };
        }
        if self.project.is_none() {
            return self.state.say("No project is open.");
        }
        let view = match command {
            Command::FilterThemes if self.state.view != View::Read => Some(View::Themes),
            _ => scope.view(),
        };
        if view.is_none() && !scope.works_in(self.state.view, false) {
            return self.state.say(format!("“{}” does nothing here: it is for {}.", command.title(), scope.name().to_lowercase()));
        }
        if command == Command::FindInText && self.state.view == View::Matrix {
            return self.state.say(format!("{} finds words in Read and Search.", self.settings.keys.named(command)));
        }
        if let Some(view) = view.filter(|view| *view != self.state.view) {
            self.go(Place::View(view));
        }
        self.state.command(command);
        if scope == Scope::Text {
            self.state.read.focus_text();
        }
    }

    /// Answers Ctrl+S once everything that was asked for is durable. An edit that fails has its own answer.
    pub(super) fn answer_save(&mut self) {
        if !self.asked_whether_saved || self.under_way > 0 {
            return;
        }
        self.asked_whether_saved = false;
        let answer = match self.project.as_ref().map(|project| project.access) {
            Some(Access::Write) => format!("All saved, {}", clock((self.now)())),
            Some(Access::Read) => "This project is open to read only: there is nothing to save.".to_owned(),
            None => "No project is open.".to_owned(),
        };
        self.state.say(answer);
    }

    /// Gives the coder another name, here and in the study; a copy that was given to somebody keeps whose it is.
    fn rename(&mut self, name: &str) {
        self.identity.name = plain_name(name);
        let (identity, home) = (self.identity.clone(), self.home.clone());
        let coder = Coder { id: identity.coder, initials: identity.initials(), name: identity.name.clone() };
        self.desk.send(Request::Keep(Box::new(move || home.write_identity(&identity))));
        if self.project.as_ref().is_some_and(|project| project.access == Access::Write && project.given_to.is_none()) {
            self.edit(Edit::new("Change name", move |tx| tx.put(coder), |_, ()| ()));
        }
    }

    /// Shows only own work, or everybody's again. What is being written is kept first, for the cell it was written in.
    fn switch_blind(&mut self) {
        match &self.project {
            None => self.state.say("No project is open."),
            Some(project) if project.given_to.as_ref().is_some_and(|to| to.blind) => {
                self.state.say("This copy was given blind; all is shown when it is brought back.");
            }
            Some(_) => {
                self.keep_drafts();
                let id = self.study.project().id;
                let blind = self.settings.blind.insert(id) || !self.settings.blind.remove(&id);
                self.state.say(if blind { "You work blind: only your own work is shown." } else { "Everybody’s work is shown." });
            }
        }
    }

    fn zoom(&mut self, zoom: f32) {
        self.settings.zoom = zoom;
        self.state.say(format!("Size {:.0} %", self.settings.zoom * 100.0));
    }

    /// Asks for whom a copy is to be.
    fn give_copy(&mut self) -> Vec<Action> {
        let Some(project) = &self.project else {
            self.state.say("No project is open.");
            return Vec::new();
        };
        vec![Action::Show(Box::new(Dialog::Give(Box::new(GiveDialog::new(project, &self.study)))))]
    }

    /// Asks which copy comes back. What is being written is kept first: a copy is looked into beside the project as it is.
    fn bring_back(&mut self) -> Vec<Action> {
        match self.project.as_ref().map(|project| project.access) {
            Some(Access::Write) => {
                self.keep_drafts();
                vec![Action::Show(Box::new(Dialog::Bring(Box::new(BringDialog::new(&self.folder())))))]
            }
            Some(Access::Read) => {
                self.state.say("This project is open to read only.");
                Vec::new()
            }
            None => {
                self.state.say("No project is open.");
                Vec::new()
            }
        }
    }

    /// The folder in which files are looked for and written at first: the open project's, else the user's documents.
    fn folder(&self) -> PathBuf {
        let beside = self.project.as_ref().and_then(|project| project.path.parent()).map(PathBuf::from);
        let user = || directories::UserDirs::new().map(|user| user.document_dir().unwrap_or_else(|| user.home_dir()).to_path_buf());
        beside.or_else(user).unwrap_or_default()
    }

    fn open_project(&self) -> Dialog {
        let open = |access| move |paths: Vec<PathBuf>| paths.into_iter().take(1).map(|path| Action::Open(path, access)).collect();
        Dialog::Path(PathDialog::new(PathQuestion {
            title: "Open a project".into(),
            what: "A project is a file that ends in .themata.".into(),
            button: "Open".into(),
            start: self.folder().join(""),
            kind: PathKind::Project,
            then: Box::new(open(Access::Write)),
            other: Some(("Open to read only".into(), Box::new(open(Access::Read)))),
        }))
    }

    fn print_codebook(&mut self) {
        if self.project.is_none() {
            return self.state.say("No project is open.");
        }
        let dialog = ExportDialog::printing(&self.folder(), &self.study, Printed::codebook());
        self.state.frame.dialog = Some(Dialog::Export(Box::new(dialog)));
    }

    fn export(&mut self) {
        if self.project.is_none() {
            return self.state.say("No project is open.");
        }
        // What one reads, has found or has narrowed is what is meant.
        let listed = match self.state.view {
            View::Matrix => self.state.matrix.listed(),
            View::Search => self.state.search.listed(&self.study),
            View::Quotes => self.state.quotes.listed(&self.study),
            View::Notes => self.state.notes.listed(&self.study),
            View::Analyse => self.state.analyse.listed(),
            _ => None,
        };
        if let Some(listed) = listed {
            let dialog = ExportDialog::of(&self.folder(), &self.study, listed);
            self.state.frame.dialog = Some(Dialog::Export(Box::new(dialog)));
            return;
        }
        let seen = self.state.matrix.seen().map(|(spec, measure)| (spec.clone(), measure));
        let matrix = seen.unwrap_or_else(|| (MatrixSpec::usual(&self.study), Measure::Participants));
        let dialog = ExportDialog::new(self.folder(), matrix);
        // What one is looking at is what is meant at first.
        let dialog = match self.state.view {
            View::Matrix => dialog.seeing(self.state.matrix.seen_page(&self.study)),
            View::Quotes => dialog.with(Content::Quotes),
            View::Notes => dialog.with(Content::Memos),
            View::Themes => dialog.with(Content::Codebook),
            View::Cases => dialog.with(Content::Cases),
            View::Analyse => match self.state.analyse.content() {
                Some(content) => dialog.with(content),
                None => return self.state.say("Not computed yet."),
            },
            View::Read | View::Search | View::History => dialog,
        };
        self.state.frame.dialog = Some(Dialog::Export(Box::new(dialog)));
    }
}

fn import_files() -> Dialog {
    Dialog::Path(PathDialog::new(PathQuestion {
        title: "Import files".into(),
        what: "A transcript, captions, a report, a table of answers, or a folder of them. Files can also be dropped on the window.".into(),
        button: "Look at them".into(),
        start: PathBuf::new(),
        kind: PathKind::Several,
        then: Box::new(|paths| vec![Action::Import(paths)]),
        other: None,
    }))
}

/// Whether a command would change the project, or show something else of it, behind the import sheet.
const fn leaves_sheet(command: Command) -> bool {
    matches!(
        command,
        Command::Redo
            | Command::BringBack
            | Command::Back
            | Command::Forward
            | Command::ShowSpeakers
            | Command::CompareCodebook
            | Command::Reconcile
            | Command::FilterThemes
            | Command::FindInText
            | Command::WorkBlind
    )
}

/// Why nothing else is done while the import sheet is open.
const SHEET_FIRST: &str = "Import the files on the sheet, or cancel it, first.";
