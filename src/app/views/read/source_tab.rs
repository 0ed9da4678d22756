use eframe::egui::{Label, Margin, Popup, ScrollArea, Ui, vec2};

use super::draft::{self, Draft};
use super::facts::{fact, fact_with, head};
use super::view::ReadView;
use super::{acts, broken, memos, source_acts};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, elided, icon_button, menu_below, menu_choice, words};
use crate::exchange::export::status_name;
use crate::study::{AttributeOf, CoderId, MemoOn, NOT_STATED, Source, StatusKind};
use crate::text::Voice;

const STATUSES: [StatusKind; 4] = [StatusKind::NotStarted, StatusKind::Reading, StatusKind::Coding, StatusKind::Done];

/// What is known of the source: status of each coder, people, attributes, memos.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some(material) = view.source.and_then(|source| cx.study.material(source)).cloned() else { return };
    let id = material.source.id;
    ScrollArea::vertical().id_salt("source").auto_shrink(false).show(ui, |ui| {
        eframe::egui::Frame::NONE.inner_margin(Margin::same(tokens.space.four as i8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.one);
            words(ui, tokens, Type::BodyStrong, colour.ink, material.source.title.as_str());
            ui.horizontal(|ui| {
                let more = ui.available_width() - tokens.size.control - tokens.space.two;
                let says = format!("{}, from {}", material.source.label, material.source.file_name);
                let says = elided(ui.painter(), &says, tokens.font(Type::Small), colour.ink_tertiary, more);
                ui.add(Label::new(says).selectable(false)).on_hover_text(&material.source.file_name);
                let more = icon_button(ui, tokens, icons::ELLIPSIS, "More for this source", true);
                menu_below(tokens, &more, |ui| {
                    for command in source_acts::COMMANDS {
                        if menu_choice(ui, tokens, command.title(), false, true).on_hover_text(command.help()).clicked() {
                            view.command(command);
                            ui.close();
                        }
                    }
                });
            });
            head(ui, tokens, "Status");
            let me = cx.project.map(|project| project.me.coder);
            if let Some(me) = me {
                fact_with(ui, tokens, "You", |ui| {
                    let response = Button::new(status_name(material.status(me))).small().menu().show(ui, tokens);
                    Popup::menu(&response).show(|ui| status_menu(ui, cx, &material.source));
                });
            }
            for status in material.statuses.iter().filter(|status| Some(status.coder) != me) {
                let name = cx.study.coders().get(&status.coder).map_or("", |coder| coder.name.as_str());
                let says = match status.status {
                    _ if status.coder != CoderId::agreed() => status_name(status.status),
                    StatusKind::Done => "reconciled",
                    _ => "not reconciled yet",
                };
                fact(ui, tokens, name, says);
            }
            broken::show(ui, view, cx, &material);
            head(ui, tokens, "People");
            for speaker in &material.speakers {
                let who = match (speaker.voice, speaker.case.and_then(|case| cx.study.case(case))) {
                    (Voice::Interviewer, _) => "asks the questions",
                    (_, Some(case)) => case.label.as_str(),
                    (_, None) => NOT_STATED,
                };
                fact(ui, tokens, &speaker.label, who);
            }
            head(ui, tokens, "Attributes");
            for attribute in cx.study.attributes().of(AttributeOf::Sources) {
                let value = cx.study.value_names(&material.source.values, attribute.id);
                fact(ui, tokens, &attribute.name, if value.is_empty() { NOT_STATED } else { &value });
            }
            let edit = Button::new(Command::EditSource.title()).small().show(ui, tokens);
            if edit.on_hover_text(Command::EditSource.help()).clicked() {
                view.command(Command::EditSource);
            }
            head(ui, tokens, "Memos");
            let on = MemoOn::Source { source: id };
            for memo in material.memos.iter().filter(|memo| memo.on == on) {
                memos::show(ui, view, cx, memo);
            }
            let mine = acts::own_memo(cx, id, &on);
            let says = if mine.is_some() { "Edit your memo…" } else { "Write a memo…" };
            if Button::new(says).small().show(ui, tokens).clicked() && cx.can_edit() {
                draft::open(view, cx, Draft::memo(on, mine.as_ref()));
            }
        });
    });
}

/// The choices of a status.
pub fn status_menu(ui: &mut Ui, cx: &mut Cx<'_>, source: &Source) {
    ui.set_min_width(cx.tokens.reading.speaker_gutter_width * 2.0);
    let now = cx.project.and_then(|project| Some(cx.study.material(source.id)?.status(project.me.coder)));
    for status in STATUSES {
        if ui.selectable_label(now == Some(status), status_name(status)).clicked() {
            acts::set_status(cx, source, status);
            ui.close();
        }
    }
}
