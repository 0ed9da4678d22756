//! Where coders differ on the open source, gone through one by one: what is agreed on becomes a layer of its own.

mod choices;
mod progress;
mod row;
mod tab;

pub use progress::Reconciling;
pub use tab::show;

use super::reader::Reveal;
use super::view::ReadView;
use crate::analysis::reconcile::{Point, coders_of};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::worker::Edit;
use crate::study::{Material, SourceId};
use choices::{Choice, choices};

/// The commands of reconciling, as menus have them.
pub const COMMANDS: [Command; 10] = [
    Command::NextDifference,
    Command::PreviousDifference,
    Command::KeepMine,
    Command::KeepTheirs,
    Command::KeepThird,
    Command::KeepFourth,
    Command::KeepBoth,
    Command::KeepSelected,
    Command::LeaveOut,
    Command::Reconciled,
];

/// Why there is nothing to go through.
const ALONE: &str = "Only one coder works in this source: there is nothing to reconcile.";

/// Why nothing is gone through although there may be something.
const BLIND: &str = "You work blind: what others coded is not shown.";

/// Whether there is anything to reconcile in a source, or to open again.
#[must_use]
pub fn is_shared(material: &Material) -> bool {
    coders_of(material).len() > 1 || material.is_reconciled()
}

/// Does what a command of reconciling says.
pub fn run(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, command: Command) {
    let Some(material) = cx.study.material(source).cloned() else { return };
    if !is_shared(&material) {
        return cx.say(if cx.study.alone().is_some() { BLIND } else { ALONE });
    }
    view.inspector.show_differences();
    view.reconciling.keep_up(cx, &material);
    if !view.reconciling.is_known() {
        return view.reconciling.wait_with(command);
    }
    if command == Command::Reconciled {
        return reconciled(view, cx, &material);
    }
    let Some(point) = view.reconciling.at_hand().cloned() else {
        return cx.say("The coders agree on every passage here.");
    };
    match command {
        Command::NextDifference => view.reconciling.step(true),
        Command::PreviousDifference => view.reconciling.step(false),
        _ => {
            let offered = choices(cx, &material, &point);
            match offered.into_iter().find(|choice| choice.command == Some(command)) {
                Some(choice) => settle(view, cx, source, &point, choice),
                None if command == Command::LeaveOut => settle(view, cx, source, &point, Choice::leave_out()),
                None => cx.say("That is the same here as another choice."),
            }
        }
    }
    follow(view);
}

/// Brings the text to the point one came to.
fn follow(view: &mut ReadView) {
    if let Some(span) = view.reconciling.comes_to() {
        view.focus = None;
        view.select(span, Reveal::Third);
    }
}

/// Settles a point by a choice, and goes on to the next that is open.
fn settle(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, point: &Point, choice: Choice) {
    if !cx.can_edit() || !view.reconciling.is_known() {
        return;
    }
    let selected = view.selection.span();
    if choice.spans.is_none() && !selected.overlaps(point.span) {
        return cx.say("Select the words in the text first: they become what is agreed on.");
    }
    let spans = choice.spans.unwrap_or_else(|| vec![selected]);
    let (theme, on) = (point.theme, point.on());
    let name = cx.study.codebook().get(theme).map_or_else(String::new, |theme| theme.name.clone());
    let edit = Edit::new(
        format!("Settle {name}: {}", choice.outcome),
        move |tx| tx.agree_on(source, theme, &on, &spans),
        move |state, ()| {
            state.read.reconciling.go_on();
            state.say(format!("{name}: {}", choice.outcome));
        },
    );
    cx.actions.push(Action::Edit(edit.or(|state, _| state.read.reconciling.stay())));
    view.reconciling.begin();
}

/// Says that the source is reconciled, or, where it is and nothing came since, that it is not.
fn reconciled(view: &mut ReadView, cx: &mut Cx<'_>, material: &Material) {
    let (source, label) = (material.source.id, material.source.label.clone());
    let open = view.reconciling.found.open();
    if open > 0 {
        let says = if open == 1 { "1 difference is".to_owned() } else { format!("{open} differences are") };
        return cx.say(format!("{says} yet to be settled."));
    }
    if !cx.can_edit() {
        return;
    }
    if material.is_reconciled() && view.reconciling.found.to_take_over == 0 {
        let said = format!("{label} is open again: the codings of all coders count.");
        return cx.edit_then(format!("Reopen {label}"), move |tx| tx.reopen(source), move |state, ()| state.say(said));
    }
    let said = format!("{label} is reconciled: what was agreed on counts.");
    cx.edit_then(format!("Reconcile {label}"), move |tx| tx.reconcile(source), move |state, _| state.say(said));
}
