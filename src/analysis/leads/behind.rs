use std::sync::Arc;

use super::Leads;
use super::list::{List, Over, stretches};
use super::together::{Two, followed, together};
use crate::analysis::layer::Layer;
use crate::analysis::lines::{Lines, Scope};
use crate::analysis::matrix::{Arranged, Filter, Passages, SpecError, passages};
use crate::analysis::words::{self, Said};
use crate::study::{Codebook, Coded, CoderId, Coding, Material, SourceId, Study, ThemeId};
use crate::text::{NoSuchBlob, Span, Texts};

/// Why the passages behind a figure cannot be listed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotBehind {
    /// The axes of a matrix do not fit the study any more.
    #[error(transparent)]
    Axes(#[from] SpecError),
    /// A text cannot be had.
    #[error(transparent)]
    Text(#[from] NoSuchBlob),
}

/// The passages behind a figure: of a cell arranged as the matrix has them, else under headings of their sources, in the order of the
/// study; of two themes that one case was heard on, under headings of the cases.
///
/// Where the figure counts passages, or places at which passages meet or follow one another, or words, there are as many of them as
/// it says. Of themes that are together in paragraphs, these paragraphs are listed, each whole; in sources or cases, what is
/// spoken of under either in each of them. Of themes that follow one another, each place goes from the beginning of the one to the end of
/// the first that follows. Of a theme on which coders differ, what each of them coded with it: where they differ is found by
/// [`agreement`](crate::analysis::agreement). What leads to a theme or source that is there no longer has nothing behind it.
///
/// Looks at the whole study, and at every text where words are asked for: to be run on a thread of its own. `go_on` is asked before each
/// source, with how many are done and how many there are; once it says no, there is no answer.
///
/// # Errors
/// [`NotBehind`] where a matrix has no such axes any more, or a text is missing.
pub fn behind(
    study: &Study,
    texts: &dyn Texts,
    leads: &Leads,
    mut go_on: impl FnMut(usize, usize) -> bool,
) -> Result<Option<Passages>, NotBehind> {
    let book = study.codebook();
    let go_on: GoOn<'_> = &mut go_on;
    let found = match leads {
        Leads::Cell(at) => Some(passages(study, at, Arranged::default())?),
        Leads::Theme { theme, filter } => of_theme(study, filter, within(book, *theme), go_on),
        Leads::ThemeIn { theme, source, filter } => Some(in_source(study, filter, *source, within(book, *theme))),
        Leads::Source { source, filter } => Some(in_source(study, filter, *source, |_| true)),
        Leads::Pair { one, other, basis, filter } => together(study, filter, &Two::new(book, *one, *other), *basis, go_on),
        Leads::Follows { one, other, within, filter } => followed(study, filter, &Two::new(book, *one, *other), *within, go_on),
        Leads::Passage { source, span, theme, filter } => Some(passage(study, filter, (*source, *span), |coding| coding.theme == *theme)),
        Leads::Stretch { source, span } => Some(of_one(study, *source, |_| vec![(*span, Vec::new())])),
        Leads::Word { word, said, filter } => said_where(study, texts, filter, (word, *said), go_on)?,
        Leads::Differences(theme) => by_coders(study, within(book, *theme), go_on),
        Leads::Difference { theme, scope, source, span, coders } => {
            Some(difference(study, (*source, *span), coders, of_scope(book, *theme, *scope)))
        }
    };
    Ok(found)
}

/// Asked before each source with how many are done and how many there are.
pub(super) type GoOn<'g> = &'g mut dyn FnMut(usize, usize) -> bool;

/// Whether a coding is of a theme or of those below it.
fn within(book: &Codebook, theme: ThemeId) -> impl Fn(&Coding) -> bool {
    of_scope(book, theme, Scope::WithBelow)
}

/// Whether a coding is of a theme, or of those below it where these count too.
fn of_scope(book: &Codebook, theme: ThemeId, scope: Scope) -> impl Fn(&Coding) -> bool {
    let lines = Lines::new(book, vec![theme], scope);
    move |coding| !lines.of(coding.theme).is_empty()
}

fn of_theme(study: &Study, filter: &Filter, is_of: impl Fn(&Coding) -> bool, go_on: GoOn<'_>) -> Option<Passages> {
    let layer = Layer::new(study, filter);
    let mut list = List::default();
    for (done, source) in layer.sources().enumerate() {
        if !go_on(done, study.materials().len()) {
            return None;
        }
        if source.material.codings.iter().any(|coded| is_of(&coded.coding)) {
            let codings = layer.codings(&source).0;
            list.source(source.material, stretches(codings.iter().map(|counted| &counted.coded.coding).filter(|coding| is_of(coding))));
        }
    }
    Some(list.passages())
}

fn in_source(study: &Study, filter: &Filter, source: SourceId, is_of: impl Fn(&Coding) -> bool) -> Passages {
    let layer = Layer::new(study, filter);
    let mut list = List::default();
    if let Some(source) = layer.sources().find(|other| other.material.source.id == source) {
        let codings = layer.codings(&source).0;
        list.source(source.material, stretches(codings.iter().map(|counted| &counted.coded.coding).filter(|coding| is_of(coding))));
    }
    list.passages()
}

/// The words of one passage with those of its codings that count.
fn passage(study: &Study, filter: &Filter, (source, span): (SourceId, Span), is_of: impl Fn(&Coding) -> bool) -> Passages {
    let layer = Layer::new(study, filter);
    let mut list = List::default();
    if let Some(source) = layer.sources().find(|other| other.material.source.id == source) {
        let over = Over::new(source.material, &layer.codings(&source).0, is_of);
        list.source(source.material, [(span, over.on(span).collect())]);
    }
    list.passages()
}

/// What is found in one source whatever counts.
fn of_one(study: &Study, source: SourceId, find: impl Fn(&Material) -> Vec<super::list::Place>) -> Passages {
    let mut list = List::default();
    if let Some(material) = study.material(source) {
        list.source(material, find(material));
    }
    list.passages()
}

fn difference(study: &Study, (source, span): (SourceId, Span), coders: &[CoderId], is_of: impl Fn(&Coding) -> bool) -> Passages {
    let is_theirs = |coding: &&Coding| coders.contains(&coding.coder) && is_of(coding);
    of_one(study, source, |material| {
        let codings = material.codings_over(span).map(|coded| &coded.coding);
        vec![(span, codings.filter(is_theirs).map(|coding| coding.id).collect())]
    })
}

/// What coders made of a theme, before anything was agreed on.
fn by_coders(study: &Study, is_of: impl Fn(&Coding) -> bool, go_on: GoOn<'_>) -> Option<Passages> {
    let mut list = List::default();
    for (done, material) in study.materials().iter().enumerate() {
        if !go_on(done, study.materials().len()) {
            return None;
        }
        let is_own = |coding: &&Coding| coding.coder != CoderId::agreed() && is_of(coding);
        list.source(material, stretches(codings(material).filter(is_own)));
    }
    Some(list.passages())
}

fn codings(material: &Arc<Material>) -> impl Iterator<Item = &Coding> {
    material.codings.iter().map(|coded: &Coded| &coded.coding)
}

/// Where a word is said; each place is the word alone.
fn said_where(
    study: &Study,
    texts: &dyn Texts,
    filter: &Filter,
    word: (&str, Said),
    go_on: GoOn<'_>,
) -> Result<Option<Passages>, NoSuchBlob> {
    let Some(places) = words::places(study, texts, filter, word, go_on)? else { return Ok(None) };
    let mut list = List::default();
    for of_source in places.chunk_by(|one, other| one.0 == other.0) {
        let material = of_source.first().and_then(|(source, _)| study.material(*source));
        if let Some(material) = material {
            list.source(material, of_source.iter().map(|(_, span)| (*span, Vec::new())));
        }
    }
    Ok(Some(list.passages()))
}
