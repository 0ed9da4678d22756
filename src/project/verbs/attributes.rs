use super::memos::to_theme;
use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{Attribute, AttributeId, Case, Entity, EntityId, Kind, MemoOn, Source, Value, ValueId, Values};
use crate::text::fold;

impl Tx<'_> {
    /// Renames an attribute, or says whether it could tell who somebody is.
    ///
    /// # Errors
    /// [`EditError::NoName`], or `ApplyError::SameName` when there is an attribute of that name.
    pub fn change_attribute(&mut self, mut attribute: Attribute) -> Result<(), EditError> {
        let name = attribute.name.trim().to_owned();
        if name.is_empty() {
            return Err(EditError::NoName);
        }
        attribute.name = name;
        self.put(attribute)
    }

    /// Deletes an attribute with its values, wherever they stand. Memos on cells of it go to their themes, summaries
    /// too, as memos.
    ///
    /// # Errors
    /// [`EditError::Refused`] for an attribute that the matrix or the sources rest on.
    pub fn remove_attribute(&mut self, attribute: AttributeId) -> Result<(), EditError> {
        let gone = self.study().attributes().get(attribute).ok_or(EditError::Gone("attribute"))?;
        if gone.role.is_some() || gone.built_in.is_some() {
            return Err(EditError::Refused(format!("“{}” belongs to every study and cannot be deleted", gone.name)));
        }
        self.change_values(|values| _ = values.remove(&attribute))?;
        self.move_cell_memos(|cell| cell.has_attribute(attribute), to_theme)?;
        self.summaries_to_memos(|cell| cell.has_attribute(attribute), Some)?;
        let values = self.study().attributes().values_of(attribute).into_iter().map(|value| value_id(value.id));
        let gone = values.chain([EntityId { kind: Kind::Attribute, id: attribute.0 }]);
        let gone = gone.map(|id| (id, None)).collect();
        self.remove_all(gone)
    }

    /// Renames a value.
    ///
    /// # Errors
    /// [`EditError::NoName`], or `ApplyError::SameName` when the attribute has a value of that name.
    pub fn rename_value(&mut self, value: ValueId, name: &str) -> Result<(), EditError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(EditError::NoName);
        }
        let value = self.value(value)?;
        self.put(Value { name, ..value })
    }

    /// Puts one value in the place of another of its attribute. The name that goes is known as another name of the one
    /// that stays, so that it is recognised when it arrives again.
    ///
    /// # Errors
    /// [`EditError::Refused`] when they belong to two attributes or are the same.
    pub fn merge_values(&mut self, from: ValueId, into: ValueId) -> Result<(), EditError> {
        let (gone, mut kept) = (self.value(from)?, self.value(into)?);
        if from == into || gone.attribute != kept.attribute {
            return Err(EditError::Refused("only two values of one attribute can be merged".to_owned()));
        }
        self.change_values(|values| {
            if let Some(values) = values.get_mut(&gone.attribute)
                && values.remove(&from)
            {
                values.insert(into);
            }
        })?;
        self.move_cell_memos(|cell| cell.has_value(from), |cell| MemoOn::Cell { cell: cell.clone().with_value(from, into) })?;
        self.move_summaries(|cell| cell.has_value(from), |cell| cell.with_value(from, into), &gone.name, false)?;
        self.move_evidence(|cell| cell.has_value(from), |cell| cell.with_value(from, into))?;
        self.remove(value_id(from), None)?;
        for name in gone.aliases.into_iter().chain([gone.name]) {
            let known = kept.aliases.iter().chain([&kept.name]).any(|other| fold(other) == fold(&name));
            if !known {
                kept.aliases.push(name);
            }
        }
        self.put(kept)
    }

    /// Deletes a value; where it stood alone is then *Not stated*. Memos on its cells go to their themes, summaries too, as memos.
    ///
    /// # Errors
    /// [`EditError::Gone`] when there is no such value.
    pub fn remove_value(&mut self, value: ValueId) -> Result<(), EditError> {
        let attribute = self.value(value)?.attribute;
        self.change_values(|all| {
            if let Some(values) = all.get_mut(&attribute) {
                values.remove(&value);
                if values.is_empty() {
                    all.remove(&attribute);
                }
            }
        })?;
        self.move_cell_memos(|cell| cell.has_value(value), to_theme)?;
        self.summaries_to_memos(|cell| cell.has_value(value), Some)?;
        self.remove(value_id(value), None)
    }

    fn value(&self, value: ValueId) -> Result<Value, EditError> {
        self.study().attributes().value(value).cloned().ok_or(EditError::Gone("value"))
    }

    /// Changes the values of every case and source.
    fn change_values(&mut self, change: impl Fn(&mut Values)) -> Result<(), EditError> {
        let changed = |values: &Values| {
            let mut values = values.clone();
            change(&mut values);
            values
        };
        let cases = self.study().cases().values().map(|case| Entity::from(Case { values: changed(&case.values), ..case.clone() }));
        let sources = self.study().materials().iter().map(|material| {
            let source = &material.source;
            Entity::from(Source { values: changed(&source.values), ..source.clone() })
        });
        let all = cases.chain(sources).collect();
        self.put_all(all)
    }
}

const fn value_id(value: ValueId) -> EntityId {
    EntityId { kind: Kind::Value, id: value.0 }
}
