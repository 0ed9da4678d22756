use serde::Deserialize as _;
use serde_json::Value;

use super::Union;
use crate::study::change::FieldChange;
use crate::study::edit::{Edit, EditId};
use crate::study::entities::{Entity, EntityId, Kind, ThemeOrigin};
use crate::study::ids::{AttributeId, CaseId, CoderId, SourceId, ThemeId, ValueId};
use crate::study::whole::Study;

/// Something that edits of several copies could not both have, told in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The edit at which it came up.
    pub edit: EditId,
    /// What it is about.
    pub entity: EntityId,
    /// The source that belongs to, if it belongs to one.
    pub owner: Option<SourceId>,
    /// Which of its fields, or what else of it.
    pub about: String,
    /// What became of it, as a sentence.
    pub sentence: String,
}

impl Union<'_> {
    /// Tells of an entity.
    pub fn tell(&mut self, edit: &Edit, entity: &Entity, about: &str, sentence: String) {
        let (edit, owner, about) = (edit.id, entity.owner(), about.to_owned());
        self.conflicts.push(Conflict { edit, entity: entity.id(), owner, about, sentence });
    }

    /// Tells that of two values of a field the later one stands, if it is a field that people write.
    pub fn tell_field(&mut self, edit: &Edit, entity: &Entity, field: &str, (lost, kept): (&Value, &Value)) {
        let Some(words) = field_in_words(&self.study, entity.kind(), field) else { return };
        let Some((_, earlier)) = self.writers.get(&(entity.id(), field.to_owned())).filter(|(by, _)| by.device != edit.id.device) else {
            return;
        };
        let (earlier, later) = (self.coder(*earlier), self.coder(edit.coder));
        let [lost, kept] = [lost, kept].map(|value| value_in_words(&self.study, field, value));
        let what = self.called(entity);
        let sentence = format!("{what}, {words}: {later}’s “{kept}” stands, written later than {earlier}’s “{lost}”.");
        self.tell(edit, entity, field, sentence);
    }

    /// Tells that a part of something in a map could not be changed, as somebody else has taken it out.
    pub fn tell_part_of_gone(&mut self, edit: &Edit, entity: &Entity, set: &FieldChange) {
        let Some((whole, "name")) = set.field.rsplit_once('.') else { return };
        let remover = self.writers.get(&(entity.id(), whole.to_owned())).map(|(_, by)| *by);
        let remover = remover.map_or_else(|| "somebody".to_owned(), |by| self.coder(by));
        let [name, lost] = [&set.before, &set.after].map(|value| value_in_words(&self.study, &set.field, value));
        let (what, who) = (self.called(entity), self.coder(edit.coder));
        let sentence = format!("{what}: “{name}” was deleted by {remover}; {who}’s new name for it, “{lost}”, is lost.");
        self.tell(edit, entity, &set.field, sentence);
    }

    /// A coder's name.
    pub fn coder(&self, id: CoderId) -> String {
        self.study.coders.get(&id).map_or("somebody", |coder| coder.name.as_str()).to_owned()
    }

    /// What an entity is called: its kind and name.
    pub fn called(&self, entity: &Entity) -> String {
        let source = |id: SourceId| {
            let gone = self.gone.get(&EntityId { kind: Kind::Source, id: id.0 }).and_then(|gone| match &gone.entity {
                Entity::Source(source) => Some(source.label.clone()),
                _ => None,
            });
            self.study.material(id).map(|material| material.source.label.clone()).or(gone).unwrap_or_default()
        };
        match entity {
            Entity::Project(_) => "The project".to_owned(),
            Entity::Coder(coder) => format!("Coder “{}”", coder.name),
            Entity::Attribute(attribute) => format!("Attribute “{}”", attribute.name),
            Entity::Value(value) => format!("Value “{}”", value.name),
            Entity::Theme(theme) => format!("Theme “{}”", theme.name),
            Entity::Case(case) => format!("Case “{}”", case.label),
            Entity::Source(source) => format!("Source “{}”", source.label),
            Entity::Revision(revision) => format!("A version of “{}”", source(revision.source)),
            Entity::Speaker(speaker) => format!("Speaker “{}” of “{}”", speaker.label, source(speaker.source)),
            Entity::CaseSpan(span) => format!("Words of “{}” given to a case", source(span.source)),
            Entity::Coding(coding) => format!("A coding of “{}” in “{}”", self.theme_name(coding.theme), source(coding.source)),
            Entity::QuoteMark(mark) => format!("A quote mark in “{}”", source(mark.source)),
            Entity::ContraryMark(mark) => format!("A contrary mark in “{}”", source(mark.source)),
            Entity::Memo(memo) => format!("A memo of {}", self.coder(memo.coder)),
            Entity::Verdict(verdict) => format!("What was settled in “{}”", source(verdict.source)),
            Entity::Status(status) => format!("The status of “{}”", source(status.source)),
            Entity::Saved(saved) => format!("“{}”", saved.name),
            Entity::Example(example) => format!("The typical example of “{}”", self.theme_name(example.theme)),
            Entity::Summary(summary) => format!("The summary of “{}”", self.study.crossing_name(&summary.cell)),
            Entity::Proposition(proposition) => format!("The proposition “{}”", proposition.statement),
            Entity::Evidence(evidence) => format!("Evidence of {}", self.coder(evidence.coder)),
            Entity::Typology(typology) => format!("The typology “{}”", typology.name),
            Entity::Dimension(dimension) => format!("The dimension “{}”", dimension.name),
            Entity::Placement(placement) => {
                let case = self.study.case(placement.case).map(|case| case.label.clone()).unwrap_or_default();
                format!("Where “{case}” is placed")
            }
        }
    }

    fn theme_name(&self, id: ThemeId) -> String {
        if self.study.codebook.get(id).is_some() {
            return self.study.codebook.path(id);
        }
        match self.gone.get(&EntityId { kind: Kind::Theme, id: id.0 }).map(|gone| &gone.entity) {
            Some(Entity::Theme(theme)) => theme.name.clone(),
            _ => String::new(),
        }
    }
}

/// The field of a theme that says where it comes from; that of a coding is written by the program.
const ORIGIN: &str = "origin";

/// A field as people speak of it; none for those that only the program writes.
fn field_in_words(study: &Study, kind: Kind, field: &str) -> Option<String> {
    let words = match field {
        "name" | "label" | "title" | "kind" | "about" | "number" | "abbreviation" | "colour" | "definition" | "voice" | "case"
        | "status" | "role" | "text" | "theme" | "state" | "aliases" => field,
        "parent" => "place in the tree",
        ORIGIN if kind == Kind::Theme => "where it comes from",
        "use_when" => "when to use it",
        "not_when" => "when not to use it",
        "on" => "what it is on",
        "contrary_to" => "what it is contrary to",
        "identifying" => "whether it identifies people",
        "body" => "what is kept",
        _ => {
            let attribute = field.strip_prefix("values.")?.parse().ok().map(AttributeId)?;
            return study.attributes.get(attribute).map(|attribute| attribute.name.clone());
        }
    };
    Some(words.to_owned())
}

/// A value of a field in words: names where identities stand.
fn value_in_words(study: &Study, field: &str, value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(_) if field == ORIGIN => {
            ThemeOrigin::deserialize(value).map_or_else(|_| value.to_string(), |it| it.words().to_owned())
        }
        Value::String(text) => {
            let Ok(id) = text.parse() else { return text.clone() };
            let theme = study.codebook.get(ThemeId(id)).map(|_| study.codebook.path(ThemeId(id)));
            let case = || study.cases.get(&CaseId(id)).map(|case| case.label.clone());
            let value = || study.attributes.value(ValueId(id)).map(|value| value.name.clone());
            theme.or_else(case).or_else(value).unwrap_or_else(|| "something that is gone".to_owned())
        }
        Value::Array(values) => values.iter().map(|value| value_in_words(study, field, value)).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
