use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Brings nodes into an order in which each comes behind the one it stands below, otherwise as they were given. Every node is
/// answered with its place in the answer of the one it stands below. What stands below nothing that is there, or in a circle, stands
/// at the top; how many those are is the second answer.
pub(in super::super) fn in_order<K: Copy + Eq + Hash>(nodes: &[(K, Option<K>)]) -> (Vec<(usize, Option<usize>)>, usize) {
    let place: HashMap<K, usize> = nodes.iter().enumerate().rev().map(|(at, (key, _))| (*key, at)).collect();
    let mut below: HashMap<usize, Vec<usize>> = HashMap::new();
    let (mut tops, mut lost) = (Vec::new(), 0);
    for (at, (_, above)) in nodes.iter().enumerate() {
        match above.map(|above| place.get(&above)) {
            Some(Some(above)) => below.entry(*above).or_default().push(at),
            Some(None) => {
                lost += 1;
                tops.push(at);
            }
            None => tops.push(at),
        }
    }
    let mut order = Vec::with_capacity(nodes.len());
    let mut seen = HashSet::new();
    // Whoever is in a circle is reached from no top; the first of each becomes one.
    for (at, is_circle) in tops.into_iter().map(|at| (at, false)).chain((0..nodes.len()).map(|at| (at, true))) {
        if seen.contains(&at) {
            continue;
        }
        lost += usize::from(is_circle);
        let mut waiting = vec![(at, None)];
        while let Some((at, above)) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            let here = order.len();
            order.push((at, above));
            waiting.extend(below.get(&at).into_iter().flatten().rev().map(|child| (*child, Some(here))));
        }
    }
    (order, lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_come_behind_their_parents_and_circles_are_cut() {
        let (order, lost) = in_order(&[('b', Some('a')), ('a', None), ('c', Some('b')), ('d', Some('a'))]);
        assert_eq!(order, [(1, None), (0, Some(0)), (2, Some(1)), (3, Some(0))]);
        assert_eq!(lost, 0);
        let (order, lost) = in_order(&[('a', Some('b')), ('b', Some('a')), ('c', Some('z')), ('d', Some('d'))]);
        assert_eq!(order, [(2, None), (0, None), (1, Some(1)), (3, None)]);
        assert_eq!(lost, 3);
    }

    #[test]
    fn a_very_deep_tree_is_no_trouble() {
        let nodes: Vec<(usize, Option<usize>)> = (0..100_000).map(|at: usize| (at, at.checked_sub(1))).collect();
        assert_eq!(in_order(&nodes).0.len(), nodes.len());
    }
}
