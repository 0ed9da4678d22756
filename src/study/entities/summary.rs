use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Crossing, Values};
use crate::study::ids::{CaseId, CoderId, CodingId, RevisionId, SourceId, SummaryId};
use crate::text::Span;

/// How far the words of a cell are. A cell without a summary is not charted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryState {
    /// Begun.
    #[default]
    Draft,
    /// Written.
    Charted,
    /// Read again by somebody and found right.
    Reviewed,
}

/// Why there is nothing to summarise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// They were asked and said nothing of it.
    AskedSaidNothing,
    /// Nobody asked.
    NotAsked,
    /// The question does not concern them.
    NotApplicable,
}

/// What a summary refers to by a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Its number. A number is given at the first citation and kept for the life of the summary.
    pub number: u32,
    /// What it refers to.
    #[serde(flatten)]
    pub of: Cites,
    /// The words as they were cited.
    pub words: String,
}

/// What a citation refers to. It may be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cites {
    /// Words of a source.
    Passage {
        /// The source.
        source: SourceId,
        /// The version of its text that the span belongs to.
        revision: RevisionId,
        /// The words.
        span: Span,
    },
    /// In the cell of several people: what is written of one of them on the same theme.
    Summary {
        /// Of whom.
        case: CaseId,
    },
}

impl Citation {
    /// The words of a source that it refers to, if it does to some.
    #[must_use]
    pub const fn passage(&self) -> Option<(SourceId, RevisionId, Span)> {
        match self.of {
            Cites::Passage { source, revision, span } => Some((source, revision, span)),
            Cites::Summary { .. } => None,
        }
    }
}

/// What lay under a cell: by all coders, with the themes below, nothing filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The codings, each with the words it had.
    pub codings: BTreeSet<(CodingId, RevisionId, Span)>,
    /// The cases that belong to it, with their values.
    #[serde(with = "pairs")]
    pub cases: BTreeMap<CaseId, Values>,
}

/// The cases as a list: the log sets the keys of a map one by one, and what lay under a cell is one thing.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{CaseId, Values};

    pub fn serialize<S: Serializer>(cases: &BTreeMap<CaseId, Values>, to: S) -> Result<S::Ok, S::Error> {
        cases.iter().collect::<Vec<_>>().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<CaseId, Values>, D::Error> {
        Ok(Vec::<(CaseId, Values)>::deserialize(from)?.into_iter().collect())
    }
}

/// What the analyst says beside the summary of a cell of several people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// What they agree on.
    pub consensus: String,
    /// What there is between them.
    pub range: String,
    /// Who says otherwise.
    pub dissent: String,
}

/// How the name of a summary ends that somebody wrote blind. Files know it by this.
const WRITTEN_BLIND: &str = ", working blind";

/// What an analyst wrote in a cell. A cell has one summary of its own; others came to it when themes or cases were put
/// together, and wait to be settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Identity.
    pub id: SummaryId,
    /// The cell.
    pub cell: Crossing,
    /// What it was written of, where it came to the cell from elsewhere and is to be settled; none for the cell's own.
    pub from: Option<String>,
    /// The words, with light marks: `**bold**`, `- ` for lists, quotation marks round what somebody said, square brackets
    /// round the analyst's own comment, `[3]` for a citation.
    pub text: String,
    /// What is said beside them.
    pub spread: Spread,
    /// What is cited, in the order of numbers.
    pub citations: Vec<Citation>,
    /// How far it is.
    pub state: SummaryState,
    /// Why there is nothing to say, if that is known.
    pub silence: Option<Silence>,
    /// What lay under the cell when it was last written or found to hold.
    pub basis: Arc<Basis>,
    /// Who last wrote or reviewed it.
    pub coder: CoderId,
    /// When that was, in milliseconds since 1970 (UTC).
    pub time: i64,
    /// Who said last that it still holds, if that was said since.
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// Somebody looked at what has changed under a cell, and its summary still holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Who.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

/// A line of a summary that is put in from a passage, to be written in one's own words: “the words” and the number of the citation.
#[must_use]
pub fn line_of_passage(words: &str, number: u32) -> String {
    format!("- “{}” [{number}]", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether the words of a summary are still only lines of passages, as they were put in.
#[must_use]
pub fn is_from_passages(text: &str, citations: &[Citation]) -> bool {
    // Asked in every frame of every cell that is seen: most lines are no such lines.
    let is_of =
        |line: &str| line.starts_with("- “") && citations.iter().any(|citation| line_of_passage(&citation.words, citation.number) == line);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some() && lines.all(is_of)
}

impl Summary {
    /// Whether it is the cell's own, not one that waits to be settled.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        self.from.is_none()
    }

    /// How far it is: why there is nothing to say is charted once it is said, whatever was set beside it.
    #[must_use]
    pub const fn reached(&self) -> SummaryState {
        if self.silence.is_some() { SummaryState::Charted } else { self.state }
    }

    /// What the summary that a coder writes blind beside a colleague's is called while it waits.
    #[must_use]
    pub fn written_blind_by(name: &str) -> String {
        format!("{name}{WRITTEN_BLIND}")
    }

    /// Whether its coder wrote it blind, beside a colleague's.
    #[must_use]
    pub fn is_written_blind(&self) -> bool {
        self.from.as_ref().is_some_and(|from| from.ends_with(WRITTEN_BLIND))
    }

    /// Whether it is still what was put in from passages, in nobody's own words.
    #[must_use]
    pub fn is_from_passages(&self) -> bool {
        is_from_passages(&self.text, &self.citations)
    }

    /// Whether nothing is said in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Spread { consensus, range, dissent } = &self.spread;
        self.silence.is_none() && [&self.text, consensus, range, dissent].into_iter().all(|words| words.trim().is_empty())
    }
}
