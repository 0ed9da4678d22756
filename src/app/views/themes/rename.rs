//! A name being written in its line of the tree.

use eframe::egui;
use std::sync::Arc;

use eframe::egui::{Align, Id, Key, Layout, Modifiers, Rect, Ui, UiBuilder, vec2};

use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{focus_ring, line_edit, paint_elided};
use crate::study::{Codebook, Study, ThemeId};

/// Whose name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A theme that is there.
    Old(ThemeId),
    /// A new theme below this one.
    New(Option<ThemeId>),
}

/// A name that is being written.
pub struct Rename {
    /// Whose.
    pub of: Naming,
    /// What is written.
    pub text: String,
    fresh: bool,
    /// What was last looked at for a problem, and the problem.
    checked: Option<(Seen, String, Option<String>)>,
}

/// How the writing ended.
pub enum Done {
    /// With this name.
    Named(Naming, String),
    /// Without one.
    Nothing,
}

impl Rename {
    /// A name that begins as `text`.
    pub const fn new(of: Naming, text: String) -> Self {
        Self { of, text, fresh: true, checked: None }
    }

    /// Why the name cannot be taken. Thousands of siblings are not looked through in every frame.
    fn checked(&mut self, study: &Arc<Study>) -> Option<String> {
        if !self.checked.as_ref().is_some_and(|(seen, text, _)| seen.is(study) && *text == self.text) {
            self.checked = Some((Seen::of(study), self.text.clone(), self.problem(study.codebook())));
        }
        self.checked.as_ref().and_then(|(.., problem)| problem.clone())
    }

    /// Why the name cannot be taken.
    fn problem(&self, book: &Codebook) -> Option<String> {
        let (parent, own) = match self.of {
            Naming::Old(theme) => (book.get(theme)?.parent, Some(theme)),
            Naming::New(parent) => (parent, None),
        };
        let twin = book.child_named(parent, &self.text)?;
        (Some(twin) != own).then(|| format!("{} has this name already", book.number(twin)))
    }

    /// Shows the field in `rect`; returns how the writing ended, once it has.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect) -> Option<Done> {
        let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
        let id = Id::unique("theme name");
        if std::mem::take(&mut self.fresh) {
            ui.memory_mut(|memory| memory.request_focus(id));
            let mut state = egui::text_edit::TextEditState::default();
            let end = egui::text::CCursor::new(self.text.chars().count());
            state.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::new(0), end)));
            state.store(ui.ctx(), id);
        }
        let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), colour.surface_raised);
        let problem = self.checked(cx.study);
        let edit = line_edit(tokens, id, &mut self.text, rect.width());
        // A field is never lower than a control, a line of the tree is.
        let inner = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * tokens.space.one, tokens.size.control));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
        let response = child.put(inner, edit).accessible_name("Name of the theme");
        focus_ring(ui, tokens, rect);
        if let Some(problem) = &problem {
            let left = rect.left() + rect.width() / 2.0;
            paint_elided(ui.painter(), left, rect.right(), rect.center().y, problem, tokens.font(Type::Small), colour.error_ink);
        }
        if escaped {
            return Some(Done::Nothing);
        }
        if !response.lost_focus() {
            return None;
        }
        let name = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        if problem.is_some() && entered {
            // The sentence stands beside it; the writing goes on.
            ui.memory_mut(|memory| memory.request_focus(id));
            return None;
        }
        Some(if name.is_empty() || problem.is_some() { Done::Nothing } else { Done::Named(self.of, name) })
    }
}
