//! What is written into cells of the grid, as edits. Values that a dimension does not have are asked about first.

use super::UNPLACED;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::worker::Edit;
use crate::project::{EditError, Tx};
use crate::study::{CaseId, Dimension, DimensionId, DimensionValueId, Study};
use crate::text::fold;

/// A case and a dimension.
pub(super) type Spot = (CaseId, DimensionId);

/// What words in a cell stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meant {
    /// Not placed yet.
    Open,
    /// At a value, or at none.
    At(Option<DimensionValueId>),
    /// At a value that is to be made.
    New(String),
}

fn meant(dimension: &Dimension, words: &str) -> Meant {
    let wanted = fold(words.trim());
    if wanted.is_empty() {
        return Meant::Open;
    }
    let known = dimension.in_order().into_iter().find(|(_, name)| fold(name) == wanted);
    match known {
        Some((value, _)) => Meant::At(Some(value)),
        None if wanted == UNPLACED => Meant::At(None),
        None => Meant::New(words.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// Writes words into cells, as one edit; asks first whether to make values that are not there.
pub(super) fn write(cx: &mut Cx<'_>, cells: Vec<(Spot, String)>, label: &'static str) {
    if cells.is_empty() || !cx.can_edit() {
        return;
    }
    let meant: Vec<(Spot, Meant)> =
        cells.into_iter().filter_map(|(spot, words)| Some((spot, meant(cx.study.typologies().dimension(spot.1)?, &words)))).collect();
    let mut new: Vec<String> = Vec::new();
    for ((_, dimension), meant) in &meant {
        if let (Meant::New(name), Some(dimension)) = (meant, cx.study.typologies().dimension(*dimension)) {
            let line = format!("{}: {name}", dimension.name);
            if !new.iter().any(|known| fold(known) == fold(&line)) {
                new.push(line);
            }
        }
    }
    let edit = Action::edit(label, move |tx| put(tx, &meant));
    if new.is_empty() {
        return cx.actions.push(edit);
    }
    let (title, button) = match new.len() {
        1 => ("There is no such value yet".to_owned(), "Add it"),
        many => (format!("{many} values are not there yet"), "Add them"),
    };
    let question = Choice::new(title, vec![Answer::new(button, edit)]).lines(new);
    let question = question.what("They would be values of the dimension, for other cases too. Write “unplaced” for a case that has none.");
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
}

/// The edit that writes words into a cell, for when nobody can be asked any more: a value that is not there is made, so that
/// what was typed is not lost. None where nothing changes.
pub(super) fn unasked(study: &Study, spot: Spot, words: &str) -> Option<Edit> {
    let meant = meant(study.typologies().dimension(spot.1)?, words);
    let placed = study.typologies().placement(spot.1, spot.0);
    let is_so = match &meant {
        Meant::New(_) => false,
        Meant::Open => placed.is_none(),
        Meant::At(value) => placed.is_some_and(|there| there.value == *value),
    };
    (!is_so).then(|| Edit::new("Place case", move |tx| put(tx, &[(spot, meant)]), |_, ()| ()))
}

/// Places cases.
pub(super) fn place(cx: &mut Cx<'_>, places: Vec<(Spot, Option<DimensionValueId>)>, label: &'static str) {
    if cx.can_edit() {
        let meant: Vec<(Spot, Meant)> = places.into_iter().map(|(spot, value)| (spot, Meant::At(value))).collect();
        cx.edit(label, move |tx| put(tx, &meant));
    }
}

fn put(tx: &mut Tx<'_>, cells: &[(Spot, Meant)]) -> Result<(), EditError> {
    for ((case, dimension), meant) in cells {
        let value = match meant {
            Meant::Open => {
                tx.remove_placement(*case, *dimension)?;
                continue;
            }
            Meant::At(value) => *value,
            Meant::New(name) => Some(tx.dimension_value_named(*dimension, name)?),
        };
        tx.place(*case, *dimension, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::study::{DimensionValue, TypologyId};

    #[test]
    fn words_stand_for_a_value_for_none_of_them_or_for_nothing_yet() {
        let value = DimensionValueId::new();
        let named = |name: &str| BTreeMap::from([(value, DimensionValue { name: name.to_owned(), position: 1 })]);
        let of = |values| Dimension { id: DimensionId::new(), typology: TypologyId::new(), name: "Outlook".into(), values, position: 1 };
        let outlook = of(named("Hopeful"));
        assert_eq!(meant(&outlook, " hopeful "), Meant::At(Some(value)));
        assert_eq!(meant(&outlook, "Unplaced"), Meant::At(None));
        assert_eq!(meant(&outlook, "  "), Meant::Open);
        assert_eq!(meant(&outlook, "not  so sure"), Meant::New("not so sure".into()));
        assert_eq!(meant(&of(named("unplaced")), "unplaced"), Meant::At(Some(value)), "a value of that name is a value");
    }
}
