use std::fmt;

use crate::text::fold;

/// A query as a tree. It is answered for each paragraph: AND means in one paragraph.
///
/// Words stand in it as they were typed; case and accents are set aside when it runs. [`Query::and`], [`Query::or`]
/// and [`Query::negated`] make trees in the one form that [`print`](super::print()) and [`parse`](super::parse()) keep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Query {
    /// Every paragraph: `*`.
    All,
    /// No paragraph: an empty query. It stands only alone.
    Nothing,
    /// One word: `leader`, or `"leader"` for this form of it only.
    Word {
        /// The word.
        word: String,
        /// Whether other forms of the word count too.
        stemmed: bool,
    },
    /// At least two words side by side, in these forms: `"share information"`, `co-location`.
    Phrase(Vec<String>),
    /// At least two words close together, in these forms and any order: `"share information"~5`.
    Near {
        /// The words.
        words: Vec<String>,
        /// How many other words may stand between the first and the last of them.
        distance: u32,
    },
    /// Words with any letters, or none, where the `*` stand: `lead*`, `*ship`, `w*d`.
    Wildcard(String),
    /// Words that differ in at most so many letters: `leadership~1`.
    Fuzzy {
        /// The word.
        word: String,
        /// One or two.
        distance: u8,
    },
    /// Words that match a regular expression as a whole: `/lead(er|ing)/`; with a space, stretches of text.
    Regex(String),
    /// All of at least two queries.
    And(Vec<Query>),
    /// Any of at least two queries.
    Or(Vec<Query>),
    /// Not this one.
    Not(Box<Query>),
    /// What the study says of the paragraph: `theme:Leadership`.
    Field {
        /// What about it.
        field: Field,
        /// The name that is wanted; a `*` at its end stands for any rest.
        value: String,
    },
}

impl Query {
    /// All of `parts`; none when there are none.
    #[must_use]
    pub fn and(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let flat = parts.into_iter().flat_map(|part| if let Self::And(inner) = part { inner } else { vec![part] });
        several(flat.collect(), Self::And)
    }

    /// Any of `parts`; none when there are none.
    #[must_use]
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let flat = parts.into_iter().flat_map(|part| if let Self::Or(inner) = part { inner } else { vec![part] });
        several(flat.collect(), Self::Or)
    }

    /// Not this one.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The condition that `field` is `value`.
    #[must_use]
    pub fn field(field: Field, value: impl Into<String>) -> Self {
        Self::Field { field, value: value.into() }
    }

    /// The query without the conditions that are not to be kept, asked in the order in which they are written;
    /// none when nothing is left.
    pub(crate) fn retain_conditions(self, keep: &mut impl FnMut(&Field, &str) -> bool) -> Option<Self> {
        match self {
            Self::And(parts) => Self::and(parts.into_iter().filter_map(|part| part.retain_conditions(keep)).collect::<Vec<_>>()),
            Self::Or(parts) => Self::or(parts.into_iter().filter_map(|part| part.retain_conditions(keep)).collect::<Vec<_>>()),
            Self::Not(inner) => inner.retain_conditions(keep).map(Self::negated),
            Self::Field { field, value } => keep(&field, &value).then_some(Self::Field { field, value }),
            other => Some(other),
        }
    }
}

fn several(mut parts: Vec<Query>, whole: impl Fn(Vec<Query>) -> Query) -> Option<Query> {
    if parts.len() > 1 { Some(whole(parts)) } else { parts.pop() }
}

/// What a condition asks about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// A theme on words of the paragraph, or one below it.
    Theme,
    /// Participant group of somebody who speaks in it.
    Group,
    /// Case-study area of somebody who speaks in it.
    Area,
    /// Who speaks in it.
    Case,
    /// Label or title of the source.
    Source,
    /// Voice (participant, interviewer, author) or label of the speaker.
    Speaker,
    /// Kind of source.
    Kind,
    /// Who coded words of it.
    Coder,
    /// Whether a participant's paragraph is coded: `yes`, `no`; `unread` where a search coded it and nobody has confirmed it.
    Coded,
    /// Whether words of it are marked as a quote: `yes`, `no`.
    Quote,
    /// Where to search: `texts`, `summaries`, `memos`, `definitions`.
    In,
    /// Another attribute of the study, by its name.
    Attribute(String),
}

impl Field {
    /// The fields that every study has.
    pub const ALL: [Self; 11] = [
        Self::Theme,
        Self::Group,
        Self::Area,
        Self::Case,
        Self::Source,
        Self::Speaker,
        Self::Kind,
        Self::Coder,
        Self::Coded,
        Self::Quote,
        Self::In,
    ];

    /// The name before the colon.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Theme => "theme",
            Self::Group => "group",
            Self::Area => "area",
            Self::Case => "case",
            Self::Source => "source",
            Self::Speaker => "speaker",
            Self::Kind => "kind",
            Self::Coder => "coder",
            Self::Coded => "coded",
            Self::Quote => "quote",
            Self::In => "in",
            Self::Attribute(name) => name,
        }
    }

    /// The field of this name; a name that is not one of [`Field::ALL`] is that of an attribute.
    pub(super) fn named(name: &str) -> Self {
        let wanted = fold(name);
        Self::ALL.into_iter().find(|field| field.name() == wanted).unwrap_or_else(|| Self::Attribute(name.to_owned()))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.name())
    }
}
