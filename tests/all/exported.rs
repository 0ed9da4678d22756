//! What leaves a project, read back by other programs' rules: workbooks, documents, and what is masked in them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};
use themata::project::{Access, Charted, EditError, Project, Tx};
use themata::study::{
    CaseId, CaseKind, Citation, Cites, Consent, Crossed, Crossing, MemoKind, MemoOn, Origin, QuoteFacts, Role, Silence, SourceId, Spread,
    SummaryState, ThemeId,
};
use themata::text::Span;

use crate::cli::{printed, refused};
use crate::support::{Scratch, add_source, me, project};

/// Codes the first place of some words.
fn code(tx: &mut Tx<'_>, source: SourceId, words: &str, theme: ThemeId) -> Result<themata::study::CodingId, EditError> {
    let span = place(tx, source, words)?;
    tx.code(source, span, theme, Origin::Hand)
}

fn place(tx: &mut Tx<'_>, source: SourceId, words: &str) -> Result<Span, EditError> {
    let text = tx.text(source)?;
    let at = text.find(words).unwrap();
    Ok(Span::of(at..at + words.len()))
}

/// Gives a case the values of its group and area.
fn belongs(tx: &mut Tx<'_>, case: CaseId, group: &str, area: &str) -> Result<(), EditError> {
    for (role, name) in [(Role::Group, group), (Role::Area, area)] {
        let attribute = tx.study().attributes().with_role(role).unwrap().id;
        let value = tx.value_named(attribute, name)?;
        tx.set_value(case, attribute, [value].into())?;
    }
    Ok(())
}

/// Four interviews: three managers in Fife, of whom one is asked and silent, and one alone in Moray. One summary has a
/// citation and is stale, one is of managers in Fife; there are a quote and a contrary passage.
pub fn scene(scratch: &Scratch) -> String {
    let (mut project, [a, b]) = project(scratch);
    let made = project.edit("Set up", |tx| {
        let c = add_source(tx, "C", "I: And the heating?\nR: =Broken, <every> winter & spring.\n")?;
        let d = add_source(tx, "D", "I: And you?\nR: Warm as toast up here.\n")?;
        let cases = ["A", "B", "C", "D"].map(|label| tx.case_labelled(label, CaseKind::Person));
        for (case, area) in cases.into_iter().zip(["Fife", "Fife", "Fife", "Moray"]) {
            belongs(tx, case?, "Managers", area)?;
        }
        let rooms = tx.theme_at("Rooms")?;
        let heating = tx.theme_at("Rooms > Heating")?;
        tx.theme_at("Forms")?;
        let mut theme = tx.study().codebook().get(rooms).unwrap().clone();
        theme.definition = "Where people work & what it is like.".into();
        tx.change_theme(theme)?;
        let cold = code(tx, a, "And cold.", heating)?;
        let shared = code(tx, b, "We share one room.", rooms)?;
        code(tx, c, "=Broken, <every> winter & spring.", heating)?;
        let warm = code(tx, d, "Warm as toast up here.", heating)?;
        tx.toggle_quote(b, shared)?;
        tx.toggle_quote(d, warm)?;
        tx.set_contrary(d, warm, Some("everybody is cold"))?;
        Ok((a, cold, rooms, heating))
    });
    let (a, _, rooms, heating) = made.unwrap();
    project
        .edit("Chart", |tx| {
            let [case_a, case_b] = ["A", "B"].map(|label| tx.study().case_labelled(label).unwrap().id);
            let (span, revision) = (place(tx, a, "And cold.")?, tx.material(a)?.source.revision);
            let citation = Citation { number: 1, of: Cites::Passage { source: a, revision, span }, words: "And cold.".into() };
            let written = |text: &str| Charted { text: text.to_owned(), state: SummaryState::Charted, ..Charted::default() };
            let words = "Finds it **cold**, says “And cold.” [1] [but laughs]\n- in winter";
            tx.chart(&Crossing { theme: heating, of: Crossed::Case(case_a) }, Charted { citations: vec![citation], ..written(words) })?;
            // That there is nothing to say is charted as soon as it is said, as in the window.
            let silent = Charted { silence: Some(Silence::AskedSaidNothing), ..Charted::default() };
            tx.chart(&Crossing { theme: heating, of: Crossed::Case(case_b) }, silent)?;
            for (area, text) in [("Fife", "Managers in Fife are cold."), ("Moray", "The manager in Moray is warm.")] {
                let attributes = tx.study().attributes();
                let value = |role: Role, name: &str| {
                    let attribute = attributes.with_role(role).unwrap().id;
                    (attribute, attributes.find_value(attribute, name).map(|value| value.id))
                };
                let values = BTreeMap::from([value(Role::Group, "Managers"), value(Role::Area, area)]);
                let spread = Spread { consensus: "It is cold.".into(), ..Spread::default() };
                tx.chart(&Crossing { theme: rooms, of: Crossed::Values(values) }, Charted { spread, ..written(text) })?;
            }
            tx.add_memo(MemoOn::Case { case: case_a }, MemoKind::Analytic, "Works in the old school.")?;
            Ok(())
        })
        .unwrap();
    // Something else lies under the summary of A now.
    project.edit("Code", |tx| code(tx, a, "It was fine, aye, mostly.", heating)).unwrap();
    scratch.project().to_string_lossy().into_owned()
}

/// Exports, and says where to.
fn export(scratch: &Scratch, path: &str, what: &str, name: &str, more: &[&str]) -> PathBuf {
    let file = scratch.path(name);
    printed(scratch, &[&["export", path, &file.to_string_lossy(), "--what", what], more].concat());
    file
}

fn sheet(file: &PathBuf, name: &str) -> Range<Data> {
    open_workbook::<Xlsx<_>, _>(file).unwrap().worksheet_range(name).unwrap()
}

/// The cell of a row that begins so, in the column of this name.
fn cell(sheet: &Range<Data>, begins: &str, column: &str) -> Data {
    let at = sheet.rows().next().unwrap().iter().position(|head| *head == *column);
    let at = at.unwrap_or_else(|| panic!("no column {column} in {:?}", sheet.rows().next()));
    let row = sheet.rows().find(|row| row[0] == *begins).unwrap_or_else(|| panic!("no row {begins}"));
    row[at].clone()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn the_chart_is_a_sheet_a_theme_with_states_and_citations() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let file = export(&scratch, &path, "chart", "chart.xlsx", &[]);
    let names = open_workbook::<Xlsx<_>, _>(&file).unwrap().sheet_names();
    assert_eq!(names, ["1 Rooms", "2 Forms", "About"]);
    let rooms = sheet(&file, "1 Rooms");
    let words = "Finds it **cold**, says “And cold.” [1] [but laughs]\n- in winter\n\n[1] A ¶ 3";
    for (case, column, expected) in [
        ("A", "memo", "Works in the old school."),
        ("A", "Rooms › Heating", words),
        ("A", "Rooms › Heating (state)", "charted; Evidence changed"),
        ("B", "Rooms › Heating", "Asked, said nothing"),
        ("B", "Rooms › Heating (state)", "charted; Asked, said nothing"),
        ("C", "Rooms › Heating (state)", "not charted: 1 passage"),
        ("D", "Rooms (state)", "not charted: 1 passage"),
        ("D", "Case-study area", "Moray"),
    ] {
        assert_eq!(cell(&rooms, case, column), text(expected), "{case}, {column}");
    }
    assert_eq!(cell(&sheet(&file, "2 Forms"), "A", "Forms (state)"), text("not charted: sources not all done"));
    let csv = std::fs::read_to_string(export(&scratch, &path, "chart", "chart.csv", &[])).unwrap();
    assert!(csv.lines().next().unwrap().ends_with("Rooms › Heating,Rooms › Heating (state),Forms,Forms (state)"), "{csv}");
}

#[test]
fn numbers_are_numbers_and_nothing_runs_in_every_workbook() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    for what in ["matrix", "cells", "codings", "cases", "codebook", "memos", "chart", "summaries", "quotes", "propositions", "typologies"] {
        let file = export(&scratch, &path, what, &format!("{what}.xlsx"), &[]);
        let mut book: Xlsx<_> = open_workbook(&file).unwrap();
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().cells().all(|(_, _, formula)| formula.is_empty()), "{what}: {name}");
        }
        assert!(!scratch.path(format!("{what}-about.txt")).exists(), "the note is a sheet");
        let about = book.worksheet_range("About").unwrap();
        assert!(about.rows().any(|row| row[0] == *"Project: Test"), "{what}");
    }
    let of = |what: &str| sheet(&scratch.path(format!("{what}.xlsx")), what);
    assert_eq!(cell(&of("matrix"), "Rooms", "Managers"), Data::Float(5.0));
    assert_eq!(cell(&of("cells"), "Rooms", "share_row"), Data::Float(1.0));
    assert_eq!(cell(&of("cases"), "A", "Rooms (passages)"), Data::Float(2.0));
    let codings = of("codings");
    let words = codings.rows().find(|row| row[1] == text("C")).unwrap();
    assert!(words.contains(&text("=Broken, <every> winter & spring.")) && words.contains(&Data::Float(2.0)), "{words:?}");
    let quotes = of("quotes");
    let warm = quotes.rows().find(|row| row.contains(&text("Warm as toast up here."))).unwrap();
    assert!(warm.contains(&text("everybody is cold")) && warm.contains(&Data::Float(1.0)) && warm.contains(&text("Moray")), "{warm:?}");
    let summaries = of("summaries");
    let own: Vec<String> = summaries.rows().map(|row| format!("{} | {} | {}", row[1], row[2], row[3])).collect();
    let of_values = ["Fife", "Moray"].map(|area| format!("Rooms |  | Participant group: Managers; Case-study area: {area}"));
    assert_eq!(own[1..], [&of_values[0], &of_values[1], "Rooms › Heating | A | ", "Rooms › Heating | B | "]);
}

#[test]
fn who_is_alone_in_a_group_and_area_is_masked() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let mask = "masked (fewer than 3)";
    let three = ["--smallest-n", "3", "--labels", "full"];
    let chart = sheet(&export(&scratch, &path, "chart", "chart.xlsx", &three), "1 Rooms");
    let named = format!("D (Managers, {mask})");
    assert_eq!(cell(&chart, &named, "Case-study area"), text(mask));
    assert_eq!(cell(&chart, &named, "Participant group"), text("Managers"));
    assert_eq!(cell(&chart, "A (Managers, Fife)", "Case-study area"), text("Fife"));
    let quotes = std::fs::read_to_string(export(&scratch, &path, "quotes", "quotes.csv", &three)).unwrap();
    assert!(quotes.contains(&format!("\"D (Managers, {mask})\",Managers,{mask},")) && !quotes.contains("Moray"), "{quotes}");
    let codings = std::fs::read_to_string(export(&scratch, &path, "codings", "codings.csv", &three)).unwrap();
    assert!(codings.contains("Managers,Fife") && codings.contains(&format!("Managers,{mask}")) && !codings.contains("Moray"), "{codings}");
    let summaries = std::fs::read_to_string(export(&scratch, &path, "summaries", "summaries.csv", &three)).unwrap();
    assert!(summaries.contains(&format!("Participant group: Managers; Case-study area: {mask}")), "{summaries}");
    let matrix = export(&scratch, &path, "matrix", "matrix.xlsx", &[&three[..], &["--columns", "area"]].concat());
    let matrix = sheet(&matrix, "matrix");
    assert_eq!(cell(&matrix, "Rooms", "Moray"), text("<3"));
    // Two and one passages under it are of too few: from the 4 in all they do not follow, but from the total of the row Moray would.
    assert_eq!(cell(&matrix, "Rooms", "Fife"), Data::Float(4.0));
    assert_eq!(cell(&matrix, "Rooms", "Total"), text("masked"));
    let cells =
        std::fs::read_to_string(export(&scratch, &path, "cells", "cells.csv", &[&three[..], &["--columns", "area"]].concat())).unwrap();
    assert!(cells.contains("Rooms,Moray,coded,<3,<3,<3,0,0,0,0,<3,<3,<3,<3,0,0,0,0,<3,0"), "{cells}");
    let crossed = ["export", &path, "x.csv", "--what", "cells", "--rows", "cases", "--columns", "area", "--smallest-n", "3"];
    let (code, said) = refused(&scratch, &crossed);
    assert!(code == Some(2) && said.contains("Case-study area is masked for some cases"), "{said}");
    let about = std::fs::read_to_string(scratch.path("quotes-about.txt")).unwrap();
    assert!(about.contains("at least 3 people share them") && about.contains("Values of 1 case are masked."), "{about}");
    // Nothing is masked unless it is asked for.
    let open = std::fs::read_to_string(export(&scratch, &path, "quotes", "open.csv", &[])).unwrap();
    assert!(open.contains("Moray"), "{open}");
    assert_eq!(refused(&scratch, &["export", &path, "x.csv", "--what", "quotes", "--smallest-n", "1"]).0, Some(2));
}

#[test]
fn a_wrong_ending_is_told_and_nothing_is_written() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    for (what, name, endings) in [
        ("chart", "chart.docx", ".xlsx, .csv, .tsv, .json or .md"),
        ("codings", "codings", ".csv, .tsv, .xlsx, .json or .md"),
        ("codebook", "codebook.txt", ".csv, .tsv, .xlsx, .json, .docx, .html or .md"),
        ("findings", "findings.xlsx", ".docx, .html or .md"),
        ("archive", "archive.rar", ".zip"),
    ] {
        let file = scratch.path(name);
        let (code, said) = refused(&scratch, &["export", &path, &file.to_string_lossy(), "--what", what]);
        assert!(code == Some(2) && said.contains(&format!("can leave as {endings}; give the file")), "{said}");
        assert!(!file.exists());
    }
}

/// The words of a Word document, read by the import of the program itself.
fn words_of(scratch: &Scratch, file: &std::path::Path) -> String {
    let project = scratch.path("back.themata").to_string_lossy().into_owned();
    let _ = std::fs::remove_file(&project);
    printed(scratch, &["new", &project]);
    printed(scratch, &["import", &project, &file.to_string_lossy()]);
    let folder = scratch.path("back");
    printed(scratch, &["export", &project, &folder.to_string_lossy(), "--what", "texts"]);
    let text = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let words = std::fs::read_to_string(text).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    words
}

#[test]
fn findings_say_who_says_what_and_who_says_otherwise() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let page = std::fs::read_to_string(export(&scratch, &path, "findings", "findings.html", &[])).unwrap();
    for part in [
        "<h2 id=\"h0\">1 Rooms</h2>\n<p class=\"small\">5 passages; heard from 4 participants of 4.</p>",
        "<span class=\"comment\">Where people work &amp; what it is like.</span>",
        "<p class=\"term\">Managers, Fife · evidence changed since</p>\n<p>Managers in Fife are cold.</p>",
        "<p><strong>Consensus: </strong>It is cold.</p>",
        "<p class=\"term\">Marked quotes</p>\n<figure><blockquote>We share one room.</blockquote><figcaption>B, Managers, Fife · ¶ 2</figcaption>",
        "<p class=\"term\">A, Managers, Fife · evidence changed since</p>\n<p>Finds it <strong>cold</strong>, says ",
        "<span class=\"cited\">[1]</span> <span class=\"comment\">[but laughs]</span></p>\n<ul>\n<li>in winter</li>\n</ul>",
        "<figure><blockquote>And cold.</blockquote><figcaption>[1] A, Managers, Fife · ¶ 3</figcaption>",
        "<p class=\"term\">Says otherwise</p>\n<figure><blockquote>Warm as toast up here.</blockquote><figcaption>D, Managers, Moray · ¶ 2. Contrary to: everybody is cold",
        "<p class=\"small\">Not heard on this. Asked, said nothing: 1.</p>",
        "Not heard on this. Source still being coded: 4.",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    let masked = std::fs::read_to_string(export(&scratch, &path, "findings", "masked.html", &["--smallest-n", "3"])).unwrap();
    assert!(masked.contains("D, Managers, masked (fewer than 3) · ¶ 2"), "{masked}");
    assert!(masked.contains("<p class=\"term\">Managers, masked (fewer than 3)</p>"), "{masked}");
    assert!(!masked.contains("Moray ·") && !masked.contains("Managers, Moray") && masked.contains("Values of 1 case are masked."));
    let said = printed(&scratch, &["export", &path, &scratch.path("findings.docx").to_string_lossy(), "--what", "findings"]);
    assert!(said.starts_with("3 themes, 3 summaries, 1 citation, 2 marked quotes, 1 contrary passage in "), "{said}");
    let words = words_of(&scratch, &scratch.path("findings.docx"));
    for part in ["1 Rooms", "Warm as toast up here.", "Contrary to: everybody is cold", "Where people work & what it is like."] {
        assert!(words.contains(part), "{part} is missing in {words}");
    }
}

#[test]
fn quotes_that_are_refused_are_told_as_such() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    let source = project.study().source_labelled("B").unwrap().source.id;
    let refused = QuoteFacts { consent: Consent::Refused, ..QuoteFacts::default() };
    project
        .edit("Describe", |tx| {
            let mark = tx.material(source)?.quote_marks[0].id;
            tx.describe_quote(source, mark, &refused)
        })
        .unwrap();
    drop(project);
    let page = std::fs::read_to_string(export(&scratch, &path, "findings", "findings.html", &[])).unwrap();
    assert!(page.contains("<figcaption>B, Managers, Fife · ¶ 2 · consent refused</figcaption>"), "{page}");
    assert_eq!(page.matches("consent refused").count(), 1);
}

#[test]
fn a_profile_is_a_page_of_one_case_with_what_is_open() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let all = std::fs::read_to_string(export(&scratch, &path, "profiles", "profiles.html", &[])).unwrap();
    assert_eq!(all.matches(" class=\"page\">").count(), 3, "four cases, each on its page");
    let one = std::fs::read_to_string(export(&scratch, &path, "profiles", "one.html", &["--case", "B"])).unwrap();
    for part in [
        "<title>Test: case profile of B</title>",
        "<td>Case-study area</td><td>Fife</td>",
        "<td>Speaks in</td><td>B</td>",
        "<h3 id=\"h1\">1.1 Rooms › Heating</h3>\n<p class=\"small\">charted; Asked, said nothing</p>\n<p>Asked, said nothing</p>",
        "<p class=\"small\">1 passage: 1 Rooms</p>",
        "<p class=\"small\">sources not all done: 2 Forms</p>",
    ] {
        assert!(one.contains(part), "{part} is missing in {one}");
    }
    let (code, said) = refused(&scratch, &["export", &path, "x.docx", "--what", "profiles", "--case", "Nobody"]);
    assert!(code == Some(1) && said.contains("There is no case “Nobody”"), "{said}");
    let (code, said) = refused(&scratch, &["export", &path, "x.docx", "--what", "findings", "--case", "A"]);
    assert!(code == Some(2) && said.contains("--case goes with"), "{said}");
}

#[test]
fn the_account_of_the_method_holds_what_the_project_knows() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let file = export(&scratch, &path, "method", "method.docx", &["--smallest-n", "3"]);
    let words = words_of(&scratch, &file);
    for part in [
        "4 sources (of no stated kind: 4) with",
        "4 participants speak as participants.",
        "1 coder: Elspeth (5 codings in 4 sources, 0 marked done). 0 sources are coded by more than one.",
        "3 themes on 2 levels, 2 of them at the top; with a definition 1, with a typical example 0.",
        "4 summaries of cells (draft 0, charted 4, reviewed 0) with 1 citation. Under 2 the evidence has changed since",
        "2 passages are marked as quotes, from 2 cases.",
        "edits that count and 0 taken back",
        "Themata ",
        "“masked” stands for numbers of fewer than 3 people",
    ] {
        assert!(words.contains(part), "{part} is missing in {words}");
    }
    for what in ["coreq", "srqr", "codebook", "profiles"] {
        let words = words_of(&scratch, &export(&scratch, &path, what, &format!("{what}.docx"), &[]));
        assert!(words.contains("Test"), "{what}: {words}");
    }
}

#[test]
fn what_is_there_is_written_over_only_when_that_is_asked_for() {
    let scratch = Scratch::new();
    let path = scene(&scratch);
    let mine = |name: &str| {
        std::fs::create_dir_all(scratch.path(name).parent().unwrap()).unwrap();
        std::fs::write(scratch.path(name), "mine").unwrap();
    };
    for (what, name, there) in [
        ("codings", "a.csv", "a.csv"),
        ("codings", "b.csv", "b-about.txt"),
        ("codings", "c.xlsx", "c.xlsx"),
        ("findings", "d.docx", "d.docx"),
        ("texts", "folder", "folder/A.txt"),
    ] {
        mine(there);
        let file = scratch.path(name);
        let export = ["export", &path, &file.to_string_lossy(), "--what", what];
        let (code, said) = refused(&scratch, &export);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("{} is there already.", scratch.path(there).display())) && said.contains("--force"), "{said}");
        assert_eq!(std::fs::read_to_string(scratch.path(there)).unwrap(), "mine");
        printed(&scratch, &[&export[..], &["--force"]].concat());
        assert_ne!(std::fs::read(scratch.path(there)).unwrap(), b"mine");
    }
    mine("kept.csv");
    let kept = scratch.path("kept.csv");
    let mut permissions = std::fs::metadata(&kept).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&kept, permissions).unwrap();
    let (code, said) = refused(&scratch, &["export", &path, &kept.to_string_lossy(), "--what", "codings", "--force"]);
    assert_eq!((code, said.contains("it is read-only")), (Some(1), true), "{said}");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "mine");
    assert!(!scratch.path("kept-about.txt").exists(), "nor is a note left beside it");
}
