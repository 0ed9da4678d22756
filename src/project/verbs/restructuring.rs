use std::collections::BTreeSet;

use super::themes::under;
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{ApplyError, Codebook, CodingId, SourceId, Theme, ThemeId, ThemeOrigin};

/// A new sub-theme, and the codings that are sorted into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubTheme {
    /// Its name; where there is a sub-theme of that name already, that one is meant.
    pub name: String,
    /// The codings, each with its source.
    pub codings: Vec<(SourceId, CodingId)>,
}

impl Tx<'_> {
    /// Moves several themes, with all below them, under `parent` (the top for `None`), before the sibling `before` or to the
    /// end. They keep their order; one that lies below another of them goes with that. At the top they keep the colour that they
    /// had from above.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] below one of themselves, [`ApplyError::SameName`] beside a theme of one's name.
    pub fn move_themes(&mut self, themes: &BTreeSet<ThemeId>, parent: Option<ThemeId>, before: Option<ThemeId>) -> Result<(), EditError> {
        let codebook = self.study().codebook_arc();
        let moved = highest(&codebook, themes);
        if parent.is_some_and(|parent| moved.iter().any(|theme| codebook.is_within(parent, *theme))) {
            return Err(ApplyError::Cycle.into());
        }
        let mut siblings: Vec<Theme> = codebook.children(parent).filter(|other| !moved.contains(&other.id)).cloned().collect();
        let place = before.and_then(|before| siblings.iter().position(|other| other.id == before)).unwrap_or(siblings.len());
        let moved = moved.iter().filter_map(|theme| codebook.get(*theme)).map(|theme| under(&codebook, parent, theme.clone()));
        siblings.splice(place..place, moved);
        // The order is written anew, and only those that really change place are changed.
        let ordered = siblings.into_iter().zip(1..).map(|(sibling, position)| Theme { position, ..sibling }.into()).collect();
        self.put_all(ordered)
    }

    /// Puts everything of several themes into one, as [`Tx::merge_themes`]. `into` may be one of them.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] when `into` lies below one of them.
    pub fn merge_several(&mut self, from: &BTreeSet<ThemeId>, into: ThemeId) -> Result<(), EditError> {
        let codebook = self.study().codebook_arc();
        // The lowest first, so that each is still itself when its turn comes.
        for row in codebook.outline().iter().rev().filter(|row| row.theme != into && from.contains(&row.theme)) {
            // Where names were alike, one may have become part of another already.
            if self.study().codebook().get(row.theme).is_some() {
                self.merge_themes(row.theme, into)?;
            }
        }
        Ok(())
    }

    /// Deletes several themes and all below them. Their codings go to `codings_to`, or are removed with their marks and memos.
    ///
    /// # Errors
    /// [`ApplyError::Cycle`] when `codings_to` lies below one of them.
    pub fn remove_themes(&mut self, themes: &BTreeSet<ThemeId>, codings_to: Option<ThemeId>) -> Result<(), EditError> {
        let codebook = self.study().codebook_arc();
        let doomed = highest(&codebook, themes);
        if codings_to.is_some_and(|home| doomed.iter().any(|theme| codebook.is_within(home, *theme))) {
            return Err(ApplyError::Cycle.into());
        }
        doomed.into_iter().try_for_each(|theme| self.remove_theme(theme, codings_to))
    }

    /// Gives several themes a colour: the name of a palette colour or `#rrggbb`; none inherits the parent's.
    ///
    /// # Errors
    /// [`EditError::Study`]; themes that are gone are left out.
    pub fn recolour_themes(&mut self, themes: &BTreeSet<ThemeId>, colour: Option<&str>) -> Result<(), EditError> {
        let book = self.study().codebook_arc();
        let found = themes.iter().filter_map(|theme| book.get(*theme));
        self.put_all(found.map(|theme| Theme { colour: colour.map(str::to_owned), ..theme.clone() }.into()).collect())
    }

    /// Says of several themes where they come from; none takes back what was said.
    ///
    /// # Errors
    /// [`EditError::Study`]; themes that are gone are left out.
    pub fn say_origin(&mut self, themes: &BTreeSet<ThemeId>, origin: Option<ThemeOrigin>) -> Result<(), EditError> {
        let book = self.study().codebook_arc();
        let found = themes.iter().filter_map(|theme| book.get(*theme));
        self.put_all(found.map(|theme| Theme { origin, ..theme.clone() }.into()).collect())
    }

    /// Splits a theme: makes its sub-themes and gives them the codings that are sorted into them. What is sorted into none
    /// stays with the theme; what has another theme by now, or is gone, is left as it is. Those that are made come from where the
    /// theme does. Returns the sub-themes.
    ///
    /// # Errors
    /// [`EditError::NoName`] for a sub-theme without a name, [`EditError::Gone`] when the theme is.
    pub fn split_theme(&mut self, theme: ThemeId, into: &[SubTheme]) -> Result<Vec<ThemeId>, EditError> {
        let origin = self.study().codebook().get(theme).ok_or(EditError::Gone("theme"))?.origin;
        let mut made = Vec::with_capacity(into.len());
        for part in into {
            let known = self.study().codebook().child_named(Some(theme), &part.name);
            let sub_theme = match known {
                Some(known) => known,
                None => self.add_theme_from(Some(theme), &part.name, origin)?,
            };
            made.push(sub_theme);
            for (source, coding) in &part.codings {
                let kept = self.study().material(*source).and_then(|material| material.kept_codings().find(|kept| kept.id == *coding));
                if let Some(coding) = kept.filter(|kept| kept.theme == theme).cloned() {
                    self.give_theme(&coding, sub_theme)?;
                }
            }
        }
        Ok(made)
    }
}

/// Those of some themes that lie below none of the others, in the analyst's order.
#[must_use]
pub fn highest(codebook: &Codebook, themes: &BTreeSet<ThemeId>) -> Vec<ThemeId> {
    let mut found = Vec::new();
    let mut line = 0;
    while let Some(row) = codebook.outline().get(line) {
        if themes.contains(&row.theme) {
            found.push(row.theme);
            line = row.end;
        } else {
            line += 1;
        }
    }
    found
}
