//! What the report needs to know of a quote: told in a menu of its row.

use eframe::egui::{Frame, Id, Margin, Popup, PopupCloseBehavior, Response, Ui};

use super::view::QuotesView;
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Field, checkbox, fit_width, segmented, words};
use crate::app::worker::Edit;
use crate::exchange::export::{consent_name, strength_name};
use crate::project::Access;
use crate::study::{Consent, QuoteFacts, QuoteMarkId, SourceId, Strength, Study};

/// Where a quote is used, while it is written.
#[derive(Default)]
pub struct FactsMenu {
    /// Of which quote, and what the study says.
    of: Option<(SourceId, QuoteMarkId, String)>,
    used_in: String,
}

impl FactsMenu {
    /// The edit that keeps what was written of where a quote is used; none when nothing was.
    pub fn keep(&mut self, study: &Study) -> Option<Edit> {
        let (source, mark, known) = self.of.take()?;
        let used_in = self.used_in.trim().to_owned();
        let facts = study.material(source)?.kept_quote_marks().find(|kept| kept.id == mark)?.facts.clone();
        (used_in != known).then(|| describe(source, mark, QuoteFacts { used_in, ..facts }))
    }
}

fn describe(source: SourceId, mark: QuoteMarkId, facts: QuoteFacts) -> Edit {
    Edit::new("Describe quote", move |tx| tx.describe_quote(source, mark, &facts), |_, ()| ())
}

/// What a quote can stand for, by its name.
pub(super) const STRENGTHS: [(Option<Strength>, &str); 3] =
    [(Some(Strength::Typical), "typical"), (Some(Strength::Vivid), "vivid"), (Some(Strength::Contrary), "contrary")];

/// Whether a quote may be quoted, by its name.
pub(super) const CONSENTS: [(Option<Consent>, &str); 3] =
    [(Some(Consent::NotKnown), "not known"), (Some(Consent::Given), "given"), (Some(Consent::Refused), "refused")];

/// Shows what the button of the selected quote opens; keeps what was written there once it is closed.
pub(super) fn show(view: &mut QuotesView, cx: &mut Cx<'_>, button: Option<&Response>) {
    let tokens = cx.tokens;
    let popup = button.map(Popup::menu).map(|popup| popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).gap(tokens.space.half));
    let shown = popup.and_then(|popup| {
        popup.show(|ui| {
            fit_width(ui, tokens, tokens.size.inspector_pane);
            Frame::NONE.inner_margin(Margin::same(tokens.space.two as i8)).show(ui, |ui| show_facts(ui, view, cx));
        })
    });
    if shown.is_none() {
        cx.actions.extend(view.facts.keep(cx.study).map(Action::Edit));
    }
}

fn show_facts(ui: &mut Ui, view: &mut QuotesView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(entry) = view.at_hand().cloned() else { return };
    if cx.project.is_none_or(|project| project.access == Access::Read) {
        ui.disable();
    }
    ui.spacing_mut().item_spacing.y = tokens.space.one;
    let (mark, known) = (entry.quote.mark, entry.quote.facts);
    let mut facts = known.clone();
    let heading = |ui: &mut Ui, said: &str| _ = words(ui, tokens, Type::MicroStrong, tokens.colour.ink_tertiary, said);
    heading(ui, "Among what is said of it");
    let [typical, vivid, contrary] = STRENGTHS;
    segmented(ui, tokens, "Strength", &[(None, "not said"), typical, vivid, contrary], &mut facts.strength, false);
    heading(ui, "Consent to be quoted");
    let mut consent = Some(facts.consent);
    segmented(ui, tokens, "Consent", &CONSENTS, &mut consent, false);
    facts.consent = consent.unwrap_or_default();
    checkbox(ui, tokens, &mut facts.checked, "Looked for identifying details");
    heading(ui, "Used in");
    let menu = &mut view.facts;
    let source = entry.quote.source;
    let of = Some((source, mark, known.used_in.clone()));
    if menu.of != of {
        menu.used_in.clone_from(&known.used_in);
        menu.of = of;
    }
    let field = Field::new(Id::unique("where a quote is used"), "Chapter or article", icons::PENCIL).name("Used in");
    if field.show(ui, tokens, &mut menu.used_in).lost_focus() {
        menu.used_in.trim().clone_into(&mut facts.used_in);
    }
    if facts != known && cx.can_edit() {
        cx.actions.push(Action::Edit(describe(source, mark, facts)));
    }
}

/// What is known of a quote, in words.
pub(super) fn said(facts: &QuoteFacts) -> Vec<String> {
    let QuoteFacts { strength, consent, checked, used_in } = facts;
    let parts = [
        strength.map(|strength| strength_name(strength).to_owned()),
        (*consent != Consent::NotKnown).then(|| format!("consent {}", consent_name(*consent))),
        checked.then(|| "details looked for".to_owned()),
        (!used_in.is_empty()).then(|| format!("used in {used_in}")),
    ];
    parts.into_iter().flatten().collect()
}
