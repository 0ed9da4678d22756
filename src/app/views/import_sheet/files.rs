//! The table of files.

use std::path::Path;

use super::names::files;
use super::notes::{Weight, in_role};
use super::sheet::ImportSheet;
use crate::app::widgets::{Cell, Column, Look, Rows};
use crate::exchange::import::Draft;
use crate::exchange::import::edits::{Common, common, set_area, set_group, set_label};
use crate::study::{BuiltIn, Role, Study};

/// The column of ids, where one is at first.
pub(super) const ID: usize = 1;
const WANTED: usize = 0;
const TITLE: usize = 2;
const KIND: usize = 3;
const DATE: usize = 4;
const SPEAKERS: usize = 5;
const GROUP: usize = 6;
const AREA: usize = 7;
const NOTES: usize = 8;

/// Kinds of source that are offered besides those the study has.
const USUAL_KINDS: [&str; 4] = ["Interview", "Paired interview", "Focus group", "Report"];

/// The files of a sheet as rows of a grid.
pub(super) struct Files<'a> {
    pub(super) sheet: &'a ImportSheet,
    pub(super) study: &'a Study,
    pub(super) columns: Vec<Column>,
}

impl<'a> Files<'a> {
    pub(super) fn new(sheet: &'a ImportSheet, study: &'a Study) -> Self {
        // What is to be known of a file is never out of sight: where there is little room, all columns are narrower.
        let [id, title, kind, date, speakers, group, area, notes] =
            if sheet.narrow { [11, 13, 11, 11, 13, 14, 12, 19] } else { [13, 18, 14, 13, 18, 23, 15, 30] };
        let columns = vec![
            Column::new("Import", 7),
            Column::new("Id", id),
            Column::new("Title", title).grows(),
            Column::new("Kind", kind),
            Column::new("Date", date),
            Column::new("Speakers", speakers),
            Column::new(role_name(study, Role::Group), group),
            Column::new(role_name(study, Role::Area), area),
            Column::new("To know", notes),
        ];
        Self { sheet, study, columns }
    }
}

/// What the study calls its groups or areas.
pub(super) fn role_name(study: &Study, role: Role) -> String {
    study.attributes().with_role(role).map_or_else(String::new, |attribute| attribute.name.clone())
}

/// The groups or areas of the study, and those that the files on the sheet bring.
pub(super) fn role_values(sheet: &ImportSheet, study: &Study, role: Role) -> Vec<String> {
    let attributes = study.attributes();
    let values = attributes.with_role(role).map(|attribute| attributes.values_of(attribute.id)).unwrap_or_default();
    let mut known: Vec<String> = values.into_iter().map(|value| value.name.clone()).collect();
    let drafts = (0..sheet.rows.len()).filter_map(|row| sheet.draft(row));
    for name in drafts.flat_map(Draft::cases).filter_map(|case| in_role(case, role)) {
        if !known.contains(name) {
            known.push(name.clone());
        }
    }
    known
}

impl Rows for Files<'_> {
    type Key = usize;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn held(&self) -> usize {
        2
    }

    fn keys(&self) -> &[usize] {
        &self.sheet.keys
    }

    fn cell(&self, key: usize, column: usize) -> Cell {
        let Some(row) = self.sheet.rows.get(key) else { return Cell::default() };
        if column == NOTES {
            let Some(note) = row.notes.first() else { return Cell::default() };
            let more = row.notes.len() - 1;
            let text = if more == 0 { note.sentence.clone() } else { format!("{}  +{more} more", note.sentence) };
            return Cell::fixed(text).look(match note.weight {
                Weight::Stops if row.wanted || row.outcome.is_err() => Look::Error,
                Weight::Stops | Weight::Tells => Look::Quiet,
                Weight::Lost => Look::Notice,
            });
        }
        let Ok(draft) = &row.outcome else {
            return if column == ID { Cell::fixed(row.name.clone()).look(Look::Error) } else { Cell::default() };
        };
        let look = if row.wanted { Look::Plain } else { Look::Quiet };
        // The column of ids is always in sight, that of the reasons is not.
        let of_id = if row.is_stopped() { Look::Error } else { Look::Strong };
        match column {
            WANTED => Cell::tick(row.wanted),
            ID => Cell::editable(draft.label.clone()).look(if row.wanted { of_id } else { Look::Quiet }),
            TITLE => Cell::editable(draft.title.clone()).look(look),
            KIND => Cell::editable(draft.kind.clone()).look(look),
            DATE => Cell::editable(draft.date.clone()).look(look),
            SPEAKERS => Cell::fixed(speakers(draft)).look(Look::Quiet),
            GROUP => of_cases(common(draft, |case| &case.group), look),
            _ => of_cases(common(draft, |case| &case.area), look),
        }
    }

    fn choices(&self, _: usize, column: usize) -> Vec<String> {
        match column {
            KIND => {
                let attributes = self.study.attributes();
                let known = attributes.built_in(BuiltIn::Kind).map(|kind| attributes.values_of(kind.id)).unwrap_or_default();
                let mut kinds: Vec<String> = known.into_iter().map(|value| value.name.clone()).collect();
                let usual = USUAL_KINDS.iter().filter(|kind| !kinds.iter().any(|known| known == *kind)).map(|kind| (*kind).to_owned());
                let usual: Vec<String> = usual.collect();
                kinds.extend(usual);
                kinds
            }
            GROUP => role_values(self.sheet, self.study, Role::Group),
            AREA => role_values(self.sheet, self.study, Role::Area),
            _ => Vec::new(),
        }
    }
}

fn of_cases(common: Common, look: Look) -> Cell {
    match common {
        Common::Nobody => Cell::default(),
        Common::Same(name) => Cell::editable(name.unwrap_or_default()).look(look),
        Common::Several(names) => Cell::editable(names.join("; ")).look(Look::Quiet),
    }
}

/// The labels with their turns, the one heard most first.
fn speakers(draft: &Draft) -> String {
    let mut speakers: Vec<_> = draft.speakers.iter().collect();
    speakers.sort_by_key(|speaker| std::cmp::Reverse(speaker.turns));
    let names: Vec<String> = speakers.into_iter().map(|speaker| format!("{} {}", speaker.label, speaker.turns)).collect();
    if names.is_empty() { "no labels".to_owned() } else { names.join(", ") }
}

/// Whether a column's words may be filled into the rows below.
pub(super) const fn fills(column: usize) -> bool {
    matches!(column, KIND | DATE | GROUP | AREA)
}

/// Writes words into cells of the table of files, each given by its row and column, as one act.
pub(super) fn write(sheet: &mut ImportSheet, cells: &[(usize, usize, String)], does: &str) {
    let set = |row: usize, _: &Path, draft: &mut Draft| {
        cells.iter().filter(|(at, ..)| *at == row).for_each(|(_, column, words)| set(draft, *column, words));
    };
    sheet.write(set, |count| format!("{does} {}", files(count, "", "").trim()));
}

/// Writes words into a cell of the table of files.
fn set(draft: &mut Draft, column: usize, words: &str) {
    let words = words.trim();
    match column {
        ID => set_label(draft, words),
        TITLE => words.clone_into(&mut draft.title),
        KIND => words.clone_into(&mut draft.kind),
        DATE => words.clone_into(&mut draft.date),
        // Several names are what the cases say already; written back unchanged they change nothing.
        GROUP if !words.contains(';') => set_group(draft, words),
        AREA if !words.contains(';') => set_area(draft, words),
        _ => {}
    }
}
