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

    /// Shows what is seen of the parts, in an area that scrolls, without animation: it is at once where it is to be. `counted` says about how high one will be in points, given the
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
                let seen = ui.clip_rect().y_range();
                if wanted == Some(*key) && !(seen.contains(top) && (seen.contains(top + points) || points > seen.span())) {
                    let place = Rect::from_min_size(room.min, vec2(width, points));
                    ui.scroll_to_rect_animation(place, None, ScrollAnimation::none());
                    // What comes into sight with it may be higher than it was counted, and move it on.
                    self.wanted = Some(*key);
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

#[cfg(test)]
mod tests {
    use eframe::egui::{Context, RawInput, ScrollArea, Sense};

    use super::*;

    /// Shows parts of which each third is much higher than was counted; returns which were shown and where each began.
    fn shown(context: &Context, stack: &mut Stack<usize>, keys: &Arc<[usize]>, to: Option<f32>) -> (Vec<(usize, f32)>, f32) {
        let mut parts = Vec::new();
        let mut offset = 0.0;
        let mut output = context.run_ui(RawInput { screen_rect: Some(SCREEN), ..RawInput::default() }, |ui| {
            parts.clear();
            let mut area = ScrollArea::vertical().auto_shrink(false).animated(false);
            if let Some(to) = to.filter(|_| ui.ctx().current_pass_index() == 0) {
                area = area.vertical_scroll_offset(to);
            }
            let out = area.show(ui, |ui| {
                stack.show(
                    ui,
                    keys,
                    |_, _| 20.0,
                    |ui, key| {
                        parts.push((key, ui.max_rect().top()));
                        ui.allocate_exact_size(vec2(50.0, height(key)), Sense::click());
                    },
                );
            });
            offset = out.state.clamped_offset().y;
        });
        output.textures_delta.clear();
        (parts, offset)
    }

    const SCREEN: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(300.0, 400.0) };

    fn height(key: usize) -> f32 {
        if key.is_multiple_of(3) { 90.0 } else { 20.0 }
    }

    fn top_of(parts: &[(usize, f32)], key: usize) -> Option<f32> {
        parts.iter().find(|(shown, _)| *shown == key).map(|(_, top)| *top)
    }

    #[test]
    fn only_what_is_seen_is_laid_out_and_what_is_read_stays_in_its_place() {
        let (context, keys): (_, Arc<[usize]>) = (Context::default(), (0..5_000).collect());
        let mut stack = Stack::default();
        let (parts, _) = shown(&context, &mut stack, &keys, None);
        assert!(parts.len() < 40 && parts[0].0 == 0, "{}", parts.len());
        // Into the middle, of which nothing was seen; then upwards, a little at a time.
        let (_, mut offset) = shown(&context, &mut stack, &keys, Some(60_000.0));
        let (mut parts, _) = shown(&context, &mut stack, &keys, None);
        for _ in 0..200 {
            let (next, now) = shown(&context, &mut stack, &keys, Some(offset - 15.0));
            assert!(next.len() < 60, "{}", next.len());
            let both = parts.iter().find_map(|(key, top)| Some((*key, *top, top_of(&next, *key)?)).filter(|(_, top, _)| *top > 0.0));
            let (key, before, after) = both.unwrap();
            assert!((after - before - 15.0).abs() < 1.0, "{key} was at {before} and is at {after}");
            (parts, offset) = (next, now);
        }
        assert!(parts.iter().any(|(key, _)| key.is_multiple_of(3)), "some were higher than was counted");
    }

    #[test]
    fn a_part_is_brought_into_sight_and_heights_are_kept_by_what_they_are_of() {
        let (context, keys): (_, Arc<[usize]>) = (Context::default(), (0..5_000).collect());
        let mut stack = Stack::default();
        shown(&context, &mut stack, &keys, None);
        stack.reveal(4_000);
        let mut parts = Vec::new();
        for _ in 0..4 {
            (parts, _) = shown(&context, &mut stack, &keys, None);
        }
        assert_eq!(stack.wanted, None);
        assert!(top_of(&parts, 4_000).is_some_and(|top| top > 0.0 && top < SCREEN.bottom()), "{parts:?}");
        let fewer: Arc<[usize]> = (0..5_000).filter(|key| *key != 1).collect();
        stack.keep_up(&fewer, stack.width, |_, _| 7.0);
        assert_eq!((stack.heights[0].points, stack.heights[1].points, stack.heights[4_998].points), (90.0, 20.0, 7.0));
    }
}
