/// A place, in points from the left upper corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct At {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A rectangle, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left side.
    pub left: f32,
    /// Its upper side.
    pub top: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// The place this far to the right and down.
pub(super) const fn at(x: f32, y: f32) -> At {
    At { x, y }
}

/// The rectangle from this corner.
pub(super) const fn area(left: f32, top: f32, width: f32, height: f32) -> Area {
    Area { left, top, width, height }
}

impl At {
    /// The place moved by another.
    #[must_use]
    pub fn plus(self, by: Self) -> Self {
        at(self.x + by.x, self.y + by.y)
    }

    /// How far it is from another.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        x.mul_add(x, y * y).sqrt()
    }

    /// How far it is from the line between two others.
    #[must_use]
    pub fn distance_to_line(self, from: Self, to: Self) -> f32 {
        let (along_x, along_y) = (to.x - from.x, to.y - from.y);
        let squared = along_x.mul_add(along_x, along_y * along_y);
        if squared <= f32::EPSILON {
            return self.distance(from);
        }
        let share = ((self.x - from.x).mul_add(along_x, (self.y - from.y) * along_y) / squared).clamp(0.0, 1.0);
        self.distance(at(share.mul_add(along_x, from.x), share.mul_add(along_y, from.y)))
    }
}

impl Area {
    /// The rectangle that reaches this far from its middle on each side.
    #[must_use]
    pub const fn around(centre: At, half_width: f32, half_height: f32) -> Self {
        area(centre.x - half_width, centre.y - half_height, 2.0 * half_width, 2.0 * half_height)
    }

    /// The rectangle with two places for corners.
    #[must_use]
    pub fn between(one: At, other: At) -> Self {
        area(one.x.min(other.x), one.y.min(other.y), (one.x - other.x).abs(), (one.y - other.y).abs())
    }

    /// Its right side.
    #[must_use]
    pub fn right(self) -> f32 {
        self.left + self.width
    }

    /// Its lower side.
    #[must_use]
    pub fn bottom(self) -> f32 {
        self.top + self.height
    }

    /// Its middle.
    #[must_use]
    pub fn centre(self) -> At {
        at(self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// Whether a place is within it.
    #[must_use]
    pub fn has(self, at: At) -> bool {
        (self.left..=self.right()).contains(&at.x) && (self.top..=self.bottom()).contains(&at.y)
    }

    /// Whether it shares more than a side with another.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        /// What rounding may do.
        const SLACK: f32 = 0.01;
        self.left + SLACK < other.right()
            && other.left + SLACK < self.right()
            && self.top + SLACK < other.bottom()
            && other.top + SLACK < self.bottom()
    }

    /// The smallest rectangle round it and another.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        area(left, top, self.right().max(other.right()) - left, self.bottom().max(other.bottom()) - top)
    }

    /// The same, larger by this much on every side.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        area(self.left - by, self.top - by, 2.0f32.mul_add(by, self.width), 2.0f32.mul_add(by, self.height))
    }

    pub(super) fn moved(self, by: At) -> Self {
        Self { left: self.left + by.x, top: self.top + by.y, ..self }
    }
}

/// The slanted lines that hatch a rectangle: from where each enters it to where it leaves.
#[must_use]
pub fn hatching(area: Area) -> Vec<(At, At)> {
    /// From line to line, along a side.
    const STEP: f32 = 4.0;
    let Area { left, top, width, height } = area;
    let count = ((width + height) / STEP).floor() as usize;
    // Each goes from the lower left to the upper right; along the upper side it would meet the side at `far`.
    let line = |number: usize| {
        let far = (number as f32 + 0.5) * STEP;
        let from = if far <= height { at(left, top + far) } else { at(left + far - height, top + height) };
        let to = if far <= width { at(left + far, top) } else { at(left + width, top + far - width) };
        (from, to)
    };
    (0..count).map(line).collect()
}
