//! What is written in the grid, as edits.

use std::collections::BTreeSet;

use super::rows::Field;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::user_error::UserError;
use crate::app::views::case_kind::kind_named;
use crate::project::EditError;
use crate::study::{AttributeId, AttributeOf, Case, CaseId, CaseKind, Study, ValueId};
use crate::text::fold;

/// Writes words into a cell: renames, changes the kind, or sets values; asks first about values the study does not have.
pub(super) fn write(cx: &mut Cx<'_>, case: CaseId, field: Field, words: &str) {
    if !cx.can_edit() {
        return;
    }
    match field {
        Field::Label => rename(cx, case, words.trim()),
        Field::Kind => match kind_named(words) {
            Some(kind) => change(cx, case, "Change kind of case", move |case| case.kind = kind),
            None => cx.say(format!("“{words}” is no kind of case.")),
        },
        Field::Attribute(attribute) => set_values(cx, case, attribute, words),
        Field::Sources | Field::Codings => {}
    }
}

fn change(cx: &mut Cx<'_>, case: CaseId, label: &str, change: impl FnOnce(&mut Case) + Send + 'static) {
    cx.edit(label, move |tx| {
        let mut changed = tx.study().case(case).ok_or(EditError::Gone("case"))?.clone();
        change(&mut changed);
        tx.put(changed)
    });
}

fn rename(cx: &mut Cx<'_>, case: CaseId, label: &str) {
    let label = label.to_owned();
    match cx.study.case_labelled(&label) {
        _ if label.is_empty() => cx.say("A case needs an id."),
        Some(other) if other.id != case => {
            let what = format!("There is a case “{}” already.", other.label);
            cx.tell(UserError::new(what, "Give this one another id."));
        }
        _ => change(cx, case, "Rename case", move |case| case.label = label),
    }
}

fn set_values(cx: &mut Cx<'_>, case: CaseId, attribute: AttributeId, words: &str) {
    let names = names(words);
    let unknown: Vec<String> = names.iter().filter(|name| cx.study.attributes().find_value(attribute, name).is_none()).cloned().collect();
    let Some(name) = cx.study.attributes().get(attribute).map(|attribute| attribute.name.clone()) else { return };
    let label = format!("Change {name}");
    let Some(first) = unknown.first() else {
        return cx.actions.push(set(label, case, attribute, names));
    };
    let matches = near(cx.study, attribute, first);
    let use_instead = matches.into_iter().map(|known| {
        let names = names.iter().map(|name| if name == first { known.clone() } else { name.clone() }).collect();
        Answer::new(format!("Use “{known}”"), set(label.clone(), case, attribute, names))
    });
    let mut answers: Vec<Answer> = use_instead.collect();
    let all = unknown.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let add = if unknown.len() == 1 { format!("Add {all} as new value") } else { format!("Add {all} as new values") };
    answers.push(Answer::new(add, set(label, case, attribute, names)));
    let choice = Choice::new(format!("“{first}” is no value of {name} yet"), answers)
        .what("Values are what the matrix counts by; two spellings of one would stand apart.")
        .leave("Leave the cell as it was");
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(choice))));
}

/// The names in a cell, divided by `;`, each once.
fn names(words: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in words.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| fold(known) == fold(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Sets the values of these names, making those that are not there.
fn set(label: String, case: CaseId, attribute: AttributeId, names: Vec<String>) -> Action {
    Action::edit(label, move |tx| {
        let values: Result<BTreeSet<ValueId>, EditError> = names.iter().map(|name| tx.value_named(attribute, name)).collect();
        tx.set_value(case, attribute, values?)
    })
}

/// How many values are offered in the place of an unknown one.
const OFFERED: usize = 4;

/// The values that could be meant, the nearest first: those that share a word's beginning.
fn near(study: &Study, attribute: AttributeId, name: &str) -> Vec<String> {
    let start = |word: &str| fold(word).chars().take(3).collect::<String>();
    let wanted: Vec<String> = name.split_whitespace().map(start).collect();
    let mut found: Vec<(usize, &str)> = study
        .attributes()
        .values_of(attribute)
        .into_iter()
        .map(|value| {
            let shared = value.name.split_whitespace().filter(|word| wanted.contains(&start(word))).count();
            (shared, value.name.as_str())
        })
        .filter(|(shared, _)| *shared > 0)
        .collect();
    found.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    found.into_iter().take(OFFERED).map(|(_, name)| name.to_owned()).collect()
}

/// Writes pasted cells of a spreadsheet, in one edit. Unknown values are made, as the clipboard cannot be asked.
pub(super) fn paste(cx: &mut Cx<'_>, cells: Vec<(CaseId, Field, String)>) {
    if !cx.can_edit() {
        return;
    }
    cx.edit("Paste cells", move |tx| {
        for (id, field, words) in cells {
            let Some(mut case) = tx.study().case(id).cloned() else { continue };
            match field {
                Field::Label if tx.study().case_labelled(&words).is_none_or(|other| other.id == id) && !words.trim().is_empty() => {
                    words.trim().clone_into(&mut case.label);
                    tx.put(case)?;
                }
                Field::Kind => {
                    case.kind = kind_named(&words).unwrap_or(case.kind);
                    tx.put(case)?;
                }
                Field::Attribute(attribute) => {
                    let values: Result<BTreeSet<ValueId>, EditError> =
                        names(&words).iter().map(|name| tx.value_named(attribute, name)).collect();
                    tx.set_value(id, attribute, values?)?;
                }
                Field::Label | Field::Sources | Field::Codings => {}
            }
        }
        Ok(())
    });
}

/// Makes a case with a free id and goes to it.
pub(super) fn add_case(cx: &mut Cx<'_>) {
    if !cx.can_edit() {
        return;
    }
    cx.edit_then(
        "Add case",
        |tx| {
            let most = tx.study().cases().len() + 1;
            let free = (1..=most).map(|number| format!("Case {number}")).find(|label| tx.study().case_labelled(label).is_none());
            tx.case_labelled(&free.unwrap_or_default(), CaseKind::Person)
        },
        |state, case| state.cases.begin_naming(case),
    );
}

/// Makes an attribute of cases.
pub(super) fn add_attribute(cx: &mut Cx<'_>, name: &str) {
    if !cx.can_edit() {
        return;
    }
    let name = name.trim().to_owned();
    if cx.study.attributes().named(&name).is_some() {
        return cx.say(format!("There is an attribute “{name}” already."));
    }
    cx.edit(format!("Add attribute {name}"), move |tx| tx.attribute_named(&name, AttributeOf::Cases).map(|_| ()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided_by_semicolons_and_stand_once() {
        assert_eq!(names("Fife;  Glasgow ;; fife"), ["Fife", "Glasgow"]);
        assert!(names(" ; ").is_empty());
    }
}
