use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::agreement::Agreement;
use super::analyse::Analyse;
use super::picture::{Pictured, TableShape};
use super::projects::ConventionName;
use crate::analysis::matrix::Measure;
use crate::exchange::export::{Labels, measure_name};
use crate::exchange::measuring::Shape;

/// What is said after the options of every help.
pub(super) const CODES: &str = "Exit code: 0 done, 1 could not be done, 2 the command was wrong.";

/// Code interviews, and read them as a matrix of themes, participant groups and case-study areas.
#[derive(Debug, Parser)]
#[command(name = "themata", version, after_help = CODES, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    /// Project to open in the window; without one the last project, or the sample study.
    pub project: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(super) enum Command {
    /// Make a project.
    #[command(after_help = CODES)]
    New(New),
    /// Import transcripts, captions, reports and tables of answers, as one edit.
    #[command(after_help = IMPORTING)]
    Import(Import),
    /// List the sources.
    #[command(after_help = CODES)]
    Sources(List),
    /// List the themes with what is coded.
    #[command(after_help = CODES)]
    Themes(List),
    /// List the cases with their attributes.
    #[command(after_help = CODES)]
    Cases(List),
    /// List the codings with their words.
    #[command(after_help = CODES)]
    Codings(List),
    /// List the edits, newest first.
    #[command(after_help = CODES)]
    History(List),
    /// Find paragraphs.
    #[command(after_help = CODES)]
    Search(Search),
    /// Apply a theme to all hits of a search, as one edit.
    #[command(after_help = CODES)]
    Code(Code),
    /// Hold the quotations of a report against the sources, or list the marked quotes.
    #[command(after_help = CODES)]
    Quotes(Quotes),
    /// Print the matrix, or draw it.
    #[command(after_help = CODES)]
    Matrix(PrintMatrix),
    /// Compute a measure, or draw it: what is spoken of together or one after the other, saturation, frequencies, sources, the course of a
    /// text, keywords, coverage.
    #[command(after_help = CODES)]
    Analyse(Analyse),
    /// Write a table with a note on how to read it, or the texts.
    #[command(after_help = CODES)]
    Export(Export),
    /// Make a copy for another coder to work in.
    #[command(after_help = CODES)]
    Copy(Copy),
    /// Bring what was done in a copy back into the project, as one edit.
    #[command(after_help = CODES)]
    Merge(Merge),
    /// Take back the newest edit of this computer.
    #[command(after_help = CODES)]
    Undo(Only),
    /// Bring back the edit taken back last.
    #[command(after_help = CODES)]
    Redo(Only),
    /// Where coders differ, and how far they agree: in a project, or in a table or spans from outside of any.
    #[command(after_help = CODES)]
    Agreement(Agreement),
    /// Look through the file, the log and the index.
    #[command(after_help = CODES)]
    Check(Check),
}

#[derive(Debug, Args)]
pub(super) struct Only {
    /// The project file.
    pub project: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// The project file.
    pub project: PathBuf,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The project file to make; nothing is overwritten.
    pub project: PathBuf,
    /// A study folder to load: study.json, codings.json and sources/, as in corpus/.
    #[arg(long, value_name = "FOLDER")]
    pub from: Option<PathBuf>,
    /// Do not keep the folder's files themselves, only their texts.
    #[arg(long, requires = "from")]
    pub no_originals: bool,
}

/// What is said after the options of `import`.
const IMPORTING: &str = "A folder stands for the files in it that can be read, without those in folders inside of it. A file that is named and cannot be \
read stops the import; with --keep-going, and in a folder, it is left out and told, and the exit code is 1.

The map is JSON: {\"names\": \"{area}-{id}\", \"tables\": [{\"file\": \"survey.csv\", \"columns\": [{\"name\": \"Age\", \"role\": \"attribute\"}]}], \
\"files\": [{\"file\": \"TL1.docx\", \"id\", \"title\", \"kind\", \"date\", \"group\", \"area\", \"speakers\": [{\"label\": \"PB\", \"is\": \"interviewer\", \"case\", \
\"kind\", \"group\", \"area\"}]}]}. What it does not say stays as it was read; \"file\": \"*\" is every file, and a respondent is a \"row\" of a table. Roles are \
id, answer, attribute, group, area, leave_out; who speaks is participant, interviewer, unidentified, author. --dry-run --json prints the map of \
what would be imported, to begin with.

Exit code: 0 done, 1 could not be done or not in full, 2 the command was wrong. Whatever stops it, all is imported that it says, or nothing.";

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The project file.
    pub project: PathBuf,
    /// Transcripts, captions, reports and tables of answers, or folders of them: .txt, .md, .docx, .odt, .rtf, .html, .epub, .pdf, .vtt,
    /// .srt, .json, .csv, .tsv, .xlsx, .ods. Or projects of other programs, each brought in as an edit of its own: .qdpx, .qde, .qdc,
    /// .qda (QualCoder), .sqlite3 (Taguette).
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The one file is the corrected text of this source, which keeps its codings where their words are.
    #[arg(long, value_name = "LABEL", conflicts_with_all = ["map", "dry_run", "keep_going"])]
    pub corrects: Option<String>,
    /// What the files are and who speaks in them, as a JSON file.
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Only tell what would be imported.
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out files that cannot be read or were imported before, instead of importing nothing.
    #[arg(long)]
    pub keep_going: bool,
    /// Do not keep the files themselves, only their texts.
    #[arg(long)]
    pub no_originals: bool,
    /// How a project of another program counts places in its texts, where it is not to be found out.
    #[arg(long, value_enum)]
    pub convention: Option<ConventionName>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Copy {
    /// The project file.
    pub project: PathBuf,
    /// The copy to make; nothing is overwritten.
    pub new: PathBuf,
    /// Who works in it: whoever opens the copy edits under this name.
    #[arg(long, value_name = "NAME")]
    pub coder: String,
    /// The coder sees only own work in it; the work of others is in the file all the same.
    #[arg(long)]
    pub blind: bool,
}

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The project file.
    pub project: PathBuf,
    /// The copy that comes back; it stays as it is.
    pub copy: PathBuf,
    /// Only tell what would come.
    #[arg(long)]
    pub dry_run: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The project file.
    pub project: PathBuf,
    /// Put right what can be put right without losing anything.
    #[arg(long)]
    pub repair: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// The project file.
    pub project: PathBuf,
    /// What to find, as in the search box: words, "phrases", AND OR NOT, lead*, theme: group: source: and so on.
    pub query: String,
    /// How many hits are shown; all are counted.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Code {
    /// The project file.
    pub project: PathBuf,
    /// The theme's path, as "Leadership > National voice".
    #[arg(long, value_name = "PATH")]
    pub theme: String,
    /// What to find; the whole paragraph of every hit is coded.
    #[arg(long)]
    pub query: String,
    /// Who codes, if not the person of this account; a new name makes a new coder.
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
    /// Code just the words found.
    #[arg(long)]
    pub words: bool,
    /// Make the theme if it is not there.
    #[arg(long)]
    pub create: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Quotes {
    /// The project file.
    pub project: PathBuf,
    #[command(subcommand)]
    pub what: QuotesWhat,
}

#[derive(Debug, Subcommand)]
pub(super) enum QuotesWhat {
    /// Find every quotation of a draft report in the sources, the worst first. The exit code is 0 when that was done, whatever
    /// was found.
    #[command(after_help = CODES)]
    Check {
        /// The report: .txt, .md, .docx, .odt, .rtf, .html, .pdf. It is read, never imported.
        report: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the passages that were marked to be quoted.
    #[command(after_help = CODES)]
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What is crossed and counted.
#[derive(Debug, Args)]
pub(super) struct MatrixArguments {
    /// What the rows are: themes, cases, group, area, or the name of an attribute; several nested from left to right.
    #[arg(long, value_name = "AXIS", default_value = "themes")]
    pub rows: String,
    /// What the columns are, nested from left to right, or "none"; group if the rows are themes, else themes.
    #[arg(long, value_name = "AXIS[,AXIS]")]
    pub columns: Option<String>,
    /// What the pages are, besides the page of all.
    #[arg(long, value_name = "AXIS")]
    pub pages: Option<String>,
    /// What is shown.
    #[arg(long, value_enum, default_value_t = MeasureName(Measure::Passages))]
    pub measure: MeasureName,
    /// Only what this coder has coded.
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
    /// Also codings that hold no participant's words; they stand under *Not stated*.
    #[arg(long)]
    pub all_voices: bool,
    /// Only codings with a quote mark.
    #[arg(long)]
    pub quote_marked: bool,
    /// Only sources of this kind: "transcript", "report", a value of the attribute Kind, or "not stated"; may be given again.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct PrintMatrix {
    /// The project file.
    pub project: PathBuf,
    #[command(flatten)]
    pub matrix: MatrixArguments,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// How cases are named in CSV; "full" also names values of attributes that could tell who somebody is, which CSV and
    /// JSON number otherwise.
    #[arg(long, value_enum, default_value_t = LabelsName(Labels::IDS))]
    pub labels: LabelsName,
    /// How it is drawn.
    #[arg(long = "as", value_name = "PICTURE", value_enum, default_value_t = TableShape(Shape::Heat), requires = "picture")]
    pub shape: TableShape,
    #[command(flatten)]
    pub pictured: Pictured,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// To be read here.
    Table,
    /// Comma-separated values.
    Csv,
    /// For scripts.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The project file.
    pub project: PathBuf,
    /// The file to write; its ending says as what: .csv, .tsv, .xlsx, .json or .md for tables, .docx, .html or .md for documents and
    /// transcripts, .json for the project, .zip for an archive. For texts, and for an archive without ending, the folder.
    /// With .qdpx the whole study leaves for other programs, with .qdc its codebook.
    pub to: PathBuf,
    /// What leaves the project.
    #[arg(long, value_enum)]
    pub what: Option<What>,
    /// Begin the file with a mark by which Excel knows UTF-8.
    #[arg(long)]
    pub bom: bool,
    /// Write over files that are there already; a read-only one stays all the same.
    #[arg(long)]
    pub force: bool,
    /// How sources and cases are named; "full" also lets out attributes that could tell who somebody is.
    #[arg(long, value_enum, default_value_t = LabelsName(Labels::IDS))]
    pub labels: LabelsName,
    /// The only case of which there is a profile.
    #[arg(long, value_name = "LABEL")]
    pub case: Option<String>,
    /// The only source of which there is a transcript.
    #[arg(long, value_name = "LABEL")]
    pub source: Option<String>,
    /// Mask group, area and other values that fewer than N people share, and figures that rest on so few; nothing is masked
    /// without it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=99))]
    pub smallest_n: Option<u32>,
    #[command(flatten)]
    pub matrix: MatrixArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    /// The matrix as it is seen.
    Matrix,
    /// The matrix in long form: one row a cell, with every measure.
    Cells,
    /// One row a coding.
    Codings,
    /// Cases by themes.
    Cases,
    /// The themes with their definitions.
    Codebook,
    /// Every memo, with what it is on.
    Memos,
    /// Cases by themes, with what is charted there.
    Chart,
    /// One row a summary, with what it cites.
    Summaries,
    /// One row a source.
    Sources,
    /// One row a quote mark.
    Quotes,
    /// The propositions with what speaks for and against them.
    Propositions,
    /// Where each case is in the typologies.
    Typologies,
    /// The texts with what is coded in them: a page, or with a comment a coding: .html, .docx or .md.
    Transcripts,
    /// Findings by theme, with quotes: .docx, .html or .md.
    Findings,
    /// A page for every case: .docx, .html or .md.
    Profiles,
    /// An account of how the study was done: .docx, .html or .md.
    Method,
    /// The items of COREQ, those that the project knows filled in: .docx, .html or .md.
    Coreq,
    /// The items of SRQR, likewise: .docx, .html or .md.
    Srqr,
    /// The whole project for other programs: .json; docs/export-json.md explains it.
    Project,
    /// Texts, tables, codebook and project with what explains them, to be deposited: a folder, or .zip.
    Archive,
    /// One text file a source.
    Texts,
}

/// A measure as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MeasureName(pub Measure);

impl ValueEnum for MeasureName {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self(Measure::Passages),
            Self(Measure::Codings),
            Self(Measure::Participants),
            Self(Measure::Words),
            Self(Measure::ShareOfRow),
            Self(Measure::ShareOfColumn),
        ]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(measure_name(self.0)))
    }
}

/// A way of naming as it is called on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabelsName(pub Labels);

impl ValueEnum for LabelsName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Labels::IDS), Self(Labels::FULL)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(if self.0.is_full() { "full" } else { "ids" }))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
