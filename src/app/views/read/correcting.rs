//! Puts right, where it is read, what an import took a text for: turns split and joined, page furniture, whose words they are.

use eframe::egui::{Rect, Ui};

use super::acts::{meet, seen};
use super::page::Page;
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::tokens::Type;
use crate::app::views::chooser::{Chooser, Offers};
use crate::app::widgets::{fit_width, paint_elided};
use crate::project::{EditError, Tx};
use crate::study::{CaseId, CaseKind, Material, SourceId, SpeakerId, Study};
use crate::text::{ParagraphKind, Span, Voice, fold};

/// The commands, as the menu of the text has them.
pub const COMMANDS: [Command; 5] = [Command::GiveWords, Command::SplitTurn, Command::JoinTurns, Command::Furniture, Command::SpeakersHere];

/// Whose words they are said to be.
#[derive(Clone, Debug, PartialEq)]
enum Whose {
    /// This label's: the whole turn.
    Label(SpeakerId),
    /// Of nobody that is named: the whole turn.
    Nobody,
    /// Of whoever says the turn, no longer of a case by hand.
    Turn,
    /// This case's, by hand.
    Case(CaseId),
    /// A case's that is made.
    New(String),
}

/// The question whose words these are.
pub struct Asking {
    source: SourceId,
    words: Span,
    whose: Chooser<Whose>,
}

/// Does what a command says; `page` is the text that is open.
pub fn run(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, command: Command) {
    let (source, at) = (page.material.source.id, view.selection.span());
    let turn = page.geometry().paragraph_at(at.start).and_then(|index| page.geometry().paragraphs().get(index)).copied();
    let Some(turn) = turn else { return cx.say("There are no words here.") };
    if command == Command::SpeakersHere {
        return list_speakers(cx, page.material.source.label.clone());
    }
    if !cx.can_edit() {
        return;
    }
    let seen = seen(cx, source);
    let undo = cx.way_to(Command::Undo);
    let met = move |tx: &Tx<'_>, span: Span| meet(tx, seen.as_ref(), span);
    match command {
        Command::SplitTurn => {
            let at = Span::new(at.start, turn.span.end.max(at.start));
            let act = move |tx: &mut Tx<'_>| met(tx, at).and_then(|at| tx.split_turn(source, at.start));
            cx.edit_then("Split turn", act, move |state, ()| state.say(format!("Split in two. {undo} makes it one again.")));
        }
        Command::JoinTurns => {
            let act = move |tx: &mut Tx<'_>| met(tx, turn.span).and_then(|turn| tx.join_turns(source, turn.start));
            cx.edit_then("Join turns", act, move |state, ()| state.say(format!("Joined with the turn before. {undo} parts them again.")));
        }
        Command::Furniture => {
            let on = turn.kind != ParagraphKind::Furniture;
            let span = if at.is_empty() { turn.span } else { at };
            let act = move |tx: &mut Tx<'_>| met(tx, span).and_then(|span| tx.set_furniture(source, span, on));
            let (label, says) = if on {
                ("Take for page furniture", format!("Page furniture now: neither searched nor counted. {undo} takes it back."))
            } else {
                ("Take for words", "Words again: they are searched and counted.".to_owned())
            };
            cx.edit_then(label, act, move |state, ()| state.say(says));
        }
        Command::GiveWords => {
            let words = if at.is_empty() { turn.span } else { at.trimmed(page.text) };
            view.correcting = (!words.is_empty()).then(|| Asking { source, words, whose: Chooser::default() });
        }
        _ => {}
    }
}

/// Goes to the speakers of a source in Cases.
fn list_speakers(cx: &mut Cx<'_>, source: String) {
    cx.run(Command::ShowSpeakers);
    cx.ask(|_| Ok(()), move |state, ()| state.cases.show_speakers(Some(&source)));
}

/// Shows the question, if it is asked.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>) {
    let Some(mut asking) = view.correcting.take().filter(|asking| asking.source == page.material.source.id) else { return };
    let (answered, left) = modal(ui, cx.tokens, "whose words", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        show_question(ui, &mut asking, cx, page)
    });
    match (answered, asking.whose.chosen.take()) {
        (Some(true), Some(whose)) => give(cx, asking.source, asking.words, whose),
        (Some(_), _) => {}
        (None, _) if left => {}
        (None, chosen) => {
            asking.whose.chosen = chosen;
            view.correcting = Some(asking);
            return;
        }
    }
    view.take_focus = true;
}

fn show_question(ui: &mut Ui, asking: &mut Asking, cx: &Cx<'_>, page: Page<'_>) -> Option<bool> {
    let (tokens, study, material) = (cx.tokens, cx.study, page.material);
    let heard = !material.parts_of(asking.words).is_empty();
    let what = if heard {
        "A case gets just these words; a label of the source gets the whole turn."
    } else {
        "These are no participant’s words, and only a participant’s can be a case’s. Choose who says the turn."
    };
    head(ui, tokens, "Whose words are these?", what);
    let words = asking.words;
    let offers = Offers {
        hint: "Find a label or a case",
        nothing: "Nobody is called so.",
        find: &|filter| offered(study, material, words, heard, filter),
        name: &|whose| named(study, material, whose).0,
        paint: &|ui: &Ui, rect: Rect, whose| {
            let (name, about) = named(study, material, whose);
            let (left, right) = (rect.left() + tokens.space.two, rect.right() - tokens.space.two);
            let end = paint_elided(ui.painter(), left, right, rect.center().y, &name, tokens.font(Type::Body), tokens.colour.ink);
            let left = end + tokens.space.three;
            paint_elided(ui.painter(), left, right, rect.center().y, &about, tokens.font(Type::Small), tokens.colour.ink_tertiary);
        },
    };
    let entered = asking.whose.choose(ui, tokens, study, &offers);
    decide(ui, tokens, "Give the words", asking.whose.chosen.is_some(), entered)
}

/// Those whose words they could be, as far as a filter leaves them.
fn offered(study: &Study, material: &Material, words: Span, heard: bool, filter: &str) -> Vec<Whose> {
    let filter = filter.trim();
    let wanted = fold(filter);
    let given = material.case_spans.iter().any(|given| given.span.overlaps(words));
    let mut all: Vec<Whose> = Vec::new();
    all.extend(given.then_some(Whose::Turn));
    all.extend(material.speakers.iter().map(|speaker| Whose::Label(speaker.id)));
    all.push(Whose::Nobody);
    if heard {
        all.extend(study.cases_in_order().into_iter().map(|case| Whose::Case(case.id)));
    }
    all.retain(|whose| fold(&named(study, material, whose).0).contains(&wanted));
    if heard && !filter.is_empty() && study.case_labelled(filter).is_none() {
        all.push(Whose::New(filter.to_owned()));
    }
    all
}

/// The name of somebody whose words they could be, and what that means.
fn named(study: &Study, material: &Material, whose: &Whose) -> (String, String) {
    let case = |id: CaseId| study.case(id).map(|case| case.label.clone()).unwrap_or_default();
    match whose {
        Whose::Turn => ("Whoever says the turn".to_owned(), "no longer given by hand".to_owned()),
        Whose::Nobody => ("Nobody that is named".to_owned(), "the whole turn".to_owned()),
        Whose::Case(id) => (case(*id), "case, these words".to_owned()),
        Whose::New(label) => (label.clone(), "a new case, these words".to_owned()),
        Whose::Label(id) => {
            let speaker = material.speakers.iter().find(|speaker| speaker.id == *id);
            let about = match speaker.map(|speaker| (speaker.voice, speaker.case)) {
                Some((Voice::Interviewer, _)) => "label, asks the questions: the whole turn".to_owned(),
                Some((_, Some(id))) => format!("label, {}: the whole turn", case(id)),
                _ => "label: the whole turn".to_owned(),
            };
            (speaker.map(|speaker| speaker.label.clone()).unwrap_or_default(), about)
        }
    }
}

fn give(cx: &mut Cx<'_>, source: SourceId, words: Span, whose: Whose) {
    let seen = seen(cx, source);
    let act = move |tx: &mut Tx<'_>| -> Result<(), EditError> {
        let words = meet(tx, seen.as_ref(), words)?;
        match whose {
            Whose::Label(speaker) => tx.set_said_by(source, words, Some(speaker)),
            Whose::Nobody => tx.set_said_by(source, words, None),
            Whose::Turn => tx.give_span(source, words, None),
            Whose::Case(case) => tx.give_span(source, words, Some(case)),
            Whose::New(label) => {
                let case = tx.case_labelled(&label, CaseKind::Person)?;
                tx.give_span(source, words, Some(case))
            }
        }
    };
    cx.edit_then("Give words", act, |state, ()| state.say("Given. Counts and the matrix have followed."));
}
