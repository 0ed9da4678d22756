use std::sync::Arc;

use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder, pos2};

use super::super::fields::{FieldOf, Fields};
use super::dimensions::Parts;
use super::placement::Resting;
use super::sorted::Sorted;
use super::types::Lists;
use super::{dimensions, placed, placement, types, writing};
use crate::app::Seen;
use crate::app::command::{Command, KeyMap, Scope};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog};
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::views::nothing_here;
use crate::app::widgets::{Button, GridState, empty, icon_button_for, menu_below, menu_choice, pick_within, segmented, tabs, within};
use crate::app::worker::Edit;
use crate::study::{AttributeId, CaseId, Dimension, DimensionId, Study, TypologyId};

/// What stands beside the cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Beside {
    #[default]
    Types,
    Dimensions,
}

/// The cases that are listed as not placed yet.
struct Open {
    /// What they were found in, and the case that is listed all the same.
    of: (Arc<Sorted>, Option<CaseId>),
    cases: Arc<[CaseId]>,
}

/// What the tab remembers.
#[derive(Default)]
pub(in super::super) struct TypologiesTab {
    pub(super) selected: Option<TypologyId>,
    pub(super) grid: GridState<CaseId>,
    /// Whether only cases that are not placed yet are listed.
    pub(super) only_open: bool,
    beside: Beside,
    /// The attribute across which types lie.
    pub(super) across: Option<AttributeId>,
    pub(super) sorted: Arc<Sorted>,
    /// The cases that are listed as not placed yet, once those are wanted.
    open: Option<Open>,
    /// What is seen of the types, and of the dimensions.
    pub(super) types: Lists,
    pub(super) dimensions_seen: Parts,
    /// What `sorted` was asked for, and what it is of.
    asked: Option<(Seen, TypologyId, Option<AttributeId>)>,
    of: Option<TypologyId>,
    pub(super) resting: Option<Resting>,
    /// The field that wants the keys.
    pub(super) wants: Option<FieldOf>,
    /// A typology that was just made and is to be named.
    naming: Option<TypologyId>,
}

impl TypologiesTab {
    /// Goes to a typology.
    pub(in super::super) fn go(&mut self, typology: TypologyId) {
        if self.selected != Some(typology) {
            self.selected = Some(typology);
            self.grid = GridState::default();
        }
        self.grid.take_focus();
    }

    /// Puts the keys on the cases.
    pub(in super::super) fn focus_grid(&mut self) {
        self.grid.take_focus();
    }

    /// The typology one is at.
    pub(in super::super) const fn selected(&self) -> Option<TypologyId> {
        self.selected
    }

    /// What is being written in a cell, as an edit: for when the view is left.
    pub(in super::super) fn leave(&mut self, study: &Study) -> Option<Edit> {
        let (case, column, text) = self.grid.take_draft()?;
        let dimension = column.checked_sub(1).and_then(|at| self.dimensions(study).get(at).map(|dimension| dimension.id))?;
        writing::unasked(study, (case, dimension), &text)
    }

    /// The dimensions of the typology one is at.
    pub(super) fn dimensions<'s>(&self, study: &'s Study) -> Vec<&'s Dimension> {
        self.selected.map(|id| study.typologies().dimensions_of(id)).unwrap_or_default()
    }

    /// The case and the dimension one is at.
    pub(super) fn at(&self, study: &Study) -> Option<(CaseId, DimensionId)> {
        let (case, column) = self.grid.at.filter(|(case, _)| study.case(*case).is_some())?;
        Some((case, self.dimensions(study).get(column.checked_sub(1)?)?.id))
    }

    /// Whether what was sorted is of the typology one is at.
    pub(super) fn is_sorted(&self) -> bool {
        self.of == self.selected
    }

    /// The cases that are not placed yet, and the one one is at.
    pub(super) fn not_placed(&mut self, sorted: &Arc<Sorted>, at: Option<CaseId>) -> Arc<[CaseId]> {
        let found = self.open.as_ref().filter(|Open { of: (of, with), .. }| Arc::ptr_eq(of, sorted) && *with == at);
        if let Some(Open { cases, .. }) = found {
            return Arc::clone(cases);
        }
        let listed = sorted.cases.iter().copied().filter(|case| sorted.open.contains(case) || Some(*case) == at);
        let cases: Arc<[CaseId]> = listed.collect();
        self.open = Some(Open { of: (Arc::clone(sorted), at), cases: Arc::clone(&cases) });
        cases
    }

    fn keep_up(&mut self, cx: &mut Cx<'_>) {
        let typologies = cx.study.typologies();
        if self.selected.is_none_or(|id| typologies.get(id).is_none()) {
            self.selected = typologies.in_order().first().map(|first| first.id);
        }
        self.across.take_if(|attribute| cx.study.attributes().get(*attribute).is_none());
        let Some(typology) = self.selected else { return };
        let attribute = self.across;
        if self.asked.as_ref().is_some_and(|(seen, of, across)| seen.is(cx.study) && *of == typology && *across == attribute) {
            return;
        }
        self.asked = Some((Seen::of(cx.study), typology, attribute));
        let study = Arc::clone(cx.study);
        cx.job(
            "types",
            "",
            move |_| Ok(Sorted::of(&study, typology, attribute)),
            move |state, sorted| {
                let tab = &mut state.analyse.typologies;
                (tab.sorted, tab.of) = (Arc::new(sorted), Some(typology));
            },
        );
    }
}

/// What stands beside the name of the view.
pub(in super::super) fn show_head(ui: &mut Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let typologies = cx.study.typologies();
    if let Some(now) = tab.selected.and_then(|id| typologies.get(id)) {
        let button = pick_within(ui, tokens, "Typology", &now.name, ui.available_width() / 2.0);
        menu_below(tokens, &button, |ui| {
            for typology in typologies.in_order() {
                if ui.push_id(typology.id, |ui| menu_choice(ui, tokens, &typology.name, typology.id == now.id, true)).inner.clicked() {
                    tab.go(typology.id);
                    ui.close();
                }
            }
        });
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let roomy = ui.available_width() > tokens.size.inspector_pane;
        let new = Command::NewTypology;
        let pressed = if roomy {
            Button::new(new.title()).icon(icons::PLUS).show(ui, tokens).on_hover_text(new.explained(ui.ctx()))
        } else {
            icon_button_for(ui, tokens, new, true)
        };
        if pressed.clicked() {
            run(ui, tab, cx, new);
        }
        if tab.selected.is_none() {
            return;
        }
        for command in [Command::DeleteTypology, Command::Export] {
            if icon_button_for(ui, tokens, command, true).clicked() {
                if command == Command::Export { cx.run(command) } else { run(ui, tab, cx, command) }
            }
        }
        if roomy {
            let choices = [(false, "All cases"), (true, "Not placed yet")];
            segmented(ui, tokens, "Listed", &choices, &mut tab.only_open, false);
        }
    });
}

/// The share of the width that stands beside the cases.
const BESIDE: f32 = 0.44;

/// Shows the tab.
pub(in super::super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, commands: Vec<Command>) {
    tab.keep_up(cx);
    for command in commands.into_iter().chain(pressed(ui, tab)) {
        run(ui, tab, cx, command);
    }
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    let Some(typology) = tab.selected else {
        let what = "A typology sorts cases by dimensions, each with values of its own: how they see what comes, what help they have. Each \
                    combination of values is a type.";
        if empty(ui, tokens, icons::LAYERS, "No typologies yet", what, Some(Command::NewTypology.title())) {
            run(ui, tab, cx, Command::NewTypology);
        }
        cx.status.hint_command(Command::NewTypology);
        return;
    };
    if let Some(named) = tab.naming.filter(|named| *named == typology) {
        (tab.naming, tab.beside, tab.wants) = (None, Beside::Dimensions, Some(FieldOf::Typology(named)));
    }
    let beside = (whole.width() * BESIDE).clamp(tokens.size.inspector_pane, tokens.size.picker_width + tokens.size.facets_pane);
    let left = Rect::from_min_max(whole.min, pos2(whole.right() - beside, whole.bottom()));
    let right = Rect::from_min_max(left.right_top(), whole.max);
    let foot = if tab.at(cx.study).is_some() { placement::height(tokens).min(left.height() / 2.0) } else { 0.0 };
    let cases = Rect::from_min_max(left.min, pos2(left.right(), left.bottom() - foot));
    ui.scope_builder(UiBuilder::new().max_rect(cases).id_salt("cases"), |ui| {
        ui.set_clip_rect(cases.intersect(ui.clip_rect()));
        placed::show(ui, tab, cx);
    });
    if let Some(at) = tab.at(cx.study) {
        let foot = Rect::from_min_max(cases.left_bottom(), left.max);
        ui.painter().hline(foot.x_range(), foot.top(), tokens.hairline(tokens.colour.line_hair));
        ui.scope_builder(UiBuilder::new().max_rect(foot).id_salt("placement"), |ui| {
            ui.set_clip_rect(foot.intersect(ui.clip_rect()));
            placement::show(ui, tab, fields, cx, at);
        });
    }
    ui.painter().vline(left.right(), left.y_range(), tokens.hairline(tokens.colour.line_hair));
    ui.painter().rect_filled(right, 0.0, tokens.colour.surface_chrome);
    within(ui, right, Layout::top_down(Align::Min), |ui| {
        ui.set_clip_rect(right.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing.y = 0.0;
        tabs(ui, tokens, &[(Beside::Types, "Types"), (Beside::Dimensions, "Dimensions")], &mut tab.beside);
        match tab.beside {
            Beside::Types => types::show(ui, tab, cx),
            Beside::Dimensions => dimensions::show(ui, tab, fields, cx, typology),
        }
    });
    placement::ask_cell(ui, tab, cx);
    status(tab, cx);
}

fn status(tab: &TypologiesTab, cx: &mut Cx<'_>) {
    let types = &tab.sorted.types;
    let placed: usize = types.types.iter().map(|of| of.cases.len()).sum();
    if tab.is_sorted() {
        cx.status.say(format!(
            "{placed} of {} cases in a type, {} unplaced, {} open",
            tab.sorted.cases.len(),
            types.unplaced.len(),
            types.open.len()
        ));
    }
    let of_cells = [Command::EditCell, Command::ClearCell, Command::Unplace, Command::GiveReason, Command::RestOnCell, Command::FillDown];
    let others = [Command::NewDimension, Command::NewTypology];
    let of_cells = if tab.grid.has_focus() { of_cells.as_slice() } else { &[] };
    for command in of_cells.iter().chain(&others) {
        cx.status.hint_command(*command);
    }
}

/// The commands of typologies whose keys were pressed: those that make something wherever the keys go, the others where no field has
/// a use of its own for them.
fn pressed(ui: &Ui, tab: &TypologiesTab) -> Vec<Command> {
    let asked = ui.memory(|memory| memory.top_modal_layer().is_some());
    if asked || tab.grid.is_editing() {
        return Vec::new();
    }
    let typing = ui.ctx().text_edit_focused();
    let keys = KeyMap::of(ui.ctx());
    let works = |command, _| !typing || matches!(command, Command::NewTypology | Command::NewDimension);
    ui.input_mut(|input| keys.pressed(input, Scope::Typologies, works))
}

/// Carries out a command: about the cell one is at, or where the keys go.
pub(super) fn run(ui: &Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>, command: Command) {
    match command {
        Command::NextPane => next_pane(ui, tab, cx.study),
        Command::NewTypology => add_typology(cx),
        command if command.scope() == Scope::Cells => tab.grid.command(command),
        command => match (command, tab.selected, tab.at(cx.study)) {
            (Command::NewDimension, Some(typology), _) => {
                (tab.beside, tab.wants) = (Beside::Dimensions, Some(FieldOf::NewDimension(typology)));
            }
            (Command::DeleteTypology, Some(typology), _) => delete(cx, typology),
            (Command::Unplace, _, Some(at)) => writing::place(cx, vec![(at, None)], "Unplaced"),
            (Command::GiveReason, _, Some(at)) if placement::is_placed(cx, at) => tab.wants = Some(FieldOf::Reason(at.0, at.1)),
            (Command::RestOnCell, _, Some(at)) if placement::is_placed(cx, at) => tab.resting = Some(Resting::new(at)),
            (Command::GiveReason | Command::RestOnCell, _, Some(_)) => {}
            (command, ..) => nothing_here(cx, command),
        },
    }
}

/// Moves the focus on: from the cases to the reason, to the first field beside them.
fn next_pane(ui: &Ui, tab: &mut TypologiesTab, study: &Study) {
    if tab.dimensions(study).is_empty() {
        (tab.beside, tab.wants) = (Beside::Dimensions, tab.selected.map(FieldOf::Typology));
        return;
    }
    let reason = tab.at(study).map(|(case, dimension)| FieldOf::Reason(case, dimension).id());
    let name = tab.selected.filter(|_| tab.beside == Beside::Dimensions).map(|id| FieldOf::Typology(id).id());
    let panes: Vec<Id> = reason.into_iter().chain(name).collect();
    let now = ui.memory(eframe::egui::Memory::focused);
    let next = if tab.grid.has_focus() { panes.first() } else { panes.iter().skip_while(|pane| Some(**pane) != now).nth(1) };
    match next {
        Some(pane) => {
            // The name may be out of sight.
            tab.wants = tab.selected.map(FieldOf::Typology).filter(|name| name.id() == *pane);
            ui.memory_mut(|memory| memory.request_focus(*pane));
        }
        None => tab.grid.take_focus(),
    }
}

/// Makes a typology with a free name and goes to it, to name it.
fn add_typology(cx: &mut Cx<'_>) {
    if !cx.can_edit() {
        return;
    }
    cx.edit_then(
        "Add typology",
        |tx| {
            let most = tx.study().typologies().in_order().len() + 1;
            let free = (1..=most).map(|number| format!("Typology {number}")).find(|name| tx.study().typologies().named(name).is_none());
            tx.add_typology(&free.unwrap_or_default())
        },
        |state, typology| {
            let tab = &mut state.analyse.typologies;
            tab.go(typology);
            tab.naming = Some(typology);
        },
    );
}

/// Asks whether a typology is to be deleted, and does it then.
fn delete(cx: &mut Cx<'_>, typology: TypologyId) {
    let Some(there) = cx.study.typologies().get(typology).filter(|_| cx.project.is_some()) else { return };
    let name = there.name.clone();
    if !cx.can_edit() {
        return;
    }
    let own: Vec<DimensionId> = cx.study.typologies().dimensions_of(typology).into_iter().map(|dimension| dimension.id).collect();
    let count = cx.study.typologies().placements().filter(|it| own.contains(&it.dimension)).count();
    let what = match count {
        0 => "Its dimensions go with it. Undo brings it back.".to_owned(),
        count => format!("Its dimensions and {} of cases go with it. Undo brings it back.", counted(count, "placement", "placements")),
    };
    let delete = Action::edit("Delete typology", move |tx| tx.remove_typology(typology));
    let question = Choice::new(format!("Delete “{name}”?"), vec![Answer::new("Delete typology", delete)]).what(what);
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question))));
}
