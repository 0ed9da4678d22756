//! Which themes are spoken of together, on a stated basis.

pub(super) mod passages;
pub(super) mod sequence;
mod shared;
mod table;
pub(super) mod units;

pub use sequence::{Bridge, Follows, Within, sequence, sequence_while};
pub use shared::{cooccurrence, cooccurrence_while};
pub use table::{Basis, Cooccurrence, Pair};
