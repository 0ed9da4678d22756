//! From an edit to what it touched.

use super::entries::not_read;
use crate::app::context::Action;
use crate::app::state::{Place, View};
use crate::app::views::matrix::MatrixPlace;
use crate::app::views::notes::place_of_memo;
use crate::study::{Deed, Entity, Kind, LoggedChange, SourceId, Study};
use crate::text::Span;

/// Goes to what an edit touched: its words, its theme, its case, its source.
pub(super) fn open(seq: u64) -> Action {
    Action::ask(
        move |project| {
            let changes = project.changes(seq).map_err(|error| not_read(&error))?;
            Ok(place(&project.seen(), &changes))
        },
        |state, place| match place {
            Some(place) => state.wanted.push(Action::Go(place)),
            None => state.say("What this edit touched is no longer there."),
        },
    )
}

/// Where what was changed can be seen now: of several things the one the act was about.
fn place(study: &Study, changes: &[LoggedChange]) -> Option<Place> {
    let codings = changes.iter().filter(|change| change.kind == Kind::Coding).count();
    let rank = |change: &&LoggedChange| match change.kind {
        Kind::Source | Kind::Revision if matches!(change.deed, Deed::Make(_)) => 0,
        Kind::Coding if codings == 1 => 1,
        Kind::Theme => 2,
        Kind::Case => 3,
        Kind::Coding | Kind::CaseSpan => 4,
        Kind::QuoteMark | Kind::ContraryMark | Kind::Memo => 5,
        Kind::Speaker => 6,
        _ => 7,
    };
    let mut found: Vec<_> = changes.iter().collect();
    found.sort_by_key(rank);
    found.into_iter().find_map(|change| place_of(study, change))
}

/// Where something that was changed can be seen now.
pub(in crate::app) fn place_of(study: &Study, change: &LoggedChange) -> Option<Place> {
    let source = change.owner.filter(|source| study.material(*source).is_some()).map(Place::Source);
    let now = study.entity(change.entity(), change.owner);
    match (change.kind, now) {
        (_, Some(Entity::Theme(theme))) => Some(Place::Definition(theme.id)),
        (_, Some(Entity::Example(example))) => Some(Place::Definition(example.theme)),
        (_, Some(Entity::Case(case))) => Some(Place::Case(case.id)),
        (_, Some(Entity::Coding(coding))) => passage(study, coding.source, coding.revision == read(study, coding.source)?, coding.span),
        (_, Some(Entity::QuoteMark(mark))) => passage(study, mark.source, mark.revision == read(study, mark.source)?, mark.span),
        (_, Some(Entity::CaseSpan(given))) => passage(study, given.source, given.revision == read(study, given.source)?, given.span),
        (_, Some(Entity::ContraryMark(mark))) => Some(of_coding(study, mark.source, mark.coding)),
        (_, Some(Entity::Memo(memo))) => place_of_memo(study, &memo.on),
        (_, Some(Entity::Summary(summary))) => Some(MatrixPlace::of(&summary.cell)),
        (_, Some(Entity::Proposition(proposition))) => Some(Place::Proposition(proposition.id)),
        (_, Some(Entity::Evidence(evidence))) => Some(Place::Proposition(evidence.proposition)),
        (_, Some(Entity::Typology(typology))) => Some(Place::Typology(typology.id)),
        (_, Some(Entity::Dimension(dimension))) => Some(Place::Typology(dimension.typology)),
        (_, Some(Entity::Placement(placement))) => {
            study.typologies().dimension(placement.dimension).map(|dimension| Place::Typology(dimension.typology))
        }
        (_, Some(Entity::Saved(saved))) => Some(Place::Saved(saved.kind, saved.id)),
        (Kind::Attribute | Kind::Value, Some(_)) => Some(Place::View(View::Cases)),
        // Of what is gone the words may still be there.
        (Kind::Coding | Kind::QuoteMark | Kind::CaseSpan, None) => gone(study, change).or(source),
        (Kind::Theme | Kind::Case, None) => None,
        _ => source,
    }
}

/// The version of a source that is read.
fn read(study: &Study, source: SourceId) -> Option<crate::study::RevisionId> {
    study.material(source).map(|material| material.source.revision)
}

/// Words of a source, or the source where they are of an older version.
fn passage(study: &Study, source: SourceId, is_read: bool, span: Span) -> Option<Place> {
    study.material(source)?;
    Some(if is_read { Place::Passage(source, span) } else { Place::Source(source) })
}

fn of_coding(study: &Study, source: SourceId, coding: crate::study::CodingId) -> Place {
    let coded = study.coding(source, coding);
    coded.map_or(Place::Source(source), |coded| Place::Passage(source, coded.coding.span))
}

/// The words of something that was removed, if they stand in the version that is read.
fn gone(study: &Study, change: &LoggedChange) -> Option<Place> {
    let (Deed::Make(fields) | Deed::Remove(fields)) = &change.deed else { return None };
    let source = change.owner?;
    let span: Span = serde_json::from_value(fields.get("span")?.clone()).ok()?;
    let revision: crate::study::RevisionId = serde_json::from_value(fields.get("revision")?.clone()).ok()?;
    (read(study, source)? == revision).then_some(Place::Passage(source, span))
}
