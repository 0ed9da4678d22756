//! A measure from what is asked to what is read: found once, and then a table with its sentences, and a picture.
//!
//! The command line and the window ask here, so that what one prints is what the other shows.

mod asked;
mod found;

pub use asked::{Asked, What, find, who_worked};
pub use found::{Compared, Drawing, Found, Shape, table_picture};
