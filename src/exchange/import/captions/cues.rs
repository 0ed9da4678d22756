use regex::Regex;

use super::super::draft::Problem;
use super::super::pattern::Pattern;
use super::super::stamps;
use super::Cue;

static TIMES: Pattern = Pattern::new(|| {
    let time = r"(\d{1,4}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?)";
    Regex::new(&format!(r"^\s*{time}\s*-->\s*{time}(?:\s.*)?$")).ok()
});
/// What a tool notes of a caption and nobody of an interview: `NOTE Confidence: 0.9`, `NOTE duration:"00:05:10"`.
static OF_TOOL: Pattern = Pattern::new(|| Regex::new(r"^NOTE\s+\w+\s*:").ok());

/// What a line of a caption file belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// What stands before the first caption, or a block that nobody says: a style, a region.
    Aside,
    /// A note, which is told.
    Note,
    /// The words of a caption.
    Words,
    /// A blank line; what follows may be anything.
    Between,
}

/// The captions of a file (.vtt or .srt, which differ in little), and what could not be kept of it.
pub(super) fn cues(text: &str) -> (Vec<Cue>, Vec<Problem>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut cues: Vec<Cue> = Vec::new();
    let mut within = Within::Aside;
    let (mut notes, mut before) = (Vec::new(), None);
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim();
        let next_is_times = || lines.get(index + 1).is_some_and(|next| times(next).is_some());
        if let Some(time) = times(line) {
            cues.push(Cue { time: Some(time), line: index + 1, ..Cue::default() });
            within = Within::Words;
        } else if line.is_empty() {
            within = if within == Within::Aside && cues.is_empty() { within } else { Within::Between };
        } else if next_is_times() && (within != Within::Words || line.bytes().all(|byte| byte.is_ascii_digit())) {
            // The number or name of the next caption.
            within = Within::Between;
        } else if within != Within::Words && line.starts_with("NOTE") {
            within = if OF_TOOL.is_in(line) { Within::Aside } else { Within::Note };
            notes.extend((within == Within::Note).then_some(index + 1));
        } else if within != Within::Words && (line.starts_with("WEBVTT") || line == "STYLE" || line == "REGION") {
            within = Within::Aside;
        } else if let (Within::Words | Within::Between, Some(cue)) = (within, cues.last_mut()) {
            within = Within::Words;
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(line);
        } else if cues.is_empty() && within == Within::Aside && !text.trim_start().starts_with("WEBVTT") {
            before.get_or_insert(index + 1);
        }
    }
    let told = notes.first().map(|line| match notes.len() {
        1 => Problem::at(*line, "A note between the captions was left out."),
        many => Problem::at(*line, format!("{many} notes between the captions were left out; this is the first.")),
    });
    let before = before.map(|line| Problem::at(line, "What stands before the first caption was left out."));
    (cues, before.into_iter().chain(told).collect())
}

/// The times of a caption, in milliseconds.
fn times(line: &str) -> Option<(u32, u32)> {
    if !line.contains("-->") {
        return None;
    }
    let found = TIMES.first(line)?;
    let (start, end) = (stamps::millis(found.get(1)?.as_str())?, stamps::millis(found.get(2)?.as_str())?);
    Some((start, end.max(start)))
}
