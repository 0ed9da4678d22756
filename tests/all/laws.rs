//! The laws of edits, on random sequences: what is loaded is what the log leads to; undo takes everything back, redo brings it back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use themata::analysis::matrix::{MatrixSpec, matrix};
use themata::analysis::reconcile::points;
use themata::project::{Access, Charted, EditError, Fate, Project, SubTheme, Tx};
use themata::study::{
    CaseKind, CodingId, Consent, Crossed, Crossing, Entity, Kind, Material, MemoId, MemoKind, MemoOn, Origin, Placement, QuoteFacts,
    RevisionId, Saved, SavedId, SavedKind, SourceId, Speaker, StatusKind, Strength, Study, ThemeId, ThemeOrigin,
};
use themata::text::{ParagraphKind, Span, Voice};

use crate::corrected::{Correction, correction};
use crate::interpreted::{Interpretation, interpretation};
use crate::support::{Scratch, correct, me, project};

/// One thing somebody does; numbers choose among what there is at the time.
#[derive(Clone, Debug)]
pub enum Act {
    Code { source: usize, start: u32, length: u32, theme: usize },
    Uncode(usize),
    AgreeOn { source: usize, point: usize, how: usize },
    Reconcile(usize, bool),
    Recode(usize, usize),
    Resize(usize, u32, u32),
    Quote(usize),
    Describe(usize, usize, String),
    Contrary(usize, bool),
    Memo(usize, String),
    ThemeMemo(usize, String),
    PassageMemo { source: usize, start: u32, length: u32, text: String },
    GiveToCase { source: usize, start: u32, length: u32 },
    GiveBack { source: usize, start: u32, length: u32 },
    SplitTurn { source: usize, at: u32 },
    Join { source: usize, at: u32 },
    Furniture { source: usize, at: u32, on: bool },
    SaidBy { source: usize, at: u32, who: usize },
    Speak { speaker: usize, voice: usize, stated: bool },
    OnePerson(usize, usize),
    Status(usize, bool),
    Keep(bool, String, i64),
    Forget(usize),
    AddTheme(usize, String),
    Rename(usize, String),
    Move(usize, usize),
    SayOrigin(usize, Option<ThemeOrigin>),
    Merge(usize, usize),
    Remove(usize, bool),
    RemoveSource(usize),
    Example { theme: usize, source: usize, start: u32, length: u32 },
    NoExample(usize),
    MoveSeveral(usize, usize, usize),
    MergeSeveral(usize, usize, usize),
    RemoveSeveral(usize, usize, bool),
    Split(usize, String),
    KeepMemo(usize, String),
    Chart { theme: usize, case: usize, text: String },
    StillHolds(usize),
    Settle(usize),
    Interpret(Interpretation),
    Correct { source: usize, line: usize, how: Correction },
    Undo,
    Redo,
    UndoOlder(usize),
    Reopen,
}

pub fn act() -> impl Strategy<Value = Act> {
    let name = "[a-d]{1,2}";
    prop_oneof![
        6 => (0usize..2, 0u32..70, 0u32..30, 0usize..9).prop_map(|(source, start, length, theme)| Act::Code { source, start, length, theme }),
        1 => (0usize..9).prop_map(Act::Uncode),
        3 => (0usize..2, 0usize..4, 0usize..4).prop_map(|(source, point, how)| Act::AgreeOn { source, point, how }),
        1 => (0usize..2, any::<bool>()).prop_map(|(source, on)| Act::Reconcile(source, on)),
        1 => (0usize..9, 0usize..9).prop_map(|(coding, theme)| Act::Recode(coding, theme)),
        1 => (0usize..9, 0u32..70, 0u32..30).prop_map(|(coding, start, length)| Act::Resize(coding, start, length)),
        2 => (0usize..9).prop_map(Act::Quote),
        2 => (0usize..9, 0usize..3, "[a-z ]{0,4}").prop_map(|(mark, strength, used_in)| Act::Describe(mark, strength, used_in)),
        1 => (0usize..9, any::<bool>()).prop_map(|(coding, on)| Act::Contrary(coding, on)),
        1 => (0usize..9, "[a-z ]{0,4}").prop_map(|(coding, text)| Act::Memo(coding, text)),
        1 => (0usize..9, "[a-z ]{0,4}").prop_map(|(theme, text)| Act::ThemeMemo(theme, text)),
        1 => (0usize..2, any::<bool>()).prop_map(|(source, done)| Act::Status(source, done)),
        1 => (any::<bool>(), name, 0i64..3).prop_map(|(query, name, position)| Act::Keep(query, name, position)),
        1 => (0usize..9).prop_map(Act::Forget),
        3 => (0usize..9, name).prop_map(|(parent, name)| Act::AddTheme(parent, name)),
        1 => (0usize..9, name).prop_map(|(theme, name)| Act::Rename(theme, name)),
        1 => (0usize..9, 0usize..9).prop_map(|(theme, parent)| Act::Move(theme, parent)),
        1 => (0usize..9, 0usize..3).prop_map(|(theme, origin)| Act::SayOrigin(theme, ThemeOrigin::ALL.get(origin).copied())),
        1 => (0usize..9, 0usize..9).prop_map(|(from, into)| Act::Merge(from, into)),
        1 => (0usize..9, any::<bool>()).prop_map(|(theme, keep)| Act::Remove(theme, keep)),
        1 => (0usize..2).prop_map(Act::RemoveSource),
        3 => (0usize..9, 0usize..2, 0u32..70, 0u32..30)
            .prop_map(|(theme, source, start, length)| Act::Example { theme, source, start, length }),
        1 => (0usize..9).prop_map(Act::NoExample),
        1 => (0usize..9, 0usize..9, 0usize..9).prop_map(|(one, other, parent)| Act::MoveSeveral(one, other, parent)),
        1 => (0usize..9, 0usize..9, 0usize..9).prop_map(|(one, other, into)| Act::MergeSeveral(one, other, into)),
        1 => (0usize..9, 0usize..9, any::<bool>()).prop_map(|(one, other, keep)| Act::RemoveSeveral(one, other, keep)),
        1 => (0usize..9, name).prop_map(|(theme, name)| Act::Split(theme, name)),
        1 => (0usize..9, "[a-z ]{0,4}").prop_map(|(theme, text)| Act::KeepMemo(theme, text)),
        3 => (0usize..9, 0usize..4, "[a-z ]{0,4}").prop_map(|(theme, case, text)| Act::Chart { theme, case, text }),
        1 => (0usize..4).prop_map(Act::StillHolds),
        1 => (0usize..4).prop_map(Act::Settle),
        24 => interpretation().prop_map(Act::Interpret),
        4 => (0usize..2, 0usize..4, correction()).prop_map(|(source, line, how)| Act::Correct { source, line, how }),
        1 => (0usize..2, 0u32..70, 0u32..30, "[a-z ]{0,4}")
            .prop_map(|(source, start, length, text)| Act::PassageMemo { source, start, length, text }),
        1 => (0usize..2, 0u32..70, 0u32..30).prop_map(|(source, start, length)| Act::GiveToCase { source, start, length }),
        1 => (0usize..2, 0u32..70, 0u32..30).prop_map(|(source, start, length)| Act::GiveBack { source, start, length }),
        2 => (0usize..2, 0u32..90).prop_map(|(source, at)| Act::SplitTurn { source, at }),
        2 => (0usize..2, 0u32..90).prop_map(|(source, at)| Act::Join { source, at }),
        1 => (0usize..2, 0u32..90, any::<bool>()).prop_map(|(source, at, on)| Act::Furniture { source, at, on }),
        1 => (0usize..2, 0u32..90, 0usize..3).prop_map(|(source, at, who)| Act::SaidBy { source, at, who }),
        1 => (0usize..9, 0usize..3, any::<bool>()).prop_map(|(speaker, voice, stated)| Act::Speak { speaker, voice, stated }),
        1 => (0usize..9, 0usize..9).prop_map(|(one, other)| Act::OnePerson(one, other)),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (0usize..9).prop_map(Act::UndoOlder),
        1 => Just(Act::Reopen),
    ]
}

pub fn theme(study: &Study, index: usize) -> Option<ThemeId> {
    let outline = study.codebook().outline();
    (!outline.is_empty()).then(|| outline[index % outline.len()].theme)
}

fn coding(study: &Study, index: usize) -> Option<(SourceId, CodingId)> {
    let all: Vec<_> = study.codings().map(|(material, coded)| (material.source.id, coded.coding.id)).collect();
    (!all.is_empty()).then(|| all[index % all.len()])
}

pub fn source(study: &Study, index: usize) -> Option<SourceId> {
    let all = study.materials();
    (!all.is_empty()).then(|| all[index % all.len()].source.id)
}

fn speaker(study: &Study, index: usize) -> Option<Speaker> {
    let all: Vec<_> = study.materials().iter().flat_map(|material| &material.speakers).collect();
    (!all.is_empty()).then(|| all[index % all.len()].clone())
}

pub fn perform(project: &mut Project, act: &Act) -> Result<(), EditError> {
    let study = project.study();
    match act {
        Act::Undo => return project.undo().map(drop),
        Act::Redo => return project.redo().map(drop),
        Act::UndoOlder(index) => {
            let history = project.history(None, usize::MAX)?;
            return match history.get(*index) {
                Some(edit) => project.undo_edit(edit.seq, true).map(drop),
                None => Ok(()),
            };
        }
        Act::Reopen => return Ok(()),
        _ => {}
    }
    project.edit("Act", |tx| {
        let coding = |index: usize| coding(&study, index).ok_or(EditError::Gone("coding"));
        let theme = |index: usize| theme(&study, index).ok_or(EditError::Gone("theme"));
        let source = |index: usize| source(&study, index).ok_or(EditError::Gone("source"));
        let summary = |index: usize| study.summaries().iter().nth(index).map(|it| it.id).ok_or(EditError::Gone("summary"));
        match act {
            Act::Code { source: at, start, length, theme: over } => {
                tx.code(source(*at)?, Span::new(*start, start + length), theme(*over)?, Origin::Hand).map(drop)
            }
            Act::AgreeOn { source: at, point, how } => agree_on(tx, source(*at)?, *point, *how),
            Act::Reconcile(at, on) => {
                if *on {
                    tx.reconcile(source(*at)?).map(drop)
                } else {
                    tx.reopen(source(*at)?)
                }
            }
            Act::Uncode(index) => coding(*index).and_then(|(source, coding)| tx.uncode(source, coding)),
            Act::Recode(index, to) => coding(*index).and_then(|(source, coding)| tx.recode(source, coding, theme(*to)?).map(drop)),
            Act::Resize(index, start, length) => {
                coding(*index).and_then(|(source, coding)| tx.resize(source, coding, Span::new(*start, start + length)))
            }
            Act::Quote(index) => coding(*index).and_then(|(source, coding)| tx.toggle_quote(source, coding).map(drop)),
            Act::Describe(index, strength, used_in) => {
                let all = study.materials().iter().flat_map(|material| material.kept_quote_marks());
                let marks: Vec<_> = all.map(|mark| (mark.source, mark.id)).collect();
                let (source, mark) = *marks.get(index % marks.len().max(1)).ok_or(EditError::Gone("quote"))?;
                let strength = [None, Some(Strength::Typical), Some(Strength::Vivid)][*strength];
                let facts = QuoteFacts { strength, consent: Consent::Given, checked: index % 2 == 0, used_in: used_in.clone() };
                tx.describe_quote(source, mark, &facts)
            }
            Act::Contrary(index, on) => coding(*index).and_then(|(source, coding)| tx.set_contrary(source, coding, on.then_some("most"))),
            Act::Memo(index, text) => coding(*index)
                .and_then(|(source, coding)| tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, text).map(drop)),
            Act::ThemeMemo(index, text) => {
                let theme = theme(*index)?;
                let of_case = study.cases().keys().nth(*index).map(|case| Crossed::Case(*case));
                let on = of_case.map_or(MemoOn::Theme { theme }, |of| MemoOn::Cell { cell: Crossing { theme, of } });
                tx.write_memo(on, MemoKind::Method, text).map(drop)
            }
            Act::Status(at, done) => tx.set_status(source(*at)?, if *done { StatusKind::Done } else { StatusKind::Coding }),
            Act::Keep(query, name, position) => {
                let kind = if *query { SavedKind::Query } else { SavedKind::MatrixView };
                tx.put(Saved { id: SavedId::new(), kind, name: name.clone(), body: "{}".to_owned(), position: *position })
            }
            Act::Forget(index) => match study.saved() {
                [] => Ok(()),
                saved => tx.remove(Entity::from(saved[index % saved.len()].clone()).id(), None),
            },
            Act::AddTheme(parent, name) => tx.add_theme(theme(*parent).ok().filter(|_| parent % 2 == 0), name).map(drop),
            Act::Rename(index, name) => {
                let theme = tx.study().codebook().get(theme(*index)?).ok_or(EditError::Gone("theme"))?.clone();
                tx.change_theme(themata::study::Theme { name: name.clone(), ..theme })
            }
            Act::Move(index, parent) => tx.move_theme(theme(*index)?, theme(*parent).ok().filter(|_| parent % 3 != 0), None),
            Act::SayOrigin(index, origin) => tx.say_origin(&[theme(*index)?, theme(index + 1)?].into(), *origin),
            Act::Merge(from, into) => tx.merge_themes(theme(*from)?, theme(*into)?),
            Act::Remove(index, keep) => tx.remove_theme(theme(*index)?, theme(index + 1).ok().filter(|_| *keep)),
            Act::RemoveSource(at) => tx.remove_source(source(*at)?),
            Act::Example { theme: of, source: at, start, length } => {
                tx.set_example(theme(*of)?, Some((source(*at)?, Span::new(*start, start + length))))
            }
            Act::NoExample(of) => tx.set_example(theme(*of)?, None),
            Act::MoveSeveral(one, other, parent) => {
                tx.move_themes(&[theme(*one)?, theme(*other)?].into(), theme(*parent).ok().filter(|_| parent % 3 != 0), None)
            }
            Act::MergeSeveral(one, other, into) => tx.merge_several(&[theme(*one)?, theme(*other)?].into(), theme(*into)?),
            Act::RemoveSeveral(one, other, keep) => {
                tx.remove_themes(&[theme(*one)?, theme(*other)?].into(), theme(one + other + 1).ok().filter(|_| *keep))
            }
            Act::Split(of, name) => {
                let of = theme(*of)?;
                let codings = study.codings().filter(|(_, coded)| coded.coding.theme == of);
                let codings = codings.map(|(material, coded)| (material.source.id, coded.coding.id)).collect();
                tx.split_theme(of, &[SubTheme { name: name.clone(), codings }]).map(drop)
            }
            Act::Chart { theme: at, case, text } => {
                let of_case = study.cases().keys().nth(*case).map(|case| Crossed::Case(*case));
                let cell = Crossing { theme: theme(*at)?, of: of_case.unwrap_or_else(|| Crossed::Values(BTreeMap::new())) };
                tx.chart(&cell, Charted { text: text.clone(), ..Charted::default() }).map(drop)
            }
            Act::StillHolds(at) => tx.still_holds(summary(*at)?),
            Act::Settle(at) => tx.settle(summary(*at)?),
            Act::Interpret(how) => how.apply(tx),
            Act::KeepMemo(of, text) => {
                let (on, own) = (MemoOn::Theme { theme: theme(*of)? }, tx.study().memos().first().map(|memo| (memo.id, memo.on.clone())));
                let (id, on) = own.filter(|_| of % 2 == 0).unwrap_or((MemoId::new(), on));
                tx.keep_memo(id, on, MemoKind::Reflexive, text)
            }
            Act::Correct { source: at, line, how } => {
                let source = source(*at)?;
                let text = how.apply(&tx.text(source)?, *line);
                // A text of nothing is no text.
                if text.is_empty() { Ok(()) } else { correct(tx, source, &text).map(drop) }
            }
            Act::PassageMemo { source: at, start, length, text } => {
                let (source, revision, span) = passage(tx, source(*at)?, *start, *length)?;
                tx.write_memo(MemoOn::Passage { source, revision, span }, MemoKind::Analytic, text).map(drop)
            }
            Act::GiveToCase { source: at, start, length } => {
                let (source, _, span) = passage(tx, source(*at)?, *start, *length)?;
                let case = tx.case_labelled("By hand", CaseKind::Person)?;
                tx.give_span(source, span, Some(case))
            }
            Act::GiveBack { source: at, start, length } => {
                let (source, _, span) = passage(tx, source(*at)?, *start, *length)?;
                tx.give_span(source, span, None)
            }
            Act::SplitTurn { source: place, at } => tx.split_turn(source(*place)?, *at),
            Act::Join { source: place, at } => tx.join_turns(source(*place)?, *at),
            Act::Furniture { source: place, at, on } => tx.set_furniture(source(*place)?, Span::new(*at, at + 1), *on),
            Act::SaidBy { source: place, at, who } => {
                let source = source(*place)?;
                let who = tx.material(source)?.speakers.get(*who).map(|speaker| speaker.id);
                tx.set_said_by(source, Span::new(*at, *at), who)
            }
            Act::Speak { speaker: index, voice, stated } => {
                let Speaker { source, id, .. } = speaker(&study, *index).ok_or(EditError::Gone("speaker"))?;
                let case = tx.case_labelled("Named", CaseKind::Person)?;
                tx.set_speaker(source, id, Voice::ALL[*voice], stated.then_some(case))
            }
            Act::OnePerson(one, other) => {
                let pair = [*one, *other].map(|index| speaker(&study, index)).map(|speaker| speaker.ok_or(EditError::Gone("speaker")));
                let [one, other] = pair;
                let (one, other) = (one?, other?);
                let into = match one.case {
                    Some(case) => case,
                    None => tx.case_labelled("Both", CaseKind::Person)?,
                };
                tx.one_person(&[(one.source, one.id), (other.source, other.id)], into)
            }
            Act::Undo | Act::Redo | Act::UndoOlder(_) | Act::Reopen => Ok(()),
        }
    })
}

/// Settles a difference by the first coding, by all, by words of its own, or by leaving it out.
fn agree_on(tx: &mut Tx<'_>, source: SourceId, point: usize, how: usize) -> Result<(), EditError> {
    let points = points(tx.study(), tx.study().material(source).ok_or(EditError::Gone("source"))?);
    let point = points.into_iter().filter(|point| !point.codings.is_empty()).nth(point).ok_or(EditError::Gone("point"))?;
    let spans = [point.all().into_iter().take(1).collect(), point.all(), vec![point.span], Vec::new()];
    tx.agree_on(source, point.theme, &point.on(), &spans[how])
}

/// Words of a source as it is now.
pub fn passage(tx: &Tx<'_>, source: SourceId, start: u32, length: u32) -> Result<(SourceId, RevisionId, Span), EditError> {
    let span = Span::new(start, start + length).trimmed(&tx.text(source)?);
    if span.is_empty() { Err(EditError::NoWords) } else { Ok((source, tx.material(source)?.source.revision, span)) }
}

/// What is anchored in a text stands in the version that is read and is counted, or is broken and is not.
pub fn check_anchors(project: &Project) {
    let study = project.study();
    for material in study.materials() {
        let read = material.source.revision;
        let text = project.texts().text(material.revision().unwrap().text).unwrap();
        let spans = material.codings.iter().map(|it| (it.coding.revision, it.coding.span));
        let spans = spans.chain(material.quote_marks.iter().map(|it| (it.revision, it.span)));
        for (revision, span) in spans.chain(material.case_spans.iter().map(|it| (it.revision, it.span))) {
            assert_eq!(revision, read);
            assert_eq!(span, span.trimmed(&text));
            assert!(!span.is_empty());
        }
        for broken in material.broken_passages() {
            assert_ne!(broken.revision.id, read);
            let words = project.texts().text(broken.revision.text).unwrap();
            assert!(!broken.span.slice(&words).is_empty(), "the words that were lost can be read");
        }
        assert_eq!(material.broken.codings.len() + material.codings.len(), material.kept_codings().count());
        check_paragraphs(material, &text);
    }
    for example in study.examples().values() {
        let material = study.material(example.source).unwrap();
        let revision = material.revisions.iter().find(|revision| revision.id == example.revision).unwrap();
        let words = project.texts().text(revision.text).unwrap();
        assert_eq!(example.span, example.span.trimmed(&words), "the words that a definition cites can be read, whole or broken");
        assert_eq!(study.is_whole(example), revision.id == material.source.revision);
        assert_eq!(study.example_of(example.theme), Some(example));
    }
    for it in study.propositions().evidence() {
        let Some((source, revision, span)) = it.of.passage() else { continue };
        let there = study.material(source).and_then(|material| material.revisions.iter().find(|other| other.id == revision));
        assert_eq!(study.has_evidence(&it.of), there.is_some_and(|there| there.id == study.material(source).unwrap().source.revision));
        if let Some(there) = there {
            let words = project.texts().text(there.text).unwrap();
            assert!(!span.slice(&words).is_empty(), "the words that are evidence can be read, whole or broken");
        }
        assert!(!it.words.is_empty());
    }
    for it in study.typologies().placements() {
        assert_eq!(it.id, Placement::id_of(it.dimension, it.case));
    }
    let counted = study.codings().filter(|(material, coded)| !coded.parts.is_empty() && material.counts(coded.coding.coder)).count();
    let matrix = matrix(&study, &MatrixSpec::usual(&study)).unwrap();
    assert_eq!(matrix.cell(0, None, None).unwrap().codings as usize, counted, "the matrix counts nothing that is broken");
}

/// However its paragraphs are cut, they are in order and trimmed, the labels are no words, and furniture says nothing.
fn check_paragraphs(material: &Material, text: &str) {
    let mut last = 0;
    for paragraph in material.geometry.paragraphs() {
        assert!(last <= paragraph.span.start && paragraph.span == paragraph.span.trimmed(text) && !paragraph.span.is_empty());
        last = paragraph.span.end;
        if paragraph.kind == ParagraphKind::Furniture {
            assert_eq!(material.geometry.words_in(paragraph.span), 0);
        }
    }
    for given in material.case_spans.windows(2) {
        assert!(given[0].span.end <= given[1].span.start, "no words are given to two cases");
    }
    for (start, _) in text.match_indices(": ").map(|(colon, sign)| (colon - 1, sign)) {
        let label = Span::of(start..start + 1);
        assert_eq!(material.geometry.words_in(label), 0, "{label:?} is a label");
    }
    let spoken: u32 = material.spoken().iter().map(|(_, words)| words).sum();
    assert!(spoken <= material.geometry.words_in(Span::new(0, material.geometry.text_len())));
}

fn undo_all(project: &mut Project) -> Vec<Vec<Entity>> {
    let mut states = vec![project.study().entities()];
    while project.undo().unwrap().is_some() {
        states.push(project.study().entities());
    }
    states
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn edits_keep_their_laws(acts in proptest::collection::vec(act(), 1..40)) {
        let scratch = Scratch::new();
        let (mut project, _) = project(&scratch);
        for act in &acts {
            let before = project.study().entities();
            if matches!(act, Act::Reopen) {
                drop(project);
                project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
                prop_assert_eq!(project.study().entities(), before);
            } else if perform(&mut project, act).is_err() {
                prop_assert_eq!(project.study().entities(), before, "a refused edit changes nothing");
            }
            check_anchors(&project);
        }
        // What is on disk is what is in memory, and what the log leads to.
        prop_assert_eq!(project.check(false).unwrap(), []);
        let here = project.study().entities();
        drop(project);
        let mut project = Project::open(&scratch.project(), Access::Write, &me("Elspeth")).unwrap();
        prop_assert_eq!(project.study().entities(), here);

        // What was taken back last can be brought back, and with it everything since the last act.
        while project.redo().unwrap().is_some() {}

        // Everything can be taken back, and brought back in the same steps.
        let mut states = undo_all(&mut project);
        prop_assert!(project.study().materials().is_empty() && project.study().codebook().is_empty());
        states.pop();
        while let Some(expected) = states.pop() {
            prop_assert!(project.redo().unwrap().is_some());
            prop_assert_eq!(project.study().entities(), expected);
        }
        prop_assert!(project.redo().unwrap().is_none());
        prop_assert_eq!(project.check(false).unwrap(), []);
    }

    /// Whatever is corrected around a coded line, and however often, the coding stays on its words.
    #[test]
    fn a_coding_stays_on_words_that_are_kept(corrections in proptest::collection::vec((0usize..9, correction()), 1..12)) {
        let scratch = Scratch::new();
        let (mut project, [source, _]) = project(&scratch);
        let words = "It was fine, aye, mostly. The forms were not.";
        let coded = format!("R: {words}\n");
        let (before, coding) = project.edit("Code", |tx| {
            let text = tx.text(source)?;
            let at = text.find(words).unwrap();
            let theme = tx.theme_at("Forms")?;
            Ok((text, tx.code(source, Span::of(at..at + words.len()), theme, Origin::Hand)?))
        }).unwrap();
        let seen = project.study().material(source).unwrap().revision().unwrap().clone();
        for (line, how) in &corrections {
            let corrected = project.edit("Correct", |tx| {
                let text = tx.text(source)?;
                let (before, after) = text.split_once(&coded).unwrap();
                let (before, after) =
                    if line % 2 == 0 { (how.apply(before, *line), after.to_owned()) } else { (before.to_owned(), how.apply(after, *line)) };
                correct(tx, source, &[before, coded.clone(), after].concat())
            });
            match corrected {
                Ok(corrected) => prop_assert_eq!(corrected.count(Kind::Coding, Fate::Broken), 0),
                Err(error) => prop_assert!(matches!(error, EditError::Refused(_)), "{}", error),
            }
            let study = project.study();
            let material = study.material(source).unwrap();
            let text = project.texts().text(material.revision().unwrap().text).unwrap();
            prop_assert_eq!(material.coding(coding).unwrap().coding.span.slice(&text), words);
            // A window that still shows the first version finds the words, and one that shows this one finds them there.
            let now = material.revision().unwrap().clone();
            let span = material.coding(coding).unwrap().coding.span;
            let at = before.find(words).unwrap();
            let met = project.edit("", |tx| tx.meet(&seen, Span::of(at..at + words.len()))).unwrap();
            prop_assert_eq!(met, span);
            project.undo().unwrap();
            let back = project.edit("", |tx| tx.meet(&now, span).map(|span| (span, tx.text(source).unwrap()))).unwrap();
            prop_assert_eq!(back.0.slice(&back.1), words);
            project.redo().unwrap();
        }
    }
}

/// A correction is one edit: it says what became of each coding, and undo brings everything back as it was.
#[test]
fn a_correction_tells_what_became_of_each_coding() {
    let scratch = Scratch::new();
    let (mut project, [source, _]) = project(&scratch);
    let mut codings = Vec::new();
    project
        .edit("Code", |tx| {
            let text = tx.text(source)?;
            let (theme, other) = (tx.theme_at("Forms")?, tx.theme_at("Cold")?);
            for words in ["It was fine, aye, mostly.", "fine, aye, mostly. The forms were not.", "And cold.", "The forms", "forms"] {
                let at = text.find(words).unwrap();
                let theme = if words == "And cold." { other } else { theme };
                codings.push(tx.code(source, Span::of(at..at + words.len()), theme, Origin::Hand)?);
            }
            tx.toggle_quote(source, codings[2])?;
            tx.toggle_quote(source, codings[4]).map(drop)
        })
        .unwrap();
    let before = project.study().entities();
    let text = "I: So, how was it?\nR: It was fine, aye. Forms were not.\n";
    let corrected = project.edit("Correct A", |tx| correct(tx, source, text)).unwrap();
    assert_eq!(corrected.joined, [codings[4]]);
    let count = |fate| corrected.count(Kind::Coding, fate);
    assert_eq!([Fate::Unchanged, Fate::Moved, Fate::Reworded, Fate::Broken, Fate::Restored].map(count), [0, 0, 3, 1, 0]);
    let study = project.study();
    let material = study.material(source).unwrap();
    let words: Vec<_> = material.codings.iter().map(|coded| coded.coding.span.slice(text)).collect();
    assert_eq!(words, ["It was fine, aye.", "fine, aye. Forms were not.", "Forms"]);
    assert_eq!(material.quote_marks.iter().map(|mark| mark.coding).collect::<Vec<_>>(), [Some(codings[3])], "the mark was handed over");
    assert_eq!(material.broken.codings.iter().map(|coding| coding.id).collect::<Vec<_>>(), [codings[2]]);
    assert_eq!(material.broken_passages().len(), 2, "the coding and its mark");
    // Broken codings can be removed, recoded and merged, and a further correction finds their words again.
    let cold = study.codebook().find_path("Cold").unwrap();
    let into = project.edit("Merge", |tx| {
        let into = tx.theme_at("Weather")?;
        tx.merge_themes(cold, into).map(|()| into)
    });
    let again = "R: It was fine, aye. Forms were not.\nR: And cold.\n";
    let corrected = project.edit("Correct A", |tx| correct(tx, source, again)).unwrap();
    assert_eq!(corrected.count(Kind::Coding, Fate::Restored), 1);
    let study = project.study();
    let restored = study.coding(source, codings[2]).unwrap();
    assert_eq!((restored.coding.span.slice(again), restored.coding.theme), ("And cold.", into.unwrap()));
    assert_eq!(restored.parts.len(), 1, "it is counted again");
    assert!(study.material(source).unwrap().broken_passages().is_empty());
    assert!(matches!(project.edit("Correct A", |tx| correct(tx, source, again)), Err(EditError::Refused(_))));
    assert_eq!(project.check(false).unwrap(), []);
    for _ in 0..3 {
        project.undo().unwrap();
    }
    assert_eq!(project.study().entities(), before);
}

/// The passage a definition cites follows its words, says so when they are gone, and is not lost when themes are merged.
#[test]
fn a_typical_example_follows_its_words_and_its_theme() {
    let scratch = Scratch::new();
    let (mut project, [source, _]) = project(&scratch);
    let words = "The forms were not.";
    let read = |project: &Project| {
        let study = project.study();
        let book = study.codebook();
        let said = |theme: &str| {
            let example = study.example_of(book.find_path(theme)?)?;
            let material = study.material(example.source)?;
            let revision = material.revisions.iter().find(|revision| revision.id == example.revision)?;
            let text = project.texts().text(revision.text).unwrap();
            Some((example.span.slice(&text).to_owned(), study.is_whole(example)))
        };
        (said("Forms"), said("Cold"))
    };
    let whole = Some((words.to_owned(), true));
    project
        .edit("Cite", |tx| {
            let at = tx.text(source)?.find(words).unwrap();
            let forms = tx.theme_at("Forms")?;
            tx.theme_at("Cold")?;
            tx.set_example(forms, Some((source, Span::of(at..at + words.len() + 1))))
        })
        .unwrap();
    assert_eq!(read(&project), (whole.clone(), None));
    let corrected = project.edit("Correct", |tx| correct(tx, source, "R: First of all.\nR: It was fine. The forms were not.\n")).unwrap();
    assert_eq!(corrected.count(Kind::Example, Fate::Moved), 1);
    assert_eq!(read(&project), (whole.clone(), None));
    let corrected = project.edit("Correct", |tx| correct(tx, source, "R: First of all.\n")).unwrap();
    assert_eq!(corrected.count(Kind::Example, Fate::Broken), 1);
    assert_eq!(read(&project), (Some((words.to_owned(), false)), None), "kept and shown, and said to be broken");
    project.undo().unwrap();

    let study = project.study();
    let [forms, cold] = ["Forms", "Cold"].map(|path| study.codebook().find_path(path).unwrap());
    project.edit("Merge", |tx| tx.merge_themes(forms, cold)).unwrap();
    assert_eq!(read(&project), (None, whole.clone()), "who has none takes it over");
    project.undo().unwrap();
    project.edit("Cite", |tx| tx.set_example(cold, Some((source, Span::new(3, 8))))).unwrap();
    project.edit("Merge", |tx| tx.merge_themes(forms, cold)).unwrap();
    assert_eq!(read(&project), (None, Some(("First".into(), true))), "who has one keeps it");
    project.undo().unwrap();
    project.edit("Delete", |tx| tx.remove_theme(cold, Some(forms))).unwrap();
    assert_eq!(read(&project), (whole, None));
    project.edit("Delete", |tx| tx.remove_source(source)).unwrap();
    assert!(project.study().examples().is_empty());
    assert_eq!(project.check(false).unwrap(), []);
}
