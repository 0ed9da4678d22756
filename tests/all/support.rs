//! What several tests need: temporary projects with small sources in them.

use std::path::{Path, PathBuf};

use themata::project::{EditError, Me, Project, Tx};
use themata::study::{CaseKind, CoderId, DeviceId, Revision, RevisionId, Source, SourceForm, SourceId, Speaker, SpeakerId, Values};
use themata::text::{BlobId, Geometry, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice};

/// A folder that goes when the test ends, and a project path in it.
pub struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    /// A new empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Where the project of the test lies.
    pub fn project(&self) -> PathBuf {
        self.path("study.themata")
    }

    /// Any path in the folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A coder on a device of her own.
pub fn me(name: &str) -> Me {
    Me {
        device: DeviceId::derived(&[name.as_bytes()]),
        coder: CoderId::derived(&[name.as_bytes()]),
        name: name.to_owned(),
        initials: name.chars().take(2).collect(),
    }
}

/// A new project with two small interviews, A and B.
pub fn project(scratch: &Scratch) -> (Project, [SourceId; 2]) {
    let mut project = Project::create(&scratch.project(), "Test", &me("Elspeth")).unwrap();
    let sources = project.edit("Import", |tx| {
        let first = add_source(tx, "A", "I: How was it?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n")?;
        let second = add_source(tx, "B", "I: And you?\nR: Naïve of me 😀 to think so. We share one room.\n")?;
        Ok([first, second])
    });
    (project, sources.unwrap())
}

/// A transcript with the labels `I` (interviewer) and `R` (a person), one paragraph a line.
pub fn transcript(text: &str) -> Geometry {
    let mut paragraphs = Vec::new();
    let mut at = 0u32;
    for line in text.split_inclusive('\n') {
        let length = u32::try_from(line.len()).unwrap();
        let (speaker, voice) = match &line[..2] {
            "I:" => (0, Voice::Interviewer),
            "R:" => (1, Voice::Participant),
            _ => (NO_SPEAKER, Voice::Participant),
        };
        let words = Span::new(at + if speaker == NO_SPEAKER { 0 } else { 3 }, at + length).trimmed(text);
        paragraphs.push(Paragraph { span: words, label: Span::new(at, at + 1), kind: ParagraphKind::Turn, level: 0, voice, speaker });
        at += length;
    }
    Geometry::new(text, paragraphs, Vec::new(), vec!["I".into(), "R".into()]).unwrap()
}

/// Adds a transcript, as [`transcript`]; its participant is named as the source.
pub fn add_source(tx: &mut Tx<'_>, label: &str, text: &str) -> Result<SourceId, EditError> {
    let (source, revision) = (SourceId::new(), RevisionId::new());
    let geometry = transcript(text);
    let case = tx.case_labelled(label, CaseKind::Person)?;
    let text_id = tx.blob(text.as_bytes())?;
    let geometry = tx.blob(&geometry.to_bytes())?;
    let position = i64::try_from(tx.study().materials().len()).unwrap();
    tx.put_all(vec![
        Source {
            id: source,
            label: label.to_owned(),
            title: format!("Interview {label}"),
            form: SourceForm::Transcript,
            revision,
            case: None,
            values: Values::new(),
            file_name: format!("{label}.txt"),
            fingerprint: BlobId::of(text.as_bytes()),
            original: None,
            position,
        }
        .into(),
        Revision { id: revision, source, parent: None, text: text_id, geometry }.into(),
        Speaker { id: SpeakerId::new(), source, label: "I".into(), voice: Voice::Interviewer, case: None }.into(),
        Speaker { id: SpeakerId::new(), source, label: "R".into(), voice: Voice::Participant, case: Some(case) }.into(),
    ])?;
    Ok(source)
}
