use std::collections::HashMap;

use super::Giving;
use crate::exchange::picture::{Colour, Rgb, colour};
use crate::exchange::refi::bring::{BETWEEN, NOT_WHEN, USE_WHEN};
use crate::exchange::refi::model::{Case, Code, User, Variable, VariableType, VariableValue};
use crate::study::{Study, Theme, Values};

impl Giving<'_> {
    pub(super) fn give_frame(&mut self) {
        let study = self.study;
        let users = study.coders().values();
        self.project.users = users.map(|it| User { guid: it.id.0, name: it.name.clone(), id: it.initials.clone() }).collect();
        self.project.codes = codes(study);
        let variables = study.attributes().all().into_iter();
        let variables =
            variables.map(|it| Variable { guid: it.id.0, name: it.name.clone(), kind: VariableType::Text, description: String::new() });
        self.project.variables = variables.collect();
        let cases = study.cases_in_order().into_iter();
        let cases =
            cases.map(|case| Case { guid: case.id.0, name: case.label.clone(), values: values(study, &case.values), ..Case::default() });
        self.project.cases = cases.collect();
    }
}

fn codes(study: &Study) -> Vec<Code> {
    let book = study.codebook();
    let mut places = HashMap::new();
    let mut codes = Vec::with_capacity(book.len());
    for theme in book.themes() {
        places.insert(theme.id, codes.len());
        codes.push(Code {
            guid: theme.id.0,
            name: theme.name.clone(),
            is_codable: true,
            colour: book.colour(theme.id).map(hex),
            description: description(theme),
            note_refs: Vec::new(),
            parent: theme.parent.and_then(|parent| places.get(&parent).copied()),
        });
    }
    codes
}

/// A colour of the palette, or one of the user’s own, as `#rrggbb`.
fn hex(name: &str) -> String {
    if name.starts_with('#') {
        return name.to_lowercase();
    }
    let Rgb(red, green, blue) = colour(&Colour::Theme(Some(name.into())));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// What a theme means and when to use it, in words that any program shows.
fn description(theme: &Theme) -> String {
    let said = |begins: &str, words: &str| (!words.is_empty()).then(|| format!("{begins}{words}"));
    let all = [said("", &theme.definition), said(USE_WHEN, &theme.use_when), said(NOT_WHEN, &theme.not_when)];
    all.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What something has of attributes, several values of one in one.
pub(super) fn values(study: &Study, values: &Values) -> Vec<VariableValue> {
    let attributes = study.attributes();
    let of = |attribute: crate::study::AttributeId| {
        let chosen = values.get(&attribute)?;
        let mut chosen: Vec<_> = chosen.iter().filter_map(|value| attributes.value(*value)).collect();
        chosen.sort_by_key(|value| (value.position, value.id));
        let names: Vec<_> = chosen.into_iter().map(|value| value.name.as_str()).collect();
        (!names.is_empty()).then(|| VariableValue { variable: attribute.0, value: names.join(BETWEEN) })
    };
    attributes.all().into_iter().filter_map(|attribute| of(attribute.id)).collect()
}
