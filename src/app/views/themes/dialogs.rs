//! What is asked before themes are merged or deleted.

use std::collections::BTreeSet;

use eframe::egui::Ui;

use super::acts;
use super::counts::{Hanging, several};
use super::view::ThemesView;
use crate::app::context::Cx;
use crate::app::frame::dialogs::{decide, head, modal};
use crate::app::tokens::Type;
use crate::app::views::blind::unseen_goes_too;
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{fit_width, segmented, words};
use crate::project::highest;
use crate::study::{Codebook, Study, Theme, ThemeId};

/// A question about themes.
pub struct Dialog {
    themes: BTreeSet<ThemeId>,
    what: What,
    choice: ThemeChoice,
    /// How many pairs of sub-themes become one where all goes into this theme.
    alike: Option<(ThemeId, usize)>,
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
    /// Asks into which theme others go; none where there are no others.
    pub fn merge(themes: &BTreeSet<ThemeId>) -> Option<Self> {
        Self::about(themes, What::Merge)
    }

    /// Asks what becomes of what hangs on themes; none where there are no themes.
    pub fn delete(themes: &BTreeSet<ThemeId>) -> Option<Self> {
        Self::about(themes, What::Delete(Codings::Move))
    }

    fn about(themes: &BTreeSet<ThemeId>, what: What) -> Option<Self> {
        (!themes.is_empty()).then(|| Self { themes: themes.clone(), what, choice: ThemeChoice::default(), alike: None })
    }

    /// The theme that is chosen, if one can be.
    fn home(&self) -> Option<ThemeId> {
        match self.choice.chosen {
            Some(Choice::Theme(theme)) => Some(theme),
            Some(Choice::New(_)) | None => None,
        }
    }

    /// How many pairs of sub-themes become one. Counted once for each choice.
    fn becoming_one(&mut self, book: &Codebook, into: ThemeId) -> usize {
        match self.alike {
            Some((counted, alike)) if counted == into => alike,
            _ => {
                let alike = self.themes.iter().filter(|from| **from != into).map(|from| book.becoming_one(*from, into)).sum();
                self.alike = Some((into, alike));
                alike
            }
        }
    }

    /// The themes in words: by name where it is one.
    fn name(&self, study: &Study) -> String {
        let one = self.themes.first().filter(|_| self.themes.len() == 1).and_then(|theme| study.codebook().get(*theme));
        one.map_or_else(|| several(self.themes.len(), "theme"), |theme| format!("“{}”", short(&theme.name)))
    }
}

/// The longest name in a question or on a button, in characters.
const SHORT: usize = 60;

/// A name as it is said in a question: the beginning of a very long one.
fn short(name: &str) -> String {
    if name.chars().count() <= SHORT { name.to_owned() } else { name.chars().take(SHORT).chain(['…']).collect() }
}

/// Shows the question that is asked, if one is.
pub(super) fn show(ui: &Ui, view: &mut ThemesView, cx: &mut Cx<'_>) {
    let Some(mut dialog) = view.dialog.take() else { return };
    dialog.themes.retain(|theme| cx.study.codebook().get(*theme).is_some());
    if dialog.themes.is_empty() {
        return;
    }
    let counted = view.counts.are_of(cx.study);
    let hanging = view.hanging(cx, &dialog.themes).clone();
    let (answered, left) = modal(ui, cx.tokens, "theme question", |ui| {
        fit_width(ui, cx.tokens, cx.tokens.size.picker_width);
        match dialog.what {
            // Nothing is decided on old counts: codings that are not seen would be lost unsaid.
            _ if !counted => show_counting(ui, cx),
            What::Merge => show_merge(ui, &mut dialog, &hanging, cx),
            What::Delete(codings) => show_delete(ui, &mut dialog, codings, &hanging, cx),
        }
    });
    match answered {
        Some(true) => answer(&dialog, &hanging, cx),
        Some(false) => {}
        None if left => {}
        None => {
            view.dialog = Some(dialog);
            return;
        }
    }
    view.wants_focus = true;
}

fn answer(dialog: &Dialog, hanging: &Hanging, cx: &mut Cx<'_>) {
    let themes = dialog.themes.clone();
    match (dialog.what, dialog.home()) {
        (What::Merge, Some(into)) => acts::merge(cx, themes, into),
        (What::Merge, None) => {}
        (What::Delete(Codings::Move), home) if hanging.needs_home() => {
            if home.is_some() {
                acts::delete(cx, themes, home);
            }
        }
        (What::Delete(_), _) => acts::delete(cx, themes, None),
    }
}

fn show_counting(ui: &mut Ui, cx: &Cx<'_>) -> Option<bool> {
    head(ui, cx.tokens, "Counting what hangs on it", "");
    decide(ui, cx.tokens, "Go on", false, false)
}

fn show_merge(ui: &mut Ui, dialog: &mut Dialog, hanging: &Hanging, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, book) = (cx.tokens, cx.study.codebook());
    let name = dialog.name(cx.study);
    let one = dialog.themes.len() == 1;
    let hangs = hanging.words();
    let hangs = if hangs.is_empty() { "nothing".to_owned() } else { hangs };
    let (it, gone) = if one { ("it", format!("{name} is gone")) } else { ("them", "the others are gone".to_owned()) };
    let unseen = unseen_goes_too(cx.study);
    let what = format!("What hangs on {it} ({hangs}) goes to the theme you choose, and {gone}.{unseen} Undo brings it back.");
    head(ui, tokens, &format!("Merge {name} into…"), &what);
    let themes = &dialog.themes;
    // One of several may be what the others go into, unless it lies below another of them.
    let below = |other: ThemeId| book.lineage(other).iter().any(|above| themes.contains(&above.id) && above.id != other);
    let entered = dialog.choice.show(ui, tokens, cx.study, false, |other| !below(other) && (!one || !themes.contains(&other)));
    let into = dialog.home().and_then(|into| book.get(into));
    if let Some(into) = into {
        let alike = dialog.becoming_one(book, into.id);
        let below = hanging.sub_themes - if dialog.themes.contains(&into.id) { book.sub_themes(into.id) } else { 0 };
        if alike > 0 {
            let verb = if alike == 1 { "becomes" } else { "become" };
            let whose = if one { "its" } else { "their" };
            let what = format!("{alike} of {whose} {} {verb} one with that of the same name there.", several(below, "sub-theme"));
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
        }
        if hanging.examples > 0 && cx.study.example_of(into.id).is_some() {
            let what = format!("“{}” keeps its own typical example.", short(&into.name));
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, what);
        }
    }
    show_slots(ui, hanging, cx);
    let button = into.map_or_else(|| "Merge".to_owned(), |into| format!("Merge into “{}”", short(&into.name)));
    decide(ui, tokens, &button, into.is_some(), entered)
}

fn show_slots(ui: &mut Ui, hanging: &Hanging, cx: &Cx<'_>) {
    let slots = hanging.slots_words();
    if !slots.is_empty() {
        words(ui, cx.tokens, Type::Body, cx.tokens.colour.ink_secondary, slots);
    }
}

/// What goes with themes that are deleted, in a sentence.
fn what_goes(themes: usize, hanging: &Hanging) -> String {
    let hangs = hanging.words();
    let (it, goes) = if themes == 1 { ("it", "It goes") } else { ("them", "They go") };
    match (hanging.codings + hanging.broken, hanging.sub_themes) {
        (0, 0) if hangs.is_empty() => format!("No coding hangs on {it}."),
        (0, 0) => format!("No coding hangs on {it}, but {hangs}."),
        (0, _) => format!("No coding hangs on {it}. {goes} with all below: {hangs}."),
        (_, 0) => format!("On {it} hang {hangs}."),
        (_, _) => format!("{goes} with all below. On them hang {hangs}."),
    }
}

/// Where the words of summaries go as memos: to what stands above the themes that are deleted.
fn above<'b>(book: &'b Codebook, themes: &BTreeSet<ThemeId>) -> SummariesTo<'b> {
    let parents: BTreeSet<Option<ThemeId>> =
        highest(book, themes).into_iter().map(|theme| book.get(theme).and_then(|theme| theme.parent)).collect();
    match parents.iter().collect::<Vec<_>>().as_slice() {
        [Some(parent)] => book.get(*parent).map_or(SummariesTo::Project, |parent| SummariesTo::Theme(&parent.name)),
        [None] | [] => SummariesTo::Project,
        _ => SummariesTo::Several,
    }
}

/// Where the summaries of themes that are deleted go.
#[derive(Clone, Copy)]
enum SummariesTo<'b> {
    /// To the cells of this theme, once it is chosen.
    Home(Option<&'b Theme>),
    /// As memos, to the project or the themes above.
    Project,
    Theme(&'b str),
    Several,
}

/// What becomes of so many summaries, as a sentence: none is lost.
fn what_becomes(summaries: usize, to: SummariesTo<'_>) -> String {
    let (what, goes, waits, becomes) = match summaries {
        0 => return String::new(),
        1 => ("The summary of its cells".to_owned(), "goes", "waits", "becomes a memo"),
        many => (format!("The {many} summaries of its cells"), "go", "wait", "become memos"),
    };
    match to {
        SummariesTo::Home(home) => {
            let there = home.map_or_else(|| "there".to_owned(), |home| format!("in the cells of “{}”", short(&home.name)));
            format!("{what} {goes} with them and {waits} {there} to be settled.")
        }
        SummariesTo::Theme(parent) => format!("{what} {becomes} on “{}”.", short(parent)),
        SummariesTo::Project => format!("{what} {becomes} on the project."),
        SummariesTo::Several => format!("{what} {becomes} on the themes above."),
    }
}

fn show_delete(ui: &mut Ui, dialog: &mut Dialog, codings_to: Codings, hanging: &Hanging, cx: &Cx<'_>) -> Option<bool> {
    let (tokens, colour, book) = (cx.tokens, &cx.tokens.colour, cx.study.codebook());
    let what = format!("{}{}", what_goes(dialog.themes.len(), hanging), unseen_goes_too(cx.study));
    head(ui, tokens, &format!("Delete {}?", dialog.name(cx.study)), &what);
    let mut entered = false;
    let mut chosen = codings_to;
    let lost = lost(hanging);
    if hanging.needs_home() {
        let what = if hanging.codings + hanging.broken > 0 { "Codings" } else { "Memos" };
        let remove = format!("Remove the {} too", what.to_lowercase());
        let choices = [(Codings::Move, "Give them a new home"), (Codings::Remove, remove.as_str())];
        segmented(ui, tokens, what, &choices, &mut chosen, true);
        match chosen {
            Codings::Move => {
                let doomed = highest(book, &dialog.themes);
                let stays = |other: ThemeId| !doomed.iter().any(|theme| book.is_within(other, *theme));
                entered = dialog.choice.show(ui, tokens, cx.study, false, stays);
            }
            Codings::Remove => {
                let what = format!("{lost} will be removed with their marks and memos. Undo brings them back.");
                words(ui, tokens, Type::Body, colour.error_ink, what);
            }
        }
        dialog.what = What::Delete(chosen);
    }
    let home = dialog.home().and_then(|home| book.get(home));
    let moves = hanging.needs_home() && chosen == Codings::Move;
    let becomes = what_becomes(hanging.summaries, if moves { SummariesTo::Home(home) } else { above(book, &dialog.themes) });
    if !becomes.is_empty() {
        words(ui, tokens, Type::Body, colour.ink_secondary, becomes);
    }
    show_slots(ui, hanging, cx);
    let (button, ready) = match (hanging.needs_home(), chosen, home) {
        (false, ..) => ("Delete".to_owned(), true),
        (_, Codings::Remove, _) => (format!("Delete with {lost}"), true),
        (_, Codings::Move, Some(home)) => {
            let what = if hanging.codings + hanging.broken > 0 { "codings" } else { "memos" };
            (format!("Delete, {what} to “{}”", short(&home.name)), true)
        }
        (_, Codings::Move, None) => ("Delete".to_owned(), false),
    };
    decide(ui, tokens, &button, ready, entered)
}

/// The codings that would be lost, or the memos where there are none.
fn lost(hanging: &Hanging) -> String {
    match hanging.codings + hanging.broken {
        0 => several(hanging.memos, "memo"),
        codings => several(codings, "coding"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_is_said() {
        let nothing = Hanging::default();
        let codings = Hanging { codings: 2, broken: 1, memos: 1, ..Hanging::default() };
        let below = Hanging { sub_themes: 3, slots: vec![2, 4], examples: 1, ..Hanging::default() };
        let check = |themes, hanging: &Hanging, expected: &str| assert_eq!(what_goes(themes, hanging), expected);
        check(1, &nothing, "No coding hangs on it.");
        check(1, &codings, "On it hang 2 codings, 1 coding whose words were corrected away, 1 memo.");
        check(2, &below, "No coding hangs on them. They go with all below: 3 sub-themes, 1 typical example.");
        check(
            1,
            &Hanging { sub_themes: 1, ..codings.clone() },
            "It goes with all below. On them hang 2 codings, 1 coding whose words were corrected away, 1 sub-theme, 1 memo.",
        );
        let written = Hanging { codings: 2, summaries: 6, memos: 1, ..Hanging::default() };
        check(1, &written, "On it hang 2 codings, 6 summaries, 1 memo.");
        assert_eq!(what_becomes(0, SummariesTo::Project), "");
        assert_eq!(what_becomes(1, SummariesTo::Theme("Trust")), "The summary of its cells becomes a memo on “Trust”.");
        assert_eq!(what_becomes(6, SummariesTo::Project), "The 6 summaries of its cells become memos on the project.");
        assert_eq!(what_becomes(6, SummariesTo::Home(None)), "The 6 summaries of its cells go with them and wait there to be settled.");
        assert_eq!(below.slots_words(), "Slots 2, 4 are empty then.");
        assert_eq!(short(&"x".repeat(500)).chars().count(), SHORT + 1);
    }
}
