//! Cases that go: two that are one, and one that is deleted. What that does is said before.

use eframe::egui::{Rect, Ui};

use super::listing::Count;
use super::view::CasesView;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog, decide, head, modal};
use crate::app::tokens::Type;
use crate::app::views::blind::unseen_goes_too;
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::widgets::{fit_width, paint_elided, words};
use crate::study::{Case, CaseId, Study};
use crate::text::fold;

/// The question into which case another goes.
pub(super) struct Merging {
    from: CaseId,
    into: Chooser<CaseId>,
}

impl Merging {
    pub(super) fn new(from: CaseId) -> Self {
        Self { from, into: Chooser::default() }
    }
}

/// Shows the question into which case one goes, if it is asked.
pub(super) fn show(ui: &Ui, view: &mut CasesView, cx: &mut Cx<'_>) {
    let Some(mut merging) = view.merging.take() else { return };
    let Some(from) = cx.study.case(merging.from) else { return };
    let (answered, left) = modal(ui, cx.tokens, "case question", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        show_question(ui, &mut merging, from, view, cx)
    });
    match (answered, merging.into.chosen) {
        (Some(true), Some(into)) => {
            let from = merging.from;
            cx.edit_then("Merge cases", move |tx| tx.merge_cases(from, into), move |state, ()| state.cases.go(into));
        }
        (Some(_), _) => {}
        (None, _) if left => {}
        (None, _) => view.merging = Some(merging),
    }
}

fn show_question(ui: &mut Ui, merging: &mut Merging, from: &Case, view: &CasesView, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, study) = (cx.tokens, cx.study);
    let what = format!(
        "{} and its memos go to the case you choose, and “{}” is gone.{} Undo brings it back.",
        said(view.listing.count(from.id)),
        from.label,
        unseen_goes_too(study)
    );
    head(ui, tokens, &format!("Merge “{}” into…", from.label), &what);
    let label = |case: &CaseId| study.case(*case).map_or("", |case| &case.label);
    let offers = Offers {
        hint: "Find a case",
        nothing: "No case has these letters.",
        find: &|filter| {
            let wanted = fold(filter.trim());
            let fits = |case: &&Case| case.id != from.id && fold(&case.label).contains(&wanted);
            study.cases_in_order().into_iter().filter(fits).map(|case| case.id).collect()
        },
        name: &|case| label(case).to_owned(),
        paint: &|ui: &Ui, rect: Rect, case| {
            let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.space.two);
            let (y, ink) = (rect.center().y, tokens.colour.ink);
            let end = paint_elided(ui.painter(), left, right, y, label(case), tokens.font(Type::Body), ink);
            let stated = study.case(*case).map(|case| stated(study, case)).unwrap_or_default();
            let left = end + tokens.space.three;
            paint_elided(ui.painter(), left, right, y, &stated, tokens.font(Type::Small), tokens.colour.ink_tertiary);
        },
    };
    let entered = merging.into.choose(ui, tokens, study, &offers);
    let into = merging.into.chosen.and_then(|into| study.case(into));
    if let Some(into) = into {
        for line in lost(study, from, into) {
            words(ui, tokens, Type::Small, tokens.colour.notice_ink, line);
        }
    }
    let button = into.map_or_else(|| "Merge".to_owned(), |into| format!("Merge into “{}”", into.label));
    decide(ui, tokens, &button, into.is_some(), entered)
}

/// All that a case states, in words.
fn stated(study: &Study, case: &Case) -> String {
    let names = case.values.keys().map(|attribute| study.value_names(&case.values, *attribute));
    names.filter(|names| !names.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What of the one is lost because the other states something else, a sentence each.
pub(super) fn lost(study: &Study, from: &Case, into: &Case) -> Vec<String> {
    let differ = from.values.iter().filter(|(attribute, values)| into.values.get(attribute).is_some_and(|kept| kept != *values));
    let sentence = |attribute| {
        let name = &study.attributes().get(attribute)?.name;
        let (kept, lost) = (study.value_names(&into.values, attribute), study.value_names(&from.values, attribute));
        Some(format!("{name}: “{kept}” stays, “{lost}” goes."))
    };
    differ.filter_map(|(attribute, _)| sentence(*attribute)).collect()
}

/// What a case said, in words.
fn said(count: Count) -> String {
    let sources = if count.sources == 1 { "1 source".to_owned() } else { format!("{} sources", count.sources) };
    let codings = if count.codings == 1 { "1 coding".to_owned() } else { format!("{} codings", count.codings) };
    format!("What it said in {sources} ({codings})")
}

/// Asks whether a case is to be deleted, and does it then.
pub(super) fn delete(cx: &mut Cx<'_>, view: &CasesView, case: CaseId) {
    let Some(there) = cx.study.case(case).filter(|_| cx.can_edit()) else { return };
    let count = view.listing.count(case);
    let delete = Action::edit("Delete case", move |tx| tx.remove_case(case));
    let what = match count.sources {
        0 => "It says nothing in any source.".to_owned(),
        _ => format!("{} stays, and is then of a case not stated. To give it to another case, merge the two.", said(count)),
    };
    let placed = if is_placed(cx.study, case) { " Where it was placed in typologies stays as a memo." } else { "" };
    let what = format!("{what}{placed}{}", unseen_goes_too(cx.study));
    let question = Choice::new(format!("Delete “{}”?", there.label), vec![Answer::new("Delete case", delete)]);
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question.what(format!("{what} Undo brings it back."))))));
}

/// Whether the case is placed in a typology.
fn is_placed(study: &Study, case: CaseId) -> bool {
    study.typologies().placements().any(|placement| placement.case == case)
}
