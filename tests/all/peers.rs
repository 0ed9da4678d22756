//! Projects that QualCoder and Taguette themselves wrote, held against what is known of them. They lie beside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use themata::exchange::refi::{Account, Case, Fate, Project, Selection, Source, VariableType, qualcoder, taguette};
use themata::text::{CharMap, CharSpan};
use uuid::Uuid;

use crate::testing::shared;

const FOLDER: &str = "reference/peers";

/// What is known of a sample, where it is there.
fn expected(name: &str) -> Option<Value> {
    let path = shared(&format!("{FOLDER}/{name}.expected.json"))?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn list<'value>(value: &'value Value, key: &str) -> &'value [Value] {
    value[key].as_array().unwrap()
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn path(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(words).collect()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

fn without_white_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A project by what its elements are called.
struct Named<'a> {
    project: &'a Project,
    users: BTreeMap<Uuid, &'a str>,
    notes: BTreeMap<Uuid, &'a str>,
    paths: BTreeMap<Uuid, Vec<String>>,
}

impl<'a> Named<'a> {
    fn new(project: &'a Project) -> Self {
        let mut paths: Vec<Vec<String>> = Vec::new();
        for code in &project.codes {
            let mut path = code.parent.map(|parent| paths[parent].clone()).unwrap_or_default();
            path.push(code.name.clone());
            paths.push(path);
        }
        Self {
            project,
            users: project.users.iter().map(|user| (user.guid, user.name.as_str())).collect(),
            notes: project.notes.iter().map(|note| (note.guid, note.text.as_str())).collect(),
            paths: project.codes.iter().map(|code| code.guid).zip(paths).collect(),
        }
    }

    fn source(&self, name: &str) -> &'a Source {
        self.project.sources.iter().find(|source| source.name == name).unwrap()
    }

    fn user(&self, guid: Option<Uuid>) -> String {
        guid.map(|guid| self.users[&guid].to_owned()).unwrap_or_default()
    }

    fn memo(&self, refs: &[Uuid]) -> String {
        refs.iter().map(|guid| self.notes[guid]).collect()
    }

    fn value(&self, variable: Uuid) -> &'a str {
        &self.project.variables.iter().find(|known| known.guid == variable).unwrap().name
    }
}

/// Where a selection lies, in characters, with its words.
fn place(source: &Source, selection: &Selection) -> (usize, usize, String) {
    let text = source.text.as_deref().unwrap();
    let span = selection.span.unwrap();
    let CharSpan { start, end } = CharMap::new(text).chars(text, span);
    (start, end, span.slice(text).to_owned())
}

fn stated(value: &Value) -> (usize, usize, String) {
    let number = |key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
    (number("start"), number("end"), words(&value["quote"]))
}

/// No reference leads nowhere, and no identity is given twice.
fn check_whole(project: &Project) {
    let named = Named::new(project);
    let mut seen = BTreeSet::new();
    let guids = project.codes.iter().map(|code| code.guid).chain(project.cases.iter().map(|case| case.guid));
    let guids = guids.chain(project.notes.iter().map(|note| note.guid)).chain(project.sources.iter().map(|source| source.guid));
    let selections = || project.sources.iter().flat_map(|source| &source.selections);
    for guid in guids.chain(selections().flat_map(|one| one.codings.iter().map(|coding| coding.guid).chain([one.guid]))) {
        assert!(seen.insert(guid), "{guid} is there twice");
    }
    for (at, code) in project.codes.iter().enumerate() {
        assert!(code.parent.is_none_or(|parent| parent < at));
    }
    for selection in selections() {
        selection.codings.iter().for_each(|coding| assert!(named.paths.contains_key(&coding.code)));
        named.user(selection.made.by);
    }
    for case in &project.cases {
        case.selections.iter().chain(&case.sources).for_each(|guid| assert!(seen.contains(guid)));
    }
}

fn qualcoder_is_as_known(version: &str) {
    let name = format!("repair-evenings-qualcoder-{version}");
    let Some(known) = expected(&name) else { return };
    let archive = shared(&format!("{FOLDER}/{name}.qda.zip")).unwrap();
    let (project, account) = qualcoder::read(&archive).unwrap();
    check_whole(&project);
    let named = Named::new(&project);
    assert_eq!(project.name, name);
    assert_eq!(project.origin, words(&known["version"]));
    assert_eq!(project.description, words(&known["project"]["memo"]));
    qualcoder_sources(&named, &known);
    qualcoder_codes(&project, &known);
    let coders: BTreeSet<String> = list(&known, "coders").iter().map(|coder| words(&coder["name"])).collect();
    assert_eq!(project.users.iter().map(|user| user.name.clone()).collect::<BTreeSet<_>>(), coders);
    qualcoder_codings(&named, &known);
    qualcoder_annotations(&named, &known);
    qualcoder_cases(&named, &known);
    let journals: Vec<_> = project.note_refs.iter().map(|guid| project.notes.iter().find(|note| note.guid == *guid).unwrap()).collect();
    let journals: Vec<_> = journals.iter().map(|note| (note.name.clone(), note.text.clone(), named.user(note.made.by))).collect();
    let known = list(&known, "journals").iter().map(|one| (words(&one["name"]), words(&one["text"]), words(&one["owner"])));
    assert_eq!(journals, known.collect::<Vec<_>>());
    // Nothing but who made the codes and cases.
    assert_eq!(account.number(Fate::LeftOut), project.codes.len() + project.cases.len(), "{account:?}");
    assert_eq!(account.number(Fate::Changed), 0, "{account:?}");
    assert_eq!(kept(&account, "codings"), 70);
}

fn kept(account: &Account, what: &str) -> usize {
    account.entries.iter().filter(|entry| entry.fate == Fate::Kept && entry.what == what).map(|entry| entry.number).sum()
}

fn qualcoder_sources(named: &Named<'_>, known: &Value) {
    assert_eq!(named.project.sources.len(), list(known, "sources").len());
    for one in list(known, "sources") {
        let source = named.source(&words(&one["title"]));
        assert_eq!(hash(source.text.as_deref().unwrap()), words(&one["text_sha256"]), "{}", source.name);
        assert_eq!(source.description, words(&one["memo"]));
        assert_eq!(named.user(source.made.by), words(&one["owner"]));
        let values: BTreeMap<&str, String> = source.values.iter().map(|value| (named.value(value.variable), value.value.clone())).collect();
        let attributes = one["attributes"].as_object().unwrap();
        assert_eq!(values, attributes.iter().map(|(name, value)| (name.as_str(), words(value))).collect());
    }
    let kinds: Vec<_> = named.project.variables.iter().map(|variable| (variable.name.as_str(), variable.kind)).collect();
    let kind = |one: &Value| if one["type"] == "numeric" { VariableType::Float } else { VariableType::Text };
    let types = list(known, "attribute_types");
    assert_eq!(kinds, types.iter().map(|one| (one["name"].as_str().unwrap(), kind(one))).collect::<Vec<_>>());
}

fn qualcoder_codes(project: &Project, known: &Value) {
    let named = Named::new(project);
    let found: BTreeSet<_> = project
        .codes
        .iter()
        .map(|code| (named.paths[&code.guid].clone(), code.is_codable, code.colour.clone(), code.description.clone()))
        .collect();
    let known = list(known, "codes")
        .iter()
        .map(|code| (path(&code["path"]), code["kind"] == "code", code["color"].as_str().map(str::to_lowercase), words(&code["memo"])));
    assert_eq!(found, known.collect());
}

fn qualcoder_codings(named: &Named<'_>, known: &Value) {
    let mut found = Vec::new();
    for source in &named.project.sources {
        for selection in &source.selections {
            for coding in &selection.codings {
                let coder = named.user(coding.made.by);
                assert!(coding.made.at.is_some());
                let path = named.paths[&coding.code].clone();
                found.push((source.name.clone(), path, coder, place(source, selection), named.memo(&coding.note_refs), coding.important));
            }
        }
    }
    let known = list(known, "codings").iter().map(|one| {
        let important = one["important"].as_bool().unwrap();
        (words(&one["source"]), path(&one["code"]), words(&one["coder"]), stated(one), words(&one["memo"]), important)
    });
    let mut known: Vec<_> = known.collect();
    found.sort();
    known.sort();
    assert_eq!(found.len(), known.len());
    for (found, known) in found.iter().zip(&known) {
        assert_eq!(found, known);
    }
}

fn qualcoder_annotations(named: &Named<'_>, known: &Value) {
    let mut found = Vec::new();
    for source in &named.project.sources {
        for selection in source.selections.iter().filter(|selection| !selection.note_refs.is_empty()) {
            let coder = named.user(selection.made.by);
            found.push((source.name.clone(), coder, place(source, selection), named.memo(&selection.note_refs)));
        }
    }
    let known =
        list(known, "annotations").iter().map(|one| (words(&one["source"]), words(&one["coder"]), stated(one), words(&one["memo"])));
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), known.collect());
}

fn qualcoder_cases(named: &Named<'_>, known: &Value) {
    let cases = list(known, "cases");
    assert_eq!(named.project.cases.len(), cases.len());
    for (case, known) in named.project.cases.iter().zip(cases) {
        assert_eq!(case.name, words(&known["name"]));
        assert_eq!(case.description, words(&known["memo"]));
        let values: BTreeSet<_> = case.values.iter().map(|value| (named.value(value.variable).to_owned(), value.value.clone())).collect();
        assert_eq!(values, list(known, "attributes").iter().map(|one| (words(&one["name"]), words(&one["value"]))).collect());
        let (whole, parts): (Vec<_>, Vec<_>) = list(known, "spans").iter().partition(|span| span["whole_source"] == true);
        let sources: Vec<String> = case.sources.iter().map(|guid| source_of(named, *guid)).collect();
        assert_eq!(sources, whole.iter().map(|span| words(&span["source"])).collect::<Vec<_>>());
        let mut found = passages(named, case);
        for span in parts {
            let quotes = [words(&span["quote"]), words(&span["alternative"]["quote"])];
            let at = found.iter().position(|(source, owner, quote)| {
                *source == words(&span["source"]) && *owner == words(&span["owner"]) && quotes.contains(quote)
            });
            let (.., quote) = found.remove(at.unwrap_or_else(|| panic!("{span} is not among {found:?}")));
            // Of the one that the database leaves open, the reading that begins and ends with a turn is taken.
            assert_eq!(quote, quotes[0]);
        }
        assert!(found.is_empty(), "{found:?}");
    }
}

fn source_of(named: &Named<'_>, guid: Uuid) -> String {
    named.project.sources.iter().find(|source| source.guid == guid).unwrap().name.clone()
}

/// The passages that are a case's own: source, who made them, words.
fn passages(named: &Named<'_>, case: &Case) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for source in &named.project.sources {
        for selection in source.selections.iter().filter(|selection| case.selections.contains(&selection.guid)) {
            found.push((source.name.clone(), named.user(selection.made.by), place(source, selection).2));
        }
    }
    found
}

#[test]
fn a_project_of_qualcoder_3_8_is_read_value_for_value() {
    qualcoder_is_as_known("3.8.2");
}

#[test]
fn a_project_of_qualcoder_4_0_is_read_value_for_value() {
    qualcoder_is_as_known("4.0b");
}

#[test]
fn the_project_of_qualcoder_is_the_same_as_folder_database_and_archive() {
    let Some(archive) = shared(&format!("{FOLDER}/repair-evenings-qualcoder-4.0b.qda.zip")) else { return };
    let scratch = crate::support::Scratch::new();
    unpack(&archive, &scratch.path(""));
    let folder = scratch.path("repair-evenings-qualcoder-4.0b.qda");
    let (zipped, _) = qualcoder::read(&archive).unwrap();
    let before = listing(&folder);
    assert_eq!(qualcoder::read(&folder).unwrap().0, zipped);
    assert_eq!(qualcoder::read(&folder.join("data.qda")).unwrap().0, zipped);
    assert_eq!(listing(&folder), before, "nothing was changed, and nothing was left beside it");
}

/// Unpacks a sample that is known to be sound.
fn unpack(archive: &Path, to: &Path) {
    zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap().extract(to).unwrap();
}

/// The files of a folder with what is in them.
fn listing(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| (path.display().to_string(), format!("{:x?}", Sha256::digest(std::fs::read(&path).unwrap())))).collect()
}

#[test]
fn a_project_of_taguette_1_5_is_read_value_for_value() {
    let name = "repair-evenings-taguette-1.5.2";
    let Some(known) = expected(name) else { return };
    let (project, account) = taguette::read(&shared(&format!("{FOLDER}/{name}.sqlite3")).unwrap()).unwrap();
    check_whole(&project);
    let named = Named::new(&project);
    assert_eq!(project.name, words(&known["project"]["name"]));
    assert_eq!(project.description, words(&known["project"]["memo"]));
    assert!(project.made.at.is_some());
    taguette_sources(&named, &known);
    taguette_codes(&named, &known);
    assert_eq!(project.users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["admin"]);
    taguette_codings(&named, &known);
    assert_eq!(account.number(Fate::LeftOut), 0, "{account:?}");
    assert_eq!((kept(&account, "highlights"), kept(&account, "codings")), (38, 47));
    let untagged = account.entries.iter().find(|entry| entry.what == "highlights" && entry.fate == Fate::Changed).unwrap();
    assert_eq!(untagged.number, 2);
}

fn taguette_sources(named: &Named<'_>, known: &Value) {
    assert_eq!(named.project.sources.len(), list(known, "sources").len());
    for one in list(known, "sources") {
        let source = named.source(&words(&one["title"]));
        let text = source.text.as_deref().unwrap();
        assert_eq!(hash(&without_white_space(text)), words(&one["text_sha256_without_white_space"]), "{}", source.name);
        assert_eq!(source.description, words(&one["memo"]));
        assert_eq!(named.user(source.made.by), "admin");
    }
    // Two documents have each paragraph on a line of the page; the others are laid out anew.
    for name in ["Kettle interview", "Cobbler visit"] {
        let one = list(known, "sources").iter().find(|one| one["title"] == name).unwrap();
        assert_eq!(hash(named.source(name).text.as_deref().unwrap()), words(&one["text_sha256"]), "{name}");
    }
    let parted = named.source("Evening group").text.as_deref().unwrap();
    assert!(parted.starts_with("👋 Welcome round not typed.\nInterviewer: Let us begin"), "{parted}");
}

fn taguette_codes(named: &Named<'_>, known: &Value) {
    let codes = |is_codable: bool| {
        let codes = named.project.codes.iter().filter(move |code| code.is_codable == is_codable);
        codes.map(|code| (named.paths[&code.guid].clone(), code.description.clone())).collect::<BTreeSet<_>>()
    };
    let tags = list(known, "codes").iter().map(|code| (path(&code["path"]), words(&code["memo"])));
    assert_eq!(codes(true), tags.collect());
    assert_eq!(codes(false), list(known, "groups").iter().map(|group| (path(group), String::new())).collect());
}

fn taguette_codings(named: &Named<'_>, known: &Value) {
    let selections = || named.project.sources.iter().flat_map(|source| source.selections.iter().map(move |one| (source, one)));
    let mut found = Vec::new();
    for (source, selection) in selections() {
        for coding in &selection.codings {
            let quote = without_white_space(&place(source, selection).2);
            found.push((source.name.clone(), named.paths[&coding.code].clone(), quote, named.user(coding.made.by)));
        }
    }
    let known_codings = list(known, "codings")
        .iter()
        .map(|one| (words(&one["source"]), path(&one["code"]), without_white_space(&words(&one["quote"])), words(&one["coder"])));
    let mut known_codings: Vec<_> = known_codings.collect();
    found.sort();
    known_codings.sort();
    assert_eq!(found, known_codings);

    let highlights = list(known, "highlights");
    assert_eq!(selections().count(), highlights.len());
    for one in highlights {
        let bytes = (one["stored"]["start_offset"].as_i64().unwrap(), one["stored"]["end_offset"].as_i64().unwrap());
        let same = |(source, selection): &(&Source, &Selection)| {
            let quote = place(source, selection);
            let is_there = source.name == words(&one["source"]) && selection.stated == bytes;
            let is_laid_out_anew = ["Field notes", "Evening group"].contains(&source.name.as_str());
            let fits =
                quote == stated(one) || is_laid_out_anew && without_white_space(&quote.2) == without_white_space(&words(&one["quote"]));
            is_there && fits
        };
        assert!(selections().any(|place| same(&place)), "{one}");
        let is_untagged = list(known, "untagged_highlights").contains(&one["id"]);
        assert!(selections().filter(same).any(|(_, selection)| selection.codings.is_empty() == is_untagged), "{one}");
    }
}
