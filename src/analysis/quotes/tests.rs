use super::*;
use crate::analysis::testing::{Builder, Put, values};
use crate::study::{AttributeOf, BuiltIn, CaseKind, Role, Values};
use crate::text::Step;
use crate::text::Voice::{Author, Interviewer, Participant};

/// A study of two people in two places: Ann, a carer in Area A, and Ben, a nurse in Area B.
struct Two {
    builder: Builder,
    ann: Put,
    ben: Put,
}

fn two() -> Two {
    let mut builder = Builder::new();
    let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let area = builder.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let kind = builder.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
    let children = builder.attribute("Children", AttributeOf::Cases, None, None);
    let focus_group = builder.value(kind, "Focus group");
    builder.value(kind, "Interview");
    let [three, _] = ["3", "7"].map(|name| builder.value(children, name));
    let [carers, nurses] = ["Carers", "Nurses"].map(|name| builder.value(group, name));
    let [first, second] = ["Area A", "Area B"].map(|name| builder.value(area, name));
    let ann = builder.case("P07", CaseKind::Person, values(&[(group, carers), (area, first), (children, three)]));
    let ben = builder.case("P08", CaseKind::Person, values(&[(group, nurses), (area, second)]));
    let said = [
        (Some("I"), Interviewer, "And how did you come to know about the respite week in the first place?"),
        (Some("Ann"), Participant, "My sister told me, and I did not believe her until the letter came in March."),
        (Some("I"), Interviewer, "Right."),
        (Some("Ann"), Participant, "We share one small room, and it is never warm."),
    ];
    let first = builder.source("A1", None, values(&[(kind, focus_group)]), &said);
    builder.speaker(&first, "I", Interviewer, None);
    builder.speaker(&first, "Ann", Participant, Some(ann));
    let said = [(
        Some("Ben"),
        Participant,
        "I never saw the letter myself, but everybody on the ward had heard of it. We share one small room, and it is never warm.",
    )];
    let second = builder.source("B1", None, Values::new(), &said);
    builder.speaker(&second, "Ben", Participant, Some(ben));
    Two { builder, ann: first, ben: second }
}

fn quotation(words: &str, attribution: &str) -> Quotation {
    let attribution = (!attribution.is_empty()).then(|| attribution.to_owned());
    Quotation { words: words.to_owned(), attribution, beside: Vec::new(), aside: None, paragraph: 1, line: Some(1) }
}

impl Two {
    fn checked(&self, quotations: &[Quotation]) -> Checked {
        check(&self.builder.study(), &self.builder.blobs, quotations).unwrap()
    }

    fn one(&self, words: &str, attribution: &str) -> Finding {
        let mut checked = self.checked(&[quotation(words, attribution)]);
        checked.findings.pop().unwrap()
    }
}

#[test]
fn attributions_are_held_against_the_case() {
    let study = two();
    let words = "My sister told me, and I did not believe her";
    let other = |says: &str, source: &str| Attributed::Contradicts(vec![Contradiction { says: says.into(), source: source.into() }]);
    for (attribution, expected) in [
        ("P07", Attributed::Agrees),
        ("P07, carer, Area A", Attributed::Agrees),
        ("Carer, interview 7", Attributed::Agrees),
        ("Interview A1", Attributed::Agrees),
        ("Ann", Attributed::Agrees),
        ("", Attributed::SaysNothing),
        ("participant", Attributed::SaysNothing),
        ("P08", other("P08", "P07")),
        ("P07, nurse, Area A", other("nurse", "Carers")),
        ("carer, Area B", other("Area B", "Area A")),
        ("Carer 9, Area A", other("9", "P07")),
        ("Interview B1", other("Interview B1", "A1")),
        ("plumber", Attributed::Unreadable),
    ] {
        assert_eq!(study.one(words, attribution).attributed, expected, "{attribution}");
    }
}

#[test]
fn labels_of_speakers_are_compared_whole() {
    let mut study = two();
    let area = study.builder.study().attributes().with_role(Role::Area).unwrap().id;
    let fife = study.builder.value(area, "Fife");
    let said = [
        (Some("Worker A"), Participant, "But you hear things that day, and it used to come in a letter."),
        (Some("Worker B"), Participant, "When I go by, housing look at their shoes."),
        (Some("Participant 1"), Participant, "The bus never comes on a Sunday."),
        (Some("Participant 2"), Participant, "I walk the six miles to the office."),
        (Some("P"), Participant, "The parcel had been opened before."),
    ];
    let source = study.builder.source("FG1", None, Values::new(), &said);
    for (label, case) in
        [("Worker A", "FG1-A"), ("Worker B", "FG1-B"), ("Participant 1", "FG1-1"), ("Participant 2", "FG1-2"), ("P", "FG1-P")]
    {
        let case = study.builder.case(case, CaseKind::Person, values(&[(area, fife)]));
        study.builder.speaker(&source, label, Participant, Some(case));
    }
    let [a, b, one, two, p] = [
        "it used to come in a letter",
        "housing look at their shoes",
        "bus never comes on a Sunday",
        "I walk the six miles to the office",
        "The parcel had been opened",
    ];
    let other = |says: &str, source: &str| Attributed::Contradicts(vec![Contradiction { says: says.into(), source: source.into() }]);
    for (words, attribution, expected) in [
        (a, "Worker A", Attributed::Agrees),
        (b, "Worker A, Fife", other("Worker A", "FG1-B")),
        (a, "Worker B, Fife", other("Worker B", "FG1-A")),
        (a, "Fife, worker a", Attributed::Agrees),
        (one, "Participant 2", other("Participant 2", "FG1-1")),
        (two, "Participant 2", Attributed::Agrees),
        (two, "participant, Fife", Attributed::Agrees),
        (p, "P, Fife", Attributed::Agrees),
        (a, "P, Fife", other("P", "FG1-A")),
        (a, "Worker D", Attributed::Unreadable),
        // Labels are those of one source.
        ("My sister told me, and I did not believe her", "Worker A", Attributed::Unreadable),
    ] {
        assert_eq!(study.one(words, attribution).attributed, expected, "{words} ({attribution})");
    }
    let beside = Quotation { beside: vec!["Worker A".into()], ..quotation(b, "") };
    assert_eq!(study.checked(&[beside]).findings[0].attributed, other("Worker A", "FG1-B"));
}

#[test]
fn of_several_places_the_one_that_is_meant_is_told_first() {
    let study = two();
    let words = "We share one small room, and it is never warm.";
    for (attribution, first, other) in [("P08", &study.ben, &study.ann), ("carer", &study.ann, &study.ben), ("", &study.ann, &study.ben)] {
        let finding = study.one(words, attribution);
        assert_eq!(finding.faults, [], "{attribution}");
        assert_eq!(finding.place.as_ref().map(|place| place.source), Some(first.id), "{attribution}");
        assert_eq!(finding.others.iter().map(|place| place.source).collect::<Vec<_>>(), [other.id], "{attribution}");
    }
    assert_eq!(study.one(words, "").place.unwrap().spans, [study.ann.span("We share one small room, and it is never warm")]);
}

#[test]
fn what_is_wrong_is_named() {
    let study = two();
    for (words, attribution, faults) in [
        ("I never saw the letter myself", "P08", &[][..]),
        ("how did you come to know about the respite week", "P07", &[Fault::Interviewer, Fault::Attribution]),
        ("a horse of quite another colour altogether", "P07", &[Fault::NotFound]),
        ("My sister told me, and I did believe her until the letter came", "P07", &[Fault::Turned]),
        ("My sister told me, and I did not believe her until the parcel came", "P07", &[Fault::Words]),
        ("until the letter came in March. Right. We share one small room", "P07", &[Fault::Joined]),
        ("My sister told me, and I did not believe her, but everybody on the ward had heard of it", "", &[Fault::Joined, Fault::Words]),
        ("I never saw the letter myself", "plumber", &[Fault::Unreadable]),
        // What editors set in brackets is no fault, and hides none.
        ("[M]y sister told me[1], and I did[n't] believe her", "P07", &[]),
        ("[W]e['d] share one small room, and it['s] never warm", "P07", &[]),
        ("'[I]t['s] never warm'", "P07", &[]),
        ("[M]y brother told me[1], and I did[n't] believe her", "P07", &[Fault::Words]),
        ("[M]y sister told me[1], and I did believe her", "P07", &[Fault::Turned]),
        ("[T]hey['d] share one small room, and it['s] never warm", "P07", &[Fault::Words]),
        // What brackets put in and ellipses leave out may turn the sense.
        ("I [never] did believe it until the letter came", "P07", &[Fault::Turned, Fault::Bracketed]),
        ("My sister told me, and I did … believe her until the letter came", "P07", &[Fault::Turned]),
        ("everybody on the ward had [not] heard of it", "P08", &[Fault::Turned, Fault::Bracketed]),
        ("everybody on the ward had [read about] it", "P08", &[Fault::Bracketed]),
        ("everybody on the ward had [read of]", "P08", &[Fault::Bracketed]),
        ("everybody on the ward had heard of it [the letter]", "P08", &[]),
        ("My sister … came in March", "P07", &[]),
    ] {
        assert_eq!(study.one(words, attribution).faults, faults, "{words}");
    }
    let finding = study.one("My sister told me, and I did believe her", "");
    assert_eq!(finding.altered, [Altered { step: Step::Missing, quoted: String::new(), source: "not".into() }]);
    assert_eq!((finding.verdict, finding.similarity < 1.0), (Verdict::Nearest, true));
}

#[test]
fn an_authors_words_are_no_participants() {
    let mut study = two();
    let report =
        study.builder.source("R1", None, Values::new(), &[(None, Author, "We found that rooms are small and cold nearly everywhere.")]);
    let finding = study.one("rooms are small and cold nearly everywhere", "");
    assert_eq!(finding.faults, [Fault::Author]);
    assert_eq!(finding.place.unwrap().source, report.id);
}

#[test]
fn few_words_and_literature_are_skipped_and_told() {
    let study = two();
    let mut few = quotation("respite week", "");
    let skipped = |quotation: &Quotation| study.checked(std::slice::from_ref(quotation)).skipped.first().map(|skipped| skipped.why);
    assert_eq!(skipped(&few), Some(SkippedFor::Few));
    assert_eq!(skipped(&quotation("respite week", "as it is called")), Some(SkippedFor::Few));
    assert_eq!(skipped(&quotation("never warm", "P07")), None);
    assert_eq!(skipped(&quotation("a room is a room is a room", "Stein, 1922")), Some(SkippedFor::Literature));
    assert_eq!(skipped(&quotation("a room is a room is a room", "Stein et al")), Some(SkippedFor::Literature));
    assert_eq!(skipped(&quotation(&"room ".repeat(MOST_WORDS + 1), "P07")), Some(SkippedFor::Long));
    // What stands near it counts where it says nothing but whose words they are.
    few.beside = vec!["as they call it".into(), "P07, carer".into()];
    assert_eq!(skipped(&few), None);
}

#[test]
fn the_spread_counts_whoever_is_quoted() {
    let study = two();
    let words = ["My sister told me", "until the letter came in March", "I did not believe her until", "it is never warm"];
    let quotations: Vec<_> =
        words.iter().map(|words| quotation(words, "P07")).chain([quotation("no such words in any of them", "")]).collect();
    let spread = study.checked(&quotations).spread;
    let counts = |cell: &SpreadCell| (cell.quotations, cell.participants_quoted, cell.participants, cell.words, cell.quoted);
    assert_eq!(spread.groups.iter().map(counts).collect::<Vec<_>>(), [(4, 1, 1, 26, Share::More), (0, 0, 1, 25, Share::Less)]);
    assert_eq!(spread.cells.len(), 2, "no carer is in Area B");
    assert_eq!((spread.all.quotations, spread.all.words, spread.all.share_of_quotations), (4, 51, Some(1.0)));
    assert_eq!(spread.cases.iter().map(|share| (share.quotations, share.words)).collect::<Vec<_>>(), [(4, 26), (0, 25)]);
    assert_eq!(study.checked(&[]).spread.all.share_of_quotations, None);
}

#[test]
fn what_differs_stands_beside_what_the_source_has() {
    let study = two();
    let shown = |words: &str| {
        let pieces = study.one(words, "P07").pieces().into_iter().map(|piece| match piece {
            Piece::Both(words) => words,
            Piece::Quotation(words) => format!("-{words}-"),
            Piece::Source(words) => format!("+{words}+"),
        });
        pieces.collect::<String>()
    };
    for (quoted, expected) in [
        ("We share one small room, and it is never warm.", "We share one small room, and it is never warm."),
        ("We share one large room, and it is never warm.", "We share one -large- +small+ room, and it is never warm."),
        ("We share one room, and is never warm.", "We share one +small+ room, and +it+ is never warm."),
        ("We share one small cosy room, and it is never warm.", "We share one small -cosy- room, and it is never warm."),
        ("[They] share one small room … never warm", "[They] share one small room … never warm"),
        (
            "My sister told me, and I did not believe the letter came",
            "My sister told me, and I did not believe +her until+ the letter came",
        ),
        ("nobody ever said a word like this anywhere", "nobody ever said a word like this anywhere"),
    ] {
        assert_eq!(shown(quoted), expected);
    }
}

#[test]
fn findings_are_counted_and_a_check_can_be_stopped() {
    let study = two();
    let all = [
        quotation("We share one small room", "P07"),
        quotation("We share one large room, and it is never warm", "P08"),
        quotation("nobody ever said a word like this anywhere", ""),
        quotation("My sister told me, and I did not believe her", "P08"),
        quotation("My sister told me, and I did not believe her", "the neighbour"),
    ];
    let tally = study.checked(&all).tally();
    let expected =
        Tally { quotations: 5, exact: 3, differ: 1, not_found: 1, attributions_differ: 1, attributions_unknown: 1, to_look_at: 4 };
    assert_eq!(tally, expected);
    let mut told = Vec::new();
    let go_on = |done| {
        told.push(done);
        done < 2
    };
    let some = check_while(&study.builder.study(), &study.builder.blobs, &all, go_on).unwrap();
    assert_eq!((some.findings.len(), told), (2, vec![0, 0, 0, 1, 2]), "two texts, then the quotations");
}

#[test]
fn marks_and_codings_under_a_quotation_are_told() {
    let mut study = two();
    let coder = study.builder.coder("Elspeth");
    let rooms = study.builder.theme(None, "Rooms");
    let letters = study.builder.theme(None, "Letters");
    let span = study.ann.span("one small room");
    let coding = study.builder.code(&study.ann.clone(), span, rooms, coder);
    let whole = study.ben.span("I never saw the letter myself");
    study.builder.code(&study.ben.clone(), whole, letters, coder);
    study.builder.quote(&study.ann.clone(), span, coding, coder);
    let place = study.one("We share one small room", "P07").place.unwrap();
    assert_eq!((place.themes, place.quote_marked), (vec![rooms], true));
    let place = study.one("I never saw the letter myself", "P08").place.unwrap();
    assert_eq!((place.themes, place.quote_marked), (vec![letters], false));

    let list = marked(&study.builder.study(), &study.builder.blobs).unwrap();
    assert_eq!(list.len(), 1);
    let quote = &list[0];
    assert_eq!((quote.words.as_str(), quote.theme, quote.paragraph, quote.broken), ("one small room", Some(rooms), 3, false));
    assert_eq!(quote.cases.len(), 1);
}
