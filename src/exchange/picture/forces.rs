//! Where the nodes of a network lie: what belongs together near one another, and nothing over anything else.

use super::geometry::{At, at};
use crate::analysis::chance::Chance;

/// How often forces are applied.
const ROUNDS: usize = 600;
/// From what the first places come: one network is one picture.
const SEED: u64 = 1;
/// How strongly everything is drawn to the middle.
const GRAVITY: f32 = 0.06;
/// Room between nodes, in points.
const ROOM: f32 = 16.0;
/// How much more room they have beside one another than above one another, for the names beside them.
const BESIDE: f32 = 2.1;

/// Places of nodes in a rectangle of this size, after Fruchterman and Reingold (1991): each pushes every other away, and lines draw
/// their ends together by their weight, 0–1. `radii` are those of the nodes, `lines` have their ends by places among the nodes.
pub(super) fn places(radii: &[f32], lines: &[(usize, usize, f32)], (width, height): (f32, f32)) -> Vec<At> {
    let mut chance = Chance::new(SEED);
    let mut draw = |room: f32| room * chance.below(1_000_000) as f32 / 1_000_000.0;
    let mut nodes: Vec<At> = radii.iter().map(|_| at(draw(width), draw(height))).collect();
    let ideal = 0.75 * (width * height / nodes.len().max(1) as f32).sqrt();
    let middle = at(width / 2.0, height / 2.0);
    for round in 0..ROUNDS {
        let heat = 0.1 * width * (1.0 - round as f32 / ROUNDS as f32) + 0.1;
        let mut moves = vec![At::default(); nodes.len()];
        for (number, (node, own)) in nodes.iter().zip(&mut moves).enumerate() {
            for (other, place) in nodes.iter().enumerate().filter(|(other, _)| *other != number) {
                // Two at one place go apart in an order that is always the same.
                let apart = if number < other { 0.01 } else { -0.01 };
                let (x, y) = (node.x - place.x + apart, node.y - place.y);
                let far = x.hypot(y).max(0.1);
                let force = ideal * ideal / far;
                *own = own.plus(at(x / far * force, y / far * force));
            }
            let to_middle = at(middle.x - node.x, (middle.y - node.y) * width / height);
            *own = own.plus(at(to_middle.x * GRAVITY * ideal / 10.0, to_middle.y * GRAVITY * ideal / 10.0));
        }
        for (one, other, weight) in lines {
            let (Some(from), Some(to)) = (nodes.get(*one), nodes.get(*other)) else { continue };
            let (x, y) = (to.x - from.x, to.y - from.y);
            let far = x.hypot(y).max(0.1);
            let force = far * far / ideal * (0.12 + 0.6 * weight);
            let pull = at(x / far * force, y / far * force);
            if let Some(own) = moves.get_mut(*one) {
                *own = own.plus(pull);
            }
            if let Some(own) = moves.get_mut(*other) {
                *own = own.plus(at(-pull.x, -pull.y));
            }
        }
        for (node, by) in nodes.iter_mut().zip(moves) {
            let far = by.x.hypot(by.y).max(0.1);
            *node = node.plus(at(by.x / far * far.min(heat), by.y / far * far.min(heat)));
        }
    }
    fit(&mut nodes, (width, height));
    part(&mut nodes, radii);
    nodes
}

/// Stretches the places over the whole rectangle.
fn fit(nodes: &mut [At], (width, height): (f32, f32)) {
    let range = |of: fn(&At) -> f32| {
        let (least, most) = nodes.iter().map(of).fold((f32::MAX, f32::MIN), |(least, most), value| (least.min(value), most.max(value)));
        (least, (most - least).max(1.0))
    };
    let ((left, wide), (top, high)) = (range(|node| node.x), range(|node| node.y));
    for node in nodes {
        *node = at((node.x - left) / wide * width, (node.y - top) / high * height);
    }
}

/// Moves nodes apart that are too near one another.
fn part(nodes: &mut [At], radii: &[f32]) {
    for _ in 0..400 {
        let mut moved = false;
        for one in 0..nodes.len() {
            for other in one + 1..nodes.len() {
                let (Some(from), Some(to)) = (nodes.get(one).copied(), nodes.get(other).copied()) else { continue };
                let radius = |number: usize| radii.get(number).copied().unwrap_or_default();
                let needed = radius(one) + radius(other) + ROOM;
                let (x, y) = ((to.x - from.x + 0.01) / BESIDE, to.y - from.y);
                let far = x.hypot(y).max(0.01);
                if far < needed - 0.1 {
                    moved = true;
                    let by = at(BESIDE * x / far * (needed - far) / 2.0, y / far * (needed - far) / 2.0);
                    if let Some(node) = nodes.get_mut(one) {
                        *node = node.plus(at(-by.x, -by.y));
                    }
                    if let Some(node) = nodes.get_mut(other) {
                        *node = node.plus(by);
                    }
                }
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_is_near_and_nothing_lies_over_anything() {
        // Two circles of four with one line between them.
        let lines: Vec<_> = (0..8).map(|node| (node, node / 4 * 4 + (node + 1) % 4, 1.0)).chain([(0, 4, 0.1)]).collect();
        let radii = [8.0; 8];
        let found = places(&radii, &lines, (400.0, 300.0));
        assert_eq!(found, places(&radii, &lines, (400.0, 300.0)), "one network is one picture");
        let mean = |pairs: Vec<(usize, usize)>| {
            let count = pairs.len() as f32;
            pairs.into_iter().map(|(one, other)| found[one].distance(found[other])).sum::<f32>() / count
        };
        let within = (0..8).flat_map(|one| (0..8).filter(move |other| one / 4 == other / 4 && one < *other).map(move |other| (one, other)));
        let across = (0..4).flat_map(|one| (4..8).map(move |other| (one, other)));
        assert!(mean(within.collect()) < mean(across.collect()));
        for one in 0..8 {
            for other in one + 1..8 {
                assert!(found[one].distance(found[other]) > 16.0);
            }
        }
        assert!(places(&[], &[], (10.0, 10.0)).is_empty());
        assert_eq!(places(&[5.0], &[], (10.0, 10.0)).len(), 1);
    }
}
