use super::distance::nearest;
use super::tree::Field;
use crate::study::{Attribute, BuiltIn, NOT_STATED, PATH_SEPARATOR, Role, Study, Theme, ThemeId, split_path};
use crate::text::fold;

/// What `coded:` asks of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodedIs {
    /// There is a coding on it.
    Yes,
    /// A participant speaks, and nothing is coded.
    No,
    /// There is a coding that was made for the hits of a search, and nobody has confirmed it.
    Unread,
}

impl CodedIs {
    /// What a value of `coded:` says; none when it is none of these.
    pub fn named(value: &str) -> Option<Self> {
        match yes_or_no(value) {
            Some(true) => Some(Self::Yes),
            Some(false) => Some(Self::No),
            None => (fold(value.trim()) == UNREAD).then_some(Self::Unread),
        }
    }
}

/// The value of `coded:` for codings that a search made and nobody has confirmed.
pub const UNREAD: &str = "unread";

/// What `in:` calls the texts of cells.
pub const SUMMARIES: &str = "summaries";

/// What a value of `quote:` says; none when it is neither yes nor no.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match fold(value.trim()).as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The value of a condition, ready to be compared with names.
#[derive(Clone, Debug)]
pub struct ValuePattern {
    folded: String,
    open: bool,
}

impl ValuePattern {
    /// Case and accents do not matter; a `*` at the end stands for any rest.
    pub fn new(value: &str) -> Self {
        let closed = value.trim().trim_end_matches('*');
        Self { folded: fold(closed), open: closed.len() < value.trim().len() }
    }

    /// Whether `name` is meant.
    pub fn matches(&self, name: &str) -> bool {
        let name = fold(name.trim());
        if self.open { name.starts_with(&self.folded) } else { name == self.folded }
    }
}

/// The themes that `theme:value` means: those with this path, name or abbreviation.
pub fn themes_named(study: &Study, value: &str) -> Vec<ThemeId> {
    let book = study.codebook();
    let is_path = value.contains(['›', '>']);
    let pattern = ValuePattern::new(&if is_path { one_spelling(value) } else { value.to_owned() });
    let meant = |theme: &&Theme| {
        if is_path {
            return pattern.matches(&one_spelling(&book.path(theme.id)));
        }
        pattern.matches(&theme.name) || (!theme.abbreviation.is_empty() && pattern.matches(&theme.abbreviation))
    };
    book.themes().filter(meant).map(|theme| theme.id).collect()
}

/// A theme path with one way of writing what stands between the names.
fn one_spelling(path: &str) -> String {
    split_path(path).join(PATH_SEPARATOR)
}

/// The names that values of conditions can have in a study.
#[derive(Clone, Debug, Default)]
pub struct Names {
    fields: Vec<(Field, Vec<Name>)>,
}

/// A value as it is offered, and what else means it.
#[derive(Clone, Debug)]
struct Name {
    shown: String,
    aliases: Vec<String>,
}

impl Names {
    /// The names of `study`, in the analyst's order.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let mut fields: Vec<_> = Field::ALL.into_iter().map(|field| (field.clone(), names_of(study, &field))).collect();
        let attributes = study.attributes().all();
        for attribute in attributes.into_iter().filter(|attribute| is_simple(&attribute.name)) {
            let field = Field::named(&attribute.name);
            if matches!(field, Field::Attribute(_)) {
                let names = names_of(study, &field);
                fields.push((field, names));
            }
        }
        Self { fields }
    }

    /// The names before the colon.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(field, _)| field.name())
    }

    /// The values that `field` can have; none when the study has no such field.
    #[must_use]
    pub fn values<'n>(&'n self, field: &Field) -> Option<impl Iterator<Item = &'n str> + use<'n>> {
        Some(self.names(field)?.iter().map(|name| name.shown.as_str()))
    }

    /// Whether `value` is one of the names in `field`.
    pub(super) fn has(&self, field: &Field, value: &str) -> bool {
        let pattern = ValuePattern::new(value);
        self.names(field).into_iter().flatten().flat_map(Name::spellings).any(|name| pattern.matches(name))
    }

    /// The value of `field` that is most likely meant by `value`.
    pub(super) fn nearest(&self, field: &Field, value: &str) -> Option<&str> {
        nearest(value, self.names(field)?.iter().flat_map(Name::spellings))
    }

    fn names(&self, field: &Field) -> Option<&[Name]> {
        let wanted = fold(field.name());
        self.fields.iter().find(|(other, _)| fold(other.name()) == wanted).map(|(_, names)| names.as_slice())
    }
}

impl Name {
    fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.shown).chain(&self.aliases).map(String::as_str)
    }
}

fn names_of(study: &Study, field: &Field) -> Vec<Name> {
    match field {
        Field::Theme => theme_names(study),
        Field::Group | Field::Area | Field::Kind | Field::Attribute(_) => values_of(study, attribute_of(study, field)),
        Field::Case => study.cases_in_order().into_iter().map(|case| plain(&case.label)).chain([plain(NOT_STATED)]).collect(),
        Field::Source => {
            let sources = study.materials().iter().map(|material| &material.source);
            sources.map(|source| Name { shown: source.label.clone(), aliases: vec![source.title.clone()] }).collect()
        }
        Field::Speaker => speaker_names(study),
        Field::Coder => {
            let coders = study.coders().values();
            coders.map(|coder| Name { shown: coder.name.clone(), aliases: vec![coder.initials.clone()] }).collect()
        }
        Field::Coded => fixed(&["yes", "no", UNREAD]),
        Field::Quote => fixed(&["yes", "no"]),
        Field::In => fixed(&["texts", SUMMARIES, "memos", "definitions"]),
    }
}

fn theme_names(study: &Study) -> Vec<Name> {
    let book = study.codebook();
    let name = |theme: &Theme| {
        let abbreviation = Some(theme.abbreviation.clone()).filter(|abbreviation| !abbreviation.is_empty());
        let aliases = std::iter::once(theme.name.clone()).chain(abbreviation).collect();
        Name { shown: book.path(theme.id), aliases }
    };
    book.themes().map(name).collect()
}

fn speaker_names(study: &Study) -> Vec<Name> {
    let mut labels: Vec<&str> =
        study.materials().iter().flat_map(|material| &material.speakers).map(|speaker| speaker.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut names = fixed(&["participant", "interviewer", "author"]);
    names.extend(labels.into_iter().map(plain));
    names
}

fn values_of(study: &Study, attribute: Option<&Attribute>) -> Vec<Name> {
    let values = attribute.map(|attribute| study.attributes().values_of(attribute.id)).unwrap_or_default();
    let mut names: Vec<_> = values.iter().map(|value| Name { shown: value.name.clone(), aliases: value.aliases.clone() }).collect();
    names.extend(attribute.map(|_| plain(NOT_STATED)));
    names
}

fn plain(name: &str) -> Name {
    Name { shown: name.to_owned(), aliases: Vec::new() }
}

fn fixed(names: &[&str]) -> Vec<Name> {
    names.iter().copied().map(plain).collect()
}

/// Whether an attribute's name can stand before a colon.
fn is_simple(name: &str) -> bool {
    name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The attribute that `field` asks about; none for fields that ask about something else.
pub fn attribute_of<'s>(study: &'s Study, field: &Field) -> Option<&'s Attribute> {
    let attributes = study.attributes();
    match field {
        Field::Group => attributes.with_role(Role::Group),
        Field::Area => attributes.with_role(Role::Area),
        Field::Kind => attributes.built_in(BuiltIn::Kind),
        Field::Attribute(name) => attributes.named(name),
        _ => None,
    }
}
