//! What stands where a query finds nothing: what it could ask for instead, each one press.

use eframe::egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::answer::Way;
use super::view::SearchView;
use super::{empty, narrow};
use crate::app::context::Cx;
use crate::app::numbers::counted;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Button, focus_ring, paint_elided, paint_words, select_fill, words};
use crate::query::Parsed;

/// Shows what to loosen.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (Some(parsed), Some(answer)) = (&view.understood.parsed, &view.answer) else { return };
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    // One of them has a button of its own.
    let wider = narrow::without_conditions(parsed).filter(|wider| answer.ways.iter().any(|way| way.query == *wider));
    let ways: Vec<Way> = answer.ways.iter().filter(|way| wider.as_ref() != Some(&way.query)).cloned().collect();
    let what = says(parsed, wider.is_some(), !ways.is_empty());
    let mut taken = None;
    empty::in_the_middle(ui, tokens, |ui| {
        words(ui, tokens, Type::PaneTitle, colour.ink, "No hits");
        words(ui, tokens, Type::Body, colour.ink_secondary, what);
        ui.add_space(tokens.space.two);
        for way in &ways {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::click());
            let hits = counted(way.total, "hit", "hits");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}, {hits}", way.what)));
            select_fill(ui, tokens, rect, false, &response);
            let at = pos2(rect.right() - tokens.space.two, rect.center().y);
            let count = paint_words(ui.painter(), at, Align2::RIGHT_CENTER, &hits, tokens.tabular(Type::Small), colour.ink_secondary);
            let font = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
            let (left, right) = (rect.left() + tokens.space.two, count.left() - tokens.space.two);
            paint_elided(ui.painter(), left, right, rect.center().y, &way.what, font, colour.accent);
            if response.has_focus() {
                focus_ring(ui, tokens, rect);
            }
            if response.on_hover_text(&way.query).clicked() {
                taken = Some(way.query.clone());
            }
        }
        if let Some(wider) = wider {
            ui.add_space(tokens.space.two);
            if Button::new("Search without the conditions").show(ui, tokens).clicked() {
                taken = Some(wider);
            }
        }
    });
    if let Some(query) = taken {
        view.go_to_query(query, cx);
    }
}

fn says(parsed: &Parsed, has_conditions: bool, has_ways: bool) -> &'static str {
    let only_summaries = parsed.problems.iter().any(|problem| problem.remark && problem.message.starts_with("No summaries"));
    match (only_summaries, has_ways, has_conditions) {
        (true, ..) => "No summaries are written yet: they come with charting. Texts, memos and definitions can be searched.",
        (_, true, _) => "No paragraph has all of this. These ask for a little less:",
        (_, false, true) => "No paragraph has these words under these conditions.",
        (_, false, false) => "No paragraph has these words together. OR finds either, word* other endings, word~1 other spellings.",
    }
}
