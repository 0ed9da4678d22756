use crate::exchange::picture::Area;

/// Side of a bin, in points of the picture.
const SIDE: f32 = 64.0;

/// What reaches over more bins than this is looked at whatever is in sight.
const WIDE: usize = 64;

/// Rectangles by where they lie, so that what is in sight is found without looking at all of them.
#[derive(Default)]
pub(super) struct Bins {
    columns: usize,
    of: Vec<Vec<u32>>,
    wide: Vec<(u32, Area)>,
}

impl Bins {
    /// Bins for rectangles within a width and height, each by its place among them.
    pub fn new((width, height): (f32, f32), areas: impl Iterator<Item = Area>) -> Self {
        let (columns, rows) = (bin(width) + 1, bin(height) + 1);
        let mut bins = Self { columns, of: vec![Vec::new(); columns * rows], wide: Vec::new() };
        for (number, area) in (0u32..).zip(areas) {
            let within = bins.within(area);
            if within.len() > WIDE {
                bins.wide.push((number, area));
                continue;
            }
            for place in within {
                if let Some(bin) = bins.of.get_mut(place) {
                    bin.push(number);
                }
            }
        }
        bins
    }

    /// Which rectangles may be seen where this one is, in their order.
    pub fn seen(&self, sight: Area) -> Vec<usize> {
        let near = self.within(sight).into_iter().filter_map(|place| self.of.get(place)).flatten().copied();
        let wide = self.wide.iter().filter(|(_, area)| area.grown(1.0).overlaps(sight)).map(|(number, _)| *number);
        let mut numbers: Vec<u32> = near.chain(wide).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| number as usize).collect()
    }

    /// The bins that a rectangle reaches into; what lies outside belongs to those at the edge.
    fn within(&self, area: Area) -> Vec<usize> {
        let columns = self.columns.max(1);
        let rows = self.of.len() / columns;
        let span = |from: f32, to: f32, of: usize| bin(from).min(of.saturating_sub(1))..=bin(to).min(of.saturating_sub(1));
        let (across, down) = (span(area.left, area.right(), columns), span(area.top, area.bottom(), rows));
        down.flat_map(|row| across.clone().map(move |column| row * columns + column)).collect()
    }
}

fn bin(at: f32) -> usize {
    (at / SIDE).max(0.0) as usize
}
