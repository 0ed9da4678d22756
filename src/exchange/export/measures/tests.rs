//! Every row leads to what it counts, whatever is left out.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::analysis::agreement::{self, UnitOf};
use crate::analysis::by_source::by_source;
use crate::analysis::cooccurrence::{Basis, Bridge, Within, cooccurrence, sequence};
use crate::analysis::coverage::coverage;
use crate::analysis::leads::behind;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::oracle::{build, plans};
use crate::analysis::matrix::{Axis, MatrixSpec, Passages, matrix};
use crate::analysis::saturation::{Rule, strata};
use crate::analysis::testing::{Blobs, Builder, values};
use crate::analysis::timeline::timeline;
use crate::analysis::words::{Said, Wanted, counts, counts_of_each, frequent, keywords};
use crate::exchange::export::Labels;
use crate::study::{AttributeOf, CaseKind, CoderId, CodingId, Role, Values};
use crate::text::{Span, Voice, union};

struct Made {
    study: Study,
    texts: Blobs,
    filter: Filter,
}

impl Made {
    fn behind(&self, leads: &Leads) -> Passages {
        behind(&self.study, &self.texts, leads, |_, _| true).unwrap().unwrap()
    }

    /// Looks at every row that leads somewhere, with the figure in a column and what it leads to.
    fn check(&self, measured: &Measured, column: &str, same: impl Fn(u32, &Passages, &Leads)) {
        let Measured { table, leads, .. } = measured;
        assert_eq!(leads.len(), table.rows.len(), "{}", measured.name);
        let at = table.header.iter().position(|name| name == column).unwrap();
        for (row, leads) in table.rows.iter().zip(leads) {
            let figure: u32 = row[at].parse().unwrap();
            let Some(leads) = leads else {
                assert_eq!(figure, 0, "{row:?}");
                continue;
            };
            let found = self.behind(leads);
            assert_eq!(found.headings.iter().map(|heading| heading.count as usize).sum::<usize>(), found.items.len());
            assert!(found.items.windows(2).all(|two| two[0].heading <= two[1].heading));
            for passage in &found.items {
                self.check_codings(&passage.codings, leads, passage.source);
            }
            same(figure, &found, leads);
        }
    }

    /// Nothing is listed that does not count.
    fn check_codings(&self, codings: &[CodingId], leads: &Leads, source: crate::study::SourceId) {
        let material = self.study.material(source).unwrap();
        for coding in codings {
            let coder = material.coding(*coding).unwrap().coding.coder;
            match leads {
                Leads::Difference { coders, .. } => assert!(coders.contains(&coder)),
                Leads::Differences(_) => assert_ne!(coder, CoderId::agreed()),
                Leads::Source { filter: Filter { coder: Some(only), .. }, .. } => assert_eq!(coder, *only),
                _ => assert!(self.filter.coder.map_or_else(|| material.counts(coder), |only| coder == only)),
            }
        }
        assert!(codings.iter().collect::<BTreeSet<_>>().len() == codings.len());
    }

    fn words(&self, found: &Passages) -> u32 {
        let mut words = 0;
        for of_source in found.items.chunk_by(|one, other| one.source == other.source) {
            let material = self.study.material(of_source[0].source).unwrap();
            let parts = of_source.iter().flat_map(|passage| &passage.codings).flat_map(|id| &material.coding(*id).unwrap().parts);
            words += union(parts.map(|part| part.span)).into_iter().map(|span| material.geometry.words_in(span)).sum::<u32>();
        }
        words
    }

    fn check_all(&self) {
        let Self { study, texts, filter } = self;
        let book = study.codebook();
        let lines = Lines::all(book, Scope::WithBelow);
        let passages = |figure: u32, found: &Passages, leads: &Leads| assert_eq!(found.items.len(), figure as usize, "{leads:?}");
        let group = study.attributes().with_role(Role::Group).unwrap().id;
        let values: Vec<_> = study.attributes().values_of(group).into_iter().map(|value| Some(value.id)).chain([None]).collect();
        let filters: Vec<Filter> = [filter.clone()]
            .into_iter()
            .chain(values.iter().map(|value| Filter { said_by: Some((group, *value)), ..filter.clone() }))
            .collect();
        let name = |at: usize| Some(at.to_string());

        for basis in [Basis::Overlap, Basis::Paragraph, Basis::Source, Basis::Case] {
            let part = |(at, filter): (usize, &Filter)| Part {
                whose: name(at),
                found: cooccurrence(study, &lines, filter, basis),
                filter: filter.clone(),
            };
            let parts: Vec<_> = filters.iter().enumerate().map(part).collect();
            self.check(&cooccurrence_measured(study, &parts), "together", |figure, found, leads| {
                let listed = if matches!(basis, Basis::Overlap | Basis::Paragraph) { found.items.len() } else { found.headings.len() };
                assert_eq!(listed, figure as usize, "{leads:?}");
                let Leads::Pair { one, other, .. } = leads else { panic!("{leads:?}") };
                let under: Vec<_> = if listed == found.items.len() {
                    found.items.iter().map(|passage| (passage.source, passage.codings.clone())).collect()
                } else {
                    let of = |heading| found.items.iter().filter(move |passage| passage.heading == heading);
                    let all = |heading| of(heading).flat_map(|passage| passage.codings.clone()).collect();
                    if basis == Basis::Case {
                        return;
                    }
                    (0..found.headings.len()).map(|heading| (of(heading).next().unwrap().source, all(heading))).collect()
                };
                for (source, codings) in under {
                    let material = study.material(source).unwrap();
                    for theme in [one, other] {
                        let is_of = |id: &CodingId| book.is_within(material.coding(*id).unwrap().coding.theme, *theme);
                        assert!(codings.iter().any(is_of), "each of the two is there");
                    }
                }
            });
        }
        for (paragraphs, bridge) in [(0, Bridge::Nothing), (1, Bridge::Speakers), (2, Bridge::Everything)] {
            let within = Within { paragraphs, bridge };
            let part = |(at, filter): (usize, &Filter)| Part {
                whose: name(at),
                found: sequence(study, &lines, filter, within),
                filter: filter.clone(),
            };
            let parts: Vec<_> = filters.iter().enumerate().map(part).collect();
            self.check(&sequence_measured(study, &parts, within), "followed", passages);
        }

        for columns in [Vec::new(), vec![Axis::Attribute(group)]] {
            let spec = MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: filter.clone() };
            let measured = frequency_measured(study, &matrix(study, &spec).unwrap(), Labels::IDS).unwrap();
            self.check(&measured, "passages", passages);
            self.check(&measured, "codings", |figure, found, _| {
                assert_eq!(found.items.iter().map(|passage| passage.codings.len()).sum::<usize>(), figure as usize);
            });
        }

        self.check(&overview_measured(study, &by_source(study, &lines, filter), filter), "passages", passages);
        for material in study.materials() {
            let Some(found) = timeline(study, filter, material.source.id) else { continue };
            self.check(&timeline_measured(study, &found), "first_word", |first, found, leads| {
                let Leads::Passage { theme, span, .. } = leads else { panic!("{leads:?}") };
                let [passage] = found.items.as_slice() else { panic!("{leads:?}") };
                assert_eq!(material.geometry.words_in(Span::new(0, passage.span.start)) + 1, first);
                let codings: Vec<_> = passage.codings.iter().map(|id| &material.coding(*id).unwrap().coding).collect();
                assert!(codings.iter().all(|coding| coding.theme == *theme));
                assert_eq!(codings.iter().map(|coding| coding.span).reduce(Span::hull), Some(*span));
            });
        }

        // Of those with a value and of each value at once nobody asks.
        let of_all = Filter { said_by: None, ..filter.clone() };
        let strata = strata(study, &lines, &of_all, Some(group));
        let measured = saturation_measured(study, &strata, Rule::default(), None, |stratum| format!("{:?}", stratum.value));
        let mut interviews = strata.iter().flat_map(|stratum| &stratum.interviews).map(|interview| interview.themes.clone());
        assert_eq!(measured.leads.len(), measured.table.rows.len());
        for leads in &measured.leads {
            let found = self.behind(leads.as_ref().unwrap());
            let codings = found.items.iter().flat_map(|passage| passage.codings.iter().map(|id| (passage.source, *id)));
            let heard = codings.flat_map(|(source, id)| lines.of(study.material(source).unwrap().coding(id).unwrap().coding.theme));
            let heard: BTreeSet<u32> = heard.copied().collect();
            assert_eq!(heard.into_iter().collect::<Vec<_>>(), interviews.next().unwrap());
        }

        // Coverage takes all codings of a coder or of all.
        let whole = Filter { coder: filter.coder, kinds: filter.kinds.clone(), ..Filter::default() };
        let covered = coverage(study, &whole);
        self.check(&coverage_measured(study, &covered, &whole), "coded", |figure, found, _| assert_eq!(self.words(found), figure));
        self.check(&gaps_measured(study, &covered), "words", |figure, found, _| {
            let [gap] = found.items.as_slice() else { panic!("{figure}") };
            let material = study.material(gap.source).unwrap();
            let parts = material.parts_of(gap.span).into_iter().map(|part| material.geometry.words_in(part.span));
            assert_eq!(parts.sum::<u32>(), figure);
        });

        let wanted = Wanted { people: 0, count: 1, likelihood: 0.0, ..Wanted::default() };
        let all = counts(study, texts, filter, Said::ByAll, |_, _| true).unwrap().unwrap();
        self.check(&frequent_measured(&all, &frequent(&all, &wanted), &wanted, filter), "count", passages);
        let bodies: Vec<Said> =
            book.outline().iter().map(|row| Said::On(row.theme)).chain(values.iter().map(|value| Said::By(group, *value))).collect();
        let counted = counts_of_each(study, texts, filter, &bodies, |_, _| true).unwrap().unwrap();
        let keywords = |(said, counts): (Said, _)| Keywords { name: String::new(), said, words: keywords(&counts, &wanted), counts };
        let keywords: Vec<_> = bodies.into_iter().zip(counted).map(keywords).collect();
        self.check(&keywords_measured(&keywords, &wanted, filter), "count", passages);
    }

    fn check_agreement(&self, scope: Scope) {
        let Self { study, texts, .. } = self;
        let lines = Lines::all(study.codebook(), scope);
        let coders = study.analysts().map(|coder| coder.id).collect();
        let asked = agreement::Asked { coders, unit: UnitOf::Characters, interviewers: false };
        let found = agreement::agreement(study, texts, &lines, &asked, |_, _| true).unwrap().unwrap();
        let themes: Vec<_> = found.themes.iter().map(|of| Some(Leads::Differences(of.theme))).collect();
        self.check(&agreement_measured(study, &found, Telling::default()), "differences", |figure, found, leads| {
            assert!(themes.contains(&Some(leads.clone())));
            assert!(figure == 0 || !found.items.is_empty());
        });
        self.check(&differences_measured(study, texts, &found).unwrap(), "paragraph", |figure, found, leads| {
            let [passage] = found.items.as_slice() else { panic!("{figure}") };
            let material = study.material(passage.source).unwrap();
            assert_eq!(material.geometry.paragraphs_in(passage.span).start + 1, figure as usize);
            assert!(!passage.codings.is_empty(), "somebody coded it");
            let Leads::Difference { theme, .. } = leads else { panic!("{leads:?}") };
            let of = |id: &CodingId| material.coding(*id).unwrap().coding.theme;
            assert!(scope == Scope::WithBelow || passage.codings.iter().all(|id| of(id) == *theme), "what was compared");
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_row_leads_to_as_much_as_it_says(plan in plans()) {
        let (builder, spec) = build(&plan);
        let made = Made { study: builder.study(), texts: builder.blobs.clone(), filter: spec.filter };
        made.check_all();
        made.check_agreement(Scope::WithBelow);
        made.check_agreement(Scope::Alone);
    }
}

/// One who says a hundred and five words, each of its own.
fn words_of_one(builder: &mut Builder) -> crate::analysis::testing::Put {
    let said: Vec<String> = (1..=105).map(|number| format!("w{number:03}")).collect();
    let person = builder.case("P", CaseKind::Person, Values::new());
    builder.source("A", Some(person), Values::new(), &[(None, Voice::Participant, &said.join(" "))])
}

#[test]
fn the_coefficient_of_the_manual_comes_out_of_a_study_with_its_flag() {
    let mut builder = Builder::new();
    let ann = builder.coder("Ann");
    let (often, seldom) = (builder.theme(None, "Often"), builder.theme(None, "Seldom"));
    let put = words_of_one(&mut builder);
    for (theme, numbers) in [(often, 1..=100), (seldom, 96..=105)] {
        for number in numbers {
            builder.code(&put, put.span(&format!("w{number:03}")), theme, ann);
        }
    }
    let study = builder.study();
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let filter = Filter::default();
    let part = Part { whose: None, found: cooccurrence(&study, &lines, &filter, Basis::Overlap), filter };
    let measured = cooccurrence_measured(&study, &[part]);
    let row = ["Often", "Seldom", "100", "10", "5", "0.0476", "0.0476", "one is more than five times the other"];
    assert_eq!(measured.table.rows, [row]);
    let found = behind(&study, &builder.blobs, measured.leads[0].as_ref().unwrap(), |_, _| true).unwrap().unwrap();
    assert_eq!((found.items.len(), found.items[0].span), (5, put.span("w096")));
}

#[test]
fn the_published_interviews_are_saturated_where_the_paper_says() {
    let mut builder = Builder::new();
    let ann = builder.coder("Ann");
    let mut number = 0;
    for (interview, new) in [16, 9, 8, 4, 4, 3, 1, 0, 1, 0].into_iter().enumerate() {
        let person = builder.case(&format!("P{interview}"), CaseKind::Person, Values::new());
        let put = builder.source(&format!("S{interview}"), Some(person), Values::new(), &[(None, Voice::Participant, "The room was cold")]);
        for _ in 0..new {
            number += 1;
            let theme = builder.theme(None, &format!("T{number}"));
            builder.code(&put, put.span("room"), theme, ann);
        }
    }
    let study = builder.study();
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let strata = strata(&study, &lines, &Filter::default(), None);
    let measured = |run| {
        let rule = Rule { run, ..Rule::default() };
        saturation_measured(&study, &strata, rule, None, |_| "All".to_owned())
    };
    let shares = |measured: &Measured| measured.table.rows.iter().map(|row| row[8].clone()).filter(|share| !share.is_empty()).collect();
    let (two, three) = (measured(2), measured(3));
    let of: Vec<String> = shares(&two);
    assert_eq!(of, ["0.1892", "0.1081", "0.0270", "0.0270", "0.0270"]);
    let of: Vec<String> = shares(&three);
    assert_eq!(of, ["0.2162", "0.1081", "0.0541", "0.0270"][..].iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(two.found, ["All: at most 5 % new information at 6+2 (base 4): that run brought 1 of 37 (2.7 %)."]);
    assert!(three.found[0].contains("at 7+3 (base 4)"), "{:?}", three.found);
}

/// What a study says of itself, measure by measure: whatever is found, and every figure.
fn told_of(study: &Study, texts: &Blobs, filter: &Filter) -> Vec<(String, Vec<String>, usize)> {
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let within = Within { paragraphs: 1, bridge: Bridge::Nothing };
    let whole = |found| Part { whose: None, filter: filter.clone(), found };
    let follows = Part { whose: None, filter: filter.clone(), found: sequence(study, &lines, filter, within) };
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: filter.clone() };
    let covered = coverage(study, filter);
    let wanted = Wanted::default();
    let all = counts(study, texts, filter, Said::ByAll, |_, _| true).unwrap().unwrap();
    let strata = strata(study, &lines, filter, None);
    let measured = [
        cooccurrence_measured(study, &[whole(cooccurrence(study, &lines, filter, Basis::Case))]),
        sequence_measured(study, &[follows], within),
        saturation_measured(study, &strata, Rule::default(), None, |_| "All".to_owned()),
        frequency_measured(study, &matrix(study, &spec).unwrap(), Labels::IDS).unwrap(),
        overview_measured(study, &by_source(study, &lines, filter), filter),
        coverage_measured(study, &covered, filter),
        gaps_measured(study, &covered),
        frequent_measured(&all, &frequent(&all, &wanted), &wanted, filter),
        keywords_measured(&[], &wanted, filter),
    ];
    let told = measured.map(|measured| {
        let measured = measured.of_codings(study, filter);
        assert!(!measured.json().to_string().contains("NaN") && measured.leads.len() == measured.table.rows.len());
        assert!(measured.table.rows.iter().flatten().all(|cell| !["NaN", "inf"].contains(&cell.as_str())), "{measured:?}");
        assert!(!measured.table.rows.is_empty() || !measured.found.is_empty(), "{}", measured.name);
        (measured.name, measured.found, measured.table.rows.len())
    });
    told.to_vec()
}

#[test]
fn where_there_is_nothing_that_is_said_in_a_sentence() {
    let said = |told: &[(String, Vec<String>, usize)]| told.iter().map(|(_, found, _)| found.join(" ")).collect::<Vec<_>>();
    let mut builder = Builder::new();
    let nothing = "Nothing is coded here that counts.";
    assert_eq!(
        said(&told_of(&builder.study(), &builder.blobs, &Filter::default())),
        [
            "No two themes are spoken of together on this basis.",
            "No theme follows another as near as that.",
            "All: not enough interviews: it takes 6.",
            "There are no themes.",
            "There are no themes.",
            "No participant speaks in these sources.",
            "No participant speaks in these sources.",
            "No words of participants are here to be counted.",
            "No words of participants are here to be counted.",
        ]
        .map(|says| format!("{says} {nothing}"))
    );
    // One theme, participants who are nobody that is stated, a report in which nobody speaks, and a coder who has done nothing.
    let (ann, ben) = (builder.coder("Ann"), builder.coder("Ben"));
    let rooms = builder.theme(None, "Rooms");
    builder.theme(None, "Never");
    let put = builder.source("A", None, Values::new(), &[(None, Voice::Participant, "The room was cold")]);
    builder.source("B", None, Values::new(), &[(None, Voice::Author, "It is said that rooms are cold")]);
    builder.code(&put, put.span("The room was cold"), rooms, ann);
    let study = builder.study();
    let told = told_of(&study, &builder.blobs, &Filter::default());
    assert_eq!(told[0].1, ["No two themes are spoken of together on this basis."], "nobody who is stated was heard");
    assert_eq!(told[5].1, ["4 of 4 words of participants are coded, a share of 1.0000."]);
    assert_eq!(told[6].1, ["No words of participants are left that are not coded."]);
    assert_eq!(told[7].1, ["No word is said that often by that many participants."]);
    assert_eq!((told[3].2, told[4].2), (2, 2), "a theme nobody used has its row");
    let of_ben = told_of(&study, &builder.blobs, &Filter { coder: Some(ben), ..Filter::default() });
    assert!(of_ben.iter().all(|(_, found, _)| found.last().unwrap() == "Ben has coded nothing here."), "{of_ben:?}");
    assert_eq!(of_ben[5].1[0], "0 of 4 words of participants are coded, a share of 0.0000.");
}

#[test]
fn whoever_has_two_values_counts_under_each_and_what_nobody_has_is_said() {
    let mut builder = Builder::new();
    let ann = builder.coder("Ann");
    let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let of = ["Leads", "Workers"].map(|name| builder.value(group, name));
    let wave = builder.attribute("Wave", AttributeOf::Sources, None, None);
    let both = builder.case("P", CaseKind::Person, values(&of.map(|value| (group, value))));
    let themes = ["Rooms", "Cold"].map(|name| builder.theme(None, name));
    let put = builder.source("A", Some(both), Values::new(), &[(None, Voice::Participant, "The room was cold")]);
    for theme in themes {
        builder.code(&put, put.span("room was cold"), theme, ann);
    }
    let study = builder.study();
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let part = |value: Option<crate::study::ValueId>| {
        let filter = Filter { said_by: Some((group, value)), ..Filter::default() };
        Part { whose: Some(format!("{value:?}")), found: cooccurrence(&study, &lines, &filter, Basis::Overlap), filter }
    };
    let measured = cooccurrence_measured(&study, &[part(Some(of[0])), part(Some(of[1])), part(None)]);
    assert_eq!(measured.table.rows.len(), 2, "under each value, and not where nothing is stated");
    assert!(measured.computed.iter().any(|says| says.contains("whoever has two values counts under each")));
    let strata = strata(&study, &lines, &Filter::default(), Some(group));
    let saturation = saturation_measured(&study, &strata, Rule::default(), None, |_| String::new());
    assert_eq!(saturation.table.rows.len(), 3, "all, and each of two values");
    assert!(saturation.computed.iter().any(|says| says.contains("whoever has two values counts under each")));
    assert_eq!(saturation.clone().by(&study, group).found, saturation.found);
    let unsaid = saturation.by(&study, wave).found;
    assert_eq!(unsaid.last().unwrap(), "No source has a value of “Wave”: everything is under “Not stated”.");
}
