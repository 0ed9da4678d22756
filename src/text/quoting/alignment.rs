use super::wording::Joint;

/// A word of the quotation that is not in the source: hardly more than one of the source that is left out, so that at an end the word
/// beside one that is missing is still the source's own.
const ADDED: u32 = 101;
/// A word for another: less than one that is left out and one that is put in.
const CHANGED: u32 = 150;
/// Words of the source that are left out without a sign: the first of them, and each further one. Leaving out many is one
/// act, so that both ends of what was said are found.
const MISSING: u32 = 100;
const MISSING_MORE: u32 = 20;
/// A word of the source under an ellipsis: nearly nothing, so that of two places the nearer one is taken.
const LEFT_OUT: u32 = 1;
/// A word of the source under something in square brackets.
const REPLACED: u32 = 10;
/// A word of a transcriber's note.
const ASIDE: u32 = 3;
/// A word that is written as two, or two that are one: hardly anything, so that the very word is taken where it is.
const APART: u32 = 1;
/// More than any way can cost.
const NO_WAY: u32 = u32::MAX / 4;

/// What becomes of one word. Places in the source are counted from the beginning of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// The word of the quotation is the one of the source.
    Kept { quoted: usize, source: usize },
    /// It stands for another one.
    Changed { quoted: usize, source: usize },
    /// The source has no such word.
    Added { quoted: usize },
    /// The quotation has no such word; `joint` is what stands there in it.
    Passed { joint: usize, source: usize },
    /// The same, and it was in a transcriber's note.
    Aside { source: usize },
}

impl Move {
    /// The word of the source.
    pub(super) const fn source(&self) -> Option<usize> {
        match *self {
            Self::Kept { source, .. } | Self::Changed { source, .. } | Self::Passed { source, .. } | Self::Aside { source } => Some(source),
            Self::Added { .. } => None,
        }
    }
}

/// A word of the quotation as the numbers of words that it may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Quoted {
    /// The words it may be.
    pub(super) numbers: Vec<u32>,
    /// The pairs of words that it may be, written as one.
    pub(super) split: Vec<(u32, u32)>,
    /// The words that it may be together with the word before it.
    pub(super) joined: Vec<u32>,
}

/// The cheapest way through a window of a source.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) cost: u32,
    pub(super) moves: Vec<Move>,
}

/// Whence a cell was reached: the kind of move, and whether the way was passing words before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Start,
    Pair {
        passing: bool,
    },
    /// One word, written as two in the source.
    Split {
        passing: bool,
    },
    /// Two words, written as one in the source.
    Joined {
        passing: bool,
    },
    Added {
        passing: bool,
    },
    Aside,
}

/// One cell of the table: the best ways by which so many words of both are behind, one that has just passed words of the
/// source and one that has not.
#[derive(Clone, Copy)]
struct Cell {
    cost: u32,
    from: From,
    passing: u32,
    /// Whether the passing way was passing before.
    went_on: bool,
}

impl Cell {
    const fn best(self) -> (u32, bool) {
        if self.cost <= self.passing { (self.cost, false) } else { (self.passing, true) }
    }
}

/// Aligns the words of a quotation with any stretch of a window of the source: the way
/// of least cost by the table of Needleman and Wunsch with the gaps of Gotoh, free at both ends of the window.
pub(super) fn align(quoted: &[Quoted], joints: &[Joint], source: &[u32], asides: &[bool]) -> Way {
    let first = Cell { cost: 0, from: From::Start, passing: NO_WAY, went_on: false };
    let mut rows: Vec<Vec<Cell>> = vec![vec![first; source.len() + 1]];
    for (index, word) in quoted.iter().enumerate() {
        let last = index + 1 == quoted.len();
        let joint = joints.get(index + 1).filter(|_| !last);
        let cells = |index: Option<usize>| index.and_then(|index| rows.get(index)).map(Vec::as_slice).unwrap_or_default();
        let above = Above { row: cells(Some(index)), before: cells(index.checked_sub(1)) };
        let row = row(word, joint, &above, source, asides);
        rows.push(row);
    }
    let ends = rows.last().map(Vec::as_slice).unwrap_or_default();
    let end = ends.iter().enumerate().min_by_key(|(_, cell)| cell.cost);
    let Some((end, cell)) = end else { return Way { cost: NO_WAY, moves: Vec::new() } };
    Way { cost: cell.cost, moves: walked(&rows, end) }
}

/// The rows behind the words before one.
struct Above<'a> {
    row: &'a [Cell],
    /// The row above that; empty for the first word.
    before: &'a [Cell],
}

/// The cells behind a word of the quotation; `joint` is what follows it, none at the end, where nothing need be passed.
fn row(word: &Quoted, joint: Option<&Joint>, above: &Above<'_>, source: &[u32], asides: &[bool]) -> Vec<Cell> {
    let (open, more) = match joint {
        Some(joint) if joint.ellipsis => (LEFT_OUT, LEFT_OUT),
        Some(joint) if joint.inserted.is_some() => (REPLACED, REPLACED),
        Some(_) => (MISSING, MISSING_MORE),
        None => (NO_WAY, NO_WAY),
    };
    // Where something shows that words are passed, a note among them is passed with it.
    let is_plain = joint.is_some_and(|joint| !joint.ellipsis && joint.inserted.is_none());
    let mut row: Vec<Cell> = Vec::with_capacity(above.row.len());
    let mut corner: Option<Cell> = None;
    for (at, up) in above.row.iter().enumerate() {
        let (cost, passing) = up.best();
        let mut cell = Cell { cost: cost + ADDED, from: From::Added { passing }, passing: NO_WAY, went_on: false };
        if let (Some(corner), Some(left), Some(before)) = (corner, row.last(), at.checked_sub(1)) {
            let there = source.get(before);
            let is_same = there.is_some_and(|there| word.numbers.contains(there));
            let (cost, passing) = corner.best();
            let pair = cost + if is_same { 0 } else { CHANGED };
            if pair <= cell.cost {
                (cell.cost, cell.from) = (pair, From::Pair { passing });
            }
            let pair = before.checked_sub(1).and_then(|first| Some((*source.get(first)?, *there?)));
            if let Some(from) = at
                .checked_sub(2)
                .and_then(|from| above.row.get(from))
                .filter(|_| !word.split.is_empty() && pair.is_some_and(|pair| word.split.contains(&pair)))
            {
                let (cost, passing) = from.best();
                if cost + APART < cell.cost {
                    (cell.cost, cell.from) = (cost + APART, From::Split { passing });
                }
            }
            if let Some(from) = above.before.get(before).filter(|_| there.is_some_and(|there| word.joined.contains(there))) {
                let (cost, passing) = from.best();
                if cost + APART < cell.cost {
                    (cell.cost, cell.from) = (cost + APART, From::Joined { passing });
                }
            }
            let aside = is_plain && asides.get(before) == Some(&true);
            if aside && left.cost + ASIDE < cell.cost {
                (cell.cost, cell.from) = (left.cost + ASIDE, From::Aside);
            }
            let (opened, further) =
                (left.cost.saturating_add(open), left.passing.saturating_add(if aside { more.min(ASIDE) } else { more }));
            (cell.passing, cell.went_on) = if opened <= further { (opened.min(NO_WAY), false) } else { (further.min(NO_WAY), true) };
        }
        corner = Some(*up);
        row.push(cell);
    }
    row
}

/// The moves that lead to the cell at the end of the last row.
fn walked(rows: &[Vec<Cell>], end: usize) -> Vec<Move> {
    let mut moves = Vec::new();
    let (mut quoted, mut source, mut is_passing) = (rows.len() - 1, end, false);
    while let Some(cell) = rows.get(quoted).and_then(|row| row.get(source)) {
        if is_passing {
            let Some(before) = source.checked_sub(1) else { break };
            moves.push(Move::Passed { joint: quoted, source: before });
            (source, is_passing) = (before, cell.went_on);
            continue;
        }
        match cell.from {
            From::Start => break,
            From::Pair { passing } => {
                let (Some(before), Some(word)) = (source.checked_sub(1), quoted.checked_sub(1)) else { break };
                // Whether they are the same shows in the cost.
                let up = rows.get(word).and_then(|row| row.get(before)).map_or(0, |cell| cell.best().0);
                let pair = if cell.cost == up {
                    Move::Kept { quoted: word, source: before }
                } else {
                    Move::Changed { quoted: word, source: before }
                };
                moves.push(pair);
                (quoted, source, is_passing) = (word, before, passing);
            }
            From::Split { passing } => {
                let (Some(first), Some(word)) = (source.checked_sub(2), quoted.checked_sub(1)) else { break };
                moves.extend([first + 1, first].map(|source| Move::Kept { quoted: word, source }));
                (quoted, source, is_passing) = (word, first, passing);
            }
            From::Joined { passing } => {
                let (Some(before), Some(word)) = (source.checked_sub(1), quoted.checked_sub(2)) else { break };
                moves.extend([word + 1, word].map(|quoted| Move::Kept { quoted, source: before }));
                (quoted, source, is_passing) = (word, before, passing);
            }
            From::Added { passing } => {
                let Some(word) = quoted.checked_sub(1) else { break };
                moves.push(Move::Added { quoted: word });
                (quoted, is_passing) = (word, passing);
            }
            From::Aside => {
                let Some(before) = source.checked_sub(1) else { break };
                moves.push(Move::Aside { source: before });
                source = before;
            }
        }
    }
    moves.reverse();
    moves
}
