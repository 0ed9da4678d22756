//! One test for each rule that the design states of the matrix. The oracle compares whole matrices of random studies;
//! here each sentence is held by itself, so that a failure says which one does not hold any more.

use super::*;
use crate::analysis::testing::{Builder, Put, values};
use crate::study::{AttributeId, AttributeOf, BuiltIn, CaseId, CaseKind, CoderId, Role, StatusKind, Study, ThemeId, ValueId};
use crate::text::Voice::{Author, Interviewer, Participant};

/// A study of managers and clients in Fife and Moray, without anybody or anything said yet.
struct Frame {
    b: Builder,
    ada: CoderId,
    ben: CoderId,
    group: AttributeId,
    managers: ValueId,
    clients: ValueId,
    area: AttributeId,
    fife: ValueId,
    moray: ValueId,
    kind: AttributeId,
    interview: ValueId,
    report: ValueId,
    /// Has `below` as its sub-theme.
    top: ThemeId,
    below: ThemeId,
    other: ThemeId,
}

fn frame() -> Frame {
    let mut b = Builder::new();
    let (ada, ben) = (b.coder("Ada"), b.coder("Ben"));
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let (managers, clients) = (b.value(group, "Managers"), b.value(group, "Clients"));
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let (fife, moray) = (b.value(area, "Fife"), b.value(area, "Moray"));
    let kind = b.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
    let (interview, report) = (b.value(kind, "Interview"), b.value(kind, "Report"));
    let top = b.theme(None, "Partnership");
    let below = b.theme(Some(top), "Sharing");
    let other = b.theme(None, "Money");
    Frame { b, ada, ben, group, managers, clients, area, fife, moray, kind, interview, report, top, below, other }
}

impl Frame {
    fn person(&mut self, label: &str, own: &[(AttributeId, ValueId)]) -> CaseId {
        self.b.case(label, CaseKind::Person, values(own))
    }

    /// An interview in which one case says `words`.
    fn interview_of(&mut self, case: CaseId, words: &str) -> Put {
        let number = self.b.text_count();
        self.b.source(&format!("S{number}"), Some(case), values(&[(self.kind, self.interview)]), &[(None, Participant, words)])
    }

    fn code(&mut self, put: &Put, words: &str, theme: ThemeId) -> crate::study::CodingId {
        self.b.code(put, put.span(words), theme, self.ada)
    }
}

fn by(axes: &[AttributeId]) -> MatrixSpec {
    let columns = axes.iter().map(|axis| Axis::Attribute(*axis)).collect();
    MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: Filter::default() }
}

fn by_case() -> MatrixSpec {
    MatrixSpec { rows: vec![Axis::Themes], columns: vec![Axis::Cases], pages: Vec::new(), filter: Filter::default() }
}

fn theme(id: ThemeId) -> Point {
    Point::Theme(id)
}

fn value(id: ValueId) -> Point {
    Point::Value(Some(id))
}

/// The facts of one cell on the page of all; `None` stands for totals. It must be shown.
fn at(study: &Study, spec: &MatrixSpec, row: Option<Point>, column: Option<&[Point]>) -> Cell {
    on(study, spec, None, row, column)
}

fn on(study: &Study, spec: &MatrixSpec, page: Option<Point>, row: Option<Point>, column: Option<&[Point]>) -> Cell {
    let matrix = matrix(study, spec).unwrap();
    let (page, row, column) = matrix
        .find(&CellKey { page: page.map(|it| vec![it]), row: row.map(|it| vec![it]), column: column.map(<[Point]>::to_vec) })
        .unwrap();
    *matrix.cell(page, row, column).unwrap()
}

#[test]
fn parts_are_participants_words_of_which_at_least_one_is_whole() {
    let mut f = frame();
    let p = f.person("P", &[]);
    let put = f.b.source("S", Some(p), values(&[]), &[(None, Interviewer, "How was it then"), (None, Participant, "We were fine today")]);
    f.code(&put, "it then\n\nWe were fi", f.top);
    let half = f.code(&put, "fin", f.other);
    let study = f.b.study();
    let cell = at(&study, &by_case(), Some(theme(f.top)), Some(&[Point::Case(Some(p))]));
    assert_eq!((cell.codings, cell.words), (1, 2));
    assert_eq!(at(&study, &by_case(), Some(theme(f.other)), None).codings, 0);
    assert_eq!(matrix(&study, &by_case()).unwrap().no_participant_words, [(put.id, half)]);
}

#[test]
fn words_are_of_the_case_span_else_of_the_speaker_else_of_the_source_else_of_nobody_stated() {
    let mut f = frame();
    let (given, speaks, own) = (f.person("Given", &[]), f.person("Speaks", &[]), f.person("Own", &[]));
    let turns = [(Some("X"), Participant, "one two three"), (None, Participant, "four five six seven")];
    let put = f.b.source("S", Some(own), values(&[]), &turns);
    f.b.speaker(&put, "X", Participant, Some(speaks));
    f.b.case_span(&put, put.span("two"), given);
    let unnamed = f.b.source("T", None, values(&[]), &[(None, Participant, "eight nine ten eleven twelve")]);
    f.code(&put, "one two three", f.top);
    f.code(&put, "four five six seven", f.top);
    f.code(&unnamed, "eight nine ten eleven twelve", f.top);
    let study = f.b.study();
    let words = |case| at(&study, &by_case(), Some(theme(f.top)), Some(&[Point::Case(case)])).words;
    assert_eq!([Some(given), Some(speaks), Some(own), None].map(words), [1, 2, 4, 5]);
}

#[test]
fn the_cases_of_a_coding_are_those_of_its_parts() {
    let mut f = frame();
    let (p, q, silent) = (f.person("P", &[]), f.person("Q", &[]), f.person("Silent", &[]));
    let turns = [(Some("X"), Participant, "one two"), (Some("Y"), Participant, "three four"), (Some("Z"), Participant, "five")];
    let put = f.b.source("S", None, values(&[]), &turns);
    for (label, case) in [("X", p), ("Y", q), ("Z", silent)] {
        f.b.speaker(&put, label, Participant, Some(case));
    }
    f.code(&put, "two\n\nY: three", f.top);
    let study = f.b.study();
    let codings = |case: CaseId| at(&study, &by_case(), Some(theme(f.top)), Some(&[Point::Case(Some(case))])).codings;
    assert_eq!([p, q, silent].map(codings), [1, 1, 0]);
    let total = at(&study, &by_case(), Some(theme(f.top)), None);
    assert_eq!((total.codings, total.people.persons), (1, 2));
}

#[test]
fn without_participants_words_a_coding_is_in_no_cell_until_all_voices_are_let_in() {
    let mut f = frame();
    let p = f.person("P", &[(f.group, f.managers)]);
    let turns = [(None, Interviewer, "how was it"), (None, Author, "they were asked"), (None, Participant, "fine")];
    let put = f.b.source("S", Some(p), values(&[]), &turns);
    let asked = f.code(&put, "how was it", f.top);
    let written = f.code(&put, "they were asked", f.top);
    let study = f.b.study();
    let silent = by(&[f.group]);
    let all = MatrixSpec { filter: Filter { all_voices: true, ..Filter::default() }, ..silent.clone() };
    assert_eq!(at(&study, &silent, None, None).codings, 0);
    assert_eq!(matrix(&study, &silent).unwrap().no_participant_words, [(put.id, asked), (put.id, written)]);
    let nobody = at(&study, &all, Some(theme(f.top)), Some(&[Point::Value(None)]));
    assert_eq!((nobody.codings, nobody.passages, nobody.words, nobody.people), (2, 2, 0, People::default()));
    assert_eq!(at(&study, &all, Some(theme(f.top)), Some(&[value(f.managers)])).codings, 0);
}

#[test]
fn a_coding_has_the_values_of_its_cases_and_of_its_source() {
    let mut f = frame();
    let p = f.person("P", &[(f.group, f.managers)]);
    let put = f.interview_of(p, "we share a room");
    f.code(&put, "share", f.top);
    let study = f.b.study();
    let codings = |group, kind| at(&study, &by(&[f.group, f.kind]), Some(theme(f.top)), Some(&[value(group), value(kind)])).codings;
    assert_eq!(codings(f.managers, f.interview), 1);
    assert_eq!([codings(f.managers, f.report), codings(f.clients, f.interview)], [0, 0]);
}

#[test]
fn a_theme_holds_what_its_descendants_hold_and_its_own_level_does_not() {
    let mut f = frame();
    let p = f.person("P", &[]);
    let put = f.interview_of(p, "we share a room");
    f.code(&put, "share", f.below);
    f.code(&put, "room", f.top);
    let study = f.b.study();
    let codings = |point| at(&study, &by_case(), Some(point), None).codings;
    let rows = [Point::Theme(f.top), Point::ThemeOnly(f.top), Point::Theme(f.below), Point::Theme(f.other)];
    assert_eq!(rows.map(codings), [2, 1, 1, 0]);
}

#[test]
fn one_and_the_same_case_has_both_values_of_a_cell() {
    let mut f = frame();
    let p = f.person("P", &[(f.group, f.managers), (f.area, f.moray)]);
    let q = f.person("Q", &[(f.group, f.clients), (f.area, f.fife)]);
    let put = f.b.source("S", None, values(&[]), &[(Some("X"), Participant, "one two"), (Some("Y"), Participant, "three four")]);
    f.b.speaker(&put, "X", Participant, Some(p));
    f.b.speaker(&put, "Y", Participant, Some(q));
    f.code(&put, "one two\n\nY: three four", f.top);
    let study = f.b.study();
    let codings = |group, area| at(&study, &by(&[f.group, f.area]), Some(theme(f.top)), Some(&[value(group), value(area)])).codings;
    assert_eq!([codings(f.managers, f.moray), codings(f.clients, f.fife)], [1, 1]);
    // The coding has managers and Fife, but nobody has both.
    assert_eq!([codings(f.managers, f.fife), codings(f.clients, f.moray)], [0, 0]);
}

#[test]
fn a_case_with_two_values_counts_under_each_and_once_in_the_total() {
    let mut f = frame();
    let p = f.person("P", &[(f.group, f.managers), (f.group, f.clients)]);
    let put = f.interview_of(p, "we share a room");
    f.code(&put, "share", f.top);
    f.code(&put, "share a room", f.other);
    let study = f.b.study();
    let spec = by(&[f.group]);
    let figures = |row, column: Option<&[Point]>| {
        let cell = at(&study, &spec, row, column);
        (cell.people.persons, cell.n.persons, cell.passages, cell.words, cell.sources)
    };
    assert_eq!(figures(Some(theme(f.top)), Some(&[value(f.managers)])), (1, 1, 1, 1, 1));
    assert_eq!(figures(Some(theme(f.top)), Some(&[value(f.clients)])), (1, 1, 1, 1, 1));
    assert_eq!(figures(Some(theme(f.top)), None), (1, 1, 1, 1, 1));
    // Two themes on one stretch are one passage in the total of all themes, counted from its own codings.
    assert_eq!(figures(None, None), (1, 1, 1, 3, 1));
}

#[test]
fn not_stated_is_a_value_like_any_other() {
    let mut f = frame();
    let (p, q) = (f.person("P", &[(f.group, f.managers)]), f.person("Q", &[]));
    let (one, two) = (f.interview_of(p, "we share a room"), f.interview_of(q, "we share a car"));
    f.code(&one, "share", f.top);
    f.code(&two, "share", f.top);
    let study = f.b.study();
    let matrix = matrix(&study, &by(&[f.group])).unwrap();
    let heads: Vec<_> = matrix.columns.iter().map(|head| head.points.as_slice()).collect();
    assert_eq!(heads, [&[value(f.managers)][..], &[value(f.clients)], &[Point::Value(None)]]);
    for (measure, figure) in [(Measure::Participants, 1), (Measure::Passages, 1), (Measure::Words, 1)] {
        assert_eq!(matrix.figure(measure, 0, Some(0), Some(2)), Some(Figure::Count(figure)));
    }
    assert_eq!(matrix.figure(Measure::ShareOfRow, 0, Some(0), Some(2)), Some(Figure::Share(0.5)));
}

#[test]
fn a_second_coder_a_sub_theme_or_another_boundary_never_adds_a_passage() {
    let mut f = frame();
    let p = f.person("P", &[]);
    let put = f.interview_of(p, "we share a room and a kettle");
    let passages = |f: &Frame| {
        let cell = at(&f.b.study(), &by_case(), Some(theme(f.top)), None);
        (cell.passages, cell.codings)
    };
    f.code(&put, "share a room", f.top);
    assert_eq!(passages(&f), (1, 1));
    f.b.code(&put, put.span("share a room"), f.top, f.ben);
    assert_eq!(passages(&f), (1, 2));
    f.code(&put, "a room", f.below);
    assert_eq!(passages(&f), (1, 3));
    f.b.code(&put, put.span("room and"), f.top, f.ben);
    assert_eq!(passages(&f), (1, 4));
    // Touching is not sharing a byte.
    f.code(&put, " a kettle", f.below);
    assert_eq!(passages(&f), (2, 5));
}

#[test]
fn participants_are_distinct_persons_with_other_kinds_of_case_beside_them() {
    let mut f = frame();
    let person = f.person("P", &[]);
    let others = [CaseKind::Pair, CaseKind::Group, CaseKind::InterviewLabel, CaseKind::Unidentified];
    let cases: Vec<CaseId> = others.into_iter().map(|kind| f.b.case(&format!("{kind:?}"), kind, values(&[]))).collect();
    for case in [person, person].into_iter().chain(cases) {
        let put = f.interview_of(case, &format!("we share room {}", f.b.text_count()));
        f.code(&put, "share", f.top);
    }
    let unnamed = f.b.source("U", None, values(&[]), &[(None, Participant, "we share nothing")]);
    f.code(&unnamed, "share", f.top);
    let study = f.b.study();
    let one_each = People { persons: 1, pairs: 1, groups: 1, interview_labels: 1, unidentified: 1 };
    let cell = at(&study, &by_case(), Some(theme(f.top)), None);
    assert_eq!((cell.people, cell.n, cell.passages), (one_each, one_each, 7));
    assert_eq!(cell.people.others(), 3);
    let matrix = matrix(&study, &by_case()).unwrap();
    assert_eq!(matrix.figure(Measure::Participants, 0, Some(0), None), Some(Figure::Count(1)));
}

#[test]
fn words_are_those_of_the_union_of_the_parts_whose_case_is_in_the_cell() {
    let mut f = frame();
    let (p, q) = (f.person("P", &[(f.group, f.managers)]), f.person("Q", &[(f.group, f.clients)]));
    let turns = [(Some("X"), Participant, "one two three four five"), (Some("Y"), Participant, "six seven")];
    let put = f.b.source("S", None, values(&[]), &turns);
    f.b.speaker(&put, "X", Participant, Some(p));
    f.b.speaker(&put, "Y", Participant, Some(q));
    f.code(&put, "one two three", f.top);
    f.code(&put, "three four five\n\nY: six seven", f.top);
    let study = f.b.study();
    let words = |column: Option<&[Point]>| at(&study, &by(&[f.group]), Some(theme(f.top)), column).words;
    assert_eq!([words(Some(&[value(f.managers)])), words(Some(&[value(f.clients)])), words(None)], [5, 2, 7]);
}

/// An interview of a manager and a report of a client, each with one passage of `top`, the interview with one of `other`.
fn two_kinds() -> (Frame, [Put; 2]) {
    let mut f = frame();
    let (p, q) = (f.person("P", &[(f.group, f.managers)]), f.person("Q", &[(f.group, f.clients)]));
    let one = f.interview_of(p, "we share a room");
    let two = f.b.source("R", Some(q), values(&[(f.kind, f.report)]), &[(None, Participant, "we share a car")]);
    f.code(&one, "share", f.top);
    f.code(&one, "room", f.other);
    f.code(&two, "share", f.top);
    (f, [one, two])
}

#[test]
fn shares_are_of_the_totals_of_the_same_page() {
    let (f, _) = two_kinds();
    let spec = MatrixSpec { pages: vec![Axis::Attribute(f.kind)], ..by(&[f.group]) };
    let matrix = matrix(&f.b.study(), &spec).unwrap();
    let share = |measure, page, row, column| match matrix.figure(measure, page, Some(row), Some(column)) {
        Some(Figure::Share(share)) => Some(share),
        None => None,
        other => panic!("{other:?} is no share"),
    };
    // Rows: top, its own level, below, other; columns: managers, clients; pages: all, interviews, reports.
    assert_eq!([share(Measure::ShareOfRow, 0, 0, 0), share(Measure::ShareOfRow, 1, 0, 0)], [Some(0.5), Some(1.0)]);
    assert_eq!([share(Measure::ShareOfColumn, 0, 0, 0), share(Measure::ShareOfColumn, 2, 0, 1)], [Some(0.5), Some(1.0)]);
    // Nothing of nothing, and nobody there.
    assert_eq!([share(Measure::ShareOfRow, 0, 2, 0), share(Measure::ShareOfRow, 2, 0, 0)], [None, None]);
}

#[test]
fn n_are_the_cases_that_speak_as_participants_in_the_sources_left_in() {
    let (mut f, _) = two_kinds();
    // Somebody of whom nothing is heard but as an interviewer, and somebody who is nowhere.
    let asks = f.person("Asks", &[(f.group, f.managers)]);
    f.person("Nowhere", &[(f.group, f.managers)]);
    let put = f.b.source("V", None, values(&[(f.kind, f.interview)]), &[(Some("I"), Interviewer, "how was it")]);
    f.b.speaker(&put, "I", Interviewer, Some(asks));
    let study = f.b.study();
    let spec = MatrixSpec { pages: vec![Axis::Attribute(f.kind)], ..by(&[f.group]) };
    let n = |page: Option<Point>, group| on(&study, &spec, page, Some(theme(f.other)), Some(&[value(group)])).n.persons;
    assert_eq!([n(None, f.managers), n(None, f.clients)], [1, 1]);
    assert_eq!([n(Some(value(f.interview)), f.managers), n(Some(value(f.interview)), f.clients)], [1, 0]);
    assert_eq!([n(Some(value(f.report)), f.managers), n(Some(value(f.report)), f.clients)], [0, 1]);
}

#[test]
fn nobody_of_any_kind_is_the_structural_zero() {
    let mut f = frame();
    let group = f.b.case("G", CaseKind::Group, values(&[(f.group, f.managers)]));
    f.interview_of(group, "we share a room");
    let study = f.b.study();
    let matrix = matrix(&study, &by(&[f.group])).unwrap();
    let kind = |column| matrix.cell(0, Some(0), Some(column)).unwrap().kind();
    assert_eq!([kind(0), kind(1)], [CellKind::Open, CellKind::NoSuchParticipants]);
    let figures = [Measure::Passages, Measure::Participants, Measure::Words].map(|measure| matrix.figure(measure, 0, Some(0), Some(1)));
    assert_eq!(figures, [None; 3]);
    assert_eq!(matrix.figure(Measure::Participants, 0, Some(0), Some(0)), Some(Figure::Count(0)));
}

#[test]
fn pages_and_filters_restrict_cells_n_and_totals_alike() {
    let (f, _) = two_kinds();
    let study = f.b.study();
    let page = MatrixSpec { pages: vec![Axis::Attribute(f.kind)], ..by(&[f.group]) };
    let filter = Filter { kinds: [Some(f.report)].into(), ..Filter::default() };
    let filtered = MatrixSpec { filter, ..by(&[f.group]) };
    let columns: [Option<&[Point]>; 3] = [Some(&[value(f.managers)]), Some(&[value(f.clients)]), None];
    for row in [Some(theme(f.top)), Some(theme(f.other)), None] {
        for column in columns {
            let (paged, left_in) = (on(&study, &page, Some(value(f.report)), row, column), at(&study, &filtered, row, column));
            assert_eq!(paged, left_in, "{row:?} {column:?}");
        }
    }
    let total = at(&study, &filtered, None, None);
    assert_eq!((total.passages, total.n.persons, total.sources), (1, 1, 1));
}

#[test]
fn filters_by_coder_and_quote_mark_leave_out_codings_but_nobody() {
    let (mut f, [one, two]) = two_kinds();
    let own = f.b.code(&two, two.span("car"), f.other, f.ben);
    f.b.quote(&two, two.span("car"), own, f.ben);
    f.b.status(&one, f.ada, StatusKind::Done);
    let study = f.b.study();
    let check = |filter: Filter, expected: (u32, u32, u32)| {
        let cell = at(&study, &MatrixSpec { filter, ..by(&[f.group]) }, None, None);
        assert_eq!((cell.codings, cell.n.persons, cell.done), expected);
    };
    check(Filter::default(), (4, 2, 1));
    check(Filter { coder: Some(f.ada), ..Filter::default() }, (3, 2, 1));
    // Done is then what this coder says.
    check(Filter { coder: Some(f.ben), ..Filter::default() }, (1, 2, 0));
    check(Filter { quote_marked: true, ..Filter::default() }, (1, 2, 1));
}

#[test]
fn every_cell_is_of_one_of_four_kinds() {
    let (mut f, [one, two]) = two_kinds();
    f.b.status(&one, f.ada, StatusKind::Done);
    f.b.status(&two, f.ada, StatusKind::Coding);
    let study = f.b.study();
    let kind = |theme: ThemeId, group, area| {
        let spec = by(&[f.group, f.area]);
        at(&study, &spec, Some(Point::Theme(theme)), Some(&[value(group), area])).kind()
    };
    let nowhere = Point::Value(None);
    assert_eq!(kind(f.top, f.managers, nowhere), CellKind::Coded);
    assert_eq!(kind(f.below, f.managers, nowhere), CellKind::DoneNothing);
    assert_eq!(kind(f.below, f.clients, nowhere), CellKind::Open);
    assert_eq!(kind(f.top, f.managers, value(f.fife)), CellKind::NoSuchParticipants);
}

#[test]
fn a_passage_whose_words_are_gone_is_not_counted() {
    let (mut f, [one, _]) = two_kinds();
    let before = at(&f.b.study(), &by_case(), None, None);
    let gone = f.b.earlier(&one);
    f.b.code(&gone, one.span("we"), f.top, f.ada);
    let study = f.b.study();
    assert_eq!(at(&study, &by_case(), None, None), before);
    assert_eq!(matrix(&study, &by_case()).unwrap().no_participant_words, []);
}
