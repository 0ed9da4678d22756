use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{CaseId, CaseSpan, CaseSpanId, Entity, EntityId, Kind, Material, SourceForm, SourceId, SpeakerId};
use crate::text::{Geometry, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, word_spans};

/// What an import took for the paragraphs of a text is put right here: the words stay, so does all that is anchored in them,
/// and a new revision has other paragraphs. Offsets are bytes of the text as it is read now.
impl Tx<'_> {
    /// Splits the paragraph around `at` in two; within a word or a time stamp it is cut before that. Both halves are of the
    /// same speaker.
    ///
    /// # Errors
    /// [`EditError::Refused`] where one side has no words.
    pub fn split_turn(&mut self, source: SourceId, at: u32) -> Result<(), EditError> {
        self.reshape(source, |material, text, turns| {
            let place = place(&material.geometry, at)?;
            let whole = turns.get(place).copied().ok_or(EditError::NoWords)?;
            let at = between_words(&material.geometry, text, whole.span, at);
            let halves = [Span::new(whole.span.start, at), Span::new(at, whole.span.end)].map(|half| half.trimmed(text));
            let [before, after] = halves;
            if before.is_empty() || after.is_empty() {
                return Err(EditError::Refused("a turn is split between two of its words".to_owned()));
            }
            let halves = [Paragraph { span: before, ..whole }, Paragraph { span: after, label: Span::default(), ..whole }];
            turns.splice(place..=place, halves);
            Ok(())
        })
    }

    /// Makes one of the paragraph around `at` and the one before it: of the kind of that one, and said by who says that one. A
    /// label that stood between them is still no word.
    ///
    /// # Errors
    /// [`EditError::Refused`] where there is none before it, or one of them is page furniture.
    pub fn join_turns(&mut self, source: SourceId, at: u32) -> Result<(), EditError> {
        self.reshape(source, |material, _, turns| {
            let place = place(&material.geometry, at)?;
            let refused = |why: &str| EditError::Refused(why.to_owned());
            let before = place.checked_sub(1).ok_or_else(|| refused("nothing stands before the first turn"))?;
            let pair = turns.get(before).zip(turns.get(place)).map(|(one, other)| (*one, *other));
            let (one, other) = pair.ok_or(EditError::NoWords)?;
            if [one, other].iter().any(|paragraph| paragraph.kind == ParagraphKind::Furniture) {
                return Err(refused("page furniture is no turn: take it for words first"));
            }
            turns.splice(before..=place, [Paragraph { span: one.span.hull(other.span), ..one }]);
            Ok(())
        })
    }

    /// Takes the paragraphs that share words with `span` for page furniture, which is neither searched nor counted, or for
    /// words again.
    ///
    /// # Errors
    /// [`EditError::NoWords`] where there are none.
    pub fn set_furniture(&mut self, source: SourceId, span: Span, furniture: bool) -> Result<(), EditError> {
        self.reshape(source, |material, _, turns| {
            let has_turns = turns.iter().any(|turn| turn.kind == ParagraphKind::Turn);
            for turn in chosen(&material.geometry, turns, span)? {
                let was = turn.kind == ParagraphKind::Furniture;
                if furniture {
                    turn.kind = ParagraphKind::Furniture;
                } else if was {
                    let kind = if has_turns || turn.speaker != NO_SPEAKER { ParagraphKind::Turn } else { ParagraphKind::Prose };
                    let voice = if turn.voice == Voice::Furniture { nobodys_voice(material) } else { turn.voice };
                    *turn = Paragraph { kind, level: 0, voice, ..*turn };
                }
            }
            Ok(())
        })
    }

    /// Says who says the paragraphs that share words with `span`: a label of the source, or nobody that is named.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such speaker.
    pub fn set_said_by(&mut self, source: SourceId, span: Span, speaker: Option<SpeakerId>) -> Result<(), EditError> {
        self.reshape(source, |material, _, turns| {
            let label = speaker.map(|id| material.speakers.iter().find(|speaker| speaker.id == id).map(|speaker| speaker.label.as_str()));
            let index = |label: &str| material.geometry.labels().iter().position(|known| **known == *label);
            let index = match label {
                None => NO_SPEAKER,
                Some(label) => {
                    let found = label.and_then(index).and_then(|index| u16::try_from(index).ok());
                    found.ok_or(EditError::Gone("speaker"))?
                }
            };
            for turn in chosen(&material.geometry, turns, span)?.filter(|turn| turn.kind != ParagraphKind::Furniture) {
                turn.speaker = index;
                if index == NO_SPEAKER {
                    turn.voice = nobodys_voice(material);
                } else if turn.kind == ParagraphKind::Prose {
                    turn.kind = ParagraphKind::Turn;
                }
            }
            Ok(())
        })
    }

    /// Gives words to a case by hand, whoever says the turn; `None` gives them back to who says it. What was given there
    /// before is cut or goes.
    ///
    /// # Errors
    /// [`EditError::NoWords`] for a span of white space.
    pub fn give_span(&mut self, source: SourceId, span: Span, case: Option<CaseId>) -> Result<(), EditError> {
        let text = self.text(source)?;
        let span = span.trimmed(&text);
        if span.is_empty() {
            return Err(EditError::NoWords);
        }
        let material = self.material(source)?;
        let mut put: Vec<Entity> = Vec::new();
        let mut gone = Vec::new();
        for given in material.case_spans.iter().filter(|given| given.span.overlaps(span)) {
            let left = given.without(span, &text, CaseSpanId::new);
            if left.is_empty() {
                gone.push((EntityId { kind: Kind::CaseSpan, id: given.id.0 }, Some(source)));
            }
            put.extend(left.into_iter().map(Entity::from));
        }
        let revision = material.source.revision;
        put.extend(case.map(|case| CaseSpan { id: CaseSpanId::new(), source, revision, span, case }.into()));
        self.remove_all(gone)?;
        self.put_all(put)
    }

    /// Makes a revision with the same text and other paragraphs. Where they are the same, nothing happens.
    fn reshape(
        &mut self,
        source: SourceId,
        change: impl FnOnce(&Material, &str, &mut Vec<Paragraph>) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let material = self.material(source)?;
        let text = self.text(source)?;
        let mut paragraphs = material.geometry.paragraphs().to_vec();
        change(&material, &text, &mut paragraphs)?;
        let refused = |error| EditError::Refused(format!("the paragraphs cannot be cut so: {error}"));
        let geometry = material.geometry.reshaped(&text, paragraphs).map_err(refused)?;
        self.revise(material.source.clone(), &text, &geometry, Vec::new()).map(drop)
    }
}

/// Index of the paragraph whose words lie around `at`, or of the one before it.
fn place(geometry: &Geometry, at: u32) -> Result<usize, EditError> {
    geometry.paragraph_at(at).ok_or(EditError::NoWords)
}

/// The paragraphs that share a byte with `span`; around a mere place, the one it lies in.
fn chosen<'a>(geometry: &Geometry, turns: &'a mut [Paragraph], span: Span) -> Result<impl Iterator<Item = &'a mut Paragraph>, EditError> {
    let mut range = geometry.paragraphs_in(span);
    if range.is_empty() {
        let place = place(geometry, span.start)?;
        range = place..place + 1;
    }
    Ok(turns.get_mut(range).ok_or(EditError::NoWords)?.iter_mut())
}

/// Whose words those are that nobody is named for.
const fn nobodys_voice(material: &Material) -> Voice {
    match material.source.form {
        SourceForm::Transcript => Voice::Participant,
        SourceForm::Report => Voice::Author,
    }
}

/// `at`, or the start of the word or time stamp that it lies in.
fn between_words(geometry: &Geometry, text: &str, paragraph: Span, at: u32) -> u32 {
    let at = Span::new(at, at).on_boundaries(text).start;
    let inside = |span: &Span| span.start < at && at < span.end;
    let stamp = geometry.anchors().iter().map(|anchor| anchor.span).find(inside);
    let words = word_spans(paragraph.slice(text)).map(|word| Span::new(word.start + paragraph.start, word.end + paragraph.start));
    let cut = stamp.or_else(|| words.into_iter().find(inside)).map_or(at, |span| span.start);
    cut.clamp(paragraph.start, paragraph.end)
}
