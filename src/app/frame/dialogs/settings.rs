use std::path::Path;

use eframe::egui::{Id, Ui};

use super::dialog::{Stays, head, label};
use super::settings_keys::{self, KeysPage};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::settings::{ModeChoice, zoomed};
use crate::app::tokens::{READING_SIZE, ReadingFace, Type};
use crate::app::widgets::{Button, Field, checkbox, fit_width, icon_button, segmented, tabs, words};
use crate::home::Identity;

/// What the program remembers of its user.
pub struct SettingsDialog {
    page: Page,
    coder: String,
    keys: KeysPage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    You,
    Looks,
    Keys,
    Places,
}

const PAGES: [(Page, &str); 4] = [(Page::You, "You"), (Page::Looks, "Looks"), (Page::Keys, "Keys"), (Page::Places, "Where things lie")];

impl SettingsDialog {
    /// The settings of who edits.
    #[must_use]
    pub fn new(identity: &Identity) -> Self {
        Self { page: Page::You, coder: identity.name.clone(), keys: KeysPage::default() }
    }

    /// The same, opened where keys are changed.
    #[must_use]
    pub fn keys(identity: &Identity) -> Self {
        Self { page: Page::Keys, ..Self::new(identity) }
    }

    /// Whether the next keys pressed are meant as the keys of a command.
    pub(super) const fn takes_keys(&self) -> bool {
        matches!(self.page, Page::Keys) && self.keys.takes_keys()
    }
}

pub(super) fn show(ui: &mut Ui, dialog: &mut SettingsDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    let room = ui.ctx().content_rect().size();
    fit_width(ui, tokens, tokens.size.picker_width + tokens.size.facets_pane);
    head(ui, tokens, "Settings", "They are yours, on this computer. Nothing of them is kept in a project.");
    tabs(ui, tokens, &PAGES, &mut dialog.page);
    ui.add_space(tokens.space.one);
    let height = (room.y - 8.0 * tokens.size.control).min(tokens.size.picker_width).max(tokens.size.control);
    let size = eframe::egui::vec2(ui.available_width(), height);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        match dialog.page {
            Page::You => show_you(ui, dialog, cx),
            Page::Looks => eframe::egui::ScrollArea::vertical().id_salt("looks").show(ui, |ui| show_looks(ui, cx)).inner,
            Page::Keys => settings_keys::show(ui, &mut dialog.keys, cx),
            Page::Places => show_places(ui, cx),
        }
    });
    let mut stays = Stays::Open;
    ui.horizontal(|ui| {
        if Button::primary("Close").show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
    });
    stays
}

fn show_you(ui: &mut Ui, dialog: &mut SettingsDialog, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    label(ui, tokens, "Your name, shown with what you code");
    ui.horizontal_wrapped(|ui| {
        Field::new(Id::unique("coder in settings"), "Your name", icons::USER)
            .width(tokens.size.picker_width.min(ui.available_width()))
            .show(ui, tokens, &mut dialog.coder);
        let name = dialog.coder.trim();
        if Button::new("Use this name").enabled(!name.is_empty() && name != cx.identity.name).show(ui, tokens).clicked() {
            cx.actions.push(Action::Rename(name.to_owned()));
        }
    });
    let who = "In projects you are known by an identity that stays when the name changes: earlier codings remain yours.";
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, who);
    ui.add_space(tokens.space.two);
    let mut letters = cx.settings.single_letters;
    if checkbox(ui, tokens, &mut letters, "Keys that are a letter alone code at once").clicked() {
        cx.set(move |settings| settings.single_letters = letters);
    }
    let why = "Without them every act is still in the menu of the text and in the box at the top.";
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, why);
    ui.add_space(tokens.space.two);
    if Button::new("Show the first steps again").enabled(!cx.settings.first_steps.is_empty()).show(ui, tokens).clicked() {
        cx.set(|settings| settings.first_steps.clear());
        cx.say("The first steps are shown on the sample study.");
    }
}

fn show_looks(ui: &mut Ui, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    label(ui, tokens, "Colours");
    let mut mode = cx.settings.mode;
    let modes = [ModeChoice::System, ModeChoice::Light, ModeChoice::Dark].map(|mode| (mode, mode.name()));
    if segmented(ui, tokens, "Colours", &modes, &mut mode, false) {
        cx.set(move |settings| settings.mode = mode);
    }
    label(ui, tokens, "Size of everything");
    let zoom = cx.settings.zoom;
    if let Some(more) = stepper(ui, cx, "everything", &format!("{:.0} %", zoom * 100.0)) {
        cx.set(move |settings| settings.zoom = zoomed(zoom, more));
    }
    label(ui, tokens, "Face of transcripts");
    let mut face = cx.settings.reading_face;
    if segmented(ui, tokens, "Face", &ReadingFace::ALL.map(|face| (face, face.name())), &mut face, false) {
        cx.set(move |settings| settings.reading_face = face);
    }
    label(ui, tokens, "Size of transcripts");
    let size = cx.settings.reading_size;
    if let Some(more) = stepper(ui, cx, "transcripts", &format!("{size:.0} pt")) {
        cx.set(move |settings| {
            settings.reading_size = (size + if more { 1.0 } else { -1.0 }).clamp(READING_SIZE - 4.0, READING_SIZE + 12.0);
        });
    }
    ui.add_space(tokens.space.two);
    let sample = "We settled it by the kettle, as we always do: 13 of us, and nobody wrote a word of it down.";
    words(ui, tokens, Type::Reading, tokens.colour.ink, sample);
    ui.add_space(tokens.space.one);
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, "Nothing in the window moves by itself: there are no animations.");
}

/// Buttons for smaller and larger with what is now between them; returns whether it is to be more, once one is pressed.
fn stepper(ui: &mut Ui, cx: &Cx<'_>, of: &str, now: &str) -> Option<bool> {
    let tokens = cx.tokens;
    ui.horizontal(|ui| {
        let less = icon_button(ui, tokens, icons::MINUS, &format!("Smaller {of}"), true).clicked();
        words(ui, tokens, Type::Body, tokens.colour.ink, now);
        let more = icon_button(ui, tokens, icons::PLUS, &format!("Larger {of}"), true).clicked();
        (less || more).then_some(more)
    })
    .inner
}

const INDEXES: &str = "Search indexes";

/// The switch that keeps the index of this project off the disk.
fn show_memory_index(ui: &mut Ui, cx: &mut Cx<'_>) {
    let project = cx.study.project().id;
    let mut only = cx.settings.memory_indexes.contains(&project);
    if checkbox(ui, cx.tokens, &mut only, "Keep the index of this project in memory only").clicked() {
        cx.set(move |settings| {
            if only {
                settings.memory_indexes.insert(project);
            } else {
                settings.memory_indexes.remove(&project);
            }
        });
    }
    let what = "Nothing of it is then written to the disk, and what was is removed; it is made again whenever the project is opened.";
    words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_secondary, what);
}

fn show_places(ui: &mut Ui, cx: &mut Cx<'_>) {
    let project = cx.project.map(|project| project.path.clone());
    let backups = project.as_deref().map(crate::project::backup_folder);
    let places: [(&str, Option<&Path>, &str); 5] = [
        ("This project", project.as_deref(), "One file. Back it up and share it like any other."),
        ("Its backups", backups.as_deref(), "A copy a day and one before every change of the file format."),
        (INDEXES, Some(&cx.home.cache), "They hold the words of interviews and can be deleted at any time; they are made again."),
        ("Settings", Some(&cx.home.config), "Your name, keys and looks. No word of any study."),
        ("Sample study", Some(&cx.home.data), "Projects that were made without a place of their own."),
    ];
    for (name, path, about) in places {
        let Some(path) = path else { continue };
        label(ui, cx.tokens, name);
        words(ui, cx.tokens, Type::Body, cx.tokens.colour.ink, path.display().to_string());
        words(ui, cx.tokens, Type::Small, cx.tokens.colour.ink_secondary, about);
        if name == INDEXES && cx.project.is_some() {
            show_memory_index(ui, cx);
        }
    }
}
