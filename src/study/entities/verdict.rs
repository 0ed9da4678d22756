use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Coder;
use crate::study::ids::{CoderId, CodingId, SourceId, VerdictId};
use crate::text::Span;

impl CoderId {
    /// Whose the agreed layer is: what coders have settled on stands beside what each of them coded, as one more coder's work.
    #[must_use]
    pub fn agreed() -> Self {
        // It is asked of every coding that is counted, and is always the same.
        static AGREED: LazyLock<CoderId> = LazyLock::new(|| {
            // Of two parts, so that no coder's name leads to it.
            CoderId::derived(&[b"agreed", b"layer"])
        });
        *AGREED
    }
}

impl Coder {
    /// The agreed layer as the coder of its codings.
    #[must_use]
    pub fn agreed() -> Self {
        Self { id: CoderId::agreed(), name: "Agreed".to_owned(), initials: "Ag".to_owned() }
    }
}

/// Says that a difference between coders was settled, and over which codings. What was agreed on are codings of the agreed layer
/// in that place, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Identity, derived from the codings.
    pub id: VerdictId,
    /// The source.
    pub source: SourceId,
    /// The codings that were looked at, with the passages they had then. Where one has moved since, it is to be settled anew.
    pub on: Vec<(CodingId, Span)>,
    /// Who settled it.
    pub coder: CoderId,
    /// When, in milliseconds since 1970 (UTC).
    pub time: i64,
}

impl Verdict {
    /// The verdict over some codings of a source: whoever settles a difference settles the same one.
    #[must_use]
    pub fn over(source: SourceId, on: &BTreeMap<CodingId, Span>, coder: CoderId, time: i64) -> Self {
        let bytes: Vec<&[u8]> =
            std::iter::once(source.0.as_bytes().as_slice()).chain(on.keys().map(|id| id.0.as_bytes().as_slice())).collect();
        Self { id: VerdictId::derived(&bytes), source, on: on.iter().map(|(id, span)| (*id, *span)).collect(), coder, time }
    }

    /// Whether it was about this coding.
    #[must_use]
    pub fn is_on(&self, coding: CodingId) -> bool {
        self.on.iter().any(|(id, _)| *id == coding)
    }
}
