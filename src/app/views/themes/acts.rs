//! What can be done with themes.

use std::collections::BTreeSet;

use super::rename::Naming;
use super::view::ThemesView;
use crate::app::context::{Action, Cx};
use crate::app::state::State;
use crate::app::worker::Edit;
use crate::project::{EditError, Tx, highest};
use crate::study::{Codebook, Theme, ThemeId, ThemeOrigin};

/// Where a theme goes: below which, and before which of those there.
pub type Target = (Option<ThemeId>, Option<ThemeId>);

/// A move by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the sibling above.
    Up,
    /// After the sibling below.
    Down,
    /// Below the sibling above.
    In,
    /// Out of its parent, after it.
    Out,
}

/// Where a step leads for some themes together; none where there is no way. They go from where the first of them stands, or
/// the last where they go down, and come to stand in a row.
pub fn target(book: &Codebook, themes: &BTreeSet<ThemeId>, step: Step) -> Option<Target> {
    let moved = highest(book, themes);
    let theme = if step == Step::Down { moved.last() } else { moved.first() }.copied()?;
    let parent = book.get(theme)?.parent;
    // Those that go too are no places to go to.
    let siblings: Vec<ThemeId> =
        book.children(parent).map(|sibling| sibling.id).filter(|sibling| *sibling == theme || !moved.contains(sibling)).collect();
    let at = siblings.iter().position(|sibling| *sibling == theme)?;
    let above = || siblings.get(at.checked_sub(1)?).copied();
    match step {
        Step::Up => above().map(|above| (parent, Some(above))),
        Step::Down => siblings.get(at + 1).map(|_| (parent, siblings.get(at + 2).copied())),
        Step::In => above().map(|above| (Some(above), None)),
        Step::Out => {
            let parent = book.get(parent?)?;
            let after = book.children(parent.parent).skip_while(|aunt| aunt.id != parent.id).skip(1);
            let after = after.map(|aunt| aunt.id).find(|aunt| !moved.contains(aunt));
            Some((parent.parent, after))
        }
    }
}

/// What is done where it is said where themes come from.
const ORIGIN: &str = "Say where themes come from";

/// What is done to how many themes, as the menu of undo says it.
fn deed(verb: &str, themes: &BTreeSet<ThemeId>) -> String {
    if themes.len() > 1 { format!("{verb} {} themes", themes.len()) } else { format!("{verb} theme") }
}

/// Moves themes with all below them.
pub fn move_to(cx: &mut Cx<'_>, themes: BTreeSet<ThemeId>, (parent, before): Target) {
    if cx.can_edit() {
        let label = deed("Move", &themes);
        cx.edit_then(label, move |tx| tx.move_themes(&themes, parent, before), |state, ()| state.themes.stay());
    }
}

/// Gives themes a colour, or their parents'.
pub fn recolour(cx: &mut Cx<'_>, themes: BTreeSet<ThemeId>, colour: Option<String>) {
    if cx.can_edit() {
        cx.edit(deed("Recolour", &themes), move |tx| tx.recolour_themes(&themes, colour.as_deref()));
    }
}

/// Says where themes come from, or nothing of it.
pub fn say_origin(cx: &mut Cx<'_>, themes: BTreeSet<ThemeId>, origin: Option<ThemeOrigin>) {
    if cx.can_edit() {
        cx.edit(ORIGIN, move |tx| tx.say_origin(&themes, origin));
    }
}

/// Adds a theme and selects it. When it cannot be added, its name is being written again.
pub fn add(cx: &mut Cx<'_>, parent: Option<ThemeId>, name: String) {
    if cx.can_edit() {
        let written = name.clone();
        let edit = Edit::new("Add theme", move |tx| tx.add_theme(parent, &name), show);
        cx.actions.push(Action::Edit(edit.or(move |state, _| state.themes.name_again(Naming::New(parent), written))));
    }
}

/// Gives a theme another name. When it cannot be given, it is being written again.
pub fn rename(cx: &mut Cx<'_>, theme: ThemeId, name: String) {
    let Some(before) = cx.study.codebook().get(theme).cloned() else { return };
    if before.name != name && cx.can_edit() {
        let after = Theme { name: name.clone(), ..before.clone() };
        let edit = Edit::new("Rename theme", move |tx| write(tx, &before, after), |_, ()| ());
        cx.actions.push(Action::Edit(edit.or(move |state, _| state.themes.name_again(Naming::Old(theme), name))));
    }
}

/// What of a theme was changed, in words.
pub fn label(before: &Theme, after: &Theme) -> &'static str {
    match () {
        () if before.name != after.name => "Rename theme",
        () if before.colour != after.colour => "Recolour theme",
        () if before.number != after.number => "Number theme",
        () if before.abbreviation != after.abbreviation => "Abbreviate theme",
        () if before.origin != after.origin => ORIGIN,
        () => "Define theme",
    }
}

/// Writes what of a theme was changed.
pub fn write(tx: &mut Tx<'_>, before: &Theme, after: Theme) -> Result<(), EditError> {
    let now = tx.study().codebook().get(before.id).ok_or(EditError::Gone("theme"))?.clone();
    let theme = changed(before, after, now);
    let number = theme.number.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty());
    tx.change_theme(Theme { number, ..theme })
}

/// The theme as it is `now`, with the fields in which `before` and `after` differ as they are after.
pub fn changed(before: &Theme, after: Theme, now: Theme) -> Theme {
    fn pick<T: PartialEq>(before: &T, after: T, now: T) -> T {
        if *before == after { now } else { after }
    }
    Theme {
        name: pick(&before.name, after.name, now.name),
        number: pick(&before.number, after.number, now.number),
        abbreviation: pick(&before.abbreviation, after.abbreviation, now.abbreviation),
        colour: pick(&before.colour, after.colour, now.colour),
        definition: pick(&before.definition, after.definition, now.definition),
        use_when: pick(&before.use_when, after.use_when, now.use_when),
        not_when: pick(&before.not_when, after.not_when, now.not_when),
        origin: pick(&before.origin, after.origin, now.origin),
        ..now
    }
}

/// Puts all of some themes into one.
pub fn merge(cx: &mut Cx<'_>, from: BTreeSet<ThemeId>, into: ThemeId) {
    if cx.can_edit() {
        let gone = from.clone();
        cx.set(move |settings| settings.merged(gone, into));
        cx.edit_then("Merge themes", move |tx| tx.merge_several(&from, into), move |state, ()| show(state, into));
    }
}

/// Deletes themes with all below them; their codings go to `home`, or are removed.
pub fn delete(cx: &mut Cx<'_>, themes: BTreeSet<ThemeId>, home: Option<ThemeId>) {
    if cx.can_edit() {
        let next = home.or_else(|| beside(cx.study.codebook(), &themes));
        let then = move |state: &mut State, ()| match next {
            Some(next) => show(state, next),
            None => state.themes.select(None),
        };
        cx.edit_then(deed("Delete", &themes), move |tx| tx.remove_themes(&themes, home), then);
    }
}

/// The theme one is at when these are gone: the sibling after the first of them, or before it, or its parent.
fn beside(book: &Codebook, themes: &BTreeSet<ThemeId>) -> Option<ThemeId> {
    let gone = highest(book, themes);
    let first = *gone.first()?;
    let parent = book.get(first)?.parent;
    let siblings: Vec<ThemeId> = book.children(parent).map(|sibling| sibling.id).collect();
    let at = siblings.iter().position(|sibling| *sibling == first)?;
    let stays = |sibling: &&ThemeId| !gone.contains(sibling);
    let after = siblings.iter().skip(at).find(stays);
    after.or_else(|| siblings.iter().take(at).rev().find(stays)).copied().or(parent)
}

fn show(state: &mut State, theme: ThemeId) {
    ThemesView::show(&mut state.themes, theme);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_where_they_say() {
        let a = Theme::named(None, "A", 1);
        let b = Theme::named(None, "B", 2);
        let c = Theme::named(None, "C", 3);
        let d = Theme::named(Some(b.id), "D", 1);
        let (first, second, third, below) = (a.id, b.id, c.id, d.id);
        let book = Codebook::new([a, b, c, d]);
        for (moved, step, expected) in [
            (first, Step::Up, None),
            (first, Step::Down, Some((None, Some(third)))),
            (second, Step::Up, Some((None, Some(first)))),
            (second, Step::Down, Some((None, None))),
            (third, Step::Down, None),
            (third, Step::In, Some((Some(second), None))),
            (first, Step::In, None),
            (below, Step::Out, Some((None, Some(third)))),
            (first, Step::Out, None),
        ] {
            assert_eq!(target(&book, &[moved].into(), step), expected, "{step:?}");
        }
        for (moved, step, expected) in [
            ([first, second], Step::Down, Some((None, None))),
            ([second, third], Step::Up, Some((None, Some(first)))),
            ([second, third], Step::In, Some((Some(first), None))),
            ([first, third], Step::Up, None),
            ([second, below], Step::Out, None),
            ([below, third], Step::Out, Some((None, None))),
        ] {
            assert_eq!(target(&book, &moved.into(), step), expected, "{step:?} of two");
        }
        for (gone, expected) in [
            (vec![third], Some(second)),
            (vec![below], Some(second)),
            (vec![second, third], Some(first)),
            (vec![first, second, third], None),
        ] {
            assert_eq!(beside(&book, &gone.into_iter().collect()), expected);
        }
    }

    #[test]
    fn a_draft_changes_only_what_was_written() {
        let before = Theme::named(None, "A", 1);
        let after = Theme { definition: "written".into(), ..before.clone() };
        let now = Theme { name: "renamed meanwhile".into(), colour: Some("plum".into()), ..before.clone() };
        let expected = Theme { definition: "written".into(), ..now.clone() };
        assert_eq!(changed(&before, after, now), expected);
    }
}
