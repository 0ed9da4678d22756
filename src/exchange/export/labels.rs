use crate::study::{Attribute, Case, Role, Source, Study};

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
            Self::Ids => "Sources and cases are named by their short ids; attributes marked as identifying are left out.",
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
        study.attributes().all().into_iter().filter(|attribute| self == Self::Full || !attribute.identifying).collect()
    }
}
