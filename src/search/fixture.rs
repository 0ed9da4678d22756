use std::collections::HashMap;
use std::sync::Arc;

use crate::study::{Revision, RevisionId, SourceId};
use crate::text::{BlobId, Geometry, NO_SPEAKER, NoSuchBlob, Paragraph, ParagraphKind, Span, Texts, Voice};

/// Texts in memory.
#[derive(Default)]
pub(crate) struct Memory {
    texts: HashMap<BlobId, Arc<str>>,
    geometries: HashMap<BlobId, Arc<Geometry>>,
}

impl Memory {
    /// A text in which each line that is not blank is a paragraph: `I:` an interviewer's, `#` furniture, all others a
    /// participant's, whose label may stand before a colon.
    pub(crate) fn add(&mut self, source: SourceId, text: &str) -> Revision {
        let mut labels: Vec<Box<str>> = Vec::new();
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let whole = Span::of(at..at + line.len());
            at += line.len();
            let (label, words) = line.split_once(": ").unwrap_or(("", line));
            let span = Span::new(whole.end - words.len() as u32, whole.end).trimmed(text);
            if span.is_empty() {
                continue;
            }
            let furniture = line.starts_with('#');
            let known = labels.iter().position(|other| **other == *label);
            if !label.is_empty() && known.is_none() {
                labels.push(label.into());
            }
            paragraphs.push(Paragraph {
                span,
                label: Span::new(whole.start, whole.start + label.len() as u32),
                kind: if furniture { ParagraphKind::Furniture } else { ParagraphKind::Turn },
                level: 0,
                voice: if furniture { Voice::Furniture } else { Voice::Participant },
                speaker: if label.is_empty() { NO_SPEAKER } else { known.unwrap_or(labels.len() - 1) as u16 },
            });
        }
        let geometry = Geometry::new(text, paragraphs, vec![], labels).unwrap();
        let revision = Revision {
            id: RevisionId::new(),
            source,
            parent: None,
            text: BlobId::of(text.as_bytes()),
            geometry: BlobId::of(&geometry.to_bytes()),
        };
        self.texts.insert(revision.text, text.into());
        self.geometries.insert(revision.geometry, Arc::new(geometry));
        revision
    }

    /// Loses a text.
    pub(crate) fn lose(&mut self, id: BlobId) {
        self.texts.remove(&id);
    }
}

impl Texts for Memory {
    fn text(&self, id: BlobId) -> Result<Arc<str>, NoSuchBlob> {
        self.texts.get(&id).cloned().ok_or_else(|| NoSuchBlob { id, reason: "lost".into() })
    }

    fn geometry(&self, id: BlobId) -> Result<Arc<Geometry>, NoSuchBlob> {
        self.geometries.get(&id).cloned().ok_or_else(|| NoSuchBlob { id, reason: "lost".into() })
    }
}
