use eframe::egui::{Align2, Rect, Response, Role, Ui, WidgetInfo, pos2, vec2};

use crate::app::icons;
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{chosen_ground, hairline_below, paint_elided, paint_mark, paint_words};
use crate::study::{Study, ThemeId};

/// A point as the list shows it.
pub struct PointRow<'a> {
    pub theme: ThemeId,
    /// In what coders differ.
    pub difference: String,
    /// The same with the initials of coders, which leave room for the words.
    pub briefly: String,
    /// How it was settled, if it was.
    pub outcome: Option<String>,
    /// The words.
    pub words: &'a str,
    /// Its number from 1, and how many there are.
    pub place: (usize, usize),
    pub chosen: bool,
    pub focused: bool,
}

/// Height of a row in points.
pub fn height(tokens: &Tokens) -> f32 {
    tokens.line_height(Type::Body) + tokens.line_height(Type::Small) + 2.0 * tokens.space.two - tokens.space.half
}

impl PointRow<'_> {
    /// Paints it and tells its name.
    pub fn show(&self, ui: &Ui, tokens: &Tokens, study: &Study, rect: Rect, response: &Response) {
        let colour = &tokens.colour;
        chosen_ground(ui, tokens, rect, response, self.chosen, self.focused);
        let book = study.codebook();
        let name = book.get(self.theme).map_or("", |theme| theme.name.as_str());
        let settled = self.outcome.as_deref();
        let spoken = || {
            let (at, of) = self.place;
            let stands = settled.map_or_else(|| "to settle".to_owned(), |outcome| format!("settled, {outcome}"));
            format!("{name}, {}, {stands}, {}, {at} of {of}", self.difference, self.words)
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.chosen, spoken()));
        let inside = rect.shrink2(vec2(tokens.space.four, tokens.space.two - tokens.space.half));
        let first = inside.top() + tokens.line_height(Type::Body) / 2.0;
        let second = inside.bottom() - tokens.line_height(Type::Small) / 2.0;
        let left = inside.left() + tokens.space.five;
        // A ring is open, a tick is settled.
        let sign = if settled.is_some() { icons::CHECK } else { icons::CIRCLE };
        let ink = if settled.is_some() { colour.ink_secondary } else { colour.accent };
        paint_words(ui.painter(), pos2(inside.left(), first), Align2::LEFT_CENTER, sign, tokens.small_icon_font(Type::Small), ink);
        let hue = tokens.hue(book.colour(self.theme));
        let mark = left + tokens.size.theme_mark / 2.0;
        paint_mark(ui.painter(), pos2(mark, first), tokens.size.theme_mark, hue.mark, hue.label);
        let says = settled.unwrap_or_default();
        let font = tokens.font(Type::Small);
        let at = pos2(inside.right(), first);
        let right = paint_words(ui.painter(), at, Align2::RIGHT_CENTER, says, font.clone(), colour.ink_secondary).left();
        let strong = tokens.font_in(Type::Body, family::INTERFACE_MEDIUM);
        let from = mark + tokens.size.theme_mark;
        paint_elided(ui.painter(), from, right - tokens.space.two, first, name, strong, colour.ink);
        let line = format!("{} · {}", self.briefly, self.words);
        paint_elided(ui.painter(), left, inside.right(), second, &line, font, colour.ink_secondary);
        hairline_below(ui, tokens, rect);
    }
}
