use std::collections::BTreeMap;

use regex::Regex;

use super::super::header::Header;
use super::super::pattern::Pattern;
use super::super::speakers::{self, Edges, Roster};
use super::Cue;
use super::markup::stretches;
use crate::text::fold;

/// `(Jane)`, `[Jane]`, `[Jane]:` before words or on a line of its own.
static BRACKETED: Pattern = Pattern::new(|| Regex::new(r"^[\[(]([^\[\]()]{1,40})[\])]:?(?:\s+|$)").ok());
static DASHED: Pattern = Pattern::new(|| Regex::new(r"^[-–—]\s*(?:\S)").ok());

/// What stands in brackets in captions and is no name.
const SOUNDS: [&str; 26] = [
    "applause",
    "background",
    "beep",
    "cheering",
    "chuckles",
    "cough",
    "coughs",
    "cross",
    "crosstalk",
    "inaudible",
    "indistinct",
    "laughing",
    "laughs",
    "laughter",
    "loud",
    "music",
    "noise",
    "overlapping",
    "pause",
    "phone",
    "ringing",
    "sigh",
    "sighs",
    "silence",
    "sound",
    "unintelligible",
];

/// Who says what nobody is named for, where others are.
const UNKNOWN: &str = "Unknown Speaker";

/// A stretch of a cue that one person says.
struct Piece {
    cue: Cue,
    /// A name in brackets before the words, and whether it has a line to itself.
    bracketed: Option<(String, bool)>,
    /// Whether a dash says that somebody else begins.
    dashed: bool,
    /// The words as a line of a transcript, which may begin with a label.
    edges: Edges,
}

/// The cues by those who speak: several where more than one does within a cue.
pub(super) fn told_apart(cues: Vec<Cue>) -> Vec<Cue> {
    let mut pieces: Vec<Piece> = cues.into_iter().flat_map(|cue| pieces(&cue)).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in pieces.iter().filter_map(|piece| piece.bracketed.as_ref()) {
        *seen.entry(fold(name)).or_default() += 1;
    }
    // A name is believed if it comes again; where others do, one that has a line to itself is believed at once.
    let names_come_again = seen.values().any(|times| *times > 1);
    let is_name = |(name, alone): &(String, bool)| {
        seen.get(&fold(name)).is_some_and(|times| *times > 1) || speakers::is_role(name) || *alone && names_come_again
    };
    // A label is one by the same rules as in a transcript that is a text.
    let roster = Roster::count(pieces.iter().map(|piece| (piece.cue.text.as_str(), &piece.edges)), &Header::default());
    for piece in &mut pieces {
        if piece.cue.speaker.is_some() {
            continue;
        }
        if let Some((name, _)) = piece.bracketed.take().filter(is_name) {
            let rest = BRACKETED.first(&piece.cue.text).and_then(|found| Some(found.get(0)?.end())).unwrap_or(0);
            piece.cue.text = piece.cue.text.get(rest..).unwrap_or_default().trim().to_owned();
            piece.cue.speaker = Some(name);
        } else if let Some(label) = piece.edges.label.clone().and_then(|label| piece.cue.text.get(label)).map(str::to_owned)
            && !piece.edges.bare
            && roster.accepts(&label, &piece.edges)
        {
            let words = piece.cue.text.get(piece.edges.words.clone()).unwrap_or_default().trim().to_owned();
            piece.cue = Cue { text: words, speaker: Some(label), ..std::mem::take(&mut piece.cue) };
        }
    }
    let is_labelled = pieces.iter().any(|piece| piece.cue.speaker.is_some());
    let mut named: Option<String> = None;
    let mut was_dashed = false;
    let mut told: Vec<Cue> = Vec::with_capacity(pieces.len());
    for Piece { mut cue, dashed, .. } in pieces {
        // A name alone is that of the words that follow.
        if cue.text.is_empty() {
            named = cue.speaker.or(named);
            continue;
        }
        cue.speaker = cue.speaker.or_else(|| named.take());
        named = None;
        // Who goes on after two have spoken nobody knows either.
        cue.anew = (dashed || was_dashed) && cue.speaker.is_none();
        was_dashed = dashed;
        if cue.anew && is_labelled {
            cue.speaker = Some(UNKNOWN.to_owned());
        }
        told.push(cue);
    }
    told
}

/// The stretches of a cue, by its marks of voices, its dashes, its names in brackets and its labels.
fn pieces(cue: &Cue) -> Vec<Piece> {
    let stretches = stretches(&cue.text);
    let lines_of_dialogue = || stretches.iter().flat_map(|stretch| stretch.words.lines()).filter(|line| DASHED.is_in(line.trim())).count();
    // One dash alone is a thought that breaks off; two are two people.
    let is_dialogue = lines_of_dialogue() >= 2;
    let mut pieces: Vec<Piece> = Vec::new();
    for stretch in &stretches {
        let mut is_first = true;
        for line in stretch.words.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let dashed = is_dialogue && DASHED.is_in(line);
            let line = if dashed || DASHED.is_in(line) && is_labelled(undashed(line)) { undashed(line) } else { line };
            let bracketed = bracketed(line);
            let edges = if stretch.voice.is_some() { Edges::default() } else { speakers::edges(line, false, 0) };
            let begins = is_first || dashed || bracketed.is_some() || edges.label.is_some() && !edges.bare;
            is_first = false;
            if let (false, Some(last)) = (begins, pieces.last_mut()) {
                last.cue.text.push(' ');
                last.cue.text.push_str(line);
                // The words grow, and so does where they end.
                last.edges.words.end = last.cue.text.len();
                last.edges.unlabelled.end = last.cue.text.len();
                continue;
            }
            let own = Cue { text: line.to_owned(), speaker: cue.speaker.clone().or_else(|| stretch.voice.clone()), ..cue.clone() };
            pieces.push(Piece { cue: own, bracketed: bracketed.filter(|_| stretch.voice.is_none()), dashed, edges });
        }
    }
    pieces
}

fn is_labelled(line: &str) -> bool {
    let edges = speakers::edges(line, false, 0);
    edges.label.is_some() && !edges.bare
}

fn undashed(line: &str) -> &str {
    line.trim_start_matches(['-', '–', '—']).trim_start()
}

/// The name in brackets with which a line begins, unless it is a sound.
fn bracketed(line: &str) -> Option<(String, bool)> {
    let found = BRACKETED.first(line)?;
    let name = found.get(1)?.as_str().trim();
    let is_sound = fold(name).split_whitespace().any(|word| SOUNDS.contains(&word));
    let has_form = speakers::is_label(name) && name.split_whitespace().count() <= 3;
    (has_form && !is_sound).then(|| (name.to_owned(), found.get(0).is_some_and(|all| all.end() == line.len())))
}
