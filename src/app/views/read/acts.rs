use super::carried::Carried;
use super::draft::Draft;
use super::drawn::Drawn;
use super::keys::fill_slot;
use super::offer::Offer;
use super::page::Page;
use super::picker::Purpose;
use super::selection::Selection;
use super::view::ReadView;
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::worker::Edit;
use crate::exchange::export::status_name;
use crate::project::{EditError, Tx};
use crate::study::{
    Codebook, Coding, CodingId, Memo, MemoId, MemoKind, MemoOn, Origin, Revision, Source, SourceId, StatusKind, ThemeId, ThemeOrigin,
};
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
    remember(cx, theme);
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

/// Puts a theme among those applied lately.
fn remember(cx: &mut Cx<'_>, theme: ThemeId) {
    let project = cx.study.project().id;
    cx.set(move |settings| settings.applied(project, theme));
}

/// Does with a theme what it was picked for.
pub fn use_theme(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, span: Span, theme: ThemeId, purpose: Purpose) {
    match purpose {
        Purpose::Apply => apply(view, cx, source, span, theme),
        Purpose::FillSlot(slot) => {
            fill_slot(cx, slot, theme);
            apply(view, cx, source, span, theme);
        }
        Purpose::Recode(coding) => recode_to(view, cx, coding, theme),
    }
}

/// Does with the theme of a path what it was picked for; makes it, if it is not there.
pub fn create_and_use(view: &mut ReadView, cx: &mut Cx<'_>, source: SourceId, span: Span, path: Vec<String>, purpose: Purpose) {
    if let Some(theme) = theme_at(cx.study.codebook(), &path) {
        return use_theme(view, cx, source, span, theme, purpose);
    }
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
            state.wanted.push(Action::Set(Box::new(move |settings| settings.applied(project, theme))));
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

/// The theme at the end of a path of names, if it is there.
fn theme_at(book: &Codebook, path: &[String]) -> Option<ThemeId> {
    path.iter().try_fold(None, |above, name| book.child_named(above, name).map(Some)).flatten()
}

/// The theme at the end of a path of names; what is missing is made, and emerges from what is read.
pub fn theme_of(tx: &mut Tx<'_>, path: &[String]) -> Result<ThemeId, EditError> {
    let mut found = None;
    for name in path {
        found = Some(match tx.study().codebook().child_named(found, name) {
            Some(theme) => theme,
            None => tx.add_theme_from(found, name, Some(ThemeOrigin::Emergent))?,
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
        let (back, on) = (cx.way_to(Command::CodingBack), cx.way_to(Command::CodingOn));
        cx.say(format!("No coding is in focus. Click a stripe, or go through those at the caret with {back} and {on}."));
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
    remember(cx, theme);
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
    let said = format!("Removed {name}. {} brings it back.", cx.way_to(Command::Undo));
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
        cx.say(format!("No coding is here. Select words and press {} first.", cx.way_to(Command::Theme)));
        return None;
    }
    own(view, cx)
}

/// Adds one's own coding to another coder's: the one in focus, else the shortest at the caret.
pub fn agree(view: &mut ReadView, cx: &mut Cx<'_>, drawn: &Drawn) {
    let me = cx.project.map(|project| project.me.coder);
    let here = drawn.at(view.selection.span().start);
    let theirs = || here.iter().find(|stripe| Some(stripe.coder) != me).copied();
    match (view.source, view.focus.and_then(|coding| drawn.stripe(coding)).or_else(theirs)) {
        (Some(source), Some(stripe)) if Some(stripe.coder) != me => apply(view, cx, source, stripe.span, stripe.theme),
        (_, Some(_)) => cx.say("This coding is yours already."),
        _ => cx.say("No coding of another coder is here."),
    }
}

/// Makes words the typical example that a theme's definition cites, or no longer: those of the coding in focus, else of the
/// shortest at the caret, else the selected ones for the theme one is at.
pub fn typical(view: &mut ReadView, cx: &mut Cx<'_>, drawn: &Drawn) {
    let here = || if view.selection.is_empty() { drawn.at(view.selection.head).first().map(|stripe| stripe.coding) } else { None };
    view.focus = view.focus.or_else(here);
    let Some((source, (theme, span))) = view.source.zip(could_be_typical(view, cx)) else {
        return cx.say("Go to a coding first: its words become the typical example of its theme.");
    };
    if !cx.can_edit() {
        return;
    }
    let name = cx.study.codebook().get(theme).map_or_else(String::new, |theme| theme.name.clone());
    let now = cx.study.example_of(theme).map(|example| (example.source, example.revision, example.span));
    let seen = seen(cx, source);
    if now.is_some_and(|now| Some(now) == seen.as_ref().map(|seen| (source, seen.id, span))) {
        let said = format!("No longer the typical example of {name}");
        return cx.edit_then("Take example away", move |tx| tx.set_example(theme, None), move |state, ()| state.say(said));
    }
    let act = move |tx: &mut Tx<'_>| tx.set_example(theme, Some((source, meet(tx, seen.as_ref(), span)?)));
    cx.edit_then("Typical example", act, move |state, ()| state.say(format!("Typical example of {name}")));
}

/// The theme whose typical example words could be, and the words: of the coding in focus, else the selected ones.
fn could_be_typical(view: &ReadView, cx: &Cx<'_>) -> Option<(ThemeId, Span)> {
    let focused = view.focus.and_then(|coding| cx.study.coding(view.source?, coding));
    let focused = focused.map(|coded| (coded.coding.theme, coded.coding.span));
    focused.or_else(|| view.theme.filter(|_| !view.selection.is_empty()).map(|theme| (theme, view.selection.span())))
}

/// Says against what the focused coding speaks; `None` takes the mark away. `draft` comes back when it cannot be kept.
pub fn contrary(cx: &mut Cx<'_>, source: SourceId, coding: CodingId, to: Option<String>, draft: Draft) {
    let said = if to.is_some() { "Marked as contrary" } else { "No longer contrary" };
    let act = move |tx: &mut Tx<'_>| tx.set_contrary(source, coding, to.as_deref());
    let edit = Edit::new("Contrary mark", act, move |state, ()| state.say(said));
    cx.actions.push(Action::Edit(edit.or(move |state, error| state.read.give_back(draft, error))));
}

/// Writes a memo of this coder's: the one that is `there`, else the one on the same; an empty one is taken away. `draft` comes
/// back when it cannot be kept.
pub fn memo(cx: &mut Cx<'_>, on: MemoOn, there: Option<MemoId>, kind: MemoKind, text: String, draft: Draft) {
    let said = if text.trim().is_empty() { "Memo taken away" } else { "Memo kept" };
    let act = move |tx: &mut Tx<'_>| match there {
        Some(memo) => tx.keep_memo(memo, on, kind, &text),
        None => tx.write_memo(on, kind, &text).map(|_| ()),
    };
    let edit = Edit::new("Memo", act, move |state, ()| state.say(said));
    cx.actions.push(Action::Edit(edit.or(move |state, error| state.read.give_back(draft, error))));
}

/// This coder's memo so far.
#[must_use]
pub fn own_memo(cx: &Cx<'_>, source: SourceId, on: &MemoOn) -> Option<Memo> {
    let me = cx.project.map(|project| project.me.coder);
    let memos = cx.study.material(source).map_or(&[][..], |material| &material.memos);
    memos.iter().find(|memo| memo.on == *on && Some(memo.coder) == me).cloned()
}

/// Says how far one is with a source.
pub fn set_status(cx: &mut Cx<'_>, source: &Source, status: StatusKind) {
    if cx.can_edit() {
        let (id, said) = (source.id, format!("{}: {}", source.label, status_name(status)));
        cx.edit_then("Set status", move |tx| tx.set_status(id, status), move |state, ()| state.say(said));
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
