use super::lines::{Line, RAISED, WORD};

/// Columns within columns deeper than this are not looked for: pages have three at most.
const DEEPEST: usize = 2;
/// So many rows at least make two columns.
const FEWEST_ROWS: usize = 4;
/// A column takes at least this part of the width that it shares.
const NARROWEST: f32 = 0.25;
/// Lines of a column of running text fill this part of it.
const FULL: f32 = 0.6;
/// No row has more pieces than this.
const MOST_PIECES: usize = 500;
/// Cells of a table are parted by gaps wider than so many sizes of their letters.
const CELL: f32 = 1.3;

/// Puts the lines of a page into the order in which they are read, columns one after another, and joins what stands in one row.
pub(super) fn in_order(lines: Vec<Line>) -> Vec<Line> {
    let mut ordered = Vec::with_capacity(lines.len());
    let mut region = 0;
    let mut groups: [Vec<Line>; 4] = Default::default();
    for line in lines {
        if let Some(group) = groups.get_mut(usize::from(line.turned)) {
            group.push(line);
        }
    }
    for group in groups {
        if !group.is_empty() {
            part(group, 0, &mut region, &mut ordered);
        }
    }
    ordered
}

/// Orders a part of a page: where a gap runs down between two columns, the left before the right, between the lines that cross it.
fn part(lines: Vec<Line>, depth: usize, region: &mut usize, ordered: &mut Vec<Line>) {
    let Some(gap) = (depth < DEEPEST).then(|| gutter(&lines)).flatten() else {
        *region += 1;
        ordered.extend(joined(lines, *region));
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut crossing: Vec<Line> = Vec::new();
    for line in lines {
        if line.x < gap && line.end > gap {
            if !left.is_empty() || !right.is_empty() {
                part(std::mem::take(&mut left), depth + 1, region, ordered);
                part(std::mem::take(&mut right), depth + 1, region, ordered);
            }
            crossing.push(line);
            continue;
        }
        if !crossing.is_empty() {
            *region += 1;
            ordered.extend(joined(std::mem::take(&mut crossing), *region));
        }
        if line.end <= gap { left.push(line) } else { right.push(line) }
    }
    for rest in [left, right, crossing] {
        if !rest.is_empty() {
            part(rest, DEEPEST.min(depth + 1), region, ordered);
        }
    }
}

/// Where the gap between two columns of running text is.
fn gutter(lines: &[Line]) -> Option<f32> {
    let low = lines.iter().map(|line| line.x).min_by(f32::total_cmp)?;
    let high = lines.iter().map(|line| line.end).max_by(f32::total_cmp)?;
    let width = high - low;
    // The places where most lines begin are the left edges of columns.
    let mut starts: Vec<f32> = lines.iter().map(|line| line.x).filter(|x| *x > low + width * NARROWEST).collect();
    starts.sort_by(f32::total_cmp);
    let mut best: Option<(usize, f32)> = None;
    for (at, start) in starts.iter().enumerate() {
        let count = starts.get(at..)?.iter().take_while(|other| **other - start < 3.0).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *start));
        }
    }
    let (count, start) = best?;
    let gap = start - 1.0;
    let is_left = |line: &&Line| line.end <= gap;
    let is_right = |line: &&Line| line.x >= gap;
    let (left, right) = (lines.iter().filter(is_left).count(), lines.iter().filter(is_right).count());
    if count < FEWEST_ROWS || left < FEWEST_ROWS || right < FEWEST_ROWS || high - start < width * NARROWEST {
        return None;
    }
    // Running text fills its columns; names before what they say, and cells, do not.
    let edge = lines.iter().filter(is_left).map(|line| line.end).max_by(f32::total_cmp)?;
    let is_full = fullness(lines.iter().filter(is_left), edge - low) > FULL && fullness(lines.iter().filter(is_right), high - start) > FULL;
    let crossing = lines.len() - left - right;
    (is_full && edge - low >= width * NARROWEST && crossing * 2 < lines.len()).then_some(gap)
}

/// Which part of its width the lines of a column fill.
fn fullness<'line>(lines: impl Iterator<Item = &'line Line>, width: f32) -> f32 {
    let mut lines: Vec<&Line> = lines.collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows = 0_usize;
    let mut last = f32::MIN;
    let mut filled = 0.0;
    for line in lines {
        if line.y - last > RAISED * line.size {
            rows += 1;
            last = line.y;
        }
        filled += line.end - line.x;
    }
    filled / (width * rows.max(1) as f32)
}

/// Joins the pieces of each row: cells by a tab, where rows of cells follow each other.
fn joined(mut lines: Vec<Line>, region: usize) -> Vec<Line> {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let is_same = |group: &Vec<Line>| {
            let of_size = |line: &Line| (line.size, line.y);
            let largest = group.iter().map(of_size).max_by(|a, b| a.0.total_cmp(&b.0));
            largest.is_some_and(|(size, y)| (line.y - y).abs() <= RAISED * size.max(line.size))
        };
        match groups.last_mut() {
            Some(group) if group.len() < MOST_PIECES && is_same(group) => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    let mut rows: Vec<Line> = groups.into_iter().filter_map(|group| row(group, region)).collect();
    // One row alone is a line with a wide gap, such as a name and what is said.
    let alone: Vec<bool> = (0..rows.len())
        .map(|at| {
            let is = |at: Option<usize>| at.and_then(|at| rows.get(at)).is_some_and(|row| row.is_row);
            is(Some(at)) && !is(at.checked_sub(1)) && !is(at.checked_add(1))
        })
        .collect();
    for (row, is_alone) in rows.iter_mut().zip(alone) {
        row.is_row &= !is_alone;
    }
    rows
}

/// One line of the pieces of a row.
fn row(mut pieces: Vec<Line>, region: usize) -> Option<Line> {
    pieces.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces = pieces.into_iter();
    let mut row = Line { region, ..pieces.next()? };
    let mut last = row.clone();
    for piece in pieces {
        // Some programs draw words twice to make them bold.
        let is_twice = piece.words == last.words && (piece.x - last.x).abs() < 0.15 * piece.size;
        if is_twice {
            continue;
        }
        let gap = piece.x - row.end;
        let size = piece.size.max(row.size);
        let is_cell = gap > CELL * size;
        row.is_row |= is_cell;
        row.join(
            &piece,
            if is_cell {
                "\t"
            } else if gap > WORD * size {
                " "
            } else {
                ""
            },
        );
        last = piece;
    }
    Some(row)
}
