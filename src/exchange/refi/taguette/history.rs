use std::collections::HashMap;

use serde::Deserialize;
use uuid::Uuid;

use super::super::model::Made;
use super::super::peer::People;
use super::utc;
use crate::store::{Foreign, ForeignError};

/// An act in Taguette's log, as far as it says who made what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Act {
    #[serde(rename = "type")]
    kind: String,
    highlight_id: Option<i64>,
    tags: Vec<i64>,
}

/// Who did something, and when.
#[derive(Clone, Copy, Debug)]
struct Deed {
    by: Option<Uuid>,
    at: Option<i64>,
}

/// Who added documents, highlights and tags on highlights. Only the log knows; highlights themselves have no author.
#[derive(Debug, Default)]
pub(super) struct History {
    documents: HashMap<i64, Deed>,
    /// The first act on a highlight and the last.
    highlights: HashMap<i64, (Deed, Deed)>,
    /// The first act by which a tag is on a highlight.
    tags: HashMap<(i64, i64), Deed>,
}

impl History {
    /// Reads the log. Acts that are not understood are passed over: what is there now stands in the other tables.
    pub(super) fn read(base: &Foreign<'_>, people: &mut People) -> Result<Self, ForeignError> {
        let mut history = Self::default();
        base.rows("commands", ["date", "user_login", "document_id", "payload"], |[date, login, document, payload]| {
            let deed = Deed { by: people.named(&login.text()), at: utc(&date.text()) };
            let act: Act = serde_json::from_str(&payload.text()).unwrap_or_default();
            match (act.kind.as_str(), document.integer(), act.highlight_id) {
                ("document_add", Some(document), _) => {
                    history.documents.entry(document).or_insert(deed);
                }
                // Changing a highlight is logged as adding it again.
                ("highlight_add", _, Some(highlight)) => {
                    history.highlights.entry(highlight).or_insert((deed, deed)).1 = deed;
                    for tag in act.tags {
                        history.tags.entry((highlight, tag)).or_insert(deed);
                    }
                }
                _ => {}
            }
        })?;
        Ok(history)
    }

    /// Who added a document.
    pub(super) fn document(&self, id: i64) -> Made {
        self.documents.get(&id).map(|deed| made(*deed)).unwrap_or_default()
    }

    /// Who highlighted a passage, and who changed that last.
    pub(super) fn highlight(&self, id: i64) -> Made {
        let Some((first, last)) = self.highlights.get(&id) else { return Made::default() };
        let is_changed = first.at != last.at;
        Made { changed_by: last.by.filter(|_| is_changed), changed_at: last.at.filter(|_| is_changed), ..made(*first) }
    }

    /// Who put a tag on a highlight. Of a tag that came by merging nothing is known; it goes by the highlight.
    pub(super) fn tag_on_highlight(&self, highlight: i64, tag: i64) -> Made {
        let first = self.highlights.get(&highlight).map(|(first, _)| *first);
        self.tags.get(&(highlight, tag)).copied().or(first).map(made).unwrap_or_default()
    }
}

fn made(deed: Deed) -> Made {
    Made { by: deed.by, at: deed.at, ..Made::default() }
}
