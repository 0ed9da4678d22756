use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A Word document with this body and two headings styles, one of them named in another language.
pub(in super::super) fn document(body: &str) -> Vec<u8> {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let styles = format!(
        r#"<w:styles {space}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
           <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style></w:styles>"#
    );
    let document = format!(r#"<?xml version="1.0"?><w:document {space}><w:body>{body}</w:body></w:document>"#);
    package(&[("word/styles.xml", styles.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// A zip archive of these parts.
pub(in super::super) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A paragraph of one run.
pub(in super::super) fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A row of a table.
pub(in super::super) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
    format!("<w:tr>{}</w:tr>", cells.concat())
}
