//! A list of rows of one height that the arrows go through: one stop for Tab, whatever its length.

use eframe::egui::{EventFilter, Id, Key, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::rows::{focus_ring, plain_key, reveal, row_at_hand, select_fill};
use crate::app::tokens::Tokens;

/// What a list remembers.
#[derive(Default)]
pub struct RowList {
    /// The row one is at.
    pub at: usize,
    /// The focus is to come to it.
    pub wants_focus: bool,
    moved: bool,
    /// What is seen: from where, and how much.
    seen: (f32, f32),
}

/// What was done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAct {
    /// Enter, or two clicks.
    Take(usize),
    /// The space bar.
    Tick(usize),
    /// A click.
    Click(usize),
}

/// How a list is shown.
#[derive(Clone, Copy)]
pub struct RowsLook<'a> {
    /// What has the focus when the list has it.
    pub id: Id,
    /// What it is called.
    pub name: &'a str,
    /// Height of a row in points.
    pub height: f32,
    /// How many rows there are.
    pub total: usize,
}

impl RowList {
    /// Goes to a row, and brings it on screen.
    pub const fn go(&mut self, row: usize) {
        (self.at, self.moved) = (row, true);
    }

    /// The keys of the list while it has the focus. To be called before anything else that takes arrows.
    pub fn take_keys(&mut self, ui: &Ui, look: RowsLook<'_>) -> Option<RowAct> {
        if !ui.memory(|memory| memory.has_focus(look.id)) || look.total == 0 {
            return None;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(look.id, filter));
        let pressed = |key| plain_key(ui, key);
        let (last, page) = (look.total - 1, (self.seen.1 / look.height).max(1.0) as usize);
        for (key, to) in [
            (Key::ArrowUp, self.at.saturating_sub(1)),
            (Key::ArrowDown, self.at + 1),
            (Key::PageUp, self.at.saturating_sub(page)),
            (Key::PageDown, self.at + page),
            (Key::Home, 0),
            (Key::End, last),
        ] {
            if pressed(key) {
                (self.at, self.moved) = (to.min(last), true);
            }
        }
        if pressed(Key::Enter) {
            return Some(RowAct::Take(self.at));
        }
        pressed(Key::Space).then_some(RowAct::Tick(self.at))
    }

    /// Shows the rows in the room there is. `row` paints one into its place, tells its name to screen readers by the
    /// response it is given, and says whether something in it was clicked that is not the row.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        tokens: &Tokens,
        look: RowsLook<'_>,
        mut row: impl FnMut(&Ui, Rect, usize, bool, &Response) -> bool,
    ) -> Option<RowAct> {
        let area = ui.available_rect_before_wrap();
        let whole = ui.interact(area, look.id, Sense::focusable_noninteractive());
        whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("{}, {}", look.name, look.total)));
        if std::mem::take(&mut self.wants_focus) {
            ui.memory_mut(|memory| memory.request_focus(look.id));
            // Only from the next frame on are arrows the list's own.
            ui.ctx().request_repaint();
        }
        self.at = self.at.min(look.total.saturating_sub(1));
        let mut scroll = ScrollArea::vertical().id_salt(look.id.with("scroll")).auto_shrink(false);
        if std::mem::take(&mut self.moved) {
            scroll = reveal(scroll, self.seen, self.at, look.height);
        }
        let mut act = None;
        let output = scroll.show_viewport(ui, |ui, seen| {
            let (left, top, width) = (ui.max_rect().left(), ui.max_rect().top(), ui.available_width());
            ui.set_height(look.height * look.total as f32);
            let first = (seen.top() / look.height).max(0.0) as usize;
            let last = ((seen.bottom() / look.height).ceil().max(0.0) as usize).min(look.total);
            for index in first..last {
                let rect = Rect::from_min_size(pos2(left, top + look.height * index as f32), vec2(width, look.height));
                let response = ui.interact(rect, look.id.with(index), Sense::CLICK);
                let here = index == self.at && whole.has_focus();
                select_fill(ui, tokens, rect, here, &response);
                if here {
                    focus_ring(ui, tokens, rect);
                }
                let within = row(ui, rect, index, here, &response);
                if index == self.at {
                    row_at_hand(ui, look.id, response.id);
                }
                if within {
                    self.at = index;
                } else if response.double_clicked() {
                    act = Some(RowAct::Take(index));
                } else if response.clicked() {
                    act = Some(RowAct::Click(index));
                }
            }
        });
        self.seen = (output.state.clamped_offset().y, output.inner_rect.height());
        if let Some(RowAct::Take(index) | RowAct::Click(index)) = act {
            self.at = index;
            ui.memory_mut(|memory| memory.request_focus(look.id));
        }
        act
    }
}
