//! Read: the sources, the text with its codings, the themes.
//!
//! `view` joins the panes; `reader` draws the text from `blocks` (layout), `drawn` (what lies over it) and `paint`;
//! `keys` says what the keys do, `acts` what is asked of the project.

mod acts;
mod blocks;
mod broken;
mod carried;
mod cluster;
mod correct;
mod correcting;
mod draft;
mod drawn;
mod editing;
mod ends;
mod facts;
mod figures;
mod filter;
mod filters;
mod find;
mod going;
mod gutter;
mod header;
mod inspector;
mod keys;
mod labels;
mod listed;
mod matching;
mod memos;
mod menu;
mod offer;
mod page;
mod paint;
mod panes;
mod passage;
mod picker;
mod picker_rows;
mod place;
mod reader;
mod reconcile;
mod scrolling;
mod selection;
mod source_acts;
mod source_row;
mod source_tab;
mod sources;
mod stripes;
mod styled;
mod themes_tab;
mod view;

pub use sources::Grouping;
pub use view::{ReadView, show};

pub(in crate::app) use matching::matches as themes_matching;
