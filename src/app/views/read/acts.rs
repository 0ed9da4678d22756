use super::carried::Carried;
use super::draft::Draft;
use super::drawn::Drawn;
use super::offer::Offer;
use super::page::Page;
use super::picker::Purpose;
use super::selection::Selection;
use super::view::ReadView;
use crate::app::context::{Action, Cx};
use crate::app::worker::Edit;
use crate::project::{EditError, Tx};
use crate::study::{Coding, CodingId, MemoKind, MemoOn, Origin, Revision, SourceId, StatusKind, ThemeId};
use crate::text::Span;

/// Name of the theme under which themes without a place are put.
pub const UNSORTED: &str = "Unsorted";

/// Longest name of a theme made from selected words, in characters.
const IN_VIVO: usize = 60;

/// The passage that coding keys take: the selected words, else those of the coding in focus, else the sentence at the
/// caret. It is then selected so that one sees it.
pub fn passage(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) -> Option<Span> {
    if view.selection.is_empty() {
        let focused = view.focus.and_then(|coding| drawn.stripe(coding)).map(|stripe| Selection::of(stripe.span));
        let sentence = || Selection::sentence(page.text, page.geometry(), view.selection.head);
        view.selection = focused.or_else(sentence).unwrap_or(view.selection);
    }
    let span = view.selection.span().trimmed(page.text);
    if span.is_empty() {
        cx.say("There are no words here.");
        return None;
    }
    Some(span)
}

/// Applies a theme to words.
pub fn apply(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, span: Span, theme: ThemeId) {
    if !cx.can_edit() {
        return;
    }
    let seen = seen(cx, source);
    let book = cx.study.codebook();
    let name = book.get(theme).map_or_else(String::new, |theme| theme.name.clone());
    let number = book.number(theme).to_owned();
    view.remember(theme);
    view.theme = Some(theme);
    view.selection = Selection::of(span);
    cx.edit_then(
        format!("Apply {name}"),
        move |tx| tx.code(source, meet(tx, seen.as_ref(), span)?, theme, Origin::Hand),
        move |state, coding| {
            state.read.focus = Some(coding);
            state.say(format!("Applied {number} {name}"));
        },
    );
}

/// Makes the theme of a path, if it is not there, and does with it what it was picked for.
pub fn create_and_use(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, span: Span, path: Vec<String>, purpose: Purpose) {
    if !cx.can_edit() {
        return;
    }
    let project = cx.study.project().id;
    let label = format!("New theme {}", path.last().map_or("", String::as_str));
    let said = path.join(crate::study::PATH_SEPARATOR);
    let seen = seen(cx, source);
    view.selection = Selection::of(span);
    cx.edit_then(
        label,
        move |tx| {
            let theme = theme_of(tx, &path)?;
            let coding = match purpose {
                Purpose::Recode(coding) => tx.recode(source, coding, theme)?,
                Purpose::Apply | Purpose::FillSlot(_) => tx.code(source, meet(tx, seen.as_ref(), span)?, theme, Origin::Hand)?,
            };
            Ok((theme, coding))
        },
        move |state, (theme, coding)| {
            state.read.focus = Some(coding);
            state.read.theme = Some(theme);
            state.read.remember(theme);
            if let Purpose::FillSlot(slot) = purpose {
                state.wanted.push(Action::Set(Box::new(move |settings| settings.fill_slot(project, slot, theme))));
            }
            state.say(format!("Made and applied {said}"));
        },
    );
}

/// The version of a source's text that is on screen, which the next edit may find corrected.
pub fn seen(cx: &Cx<'_>, source: SourceId) -> Option<Revision> {
    cx.study.material(source)?.revision().cloned()
}

/// Where words of the version that was seen stand now.
///
/// # Errors
/// When none of them is there any more, or the text is gone.
pub fn meet(tx: &Tx<'_>, seen: Option<&Revision>, span: Span) -> Result<Span, EditError> {
    tx.meet(seen.ok_or(EditError::Gone("text"))?, span)
}

/// The theme at the end of a path of names; what is missing is made.
pub fn theme_of(tx: &mut Tx<'_>, path: &[String]) -> Result<ThemeId, EditError> {
    let mut found = None;
    for name in path {
        found = Some(match tx.study().codebook().child_named(found, name) {
            Some(theme) => theme,
            None => tx.add_theme(found, name)?,
        });
    }
    found.ok_or(EditError::NoName)
}

/// A theme named by the selected words.
pub fn in_vivo(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    let Some(span) = passage(view, cx, page, drawn) else { return };
    let name = in_vivo_name(span.slice(page.text));
    create_and_use(view, cx, page.material.source.id, span, vec![UNSORTED.into(), name], Purpose::Apply);
}

/// Selected words as a name: one line, whole words, at most 60 characters.
fn in_vivo_name(words: &str) -> String {
    let mut name = String::new();
    for word in words.split_whitespace() {
        if !name.is_empty() && name.chars().count() + 1 + word.chars().count() > IN_VIVO {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    let trimmed = name.trim_matches(|c: char| c.is_ascii_punctuation() || "“”‘’…–—".contains(c));
    trimmed.chars().take(IN_VIVO).collect()
}

/// The coding in focus if this coder may change it; else offers what can be done instead.
pub fn own(view: &mut ReadView, cx: &mut Cx<'_>) -> Option<Coding> {
    let Some(coded) = view.source.and_then(|source| cx.study.coding(source, view.focus?)) else {
        cx.say("No coding is in focus. Click a stripe, or go through those at the caret with [ and ].");
        return None;
    };
    let coding = coded.coding.clone();
    if cx.project.is_some_and(|project| project.me.coder != coding.coder) {
        view.offer = Some(Offer::on(&coding));
        return None;
    }
    cx.can_edit().then_some(coding)
}

/// Gives a coding of the open source another theme.
pub fn recode_to(view: &mut ReadView, cx: &mut Cx<'_>, coding: CodingId, theme: ThemeId) {
    let Some(coded) = view.source.and_then(|source| cx.study.coding(source, coding)) else { return };
    let coding = coded.coding.clone();
    if coding.theme == theme || !cx.can_edit() {
        return;
    }
    view.remember(theme);
    let name = cx.study.codebook().get(theme).map_or_else(String::new, |theme| theme.name.clone());
    let (source, id) = (coding.source, coding.id);
    cx.edit_then(
        format!("Recode to {name}"),
        move |tx| tx.recode(source, id, theme),
        move |state, coding| {
            state.read.focus = Some(coding);
            state.say(format!("Recoded to {name}"));
        },
    );
}

/// Gives what was let go on a theme that theme.
pub fn take(view: &mut ReadView, cx: &mut Cx<'_>, carried: Carried, theme: ThemeId) {
    match (carried, view.source) {
        (Carried::Coding(coding), _) => recode_to(view, cx, coding, theme),
        (Carried::Words(words), Some(source)) => apply(view, cx, source, words, theme),
        _ => return,
    }
    view.take_focus = true;
}

/// Says that the codings were read and are right: what a search has made counts as made by hand from then on.
pub fn confirm(cx: &mut Cx<'_>, source: SourceId, codings: Vec<CodingId>) {
    if codings.is_empty() {
        return cx.say("Nothing here waits to be confirmed.");
    }
    if !cx.can_edit() {
        return;
    }
    let many = codings.len();
    let label = if many == 1 { "Confirm coding".to_owned() } else { format!("Confirm {many} codings") };
    cx.edit_then(
        label,
        move |tx| codings.into_iter().try_for_each(|coding| tx.confirm(source, coding)),
        move |state, ()| state.say(if many == 1 { "Confirmed".to_owned() } else { format!("Confirmed {many} codings") }),
    );
}

/// The codings of a source that a search has made for this coder and nobody has confirmed.
#[must_use]
pub fn unread(cx: &Cx<'_>, source: SourceId) -> Vec<CodingId> {
    let me = cx.project.map(|project| project.me.coder);
    let codings = cx.study.material(source).into_iter().flat_map(|material| &material.codings);
    let mine = codings.map(|coded| &coded.coding).filter(|coding| coding.origin == Origin::SearchUnread && Some(coding.coder) == me);
    mine.map(|coding| coding.id).collect()
}

/// Removes the focused coding.
pub fn remove(view: &mut ReadView, cx: &mut Cx<'_>) {
    let Some(coding) = own(view, cx) else { return };
    let name = cx.study.codebook().get(coding.theme).map_or_else(String::new, |theme| theme.name.clone());
    view.focus = None;
    let said = format!("Removed {name}. Ctrl+Z brings it back.");
    cx.edit_then(format!("Remove {name}"), move |tx| tx.uncode(coding.source, coding.id), move |state, ()| state.say(said));
}

/// Chooses the focused coding's passage for the report, or not.
pub fn quote(view: &mut ReadView, cx: &mut Cx<'_>, drawn: &Drawn) {
    let Some(Coding { source, id, .. }) = at_hand(view, cx, drawn) else { return };
    cx.edit_then(
        "Quote mark",
        move |tx| tx.toggle_quote(source, id),
        |state, on| state.say(if on { "Chosen for the report" } else { "No longer chosen for the report" }),
    );
}

/// The coding in focus, else the shortest at the caret, one's own first; it then has the focus. Another coder's is not
/// handed out: what can be done with it is offered.
pub fn at_hand(view: &mut ReadView, cx: &mut Cx<'_>, drawn: &Drawn) -> Option<Coding> {
    if view.focus.is_none() {
        let here = drawn.at(view.selection.span().start);
        let me = cx.project.map(|project| project.me.coder);
        let found = here.iter().find(|stripe| Some(stripe.coder) == me).or(here.first());
        view.focus = found.map(|stripe| stripe.coding);
    }
    if view.focus.is_none() {
        cx.say("No coding is here. Select words and press C first.");
        return None;
    }
    own(view, cx)
}

/// Says against what the focused coding speaks; `None` takes the mark away. `draft` comes back when it cannot be kept.
pub fn contrary(cx: &mut Cx<'_>, source: SourceId, coding: CodingId, to: Option<String>, draft: Draft) {
    let said = if to.is_some() { "Marked as contrary" } else { "No longer contrary" };
    let act = move |tx: &mut Tx<'_>| tx.set_contrary(source, coding, to.as_deref());
    let edit = Edit::new("Contrary mark", act, move |state, ()| state.say(said));
    cx.actions.push(Action::Edit(edit.or(move |state, error| state.read.give_back(draft, error))));
}

/// Writes this coder's memo; an empty one is taken away. `draft` comes back when it cannot be kept.
pub fn memo(cx: &mut Cx<'_>, on: MemoOn, text: String, draft: Draft) {
    let said = if text.trim().is_empty() { "Memo taken away" } else { "Memo kept" };
    let act = move |tx: &mut Tx<'_>| tx.write_memo(on, MemoKind::Analytic, &text);
    let edit = Edit::new("Memo", act, move |state, _| state.say(said));
    cx.actions.push(Action::Edit(edit.or(move |state, error| state.read.give_back(draft, error))));
}

/// The line of the menu that cites words as typical of a theme: those of the coding in focus, else the selected ones for the
/// theme one is at.
pub fn example_entry(ui: &mut eframe::egui::Ui, view: &ReadView, cx: &mut Cx<'_>) {
    let Some(source) = view.source else { return };
    let focused = view.focus.and_then(|coding| cx.study.coding(source, coding)).map(|coded| (coded.coding.theme, coded.coding.span));
    let selected = || view.theme.filter(|_| !view.selection.is_empty()).map(|theme| (theme, view.selection.span()));
    let Some((theme, span)) = focused.or_else(selected) else { return };
    let Some(name) = cx.study.codebook().get(theme).map(|theme| theme.name.clone()) else { return };
    ui.separator();
    let says = format!("Typical example of {}", in_vivo_name(&name));
    if ui.add(eframe::egui::Button::new(says).frame_when_inactive(false)).clicked() {
        ui.close();
        if cx.can_edit() {
            let seen = seen(cx, source);
            let act = move |tx: &mut Tx<'_>| tx.set_example(theme, Some((source, meet(tx, seen.as_ref(), span)?)));
            cx.edit_then("Typical example", act, move |state, ()| state.say(format!("Typical example of {name}")));
        }
    }
}

/// The words of this coder's memo so far.
#[must_use]
pub fn own_memo(cx: &Cx<'_>, source: SourceId, on: &MemoOn) -> String {
    let me = cx.project.map(|project| project.me.coder);
    let memos = cx.study.material(source).map_or(&[][..], |material| &material.memos);
    memos.iter().find(|memo| memo.on == *on && Some(memo.coder) == me).map_or_else(String::new, |memo| memo.text.clone())
}

/// Says how far one is with a source.
pub fn set_status(cx: &mut Cx<'_>, source: SourceId, status: StatusKind) {
    if cx.can_edit() {
        cx.edit("Set status", move |tx| tx.set_status(source, status));
    }
}

#[cfg(test)]
mod tests {
    use super::in_vivo_name;

    #[test]
    fn names_from_words_are_short_and_bare() {
        assert_eq!(in_vivo_name("“It’s the two\n minutes.”"), "It’s the two minutes");
        let long = in_vivo_name(&"word ".repeat(40));
        assert!(long.chars().count() <= 60 && long.ends_with("word"));
        assert_eq!(in_vivo_name(&"x".repeat(90)).len(), 60);
    }
}
