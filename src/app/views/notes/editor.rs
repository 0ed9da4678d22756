//! The memo one is at: its place, and its words.

use eframe::egui;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Id, Key, Layout, Margin, Rect, Role, ScrollArea, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::draft::Draft;
use super::entries::{Entry, KINDS, kind_help, kind_name, memo};
use super::view::{NotesView, run};
use super::{acts, place};
use crate::app::command::{Command, KeyMap, Keys, Scope};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::times::day_and_clock;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, empty, icon_button_for, paint_words, reading, segmented, theme_mark, within, words};
use crate::project::Access;
use crate::study::{MemoId, MemoOn};

/// Lines of the words a memo is on.
const QUOTED: usize = 6;

/// The field of the words of a memo.
pub(super) fn field_id(memo: MemoId) -> Id {
    Id::unique(("words of memo", memo))
}

/// Shows the memo that is selected.
pub(super) fn show(ui: &mut Ui, view: &mut NotesView, cx: &mut Cx<'_>) {
    take_draft(view, cx);
    let tokens = cx.tokens;
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, tokens.colour.surface_chrome);
    if let Some(entry) = view.entry().cloned()
        && !acts::is_mine(cx, &entry)
    {
        view.write = false;
        return show_anothers(ui, cx, &entry);
    }
    let Some(mut draft) = view.draft.take() else {
        view.write = false;
        let what = "Its words stand here.";
        if empty(ui, tokens, icons::STICKY_NOTE, "No memo is chosen", what, Some(Command::NewMemo.title())) {
            run(ui, view, cx, Command::NewMemo);
        }
        return;
    };
    let time = view.entries.all.iter().find(|entry| entry.id == draft.id).map(|entry| entry.time);
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - tokens.size.top_bar), whole.max);
    let above = Rect::from_min_max(whole.min, foot.right_top());
    let inset = tokens.space.five;
    let mut left = false;
    ui.scope_builder(UiBuilder::new().max_rect(above.shrink2(vec2(inset, tokens.space.three))), |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.two;
        show_place(ui, cx, &draft.on, time.map_or_else(|| "New memo".to_owned(), |time| format!("Begun {}", day_and_clock(time, cx.now))));
        if cx.project.is_none_or(|project| project.access == Access::Read) {
            ui.disable();
        }
        let kinds = KINDS.map(|kind| (kind, kind_name(kind)));
        ui.horizontal(|ui| {
            left |= segmented(ui, tokens, "Kind", &kinds, &mut draft.kind, false);
            let help = egui::RichText::new(kind_help(draft.kind)).font(tokens.font(Type::Small)).color(tokens.colour.ink_tertiary);
            ui.add(egui::Label::new(help).truncate());
        });
        if let Some(problem) = &draft.problem {
            words(ui, tokens, Type::Small, tokens.colour.error_ink, problem.as_str());
        }
        left |= show_words(ui, view, cx, &mut draft);
    });
    ui.painter().hline(foot.x_range(), foot.top(), tokens.hairline(tokens.colour.line_hair));
    let deletes = within(ui, foot.shrink2(vec2(inset, 0.0)), Layout::left_to_right(Align::Center), |ui| show_foot(ui, cx, &draft));
    if left || is_due(ui, &mut draft) {
        keep(cx, &mut draft);
    }
    view.draft = Some(draft);
    if deletes {
        acts::delete(view, cx);
    }
}

/// Takes the selected memo as the study has it, unless something is being written of it; what was written of another is kept.
fn take_draft(view: &mut NotesView, cx: &mut Cx<'_>) {
    if let Some(mut draft) = view.draft.take_if(|draft| Some(draft.id) != view.selected) {
        keep(cx, &mut draft);
    }
    let Some(selected) = view.selected else { return };
    if let Some(back) = view.given_back.remove(&selected) {
        view.draft = Some(back);
    }
    if view.draft.as_ref().is_some_and(|draft| !draft.rests()) {
        return;
    }
    // What was just kept is in no list yet.
    let on = view.draft.as_ref().map(|draft| draft.on.clone()).or_else(|| view.entry().map(|entry| entry.on.clone()));
    let found = on.and_then(|on| memo(cx.study, selected, &on));
    let mine = |coder| cx.project.is_some_and(|project| project.me.coder == coder);
    let fresh = found.filter(|memo| mine(memo.coder)).map(Draft::of);
    view.draft = match (view.draft.take(), fresh) {
        (Some(draft), Some(fresh)) if draft.is_as(&fresh) => Some(draft),
        (Some(draft), Some(fresh)) => Some(draft.with_words_of(fresh)),
        (None, fresh) => fresh,
        // It was deleted, or its making was undone.
        (Some(_), None) => None,
    };
}

fn keep(cx: &mut Cx<'_>, draft: &mut Draft) {
    if !draft.is_touched() || !cx.can_edit() {
        return;
    }
    cx.actions.extend(draft.keep().map(Action::Edit));
}

/// Whether there is something that is to be kept now.
fn is_due(ui: &Ui, draft: &mut Draft) -> bool {
    // What came back is tried again only when one goes on.
    draft.may_wait() && draft.problem.is_none() && draft.unkept.is_due(ui)
}

/// What the memo is on, with the words where it is on words.
fn show_place(ui: &mut Ui, cx: &mut Cx<'_>, on: &MemoOn, when: String) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.size.control);
        let (icon, _) = ui.allocate_exact_size(vec2(tokens.size.icon, tokens.size.control), Sense::hover());
        let sign = super::place::Sort::of(on).icon();
        paint_words(ui.painter(), icon.center(), egui::Align2::CENTER_CENTER, sign, tokens.icon_font(), colour.ink_secondary);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if place::place(cx.study, on).is_some() {
                let open = Button::new("Open").icon(icons::EXTERNAL_LINK).show(ui, tokens);
                if open.on_hover_text(Command::OpenMemoPlace.explained(ui.ctx())).clicked() {
                    place::open(cx, on);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let said = if matches!(on, MemoOn::Project) { "On the study as a whole".to_owned() } else { place::words(cx.study, on) };
                let text = egui::RichText::new(said).font(tokens.font(Type::PaneTitle)).color(colour.ink);
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
    words(ui, tokens, Type::Small, colour.ink_tertiary, when);
    show_quoted(ui, cx, on);
}

/// The words a memo is on, with a bar in the colour of the theme.
fn show_quoted(ui: &mut Ui, cx: &Cx<'_>, on: &MemoOn) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some((source, revision, span)) = place::passage(cx.study, on) else { return };
    let Some(material) = cx.study.material(source) else { return };
    let Some(revision) = material.revisions.iter().find(|other| other.id == revision) else { return };
    let indent = tokens.space.three;
    let text = cx.texts.get(revision.text);
    let said = text.as_ref().map_or("…", |text| span.slice(&text.text));
    let galley = reading(ui.painter(), tokens, Type::ReadingQuote, colour.ink_secondary, said, ui.available_width() - indent, QUOTED);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    let bar = Rect::from_min_size(rect.min, vec2(tokens.stroke.bracket_focused, rect.height()));
    let ink = place::coding(cx.study, on).map_or(colour.line_strong, |coding| theme_mark(tokens, cx.study, coding.theme).stripe);
    ui.painter().rect_filled(bar, 0.0, ink);
    ui.painter().galley(rect.min + vec2(indent, 0.0), galley, colour.ink_secondary);
}

/// The field of the words; returns whether it was left.
fn show_words(ui: &mut Ui, view: &mut NotesView, cx: &mut Cx<'_>, draft: &mut Draft) -> bool {
    let tokens = cx.tokens;
    let id = field_id(draft.id);
    if ui.memory(|memory| memory.has_focus(id)) {
        // Of the keys of the list this alone, where it types nothing.
        let opens = |command, keys: Keys| command == Command::OpenMemoPlace && !keys.types();
        let keys = KeyMap::of(ui.ctx());
        let pressed = ui.input_mut(|input| keys.pressed(input, Scope::Notes, opens));
        if !pressed.is_empty() {
            place::open(cx, &draft.on);
        }
    }
    let height = (ui.available_height() - tokens.space.half).max(0.0);
    let mut layout = lines_of(tokens);
    let field = ScrollArea::vertical().id_salt(("memo words", draft.id)).auto_shrink(false).show(ui, |ui| {
        let edit = TextEdit::multiline(&mut draft.text)
            .id(id)
            .font(tokens.font_in(Type::ReadingQuote, family::READING))
            .text_color(tokens.colour.ink)
            .margin(Margin::symmetric(tokens.space.three as i8, tokens.space.two as i8))
            .hint_text(egui::RichText::new("What you think").color(tokens.colour.ink_tertiary))
            .layouter(&mut layout)
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, height));
        ui.add(edit).accessible_name("Words of the memo")
    });
    let field = field.inner;
    if std::mem::take(&mut view.write) {
        field.request_focus();
    }
    view.writing = field.has_focus();
    if field.changed() {
        draft.unkept.changed(ui);
        draft.problem = None;
    }
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        view.wants_focus = true;
    }
    field.lost_focus()
}

/// How the words of a memo are set: as a quoted passage is.
fn lines_of(tokens: &Tokens) -> impl FnMut(&Ui, &dyn egui::TextBuffer, f32) -> Arc<egui::Galley> {
    let format = TextFormat {
        line_height: Some(tokens.line_height(Type::ReadingQuote)),
        ..TextFormat::simple(tokens.font_in(Type::ReadingQuote, family::READING), tokens.colour.ink)
    };
    move |ui, text, width| {
        let mut job = LayoutJob::single_section(text.as_str().to_owned(), format.clone());
        job.wrap.max_width = width;
        ui.painter().layout_job(job)
    }
}

fn show_foot(ui: &mut Ui, cx: &Cx<'_>, draft: &Draft) -> bool {
    let tokens = cx.tokens;
    let count = crate::text::word_count(&draft.text);
    let state = if draft.is_touched() { "kept when you pause or leave it" } else { "kept" };
    let said = if draft.is_new && draft.text.trim().is_empty() {
        String::new()
    } else {
        format!("{count} {}, {state}", if count == 1 { "word" } else { "words" })
    };
    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, said);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        !draft.is_new && icon_button_for(ui, tokens, Command::DeleteMemo, true).clicked()
    })
    .inner
}

/// Another coder's memo, to be read.
fn show_anothers(ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry) {
    let tokens = cx.tokens;
    let Some(memo) = memo(cx.study, entry.id, &entry.on) else { return };
    let by = cx.study.coders().get(&memo.coder).map_or("somebody", |coder| coder.name.as_str());
    let text = memo.text.clone();
    let when = format!("{} memo by {by}, begun {}. Only {by} can change it.", kind_name(memo.kind), day_and_clock(memo.time, cx.now));
    let inner = ui.max_rect().shrink2(vec2(tokens.space.five, tokens.space.three));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing.y = tokens.space.two;
        show_place(ui, cx, &entry.on, when);
        ScrollArea::vertical().id_salt(("memo words", entry.id)).auto_shrink(false).show(ui, |ui| {
            let (mut text, mut layout) = (text.as_str(), lines_of(tokens));
            let edit = TextEdit::multiline(&mut text)
                .id(field_id(entry.id))
                .font(tokens.font_in(Type::ReadingQuote, family::READING))
                .text_color(tokens.colour.ink)
                .layouter(&mut layout)
                .frame(egui::Frame::NONE)
                .desired_width(f32::INFINITY);
            ui.add(edit).accessible_name("Words of the memo, to be read");
        });
    });
}
