use crate::analysis::layer::{Counted, CountedSource, Layer};
use crate::analysis::lines::Lines;
use crate::text::Span;

/// A stretch of text under one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    pub line: u32,
    pub span: Span,
}

/// Makes stretches of the spans of each line. Kept from source to source, so that room is made once.
pub struct Stretches {
    /// For each line, where its last stretch is in the list; between two lists nowhere.
    last: Vec<Option<usize>>,
}

impl Stretches {
    pub fn new(lines: &Lines) -> Self {
        Self { last: vec![None; lines.themes().len()] }
    }

    /// The passages of every line in a source, by where they begin. Codings come in order of place.
    pub fn passages(&mut self, lines: &Lines, codings: &[Counted<'_>]) -> Vec<Passage> {
        let spans = codings.iter().flat_map(|counted| {
            let span = counted.coded.coding.span;
            lines.of_line(counted.theme).iter().map(move |line| Passage { line: *line, span })
        });
        self.merged(spans, |last, next| next.start < last.end)
    }

    /// What participants said of every line in a source, by where it begins; touching words are joined.
    pub fn said(&mut self, layer: &Layer<'_>, lines: &Lines, source: &CountedSource<'_>, codings: &[Counted<'_>]) -> Vec<Passage> {
        let mut said: Vec<Passage> = Vec::with_capacity(codings.len());
        for counted in codings {
            for part in layer.parts(source, counted) {
                said.extend(lines.of_line(counted.theme).iter().map(|line| Passage { line: *line, span: part.span }));
            }
        }
        said.sort_unstable_by_key(|passage| passage.span.start);
        self.merged(said, |last, next| next.start <= last.end)
    }

    /// Makes one of the spans of a line that `joins` says are one.
    fn merged(&mut self, spans: impl IntoIterator<Item = Passage>, joins: impl Fn(Span, Span) -> bool) -> Vec<Passage> {
        let mut merged: Vec<Passage> = Vec::new();
        for passage in spans {
            let Some(at) = self.last.get_mut(passage.line as usize) else { continue };
            match at.and_then(|at| merged.get_mut(at)) {
                Some(last) if joins(last.span, passage.span) => last.span = last.span.hull(passage.span),
                _ => {
                    *at = Some(merged.len());
                    merged.push(passage);
                }
            }
        }
        for passage in &merged {
            if let Some(at) = self.last.get_mut(passage.line as usize) {
                *at = None;
            }
        }
        merged
    }
}

/// Visits every two passages that share characters, with what they share. They come by where they begin.
pub fn each_overlap(passages: &[Passage], mut visit: impl FnMut(Passage, Passage, Span)) {
    let mut open: Vec<Passage> = Vec::new();
    for passage in passages {
        open.retain(|other| other.span.end > passage.span.start);
        for other in &open {
            if let Some(shared) = other.span.intersection(passage.span) {
                visit(*other, *passage, shared);
            }
        }
        open.push(*passage);
    }
}
