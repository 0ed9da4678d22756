//! The search language on one sheet.

use eframe::egui;
use eframe::egui::{Align2, Id, Key, Margin, Modifiers, Order, Ui, vec2};

use super::query_box;
use super::view::SearchView;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{fit_width, icon_button, words};

/// What can be written, and what it means.
const LANGUAGE: [(&str, &str); 15] = [
    ("share form", "both words in one paragraph, in any form: shared, forms"),
    ("protocol OR form", "either"),
    ("form NOT police", "the first without the second; -police says the same"),
    ("(a OR b) c", "parentheses hold together"),
    ("\"share information\"", "these words side by side, in these forms"),
    ("\"share form\"~5", "these words with at most five others between them"),
    ("lead*   *ship   w*d", "any letters where the star stands"),
    ("leader~1", "one letter may differ"),
    ("/lead(er|ing)/", "a regular expression for one word"),
    ("theme:Staffing", "words of the paragraph are coded so, or with a theme below it"),
    ("group:  area:  case:", "who speaks"),
    ("source:  kind:  speaker:", "where it stands; speaker:interviewer for the questions"),
    ("coder:  coded:no  quote:yes", "what coders have done with it; coded:unread what a search has coded"),
    ("in:memos  in:definitions", "search the notes instead of the texts; in:summaries once there are some"),
    ("Date:2024*", "any other attribute of the study, by its name"),
];

/// Closes the sheet with Escape; to be called before the box and the hits, which have a use for that key too.
pub(super) fn take_key(ui: &Ui, view: &mut SearchView) {
    if view.help && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.help = false;
    }
}

/// How many rails wider than a picker the sheet is.
const WIDER: f32 = 2.7;

/// Shows the sheet while it is open.
pub(super) fn show(ui: &Ui, view: &mut SearchView, cx: &Cx<'_>) {
    if !view.help {
        return;
    }
    let tokens = cx.tokens;
    let colour = &tokens.colour;
    let at = ui.max_rect().right_top() + vec2(-tokens.space.five, query_box::height(tokens) - tokens.space.two);
    let mut open = true;
    let area = egui::Area::new(Id::unique("query language")).order(Order::Foreground).pivot(Align2::RIGHT_TOP).fixed_pos(at);
    area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.four as i8)).show(ui, |ui| {
            fit_width(ui, tokens, tokens.size.picker_width + tokens.size.left_rail * WIDER);
            ui.horizontal(|ui| {
                words(ui, tokens, Type::PaneTitle, colour.ink, "Query language");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    open &= !icon_button(ui, tokens, icons::X, "Close the query language", true).clicked();
                });
            });
            let table = egui::Grid::new("language").num_columns(2).spacing(vec2(tokens.space.four, tokens.space.one));
            // As wide as its longest line; in a narrow window it scrolls.
            egui::ScrollArea::horizontal().id_salt("language").show(ui, |ui| {
                table.show(ui, |ui| {
                    for (write, means) in LANGUAGE {
                        let written =
                            egui::RichText::new(write).font(tokens.font_in(Type::Body, family::INTERFACE_MEDIUM)).color(colour.ink);
                        ui.label(written);
                        words(ui, tokens, Type::Body, colour.ink_secondary, means);
                        ui.end_row();
                    }
                });
            });
            ui.add_space(tokens.space.one);
            let note = "Case and accents do not matter. A query is answered for each paragraph. theme: asks about the paragraph, not about \
                        the words found in it.";
            words(ui, tokens, Type::Small, colour.ink_tertiary, note);
        });
    });
    view.help = open;
}
