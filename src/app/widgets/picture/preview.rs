use std::sync::Arc;

use eframe::egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::known::Known;
use super::paint::Sheet;
use crate::app::tokens::{Mode, Tokens};
use crate::exchange::picture::Picture;

/// A picture that is only looked at, whole and on white paper, before it is written.
pub struct PicturePreview {
    known: Known,
    /// What is printed is never dark.
    light: Option<Tokens>,
}

impl PicturePreview {
    /// Of a picture.
    #[must_use]
    pub fn new(picture: Picture) -> Self {
        Self { known: Known::new(&Arc::new(picture)), light: Tokens::load(Mode::Light).ok() }
    }

    /// Shows it in the middle of `rect`, as large as it fits in there.
    pub fn show(&self, ui: &Ui, tokens: &Tokens, rect: Rect) {
        let tokens = self.light.as_ref().unwrap_or(tokens);
        let picture = &self.known.picture;
        let response = ui.interact(rect, ui.scope_id().with("picture"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &picture.title));
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, Tokens::corner(tokens.radius.control), tokens.colour.surface_paper);
        let room = rect.shrink(tokens.space.one);
        // Larger than in the window it would tell no more.
        let scale = (room.width() / picture.width.max(1.0)).min(room.height() / picture.height.max(1.0)).min(4.0 / 3.0);
        let size = vec2(picture.width, picture.height) * scale;
        let origin = Rect::from_center_size(rect.center(), size).min;
        Sheet { tokens, origin, scale }.paint(&painter, &self.known);
    }
}
