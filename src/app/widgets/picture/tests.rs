use super::bins::Bins;
use super::outline::triangles;
use crate::exchange::picture::{Area, At};

/// What rounding may do.
const NEAR: f32 = 0.01;

fn at((x, y): (f32, f32)) -> At {
    At { x, y }
}

/// The area that triangles cover, where none lies over another.
fn covered(through: &[At]) -> f32 {
    let corner = |place: u32| through[place as usize];
    let area = |[one, two, three]: [u32; 3]| {
        let (one, two, three) = (corner(one), corner(two), corner(three));
        ((two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x)).abs() / 2.0
    };
    triangles(through).into_iter().map(area).sum()
}

#[test]
fn outlines_are_filled_also_where_they_are_not_convex() {
    let corner = [(0.0, 0.0), (4.0, 0.0), (4.0, 1.0), (1.0, 1.0), (1.0, 4.0), (0.0, 4.0)].map(at);
    assert!((covered(&corner) - 7.0).abs() < NEAR);
    let back: Vec<At> = corner.into_iter().rev().collect();
    assert!((covered(&back) - 7.0).abs() < NEAR, "the other way round");
    // A band between two curves, which begins and ends in a point.
    let upper = (0..=20u8).map(|step| at((f32::from(step), 10.0 - f32::from(step).sqrt())));
    let lower = (0..=20u8).rev().map(|step| at((f32::from(step), 10.0 - f32::from(step).sqrt() + if step % 20 == 0 { 0.0 } else { 2.0 })));
    assert!((covered(&upper.chain(lower).collect::<Vec<_>>()) - 38.0).abs() < NEAR);
    assert!(triangles(&[]).is_empty() && triangles(&[(0.0, 0.0), (1.0, 1.0)].map(at)).is_empty());
    let line = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (1.0, 1.0)].map(at);
    assert!(covered(&line) < NEAR);
}

#[test]
fn what_is_in_sight_is_found_in_its_order_and_once() {
    let areas: Vec<Area> = (0..40u8)
        .flat_map(|row| {
            (0..40u8).map(move |column| Area { left: f32::from(column) * 20.0, top: f32::from(row) * 20.0, width: 19.0, height: 19.0 })
        })
        .chain([Area { left: 0.0, top: 0.0, width: 800.0, height: 800.0 }, Area { left: -5.0, top: 900.0, width: 3.0, height: 3.0 }])
        .collect();
    let bins = Bins::new((800.0, 800.0), areas.iter().copied());
    for sight in [(0.0, 0.0, 50.0, 50.0), (333.0, 17.0, 100.0, 400.0), (-100.0, -100.0, 2000.0, 2000.0), (790.0, 790.0, 1.0, 1.0)] {
        let sight = Area { left: sight.0, top: sight.1, width: sight.2, height: sight.3 };
        let seen = bins.seen(sight);
        assert!(seen.is_sorted_by(|one, other| one < other));
        let missing = areas.iter().enumerate().find(|(number, area)| area.overlaps(sight) && !seen.contains(number));
        assert_eq!(missing, None, "{sight:?}");
    }
    assert!(bins.seen(Area { left: 0.0, top: 0.0, width: 50.0, height: 50.0 }).len() < 30);
}
