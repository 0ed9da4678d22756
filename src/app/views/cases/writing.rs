//! What is written into cells, typed or pasted, as edits. Values the study does not have are asked about first.

use std::collections::{BTreeSet, HashMap};

use super::rows::Field;
use super::unknown::{Unknown, ask};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog, Meant};
use crate::app::user_error::UserError;
use crate::app::views::case_kind::kind_named;
use crate::app::views::value_names::names;
use crate::app::worker::Edit;
use crate::project::{EditError, Tx};
use crate::study::{AttributeId, Case, CaseId, Entity, Study, ValueId};
use crate::text::fold;

/// Words for a cell.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) case: CaseId,
    pub(super) field: Field,
    pub(super) words: String,
}

/// Cells that are written together, after the attributes and cases they need that the study does not have.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    pub(super) made: Vec<Entity>,
    pub(super) cells: Vec<Written>,
}

/// Cells that could not be written, with what was already answered about them.
pub(super) struct GivenBack {
    label: String,
    load: Load,
    meanings: Meanings,
}

impl GivenBack {
    /// The cell, if it is one that was typed.
    pub(super) fn single(&self) -> Option<&Written> {
        if let ([cell], []) = (self.load.cells.as_slice(), self.load.made.as_slice()) { Some(cell) } else { None }
    }

    /// Asks whether to write several cells again.
    pub(super) fn ask(self) -> Action {
        let lines: Vec<String> = self.load.cells.iter().map(|cell| cell.words.clone()).collect();
        let what = format!("“{}” failed. The {} cells are still here.", self.label, lines.len());
        let again = put(self.label, self.load, self.meanings);
        let question = Choice::new("Nothing was written", vec![Answer::new("Write them again", again)]).what(what).lines(lines);
        Action::Show(Box::new(Dialog::Choice(question.leave("Let go of them"))))
    }
}

/// Writes words into one cell.
pub(super) fn write(cx: &mut Cx<'_>, cell: Written) {
    if !cx.can_edit() {
        return;
    }
    let Written { case, field, words } = cell;
    match field {
        Field::Label => rename(cx, case, words),
        Field::Kind if words.trim().is_empty() => cx.say("A case has to be of some kind."),
        Field::Kind => {
            write_or_ask(cx, "Change kind of case".to_owned(), Load { cells: vec![Written { case, field, words }], ..Load::default() });
        }
        Field::Attribute(attribute) => {
            let name = cx.study.attributes().get(attribute).map_or("", |attribute| &attribute.name);
            write_or_ask(cx, format!("Change {name}"), Load { cells: vec![Written { case, field, words }], ..Load::default() });
        }
        Field::Sources | Field::Codings => {}
    }
}

fn change(cx: &mut Cx<'_>, cell: Written, label: &str, change: impl FnOnce(&mut Case) + Send + 'static) {
    let case = cell.case;
    let act = move |tx: &mut Tx<'_>| {
        let mut changed = tx.study().case(case).ok_or(EditError::Gone("case"))?.clone();
        change(&mut changed);
        tx.put(changed)
    };
    let load = Load { cells: vec![cell], ..Load::default() };
    cx.actions
        .push(or_give_back(Edit::new(label, act, |_, ()| ()), GivenBack { label: label.to_owned(), load, meanings: Meanings::new() }));
}

/// The edit of some cells; when it fails, their words are not lost.
fn or_give_back(edit: Edit, given: GivenBack) -> Action {
    Action::Edit(edit.or(move |state, _| state.cases.given_back = Some(given)))
}

fn rename(cx: &mut Cx<'_>, case: CaseId, words: String) {
    let label = words.trim().to_owned();
    match cx.study.case_labelled(&label) {
        _ if label.is_empty() => cx.say("A case needs an id."),
        Some(other) if other.id != case => {
            let what = format!("There is a case “{}” already.", other.label);
            cx.tell(UserError::new(what, "Give this one another id."));
        }
        _ => change(cx, Written { case, field: Field::Label, words }, "Rename case", move |case| case.label = label),
    }
}

/// Writes cells of a spreadsheet, or one cell's words into others, in one edit. Says how many did not fit, after what else was
/// `left` out.
pub(super) fn paste(cx: &mut Cx<'_>, label: &str, cells: Vec<Written>, left: Option<String>) {
    take_in(cx, label, Load { cells, ..Load::default() }, left);
}

/// The same with what has to be made first.
pub(super) fn take_in(cx: &mut Cx<'_>, label: &str, load: Load, left: Option<String>) {
    if !cx.can_edit() {
        return;
    }
    let Load { made, cells } = load;
    let before = cells.len();
    let cells = fitting(cx.study, cells);
    let unfit = match before - cells.len() {
        0 => None,
        1 => Some("1 cell was left as it is: its id is taken or it is empty.".to_owned()),
        left => Some(format!("{left} cells were left as they are: their ids are taken or they are empty.")),
    };
    let said: Vec<String> = left.into_iter().chain(unfit).collect();
    if !said.is_empty() {
        cx.say(said.join(" "));
    }
    if !cells.is_empty() || !made.is_empty() {
        write_or_ask(cx, label.to_owned(), Load { made, cells });
    }
}

/// Those of the cells that can be written.
fn fitting(study: &Study, mut cells: Vec<Written>) -> Vec<Written> {
    let mut labels: BTreeSet<String> = BTreeSet::new();
    let fits = |cell: &Written| match cell.field {
        Field::Label => {
            let label = cell.words.trim();
            let free = study.case_labelled(label).is_none_or(|other| other.id == cell.case);
            !label.is_empty() && free && labels.insert(fold(label))
        }
        Field::Kind => !cell.words.trim().is_empty(),
        Field::Attribute(_) => true,
        Field::Sources | Field::Codings => false,
    };
    cells.retain(fits);
    cells
}

/// Writes cells that fit. Where they name values the study does not have, or no kind of case, asks what is meant.
fn write_or_ask(cx: &mut Cx<'_>, label: String, load: Load) {
    let (keys, unknown): (Vec<_>, Vec<_>) = unknown(cx.study, &load.cells).into_iter().unzip();
    if unknown.is_empty() {
        return cx.actions.push(put(label, load, Meanings::default()));
    }
    let cells = load.cells.len();
    let then = move |meant: Vec<Meant>| put(label.clone(), load.clone(), keys.iter().cloned().zip(meant).collect());
    cx.actions.push(Action::Show(Box::new(ask(&unknown, cells, then))));
}

/// The unknown names in cells, each once, in the order in which they come; with the field and the folded name.
fn unknown(study: &Study, cells: &[Written]) -> Vec<((Field, String), Unknown)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for cell in cells {
        match cell.field {
            Field::Kind if kind_named(&cell.words).is_none() && seen.insert((None, fold(cell.words.trim()))) => {
                found.push(((cell.field, fold(cell.words.trim())), Unknown::kind(&cell.words)));
            }
            // Of an attribute that is only being made every value is new.
            Field::Attribute(attribute) if study.attributes().get(attribute).is_some() => {
                for name in names(&cell.words) {
                    let folded = fold(&name);
                    if study.attributes().find_value(attribute, &name).is_none() && seen.insert((Some(attribute), folded.clone())) {
                        found.push(((cell.field, folded), Unknown::value(study, attribute, &name)));
                    }
                }
            }
            Field::Label | Field::Kind | Field::Attribute(_) | Field::Sources | Field::Codings => {}
        }
    }
    found
}

/// What unknown names stand for, by field and folded name.
type Meanings = HashMap<(Field, String), Meant>;

/// Writes cells that fit; names without a meaning are values that are there, or are made.
fn put(label: String, load: Load, meanings: Meanings) -> Action {
    let given = GivenBack { label: label.clone(), load: load.clone(), meanings: meanings.clone() };
    let act = move |tx: &mut Tx<'_>| {
        tx.put_all(load.made)?;
        for Written { case, field, words } in load.cells {
            let Some(mut changed) = tx.study().case(case).cloned() else { continue };
            match field {
                Field::Label => words.trim().clone_into(&mut changed.label),
                Field::Kind => {
                    let said = match meanings.get(&(field, fold(words.trim()))) {
                        Some(Meant::Known(known)) => known.as_str(),
                        _ => words.as_str(),
                    };
                    changed.kind = kind_named(said).unwrap_or(changed.kind);
                }
                Field::Attribute(attribute) => {
                    if let Some(values) = values(tx, attribute, &words, &meanings)? {
                        tx.set_value(case, attribute, values)?;
                    }
                    continue;
                }
                Field::Sources | Field::Codings => {}
            }
            tx.put(changed)?;
        }
        Ok(())
    };
    or_give_back(Edit::new(label, act, |_, ()| ()), given)
}

/// The values that a cell's words stand for; none where all of them are to be left out, which leaves the cell as it is.
fn values(tx: &mut Tx<'_>, attribute: AttributeId, words: &str, meanings: &Meanings) -> Result<Option<BTreeSet<ValueId>>, EditError> {
    let names = names(words);
    let cleared = names.is_empty();
    let mut values = BTreeSet::new();
    for name in names {
        match meanings.get(&(Field::Attribute(attribute), fold(&name))) {
            Some(Meant::Known(known)) => _ = values.insert(tx.value_named(attribute, known)?),
            Some(Meant::Nothing) => {}
            Some(Meant::New) | None => _ = values.insert(tx.value_named(attribute, &name)?),
        }
    }
    Ok((cleared || !values.is_empty()).then_some(values))
}
