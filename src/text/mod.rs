//! Text geometry: spans, characters, words, paragraphs, and how intervals lie over one another.
//!
//! This is the ground floor. It knows texts and offsets, and nothing of studies, files or windows.
//! All offsets inside Themata are **bytes** of a normalised text (UTF-8, `\n` line ends, no byte-order mark);
//! characters exist only at the edges and are converted by [`CharMap`].

mod align;
mod blob;
mod chars;
mod geometry;
mod paragraphs;
mod quote;
mod quoting;
mod ranks;
mod script;
mod sentences;
mod span;
mod sweep;
mod words;

pub use blob::{BlobId, NoSuchBlob, Texts};
pub use chars::{CharMap, CharSpan};
pub use geometry::{Geometry, GeometryError};
pub use paragraphs::{Anchor, NO_SPEAKER, Paragraph, ParagraphKind, Style, Styled, Voice};
pub use quote::find_quote;
pub use quoting::{Match, QuoteIndex, Step, Stretch, Wording, turning_words};
pub use ranks::RankedBits;
pub use script::EditScript;
pub use sentences::{sentence_at, sentences};
pub use span::Span;
pub use sweep::{Layer, lanes, layers, stretches, union};
pub use words::{Token, fold, tokens, word_at, word_count, word_spans};
