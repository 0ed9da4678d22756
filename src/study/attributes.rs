use std::collections::BTreeMap;

use super::entities::{Attribute, AttributeOf, BuiltIn, Role, Value};
use super::ids::{AttributeId, ValueId};
use crate::text::fold;

/// What is said where no value, or no case, is stated.
pub const NOT_STATED: &str = "Not stated";

/// The attributes of a study and the values they can have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    attributes: BTreeMap<AttributeId, Attribute>,
    values: BTreeMap<ValueId, Value>,
}

impl Attributes {
    pub(super) fn put_attribute(&mut self, id: AttributeId, attribute: Option<Attribute>) {
        match attribute {
            Some(attribute) => self.attributes.insert(id, attribute),
            None => self.attributes.remove(&id),
        };
    }

    pub(super) fn put_value(&mut self, id: ValueId, value: Option<Value>) {
        match value {
            Some(value) => self.values.insert(id, value),
            None => self.values.remove(&id),
        };
    }

    /// The attribute with this identity.
    #[must_use]
    pub fn get(&self, id: AttributeId) -> Option<&Attribute> {
        self.attributes.get(&id)
    }

    /// The value with this identity.
    #[must_use]
    pub fn value(&self, id: ValueId) -> Option<&Value> {
        self.values.get(&id)
    }

    /// Name of a value; empty when it is gone.
    #[must_use]
    pub fn value_name(&self, id: ValueId) -> &str {
        self.value(id).map_or("", |value| &value.name)
    }

    /// The attributes in the analyst's order, those of cases before those of sources.
    #[must_use]
    pub fn all(&self) -> Vec<&Attribute> {
        let mut all: Vec<_> = self.attributes.values().collect();
        all.sort_by_key(|attribute| (attribute.of, attribute.position, attribute.id));
        all
    }

    /// The attributes of cases or of sources, in order.
    pub fn of(&self, of: AttributeOf) -> impl Iterator<Item = &Attribute> {
        self.all().into_iter().filter(move |attribute| attribute.of == of)
    }

    /// The attribute that plays `role`.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<&Attribute> {
        self.attributes.values().find(|attribute| attribute.role == Some(role))
    }

    /// The built-in attribute of sources.
    #[must_use]
    pub fn built_in(&self, built_in: BuiltIn) -> Option<&Attribute> {
        self.attributes.values().find(|attribute| attribute.built_in == Some(built_in))
    }

    /// The attribute of this name, case folded.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Attribute> {
        let wanted = fold(name.trim());
        self.all().into_iter().find(|attribute| fold(&attribute.name) == wanted)
    }

    /// The values of an attribute in the analyst's order.
    #[must_use]
    pub fn values_of(&self, attribute: AttributeId) -> Vec<&Value> {
        let mut values: Vec<_> = self.values.values().filter(|value| value.attribute == attribute).collect();
        values.sort_by_key(|value| (value.position, value.id));
        values
    }

    /// The value of an attribute with this name or alias, case folded. Never a guess: other spellings are not found.
    #[must_use]
    pub fn find_value(&self, attribute: AttributeId, name: &str) -> Option<&Value> {
        let wanted = fold(name.trim());
        let values = self.values_of(attribute);
        let by_name = values.iter().find(|value| fold(&value.name) == wanted);
        by_name.or_else(|| values.iter().find(|value| value.aliases.iter().any(|alias| fold(alias) == wanted))).copied()
    }
}
