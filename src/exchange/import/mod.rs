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
mod archive;
mod blocks;
mod captions;
mod comments;
mod decode;
mod docx;
mod draft;
pub mod edits;
mod epub;
mod file_names;
pub mod folder;
mod format;
mod frame;
mod gather;
mod groups;
mod header;
mod html;
mod magic;
mod mapping;
mod markdown;
mod odt;
mod part;
mod pattern;
mod pdf;
mod plain;
mod quotations;
mod ratings;
mod read;
mod report;
mod rtf;
mod speakers;
mod stamps;
mod survey;
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
pub use format::{READABLE, is_readable};
pub use frame::{Frame, Names};
pub use gather::{Gathered, gather};
pub use mapping::{Mapped, MappedColumn, MappedFile, MappedSpeaker, MappedTable, Mapping, MappingError};
pub use part::Part;
pub(in crate::exchange) use plain::plain_text;
pub use quotations::{ReportError, ReportQuotations, quotations_in, read_quotations};
pub use ratings::{Ratings, RatingsError, read_ratings};
pub(in crate::exchange) use read::read_text;
pub use read::{FileRead, MAX_BYTES, has_changed, read_all, read_bytes, read_file, read_files, read_whole};
pub use survey::{ColumnRole, SurveyColumn, SurveyRow, SurveyTable};
pub use table::IdTable;
pub use unitized::{Unitized, UnitizedError, read_unitized};
