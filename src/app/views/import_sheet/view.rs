use std::fmt::Write as _;

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder, pos2};

use super::notes::Weight;
use super::people::People;
use super::sheet::ImportSheet;
use super::{by_id, files, names, people, preview, reading, writing};
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::{Action, Cx};
use crate::app::icons;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, GridEvent, GridState, Rows, checkbox, empty, grid, icon_button_for, words};
use crate::exchange::import::IdTable;

/// Shows the sheet; returns whether it stays open.
pub fn show(ui: &mut Ui, sheet: &mut ImportSheet, cx: &mut Cx<'_>) -> bool {
    reading::start(sheet, cx);
    sheet.note(cx.study);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0.0, cx.tokens.colour.surface_paper);
    let head = Rect::from_min_max(whole.min, pos2(whole.right(), whole.top() + cx.tokens.size.top_bar));
    let stays = show_head(ui, head, sheet, cx);
    let mut below = Rect::from_min_max(head.left_bottom(), whole.max);
    sheet.narrow = whole.width() < cx.tokens.reading.column_width * 2.0;
    if let Some(table) = sheet.table.take() {
        cx.say(by_id::fill(sheet, &table, cx.study));
    }
    if sheet.rows.is_empty() {
        return show_waiting(ui, below, sheet, cx) && stays;
    }
    let strip = Rect::from_min_size(below.min, egui::vec2(below.width(), cx.tokens.size.top_bar));
    if show_strip(ui, strip, sheet, cx) {
        below.min.y = strip.bottom();
    }
    names::show(ui, sheet, cx);
    let middle = below.top() + files_height(sheet, cx, below.height());
    let upper = Rect::from_min_max(below.min, pos2(below.right(), middle));
    let lower = Rect::from_min_max(pos2(below.left(), middle), below.max);
    ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| show_files(ui, sheet, cx));
    show_current(ui, lower, sheet, cx);
    cx.status.say(summary(sheet));
    if sheet.grid.is_editing() || sheet.people.is_editing() {
        for (keys, does) in [(&["↵"][..], "Write"), (&["Tab"], "Write, go right"), (&["Esc"], "As it was")] {
            cx.status.hint(keys, does);
        }
    } else {
        for command in [Command::EditCell, Command::TickCell, Command::FillDown] {
            cx.status.hint_command(command);
        }
        cx.status.hint(&["Ctrl", "V"], "Paste cells, or a table with ids");
        for command in [Command::Undo, Command::NextProblem, Command::ImportSheetNow] {
            cx.status.hint_command(command);
        }
    }
    stays
}

/// Carries out what keys, buttons and the box at the top ask for; returns whether the sheet stays open.
fn run(sheet: &mut ImportSheet, cx: &mut Cx<'_>, command: Command) -> bool {
    if let Some(under_way) = &sheet.writing {
        match command {
            Command::CancelSheet => under_way.stop(),
            Command::NextPane => {}
            _ => cx.say("The files are being written."),
        }
        return true;
    }
    match command {
        Command::ImportSheetNow => import(sheet, cx),
        Command::CancelSheet => {
            cx.actions.push(Action::Cancel(reading::SLOT));
            return false;
        }
        Command::SheetFromTable => by_id::ask(cx),
        Command::SheetFromNames if sheet.rows.is_empty() => cx.say("There is no file on the sheet yet."),
        Command::SheetFromNames => sheet.naming = Some(names::Naming::new(&cx.settings.import_names)),
        Command::NextProblem if sheet.stopped() == 0 => cx.say("No file needs a look."),
        Command::NextProblem => sheet.go_to_stopped(),
        Command::Undo => match sheet.take_back_last() {
            Some(says) => cx.say(format!("Taken back: {says}")),
            None => cx.say("Nothing on the sheet to take back."),
        },
        Command::NextPane if sheet.grid.has_focus() => sheet.people.take_focus(),
        Command::NextPane => sheet.grid.take_focus(),
        _ => {}
    }
    true
}

/// Imports the files, or says why they cannot be.
fn import(sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    if sheet.grid.is_editing() || sheet.people.is_editing() {
        cx.say("Enter ends the cell that is written in first.");
    } else if cx.project.is_none() {
        cx.say("Open or make a project first.");
    } else if !sheet.reading.is_empty() {
        cx.say("Files are still being read.");
    } else if sheet.stopped() > 0 {
        cx.say("Some files need a look first.");
        sheet.go_to_stopped();
    } else if sheet.wanted().next().is_none() {
        cx.say("No file is ticked.");
    } else if cx.can_edit() {
        writing::start(sheet, cx);
    }
}

/// The least and the largest share of the height that the table of files has.
const FILES_LEAST: f32 = 0.3;
const FILES_MOST: f32 = 0.54;

/// The table of files is as high as its rows, within bounds: below it one sees who speaks.
fn files_height(sheet: &ImportSheet, cx: &Cx<'_>, whole: f32) -> f32 {
    // Two rows more: its head, and room that shows where it ends.
    let rows = cx.tokens.size.row * (sheet.rows.len() + 2) as f32;
    rows.clamp(whole * FILES_LEAST, whole * FILES_MOST).round()
}

fn show_head(ui: &mut Ui, rect: Rect, sheet: &mut ImportSheet, cx: &mut Cx<'_>) -> bool {
    let tokens = cx.tokens;
    let line = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - line.width / 2.0, line);
    // The words stand over those of the table's first column.
    let inner = Rect::from_min_max(rect.min + egui::vec2(tokens.space.two, 0.0), rect.max - egui::vec2(tokens.space.four, 0.0));
    let mut open = true;
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        let mut commands = std::mem::take(&mut sheet.commands);
        if sheet.naming.is_none() {
            commands.extend(pressed(ui, Scope::Sheet, cx.settings.single_letters));
        }
        if let Some(under_way) = sheet.writing.clone() {
            let (done, of) = under_way.progress();
            let stops = "Stops after the file that is being written and asks what to keep";
            if Button::new("Cancel").show(ui, tokens).on_hover_text(stops).clicked() {
                commands.push(Command::CancelSheet);
            }
            for command in commands {
                run(sheet, cx, command);
            }
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, format!("Writing {done} of {of}"));
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
            return;
        }
        let wanted = sheet.wanted().count();
        let does = if wanted == 1 { "Import 1 file".to_owned() } else { format!("Import {wanted} files") };
        let ready = wanted > 0 && sheet.stopped() == 0 && sheet.reading.is_empty() && cx.project.is_some();
        let mut press = |pressed: bool, command| commands.extend(pressed.then_some(command));
        let button = Button::primary(&does).icon(icons::IMPORT).enabled(ready).show(ui, tokens);
        press(button.on_hover_text(Command::ImportSheetNow.tooltip(ui.ctx())).clicked(), Command::ImportSheetNow);
        let cancel = Button::new("Cancel").show(ui, tokens);
        press(cancel.on_hover_text(Command::CancelSheet.tooltip(ui.ctx())).clicked(), Command::CancelSheet);
        for command in [Command::SheetFromTable, Command::SheetFromNames] {
            press(icon_button_for(ui, tokens, command, true).clicked(), command);
        }
        if ui.available_width() > tokens.size.control {
            checkbox(ui, tokens, &mut sheet.keep_originals, "Keep the original files in the project")
                .on_hover_text("Byte for byte, where a file differs from the text that is read. They make the project larger.");
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words(ui, tokens, Type::PaneTitle, tokens.colour.ink, "Import");
            let (ink, says) = match (cx.project.is_some(), sheet.stopped()) {
                (false, _) => (tokens.colour.error_ink, "Open or make a project first.".to_owned()),
                (true, 0) => (tokens.colour.ink_secondary, "Nothing is written before you press Import.".to_owned()),
                (true, 1) => (tokens.colour.error_ink, "1 file needs a look first.".to_owned()),
                (true, n) => (tokens.colour.error_ink, format!("{n} files need a look first.")),
            };
            words(ui, tokens, Type::Small, ink, says);
            if sheet.stopped() > 0 {
                let show = Button::quiet("Show").show(ui, tokens);
                press(show.on_hover_text(Command::NextProblem.tooltip(ui.ctx())).clicked(), Command::NextProblem);
            }
        });
        for command in commands {
            open &= run(sheet, cx, command);
        }
    });
    open
}

/// What was filled in for several files at once, with the press that takes it back; else what could be. Returns whether
/// there is anything to say.
fn show_strip(ui: &mut Ui, rect: Rect, sheet: &mut ImportSheet, cx: &mut Cx<'_>) -> bool {
    let tokens = cx.tokens;
    let offered = names::offered(sheet, &cx.settings.import_names);
    let last = sheet.last_fill();
    let says = match (&offered, last.and_then(|last| sheet.filled.get(last))) {
        (Some((pattern, files)), _) => format!("{} named as those before: {pattern}", names::files(*files, "is", "are")),
        (None, Some(filled)) => filled.says.clone(),
        (None, None) => return false,
    };
    ui.painter().rect_filled(rect, 0.0, tokens.colour.accent_quiet);
    let inner = rect.shrink2(egui::vec2(tokens.space.two, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.two;
        if let Some((pattern, _)) = &offered {
            if Button::quiet("Not these").show(ui, tokens).clicked() {
                sheet.offers_names = false;
            }
            if Button::new("Fill in from the names").show(ui, tokens).clicked() {
                names::fill(sheet, pattern);
            }
        } else if Button::new("Take it back").show(ui, tokens).clicked()
            && let Some(last) = last
        {
            sheet.take_back(last);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            words(ui, tokens, Type::Body, tokens.colour.ink, says);
        });
    });
    true
}

/// What stands there while nothing was read; returns whether the sheet stays open.
fn show_waiting(ui: &mut Ui, rect: Rect, sheet: &ImportSheet, cx: &Cx<'_>) -> bool {
    let title = if sheet.reading.is_empty() { "No files" } else { "Reading files" };
    let what = "Files are read here first, so that you see who speaks in them before they become sources.";
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| !empty(ui, cx.tokens, icons::IMPORT, title, what, None)).inner
}

fn show_files(ui: &mut Ui, sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    // The grid's state is taken out while its rows are read from the sheet.
    let mut state = std::mem::take(&mut sheet.grid);
    let events = grid(ui, cx.tokens, "Files", &mut state, &files::Files::new(sheet, cx.study));
    sheet.grid = state;
    for event in events {
        match event {
            GridEvent::Commit { key, column, text } => files::write(sheet, &[(key, column, text)], "Written:"),
            GridEvent::Toggle { key, .. } => sheet.toggle(key),
            GridEvent::FillDown { key, column } if files::fills(column) => {
                let words = files::Files::new(sheet, cx.study).cell(key, column).text;
                let below: Vec<_> = ((key + 1)..sheet.rows.len()).map(|row| (row, column, words.clone())).collect();
                files::write(sheet, &below, "Filled down:");
            }
            GridEvent::FillDown { .. } => cx.say("Only kinds, dates, groups and areas are filled down."),
            GridEvent::Paste { lines, .. } if lines.first().is_some_and(|first| IdTable::names_ids(first)) => {
                sheet.table = IdTable::of_lines(lines);
            }
            GridEvent::Paste { key, column, lines } => files::write(sheet, &pasted(key, column, lines), "Pasted:"),
            GridEvent::Press { .. } | GridEvent::Click { .. } | GridEvent::Sort(_) => {}
        }
    }
}

/// The cells that pasted lines are written into, from the one that one is at.
fn pasted(key: usize, column: usize, lines: Vec<Vec<String>>) -> Vec<(usize, usize, String)> {
    let line = |(down, line): (usize, Vec<String>)| {
        line.into_iter().enumerate().map(move |(right, words)| (key + down, column + right, words)).collect::<Vec<_>>()
    };
    lines.into_iter().enumerate().flat_map(line).collect()
}

/// The share of the width that the speakers of a file have beside its first words, and where there is little room.
const PEOPLE: f32 = 0.58;
const PEOPLE_NARROW: f32 = 0.7;

fn show_current(ui: &mut Ui, rect: Rect, sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let line = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let Some(row) = sheet.current() else { return };
    let middle = rect.left() + (rect.width() * if sheet.narrow { PEOPLE_NARROW } else { PEOPLE }).round();
    let left = Rect::from_min_max(rect.min + egui::vec2(0.0, line.width), pos2(middle, rect.bottom()));
    let right = Rect::from_min_max(pos2(middle, rect.top() + line.width), rect.max);
    ui.painter().vline(middle, rect.y_range(), line);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt(("left", row)), |ui| {
        show_notes(ui, row, sheet, cx);
        show_people(ui, row, sheet, cx);
    });
    let inner = right.shrink2(egui::vec2(tokens.space.four, tokens.space.three));
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("right", row)), |ui| {
        if let Some(draft) = sheet.draft(row) {
            preview::show(ui, tokens, draft);
        } else {
            words(ui, tokens, Type::Body, tokens.colour.ink_tertiary, "There is nothing to see of this file.");
        }
    });
}

/// The name of the file one is at and what to know of it.
fn show_notes(ui: &mut Ui, row: usize, sheet: &ImportSheet, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let Some(row) = sheet.rows.get(row) else { return };
    let pad = tokens.space.two;
    egui::Frame::NONE.inner_margin(egui::Margin::symmetric(pad as i8, tokens.space.two as i8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = tokens.space.half;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.two;
            words(ui, tokens, Type::BodyStrong, tokens.colour.ink, row.name.as_str());
            // Of two files of one name the folder tells which is which.
            let folder = row.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, folder);
        });
        let most = tokens.line_height(Type::Small) * 5.0;
        egui::ScrollArea::vertical().id_salt("notes").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            for note in &row.notes {
                let ink = match note.weight {
                    Weight::Stops if row.wanted || row.outcome.is_err() => tokens.colour.error_ink,
                    Weight::Lost => tokens.colour.notice_ink,
                    Weight::Stops | Weight::Tells => tokens.colour.ink_secondary,
                };
                words(ui, tokens, Type::Small, ink, note.sentence.as_str());
            }
        });
    });
}

fn show_people(ui: &mut Ui, row: usize, sheet: &mut ImportSheet, cx: &mut Cx<'_>) {
    let Some(draft) = sheet.draft(row) else { return };
    let mut state: GridState<usize> = sheet.people.clone();
    let rows = People::new(sheet, draft, cx.study);
    let events = grid(ui, cx.tokens, "Speakers", &mut state, &rows);
    let count = rows.keys().len();
    let mut writes: Vec<(usize, usize, String)> = Vec::new();
    for event in events {
        match event {
            GridEvent::Commit { key, column, text } => writes.push((key, column, text)),
            GridEvent::FillDown { key, column } if people::fills(column) => {
                let words = rows.cell(key, column).text;
                writes.extend(((key + 1)..count).map(|below| (below, column, words.clone())));
            }
            GridEvent::Paste { key, column, lines } => {
                writes.extend(pasted(key, column, lines).into_iter().filter(|(below, ..)| *below < count));
            }
            GridEvent::FillDown { .. } => cx.say("Only what somebody is, kinds, groups and areas are filled down."),
            GridEvent::Toggle { .. } | GridEvent::Press { .. } | GridEvent::Click { .. } | GridEvent::Sort(_) => {}
        }
    }
    sheet.people = state;
    let mut problem = None;
    sheet.write(
        |place, _, draft| {
            for (key, column, text) in writes.iter().filter(|_| place == row) {
                problem = people::set(draft, *key, *column, text).err().or(problem.take());
            }
        },
        |_| "Speakers of 1 file".to_owned(),
    );
    if let Some(why) = problem {
        cx.say(why);
    }
}

/// What the sheet holds, in a few words. Writing to a string cannot fail.
fn summary(sheet: &ImportSheet) -> String {
    let unreadable = sheet.rows.iter().filter(|row| row.outcome.is_err()).count();
    let mut says = format!("{} of {} files to import", sheet.wanted().count(), sheet.rows.len());
    if unreadable > 0 {
        let _ = write!(says, ", {unreadable} cannot be read");
    }
    if !sheet.reading.is_empty() {
        let _ = write!(says, ", reading {} more", sheet.reading.len());
    }
    says
}
