//! Everything that comes into a project from files and goes out of it into files.

pub mod import;
