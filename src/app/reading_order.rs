//! Tab goes through a window in the order of reading.
//!
//! By itself it goes in the order in which controls are made, and that is another one: what stands at the right end of a bar
//! is laid out from the right, and panes at the sides are made before what lies between them.

use eframe::egui::accesskit::{self, ActionRequest, TreeId};
use eframe::egui::{Context, Event, Id, Key, LayerId, Modifiers, Plugin, RawInput, Rect, Ui};

/// Turns a press of Tab into a wish for the control that comes next.
#[derive(Default)]
pub struct ReadingOrder {
    /// The panes of the last frame, in the order of reading.
    panes: Vec<Rect>,
    /// The field that wants Tab for itself.
    holder: Option<Id>,
}

impl ReadingOrder {
    /// Says that the controls within `rect` are read after those of the panes told before it, whichever were made first.
    pub fn pane(ctx: &Context, rect: Rect) {
        ctx.with_plugin(|order: &mut Self| order.panes.push(rect));
    }

    /// Says that the field `id` does something of its own with Tab.
    pub fn hold(ctx: &Context, id: Id) {
        ctx.with_plugin(|order: &mut Self| order.holder = Some(id));
    }

    /// The control after `from`, or before it; from the last it goes on to the first.
    fn next(&self, ctx: &Context, from: Option<Id>, forward: bool) -> Option<Id> {
        let controls = in_order(controls(ctx), &self.panes);
        let Some(from) = from else { return if forward { controls.first() } else { controls.last() }.copied() };
        let at = controls.iter().position(|id| *id == from)?;
        let step = if forward { 1 } else { controls.len() - 1 };
        controls.get((at + step) % controls.len()).copied()
    }
}

impl Plugin for ReadingOrder {
    fn debug_name(&self) -> &'static str {
        "reading order"
    }

    fn on_begin_pass(&mut self, _: &mut Ui) {
        self.panes.clear();
        self.holder = None;
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let steps: Vec<bool> = input.events.iter().filter_map(step).collect();
        let start = ctx.memory(eframe::egui::Memory::focused);
        if steps.is_empty() || (start.is_some() && start == self.holder) {
            return;
        }
        let found = steps.into_iter().try_fold(start, |from, forward| Some(Some(self.next(ctx, from, forward)?)));
        if let Some(Some(next)) = found {
            let (action, target_node) = (accesskit::Action::Focus, next.accesskit_id());
            input.events.push(Event::AccessKitActionRequest(ActionRequest { action, target_node, target_tree: TreeId::ROOT, data: None }));
        }
    }
}

/// Whether an event is a press of Tab, and leads on or back.
fn step(event: &Event) -> Option<bool> {
    match event {
        Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if modifiers.is_none() => Some(true),
        Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if *modifiers == Modifiers::SHIFT => Some(false),
        _ => None,
    }
}

/// What could take the focus in the last frame, as it was made; what lies over the window comes after it.
fn controls(ctx: &Context) -> Vec<(Id, Rect)> {
    let mut layers: Vec<LayerId> = ctx.viewport(|viewport| viewport.this_pass.widgets.layer_ids().collect());
    ctx.memory(|memory| {
        layers.retain(|layer| memory.allows_interaction(*layer));
        let above: Vec<LayerId> = memory.layer_ids().collect();
        layers.sort_by_key(|layer| (layer.order, above.iter().position(|other| other == layer)));
    });
    ctx.viewport(|viewport| {
        let widgets = layers.into_iter().flat_map(|layer| viewport.this_pass.widgets.get_layer(layer));
        widgets.filter(|widget| widget.enabled && widget.sense.is_focusable()).map(|widget| (widget.id, widget.rect)).collect()
    })
}

/// Puts controls in the order of reading: pane after pane, and those that were made one after the other on one line from left to right.
fn in_order(mut controls: Vec<(Id, Rect)>, panes: &[Rect]) -> Vec<Id> {
    let pane = |rect: &Rect| panes.iter().position(|pane| pane.contains(rect.center()));
    let mut inside: Vec<(Id, Rect)> = controls.iter().copied().filter(|(_, rect)| pane(rect).is_some()).collect();
    inside.sort_by_key(|(_, rect)| pane(rect));
    for (place, control) in controls.iter_mut().filter(|(_, rect)| pane(rect).is_some()).zip(inside) {
        *place = control;
    }
    let lines = controls.chunk_by_mut(|(_, one), (_, other)| pane(one) == pane(other) && on_one_line(*one, *other));
    for line in lines {
        line.sort_by(|(_, one), (_, other)| one.left().total_cmp(&other.left()));
    }
    controls.into_iter().map(|(id, _)| id).collect()
}

/// Whether two controls stand on one line: neither reaches beyond the other by more than half of it.
fn on_one_line(one: Rect, other: Rect) -> bool {
    let shared = one.bottom().min(other.bottom()) - one.top().max(other.top());
    shared > one.height().max(other.height()) / 2.0
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Pos2, vec2};

    use super::*;

    fn at(name: &'static str, left: f32, top: f32, width: f32, height: f32) -> (&'static str, Rect) {
        (name, Rect::from_min_size(Pos2::new(left, top), vec2(width, height)))
    }

    fn check(made: &[(&'static str, Rect)], panes: &[Rect], expected: &[&str]) {
        let ids = made.iter().map(|(name, rect)| (Id::unique(*name), *rect)).collect();
        let found: Vec<&str> = in_order(ids, panes)
            .into_iter()
            .filter_map(|id| made.iter().find(|(name, _)| Id::unique(*name) == id).map(|(name, _)| *name))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_bar_is_gone_through_from_the_left() {
        let bar = [at("close", 90.0, 0.0, 10.0, 10.0), at("pin", 80.0, 0.0, 10.0, 10.0), at("name", 0.0, 1.0, 40.0, 9.0)];
        check(&bar, &[], &["name", "pin", "close"]);
        // What is much higher stands on no line with it; what was made in between keeps its place.
        let with_text = [bar[0], at("text", 20.0, 0.0, 60.0, 100.0), bar[1], at("below", 0.0, 20.0, 10.0, 10.0)];
        check(&with_text, &[], &["close", "text", "pin", "below"]);
    }

    #[test]
    fn panes_are_gone_through_in_their_order() {
        let made = [
            at("menu", 0.0, 0.0, 10.0, 10.0),
            at("source", 0.0, 20.0, 10.0, 10.0),
            at("theme", 80.0, 20.0, 10.0, 10.0),
            at("text", 30.0, 20.0, 40.0, 80.0),
            at("other theme", 80.0, 30.0, 10.0, 10.0),
        ];
        let panes = [0.0, 20.0, 75.0].map(|left| Rect::from_min_max(Pos2::new(left, 15.0), Pos2::new(left + 20.0, 100.0)));
        check(&made, &panes, &["menu", "source", "theme", "text", "other theme"]);
        let panes = [Rect::from_min_max(Pos2::new(0.0, 15.0), Pos2::new(75.0, 100.0)), panes[2]];
        check(&made, &panes, &["menu", "source", "text", "theme", "other theme"]);
    }
}
