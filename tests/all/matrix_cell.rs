//! Cells of the matrix in the real window: their pane, two of them beside each other, and what is read or typed there.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use themata::app::App;
use themata::home::Home;
use themata::project::{Access, Charted, Project};
use themata::study::{CaseKind, Crossed, Crossing, Origin, Silence, StatusKind};
use themata::text::Span;

use crate::matrix_view::{HEARD, ONLY, Window, make_project, me, saved_views};
use crate::support::{Scratch, add_source};

#[test]
fn f6_goes_to_the_passages_and_back_and_escape_closes() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    // The passage has the keys: what can be done with it is offered.
    window.wait_for_label("Remove coding…");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.wait_for_label("Nothing is coded here.");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the grid alone", |harness| harness.query_by_label("Close the cell").is_none());
}

#[test]
fn a_pinned_cell_stays_beside_the_one_that_follows_the_cursor() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    window.wait_for_label("Unpin the cell");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for_label("Nothing is coded here.");
    // Its words are still there, on the left of the other cell.
    window.wait_for_label(ONLY);
    let at = |window: &Window, label: &str| window.harness.get_by_label(label).rect().center();
    let (pinned, other) = (at(&window, "Unpin the cell"), at(&window, "Close the cell"));
    assert!(pinned.x < other.x && (pinned.y - other.y).abs() < 1.0, "{pinned} {other}");
    // F6 goes to the pinned passages, to the other pane, and back to the grid.
    window.press(Modifiers::NONE, Key::F6);
    window.wait_for_label("Remove coding…");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::F6);
    // Other filters and other axes leave it alone; Escape takes off first the cell at the cursor, then what is pinned.
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the pinned cell alone", |harness| harness.query_by_label("Close the cell").is_none());
    window.click("View: Compare");
    window.wait_for_label("Workers, Glasgow, 1 of 1 participant, row 2 of 2");
    assert!(window.shows(ONLY));
    window.click("Unpin the cell");
    window.wait_for("the grid alone", |harness| harness.query_by_label(ONLY).is_none());
}

#[test]
fn in_a_small_window_the_two_cells_stand_below_each_other() {
    let mut window = Window::sized([960.0, 600.0]);
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for_label("Nothing is coded here.");
    let at = |label: &str| window.harness.get_by_label(label).rect().center();
    let (pinned, other) = (at("Unpin the cell"), at("Close the cell"));
    assert!(pinned.y + 100.0 < other.y && (pinned.x - other.x).abs() < 1.0, "{pinned} {other}");
}

#[test]
fn a_memo_on_a_cell_is_written_found_in_notes_and_leads_back() {
    let mut window = Window::new();
    window.open_sharing();
    window.click("Memo on this cell");
    window.wait_for("its words have the focus", |harness| harness.query_by_label("Words of the memo").is_some_and(|it| it.is_focused()));
    window.type_words("They mean the kettle");
    // Notes leads to the cell, in which the memo stands, and that back to Notes.
    window.click("Open");
    window.wait_for("the memo in the pane", |harness| {
        harness.query_by_label("Close the cell").is_some() && harness.query_by_label_contains(": They mean the kettle").is_some()
    });
    window.wait_for_label(ONLY);
    window.harness.get_by_label_contains(": They mean the kettle").click();
    window.wait_for("the memo in Notes", |harness| harness.query_all_by_value("They mean the kettle").next().is_some());
}

#[test]
fn what_was_typed_is_given_back_when_it_cannot_be_kept() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::N);
    window.type_words("all is well");
    let (here, away) = (window.scratch.project(), window.scratch.path("away"));
    std::fs::rename(&here, &away).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    // The question is open again with the line in it, and asks again once the file is back.
    window.wait_for("the line again", |harness| harness.query_all_by_value("all is well").next().is_some());
    std::fs::rename(&away, &here).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    let line = |harness: &Harness<'static, Option<App>>| {
        let study = harness.state().as_ref().unwrap().study();
        study.materials().iter().flat_map(|material| &material.contrary_marks).map(|mark| mark.contrary_to.clone()).collect::<Vec<_>>()
    };
    window.wait_for("the mark", |harness| line(harness) == ["all is well"]);
    // So is the name of a view.
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Views");
    window.click("Save as…");
    window.type_words("Mine");
    std::fs::rename(&here, &away).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the name again", |harness| harness.query_all_by_value("Mine").next().is_some());
    std::fs::rename(&away, &here).unwrap();
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the saved view", |harness| saved_views(harness) == ["Mine"]);
}

#[test]
fn the_reader_exports_what_it_shows() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("A, ¶ 2, We share one room and one kettle., passage 1 of 2");
    window.press(Modifiers::COMMAND, Key::E);
    window.wait_for("the first lines", |harness| harness.query_by_label_contains("All 2 rows").is_some());
    window.click("Mask groups of fewer than: Off");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    window.wait_for("the file", |harness| harness.query_by_label_contains("read passages-about.txt").is_some());
    let folder = window.scratch.project();
    let folder = folder.parent().unwrap();
    let table = std::fs::read_to_string(folder.join("passages.csv")).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert!(table.starts_with('\u{feff}') && rows.len() == 3, "{table}");
    assert!(rows[1].starts_with("Leads,Fife,A,A,2,We share one room and one kettle.,Partnership › Sharing,"), "{table}");
    assert!(std::fs::read_to_string(folder.join("passages-about.txt")).unwrap().contains("All passages of Partnership."));
}

#[test]
fn what_says_otherwise_leads_to_its_place_and_a_cell_is_read_in_the_whole_width() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::N);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Says otherwise: A, ¶ 2");
    window.press(Modifiers::NONE, Key::F6);
    window.click("Says otherwise: A, ¶ 2");
    window.wait_for_label("Remove coding…");
    window.click("Read in the whole width");
    window.wait_for_label("Order: Newest");
    window.wait_for_label(ONLY);
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("Close the cell");
}

/// Names of the codings' themes in a source, in the order of places.
fn themes_of(harness: &Harness<'static, Option<App>>, source: &str) -> Vec<String> {
    let study = harness.state().as_ref().unwrap().study();
    let material = study.source_labelled(source).unwrap();
    material.codings.iter().map(|coded| study.codebook().path(coded.coding.theme)).collect()
}

fn quotes(harness: &Harness<'static, Option<App>>) -> usize {
    let study = harness.state().as_ref().unwrap().study();
    study.materials().iter().map(|material| material.quote_marks.len()).sum()
}

#[test]
fn a_passage_is_recoded_quoted_and_removed_by_key_in_the_pane() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::Q);
    window.wait_for("the quote", |harness| quotes(harness) == 1);
    window.press(Modifiers::NONE, Key::Q);
    window.wait_for("no quote", |harness| quotes(harness) == 0);
    // Delete goes into the list of codings; Escape back to the passage, Enter removes.
    window.press(Modifiers::NONE, Key::Delete);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Delete);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("no coding", |harness| themes_of(harness, "A").is_empty());
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for_label(ONLY);
    window.press(Modifiers::NONE, Key::R);
    window.type_words("weather");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the other theme", |harness| themes_of(harness, "A") == ["Weather"]);
}

#[test]
fn in_the_theme_reader_keys_do_the_same_and_order_headings_and_passages() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("Leads › Fife › A, 1 passage");
    window.wait_for_label("Workers › Glasgow › B, 1 passage");
    window.press(Modifiers::NONE, Key::H);
    window.wait_for_label("Fife › Leads › A, 1 passage");
    window.press(Modifiers::NONE, Key::H);
    window.wait_for_label("B › Workers › Glasgow, 1 passage");
    window.click("Headings Participant");
    window.click("Group › area");
    window.wait_for_label("Workers › Glasgow › B, 1 passage");
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::O);
    let on = |harness: &Harness<'static, Option<App>>, label: &str| {
        harness.get_by_label(label).accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True)
    };
    window.wait_for("the order of themes", |harness| on(harness, "Order: Theme order"));
    window.press(Modifiers::NONE, Key::End);
    window.press(Modifiers::NONE, Key::Delete);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("no coding in B", |harness| themes_of(harness, "B").is_empty());
    assert_eq!(themes_of(&window.harness, "A"), ["Partnership › Sharing"]);
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::N);
    window.press(Modifiers::NONE, Key::Enter);
    let contrary = |harness: &Harness<'static, Option<App>>| {
        let study = harness.state().as_ref().unwrap().study();
        study.materials().iter().map(|material| material.contrary_marks.len()).sum::<usize>()
    };
    window.wait_for("the mark", |harness| contrary(harness) == 1);
}

#[test]
fn two_cells_are_pinned_and_moving_changes_neither() {
    let mut window = Window::new();
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for_label("2 Weather");
    window.press(Modifiers::NONE, Key::P);
    window.wait_for_label("Unpin this cell too");
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("why nothing opens", |harness| harness.query_by_label_contains("Two cells are pinned.").is_some());
    assert!(window.shows(ONLY) && window.shows("2 Weather"), "{:?}", window.harness.root());
    // Unpinned it follows again; Escape takes off one after the other.
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.wait_for("another cell", |harness| harness.query_by_label("2 Weather").is_none());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.shows(ONLY));
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the grid alone", |harness| harness.query_by_label(ONLY).is_none());
}

#[test]
fn codings_without_participants_words_are_listed_and_live() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    // The interviewer's question, coded in Read.
    window.press(Modifiers::COMMAND, Key::K);
    window.type_words("Codings without");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("that there are none", |harness| {
        harness.query_by_label_contains("Every coding that is counted here holds participants’ words.").is_some()
    });
    window.open_sharing();
    window.press(Modifiers::NONE, Key::F6);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the text", |harness| harness.query_by_label("How was it?").is_some());
    window.press(Modifiers::COMMAND, Key::ArrowUp);
    window.press(Modifiers::COMMAND, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::S);
    window.press(Modifiers::NONE, Key::C);
    window.type_words("Weather");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("the coding", |harness| themes_of(harness, "A").len() == 2);
    window.press(Modifiers::COMMAND, Key::Num2);
    window.press(Modifiers::NONE, Key::Escape);
    let counted = "1 coding without participants’ words not counted";
    window.wait_for_label(counted);
    assert!(window.shows("Tints for numbers of participants, from light to dark: 1"));
    window.click(counted);
    window.wait_for_label("A, ¶ 1, How was it?, passage 1 of 1");
    window.wait_for_label("Codings without participants’ words");
    window.press(Modifiers::NONE, Key::Delete);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label("No passages yet");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("View: Counts");
    assert!(!window.shows(counted));
}

#[test]
fn escape_leads_out_of_the_reader_to_where_one_was() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.wait_for("the text", |harness| harness.query_by_label_contains("How was it?").is_some());
    window.press(Modifiers::COMMAND, Key::K);
    window.type_words("Sharing");
    window.wait_for("the theme", |harness| harness.query_by_label_contains("Theme: Sharing").is_some());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for_label(ONLY);
    assert!(window.shows("Back to Read"));
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for("the text again", |harness| {
        harness.query_by_label(ONLY).is_none() && harness.query_by_label_contains("How was it?").is_some()
    });
    // The matrix is the matrix again; the way back leads into the reader.
    window.press(Modifiers::COMMAND, Key::Num2);
    window.wait_for_label("View: Counts");
}

#[test]
fn changed_keys_and_the_box_at_the_top_do_what_the_keys_of_the_grid_do() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    let mut keys = themata::app::command::KeyMap::default();
    keys.set(themata::app::command::Command::PinCell, vec!["K".parse().unwrap()]).unwrap();
    keys.use_in(&window.harness.ctx, true);
    window.open_sharing();
    window.press(Modifiers::NONE, Key::P);
    assert!(!window.shows("Unpin the cell"));
    window.press(Modifiers::NONE, Key::K);
    window.wait_for_label("Unpin the cell");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::X);
    window.wait_for_label("Leads › Fife, Sharing, 1 of 1 participant, row 2 of 6");
    let by_name = |window: &mut Window, name: &str| {
        window.press(Modifiers::COMMAND, Key::K);
        window.type_words(name);
        window.press(Modifiers::NONE, Key::Enter);
    };
    by_name(&mut window, "Overview of the matrix");
    window.wait_for_label("Sharing, Leads, 1 of 1 participant, row 3 of 4");
    by_name(&mut window, "Remove coding from the passage");
    window.wait_for("what to do first", |harness| harness.query_by_label_contains("Open a cell first").is_some());
}

#[test]
fn the_edge_of_the_cells_is_moved_by_key() {
    let mut window = Window::new();
    window.open_sharing();
    let left = |window: &Window| window.harness.get_by_label("Width of the open cells").rect().center().x;
    let before = left(&window);
    window.harness.get_by_label("Width of the open cells").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(left(&window) < before - 8.0, "{before} {}", left(&window));
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!((left(&window) - before).abs() < 1.0);
}

#[test]
fn a_heading_stays_in_sight_while_its_passages_scroll() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    {
        let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
        let code = |tx: &mut themata::project::Tx<'_>| {
            let theme = tx.study().codebook().find_path("Weather").unwrap();
            for label in ["C", "D"] {
                let words = (0..40).map(|at| format!("R: It is cold, and that is answer {at}.\n")).collect::<Vec<_>>().concat();
                let source = add_source(tx, label, &words)?;
                let paragraphs: Vec<_> = tx.study().material(source).unwrap().geometry.paragraphs().iter().map(|it| it.span).collect();
                for span in paragraphs {
                    tx.code(source, span, theme, Origin::Hand)?;
                }
            }
            Ok(())
        };
        project.edit("Code", code).unwrap();
    }
    let mut window = Window::on(scratch, &home, [1440.0, 900.0]);
    window.wait_for_label("Weather, row 4 of 4");
    window.click_twice("Weather, row 4 of 4");
    let [c, d] = ["C", "D"].map(|label| format!("Participant group: not stated › Case-study area: not stated › {label}, 40 passages"));
    window.wait_for_label("C, ¶ 1, It is cold, and that is answer 0., passage 1 of 80");
    let top = window.harness.get_by_label(&c).rect().top();
    for _ in 0..4 {
        window.press(Modifiers::NONE, Key::PageDown);
    }
    window.wait_for("the passages further down", |harness| harness.query_by_label_contains("passage 1 of 80").is_none());
    assert!((window.harness.get_by_label(&c).rect().top() - top).abs() < 1.0, "the heading stays above its passages");
    assert!(!window.shows(&d));
    window.press(Modifiers::NONE, Key::End);
    window.wait_for_label(&d);
    assert!(!window.shows(&c) && (window.harness.get_by_label(&d).rect().top() - top).abs() < 1.0);
}

#[test]
fn who_is_not_heard_is_counted_as_the_head_counts_and_by_kind_of_silence() {
    let scratch = Scratch::new();
    let home = Home::below(&scratch.path("home"));
    make_project(&scratch, &home);
    let mut project = Project::open(&scratch.project(), Access::Write, &me(&home)).unwrap();
    project
        .edit("Import", |tx| {
            let values = tx.study().case_labelled("A").unwrap().values.clone();
            for (label, kind) in [("C", CaseKind::Person), ("D", CaseKind::Person), ("E", CaseKind::Person), ("U", CaseKind::Unidentified)]
            {
                let case = tx.case_labelled(label, kind)?;
                let source = add_source(tx, label, "I: Do you share?\nR: It is cold.\n")?;
                for (attribute, values) in &values {
                    tx.set_value(case, *attribute, values.clone())?;
                }
                let theme = tx.study().codebook().find_path("Partnership › Sharing").unwrap();
                if label == "D" {
                    tx.code(source, Span::new(3, 16), theme, Origin::Hand)?;
                }
                if label == "E" {
                    let cell = Crossing { theme, of: Crossed::Case(case) };
                    tx.chart(&cell, Charted { silence: Some(Silence::NotAsked), ..Charted::default() })?;
                }
                if label != "C" {
                    tx.set_status(source, StatusKind::Done)?;
                }
            }
            Ok(())
        })
        .unwrap();
    drop(project);
    let mut window = Window::on(scratch, &home, [1440.0, 900.0]);
    window.wait_for_label("Sharing, Leads › Fife, 1 of 4 participants, row 3 of 4");
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        window.press(Modifiers::NONE, key);
    }
    window.wait_for_label("Not heard on this, 1 not coded yet · 1 asked · 1 not asked · 1 not known");
    let counts = |window: &Window| window.harness.query_all_by_label("1 of 4 participants").count();
    assert_eq!(counts(&window), 3, "each kind has its own count, of the participants of the head");
    assert!(window.shows("0 of 4 participants + 1 unidentified"), "who is unidentified is no participant");
    for row in ["C: Source still being coded, 0 %. Open", "D: A question is coded. ¶ 1", "E: As an analyst says. Open"] {
        assert!(window.shows(row), "{row}");
    }
    // Where nobody knows, one comes to the cell in which it can be said.
    window.click("U: No question coded. Say");
    window.wait_for_label("Nothing to say…");
}
