use eframe::egui::{Align2, Color32, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::carried::taken;
use super::cluster::Stripe;
use super::drawn::Noted;
use super::paint::Hues;
use super::stripes::{Placed, StripeDeed, Stripes, StripesTold, touched};
use crate::app::icons;
use crate::app::tokens::{Hue, Tokens, Type, family};
use crate::app::widgets::{elided, focus_ring, menu_below, paint_elided, paint_mark, paint_words, select_fill, words};
use crate::study::{CodingId, Study};

/// Shows the labels of a cluster of stripes, one below the other, and *+n more* for those that have no lane or no room.
/// Returns the codings that can be found there, by a label or a line of the list.
pub fn show(
    ui: &mut Ui,
    tokens: &Tokens,
    hues: &mut Hues<'_>,
    stripes: &Stripes<'_>,
    placed: &[Placed<'_>],
    told: &mut StripesTold,
) -> Vec<CodingId> {
    let lanes = Stripes::lanes(tokens);
    let mut labelled = Vec::new();
    let (drawn, mut hidden): (Vec<_>, Vec<_>) = placed.iter().partition(|one| one.stripe.lane < lanes);
    let height = tokens.line_height(Type::Micro);
    let Some((left, right)) = stripes.columns.labels else {
        // Beside a narrow text there are stripes only; the number stands right of their lanes.
        let left = stripes.area.left() + stripes.columns.stripes + tokens.size.stripe_lane * lanes as f32;
        if let Some(first) = hidden.first() {
            let at = pos2(left, first.top.max(stripes.area.top()) + height / 2.0);
            more(ui, tokens, hues, stripes, &hidden, at, told);
            labelled.extend(hidden.iter().map(|one| one.stripe.coding));
        }
        return labelled;
    };
    let (left, right) = (stripes.area.left() + left, stripes.area.left() + right);
    let bottom = placed.iter().map(|one| one.bottom).fold(f32::MIN, f32::max) + tokens.space.two;
    let last = drawn.last().map(|one| one.stripe.coding);
    let mut free = f32::MIN;
    let mut full = false;
    for one in drawn {
        let top = (one.top - tokens.space.hair).max(free).max(stripes.area.top() + tokens.space.half);
        let nothing_follows = Some(one.stripe.coding) == last && hidden.is_empty();
        let room = top + height <= bottom && (nothing_follows || top + 2.0 * height <= bottom);
        full |= free > f32::MIN && !room;
        if full {
            hidden.push(one);
            continue;
        }
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + height));
        label(ui, tokens, hues, stripes, one.stripe, rect, told);
        labelled.push(one.stripe.coding);
        free = top + height;
    }
    let top = free.max(stripes.area.top());
    if let ([one], true) = (hidden.as_slice(), full) {
        // Its label takes no more room than its number would.
        label(ui, tokens, hues, stripes, one.stripe, Rect::from_min_max(pos2(left, top), pos2(right, top + height)), told);
        labelled.push(one.stripe.coding);
    } else if !hidden.is_empty() {
        more(ui, tokens, hues, stripes, &hidden, pos2(left + tokens.space.three, top + height / 2.0), told);
        labelled.extend(hidden.iter().map(|one| one.stripe.coding));
    }
    labelled
}

/// Shows *+n more*, which opens a list of the `hidden` codings.
fn more(
    ui: &mut Ui,
    tokens: &Tokens,
    hues: &mut Hues<'_>,
    stripes: &Stripes<'_>,
    hidden: &[&Placed<'_>],
    at: Pos2,
    told: &mut StripesTold,
) {
    let Some(first) = hidden.first() else { return };
    let count = hidden.len();
    let short = stripes.columns.labels.is_none();
    let says = if short { format!("+{count}") } else { format!("+{count} more") };
    let font = tokens.font_in(Type::Micro, family::INTERFACE_MEDIUM);
    let galley = ui.painter().layout_no_wrap(says, font, Color32::PLACEHOLDER);
    let rect = Align2::LEFT_CENTER.anchor_size(at, galley.size());
    let id = Id::unique("more codings").with(first.stripe.coding);
    let response = ui.interact(rect.expand2(vec2(tokens.space.half, 0.0)), id, Sense::click());
    let name = if count == 1 { "1 more coding here".to_owned() } else { format!("{count} more codings here") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let ink = if response.hovered() || response.has_focus() { tokens.colour.ink } else { tokens.colour.ink_secondary };
    ui.painter().galley(rect.min, galley, ink);
    if response.has_focus() {
        focus_ring(ui, tokens, response.rect);
    }
    // Opened by a key, the list takes the focus.
    let focused = response.has_focus();
    menu_below(tokens, &response, |ui| {
        for (index, one) in hidden.iter().enumerate() {
            row(ui, tokens, hues, stripes, one.stripe, focused && index == 0, told);
        }
    });
    response.on_hover_text(name);
}

/// A coding in the list of those that have no room.
fn row(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>, stripe: &Stripe, focus: bool, told: &mut StripesTold) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    let (name, initials) = names(stripes.study, stripe);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, format!("Coding {name} by {initials}")));
    select_fill(ui, tokens, rect, false, &response);
    let hue = hues.of(stripe.theme);
    let y = rect.center().y;
    paint_mark(ui.painter(), pos2(rect.left() + tokens.space.three, y), tokens.size.theme_mark, hue.mark, hue.label);
    let (from, mut right) = (rect.left() + tokens.space.six, rect.right() - tokens.space.two);
    if !stripes.is_mine(stripe) {
        let font = tokens.font(Type::MicroStrong);
        right = paint_words(ui.painter(), pos2(right, y), Align2::RIGHT_CENTER, initials, font, tokens.colour.ink_tertiary).left();
    }
    paint_elided(ui.painter(), from, right - tokens.space.one, y, name, tokens.font(Type::Body), tokens.colour.ink);
    if focus {
        response.request_focus();
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.hovered() || response.has_focus() {
        told.hovered = Some(stripe.coding);
    }
    if response.clicked() {
        told.deed = Some(StripeDeed::Chosen(stripe.coding));
        ui.close();
    }
}

/// The names of a coding's theme and, short, of its coder.
fn names<'a>(study: &'a Study, stripe: &Stripe) -> (&'a str, &'a str) {
    let theme = study.codebook().get(stripe.theme).map_or("", |theme| theme.name.as_str());
    let initials = study.coders().get(&stripe.coder).map_or("", |coder| coder.initials.as_str());
    (theme, initials)
}

/// Tells those who do not see it which coding a stripe or label is, and what is marked and noted on it.
pub(super) fn name(response: &Response, stripes: &Stripes<'_>, stripe: &Stripe) {
    response.widget_info(|| {
        let (name, initials) = names(stripes.study, stripe);
        let focused = stripes.focus == Some(stripe.coding);
        WidgetInfo {
            current_text_value: Some(marks(stripe, stripes.noted(stripe))),
            ..WidgetInfo::selected(Role::Button, true, focused, format!("Coding {name} by {initials}"))
        }
    });
}

fn label(ui: &mut Ui, tokens: &Tokens, hues: &mut Hues<'_>, stripes: &Stripes<'_>, stripe: &Stripe, rect: Rect, told: &mut StripesTold) {
    let (name, initials) = names(stripes.study, stripe);
    let response = ui.interact(rect, Id::unique("stripe label").with(stripe.coding), stripes.sense(stripe));
    let focused = stripes.focus == Some(stripe.coding);
    let noted = stripes.noted(stripe);
    self::name(&response, stripes, stripe);
    touched(ui, tokens, stripes, &response, stripe, told);
    let whole = rect.expand2(vec2(tokens.space.half, 0.0));
    if focused || response.hovered() {
        let fill = if focused { tokens.colour.surface_selected } else { tokens.colour.surface_hover };
        ui.painter().rect_filled(whole, Tokens::corner(tokens.radius.highlight), fill);
    }
    if let Some(carried) = taken(ui, tokens, &response, whole) {
        told.deed = Some(StripeDeed::Took(stripe.theme, carried));
    }
    if response.has_focus() {
        focus_ring(ui, tokens, whole);
    }
    paint_label(ui, tokens, hues.of(stripe.theme), noted, rect, name, (!stripes.is_mine(stripe)).then_some(initials));
    response.on_hover_ui(|ui| explain(ui, tokens, stripes, stripe));
}

/// Paints mark, name, another coder's initials and the signs of a coding.
fn paint_label(ui: &Ui, tokens: &Tokens, hue: &Hue, noted: &Noted, rect: Rect, name: &str, initials: Option<&str>) {
    let painter = ui.painter();
    let y = rect.center().y;
    paint_mark(painter, pos2(rect.left() + tokens.space.one, y), tokens.size.theme_mark - tokens.space.hair, hue.mark, hue.label);
    let signs =
        [(noted.quoted, icons::QUOTE), (noted.contrary.is_some(), icons::ARROW_RIGHT_LEFT), (!noted.memos.is_empty(), icons::FILE_TEXT)];
    let icon_font = tokens.small_icon_font(Type::Micro);
    let signs: Vec<char> = signs.into_iter().filter_map(|(on, icon)| on.then_some(icon)).collect();
    let mut room = rect.right() - signs.len() as f32 * (icon_font.size + tokens.space.half);
    let coder =
        initials.map(|initials| elided(painter, initials, tokens.font(Type::MicroStrong), tokens.colour.ink_tertiary, rect.width()));
    room -= coder.as_ref().map_or(0.0, |galley| galley.size().x + tokens.space.one);
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
        paint_words(painter, pos2(x, y), Align2::LEFT_CENTER, sign, icon_font.clone(), tokens.colour.sign_quiet);
        x += icon_font.size + tokens.space.half;
    }
}

/// What is marked and noted on a coding, for those who hear it.
fn marks(stripe: &Stripe, noted: &Noted) -> String {
    let marks = [
        (stripe.unread, "made by a search, not read"),
        (noted.quoted, "chosen for the report"),
        (noted.contrary.is_some(), "contrary"),
        (!noted.memos.is_empty(), "with a memo"),
    ];
    marks.into_iter().filter_map(|(on, says)| on.then_some(says)).collect::<Vec<_>>().join(", ")
}

/// What hovering a stripe tells: path, coder, marks, memos.
pub fn explain(ui: &mut Ui, tokens: &Tokens, stripes: &Stripes<'_>, stripe: &Stripe) {
    let (study, noted) = (stripes.study, stripes.noted(stripe));
    let colour = &tokens.colour;
    words(ui, tokens, Type::BodyStrong, colour.ink, study.codebook().path(stripe.theme));
    let coder = study.coders().get(&stripe.coder).map_or("", |coder| coder.name.as_str());
    words(ui, tokens, Type::Small, colour.ink_secondary, coder);
    if stripe.unread {
        words(ui, tokens, Type::Small, colour.ink_secondary, "Made by a search and not read yet");
    }
    if noted.quoted {
        words(ui, tokens, Type::Small, colour.ink_secondary, "Chosen for the report");
    }
    if let Some(contrary) = &noted.contrary {
        let to = if contrary.is_empty() { "Contrary".to_owned() } else { format!("Contrary to: {contrary}") };
        words(ui, tokens, Type::Small, colour.ink_secondary, to);
    }
    for memo in &noted.memos {
        words(ui, tokens, Type::Small, colour.ink, memo.as_str());
    }
}
