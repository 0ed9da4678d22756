//! What layouts draw on: shapes and marks, and how far they reach.

use super::geometry::{Area, At, at};
use super::letters::{ASCENT, DESCENT, width};
use super::model::{Anchor, Colour, Look, Mark, Picture, Reach, Shape, Stroke, Weight, Words};
use crate::analysis::leads::Leads;

/// Room round a picture, in points.
pub(super) const MARGIN: f32 = 6.0;

/// Sizes of letters, in points.
pub(super) mod size {
    /// Names of rows and columns.
    pub const NAME: f32 = 8.0;
    /// Figures in cells and at marks.
    pub const FIGURE: f32 = 7.5;
    /// Numbers at axes, legends and notes.
    pub const SMALL: f32 = 7.0;
    /// Headings of parts.
    pub const HEADING: f32 = 9.0;
}

/// Width of lines, in points.
pub(super) mod line {
    /// Between cells and at axes.
    pub const HAIR: f32 = 0.5;
    /// Axes that values stand on.
    pub const AXIS: f32 = 0.75;
    /// What is measured.
    pub const DATUM: f32 = 1.5;
}

/// Shapes and marks as they are laid out. Places may be anywhere: the picture begins where the first of them does.
#[derive(Default)]
pub(super) struct Sheet {
    shapes: Vec<Shape>,
    marks: Vec<Mark>,
}

/// How a line of words is written.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub size: f32,
    pub weight: Weight,
    pub anchor: Anchor,
    /// By how many degrees it is turned, clockwise.
    pub turn: f32,
}

impl Pen {
    /// Words that begin at their place.
    pub const fn new(size: f32) -> Self {
        Self { size, weight: Weight::Regular, anchor: Anchor::Start, turn: 0.0 }
    }

    pub const fn strong(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    pub const fn medium(self) -> Self {
        Self { weight: Weight::Medium, ..self }
    }

    /// Words with their middle at their place.
    pub const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// Words that end at their place.
    pub const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub const fn turned(self, turn: f32) -> Self {
        Self { turn, ..self }
    }

    pub fn width(self, text: &str) -> f32 {
        width(text, self.size, self.weight)
    }

    pub fn shortened(self, text: &str, room: f32) -> String {
        super::letters::shortened(text, self.size, self.weight, room)
    }

    /// How far below the middle of a row its base line lies, so that capitals stand in the middle.
    pub fn drop(self) -> f32 {
        /// Half the height of Inter's capitals.
        const HALF_CAPITAL: f32 = 0.364;
        HALF_CAPITAL * self.size
    }
}

impl Sheet {
    pub fn fill(&mut self, area: Area, colour: Colour) {
        self.shapes.push(Shape::Box { area, corner: 0.0, look: Look::filled(colour) });
    }

    pub fn tile(&mut self, area: Area, corner: f32, look: Look) {
        self.shapes.push(Shape::Box { area, corner, look });
    }

    pub fn disc(&mut self, centre: At, radius: f32, look: Look) {
        self.shapes.push(Shape::Disc { centre, radius, look });
    }

    pub fn outline(&mut self, through: Vec<At>, look: Look) {
        self.shapes.push(Shape::Outline(through, look));
    }

    pub fn line(&mut self, from: At, to: At, stroke: Stroke) {
        self.path(vec![from, to], stroke);
    }

    pub fn path(&mut self, through: Vec<At>, stroke: Stroke) {
        self.shapes.push(Shape::Line(through, stroke));
    }

    pub fn add(&mut self, mut shape: Shape, by: At) {
        move_shape(&mut shape, by);
        self.shapes.push(shape);
    }

    pub fn words(&mut self, at: At, text: impl Into<String>, pen: Pen, colour: Colour) {
        let text = text.into();
        if !text.is_empty() {
            let Pen { size, weight, anchor, turn } = pen;
            self.shapes.push(Shape::Words(Words { text, at, anchor, size, weight, colour, turn }));
        }
    }

    pub fn mark(&mut self, reach: Reach, name: String, (row, column): (usize, usize), leads: Option<Leads>) {
        self.marks.push(Mark { reach, name, row, column, leads });
    }

    /// How many rows of marks there are.
    pub fn rows(&self) -> usize {
        self.marks.iter().map(|mark| mark.row + 1).max().unwrap_or(0)
    }

    /// What has been drawn reaches to here at the bottom; 0 where nothing has.
    pub fn bottom(&self) -> f32 {
        self.reach().map_or(0.0, Area::bottom)
    }

    /// What has been drawn begins here at the left; 0 where nothing has.
    pub fn left(&self) -> f32 {
        self.reach().map_or(0.0, |area| area.left)
    }

    /// How high what has been drawn is above 0.
    pub fn height(&self) -> f32 {
        self.reach().map_or(0.0, |area| -area.top)
    }

    /// Puts everything on another sheet, moved.
    pub fn put_on(mut self, other: &mut Self, by: At) {
        self.shapes.iter_mut().for_each(|shape| move_shape(shape, by));
        self.marks.iter_mut().for_each(|mark| mark.reach = mark.reach.moved(by));
        other.shapes.append(&mut self.shapes);
        other.marks.append(&mut self.marks);
    }

    fn reach(&self) -> Option<Area> {
        self.shapes.iter().map(reach_of).reduce(Area::with)
    }

    /// The picture, with room round what is drawn.
    pub fn picture(mut self, title: String, found: Vec<String>, computed: Vec<String>) -> Picture {
        let whole = self.reach().unwrap_or_default().grown(MARGIN);
        let by = at(-whole.left, -whole.top);
        self.shapes.iter_mut().for_each(|shape| move_shape(shape, by));
        self.marks.iter_mut().for_each(|mark| mark.reach = mark.reach.moved(by));
        Picture { width: whole.width.ceil(), height: whole.height.ceil(), title, found, computed, shapes: self.shapes, marks: self.marks }
    }
}

/// The rectangle that a shape takes, letters with what they reach above and below their line.
pub(super) fn reach_of(shape: &Shape) -> Area {
    let edge = |look: &Look| look.stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
    match shape {
        Shape::Box { area, look, .. } => area.grown(edge(look)),
        Shape::Disc { centre, radius, look } => Area::around(*centre, *radius, *radius).grown(edge(look)),
        Shape::Outline(through, look) => round(through).grown(edge(look)),
        Shape::Line(through, stroke) => round(through).grown(stroke.width / 2.0),
        Shape::Words(words) => reach_of_words(words),
    }
}

fn round(through: &[At]) -> Area {
    through.iter().map(|place| Area::between(*place, *place)).reduce(Area::with).unwrap_or_default()
}

fn reach_of_words(words: &Words) -> Area {
    let wide = width(&words.text, words.size, words.weight);
    let left = match words.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -wide / 2.0,
        Anchor::End => -wide,
    };
    let (sine, cosine) = words.turn.to_radians().sin_cos();
    let turned = |x: f32, y: f32| at(cosine.mul_add(x, -sine * y), sine.mul_add(x, cosine * y)).plus(words.at);
    let (above, below) = (-ASCENT * words.size, DESCENT * words.size);
    round(&[turned(left, above), turned(left + wide, above), turned(left, below), turned(left + wide, below)])
}

fn move_shape(shape: &mut Shape, by: At) {
    match shape {
        Shape::Box { area, .. } => *area = area.moved(by),
        Shape::Disc { centre, .. } => *centre = centre.plus(by),
        Shape::Outline(through, _) | Shape::Line(through, _) => through.iter_mut().for_each(|place| *place = place.plus(by)),
        Shape::Words(words) => words.at = words.at.plus(by),
    }
}
