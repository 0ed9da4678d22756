use crate::analysis::matrix::Passage;
use crate::app::context::{Action, Cx};
use crate::app::state::{Place, View};
use crate::app::views::analyse::ask_to_add;
use crate::app::worker::Edit;
use crate::study::{CoderId, Coding, CodingId, EvidenceOf, Material, ThemeId};

/// The coder who sits here.
#[must_use]
pub fn me(cx: &Cx<'_>) -> Option<CoderId> {
    cx.project.map(|project| project.me.coder)
}

/// The codings of a passage that are still there.
pub fn codings<'a>(material: &'a Material, passage: &Passage) -> Vec<&'a Coding> {
    passage.codings.iter().filter_map(|id| material.coding(*id)).map(|coded| &coded.coding).collect()
}

/// The codings of a passage that this coder may change.
#[must_use]
pub fn own(cx: &Cx<'_>, passage: &Passage) -> Vec<CodingId> {
    let Some((material, me)) = cx.study.material(passage.source).zip(me(cx)) else { return Vec::new() };
    codings(material, passage).into_iter().filter(|coding| coding.coder == me).map(|coding| coding.id).collect()
}

/// Shows a passage in its source.
pub fn open(cx: &mut Cx<'_>, passage: &Passage) {
    cx.go(Place::Passage(passage.source, passage.span));
}

/// Asks to which proposition a passage is to be added, and how it bears on that.
pub fn to_proposition(cx: &mut Cx<'_>, passage: &Passage) {
    let Some(revision) = cx.study.material(passage.source).map(|material| material.source.revision) else { return };
    ask_to_add(cx, EvidenceOf::Passage { source: passage.source, revision, span: passage.span });
}

/// Gives a coding another theme.
pub fn recode(cx: &mut Cx<'_>, passage: &Passage, coding: CodingId, theme: ThemeId) {
    if cx.can_edit() {
        let source = passage.source;
        cx.edit("Recode", move |tx| tx.recode(source, coding, theme).map(|_| ()));
    }
}

/// The coding whose mark the passage shows, or would show: one that has a mark, else one's own, else any.
fn marked(cx: &Cx<'_>, passage: &Passage, has_mark: impl Fn(&Material, CodingId) -> bool) -> Option<CodingId> {
    let material = cx.study.material(passage.source)?;
    let there = passage.marked_with(material).into_iter().find(|id| has_mark(material, *id));
    there.or_else(|| own(cx, passage).first().copied()).or_else(|| passage.codings.first().copied())
}

/// Chooses a passage for the report, or takes the choice back.
pub fn quote(cx: &mut Cx<'_>, passage: &Passage) {
    let quoted = |material: &Material, id| material.quote_marks.iter().any(|mark| mark.coding == Some(id));
    let Some(coding) = marked(cx, passage, quoted) else { return };
    if cx.can_edit() {
        let source = passage.source;
        cx.edit("Quote", move |tx| tx.toggle_quote(source, coding).map(|_| ()));
    }
}

/// Says that a passage is contrary to something, or takes that back (`None`). A line that cannot be kept is given back.
pub fn contrary(cx: &mut Cx<'_>, passage: &Passage, line: Option<String>) {
    let contrary = |material: &Material, id| material.contrary_marks.iter().any(|mark| mark.coding == id);
    let Some(coding) = marked(cx, passage, contrary) else { return };
    if cx.can_edit() {
        let (source, of, typed) = (passage.source, passage.clone(), line.clone());
        let edit = Edit::new("Contrary", move |tx| tx.set_contrary(source, coding, line.as_deref()), |_, ()| ());
        let edit = edit.or(move |state, _| match (typed, state.view) {
            (Some(line), View::Search) => state.search.give_back(&of, &line),
            (Some(line), _) => state.matrix.give_back(&of, &line),
            (None, _) => {}
        });
        cx.actions.push(Action::Edit(edit));
    }
}

/// Removes a coding.
pub fn remove(cx: &mut Cx<'_>, passage: &Passage, coding: CodingId) {
    if cx.can_edit() {
        let source = passage.source;
        cx.edit("Remove coding", move |tx| tx.uncode(source, coding));
    }
}

/// What is written at the contrary mark of a passage, if it has one.
#[must_use]
pub fn contrary_line(material: &Material, passage: &Passage) -> Option<String> {
    let marked = passage.marked_with(material);
    let mark = material.contrary_marks.iter().find(|mark| marked.contains(&mark.coding))?;
    Some(mark.contrary_to.clone())
}

/// Whether a passage is chosen for the report.
#[must_use]
pub fn is_quoted(material: &Material, passage: &Passage) -> bool {
    let marked = passage.marked_with(material);
    material.quote_marks.iter().any(|mark| mark.coding.is_some_and(|coding| marked.contains(&coding)))
}
