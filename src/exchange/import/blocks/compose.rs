use super::super::draft::{Comment, Problem};
use super::super::read::Content;
use super::super::units::{Hint, Unit};
use super::{Block, Flow, Look};
use crate::text::{Span, Style, Styled};

/// Puts the blocks under each other, a blank line between two, and makes a unit of each.
pub(in super::super) fn compose(flow: Flow, problems: Vec<Problem>) -> Content {
    let (blocks, comments) = flow.finish();
    let mut composed = Composed { places: vec![Place::default(); comments.len()], ..Composed::default() };
    for block in blocks.into_iter().flat_map(Block::at_names) {
        composed.add(&block);
    }
    let Composed { mut text, units, mut styles, places, .. } = composed;
    if !text.is_empty() {
        text.push('\n');
    }
    styles.sort_unstable();
    let comments = comments.into_iter().zip(places).filter(|((_, words), _)| !words.is_empty()).map(|((author, words), place)| {
        let span = match (place.from, place.to) {
            (Some(from), Some(to)) if from < to => Span::of(from..to).trimmed(&text),
            _ => place.block,
        };
        Comment { span: if span.is_empty() { place.block } else { span }, author, text: words }
    });
    let comments = comments.collect();
    Content { styles, comments, problems, ..Content::plain(text, units) }
}

#[derive(Default)]
struct Composed {
    text: String,
    units: Vec<Unit>,
    styles: Vec<Styled>,
    places: Vec<Place>,
    /// Line on which the next block begins, from 0.
    line: usize,
}

/// Where a comment is.
#[derive(Clone, Copy, Default)]
struct Place {
    from: Option<usize>,
    to: Option<usize>,
    /// The words of the paragraph in which it begins.
    block: Span,
}

impl Composed {
    fn add(&mut self, block: &Block) {
        let words = block.words.trim();
        if words.is_empty() {
            let at = self.text.len();
            let last = self.units.last().map(|unit| unit.span).unwrap_or_default();
            self.pin(block, |_| at, last);
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.line += 2;
        }
        let at = self.text.len();
        let mark = block.mark.trim();
        self.text.push_str(mark);
        let mark = Span::of(at..self.text.len());
        if !mark.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(words);
        let span = Span::of(start..self.text.len());
        let lead = block.words.len() - block.words.trim_start().len();
        let moved = |at: usize| start + at.saturating_sub(lead).min(words.len());
        self.style(block, moved);
        self.pin(block, moved, span);
        let unit = Unit {
            span,
            mark: if mark.is_empty() { Span::new(span.start, span.start) } else { mark },
            bold: if block.hint == Hint::Row { 0 } else { self.bold(span) },
            line: self.line + 1,
            indent: 0,
            gap_before: true,
            gap_after: true,
            hint: block.hint,
        };
        self.units.push(unit);
        self.line += words.matches('\n').count();
    }

    fn style(&mut self, block: &Block, moved: impl Fn(usize) -> usize) {
        for (style, has) in [(Style::Bold, (|look| look.bold) as fn(&Look) -> bool), (Style::Italic, |look| look.italic)] {
            let mut from = None;
            let ends = block.looks.iter().map(|(at, look)| (*at, has(look))).chain([(block.words.len(), false)]);
            for (at, is_set) in ends {
                match (from, is_set) {
                    (None, true) => from = Some(at),
                    (Some(start), false) => {
                        from = None;
                        let span = Span::of(moved(start)..moved(at)).trimmed(&self.text);
                        if !span.is_empty() {
                            self.add_style(Styled { span, style });
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Adds a style; words in bold that only white space parts from bold words are one stretch.
    fn add_style(&mut self, added: Styled) {
        if let Some(last) = self.styles.last_mut().filter(|last| last.style == added.style && last.span.end <= added.span.start) {
            let between = Span::new(last.span.end, added.span.start).slice(&self.text);
            if between.chars().all(|c| c == ' ') {
                last.span = last.span.hull(added.span);
                return;
            }
        }
        self.styles.push(added);
    }

    /// Length in bytes of the bold words with which a unit begins, behind a time stamp if there is one; 0 when all are bold.
    fn bold(&self, unit: Span) -> u32 {
        let of_unit = self.styles.iter().rev().take_while(|styled| styled.span.start >= unit.start);
        let Some(first) = of_unit.filter(|styled| styled.style == Style::Bold).last() else { return 0 };
        let before = Span::new(unit.start, first.span.start).slice(&self.text);
        let end = if before.contains(char::is_alphabetic) { 0 } else { first.span.end - unit.start };
        if end < unit.len() { end } else { 0 }
    }

    fn pin(&mut self, block: &Block, moved: impl Fn(usize) -> usize, span: Span) {
        for pin in &block.pins {
            let Some(place) = self.places.get_mut(pin.comment) else { continue };
            if pin.is_end {
                place.to = Some(moved(pin.at));
            } else {
                place.from = Some(moved(pin.at));
                place.block = span;
            }
        }
    }
}
