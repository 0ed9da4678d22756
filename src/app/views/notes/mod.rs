//! Every memo: what was noted, on what, by whom and when.

mod acts;
mod draft;
mod editor;
mod entries;
mod list;
mod listing;
mod place;
mod view;

pub use acts::{begin_on, open_memo};
pub(in crate::app) use entries::{KINDS, kind_help, kind_name};
pub(in crate::app) use place::place as place_of_memo;
pub use view::{NotesView, show};
