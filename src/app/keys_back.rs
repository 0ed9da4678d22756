//! Whoever had the keys before a dialog has them again after it.

use eframe::egui::{Context, Id, LayerId, Memory, Plugin, Ui};

/// So many of those that had the keys are remembered: a field that is written in a cell is gone after it, the grid of the cell is not.
const REMEMBERED: usize = 3;

/// So many passes after a dialog the view may give the keys to something by itself.
const GRACE: u8 = 2;

/// Keeps the keys in the dialog that is open, and gives them back when it has gone.
#[derive(Default)]
pub struct KeysBack {
    /// What had the keys outside of dialogs, the last one last.
    outside: Vec<Id>,
    /// What has them in the dialog that is open.
    inside: Option<Id>,
    /// How many passes until the dialog is over: what the view gives the keys to by itself has them.
    left: u8,
}

impl KeysBack {
    /// Says that a dialog lies in `layer`, once its controls are made: what it has given the keys to keeps them, whatever below it asks
    /// for them.
    pub fn hold(ctx: &Context, layer: LayerId) {
        let focus = ctx.memory(Memory::focused);
        let focus = focus.filter(|id| ctx.viewport(|viewport| viewport.this_pass.widgets.get(*id).is_some_and(|it| it.layer_id == layer)));
        ctx.with_plugin(|back: &mut Self| back.inside = focus.or(back.inside));
    }

    /// Whether somebody is about to get the keys back.
    #[must_use]
    pub const fn is_returning(&self) -> bool {
        self.left > 0
    }

    fn remember(&mut self, id: Id) {
        if self.outside.last() != Some(&id) {
            self.outside.retain(|other| *other != id);
            self.outside.push(id);
            let more = self.outside.len().saturating_sub(REMEMBERED);
            self.outside.drain(..more);
        }
    }
}

impl Plugin for KeysBack {
    fn debug_name(&self) -> &'static str {
        "keys back"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        let layer = |id: Id| ctx.viewport(|viewport| viewport.prev_pass.widgets.get(id).map(|it| it.layer_id));
        let (focus, is_open) = ctx.memory(|memory| (memory.focused(), memory.top_modal_layer().is_some()));
        let left = self.left;
        self.left = if is_open { GRACE } else { left.saturating_sub(1) };
        let below = |id: &Id| layer(*id).is_some_and(|layer| ctx.memory(|memory| !memory.allows_interaction(layer)));
        let to = if is_open {
            let asked = focus.filter(below);
            if let Some(asked) = asked {
                self.remember(asked);
            }
            self.inside.filter(|id| asked.is_some() && layer(*id).is_some())
        } else {
            self.inside = None;
            match focus {
                Some(focus) => self.remember(focus),
                // What had them before is left: a click elsewhere has taken them.
                None if left == 0 => self.outside.clear(),
                None => ctx.request_repaint(),
            }
            self.outside.iter().rev().copied().find(|id| left == 1 && focus.is_none() && layer(*id).is_some())
        };
        if let Some(to) = to {
            ctx.memory_mut(|memory| memory.request_focus(to));
            ctx.request_repaint();
        }
    }
}
