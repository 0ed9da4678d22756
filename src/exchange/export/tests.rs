//! The tables of one small study, looked at as a reader of the files would.

use serde_json::json;

use super::*;
use crate::analysis::matrix::{Arranged, Axis, CellAt, CellKey, Filter, MatrixSpec, Measure, Point, matrix};
use crate::analysis::testing::{Builder, values};
use crate::study::{AttributeOf, BuiltIn, CaseKind, Role, StatusKind, Study, Values};
use crate::text::{Span, Texts as _, Voice};

/// Two interviews: a person and a group from two areas, and somebody nobody knows.
fn study() -> (Builder, Study, MatrixSpec) {
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let [fife, moray] = ["Fife", "Moray"].map(|name| b.value(area, name));
    let kind = b.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
    let interview = b.value(kind, "Interview");
    let staffing = b.theme(None, "Staffing");
    let cover = b.theme(Some(staffing), "Cover › relief");
    b.theme(None, "Buildings");
    let person = b.case("P1", CaseKind::Person, values(&[(area, fife)]));
    let group = b.case("G1", CaseKind::Group, values(&[(area, fife)]));
    b.case("P2", CaseKind::Person, values(&[(area, moray)]));
    let one = b.source(
        "S1",
        None,
        values(&[(kind, interview)]),
        &[
            (Some("I"), Voice::Interviewer, "Who covers?"),
            (Some("R"), Voice::Participant, "=nobody 😀, \"aye\""),
            (Some("F"), Voice::Participant, "We do."),
        ],
    );
    b.speaker(&one, "I", Voice::Interviewer, None);
    b.speaker(&one, "R", Voice::Participant, Some(person));
    b.speaker(&one, "F", Voice::Participant, Some(group));
    let two = b.source("S2", None, Values::default(), &[(None, Voice::Participant, "Too cold here.")]);
    let wide = b.code(&one, Span::new(one.span("=nobody").start, one.span("We do.").end), cover, ada);
    b.quote(&one, one.span("We do."), wide, ada);
    b.contrary(&one, wide, "all is well", ada);
    b.memo(&one, wide, "Check.\nTwice.", ada);
    b.code(&one, one.span("Who covers?"), staffing, ada);
    b.code(&two, two.span("cold"), staffing, ada);
    b.status(&one, ada, StatusKind::Done);
    let study = b.study();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    (b, study, spec)
}

pub(super) fn lines(table: &Table) -> Vec<String> {
    [&table.header].into_iter().chain(&table.rows).map(|row| row.join(" | ")).collect()
}

#[test]
fn what_a_search_found() {
    let (builder, study, _) = study();
    let material = study.source_labelled("S1").unwrap();
    let text = builder.blobs.text(material.revision().unwrap().text).unwrap();
    let span = material.geometry.paragraphs()[1].span;
    let at = |words: &str| Span::of(text.find(words).unwrap()..text.find(words).unwrap() + words.len());
    let case = material.speaker_of(&material.geometry.paragraphs()[1]).1;
    let revision = std::sync::Arc::new(material.revision().unwrap().clone());
    let hit = |found: &[&str]| FoundWords {
        revision: revision.clone(),
        paragraph: 1,
        span,
        found: found.iter().map(|words| at(words)).collect(),
        case,
    };
    let table = |layout, found: &[FoundWords], labels| {
        let listed = ["Only the chosen: 2 of 9 paragraphs.", "Order: by place."];
        let asked = Asked { query: "nobody OR aye", layout, listed, by: &[] };
        let (table, about) = hits_table(&study, &builder.blobs, labels, asked, found, 0).unwrap();
        for said in ["- nobody OR aye", "- Only the chosen: 2 of 9 paragraphs.", "- Order: by place."] {
            assert!(about.text("hits.csv", 0, 0).contains(said), "{said}");
        }
        lines(&table)
    };
    assert_eq!(
        table(Layout::Paragraphs, &[hit(&["nobody", "aye"]), hit(&[])], Labels::IDS),
        [
            "source_id | source | title | paragraph | start | end | case | found | text | Area | Kind",
            "S1 | S1 |  | 2 | 19 | 35 | P1 | nobody; aye | =nobody 😀, \"aye\" | Fife | Interview",
            "S1 | S1 |  | 2 | 19 | 35 | P1 |  | =nobody 😀, \"aye\" | Fife | Interview",
        ]
    );
    assert_eq!(
        table(Layout::Lines, &[hit(&["aye"]), FoundWords { case: None, ..hit(&["nobody"]) }], Labels::FULL),
        [
            "source_id | source | title | paragraph | start | end | case | before | found | after | Area | Kind",
            "S1 | S1 – Interview S1 | Interview S1 | 2 | 31 | 34 | P1 (Fife) | =nobody 😀, \" | aye | \" | Fife | Interview",
            "S1 | S1 – Interview S1 | Interview S1 | 2 | 20 | 26 | Not stated | = | nobody | 😀, \"aye\" | Not stated | Interview",
        ]
    );
}

#[test]
fn passages_that_were_listed() {
    let (builder, study, _) = study();
    let codings: Vec<_> = study.codings().map(|(_, coded)| coded.coding.id).collect();
    let listed = [codings[2]].into();
    let (table, about) = passages_table(&study, &builder.blobs, Labels::IDS, "Passages of Staffing.", &listed, 0).unwrap();
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0][7], "cold");
    assert!(about.text("passages.csv", 0, 0).contains("Passages of Staffing."));
}

#[test]
fn the_matrix_as_seen() {
    let (_, study, spec) = study();
    let counted = matrix(&study, &spec).unwrap();
    assert_eq!(
        lines(&matrix_table(&study, &counted, Measure::Participants, Labels::IDS).unwrap()),
        [
            "Theme | Fife | Moray | Not stated | Total",
            "Staffing | 1 + 1 group | – | 0 + unnamed | 1 + 1 group",
            "Staffing › (this level only) | 0 | – | 0 + unnamed | 0 + unnamed",
            "Staffing › Cover \\› relief | 1 + 1 group | – | – | 1 + 1 group",
            "Buildings | 0 | – | – | ",
            "Total | 1 + 1 group | – | 0 + unnamed | 1 + 1 group",
        ]
    );
    let paged = MatrixSpec { pages: vec![Axis::Cases], ..spec };
    let counted = matrix(&study, &paged).unwrap();
    let table = matrix_table(&study, &counted, Measure::Passages, Labels::FULL).unwrap();
    assert_eq!(table.header[..2], ["Case", "Theme"]);
    assert_eq!(table.rows[5][..3], ["P1 (Fife)", "Staffing", "1"]);
}

/// A document of a study, as a page.
pub(super) fn page_of(b: &Builder, study: &Study, content: Content, labels: Labels) -> String {
    let wish = Wish { labels, ..Wish::whole(study, content, Form::Html, 0) };
    let Leaving::Document(document) = leaving(study, &b.blobs, &wish, &mut to_the_end).unwrap() else { panic!("it is a document") };
    String::from_utf8(document.bytes(Form::Html).unwrap()).unwrap()
}

#[test]
fn a_marked_quote_stands_under_each_of_its_themes_or_under_none() {
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let [rooms, forms] = ["Rooms", "Forms"].map(|name| b.theme(None, name));
    let case = b.case("P1", CaseKind::Person, Values::default());
    let put = b.source("P1", Some(case), Values::default(), &[(None, Voice::Participant, "One. Two. Three.")]);
    for theme in [rooms, forms] {
        b.code(&put, put.span("One."), theme, ada);
    }
    b.quote(&put, put.span("One."), None, ada);
    b.quote(&put, put.span("Three."), None, ada);
    let study = b.study();
    let wish = Wish::whole(&study, Content::Findings, Form::Html, 0);
    let said = leaving(&study, &b.blobs, &wish, &mut to_the_end).unwrap().says();
    assert_eq!(said, "2 themes, 0 summaries, 0 citations, 2 marked quotes, 0 contrary passages");
    let page = page_of(&b, &study, Content::Findings, Labels::IDS);
    for part in [
        "<blockquote>One.</blockquote><figcaption>P1 · ¶ 1 · also under Forms</figcaption>",
        "<blockquote>One.</blockquote><figcaption>P1 · ¶ 1 · also under Rooms</figcaption>",
        "Marked quotes over which nothing is coded.</p>\n<figure><blockquote>Three.</blockquote><figcaption>P1 · ¶ 1</figcaption>",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[test]
fn the_matrix_for_scripts() {
    let (_, study, spec) = study();
    let value = matrix_json(&study, &matrix(&study, &spec).unwrap(), Measure::ShareOfColumn, Labels::IDS);
    assert_eq!(
        value,
        json!({
            "rows": ["Staffing", "Staffing › Cover \\› relief", "Buildings"],
            "columns": ["Fife", "Moray", null],
            "pages": ["All"],
            "measure": "share-column",
            "cells": [[[1.0, null, 1.0], [1.0, null, null], [0.0, null, null]]],
            "row_totals": [[1.0, 0.5, 0.0]],
            "column_totals": [[1.0, null, 1.0]],
            "participants": [[1, 0, 0]],
            "coverage": [[{ "sources": 1, "done": 1 }, { "sources": 0, "done": 0 }, { "sources": 1, "done": 0 }]],
        })
    );
    let keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys.join(" "), "rows columns pages measure cells row_totals column_totals participants coverage");
    let Axis::Attribute(area) = spec.columns[0] else { panic!("the columns are areas") };
    let nested = MatrixSpec { columns: vec![Axis::Cases, Axis::Attribute(area)], ..spec };
    let value = matrix_json(&study, &matrix(&study, &nested).unwrap(), Measure::Words, Labels::IDS);
    assert_eq!(value["columns"][0], json!(["P1", "Fife"]));
    assert_eq!(value["columns"].as_array().unwrap().last().unwrap(), &json!([null, null]));
}

#[test]
fn the_matrix_in_long_form() {
    let (_, study, spec) = study();
    let table = cells_table(&study, &matrix(&study, &spec).unwrap(), Labels::IDS).unwrap();
    assert_eq!(
        lines(&table)[..4],
        [
            "Theme | Area | cell_kind | passages | codings | participants | pairs | groups | interview_labels | unidentified | words | \
             share_row | share_column | n_participants | n_pairs | n_groups | n_interview_labels | n_unidentified | sources | sources_done",
            "Staffing | Fife | coded | 1 | 1 | 1 | 0 | 1 | 0 | 0 | 4 | 0.5000 | 1.0000 | 1 | 0 | 1 | 0 | 0 | 1 | 1",
            "Staffing | Moray | no such participants | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |  |  | 0 | 0 | 0 | 0 | 0 | 0 | 0",
            "Staffing | Not stated | coded | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 0.5000 | 1.0000 | 0 | 0 | 0 | 0 | 0 | 1 | 0",
        ]
    );
    assert_eq!(table.rows.len(), 4 * 3);
}

#[test]
fn every_coding_is_one_row_with_characters_counted() {
    let (b, study, _) = study();
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true, &mut to_the_end).unwrap();
    assert_eq!(
        table.header.join(" "),
        "id source_id source title paragraph start end text theme theme_1 theme_2 coder time cases Area Kind quote contrary contrary_to memo broken"
    );
    let list = codings_json(&study, &b.blobs, Labels::IDS, |_, _| true).unwrap();
    let [asked, wide, cold] = list.as_array().unwrap().as_slice() else { panic!("three codings expected: {list}") };
    assert_eq!(asked["cases"], json!([]));
    assert_eq!(asked["Area"], json!([]));
    assert_eq!(cold["cases"], json!([null]));
    assert_eq!((&cold["Kind"], &cold["Area"]), (&json!(null), &json!([null])));
    let mut wide = wide.clone();
    let text = wide["text"].as_str().unwrap().to_owned();
    assert_eq!(text, "=nobody 😀, \"aye\"\n\nF: We do.");
    assert_eq!(wide["end"].as_u64().unwrap() - wide["start"].as_u64().unwrap(), text.chars().count() as u64);
    for key in ["id", "text", "time", "start", "end"] {
        wide.as_object_mut().unwrap().remove(key);
    }
    assert_eq!(
        wide,
        json!({
            "source_id": "S1", "source": "S1", "title": "Interview S1", "paragraph": 2, "theme": "Staffing › Cover \\› relief",
            "theme_1": "Staffing", "theme_2": "Cover › relief", "coder": "Ada", "cases": ["P1", "G1"], "Area": ["Fife"],
            "Kind": "Interview", "quote": true, "contrary": true, "contrary_to": "all is well", "memo": "Check.\nTwice.", "broken": false,
        })
    );
    // In a table by ids only no title leaves, and no speaker's label between the words; scripts get the words as they are counted.
    let words = |labels| {
        let row = codings_table(&study, &b.blobs, labels, |_, _| true, &mut to_the_end).unwrap().rows[1].clone();
        [row[3].clone(), row[7].clone()]
    };
    assert_eq!(words(Labels::IDS), ["", "=nobody 😀, \"aye\"\nWe do."]);
    assert_eq!(words(Labels::FULL), ["Interview S1", "=nobody 😀, \"aye\"\n\nF: We do."]);
    let rows: Vec<_> = table.rows.iter().map(|row| row[13..].join(" | ")).collect();
    assert_eq!(rows[0], " |  | Interview | 0 | 0 |  |  | 0");
    assert_eq!(rows[1], "P1; G1 | Fife | Interview | 1 | 1 | all is well | Check.\nTwice. | 0");
    assert_eq!(rows[2], "Not stated | Not stated | Not stated | 0 | 0 |  |  | 0");
}

#[test]
fn time_stamps_leave_with_passages_where_texts_have_them() {
    let (mut b, ..) = study();
    b.stamp("S1", "=nobody", 61_000);
    let study = b.study();
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true, &mut to_the_end).unwrap();
    let at = table.header.iter().position(|name| name == "time_anchor").unwrap();
    assert_eq!(table.header[at + 1], "text");
    let times: Vec<_> = table.rows.iter().map(|row| row[at].as_str()).collect();
    assert_eq!(times, ["", "1:01", ""]);
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() };
    let at = CellAt { spec, key: CellKey::default() };
    let (table, _) = passages_of(&study, &b.blobs, &at, Arranged::default(), Labels::IDS, 0).unwrap();
    assert!(lines(&table)[1].starts_with("Fife | P1 | S1 | 2 | 1:01 | =nobody"), "{table:?}");
}

#[test]
fn passages_are_rows_as_they_are_read() {
    let (b, study, spec) = study();
    let staffing = study.codebook().child_named(None, "Staffing").unwrap();
    let at = CellAt { spec, key: CellKey { row: Some(vec![Point::Theme(staffing)]), ..CellKey::default() } };
    let (table, about) = passages_of(&study, &b.blobs, &at, Arranged::default(), Labels::IDS, 0).unwrap();
    assert_eq!(
        lines(&table),
        [
            "Area | participant | source | paragraph | text | themes | coders | quote | contrary | contrary_to",
            "Fife | P1 | S1 | 2 | =nobody 😀, \"aye\"\nWe do. | Staffing › Cover \\› relief | Ada | 1 | 1 | all is well",
            "Not stated | Not stated | S2 | 1 | cold | Staffing | Ada | 0 | 0 | ",
        ]
    );
    assert!(about.text("x.csv", 0, 0).contains("All passages of Staffing."));
}

#[test]
fn what_identifies_leaves_as_a_number_unless_it_is_asked_for() {
    let (mut b, _, spec) = study();
    b.identifying();
    let study = b.study();
    let counted = matrix(&study, &spec).unwrap();
    let header = |labels| matrix_table(&study, &counted, Measure::Passages, labels).unwrap().header.join(" | ");
    assert_eq!(header(Labels::IDS), "Theme | Area 1 | Area 2 | Not stated | Total");
    assert_eq!(header(Labels::FULL), "Theme | Fife | Moray | Not stated | Total");
    let json = |labels| matrix_json(&study, &counted, Measure::Passages, labels)["columns"].clone();
    assert_eq!([json(Labels::IDS), json(Labels::FULL)], [json!(["Area 1", "Area 2", null]), json!(["Fife", "Moray", null])]);
    let at = CellAt { spec, key: CellKey::default() };
    let passages = |labels| passages_of(&study, &b.blobs, &at, Arranged::default(), labels, 0).unwrap().0.header[0].clone();
    assert_eq!([passages(Labels::IDS), passages(Labels::FULL)], ["participant", "Area"]);
}

#[test]
fn cases_by_themes_and_the_codebook() {
    let (_, study, _) = study();
    assert_eq!(
        lines(&cases_table(&study, &Filter::default(), Labels::IDS).unwrap()),
        [
            "case | kind | Area | Staffing | Staffing › Cover \\› relief | Buildings | Staffing (passages) | \
             Staffing › Cover \\› relief (passages) | Buildings (passages)",
            "P1 | person | Fife | 1 | 1 | 0 | 1 | 1 | 0",
            "G1 | group | Fife | 1 | 1 | 0 | 1 | 1 | 0",
            "P2 | person | Moray |  |  |  |  |  | ",
            "Not stated |  | Not stated | 1 |  |  | 1 |  | ",
        ]
    );
    let codebook = codebook_table(&study, &Filter::default()).unwrap();
    let counts: Vec<_> = codebook.rows.iter().map(|row| format!("{} {}: {}", row[1], row[2], row[row.len() - 4..].join(" "))).collect();
    assert_eq!(counts, ["1 Staffing: 1 2 2 1", "1.1 Staffing › Cover \\› relief: 1 1 1 1", "2 Buildings: 0 0 0 0"]);
}

#[test]
fn the_note_beside_a_table_says_what_was_done() {
    let (b, study, spec) = study();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codings.csv");
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true, &mut to_the_end).unwrap();
    let about = About::new(&study, "Every coding.", &spec.filter, 1_700_000_000_000).with_matrix(&study, &spec);
    let written = write_table(&path, &table, &about, true, &mut to_the_end).unwrap();
    assert_eq!((written.file.clone(), written.defused), (path, 1));
    let bytes = std::fs::read(&written.file).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFid,source_id,"));
    let note = std::fs::read_to_string(written.about.as_ref().unwrap()).unwrap();
    assert_eq!(written.about.as_ref().unwrap().file_name().unwrap(), "codings-about.txt");
    for said in ["Project: A study (synthetic", "2023-11-14T22:13:20Z", "Coders: Ada", "Columns: Area", "1 cell that a spreadsheet"] {
        assert!(note.contains(said), "{said} is missing in {note}");
    }
}

#[test]
fn texts_are_written_as_they_are_counted() {
    let (b, study, _) = study();
    let folder = tempfile::tempdir().unwrap();
    let written = write_texts(&folder.path().join("texts"), &study, &b.blobs).unwrap();
    let names: Vec<_> = written.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["S1.txt", "S2.txt"]);
    let list = codings_json(&study, &b.blobs, Labels::IDS, |_, _| true).unwrap();
    let text = std::fs::read_to_string(&written[0]).unwrap();
    let coding = &list[1];
    let [start, end] = ["start", "end"].map(|key| usize::try_from(coding[key].as_u64().unwrap()).unwrap());
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(coding["text"], json!(words));
}

#[test]
fn every_memo_with_what_it_is_on() {
    let (b, study, _) = study();
    let table = memos_table(&study, &b.blobs, Labels::IDS, |_| true).unwrap();
    let found: Vec<String> = table.rows.iter().map(|row| [&row[1..11], &row[12..]].concat().join(" | ")).collect();
    let words = "=nobody 😀, \"aye\"\nWe do.";
    assert_eq!(found, [format!("analytic | coding | Staffing › Cover \\› relief | S1 | 2 |  |  | {words} | 0 | Ada | Check.\nTwice.")]);
}

/// A document of the study, as a page.
fn page(content: Content) -> String {
    let (b, study, _) = study();
    page_of(&b, &study, content, Labels::IDS)
}

#[test]
fn the_codebook_as_a_page() {
    let page = page(Content::Codebook);
    for part in [
        "<!DOCTYPE html>",
        "3 themes, 3 without a definition. Made 1970-01-01T00:00:00Z with Themata",
        "Coders: Ada.",
        // As in the table: what the interviewer asks is not counted.
        "1 Staffing</a> <span class=\"n\">1 / 2</span>",
        "1.1 Cover › relief",
        "<p class=\"small\">In Staffing. 1 coding</p>",
        "1 coding, 2 with the themes below",
        "Not defined yet.",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(!page.contains("http") && !page.contains("src="), "the page needs no other file");
}

#[test]
fn what_the_project_knows_is_filled_into_checklists_and_the_rest_is_open() {
    for (content, items, known) in [
        (Content::Coreq, 32, "1 participant + 1 group speak as participants."),
        (Content::Srqr, 21, "1 coder: Ada (3 codings in 2 sources, 1 marked done)."),
    ] {
        let page = page(content);
        let saturation = "over 2 interviews in the order of their dates (those of one day in the order of the sources, 2 without a date that is a day after the rest): not enough interviews: it takes 6. A theme counts with those below it, so the first coding of a sub-theme also brings the themes above it.";
        assert!(page.contains(saturation), "{page}");
        let rows = page.matches("<tr><td>").count();
        assert_eq!(rows, items, "{content:?}");
        assert!(page.contains(known), "{known} is missing in {page}");
        assert!(page.matches("<td>not reported: to be written</td><td></td></tr>").count() > 5, "{page}");
    }
}

#[test]
fn what_nobody_waits_for_any_more_is_not_written() {
    let (b, study, _) = study();
    let folder = tempfile::tempdir().unwrap();
    for form in [Form::Csv, Form::Xlsx] {
        let wish = Wish::whole(&study, Content::Codings, form, 0);
        let stopped = leaving(&study, &b.blobs, &wish, &mut |_, _| false);
        assert!(matches!(stopped, Err(TableError::Cancelled)));
        let mut told = Vec::new();
        let made = leaving(&study, &b.blobs, &wish, &mut |done, of| {
            told.push((done, of));
            true
        });
        // Before each source of the first share, and while others are waited for.
        assert!(!told.is_empty() && told.is_sorted() && told.iter().all(|(done, of)| *done <= 2 && *of == 2), "{told:?}");
        let path = folder.path().join(format!("codings.{}", form.ending()));
        std::fs::write(&path, "what was there").unwrap();
        let written = made.unwrap().write(&path, false, &mut |_, _| false);
        assert!(matches!(written, Err(ExportError::Cancelled)), "{form:?}");
        assert_eq!(std::fs::read(&path).unwrap(), b"what was there");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        std::fs::remove_file(&path).unwrap();
    }
}
