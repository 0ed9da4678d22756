//! Working blind: only own work is seen, whatever colleagues have made, and theirs stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;
use themata::project::{Access, Charted, EditError, Project, Tx};
use themata::study::{
    CaseKind, CoderId, Crossed, Crossing, Entity, EntityId, EvidenceOf, Kind, MemoKind, MemoOn, Origin, OwnWork, PropositionId, SourceId,
    Study, Summary, Weight,
};
use themata::text::Span;

use crate::cli::{coded, json_of, printed};
use crate::laws::{Act, act, perform};
use crate::support::{Scratch, correct, me, project};

/// Who made something; nobody in particular made what all work on.
fn made_by(study: &Study, entity: &Entity) -> Option<CoderId> {
    Some(match entity {
        Entity::Coding(it) => it.coder,
        Entity::QuoteMark(it) => it.coder,
        Entity::ContraryMark(it) => it.coder,
        Entity::Memo(it) => it.coder,
        Entity::Status(it) => it.coder,
        Entity::Summary(it) => it.coder,
        Entity::Proposition(it) => it.coder,
        Entity::Evidence(it) => it.coder,
        Entity::Typology(it) => it.coder,
        Entity::Placement(it) => it.coder,
        Entity::Dimension(it) => study.typologies().get(it.typology)?.coder,
        _ => return None,
    })
}

/// What an entity says but for what it tells of others' work.
fn without_others(entity: &Entity) -> Entity {
    match entity.clone() {
        Entity::QuoteMark(mut it) => {
            it.coding = None;
            it.into()
        }
        Entity::Proposition(mut it) => {
            it.searched = None;
            it.into()
        }
        Entity::Summary(it) => Summary { from: None, basis: Arc::default(), ..it }.into(),
        entity => entity,
    }
}

fn by_id(study: &Study) -> BTreeMap<EntityId, Entity> {
    study.entities().into_iter().map(|entity| (entity.id(), entity)).collect()
}

/// What is seen is own work, all of it that hangs on nothing of others, and what all work on; and it is a whole study.
fn check_seen(project: &Project, coder: CoderId, seen: &Study) {
    let whole = project.study();
    let (all, shown) = (by_id(&whole), by_id(seen));
    for (id, entity) in &shown {
        assert!(made_by(&whole, entity).is_none_or(|by| by == coder), "{entity:?} is somebody else's");
        assert_eq!(all.get(id).map(without_others).as_ref(), Some(&without_others(entity)));
    }
    for (id, entity) in all.iter().filter(|(id, _)| !shown.contains_key(id)) {
        let on_others = entity.refers_to().iter().any(|needed| !shown.contains_key(needed));
        let somebody_else_s = made_by(&whole, entity).is_some_and(|by| by != coder);
        assert!(somebody_else_s || on_others, "{id:?} is left out");
    }
    let ids = |study: &Study| -> BTreeSet<_> { study.codings().map(|(_, coded)| coded.coding.id).collect() };
    let others: BTreeSet<_> = ids(&whole).difference(&ids(seen)).copied().collect();
    for summary in seen.summaries().iter() {
        assert!(summary.basis.codings.iter().all(|(coding, ..)| !others.contains(coding)), "evidence tells of others");
        let own = seen.summaries().in_cell(&summary.cell).filter(|summary| summary.is_own()).count();
        assert!(own <= 1);
    }
    let loaded = Study::from_entities(seen.entities(), project.texts().as_ref()).unwrap();
    assert_same(&loaded, seen);
}

/// The same to whoever counts it.
fn assert_same(one: &Study, other: &Study) {
    assert_eq!(one.entities(), other.entities());
    for (one, other) in one.materials().iter().zip(other.materials()) {
        assert_eq!(one.codings.iter().collect::<Vec<_>>(), other.codings.iter().collect::<Vec<_>>());
        assert_eq!(one.codings.coders().collect::<Vec<_>>(), other.codings.coders().collect::<Vec<_>>());
        assert_eq!((one.codings.unread(), &one.broken, &one.cases), (other.codings.unread(), &other.broken, &other.cases));
        assert_eq!((&one.quote_marks, &one.memos, one.spoken()), (&other.quote_marks, &other.memos, other.spoken()));
    }
}

/// Which coder does something, and what.
fn shared_work() -> impl Strategy<Value = Vec<(bool, Act)>> {
    proptest::collection::vec((any::<bool>(), proptest::collection::vec(act(), 1..6)), 1..8)
        .prop_map(|rounds| rounds.into_iter().flat_map(|(who, acts)| acts.into_iter().map(move |act| (who, act))).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_seen_is_own_work_and_follows_every_edit(acts in shared_work()) {
        let scratch = Scratch::new();
        let (mut project, _) = project(&scratch);
        let coders = [me("Elspeth"), me("Rory")];
        let mut followed = coders.clone().map(|me| (me.coder, OwnWork::of(me.coder)));
        let mut now = false;
        for (who, act) in &acts {
            if *who != now {
                now = *who;
                drop(project);
                project = Project::open(&scratch.project(), Access::Write, &coders[usize::from(now)]).unwrap();
                // The second coder works blind.
                project.work_blind(now);
            }
            // What is refused is another test's.
            let _ = perform(&mut project, act);
            let whole = project.study();
            for (coder, own) in &mut followed {
                let before = own.follow(&whole);
                let seen = own.follow(&whole);
                prop_assert!(Arc::ptr_eq(&before, &seen), "the same study is seen as the same");
                prop_assert_eq!(seen.alone(), Some(*coder));
                check_seen(&project, *coder, &seen);
                assert_same(&seen, &OwnWork::of(*coder).follow(&whole));
            }
            if now {
                assert_same(&project.seen(), &OwnWork::of(coders[1].coder).follow(&whole));
            } else {
                prop_assert!(Arc::ptr_eq(&project.seen(), &whole));
            }
        }
    }

    #[test]
    fn where_nobody_else_has_worked_everything_is_seen(acts in proptest::collection::vec(act(), 0..20)) {
        let scratch = Scratch::new();
        let (mut project, _) = project(&scratch);
        // What is agreed on is nobody's own.
        for act in acts.iter().filter(|act| !matches!(act, Act::AgreeOn { .. } | Act::Reconcile(..))) {
            let _ = perform(&mut project, act);
        }
        let (whole, own) = (project.study(), project.me().coder);
        let seen = OwnWork::of(own).follow(&whole);
        assert_same(&seen, &whole);
        prop_assert!(whole.materials().iter().zip(seen.materials()).all(|(one, other)| Arc::ptr_eq(one, other)), "nothing is copied");
        // Of a colleague who has made nothing only what all work on is seen.
        check_seen(&project, me("Rory").coder, &OwnWork::of(me("Rory").coder).follow(&whole));
    }
}

/// A project in which Rory, who works in it now, has made all there is: two codings of *Rooms* in A, one of them quoted and
/// contrary, a memo on the theme, a summary of the whole theme, a proposition with evidence, and a typology.
struct Shared {
    scratch: Scratch,
    source: SourceId,
    cell: Crossing,
    proposition: PropositionId,
}

const SUMMARY: &str = "They are cold, says Rory";

fn shared() -> Shared {
    let scratch = Scratch::new();
    let (own, [source, _]) = project(&scratch);
    drop(own);
    let mut rory = Project::open(&scratch.project(), Access::Write, &me("Rory")).unwrap();
    let proposition = PropositionId::new();
    let cell = rory.edit("Rory’s work", |tx| {
        let theme = tx.theme_at("Rooms")?;
        let cell = Crossing { theme, of: Crossed::Values(BTreeMap::new()) };
        let first = tx.code(source, FINE, theme, Origin::Hand)?;
        tx.code(source, Span::new(70, 78), theme, Origin::Hand)?;
        tx.toggle_quote(source, first)?;
        tx.set_contrary(source, first, Some("most"))?;
        tx.write_memo(MemoOn::Theme { theme }, MemoKind::Analytic, "Look again")?;
        tx.chart(&cell, written(SUMMARY))?;
        tx.state_proposition(proposition, "Rooms are cold")?;
        tx.add_evidence(proposition, Weight::Supports, EvidenceOf::Cell { cell: cell.clone() })?;
        tx.add_typology("Rooms")?;
        Ok(cell)
    });
    Shared { scratch, source, cell: cell.unwrap(), proposition }
}

/// “It was fine, aye” in A.
const FINE: Span = Span { start: 18, end: 34 };

fn written(text: &str) -> Charted {
    Charted { text: text.to_owned(), ..Charted::default() }
}

impl Shared {
    fn elspeth(&self) -> Project {
        let mut project = Project::open(&self.scratch.project(), Access::Write, &me("Elspeth")).unwrap();
        project.work_blind(true);
        project
    }
}

/// The texts of the cell's own summary and of those that wait to be settled, with what those are from.
fn in_cell(study: &Study, cell: &Crossing) -> (Option<String>, Vec<(String, String)>) {
    let waiting = study.summaries().to_settle(cell);
    let waiting = waiting.map(|it| (it.from.clone().unwrap_or_default(), it.text.clone())).collect();
    (study.summaries().of(cell).map(|it| it.text.clone()), waiting)
}

#[test]
fn a_summary_written_blind_waits_beside_the_colleague_s() {
    let shared = shared();
    let mut elspeth = shared.elspeth();
    let cell = &shared.cell;
    assert_eq!(in_cell(&elspeth.seen(), cell), (None, vec![]), "a cell that nobody has written in");
    let chart = |project: &mut Project, text: &str| project.edit("Chart", |tx| tx.chart(cell, written(text))).unwrap();
    let id = chart(&mut elspeth, "Not so cold").unwrap();
    let waits = |text: &str| (Some(SUMMARY.to_owned()), vec![("Elspeth, working blind".to_owned(), text.to_owned())]);
    assert_eq!(in_cell(&elspeth.study(), cell), waits("Not so cold"));
    assert_eq!(in_cell(&elspeth.seen(), cell), (Some("Not so cold".into()), vec![]), "to whoever wrote it it is the cell’s own");
    assert_eq!(chart(&mut elspeth, "Rather warm"), Some(id), "it is found again");
    assert_eq!(in_cell(&elspeth.study(), cell), waits("Rather warm"));
    elspeth.edit("Holds", |tx| tx.still_holds(id)).unwrap();
    assert_eq!(in_cell(&elspeth.study(), cell), waits("Rather warm"));
    // Whoever empties the cell empties it of own words.
    assert_eq!(chart(&mut elspeth, ""), None);
    assert_eq!(in_cell(&elspeth.study(), cell), (Some(SUMMARY.into()), vec![]));
    elspeth.undo().unwrap();
    elspeth.work_blind(false);
    assert_eq!(in_cell(&elspeth.seen(), cell), waits("Rather warm"), "all is shown again");
    elspeth.edit("Settle", |tx| tx.settle(id)).unwrap();
    // Who sees all writes the cell's own, whoever wrote it before.
    chart(&mut elspeth, "Cold, say both");
    elspeth.work_blind(true);
    assert_eq!(in_cell(&elspeth.seen(), cell), (Some("Cold, say both".into()), vec![]));
    chart(&mut elspeth, "Cold, we say");
    assert_eq!(in_cell(&elspeth.study(), cell), (Some("Cold, we say".into()), vec![]), "an own one is no second one");
}

#[test]
fn evidence_that_changed_tells_of_own_work_only() {
    let shared = shared();
    let mut elspeth = shared.elspeth();
    let own = |project: &Project| Arc::clone(project.seen().summaries().of(&shared.cell).unwrap());
    elspeth.edit("Chart", |tx| tx.chart(&shared.cell, written("Nothing of mine"))).unwrap();
    let below = |project: &Project| project.study().summaries().in_cell(&shared.cell).last().unwrap().basis.codings.len();
    assert_eq!((own(&elspeth).basis.codings.len(), below(&elspeth)), (0, 2), "the whole is kept for when all is shown again");
    let before = own(&elspeth);
    let drift = |project: &Project| {
        let seen = project.seen();
        let now = themata::analysis::basis::basis_of(&seen, &[&shared.cell]).remove(0);
        themata::analysis::basis::Drift::between(&own(project).basis, &now)
    };
    assert!(!drift(&elspeth).is_stale());
    elspeth.edit("Code", |tx| tx.code(shared.source, FINE, shared.cell.theme, Origin::Hand)).unwrap();
    assert!(drift(&elspeth).is_stale(), "an own coding that came");
    assert!(Arc::ptr_eq(&before, &own(&elspeth)), "the summary is shared with what was seen before");
}

#[test]
fn of_a_colleague_s_coding_that_is_gone_nothing_is_told() {
    let shared = shared();
    let (source, theme) = (shared.source, shared.cell.theme);
    let mut own = Project::open(&shared.scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    // Written by one who saw all: it rests on two codings of Rory's and one of one's own.
    let mine = own.edit("Code", |tx| tx.code(source, Span::new(36, 43), theme, Origin::Hand)).unwrap();
    let id = own.edit("Chart", |tx| tx.chart(&shared.cell, written("Cold, say all"))).unwrap().unwrap();
    assert_eq!(own.study().summaries().get(id).unwrap().basis.codings.len(), 3);
    drop(own);
    let mut rory = Project::open(&shared.scratch.project(), Access::Write, &me("Rory")).unwrap();
    let coding = rory.study().material(source).unwrap().codings.iter().find(|it| it.coding.coder == me("Rory").coder).unwrap().coding.id;
    rory.edit("Remove", |tx| tx.uncode(source, coding)).unwrap();
    drop(rory);
    let drift = |study: &Study| {
        let now = themata::analysis::basis::basis_of(study, &[&shared.cell]).remove(0);
        themata::analysis::basis::Drift::between(&study.summaries().of(&shared.cell).unwrap().basis, &now)
    };
    let mut elspeth = shared.elspeth();
    assert_eq!(drift(&elspeth.seen()), themata::analysis::basis::Drift::default());
    assert_eq!(drift(&elspeth.study()).gone, [coding], "it is told to who sees all");
    // What one does oneself is told.
    elspeth.edit("Resize", |tx| tx.resize(source, mine, Span::new(30, 43))).unwrap();
    assert_eq!(drift(&elspeth.seen()).moved, [mine]);
}

/// Rory and Elspeth have both charted, and placed, cases A and B of a typology of Elspeth's.
fn two_cases(of_rory: &str, of_elspeth: &str) -> (Scratch, [themata::study::CaseId; 2], themata::study::DimensionId, [Crossing; 2]) {
    let scratch = Scratch::new();
    let (mut own, _) = project(&scratch);
    let (cases, dimension, cells) = own
        .edit("Sort", |tx| {
            let cases = [tx.case_labelled("A", CaseKind::Person)?, tx.case_labelled("B", CaseKind::Person)?];
            let typology = tx.add_typology("Outlook")?;
            let dimension = tx.add_dimension(typology, "Hope")?;
            let value = tx.dimension_value_named(dimension, "much")?;
            let theme = tx.theme_at("Rooms")?;
            let cells = cases.map(|case| Crossing { theme, of: Crossed::Case(case) });
            let at = usize::from(of_elspeth == "B");
            tx.place(cases[at], dimension, Some(value))?;
            tx.give_reason(cases[at], dimension, "Elspeth’s reason")?;
            tx.chart(&cells[at], written("Elspeth’s words"))?;
            Ok((cases, dimension, cells))
        })
        .unwrap();
    drop(own);
    let mut rory = Project::open(&scratch.project(), Access::Write, &me("Rory")).unwrap();
    let at = usize::from(of_rory == "B");
    rory.edit("Work", |tx| {
        tx.place(cases[at], dimension, None)?;
        tx.give_reason(cases[at], dimension, "Rory’s reason")?;
        tx.chart(&cells[at], written("Rory’s words")).map(drop)
    })
    .unwrap();
    (scratch, cases, dimension, cells)
}

/// All that somebody can read of a study, and whose words are in it.
fn all_words(study: &Study) -> String {
    format!("{:?}", study.entities())
}

#[test]
fn cases_that_are_merged_blind_leak_nothing_and_lose_nothing() {
    for (of_rory, of_elspeth) in [("A", "B"), ("B", "A")] {
        for blind in [true, false] {
            let (scratch, [a, b], dimension, [cell, _]) = two_cases(of_rory, of_elspeth);
            let mut elspeth = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
            elspeth.work_blind(blind);
            elspeth.edit("Merge cases", |tx| tx.merge_cases(b, a)).unwrap();
            elspeth.work_blind(true);
            let (seen, whole) = (elspeth.seen(), elspeth.study());
            let (seen_words, whole_words) = (all_words(&seen), all_words(&whole));
            let what = format!("Rory on {of_rory}, Elspeth on {of_elspeth}, blind {blind}");
            assert!(!seen_words.contains("Rory’s"), "{what}: {seen_words}");
            for words in ["Elspeth’s words", "Elspeth’s reason", "Rory’s words", "Rory’s reason"] {
                assert!(whole_words.contains(words), "{what}: {words} is lost");
            }
            assert!(seen_words.contains("Elspeth’s words") && seen_words.contains("Elspeth’s reason"), "{what}");
            // It looks as if there were nobody else.
            assert_eq!(in_cell(&seen, &cell), (Some("Elspeth’s words".into()), vec![]), "{what}");
            if blind {
                assert_eq!(
                    seen.typologies().placement(dimension, a).map(|it| it.reason.clone()),
                    Some("Elspeth’s reason".into()),
                    "{what}"
                );
            }
            // Nor are one's own words in what a colleague sees alone.
            let rory = OwnWork::of(me("Rory").coder).follow(&whole);
            assert!(!all_words(&rory).contains("Elspeth’s"), "{what}");
            check_seen(&elspeth, me("Elspeth").coder, &seen);
            // Whoever goes on writing goes on with the own one.
            elspeth.edit("Chart", |tx| tx.chart(&cell, written("Elspeth’s further words"))).unwrap();
            assert_eq!(in_cell(&elspeth.seen(), &cell), (Some("Elspeth’s further words".into()), vec![]), "{what}");
            assert!(all_words(&elspeth.study()).contains("Rory’s words"), "{what}");
        }
    }
}

#[test]
fn what_is_done_blind_leaves_colleagues_marks_and_placements_alone() {
    let shared = shared();
    let mut elspeth = shared.elspeth();
    let (source, theme) = (shared.source, shared.cell.theme);
    let mine = elspeth.edit("Code", |tx| tx.code(source, FINE, theme, Origin::Hand)).unwrap();
    drop(elspeth);
    // A colleague marks it, weighs evidence of the same proposition, and places a case in a typology.
    let mut rory = Project::open(&shared.scratch.project(), Access::Write, &me("Rory")).unwrap();
    rory.edit("Mark", |tx| {
        tx.toggle_quote(source, mine)?;
        tx.set_contrary(source, mine, Some("all others"))
    })
    .unwrap();
    drop(rory);
    let mut elspeth = shared.elspeth();
    let marks = |study: &Study| {
        let material = study.material(source).unwrap();
        (material.quote_marks.len(), material.contrary_marks.iter().map(|mark| mark.contrary_to.clone()).collect::<Vec<_>>())
    };
    assert_eq!(marks(&elspeth.seen()), (0, vec![]));
    let (one, other) = ("most".to_owned(), "all others".to_owned());
    elspeth
        .edit("Mark", |tx| {
            assert!(tx.toggle_quote(source, mine)?, "it is chosen now");
            tx.set_contrary(source, mine, Some("me"))
        })
        .unwrap();
    assert_eq!(marks(&elspeth.seen()), (1, vec!["me".into()]));
    assert_eq!(marks(&elspeth.study()), (3, vec![one.clone(), other.clone(), "me".into()]));
    elspeth
        .edit("Unmark", |tx| {
            assert!(!tx.toggle_quote(source, mine)?);
            tx.set_contrary(source, mine, None)
        })
        .unwrap();
    assert_eq!(marks(&elspeth.study()), (2, vec![one, other]));

    // Whoever sees both takes both away.
    elspeth.edit("Mark", |tx| tx.set_contrary(source, mine, Some("me"))).unwrap();
    elspeth.work_blind(false);
    elspeth.edit("Unmark", |tx| tx.set_contrary(source, mine, None)).unwrap();
    assert_eq!(marks(&elspeth.seen()), (2, vec!["most".into()]), "but not that of another coding");
    elspeth.undo().unwrap();
    elspeth.work_blind(true);

    // In a typology of one's own a colleague has placed a case.
    let (dimension, case) = elspeth
        .edit("Sort", |tx| {
            let typology = tx.add_typology("Outlook")?;
            Ok((tx.add_dimension(typology, "Hope")?, tx.case_labelled("A", CaseKind::Person)?))
        })
        .unwrap();
    drop(elspeth);
    let mut rory = Project::open(&shared.scratch.project(), Access::Write, &me("Rory")).unwrap();
    rory.edit("Place", |tx| tx.place(case, dimension, None)).unwrap();
    drop(rory);
    let mut elspeth = shared.elspeth();
    assert!(elspeth.seen().typologies().placement(dimension, case).is_none());
    assert!(elspeth.seen().typologies().named("Rooms").is_none() && elspeth.seen().propositions().get(shared.proposition).is_none());
    let mut refused = |act: &dyn Fn(&mut Tx<'_>) -> Result<(), EditError>| {
        let done = elspeth.edit("Place", act);
        assert!(matches!(done, Err(EditError::Refused(_))), "{done:?}");
        assert_eq!(elspeth.study().typologies().placement(dimension, case).unwrap().coder, me("Rory").coder);
    };
    let value = |tx: &mut Tx<'_>| tx.dimension_value_named(dimension, "much");
    refused(&|tx| value(tx).and_then(|value| tx.place(case, dimension, Some(value))));
    refused(&|tx| tx.give_reason(case, dimension, "because"));
    elspeth.edit("Clear", |tx| tx.remove_placement(case, dimension)).unwrap();
    assert!(elspeth.study().typologies().placement(dimension, case).is_some(), "what is not seen is not taken away");
}

#[test]
fn a_correction_tells_what_became_of_own_codings() {
    let shared = shared();
    let mut elspeth = shared.elspeth();
    let (source, theme) = (shared.source, shared.cell.theme);
    elspeth.edit("Code", |tx| tx.code(source, FINE, theme, Origin::Hand)).unwrap();
    let corrected = elspeth.edit("Correct", |tx| correct(tx, source, &tx.text(source)?.replace("aye", "yes"))).unwrap();
    let told = corrected.fates.iter().filter(|(id, _)| id.kind == Kind::Coding).count();
    assert_eq!(told, 1);
    assert_eq!(elspeth.study().codings().count(), 3);
}

#[test]
fn a_copy_given_blind_stays_blind_until_it_is_brought_back() {
    let shared = shared();
    let mut own = Project::open(&shared.scratch.project(), Access::Write, &me("Elspeth")).unwrap();
    let path = shared.scratch.path("isla.themata");
    own.give_copy(&path, "Isla", true).unwrap();
    let mut isla = Project::open(&path, Access::Write, &me("Elspeth")).unwrap();
    assert!(isla.is_given_blind() && isla.works_blind());
    isla.work_blind(false);
    assert!(isla.works_blind(), "that cannot be switched");
    assert_eq!((isla.seen().codings().count(), isla.study().codings().count()), (0, 2));
    assert_eq!(isla.history_seen().unwrap(), []);
    isla.edit("Chart", |tx| tx.chart(&shared.cell, written("Isla’s words"))).unwrap();
    let labels: Vec<String> = isla.history_seen().unwrap().into_iter().map(|edit| edit.label).collect();
    assert_eq!(labels, ["Chart", "First edit"]);
    drop(isla);
    assert!(!own.works_blind());
    let coming = own.merge(&path).unwrap();
    assert_eq!(coming.to_settle.len(), 1);
    let waiting = vec![("Isla, working blind".to_owned(), "Isla’s words".to_owned())];
    assert_eq!(in_cell(&own.seen(), &shared.cell), (Some(SUMMARY.into()), waiting));
}

#[test]
fn every_command_on_a_copy_given_blind_tells_of_own_work_only() {
    let scratch = Scratch::new();
    let path = coded(&scratch);
    let copy = scratch.path("isla.themata").to_string_lossy().into_owned();
    printed(&scratch, &["copy", &path, &copy, "--coder", "Isla Kerr", "--blind"]);
    let told = |path: &str| {
        let of = |list: &serde_json::Value, field: &str| list.as_array().unwrap().iter().map(|it| it[field].clone()).collect::<Vec<_>>();
        let list = |command: &str, field: &str| of(&json_of(&scratch, &[command, path, "--json"]), field);
        let export = |what: &str| {
            let to = scratch.path("out.csv");
            printed(&scratch, &["export", path, &to.to_string_lossy(), "--what", what, "--force"]);
            std::fs::read_to_string(&to).unwrap().lines().count() - 1
        };
        json!({
            "sources": list("sources", "codings"),
            "done": list("sources", "status"),
            "themes": list("themes", "passages"),
            "cases": list("cases", "codings"),
            "history": list("history", "coder"),
            "quotes": json_of(&scratch, &["quotes", path, "list", "--json"]).as_array().unwrap().len(),
            "hits": json_of(&scratch, &["search", path, "coder:Elspeth", "--json"])["total"],
            "of one": json_of(&scratch, &["matrix", path, "--coder", "Elspeth", "--format", "json", "--measure", "codings"])["column_totals"],
            "codings exported": export("codings"),
            "quotes exported": export("quotes"),
        })
    };
    let nothing = json!({
        "sources": [0, 0], "done": [{}, {}], "themes": [0, 0, 0], "cases": [0, 0], "history": [], "quotes": 0, "hits": 0,
        "of one": [[0]], "codings exported": 0, "quotes exported": 0,
    });
    assert_eq!(told(&copy), nothing);
    let all = told(&path);
    assert!(all["history"].as_array().unwrap().len() > 2 && all["hits"] == json!(2) && all["quotes exported"] == json!(1), "{all}");
    let to = scratch.path("matrix.csv");
    let said = printed(&scratch, &["export", &copy, &to.to_string_lossy(), "--what", "matrix"]);
    let about = std::fs::read_to_string(said.trim().rsplit_once("read ").unwrap().1).unwrap();
    assert!(about.contains("who works blind: the codings of others are not shown"), "it is said beside the table: {about}");
}
