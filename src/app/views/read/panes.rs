use eframe::egui::{Align, Frame, Layout, Panel, Rangef, Ui};

use crate::app::context::Cx;
use crate::app::settings::Settings;
use crate::app::tokens::Tokens;
use crate::app::widgets::within;

/// The text is never narrower than this share of a full line, however large everything is shown.
const LEAST_TEXT: f32 = 0.5;

/// The share that the sources have of what is left beside the text, where both panes have to give way.
const SOURCES_SHARE: f32 = 0.45;

/// A pane narrower than so many gutters of speakers is not shown.
const LEAST_PANE: f32 = 1.25;

/// Beside a text this narrow, in full lines, the panes begin narrower than usual.
const NARROW: f32 = 2.0;

/// How much narrower that is.
const NARROWER: f32 = 0.82;

/// The sources and the inspector, as the text left room for them.
#[derive(Clone, Copy, Default)]
pub struct Panes {
    /// The sources.
    pub sources: Beside,
    /// The inspector.
    pub inspector: Beside,
}

/// A pane beside the text in the last frame.
#[derive(Clone, Copy, Default)]
pub struct Beside {
    /// Whether it had to give way to the text.
    gave_way: bool,
    /// Whether there was room for it at all.
    pub is_shown: bool,
}

/// How wide both panes are.
pub struct Widths {
    /// The sources, left of the text.
    pub sources: Width,
    /// The inspector, right of it.
    pub inspector: Width,
}

/// How wide a pane is: what the analyst has chosen, else the usual, and less where the text has no room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Width {
    wanted: f32,
    range: Rangef,
    /// Whether it cannot be dragged: while it gives way, and in the frame in which it gets its width back.
    fixed: bool,
}

impl Panes {
    /// The widths in this frame.
    pub fn widths(&mut self, ui: &Ui, cx: &Cx<'_>) -> Widths {
        let (tokens, whole) = (cx.tokens, ui.max_rect().width());
        let usual = |width: f32| if whole < tokens.reading.column_width * NARROW { width * NARROWER } else { width };
        let room = (whole - tokens.reading.column_width * LEAST_TEXT).max(0.0);
        let sources = cx.settings.sources_width.unwrap_or_else(|| usual(tokens.size.sources_pane));
        let inspector = cx.settings.inspector_width.unwrap_or_else(|| usual(tokens.size.inspector_pane));
        let width = |beside: &mut Beside, wanted: f32, share: f32| {
            let width = Width::of(tokens, wanted, room * share, &mut beside.gave_way);
            beside.is_shown = width.is_shown(tokens);
            width
        };
        Widths {
            sources: width(&mut self.sources, sources, SOURCES_SHARE),
            inspector: width(&mut self.inspector, inspector, 1.0 - SOURCES_SHARE),
        }
    }
}

/// No pane is dragged wider than this share of a full line.
const WIDEST_PANE: f32 = 0.8;

impl Width {
    /// The width of a pane that has room for `most` points; `gave_way` tells of the frame before, and then of this one.
    fn of(tokens: &Tokens, wanted: f32, most: f32, gave_way: &mut bool) -> Self {
        let gives_way = wanted > most;
        let fixed = std::mem::replace(gave_way, gives_way) || gives_way;
        let range = if fixed {
            Rangef::point(wanted.min(most))
        } else {
            let (least, widest) = (tokens.reading.speaker_gutter_width * 2.0, tokens.reading.column_width * WIDEST_PANE);
            Rangef::new(least.min(most), widest.min(most))
        };
        Self { wanted, range, fixed }
    }

    /// Whether there is room for it at all: a sliver of a pane is of no use.
    fn is_shown(self, tokens: &Tokens) -> bool {
        self.range.max >= tokens.reading.speaker_gutter_width * LEAST_PANE
    }

    /// The panel of the pane.
    pub fn panel(self, panel: Panel, tokens: &Tokens) -> Panel {
        panel.frame(Frame::NONE.fill(tokens.colour.surface_chrome)).default_size(self.wanted).size_range(self.range)
    }

    /// Keeps a width that was dragged, once the pointer has let go.
    pub fn keep(self, ui: &Ui, cx: &mut Cx<'_>, width: f32, set: impl FnOnce(&mut Settings, f32) + Send + 'static) {
        let let_go = ui.input(|input| !input.pointer.any_down() && input.pointer.any_released());
        if !self.fixed && let_go && (width - self.wanted).abs() > 1.0 {
            cx.set(move |settings| set(settings, width));
        }
    }
}

/// Shows a pane as wide as it is: what has no room in it never makes it wider.
pub fn pane(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    within(ui, rect, Layout::top_down(Align::Min), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        show(ui);
    });
    ui.advance_cursor_after_rect(rect);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tokens::Mode;

    #[test]
    fn a_pane_gives_way_and_gets_its_width_back() {
        let tokens = Tokens::load(Mode::Light).unwrap();
        let mut gave_way = false;
        let mut check = |most: f32, fixed: Option<f32>| {
            let width = Width::of(&tokens, 240.0, most, &mut gave_way);
            assert_eq!(width.fixed.then_some(width.range.max), fixed, "{most}");
            assert!(width.range.min <= width.range.max && width.range.max <= most.max(240.0));
        };
        check(400.0, None);
        check(180.0, Some(180.0));
        check(100.0, Some(100.0));
        check(400.0, Some(240.0));
        check(400.0, None);
    }
}
