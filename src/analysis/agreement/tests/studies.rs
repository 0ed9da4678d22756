//! Coders of a study.

use crate::analysis::agreement::{Agreement, Asked, Counted, Difference, Fourfold, Undefined, UnitOf, Why, agreement, coders_at_work};
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::testing::{Builder, Put};
use crate::study::{CoderId, StatusKind, ThemeId, Values};
use crate::text::{Span, Voice};

struct Scene {
    builder: Builder,
    source: Put,
    ann: CoderId,
    ben: CoderId,
    rooms: ThemeId,
    cold: ThemeId,
}

/// A transcript with curly quotes, and words of an interviewer between two answers; “Cold” is below “Rooms”.
fn scene() -> Scene {
    let mut builder = Builder::new();
    let (ann, ben) = (builder.coder("Ann"), builder.coder("Ben"));
    let rooms = builder.theme(None, "Rooms");
    let cold = builder.theme(Some(rooms), "Cold");
    let turns = [
        (Some("P"), Voice::Participant, "“It’s cold”, she said"),
        (Some("I"), Voice::Interviewer, "Was it?"),
        (Some("P"), Voice::Participant, "The room was cold"),
        (None, Voice::Furniture, "Page 2"),
        (Some("P"), Voice::Participant, "Letters came late"),
    ];
    let source = builder.source("A", None, Values::new(), &turns);
    builder.speaker(&source, "P", Voice::Participant, None);
    builder.speaker(&source, "I", Voice::Interviewer, None);
    Scene { builder, source, ann, ben, rooms, cold }
}

impl Scene {
    fn code(&mut self, words: &str, theme: ThemeId, coder: CoderId) {
        let span = self.source.span(words);
        self.builder.code(&self.source.clone(), span, theme, coder);
    }

    fn asked(&self, unit: UnitOf) -> Asked {
        Asked { coders: vec![self.ann, self.ben], unit, interviewers: false }
    }

    fn found(&self, asked: &Asked, scope: Scope) -> Agreement {
        let study = self.builder.study();
        agreement(&study, &self.builder.blobs, &Lines::all(study.codebook(), scope), asked, |_, _| true).unwrap().unwrap()
    }

    fn of(&self, unit: UnitOf) -> Agreement {
        self.found(&self.asked(unit), Scope::Alone)
    }
}

fn two(found: &Agreement, theme: ThemeId) -> Fourfold {
    match found.themes.iter().find(|of| of.theme == theme).map(|of| &of.together) {
        Some(Counted::Two(fourfold)) => *fourfold,
        other => panic!("{other:?}"),
    }
}

#[test]
fn characters_are_those_of_people_who_answer() {
    let mut scene = scene();
    scene.code("“It’s cold”", scene.rooms, scene.ann);
    scene.code("cold”, she said", scene.rooms, scene.ben);
    let found = scene.of(UnitOf::Characters);
    // 21, 17 and 17 characters, though the first has more bytes.
    assert_eq!(two(&found, scene.rooms), Fourfold { both: 5, first: 6, second: 10, neither: 34 });
    assert_eq!((found.sources.as_slice(), found.unused.as_slice()), (&[scene.source.id][..], &[scene.cold][..]));
    let by = vec![(scene.ann, vec![scene.source.span("“It’s cold”")]), (scene.ben, vec![scene.source.span("cold”, she said")])];
    let span = scene.source.span("“It’s cold”, she said");
    let here = Difference { theme: scene.rooms, source: scene.source.id, span, by, of: 21, apart: 16 };
    assert_eq!(found.differences, [here]);
    // With the interviewer there are seven characters more; labels and furniture never count.
    let with = scene.found(&Asked { interviewers: true, ..scene.asked(UnitOf::Characters) }, Scope::Alone);
    assert_eq!(two(&with, scene.rooms).all(), 55 + 7);
}

#[test]
fn what_lies_between_answers_is_no_difference() {
    let mut scene = scene();
    let whole = Span::new(scene.source.span("The room").start, scene.source.span("late").end);
    let source = scene.source.clone();
    scene.builder.code(&source, whole, scene.rooms, scene.ann);
    scene.code("The room was cold", scene.rooms, scene.ben);
    scene.code("Letters came late", scene.rooms, scene.ben);
    let found = scene.of(UnitOf::Characters);
    assert_eq!((two(&found, scene.rooms).both, found.differences.len()), (34, 0));
    assert_eq!(found.themes[0].kappa.pooled, Ok(1.0));
    // Only the interviewer's words: nothing of them counts.
    scene.code("Was it?", scene.cold, scene.ben);
    let found = scene.of(UnitOf::Characters);
    assert_eq!((found.outside, found.unused.as_slice()), (1, &[scene.cold][..]));
}

#[test]
fn paragraphs_differ_one_by_one() {
    let mut scene = scene();
    let whole = Span::new(scene.source.span("cold”").start, scene.source.span("late").end);
    let source = scene.source.clone();
    scene.builder.code(&source, whole, scene.rooms, scene.ann);
    scene.code("was cold", scene.rooms, scene.ben);
    let found = scene.of(UnitOf::Paragraphs);
    assert_eq!(two(&found, scene.rooms), Fourfold { both: 1, first: 2, second: 0, neither: 0 });
    let spans: Vec<Span> = found.differences.iter().map(|difference| difference.span).collect();
    assert_eq!(spans, ["“It’s cold”, she said", "Letters came late"].map(|words| scene.source.span(words)));
    assert_eq!(found.differences[0].sides(), (vec![scene.ann], vec![scene.ben]));
    assert_eq!(found.themes[0].kappa.pooled, Ok(0.0));
}

#[test]
fn segments_that_are_not_met_are_differences() {
    let mut scene = scene();
    scene.code("The room was cold", scene.rooms, scene.ann);
    scene.code("The room was", scene.rooms, scene.ben);
    scene.code("Letters", scene.rooms, scene.ann);
    scene.code("Letters", scene.rooms, scene.ben);
    let apart = |least| {
        let found = scene.of(UnitOf::Segments(least));
        let differences: Vec<_> = found.differences.iter().map(|difference| (difference.of, difference.apart)).collect();
        (found.matched().unwrap().percent_agreement(), differences)
    };
    assert_eq!(apart(0.9), (Ok(0.5), vec![(2, 2)]));
    assert_eq!(apart(0.5), (Ok(1.0), vec![]));
}

#[test]
fn a_theme_counts_alone_or_with_those_below_it() {
    let mut scene = scene();
    scene.code("room", scene.rooms, scene.ann);
    scene.code("room", scene.cold, scene.ben);
    let alone = scene.of(UnitOf::Characters);
    assert_eq!(alone.differences.iter().map(|difference| difference.theme).collect::<Vec<_>>(), [scene.rooms, scene.cold]);
    assert_eq!(alone.mean(|of| of.kappa.pooled).mean, Ok(0.0));
    let with_below = scene.found(&scene.asked(UnitOf::Characters), Scope::WithBelow);
    assert_eq!(with_below.differences.iter().map(|difference| difference.theme).collect::<Vec<_>>(), [scene.cold]);
    assert_eq!(with_below.themes[0].kappa.pooled, Ok(1.0));
    assert_eq!(with_below.differences_by_theme().get(&scene.cold), Some(&1));
}

#[test]
fn sources_that_one_alone_worked_in_are_left_out_and_a_finished_one_without_codings_is_not() {
    let mut scene = scene();
    scene.code("room", scene.rooms, scene.ann);
    let second = scene.builder.source("B", None, Values::new(), &[(None, Voice::Participant, "Cold it was")]);
    let third = scene.builder.source("C", None, Values::new(), &[(None, Voice::Furniture, "Contents")]);
    for coder in [scene.ann, scene.ben] {
        scene.builder.status(&third, coder, StatusKind::Done);
    }
    let nothing = scene.of(UnitOf::Characters);
    let why = |source: &Put, why| (source.id, why);
    assert_eq!(nothing.left_out, [why(&scene.source, Why::Only(scene.ann)), why(&second, Why::Nobody), why(&third, Why::NoText)]);
    assert!(nothing.themes.is_empty() && nothing.unused.len() == 2 && nothing.differences.is_empty());
    assert_eq!(nothing.mean(|of| of.kappa.pooled).mean, Err(Undefined::NotUsed));
    // Whoever says that nothing was to be coded has decided so.
    scene.builder.status(&scene.source.clone(), scene.ben, StatusKind::Done);
    let found = scene.of(UnitOf::Characters);
    assert_eq!((found.sources.as_slice(), found.unfinished), (&[scene.source.id][..], 1));
    assert_eq!(found.differences[0].by, [(scene.ann, vec![scene.source.span("room")]), (scene.ben, vec![])]);
    assert_eq!(found.themes[0].kappa.pooled, Ok(0.0));
    assert_eq!(coders_at_work(&scene.builder.study()).into_iter().collect::<Vec<_>>(), [scene.ann, scene.ben]);
    let study = scene.builder.study();
    let lines = Lines::all(study.codebook(), Scope::Alone);
    let called_off = agreement(&study, &scene.builder.blobs, &lines, &scene.asked(UnitOf::Characters), |_, _| false);
    assert_eq!(called_off.unwrap(), None);
}

#[test]
fn where_all_is_coded_by_all_there_is_no_variation() {
    let mut scene = scene();
    for words in ["“It’s cold”, she said", "The room was cold", "Letters came late"] {
        scene.code(words, scene.rooms, scene.ann);
        scene.code(words, scene.rooms, scene.ben);
    }
    for unit in [UnitOf::Characters, UnitOf::Paragraphs] {
        let found = scene.of(unit);
        let theme = &found.themes[0];
        assert_eq!(
            (theme.percent.pooled, theme.kappa.pooled, theme.alpha.pooled),
            (Ok(1.0), Err(Undefined::NoVariation), Err(Undefined::NoVariation))
        );
    }
    assert_eq!(scene.of(UnitOf::Segments(0.9)).themes[0].alpha.pooled, Err(Undefined::NoGaps));
}

#[test]
fn time_stamps_are_no_text_that_counts() {
    let mut scene = scene();
    let turns = [
        (None, Voice::Participant, "[00:01:00]"),
        (None, Voice::Participant, "[00:01:05] We sat [00:01:08] still"),
        (None, Voice::Participant, "[00:01:10] [00:01:11]"),
        (None, Voice::Participant, "So cold"),
    ];
    let stamped = scene.builder.source("B", None, Values::new(), &turns);
    scene.builder.stamps_in_brackets("B");
    let (ann, ben) = (scene.ann, scene.ben);
    let code = |scene: &mut Scene, from: &str, to: &str, coder| {
        let span = Span::new(stamped.span(from).start, stamped.span(to).end);
        scene.builder.code(&stamped, span, scene.rooms, coder);
    };
    // Ann begins with a stamp and goes over another and over paragraphs that hold nothing else; Ben marks the words alone.
    code(&mut scene, "[00:01:05]", "So", ann);
    for words in ["We sat", "still", "So"] {
        code(&mut scene, words, words, ben);
    }
    let counted = |found: &Agreement| (two(found, scene.rooms), found.ranged.iter().map(|source| source.units).sum::<u32>());
    let found = scene.of(UnitOf::Characters);
    // “We sat”, “still” and “So cold” are all that counts, without the white space round the stamps.
    assert_eq!(counted(&found), (Fourfold { both: 13, first: 0, second: 0, neither: 5 }, 18));
    assert!(found.differences.is_empty(), "{:?}", found.differences);
    assert_eq!(counted(&scene.of(UnitOf::Paragraphs)), (Fourfold { both: 2, first: 0, second: 0, neither: 0 }, 2));
    // In segments the stamp adds nothing to what one shares with the other.
    let mut segments = self::scene();
    let said = segments.builder.source("B", None, Values::new(), &[(None, Voice::Participant, "[00:01:05] Cold")]);
    segments.builder.stamps_in_brackets("B");
    segments.builder.code(&said, said.span("[00:01:05] Cold"), segments.rooms, segments.ann);
    segments.builder.code(&said, said.span("Cold"), segments.rooms, segments.ben);
    assert_eq!(segments.of(UnitOf::Segments(1.0)).matched().unwrap().percent_agreement(), Ok(1.0));
}

#[test]
fn it_makes_no_difference_who_coded_the_stamp_too() {
    for whole in [true, false] {
        let mut scene = scene();
        let said = "Fine, [00:00:14] really.";
        let source = scene.builder.source("B", None, Values::new(), &[(None, Voice::Participant, said)]);
        scene.builder.stamps_in_brackets("B");
        let (ann, ben, rooms) = (scene.ann, scene.ben, scene.rooms);
        for words in if whole { vec![said] } else { vec!["Fine, ", " really."] } {
            scene.builder.code(&source, source.span(words), rooms, ann);
        }
        for words in ["Fine,", "really."] {
            scene.builder.code(&source, source.span(words), rooms, ben);
        }
        let found = scene.of(UnitOf::Characters);
        assert_eq!(two(&found, rooms), Fourfold { both: 5 + 7, first: 0, second: 0, neither: 0 });
        assert!(found.differences.is_empty(), "{:?}", found.differences);
    }
}

#[test]
fn what_is_coded_on_a_stamp_alone_codes_nothing() {
    let mut scene = scene();
    let source = scene.builder.source("B", None, Values::new(), &[(None, Voice::Participant, "[00:01:05] We sat [00:01:08] still")]);
    scene.builder.stamps_in_brackets("B");
    // Neither is the white space round it.
    scene.builder.code(&source, source.span(" [00:01:08] "), scene.rooms, scene.ann);
    scene.builder.code(&source, source.span("We sat"), scene.rooms, scene.ben);
    for (unit, coded) in [(UnitOf::Characters, 6), (UnitOf::Paragraphs, 1)] {
        let found = scene.of(unit);
        let all = two(&found, scene.rooms);
        assert_eq!((all.both, all.first, all.second, found.outside), (0, 0, coded, 1), "{unit:?}");
    }
    // Nothing but stamps: there is no text that counts.
    let mut bare = self::scene();
    let source = bare.builder.source("B", None, Values::new(), &[(None, Voice::Participant, "[00:01:05]")]);
    bare.builder.stamps_in_brackets("B");
    for coder in [bare.ann, bare.ben] {
        bare.builder.status(&source, coder, StatusKind::Done);
    }
    for unit in [UnitOf::Characters, UnitOf::Paragraphs, UnitOf::Segments(0.9)] {
        assert!(bare.of(unit).left_out.contains(&(source.id, Why::NoText)), "{unit:?}");
    }
}

#[test]
fn segments_are_put_together_only_where_each_counts_once() {
    let mut scene = scene();
    scene.code("room", scene.cold, scene.ann);
    scene.code("room", scene.cold, scene.ben);
    scene.code("Letters", scene.rooms, scene.ann);
    let asked = scene.asked(UnitOf::Segments(0.9));
    let alone = scene.found(&asked, Scope::Alone);
    assert_eq!(alone.matched().map(|all| (all.agreements, all.decisions)), Some((2, 3)));
    // The two of “Cold” count again under “Rooms”, five times in all.
    let with_below = scene.found(&asked, Scope::WithBelow);
    assert_eq!((with_below.nested, with_below.matched()), (true, None));
    let decisions = |theme: usize| match &with_below.themes[theme].together {
        Counted::Segments(segments) => segments.matched.decisions,
        other => panic!("{other:?}"),
    };
    assert_eq!((decisions(0), decisions(1)), (3, 2));
    // Two themes on the same words are one segment of the theme above them.
    let letters = scene.builder.theme(Some(scene.rooms), "Letters");
    scene.code("room", letters, scene.ann);
    let twice = scene.found(&asked, Scope::WithBelow);
    let Counted::Segments(segments) = &twice.themes[0].together else { panic!("{twice:?}") };
    assert_eq!((segments.matched.decisions, segments.matched.agreements), (3, 2));
    let (of, apart): (Vec<u64>, Vec<u64>) =
        twice.differences.iter().filter(|one| one.theme == scene.rooms).map(|one| (one.of, one.apart)).unzip();
    assert_eq!((of, apart), (vec![1], vec![1]), "“Letters” of Ann alone");
    // Where only the theme above is compared each counts once.
    let study = scene.builder.study();
    let lines = Lines::new(study.codebook(), vec![scene.rooms], Scope::WithBelow);
    let above = agreement(&study, &scene.builder.blobs, &lines, &asked, |_, _| true).unwrap().unwrap();
    assert_eq!(above.matched().map(|all| (all.agreements, all.decisions)), Some((2, 3)));
}
