use crate::analysis::layer::Counted;
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
    /// For each line, where its last stretch is in the list.
    last: Vec<Option<usize>>,
}

impl Stretches {
    pub fn new(lines: &Lines) -> Self {
        Self { last: vec![None; lines.themes().len()] }
    }

    /// The passages of every line in a source, by where they begin. Codings come in order of place.
    pub fn passages(&mut self, lines: &Lines, codings: &[Counted<'_>]) -> Vec<Passage> {
        let spans = codings.iter().map(|counted| &counted.coded.coding);
        self.merged(spans.flat_map(|coding| lines.of(coding.theme).iter().map(|line| Passage { line: *line, span: coding.span })))
    }

    /// What participants said of every line in a source, by where it begins.
    pub fn said(&mut self, lines: &Lines, codings: &[Counted<'_>]) -> Vec<Passage> {
        let parts = |counted: &Counted<'_>| {
            let of = lines.of(counted.coded.coding.theme);
            counted.coded.parts.iter().flat_map(|part| of.iter().map(|line| Passage { line: *line, span: part.span })).collect::<Vec<_>>()
        };
        let mut said: Vec<Passage> = codings.iter().flat_map(parts).collect();
        said.sort_unstable_by_key(|passage| passage.span.start);
        self.merged(said)
    }

    /// Spans of one line that share a character are one.
    fn merged(&mut self, spans: impl IntoIterator<Item = Passage>) -> Vec<Passage> {
        self.last.fill(None);
        let mut merged: Vec<Passage> = Vec::new();
        for passage in spans {
            let Some(at) = self.last.get_mut(passage.line as usize) else { continue };
            match at.and_then(|at| merged.get_mut(at)) {
                Some(last) if passage.span.start < last.span.end => last.span = last.span.hull(passage.span),
                _ => {
                    *at = Some(merged.len());
                    merged.push(passage);
                }
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
