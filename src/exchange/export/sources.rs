use super::labels::Labels;
use super::measures::status_name;
use super::names::Names;
use super::table::{BETWEEN, Table};
use crate::study::{AttributeOf, CoderId, SourceForm, StatusKind, Study};

pub(super) const SOURCES_SIGNS: &[&str] = &[
    "One row a source, in the analyst's order. form: transcript or report. cases: who speaks as a participant, several joined by “; ”; “Not stated” where nobody is named.",
    "words: those of participants. codings: every coder's, without those whose words were corrected away. status: what each coder says of the source, as “Name: done”; blank: nobody has said anything.",
    "reconciled: 1 coders have settled what they differed on, 0 not. blank: nothing is written there. “–” does not occur.",
];

/// Every source, a row each, in the analyst's order, with its attributes.
#[must_use]
pub fn sources_table(study: &Study, labels: Labels) -> Table {
    let names = Names::new(study, labels);
    let mut attributes = labels.attributes(study);
    attributes.retain(|attribute| attribute.of == AttributeOf::Sources);
    let mut header: Vec<String> =
        "source_id source title form paragraphs words cases codings status reconciled".split(' ').map(str::to_owned).collect();
    let described = attributes
        .iter()
        .map(|attribute| if header.contains(&attribute.name) { format!("{} (attribute)", attribute.name) } else { attribute.name.clone() });
    let described: Vec<String> = described.collect();
    header.extend(described);
    let rows = study.materials().iter().map(|material| {
        let cases = material.spoken().iter().map(|(case, _)| material.case(*case).and_then(|case| study.case(case)));
        let mut cases: Vec<_> = cases.collect();
        cases.sort_by_key(|case| case.map_or((true, 0, None), |case| (false, case.position, Some(case.id))));
        let cases: Vec<String> =
            cases.into_iter().map(|case| case.map_or(crate::study::NOT_STATED.to_owned(), |case| names.case(case))).collect();
        let said = study.coders().values().filter(|coder| coder.id != CoderId::agreed());
        let said = said.filter_map(|coder| {
            let status = Some(material.status(coder.id)).filter(|status| *status != StatusKind::NotStarted)?;
            Some(format!("{}: {}", coder.name, status_name(status)))
        });
        let mut row = vec![
            material.source.label.clone(),
            labels.source(&material.source),
            labels.title(&material.source).to_owned(),
            form_name(material.source.form).to_owned(),
            material.geometry.paragraphs().len().to_string(),
            material.participant_words().to_string(),
            cases.join(BETWEEN),
            material.codings.len().to_string(),
            said.collect::<Vec<_>>().join(BETWEEN),
            u8::from(material.is_reconciled()).to_string(),
        ];
        row.extend(attributes.iter().map(|attribute| study.value_names(&material.source.values, attribute.id)));
        row
    });
    Table::new(header, rows.collect()).counting(|_, name| ["paragraphs", "words", "codings", "reconciled"].contains(&name))
}

const fn form_name(form: SourceForm) -> &'static str {
    match form {
        SourceForm::Transcript => "transcript",
        SourceForm::Report => "report",
    }
}
