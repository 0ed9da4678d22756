use std::collections::{BTreeMap, HashMap};

use super::axis::Point;
use super::evidence::{NotHeard, cell_evidence};
use super::spec::SpecError;
use super::table::{CellAt, People};

use crate::study::{
    CaseId, Coding, CodingId, Crossed, Crossing, Material, NOT_STATED, PATH_SEPARATOR, Role, Silence, SourceId, Study, ThemeId,
};
use crate::text::{Geometry, Span};

/// In what order passages stand under each participant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they stand in the sources.
    #[default]
    Source,
    /// By theme, in the order of the codebook.
    Theme,
    /// The newest coding first, also among participants.
    Newest,
}

/// In what order groups, areas and participants stand over passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Levels {
    /// Group, area, participant.
    #[default]
    Groups,
    /// Area, group, participant.
    Areas,
    /// The participants in their own order, with group and area behind them.
    Participants,
}

impl Levels {
    /// Three places, those of group, area and participant, in this order.
    fn arranged<T>(self, [group, area, participant]: [T; 3]) -> [T; 3] {
        match self {
            Self::Groups => [group, area, participant],
            Self::Areas => [area, group, participant],
            Self::Participants => [participant, group, area],
        }
    }
}

/// How passages are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Their headings.
    pub levels: Levels,
    /// They themselves under each.
    pub order: Order,
}

/// A stretch of text with the codings on it that belong to one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The source.
    pub source: SourceId,
    /// The words.
    pub span: Span,
    /// The codings, in order of place.
    pub codings: Vec<CodingId>,
    /// Whether one of them is marked as contrary.
    pub contrary: bool,
    /// Under which heading it stands.
    pub heading: usize,
}

/// Group, area and participant over passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Who; `None` is *Not stated*.
    pub case: Option<CaseId>,
    /// "Justice social workers › Fife › FIF-JSW1".
    pub words: String,
    /// How many passages stand under it.
    pub count: u32,
}

/// Somebody who could have been heard and is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Silent {
    /// Who.
    pub case: CaseId,
    /// The first source in which they speak that is not done, else the first.
    pub source: SourceId,
    /// Whether all their sources are marked done, by the coder of the filter where one is chosen.
    pub done: bool,
    /// Share of the participants' words of their sources that is coded, 0–1.
    pub coded: f64,
    /// Where one of their sources has only other people's words on the theme: a question, as a rule.
    pub asked: Option<(SourceId, Span)>,
}

/// Why somebody is not heard, as far as is known. These are different things, and are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Not all that they say has been coded yet.
    NotCodedYet,
    /// They were asked and said nothing of it: an analyst says so, or a question to them is coded.
    AskedSaidNothing,
    /// Nobody asked, as an analyst says.
    NotAsked,
    /// It does not concern them, as an analyst says.
    NotApplicable,
    /// All is coded, no question to them among it, and no analyst says which it is.
    NotKnown,
}

impl Silent {
    /// Why they are not heard. What an analyst says of their cell of the theme goes before what can be told from codings.
    #[must_use]
    pub fn why(&self, study: &Study, theme: Option<ThemeId>) -> Why {
        match (self.said(study, theme), self.done, self.asked) {
            (Some(Silence::AskedSaidNothing), ..) | (None, true, Some(_)) => Why::AskedSaidNothing,
            (Some(Silence::NotAsked), ..) => Why::NotAsked,
            (Some(Silence::NotApplicable), ..) => Why::NotApplicable,
            (None, false, _) => Why::NotCodedYet,
            (None, true, None) => Why::NotKnown,
        }
    }

    /// What an analyst says of why they are silent on a theme.
    #[must_use]
    pub fn said(&self, study: &Study, theme: Option<ThemeId>) -> Option<Silence> {
        let cell = Crossing { theme: theme?, of: Crossed::Case(self.case) };
        study.summaries().of(&cell)?.silence
    }
}

/// Cases by kind.
#[must_use]
pub fn people_of(study: &Study, cases: impl IntoIterator<Item = CaseId>) -> People {
    let mut people = People::default();
    cases.into_iter().filter_map(|case| study.case(case)).for_each(|case| people.add(case.kind));
    people
}

/// What stands behind a cell, ready to be read.
#[derive(Default)]
pub struct Passages {
    /// The passages in order.
    pub items: Vec<Passage>,
    /// Their headings in order.
    pub headings: Vec<Heading>,
    /// Who could have been heard and is not.
    pub not_heard: Vec<Silent>,
    /// Who could have been heard, by kind.
    pub present: People,
}

/// What stands behind a cell, ready to be read. Looks at the whole study: to be run on a thread of its own.
///
/// # Errors
/// [`SpecError`] when the axes do not fit the study.
pub fn passages(study: &Study, at: &CellAt, arranged: Arranged) -> Result<Passages, SpecError> {
    let evidence = cell_evidence(study, &at.spec, &at.key)?;
    let mut found: Vec<(Passage, Rank)> = Vec::new();
    let ranks = Ranks::new(study);
    for codings in evidence.codings.chunk_by(|one, other| one.source == other.source) {
        let Some(material) = codings.first().and_then(|heard| study.material(heard.source)) else { continue };
        let cases: HashMap<CodingId, Option<CaseId>> = codings.iter().map(|heard| (heard.coding, heard.case)).collect();
        gather(study, material, &cases, &ranks, &mut found);
    }
    sort(&mut found, arranged);
    let mut headings: Vec<Heading> = Vec::new();
    let mut last: Option<Option<CaseId>> = None;
    let mut items = Vec::with_capacity(found.len());
    for (mut passage, rank) in found {
        if last != Some(rank.case) {
            headings.push(Heading { case: rank.case, words: heading(study, rank.case, arranged.levels), count: 0 });
            last = Some(rank.case);
        }
        passage.heading = headings.len() - 1;
        if let Some(heading) = headings.last_mut() {
            heading.count += 1;
        }
        items.push(passage);
    }
    Ok(Passages {
        items,
        headings,
        not_heard: evidence.not_heard.iter().filter_map(|it| silent(study, at, it)).collect(),
        present: evidence.present,
    })
}

fn silent(study: &Study, at: &CellAt, not_heard: &NotHeard) -> Option<Silent> {
    let filter = &at.spec.filter;
    let source = not_heard.open.or(not_heard.sources.first().copied())?;
    let materials: Vec<_> = not_heard.sources.iter().filter_map(|source| study.material(*source)).collect();
    let words: u32 = materials.iter().map(|material| material.participant_words()).sum();
    let coded: u32 = materials.iter().map(|material| material.coded_words(|coding| filter.counts(material, coding))).sum();
    let coded = f64::from(coded) / f64::from(words.max(1));
    let asked = materials.iter().find_map(|material| asked(study, at, material));
    Some(Silent { case: not_heard.case, source, done: not_heard.open.is_none(), coded, asked })
}

/// Where a source has words on the theme of a cell that are no participant's.
fn asked(study: &Study, at: &CellAt, material: &Material) -> Option<(SourceId, Span)> {
    let filter = &at.spec.filter;
    let points = [&at.key.page, &at.key.row, &at.key.column].into_iter().flatten().flatten();
    let themes: Vec<Point> = points.copied().filter(|point| matches!(point, Point::Theme(_) | Point::ThemeOnly(_))).collect();
    let on_theme = |coding: &Coding| {
        themes.iter().all(|point| match point {
            Point::Theme(theme) => study.codebook().is_within(coding.theme, *theme),
            point => *point == Point::ThemeOnly(coding.theme),
        })
    };
    let mut wordless = material.codings.iter().filter(|coded| coded.parts.is_empty()).map(|coded| &coded.coding);
    let question = wordless.find(|coding| on_theme(coding) && filter.counts(material, coding));
    question.filter(|_| !themes.is_empty()).map(|coding| (material.source.id, coding.span))
}

impl Passage {
    /// The codings whose marks are those of the passage; see [`Material::marked_with`].
    #[must_use]
    pub fn marked_with(&self, material: &Material) -> Vec<CodingId> {
        self.codings.iter().flat_map(|coding| material.marked_with(*coding)).collect()
    }
}

/// The words of a passage, paragraph by paragraph, without labels and time stamps between them. `geometry` and `text` are of
/// the version of the source that it is in.
#[must_use]
pub fn said(geometry: &Geometry, text: &str, span: Span) -> String {
    let paragraphs = geometry.paragraphs().get(geometry.paragraphs_in(span)).unwrap_or_default();
    let parts: Vec<_> =
        paragraphs.iter().filter_map(|paragraph| paragraph.span.intersection(span)).map(|part| part.slice(text).trim()).collect();
    if parts.is_empty() { span.slice(text).to_owned() } else { parts.join("\n") }
}

/// Where a passage stands in each order.
#[derive(Clone, Debug)]
struct Rank {
    case: Option<CaseId>,
    people: (usize, usize, usize),
    source: usize,
    start: u32,
    theme: usize,
    newest: i64,
}

/// Places of values and cases in the analyst's order.
struct Ranks {
    cases: HashMap<CaseId, (usize, usize, usize)>,
}

impl Ranks {
    fn new(study: &Study) -> Self {
        let attributes = study.attributes();
        let places = |role| {
            let attribute = attributes.with_role(role).map(|attribute| attribute.id);
            let values = attribute.map(|attribute| attributes.values_of(attribute)).unwrap_or_default();
            values.into_iter().enumerate().map(|(place, value)| (value.id, place)).collect::<HashMap<_, _>>()
        };
        let (groups, areas) = (places(Role::Group), places(Role::Area));
        let cases = study.cases_in_order().into_iter().enumerate().map(|(place, case)| {
            let first = |role, places: &HashMap<_, usize>| {
                let values = study.role_values(case.id, role);
                values.iter().filter_map(|value| places.get(value).copied()).min().unwrap_or(usize::MAX)
            };
            (case.id, (first(Role::Group, &groups), first(Role::Area, &areas), place))
        });
        Self { cases: cases.collect() }
    }

    fn of(&self, case: Option<CaseId>) -> (usize, usize, usize) {
        case.and_then(|case| self.cases.get(&case).copied()).unwrap_or((usize::MAX, usize::MAX, usize::MAX))
    }
}

/// Whether a coding has a contrary mark.
pub(in crate::analysis) fn is_contrary(material: &Material, coding: CodingId) -> bool {
    let marked = material.marked_with(coding);
    material.contrary_marks.iter().any(|mark| marked.contains(&mark.coding))
}

fn gather(study: &Study, material: &Material, cases: &HashMap<CodingId, Option<CaseId>>, ranks: &Ranks, found: &mut Vec<(Passage, Rank)>) {
    let source = material.source.id;
    let place = study.place(source).unwrap_or(usize::MAX);
    let first = found.len();
    for coded in &material.codings {
        let coding = &coded.coding;
        let Some(case) = cases.get(&coding.id).copied() else { continue };
        let theme = study.codebook().line(coding.theme).unwrap_or(usize::MAX);
        let contrary = is_contrary(material, coding.id);
        if let Some((last, rank)) = found.get_mut(first..).and_then(<[_]>::last_mut).filter(|(last, _)| coding.span.start < last.span.end) {
            last.span = last.span.hull(coding.span);
            last.codings.push(coding.id);
            last.contrary |= contrary;
            rank.theme = rank.theme.min(theme);
            rank.newest = rank.newest.max(coding.time);
            continue;
        }
        let rank = Rank { case, people: ranks.of(case), source: place, start: coding.span.start, theme, newest: coding.time };
        found.push((Passage { source, span: coding.span, codings: vec![coding.id], contrary, heading: 0 }, rank));
    }
}

fn sort(found: &mut [(Passage, Rank)], Arranged { levels, order }: Arranged) {
    let mut newest: BTreeMap<Option<CaseId>, i64> = BTreeMap::new();
    for (_, rank) in found.iter() {
        let time = newest.entry(rank.case).or_insert(rank.newest);
        *time = (*time).max(rank.newest);
    }
    found.sort_by_key(|(_, rank)| {
        let place = (rank.source, rank.start);
        let case = newest.get(&rank.case).copied().unwrap_or(0);
        let people = levels.arranged(rank.people.into());
        match order {
            Order::Source => (0, people, 0, 0, place),
            Order::Theme => (0, people, 0, rank.theme, place),
            Order::Newest => (-case, people, -rank.newest, 0, place),
        }
    });
}

/// A case with group and area.
pub(in crate::analysis) fn heading(study: &Study, case: Option<CaseId>, levels: Levels) -> String {
    let Some(case) = case.and_then(|case| study.case(case)) else { return NOT_STATED.to_owned() };
    let value = |role| {
        let attribute = study.attributes().with_role(role)?;
        let names = study.value_names(&case.values, attribute.id);
        Some(if names.is_empty() { format!("{}: not stated", attribute.name) } else { names })
    };
    let words = levels.arranged([value(Role::Group), value(Role::Area), Some(case.label.clone())]);
    words.into_iter().flatten().collect::<Vec<_>>().join(PATH_SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::Filter;
    use crate::analysis::matrix::{Axis, CellKey, MatrixSpec, Point};
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role};
    use crate::text::Voice;

    #[test]
    fn passages_are_stretches_under_their_people_in_each_order() {
        let mut builder = Builder::new();
        let (one, other) = (builder.coder("Elspeth"), builder.coder("Ravi"));
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let leads = builder.value(group, "Leads");
        let top = builder.theme(None, "Partnership");
        let below = builder.theme(Some(top), "Sharing");
        let worker = builder.case("W", CaseKind::Person, values(&[]));
        let leader = builder.case("L", CaseKind::Person, values(&[(group, leads)]));
        let says = [(None, Voice::Participant, "We share one room. It is cold. Nobody complains.")];
        let w = builder.source("W", Some(worker), values(&[]), &says);
        let l = builder.source("L", Some(leader), values(&[]), &says);
        // Two coders, two themes, one stretch.
        builder.code(&w, w.span("We share one"), below, one);
        builder.code(&w, w.span("one room"), top, other);
        let against = builder.code(&l, l.span("We share one room."), top, other);
        builder.code(&l, l.span("It is cold."), below, one);
        builder.code(&l, l.span("Nobody complains."), top, one);
        builder.contrary(&l, against, "", one);
        let study = builder.study();
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() };
        let at = CellAt { spec, key: CellKey { page: None, row: Some(vec![Point::Theme(top)]), column: None } };
        let check_by = |levels, order: Order, expected: &[(&str, &[&str])]| {
            let gathered = passages(&study, &at, Arranged { levels, order }).unwrap();
            let mut found: Vec<(String, Vec<String>)> = Vec::new();
            for (index, heading) in gathered.headings.iter().enumerate() {
                let own = gathered.items.iter().filter(|passage| passage.heading == index);
                let words: Vec<_> = own.map(|passage| passage.span.slice(&w.text).to_owned()).collect();
                assert_eq!(heading.count as usize, words.len());
                found.push((heading.words.clone(), words));
            }
            let expected: Vec<(String, Vec<String>)> = expected
                .iter()
                .map(|(heading, words)| ((*heading).to_owned(), words.iter().map(|it| (*it).to_owned()).collect()))
                .collect();
            assert_eq!(found, expected, "{order:?}");
        };
        let check = |order: Order, expected: &[(&str, &[&str])]| check_by(Levels::Groups, order, expected);
        let unsaid = "Group: not stated › W";
        let (room, cold, nobody) = ("We share one room.", "It is cold.", "Nobody complains.");
        check(Order::Source, &[("Leads › L", &[room, cold, nobody]), (unsaid, &["We share one room"])]);
        check(Order::Theme, &[("Leads › L", &[room, nobody, cold]), (unsaid, &["We share one room"])]);
        check(Order::Newest, &[("Leads › L", &[nobody, cold, room]), (unsaid, &["We share one room"])]);
        check_by(
            Levels::Participants,
            Order::Source,
            &[("W › Group: not stated", &["We share one room"]), ("L › Leads", &[room, cold, nobody])],
        );
        let contrary: Vec<_> = passages(&study, &at, Arranged::default()).unwrap().items.iter().map(|it| it.contrary).collect();
        assert_eq!(contrary, [true, false, false, false]);
    }

    #[test]
    fn who_was_asked_and_said_nothing_is_told_from_who_was_not() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let (top, other) = (builder.theme(None, "Partnership"), builder.theme(None, "Money"));
        let below = builder.theme(Some(top), "Sharing");
        let turns = [(Some("I"), Voice::Interviewer, "Do you share?"), (Some("R"), Voice::Participant, "It is cold.")];
        let mut questions = Vec::new();
        for (label, theme) in [("A", Some(below)), ("B", Some(other)), ("C", None)] {
            let case = builder.case(label, CaseKind::Person, values(&[]));
            let put = builder.source(label, Some(case), values(&[]), &turns);
            builder.speaker(&put, "I", Voice::Interviewer, None);
            builder.speaker(&put, "R", Voice::Participant, Some(case));
            let question = put.span("Do you share?");
            if let Some(theme) = theme {
                builder.code(&put, question, theme, coder);
            }
            questions.push((put.id, question));
        }
        let study = builder.study();
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() };
        let asked = |row: Option<Vec<Point>>| {
            let at = CellAt { spec: spec.clone(), key: CellKey { row, ..CellKey::default() } };
            passages(&study, &at, Arranged::default()).unwrap().not_heard.iter().map(|silent| silent.asked).collect::<Vec<_>>()
        };
        assert_eq!(asked(Some(vec![Point::Theme(top)])), [Some(questions[0]), None, None]);
        assert_eq!(asked(Some(vec![Point::ThemeOnly(top)])), [None; 3]);
        assert_eq!(asked(None), [None; 3]);
    }
}
