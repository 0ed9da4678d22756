//! Passages of one theme that overlap, lie within, contain or stand near those of another: what is asked, how the answer
//! is spread, and the passages themselves, each of which can be acted on.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use eframe::egui::{self, Align, Id, Popup, PopupCloseBehavior, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::facets::{self, Facet, FacetsView, Value};
use super::question::{MOST_APART, Question, Relating, Stand, Wanted};
use super::view::SearchView;
use crate::analysis::matrix::{Heading, Passage, Passages};
use crate::analysis::relations::{Asked, Related, related};
use crate::app::Seen;
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::app::frame::dialogs::Listed;
use crate::app::icons;
use crate::app::numbers::counted;
use crate::app::tokens::Type;
use crate::app::views::matrix::{ListLook, ListState, Naming, show_passages};
use crate::app::views::theme_choice::{Choice, ThemeChoice};
use crate::app::widgets::{Button, empty, fit_width, hairline_below, icon_button, pick_within, segmented, words};
use crate::exchange::export::passages_table;
use crate::query::Field;
use crate::study::{CodingId, NOT_STATED, Role, SourceId, Study, ThemeId, ValueId};

/// What the passages remember.
pub(super) struct RelatingView {
    /// What is asked.
    pub asked: Relating,
    got: Option<Got>,
    /// What was asked last, and of which study.
    sent: Option<(Asked, Seen)>,
    list: ListState,
    choice: ThemeChoice,
    /// The side whose theme is being chosen.
    choosing: Option<Side>,
    /// The side whose list of themes is to open.
    opens: Option<Side>,
    pub facets: FacetsView,
    /// The focus is to come to the first theme of the question.
    pub wants_question: bool,
}

/// An answer.
struct Got {
    asked: Asked,
    related: Related,
    passages: Arc<Passages>,
    sources: usize,
}

/// The two themes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Of,
    To,
}

impl Default for RelatingView {
    fn default() -> Self {
        Self {
            asked: Relating::default(),
            got: None,
            sent: None,
            list: ListState::new(Id::unique("related passages")),
            choice: ThemeChoice::default(),
            choosing: None,
            opens: None,
            facets: FacetsView::default(),
            wants_question: false,
        }
    }
}

impl RelatingView {
    /// Gives back the line of a contrary mark that could not be kept.
    pub fn give_back(&mut self, of: &Passage, line: &str) {
        self.list.give_back(of, line);
    }

    /// Brings the focus to the passages.
    pub fn enter(&mut self) {
        self.list.enter();
    }

    /// Takes a command of the list of passages.
    pub fn command(&mut self, command: Command) {
        self.list.command(command);
    }

    /// Whether the answer is there.
    pub const fn is_answered(&self) -> bool {
        self.got.is_some()
    }

    /// Whether it was answered that nothing is found.
    pub fn finds_nothing(&self) -> bool {
        self.got.as_ref().is_some_and(|got| got.passages.items.is_empty())
    }

    fn take(&mut self, got: Got) {
        if self.sent.as_ref().is_some_and(|(asked, _)| *asked == got.asked) {
            self.got = Some(got);
        }
    }

    const fn side(&mut self, side: Side) -> &mut Option<ThemeId> {
        match side {
            Side::Of => &mut self.asked.of,
            Side::To => &mut self.asked.to,
        }
    }
}

/// How much of the width the button of a theme takes at most.
const THEME: f32 = 0.45;

/// The job that answers.
const SLOT: &str = "related passages";

/// Asks when the question or the study has changed: the list is live.
pub(super) fn keep_up(view: &mut RelatingView, cx: &mut Cx<'_>) {
    for side in [Side::Of, Side::To] {
        // A theme that is gone is not asked for any more.
        view.side(side).take_if(|theme| cx.study.codebook().get(*theme).is_none());
    }
    view.asked.coder.take_if(|coder| !cx.study.shows(*coder));
    let Some(asked) = view.asked.asked() else {
        (view.got, view.sent) = (None, None);
        return;
    };
    if view.sent.as_ref().is_some_and(|(sent, seen)| *sent == asked && seen.is(cx.study)) {
        return;
    }
    view.sent = Some((asked, Seen::of(cx.study)));
    let study = Arc::clone(cx.study);
    cx.job(SLOT, "", move |_| Ok(answer(&study, asked)), |state, got| state.search.relating.take(got));
}

fn answer(study: &Study, asked: Asked) -> Got {
    let related = related(study, &asked);
    let mut items: Vec<Passage> = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    let mut last: Option<SourceId> = None;
    for of_source in related.codings.chunk_by(|one, other| one.source == other.source) {
        let Some(material) = of_source.first().and_then(|heard| study.material(heard.source)) else { continue };
        let source = material.source.id;
        let wanted: HashSet<CodingId> = of_source.iter().map(|heard| heard.coding).collect();
        for coding in material.codings.iter().map(|coded| &coded.coding).filter(|coding| wanted.contains(&coding.id)) {
            let contrary = material.contrary_marks.iter().any(|mark| mark.coding == coding.id);
            if let Some(passage) = items.last_mut().filter(|passage| passage.source == source && coding.span.start < passage.span.end) {
                passage.span = passage.span.hull(coding.span);
                passage.codings.push(coding.id);
                passage.contrary |= contrary;
                continue;
            }
            if last.replace(source) != Some(source) {
                headings.push(Heading { case: None, words: format!("{}  {}", material.source.label, material.source.title), count: 0 });
            }
            let heading = headings.len().saturating_sub(1);
            headings.iter_mut().skip(heading).for_each(|heading| heading.count += 1);
            items.push(Passage { source, span: coding.span, codings: vec![coding.id], contrary, heading });
        }
    }
    let sources = headings.len();
    Got { asked, related, passages: Arc::new(Passages { items, headings, ..Passages::default() }), sources }
}

/// Shows what is asked, where the query would stand.
pub(super) fn show_question(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let before = view.relating.asked.clone();
    let mut after = before.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.two, tokens.space.one);
        let most = (ui.max_rect().width() * THEME).min(tokens.size.picker_width);
        if let Some(theme) = show_theme(ui, &mut view.relating, cx, Side::Of, most) {
            after.of = Some(theme);
        }
        segmented(ui, tokens, "Passages that", &Stand::ALL, &mut after.stand, false);
        if after.stand == Stand::Near {
            show_apart(ui, cx, &mut after.apart);
        }
        if let Some(theme) = show_theme(ui, &mut view.relating, cx, Side::To, most) {
            after.to = Some(theme);
        }
    });
    if after != before {
        view.go_to(Question::Relating(after), cx);
    }
}

/// How many paragraphs apart.
fn show_apart(ui: &mut Ui, cx: &Cx<'_>, apart: &mut u32) {
    let tokens = cx.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.half;
    if icon_button(ui, tokens, icons::MINUS, "One paragraph nearer", *apart > 0).clicked() {
        *apart = apart.saturating_sub(1);
    }
    let says = match *apart {
        0 => "same paragraph".to_owned(),
        1 => "1 paragraph".to_owned(),
        apart => format!("{apart} paragraphs"),
    };
    words(ui, tokens, Type::Body, tokens.colour.ink, says);
    if icon_button(ui, tokens, icons::PLUS, "One paragraph further", *apart < MOST_APART).clicked() {
        *apart = (*apart + 1).min(MOST_APART);
    }
    ui.spacing_mut().item_spacing.x = tokens.space.two;
}

/// The button of one of the themes, with the list one chooses from; returns the theme that was chosen.
fn show_theme(ui: &mut Ui, view: &mut RelatingView, cx: &Cx<'_>, side: Side, most: f32) -> Option<ThemeId> {
    let tokens = cx.tokens;
    let (label, now) = match side {
        Side::Of => ("Passages of", view.asked.of),
        Side::To => ("passages of", view.asked.to),
    };
    let name = now.map_or_else(|| "choose a theme".to_owned(), |theme| cx.study.codebook().path(theme));
    let button = pick_within(ui, tokens, label, &name, most);
    if side == Side::Of && std::mem::take(&mut view.wants_question) {
        button.request_focus();
    }
    let asked_for = view.opens.take_if(|opens| *opens == side).is_some();
    if asked_for {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&button));
    }
    if button.clicked() || asked_for {
        (view.choosing, view.choice) = (Some(side), ThemeChoice::default());
    }
    let popup = Popup::from_toggle_button_response(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let mut chosen = None;
    popup.show(|ui| {
        fit_width(ui, tokens, tokens.size.picker_width);
        if view.choosing != Some(side) {
            return;
        }
        let entered = view.choice.show(ui, tokens, cx.study, false, |_| true);
        let pressed = ui.input(|input| input.pointer.any_released()) && view.choice.chosen.is_some();
        if (entered || pressed)
            && let Some(Choice::Theme(theme)) = view.choice.chosen.take()
        {
            chosen = Some(theme);
            Popup::close_all(ui.ctx());
        }
    });
    chosen
}

/// Shows the answer with how it is spread.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>, left: Rect, rest: Rect) {
    let tokens = cx.tokens;
    let inside =
        |ui: &mut Ui, rect: Rect, name: &str, view: &mut SearchView, cx: &mut Cx<'_>, add: fn(&mut Ui, &mut SearchView, &mut Cx<'_>)| {
            ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
                ui.set_clip_rect(rect.intersect(ui.clip_rect()));
                add(ui, view, cx);
            });
        };
    if view.relating.got.is_none() {
        let whole = left.union(rest);
        return inside(ui, whole, "nothing related", view, cx, show_nothing_asked);
    }
    ui.painter().rect_filled(rest, 0.0, tokens.colour.surface_paper);
    inside(ui, left, "spread", view, cx, show_spread);
    let head = Rect::from_min_size(rest.min, vec2(rest.width(), tokens.size.control + tokens.space.five));
    inside(ui, head.shrink2(vec2(tokens.space.four, 0.0)), "head", view, cx, show_head);
    hairline_below(ui, tokens, head);
    inside(ui, Rect::from_min_max(head.left_bottom(), rest.max), "related", view, cx, show_list);
    let line = egui::Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().vline(left.right(), left.y_range(), line);
}

fn show_nothing_asked(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    if view.relating.asked.asked().is_some() {
        // The answer is on its way.
        return;
    }
    let what = "Choose two themes above: the passages of the first are listed that overlap, lie within, contain or stand near passages \
                of the second. Themes below them are counted in.";
    let (side, words) =
        if view.relating.asked.of.is_none() { (Side::Of, "Choose the first theme") } else { (Side::To, "Choose the second theme") };
    if empty(ui, cx.tokens, icons::LAYERS, "How two themes stand to one another", what, Some(words)) {
        view.relating.opens = Some(side);
    }
}

fn show_head(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let Some(got) = &view.relating.got else { return };
    let (count, sources) = (counted(got.related.passages, "passage", "passages"), counted(got.sources, "source", "sources"));
    cx.status.say(format!("{count} in {sources}"));
    ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
        words(ui, tokens, Type::PaneTitle, colour.ink, count);
        words(ui, tokens, Type::Small, colour.ink_tertiary, format!("in {sources}"));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            if got.related.passages > 0 && Button::quiet("Export…").icon(icons::SHARE).show(ui, tokens).clicked() {
                super::export::show(listed(got, &view.relating.asked, cx.study), cx);
            }
        });
    });
}

impl RelatingView {
    /// The passages to be written as they are listed; `None` where there are none.
    pub(super) fn listed(&self, study: &Study) -> Option<Listed> {
        let got = self.got.as_ref().filter(|got| got.related.passages > 0)?;
        Some(listed(got, &self.asked, study))
    }
}

fn listed(got: &Got, asked: &Relating, study: &Study) -> Listed {
    let what = format!("{}. Themes below them are counted in.", asked.says(study));
    let codings: Arc<BTreeSet<CodingId>> = Arc::new(got.related.codings.iter().map(|heard| heard.coding).collect());
    let says = what.clone();
    let make = move |study: &Study, texts: &dyn crate::text::Texts, labels, now| passages_table(study, texts, labels, &says, &codings, now);
    Listed { name: "passages", what, make: Arc::new(make), pictures: Vec::new(), figures: None }
}

fn show_list(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let Some(got) = &view.relating.got else { return };
    let passages = Arc::clone(&got.passages);
    if passages.items.is_empty() {
        let what = format!("There are none: {}.", view.relating.asked.says(cx.study));
        let narrowed = Relating { group: None, area: None, coder: None, ..view.relating.asked.clone() };
        let button = if narrowed == view.relating.asked { "Choose another theme" } else { "Of all groups, areas and coders" };
        if empty(ui, tokens, icons::LAYERS, "No passages", &what, Some(button)) {
            if narrowed == view.relating.asked {
                view.relating.opens = Some(Side::To);
            } else {
                view.go_to(Question::Relating(narrowed), cx);
            }
        }
        return;
    }
    let naming = view.relating.asked.of.map_or(Naming::All, Naming::Besides);
    let widest = tokens.reading.column_width + tokens.space.five + tokens.space.four;
    let look = ListLook { headings: true, naming, widest, summaries: None, in_sentences: false };
    show_passages(ui, cx, &mut view.relating.list, &passages, look);
    cx.status.hint(&["↑", "↓"], "Move");
    for command in [Command::TurnsAround, Command::OpenPassage, Command::RecodePassage, Command::QuotePassage, Command::ContraryPassage] {
        cx.status.hint_command(command);
    }
}

/// Shows how the passages are spread; a click asks for a group, an area, a coder, or takes that back.
fn show_spread(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let relating = &mut view.relating;
    let Some(got) = &relating.got else { return };
    let facets = spread(cx.study, &got.related, &relating.asked);
    let most = facets.iter().flat_map(|facet| &facet.values).map(|value| value.count).max().unwrap_or(1);
    let mut after = relating.asked.clone();
    ScrollArea::vertical().id_salt("spread").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(cx.tokens.space.two);
        for facet in &facets {
            if let Some((value, _)) = facets::show_facet(ui, cx, &mut relating.facets, facet, most) {
                narrow(cx.study, &mut after, value);
            }
            ui.add_space(cx.tokens.space.two);
        }
    });
    if after != relating.asked {
        view.go_to(Question::Relating(after), cx);
    }
}

fn narrow(study: &Study, asked: &mut Relating, value: &Value) {
    let of_role = |role| {
        let attribute = study.attributes().with_role(role)?;
        let named = study.attributes().values_of(attribute.id).into_iter().find(|other| other.name == value.said);
        Some(named.map_or(Wanted::NotStated, |named| Wanted::Value(named.id)))
    };
    match value.field {
        Field::Group => asked.group = of_role(Role::Group).filter(|_| !value.on),
        Field::Area => asked.area = of_role(Role::Area).filter(|_| !value.on),
        _ => asked.coder = study.coders().values().find(|coder| coder.name == value.said && !value.on).map(|coder| coder.id),
    }
}

fn spread(study: &Study, found: &Related, asked: &Relating) -> Vec<Facet> {
    let of_values = |field: &Field, counts: &[(Option<ValueId>, usize)], on: Option<Wanted>| {
        let name = |id: Option<ValueId>| id.map_or(NOT_STATED, |id| study.attributes().value_name(id)).to_owned();
        let mut counts = counts.to_vec();
        if let Some(on) = on.map(Wanted::value).filter(|on| counts.iter().all(|(id, _)| id != on)) {
            counts.push((on, 0));
        }
        let value = |(id, count): (Option<ValueId>, usize)| Value::plain(name(id), field.clone(), count, on.map(Wanted::value) == Some(id));
        counts.into_iter().map(value).collect::<Vec<_>>()
    };
    let name = |coder| study.coders().get(&coder).map_or_else(String::new, |coder| coder.name.clone());
    let mut coders = found.coders.clone();
    if let Some(coder) = asked.coder.filter(|coder| coders.iter().all(|(other, _)| other != coder)) {
        coders.push((coder, 0));
    }
    let coders = coders.into_iter().map(|(coder, count)| Value::plain(name(coder), Field::Coder, count, asked.coder == Some(coder)));
    vec![
        Facet::open("Group", of_values(&Field::Group, &found.groups, asked.group)),
        Facet::open("Area", of_values(&Field::Area, &found.areas, asked.area)),
        Facet::open("Coder", coders.collect()),
    ]
}
