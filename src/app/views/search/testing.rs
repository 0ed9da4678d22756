//! What the tests of this view share.

use std::sync::Arc;

use crate::study::{Revision, RevisionId, SourceId};
use crate::text::BlobId;

/// A version of the text of a source that is nowhere.
pub fn revision() -> Arc<Revision> {
    let nothing = BlobId::of(b"");
    Arc::new(Revision { id: RevisionId::new(), source: SourceId::new(), parent: None, text: nothing, geometry: nothing })
}
