//! Projects of Taguette: the SQLite file that it exports. Known are the versions 0.9 to 1.5.

mod history;
mod page;
mod tags;

use std::collections::HashMap;
use std::path::Path;

use jiff::tz::TimeZone;

use self::history::History;
use self::page::Page;
use super::account::{Account, Fate};
use super::model::{Coding, Made, Project, Selection, Source};
use super::peer::{Ids, PeerError, People, Quotes, moment};
use crate::exchange::import::MAX_BYTES;
use crate::store::{Foreign, ForeignError, ForeignValue};

/// What is written of the program.
const PROGRAM: &str = "Taguette";

/// Reads a project. Nothing is written anywhere.
///
/// # Errors
/// [`PeerError`] when it is no project of Taguette, or damaged.
pub fn read(path: &Path) -> Result<(Project, Account), PeerError> {
    read_while(path, &|| true)
}

/// As [`read`], as long as `go_on` says so.
///
/// # Errors
/// As [`read`], and [`ForeignError::Cancelled`].
pub fn read_while(path: &Path, go_on: &dyn Fn() -> bool) -> Result<(Project, Account), PeerError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let base = Foreign::open(path, go_on);
    Reading::of(&name, &base.map_err(|reason| PeerError::Database { name: name.clone(), reason })?)
}

/// Reads a project whose bytes are known already.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<(Project, Account), PeerError> {
    let base = Foreign::read(bytes, bytes.len() as u64, &|| true);
    Reading::of(name, &base.map_err(|reason| PeerError::Database { name: name.to_owned(), reason })?)
}

/// A project on its way out of the database.
struct Reading<'a> {
    base: &'a Foreign<'a>,
    ids: Ids,
    people: People,
    project: Project,
    account: Account,
}

/// A document and where it stands among the project's sources.
struct Document {
    at: usize,
    page: Page,
}

/// What was met on the way.
#[derive(Default)]
struct Met {
    selections: usize,
    codings: usize,
    untagged: usize,
    nowhere: usize,
}

impl Reading<'_> {
    fn of(name: &str, base: &Foreign<'_>) -> Result<(Project, Account), PeerError> {
        for table in ["projects", "documents", "highlights", "tags", "highlight_tags"] {
            if !base.has(table) {
                return Err(PeerError::Foreign { name: name.to_owned(), program: PROGRAM, table });
            }
        }
        let failed = |reason: ForeignError| PeerError::Database { name: name.to_owned(), reason };
        let mut projects = Vec::new();
        base.rows("projects", ["name", "description", "created"], |row| projects.push(row.map(ForeignValue::text))).map_err(failed)?;
        let [title, description, created] = match <[_; 1]>::try_from(projects) {
            Ok([project]) => project,
            Err(projects) if projects.is_empty() => return Err(PeerError::Empty { name: name.to_owned() }),
            Err(projects) => {
                let projects = projects.into_iter().map(|[title, ..]| title).collect();
                return Err(PeerError::Several { name: name.to_owned(), projects });
            }
        };
        let ids = Ids::of(PROGRAM, if created.is_empty() { &title } else { &created });
        let project = Project {
            guid: Some(ids.project()),
            name: title,
            origin: PROGRAM.to_owned(),
            description,
            made: Made { at: utc(&created), ..Made::default() },
            ..Project::default()
        };
        let mut reading = Reading { base, ids, people: People::new(ids), project, account: Account::default() };
        reading.everything().map_err(failed)?;
        let Reading { people, mut project, account, .. } = reading;
        people.into_project(&mut project);
        Ok((project, account))
    }

    fn everything(&mut self) -> Result<(), ForeignError> {
        self.base.rows("project_members", ["user_login"], |[login]| {
            self.people.named(&login.text());
        })?;
        let history = History::read(self.base, &mut self.people)?;
        self.tags()?;
        let documents = self.documents(&history)?;
        self.highlights(&documents, &history)?;
        for Document { at, page } in documents.into_values() {
            if let Some(source) = self.project.sources.get_mut(at) {
                source.text = Some(page.into_text());
            }
        }
        Ok(())
    }

    /// Reads the documents. Their texts are put into the project when nothing is looked up in their pages any more.
    fn documents(&mut self, history: &History) -> Result<HashMap<i64, Document>, ForeignError> {
        let mut documents = HashMap::new();
        self.base.rows("documents", ["id", "name", "description", "created", "contents"], |[id, name, about, created, contents]| {
            let Some(id) = id.integer() else { return };
            let name = name.text();
            let is_lost = contents == ForeignValue::Bytes;
            let contents = contents.text();
            if is_lost {
                self.account.left_out("sources", &name, "Its text is not written in UTF-8 in the database and cannot be read.");
            } else if contents.len() as u64 > MAX_BYTES {
                let sentence = format!("It is longer than {} MB, the most that is read.", MAX_BYTES / 1024 / 1024);
                self.account.left_out("sources", &name, sentence);
            } else {
                documents.insert(id, Document { at: self.project.sources.len(), page: Page::read(&contents) });
            }
            let added = history.document(id);
            let made = Made { at: utc(&created.text()).or(added.at), ..added };
            self.project.sources.push(Source {
                guid: self.ids.row("documents", id),
                name,
                description: about.text(),
                made,
                ..Source::default()
            });
        })?;
        self.account.kept("sources", documents.len());
        let sentence = "Words are brought in lines as the page shows them, without bold, links and pictures.";
        self.account.several(Fate::Changed, "layouts of documents", documents.len(), sentence);
        Ok(documents)
    }

    /// Reads the highlights: each a selection with a coding for every tag on it.
    fn highlights(&mut self, documents: &HashMap<i64, Document>, history: &History) -> Result<(), ForeignError> {
        let mut tags: HashMap<i64, Vec<i64>> = HashMap::new();
        self.base.rows("highlight_tags", ["highlight_id", "tag_id"], |[highlight, tag]| {
            if let (Some(highlight), Some(tag)) = (highlight.integer(), tag.integer()) {
                tags.entry(highlight).or_default().push(tag);
            }
        })?;
        let known: std::collections::HashSet<_> = self.project.codes.iter().map(|code| code.guid).collect();
        let (mut met, mut quotes) = (Met::default(), Quotes::new());
        let columns = ["id", "document_id", "start_offset", "end_offset", "snippet"];
        self.base.rows("highlights", columns, |[id, document, start, end, snippet]| {
            let Some(id) = id.integer() else { return };
            let Some(document) = document.integer().and_then(|document| documents.get(&document)) else {
                met.nowhere += 1;
                return;
            };
            let Some(source) = self.project.sources.get_mut(document.at) else { return };
            let stated = (start.integer().unwrap_or(-1), end.integer().unwrap_or(-1));
            let snippet = snippet.text();
            let span = document.page.span(stated.0, stated.1).or_else(|| {
                let near = u32::try_from(stated.0).unwrap_or(0);
                quotes.nearest(document.page.text(), &Page::read(&snippet).into_text(), &[near])
            });
            let made = history.highlight(id);
            let guid = self.ids.row("highlights", id);
            let mut selection = Selection { guid, made, stated, span, ..Selection::default() };
            for tag in tags.remove(&id).unwrap_or_default() {
                let code = self.ids.row("tags", tag);
                if known.contains(&code) {
                    let guid = self.ids.named("highlight_tags", &format!("{id} {tag}"));
                    let made = history.tag_on_highlight(id, tag);
                    selection.codings.push(Coding { guid, code, made, ..Coding::default() });
                }
            }
            if span.is_none() {
                selection.name = Page::read(&snippet).into_text();
                let words: String = selection.name.chars().take(80).collect();
                let sentence = format!("The words “{words}” (bytes {} to {}) are not in this text.", stated.0, stated.1);
                self.account.left_out("highlights", &source.name, sentence);
            } else {
                met.selections += 1;
                met.codings += selection.codings.len();
                met.untagged += usize::from(selection.codings.is_empty());
            }
            source.selections.push(selection);
        })?;
        self.account.kept("highlights", met.selections);
        self.account.kept("codings", met.codings);
        self.account.several(Fate::Changed, "highlights", met.untagged, "They have no tag: they are passages without a coding.");
        self.account.several(Fate::LeftOut, "highlights", met.nowhere, "The document that they are of is not there.");
        Ok(())
    }
}

/// A moment as Taguette writes it, in the time of Greenwich.
fn utc(written: &str) -> Option<i64> {
    moment(written, &TimeZone::UTC)
}
