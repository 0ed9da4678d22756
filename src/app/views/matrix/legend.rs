use eframe::egui::{Align2, Painter, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::counted::Counted;
use super::sentences;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{hairline_below, paint_hatch, paint_person, paint_words};

/// Shows what tints, figures and signs mean, and what lies outside of the grid.
pub fn show(ui: &mut Ui, tokens: &Tokens, counted: &Counted, page: usize) {
    let area = ui.available_rect_before_wrap();
    let line = Rect::from_min_size(area.left_top(), vec2(area.width(), tokens.stroke.hairline));
    hairline_below(ui, tokens, line);
    ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.half);
    let inside = Rect::from_min_max(area.min + vec2(tokens.space.five, tokens.space.one), area.max - vec2(tokens.space.four, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| ui.horizontal_wrapped(|ui| show_line(ui, tokens, counted, page)));
}

fn show_line(ui: &mut Ui, tokens: &Tokens, counted: &Counted, page: usize) {
    ui.set_row_height(tokens.size.control_small);
    entry(ui, tokens, Vec2::ZERO, "Participants", |_, _| ());
    let ranges = counted.tints.ranges();
    let width = tokens.space.eight + tokens.space.one;
    let (rect, _) = ui.allocate_exact_size(vec2(width * ranges.len() as f32, tokens.size.control_small), Sense::hover());
    for (at, (range, step)) in ranges.iter().zip(&tokens.heat).enumerate() {
        let middle = pos2(rect.left() + width * (at as f32 + 0.5), rect.center().y);
        let swatch = Rect::from_center_size(middle, vec2(width - tokens.space.hair, tokens.space.four));
        ui.painter().rect_filled(swatch, tokens.radius.heat_tile, step.fill);
        paint_words(ui.painter(), middle, Align2::CENTER_CENTER, range, tokens.tabular(Type::Micro), step.text);
    }
    ui.add_space(tokens.space.two);
    sign(ui, tokens, "0", "all done, nothing coded");
    sign(ui, tokens, "3/6…", "sources still open");
    let hatch = Stroke::new(tokens.stroke.hairline, tokens.nobody.hatch);
    let paint = |painter: &Painter, rect: Rect| paint_hatch(painter, rect, rect.min, tokens.space.two, hatch);
    entry(ui, tokens, vec2(tokens.space.six, tokens.space.four), "no such participants", paint);
    let paint = |painter: &Painter, rect: Rect| paint_person(painter, rect.center(), tokens.size.sign, tokens.colour.sign);
    entry(ui, tokens, vec2(tokens.size.sign, tokens.size.sign), "one person or group", paint);
    if counted.matrix.cell(page, None, None).is_some_and(|cell| cell.n.others() > 0) {
        sign(ui, tokens, "+1", "pair or group as one");
    }
    for note in notes(counted, page) {
        entry(ui, tokens, Vec2::ZERO, &note, |_, _| ());
    }
}

/// What a figure means.
fn sign(ui: &mut Ui, tokens: &Tokens, figure: &str, means: &str) {
    let font = tokens.font_in(Type::Micro, family::TABULAR_MEDIUM);
    let galley = ui.painter().layout_no_wrap(figure.to_owned(), font, tokens.colour.ink);
    let size = galley.size();
    entry(ui, tokens, size, means, |painter, rect| {
        painter.galley(rect.min, galley, tokens.colour.ink);
    });
}

/// A sign of this size with what it means; the two stay on one line.
fn entry(ui: &mut Ui, tokens: &Tokens, size: Vec2, means: &str, paint: impl FnOnce(&Painter, Rect)) {
    let ink = tokens.colour.ink_secondary;
    let galley = ui.painter().layout_no_wrap(means.to_owned(), tokens.font(Type::Micro), ink);
    let gap = if size.x > 0.0 { tokens.space.one + tokens.space.half } else { 0.0 };
    let whole = vec2(size.x + gap + galley.size().x + tokens.space.two, tokens.size.control_small);
    let (rect, response) = ui.allocate_exact_size(whole, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, means));
    paint(ui.painter(), Rect::from_center_size(rect.left_center() + vec2(size.x / 2.0, 0.0), size));
    ui.painter().galley(pos2(rect.left() + size.x + gap, rect.center().y - galley.size().y / 2.0), galley, ink);
}

/// What else has to be known to read the figures.
fn notes(counted: &Counted, page: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let columns = counted.matrix.columns.iter().enumerate();
    let mut not_stated = columns.filter(|(_, head)| head.points.iter().any(|point| point.is_not_stated()));
    if let (Some((at, _)), None) = (not_stated.next(), not_stated.next())
        && let Some(cell) = counted.matrix.cell(page, None, Some(at))
    {
        notes.push(format!("“Not stated”: last column, {}", sentences::how_many(cell.n)));
    }
    let wordless = counted.matrix.no_participant_words.len() as u32;
    if wordless > 0 && !counted.matrix.spec.filter.all_voices {
        notes.push(format!("{} without participants’ words not counted", sentences::count(wordless, "coding", "codings")));
    }
    notes
}
