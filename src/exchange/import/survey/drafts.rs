use std::collections::BTreeSet;

use super::super::draft::{Draft, DraftCase, ImportError, Problem};
use super::{ColumnRole, SurveyRow, SurveyTable};
use crate::study::{CaseKind, SourceForm};
use crate::text::{BlobId, NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice, fold};

/// What the sources are.
const KIND: &str = "Survey response";

/// A draft for each row that answers anything.
pub(super) fn of(table: &SurveyTable) -> Result<Vec<Draft>, ImportError> {
    if !table.columns.iter().any(|column| column.role == ColumnRole::Answer) {
        return Err(ImportError::NoAnswers { name: table.file_name.clone() });
    }
    let mut labels: BTreeSet<String> = BTreeSet::new();
    let mut drafts = Vec::new();
    for (number, row) in (1..).zip(&table.rows) {
        if table.has_answers(row) {
            let mut draft = draft(table, row, number);
            if !labels.insert(fold(&draft.label)) {
                let taken = |label: &String| labels.contains(&fold(label));
                let free =
                    (2..=labels.len() + 2).map(|more| format!("{}-{more}", draft.label)).find(|label| !taken(label)).unwrap_or_default();
                let sentence = format!("Another row has the id “{}” too, so this one is called “{free}”.", draft.label);
                draft.problems.push(Problem::at(row.line, sentence));
                labels.insert(fold(&free));
                draft.case.iter_mut().for_each(|case| case.label.clone_from(&free));
                draft.label = free;
            }
            drafts.push(draft);
        }
    }
    let silent: Vec<&SurveyRow> = table.rows.iter().filter(|row| !table.has_answers(row)).collect();
    let Some(first) = drafts.first_mut() else { return Err(ImportError::NoAnswers { name: table.file_name.clone() }) };
    // What is to be known of the whole table is told once, with its first respondent.
    first.problems.splice(0..0, table.problems.iter().cloned());
    if let [row, rest @ ..] = silent.as_slice() {
        let sentence = match rest.len() {
            0 => "This row has no answers and was left out.".to_owned(),
            more => format!("{} rows have no answers and were left out; this is the first.", more + 1),
        };
        first.problems.push(Problem::at(row.line, sentence));
    }
    Ok(drafts)
}

fn draft(table: &SurveyTable, row: &SurveyRow, number: usize) -> Draft {
    let stem = table.file_name.rsplit_once('.').map_or(table.file_name.as_str(), |(stem, _)| stem).trim();
    let id = table.cells_in(row, ColumnRole::Id).next().map_or_else(|| number.to_string(), |(_, id)| id.to_owned());
    // A number alone would be that of somebody in the next table too.
    let label = if id.chars().any(char::is_alphabetic) { id } else { format!("{stem}-{id}") };
    let one = |role| table.cells_in(row, role).next().map(|(_, value)| value.to_owned());
    let known = table.cells_in(row, ColumnRole::Attribute).map(|(column, value)| (column.name.clone(), value.to_owned()));
    let case = DraftCase {
        label: label.clone(),
        kind: CaseKind::Person,
        group: one(ColumnRole::Group),
        area: one(ColumnRole::Area),
        attributes: known.collect(),
    };
    let (text, paragraphs) = answers(table, row);
    // The same respondent in a later export of the same survey is known again, and new ones are not.
    let own = format!("{label}\n{text}");
    Draft {
        file_name: table.file_name.clone(),
        title: format!("{stem}, {label}"),
        label,
        form: SourceForm::Transcript,
        kind: KIND.to_owned(),
        date: String::new(),
        interviewer: String::new(),
        wave: String::new(),
        attributes: Vec::new(),
        text,
        paragraphs,
        anchors: Vec::new(),
        styles: Vec::new(),
        comments: Vec::new(),
        speakers: Vec::new(),
        case: Some(case),
        problems: Vec::new(),
        fingerprint: BlobId::of(own.as_bytes()),
        row_of: Some((table.fingerprint, row.line)),
        original: None,
    }
}

/// The questions that a row answers as headings, with its answers.
fn answers(table: &SurveyTable, row: &SurveyRow) -> (String, Vec<Paragraph>) {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut put = |text: &mut String, words: &str, kind, level, voice| {
        let start = text.len();
        text.push_str(words);
        let span = Span::of(start..text.len()).trimmed(text);
        let label = Span::new(span.start, span.start);
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, label, kind, level, voice, speaker: NO_SPEAKER });
        }
        text.push_str("\n\n");
    };
    for (column, answer) in table.cells_in(row, ColumnRole::Answer) {
        put(&mut text, &column.name, ParagraphKind::Heading, 2, Voice::Author);
        for line in answer.lines().map(str::trim).filter(|line| !line.is_empty()) {
            put(&mut text, line, ParagraphKind::Prose, 0, Voice::Participant);
        }
    }
    (text, paragraphs)
}
