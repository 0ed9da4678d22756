use eframe::egui::epaint::{Mesh, TextShape};
use eframe::egui::{self, Color32, Painter, Pos2, Rect, StrokeKind, Vec2, emath::Rot2, pos2, vec2};

use super::colours::{colour, hatched};
use super::known::Known;
use crate::app::tokens::{Tokens, family, font};
use crate::exchange::picture::{Anchor, Area, At, Fill, Look, Reach, Shape, Stroke, Weight, Words, hatching};

/// Width of the lines of a hatching, in points.
const HATCH: f32 = 0.6;

/// Letters smaller than this are nothing but grey, in pixels: they are not laid out.
const LEGIBLE: f32 = 3.0;

/// Where a picture lies in the window.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub tokens: &'a Tokens,
    /// Where its left upper corner is.
    pub origin: Pos2,
    /// How many pixels a point of it has.
    pub scale: f32,
}

impl Sheet<'_> {
    pub fn pos(&self, at: At) -> Pos2 {
        self.origin + vec2(at.x, at.y) * self.scale
    }

    pub fn rect(&self, area: Area) -> Rect {
        Rect::from_min_size(self.pos(At { x: area.left, y: area.top }), vec2(area.width, area.height) * self.scale)
    }

    /// The place of the picture that lies there.
    pub fn at(&self, pos: Pos2) -> At {
        let Vec2 { x, y } = (pos - self.origin) / self.scale;
        At { x, y }
    }

    /// The part of the picture that lies there.
    pub fn area(&self, rect: Rect) -> Area {
        Area::between(self.at(rect.min), self.at(rect.max))
    }

    /// Paints those shapes of a picture that are in sight.
    pub fn paint(&self, painter: &Painter, known: &Known) {
        let sight = self.area(painter.clip_rect());
        let mut out = Vec::new();
        for number in known.shapes.seen(sight) {
            let Some(shape) = known.picture.shapes.get(number) else { continue };
            match shape {
                Shape::Box { area, corner, look } => self.put_box(painter, &mut out, *area, *corner, look),
                Shape::Disc { centre, radius, look } => self.put_disc(painter, &mut out, *centre, *radius, look),
                Shape::Outline(through, look) => self.outline(painter, &mut out, (through, known.fills.get(&number)), look),
                Shape::Line(through, stroke) => self.line(painter, &mut out, through.iter().map(|at| self.pos(*at)).collect(), stroke),
                Shape::Words(words) if words.size * self.scale >= LEGIBLE => out.push(self.words(painter, words)),
                Shape::Words(_) => {}
            }
        }
        painter.extend(out);
    }

    /// Outlines where a mark is, so that it is seen on whatever lies there.
    pub fn outline_mark(&self, painter: &Painter, reach: Reach, width: f32, of: Color32) {
        let ground = egui::Stroke::new(width + 2.0 * self.tokens.stroke.hairline, self.tokens.colour.surface_paper);
        let line = egui::Stroke::new(width, of);
        for stroke in [ground, line] {
            match reach {
                Reach::Box(area) => {
                    let rect = self.rect(area).expand(width / 2.0);
                    painter.rect_stroke(rect, Tokens::corner(self.tokens.radius.heat_tile), stroke, StrokeKind::Middle);
                }
                Reach::Disc { centre, radius } => {
                    painter.circle_stroke(self.pos(centre), radius.mul_add(self.scale, width / 2.0), stroke);
                }
                Reach::Strip { from, to, width: wide } => {
                    let (from, to) = (self.pos(from), self.pos(to));
                    let along = (to - from).normalized();
                    let aside = along.rot90() * (wide * self.scale / 2.0);
                    painter.add(egui::Shape::closed_line(vec![from + aside, to + aside, to - aside, from - aside], stroke));
                }
            }
        }
    }

    fn put_box(&self, painter: &Painter, out: &mut Vec<egui::Shape>, area: Area, corner: f32, look: &Look) {
        let (rect, corner) = (self.rect(area), corner * self.scale);
        match &look.fill {
            Some(Fill::Plain(fill)) => out.push(egui::Shape::rect_filled(rect, corner, colour(self.tokens, fill))),
            Some(Fill::Hatched(lines)) => {
                let (lines, ground) = hatched(self.tokens, lines);
                out.push(egui::Shape::rect_filled(rect, corner, ground));
                let stroke = egui::Stroke::new(HATCH * self.scale, lines);
                out.extend(hatching(area).into_iter().map(|(from, to)| egui::Shape::line_segment([self.pos(from), self.pos(to)], stroke)));
            }
            None => {}
        }
        if let Some(stroke) = &look.stroke {
            if stroke.dashes.is_some() {
                let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                self.line(painter, out, corners.to_vec(), stroke);
            } else {
                out.push(egui::Shape::rect_stroke(rect, corner, self.stroke(painter, stroke), StrokeKind::Middle));
            }
        }
    }

    fn put_disc(&self, painter: &Painter, out: &mut Vec<egui::Shape>, centre: At, radius: f32, look: &Look) {
        let (centre, radius) = (self.pos(centre), radius * self.scale);
        match &look.fill {
            Some(Fill::Plain(fill)) => out.push(egui::Shape::circle_filled(centre, radius, colour(self.tokens, fill))),
            Some(Fill::Hatched(lines)) => out.push(egui::Shape::circle_filled(centre, radius, hatched(self.tokens, lines).1)),
            None => {}
        }
        if let Some(stroke) = &look.stroke {
            if stroke.dashes.is_some() {
                let corner = |step: u8| centre + Vec2::angled(f32::from(step) * std::f32::consts::TAU / f32::from(CORNERS)) * radius;
                self.line(painter, out, (0..=CORNERS).map(corner).collect(), stroke);
            } else {
                out.push(egui::Shape::circle_stroke(centre, radius, self.stroke(painter, stroke)));
            }
        }
    }

    fn outline(&self, painter: &Painter, out: &mut Vec<egui::Shape>, (through, fill): (&[At], Option<&Vec<[u32; 3]>>), look: &Look) {
        let mut places: Vec<Pos2> = through.iter().map(|at| self.pos(*at)).collect();
        let filled = look.fill.as_ref().map(|fill| match fill {
            Fill::Plain(fill) => colour(self.tokens, fill),
            Fill::Hatched(lines) => hatched(self.tokens, lines).1,
        });
        if let (Some(filled), Some(triangles)) = (filled, fill) {
            let mut mesh = Mesh::default();
            for place in &places {
                mesh.colored_vertex(*place, filled);
            }
            for [one, two, three] in triangles {
                mesh.add_triangle(*one, *two, *three);
            }
            out.push(egui::Shape::mesh(mesh));
            // Triangles have hard edges.
            out.push(egui::Shape::closed_line(places.clone(), egui::Stroke::new(1.0 / painter.pixels_per_point(), filled)));
        }
        if let Some(stroke) = &look.stroke {
            places.extend(places.first().copied());
            self.line(painter, out, places, stroke);
        }
    }

    fn line(&self, painter: &Painter, out: &mut Vec<egui::Shape>, places: Vec<Pos2>, stroke: &Stroke) {
        let drawn = self.stroke(painter, stroke);
        match (stroke.dashes, places.as_slice()) {
            (Some((dash, gap)), _) => {
                // Without any length there would be no end of dashes.
                let long = |length: f32| (length * self.scale).max(drawn.width);
                egui::Shape::dashed_line_many(&places, drawn, long(dash), long(gap), out);
            }
            (None, &[from, to]) => out.push(egui::Shape::line_segment([from, to], drawn)),
            (None, _) => out.push(egui::Shape::line(places, drawn)),
        }
    }

    /// A line as wide as one dot at least.
    fn stroke(&self, painter: &Painter, stroke: &Stroke) -> egui::Stroke {
        let width = (stroke.width * self.scale).max(1.0 / painter.pixels_per_point());
        egui::Stroke::new(width, colour(self.tokens, &stroke.colour))
    }

    fn words(&self, painter: &Painter, words: &Words) -> egui::Shape {
        let family = match words.weight {
            Weight::Regular => family::INTERFACE,
            Weight::Medium => family::INTERFACE_MEDIUM,
            Weight::SemiBold => family::INTERFACE_SEMIBOLD,
        };
        let ink = colour(self.tokens, &words.colour);
        let galley = painter.layout_no_wrap(words.text.clone(), font(words.size * self.scale, family), ink);
        let base = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y)).unwrap_or_default();
        let before = galley.size().x
            * match words.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => 0.5,
                Anchor::End => 1.0,
            };
        let angle = words.turn.to_radians();
        let corner = self.pos(words.at) - Rot2::from_angle(angle) * vec2(before, base);
        TextShape::new(pos2(corner.x, corner.y), galley, ink).with_angle(angle).into()
    }
}

/// A circle in dashes goes through so many places.
const CORNERS: u8 = 48;
