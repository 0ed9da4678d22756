use serde::{Deserialize, Serialize};

use crate::study::ids::SavedId;
use crate::text::BlobId;

/// What is kept under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedKind {
    /// A way to look at the matrix.
    MatrixView,
    /// A question to the texts, asked again and again.
    Query,
    /// What another program put into a project and only such programs understand; it is given back to them.
    Foreign,
}

/// Something kept under a name, for everybody who works on the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Identity.
    pub id: SavedId,
    /// What it is.
    pub kind: SavedKind,
    /// Name; unique among those of its kind, case folded.
    pub name: String,
    /// What is kept, as JSON. Those who wrote it read it leniently: what it names may be gone by then.
    pub body: String,
    /// Place among those of its kind.
    pub position: i64,
}

/// What of the body of a foreign thing tells which blobs it needs.
#[derive(Deserialize)]
struct Needs {
    blobs: Vec<BlobId>,
}

impl Saved {
    /// The blobs that what is kept consists of: where it is foreign, its body lists them as `blobs`.
    #[must_use]
    pub fn blobs(&self) -> Vec<BlobId> {
        if self.kind != SavedKind::Foreign {
            return Vec::new();
        }
        serde_json::from_str::<Needs>(&self.body).map(|needs| needs.blobs).unwrap_or_default()
    }
}
