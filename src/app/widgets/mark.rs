use eframe::egui::epaint::{CircleShape, PathShape};
use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, vec2};

use crate::app::tokens::{Hue, Mark, Tokens};
use crate::study::{Study, ThemeId};

/// The hue of a theme: its own or its parent's.
#[must_use]
pub fn theme_mark(tokens: &Tokens, study: &Study, theme: ThemeId) -> Hue {
    tokens.hue(study.codebook().colour(theme))
}

/// Paints the mark of a theme round `centre`, `size` points wide.
pub fn paint_mark(painter: &Painter, centre: Pos2, size: f32, mark: Mark, colour: Color32) {
    let half = size / 2.0;
    let line = Stroke::new(size * 0.19, colour);
    let corners = |points: &[(f32, f32)]| points.iter().map(|(x, y)| centre + vec2(x * half, y * half)).collect::<Vec<_>>();
    let filled = |points: &[(f32, f32)]| Shape::Path(PathShape::convex_polygon(corners(points), colour, Stroke::NONE));
    let outline = |points: &[(f32, f32)]| Shape::Path(PathShape::closed_line(corners(points), line));
    let reach = 0.84;
    let shape = match mark {
        Mark::Disc => Shape::circle_filled(centre, half * 0.95, colour),
        Mark::Ring => Shape::Circle(CircleShape::stroke(centre, half * 0.82, line)),
        Mark::Square => filled(&[(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]),
        Mark::SquareRing => {
            let inner = reach * 0.9;
            outline(&[(-inner, -inner), (inner, -inner), (inner, inner), (-inner, inner)])
        }
        Mark::Diamond => filled(&[(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)]),
        Mark::DiamondRing => outline(&[(0.0, -0.95), (0.95, 0.0), (0.0, 0.95), (-0.95, 0.0)]),
        Mark::Triangle => filled(&[(0.0, -0.95), (1.0, 0.85), (-1.0, 0.85)]),
        Mark::TriangleRing => outline(&[(0.0, -0.75), (0.85, 0.75), (-0.85, 0.75)]),
        Mark::Hexagon => filled(&[(1.0, 0.0), (0.5, 0.87), (-0.5, 0.87), (-1.0, 0.0), (-0.5, -0.87), (0.5, -0.87)]),
        Mark::Bar => Shape::rect_filled(Rect::from_center_size(centre, vec2(size, size * 0.45)), 0.0, colour),
        Mark::Cross => {
            let arm = 0.7;
            painter.line_segment([centre + vec2(-arm * half, -arm * half), centre + vec2(arm * half, arm * half)], line);
            Shape::line_segment([centre + vec2(-arm * half, arm * half), centre + vec2(arm * half, -arm * half)], line)
        }
        Mark::HalfDisc => {
            painter.circle_stroke(centre, half * 0.85, line);
            let arc = (0..=8u8).map(|step| {
                let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * f32::from(step) / 8.0;
                centre + half * 0.85 * vec2(angle.cos(), angle.sin())
            });
            Shape::Path(PathShape::convex_polygon(arc.collect(), colour, Stroke::NONE))
        }
    };
    painter.add(shape);
}
