use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::analysis::agreement::{Level, UnitOf};
use crate::cli::picture::Pictured;
use crate::exchange::export::{Corrected, unit_name};

#[derive(Debug, Args)]
pub(in crate::cli) struct Agreement {
    /// The project file, in place of --table or --spans.
    #[arg(conflicts_with_all = ["table", "spans"])]
    pub project: Option<PathBuf>,
    #[command(flatten)]
    pub of_project: OfProject,
    #[command(flatten)]
    pub pictured: Pictured,
    /// What the coders said, as .csv or .tsv: a line a unit, a column a coder, a blank cell where a value is missing.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["spans", "Pictured"])]
    pub table: Option<PathBuf>,
    /// The units that the coders cut a text into, as JSON: the length of the text, and for each coder a list of units with
    /// code, start and end.
    #[arg(long, value_name = "FILE", conflicts_with = "Pictured")]
    pub spans: Option<PathBuf>,
    /// What the values of the table are; they have to suit it. Without it whatever they allow is computed.
    #[arg(long, value_enum, requires = "table")]
    pub level: Option<LevelName>,
    /// What could be chosen in the table, from the lowest to the highest; without it what was.
    #[arg(long, value_name = "VALUE,VALUE", value_delimiter = ',', allow_hyphen_values = true, requires = "table")]
    pub categories: Vec<String>,
    /// Units of one code that touch are one unit, with --spans.
    #[arg(long, requires = "spans")]
    pub join_touching: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// What coders of a project are asked.
#[derive(Debug, Args)]
#[group(id = "of project", multiple = true, conflicts_with_all = ["table", "spans"])]
pub(in crate::cli) struct OfProject {
    /// The coders, by name or initials; without it all who coded or say that they are done with a source.
    #[arg(long, value_name = "NAME,NAME")]
    pub coders: Vec<String>,
    /// Only this theme and those below it, as "Leadership > National voice".
    #[arg(long, value_name = "PATH")]
    pub theme: Option<String>,
    /// A theme counts with those below it, as in the matrix; without it each is compared by itself.
    #[arg(long)]
    pub with_below: bool,
    /// By what coders are compared.
    #[arg(long, value_enum, default_value_t = UnitName::Characters)]
    pub unit: UnitName,
    /// How much of the text of both together two segments share at least to meet, with --unit segments.
    #[arg(long, value_name = "PERCENT", default_value_t = 90.0, value_parser = crate::cli::analyse::per_cent)]
    pub overlap: f64,
    /// What interviewers say counts too.
    #[arg(long)]
    pub interviewers: bool,
    /// Intervals of the figures, from so many draws of the sources: 1000 is usual.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub intervals: Option<u32>,
    /// What the draws come from: the same seed gives the same intervals.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "intervals")]
    pub seed: u64,
    /// Also the other coefficients, the means over sources, and what all is computed from.
    #[arg(long)]
    pub all: bool,
    /// How many differences of each theme are listed, the largest first; JSON and CSV have all.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub limit: usize,
    /// The figures as CSV; how they are computed is told beside them.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// The differences in place of the figures, with --csv.
    #[arg(long, requires = "csv")]
    pub differences: bool,
    /// What is drawn of each theme; of segments it is always alpha.
    #[arg(long, value_enum, requires = "picture")]
    pub coefficient: Option<CorrectedName>,
}

/// A coefficient as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CorrectedName {
    /// Cohen’s κ, of more than two coders Conger’s; without this option the one that is drawn.
    Kappa,
    /// Krippendorff’s α.
    Alpha,
}

impl From<CorrectedName> for Corrected {
    fn from(name: CorrectedName) -> Self {
        match name {
            CorrectedName::Kappa => Self::Kappa,
            CorrectedName::Alpha => Self::Alpha,
        }
    }
}

/// By what coders are compared, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum UnitName {
    Characters,
    Paragraphs,
    Segments,
}

impl UnitName {
    /// The unit; segments meet where they share `overlap` per cent of their text.
    pub fn unit(self, overlap: f64) -> UnitOf {
        match self {
            Self::Characters => UnitOf::Characters,
            Self::Paragraphs => UnitOf::Paragraphs,
            Self::Segments => UnitOf::Segments(overlap / 100.0),
        }
    }
}

impl ValueEnum for UnitName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Characters, Self::Paragraphs, Self::Segments]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(unit_name(self.unit(100.0))))
    }
}

/// A level of measurement as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct LevelName(pub Level);

impl ValueEnum for LevelName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Level::Nominal), Self(Level::Ordinal), Self(Level::Interval), Self(Level::Ratio)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}
