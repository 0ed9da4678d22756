//! What can be done with hits.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{HitId, Row};
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::project::{EditError, Tx};
use crate::study::{CoderId, EntityId, Kind, Origin, QuoteMark, QuoteMarkId, RevisionId, SourceId, Study, ThemeId};
use crate::text::{Span, sentences};

/// How much of a hit is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// The words that were found.
    Words,
    /// The sentences they stand in.
    #[default]
    Sentence,
    /// The whole paragraph.
    Turn,
}

/// Words of one version of a source's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The source.
    pub source: SourceId,
    /// The version of its text.
    pub revision: RevisionId,
    /// The words.
    pub span: Span,
}

/// The passages of a hit. Found words with nothing but spaces between them are one, as are sentences in a row.
pub fn passages(row: &Row, unit: Unit) -> Vec<Passage> {
    let spans = match unit {
        _ if row.matches.is_empty() => vec![row.span],
        Unit::Turn => vec![row.span],
        Unit::Words => stretches(row).into_iter().map(|span| row.in_text(span)).collect(),
        Unit::Sentence => {
            let hit = |sentence: &Span| row.matches.iter().any(|found| found.overlaps(*sentence));
            let mut spans: Vec<Span> = Vec::new();
            let mut in_row = false;
            for sentence in sentences(&row.words) {
                match spans.last_mut().filter(|_| in_row && hit(&sentence)) {
                    Some(last) => last.end = row.span.start + sentence.end,
                    None if hit(&sentence) => spans.push(row.in_text(sentence)),
                    None => {}
                }
                in_row = hit(&sentence);
            }
            spans
        }
    };
    spans.into_iter().map(|span| Passage { source: row.source, revision: row.revision, span }).collect()
}

/// The found words of a paragraph, those with nothing but spaces between them as one; in bytes of its words.
pub fn stretches(row: &Row) -> Vec<Span> {
    let mut stretches: Vec<Span> = Vec::new();
    for found in &row.matches {
        match stretches.last_mut() {
            Some(last) if found.start <= last.end || Span::new(last.end, found.start).slice(&row.words).trim().is_empty() => {
                last.end = last.end.max(found.end);
            }
            _ => stretches.push(*found),
        }
    }
    stretches
}

/// Goes to a hit in Read, its sentence selected.
pub fn open(row: &Row, cx: &mut Cx<'_>) {
    let span = passages(row, Unit::Sentence).first().map_or(row.span, |passage| passage.span);
    cx.go(Place::Passage(row.source, span));
}

/// Applies a theme to passages; returns how many codings it made. Those that are there already are left as they are.
pub fn code(tx: &mut Tx<'_>, passages: &[Passage], theme: ThemeId, origin: Origin) -> Result<usize, EditError> {
    let mut made = 0;
    let me = tx.me().coder;
    for passage in passages {
        check(tx, passage)?;
        if tx.study().coding_of(passage.source, passage.span, theme, me).is_some() {
            continue;
        }
        match tx.code(passage.source, passage.span, theme, origin) {
            Ok(_) => made += 1,
            // A regular expression can find signs that are no words.
            Err(EditError::NoWords) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(made)
}

/// The sentences of hits become quotes, or none any more if all of them were.
pub fn quote(rows: &Arc<[Row]>, hits: BTreeSet<HitId>, cx: &mut Cx<'_>) {
    if among(rows, &hits).next().is_none() || !cx.can_edit() {
        return;
    }
    let me = cx.project.map(|project| project.me.coder);
    let quoted = |passage: &Passage| me.is_some_and(|me| mark_over(cx.study, passage, me).is_some());
    let remove = among(rows, &hits).all(|row| passages(row, Unit::Sentence).iter().all(quoted));
    let label = if remove { "Take quote mark away" } else { "Mark as quote" };
    let rows = Arc::clone(rows);
    cx.edit_then(
        label,
        move |tx| {
            let me = tx.me().coder;
            let passages: Vec<Passage> = among(&rows, &hits).flat_map(|row| passages(row, Unit::Sentence)).collect();
            for passage in &passages {
                check(tx, passage)?;
                match mark_over(tx.study(), passage, me) {
                    Some(mark) if remove => tx.remove(EntityId { kind: Kind::QuoteMark, id: mark.0 }, Some(passage.source))?,
                    None if !remove => tx.put(QuoteMark {
                        id: QuoteMarkId::new(),
                        source: passage.source,
                        revision: passage.revision,
                        span: passage.span,
                        coding: None,
                        coder: me,
                        time: tx.now(),
                    })?,
                    Some(_) | None => {}
                }
            }
            Ok(passages.len())
        },
        move |state, number| {
            state.say(match (remove, number) {
                (false, 1) => "Marked as a quote.".to_owned(),
                (false, several) => format!("{several} passages are marked as quotes."),
                (true, _) => "No quote any more.".to_owned(),
            });
        },
    );
}

/// The rows of these hits.
fn among<'r>(rows: &'r [Row], hits: &'r BTreeSet<HitId>) -> impl Iterator<Item = &'r Row> {
    rows.iter().filter(|row| hits.contains(&row.id()))
}

/// My quote mark over words of a passage.
fn mark_over(study: &Study, passage: &Passage, me: CoderId) -> Option<QuoteMarkId> {
    let marks = &study.material(passage.source)?.quote_marks;
    let mine = |mark: &&QuoteMark| mark.coder == me && mark.revision == passage.revision && mark.span.overlaps(passage.span);
    marks.iter().find(mine).map(|mark| mark.id)
}

/// Whether the text is still the one that was searched.
fn check(tx: &Tx<'_>, passage: &Passage) -> Result<(), EditError> {
    let source = &tx.material(passage.source)?.source;
    if source.revision == passage.revision {
        return Ok(());
    }
    Err(EditError::Refused(format!("the text of {} was corrected since the search; search again", source.label)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Voice, tokens};

    fn row(words: &str, found: &[&str]) -> Row {
        let matches = tokens(words).filter(|token| found.contains(&token.folded.as_str())).map(|token| token.span).collect();
        let (source, revision) = (SourceId::new(), RevisionId::new());
        let span = Span::new(100, 100 + u32::try_from(words.len()).unwrap());
        Row { source, revision, paragraph: 3, span, words: words.into(), matches, voice: Voice::Participant, case: None }
    }

    #[test]
    fn passages_are_words_sentences_or_the_turn() {
        let text = "We share information. They share it. Nobody asks. Information, I say!";
        let row = row(text, &["share", "information"]);
        for (unit, expected) in [
            (Unit::Words, vec!["share information", "share", "Information"]),
            (Unit::Sentence, vec!["We share information. They share it.", "Information, I say!"]),
            (Unit::Turn, vec![text]),
        ] {
            let found: Vec<_> =
                passages(&row, unit).iter().map(|at| Span::new(at.span.start - 100, at.span.end - 100).slice(text)).collect();
            assert_eq!(found, expected, "{unit:?}");
        }
    }

    #[test]
    fn a_hit_without_words_is_the_whole_turn() {
        let row = row("Not a word of it.", &[]);
        for unit in [Unit::Words, Unit::Sentence, Unit::Turn] {
            assert_eq!(passages(&row, unit).iter().map(|at| at.span).collect::<Vec<_>>(), [row.span]);
        }
    }
}
