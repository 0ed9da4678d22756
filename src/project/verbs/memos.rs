use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{Crossing, EntityId, Kind, Memo, MemoId, MemoKind, MemoOn, SourceId};

/// A memo whose cell goes stays with the theme.
pub(super) const fn to_theme(cell: &Crossing) -> MemoOn {
    MemoOn::Theme { theme: cell.theme }
}

impl Tx<'_> {
    /// Writes this coder's memo on something: a new one, or the words of the one that is there. Empty text removes it.
    /// Returns the memo, if there is one now.
    ///
    /// # Errors
    /// [`EditError::Study`] when what it is on is gone.
    pub fn write_memo(&mut self, on: MemoOn, kind: MemoKind, text: &str) -> Result<Option<MemoId>, EditError> {
        let own = |memo: &&Memo| memo.on == on && memo.coder == self.me().coder;
        let there = match on.source() {
            Some(source) => self.material(source)?.memos.iter().find(own).cloned(),
            None => self.study().memos().iter().find(own).cloned(),
        };
        let text = text.trim().to_owned();
        match there {
            Some(memo) if text.is_empty() => {
                self.remove(EntityId { kind: Kind::Memo, id: memo.id.0 }, on.source())?;
                Ok(None)
            }
            Some(memo) => {
                let id = memo.id;
                self.put(Memo { kind, text, ..memo })?;
                Ok(Some(id))
            }
            None if text.is_empty() => Ok(None),
            None => self.add_memo(on, kind, &text).map(Some),
        }
    }

    /// Adds a memo beside those there are. On a passage of an older version it is put where the words stand now.
    ///
    /// # Errors
    /// [`EditError::Study`] when what it is on is gone, [`EditError::WordsGone`] when the words are.
    pub fn add_memo(&mut self, mut on: MemoOn, kind: MemoKind, text: &str) -> Result<MemoId, EditError> {
        if let MemoOn::Passage { source, revision, span } = &mut on {
            let material = self.material(*source)?;
            if let Some(seen) = material.revisions.iter().find(|seen| seen.id == *revision) {
                *span = self.meet(seen, *span)?;
                *revision = material.source.revision;
            }
        }
        let id = MemoId::new();
        self.put(Memo { id, on, kind, text: text.to_owned(), coder: self.me().coder, time: self.now() })?;
        Ok(id)
    }

    /// Keeps a memo as it was written: a new one, or the words and kind of the one that has its identity. Empty words take it
    /// away.
    ///
    /// # Errors
    /// [`EditError::NotYourMemo`] for a memo of somebody else, [`EditError::Study`] when what it is on is gone.
    pub fn keep_memo(&mut self, id: MemoId, on: MemoOn, kind: MemoKind, text: &str) -> Result<(), EditError> {
        let there = self.memo(id, on.source());
        if let Some(memo) = &there {
            self.own_memo(memo)?;
        }
        let text = text.trim().to_owned();
        match there {
            Some(memo) if text.is_empty() => self.remove_memo(memo.id, memo.on.source()),
            Some(memo) => self.put(Memo { kind, text, ..memo }),
            None if text.is_empty() => Ok(()),
            None => self.put(Memo { id, on, kind, text, coder: self.me().coder, time: self.now() }),
        }
    }

    /// Removes a memo; `source` is the one it stands in, if it stands in one.
    ///
    /// # Errors
    /// [`EditError::Gone`] when it is not there, [`EditError::NotYourMemo`] for a memo of somebody else.
    pub fn remove_memo(&mut self, id: MemoId, source: Option<SourceId>) -> Result<(), EditError> {
        let memo = self.memo(id, source).ok_or(EditError::Gone("memo"))?;
        self.own_memo(&memo)?;
        self.remove(EntityId { kind: Kind::Memo, id: id.0 }, source)
    }

    /// Puts the memos on cells that are `meant` on what `to` makes of their cell.
    pub(super) fn move_cell_memos(&mut self, meant: impl Fn(&Crossing) -> bool, to: impl Fn(&Crossing) -> MemoOn) -> Result<(), EditError> {
        let moved = self.study().memos().iter().filter_map(|memo| match &memo.on {
            MemoOn::Cell { cell } if meant(cell) => Some(Memo { on: to(cell), ..memo.clone() }.into()),
            _ => None,
        });
        let moved = moved.collect();
        self.put_all(moved)
    }

    fn memo(&self, id: MemoId, source: Option<SourceId>) -> Option<Memo> {
        let memos = match source {
            Some(source) => self.study().material(source)?.memos.as_slice(),
            None => self.study().memos(),
        };
        memos.iter().find(|memo| memo.id == id).cloned()
    }

    /// Refuses what is another coder's.
    fn own_memo(&self, memo: &Memo) -> Result<(), EditError> {
        if memo.coder == self.me().coder {
            return Ok(());
        }
        let name = self.study().coders().get(&memo.coder).map_or("another coder", |coder| &coder.name);
        Err(EditError::NotYourMemo(name.to_owned()))
    }
}
