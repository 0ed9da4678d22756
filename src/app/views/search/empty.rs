//! What stands where nothing is asked yet: examples, and what is kept under a name.

use eframe::egui::{Align2, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::saved;
use super::view::SearchView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, focus_ring, paint_words, select_fill, words};
use crate::query::Query;

/// Queries to begin with, and what they find.
const EXAMPLES: [(&str, &str); 5] = [
    ("share", "share, shared, sharing"),
    ("\"share information\"~5", "both words, at most five others between them"),
    ("(protocol OR form*) NOT police", "either, without the third"),
    ("coded:no speaker:participant", "what no theme stands on yet"),
    ("in:memos OR in:definitions", "every memo and definition"),
];

/// How much of its row an example takes, before what it finds.
const QUERY_SHARE: f32 = 0.46;

/// Shows what can be asked.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    if cx.study.materials().is_empty() {
        let what = "Import transcripts or reports; every word of them can then be found here.";
        if crate::app::widgets::empty(ui, tokens, icons::SEARCH, "There is nothing to search yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
        return;
    }
    if !view.query.trim().is_empty() {
        show_unreadable(ui, view, cx);
        return;
    }
    in_the_middle(ui, tokens, |ui| {
        words(ui, tokens, Type::PaneTitle, colour.ink, "Find words in all sources");
        let what = format!(
            "Hits appear as you type. {} are searched. Try one of these:",
            counted(cx.study.materials().len(), "source", "sources")
        );
        words(ui, tokens, Type::Body, colour.ink_secondary, what);
        ui.add_space(tokens.space.two);
        for (query, finds) in EXAMPLES {
            if show_example(ui, cx, query, finds) {
                view.set_query(query.to_owned());
                view.focus_box();
            }
        }
        ui.add_space(tokens.space.two);
        if Button::quiet("The whole query language").keys(&Command::QueryLanguage.key_names(ui.ctx())).show(ui, tokens).clicked() {
            view.help = true;
        }
        saved::show_list(ui, view, cx);
    });
}

/// Shows something of one width in the middle of the room there is, a little above its centre.
pub(super) fn in_the_middle(ui: &mut Ui, tokens: &Tokens, show: impl FnOnce(&mut Ui)) {
    let width = (tokens.size.picker_width + tokens.size.left_rail).min(ui.available_width() - 2.0 * tokens.space.four);
    let left = (ui.available_width() - width) / 2.0;
    let area = ui.available_height();
    ScrollArea::vertical().id_salt("in the middle").auto_shrink(false).show(ui, |ui| {
        ui.add_space((area / 4.0 - tokens.space.eight).max(tokens.space.four));
        ui.horizontal(|ui| {
            ui.add_space(left.max(0.0));
            ui.vertical(|ui| {
                ui.set_width(width);
                show(ui);
            });
        });
    });
}

/// Says why a query that is not empty finds nothing yet; nothing while its answer is on its way.
fn show_unreadable(ui: &mut Ui, view: &SearchView, cx: &Cx<'_>) {
    let parsed = view.understood.parsed.as_ref().filter(|parsed| parsed.query == Query::Nothing);
    if let Some(problem) = parsed.and_then(|parsed| parsed.problems.first()) {
        crate::app::widgets::empty(ui, cx.tokens, icons::SEARCH, "Nothing to look for yet", &problem.message, None);
    }
}

fn show_example(ui: &mut Ui, cx: &Cx<'_>, query: &str, finds: &str) -> bool {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Search for {query}")));
    select_fill(ui, tokens, rect, false, &response);
    let at = rect.left_center() + vec2(tokens.space.two, 0.0);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, query, tokens.font_in(Type::Body, family::INTERFACE_MEDIUM), colour.accent);
    let at = pos2(rect.left() + rect.width() * QUERY_SHARE, rect.center().y);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, finds, tokens.font(Type::Small), colour.ink_tertiary);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.clicked()
}
