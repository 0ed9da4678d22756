use std::sync::Arc;

use eframe::egui::{Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::source_row::{role_of, source_row, status_of, status_words};
use super::view::{Folded, ReadView};
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::widgets::{Field, focus_ring, paint_words, section, segmented};
use crate::study::{BuiltIn, Material, Role as StudyRole, SourceId, StatusKind, Study};
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
    pub(super) grouping: Grouping,
    folded: Folded<String>,
    /// The row that the keys of the filter are at; else the first source of the list.
    pointed: Option<Target>,
    /// What the rows were made from, and the rows.
    made: Option<(Arc<Study>, String, Grouping, Vec<Group>)>,
}

/// A row that Enter in the filter acts on: it folds or unfolds a group, it opens a source.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Group(String),
    Source(SourceId),
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

    /// The rows that keys go to, in order. What was found cannot be folded away, so that no head is among them then.
    fn listed(&self, groups: &[Group]) -> Vec<Target> {
        let can_fold = self.filter.trim().is_empty();
        let rows = groups.iter().flat_map(|group| {
            let head = can_fold.then(|| Target::Group(group.name.clone()));
            let sources = group.sources.iter().filter(|_| self.is_open(group));
            head.into_iter().chain(sources.map(|material| Target::Source(material.source.id)))
        });
        rows.collect()
    }

    /// The row that Enter acts on: the one the keys went to, else the first source.
    fn target(&self, listed: &[Target]) -> Option<Target> {
        let pointed = self.pointed.as_ref().filter(|pointed| listed.contains(pointed));
        pointed.or_else(|| listed.iter().find(|row| matches!(row, Target::Source(_)))).or(listed.first()).cloned()
    }

    /// Does what a key asks for.
    fn obey(&mut self, groups: &[Group], key: FilterKey) {
        let listed = self.listed(groups);
        let Some(target) = self.target(&listed) else { return };
        let at = listed.iter().position(|row| *row == target).unwrap_or(0);
        self.pointed = match (key, target) {
            (FilterKey::Up, _) => listed.get(at.saturating_sub(1)).cloned(),
            (FilterKey::Down, _) => listed.get((at + 1).min(listed.len().saturating_sub(1))).cloned(),
            (FilterKey::Fold, Target::Source(source)) => groups
                .iter()
                .find(|group| group.sources.iter().any(|material| material.source.id == source))
                .map(|group| Target::Group(group.name.clone())),
            (FilterKey::Fold, Target::Group(name)) => {
                self.folded.insert(name.clone());
                Some(Target::Group(name))
            }
            (FilterKey::Unfold, Target::Group(name)) => {
                self.folded.remove(&name);
                Some(Target::Group(name))
            }
            (FilterKey::Unfold, target) => Some(target),
        };
    }

    /// Folds a group, or unfolds it.
    fn toggle(&mut self, name: &str) {
        if !self.folded.remove(name) {
            self.folded.insert(name.to_owned());
        }
    }
}

/// A key that goes through the list while the filter has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FilterKey {
    Up,
    Down,
    Fold,
    Unfold,
}

/// What was pressed in the filter, taken before the field itself sees it.
#[derive(Default)]
struct FilterKeys {
    focused: bool,
    moved: Option<FilterKey>,
    enter: bool,
}

impl FilterKeys {
    fn read(ui: &Ui, id: Id, filter: &str) -> Self {
        if !ui.memory(|memory| memory.has_focus(id)) {
            return Self::default();
        }
        let keys = [
            (Key::ArrowDown, FilterKey::Down),
            (Key::ArrowUp, FilterKey::Up),
            (Key::ArrowLeft, FilterKey::Fold),
            (Key::ArrowRight, FilterKey::Unfold),
        ];
        // In words that are typed the last two move the field's own caret.
        let known = if filter.is_empty() { 4 } else { 2 };
        ui.input_mut(|input| {
            let moved = keys.into_iter().take(known).find_map(|(key, does)| input.consume_key(Modifiers::NONE, key).then_some(does));
            Self { focused: true, moved, enter: input.consume_key(Modifiers::NONE, Key::Enter) }
        })
    }
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
    let keys = FilterKeys::read(ui, id, &view.sources.filter);
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
    let Some(made) = pane.made.take() else { return };
    let groups = &made.3;
    if let Some(key) = keys.moved {
        pane.obey(groups, key);
    }
    let target = pane.target(&pane.listed(groups)).filter(|_| keys.focused);
    match target.as_ref().filter(|_| keys.enter) {
        Some(Target::Source(source)) => cx.go(Place::Source(*source)),
        Some(Target::Group(name)) => pane.toggle(name),
        None => {}
    }
    view.take_focus |= escaped;
    list(ui, view, cx, groups, target.as_ref(), keys.moved.is_some());
    view.sources.made = Some(made);
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

/// Shows the rows. `target` is what Enter in the filter acts on; it is brought on screen when keys `moved` it.
fn list(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, groups: &[Group], target: Option<&Target>, moved: bool) {
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
            let is_target = match (row, target) {
                (Row::Source(material, _), Some(Target::Source(source))) => material.source.id == *source,
                (Row::Head(group), Some(Target::Group(name))) => group.name == *name,
                _ => false,
            };
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
                        if open != now {
                            view.sources.toggle(&group.name);
                        }
                        if is_target {
                            focus_ring(ui, tokens, rect);
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
