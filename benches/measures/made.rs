//! A made-up project: 100 codings a source by two coders, of whom the one often means what the other means with other ends; 2,000 themes
//! and a person in every source.

use std::collections::HashMap;
use std::sync::Arc;

use themata::study::{
    Case, CaseId, CaseKind, Coder, CoderId, Coding, CodingId, Entity, Origin, ProjectId, ProjectInfo, Revision, RevisionId, Source,
    SourceForm, SourceId, Speaker, SpeakerId, Study, Theme, ThemeId, Values,
};
use themata::text::{BlobId, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

/// Codings that each of the two coders makes in a source.
const CODINGS: usize = 50;

/// Characters of a transcript.
const LENGTH: usize = 20_000;

/// The project, in memory.
pub struct Made {
    pub study: Study,
    pub texts: InMemory,
    pub coders: [CoderId; 2],
}

/// Texts in memory.
#[derive(Default)]
pub struct InMemory {
    texts: HashMap<BlobId, Arc<str>>,
    geometries: HashMap<BlobId, Arc<Geometry>>,
}

impl Texts for InMemory {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        self.texts.get(&id).cloned().ok_or(NoSuchBlob { id, reason: "it was not made".into() })
    }

    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        self.geometries.get(&id).cloned().ok_or(NoSuchBlob { id, reason: "it was not made".into() })
    }
}

/// Numbers that look thrown and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

const WORDS: [&str; 12] = ["the", "room", "was", "cold", "in", "“winter”", "and", "nobody", "told", "us", "why", "forms’"];

/// Turns, with signs of several bytes in them.
fn talk(dice: &mut Dice) -> (String, Geometry) {
    let (mut text, mut paragraphs) = (String::new(), Vec::new());
    let mut asked = true;
    while text.len() < LENGTH {
        let from = text.len();
        text.push_str(if asked { "I: " } else { "R: " });
        let start = text.len();
        for word in 0..if asked { 8 } else { 60 + dice.below(40) } {
            text.push_str(if word == 0 { "" } else { " " });
            text.push_str(WORDS.get(dice.below(WORDS.len())).unwrap());
        }
        paragraphs.push(Paragraph {
            span: Span::of(start..text.len()),
            label: Span::of(from..start - 1),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: if asked { Voice::Interviewer } else { Voice::Participant },
            speaker: u16::from(!asked),
        });
        text.push('\n');
        asked = !asked;
    }
    assert!(paragraphs.iter().all(|paragraph| paragraph.speaker != NO_SPEAKER));
    let geometry = Geometry::new(&text, paragraphs, Vec::new(), vec!["I".into(), "R".into()]).unwrap();
    (text, geometry)
}

impl Made {
    /// A project of so many sources.
    pub fn new(sources: usize) -> Self {
        let mut dice = Dice(11);
        let mut entities: Vec<Entity> = Vec::with_capacity(sources * (2 * CODINGS + 6));
        entities.push(ProjectInfo { id: ProjectId::new(), name: "Measured".into(), about: String::new(), synthetic: true }.into());
        let coders = ["Elspeth Munro", "Ravi Thomson"].map(|name| {
            let id = CoderId::derived(&[name.as_bytes()]);
            entities.push(Coder { id, name: name.into(), initials: name.chars().take(2).collect() }.into());
            id
        });
        let themes = themes(&mut entities);
        let mut texts = InMemory::default();
        let talks: Vec<(String, BlobId, BlobId)> = (0..20).map(|_| texts.put(talk(&mut dice))).collect();
        for number in 0..sources {
            let (text, text_id, geometry) = talks.get(number % talks.len()).unwrap();
            let (id, revision, case) = (SourceId::new(), RevisionId::new(), CaseId::new());
            let (label, position) = (format!("N{number:05}"), i64::try_from(number).unwrap());
            entities.push(Case { id: case, label: label.clone(), kind: CaseKind::Person, values: Values::new(), position }.into());
            entities.push(
                Source {
                    id,
                    title: format!("Interview {label}"),
                    file_name: format!("{label}.txt"),
                    label,
                    form: SourceForm::Transcript,
                    revision,
                    case: None,
                    values: Values::new(),
                    fingerprint: *text_id,
                    original: None,
                    position,
                }
                .into(),
            );
            entities.push(Revision { id: revision, source: id, parent: None, text: *text_id, geometry: *geometry }.into());
            for (label, voice, case) in [("I", Voice::Interviewer, None), ("R", Voice::Participant, Some(case))] {
                entities.push(Speaker { id: SpeakerId::new(), source: id, label: label.into(), voice, case }.into());
            }
            for number in 0..CODINGS {
                let (from, length, theme) =
                    (dice.below(LENGTH - 900), 40 + dice.below(300), *themes.get(dice.below(themes.len())).unwrap());
                let shift = if number % 2 == 0 { 20 } else { 360 };
                for (coder, from, length) in [(coders[0], from, length), (coders[1], from + shift, 40 + dice.below(300))] {
                    let span = Span::of(from..from + length).on_boundaries(text);
                    let (time, origin) = (1_717_000_000_000 + i64::try_from(number).unwrap(), Origin::Hand);
                    entities.push(Coding { id: CodingId::new(), source: id, revision, span, theme, coder, time, origin }.into());
                }
            }
        }
        Self { study: Study::from_entities(entities, &texts).unwrap(), texts, coders }
    }
}

impl InMemory {
    fn put(&mut self, (text, geometry): (String, Geometry)) -> (String, BlobId, BlobId) {
        let (text_id, geometry_id) = (BlobId::of(text.as_bytes()), BlobId::of(&geometry.to_bytes()));
        self.texts.insert(text_id, text.as_str().into());
        self.geometries.insert(geometry_id, Arc::new(geometry));
        (text, text_id, geometry_id)
    }
}

/// 40 subjects with 49 themes below each.
fn themes(entities: &mut Vec<Entity>) -> Vec<ThemeId> {
    let mut themes = Vec::new();
    for parent in 0..40 {
        let above = Theme::named(None, format!("Subject {parent:02}"), parent);
        themes.push(above.id);
        for child in 0..49 {
            let theme = Theme::named(Some(above.id), format!("Group of words {parent:02} and {child:02}"), child);
            themes.push(theme.id);
            entities.push(theme.into());
        }
        entities.push(above.into());
    }
    themes
}
