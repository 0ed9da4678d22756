//! How the hits are spread, each value one click from narrowing the query to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Align2, Frame, Margin, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::answer::Row;
use super::narrow::{self, Standing};
use super::view::SearchView;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::numbers::{counted, grouped};
use crate::app::state::Place;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{Button, focus_ring, fold_sign, paint_elided, paint_mark, paint_words, theme_mark};
use crate::project::Facets;
use crate::query::{Field, UNREAD, themes_named};
use crate::study::{NOT_STATED, Study, ThemeId, ValueId};

/// What the facets remember.
#[derive(Default)]
pub(super) struct FacetsView {
    /// Folded the other way than at first.
    turned: BTreeSet<&'static str>,
    /// Lists that are shown whole.
    whole: BTreeSet<&'static str>,
    /// The focus is to come to the first value.
    pub wants_focus: bool,
    /// How the hits were spread when there were some last; what is shown while there are none.
    last: Facets,
    made: Option<Made>,
    /// The theme that was clicked last, and the query before that: a second click reads its passages instead.
    clicked: Option<(ThemeId, String)>,
}

/// What is shown, kept as long as answer, query and study stay: there may be thousands of sources and themes.
struct Made {
    of: (Arc<[Row]>, String, Seen),
    standing: Arc<[Standing]>,
    facets: Arc<[Facet]>,
}

impl FacetsView {
    /// Takes in how the hits of an answer are spread.
    pub fn take(&mut self, found: &Facets) {
        if !found.sources.is_empty() {
            self.last = found.clone();
        }
    }
}

/// Width of a letter of a chip, in sizes of its font.
const LETTER: f32 = 0.56;
/// How many values of a facet are shown before "n more".
const SHOWN: usize = 6;
/// What the facet of themes calls paragraphs without one.
const NOT_CODED: &str = "Not coded";
/// What it calls those that a search has coded and nobody has confirmed.
const FOUND_UNREAD: &str = "Search, unread";

pub(super) struct Facet {
    title: &'static str,
    /// What conditions it makes.
    fields: &'static [Field],
    open: bool,
    pub values: Vec<Value>,
}

impl Facet {
    /// A facet that is open at first and makes no conditions of a query.
    pub const fn open(title: &'static str, values: Vec<Value>) -> Self {
        Self { title, fields: &[], open: true, values }
    }
}

pub(super) struct Value {
    name: String,
    pub field: Field,
    /// What the query says.
    pub said: String,
    pub count: usize,
    theme: Option<ThemeId>,
    pub on: bool,
}

/// Shows the facets.
pub(super) fn show(ui: &mut Ui, view: &mut SearchView, cx: &mut Cx<'_>) {
    let (Some(answer), Some(parsed)) = (&view.answer, &view.understood.parsed) else { return };
    let same =
        |(rows, query, seen): &(Arc<[Row]>, String, Seen)| Arc::ptr_eq(rows, &answer.rows) && *query == view.query && seen.is(cx.study);
    let made = view.facets.made.take().filter(|made| same(&made.of)).unwrap_or_else(|| {
        let standing: Arc<[Standing]> = narrow::standing(parsed, cx.study).into();
        let found = (answer.total > 0).then_some(&answer.facets);
        let facets = facets(cx.study, found, &view.facets.last, &standing).into();
        Made { of: (Arc::clone(&answer.rows), view.query.clone(), Seen::of(cx.study)), standing, facets }
    });
    let (standing, facets) = (Arc::clone(&made.standing), Arc::clone(&made.facets));
    view.facets.made = Some(made);
    let most = facets.iter().flat_map(|facet| &facet.values).map(|value| value.count).max().unwrap_or(1);
    let mut clicked = None;
    ScrollArea::vertical().id_salt("facets").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(cx.tokens.space.two);
        if let Some(condition) = show_chips(ui, cx, &view.query, &standing) {
            clicked = Some((condition.field.clone(), condition.value.clone(), None, false));
        }
        for facet in facets.iter() {
            if let Some((value, twice)) = show_facet(ui, cx, &mut view.facets, facet, most) {
                clicked = Some((value.field.clone(), value.said.clone(), value.theme, twice));
            }
            ui.add_space(cx.tokens.space.two);
        }
    });
    if let Some((field, value, theme, twice)) = clicked {
        // The values may have changed places after the first click, which narrowed: what it was on is meant.
        if let Some((theme, before)) = view.facets.clicked.take().filter(|_| twice) {
            view.set_query(before);
            cx.go(Place::Theme(theme));
            return;
        }
        view.facets.clicked = theme.map(|theme| (theme, view.query.clone()));
        let narrowed = narrow::toggle(&view.query, parsed, cx.study, &field, &value);
        view.go_to_query(narrowed, cx);
    }
}

/// The conditions that narrow the query, each to be taken away by a press; returns the one that was pressed.
fn show_chips<'s>(ui: &mut Ui, cx: &Cx<'_>, query: &str, standing: &'s [Standing]) -> Option<&'s Standing> {
    if standing.is_empty() {
        return None;
    }
    let tokens = cx.tokens;
    let mut pressed = None;
    Frame::NONE.inner_margin(Margin::symmetric(tokens.space.four as i8, tokens.space.one as i8)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(tokens.space.one, tokens.space.one);
            // With its sign and its edges a chip has room for so many letters.
            let room = ui.max_rect().width() - tokens.size.control - tokens.space.three;
            let letters = (room / (tokens.font(Type::Small).size * LETTER)).max(1.0) as usize;
            for condition in standing {
                let words = condition.written(query);
                let cut = shortened(words, letters);
                let response = Button::new(&cut).icon(icons::X).small().show(ui, tokens);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Take away {words}")));
                if response.on_hover_text(format!("Take {words} out of the query")).clicked() {
                    pressed = Some(condition);
                }
            }
        });
    });
    ui.add_space(tokens.space.one);
    pressed
}

/// At most so many letters of `words`.
fn shortened(words: &str, letters: usize) -> String {
    if words.chars().count() <= letters { words.to_owned() } else { words.chars().take(letters.saturating_sub(1)).chain(['…']).collect() }
}

/// The facets of what was `found`; while that is nothing, those of the `last` hits, each with none. A condition that
/// stands in the query is among them even then, so that it can be taken away.
fn facets(study: &Study, found: Option<&Facets>, last: &Facets, standing: &[Standing]) -> Vec<Facet> {
    let mut facets = spread(study, found.unwrap_or(last), standing);
    for facet in &mut facets {
        let fields = facet.fields;
        let shown = |there: &Standing| facet.values.iter().any(|value| there.says(&value.field, &value.said));
        let missing: Vec<Value> = standing
            .iter()
            .filter(|there| fields.contains(&there.field) && !shown(there))
            .map(|there| Value::standing(study, there))
            .collect();
        facet.values.splice(0..0, missing);
        if found.is_none() {
            facet.values.iter_mut().for_each(|value| value.count = 0);
        }
    }
    facets
}

impl Value {
    /// A value that is no theme and is said by its name.
    pub fn plain(name: String, field: Field, count: usize, on: bool) -> Self {
        Self { said: name.clone(), name, field, count, theme: None, on }
    }

    /// A condition that stands in the query and that no hit meets.
    fn standing(study: &Study, condition: &Standing) -> Self {
        let themes = if condition.field == Field::Theme { themes_named(study, &condition.value) } else { Vec::new() };
        let theme = themes.first().copied().filter(|_| themes.len() == 1);
        let name = match (&condition.field, theme.and_then(|theme| study.codebook().get(theme))) {
            (_, Some(theme)) => theme.name.clone(),
            (Field::Coded, None) if condition.says(&Field::Coded, "no") => NOT_CODED.to_owned(),
            (Field::Coded, None) if condition.says(&Field::Coded, UNREAD) => FOUND_UNREAD.to_owned(),
            _ => condition.value.clone(),
        };
        let said = theme.map_or_else(|| condition.value.clone(), |theme| study.codebook().path(theme));
        Self { name, field: condition.field.clone(), said, count: 0, theme, on: true }
    }
}

fn spread(study: &Study, found: &Facets, standing: &[Standing]) -> Vec<Facet> {
    let book = study.codebook();
    let value = |name: String, field: Field, said: String, count: usize, theme: Option<ThemeId>| {
        let on = standing.iter().any(|there| there.says(&field, &said));
        Value { name, field, said, count, theme, on }
    };
    let themes = found.themes.iter().map(|(theme, count)| match theme {
        Some(theme) => {
            let name = book.get(*theme).map_or_else(String::new, |theme| theme.name.clone());
            value(name, Field::Theme, book.path(*theme), *count, Some(*theme))
        }
        None => value(NOT_CODED.into(), Field::Coded, "no".into(), *count, None),
    });
    let unread = (found.unread > 0).then(|| value(FOUND_UNREAD.into(), Field::Coded, UNREAD.into(), found.unread, None));
    let themes = themes.chain(unread);
    let of_values = |field: Field, found: &[(Option<ValueId>, usize)]| -> Vec<Value> {
        let name = |id: Option<ValueId>| id.map_or(NOT_STATED, |id| study.attributes().value_name(id)).to_owned();
        by_count(found.iter().map(|(id, count)| value(name(*id), field.clone(), name(*id), *count, None)).collect())
    };
    let sources = found.sources.iter().filter_map(|(source, count)| {
        let label = &study.material(*source)?.source.label;
        Some(value(label.clone(), Field::Source, label.clone(), *count, None))
    });
    vec![
        Facet { title: "Theme", fields: &[Field::Theme, Field::Coded], open: true, values: by_count(themes.collect()) },
        Facet { title: "Group", fields: &[Field::Group], open: true, values: of_values(Field::Group, &found.groups) },
        Facet { title: "Area", fields: &[Field::Area], open: true, values: of_values(Field::Area, &found.areas) },
        Facet { title: "Kind", fields: &[Field::Kind], open: true, values: of_values(Field::Kind, &found.kinds) },
        Facet { title: "Source", fields: &[Field::Source], open: false, values: sources.collect() },
    ]
}

/// Those that narrow the query first, then what is not coded, then the most frequent; *Not stated* last.
fn by_count(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(|value| (!value.on, value.field != Field::Coded, value.name == NOT_STATED, std::cmp::Reverse(value.count)));
    values
}

/// Shows a facet; returns the value that was clicked, and whether twice.
pub(super) fn show_facet<'f>(ui: &mut Ui, cx: &Cx<'_>, view: &mut FacetsView, facet: &'f Facet, most: usize) -> Option<(&'f Value, bool)> {
    if facet.values.is_empty() {
        return None;
    }
    let tokens = cx.tokens;
    let open = facet.open != view.turned.contains(facet.title);
    let focus = std::mem::take(&mut view.wants_focus);
    if show_head(ui, cx, facet, open, focus) && !view.turned.remove(facet.title) {
        view.turned.insert(facet.title);
    }
    if !open {
        return None;
    }
    let whole = view.whole.contains(facet.title);
    // One more is no longer than the line that says so.
    let shown = if whole || facet.values.len() <= SHOWN + 1 { facet.values.len() } else { SHOWN };
    let mut clicked = None;
    for value in facet.values.iter().take(shown) {
        let response = show_value(ui, cx, facet.title, value, most);
        if response.clicked() {
            clicked = Some((value, response.double_clicked()));
        }
    }
    let more = facet.values.len() - shown;
    let words = if more > 0 { format!("{more} more") } else { "Fewer".to_owned() };
    if more > 0 || whole {
        ui.horizontal(|ui| {
            ui.add_space(tokens.space.six);
            let name = ui.push_id(facet.title, |ui| Button::quiet(&words).small().show(ui, tokens)).inner;
            if name.clicked() && !view.whole.remove(facet.title) {
                view.whole.insert(facet.title);
            }
        });
    }
    clicked
}

/// The head of a facet, which takes the focus if it is to; returns whether it was clicked.
fn show_head(ui: &mut Ui, cx: &Cx<'_>, facet: &Facet, open: bool, focus: bool) -> bool {
    let tokens = cx.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.control), Sense::click());
    if focus {
        response.request_focus();
    }
    let name = format!("{}, {}", facet.title, counted(facet.values.len(), "value", "values"));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &name));
    let arrow = Rect::from_min_size(rect.min + vec2(tokens.space.three, 0.0), vec2(tokens.space.four, rect.height()));
    fold_sign(ui, tokens, arrow, open);
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    let at = pos2(arrow.right() + tokens.space.half, rect.center().y);
    paint_words(ui.painter(), at, Align2::LEFT_CENTER, facet.title, font, tokens.colour.ink);
    if !open {
        let at = rect.right_center() - vec2(tokens.space.four, 0.0);
        paint_words(ui.painter(), at, Align2::RIGHT_CENTER, facet.values.len(), tokens.tabular(Type::Small), tokens.colour.ink_secondary);
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.clicked()
}

/// One value.
fn show_value(ui: &mut Ui, cx: &Cx<'_>, facet: &str, value: &Value, most: usize) -> Response {
    let (tokens, colour) = (cx.tokens, &cx.tokens.colour);
    let height = tokens.space.six + tokens.space.half;
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    // What no hit has cannot narrow them; what is in the query can always be taken away.
    let dead = value.count == 0 && !value.on;
    let sense = if dead { Sense::hover() } else { Sense::click() };
    let response = ui.interact(row, ui.scope_id().with((facet, &value.said)), sense);
    let verb = match (value.on, dead) {
        (true, _) => "is asked for",
        (false, true) => "no hit has it",
        (false, false) => "narrows what is found",
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, !dead, value.on, format!("{facet}: {}, {}", value.name, value.count)));
    let left = row.left() + tokens.space.six + tokens.space.half;
    let right = row.right() - tokens.space.four;
    let room = Rect::from_min_max(pos2(left, row.top() + tokens.space.half), pos2(right, row.bottom() - tokens.space.half));
    let share = value.count as f32 / most.max(1) as f32;
    let bar = Rect::from_min_size(room.min, vec2((room.width() * share).max(tokens.space.one), room.height()));
    let radius = Tokens::corner(tokens.space.one);
    if value.on || (response.hovered() && !dead) {
        ui.painter().rect_filled(room, radius, if value.on { colour.accent_quiet } else { colour.surface_hover });
    }
    if !value.on && !dead {
        ui.painter().rect_filled(bar, radius, colour.surface_sunken);
    }
    let (ink, count_ink) = match (value.on, dead) {
        (true, _) => (colour.accent, colour.accent),
        (false, true) => (colour.ink_tertiary, colour.ink_tertiary),
        (false, false) => (colour.ink, colour.ink_secondary),
    };
    let mut at = room.left() + tokens.space.one + tokens.space.half;
    if let Some(theme) = value.theme {
        let hue = theme_mark(tokens, cx.study, theme);
        paint_mark(ui.painter(), pos2(at + tokens.space.one, row.center().y), tokens.size.theme_mark, hue.mark, hue.label);
        at += tokens.space.four;
    }
    let count_at = pos2(right, row.center().y);
    // A column of noughts says nothing.
    let number = if dead { String::new() } else { grouped(value.count) };
    let count = paint_words(ui.painter(), count_at, Align2::RIGHT_CENTER, number, tokens.tabular(Type::Small), count_ink);
    let font = if value.on { tokens.font_in(Type::Body, family::INTERFACE_MEDIUM) } else { tokens.font(Type::Body) };
    paint_elided(ui.painter(), at, count.left() - tokens.space.two, row.center().y, &value.name, font, ink);
    if response.has_focus() {
        focus_ring(ui, tokens, room);
    }
    let shown = if value.theme.is_some() { &value.said } else { &value.name };
    let reads = if value.theme.is_some() { "; two clicks read its passages" } else { "" };
    response.on_hover_text(format!("{shown}: {verb}{reads}"))
}
