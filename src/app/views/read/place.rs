use std::time::Duration;

use eframe::egui::Ui;

use crate::app::context::Cx;
use crate::study::SourceId;

/// Where one is: the source, and its paragraph, from 0.
type Place = (SourceId, usize);

/// After this long at one place it is kept; going through a text by keys writes nothing.
const PAUSE: Duration = Duration::from_secs(2);

/// The place that is kept for the next start.
#[derive(Default)]
pub struct Kept {
    /// Where one is, and since when, in seconds of the window.
    now: Option<(Place, f64)>,
}

impl Kept {
    /// Where one is.
    pub const fn now(&self) -> Option<Place> {
        match self.now {
            Some((place, _)) => Some(place),
            None => None,
        }
    }

    /// Notes where one is, and keeps it after a pause or when another source is opened.
    pub fn keep(&mut self, ui: &Ui, cx: &mut Cx<'_>, place: Place) {
        let time = ui.input(|input| input.time);
        let since = self.now.filter(|(before, _)| *before == place).map_or(time, |(_, since)| since);
        let opened = self.now.is_none_or(|(before, _)| before.0 != place.0);
        self.now = Some((place, since));
        let project = cx.study.project().id;
        if cx.settings.places.get(&project) == Some(&place) {
            return;
        }
        let left = PAUSE.as_secs_f64() - (time - since);
        if opened || left <= 0.0 {
            cx.set(move |settings| {
                settings.places.insert(project, place);
            });
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        }
    }
}
