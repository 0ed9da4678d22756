//! The matrix in the real window: by role and label, as a screen reader finds it.

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use themata::app::{App, Start};
use themata::home::Home;
use themata::project::{Me, Project};
use themata::study::{AttributeOf, CaseKind, Origin, Role};
use themata::text::Span;

use crate::support::{Scratch, add_source};

const HEARD: &str = "Sharing, Leads › Fife, 1 of 1 participant, row 3 of 4";
const NOT_HEARD: &str = "Sharing, Leads › Fife, 0 of 1 participant, row 3 of 4";
const PAGE_SIZE: [f32; 2] = [1440.0, 900.0];

/// A window on a study of two people: A leads in Fife and shares, B works in Glasgow.
struct Window {
    harness: Harness<'static, Option<App>>,
    _scratch: Scratch,
}

fn make_project(scratch: &Scratch, home: &Home) {
    let identity = home.identity().unwrap();
    let me = Me { device: identity.device, coder: identity.coder, initials: identity.initials(), name: identity.name };
    let mut project = Project::create(&scratch.project(), "Test", &me).unwrap();
    project
        .edit("Import", |tx| {
            let group = tx.study().attributes().with_role(Role::Group).map(|it| it.id);
            let area = tx.study().attributes().with_role(Role::Area).map(|it| it.id);
            let (group, area) = (group.unwrap(), area.unwrap());
            assert_eq!(tx.study().attributes().get(group).unwrap().of, AttributeOf::Cases);
            for (label, group_name, area_name) in [("A", "Leads", "Fife"), ("B", "Workers", "Glasgow")] {
                add_source(tx, label, "I: How was it?\nR: We share one room and one kettle.\nR: It is cold.\n")?;
                let case = tx.case_labelled(label, CaseKind::Person)?;
                for (attribute, name) in [(group, group_name), (area, area_name)] {
                    let value = tx.value_named(attribute, name)?;
                    tx.set_value(case, attribute, [value].into())?;
                }
            }
            let top = tx.add_theme(None, "Partnership")?;
            tx.add_theme(Some(top), "Sharing")?;
            tx.add_theme(None, "Weather")?;
            let source = tx.study().source_labelled("B").unwrap().source.id;
            tx.code(source, Span::new(18, 52), top, Origin::Hand)?;
            Ok(())
        })
        .unwrap();
    project
        .edit("Apply theme", |tx| {
            let source = tx.study().source_labelled("A").unwrap().source.id;
            let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
            tx.code(source, Span::new(18, 52), theme, Origin::Hand).map(|_| ())
        })
        .unwrap();
}

impl Window {
    fn new() -> Self {
        let scratch = Scratch::new();
        let home = Home::below(&scratch.path("home"));
        make_project(&scratch, &home);
        let mut start = Some(Start::new(home, Some(scratch.project()), || 1_700_000_000_000).unwrap());
        let show = move |ui: &mut eframe::egui::Ui, app: &mut Option<App>| {
            if app.is_none() {
                *app = Some(App::new(ui.ctx(), start.take().unwrap()).unwrap());
            }
            let Some(app) = app else { return };
            app.logic(ui.ctx());
            app.show(ui);
        };
        let harness = Harness::builder().with_size(PAGE_SIZE).with_max_steps(16).build_ui_state(show, None);
        let mut window = Self { harness, _scratch: scratch };
        window.wait_for("Test", |harness| harness.query_by_label("Project menu").is_some());
        window.press(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Num2);
        window
    }

    /// Lets frames pass until something is so.
    fn wait_for(&mut self, what: &str, so: impl Fn(&Harness<'static, Option<App>>) -> bool) {
        let begun = Instant::now();
        while !so(&self.harness) {
            assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain for {what}: {:?}", self.harness.root());
            std::thread::sleep(Duration::from_millis(5));
            self.harness.step();
        }
        // The frame in which it came may have more to come.
        self.harness.run_steps(2);
    }

    fn wait_for_label(&mut self, label: &str) {
        self.wait_for(label, |harness| harness.query_by_label(label).is_some());
    }

    fn press(&mut self, modifiers: eframe::egui::Modifiers, key: eframe::egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(3);
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
    }
}

#[test]
fn a_coding_made_or_taken_back_changes_the_cell() {
    use eframe::egui::{Key, Modifiers};
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for_label(NOT_HEARD);
    window.press(Modifiers::COMMAND, Key::Y);
    window.wait_for_label(HEARD);
}

#[test]
fn enter_opens_the_cell_with_its_words_and_they_are_live() {
    use eframe::egui::{Key, Modifiers};
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    // The focus starts in the first cell; Sharing is two rows further down.
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    let passage = "A, ¶ 2, We share one room and one kettle., passage 1 of 1";
    window.wait_for_label(passage);
    window.click(passage);
    window.click("Remove coding…");
    let me = window.harness.state().as_ref().unwrap().study().coders().values().next().unwrap().name.clone();
    window.click(&format!("{me} · 1.1 Sharing"));
    window.wait_for_label(NOT_HEARD);
    window.wait_for_label("A: Source still being coded, 0 %. Open");
    assert!(window.harness.query_by_label(passage).is_none());
}

#[test]
fn folding_hides_what_is_below_and_the_reader_reads_it_all() {
    use eframe::egui::{Key, Modifiers};
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.click("Fold Partnership");
    window.wait_for_label("Partnership, Leads › Fife, 1 of 1 participant, row 1 of 2");
    assert!(window.harness.query_by_label_contains("Sharing").is_none());
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("A, ¶ 2, We share one room and one kettle., passage 1 of 2");
    window.wait_for_label("B, ¶ 2, We share one room and one kettle., passage 2 of 2");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("Unfold Partnership");
}

#[test]
fn starters_pages_and_filters_change_what_is_counted() {
    use eframe::egui::{Key, Modifiers};
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.click("View: Overview");
    window.wait_for_label("Sharing, Leads, 1 of 1 participant, row 3 of 4");
    window.press(Modifiers::COMMAND, Key::PageDown);
    window.press(Modifiers::COMMAND, Key::PageDown);
    window.wait_for_label("Sharing, Leads, no such participants, row 3 of 4");
    window.click("View: Compare");
    window.wait_for_label("Workers, Glasgow, 1 of 1 participant, row 2 of 2");
    window.click("Filter");
    window.click("Quote-marked only");
    window.wait_for_label("Workers, Glasgow, 0 of 1 participant, row 2 of 2");
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Remove filter: Quote-marked");
    window.wait_for_label("Workers, Glasgow, 1 of 1 participant, row 2 of 2");
}
