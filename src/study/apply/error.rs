use crate::study::entities::Kind;
use crate::text::NoSuchBlob;

/// Why a list of changes does not make a study.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Something refers to an entity that is not there.
    #[error("a {from:?} needs a {to:?} that is not there")]
    Dangling {
        /// What refers.
        from: Kind,
        /// What is missing.
        to: Kind,
    },
    /// A theme would lie below itself.
    #[error("a theme cannot be moved below itself")]
    Cycle,
    /// Two of a kind with one name where names are unique.
    #[error("there is a {} named “{name}” already", noun(*kind))]
    SameName {
        /// What kind.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// The passage has that theme from that coder already.
    #[error("this passage has that theme already")]
    SameCoding,
    /// A cell has a summary of its own already.
    #[error("this cell has a summary already")]
    SameCell,
    /// A span lies outside its text.
    #[error("a passage lies outside its text")]
    Outside,
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
}

/// The word for what has a name.
fn noun(kind: Kind) -> String {
    match kind {
        Kind::Saved => "view or query".to_owned(),
        kind => format!("{kind:?}"),
    }
}
