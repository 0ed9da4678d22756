//! Matrix: themes, cases and attributes crossed with one another, the words behind every cell, and the theme reader.

mod acts;
mod bar;
mod body;
mod cells;
mod chart;
mod choice;
mod columns;
mod counted;
mod cursor;
mod deeds;
mod drawer;
mod filters;
mod gathering;
mod grid;
mod heads;
mod hints;
mod kept;
mod keys;
mod legend;
mod lines;
mod list;
mod pages;
mod pane;
mod passage_row;
mod saved;
mod seen;
mod sentences;
mod signs;
mod summary;
mod theme_reader;
mod tints;
mod view;

pub(in crate::app::views) use list::{ListLook, ListState, show as show_passages};
pub(in crate::app::views) use passage_row::Naming;
pub use saved::open_saved;
pub use view::{MatrixPlace, MatrixView, show};
