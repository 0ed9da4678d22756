use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::draft::ImportError;
use super::super::read::Content;
use super::super::stamps;
use super::markup::name_of;
use super::{Cue, content};

/// More pieces than days of talk have.
const MOST: usize = 500_000;

/// Reads what a program that recognises speech wrote: the family of Whisper (`segments`, `transcription`, `chunks`), services that
/// tell speakers apart (`utterances`, `monologues`, `results`), or a bare list of pieces.
pub(in super::super) fn read(name: &str, text: &str) -> Result<Content, ImportError> {
    let broken = |error: serde_json::Error| ImportError::BrokenJson { name: name.to_owned(), reason: error.to_string() };
    let cues = if text.trim_start().starts_with('[') {
        let list: List<Piece> = serde_json::from_str(text).map_err(broken)?;
        list.0.into_iter().map(|piece| piece.cue(1000)).collect()
    } else {
        let file: File = serde_json::from_str(text).map_err(broken)?;
        file.cues()
    };
    let cues: Vec<Cue> = cues.into_iter().filter(|cue| !cue.text.trim().is_empty()).collect();
    if cues.is_empty() {
        return Err(ImportError::NoTranscript { name: name.to_owned() });
    }
    Ok(content(&cues, Vec::new()))
}

/// The parts of such a file that hold what was said; a program writes one of them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    segments: List<Piece>,
    transcription: List<Piece>,
    chunks: List<Piece>,
    utterances: List<Piece>,
    monologues: List<Monologue>,
    results: Option<Results>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Results {
    utterances: List<Piece>,
    audio_segments: List<Piece>,
}

impl File {
    fn cues(self) -> Vec<Cue> {
        // Services that write "utterances" at the top count in milliseconds, and all others in seconds.
        let is_whole = |piece: &Piece| matches!(piece.start, Scalar::Whole(_));
        let unit = if self.utterances.0.iter().all(is_whole) { 1 } else { 1000 };
        let results = self.results.unwrap_or_default();
        let seconds = [self.segments, self.transcription, self.chunks, results.utterances, results.audio_segments];
        let first = seconds.into_iter().map(|list| list.0).find(|list| !list.is_empty());
        if let Some(list) = first {
            return list.into_iter().map(|piece| piece.cue(1000)).collect();
        }
        let told = self.utterances.0.into_iter().map(|piece| piece.cue(unit));
        told.chain(self.monologues.0.into_iter().map(Monologue::cue)).collect()
    }
}

/// A piece of what was said, however its parts are called.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Piece {
    start: Scalar,
    end: Scalar,
    start_time: Scalar,
    end_time: Scalar,
    /// In milliseconds.
    offsets: Option<Offsets>,
    /// From and to, in seconds.
    timestamp: List<Scalar>,
    text: Scalar,
    transcript: Scalar,
    speaker: Scalar,
    speaker_label: Scalar,
    speaker_name: Scalar,
}

impl Piece {
    /// `unit` is how many milliseconds a whole number of its times is.
    fn cue(self, unit: u32) -> Cue {
        let pair = |from: &Scalar, to: Option<&Scalar>| {
            let from = from.millis(unit)?;
            Some((from, to.and_then(|to| to.millis(unit)).unwrap_or(from)))
        };
        let offsets = self.offsets.as_ref().map(|offsets| (offsets.from, offsets.to));
        let listed = || pair(self.timestamp.0.first()?, self.timestamp.0.get(1));
        let time = offsets.or_else(listed).or_else(|| pair(&self.start, Some(&self.end)));
        let time = time.or_else(|| pair(&self.start_time, Some(&self.end_time)));
        let names = [&self.speaker_name, &self.speaker, &self.speaker_label];
        cue(time, names.into_iter().find_map(Scalar::name), self.text.words().or_else(|| self.transcript.words()).unwrap_or_default())
    }
}

fn cue(time: Option<(u32, u32)>, speaker: Option<String>, words: &str) -> Cue {
    Cue { time: time.map(|(from, to)| (from, to.max(from))), speaker, text: words.trim().to_owned(), anew: false, line: 1 }
}

#[derive(Deserialize)]
struct Offsets {
    from: u32,
    to: u32,
}

/// What somebody says in one go, word by word.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Monologue {
    speaker: Scalar,
    elements: List<Element>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Element {
    value: Scalar,
    ts: Scalar,
    end_ts: Scalar,
}

impl Monologue {
    fn cue(self) -> Cue {
        let elements = &self.elements.0;
        let start = elements.iter().find_map(|element| element.ts.millis(1000));
        let end = elements.iter().rev().find_map(|element| element.end_ts.millis(1000));
        let text: String = elements.iter().filter_map(|element| element.value.words()).collect();
        cue(start.map(|start| (start, end.unwrap_or(start))), self.speaker.name(), &text)
    }
}

/// A number or words; nothing where there is neither.
#[derive(Clone, Debug, Default, PartialEq)]
enum Scalar {
    #[default]
    None,
    Whole(u64),
    Part(f64),
    Words(String),
}

impl Scalar {
    /// A time in milliseconds; `unit` is how many of them a whole number stands for.
    fn millis(&self, unit: u32) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Whole(number) => u32::try_from(number.checked_mul(u64::from(unit))?).ok(),
            Self::Part(seconds) => of_seconds(*seconds),
            Self::Words(words) if words.contains(':') => stamps::millis(words.trim()),
            Self::Words(words) => of_seconds(words.trim().trim_end_matches('s').parse().ok()?),
        }
    }

    fn words(&self) -> Option<&str> {
        if let Self::Words(words) = self { Some(words) } else { None }
    }

    /// Who speaks: a name, or what a number or a single letter stands for.
    fn name(&self) -> Option<String> {
        match self {
            Self::Whole(number) => Some(format!("Speaker {number}")),
            Self::Words(words) => {
                let name = name_of(words)?;
                Some(if name.chars().count() == 1 { format!("Speaker {name}") } else { name })
            }
            Self::None | Self::Part(_) => None,
        }
    }
}

/// Seconds as milliseconds, where they are a time that a recording has.
fn of_seconds(seconds: f64) -> Option<u32> {
    let millis = (seconds * 1000.0).round();
    (millis >= 0.0 && millis <= f64::from(u32::MAX)).then_some(millis as u32)
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneScalar)
    }
}

/// Reads a scalar, and passes over whatever else stands in its place without keeping it.
struct OneScalar;

impl<'de> Visitor<'de> for OneScalar {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or words")
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Scalar, E> {
        Ok(Scalar::None)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Part(number))
    }

    fn visit_str<E>(self, words: &str) -> Result<Scalar, E> {
        Ok(Scalar::Words(words.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::None)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::None)
    }
}

/// A list that does not grow without bounds; nothing where something else stands in its place.
struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Few(PhantomData))
    }
}

struct Few<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of what was said")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element()? {
            if list.len() == MOST {
                return Err(A::Error::custom(format!("it has more than {MOST} pieces")));
            }
            list.push(item);
        }
        Ok(List(list))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(List::default())
    }
}
