//! What a copy brings, in words and as a small table.

use eframe::egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::numbers::{counted, grouped};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{hairline_below, paint_elided, paint_words, words};
use crate::project::{CodingsComing, Coming};

/// The most of the window's height that all of it takes; more scrolls.
const MOST_HEIGHT: f32 = 0.42;

/// How many edits come from whom: “12 edits by Ravi, 1 edit by Isla”.
pub(super) fn edits(coming: &Coming) -> String {
    let of = |(name, count): (&String, &usize)| format!("{} by {name}", counted(*count, "edit", "edits"));
    let all: Vec<String> = coming.edits.iter().map(of).collect();
    if all.is_empty() { "No new edits".to_owned() } else { all.join(", ") }
}

/// That there is nothing new.
pub(super) fn nothing(coming: &Coming) -> String {
    format!("Nothing new in {}: all that is in it is here already.", coming.whose())
}

/// How many summaries wait.
pub(super) fn to_settle(coming: &Coming) -> String {
    match coming.to_settle.len() {
        1 => "1 summary waits to be settled: both versions are kept.".to_owned(),
        count => format!("{} summaries wait to be settled: both versions of each are kept.", grouped(count)),
    }
}

/// Shows it; to whoever works `blind` not what a colleague did, but how much came.
pub(super) fn show(ui: &mut Ui, tokens: &Tokens, coming: &Coming, blind: bool) {
    let colour = &tokens.colour;
    if coming.is_nothing() {
        words(ui, tokens, Type::Body, colour.ink, nothing(coming));
        return;
    }
    words(ui, tokens, Type::BodyStrong, colour.ink, format!("In {}: {}", coming.whose(), edits(coming)));
    if blind {
        words(ui, tokens, Type::Body, colour.ink_secondary, "What they did is not shown while you work blind.");
        return;
    }
    let height = (ui.ctx().content_rect().height() * MOST_HEIGHT).max(tokens.size.row);
    let area = ScrollArea::vertical().id_salt("coming").max_height(height).auto_shrink([false, true]);
    area.show(ui, |ui| {
        if coming.again > 0 {
            words(ui, tokens, Type::Body, colour.ink, "It was brought back before and taken back again; that comes back too.");
        }
        if !coming.codings.is_empty() {
            show_codings(ui, tokens, coming);
        }
        for (what, labels) in [("Sources that come", &coming.sources), ("Texts that were corrected", &coming.corrected)] {
            if !labels.is_empty() {
                words(ui, tokens, Type::Body, colour.ink, format!("{what}: {}", labels.join(", ")));
            }
        }
        if !coming.to_settle.is_empty() {
            words(ui, tokens, Type::Body, colour.ink, to_settle(coming));
        }
        if !coming.conflicts.is_empty() {
            ui.add_space(tokens.space.one);
            words(ui, tokens, Type::BodyStrong, colour.ink, "What could not all be kept");
            for conflict in &coming.conflicts {
                words(ui, tokens, Type::Body, colour.ink_secondary, conflict.sentence.as_str());
            }
        }
    });
}

/// The heads of the numbers.
const HEADS: [&str; 3] = ["added", "changed", "removed"];

/// What becomes of the codings of each theme.
fn show_codings(ui: &mut Ui, tokens: &Tokens, coming: &Coming) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        line(ui, tokens, "Codings of", HEADS.map(str::to_owned), true);
        for (theme, CodingsComing { added, changed, removed }) in &coming.codings {
            let numbers = [added, changed, removed].map(|number| if *number == 0 { "–".to_owned() } else { grouped(*number) });
            let rect = line(ui, tokens, theme, numbers, false);
            let spoken = format!("{theme}: {added} added, {changed} changed, {removed} removed");
            let id = ui.scope_id().with(("coming", theme));
            ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Row, true, &spoken));
        }
    });
    ui.add_space(tokens.space.one);
}

/// A line of the table: a name at the left, numbers at the right.
fn line(ui: &mut Ui, tokens: &Tokens, name: &str, numbers: [String; 3], is_head: bool) -> Rect {
    let colour = &tokens.colour;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control_small), Sense::hover());
    let (font, ink) = if is_head {
        (tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD), colour.ink_secondary)
    } else {
        (tokens.font(Type::Body), colour.ink)
    };
    let column = tokens.size.left_rail + tokens.space.two;
    // Beside the thumb of the scroll bar.
    let right = rect.right() - tokens.space.four;
    let left = right - column * HEADS.len() as f32;
    paint_elided(ui.painter(), rect.left(), left, rect.center().y, name, font.clone(), ink);
    for (number, at) in numbers.into_iter().zip((0..HEADS.len()).rev()) {
        let font = if is_head { font.clone() } else { tokens.tabular(Type::Body) };
        paint_words(ui.painter(), pos2(right - column * at as f32, rect.center().y), Align2::RIGHT_CENTER, number, font, ink);
    }
    hairline_below(ui, tokens, rect);
    rect
}
