//! Projects as they travel between programs, in the form of the REFI-QDA standard (QDPX and QDC).
//!
//! Every foreign project, of whatever program, becomes the one [`Project`] on its way in, and ours on its way out; what is
//! lost or altered is written into an [`Account`].
//!
//! The readers of single programs know tables and columns by name and take what is there: every version has a few more.

mod account;
mod archive;
mod base64;
mod bring;
mod error;
mod exact;
mod file;
mod give;
mod model;
mod offsets;
mod peer;
pub mod qualcoder;
mod read;
pub mod taguette;
mod write;
mod xml;

pub use account::{Account, Entry, Fate};
pub use archive::{Archive, Bytes};
pub use bring::bring_in;
pub use error::ReadError;
pub use file::{Arrived, ProjectFileError, ProjectWriteError, is_given_as, is_project_file, read_project, write_project};
pub use give::{GiveError, Given, give};
pub use model::{
    Case, Code, Coding, Direction, Kept, Link, Made, MediaFile, Note, Project, Selection, Set, Source, User, Variable, VariableType,
    VariableValue,
};
pub use offsets::{Convention, Conventions, Unit, resolve, weigh};
pub use peer::PeerError;
pub use read::{Incoming, read_bytes, read_file};
pub use write::{WriteError, write_qdc, write_qde, write_qdpx};

/// How the origin of a project that this program wrote begins; its version follows.
const OWN: &str = "Themata";

/// What this program calls itself as the origin of a project.
#[must_use]
pub fn origin() -> String {
    format!("{OWN} {}", env!("CARGO_PKG_VERSION"))
}
