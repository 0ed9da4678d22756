use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Context, Id, Memory};

use super::entries;
use super::entry::{Does, Entry};
use super::rank::rank;
use crate::app::command::Scope;
use crate::app::context::Action;
use crate::app::state::View;
use crate::study::Study;

/// The box at the top and what is offered below it.
#[derive(Default)]
pub struct Palette {
    /// What stands in the box.
    pub text: String,
    /// Whether the list is open.
    pub(super) open: bool,
    /// What is offered, best first.
    pub(super) offered: Vec<Entry>,
    /// What it was asked for.
    asked: Option<(Arc<Study>, String)>,
    /// Whether what is offered answers what was asked.
    pub(super) answered: bool,
    /// The line that Enter takes.
    pub(super) at: usize,
    /// How far the list is scrolled, in points.
    pub(super) seen_from: f32,
    /// Whether the line was moved to and has to be in sight.
    pub(super) moved: bool,
    /// Whether Enter was pressed before the answer had come.
    pub(super) hurried: bool,
    /// What had the focus before.
    before: Option<Id>,
    /// What was taken in this session, the last first.
    taken: Vec<Does>,
}

/// The slot of the job that looks things up.
const SLOT: &str = "palette";

/// How much of what was taken is offered again.
const REMEMBERED: usize = 5;

impl Palette {
    /// The id of the box.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("box")
    }

    /// Puts the focus into the box.
    pub fn enter(&mut self, ctx: &Context) {
        let before = ctx.memory(Memory::focused);
        self.before = before.filter(|before| *before != Self::id());
        ctx.memory_mut(|memory| memory.request_focus(Self::id()));
    }

    /// Gives the focus back to where it was.
    pub(super) fn leave(&mut self, ctx: &Context) {
        self.close();
        match self.before.take() {
            Some(before) => ctx.memory_mut(|memory| memory.request_focus(before)),
            None => ctx.memory_mut(|memory| memory.surrender_focus(Self::id())),
        }
    }

    pub(super) fn close(&mut self) {
        self.text.clear();
        (self.open, self.hurried, self.at, self.asked) = (false, false, 0, None);
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, entry: Entry) -> Action {
        self.taken.retain(|other| *other != entry.does);
        self.taken.insert(0, entry.does.clone());
        self.taken.truncate(REMEMBERED);
        self.close();
        entry.does.into()
    }

    /// Looks up what was typed, if that is not known yet: in a job, because there may be many thousand names.
    pub(super) fn look_up(&mut self, study: &Arc<Study>, recent: &[PathBuf], here: (View, bool)) -> Option<Action> {
        let known = self.asked.as_ref().is_some_and(|(asked, typed)| Arc::ptr_eq(asked, study) && *typed == self.text);
        if known {
            return None;
        }
        if self.asked.as_ref().is_none_or(|(_, typed)| *typed != self.text) {
            (self.at, self.moved) = (0, true);
        }
        self.asked = Some((Arc::clone(study), self.text.clone()));
        if self.text.trim().is_empty() {
            self.offered = self.unasked(here);
            self.answered = true;
            return None;
        }
        self.answered = false;
        let (study, typed, recent) = (Arc::clone(study), self.text.clone(), recent.to_vec());
        let run = move |_: &mut crate::app::worker::JobHandle| Ok((rank(entries::all(&study, &recent), &typed), typed));
        Some(Action::job(SLOT, "", run, |state, (offered, typed)| {
            let palette = &mut state.frame.palette;
            if palette.text == typed {
                palette.offered = offered;
                palette.answered = true;
            }
        }))
    }

    /// Before anything is typed: the commands. First those that were run lately, then those of the view that is shown, its acts
    /// before the ways to move in it, then those that work everywhere, then those of other views.
    fn unasked(&self, (view, sheet): (View, bool)) -> Vec<Entry> {
        let mut commands = entries::commands();
        commands.sort_by_key(|entry| {
            let lately = self.taken.iter().position(|taken| *taken == entry.does).unwrap_or(usize::MAX);
            let Does::Run(command) = entry.does else { return (lately, 3) };
            let works = match command.scope() {
                Scope::Anywhere => 2,
                scope if !scope.works_in(view, sheet) => 3,
                _ => u8::from(command.icon().is_none()),
            };
            (lately, works)
        });
        commands
    }
}
