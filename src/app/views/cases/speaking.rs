//! What is said of speakers, as edits: what they are, which case, of what kind.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::heard::{Heard, Who};
use super::unknown::{Unknown, ask};
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Answer, Choice, Dialog, Meant};
use crate::app::views::case_kind::kind_named;
use crate::app::worker::Edit;
use crate::exchange::import::Part;
use crate::project::{EditError, Tx};
use crate::study::{Case, CaseId, CaseKind, NOT_STATED, Study};
use crate::text::{Voice, fold};

/// What of a speaker is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// Participant, interviewer, unidentified, author.
    Part,
    /// Which case.
    Case,
    /// Of what kind the case is.
    Kind,
}

/// Words for a cell of the list of speakers.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) heard: Heard,
    pub(super) field: Field,
    pub(super) words: String,
}

/// Whether words say that it is not stated who somebody is.
fn is_not_stated(words: &str) -> bool {
    words.trim().is_empty() || fold(words.trim()) == fold(NOT_STATED)
}

impl Told {
    /// Why it cannot be written, as a sentence.
    fn refused(&self, study: &Study) -> Option<String> {
        let words = self.words.trim();
        match self.field {
            Field::Part if self.heard.speaker(study).is_none() => Some("Only a label is participant or interviewer.".to_owned()),
            Field::Part if words.is_empty() => Some("A label is participant, interviewer, unidentified or author.".to_owned()),
            Field::Kind if words.is_empty() => Some("A case has to be of some kind.".to_owned()),
            Field::Kind if self.heard.case(study).is_none() => Some("It is not stated which case this is.".to_owned()),
            Field::Part | Field::Kind | Field::Case => None,
        }
    }

    /// Whether there is nothing of the name.
    fn is_unknown(&self, study: &Study) -> bool {
        let words = self.words.trim();
        match self.field {
            Field::Part => Part::named(words).is_none(),
            Field::Kind => kind_named(words).is_none(),
            Field::Case => !is_not_stated(words) && study.case_labelled(words).is_none(),
        }
    }

    /// The name of which there is nothing, with what it could stand for.
    fn unknown(&self, study: &Study) -> Unknown {
        match self.field {
            Field::Part => Unknown::part(&self.words),
            Field::Kind => Unknown::kind(&self.words),
            Field::Case => Unknown::case(study, &self.words),
        }
    }

    /// As it is meant; none where it is to be left out.
    fn meaning(&self, meanings: &HashMap<&(Field, String), &Meant>) -> Option<Self> {
        match meanings.get(&self.key()) {
            Some(Meant::Known(known)) => Some(Self { words: known.clone(), ..self.clone() }),
            Some(Meant::Nothing) => None,
            Some(Meant::New) | None => Some(self.clone()),
        }
    }

    /// The same for all spellings that differ only in case and accents.
    fn key(&self) -> (Field, String) {
        (self.field, fold(self.words.trim()))
    }

    fn put(&self, tx: &mut Tx<'_>) -> Result<(), EditError> {
        let Heard { source, who } = self.heard;
        match (self.field, who) {
            (Field::Part, Who::Label(_)) => say_part(tx, self.heard, &self.words),
            (Field::Case, Who::Label(speaker)) => {
                let case = named(tx, &self.words)?;
                let voice = self.heard.speaker(tx.study()).map_or(Voice::Participant, |speaker| speaker.voice);
                tx.set_speaker(source, speaker, if case.is_some() { Voice::Participant } else { voice }, case)
            }
            (Field::Case, Who::Nobody) => {
                let case = named(tx, &self.words)?;
                tx.set_case_of_source(source, case)
            }
            (Field::Case, Who::Given(_)) => {
                let case = named(tx, &self.words)?;
                let span = self.heard.given(tx.study()).ok_or(EditError::Gone("span"))?.span;
                tx.give_span(source, span, case)
            }
            (Field::Kind, _) => {
                let case = self.heard.case(tx.study()).and_then(|case| tx.study().case(case)).cloned().ok_or(EditError::Gone("case"))?;
                let kind = kind_named(&self.words).unwrap_or(case.kind);
                tx.put(Case { kind, ..case })
            }
            (Field::Part, Who::Nobody | Who::Given(_)) => Ok(()),
        }
    }
}

/// The case of this label, made where there is none; none where nobody is named.
fn named(tx: &mut Tx<'_>, words: &str) -> Result<Option<CaseId>, EditError> {
    if is_not_stated(words) { Ok(None) } else { tx.case_labelled(words, CaseKind::Person).map(Some) }
}

/// Says what a label is. Somebody unidentified is a case of their own; whoever no longer is, is not stated.
fn say_part(tx: &mut Tx<'_>, heard: Heard, words: &str) -> Result<(), EditError> {
    let (Some(part), Some(speaker)) = (Part::named(words), heard.speaker(tx.study()).cloned()) else { return Ok(()) };
    let was = heard.part(tx.study());
    let case = match part {
        Part::Unidentified if was == part => speaker.case,
        Part::Unidentified => {
            let source = tx.material(heard.source)?.source.label.clone();
            Some(tx.case_labelled(&format!("{source}-{}", speaker.label), CaseKind::Unidentified)?)
        }
        Part::Participant if was == Part::Unidentified => None,
        Part::Participant => speaker.case,
        Part::Interviewer | Part::Author => None,
    };
    tx.set_speaker(heard.source, speaker.id, part.voice(), case)
}

/// Writes cells in one edit, and asks first where they name what is not there. Says what is refused, after what else was `left`
/// out.
pub(super) fn write(cx: &mut Cx<'_>, label: &str, mut cells: Vec<Told>, left: Option<String>) {
    if !cx.can_edit() {
        return;
    }
    let mut refused = Vec::new();
    cells.retain(|told| told.refused(cx.study).map(|why| refused.push(why)).is_none());
    let refused = match refused.as_slice() {
        [] => None,
        [why] => Some(why.clone()),
        [why, rest @ ..] => Some(format!("{} cells were left as they are. {why}", rest.len() + 1)),
    };
    let said: Vec<String> = left.into_iter().chain(refused).collect();
    if !said.is_empty() {
        cx.say(said.join(" "));
    }
    if cells.is_empty() {
        return;
    }
    let mut seen = HashSet::new();
    let unknown: Vec<Told> = cells.iter().filter(|told| told.is_unknown(cx.study) && seen.insert(told.key())).cloned().collect();
    if unknown.is_empty() {
        return cx.actions.push(put(label.to_owned(), cells));
    }
    let (label, study) = (label.to_owned(), Arc::clone(cx.study));
    // Many names are compared with many.
    cx.job("unknown names", "", move |_| Ok(question(&study, label, cells, &unknown)), |state, dialog| state.frame.dialog = Some(dialog));
}

/// The question what `unknown` names in cells stand for.
fn question(study: &Study, label: String, cells: Vec<Told>, unknown: &[Told]) -> Dialog {
    let (keys, number): (Vec<_>, _) = (unknown.iter().map(Told::key).collect(), cells.len());
    let unknown: Vec<Unknown> = unknown.iter().map(|told| told.unknown(study)).collect();
    let then = move |meant: Vec<Meant>| {
        let meanings: HashMap<&(Field, String), &Meant> = keys.iter().zip(&meant).collect();
        put(label.clone(), cells.iter().filter_map(|told| told.meaning(&meanings)).collect())
    };
    ask(&unknown, number, then)
}

fn put(label: String, cells: Vec<Told>) -> Action {
    let kept = cells.clone();
    let act = move |tx: &mut Tx<'_>| cells.iter().try_for_each(|told| told.put(tx));
    let given = label.clone();
    Action::Edit(Edit::new(label, act, |_, ()| ()).or(move |state, _| state.cases.speakers.given_back = Some((given, kept))))
}

/// Asks whether to write again what could not be written.
pub(super) fn ask_again(label: String, cells: Vec<Told>) -> Action {
    let lines = cells.iter().map(|told| told.words.clone()).collect();
    let what = format!("“{label}” failed. The {} cells are still here.", cells.len());
    let question = Choice::new("Nothing was written", vec![Answer::new("Write them again", put(label, cells))]).what(what).lines(lines);
    Action::Show(Box::new(Dialog::Choice(question.leave("Let go of them"))))
}

/// Asks as which case several labels are one person. What is lost of the others is said.
pub(super) fn ask_together(cx: &mut Cx<'_>, chosen: &[Heard]) {
    let study = cx.study;
    let labels: Vec<_> = chosen.iter().filter_map(|heard| Some((heard.source, heard.speaker(study)?.id))).collect();
    let mut cases: Vec<&Case> = Vec::new();
    for case in chosen.iter().filter_map(|heard| study.case(heard.case(study)?)) {
        if !cases.iter().any(|known| known.id == case.id) {
            cases.push(case);
        }
    }
    let line = |heard: &Heard| {
        let source = study.material(heard.source).map_or("", |material| &material.source.label);
        let case = heard.case(study).and_then(|case| study.case(case)).map_or(NOT_STATED, |case| case.label.as_str());
        format!("{source}: {}, now {case}", heard.name(study))
    };
    let mut lines: Vec<String> = chosen.iter().map(line).collect();
    let mut answers = Vec::new();
    for into in &cases {
        let id = into.id;
        let labels = labels.clone();
        answers.push(Answer::new(format!("They are {}", into.label), edit(move |tx| tx.one_person(&labels, id))));
        for from in cases.iter().filter(|from| from.id != id) {
            let lost = super::going::lost(study, from, into);
            lines.extend(lost.into_iter().map(|lost| format!("If they are {}: {lost}", into.label)));
        }
    }
    if let (true, Some(first)) = (cases.is_empty(), chosen.first()) {
        let source = study.material(first.source).map_or("", |material| &material.source.label);
        let label = format!("{source}-{}", first.name(study));
        let made = label.clone();
        let act = move |tx: &mut Tx<'_>| {
            let case = tx.case_labelled(&made, CaseKind::Person)?;
            tx.one_person(&labels, case)
        };
        answers.push(Answer::new(format!("They are a new case, {label}"), edit(act)));
    }
    let question = Choice::new(format!("Are these {} labels one person?", chosen.len()), answers).lines(lines);
    let what = "All they say is then one case’s. A case that says nothing any more goes into it, with its memos and attributes.";
    cx.actions.push(Action::Show(Box::new(Dialog::Choice(question.what(what)))));
}

fn edit(act: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError> + Send + 'static) -> Action {
    Action::Edit(Edit::new("Labels are one person", act, |state, ()| state.cases.speakers.let_go()))
}
