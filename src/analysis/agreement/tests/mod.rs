//! The measures held against published examples, against values on which independent programs agree, and against counting
//! every character. `facts.json` holds the numbers.

mod facts;
mod laws;
mod published;
mod spans;
mod tables;
mod unitizing;
