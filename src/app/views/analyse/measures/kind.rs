/// A measure, as it stands in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Frequencies,
    Overview,
    Timeline,
    Words,
    Keywords,
    Together,
    Follows,
    Saturation,
    Coverage,
    Gaps,
    Agreement,
}

impl Kind {
    /// Every one, in the order of the list.
    pub(super) const ALL: [Self; 11] = [
        Self::Frequencies,
        Self::Overview,
        Self::Timeline,
        Self::Words,
        Self::Keywords,
        Self::Together,
        Self::Follows,
        Self::Saturation,
        Self::Coverage,
        Self::Gaps,
        Self::Agreement,
    ];

    /// What it is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Frequencies => "Frequencies",
            Self::Overview => "Themes by source",
            Self::Timeline => "Course of one source",
            Self::Words => "Words",
            Self::Keywords => "Keywords",
            Self::Together => "Spoken of together",
            Self::Follows => "One after the other",
            Self::Saturation => "Saturation",
            Self::Coverage => "Coverage",
            Self::Gaps => "Not coded yet",
            Self::Agreement => "Agreement",
        }
    }

    /// What it answers.
    pub(super) const fn answers(self) -> &'static str {
        match self {
            Self::Frequencies => "How often each theme comes up",
            Self::Overview => "Which source speaks of what",
            Self::Timeline => "Where in a text its themes come up",
            Self::Words => "What participants say most",
            Self::Keywords => "Words that set some apart",
            Self::Together => "Which themes come up together",
            Self::Follows => "Which theme leads to which",
            Self::Saturation => "What each further interview brought",
            Self::Coverage => "How much is coded, by whom",
            Self::Gaps => "Stretches that nobody has coded",
            Self::Agreement => "Where coders differ, and how far",
        }
    }

    /// Whether it can be drawn.
    pub(super) const fn is_drawn(self) -> bool {
        matches!(self, Self::Frequencies | Self::Overview | Self::Timeline | Self::Together | Self::Saturation | Self::Agreement)
    }

    /// Whether it can be of sources of some kinds only.
    pub(super) const fn leaves_out_sources(self) -> bool {
        !matches!(self, Self::Timeline | Self::Agreement)
    }
}
