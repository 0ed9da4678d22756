//! Parts one below the other, each as high as what is in it: only those in sight are laid out.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use eframe::egui::style::ScrollAnimation;
use eframe::egui::{Id, Memory, Rect, Ui, UiBuilder, pos2, vec2};

/// Parts this near to what is seen are laid out too, in points: Tab finds the controls in them.
const NEAR: f32 = 160.0;

/// Less than this is no difference between two heights, in points.
const LEAST: f32 = 0.5;

/// What such parts remember: how high each is, as far as it was seen.
pub struct Stack<K> {
    keys: Arc<[K]>,
    /// Width of the parts, in points: in another they are of other heights.
    width: f32,
    heights: Vec<Height>,
    /// The part with the control that has the focus, and that control: it keeps the focus out of sight.
    held: Option<(usize, Id)>,
    /// The part that is to be brought into sight.
    wanted: Option<K>,
}

#[derive(Clone, Copy)]
struct Height {
    points: f32,
    /// Whether it was measured, and not only counted on.
    known: bool,
}

impl<K> Default for Stack<K> {
    fn default() -> Self {
        Self { keys: Arc::default(), width: 0.0, heights: Vec::new(), held: None, wanted: None }
    }
}

impl<K: Copy + Eq + Hash + std::fmt::Debug> Stack<K> {
    /// Brings a part into sight when it is shown next.
    pub const fn reveal(&mut self, part: K) {
        self.wanted = Some(part);
    }

    /// Shows what is seen of the parts, in an area that scrolls. `counted` says about how high one will be in points, given the
    /// width there is; `part` shows it.
    pub fn show(&mut self, ui: &mut Ui, keys: &Arc<[K]>, counted: impl Fn(K, f32) -> f32, mut part: impl FnMut(&mut Ui, K)) {
        let (origin, width, gap) = (ui.cursor().min, ui.available_width(), ui.spacing().item_spacing.y);
        self.keep_up(keys, width, counted);
        let focused = ui.memory(Memory::focused);
        let held = self.held.take().filter(|(_, control)| focused == Some(*control));
        let near = ui.clip_rect().y_range().expand(NEAR);
        let seen_from = ui.clip_rect().top();
        let wanted = self.wanted.take();
        let (mut top, mut above) = (origin.y, 0.0);
        for (at, key) in keys.iter().enumerate() {
            let Some(height) = self.heights.get_mut(at) else { break };
            let is_near = top <= near.max && top + height.points >= near.min;
            if is_near || wanted == Some(*key) || held.is_some_and(|(held, _)| held == at) {
                let room = Rect::from_min_size(pos2(origin.x, top), vec2(width, f32::INFINITY));
                let id = ui.scope_id().with(("part", *key));
                let mut inside = ui.new_child(UiBuilder::new().scope_id(id).max_rect(room));
                part(&mut inside, *key);
                let points = inside.min_rect().height();
                let more = points - height.points;
                if !height.known && top < seen_from && more.abs() > LEAST {
                    above += more;
                }
                *height = Height { points, known: true };
                if wanted == Some(*key) {
                    let place = Rect::from_min_size(room.min, vec2(width, points));
                    ui.scroll_to_rect_animation(place, None, ScrollAnimation::none());
                }
                if let Some(control) = focused.filter(|_| self.held.is_none())
                    && let Some(place) = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(control).map(|it| it.rect))
                    && Rect::from_min_size(room.min, vec2(width, points)).contains(place.center())
                {
                    self.held = Some((at, control));
                    if held.is_none_or(|(_, before)| before != control) {
                        ui.scroll_to_rect_animation(place, None, ScrollAnimation::none());
                    }
                }
            }
            top += height.points + gap;
        }
        let whole = Rect::from_min_max(origin, pos2(origin.x + width, (top - gap).max(origin.y)));
        ui.advance_cursor_after_rect(whole);
        if above != 0.0 {
            // What is read stays where it is, also when what came into sight above it is not as high as it was counted.
            ui.scroll_with_delta_animation(vec2(0.0, -above), ScrollAnimation::none());
            ui.ctx().request_discard("the height of a part was not known");
        }
    }

    /// Takes over the heights of parts that are still there. After a change they are only counted on.
    fn keep_up(&mut self, keys: &Arc<[K]>, width: f32, counted: impl Fn(K, f32) -> f32) {
        let is_wide = (self.width - width).abs() > LEAST;
        if !is_wide && Arc::ptr_eq(&self.keys, keys) {
            return;
        }
        let known: HashMap<K, f32> = if is_wide {
            HashMap::new()
        } else {
            self.keys
                .iter()
                .copied()
                .zip(&self.heights)
                .filter(|(_, height)| height.known)
                .map(|(key, height)| (key, height.points))
                .collect()
        };
        let height = |key: &K| Height { points: known.get(key).copied().unwrap_or_else(|| counted(*key, width)), known: false };
        self.heights = keys.iter().map(height).collect();
        self.held = self.held.take().and_then(|(at, control)| {
            let key = self.keys.get(at)?;
            Some((keys.iter().position(|other| other == key)?, control))
        });
        (self.keys, self.width) = (Arc::clone(keys), width);
    }
}
