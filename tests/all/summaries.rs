//! What analysts write in the cells of the matrix: never lost, and known to be stale when something else lies under it.

use std::collections::BTreeMap;

use themata::analysis::basis::{Drift, basis_of};
use themata::analysis::changed::{Differs, Gone, changed};
use themata::exchange::export::{Labels, summaries_table};
use themata::project::{Access, Charted, EditError, Project, Tx};
use themata::study::{
    AttributeOf, CaseId, Citation, Cites, Crossed, Crossing, MemoOn, Origin, Silence, SourceId, Spread, Study, SummaryState, ThemeId,
    ValueId,
};
use themata::text::Span;

use crate::support::{Scratch, correct, me, project};

struct Scene {
    sources: [SourceId; 2],
    rooms: ThemeId,
    cold: ThemeId,
    a: CaseId,
    b: CaseId,
    north: ValueId,
    south: ValueId,
    of_a: Crossing,
    of_north: Crossing,
}

/// Two interviews; a coding of *Rooms › Cold* in the first, summaries of *Rooms* × its case and × the case's value.
fn scene(scratch: &Scratch) -> (Project, Scene) {
    let (mut project, sources) = project(scratch);
    let scene = project
        .edit("Set up", |tx| {
            let (a, b) = (tx.study().case_labelled("A").unwrap().id, tx.study().case_labelled("B").unwrap().id);
            let office = tx.attribute_named("Office", AttributeOf::Cases)?;
            let (north, south) = (tx.value_named(office, "North")?, tx.value_named(office, "South")?);
            tx.set_value(a, office, [north].into())?;
            let cold = tx.theme_at("Rooms > Cold")?;
            let rooms = tx.theme_at("Rooms")?;
            tx.code(sources[0], Span::new(18, 30), cold, Origin::Hand)?;
            let of_a = Crossing { theme: rooms, of: Crossed::Case(a) };
            let of_north = Crossing { theme: rooms, of: Crossed::Values(BTreeMap::from([(office, Some(north))])) };
            Ok(Scene { sources, rooms, cold, a, b, north, south, of_a, of_north })
        })
        .unwrap();
    project
        .edit("Chart", |tx| {
            tx.chart(&scene.of_a, written("A was fine [1]"))?;
            tx.chart(&scene.of_north, written("The north is fine"))
        })
        .unwrap();
    (project, scene)
}

fn written(text: &str) -> Charted {
    Charted { text: text.to_owned(), state: SummaryState::Charted, ..Charted::default() }
}

fn words(study: &Study, cell: &Crossing) -> Option<String> {
    study.summaries().of(cell).map(|summary| summary.text.clone())
}

fn to_settle(study: &Study, cell: &Crossing) -> Vec<(String, String)> {
    study.summaries().to_settle(cell).map(|summary| (summary.from.clone().unwrap(), summary.text.clone())).collect()
}

fn is_stale(study: &Study, cell: &Crossing) -> bool {
    let summary = study.summaries().of(cell).unwrap();
    Drift::between(&summary.basis, &basis_of(study, &[cell])[0]).is_stale()
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
    drop(project);
    let again = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    assert_eq!(again.study().entities(), after.entities(), "loaded");
}

#[test]
fn a_cell_has_one_summary_and_an_empty_one_goes() {
    check(
        |scene, tx| {
            let first = tx.study().summaries().of(&scene.of_a).unwrap().id;
            let again = tx.chart(&scene.of_a, Charted { state: SummaryState::Draft, ..written("Otherwise") })?;
            assert_eq!(again, Some(first));
            assert_eq!(tx.chart(&scene.of_north, Charted::default())?, None);
            let asked = Charted { silence: Some(Silence::AskedSaidNothing), ..Charted::default() };
            tx.chart(&Crossing { theme: scene.rooms, of: Crossed::Case(scene.b) }, asked).map(drop)
        },
        |scene, study| {
            assert_eq!(words(study, &scene.of_a), Some("Otherwise".to_owned()));
            assert_eq!(words(study, &scene.of_north), None);
            let silent = study.summaries().of(&Crossing { theme: scene.rooms, of: Crossed::Case(scene.b) }).unwrap();
            assert_eq!(silent.silence, Some(Silence::AskedSaidNothing), "no words, and yet not “not charted”");
        },
    );
}

#[test]
fn it_is_stale_until_somebody_says_that_it_still_holds() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    assert!(!is_stale(&project.study(), &scene.of_a) && !is_stale(&project.study(), &scene.of_north));
    project.edit("Code", |tx| tx.code(scene.sources[0], Span::new(34, 60), scene.cold, Origin::Hand)).unwrap();
    assert!(is_stale(&project.study(), &scene.of_a) && is_stale(&project.study(), &scene.of_north));
    let id = project.study().summaries().of(&scene.of_a).unwrap().id;
    project.edit("Still holds", |tx| tx.still_holds(id)).unwrap();
    assert!(!is_stale(&project.study(), &scene.of_a) && is_stale(&project.study(), &scene.of_north));
    assert_eq!(words(&project.study(), &scene.of_a), Some("A was fine [1]".to_owned()));
    // Names and colours are not in it.
    project
        .edit("Rename", |tx| {
            tx.change_theme(themata::study::Theme { name: "Places".into(), ..tx.study().codebook().get(scene.rooms).unwrap().clone() })
        })
        .unwrap();
    assert!(!is_stale(&project.study(), &scene.of_a));
    project.undo().unwrap();
    project.undo().unwrap();
    assert!(is_stale(&project.study(), &scene.of_a));
    project.undo().unwrap();
    assert!(!is_stale(&project.study(), &scene.of_a), "the coding is gone again");
}

#[test]
fn merged_themes_keep_both_texts() {
    check(
        |scene, tx| {
            let warm = tx.theme_at("Warm rooms")?;
            tx.chart(&Crossing { theme: warm, ..scene.of_a.clone() }, written("A was warm"))?;
            tx.merge_themes(scene.rooms, warm)
        },
        |scene, study| {
            let warm = study.codebook().child_named(None, "Warm rooms").unwrap();
            let (of_a, of_north) = (Crossing { theme: warm, ..scene.of_a.clone() }, Crossing { theme: warm, ..scene.of_north.clone() });
            assert_eq!(words(study, &of_a), Some("A was warm".to_owned()), "the target keeps its own");
            assert_eq!(to_settle(study, &of_a), [("Rooms".to_owned(), "A was fine [1]".to_owned())]);
            assert_eq!(words(study, &of_north), Some("The north is fine".to_owned()), "an empty cell takes it");
        },
    );
}

#[test]
fn what_waits_is_settled_and_the_cells_own_is_not() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let home = project
        .edit("Delete", |tx| {
            let home = tx.theme_at("Elsewhere")?;
            tx.remove_theme(scene.rooms, Some(home)).map(|()| home)
        })
        .unwrap();
    let study = project.study();
    let cell = Crossing { theme: home, ..scene.of_a.clone() };
    assert_eq!(words(&study, &cell), None);
    assert_eq!(to_settle(&study, &cell), [("Rooms".to_owned(), "A was fine [1]".to_owned())], "of another theme: to be settled");
    let id = study.summaries().to_settle(&cell).next().unwrap().id;
    project.edit("Chart", |tx| tx.chart(&cell, written("All of it"))).unwrap();
    let own = project.study().summaries().of(&cell).unwrap().id;
    assert!(matches!(project.edit("Settle", |tx| tx.settle(own)), Err(EditError::Refused(_))));
    project.edit("Settle", |tx| tx.settle(id)).unwrap();
    assert!(to_settle(&project.study(), &cell).is_empty());
    assert_eq!(words(&project.study(), &cell), Some("All of it".to_owned()));
}

#[test]
fn what_is_added_to_a_summary_is_cited_by_its_numbers() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let source = scene.sources[0];
    let revision = project.study().material(source).unwrap().source.revision;
    let at = |start, end| Cites::Passage { source, revision, span: Span::new(start, end) };
    let mut other = Charted { silence: Some(Silence::NotAsked), ..Charted::default() };
    assert_eq!((other.cite(at(44, 53), || "The forms".into()), other.cite(at(18, 29), || "It was fine".into())), (1, 2));
    other.text = "Forms [1], fine [2], [2 or so] and [9]".into();
    other.spread.dissent = "One alone [1]".into();
    project.edit("Chart", |tx| tx.chart(&scene.of_north, other)).unwrap();
    let study = project.study();
    let other = study.summaries().of(&scene.of_north).unwrap();
    let mut own = Charted { text: "All was fine [1]".into(), silence: Some(Silence::NotAsked), ..Charted::default() };
    assert_eq!(own.cite(at(18, 29), || "It was fine".into()), 1);
    own.add(other);
    assert_eq!(own.text, "All was fine [1]\n\nForms [2], fine [1], [2 or so] and [9]");
    assert_eq!(own.spread.dissent, "One alone [2]");
    let cited: Vec<_> = own.citations.iter().map(|citation| (citation.number, citation.words.as_str())).collect();
    assert_eq!(cited, [(1, "It was fine"), (2, "The forms")]);
    assert_eq!(own.silence, None, "there are words now");
}

#[test]
fn a_memo_that_was_a_summary_says_what_was_cited() {
    check(
        |scene, tx| {
            let source = scene.sources[0];
            let revision = tx.material(source)?.source.revision;
            let mut cites = written("A was fine [1]");
            cites.cite(Cites::Passage { source, revision, span: Span::new(18, 29) }, || "It was fine".into());
            tx.chart(&scene.of_a, cites)?;
            tx.remove_case(scene.a)
        },
        |_, study| {
            let said = |memo: &themata::study::Memo| memo.text.ends_with("A was fine [1]\n\n[1] A: “It was fine”");
            assert!(study.memos().iter().any(said), "{:?}", study.memos());
        },
    );
}

#[test]
fn what_has_no_cell_any_more_stays_as_a_memo() {
    let memo_on_project =
        |study: &Study, text: &str| study.memos().iter().any(|memo| memo.on == MemoOn::Project && memo.text.contains(text));
    check(
        |scene, tx| tx.remove_theme(scene.rooms, None),
        move |_, study| {
            assert_eq!(study.summaries().iter().len(), 0);
            assert!(memo_on_project(study, "Summary of Rooms × A:\n\nA was fine [1]"), "{:?}", study.memos());
        },
    );
    let on_theme = |study: &Study, theme| study.memos().iter().filter(|memo| memo.on == MemoOn::Theme { theme }).count();
    check(
        |scene, tx| {
            tx.remove_case(scene.a)?;
            tx.remove_value(scene.north)
        },
        move |scene, study| {
            assert_eq!(study.summaries().iter().len(), 0);
            assert_eq!(on_theme(study, scene.rooms), 2);
        },
    );
}

#[test]
fn merged_cases_and_values_keep_both_texts() {
    check(
        |scene, tx| {
            tx.chart(&Crossing { theme: scene.rooms, of: Crossed::Case(scene.b) }, written("B was fine"))?;
            tx.merge_cases(scene.a, scene.b)?;
            tx.merge_values(scene.north, scene.south)
        },
        |scene, study| {
            let of_b = Crossing { theme: scene.rooms, of: Crossed::Case(scene.b) };
            assert_eq!(words(study, &of_b), Some("B was fine".to_owned()));
            assert_eq!(to_settle(study, &of_b), [("A".to_owned(), "A was fine [1]".to_owned())]);
            assert_eq!(words(study, &scene.of_north.clone().with_value(scene.north, scene.south)), Some("The north is fine".to_owned()));
        },
    );
}

#[test]
fn citations_follow_their_words_and_stay_when_those_are_gone() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let source = scene.sources[0];
    let revision = project.study().material(source).unwrap().source.revision;
    let cite =
        |number, span: Span, words: &str| Citation { number, of: Cites::Passage { source, revision, span }, words: words.to_owned() };
    // "It was fine" and "The forms".
    let citations = vec![cite(1, Span::new(18, 29), "It was fine"), cite(2, Span::new(44, 53), "The forms")];
    let spread = Spread { dissent: "A alone".into(), ..Spread::default() };
    project.edit("Chart", |tx| tx.chart(&scene.of_a, Charted { citations, spread, ..written("Fine [1], forms [2]") })).unwrap();
    let text = project.texts();
    let old = { text.text(project.study().material(source).unwrap().revision().unwrap().text).unwrap() };
    assert_eq!((Span::new(18, 29).slice(&old), Span::new(44, 53).slice(&old)), ("It was fine", "The forms"));
    let corrected = old.replace("How was it?", "How was it all in all?").replace("The forms were not.", "");
    project.edit("Correct", |tx| correct(tx, source, &corrected)).unwrap();
    let study = project.study();
    let material = study.material(source).unwrap();
    let summary = study.summaries().of(&scene.of_a).unwrap();
    let [first, second] = summary.citations.as_slice() else { panic!("{:?}", summary.citations) };
    let (of, now, span) = first.passage().unwrap();
    assert_eq!((first.number, of, now, span.slice(&corrected)), (1, source, material.source.revision, "It was fine"));
    let (_, kept, _) = second.passage().unwrap();
    assert_eq!((second.number, kept, second.words.as_str()), (2, revision, "The forms"), "kept as it was cited");
    assert_eq!(summary.spread.dissent, "A alone");
    // A source that goes takes no summary with it.
    project.edit("Remove", |tx| tx.remove_source(source)).unwrap();
    assert_eq!(project.study().summaries().of(&scene.of_a).unwrap().citations.len(), 2);
}

#[test]
fn what_was_reviewed_and_says_something_else_is_charted() {
    check(
        |scene, tx| {
            let reviewed = |text| Charted { state: SummaryState::Reviewed, ..written(text) };
            tx.chart(&scene.of_a, reviewed("A was fine [1]"))?;
            assert_eq!(tx.study().summaries().of(&scene.of_a).unwrap().state, SummaryState::Reviewed);
            tx.chart(&scene.of_a, reviewed("A was not so fine [1]")).map(drop)
        },
        |scene, study| {
            let own = study.summaries().of(&scene.of_a).unwrap();
            assert_eq!((own.state, own.text.as_str()), (SummaryState::Charted, "A was not so fine [1]"));
        },
    );
}

#[test]
fn what_is_written_in_a_cell_that_goes_meanwhile_becomes_a_memo() {
    check(
        |scene, tx| {
            let alone = tx.theme_at("Weather")?;
            tx.remove_theme(alone, None)?;
            tx.chart(&Crossing { theme: alone, ..scene.of_a.clone() }, written("It **rains**")).map(drop)
        },
        |scene, study| {
            let memo = study.memos().iter().find(|memo| memo.text.contains("It **rains**")).unwrap();
            assert_eq!((&memo.on, memo.text.as_str()), (&MemoOn::Project, "Summary of A deleted theme × A:\n\nIt **rains**"));
            assert!(words(study, &scene.of_a).is_some());
        },
    );
}

#[test]
fn words_that_are_gone_are_told_as_they_were_and_a_citation_outlives_its_coding() {
    let scratch = Scratch::new();
    let (mut project, scene) = scene(&scratch);
    let source = scene.sources[0];
    let of = Cites::Passage { source, revision: project.study().material(source).unwrap().source.revision, span: Span::new(18, 29) };
    let citations = vec![Citation { number: 1, of, words: "It was fine".to_owned() }];
    project.edit("Chart", |tx| tx.chart(&scene.of_a, Charted { citations, ..written("Fine [1]") })).unwrap();
    let cites = |project: &Project| {
        let table = summaries_table(&project.study(), &*project.texts(), Labels::default()).unwrap();
        table.rows.into_iter().flatten().find(|field| field.starts_with("[1] ")).unwrap()
    };
    assert_eq!(cites(&project), "[1] A ¶ 2: “It was fine”");
    let differs = |project: &Project| {
        let study = project.study();
        let (before, now) = (&study.summaries().of(&scene.of_a).unwrap().basis, basis_of(&study, &[&scene.of_a]).remove(0));
        changed(&study, &scene.of_a, before, &now)
    };
    assert_eq!(differs(&project), []);
    // Corrected away: the words stand in the version they belonged to.
    let texts = project.texts();
    let was = project.study().material(source).unwrap().revision().unwrap().clone();
    let old = texts.text(was.text).unwrap();
    project.edit("Correct", |tx| correct(tx, source, &old.replace("It was fine", "Aye, grand"))).unwrap();
    let [gone] = differs(&project).try_into().unwrap();
    assert_eq!((gone.differs, gone.source, gone.words.0), (Differs::Gone(Gone::WordsGone), Some(source), was.id));
    assert!(gone.words.1.slice(&old).starts_with("It was fine"));
    project.undo().unwrap();
    // Recoded, and then no longer coded at all.
    let coding = project.study().material(source).unwrap().codings.iter().next().unwrap().coding.id;
    let other = project.edit("Recode", |tx| {
        let other = tx.theme_at("Forms")?;
        tx.recode(source, coding, other)
    });
    let [gone] = differs(&project).try_into().unwrap();
    let forms = project.study().codebook().find_path("Forms").unwrap();
    assert_eq!(gone.differs, Differs::Gone(Gone::Recoded(forms)));
    assert_eq!(cites(&project), "[1] A ¶ 2 (no longer coded here): “It was fine”");
    project.edit("Remove", |tx| tx.uncode(source, other.unwrap())).unwrap();
    assert_eq!(differs(&project)[0].differs, Differs::Gone(Gone::Removed));
}
