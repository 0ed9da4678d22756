use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::analysis::cooccurrence::{Basis, Bridge};
use crate::analysis::matrix::Measure;
use crate::cli::arguments::{CODES, MeasureName};
use crate::cli::picture::{Pictured, TableShape};
use crate::exchange::export::basis_name;
use crate::exchange::measuring::{Drawing, Shape};
use crate::exchange::picture::Weighing;

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(in crate::cli) struct Analyse {
    /// The project file.
    pub project: PathBuf,
    #[command(subcommand)]
    pub measure: MeasureOf,
}

/// What every measure can be asked with.
#[derive(Debug, Args)]
pub(in crate::cli) struct Measuring {
    /// By the values of this attribute: group, area, or a name.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub by: Option<String>,
    /// Only what this coder has coded.
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
    /// Only sources of this kind, as for the matrix; may be given again.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// As JSON.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// As CSV; how it is computed is told beside it.
    #[arg(long)]
    pub csv: bool,
}

/// Which words are listed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Wording {
    /// Only words said by at least so many participants.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub participants: u32,
    /// Only words said at least so often.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub count: u32,
    /// Leave out the words of this text file, besides the function words of English.
    #[arg(long, value_name = "FILE")]
    pub stop_words: Option<PathBuf>,
    /// Leave no words out but those of --stop-words.
    #[arg(long)]
    pub all_words: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum MeasureOf {
    /// Which themes are spoken of together.
    #[command(after_help = CODES)]
    Cooccurrence {
        /// What together means.
        #[arg(long, value_enum, default_value_t = BasisName(Basis::Overlap))]
        basis: BasisName,
        /// How it is drawn.
        #[arg(long = "as", value_name = "PICTURE", value_enum, default_value_t = PairsShape(Shape::Heat), requires = "picture")]
        shape: PairsShape,
        /// By what pairs are drawn darker, and lines wider.
        #[arg(long, value_enum, default_value_t = WeighingName(Weighing::Count), requires = "picture")]
        weight: WeighingName,
        #[command(flatten)]
        measuring: Measuring,
        #[command(flatten)]
        pictured: Pictured,
    },
    /// Which themes follow one another.
    #[command(after_help = CODES)]
    Sequence {
        /// How many paragraphs further on; 0 is the same paragraph.
        #[arg(long, value_name = "PARAGRAPHS", default_value_t = 1)]
        within: u32,
        /// What may be said in between.
        #[arg(long, value_enum, default_value_t = BridgeName(Bridge::Nothing))]
        across: BridgeName,
        #[command(flatten)]
        measuring: Measuring,
    },
    /// How much each further interview brought that was new.
    #[command(after_help = CODES)]
    Saturation {
        /// How many interviews are the base.
        #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..))]
        base: u16,
        /// How many interviews are a run.
        #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..))]
        run: u16,
        /// Which percentage of new themes is taken for nothing new.
        #[arg(long, value_name = "PERCENT", default_value_t = 5.0, value_parser = per_cent)]
        threshold: f64,
        /// How many random orders of the interviews are tried; 0 tries none.
        #[arg(long, value_name = "N", default_value_t = 1000)]
        orders: u32,
        /// What the random orders come from: the same seed gives the same figures.
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        measuring: Measuring,
        #[command(flatten)]
        pictured: Pictured,
    },
    /// Passages, codings, participants and words of every theme; with --words, the words said most.
    #[command(after_help = CODES)]
    Frequency {
        /// The words of participants in place of themes.
        #[arg(long)]
        words: bool,
        #[command(flatten)]
        wording: Wording,
        #[command(flatten)]
        measuring: Measuring,
        /// What is drawn.
        #[arg(long, value_enum, default_value_t = MeasureName(Measure::Passages), requires = "picture")]
        measure: MeasureName,
        /// How it is drawn.
        #[arg(long = "as", value_name = "PICTURE", value_enum, default_value_t = TableShape(Shape::Bars), requires = "picture")]
        shape: TableShape,
        #[command(flatten)]
        pictured: Pictured,
    },
    /// In which sources each theme is spoken of, and how often.
    #[command(after_help = CODES)]
    Overview {
        #[command(flatten)]
        measuring: Measuring,
        #[command(flatten)]
        pictured: Pictured,
    },
    /// Where in a source its themes are spoken of, from its beginning to its end.
    #[command(after_help = CODES)]
    Timeline {
        /// The source.
        #[arg(long, value_name = "LABEL")]
        source: String,
        #[command(flatten)]
        measuring: Measuring,
        #[command(flatten)]
        pictured: Pictured,
    },
    /// Words that are said more on a theme, or by some, than elsewhere.
    #[command(after_help = CODES)]
    Keywords {
        /// The theme, as "Leadership > National voice"; without it the values of --by, or every theme, each against the rest.
        #[arg(long, value_name = "PATH", conflicts_with = "by")]
        theme: Option<String>,
        /// Only words with a log-likelihood of at least this.
        #[arg(long, value_name = "G2", default_value_t = 15.13)]
        likelihood: f64,
        #[command(flatten)]
        wording: Wording,
        #[command(flatten)]
        measuring: Measuring,
    },
    /// What is not coded yet, by whom, and where.
    #[command(after_help = CODES)]
    Coverage {
        /// List the stretches that are not coded, the longest first.
        #[arg(long)]
        gaps: bool,
        #[command(flatten)]
        measuring: Measuring,
    },
}

impl MeasureOf {
    /// What it is asked with.
    pub const fn measuring(&self) -> &Measuring {
        match self {
            Self::Cooccurrence { measuring, .. }
            | Self::Sequence { measuring, .. }
            | Self::Saturation { measuring, .. }
            | Self::Frequency { measuring, .. }
            | Self::Overview { measuring, .. }
            | Self::Timeline { measuring, .. }
            | Self::Keywords { measuring, .. }
            | Self::Coverage { measuring, .. } => measuring,
        }
    }

    /// How it is to be drawn, where it can be.
    pub const fn pictured(&self) -> Option<&Pictured> {
        match self {
            Self::Cooccurrence { pictured, .. }
            | Self::Saturation { pictured, .. }
            | Self::Frequency { pictured, .. }
            | Self::Overview { pictured, .. }
            | Self::Timeline { pictured, .. } => Some(pictured),
            Self::Sequence { .. } | Self::Keywords { .. } | Self::Coverage { .. } => None,
        }
    }

    /// What kind of picture is drawn.
    pub fn drawing(&self) -> Drawing {
        match self {
            Self::Frequency { shape, measure, .. } => Drawing { shape: shape.0, measure: measure.0, ..Drawing::default() },
            Self::Cooccurrence { shape, weight, .. } => Drawing { shape: shape.0, weighing: weight.0, ..Drawing::default() },
            _ => Drawing::default(),
        }
    }
}

/// A percentage of at most 100.
pub(in crate::cli) fn per_cent(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim().parse::<f64>().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "a percentage between 0 and 100 is needed, as 5".to_owned())
}

/// A basis of co-occurrence as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct BasisName(pub Basis);

impl ValueEnum for BasisName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Basis::Overlap), Self(Basis::Paragraph), Self(Basis::Source), Self(Basis::Case)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(basis_name(self.0)))
    }
}

/// What a sequence may bridge, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct BridgeName(pub Bridge);

impl ValueEnum for BridgeName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Bridge::Nothing), Self(Bridge::Speakers), Self(Bridge::Everything)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let name = match self.0 {
            Bridge::Nothing => "nothing",
            Bridge::Speakers => "speakers",
            Bridge::Everything => "everything",
        };
        Some(clap::builder::PossibleValue::new(name))
    }
}

/// How pairs of themes are drawn, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct PairsShape(pub Shape);

impl ValueEnum for PairsShape {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Shape::Heat), Self(Shape::Network)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self.0 {
            Shape::Network => ("network", "Circles with lines between them"),
            Shape::Heat | Shape::Bars => ("heat", "A table of every two themes"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

/// What pairs are drawn by, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct WeighingName(pub Weighing);

impl ValueEnum for WeighingName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Weighing::Count), Self(Weighing::Coefficient)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let name = match self.0 {
            Weighing::Count => "count",
            Weighing::Coefficient => "c",
        };
        Some(clap::builder::PossibleValue::new(name))
    }
}
