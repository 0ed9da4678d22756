use crate::exchange::picture::At;

/// The triangles that fill a closed shape, by the places of their corners: its ears are cut one by one, because it need not be convex.
/// Where it crosses itself some of it stays empty.
pub(super) fn triangles(through: &[At]) -> Vec<[u32; 3]> {
    let mut left: Vec<(u32, At)> = (0u32..).zip(through.iter().copied()).collect();
    left.dedup_by(|(_, one), (_, other)| one == other);
    if turn_of(&left) < 0.0 {
        left.reverse();
    }
    let mut cut = Vec::new();
    while left.len() > 2 {
        let count = left.len();
        let corners = |at: usize| Some((*left.get((at + count - 1) % count)?, *left.get(at)?, *left.get((at + 1) % count)?));
        let flat = |at: &usize| corners(*at).is_some_and(|((_, one), (_, two), (_, three))| turn(one, two, three).abs() <= f32::EPSILON);
        let ear = |at: &usize| {
            corners(*at).is_some_and(|(one, two, three)| {
                let inside =
                    |place: At| turn(one.1, two.1, place) > 0.0 && turn(two.1, three.1, place) > 0.0 && turn(three.1, one.1, place) > 0.0;
                turn(one.1, two.1, three.1) > 0.0 && !left.iter().any(|(_, place)| inside(*place))
            })
        };
        let Some(at) = (0..count).find(flat).or_else(|| (0..count).find(ear)) else { break };
        if !flat(&at)
            && let Some(((one, _), (two, _), (three, _))) = corners(at)
        {
            cut.push([one, two, three]);
        }
        left.remove(at);
    }
    cut
}

/// Twice the area of a triangle; negative where its corners go round the other way.
fn turn(one: At, two: At, three: At) -> f32 {
    (two.x - one.x).mul_add(three.y - one.y, -(two.y - one.y) * (three.x - one.x))
}

fn turn_of(places: &[(u32, At)]) -> f32 {
    let next = places.iter().cycle().skip(1);
    places.iter().zip(next).map(|((_, one), (_, two))| one.x.mul_add(two.y, -one.y * two.x)).sum()
}
