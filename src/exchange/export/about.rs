use std::collections::BTreeSet;

use super::names::Names;
use crate::analysis::matrix::{Filter, MatrixSpec};
use crate::study::{Coder, CoderId, NOT_STATED, PATH_SEPARATOR, Study};

/// The note beside a table: what it is, of when, what was left out, and what its signs mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    lines: Vec<String>,
    /// Of which project.
    project: String,
    /// Whose codings are in the table, and what is left out, as far as that is told.
    counted: Vec<String>,
    /// When, in milliseconds since 1970.
    time: i64,
}

/// What every count rests on.
pub(super) const COUNTING: &[&str] = &[
    "Counted are the words of participants. A coding without any (only interviewer's or author's words) is in no cell unless all voices are let in; it then stands under Not stated.",
    "A theme holds what its sub-themes hold; “(this level only)” is the theme without them.",
    "A coding has the values of each of its cases and of its source. A case with two values counts under each, so totals are distinct counts and need not be the sum of their rows or columns.",
];

/// What each measure means.
pub(super) const MEASURES: &[&str] = &[
    "passages: stretches of text; codings of one source that share at least one character are one stretch, so a second coder or a sub-theme never adds one.",
    "codings: each theme applied to each passage by each coder.",
    "participants: distinct persons; pairs, groups and interviews of which only the label is known stand beside them. Not stated and unidentified speakers are never among them.",
    "words: participants' words in these codings, each counted once.",
    "share-row, share-column: passages over the passages of the whole row or column on the same page, 0 to 1.",
    "n participants: those with these values who speak in the sources counted.",
    "sources, done: sources in which somebody with these values speaks, and those of them marked done.",
];

impl About {
    /// The note of a table. `what` says in a sentence what it is; `now` is in milliseconds since 1970.
    #[must_use]
    pub fn new(study: &Study, what: &str, filter: &Filter, now: i64) -> Self {
        let project = study.project();
        let mut lines = vec![what.to_owned(), String::new()];
        let synthetic = if project.synthetic { " (synthetic: people and words are invented)" } else { "" };
        let project = format!("Project: {}{synthetic}", project.name);
        lines.push(project.clone());
        lines.push(format!("Date: {}", time_text(now - now.rem_euclid(1000))));
        lines.push(format!("Made with: Themata {}", env!("CARGO_PKG_VERSION")));
        let counted = counted(study, filter).to_vec();
        lines.extend(counted.iter().cloned());
        Self { lines, project, counted, time: now }
    }

    /// Whose codings are in the table and what is left out, in a line.
    #[must_use]
    pub fn counted_says(&self) -> String {
        self.counted.join(" · ")
    }

    /// Of which project it is, and what is counted of it, in the lines that stand under a picture.
    #[must_use]
    pub fn under_picture(&self) -> Vec<String> {
        if self.counted.is_empty() {
            return self.of_project();
        }
        vec![format!("{} · {}", self.project, self.counted_says())]
    }

    /// The same of what is there whatever is coded: whose codings count says nothing of it.
    #[must_use]
    pub fn of_sources(self) -> Self {
        self.without(1)
    }

    /// The same of what tells itself whose codings it is of, and leaves nothing out.
    #[must_use]
    pub fn of_itself(self) -> Self {
        self.without(2)
    }

    fn without(mut self, first: usize) -> Self {
        let gone: Vec<String> = self.counted.drain(..first.min(self.counted.len())).collect();
        self.lines.retain(|line| !gone.contains(line));
        self
    }

    /// Of which project it is, under a picture that tells itself whose codings it is of.
    #[must_use]
    pub fn of_project(&self) -> Vec<String> {
        vec![self.project.clone()]
    }

    /// Adds what the rows, columns and pages of a matrix stand for, and what its measures mean.
    #[must_use]
    pub fn with_matrix(mut self, study: &Study, spec: &MatrixSpec) -> Self {
        for (side, axes) in [("Rows", &spec.rows), ("Columns", &spec.columns), ("Pages", &spec.pages)] {
            let names: Vec<_> = axes.iter().map(|axis| axis.name(study)).collect();
            self.lines.push(format!("{side}: {}", if names.is_empty() { "none".to_owned() } else { names.join(PATH_SEPARATOR) }));
        }
        self.counted()
    }

    /// Adds what the counts rest on.
    #[must_use]
    pub fn counted(self) -> Self {
        self.section("How it is counted", COUNTING.iter().chain(MEASURES))
    }

    /// Adds a heading and the sentences under it.
    #[must_use]
    pub fn section(mut self, heading: &str, sentences: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.lines.push(String::new());
        self.lines.push(heading.to_owned());
        self.lines.extend(sentences.into_iter().map(|sentence| format!("- {}", sentence.as_ref())));
        self
    }

    /// Adds how sources and cases are named, and what is masked.
    #[must_use]
    pub fn names(self, names: &Names<'_>) -> Self {
        self.section("Names", [names.labels().says().to_owned()].into_iter().chain(names.masking_says()))
    }

    /// The lines of the note.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// When the table was made, in milliseconds since 1970.
    pub(super) const fn time(&self) -> i64 {
        self.time
    }

    /// The whole note of the table in `file_name`, of whose cells `defused` got an apostrophe and `straightened` lost tabs and line
    /// breaks.
    pub(super) fn text(&self, file_name: &str, defused: usize, straightened: usize) -> String {
        let defused = match defused {
            0 if straightened == 0 => "No cell was changed.".to_owned(),
            0 => String::new(),
            1 => "1 cell that a spreadsheet would run as a formula was defused with a leading apostrophe.".to_owned(),
            n => format!("{n} cells that a spreadsheet would run as formulas were defused with a leading apostrophe."),
        };
        let straightened = match straightened {
            0 => String::new(),
            1 => "In 1 cell tabs and line breaks became blanks.".to_owned(),
            n => format!("In {n} cells tabs and line breaks became blanks."),
        };
        let changed = [defused, straightened].into_iter().filter(|says| !says.is_empty()).collect::<Vec<_>>().join("\n");
        format!("{file_name}\n{}\n\n{changed}\n", self.lines.join("\n"))
    }
}

fn coders(study: &Study, filter: &Filter) -> String {
    if let Some(alone) = study.alone() {
        let name = study.coders().get(&alone).map_or("one coder", |coder| coder.name.as_str());
        return format!("only {name}, who works blind: the codings of others are not shown");
    }
    let agreed = CoderId::agreed();
    let active: BTreeSet<_> = study.codings().map(|(_, coded)| coded.coding.coder).filter(|coder| *coder != agreed).collect();
    let counted = |coder: &&Coder| filter.coder.map_or_else(|| active.contains(&coder.id), |only| only == coder.id);
    let names: Vec<_> = study.coders().values().filter(counted).map(|coder| coder.name.as_str()).collect();
    match (names.is_empty(), filter.coder.is_some()) {
        (true, _) => "none".to_owned(),
        (false, true) => format!("only {}", names.join(", ")),
        (false, false) => format!("{} ({})", names.join(", "), whose_count(study)),
    }
}

/// Whose codings are counted where nobody asked for those of one coder.
fn whose_count(study: &Study) -> String {
    match study.reconciled() {
        0 => "the codings of all of them are counted".to_owned(),
        1 => "in 1 source what they agreed on is counted, in the others the codings of all of them".to_owned(),
        settled => format!("in {settled} sources what they agreed on is counted, in the others the codings of all of them"),
    }
}

/// Whose codings are counted, and what is left out, each in a line.
pub(super) fn counted(study: &Study, filter: &Filter) -> [String; 2] {
    [format!("Coders: {}", coders(study, filter)), format!("Filters: {}", filters(study, filter))]
}

fn filters(study: &Study, filter: &Filter) -> String {
    let mut said = Vec::new();
    if filter.wordless {
        said.push("only codings without participants’ words".to_owned());
    } else if filter.all_voices {
        said.push("all voices".to_owned());
    }
    if filter.quote_marked {
        said.push("only codings marked as quotes".to_owned());
    }
    if !filter.kinds.is_empty() {
        let names: Vec<_> = filter.kinds.iter().map(|kind| kind.map_or(NOT_STATED, |kind| study.attributes().value_name(kind))).collect();
        said.push(format!("only sources of the kinds {}", names.join(", ")));
    }
    if said.is_empty() { "none".to_owned() } else { said.join("; ") }
}

/// A time in milliseconds since 1970 as RFC 3339, in UTC; empty for times no calendar has.
pub(super) fn time_text(time: i64) -> String {
    jiff::Timestamp::from_millisecond(time).map(|time| time.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_whose_codings_count_only_where_they_do() {
        let study = crate::analysis::testing::Builder::new().study();
        let about = || About::new(&study, "Words.", &Filter::default(), 0);
        let counted =
            |about: &About| about.lines().iter().filter(|line| line.starts_with("Coders: ") || line.starts_with("Filters: ")).count();
        assert_eq!((counted(&about()), about().counted_says()), (2, "Coders: none · Filters: none".to_owned()));
        assert_eq!((counted(&about().of_sources()), about().of_sources().counted_says()), (1, "Filters: none".to_owned()));
        assert_eq!(counted(&about().of_itself()), 0);
        assert_eq!(about().of_itself().under_picture(), about().of_project());
    }
}
