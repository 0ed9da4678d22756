//! The field in which a summary is written, in a cell's pane or in the chart.

use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{EventFilter, Id, Margin, Response, RichText, TextBuffer, TextEdit, Ui};

use super::draft::Draft;
use super::marks;
use crate::analysis::matrix::{Passage, said};
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::numbers::grouped;
use crate::app::tokens::Type;
use crate::study::{CaseId, Cites, SummaryState, line_of_passage};

/// A summary has no more characters: about eight pages. It is set anew at every key.
const MOST: usize = 20_000;

/// How the field is shown.
#[derive(Clone, Copy)]
pub struct FieldLook {
    /// What no other field is called.
    pub id: Id,
    /// Room round the words, in points.
    pub margin: Margin,
    /// It is so many rows tall even when it is empty.
    pub rows: usize,
    /// Whether a frame stands round it.
    pub framed: bool,
}

/// Shows the field; keeps what was written in pauses and when it is left.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft, look: FieldLook) -> Response {
    let tokens = cx.tokens;
    let FieldLook { id, margin, rows, framed } = look;
    if draft.write {
        put_caret(ui, id, draft);
    }
    let mut layout = |ui: &Ui, text: &dyn TextBuffer, width: f32| -> Arc<eframe::egui::Galley> {
        ui.painter().layout_job(marks::layout(tokens, text.as_str(), width))
    };
    let before = draft.now.text.clone();
    let field = TextEdit::multiline(&mut draft.now.text);
    let field = if framed { field.margin(margin) } else { field.frame(eframe::egui::Frame::NONE.inner_margin(margin)) };
    let shown = field
        .id(id)
        .hint_text(RichText::new("What they say here, in your words").font(tokens.font(Type::ChartCell)).color(tokens.colour.ink_tertiary))
        .layouter(&mut layout)
        .event_filter(EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: !framed })
        .desired_width(f32::INFINITY)
        .desired_rows(rows)
        .show(ui);
    let response = shown.response.response.clone().accessible_name("Summary of this cell");
    if std::mem::take(&mut draft.write) {
        response.request_focus();
    } else if let Some(range) = shown.cursor_range {
        draft.caret = range.primary.index.into();
    }
    if response.changed() {
        take_in(ui, cx, draft, before);
    }
    if response.has_focus() {
        let keys = cx.key_names(Command::CitePassage);
        cx.status.hint(&keys, "Cite the passage");
    }
    if response.lost_focus() {
        keep(cx, draft);
    }
    keep_in_pauses(ui, cx, draft);
    response
}

/// Puts the caret where the draft has it.
fn put_caret(ui: &Ui, id: Id, draft: &Draft) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(draft.caret))));
    state.store(ui.ctx(), id);
}

/// Takes in what was typed or pasted.
fn take_in(ui: &Ui, cx: &mut Cx<'_>, draft: &mut Draft, before: String) {
    draft.now.text = plain(std::mem::take(&mut draft.now.text));
    let length = draft.now.text.chars().count();
    // One that came longer from elsewhere can be made shorter.
    if length > MOST && length > before.chars().count() {
        let [most, length] = [MOST, length].map(grouped);
        cx.say(format!(
            "A summary has room for {most} characters; with this it would have {length}. Write it shorter, or keep it as a memo."
        ));
        draft.now.text = before;
        return;
    }
    draft.unkept.changed(ui);
    draft.problem = None;
    // Nobody has read these words yet.
    draft.now.state = draft.now.state.min(SummaryState::Charted);
    draft.now.silence = draft.now.silence.filter(|_| draft.now.text.trim().is_empty());
}

/// Words from another program as they stand in a summary: line ends of one kind, spaces for tabs, nothing that cannot be seen.
fn plain(text: String) -> String {
    let is_plain = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{ad}' | '\u{2028}' | '\u{2029}' | '\u{feff}'));
    if text.chars().all(is_plain) {
        return text;
    }
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}'], "\n").replace('\t', " ");
    lines.chars().filter(|c| is_plain(*c)).collect()
}

/// Cites a passage where the caret is, by the number it has or by the next.
pub fn cite(cx: &Cx<'_>, draft: &mut Draft, passage: &Passage) {
    let Some((of, words)) = cited_words(cx, passage) else { return };
    let number = draft.now.cite(of, || words);
    insert(draft, number);
}

/// Cites nothing under a number any more; what was being written is kept first, and stays.
pub fn uncite(cx: &mut Cx<'_>, draft: &mut Draft, number: u32) {
    if !cx.can_edit() {
        return;
    }
    keep(cx, draft);
    let name = cx.study.crossing_name(&draft.cell);
    cx.actions.extend(draft.uncite(number, &name).map(Action::Edit));
    cx.say(format!("[{number}] is cited no longer; the other numbers stay."));
}

/// Cites what is written of one person in the cell of several.
pub fn cite_summary(draft: &mut Draft, case: CaseId, text: &str) {
    let number = draft.now.cite(Cites::Summary { case }, || text.to_owned());
    insert(draft, number);
}

/// Fills an empty summary with what is said in passages, each in quotation marks and cited: a draft, to be written in one's own
/// words. Returns how many there was room for.
pub fn fill(cx: &Cx<'_>, draft: &mut Draft, passages: &[Passage]) -> usize {
    if !draft.now.text.trim().is_empty() {
        return 0;
    }
    draft.now.text.clear();
    draft.now.silence = None;
    for (at, passage) in passages.iter().enumerate() {
        let Some((of, words)) = cited_words(cx, passage) else { return at };
        if draft.now.text.chars().count() + words.chars().count() > MOST / 2 {
            return at;
        }
        let number = draft.now.cite(of, || words.clone());
        if at > 0 {
            draft.now.text.push('\n');
        }
        draft.now.text.push_str(&line_of_passage(&words, number));
    }
    passages.len()
}

/// A passage as it is cited, with its words; none while its text is not at hand.
fn cited_words(cx: &Cx<'_>, passage: &Passage) -> Option<(Cites, String)> {
    let material = cx.study.material(passage.source)?;
    let revision = material.revision()?;
    let text = cx.texts.get(revision.text)?;
    let of = Cites::Passage { source: passage.source, revision: revision.id, span: passage.span };
    Some((of, said(&material.geometry, &text.text, passage.span)))
}

/// Puts the number of a citation where the caret is.
fn insert(draft: &mut Draft, number: u32) {
    let mark = mark(number);
    let at = draft.now.text.char_indices().nth(draft.caret).map_or(draft.now.text.len(), |(byte, _)| byte);
    draft.now.text.insert_str(at, &mark);
    draft.now.silence = None;
    draft.caret = draft.now.text.get(..at).map_or(0, |before| before.chars().count()) + mark.chars().count();
    draft.write = true;
}

/// The number of a citation as it stands in the words.
fn mark(number: u32) -> String {
    format!("[{number}]")
}

/// Keeps what was written, if anything was.
pub fn keep(cx: &mut Cx<'_>, draft: &mut Draft) {
    if draft.is_touched() && cx.can_edit() {
        let name = cx.study.crossing_name(&draft.cell);
        cx.actions.extend(draft.keep(&name).map(Action::Edit));
    }
}

/// Keeps what was written when nothing was for a while, and from time to time while one writes on.
pub fn keep_in_pauses(ui: &Ui, cx: &mut Cx<'_>, draft: &mut Draft) {
    // Who takes all words away may be about to write others.
    if !draft.is_touched() || draft.problem.is_some() || draft.is_emptied() {
        return;
    }
    if draft.unkept.is_due(ui) {
        keep(cx, draft);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_from_other_programs_become_plain() {
        for (pasted, expected) in [
            ("cold 😀 שלום", "cold 😀 שלום"),
            ("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour"),
            ("\u{feff}a\tb\u{0}c\u{ad}d\u{7f}", "a bcd"),
        ] {
            assert_eq!(plain(pasted.to_owned()), expected);
        }
    }
}
