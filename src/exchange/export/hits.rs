//! What a search found, as a table: paragraphs, or lines with the word found in the middle.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::about::About;
use super::codings::codings_table;
use super::course::to_the_end;
use super::labels::Labels;
use super::leaving::TableError;
use super::names::Names;
use super::table::{TIME_ANCHOR, Table, has_time_anchors};
use crate::analysis::matrix::Filter;
use crate::study::{Attribute, AttributeId, AttributeOf, CaseId, CodingId, Material, NOT_STATED, Revision, SourceId, Study};
use crate::text::{Anchor, CharMap, Span, Texts};

/// Words that were found, with the paragraph they stand in.
#[derive(Clone, Debug)]
pub struct FoundWords {
    /// The version of the source's text that was searched.
    pub revision: Arc<Revision>,
    /// Index of the paragraph, from 0.
    pub paragraph: usize,
    /// The paragraph's words, in bytes of the text.
    pub span: Span,
    /// The words found in it, in order, in bytes of the text.
    pub found: Vec<Span>,
    /// Who said them, if that is stated.
    pub case: Option<CaseId>,
}

/// How what was found is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One row a paragraph.
    Paragraphs,
    /// One row for each word found: what stands before it, itself, what stands after it.
    Lines,
}

const HITS_SIGNS: &[&str] = &[
    "paragraph counts from 1; start and end are characters of the source's text as “export --what texts” writes it, end not included.",
    "time_anchor, where texts have time stamps: the last one at or before the beginning. blank: there is none before.",
    "cases and their attributes: of whoever says it; “Not stated” where nobody is named, “–” does not occur.",
];
const PARAGRAPHS_SIGNS: &[&str] =
    &["found: the words that made the paragraph match, several joined by “; ”; blank where the query asks for no words."];
const LINES_SIGNS: &[&str] =
    &["before, found, after: the words found with those of the same paragraph on either side; start and end are those of the words found."];

/// What was asked of a search, and which of what it found is listed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The query.
    pub query: &'a str,
    /// How what was found is laid out.
    pub layout: Layout,
    /// Which of it, and in what order: a sentence each.
    pub listed: [&'a str; 2],
    /// The attributes that the query asks about.
    pub by: &'a [AttributeId],
}

/// The rows of what a query found, in the order given, and the note beside them. `now` is in milliseconds since 1970.
///
/// # Errors
/// [`TableError`] when a text is missing, or where that these were found would tell what is masked of them.
pub fn hits_table(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    asked: Asked<'_>,
    found: &[FoundWords],
    now: i64,
) -> Result<(Table, About), TableError> {
    let Asked { query, layout, listed, by } = asked;
    let attributes = labels.attributes(study);
    let names = Names::new(study, labels);
    names.may_narrow(by.iter().copied(), &found.iter().filter_map(|words| words.case).collect())?;
    let has_anchors = has_time_anchors(study);
    let words = match layout {
        Layout::Paragraphs => "case found text",
        Layout::Lines => "case before found after",
    };
    let place = "source_id source title paragraph start end".split(' ').chain(has_anchors.then_some(TIME_ANCHOR));
    let mut header: Vec<String> = place.chain(words.split(' ')).map(str::to_owned).collect();
    let own: Vec<String> = attributes.iter().map(|attribute| own_name(attribute, &header)).collect();
    header.extend(own);
    let mut read: HashMap<SourceId, (Arc<str>, CharMap)> = HashMap::new();
    let mut rows = Vec::with_capacity(found.len());
    for words in found {
        let Some(material) = study.material(words.revision.source) else { continue };
        let (text, map) = match read.entry(material.source.id) {
            std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::hash_map::Entry::Vacant(empty) => {
                let text = texts.text(words.revision.text)?;
                empty.insert((Arc::clone(&text), CharMap::new(&text)))
            }
        };
        let mut row = placed(material, labels, words, (text, map), layout);
        if has_anchors {
            let from = if layout == Layout::Lines { words.hull() } else { words.span };
            row.push(material.geometry.anchor_before(from.start).map(Anchor::clock).unwrap_or_default());
        }
        row.extend(said(&names, words, text, layout));
        row.extend(attributes.iter().map(|attribute| value(&names, material, words.case, attribute)));
        rows.push(row);
    }
    let what = match layout {
        Layout::Paragraphs => "Paragraphs that a search found.",
        Layout::Lines => "Words that a search found, each with the words round it.",
    };
    let signs = if layout == Layout::Paragraphs { PARAGRAPHS_SIGNS } else { LINES_SIGNS };
    let about = About::new(study, what, &Filter::default(), now)
        .section("Query", [query])
        .section("Listed", listed)
        .section("Signs", HITS_SIGNS.iter().chain(signs))
        .names(&names);
    Ok((Table::new(header, rows).counting(|_, name| ["paragraph", "start", "end"].contains(&name)), about))
}

impl FoundWords {
    /// From the first word found to the last; the paragraph where the query asks for no words.
    fn hull(&self) -> Span {
        self.found.iter().copied().reduce(Span::hull).unwrap_or(self.span)
    }
}

/// The cells that say where something was found.
fn placed(material: &Material, labels: Labels, words: &FoundWords, (text, map): (&str, &CharMap), layout: Layout) -> Vec<String> {
    let place = map.chars(text, if layout == Layout::Lines { words.hull() } else { words.span });
    vec![
        material.source.label.clone(),
        labels.source(&material.source),
        labels.title(&material.source).to_owned(),
        (words.paragraph + 1).to_string(),
        place.start.to_string(),
        place.end.to_string(),
    ]
}

/// The cells that say who said what was found, and the words.
fn said(names: &Names<'_>, words: &FoundWords, text: &str, layout: Layout) -> Vec<String> {
    let case = words.case.and_then(|case| names.study().case(case)).map_or_else(|| NOT_STATED.to_owned(), |case| names.case(case));
    let mut row = vec![case];
    match layout {
        Layout::Paragraphs => {
            let pieces: Vec<_> = words.found.iter().map(|span| span.slice(text)).collect();
            row.extend([pieces.join(super::table::BETWEEN), words.span.slice(text).to_owned()]);
        }
        Layout::Lines => {
            let found = words.hull();
            let (before, after) = (Span::new(words.span.start, found.start), Span::new(found.end, words.span.end));
            row.extend([before, found, after].map(|part| part.slice(text).trim().to_owned()));
        }
    }
    row
}

/// The name of an attribute's column, which differs from those of the table itself.
fn own_name(attribute: &Attribute, taken: &[String]) -> String {
    if taken.contains(&attribute.name) { format!("{} (attribute)", attribute.name) } else { attribute.name.clone() }
}

fn value(names: &Names<'_>, material: &Material, case: Option<CaseId>, attribute: &Attribute) -> String {
    let study = names.study();
    match attribute.of {
        AttributeOf::Cases => names.values(case.and_then(|case| study.case(case)), attribute.id),
        AttributeOf::Sources => {
            let values = study.value_names(&material.source.values, attribute.id);
            if values.is_empty() { NOT_STATED.to_owned() } else { values }
        }
    }
}

/// Some codings as a table, in the order of sources and places, and the note beside it. `what` says in a sentence which
/// they are.
///
/// # Errors
/// [`TableError`] when a text is missing.
pub fn passages_table(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    what: &str,
    codings: &BTreeSet<CodingId>,
    now: i64,
) -> Result<(Table, About), TableError> {
    let table = codings_table(study, texts, labels, |_, coding| codings.contains(&coding.id), &mut to_the_end)?;
    let about = About::new(study, what, &Filter::default(), now).section("Signs", super::leaving::CODINGS_SIGNS);
    Ok((table, about.names(&Names::new(study, labels))))
}
