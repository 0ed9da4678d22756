use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::units::Hint;

/// What the paragraph styles of a document mean, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hints: BTreeMap<String, Hint>,
    /// The style that a style without a meaning of its own is based on.
    bases: BTreeMap<String, String>,
}

impl Styles {
    /// Reads `word/styles.xml`; styles behind a fault in it are unknown.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut id = String::new();
        while let Ok(event) = reader.read_event() {
            let (Event::Start(element) | Event::Empty(element)) = event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            match element.local_name().as_ref() {
                "style" => id = attribute(&element, "styleId").unwrap_or_default(),
                "name" => {
                    if let Some(hint) = attribute(&element, "val").and_then(|name| by_name(&name)) {
                        styles.hints.insert(id.clone(), hint);
                    }
                }
                "basedOn" => {
                    styles.bases.extend(attribute(&element, "val").map(|base| (id.clone(), base)));
                }
                "outlineLvl" => {
                    if let Some(level) = level(&element) {
                        styles.hints.insert(id.clone(), Hint::Heading(level));
                    }
                }
                _ => {}
            }
        }
        styles
    }

    /// What a style means, or the style it is based on.
    pub(super) fn hint(&self, id: &str) -> Hint {
        let mut id = id;
        // A circle of styles is possible in a broken file.
        for _ in 0..10 {
            if let Some(hint) = self.hints.get(id) {
                return *hint;
            }
            let Some(base) = self.bases.get(id) else { break };
            id = base;
        }
        Hint::None
    }
}

fn by_name(name: &str) -> Option<Hint> {
    let name = name.to_lowercase();
    if let Some(level) = name.strip_prefix("heading ") {
        return level.trim().parse().ok().map(Hint::Heading);
    }
    if name == "title" {
        return Some(Hint::Heading(1));
    }
    if name.ends_with("quote") {
        return Some(Hint::Quote);
    }
    (name.starts_with("list bullet") || name.starts_with("list number")).then_some(Hint::Item(1))
}

/// The heading level of an `outlineLvl`, which counts from 0; 9 is body text.
pub(super) fn level(element: &BytesStart<'_>) -> Option<u8> {
    attribute(element, "val")?.parse().ok().filter(|level: &u8| *level < 9).map(|level| level + 1)
}

/// The attribute with this local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.clone().into_owned(), std::borrow::Cow::into_owned))
}
