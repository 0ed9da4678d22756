//! Copies of a project: given to coders, worked in, and brought back.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use themata::project::{Access, Project};
use themata::study::{Entity, Summary};

use crate::laws::{Act, act, check_anchors, perform};
use crate::support::{Scratch, me, project};

fn open(path: &Path) -> Project {
    Project::open(path, Access::Write, &me("Elspeth")).unwrap()
}

fn work(project: &mut Project, acts: &[Act]) {
    for act in acts {
        // What is refused changes nothing; that is another test's.
        let _ = perform(project, act);
    }
}

/// The study but for who has edited it: who merges has done something too.
fn without_coders(project: &Project) -> Vec<Entity> {
    project.study().entities().into_iter().filter(|entity| !matches!(entity, Entity::Coder(_))).collect()
}

/// Everything somebody wrote in summaries.
fn words(project: &Project) -> Vec<String> {
    let study = project.study();
    let said = |summary: &std::sync::Arc<Summary>| summary.text.clone();
    study.summaries().iter().map(said).filter(|text| !text.trim().is_empty()).collect()
}

/// Whether the words can still be read: in a summary, or in the memo that a summary became.
fn is_kept(project: &Project, text: &str) -> bool {
    let holds = |entity: &Entity| match entity {
        Entity::Summary(summary) => summary.text == text,
        Entity::Memo(memo) => memo.text.contains(text),
        _ => false,
    };
    project.study().entities().iter().any(holds)
}

/// The project and two copies in which others have worked since.
fn diverged(scratch: &Scratch, before: &[Act], acts: [&[Act]; 3]) -> [PathBuf; 3] {
    let (mut first, _) = project(scratch);
    work(&mut first, before);
    let paths = [scratch.project(), scratch.path("ravi.themata"), scratch.path("isla.themata")];
    first.give_copy(&paths[1], "Ravi", false).unwrap();
    first.give_copy(&paths[2], "Isla", true).unwrap();
    drop(first);
    // All at the same time.
    let mut open: Vec<Project> = paths.iter().map(|path| open(path)).collect();
    for round in 0..acts.iter().map(|acts| acts.len()).max().unwrap_or(0) {
        for (project, acts) in open.iter_mut().zip(acts) {
            work(project, acts.get(round..=round).unwrap_or_default());
        }
    }
    paths
}

fn merged(scratch: &Scratch, name: &str, base: &Path, others: &[&Path]) -> PathBuf {
    let path = scratch.path(name);
    std::fs::copy(base, &path).unwrap();
    let mut project = open(&path);
    for other in others {
        project.merge(other).unwrap();
        assert_eq!(project.check(false).unwrap(), []);
        check_anchors(&project);
    }
    path
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec(act(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_copies_come_back_the_study_is_the_same(before in acts(), one in acts(), two in acts(), three in acts()) {
        let scratch = Scratch::new();
        let [a, b, c] = diverged(&scratch, &before, [&one, &two, &three]);
        let written: Vec<String> = [&a, &b, &c].into_iter().flat_map(|path| words(&open(path))).collect();
        // In a star, the other way round, in a chain, and where a copy that has another comes first.
        let star = merged(&scratch, "star", &a, &[&b, &c]);
        let other = merged(&scratch, "other", &a, &[&c, &b]);
        let pair = merged(&scratch, "pair", &b, &[&c]);
        let chain = merged(&scratch, "chain", &a, &[&pair]);
        let far = merged(&scratch, "far", &c, &[&a, &pair]);
        let expected = without_coders(&open(&star));
        for path in [&other, &chain, &far] {
            prop_assert_eq!(without_coders(&open(path)), expected.clone(), "{}", path.display());
        }
        let project = open(&star);
        for text in written {
            prop_assert!(is_kept(&project, &text), "“{text}” is lost");
        }
    }

    #[test]
    fn one_undo_takes_a_copy_back_and_redo_brings_it(before in acts(), one in acts(), two in acts()) {
        let scratch = Scratch::new();
        let [a, b, _] = diverged(&scratch, &before, [&one, &two, &[]]);
        let mut project = open(&a);
        let here = without_coders(&project);
        let coming = project.merge(&b).unwrap();
        let with = project.study().entities();
        if !coming.is_nothing() {
            project.undo().unwrap().unwrap();
            prop_assert_eq!(without_coders(&project), here);
            prop_assert_eq!(project.check(false).unwrap(), []);
            project.redo().unwrap().unwrap();
            prop_assert_eq!(project.study().entities(), with.clone());
        }
        prop_assert!(project.merge(&b).unwrap().is_nothing(), "it came already");
        prop_assert_eq!(project.study().entities(), with);
        prop_assert_eq!(project.check(false).unwrap(), []);
    }
}
