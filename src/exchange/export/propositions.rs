use super::about::time_text;
use super::labels::Labels;
use super::names::Names;
use super::quoted::Quoted;
use super::table::Table;
use crate::analysis::propositions::{Borne, propositions};
use crate::study::{CoderId, Crossed, Evidence, EvidenceOf, PropositionStatus, Study, Weight};
use crate::text::{NoSuchBlob, Texts};

pub(super) const PROPOSITIONS_SIGNS: &[&str] = &[
    "One row a piece of evidence; a proposition without any has one row, with blanks from weight on. supports, qualifies, contradicts count the evidence of the whole proposition.",
    "untried: 1 nothing contradicts it and nobody has said that they looked for that, 0 otherwise. searched_by, searched: who looked last, and when; blank: nobody.",
    "on: passage or cell (of the matrix); source, paragraph, theme, case, cell and words say which, and are blank where that is not so or where it is gone. “–” does not occur.",
    "broken: 1 the words were corrected away or the source or cell is gone; paragraph and words are then of the text before that. 0 otherwise.",
];

/// The columns of a proposition, and those of its evidence.
const OF_PROPOSITION: &str = "proposition statement status supports qualifies contradicts untried searched_by searched note";
const OF_EVIDENCE: &str = "weight on source paragraph theme case cell words broken evidence_note coder time";

/// The columns that hold numbers.
const COUNTS: [&str; 7] = ["proposition", "supports", "qualifies", "contradicts", "untried", "paragraph", "broken"];

/// Every proposition in the analyst's order, a row for each piece of evidence: supporting, qualifying, contradicting.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn propositions_table(study: &Study, texts: &dyn Texts, labels: Labels) -> Result<Table, NoSuchBlob> {
    let names = Names::new(study, labels);
    let evidence_columns = OF_EVIDENCE.split(' ').count();
    let mut rows = Vec::new();
    for (number, borne) in (1..).zip(propositions(study)) {
        let begin = of_proposition(study, number, &borne);
        let evidence: Vec<&Evidence> = borne.evidence.into_iter().flatten().collect();
        if evidence.is_empty() {
            rows.push([begin, vec![String::new(); evidence_columns]].concat());
            continue;
        }
        for piece in evidence {
            rows.push([begin.clone(), of_evidence(&names, texts, piece)?].concat());
        }
    }
    let header = OF_PROPOSITION.split(' ').chain(OF_EVIDENCE.split(' ')).map(str::to_owned).collect();
    Ok(Table::new(header, rows).counting(|_, name| COUNTS.contains(&name)))
}

/// What became of a proposition, in a word.
#[must_use]
pub const fn proposition_status_name(status: PropositionStatus) -> &'static str {
    match status {
        PropositionStatus::Holds => "holds",
        PropositionStatus::Revised => "revised",
        PropositionStatus::Dropped => "dropped",
    }
}

/// How evidence bears on its proposition, in a word.
#[must_use]
pub const fn weight_name(weight: Weight) -> &'static str {
    match weight {
        Weight::Supports => "supports",
        Weight::Qualifies => "qualifies",
        Weight::Contradicts => "contradicts",
    }
}

fn of_proposition(study: &Study, number: usize, borne: &Borne<'_>) -> Vec<String> {
    let proposition = borne.proposition;
    let [supports, qualifies, contradicts] = borne.evidence.each_ref().map(|list| list.len().to_string());
    vec![
        number.to_string(),
        proposition.statement.clone(),
        proposition_status_name(proposition.status).to_owned(),
        supports,
        qualifies,
        contradicts,
        u8::from(borne.is_untried()).to_string(),
        proposition.searched.map(|searched| coder(study, searched.coder)).unwrap_or_default(),
        proposition.searched.map(|searched| time_text(searched.time)).unwrap_or_default(),
        proposition.note.clone(),
    ]
}

fn of_evidence(names: &Names<'_>, texts: &dyn Texts, evidence: &Evidence) -> Result<Vec<String>, NoSuchBlob> {
    let (study, labels) = (names.study(), names.labels());
    let [mut source, mut paragraph, mut theme, mut case, mut cell, mut words] = [const { String::new() }; 6];
    let on = match &evidence.of {
        EvidenceOf::Passage { source: of, revision, span } => {
            match study.material(*of) {
                Some(material) => {
                    source = labels.source(&material.source);
                    let quoted = Quoted::read(names, texts, material, *revision, *span)?;
                    paragraph = quoted.as_ref().and_then(|quoted| quoted.paragraph).map(|at| at.to_string()).unwrap_or_default();
                    words = quoted.map(|quoted| quoted.words).unwrap_or_default();
                }
                // The snapshot may hold the labels of speakers.
                None if labels.is_full() => words.clone_from(&evidence.words),
                None => {}
            }
            "passage"
        }
        EvidenceOf::Cell { cell: of } => {
            if study.has_cell(of) {
                theme = study.codebook().path(of.theme);
                match of.of {
                    Crossed::Case(_) => case = names.crossed(&of.of),
                    Crossed::Values(_) => cell = names.crossed(&of.of),
                }
            } else if labels.is_full() {
                words.clone_from(&evidence.words);
            }
            "cell"
        }
    };
    Ok(vec![
        weight_name(evidence.weight).to_owned(),
        on.to_owned(),
        source,
        paragraph,
        theme,
        case,
        cell,
        words,
        u8::from(!study.has_evidence(&evidence.of)).to_string(),
        evidence.note.clone(),
        coder(study, evidence.coder),
        time_text(evidence.time),
    ])
}

fn coder(study: &Study, coder: CoderId) -> String {
    study.coders().get(&coder).map(|coder| coder.name.clone()).unwrap_or_default()
}
