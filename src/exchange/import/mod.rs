//! Text in: files become [`Draft`]s, which the analyst sees and may change before anything is written.
//!
//! A report whose quotations are to be checked is read by the same readers and never written ([`read_quotations`]); nor is what
//! coders said outside of any project, whose agreement is measured ([`read_ratings`], [`read_unitized`]).
//!
//! Reading is pure. It knows bytes, the study's [`Frame`] and nothing else: no project, no SQL, no window. Only
//! [`add`] and [`folder`] write, through an edit.
//! The text of a draft is the whole file, decoded, with `\n` line ends; what is no one's words (labels, time
//! stamps, bullets, attributions) stays in the text and lies outside of every paragraph's span.

mod add;
mod decode;
mod docx;
mod draft;
mod file_names;
pub mod folder;
mod format;
mod frame;
mod groups;
mod header;
mod magic;
mod markdown;
mod pattern;
mod quotations;
mod ratings;
mod read;
mod report;
mod speakers;
mod stamps;
mod table;
mod transcript;
mod unitized;
mod units;

#[cfg(test)]
mod tests;

use add::same_label;
pub use add::{Imported, add, correct, imported_before};
pub use draft::{Comment, Draft, DraftAttribute, DraftCase, DraftSpeaker, ImportError, Problem};
pub use file_names::{NamePart, NamePattern, NamePatternError};
pub use format::is_readable;
pub use frame::{Frame, Names};
pub use quotations::{ReportError, ReportQuotations, quotations_in, read_quotations};
pub use ratings::{Ratings, RatingsError, read_ratings};
pub use read::{MAX_BYTES, has_changed, read_bytes, read_file, read_files};
pub use table::IdTable;
pub use unitized::{Unitized, UnitizedError, read_unitized};
