//! Cells from a spreadsheet, with what of them goes beyond the list.

use std::collections::BTreeSet;

use super::rows::Field;
use super::writing::{self, Load, Written};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::study::{Case, CaseId, CaseKind, Entity, Study, Values};
use crate::text::fold;

/// What the act is called.
const LABEL: &str = "Paste cells";

/// Writes `lines` of cells into the cases of these `rows`, in order, from the first of these `fields` on. Where ids are pasted, lines
/// below the last case can become cases; what else goes beyond the list is said.
pub(super) fn paste(cx: &mut Cx<'_>, rows: &[CaseId], fields: &[Field], lines: Vec<Vec<String>>) {
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let columns = width.saturating_sub(fields.len());
    let mut lines = lines.into_iter();
    let mut cells = Vec::new();
    for (case, line) in rows.iter().zip(lines.by_ref()) {
        cells.extend(written(*case, fields, line));
    }
    let further: Vec<Vec<String>> = lines.filter(|line| line.iter().any(|cell| !cell.is_empty())).collect();
    let new =
        if fields.first() == Some(&Field::Label) && cx.can_edit() { added(cx.study, &cells, fields, &further) } else { Load::default() };
    if new.made.is_empty() {
        writing::paste(cx, LABEL, cells, beyond(further.len(), "case", columns));
    } else {
        cx.actions.push(ask(cells, new, further.len(), columns));
    }
}

fn written(case: CaseId, fields: &[Field], line: Vec<String>) -> impl Iterator<Item = Written> {
    fields.iter().zip(line).map(move |(field, words)| Written { case, field: *field, words })
}

/// The cases that further lines would be, with their cells: those whose first cell is an id that is free.
fn added(study: &Study, pasted: &[Written], fields: &[Field], further: &[Vec<String>]) -> Load {
    let mut taken: BTreeSet<String> = pasted.iter().filter(|cell| cell.field == Field::Label).map(|cell| fold(cell.words.trim())).collect();
    let last = study.cases().values().map(|case| case.position).max().unwrap_or(0);
    let mut load = Load::default();
    for (position, line) in (last + 1..).zip(further) {
        let Some(label) = line.first().map(|label| label.trim()).filter(|label| !label.is_empty()) else { continue };
        if study.case_labelled(label).is_some() || !taken.insert(fold(label)) {
            continue;
        }
        let id = CaseId::new();
        load.made.push(Case { id, label: label.to_owned(), kind: CaseKind::Person, values: Values::new(), position }.into());
        // A kind that is not said is that of most.
        let said = |cell: &Written| cell.field != Field::Label && !(cell.field == Field::Kind && cell.words.trim().is_empty());
        load.cells.extend(written(id, fields, line.clone()).filter(said));
    }
    load
}

/// Asks whether further lines become cases.
fn ask(cells: Vec<Written>, new: Load, further: usize, columns: usize) -> Action {
    let count = new.made.len();
    let ids = new.made.iter().filter_map(|made| if let Entity::Case(case) = made { Some(case.label.clone()) } else { None });
    let ids: Vec<String> = ids.collect();
    let without = Load { cells: cells.clone(), ..Load::default() };
    let whole = Load { made: new.made, cells: cells.into_iter().chain(new.cells).collect() };
    let title = match further {
        1 => "1 line goes below the last case".to_owned(),
        many => format!("{many} lines go below the last case"),
    };
    let mut what = "They begin with ids of no case yet:".to_owned();
    if let Some(left) = beyond(further - count, "case", columns) {
        what = format!("{left} {what}");
    }
    let add = if count == 1 { "Write all and add 1 case".to_owned() } else { format!("Write all and add {count} cases") };
    let mut answers = vec![Answer::new(add, write(whole))];
    if !without.cells.is_empty() {
        answers.push(Answer::new("Write only what has a case", write(without)));
    }
    Action::Show(Box::new(Dialog::Choice(Choice::new(title, answers).what(what).lines(ids).leave("Leave the cells as they were"))))
}

/// Hands cells to the view, which asks about names it does not know.
fn write(load: Load) -> Action {
    Action::ask(|_| Ok(()), move |state, ()| state.cases.load(LABEL, load))
}

/// What of a paste goes beyond a list, in a sentence; none where nothing does.
pub(super) fn beyond(lines: usize, row: &str, columns: usize) -> Option<String> {
    let lines = match lines {
        0 => None,
        1 => Some(format!("1 line below the last {row}")),
        many => Some(format!("{many} lines below the last {row}")),
    };
    let columns = match columns {
        0 => None,
        1 => Some("1 column beyond the last".to_owned()),
        many => Some(format!("{many} columns beyond the last")),
    };
    let parts: Vec<String> = lines.into_iter().chain(columns).collect();
    (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_beyond_is_said() {
        assert_eq!(beyond(0, "case", 0), None);
        assert_eq!(beyond(2, "case", 0).as_deref(), Some("Left out: 2 lines below the last case."));
        assert_eq!(beyond(1, "speaker", 3).as_deref(), Some("Left out: 1 line below the last speaker, 3 columns beyond the last."));
    }
}
