//! Hits, lines and passages that leave the project as they are listed.

use std::path::PathBuf;
use std::sync::Arc;

use super::answer::Row;
use super::hits::Layout as Shown;
use super::view::SearchView;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, ExportDialog, Listed};
use crate::exchange::export::{FoundWords, Layout, hits_table};
use crate::study::Study;
use crate::text::{Span, Texts};

/// Asks where a list is to be written.
pub(super) fn show(listed: Listed, cx: &mut Cx<'_>) {
    let Some(project) = cx.project else { return };
    let folder = project.path.parent().map(PathBuf::from).unwrap_or_default();
    let dialog = ExportDialog::of(&folder, cx.study, listed);
    cx.actions.push(Action::Show(Box::new(Dialog::Export(Box::new(dialog)))));
}

/// Asks where the hits are to be written: those chosen, else all, as they are shown and in that order.
pub(super) fn hits(view: &SearchView, cx: &mut Cx<'_>) {
    let Some(answer) = &view.answer else { return };
    let wanted = |row: &&Row| view.chosen.is_empty() || view.chosen.contains(&row.id());
    let (layout, found, name): (Layout, Vec<FoundWords>, &str) = match view.list.layout {
        Shown::Context => (Layout::Paragraphs, answer.rows.iter().filter(wanted).map(words_of).collect(), "hits"),
        Shown::Kwic => {
            let lines = (0..view.list.lines.len()).filter_map(|at| view.list.lines.row(at)).filter(|(row, _)| wanted(row));
            let line = |(row, found): (&Row, Span)| FoundWords { found: vec![row.in_text(found)], ..words_of(row) };
            (Layout::Lines, lines.map(line).collect(), "lines")
        }
    };
    let query = view.query.trim().to_owned();
    let number = super::view::counted(found.len(), "row", "rows");
    let what = match layout {
        Layout::Paragraphs => format!("Paragraphs found by “{query}”: {number}."),
        Layout::Lines => format!("Words found by “{query}” with those round them, {}: {number}.", view.list.sort.name().to_lowercase()),
    };
    let found = Arc::new(found);
    let make = move |study: &Study, texts: &dyn Texts, labels, now| Ok(hits_table(study, texts, labels, (&query, layout), &found, now)?);
    show(Listed { name, what, make: Arc::new(make) }, cx);
}

fn words_of(row: &Row) -> FoundWords {
    let found = row.matches.iter().map(|found| row.in_text(*found)).collect();
    FoundWords { revision: Arc::clone(&row.revision), paragraph: row.paragraph, span: row.span, found, case: row.case }
}
