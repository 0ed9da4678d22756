//! What is asked before themes are merged or deleted.

use eframe::egui::Ui;

use super::acts;
use super::editor::codings;
use super::view::ThemesView;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::tokens::Type;
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{segmented, words};
use crate::study::ThemeId;

/// A question about a theme.
pub struct Dialog {
    theme: ThemeId,
    what: What,
    choice: ThemeChoice,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Merge,
    Delete(Codings),
}

/// What becomes of the codings of a deleted theme.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codings {
    Move,
    Remove,
}

impl Dialog {
    /// Asks into which theme another goes.
    pub fn merge(theme: ThemeId) -> Self {
        Self { theme, what: What::Merge, choice: ThemeChoice::default() }
    }

    /// Asks what becomes of what hangs on a theme.
    pub fn delete(theme: ThemeId) -> Self {
        Self { theme, what: What::Delete(Codings::Move), choice: ThemeChoice::default() }
    }

    /// The theme that is chosen, if one can be.
    fn home(&self) -> Option<ThemeId> {
        match self.choice.chosen {
            Some(Choice::Theme(theme)) => Some(theme),
            Some(Choice::New(_)) | None => None,
        }
    }
}

/// Shows the question that is asked, if one is.
pub(super) fn show(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut dialog) = view.dialog.take() else { return };
    if cx.study.codebook().get(dialog.theme).is_none() {
        return;
    }
    let (answered, left) = modal(ui, cx.tokens, "theme question", |ui| {
        ui.set_width(cx.tokens.size.picker_width);
        match dialog.what {
            // Nothing is decided on old counts: codings that are not seen would be lost unsaid.
            _ if !view.counts.are_of(cx.study) => show_counting(ui, cx),
            What::Merge => show_merge(ui, &mut dialog, view, cx),
            What::Delete(codings) => show_delete(ui, &mut dialog, codings, view, cx),
        }
    });
    match answered {
        Some(true) => answer(&dialog, view, cx),
        Some(false) => {}
        None if left => {}
        None => {
            view.dialog = Some(dialog);
            return;
        }
    }
    view.wants_focus = true;
}

fn answer(dialog: &Dialog, view: &ThemesView, cx: &mut Cx<'_>) {
    match (dialog.what, dialog.home()) {
        (What::Merge, Some(into)) => acts::merge(cx, dialog.theme, into),
        (What::Merge, None) => {}
        (What::Delete(Codings::Move), home) if view.counts.get(dialog.theme).with_below > 0 => {
            if home.is_some() {
                acts::delete(cx, dialog.theme, home);
            }
        }
        (What::Delete(_), _) => acts::delete(cx, dialog.theme, None),
    }
}

/// What hangs on a theme, in words.
fn hanging(view: &ThemesView, cx: &Cx<'_>, theme: ThemeId) -> String {
    let book = cx.study.codebook();
    let below = book.sub_themes(theme);
    let count = view.counts.get(theme);
    let mut parts = vec![codings(count.with_below)];
    if count.coders.len() > 1 {
        parts.push(format!("by {} coders", count.coders.len()));
    }
    if below > 0 {
        parts.push(several(below, "sub-theme"));
    }
    if count.memos > 0 {
        parts.push(several(count.memos, "memo"));
    }
    parts.join(", ")
}

fn several(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

fn show_counting(ui: &mut Ui, cx: &Cx<'_>) -> Option<bool> {
    head(ui, cx.tokens, "Counting what hangs on it", "");
    decide(ui, cx.tokens, "Go on", false, false)
}

fn show_merge(ui: &mut Ui, dialog: &mut Dialog, view: &ThemesView, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, book) = (cx.tokens, cx.study.codebook());
    let theme = dialog.theme;
    let name = book.get(theme).map_or("", |theme| theme.name.as_str());
    let what =
        format!("What hangs on it ({}) goes to the theme you choose, and “{name}” is gone. Undo brings it back.", hanging(view, cx, theme));
    head(ui, tokens, &format!("Merge “{name}” into…"), &what);
    let entered = dialog.choice.show(ui, tokens, cx.study, false, |other| !book.is_within(other, theme));
    let into = dialog.home().and_then(|into| book.get(into));
    if let Some(into) = into {
        let (below, alike) = (book.sub_themes(theme), book.becoming_one(theme, into.id));
        if alike > 0 {
            let what = format!(
                "{alike} of its {} {} one with that of the same name there.",
                several(below, "sub-theme"),
                if alike == 1 { "becomes" } else { "become" }
            );
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
        }
    }
    let button = into.map_or_else(|| "Merge".to_owned(), |into| format!("Merge into “{}”", into.name));
    decide(ui, cx.tokens, &button, into.is_some(), entered)
}

fn show_delete(ui: &mut Ui, dialog: &mut Dialog, codings_to: Codings, view: &ThemesView, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, colour, book) = (cx.tokens, &cx.tokens.colour, cx.study.codebook());
    let theme = dialog.theme;
    let name = book.get(theme).map_or("", |theme| theme.name.as_str());
    let count = view.counts.get(theme).with_below;
    let has_below = book.children(Some(theme)).next().is_some();
    let what = match (count, has_below) {
        (0, false) => "No coding hangs on it.".to_owned(),
        (0, true) => format!("No coding hangs on it. It goes with all below it: {}.", hanging(view, cx, theme)),
        (_, false) => format!("On it hang {}.", hanging(view, cx, theme)),
        (_, true) => format!("It goes with all below it. On them hang {}.", hanging(view, cx, theme)),
    };
    head(ui, tokens, &format!("Delete “{name}”?"), &what);
    let mut entered = false;
    let mut chosen = codings_to;
    if count > 0 {
        let choices = [(Codings::Move, "Give them a new home"), (Codings::Remove, "Remove the codings too")];
        segmented(ui, tokens, "Codings", &choices, &mut chosen, true);
        match chosen {
            Codings::Move => entered = dialog.choice.show(ui, tokens, cx.study, false, |other| !book.is_within(other, theme)),
            Codings::Remove => {
                let what = format!("{} will be removed with their marks and memos. Undo brings them back.", codings(count));
                words(ui, tokens, Type::Body, colour.error_ink, what);
            }
        }
        dialog.what = What::Delete(chosen);
    }
    let home = dialog.home().and_then(|home| book.get(home));
    let (button, ready) = match (count, chosen, home) {
        (0, ..) => ("Delete".to_owned(), true),
        (_, Codings::Remove, _) => (format!("Delete with {}", codings(count)), true),
        (_, Codings::Move, Some(home)) => (format!("Delete, codings to “{}”", home.name), true),
        (_, Codings::Move, None) => ("Delete".to_owned(), false),
    };
    decide(ui, cx.tokens, &button, ready, entered)
}
