use std::collections::BTreeSet;
use std::sync::Arc;

use super::codings::attached;
use super::examples::example_id;
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    ApplyError, Change, Codebook, Coding, Crossing, EntityId, Kind, Material, Memo, Theme, ThemeId, ThemeOrigin, split_path,
};

impl Tx<'_> {
    /// Adds a theme after the last child of `parent`. At the top it gets a colour of its own, the one used least; below others
    /// it has theirs.
    ///
    /// # Errors
    /// [`EditError::NoName`], or [`ApplyError::SameName`] when there is a sibling of that name.
    pub fn add_theme(&mut self, parent: Option<ThemeId>, name: &str) -> Result<ThemeId, EditError> {
        self.add_theme_from(parent, name, None)
    }

    /// As [`Tx::add_theme`], and says where the theme comes from.
    ///
    /// # Errors
    /// As [`Tx::add_theme`].
    pub fn add_theme_from(&mut self, parent: Option<ThemeId>, name: &str, origin: Option<ThemeOrigin>) -> Result<ThemeId, EditError> {
        let position = self.study().codebook().children(parent).last().map_or(1, |last| last.position + 1);
        let colour = parent.is_none().then(|| self.study().codebook().free_colour().to_owned());
        let theme = Theme { colour, origin, ..Theme::named(parent, name, position) };
        let id = theme.id;
        self.change_theme(theme)?;
        Ok(id)
    }

    /// The theme with this path (`Leadership › National voice`, also written with `>`); what is missing of it is made.
    ///
    /// # Errors
    /// [`EditError::NoName`] when a name of the path is empty.
    pub fn theme_at(&mut self, path: &str) -> Result<ThemeId, EditError> {
        let mut found = None;
        for name in split_path(path) {
            found = Some(match self.study().codebook().child_named(found, &name) {
                Some(theme) => theme,
                None => self.add_theme(found, &name)?,
            });
        }
        found.ok_or(EditError::NoName)
    }

    /// Renames, recolours, numbers, defines a theme.
    ///
    /// # Errors
    /// [`EditError::NoName`], or [`ApplyError::SameName`] when there is a sibling of that name.
    pub fn change_theme(&mut self, theme: Theme) -> Result<(), EditError> {
        let name = theme.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(EditError::NoName);
        }
        self.put(Theme { name, ..theme })
    }

    /// Moves a theme, with all below it, under `parent` (the top for `None`), before the sibling `before` or to the end. At the
    /// top it keeps the colour that it had from above.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] below itself, [`ApplyError::SameName`] beside a theme of its name.
    pub fn move_theme(&mut self, theme: ThemeId, parent: Option<ThemeId>, before: Option<ThemeId>) -> Result<(), EditError> {
        let codebook = self.study().codebook_arc();
        if parent.is_some_and(|parent| codebook.is_within(parent, theme)) {
            return Err(ApplyError::Cycle.into());
        }
        let moved = codebook.get(theme).ok_or(EditError::Gone("theme"))?.clone();
        let mut siblings: Vec<Theme> = codebook.children(parent).filter(|other| other.id != theme).cloned().collect();
        let place = before.and_then(|before| siblings.iter().position(|other| other.id == before)).unwrap_or(siblings.len());
        siblings.insert(place, under(&codebook, parent, moved));
        // The order is written anew, and only those that really change place are changed.
        let ordered = siblings.into_iter().zip(1..).map(|(sibling, position)| Theme { position, ..sibling }.into()).collect();
        self.put_all(ordered)
    }

    /// Puts everything of `from` into `into`: codings, memos, sub-themes; then `from` is gone. Sub-themes of one name
    /// become one in the same way. Where a passage has both from one coder, one coding remains.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] when `into` lies below `from`.
    pub fn merge_themes(&mut self, from: ThemeId, into: ThemeId) -> Result<(), EditError> {
        if from == into || self.study().codebook().is_within(into, from) {
            return Err(ApplyError::Cycle.into());
        }
        // Each merge changes the tree, and ends one pair: those that remain are looked for anew.
        loop {
            let pair = self.study().codebook().alike(from, into).next();
            let Some((below, alike)) = pair else { break };
            self.merge_themes(below, alike)?;
        }
        self.move_codings(&BTreeSet::from([from]), into)?;
        self.move_memos(from, into)?;
        let name = self.study().codebook().path(from);
        self.move_summaries(|cell| cell.theme == from, |cell| Crossing { theme: into, ..cell }, &name, false)?;
        self.move_evidence(|cell| cell.theme == from, |cell| Crossing { theme: into, ..cell })?;
        self.hand_over_example(from, into)?;
        let codebook = self.study().codebook_arc();
        let gone = codebook.get(from).ok_or(EditError::Gone("theme"))?.clone();
        let kept = codebook.get(into).ok_or(EditError::Gone("theme"))?.clone();
        let last = codebook.children(Some(into)).last().map_or(0, |last| last.position);
        let moved = codebook.children(Some(from)).cloned().zip(last + 1..);
        let moved = moved.map(|(child, position)| Theme { parent: Some(into), position, ..child });
        let filled = |kept: &str, other: &str| if kept.is_empty() { other.to_owned() } else { kept.to_owned() };
        let filled = Theme {
            definition: filled(&kept.definition, &gone.definition),
            use_when: filled(&kept.use_when, &gone.use_when),
            not_when: filled(&kept.not_when, &gone.not_when),
            origin: kept.origin.or(gone.origin),
            ..kept
        };
        // In one step, because a sub-theme may have the name of `from` and take its place.
        let put =
            moved.chain([filled]).map(|theme| Change { before: self.study().entity(theme_id(theme.id), None), after: Some(theme.into()) });
        let changes =
            put.chain([Change { before: Some(gone.into()), after: None }]).filter(|change| change.before != change.after).collect();
        self.change(changes)
    }

    /// Deletes a theme and all below it. Their codings go to `codings_to`, or are removed with their marks and memos. Summaries
    /// go with the codings, to be settled, or stay as memos on the theme above; what rests on its cells goes with the codings,
    /// or is kept and said to be gone.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] when `codings_to` lies below the theme.
    pub fn remove_theme(&mut self, theme: ThemeId, codings_to: Option<ThemeId>) -> Result<(), EditError> {
        let codebook = self.study().codebook_arc();
        let line = codebook.line(theme).ok_or(EditError::Gone("theme"))?;
        let end = codebook.outline().get(line).map_or(line, |row| row.end);
        let doomed: BTreeSet<_> = codebook.outline().iter().take(end).skip(line).map(|row| row.theme).collect();
        match codings_to {
            Some(home) if doomed.contains(&home) => return Err(ApplyError::Cycle.into()),
            Some(home) => self.move_codings(&doomed, home)?,
            None => self.remove_codings(&doomed)?,
        }
        let memos: Vec<_> =
            self.study().memos().iter().filter(|memo| memo.on.theme().is_some_and(|theme| doomed.contains(&theme))).cloned().collect();
        match codings_to {
            Some(home) => {
                self.put_all(memos.into_iter().map(|memo| Memo { on: memo.on.clone().with_theme(home), ..memo }.into()).collect())?;
            }
            None => self.remove_all(memos.into_iter().map(|memo| (EntityId { kind: Kind::Memo, id: memo.id.0 }, None)).collect())?,
        }
        let is_doomed = |cell: &Crossing| doomed.contains(&cell.theme);
        let name = codebook.path(theme);
        if let Some(home) = codings_to {
            self.move_summaries(is_doomed, |cell| Crossing { theme: home, ..cell }, &name, true)?;
            self.move_evidence(is_doomed, |cell| Crossing { theme: home, ..cell })?;
        } else {
            let parent = codebook.get(theme).and_then(|theme| theme.parent);
            self.summaries_to_memos(is_doomed, |_| parent)?;
        }
        let examples = doomed.iter().map(|theme| (example_id(*theme), None));
        let gone = examples.chain(doomed.iter().map(|theme| (theme_id(*theme), None))).collect();
        self.remove_all(gone)
    }

    fn move_memos(&mut self, from: ThemeId, into: ThemeId) -> Result<(), EditError> {
        let memos = self.study().memos().iter().filter(|memo| memo.on.theme() == Some(from));
        let moved = memos.map(|memo| Memo { on: memo.on.clone().with_theme(into), ..memo.clone() }.into()).collect();
        self.put_all(moved)
    }

    fn move_codings(&mut self, from: &BTreeSet<ThemeId>, into: ThemeId) -> Result<(), EditError> {
        for (_, coding) in self.codings_of(from) {
            self.give_theme(&coding, into)?;
        }
        Ok(())
    }

    fn remove_codings(&mut self, of: &BTreeSet<ThemeId>) -> Result<(), EditError> {
        let mut gone = Vec::new();
        for (material, coding) in self.codings_of(of) {
            let source = Some(coding.source);
            gone.extend(attached(&material, coding.id).into_iter().map(|id| (id, source)));
            gone.push((EntityId { kind: Kind::Coding, id: coding.id.0 }, source));
        }
        self.remove_all(gone)
    }

    /// The codings of some themes, broken ones too, with what they lie in.
    fn codings_of(&self, themes: &BTreeSet<ThemeId>) -> Vec<(Arc<Material>, Coding)> {
        let all = self.study().materials().iter().flat_map(|material| material.kept_codings().map(move |coding| (material, coding)));
        let codings = all.filter(|(_, coding)| themes.contains(&coding.theme));
        codings.map(|(material, coding)| (Arc::clone(material), coding.clone())).collect()
    }
}

const fn theme_id(theme: ThemeId) -> EntityId {
    EntityId { kind: Kind::Theme, id: theme.0 }
}

/// A theme as it is under `parent`: one that comes to the top takes along the colour that it had from above.
pub(super) fn under(codebook: &Codebook, parent: Option<ThemeId>, theme: Theme) -> Theme {
    let colour = if parent.is_none() { codebook.colour(theme.id).map(str::to_owned) } else { theme.colour };
    Theme { parent, colour, ..theme }
}
