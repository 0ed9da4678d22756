use std::collections::HashMap;
use std::sync::Arc;

use super::bins::Bins;
use super::outline::triangles;
use crate::exchange::picture::{Picture, Shape};

/// A picture with what is reckoned of it once.
pub(super) struct Known {
    pub picture: Arc<Picture>,
    /// Its shapes by where they are.
    pub shapes: Bins,
    /// Its marks.
    pub marks: Bins,
    /// How many rows of marks there are.
    pub rows: usize,
    /// What fills its outlines.
    pub fills: HashMap<usize, Vec<[u32; 3]>>,
    /// Size of its smallest letters, in points; none where it has none.
    pub smallest: Option<f32>,
}

impl Known {
    pub fn new(picture: &Arc<Picture>) -> Self {
        let size = (picture.width, picture.height);
        let fill = |(number, shape): (usize, &Shape)| match shape {
            Shape::Outline(through, look) if look.fill.is_some() => Some((number, triangles(through))),
            _ => None,
        };
        let letters = picture.shapes.iter().filter_map(|shape| match shape {
            Shape::Words(words) => Some(words.size),
            _ => None,
        });
        Self {
            shapes: Bins::new(size, picture.shapes.iter().map(Shape::area)),
            marks: Bins::new(size, picture.marks.iter().map(|mark| mark.reach.area())),
            fills: picture.shapes.iter().enumerate().filter_map(fill).collect(),
            rows: picture.marks.iter().map(|mark| mark.row + 1).max().unwrap_or(0),
            smallest: letters.reduce(f32::min),
            picture: Arc::clone(picture),
        }
    }
}
