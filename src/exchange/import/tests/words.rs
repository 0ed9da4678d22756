use super::super::docx::samples::{document, package, paragraph, row};
use super::helpers::*;
use crate::exchange::import::{Frame, read_bytes};

use crate::exchange::import::ImportError;

fn outline_of(body: &str) -> Vec<String> {
    outline(&draft("x.docx", &document(body), &frame()))
}

fn styled(style: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#)
}

fn bold(name: &str, words: &str) -> String {
    format!(r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{name}</w:t></w:r><w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p>"#)
}

#[test]
fn labels_soft_breaks_and_deleted_words() {
    let body = [
        paragraph("Interview ID: W1"),
        paragraph("Date: 2 May 2024"),
        paragraph("INT: How &amp; why?"),
        "<w:p><w:r><w:t>P1: First</w:t><w:br/><w:t>second.</w:t></w:r><w:del><w:r><w:delText>Never.</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t xml:space=\"preserve\"> Third.</w:t></w:r></w:ins></w:p>"
            .to_owned(),
        "<w:p><w:r><w:t>INT: Right.</w:t><w:br/><w:t>P1: Right.</w:t></w:r></w:p>".to_owned(),
    ];
    let found = draft("x.docx", &document(&body.concat()), &frame());
    assert_eq!(found.label, "W1");
    assert_eq!(outline(&found)[2..], ["turn [INT] How & why?", "turn [P1] First\nsecond. Third.", "turn [INT] Right.", "turn [P1] Right."]);
    assert!(found.original.is_some());
}

#[test]
fn speakers_by_bold_words() {
    let body = [bold("Ruth", "How was it?"), bold("Moira", "Fine."), bold("Ruth", "Good."), bold("Moira", "Aye.")];
    assert_eq!(outline_of(&body.concat()), ["turn [Ruth] How was it?", "turn [Moira] Fine.", "turn [Ruth] Good.", "turn [Moira] Aye."]);
}

#[test]
fn a_table_of_speakers_is_a_transcript() {
    let rows =
        [row(&["00:00:01", "Interviewer", "How was it?"]), row(&["00:00:04", "Moira", "Fine."]), row(&["00:00:09", "Moira", "Really."])];
    let found = draft("x.docx", &document(&format!("<w:tbl>{}</w:tbl>", rows.concat())), &frame());
    assert_eq!(outline(&found), ["turn [Interviewer] How was it?", "turn [Moira] Fine.", "turn [Moira] Really."]);
    assert_eq!(found.anchors.len(), 3);
}

#[test]
fn headings_lists_and_tables_of_a_report() {
    let item = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t>An item</w:t></w:r></w:p>"#;
    let body = [
        styled("berschrift1", "Key points"),
        item.to_owned(),
        styled("Mine", "Findings"),
        paragraph("Prose goes on here."),
        paragraph("“I sat there.” (CJP interview 2)"),
        format!("<w:tbl>{}</w:tbl>", row(&["One", "Two"])),
    ];
    assert_eq!(
        outline_of(&body.concat()),
        [
            "heading1 Key points",
            "keypoint2 An item",
            "heading1 Findings",
            "prose Prose goes on here.",
            "blockquote [CJP interview 2] “I sat there.”",
            "tablerow One\tTwo"
        ]
    );
}

#[test]
fn broken_documents_are_refused() {
    let refused = |bytes: &[u8]| read_bytes("x.docx", bytes, &Frame::default()).unwrap_err();
    assert!(matches!(refused(b"PK no zip"), ImportError::BrokenDocument { .. }));
    assert!(matches!(refused(&package(&[("other.xml", b"<x/>")])), ImportError::BrokenDocument { .. }));
    assert!(matches!(refused(&package(&[("word/document.xml", b"<w:p><w:r></w:p>")])), ImportError::BrokenDocument { .. }));
    let mut cut = document(&paragraph("Words"));
    cut.truncate(cut.len() / 2);
    assert!(matches!(refused(&cut), ImportError::BrokenDocument { .. }));
    assert!(matches!(refused(&document("")), ImportError::NoWordText { .. }));
}

#[test]
fn a_document_that_unpacks_without_end_is_refused() {
    let bomb = package(&[("word/document.xml", &vec![b' '; 130 * 1024 * 1024])]);
    assert!(bomb.len() < 1024 * 1024);
    let error = read_bytes("x.docx", &bomb, &Frame::default()).unwrap_err();
    assert!(error.to_string().contains("far more than a text"), "{error}");
}
