use std::collections::BTreeSet;

use super::super::draft::Problem;
use super::super::frame::Frame;
use super::super::header::{Key, meaning};
use super::super::table::names_ids;
use super::{ColumnRole, SurveyTable};
use crate::study::day_written;
use crate::text::fold;

/// Words in the name of a column that tells who somebody is.
const TELLS_WHO: [&str; 12] =
    ["email", "e-mail", "mail", "phone", "telephone", "mobile", "ip", "address", "postcode", "surname", "name", "forename"];

/// Words in the name of a column that tells of the filling in and not of the respondent.
const OF_TOOL: [&str; 13] = [
    "timestamp",
    "started",
    "submitted",
    "completed",
    "duration",
    "progress",
    "finished",
    "recorded",
    "status",
    "collector",
    "language",
    "latitude",
    "longitude",
];

/// Names under which the column of ids goes besides those of any table.
const IDS: [&str; 9] =
    ["respondent", "respondent id", "response id", "responseid", "no", "number", "nr", "participant no", "participant number"];

/// Says of each column what it seems to be.
pub(super) fn guess(table: &mut SurveyTable, frame: &Frame) {
    let mut roles: Vec<ColumnRole> = (0..table.columns.len()).map(|column| role(table, frame, column)).collect();
    // There is one id, one group and one area; others of them are known of the respondent like anything else.
    for once in [ColumnRole::Id, ColumnRole::Group, ColumnRole::Area] {
        for more in roles.iter_mut().filter(|role| **role == once).skip(1) {
            *more = ColumnRole::Attribute;
        }
    }
    let personal: Vec<&str> =
        table.columns.iter().filter(|column| column.filled > 0 && tells_who(&column.name)).map(|column| column.name.as_str()).collect();
    if !personal.is_empty() {
        let sentence = format!("What may tell who somebody is was left out: {}.", personal.join(", "));
        table.problems.push(Problem::whole(sentence));
    }
    table.columns.iter_mut().zip(roles).for_each(|(column, role)| column.role = role);
}

/// The values of a column, and what they are like.
struct Values<'table> {
    all: Vec<&'table str>,
    distinct: usize,
}

impl<'table> Values<'table> {
    fn of(table: &'table SurveyTable, column: usize) -> Self {
        let all: Vec<&str> =
            table.rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let distinct = all.iter().collect::<BTreeSet<_>>().len();
        Self { all, distinct }
    }

    fn mean_length(&self) -> usize {
        self.all.iter().map(|value| value.chars().count()).sum::<usize>() / self.all.len().max(1)
    }

    /// Whether all but a few are so.
    fn mostly(&self, is: impl Fn(&str) -> bool) -> bool {
        self.all.iter().filter(|value| is(value)).count() * 10 >= self.all.len() * 9
    }

    fn in_words(&self) -> usize {
        self.all.iter().filter(|value| value.split_whitespace().count() >= 4).count()
    }
}

fn role(table: &SurveyTable, frame: &Frame, column: usize) -> ColumnRole {
    let Some(name) = table.columns.get(column).map(|column| column.name.as_str()) else { return ColumnRole::LeaveOut };
    let values = Values::of(table, column);
    if values.all.is_empty() {
        return ColumnRole::LeaveOut;
    }
    let unique = values.distinct == table.rows.len();
    let folded = fold(name);
    let is_id = names_ids(name) || IDS.contains(&folded.replace('_', " ").as_str());
    if is_id && unique && values.mean_length() <= 40 {
        return ColumnRole::Id;
    }
    match meaning(name, frame) {
        Some(Key::Group) => return ColumnRole::Group,
        Some(Key::Area) => return ColumnRole::Area,
        Some(Key::Person) => return ColumnRole::Attribute,
        _ => {}
    }
    if tells_who(name) || is_of_tool(name) {
        return ColumnRole::LeaveOut;
    }
    let is_number = |value: &str| value.replace(',', ".").trim_end_matches('%').parse::<f64>().is_ok();
    let is_date = |value: &str| day_written(value).is_some();
    if values.mostly(is_number) || values.mostly(is_date) {
        return ColumnRole::Attribute;
    }
    let asks = name.trim_end().ends_with('?');
    let varied = values.distinct * 2 > values.all.len();
    let in_words = values.in_words() * 3 >= values.all.len();
    let long = values.mean_length() >= if asks { 15 } else { 25 };
    if varied && in_words && long || values.mean_length() >= 80 || asks && varied && in_words {
        ColumnRole::Answer
    } else {
        ColumnRole::Attribute
    }
}

fn has_word(name: &str, words: &[&str]) -> bool {
    let folded = fold(name);
    // A question is no name of a field, whatever word is in it.
    folded.split_whitespace().count() <= 4
        && !folded.ends_with('?')
        && folded.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| words.contains(&word))
}

fn tells_who(name: &str) -> bool {
    has_word(name, &TELLS_WHO)
}

fn is_of_tool(name: &str) -> bool {
    has_word(name, &OF_TOOL) || ["start time", "end time", "start date", "end date", "completion time"].contains(&fold(name).as_str())
}
