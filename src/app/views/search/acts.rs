//! What can be done with hits.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{HitId, Row};
use crate::app::context::Cx;
use crate::app::state::Place;
use crate::project::{EditError, Tx};
use crate::study::{
    CoderId, Coding, CodingId, EntityId, Kind, Origin, QuoteFacts, QuoteMark, QuoteMarkId, Revision, SourceId, Study, ThemeId,
};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The source.
    pub source: SourceId,
    /// The version of its text that was searched.
    pub revision: Arc<Revision>,
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
    spans.into_iter().map(|span| Passage { source: row.source, revision: Arc::clone(&row.revision), span }).collect()
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

/// What became of passages that were to be coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// Codings that were made.
    pub made: usize,
    /// Passages that had the theme already; they are left as they are.
    pub there: usize,
    /// Passages whose words a correction has taken away since the search.
    pub gone: usize,
}

/// Applies a theme to passages, where their words stand now.
pub fn code(tx: &mut Tx<'_>, passages: &[Passage], theme: ThemeId, origin: Origin) -> Result<Coded, EditError> {
    let mut done = Coded::default();
    let me = tx.me().coder;
    for (passage, span) in passages.iter().zip(spans_now(tx, passages)?) {
        let Some(span) = span else {
            done.gone += 1;
            continue;
        };
        if tx.study().coding_of(passage.source, span, theme, me).is_some() {
            done.there += 1;
            continue;
        }
        match tx.code(passage.source, span, theme, origin) {
            Ok(_) => done.made += 1,
            // A regular expression can find signs that are no words.
            Err(EditError::NoWords) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Where the words of passages stand now, each; none where they are gone. Passages of one source stand together.
fn spans_now(tx: &Tx<'_>, passages: &[Passage]) -> Result<Vec<Option<Span>>, EditError> {
    let mut spans = Vec::with_capacity(passages.len());
    for of_source in passages.chunk_by(|one, other| one.revision == other.revision) {
        if let Some(first) = of_source.first() {
            spans.extend(tx.meet_all(&first.revision, of_source.iter().map(|passage| passage.span))?);
        }
    }
    Ok(spans)
}

/// My codings in a hit that a search made and that nobody has confirmed.
pub fn unread(study: &Study, row: &Row, me: CoderId) -> Vec<CodingId> {
    let Some(material) = study.material(row.source).filter(|material| material.source.revision == row.revision.id) else {
        return Vec::new();
    };
    let mine = |coding: &&Coding| coding.origin == Origin::SearchUnread && coding.coder == me;
    material.codings_over(row.span).map(|coded| &coded.coding).filter(mine).map(|coding| coding.id).collect()
}

/// Says of codings that a search made in these hits that somebody has read them.
pub fn confirm(rows: &Arc<[Row]>, hits: BTreeSet<HitId>, cx: &mut Cx<'_>) {
    if !cx.can_edit() {
        return;
    }
    let rows = Arc::clone(rows);
    cx.edit_then(
        "Confirm codings found by a search",
        move |tx| {
            let me = tx.me().coder;
            let found = among(&rows, &hits).flat_map(|row| unread(tx.study(), row, me).into_iter().map(|coding| (row.source, coding)));
            let codings: BTreeSet<(SourceId, CodingId)> = found.collect();
            for (source, coding) in &codings {
                tx.confirm(*source, *coding)?;
            }
            Ok(codings.len())
        },
        move |state, number| {
            state.say(match number {
                0 => "Nothing here waits to be confirmed by you.".to_owned(),
                1 => "1 coding is confirmed.".to_owned(),
                number => format!("{number} codings are confirmed."),
            });
        },
    );
}

/// The sentences of hits become quotes, or none any more if all of them were.
pub fn quote(rows: &Arc<[Row]>, hits: BTreeSet<HitId>, cx: &mut Cx<'_>) {
    if among(rows, &hits).next().is_none() || !cx.can_edit() {
        return;
    }
    let me = cx.project.map(|project| project.me.coder);
    let quoted = |passage: &Passage| me.is_some_and(|me| mark_over(cx.study, passage.source, passage.span, me).is_some());
    let remove = among(rows, &hits).all(|row| passages(row, Unit::Sentence).iter().all(quoted));
    let label = if remove { "Take quote mark away" } else { "Mark as quote" };
    let rows = Arc::clone(rows);
    cx.edit_then(
        label,
        move |tx| {
            let me = tx.me().coder;
            let passages: Vec<Passage> = among(&rows, &hits).flat_map(|row| passages(row, Unit::Sentence)).collect();
            let spans = spans_now(tx, &passages)?;
            let mut number = 0;
            for (passage, span) in passages.iter().zip(spans) {
                let Some(span) = span else { continue };
                let revision = tx.material(passage.source)?.source.revision;
                number += 1;
                match mark_over(tx.study(), passage.source, span, me) {
                    Some(mark) if remove => tx.remove(EntityId { kind: Kind::QuoteMark, id: mark.0 }, Some(passage.source))?,
                    None if !remove => tx.put(QuoteMark {
                        id: QuoteMarkId::new(),
                        source: passage.source,
                        revision,
                        span,
                        coding: None,
                        coder: me,
                        time: tx.now(),
                        facts: QuoteFacts::default(),
                    })?,
                    Some(_) | None => {}
                }
            }
            Ok(number)
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

/// My quote mark over words of a source.
fn mark_over(study: &Study, source: SourceId, span: Span, me: CoderId) -> Option<QuoteMarkId> {
    let marks = &study.material(source)?.quote_marks;
    marks.iter().find(|mark| mark.coder == me && mark.span.overlaps(span)).map(|mark| mark.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Voice, tokens};

    fn row(words: &str, found: &[&str]) -> Row {
        let matches = tokens(words).filter(|token| found.contains(&token.folded.as_str())).map(|token| token.span).collect();
        let revision = super::super::testing::revision();
        let source = revision.source;
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
