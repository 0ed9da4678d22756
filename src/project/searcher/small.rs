use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::Searcher;
use crate::search::Index;
use crate::search::fixture::Memory;
use crate::study::{
    Attribute, AttributeId, AttributeOf, BuiltIn, Case, CaseId, CaseKind, Coder, CoderId, Coding, CodingId, Crossed, Crossing, Entity,
    Memo, MemoId, MemoKind, MemoOn, Origin, QuoteFacts, QuoteMark, QuoteMarkId, RevisionId, Role, Source, SourceForm, SourceId, Speaker,
    SpeakerId, Spread, Study, Summary, SummaryId, SummaryState, Theme, ThemeId, Value, ValueId, Values,
};
use crate::text::{BlobId, Span, Voice};

/// A study of a few sources, each made of lines; see [`Memory::add`]. Speakers are `I` and the cases `A`, `B` and `C`.
pub(super) struct Small {
    pub entities: Vec<Entity>,
    pub texts: Memory,
    themes: Vec<ThemeId>,
    coders: Vec<CoderId>,
    cases: Vec<CaseId>,
    group: AttributeId,
    kind: AttributeId,
    groups: Vec<ValueId>,
    kinds: Vec<ValueId>,
}

impl Small {
    /// Themes *Leadership*, *Leadership › National voice*, *Staffing*; groups *Workers* (A), *Managers* (A and B).
    pub fn new() -> Self {
        let mut small = Self {
            entities: Vec::new(),
            texts: Memory::default(),
            themes: Vec::new(),
            coders: Vec::new(),
            cases: Vec::new(),
            group: AttributeId::new(),
            kind: AttributeId::new(),
            groups: Vec::new(),
            kinds: Vec::new(),
        };
        small.attribute(small.group, "Participant group", AttributeOf::Cases, Some(Role::Group), None);
        small.attribute(small.kind, "Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
        small.groups = ["Workers", "Managers"].map(|name| small.value(small.group, name)).into();
        small.kinds = ["Interview", "Focus group"].map(|name| small.value(small.kind, name)).into();
        for name in ["Ann Ash", "Bo Birch"] {
            let id = CoderId::new();
            let initials = name.split(' ').filter_map(|word| word.chars().next()).collect();
            small.entities.push(Coder { id, name: name.into(), initials }.into());
            small.coders.push(id);
        }
        let leadership = small.theme("Leadership", None);
        small.theme("National voice", Some(leadership));
        small.theme("Staffing", None);
        for (label, groups) in [("A", vec![0, 1]), ("B", vec![1]), ("C", vec![])] {
            let id = CaseId::new();
            let own: BTreeSet<_> = groups.into_iter().map(|index: usize| small.groups[index]).collect();
            let values = if own.is_empty() { Values::new() } else { Values::from([(small.group, own)]) };
            let case = Case { id, label: label.into(), kind: CaseKind::Person, values, position: 0 };
            small.entities.push(case.into());
            small.cases.push(id);
        }
        small
    }

    fn attribute(&mut self, id: AttributeId, name: &str, of: AttributeOf, role: Option<Role>, built_in: Option<BuiltIn>) {
        let attribute = Attribute { id, name: name.into(), of, role, built_in, identifying: false, position: 0 };
        self.entities.push(attribute.into());
    }

    fn value(&mut self, attribute: AttributeId, name: &str) -> ValueId {
        let id = ValueId::new();
        self.entities.push(Value { id, attribute, name: name.into(), aliases: vec![format!("{name}s")], position: 0 }.into());
        id
    }

    fn theme(&mut self, name: &str, parent: Option<ThemeId>) -> ThemeId {
        let id = ThemeId::new();
        let theme = Theme {
            id,
            name: name.into(),
            parent,
            position: 0,
            number: None,
            abbreviation: String::new(),
            colour: None,
            definition: format!("What is said of {name}."),
            use_when: String::new(),
            not_when: "Not for sharing.".into(),
            origin: None,
        };
        self.entities.push(theme.into());
        self.themes.push(id);
        id
    }

    pub fn source(&mut self, label: &str, kind: Option<usize>, text: &str) -> SourceId {
        let id = SourceId::new();
        let revision = self.texts.add(id, text);
        let values = kind.map(|kind| (self.kind, BTreeSet::from([self.kinds[kind]]))).into_iter().collect();
        let source = Source {
            id,
            label: label.into(),
            title: format!("Talk {label}"),
            form: SourceForm::Transcript,
            revision: revision.id,
            case: None,
            values,
            file_name: String::new(),
            fingerprint: BlobId::of(label.as_bytes()),
            original: None,
            position: 0,
        };
        self.entities.extend([source.into(), revision.into()]);
        for (label, case) in [("I", None), ("A", Some(0)), ("B", Some(1)), ("C", Some(2))] {
            let voice = if label == "I" { Voice::Interviewer } else { Voice::Participant };
            let case = case.map(|case: usize| self.cases[case]);
            self.entities.push(Speaker { id: SpeakerId::new(), source: id, label: label.into(), voice, case }.into());
        }
        id
    }

    pub fn code(&mut self, source: SourceId, span: Span, theme: usize, coder: usize) {
        let (theme, coder) = (self.themes[theme], self.coders[coder]);
        let revision = self.revision(source);
        let id = CodingId::new();
        // What the second coder does not do by hand is on the last theme.
        let origin = if coder == self.coders[1] && theme == self.themes[2] { Origin::SearchUnread } else { Origin::Hand };
        self.entities.push(Coding { id, source, revision, span, theme, coder, time: 0, origin }.into());
    }

    pub fn quote(&mut self, source: SourceId, span: Span) {
        let (revision, coder) = (self.revision(source), self.coders[0]);
        self.entities.push(
            QuoteMark { id: QuoteMarkId::new(), source, revision, span, coding: None, coder, time: 0, facts: QuoteFacts::default() }.into(),
        );
    }

    pub fn memo(&mut self, on: MemoOn, text: &str) {
        let coder = self.coders[1];
        self.entities.push(Memo { id: MemoId::new(), on, kind: MemoKind::Analytic, text: text.into(), coder, time: 0 }.into());
    }

    /// Writes in the cell of theme `theme` × everybody.
    pub fn summary(&mut self, theme: usize, text: &str, dissent: &str) {
        let cell = Crossing { theme: self.themes[theme], of: Crossed::Values(BTreeMap::new()) };
        let summary = Summary {
            id: SummaryId::new(),
            cell,
            from: None,
            text: text.into(),
            spread: Spread { dissent: dissent.into(), ..Spread::default() },
            citations: Vec::new(),
            state: SummaryState::Charted,
            silence: None,
            basis: Arc::default(),
            coder: self.coders[1],
            time: 0,
            confirmed: None,
        };
        self.entities.push(summary.into());
    }

    fn revision(&self, source: SourceId) -> RevisionId {
        let of = |entity: &Entity| if let Entity::Revision(revision) = entity { Some(revision.clone()) } else { None };
        self.entities.iter().filter_map(of).find(|revision| revision.source == source).unwrap().id
    }

    pub fn finish(self) -> (Study, Searcher) {
        let study = Study::from_entities(self.entities, &self.texts).unwrap();
        let searcher = Searcher::new(Arc::new(Index::in_memory().unwrap()), Arc::new(self.texts));
        searcher.keep_up(&study, &mut |_| ControlFlow::Continue(())).unwrap();
        (study, searcher)
    }
}
