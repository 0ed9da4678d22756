//! The measures held against published examples, against values on which independent programs agree, and against counting
//! every character. `facts.json` holds the numbers.
//!
//! Light's κ is not among them where a pair of coders never varies: the one program that has it takes 0/0 for 1 there.

mod facts;
mod laws;
mod published;
mod spans;
mod studies;
mod tables;
mod unitizing;
