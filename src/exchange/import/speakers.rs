use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Regex;

use super::header::Header;
use super::pattern::Pattern;
use super::stamps::{self, Stamp};
use crate::text::{Voice, fold};

/// A line as its edges tell: stamps, perhaps a label, and the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edges {
    /// The stamps before, around and after the words.
    pub(super) stamps: Vec<Stamp>,
    /// Bytes of what may be a speaker's label.
    pub(super) label: Option<Range<usize>>,
    /// Bytes of the label with what some tools write around it: `From Moira to Everyone`.
    pub(super) mark: Range<usize>,
    /// Bytes of the words behind the label; empty when the label is alone on its line.
    pub(super) words: Range<usize>,
    /// Bytes of the words if the label is none.
    pub(super) unlabelled: Range<usize>,
    /// Whether the label stands alone on its line without a colon or stamp, which is little evidence.
    pub(super) bare: bool,
    /// Whether the file's format says that the label is one, or that there is none.
    pub(super) told: bool,
}

static LABELLED: Pattern = Pattern::new(|| {
    let label = r"^[*_]{0,3}([\p{L}][\p{L}\p{N} .\-_'’()/&]{0,39}?)[*_]{0,3}[ \u{a0}]*";
    let stamp = r"(?:[\[(]\s*((?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s*[\])][ \u{a0}]*)?";
    Regex::new(&format!(r"{label}{stamp}(:|\t|>)[*_]{{0,3}}")).ok()
});
static FROM: Pattern = Pattern::new(|| Regex::new(r"^((?:From|from)\s+(\p{L}[^:]{0,39}?)(?:\s+[Tt]o\s+[^:]{1,40}?)?)\s*:\s*").ok());
static BRACKETED: Pattern = Pattern::new(|| Regex::new(r"^\[([^\[\]]{1,40})\]\s+((?:\d{1,2}:)?\d{1,2}:\d{2})\s*$").ok());
static LABEL: Pattern = Pattern::new(|| Regex::new(r"^[\p{L}][\p{L}\p{N} .\-_'’()/&]{0,39}$").ok());
static NUMBERED: Pattern = Pattern::new(|| Regex::new(r"^(.*?)[ \-_.]*(\d{1,3}|[a-z])$").ok());

/// Takes a line apart. `short` allows bare `02:03` stamps, `bold` is the length of the bold words at its start.
pub(super) fn edges(line: &str, short: bool, bold: usize) -> Edges {
    let mut edges = Edges::default();
    let mut start = 0;
    while let Some((stamp, end)) = stamps::leading(line.get(start..).unwrap_or_default(), short) {
        edges.stamps.push(moved(&stamp, start));
        start += end;
    }
    let mut end = line.len();
    while let Some(stamp) = line.get(start..end).and_then(stamps::trailing) {
        let stamp = moved(&stamp, start);
        end = stamp.at.start;
        edges.stamps.push(stamp);
    }
    edges.unlabelled = start..end;
    edges.words = start..end;
    let middle = line.get(start..end).unwrap_or_default();
    if let Some(Found { label, mark, words, stamp, bare }) = find_label(middle, bold.saturating_sub(start), !edges.stamps.is_empty()) {
        edges.label = Some(label.start + start..label.end + start);
        edges.mark = mark.start + start..mark.end + start;
        edges.words = words + start..end;
        edges.stamps.extend(stamp.map(|stamp| moved(&stamp, start)));
        edges.bare = bare && start == 0;
    }
    edges.stamps.sort_by_key(|stamp| stamp.at.start);
    edges
}

fn moved(stamp: &Stamp, by: usize) -> Stamp {
    Stamp { at: stamp.at.start + by..stamp.at.end + by, time: stamp.time }
}

/// A label that was found in a line, its stamps taken away.
struct Found {
    label: Range<usize>,
    mark: Range<usize>,
    /// Where the words behind it begin.
    words: usize,
    /// A stamp between the label and the words.
    stamp: Option<Stamp>,
    /// Whether it stands alone without a colon or stamp.
    bare: bool,
}

impl Found {
    /// A label that is as it stands, before words that begin at `words`.
    fn plain(label: Range<usize>, words: usize) -> Self {
        Self { mark: label.clone(), label, words, stamp: None, bare: false }
    }
}

/// The label of a line in any of its shapes. `stamped` tells that a stamp stood before it.
fn find_label(line: &str, bold: usize, stamped: bool) -> Option<Found> {
    let chat = || stamped.then(|| sent_from(line)).flatten();
    chat().or_else(|| in_brackets(line)).or_else(|| before_words(line)).or_else(|| by_bold(line, bold)).or_else(|| alone(line, bold))
}

/// `From Moira : words`, `From Moira to Everyone: words`: a chat that was kept.
fn sent_from(line: &str) -> Option<Found> {
    let found = FROM.first(line)?;
    let (mark, label) = (found.get(1)?, found.get(2)?);
    Some(Found { mark: mark.range(), ..Found::plain(label.range(), found.get(0)?.end()) }).filter(|_| is_label(label.as_str()))
}

/// `[Moira] 10:05:12`; brackets without a time are a note of the typist.
fn in_brackets(line: &str) -> Option<Found> {
    let found = BRACKETED.first(line)?;
    let (label, time) = (found.get(1)?, found.get(2)?);
    let stamp = Stamp { at: time.range(), time: stamps::millis(time.as_str())? };
    is_label(label.as_str()).then(|| Found { mark: 0..label.end() + 1, stamp: Some(stamp), ..Found::plain(label.range(), line.len()) })
}

/// `Label: words`, `Label<tab>words`, `Label> words`, `Label (00:03): words`.
fn before_words(line: &str) -> Option<Found> {
    let found = LABELLED.first(line)?;
    let (label, separator) = (found.get(1)?, found.get(3)?);
    let end = found.get(0)?.end();
    let behind = line.get(end..).unwrap_or_default();
    let name = label.as_str().trim_end();
    let is_other = separator.as_str() == ":" && behind.starts_with(|c: char| c == '/' || c.is_ascii_digit());
    let stamp = found.get(2).and_then(|time| Some(Stamp { at: time.start() - 1..time.end() + 1, time: stamps::millis(time.as_str())? }));
    let is_one = is_label(name) && !is_other && !is_time(behind);
    is_one.then(|| Found { stamp, ..Found::plain(label.start()..label.start() + name.len(), end) })
}

/// Bold words that others follow.
fn by_bold(line: &str, bold: usize) -> Option<Found> {
    let name = line.get(..bold).filter(|_| bold > 0 && bold < line.len())?;
    let name = name.trim().trim_end_matches(':').trim_end();
    is_label(name).then(|| Found::plain(0..name.len(), bold))
}

/// A label alone on its line, or with a bare stamp behind it; there a surname may stand first.
fn alone(line: &str, bold: usize) -> Option<Found> {
    if let Some(stamp) = stamps::trailing_bare(line) {
        let name = line.get(..stamp.at.start).unwrap_or_default().trim_end();
        let is_one = is_label(&name.replacen(", ", " ", 1));
        return is_one.then(|| Found { stamp: Some(stamp), ..Found::plain(0..name.len(), line.len()) });
    }
    let name = line.trim_end();
    is_label(name).then(|| Found { bare: bold < name.len(), ..Found::plain(0..name.len(), line.len()) })
}

/// Whether the number of a list may be a speaker's label: it ends with a colon (`P1:`), or is a name and no number (`Moira`).
pub(super) fn may_be_marked(mark: &str) -> bool {
    let mark = mark.trim();
    let is_name = is_label(mark) && mark.chars().all(|c| c.is_alphabetic() || " -'’.".contains(c)) && mark.chars().count() > 1;
    mark.strip_suffix(':').map(str::trim_end).is_some_and(is_label) || is_name
}

/// Whether words are nothing but a time.
fn is_time(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty() && words.contains(':') && words.chars().all(|c| c.is_ascii_digit() || c == ':')
}

/// Whether words have the form of a speaker's label.
pub(super) fn is_label(words: &str) -> bool {
    let folded = fold(words);
    LABEL.is_in(words)
        && words.split_whitespace().count() <= 5
        && !NO_LABELS.contains(&folded.trim_end_matches('.'))
        && !words.ends_with(['.', '/', '&'])
        && (words.chars().next().is_some_and(char::is_uppercase) || words.chars().any(char::is_numeric) || is_role(words))
}

/// Words that often stand before a colon and never are somebody's name.
const NO_LABELS: [&str; 34] = [
    "note",
    "notes",
    "nb",
    "n.b",
    "re",
    "e.g",
    "eg",
    "i.e",
    "ie",
    "ps",
    "p.s",
    "email",
    "e-mail",
    "tel",
    "telephone",
    "fax",
    "date",
    "time",
    "http",
    "https",
    "www",
    "example",
    "for example",
    "source",
    "table",
    "figure",
    "box",
    "title",
    "subject",
    "from",
    "to",
    "cc",
    "website",
    "available at",
];

const INTERVIEWERS: [&str; 14] =
    ["i", "int", "interviewer", "q", "mod", "moderator", "fac", "facilitator", "researcher", "ir", "iv", "question", "research", "intv"];

const PARTICIPANTS: [&str; 14] =
    ["r", "p", "a", "resp", "respondent", "participant", "interviewee", "speaker", "client", "ie", "part", "answer", "worker", "voice"];

/// Whether a label names a part in an interview, so that it is believed even where it stands once.
pub(super) fn is_role(label: &str) -> bool {
    let folded = fold(label.trim());
    let stem = stem(&folded);
    is_unidentified(&folded) || INTERVIEWERS.contains(&stem) || PARTICIPANTS.contains(&stem) || stem == "m"
}

/// Whether a label stands for voices that could not be told apart.
pub(super) fn is_unidentified(label: &str) -> bool {
    let folded = fold(label.trim());
    let first = folded.split_whitespace().next().unwrap_or_default();
    matches!(
        folded.as_str(),
        "all" | "several" | "several voices" | "various" | "multiple" | "multiple speakers" | "everyone" | "group" | "both"
    ) || matches!(first, "unknown" | "unidentified" | "unid" | "unclear")
}

/// A folded label without the number or letter at its end: `p01` and `worker a` are of the families `p` and `worker`.
fn stem(folded: &str) -> &str {
    if INTERVIEWERS.contains(&folded) || PARTICIPANTS.contains(&folded) || folded == "m" {
        return folded;
    }
    let stem = NUMBERED.first(folded).and_then(|found| {
        let is_letter = found.get(2)?.as_str().chars().all(char::is_alphabetic);
        let stem = found.get(1)?.as_str();
        // A letter must stand apart: "worker a", not "dev".
        (!is_letter || folded.get(stem.len()..)?.starts_with([' ', '-', '_'])).then_some(stem)
    });
    stem.filter(|stem| !stem.is_empty()).unwrap_or(folded)
}

/// The labels of a file: which ones there are and whose they are.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// How often each label (folded) begins a line with words, and how often it stands bare on its own line.
    counts: BTreeMap<String, (usize, usize)>,
    /// Labels named in the header (folded).
    named: BTreeSet<String>,
    /// Families of the labels that are accepted by their number.
    families: BTreeSet<String>,
    /// Whether bare labels on lines of their own are believed.
    bare: bool,
    /// Whether nobody but interviewers speaks twice, so that a label seen once is believed too.
    rare: bool,
}

impl Roster {
    /// Counts the labels of `lines`; the header gives the names of those who take part and of those who ask.
    pub(super) fn count<'edges>(lines: impl Iterator<Item = (&'edges str, &'edges Edges)>, header: &Header) -> Self {
        let mut named: BTreeSet<String> = header.roster.iter().map(|name| fold(name)).collect();
        named.extend(interviewer_names(header.interviewer.as_deref()));
        let mut roster = Self { named, ..Self::default() };
        let mut total = 0;
        for (line, edges) in lines {
            total += 1;
            let Some(label) = edges.label.clone().and_then(|label| line.get(label)) else { continue };
            let counts = roster.counts.entry(fold(label)).or_default();
            counts.0 += usize::from(!edges.bare);
            counts.1 += usize::from(edges.bare);
        }
        let bare: Vec<usize> = roster.counts.values().map(|(_, bare)| *bare).filter(|bare| *bare >= 2).collect();
        roster.bare = bare.len() >= 2 && bare.iter().sum::<usize>() * 4 >= total;
        let often = |counts: &(usize, usize)| counts.0 >= 2 || roster.bare && counts.1 >= 2;
        let asks = |label: &str| roster.voice(label, header.interviewer.as_deref()) == Voice::Interviewer;
        let mut heard = roster.counts.iter().filter(|(_, counts)| often(counts)).map(|(label, _)| asks(label)).peekable();
        roster.rare = heard.peek().is_some() && heard.all(|asks| asks);
        roster.families = roster.counts.iter().filter(|(_, counts)| often(counts)).map(|(label, _)| stem(label).to_owned()).collect();
        roster
    }

    /// Whether a label is one: it is known by its role or from the header, is seen twice, or is of the family of one that is.
    pub(super) fn accepts(&self, label: &str, edges: &Edges) -> bool {
        if edges.told {
            return true;
        }
        if edges.bare && !self.bare {
            return false;
        }
        let folded = fold(label);
        let (full, bare) = self.counts.get(&folded).copied().unwrap_or_default();
        let family = stem(&folded);
        full >= 2
            || bare >= 2
            || self.named.contains(&folded)
            || is_role(label)
            || self.rare && full == 1 && label.split_whitespace().count() <= 2
            || family.len() < folded.len() && self.families.contains(family)
    }

    /// Whose words stand behind a label that was accepted.
    pub(super) fn voice(&self, label: &str, interviewer: Option<&str>) -> Voice {
        let folded = fold(label.trim());
        let family = stem(&folded);
        let asks =
            INTERVIEWERS.contains(&family) || interviewer_names(interviewer).contains(&folded) || folded == "m" && !self.has_interviewer();
        if asks { Voice::Interviewer } else { Voice::Participant }
    }

    /// Whether somebody other than an `M`, which may also be the first letter of a name, asks the questions.
    fn has_interviewer(&self) -> bool {
        self.counts.iter().any(|(label, counts)| counts.0 >= 2 && INTERVIEWERS.contains(&stem(label)))
    }
}

/// The names, folded, under which the interviewers of a header may speak: in full, in part, and their initials.
fn interviewer_names(interviewers: Option<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let all = interviewers.unwrap_or_default().split([',', ';', '&']).flat_map(|names| names.split(" and "));
    for name in all.map(|name| fold(name.trim())).filter(|name| !name.is_empty()) {
        let initials: String = name.split_whitespace().filter_map(|part| part.chars().next()).collect();
        names.extend(name.split_whitespace().map(str::to_owned));
        names.extend((initials.chars().count() > 1).then_some(initials));
        names.insert(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, label: Option<&str>, words: &str) {
        let found = edges(line, false, 0);
        assert_eq!(found.label.clone().and_then(|label| line.get(label)), label, "{line}");
        assert_eq!(line.get(found.words).map(str::trim), Some(words), "{line}");
    }

    #[test]
    fn labels_in_their_shapes() {
        check("INT: Hello", Some("INT"), "Hello");
        check("[00:03:10] INT: Hello", Some("INT"), "Hello");
        check("Worker A: I was housing. #00:00:31-8#", Some("Worker A"), "I was housing.");
        check("SPEAKER_00: yes", Some("SPEAKER_00"), "yes");
        check("Jane (Area B): yes", Some("Jane (Area B)"), "yes");
        check("Moira\tThree years", Some("Moira"), "Three years");
        check("P1> yes", Some("P1"), "yes");
        check("Q:What?", Some("Q"), "What?");
        check("Speaker 1 (00:03):", Some("Speaker 1"), "");
        check("Speaker 1 [00:03]: yes", Some("Speaker 1"), "yes");
        check("Jane Doe  0:03", Some("Jane Doe"), "");
        check("00:00:12 Jane Doe", Some("Jane Doe"), "");
        check("00:03:40.5Zack: yes", Some("Zack"), "yes");
        check("**Name:** yes", Some("Name"), "yes");
        check("**Name**: yes", Some("Name"), "yes");
        check("*CHI:\tyes", Some("CHI"), "yes");
        check("int: yes", Some("int"), "yes");
    }

    #[test]
    fn other_lines_with_colons_are_not_labelled() {
        for line in
            ["Note: this", "10:30 was the time", "http://example.org", "the thing is: this", "Re: this", "e.g.: this", "At 10:30 we went"]
        {
            assert_eq!(edges(line, false, 0).label, None, "{line}");
        }
    }

    #[test]
    fn bold_words_can_be_a_label() {
        let found = edges("Moira Three years", false, "Moira".len());
        assert_eq!((found.label, found.words), (Some(0..5), 5..17));
    }

    #[test]
    fn numbers_of_lists_can_be_labels() {
        for (mark, expected) in [
            ("Interviewer:", true),
            ("P1:", true),
            ("Moira", true),
            ("INT", true),
            ("1.", false),
            ("a)", false),
            ("•", false),
            ("ii", false),
            ("Q1", false),
            ("1.2:", false),
        ] {
            assert_eq!(may_be_marked(mark), expected, "{mark}");
        }
    }

    #[test]
    fn voices_follow_labels() {
        let roster = Roster::default();
        for (label, asks) in [
            ("I", true),
            ("INT2", true),
            ("Interviewer 1", true),
            ("Q", true),
            ("M", true),
            ("RA", true),
            ("Ruth", true),
            ("Ruth Aird", true),
            ("R", false),
            ("M2", false),
            ("Moira", false),
            ("All", false),
        ] {
            let expected = if asks { Voice::Interviewer } else { Voice::Participant };
            assert_eq!(roster.voice(label, Some("Ruth Aird")), expected, "{label}");
        }
        assert!(is_unidentified("Unknown Speaker") && is_unidentified("Several") && !is_unidentified("Alla"));
    }
}
