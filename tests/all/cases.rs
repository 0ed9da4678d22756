//! Cases, attributes and values that are merged, renamed or deleted, imports that are put right, and going back to before an
//! edit.

use std::collections::{BTreeMap, BTreeSet};

use themata::analysis::matrix::{MatrixSpec, matrix};
use themata::project::{Access, EditError, Project, Tx};
use themata::study::{
    AttributeId, AttributeOf, CaseId, CaseKind, CaseSpan, CaseSpanId, Crossed, Crossing, MemoKind, MemoOn, Origin, Role, SourceId,
    SpeakerId, Study, ThemeId, ValueId,
};
use themata::text::{Span, Voice};

use crate::support::{Scratch, me, project};

/// Cases A and B of two interviews; an attribute of which A has one value and B another; memos on A, on a theme × A and on the
/// theme × A's value.
struct Scene {
    sources: [SourceId; 2],
    theme: ThemeId,
    a: CaseId,
    b: CaseId,
    office: AttributeId,
    north: ValueId,
    south: ValueId,
}

fn scene(scratch: &Scratch) -> (Project, Scene) {
    let (mut project, sources) = project(scratch);
    let study = project.study();
    let (a, b) = (study.case_labelled("A").unwrap().id, study.case_labelled("B").unwrap().id);
    let (theme, office, north, south) = project
        .edit("Offices", |tx| {
            let theme = tx.theme_at("Rooms")?;
            let office = tx.attribute_named("Office", AttributeOf::Cases)?;
            let (north, south) = (tx.value_named(office, "North")?, tx.value_named(office, "South")?);
            let wave = tx.attribute_named("Sex", AttributeOf::Cases)?;
            let woman = tx.value_named(wave, "Woman")?;
            tx.set_value(a, office, BTreeSet::from([north]))?;
            tx.set_value(a, wave, BTreeSet::from([woman]))?;
            tx.set_value(b, office, BTreeSet::from([south]))?;
            let revision = tx.material(sources[1])?.source.revision;
            tx.put(CaseSpan { id: CaseSpanId::new(), source: sources[1], revision, span: Span::new(12, 25), case: a })?;
            tx.write_memo(MemoOn::Case { case: a }, MemoKind::default(), "Speaks low.")?;
            let of_values = Crossed::Values(BTreeMap::from([(office, Some(north))]));
            for (of, words) in [(Crossed::Case(a), "Cold, says A."), (of_values, "Cold in the north.")] {
                tx.write_memo(MemoOn::Cell { cell: Crossing { theme, of } }, MemoKind::default(), words)?;
            }
            Ok((theme, office, north, south))
        })
        .unwrap();
    (project, Scene { sources, theme, a, b, office, north, south })
}

/// What the memo with these words is on; none where it is gone.
fn on_what(study: &Study, words: &str) -> Option<MemoOn> {
    study.memos().iter().find(|memo| memo.text == words).map(|memo| memo.on.clone())
}

fn on_cell(theme: ThemeId, of: Crossed) -> MemoOn {
    MemoOn::Cell { cell: Crossing { theme, of } }
}

fn of_value(attribute: AttributeId, value: ValueId) -> Crossed {
    Crossed::Values(BTreeMap::from([(attribute, Some(value))]))
}

/// Does it, looks at what came of it, takes it back, and brings it again.
fn check(act: impl FnOnce(&Scene, &mut Tx<'_>) -> Result<(), EditError>, came: impl Fn(&Scene, &Study) -> bool) {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let before = project.study().entities();
    project.edit("Try", |tx| act(&scene, tx)).unwrap();
    let after = project.study();
    assert!(came(&scene, &after));
    project.undo().unwrap();
    assert_eq!(project.study().entities(), before, "undone");
    project.redo().unwrap();
    assert_eq!(project.study().entities(), after.entities(), "brought back");
    drop(project);
    let again = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(again.study().entities(), after.entities(), "loaded");
}

fn says(study: &Study, case: CaseId) -> Vec<SourceId> {
    let speaks = |source: &&std::sync::Arc<themata::study::Material>| source.words_by_case().contains_key(&Some(case));
    study.materials().iter().filter(speaks).map(|material| material.source.id).collect()
}

#[test]
fn a_merged_case_gives_all_it_has_to_the_other() {
    check(
        |scene, tx| tx.merge_cases(scene.a, scene.b),
        |scene, study| {
            let kept = study.case(scene.b).unwrap();
            assert_eq!(study.value_names(&kept.values, scene.office), "South", "what it states stands");
            let sex = study.attributes().named("Sex").unwrap().id;
            assert_eq!(study.value_names(&kept.values, sex), "Woman", "what it does not state is taken over");
            assert_eq!(says(study, scene.b), scene.sources);
            assert_eq!(on_what(study, "Speaks low."), Some(MemoOn::Case { case: scene.b }));
            assert_eq!(on_what(study, "Cold, says A."), Some(on_cell(scene.theme, Crossed::Case(scene.b))));
            assert_eq!(on_what(study, "Cold in the north."), Some(on_cell(scene.theme, of_value(scene.office, scene.north))));
            study.case(scene.a).is_none()
        },
    );
}

#[test]
fn what_a_deleted_case_said_is_not_stated() {
    check(
        |scene, tx| tx.remove_case(scene.a),
        |scene, study| {
            assert_eq!(on_what(study, "Speaks low."), None);
            assert_eq!(on_what(study, "Cold, says A."), Some(MemoOn::Theme { theme: scene.theme }), "a memo on a cell is not lost");
            assert!(study.material(scene.sources[1]).unwrap().case_spans.is_empty());
            assert!(study.material(scene.sources[0]).unwrap().words_by_case().contains_key(&None));
            study.case(scene.a).is_none() && says(study, scene.b) == [scene.sources[1]]
        },
    );
}

#[test]
fn a_merged_value_is_known_by_both_names() {
    check(
        |scene, tx| tx.merge_values(scene.north, scene.south),
        |scene, study| {
            assert_eq!(study.value_names(&study.case(scene.a).unwrap().values, scene.office), "South");
            assert_eq!(on_what(study, "Cold in the north."), Some(on_cell(scene.theme, of_value(scene.office, scene.south))));
            study.attributes().find_value(scene.office, "north").map(|value| value.id) == Some(scene.south)
        },
    );
}

#[test]
fn a_deleted_value_leaves_not_stated() {
    check(
        |scene, tx| tx.remove_value(scene.north),
        |scene, study| {
            assert_eq!(on_what(study, "Cold in the north."), Some(MemoOn::Theme { theme: scene.theme }));
            !study.case(scene.a).unwrap().values.contains_key(&scene.office) && study.attributes().value(scene.north).is_none()
        },
    );
}

#[test]
fn memos_on_cells_go_with_their_theme() {
    check(
        |scene, tx| {
            let warm = tx.theme_at("Warm rooms")?;
            tx.merge_themes(scene.theme, warm)
        },
        |scene, study| {
            let warm = study.codebook().child_named(None, "Warm rooms").unwrap();
            assert_eq!(on_what(study, "Cold, says A."), Some(on_cell(warm, Crossed::Case(scene.a))));
            on_what(study, "Cold in the north.") == Some(on_cell(warm, of_value(scene.office, scene.north)))
        },
    );
    check(|scene, tx| tx.remove_theme(scene.theme, None), |_, study| on_what(study, "Cold, says A.").is_none());
}

#[test]
fn a_deleted_attribute_goes_with_its_values() {
    check(
        |scene, tx| tx.remove_attribute(scene.office),
        |scene, study| {
            let stated = study.cases().values().any(|case| case.values.contains_key(&scene.office));
            !stated && study.attributes().get(scene.office).is_none() && study.attributes().value(scene.south).is_none()
        },
    );
}

#[test]
fn names_are_changed_and_kept_apart() {
    check(
        |scene, tx| {
            assert!(matches!(tx.rename_value(scene.north, " "), Err(EditError::NoName)));
            tx.rename_value(scene.north, " Far north ")?;
            let office = tx.study().attributes().get(scene.office).unwrap().clone();
            tx.change_attribute(themata::study::Attribute { name: "Where".into(), identifying: true, ..office })
        },
        |scene, study| {
            let office = study.attributes().get(scene.office).unwrap();
            office.name == "Where" && office.identifying && study.attributes().value_name(scene.north) == "Far north"
        },
    );
}

/// Where words stand in the first source.
fn at(tx: &Tx<'_>, source: SourceId, words: &str) -> Result<Span, EditError> {
    let start = tx.text(source)?.find(words).unwrap();
    Ok(Span::of(start..start + words.len()))
}

fn speaker(study: &Study, source: SourceId, label: &str) -> SpeakerId {
    study.material(source).unwrap().speakers.iter().find(|speaker| speaker.label == label).unwrap().id
}

/// Codes all that is said in the first source, puts the import right, and compares whose words are counted: by the coding,
/// by the source, by the matrix. `None` is *Not stated*.
fn check_heard(act: impl FnOnce(&Scene, &mut Tx<'_>) -> Result<(), EditError>, expected: &[(Option<&str>, u32)], cells: &[(&str, u32)]) {
    check(
        |scene, tx| {
            let (theme, text) = (tx.theme_at("All")?, tx.text(scene.sources[0])?);
            tx.code(scene.sources[0], Span::of(0..text.len()), theme, Origin::Hand)?;
            act(scene, tx)
        },
        |scene, study| {
            let material = study.material(scene.sources[0]).unwrap();
            let label = |case: Option<CaseId>| case.map(|case| study.case(case).unwrap().label.as_str());
            let mut heard: Vec<_> = material.words_by_case().into_iter().map(|(case, words)| (label(case), words)).collect();
            heard.sort_unstable();
            assert_eq!(heard, expected);
            let coded = material.codings.iter().next().unwrap();
            let mut coded: Vec<_> = material.cases_of(coded).into_iter().map(label).collect();
            coded.sort_unstable();
            assert_eq!(coded, expected.iter().map(|(case, _)| *case).collect::<Vec<_>>(), "the coding's cases follow");
            let words: u32 = expected.iter().map(|(_, words)| words).sum();
            assert_eq!(material.coded_words(|_| true), words);
            let counted = matrix(study, &MatrixSpec::usual(study)).unwrap();
            let cell = counted.cell(0, None, None).unwrap();
            assert_eq!([("codings", cell.codings), ("participants", cell.people.persons), ("words", cell.words)], cells);
            true
        },
    );
}

#[test]
fn whoever_a_label_is_said_to_be_is_counted_at_once() {
    check_heard(|_, _| Ok(()), &[(Some("A"), 11)], &[("codings", 1), ("participants", 1), ("words", 11)]);
    check_heard(
        |scene, tx| {
            let asks = speaker(tx.study(), scene.sources[0], "I");
            tx.set_speaker(scene.sources[0], asks, Voice::Participant, Some(scene.b))
        },
        &[(Some("A"), 11), (Some("B"), 3)],
        &[("codings", 1), ("participants", 2), ("words", 14)],
    );
    check_heard(
        |scene, tx| {
            let says = speaker(tx.study(), scene.sources[0], "R");
            tx.set_speaker(scene.sources[0], says, Voice::Participant, None)
        },
        &[(None, 11)],
        &[("codings", 1), ("participants", 0), ("words", 11)],
    );
}

#[test]
fn a_turn_is_split_and_its_second_half_said_by_somebody_else() {
    check_heard(
        |scene, tx| {
            let source = scene.sources[0];
            let cut = at(tx, source, "The forms")?.start;
            // Within a word it is cut before the word.
            tx.split_turn(source, cut + 2)?;
            let asks = speaker(tx.study(), source, "I");
            tx.set_said_by(source, Span::new(cut, cut + 1), Some(asks))
        },
        &[(Some("A"), 7)],
        &[("codings", 1), ("participants", 1), ("words", 7)],
    );
}

#[test]
fn joined_turns_are_one_and_the_label_between_them_is_no_word() {
    check(
        |scene, tx| {
            let source = scene.sources[0];
            let second = at(tx, source, "And cold")?.start;
            tx.join_turns(source, second)?;
            assert!(matches!(tx.join_turns(source, 0), Err(EditError::NoWords | EditError::Refused(_))));
            Ok(())
        },
        |scene, study| {
            let material = study.material(scene.sources[0]).unwrap();
            let geometry = &material.geometry;
            assert_eq!((geometry.paragraphs().len(), geometry.words_in(geometry.paragraphs()[1].span)), (2, 11));
            assert_eq!(material.revisions.len(), 2, "what was read before is kept");
            material.participant_words() == 11
        },
    );
}

#[test]
fn furniture_says_nothing_until_it_is_words_again() {
    let cold = |scene: &Scene, tx: &mut Tx<'_>, furniture: bool| {
        let words = at(tx, scene.sources[0], "And cold")?;
        tx.set_furniture(scene.sources[0], words, furniture)
    };
    check_heard(|scene, tx| cold(scene, tx, true), &[(Some("A"), 9)], &[("codings", 1), ("participants", 1), ("words", 9)]);
    check_heard(
        |scene, tx| cold(scene, tx, true).and_then(|()| cold(scene, tx, false)),
        &[(Some("A"), 11)],
        &[("codings", 1), ("participants", 1), ("words", 11)],
    );
}

#[test]
fn words_given_by_hand_are_that_case_s_and_can_be_given_back() {
    let give = |scene: &Scene, tx: &mut Tx<'_>, words: &str, case: Option<CaseId>| {
        let span = at(tx, scene.sources[0], words)?;
        tx.give_span(scene.sources[0], span, case)
    };
    check_heard(
        |scene, tx| give(scene, tx, "It was fine, aye, mostly.", Some(scene.b)),
        &[(Some("A"), 6), (Some("B"), 5)],
        &[("codings", 1), ("participants", 2), ("words", 11)],
    );
    // Given back in the middle, two pieces are left.
    check_heard(
        |scene, tx| {
            give(scene, tx, "It was fine, aye, mostly.", Some(scene.b))?;
            give(scene, tx, "fine, aye", None)?;
            assert_eq!(tx.material(scene.sources[0])?.case_spans.len(), 2);
            Ok(())
        },
        &[(Some("A"), 8), (Some("B"), 3)],
        &[("codings", 1), ("participants", 2), ("words", 11)],
    );
    check_heard(
        |scene, tx| {
            give(scene, tx, "It was fine", Some(scene.b))?;
            give(scene, tx, "It was fine, aye, mostly.", None)
        },
        &[(Some("A"), 11)],
        &[("codings", 1), ("participants", 1), ("words", 11)],
    );
}

#[test]
fn labels_of_several_sources_are_one_person() {
    check(
        |scene, tx| {
            let labels = scene.sources.map(|source| (source, speaker(tx.study(), source, "R")));
            tx.one_person(&labels, scene.b)
        },
        |scene, study| {
            // A was given words by hand in the second source: it still speaks, and stays.
            assert!(study.case(scene.a).is_some());
            assert_eq!(says(study, scene.b), scene.sources);
            says(study, scene.a) == scene.sources[1..]
        },
    );
    check(
        |scene, tx| {
            tx.give_span(scene.sources[1], Span::new(12, 25), None)?;
            let labels = scene.sources.map(|source| (source, speaker(tx.study(), source, "R")));
            tx.one_person(&labels, scene.b)
        },
        |scene, study| {
            let kept = study.case(scene.b).unwrap();
            let sex = study.attributes().named("Sex").unwrap().id;
            assert_eq!(study.value_names(&kept.values, sex), "Woman", "what was known of the other is taken over");
            study.case(scene.a).is_none() && says(study, scene.b) == scene.sources
        },
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let scratch = Scratch::new();
    let (mut project, Scene { a, b, north, .. }) = scene(&scratch);
    let before = project.study().entities();
    let mut refused = |act: &dyn Fn(&mut Tx<'_>) -> Result<(), EditError>| assert!(project.edit("Try", act).is_err());
    refused(&|tx| tx.merge_cases(a, a));
    refused(&|tx| tx.merge_cases(CaseId::new(), b));
    refused(&|tx| tx.merge_values(north, north));
    refused(&|tx| tx.rename_value(north, "south"));
    refused(&|tx| {
        let area = tx.study().attributes().with_role(Role::Area).unwrap().id;
        tx.remove_attribute(area)
    });
    assert_eq!(project.study().entities(), before);
}

#[test]
fn going_back_takes_own_edits_and_leaves_what_colleagues_rest_on() {
    let scratch = Scratch::new();
    let (mut project, sources) = project(&scratch);
    let theme = project.edit("Add theme", |tx| tx.theme_at("Care")).unwrap();
    project.edit("Add case", |tx| tx.case_labelled("C", CaseKind::Person)).unwrap();
    let from = project.history(None, 2).unwrap()[1].seq;
    drop(project);
    let mut colleague = Project::open(&scratch.project(), Access::Write, &me("Ravi")).unwrap();
    colleague.edit("Code", |tx| tx.code(sources[0], Span::new(20, 40), theme, Origin::Hand)).unwrap();
    drop(colleague);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    project.edit("Code", |tx| tx.code(sources[1], Span::new(12, 25), theme, Origin::Hand)).unwrap();

    let labels = |edits: &[themata::project::EditSummary]| edits.iter().map(|edit| edit.label.clone()).collect::<Vec<_>>();
    let found = project.look_back_to(from).unwrap();
    assert_eq!(labels(&found.goes), ["Code", "Add case"]);
    assert_eq!(labels(&found.stays), ["Add theme"]);
    assert_eq!(labels(&found.others), ["Code"]);
    assert_eq!(labels(&project.undo_to(from).unwrap()), ["Code", "Add case"]);
    let study = project.study();
    assert_eq!(study.codings().map(|(_, coded)| coded.coding.coder).collect::<Vec<_>>(), [me("Ravi").coder]);
    assert!(study.case_labelled("C").is_none() && study.codebook().get(theme).is_some());
    project.redo().unwrap();
    project.redo().unwrap();
    assert_eq!(project.study().codings().count(), 2, "it can be brought back");
}

#[test]
fn a_colleague_s_edit_is_not_taken_back_nor_what_it_rests_on() {
    let scratch = Scratch::new();
    let (mut project, sources) = project(&scratch);
    let theme = project.edit("Add theme", |tx| tx.theme_at("Care")).unwrap();
    let own = project.history(None, 1).unwrap()[0].seq;
    drop(project);
    let mut colleague = Project::open(&scratch.project(), Access::Write, &me("Ravi")).unwrap();
    colleague.edit("Code", |tx| tx.code(sources[0], Span::new(20, 40), theme, Origin::Hand)).unwrap();
    let theirs = colleague.history(None, 1).unwrap()[0].seq;
    drop(colleague);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    let before = project.study().entities();
    match project.undo_edit(theirs, true) {
        Err(EditError::NotYourEdit(name)) => assert_eq!(name, "Ravi"),
        other => panic!("{other:?}"),
    }
    match project.undo_edit(own, true) {
        Err(EditError::InTheWay(edits)) => assert_eq!(edits.iter().map(|edit| edit.seq).collect::<Vec<_>>(), [theirs]),
        other => panic!("{other:?}"),
    }
    assert_eq!(project.study().entities(), before, "nothing has changed");
}

#[test]
fn going_back_that_cannot_go_on_says_what_was_taken_back() {
    let scratch = Scratch::new();
    let (mut project, _) = project(&scratch);
    let theme = project.edit("Add theme", |tx| tx.theme_at("Care")).unwrap();
    let renamed = project.edit("Rename", |tx| {
        let theme = tx.study().codebook().get(theme).unwrap().clone();
        tx.change_theme(themata::study::Theme { name: "Caring".into(), ..theme })
    });
    renamed.unwrap();
    let from = project.history(None, 1).unwrap()[0].seq;
    drop(project);
    // Nothing rests on a name, and yet it cannot be had back.
    let mut colleague = Project::open(&scratch.project(), Access::Write, &me("Ravi")).unwrap();
    colleague.edit("Add theme", |tx| tx.theme_at("Care")).unwrap();
    drop(colleague);
    let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    // More than is taken back at a time.
    let many = |tx: &mut Tx<'_>| (0..150).try_for_each(|number| tx.theme_at(&format!("Theme {number}")).map(drop));
    project.edit("Add many", many).unwrap();
    match project.undo_to(from) {
        Err(EditError::Stopped { done, left: 1, .. }) => assert_eq!(done[0].label, "Add many"),
        other => panic!("{other:?}"),
    }
    let study = project.study();
    assert!(study.codebook().find_path("Theme 7").is_none() && study.codebook().find_path("Caring").is_some());
}

#[test]
fn a_copy_of_a_version_is_what_the_project_was_then() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let then = project.study().entities();
    let seq = project.history(None, 1).unwrap()[0].seq;
    project
        .edit("Correct", |tx| {
            tx.merge_cases(scene.a, scene.b)?;
            tx.split_turn(scene.sources[0], 30)?;
            tx.remove_source(scene.sources[1])
        })
        .unwrap();
    let now = project.study().entities();
    let path = scratch.path("earlier.themata");
    project.copy_as_of(seq, &path).unwrap();
    assert!(project.copy_as_of(seq, &path).is_err(), "a file that is there is not touched");
    assert_eq!(project.study().entities(), now, "the project is as it was");
    let mut copy = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(copy.study().entities(), then);
    assert_eq!(copy.check(false).unwrap(), []);
    copy.undo().unwrap();
    assert_eq!(copy.study().entities(), now);
}
