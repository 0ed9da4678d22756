use std::collections::BTreeSet;

use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{Attribute, AttributeId, AttributeOf, Case, CaseId, CaseKind, Value, ValueId, Values};

impl Tx<'_> {
    /// The case with this label, made if there is none.
    ///
    /// # Errors
    /// [`EditError::NoName`] for an empty label.
    pub fn case_labelled(&mut self, label: &str, kind: CaseKind) -> Result<CaseId, EditError> {
        let label = label.trim();
        if label.is_empty() {
            return Err(EditError::NoName);
        }
        if let Some(there) = self.study().case_labelled(label) {
            return Ok(there.id);
        }
        let id = CaseId::new();
        let position = self.study().cases().values().map(|case| case.position).max().unwrap_or(0) + 1;
        self.put(Case { id, label: label.to_owned(), kind, values: Values::new(), position })?;
        Ok(id)
    }

    /// The attribute of this name, made if there is none.
    ///
    /// # Errors
    /// [`EditError::NoName`] for an empty name, [`EditError::Refused`] when there is one of that name for the other sort of thing.
    pub fn attribute_named(&mut self, name: &str, of: AttributeOf) -> Result<AttributeId, EditError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(EditError::NoName);
        }
        if let Some(there) = self.study().attributes().named(name) {
            let other = if of == AttributeOf::Cases { "sources" } else { "cases" };
            let refused = || EditError::Refused(format!("“{name}” is an attribute of {other} already"));
            return if there.of == of { Ok(there.id) } else { Err(refused()) };
        }
        let id = AttributeId::new();
        let position = self.study().attributes().of(of).last().map_or(1, |last| last.position + 1);
        self.put(Attribute { id, name: name.to_owned(), of, role: None, built_in: None, identifying: false, position })?;
        Ok(id)
    }

    /// The value of an attribute with this name or alias, made if there is none.
    ///
    /// # Errors
    /// [`EditError::NoName`] for an empty name.
    pub fn value_named(&mut self, attribute: AttributeId, name: &str) -> Result<ValueId, EditError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(EditError::NoName);
        }
        if let Some(there) = self.study().attributes().find_value(attribute, name) {
            return Ok(there.id);
        }
        let id = ValueId::new();
        let position = self.study().attributes().values_of(attribute).last().map_or(1, |last| last.position + 1);
        self.put(Value { id, attribute, name: name.to_owned(), aliases: Vec::new(), position })?;
        Ok(id)
    }

    /// Sets the values of a case in an attribute; none is *Not stated*.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such case.
    pub fn set_value(&mut self, case: CaseId, attribute: AttributeId, values: BTreeSet<ValueId>) -> Result<(), EditError> {
        let mut case = self.study().case(case).ok_or(EditError::Gone("case"))?.clone();
        if values.is_empty() {
            case.values.remove(&attribute);
        } else {
            case.values.insert(attribute, values);
        }
        self.put(case)
    }
}
