//! Rows under headings, and where each stands: only what is seen of a list is painted.

use eframe::egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2};

use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{hairline_below, paint_elided, paint_words};

/// A line of such a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Over rows that belong together: its words, and how many there are.
    Heading(String, usize),
    /// A row, by its place among what is listed.
    Row(usize),
}

/// The lines, and where each begins.
#[derive(Default)]
pub(super) struct Headed {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// Where the rows stand among the lines.
    rows: Vec<usize>,
    /// Tops of the lines in points, and the end of the last.
    tops: Vec<f32>,
    /// The line that is taller than it was counted, and by how much.
    stretched: Option<(usize, f32)>,
}

impl Headed {
    /// Rows in order, each by its place among what is listed, with the words of its heading and its height in points.
    /// Rows in a row with the same words share a heading, which is `heading` points high.
    pub fn new(rows: impl IntoIterator<Item = (usize, String, f32)>, heading: f32) -> Self {
        let mut headed = Self { tops: vec![0.0], ..Self::default() };
        let (mut group, mut top) = (None, 0.0);
        for (at, said, height) in rows {
            match group.and_then(|group: usize| headed.lines.get_mut(group)) {
                Some(Line::Heading(words, count)) if *words == said => *count += 1,
                _ => {
                    group = Some(headed.lines.len());
                    headed.lines.push(Line::Heading(said, 1));
                    top += heading;
                    headed.tops.push(top);
                }
            }
            headed.rows.push(headed.lines.len());
            headed.lines.push(Line::Row(at));
            top += height;
            headed.tops.push(top);
        }
        headed
    }

    /// Makes the row at a place of the list taller by so many points, and no other.
    pub fn stretch(&mut self, place: usize, by: f32) {
        self.stretched = self.rows.get(place).map(|line| (*line, by));
    }

    /// How many rows are shown.
    pub const fn count(&self) -> usize {
        self.rows.len()
    }

    /// The row at a place of the list, by its place among what is listed.
    pub fn row(&self, place: usize) -> Option<usize> {
        match self.lines.get(*self.rows.get(place)?)? {
            Line::Row(at) => Some(*at),
            Line::Heading(..) => None,
        }
    }

    /// The place in the list of the first row that `is` it.
    pub fn place(&self, is: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.rows.len()).find(|place| self.row(*place).is_some_and(&is))
    }

    /// How many rows stand before a line.
    pub fn before(&self, line: usize) -> usize {
        self.rows.partition_point(|row| *row < line)
    }

    /// Where a line begins, in points; that after the last is where all end.
    pub fn top(&self, line: usize) -> f32 {
        let more = self.stretched.filter(|(stretched, _)| line > *stretched).map_or(0.0, |(_, by)| by);
        self.tops.get(line).or(self.tops.last()).copied().unwrap_or_default() + more
    }

    /// The line at a height.
    pub fn at(&self, y: f32) -> usize {
        let line = |y: f32| self.tops.partition_point(|top| *top <= y).saturating_sub(1);
        match self.stretched {
            Some((stretched, by)) if line(y) > stretched => line(y - by).max(stretched),
            _ => line(y),
        }
    }

    /// From where to where a row at a place of the list reaches, with the heading right above it.
    pub fn reach(&self, place: usize) -> (f32, f32) {
        let Some(line) = self.rows.get(place).copied() else { return (0.0, 0.0) };
        let headed = line.checked_sub(1).filter(|above| matches!(self.lines.get(*above), Some(Line::Heading(..))));
        (self.top(headed.unwrap_or(line)), self.top(line + 1))
    }
}

/// How far such a list is scrolled.
#[derive(Default)]
pub(super) struct Scrolled {
    /// The chosen row is to be scrolled to.
    pub to_chosen: bool,
    /// What is seen: from where, and how much.
    pub seen: (f32, f32),
}

impl Scrolled {
    /// How many rows of a height are seen, for a step of a page.
    pub fn page(&self, height: f32) -> isize {
        isize::try_from((self.seen.1 / height) as usize).unwrap_or(1).max(2)
    }
}

/// Shows what is seen of a list, scrolled so that the row at the place `chosen` is in sight where that is wanted. `row` paints one into
/// its room; it is given its place among what is listed, then that in the list.
pub(super) fn show_lines(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    (listing, chosen): (&Headed, Option<usize>),
    scrolled: &mut Scrolled,
    mut row: impl FnMut(&mut Ui, Rect, usize, usize),
) {
    let mut area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    let (from, height) = scrolled.seen;
    if std::mem::take(&mut scrolled.to_chosen)
        && let Some((top, bottom)) = chosen.map(|place| listing.reach(place))
        && height > 0.0
    {
        area = area.vertical_scroll_offset(from.min(top).max((bottom - height).min(top)));
    }
    let out = area.show_viewport(ui, |ui, seen| {
        let origin = ui.max_rect().min;
        ui.set_height(listing.top(listing.lines.len()));
        for line in listing.at(seen.top())..listing.lines.len() {
            let (top, bottom) = (listing.top(line), listing.top(line + 1));
            if top > seen.bottom() {
                break;
            }
            let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), origin.y + top..=origin.y + bottom);
            match listing.lines.get(line) {
                Some(Line::Heading(said, count)) => show_heading(ui, tokens, rect, said, *count),
                Some(Line::Row(at)) => row(ui, rect, *at, listing.before(line)),
                None => {}
            }
        }
    });
    scrolled.seen = (out.state.clamped_offset().y, out.inner_rect.height());
}

/// Shows a heading: its words, and how many rows stand under it.
pub(super) fn show_heading(ui: &Ui, tokens: &Tokens, rect: Rect, said: &str, count: usize) {
    let colour = &tokens.colour;
    let heading = ui.interact(rect, Id::unique(("heading of a list", said)), Sense::hover());
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{said}, {count}")));
    ui.ctx().accesskit_node_builder(heading.id, |node| node.set_level(2));
    ui.painter().rect_filled(rect, 0.0, colour.surface_chrome);
    let right = rect.right() - tokens.space.four;
    let count = paint_words(
        ui.painter(),
        pos2(right, rect.center().y),
        Align2::RIGHT_CENTER,
        count,
        tokens.tabular(Type::Small),
        colour.ink_tertiary,
    );
    let font = tokens.font_in(Type::Small, family::INTERFACE_SEMIBOLD);
    paint_elided(
        ui.painter(),
        rect.left() + tokens.space.four,
        count.left() - tokens.space.two,
        rect.center().y,
        said,
        font,
        colour.ink_secondary,
    );
    hairline_below(ui, tokens, rect);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_their_height_also_where_one_is_taller() {
        let rows = ["a", "a", "b", "a"].into_iter().enumerate().map(|(at, said)| (at, said.to_owned(), 10.0 + at as f32));
        let mut headed = Headed::new(rows, 5.0);
        let headings = headed.lines.iter().filter(|line| matches!(line, Line::Heading(..)));
        assert_eq!(headings.count(), 3, "only neighbours share a heading");
        let end = headed.top(headed.lines.len());
        for stretched in [None, Some(0), Some(1), Some(3)] {
            if let Some(place) = stretched {
                headed.stretch(place, 40.0);
                assert!((headed.top(headed.lines.len()) - end - 40.0).abs() < 0.01);
                let ((from, to), above) = (headed.reach(place), if place == 1 { 0.0 } else { 5.0 });
                assert!((to - from - 50.0 - place as f32 - above).abs() < 0.01, "{place}");
            }
            for line in 0..headed.lines.len() {
                let (top, bottom) = (headed.top(line), headed.top(line + 1));
                assert_eq!([headed.at(top), headed.at(bottom - 0.5)], [line; 2], "{stretched:?}");
            }
        }
    }
}
