use super::alignment::Move;

/// Kept words between changes that are so many times as long are chance: "and the" stands everywhere.
const CHANCE: usize = 4;

/// At the ends of a quotation so many words may stand for others; more are words that the source has not.
const MOST_AT_END: usize = 2;

/// The moves without what agrees by chance, so that the words of somebody else that were put in are one run.
pub(super) fn without(mut moves: Vec<Move>) -> Vec<Move> {
    while let Some((from, to)) = by_chance(&moves) {
        for step in moves.get_mut(from..to).unwrap_or_default() {
            if let Move::Kept { quoted, source } = *step {
                *step = Move::Changed { quoted, source };
            }
        }
    }
    let lead = moves.iter().take_while(|step| is_change(step)).count();
    let tail = moves.iter().rev().take_while(|step| is_change(step)).count();
    let end = moves.len();
    for (from, to) in [(0, lead), (end - tail, end)] {
        clear(&mut moves, from, to);
    }
    moves.retain(|step| !matches!(step, Move::Aside { source } if *source == GONE));
    moves
}

/// Marks a move that is to go.
const GONE: usize = usize::MAX;

/// Words at an end that stand for others only because these are beside them.
fn clear(moves: &mut [Move], from: usize, to: usize) {
    let Some(run) = moves.get_mut(from..to) else { return };
    if run.iter().filter(|step| matches!(step, Move::Changed { .. } | Move::Added { .. })).count() <= MOST_AT_END {
        return;
    }
    for step in run {
        match *step {
            Move::Changed { quoted, .. } => *step = Move::Added { quoted },
            Move::Passed { .. } => *step = Move::Aside { source: GONE },
            _ => {}
        }
    }
}

fn is_change(step: &Move) -> bool {
    matches!(step, Move::Changed { .. } | Move::Added { .. } | Move::Passed { .. })
}

/// The shortest run of kept words that agrees by chance.
fn by_chance(moves: &[Move]) -> Option<(usize, usize)> {
    let words = |run: &[Move]| run.iter().filter(|step| matches!(step, Move::Changed { .. } | Move::Added { .. })).count();
    let mut runs = Vec::new();
    let mut at = 0;
    for run in moves.chunk_by(|one, other| is_change(one) == is_change(other)) {
        runs.push((at, run));
        at += run.len();
    }
    let chance = runs.iter().enumerate().filter(|(_, (_, run))| run.first().is_some_and(|step| !is_change(step))).filter_map(
        |(index, (at, run))| {
            let before = index.checked_sub(1).and_then(|index| runs.get(index)).map_or(0, |(_, run)| words(run));
            let after = runs.get(index + 1).map_or(0, |(_, run)| words(run));
            let kept = run.iter().filter(|step| matches!(step, Move::Kept { .. })).count();
            (kept > 0 && kept * CHANCE <= before + after).then_some((kept, *at, at + run.len()))
        },
    );
    // The best run is never chance: without it there would be no place at all.
    let longest = runs.iter().filter(|(_, run)| run.first().is_some_and(|step| !is_change(step))).map(|(_, run)| run.len()).max();
    chance.filter(|(kept, ..)| Some(*kept) != longest).min().map(|(_, from, to)| (from, to))
}
