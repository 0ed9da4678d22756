use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The name space of the elements.
pub(in super::super) const SPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A Word document with this body and a few styles: two of headings, one of them named in another language, and some of letters.
pub(in super::super) fn document(body: &str) -> Vec<u8> {
    with_parts(body, &[])
}

/// The same with further parts of this name and content, such as `numbering`.
pub(in super::super) fn with_parts(body: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let styles = format!(
        r#"<w:styles {SPACE}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
           <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
           <w:style w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>
           <w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
           <w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style></w:styles>"#
    );
    let document = format!(r#"<?xml version="1.0"?><w:document {SPACE}><w:body>{body}</w:body></w:document>"#);
    let named = further.iter().map(|(name, content)| (format!("word/{name}.xml"), format!("<w:{name} {SPACE}>{content}</w:{name}>")));
    let named: Vec<(String, String)> = named.collect();
    let mut parts = vec![("word/styles.xml", styles.as_bytes()), ("word/document.xml", document.as_bytes())];
    parts.extend(named.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    package(&parts)
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
    format!("<w:p>{}</w:p>", run("", words))
}

/// A paragraph of one run that is an item of a list.
pub(in super::super) fn item(list: u32, level: u8, words: &str) -> String {
    let properties = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run("", words))
}

/// A run with these properties.
pub(in super::super) fn run(properties: &str, words: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

/// A row of a table.
pub(in super::super) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
    format!("<w:tr>{}</w:tr>", cells.concat())
}
