use super::block::Block;
use super::styles::{Numbered, Toggles};
use super::words::{Look, Words};

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its words so far.
    pub(super) words: Words,
    /// Its style.
    pub(super) style: Option<String>,
    /// How the style sets its letters, once it was asked for.
    pub(super) toggles: Option<Toggles>,
    /// The level of heading it is said to be.
    pub(super) outline: Option<u8>,
    /// The list it is said to be an item of.
    pub(super) numbered: Option<Numbered>,
    /// Whether it goes on in the next, as the mark between them is deleted.
    pub(super) mark_is_deleted: bool,
    /// What stands in its text boxes.
    pub(super) boxes: Vec<Block>,
    /// The run that is open.
    pub(super) run: Option<Run>,
    /// Whether we are in its properties.
    pub(super) in_properties: bool,
    /// Whether we are where words stand.
    pub(super) in_text: bool,
}

/// A run that is being read.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Its style.
    pub(super) style: Option<String>,
    /// What is said of its letters themselves.
    pub(super) toggles: Toggles,
    /// How its letters are set, once it was asked for: properties stand before words.
    pub(super) look: Option<Look>,
    /// Whether we are in its properties.
    pub(super) in_properties: bool,
}
