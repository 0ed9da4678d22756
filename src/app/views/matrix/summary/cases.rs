//! Under the cell of several people: what is written of each of them, and who is not in the summary.

use eframe::egui::{Label, Ui};

use super::draft::Draft;
use super::drift::People;
use super::editor::{inset, note};
use super::field::cite_summary;
use super::marks;
use crate::analysis::basis::represented;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::views::matrix::MatrixPlace;
use crate::app::widgets::{Button, section, words};
use crate::study::{CaseId, Crossed, Crossing};

/// Lists the summaries of the cases of a cell, each citable where its own summary can be written, and says who of those that
/// are heard is not represented in it. Returns whether the list is open.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, (cell, people): (&Crossing, &People), mut draft: Option<&mut Draft>, open: bool) -> bool {
    if let Some(draft) = draft.as_deref() {
        show_missing(ui, cx, people, draft);
    }
    let of = |case: CaseId| Crossing { theme: cell.theme, of: Crossed::Case(case) };
    let summaries = people.charted.iter().filter_map(|case| cx.study.summaries().of(&of(*case)).map(|own| (*case, own.clone())));
    let summaries: Vec<_> = summaries.collect();
    if summaries.is_empty() {
        return open;
    }
    let tokens = cx.tokens;
    let open = section(ui, tokens, "Summaries of its cases", &summaries.len().to_string(), open);
    for (case, summary) in summaries.into_iter().filter(|_| open) {
        let label = cx.study.case(case).map(|case| case.label.clone()).unwrap_or_default();
        inset(ui, tokens, |ui| {
            words(ui, tokens, Type::MicroStrong, tokens.colour.ink_secondary, &label);
            ui.add(Label::new(marks::to_read(tokens, &summary.text, ui.available_width())).wrap());
            ui.horizontal(|ui| {
                if Button::quiet("Open").icon(icons::EXTERNAL_LINK).small().show(ui, tokens).clicked() {
                    cx.go(MatrixPlace::of(&of(case)));
                }
                if let Some(draft) = draft.as_deref_mut()
                    && Button::quiet(&format!("Cite {label}")).icon(icons::LINK).small().show(ui, tokens).clicked()
                {
                    cite_summary(draft, case, &summary.text);
                    draft.unkept.changed(ui);
                }
            });
        });
    }
    open
}

/// Who is heard in the cell and is neither cited nor has a summary that is.
fn show_missing(ui: &mut Ui, cx: &mut Cx<'_>, people: &People, draft: &Draft) {
    if draft.now.text.trim().is_empty() || people.heard.is_empty() {
        return;
    }
    let there = represented(cx.study, &draft.now.citations);
    let missing: Vec<CaseId> = people.heard.iter().copied().filter(|case| !there.contains(case)).collect();
    let tokens = cx.tokens;
    if missing.is_empty() {
        return note(ui, cx, "Everybody who is heard here is cited.");
    }
    inset(ui, tokens, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.one;
            let says = format!("{} heard here, not cited:", counted(missing.len(), "person is", "people are"));
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, says);
            for case in missing {
                let Some(label) = cx.study.case(case).map(|case| case.label.clone()) else { continue };
                if Button::quiet(&label).small().show(ui, tokens).clicked() {
                    cx.go(Place::Case(case));
                }
            }
        });
    });
}
