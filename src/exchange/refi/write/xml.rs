use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::kept::{Inside, is_whole, with_inside};
use super::page::Page;
use super::values;
use crate::exchange::refi::xml::is_sayable;
use crate::exchange::refi::{
    Account, Case, Code, Coding, Direction, Link, MediaFile, Note, Project, Selection, Set, Source, Variable, VariableType, VariableValue,
};
use crate::text::CharMap;

const PROJECT_NAMESPACE: &str = "urn:QDA-XML:project:1.0";
const CODEBOOK_NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// The XML of a project, with the files that it names.
pub(super) struct Written<'a> {
    pub(super) xml: String,
    /// Texts by the name of their file in the folder of sources.
    pub(super) texts: Vec<(String, &'a str)>,
    /// Media, each once, by name in lower case.
    pub(super) media: BTreeMap<String, &'a MediaFile>,
    pub(super) account: Account,
}

/// Writes a project.
pub(super) fn project(project: &Project) -> Written<'_> {
    let mut writer = Writer::new(project);
    writer.project();
    let Writer { page, texts, media, account, .. } = writer;
    Written { xml: page.text(), texts, media, account }
}

/// Writes the codes of a project and the sets of them, as a codebook that travels alone.
pub(super) fn codebook(project: &Project) -> String {
    let mut page = Page::new();
    page.begin("CodeBook");
    page.attribute("xmlns", CODEBOOK_NAMESPACE);
    page.optional("origin", &project.origin);
    codes(&mut page, &project.codes, false);
    let sets = project.sets.iter().filter(|set| !set.codes.is_empty());
    list(&mut page, "Sets", sets, |page, set| {
        page.begin("Set");
        page.guid("guid", set.guid);
        page.attribute("name", &set.name);
        page.description(&set.description);
        for code in &set.codes {
            page.begin("MemberCode");
            page.guid("guid", *code);
            page.end("MemberCode");
        }
        page.end("Set");
    });
    page.end("CodeBook");
    let mut xml = page.text();
    xml.push('\n');
    xml
}

struct Writer<'a> {
    project: &'a Project,
    page: Page,
    kinds: HashMap<Uuid, VariableType>,
    texts: Vec<(String, &'a str)>,
    media: BTreeMap<String, &'a MediaFile>,
    /// Names of files that are taken, in lower case.
    taken: HashSet<String>,
    account: Account,
    /// Passages whose words are not known.
    unplaced: usize,
}

impl<'a> Writer<'a> {
    fn new(project: &'a Project) -> Self {
        let files = |source: &'a Source| source.file.iter().chain(&source.more_files);
        let media = project.sources.iter().flat_map(files).chain(project.notes.iter().filter_map(|note| note.file.as_ref()));
        let media: BTreeMap<String, &MediaFile> = media.map(|file| (file.name.to_lowercase(), file)).collect();
        Self {
            project,
            page: Page::new(),
            kinds: project.variables.iter().map(|variable| (variable.guid, variable.kind)).collect(),
            texts: Vec::new(),
            taken: media.keys().cloned().collect(),
            media,
            account: Account::default(),
            unplaced: 0,
        }
    }

    fn project(&mut self) {
        let Project { name, origin, description, made, users, variables, cases, links, sets, note_refs, kept, .. } = self.project;
        let page = &mut self.page;
        page.begin("Project");
        page.attribute("xmlns", PROJECT_NAMESPACE);
        page.attribute("name", name);
        page.optional("origin", origin);
        page.made(made, ["creatingUserGUID", "modifyingUserGUID"]);
        list(page, "Users", users, |page, user| {
            page.begin("User");
            page.guid("guid", user.guid);
            page.optional("name", &user.name);
            page.optional("id", &user.id);
            page.end("User");
        });
        if !self.project.codes.is_empty() {
            page.begin("CodeBook");
            codes(page, &self.project.codes, true);
            page.end("CodeBook");
        }
        list(page, "Variables", variables, variable);
        let kinds = &self.kinds;
        list(page, "Cases", cases, |page, it| case(page, it, kinds));
        if !self.project.sources.is_empty() {
            self.page.begin("Sources");
            self.project.sources.iter().for_each(|source| self.source(source));
            self.page.end("Sources");
        }
        if !self.project.notes.is_empty() {
            self.page.begin("Notes");
            self.project.notes.iter().for_each(|note| self.note(note));
            self.page.end("Notes");
        }
        let page = &mut self.page;
        list(page, "Links", links, link);
        list(page, "Sets", sets, set);
        let (graphs, others): (Vec<_>, Vec<_>) = kept.iter().partition(|kept| kept.element == "Graph" && is_whole(kept));
        list(page, "Graphs", graphs, |page, kept| page.raw(&kept.xml));
        page.description(description);
        page.references("NoteRef", note_refs);
        page.end("Project");
        page.raw("\n");
        for kept in others {
            self.account.left_out("elements", kept.element.clone(), "The standard has no place for it.");
        }
        self.account.changed_many(
            "passages",
            self.unplaced,
            "The words of a passage are not known; it has the place that its file stated.",
        );
    }

    fn source(&mut self, source: &'a Source) {
        let passages = self.passages(source.text.as_deref(), &source.selections);
        let path = source.text.as_deref().map(|text| self.file(source.guid, text));
        if let Some(kept) = &source.kept {
            let has_inside = path.is_some() || !passages.is_empty();
            let guid = source.guid.hyphenated().to_string();
            let inside = Inside { guid: &guid, path: path.as_deref(), passages: &passages };
            let xml = if has_inside { with_inside(kept, &inside) } else { is_whole(kept).then(|| kept.xml.clone()) };
            match xml {
                Some(xml) => {
                    self.page.raw("\n");
                    self.page.raw(xml.trim());
                }
                None => self.account.left_out("sources", source.name.clone(), "What was kept of the medium is damaged."),
            }
            return;
        }
        let Source { guid, name, description, made, file, values, codings, note_refs, .. } = source;
        let page = &mut self.page;
        page.begin("TextSource");
        page.guid("guid", *guid);
        page.optional("name", name);
        rich_path(page, file.as_ref());
        page.optional("plainTextPath", path.as_deref().unwrap_or_default());
        page.made(made, ["creatingUser", "modifyingUser"]);
        page.description(description);
        self.rest(&passages, codings, note_refs, values);
        self.page.end("TextSource");
    }

    fn note(&mut self, note: &'a Note) {
        let passages = self.passages(Some(&note.text), &note.selections);
        // What XML cannot say goes into a file of its own.
        let path = (!note.text.chars().all(is_sayable)).then(|| self.file(note.guid, &note.text));
        let page = &mut self.page;
        page.begin("Note");
        page.guid("guid", note.guid);
        page.optional("name", &note.name);
        rich_path(page, note.file.as_ref());
        page.optional("plainTextPath", path.as_deref().unwrap_or_default());
        page.made(&note.made, ["creatingUser", "modifyingUser"]);
        page.description(&note.description);
        if path.is_none() {
            page.words("PlainTextContent", &note.text);
        }
        self.rest(&passages, &note.codings, &note.note_refs, &note.values);
        self.page.end("Note");
    }

    /// What stands behind the content of every text.
    fn rest(&mut self, passages: &str, codings: &[Coding], note_refs: &[Uuid], values: &[VariableValue]) {
        let page = &mut self.page;
        if !passages.is_empty() {
            page.raw(passages);
        }
        for it in codings {
            coding(page, it);
        }
        page.references("NoteRef", note_refs);
        for value in values {
            variable_value(page, value, &self.kinds);
        }
    }

    /// The passages of a text: its characters are counted once.
    fn passages(&mut self, text: Option<&str>, selections: &[Selection]) -> String {
        if selections.is_empty() {
            return String::new();
        }
        let text = text.unwrap_or_default();
        let chars = CharMap::new(text);
        let mut page = Page::piece();
        for selection in selections {
            let Selection { guid, name, description, made, stated, span, codings, note_refs } = selection;
            self.unplaced += usize::from(span.is_none());
            let (start, end) = match span.map(|span| chars.chars(text, span)) {
                Some(span) => (span.start.to_string(), span.end.to_string()),
                None => (stated.0.to_string(), stated.1.to_string()),
            };
            page.begin("PlainTextSelection");
            page.guid("guid", *guid);
            page.optional("name", name);
            page.attribute("startPosition", &start);
            page.attribute("endPosition", &end);
            page.made(made, ["creatingUser", "modifyingUser"]);
            page.description(description);
            for it in codings {
                coding(&mut page, it);
            }
            page.references("NoteRef", note_refs);
            page.end("PlainTextSelection");
        }
        page.text()
    }

    /// Takes a text for a file of its own and says where that is.
    fn file(&mut self, guid: Uuid, text: &'a str) -> String {
        let stem = guid.hyphenated();
        let names = std::iter::once(format!("{stem}.txt")).chain((2..).map(|number| format!("{stem}-{number}.txt")));
        let mut free = names.skip_while(|name| self.taken.contains(name));
        let name = free.next().unwrap_or_default();
        drop(free);
        self.taken.insert(name.clone());
        let path = format!("internal://{name}");
        self.texts.push((name, text));
        path
    }
}

/// A list of elements, if there is one.
fn list<T>(page: &mut Page, element: &str, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Page, T)) {
    let mut items = items.into_iter().peekable();
    if items.peek().is_some() {
        page.begin(element);
        items.for_each(|item| each(page, item));
        page.end(element);
    }
}

/// The codes in one another, however deep, in the order of the list.
fn codes(page: &mut Page, codes: &[Code], with_notes: bool) {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); codes.len()];
    let mut tops = Vec::new();
    for (at, code) in codes.iter().enumerate() {
        // A code stands behind the one it is below; nothing goes in a circle.
        match code.parent.filter(|parent| *parent < at).and_then(|parent| below.get_mut(parent)) {
            Some(children) => children.push(at),
            None => tops.push(at),
        }
    }
    page.begin("Codes");
    let mut waiting: Vec<Option<usize>> = tops.into_iter().rev().map(Some).collect();
    while let Some(next) = waiting.pop() {
        let Some((at, code)) = next.and_then(|at| Some((at, codes.get(at)?))) else {
            page.end("Code");
            continue;
        };
        page.begin("Code");
        page.guid("guid", code.guid);
        page.attribute("name", &code.name);
        page.attribute("isCodable", if code.is_codable { "true" } else { "false" });
        page.optional("color", code.colour.as_deref().unwrap_or_default());
        page.description(&code.description);
        if with_notes {
            page.references("NoteRef", &code.note_refs);
        }
        waiting.push(None);
        waiting.extend(below.get(at).into_iter().flatten().rev().map(|child| Some(*child)));
    }
    page.end("Codes");
}

fn variable(page: &mut Page, variable: &Variable) {
    page.begin("Variable");
    page.guid("guid", variable.guid);
    page.attribute("name", &variable.name);
    let kind = match variable.kind {
        VariableType::Text => "Text",
        VariableType::Boolean => "Boolean",
        VariableType::Integer => "Integer",
        VariableType::Float => "Float",
        VariableType::Date => "Date",
        VariableType::DateTime => "DateTime",
    };
    page.attribute("typeOfVariable", kind);
    page.description(&variable.description);
    page.end("Variable");
}

fn variable_value(page: &mut Page, value: &VariableValue, kinds: &HashMap<Uuid, VariableType>) {
    page.begin("VariableValue");
    page.references("VariableRef", &[value.variable]);
    let kind = kinds.get(&value.variable).copied().unwrap_or_default();
    if let Some(element) = values::element(kind, &value.value) {
        page.words(element, &value.value);
    }
    page.end("VariableValue");
}

fn case(page: &mut Page, case: &Case, kinds: &HashMap<Uuid, VariableType>) {
    page.begin("Case");
    page.guid("guid", case.guid);
    page.optional("name", &case.name);
    page.description(&case.description);
    page.references("CodeRef", &case.codes);
    case.values.iter().for_each(|value| variable_value(page, value, kinds));
    page.references("SourceRef", &case.sources);
    page.references("SelectionRef", &case.selections);
    page.end("Case");
}

fn coding(page: &mut Page, coding: &Coding) {
    page.begin("Coding");
    page.guid("guid", coding.guid);
    page.made(&coding.made, ["creatingUser", ""]);
    page.references("CodeRef", &[coding.code]);
    page.references("NoteRef", &coding.note_refs);
    page.end("Coding");
}

fn link(page: &mut Page, link: &Link) {
    page.begin("Link");
    page.guid("guid", link.guid);
    page.optional("name", &link.name);
    let direction = match link.direction {
        Direction::Associative => "Associative",
        Direction::OneWay => "OneWay",
        Direction::Bidirectional => "Bidirectional",
    };
    page.attribute("direction", direction);
    page.optional("color", link.colour.as_deref().unwrap_or_default());
    page.guid("originGUID", link.origin);
    page.guid("targetGUID", link.target);
    page.references("NoteRef", &link.note_refs);
    page.end("Link");
}

fn set(page: &mut Page, set: &Set) {
    page.begin("Set");
    page.guid("guid", set.guid);
    page.attribute("name", &set.name);
    page.description(&set.description);
    page.references("MemberCode", &set.codes);
    page.references("MemberSource", &set.sources);
    page.references("MemberNote", &set.notes);
    page.end("Set");
}

fn rich_path(page: &mut Page, file: Option<&MediaFile>) {
    if let Some(file) = file {
        page.attribute("richTextPath", &format!("internal://{}", file.name));
    }
}
