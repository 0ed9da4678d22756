//! Reports: headings, numbered paragraphs, lists, boxes, tables, references, furniture, and the quotes of participants.

mod attribution;
mod blocks;
mod furniture;
mod headings;
mod quotes;
mod reader;
mod signs;

pub(super) use super::units::Hint;
pub(super) use attribution::Says;
pub(super) use quotes::outermost;
pub(super) use reader::{Mention, read};
pub(super) use signs::looks_like_report;
