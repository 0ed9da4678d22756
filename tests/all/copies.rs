//! Copies of a project: given to coders, worked in, and brought back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};
use themata::project::{Access, Charted, Coming, EditError, EditKind, MergeError, Project, ProjectError, Tx};
use themata::store::StoreError;
use themata::study::{Crossed, Crossing, Entity, MemoKind, MemoOn, Origin, SourceId, Summary, Theme, ThemeId, ThemeOrigin};
use themata::text::Span;

use crate::cli::{coded, json_of, printed, refused};
use crate::interpreted::Interpretation;
use crate::laws::{Act, act, check_anchors, perform};
use crate::support::{Scratch, correct, me, project};

/// Opens a project in which a merge is written piece by piece, each row that stands alone in a transaction of its own.
pub fn open(path: &Path) -> Project {
    let mut project = Project::open(path, Access::Write, &me("Elspeth")).unwrap();
    project.let_transactions_last(std::time::Duration::ZERO);
    project
}

/// What is refused changes nothing; that is another test's. What somebody writes says whose it is.
fn work(project: &mut Project, acts: &[Act]) {
    let who = project.me().name.clone();
    for act in acts {
        let _ = perform(project, &signed(act.clone(), &who));
    }
}

fn signed(act: Act, who: &str) -> Act {
    let sign = |text: String| if text.trim().is_empty() { text } else { format!("{text} by {who}") };
    match act {
        Act::Chart { theme, case, text } => Act::Chart { theme, case, text: sign(text) },
        Act::Memo(coding, text) => Act::Memo(coding, sign(text)),
        Act::ThemeMemo(theme, text) => Act::ThemeMemo(theme, sign(text)),
        Act::KeepMemo(theme, text) => Act::KeepMemo(theme, sign(text)),
        Act::PassageMemo { source, start, length, text } => Act::PassageMemo { source, start, length, text: sign(text) },
        Act::Describe(mark, strength, used_in) => Act::Describe(mark, strength, sign(used_in)),
        Act::Interpret(how) => Act::Interpret(match how {
            Interpretation::Propose(at, text) => Interpretation::Propose(at, sign(text)),
            Interpretation::NoteEvidence(at, text) => Interpretation::NoteEvidence(at, sign(text)),
            Interpretation::Reason(at, text) => Interpretation::Reason(at, sign(text)),
            how => how,
        }),
        act => act,
    }
}

/// Of two edits in one millisecond on two computers neither is the earlier one.
pub fn later() {
    std::thread::sleep(std::time::Duration::from_millis(2));
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

/// Everything that somebody wrote elsewhere.
fn notes(project: &Project) -> Vec<String> {
    let written = |entity: Entity| match entity {
        Entity::Memo(it) => vec![it.text],
        Entity::Proposition(it) => vec![it.statement, it.note],
        Entity::Evidence(it) => vec![it.note],
        Entity::Placement(it) => vec![it.reason],
        Entity::QuoteMark(it) => vec![it.facts.used_in],
        _ => Vec::new(),
    };
    project.study().entities().into_iter().flat_map(written).filter(|text| !text.trim().is_empty()).collect()
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

/// The project and two copies in which others have worked since, and what was written in summaries before.
fn diverged(scratch: &Scratch, before: &[Act], acts: [&[Act]; 3]) -> ([PathBuf; 3], [Vec<String>; 2]) {
    let (mut first, _) = project(scratch);
    work(&mut first, before);
    let known = [words(&first), notes(&first)];
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
    drop(open);
    (paths, known)
}

fn merged(scratch: &Scratch, name: &str, base: &Path, others: &[&Path]) -> PathBuf {
    merged_and_told(scratch, name, base, others).0
}

/// The same, with all that was told of it.
fn merged_and_told(scratch: &Scratch, name: &str, base: &Path, others: &[&Path]) -> (PathBuf, Vec<String>) {
    let path = scratch.path(name);
    std::fs::copy(base, &path).unwrap();
    let mut project = open(&path);
    let mut sentences = Vec::new();
    for other in others {
        let coming = project.merge(other).unwrap();
        sentences.extend(told(&coming).into_iter().map(str::to_owned));
        assert_eq!(project.check(false).unwrap(), []);
        check_anchors(&project);
    }
    (path, sentences)
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec(act(), 0..12)
}

/// What happens in three copies that go on after they were merged.
#[derive(Clone, Debug)]
enum Step {
    Work(usize, Act),
    Merge(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0usize..3, act()).prop_map(|(at, act)| Step::Work(at, act)),
        1 => (0usize..3, 1usize..3).prop_map(|(into, further)| Step::Merge(into, (into + further) % 3)),
    ]
}

fn exchange(paths: &[PathBuf; 3], into: usize, from: usize) {
    let mut project = open(&paths[into]);
    project.merge(&paths[from]).unwrap();
    assert_eq!(project.check(false).unwrap(), []);
    check_anchors(&project);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_copies_come_back_the_study_is_the_same(before in acts(), one in acts(), two in acts(), three in acts()) {
        let scratch = Scratch::new();
        let ([a, b, c], [known, known_notes]) = diverged(&scratch, &before, [&one, &two, &three]);
        let written: Vec<String> = [&a, &b, &c].into_iter().flat_map(|path| words(&open(path))).collect();
        let noted: Vec<String> = [&a, &b, &c].into_iter().flat_map(|path| notes(&open(path))).collect();
        // In a star, the other way round, in a chain, and where a copy that has another comes first.
        let (star, told) = merged_and_told(&scratch, "star", &a, &[&b, &c]);
        let other = merged(&scratch, "other", &a, &[&c, &b]);
        let pair = merged(&scratch, "pair", &b, &[&c]);
        let chain = merged(&scratch, "chain", &a, &[&pair]);
        let far = merged(&scratch, "far", &c, &[&a, &pair]);
        let expected = without_coders(&open(&star));
        for path in [&other, &chain, &far] {
            prop_assert_eq!(without_coders(&open(path)), expected.clone(), "{}", path.display());
        }
        let project = open(&star);
        // Who empties a cell means the words that were seen there; all others are kept.
        for text in written.into_iter().filter(|text| !known.contains(text)) {
            prop_assert!(is_kept(&project, &text), "“{text}” is lost");
        }
        let there = notes(&project);
        for text in noted.into_iter().filter(|text| !known_notes.contains(text)) {
            let is_told = told.iter().any(|sentence| sentence.contains(text.trim()));
            prop_assert!(there.iter().any(|other| other.contains(&text)) || is_told, "“{text}” is lost, and nobody is told: {told:#?}");
        }
    }

    /// Also what is done to what a merge made of it, and merges that are taken back.
    #[test]
    fn copies_that_go_on_and_meet_again_come_to_the_same(steps in proptest::collection::vec(step(), 1..40)) {
        let scratch = Scratch::new();
        let (paths, _) = diverged(&scratch, &[], [&[], &[], &[]]);
        for step in steps {
            match step {
                Step::Work(at, act) => work(&mut open(&paths[at]), &[act]),
                Step::Merge(into, from) => exchange(&paths, into, from),
            }
        }
        for _ in 0..3 {
            for (into, from) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
                exchange(&paths, into, from);
            }
        }
        let expected = without_coders(&open(&paths[0]));
        for path in &paths[1..] {
            prop_assert_eq!(without_coders(&open(path)), expected.clone());
        }
    }

    #[test]
    fn one_undo_takes_a_copy_back_and_redo_brings_it(before in acts(), one in acts(), two in acts()) {
        let scratch = Scratch::new();
        let ([a, b, _], _) = diverged(&scratch, &before, [&one, &two, &[]]);
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

/// A project of Elspeth's with what `begin` makes in it, and a copy of Ravi's.
pub struct Pair {
    scratch: Scratch,
    pub own: Project,
    pub copy: Project,
}

impl Pair {
    pub fn with<T>(begin: impl FnOnce(&mut Tx<'_>, [SourceId; 2]) -> Result<T, EditError>) -> (Self, [SourceId; 2], T) {
        let scratch = Scratch::new();
        let (mut own, sources) = project(&scratch);
        let made = own.edit("Begin", |tx| begin(tx, sources)).unwrap();
        own.give_copy(&scratch.path("ravi.themata"), "Ravi", false).unwrap();
        let copy = open(&scratch.path("ravi.themata"));
        assert_eq!(copy.me().name, "Ravi");
        (Self { scratch, own, copy }, sources, made)
    }

    /// Brings the copy back and looks whether all is well.
    pub fn merge(mut self) -> (Project, Coming, Scratch) {
        drop(self.copy);
        let path = self.scratch.path("ravi.themata");
        let foretold = self.own.preview_merge(&path).unwrap();
        let coming = self.own.merge(&path).unwrap();
        assert_eq!(coming, foretold);
        assert_eq!(self.own.check(false).unwrap(), []);
        check_anchors(&self.own);
        (self.own, coming, self.scratch)
    }
}

pub fn told(coming: &Coming) -> Vec<&str> {
    coming.conflicts.iter().map(|conflict| conflict.sentence.as_str()).collect()
}

pub fn renamed(tx: &mut Tx<'_>, theme: ThemeId, name: &str) -> Result<(), EditError> {
    let theme = tx.study().codebook().get(theme).ok_or(EditError::Gone("theme"))?.clone();
    tx.change_theme(Theme { name: name.to_owned(), ..theme })
}

#[test]
fn the_later_writer_of_a_field_wins_and_the_other_is_told() {
    let (mut pair, _, theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
    pair.own.edit("Rename", |tx| renamed(tx, theme, "Papers")).unwrap();
    later();
    pair.copy.edit("Rename", |tx| renamed(tx, theme, "Paperwork")).unwrap();
    later();
    pair.own
        .edit("Define", |tx| {
            let theme = tx.study().codebook().get(theme).unwrap().clone();
            tx.change_theme(Theme { definition: "All that is filled in".into(), ..theme })
        })
        .unwrap();
    let (own, coming, _scratch) = pair.merge();
    let theme = own.study().codebook().get(theme).unwrap().clone();
    assert_eq!((theme.name.as_str(), theme.definition.as_str()), ("Paperwork", "All that is filled in"));
    assert_eq!(told(&coming), ["Theme “Papers”, name: Ravi’s “Paperwork” stands, written later than Elspeth’s “Papers”."]);
}

#[test]
fn of_two_origins_of_a_theme_the_later_stands_and_both_are_told_in_words() {
    let (mut pair, _, theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
    pair.own.edit("Origin", |tx| tx.say_origin(&[theme].into(), Some(ThemeOrigin::APriori))).unwrap();
    later();
    pair.copy.edit("Origin", |tx| tx.say_origin(&[theme].into(), Some(ThemeOrigin::Emergent))).unwrap();
    let (own, coming, _scratch) = pair.merge();
    assert_eq!(own.study().codebook().get(theme).unwrap().origin, Some(ThemeOrigin::Emergent));
    let expected = "Theme “Forms”, where it comes from: Ravi’s “emergent” stands, written later than Elspeth’s “a priori”.";
    assert_eq!(told(&coming), [expected]);
}

#[test]
fn codings_of_a_deleted_theme_are_recovered_whichever_came_first() {
    for deleted_first in [true, false] {
        let (mut pair, [source, _], theme) = Pair::with(|tx, [source, _]| {
            let theme = tx.theme_at("Weather > Cold")?;
            tx.code(source, Span::new(19, 25), theme, Origin::Hand).map(|_| theme)
        });
        let delete = |project: &mut Project| project.edit("Delete", |tx| tx.remove_theme(theme, None)).unwrap();
        if deleted_first {
            delete(&mut pair.own);
        }
        later();
        let theirs = pair.copy.edit("Code", |tx| tx.code(source, Span::new(32, 35), theme, Origin::Hand)).unwrap();
        if !deleted_first {
            delete(&mut pair.own);
        }
        let (own, coming, _scratch) = pair.merge();
        let study = own.study();
        assert_eq!(study.codebook().path(theme), "Recovered › Cold");
        let codings: Vec<_> = study.codings().map(|(_, coded)| coded.coding.id).collect();
        assert_eq!(codings, [theirs], "what the deletion knew is gone, what it did not know is here");
        assert_eq!(coming.codings.keys().collect::<Vec<_>>(), ["Recovered › Cold"]);
        let needs = "Theme “Cold” was deleted while somebody worked with it, and is kept: a coding of ";
        assert!(told(&coming).iter().any(|sentence| sentence.starts_with(needs)), "{coming:?}");
    }
}

#[test]
fn two_versions_of_a_summary_are_both_kept_and_each_goes_on_with_its_own() {
    let (mut pair, _, (theme, cell)) = Pair::with(|tx, _| {
        let theme = tx.theme_at("Forms")?;
        let case = *tx.study().cases().keys().next().unwrap();
        let cell = Crossing { theme, of: Crossed::Case(case) };
        tx.chart(&cell, Charted { text: "At first".into(), ..Charted::default() })?;
        Ok((theme, cell))
    });
    let empty = Crossing { theme, of: Crossed::Values(BTreeMap::new()) };
    let chart = |project: &mut Project, cell: &Crossing, text: &str| {
        later();
        project.edit("Chart", |tx| tx.chart(cell, Charted { text: text.into(), ..Charted::default() })).unwrap();
    };
    chart(&mut pair.own, &cell, "Elspeth begins");
    chart(&mut pair.copy, &cell, "Ravi begins");
    chart(&mut pair.own, &cell, "Elspeth ends");
    chart(&mut pair.copy, &cell, "Ravi ends");
    chart(&mut pair.copy, &empty, "Ravi on all");
    chart(&mut pair.own, &empty, "Elspeth on all");
    let (mut own, coming, scratch) = pair.merge();
    let read = |project: &Project, cell: &Crossing| {
        let study = project.study();
        let own = study.summaries().of(cell).map(|summary| summary.text.clone());
        let waits: Vec<_> = study.summaries().to_settle(cell).map(|it| (it.from.clone().unwrap(), it.text.clone())).collect();
        (own.unwrap(), waits)
    };
    let (elspeth, ravi) = ("Elspeth".to_owned(), "Ravi".to_owned());
    assert_eq!(read(&own, &cell), ("Ravi ends".into(), vec![(elspeth.clone(), "Elspeth ends".into())]));
    assert_eq!(read(&own, &empty), ("Ravi on all".into(), vec![(elspeth, "Elspeth on all".into())]));
    assert_eq!(coming.to_settle.len(), 2);
    // The colleague goes on writing in the copy, which comes again.
    let mut copy = open(&scratch.path("ravi.themata"));
    chart(&mut copy, &cell, "Ravi thinks again");
    drop(copy);
    let coming = own.merge(&scratch.path("ravi.themata")).unwrap();
    assert_eq!(coming.edits, BTreeMap::from([(ravi, 1)]));
    assert_eq!(read(&own, &cell).0, "Ravi thinks again");
    assert_eq!(read(&own, &cell).1.len(), 1, "no third version");
}

#[test]
fn what_cannot_stand_beside_one_another_is_told_apart() {
    let (mut pair, _, [one, other]) = Pair::with(|tx, _| Ok([tx.theme_at("One")?, tx.theme_at("Other")?]));
    pair.own.edit("Move", |tx| tx.move_theme(one, Some(other), None)).unwrap();
    later();
    pair.copy.edit("Move", |tx| tx.move_theme(other, Some(one), None)).unwrap();
    let first = pair.own.edit("Add", |tx| tx.add_theme(None, "Cold")).unwrap();
    later();
    let second = pair.copy.edit("Add", |tx| tx.add_theme(None, "cold")).unwrap();
    let (own, coming, _scratch) = pair.merge();
    let study = own.study();
    let path = |theme| study.codebook().path(theme);
    assert_eq!([one, other, first, second].map(path), ["Other › One", "Other", "Cold", "cold (2)"]);
    assert_eq!(
        told(&coming),
        [
            "Theme “Other”: Ravi moved it below a theme that was moved below it elsewhere; it stays where it was.",
            "Theme “cold”: there is another of that name. It is called “cold (2)” now.",
        ]
    );
}

#[test]
fn codings_follow_a_correction_that_their_coder_did_not_know() {
    let words = "The forms were not.";
    for corrected_first in [true, false] {
        let (mut pair, [source, _], theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
        let text = "I: Now then.\nR: Fine. The forms were not.\n";
        let fix = |project: &mut Project| drop(project.edit("Correct", |tx| correct(tx, source, text)).unwrap());
        if corrected_first {
            fix(&mut pair.own);
        }
        let (kept, lost) = pair
            .copy
            .edit("Code", |tx| {
                let old = tx.text(source)?;
                let span = |words: &str| old.find(words).map(|at| Span::of(at..at + words.len())).unwrap();
                Ok((tx.code(source, span(words), theme, Origin::Hand)?, tx.code(source, span("And cold."), theme, Origin::Hand)?))
            })
            .unwrap();
        if !corrected_first {
            fix(&mut pair.own);
        }
        let (own, _, _scratch) = pair.merge();
        let study = own.study();
        let material = study.material(source).unwrap();
        assert_eq!(material.coding(kept).unwrap().coding.span.slice(text), words);
        let broken: Vec<_> = material.broken.codings.iter().map(|coding| coding.id).collect();
        assert_eq!(broken, [lost], "its words are gone; it is kept");
    }
}

#[test]
fn what_somebody_works_with_comes_back() {
    let (mut pair, [a, b], (theme, asked)) = Pair::with(|tx, [a, _]| {
        let theme = tx.theme_at("Forms")?;
        Ok((theme, tx.code(a, Span::new(19, 25), theme, Origin::Hand)?))
    });
    pair.own.edit("Delete", |tx| tx.remove_source(b)).unwrap();
    pair.own.edit("Remove", |tx| tx.uncode(a, asked)).unwrap();
    let text = pair.copy.study().material(b).unwrap().geometry.text_len();
    let in_gone = pair.copy.edit("Code", |tx| tx.code(b, Span::new(11, text), theme, Origin::Hand)).unwrap();
    let on = MemoOn::Coding { source: a, coding: asked };
    let memo = pair.copy.edit("Ask", |tx| tx.write_memo(on, MemoKind::Analytic, "Is it?")).unwrap();
    let (own, coming, _scratch) = pair.merge();
    let study = own.study();
    assert!(study.coding(b, in_gone).unwrap().parts.len() == 1, "the source is back, with who speaks in it");
    let memo = study.material(a).unwrap().memos.iter().find(|it| Some(it.id) == memo).unwrap();
    assert!(study.coding(a, asked).is_none() && matches!(memo.on, MemoOn::Passage { span: Span { start: 19, end: 24 }, .. }));
    let told = told(&coming).join("\n");
    assert!(told.contains("Source “B” was deleted while somebody worked with it") && told.contains("it stays with the words"), "{told}");
}

#[test]
fn a_merge_is_one_act_and_keeps_who_did_what_and_when() {
    let (mut pair, [source, _], theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
    for place in [19, 22] {
        pair.copy.edit("Code", |tx| tx.code(source, Span::new(place, place + 2), theme, Origin::Hand)).unwrap();
    }
    let theirs = pair.copy.history(None, 99).unwrap();
    assert_eq!(pair.own.next_undo().unwrap().unwrap().label, "Begin");
    assert_eq!(pair.copy.next_undo().unwrap().unwrap().label, "Code");
    let (mut own, coming, scratch) = pair.merge();
    assert_eq!(coming.edits, BTreeMap::from([("Ravi".to_owned(), 3)]));
    let history = own.history(None, 99).unwrap();
    assert_eq!((history[0].label.as_str(), history[0].kind), ("Bring back Ravi’s copy", EditKind::Merge));
    let came: Vec<_> = history.iter().filter(|edit| edit.brought_by == Some(history[0].seq)).collect();
    let who: Vec<_> =
        came.iter().map(|edit| (edit.id, edit.time, edit.label.as_str(), own.study().coders()[&edit.coder].name.clone())).collect();
    let expected: Vec<_> = theirs.iter().take(3).map(|edit| (edit.id, edit.time, edit.label.as_str(), "Ravi".to_owned())).collect();
    assert_eq!(who, expected);

    // What came with it is no act of its own, and what rests on it goes with it or stays.
    assert!(matches!(own.undo_edit(came[0].seq, true), Err(EditError::Gone(_))));
    let begin = history.iter().find(|edit| edit.label == "Begin").unwrap().seq;
    let rests = own.dependants(begin).unwrap();
    assert_eq!(rests.iter().map(|edit| edit.seq).collect::<Vec<_>>(), [history[0].seq]);
    assert_eq!(own.undo().unwrap().unwrap().seq, history[0].seq);
    assert_eq!(own.study().codings().count(), 0);
    // Taken back, and brought again: it is here again, also after something else was done.
    own.edit("Theme", |tx| tx.theme_at("Else")).unwrap();
    let coming = own.merge(&scratch.path("ravi.themata")).unwrap();
    assert_eq!((coming.again, coming.edits.len(), own.study().codings().count()), (1, 0, 2));
    assert_eq!(own.check(false).unwrap(), []);
}

#[test]
fn what_is_no_copy_is_refused_and_nothing_changes() {
    let (mut pair, ..) = Pair::with(|tx, _| tx.theme_at("Forms"));
    let path = pair.scratch.path("ravi.themata");
    let own_path = pair.own.path().to_owned();
    let here = (pair.own.study().entities(), pair.own.history(None, 99).unwrap());
    assert!(matches!(pair.own.merge(&path), Err(MergeError::InUse)), "it is open");
    pair.copy.edit("Theme", |tx| tx.theme_at("Rooms")).unwrap();
    drop(pair.copy);
    assert!(matches!(pair.own.merge(&own_path), Err(MergeError::Itself)));
    let is =
        |error: MergeError, wanted: fn(&StoreError) -> bool| matches!(error, MergeError::Project(ProjectError::Store(it)) if wanted(&it));
    assert!(is(pair.own.merge(&pair.scratch.path("none")).unwrap_err(), |it| matches!(it, StoreError::Missing(_))));
    std::fs::write(pair.scratch.path("letter.txt"), "Dear Elspeth").unwrap();
    assert!(is(pair.own.merge(&pair.scratch.path("letter.txt")).unwrap_err(), |it| matches!(it, StoreError::Foreign(_))));
    drop(Project::create(&pair.scratch.path("other.themata"), "Other", &me("Elspeth")).unwrap());
    let refused = pair.own.merge(&pair.scratch.path("other.themata")).unwrap_err();
    assert!(matches!(&refused, MergeError::OtherProject(name) if name == "Other"));
    // A copy that was made for nobody is one all the same.
    pair.own.copy_to(&pair.scratch.path("spare.themata")).unwrap();
    assert_eq!(pair.own.preview_merge(&pair.scratch.path("spare.themata")).unwrap().whose(), "the copy “spare”");
    // Copied by hand, and then both edited on one computer.
    std::fs::copy(&path, pair.scratch.path("hand.themata")).unwrap();
    open(&pair.scratch.path("hand.themata")).edit("Theme", |tx| tx.theme_at("By hand")).unwrap();
    open(&path).edit("Theme", |tx| tx.theme_at("Kitchen")).unwrap();
    let mut copy = open(&path);
    assert!(matches!(copy.merge(&pair.scratch.path("hand.themata")), Err(MergeError::Twins)));
    drop(copy);
    let newer = pair.scratch.path("newer.themata");
    std::fs::copy(&path, &newer).unwrap();
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = pair.own.merge(&newer).unwrap_err();
    assert!(matches!(refused, MergeError::Newer { found: 99, .. }) && refused.to_string().contains("changed by a newer version"));
    assert_eq!((pair.own.study().entities(), pair.own.history(None, 99).unwrap()), here);
    // A copy is never written over, and is for somebody.
    assert!(matches!(pair.own.give_copy(&path, "Isla", false), Err(ProjectError::Store(StoreError::Exists(_)))));
    assert!(matches!(pair.own.give_copy(&pair.scratch.path("isla"), " ", false), Err(ProjectError::Edit(_))));
    assert!(!pair.scratch.path("isla").exists());
}

#[test]
fn a_copy_goes_out_and_comes_back_from_the_command_line() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let copy = scratch.path("isla.themata").to_string_lossy().into_owned();
    assert_eq!(
        printed(&scratch, &["copy", &path, &copy, "--coder", "Isla Kerr", "--blind"]),
        format!("Made {copy} for Isla Kerr, who sees only own work in it\n")
    );
    assert_eq!(refused(&scratch, &["copy", &path, &copy, "--coder", "Isla Kerr"]).0, Some(1), "nothing is overwritten");
    let nothing = printed(&scratch, &["merge", &path, &copy]);
    assert_eq!(nothing, "Nothing new in Isla Kerr’s copy: all that is in it is here already\n");

    assert_eq!(json_of(&scratch, &["codings", &copy, "--json"]), json!([]), "a blind copy shows own work");
    printed(&scratch, &["code", &copy, "--theme", "Rooms", "--query", "cold"]);
    let codings = json_of(&scratch, &["codings", &copy, "--json"]);
    assert_eq!((codings.as_array().unwrap().len(), &codings[0]["coder"]), (1, &json!("Isla Kerr")));
    let total = |path: &str| json_of(&scratch, &["matrix", path, "--format", "json", "--measure", "codings"])["column_totals"][0].clone();
    assert_eq!((total(&copy), total(&path)), (json!([1]), json!([2])));

    let expected = json!({
        "from": "Isla Kerr", "merged": false, "again": false, "edits": { "Isla Kerr": 2 },
        "codings": [{ "theme": "Rooms", "added": 1, "changed": 0, "removed": 0 }],
        "others": {}, "sources": [], "corrected": [], "to_settle": 0, "conflicts": [],
    });
    let history = |path: &str| json_of(&scratch, &["history", path, "--json"]);
    let before = history(&path);
    assert_eq!(json_of(&scratch, &["merge", &path, &copy, "--dry-run", "--json"]), expected);
    assert_eq!(history(&path), before, "nothing was changed");
    assert_eq!(
        printed(&scratch, &["merge", &path, &copy]),
        "Brought back Isla Kerr’s copy: 2 edits by Isla Kerr\n\
         theme  codings added  changed  removed\n\
         ─────  ─────────────  ───────  ───────\n\
         Rooms              1        0        0\n"
    );
    let all = history(&path);
    let told = [0, 1].map(|at| [&all[at]["kind"], &all[at]["label"]]);
    assert_eq!(json!(told), json!([["merge", "Bring back Isla Kerr’s copy"], ["setup", "Add the coders of a copy"]]));
    let came: Vec<&Value> = all.as_array().unwrap().iter().filter(|edit| edit["brought_by"] == all[0]["edit"]).collect();
    assert!(came.len() == 2 && came.iter().all(|edit| edit["coder"] == "Isla Kerr"), "{all}");
    assert_eq!(json_of(&scratch, &["merge", &path, &copy, "--json"])["merged"], json!(false), "it came already");
    assert_eq!(history(&path), all);
    assert_eq!(total(&path), json!([3]));
    printed(&scratch, &["undo", &path]);
    assert_eq!(total(&path), json!([2]));
    printed(&scratch, &["redo", &path]);
    assert_eq!(total(&path), json!([3]));
    assert_eq!(json_of(&scratch, &["check", &path, "--json"]), json!({ "ok": true, "findings": [] }));

    let (code, said) = refused(&scratch, &["merge", &path, &path]);
    assert_eq!((code, said.lines().next()), (Some(1), Some("themata: This is the project itself, not a copy of it.")));
}

#[test]
fn a_copy_is_refused_with_words_about_the_copy() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let copy = scratch.path("isla.themata").to_string_lossy().into_owned();
    // Where a copy goes no folder is made unasked, and a name has one line.
    let nowhere = scratch.path("no/such/isla.themata").to_string_lossy().into_owned();
    let (code, said) = refused(&scratch, &["copy", &path, &nowhere, "--coder", "Isla Kerr"]);
    assert_eq!((code, said.contains("There is no folder: ")), (Some(1), true), "{said}");
    assert!(!scratch.path("no").exists());
    let made = printed(&scratch, &["copy", &path, &copy, "--coder", "Isla\n\tKerr\u{7}"]);
    assert_eq!(made, format!("Made {copy} for Isla Kerr\n"));
    assert_eq!(refused(&scratch, &["copy", &path, &nowhere, "--coder", "\n"]).0, Some(1));
    // A damaged copy is no damaged project.
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    let (code, said) = refused(&scratch, &["merge", &path, &copy]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains(&format!("The copy is damaged: {copy}.")) && said.contains("send it again") && !said.contains("backups"),
        "{said}"
    );
    #[cfg(unix)]
    {
        let linked = scratch.path("linked.themata");
        std::fs::hard_link(&path, &linked).unwrap();
        let (_, said) = refused(&scratch, &["merge", &path, &linked.to_string_lossy()]);
        assert!(said.contains("This is the project itself, not a copy of it."), "{said}");
        assert!(!scratch.path("linked.themata-wal").exists() && !scratch.path("linked.themata-shm").exists());
    }
}
