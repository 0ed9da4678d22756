//! The project as JSON, looked at as another program would.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::EXPLAINED;
use crate::analysis::testing::{Builder, values};
use crate::exchange::export::{Content, Form, Labels, Leaving, Wish, leaving, to_the_end};
use crate::study::{
    AttributeOf, BuiltIn, CaseKind, Citation, Cites, Confirmed, Crossed, Crossing, Dimension, DimensionId, DimensionValue,
    DimensionValueId, Evidence, EvidenceId, EvidenceOf, Example, Memo, MemoId, MemoKind, MemoOn, Placement, Proposition, PropositionId,
    PropositionStatus, Role, Searched, Silence, StatusKind, Study, Summary, SummaryId, SummaryState, Typology, TypologyId, Weight,
};
use crate::text::{Span, Voice};

/// A study with something of everything: three managers in Fife, of whom two speak, and one alone in Moray.
pub(in crate::exchange::export) fn rich() -> (Builder, Study) {
    let mut b = Builder::new();
    let (ada, bea) = (b.coder("Ada"), b.coder("Bea"));
    let secret = b.attribute("Employer", AttributeOf::Cases, None, None);
    let council = b.value(secret, "The council");
    b.identifying();
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let kind = b.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
    let (managers, interview) = (b.value(group, "Managers"), b.value(kind, "Interview"));
    let [fife, moray] = ["Fife", "Moray"].map(|name| b.value(area, name));
    let rooms = b.theme(None, "Rooms");
    let heating = b.theme(Some(rooms), "Heat › light");
    let forms = b.theme(None, "Forms");
    let case = |b: &mut Builder, label: &str, place| {
        b.case(label, CaseKind::Person, values(&[(group, managers), (area, place), (secret, council)]))
    };
    let [p1, p2, _] = ["P1", "P2", "P3"].map(|label| case(&mut b, label, fife));
    let alone = case(&mut b, "P4", moray);
    let one = b.source(
        "S1",
        None,
        values(&[(kind, interview)]),
        &[
            (Some("Jean Brown"), Voice::Interviewer, "Is it warm?"),
            (Some("Mary Smith"), Voice::Participant, "Cold 👩🏽‍🦱 as e\u{301}ver, =never <warm> & \"dry\"."),
            (Some("Mary Smith"), Voice::Participant, "And the forms.\nToo many."),
            (Some("Somebody"), Voice::Participant, "Aye."),
        ],
    );
    for (label, voice, case) in
        [("Jean Brown", Voice::Interviewer, None), ("Mary Smith", Voice::Participant, Some(p1)), ("Somebody", Voice::Participant, None)]
    {
        b.speaker(&one, label, voice, case);
    }
    let two = b.source("S2", Some(alone), values(&[]), &[(None, Voice::Participant, "Warm as toast up here.")]);
    let wide = b.code(&one, Span::new(one.span("👩🏽‍🦱").start, one.span("And the forms.").end), rooms, ada);
    b.code(&one, one.span("as e\u{301}ver"), heating, ada);
    b.code(&one, one.span("e\u{301}ver, =never"), heating, bea);
    b.code(&one, one.span("Too many."), forms, bea);
    b.code(&one, one.span("Is it warm?"), heating, bea);
    let warm = b.code(&two, two.span("Warm as toast"), heating, ada);
    let gone = b.earlier(&two);
    b.code(&gone, gone.span("toast up"), rooms, ada);
    b.quote(&two, two.span("Warm as toast"), warm, ada);
    b.contrary(&two, warm, "everybody is cold", bea);
    b.memo(&one, wide, "Look again.\nTwice.", bea);
    b.case_span(&one, one.span("Too many."), p2);
    b.status(&one, ada, StatusKind::Done);
    b.stamp("S1", "Too many.", 61_000);
    let place = Span::new(one.span("Cold").start, one.span("👩🏽‍🦱").end);
    b.put(Example {
        id: Example::id_of(heating),
        theme: heating,
        source: one.id,
        revision: one.revision,
        span: place,
        coder: ada,
        time: 0,
    });
    let of = |case| Crossing { theme: heating, of: Crossed::Case(case) };
    let here = |place| Crossing { theme: rooms, of: Crossed::Values(BTreeMap::from([(group, Some(managers)), (area, Some(place))])) };
    let ons = [
        MemoOn::Project,
        MemoOn::Source { source: one.id },
        MemoOn::Passage { source: one.id, revision: one.revision, span: place },
        MemoOn::Theme { theme: forms },
        MemoOn::Case { case: p1 },
        MemoOn::Cell { cell: here(moray) },
    ];
    for (at, on) in (1..).zip(ons) {
        let id = MemoId(uuid::Uuid::from_u128(9000 + at));
        b.put(Memo { id, on, kind: MemoKind::Method, text: format!("Memo {at}"), coder: ada, time: i64::try_from(at).unwrap() });
    }
    let cites = [
        Citation { number: 1, of: Cites::Passage { source: one.id, revision: one.revision, span: place }, words: "Cold".into() },
        Citation { number: 2, of: Cites::Summary { case: p2 }, words: "P2".into() },
    ];
    let summary = |at: u128, cell: Crossing| Summary {
        id: SummaryId(uuid::Uuid::from_u128(9100 + at)),
        cell,
        from: None,
        text: "It is cold [1].".into(),
        spread: Default::default(),
        citations: cites.to_vec(),
        state: SummaryState::Charted,
        silence: None,
        basis: Default::default(),
        coder: ada,
        time: 5,
        confirmed: Some(Confirmed { coder: bea, time: 6 }),
    };
    b.put(summary(1, of(p1)));
    b.put(Summary { silence: Some(Silence::NotAsked), text: String::new(), citations: Vec::new(), ..summary(2, of(p2)) });
    b.put(summary(3, here(fife)));
    b.put(summary(4, here(moray)));
    let proposition = PropositionId(uuid::Uuid::from_u128(9200));
    let searched = Some(Searched { coder: bea, time: 9 });
    b.put(Proposition {
        id: proposition,
        statement: "It is cold.".into(),
        note: String::new(),
        status: PropositionStatus::Holds,
        searched,
        coder: ada,
        time: 8,
        position: 1,
    });
    let pieces = [
        (EvidenceOf::Passage { source: two.id, revision: two.revision, span: two.span("Warm") }, Weight::Contradicts),
        (EvidenceOf::Cell { cell: of(p1) }, Weight::Supports),
    ];
    for (at, (of, weight)) in (1..).zip(pieces) {
        let id = EvidenceId(uuid::Uuid::from_u128(9300 + at));
        b.put(Evidence { id, proposition, weight, of, words: "as it was".into(), note: "why".into(), coder: ada, time: 10 });
    }
    let typology = TypologyId(uuid::Uuid::from_u128(9400));
    b.put(Typology { id: typology, name: "Temper".into(), about: "How they bear it.".into(), coder: ada, time: 11, position: 1 });
    let (dimension, value) = (DimensionId(uuid::Uuid::from_u128(9500)), DimensionValueId(uuid::Uuid::from_u128(9600)));
    let named = BTreeMap::from([(value, DimensionValue { name: "Stoic".into(), position: 1 })]);
    b.put(Dimension { id: dimension, typology, name: "Mood".into(), values: named, position: 1 });
    b.put(Placement {
        id: Placement::id_of(dimension, p1),
        dimension,
        case: p1,
        value: Some(value),
        reason: "says so".into(),
        rests_on: vec![of(p1)],
        coder: ada,
        time: 12,
    });
    let study = b.study();
    (b, study)
}

fn bytes(b: &Builder, study: &Study, labels: Labels) -> Vec<u8> {
    let wish = Wish { labels, ..Wish::whole(study, Content::Project, Form::Json, 1_000) };
    let Leaving::Project(project) = leaving(study, &b.blobs, &wish, &mut to_the_end).unwrap() else { panic!("no project") };
    project.bytes
}

fn told(b: &Builder, study: &Study, labels: Labels) -> Value {
    serde_json::from_slice(&bytes(b, study, labels)).unwrap()
}

/// Every key with the path to it, as the page that explains them writes it; cells are the same wherever they are.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let own = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                found.insert(own.clone());
                let own = if matches!(key.as_str(), "cell" | "rests_on") { "cell" } else { own.as_str() };
                keys(value, own, found);
            }
        }
        // The items of a list in a cell are its own; those of a list of cells are the cells.
        Value::Array(items) => {
            let own = if path == "cell" { path.to_owned() } else { format!("{path}[]") };
            for item in items {
                keys(item, &own, found);
            }
        }
        _ => {}
    }
}

/// What the page explains: keys below the heading of the list or object they are in.
fn explained() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut heading = String::new();
    for line in EXPLAINED.lines() {
        if let Some(of) = line.strip_prefix("## ") {
            heading = of.strip_prefix('`').and_then(|of| of.strip_suffix('`')).map(|of| format!("{of}.")).unwrap_or_default();
        }
        if let Some((key, _)) = line.strip_prefix("| `").and_then(|rest| rest.split_once('`')) {
            found.insert(format!("{heading}{key}"));
        }
    }
    found
}

#[test]
fn every_key_is_explained_and_every_explained_key_is_there() {
    let (b, study) = rich();
    let mut found = BTreeSet::new();
    for labels in [Labels::IDS, Labels::FULL.masking(Some(2))] {
        keys(&told(&b, &study, labels), "", &mut found);
    }
    let mut explained = explained();
    assert!(explained.remove("cell"));
    assert_eq!(found.difference(&explained).collect::<Vec<_>>(), Vec::<&String>::new(), "not explained");
    assert_eq!(explained.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "explained and not there");
}

/// Calls for every object that has words of a source, with the identity of the source.
fn each_words<'v>(value: &'v Value, source: Option<&'v str>, see: &mut dyn FnMut(&'v str, &'v Value)) {
    match value {
        Value::Object(fields) => {
            let own = if fields.contains_key("paragraphs") { &value["id"] } else { &value["source"] };
            let source = own.as_str().or(source);
            if fields.contains_key("quote") {
                see(source.unwrap(), value);
            }
            fields.values().for_each(|value| each_words(value, source, see));
        }
        Value::Array(items) => items.iter().for_each(|item| each_words(item, source, see)),
        _ => {}
    }
}

#[test]
fn offsets_yield_quotes_whatever_is_between() {
    let (b, study) = rich();
    for labels in [Labels::IDS, Labels::FULL] {
        let told = told(&b, &study, labels);
        let sources = told["sources"].as_array().unwrap().iter();
        let texts: BTreeMap<&str, Vec<char>> =
            sources.map(|source| (source["id"].as_str().unwrap(), source["text"].as_str().unwrap().chars().collect())).collect();
        let (mut placed, mut broken) = (0, 0);
        each_words(&told, None, &mut |source, words| {
            if let (Some(start), Some(end)) = (words["start"].as_u64(), words["end"].as_u64()) {
                let from: String = texts[source][start as usize..end as usize].iter().collect();
                assert_eq!(from, words["quote"].as_str().unwrap());
                placed += 1;
            } else {
                assert!(words["broken"].as_bool().unwrap() && words["quote"] == "toast up", "{words}");
                broken += 1;
            }
        });
        assert_eq!((placed, broken), (19, 1), "codings, marks, paragraphs, examples, citations, evidence, memos");
        let first = &told["sources"][0]["codings"][1];
        let expected = if labels.is_full() { "\n\nMary Smith: And" } else { "\n\nP1: And" };
        assert!(first["quote"].as_str().unwrap().contains(expected), "{first}");
    }
}

#[test]
fn what_stays_behind_in_other_exports_stays_behind_here() {
    let (b, study) = rich();
    let ids = String::from_utf8(bytes(&b, &study, Labels::IDS)).unwrap();
    for name in ["Mary", "Jean", "Interview S1", "S1.txt", "council", "Somebody"] {
        assert!(!ids.contains(name), "{name} leaves by ids");
    }
    let full = String::from_utf8(bytes(&b, &study, Labels::FULL)).unwrap();
    for name in ["Mary", "Jean", "Interview S1", "S1.txt", "council", "Somebody", "Moray"] {
        assert!(full.contains(name), "{name} leaves in full");
    }
    let masked = told(&b, &study, Labels::IDS.masking(Some(2)));
    assert!(!masked.to_string().contains("Moray"), "{masked}");
    let [.., alone] = masked["cases"].as_array().unwrap().as_slice() else { panic!("no cases") };
    assert_eq!((alone["label"].as_str(), alone["masked"].as_array().unwrap().len()), (Some("P4"), 1), "{alone}");
    let says = |at: usize| masked["summaries"][at]["cell"]["values"].to_string();
    let cells = says(0) + &says(1);
    assert!(cells.contains("masked (fewer than 2)") && cells.contains("Fife") && !cells.contains("council"), "{cells}");
    assert_eq!(masked["attributes"].as_array().unwrap().len(), 3, "what identifies is not there");
}

#[test]
fn the_same_project_gives_the_same_bytes_and_nobody_waits_for_more() {
    let (b, study) = rich();
    assert_eq!(bytes(&b, &study, Labels::FULL), bytes(&b, &study, Labels::FULL));
    let wish = Wish::whole(&study, Content::Project, Form::Json, 0);
    assert!(leaving(&study, &b.blobs, &wish, &mut |_, _| false).is_err());
    let says = leaving(&study, &b.blobs, &wish, &mut to_the_end).unwrap().says();
    assert_eq!(says, "2 sources, 4 cases, 3 themes, 7 codings");
}
