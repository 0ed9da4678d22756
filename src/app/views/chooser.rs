use std::sync::Arc;

use eframe::egui::{Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::app::Seen;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Field, reveal, row_at_hand, select_fill, words};
use crate::study::Study;

/// A box that filters, and the rows that are left, one of which can be chosen.
#[derive(Clone, Debug)]
pub struct Chooser<T> {
    /// What is typed.
    pub(super) filter: String,
    /// What is chosen.
    pub chosen: Option<T>,
    /// Row that Enter takes.
    at: usize,
    shown: bool,
    rows: Vec<T>,
    /// What the rows were made from.
    made_from: Option<(Seen, String)>,
    /// What is seen of them: from where, and how much.
    seen: (f32, f32),
}

impl<T> Default for Chooser<T> {
    fn default() -> Self {
        let (filter, rows) = (String::new(), Vec::new());
        Self { filter, chosen: None, at: 0, shown: false, rows, made_from: None, seen: (0.0, 0.0) }
    }
}

/// What can be chosen, and how it looks.
pub(super) struct Offers<'a, T> {
    /// What the box says while it is empty, which is its name.
    pub hint: &'a str,
    /// What is said when nothing is left.
    pub nothing: &'a str,
    /// The rows that a filter leaves, in order.
    pub find: &'a dyn Fn(&str) -> Vec<T>,
    /// The name of a row.
    pub name: &'a dyn Fn(&T) -> String,
    /// Paints a row.
    pub paint: &'a dyn Fn(&Ui, Rect, &T),
}

/// How many rows are seen at once.
const ROWS: f32 = 8.0;

impl<T: Clone + PartialEq> Chooser<T> {
    /// Shows it. Returns whether Enter was pressed on a choice, or one was clicked twice.
    pub(super) fn choose(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Arc<Study>, offers: &Offers<'_, T>) -> bool {
        let id = ui.scope_id().with("filter of choices");
        let step = ui.input_mut(|input| {
            let mut pressed = |key| isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
            pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
        });
        let field = Field::new(id, offers.hint, icons::SEARCH).show(ui, tokens, &mut self.filter);
        if !std::mem::replace(&mut self.shown, true) {
            // After the field has been shown, so that the letter that brought it does not fall into it.
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
        self.find(study, offers);
        if field.changed() || self.chosen.is_none() {
            self.at = 0;
        } else {
            self.at = self.at.saturating_add_signed(step).min(self.rows.len().saturating_sub(1));
        }
        let moved = field.changed() || step != 0;
        if moved {
            // Nothing is chosen before anything was typed: Enter alone must not take the first row there is.
            self.chosen = self.rows.get(self.at).filter(|_| step != 0 || !self.filter.trim().is_empty()).cloned();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered && self.chosen.is_none() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let clicked_twice = self.list(ui, tokens, id, offers, moved);
        (entered || clicked_twice) && self.chosen.is_some()
    }

    /// Makes the rows anew where the study or the filter is another one.
    fn find(&mut self, study: &Arc<Study>, offers: &Offers<'_, T>) {
        if self.made_from.as_ref().is_some_and(|(seen, filter)| seen.is(study) && *filter == self.filter) {
            return;
        }
        self.rows = (offers.find)(&self.filter);
        self.made_from = Some((Seen::of(study), self.filter.clone()));
        let rows = &self.rows;
        self.chosen.take_if(|chosen| !rows.contains(chosen));
    }

    fn list(&mut self, ui: &mut Ui, tokens: &Tokens, id: Id, offers: &Offers<'_, T>, moved: bool) -> bool {
        let mut twice = false;
        let row = tokens.size.tree_row;
        let height = row * ROWS;
        ui.add_space(tokens.space.one);
        let mut area = ScrollArea::vertical().id_salt("choices").max_height(height).min_scrolled_height(height).auto_shrink(false);
        if moved {
            area = reveal(area, self.seen, self.at, row);
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let out = area.show_rows(ui, row, self.rows.len().max(1), |ui, range| {
                if self.rows.is_empty() {
                    words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, offers.nothing);
                }
                for (index, choice) in self.rows.iter().enumerate().take(range.end).skip(range.start) {
                    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), row), Sense::hover());
                    let response = ui.interact(rect, id.with(index), Sense::CLICK);
                    let on = self.chosen.as_ref() == Some(choice);
                    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, (offers.name)(choice)));
                    if on {
                        row_at_hand(ui, id, response.id);
                    }
                    select_fill(ui, tokens, rect, on, &response);
                    (offers.paint)(ui, rect, choice);
                    if response.clicked() || response.double_clicked() {
                        (self.at, self.chosen) = (index, Some(choice.clone()));
                        twice |= response.double_clicked();
                    }
                }
            });
            self.seen = (out.state.clamped_offset().y, out.inner_rect.height());
        });
        twice
    }
}
