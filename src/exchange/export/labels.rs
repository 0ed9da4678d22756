use crate::study::{Attribute, Case, Role, Source, Study, ValueId};

/// How sources and cases are named in what leaves the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// By their short ids; attributes that could tell who somebody is are left out.
    #[default]
    Ids,
    /// Sources with their titles, cases with their group and area, and every attribute.
    Full,
}

impl Labels {
    /// What they mean, in a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Ids => {
                "Sources and cases are named by their short ids: titles are left blank, and words stand without the labels of speakers between them. Attributes marked as identifying are left out, and where one is what rows, columns or pages stand for, its values are numbered."
            }
            Self::Full => "Sources are named with their titles, cases with group and area; every attribute is there.",
        }
    }

    /// The name of a source.
    #[must_use]
    pub fn source(self, source: &Source) -> String {
        match self {
            Self::Full if !source.title.is_empty() && source.title != source.label => format!("{} – {}", source.label, source.title),
            _ => source.label.clone(),
        }
    }

    /// The title of a source; nothing where it stays behind.
    #[must_use]
    pub fn title(self, source: &Source) -> &str {
        if self == Self::Full { &source.title } else { "" }
    }

    /// The name of a case.
    #[must_use]
    pub fn case(self, study: &Study, case: &Case) -> String {
        if self == Self::Ids {
            return case.label.clone();
        }
        let roles = [Role::Group, Role::Area].into_iter().filter_map(|role| study.attributes().with_role(role));
        let said: Vec<String> =
            roles.map(|attribute| study.value_names(&case.values, attribute.id)).filter(|names| !names.is_empty()).collect();
        if said.is_empty() { case.label.clone() } else { format!("{} ({})", case.label, said.join(", ")) }
    }

    /// The attributes that may leave, those of cases before those of sources.
    #[must_use]
    pub fn attributes(self, study: &Study) -> Vec<&Attribute> {
        study.attributes().all().into_iter().filter(|attribute| self.lets_out(attribute)).collect()
    }

    /// Whether the values of an attribute may leave.
    #[must_use]
    pub fn lets_out(self, attribute: &Attribute) -> bool {
        self == Self::Full || !attribute.identifying
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
