use jiff::Timestamp;
use uuid::Uuid;

use crate::exchange::refi::Made;
use crate::exchange::refi::xml::{push_attribute, push_words};

/// XML as it is written: an element on each line, closed in itself when nothing is in it.
pub(super) struct Page {
    out: String,
    /// Whether the tag that was begun last still takes attributes.
    is_open: bool,
}

impl Page {
    pub(super) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned(), is_open: false }
    }

    /// A piece that goes into another.
    pub(super) const fn piece() -> Self {
        Self { out: String::new(), is_open: false }
    }

    pub(super) fn text(self) -> String {
        self.out
    }

    fn settle(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.out.push('>');
        }
    }

    /// Begins an element; attributes may follow.
    pub(super) fn begin(&mut self, element: &str) {
        self.settle();
        self.out.push_str("\n<");
        self.out.push_str(element);
        self.is_open = true;
    }

    pub(super) fn end(&mut self, element: &str) {
        if std::mem::take(&mut self.is_open) {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(element);
            self.out.push('>');
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        push_attribute(&mut self.out, name, value);
    }

    /// An attribute that is left out when there is nothing to say.
    pub(super) fn optional(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.attribute(name, value);
        }
    }

    pub(super) fn guid(&mut self, name: &str, guid: Uuid) {
        let mut letters = Uuid::encode_buffer();
        self.attribute(name, guid.hyphenated().encode_lower(&mut letters));
    }

    /// Who made an element and when; `users` are the names of the two attributes, the second empty where there is none.
    pub(super) fn made(&mut self, made: &Made, users: [&str; 2]) {
        let [by, changed_by] = users;
        if let Some(user) = made.by {
            self.guid(by, user);
        }
        self.moment("creationDateTime", made.at);
        if changed_by.is_empty() {
            return;
        }
        if let Some(user) = made.changed_by {
            self.guid(changed_by, user);
        }
        self.moment("modifiedDateTime", made.changed_at);
    }

    fn moment(&mut self, name: &str, at: Option<i64>) {
        let moment = at.and_then(|at| Timestamp::from_millisecond(at).ok()).map(|moment| moment.to_string());
        // The schema has no years before the first.
        if let Some(moment) = moment.filter(|moment| !moment.starts_with('-')) {
            self.attribute(name, &moment);
        }
    }

    /// An element that holds words.
    pub(super) fn words(&mut self, element: &str, words: &str) {
        self.begin(element);
        self.settle();
        push_words(&mut self.out, words);
        self.end(element);
    }

    pub(super) fn description(&mut self, words: &str) {
        if !words.is_empty() {
            self.words("Description", words);
        }
    }

    /// Elements that only point somewhere.
    pub(super) fn references(&mut self, element: &str, targets: &[Uuid]) {
        for target in targets {
            self.begin(element);
            self.guid("targetGUID", *target);
            self.end(element);
        }
    }

    /// XML as it is.
    pub(super) fn raw(&mut self, xml: &str) {
        self.settle();
        self.out.push_str(xml);
    }
}
