//! Files in and out: one file of code for each format.

pub mod export;
