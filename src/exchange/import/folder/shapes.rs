//! What the JSON files look like.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::study::ThemeOrigin;

/// `study.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StudyFile {
    pub(super) format: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) synthetic: bool,
    pub(super) coders: Vec<CoderShape>,
    pub(super) attributes: Vec<AttributeShape>,
    pub(super) themes: Vec<ThemeShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoderShape {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeShape {
    pub(super) name: String,
    pub(super) of: crate::study::AttributeOf,
    #[serde(default)]
    pub(super) role: Option<crate::study::Role>,
    #[serde(default)]
    pub(super) identifying: bool,
    #[serde(default)]
    pub(super) values: Vec<ValueShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueShape {
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeShape {
    pub(super) name: String,
    #[serde(default)]
    pub(super) number: Option<String>,
    #[serde(default)]
    pub(super) abbreviation: String,
    #[serde(default)]
    pub(super) colour: Option<String>,
    #[serde(default)]
    pub(super) definition: String,
    #[serde(default)]
    pub(super) use_when: String,
    #[serde(default)]
    pub(super) not_when: String,
    /// A theme that is there before anything is coded is a priori, unless the file says otherwise; `null` says nothing.
    #[serde(default = "a_priori")]
    pub(super) origin: Option<ThemeOrigin>,
    #[serde(default)]
    pub(super) children: Vec<ThemeShape>,
}

#[expect(clippy::unnecessary_wraps, reason = "the default of a field that may also be null")]
const fn a_priori() -> Option<ThemeOrigin> {
    Some(ThemeOrigin::APriori)
}

/// `codings.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CodingsFile {
    pub(super) format: String,
    /// What the file is about; for people who read it.
    #[serde(rename = "about")]
    pub(super) _about: String,
    pub(super) sources: Vec<SourceShape>,
    pub(super) cases: Vec<CaseShape>,
    pub(super) statuses: Vec<StatusShape>,
    pub(super) memos: Vec<MemoShape>,
    pub(super) codings: Vec<CodingShape>,
    pub(super) summaries: Vec<SummaryShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceShape {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) date: Option<String>,
    #[serde(default)]
    pub(super) interviewer: Option<String>,
    #[serde(default)]
    pub(super) speakers: BTreeMap<String, SpeakerShape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpeakerShape {
    #[serde(default)]
    pub(super) voice: Option<VoiceShape>,
    #[serde(default)]
    pub(super) case: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum VoiceShape {
    Participant,
    Interviewer,
    Unidentified,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseShape {
    pub(super) id: String,
    #[serde(default)]
    pub(super) kind: Option<crate::study::CaseKind>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, OneOrMany>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusShape {
    pub(super) source: String,
    pub(super) coder: String,
    pub(super) status: StatusKindShape,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum StatusKindShape {
    #[serde(rename = "not started", alias = "not_started")]
    NotStarted,
    #[serde(rename = "reading")]
    Reading,
    #[serde(rename = "coding")]
    Coding,
    #[serde(rename = "done")]
    Done,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MemoShape {
    #[serde(default)]
    pub(super) source: Option<String>,
    #[serde(default)]
    pub(super) theme: Option<String>,
    #[serde(default)]
    pub(super) case: Option<String>,
    pub(super) coder: String,
    #[serde(default)]
    pub(super) kind: crate::study::MemoKind,
    pub(super) text: String,
    #[serde(default)]
    pub(super) time: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodingShape {
    pub(super) source: String,
    pub(super) quote: String,
    pub(super) theme: String,
    pub(super) coder: String,
    #[serde(default)]
    pub(super) time: Option<String>,
    #[serde(default)]
    pub(super) quote_mark: bool,
    #[serde(default)]
    pub(super) contrary: Option<String>,
    #[serde(default)]
    pub(super) memo: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SummaryShape {
    pub(super) theme: String,
    /// Of one case, or …
    #[serde(default)]
    pub(super) case: Option<String>,
    /// … of all cases with these values, by attribute; none is *Not stated*.
    #[serde(default)]
    pub(super) of: Option<BTreeMap<String, Option<String>>>,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) spread: SpreadShape,
    #[serde(default)]
    pub(super) citations: Vec<CitationShape>,
    #[serde(default)]
    pub(super) state: crate::study::SummaryState,
    #[serde(default)]
    pub(super) silence: Option<crate::study::Silence>,
    pub(super) coder: String,
    #[serde(default)]
    pub(super) time: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SpreadShape {
    pub(super) consensus: String,
    pub(super) range: String,
    pub(super) dissent: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CitationShape {
    pub(super) number: u32,
    /// Words of a source, or …
    #[serde(default)]
    pub(super) source: Option<String>,
    #[serde(default)]
    pub(super) words: Option<String>,
    /// … in the cell of several people, what is written of one of them.
    #[serde(default)]
    pub(super) case: Option<String>,
}
