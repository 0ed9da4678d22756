use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use eframe::egui::{Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use serde::{Deserialize, Serialize};

use super::listed::{Group, Listed};
use super::source_row::source_row;
use super::view::ReadView;
use crate::app::context::Cx;
use crate::app::icons;
use crate::app::state::Place;
use crate::app::tokens::Type;
use crate::app::widgets::{Button, Field, focus_ring, paint_elided, paint_words, section, segmented, words};
use crate::study::{SourceId, Study};

/// What the sources are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// The groups that are folded, by name; nothing before they are taken from the settings.
    folded: Option<BTreeSet<String>>,
    /// The source whose row is to be brought on screen.
    pub(super) wanted: Option<SourceId>,
    /// The row that the keys of the filter are at; else the open source, or the first one found.
    pointed: Option<Target>,
    listed: Option<Listed>,
    /// The filter that the groups were made for, and the groups.
    made: Option<(String, Vec<Group>)>,
}

/// A row that Enter in the filter acts on: it folds or unfolds a group, it opens a source.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Group(String),
    /// A source below the head of a group: it can stand in several.
    Source(String, SourceId),
}

impl SourcesPane {
    /// Whether the sources of a group are shown. What was found is never hidden in a fold.
    fn is_open(&self, group: &Group) -> bool {
        !self.can_fold() || !self.folded.as_ref().is_some_and(|folded| folded.contains(&group.name))
    }

    /// What was found cannot be folded away, so that the keys go to no head then.
    fn can_fold(&self) -> bool {
        self.filter.trim().is_empty()
    }

    /// How many rows of a group keys go to: its head, if it can be folded, and its sources, if they are shown.
    fn rows_of(&self, group: &Group) -> (usize, usize) {
        (usize::from(self.can_fold()), if self.is_open(group) { group.sources.len() } else { 0 })
    }

    /// The row that is a target, counted over all groups.
    fn row_of(&self, groups: &[Group], study: &Study, target: &Target) -> Option<usize> {
        let mut first = 0;
        for group in groups {
            let (heads, sources) = self.rows_of(group);
            let within = match target {
                Target::Group(name) => (heads > 0 && *name == group.name).then_some(0),
                Target::Source(name, source) if *name == group.name => {
                    let at = study.place(*source).and_then(|place| group.sources.binary_search(&place).ok());
                    at.filter(|at| *at < sources).map(|at| heads + at)
                }
                Target::Source(..) => None,
            };
            if let Some(within) = within {
                return Some(first + within);
            }
            first += heads + sources;
        }
        None
    }

    /// The target that is a row.
    fn target_at(&self, groups: &[Group], study: &Study, mut row: usize) -> Option<Target> {
        for group in groups {
            let (heads, sources) = self.rows_of(group);
            if row < heads {
                return Some(Target::Group(group.name.clone()));
            }
            if row < heads + sources {
                let place = group.sources.get(row - heads)?;
                return Some(Target::Source(group.name.clone(), study.materials().get(*place)?.source.id));
            }
            row -= heads + sources;
        }
        None
    }

    /// The row that Enter acts on: the one the keys went to, else the open source's, or of those that were found the first.
    fn target(&self, groups: &[Group], study: &Study, open: Option<SourceId>) -> Option<Target> {
        let pointed = self.pointed.clone().filter(|pointed| self.row_of(groups, study, pointed).is_some());
        let open_source = || {
            let place = study.place(open.filter(|_| self.can_fold())?)?;
            let group = groups.iter().find(|group| self.is_open(group) && group.sources.binary_search(&place).is_ok())?;
            Some(Target::Source(group.name.clone(), study.materials().get(place)?.source.id))
        };
        let first_source = || {
            let group = groups.iter().find(|group| self.is_open(group))?;
            Some(Target::Source(group.name.clone(), study.materials().get(*group.sources.first()?)?.source.id))
        };
        pointed.or_else(open_source).or_else(first_source).or_else(|| self.target_at(groups, study, 0))
    }

    /// Makes the list follow the study, the grouping and the filter.
    pub(super) fn refresh(&mut self, cx: &Cx<'_>) {
        let (grouping, me) = (cx.settings.sources_by, cx.project.map(|project| project.me.coder));
        let known = self.listed.take().filter(|listed| listed.is_by(grouping, me));
        let mut listed = known.unwrap_or_else(|| {
            self.made = None;
            Listed::new(cx.study, grouping, me)
        });
        if listed.follow(cx.study) {
            self.made = None;
        }
        let made = self.made.take().filter(|(filter, _)| *filter == self.filter);
        self.made = made.or_else(|| Some((self.filter.clone(), listed.found(&self.filter))));
        self.listed = Some(listed);
    }

    /// The sources in the order of the list, as it is grouped and filtered; each once.
    pub(super) fn in_order(&self, study: &Study) -> Vec<SourceId> {
        let mut seen = HashSet::new();
        let groups = self.made.as_ref().map_or(&[][..], |(_, groups)| groups);
        let places = groups.iter().flat_map(|group| &group.sources).filter(|place| seen.insert(**place));
        places.filter_map(|place| Some(study.materials().get(*place)?.source.id)).collect()
    }

    /// Does what a key asks for.
    fn obey(&mut self, groups: &[Group], study: &Study, target: Target, key: FilterKey) {
        let at = self.row_of(groups, study, &target).unwrap_or(0);
        self.pointed = match (key, target) {
            (FilterKey::Up, _) => self.target_at(groups, study, at.saturating_sub(1)),
            (FilterKey::Down, target) => self.target_at(groups, study, at + 1).or(Some(target)),
            (FilterKey::Fold, Target::Source(group, _)) => Some(Target::Group(group)),
            (FilterKey::Fold, Target::Group(name)) => {
                self.fold(&name, true);
                Some(Target::Group(name))
            }
            (FilterKey::Unfold, Target::Group(name)) => {
                self.fold(&name, false);
                Some(Target::Group(name))
            }
            (FilterKey::Unfold, target) => Some(target),
        };
    }

    /// Folds a group, or unfolds it.
    fn fold(&mut self, name: &str, folded: bool) {
        let all = self.folded.get_or_insert_default();
        if folded {
            all.insert(name.to_owned());
        } else {
            all.remove(name);
        }
    }

    /// Folds an open group, unfolds a folded one.
    fn toggle(&mut self, name: &str) {
        let folded = self.folded.as_ref().is_some_and(|folded| folded.contains(name));
        self.fold(name, !folded);
    }

    /// Keeps which groups are folded for the next start.
    fn keep_folds(&self, cx: &mut Cx<'_>) {
        let project = cx.study.project().id;
        let kept = cx.settings.sources_folded.get(&project);
        if let Some(folded) = self.folded.as_ref().filter(|folded| kept.map_or(!folded.is_empty(), |kept| kept != *folded)) {
            let folded = folded.clone();
            cx.set(move |settings| _ = settings.sources_folded.insert(project, folded));
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

/// Shows the sources.
pub fn show(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>) {
    let tokens = cx.tokens;
    let space = &tokens.space;
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ui.add_space(space.two + space.half);
    let id = Id::unique("filter sources");
    let keys = FilterKeys::read(ui, id, &view.sources.filter);
    let mut escaped = false;
    let (pane, open) = (&mut view.sources, view.source);
    if pane.folded.is_none() {
        pane.folded = Some(cx.settings.sources_folded.get(&cx.study.project().id).cloned().unwrap_or_default());
    }
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
        let mut grouping = cx.settings.sources_by;
        if segmented(ui, tokens, "Group sources by", &choices, &mut grouping, true) {
            cx.set(move |settings| settings.sources_by = grouping);
        }
    });
    ui.add_space(space.one);
    column_heads(ui, cx);
    pane.refresh(cx);
    let made = pane.made.take();
    let groups = made.as_ref().map_or(&[][..], |(_, groups)| groups);
    if let Some((key, target)) = keys.moved.zip(pane.target(groups, cx.study, open)) {
        pane.obey(groups, cx.study, target, key);
    }
    let target = pane.target(groups, cx.study, open).filter(|_| keys.focused);
    match target.as_ref().filter(|_| keys.enter) {
        Some(Target::Source(_, source)) => cx.go(Place::Source(*source)),
        Some(Target::Group(name)) => pane.toggle(name),
        None => {}
    }
    view.take_focus |= escaped;
    if groups.is_empty() {
        nothing_found(ui, view, cx);
    } else {
        list(ui, view, cx, groups, target.as_ref(), keys.moved.is_some());
    }
    view.sources.keep_folds(cx);
    view.sources.made = made;
}

fn inset(ui: &mut Ui, by: f32, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(by);
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - by).max(0.0));
            add(ui);
        });
    });
}

/// Says that no source is called as the filter says.
fn nothing_found(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    eframe::egui::Frame::NONE.inner_margin(eframe::egui::Margin::same(tokens.space.four as i8)).show(ui, |ui| {
        words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "No source has these words in its id or title.");
        ui.add_space(tokens.space.two);
        if Button::new("Show all").small().show(ui, tokens).clicked() {
            view.sources.filter.clear();
        }
    });
}

fn column_heads(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.space.five), Sense::hover());
    let (font, ink) = (tokens.font(Type::Micro), tokens.colour.ink_tertiary);
    let painter = ui.painter();
    let right = rect.right_center() - vec2(tokens.space.three, 0.0);
    let head = paint_words(painter, right, eframe::egui::Align2::RIGHT_CENTER, "codings", font.clone(), ink);
    let head = pos2(head.left() - tokens.space.two, right.y);
    let coded = paint_words(painter, head, eframe::egui::Align2::RIGHT_CENTER, "coded", font.clone(), ink);
    let left = rect.left() + tokens.space.three + tokens.space.half;
    paint_elided(painter, left, coded.left() - tokens.space.one, right.y, "Source, status", font, ink);
}

/// Shows the rows that are in sight. `target` is what Enter in the filter acts on; it is brought on screen when keys `moved`
/// it.
fn list(ui: &mut Ui, view: &mut ReadView, cx: &mut Cx<'_>, groups: &[Group], target: Option<&Target>, moved: bool) {
    let tokens = cx.tokens;
    let (head, high) = (tokens.size.row, tokens.size.source_row - tokens.space.hair);
    let study = Arc::clone(cx.study);
    let count = groups.iter().map(|group| group.sources.len()).sum();
    let height = |group: &Group| head + if view.sources.is_open(group) { group.sources.len() as f32 * high } else { 0.0 };
    let total: f32 = groups.iter().map(height).sum();
    ScrollArea::vertical().id_salt("sources").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let (corner, width) = (ui.min_rect().left_top(), ui.available_width());
        let row = |y: f32, high: f32| Rect::from_min_size(corner + vec2(0.0, y), vec2(width, high));
        let in_sight = |y: f32, high: f32| y + high >= viewport.top() && y <= viewport.bottom();
        let place_of = |source: Option<SourceId>| source.and_then(|source| study.place(source));
        let wanted = place_of(view.sources.wanted.take());
        let (mut y, mut before) = (0.0, 0);
        for group in groups {
            let is_target = matches!(target, Some(Target::Group(name)) if group.name == *name);
            if is_target && moved {
                ui.scroll_to_rect(row(y, head), None);
            }
            let open = view.sources.is_open(group);
            if in_sight(y, head) {
                group_head(ui, view, cx, group, row(y, head), is_target);
            }
            y += head;
            if open {
                let at = |place: Option<usize>| place.and_then(|place| group.sources.binary_search(&place).ok());
                let target = match target {
                    Some(Target::Source(name, source)) if *name == group.name => at(place_of(Some(*source))),
                    _ => None,
                };
                if let Some(shown) = target.filter(|_| moved).or_else(|| at(wanted)) {
                    ui.scroll_to_rect(row(high.mul_add(shown as f32, y), high), None);
                }
                let first = ((viewport.top() - y) / high).floor().max(0.0) as usize;
                for (index, place) in group.sources.iter().enumerate().skip(first) {
                    let rect = row(high.mul_add(index as f32, y), high);
                    if rect.top() - corner.y > viewport.bottom() {
                        break;
                    }
                    let Some(material) = study.materials().get(*place) else { continue };
                    ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(rect), |ui| {
                        source_row(ui, view, cx, material, &group.name, rect, (before + index + 1, count));
                        if target == Some(index) && (view.sources.pointed.is_some() || !view.sources.filter.is_empty()) {
                            focus_ring(ui, tokens, rect);
                        }
                    });
                }
                y += group.sources.len() as f32 * high;
            }
            before += group.sources.len();
        }
    });
}

/// Shows the head of a group, which folds it.
fn group_head(ui: &mut Ui, view: &mut ReadView, cx: &Cx<'_>, group: &Group, rect: Rect, is_target: bool) {
    let tokens = cx.tokens;
    ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(rect), |ui| {
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
    });
}
