use eframe::egui::{Key, Modifiers, Ui};

use super::cursor::Spot;

/// What a key asks of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// To another cell.
    To(Spot),
    /// To the page before or after.
    Page(bool),
    /// Opens what is there.
    Open,
    /// Folds or unfolds the row.
    Fold,
    /// Closes the pane.
    Close,
    /// Pins the cell of the pane.
    Pin,
}

/// Where a key leads from a spot, given the last spot and the rows of a page: row and column.
type Step = fn(Spot, Spot, usize) -> (usize, usize);

/// Takes the keys of the grid out of the input, with `letters` those that are a letter alone. `page` is the number of rows that are seen at once.
#[must_use]
pub fn pressed(ui: &Ui, letters: bool, spot: Spot, end: Spot, page: usize) -> Vec<Pressed> {
    let mut at = spot;
    let mut found = Vec::new();
    let take = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
    let to = |at: &mut Spot, row: usize, column: usize| {
        *at = Spot { row: row.min(end.row), column: column.min(end.column) };
        Pressed::To(*at)
    };
    for (key, back) in [(Key::PageUp, false), (Key::PageDown, true)] {
        found.extend((0..take(Modifiers::COMMAND, key)).map(|_| Pressed::Page(back)));
    }
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
    if letters && take(Modifiers::NONE, Key::P) > 0 {
        found.push(Pressed::Pin);
    }
    for (key, what) in [(Key::Enter, Pressed::Open), (Key::Space, Pressed::Fold), (Key::Escape, Pressed::Close)] {
        if take(Modifiers::NONE, key) > 0 {
            found.push(what);
        }
    }
    found
}
