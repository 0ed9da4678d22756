//! Large copies that come back: in short transactions, all or nothing.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use themata::project::{Access, EditError, MergeError, MergePlan, Own, Project, Tx};
use themata::study::{Entity, Origin, SourceId, ThemeId};
use themata::text::Span;

use crate::durability::start_child;
use crate::support::{Scratch, add_source, me};

/// Codings of one edit.
const EACH: usize = 200;

fn open(path: &Path) -> Project {
    Project::open(path, Access::Write, &me("Elspeth")).unwrap()
}

/// The words of a long text, one every two bytes.
fn word(at: usize) -> Span {
    Span::of(3 + 2 * at..4 + 2 * at)
}

fn code(tx: &mut Tx<'_>, source: SourceId, themes: &[ThemeId], codings: std::ops::Range<usize>) -> Result<(), EditError> {
    codings.into_iter().try_for_each(|at| tx.code(source, word(at / themes.len()), themes[at % themes.len()], Origin::Hand).map(drop))
}

/// A project of Elspeth's, and Ravi's copy of it with so many codings: the first `alone` in edits of their own.
fn given_and_coded(scratch: &Scratch, alone: usize, codings: usize) -> [PathBuf; 2] {
    let paths = [scratch.project(), scratch.path("ravi.themata")];
    let mut own = Project::create(&paths[0], "Test", &me("Elspeth")).unwrap();
    let text = format!("R: {}\n", "a ".repeat(codings / 20 + 1));
    let (source, themes) = own
        .edit("Begin", |tx| {
            let themes = (0..20).map(|theme| tx.add_theme(None, &format!("Theme {theme}"))).collect::<Result<Vec<_>, _>>()?;
            Ok((add_source(tx, "A", &text)?, themes))
        })
        .unwrap();
    own.give_copy(&paths[1], "Ravi", false).unwrap();
    let mut copy = open(&paths[1]);
    for at in 0..alone {
        copy.edit("Apply theme", |tx| code(tx, source, &themes, at..at + 1)).unwrap();
    }
    // One that is taken back, and a theme that what follows needs.
    let own_theme = copy.edit("Theme", |tx| tx.add_theme(None, "Ravi’s")).unwrap();
    copy.edit("Apply theme", |tx| code(tx, source, &[own_theme], 0..1)).unwrap();
    copy.undo().unwrap();
    copy.edit("Apply theme", |tx| code(tx, source, &[own_theme], 1..2)).unwrap();
    for at in (alone..codings).step_by(EACH) {
        copy.edit("Apply themes", |tx| code(tx, source, &themes, at..(at + EACH).min(codings))).unwrap();
    }
    paths
}

fn plan(own: &Project, copy: &Path) -> MergePlan {
    let own = Own { path: own.path().to_path_buf(), study: own.study(), texts: own.texts(), me: own.me().clone() };
    std::thread::scope(|scope| scope.spawn(|| MergePlan::beside(&own, copy)).join()).unwrap().unwrap()
}

fn entities(project: &Project) -> Vec<Entity> {
    project.study().entities()
}

/// Not a test by itself: merges, and is gone in the middle, at the call of that number.
pub fn merge_and_be_gone(project: &mut Project, limit: usize, acknowledge: &dyn Fn(&str)) {
    let copy = project.path().with_file_name("ravi.themata");
    let mut calls = 0;
    // Several before it counts, however fast the machine is.
    project.let_transactions_last(Duration::from_millis(1));
    let plan = plan(project, &copy);
    project
        .merge_as(plan, &mut |_, _| {
            if calls == limit {
                std::process::abort();
            }
            calls += 1;
            true
        })
        .unwrap();
    acknowledge("done");
    std::process::exit(0);
}

#[test]
fn a_merge_that_is_stopped_is_there_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 800, 3_000);
    let before = entities(&open(&paths[0]));
    let merged = {
        let path = scratch.path("merged.themata");
        std::fs::copy(&paths[0], &path).unwrap();
        let mut project = open(&path);
        project.merge(&paths[1]).unwrap();
        entities(&project)
    };
    let mut seen = [0, 0];
    // Each of the first moments, and then some.
    for limit in std::iter::successors(Some(0), |limit| Some(limit + 1 + limit / 4)) {
        let folder = scratch.path(format!("{limit}"));
        std::fs::create_dir(&folder).unwrap();
        for path in &paths {
            std::fs::copy(path, folder.join(path.file_name().unwrap())).unwrap();
        }
        let path = folder.join("study.themata");
        let is_done = start_child("merge", &path, limit).wait().unwrap().success();
        // Who only reads sees the same as who tidies up.
        let read = entities(&Project::open(&path, Access::Read, &me("Elspeth")).unwrap());
        let mut project = open(&path);
        assert_eq!(entities(&project), read, "after {limit}");
        assert_eq!(project.check(false).unwrap(), [], "after {limit}");
        let counts = read == merged;
        assert!(counts || read == before, "half of it is there after {limit}");
        seen[usize::from(counts)] += 1;
        let edits = project.history(None, usize::MAX).unwrap();
        assert_eq!(edits.iter().any(|edit| edit.brought_by.is_some()), counts, "after {limit}");
        assert_eq!(project.merge(&folder.join("ravi.themata")).unwrap().is_nothing(), counts);
        assert_eq!(entities(&project), merged);
        project.undo().unwrap();
        assert_eq!(entities(&project).iter().filter(|it| matches!(it, Entity::Coding(_))).count(), 0);
        if is_done {
            break;
        }
    }
    assert!(seen[0] > 1 && seen[1] > 1, "it was stopped {seen:?} times before and after it counted");
}

#[test]
fn a_merge_that_is_cancelled_leaves_the_project_as_it_was() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 800, 3_000);
    let mut project = open(&paths[0]);
    let here = |project: &Project| (entities(project), project.history(None, usize::MAX).unwrap());
    let before = here(&project);
    for stop in 0..3 {
        let mut calls = 0;
        let plan = plan(&project, &paths[1]);
        let cancelled = project.merge_as(plan, &mut |_, _| {
            calls += 1;
            calls <= stop
        });
        match cancelled {
            Err(MergeError::Cancelled) => {}
            Ok(_) if stop > 0 => break,
            other => panic!("{other:?}"),
        }
        assert_eq!(here(&project), before);
        assert_eq!(project.check(false).unwrap(), []);
        assert_eq!(here(&Project::open(&paths[0], Access::Read, &me("Isla")).unwrap()), before);
    }
}

#[test]
fn what_was_taken_back_is_not_brought_again_where_that_is_cancelled() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 50, 100);
    let mut project = open(&paths[0]);
    project.merge(&paths[1]).unwrap();
    project.undo().unwrap();
    let here = |project: &Project| (entities(project), project.history(None, usize::MAX).unwrap());
    let before = here(&project);
    let plan = plan(&project, &paths[1]);
    assert_eq!(plan.coming().again, 1);
    assert!(matches!(project.merge_as(plan, &mut |_, _| false), Err(MergeError::Cancelled)));
    assert_eq!(here(&project), before);
    assert_eq!(project.merge(&paths[1]).unwrap().again, 1);
    assert_eq!(project.study().codings().count(), 101);
}

#[test]
fn a_merge_that_was_taken_back_comes_again_with_what_rests_on_it_as_one_act_and_without_conflict() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 50, 100);
    let apply = |at: usize| {
        let act = |tx: &mut Tx<'_>| {
            let (source, theme) = (tx.study().materials()[0].source.id, tx.theme_at("Forms › New")?);
            code(tx, source, &[theme], at..at + 1)
        };
        Project::open(&paths[1], Access::Write, &me("Ravi")).unwrap().edit("Apply theme", act).unwrap();
    };
    apply(3);
    let third = scratch.path("kim.themata");
    open(&paths[0]).give_copy(&third, "Kim", false).unwrap();
    let mut project = open(&paths[0]);
    project.merge(&paths[1]).unwrap();
    let first = entities(&project);
    project.undo().unwrap();
    // The project goes on, and so does the copy, with a theme that the project has no longer.
    project.edit("Theme", |tx| tx.theme_at("Meanwhile")).unwrap();
    let meanwhile = entities(&project);
    apply(4);
    let coming = plan(&project, &paths[1]).coming().clone();
    assert_eq!((coming.again, coming.conflicts.as_slice()), (1, &[][..]));
    assert_eq!(project.merge(&paths[1]).unwrap(), coming);
    let told = |project: &Project| project.study().codebook().themes().map(|theme| theme.name.clone()).collect::<Vec<_>>();
    assert!(!told(&project).iter().any(|name| name.starts_with("Recovered")), "{:?}", told(&project));
    let both = entities(&project);
    assert!(first.iter().all(|entity| both.contains(entity)) && both.len() > first.len() + 1);
    assert_eq!(project.check(false).unwrap(), []);
    // One undo takes all of it back; brought once more, it is the same again, and a third file learns the same.
    project.undo().unwrap();
    assert_eq!(entities(&project), meanwhile);
    assert_eq!(project.merge(&paths[1]).unwrap().again, 1);
    assert_eq!(entities(&project), both);
    assert!(project.merge(&paths[1]).unwrap().is_nothing());
    drop(project);
    let mut other = open(&third);
    other.merge(&paths[0]).unwrap();
    let known = entities(&other);
    assert!(both.iter().all(|entity| known.contains(entity)));
    assert_eq!(other.check(false).unwrap(), []);
}

#[test]
fn what_was_planned_before_an_edit_is_planned_again() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 50, 100);
    let mut project = open(&paths[0]);
    let plan = plan(&project, &paths[1]);
    assert_eq!(plan.coming().edits["Ravi"], 56);
    project.edit("Theme", |tx| tx.theme_at("Meanwhile")).unwrap();
    project.merge_as(plan, &mut |_, _| true).unwrap();
    assert!(project.study().codebook().themes().any(|theme| theme.name == "Meanwhile"));
    assert_eq!(project.study().codings().count(), 101);
    assert_eq!(project.check(false).unwrap(), []);
}

/// DESIGN, section 3: no write transaction lasts over 50 ms. What is measured is measured in `benches`; here it must not be
/// out of all proportion, on whatever machine, in a program that is not optimised.
#[test]
fn no_transaction_of_a_large_merge_lasts_long() {
    let scratch = Scratch::new();
    let paths = given_and_coded(&scratch, 50, 20_000);
    let mut project = open(&paths[0]);
    let begun = Instant::now();
    let plan = plan(&project, &paths[1]);
    println!("planned in {:?}", begun.elapsed());
    let begun = Instant::now();
    project.merge_as(plan, &mut |_, _| true).unwrap();
    println!("20,000 codings came back in {:?}, no transaction over {:?}", begun.elapsed(), project.longest_transaction());
    assert_eq!(project.study().codings().count(), 20_001);
    let begun = Instant::now();
    project.undo().unwrap();
    println!("taken back in {:?}, no transaction over {:?}", begun.elapsed(), project.longest_transaction());
    assert_eq!(project.study().codings().count(), 0);
    assert!(project.longest_transaction() < Duration::from_millis(500), "{:?}", project.longest_transaction());
    drop(project);
    let mut project = open(&paths[0]);
    project.redo().unwrap();
    assert_eq!(project.study().codings().count(), 20_001);
}
