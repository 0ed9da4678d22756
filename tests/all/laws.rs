//! The laws of edits, on random sequences: what is loaded is what the log leads to; undo takes everything back, redo brings it back.

use proptest::prelude::*;
use themata::project::{Access, EditError, Project};
use themata::study::{CodingId, Entity, MemoKind, MemoOn, Origin, SourceId, StatusKind, Study, ThemeId};
use themata::text::Span;

use crate::support::{Scratch, me, project};

/// One thing somebody does; numbers choose among what there is at the time.
#[derive(Clone, Debug)]
enum Act {
    Code { source: usize, start: u32, length: u32, theme: usize },
    Uncode(usize),
    Recode(usize, usize),
    Resize(usize, u32, u32),
    Quote(usize),
    Contrary(usize, bool),
    Memo(usize, String),
    ThemeMemo(usize, String),
    Status(usize, bool),
    AddTheme(usize, String),
    Rename(usize, String),
    Move(usize, usize),
    Merge(usize, usize),
    Remove(usize, bool),
    RemoveSource(usize),
    Undo,
    Redo,
    UndoOlder(usize),
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let name = "[a-d]{1,2}";
    prop_oneof![
        6 => (0usize..2, 0u32..70, 0u32..30, 0usize..9).prop_map(|(source, start, length, theme)| Act::Code { source, start, length, theme }),
        1 => (0usize..9).prop_map(Act::Uncode),
        1 => (0usize..9, 0usize..9).prop_map(|(coding, theme)| Act::Recode(coding, theme)),
        1 => (0usize..9, 0u32..70, 0u32..30).prop_map(|(coding, start, length)| Act::Resize(coding, start, length)),
        1 => (0usize..9).prop_map(Act::Quote),
        1 => (0usize..9, any::<bool>()).prop_map(|(coding, on)| Act::Contrary(coding, on)),
        1 => (0usize..9, "[a-z ]{0,4}").prop_map(|(coding, text)| Act::Memo(coding, text)),
        1 => (0usize..9, "[a-z ]{0,4}").prop_map(|(theme, text)| Act::ThemeMemo(theme, text)),
        1 => (0usize..2, any::<bool>()).prop_map(|(source, done)| Act::Status(source, done)),
        3 => (0usize..9, name).prop_map(|(parent, name)| Act::AddTheme(parent, name)),
        1 => (0usize..9, name).prop_map(|(theme, name)| Act::Rename(theme, name)),
        1 => (0usize..9, 0usize..9).prop_map(|(theme, parent)| Act::Move(theme, parent)),
        1 => (0usize..9, 0usize..9).prop_map(|(from, into)| Act::Merge(from, into)),
        1 => (0usize..9, any::<bool>()).prop_map(|(theme, keep)| Act::Remove(theme, keep)),
        1 => (0usize..2).prop_map(Act::RemoveSource),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (0usize..9).prop_map(Act::UndoOlder),
        1 => Just(Act::Reopen),
    ]
}

fn theme(study: &Study, index: usize) -> Option<ThemeId> {
    let outline = study.codebook().outline();
    (!outline.is_empty()).then(|| outline[index % outline.len()].theme)
}

fn coding(study: &Study, index: usize) -> Option<(SourceId, CodingId)> {
    let all: Vec<_> = study.codings().map(|(material, coded)| (material.source.id, coded.coding.id)).collect();
    (!all.is_empty()).then(|| all[index % all.len()])
}

fn source(study: &Study, index: usize) -> Option<SourceId> {
    let all = study.materials();
    (!all.is_empty()).then(|| all[index % all.len()].source.id)
}

fn perform(project: &mut Project, act: &Act) -> Result<(), EditError> {
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
        match act {
            Act::Code { source: at, start, length, theme: over } => {
                tx.code(source(*at)?, Span::new(*start, start + length), theme(*over)?, Origin::Hand).map(drop)
            }
            Act::Uncode(index) => coding(*index).and_then(|(source, coding)| tx.uncode(source, coding)),
            Act::Recode(index, to) => coding(*index).and_then(|(source, coding)| tx.recode(source, coding, theme(*to)?).map(drop)),
            Act::Resize(index, start, length) => {
                coding(*index).and_then(|(source, coding)| tx.resize(source, coding, Span::new(*start, start + length)))
            }
            Act::Quote(index) => coding(*index).and_then(|(source, coding)| tx.toggle_quote(source, coding).map(drop)),
            Act::Contrary(index, on) => coding(*index).and_then(|(source, coding)| tx.set_contrary(source, coding, on.then_some("most"))),
            Act::Memo(index, text) => coding(*index)
                .and_then(|(source, coding)| tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, text).map(drop)),
            Act::ThemeMemo(index, text) => {
                theme(*index).and_then(|theme| tx.write_memo(MemoOn::Theme { theme }, MemoKind::Method, text).map(drop))
            }
            Act::Status(at, done) => tx.set_status(source(*at)?, if *done { StatusKind::Done } else { StatusKind::Coding }),
            Act::AddTheme(parent, name) => tx.add_theme(theme(*parent).ok().filter(|_| parent % 2 == 0), name).map(drop),
            Act::Rename(index, name) => {
                let theme = tx.study().codebook().get(theme(*index)?).ok_or(EditError::Gone("theme"))?.clone();
                tx.change_theme(themata::study::Theme { name: name.clone(), ..theme })
            }
            Act::Move(index, parent) => tx.move_theme(theme(*index)?, theme(*parent).ok().filter(|_| parent % 3 != 0), None),
            Act::Merge(from, into) => tx.merge_themes(theme(*from)?, theme(*into)?),
            Act::Remove(index, keep) => tx.remove_theme(theme(*index)?, theme(index + 1).ok().filter(|_| *keep)),
            Act::RemoveSource(at) => tx.remove_source(source(*at)?),
            Act::Undo | Act::Redo | Act::UndoOlder(_) | Act::Reopen => Ok(()),
        }
    })
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
}
