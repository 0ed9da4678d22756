use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use proptest::prelude::*;

use super::oracle;
use super::small::Small;
use super::*;
use crate::query::{Field, Query, check_values, parse};
use crate::search::{Index, Plan, searchable};
use crate::study::{Attribute, BuiltIn, Coding, Material, MemoOn, Origin, Role, Study, ValueId};
use crate::text::{ParagraphKind, Span, Voice};

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
    small.summary(1, "They all share.", "One shared nothing.");
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
    check("coded:unread", "FIF-1:2 FIF-1:3");
    check("coded:unread theme:leadership", "FIF-1:2");
    check("in:summaries", "");
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
fn searching_goes_on_while_the_index_is_kept_up() {
    let (study, searcher) = example();
    let query = parse("share").query;
    std::thread::scope(|scope| {
        let beside = searcher.clone();
        let (study, query) = (&study, &query);
        scope.spawn(move || {
            for _ in 0..5 {
                beside.keep_up(&Study::default(), &mut |_| ControlFlow::Continue(())).unwrap();
                beside.keep_up(study, &mut |_| ControlFlow::Continue(())).unwrap();
            }
        });
        for _ in 0..50 {
            let found = searcher.run(study, query, &Options::first(9)).unwrap();
            let lacking = found.lacking.map_or(0, |lacking| lacking.sources.len());
            assert_eq!((found.total, lacking), if lacking == 0 { (6, 0) } else { (0, 2) });
        }
    });
}

#[test]
fn summaries_memos_and_definitions_are_searched_when_asked_for() {
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
    assert_eq!(notes("share in:summaries"), ["share", "shared"]);
    assert_eq!(notes("nothing in:summaries theme:staffing"), [] as [&str; 0]);
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
        "coded:unread",
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
        (Field::Coded, "unread") => codings.iter().any(|coding| coding.origin == Origin::SearchUnread),
        (Field::Coded, _) => voice == Voice::Participant && codings.is_empty(),
        (Field::Quote, value) => material.quote_marks.iter().any(|mark| mark.span.overlaps(own.span)) == (value == "yes"),
        (Field::In, value) => value == "texts",
        (Field::Area | Field::Attribute(_), _) => false,
    }
}

/// What is found by running the query over every paragraph.
fn by_looking(study: &Study, texts: &[&str], query: &Query) -> Vec<Hit> {
    let plan = Plan::new(query);
    let mut hits = Vec::new();
    for (material, text) in study.materials().iter().zip(texts) {
        let paragraphs = material.geometry.paragraphs().iter().enumerate();
        for (index, paragraph) in paragraphs.filter(|(_, paragraph)| paragraph.kind != ParagraphKind::Furniture) {
            let holds = |condition: usize| {
                let (field, value) = &plan.conditions()[condition];
                holds(study, material, index, field, value)
            };
            let words = searchable(text, &material.geometry, paragraph);
            hits.extend(plan.matches(&words, &holds).map(|matches| {
                let start = paragraph.span.start;
                let matches = matches.into_iter().map(|span| Span::new(span.start + start, span.end + start)).collect();
                Hit { source: material.source.id, paragraph: index, span: paragraph.span, matches }
            }));
        }
    }
    hits
}

#[test]
fn real_texts_are_searched_alike() {
    let Some(folder) = crate::testing::reports() else { return };
    let mut small = Small::new();
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap().replace('\r', "");
            small.source(&format!("R{}", texts.len()), None, &text);
            texts.push(text);
        }
    }
    let (study, searcher) = small.finish();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for text in [
        "leadership",
        "\"leadership\"",
        "co-location",
        "\"social work\"",
        "\"work social\"~3",
        "*ship",
        "w*k",
        "*",
        "informaton~1",
        "colour~2",
        "/20(0|1)[0-9]/",
        "/social work(er)? and/",
        "manager* NOT (team OR service)",
        "worker's",
        "it’s",
        "£",
        "3.5",
        "don't OR can't",
    ] {
        let query = parse(text).query;
        let found = searcher.run(&study, &query, &Options::first(usize::MAX)).unwrap();
        assert_eq!(found.hits, by_looking(&study, &texts, &query), "{text}");
        assert_eq!(found.total, found.hits.len(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_index_finds_what_looking_at_every_paragraph_finds(recipes in recipes(), query in query()) {
        let (study, searcher) = build(&recipes);
        let found = searcher.run(&study, &query, &Options::first(1000)).unwrap();
        let texts: Vec<&str> = recipes.iter().map(|(text, ..)| text.as_str()).collect();
        let expected = by_looking(&study, &texts, &query);
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
        prop_assert_eq!(total(Field::Coded, "unread"), found.facets.unread);
    }

    #[test]
    fn finding_agrees_with_what_a_query_means(texts in simple_texts(), query in simple_query()) {
        let mut small = Small::new();
        for (number, (text, kind, coded)) in texts.iter().enumerate() {
            let source = small.source(&format!("S{number}"), *kind, text);
            let end = text.find('\n').unwrap();
            if *coded {
                small.code(source, Span::of(3..end).trimmed(text), number % 3, 0);
            }
        }
        let (study, searcher) = small.finish();
        let found = searcher.run(&study, &query, &Options::first(1000)).unwrap();
        let mut expected = Vec::new();
        for (material, (text, ..)) in study.materials().iter().zip(&texts) {
            for (index, paragraph) in material.geometry.paragraphs().iter().enumerate() {
                let words = paragraph.span.slice(text);
                let holds = |field: &Field, value: &str| holds(&study, material, index, field, value);
                let places = oracle::find(&query, words, &holds);
                expected.extend(places.map(|places| (material.source.id, index, places)));
            }
        }
        let hit = |hit: &Hit| {
            let place = |span: &Span| ((span.start - hit.span.start) as usize, (span.end - hit.span.start) as usize);
            (hit.source, hit.paragraph, hit.matches.iter().map(place).collect::<Vec<_>>())
        };
        prop_assert_eq!(found.total, expected.len());
        prop_assert_eq!(found.hits.iter().map(hit).collect::<Vec<_>>(), expected.clone());

        // Each facet counts the paragraphs found for which its condition holds.
        let count = |field: &Field, value: &str| {
            let of = |source| study.materials().iter().find(|material| material.source.id == source).unwrap();
            expected.iter().filter(|(source, paragraph, _)| holds(&study, of(*source), *paragraph, field, value)).count()
        };
        let facet = |list: &[(Option<ValueId>, usize)], field: &Field| {
            list.iter().all(|(value, number)| {
                let name = value.map_or("Not stated", |value| study.attributes().value_name(value));
                *number > 0 && *number == count(field, name)
            })
        };
        prop_assert!(facet(&found.facets.groups, &Field::Group), "{:?}", found.facets.groups);
        prop_assert!(facet(&found.facets.kinds, &Field::Kind), "{:?}", found.facets.kinds);
        for (theme, number) in &found.facets.themes {
            let expected = match theme {
                Some(theme) => count(&Field::Theme, &study.codebook().get(*theme).unwrap().name),
                None => count(&Field::Coded, "no"),
            };
            prop_assert_eq!(*number, expected);
        }
        for (source, number) in &found.facets.sources {
            prop_assert_eq!(*number, expected.iter().filter(|(other, ..)| other == source).count());
        }
    }
}

/// Texts of the words that [`oracle`] knows: each with its kind, and whether its first paragraph is coded.
fn simple_texts() -> impl Strategy<Value = Vec<(String, Option<usize>, bool)>> {
    let word = proptest::sample::select(oracle::WORDS.to_vec()).prop_map(|(written, ..)| written);
    let line = (proptest::sample::select(vec!["I", "A", "B", "C"]), proptest::collection::vec(word, 1..8))
        .prop_map(|(label, words)| format!("{label}: {}\n", words.join(" ")));
    let text = proptest::collection::vec(line, 1..5).prop_map(|lines| lines.concat());
    proptest::collection::vec((text, proptest::option::of(0usize..2), any::<bool>()), 1..4)
}

/// Queries that [`oracle`] understands.
fn simple_query() -> impl Strategy<Value = Query> {
    let word = || proptest::sample::select(oracle::WORDS.to_vec()).prop_map(|(written, ..)| written.to_owned());
    let words = || proptest::collection::vec(word(), 2..4);
    let patterns = ["*a", "sh*", "*ed", "*a*", "l*r", "*ea*e*", "x*", "سر*", "*ا*"];
    let fields = ["theme:Leadership", "theme:Staffing", "group:Workers", "kind:Interview", "speaker:interviewer", "coded:no", "case:B"];
    let leaf = prop_oneof![
        4 => (word(), any::<bool>()).prop_map(|(word, stemmed)| Query::Word { word, stemmed }),
        2 => words().prop_map(Query::Phrase),
        2 => (words(), 0u32..4).prop_map(|(words, distance)| Query::Near { words, distance }),
        2 => (word(), 1u8..3).prop_map(|(word, distance)| Query::Fuzzy { word, distance }),
        2 => proptest::sample::select(patterns.to_vec()).prop_map(|pattern| Query::Wildcard(pattern.to_owned())),
        2 => proptest::sample::select(oracle::EXPRESSIONS.to_vec()).prop_map(|(source, _)| Query::Regex(source.to_owned())),
        2 => proptest::sample::select(fields.to_vec()).prop_map(|text| parse(text).query),
        1 => Just(Query::All),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::and),
            proptest::collection::vec(inner.clone(), 1..4).prop_filter_map("empty", Query::or),
            inner.prop_map(Query::negated),
        ]
    })
}

#[test]
fn every_form_of_a_query_means_what_it_says() {
    let mut small = Small::new();
    small.source(
        "T",
        Some(0),
        "A: protocol one two share\nB: We shared the old protocols here.\nC: Share a fresh café, co-location 🙂 and 3.5\n\
         A: مشاركة المعلومات share\nI: Sharing? a\u{0}b\n",
    );
    let (study, searcher) = small.finish();
    for (query, expected) in [
        ("share protocol", "1 2"),
        ("share OR protocol", "1 2 3 4 5"),
        ("share NOT protocol", "3 4 5"),
        ("share -protocol", "3 4 5"),
        ("NOT share", ""),
        ("NOT \"share\"", "2 5"),
        ("NOT NOT old", "2"),
        ("old fresh", ""),
        ("cafe share OR old", "2 3"),
        ("cafe (share OR old)", "3"),
        ("(old OR (fresh AND (cafe OR none))) share", "2 3"),
        ("NOT (old OR fresh)", "1 4 5"),
        ("proto*", "1 2"),
        ("*col", "1"),
        ("*oco*", "1 2"),
        ("pr*ls", "2"),
        ("protocl~1", "1"),
        ("protcl~2", "1"),
        ("protocl~1 old", ""),
        ("\"share one\"~1", "1"),
        ("\"one share\"~1", "1"),
        ("\"one share\"~0", ""),
        ("\"protocol share\"~2", "1"),
        ("\"protocol share\"~1", ""),
        ("\"shared the old\"", "2"),
        ("\"old the\"", ""),
        ("\"the share\"", ""),
        ("/protocols?/", "1 2"),
        ("/protocol/", "1"),
        ("/rotoco/", ""),
        ("/PROTOCOL(s)/", "2"),
        ("/the old/", "2"),
        ("/caf. */", "3"),
        ("/share( a|d) /", "2 3"),
        ("CAFÉ", "3"),
        ("\"cafe\"", "3"),
        ("co-location", "3"),
        ("\"co location\"", "3"),
        ("colocation", ""),
        ("3.5", "3"),
        ("🙂", ""),
        ("🙂 share", "1 2 3 4 5"),
        ("مشاركة", "4"),
        ("\"مشاركة المعلومات\"", "4"),
        ("*ات", "4"),
        ("a\0b", "5"),
        ("speaker:interviewer", "5"),
        ("speaker:interviewer OR old", "2 5"),
        ("-speaker:participant", "5"),
        ("source:T share NOT case:A", "2 3 5"),
        ("source:\"Talk T\" fresh", "3"),
        ("kind:interview in:texts old", "2"),
        ("group:\"Workers\"", "1 4"),
        ("\"share", "1 3 4"),
        ("(share old", "2"),
        ("share) old", "2"),
        ("old AND", "2"),
    ] {
        let expected: Vec<String> = expected.split_whitespace().map(|number| format!("T:{number}")).collect();
        assert_eq!(found(&study, &searcher, query), expected.join(" "), "{query}");
    }
}

#[test]
fn a_query_that_nobody_waits_for_any_more_stops() {
    let (study, searcher) = example();
    let stopped = Options::first(9);
    stopped.cancelled.store(true, Ordering::Relaxed);
    for query in ["share", "theme:Staffing", "NOT share", "\"share information\"", "/a b/"] {
        assert!(matches!(searcher.run(&study, &parse(query).query, &stopped), Err(SearchError::Cancelled)), "{query}");
    }
}

#[test]
fn reading_texts_tells_how_far_it_is() {
    let (study, searcher) = example();
    let told = |text: &str, stop_at: usize| {
        let options = Options::first(9);
        let mut told = Vec::new();
        let found = searcher.run_telling(&study, &parse(text).query, &options, &mut |done, of| {
            told.push((done, of));
            options.cancelled.store(done == stop_at, Ordering::Relaxed);
        });
        (told, found.is_ok())
    };
    assert_eq!(told("share", 0), (vec![], true), "nothing has to be read");
    assert_eq!(told("/share .*/", 0), ((1..=6).map(|done| (done, 6)).collect(), true));
    assert_eq!(told("/share .*/ source:FIF-2", 0), (vec![(1, 2), (2, 2)], true), "only what the rest has left");
    assert_eq!(told("/share .*/", 2), (vec![(1, 6), (2, 6)], false), "it stops at once");
}

#[test]
fn what_another_window_indexed_is_found() {
    let mut small = Small::new();
    small.source("FIF-1", None, "A: share\n");
    let study = Study::from_entities(small.entities, &small.texts).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let texts: Arc<dyn crate::text::Texts> = Arc::new(small.texts);
    let window = || Searcher::new(Arc::new(Index::open(folder.path()).unwrap()), Arc::clone(&texts));
    let (one, other) = (window(), window());
    let run = |searcher: &Searcher| searcher.run(&study, &parse("share").query, &Options::first(9)).unwrap();
    assert!(run(&other).lacking.is_some());
    one.keep_up(&study, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((run(&other).total, run(&other).lacking), (1, None));
}
