use super::draft::{Comment, Draft};
use crate::project::{EditError, Tx};
use crate::study::{Memo, MemoKind, MemoOn, SourceId};
use crate::text::{Geometry, Paragraph, Span};

/// Writes the comments of a draft, whose text the source has, as memos on their words; those that are there already stay as they are.
///
/// # Errors
/// [`EditError`] when they cannot be written.
pub(super) fn write(tx: &mut Tx<'_>, source: SourceId, draft: &Draft) -> Result<(), EditError> {
    if draft.comments.is_empty() {
        return Ok(());
    }
    let material = tx.material(source)?;
    let revision = material.source.revision;
    let mut there: Vec<Memo> = material.memos.clone();
    for comment in &draft.comments {
        let text = words(comment);
        let on = match place(&draft.text, &material.geometry, comment.span) {
            Some(span) => MemoOn::Passage { source, revision, span },
            None => MemoOn::Source { source },
        };
        let known = there.iter().position(|memo| memo.text == text && is_near(&memo.on, &on));
        match known {
            Some(known) => {
                there.remove(known);
            }
            None => {
                tx.add_memo(on, MemoKind::Analytic, &text)?;
            }
        }
    }
    Ok(())
}

/// What the memo says: whose comment it was, as the memo itself is of whoever imports it.
fn words(comment: &Comment) -> String {
    let (author, text) = (comment.author.trim(), comment.text.trim());
    if author.is_empty() { format!("Comment in the file: {text}") } else { format!("Comment by {author}: {text}") }
}

/// The words a comment is on: as far as they are in paragraphs, else the paragraph that is nearest. `None` where the file does not say.
fn place(text: &str, geometry: &Geometry, span: Span) -> Option<Span> {
    let span = span.on_boundaries(text);
    if span.is_empty() {
        return None;
    }
    let paragraphs = geometry.paragraphs();
    let covered = paragraphs.get(geometry.paragraphs_in(span)).unwrap_or_default();
    if let (Some(first), Some(last)) = (covered.first(), covered.last()) {
        let within = Span::new(span.start.max(first.span.start), span.end.min(last.span.end)).trimmed(text);
        return Some(if within.is_empty() { first.span } else { within });
    }
    let distance =
        |paragraph: &&Paragraph| paragraph.span.start.saturating_sub(span.end).max(span.start.saturating_sub(paragraph.span.end));
    let behind = geometry.paragraph_at(span.start).map_or(0, |before| before + 1);
    // Of two as near it is the one behind: a label stands before its words.
    let near = [Some(behind), behind.checked_sub(1)].into_iter().flatten().filter_map(|at| paragraphs.get(at));
    near.min_by_key(distance).map(|paragraph| paragraph.span)
}

/// Whether a memo is on words that a comment is on. One that a correction has left behind counts as being there.
fn is_near(memo: &MemoOn, comment: &MemoOn) -> bool {
    match (memo, comment) {
        (MemoOn::Passage { revision: of, span: memo, .. }, MemoOn::Passage { revision, span, .. }) => {
            of != revision || memo.overlaps(*span)
        }
        _ => memo == comment,
    }
}
