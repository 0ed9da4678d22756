//! Everything that comes into a project from files and goes out of it into files: one file of code for each format.

pub mod export;
pub mod import;
