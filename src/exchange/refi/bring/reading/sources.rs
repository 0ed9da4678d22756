use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::super::super::model;
use super::{Read, Reading, free_name, nth, parts, revision_key, speaker_key};
use crate::exchange::import::{Draft, Frame, MAX_BYTES, read_text};
use crate::study::{
    AttributeOf, Case, CaseId, CaseKind, Entity, Kind, MemoOn, Revision, RevisionId, Source, SourceForm, SourceId, Speaker, SpeakerId,
};
use crate::text::{BlobId, Geometry, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, fold};

/// What a text is, as the reader of transcripts and reports found it.
struct Found {
    form: SourceForm,
    title: String,
    geometry: Geometry,
    /// Each label with whose voice it is, and the case it proposes.
    speakers: Vec<(String, Voice, Option<String>)>,
    /// The case it proposes where nobody is named.
    case: Option<(String, CaseKind)>,
}

impl<'p> Reading<'p> {
    pub(super) fn read_sources(&mut self) {
        let project = self.project;
        let by_sets = self.values_of_sets();
        let owners = self.owners();
        let (mut labels, mut kept) = (HashSet::new(), 0);
        for (index, source) in project.sources.iter().enumerate() {
            let Some(text) = &source.text else { continue };
            if text.len() as u64 > MAX_BYTES || text.trim().is_empty() {
                let why = if text.trim().is_empty() { "It is empty." } else { "It is longer than 64 MB." };
                self.account.left_out("sources", &source.name, why);
                continue;
            }
            let id = SourceId(self.claim(source.guid, "source"));
            let label = free_name(&source.name, &format!("Source {}", index + 1), &mut labels);
            if label != source.name {
                self.account.changed("sources", &source.name, format!("It is called “{label}”: the name was empty or taken."));
            }
            let mut values = self.values(&source.values, AttributeOf::Sources);
            for (attribute, some) in by_sets.get(&source.guid).into_iter().flatten() {
                values.entry(*attribute).or_default().extend(some);
            }
            self.read_source(source, text, id, label, values, owners.get(&source.guid).copied(), index);
            self.describe(source.guid, &source.description, MemoOn::Source { source: id });
            for note in &source.note_refs {
                self.on.entry(*note).or_default().push(MemoOn::Source { source: id });
            }
            kept += 1;
        }
        self.account.kept("sources", kept);
    }

    /// The case of each source that is wholly one’s own.
    fn owners(&mut self) -> HashMap<Uuid, CaseId> {
        let mut owners: HashMap<Uuid, CaseId> = HashMap::new();
        let project = self.project;
        let texts: HashSet<Uuid> = project.sources.iter().filter(|source| source.text.is_some()).map(|source| source.guid).collect();
        for case in &project.cases {
            let Some(id) = self.cases.get(&case.guid).copied() else { continue };
            for source in case.sources.iter().filter(|source| texts.contains(source)) {
                let owner = *owners.entry(*source).or_insert(id);
                if owner != id {
                    self.account.left_out("sources of cases", &case.name, "A source belongs to one case here; this one has another.");
                }
            }
        }
        owners
    }

    #[expect(clippy::too_many_arguments, reason = "what is known of a source comes from as many places")]
    fn read_source(
        &mut self,
        given: &'p model::Source,
        text: &'p str,
        id: SourceId,
        label: String,
        values: crate::study::Values,
        owner: Option<CaseId>,
        index: usize,
    ) {
        let found = found(&label, text);
        let (blob, bytes) = (BlobId::of(text.as_bytes()), found.geometry.to_bytes());
        let revision = RevisionId(self.identified(&parts(&revision_key(id, blob))));
        let geometry = BlobId::of(&bytes);
        self.blobs.insert(geometry, bytes);
        let original = given.file.as_ref().and_then(|file| Some((file, *self.beside.files.get(&file.name)?)));
        let ending = original.and_then(|(file, _)| file.name.rsplit_once('.')).map_or("txt", |(_, ending)| ending);
        let proposes = self.project.cases.is_empty();
        let said = found.case.filter(|_| proposes && owner.is_none());
        let case = owner.or_else(|| said.map(|(label, kind)| self.case_of(&label, kind)));
        let file_name = format!("{label}.{ending}");
        let fingerprint = original.map_or(blob, |(_, original)| original);
        let (title, form, original) = (found.title, found.form, original.map(|(_, original)| original));
        self.put(Source { id, label, title, form, revision, case, values, file_name, fingerprint, original, position: nth(index) });
        self.put(Revision { id: revision, source: id, parent: None, text: blob, geometry });
        for (label, voice, proposed) in found.speakers {
            let known = [Some(&label), proposed.as_ref()].into_iter().flatten().find_map(|name| self.case_names.get(&fold(name)).copied());
            let is_somebody = voice == Voice::Participant;
            let said = proposed.filter(|_| proposes && owner.is_none());
            let case = known.or_else(|| said.map(|name| self.case_of(&name, CaseKind::Person))).filter(|_| is_somebody);
            let speaker = SpeakerId(self.identified(&parts(&speaker_key(id, &label))));
            self.put(Speaker { id: speaker, source: id, label, voice, case });
        }
        self.texts.entry(given.guid).or_insert(Read { id, revision, text });
    }

    /// The case that a text names, made where no case has the name.
    fn case_of(&mut self, label: &str, kind: CaseKind) -> CaseId {
        if let Some(there) = self.case_names.get(&fold(label)) {
            return *there;
        }
        let id = CaseId(self.identified(&[b"case", fold(label).as_bytes()]));
        let position = nth(self.entities.keys().filter(|id| id.kind == Kind::Case).count());
        self.put(Entity::Case(Case { id, label: label.to_owned(), kind, values: Default::default(), position }));
        self.case_names.insert(fold(label), id);
        id
    }
}

/// Reads a text as an import would, letter by letter as it is.
fn found(label: &str, text: &str) -> Found {
    let draft = read_text(&format!("{label}.txt"), text, &Frame::default()).ok().filter(|draft| draft.text == text);
    draft.and_then(of_draft).unwrap_or_else(|| lines(text))
}

fn of_draft(draft: Draft) -> Option<Found> {
    let labels = draft.speakers.iter().map(|speaker| speaker.label.as_str().into()).collect();
    let geometry = Geometry::new(&draft.text, draft.paragraphs, draft.anchors, labels).ok()?;
    let speakers = draft.speakers.into_iter().map(|it| (it.label, it.voice, it.case.map(|case| case.label))).collect();
    Some(Found { form: draft.form, title: draft.title, geometry, speakers, case: draft.case.map(|case| (case.label, case.kind)) })
}

/// A text of which nothing is known: every line is a paragraph.
fn lines(text: &str) -> Found {
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            let (label, kind, voice) = (Span::default(), ParagraphKind::Prose, Voice::Participant);
            paragraphs.push(Paragraph { span, label, kind, level: 0, voice, speaker: NO_SPEAKER });
        }
    }
    let geometry = Geometry::new(text, paragraphs, Vec::new(), Vec::new()).unwrap_or_else(|_| Geometry::empty());
    Found { form: SourceForm::Transcript, title: String::new(), geometry, speakers: Vec::new(), case: None }
}
