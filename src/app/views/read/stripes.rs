use eframe::egui::{CursorIcon, Id, Popup, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::carried::{Carried, carry};
use super::cluster::Stripe;
use super::drawn::{Drawn, Noted};
use super::labels::{self, explain};
use super::page::{Columns, Page, Shown};
use super::paint::Hues;
use crate::app::tokens::Tokens;
use crate::app::widgets::focus_ring;
use crate::study::{CoderId, CodingId, Study, ThemeId};
use crate::text::Span;

/// What was done with a stripe.
pub enum StripeDeed {
    /// It was clicked.
    Chosen(CodingId),
    /// It was double-clicked: its theme is to be read.
    Opened(ThemeId),
    /// One of its ends was grabbed; whether it is the end.
    Grabbed(CodingId, bool),
    /// Something was let go on it: its theme takes that.
    Took(ThemeId, Carried),
}

/// What the stripes of one frame told.
#[derive(Default)]
pub struct StripesTold {
    /// The stripe under the pointer.
    pub hovered: Option<CodingId>,
    /// What was done.
    pub deed: Option<StripeDeed>,
    /// The stripe whose menu is wanted or open.
    pub menu: Option<Response>,
}

/// What stripes are drawn from.
pub struct Stripes<'a> {
    /// The text.
    pub page: Page<'a>,
    /// Its codings.
    pub drawn: &'a Drawn,
    /// The blocks on screen.
    pub shown: &'a [Shown],
    /// Where the pane stands.
    pub area: Rect,
    /// Where things stand across it.
    pub columns: Columns,
    /// The coding in focus.
    pub focus: Option<CodingId>,
    /// Whose initials need not be told.
    pub me: Option<CoderId>,
    /// The study, for names.
    pub study: &'a Study,
}

impl Stripes<'_> {
    /// Whether the coder who reads has made it.
    pub(super) fn is_mine(&self, stripe: &Stripe) -> bool {
        self.me == Some(stripe.coder)
    }

    /// What is marked and noted on a coding.
    pub(super) fn noted(&self, stripe: &Stripe) -> &Noted {
        const NOTHING: &Noted = &Noted { quoted: false, contrary: None, memos: Vec::new() };
        self.drawn.noted(stripe.coding).unwrap_or(NOTHING)
    }

    /// Any coding can be clicked, one's own be dragged too.
    pub(super) fn sense(&self, stripe: &Stripe) -> Sense {
        if self.is_mine(stripe) { Sense::click_and_drag() } else { Sense::click() }
    }

    /// How many lanes there are.
    pub(super) const fn lanes(tokens: &Tokens) -> usize {
        tokens.size.stripe_lanes_before_counting as usize
    }
}

/// A stripe with its place in this frame.
pub(super) struct Placed<'a> {
    pub(super) stripe: &'a Stripe,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Whether top and bottom are those of the passage and not of the screen.
    capped: (bool, bool),
}

/// Draws the stripes right of the text.
pub fn show(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>) -> StripesTold {
    let mut told = StripesTold::default();
    let (Some(first), Some(last)) = (stripes.shown.first(), stripes.shown.last()) else { return told };
    let on_screen = Span::new(first.block.span.start, last.block.span.end);
    for cluster in stripes.drawn.clusters_in(on_screen) {
        let placed = place(tokens, stripes, &cluster.stripes, on_screen);
        let labelled = labels::show(ui, tokens, hues, stripes, &placed, &mut told);
        // The one in focus last, over the others: it may have no lane of its own.
        let in_focus = |one: &&Placed<'_>| stripes.focus == Some(one.stripe.coding);
        for one in placed.iter().filter(|one| !in_focus(one)).chain(placed.iter().filter(in_focus)) {
            bracket(ui, tokens, hues, stripes, one, labelled.contains(&one.stripe.coding), &mut told);
        }
    }
    told
}

/// Where the stripes of a cluster stand that are on screen.
fn place<'a>(tokens: &Tokens, stripes: &Stripes<'_>, members: &'a [Stripe], on_screen: Span) -> Vec<Placed<'a>> {
    let inset = tokens.stroke.bracket_focused;
    members
        .iter()
        .filter(|stripe| stripe.span.overlaps(on_screen))
        .filter_map(|stripe| {
            let (top, begins) = edge(stripes, stripe.span, false)?;
            let (bottom, ends) = edge(stripes, stripe.span, true)?;
            Some(Placed { stripe, top: top + inset, bottom: bottom - inset, capped: (begins, ends) })
        })
        // A paragraph can be on screen with nothing but its last lines, or the room below them.
        .filter(|one| one.bottom > stripes.area.top() && one.top < stripes.area.bottom())
        .collect()
}

/// Where a passage begins or ends on screen, and whether it does; beyond the screen it is the screen's edge.
fn edge(stripes: &Stripes<'_>, span: Span, end: bool) -> Option<(f32, bool)> {
    let text = stripes.page.text;
    let covering = || stripes.shown.iter().filter(|shown| shown.block.span.overlaps(span));
    let shown = if end { covering().next_back()? } else { covering().next()? };
    let pieces = shown.pieces(text, span);
    let piece = if end { pieces.last() } else { pieces.first() };
    let inside = if end { span.end <= shown.block.span.end } else { span.start >= shown.block.span.start };
    let y = match piece {
        Some(piece) if end => piece.rect.bottom(),
        Some(piece) => piece.rect.top(),
        None if end => shown.bottom(),
        None => shown.at.y,
    };
    // A passage may begin or end in a paragraph that is not on screen at all.
    let first = stripes.shown.first().map_or(0, |first| first.block.span.start);
    let last = stripes.shown.last().map_or(0, |last| last.block.span.end);
    match end {
        false if span.start < first => Some((stripes.area.top() - stripes.area.height(), false)),
        true if span.end > last => Some((stripes.area.bottom() + stripes.area.height(), false)),
        _ => Some((y, inside)),
    }
}

/// Shows a stripe. One that is `labelled`, or in the list of those without room, leaves its name and its place among the keys
/// to that.
fn bracket(
    ui: &mut Ui,
    tokens: &Tokens,
    hues: &mut Hues<'_>,
    stripes: &Stripes<'_>,
    one: &Placed<'_>,
    labelled: bool,
    told: &mut StripesTold,
) {
    let focused = stripes.focus == Some(one.stripe.coding);
    let lanes = Stripes::lanes(tokens);
    if one.stripe.lane >= lanes && !focused {
        return;
    }
    // Without a lane of its own, the one in focus stands in the last, so that its ends can be moved.
    let lane = one.stripe.lane.min(lanes.saturating_sub(1));
    let left = stripes.area.left() + stripes.columns.stripes + tokens.size.stripe_lane * lane as f32;
    let right = left + tokens.stroke.bracket_cap;
    let rect = Rect::from_min_max(pos2(left, one.top), pos2(right, one.bottom));
    let colour = hues.of(one.stripe.theme).stripe;
    let width = if focused { tokens.stroke.bracket_focused } else { tokens.stroke.bracket };
    ui.painter().extend(shapes(tokens, rect, one.capped, Stroke::new(width, colour), one.stripe.unread));
    let id = Id::unique("stripe").with(one.stripe.coding);
    let sense = stripes.sense(one.stripe);
    let sense = if labelled { sense - Sense::FOCUSABLE } else { sense };
    let response = ui.interact(rect.expand2(vec2(tokens.space.half, 0.0)), id, sense);
    if !labelled {
        labels::name(&response, stripes, one.stripe);
    }
    touched(ui, tokens, stripes, &response, one.stripe, told);
    let response = response.on_hover_ui(|ui| explain(ui, tokens, stripes, one.stripe));
    if response.has_focus() {
        focus_ring(ui, tokens, rect.expand(tokens.space.half));
    }
    if !stripes.is_mine(one.stripe) {
        return;
    }
    for (end, y) in [(false, rect.top()), (true, rect.bottom())] {
        let handle = Rect::from_center_size(pos2(rect.center().x, y), vec2(tokens.size.stripe_lane, tokens.space.three));
        let response = ui.interact(handle, id.with(("end", end)), Sense::drag()).on_hover_and_drag_cursor(CursorIcon::ResizeVertical);
        let name = stripes.study.codebook().get(one.stripe.theme).map_or("", |theme| theme.name.as_str());
        let which = if end { "End" } else { "Start" };
        response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("{which} of coding {name}")));
        if response.drag_started() {
            told.deed = Some(StripeDeed::Grabbed(one.stripe.coding, end));
        }
    }
}

/// A stripe as it is painted: its upright, dashed where nobody has read the coding, and caps where the passage begins and ends.
fn shapes(tokens: &Tokens, rect: Rect, capped: (bool, bool), stroke: Stroke, dashed: bool) -> Vec<Shape> {
    let half = stroke.width / 2.0;
    let right = rect.right() - half;
    let upright = [pos2(right, rect.top()), pos2(right, rect.bottom())];
    let mut shapes = if dashed {
        Shape::dashed_line(&upright, stroke, tokens.space.one, tokens.space.half + tokens.space.hair)
    } else {
        vec![Shape::line_segment(upright, stroke)]
    };
    let cap = |y: f32| Shape::hline(rect.left()..=rect.right(), y, stroke);
    shapes.extend(capped.0.then(|| cap(rect.top() + half)));
    shapes.extend(capped.1.then(|| cap(rect.bottom() - half)));
    shapes
}

/// Reads what is done with a stripe or its label: looked at, chosen, opened, carried away, its menu asked for.
pub(super) fn touched(ui: &Ui, tokens: &Tokens, stripes: &Stripes<'_>, response: &Response, stripe: &Stripe, told: &mut StripesTold) {
    if response.hovered() {
        told.hovered = Some(stripe.coding);
    }
    if response.double_clicked() {
        told.deed = Some(StripeDeed::Opened(stripe.theme));
    } else if response.clicked() || response.secondary_clicked() {
        told.deed = Some(StripeDeed::Chosen(stripe.coding));
    }
    if response.secondary_clicked() || Popup::is_id_open(ui.ctx(), Popup::default_response_id(response)) {
        told.menu = Some(response.clone());
    }
    if stripes.is_mine(stripe) {
        let name = stripes.study.codebook().get(stripe.theme).map_or("", |theme| theme.name.as_str());
        carry(ui, tokens, response, Carried::Coding(stripe.coding), name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tokens::Mode;

    #[test]
    fn a_stripe_that_nobody_has_read_is_dashed() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(6.0, 60.0));
        let stroke = Stroke::new(tokens.stroke.bracket, tokens.colour.ink);
        assert_eq!(shapes(&tokens, rect, (true, false), stroke, false).len(), 2, "one line and a cap");
        let dashed = shapes(&tokens, rect, (true, true), stroke, true);
        assert!(dashed.len() > 5, "many short lines and two caps: {}", dashed.len());
        let inked: f32 = dashed.iter().map(|shape| shape.visual_bounding_rect().height() - stroke.width).sum();
        assert!(inked < 45.0, "with gaps between them: {inked}");
    }
}
