use super::super::Entities;
use super::Fit;
use crate::study::{
    Attribute, AttributeId, Case, CaseId, Coder, Entity, EntityId, Kind, ProjectInfo, Source, Theme, ThemeId, Value, Values,
};
use crate::text::fold;

impl Fit<'_, '_> {
    /// In a study without anything in it the attributes that every study begins with give way to those that come in.
    pub(super) fn give_way(&mut self, incoming: &Entities) {
        if !self.bare {
            return;
        }
        for entity in incoming.values() {
            let Entity::Attribute(given) = entity else { continue };
            if let Some(own) = self.of_its_part(given).filter(|own| *own != given.id)
                && self.study.attributes().values_of(own).is_empty()
            {
                self.removed.insert(EntityId { kind: Kind::Attribute, id: own.0 });
            }
        }
    }

    /// The attribute here that plays the part of one that comes in.
    fn of_its_part(&self, given: &Attribute) -> Option<AttributeId> {
        let attributes = self.study.attributes();
        let role = given.role.and_then(|role| attributes.with_role(role));
        role.or_else(|| given.built_in.and_then(|built_in| attributes.built_in(built_in))).map(|attribute| attribute.id)
    }

    /// A study without anything in it is called as the one that comes in.
    pub(super) fn take_project(&mut self, given: ProjectInfo) {
        if self.bare {
            let own = self.study.project();
            let name = if given.name.trim().is_empty() { own.name.clone() } else { given.name };
            self.set(ProjectInfo { id: own.id, name, ..given });
        }
    }

    pub(super) fn take_coder(&mut self, given: Coder) {
        if self.study.coders().contains_key(&given.id) {
            self.there += 1;
            return;
        }
        let name = fold(given.name.trim());
        match self.study.coders().values().find(|own| fold(own.name.trim()) == name) {
            Some(own) => self.is(given.id.0, own.id.0),
            None => self.make(given),
        }
    }

    pub(super) fn take_attribute(&mut self, mut given: Attribute) {
        let id = EntityId { kind: Kind::Attribute, id: given.id.0 };
        if self.is_there(id, None) {
            return;
        }
        let stays = |own: &AttributeId| !self.removed.contains(&EntityId { kind: Kind::Attribute, id: own.0 });
        let named = self.study.attributes().all().into_iter().filter(|own| stays(&own.id) && fold(&own.name) == fold(&given.name));
        let named = named.filter(|own| own.of == given.of).map(|own| own.id).next();
        if let Some(own) = self.of_its_part(&given).filter(stays).or(named) {
            self.is(given.id.0, own.0);
            return;
        }
        let all = self.study.attributes().all();
        let taken = |name: &str| {
            let mut here = all.iter().filter(|own| stays(&own.id)).map(|own| &own.name);
            here.any(|own| fold(own) == name) || self.made.values().any(|it| matches!(it, Entity::Attribute(it) if fold(&it.name) == name))
        };
        given.name = Self::free(&given.name, taken);
        if !self.bare {
            given.position += self.study.attributes().of(given.of).map(|own| own.position).max().unwrap_or(0);
        }
        self.make(given);
    }

    pub(super) fn take_value(&mut self, mut given: Value) {
        if self.is_there(EntityId { kind: Kind::Value, id: given.id.0 }, None) {
            return;
        }
        if let Some(own) = self.study.attributes().find_value(given.attribute, &given.name) {
            self.is(given.id.0, own.id.0);
            return;
        }
        given.position += self.study.attributes().values_of(given.attribute).last().map_or(0, |last| last.position);
        self.make(given);
    }

    pub(super) fn take_theme(&mut self, mut given: Theme) {
        let book = self.study.codebook();
        let own = book.get(given.id).map(|own| own.id).or_else(|| book.child_named(given.parent, &given.name));
        if let Some(own) = own {
            self.is(given.id.0, own.0);
            self.complete_theme(own, &given);
            return;
        }
        let siblings: Vec<String> = book.children(given.parent).map(|theme| fold(&theme.name)).collect();
        let made = |name: &str| {
            let mut made = self.made.range(EntityId { kind: Kind::Theme, id: uuid::Uuid::nil() }..).map(|(_, entity)| entity);
            made.any(|it| matches!(it, Entity::Theme(it) if it.parent == given.parent && fold(&it.name) == name))
        };
        given.name = Self::free(&given.name, |name| siblings.iter().any(|own| own == name) || made(name));
        given.position += book.children(given.parent).map(|theme| theme.position).max().unwrap_or(0);
        self.make(given);
    }

    /// A theme that is here keeps its words; what it lacks it gets.
    fn complete_theme(&mut self, own: ThemeId, given: &Theme) {
        let Some(own) = self.study.codebook().get(own) else { return };
        if !own.definition.is_empty() && !given.definition.is_empty() && own.definition != given.definition {
            self.otherwise += 1;
        }
        let (mut complete, or) = (own.clone(), |own: &String, given: &String| if own.is_empty() { given.clone() } else { own.clone() });
        complete.definition = or(&own.definition, &given.definition);
        complete.use_when = or(&own.use_when, &given.use_when);
        complete.not_when = or(&own.not_when, &given.not_when);
        if complete != *own {
            self.set(complete);
        }
    }

    pub(super) fn take_case(&mut self, mut given: Case) {
        let own = self.study.case(given.id).or_else(|| self.study.case_labelled(&given.label)).cloned();
        if let Some(own) = own {
            self.is(given.id.0, own.id.0);
            let values = Self::completed(&own.values, &given.values);
            if values != own.values {
                self.set(Case { values, ..own });
            }
            return;
        }
        given.position += self.study.cases().values().map(|case| case.position).max().unwrap_or(0);
        self.make(given);
    }

    /// What is known already is not overwritten; what is not known is added.
    pub(super) fn completed(own: &Values, given: &Values) -> Values {
        let mut values = own.clone();
        for (attribute, more) in given {
            values.entry(*attribute).or_insert_with(|| more.clone());
        }
        values
    }

    /// A source that is here gets the values it lacks.
    pub(super) fn complete_source(&mut self, own: &Source, given: &Source) {
        let values = Self::completed(&own.values, &given.values);
        let case = own.case.or(given.case.filter(|case: &CaseId| self.has(EntityId { kind: Kind::Case, id: case.0 }, None)));
        // Where labels say whose words they are, nobody has to be named for the whole.
        let case = if own.case.is_none() && self.study.material(own.id).is_some_and(|material| material.spoken().iter().any(|_| true)) {
            None
        } else {
            case
        };
        if values != own.values || case != own.case {
            self.set(Source { case, values, ..own.clone() });
        }
    }
}
