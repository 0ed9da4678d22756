use eframe::egui::{Key, ScrollArea, Ui};

use super::dialog::{Stays, head};
use super::path_field::take_focus;
use crate::app::context::{Action, Cx};
use crate::app::tokens::Type;
use crate::app::widgets::{Button, fit_width, words};

/// A question with a few answers.
pub struct Choice {
    /// The question.
    title: String,
    /// What to know before one answers; may be empty.
    what: String,
    /// What it is about, one line each; may be empty.
    lines: Vec<String>,
    /// The answers; the first is the main one.
    answers: Vec<Answer>,
    /// The words of the answer that does nothing.
    leave: &'static str,
    fresh: bool,
}

impl Choice {
    /// A question without further words, that is left with *Cancel*.
    #[must_use]
    pub fn new(title: impl Into<String>, answers: Vec<Answer>) -> Self {
        Self { title: title.into(), what: String::new(), lines: Vec::new(), answers, leave: "Cancel", fresh: true }
    }

    /// The same, with what to know before one answers.
    #[must_use]
    pub fn what(self, what: impl Into<String>) -> Self {
        Self { what: what.into(), ..self }
    }

    /// The same, with lines of what it is about.
    #[must_use]
    pub fn lines(self, mut lines: Vec<String>) -> Self {
        let more = lines.len().saturating_sub(MOST);
        if more > 0 {
            lines.truncate(MOST);
            lines.push(format!("and {more} more"));
        }
        Self { lines, ..self }
    }

    /// The same, left with these words.
    #[must_use]
    pub fn leave(self, leave: &'static str) -> Self {
        Self { leave, ..self }
    }
}

/// One answer.
pub struct Answer {
    /// Its words.
    pub words: String,
    /// What is done then.
    pub then: Vec<Action>,
}

impl Answer {
    /// An answer after which one thing is done.
    #[must_use]
    pub fn new(words: impl Into<String>, then: Action) -> Self {
        Self { words: words.into(), then: vec![then] }
    }
}

/// More lines than anybody reads.
const MOST: usize = 200;

/// How many lines are seen at once.
const SEEN: f32 = 10.0;

pub(super) fn show(ui: &mut Ui, dialog: &mut Choice, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width);
    head(ui, tokens, &dialog.title, &dialog.what);
    if !dialog.lines.is_empty() {
        let height = tokens.line_height(Type::Body) * SEEN;
        ScrollArea::vertical().id_salt("lines").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = tokens.space.half;
            for line in &dialog.lines {
                words(ui, tokens, Type::Body, tokens.colour.ink, line.as_str());
            }
        });
        ui.add_space(tokens.space.one);
    }
    let mut taken = None;
    let mut stays = Stays::Open;
    ui.horizontal_wrapped(|ui| {
        for (index, answer) in dialog.answers.iter().enumerate() {
            let button = if index == 0 { Button::primary(&answer.words) } else { Button::new(&answer.words) };
            let response = button.show(ui, tokens);
            if index == 0 {
                take_focus(&response, &mut dialog.fresh);
            }
            if response.clicked() {
                taken = Some(index);
            }
        }
        if Button::quiet(dialog.leave).show(ui, tokens).clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
            stays = Stays::Closed;
        }
    });
    if let Some(index) = taken.filter(|index| *index < dialog.answers.len()) {
        cx.actions.extend(dialog.answers.swap_remove(index).then);
        stays = Stays::Closed;
    }
    stays
}
