use std::collections::BTreeSet;

use super::frame::Frame;
use super::speakers;
use super::units::Unit;
use crate::study::{AttributeOf, day_written};
use crate::text::fold;

/// What the lines at the top of a file say.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// How many units it takes.
    pub(super) units: usize,
    /// Id of the interview.
    pub(super) id: Option<String>,
    /// Title in words.
    pub(super) title: Option<String>,
    /// Kind of source.
    pub(super) kind: Option<String>,
    /// Date, as `YYYY-MM-DD` where it can be read.
    pub(super) date: Option<String>,
    /// Who asked.
    pub(super) interviewer: Option<String>,
    /// The round of interviews.
    pub(super) wave: Option<String>,
    /// Participant group as written, and the line it is on.
    pub(super) group: Option<(String, usize)>,
    /// Case-study area as written, and the line it is on.
    pub(super) area: Option<(String, usize)>,
    /// Who takes part, by the names under which they may speak.
    pub(super) roster: Vec<String>,
    /// Everything else that describes the source or the participants: name, value, of what.
    pub(super) others: Vec<(String, String, AttributeOf)>,
}

/// What a key of a header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    Participant,
    Title,
    Kind,
    Date,
    Interviewer,
    Wave,
    Group,
    Area,
    /// About the study or the file; it stays in the text and describes nobody.
    Aside,
    Source,
    Person,
}

/// Reads the block of `Key: value` lines at the top; empty unless two keys of it are known, or it stands apart and has
/// an id or a date.
pub(super) fn read(text: &str, units: &[Unit], frame: &Frame) -> Header {
    let mut header = Header::default();
    let mut known = 0;
    let mut names_source = false;
    let mut seen = BTreeSet::new();
    for (index, unit) in units.iter().enumerate() {
        let Some((name, value)) = key_value(unit.slice(text)) else {
            // A line such as "Interview transcript" may stand above the block, and a section title within it.
            let is_title = unit.span.len() <= 80 && known == 0 && index < 3;
            if is_title {
                continue;
            }
            break;
        };
        let key = meaning(name, frame);
        let is_turn = matches!(key, Some(Key::Interviewer | Key::Participant))
            && (value.ends_with(['.', '?', '!', '…']) || value.chars().count() > 60 || value.is_empty());
        let is_label = key.is_none() && (speakers::is_role(name) || unit.gap_before && index > 0);
        // A key stands there once; what comes again is somebody's label, or prose that begins with "Note:".
        if !seen.insert(fold(name)) || is_turn || is_label {
            break;
        }
        known += usize::from(key.is_some());
        names_source |= matches!(key, Some(Key::Id | Key::Date)) && !value.is_empty();
        header.units = index + 1;
        header.take(key.unwrap_or(Key::Source), name, value, unit.line);
    }
    // One known key is little; an id or a date that stands apart from what follows is enough.
    let apart = || units.get(header.units.saturating_sub(1)).is_some_and(|last| last.gap_after);
    let is_header = known >= 2 || names_source && apart();
    if is_header { header } else { Header::default() }
}

impl Header {
    fn take(&mut self, key: Key, name: &str, value: &str, line: usize) {
        if value.is_empty() {
            return;
        }
        let owned = || Some(value.to_owned());
        match key {
            Key::Id => self.id = owned(),
            Key::Participant => self.roster.extend(value.split([',', ';']).map(|name| name.trim().to_owned())),
            Key::Title => self.title = owned(),
            Key::Kind => self.kind = owned(),
            Key::Date => self.date = Some(date(value)),
            Key::Interviewer => self.interviewer = owned(),
            Key::Wave => self.wave = owned(),
            Key::Group => self.group = Some((value.to_owned(), line)),
            Key::Area => self.area = Some((value.to_owned(), line)),
            Key::Aside => {}
            Key::Source => self.others.push((name.to_owned(), value.to_owned(), AttributeOf::Sources)),
            Key::Person => self.others.push((name.to_owned(), value.to_owned(), AttributeOf::Cases)),
        }
    }

    /// The id to give to the source, when the header has one.
    pub(super) fn label(&self) -> Option<&str> {
        let single = || self.roster.first().filter(|_| self.roster.len() == 1).map(String::as_str);
        self.id.as_deref().or_else(|| single().filter(|name| !name.contains(' ')))
    }
}

/// `Key: value`, the key being at most 40 characters of words.
fn key_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').or_else(|| line.split_once('\t'))?;
    let key = key.trim().trim_matches(['*', '_']).trim();
    let is_key = !key.is_empty()
        && key.chars().count() <= 40
        && key.split_whitespace().count() <= 6
        && key.chars().next().is_some_and(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || " -/'’()._&".contains(c))
        && !value.starts_with("//");
    is_key.then(|| (key, value.trim().trim_matches(['*', '_']).trim()))
}

/// What a key, or the name of a column, means; nothing where it is none that is known.
pub(super) fn meaning(name: &str, frame: &Frame) -> Option<Key> {
    let folded = fold(name).replace(['-', '_', '.'], " ");
    let folded = folded.trim();
    let [group, area] = &frame.role_names;
    let is = |other: &str| !other.is_empty() && fold(other).replace(['-', '_', '.'], " ") == folded;
    if is(group) {
        return Some(Key::Group);
    }
    if is(area) {
        return Some(Key::Area);
    }
    if frame.case_attributes.iter().any(|attribute| is(attribute)) {
        return Some(Key::Person);
    }
    Some(match folded {
        "id" | "interview id" | "transcript id" | "participant id" | "respondent id" | "source id" | "case id" | "interview number"
        | "interview no" | "interview ref" | "interview" | "transcript" | "reference" | "code" => Key::Id,
        "participant" | "participants" | "respondent" | "respondents" | "interviewee" | "interviewees" | "speakers" | "present"
        | "pseudonym" => Key::Participant,
        "title" | "interview title" => Key::Title,
        "kind" | "type" | "interview type" | "type of interview" | "format" => Key::Kind,
        "date" | "interview date" | "date of interview" | "recorded" | "recorded on" | "date recorded" => Key::Date,
        "interviewer" | "interviewers" | "interviewed by" | "interviewer name" | "facilitator" | "facilitators" | "moderator"
        | "researcher" => Key::Interviewer,
        "wave" | "round" => Key::Wave,
        "group" | "participant group" | "respondent group" | "stakeholder group" => Key::Group,
        "area" | "case study area" | "local authority" | "region" | "case study" => Key::Area,
        "study" | "study name" | "project" | "note" | "notes" | "file" | "file name" | "recording" | "audio file" | "transcriber"
        | "transcribed by" | "transcribed" | "depositor" | "version" | "anonymised" | "anonymisation" | "study number" => Key::Aside,
        "place" | "location" | "setting" | "venue" | "site" | "duration" | "length" | "language" | "method" | "mode" => Key::Source,
        "age" | "age band" | "age group" | "gender" | "sex" | "occupation" | "job title" | "role" | "post" | "ethnicity"
        | "marital status" | "years in post" => Key::Person,
        _ => return None,
    })
}

/// A date as `YYYY-MM-DD` where it can be read as one without guessing which number is the month; else as it is written.
fn date(written: &str) -> String {
    day_written(written).map_or_else(|| written.to_owned(), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::units::units;
    use super::*;

    fn header(text: &str) -> Header {
        read(text, &units(text), &Frame::default())
    }

    #[test]
    fn a_header_is_read() {
        let text = "INTERVIEW TRANSCRIPT\nInterview ID: FIF-TL2\nDate of interview: 14 May 2024\nInterviewer: Ruth Aird\nArea: Fife\n\
                    Participant group: Team leaders\nYears in post: 10 and more\nWeather: rain\nNote: made up\n\nInterviewer: How many?\nR: Nine.";
        let found = header(text);
        assert_eq!(found.units, 9);
        assert_eq!(found.label(), Some("FIF-TL2"));
        assert_eq!(found.date.as_deref(), Some("2024-05-14"));
        assert_eq!(found.interviewer.as_deref(), Some("Ruth Aird"));
        assert_eq!(found.area, Some(("Fife".into(), 5)));
        assert_eq!(found.group, Some(("Team leaders".into(), 6)));
        let others: Vec<_> = found.others.iter().map(|(name, _, of)| (name.as_str(), *of)).collect();
        assert_eq!(others, [("Years in post", AttributeOf::Cases), ("Weather", AttributeOf::Sources)]);
    }

    #[test]
    fn turns_are_no_header() {
        assert_eq!(header("Interviewer: How are you?\nParticipant: Fine.\nInterviewer: Good.").units, 0);
        assert_eq!(header("ID: X1\nDate: 2024-01-02\nInterviewer: Hello there, thanks for coming.\nP1: Hi.").units, 2);
        assert_eq!(header("ID: X1\nDate: 2024-01-02\n\nMoira: Three years.\nDev: Two.").units, 2);
        assert_eq!(header("Note: it rained.\nNote: it snowed.\nNote: it thawed.").units, 0);
        assert_eq!(header("Words only.\nMore words.").units, 0);
        assert_eq!(header("Date: 2024-01-02\nA single known key.").units, 0);
    }

    #[test]
    fn dates_are_read_or_left_alone() {
        for (written, expected) in [
            ("2024-05-14", "2024-05-14"),
            ("14 May 2024", "2024-05-14"),
            ("14th May, 2024", "2024-05-14"),
            ("1st August 2024", "2024-08-01"),
            ("May 14, 2024", "2024-05-14"),
            ("Tuesday 14 May 2024", "2024-05-14"),
            ("14/05/2024", "2024-05-14"),
            ("04/05/2024", "04/05/2024"),
            ("spring 2024", "spring 2024"),
            ("31 February 2024", "31 February 2024"),
        ] {
            assert_eq!(date(written), expected);
        }
    }
}
