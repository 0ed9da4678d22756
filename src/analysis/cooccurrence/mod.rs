//! Which themes are spoken of together, on a stated basis.

pub(super) mod passages;
mod sequence;
mod shared;
mod table;

pub use sequence::{Bridge, Follows, Within, sequence};
pub use shared::cooccurrence;
pub use table::{Basis, Cooccurrence, Pair};
