use std::path::PathBuf;

use crate::app::command::Command;
use crate::app::context::Action;
use crate::app::icons;
use crate::app::state::Place;
use crate::project::Access;

/// What an entry of the palette is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Words to look for in all texts.
    Search,
    /// A command.
    Command,
    /// A source.
    Source,
    /// A theme.
    Theme,
    /// A case.
    Case,
    /// A view of the matrix that is kept under a name.
    View,
    /// A query that is kept under a name.
    Query,
    /// What is stated in Analyse.
    Proposition,
    /// A sorting of cases into types.
    Typology,
    /// A project that was open before.
    Project,
}

impl EntryKind {
    /// What it is called beside its entries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Command => "Command",
            Self::Source => "Source",
            Self::Theme => "Theme",
            Self::Case => "Case",
            Self::View => "View of the matrix",
            Self::Query => "Query",
            Self::Proposition => "Proposition",
            Self::Typology => "Typology",
            Self::Project => "Project",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(self) -> char {
        match self {
            Self::Search | Self::Query => icons::SEARCH,
            Self::Command => icons::CHEVRON_RIGHT,
            Self::Source => icons::BOOK_OPEN,
            Self::Theme => icons::TAG,
            Self::Case => icons::USERS,
            Self::View => icons::GRID_3X3,
            Self::Proposition => icons::FLAG,
            Self::Typology => icons::LAYERS,
            Self::Project => icons::FOLDER_OPEN,
        }
    }
}

/// What happens when an entry is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Runs a command.
    Run(Command),
    /// Goes somewhere.
    Go(Place),
    /// Opens a project.
    Open(PathBuf),
}

impl From<Does> for Action {
    fn from(does: Does) -> Self {
        match does {
            Does::Run(command) => Self::Run(command),
            Does::Go(place) => Self::Go(place),
            Does::Open(path) => Self::Open(path, Access::Write),
        }
    }
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// What it is called.
    pub name: String,
    /// What stands quietly behind the name: a title, a path, help.
    pub beside: String,
    /// What happens when it is taken.
    pub does: Does,
    /// The characters of its name that were typed, by index.
    pub typed: Vec<u32>,
}

impl Entry {
    pub(super) fn new(kind: EntryKind, name: impl Into<String>, beside: impl Into<String>, does: Does) -> Self {
        Self { kind, name: name.into(), beside: beside.into(), does, typed: Vec::new() }
    }
}
