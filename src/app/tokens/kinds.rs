use eframe::egui::{FontFamily, FontId};
use serde::{Deserialize, Serialize};

/// Light paper or dark paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// The face in which transcripts are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingFace {
    /// Source Serif 4.
    #[default]
    Serif,
    /// Inter, the face of the interface.
    Sans,
    /// Atkinson Hyperlegible, whose letters are hard to mistake for each other.
    Hyperlegible,
}

impl ReadingFace {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Serif, Self::Sans, Self::Hyperlegible];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Serif => "Source Serif",
            Self::Sans => "Inter",
            Self::Hyperlegible => "Atkinson Hyperlegible",
        }
    }
}

/// The usual size of the words of transcripts, in points.
pub const READING_SIZE: f32 = 16.0;

/// A way to set words of the interface or of a text. Each is an entry of `type` in the token file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Title of the source that is read.
    Title,
    /// Title of a pane.
    PaneTitle,
    /// Running text of the interface.
    Body,
    /// The same, emphasised.
    BodyStrong,
    /// Secondary lines.
    Small,
    /// Labels, counts, the status bar.
    Micro,
    /// The same, emphasised.
    MicroStrong,
    /// Heads of columns.
    ColumnLabel,
    /// Text in a cell of the chart.
    ChartCell,
    /// Names of keys.
    KeyHint,
    /// The query in the search box.
    Query,
    /// The transcript.
    Reading,
    /// A quoted passage in a pane.
    ReadingQuote,
    /// A hit of a search.
    ReadingHit,
}

impl Type {
    /// Its name in the token file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::PaneTitle => "pane_title",
            Self::Body => "body",
            Self::BodyStrong => "body_strong",
            Self::Small => "small",
            Self::Micro => "micro",
            Self::MicroStrong => "micro_strong",
            Self::ColumnLabel => "column_label",
            Self::ChartCell => "chart_cell",
            Self::KeyHint => "key_hint",
            Self::Query => "query",
            Self::Reading => "reading",
            Self::ReadingQuote => "reading_quote",
            Self::ReadingHit => "reading_hit",
        }
    }

    /// Those that are set in the reading face.
    pub(super) const READING: [Self; 3] = [Self::Reading, Self::ReadingQuote, Self::ReadingHit];

    /// Whether it is set in the reading face.
    pub(super) fn is_reading(self) -> bool {
        Self::READING.contains(&self)
    }
}

/// The families of the shipped fonts, as egui knows them.
pub mod family {
    /// The interface, regular.
    pub const INTERFACE: &str = "interface";
    /// The interface, medium.
    pub const INTERFACE_MEDIUM: &str = "interface_medium";
    /// The interface, semi-bold.
    pub const INTERFACE_SEMIBOLD: &str = "interface_semibold";
    /// The interface with figures of one width.
    pub const TABULAR: &str = "tabular";
    /// The same, medium.
    pub const TABULAR_MEDIUM: &str = "tabular_medium";
    /// The same, semi-bold.
    pub const TABULAR_SEMIBOLD: &str = "tabular_semibold";
    /// The transcript.
    pub const READING: &str = "reading";
    /// The transcript, semi-bold.
    pub const READING_SEMIBOLD: &str = "reading_semibold";
    /// The transcript, italic.
    pub const READING_ITALIC: &str = "reading_italic";
    /// The sign of the program.
    pub const SIGN: &str = "sign";
    /// The icons.
    pub const ICONS: &str = "icons";
}

/// A font of one of the shipped families.
#[must_use]
pub fn font(size: f32, family: &'static str) -> FontId {
    FontId::new(size, FontFamily::Name(family.into()))
}
