//! The placement one is at: why the case is there, and the cells that rests on.

use eframe::egui::{ScrollArea, Ui, UiBuilder, vec2};

use super::super::fields::{FieldOf, Fields};
use super::UNPLACED;
use super::tab::{TypologiesTab, run};
use super::writing::Spot;
use crate::analysis::typology::At;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::icons;
use crate::app::times::day_and_clock;
use crate::app::tokens::{Tokens, Type};
use crate::app::views::matrix::MatrixPlace;
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{Button, fit_width, small_icon_button, words};
use crate::study::{Crossed, Crossing, Placement};

/// How high it is, in points.
pub(super) fn height(tokens: &Tokens) -> f32 {
    3.0 * tokens.size.control + tokens.line_height(Type::Small) + 2.0 * tokens.space.six
}

/// The question which cell a placement rests on.
pub(super) struct Resting {
    spot: Spot,
    theme: ThemeChoice,
}

impl Resting {
    pub(super) fn new(spot: Spot) -> Self {
        Self { spot, theme: ThemeChoice::default() }
    }
}

/// Whether somebody has placed the case there; says so if not.
pub(super) fn is_placed(cx: &mut Cx<'_>, (case, dimension): Spot) -> bool {
    let placed = cx.study.typologies().placement(dimension, case).is_some();
    if !placed {
        cx.say("Place the case first.");
    }
    placed && cx.can_edit()
}

/// Shows the placement of a case in a dimension.
pub(super) fn show(ui: &mut Ui, tab: &mut TypologiesTab, fields: &mut Fields, cx: &mut Cx<'_>, spot: Spot) {
    let (case, dimension) = spot;
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, colour.surface_chrome);
    let placement = cx.study.typologies().placement(dimension, case).cloned();
    let inside = whole.shrink2(vec2(tokens.space.four, tokens.space.two));
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.one;
        words(ui, tokens, Type::BodyStrong, colour.ink, title(cx, spot, placement.as_ref()));
        let Some(placement) = placement else {
            let what = "Not placed yet. Begin to type one of its values and press Enter; “unplaced” says that it has none of them.";
            words(ui, tokens, Type::Small, colour.ink_tertiary, what);
            return;
        };
        let by = cx.study.coders().get(&placement.coder).map_or("somebody", |coder| coder.name.as_str());
        words(ui, tokens, Type::Small, colour.ink_tertiary, format!("Placed by {by}, {}", day_and_clock(placement.time, cx.now)));
        let of = FieldOf::Reason(case, dimension);
        let field = fields.line(ui, cx, of, "Why it is there", icons::PENCIL);
        if tab.wants == Some(of) {
            tab.wants = None;
            field.request_focus();
        }
        ScrollArea::vertical().id_salt("cells").auto_shrink(false).show(ui, |ui| show_cells(ui, tab, cx, spot, &placement));
    });
}

fn title(cx: &Cx<'_>, (case, dimension): Spot, placement: Option<&Placement>) -> String {
    let label = cx.study.case(case).map_or("", |case| case.label.as_str());
    let Some(of) = cx.study.typologies().dimension(dimension) else { return label.to_owned() };
    let value = match At::of(of, placement) {
        At::Value(value) => of.value_name(value).unwrap_or_default(),
        At::Unplaced => UNPLACED,
        At::Open => "open",
    };
    format!("{label} · {}: {value}", of.name)
}

fn show_cells(ui: &mut Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>, (case, dimension): Spot, placement: &Placement) {
    let tokens = cx.tokens;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.one;
        let rests = if placement.rests_on.is_empty() { "Rests on no cell yet" } else { "Rests on" };
        words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, rests);
        for cell in &placement.rests_on {
            let name = name(cx, cell);
            if !cx.study.has_cell(cell) {
                words(ui, tokens, Type::Small, tokens.colour.notice_ink, format!("{name}, which is gone"));
            } else if Button::new(&name).icon(icons::GRID_3X3).small().show(ui, tokens).clicked() {
                cx.go(MatrixPlace::of(cell));
            }
            if small_icon_button(ui, tokens, icons::X, &format!("It does not rest on {name}")).clicked() && cx.can_edit() {
                let cell = cell.clone();
                cx.edit("Cell of placement", move |tx| tx.rest_on(case, dimension, &cell, false));
            }
        }
        let add = Button::quiet("Add a cell…").icon(icons::PLUS).small().show(ui, tokens);
        if add.on_hover_text(Command::RestOnCell.explained(ui.ctx())).clicked() {
            run(ui, tab, cx, Command::RestOnCell);
        }
    });
}

/// What a cell is called beside its case: the theme, and what it is crossed with where that is not the case.
fn name(cx: &Cx<'_>, cell: &Crossing) -> String {
    match (&cell.of, cx.study.codebook().get(cell.theme)) {
        (Crossed::Case(_), Some(_)) => cx.study.codebook().path(cell.theme),
        _ => cx.study.crossing_name(cell),
    }
}

/// Asks which cell of the case a placement rests on, if that is asked.
pub(super) fn ask_cell(ui: &Ui, tab: &mut TypologiesTab, cx: &mut Cx<'_>) {
    let Some(mut resting) = tab.resting.take() else { return };
    let (case, dimension) = resting.spot;
    let Some(label) = cx.study.case(case).map(|case| case.label.clone()) else { return };
    let cells = cx.study.typologies().placement(dimension, case).map(|it| it.rests_on.clone()).unwrap_or_default();
    let (answered, left) = modal(ui, cx.tokens, "cell of placement", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        head(ui, cx.tokens, "Which cell does it rest on?", &format!("The theme under which {label} says so."));
        let is_new = |theme| !cells.contains(&Crossing { theme, of: Crossed::Case(case) });
        let entered = resting.theme.show(ui, cx.tokens, cx.study, false, is_new);
        decide(ui, cx.tokens, "Add", resting.theme.chosen.is_some(), entered)
    });
    match (answered, &resting.theme.chosen) {
        (Some(true), Some(Choice::Theme(theme))) => {
            let cell = Crossing { theme: *theme, of: Crossed::Case(case) };
            cx.edit("Cell of placement", move |tx| tx.rest_on(case, dimension, &cell, true));
            tab.grid.take_focus();
        }
        (Some(_), _) => tab.grid.take_focus(),
        (None, _) if left => tab.grid.take_focus(),
        (None, _) => tab.resting = Some(resting),
    }
}
