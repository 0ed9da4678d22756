//! Projects as they travel between programs, in the form of the REFI-QDA standard (QDPX and QDC).
//!
//! Every foreign project, of whatever program, becomes the one [`Project`] on its way in, and ours on its way out; what is
//! lost or altered is written into an [`Account`].

//!
//! The readers of single programs know tables and columns by name and take what is there: every version has a few more.

mod account;
mod model;
mod peer;
pub mod qualcoder;
pub mod taguette;

pub use account::{Account, Entry, Fate};
pub use model::{
    Case, Code, Coding, Direction, Kept, Link, Made, MediaFile, Note, Project, Selection, Set, Source, User, Variable, VariableType,
    VariableValue,
};
pub use peer::PeerError;
