use std::sync::Arc;

use eframe::egui::{Margin, ScrollArea, Sense, Ui, vec2};

use super::acts;
use super::facts::fact;
use super::filter::Filter;
use super::memos;
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::times::day;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Button, Chip, chip, paint_mark, words};
use crate::study::{AttributeOf, CaseId, Coding, Material, MemoOn, NOT_STATED, Origin, Role, Study};
use crate::text::{Span, Voice};

/// What lies on the selected words: codings with their marks and memos, and whose words they are.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(material) = view.source.and_then(|source| cx.study.material(source)).cloned() else { return };
    let touched = view.selection;
    let selected = touched.span();
    // What only meets the selection at its end touches it too.
    let round = Span { start: selected.start.saturating_sub(1), end: selected.end.saturating_add(1) };
    let here = material.codings_over(round).filter(|coded| touched.touches(coded.coding.span));
    // Keys and buttons never act on what the text does not show.
    let (here, hidden): (Vec<_>, Vec<_>) = here.partition(|coded| view.filter.lets_through(cx.study, &material, coded));
    let here: Vec<Coding> = here.into_iter().map(|coded| coded.coding.clone()).collect();
    let hidden = hidden.len();
    ScrollArea::vertical().id_salt("passage").auto_shrink(false).show(ui, |ui| {
        eframe::egui::Frame::NONE.inner_margin(Margin::same(tokens.space.four as i8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.one);
            who(ui, cx, &material, selected.start);
            if hidden > 0 {
                ui.add_space(tokens.space.two);
                let says =
                    if hidden == 1 { "1 coding here is not shown.".to_owned() } else { format!("{hidden} codings here are not shown.") };
                words(ui, tokens, Type::Small, tokens.colour.ink_secondary, says);
                if Button::new("Show all").small().show(ui, tokens).clicked() {
                    view.filter = Filter::default();
                }
            } else if here.is_empty() {
                ui.add_space(tokens.space.two);
                let says = "No coding here. What is coded in the selected words, or at the caret, is listed here.";
                words(ui, tokens, Type::Body, tokens.colour.ink_secondary, says);
                if Button::new("Give them a theme…").small().show(ui, tokens).on_hover_text(cx.tooltip(Command::Theme)).clicked() {
                    view.command(Command::Theme);
                }
            }
            for coding in &here {
                ui.add_space(tokens.space.three);
                ui.push_id(coding.id, |ui| one(ui, view, cx, &material, coding));
            }
            let read = material.source.revision;
            let here = |on: &MemoOn| matches!(on, MemoOn::Passage { span, revision, .. } if *revision == read && touched.touches(*span));
            for memo in material.memos.iter().filter(|memo| here(&memo.on)) {
                ui.add_space(tokens.space.three);
                memos::show(ui, view, cx, memo);
            }
        });
    });
}

fn who(ui: &mut Ui, cx: &Cx<'_>, material: &Material, at: u32) {
    let tokens = cx.tokens;
    let geometry = &material.geometry;
    let Some(index) = geometry.paragraph_at(at) else { return };
    let Some(paragraph) = geometry.paragraphs().get(index) else { return };
    let (voice, case) = material.speaker_of(paragraph);
    let label = geometry.labels().get(usize::from(paragraph.speaker)).map_or("", |label| label);
    words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, format!("Paragraph {}", index + 1));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.one, tokens.space.one);
        match (voice, case) {
            (Voice::Participant, Some(case)) => {
                for (look, fact) in facts(cx.study, case) {
                    chip(ui, tokens, look, &fact);
                }
            }
            (Voice::Participant, None) => {
                chip(ui, tokens, Chip::Outline, "Case not stated");
            }
            (Voice::Interviewer, _) if !label.is_empty() => {
                words(ui, tokens, Type::Small, tokens.colour.ink_secondary, format!("{label}, asks the questions"));
            }
            _ => {
                words(ui, tokens, Type::Small, tokens.colour.ink_secondary, "Not a participant’s words");
            }
        }
    });
    if let Some(case) = case.filter(|_| voice == Voice::Participant).and_then(|case| cx.study.case(case)) {
        // Group and area stand in the chips.
        for attribute in cx.study.attributes().of(AttributeOf::Cases).filter(|attribute| attribute.role.is_none()) {
            let value = cx.study.value_names(&case.values, attribute.id);
            fact(ui, tokens, &attribute.name, if value.is_empty() { NOT_STATED } else { &value });
        }
    }
}

fn facts(study: &Study, id: CaseId) -> Vec<(Chip, String)> {
    let Some(case) = study.case(id) else { return Vec::new() };
    let mut facts = vec![(Chip::Strong, case.label.clone())];
    for role in [Role::Group, Role::Area] {
        let attribute = study.attributes().with_role(role);
        let names = attribute.map(|attribute| study.value_names(&case.values, attribute.id)).unwrap_or_default();
        facts.push((Chip::Plain, if names.is_empty() { NOT_STATED.into() } else { names }));
    }
    facts
}

fn one(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, material: &Arc<Material>, coding: &Coding) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let study = Arc::clone(cx.study);
    let book = study.codebook();
    let hue = tokens.hue(book.colour(coding.theme));
    let name = book.get(coding.theme).map_or("", |theme| theme.name.as_str());
    let coder = study.coders().get(&coding.coder).map_or("", |coder| coder.name.as_str());
    let mine = cx.project.is_some_and(|project| project.me.coder == coding.coder);
    let focused = view.focus == Some(coding.id);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.three, tokens.space.four), Sense::hover());
        paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark, hue.mark, hue.label);
        let face = if focused { family::INTERFACE_SEMIBOLD } else { family::INTERFACE_MEDIUM };
        let text = eframe::egui::RichText::new(format!("{} {name}", book.number(coding.theme)))
            .font(tokens.font_in(Type::Body, face))
            .color(colour.ink);
        let label = ui.add(eframe::egui::Label::new(text).sense(Sense::click())).on_hover_text(book.path(coding.theme));
        if label.double_clicked() {
            cx.go(Place::Theme(coding.theme));
        } else if label.clicked() {
            view.focus = Some(coding.id);
            view.theme = Some(coding.theme);
            view.select(coding.span, super::reader::Reveal::Near);
        }
    });
    words(ui, tokens, Type::Micro, colour.ink_tertiary, format!("{coder}, {}", day(coding.time, cx.now)));
    if coding.origin == Origin::SearchUnread {
        ui.horizontal(|ui| {
            words(ui, tokens, Type::Small, colour.ink_secondary, "Made by a search, not read yet");
            let confirm = mine.then(|| Button::new(Command::Confirm.title()).small().show(ui, tokens));
            if confirm.is_some_and(|button| button.on_hover_text(cx.tooltip(Command::Confirm)).clicked()) {
                acts::confirm(cx, coding.source, vec![coding.id]);
            }
        });
    }
    let quoted = material.quote_marks.iter().any(|mark| mark.coding == Some(coding.id));
    let contrary = material.contrary_marks.iter().find(|mark| mark.coding == coding.id);
    if quoted {
        chip(ui, tokens, Chip::Plain, "Chosen for the report");
    }
    if let Some(mark) = contrary {
        let to = if mark.contrary_to.is_empty() { "Contrary".to_owned() } else { format!("Contrary to {}", mark.contrary_to) };
        words(ui, tokens, Type::Small, colour.ink_secondary, to);
    }
    let on = MemoOn::Coding { source: coding.source, coding: coding.id };
    for memo in material.memos.iter().filter(|memo| memo.on == on) {
        memos::show(ui, view, cx, memo);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.half;
        for command in [Command::Recode, Command::Quote, Command::Contrary, Command::Memo, Command::Remove] {
            let (icon, enabled) = (command.icon().unwrap_or(icons::ELLIPSIS), mine || command == Command::Memo);
            if crate::app::widgets::icon_button(ui, tokens, icon, &cx.tooltip(command), enabled).clicked() {
                view.focus = Some(coding.id);
                view.command(command);
            }
        }
        if !mine && Button::quiet(Command::Agree.title()).small().show(ui, tokens).on_hover_text(Command::Agree.help()).clicked() {
            let (source, span, theme) = (coding.source, coding.span, coding.theme);
            acts::apply(view, cx, source, span, theme);
        }
    });
}
