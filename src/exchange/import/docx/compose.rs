use std::collections::HashMap;

use super::super::draft::Comment;
use super::super::read::Content;
use super::super::units::{Hint, Unit};
use super::block::Block;
use super::walk::Body;
use super::words::{Point, Words};
use crate::text::{Span, Style, Styled};

/// A comment as its part has it.
pub(super) struct Written {
    id: String,
    author: String,
    text: String,
}

/// The comments of `word/comments.xml`.
pub(super) fn comments(mut body: Body) -> Vec<Written> {
    let words = |blocks: Vec<Block>| {
        let lines: Vec<String> = blocks.into_iter().map(|block| block.words.trimmed().text).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    };
    let written = body.take_parts().into_iter().map(|(part, blocks)| Written { id: part.id, author: part.author, text: words(blocks) });
    written.filter(|comment| !comment.text.is_empty()).collect()
}

/// Where the words begin and end that a comment is on, where its sign stands, and the unit this is in.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: Option<u32>,
    end: Option<u32>,
    unit: Option<Span>,
}

/// Puts the blocks under each other, a blank line between two, and makes a unit of each.
pub(super) fn compose(blocks: Vec<Block>, comments: Vec<Written>) -> Content {
    let mut composed = Composed { line: 1, ..Composed::default() };
    for block in blocks {
        composed.block(block);
    }
    if !composed.text.is_empty() {
        composed.text.push('\n');
    }
    let comments = comments.into_iter().map(|written| composed.placed(written)).collect();
    Content { styles: composed.styles, comments, ..Content::plain(composed.text, composed.units) }
}

#[derive(Default)]
struct Composed {
    text: String,
    units: Vec<Unit>,
    styles: Vec<Styled>,
    places: HashMap<String, Place>,
    line: usize,
}

impl Composed {
    fn block(&mut self, block: Block) {
        let Block { words, hint, mark } = block;
        let mut words = words.trimmed();
        let mut mark = mark;
        if words.text.is_empty() && !mark.text.is_empty() && !mark.is_number() {
            // A name that is a list's number stands alone above what is said.
            words.text = std::mem::take(&mut mark.text);
        }
        if words.text.is_empty() {
            let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            let unit = self.units.last().map(|unit| unit.span);
            self.note(words.points, unit, |_| at);
            return;
        }
        match hint {
            Hint::Heading(_) => words.plain_if_whole(Style::Bold),
            Hint::Quote => words.plain_if_whole(Style::Italic),
            _ => {}
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.line += 2;
        }
        let start = self.text.len();
        self.text.push_str(&mark.text);
        let mark_span = Span::of(start..self.text.len());
        if !mark.text.is_empty() {
            self.text.push_str(mark.behind);
        }
        let span = Span::of(self.text.len()..self.text.len() + words.text.len());
        self.text.push_str(&words.text);
        let bold = u32::try_from(words.leading_bold()).unwrap_or(0);
        let Words { text, styles, points } = words;
        let moved = |at: u32| at.saturating_add(span.start);
        self.styles.extend(
            styles
                .into_iter()
                .map(|styled| Styled { span: Span::new(moved(styled.span.start), moved(styled.span.end)), style: styled.style }),
        );
        self.note(points, Some(span), |at| moved(u32::try_from(at).unwrap_or(0)));
        self.units.push(Unit {
            span,
            mark: if mark_span.is_empty() { Span::new(span.start, span.start) } else { mark_span },
            bold: if bold < span.len() { bold } else { 0 },
            line: self.line,
            indent: 0,
            gap_before: true,
            gap_after: true,
            hint,
        });
        self.line += text.matches('\n').count();
    }

    /// Notes where comments stand; what is said first holds.
    fn note(&mut self, points: Vec<(usize, Point)>, unit: Option<Span>, at: impl Fn(usize) -> u32) {
        for (place, point) in points {
            let at = at(place);
            let (Point::Start(id) | Point::End(id) | Point::Sign(id)) = &point;
            let known = self.places.entry(id.clone()).or_default();
            known.unit = known.unit.or(unit);
            match point {
                Point::Start(_) => known.start = known.start.or(Some(at)),
                Point::End(_) => known.end = known.end.or(Some(at)),
                Point::Sign(_) => {}
            }
        }
    }

    /// A comment on its words; where it names none, on the paragraph it stands in or behind. Its span is empty where the text knows
    /// nothing of it.
    fn placed(&self, written: Written) -> Comment {
        let Written { id, author, text } = written;
        let place = self.places.get(&id).copied().unwrap_or_default();
        let whole = place.unit.or_else(|| self.units.first().map(|unit| unit.span).filter(|_| self.places.contains_key(&id)));
        let named = place.start.zip(place.end).map(|(start, end)| Span::new(start, end).trimmed(&self.text));
        let span = named.filter(|span| !span.is_empty()).or(whole).unwrap_or_default();
        Comment { span, author, text }
    }
}
