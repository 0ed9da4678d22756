//! The words of participants: how often each is said, by how many, and which are said more by some than by others.

mod counts;
mod keyness;
mod keywords;
mod stop;

pub use counts::{Counts, Said, Word, counts, counts_of_each, places};
pub use keyness::{CRITICAL, Keyness};
pub use keywords::{Keyword, Wanted, frequent, keywords};
pub use stop::StopWords;
