use super::span::Span;

/// A stretch of text over which the same spans lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The stretch; layers are in order and never empty.
    pub span: Span,
    /// Indices of the spans that lie over it, ascending; never empty.
    pub over: Vec<usize>,
}

/// Cuts the text into stretches by which of `spans` lie over them. Text under no span is left out.
#[must_use]
pub fn layers(spans: &[Span]) -> Vec<Layer> {
    let mut edges: Vec<u32> = spans.iter().filter(|span| !span.is_empty()).flat_map(|span| [span.start, span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|index| spans.get(*index).map_or(0, |span| span.start));
    let mut waiting = order.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let here = Span { start, end };
        while let Some(index) = waiting.next_if(|index| spans.get(*index).is_some_and(|span| span.start <= start)) {
            open.push(index);
        }
        open.retain(|index| spans.get(*index).is_some_and(|span| span.end > start));
        if !open.is_empty() {
            let mut over = open.clone();
            over.sort_unstable();
            found.push(Layer { span: here, over });
        }
    }
    found
}

/// Packs spans into lanes so that no two in a lane share a byte: the lane of each span, in the order given.
///
/// Spans are placed in order of start, longer ones first, each in the leftmost lane that is free.
#[must_use]
pub fn lanes(spans: &[Span]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|index| spans.get(*index).map_or((0, 0), |span| (span.start, u32::MAX - span.end)));
    let mut free_from: Vec<u32> = Vec::new();
    let mut placed = vec![0; spans.len()];
    for index in order {
        let (Some(span), Some(place)) = (spans.get(index), placed.get_mut(index)) else { continue };
        let lane = free_from.iter().position(|from| *from <= span.start).unwrap_or(free_from.len());
        match free_from.get_mut(lane) {
            Some(from) => *from = span.end,
            None => free_from.push(span.end),
        }
        *place = lane;
    }
    placed
}

/// The text covered by any of `spans`, as spans in order; touching ones are joined.
#[must_use]
pub fn union(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    merge(spans, |last, next| next.start <= last.end)
}

/// Groups of spans that share at least one byte, each as its hull. Touching spans stay apart.
///
/// This is what the matrix calls *passages*: a second coder or another boundary never adds one.
#[must_use]
pub fn stretches(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    merge(spans, |last, next| next.start < last.end)
}

fn merge(spans: impl IntoIterator<Item = Span>, joins: impl Fn(Span, Span) -> bool) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    sorted.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match merged.last_mut() {
            Some(last) if joins(*last, span) => *last = last.hull(span),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_spans() -> impl Strategy<Value = Vec<Span>> {
        proptest::collection::vec((0u32..60, 0u32..20).prop_map(|(start, length)| Span::new(start, start + length)), 0..12)
    }

    proptest! {
        #[test]
        fn layers_agree_with_looking_at_every_byte(spans in some_spans()) {
            let layers = layers(&spans);
            for byte in 0..90 {
                let expected: Vec<usize> = (0..spans.len()).filter(|index| spans[*index].contains(byte)).collect();
                let found: Vec<usize> = layers.iter().filter(|layer| layer.span.contains(byte)).flat_map(|layer| layer.over.clone()).collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn lanes_never_collide(spans in some_spans()) {
            let lanes = lanes(&spans);
            for one in 0..spans.len() {
                for other in 0..one {
                    prop_assert!(lanes[one] != lanes[other] || !spans[one].overlaps(spans[other]));
                }
            }
        }

        #[test]
        fn stretches_are_the_connected_groups(spans in some_spans()) {
            let found = stretches(spans.iter().copied());
            let mut groups: Vec<Vec<Span>> = Vec::new();
            for span in spans.into_iter().filter(|span| !span.is_empty()) {
                let (mut with, without): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(|other| other.overlaps(span)));
                with.push(vec![span]);
                groups = without;
                groups.push(with.concat());
            }
            prop_assert_eq!(found.len(), groups.len());
        }
    }

    #[test]
    fn touching_spans_are_two_stretches_and_one_union() {
        let spans = [Span::new(0, 5), Span::new(5, 9)];
        assert_eq!(stretches(spans), spans);
        assert_eq!(union(spans), [Span::new(0, 9)]);
    }
}
