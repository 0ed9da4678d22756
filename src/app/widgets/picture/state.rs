use std::sync::Arc;

use eframe::egui::{Vec2, vec2};

use super::known::Known;
use crate::app::tokens::Tokens;
use crate::exchange::picture::{Area, Picture};

/// Pixels of the window a point has at scale 1: 9 points are 12 pixels, as everywhere.
const PIXELS: f32 = 4.0 / 3.0;

/// How far a picture is made smaller or larger by itself to fill the width there is.
const FITS: (f32, f32) = (0.75, 1.2);

/// How far one may make it smaller or larger from there, and by how much at once.
const ZOOM: (f32, f32) = (0.4, 4.0);
pub(super) const ZOOM_STEP: f32 = 1.25;

/// Scales are rounded to so many steps of 1, so that letters are not made anew in every width that a window goes through.
const SCALES: f32 = 32.0;

/// What a picture in the window remembers.
pub struct PictureState {
    /// The mark one is at.
    pub(super) at: Option<usize>,
    /// The focus is to come to it.
    wants_focus: bool,
    /// The mark one is at is to be brought into sight.
    pub(super) reveal: bool,
    /// Escape was pressed in it.
    pub(super) left: bool,
    /// How much larger than by itself it is shown.
    pub(super) zoom: f32,
    /// What is seen of it: from where, and how much, in pixels.
    pub(super) seen: (Vec2, Vec2),
    known: Option<Known>,
}

impl Default for PictureState {
    fn default() -> Self {
        let seen = (Vec2::ZERO, Vec2::ZERO);
        Self { at: None, wants_focus: false, reveal: false, left: false, zoom: 1.0, seen, known: None }
    }
}

impl PictureState {
    /// The number of the mark one is at, by keys or a click.
    #[must_use]
    pub const fn at(&self) -> Option<usize> {
        self.at
    }

    /// Goes to a mark, and brings it into sight.
    pub const fn go(&mut self, mark: usize) {
        (self.at, self.reveal) = (Some(mark), true);
    }

    /// Brings the focus to the picture when it is shown next.
    pub const fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Whether Escape was pressed in the picture since this was asked last: the focus is for whatever the picture is in.
    pub const fn has_left(&mut self) -> bool {
        std::mem::replace(&mut self.left, false)
    }

    pub(super) const fn focus_is_wanted(&mut self) -> bool {
        std::mem::replace(&mut self.wants_focus, false)
    }

    /// What is reckoned of the picture, once for each. In another picture one is at the mark of the same name, if there is one.
    pub(super) fn know(&mut self, picture: &Arc<Picture>) -> Known {
        match self.known.take() {
            Some(known) if Arc::ptr_eq(&known.picture, picture) => known,
            before => {
                let name = before.and_then(|before| Some(before.picture.marks.get(self.at?)?.name.clone()));
                let same = name.and_then(|name| picture.marks.iter().position(|mark| mark.name == name));
                self.at = same.or(self.at).filter(|at| *at < picture.marks.len());
                Known::new(picture)
            }
        }
    }

    pub(super) fn keep(&mut self, known: Known) {
        self.known = Some(known);
    }

    /// Makes the picture larger or smaller by a factor; the mark one is at stays in sight.
    pub(super) fn zoom_by(&mut self, factor: f32) {
        self.zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        self.reveal |= self.at.is_some();
    }

    /// How many pixels a point of the picture has in this width: it fills that, as long as its words can be read and are not too large.
    pub(super) fn scale(&self, tokens: &Tokens, known: &Known, width: f32) -> f32 {
        let readable = known.smallest.map_or(FITS.0, |size| tokens.size.smallest_type / (size * PIXELS));
        let least = readable.clamp(FITS.0, FITS.1);
        let fits = (width / (known.picture.width.max(1.0) * PIXELS)).clamp(least, FITS.1);
        let scale = fits * self.zoom;
        (if scale > least { (scale * SCALES).floor() / SCALES } else { scale }).max(1.0 / SCALES) * PIXELS
    }

    /// From where to show the picture so that an area of it is in sight.
    pub(super) fn revealed(&self, area: Area, scale: f32) -> Vec2 {
        let (from, room) = self.seen;
        let into = |from: f32, start: f32, end: f32, room: f32| from.min(start).max((end - room).min(start)).max(0.0);
        let area = area.grown(MARGIN);
        vec2(into(from.x, area.left * scale, area.right() * scale, room.x), into(from.y, area.top * scale, area.bottom() * scale, room.y))
    }
}

/// So much of the picture beside the mark one is at is seen too, in points.
const MARGIN: f32 = 6.0;
