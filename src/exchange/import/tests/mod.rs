//! The readers on whole files: the published reports, the sample study, and small files of every kind.

mod chapters;
mod documents;
mod files;
mod folder_summaries;
mod helpers;
mod project;
mod quotations;
mod reports;
mod samples;
mod shapes;
mod transcripts;
mod words;
