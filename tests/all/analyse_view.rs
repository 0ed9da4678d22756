//! Analyse, driven by role and label.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::project::{Project, Tx};
use themata::study::{
    AttributeOf, CaseId, Crossed, Crossing, DimensionId, EvidenceOf, PropositionId, PropositionStatus, TypologyId, Weight,
};
use themata::text::Span;

use crate::matrix_view::{HEARD, ONLY};
use crate::window::{Window, window, window_with};

/// The view, once what it lists has come.
pub fn analyse(mut window: Window) -> Window {
    window.press_with(Modifiers::COMMAND, Key::Num8);
    window.click("Shown: Propositions");
    window.press_with(Modifiers::COMMAND, Key::Num8);
    window.until("the propositions are gathered", |window| {
        window.focused().starts_with("Propositions, ") || window.shows("No propositions yet")
    });
    window
}

pub fn typologies(mut window: Window) -> Window {
    window = analyse(window);
    window.click("Shown: Typologies");
    window
}

fn passage(tx: &Tx<'_>, span: Span) -> EvidenceOf {
    let source = tx.study().source_labelled("A").unwrap().source.clone();
    EvidenceOf::Passage { source: source.id, revision: source.revision, span }
}

/// One that is contradicted, one that somebody searched, and one that nobody tried; the first with a passage and a cell.
pub fn with_propositions(project: &mut Project) {
    project
        .edit("State", |tx| {
            let [one, two, three] = [(); 3].map(|()| PropositionId::new());
            for (id, statement) in [(one, "Forms are the trouble"), (two, "Rooms are shared"), (three, "Nobody minds the cold")] {
                tx.state_proposition(id, statement)?;
            }
            let passage = passage(tx, Span::new(18, 43));
            tx.add_evidence(one, Weight::Supports, passage)?;
            let theme = tx.theme_at("Staffing")?;
            let case = tx.study().case_labelled("A").unwrap().id;
            let cell = Crossing { theme, of: Crossed::Case(case) };
            tx.add_evidence(one, Weight::Contradicts, EvidenceOf::Cell { cell })?;
            tx.set_searched(two, true)
        })
        .unwrap();
}

/// Outlook and Help, with A placed in both, and an office of each case.
pub fn with_typology(project: &mut Project) {
    project
        .edit("Sort", |tx| {
            let typology = tx.add_typology("Ways")?;
            let office = tx.attribute_named("Office", AttributeOf::Cases)?;
            let north = tx.value_named(office, "North")?;
            let a = tx.study().case_labelled("A").unwrap().id;
            tx.set_value(a, office, [north].into())?;
            for (name, values) in [("Outlook", ["hopeful", "worried"]), ("Help", ["alone", "with help"])] {
                let dimension = tx.add_dimension(typology, name)?;
                for value in values {
                    tx.dimension_value_named(dimension, value)?;
                }
                let first = tx.dimension_value_named(dimension, values[0])?;
                tx.place(a, dimension, Some(first))?;
            }
            Ok(())
        })
        .unwrap();
}

impl Window {
    pub fn options(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn statements(&self) -> Vec<String> {
        self.app().study().propositions().in_order().into_iter().map(|it| it.statement.clone()).collect()
    }

    fn dimension(&self, name: &str) -> DimensionId {
        let study = self.app().study();
        let typology: TypologyId = study.typologies().in_order()[0].id;
        study.typologies().dimensions_of(typology).into_iter().find(|it| it.name == name).unwrap().id
    }

    fn case(&self, label: &str) -> CaseId {
        self.app().study().case_labelled(label).unwrap().id
    }

    /// The value of a case: none where it is open, “unplaced” where it is that.
    pub fn value(&self, case: &str, dimension: &str) -> Option<String> {
        let study = self.app().study();
        let dimension = study.typologies().dimension(self.dimension(dimension)).unwrap();
        let placed = study.typologies().placement(dimension.id, self.case(case))?;
        Some(placed.value.and_then(|value| dimension.value_name(value)).unwrap_or("unplaced").to_owned())
    }
}

#[test]
fn the_empty_view_says_what_belongs_there_and_begins_one() {
    let mut window = analyse(window());
    assert!(window.shows("A proposition states what you think you have found"));
    window.press(Key::Insert);
    window.until("one writes", |window| window.focused() == "What is stated");
    window.type_words("Forms are the trouble");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("it is kept", |window| window.statements() == ["Forms are the trouble"]);
    window.press_with(Modifiers::COMMAND, Key::Num8);
    window.until("it is listed", |window| window.options().len() == 1);
    assert_eq!(
        window.options()[0],
        "Forms are the trouble, holds, 0 supporting, 0 qualifying, 0 contradicting, not tried to contradict, row 1 of 1"
    );
    window.click("Shown: Typologies");
    window.until("none either", |window| window.shows("No typologies yet"));
    window.harness.query_all_by_role_and_label(Role::Button, "New typology").last().unwrap().click();
    window.harness.run_steps(2);
    window.until("it is to be named", |window| window.focused() == "Name of the typology");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("Ways of coping");
    window.press(Key::Enter);
    let name = |window: &Window| window.app().study().typologies().in_order().first().map(|it| it.name.clone());
    window.until("it is named", |window| name(window).as_deref() == Some("Ways of coping"));
    let add = |window: &mut Window, field: &str, words: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, field).focus();
        window.harness.step();
        window.type_words(words);
        window.press(Key::Enter);
    };
    add(&mut window, "Add a dimension, such as “Outlook”", "Outlook");
    window.until("the dimension is there", |window| window.shows("Name of dimension Outlook"));
    add(&mut window, "Add a value of Outlook", "hopeful");
    window.until("the value is there", |window| window.shows("Value hopeful of Outlook"));
    window.type_words("worried");
    window.press(Key::Enter);
    window.until("and the next, one after the other", |window| window.shows("Value worried of Outlook"));
}

#[test]
fn propositions_are_listed_narrowed_and_judged() {
    let mut window = analyse(window_with(with_propositions));
    window.until("all are listed", |window| window.options().len() == 3 && window.focused() == "Propositions, 3");
    assert!(window.options()[0].starts_with("Forms are the trouble, holds, 1 supporting, 0 qualifying, 1 contradicting, row 1"));
    window.press(Key::U);
    window.until("one was not tried", |window| window.options().len() == 1);
    assert!(window.options()[0].contains("Nobody minds the cold") && window.options()[0].contains("not tried to contradict"));
    window.harness.query_by_role(Role::ListBoxOption).unwrap().click();
    window.harness.run_steps(2);
    window.press(Key::L);
    let searched = |window: &Window| window.app().study().propositions().in_order()[2].searched.is_some();
    window.until("somebody has looked", searched);
    window.until("none is left", |window| window.shows("No proposition fits"));
    window.click("Show all");
    window.until("all again", |window| window.options().len() == 3);
    window.click("It: Dropped");
    let status = |window: &Window| window.app().study().propositions().in_order()[2].status;
    window.until("it is dropped", |window| status(window) == PropositionStatus::Dropped);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("undone before one’s eyes", |window| status(window) == PropositionStatus::Holds);
}

#[test]
fn evidence_stands_in_three_lists_with_its_words_and_leads_there() {
    let mut window = analyse(window_with(with_propositions));
    window.until("its words have come", |window| window.shows("It was fine, aye, mostly."));
    for heading in ["Supports, 1", "Qualifies, 0", "Contradicts, 1"] {
        assert!(window.shows(heading), "{heading}");
    }
    assert!(window.shows("A, ¶ 2 ·") && window.shows("Staffing × A"));
    let first = |window: &Window| window.app().study().propositions().evidence().find(|it| it.of.cell().is_none()).unwrap().clone();
    window.harness.query_all_by_label("Weigh").next().unwrap().click();
    window.harness.run_steps(3);
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Qualifies").click();
    window.until("it is weighed", |window| first(window).weight == Weight::Qualifies);
    window.until("it is in the other list", |window| window.shows("Supports, 0"));
    window.harness.query_all_by_label("Say why").next().unwrap().click();
    window.until("one writes why", |window| window.focused() == "Why it bears so on the proposition");
    window.type_words("only once");
    window.press(Key::Enter);
    window.until("it is kept", |window| first(window).note == "only once");
    window.harness.query_all_by_label("Open").next().unwrap().click();
    window.until("the words in Read", |window| window.shows("Paragraph 2 of 4"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.shows("Qualifies, 1"));
    window.harness.query_all_by_label("Open").nth(1).unwrap().click();
    window.until("the cell in Matrix", |window| window.shows("Close the cell"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back again", |window| window.shows("Qualifies, 1"));
    window.click("Look for contradiction");
    window.until("its themes are offered", |window| window.harness.query_by_role_and_label(Role::MenuItemRadio, "Staffing").is_some());
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Staffing").click();
    window.until("the theme reader", |window| window.shows("Back to Analyse"));
}

#[test]
fn a_proposition_is_deleted_after_a_question() {
    let mut window = analyse(window_with(with_propositions));
    window.until("all are listed", |window| window.options().len() == 3 && window.focused() == "Propositions, 3");
    window.press(Key::Delete);
    window.until("it is asked", |window| window.shows("It goes with the 2 passages and cells"));
    window.click_button("Delete proposition");
    window.until("it is gone", |window| window.statements().len() == 2 && window.options().len() == 2);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("it is back with its evidence", |window| window.app().study().propositions().evidence().count() == 2);
}

#[test]
fn cases_are_placed_by_keys_and_lie_in_types() {
    let mut window = typologies(window_with(with_typology));
    window.until("the cases are there", |window| window.shows("Outlook: hopeful, row 1 of 2"));
    window.until("types are there, empty ones too", |window| {
        window.shows("hopeful · alone  (1)") && window.shows("worried · with help  (0)")
    });
    assert!(window.shows("No case is of this type.") && window.shows("Open: not placed yet  (1)"));
    window.harness.get_by_label("Outlook: empty, row 2 of 2").click();
    window.harness.run_steps(3);
    window.type_words("w");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("it is placed", |window| window.value("B", "Outlook").as_deref() == Some("worried"));
    window.harness.get_by_label("Help: empty, row 2 of 2").click();
    window.harness.run_steps(3);
    window.press_with(Modifiers::COMMAND, Key::U);
    window.until("it has none of the values", |window| window.value("B", "Help").as_deref() == Some("unplaced"));
    window.until("and is in no type", |window| window.shows("Unplaced  (1)") && window.shows("Open: not placed yet  (0)"));
    window.press(Key::Delete);
    window.until("it is open again", |window| window.value("B", "Help").is_none());
    // A word that is no value is asked about.
    window.type_words("some help");
    window.press(Key::Enter);
    window.until("it is asked", |window| window.shows("There is no such value yet") && window.shows("Help: some help"));
    window.click_button("Add it");
    window.until("it is a value", |window| window.value("B", "Help").as_deref() == Some("some help"));
    window.until("and a type", |window| window.shows("worried · some help  (1)"));
    window.click("Across nothing");
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Office").click();
    window.until("types lie across the office", |window| {
        window.shows("hopeful · alone × North: 1 (A)") && window.shows("worried · some help × Not stated: 1 (B)")
    });
    assert!(window.shows("worried · alone × North: 0 (no case)"));
    window.harness.get_by_label_contains("hopeful · alone × North: 1").click();
    window.until("its cases are listed", |window| window.harness.query_by_role_and_label(Role::MenuItemRadio, "A").is_some());
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "A").click();
    window.until("the case", |window| window.shows("2 cases"));
}

#[test]
fn a_placement_says_why_and_on_which_cells_it_rests() {
    let mut window = typologies(window_with(with_typology));
    window.until("the cases are there", |window| window.shows("Outlook: hopeful, row 1 of 2"));
    window.harness.get_by_label("Outlook: hopeful, row 1 of 2").click();
    window.until("its placement", |window| window.shows("A · Outlook: hopeful") && window.shows("Rests on no cell yet"));
    window.press_with(Modifiers::COMMAND, Key::M);
    window.until("one writes why", |window| window.focused() == "Why it is there");
    window.type_words("says so twice");
    window.press(Key::Enter);
    let placed =
        |window: &Window| window.app().study().typologies().placement(window.dimension("Outlook"), window.case("A")).unwrap().clone();
    window.until("it is kept", |window| placed(window).reason == "says so twice");
    window.click("Add a cell…");
    window.until("it is asked which", |window| window.shows("The theme under which A says so."));
    window.type_words("staffing");
    window.until("it is found", |window| window.options().len() == 1);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.until("it rests on it", |window| placed(window).rests_on.len() == 1);
    window.click_button("Staffing");
    window.until("the cell in Matrix", |window| window.shows("Close the cell"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.shows("A · Outlook: hopeful"));
    window.click("It does not rest on Staffing");
    window.until("it does not", |window| placed(window).rests_on.is_empty());
}

#[test]
fn names_that_cannot_be_kept_stay_in_their_fields() {
    let mut window = typologies(window_with(with_typology));
    window.click("Dimensions");
    window.until("the fields are there", |window| window.shows("Value hopeful of Outlook"));
    window.harness.get_by_role_and_label(Role::TextInput, "Value hopeful of Outlook").focus();
    window.harness.step();
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_words("worried");
    window.press(Key::Enter);
    window.until("it is said beside it", |window| window.shows("Not kept yet."));
    assert_eq!(window.value("A", "Outlook").as_deref(), Some("hopeful"));
    window.click("Delete value worried");
    window.until("it is asked", |window| window.shows("No case has it."));
    window.click_button("Delete value");
    window.until("it is gone", |window| !window.shows("Value worried of Outlook"));
}

#[test]
fn both_tables_leave_from_here() {
    let mut window = analyse(window_with(|project| {
        with_propositions(project);
        with_typology(project);
    }));
    window.until("all are listed", |window| window.options().len() == 3);
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("propositions are meant", |window| window.shows("Every proposition with what speaks for and against it."));
    window.click("Mask groups of fewer than: Off");
    window.click_button("Export");
    let file = window.scratch.path("propositions.csv");
    window.until("it is written", |_| file.exists());
    window.until("the dialog is closed", |window| !window.shows("File to write"));
    window.click("Shown: Typologies");
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("typologies are meant", |window| window.shows("Where each case is in each dimension, and the empty types."));
}

#[test]
fn every_control_of_analyse_has_a_name() {
    let mut window = analyse(window_with(|project| {
        with_propositions(project);
        with_typology(project);
    }));
    window.until("all are listed", |window| window.options().len() == 3);
    let nameless = |window: &Window| {
        for role in [Role::Button, Role::TextInput, Role::MultilineTextInput, Role::RadioButton, Role::ListBox, Role::Tab, Role::GridCell] {
            for node in window.harness.query_all_by_role(role) {
                let node = node.accesskit_node();
                assert!(node.label().is_some_and(|label| !label.trim().is_empty()), "{role:?} without a name");
            }
        }
    };
    nameless(&window);
    let mut seen = Vec::new();
    for _ in 0..3 {
        window.press(Key::F6);
        window.harness.step();
        seen.push(window.focused());
    }
    assert_eq!(seen, ["What is stated", "Filter propositions", "Propositions, 3"]);
    window.click("Shown: Typologies");
    window.until("the cases are there", |window| window.shows("Outlook: hopeful, row 1 of 2"));
    nameless(&window);
    window.click("Dimensions");
    nameless(&window);
}

#[test]
fn passages_and_cells_are_added_from_where_they_are_listed() {
    let mut window = crate::matrix_view::Window::new();
    window.wait_for_label(HEARD);
    window.click(HEARD);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    window.click("Add the cell to a proposition…");
    window.wait_for("it is asked", |harness| harness.query_by_label_contains("The cell Partnership › Sharing").is_some());
    window.type_words("Rooms are shared");
    window.harness.run_steps(3);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("it is added to a new one", |harness| harness.query_by_label_contains("Added: New proposition").is_some());
    window.click(ONLY);
    window.press(Modifiers::SHIFT, Key::P);
    window.wait_for("it is asked again", |harness| harness.query_by_label_contains("A passage of A, with the words").is_some());
    window.click("It: Contradicts");
    window.harness.get_by_role_and_label(Role::ListBoxOption, "Rooms are shared").click();
    window.harness.run_steps(3);
    window.harness.get_by_role_and_label(Role::Button, "Add").click();
    window.wait_for("it is added", |harness| harness.query_by_label_contains("Added: Rooms are shared").is_some());
    let study = window.harness.state().as_ref().unwrap().study().clone();
    let weights: Vec<_> = study.propositions().evidence().map(|it| (it.weight, it.of.cell().is_some(), it.words.clone())).collect();
    assert!(weights.contains(&(Weight::Contradicts, false, "We share one room and one kettle.".to_owned())), "{weights:?}");
    assert!(weights.iter().any(|(weight, cell, _)| *weight == Weight::Supports && *cell), "{weights:?}");
}

#[test]
fn propositions_are_put_into_another_order_by_keys_and_by_dragging() {
    let mut window = analyse(window_with(with_propositions));
    let [one, two, three] = ["Forms are the trouble", "Rooms are shared", "Nobody minds the cold"];
    let in_order = |window: &Window, wanted: [&str; 3]| {
        let listed = window.options();
        window.statements() == wanted && listed.len() == 3 && listed.iter().zip(wanted).all(|(row, statement)| row.starts_with(statement))
    };
    window.until("they are listed", |window| in_order(window, [one, two, three]));
    window.press_with(Modifiers::ALT, Key::ArrowUp);
    assert!(window.shows("There is no place to move it to that way."));
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.until("the first goes down", |window| in_order(window, [two, one, three]));
    window.press_with(Modifiers::ALT, Key::ArrowDown);
    window.until("and down again: it is still the one", |window| in_order(window, [two, three, one]));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.until("each is one undo", |window| in_order(window, [two, one, three]));
    // Of a list that is narrowed, behind the next that is listed.
    window.press(Key::U);
    window.until("only what nobody tried", |window| window.options().len() == 1);
    window.press(Key::U);
    window.until("all again", |window| in_order(window, [two, one, three]));
    let row = |window: &Window, statement: &str| window.words_at(&format!("{statement}, "), 40.0);
    let (from, to) = (row(&window, three), row(&window, two) - eframe::egui::vec2(0.0, 10.0));
    window.drag(from, to);
    window.until("it is dropped before the first", |window| in_order(window, [three, two, one]));
    assert_eq!(window.app().state().undo.as_ref().map(|edit| edit.label.as_str()), Some("Move proposition"));
}

#[test]
fn the_box_at_the_top_finds_propositions_and_typologies() {
    let mut window = window_with(|project| {
        with_propositions(project);
        with_typology(project);
    });
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_words("nobody minds");
    window.until("it is offered", |window| window.shows("Proposition: Nobody minds the cold, "));
    window.press(Key::Enter);
    window.until("it is chosen in Analyse", |window| {
        window.focused().starts_with("Propositions, ") && window.at_hand().starts_with("Nobody minds the cold")
    });
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_words("ways");
    window.until("it is offered", |window| window.shows("Typology: Ways, "));
    window.press(Key::Enter);
    window.until("its cases are there", |window| window.shows("Typology Ways") && window.focused().starts_with("Cases by dimensions"));
}

#[test]
fn a_proposition_that_is_begun_stays_while_something_else_is_kept() {
    let mut window = analyse(window_with(with_propositions));
    window.press(Key::Enter);
    window.until("one writes", |window| window.focused() == "What is stated");
    window.type_words(", mostly");
    window.harness.query_all_by_role_and_label(Role::Button, "New proposition").last().unwrap().click();
    window.harness.run_steps(2);
    window.until("one writes another", |window| window.focused() == "What is stated");
    window.type_words("Letters come late");
    window.until("the one before is kept", |window| window.statements().iter().any(|it| it.contains(", mostly")));
    window.harness.run_steps(6);
    assert_eq!(window.focused(), "What is stated", "one still writes");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("and that is kept", |window| window.statements().contains(&"Letters come late".to_owned()));
}

#[test]
fn a_value_that_is_typed_when_the_view_is_left_is_not_lost() {
    let mut window = typologies(window_with(with_typology));
    window.until("the cases are there", |window| window.shows("Help: empty, row 2 of 2"));
    window.harness.get_by_label("Help: empty, row 2 of 2").click();
    window.harness.run_steps(3);
    window.type_words("some help");
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.until("it is kept", |window| window.value("B", "Help").as_deref() == Some("some help"));
}

/// A proposition with 300 passages, and one beside it.
fn with_much_evidence(project: &mut Project) {
    project
        .edit("Gather", |tx| {
            let turns: Vec<String> = (0..300).map(|number| format!("R: Passage number {number:03}, and it was cold in there.\n")).collect();
            let source = crate::support::add_source(tx, "LONG", &turns.concat())?;
            let material = tx.study().material(source).unwrap();
            let revision = material.source.revision;
            let spans: Vec<Span> = material.geometry.paragraphs().iter().map(|paragraph| paragraph.span).collect();
            let much = PropositionId::new();
            tx.state_proposition(much, "Rooms are cold")?;
            for span in spans {
                tx.add_evidence(much, Weight::Supports, EvidenceOf::Passage { source, revision, span })?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn of_much_evidence_only_what_is_seen_is_laid_out_and_tab_goes_on_through_all() {
    let mut window = analyse(window_with(with_much_evidence));
    window.until("its evidence is there", |window| window.shows("Supports, 300") && window.shows("Passage number 000"));
    let shown = |window: &Window| window.harness.query_all_by_label("Say why").count();
    assert!(shown(&window) < 20, "{}", shown(&window));
    assert!(!window.shows("Passage number 040"));
    // Tab leads from piece to piece, and what has the focus is seen.
    window.harness.query_all_by_label("Say why").next().unwrap().focus();
    window.harness.step();
    let mut names = Vec::new();
    for _ in 0..80 {
        window.press(Key::Tab);
        names.push(window.at_hand());
    }
    assert!(names.iter().all(|name| ["Open", "Weigh", "Say why", "Take this evidence away"].contains(&name.as_str())), "{names:?}");
    assert!(window.shows("Passage number 020") && !window.shows("Passage number 000"), "it was scrolled along");
    assert!(shown(&window) < 20);
    let focused = window.harness.query_all_by_label(window.at_hand().as_str()).find(egui_kittest::Node::is_focused).unwrap().rect();
    assert!(window.harness.ctx.content_rect().contains_rect(focused), "{focused:?}");
    // Something that changes elsewhere leaves what is seen where it is.
    window.press(Key::Enter);
    window.harness.run_steps(6);
    assert!(window.shows("Passage number 020") && !window.shows("Passage number 000"));
    for _ in 0..60 {
        window.scroll_at(focused.center(), -2_000.0);
    }
    window.until("to the end", |window| window.shows("Passage number 299") && window.shows("Contradicts, 0"));
}

/// A typology of 15 × 14 values, and 400 cases, most of them placed.
fn with_many_types(project: &mut Project) {
    project
        .edit("Sort", |tx| {
            let typology = tx.add_typology("Many")?;
            let mut values = Vec::new();
            for (name, count) in [("Outlook", 15), ("Help", 14)] {
                let dimension = tx.add_dimension(typology, name)?;
                let named: Result<Vec<_>, _> =
                    (0..count).map(|number| tx.dimension_value_named(dimension, &format!("{name} {number:02}"))).collect();
                values.push((dimension, named?));
            }
            for number in 0..400 {
                let case = tx.case_labelled(&format!("P{number:03}"), themata::study::CaseKind::Person)?;
                for (dimension, values) in values.iter().filter(|_| number >= 20) {
                    tx.place(case, *dimension, Some(values[number % values.len()]))?;
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn of_many_types_and_values_only_what_is_seen_is_laid_out() {
    let mut window = typologies(window_with(with_many_types));
    window.until("the types are there", |window| window.shows("Outlook 00 · Help 00  ("));
    let buttons = |window: &Window| window.harness.query_all_by_role(Role::Button).count();
    assert!(buttons(&window) < 120 && !window.shows("Outlook 14 · Help 13"), "{}", buttons(&window));
    let at = window.harness.get_by_label_contains("Outlook 00 · Help 00  (").rect().center();
    for _ in 0..60 {
        window.scroll_at(at, -2_000.0);
    }
    window.until("to the end", |window| window.shows("Open: not placed yet  (22)"));
    window.click_button("P019");
    window.until("the case", |window| window.shows("402 cases"));
    window.press_with(Modifiers::COMMAND, Key::OpenBracket);
    window.until("back", |window| window.shows("Typology Many"));
    window.click("Dimensions");
    window.until("the fields are there", |window| window.shows("Value Outlook 00 of Outlook"));
    assert!(!window.shows("Value Help 13 of Help") && !window.shows("Add a dimension"));
    // Where one is to write is brought into sight.
    window.run_from_box("New dimension");
    window.until("one names it", |window| window.focused() == "Add a dimension" && window.shows("Value Help 13 of Help"));
    window.type_words("Place");
    window.press(Key::Enter);
    window.until("it is there", |window| window.shows("Name of dimension Place") && window.focused() == "Add a dimension");
    // Only those that are not placed yet.
    window.click("Listed: Not placed yet");
    window.until("fewer", |window| window.shows("row 1 of 402") || window.shows("row 1 of 22"));
}
