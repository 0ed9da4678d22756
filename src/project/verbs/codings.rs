use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{
    CoderId, Coding, CodingId, ContraryMark, ContraryMarkId, EntityId, Kind, Material, Memo, MemoOn, Origin, QuoteFacts, QuoteMark,
    QuoteMarkId, SourceId, ThemeId,
};
use crate::text::Span;

impl Tx<'_> {
    /// Applies a theme to a passage (bytes of the source's text; trimmed). The coding that is there already is returned.
    ///
    /// # Errors
    /// [`EditError::NoWords`] for a passage of white space.
    pub fn code(&mut self, source: SourceId, span: Span, theme: ThemeId, origin: Origin) -> Result<CodingId, EditError> {
        self.code_as(self.me().coder, self.now(), source, span, theme, origin)
    }

    /// As [`Tx::code`], for codings of others that arrive in files; `time` in milliseconds since 1970.
    ///
    /// # Errors
    /// As [`Tx::code`].
    pub fn code_as(
        &mut self,
        coder: CoderId,
        time: i64,
        source: SourceId,
        span: Span,
        theme: ThemeId,
        origin: Origin,
    ) -> Result<CodingId, EditError> {
        let span = self.passage(source, span)?;
        if let Some(there) = self.study().coding_of(source, span, theme, coder) {
            return Ok(there.id);
        }
        let revision = self.material(source)?.source.revision;
        let id = CodingId::new();
        self.put(Coding { id, source, revision, span, theme, coder, time, origin })?;
        Ok(id)
    }

    /// Removes a coding with its marks and memos.
    ///
    /// # Errors
    /// [`EditError::NotYours`] for a coding of somebody else.
    pub fn uncode(&mut self, source: SourceId, coding: CodingId) -> Result<(), EditError> {
        let material = self.material(source)?;
        self.own(&material, coding)?;
        self.drop_coding(&material, coding)
    }

    /// Removes a coding with its marks and memos, whoever made it.
    pub(super) fn drop_coding(&mut self, material: &Material, coding: CodingId) -> Result<(), EditError> {
        let source = material.source.id;
        let mut gone: Vec<_> = attached(material, coding).into_iter().map(|id| (id, Some(source))).collect();
        gone.push((EntityId { kind: Kind::Coding, id: coding.0 }, Some(source)));
        self.remove_all(gone)
    }

    /// Gives a coding another theme. Where that theme is on the passage already, the two become one.
    ///
    /// # Errors
    /// [`EditError::NotYours`] for a coding of somebody else.
    pub fn recode(&mut self, source: SourceId, coding: CodingId, theme: ThemeId) -> Result<CodingId, EditError> {
        let old = self.own(&*self.material(source)?, coding)?;
        self.give_theme(&old, theme)
    }

    /// Says of a coding that a search made that somebody has read its passage.
    ///
    /// # Errors
    /// [`EditError::NotYours`] for a coding of somebody else.
    pub fn confirm(&mut self, source: SourceId, coding: CodingId) -> Result<(), EditError> {
        let coding = self.own(&*self.material(source)?, coding)?;
        if coding.origin == Origin::SearchUnread { self.put(Coding { origin: Origin::Hand, ..coding }) } else { Ok(()) }
    }

    /// Gives a coding another theme, or hands it over to the one that has that theme on the passage already.
    /// Returns the coding that has the theme now.
    pub(super) fn give_theme(&mut self, coding: &Coding, theme: ThemeId) -> Result<CodingId, EditError> {
        let (old, new) = (coding.id, Coding { theme, ..coding.clone() });
        let material = self.material(new.source)?;
        let Some(twin) = material.twin(&new).map(|twin| twin.id) else {
            self.put(new)?;
            return Ok(old);
        };
        self.hand_over(&material, old, twin)?;
        Ok(twin)
    }

    /// Moves a coding's ends, and what is attached to it.
    ///
    /// # Errors
    /// [`EditError::NoWords`] for a passage of white space, [`EditError::NotYours`] for a coding of somebody else.
    pub fn resize(&mut self, source: SourceId, coding: CodingId, span: Span) -> Result<(), EditError> {
        let span = self.passage(source, span)?;
        let material = self.material(source)?;
        let old = self.own(&material, coding)?;
        self.move_coding(&material, &old, span)
    }

    /// Moves a coding's ends, and what is attached to it, whoever made it.
    pub(super) fn move_coding(&mut self, material: &Material, coding: &Coding, span: Span) -> Result<(), EditError> {
        // Of a broken coding this says anew where its words are.
        let revision = material.source.revision;
        let marks = material.kept_quote_marks().filter(|mark| mark.coding == Some(coding.id));
        let mut moved: Vec<_> = marks.map(|mark| QuoteMark { revision, span, ..mark.clone() }.into()).collect();
        moved.push(Coding { revision, span, ..coding.clone() }.into());
        self.put_all(moved)
    }

    /// Chooses a coding's passage for the report, or takes the choice back. Returns whether it is chosen now.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such coding.
    pub fn toggle_quote(&mut self, source: SourceId, coding: CodingId) -> Result<bool, EditError> {
        let material = self.material(source)?;
        let coded = material.coding(coding).ok_or(EditError::Gone("coding"))?.coding.clone();
        let marks = material.kept_quote_marks().filter(|mark| mark.coding == Some(coding) && self.sees(mark.coder));
        let marks: Vec<_> = marks.map(|mark| mark.id).collect();
        if marks.is_empty() {
            let id = QuoteMarkId::new();
            let Coding { revision, span, .. } = coded;
            self.put(QuoteMark {
                id,
                source,
                revision,
                span,
                coding: Some(coding),
                coder: self.me().coder,
                time: self.now(),
                facts: QuoteFacts::default(),
            })?;
            return Ok(true);
        }
        self.remove_all(marks.into_iter().map(|mark| (EntityId { kind: Kind::QuoteMark, id: mark.0 }, Some(source))).collect())?;
        Ok(false)
    }

    /// Takes the mark of a quote away, wherever its words are.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such mark, [`EditError::NotYourQuote`] when somebody else has chosen it.
    pub fn unquote(&mut self, source: SourceId, mark: QuoteMarkId) -> Result<(), EditError> {
        let material = self.material(source)?;
        let coder = material.kept_quote_marks().find(|kept| kept.id == mark).ok_or(EditError::Gone("quote"))?.coder;
        if coder != self.me().coder {
            let name = self.study().coders().get(&coder).map_or("another coder", |coder| &coder.name);
            return Err(EditError::NotYourQuote(name.to_owned()));
        }
        self.remove_all(vec![(EntityId { kind: Kind::QuoteMark, id: mark.0 }, Some(source))])
    }

    /// Says what the report needs to know of a quote.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such mark.
    pub fn describe_quote(&mut self, source: SourceId, mark: QuoteMarkId, facts: &QuoteFacts) -> Result<(), EditError> {
        let material = self.material(source)?;
        let old = material.kept_quote_marks().find(|kept| kept.id == mark).ok_or(EditError::Gone("quote"))?.clone();
        let facts = QuoteFacts { used_in: facts.used_in.trim().to_owned(), ..facts.clone() };
        if old.facts == facts { Ok(()) } else { self.put(QuoteMark { facts, ..old }) }
    }

    /// Marks a coding as contrary to what others say under its theme; `None` takes the mark away.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such coding.
    pub fn set_contrary(&mut self, source: SourceId, coding: CodingId, contrary_to: Option<&str>) -> Result<(), EditError> {
        let material = self.material(source)?;
        material.coding(coding).ok_or(EditError::Gone("coding"))?;
        // Of one made blind beside a colleague's there may be two.
        let there = material.contrary_marks.iter().filter(|mark| mark.coding == coding && self.sees(mark.coder));
        let there: Vec<&ContraryMark> = there.collect();
        let mark = there.iter().find(|mark| mark.coder == self.me().coder).or(there.first());
        match (mark, contrary_to) {
            (Some(mark), Some(line)) => self.put(ContraryMark { contrary_to: line.trim().to_owned(), ..(**mark).clone() }),
            (Some(_), None) => {
                let gone = there.iter().map(|mark| (EntityId { kind: Kind::ContraryMark, id: mark.id.0 }, Some(source)));
                self.remove_all(gone.collect())
            }
            (None, Some(line)) => {
                let id = ContraryMarkId::new();
                self.put(ContraryMark { id, source, coding, contrary_to: line.trim().to_owned(), coder: self.me().coder, time: self.now() })
            }
            (None, None) => Ok(()),
        }
    }

    /// The passage as it is stored: on character boundaries, trimmed, not empty.
    pub(super) fn passage(&self, source: SourceId, span: Span) -> Result<Span, EditError> {
        let trimmed = span.trimmed(&self.text(source)?);
        if trimmed.is_empty() { Err(EditError::NoWords) } else { Ok(trimmed) }
    }

    /// A coding that this coder may change.
    fn own(&self, material: &Material, coding: CodingId) -> Result<Coding, EditError> {
        let coding = material.kept_coding(coding).ok_or(EditError::Gone("coding"))?.clone();
        if coding.coder == self.me().coder {
            return Ok(coding);
        }
        let name = self.study().coders().get(&coding.coder).map_or("another coder", |coder| &coder.name);
        Err(EditError::NotYours(name.to_owned()))
    }

    /// Removes a coding in favour of another of the same passage, which gets its marks and memos.
    pub(super) fn hand_over(&mut self, material: &Material, from: CodingId, to: CodingId) -> Result<(), EditError> {
        self.change(material.handed_over(from, to))
    }
}

/// The marks and memos that hang on a coding.
pub(super) fn attached(material: &Material, coding: CodingId) -> Vec<EntityId> {
    let quotes = material.kept_quote_marks().filter(|mark| mark.coding == Some(coding)).map(|mark| (Kind::QuoteMark, mark.id.0));
    let contrary = material.contrary_marks.iter().filter(|mark| mark.coding == coding).map(|mark| (Kind::ContraryMark, mark.id.0));
    let memos = memos_on(material, coding).map(|memo| (Kind::Memo, memo.id.0));
    quotes.chain(contrary).chain(memos).map(|(kind, id)| EntityId { kind, id }).collect()
}

fn memos_on(material: &Material, coding: CodingId) -> impl Iterator<Item = &Memo> {
    let on = MemoOn::Coding { source: material.source.id, coding };
    material.memos.iter().filter(move |memo| memo.on == on)
}
