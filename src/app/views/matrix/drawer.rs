//! The open cells beside the grid.

use eframe::egui::{CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::grid::GridAct;
use super::pane::{self, Pane, PaneAct};
use super::view::MatrixView;
use crate::app::context::Cx;

/// Shows the panes in `side`, with an edge that can be dragged: the pinned cell first, beside it or below the other.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, view: &mut MatrixView, side: Rect) {
    let tokens = cx.tokens;
    let charted = view.choice.as_ref().is_some_and(|choice| choice.charted);
    let counted = view.counted.clone().filter(|_| !charted);
    let writing = view.chart.writing.clone();
    let (first, second) = match (&view.pinned, &view.pane) {
        (Some(_), Some(_)) if side_by_side(cx, side.width()) => side.split_left_right_at_fraction(0.5),
        (Some(_), Some(_)) => side.split_top_bottom_at_fraction(0.5),
        _ => (side, side),
    };
    let drafts = &mut view.drafts;
    let mut show = |ui: &mut Ui, pane: &mut Pane, rect: Rect, salt: &str| {
        let shown = ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(salt), |ui| {
            ui.set_clip_rect(rect.intersect(ui.clip_rect()));
            pane::show(ui, cx, pane, drafts, (counted.as_deref(), charted, writing.as_ref()))
        });
        let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
        ui.painter().vline(rect.left(), rect.y_range(), edge);
        if rect.top() > side.top() {
            ui.painter().hline(rect.x_range(), rect.top(), edge);
        }
        shown.inner
    };
    let pinned = view.pinned.as_mut().and_then(|pane| show(ui, pane, first, "pinned"));
    let act = view.pane.as_mut().and_then(|pane| show(ui, pane, second, "pane"));
    if let Some(width) = drag_edge(ui, cx, side) {
        view.pane_width = Some(width);
    }
    let read = |pane: &Option<Pane>| pane.as_ref().map(|pane| GridAct::Read(pane.gathering.at.clone()));
    let asked = match (pinned, act) {
        (Some(PaneAct::Close | PaneAct::Pin), _) => {
            view.pinned = None;
            None
        }
        (None, Some(PaneAct::Close)) => {
            view.pane = None;
            None
        }
        (Some(PaneAct::Read), _) => read(&view.pinned),
        (None, Some(PaneAct::Read)) => read(&view.pane),
        (None, Some(PaneAct::Pin)) => Some(GridAct::Pin),
        (Some(PaneAct::Run(command)), _) | (None, Some(PaneAct::Run(command))) => Some(GridAct::Run(command)),
        (None, None) => return,
    };
    let stays = matches!(asked, Some(GridAct::Pin | GridAct::Run(_)));
    if let Some(asked) = asked {
        view.act(cx, asked);
    }
    if !stays {
        view.take_focus();
    }
    ui.ctx().request_repaint();
}

/// The edge between the grid and the panes, moved by the pointer or with the arrows; returns the width it gives the panes.
fn drag_edge(ui: &Ui, cx: &Cx<'_>, side: Rect) -> Option<f32> {
    let tokens = cx.tokens;
    let rect = Rect::from_min_max(side.left_top() - vec2(tokens.space.half, 0.0), side.left_bottom() + vec2(tokens.space.half, 0.0));
    let id = Id::unique("edge of the cells");
    let edge = ui.interact(rect, id, Sense::drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
    edge.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, "Width of the open cells"));
    ui.ctx().accesskit_node_builder(id, |node| node.set_numeric_value(f64::from(side.width().round())));
    let mut moved = edge.drag_delta().x;
    if edge.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
        moved += (presses(Key::ArrowRight) - presses(Key::ArrowLeft)) * tokens.space.eight;
        ui.painter().vline(side.left(), side.y_range(), Stroke::new(tokens.stroke.focus_ring, tokens.colour.accent));
    }
    (moved != 0.0).then(|| side.width() - moved)
}

/// The largest share of the width that open cells have, and that one of them has.
const CELLS_MOST: f32 = 0.6;
const CELL_MOST: f32 = 0.4;

/// How wide the panes are, `chosen` by hand or not.
pub fn width(chosen: Option<f32>, panes: usize, cx: &Cx<'_>, area: Rect) -> f32 {
    let size = &cx.tokens.size;
    let most = area.width() * CELLS_MOST;
    // In a small window the grid keeps the larger part; two panes stand below each other there.
    let one = size.cell_drawer.min(area.width() * CELL_MOST);
    let usual = if panes > 1 && side_by_side(cx, most) { (2.0 * one).min(most) } else { one };
    chosen.unwrap_or(usual).clamp(size.facets_pane.min(most), most)
}

/// Whether there is room for two panes beside each other.
fn side_by_side(cx: &Cx<'_>, width: f32) -> bool {
    width >= cx.tokens.size.cell_drawer + cx.tokens.size.inspector_pane
}
