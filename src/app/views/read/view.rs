use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use eframe::egui::{Id, Panel, Rect, Ui, UiBuilder};

use super::carried::Carried;
use super::draft::{self, Draft};
use super::drawn::Drawn;
use super::editing::{self, Editing};
use super::ends::{self, DraggedEnd};
use super::figures::Figures;
use super::filter::Filter;
use super::find::{self, Find};
use super::offer::{self, Offer};
use super::page::Page;
use super::panes::{Panes, pane};
use super::picker::{self, Picker};
use super::place::Kept;
use super::reader::{Held, Marks, READER, Reader, Reveal, Told};
use super::reconcile::Reconciling;
use super::selection::{Selection, nearest};
use super::stripes::StripeDeed;
use super::{acts, correct, correcting, filters, header, inspector, keys, menu, source_acts, sources};
use crate::app::ReadingOrder;
use crate::app::command::{Command, Scope, pressed};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::{Place, View};
use crate::app::widgets::{empty, words};
use crate::study::{CodingId, Material, SourceId, ThemeId};
use crate::text::{ParagraphKind, Span};

/// Where one was in a source.
#[derive(Clone, Copy)]
struct Left {
    line: Option<Held>,
    selection: Selection,
}

/// What Read remembers.
#[derive(Default)]
pub struct ReadView {
    /// The source that is open.
    pub source: Option<SourceId>,
    /// What is selected in it.
    pub(super) selection: Selection,
    /// The coding in focus.
    pub(super) focus: Option<CodingId>,
    /// The theme in focus.
    pub(super) theme: Option<ThemeId>,
    /// Which codings are shown.
    pub(super) filter: Filter,
    /// The part of the menu of filters that is unfolded.
    pub(super) filter_branch: Option<filters::Branch>,
    pub(super) reader: Reader,
    pub(super) reconciling: Reconciling,
    pub(super) sources: sources::SourcesPane,
    pub(super) inspector: inspector::Inspector,
    pub(super) picker: Option<Picker>,
    pub(super) draft: Option<Draft>,
    /// What could not be kept and waits to be shown again.
    pub(super) given_back: Vec<Draft>,
    pub(super) find: Option<Find>,
    /// What was looked for last in a text.
    pub(super) looked_for: String,
    pub(super) figures: Figures,
    /// The stripe under the pointer.
    hovered: Option<CodingId>,
    /// The end of a coding that is being dragged.
    pub(super) dragged: Option<DraggedEnd>,
    /// What is offered on another coder's coding.
    pub(super) offer: Option<Offer>,
    /// The source of which what is known is being put right.
    pub(super) editing: Option<Editing>,
    /// The question whose words these are.
    pub(super) correcting: Option<correcting::Asking>,
    /// The place that is kept for the next start.
    kept: Kept,
    /// The coding that gets the focus when its source is there.
    pub(super) next_focus: Option<(SourceId, CodingId)>,
    drawn: Option<Drawn>,
    left: HashMap<SourceId, Left>,
    /// Whether the source was opened for the first time, so that one begins where somebody speaks.
    at_start: bool,
    /// Commands from outside of the text.
    waiting: Vec<Command>,
    /// The panes beside the text, as it left room for them.
    pub(super) panes: Panes,
    /// Whether the text wants the keys.
    pub(super) take_focus: bool,
}

impl ReadView {
    /// Where one is: at the selected words, or at the caret.
    #[must_use]
    pub fn place(&self) -> Place {
        self.source.map_or(Place::View(View::Read), |source| Place::Passage(source, self.selection.span()))
    }

    /// Whether words of a source are on screen.
    #[must_use]
    pub fn shows(&self, source: SourceId, words: Span) -> bool {
        self.source == Some(source) && self.reader.shows(words)
    }

    /// Where one is in a source, to be kept when Read is left.
    #[must_use]
    pub const fn leave(&self) -> Option<(SourceId, usize)> {
        self.kept.now()
    }

    /// Puts what was being written in another view of the same study into this one.
    pub fn take_drafts(&mut self, mut other: Self) {
        self.given_back.append(&mut other.given_back);
        self.given_back.extend(other.draft.take());
        self.editing = other.editing;
    }

    /// Takes a command that came from outside of the text.
    pub fn command(&mut self, command: Command) {
        self.waiting.push(command);
    }

    /// Says why commands from outside of the text are not done, if there are any.
    fn say_if_waiting(&mut self, cx: &mut Cx<'_>, why: &str) {
        if !std::mem::take(&mut self.waiting).is_empty() {
            cx.say(why);
        }
    }

    /// Moves the focus to the text.
    pub fn focus_text(&mut self) {
        self.take_focus = true;
    }

    /// Goes somewhere in a text.
    pub fn go(&mut self, place: &Place) {
        match place {
            Place::Source(source) => self.open(*source),
            Place::Passage(source, span) => {
                self.open(*source);
                // At a caret one comes back to, the text stands as it was left.
                if !(span.is_empty() && self.selection.span() == *span) {
                    (self.focus, self.at_start) = (None, false);
                    self.select(*span, Reveal::Third);
                }
            }
            _ => {}
        }
        self.take_focus = true;
    }

    /// Forgets where one was in a source, so that it is opened where one goes.
    pub(super) fn forget_where(&mut self, source: SourceId) {
        self.left.remove(&source);
    }

    /// Selects words and brings them on screen.
    pub(super) fn select(&mut self, span: Span, reveal: Reveal) {
        self.selection = Selection::of(span);
        self.reader.reveal(span, reveal);
    }

    /// Selects words of the open source that are further away. Where one was is kept to come back to.
    pub(super) fn jump(&mut self, cx: &mut Cx<'_>, span: Span, reveal: Reveal) {
        cx.leave(self.place());
        self.focus = None;
        self.select(span, reveal);
    }

    /// Unfolds page furniture, if words in it were chosen.
    pub(super) fn unfold(&mut self, page: Page<'_>, span: Span) {
        let chosen = page.geometry().paragraphs().get(page.geometry().paragraphs_in(span)).unwrap_or_default();
        let inside = !span.is_empty() && !chosen.is_empty() && chosen.iter().all(|paragraph| paragraph.kind == ParagraphKind::Furniture);
        self.reader.open_furniture |= inside;
    }

    fn open(&mut self, source: SourceId) {
        if self.source == Some(source) {
            return;
        }
        let line = self.reader.leave();
        if let Some(before) = self.source {
            self.left.insert(before, Left { line, selection: self.selection });
        }
        self.source = Some(source);
        self.focus = None;
        self.dragged = None;
        find::shut(self);
        self.offer = None;
        let left = self.left.get(&source).copied();
        // The words that were selected are another source's.
        self.selection = left.map_or_else(Selection::default, |left| left.selection);
        self.at_start = left.is_none();
        if let Some(line) = left.and_then(|left| left.line) {
            self.reader.hold(line);
        }
    }

    /// Lets go of what is not there any more: undo, filters and other coders take things away.
    fn forget_what_is_gone(&mut self, cx: &Cx<'_>) {
        let study = cx.study;
        self.source = self.source.filter(|source| study.material(*source).is_some());
        if let Some((_, coding)) = self.next_focus.take_if(|next| self.source == Some(next.0)) {
            self.focus = Some(coding);
        }
        self.focus = self.focus.filter(|coding| self.source.and_then(|source| study.coding(source, *coding)).is_some());
        self.theme = self.theme.filter(|theme| study.codebook().get(*theme).is_some());
        self.filter.theme = self.filter.theme.filter(|theme| study.codebook().get(*theme).is_some());
        self.filter.stated = self.filter.stated.filter(|stated| {
            let value = |value| study.attributes().value(value).is_some();
            study.attributes().get(stated.attribute).is_some() && stated.value.is_none_or(value)
        });
    }
}

/// Shows the view.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    view.forget_what_is_gone(cx);
    if cx.study.materials().is_empty() {
        let what = "Interviews, focus groups and reports stand here. Drop files on the window, or choose them.";
        if empty(ui, tokens, icons::BOOK_OPEN, "No sources yet", what, Some("Import files…")) {
            cx.run(Command::Import);
        }
        view.say_if_waiting(cx, "There is no text here yet: import files first.");
        return;
    }
    if view.source.is_none() {
        open_first(view, cx);
    }
    view.figures.refresh(cx.study, view.source);

    let widths = view.panes.widths(ui, cx);
    if view.panes.sources.is_shown {
        let shown = widths.sources.panel(Panel::left("sources"), tokens).show(ui, |ui| pane(ui, |ui| sources::show(ui, view, cx)));
        ReadingOrder::pane(ui.ctx(), shown.response.rect);
        widths.sources.keep(ui, cx, shown.response.rect.width(), |settings, width| settings.sources_width = Some(width));
    }
    // Those that are not about the words need no text. The list that they go through may not be shown.
    view.sources.refresh(cx);
    for command in std::mem::take(&mut view.waiting) {
        if !source_acts::run(ui, view, cx, command) {
            view.waiting.push(command);
        }
    }
    let mut inspector = None;
    if view.panes.inspector.is_shown {
        let shown = widths.inspector.panel(Panel::right("inspector"), tokens).show(ui, |ui| pane(ui, |ui| inspector::show(ui, view, cx)));
        widths.inspector.keep(ui, cx, shown.response.rect.width(), |settings, width| settings.inspector_width = Some(width));
        inspector = Some(shown.response.rect);
    }
    let rect = ui.available_rect_before_wrap();
    ReadingOrder::pane(ui.ctx(), rect);
    if let Some(inspector) = inspector {
        ReadingOrder::pane(ui.ctx(), inspector);
    }
    ui.painter().rect_filled(rect, 0.0, tokens.colour.surface_paper);
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("text pane"), |ui| {
        ui.set_clip_rect(rect);
        ui.spacing_mut().item_spacing = eframe::egui::Vec2::ZERO;
        let at = show_text(ui, view, cx).unwrap_or(rect);
        draft::show(ui, view, cx, at);
        editing::show(ui, view, cx);
    });
}

/// Opens the source that was open last; at the first start the first one with codings, where there is something to see.
fn open_first(view: &mut ReadView, cx: &Cx<'_>) {
    let materials = cx.study.materials();
    let last =
        cx.settings.places.get(&cx.study.project().id).and_then(|(source, paragraph)| Some((cx.study.material(*source)?, *paragraph)));
    let Some(material) =
        last.map(|(material, _)| material).or_else(|| materials.iter().find(|material| !material.codings.is_empty())).or(materials.first())
    else {
        return;
    };
    view.open(material.source.id);
    if let Some(paragraph) = last.and_then(|(material, paragraph)| material.geometry.paragraphs().get(paragraph)) {
        view.selection = Selection::caret(paragraph.span.start);
        view.reader.reveal_caret(paragraph.span.start, Reveal::Third);
        view.at_start = false;
    }
    view.take_focus = true;
}

/// Shows the text that is open; returns where in it one is, for what stands beside that.
fn show_text(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) -> Option<Rect> {
    let material = view.source.and_then(|source| cx.study.material(source)).cloned()?;
    header::show(ui, view, cx, &material);
    let revision = material.revision()?;
    if material.geometry.paragraphs().is_empty() {
        let what = "This source has no words that could be read or coded.";
        if empty(ui, cx.tokens, icons::FILE_TEXT, "No words", what, Some("Replace the text by a corrected file…")) {
            correct::ask(cx, &material.source);
        }
        keys_without_words(ui, view, cx);
        return None;
    }
    let Some(loaded) = cx.texts.get(revision.text) else {
        let what = cx.texts.problem(revision.text).unwrap_or_else(|| "Loading…".into());
        words(ui, cx.tokens, crate::app::tokens::Type::Body, cx.tokens.colour.ink_tertiary, what);
        view.say_if_waiting(cx, "The text is not here yet.");
        return None;
    };
    let page = Page { material: &material, text: &loaded.text };
    let drawn = Drawn::renewed(view.drawn.take(), cx.study, &material, page.text, view.filter);
    // Keys never act on what is not seen.
    view.focus = view.focus.filter(|coding| drawn.stripe(*coding).is_some());
    filters::lines(ui, view, cx, &material, &drawn);
    find::show(ui, view, cx, page);
    if std::mem::take(&mut view.at_start) && view.selection.is_empty() {
        let spoken = page.geometry().paragraphs().iter().find(|paragraph| paragraph.kind != ParagraphKind::Furniture);
        let start = spoken.map_or(0, |paragraph| paragraph.span.start);
        view.selection = Selection::caret(start);
        view.reader.reveal_caret(0, Reveal::Top);
    }
    view.unfold(page, view.selection.span());
    let head = nearest(page.geometry(), view.selection.head);
    let anchor = nearest(page.geometry(), view.selection.anchor);
    view.selection = Selection { anchor, head };
    read_keys(ui, view, cx, page, &drawn);
    let landing = landing(ui, view, page);
    let told = show_reader(ui, view, cx, page, &drawn, landing.map(|(_, words)| words));
    take_in(view, cx, page, &drawn, &told);
    if let Some((theme, words)) = landing.filter(|_| told.response.dnd_release_payload::<Carried>().is_some()) {
        acts::apply(view, cx, material.source.id, words, theme);
        view.take_focus = true;
    }
    ends::follow(ui, view, cx, page, &drawn);
    for response in std::iter::once(&told.response).chain(&told.stripes.menu) {
        response.context_menu(|ui| menu::show(ui, view, cx));
    }
    if std::mem::take(&mut view.take_focus)
        && view.picker.is_none()
        && view.draft.is_none()
        && view.given_back.is_empty()
        && view.offer.is_none()
        && view.correcting.is_none()
        && view.editing.is_none()
    {
        told.response.request_focus();
    }
    let at = told.anchor.unwrap_or(told.response.rect);
    picker::show(ui, view, cx, page, at);
    offer::show(ui, view, cx, at);
    correcting::show(ui, view, cx, page);
    status(view, cx, &material, page);
    let paragraph = page.geometry().paragraph_at(view.selection.head).unwrap_or(0);
    view.kept.keep(ui, cx, (material.source.id, paragraph));
    view.drawn = Some(drawn);
    Some(at)
}

/// Takes the keys where there are no words that could have the focus, so that one can go on from there.
fn keys_without_words(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    if ui.memory(eframe::egui::Memory::focused).is_none() {
        for command in pressed(ui, Scope::Text, cx.settings.single_letters) {
            source_acts::run(ui, view, cx, command);
        }
    }
    view.say_if_waiting(cx, "There are no words here.");
}

fn read_keys(ui: &Ui, view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn) {
    let mut commands = std::mem::take(&mut view.waiting);
    let has_focus = ui.memory(|memory| memory.has_focus(Id::unique(READER)));
    if has_focus {
        commands.extend(pressed(ui, Scope::Text, cx.settings.single_letters));
    }
    for command in commands {
        keys::run(ui, view, cx, page, drawn, command);
    }
}

/// Where a theme that is carried over the text would land: on the selected words, else on the sentence under the pointer.
fn landing(ui: &Ui, view: &ReadView, page: Page<'_>) -> Option<(ThemeId, Span)> {
    let theme = Carried::theme(ui)?;
    let offset = view.reader.byte_under(page.text, ui.input(|input| input.pointer.latest_pos())?)?;
    let selected = view.selection.span();
    let words = if selected.contains(offset) { selected } else { Selection::sentence(page.text, page.geometry(), offset)?.span() };
    let words = words.trimmed(page.text);
    (!words.is_empty()).then_some((theme, words))
}

/// `landing` is shown as if it were selected.
fn show_reader(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, page: Page<'_>, drawn: &Drawn, landing: Option<Span>) -> Told {
    let passage = |coding: CodingId| drawn.stripe(coding).map(|stripe| (stripe.theme, stripe.span));
    let lit = view.hovered.or(view.focus).and_then(passage);
    let found: &[Span] = view.find.as_ref().map_or(&[], |find| &find.spans);
    let marks = Marks {
        drawn,
        focus: view.focus,
        lit,
        dragged: view.dragged.map(|dragged| dragged.span).or(landing),
        found,
        current: view.find.as_ref().and_then(|find| find.current),
        me: cx.project.map(|project| project.me.coder),
    };
    view.reader.show(ui, cx.tokens, cx.study, page, &marks, view.selection)
}

fn take_in(view: &mut ReadView, cx: &mut Cx<'_>, page: Page<'_>, drawn: &Drawn, told: &Told) {
    view.hovered = told.stripes.hovered;
    if told.pointed {
        view.selection = told.selection;
        view.picker = None;
        view.offer = None;
    }
    if told.clicked || told.pointed {
        let here = if told.selection.is_empty() { drawn.at(told.selection.head) } else { Vec::new() };
        let inside = here.into_iter().find(|stripe| stripe.span.contains(told.selection.head));
        view.focus = inside.map(|stripe| stripe.coding);
        if let Some(stripe) = inside {
            view.theme = Some(stripe.theme);
        }
    }
    if let Some(start) = told.folded {
        view.reader.open_furniture = !view.reader.open_furniture;
        view.selection = Selection::caret(start);
        view.take_focus = true;
    }
    match &told.stripes.deed {
        Some(StripeDeed::Chosen(coding)) => {
            keys::focus_on(view, cx, page, drawn, *coding);
            view.take_focus = true;
        }
        Some(StripeDeed::Opened(theme)) => cx.go(Place::Theme(*theme)),
        Some(StripeDeed::Grabbed(coding, end)) => ends::grab(view, drawn, *coding, *end),
        Some(StripeDeed::Took(theme, carried)) => acts::take(view, cx, *carried, *theme),
        None => {}
    }
}

fn status(view: &ReadView, cx: &mut Cx<'_>, material: &Arc<Material>, page: Page<'_>) {
    let geometry = page.geometry();
    let paragraph = geometry.paragraph_at(view.selection.head).map_or(1, |index| index + 1);
    cx.status.say(format!("Paragraph {paragraph} of {}", geometry.paragraphs().len()));
    if let Some(figures) = view.figures.source(material.source.id) {
        cx.status.say(format!("{:.0}% of participants’ words coded", figures.share() * 100.0));
    }
    let selected = geometry.words_in(view.selection.span());
    if selected > 0 {
        cx.status.say(format!("{selected} {} selected", if selected == 1 { "word" } else { "words" }));
    }
    for command in TAUGHT {
        cx.status.hint_command(command);
    }
}

/// The commands that the status bar teaches, most useful first.
const TAUGHT: [Command; 7] =
    [Command::Sentence, Command::Theme, Command::Recode, Command::Quote, Command::Contrary, Command::Memo, Command::NextUncoded];

/// The rows of trees and lists that are folded.
pub(super) type Folded<T> = HashSet<T>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_stays_in_its_source() {
        let mut view = ReadView::default();
        let (one, other) = (SourceId::new(), SourceId::new());
        view.open(one);
        view.select(Span::new(4, 9), Reveal::Near);
        view.open(other);
        assert!(view.selection.is_empty());
        view.open(one);
        assert_eq!(view.selection.span(), Span::new(4, 9));
    }
}
