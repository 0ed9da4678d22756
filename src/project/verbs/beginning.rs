use std::collections::HashMap;

use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{Attribute, Role, Study, Theme, ThemeId, ThemeOrigin, Value};

/// What a study calls one of its two roles, and what is known of it from the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleWords {
    /// The study's own word ("Participant group"); empty keeps the one there is.
    pub name: String,
    /// The values in the analyst's order.
    pub values: Vec<String>,
}

impl Tx<'_> {
    /// Gives a role the study's own word and its values.
    ///
    /// # Errors
    /// [`EditError::Gone`] when no attribute plays the role, or when the name is taken.
    pub fn name_role(&mut self, role: Role, words: &RoleWords) -> Result<(), EditError> {
        let attribute = self.study().attributes().with_role(role).ok_or(EditError::Gone("attribute"))?.clone();
        let id = attribute.id;
        let name = words.name.trim();
        if !name.is_empty() {
            self.change_attribute(Attribute { name: name.to_owned(), ..attribute })?;
        }
        for value in words.values.iter().filter(|value| !value.trim().is_empty()) {
            self.value_named(id, value)?;
        }
        Ok(())
    }

    /// Takes over the frame of another study: its attributes with their values, and its themes with what they mean,
    /// which are a priori here: they were there before the data.
    /// Nothing that anybody said or coded comes along.
    ///
    /// # Errors
    /// Those of the edits it consists of.
    pub fn take_frame(&mut self, from: &Study) -> Result<(), EditError> {
        let theirs = from.attributes();
        for attribute in theirs.all() {
            let values = theirs.values_of(attribute.id);
            let own = match (attribute.role, attribute.built_in) {
                (Some(role), _) => {
                    self.name_role(role, &RoleWords { name: attribute.name.clone(), values: Vec::new() })?;
                    self.study().attributes().with_role(role).map(|own| own.id)
                }
                (None, Some(built_in)) => self.study().attributes().built_in(built_in).map(|own| own.id),
                (None, None) => Some(self.attribute_named(&attribute.name, attribute.of)?),
            };
            let own = own.and_then(|own| self.study().attributes().get(own)).ok_or(EditError::Gone("attribute"))?.clone();
            let id = own.id;
            self.put(Attribute { identifying: attribute.identifying, ..own })?;
            for value in values {
                let made = self.value_named(id, &value.name)?;
                let made = self.study().attributes().value(made).ok_or(EditError::Gone("value"))?.clone();
                self.put(Value { aliases: value.aliases.clone(), ..made })?;
            }
        }
        let origin = Some(ThemeOrigin::APriori);
        let mut own: HashMap<ThemeId, ThemeId> = HashMap::new();
        for row in from.codebook().outline() {
            let Some(theme) = from.codebook().get(row.theme) else { continue };
            let parent = theme.parent.and_then(|parent| own.get(&parent).copied());
            let id = self.add_theme(parent, &theme.name)?;
            let made = self.study().codebook().get(id).ok_or(EditError::Gone("theme"))?.clone();
            self.change_theme(Theme { id, parent, position: made.position, origin, ..theme.clone() })?;
            own.insert(theme.id, id);
        }
        Ok(())
    }
}
