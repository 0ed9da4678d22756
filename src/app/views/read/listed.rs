use std::collections::HashMap;
use std::sync::Arc;

use super::source_row::{role_values, status_of};
use super::sources::Grouping;
use crate::exchange::export::status_name;
use crate::study::{BuiltIn, CoderId, Material, NOT_STATED, Role, StatusKind, Study};
use crate::text::fold;

/// What is known of every source whatever the filter. A letter of the filter only looks through it, an edit makes only the
/// sources that it touched anew.
pub struct Listed {
    study: Arc<Study>,
    grouping: Grouping,
    me: Option<CoderId>,
    /// The names of the groups, in their order.
    names: Vec<String>,
    /// Where each name stands among them.
    by_name: HashMap<String, usize>,
    /// The sources by place.
    sources: Vec<Entry>,
}

/// A source as the filter sees it.
#[derive(PartialEq, Eq)]
struct Entry {
    /// Label and title, folded.
    hay: String,
    /// Places of its groups' names: a source of two areas stands in both.
    groups: Vec<usize>,
}

/// Sources under one head.
pub struct Group {
    /// What the head says.
    pub name: String,
    /// The sources by their place in the study, in order.
    pub sources: Vec<usize>,
}

impl Listed {
    /// The sources of `study`, grouped; `me` is who looks at them.
    #[must_use]
    pub fn new(study: &Arc<Study>, grouping: Grouping, me: Option<CoderId>) -> Self {
        let attributes = study.attributes();
        let values = |attribute: Option<_>| attribute.map_or_else(Vec::new, |attribute| attributes.values_of(attribute));
        let in_order = |attribute| values(attribute).into_iter().map(|value| value.name.clone()).collect();
        let names: Vec<String> = match grouping {
            Grouping::Area => in_order(attributes.with_role(Role::Area).map(|attribute| attribute.id)),
            Grouping::Group => in_order(attributes.with_role(Role::Group).map(|attribute| attribute.id)),
            Grouping::Kind => Vec::new(),
            Grouping::Status => [StatusKind::NotStarted, StatusKind::Reading, StatusKind::Coding, StatusKind::Done]
                .map(|status| status_name(status).to_owned())
                .to_vec(),
        };
        let by_name = names.iter().cloned().zip(0..).collect();
        let mut listed = Self { study: Arc::clone(study), grouping, me, names, by_name, sources: Vec::new() };
        for material in study.materials() {
            let entry = listed.entry(study, material);
            listed.sources.push(entry);
        }
        listed
    }

    /// Whether it is grouped so, for this coder.
    #[must_use]
    pub fn is_by(&self, grouping: Grouping, me: Option<CoderId>) -> bool {
        (self.grouping, self.me) == (grouping, me)
    }

    /// Takes in what has changed; returns whether a source is found by other words or in another group than before.
    pub fn follow(&mut self, study: &Arc<Study>) -> bool {
        if Arc::ptr_eq(&self.study, study) {
            return false;
        }
        let Some(changed) = study.changed_since(&self.study).filter(|_| study.shares_cases_with(&self.study)) else {
            *self = Self::new(study, self.grouping, self.me);
            return true;
        };
        self.study = Arc::clone(study);
        let (mut differs, groups) = (false, self.names.len());
        for place in changed {
            let Some(material) = study.materials().get(place) else { continue };
            let entry = self.entry(study, material);
            if let Some(known) = self.sources.get_mut(place).filter(|known| **known != entry) {
                *known = entry;
                differs = true;
            }
        }
        if self.names.len() > groups {
            // A new one has its place among the others.
            *self = Self::new(study, self.grouping, self.me);
        }
        differs
    }

    fn entry(&mut self, study: &Study, material: &Material) -> Entry {
        let mut names = match self.grouping {
            Grouping::Area => role_values(study, material, Role::Area),
            Grouping::Group => role_values(study, material, Role::Group),
            Grouping::Kind => Some(study.built_in(material, BuiltIn::Kind)).filter(|kind| !kind.is_empty()).into_iter().collect(),
            Grouping::Status => vec![status_name(status_of(study, material, self.me).0).to_owned()],
        };
        if names.is_empty() {
            names.push(NOT_STATED.to_owned());
        }
        let place_of = |name: String| {
            *self.by_name.entry(name).or_insert_with_key(|name| {
                self.names.push(name.clone());
                self.names.len() - 1
            })
        };
        let groups = names.into_iter().map(place_of).collect();
        Entry { hay: fold(&format!("{} {}", material.source.label, material.source.title)), groups }
    }

    /// The groups that hold sources with all words of `filter`. *Not stated* is the last.
    #[must_use]
    pub fn found(&self, filter: &str) -> Vec<Group> {
        let wanted = fold(filter.trim());
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let mut groups: Vec<Group> = self.names.iter().map(|name| Group { name: name.clone(), sources: Vec::new() }).collect();
        for (place, source) in self.sources.iter().enumerate() {
            if !wanted.iter().all(|word| source.hay.contains(word)) {
                continue;
            }
            for group in &source.groups {
                if let Some(group) = groups.get_mut(*group) {
                    group.sources.push(place);
                }
            }
        }
        groups.retain(|group| !group.sources.is_empty());
        groups.sort_by_key(|group| group.name == NOT_STATED);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::{Change, Source, Status, Values};
    use crate::text::Voice;

    #[test]
    fn an_edit_moves_only_the_sources_it_touched() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let turns = [(None, Voice::Participant, "Aye.")];
        let sources = ["A", "B", "C"].map(|label| builder.source(label, None, Values::new(), &turns));
        let study = Arc::new(builder.study());
        let mut listed = Listed::new(&study, Grouping::Status, Some(coder));
        let shown = |listed: &Listed, filter: &str| -> Vec<(String, Vec<usize>)> {
            listed.found(filter).into_iter().map(|group| (group.name, group.sources)).collect()
        };
        assert!(!listed.follow(&study));
        assert_eq!(shown(&listed, ""), [("not started".to_owned(), vec![0, 1, 2])]);

        let id = Status::id_of(sources[1].id, coder);
        let status = Status { id, source: sources[1].id, coder, status: StatusKind::Done };
        let done = Arc::new(study.apply(&[Change { before: None, after: Some(status.into()) }], &builder.blobs).unwrap());
        assert!(listed.follow(&done));
        assert_eq!(shown(&listed, ""), [("not started".to_owned(), vec![0, 2]), ("done".to_owned(), vec![1])]);

        let old = &done.material(sources[2].id).unwrap().source;
        let renamed = Source { title: "Naïve".into(), ..old.clone() };
        let renamed = Change { before: Some(old.clone().into()), after: Some(renamed.into()) };
        let renamed = Arc::new(done.apply(&[renamed], &builder.blobs).unwrap());
        assert!(listed.follow(&renamed));
        assert_eq!(shown(&listed, "c naive"), [("not started".to_owned(), vec![2])]);
        assert!(listed.follow(&study), "back again");
        assert_eq!(shown(&listed, ""), [("not started".to_owned(), vec![0, 1, 2])]);
    }
}
