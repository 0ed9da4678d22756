use std::collections::HashMap;
use std::sync::Arc;

use super::About;
use super::labels::Labels;
use super::leaving::TableError;
use super::names::Names;
use super::table::{BETWEEN, TIME_ANCHOR, Table, has_time_anchors};
use crate::analysis::matrix::{Arranged, CellAt, Levels, Order, Passage, Passages, passages, said};
use crate::study::{Attribute, Coding, Material, NOT_STATED, Role, SourceId, Study};
use crate::text::{Anchor, NoSuchBlob, Texts};

/// What empty cells and signs mean in a table of passages.
const SIGNS: &[&str] = &[
    "One row a passage, in the order of the screen: stretches of one source that share at least one character are one passage.",
    "participant: who says it, the first of several; “Not stated” where nobody is named. paragraph counts from 1.",
    "time_anchor, where texts have time stamps: the last one at or before the beginning. blank: there is none before.",
    "themes, coders: of every coding of the passage that counts here. quote, contrary: 1 marked, 0 not.",
    "contrary_to: blank where there is no mark, or nothing is written at it. “–” does not occur.",
];

/// The passages behind a cell or total, as the theme reader shows them, and the note beside the table. `now` is in
/// milliseconds since 1970.
///
/// # Errors
/// [`TableError`] when the axes do not fit the study or a text is missing.
pub fn passages_of(
    study: &Study,
    texts: &dyn Texts,
    at: &CellAt,
    arranged: Arranged,
    labels: Labels,
    now: i64,
) -> Result<(Table, About), TableError> {
    let mut listed = passages(study, at, arranged)?;
    let cases = listed.headings.iter().filter_map(|heading| heading.case).collect();
    let names = Names::new(study, labels).in_cell(at, &cases);
    // By group and area the order would tell what is masked.
    let by_values = arranged.levels != Levels::Participants;
    let levels = if by_values && names.masks_any(&cases) {
        listed = passages(study, at, Arranged { levels: Levels::Participants, ..arranged })?;
        "by participant, for the order by group and area would tell what is masked"
    } else {
        match arranged.levels {
            Levels::Groups => "by group, area and participant",
            Levels::Areas => "by area, group and participant",
            Levels::Participants => "by participant",
        }
    };
    let table = passages_table(&names, texts, &listed)?;
    let of: Vec<String> = at.points().map(|(axis, point)| names.point(*axis, *point)).collect();
    let of = if of.is_empty() { "any theme".to_owned() } else { of.join(", ") };
    let order = match arranged.order {
        Order::Source => "in the order of sources",
        Order::Theme => "in the order of themes",
        Order::Newest => "the newest coding first",
    };
    let what = format!("All passages of {of}. Order: {levels}, {order}.");
    let about = About::new(study, &what, &at.spec.filter, now);
    Ok((table, about.section("Signs", SIGNS).names(&names)))
}

/// One row a passage, in their order.
fn passages_table(names: &Names<'_>, texts: &dyn Texts, passages: &Passages) -> Result<Table, NoSuchBlob> {
    let (study, labels) = (names.study(), names.labels());
    let roles: Vec<&Attribute> = [Role::Group, Role::Area].into_iter().filter_map(|role| study.attributes().with_role(role)).collect();
    let roles: Vec<&Attribute> = roles.into_iter().filter(|attribute| labels.lets_out(attribute)).collect();
    let mut header: Vec<String> = roles.iter().map(|attribute| attribute.name.clone()).collect();
    let has_anchors = has_time_anchors(study);
    let place = ["participant", "source", "paragraph"].into_iter().chain(has_anchors.then_some(TIME_ANCHOR));
    header.extend(place.chain("text themes coders quote contrary contrary_to".split(' ')).map(str::to_owned));
    let mut read: HashMap<SourceId, Arc<str>> = HashMap::new();
    let mut rows = Vec::with_capacity(passages.items.len());
    for passage in &passages.items {
        let Some(material) = study.material(passage.source) else { continue };
        let Some(revision) = material.revision() else { continue };
        let text = match read.get(&passage.source) {
            Some(text) => Arc::clone(text),
            None => Arc::clone(read.entry(passage.source).or_insert(texts.text(revision.text)?)),
        };
        let case = passages.headings.get(passage.heading).and_then(|heading| heading.case).and_then(|case| study.case(case));
        let mut row: Vec<String> = roles.iter().map(|attribute| names.values(case, attribute.id)).collect();
        row.push(case.map_or(NOT_STATED.to_owned(), |case| names.case(case)));
        row.push(labels.source(&material.source));
        row.push(material.geometry.paragraph_at(passage.span.start).map_or(String::new(), |at| (at + 1).to_string()));
        let anchor = || material.geometry.anchor_before(passage.span.start).map(Anchor::clock);
        row.extend(has_anchors.then(|| anchor().unwrap_or_default()));
        row.push(said(&material.geometry, &text, passage.span));
        row.extend(facts(study, material, passage));
        rows.push(row);
    }
    Ok(Table::new(header, rows).counting(|_, name| ["paragraph", "quote", "contrary"].contains(&name)))
}

/// Themes, coders and marks of a passage.
fn facts(study: &Study, material: &Material, passage: &Passage) -> [String; 5] {
    let codings: Vec<&Coding> = passage.codings.iter().filter_map(|id| material.coding(*id)).map(|coded| &coded.coding).collect();
    let themes = distinct(codings.iter().map(|coding| study.codebook().path(coding.theme)));
    let coders =
        distinct(codings.iter().map(|coding| study.coders().get(&coding.coder).map(|coder| coder.name.clone()).unwrap_or_default()));
    let marked = passage.marked_with(material);
    let quoted = material.quote_marks.iter().any(|mark| mark.coding.is_some_and(|coding| marked.contains(&coding)));
    let lines = material.contrary_marks.iter().filter(|mark| marked.contains(&mark.coding)).map(|mark| mark.contrary_to.clone());
    let contrary = distinct(lines.filter(|line| !line.is_empty()));
    [themes, coders, u8::from(quoted).to_string(), u8::from(passage.contrary).to_string(), contrary]
}

fn distinct(names: impl Iterator<Item = String>) -> String {
    let mut listed: Vec<String> = Vec::new();
    for name in names {
        if !listed.contains(&name) {
            listed.push(name);
        }
    }
    listed.join(BETWEEN)
}
