use super::distance::nearest;
use super::tree::{Field, Query};
use crate::text::Span;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What runs.
    pub query: Query,
    /// What could not be understood, in order of place.
    pub problems: Vec<Problem>,
    /// The conditions of `query`, in its order.
    pub conditions: Vec<Condition>,
}

/// Where a condition stands in the text of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The field's name, without the colon; bytes of the query.
    pub name: Span,
    /// The value with its quotation marks; bytes of the query.
    pub value: Span,
}

/// A mistake in a query, or a remark on how it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, in bytes of the query.
    pub span: Span,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write in its place.
    pub suggestion: Option<String>,
    /// Whether nothing is wrong: it only says how this part runs.
    pub remark: bool,
}

impl Problem {
    /// A mistake without remedy.
    pub(super) fn mistake(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), suggestion: None, remark: false }
    }

    /// A mistake, and what to write instead.
    pub(super) fn with_remedy(span: Span, message: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..Self::mistake(span, message) }
    }

    /// Nothing wrong, but worth knowing.
    pub(super) fn remark(span: Span, message: impl Into<String>) -> Self {
        Self { remark: true, ..Self::mistake(span, message) }
    }

    /// The problem of a field that is not among `known`.
    pub(super) fn unknown_field<'a>(field: &Field, span: Span, known: impl IntoIterator<Item = &'a str>) -> Self {
        let suggestion = nearest(field.name(), known).map(str::to_owned);
        Self { suggestion, ..Self::mistake(span, format!("There is no field “{}”; the condition is left out.", field.name())) }
    }
}
