//! Ways through the texts: from passage to passage, to what is not coded, from source to source. Far ways leave a place to
//! come back to.

use std::sync::Arc;

use super::drawn::Drawn;
use super::page::Page;
use super::reader::Reveal;
use super::view::ReadView;
use crate::app::context::{Action, Cx};
use crate::app::state::Place;
use crate::study::{Coded, CoderId, CodingId, Material, SourceId, Study};
use crate::text::{Span, Voice};

/// Goes to the next (or previous) passage of the focused theme, through all sources; without one, of the theme of the
/// shortest coding at the caret, which then has the focus.
pub fn passage_of_theme(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, forward: bool) {
    if view.theme.is_none() {
        let here = drawn.at(view.selection.span().start).first().map(|stripe| (stripe.coding, stripe.theme));
        (view.focus, view.theme) = here.unzip();
    }
    let Some(theme) = view.theme else {
        cx.say("Choose a theme first: in the list of themes, or on a stripe.");
        return;
    };
    let (study, filter) = (cx.study, view.filter);
    let of_theme = |material: &Material| -> Vec<(Span, CodingId)> {
        let book = study.codebook();
        let shown = |coded: &&Coded| book.is_within(coded.coding.theme, theme) && filter.lets_through(study, material, coded);
        material.codings.iter().filter(shown).map(|coded| (coded.coding.span, coded.coding.id)).collect()
    };
    // Those of the open text; else the nearest of the sources that follow, or stand before.
    let (here, own) = (view.selection.span(), of_theme(page.material));
    let focused = own.iter().position(|(_, coding)| Some(*coding) == view.focus);
    let in_text = match (focused, forward) {
        (Some(at), true) => own.get(at + 1),
        (Some(at), false) => at.checked_sub(1).and_then(|at| own.get(at)),
        (None, true) => own.iter().find(|(span, _)| span.start >= here.start),
        (None, false) => own.iter().rev().find(|(span, _)| *span < here),
    };
    if let Some((span, coding)) = in_text.copied() {
        view.jump(cx, span, Reveal::Near);
        view.next_focus = Some((page.material.source.id, coding));
        return;
    }
    let open = study.place(page.material.source.id).unwrap_or(0);
    let in_source = |material: &Arc<Material>| {
        let own = of_theme(material);
        let (span, coding) = if forward { own.first() } else { own.last() }.copied()?;
        Some((material.source.id, span, coding))
    };
    let found = if forward {
        study.materials().iter().skip(open + 1).find_map(in_source)
    } else {
        study.materials().iter().take(open).rev().find_map(in_source)
    };
    match found {
        Some((source, span, coding)) => {
            cx.go(Place::Passage(source, span));
            view.next_focus = Some((source, coding));
        }
        None => cx.say(if forward { "That was the last passage of this theme." } else { "That was the first passage of this theme." }),
    }
}

/// The next turn of a participant under none of my codings: in this text, else in the sources that follow in the list.
pub fn next_uncoded(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>) {
    let Some(me) = cx.project.map(|project| project.me.coder) else { return };
    let from = page.geometry().paragraph_at(view.selection.span().start).map_or(0, |here| here + 1);
    if let Some(turn) = uncoded_turn(page.material, me, from) {
        return view.jump(cx, Span::new(turn.start, turn.start), Reveal::Third);
    }
    let open = page.material.source.id;
    let order = view.sources.in_order(cx.study);
    let following = order.iter().position(|source| *source == open).map_or(0, |at| at + 1);
    let study = Arc::clone(cx.study);
    // Beside the window, for there can be thousands of sources that are coded to the end.
    cx.job(
        "next uncoded",
        "",
        move |_| Ok(first_uncoded(&study, order.get(following..).unwrap_or_default(), me)),
        |state, found| match found {
            Some((source, turn)) => {
                // The turn is to be seen, wherever the text was left.
                state.read.forget_where(source);
                state.wanted.push(Action::Go(Place::Passage(source, Span::new(turn.start, turn.start))));
            }
            None => state.say("From here on every participant’s turn has a coding of yours."),
        },
    );
}

fn first_uncoded(study: &Study, sources: &[SourceId], me: CoderId) -> Option<(SourceId, Span)> {
    sources.iter().find_map(|source| Some((*source, uncoded_turn(study.material(*source)?, me, 0)?)))
}

/// The first turn of a participant from paragraph `from` on that has no coding of this coder's.
fn uncoded_turn(material: &Material, me: CoderId, from: usize) -> Option<Span> {
    let geometry = &material.geometry;
    let mine = |span: Span| material.codings_over(span).any(|coded| coded.coding.coder == me);
    let mut turns = geometry.paragraphs().iter().skip(from);
    let turn = turns.find(|paragraph| {
        let (voice, _) = material.speaker_of(paragraph);
        voice == Voice::Participant && geometry.words_in(paragraph.span) > 0 && !mine(paragraph.span)
    });
    turn.map(|turn| turn.span)
}

/// Opens the next source of the list, or the one before.
pub fn next_source(view: &mut ReadView, cx: &mut Cx<'_>, forward: bool) {
    let order = view.sources.in_order(cx.study);
    let here = order.iter().position(|source| Some(*source) == view.source);
    let next = match (here, forward) {
        (Some(here), true) => order.get(here + 1),
        (Some(here), false) => here.checked_sub(1).and_then(|before| order.get(before)),
        // The open one is filtered out of the list.
        (None, true) => order.first(),
        (None, false) => order.last(),
    };
    match next {
        Some(source) => {
            view.sources.wanted = Some(*source);
            cx.go(Place::Source(*source));
        }
        None => cx.say(if forward { "This is the last source of the list." } else { "This is the first source of the list." }),
    }
}
