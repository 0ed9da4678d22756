//! What leaves the project by the window's dialog: what is seen, what was left out, and the tables as they are written.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use themata::project::{Access, EditKind, Project};

use crate::matrix_view::{HEARD, Window};
use crate::support;

/// What was written to `name` beside the project.
fn written(window: &Window, name: &str) -> String {
    let folder = window.scratch.project();
    std::fs::read_to_string(folder.parent().unwrap().join(name)).unwrap()
}

fn wait_for_part(window: &mut Window, part: &str) {
    let part = part.to_owned();
    window.wait_for(&part, |harness| harness.query_by_label_contains(&part).is_some());
}

/// Opens the dialog and waits for the first lines.
fn open(window: &mut Window, rows: &str) {
    window.press(Modifiers::COMMAND, Key::E);
    wait_for_part(window, rows);
}

/// Presses the button of the dialog; before the first export it is said that nothing is masked.
fn export(window: &mut Window) {
    window.click("Mask groups of fewer than: Off");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    window.harness.run_steps(3);
}

#[test]
fn the_matrix_leaves_as_it_is_seen_or_whole_in_plain_numbers() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.click("Fold Partnership");
    window.wait_for_label("Unfold Partnership");
    open(&mut window, "All 5 rows");
    assert!(window.shows("Part: What is seen") && !window.shows("Filters: No filters"));
    // Every cell is there for screen readers, also those that the first glance does not reach.
    assert!(window.harness.query_all_by_label("1 participant").count() >= 4, "{:?}", window.harness.root());
    window.click("Form: Plain CSV");
    export(&mut window);
    wait_for_part(&mut window, "read matrix-about.txt");
    let table = written(&window, "matrix.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows[0].starts_with("Theme,All,Leads › Fife,"), "without the mark of Excel: {table}");
    assert!(rows[1].starts_with("n,2 participants,1 participant,") && rows[2].starts_with("done,0 of 2,0 of 1,"), "{table}");
    assert!(rows[3].starts_with("Partnership,2 of 2…,1 of 1…,"), "{table}");
    assert!(!table.contains("Sharing"), "what is folded away does not leave: {table}");
    assert!(written(&window, "matrix-about.txt").contains("The matrix as it is seen; its cells show participants."));
    open(&mut window, "All 5 rows");
    window.click("Part: All pages, plain numbers");
    wait_for_part(&mut window, "All 10 rows, 7 columns");
    export(&mut window);
    wait_for_part(&mut window, "“matrix.csv” is there already.");
    window.click("Replace");
    wait_for_part(&mut window, "read matrix-about.txt");
    let table = written(&window, "matrix.csv");
    assert!(table.starts_with('\u{feff}') && table.contains("All,Partnership › Sharing,1,–,"), "{table}");
}

#[test]
fn the_matrix_leaves_as_a_picture_whose_letters_are_outlines() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    open(&mut window, "All 7 rows");
    assert!(!window.shows("Picture: Bars"), "a table is no picture");
    window.click("Form: SVG");
    wait_for_part(&mut window, ": participants, ");
    assert!(
        window
            .harness
            .query_all_by_role(Role::Image)
            .any(|image| image.accesskit_node().label().is_some_and(|label| label.ends_with(": participants"))),
        "{:?}",
        window.harness.root()
    );
    export(&mut window);
    wait_for_part(&mut window, "matrix.svg, ");
    let drawn = written(&window, "matrix.svg");
    assert!(drawn.contains("<svg") && drawn.contains("<path") && !drawn.contains("<text"), "{drawn}");
    assert!(drawn.contains(": participants</title>"), "{drawn}");
    // Another picture of the same name is asked about first.
    open(&mut window, "All 7 rows");
    window.click("Form: SVG");
    window.click("Picture: Bars");
    wait_for_part(&mut window, ": participants, ");
    export(&mut window);
    wait_for_part(&mut window, "“matrix.svg” is there already. Replace it, or");
    window.click("Replace");
    wait_for_part(&mut window, "matrix.svg, ");
    assert!(written(&window, "matrix.svg").contains("The pale track"), "bars");
    // The whole in plain numbers is a table again.
    open(&mut window, "All 7 rows");
    window.click("Form: PNG");
    window.click("Part: All pages, plain numbers");
    wait_for_part(&mut window, "7 columns");
    assert!(!window.shows("Form: PNG"));
}

#[test]
fn filters_of_the_matrix_hold_for_other_tables_only_when_they_were_chosen() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    window.click("Filter");
    window.click("Quote-marked only");
    window.press(Modifiers::NONE, Key::Escape);
    window.wait_for_label("Remove filter: Quote-marked");
    // The first table is the matrix that is seen; its filters are said.
    open(&mut window, "Filters: only codings marked as quotes");
    window.click("What: Codings");
    wait_for_part(&mut window, "All 2 rows");
    wait_for_part(&mut window, "Filters: none");
    wait_for_part(&mut window, "without titles; words without speakers’ labels");
    window.click("Filters: Filters of the matrix");
    wait_for_part(&mut window, "No rows");
    wait_for_part(&mut window, "Filters: only codings marked as quotes");
    window.click("Filters: No filters");
    wait_for_part(&mut window, "All 2 rows");
    // The words and their theme are seen first; the columns behind them are reached by key.
    let at = |window: &Window, label: &str| window.harness.get_by_label(label).rect().left();
    assert!(at(&window, "text") < at(&window, "theme") && at(&window, "theme") < at(&window, "source"));
    assert!(!window.shows("broken"));
    window.harness.get_by_label("First lines of the table").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::End);
    window.wait_for_label("broken");
    assert!(!window.shows("text"));
    window.press(Modifiers::NONE, Key::Home);
    window.wait_for_label("text");
}

#[test]
fn in_search_the_hits_are_what_leaves() {
    let mut window = Window::new();
    window.press(Modifiers::COMMAND, Key::Num3);
    window.type_words("room");
    window.wait_for_label("Code 2 hits…");
    open(&mut window, "All 2 rows");
    wait_for_part(&mut window, "All paragraphs found by “room”.");
    export(&mut window);
    wait_for_part(&mut window, "read hits-about.txt");
    let about = written(&window, "hits-about.txt");
    assert!(about.contains("- Everything that was found.") && about.contains("- In the order of sources and places."), "{about}");
    assert!(written(&window, "hits.csv").contains("A,A,,2,"), "no title leaves by ids only");
}

#[test]
fn the_dialog_has_room_in_a_small_window() {
    let mut window = Window::sized([960.0, 600.0]);
    window.wait_for_label(HEARD);
    window.click("Filter");
    window.click("Quote-marked only");
    window.press(Modifiers::NONE, Key::Escape);
    open(&mut window, "Filters: only codings marked as quotes");
    window.click("Part: All pages, plain numbers");
    wait_for_part(&mut window, "All 8 rows, 7 columns");
    let seen = |window: &Window, label: &str| window.harness.get_by_role_and_label(Role::Button, label).rect();
    let button = seen(&window, "Export");
    assert!(button.top() > 0.0 && button.bottom() <= 600.0, "{button}");
}

#[test]
fn documents_and_workbooks_leave_by_the_dialog_and_masking_is_asked_once() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    open(&mut window, "All 7 rows");
    window.click("Kind: Documents");
    wait_for_part(&mut window, "3 themes, 0 summaries, 0 citations, 0 marked quotes, 0 contrary passages");
    assert!(window.shows("Form: Word") && window.shows("Form: HTML") && !window.shows("Form: Plain CSV"));
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, "Say first whether groups of few are masked");
    let folder = window.scratch.project().parent().unwrap().to_path_buf();
    assert!(!folder.join("findings.docx").exists(), "nothing leaves before it is said");
    window.click("Mask groups of fewer than: 3");
    wait_for_part(&mut window, "values that fewer than 3 people share are masked, of 2 cases");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, "3 themes, 0 summaries, 0 citations, 0 marked quotes, 0 contrary passages in");
    assert!(std::fs::read(folder.join("findings.docx")).unwrap().starts_with(b"PK"));
    // It is kept: the next export does not ask.
    open(&mut window, "All 7 rows");
    window.click("What: Chart");
    wait_for_part(&mut window, "All 2 rows");
    window.click("Form: Excel");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, "2 rows in");
    assert!(std::fs::read(folder.join("chart.xlsx")).unwrap().starts_with(b"PK"));
    assert!(!folder.join("chart-about.txt").exists(), "the note is in the workbook");
    open(&mut window, "All 7 rows");
    window.wait_for("masked figures", |harness| harness.query_all_by_label_contains("<3").next().is_some());
    window.click("Part: All pages, plain numbers");
    window.click("Mask groups of fewer than: Off");
    wait_for_part(&mut window, "All 10 rows");
    assert!(!window.shows("<3"));
    window.click("Mask groups of fewer than: 3");
    window.wait_for("masked figures", |harness| harness.query_all_by_label_contains("<3").next().is_some());
    // The method tells how much was edited, which the project's own thread knows.
    window.click("Kind: Documents");
    window.click("What: Method");
    window.click("Form: HTML");
    wait_for_part(&mut window, "6 sections");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, "6 sections in");
    let method = written(&window, "method.html");
    let project = Project::open(&window.scratch.project(), Access::Read, &support::me("Reader")).unwrap();
    let all = project.history(None, usize::MAX).unwrap();
    let edits = all.iter().filter(|edit| edit.kind == EditKind::Act).count();
    assert!(
        1 < edits && edits < all.len() && method.contains(&format!("The log of the project has {edits} edits that count and 0 taken back")),
        "{method}"
    );
}

#[test]
fn another_project_is_asked_about_anew_with_the_last_answer_offered() {
    let mut window = crate::window::window_set(&serde_json::json!({ "fewest": 5 }), |_, _| ());
    window.press_with(Modifiers::COMMAND, Key::E);
    window.until("first lines", |window| window.shows(" columns"));
    window.harness.run_steps(3);
    window.click_button("Export");
    window.until("it is asked", |window| window.shows("Say first whether groups of few are masked"));
    assert_eq!(window.focused(), "Mask groups of fewer than: 5");
    window.press(Key::Space);
    window.harness.run_steps(3);
    assert_eq!(window.focused(), "File to write");
    window.press(Key::Enter);
    window.until("it is written", |window| window.shows(" rows in "));
}

#[test]
fn transcripts_the_whole_project_and_an_archive_leave_by_the_dialog() {
    let mut window = Window::new();
    window.wait_for_label(HEARD);
    open(&mut window, "All 7 rows");
    window.click("Kind: Project");
    wait_for_part(&mut window, "2 sources, 2 cases, 3 themes, 2 codings");
    assert!(window.shows("Form: JSON") && window.shows("quote marks"), "what is in it is listed");
    export(&mut window);
    wait_for_part(&mut window, "2 codings in ");
    let json: serde_json::Value = serde_json::from_str(&written(&window, "project.json")).unwrap();
    assert_eq!(json["labels"], "ids");
    open(&mut window, "All 7 rows");
    window.click("Kind: Project");
    window.click("What: Archive");
    wait_for_part(&mut window, "are shown");
    assert!(window.shows("README.md") && window.shows("tables/codings.csv"));
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, " files in ");
    let folder = window.scratch.project().parent().unwrap().to_path_buf();
    assert!(std::fs::read(folder.join("archive.zip")).unwrap().starts_with(b"PK"));
    open(&mut window, "All 7 rows");
    window.click("Kind: Documents");
    window.click("What: Transcripts");
    window.click("Form: HTML");
    wait_for_part(&mut window, "2 sources, 2 codings");
    window.harness.get_by_role_and_label(Role::Button, "Export").click();
    wait_for_part(&mut window, "2 codings in ");
    assert!(written(&window, "transcripts.html").contains("<mark "));
}
