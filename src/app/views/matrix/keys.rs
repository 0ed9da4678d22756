use eframe::egui::{Key, Modifiers, Ui};

use super::cursor::Spot;

/// Where a key leads from a spot, given the last spot and the rows of a page: row and column.
type Step = fn(Spot, Spot, usize) -> (usize, usize);

/// Takes the keys that move through the grid out of the input; returns the spots they lead to, one after the other. `page` is
/// the number of rows that are seen at once.
#[must_use]
pub fn moved(ui: &Ui, spot: Spot, end: Spot, page: usize) -> Vec<Spot> {
    let mut at = spot;
    let mut found = Vec::new();
    let take = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
    let to = |at: &mut Spot, row: usize, column: usize| {
        *at = Spot { row: row.min(end.row), column: column.min(end.column) };
        *at
    };
    for (key, row) in [(Key::Home, 1), (Key::End, end.row)] {
        found.extend((0..take(Modifiers::COMMAND, key)).map(|_| to(&mut at, row, spot.column)));
    }
    let steps: [(Key, Step); 8] = [
        (Key::ArrowUp, |at, _, _| (at.row.saturating_sub(1), at.column)),
        (Key::ArrowDown, |at, _, _| (at.row + 1, at.column)),
        (Key::ArrowLeft, |at, _, _| (at.row, at.column.saturating_sub(1))),
        (Key::ArrowRight, |at, _, _| (at.row, at.column + 1)),
        (Key::PageUp, |at, _, page| (at.row.saturating_sub(page).max(1), at.column)),
        (Key::PageDown, |at, _, page| (at.row + page, at.column)),
        (Key::Home, |at, _, _| (at.row, 0)),
        (Key::End, |at, end, _| (at.row, end.column)),
    ];
    for (key, step) in steps {
        for _ in 0..take(Modifiers::NONE, key) {
            let (row, column) = step(at, end, page);
            found.push(to(&mut at, row, column));
        }
    }
    found
}
