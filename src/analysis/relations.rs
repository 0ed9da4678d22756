//! Passages of one theme beside those of another: which overlap, lie within, hold or stand near them.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use crate::analysis::layer::stated;
use crate::analysis::matrix::Heard;
use crate::study::{AttributeId, CaseId, Coded, CoderId, CodingId, Material, Role, SourceId, Study, ThemeId, ValueId};
use crate::text::Span;

/// How a passage of one theme stands to one of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They share at least one character.
    #[default]
    Overlaps,
    /// All of it lies in the other.
    Within,
    /// All of the other lies in it.
    Contains,
    /// Their paragraphs are at most so many apart: 0 is the same paragraph, 1 the next.
    Near(u32),
}

/// Which passages are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The theme whose passages are listed, those below it too.
    pub of: ThemeId,
    /// How they stand.
    pub relation: Relation,
    /// The theme to whose passages they stand so, or to those below it.
    pub to: ThemeId,
    /// Who has to be heard in them; an inner `None` is *Not stated*.
    pub group: Option<Option<ValueId>>,
    /// Where they have to come from, in the same way.
    pub area: Option<Option<ValueId>>,
    /// Who has to have coded them.
    pub coder: Option<CoderId>,
}

/// What stands in a relation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// The codings, in the order of sources and places.
    pub codings: Vec<Heard>,
    /// How many passages they are: stretches of text that share a character are one.
    pub passages: usize,
    /// How many passages are left when a group is asked for too, in the analyst's order; `None` is *Not stated*.
    pub groups: Vec<(Option<ValueId>, usize)>,
    /// The same of areas.
    pub areas: Vec<(Option<ValueId>, usize)>,
    /// The same of coders.
    pub coders: Vec<(CoderId, usize)>,
}

/// Lists the codings of a theme that stand to one of another theme as `asked`. No coding stands to itself.
#[must_use]
pub fn related(study: &Study, asked: &Asked) -> Related {
    let (of, to) = (below(study, asked.of), below(study, asked.to));
    let role = |role| study.attributes().with_role(role).map(|attribute| attribute.id);
    let roles = Roles { group: role(Role::Group), area: role(Role::Area) };
    let mut found = Related::default();
    let (mut all, mut groups, mut areas, mut coders) = (Stretches::default(), Counts::new(), Counts::new(), Counts::new());
    for material in study.materials() {
        let on = |coded: &&Coded, themes: &HashSet<ThemeId>| themes.contains(&coded.coding.theme);
        let counts = |coded: &&Coded| material.counts(coded.coding.coder);
        let is_asked = |coded: &&Coded| asked.coder.map_or_else(|| counts(coded), |coder| coder == coded.coding.coder);
        let mine: Vec<&Coded> = material.codings.iter().filter(|coded| on(coded, &of) && is_asked(coded)).collect();
        let others: Vec<&Coded> = material.codings.iter().filter(|coded| on(coded, &to) && counts(coded)).collect();
        for coded in standing(material, &mine, &others, asked.relation) {
            let voices = roles.voices(study, material, coded);
            let voice = asked_for(&voices, asked);
            // Words of the interviewer alone are of nobody, and listed only where nobody is asked for.
            let wanted = voice.is_some() || (asked.group.is_none() && asked.area.is_none());
            if !wanted {
                continue;
            }
            let place = (material.source.id, coded.coding.span);
            found.codings.push(Heard { source: place.0, coding: coded.coding.id, case: voice.and_then(|voice| voice.case) });
            all.add(place);
            count(&mut groups, voices.iter().flat_map(|voice| voice.groups.iter().copied()), place);
            count(&mut areas, voices.iter().flat_map(|voice| voice.areas.iter().copied()), place);
            count(&mut coders, [coded.coding.coder], place);
        }
    }
    found.passages = all.count;
    found.groups = in_order(study, roles.group, &groups);
    found.areas = in_order(study, roles.area, &areas);
    found.coders = coders.into_iter().map(|(coder, stretches)| (coder, stretches.count)).collect();
    found
}

/// A theme and those below it.
fn below(study: &Study, theme: ThemeId) -> HashSet<ThemeId> {
    let book = study.codebook();
    book.outline().iter().map(|row| row.theme).filter(|other| book.is_within(*other, theme)).collect()
}

/// Those of `mine` that stand so to one of `others`; both are in order of place.
fn standing<'c>(material: &Material, mine: &[&'c Coded], others: &[&Coded], relation: Relation) -> Vec<&'c Coded> {
    let place = |coded: &Coded| match relation {
        Relation::Near(_) => Span::of(material.geometry.paragraphs_in(coded.coding.span)),
        _ => coded.coding.span,
    };
    let ends = Ends::of(others.iter().map(|coded| (place(coded), coded.coding.id)).filter(|(span, _)| !span.is_empty()));
    let stands = |coded: &Coded| {
        let (span, id) = (place(coded), coded.coding.id);
        match relation {
            Relation::Overlaps => ends.overlaps(span, id),
            Relation::Within => ends.covers(span, id),
            Relation::Contains => ends.lies_in(span, id),
            Relation::Near(most) => ends.overlaps(Span::new(span.start.saturating_sub(most), span.end.saturating_add(most)), id),
        }
    };
    mine.iter().copied().filter(|coded| !place(coded).is_empty() && stands(coded)).collect()
}

/// The ends of spans, ready to be asked for the furthest and the nearest. Two are kept of each, so that one span can be
/// left out of account.
struct Ends {
    starts: Vec<u32>,
    /// The two furthest ends of the spans up to here.
    furthest: Vec<Two>,
    /// The two nearest ends of the spans from here on.
    nearest: Vec<Two>,
}

type Two = [Option<(u32, CodingId)>; 2];

impl Ends {
    fn of(spans: impl Iterator<Item = (Span, CodingId)>) -> Self {
        let mut spans: Vec<_> = spans.collect();
        spans.sort_unstable();
        let mut furthest: Vec<Two> = Vec::with_capacity(spans.len());
        for (span, id) in &spans {
            let before = furthest.last().copied().unwrap_or_default();
            furthest.push(with(before, (span.end, *id), |one, other| one > other));
        }
        let mut nearest: Vec<Two> = Vec::with_capacity(spans.len());
        for (span, id) in spans.iter().rev() {
            let after = nearest.last().copied().unwrap_or_default();
            nearest.push(with(after, (span.end, *id), |one, other| one < other));
        }
        nearest.reverse();
        Self { starts: spans.iter().map(|(span, _)| span.start).collect(), furthest, nearest }
    }

    /// Whether a span but that of `except` shares something with `span`.
    fn overlaps(&self, span: Span, except: CodingId) -> bool {
        self.ends_after(self.starts.partition_point(|start| *start < span.end), span.start + 1, except)
    }

    /// Whether a span but that of `except` covers `span`.
    fn covers(&self, span: Span, except: CodingId) -> bool {
        self.ends_after(self.starts.partition_point(|start| *start <= span.start), span.end, except)
    }

    /// Whether a span but that of `except` lies in `span`.
    fn lies_in(&self, span: Span, except: CodingId) -> bool {
        let from = self.starts.partition_point(|start| *start < span.start);
        self.nearest.get(from).is_some_and(|two| two.iter().flatten().any(|(end, id)| *id != except && *end <= span.end))
    }

    /// Whether one of the first `count` spans ends at `least` or after.
    fn ends_after(&self, count: usize, least: u32, except: CodingId) -> bool {
        let two = count.checked_sub(1).and_then(|last| self.furthest.get(last));
        two.is_some_and(|two| two.iter().flatten().any(|(end, id)| *id != except && *end >= least))
    }
}

/// The two that come first, of two and one more.
fn with(two: Two, one: (u32, CodingId), before: impl Fn(u32, u32) -> bool) -> Two {
    let [first, second] = two;
    match (first, second) {
        (None, _) => [Some(one), None],
        (Some(best), _) if before(one.0, best.0) => [Some(one), first],
        (_, Some(next)) if !before(one.0, next.0) => two,
        _ => [first, Some(one)],
    }
}

/// The attributes that tell groups and areas.
struct Roles {
    group: Option<AttributeId>,
    area: Option<AttributeId>,
}

/// One who is heard in a coding.
struct Voice {
    case: Option<CaseId>,
    /// Their values; *Not stated* where there are none.
    groups: Vec<Option<ValueId>>,
    areas: Vec<Option<ValueId>>,
}

impl Roles {
    /// Who is heard in a coding, in the analyst's order.
    fn voices(&self, study: &Study, material: &Material, coded: &Coded) -> Vec<Voice> {
        let mut cases = material.cases_of(coded);
        let place =
            |case: &Option<CaseId>| case.and_then(|id| study.case(id)).map_or((1, 0, None), |case| (0, case.position, Some(case.id)));
        cases.sort_by_key(place);
        let values = |case: Option<CaseId>, attribute: Option<AttributeId>| {
            if attribute.is_none() {
                return Vec::new();
            }
            case.and_then(|case| study.case(case)).map_or_else(|| vec![None], |case| stated(&case.values, attribute))
        };
        let voice = |case| Voice { case, groups: values(case, self.group), areas: values(case, self.area) };
        cases.into_iter().map(voice).collect()
    }
}

/// The one of `voices` that is asked for. One and the same has to have group and area.
fn asked_for<'v>(voices: &'v [Voice], asked: &Asked) -> Option<&'v Voice> {
    voices.iter().find(|voice| {
        asked.group.is_none_or(|group| voice.groups.contains(&group)) && asked.area.is_none_or(|area| voice.areas.contains(&area))
    })
}

/// Counts stretches of text whose spans come in order of place.
#[derive(Default)]
struct Stretches {
    last: Option<(SourceId, u32)>,
    count: usize,
}

impl Stretches {
    fn add(&mut self, (source, span): (SourceId, Span)) {
        match &mut self.last {
            Some((other, end)) if *other == source && span.start < *end => *end = span.end.max(*end),
            _ => {
                self.last = Some((source, span.end));
                self.count += 1;
            }
        }
    }
}

type Counts<K> = BTreeMap<K, Stretches>;

fn count<K: Copy + Ord + Hash>(counts: &mut Counts<K>, keys: impl IntoIterator<Item = K>, place: (SourceId, Span)) {
    let keys: HashSet<K> = keys.into_iter().collect();
    for key in keys {
        counts.entry(key).or_default().add(place);
    }
}

fn in_order(study: &Study, attribute: Option<AttributeId>, counts: &Counts<Option<ValueId>>) -> Vec<(Option<ValueId>, usize)> {
    let values = attribute.map(|attribute| study.attributes().values_of(attribute)).unwrap_or_default();
    let keys = values.into_iter().map(|value| Some(value.id)).chain([None]);
    keys.filter_map(|key| Some((key, counts.get(&key)?.count))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, StatusKind, Values};
    use crate::text::{Voice, stretches};

    const TURNS: [&str; 5] = ["one two three", "four five", "six", "seven eight nine", "ten"];

    /// A coding: source, first byte, length, theme (0 top, 1 below it, 2 another), coder.
    type Recipe = (usize, u32, u32, usize, usize);

    struct Made {
        study: Study,
        themes: [ThemeId; 3],
        values: Vec<Option<ValueId>>,
        coders: Vec<CoderId>,
    }

    fn make(recipes: &[Recipe]) -> Made {
        let mut builder = Builder::new();
        let coders = vec![builder.coder("Ada"), builder.coder("Ben")];
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let (workers, leads) = (builder.value(group, "Workers"), builder.value(group, "Leads"));
        let top = builder.theme(None, "Top");
        let themes = [top, builder.theme(Some(top), "Below"), builder.theme(None, "Other")];
        let both = builder.case("P", CaseKind::Person, values(&[(group, workers), (group, leads)]));
        let none = builder.case("Q", CaseKind::Person, values(&[]));
        let turns: Vec<_> = TURNS
            .iter()
            .zip(["P", "Q", "I", "P", "Q"])
            .map(|(words, label)| {
                let voice = if label == "I" { Voice::Interviewer } else { Voice::Participant };
                (Some(label), voice, *words)
            })
            .collect();
        let mut seen = HashSet::new();
        let mut sources = Vec::new();
        for label in ["A", "B"] {
            let put = builder.source(label, None, values(&[]), &turns);
            builder.speaker(&put, "P", Voice::Participant, Some(both));
            builder.speaker(&put, "Q", Voice::Participant, Some(none));
            builder.speaker(&put, "I", Voice::Interviewer, None);
            sources.push(put);
        }
        for &(source, start, length, theme, coder) in recipes {
            let put = &sources[source];
            let span = Span::new(start, start + length).trimmed(&put.text);
            if !span.is_empty() && seen.insert((source, span, theme, coder)) {
                builder.code(put, span, themes[theme], coders[coder]);
            }
        }
        Made { study: builder.study(), themes, values: vec![Some(workers), Some(leads), None], coders }
    }

    /// Whether `one` stands so to `other`, by looking at every byte or paragraph.
    fn stands(material: &Material, one: &Coded, other: &Coded, relation: Relation) -> bool {
        let bytes = |coded: &Coded| (coded.coding.span.start..coded.coding.span.end).collect::<HashSet<u32>>();
        let paragraphs = |coded: &Coded| {
            let all = material.geometry.paragraphs().iter().enumerate();
            all.filter(|(_, paragraph)| paragraph.span.overlaps(coded.coding.span)).map(|(index, _)| index).collect::<Vec<_>>()
        };
        let (mine, theirs) = (bytes(one), bytes(other));
        one.coding.id != other.coding.id
            && match relation {
                Relation::Overlaps => !mine.is_disjoint(&theirs),
                Relation::Within => mine.is_subset(&theirs),
                Relation::Contains => mine.is_superset(&theirs),
                Relation::Near(most) => {
                    let near = |a: &usize| paragraphs(other).iter().any(|b| a.abs_diff(*b) <= most as usize);
                    paragraphs(one).iter().any(near)
                }
            }
    }

    fn by_looking(made: &Made, asked: &Asked) -> Vec<(SourceId, CodingId)> {
        let study = &made.study;
        let within = |coded: &Coded, theme| study.codebook().is_within(coded.coding.theme, theme);
        let mut found = Vec::new();
        for material in study.materials() {
            for one in material.codings.iter().filter(|one| within(one, asked.of)) {
                let heard = material.cases_of(one).into_iter().any(|case| {
                    let own = case.map(|case| study.role_values(case, Role::Group)).unwrap_or_default();
                    asked.group.is_none_or(|wanted| wanted.map_or(own.is_empty(), |wanted| own.contains(&wanted)))
                });
                let wanted = asked.coder.is_none_or(|coder| coder == one.coding.coder) && (heard || asked.group.is_none());
                let other = material.codings.iter().any(|other| within(other, asked.to) && stands(material, one, other, asked.relation));
                if wanted && other {
                    found.push((material.source.id, one.coding.id));
                }
            }
        }
        found
    }

    fn relation() -> impl Strategy<Value = Relation> {
        prop_oneof![Just(Relation::Overlaps), Just(Relation::Within), Just(Relation::Contains), (0u32..4).prop_map(Relation::Near)]
    }

    proptest! {
        #[test]
        fn it_agrees_with_trying_every_pair(
            recipes in proptest::collection::vec((0usize..2, 0u32..60, 1u32..30, 0usize..3, 0usize..2), 0..14),
            relation in relation(), of in 0usize..3, to in 0usize..3,
            group in proptest::option::of(0usize..3), coder in proptest::option::of(0usize..2),
        ) {
            let made = make(&recipes);
            let whole = Asked { of: made.themes[of], relation, to: made.themes[to], group: None, area: None, coder: None };
            let asked = Asked { group: group.map(|group| made.values[group]), coder: coder.map(|coder| made.coders[coder]), ..whole };
            let found = related(&made.study, &asked);
            let pairs: Vec<_> = found.codings.iter().map(|heard| (heard.source, heard.coding)).collect();
            prop_assert_eq!(&pairs, &by_looking(&made, &asked));
            let passages: usize = made.study.materials().iter().map(|material| {
                let own = pairs.iter().filter(|(source, _)| *source == material.source.id);
                stretches(own.map(|(_, id)| material.coding(*id).unwrap().coding.span)).len()
            }).sum();
            prop_assert_eq!(found.passages, passages);
            // Each count is what is left when it is asked for too.
            let all = related(&made.study, &whole);
            for value in &made.values {
                let counted = all.groups.iter().find(|(other, _)| other == value).map_or(0, |(_, count)| *count);
                prop_assert_eq!(counted, related(&made.study, &Asked { group: Some(*value), ..whole }).passages);
            }
            for coder in &made.coders {
                let counted = all.coders.iter().find(|(other, _)| other == coder).map_or(0, |(_, count)| *count);
                prop_assert_eq!(counted, related(&made.study, &Asked { coder: Some(*coder), ..whole }).passages);
            }
        }
    }

    #[test]
    fn where_a_source_is_reconciled_only_what_was_agreed_on_stands_to_anything() {
        let mut builder = Builder::new();
        let (ada, agreed) = (builder.coder("Ada"), builder.agreed());
        let (rooms, letters) = (builder.theme(None, "Rooms"), builder.theme(None, "Letters"));
        let put = builder.source("A", None, Values::new(), &[(None, Voice::Participant, "The room was cold and the letters late")]);
        builder.code(&put, put.span("room was cold"), rooms, ada);
        builder.code(&put, put.span("cold and"), letters, ada);
        builder.code(&put, put.span("room"), rooms, agreed);
        builder.code(&put, put.span("cold and"), letters, agreed);
        let whole = Asked { of: rooms, relation: Relation::Overlaps, to: letters, group: None, area: None, coder: None };
        let passages = |builder: &Builder, coder| related(&builder.study(), &Asked { coder, ..whole }).passages;
        assert_eq!((passages(&builder, None), passages(&builder, Some(ada))), (1, 1));
        builder.status(&put, agreed, StatusKind::Done);
        assert_eq!((passages(&builder, None), passages(&builder, Some(agreed))), (0, 0));
    }

    #[test]
    fn a_theme_beside_itself_needs_two_codings() {
        let made = make(&[(0, 3, 7, 0, 0), (0, 3, 3, 1, 0), (1, 3, 3, 0, 0)]);
        let asked = |relation| Asked { of: made.themes[0], relation, to: made.themes[0], group: None, area: None, coder: None };
        let count = |relation| related(&made.study, &asked(relation)).codings.len();
        assert_eq!([Relation::Overlaps, Relation::Within, Relation::Contains, Relation::Near(9)].map(count), [2, 1, 1, 2]);
    }

    #[test]
    fn words_of_the_interviewer_alone_are_of_nobody() {
        let at = u32::try_from("P: one two three\n\nQ: four five\n\nI: ".len()).unwrap();
        let made = make(&[(0, at, 3, 0, 0), (0, at, 3, 2, 1)]);
        let whole = Asked { of: made.themes[0], relation: Relation::Overlaps, to: made.themes[2], group: None, area: None, coder: None };
        let found = related(&made.study, &whole);
        assert_eq!((found.passages, found.codings[0].case, found.groups.len()), (1, None, 0));
        assert_eq!(related(&made.study, &Asked { group: Some(None), ..whole }).passages, 0);
    }
}
