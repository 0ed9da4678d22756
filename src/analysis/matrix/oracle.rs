//! The matrix counted again, slowly, word for word as the design states it, and compared on random studies.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::analysis::testing::{Builder, values};
use crate::study::{
    AttributeOf, BuiltIn, CaseId, CaseKind, CoderId, Coding, CodingId, Material, Role, SourceId, StatusKind, Study, ThemeId, ValueId,
    Values,
};
use crate::text::{Span, Voice};

/// Whose words a byte of participants' text is.
type Owner = Option<CaseId>;

/// Every word that participants said: where it stands and whose it is.
fn said(material: &Material, text: &str) -> Vec<(Span, Owner)> {
    let mut words = Vec::new();
    for paragraph in material.geometry.paragraphs() {
        let label = material.geometry.labels().get(usize::from(paragraph.speaker));
        let speaker = label.and_then(|label| material.speakers.iter().find(|speaker| *speaker.label == **label));
        if speaker.map_or(paragraph.voice, |speaker| speaker.voice) != Voice::Participant {
            continue;
        }
        let usual = speaker.and_then(|speaker| speaker.case).or(material.source.case);
        for (at, word) in split(paragraph.span.slice(text)) {
            let span = Span::of(paragraph.span.start as usize + at..paragraph.span.start as usize + at + word.len());
            let by_hand = material.case_spans.iter().find(|given| given.span.covers(span));
            words.push((span, by_hand.map_or(usual, |given| Some(given.case))));
        }
    }
    words
}

fn split(text: &str) -> Vec<(usize, &str)> {
    let start = |word: &str| word.as_ptr().addr() - text.as_ptr().addr();
    text.split(' ').map(|word| (start(word), word)).collect()
}

struct Oracle<'a> {
    study: &'a Study,
    builder: &'a Builder,
    spec: &'a MatrixSpec,
}

/// A coding with its cases and, for each, the words it covers whole.
struct Said {
    source: SourceId,
    id: CodingId,
    span: Span,
    theme: ThemeId,
    cases: BTreeSet<Owner>,
}

impl Oracle<'_> {
    fn text(&self, material: &Material) -> std::sync::Arc<str> {
        crate::text::Texts::text(&self.builder.blobs, material.revision().unwrap().text).unwrap()
    }

    fn sources(&self) -> Vec<&Material> {
        let kind = self.study.attributes().built_in(BuiltIn::Kind).unwrap().id;
        let kinds = &self.spec.filter.kinds;
        let has = |material: &Material| {
            let own = material.source.values.get(&kind).cloned().unwrap_or_default();
            own.iter().any(|value| kinds.contains(&Some(*value))) || (own.is_empty() && kinds.contains(&None))
        };
        self.study.materials().iter().map(AsRef::as_ref).filter(|material| kinds.is_empty() || has(material)).collect()
    }

    fn codings(&self, all_voices: bool) -> Vec<Said> {
        let mut codings = Vec::new();
        for material in self.sources() {
            let words = said(material, &self.text(material));
            for coded in &material.codings {
                let coding = &coded.coding;
                // The agreed layer has the marks of what coders made of its words.
                let has_marks_of = |other: &Coding| {
                    let same = other.theme == coding.theme && other.span.overlaps(coding.span);
                    other.id == coding.id || (coding.coder == CoderId::agreed() && same)
                };
                let quoted = material.codings.iter().any(|other| {
                    has_marks_of(&other.coding) && material.quote_marks.iter().any(|mark| mark.coding == Some(other.coding.id))
                });
                let settled = material.statuses.iter().any(|it| it.coder == CoderId::agreed() && it.status == StatusKind::Done);
                let other_coder = match self.spec.filter.coder {
                    Some(coder) => coder != coding.coder,
                    None => settled != (coding.coder == CoderId::agreed()),
                };
                if other_coder || (self.spec.filter.quote_marked && !quoted) {
                    continue;
                }
                let mut cases: BTreeSet<Owner> =
                    words.iter().filter(|(word, _)| coding.span.covers(*word)).map(|(_, owner)| *owner).collect();
                let wordless = self.spec.filter.wordless;
                if wordless && !cases.is_empty() {
                    continue;
                }
                if cases.is_empty() && all_voices {
                    cases.insert(None);
                }
                codings.push(Said { source: coding.source, id: coding.id, span: coding.span, theme: coding.theme, cases });
            }
        }
        codings
    }

    fn values_match(values: &Values, attribute: crate::study::AttributeId, wanted: Option<ValueId>) -> bool {
        let own = values.get(&attribute).cloned().unwrap_or_default();
        wanted.map_or(own.is_empty(), |wanted| own.contains(&wanted))
    }

    /// Whether a theme (`None`: any), said by somebody in a source, lies on a point of an axis.
    fn lies_on(&self, theme: Option<ThemeId>, case: Owner, source: SourceId, axis: Axis, point: Point) -> bool {
        match (axis, point) {
            (Axis::Themes, Point::Theme(wanted)) => theme.is_none_or(|theme| self.study.codebook().is_within(theme, wanted)),
            (Axis::Themes, Point::ThemeOnly(wanted)) => theme.is_none_or(|theme| theme == wanted),
            (Axis::Cases, Point::Case(wanted)) => case == wanted,
            (Axis::Attribute(id), Point::Value(wanted)) => match self.study.attributes().get(id).unwrap().of {
                AttributeOf::Cases => {
                    let own = case.map(|case| self.study.case(case).unwrap().values.clone()).unwrap_or_default();
                    Self::values_match(&own, id, wanted)
                }
                AttributeOf::Sources => Self::values_match(&self.study.material(source).unwrap().source.values, id, wanted),
            },
            _ => panic!("a point of another axis"),
        }
    }

    fn within(&self, key: &CellKey, theme: Option<ThemeId>, case: Owner, source: SourceId) -> bool {
        let mut wanted: Vec<(Axis, Point)> = Vec::new();
        for (axes, points) in [(&self.spec.pages, &key.page), (&self.spec.rows, &key.row), (&self.spec.columns, &key.column)] {
            wanted.extend(points.iter().flat_map(|points| axes.iter().copied().zip(points.iter().copied())));
        }
        wanted.extend(self.spec.filter.said_by.map(|(attribute, value)| (Axis::Attribute(attribute), Point::Value(value))));
        wanted.into_iter().all(|(axis, point)| self.lies_on(theme, case, source, axis, point))
    }

    fn people(&self, cases: &BTreeSet<Owner>) -> People {
        let count = |kind| {
            let of_kind = cases.iter().flatten().filter(|case| self.study.case(**case).unwrap().kind == kind);
            u32::try_from(of_kind.count()).unwrap()
        };
        People {
            persons: count(CaseKind::Person),
            pairs: count(CaseKind::Pair),
            groups: count(CaseKind::Group),
            interview_labels: count(CaseKind::InterviewLabel),
            unidentified: count(CaseKind::Unidentified),
        }
    }

    /// How many participant groups the cases are of, one of them not stated.
    fn groups(&self, cases: &BTreeSet<Owner>) -> u32 {
        let group = self.study.attributes().with_role(Role::Group).map(|attribute| attribute.id);
        let own = |owner: &Owner| -> BTreeSet<Option<ValueId>> {
            let values = owner.and_then(|case| self.study.case(case).unwrap().values.get(&group?).cloned()).unwrap_or_default();
            if values.is_empty() { [None].into() } else { values.into_iter().map(Some).collect() }
        };
        u32::try_from(cases.iter().flat_map(own).collect::<BTreeSet<_>>().len()).unwrap()
    }

    fn lets_wordless_in(&self) -> bool {
        self.spec.filter.all_voices || self.spec.filter.wordless
    }

    /// The codings of a cell, each with those of its cases that are in the cell.
    fn in_cell(&self, key: &CellKey) -> Vec<(Said, BTreeSet<Owner>)> {
        let codings = self.codings(self.lets_wordless_in()).into_iter();
        let with_cases = codings.map(|said| {
            let inside = said.cases.iter().copied().filter(|case| self.within(key, Some(said.theme), *case, said.source)).collect();
            (said, inside)
        });
        with_cases.filter(|(_, inside): &(_, BTreeSet<Owner>)| !inside.is_empty()).collect()
    }

    fn cell(&self, key: &CellKey) -> Cell {
        let codings = self.in_cell(key);
        let mut cell = Cell { codings: u32::try_from(codings.len()).unwrap(), ..Cell::default() };
        let mut present = BTreeSet::new();
        for material in self.sources() {
            let id = material.source.id;
            let words = said(material, &self.text(material));
            let here: Vec<_> = codings.iter().filter(|(said, _)| said.source == id).collect();

            // Spans that share a byte are one passage: count the groups by joining until nothing joins.
            let mut groups: Vec<Vec<Span>> = Vec::new();
            for (said, _) in &here {
                let (joined, apart): (Vec<_>, Vec<_>) =
                    groups.into_iter().partition(|group: &Vec<Span>| group.iter().any(|other| other.overlaps(said.span)));
                groups = apart;
                groups.push([joined.concat(), vec![said.span]].concat());
            }
            cell.passages += u32::try_from(groups.len()).unwrap();

            // A byte is covered when a part of a coding lies over it whose case is in the cell.
            let covered = |byte: u32, owner: Owner| {
                here.iter().any(|(said, inside)| {
                    said.span.contains(byte) && inside.contains(&owner) && Self::has_part(material, said, byte, &words)
                })
            };
            let counted = words.iter().filter(|(word, owner)| (word.start..word.end).all(|byte| covered(byte, *owner)));
            cell.words += u32::try_from(counted.count()).unwrap();

            let mut speakers: BTreeSet<Owner> = words.iter().map(|(_, owner)| *owner).collect();
            present.extend(speakers.iter().copied().filter(|case| self.within(key, None, *case, id)));
            if self.spec.filter.all_voices {
                speakers.insert(None);
            }
            if speakers.iter().any(|case| self.within(key, None, *case, id)) {
                cell.sources += 1;
                cell.done += u32::from(self.is_done(material));
            }
        }
        let heard: BTreeSet<Owner> = codings.iter().flat_map(|(_, inside)| inside.iter().copied()).collect();
        (cell.people, cell.n) = (self.people(&heard), self.people(&present));
        (cell.groups_heard, cell.groups) = (self.groups(&heard), self.groups(&present));
        cell
    }

    /// The codings of a cell each with the first of its cases, and who speaks there and is not heard.
    fn evidence(&self, key: &CellKey) -> Evidence {
        let in_cell = self.in_cell(key);
        let order: Vec<CaseId> = self.study.cases_in_order().iter().map(|case| case.id).collect();
        let first = |cases: &BTreeSet<Owner>| order.iter().copied().find(|case| cases.contains(&Some(*case)));
        let codings = in_cell.iter().map(|(said, inside)| Heard { source: said.source, coding: said.id, case: first(inside) }).collect();
        let heard: BTreeSet<CaseId> = in_cell.iter().flat_map(|(_, inside)| inside.iter().flatten().copied()).collect();
        let speaks_in = |case: CaseId| -> Vec<&Material> {
            let speaks = |material: &&Material| {
                let said = said(material, &self.text(material));
                said.iter().any(|(_, owner)| *owner == Some(case)) && self.within(key, None, Some(case), material.source.id)
            };
            self.sources().into_iter().filter(speaks).collect()
        };
        let present: Vec<(CaseId, Vec<&Material>)> =
            order.iter().map(|case| (*case, speaks_in(*case))).filter(|(_, sources)| !sources.is_empty()).collect();
        let silent = present.iter().filter(|(case, _)| !heard.contains(case)).map(|(case, sources)| NotHeard {
            case: *case,
            sources: sources.iter().map(|material| material.source.id).collect(),
            open: sources.iter().find(|material| !self.is_done(material)).map(|material| material.source.id),
        });
        let not_heard = silent.collect();
        let mut people = People::default();
        present.iter().filter_map(|(case, _)| self.study.case(*case)).for_each(|case| people.add(case.kind));
        Evidence { codings, not_heard, present: people }
    }

    fn is_done(&self, material: &Material) -> bool {
        material
            .statuses
            .iter()
            .any(|status| status.status == StatusKind::Done && self.spec.filter.coder.is_none_or(|coder| coder == status.coder))
    }

    /// Whether the part of a coding that holds `byte` has a whole word: the piece of its paragraph with one owner.
    fn has_part(material: &Material, said: &Said, byte: u32, words: &[(Span, Owner)]) -> bool {
        let paragraph = material.geometry.paragraphs()[material.geometry.paragraph_at(byte).unwrap()].span;
        let mut piece = paragraph.intersection(said.span).unwrap();
        for given in &material.case_spans {
            if given.span.contains(byte) {
                piece = piece.intersection(given.span).unwrap();
            } else if given.span.start > byte {
                piece.end = piece.end.min(given.span.start);
            } else {
                piece.start = piece.start.max(given.span.end);
            }
        }
        words.iter().any(|(word, _)| piece.covers(*word))
    }

    /// Whether somebody who is not stated speaks in the cell.
    fn somebody_unnamed(&self, key: &CellKey) -> bool {
        self.sources().iter().any(|material| {
            said(material, &self.text(material)).iter().any(|(_, owner)| self.within(key, None, *owner, material.source.id))
        })
    }
}

#[derive(Clone, Debug)]
pub struct Plan {
    cases: Vec<(u8, u8, u8)>,
    sources: Vec<SourcePlan>,
    codings: Vec<(usize, u32, u32, usize, usize, bool)>,
    filter: (u8, bool, bool, u8),
    axes: Vec<usize>,
    /// How many axes the rows, the columns and the pages have at most.
    shape: (usize, usize, usize),
}

#[derive(Clone, Debug)]
struct SourcePlan {
    kinds: u8,
    case: usize,
    turns: Vec<(u8, Vec<u8>)>,
    speakers: (usize, usize),
    /// Turn, first word, number of words, case, and whether it runs on into the next turn.
    case_spans: Vec<(usize, usize, usize, usize, bool)>,
    status: (u8, u8),
}

pub fn plans() -> impl Strategy<Value = Plan> {
    let turn = (0u8..5, proptest::collection::vec(1u8..6, 1..6));
    let source = (
        0u8..4,
        0usize..7,
        proptest::collection::vec(turn, 1..5),
        (0usize..7, 0usize..7),
        proptest::collection::vec((0usize..5, 0usize..4, 1usize..4, 0usize..5, any::<bool>()), 0..3),
        (0u8..2, 0u8..8),
    );
    let source = source.prop_map(|(kinds, case, turns, speakers, case_spans, status)| SourcePlan {
        kinds,
        case,
        turns,
        speakers,
        case_spans,
        status,
    });
    (
        proptest::collection::vec((0u8..5, 0u8..4, 0u8..4), 5),
        proptest::collection::vec(source, 1..4),
        proptest::collection::vec((0usize..3, 0u32..70, 1u32..30, 0usize..6, 0usize..3, any::<bool>()), 0..14),
        (0u8..4, any::<bool>(), any::<bool>(), 0u8..16),
        Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle(),
        (1usize..3, 0usize..4, 0usize..3),
    )
        .prop_map(|(cases, sources, codings, filter, axes, shape)| Plan { cases, sources, codings, filter, axes, shape })
}

const KINDS: [CaseKind; 5] = [CaseKind::Person, CaseKind::Pair, CaseKind::Group, CaseKind::InterviewLabel, CaseKind::Unidentified];

/// Which of two values a number between 0 and 3 stands for.
fn some_of(bits: u8, of: &[ValueId; 2]) -> Vec<ValueId> {
    of.iter().zip([1, 2]).filter(|(_, bit)| bits & bit != 0).map(|(value, _)| *value).collect()
}

pub fn build(plan: &Plan) -> (Builder, MatrixSpec) {
    let mut b = Builder::new();
    let coders = [b.coder("Ada"), b.coder("Ben"), b.agreed()];
    let group = b.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let groups = [b.value(group, "managers"), b.value(group, "clients")];
    let area = b.attribute("Area", AttributeOf::Cases, Some(Role::Area), None);
    let areas = [b.value(area, "Fife"), b.value(area, "Moray")];
    let kind = b.attribute("Kind", AttributeOf::Sources, None, Some(BuiltIn::Kind));
    let kinds = [b.value(kind, "Interview"), b.value(kind, "Report")];
    let a = b.theme(None, "A");
    let a1 = b.theme(Some(a), "A1");
    let themes = [a, a1, b.theme(Some(a1), "A1a"), b.theme(Some(a), "A2"), b.theme(None, "B"), b.theme(None, "C")];
    let mut cases = Vec::new();
    for (at, (case_kind, in_groups, in_areas)) in plan.cases.iter().enumerate() {
        let own: Vec<_> = some_of(*in_groups, &groups).into_iter().map(|value| (group, value)).collect();
        let place: Vec<_> = some_of(*in_areas, &areas).into_iter().map(|value| (area, value)).collect();
        cases.push(b.case(&format!("P{at}"), KINDS[usize::from(*case_kind)], values(&[own, place].concat())));
    }
    let mut sources = Vec::new();
    for (at, source) in plan.sources.iter().enumerate() {
        let own: Vec<_> = some_of(source.kinds, &kinds).into_iter().map(|value| (kind, value)).collect();
        let words: Vec<String> = source
            .turns
            .iter()
            .map(|(_, words)| words.iter().map(|length| "w".repeat(usize::from(*length))).collect::<Vec<_>>().join(" "))
            .collect();
        let turns: Vec<_> = source
            .turns
            .iter()
            .zip(&words)
            .map(|((who, _), words)| match who {
                0 => (Some("I"), Voice::Interviewer, words.as_str()),
                1 => (None, Voice::Author, words.as_str()),
                2 => (None, Voice::Participant, words.as_str()),
                3 => (Some("X"), Voice::Participant, words.as_str()),
                _ => (Some("Y"), Voice::Participant, words.as_str()),
            })
            .collect();
        let put = b.source(&format!("S{at}"), cases.get(source.case).copied(), values(&own), &turns);
        b.speaker(&put, "I", Voice::Interviewer, None);
        b.speaker(&put, "X", Voice::Participant, cases.get(source.speakers.0).copied());
        b.speaker(&put, "Y", Voice::Participant, cases.get(source.speakers.1).copied());
        let mut given: Vec<Span> = Vec::new();
        for (turn, first, count, case, over) in &source.case_spans {
            let Some(span) = by_hand(&put.text, &words, *turn, *first, *count, *over) else { continue };
            if given.iter().all(|other| !other.overlaps(span)) {
                given.push(span);
                b.case_span(&put, span, cases[*case]);
            }
        }
        for (coder, bit) in coders.iter().zip([1, 2, 4]) {
            if source.status.1 & bit != 0 {
                b.status(&put, *coder, if source.status.0 == 0 { StatusKind::Done } else { StatusKind::Coding });
            }
        }
        sources.push(put);
    }
    let mut made = BTreeSet::new();
    for (source, start, length, theme, coder, quoted) in &plan.codings {
        let Some(put) = sources.get(*source) else { continue };
        let span = Span::new(*start, start + length).trimmed(&put.text);
        if span.is_empty() || !made.insert((*source, span, *theme, *coder)) {
            continue;
        }
        let coding = b.code(put, span, themes[*theme], coders[*coder]);
        if *quoted {
            b.quote(put, span, coding, coders[*coder]);
        }
    }
    let all = [Axis::Themes, Axis::Cases, Axis::Attribute(group), Axis::Attribute(area), Axis::Attribute(kind)];
    let mut axes = plan.axes.iter().map(|at| all[*at]);
    let (coder, all_voices, quote_marked, in_kinds) = plan.filter;
    let spec = MatrixSpec {
        rows: axes.by_ref().take(plan.shape.0).collect(),
        columns: axes.by_ref().take(plan.shape.1).collect(),
        pages: axes.take(plan.shape.2).collect(),
        filter: Filter {
            coder: coders.get(usize::from(coder)).copied(),
            all_voices,
            quote_marked,
            wordless: in_kinds == 11,
            kinds: match in_kinds {
                0 => BTreeSet::from([Some(kinds[0])]),
                1 => BTreeSet::from([None, Some(kinds[1])]),
                2 => BTreeSet::from([None]),
                _ => BTreeSet::new(),
            },
            said_by: match in_kinds {
                12 => Some((group, Some(groups[0]))),
                13 => Some((area, None)),
                14 => Some((kind, Some(kinds[1]))),
                _ => None,
            },
        },
    };
    (b, spec)
}

/// A span along whole words of a turn, which runs on over the first word of the next turn if `over`.
fn by_hand(text: &str, turns: &[String], turn: usize, first: usize, count: usize, over: bool) -> Option<Span> {
    let word = |turn: usize, at: usize| {
        let (start, word) = split(turns.get(turn)?).get(at).copied()?;
        let start = turn_start(text, turn) + start;
        Some((start, start + word.len()))
    };
    let (start, _) = word(turn, first)?;
    let (_, end) = (first..first + count).rev().find_map(|at| word(turn, at))?;
    let end = word(turn + 1, 0).filter(|_| over).map_or(end, |(_, end)| end);
    Some(Span::of(start..end))
}

/// Byte at which the words of turn number `turn` begin.
fn turn_start(text: &str, turn: usize) -> usize {
    let before: usize = text.split("\n\n").take(turn).map(|line| line.len() + 2).sum();
    before + text.split("\n\n").nth(turn).and_then(|line| line.find(": ")).map_or(0, |at| at + 2)
}

/// Compares a whole matrix, its heads and the codings behind each cell with the oracle.
fn check(builder: &Builder, spec: &MatrixSpec) {
    let study = builder.study();
    let oracle = Oracle { study: &study, builder, spec };
    let matrix = matrix(&study, spec).unwrap();
    let places = |count: usize| (0..count).map(Some).chain([None]);
    for page in 0..matrix.pages.len() {
        for row in places(matrix.rows.len()) {
            for column in places(matrix.columns.len()) {
                let key = matrix.key(page, row, column);
                assert_eq!(matrix.cell(page, row, column), Some(&oracle.cell(&key)), "{key:?}");
                assert_eq!(matrix.find(&key), Some((page, row, column)));
                assert_eq!(cell_evidence(&study, spec, &key).unwrap(), oracle.evidence(&key), "{key:?}");
            }
        }
    }
    let wordless: Vec<_> =
        oracle.codings(false).into_iter().filter(|said| said.cases.is_empty()).map(|said| (said.source, said.id)).collect();
    assert_eq!(matrix.no_participant_words, wordless);
    check_heads(&oracle, &matrix);
}

/// *Not stated* is there exactly when something or somebody falls in it, *(this level only)* when the theme has
/// sub-themes and codings of its own; everything else always.
fn check_heads(oracle: &Oracle<'_>, matrix: &Matrix) {
    let own: BTreeSet<ThemeId> = oracle.in_cell(&CellKey::default()).into_iter().map(|(said, _)| said.theme).collect();
    let points = |axis: Axis| -> Vec<Point> {
        match axis {
            Axis::Themes => {
                let codebook = oracle.study.codebook();
                let only = |id: ThemeId| (codebook.children(Some(id)).count() > 0 && own.contains(&id)).then_some(Point::ThemeOnly(id));
                codebook.themes().flat_map(|theme| [Some(Point::Theme(theme.id)), only(theme.id)]).flatten().collect()
            }
            Axis::Cases => oracle.study.cases_in_order().iter().map(|case| Some(case.id)).chain([None]).map(Point::Case).collect(),
            Axis::Attribute(id) => {
                let values = oracle.study.attributes().values_of(id).into_iter().map(|value| Some(value.id));
                values.chain([None]).map(Point::Value).collect()
            }
        }
    };
    let shown = |points: &[Point], key: CellKey| {
        !points.iter().any(|point| point.is_not_stated()) || oracle.cell(&key).codings > 0 || oracle.somebody_unnamed(&key)
    };
    let heads = |heads: &[Head]| heads.iter().map(|head| head.points.clone()).collect::<Vec<_>>();
    let nested = |axes: &[Axis], key: &dyn Fn(Vec<Point>) -> CellKey| -> Vec<Vec<Point>> {
        let mut all: Vec<Vec<Point>> = vec![Vec::new()];
        for axis in axes {
            let inner = points(*axis);
            all = all.iter().flat_map(|outer| inner.iter().map(|point| [&outer[..], &[*point]].concat())).collect();
        }
        all.retain(|points| !points.is_empty() && shown(points, key(points.clone())));
        all
    };
    let spec = &matrix.spec;
    assert_eq!(heads(&matrix.rows), nested(&spec.rows, &|points| CellKey { row: Some(points), ..CellKey::default() }));
    assert_eq!(heads(&matrix.pages[1..]), nested(&spec.pages, &|points| CellKey { page: Some(points), ..CellKey::default() }));
    assert_eq!(heads(&matrix.columns), nested(&spec.columns, &|points| CellKey { column: Some(points), ..CellKey::default() }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn the_matrix_is_what_the_design_says(plan in plans()) {
        let (builder, spec) = build(&plan);
        check(&builder, &spec);
    }
}

/// A study of one interview in which one person speaks.
fn one_interview(words: &str) -> (Builder, crate::analysis::testing::Put, [crate::study::CoderId; 2], ThemeId) {
    let mut b = Builder::new();
    let coders = [b.coder("Ada"), b.coder("Ben")];
    let theme = b.theme(None, "Staffing");
    let case = b.case("P1", CaseKind::Person, Values::default());
    let source = b.source("S1", Some(case), Values::default(), &[(None, Voice::Participant, words)]);
    (b, source, coders, theme)
}

fn themes_only() -> MatrixSpec {
    MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() }
}

#[test]
fn a_second_coder_with_another_boundary_adds_a_coding_and_no_passage() {
    let (mut b, source, [ada, ben], theme) = one_interview(&"abcd ".repeat(25));
    b.code(&source, Span::new(0, 100), theme, ada);
    b.code(&source, Span::new(3, 98), theme, ben);
    let matrix = matrix(&b.study(), &themes_only()).unwrap();
    let cell = matrix.cell(0, Some(0), None).unwrap();
    assert_eq!((cell.passages, cell.codings, cell.people.persons), (1, 2, 1));
}

#[test]
fn touching_passages_are_two_and_the_kinds_of_cell_are_told_apart() {
    let (mut b, source, [ada, _], theme) = one_interview("abcd efgh");
    b.theme(None, "Buildings");
    b.code(&source, Span::new(0, 4), theme, ada);
    b.code(&source, Span::new(4, 9), theme, ada);
    let kinds = |b: &Builder| {
        let matrix = matrix(&b.study(), &themes_only()).unwrap();
        (0..2).map(|row| matrix.cell(0, Some(row), None).unwrap().kind()).collect::<Vec<_>>()
    };
    assert_eq!(matrix(&b.study(), &themes_only()).unwrap().cell(0, Some(0), None).unwrap().passages, 2);
    assert_eq!(kinds(&b), [CellKind::Coded, CellKind::Open]);
    b.status(&source, ada, StatusKind::Done);
    assert_eq!(kinds(&b), [CellKind::Coded, CellKind::DoneNothing]);
}

#[test]
fn an_axis_twice_too_many_unknown_ones_and_too_large_a_matrix_are_refused() {
    let study = Builder::new().study();
    let spec = |columns: Vec<Axis>| MatrixSpec { columns, ..themes_only() };
    let gone = crate::study::AttributeId::new();
    assert_eq!(matrix(&study, &spec(vec![Axis::Themes])), Err(SpecError::Twice(Axis::Themes)));
    assert_eq!(matrix(&study, &spec(vec![Axis::Attribute(gone)])), Err(SpecError::NoSuchAttribute(gone)));
    assert_eq!(matrix(&study, &spec(vec![Axis::Cases; 4])), Err(SpecError::TooDeep));

    let mut b = Builder::new();
    let mut columns = Vec::new();
    for name in ["A", "B", "C"] {
        let attribute = b.attribute(name, AttributeOf::Cases, None, None);
        for number in 0..200 {
            b.value(attribute, &number.to_string());
        }
        columns.push(Axis::Attribute(attribute));
    }
    assert_eq!(matrix(&b.study(), &spec(columns)), Err(SpecError::TooLarge));
}

#[test]
fn shares_are_of_the_same_page_and_nothing_of_nothing_is_no_share() {
    let (mut b, source, [ada, _], theme) = one_interview("abcd efgh ijkl");
    let other = b.theme(None, "Buildings");
    b.code(&source, source.span("abcd"), theme, ada);
    b.code(&source, source.span("ijkl"), theme, ada);
    b.code(&source, source.span("efgh"), other, ada);
    b.theme(None, "Cars");
    let spec = MatrixSpec { columns: vec![Axis::Cases], ..themes_only() };
    let matrix = matrix(&b.study(), &spec).unwrap();
    assert_eq!(matrix.figure(Measure::ShareOfColumn, 0, Some(0), Some(0)), Some(Figure::Share(2.0 / 3.0)));
    assert_eq!(matrix.figure(Measure::ShareOfRow, 0, Some(0), Some(0)), Some(Figure::Share(1.0)));
    assert_eq!(matrix.figure(Measure::ShareOfRow, 0, Some(2), Some(0)), None);
    assert_eq!(matrix.figure(Measure::Passages, 0, Some(2), Some(0)), Some(Figure::Count(0)));
}
