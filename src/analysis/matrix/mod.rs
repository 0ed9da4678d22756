//! The matrix: themes, cases and attributes crossed with one another, and what was coded at each crossing.
//!
//! The rules are those of the method and are stated where they are applied: what a coding belongs to in [`frame`],
//! what is counted in [`count`]. A total is counted from its own codings by the same rules; it is never a sum.

mod axis;
mod count;
mod crossing;
mod evidence;
mod frame;
mod passages;
mod spec;
mod table;
mod transcript;

#[cfg(test)]
pub(crate) mod oracle;
#[cfg(test)]
mod rules;

pub use axis::Point;
pub use count::matrix;
pub use evidence::{Evidence, Heard, NotHeard, cell_evidence};
pub use passages::{Arranged, Heading, Levels, Order, Passage, Passages, Silent, Why, passages, people_of, said};
pub(in crate::analysis) use passages::{heading, is_contrary};
pub use spec::{Axis, Filter, MOST_NESTED, MatrixSpec, SpecError};
pub use table::{Cell, CellAt, CellKey, CellKind, Figure, Head, Matrix, Measure, People, RestsOn};
pub use transcript::all_said;
