//! What the signs of the chart mean.

use eframe::egui::{Align, Align2, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{SummarySign, hairline_below, paint_status, paint_summary, paint_words};
use crate::study::StatusKind;

const SIGNS: [(SummarySign, &str); 7] = [
    (SummarySign::Draft, "Draft"),
    (SummarySign::Charted, "Charted"),
    (SummarySign::Reviewed, "Reviewed"),
    (SummarySign::Changed, "Evidence changed"),
    (SummarySign::AskedSaidNothing, "Asked, said nothing"),
    (SummarySign::NotAsked, "Not asked"),
    (SummarySign::NotApplicable, "Not applicable"),
];

const STATUSES: [(StatusKind, &str); 4] =
    [(StatusKind::NotStarted, "not started"), (StatusKind::Reading, "reading"), (StatusKind::Coding, "coding"), (StatusKind::Done, "done")];

/// Shows the signs with what they mean; where there is no room for those of sources they stand together in a second line.
pub fn show(ui: &mut Ui, tokens: &Tokens) {
    let area = ui.available_rect_before_wrap();
    hairline_below(ui, tokens, Rect::from_min_size(area.left_top(), vec2(area.width(), tokens.stroke.hairline)));
    let inside = Rect::from_min_max(area.min + vec2(tokens.space.four, tokens.space.one), area.max - vec2(tokens.space.four, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Min).with_main_wrap(true)), |ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.three, tokens.space.half);
        ui.set_row_height(tokens.size.control_small);
        let colour = &tokens.colour;
        for (sign, means) in SIGNS {
            let loud = matches!(sign, SummarySign::Reviewed | SummarySign::Changed);
            let ink = if loud { colour.sign } else { colour.sign_quiet };
            entry(ui, tokens, means, |ui, rect| {
                paint_summary(ui.painter(), sign, rect.center(), tokens.size.sign, [ink, colour.sign_edge]);
            });
        }
        let width = |ui: &Ui, says: &str| ui.painter().layout_no_wrap(says.to_owned(), tokens.font(Type::Micro), colour.ink).size().x;
        let entries: f32 = STATUSES.iter().map(|(_, means)| entry_width(tokens, width(ui, means)) + tokens.space.three).sum();
        if ui.available_size_before_wrap().x < entries + width(ui, OF_SOURCES) + tokens.space.three {
            ui.end_row();
        }
        let (rect, _) = ui.allocate_exact_size(vec2(width(ui, OF_SOURCES), tokens.size.control_small), Sense::hover());
        let font = tokens.font(Type::Micro);
        paint_words(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, OF_SOURCES, font, colour.ink_tertiary);
        for (status, means) in STATUSES {
            entry(ui, tokens, means, |ui, rect| paint_status(ui.painter(), tokens, rect.center(), status));
        }
    });
}

/// Before the signs of sources.
const OF_SOURCES: &str = "Source:";

/// Width of a sign with `words` points of what it means.
fn entry_width(tokens: &Tokens, words: f32) -> f32 {
    tokens.size.sign + tokens.space.one + tokens.space.half + words
}

/// A sign with what it means, on one line.
fn entry(ui: &mut Ui, tokens: &Tokens, means: &str, paint: impl FnOnce(&Ui, Rect)) {
    let font = tokens.font(Type::Micro);
    let galley = ui.painter().layout_no_wrap(means.to_owned(), font, tokens.colour.ink_secondary);
    let gap = tokens.space.one + tokens.space.half;
    let size = vec2(entry_width(tokens, galley.size().x), tokens.size.control_small);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, means));
    paint(ui, Rect::from_min_size(rect.min, vec2(tokens.size.sign, rect.height())));
    let at = rect.left_center() + vec2(tokens.size.sign + gap, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens.colour.ink_secondary);
}
