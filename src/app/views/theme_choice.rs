use std::sync::Arc;

use eframe::egui::{Align2, Rect, Ui, pos2};

use super::chooser::{Chooser, Offers};
use super::read::themes_matching;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::app::widgets::{paint_elided, paint_mark, paint_words, theme_mark};
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
pub type ThemeChoice = Chooser<Choice>;

impl ThemeChoice {
    /// Shows it. Themes for which `offered` is false are left out; with `create` a new theme can be named. Returns
    /// whether Enter was pressed on a choice, or one was clicked twice.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, study: &Arc<Study>, create: bool, offered: impl Fn(ThemeId) -> bool) -> bool {
        let filtered = !self.filter.trim().is_empty();
        let offers = Offers {
            hint: "Find a theme",
            nothing: "No theme has these letters.",
            find: &|filter| find(study, filter, create, &offered),
            name: &|choice| match choice {
                Choice::Theme(_) => choice.path(study),
                Choice::New(path) => format!("New theme “{path}”"),
            },
            paint: &|ui, rect, choice| paint(ui, tokens, study, rect, choice, filtered),
        };
        self.choose(ui, tokens, study, &offers)
    }
}

fn find(study: &Study, filter: &str, create: bool, offered: &impl Fn(ThemeId) -> bool) -> Vec<Choice> {
    let book = study.codebook();
    let found = themes_matching(book, filter).into_iter().map(|found| found.theme);
    let mut rows: Vec<Choice> = found.filter(|theme| offered(*theme)).map(Choice::Theme).collect();
    let path = filter.trim();
    if create && !path.is_empty() && book.find_path(path).is_none() {
        rows.push(Choice::New(path.to_owned()));
    }
    rows
}

/// Deeper themes are no further to the right than those of this depth: their names must keep some room.
const DEEPEST: usize = 8;

fn paint(ui: &Ui, tokens: &Tokens, study: &Study, rect: Rect, choice: &Choice, filtered: bool) {
    let colour = &tokens.colour;
    let book = study.codebook();
    let left = match choice {
        // While nothing is typed the themes stand in their tree.
        Choice::Theme(theme) if !filtered => {
            let depth = book.line(*theme).and_then(|line| book.outline().get(line)).map_or(0, |row| row.depth);
            tokens.space.two + depth.min(DEEPEST) as f32 * tokens.space.four
        }
        _ => tokens.space.two,
    };
    let mark = pos2(rect.left() + left + tokens.space.one, rect.center().y);
    let words_left = mark.x + tokens.space.three;
    let right = rect.right() - tokens.space.two;
    match choice {
        Choice::Theme(theme) => {
            let hue = theme_mark(tokens, study, *theme);
            paint_mark(ui.painter(), mark, tokens.size.theme_mark, hue.mark, hue.label);
            let at = pos2(words_left, rect.center().y);
            let font = tokens.tabular(Type::Small);
            let number = paint_words(ui.painter(), at, Align2::LEFT_CENTER, book.number(*theme), font, colour.ink_tertiary);
            let path = if filtered { book.path(*theme) } else { String::new() };
            let shown = if filtered { &path } else { book.get(*theme).map_or("", |theme| &theme.name) };
            let left = number.right() + tokens.space.two;
            paint_elided(ui.painter(), left, right, rect.center().y, shown, tokens.font(Type::Body), colour.ink);
        }
        Choice::New(path) => {
            paint_words(ui.painter(), mark, Align2::CENTER_CENTER, icons::PLUS, tokens.small_icon_font(Type::Small), colour.accent);
            let says = format!("New theme “{path}”");
            paint_elided(ui.painter(), words_left, right, rect.center().y, &says, tokens.font(Type::Body), colour.accent);
        }
    }
}
