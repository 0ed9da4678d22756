//! Identities. Every entity has a UUID (version 7) that never changes, also not on export and re-import.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$docs:meta])* $name:ident,)+) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identity, later in order than those made before on this machine.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "every call gives another value")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The identity that two devices give to the same thing without asking each other, from what makes it the same.
            #[must_use]
            pub fn derived(from: &[&[u8]]) -> Self {
                let mut hash = Sha256::new_with_prefix(stringify!($name));
                for part in from {
                    hash.update(part.len().to_le_bytes());
                    hash.update(part);
                }
                let digest: [u8; 32] = hash.finalize().into();
                let mut bytes = [0; 16];
                bytes.copy_from_slice(&digest[..16]);
                Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let hex = self.0.simple().to_string();
                write!(f, "{}…{}", stringify!($name), hex.get(24..).unwrap_or_default())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A project file.
    ProjectId,
    /// A computer and account that edits; kept in the user's settings.
    DeviceId,
    /// Somebody who edits.
    CoderId,
    /// An attribute of cases or sources.
    AttributeId,
    /// A value that an attribute can have.
    ValueId,
    /// A theme.
    ThemeId,
    /// A case.
    CaseId,
    /// A source.
    SourceId,
    /// An immutable version of a source's text.
    RevisionId,
    /// A label in one source.
    SpeakerId,
    /// A span given to a case by hand.
    CaseSpanId,
    /// A coding.
    CodingId,
    /// A passage chosen for the report.
    QuoteMarkId,
    /// A mark that a coding speaks against its theme.
    ContraryMarkId,
    /// A memo.
    MemoId,
    /// What a coder says of a source.
    StatusId,
    /// The typical example of a theme.
    ExampleId,
    /// What an analyst wrote in a cell.
    SummaryId,
    /// Something kept under a name.
    SavedId,
    /// A statement that evidence speaks for or against.
    PropositionId,
    /// What speaks for or against a proposition.
    EvidenceId,
    /// A sorting of cases into types.
    TypologyId,
    /// One of the ways in which types differ.
    DimensionId,
    /// A value of a dimension.
    DimensionValueId,
    /// Where a case is in a dimension.
    PlacementId,
    /// That a difference between coders was settled.
    VerdictId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_identities_depend_on_every_part() {
        assert_eq!(StatusId::derived(&[b"a", b"bc"]), StatusId::derived(&[b"a", b"bc"]));
        assert_ne!(StatusId::derived(&[b"a", b"bc"]), StatusId::derived(&[b"ab", b"c"]));
        assert!(ThemeId::new() < ThemeId::new());
    }
}
