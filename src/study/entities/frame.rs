use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::study::ids::{AttributeId, CaseId, CoderId, ProjectId, ThemeId, ValueId};

/// The project itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectInfo {
    /// Identity of the project.
    pub id: ProjectId,
    /// The study's name, shown in the top bar.
    pub name: String,
    /// What the study is about, in the analyst's words.
    pub about: String,
    /// Whether the study was invented, which is said wherever its words could be taken for real ones.
    pub synthetic: bool,
}

/// Somebody who edits, made at the first edit from the user's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// Identity; the same on all the coder's projects.
    pub id: CoderId,
    /// Name as shown.
    pub name: String,
    /// Two or three letters for chips.
    pub initials: String,
}

/// Whether an attribute describes cases or sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeOf {
    /// People, pairs and groups.
    Cases,
    /// Transcripts and reports.
    Sources,
}

/// The part an attribute plays in the Framework Method. Each role is played by at most one attribute of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Participant group.
    Group,
    /// Case-study area.
    Area,
}

/// Attributes of sources that every project has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltIn {
    /// Interview, focus group, report …
    Kind,
    /// The day it was recorded or published, as `YYYY-MM-DD` where it is known so well.
    Date,
    /// Round of interviews.
    Wave,
    /// Who asked the questions.
    Interviewer,
}

/// A variable of cases or of sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Identity.
    pub id: AttributeId,
    /// Name in the study's own words.
    pub name: String,
    /// What it describes.
    pub of: AttributeOf,
    /// Its part in the matrix, if it has one.
    pub role: Option<Role>,
    /// Which of the built-in ones it is, if it is one.
    pub built_in: Option<BuiltIn>,
    /// Whether it could tell who somebody is; such attributes leave the project only when asked for.
    pub identifying: bool,
    /// Place among the attributes.
    pub position: i64,
}

/// A value that an attribute can have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Identity.
    pub id: ValueId,
    /// The attribute it is a value of.
    pub attribute: AttributeId,
    /// Name; unique within the attribute, case folded.
    pub name: String,
    /// Other names under which it arrives in files.
    pub aliases: Vec<String>,
    /// Place among the values.
    pub position: i64,
}

/// The values something has, by attribute. An attribute without values is left out and means *Not stated*.
pub type Values = BTreeMap<AttributeId, BTreeSet<ValueId>>;

/// Where a theme comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeOrigin {
    /// It was there before the data were read: from the framework, the literature, the topic guide.
    APriori,
    /// It was found in the data.
    Emergent,
}

impl ThemeOrigin {
    /// Both, in the order in which they are told.
    pub const ALL: [Self; 2] = [Self::APriori, Self::Emergent];

    /// It in words, as inside a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::APriori => "a priori",
            Self::Emergent => "emergent",
        }
    }
}

/// A node of the codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Identity.
    pub id: ThemeId,
    /// Name; unique among its siblings, case folded.
    pub name: String,
    /// The theme above it; none at the top.
    pub parent: Option<ThemeId>,
    /// Place among its siblings.
    pub position: i64,
    /// The analyst's own number where it is not the place ("2.9").
    pub number: Option<String>,
    /// A few letters to find and show it by.
    pub abbreviation: String,
    /// Name of a palette colour or `#rrggbb`; none inherits the parent's.
    pub colour: Option<String>,
    /// What the theme means.
    pub definition: String,
    /// When to use it.
    pub use_when: String,
    /// When not to use it.
    pub not_when: String,
    /// Where it comes from, once somebody has said.
    #[serde(default)]
    pub origin: Option<ThemeOrigin>,
}

impl Theme {
    /// A theme of this name at a place under `parent`, nothing else said of it.
    #[must_use]
    pub fn named(parent: Option<ThemeId>, name: impl Into<String>, position: i64) -> Self {
        Self {
            id: ThemeId::new(),
            name: name.into(),
            parent,
            position,
            number: None,
            abbreviation: String::new(),
            colour: None,
            definition: String::new(),
            use_when: String::new(),
            not_when: String::new(),
            origin: None,
        }
    }
}

/// Who or what a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// One person; only these are counted as participants.
    Person,
    /// Two people who answer together.
    Pair,
    /// A group that answers together.
    Group,
    /// An interview of which only the label is known ("CJP interview 6").
    InterviewLabel,
    /// Somebody who spoke and could not be told from others.
    Unidentified,
}

/// Who is speaking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Label, unique in the project ("FIF-TL2").
    pub label: String,
    /// Who or what it is.
    pub kind: CaseKind,
    /// Its attributes.
    pub values: Values,
    /// Place among the cases.
    pub position: i64,
}
