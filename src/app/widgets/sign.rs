use eframe::egui::epaint::PathShape;
use eframe::egui::{Color32, Painter, Pos2, Shape, Stroke, vec2};

use crate::app::tokens::Tokens;
use crate::study::StatusKind;

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
