use eframe::egui::{Area, Frame, Id, Key, Margin, Modifiers, Order, Rect, TextEdit, Ui, vec2};

use super::acts;
use super::picker::beside;
use super::view::ReadView;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::user_error::UserError;
use crate::app::views::notes::{KINDS, kind_help, kind_name};
use crate::app::widgets::{Button, Field, fitting_width, key_caps, segmented, words};
use crate::study::{CodingId, Memo, MemoId, MemoKind, MemoOn, SourceId};

/// Something that is being written beside the text. It is kept only when the analyst says so.
pub struct Draft {
    what: What,
    text: String,
    /// Of what kind a memo is.
    kind: MemoKind,
    /// Words and kind when it was opened.
    before: (String, MemoKind),
    fresh: bool,
    /// Why it could not be kept, once it was tried.
    problem: Option<String>,
    /// How high it was in the last frame, in points.
    height: f32,
}

#[derive(Clone, PartialEq)]
enum What {
    Memo { on: MemoOn, there: Option<MemoId> },
    Contrary { source: SourceId, coding: CodingId, marked: bool },
}

impl Draft {
    /// A memo: the one that is there, as it is so far, or a new one.
    #[must_use]
    pub fn memo(on: MemoOn, there: Option<&Memo>) -> Self {
        let (text, kind) = there.map_or((String::new(), MemoKind::Analytic), |memo| (memo.text.clone(), memo.kind));
        Self::new(What::Memo { on, there: there.map(|memo| memo.id) }, text, kind)
    }

    /// What a coding is contrary to; `marked` is what is said already.
    #[must_use]
    pub fn contrary(source: SourceId, coding: CodingId, marked: Option<String>) -> Self {
        Self::new(What::Contrary { source, coding, marked: marked.is_some() }, marked.unwrap_or_default(), MemoKind::Analytic)
    }

    fn new(what: What, text: String, kind: MemoKind) -> Self {
        Self { what, before: (text.clone(), kind), text, kind, fresh: true, problem: None, height: 0.0 }
    }

    /// Whether anything is written that was not there when it was opened.
    fn is_changed(&self) -> bool {
        (&self.text, self.kind) != (&self.before.0, self.before.1)
    }

    fn keep(self, cx: &mut Cx<'_>) {
        match self.what.clone() {
            What::Memo { on, there } => acts::memo(cx, on, there, self.kind, self.text.clone(), self),
            What::Contrary { source, coding, .. } => acts::contrary(cx, source, coding, Some(self.text.clone()), self),
        }
    }
}

impl ReadView {
    /// Takes back what could not be kept, to be tried again.
    pub(super) fn give_back(&mut self, draft: Draft, error: &UserError) {
        self.given_back.push(Draft { fresh: true, problem: Some(error.not_kept()), ..draft });
    }
}

/// Opens a draft. One that is open already is kept first, so that its words are not lost to a click elsewhere; opened
/// again, it goes on where it was.
pub fn open(view: &mut ReadView, cx: &mut Cx<'_>, draft: Draft) {
    match view.draft.take() {
        Some(before) if before.what == draft.what => view.draft = Some(Draft { fresh: true, ..before }),
        Some(before) if before.is_changed() && !before.text.trim().is_empty() => {
            before.keep(cx);
            view.draft = Some(draft);
        }
        _ => view.draft = Some(draft),
    }
}

enum Asked {
    Keep,
    TakeAway,
    Close,
}

/// Shows the draft, if there is one, below `at`.
pub fn show(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, at: Rect) {
    // What came back waits while something else is being written.
    let Some(mut draft) = view.draft.take().or_else(|| view.given_back.pop()) else { return };
    let tokens = cx.tokens;
    let width = fitting_width(ui, tokens, tokens.size.picker_width - tokens.size.left_rail);
    let place = beside(ui, tokens, at, at.left(), vec2(width + 2.0 * tokens.space.three, draft.height));
    let area = Area::new(Id::unique("draft")).order(Order::Foreground).fixed_pos(place).constrain_to(ui.ctx().content_rect());
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(tokens.space.three as i8));
    let mut asked = ui.input_mut(|input| {
        let keep = input.consume_key(Modifiers::COMMAND, Key::Enter)
            || (matches!(draft.what, What::Contrary { .. }) && input.consume_key(Modifiers::NONE, Key::Enter));
        let close = input.consume_key(Modifiers::NONE, Key::Escape);
        if keep { Some(Asked::Keep) } else { close.then_some(Asked::Close) }
    });
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.two);
            asked = asked.take().or_else(|| body(ui, cx, &mut draft, width));
        });
    });
    draft.height = shown.response.rect.height();
    match asked {
        None => view.draft = Some(draft),
        Some(asked) => {
            view.take_focus = true;
            match (asked, draft.what.clone()) {
                (Asked::Close, _) => {}
                (Asked::Keep, _) => draft.keep(cx),
                (Asked::TakeAway, What::Memo { on, there }) => acts::memo(cx, on, there, draft.kind, String::new(), draft),
                (Asked::TakeAway, What::Contrary { source, coding, .. }) => acts::contrary(cx, source, coding, None, draft),
            }
        }
    }
}

fn body(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, width: f32) -> Option<Asked> {
    let tokens = cx.tokens;
    let mut asked = None;
    let id = Id::unique("draft words");
    // Asked for after the field is shown: in the first frame, which measures, it would be taken away again.
    let fresh = std::mem::take(&mut draft.fresh);
    let there = match &draft.what {
        What::Memo { on, there } => {
            let title = match on {
                MemoOn::Coding { .. } => "Memo on this coding",
                MemoOn::Source { .. } => "Memo on this source",
                _ => "Memo on this passage",
            };
            words(ui, tokens, Type::PaneTitle, tokens.colour.ink, title);
            let edit = TextEdit::multiline(&mut draft.text).id(id).desired_width(width).desired_rows(4).font(tokens.font(Type::Body));
            let edit = edit.margin(Margin::symmetric(tokens.space.two as i8, tokens.space.one as i8 + tokens.space.half as i8));
            let field = ui.add(edit).accessible_name(title);
            if fresh {
                field.request_focus();
            }
            let kinds = KINDS.map(|kind| (kind, kind_name(kind)));
            segmented(ui, tokens, "Kind of memo", &kinds, &mut draft.kind, false);
            words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, kind_help(draft.kind));
            there.is_some()
        }
        What::Contrary { marked, .. } => {
            words(ui, tokens, Type::PaneTitle, tokens.colour.ink, "Contrary to what?");
            let explain = "A passage that speaks against what most say under its theme. A few words, or none.";
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, explain);
            let field = Field::new(id, "Contrary to what", icons::ARROW_RIGHT_LEFT).show(ui, tokens, &mut draft.text);
            if fresh {
                field.request_focus();
            }
            *marked
        }
    };
    if let Some(problem) = &draft.problem {
        words(ui, tokens, Type::Small, tokens.colour.error_ink, problem.as_str());
    }
    ui.horizontal(|ui| {
        if Button::primary("Keep").small().show(ui, tokens).clicked() {
            asked = Some(Asked::Keep);
        }
        let keys: &[&str] = if matches!(draft.what, What::Memo { .. }) { &["Ctrl", "↵"] } else { &["↵"] };
        key_caps(ui, tokens, keys);
        if there && Button::quiet("Take away").small().show(ui, tokens).clicked() {
            asked = Some(Asked::TakeAway);
        }
        if Button::quiet("Cancel").small().show(ui, tokens).clicked() {
            asked = Some(Asked::Close);
        }
    });
    asked
}
