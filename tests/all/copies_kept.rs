//! What one deletes while another works with it: words are kept or told, and what was made alike becomes one.

use themata::analysis::reconcile::{Point, points};
use themata::project::{Coming, EditError, Project, Tx};
use themata::study::{
    CaseId, CaseKind, DimensionId, DimensionValueId, Entity, Evidence, EvidenceOf, Kind, Memo, MemoKind, MemoOn, Origin, PropositionId,
    Saved, SavedId, SavedKind, SourceId, Theme, ThemeId, TypologyId, Weight,
};
use themata::text::{Span, Voice};

use crate::copies::{Pair, later, told};
use crate::support::{Scratch, correct};

/// A proposition with two pieces of evidence.
fn stated(tx: &mut Tx<'_>, source: SourceId) -> Result<(PropositionId, [themata::study::EvidenceId; 2]), EditError> {
    let id = PropositionId::new();
    tx.state_proposition(id, "Forms tire")?;
    let revision = tx.material(source)?.source.revision;
    let words = |start, end| EvidenceOf::Passage { source, revision, span: Span::new(start, end) };
    let first = tx.add_evidence(id, Weight::Supports, words(25, 29))?;
    Ok((id, [first, tx.add_evidence(id, Weight::Supports, words(31, 34))?]))
}

/// Does one thing in the own project and another in the copy, in one order or the other, and brings the copy back.
fn collide(
    mut pair: Pair,
    own_first: bool,
    own: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError>,
    copy: impl FnOnce(&mut Tx<'_>) -> Result<(), EditError>,
) -> (Project, Coming, Scratch) {
    if own_first {
        pair.own.edit("Own", own).unwrap();
        later();
        pair.copy.edit("Copy", copy).unwrap();
    } else {
        pair.copy.edit("Copy", copy).unwrap();
        later();
        pair.own.edit("Own", own).unwrap();
    }
    pair.merge()
}

#[test]
fn a_proposition_that_is_reworded_here_and_deleted_there_stays_with_its_evidence() {
    for deleted_first in [true, false] {
        let (pair, _, (id, _)) = Pair::with(|tx, [source, _]| stated(tx, source));
        let reword = |tx: &mut Tx<'_>| tx.state_proposition(id, "Forms tire people");
        let (own, coming, _scratch) = collide(pair, deleted_first, |tx| tx.remove_proposition(id), reword);
        let study = own.study();
        assert_eq!(study.propositions().get(id).unwrap().statement, "Forms tire people");
        assert_eq!(study.propositions().evidence_of(id).len(), 2, "what belongs to it is not lost");
        let expected = if deleted_first {
            "The proposition “Forms tire” is back: Elspeth had deleted it, and Ravi went on with it."
        } else {
            "The proposition “Forms tire people” stays: it was changed when Elspeth deleted it."
        };
        assert_eq!(told(&coming), [expected]);
    }
}

#[test]
fn evidence_with_a_note_that_who_deleted_it_had_not_read_stays() {
    for deleted_first in [true, false] {
        for whole in [true, false] {
            let (pair, _, (id, [first, second])) = Pair::with(|tx, [source, _]| stated(tx, source));
            let note = |tx: &mut Tx<'_>| tx.note_evidence(first, "Said twice");
            let delete = |tx: &mut Tx<'_>| if whole { tx.remove_proposition(id) } else { tx.remove_evidence(first) };
            let (own, coming, _scratch) = collide(pair, deleted_first, delete, note);
            let study = own.study();
            assert_eq!(study.propositions().piece(first).unwrap().note, "Said twice");
            assert!(study.propositions().piece(second).is_some() && study.propositions().get(id).is_some());
            assert!(!told(&coming).is_empty());
        }
    }
}

/// Deletes the dimension of a typology, the typology, or where a case is placed in it.
fn delete(tx: &mut Tx<'_>, what: usize, (typology, dimension, case): (TypologyId, DimensionId, CaseId)) -> Result<(), EditError> {
    match what {
        0 => tx.remove_placement(case, dimension),
        1 => tx.remove_dimension(dimension),
        2 => tx.remove_typology(typology),
        _ => tx.remove_case(case),
    }
}

struct Sorted {
    typology: TypologyId,
    dimension: DimensionId,
    high: DimensionValueId,
    case: CaseId,
}

fn sorted(tx: &mut Tx<'_>) -> Result<Sorted, EditError> {
    let typology = tx.add_typology("Ways of working")?;
    let dimension = tx.add_dimension(typology, "Effort")?;
    let high = tx.dimension_value_named(dimension, "high")?;
    let case = tx.case_labelled("A", CaseKind::Person)?;
    tx.place(case, dimension, Some(high))?;
    Ok(Sorted { typology, dimension, high, case })
}

#[test]
fn why_a_case_is_placed_is_kept_whatever_is_deleted_elsewhere() {
    for deleted_first in [true, false] {
        for what in 0..4 {
            let (pair, _, Sorted { typology, dimension, high, case }) = Pair::with(|tx, _| sorted(tx));
            let why = |tx: &mut Tx<'_>| tx.give_reason(case, dimension, "She toils.");
            let (own, coming, _scratch) = collide(pair, deleted_first, |tx| delete(tx, what, (typology, dimension, case)), why);
            let study = own.study();
            let placed = study.typologies().placement(dimension, case).unwrap();
            assert_eq!((placed.reason.as_str(), placed.value), ("She toils.", Some(high)), "{what} {deleted_first}");
            let called = "Where “A” is placed in “Effort” ";
            assert!(told(&coming).iter().any(|it| it.starts_with(called)), "{:#?}", told(&coming));
        }
    }
}

#[test]
fn a_value_that_is_added_to_a_dimension_deleted_elsewhere_is_there_or_told() {
    for deleted_first in [true, false] {
        let (pair, _, Sorted { dimension, .. }) = Pair::with(|tx, _| sorted(tx));
        let add = |tx: &mut Tx<'_>| tx.dimension_value_named(dimension, "middling").map(drop);
        let (own, coming, _scratch) = collide(pair, deleted_first, |tx| tx.remove_dimension(dimension), add);
        let told = told(&coming);
        if deleted_first {
            assert_eq!(told, ["The dimension “Effort” is back: Elspeth had deleted it, and Ravi went on with it."]);
            assert_eq!(own.study().typologies().dimension(dimension).unwrap().values.len(), 2);
        } else {
            assert_eq!(told, ["The dimension “Effort”, value: Ravi’s “middling” is lost, as Elspeth deleted it."]);
        }
    }
}

fn defined(tx: &mut Tx<'_>, theme: ThemeId, definition: &str) -> Result<(), EditError> {
    let theme = tx.study().codebook().get(theme).unwrap().clone();
    tx.change_theme(Theme { definition: definition.into(), ..theme })
}

#[test]
fn what_is_written_of_a_theme_that_is_deleted_elsewhere_is_told_in_its_words() {
    for deleted_first in [true, false] {
        let (pair, _, theme) = Pair::with(|tx, _| tx.theme_at("Cold"));
        let (_, coming, _scratch) =
            collide(pair, deleted_first, |tx| tx.remove_theme(theme, None), |tx| defined(tx, theme, "All that is cold"));
        assert_eq!(told(&coming), ["Theme “Cold”, definition: Ravi’s “All that is cold” is lost, as Elspeth deleted it."]);
    }
}

#[test]
fn what_is_written_of_a_theme_is_there_again_where_somebody_needs_the_theme() {
    let (mut pair, [source, _], theme) = Pair::with(|tx, _| tx.theme_at("Cold"));
    pair.own.edit("Delete", |tx| tx.remove_theme(theme, None)).unwrap();
    later();
    pair.copy.edit("Define", |tx| defined(tx, theme, "All that is cold")).unwrap();
    pair.copy.edit("Code", |tx| tx.code(source, Span::new(19, 25), theme, Origin::Hand)).unwrap();
    let (own, coming, _scratch) = pair.merge();
    assert_eq!(own.study().codebook().get(theme).unwrap().definition, "All that is cold");
    let told = told(&coming);
    assert!(told.len() == 1 && told[0].starts_with("Theme “Cold” was deleted while somebody worked with it, and is kept"), "{told:#?}");
}

#[test]
fn where_a_quote_is_used_is_told_when_the_mark_goes() {
    for deleted_first in [true, false] {
        let (pair, [source, _], (quoted, mark)) = Pair::with(|tx, [source, _]| {
            let theme = tx.theme_at("Forms")?;
            let coding = tx.code(source, Span::new(19, 25), theme, Origin::Hand)?;
            tx.toggle_quote(source, coding)?;
            Ok((coding, tx.study().material(source).unwrap().quote_marks[0].clone()))
        });
        let facts = themata::study::QuoteFacts { used_in: "Chapter 2".into(), ..mark.facts.clone() };
        let (_, coming, _scratch) =
            collide(pair, deleted_first, |tx| tx.toggle_quote(source, quoted).map(drop), |tx| tx.describe_quote(source, mark.id, &facts));
        assert_eq!(told(&coming), ["A quote mark in “A”, where it is used: Ravi’s “Chapter 2” is lost, as Elspeth deleted it."]);
    }
}

#[test]
fn a_deletion_that_is_taken_back_does_not_write_over_what_others_wrote_meanwhile() {
    let (mut pair, _, (id, _)) = Pair::with(|tx, [source, _]| stated(tx, source));
    pair.copy.edit("Reword", |tx| tx.state_proposition(id, "Forms tire people")).unwrap();
    later();
    pair.own.edit("Delete", |tx| tx.remove_proposition(id)).unwrap();
    later();
    pair.own.undo().unwrap();
    let (own, ..) = pair.merge();
    assert_eq!(own.study().propositions().get(id).unwrap().statement, "Forms tire people");
}

#[test]
fn a_theme_whose_deletion_is_taken_back_has_the_definition_that_somebody_wrote_meanwhile() {
    for written in 0..3 {
        let (mut pair, _, theme) = Pair::with(|tx, _| tx.theme_at("Cold"));
        for step in 0..5 {
            match step {
                1 => {
                    pair.own.edit("Delete", |tx| tx.remove_theme(theme, None)).unwrap();
                }
                3 => {
                    pair.own.undo().unwrap();
                }
                _ if step == written * 2 => {
                    pair.copy.edit("Define", |tx| defined(tx, theme, "All that is cold")).unwrap();
                }
                _ => {}
            }
            later();
        }
        let (own, coming, _scratch) = pair.merge();
        assert_eq!(own.study().codebook().get(theme).unwrap().definition, "All that is cold", "written at {written}");
        assert!(told(&coming).is_empty(), "nothing is lost: {:#?}", told(&coming));
    }
}

fn value_names(own: &Project, dimension: DimensionId) -> Vec<String> {
    own.study().typologies().dimension(dimension).unwrap().in_order().into_iter().map(|(_, name)| name.to_owned()).collect()
}

#[test]
fn two_values_of_one_name_become_one_with_the_cases_of_both() {
    let (mut pair, _, (dimension, [a, b])) = Pair::with(|tx, _| {
        let Sorted { dimension, case, .. } = sorted(tx)?;
        Ok((dimension, [case, tx.case_labelled("B", CaseKind::Person)?]))
    });
    let act = |project: &mut Project, name: &str, case| {
        project.edit("Value", |tx| {
            let value = tx.dimension_value_named(dimension, name)?;
            tx.place(case, dimension, Some(value)).map(|()| value)
        })
    };
    let first = act(&mut pair.own, "Low", a).unwrap();
    later();
    let second = act(&mut pair.copy, "low", b).unwrap();
    // What is done later to the one that became part of the other is done to that.
    later();
    pair.copy.edit("Rename", |tx| tx.rename_dimension_value(dimension, second, "lowly")).unwrap();
    pair.copy.edit("Place", |tx| tx.place(b, dimension, None)).unwrap();
    pair.copy.edit("Place", |tx| tx.place(b, dimension, Some(second))).unwrap();
    let (own, coming, _scratch) = pair.merge();
    assert_eq!(value_names(&own, dimension), ["high", "lowly"]);
    let study = own.study();
    let placed = [a, b].map(|case| study.typologies().placement(dimension, case).unwrap().value);
    assert_eq!(placed, [Some(first); 2]);
    assert_eq!(told(&coming), ["The dimension “Effort”: two values “low” were made; they are one now."]);
}

#[test]
fn a_value_that_got_the_name_of_another_one_is_told_apart() {
    let (mut pair, _, Sorted { dimension, high, case, .. }) = Pair::with(|tx, _| sorted(tx));
    pair.own.edit("Rename", |tx| tx.rename_dimension_value(dimension, high, "much")).unwrap();
    later();
    let added = pair.copy.edit("Add", |tx| tx.dimension_value_named(dimension, "Much")).unwrap();
    let (own, coming, _scratch) = pair.merge();
    assert_eq!(value_names(&own, dimension), ["much", "Much (2)"]);
    assert_eq!(own.study().typologies().placement(dimension, case).unwrap().value, Some(high));
    assert!(own.study().typologies().dimension(dimension).unwrap().values.contains_key(&added));
    assert_eq!(told(&coming), ["The dimension “Effort”: there are two values “Much”. One of them is called “Much (2)” now."]);
}

#[test]
fn a_difference_that_was_settled_stays_settled_where_a_correction_comes_by_the_merge() {
    for corrected_first in [true, false] {
        let (mut pair, [source, _], theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
        pair.own.edit("Code", |tx| tx.code(source, Span::new(49, 58), theme, Origin::Hand)).unwrap();
        drop(pair.copy);
        pair.own.give_copy(&pair_path(&pair.own, "again.themata"), "Ravi", false).unwrap();
        pair.copy = crate::copies::open(&pair_path(&pair.own, "again.themata"));
        pair.copy.edit("Code", |tx| tx.code(source, Span::new(45, 58), theme, Origin::Hand)).unwrap();
        let settle = |project: &mut Project| {
            let study = project.study();
            let open = points(&study, study.material(source).unwrap()).into_iter().find(Point::is_open).unwrap();
            project.edit("Settle", |tx| tx.agree_on(source, open.theme, &open.on(), &[])).unwrap();
        };
        let fix = |project: &mut Project| {
            let text = "I: And how was it?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n";
            project.edit("Correct", |tx| correct(tx, source, text)).unwrap();
        };
        if corrected_first {
            fix(&mut pair.own);
            later();
            settle(&mut pair.copy);
        } else {
            settle(&mut pair.copy);
            later();
            fix(&mut pair.own);
        }
        let path = pair.copy.path().to_owned();
        drop(pair.copy);
        pair.own.merge(&path).unwrap();
        assert_eq!(pair.own.check(false).unwrap(), []);
        let study = pair.own.study();
        let material = study.material(source).unwrap();
        assert_eq!(material.verdicts.len(), 1);
        assert_eq!(points(&study, material).iter().filter(|point| point.is_open()).count(), 0, "{corrected_first}");
    }
}

fn pair_path(own: &Project, name: &str) -> std::path::PathBuf {
    own.path().with_file_name(name)
}

#[test]
fn a_memo_that_comes_into_a_source_or_out_of_it_is_there_once() {
    for into_source in [true, false] {
        for moved_first in [true, false] {
            let (pair, _, (memo, to)) = Pair::with(|tx, [source, _]| {
                let theme = tx.theme_at("Cold")?;
                let places = [MemoOn::Theme { theme }, MemoOn::Source { source }];
                let [theme, source] = places;
                let [from, to] = if into_source { [theme, source] } else { [source, theme] };
                Ok((tx.add_memo(from, MemoKind::Analytic, "Is it?")?, to))
            });
            let there = |tx: &Tx<'_>| -> Memo {
                tx.study().entities().into_iter().find_map(|it| if let Entity::Memo(it) = it { Some(it) } else { None }).unwrap()
            };
            let moves = |tx: &mut Tx<'_>| tx.put(Memo { on: to.clone(), ..there(tx) });
            let write = |tx: &mut Tx<'_>| tx.put(Memo { text: "It is.".into(), ..there(tx) });
            let (mut own, _, _scratch) = collide(pair, moved_first, moves, write);
            let memos = |own: &Project| -> Vec<Memo> {
                own.study().entities().into_iter().filter_map(|it| if let Entity::Memo(it) = it { Some(it) } else { None }).collect()
            };
            let found = memos(&own);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert_eq!((found[0].id, &found[0].on, found[0].text.as_str()), (memo, &to, "It is."));
            while own.undo().unwrap().is_some() {
                assert!(memos(&own).len() < 2);
                assert_eq!(own.check(false).unwrap(), []);
            }
            while own.redo().unwrap().is_some() {}
            assert_eq!(memos(&own), found);
        }
    }
}

#[test]
fn recovered_that_is_deleted_itself_is_told_truly() {
    let (mut pair, [source, _], theme) = Pair::with(|tx, _| tx.theme_at("Cold"));
    // It comes to be by a merge.
    pair.own.edit("Delete", |tx| tx.remove_theme(theme, None)).unwrap();
    pair.copy.edit("Code", |tx| tx.code(source, Span::new(19, 25), theme, Origin::Hand)).unwrap();
    let (mut own, _, scratch) = pair.merge();
    let recovered = own.study().codebook().find_path("Recovered").unwrap();
    own.give_copy(&scratch.path("isla.themata"), "Isla", false).unwrap();
    let mut copy = crate::copies::open(&scratch.path("isla.themata"));
    own.edit("Delete", |tx| tx.remove_theme(recovered, None)).unwrap();
    later();
    copy.edit("Code", |tx| tx.code(source, Span::new(26, 30), recovered, Origin::Hand)).unwrap();
    drop(copy);
    let coming = own.merge(&scratch.path("isla.themata")).unwrap();
    assert_eq!(own.check(false).unwrap(), []);
    assert_eq!(own.study().codebook().path(recovered), "Recovered");
    let expected = "Theme “Recovered” was deleted while somebody worked with it, and is kept: a coding of “Recovered” in “A” needs it.";
    assert_eq!(told(&coming), [expected]);
}

#[test]
fn of_two_new_typical_examples_in_the_place_of_one_the_later_stands_and_the_other_is_told() {
    let (mut pair, [source, _], theme) = Pair::with(|tx, [source, _]| {
        let theme = tx.theme_at("Forms")?;
        tx.set_example(theme, Some((source, Span::new(19, 24)))).map(|()| theme)
    });
    let choose = |project: &mut Project, span| project.edit("Choose", |tx| tx.set_example(theme, Some((source, span)))).unwrap();
    choose(&mut pair.own, Span::new(25, 29));
    later();
    choose(&mut pair.copy, Span::new(31, 34));
    let (_, coming, _scratch) = pair.merge();
    assert_eq!(told(&coming), ["The typical example of “Forms”: Ravi’s “aye” stands, chosen later than Elspeth’s “fine”."]);
}

#[test]
fn a_typical_example_that_was_chosen_anew_stays_where_the_one_before_is_taken_away_elsewhere() {
    for deleted_first in [true, false] {
        let (pair, [source, _], theme) = Pair::with(|tx, [source, _]| {
            let theme = tx.theme_at("Forms")?;
            tx.set_example(theme, Some((source, Span::new(19, 24)))).map(|()| theme)
        });
        let choose = |tx: &mut Tx<'_>| tx.set_example(theme, Some((source, Span::new(25, 29))));
        let (own, coming, _scratch) = collide(pair, deleted_first, |tx| tx.set_example(theme, None), choose);
        assert_eq!(own.study().example_of(theme).unwrap().span, Span::new(25, 29));
        assert_eq!(told(&coming).len(), 1);
    }
}

#[test]
fn who_speaks_is_known_in_a_source_that_comes_back_as_somebody_renamed_it() {
    let (mut pair, [source, _], ()) = Pair::with(|_, _| Ok(()));
    let words = pair.own.study().material(source).unwrap().participant_words();
    pair.own.edit("Delete", |tx| tx.remove_source(source)).unwrap();
    later();
    pair.copy
        .edit("Rename", |tx| {
            let there = tx.study().material(source).unwrap().source.clone();
            tx.put(themata::study::Source { label: "Morag".into(), ..there })
        })
        .unwrap();
    let (own, ..) = pair.merge();
    assert_eq!(own.study().material(source).unwrap().participant_words(), words);
    assert!(own.study().entities().iter().any(|it| it.kind() == Kind::Speaker));
}

#[test]
fn who_speaks_is_as_it_was_said_last_where_a_source_comes_back() {
    let (mut pair, [source, _], ()) = Pair::with(|_, _| Ok(()));
    pair.own.edit("Delete", |tx| tx.remove_source(source)).unwrap();
    later();
    let speaker = pair.copy.study().material(source).unwrap().speakers[0].clone();
    pair.copy.edit("Speaker", |tx| tx.set_speaker(source, speaker.id, Voice::Interviewer, None)).unwrap();
    let words = pair.copy.study().material(source).unwrap().participant_words();
    pair.copy
        .edit("Rename", |tx| {
            let there = tx.study().material(source).unwrap().source.clone();
            tx.put(themata::study::Source { label: "Morag".into(), ..there })
        })
        .unwrap();
    let (own, ..) = pair.merge();
    let material = own.study().material(source).unwrap().clone();
    assert_eq!(material.speakers.iter().find(|it| it.id == speaker.id).unwrap().voice, Voice::Interviewer);
    assert_eq!(material.participant_words(), words);
}

#[test]
fn evidence_is_called_by_what_it_bears_on() {
    let (pair, _, (id, [first, _])) = Pair::with(|tx, [source, _]| stated(tx, source));
    let weigh = |weight| move |tx: &mut Tx<'_>| tx.weigh_evidence(first, weight);
    let (own, coming, _scratch) = collide(pair, true, weigh(Weight::Qualifies), weigh(Weight::Contradicts));
    let expected = "Evidence of Elspeth on “Forms tire”, weight: Ravi’s “contradicts” stands, written later than Elspeth’s “qualifies”.";
    assert_eq!(told(&coming), [expected]);
    assert!(matches!(own.study().propositions().evidence_of(id)[..], [Evidence { weight: Weight::Contradicts, .. }, _]));
}

#[test]
fn who_deletes_a_value_of_a_dimension_that_is_gone_does_not_bring_it_back() {
    let (mut pair, _, (dimension, value)) = Pair::with(|tx, _| {
        let Sorted { dimension, .. } = sorted(tx)?;
        Ok((dimension, tx.dimension_value_named(dimension, "low")?))
    });
    pair.own.edit("Delete", |tx| tx.remove_dimension(dimension)).unwrap();
    later();
    pair.copy.edit("Delete", |tx| tx.remove_dimension_value(dimension, value)).unwrap();
    let (own, coming, _scratch) = pair.merge();
    assert!(own.study().typologies().dimension(dimension).is_none());
    assert!(told(&coming).is_empty());
}

#[test]
fn a_saved_view_that_is_changed_here_and_deleted_there_later_is_told() {
    let view = Saved { id: SavedId::new(), kind: SavedKind::MatrixView, name: "Wide".into(), body: "{}".into(), position: 1 };
    let (mut pair, _, ()) = Pair::with(|tx, _| tx.put(view.clone()));
    let changed = Saved { body: r#"{"rows":1}"#.into(), ..view.clone() };
    pair.copy.edit("Change", |tx| tx.put(changed)).unwrap();
    later();
    pair.own.edit("Delete", |tx| tx.remove(Entity::from(view).id(), None)).unwrap();
    let (_, coming, _scratch) = pair.merge();
    assert_eq!(told(&coming), ["“Wide”: Ravi’s version is lost, as Elspeth deleted it."]);
}

#[test]
fn a_memo_hangs_on_the_coding_in_which_its_own_ended_however_often_that_was_joined() {
    let (mut pair, [source, _], (theme, first)) = Pair::with(|tx, [source, _]| {
        let theme = tx.theme_at("Forms")?;
        Ok((theme, tx.code(source, Span::new(31, 34), theme, Origin::Hand)?))
    });
    // Both in copies for herself.
    let paths = ["one.themata", "two.themata"].map(|name| pair_path(&pair.own, name));
    for path in &paths {
        pair.own.give_copy(path, "Elspeth", false).unwrap();
    }
    let [mut one, mut two] = paths.clone().map(|path| crate::copies::open(&path));
    let code = |project: &mut Project| {
        later();
        project.edit("Code", |tx| tx.code(source, Span::new(19, 25), theme, Origin::Hand)).unwrap()
    };
    code(&mut one);
    let third = code(&mut two);
    later();
    pair.own.edit("Move", |tx| tx.resize(source, first, Span::new(19, 25))).unwrap();
    later();
    let on = MemoOn::Coding { source, coding: third };
    two.edit("Ask", |tx| tx.write_memo(on, MemoKind::Analytic, "Is it?")).unwrap();
    drop([one, two]);
    for path in &paths {
        pair.own.merge(path).unwrap();
        assert_eq!(pair.own.check(false).unwrap(), []);
    }
    let study = pair.own.study();
    let material = study.material(source).unwrap();
    assert_eq!(material.codings.len(), 1);
    assert_eq!(material.memos[0].on, MemoOn::Coding { source, coding: first });
}
