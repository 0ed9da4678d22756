use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::told::Told;
use super::values::derived;
use crate::exchange::import::plain_text;
use crate::exchange::refi::archive::{Archive, file_name};
use crate::exchange::refi::{Account, Coding, MediaFile, Note, Project, ReadError, Source};

/// A text or a medium whose files have not been looked for yet. Memos are texts too.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) source: Source,
    /// Where the plain text is said to be.
    pub(super) plain: String,
    /// Where its formatted twin is said to be.
    pub(super) rich: String,
    /// The text where it stands in the XML itself.
    pub(super) content: Option<String>,
    /// The element's name, of a medium.
    pub(super) medium: String,
    /// The files that a medium names.
    pub(super) files: Vec<String>,
    /// The byte where the element begins.
    pub(super) at: usize,
}

impl Draft {
    /// Looks for the text and the files in the archive.
    pub(super) fn with_files(mut self, mut archive: Option<&mut Archive>, told: &mut Told) -> Result<Source, ReadError> {
        self.source.text = self.text(archive.as_deref_mut(), told)?;
        let mut medium = |file: &str| {
            let found = archive.as_deref_mut().and_then(|archive| archive.medium(file));
            if found.is_none() {
                told.left_out("media", "A file that is named is not in the archive.", self.at);
            }
            found
        };
        if let Some(rich) = file_name(&self.rich) {
            self.source.file = medium(rich);
        }
        let mut files: Vec<MediaFile> = self.files.iter().filter_map(|file| medium(file)).collect();
        let is_main = |file: &MediaFile| self.files.first().is_some_and(|first| *first == file.name);
        if self.source.file.is_none() && files.first().is_some_and(is_main) {
            self.source.file = Some(files.remove(0));
        }
        self.source.more_files = files;
        Ok(self.source)
    }

    fn text(&mut self, mut archive: Option<&mut Archive>, told: &mut Told) -> Result<Option<String>, ReadError> {
        // Word documents are read only where a program left the plain twin out.
        for path in [&self.plain, &self.rich] {
            let Some(file) = file_name(path) else { continue };
            if self.content.is_some() && path == &self.rich {
                break;
            }
            let bytes = match archive.as_deref_mut() {
                Some(archive) => archive.text(file)?,
                None => None,
            };
            match bytes {
                Some(bytes) => match plain_text(file, &bytes) {
                    Some(text) => return Ok(Some(text)),
                    None => told.left_out("texts", "A file that should hold a text holds none.", self.at),
                },
                None if path == &self.plain => told.left_out("texts", "The file of a text is not in the archive.", self.at),
                None => {}
            }
        }
        let content = self.content.take();
        Ok(content.map(|text| plain_text("", text.as_bytes()).unwrap_or(text)))
    }
}

/// A memo from what was read as a text.
pub(super) fn note(source: Source) -> Note {
    Note {
        guid: source.guid,
        name: source.name,
        description: source.description,
        text: source.text.unwrap_or_default(),
        made: source.made,
        file: source.file,
        selections: source.selections,
        codings: source.codings,
        note_refs: source.note_refs,
        values: source.values,
    }
}

/// Moves the places of annotations to the texts they are in. `QualCoder` writes them as passages of the memo itself, with
/// places in the text whose element refers to the memo.
pub(super) fn place_annotations(project: &mut Project, account: &mut Account) {
    if !project.origin.starts_with("QualCoder") {
        return;
    }
    let (mut placed, mut lost) = (0, 0);
    for note in project.notes.iter_mut().filter(|note| !note.selections.is_empty()) {
        let mut holders = project.sources.iter_mut().filter(|source| source.note_refs.contains(&note.guid));
        if let (Some(source), None) = (holders.next(), holders.next()) {
            source.note_refs.retain(|target| *target != note.guid);
            for mut selection in note.selections.drain(..) {
                selection.note_refs.push(note.guid);
                source.selections.push(selection);
                placed += 1;
            }
        } else {
            // It is no passage of the memo.
            lost += note.selections.len();
            note.selections.clear();
        }
    }
    account.changed_many("memos", placed, "The program writes the place of an annotation into the memo; it is on the text again.");
    account.changed_many("memos", lost, "The program does not say which text an annotation is on; the memo is there without its place.");
}

/// Gives everything that has the identity of something of its kind before it one of its own.
pub(super) fn part_twins(project: &mut Project, account: &mut Account) {
    // A passage may well share its identity with its twin in a PDF, or a memo with what it is on: only one kind is looked at.
    let mut taken: HashSet<(&'static str, Uuid)> = HashSet::new();
    let mut twins: HashMap<&'static str, usize> = HashMap::new();
    let mut part = |what: &'static str, guid: &mut Uuid| {
        if taken.insert((what, *guid)) {
            return;
        }
        *twins.entry(what).or_default() += 1;
        let mut number = 2;
        while !taken.insert((what, derived(guid, &number.to_string()))) {
            number += 1;
        }
        *guid = derived(guid, &number.to_string());
    };
    fn codings(codings: &mut [Coding]) -> impl Iterator<Item = &mut Uuid> {
        codings.iter_mut().map(|coding| &mut coding.guid)
    }
    project.users.iter_mut().for_each(|it| part("people", &mut it.guid));
    project.codes.iter_mut().for_each(|it| part("codes", &mut it.guid));
    project.variables.iter_mut().for_each(|it| part("variables", &mut it.guid));
    project.cases.iter_mut().for_each(|it| part("cases", &mut it.guid));
    project.sources.iter_mut().for_each(|it| part("sources", &mut it.guid));
    project.notes.iter_mut().for_each(|it| part("memos", &mut it.guid));
    project.links.iter_mut().for_each(|it| part("links", &mut it.guid));
    project.sets.iter_mut().for_each(|it| part("sets", &mut it.guid));
    let sources = project.sources.iter_mut().map(|source| (&mut source.selections, &mut source.codings));
    let notes = project.notes.iter_mut().map(|note| (&mut note.selections, &mut note.codings));
    for (selections, whole) in sources.chain(notes) {
        codings(whole).for_each(|guid| part("codings", guid));
        for selection in selections {
            part("passages", &mut selection.guid);
            codings(&mut selection.codings).for_each(|guid| part("codings", guid));
        }
    }
    let mut twins: Vec<_> = twins.into_iter().collect();
    twins.sort_unstable();
    for (what, number) in twins {
        account.changed_many(
            what,
            number,
            "The file gives one identity twice; the later one got another. What refers to it means the first.",
        );
    }
}

/// Counts what refers to something that the file does not hold. It stays as it is.
pub(super) fn count_dangling(project: &Project, known: &HashSet<Uuid>, account: &mut Account) {
    let mut counts: [usize; 7] = [0; 7];
    let [codes, memos, people, sources, passages, variables, ends] = &mut counts;
    let gone = |guid: &Uuid| !known.contains(guid);
    let many = |guids: &[Uuid]| guids.iter().filter(|guid| gone(guid)).count();
    let maker = |by: Option<Uuid>| usize::from(by.is_some_and(|by| gone(&by)));
    let texts = project.sources.iter().map(|it| (&it.selections, &it.codings, &it.note_refs, &it.values, &it.made));
    let notes = project.notes.iter().map(|it| (&it.selections, &it.codings, &it.note_refs, &it.values, &it.made));
    for (selections, whole, note_refs, values, made) in texts.chain(notes) {
        *memos += many(note_refs);
        *people += maker(made.by);
        *variables += values.iter().filter(|value| gone(&value.variable)).count();
        for selection in selections {
            *memos += many(&selection.note_refs);
            *people += maker(selection.made.by);
        }
        for coding in whole.iter().chain(selections.iter().flat_map(|selection| &selection.codings)) {
            *codes += usize::from(gone(&coding.code));
            *memos += many(&coding.note_refs);
            *people += maker(coding.made.by);
        }
    }
    for case in &project.cases {
        *codes += many(&case.codes);
        *sources += many(&case.sources);
        *passages += many(&case.selections);
        *variables += case.values.iter().filter(|value| gone(&value.variable)).count();
    }
    for set in &project.sets {
        *codes += many(&set.codes);
        *sources += many(&set.sources);
        *memos += many(&set.notes);
    }
    *memos += many(&project.note_refs) + project.codes.iter().map(|code| many(&code.note_refs)).sum::<usize>();
    *people += maker(project.made.by);
    for link in &project.links {
        *memos += many(&link.note_refs);
        *ends += usize::from(gone(&link.origin)) + usize::from(gone(&link.target));
    }
    for (number, what, which) in [
        (counts[0], "codings", "a code"),
        (counts[1], "memos", "a memo"),
        (counts[2], "people", "somebody"),
        (counts[3], "sources", "a source"),
        (counts[4], "passages", "a passage"),
        (counts[5], "variables", "a variable"),
        (counts[6], "links", "an end of a link"),
    ] {
        account.changed_many(what, number, format!("The file refers to {which} that it does not hold."));
    }
}
