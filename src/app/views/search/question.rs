//! What is asked in Search, to be kept under a name and come back to: a query, or how passages of two themes stand.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::analysis::relations::{Asked, Relation};
use crate::app::state::Place;
use crate::study::{CoderId, NOT_STATED, Study, ThemeId, ValueId};

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Paragraphs that a query finds.
    #[default]
    Paragraphs,
    /// Passages of a theme that stand in a relation to those of another.
    Passages,
}

/// How passages stand to others, as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// They share words.
    #[default]
    Overlap,
    /// They lie in them.
    Within,
    /// They hold them.
    Contain,
    /// They are near them.
    Near,
}

impl Stand {
    /// Each with its name.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Overlap, "Overlap"), (Self::Within, "Lie within"), (Self::Contain, "Contain"), (Self::Near, "Near")];
}

/// A value that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// None is stated.
    NotStated,
    /// This one.
    Value(ValueId),
}

impl Wanted {
    /// The value; none is *Not stated*.
    pub const fn value(self) -> Option<ValueId> {
        match self {
            Self::NotStated => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl From<Option<ValueId>> for Wanted {
    fn from(value: Option<ValueId>) -> Self {
        value.map_or(Self::NotStated, Self::Value)
    }
}

/// How passages of two themes are asked for, perhaps not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relating {
    /// The theme whose passages are listed.
    pub of: Option<ThemeId>,
    /// How they stand.
    pub stand: Stand,
    /// How many paragraphs apart they may be, where they are near.
    pub apart: u32,
    /// The theme to which they stand so.
    pub to: Option<ThemeId>,
    /// Who has to be heard in them.
    pub group: Option<Wanted>,
    /// Where they have to come from.
    pub area: Option<Wanted>,
    /// Who has to have coded them.
    pub coder: Option<CoderId>,
}

/// How many paragraphs apart "near" means at first.
const APART: u32 = 1;
/// How many it means at most.
pub const MOST_APART: u32 = 50;

impl Default for Relating {
    fn default() -> Self {
        Self { of: None, stand: Stand::default(), apart: APART, to: None, group: None, area: None, coder: None }
    }
}

impl Relating {
    /// The question, if both themes are named.
    pub fn asked(&self) -> Option<Asked> {
        let relation = match self.stand {
            Stand::Overlap => Relation::Overlaps,
            Stand::Within => Relation::Within,
            Stand::Contain => Relation::Contains,
            Stand::Near => Relation::Near(self.apart),
        };
        let (group, area) = (self.group.map(Wanted::value), self.area.map(Wanted::value));
        Some(Asked { of: self.of?, relation, to: self.to?, group, area, coder: self.coder })
    }

    /// The question in a sentence, without its full stop.
    pub fn says(&self, study: &Study) -> String {
        let path = |theme: Option<ThemeId>| theme.map_or_else(|| "…".to_owned(), |theme| study.codebook().path(theme));
        let how = match (self.stand, self.apart) {
            (Stand::Overlap, _) => "that overlap passages of".to_owned(),
            (Stand::Within, _) => "that lie within passages of".to_owned(),
            (Stand::Contain, _) => "that contain passages of".to_owned(),
            (Stand::Near, 0) => "in the same paragraph as passages of".to_owned(),
            (Stand::Near, 1) => "at most 1 paragraph away from passages of".to_owned(),
            (Stand::Near, apart) => format!("at most {apart} paragraphs away from passages of"),
        };
        let named = |wanted: Option<Wanted>| {
            wanted.map(|wanted| wanted.value().map_or(NOT_STATED, |value| study.attributes().value_name(value)).to_owned())
        };
        let coder = self.coder.and_then(|coder| study.coders().get(&coder)).map(|coder| coder.name.clone());
        let narrowed: Vec<String> = [named(self.group), named(self.area), coder].into_iter().flatten().collect();
        let only = if narrowed.is_empty() { String::new() } else { format!(", only {}", narrowed.join(", ")) };
        format!("Passages of {} {how} {}{only}", path(self.of), path(self.to))
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A query.
    Query(String),
    /// How passages stand.
    Relating(Relating),
}

impl Question {
    /// Where it is asked.
    pub fn place(self) -> Place {
        match self {
            Self::Query(query) => Place::Query(query),
            Self::Relating(asked) => Place::Passages(Box::new(asked)),
        }
    }

    /// The question as it is kept.
    pub fn written(&self) -> String {
        match self {
            Self::Query(query) => json!({ "mode": "paragraphs", "query": query }),
            Self::Relating(asked) => json!({
                "mode": "passages", "of": asked.of, "stand": asked.stand, "apart": asked.apart, "to": asked.to,
                "group": asked.group, "area": asked.area, "coder": asked.coder,
            }),
        }
        .to_string()
    }

    /// Reads what was kept; none when it is no question. What it names that is gone is left out, and counted.
    pub fn read(study: &Study, body: &str) -> Option<(Self, usize)> {
        let kept: Map<String, Value> = serde_json::from_str(body).ok()?;
        if kept.get("mode").and_then(Value::as_str) != Some("passages") {
            return kept.get("query").and_then(Value::as_str).map(|query| (Self::Query(query.to_owned()), 0));
        }
        let mut gone = 0;
        let mut still = |there: bool| {
            gone += usize::from(!there);
            there
        };
        let of = field::<ThemeId>(&kept, "of").filter(|theme| still(study.codebook().get(*theme).is_some()));
        let to = field::<ThemeId>(&kept, "to").filter(|theme| still(study.codebook().get(*theme).is_some()));
        let mut value = |name| {
            let known = |wanted: &Wanted| wanted.value().is_none_or(|value| study.attributes().value(value).is_some());
            field::<Wanted>(&kept, name).filter(|wanted| still(known(wanted)))
        };
        let (group, area) = (value("group"), value("area"));
        let coder = field::<CoderId>(&kept, "coder").filter(|coder| still(study.coders().contains_key(coder)));
        let stand = field(&kept, "stand").unwrap_or_default();
        let apart = field::<u32>(&kept, "apart").unwrap_or(APART).min(MOST_APART);
        Some((Self::Relating(Relating { of, stand, apart, to, group, area, coder }), gone))
    }
}

/// A field that can be read; those of another form are as good as absent.
fn field<T: serde::de::DeserializeOwned>(kept: &Map<String, Value>, name: &str) -> Option<T> {
    kept.get(name).and_then(|value| serde_json::from_value(value.clone()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::study::{AttributeOf, Role};

    #[test]
    fn questions_survive_being_kept() {
        let mut builder = Builder::new();
        let (one, other) = (builder.theme(None, "Staffing"), builder.theme(None, "Voice"));
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let (workers, coder) = (builder.value(group, "Workers"), builder.coder("Ada"));
        let study = builder.study();
        let whole = Relating {
            of: Some(one),
            stand: Stand::Near,
            apart: 3,
            to: Some(other),
            group: Some(Wanted::Value(workers)),
            area: Some(Wanted::NotStated),
            coder: Some(coder),
        };
        for question in
            [Question::Query("\"a b\" theme:Staffing".into()), Question::Relating(Relating::default()), Question::Relating(whole.clone())]
        {
            assert_eq!(Question::read(&study, &question.written()), Some((question, 0)));
        }
        let says = "Passages of Staffing at most 3 paragraphs away from passages of Voice, only Workers, Not stated, Ada";
        assert_eq!(whole.says(&study), says);
        // What is gone is left out, and the rest is asked.
        let (left, gone) = Question::read(&Study::default(), &Question::Relating(whole).written()).unwrap();
        assert_eq!(gone, 4);
        let rest = Relating { stand: Stand::Near, apart: 3, area: Some(Wanted::NotStated), ..Relating::default() };
        assert_eq!(left, Question::Relating(rest));
    }

    #[test]
    fn what_others_have_written_is_read_leniently() {
        let study = Study::default();
        let read = |body: &str| Question::read(&study, body).map(|(question, _)| question);
        assert_eq!(read("{\"query\": \"x\", \"colour\": 3}"), Some(Question::Query("x".into())));
        assert_eq!(read("{\"mode\": \"passages\", \"of\": 7, \"stand\": \"beneath\"}"), Some(Question::Relating(Relating::default())));
        for body in ["", "[]", "{}", "{\"query\": 3}", "no JSON"] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
