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

fn lines(table: &Table) -> Vec<String> {
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
        let asked = Asked { query: "nobody OR aye", layout, listed: ["Only the chosen: 2 of 9 paragraphs.", "Order: by place."] };
        let (table, about) = hits_table(&study, &builder.blobs, labels, asked, found, 0).unwrap();
        for said in ["- nobody OR aye", "- Only the chosen: 2 of 9 paragraphs.", "- Order: by place."] {
            assert!(about.text("hits.csv", 0).contains(said), "{said}");
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
    assert!(about.text("passages.csv", 0).contains("Passages of Staffing."));
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

/// Managers and clients in three areas, of whom some are alone in theirs, and what each says under nested themes.
fn places() -> (Builder, Study, [crate::study::AttributeId; 2]) {
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let [managers, clients] = ["Managers", "Clients"].map(|name| b.value(group, name));
    let [moray, fife, skye, uist] = ["Moray", "Fife", "Skye", "Uist"].map(|name| b.value(area, name));
    let rooms = b.theme(None, "Rooms");
    let themes = [rooms, b.theme(Some(rooms), "Heating"), b.theme(Some(rooms), "Light"), b.theme(None, "Forms")];
    let people = [
        (managers, fife, 9),
        (managers, fife, 3),
        (managers, fife, 1),
        (managers, moray, 2),
        (clients, fife, 7),
        (clients, fife, 5),
        (clients, fife, 15),
        (clients, skye, 4),
        (clients, skye, 8),
        (clients, skye, 12),
        (managers, fife, 2),
        (clients, moray, 9),
        (clients, moray, 2),
        (clients, uist, 0),
    ];
    for (at, (group_of, area_of, says)) in people.into_iter().enumerate() {
        let label = format!("P{at}");
        let case = b.case(&label, CaseKind::Person, values(&[(group, group_of), (area, area_of)]));
        let put = b.source(&label, Some(case), Values::default(), &[(None, Voice::Participant, "One. Two. Three. Four.")]);
        for (bit, (words, theme)) in ["One.", "Two.", "Three.", "Four."].into_iter().zip(themes).enumerate() {
            if says & (1 << bit) != 0 {
                b.code(&put, put.span(words), theme, ada);
            }
        }
    }
    let study = b.study();
    (b, study, [group, area])
}

#[test]
fn cases_are_not_crossed_with_what_is_masked_of_them() {
    let (_, study, [group, area]) = places();
    let masking = Labels::IDS.masking(Some(3));
    let by = |rows: &[Axis], columns: &[Axis], pages: &[Axis], filter: Filter| MatrixSpec {
        rows: rows.to_vec(),
        columns: columns.to_vec(),
        pages: pages.to_vec(),
        filter,
    };
    let (cases, areas, themes) = (Axis::Cases, Axis::Attribute(area), Axis::Themes);
    let said_by = Filter { said_by: Some((area, None)), ..Filter::default() };
    for spec in [
        by(&[cases], &[areas], &[], Filter::default()),
        by(&[cases, areas], &[themes], &[], Filter::default()),
        by(&[cases], &[themes], &[areas], Filter::default()),
        by(&[cases], &[themes], &[], said_by),
    ] {
        let counted = matrix(&study, &spec).unwrap();
        let made = [matrix_table(&study, &counted, Measure::Passages, masking), cells_table(&study, &counted, masking)];
        for table in made {
            let said = table.unwrap_err().to_string();
            assert!(said.starts_with("Area is masked for some cases"), "{said}");
        }
        assert!(cells_table(&study, &counted, Labels::IDS).is_ok());
    }
    let told = by(&[cases], &[Axis::Attribute(group)], &[], Filter::default());
    assert!(matrix_table(&study, &matrix(&study, &told).unwrap(), Measure::Passages, masking).is_ok(), "no group is masked");
}

/// What a total holds: its own place, and those of its parts.
type Sum = (Place, Vec<Place>);
type Place = (usize, Option<usize>, Option<usize>);

/// Every sum that a reader knows of a matrix with themes in its rows.
fn sums(study: &Study, counted: &crate::analysis::matrix::Matrix) -> Vec<Sum> {
    let book = study.codebook();
    let theme = |at: usize| match counted.rows[at].points[..] {
        [Point::Theme(theme)] => (theme, book.get(theme).unwrap().parent),
        [Point::ThemeOnly(theme)] => (theme, Some(theme)),
        _ => panic!("themes are in the rows"),
    };
    let rows = || (0..counted.rows.len()).map(Some).chain([None]);
    let columns = || (0..counted.columns.len()).map(Some).chain([None]);
    let mut found = Vec::new();
    for page in 0..counted.pages.len() {
        for row in rows() {
            found.push(((page, row, None), columns().flatten().map(|column| (page, row, Some(column))).collect()));
        }
        for column in columns() {
            for over in rows() {
                let over_theme =
                    over.map(|at| theme(at).0).filter(|_| !matches!(over.map(|at| counted.rows[at].points[0]), Some(Point::ThemeOnly(_))));
                let parts = (0..counted.rows.len()).filter(|at| theme(*at).1 == over_theme && (over.is_none() || over_theme.is_some()));
                found.push(((page, over, column), parts.map(|at| (page, Some(at), column)).collect()));
            }
        }
    }
    for (row, column) in rows().flat_map(|row| columns().map(move |column| (row, column))) {
        found.push(((0, row, column), (1..counted.pages.len()).map(|page| (page, row, column)).collect()));
    }
    found
}

#[test]
fn no_masked_figure_follows_from_a_sum() {
    let (_, study, [group, area]) = places();
    let mut several = 0;
    for (columns, pages) in [(vec![area], vec![]), (vec![group, area], vec![]), (vec![area], vec![group]), (vec![group], vec![area])] {
        let axes = |of: Vec<crate::study::AttributeId>| of.into_iter().map(Axis::Attribute).collect();
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: axes(columns), pages: axes(pages), filter: Filter::default() };
        let counted = matrix(&study, &spec).unwrap();
        for smallest in 2..=4 {
            let names = Names::new(&study, Labels::IDS.masking(Some(smallest)));
            let masked = Masked::of(&names, &counted);
            let hides = |(page, row, column): &Place| masked.said(*page, *row, *column).is_some();
            for (total, parts) in sums(&study, &counted).into_iter().filter(|(_, parts)| !parts.is_empty()) {
                let hidden: Vec<&Place> = parts.iter().filter(|part| hides(part)).collect();
                assert!(hides(&total) || hidden.len() != 1, "{total:?} tells {hidden:?} of fewer than {smallest}");
                if !hides(&total) && !hidden.is_empty() {
                    let figures = hidden.iter().map(|(page, row, column)| counted.cell(*page, *row, *column).unwrap().passages);
                    assert!(figures.sum::<u32>() as usize > hidden.len(), "{total:?}: each would be 1");
                    several += 1;
                }
            }
        }
    }
    assert!(several > 0, "totals that can be told are");
}

#[test]
fn shares_and_sources_are_masked_with_what_they_would_tell() {
    let (_, study, [_, area]) = places();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let counted = matrix(&study, &spec).unwrap();
    let masking = Labels::IDS.masking(Some(3));
    let table = cells_table(&study, &counted, masking).unwrap();
    let at = |name: &str| table.header.iter().position(|column| column == name).unwrap();
    let row = |theme: &str, area: &str| table.rows.iter().find(|row| row[0] == theme && row[1] == area).unwrap();
    let facts = |theme: &str, area: &str| {
        ["passages", "share_row", "n_participants", "sources", "sources_done"].map(|name| row(theme, area)[at(name)].as_str())
    };
    assert_eq!(facts("Forms", "Moray"), ["<3", "<3", "3", "3", "0"]);
    // A share would tell the total that is masked, and sources tell people.
    assert_eq!(facts("Forms", "Uist"), ["0", "masked", "<3", "<3", "0"]);
    assert_eq!(facts("Rooms › Heating", "Fife"), ["4", "masked", "7", "7", "0"]);
    let seen = matrix_table(&study, &counted, Measure::Passages, masking).unwrap();
    assert_eq!(seen.rows.iter().find(|row| row[0] == "Rooms › Heating").unwrap().last().unwrap(), "masked");
}

#[test]
fn neither_the_note_nor_the_order_of_passages_tells_what_is_masked() {
    let (b, study, [_, area]) = places();
    let masking = Labels::FULL.masking(Some(3));
    let moray = study.attributes().find_value(area, "Moray").unwrap().id;
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let at = CellAt { spec, key: CellKey { column: Some(vec![Point::Value(Some(moray))]), ..CellKey::default() } };
    let listed = |at: &CellAt, labels| {
        let (table, about) = passages_of(&study, &b.blobs, at, Arranged::default(), labels, 0).unwrap();
        (lines(&table).join("\n"), about.text("x.csv", 0))
    };
    assert!(listed(&at, Labels::FULL).1.contains("All passages of Moray."));
    let (table, about) = listed(&at, masking);
    assert!(!table.contains("Moray") && !about.contains("Moray"), "{table}\n{about}");
    assert!(about.contains("All passages of masked (fewer than 3). Order: by participant, for"), "{about}");
    let whole = CellAt { key: CellKey::default(), ..at };
    let people = |labels| {
        let (table, _) = listed(&whole, labels);
        let mut people: Vec<usize> = Vec::new();
        for line in table.lines().skip(1) {
            let person = line.split(" | ").nth(2).unwrap().split(' ').next().unwrap()[1..].parse().unwrap();
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    };
    assert!(!people(Labels::FULL).is_sorted(), "by group and area");
    assert!(people(masking).is_sorted());
}

#[test]
fn a_value_that_is_masked_for_one_is_masked_for_all_of_its_cell() {
    // Three managers in Moray are told, the only client there is not.
    let mut b = Builder::new();
    let ada = b.coder("Ada");
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let [managers, clients] = ["Managers", "Clients"].map(|name| b.value(group, name));
    let [moray, fife] = ["Moray", "Fife"].map(|name| b.value(area, name));
    let theme = b.theme(None, "Rooms");
    for (at, (group_of, area_of)) in
        [(managers, moray), (managers, moray), (managers, moray), (clients, moray), (clients, fife), (clients, fife), (clients, fife)]
            .into_iter()
            .enumerate()
    {
        let label = format!("P{at}");
        let case = b.case(&label, CaseKind::Person, values(&[(group, group_of), (area, area_of)]));
        let put = b.source(&label, Some(case), Values::default(), &[(None, Voice::Participant, "One.")]);
        b.code(&put, put.span("One."), theme, ada);
    }
    let study = b.study();
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Attribute(area)], pages: Vec::new(), filter: Filter::default() };
    let at = CellAt { spec, key: CellKey { column: Some(vec![Point::Value(Some(moray))]), ..CellKey::default() } };
    let (table, about) = passages_of(&study, &b.blobs, &at, Arranged::default(), Labels::FULL.masking(Some(3)), 0).unwrap();
    assert_eq!(table.rows.len(), 4);
    assert!(!lines(&table).concat().contains("Moray") && !about.text("x.csv", 0).contains("Moray"), "{table:?}");
}

/// A document of a study, as a page.
fn page_of(b: &Builder, study: &Study, content: Content, labels: Labels) -> String {
    let wish = Wish { labels, ..Wish::whole(study, content, Form::Html, 0) };
    let Leaving::Document(document) = leaving(study, &b.blobs, &wish).unwrap() else { panic!("it is a document") };
    String::from_utf8(document.bytes(Form::Html).unwrap()).unwrap()
}

#[test]
fn numbers_of_participants_do_not_follow_from_their_sum() {
    let (b, study, _) = places();
    let masking = Labels::IDS.masking(Some(3));
    let method = page_of(&b, &study, Content::Method, masking);
    assert!(method.contains("14 participants speak as participants."), "{method}");
    let row = |name: &str| {
        let from = method.find(&format!("<tr><td>{name}</td>")).unwrap_or_else(|| panic!("no {name} in {method}"));
        method[from..].split("</tr>").next().unwrap().replace("</td>", "")
    };
    let cells = |name: &str| row(name).replace(" class=\"number\"", "").replace("<tr><td>", "").replace("<td>", " ");
    assert_eq!(cells("Managers"), "Managers masked 4 – – masked");
    assert_eq!(cells("Clients"), "Clients masked 3 3 masked masked");
    assert_eq!(cells("All"), "All masked 7 3 masked 14");
    for content in [Content::Coreq, Content::Srqr] {
        let page = page_of(&b, &study, content, masking);
        assert!(page.contains("Area: Moray masked, Fife 7, Skye masked, Uist masked."), "{page}");
        assert!(page.contains("“masked” stands for numbers of fewer than 3 people"), "{page}");
    }
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
    let said = leaving(&study, &b.blobs, &wish).unwrap().says();
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
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true).unwrap();
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
        let row = codings_table(&study, &b.blobs, labels, |_, _| true).unwrap().rows[1].clone();
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
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true).unwrap();
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
    assert!(about.text("x.csv", 0).contains("All passages of Staffing."));
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
    let table = codings_table(&study, &b.blobs, Labels::IDS, |_, _| true).unwrap();
    let about = About::new(&study, "Every coding.", &spec.filter, 1_700_000_000_000).with_matrix(&study, &spec);
    let written = write_table(&path, &table, &about, true).unwrap();
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
        let saturation =
            "over 2 interviews in the order of their dates, 2 without a date after the rest: not enough interviews: it takes 6.";
        assert!(page.contains(saturation), "{page}");
        let rows = page.matches("<tr><td>").count();
        assert_eq!(rows, items, "{content:?}");
        assert!(page.contains(known), "{known} is missing in {page}");
        assert!(page.matches("<td>not reported: to be written</td><td></td></tr>").count() > 5, "{page}");
    }
}
