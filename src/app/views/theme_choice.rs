use eframe::egui;
use eframe::egui::{Align2, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::read::themes_matching;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{Field, paint_elided, paint_mark, paint_words, select_fill, theme_mark, words};
use crate::study::{Study, ThemeId};

/// A theme that was chosen, or the path of one to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A theme that is there.
    Theme(ThemeId),
    /// A theme to be made, by its path.
    New(String),
}

impl Choice {
    /// Its path, as shown.
    #[must_use]
    pub fn path(&self, study: &Study) -> String {
        match self {
            Self::Theme(theme) => study.codebook().path(*theme),
            Self::New(path) => path.clone(),
        }
    }
}

/// A box that filters the themes by name, path, number or abbreviation, and the themes that are left.
#[derive(Clone, Debug, Default)]
pub struct ThemeChoice {
    filter: String,
    /// Row that Enter takes.
    at: usize,
    /// What is chosen.
    pub chosen: Option<Choice>,
    shown: bool,
}

/// How many themes are seen at once.
const ROWS: f32 = 8.0;

impl ThemeChoice {
    /// Shows it. Themes for which `offered` is false are left out; with `create` a new theme can be named. Returns
    /// whether Enter was pressed on a choice, or one was clicked twice.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Study, create: bool, offered: impl Fn(ThemeId) -> bool) -> bool {
        let id = ui.scope_id().with("theme filter");
        let step = ui.input_mut(|input| {
            let mut pressed = |key| isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
            pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
        });
        let field = Field::new(id, "Find a theme", icons::SEARCH).show(ui, tokens, &mut self.filter);
        if !std::mem::replace(&mut self.shown, true) {
            // After the field has been shown, so that the letter that brought it does not fall into it.
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
        let rows = self.rows(study, create, &offered);
        let last = rows.len().saturating_sub(1);
        self.chosen.take_if(|chosen| !rows.contains(chosen));
        if field.changed() || self.chosen.is_none() {
            self.at = 0;
        } else if step != 0 {
            self.at = self.at.saturating_add_signed(step).min(last);
        }
        if field.changed() || step != 0 {
            // Nothing is chosen before anything was typed: Enter alone must not take the first theme there is.
            self.chosen = rows.get(self.at).filter(|_| step != 0 || !self.filter.trim().is_empty()).cloned();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered && self.chosen.is_none() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let moved = step != 0 || field.changed();
        let clicked_twice = self.list(ui, tokens, study, &rows, moved);
        (entered || clicked_twice) && self.chosen.is_some()
    }

    fn rows(&self, study: &Study, create: bool, offered: &impl Fn(ThemeId) -> bool) -> Vec<Choice> {
        let book = study.codebook();
        let found = themes_matching(book, &self.filter).into_iter().map(|found| found.theme);
        let mut rows: Vec<Choice> = found.filter(|theme| offered(*theme)).map(Choice::Theme).collect();
        let path = self.filter.trim();
        if create && !path.is_empty() && book.find_path(path).is_none() {
            rows.push(Choice::New(path.to_owned()));
        }
        rows
    }

    fn list(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Study, rows: &[Choice], moved: bool) -> bool {
        let mut twice = false;
        let height = tokens.size.tree_row * ROWS;
        ui.add_space(tokens.space.one);
        ScrollArea::vertical().id_salt("themes").max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if rows.is_empty() {
                words(ui, tokens, Type::Small, tokens.colour.ink_tertiary, "No theme has these letters.");
            }
            for (index, choice) in rows.iter().enumerate() {
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.tree_row), Sense::CLICK);
                let on = self.chosen.as_ref() == Some(choice);
                let name = match choice {
                    Choice::Theme(theme) => study.codebook().path(*theme),
                    Choice::New(path) => format!("New theme “{path}”"),
                };
                response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, &name));
                select_fill(ui, tokens, rect, on, &response);
                self.paint(ui, tokens, study, rect, choice, &name);
                if response.clicked() || response.double_clicked() {
                    (self.at, self.chosen) = (index, Some(choice.clone()));
                    twice |= response.double_clicked();
                }
                if on && moved {
                    ui.scroll_to_rect(rect, None);
                }
            }
        });
        twice
    }

    fn paint(&self, ui: &Ui, tokens: &Tokens, study: &Study, rect: Rect, choice: &Choice, name: &str) {
        let colour = &tokens.colour;
        let book = study.codebook();
        let left = match choice {
            // While nothing is typed the themes stand in their tree.
            Choice::Theme(theme) if self.filter.trim().is_empty() => {
                let depth = book.line(*theme).and_then(|line| book.outline().get(line)).map_or(0, |row| row.depth);
                tokens.space.two + depth as f32 * tokens.space.four
            }
            _ => tokens.space.two,
        };
        let mark = egui::pos2(rect.left() + left + tokens.space.one, rect.center().y);
        let words_left = mark.x + tokens.space.three;
        let right = rect.right() - tokens.space.two;
        match choice {
            Choice::Theme(theme) => {
                let hue = theme_mark(tokens, study, *theme);
                paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
                let font = tokens.tabular(Type::Small);
                let number = paint_words(
                    ui.painter(),
                    egui::pos2(words_left, rect.center().y),
                    Align2::LEFT_CENTER,
                    book.number(*theme),
                    font,
                    colour.ink_tertiary,
                );
                let shown = if self.filter.trim().is_empty() { book.get(*theme).map_or("", |theme| &theme.name) } else { name };
                let left = number.right() + tokens.space.two;
                paint_elided(ui.painter(), left, right, rect.center().y, shown, tokens.font(Type::Body), colour.ink);
            }
            Choice::New(_) => {
                paint_words(ui.painter(), mark, Align2::CENTER_CENTER, icons::PLUS, tokens.small_icon_font(Type::Small), colour.accent);
                paint_elided(ui.painter(), words_left, right, rect.center().y, name, tokens.font(Type::Body), colour.accent);
            }
        }
    }
}
