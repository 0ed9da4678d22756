//! Builds small studies in memory for tests.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use uuid::Uuid;

use crate::study::{
    Attribute, AttributeId, AttributeOf, BuiltIn, Case, CaseId, CaseKind, CaseSpan, CaseSpanId, Coder, CoderId, Coding, CodingId,
    ContraryMark, ContraryMarkId, Entity, Memo, MemoId, MemoKind, MemoOn, Origin, ProjectId, ProjectInfo, QuoteFacts, QuoteMark,
    QuoteMarkId, Revision, RevisionId, Role, Source, SourceForm, SourceId, Speaker, SpeakerId, Status, StatusKind, Study, Theme, ThemeId,
    Value, ValueId, Values,
};
use crate::text::{Anchor, BlobId, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

/// Texts in memory.
#[derive(Clone, Default)]
pub struct Blobs {
    texts: HashMap<BlobId, Arc<str>>,
    geometries: HashMap<BlobId, Arc<Geometry>>,
}

impl Texts for Blobs {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        self.texts.get(&id).cloned().ok_or(NoSuchBlob { id, reason: "not put in".into() })
    }

    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        self.geometries.get(&id).cloned().ok_or(NoSuchBlob { id, reason: "not put in".into() })
    }
}

/// A study that grows entity by entity. Identities count up, so that failures look the same every time.
#[derive(Default)]
pub struct Builder {
    pub blobs: Blobs,
    entities: Vec<Entity>,
    count: u128,
}

/// A source that was put in.
#[derive(Clone)]
pub struct Put {
    pub id: SourceId,
    pub revision: RevisionId,
    pub text: String,
}

impl Put {
    /// Where `words` stand first.
    pub fn span(&self, words: &str) -> Span {
        let at = self.text.find(words).unwrap();
        Span::of(at..at + words.len())
    }
}

impl Builder {
    pub fn new() -> Self {
        let mut builder = Self::default();
        let id = ProjectId(builder.next());
        builder.put(ProjectInfo { id, name: "A study".into(), about: String::new(), synthetic: true });
        builder
    }

    fn next(&mut self) -> Uuid {
        self.count += 1;
        Uuid::from_u128(self.count)
    }

    pub fn put(&mut self, entity: impl Into<Entity>) {
        self.entities.push(entity.into());
    }

    /// How many texts were put in.
    pub fn text_count(&self) -> usize {
        self.blobs.texts.len()
    }

    fn position(&self) -> i64 {
        i64::try_from(self.count).unwrap()
    }

    pub fn study(&self) -> Study {
        Study::from_entities(self.entities.clone(), &self.blobs).unwrap()
    }

    pub fn coder(&mut self, name: &str) -> CoderId {
        let id = CoderId(self.next());
        self.put(Coder { id, name: name.into(), initials: name.chars().take(2).collect() });
        id
    }

    /// The agreed layer.
    pub fn agreed(&mut self) -> CoderId {
        self.put(Coder::agreed());
        CoderId::agreed()
    }

    pub fn attribute(&mut self, name: &str, of: AttributeOf, role: Option<Role>, built_in: Option<BuiltIn>) -> AttributeId {
        let id = AttributeId(self.next());
        self.put(Attribute { id, name: name.into(), of, role, built_in, identifying: false, position: self.position() });
        id
    }

    /// Says of every attribute made so far that it could tell who somebody is.
    pub fn identifying(&mut self) {
        for entity in &mut self.entities {
            if let Entity::Attribute(attribute) = entity {
                attribute.identifying = true;
            }
        }
    }

    pub fn value(&mut self, attribute: AttributeId, name: &str) -> ValueId {
        let id = ValueId(self.next());
        self.put(Value { id, attribute, name: name.into(), aliases: Vec::new(), position: self.position() });
        id
    }

    pub fn theme(&mut self, parent: Option<ThemeId>, name: &str) -> ThemeId {
        let id = ThemeId(self.next());
        let position = self.position();
        self.put(Theme { id, ..Theme::named(parent, name, position) });
        id
    }

    pub fn case(&mut self, label: &str, kind: CaseKind, values: Values) -> CaseId {
        let id = CaseId(self.next());
        self.put(Case { id, label: label.into(), kind, values, position: self.position() });
        id
    }

    /// A transcript of turns: the speaker's label (none for words without one), their voice, what they say.
    /// Labels are local and stand for nobody until [`Builder::speaker`] says so.
    pub fn source(&mut self, label: &str, case: Option<CaseId>, values: Values, turns: &[(Option<&str>, Voice, &str)]) -> Put {
        let mut text = String::new();
        let mut labels: Vec<Box<str>> = Vec::new();
        let mut paragraphs = Vec::new();
        for (speaker, voice, words) in turns {
            let from = text.len();
            let speaker = speaker.map_or(NO_SPEAKER, |speaker| {
                text.push_str(speaker);
                text.push_str(": ");
                let known = labels.iter().position(|label| **label == *speaker);
                let index = known.unwrap_or(labels.len());
                if known.is_none() {
                    labels.push(speaker.into());
                }
                u16::try_from(index).unwrap()
            });
            let start = text.len();
            text.push_str(words);
            let (label, span) = (Span::of(from..start), Span::of(start..text.len()));
            paragraphs.push(Paragraph { span, label, kind: ParagraphKind::Turn, level: 0, voice: *voice, speaker });
            text.push_str("\n\n");
        }
        let geometry = Geometry::new(&text, paragraphs, Vec::new(), labels).unwrap();
        let (text_id, geometry_id) = (BlobId::of(text.as_bytes()), BlobId::of(&geometry.to_bytes()));
        self.blobs.texts.insert(text_id, text.as_str().into());
        self.blobs.geometries.insert(geometry_id, Arc::new(geometry));
        let (id, revision) = (SourceId(self.next()), RevisionId(self.next()));
        self.put(Source {
            id,
            label: label.into(),
            title: format!("Interview {label}"),
            form: SourceForm::Transcript,
            revision,
            case,
            values,
            file_name: format!("{label}.txt"),
            fingerprint: text_id,
            original: None,
            position: self.position(),
        });
        self.put(Revision { id: revision, source: id, parent: None, text: text_id, geometry: geometry_id });
        Put { id, revision, text }
    }

    /// Puts a time stamp before the first place of `words` in the text of a source.
    pub fn stamp(&mut self, label: &str, words: &str, time: u32) {
        self.stamps(label, |text| {
            let at = u32::try_from(text.find(words).unwrap()).unwrap();
            vec![Anchor { span: Span::new(at - 1, at), time }]
        });
    }

    /// Says of the words `[…]` in the text of a source that they are time stamps.
    pub fn stamps_in_brackets(&mut self, label: &str) {
        self.stamps(label, |text| {
            let stamp = |(at, _): (usize, &str)| Span::of(at..at + text.get(at..).and_then(|rest| rest.find(']')).unwrap() + 1);
            (1..).zip(text.match_indices('[').map(stamp)).map(|(number, span)| Anchor { span, time: number * 1000 }).collect()
        });
    }

    fn stamps(&mut self, label: &str, anchors: impl FnOnce(&str) -> Vec<Anchor>) {
        let revision = self.entities.iter().find_map(|entity| match entity {
            Entity::Source(source) if source.label == label => Some(source.revision),
            _ => None,
        });
        let of_source = |entity: &&mut Entity| matches!(entity, Entity::Revision(other) if Some(other.id) == revision);
        let Some(Entity::Revision(revision)) = self.entities.iter_mut().find(of_source) else { panic!("no source {label}") };
        let text = Arc::clone(&self.blobs.texts[&revision.text]);
        let before = &self.blobs.geometries[&revision.geometry];
        let geometry = Geometry::new(&text, before.paragraphs().to_vec(), anchors(&text), before.labels().to_vec()).unwrap();
        revision.geometry = BlobId::of(&geometry.to_bytes());
        self.blobs.geometries.insert(revision.geometry, Arc::new(geometry));
    }

    /// An earlier revision of a source, to put things on that did not come along.
    pub fn earlier(&mut self, of: &Put) -> Put {
        let id = RevisionId(self.next());
        let now = self.entities.iter().find_map(|entity| match entity {
            Entity::Revision(revision) if revision.id == of.revision => Some(revision.clone()),
            _ => None,
        });
        self.put(Revision { id, ..now.unwrap() });
        Put { revision: id, ..of.clone() }
    }

    pub fn speaker(&mut self, source: &Put, label: &str, voice: Voice, case: Option<CaseId>) {
        let id = SpeakerId(self.next());
        self.put(Speaker { id, source: source.id, label: label.into(), voice, case });
    }

    pub fn case_span(&mut self, source: &Put, span: Span, case: CaseId) {
        let id = CaseSpanId(self.next());
        self.put(CaseSpan { id, source: source.id, revision: source.revision, span, case });
    }

    pub fn code(&mut self, source: &Put, span: Span, theme: ThemeId, coder: CoderId) -> CodingId {
        let id = CodingId(self.next());
        let time = 1_700_000_000_000 + self.position() * 1000;
        self.put(Coding { id, source: source.id, revision: source.revision, span, theme, coder, time, origin: Origin::Hand });
        id
    }

    /// A quote mark on a coding, or on words alone.
    pub fn quote(&mut self, source: &Put, span: Span, coding: impl Into<Option<CodingId>>, coder: CoderId) {
        let id = QuoteMarkId(self.next());
        self.put(QuoteMark {
            id,
            source: source.id,
            revision: source.revision,
            span,
            coding: coding.into(),
            coder,
            time: 0,
            facts: QuoteFacts::default(),
        });
    }

    pub fn contrary(&mut self, source: &Put, coding: CodingId, contrary_to: &str, coder: CoderId) {
        let id = ContraryMarkId(self.next());
        self.put(ContraryMark { id, source: source.id, coding, contrary_to: contrary_to.into(), coder, time: 0 });
    }

    pub fn memo(&mut self, source: &Put, coding: CodingId, text: &str, coder: CoderId) {
        let id = MemoId(self.next());
        let on = MemoOn::Coding { source: source.id, coding };
        self.put(Memo { id, on, kind: MemoKind::Analytic, text: text.into(), coder, time: 0 });
    }

    pub fn status(&mut self, source: &Put, coder: CoderId, status: StatusKind) {
        self.put(Status { id: Status::id_of(source.id, coder), source: source.id, coder, status });
    }
}

/// Values of attributes; several values of one attribute are several entries.
pub fn values(list: &[(AttributeId, ValueId)]) -> Values {
    let mut values: Values = BTreeMap::new();
    for (attribute, value) in list {
        values.entry(*attribute).or_default().insert(*value);
    }
    values
}
