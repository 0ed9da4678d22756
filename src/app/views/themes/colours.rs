//! The palette, from which a theme gets its colour, and colours that are not in it.

use eframe::egui::color_picker::{Alpha, color_picker_color32};
use eframe::egui::{Color32, Id, Key, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::icons;
use crate::app::tokens::{Tokens, Type, parse_hex};
use crate::app::widgets::{Button, Field, focus_ring, icon_button, paint_mark, words};

/// The colour of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own {
    /// That of the theme above it, or none at the top.
    Inherited,
    /// One of its own.
    Colour(String),
}

impl Own {
    /// The colour as a theme holds it.
    pub fn of(colour: Option<&String>) -> Self {
        colour.cloned().map_or(Self::Inherited, Self::Colour)
    }

    /// The same as a theme holds it.
    pub fn into_option(self) -> Option<String> {
        match self {
            Self::Inherited => None,
            Self::Colour(colour) => Some(colour),
        }
    }
}

/// Shows the palette, and before it the colour of what stands above, called `inherited`. `now` is the colour that holds,
/// none where there is not one for all. Returns what was chosen instead.
pub fn show(ui: &mut Ui, tokens: &Tokens, now: Option<&Own>, above: Option<&str>, inherited: &str) -> Option<Own> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(tokens.space.half, tokens.space.half);
        if swatch(ui, tokens, above, inherited, now == Some(&Own::Inherited)).clicked() {
            chosen = Some(Own::Inherited);
        }
        ui.add_space(tokens.space.two);
        for hue in &tokens.palette {
            let own = Own::Colour(hue.name.clone());
            if swatch(ui, tokens, Some(&hue.name), &hue.name, now == Some(&own)).clicked() {
                chosen = Some(own);
            }
        }
        // One that is not in the palette stands behind it, and what makes another.
        let own = now.and_then(|now| if let Own::Colour(colour) = now { written(colour) } else { None });
        if let Some(own) = &own {
            swatch(ui, tokens, Some(own), &format!("your own, {own}"), true);
        }
        if let Some(own) = choose_own(ui, tokens, own) {
            chosen = Some(Own::Colour(own));
        }
    });
    chosen.filter(|chosen| now != Some(chosen))
}

/// How much larger than in a list the mark of a colour is.
const MARK: f32 = 1.2;

fn swatch(ui: &mut Ui, tokens: &Tokens, colour: Option<&str>, name: &str, on: bool) -> Response {
    let side = tokens.size.control;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("Colour: {name}")));
    let hue = tokens.hue(colour);
    let inner: Rect = rect.shrink(tokens.space.half);
    if on || response.hovered() {
        let edge = if on { tokens.colour.accent } else { tokens.colour.line_strong };
        let stroke = Stroke::new(tokens.stroke.coding_underline, edge);
        ui.painter().rect_stroke(rect, Tokens::corner(tokens.radius.control), stroke, StrokeKind::Inside);
    }
    let ground = hue.tint.gamma_multiply(tokens.underlay_alpha_focused);
    ui.painter().rect_filled(inner.shrink(tokens.space.half), Tokens::corner(tokens.radius.highlight), ground);
    paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark * MARK, hue.mark, hue.label);
    if response.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    response.on_hover_text(name)
}

/// A colour as it is kept, `#rrggbb`; nothing where the words are none.
fn written(words: &str) -> Option<String> {
    let digits = words.trim().trim_start_matches('#');
    let colour = format!("#{}", digits.to_ascii_lowercase());
    parse_hex(&colour).filter(|colour| digits.len() == 6 && colour.is_opaque()).map(|_| colour)
}

/// What a colour of one's own begins with, where there is none yet.
const BEGIN: &str = "#2b57a5";

/// The button that opens what makes a colour of one's own. Returns the colour once it is to be used.
fn choose_own(ui: &mut Ui, tokens: &Tokens, now: Option<String>) -> Option<String> {
    let button = icon_button(ui, tokens, icons::PALETTE, "Another colour…", true);
    let draft = ui.scope_id().with("colour of one's own");
    if button.clicked() {
        ui.data_mut(|data| data.insert_temp(draft, now.unwrap_or_else(|| BEGIN.to_owned())));
    }
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let shown = popup.show(|ui| {
        ui.set_max_width(tokens.size.sources_pane);
        let mut typed = ui.data(|data| data.get_temp::<String>(draft)).unwrap_or_default();
        let fresh = button.clicked();
        let used = show_own(ui, tokens, &mut typed, fresh);
        if used.is_some() {
            ui.close();
        }
        ui.data_mut(|data| data.insert_temp(draft, typed));
        used
    });
    shown.and_then(|shown| shown.inner)
}

/// A colour as it is written, as it is mixed, and how a theme looks in it.
fn show_own(ui: &mut Ui, tokens: &Tokens, typed: &mut String, fresh: bool) -> Option<String> {
    ui.spacing_mut().item_spacing.y = tokens.space.one;
    let field = Field::new(Id::unique("colour of one's own"), "#rrggbb", icons::PALETTE).name("Colour, as #rrggbb").show(ui, tokens, typed);
    if fresh {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let colour = written(typed);
    let mut mixed = colour.as_deref().and_then(parse_hex).unwrap_or(tokens.colour.accent);
    ui.spacing_mut().slider_width = ui.available_width();
    if color_picker_color32(ui, &mut mixed, Alpha::Opaque) {
        *typed = hex(mixed);
    }
    let ready = colour.is_some();
    let says = match &colour {
        None => "A colour is written as # and six digits from 0 to f.",
        Some(colour) if parse_hex(colour) != Some(tokens.hue(Some(colour)).label) => {
            "Names and marks in it are drawn darker or lighter, so that they can be read."
        }
        Some(_) => "Names and marks can be read in it as it is.",
    };
    let ink = if ready { tokens.colour.ink_secondary } else { tokens.colour.error_ink };
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(tokens.space.four, tokens.space.four), Sense::hover());
        let hue = tokens.hue(colour.as_deref());
        paint_mark(ui.painter(), rect.center(), tokens.size.theme_mark, hue.mark, hue.label);
        words(ui, tokens, Type::BodyStrong, hue.label, "A theme of this colour");
    });
    words(ui, tokens, Type::Small, ink, says);
    let pressed = Button::primary("Use this colour").small().enabled(ready).show(ui, tokens).clicked();
    colour.filter(|_| pressed || entered)
}

/// The colour as it is written.
fn hex(colour: Color32) -> String {
    let [red, green, blue, _] = colour.to_array();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_in_one_way() {
        for (typed, expected) in [
            (" #FFcc00 ", Some("#ffcc00")),
            ("ffcc00", Some("#ffcc00")),
            ("#fc0", None),
            ("#ffcc0080", None),
            ("sky", None),
            ("#ééé", None),
            ("", None),
        ] {
            assert_eq!(written(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(written(BEGIN).and_then(|colour| parse_hex(&colour)).map(hex).as_deref(), Some(BEGIN));
    }
}
