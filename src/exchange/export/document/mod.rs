//! Documents that leave a project: what they consist of, and how they are written for word processors and browsers.

pub(super) mod blocks;
mod checklist;
mod codebook;
pub(super) mod docx;
mod facts;
mod findings;
pub(super) mod html;
pub(super) mod markdown;
mod marked;
mod method;
pub(super) mod package;
mod profiles;

pub use blocks::{Block, Document, Look, Run};
pub(super) use checklist::{coreq, srqr};
pub(super) use codebook::codebook;
pub use facts::Edits;
pub(super) use findings::findings;
pub(super) use method::method;
pub(super) use profiles::profiles;
