//! Projects as they travel between programs, in the form of the REFI-QDA standard (QDPX and QDC).
//!
//! Every foreign project, of whatever program, becomes the one [`Project`] on its way in, and ours on its way out; what is
//! lost or altered is written into an [`Account`].

mod account;
mod base64;
mod bring;
mod exact;
mod give;
mod model;

pub use account::{Account, Entry, Fate};
pub use bring::bring_in;
pub use give::{GiveError, Given, give};
pub use model::{
    Case, Code, Coding, Direction, Kept, Link, Made, MediaFile, Note, Project, Selection, Set, Source, User, Variable, VariableType,
    VariableValue,
};
