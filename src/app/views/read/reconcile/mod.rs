//! Where coders differ on the open source, gone through one by one: what is agreed on becomes a layer of its own.

mod choices;
mod row;
mod tab;

use std::sync::Arc;

pub use tab::show;

use super::reader::Reveal;
use super::view::ReadView;
use crate::analysis::reconcile::{Point, Standing, coders_of, points};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::widgets::RowList;
use crate::study::{Codebook, Material, SourceId, Study};
use crate::text::Span;
use choices::{Choice, choices};

/// The commands of reconciling, as menus have them.
pub const COMMANDS: [Command; 8] = [
    Command::NextDifference,
    Command::PreviousDifference,
    Command::KeepMine,
    Command::KeepTheirs,
    Command::KeepBoth,
    Command::KeepSelected,
    Command::LeaveOut,
    Command::Reconciled,
];

/// Why there is nothing to go through.
const ALONE: &str = "Only one coder works in this source: there is nothing to reconcile.";

/// Why nothing is gone through although there may be something.
const BLIND: &str = "You work blind: what others coded is not shown.";

/// What going through the differences remembers.
#[derive(Default)]
pub struct Reconciling {
    /// What the points are of.
    of: Option<(Arc<Material>, Arc<Codebook>)>,
    /// The points on which coders differ or differed.
    pub(super) points: Vec<Point>,
    /// How many more points all coded alike.
    pub(super) alike: usize,
    /// How many of those the agreed layer does not have yet, or has otherwise.
    pub(super) to_take_over: usize,
    pub(super) list: RowList,
    /// The point that the text was brought to last.
    brought: Option<usize>,
    /// Whether the next that is open is wanted, once the study has what was settled.
    on: bool,
}

impl Reconciling {
    /// Finds out where coders differ, if the source or the codebook is not as it was.
    fn refresh(&mut self, study: &Study, material: &Arc<Material>) {
        let book = study.codebook_arc();
        if self.of.as_ref().is_some_and(|(of, by)| Arc::ptr_eq(of, material) && Arc::ptr_eq(by, &book)) {
            return;
        }
        if self.of.as_ref().is_none_or(|(of, _)| of.source.id != material.source.id) {
            (self.list.at, self.brought, self.on) = (0, None, false);
        }
        let (alike, differ): (Vec<Point>, Vec<Point>) =
            points(study, material).into_iter().partition(|point| point.standing == Standing::Same);
        (self.alike, self.to_take_over) = (alike.len(), alike.iter().filter(|point| point.is_to_take_over()).count());
        self.points = differ;
        self.list.at = self.list.at.min(self.points.len().saturating_sub(1));
        self.of = Some((Arc::clone(material), book));
        if std::mem::take(&mut self.on) {
            self.seek_open();
        }
    }

    /// How many points are yet to be settled.
    pub(super) fn open(&self) -> usize {
        self.points.iter().filter(|point| point.is_open()).count()
    }

    /// The point one is at.
    pub(super) fn at_hand(&self) -> Option<&Point> {
        self.points.get(self.list.at)
    }

    /// Goes on to the next point that is open, from the start where none follows.
    fn seek_open(&mut self) {
        let open = |at: &usize| self.points.get(*at).is_some_and(Point::is_open);
        let from = self.list.at;
        if let Some(next) = (from..self.points.len()).chain(0..from).find(open) {
            self.list.go(next);
        }
    }

    /// Goes on or back by a point.
    fn step(&mut self, forward: bool) {
        let to = if forward { self.list.at + 1 } else { self.list.at.saturating_sub(1) };
        self.list.go(to.min(self.points.len().saturating_sub(1)));
        self.brought = None;
    }

    /// The words of the point one came to, once.
    fn comes_to(&mut self) -> Option<Span> {
        let at = self.list.at;
        let span = self.points.get(at)?.span;
        (self.brought.replace(at) != Some(at)).then_some(span)
    }
}

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
    view.reconciling.refresh(cx.study, &material);
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
    if !cx.can_edit() {
        return;
    }
    let selected = view.selection.span();
    if choice.spans.is_none() && !selected.overlaps(point.span) {
        return cx.say("Select the words in the text first: they become what is agreed on.");
    }
    let spans = choice.spans.unwrap_or_else(|| vec![selected]);
    let (theme, on) = (point.theme, point.on());
    let name = cx.study.codebook().get(theme).map_or_else(String::new, |theme| theme.name.clone());
    cx.edit_then(
        format!("Settle {name}: {}", choice.outcome),
        move |tx| tx.agree_on(source, theme, &on, &spans),
        move |state, ()| {
            state.read.reconciling.on = true;
            state.say(format!("{name}: {}", choice.outcome));
        },
    );
}

/// Says that the source is reconciled, or, where it is and nothing came since, that it is not.
fn reconciled(view: &mut ReadView, cx: &mut Cx<'_>, material: &Material) {
    let (source, label) = (material.source.id, material.source.label.clone());
    let open = view.reconciling.open();
    if open > 0 {
        let says = if open == 1 { "1 difference is".to_owned() } else { format!("{open} differences are") };
        return cx.say(format!("{says} yet to be settled."));
    }
    if !cx.can_edit() {
        return;
    }
    if material.is_reconciled() && view.reconciling.to_take_over == 0 {
        let said = format!("{label} is open again: the codings of all coders count.");
        return cx.edit_then(format!("Reopen {label}"), move |tx| tx.reopen(source), move |state, ()| state.say(said));
    }
    let said = format!("{label} is reconciled: what was agreed on counts.");
    cx.edit_then(format!("Reconcile {label}"), move |tx| tx.reconcile(source), move |state, _| state.say(said));
}
