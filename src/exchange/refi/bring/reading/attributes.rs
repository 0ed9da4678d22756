use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::super::super::model::VariableValue;
use super::{Reading, free_name, nth, parts, value_key};
use crate::study::{Attribute, AttributeId, AttributeOf, Case, CaseId, CaseKind, Entity, EntityId, Kind, MemoOn, Value, ValueId, Values};
use crate::text::fold;

/// What stands between several values of one variable.
pub(in crate::exchange::refi) const BETWEEN: &str = "; ";

impl Reading<'_> {
    pub(super) fn read_variables(&mut self) {
        let project = self.project;
        let of_cases: HashSet<Uuid> = project.cases.iter().flat_map(|case| &case.values).map(|value| value.variable).collect();
        let of_sources: HashSet<Uuid> = project.sources.iter().flat_map(|source| &source.values).map(|value| value.variable).collect();
        let mut names = HashSet::new();
        for (index, variable) in project.variables.iter().enumerate() {
            let [cases_have, sources_have] = [&of_cases, &of_sources].map(|of| of.contains(&variable.guid));
            if cases_have || !sources_have {
                let id = AttributeId(self.claim(variable.guid, "variable"));
                let name = free_name(&variable.name, "Unnamed", &mut names);
                self.read_variable(id, name, AttributeOf::Cases, index);
                self.case_attributes.entry(variable.guid).or_insert(id);
            }
            if sources_have {
                let id = AttributeId(self.claim(variable.guid, "variable"));
                let wanted = if cases_have { format!("{} of the source", variable.name) } else { variable.name.clone() };
                let name = free_name(&wanted, "Unnamed", &mut names);
                if cases_have {
                    let sentence = format!("It describes cases and sources; that of sources is called “{name}”.");
                    self.account.changed("attributes", &variable.name, sentence);
                }
                self.read_variable(id, name, AttributeOf::Sources, index);
                self.source_attributes.entry(variable.guid).or_insert(id);
            }
            if !variable.description.trim().is_empty() {
                self.account.left_out("descriptions of attributes", &variable.name, format!("It says: {}", variable.description.trim()));
            }
        }
        self.account.kept("attributes", project.variables.len());
    }

    fn read_variable(&mut self, id: AttributeId, name: String, of: AttributeOf, index: usize) {
        self.put(Attribute { id, name, of, role: None, built_in: None, identifying: false, position: nth(index) });
    }

    /// The values of a case or source, made where an attribute has them not yet.
    pub(super) fn values(&mut self, given: &[VariableValue], of: AttributeOf) -> Values {
        let mut values = Values::new();
        for value in given.iter().filter(|value| !value.value.trim().is_empty()) {
            let attributes = if of == AttributeOf::Cases { &self.case_attributes } else { &self.source_attributes };
            let Some(attribute) = attributes.get(&value.variable).copied() else {
                self.account.left_out("values", &value.value, "The file does not say of what it is a value.");
                continue;
            };
            // Several values stand in one where all of them are known.
            let known = |name: &str| self.beside.ids.contains_key(&super::derived(&parts(&value_key(attribute, name))));
            let split: Vec<&str> = value.value.split(BETWEEN).collect();
            let names =
                if split.len() > 1 && !known(&value.value) && split.iter().all(|name| known(name)) { split } else { vec![&*value.value] };
            for name in names {
                let id = self.value(attribute, name);
                values.entry(attribute).or_default().insert(id);
            }
        }
        values
    }

    /// The value of an attribute with this name.
    pub(super) fn value(&mut self, attribute: AttributeId, name: &str) -> ValueId {
        let id = ValueId(self.identified(&parts(&value_key(attribute, name))));
        if !self.entities.contains_key(&EntityId { kind: Kind::Value, id: id.0 }) {
            let count = self.values.entry(attribute).or_default();
            let position = nth(*count);
            *count += 1;
            self.put(Value { id, attribute, name: name.trim().to_owned(), aliases: Vec::new(), position });
        }
        id
    }

    pub(super) fn read_cases(&mut self) {
        let mut names = HashSet::new();
        for (index, case) in self.project.cases.iter().enumerate() {
            let id = CaseId(self.claim(case.guid, "case"));
            self.cases.entry(case.guid).or_insert(id);
            let label = free_name(&case.name, "Unnamed", &mut names);
            if label != case.name {
                self.account.changed("cases", &case.name, format!("There is another of that name, so it is called “{label}”."));
            }
            self.case_names.insert(fold(&label), id);
            let values = self.values(&case.values, AttributeOf::Cases);
            self.put(Case { id, label, kind: CaseKind::Person, values, position: nth(index) });
            self.describe(case.guid, &case.description, MemoOn::Case { case: id });
        }
        self.account.kept("cases", self.project.cases.len());
    }

    /// Sets of sources that are named “gender: male”, as one program writes what it knows of documents.
    pub(super) fn values_of_sets(&mut self) -> HashMap<Uuid, Values> {
        let mut values: HashMap<Uuid, Values> = HashMap::new();
        let mut made: HashMap<String, AttributeId> = HashMap::new();
        let project = self.project;
        let mut taken: HashSet<String> = self
            .entities
            .values()
            .filter_map(|entity| if let Entity::Attribute(it) = entity { Some(fold(&it.name)) } else { None })
            .collect();
        for set in project.sets.iter().filter(|set| is_value(set)) {
            let Some((name, value)) = set.name.split_once(": ") else { continue };
            let attribute = if let Some(attribute) = made.get(&fold(name)) {
                *attribute
            } else {
                let id = AttributeId(self.identified(&[b"set", fold(name).as_bytes()]));
                let free = free_name(name, "Unnamed", &mut taken);
                self.read_variable(id, free, AttributeOf::Sources, project.variables.len() + made.len());
                made.insert(fold(name), id);
                id
            };
            let value = self.value(attribute, value);
            for source in &set.sources {
                values.entry(*source).or_default().entry(attribute).or_default().insert(value);
            }
            self.account.changed("sets", &set.name, "Its name is an attribute and a value, which its sources have now.");
        }
        values
    }
}

/// Whether a set says a value of its sources.
pub(super) fn is_value(set: &super::super::super::model::Set) -> bool {
    let named = set.name.split_once(": ").is_some_and(|(name, value)| !name.trim().is_empty() && !value.trim().is_empty());
    named && !set.sources.is_empty() && set.codes.is_empty() && set.notes.is_empty()
}
