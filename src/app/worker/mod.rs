//! The threads behind the window: one owns the project, one loads texts, the others are jobs.
//!
//! The window sends [`Request`]s and reads [`Event`]s; whatever arrives wakes it. Nothing here draws.

mod busy;
mod desk;
mod edit;
mod index;
mod jobs;
mod texts;
mod wake;

pub use busy::Busy;
pub use desk::{Ask, Begin, Deliver, Desk, Event, Keep, OpenProject, Request};
pub use edit::{Edit, IfNot, group_of};
pub use index::{IndexDoor, IndexKept};
pub use jobs::{JobHandle, JobRun, JobState, Jobs};
pub use texts::{LoadedText, TextCache};
pub use wake::Wake;
