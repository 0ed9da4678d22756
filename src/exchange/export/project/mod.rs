//! The whole project as JSON for other programs and for archives: what is explained in `docs/export-json.md`, and nothing else.

mod findings;
mod frame;
mod shape;
mod sources;

#[cfg(test)]
pub(super) mod tests;

use std::collections::HashMap;

use self::findings::{memos, propositions, summaries, typologies};
use self::frame::{attributes, cases, themes};
use self::shape::{Coder, Project, Words};
use self::sources::source;
use super::about::time_text;
use super::course::GoOn;
use super::leaving::TableError;
use super::names::{Names, ToldValue};
use super::table::Table;
use super::told::Told;
use crate::analysis::matrix::said;
use crate::study::{Crossed, Crossing, Material, RevisionId, SourceId};
use crate::text::{NoSuchBlob, Span, Texts};

/// What the shape of the file is called.
const FORMAT: &str = "Themata project";
/// The version of the shape: it grows where a key changes what it means or goes, not where one is added.
const VERSION: u32 = 1;

/// What explains every key of the file.
pub(super) const EXPLAINED: &str = include_str!("../../../../docs/export-json.md");

/// The whole project in memory, as it leaves.
pub struct Whole {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How many there are of what.
    pub(super) overview: Table,
}

impl Whole {
    /// How much is in it.
    #[must_use]
    pub fn says(&self) -> String {
        let parts: Vec<String> =
            self.overview.rows.iter().take(4).map(|row| row.iter().rev().cloned().collect::<Vec<_>>().join(" ")).collect();
        parts.join(", ")
    }
}

/// The project as it may leave. `now` is in milliseconds since 1970.
///
/// # Errors
/// [`TableError`] when a text is missing; [`TableError::Cancelled`] when `go_on` said so: it is asked before each source.
pub(super) fn project_json(names: &Names<'_>, texts: &dyn Texts, now: i64, go_on: GoOn<'_>) -> Result<Whole, TableError> {
    let study = names.study();
    let all = study.materials();
    let (mut teller, mut sources) = (Teller { names, texts, told: HashMap::new() }, Vec::with_capacity(all.len()));
    for (done, material) in all.iter().enumerate() {
        if !go_on(done, all.len()) {
            return Err(TableError::Cancelled);
        }
        let told = Told::read(names, texts, material)?;
        sources.push(source(&teller, material, &told)?);
        teller.told.insert(material.source.id, told);
    }
    let info = study.project();
    let whole = shape::Whole {
        format: FORMAT,
        version: VERSION,
        made: time_text(now - now.rem_euclid(1000)),
        made_with: format!("Themata {}", env!("CARGO_PKG_VERSION")),
        labels: if names.labels().is_full() { "full" } else { "ids" },
        smallest_n: names.labels().smallest(),
        notes: [names.labels().says().to_owned()].into_iter().chain(names.masked_values_say()).collect(),
        project: Project { id: info.id, name: &info.name, about: &info.about, synthetic: info.synthetic },
        coders: study.coders_shown().map(|coder| Coder { id: coder.id, name: &coder.name, initials: &coder.initials }).collect(),
        attributes: attributes(names),
        cases: cases(names),
        themes: themes(&teller)?,
        sources,
        memos: memos(&teller)?,
        summaries: summaries(&teller)?,
        propositions: propositions(&teller)?,
        typologies: typologies(&teller),
    };
    let codings: usize = whole.sources.iter().map(|source| source.codings.len()).sum();
    let quotes: usize = whole.sources.iter().map(|source| source.quote_marks.len()).sum();
    let counts = [
        ("sources", whole.sources.len()),
        ("cases", whole.cases.len()),
        ("themes", whole.themes.len()),
        ("codings", codings),
        ("quote marks", quotes),
        ("memos", whole.memos.len()),
        ("summaries", whole.summaries.len()),
        ("propositions", whole.propositions.len()),
        ("typologies", whole.typologies.len()),
        ("coders", whole.coders.len()),
    ];
    let rows = counts.iter().map(|(what, count)| vec![(*what).to_owned(), count.to_string()]).collect();
    let overview = Table::new(["what", "number"].map(str::to_owned).to_vec(), rows).counting(|at, _| at == 1);
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(TableError::Json)?;
    bytes.push(b'\n');
    Ok(Whole { bytes, overview })
}

/// How words and cells are told.
struct Teller<'a> {
    names: &'a Names<'a>,
    texts: &'a dyn Texts,
    told: HashMap<SourceId, Told>,
}

impl Teller<'_> {
    /// Words of some version of a source of which the text that is read is known. Those of a version that is no longer read have no
    /// place, and are told as they were.
    fn words_in(&self, material: &Material, told: &Told, revision: RevisionId, span: Span) -> Result<Words, NoSuchBlob> {
        if revision == material.source.revision {
            let at = told.chars(span);
            let quote = told.words(span).to_owned();
            return Ok(Words { start: at.map(|at| at.start), end: at.map(|at| at.end), quote, broken: false });
        }
        let quote = match material.revisions.iter().find(|other| other.id == revision) {
            Some(version) => {
                let text = self.texts.text(version.text)?;
                let is_full = self.names.labels().is_full();
                if is_full { span.slice(&text).to_owned() } else { said(&*self.texts.geometry(version.geometry)?, &text, span) }
            }
            None => String::new(),
        };
        Ok(Words { start: None, end: None, quote, broken: true })
    }

    /// The same of a source by its identity; nothing where it is gone.
    fn words(&self, (source, revision, span): (SourceId, RevisionId, Span)) -> Result<Option<Words>, NoSuchBlob> {
        let found = self.names.study().material(source).zip(self.told.get(&source));
        found.map(|(material, told)| self.words_in(material, told, revision, span)).transpose()
    }

    fn cell(&self, cell: &Crossing) -> shape::Cell {
        let told =
            |of: ToldValue<'_>| shape::CellValue { attribute: of.attribute, name: of.name.to_owned(), value: of.value, says: of.says };
        let (case, values) = match &cell.of {
            Crossed::Case(case) => (Some(*case), None),
            Crossed::Values(values) => (None, Some(self.names.told_values(values).map(told).collect())),
        };
        shape::Cell { theme: cell.theme, case, values }
    }
}
