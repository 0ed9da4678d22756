use eframe::egui::{Sense, Ui, vec2};

use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, paint_mark, words};
use crate::project::Tx;
use crate::study::{BrokenPassage, Coding, CodingId, Kind, Material, MemoOn, NOT_STATED, SourceId};

/// Lists the passages that lost their words in a correction: what was said of them, the words they had, and *Remove*.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material) {
    let passages = material.broken_passages();
    if passages.is_empty() {
        return;
    }
    let tokens = cx.tokens;
    ui.add_space(tokens.space.three);
    let says = match passages.len() {
        1 => "1 passage lost its words in a correction".to_owned(),
        many => format!("{many} passages lost their words in a correction"),
    };
    words(ui, tokens, Type::MicroStrong, tokens.colour.notice_ink, says);
    let explain = "They are kept, and counted nowhere. Undo of the correction brings them back.";
    words(ui, tokens, Type::Small, tokens.colour.ink_secondary, explain);
    for passage in passages {
        ui.push_id(passage.anchored.id, |ui| one(ui, view, cx, material, &passage));
    }
}

fn one(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Material, passage: &BrokenPassage<'_>) {
    let tokens = cx.tokens;
    ui.add_space(tokens.space.two);
    let coding = material.broken.codings.iter().find(|coding| passage.anchored.kind == Kind::Coding && coding.id.0 == passage.anchored.id);
    let me = cx.project.map(|project| project.me.coder);
    let theirs = coding.is_some_and(|coding| Some(coding.coder) != me);
    head(ui, cx, material, passage, coding);
    match cx.texts.get(passage.revision.text) {
        Some(loaded) => words(ui, tokens, Type::Small, tokens.colour.ink, format!("“{}”", passage.span.slice(&loaded.text))),
        None => words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "Loading…"),
    };
    if theirs {
        let name = coding.and_then(|coding| cx.study.coders().get(&coding.coder)).map_or("another coder", |coder| coder.name.as_str());
        words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("This coding is {name}’s"));
    } else if Button::quiet("Remove").small().show(ui, tokens).clicked() && cx.can_edit() {
        remove(view, cx, material.source.id, passage);
    }
}

/// What was said of the words: a theme with its sign, a mark, a case, a memo.
fn head(ui: &mut Ui, cx: &Cx<'_>, material: &Material, passage: &BrokenPassage<'_>, coding: Option<&Coding>) {
    let (tokens, study) = (cx.tokens, cx.study);
    let id = passage.anchored.id;
    if let Some(coding) = coding {
        let hue = tokens.hue(study.codebook().colour(coding.theme));
        let name = study.codebook().get(coding.theme).map_or("", |theme| theme.name.as_str());
        let name = format!("{} {name}", study.codebook().number(coding.theme));
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.three, tokens.space.four), Sense::hover());
            paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark, hue.mark, hue.label);
            words(ui, tokens, Type::Body, tokens.colour.ink, name).on_hover_text(study.codebook().path(coding.theme));
        });
        return;
    }
    let says = match passage.anchored.kind {
        Kind::QuoteMark => "Chosen for the report".to_owned(),
        Kind::CaseSpan => {
            let span = material.broken.case_spans.iter().find(|span| span.id.0 == id);
            let case = span.and_then(|span| study.case(span.case));
            format!("Said by {}", case.map_or(NOT_STATED, |case| case.label.as_str()))
        }
        _ => {
            let memo = material.memos.iter().find(|memo| memo.id.0 == id && matches!(memo.on, MemoOn::Passage { .. }));
            format!("Memo: {}", memo.map_or("", |memo| memo.text.as_str()))
        }
    };
    words(ui, tokens, Type::Body, tokens.colour.ink, says);
}

fn remove(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, passage: &BrokenPassage<'_>) {
    let anchored = passage.anchored;
    view.take_focus = true;
    let said = format!("Removed. {} brings it back.", cx.way_to(Command::Undo));
    cx.edit_then(
        "Remove passage without words",
        move |tx: &mut Tx<'_>| match anchored.kind {
            Kind::Coding => tx.uncode(source, CodingId(anchored.id)),
            _ => tx.remove(anchored, Some(source)),
        },
        move |state, ()| state.say(said),
    );
}
