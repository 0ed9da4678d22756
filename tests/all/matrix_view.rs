//! The matrix in the real window: by role and label, as a screen reader finds it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role as Spoken;
use eframe::egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::{App, Start};
use themata::home::Home;
use themata::project::{Access, Me, Project};
use themata::study::{AttributeOf, CaseKind, Origin, Role, Saved, SavedId, SavedKind};
use themata::text::Span;

use crate::support::{Scratch, add_source};

pub const HEARD: &str = "Sharing, Leads › Fife, 1 of 1 participant, row 3 of 4";
const NOT_HEARD: &str = "Sharing, Leads › Fife, 0 of 1 participant, row 3 of 4";
/// The one passage of the cell of Sharing.
pub const ONLY: &str = "A, ¶ 2, We share one room and one kettle., passage 1 of 1";
const PAGE_SIZE: [f32; 2] = [1440.0, 900.0];

/// A window on a study of two people: A leads in Fife and shares, B works in Glasgow.
pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    pub scratch: Scratch,
}

pub fn me(home: &Home) -> Me {
    let identity = home.identity().unwrap();
    Me { device: identity.device, coder: identity.coder, initials: identity.initials(), name: identity.name }
}

pub fn make_project(scratch: &Scratch, home: &Home) {
    let mut project = Project::create(&scratch.project(), "Test", &me(home)).unwrap();
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
    pub fn new() -> Self {
        Self::sized(PAGE_SIZE)
    }

    pub fn sized(size: [f32; 2]) -> Self {
        let scratch = Scratch::new();
        let home = Home::below(&scratch.path("home"));
        make_project(&scratch, &home);
        Self::on(scratch, &home, size)
    }

    pub fn on(scratch: Scratch, home: &Home, size: [f32; 2]) -> Self {
        let project = scratch.project();
        Self::of(scratch, home, project, size)
    }

    /// A window on a project that lies elsewhere.
    pub fn of(scratch: Scratch, home: &Home, project: PathBuf, size: [f32; 2]) -> Self {
        let mut start = Some(Start::new(home.clone(), Some(project), || 1_700_000_000_000).unwrap());
        let show = move |ui: &mut eframe::egui::Ui, app: &mut Option<App>| {
            if app.is_none() {
                *app = Some(App::new(ui.ctx(), start.take().unwrap()).unwrap());
            }
            let Some(app) = app else { return };
            app.logic(ui.ctx());
            app.show(ui);
        };
        let harness = Harness::builder().with_size(size).with_max_steps(16).build_ui_state(show, None);
        let mut window = Self { harness, scratch };
        window.wait_for("Test", |harness| harness.query_by_label("Project menu").is_some());
        window.press(Modifiers::COMMAND, Key::Num2);
        window
    }

    /// Undoes what was done elsewhere: the first press names it.
    pub fn undo_what_is_named(&mut self) {
        self.press(Modifiers::COMMAND, Key::Z);
        self.wait_for("its name", |harness| harness.query_all_by_label_contains("Press again.").next().is_some());
        self.press(Modifiers::COMMAND, Key::Z);
    }

    /// Lets frames pass until something is so.
    pub fn wait_for(&mut self, what: &str, so: impl Fn(&Harness<'static, Option<App>>) -> bool) {
        let begun = Instant::now();
        while !so(&self.harness) {
            assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain for {what}: {:?}", self.harness.root());
            std::thread::sleep(Duration::from_millis(5));
            self.harness.step();
        }
        // The frame in which it came may have more to come.
        self.harness.run_steps(2);
    }

    pub fn wait_for_label(&mut self, label: &str) {
        self.wait_for(label, |harness| harness.query_by_label(label).is_some());
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(3);
    }

    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    pub fn type_words(&mut self, words: &str) {
        self.harness.event(Event::Text(words.to_owned()));
        self.harness.run_steps(3);
    }

    pub fn click_twice(&mut self, label: &str) {
        let at = self.harness.get_by_label(label).rect().center();
        self.harness.hover_at(at);
        self.harness.run_steps(2);
        // Within one frame: the frames of a test are too far apart for a double click.
        for pressed in [true, false, true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.harness.input_mut().events.push(Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        self.harness.run_steps(3);
    }

    /// Opens the cell of Sharing, Leads › Fife, and waits for its one passage.
    pub fn open_sharing(&mut self) {
        self.wait_for_label(HEARD);
        // The focus starts in the first cell; Sharing is two rows further down.
        self.press(Modifiers::NONE, Key::ArrowDown);
        self.press(Modifiers::NONE, Key::ArrowDown);
        self.press(Modifiers::NONE, Key::Enter);
        self.wait_for_label(ONLY);
    }

    /// In Read: codes the first sentence of the next turn, and waits until the source has so many codings.
    pub fn code_next_turn(&mut self, theme: &str, source: &'static str, codings: usize) {
        self.press(Modifiers::COMMAND, Key::ArrowDown);
        self.press(Modifiers::NONE, Key::S);
        self.press(Modifiers::NONE, Key::C);
        self.type_words(theme);
        self.press(Modifiers::NONE, Key::Enter);
        self.wait_for("the coding", |harness| {
            let study = harness.state().as_ref().unwrap().study();
            study.source_labelled(source).is_some_and(|material| material.codings.len() == codings)
        });
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
    }
}

/// Names of the saved views of the project, in order.
pub fn saved_views(harness: &Harness<'static, Option<App>>) -> Vec<String> {
    harness.state().as_ref().unwrap().study().saved().iter().map(|saved| saved.name.clone()).collect()
}

#[test]
fn a_coding_made_or_taken_back_changes_the_cell() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.undo_what_is_named();
    window.wait_for_label(NOT_HEARD);
    window.press(Modifiers::COMMAND, Key::Y);
    window.wait_for_label(HEARD);
}

#[test]
fn enter_opens_the_cell_with_its_words_and_they_are_live() {
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

#[test]
fn a_coding_made_in_read_is_seen_in_the_grid_the_open_cell_and_the_theme_reader() {
    let mut window = Window::new();
    window.open_sharing();
    // From the passage to its place in the text, on to the next turn, and code that.
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the text", |harness| harness.query_by_label_contains("It is cold").is_some());
    window.code_next_turn("Sharing", "A", 2);
    // The open cell has it, and so has the grid.
    window.press(Modifiers::COMMAND, Key::Num2);
    window.wait_for_label("A, ¶ 3, It is cold., passage 2 of 2");
    window.wait_for("the head of the pane", |harness| harness.query_by_label_contains("2 passages").is_some());
    // So has the theme reader, which follows further changes as well.
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("A, ¶ 3, It is cold., passage 2 of 2");
    window.undo_what_is_named();
    window.wait_for_label(ONLY);
}

#[test]
fn heads_totals_and_the_corner_open_the_theme_reader_and_back_leads_out_of_it() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    let both = "B, ¶ 2, We share one room and one kettle., passage 2 of 2";
    let opens = |window: &mut Window, keys: &[Key], passage: &str| {
        window.press(Modifiers::COMMAND, Key::Home);
        window.press(Modifiers::NONE, Key::Home);
        for key in keys {
            window.press(Modifiers::NONE, *key);
        }
        window.press(Modifiers::NONE, Key::Enter);
        window.wait_for(&format!("{keys:?} to read {passage}"), |harness| harness.query_by_label(passage).is_some());
        window.press(Modifiers::COMMAND, Key::OpenBracket);
        window.wait_for_label("View: Counts");
    };
    // Heads, four rows and the row of totals; names, totals and six columns: those of two groups with two areas each and a total.
    let grid = window.harness.get_by_role_and_label(Spoken::Grid, "Matrix");
    let counts = (grid.accesskit_node().data().row_count(), grid.accesskit_node().data().column_count());
    assert_eq!(counts, (Some(6), Some(8)));
    // The corner, the head of a column, of a row, the total of a row, of a column, of all.
    opens(&mut window, &[Key::ArrowUp], both);
    opens(&mut window, &[Key::ArrowUp, Key::ArrowRight, Key::ArrowRight], ONLY);
    opens(&mut window, &[Key::ArrowDown, Key::ArrowDown], ONLY);
    opens(&mut window, &[Key::ArrowRight], both);
    opens(&mut window, &[Key::End, Key::PageDown, Key::PageDown], "B, ¶ 2, We share one room and one kettle., passage 1 of 1");
    opens(&mut window, &[Key::PageDown, Key::PageDown], both);
    // A double click does the same: the head of a column, of a row, a total.
    for head in
        ["Leads › Fife, 1 participant, 0 of 1 source done", "Sharing, row 3 of 4", "Any theme, Leads › Fife, 1 of 1 participant, total"]
    {
        window.click_twice(head);
        window.wait_for_label(ONLY);
        window.press(Modifiers::NONE, Key::Escape);
        window.wait_for_label("View: Counts");
    }
}

#[test]
fn the_reader_changes_its_order_and_shows_the_turns_round_a_passage() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("A, ¶ 2, We share one room and one kettle., passage 1 of 2");
    let around = |harness: &Harness<'static, Option<App>>| {
        harness.query_by_label_contains("How was it?").is_some() && harness.query_by_label_contains("It is cold.").is_some()
    };
    assert!(!around(&window.harness));
    window.press(Modifiers::NONE, Key::Space);
    window.wait_for("the turns before and after", around);
    window.press(Modifiers::NONE, Key::Space);
    assert!(!around(&window.harness));
    // What is coded last comes first in the order "Newest".
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the text of B", |harness| {
        harness.query_by_label("View: Counts").is_none() && harness.query_by_label("Order: Newest").is_none()
    });
    window.code_next_turn("Partnership", "B", 2);
    window.press(Modifiers::COMMAND, Key::OpenBracket);
    window.wait_for_label("B, ¶ 3, It is cold., passage 3 of 3");
    window.click("Order: Newest");
    window.wait_for_label("B, ¶ 3, It is cold., passage 1 of 3");
}

#[test]
fn cells_are_places_to_go_back_to() {
    let mut window = Window::new();
    window.open_sharing();
    let works_in_glasgow =
        |harness: &Harness<'static, Option<App>>| harness.query_by_label_contains("B: Source still being coded").is_some();
    // Another cell, then a text.
    window.click("Weather, Workers › Glasgow, 0 of 1 participant, row 4 of 4");
    window.wait_for("the other cell", works_in_glasgow);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait_for("Read", |harness| harness.query_by_label("View: Counts").is_none());
    window.press(Modifiers::COMMAND, Key::OpenBracket);
    window.wait_for("the other cell", works_in_glasgow);
    window.press(Modifiers::COMMAND, Key::OpenBracket);
    window.wait_for_label(ONLY);
    window.press(Modifiers::COMMAND, Key::OpenBracket);
    window.wait_for("the grid alone", |harness| harness.query_by_label("Close the cell").is_none());
    window.press(Modifiers::COMMAND, Key::CloseBracket);
    window.wait_for_label(ONLY);
    // The focus went along: one row further down is the next theme.
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for("the cell below", |harness| harness.query_by_label("2 Weather").is_some() && harness.query_by_label(ONLY).is_none());
}

#[test]
fn a_small_window_keeps_everything_in_a_menu_or_in_sight() {
    for size in [[1024.0, 700.0], [960.0, 600.0]] {
        let mut window = Window::sized(size);
        window.open_sharing();
        assert!(!window.shows("View: Counts") && window.shows("Rows Themes"), "at {size:?} the bar is one line");
        let line = |label: &str| window.harness.get_by_label(label).rect().center().y;
        assert!((line("Rows Themes") - line("More of the matrix")).abs() < 2.0, "at {size:?}");
        window.click("More of the matrix");
        window.click("Overview");
        window.wait_for_label("Sharing, Leads, 1 of 1 participant, row 3 of 4");
        window.wait_for("the bar with room again", |harness| harness.query_by_label("View: Overview").is_some());
    }
}

#[test]
fn a_study_without_themes_cases_or_attributes_says_what_belongs_there() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    drop(Project::create(&scratch.project(), "Test", &me(&home)).unwrap());
    let mut window = Window::on(scratch, &home, PAGE_SIZE);
    window.wait_for_label("No sources yet");
    // Nothing to go to, and nothing breaks.
    for key in [Key::F6, Key::Enter, Key::ArrowDown, Key::Escape] {
        window.press(Modifiers::NONE, key);
    }
    assert!(window.shows("Import files…"));
}

#[test]
fn views_are_saved_by_name_changed_renamed_deleted_undone_and_there_again_after_a_restart() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut window = Window::on(scratch, &home, PAGE_SIZE);
    window.wait_for_label(HEARD);
    // As it is now, with another measure, under a name.
    window.click("View: Overview");
    window.click("Show Participants");
    window.click("Passages");
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Views");
    window.click("Save as…");
    window.type_words("Who says what");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the saved view", |harness| saved_views(harness) == ["Who says what"]);
    window.wait_for_label("Views Who says what");
    // Changed, and kept as it is then.
    window.click("Swap rows and columns");
    window.wait_for_label("Views Who says what, changed");
    window.click("Views Who says what, changed");
    window.click("Save changes to “Who says what”");
    window.wait_for_label("Views Who says what");
    window.click("Views Who says what");
    window.click("Rename…");
    window.type_words("!");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the new name", |harness| saved_views(harness) == ["Who says what!"]);
    window.click("Views Who says what!");
    window.click("Delete");
    window.wait_for("no view", |harness| saved_views(harness).is_empty());
    window.wait_for_label("Views");
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for("the view again", |harness| saved_views(harness) == ["Who says what!"]);
    // After a restart it is there, and shows what it showed.
    let Window { harness, scratch } = window;
    drop(harness);
    let mut window = Window::on(scratch, &home, PAGE_SIZE);
    window.wait_for_label(HEARD);
    window.click("Views");
    window.click("Who says what!");
    window.wait_for_label("Leads, Sharing, 1 of 1 participant, row 1 of 2");
    assert!(window.shows("Rows Participant group") && window.shows("Show Passages"), "{:?}", window.harness.root());
    // The box at the top leads to it too.
    window.click("View: Counts");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.press(Modifiers::COMMAND, Key::K);
    window.type_words("Who says");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Views Who says what!");
}

#[test]
fn a_view_of_what_is_gone_says_so_and_shows_the_rest() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    {
        let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
        let body = r#"{"rows": [{"what": "themes"}], "columns": [{"what": "attribute", "id": "00000000-0000-0000-0000-000000000001", "name": "Wave"}]}"#;
        let view = Saved { id: SavedId::new(), kind: SavedKind::MatrixView, name: "By wave".into(), body: body.into(), position: 1 };
        project.edit("Save view", |tx| tx.put(view)).unwrap();
    }
    let mut window = Window::on(scratch, &home, PAGE_SIZE);
    window.wait_for_label(HEARD);
    window.click("Views");
    window.click("By wave");
    window.wait_for("what is gone", |harness| {
        harness.query_by_label_contains("Left out of the view, being gone: attribute “Wave”.").is_some()
    });
    assert!(window.shows("Rows Themes") && window.shows("Columns None"));
}

#[test]
fn rows_nest_and_a_group_of_them_folds() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.click("Swap rows and columns");
    window.wait_for_label("Leads › Fife, Sharing, 1 of 1 participant, row 2 of 6");
    window.wait_for_label("Workers, Partnership, 1 of 1 participant, row 4 of 6");
    window.click("Fold Leads");
    window.wait_for_label("Workers, Partnership, 1 of 1 participant, row 2 of 4");
    assert!(!window.shows("Leads › Fife, Sharing, 1 of 1 participant, row 2 of 6"));
    // A group's total is read, a cell of it opened.
    window.click_twice("Leads, Sharing, 1 of 1 participant, row 1 of 4");
    window.wait_for_label(ONLY);
}

#[test]
fn columns_without_participants_are_one_strip_that_unfolds() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    {
        let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
        project
            .edit("Add values", |tx| {
                let area = tx.study().attributes().with_role(Role::Area).map(|it| it.id).unwrap();
                ["Highland", "Moray"].into_iter().try_for_each(|name| tx.value_named(area, name).map(|_| ()))
            })
            .unwrap();
    }
    let mut window = Window::on(scratch, &home, PAGE_SIZE);
    window.wait_for_label(HEARD);
    let strip = "Sharing, 3 columns without participants, row 3 of 4";
    let moray = "Sharing, Leads › Moray, no such participants, row 3 of 4";
    assert!(window.shows(strip) && window.shows("Sharing, 2 columns without participants, row 3 of 4"), "{:?}", window.harness.root());
    assert!(!window.shows(moray));
    // By key as by pointer; the menu of the columns puts them back.
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(moray);
    assert!(!window.shows(strip));
    window.click("Columns Participant group › Case-study area");
    window.click("Several as one strip");
    window.wait_for_label(strip);
    window.press(Modifiers::NONE, Key::Escape);
    window.click(strip);
    window.wait_for_label(moray);
}

#[test]
fn a_cell_of_a_theme_that_is_deleted_is_open_no_more() {
    let mut window = Window::new();
    window.open_sharing();
    assert!(window.harness.query_by_label("Close the cell").is_some());
    window.press(Modifiers::COMMAND, Key::Num6);
    window.wait_for("the themes", |harness| harness.query_all_by_label_contains("1.1 Sharing, ").next().is_some());
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Delete);
    window.wait_for_label("Codings: Remove the codings too");
    window.click("Codings: Remove the codings too");
    window.click("Delete with 1 coding");
    window.wait_for("it is gone", |harness| {
        let study = harness.state().as_ref().unwrap().study();
        study.codebook().find_path("Partnership › Sharing").is_none()
    });
    window.press(Modifiers::COMMAND, Key::Num2);
    window.wait_for("the grid", |harness| harness.query_by_label("View: Counts").is_some());
    assert!(window.harness.query_by_label("Close the cell").is_none());
    // The keys are in the grid, at the cell next to where it was.
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Close the cell");
}
