//! Hits, lines and passages that leave the project as they are listed.

use std::path::PathBuf;
use std::sync::Arc;

use super::answer::Row;
use super::hits::Layout as Shown;
use super::kwic;
use super::view::SearchView;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, ExportDialog, Listed};
use crate::exchange::export::{Asked, FoundWords, Layout, hits_table};
use crate::query::{Query, attribute_of, parse};
use crate::study::{AttributeId, Study};
use crate::text::{Span, Texts};

/// Asks where a list is to be written.
pub(in crate::app::views) fn show(listed: Listed, cx: &mut Cx<'_>) {
    let Some(project) = cx.project else { return };
    let folder = project.path.parent().map(PathBuf::from).unwrap_or_default();
    let dialog = ExportDialog::of(&folder, cx.study, listed);
    cx.actions.push(Action::Show(Box::new(Dialog::Export(Box::new(dialog)))));
}

/// Asks where the hits are to be written.
pub(super) fn hits(view: &SearchView, cx: &mut Cx<'_>) {
    if let Some(listed) = listed(view) {
        show(listed, cx);
    }
}

/// The hits to be written: those chosen, else all, as they are shown and in that order; `None` until all have come.
pub(super) fn listed(view: &SearchView) -> Option<Listed> {
    let answer = view.answer.as_ref().filter(|answer| answer.total > 0 && answer.rows.len() == answer.total)?;
    let (rows, chosen, sort) = (Arc::clone(&answer.rows), view.chosen.clone(), view.list.sort);
    let query = view.query.trim().to_owned();
    let (layout, name) = match view.list.layout {
        Shown::Context => (Layout::Paragraphs, "hits"),
        Shown::Kwic => (Layout::Lines, "lines"),
    };
    let which = if chosen.is_empty() { "All" } else { "The chosen" };
    let what = match layout {
        Layout::Paragraphs => format!("{which} paragraphs found by “{query}”."),
        Layout::Lines => format!("{which} words found by “{query}” with those round them. {}.", sort.name()),
    };
    let all = rows.len();
    let make = move |study: &Study, texts: &dyn Texts, labels, now| {
        let which = match chosen.len() {
            0 => "Everything that was found.".to_owned(),
            some => format!("Only the chosen: {some} of {all} paragraphs."),
        };
        let wanted = |row: &Row| chosen.is_empty() || chosen.contains(&row.id());
        let found: Vec<FoundWords> = match layout {
            Layout::Paragraphs => rows.iter().filter(|row| wanted(row)).map(words_of).collect(),
            Layout::Lines => {
                let line = |(row, found): (&Row, Span)| FoundWords { found: vec![row.in_text(found)], ..words_of(row) };
                kwic::in_order(&rows, sort).filter(|(row, _)| wanted(row)).map(line).collect()
            }
        };
        let order = match layout {
            Layout::Paragraphs => "In the order of sources and places.".to_owned(),
            Layout::Lines => format!("Order: {}.", sort.name()),
        };
        let mut by = Vec::new();
        asked_about(&parse(&query).query, study, &mut by);
        let asked = Asked { query: &query, layout, listed: [&which, &order], by: &by };
        hits_table(study, texts, labels, asked, &found, now)
    };
    Some(Listed { name, what, make: Arc::new(make), pictures: Vec::new(), figures: None })
}

/// The attributes that a query asks about.
fn asked_about(query: &Query, study: &Study, by: &mut Vec<AttributeId>) {
    match query {
        Query::Field { field, .. } => by.extend(attribute_of(study, field).map(|attribute| attribute.id)),
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| asked_about(part, study, by)),
        Query::Not(inner) => asked_about(inner, study, by),
        _ => {}
    }
}

fn words_of(row: &Row) -> FoundWords {
    let found = row.matches.iter().map(|found| row.in_text(*found)).collect();
    FoundWords { revision: Arc::clone(&row.revision), paragraph: row.paragraph, span: row.span, found, case: row.case }
}
