//! What is said under pictures, and what is drawn, is what was counted.

use super::*;
use crate::analysis::by_source::by_source;
use crate::analysis::cooccurrence::{Basis, cooccurrence};
use crate::analysis::leads::Leads;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Axis, Filter, Matrix, MatrixSpec, Measure, matrix};
use crate::analysis::saturation::{Rule, strata};
use crate::analysis::testing::{Builder, values};
use crate::exchange::export::{Labels, Names};
use crate::study::{AttributeId, AttributeOf, BuiltIn, CaseKind, CoderId, Role, StatusKind, Study, ThemeId, ValueId, Values};
use crate::text::Voice;

/// People of one group, the first of them of a kind, each in a source of their own.
struct Scene {
    builder: Builder,
    ann: CoderId,
    themes: [ThemeId; 2],
    group: AttributeId,
    values: [ValueId; 2],
}

const SAID: &str = "One two three four five six seven eight nine ten";

fn scene() -> Scene {
    let mut builder = Builder::new();
    let ann = builder.coder("Ann");
    let themes = ["Rooms", "Letters"].map(|name| builder.theme(None, name));
    let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
    let values = ["Leads", "Workers"].map(|name| builder.value(group, name));
    Scene { builder, ann, themes, group, values }
}

impl Scene {
    /// Somebody who says everything, of which so many words are coded one by one.
    fn says(&mut self, label: &str, kind: CaseKind, value: usize, theme: usize, words: usize) {
        let case = self.builder.case(label, kind, values(&[(self.group, self.values[value])]));
        let put = self.builder.source(label, Some(case), Values::new(), &[(None, Voice::Participant, SAID)]);
        for word in SAID.split(' ').take(words) {
            self.builder.code(&put, put.span(word), self.themes[theme], self.ann);
        }
        self.builder.status(&put, self.ann, StatusKind::Done);
    }
}

fn crossed(scene: &Scene, study: &Study) -> Matrix {
    let columns = vec![Axis::Attribute(scene.group)];
    matrix(study, &MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: Filter::default() }).unwrap()
}

fn named<'a>(picture: &'a Picture, begins: &str) -> &'a Mark {
    picture.marks.iter().find(|mark| mark.name.starts_with(begins)).unwrap()
}

#[test]
fn where_only_others_are_heard_that_is_the_reason_and_their_cells_are_not_empty() {
    let mut scene = scene();
    scene.says("G", CaseKind::Group, 0, 0, 1);
    let draw = |scene: &Scene, of: fn(&Names<'_>, &Matrix, Measure) -> Result<Picture, NoPicture>| {
        let study = scene.builder.study();
        of(&Names::new(&study, Labels::IDS), &crossed(scene, &study), Measure::Participants)
    };
    for of in [heat_table, bars] {
        let why = draw(&scene, of).unwrap_err().to_string();
        assert!(why.ends_with("only pairs, groups or people who are not stated are heard; none is a participant"), "{why}");
    }
    scene.says("A", CaseKind::Person, 0, 1, 1);
    scene.says("B", CaseKind::Person, 1, 1, 0);
    let picture = draw(&scene, heat_table).unwrap();
    let filled = |begins: &str| {
        let middle = named(&picture, begins).reach.area().centre();
        picture.shapes.iter().any(|shape| matches!(shape, Shape::Box { area, look, .. } if look.fill.is_some() && area.has(middle)))
    };
    assert!(filled("Rooms × Leads: 0 participants + 1 group"), "{:?}", picture.marks);
    assert!(filled("Letters × Leads: 1 participant") && !filled("Letters × Workers: all sources are done"), "{:?}", picture.marks);
    let written = |says: &str| picture.shapes.iter().any(|shape| matches!(shape, Shape::Words(words) if words.text == says));
    assert!(written("0/1 +1") && written("no participant, but others"));
}

#[test]
fn a_share_of_nothing_is_no_zero_and_a_small_one_neither() {
    let mut scene = scene();
    for number in 0..25 {
        scene.says(&format!("P{number}"), CaseKind::Person, 0, 0, 10);
    }
    scene.says("Q", CaseKind::Person, 1, 0, 1);
    let study = scene.builder.study();
    let picture = heat_table(&Names::new(&study, Labels::IDS), &crossed(&scene, &study), Measure::ShareOfRow).unwrap();
    let text_in = |begins: &str| {
        let area = named(&picture, begins).reach.area();
        let within = |words: &&Words| area.has(words.at);
        let words = picture.shapes.iter().filter_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None });
        words.filter(within).map(|words| words.text.as_str()).collect::<Vec<_>>().concat()
    };
    assert_eq!(text_in("Rooms × Leads: 99.6 %"), "99 %");
    assert_eq!(text_in("Rooms × Workers: 0.4 %"), "< 1 %");
    assert_eq!(text_in("Letters × Leads: a share of nothing"), "–");
}

#[test]
fn masked_rows_go_last_and_that_is_said() {
    let mut scene = scene();
    for number in 0..70 {
        scene.builder.theme(None, &format!("Theme {number}"));
    }
    for label in ["A", "B", "C"] {
        scene.says(label, CaseKind::Person, 0, 0, 1);
    }
    scene.says("D", CaseKind::Person, 0, 1, 3);
    let study = scene.builder.study();
    let counted = crossed(&scene, &study);
    let says = |labels: Labels| {
        let picture = heat_table(&Names::new(&study, labels), &counted, Measure::Passages).unwrap();
        picture.computed.iter().find(|says| says.starts_with("Shown are")).unwrap().clone()
    };
    assert_eq!(says(Labels::IDS), "Shown are 60 of 72 rows: those with most codings.");
    assert_eq!(says(Labels::IDS.masking(Some(2))), "Shown are 60 of 72 rows: those with most codings, masked ones last.");
}

#[test]
fn circles_have_the_area_they_are_said_to_have() {
    let mut scene = scene();
    scene.says("A", CaseKind::Person, 0, 0, 8);
    scene.says("B", CaseKind::Person, 0, 0, 2);
    for label in ["A", "B"] {
        let put = scene.builder.source(&format!("{label}2"), None, Values::new(), &[(None, Voice::Participant, SAID)]);
        for theme in scene.themes {
            scene.builder.code(&put, put.span("One two"), theme, scene.ann);
        }
    }
    let study = scene.builder.study();
    let (lines, filter) = (Lines::all(study.codebook(), Scope::WithBelow), Filter::default());
    let overview = source_overview(&study, &by_source(&study, &lines, &filter), &filter, Labels::IDS).unwrap();
    let disc = |begins: &str| {
        let middle = named(&overview, begins).reach.area().centre();
        let here = |shape: &Shape| match shape {
            Shape::Disc { centre, radius, .. } if centre.distance(middle) < 0.1 => Some(*radius),
            _ => None,
        };
        overview.shapes.iter().find_map(here).unwrap()
    };
    assert!((disc("Rooms × A: 8") / disc("Rooms × B: 2") - 2.0).abs() < 1e-3);
    let found = cooccurrence(&study, &lines, &filter, Basis::Overlap);
    let part = Together { whose: None, filter, found };
    let net = network(&study, &[part], Weighing::Count).unwrap();
    let radius = |begins: &str| named(&net, begins).reach.area().width / 2.0;
    assert!(((radius("Rooms: 12") / radius("Letters: 2")).powi(2) - 6.0).abs() < 1e-2, "{:?}", net.marks);
    for picture in [&overview, &net] {
        assert!(picture.computed.iter().any(|says| says.contains("never smaller than can be seen")), "{:?}", picture.computed);
    }
}

#[test]
fn a_picture_of_pairs_says_of_words_what_its_table_says() {
    let mut scene = scene();
    scene.says("A", CaseKind::Person, 0, 0, 1);
    scene.says("B", CaseKind::Person, 0, 1, 1);
    let put = scene.builder.source("C", None, Values::new(), &[(None, Voice::Participant, SAID)]);
    for theme in scene.themes {
        scene.builder.code(&put, put.span("One two"), theme, scene.ann);
    }
    let study = scene.builder.study();
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let by_value = Filter { said_by: Some((scene.group, None)), ..Filter::default() };
    for (basis, filter, says) in [
        (Basis::Overlap, Filter::default(), "A passage may reach over interviewers’ words between two answers"),
        (Basis::Overlap, by_value.clone(), "two are together also where all they share is said by others"),
        (Basis::Source, Filter::default(), "Codings without participants’ words are not counted."),
        (Basis::Paragraph, by_value, "Interviewers’ words are not counted."),
    ] {
        let part = Together { whose: None, found: cooccurrence(&study, &lines, &filter, basis), filter };
        let table = crate::exchange::export::cooccurrence_measured(&study, std::slice::from_ref(&part)).computed;
        let one = table.iter().find(|sentence| sentence.contains(says)).unwrap();
        for picture in [pair_table(&study, std::slice::from_ref(&part), Weighing::Count), network(&study, &[part], Weighing::Count)] {
            let computed = picture.unwrap().computed;
            assert!(computed.contains(one), "{computed:?}");
            assert_eq!(computed.iter().any(|says| says.contains("Interviewers’ words are not")), one.starts_with("Interviewers"));
        }
    }
}

#[test]
fn a_curve_says_in_which_order_it_stands_and_at_which_level_it_counts() {
    let mut scene = scene();
    let date = scene.builder.attribute("Date", AttributeOf::Sources, None, Some(BuiltIn::Date));
    let value = |builder: &mut Builder, written: &str| builder.value(date, written);
    for (label, written) in [("A", "spring 2024"), ("B", "2024-02-01"), ("C", "")] {
        let case = scene.builder.case(label, CaseKind::Person, values(&[(scene.group, scene.values[0])]));
        let of = if written.is_empty() { Values::new() } else { values(&[(date, value(&mut scene.builder, written))]) };
        let put = scene.builder.source(label, Some(case), of, &[(None, Voice::Participant, SAID)]);
        scene.builder.code(&put, put.span("One"), scene.themes[0], scene.ann);
    }
    let study = scene.builder.study();
    let lines = Lines::all(study.codebook(), Scope::WithBelow);
    let rule = Rule { base: 1, run: 1, threshold: 0.05 };
    let said = |by: Option<AttributeId>| {
        let strata = strata(&study, &lines, &Filter::default(), by);
        let picture = saturation_curve(&study, &strata, rule, None, |_| "All".to_owned()).unwrap();
        assert!(picture.marks.iter().all(|mark| matches!(mark.leads, Some(Leads::Source { .. }))));
        let table = crate::exchange::export::saturation_measured(&study, &strata, rule, None, |_| "All".to_owned());
        (picture.computed.join(" "), table.computed.join(" "))
    };
    let (picture, table) = said(None);
    let order = "in the order of their dates (those of one day in the order of the sources";
    assert!(picture.contains(&format!("{order}, 2 without a date that is a day after the rest).")), "{picture}");
    assert!(table.contains(&format!("{order}).")) && table.contains("One has no date") && table.contains("1 has a date that"), "{table}");
    for says in [&picture, &table] {
        assert!(says.contains("the first coding of a sub-theme also brings the themes above it"), "{says}");
        assert!(!says.contains("whoever has two values"));
    }
    let (picture, _) = said(Some(scene.group));
    assert!(picture.contains("whoever has two values counts under each"), "{picture}");
}

#[test]
fn of_many_interviews_the_first_are_drawn_and_it_is_said() {
    let mut scene = scene();
    for number in 0..250 {
        let case = scene.builder.case(&format!("N{number}"), CaseKind::Person, values(&[(scene.group, scene.values[0])]));
        let put = scene.builder.source(&format!("N{number}"), Some(case), Values::new(), &[(None, Voice::Participant, SAID)]);
        scene.builder.code(&put, put.span("One"), scene.themes[usize::from(number == 249)], scene.ann);
    }
    let study = scene.builder.study();
    let strata = strata(&study, &Lines::all(study.codebook(), Scope::Alone), &Filter::default(), None);
    let picture = saturation_curve(&study, &strata, Rule::default(), None, |_| "All".to_owned()).unwrap();
    assert_eq!(picture.marks.len(), 200);
    let says = "All: drawn are the first 200 of 250 interviews; those after them brought 1 new.";
    assert!(picture.computed.iter().any(|sentence| sentence == says), "{:?}", picture.computed);
}
