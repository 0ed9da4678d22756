use super::super::read::Content;
use super::super::{stamps, table};
use super::markup::name_of;
use super::{Cue, content};
use crate::text::fold;

/// Names of the column with the words of a turn, of that with its time, and of that with its end where it has a column of its own.
const WORDS: [&str; 7] = ["content", "text", "transcript", "words", "utterance", "caption", "transcription"];
const TIMES: [&str; 10] =
    ["timespan", "time span", "time", "timestamp", "time stamp", "start", "start time", "begin", "begin time", "timecode"];
const ENDS: [&str; 4] = ["end", "end time", "stop", "stop time"];
const SPEAKERS: [&str; 5] = ["speaker", "speakers", "speaker name", "name", "participant"];

/// The columns of a table whose rows are turns.
struct Columns {
    words: usize,
    time: usize,
    end: Option<usize>,
    speaker: Option<usize>,
    /// Whether times are whole milliseconds, as one program writes them: every number has more digits than a clock.
    in_millis: bool,
}

/// The same of a text whose cells tabs, commas or semicolons divide.
pub(in super::super) fn turns_of_table(text: &str) -> Option<Content> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let [head] = table::lines(first).try_into().ok()?;
    heads(&head.cells)?;
    let rows: Vec<_> = table::lines(text).into_iter().map(|line| (line.number as usize, line.cells)).collect();
    turns_of_rows(&rows)
}

/// The turns of a table, where its first row names a column of words and one of times: a row is a turn, `cells` with the line it
/// begins on. Nothing where it is another table.
pub(in super::super) fn turns_of_rows(rows: &[(usize, Vec<String>)]) -> Option<Content> {
    let ((_, head), rows) = rows.split_first()?;
    let columns = columns(head, rows)?;
    let mut cues = Vec::with_capacity(rows.len());
    for (line, cells) in rows {
        let cell = |column: usize| cells.get(column).map(String::as_str).unwrap_or_default().trim();
        let (from, to) = times(cell(columns.time), columns.in_millis);
        let end = columns.end.and_then(|end| times(cell(end), columns.in_millis).0).or(to);
        cues.push(Cue {
            time: from.map(|from| (from, end.unwrap_or(from).max(from))),
            speaker: columns.speaker.and_then(|column| name_of(cell(column).trim_end_matches(':'))),
            text: cell(columns.words).to_owned(),
            // Rows without names are paragraphs as somebody made them.
            anew: columns.speaker.is_none() && columns.end.is_none(),
            line: *line,
        });
    }
    let made = content(&cues, Vec::new());
    (!made.units.is_empty()).then_some(made)
}

/// Where the columns are of words, times, ends and speakers, if there are words and times.
fn heads(head: &[String]) -> Option<(usize, usize, Option<usize>, Option<usize>)> {
    let heads: Vec<String> = head.iter().map(|name| fold(name.trim()).replace(['_', '-'], " ")).collect();
    let named = |names: &[&str]| names.iter().find_map(|name| heads.iter().position(|head| head == name));
    Some((named(&WORDS)?, named(&TIMES)?, named(&ENDS), named(&SPEAKERS)))
}

fn columns(head: &[String], rows: &[(usize, Vec<String>)]) -> Option<Columns> {
    let (words, time, end, speaker) = heads(head)?;
    let cells = || rows.iter().filter_map(|(_, cells)| cells.get(time)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let timed = cells().filter(|cell| times(cell, false).0.is_some()).count();
    // Words for a time in a questionnaire are no times of a recording.
    (timed > 0 && timed * 10 >= cells().count() * 9).then(|| Columns {
        words,
        time,
        end,
        speaker,
        in_millis: end.is_some() && cells().all(|cell| cell.bytes().all(|byte| byte.is_ascii_digit())),
    })
}

/// From and to: `0:02:0-0:10:0`, `75`, `00:00:05.2 - 00:00:08`.
fn times(cell: &str, in_millis: bool) -> (Option<u32>, Option<u32>) {
    let cell = cell.trim_matches(['[', ']', '#', '(', ')']);
    if in_millis {
        return (cell.parse().ok(), None);
    }
    let (from, to) = cell.split_once(['-', '–']).map_or((cell, None), |(from, to)| (from, Some(to)));
    (stamps::shorthand(from), to.and_then(stamps::shorthand))
}
