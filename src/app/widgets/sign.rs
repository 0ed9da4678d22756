use eframe::egui::epaint::PathShape;
use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::words::paint_words;
use crate::app::icons;
use crate::app::tokens::{Tokens, Type};
use crate::study::{CaseKind, StatusKind};

/// Paints how far a coder is with a source: a ring that fills, and a tick when it is done.
pub fn paint_status(painter: &Painter, tokens: &Tokens, centre: Pos2, status: StatusKind) {
    let (radius, ink) = (tokens.size.sign / 2.0 - tokens.stroke.hairline, tokens.colour.sign_quiet);
    match status {
        StatusKind::NotStarted => paint_ring(painter, tokens, centre, 0.0),
        StatusKind::Reading => paint_ring(painter, tokens, centre, 0.25),
        StatusKind::Coding => paint_ring(painter, tokens, centre, 0.5),
        StatusKind::Done => {
            painter.circle_filled(centre, radius + tokens.stroke.hairline / 2.0, ink);
            let tick = [vec2(-0.5, 0.05), vec2(-0.1, 0.45), vec2(0.52, -0.38)].map(|at| centre + radius * at);
            painter.line(tick.to_vec(), Stroke::new(tokens.stroke.icon, tokens.colour.sign_edge));
        }
    }
}

/// Paints a ring of which a share (0–1) is filled, clockwise from the top.
pub fn paint_ring(painter: &Painter, tokens: &Tokens, centre: Pos2, share: f32) {
    let (radius, ink) = (tokens.size.sign / 2.0 - tokens.stroke.hairline, tokens.colour.sign_quiet);
    painter.circle_stroke(centre, radius, Stroke::new(tokens.stroke.icon * 0.87, ink));
    if share > 0.0 {
        painter.add(sector(centre, radius, share, ink));
    }
}

fn sector(centre: Pos2, radius: f32, share: f32, ink: Color32) -> Shape {
    let steps = 24.0 * share;
    let mut points = vec![centre];
    points.extend((0..=steps as u16).map(|step| {
        let angle = std::f32::consts::TAU * share * f32::from(step) / steps - std::f32::consts::FRAC_PI_2;
        centre + radius * vec2(angle.cos(), angle.sin())
    }));
    Shape::Path(PathShape::convex_polygon(points, ink, Stroke::NONE))
}

/// How far the summary of a cell is, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummarySign {
    /// A page in outline.
    Draft,
    /// A filled page.
    Charted,
    /// A filled page with a tick.
    Reviewed,
    /// A triangle: what lies under it has changed.
    Changed,
    /// A speech bubble with a dash: asked, and said nothing.
    AskedSaidNothing,
    /// A circle struck through: not asked.
    NotAsked,
    /// A dash: not applicable.
    NotApplicable,
}

/// Paints the sign of a summary, `size` points wide, in `ink` with what lies on it in `edge`.
pub fn paint_summary(painter: &Painter, sign: SummarySign, centre: Pos2, size: f32, [ink, edge]: [Color32; 2]) {
    let unit = size / 12.0;
    let at = |x: f32, y: f32| centre + vec2(x - 6.0, y - 6.0) * unit;
    let thin = Stroke::new(1.3 * unit, ink);
    let page = || vec![at(2.6, 1.1), at(7.2, 1.1), at(9.6, 3.5), at(9.6, 10.9), at(2.6, 10.9)];
    match sign {
        SummarySign::Draft => {
            painter.add(Shape::closed_line(page(), thin));
            for y in [6.0, 8.2] {
                painter.line_segment([at(4.6, y), at(7.4, y)], Stroke::new(unit, ink));
            }
        }
        SummarySign::Charted | SummarySign::Reviewed => {
            painter.add(Shape::Path(PathShape::convex_polygon(page(), ink, Stroke::new(unit, ink))));
            if sign == SummarySign::Reviewed {
                painter.line(vec![at(4.1, 7.0), at(5.6, 8.6), at(8.3, 5.3)], Stroke::new(1.5 * unit, edge));
            }
        }
        SummarySign::Changed => {
            let corners = vec![at(6.0, 1.0), at(11.3, 10.8), at(0.7, 10.8)];
            painter.add(Shape::Path(PathShape::convex_polygon(corners, ink, Stroke::new(unit, edge))));
        }
        SummarySign::AskedSaidNothing => {
            let bubble = [(1.2, 1.8), (10.8, 1.8), (10.8, 8.2), (6.0, 8.2), (3.6, 10.8), (3.6, 8.2), (1.2, 8.2)];
            painter.add(Shape::closed_line(bubble.map(|(x, y)| at(x, y)).to_vec(), thin));
            painter.line_segment([at(4.0, 5.0), at(8.0, 5.0)], thin);
        }
        SummarySign::NotAsked => {
            painter.circle_stroke(centre, 4.6 * unit, thin);
            painter.line_segment([at(2.8, 9.2), at(9.2, 2.8)], thin);
        }
        SummarySign::NotApplicable => {
            painter.line_segment([at(2.5, 6.0), at(9.5, 6.0)], thin);
        }
    }
}

/// Paints a head and shoulders, `size` points wide: rests on one person.
pub fn paint_person(painter: &Painter, centre: Pos2, size: f32, ink: Color32) {
    let unit = size / 12.0;
    painter.circle_filled(centre + vec2(0.0, -2.4 * unit), 2.5 * unit, ink);
    let shoulders = (0..=10u8).map(|step| {
        let angle = std::f32::consts::PI * (1.0 + f32::from(step) / 10.0);
        centre + vec2(4.8 * angle.cos(), 5.4 + 4.6 * angle.sin()) * unit
    });
    painter.add(Shape::Path(PathShape::convex_polygon(shoulders.collect(), ink, Stroke::NONE)));
}

/// Paints who or what a case is: one, two or three people, a label, somebody unknown. It is about one and a half signs wide.
pub fn paint_case_kind(painter: &Painter, tokens: &Tokens, centre: Pos2, kind: CaseKind) {
    let (size, ink) = (tokens.size.sign, tokens.colour.sign_quiet);
    let people = |share: f32, places: &[f32]| {
        for place in places {
            paint_person(painter, centre + vec2(place * size, 0.0), share * size, ink);
        }
    };
    let icon = |icon: char| _ = paint_words(painter, centre, Align2::CENTER_CENTER, icon, tokens.small_icon_font(Type::Small), ink);
    match kind {
        CaseKind::Person => people(1.0, &[0.0]),
        CaseKind::Pair => people(0.75, &[-0.35, 0.35]),
        CaseKind::Group => people(0.6, &[-0.5, 0.0, 0.5]),
        CaseKind::InterviewLabel => icon(icons::MESSAGE_SQUARE_TEXT),
        CaseKind::Unidentified => icon(icons::CIRCLE_QUESTION_MARK),
    }
}

/// Hatches a rectangle with lines `gap` points apart that meet those of its neighbours: they run from a common `origin`.
pub fn paint_hatch(painter: &Painter, rect: Rect, origin: Pos2, gap: f32, stroke: Stroke) {
    let sum = |at: Pos2| (at.x - origin.x) + (at.y - origin.y);
    let (first, last) = (sum(rect.left_top()), sum(rect.right_bottom()));
    let mut line = (first / gap).ceil() * gap;
    while line < last {
        // Every point of a line has the same sum of x and y.
        let x_at = |y: f32| line - (y - origin.y) + origin.x;
        let y_at = |x: f32| line - (x - origin.x) + origin.y;
        let lower = if x_at(rect.bottom()) >= rect.left() {
            pos2(x_at(rect.bottom()), rect.bottom())
        } else {
            pos2(rect.left(), y_at(rect.left()))
        };
        let upper =
            if x_at(rect.top()) <= rect.right() { pos2(x_at(rect.top()), rect.top()) } else { pos2(rect.right(), y_at(rect.right())) };
        painter.line_segment([lower, upper], stroke);
        line += gap;
    }
}
