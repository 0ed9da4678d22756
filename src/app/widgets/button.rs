use eframe::egui;
use eframe::egui::{Align2, Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::keys::{caps_width, paint_caps};
use super::rows::focus_ring;
use super::words::{elided, paint_words};
use crate::app::command::Command;
use crate::app::tokens::{Tokens, Type, family};

/// By how much words may be wider than their letters, each taken alone.
const MORE: f32 = 1.02;

/// Between the words of a button and what stands beside them.
fn gap(tokens: &Tokens) -> f32 {
    tokens.space.one + tokens.space.half
}

/// A button with words, perhaps an icon before and keys behind them.
pub struct Button<'a> {
    words: &'a str,
    icon: Option<char>,
    menu: bool,
    keys: Vec<&'a str>,
    look: Look,
    small: bool,
    enabled: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Primary,
    Quiet,
}

impl<'a> Button<'a> {
    /// A button with an edge.
    #[must_use]
    pub fn new(words: &'a str) -> Self {
        Self { words, icon: None, menu: false, keys: Vec::new(), look: Look::Plain, small: false, enabled: true }
    }

    /// The one main action of a place.
    #[must_use]
    pub fn primary(words: &'a str) -> Self {
        Self { look: Look::Primary, ..Self::new(words) }
    }

    /// A button without an edge.
    #[must_use]
    pub fn quiet(words: &'a str) -> Self {
        Self { look: Look::Quiet, ..Self::new(words) }
    }

    /// With an icon before the words.
    #[must_use]
    pub fn icon(self, icon: char) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With the arrow of a menu behind the words.
    #[must_use]
    pub fn menu(self) -> Self {
        Self { menu: true, ..self }
    }

    /// With the names of keys behind the words.
    #[must_use]
    pub fn keys(self, keys: &[&'a str]) -> Self {
        Self { keys: keys.to_vec(), ..self }
    }

    /// Smaller.
    #[must_use]
    pub fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// Whether it can be pressed.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// How wide it is where there is room for its words, in points. To be asked of a small one for many words at once: it is counted
    /// by the letters, not laid out.
    pub fn width(&self, ui: &Ui, tokens: &Tokens) -> f32 {
        let font = tokens.font_in(self.kind(), family::INTERFACE_MEDIUM);
        let letters: f32 = ui.fonts_mut(|fonts| self.words.chars().map(|c| fonts.glyph_width(&font, c)).sum());
        // Letters beside one another can take a little more than each alone.
        (letters * MORE).ceil() + self.around(ui, tokens)
    }

    const fn kind(&self) -> Type {
        if self.small { Type::Small } else { Type::Body }
    }

    /// What stands beside its words, in points.
    fn around(&self, ui: &Ui, tokens: &Tokens) -> f32 {
        let gap = gap(tokens);
        let extra = |on: bool| if on { tokens.small_icon_font(self.kind()).size + gap } else { 0.0 };
        let caps = if self.keys.is_empty() { 0.0 } else { caps_width(ui, tokens, &self.keys) + gap };
        2.0 * self.pad(tokens) + extra(self.icon.is_some()) + extra(self.menu) + caps
    }

    fn pad(&self, tokens: &Tokens) -> f32 {
        if self.small { tokens.space.two } else { tokens.space.two + tokens.space.half }
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens) -> Response {
        let font = tokens.font_in(self.kind(), family::INTERFACE_MEDIUM);
        let icon_font = tokens.small_icon_font(self.kind());
        let (gap, pad, around) = (gap(tokens), self.pad(tokens), self.around(ui, tokens));
        // It is never wider than what it stands in.
        let words = elided(ui.painter(), self.words, font, Color32::PLACEHOLDER, ui.max_rect().width() - around);
        let width = words.size().x + around;
        let height = if self.small { tokens.size.control_small + tokens.space.half } else { tokens.size.control };
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled, self.words));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let (fill, edge, ink) = self.colours(tokens, &response);
        let radius = Tokens::corner(tokens.radius.control);
        ui.painter().rect(rect, radius, fill, Stroke::new(tokens.stroke.hairline, edge), StrokeKind::Inside);
        let mut left = rect.left() + pad;
        if let Some(icon) = self.icon {
            paint_words(ui.painter(), egui::pos2(left, rect.center().y), Align2::LEFT_CENTER, icon, icon_font.clone(), ink);
            left += icon_font.size + gap;
        }
        let size = words.size();
        ui.painter().galley_with_override_text_color(egui::pos2(left, rect.center().y - size.y / 2.0), words, ink);
        left += size.x + gap;
        if self.menu {
            let icon = crate::app::icons::CHEVRON_DOWN;
            paint_words(ui.painter(), egui::pos2(left, rect.center().y), Align2::LEFT_CENTER, icon, icon_font, tokens.colour.ink_tertiary);
        }
        if !self.keys.is_empty() {
            paint_caps(ui, tokens, egui::pos2(left, rect.center().y), &self.keys, ink);
        }
        if response.has_focus() {
            focus_ring(ui, tokens, rect);
            if self.look == Look::Primary {
                // On its own ground the ring is not seen: a second one in the ink of its words lies within.
                let stroke = Stroke::new(tokens.stroke.focus_ring, ink);
                let inner = rect.shrink(tokens.stroke.focus_ring);
                ui.painter().rect_stroke(inner, Tokens::corner(tokens.radius.control), stroke, StrokeKind::Inside);
            }
        }
        response
    }

    fn colours(&self, tokens: &Tokens, response: &Response) -> (Color32, Color32, Color32) {
        let colour = &tokens.colour;
        let hot = response.hovered();
        match self.look {
            _ if !self.enabled => (Color32::TRANSPARENT, colour.line_hair, colour.ink_disabled),
            Look::Primary => (if hot { colour.accent_hover } else { colour.accent }, Color32::TRANSPARENT, colour.ink_on_accent),
            Look::Plain => (if hot { colour.surface_hover } else { colour.surface_raised }, colour.line_strong, colour.ink),
            Look::Quiet => (if hot { colour.surface_hover } else { Color32::TRANSPARENT }, Color32::TRANSPARENT, colour.ink_secondary),
        }
    }
}

/// A square button with an icon; `name` is its tooltip, whose first line is what screen readers say.
pub fn icon_button(ui: &mut Ui, tokens: &Tokens, icon: char, name: &str, enabled: bool) -> Response {
    let side = tokens.size.control;
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name.lines().next().unwrap_or_default()));
    let colour = &tokens.colour;
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), colour.surface_hover);
    }
    let ink = if enabled { colour.ink_secondary } else { colour.ink_disabled };
    paint_icon(ui, tokens, rect, icon, ink);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.on_hover_text(name)
}

/// A smaller one, without a tooltip of more than its name.
pub fn small_icon_button(ui: &mut Ui, tokens: &Tokens, icon: char, name: &str) -> Response {
    let side = tokens.size.control_small;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, Tokens::corner(tokens.radius.control), tokens.colour.surface_hover);
    }
    let font = tokens.small_icon_font(Type::Small);
    paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, font, tokens.colour.ink_tertiary);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.on_hover_text(name)
}

/// The icon button of a command.
pub fn icon_button_for(ui: &mut Ui, tokens: &Tokens, command: Command, enabled: bool) -> Response {
    let icon = command.icon().unwrap_or(crate::app::icons::ELLIPSIS);
    icon_button(ui, tokens, icon, &command.tooltip(ui.ctx()), enabled)
}

fn paint_icon(ui: &Ui, tokens: &Tokens, rect: Rect, icon: char, ink: Color32) {
    paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, icon, tokens.icon_font(), ink);
}
