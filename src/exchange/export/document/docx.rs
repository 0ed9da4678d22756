//! A document as a file for word processors: the body, in `WordprocessingML`. What is around it is in [`package`].

use std::fmt::Write as _;

use super::blocks::{Block, Document, Look, Run};
use super::package::{NAMESPACE, TEXT_WIDTH, package};
use crate::exchange::export::table::Table;
use crate::exchange::export::write::ExportError;
use crate::study::Meant;

/// There are styles for so many levels of headings.
const DEEPEST: usize = 4;
/// Tables of more columns are set smaller, so that no word is broken.
const MANY: usize = 6;

/// The bytes of the file. They depend on the document alone.
pub(super) fn file(document: &Document) -> Result<Vec<u8>, ExportError> {
    package(&document.title, document.time, &body(document), &[])
}

/// The end of the main part: pages of A4 with numbers.
const END: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
<w:pgMar w:top=\"1304\" w:right=\"1418\" w:bottom=\"1304\" w:left=\"1418\" w:header=\"709\" w:footer=\"624\" w:gutter=\"0\"/></w:sectPr>\
</w:body></w:document>";

/// A main part with these paragraphs.
pub(in crate::exchange::export) fn main_part(paragraphs: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACE}><w:body>{paragraphs}{END}")
}

/// The main part.
fn body(document: &Document) -> String {
    let mut body = String::new();
    paragraph(&mut body, "Title", "", &[(Meant::Plain, document.title.clone())]);
    let mut breaks = false;
    for block in &document.blocks {
        // The page begins with the block after the break, so that no empty paragraph stands at its top.
        let more = if breaks { "<w:pageBreakBefore/>" } else { "" };
        match block {
            Block::Heading { level, text, .. } => {
                paragraph(&mut body, &format!("Heading{}", (*level).clamp(1, DEEPEST)), more, &[(Meant::Plain, text.clone())]);
            }
            Block::Text(look, runs) => {
                let style = match look {
                    Look::Plain => "Normal",
                    Look::Small => "Small",
                    Look::Term => "Term",
                };
                paragraph(&mut body, style, more, runs);
            }
            Block::Item(runs) => paragraph(&mut body, "ListBullet", more, runs),
            Block::Quote { words, label } => {
                paragraph(&mut body, "Quote", more, &[(Meant::Plain, words.clone())]);
                paragraph(&mut body, "QuoteSource", "", &[(Meant::Plain, label.clone())]);
            }
            Block::Table(table, widths) => write_table(&mut body, table, widths),
            Block::NewPage => {}
        }
        breaks = *block == Block::NewPage;
    }
    main_part(&body)
}

/// Nothing that is seen, and no line is broken at it.
const WORD_JOINER: char = '\u{2060}';

/// Writes a paragraph; `more` are further properties of it, in the order of the schema.
pub(in crate::exchange::export) fn paragraph(body: &mut String, style: &str, more: &str, runs: &[Run]) {
    // Writing to a string cannot fail, here and below.
    let _ = write!(body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>");
    for (at, (meant, text)) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at));
        // The number of a citation and the full stop behind it stay with the word before them, at the end of a line too.
        let joins = before.is_some_and(|(before, words)| {
            let is_cited = |meant: &Meant| matches!(meant, Meant::Cited(_));
            (is_cited(meant) || is_cited(before)) && !words.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace)
        });
        let look = match meant {
            Meant::Plain | Meant::Said => "",
            Meant::Bold => "<w:rPr><w:b/></w:rPr>",
            Meant::Comment => "<w:rPr><w:i/><w:color w:val=\"57534B\"/></w:rPr>",
            Meant::Cited(_) => "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
        };
        let _ = write!(body, "<w:r>{look}");
        if joins {
            let _ = write!(body, "<w:t>{WORD_JOINER}</w:t>");
        }
        words(body, text);
        body.push_str("</w:r>");
    }
    body.push_str("</w:p>");
}

/// Writes words into a run, with their line breaks and tabs.
pub(in crate::exchange::export) fn words(body: &mut String, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            body.push_str("<w:br/>");
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                body.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(body, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece));
            }
        }
    }
}

fn write_table(body: &mut String, table: &Table, widths: &[usize]) {
    let all = widths.iter().sum::<usize>().max(1);
    let widths: Vec<usize> = widths.iter().map(|width| width * TEXT_WIDTH / all).collect();
    let width = |at: usize| widths.get(at).copied().unwrap_or(TEXT_WIDTH / table.header.len().max(1));
    let _ = write!(
        body,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    );
    (0..table.header.len()).for_each(|at| _ = write!(body, "<w:gridCol w:w=\"{}\"/>", width(at)));
    body.push_str("</w:tblGrid>");
    for (line, row) in std::iter::once(&table.header).chain(&table.rows).enumerate() {
        let head = if line == 0 { "<w:tblHeader/>" } else { "" };
        let style = match (line, table.header.len() > MANY) {
            (0, false) => "TableHead",
            (0, true) => "TableHeadSmall",
            (_, false) => "TableText",
            (_, true) => "TableTextSmall",
        };
        let _ = write!(body, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = write!(body, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", width(at));
            let more = if table.is_counting(at) { "<w:jc w:val=\"right\"/>" } else { "" };
            paragraph(body, style, more, &[(Meant::Plain, cell.clone())]);
            body.push_str("</w:tc>");
        }
        body.push_str("</w:tr>");
    }
    // Two tables would be one without something between them, and a document cannot end with a table.
    body.push_str("</w:tbl>");
    paragraph(body, "AfterTable", "", &[]);
}

/// Text as it may stand in XML 1.0, which has no way to write most control characters.
pub(in crate::exchange::export) fn escaped(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| (!c.is_control() || *c == '\t') && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    quick_xml::escape::escape(allowed.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn document() -> Document {
        let table = Table::new(["a", "n"].map(str::to_owned).to_vec(), vec![["x & y", "3"].map(str::to_owned).to_vec()]);
        let blocks = vec![
            Block::heading(1, "One < two"),
            Block::Text(Look::Plain, vec![(Meant::Plain, "first\nsecond\u{1} ".into()), (Meant::Bold, "bold".into())]),
            Block::item("item"),
            Block::Quote { words: "“Aye”, \"no\" 😀".into(), label: "P1 · ¶ 3".into() },
            Block::Table(table.counting(|at, _| at == 1), vec![3, 1]),
            Block::NewPage,
            Block::heading(9, "Deep"),
        ];
        Document { title: "T".into(), blocks, says: String::new(), time: 0 }
    }

    /// Style and words of every paragraph, as a reader of the format finds them.
    fn paragraphs(part: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut reader = Reader::from_str(part);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == "w:p" => found.push(Default::default()),
                Event::Empty(tag) if tag.name().as_ref() == "w:pStyle" => {
                    let style = tag.attributes().next().unwrap().unwrap();
                    found.last_mut().unwrap().0 = style.value.into_owned();
                }
                Event::Empty(tag) if tag.name().as_ref() == "w:br" => found.last_mut().unwrap().1.push('\n'),
                Event::Text(text) if !text.trim().is_empty() || !found.is_empty() => found.last_mut().unwrap().1.push_str(&text),
                Event::GeneralRef(name) => {
                    let sign = quick_xml::escape::resolve_predefined_entity(&name).unwrap();
                    found.last_mut().unwrap().1.push_str(sign);
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn every_part_is_xml_and_the_words_come_back() {
        let bytes = file(&document()).unwrap();
        assert_eq!(bytes, file(&document()).unwrap(), "the same bytes every time");
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names[0], "[Content_Types].xml");
        let mut body = String::new();
        for name in &names {
            let mut part = String::new();
            package.by_name(name).unwrap().read_to_string(&mut part).unwrap();
            let mut reader = Reader::from_str(&part);
            while !matches!(reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")), Event::Eof) {}
            if name == "word/document.xml" {
                body = part;
            }
        }
        let expected = [
            ("Title", "T"),
            ("Heading1", "One < two"),
            ("Normal", "first\nsecond bold"),
            ("ListBullet", "item"),
            ("Quote", "“Aye”, \"no\" 😀"),
            ("QuoteSource", "P1 · ¶ 3"),
            ("TableHead", "a"),
            ("TableHead", "n"),
            ("TableText", "x & y"),
            ("TableText", "3"),
            ("AfterTable", ""),
            ("Heading4", "Deep"),
        ];
        let found = paragraphs(&body);
        let found: Vec<(&str, &str)> = found.iter().map(|(style, words)| (style.as_str(), words.as_str())).collect();
        assert_eq!(found, expected);
        assert!(body.contains("<w:pStyle w:val=\"Heading4\"/><w:pageBreakBefore/>"), "{body}");
        assert!(body.contains("<w:pStyle w:val=\"TableText\"/><w:jc w:val=\"right\"/>"), "{body}");
    }

    #[test]
    fn a_full_stop_stays_with_the_number_of_the_citation_before_it() {
        let mut body = String::new();
        let runs = [(Meant::Plain, "Cold ".to_owned()), (Meant::Cited(1), "[1]".into()), (Meant::Plain, ".".into())];
        paragraph(&mut body, "Normal", "", &runs);
        assert_eq!(paragraphs(&body), [("Normal".to_owned(), "Cold [1]\u{2060}.".to_owned())]);
    }

    #[test]
    fn every_style_that_is_used_is_there() {
        let styles = super::super::package::STYLES;
        for style in ["TableHeadSmall", "TableTextSmall", "Small", "Term"] {
            assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
        }
        for (style, _) in paragraphs(&body(&document())) {
            assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
        }
    }
}
