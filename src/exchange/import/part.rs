//! What somebody who speaks is, as the analyst is asked it.

use serde::{Deserialize, Serialize};

use crate::study::CaseKind;
use crate::text::{Voice, fold};

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Somebody who takes part in the study.
    Participant,
    /// Whoever asks.
    Interviewer,
    /// A participant who cannot be told from others.
    Unidentified,
    /// The author of a report.
    Author,
}

impl Part {
    /// Every part, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Participant, Self::Interviewer, Self::Unidentified, Self::Author];

    /// Its name, as it is offered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Participant => "Participant",
            Self::Interviewer => "Interviewer",
            Self::Unidentified => "Unidentified",
            Self::Author => "Author",
        }
    }

    /// Their names, to be chosen from.
    #[must_use]
    pub fn names() -> Vec<String> {
        Self::ALL.iter().map(|part| part.name().to_owned()).collect()
    }

    /// What somebody of this voice and kind of case is.
    #[must_use]
    pub fn of(voice: Voice, kind: Option<CaseKind>) -> Self {
        match voice {
            Voice::Interviewer => Self::Interviewer,
            Voice::Author | Voice::Furniture => Self::Author,
            Voice::Participant if kind == Some(CaseKind::Unidentified) => Self::Unidentified,
            Voice::Participant => Self::Participant,
        }
    }

    /// The voice it has.
    #[must_use]
    pub const fn voice(self) -> Voice {
        match self {
            Self::Participant | Self::Unidentified => Voice::Participant,
            Self::Interviewer => Voice::Interviewer,
            Self::Author => Voice::Author,
        }
    }

    /// Whether its words are somebody's who takes part.
    #[must_use]
    pub const fn takes_part(self) -> bool {
        matches!(self, Self::Participant | Self::Unidentified)
    }

    /// The part that `words` name, or begin to name.
    #[must_use]
    pub fn named(words: &str) -> Option<Self> {
        let wanted = fold(words.trim());
        let found = |part: &Self| !wanted.is_empty() && fold(part.name()).starts_with(&wanted);
        Self::ALL.into_iter().find(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_beginning() {
        assert_eq!(Part::named("int"), Some(Part::Interviewer));
        assert_eq!(Part::named(""), None);
    }
}
