//! Propositions and typologies: what they rest on follows corrections and merges, and nothing of them is dropped unseen.

use std::collections::BTreeMap;

use themata::analysis::typology::types;
use themata::project::{Access, Charted, EditError, Project, Tx};
use themata::study::{
    AttributeOf, CaseId, Crossed, Crossing, DimensionId, DimensionValueId, EvidenceOf, MemoOn, Placement, PropositionId, PropositionStatus,
    SourceId, Study, ThemeId, TypologyId, ValueId, Weight,
};
use themata::text::Span;

use crate::cli::{json_of, printed};
use crate::support::{Scratch, correct, me, project};

struct Scene {
    source: SourceId,
    a: CaseId,
    b: CaseId,
    rooms: ThemeId,
    north: ValueId,
    south: ValueId,
    of_a: Crossing,
    of_north: Crossing,
    proposition: PropositionId,
    typology: TypologyId,
    outlook: DimensionId,
    hopeful: DimensionValueId,
    worried: DimensionValueId,
}

const WORDS: &str = "The forms were not.";

/// A proposition on words of A, its cell and that of its office; A placed as hopeful because of its cell.
fn scene(scratch: &Scratch) -> (Project, Scene) {
    let (mut project, [source, _]) = project(scratch);
    let scene = project.edit("Set up", |tx| {
        let (a, b) = (tx.study().case_labelled("A").unwrap().id, tx.study().case_labelled("B").unwrap().id);
        let office = tx.attribute_named("Office", AttributeOf::Cases)?;
        let (north, south) = (tx.value_named(office, "North")?, tx.value_named(office, "South")?);
        tx.set_value(a, office, [north].into())?;
        let rooms = tx.theme_at("Rooms")?;
        let of_a = Crossing { theme: rooms, of: Crossed::Case(a) };
        let of_north = Crossing { theme: rooms, of: Crossed::Values(BTreeMap::from([(office, Some(north))])) };
        let proposition = PropositionId::new();
        tx.state_proposition(proposition, " Forms are the trouble ")?;
        let passage = words(tx, source, WORDS)?;
        tx.add_evidence(proposition, Weight::Supports, passage)?;
        tx.add_evidence(proposition, Weight::Qualifies, EvidenceOf::Cell { cell: of_a.clone() })?;
        tx.add_evidence(proposition, Weight::Qualifies, EvidenceOf::Cell { cell: of_north.clone() })?;
        let typology = tx.add_typology("Ways")?;
        let outlook = tx.add_dimension(typology, "Outlook")?;
        let (hopeful, worried) = (tx.dimension_value_named(outlook, "hopeful")?, tx.dimension_value_named(outlook, "worried")?);
        tx.place(a, outlook, Some(hopeful))?;
        tx.give_reason(a, outlook, "says so twice")?;
        tx.rest_on(a, outlook, &of_a, true)?;
        Ok(Scene { source, a, b, rooms, north, south, of_a, of_north, proposition, typology, outlook, hopeful, worried })
    });
    (project, scene.unwrap())
}

/// Words of a source as evidence.
fn words(tx: &Tx<'_>, source: SourceId, words: &str) -> Result<EvidenceOf, EditError> {
    let at = tx.text(source)?.find(words).unwrap();
    Ok(EvidenceOf::Passage { source, revision: tx.material(source)?.source.revision, span: Span::of(at..at + words.len()) })
}

fn evidence(study: &Study, scene: &Scene) -> Vec<(Weight, EvidenceOf, bool)> {
    let all = study.propositions().evidence_of(scene.proposition);
    all.into_iter().map(|it| (it.weight, it.of.clone(), study.has_evidence(&it.of))).collect()
}

fn cells(study: &Study, scene: &Scene) -> Vec<(Crossing, bool)> {
    evidence(study, scene).into_iter().filter_map(|(_, of, there)| Some((of.cell()?.clone(), there))).collect()
}

fn placement<'s>(study: &'s Study, scene: &Scene, case: CaseId) -> Option<&'s Placement> {
    study.typologies().placement(scene.outlook, case)
}

/// Does it, looks at what came of it, takes it back, brings it again, and loads it.
fn check(act: impl FnOnce(&Scene, &mut Tx<'_>) -> Result<(), EditError>, came: impl Fn(&Scene, &Study)) {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let before = project.study().entities();
    project.edit("Try", |tx| act(&scene, tx)).unwrap();
    let after = project.study();
    came(&scene, &after);
    project.undo().unwrap();
    assert_eq!(project.study().entities(), before, "undone");
    project.redo().unwrap();
    assert_eq!(project.study().entities(), after.entities(), "brought back");
    assert_eq!(project.check(false).unwrap(), []);
    drop(project);
    let again = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(again.study().entities(), after.entities(), "loaded");
}

#[test]
fn a_proposition_is_stated_judged_and_searched_and_weighs_its_evidence_once() {
    check(
        |scene, tx| {
            tx.note_proposition(scene.proposition, "Said in May")?;
            tx.set_proposition_status(scene.proposition, PropositionStatus::Revised)?;
            tx.set_searched(scene.proposition, true)?;
            let passage = words(tx, scene.source, WORDS)?;
            let first = tx.study().propositions().evidence_of(scene.proposition)[0].id;
            assert_eq!(tx.add_evidence(scene.proposition, Weight::Contradicts, passage)?, first, "added again it is weighed anew");
            tx.note_evidence(first, "by the way")?;
            let nothing = tx.state_proposition(scene.proposition, "  ");
            assert!(matches!(nothing, Err(EditError::Refused(_))), "a proposition states something");
            Ok(())
        },
        |scene, study| {
            let there = study.propositions().get(scene.proposition).unwrap();
            assert_eq!((there.statement.as_str(), there.note.as_str()), ("Forms are the trouble", "Said in May"));
            assert_eq!((there.status, there.searched.unwrap().coder), (PropositionStatus::Revised, me("Elspeth").coder));
            let all = study.propositions().evidence_of(scene.proposition);
            assert_eq!(all.len(), 3);
            assert_eq!((all[0].weight, all[0].words.as_str(), all[0].note.as_str()), (Weight::Contradicts, WORDS, "by the way"));
            assert_eq!(all[1].words, "Rooms × A", "a cell keeps the name it had");
        },
    );
    check(
        |scene, tx| tx.remove_proposition(scene.proposition),
        |_, study| {
            assert_eq!((study.propositions().in_order().len(), study.propositions().evidence().count()), (0, 0));
        },
    );
}

#[test]
fn evidence_follows_its_words_and_is_kept_when_they_are_gone() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let said = |project: &Project| {
        let study = project.study();
        let piece = study.propositions().evidence_of(scene.proposition)[0].clone();
        let (source, revision, span) = piece.of.passage().unwrap();
        let there = study.material(source).and_then(|it| it.revisions.iter().find(|it| it.id == revision)).cloned();
        let text = there.map(|there| span.slice(&project.texts().text(there.text).unwrap()).to_owned());
        (text, study.has_evidence(&piece.of), piece.words)
    };
    let whole = (Some(WORDS.to_owned()), true, WORDS.to_owned());
    assert_eq!(said(&project), whole);
    project.edit("Correct", |tx| correct(tx, scene.source, "R: First of all.\nR: It was fine. The forms were not.\n")).unwrap();
    assert_eq!(said(&project), whole, "it stands where its words stand");
    project.edit("Correct", |tx| correct(tx, scene.source, "R: First of all.\n")).unwrap();
    assert_eq!(said(&project), (Some(WORDS.to_owned()), false, WORDS.to_owned()), "kept, and said to be broken");
    project.edit("Correct", |tx| correct(tx, scene.source, "R: First of all.\nR: The forms were not.\n")).unwrap();
    assert_eq!(said(&project), whole, "found again");
    // From a window that still shows an older text.
    let seen = project.study().material(scene.source).unwrap().revisions[0].clone();
    let old = project.texts().text(seen.text).unwrap();
    let at = old.find(WORDS).unwrap();
    let of = EvidenceOf::Passage { source: scene.source, revision: seen.id, span: Span::of(at..at + WORDS.len()) };
    project.edit("Add", |tx| tx.add_evidence(scene.proposition, Weight::Contradicts, of.clone()).map(drop)).unwrap();
    assert_eq!(evidence(&project.study(), &scene).len(), 3, "it is the passage that is there");
    project.edit("Delete", |tx| tx.remove_source(scene.source)).unwrap();
    assert_eq!(said(&project), (None, false, WORDS.to_owned()), "the words it had are kept with it");
    assert_eq!(project.check(false).unwrap(), []);
}

#[test]
fn cells_follow_merges_and_are_broken_where_they_go() {
    check(
        |scene, tx| {
            let places = tx.theme_at("Places")?;
            tx.merge_themes(scene.rooms, places)?;
            tx.merge_values(scene.north, scene.south)?;
            tx.merge_cases(scene.a, scene.b)
        },
        |scene, study| {
            let theme = study.codebook().find_path("Places").unwrap();
            let of_b = Crossing { theme, of: Crossed::Case(scene.b) };
            let of_south = Crossing { theme, ..scene.of_north.clone() }.with_value(scene.north, scene.south);
            assert_eq!(cells(study, scene), [(of_b.clone(), true), (of_south, true)]);
            let placed = placement(study, scene, scene.b).unwrap();
            assert_eq!((placed.value, placed.reason.as_str()), (Some(scene.hopeful), "says so twice"));
            assert_eq!(placed.rests_on, [of_b]);
            assert!(placement(study, scene, scene.a).is_none());
        },
    );
    check(
        |scene, tx| {
            tx.remove_theme(scene.rooms, None)?;
            tx.remove_value(scene.north)
        },
        |scene, study| {
            assert_eq!(cells(study, scene), [(scene.of_a.clone(), false), (scene.of_north.clone(), false)], "kept, and said to be gone");
            let placed = placement(study, scene, scene.a).unwrap();
            assert_eq!((placed.value, placed.rests_on.len()), (Some(scene.hopeful), 1));
        },
    );
    check(
        |scene, tx| {
            let home = tx.theme_at("Home")?;
            tx.remove_theme(scene.rooms, Some(home))
        },
        |scene, study| {
            let theme = study.codebook().find_path("Home").unwrap();
            assert!(cells(study, scene).iter().all(|(cell, there)| cell.theme == theme && *there));
            assert_eq!(placement(study, scene, scene.a).unwrap().rests_on[0].theme, theme);
        },
    );
}

#[test]
fn two_cases_that_are_one_keep_both_reasons() {
    check(
        |scene, tx| {
            tx.place(scene.b, scene.outlook, Some(scene.worried))?;
            tx.rest_on(scene.b, scene.outlook, &Crossing { theme: scene.rooms, of: Crossed::Case(scene.b) }, true)?;
            tx.merge_cases(scene.a, scene.b)
        },
        |scene, study| {
            let placed = placement(study, scene, scene.b).unwrap();
            assert_eq!(placed.value, Some(scene.worried), "what stands there stays");
            assert_eq!(placed.reason, "A: Ways › Outlook: hopeful (says so twice)");
            assert_eq!(placed.rests_on.len(), 1, "two cells that are one by now");
        },
    );
}

#[test]
fn where_a_deleted_case_was_placed_stays_as_a_memo() {
    check(
        |scene, tx| tx.remove_case(scene.a),
        |scene, study| {
            assert_eq!(study.typologies().placements().count(), 0);
            let memo = study.memos().iter().find(|memo| memo.on == MemoOn::Project).unwrap();
            assert_eq!(memo.text, "Where A was placed:\n\nWays › Outlook: hopeful (says so twice); rests on Rooms × A");
            assert_eq!(cells(study, scene)[0], (scene.of_a.clone(), false));
        },
    );
}

#[test]
fn every_case_is_placed_unplaced_or_open() {
    check(
        |scene, tx| {
            tx.place(scene.b, scene.outlook, None)?;
            assert_eq!(tx.dimension_value_named(scene.outlook, " Hopeful ")?, scene.hopeful);
            Ok(())
        },
        |scene, study| {
            let found = types(study, scene.typology);
            let said: Vec<_> = found.types.iter().map(|of| (found.name(study, of), of.cases.clone())).collect();
            assert_eq!(said, [("hopeful".to_owned(), vec![scene.a]), ("worried".to_owned(), vec![])]);
            assert_eq!((found.unplaced, found.open), (vec![scene.b], vec![]));
        },
    );
    check(
        |scene, tx| tx.remove_dimension_value(scene.outlook, scene.hopeful),
        |scene, study| {
            let placed = placement(study, scene, scene.a).unwrap();
            assert_eq!(placed.value, None, "unplaced, and why is kept");
            assert_eq!(placed.reason, "says so twice Was “hopeful”, a value that was deleted.");
            assert_eq!((types(study, scene.typology).unplaced, types(study, scene.typology).open), (vec![scene.a], vec![scene.b]));
        },
    );
    check(
        |scene, tx| {
            tx.remove_placement(scene.a, scene.outlook)?;
            let early = tx.give_reason(scene.a, scene.outlook, "too early");
            assert!(matches!(early, Err(EditError::Refused(_))));
            Ok(())
        },
        |scene, study| assert_eq!(types(study, scene.typology).open, [scene.a, scene.b]),
    );
    check(
        |scene, tx| tx.remove_typology(scene.typology),
        |_, study| {
            assert!(study.typologies().in_order().is_empty() && study.typologies().placements().next().is_none());
        },
    );
}

#[test]
fn names_are_there_once() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let before = project.study().entities();
    let refused = [
        project.edit("", |tx| tx.rename_dimension_value(scene.outlook, scene.hopeful, "WORRIED")),
        project.edit("", |tx| tx.add_dimension(scene.typology, "outlook").map(drop)),
        project.edit("", |tx| tx.add_typology("ways").map(drop)),
        project.edit("", |tx| tx.describe_typology(scene.typology, " ", "")),
        project.edit("", |tx| tx.place(scene.a, scene.outlook, Some(DimensionValueId::new()))),
    ];
    let said = refused.map(|refused| refused.unwrap_err().to_string());
    assert_eq!(
        said,
        [
            "there is a Value named “WORRIED” already",
            "there is a Dimension named “outlook” already",
            "there is a Typology named “ways” already",
            "a name is needed",
            "the value is not there any more",
        ]
    );
    assert_eq!(project.study().entities(), before);
}

/// Edits of different fields of a dimension do not disturb each other when one of them is taken back.
#[test]
fn values_of_a_dimension_are_set_one_by_one() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    project.edit("Rename", |tx| tx.rename_dimension_value(scene.outlook, scene.hopeful, "glad")).unwrap();
    let renamed = project.history(None, 1).unwrap()[0].seq;
    project.edit("Add", |tx| tx.dimension_value_named(scene.outlook, "resigned").map(drop)).unwrap();
    project.edit("Rename", |tx| tx.rename_dimension_value(scene.outlook, scene.worried, "afraid")).unwrap();
    let changes = project.changes(renamed).unwrap();
    let themata::study::Deed::Set(fields) = &changes[0].deed else { panic!("{changes:?}") };
    assert_eq!(fields.iter().map(|set| set.field.clone()).collect::<Vec<_>>(), [format!("values.{}.name", scene.hopeful)]);
    let current = project.study().entity(changes[0].entity(), None);
    let undone = changes[0].inverse().onto(current.as_ref()).unwrap().after.unwrap();
    let themata::study::Entity::Dimension(undone) = undone else { panic!("{undone:?}") };
    assert_eq!(undone.in_order().iter().map(|(_, name)| *name).collect::<Vec<_>>(), ["hopeful", "afraid", "resigned"]);
}

#[test]
fn both_leave_as_tables() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    project
        .edit("More", |tx| {
            tx.chart(&scene.of_a, Charted { text: "Fine".into(), ..Charted::default() })?;
            tx.state_proposition(PropositionId::new(), "=Nobody tried this")?;
            tx.set_searched(scene.proposition, true)?;
            tx.place(scene.b, scene.outlook, None)
        })
        .unwrap();
    drop(project);
    let project = scratch.project().to_string_lossy().into_owned();
    let export = |what: &str| {
        let file = scratch.path(format!("{what}.csv"));
        printed(&scratch, &["export", &project, &file.to_string_lossy(), "--what", what]);
        let table = std::fs::read_to_string(&file).unwrap();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<BTreeMap<String, String>> =
            reader.records().map(|row| header.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect()).collect();
        rows
    };
    let rows = export("propositions");
    let said = |row: &BTreeMap<String, String>, columns: &[&str]| columns.iter().map(|column| row[*column].clone()).collect::<Vec<_>>();
    let evidence = ["proposition", "weight", "on", "source", "paragraph", "theme", "case", "cell", "words", "broken"];
    assert_eq!(said(&rows[0], &evidence), ["1", "supports", "passage", "A", "2", "", "", "", WORDS, "0"]);
    assert_eq!(said(&rows[1], &evidence), ["1", "qualifies", "cell", "", "", "Rooms", "A", "", "", "0"]);
    assert_eq!(said(&rows[2], &evidence), ["1", "qualifies", "cell", "", "", "Rooms", "", "Office: North", "", "0"]);
    let whole = ["statement", "status", "supports", "qualifies", "contradicts", "untried", "searched_by"];
    assert_eq!(said(&rows[0], &whole), ["Forms are the trouble", "holds", "1", "2", "0", "0", "Elspeth"]);
    assert_eq!(said(&rows[3], &whole), ["'=Nobody tried this", "holds", "0", "0", "0", "1", ""]);
    assert_eq!(rows.len(), 4);
    let rows = export("typologies");
    let columns = ["typology", "type", "state", "case", "dimension", "value", "reason", "rests_on", "gone", "Office"];
    let rows: Vec<_> = rows.iter().map(|row| said(row, &columns)).collect();
    assert_eq!(rows[0], ["Ways", "hopeful", "placed", "A", "Outlook", "hopeful", "says so twice", "Rooms × A", "0", "North"]);
    assert_eq!(rows[1], ["Ways", "", "unplaced", "B", "Outlook", "", "", "", "0", "Not stated"]);
    assert_eq!(rows[2], ["Ways", "worried", "empty type", "", "", "", "", "", "", ""]);
    assert_eq!(rows.len(), 3);
    let about = std::fs::read_to_string(scratch.path("typologies-about.txt")).unwrap();
    assert!(about.contains("empty type (a combination of values that no case has"), "{about}");
    assert_eq!(json_of(&scratch, &["check", &project, "--json"])["ok"], true);
}
