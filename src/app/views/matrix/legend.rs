use eframe::egui::{Align2, Color32, Label, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

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
    let colour = &tokens.colour;
    ui.set_row_height(tokens.size.control_small);
    words(ui, tokens, Type::Micro, colour.ink_secondary, "Participants");
    let ranges = counted.tints.ranges();
    let width = tokens.space.eight + tokens.space.one;
    let (rect, _) = ui.allocate_exact_size(vec2(width * ranges.len() as f32, tokens.size.control_small), Sense::hover());
    for (at, (range, step)) in ranges.iter().zip(&tokens.heat).enumerate() {
        let middle = pos2(rect.left() + width * (at as f32 + 0.5), rect.center().y);
        let swatch = Rect::from_center_size(middle, vec2(width - tokens.space.hair, tokens.space.four));
        ui.painter().rect_filled(swatch, tokens.radius.heat_tile, step.fill);
        paint_words(ui.painter(), middle, Align2::CENTER_CENTER, range, tokens.tabular(Type::Micro), step.text);
    }
    entry(ui, tokens, "0", "all done, nothing coded");
    entry(ui, tokens, "3/6…", "sources still open");
    ui.add_space(tokens.space.two);
    let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.six, tokens.space.four), Sense::hover());
    let hatch = eframe::egui::Stroke::new(tokens.stroke.hairline, tokens.nobody.hatch);
    paint_hatch(ui.painter(), rect, rect.min, tokens.space.two, hatch);
    words(ui, tokens, Type::Micro, colour.ink_secondary, "no such participants");
    ui.add_space(tokens.space.two);
    let (rect, _) = ui.allocate_exact_size(vec2(tokens.size.sign, tokens.size.sign), Sense::hover());
    paint_person(ui.painter(), rect.center(), tokens.size.sign, colour.sign);
    words(ui, tokens, Type::Micro, colour.ink_secondary, "rests on one person or group");
    if counted.matrix.cell(page, None, None).is_some_and(|cell| cell.n.others() > 0) {
        entry(ui, tokens, "+1", "pair, group or interview that answers as one");
    }
    for note in notes(counted, page) {
        ui.add_space(tokens.space.two);
        words(ui, tokens, Type::Micro, colour.ink_tertiary, note);
    }
}

/// Words that go to the next line as a whole.
fn words(ui: &mut Ui, tokens: &Tokens, kind: Type, colour: Color32, says: impl Into<String>) {
    ui.add(Label::new(RichText::new(says.into()).font(tokens.font(kind)).color(colour)).extend());
}

fn entry(ui: &mut Ui, tokens: &Tokens, sign: &str, means: &str) {
    ui.add_space(tokens.space.two);
    let font = tokens.font_in(Type::Micro, family::TABULAR_MEDIUM);
    ui.label(RichText::new(sign).font(font).color(tokens.colour.ink));
    words(ui, tokens, Type::Micro, tokens.colour.ink_secondary, means);
}

/// What else has to be known to read the figures.
fn notes(counted: &Counted, page: usize) -> Vec<String> {
    let mut notes = vec!["Totals count each person once.".to_owned()];
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
