//! What leaves a project, read back by other programs' rules: workbooks, documents, and what is masked in them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};
use themata::project::{Charted, EditError, Tx};
use themata::study::{
    CaseId, CaseKind, Citation, Crossed, Crossing, MemoKind, MemoOn, Origin, Role, Silence, SourceId, Spread, SummaryState, ThemeId,
};
use themata::text::Span;

use crate::cli::{printed, refused};
use crate::support::{Scratch, add_source, project};

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
            let citation = Citation { number: 1, source: a, revision, span, words: "And cold.".into() };
            let written = |text: &str| Charted { text: text.to_owned(), state: SummaryState::Charted, ..Charted::default() };
            let words = "Finds it **cold**, says “And cold.” [1] [but laughs]\n- in winter";
            tx.chart(&Crossing { theme: heating, of: Crossed::Case(case_a) }, Charted { citations: vec![citation], ..written(words) })?;
            let silent = Charted { silence: Some(Silence::AskedSaidNothing), ..written("") };
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
    let at = sheet.rows().next().unwrap().iter().position(|head| head.to_string() == column);
    let at = at.unwrap_or_else(|| panic!("no column {column} in {:?}", sheet.rows().next()));
    let row = sheet.rows().find(|row| row[0].to_string() == begins).unwrap_or_else(|| panic!("no row {begins}"));
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
    for what in ["matrix", "cells", "codings", "cases", "codebook", "memos", "chart", "summaries", "quotes"] {
        let file = export(&scratch, &path, what, &format!("{what}.xlsx"), &[]);
        let mut book: Xlsx<_> = open_workbook(&file).unwrap();
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().cells().all(|(_, _, formula)| formula.is_empty()), "{what}: {name}");
        }
        assert!(!scratch.path(format!("{what}-about.txt")).exists(), "the note is a sheet");
        let about = book.worksheet_range("About").unwrap();
        assert!(about.rows().any(|row| row[0].to_string() == "Project: Test"), "{what}");
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
    assert_eq!(cell(&matrix, "Rooms", "Fife"), Data::Float(4.0));
    let cells =
        std::fs::read_to_string(export(&scratch, &path, "cells", "cells.csv", &[&three[..], &["--columns", "area"]].concat())).unwrap();
    assert!(cells.contains("Rooms,Moray,coded,<3,<3,<3,0,0,0,0,<3,<3,<3,<3,0,0,0,0,1,0"), "{cells}");
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
    for (what, name, endings) in [("chart", "chart.docx", ".csv or .xlsx"), ("codings", "codings", ".csv or .xlsx")] {
        let file = scratch.path(name);
        let (code, said) = refused(&scratch, &["export", &path, &file.to_string_lossy(), "--what", what]);
        assert!(code == Some(2) && said.contains(&format!("can leave as {endings}; give the file")), "{said}");
        assert!(!file.exists());
    }
}
