//! Attributes, cases and themes.

use super::super::about::time_text;
use super::super::names::Names;
use super::Teller;
use super::shape::{Attribute, Case, Example, Has, Theme, Value};
use crate::study::{AttributeOf, Values};
use crate::text::NoSuchBlob;

/// The attributes that may leave, each with the values that do not tell what is masked.
pub(super) fn attributes<'a>(names: &Names<'a>) -> Vec<Attribute<'a>> {
    let study = names.study();
    let values = |attribute: &crate::study::Attribute| {
        let listed = study.attributes().values_of(attribute.id).into_iter().filter(|value| names.lists(value));
        listed.map(|value| Value { id: value.id, name: &value.name, aliases: &value.aliases }).collect()
    };
    let attributes = names.labels().attributes(study).into_iter();
    attributes
        .map(|attribute| Attribute {
            id: attribute.id,
            name: &attribute.name,
            of: attribute.of,
            role: attribute.role,
            built_in: attribute.built_in,
            identifying: attribute.identifying,
            values: values(attribute),
        })
        .collect()
}

/// The cases in the analyst's order, with the values that are told of them.
pub(super) fn cases<'a>(names: &Names<'a>) -> Vec<Case<'a>> {
    let cases = names.study().cases_in_order().into_iter();
    cases
        .map(|case| {
            let attributes = || names.labels().attributes(names.study()).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases);
            let masked = attributes().map(|attribute| attribute.id).filter(|attribute| names.hides(case.id, *attribute)).collect();
            let mut values = has(names, &case.values, AttributeOf::Cases);
            values.retain(|has| !names.hides(case.id, has.attribute));
            Case { id: case.id, label: &case.label, kind: case.kind, values, masked }
        })
        .collect()
}

/// The values something has in the attributes that may leave, in the analyst's order.
pub(super) fn has(names: &Names<'_>, values: &Values, of: AttributeOf) -> Vec<Has> {
    let study = names.study();
    let attributes = names.labels().attributes(study).into_iter().filter(|attribute| attribute.of == of);
    let own = attributes.filter_map(|attribute| {
        let mut own: Vec<_> = values.get(&attribute.id)?.iter().filter_map(|value| study.attributes().value(*value)).collect();
        own.sort_by_key(|value| (value.position, value.id));
        let values: Vec<_> = own.into_iter().map(|value| value.id).collect();
        (!values.is_empty()).then_some(Has { attribute: attribute.id, values })
    });
    own.collect()
}

/// The themes in the order of the codebook, those above before those below them.
pub(super) fn themes<'a>(teller: &Teller<'a>) -> Result<Vec<Theme<'a>>, NoSuchBlob> {
    let study = teller.names.study();
    let book = study.codebook();
    let mut told = Vec::with_capacity(book.len());
    for theme in book.themes() {
        let example = match study.example_of(theme.id) {
            Some(example) => teller.words((example.source, example.revision, example.span))?.map(|words| Example {
                source: example.source,
                words,
                coder: example.coder,
                time: time_text(example.time),
            }),
            None => None,
        };
        told.push(Theme {
            id: theme.id,
            parent: theme.parent,
            number: book.number(theme.id),
            name: &theme.name,
            path: book.path(theme.id),
            abbreviation: &theme.abbreviation,
            colour: theme.colour.as_deref(),
            definition: &theme.definition,
            use_when: &theme.use_when,
            do_not_use_when: &theme.not_when,
            origin: theme.origin,
            example,
        });
    }
    Ok(told)
}
