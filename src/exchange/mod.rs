//! Files in and files out, one file a format. It knows projects and studies, never the window.

pub mod export;
pub mod import;
pub mod measuring;
pub mod picture;
pub mod refi;
pub mod sample;
