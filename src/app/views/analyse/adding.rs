//! The question to which proposition a passage or a cell is to be added.

use eframe::egui::{Rect, Ui};

use super::propositions::{WEIGHTS, status_name};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, decide, head};
use crate::app::tokens::Type;
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::widgets::{fit_width, paint_elided, segmented, words};
use crate::study::{EvidenceOf, PropositionId, Study, Weight};
use crate::text::fold;

/// The proposition that is chosen, or the statement of one to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Into {
    Known(PropositionId),
    New(String),
}

impl Into {
    fn words(&self, study: &Study) -> String {
        match self {
            Self::Known(id) => study.propositions().get(*id).map(|it| it.statement.clone()).unwrap_or_default(),
            Self::New(statement) => format!("New proposition “{statement}”"),
        }
    }
}

/// What is to be added, and to what.
pub struct Adding {
    of: EvidenceOf,
    into: Chooser<Into>,
    weight: Weight,
}

/// Asks to which proposition something is to be added, and how it bears on that.
pub fn ask_to_add(cx: &mut Cx<'_>, of: EvidenceOf) {
    if cx.can_edit() {
        let adding = Adding { of, into: Chooser::default(), weight: Weight::default() };
        cx.actions.push(Action::Show(Box::new(Dialog::Evidence(Box::new(adding)))));
    }
}

/// Shows the question; returns whether it goes on.
pub fn show(ui: &mut Ui, dialog: &mut Adding, cx: &mut Cx<'_>) -> bool {
    let (tokens, study) = (cx.tokens, cx.study);
    fit_width(ui, tokens, tokens.size.picker_width);
    let what = match &dialog.of {
        EvidenceOf::Passage { source, .. } => {
            format!("A passage of {}, with the words it has now.", study.material(*source).map_or("", |material| &material.source.label))
        }
        EvidenceOf::Cell { cell } => format!("The cell {}.", study.crossing_name(cell)),
    };
    head(ui, tokens, "Add to a proposition", &what);
    let choices = WEIGHTS.map(|(weight, name, _)| (weight, name));
    segmented(ui, tokens, "It", &choices, &mut dialog.weight, true);
    let offers = Offers {
        hint: "Find a proposition, or state a new one",
        nothing: "There are no propositions yet: type what this speaks for or against.",
        find: &|filter| find(study, filter),
        name: &|into| into.words(study),
        paint: &|ui: &Ui, rect: Rect, into| {
            let right = rect.right() - tokens.space.two;
            let state = match into {
                Into::Known(id) => study.propositions().get(*id).map_or("", |it| status_name(it.status)),
                Into::New(_) => "",
            };
            let (y, quiet) = (rect.center().y, tokens.colour.ink_tertiary);
            let room = tokens.size.matrix_column;
            paint_elided(ui.painter(), right - room, right, y, state, tokens.font(Type::Small), quiet);
            let end = right - room - tokens.space.two;
            let left = rect.left() + tokens.space.two;
            paint_elided(ui.painter(), left, end, y, &into.words(study), tokens.font(Type::Body), tokens.colour.ink);
        },
    };
    let entered = dialog.into.choose(ui, tokens, study, &offers);
    let there = dialog.into.chosen.as_ref().and_then(|into| already(study, into, &dialog.of));
    if let Some(weight) = there {
        let name = WEIGHTS.iter().find(|(other, ..)| *other == weight).map_or("", |(_, name, _)| name).to_lowercase();
        words(ui, tokens, Type::Small, tokens.colour.ink_secondary, format!("It is there already and {name} it. It is weighed anew."));
    }
    match decide(ui, tokens, "Add", dialog.into.chosen.is_some(), entered) {
        None => true,
        Some(adds) => {
            if let Some(into) = dialog.into.chosen.take().filter(|_| adds) {
                add(cx, into, dialog.weight, dialog.of.clone());
            }
            false
        }
    }
}

/// The propositions that hold the words typed, and what was typed as a new one.
fn find(study: &Study, filter: &str) -> Vec<Into> {
    let typed = filter.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted: Vec<String> = filter.split_whitespace().map(fold).collect();
    let fits = |statement: &str| {
        let folded = fold(statement);
        wanted.iter().all(|word| folded.contains(word))
    };
    let all = study.propositions().in_order();
    let known = all.iter().filter(|it| fits(&it.statement)).map(|it| Into::Known(it.id));
    let is_there = all.iter().any(|it| fold(&it.statement) == fold(&typed));
    let new = (!typed.is_empty() && !is_there).then_some(Into::New(typed));
    known.chain(new).collect()
}

/// How something bears on a proposition already.
fn already(study: &Study, into: &Into, of: &EvidenceOf) -> Option<Weight> {
    let Into::Known(id) = into else { return None };
    study.propositions().evidence_of(*id).into_iter().find(|it| it.of == *of).map(|it| it.weight)
}

fn add(cx: &mut Cx<'_>, into: Into, weight: Weight, of: EvidenceOf) {
    let said = into.words(cx.study);
    cx.edit_then(
        "Add evidence",
        move |tx| {
            let proposition = match into {
                Into::Known(id) => id,
                Into::New(statement) => {
                    let id = PropositionId::new();
                    tx.state_proposition(id, &statement)?;
                    id
                }
            };
            tx.add_evidence(proposition, weight, of).map(|_| ())
        },
        move |state, ()| state.say(format!("Added: {said}")),
    );
}
