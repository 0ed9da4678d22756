use super::geometry::{Area, At};
use crate::analysis::leads::Leads;

/// A picture of a measure: shapes to be drawn, in their order, and marks that say in words what each of them is.
///
/// It names colours by what they are for, so that the window draws the same in light and dark, and print in the colours of print.
/// A point is 1/72 inch on paper; the window draws it at whatever size its own letters have.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width, in points.
    pub width: f32,
    /// Height, in points.
    pub height: f32,
    /// What it is called. Neither this nor the sentences are among the shapes: the window has its own place for them, and what is printed
    /// gets them above and below.
    pub title: String,
    /// What was found, in sentences; nothing where the picture says it all.
    pub found: Vec<String>,
    /// How it is computed, and what of it is shown where that is not all.
    pub computed: Vec<String>,
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// Every datum, in the order in which it is read.
    pub marks: Vec<Mark>,
}

/// Why there is no picture, as a sentence without its full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing to draw: {0}")]
pub struct NoPicture(pub(super) String);

impl NoPicture {
    pub(in crate::exchange) fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

/// A datum of a picture: where it is drawn, what it is in words, and what it leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it is.
    pub reach: Reach,
    /// What it is: “Caring costs × Carers: 7 passages”.
    pub name: String,
    /// Its row, counted from 0: marks of one row follow one another.
    pub row: usize,
    /// Its column, counted from 0; it need not be the place within the row.
    pub column: usize,
    /// What it leads to; none for what has no passages.
    pub leads: Option<Leads>,
}

/// Where a datum is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reach {
    /// Within a rectangle.
    Box(Area),
    /// Within a circle.
    Disc {
        /// Its middle.
        centre: At,
        /// Its radius, in points.
        radius: f32,
    },
    /// On a line.
    Strip {
        /// One end.
        from: At,
        /// The other.
        to: At,
        /// How wide it is to the pointer, in points.
        width: f32,
    },
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Box {
        /// Where.
        area: Area,
        /// Radius of its corners, in points.
        corner: f32,
        /// How it looks.
        look: Look,
    },
    /// A circle.
    Disc {
        /// Its middle.
        centre: At,
        /// Its radius, in points.
        radius: f32,
        /// How it looks.
        look: Look,
    },
    /// A closed shape through these places; it need not be convex.
    Outline(Vec<At>, Look),
    /// A line through these places.
    Line(Vec<At>, Stroke),
    /// A line of words.
    Words(Words),
}

/// How a shape looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// What it is filled with.
    pub fill: Option<Fill>,
    /// The line round it.
    pub stroke: Option<Stroke>,
}

/// What fills a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// One colour.
    Plain(Colour),
    /// Slanted lines of the colour over the one of what does not exist.
    Hatched(Colour),
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width, in points.
    pub width: f32,
    /// Lengths of dashes and of the gaps between, in points; none is a whole line.
    pub dashes: Option<(f32, f32)>,
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The words. They may be shortened with “…”; the mark they belong to has all of them.
    pub text: String,
    /// Where their base line has its start, middle or end, as `anchor` says.
    pub at: At,
    /// What of them is there.
    pub anchor: Anchor,
    /// Height of the letters, in points.
    pub size: f32,
    /// How strong they are.
    pub weight: Weight,
    /// Their colour.
    pub colour: Colour,
    /// By how many degrees they are turned about their place, clockwise.
    pub turn: f32,
}

/// What of a line of words is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As text.
    Regular,
    /// A little stronger.
    Medium,
    /// As titles.
    SemiBold,
}

/// A colour, by what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Colour {
    /// What everything is drawn on.
    Ground,
    /// Words and what is most important.
    Ink,
    /// Words beside others: numbers at axes, notes.
    Quiet,
    /// Lines that only guide the eye.
    Faint,
    /// What lies behind: tracks, turns of interviewers, what does not exist.
    Sunken,
    /// What is measured, where nothing else gives it a colour.
    Accent,
    /// A step of the scale from little to much, counted from 0 and below [`STEPS`](crate::analysis::tints::STEPS). Each is darker than the
    /// one before it, in greys too.
    Tint(usize),
    /// What is written on that step.
    OnTint(usize),
    /// The colour of a theme, as the codebook names it: of the palette by its name, or one of the user's own as `#RRGGBB`; none where it
    /// has none. It never tells anything alone.
    Theme(Option<String>),
}

impl Look {
    /// Filled with one colour.
    #[must_use]
    pub const fn filled(colour: Colour) -> Self {
        Self { fill: Some(Fill::Plain(colour)), stroke: None }
    }

    /// Filled with slanted lines.
    #[must_use]
    pub const fn hatched(colour: Colour) -> Self {
        Self { fill: Some(Fill::Hatched(colour)), stroke: None }
    }

    /// The same with a line round it.
    #[must_use]
    pub fn edged(self, stroke: Stroke) -> Self {
        Self { stroke: Some(stroke), ..self }
    }
}

impl Shape {
    /// The rectangle round it, letters with what they reach above and below their line.
    #[must_use]
    pub fn area(&self) -> Area {
        super::sheet::reach_of(self)
    }
}

impl Stroke {
    /// A whole line.
    #[must_use]
    pub const fn new(colour: Colour, width: f32) -> Self {
        Self { colour, width, dashes: None }
    }

    /// The same in dashes.
    #[must_use]
    pub fn dashed(self, dash: f32, gap: f32) -> Self {
        Self { dashes: Some((dash, gap)), ..self }
    }
}

impl Reach {
    /// Whether a place is within it.
    #[must_use]
    pub fn has(&self, at: At) -> bool {
        match *self {
            Self::Box(area) => area.has(at),
            Self::Disc { centre, radius } => centre.distance(at) <= radius,
            Self::Strip { from, to, width } => at.distance_to_line(from, to) <= width / 2.0,
        }
    }

    /// The rectangle round it.
    #[must_use]
    pub fn area(&self) -> Area {
        match *self {
            Self::Box(area) => area,
            Self::Disc { centre, radius } => Area::around(centre, radius, radius),
            Self::Strip { from, to, width } => Area::between(from, to).grown(width / 2.0),
        }
    }

    pub(super) fn moved(self, by: At) -> Self {
        match self {
            Self::Box(area) => Self::Box(area.moved(by)),
            Self::Disc { centre, radius } => Self::Disc { centre: centre.plus(by), radius },
            Self::Strip { from, to, width } => Self::Strip { from: from.plus(by), to: to.plus(by), width },
        }
    }
}

/// A way through the marks of a picture by arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the mark before.
    Left,
    /// To the mark after.
    Right,
}

impl Picture {
    /// The mark at a place, by its number: of those that lie there the smallest.
    #[must_use]
    pub fn mark_at(&self, at: At) -> Option<usize> {
        let size = |mark: &Mark| mark.reach.area().width * mark.reach.area().height;
        let there = self.marks.iter().enumerate().filter(|(_, mark)| mark.reach.has(at));
        there.min_by(|(_, one), (_, other)| size(one).total_cmp(&size(other))).map(|(number, _)| number)
    }

    /// The mark that an arrow key leads to from another, both by their numbers: along the row, or to the nearest column of the nearest row
    /// that has any marks. Where there is none it stays.
    #[must_use]
    pub fn towards(&self, from: usize, way: Way) -> usize {
        let Some(here) = self.marks.get(from) else { return from };
        let row_of = |number: usize| self.marks.get(number).map(|mark| mark.row);
        let beside = |number: Option<usize>| number.filter(|number| row_of(*number) == Some(here.row)).unwrap_or(from);
        match way {
            Way::Left => beside(from.checked_sub(1)),
            Way::Right => beside(Some(from + 1)),
            Way::Up => self.nearest(here, |row| row < here.row).unwrap_or(from),
            Way::Down => self.nearest(here, |row| row > here.row).unwrap_or(from),
        }
    }

    fn nearest(&self, here: &Mark, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let rows = self.marks.iter().enumerate().filter(|(_, mark)| wanted(mark.row));
        let nearest = rows.min_by_key(|(_, mark)| (mark.row.abs_diff(here.row), mark.column.abs_diff(here.column)));
        nearest.map(|(number, _)| number)
    }
}
