use serde::Deserialize as _;
use serde_json::Value;

use super::Union;
use crate::study::apply::ApplyError;
use crate::study::change::{Change, FieldChange};
use crate::study::edit::{Edit, EditId};
use crate::study::entities::{Crossing, DimensionValue, Entity, EntityId, Example, Kind, MemoOn, Placement, Searched};
use crate::study::ids::{AttributeId, CaseId, CoderId, DimensionValueId, SourceId, ThemeId, ValueId};
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
        let Some(earlier) = self.earlier_writer(edit, entity, field) else { return };
        let (earlier, later, what) = (self.coder(earlier), self.coder(edit.coder), self.called(entity));
        let sentence = match (entity.kind(), field) {
            (Kind::Source, "revision") => format!("{what}: {later}’s correction is read; {earlier}’s is kept as a version."),
            (Kind::Saved, "body") => format!("{what}: {later}’s version stands, kept later than {earlier}’s."),
            (Kind::Memo, "on") if is_moved_by_program(lost, kept) => return,
            (Kind::Dimension, _) if kept.is_null() => {
                let Some(name) = lost.get("name").and_then(Value::as_str) else { return };
                format!("{what}: {later} deleted “{name}” without knowing that {earlier} had changed it.")
            }
            (kind, _) => {
                let Some(words) = field_in_words(&self.study, kind, field) else { return };
                let [lost, kept] = [lost, kept].map(|value| value_in_words(&self.study, field, value));
                format!("{what}, {words}: {later}’s “{kept}” stands, written later than {earlier}’s “{lost}”.")
            }
        };
        self.tell(edit, entity, field, sentence);
    }

    /// A field and its value in words, if somebody wrote something there.
    pub fn in_words(&self, kind: Kind, field: &str, value: &Value) -> Option<(String, String)> {
        let words = field_in_words(&self.study, kind, field)?;
        let is_empty = value.is_null() || value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        (!is_empty).then(|| (words, value_in_words(&self.study, field, value)))
    }

    /// Tells that of two typical examples chosen in the place of an earlier one, each without knowing of the other, the later
    /// stands.
    pub fn tell_chosen_twice(&mut self, edit: &Edit, sets: &[FieldChange], change: &Change) -> Result<(), ApplyError> {
        let (Some(now @ Entity::Example(was)), Some(after)) = (&change.before, &change.after) else { return Ok(()) };
        // A correction moves it and leaves when it was chosen.
        let unseen = sets.iter().any(|set| set.field == "time" && set.before.as_i64() != Some(was.time));
        if unseen { self.tell_made_twice(edit, now, after) } else { Ok(()) }
    }

    /// Who wrote a field, or a part of it, last, if it was in another copy.
    pub fn earlier_writer(&self, edit: &Edit, entity: &Entity, field: &str) -> Option<CoderId> {
        let writer = |field: String| self.writers.get(&(entity.id(), field));
        let writer = writer(field.to_owned()).or_else(|| writer(format!("{field}.name")));
        writer.filter(|(by, _)| by.device != edit.id.device).map(|(_, earlier)| *earlier)
    }

    /// Tells that of what two made, each without knowing of the other’s, the later one stands.
    pub fn tell_made_twice(&mut self, edit: &Edit, now: &Entity, made: &Entity) -> Result<(), ApplyError> {
        let (earlier, told) = match (now, made) {
            (Entity::Placement(now), Entity::Placement(made)) => {
                let is_lost = !now.reason.is_empty() && now.reason != made.reason;
                if now.value == made.value && !is_lost {
                    return Ok(());
                }
                let value = |it: &Placement| it.value.map_or_else(|| "none of the values".to_owned(), |it| named(&self.study, it.0));
                let reason = if is_lost { format!(", whose reason was “{}”", now.reason) } else { String::new() };
                (now.coder, (value(made), value(now), reason))
            }
            (Entity::Example(now), Entity::Example(made)) => {
                let (lost, kept) = (self.words_of(now)?, self.words_of(made)?);
                if lost == kept {
                    return Ok(());
                }
                (now.coder, (kept, lost, String::new()))
            }
            _ => return Ok(()),
        };
        let (kept, lost, reason) = told;
        let (earlier, later, what) = (self.coder(earlier), self.coder(edit.coder), self.called(now));
        let sentence = format!("{what}: {later}’s “{kept}” stands, chosen later than {earlier}’s “{lost}”{reason}.");
        self.tell(edit, now, "made twice", sentence);
        Ok(())
    }

    /// The words of a typical example.
    fn words_of(&self, example: &Example) -> Result<String, ApplyError> {
        let material = self.study.material(example.source);
        let revision = material.and_then(|it| it.revisions.iter().find(|revision| revision.id == example.revision));
        let Some(revision) = revision else { return Ok("words that are gone".to_owned()) };
        Ok(example.span.slice(&self.texts.text(revision.text)?).to_owned())
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
        let source = |id: SourceId| self.name_of(Kind::Source, id.0);
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
            Entity::Evidence(evidence) => {
                format!("Evidence of {} on “{}”", self.coder(evidence.coder), self.name_of(Kind::Proposition, evidence.proposition.0))
            }
            Entity::Typology(typology) => format!("The typology “{}”", typology.name),
            Entity::Dimension(dimension) => format!("The dimension “{}”", dimension.name),
            Entity::Placement(placement) => {
                let case = self.name_of(Kind::Case, placement.case.0);
                format!("Where “{case}” is placed in “{}”", self.name_of(Kind::Dimension, placement.dimension.0))
            }
        }
    }

    fn theme_name(&self, id: ThemeId) -> String {
        if self.study.codebook.get(id).is_some() { self.study.codebook.path(id) } else { self.name_of(Kind::Theme, id.0) }
    }

    /// The name of something that lies in no source, or had when it was removed.
    fn name_of(&self, kind: Kind, id: uuid::Uuid) -> String {
        let id = EntityId { kind, id };
        let owner = Some(SourceId(id.id)).filter(|_| kind == Kind::Source);
        let there = self.study.entity(id, owner).or_else(|| self.gone.get(&id).map(|gone| gone.entity.clone()));
        match there {
            Some(Entity::Source(it)) => it.label,
            Some(Entity::Theme(it)) => it.name,
            Some(Entity::Case(it)) => it.label,
            Some(Entity::Dimension(it)) => it.name,
            Some(Entity::Proposition(it)) => it.statement,
            _ => String::new(),
        }
    }
}

/// Fields of which a value is one of a few; their names in the log are words.
const CHOICES: [&str; 10] = ["kind", "voice", "role", "status", "state", "silence", "weight", "origin", "facts.strength", "facts.consent"];

/// A field as people speak of it; none for those that only the program writes.
fn field_in_words(study: &Study, kind: Kind, field: &str) -> Option<String> {
    let words = match field {
        "name" | "label" | "title" | "kind" | "about" | "number" | "abbreviation" | "colour" | "definition" | "voice" | "case"
        | "status" | "role" | "text" | "theme" | "state" | "aliases" | "statement" | "note" | "weight" | "value" | "reason" => field,
        "parent" => "place in the tree",
        "origin" if kind == Kind::Theme => "where it comes from",
        "use_when" => "when to use it",
        "not_when" => "when not to use it",
        "on" if kind == Kind::Memo => "what it is on",
        "contrary_to" => "what it is contrary to",
        "identifying" => "whether it identifies people",
        "silence" => "why there is nothing to say",
        "searched" => "who looked for what contradicts it",
        "rests_on" => "what it rests on",
        "facts.strength" => "what it stands for",
        "facts.consent" => "consent",
        "facts.checked" => "whether it was checked for details",
        "facts.used_in" => "where it is used",
        _ => {
            let key = field.strip_prefix("values.")?;
            if kind == Kind::Dimension {
                return match key.split_once('.') {
                    None => Some("value".to_owned()),
                    Some((_, part)) => (part == "name").then(|| "name of a value".to_owned()),
                };
            }
            let attribute = key.parse().ok().map(AttributeId)?;
            return study.attributes.get(attribute).map(|attribute| attribute.name.clone());
        }
    };
    Some(words.to_owned())
}

/// A value of a field in words: names where identities stand.
fn value_in_words(study: &Study, field: &str, value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) if CHOICES.contains(&field) => text.replace('_', " "),
        Value::String(text) => text.parse().map_or_else(|_| text.clone(), |id| named(study, id)),
        Value::Array(values) if values.is_empty() => "nothing".to_owned(),
        Value::Array(values) => values.iter().map(|value| value_in_words(study, field, value)).collect::<Vec<_>>().join("; "),
        Value::Object(_) => record_in_words(study, value).unwrap_or_else(|| "something else".to_owned()),
    }
}

/// The name of what has an identity.
fn named(study: &Study, id: uuid::Uuid) -> String {
    let theme = study.codebook.get(ThemeId(id)).map(|_| study.codebook.path(ThemeId(id)));
    let case = || study.cases.get(&CaseId(id)).map(|case| case.label.clone());
    let value = || study.attributes.value(ValueId(id)).map(|value| value.name.clone());
    let of_dimension = || {
        let typologies = study.typologies.in_order().into_iter();
        let mut dimensions = typologies.flat_map(|it| study.typologies.dimensions_of(it.id));
        dimensions.find_map(|dimension| dimension.value_name(DimensionValueId(id)).map(str::to_owned))
    };
    theme.or_else(case).or_else(value).or_else(of_dimension).unwrap_or_else(|| "something that is gone".to_owned())
}

/// What a memo is on, a value of a dimension, a cell, or who looked for what contradicts a proposition.
fn record_in_words(study: &Study, value: &Value) -> Option<String> {
    let source = |id: SourceId| study.material(id).map_or("a source that is gone", |material| material.source.label.as_str()).to_owned();
    if let Ok(on) = MemoOn::deserialize(value) {
        return Some(match on {
            MemoOn::Project => "the project".to_owned(),
            MemoOn::Source { source: id } => source(id),
            MemoOn::Passage { source: id, .. } => format!("words of {}", source(id)),
            MemoOn::Coding { source: id, .. } => format!("a coding in {}", source(id)),
            MemoOn::Theme { theme } => named(study, theme.0),
            MemoOn::Case { case } => named(study, case.0),
            MemoOn::Cell { cell } => study.crossing_name(&cell),
        });
    }
    if let Ok(value) = DimensionValue::deserialize(value) {
        return Some(value.name);
    }
    let cell = || Crossing::deserialize(value).ok().map(|cell| study.crossing_name(&cell));
    let by = || Searched::deserialize(value).ok().and_then(|it| study.coders.get(&it.coder)).map(|coder| coder.name.clone());
    by().or_else(cell)
}

/// Whether a memo stays in the text where it was: it went along with the words, which nobody asked for.
fn is_moved_by_program(lost: &Value, kept: &Value) -> bool {
    let within = |value| match MemoOn::deserialize(value) {
        Ok(MemoOn::Passage { source, .. } | MemoOn::Coding { source, .. }) => Some(source),
        _ => None,
    };
    within(lost).is_some_and(|source| within(kept) == Some(source))
}
