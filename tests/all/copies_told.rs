//! What is told of two copies that could not both have it, and what becomes of it.

use std::collections::BTreeMap;

use themata::project::{EditError, Project, Tx};
use themata::study::{
    CaseKind, Consent, Crossed, Crossing, DimensionId, DimensionValueId, Entity, EvidenceOf, Example, Memo, MemoKind, MemoOn, Origin,
    PropositionId, QuoteFacts, Saved, SavedId, SavedKind, Weight,
};
use themata::text::{Span, Voice};

use crate::copies::{Pair, later, open, renamed, told};
use crate::support::correct;

#[test]
fn whatever_people_write_is_told_where_it_is_written_over() {
    let (mut pair, [source, _], (statement, evidence, mark)) = Pair::with(|tx, [source, _]| {
        let theme = tx.theme_at("Forms")?;
        let statement = PropositionId::new();
        tx.state_proposition(statement, "Forms tire")?;
        let cell = Crossing { theme, of: Crossed::Values(BTreeMap::new()) };
        let evidence = tx.add_evidence(statement, Weight::Supports, EvidenceOf::Cell { cell })?;
        let coding = tx.code(source, Span::new(19, 25), theme, Origin::Hand)?;
        tx.toggle_quote(source, coding)?;
        let mark = tx.study().material(source).unwrap().quote_marks.first().map(|it| it.id).unwrap();
        Ok((statement, evidence, mark))
    });
    let write = |project: &mut Project, name: &str, weight, checked| {
        let facts = QuoteFacts { strength: None, consent: Consent::Refused, checked, used_in: format!("{name}’s chapter") };
        project
            .edit("Write", |tx| {
                tx.state_proposition(statement, &format!("Forms tire {name}"))?;
                tx.note_proposition(statement, &format!("{name}’s note"))?;
                tx.weigh_evidence(evidence, weight)?;
                tx.describe_quote(source, mark, &facts)
            })
            .unwrap();
    };
    write(&mut pair.own, "Elspeth", Weight::Qualifies, true);
    later();
    write(&mut pair.copy, "Ravi", Weight::Contradicts, false);
    let (_, coming, _scratch) = pair.merge();
    let told = told(&coming);
    let later = |what: &str, kept: &str, lost: &str| format!("{what}: Ravi’s “{kept}” stands, written later than Elspeth’s “{lost}”.");
    let called = "The proposition “Forms tire Elspeth”";
    for sentence in [
        later(&format!("{called}, statement"), "Forms tire Ravi", "Forms tire Elspeth"),
        later(&format!("{called}, note"), "Ravi’s note", "Elspeth’s note"),
        later("Evidence of Elspeth on “Forms tire Elspeth”, weight", "contradicts", "qualifies"),
        later("A quote mark in “A”, where it is used", "Ravi’s chapter", "Elspeth’s chapter"),
    ] {
        assert!(told.contains(&sentence.as_str()), "{sentence}\n{told:#?}");
    }
    assert_eq!(told.len(), 4, "{told:#?}");
}

#[test]
fn of_two_corrections_the_later_is_read_and_nothing_is_told_as_the_log_has_it() {
    let (mut pair, [source, _], ()) = Pair::with(|tx, [source, _]| {
        let revision = tx.study().material(source).unwrap().source.revision;
        let on = MemoOn::Passage { source, revision, span: Span::new(31, 35) };
        tx.write_memo(on, MemoKind::Analytic, "Is it?").map(drop)
    });
    let text = |asked: &str| format!("I: {asked}\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n");
    pair.own.edit("Correct", |tx| correct(tx, source, &text("How was it all?"))).unwrap();
    later();
    pair.copy.edit("Correct", |tx| correct(tx, source, &text("And how was it?"))).unwrap();
    let (_, coming, _scratch) = pair.merge();
    assert_eq!(told(&coming), ["Source “A”: Ravi’s correction is read; Elspeth’s is kept as a version."]);
}

#[test]
fn of_a_saved_view_and_a_moved_memo_words_are_told_and_no_json() {
    let (mut pair, _, (themes, view)) = Pair::with(|tx, _| {
        let themes = [tx.theme_at("Forms")?, tx.theme_at("Cold")?];
        let view = Saved { id: SavedId::new(), kind: SavedKind::MatrixView, name: "Wide".into(), body: "{}".into(), position: 1 };
        tx.put(view.clone())?;
        tx.add_memo(MemoOn::Project, MemoKind::Analytic, "Is it?")?;
        Ok((themes, view))
    });
    let change = |project: &mut Project, on: MemoOn, body: &str, kind| {
        project
            .edit("Change", |tx| {
                let of = |it| if let Entity::Memo(it) = it { Some(it) } else { None };
                let there = tx.study().entities().into_iter().find_map(of).unwrap();
                tx.put(Memo { on, kind, ..there })?;
                tx.put(Saved { body: body.to_owned(), ..view.clone() })
            })
            .unwrap();
    };
    change(&mut pair.own, MemoOn::Theme { theme: themes[0] }, r#"{"rows":1}"#, MemoKind::Method);
    later();
    change(&mut pair.copy, MemoOn::Theme { theme: themes[1] }, r#"{"rows":2}"#, MemoKind::Reflexive);
    let (_, coming, _scratch) = pair.merge();
    let mut told = told(&coming);
    told.sort_unstable();
    let expected = [
        "A memo of Elspeth, kind: Ravi’s “reflexive” stands, written later than Elspeth’s “method”.",
        "A memo of Elspeth, what it is on: Ravi’s “Cold” stands, written later than Elspeth’s “Forms”.",
        "“Wide”: Ravi’s version stands, kept later than Elspeth’s.",
    ];
    assert_eq!(told, expected);
}

#[test]
fn of_what_two_placed_and_chose_each_the_later_stands_and_the_other_is_told() {
    let (mut pair, [source, _], (theme, case, dimension, values)) = Pair::with(|tx, _| {
        let (dimension, high) = with_dimension(tx)?;
        let low = tx.dimension_value_named(dimension, "low")?;
        Ok((tx.theme_at("Forms")?, tx.case_labelled("A", CaseKind::Person)?, dimension, [low, high]))
    });
    let act = |project: &mut Project, value, reason: &str, span: Span| {
        project
            .edit("Place", |tx| {
                tx.place(case, dimension, Some(value))?;
                let revision = tx.study().material(source).unwrap().source.revision;
                let (coder, time) = (tx.me().coder, 1);
                tx.put(Example { id: Example::id_of(theme), theme, source, revision, span, coder, time })
            })
            .unwrap();
        project.edit("Say why", |tx| tx.give_reason(case, dimension, reason)).unwrap();
    };
    act(&mut pair.own, values[0], "She rests.", Span::new(25, 29));
    later();
    act(&mut pair.copy, values[1], "She toils.", Span::new(31, 34));
    later();
    pair.own.edit("Say why", |tx| tx.give_reason(case, dimension, "She rests a lot.")).unwrap();
    let (_, coming, _scratch) = pair.merge();
    let mut told = told(&coming);
    told.sort_unstable();
    let expected = [
        "The typical example of “Forms”: Ravi’s “aye” stands, chosen later than Elspeth’s “fine”.",
        "Where “A” is placed in “Effort”, reason: Elspeth’s “She rests a lot.” stands, written later than Ravi’s “She toils.”.",
        "Where “A” is placed in “Effort”: Ravi’s “high” stands, chosen later than Elspeth’s “low”, whose reason was “She rests.”.",
    ];
    assert_eq!(told, expected);
}

/// A typology with a dimension of two values.
fn with_dimension(tx: &mut Tx<'_>) -> Result<(DimensionId, DimensionValueId), EditError> {
    let typology = tx.add_typology("Ways of working")?;
    let dimension = tx.add_dimension(typology, "Effort")?;
    tx.dimension_value_named(dimension, "low")?;
    Ok((dimension, tx.dimension_value_named(dimension, "high")?))
}

#[test]
fn a_value_of_a_dimension_that_is_deleted_here_and_renamed_there_later_stays_deleted_and_is_told() {
    let (mut pair, _, (dimension, value)) = Pair::with(|tx, _| with_dimension(tx));
    pair.own.edit("Delete", |tx| tx.remove_dimension_value(dimension, value)).unwrap();
    later();
    pair.copy.edit("Rename", |tx| tx.rename_dimension_value(dimension, value, "great")).unwrap();
    let (mut own, coming, scratch) = pair.merge();
    let names = |own: &Project| {
        let study = own.study();
        study
            .entities()
            .into_iter()
            .find_map(|it| if let Entity::Dimension(it) = it { Some(it) } else { None })
            .map(|it| it.in_order().into_iter().map(|(_, name)| name.to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(names(&own).unwrap(), ["low"]);
    let sentence = "The dimension “Effort”: “high” was deleted by Elspeth; Ravi’s new name for it, “great”, is lost.";
    assert_eq!(told(&coming), [sentence]);

    // The next merge goes through too.
    let mut copy = open(&scratch.path("ravi.themata"));
    copy.edit("Add", |tx| tx.dimension_value_named(dimension, "middling")).unwrap();
    drop(copy);
    own.merge(&scratch.path("ravi.themata")).unwrap();
    assert_eq!(names(&own).unwrap(), ["low", "middling"]);
}

#[test]
fn who_asks_still_asks_where_another_correction_had_given_the_label_another_name() {
    let (mut pair, [source, _], ()) = Pair::with(|_, _| Ok(()));
    let words = pair.own.study().material(source).unwrap().participant_words();
    let relabelled = "Q: How was it?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n";
    pair.own.edit("Correct", |tx| correct(tx, source, relabelled)).unwrap();
    later();
    let typo = "I: How was it, then?\nR: It was fine, aye, mostly. The forms were not.\nR: And cold.\n";
    pair.copy.edit("Correct", |tx| correct(tx, source, typo)).unwrap();
    let (own, _, _scratch) = pair.merge();
    let study = own.study();
    let material = study.material(source).unwrap();
    let asks = material.speakers.iter().find(|speaker| speaker.label == "I").map(|speaker| speaker.voice);
    assert_eq!(asks, Some(Voice::Interviewer));
    assert_eq!(material.participant_words(), words, "no word of who asks counts");
}

#[test]
fn what_could_not_be_kept_is_told_however_often_a_merge_is_taken_back_and_brought_again() {
    let (mut pair, _, theme) = Pair::with(|tx, _| tx.theme_at("Forms"));
    pair.copy.edit("Rename", |tx| renamed(tx, theme, "Papers")).unwrap();
    later();
    pair.own.edit("Rename", |tx| renamed(tx, theme, "Sheets")).unwrap();
    let (mut own, first, scratch) = pair.merge();
    assert_eq!(first.conflicts.len(), 1);
    for _ in 0..3 {
        own.undo().unwrap().unwrap();
        let coming = own.merge(&scratch.path("ravi.themata")).unwrap();
        assert_eq!(told(&coming), told(&first));
    }
}
