use eframe::egui::{Event, Key, Modifiers, Ui};

use super::clipboard;
use super::model::{GridEvent, Rows};
use super::state::GridState;
use crate::app::command::{Command, Scope, pressed};

/// Carries out the keys pressed while the grid has the focus and no cell is edited. `page` is how many rows are seen.
pub(super) fn read<R: Rows>(ui: &Ui, state: &mut GridState<R::Key>, rows: &R, page: usize, events: &mut Vec<GridEvent<R::Key>>) {
    let (keys, columns) = (rows.keys(), rows.columns().len());
    let Some(first) = keys.first().copied() else { return };
    let (key, column) = state.at.unwrap_or((first, 0));
    let Some(row) = keys.iter().position(|other| *other == key) else {
        state.go(first, column);
        return;
    };
    let last = keys.len() - 1;
    let moves = [
        (Modifiers::NONE, Key::ArrowUp, row.saturating_sub(1), column),
        (Modifiers::NONE, Key::ArrowDown, (row + 1).min(last), column),
        (Modifiers::NONE, Key::ArrowLeft, row, column.saturating_sub(1)),
        (Modifiers::NONE, Key::ArrowRight, row, (column + 1).min(columns.saturating_sub(1))),
        (Modifiers::NONE, Key::PageUp, row.saturating_sub(page), column),
        (Modifiers::NONE, Key::PageDown, (row + page).min(last), column),
        (Modifiers::COMMAND, Key::Home, 0, column),
        (Modifiers::COMMAND, Key::End, last, column),
        (Modifiers::NONE, Key::Home, row, 0),
        (Modifiers::NONE, Key::End, row, columns.saturating_sub(1)),
    ];
    for (modifiers, pressed, row, column) in moves {
        if ui.input_mut(|input| input.consume_key(modifiers, pressed))
            && let Some(key) = keys.get(row)
        {
            state.at = Some((*key, column));
            state.reveal = true;
            return;
        }
    }
    // Letters begin to write in a cell and are no commands.
    let commands = pressed(ui, Scope::Cells, false);
    if commands.is_empty() {
        return read_text(ui, state, &rows.cell(key, column), (key, column), events);
    }
    for command in commands {
        run(state, rows, (key, column), command, events);
    }
}

/// Carries out the commands that came from outside of the grid, with the cell one is at. Where that is none that is seen, the
/// first one gets the focus and nothing is done.
pub(super) fn run_waiting<R: Rows>(state: &mut GridState<R::Key>, rows: &R, events: &mut Vec<GridEvent<R::Key>>) {
    let commands = std::mem::take(&mut state.commands);
    if commands.is_empty() || state.is_editing() {
        return;
    }
    let Some(at) = state.at.filter(|(key, _)| rows.keys().contains(key)) else {
        if let Some(first) = rows.keys().first() {
            state.go(*first, state.at.map_or(0, |(_, column)| column));
        }
        return;
    };
    for command in commands {
        run(state, rows, at, command, events);
    }
}

/// Does something with the cell one is at.
fn run<R: Rows>(
    state: &mut GridState<R::Key>,
    rows: &R,
    (key, column): (R::Key, usize),
    command: Command,
    events: &mut Vec<GridEvent<R::Key>>,
) {
    let cell = rows.cell(key, column);
    match command {
        Command::FillDown => events.push(GridEvent::FillDown { key, column }),
        Command::EditCell | Command::TickCell if cell.tick.is_some() => events.push(GridEvent::Toggle { key, column }),
        Command::EditCell if cell.editable => state.edit(key, column, cell.text, true),
        Command::EditCell => events.push(GridEvent::Press { key, column, pointed: false }),
        Command::ClearCell if cell.editable => events.push(GridEvent::Commit { key, column, text: String::new() }),
        _ => {}
    }
}

/// Typed words begin an edit; the clipboard is copied to and pasted from.
fn read_text<K: Copy + PartialEq>(
    ui: &Ui,
    state: &mut GridState<K>,
    cell: &super::model::Cell,
    (key, column): (K, usize),
    events: &mut Vec<GridEvent<K>>,
) {
    // Taken out, so that the editor that opens in this frame does not read them once more.
    let arrived: Vec<Event> = ui.input_mut(|input| input.events.extract_if(.., |event| is_words(event)).collect());
    for event in arrived {
        match event {
            Event::Copy => ui.ctx().copy_text(cell.text.clone()),
            Event::Paste(text) => events.push(GridEvent::Paste { key, column, lines: clipboard::cells(&text) }),
            // Several letters may come at once.
            Event::Text(text) if state.is_editing() => state.write(&text),
            Event::Text(text) if cell.editable && !text.trim().is_empty() => state.edit(key, column, text, false),
            _ => {}
        }
    }
}

const fn is_words(event: &Event) -> bool {
    matches!(event, Event::Copy | Event::Paste(_) | Event::Text(_))
}
