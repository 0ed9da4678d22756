use crate::study::{Attribute, Source, Study, ValueId};

/// How sources and cases are named in what leaves the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Whether sources have their titles, cases their group and area, and every attribute is there.
    full: bool,
    /// The fewest people of whom values of attributes are told.
    smallest: Option<u32>,
}

impl Labels {
    /// By their short ids; attributes that could tell who somebody is are left out.
    pub const IDS: Self = Self { full: false, smallest: None };
    /// Sources with their titles, cases with their group and area, and every attribute.
    pub const FULL: Self = Self { full: true, smallest: None };

    /// The same with values masked that fewer than `smallest` people share; none or less than two masks nothing.
    #[must_use]
    pub fn masking(self, smallest: Option<u32>) -> Self {
        Self { smallest: smallest.filter(|smallest| *smallest > 1), ..self }
    }

    /// The fewest people of whom values are told; none where nothing is masked.
    #[must_use]
    pub const fn smallest(self) -> Option<u32> {
        self.smallest
    }

    /// Whether everything that names somebody leaves.
    #[must_use]
    pub const fn is_full(self) -> bool {
        self.full
    }

    /// What they mean, in a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        if self.full {
            "Sources are named with their titles, cases with group and area; every attribute is there."
        } else {
            "Sources and cases are named by their short ids: titles are left blank, and words stand without the labels of speakers between them. Attributes marked as identifying are left out, and where one is what rows, columns or pages stand for, its values are numbered."
        }
    }

    /// The name of a source.
    #[must_use]
    pub fn source(self, source: &Source) -> String {
        if self.full && !source.title.is_empty() && source.title != source.label {
            format!("{} – {}", source.label, source.title)
        } else {
            source.label.clone()
        }
    }

    /// The title of a source; nothing where it stays behind.
    #[must_use]
    pub fn title(self, source: &Source) -> &str {
        if self.full { &source.title } else { "" }
    }

    /// The attributes that may leave, those of cases before those of sources.
    #[must_use]
    pub fn attributes(self, study: &Study) -> Vec<&Attribute> {
        study.attributes().all().into_iter().filter(|attribute| self.lets_out(attribute)).collect()
    }

    /// Whether the values of an attribute may leave.
    #[must_use]
    pub const fn lets_out(self, attribute: &Attribute) -> bool {
        self.full || !attribute.identifying
    }

    /// The name of a value, or a number in its place where it must not leave.
    #[must_use]
    pub fn value(self, study: &Study, value: ValueId) -> String {
        let attributes = study.attributes();
        let attribute = attributes.value(value).and_then(|value| attributes.get(value.attribute));
        match attribute.filter(|attribute| !self.lets_out(attribute)) {
            None => attributes.value_name(value).to_owned(),
            Some(attribute) => {
                let place = attributes.values_of(attribute.id).into_iter().position(|other| other.id == value);
                format!("{} {}", attribute.name, place.map_or(0, |place| place + 1))
            }
        }
    }
}
