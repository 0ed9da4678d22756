//! What is said where something is decided that a coder who works blind sees only a part of.

use crate::study::Study;

/// What a question about something that goes says after what it counts: nothing, unless colleagues' work is not shown.
#[must_use]
pub fn unseen_goes_too(study: &Study) -> &'static str {
    if study.alone().is_some() { " What colleagues made with it goes too; it is not shown while you work blind." } else { "" }
}
