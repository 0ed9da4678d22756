use std::sync::Arc;

use eframe::egui::{Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::view::{Folded, ReadView};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::{Type, family};
use crate::app::widgets::{Field, focus_ring, paint_elided, paint_status, paint_words, section, segmented, select_fill};
use crate::study::{BuiltIn, CoderId, Material, Role as StudyRole, SourceId, StatusKind, Study};
use crate::text::fold;

/// What the sources are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Case-study area.
    #[default]
    Area,
    /// Participant group.
    Group,
    /// Kind of source.
    Kind,
    /// How far one is.
    Status,
}

/// What the pane remembers.
#[derive(Default)]
pub struct SourcesPane {
    filter: String,
    grouping: Grouping,
    folded: Folded<String>,
    /// The source that Enter opens while the filter has the focus; else the first of the list.
    pointed: Option<SourceId>,
    /// What the rows were made from, and the rows.
    made: Option<(Arc<Study>, String, Grouping, Vec<Group>)>,
}

struct Group {
    name: String,
    sources: Vec<Arc<Material>>,
}

impl SourcesPane {
    /// Whether the sources of a group are shown. What was found is never hidden in a fold.
    fn is_open(&self, group: &Group) -> bool {
        !self.filter.trim().is_empty() || !self.folded.contains(&group.name)
    }

    /// The sources in the list, in its order.
    fn listed(&self, groups: &[Group]) -> Vec<SourceId> {
        groups.iter().filter(|group| self.is_open(group)).flat_map(|group| &group.sources).map(|material| material.source.id).collect()
    }

    /// The source that Enter opens.
    fn target(&self, groups: &[Group]) -> Option<SourceId> {
        let listed = self.listed(groups);
        self.pointed.filter(|pointed| listed.contains(pointed)).or(listed.first().copied())
    }

    /// Moves what Enter opens by a row.
    fn point(&mut self, groups: &[Group], on: bool) {
        let listed = self.listed(groups);
        let now = self.pointed.and_then(|pointed| listed.iter().position(|source| *source == pointed));
        let next = match now {
            // The first is what Enter opens already.
            None => usize::from(on),
            Some(now) if on => now + 1,
            Some(now) => now.saturating_sub(1),
        };
        self.pointed = listed.get(next.min(listed.len().saturating_sub(1))).copied();
    }
}

/// Arrows and Enter in the filter, before the field itself sees them.
#[derive(Default)]
struct FilterKeys {
    focused: bool,
    moved: Option<bool>,
    enter: bool,
}

impl FilterKeys {
    fn read(ui: &Ui, id: Id) -> Self {
        if !ui.memory(|memory| memory.has_focus(id)) {
            return Self::default();
        }
        ui.input_mut(|input| {
            let moved = [(Key::ArrowDown, true), (Key::ArrowUp, false)];
            let moved = moved.into_iter().find_map(|(key, on)| input.consume_key(Modifiers::NONE, key).then_some(on));
            Self { focused: true, moved, enter: input.consume_key(Modifiers::NONE, Key::Enter) }
        })
    }
}

/// The words for a status.
#[must_use]
pub const fn status_words(status: StatusKind) -> &'static str {
    match status {
        StatusKind::NotStarted => "not started",
        StatusKind::Reading => "reading",
        StatusKind::Coding => "coding",
        StatusKind::Done => "done",
    }
}

/// What the coder says of a source; while they have said nothing, what the coder who is furthest says, with initials.
fn status_of(study: &Study, material: &Material, me: Option<CoderId>) -> (StatusKind, Option<String>) {
    let own = material.statuses.iter().find(|status| Some(status.coder) == me);
    let furthest = material.statuses.iter().min_by_key(|status| (std::cmp::Reverse(status.status), status.coder));
    match (own, furthest) {
        (Some(own), _) => (own.status, None),
        (None, Some(other)) if other.status != StatusKind::NotStarted => {
            (other.status, study.coders().get(&other.coder).map(|coder| coder.initials.clone()))
        }
        _ => (StatusKind::NotStarted, None),
    }
}

/// The names of the values that a source's cases have in the attribute of `role`, in the analyst's order.
#[must_use]
pub fn role_of(study: &Study, material: &Material, role: StudyRole) -> String {
    let Some(attribute) = study.attributes().with_role(role) else { return String::new() };
    let cases = material.speakers.iter().filter_map(|speaker| speaker.case).chain(material.source.case);
    let chosen: Vec<_> = cases.flat_map(|case| study.role_values(case, role)).collect();
    let values = study.attributes().values_of(attribute.id);
    let names: Vec<_> = values.into_iter().filter(|value| chosen.contains(&value.id)).map(|value| value.name.as_str()).collect();
    names.join("; ")
}

fn groups(study: &Study, filter: &str, grouping: Grouping, cx: &Cx<'_>) -> Vec<Group> {
    let wanted = fold(filter.trim());
    let me = cx.project.map(|project| project.me.coder);
    let mut groups: Vec<Group> = Vec::new();
    let order: Vec<String> = match grouping {
        Grouping::Area | Grouping::Group => {
            let role = if grouping == Grouping::Area { StudyRole::Area } else { StudyRole::Group };
            let attribute = study.attributes().with_role(role);
            attribute.map_or_else(Vec::new, |attribute| {
                study.attributes().values_of(attribute.id).into_iter().map(|value| value.name.clone()).collect()
            })
        }
        Grouping::Kind => Vec::new(),
        Grouping::Status => [StatusKind::NotStarted, StatusKind::Reading, StatusKind::Coding, StatusKind::Done]
            .map(|status| status_words(status).to_owned())
            .to_vec(),
    };
    for material in study.materials() {
        let hay = fold(&format!("{} {}", material.source.label, material.source.title));
        if !wanted.split_whitespace().all(|word| hay.contains(word)) {
            continue;
        }
        let mut name = match grouping {
            Grouping::Area => role_of(study, material, StudyRole::Area),
            Grouping::Group => role_of(study, material, StudyRole::Group),
            Grouping::Kind => study.built_in(material, BuiltIn::Kind),
            Grouping::Status => status_words(status_of(study, material, me).0).to_owned(),
        };
        if name.is_empty() {
            name = "Not stated".into();
        }
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.sources.push(Arc::clone(material)),
            None => groups.push(Group { name, sources: vec![Arc::clone(material)] }),
        }
    }
    let place =
        |name: &String| order.iter().position(|other| other == name).unwrap_or(if name == "Not stated" { usize::MAX } else { order.len() });
    groups.sort_by_key(|group| place(&group.name));
    groups
}

/// One line of the list.
enum Row<'a> {
    Head(&'a Group),
    /// A source with its place among those shown.
    Source(&'a Arc<Material>, usize),
}

/// Shows the sources.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let space = &tokens.space;
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ui.add_space(space.two + space.half);
    let id = Id::unique("filter sources");
    let keys = FilterKeys::read(ui, id);
    let mut escaped = false;
    let pane = &mut view.sources;
    inset(ui, space.three, |ui| {
        let count = cx.study.materials().len();
        let hint = format!("Filter {count} {}", if count == 1 { "source" } else { "sources" });
        let response = Field::new(id, &hint, icons::LIST_FILTER).show(ui, tokens, &mut pane.filter);
        if response.changed() {
            pane.pointed = None;
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            pane.filter.clear();
            escaped = true;
        }
        ui.add_space(space.two);
        let choices = [(Grouping::Area, "Area"), (Grouping::Group, "Group"), (Grouping::Kind, "Kind"), (Grouping::Status, "Status")];
        segmented(ui, tokens, "Group sources by", &choices, &mut pane.grouping, true);
    });
    ui.add_space(space.one);
    column_heads(ui, cx);
    let stale = pane
        .made
        .as_ref()
        .is_none_or(|(study, filter, grouping, _)| !Arc::ptr_eq(study, cx.study) || *filter != pane.filter || *grouping != pane.grouping);
    if stale {
        let made = groups(cx.study, &pane.filter, pane.grouping, cx);
        pane.made = Some((Arc::clone(cx.study), pane.filter.clone(), pane.grouping, made));
    }
    let Some((.., groups)) = pane.made.take().map(|made| (made.0, made.1, made.2, made.3)) else { return };
    if let Some(on) = keys.moved {
        view.sources.point(&groups, on);
    }
    let target = view.sources.target(&groups).filter(|_| keys.focused);
    if let Some(source) = target.filter(|_| keys.enter) {
        cx.go(Place::Source(source));
    }
    view.take_focus |= escaped;
    list(ui, view, cx, &groups, target, keys.moved.is_some());
    let (filter, grouping) = (view.sources.filter.clone(), view.sources.grouping);
    view.sources.made = Some((Arc::clone(cx.study), filter, grouping, groups));
}

fn inset(ui: &mut Ui, by: f32, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(by);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - by);
            add(ui);
        });
    });
}

fn column_heads(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.space.five), Sense::hover());
    let (font, ink) = (tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    let painter = ui.painter();
    paint_words(
        painter,
        rect.left_center() + vec2(tokens.space.three + tokens.space.half, 0.0),
        eframe::egui::Align2::LEFT_CENTER,
        "Source, status",
        font.clone(),
        ink,
    );
    let right = rect.right_center() - vec2(tokens.space.three, 0.0);
    let head = paint_words(painter, right, eframe::egui::Align2::RIGHT_CENTER, "codings", font.clone(), ink);
    paint_words(painter, pos2(head.left() - tokens.space.two, right.y), eframe::egui::Align2::RIGHT_CENTER, "coded", font, ink);
}

/// Shows the rows. `target` is what Enter in the filter opens; it is brought on screen when keys `moved` it.
fn list(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, groups: &[Group], target: Option<SourceId>, moved: bool) {
    let tokens = cx.tokens;
    let mut rows = Vec::new();
    let mut place = 0;
    for group in groups {
        rows.push(Row::Head(group));
        if view.sources.is_open(group) {
            rows.extend(group.sources.iter().zip(place + 1..).map(|(material, place)| Row::Source(material, place)));
        }
        place += group.sources.len();
    }
    let height = |row: &Row<'_>| match row {
        Row::Head(_) => tokens.size.row,
        Row::Source(..) => tokens.size.source_row - tokens.space.hair,
    };
    let total: f32 = rows.iter().map(height).sum();
    ScrollArea::vertical().id_salt("sources").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let top = ui.min_rect().top();
        let mut y = 0.0;
        for row in &rows {
            let high = height(row);
            let is_target = matches!(row, Row::Source(material, _) if Some(material.source.id) == target);
            if is_target && moved {
                let row = Rect::from_min_size(pos2(ui.min_rect().left(), top + y), vec2(ui.available_width(), high));
                ui.scroll_to_rect(row, None);
            }
            if y + high >= viewport.top() && y <= viewport.bottom() {
                let rect = Rect::from_min_size(pos2(ui.min_rect().left(), top + y), vec2(ui.available_width(), high));
                ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(rect), |ui| match row {
                    Row::Head(group) => {
                        let open = view.sources.is_open(group);
                        let count = group.sources.len();
                        let count = format!("{count} {}", if count == 1 { "source" } else { "sources" });
                        let now = ui.push_id(&group.name, |ui| section(ui, tokens, &group.name, &count, open)).inner;
                        if open && !now {
                            view.sources.folded.insert(group.name.clone());
                        } else if now && !open {
                            view.sources.folded.remove(&group.name);
                        }
                    }
                    Row::Source(material, number) => {
                        source_row(ui, view, cx, material, rect, (*number, place));
                        if is_target && (view.sources.pointed.is_some() || !view.sources.filter.is_empty()) {
                            focus_ring(ui, tokens, rect);
                        }
                    }
                });
            }
            y += high;
        }
    });
}

fn source_row(ui: &mut Ui, view: &ReadView, cx: &mut Cx<'_>, material: &Arc<Material>, rect: Rect, place: (usize, usize)) {
    let (tokens, space) = (cx.tokens, &cx.tokens.space);
    let (source, colour) = (&material.source, &tokens.colour);
    let open = view.source == Some(source.id);
    let (status, whose) = status_of(cx.study, material, cx.project.map(|project| project.me.coder));
    let says = whose.map_or_else(|| status_words(status).to_owned(), |whose| format!("{} {whose}", status_words(status)));
    let Some(figures) = view.figures.source(source.id) else { return };
    let response = ui.interact(rect, Id::unique("source").with(source.id), Sense::click());
    let percent = format!("{:.0}%", figures.share() * 100.0);
    response.widget_info(|| {
        let words =
            format!("{} {}, {says}, {percent} coded, {} codings, {} of {}", source.label, source.title, figures.codings, place.0, place.1);
        WidgetInfo::selected(Role::ListItem, true, open, words)
    });
    select_fill(ui, tokens, rect, open, &response);
    let painter = ui.painter();
    let (left, right) = (rect.left() + space.three + space.half, rect.right() - space.three);
    let y = rect.top() + space.three + space.half;
    let id_font = tokens.font_in(Type::ChartCell, family::INTERFACE_SEMIBOLD);
    let end = paint_elided(painter, left, right, y, &source.label, id_font, colour.ink);
    let ink = if open { colour.ink } else { colour.ink_secondary };
    let title = shorter(&source.title, cx.study, material, view.sources.grouping);
    paint_elided(painter, end + space.two, right, y, title, tokens.font(Type::Body), ink);

    let y = rect.bottom() - space.three - space.half;
    paint_status(painter, tokens, pos2(left + tokens.size.sign / 2.0, y), status);
    let micro = tokens.font(Type::Micro);
    let status_left = left + tokens.size.sign + space.one + space.half;
    paint_elided(painter, status_left, right, y, &says, micro, colour.ink_tertiary);
    let counts = tokens.tabular(Type::Micro);
    let centre = eframe::egui::Align2::RIGHT_CENTER;
    paint_words(painter, pos2(right, y), centre, figures.codings, counts.clone(), colour.ink_secondary);
    let percent_right = right - space.eight;
    paint_words(painter, pos2(percent_right, y), centre, &percent, counts, colour.ink_secondary);
    let bar_left = status_left + tokens.size.source_row + space.five;
    let bar = Rect::from_min_max(pos2(bar_left, y - space.half), pos2(percent_right - tokens.size.control - space.two, y + space.half));
    if bar.width() > space.three {
        painter.rect_filled(bar, space.half, colour.line_hair);
        let full = Rect::from_min_size(bar.min, vec2(bar.width() * figures.share().clamp(0.0, 1.0), bar.height()));
        painter.rect_filled(full, space.half, colour.ink_tertiary);
    }
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    if response.clicked() {
        cx.go(Place::Source(source.id));
    }
    response.context_menu(|ui| super::source_tab::status_menu(ui, cx, source.id));
}

/// A title without the area behind its last comma, where the rows stand under that area.
fn shorter<'a>(title: &'a str, study: &Study, material: &Material, grouping: Grouping) -> &'a str {
    let Some((before, after)) = title.rsplit_once(", ").filter(|_| grouping == Grouping::Area) else { return title };
    if after == role_of(study, material, StudyRole::Area) { before } else { title }
}
