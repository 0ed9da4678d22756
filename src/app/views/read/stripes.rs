use eframe::egui::{Color32, CursorIcon, Id, LayerId, Order, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::drawn::{Drawn, Stripe};
use super::page::{Columns, Page, Shown};
use super::paint::Hues;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{elided, paint_mark, paint_words};
use crate::study::{CoderId, CodingId, Study, ThemeId};
use crate::text::{Span, lanes};

/// What was done with a stripe.
pub enum StripeDeed {
    /// It was clicked.
    Chosen(CodingId),
    /// It was double-clicked: its theme is to be read.
    Opened(ThemeId),
    /// One of its ends was grabbed; whether it is the end.
    Grabbed(CodingId, bool),
}

/// What the stripes of one frame told.
#[derive(Default)]
pub struct StripesTold {
    /// The stripe under the pointer.
    pub hovered: Option<CodingId>,
    /// What was done.
    pub deed: Option<StripeDeed>,
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
    fn is_mine(&self, stripe: &Stripe) -> bool {
        self.me == Some(stripe.coder)
    }

    /// Any coding can be clicked, one's own be dragged too.
    fn sense(&self, stripe: &Stripe) -> Sense {
        if self.is_mine(stripe) { Sense::click_and_drag() } else { Sense::click() }
    }
}

/// A stripe with its place in this frame.
struct Placed<'a> {
    stripe: &'a Stripe,
    top: f32,
    bottom: f32,
    /// Whether top and bottom are those of the passage and not of the screen.
    capped: (bool, bool),
    lane: usize,
}

/// Draws the stripes right of the text.
pub fn show(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>) -> StripesTold {
    let mut told = StripesTold::default();
    let (Some(first), Some(last)) = (stripes.shown.first(), stripes.shown.last()) else { return told };
    let on_screen = Span::new(first.block.span.start, last.block.span.end);
    for members in stripes.drawn.clusters_in(on_screen) {
        let placed = place(tokens, stripes, members, on_screen);
        for one in &placed {
            bracket(ui, tokens, hues, stripes, one, &mut told);
        }
        labels(ui, tokens, hues, stripes, &placed, &mut told);
    }
    told
}

/// Gives every stripe of a cluster its lane: no two in a lane share a line.
fn place<'a>(tokens: &Tokens, stripes: &Stripes<'_>, members: &'a [Stripe], on_screen: Span) -> Vec<Placed<'a>> {
    let inset = tokens.stroke.bracket_focused;
    let mut placed: Vec<Placed<'a>> = members
        .iter()
        .filter(|stripe| stripe.span.overlaps(on_screen))
        .filter_map(|stripe| {
            let (top, begins) = edge(stripes, stripe.span, false)?;
            let (bottom, ends) = edge(stripes, stripe.span, true)?;
            Some(Placed { stripe, top: top + inset, bottom: bottom - inset, capped: (begins, ends), lane: 0 })
        })
        .collect();
    // Half points as if they were bytes.
    let half = |y: f32| ((y - stripes.area.top() + 10_000.0) * 2.0) as u32;
    let lines: Vec<Span> = placed.iter().map(|one| Span::new(half(one.top), half(one.bottom).max(half(one.top) + 1))).collect();
    for (one, lane) in placed.iter_mut().zip(lanes(&lines)) {
        one.lane = lane;
    }
    placed
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

fn bracket(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>, one: &Placed<'_>, told: &mut StripesTold) {
    if one.lane >= tokens.size.stripe_lanes_before_counting as usize {
        return;
    }
    let left = stripes.area.left() + stripes.columns.stripes + tokens.size.stripe_lane * one.lane as f32;
    let right = left + tokens.stroke.bracket_cap;
    let rect = Rect::from_min_max(pos2(left, one.top), pos2(right, one.bottom));
    let focused = stripes.focus == Some(one.stripe.coding);
    let colour = hues.of(one.stripe.theme).stripe;
    let width = if focused { tokens.stroke.bracket_focused } else { tokens.stroke.bracket };
    paint_bracket(ui, rect, one.capped, Stroke::new(width, colour), one.stripe.unread, tokens);
    let id = Id::unique("stripe").with(one.stripe.coding);
    let response = ui.interact(rect.expand2(vec2(tokens.space.half, 0.0)), id, stripes.sense(one.stripe));
    touched(&response, one.stripe, told);
    carry(ui, tokens, stripes, &response, one.stripe);
    if !stripes.is_mine(one.stripe) {
        return;
    }
    for (end, y) in [(false, rect.top()), (true, rect.bottom())] {
        let handle = Rect::from_center_size(pos2(rect.center().x, y), vec2(tokens.size.stripe_lane, tokens.space.three));
        let response = ui.interact(handle, id.with(end), Sense::drag()).on_hover_and_drag_cursor(CursorIcon::ResizeVertical);
        let name = stripes.study.codebook().get(one.stripe.theme).map_or("", |theme| theme.name.as_str());
        let which = if end { "End" } else { "Start" };
        response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("{which} of coding {name}")));
        if response.drag_started() {
            told.deed = Some(StripeDeed::Grabbed(one.stripe.coding, end));
        }
    }
}

/// A coding of one's own that is dragged on to a theme gets that theme. Its name goes with the pointer.
fn carry(ui: &Ui, tokens: &Tokens, stripes: &Stripes<'_>, response: &Response, stripe: &Stripe) {
    response.dnd_set_drag_payload(stripe.coding);
    let Some(pos) = ui.input(|input| input.pointer.latest_pos()).filter(|_| response.dragged()) else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let name = stripes.study.codebook().get(stripe.theme).map_or("", |theme| theme.name.as_str());
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, response.id));
    let galley = elided(&painter, name, tokens.font(Type::Small), tokens.colour.ink, tokens.size.sources_pane);
    let at = pos + vec2(tokens.space.four, tokens.space.three);
    let tag = Rect::from_min_size(at, galley.size()).expand2(vec2(tokens.space.two, tokens.space.one));
    let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_strong);
    painter.rect(tag, Tokens::corner(tokens.radius.control), tokens.colour.surface_paper, edge, StrokeKind::Inside);
    painter.galley(at, galley, tokens.colour.ink);
}

fn paint_bracket(ui: &Ui, rect: Rect, capped: (bool, bool), stroke: Stroke, dashed: bool, tokens: &Tokens) {
    let painter = ui.painter();
    let half = stroke.width / 2.0;
    let right = rect.right() - half;
    let upright = [pos2(right, rect.top()), pos2(right, rect.bottom())];
    if dashed {
        painter.extend(eframe::egui::Shape::dashed_line(&upright, stroke, tokens.space.one, tokens.space.half + tokens.space.hair));
    } else {
        painter.line_segment(upright, stroke);
    }
    if capped.0 {
        painter.hline(rect.left()..=rect.right(), rect.top() + half, stroke);
    }
    if capped.1 {
        painter.hline(rect.left()..=rect.right(), rect.bottom() - half, stroke);
    }
}

fn touched(response: &Response, stripe: &Stripe, told: &mut StripesTold) {
    if response.hovered() {
        told.hovered = Some(stripe.coding);
    }
    if response.double_clicked() {
        told.deed = Some(StripeDeed::Opened(stripe.theme));
    } else if response.clicked() {
        told.deed = Some(StripeDeed::Chosen(stripe.coding));
    }
}

fn labels(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>, placed: &[Placed<'_>], told: &mut StripesTold) {
    let Some((left, right)) = stripes.columns.labels else { return };
    let (left, right) = (stripes.area.left() + left, stripes.area.left() + right);
    let height = tokens.line_height(Type::Micro);
    let bottom = placed.iter().map(|one| one.bottom).fold(f32::MIN, f32::max) + tokens.space.two;
    let mut free = f32::MIN;
    let mut more = 0;
    for one in placed {
        let top = (one.top - tokens.space.hair).max(free).max(stripes.area.top() + tokens.space.half);
        let room_for_two =
            top + 2.0 * height <= bottom || one.stripe.coding == placed.last().map_or(one.stripe.coding, |last| last.stripe.coding);
        if more > 0 || (free > f32::MIN && !(room_for_two && top + height <= bottom)) {
            more += 1;
            continue;
        }
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + height));
        label(ui, tokens, hues, stripes, one.stripe, rect, told);
        free = top + height;
    }
    if more > 0 {
        let at = pos2(left + tokens.space.three, free + height / 2.0);
        let font = tokens.font_in(Type::Micro, family::INTERFACE_MEDIUM);
        paint_words(ui.painter(), at, eframe::egui::Align2::LEFT_CENTER, format!("+{more} more"), font, tokens.colour.ink_tertiary);
    }
}

fn label(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>, stripe: &Stripe, rect: Rect, told: &mut StripesTold) {
    let study = stripes.study;
    let hue = hues.of(stripe.theme);
    let name = study.codebook().get(stripe.theme).map_or("", |theme| theme.name.as_str());
    let initials = study.coders().get(&stripe.coder).map_or("", |coder| coder.initials.as_str());
    let theirs = !stripes.is_mine(stripe);
    let response = ui.interact(rect, Id::unique("stripe label").with(stripe.coding), stripes.sense(stripe));
    let focused = stripes.focus == Some(stripe.coding);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, focused, format!("Coding {name} by {initials}")));
    touched(&response, stripe, told);
    carry(ui, tokens, stripes, &response, stripe);
    let painter = ui.painter();
    if focused || response.hovered() {
        let fill = if focused { tokens.colour.surface_selected } else { tokens.colour.surface_hover };
        painter.rect_filled(rect.expand2(vec2(tokens.space.half, 0.0)), Tokens::corner(tokens.radius.highlight), fill);
    }
    let y = rect.center().y;
    paint_mark(painter, pos2(rect.left() + tokens.space.one, y), tokens.size.theme_mark - tokens.space.hair, hue.mark, hue.label);
    let signs =
        [(stripe.quoted, icons::QUOTE), (stripe.contrary.is_some(), icons::ARROW_RIGHT_LEFT), (!stripe.memos.is_empty(), icons::FILE_TEXT)];
    let icon_font = tokens.small_icon_font(Type::Micro);
    let signs: Vec<char> = signs.into_iter().filter_map(|(on, icon)| on.then_some(icon)).collect();
    let mut room = rect.right() - signs.len() as f32 * (icon_font.size + tokens.space.half);
    let mut coder = None;
    if theirs {
        let galley = elided(painter, initials, tokens.font(Type::MicroStrong), tokens.colour.ink_tertiary, rect.width());
        room -= galley.size().x + tokens.space.one;
        coder = Some(galley);
    }
    let from = rect.left() + tokens.space.three;
    let galley = elided(painter, name, tokens.font_in(Type::Micro, family::INTERFACE_MEDIUM), hue.label, room - from);
    let mut x = from + galley.size().x + tokens.space.one;
    painter.galley(pos2(from, y - galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
    if let Some(galley) = coder {
        let width = galley.size().x;
        painter.galley(pos2(x, y - galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
        x += width + tokens.space.one;
    }
    for sign in signs {
        paint_words(painter, pos2(x, y), eframe::egui::Align2::LEFT_CENTER, sign, icon_font.clone(), tokens.colour.sign_quiet);
        x += icon_font.size + tokens.space.half;
    }
    response.on_hover_ui(|ui| explain(ui, tokens, study, stripe));
}

/// What hovering a stripe tells: path, coder, marks, memos.
fn explain(ui: &mut Ui, tokens: &Tokens, study: &Study, stripe: &Stripe) {
    use crate::app::widgets::words;
    let colour = &tokens.colour;
    words(ui, tokens, Type::BodyStrong, colour.ink, study.codebook().path(stripe.theme));
    let coder = study.coders().get(&stripe.coder).map_or("", |coder| coder.name.as_str());
    words(ui, tokens, Type::Small, colour.ink_secondary, coder);
    if stripe.unread {
        words(ui, tokens, Type::Small, colour.notice_ink, "Made by a search and not read yet");
    }
    if stripe.quoted {
        words(ui, tokens, Type::Small, colour.ink_secondary, "Chosen for the report");
    }
    if let Some(contrary) = &stripe.contrary {
        let to = if contrary.is_empty() { "Contrary".to_owned() } else { format!("Contrary to: {contrary}") };
        words(ui, tokens, Type::Small, colour.ink_secondary, to);
    }
    for memo in &stripe.memos {
        words(ui, tokens, Type::Small, colour.ink, memo.as_str());
    }
}
