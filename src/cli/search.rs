use serde_json::{Value, json};

use super::arguments::Search;
use super::columns::shortened;
use super::console::Console;
use super::error::CliError;
use super::opening::{open_to_read, searcher};
use crate::project::{Found, Hit, Note, Options, Project, Searcher};
use crate::query::{Problem, Query, check_values, parse};
use crate::study::Study;
use crate::text::{CharMap, CharSpan, NoSuchBlob};

/// Widest line of a hit, in characters.
const LINE: usize = 160;

/// A query that is ready to run, and what is wrong with it.
pub(super) struct Understood {
    pub query: Query,
    pub problems: Vec<Problem>,
    /// Whether a condition names something that is not there, and was left out.
    pub conditions_left_out: bool,
}

/// Reads a query as this study understands it.
pub(super) fn understand(study: &Study, text: &str) -> Understood {
    let mut parsed = parse(text);
    let conditions = parsed.conditions.len();
    check_values(&mut parsed, study);
    Understood { conditions_left_out: parsed.conditions.len() < conditions, query: parsed.query, problems: parsed.problems }
}

/// Says on standard error what is wrong with a query, each with the place.
pub(super) fn say_problems(text: &str, problems: &[Problem]) {
    for problem in problems {
        let place = problem.span.slice(text);
        let suggestion = problem.suggestion.as_ref().map(|suggestion| format!(" Did you mean {suggestion}?")).unwrap_or_default();
        Console::say(format!("themata: {}{suggestion} (at “{place}”)", problem.message));
    }
}

/// The paragraphs that match, after the index has caught up.
pub(super) fn hits(searcher: &Searcher, study: &Study, query: &Query, limit: usize) -> Result<(usize, Vec<Hit>), CliError> {
    let found = found(searcher, study, query, limit)?;
    Ok((found.total, found.hits))
}

/// What a query finds, after the index has caught up.
fn found(searcher: &Searcher, study: &Study, query: &Query, limit: usize) -> Result<Found, CliError> {
    let found = searcher.run(study, query, &Options::first(limit))?;
    if let Some(lacking) = &found.lacking {
        let names: Vec<_> = lacking.sources.iter().filter_map(|id| study.material(*id)).map(|it| it.source.label.as_str()).collect();
        Console::say(format!("themata: not searched, because another window is still indexing them: {}", names.join(", ")));
    }
    Ok(found)
}

/// `themata search`
pub(super) fn search(arguments: &Search, console: &mut Console) -> Result<(), CliError> {
    let project = open_to_read(&arguments.project)?;
    let study = project.seen();
    let understood = understand(&study, &arguments.query);
    say_problems(&arguments.query, &understood.problems);
    let found = found(&searcher(&project)?, &study, &understood.query, arguments.limit)?;
    let (total, shown) = (found.total, shown(&project, &study, &found.hits)?);
    let notes: Vec<Told> = found.notes.iter().take(arguments.limit).map(|note| Told::of(&study, note)).collect();
    if arguments.json {
        let list: Vec<Value> = shown.iter().map(Shown::to_json).collect();
        let notes: Vec<Value> = notes.iter().map(Told::to_json).collect();
        return console.json(&json!({ "total": total, "hits": list, "notes": notes }));
    }
    notes.iter().try_for_each(|note| console.line(note.line()))?;
    shown.iter().try_for_each(|hit| console.line(hit.line()))?;
    let rest = |all: usize, shown: usize| if all > shown { format!(", the first {shown} shown") } else { String::new() };
    if !found.searched.notes.is_empty() {
        let all = found.notes.len();
        Console::say(format!("{all} in {}{}.", found.searched.notes_say(), rest(all, notes.len())));
    }
    if found.searched.texts || total > 0 {
        Console::say(format!("{total} {}{}.", if total == 1 { "paragraph" } else { "paragraphs" }, rest(total, shown.len())));
    }
    Ok(())
}

/// A hit with its words, counted in characters.
struct Shown {
    source: String,
    /// From 1, as on screen.
    paragraph: usize,
    place: CharSpan,
    text: String,
    /// Places in `text`.
    matches: Vec<CharSpan>,
}

impl Shown {
    fn to_json(&self) -> Value {
        let matches: Vec<_> = self.matches.iter().map(|found| [found.start, found.end]).collect();
        json!({
            "source": self.source,
            "paragraph": self.paragraph,
            "start": self.place.start,
            "end": self.place.end,
            "text": self.text,
            "matches": matches,
        })
    }

    fn line(&self) -> String {
        shortened(&format!("{} ¶{}  {}", self.source, self.paragraph, self.text), LINE)
    }
}

/// A summary, a memo or a part of a definition that matches, counted in characters.
struct Told {
    /// "Memo on FIF-TL2".
    place: String,
    text: String,
    /// Places in `text`.
    matches: Vec<CharSpan>,
}

impl Told {
    fn of(study: &Study, note: &Note) -> Self {
        let map = CharMap::new(&note.text);
        let matches = note.matches.iter().map(|found| map.chars(&note.text, *found)).collect();
        Self { place: note.on.place(study), text: note.text.clone(), matches }
    }

    fn to_json(&self) -> Value {
        let matches: Vec<_> = self.matches.iter().map(|found| [found.start, found.end]).collect();
        json!({ "place": self.place, "text": self.text, "matches": matches })
    }

    fn line(&self) -> String {
        shortened(&format!("{}  {}", self.place, self.text), LINE)
    }
}

/// Hits come in the order of sources, so each text is read once.
fn shown(project: &Project, study: &Study, hits: &[Hit]) -> Result<Vec<Shown>, NoSuchBlob> {
    let texts = project.texts();
    let mut shown = Vec::new();
    for of_source in hits.chunk_by(|one, other| one.source == other.source) {
        let material = of_source.first().and_then(|hit| study.material(hit.source));
        let Some((material, revision)) = material.and_then(|material| Some((material, material.revision()?))) else { continue };
        let text = texts.text(revision.text)?;
        let map = CharMap::new(&text);
        shown.extend(of_source.iter().map(|hit| {
            let place = map.chars(&text, hit.span);
            let within = |found: CharSpan| CharSpan { start: found.start - place.start, end: found.end - place.start };
            Shown {
                source: material.source.label.clone(),
                paragraph: hit.paragraph + 1,
                place,
                text: hit.span.slice(&text).to_owned(),
                matches: hit.matches.iter().map(|found| within(map.chars(&text, *found))).collect(),
            }
        }));
    }
    Ok(shown)
}
