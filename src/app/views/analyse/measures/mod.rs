//! Measures: each with its table, its picture, how it is computed, and the passages behind every figure.

mod behind;
mod choice;
mod computing;
mod content;
mod export;
mod figures;
mod kind;
mod list;
mod narrow;
mod options;
mod tab;

pub(super) use tab::{MeasuresTab, show};
