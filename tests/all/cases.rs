//! Cases, attributes and values that are merged, renamed or deleted, and going back to before an edit.

use std::collections::BTreeSet;

use themata::project::{Access, EditError, Project, Tx};
use themata::study::{
    AttributeId, AttributeOf, CaseId, CaseKind, CaseSpan, CaseSpanId, MemoKind, MemoOn, Origin, Role, SourceId, Study, ValueId,
};
use themata::text::Span;

use crate::support::{Scratch, me, project};

/// Cases A and B of two interviews; an attribute of which A has one value and B another, and a memo on A.
struct Scene {
    sources: [SourceId; 2],
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
    let (office, north, south) = project
        .edit("Offices", |tx| {
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
            Ok((office, north, south))
        })
        .unwrap();
    (project, Scene { sources, a, b, office, north, south })
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
            assert!(study.memos().iter().all(|memo| memo.on == MemoOn::Case { case: scene.b }));
            study.case(scene.a).is_none()
        },
    );
}

#[test]
fn what_a_deleted_case_said_is_not_stated() {
    check(
        |scene, tx| tx.remove_case(scene.a),
        |scene, study| {
            assert!(study.memos().is_empty());
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
            study.attributes().find_value(scene.office, "north").map(|value| value.id) == Some(scene.south)
        },
    );
}

#[test]
fn a_deleted_value_leaves_not_stated() {
    check(
        |scene, tx| tx.remove_value(scene.north),
        |scene, study| !study.case(scene.a).unwrap().values.contains_key(&scene.office) && study.attributes().value(scene.north).is_none(),
    );
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
