use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::arguments::List;
use super::columns::{columns, shortened};
use super::console::Console;
use super::error::CliError;
use super::opening::open_to_read;
use crate::analysis::matrix::{Axis, Cell, Filter, Matrix, MatrixSpec, Point, matrix};
use crate::exchange::export::{Labels, case_kind_name, codings_json};
use crate::study::{AttributeOf, BuiltIn, Case, CoderId, Material, NOT_STATED, Role, Status, StatusKind, Study};

/// How much of a passage's words a list shows, in characters.
const WORDS: usize = 60;

/// `themata sources`
pub(super) fn sources(arguments: &List, console: &mut Console) -> Result<(), CliError> {
    let study = open_to_read(&arguments.project)?.seen();
    if arguments.json {
        return console.json(&study.materials().iter().map(|material| source_json(&study, material)).collect());
    }
    let header = ["source", "title", "kind", "date", "cases", "paragraphs", "words", "codings", "done by"].map(str::to_owned);
    let rows: Vec<_> = study
        .materials()
        .iter()
        .map(|material| {
            let done = people(material).filter(|status| status.status == StatusKind::Done);
            let done: Vec<_> = done.filter_map(|status| study.coders().get(&status.coder)).map(|coder| coder.name.as_str()).collect();
            let cases: Vec<_> = cases_of(&study, material).into_iter().map(|case| case.unwrap_or_else(|| NOT_STATED.to_owned())).collect();
            vec![
                material.source.label.clone(),
                shortened(&material.source.title, WORDS / 2),
                study.built_in(material, BuiltIn::Kind),
                study.built_in(material, BuiltIn::Date),
                shortened(&cases.join(", "), WORDS / 2),
                material.geometry.paragraphs().len().to_string(),
                material.participant_words().to_string(),
                counted(material).to_string(),
                done.join(", "),
            ]
        })
        .collect();
    print(console, &header, &rows)
}

/// What people say of a source: the agreed layer is nobody.
fn people(material: &Material) -> impl Iterator<Item = &Status> {
    material.statuses.iter().filter(|status| status.coder != CoderId::agreed())
}

/// How many codings of a source count.
fn counted(material: &Material) -> usize {
    material.codings.iter().filter(|coded| material.counts(coded.coding.coder)).count()
}

fn source_json(study: &Study, material: &Material) -> Value {
    let statuses = people(material).filter_map(|status| {
        let coder = study.coders().get(&status.coder)?;
        Some((coder.name.clone(), json!(status.status)))
    });
    let source = &material.source;
    let attributes = study.attributes().of(AttributeOf::Sources).map(|attribute| {
        let names = study.value_names(&source.values, attribute.id);
        (attribute.name.clone(), json!((!names.is_empty()).then_some(names)))
    });
    json!({
        "id": source.label,
        "title": source.title,
        "file": source.file_name,
        "attributes": attributes.collect::<Map<_, _>>(),
        "paragraphs": material.geometry.paragraphs().len(),
        "words": material.participant_words(),
        "cases": cases_of(study, material),
        "codings": counted(material),
        "reconciled": material.is_reconciled(),
        "status": statuses.collect::<Map<_, _>>(),
    })
}

/// Labels of those who speak as participants in a source; `None` is *Not stated*.
fn cases_of(study: &Study, material: &Material) -> Vec<Option<String>> {
    let cases = material.spoken().iter().map(|(case, _)| material.case(*case));
    cases.map(|case| case.and_then(|case| study.case(case)).map(|case| case.label.clone())).collect()
}

/// `themata themes`
pub(super) fn themes(arguments: &List, console: &mut Console) -> Result<(), CliError> {
    let study = open_to_read(&arguments.project)?.seen();
    let matrix = matrix(&study, &over(Axis::Themes))?;
    let codebook = study.codebook();
    let counted = |theme| total(&matrix, Point::Theme(theme));
    if arguments.json {
        let list = codebook.themes().map(|theme| {
            let cell = counted(theme.id);
            json!({
                "id": theme.id,
                "number": codebook.number(theme.id),
                "theme": codebook.path(theme.id),
                "name": theme.name,
                "abbreviation": theme.abbreviation,
                "colour": codebook.colour(theme.id),
                "definition": theme.definition,
                "use_when": theme.use_when,
                "do_not_use_when": theme.not_when,
                "origin": theme.origin,
                "passages": cell.passages,
                "codings": cell.codings,
                "participants": cell.people.persons,
            })
        });
        return console.json(&list.collect());
    }
    let header = ["number", "theme", "passages", "codings", "participants"].map(str::to_owned);
    let rows: Vec<_> = codebook
        .themes()
        .map(|theme| {
            let cell = counted(theme.id);
            let counts = [cell.passages, cell.codings, cell.people.persons].map(|count| count.to_string());
            [vec![codebook.number(theme.id).to_owned(), codebook.path(theme.id)], counts.to_vec()].concat()
        })
        .collect();
    print(console, &header, &rows)?;
    let wordless = matrix.no_participant_words.len();
    if wordless > 0 {
        console.line("")?;
    }
    match wordless {
        0 => Ok(()),
        1 => console.line("1 coding holds no participant's words and is not counted here; the window's list of themes has it."),
        n => {
            console.line(format!("{n} codings hold no participant's words and are not counted here; the window's list of themes has them."))
        }
    }
}

/// `themata cases`
pub(super) fn cases(arguments: &List, console: &mut Console) -> Result<(), CliError> {
    let study = open_to_read(&arguments.project)?.seen();
    let counted = matrix(&study, &over(Axis::Cases))?;
    let counted = |case: &Case| total(&counted, Point::Case(Some(case.id)));
    let attributes: Vec<_> = study.attributes().of(AttributeOf::Cases).collect();
    if arguments.json {
        let list = study.cases_in_order().into_iter().map(|case| {
            let stated = |names: String| (!names.is_empty()).then_some(names);
            let of_role = |role| {
                let attribute = study.attributes().with_role(role);
                attribute.and_then(|attribute| stated(study.value_names(&case.values, attribute.id)))
            };
            let all =
                attributes.iter().map(|attribute| (attribute.name.clone(), json!(stated(study.value_names(&case.values, attribute.id)))));
            json!({
                "label": case.label,
                "kind": case_kind_name(case.kind),
                "group": of_role(Role::Group),
                "area": of_role(Role::Area),
                "attributes": all.collect::<Map<_, _>>(),
                "sources": sources_of(&study, case),
                "passages": counted(case).passages,
                "codings": counted(case).codings,
            })
        });
        return console.json(&list.collect());
    }
    let mut header = vec!["case".to_owned(), "kind".to_owned()];
    header.extend(attributes.iter().map(|attribute| attribute.name.clone()));
    header.extend(["sources", "passages"].map(str::to_owned));
    let rows: Vec<_> = study
        .cases_in_order()
        .into_iter()
        .map(|case| {
            let mut row = vec![case.label.clone(), case_kind_name(case.kind).to_owned()];
            row.extend(attributes.iter().map(|attribute| {
                let names = study.value_names(&case.values, attribute.id);
                if names.is_empty() { NOT_STATED.to_owned() } else { names }
            }));
            row.extend([sources_of(&study, case).join(", "), counted(case).passages.to_string()]);
            row
        })
        .collect();
    print(console, &header, &rows)
}

/// Labels of the sources in which a case speaks.
fn sources_of(study: &Study, case: &Case) -> Vec<String> {
    let speaks = |material: &&Arc<Material>| material.spoken().iter().any(|(index, _)| material.case(*index) == Some(case.id));
    study.materials().iter().filter(speaks).map(|material| material.source.label.clone()).collect()
}

/// `themata codings`
pub(super) fn codings(arguments: &List, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let (study, texts) = (project.seen(), project.texts());
    let list = codings_json(&study, texts.as_ref(), Labels::IDS, |_, _| true)?;
    if arguments.json {
        return console.json(&list);
    }
    let text = |coding: &Value, key: &str| coding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let header = ["source", "¶", "theme", "coder", "words"].map(str::to_owned);
    let rows: Vec<_> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|coding| {
            let paragraph = coding.get("paragraph").map(Value::to_string).unwrap_or_default();
            vec![text(coding, "source"), paragraph, text(coding, "theme"), text(coding, "coder"), shortened(&text(coding, "text"), WORDS)]
        })
        .collect();
    print(console, &header, &rows)
}

fn over(rows: Axis) -> MatrixSpec {
    MatrixSpec { rows: vec![rows], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() }
}

/// The total of a row.
fn total(matrix: &Matrix, row: Point) -> Cell {
    let at = matrix.rows.iter().position(|head| head.points == [row]);
    at.and_then(|at| matrix.cell(0, Some(at), None)).copied().unwrap_or_default()
}

fn print(console: &mut Console, header: &[String], rows: &[Vec<String>]) -> Result<(), CliError> {
    columns(header, rows).iter().try_for_each(|line| console.line(line))
}
