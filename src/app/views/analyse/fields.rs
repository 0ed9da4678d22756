//! Fields of the study that are written in place: kept when they are left, and those of many words while they are written.

use std::collections::BTreeMap;

use eframe::egui::{self, Id, Key, Margin, Response, TextEdit, Ui};
use uuid::Uuid;

use crate::app::context::{Action, Cx};
use crate::app::state::State;
use crate::app::tokens::{Type, family};
use crate::app::user_error::UserError;
use crate::app::views::unkept::Unkept;
use crate::app::widgets::{Field, words};
use crate::app::worker::{Edit, group_of};
use crate::project::{Access, EditError, Tx};
use crate::study::{CaseId, DimensionId, DimensionValueId, EvidenceId, PropositionId, Study, TypologyId};

/// What a field is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FieldOf {
    Statement(PropositionId),
    Note(PropositionId),
    Weight(EvidenceId),
    Typology(TypologyId),
    About(TypologyId),
    Dimension(DimensionId),
    Value(DimensionId, DimensionValueId),
    NewDimension(TypologyId),
    NewValue(DimensionId),
    Reason(CaseId, DimensionId),
}

impl FieldOf {
    /// The field that egui knows.
    pub(super) fn id(self) -> Id {
        Id::unique(("field of analysis", self))
    }

    /// What stands in it; nothing for what is only to be made.
    fn now(self, study: &Study) -> String {
        let (propositions, typologies) = (study.propositions(), study.typologies());
        let found = match self {
            Self::Statement(id) => propositions.get(id).map(|it| it.statement.clone()),
            Self::Note(id) => propositions.get(id).map(|it| it.note.clone()),
            Self::Weight(id) => propositions.piece(id).map(|it| it.note.clone()),
            Self::Typology(id) => typologies.get(id).map(|it| it.name.clone()),
            Self::About(id) => typologies.get(id).map(|it| it.about.clone()),
            Self::Dimension(id) => typologies.dimension(id).map(|it| it.name.clone()),
            Self::Value(id, value) => typologies.dimension(id).and_then(|it| it.value_name(value)).map(str::to_owned),
            Self::Reason(case, dimension) => typologies.placement(dimension, case).map(|it| it.reason.clone()),
            Self::NewDimension(_) | Self::NewValue(_) => None,
        };
        found.unwrap_or_default()
    }

    /// Whether it is never empty: left so, it is as it was.
    const fn needed(self) -> bool {
        !matches!(self, Self::Note(_) | Self::Weight(_) | Self::About(_) | Self::Reason(..))
    }

    /// Whether it is a name, which is kept only when its field is left: half a name is none.
    const fn is_name(self) -> bool {
        matches!(self, Self::Typology(_) | Self::Dimension(_) | Self::Value(..) | Self::NewDimension(_) | Self::NewValue(_))
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Statement(_) => "Proposition",
            Self::Note(_) => "Note on proposition",
            Self::Weight(_) => "Note on evidence",
            Self::Typology(_) | Self::About(_) => "Describe typology",
            Self::Dimension(_) => "Rename dimension",
            Self::Value(..) => "Rename value of dimension",
            Self::NewDimension(_) => "Add dimension",
            Self::NewValue(_) => "Add value to dimension",
            Self::Reason(..) => "Reason for placement",
        }
    }

    fn write(self, tx: &mut Tx<'_>, text: &str) -> Result<(), EditError> {
        let typology = |tx: &Tx<'_>, id| tx.study().typologies().get(id).cloned().ok_or(EditError::Gone("typology"));
        match self {
            Self::Statement(id) => tx.state_proposition(id, text),
            Self::Note(id) => tx.note_proposition(id, text),
            Self::Weight(id) => tx.note_evidence(id, text),
            Self::Typology(id) => typology(tx, id).and_then(|there| tx.describe_typology(id, text, &there.about)),
            Self::About(id) => typology(tx, id).and_then(|there| tx.describe_typology(id, &there.name, text)),
            Self::Dimension(id) => tx.rename_dimension(id, text),
            Self::Value(id, value) => tx.rename_dimension_value(id, value, text),
            Self::NewDimension(id) => tx.add_dimension(id, text).map(drop),
            Self::NewValue(id) => tx.dimension_value_named(id, text).map(drop),
            Self::Reason(case, dimension) => tx.give_reason(case, dimension, text),
        }
    }

    /// The edit that keeps what was written; when it fails, the words come back.
    fn edit(self, text: String) -> Edit {
        let (written, back) = (text.clone(), text.clone());
        let edit = Edit::new(
            self.label(),
            move |tx| self.write(tx, &text),
            move |state: &mut State, ()| {
                state.analyse.fields.answered(self, &written);
            },
        );
        edit.or(move |state, error| state.analyse.fields.give_back(self, back, error))
    }
}

/// What is written in a field and not kept yet.
struct Draft {
    text: String,
    /// What was sent of it, until that is answered.
    sent: Option<String>,
    /// Since when something is written that is not kept.
    unkept: Unkept,
    /// What is kept of it in one go is undone together.
    group: u64,
    /// Why it could not be kept, once it was tried.
    problem: Option<String>,
    /// The pass in which its field was shown last.
    seen: u64,
}

/// What is written in the fields of the view.
#[derive(Default)]
pub(super) struct Fields {
    drafts: BTreeMap<FieldOf, Draft>,
    /// The field that has the keys: what is kept of it while one writes is undone together.
    written: Option<(FieldOf, u64)>,
}

impl Fields {
    /// Shows a field of one line; `hint` is its name.
    pub(super) fn line(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: FieldOf, hint: &str, icon: char) -> Response {
        let mut text = self.text(cx.study, of);
        let field = Field::new(of.id(), hint, icon);
        let response = ui.add_enabled_ui(writes(cx), |ui| field.show(ui, cx.tokens, &mut text)).inner;
        self.take(ui, cx, of, text, &response);
        response
    }

    /// Shows a field of many words, at least `rows` lines high.
    pub(super) fn lines(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        of: FieldOf,
        (name, hint): (&str, &str),
        kind: Type,
        rows: usize,
    ) -> Response {
        let tokens = cx.tokens;
        let mut text = self.text(cx.study, of);
        let face = if kind == Type::ReadingQuote { family::READING } else { family::INTERFACE };
        let edit = TextEdit::multiline(&mut text)
            .id(of.id())
            .font(tokens.font_in(kind, face))
            .text_color(tokens.colour.ink)
            .margin(Margin::symmetric(tokens.space.two as i8, tokens.space.one as i8))
            .hint_text(egui::RichText::new(hint).color(tokens.colour.ink_tertiary))
            .desired_width(f32::INFINITY)
            .desired_rows(rows);
        let response = ui.add_enabled(writes(cx), edit).accessible_name(name);
        self.take(ui, cx, of, text, &response);
        response
    }

    /// What stands in a field now.
    fn text(&self, study: &Study, of: FieldOf) -> String {
        self.drafts.get(&of).map_or_else(|| of.now(study), |draft| draft.text.clone())
    }

    fn take(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, of: FieldOf, text: String, response: &Response) {
        if response.gained_focus() || response.changed() && self.written.is_none_or(|(written, _)| written != of) {
            self.written = Some((of, group_of(Uuid::now_v7())));
        }
        if response.changed() {
            let group = self.written.map_or(0, |(_, group)| group);
            let (sent, mut unkept) = self.drafts.remove(&of).map(|draft| (draft.sent, draft.unkept)).unwrap_or_default();
            unkept.changed(ui);
            self.drafts.insert(of, Draft { text, sent, unkept, group, problem: None, seen: 0 });
        }
        let Some(draft) = self.drafts.get_mut(&of) else { return };
        draft.seen = ui.ctx().cumulative_pass_nr();
        if let Some(problem) = &draft.problem {
            words(ui, cx.tokens, Type::Small, cx.tokens.colour.error_ink, problem.as_str());
        }
        let waits = !of.is_name() && draft.problem.is_none() && draft.sent.as_ref() != Some(&draft.text);
        let due = waits && draft.unkept.is_due(ui);
        let left = response.lost_focus();
        let escaped = left && ui.input(|input| input.key_pressed(Key::Escape));
        let empty = of.needed() && draft.text.trim().is_empty();
        let same = draft.sent.is_none() && draft.text.trim() == of.now(cx.study).trim();
        if left && (empty || same || escaped && of.is_name()) {
            self.drafts.remove(&of);
        } else if (left && draft.sent.as_ref() != Some(&draft.text) || due && !empty && !same) && cx.can_edit() {
            cx.actions.extend(draft.keep(of, cx.study).map(Action::Edit));
        }
    }

    /// Keeps what was written in fields that are shown no longer, because one went on to something else. To be called once those
    /// that are shown were.
    pub(super) fn keep_unseen(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let now = ui.ctx().cumulative_pass_nr();
        self.drafts.retain(|of, draft| draft.seen == now || !(of.needed() && draft.text.trim().is_empty()));
        let unseen = self.drafts.iter_mut().filter(|(_, draft)| draft.seen != now && draft.problem.is_none());
        let waiting = unseen.filter(|(_, draft)| draft.sent.as_ref() != Some(&draft.text));
        let edits: Vec<Edit> = waiting.filter_map(|(of, draft)| draft.keep(*of, cx.study)).collect();
        cx.actions.extend(edits.into_iter().map(Action::Edit));
    }

    /// What was written and is not kept yet, as edits: for when the view is left.
    pub(super) fn leave(&mut self, study: &Study) -> Vec<Edit> {
        let waiting = self.drafts.iter_mut().filter(|(of, draft)| !(of.needed() && draft.text.trim().is_empty()));
        waiting.filter(|(_, draft)| draft.sent.as_ref() != Some(&draft.text)).filter_map(|(of, draft)| draft.keep(*of, study)).collect()
    }

    /// Takes over what could not be kept in another view of the same study.
    pub(super) fn take_drafts(&mut self, other: Self) {
        self.drafts.extend(other.drafts.into_iter().map(|(of, draft)| (of, Draft { sent: None, ..draft })));
    }

    /// The study has what was sent.
    fn answered(&mut self, of: FieldOf, written: &str) {
        if let Some(draft) = self.drafts.get_mut(&of) {
            draft.sent.take_if(|sent| sent == written);
            // What the study has is trimmed: a space after the last word is still being written.
            if draft.text == written && written.trim() == written {
                self.drafts.remove(&of);
            }
        }
    }

    /// Takes back what could not be kept, to be tried again; what has been written since stays.
    fn give_back(&mut self, of: FieldOf, text: String, error: &UserError) {
        let problem = Some(error.not_kept());
        if let Some(draft) = self.drafts.get_mut(&of) {
            (draft.sent, draft.problem) = (None, problem);
        } else {
            let (unkept, group) = (Unkept::default(), group_of(Uuid::now_v7()));
            self.drafts.insert(of, Draft { text, sent: None, unkept, group, problem, seen: 0 });
        }
    }
}

/// Whether what is written can be kept.
fn writes(cx: &Cx<'_>) -> bool {
    cx.project.is_some_and(|project| project.access == Access::Write)
}

impl Draft {
    /// The edit that keeps it, if it says anything else than the study.
    fn keep(&mut self, of: FieldOf, study: &Study) -> Option<Edit> {
        if self.text.trim() == of.now(study).trim() {
            return None;
        }
        self.sent = Some(self.text.clone());
        self.problem = None;
        self.unkept.kept();
        Some(of.edit(self.text.clone()).in_group(self.group))
    }
}
