//! What several tests need: temporary projects with small sources in them.

use std::path::{Path, PathBuf};

use themata::project::{Corrected, EditError, Me, NewText, Project, Tx};
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

/// A file of the samples and schemas that lie beside the project where it is worked on; says that what needs them is
/// skipped where they are not.
#[expect(clippy::print_stdout, reason = "a test says that it is skipped")]
pub fn reference(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: there is no ../shared/reference/{name}");
    None
}

/// The path of a file beside another, named after it.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
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

/// The paragraphs of a transcript, one a line, whose labels are of one letter. `I` is the interviewer.
fn geometry(text: &str, labels: &[&str]) -> Geometry {
    let mut paragraphs = Vec::new();
    let mut at = 0u32;
    for line in text.split_inclusive('\n') {
        let length = u32::try_from(line.len()).unwrap();
        let label = line.split_once(':').and_then(|(label, _)| labels.iter().position(|known| *known == label));
        let speaker = label.map_or(NO_SPEAKER, |label| u16::try_from(label).unwrap());
        let voice = if label.is_some_and(|label| labels[label] == "I") { Voice::Interviewer } else { Voice::Participant };
        let words = Span::new(at + if speaker == NO_SPEAKER { 0 } else { 3 }, at + length).trimmed(text);
        paragraphs.push(Paragraph { span: words, label: Span::new(at, at + 1), kind: ParagraphKind::Turn, level: 0, voice, speaker });
        at += length;
    }
    Geometry::new(text, paragraphs, Vec::new(), labels.iter().map(|label| (*label).into()).collect()).unwrap()
}

/// Corrects a source to `text`; only labels that occur in it are left, and new ones are participants without a case.
pub fn correct(tx: &mut Tx<'_>, source: SourceId, text: &str) -> Result<Corrected, EditError> {
    let mut labels: Vec<&str> = text.lines().filter_map(|line| line.split_once(':')).map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    let geometry = geometry(text, &labels);
    let speaker = |label: &&str| Speaker {
        id: SpeakerId::new(),
        source,
        label: (*label).to_owned(),
        voice: if *label == "I" { Voice::Interviewer } else { Voice::Participant },
        case: None,
    };
    let speakers = labels.iter().map(speaker).collect();
    let fingerprint = BlobId::of(text.as_bytes());
    tx.correct_source(source, NewText { text, geometry: &geometry, speakers, file_name: "corrected.txt", fingerprint, original: None })
}

/// Adds a transcript with the labels `I` (interviewer) and `R` (a person named as the source), one paragraph a line.
pub fn add_source(tx: &mut Tx<'_>, label: &str, text: &str) -> Result<SourceId, EditError> {
    let (source, revision) = (SourceId::new(), RevisionId::new());
    let geometry = geometry(text, &["I", "R"]);
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
