use std::sync::Arc;

use crate::analysis::reconcile::{Point, Standing, points};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::widgets::RowList;
use crate::study::{Codebook, Material, Study};
use crate::text::Span;

/// The job that finds out where coders differ.
const SLOT: &str = "differences";

/// What points are of: as long as these are the same, so are the points.
type Of = (Arc<Material>, Arc<Codebook>);

fn is_same(one: &Of, other: &Of) -> bool {
    Arc::ptr_eq(&one.0, &other.0) && Arc::ptr_eq(&one.1, &other.1)
}

/// What was found out about a source.
#[derive(Default)]
pub struct Found {
    of: Option<Of>,
    /// The points on which coders differ or differed.
    pub points: Vec<Point>,
    /// How many more points all coded alike.
    pub alike: usize,
    /// How many of those the agreed layer does not have yet, or has otherwise.
    pub to_take_over: usize,
}

impl Found {
    fn out(study: &Study, of: Of) -> Self {
        let (alike, differ): (Vec<Point>, Vec<Point>) =
            points(study, &of.0).into_iter().partition(|point| point.standing == Standing::Same);
        let to_take_over = alike.iter().filter(|point| point.is_to_take_over()).count();
        Self { of: Some(of), points: differ, alike: alike.len(), to_take_over }
    }

    /// How many points are yet to be settled.
    pub fn open(&self) -> usize {
        self.points.iter().filter(|point| point.is_open()).count()
    }
}

/// How far one is in going through the differences.
#[derive(Default)]
pub struct Reconciling {
    pub(super) found: Found,
    pub(super) list: RowList,
    /// What is to be found out about.
    asked: Option<Of>,
    /// The point that the text was brought to last.
    brought: Option<usize>,
    /// Whether a point is being settled.
    settling: bool,
    /// Whether the next that is open is wanted, once it is known how the rest stands.
    on: bool,
    /// What was asked for before that was known.
    waiting: Option<Command>,
}

impl Reconciling {
    /// Has it found out where coders differ, if the source or the codebook is not as it was.
    pub(super) fn keep_up(&mut self, cx: &mut Cx<'_>, material: &Arc<Material>) {
        let of = (Arc::clone(material), cx.study.codebook_arc());
        if self.asked.as_ref().is_some_and(|asked| is_same(asked, &of)) {
            return;
        }
        if self.asked.as_ref().is_none_or(|(before, _)| before.source.id != material.source.id) {
            *self = Self::default();
        }
        self.asked = Some((Arc::clone(&of.0), Arc::clone(&of.1)));
        let study = Arc::clone(cx.study);
        cx.job(SLOT, "", move |_| Ok(Found::out(&study, of)), |state, found| state.read.reconciling.take(found));
    }

    fn take(&mut self, found: Found) {
        self.found = found;
        self.list.at = self.list.at.min(self.found.points.len().saturating_sub(1));
        if self.is_known() && std::mem::take(&mut self.on) {
            self.seek_open();
        }
    }

    /// Whether it is known how the points stand, as the source is now.
    pub(super) fn is_known(&self) -> bool {
        !self.settling && self.found.of.as_ref().zip(self.asked.as_ref()).is_some_and(|(found, asked)| is_same(found, asked))
    }

    /// Whether anything is known of the source.
    pub(super) const fn is_begun(&self) -> bool {
        self.found.of.is_some()
    }

    /// Keeps a command for when it is known how the points stand.
    pub(super) const fn wait_with(&mut self, command: Command) {
        self.waiting = Some(command);
    }

    /// The command that waited, once it can be carried out.
    pub(super) fn waited(&mut self) -> Option<Command> {
        if self.is_known() { self.waiting.take() } else { None }
    }

    /// A point is being settled from now on.
    pub(super) const fn begin(&mut self) {
        self.settling = true;
    }

    /// It was settled: once the study has it, one goes on to the next that is open.
    pub(super) const fn go_on(&mut self) {
        (self.settling, self.on) = (false, true);
    }

    /// It could not be settled.
    pub(super) const fn stay(&mut self) {
        (self.settling, self.waiting) = (false, None);
    }

    /// The point one is at.
    pub(super) fn at_hand(&self) -> Option<&Point> {
        self.found.points.get(self.list.at)
    }

    /// Goes on to the next point that is open, from the start where none follows.
    fn seek_open(&mut self) {
        let open = |at: &usize| self.found.points.get(*at).is_some_and(Point::is_open);
        let from = self.list.at;
        if let Some(next) = (from..self.found.points.len()).chain(0..from).find(open) {
            self.list.go(next);
        }
    }

    /// Goes on or back by a point.
    pub(super) fn step(&mut self, forward: bool) {
        let to = if forward { self.list.at + 1 } else { self.list.at.saturating_sub(1) };
        self.list.go(to.min(self.found.points.len().saturating_sub(1)));
        self.brought = None;
    }

    /// The words of the point one came to, once.
    pub(super) fn comes_to(&mut self) -> Option<Span> {
        let at = self.list.at;
        let span = self.found.points.get(at)?.span;
        (self.brought.replace(at) != Some(at)).then_some(span)
    }
}
