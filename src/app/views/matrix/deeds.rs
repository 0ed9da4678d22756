//! What the matrix does when it is asked: by the grid, by commands from outside.

use eframe::egui::Ui;

use super::choice::Starter;
use super::grid::GridAct;
use super::view::{MatrixPlace, MatrixView};
use super::{pages, profile};
use crate::analysis::matrix::{Axis, CellAt, CellKey, Filter, MatrixSpec};
use crate::app::command::{Command, Scope};
use crate::app::context::Cx;
use crate::app::state::Place;

impl MatrixView {
    /// Does what the grid asks for.
    pub(super) fn act(&mut self, cx: &mut Cx<'_>, act: GridAct) {
        let here = self.place();
        let Some(choice) = &mut self.choice else { return };
        match act {
            GridAct::Fold(points) => toggle(&mut choice.folded, points),
            GridAct::FoldGroup(points) => toggle(&mut choice.folded_groups, points),
            GridAct::Enter(at) if self.pane.as_ref().is_some_and(|pane| pane.gathering.at == at) => {
                if let Some(pane) = &mut self.pane {
                    pane.enter = true;
                }
            }
            GridAct::Open(_) | GridAct::Enter(_) if self.pane.as_ref().is_some_and(|pane| pane.held) => {
                cx.say("Two cells are pinned. Unpin one to open another.");
            }
            GridAct::Open(at) | GridAct::Enter(at) => {
                if let Place::Cell(here) = here
                    && here.open.as_ref() != Some(&at.key)
                {
                    cx.go(Place::Cell(Box::new(MatrixPlace { open: Some(at.key), ..*here })));
                }
            }
            GridAct::Moved(at) => {
                if let Some(pane) = self.pane.as_mut().filter(|pane| !pane.held) {
                    pane.follow(at);
                }
            }
            GridAct::Read(at) => {
                if let Place::Cell(here) = here {
                    cx.go(Place::Cell(Box::new(MatrixPlace { read: Some(at), ..*here })));
                }
            }
            GridAct::Profile(case) => {
                if let Place::Cell(here) = here {
                    cx.go(Place::Cell(Box::new(MatrixPlace { profile: Some(case), ..*here })));
                }
            }
            GridAct::Print(case) => profile::print(cx, case),
            GridAct::Close => {
                // First what follows the cursor, then what is pinned.
                if self.pane.take().is_none() {
                    self.pinned = None;
                }
            }
            GridAct::Pin => self.pin(cx),
            GridAct::Run(command) => self.run(cx, command),
            GridAct::FoldNobody => choice.nobody_shown = !choice.nobody_shown,
            GridAct::Page(on) => {
                if let Some(counted) = &self.counted {
                    choice.page = pages::next(counted, choice.page.as_deref(), on);
                }
            }
        }
    }

    /// Pins the cell of the pane: the first beside the pane, which goes on following, a second one in it. Takes off the one
    /// that is pinned already.
    pub(super) fn pin(&mut self, cx: &mut Cx<'_>) {
        match (&mut self.pane, &self.pinned) {
            (None, None) => cx.say("Open a cell first, then pin it."),
            (None, Some(_)) => self.pinned = None,
            (Some(pane), None) if pane.held => pane.held = false,
            (Some(pane), None) => self.pinned = Some(pane.to_pin()),
            (Some(pane), Some(pinned)) if pinned.gathering.at == pane.gathering.at => {
                pane.held = false;
                self.pinned = None;
            }
            (Some(pane), Some(_)) => pane.held = !pane.held,
        }
    }

    /// Carries out a command that is not about the cell with the focus.
    pub(super) fn run(&mut self, cx: &mut Cx<'_>, command: Command) {
        let Some(choice) = &mut self.choice else { return };
        match command {
            Command::SwapAxes if choice.spec.columns.is_empty() => cx.say("There are no columns to swap with the rows."),
            Command::SwapAxes => choice.swap(),
            Command::StartChart => choice.start(cx.study, Starter::Chart),
            Command::StartOverview => choice.start(cx.study, Starter::Overview),
            Command::StartCompare => choice.start(cx.study, Starter::Compare),
            Command::StartCounts => choice.start(cx.study, Starter::Counts),
            Command::SaveView if cx.can_edit() => self.saved.menu.begin_saving(),
            Command::CaseProfile | Command::PrintProfile => cx.say("Go to a case in the chart first."),
            Command::NoParticipantWords => self.read_wordless(cx),
            // Pressed in a pane: the grid does it, where its focus is.
            command if command.scope() == Scope::Chart => self.commands.push(command),
            Command::NextPage | Command::PreviousPage | Command::FoldRow | Command::FoldNobody | Command::OpenCell => {
                self.commands.push(command);
            }
            _ => {}
        }
    }

    /// Reads the codings that hold no participant's words.
    pub(super) fn read_wordless(&mut self, cx: &mut Cx<'_>) {
        let none = self.counted.as_ref().is_some_and(|counted| counted.matrix.no_participant_words.is_empty());
        match self.place() {
            _ if none => cx.say("Every coding that is counted here holds participants’ words."),
            Place::Cell(here) => {
                let filter = Filter { wordless: true, ..here.spec.filter.clone() };
                let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter };
                let read = Some(CellAt { spec, key: CellKey::default() });
                cx.go(Place::Cell(Box::new(MatrixPlace { read, ..*here })));
            }
            _ => {}
        }
    }

    /// Hands commands of lists to the passages that are read or stand in a pane; returns those of the matrix.
    pub(super) fn hand_out(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> Vec<Command> {
        let (of_lists, mut of_matrix): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.commands).into_iter().partition(|command| command.scope() == Scope::Passages);
        if let Some(profile) = &self.profile {
            // What is read is printed, and goes on being read.
            of_matrix.extract_if(.., |command| *command == Command::PrintProfile).for_each(|_| profile::print(cx, profile.case));
        }
        for command in of_lists {
            if let Some(reader) = &mut self.reader {
                reader.command(command);
                continue;
            }
            let panes = || [&self.pane, &self.pinned].into_iter().flatten();
            let pinned = panes().any(|pane| pane.is_pinned() && pane.has_focus(ui)) || self.pane.is_none();
            match if pinned { &mut self.pinned } else { &mut self.pane } {
                Some(pane) => pane.command(command),
                None => cx.say("Open a cell first: this is done with one of its passages."),
            }
        }
        if !of_matrix.is_empty() {
            self.reader = None;
            self.profile = None;
            let charted = self.choice.as_ref().is_some_and(|choice| choice.charted);
            let nothing =
                if charted { self.chart.chart.is_none() } else { self.counted.as_ref().is_none_or(|it| it.matrix.rows.is_empty()) };
            if cx.study.materials().is_empty() || nothing {
                cx.say("The matrix has nothing to show yet.");
                return Vec::new();
            }
        }
        of_matrix
    }
}

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}
