//! The real window on a real project, driven by role and label.

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::{App, Settings, Start};
use themata::home::Home;
use themata::project::{Access, Me, Project};
use themata::study::{MemoOn, Origin, StatusKind};
use themata::text::Span;

use crate::support::{Scratch, add_source};

const SIZE: egui::Vec2 = egui::vec2(1280.0, 800.0);

/// A window and the folder its project lies in.
pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    pub scratch: Scratch,
}

fn clock() -> i64 {
    1_717_000_000_000
}

/// A project with one interview and three themes, open in a window.
pub fn window() -> Window {
    window_with(|_| ())
}

pub fn window_with(prepare: impl FnOnce(&mut Project)) -> Window {
    window_set(&serde_json::json!({}), |mut project, _| prepare(&mut project))
}

/// The same for a user who has these settings.
pub fn window_where(settings: &Settings, prepare: impl FnOnce(&mut Project)) -> Window {
    window_set(settings, |mut project, _| prepare(&mut project))
}

/// The same, where the project can be closed and opened again by others before the window has it.
pub fn window_set(settings: &impl serde::Serialize, prepare: impl FnOnce(Project, &Path)) -> Window {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    home.write("window", settings).unwrap();
    let identity = home.identity().unwrap();
    let mut project = Project::create(&scratch.project(), "Test", &Me::from(&identity)).unwrap();
    project
        .edit("Set up", |tx| {
            let text = "I: How was it?\nR: It was fine, aye, mostly. The forms were not. I mind the cold.\nI: And now?\nR: Better. We share one room.\n";
            add_source(tx, "A", text)?;
            add_source(tx, "B", "I: And you?\nR: Naïve of me 😀 to think so.\n")?;
            for path in ["Leadership > National voice", "Leadership > Local voice", "Staffing"] {
                tx.theme_at(path)?;
            }
            Ok(())
        })
        .unwrap();
    prepare(project, &scratch.project());
    open(scratch)
}

fn open(scratch: Scratch) -> Window {
    let start = Start::new(Home::below(&scratch.path("home")), Some(scratch.project()), clock).unwrap();
    let mut window = started(scratch, start);
    window.until("the project is open", |window| window.harness.query_by_label_contains("It was fine, aye").is_some());
    window
}

/// What the window starts with in the home of `scratch`, where no project is named.
pub fn start_again(scratch: &Scratch) -> Start {
    Start::new(Home::below(&scratch.path("home")), None, clock).unwrap()
}

/// A window in which nothing was drawn yet.
pub fn started(scratch: Scratch, start: Start) -> Window {
    let mut start = Some(start);
    let harness = Harness::builder().with_size(SIZE).with_max_steps(40).allow_missing_glyphs().with_step_dt(0.03).build_ui_state(
        move |ui, app: &mut Option<App>| {
            if let Some(start) = start.take() {
                *app = Some(App::new(ui.ctx(), start).unwrap());
                return;
            }
            let app = app.as_mut().unwrap();
            app.logic(ui.ctx());
            app.show(ui);
        },
        None,
    );
    Window { harness, scratch }
}

impl Window {
    pub fn app_is_there(&self) -> bool {
        self.harness.state().is_some()
    }

    /// The same after the program was ended and started again.
    pub fn started_again(self) -> Self {
        let Self { harness, scratch } = self;
        drop(harness);
        open(scratch)
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    /// Draws until `done`; the threads behind the window answer when they have time.
    pub fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let limit = Instant::now() + Duration::from_mins(1);
        loop {
            self.harness.step();
            if done(self) {
                return;
            }
            assert!(Instant::now() < limit, "waited in vain until {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// All of this arrives at once, as when the machine was busy.
    pub fn at_once(&mut self, events: impl IntoIterator<Item = egui::Event>) {
        let mut input = egui::RawInput { events: events.into_iter().collect(), ..egui::RawInput::default() };
        let ctx = self.harness.ctx.clone();
        // Keys wait for what has just got them.
        let mut idle = 0;
        while idle < 4 {
            let app = self.harness.state_mut().as_mut().unwrap();
            eframe::App::raw_input_hook(app, &ctx, &mut input);
            idle = if input.events.is_empty() { idle + 1 } else { 0 };
            self.harness.input_mut().events.append(&mut input.events);
            self.harness.step();
        }
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.harness.step();
    }

    pub fn type_words(&mut self, words: &str) {
        self.harness.event(egui::Event::Text(words.to_owned()));
        self.harness.step();
        self.harness.step();
    }

    /// Runs a command from the box at the top.
    pub fn run_from_box(&mut self, title: &str) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_words(title.trim_end_matches('…'));
        let offered = format!("Command: {title}");
        self.until("it is offered", |window| {
            let rows = window.harness.query_all_by_role(Role::ListBoxOption);
            // Lists of the view that is shown have rows too.
            let mut commands = rows.filter_map(|row| row.accesskit_node().label()).filter(|label| label.starts_with("Command: "));
            commands.next().is_some_and(|label| label.starts_with(&offered))
        });
        self.press(Key::Enter);
        self.harness.run_steps(4);
    }

    /// Clicks into the words of a paragraph, near its beginning.
    pub fn click_words(&mut self, words: &str) {
        let at = self.words_at(words, 40.0);
        self.drag(at, at);
    }

    pub fn words_at(&self, words: &str, from_left: f32) -> egui::Pos2 {
        let rect = self.harness.get_by_label_contains(words).rect();
        egui::pos2(rect.left() + from_left, rect.center().y)
    }

    pub fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        self.harness.hover_at(to);
        self.harness.step();
        self.harness.drop_at(to);
        self.harness.step();
        self.harness.step();
    }

    /// Turns the wheel with the pointer there, by so many points.
    pub fn scroll_at(&mut self, at: egui::Pos2, by: f32) {
        self.harness.hover_at(at);
        self.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, by),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Trackpad,
            modifiers: Modifiers::NONE,
        });
        self.harness.step();
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.step();
        self.harness.step();
    }

    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// The words and theme of every coding of source A, from the study the window shows.
    pub fn codings(&self) -> Vec<(String, String)> {
        let study = self.app().study();
        let material = study.source_labelled("A").unwrap();
        let project = Project::open(&self.scratch.project(), Access::Read, &themata_me()).unwrap();
        let text = project.texts().text(material.revision().unwrap().text).unwrap();
        let words = |span: Span| span.slice(&text).to_owned();
        material.codings.iter().map(|coded| (words(coded.coding.span), study.codebook().path(coded.coding.theme))).collect()
    }
}

fn themata_me() -> Me {
    crate::support::me("Reader")
}

#[test]
fn a_sentence_is_coded_by_keys_and_undone() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::C);
    assert!(window.shows("Leadership › National voice, 2 of 4"), "all themes are offered");
    window.type_words("natvo");
    window.press(Key::Enter);
    window.until("the coding is there", |window| !window.codings().is_empty());
    assert_eq!(window.codings(), [("It was fine, aye, mostly.".into(), "Leadership › National voice".into())]);
    window.until("the stripe is shown", |window| window.shows("Coding National voice by"));
    assert!(window.shows("Applied 1.1 National voice"));

    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is undone", |window| window.codings().is_empty());
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.until("it is there again", |window| !window.codings().is_empty());
}

#[test]
fn a_theme_is_made_while_coding() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::C);
    window.type_words("Weather > Cold");
    assert!(window.shows("New theme Weather › Cold"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the coding is there", |window| !window.codings().is_empty());
    assert_eq!(window.codings()[0].1, "Weather › Cold");
    // Without a path it goes where the picker says.
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("damp");
    assert!(window.shows("New theme Unsorted › damp"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the second is there", |window| window.codings().len() == 2);
}

#[test]
fn slots_fill_once_and_apply_at_once() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::Num3);
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("the slot is filled and applied", |window| window.codings().len() == 1);
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press_with(Modifiers::CTRL, Key::ArrowDown);
    window.press(Key::Num3);
    window.until("the slot applies", |window| window.codings().len() == 2);
    assert_eq!(window.codings()[1], ("Better.".into(), "Staffing".into()));
}

#[test]
fn boundaries_marks_and_memos_follow_the_keys() {
    let mut window = window();
    window.click_words("It was fine");
    window.press(Key::S);
    window.press(Key::C);
    window.type_words("Staffing");
    window.press(Key::Enter);
    window.until("the coding is there", |window| window.shows("Coding Staffing by"));
    window.press(Key::Period);
    window.until("its end has moved", |window| window.codings()[0].0 == "It was fine, aye, mostly. The");
    window.press(Key::Period);
    window.until("again", |window| window.codings()[0].0.ends_with("The forms"));
    window.press_with(Modifiers::SHIFT, Key::Period);
    window.until("its start has moved", |window| window.codings()[0].0.starts_with("was fine"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("the start is back", |window| window.codings()[0].0.starts_with("It was"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("both steps of the end are undone together", |window| window.codings()[0].0 == "It was fine, aye, mostly.");

    window.press(Key::Q);
    window.until("it is quoted", |window| window.app().study().source_labelled("A").unwrap().quote_marks.len() == 1);
    window.press(Key::M);
    window.type_words("Look at this again");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    window.until("the memo is kept", |window| !window.app().study().source_labelled("A").unwrap().memos.is_empty());
    assert!(matches!(window.app().study().source_labelled("A").unwrap().memos[0].on, MemoOn::Coding { .. }));
    window.press(Key::N);
    window.type_words("most others");
    window.press(Key::Enter);
    window.until("it is contrary", |window| {
        window.app().study().source_labelled("A").unwrap().contrary_marks.first().is_some_and(|mark| mark.contrary_to == "most others")
    });
    window.press(Key::R);
    window.type_words("local");
    window.press(Key::Enter);
    window.until("it is recoded", |window| window.codings()[0].1 == "Leadership › Local voice");
    window.press(Key::Delete);
    window.until("it is gone", |window| window.codings().is_empty());
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back with its memo", |window| window.app().study().source_labelled("A").unwrap().memos.len() == 1);
}

#[test]
fn the_mouse_selects_characters_words_and_sentences() {
    let mut window = window();
    let picked = |window: &mut Window| {
        window.press(Key::C);
        let mut words = window.harness.root().children_recursive().filter_map(|node| node.accesskit_node().value());
        let said = words.find(|words| words.starts_with("Code "));
        drop(words);
        window.press(Key::Escape);
        said.unwrap_or_default()
    };
    let (from, to) = (window.words_at("It was fine", 2.0), window.words_at("It was fine", 130.0));
    window.drag(from, to);
    assert_eq!(picked(&mut window), "Code 4 words");
    std::thread::sleep(Duration::from_millis(10));
    window.harness.run_steps(10);
    window.drag(from, from);
    window.drag(from, from);
    assert_eq!(picked(&mut window), "Code 1 word");
    window.harness.run_steps(10);
    for _ in 0..3 {
        window.drag(from, from);
    }
    assert_eq!(picked(&mut window), "Code 5 words");
}

#[test]
fn j_goes_through_the_passages_of_a_theme_in_all_sources() {
    let mut window = window_with(|project| {
        project
            .edit("Code", |tx| {
                let theme = tx.theme_at("Staffing")?;
                for (label, span) in [("A", Span::new(18, 43)), ("B", Span::new(15, 24))] {
                    let source = tx.study().source_labelled(label).unwrap().source.id;
                    tx.code(source, span, theme, Origin::Hand)?;
                }
                Ok(())
            })
            .unwrap();
    });
    window.click("Coding Staffing by A");
    window.press(Key::J);
    window.until("the passage in B is shown", |window| window.shows("Naïve of me") && window.shows("Coding Staffing by A"));
    window.press(Key::K);
    window.until("the one in A again", |window| window.shows("It was fine"));
    window.press(Key::U);
    assert!(window.shows("Paragraph 4 of 4"), "paragraph 2 is coded, 3 is the interviewer's");
}

#[test]
fn letters_in_a_field_are_letters() {
    let mut window = window();
    window.harness.get_by_role_and_label(Role::TextInput, "Filter 4 themes").focus();
    window.harness.step();
    window.type_words("c");
    window.press(Key::C);
    assert!(!window.shows("Close  (Esc)") && window.codings().is_empty());
    assert!(!window.harness.query_all_by_role(Role::ListBoxOption).any(|_| true), "no picker opens from a field");
}

#[test]
fn anothers_coding_is_read_only() {
    let mut window = window_with(|project| {
        project
            .edit("Import", |tx| {
                let other = crate::support::me("Ravi Thomson");
                tx.put(themata::study::Coder { id: other.coder, name: other.name, initials: "RT".into() })?;
                let source = tx.study().source_labelled("A").unwrap().source.id;
                let theme = tx.theme_at("Staffing")?;
                tx.code_as(other.coder, 1, source, Span::new(18, 43), theme, Origin::Hand)?;
                Ok(())
            })
            .unwrap();
    });
    window.click("Coding Staffing by RT");
    window.press(Key::Delete);
    window.until("it says whose it is", |window| window.shows("Ravi Thomson’s"));
    assert_eq!(window.codings().len(), 1);
}

#[test]
fn sources_are_opened_filtered_and_given_a_status() {
    let mut window = window();
    window.harness.get_by_label_contains("B Interview B").click();
    window.until("B is open", |window| window.shows("Naïve of me"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back leads to A", |window| window.shows("It was fine"));
    window.harness.get_by_role_and_label(Role::TextInput, "Filter 2 sources").focus();
    window.harness.step();
    window.type_words("interview b");
    assert!(!window.shows("A Interview A,") && window.shows("B Interview B,"));
    window.click("Source");
    window.click("not started");
    window.click("coding");
    window.until("the status is set", |window| {
        let material = window.app().study().source_labelled("A").unwrap();
        material.statuses.first().is_some_and(|status| status.status == StatusKind::Coding)
    });
}

#[test]
fn words_are_found_in_the_text() {
    let mut window = window();
    window.click_words("It was fine");
    window.press_with(Modifiers::COMMAND, Key::F);
    window.type_words("the");
    window.until("they are found", |window| window.shows("1 of 2"));
    window.press(Key::Enter);
    assert!(window.shows("2 of 2"));
}

#[test]
fn every_control_has_a_name() {
    let mut window = window();
    window.harness.step();
    let nameless: Vec<String> = window
        .harness
        .root()
        .children_recursive()
        .filter(|node| {
            let node = node.accesskit_node();
            let controls = [Role::Button, Role::TextInput, Role::CheckBox, Role::RadioButton, Role::Tab, Role::ListItem, Role::TreeItem];
            controls.contains(&node.role()) && node.label().is_none_or(|label| label.trim().is_empty())
        })
        .map(|node| format!("{:?} at {:?}", node.accesskit_node().role(), node.rect()))
        .collect();
    assert!(nameless.is_empty(), "{nameless:#?}");
}

#[test]
fn a_still_window_is_not_drawn_again() {
    let mut window = window();
    window.click_words("It was fine");
    window.harness.run();
}
