//! The readers on whole files: the published reports, the sample study, and small files of every kind.

mod chapters;
mod documents;
mod files;
mod folder_summaries;
mod helpers;
mod mapped;
mod project;
mod quotations;
mod reports;
mod samples;
mod shapes;
mod surveys;
mod told;
mod transcripts;
mod word;
mod words;
