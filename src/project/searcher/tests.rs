use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use proptest::prelude::*;

use super::*;
use crate::query::{Field, Query, check_values, parse};
use crate::search::fixture::Memory;
use crate::search::{Index, Plan, searchable};
use crate::study::{
    Attribute, AttributeId, AttributeOf, BuiltIn, Case, CaseId, CaseKind, Coder, CoderId, Coding, CodingId, Entity, Material, Memo, MemoId,
    MemoKind, MemoOn, Origin, QuoteMark, QuoteMarkId, Role, Source, SourceForm, SourceId, Speaker, SpeakerId, Study, Theme, ThemeId, Value,
    ValueId, Values,
};
use crate::text::{BlobId, ParagraphKind, Span, Voice};

/// A study of a few sources, each made of lines; see [`Memory::add`]. Speakers are `I` and the cases `A`, `B` and `C`.
struct Small {
    entities: Vec<Entity>,
    texts: Memory,
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
    fn new() -> Self {
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
        };
        self.entities.push(theme.into());
        self.themes.push(id);
        id
    }

    fn source(&mut self, label: &str, kind: Option<usize>, text: &str) -> SourceId {
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

    fn code(&mut self, source: SourceId, span: Span, theme: usize, coder: usize) {
        let (theme, coder) = (self.themes[theme], self.coders[coder]);
        let revision = self.revision(source);
        let id = CodingId::new();
        self.entities.push(Coding { id, source, revision, span, theme, coder, time: 0, origin: Origin::Hand }.into());
    }

    fn quote(&mut self, source: SourceId, span: Span) {
        let (revision, coder) = (self.revision(source), self.coders[0]);
        self.entities.push(QuoteMark { id: QuoteMarkId::new(), source, revision, span, coding: None, coder, time: 0 }.into());
    }

    fn memo(&mut self, on: MemoOn, text: &str) {
        let coder = self.coders[1];
        self.entities.push(Memo { id: MemoId::new(), on, kind: MemoKind::Analytic, text: text.into(), coder, time: 0 }.into());
    }

    fn revision(&self, source: SourceId) -> crate::study::RevisionId {
        let of = |entity: &Entity| if let Entity::Revision(revision) = entity { Some(revision.clone()) } else { None };
        self.entities.iter().filter_map(of).find(|revision| revision.source == source).unwrap().id
    }

    fn finish(self) -> (Study, Searcher) {
        let study = Study::from_entities(self.entities, &self.texts).unwrap();
        let searcher = Searcher::new(Arc::new(Index::in_memory().unwrap()), Arc::new(self.texts));
        searcher.keep_up(&study, &mut |_| ControlFlow::Continue(())).unwrap();
        (study, searcher)
    }
}

fn example() -> (Study, Searcher) {
    let mut small = Small::new();
    let text =
        "I: Who shares information?\nA: We share information with them.\nB: Nobody shared it.\nnot labelled, sharing\n# shared page\n";
    let one = small.source("FIF-1", Some(0), text);
    let other = small.source("FIF-2", None, "C: Share and share alike.\nI: Why share?\n");
    let at = |words: &str| Span::of(text.find(words).unwrap()..text.find(words).unwrap() + words.len());
    small.code(one, at("share information"), 1, 0);
    small.code(one, at("them.\nB: Nobody"), 2, 1);
    small.quote(one, at("Nobody"));
    small.memo(MemoOn::Source { source: other }, "They keep sharing things.");
    small.memo(MemoOn::Project, "A decision on shares.");
    small.finish()
}

/// The labels of the sources and the numbers of the paragraphs found.
fn found(study: &Study, searcher: &Searcher, query: &str) -> String {
    let mut parsed = parse(query);
    check_values(&mut parsed, study);
    let found = searcher.run(study, &parsed.query, &Options::first(100)).unwrap();
    assert_eq!(found.hits.len(), found.total);
    let label = |hit: &Hit| format!("{}:{}", study.material(hit.source).unwrap().source.label, hit.paragraph + 1);
    found.hits.iter().map(label).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_and_conditions_are_joined() {
    let (study, searcher) = example();
    let check = |query: &str, expected: &str| assert_eq!(found(&study, &searcher, query), expected, "{query}");
    check("share", "FIF-1:1 FIF-1:2 FIF-1:3 FIF-1:4 FIF-2:1 FIF-2:2");
    check("\"share\"", "FIF-1:2 FIF-2:1 FIF-2:2");
    check("share NOT information", "FIF-1:3 FIF-1:4 FIF-2:1 FIF-2:2");
    check("theme:Leadership", "FIF-1:2");
    check("theme:\"leadership > national VOICE\"", "FIF-1:2");
    check("theme:\"National v*\"", "FIF-1:2");
    check("theme:staffing", "FIF-1:2 FIF-1:3");
    check("share theme:staffing NOT theme:leadership", "FIF-1:3");
    check("coded:no", "FIF-1:4 FIF-2:1");
    check("coded:yes", "FIF-1:2 FIF-1:3");
    check("quote:yes", "FIF-1:3");
    check("group:workers", "FIF-1:2");
    check("group:managerss", "FIF-1:2 FIF-1:3");
    check("group:\"not stated\"", "FIF-1:4 FIF-2:1");
    check("case:C OR case:B", "FIF-1:3 FIF-2:1");
    check("case:\"Not stated\"", "FIF-1:4");
    check("source:FIF-2", "FIF-2:1 FIF-2:2");
    check("source:\"talk fif-2\" source:FIF*", "FIF-2:1 FIF-2:2");
    check("kind:interview share*", "FIF-1:1 FIF-1:2 FIF-1:3");
    check("kind:\"Not stated\"", "FIF-2:1 FIF-2:2");
    check("speaker:interviewer", "FIF-1:1 FIF-2:2");
    check("speaker:I -speaker:participant", "FIF-1:1 FIF-2:2");
    check("coder:AA", "FIF-1:2");
    check("coder:\"Bo Birch\" share", "FIF-1:2 FIF-1:3");
    check("/share information/", "FIF-1:2");
    check("/share (inf|and)/ source:FIF-2", "FIF-2:1");
    check("*", "FIF-1:1 FIF-1:2 FIF-1:3 FIF-1:4 FIF-2:1 FIF-2:2");
    check("", "");
    check("share in:memos", "");
    check("share in:texts source:FIF-2", "FIF-2:1 FIF-2:2");
    check("theme:leadrship", "");
    check("theme:leadrship source:FIF-2", "FIF-2:1 FIF-2:2");
}

#[test]
fn memos_and_definitions_are_searched_when_asked_for() {
    let (study, searcher) = example();
    let notes = |query: &str| {
        let found = searcher.run(&study, &parse(query).query, &Options::first(0)).unwrap();
        found
            .notes
            .into_iter()
            .map(|note| note.matches.iter().map(|span| span.slice(&note.text)).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes("share"), [] as [&str; 0]);
    assert_eq!(notes("share in:memos"), ["shares", "sharing"]);
    assert_eq!(notes("share in:memos source:FIF-2"), ["sharing"]);
    assert_eq!(notes("share in:definitions theme:staffing"), ["sharing"]);
    assert_eq!(notes("share in:definitions theme:leadership"), ["sharing", "sharing"]);
    assert_eq!(notes("share (in:memos OR in:definitions)").len(), 5);
}

#[test]
fn what_is_not_in_the_index_is_named() {
    let mut small = Small::new();
    let one = small.source("FIF-1", None, "A: share\n");
    let study = Study::from_entities(small.entities, &small.texts).unwrap();
    let searcher = Searcher::new(Arc::new(Index::in_memory().unwrap()), Arc::new(small.texts));
    let run = |options: &Options| searcher.run(&study, &parse("share OR NOT share").query, options);
    let before = run(&Options::first(9)).unwrap();
    assert_eq!((before.total, before.lacking), (0, Some(Lacking { sources: vec![one] })));
    searcher.keep_up(&study, &mut |_| ControlFlow::Continue(())).unwrap();
    let after = run(&Options::first(9)).unwrap();
    assert_eq!((after.total, after.lacking), (1, None));
    let stopped = Options::first(9);
    stopped.cancelled.store(true, Ordering::Relaxed);
    assert!(matches!(run(&stopped), Err(SearchError::Cancelled)));
}

fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["share", "shared", "Sharing", "café", "cafe", "lead", "leader", "co-location", "couldn’t", "x"])
        .prop_map(str::to_owned)
}

/// Text, kind, and codings as (start, length, theme, coder); those of the first theme are quotes too.
type Recipe = (String, Option<usize>, Vec<(usize, usize, usize, usize)>);

fn recipes() -> impl Strategy<Value = Vec<Recipe>> {
    let line = (proptest::sample::select(vec!["I: ", "A: ", "B: ", "C: ", "", "# "]), proptest::collection::vec(word(), 1..7));
    let text = proptest::collection::vec(line.prop_map(|(label, words)| format!("{label}{}\n", words.join(" "))), 1..5);
    let coding = (0usize..40, 1usize..30, 0usize..3, 0usize..2);
    let source = (text.prop_map(|lines| lines.concat()), proptest::option::of(0usize..2), proptest::collection::vec(coding, 0..4));
    proptest::collection::vec(source, 1..4)
}

fn build(recipes: &[Recipe]) -> (Study, Searcher) {
    let mut small = Small::new();
    for (number, (text, kind, codings)) in recipes.iter().enumerate() {
        let source = small.source(&format!("S{number}"), *kind, text);
        let mut seen = BTreeSet::new();
        for &(start, length, theme, coder) in codings {
            let span = Span::of(start..start + length).trimmed(text);
            if !span.is_empty() && seen.insert((span, theme, coder)) {
                small.code(source, span, theme, coder);
                if theme == 0 {
                    small.quote(source, span);
                }
            }
        }
    }
    small.finish()
}

fn query() -> impl Strategy<Value = Query> {
    let words = || proptest::collection::vec(word().prop_map(|word| word.replace('-', "")), 2..4);
    let written = [
        "*",
        "sh*",
        "*ed",
        "*a*",
        "l*r",
        "co-location",
        "/lead(er)?/",
        "/share (lead|x)/",
        "/[^a]*/",
        "theme:Leadership",
        "theme:Staffing",
        "theme:\"National voice\"",
        "group:Workers",
        "group:Managers",
        "group:\"Not stated\"",
        "case:A",
        "case:\"Not stated\"",
        "source:S0",
        "kind:Interview",
        "kind:\"Not stated\"",
        "speaker:interviewer",
        "speaker:participant",
        "speaker:B",
        "coder:AA",
        "coded:no",
        "coded:yes",
        "quote:yes",
        "quote:no",
        "in:texts",
        "in:memos",
    ];
    let leaf = prop_oneof![
        3 => (word().prop_map(|word| word.replace('-', "")), any::<bool>()).prop_map(|(word, stemmed)| Query::Word { word, stemmed }),
        1 => words().prop_map(Query::Phrase),
        1 => (words(), 0u32..4).prop_map(|(words, distance)| Query::Near { words, distance }),
        1 => (word().prop_map(|word| word.replace('-', "")), 1u8..3).prop_map(|(word, distance)| Query::Fuzzy { word, distance }),
        5 => proptest::sample::select(written.to_vec()).prop_map(|text| parse(text).query),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::and),
            proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::or),
            inner.prop_map(Query::negated),
        ]
    })
}

/// Whether a condition holds for a paragraph, by looking at everything.
fn holds(study: &Study, material: &Material, paragraph: usize, field: &Field, value: &str) -> bool {
    let own = &material.geometry.paragraphs()[paragraph];
    let voice = material.speaker_of(own).0;
    let cases: Vec<_> = material.parts_of(own.span).iter().map(|part| material.case(part.case)).collect();
    let codings: Vec<_> = material.codings.iter().map(|coded| &coded.coding).filter(|coding| coding.span.overlaps(own.span)).collect();
    let theme = |coding: &&Coding| study.codebook().lineage(coding.theme).iter().any(|theme| theme.name == value);
    match (field, value) {
        (Field::Theme, _) => codings.iter().any(theme),
        (Field::Group, value) => cases.iter().any(|case| {
            let groups = case.map(|case| study.role_values(case, Role::Group)).unwrap_or_default();
            if value == "Not stated" {
                groups.is_empty()
            } else {
                groups.iter().any(|group| study.attributes().value_name(*group) == value)
            }
        }),
        (Field::Case, "Not stated") => cases.contains(&None),
        (Field::Case, value) => cases.iter().flatten().any(|case| study.case(*case).unwrap().label == value),
        (Field::Source, value) => material.source.label == value,
        (Field::Kind, "Not stated") => study.built_in(material, BuiltIn::Kind).is_empty(),
        (Field::Kind, value) => study.built_in(material, BuiltIn::Kind) == value,
        (Field::Speaker, "interviewer") => voice == Voice::Interviewer,
        (Field::Speaker, "participant") => voice == Voice::Participant,
        (Field::Speaker, value) => material.geometry.labels().get(usize::from(own.speaker)).is_some_and(|label| **label == *value),
        (Field::Coder, value) => codings.iter().any(|coding| study.coders()[&coding.coder].initials == value),
        (Field::Coded, "yes") => !codings.is_empty(),
        (Field::Coded, _) => voice == Voice::Participant && codings.is_empty(),
        (Field::Quote, value) => material.quote_marks.iter().any(|mark| mark.span.overlaps(own.span)) == (value == "yes"),
        (Field::In, value) => value == "texts",
        (Field::Area | Field::Attribute(_), _) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_index_finds_what_looking_at_every_paragraph_finds(recipes in recipes(), query in query()) {
        let (study, searcher) = build(&recipes);
        let found = searcher.run(&study, &query, &Options::first(1000)).unwrap();
        let plan = Plan::new(&query);
        let mut expected = Vec::new();
        for (material, (text, ..)) in study.materials().iter().zip(&recipes) {
            for (index, paragraph) in material.geometry.paragraphs().iter().enumerate() {
                let holds = |condition: usize| {
                    let (field, value) = &plan.conditions()[condition];
                    holds(&study, material, index, field, value)
                };
                if paragraph.kind == ParagraphKind::Furniture {
                    continue;
                }
                if let Some(matches) = plan.matches(&searchable(text, &material.geometry, paragraph), &holds) {
                    let at = |span: Span| Span::new(span.start + paragraph.span.start, span.end + paragraph.span.start);
                    let matches = matches.into_iter().map(at).collect();
                    expected.push(Hit { source: material.source.id, paragraph: index, span: paragraph.span, matches });
                }
            }
        }
        prop_assert_eq!(found.total, expected.len());
        prop_assert_eq!(found.hits, expected);
    }

    #[test]
    fn facets_are_the_totals_of_the_narrower_queries(recipes in recipes(), query in query()) {
        let (study, searcher) = build(&recipes);
        let run = |query: &Query| searcher.run(&study, query, &Options::first(2)).unwrap();
        let found = run(&query);
        prop_assert!(found.hits.len() <= 2);
        prop_assert_eq!(found.facets.sources.iter().map(|(_, count)| count).sum::<usize>(), found.total);
        prop_assert_eq!(found.facets.sources.len(), found.sources);
        let total = |field: Field, value: &str| run(&Query::and([query.clone(), Query::field(field, value)]).unwrap()).total;
        let counted = |facet: &[(Option<ValueId>, usize)], value: Option<ValueId>| facet.iter().find(|(other, _)| *other == value).map_or(0, |(_, count)| *count);
        let name = |value: Option<ValueId>| value.map_or("Not stated", |value| study.attributes().value_name(value)).to_owned();
        let values = |attribute: &Attribute| {
            let values = study.attributes().values_of(attribute.id).into_iter();
            values.map(|value| Some(value.id)).chain([None]).collect::<Vec<_>>()
        };
        for value in values(study.attributes().with_role(Role::Group).unwrap()) {
            prop_assert_eq!(total(Field::Group, &name(value)), counted(&found.facets.groups, value));
        }
        for value in values(study.attributes().built_in(BuiltIn::Kind).unwrap()) {
            prop_assert_eq!(total(Field::Kind, &name(value)), counted(&found.facets.kinds, value));
        }
        for theme in study.codebook().themes() {
            let counted = found.facets.themes.iter().find(|(other, _)| *other == Some(theme.id)).map_or(0, |(_, count)| *count);
            prop_assert_eq!(total(Field::Theme, &study.codebook().path(theme.id)), counted);
        }
        let not_coded = found.facets.themes.iter().find(|(theme, _)| theme.is_none()).map_or(0, |(_, count)| *count);
        prop_assert_eq!(total(Field::Coded, "no"), not_coded);
    }
}
