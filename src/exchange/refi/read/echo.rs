use quick_xml::events::BytesStart;

use crate::exchange::refi::Kept;
use crate::exchange::refi::archive::file_name;
use crate::exchange::refi::xml::{Attribute, holds_words, local, push_attribute, push_words};

/// Writes down an element as it comes, for programs that understand it: without prefixes, without what the standard does
/// not know, and without the places on somebody's computer.
pub(super) struct Echo {
    element: String,
    xml: String,
    depth: usize,
    /// How deep we are in what is not written down.
    muted: usize,
    in_words: bool,
    /// Files in the archive that it names, the medium itself first.
    pub(super) files: Vec<String>,
    /// Whether it named a place on a computer.
    pub(super) had_place: bool,
}

impl Echo {
    /// For the element of this local name.
    pub(super) fn new(element: &str) -> Self {
        Self { element: element.to_owned(), xml: String::new(), depth: 0, muted: 0, in_words: false, files: Vec::new(), had_place: false }
    }

    /// Takes the beginning of an element.
    ///
    /// `is_heard` says whether the element is written down with what is in it; `has_own_text` that its text is kept
    /// elsewhere.
    pub(super) fn open(&mut self, element: &BytesStart<'_>, attributes: &[Attribute<'_>], is_heard: bool, has_own_text: bool) {
        self.depth += 1;
        if self.muted > 0 || !is_heard {
            self.muted += 1;
            return;
        }
        let name = element.name();
        let name = local(name.as_ref());
        self.xml.push('<');
        self.xml.push_str(name);
        for (key, value) in attributes {
            match *key {
                "currentPath" => self.had_place = true,
                "plainTextPath" if has_own_text => {}
                "path" | "plainTextPath" | "richTextPath" => {
                    if let Some(path) = self.path(value, *key == "path") {
                        push_attribute(&mut self.xml, key, &path);
                    }
                }
                _ => push_attribute(&mut self.xml, key, value),
            }
        }
        self.xml.push('>');
        self.in_words = holds_words(name);
    }

    /// The path as it is written down; one inside the archive is remembered.
    fn path(&mut self, path: &str, is_medium: bool) -> Option<String> {
        let name = file_name(path)?;
        if let Some(("internal", _)) = path.split_once("://") {
            if is_medium {
                self.files.insert(0, name.to_owned());
            } else {
                self.files.push(name.to_owned());
            }
            return Some(format!("internal://{name}"));
        }
        let relative = path.strip_prefix("relative://").filter(|path| !path.contains("..") && !path.contains(':'));
        if relative.is_some() {
            return Some(path.to_owned());
        }
        self.had_place = true;
        Some(format!("relative:///{name}"))
    }

    /// Takes words.
    pub(super) fn words(&mut self, words: &str) {
        if self.in_words && self.muted == 0 {
            push_words(&mut self.xml, words);
        }
    }

    /// Takes the end of an element. The whole, with whether the element is at its end.
    pub(super) fn close(&mut self, name: &str) -> bool {
        self.depth = self.depth.saturating_sub(1);
        if self.muted > 0 {
            self.muted -= 1;
        } else {
            self.xml.push_str("</");
            self.xml.push_str(local(name));
            self.xml.push('>');
            self.in_words = false;
        }
        self.depth == 0
    }

    /// What was written down.
    pub(super) fn kept(self) -> Kept {
        Kept { element: self.element, xml: self.xml }
    }
}
