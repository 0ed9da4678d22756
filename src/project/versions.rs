use std::collections::BTreeMap;

use super::error::EditError;
use super::open::Project;
use crate::study::{Codebook, Entity, Kind, Theme, ThemeId};

/// Edits looked at in one go.
const PAGE: usize = 500;

impl Project {
    /// The codebook as it was right after edit `seq`; 0 is before the first. It is found backwards, from the one there is now.
    ///
    /// # Errors
    /// [`EditError`] when the log cannot be read or followed.
    pub fn codebook_after(&self, seq: u64) -> Result<Codebook, EditError> {
        let mut themes: BTreeMap<ThemeId, Theme> = self.study.codebook().themes().map(|theme| (theme.id, theme.clone())).collect();
        let mut before = None;
        loop {
            let page = self.store.edits(before, PAGE)?;
            for edit in page.iter().take_while(|edit| edit.seq > seq).filter(|edit| edit.brought_by.is_none()) {
                let mut changes = self.store.changes(edit.seq)?;
                changes.reverse();
                for change in changes.iter().filter(|change| change.entity().kind == Kind::Theme) {
                    let id = ThemeId(change.entity().id);
                    let current = themes.get(&id).cloned().map(Entity::from);
                    match change.inverse().onto(current.as_ref())?.after {
                        Some(Entity::Theme(theme)) => _ = themes.insert(id, theme),
                        _ => _ = themes.remove(&id),
                    }
                }
            }
            before = page.last().map(|edit| edit.seq);
            if page.len() < PAGE || before.is_none_or(|oldest| oldest <= seq) {
                return Ok(Codebook::new(themes.into_values()));
            }
        }
    }
}
