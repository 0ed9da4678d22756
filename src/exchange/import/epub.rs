//! Electronic books: the pages of one, in the order in which it is read, as one text.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::blocks::{Flow, LeftOut, compose};
use super::draft::{ImportError, Problem};
use super::html;
use super::read::Content;

/// Ways of locking parts that only keep fonts from being taken out; the words are open.
const OF_FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Reads a book.
///
/// # Errors
/// [`ImportError::Locked`] when its words are encrypted, [`ImportError::BrokenFile`] when it is no book or unpacks to more than a
/// text of the largest size would need.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let broken = |reason: String| ImportError::BrokenFile { name: name.to_owned(), kind: "an electronic book (EPUB)", reason };
    let mut archive = Archive::open(bytes).map_err(broken)?;
    let locks = archive.text("META-INF/encryption.xml").map_err(broken)?.unwrap_or_default();
    if is_locked(&locks) {
        return Err(ImportError::Locked { name: name.to_owned() });
    }
    let container = archive.text("META-INF/container.xml").map_err(broken)?.unwrap_or_default();
    let package = package_of(&container).ok_or_else(|| broken("it does not say where its parts are".to_owned()))?;
    let outline = archive.text(&package).map_err(broken)?.ok_or_else(|| broken("the list of its parts is missing".to_owned()))?;
    let (mut flow, mut left_out) = (Flow::default(), LeftOut::default());
    let mut problems = Vec::new();
    let mut missing = 0_usize;
    for page in pages(&outline) {
        let Some(bytes) = archive.bytes(&path(&package, &page)).map_err(broken)? else {
            missing += 1;
            continue;
        };
        match html::decode(&bytes) {
            Some((text, doubt)) => {
                html::Page::new(&mut flow, &mut left_out).read(&text, true);
                problems.extend(doubt.map(Problem::whole));
            }
            None => missing += 1,
        }
    }
    if missing > 0 {
        problems.push(Problem::whole(format!("{missing} of the book’s parts are named in it and cannot be read.")));
    }
    problems.extend(left_out.problems());
    Ok(compose(flow, problems))
}

/// Whether more than fonts is encrypted.
fn is_locked(locks: &str) -> bool {
    let methods = elements(locks, "EncryptionMethod");
    // A key within a key is encrypted, too, and only where words are.
    methods.iter().filter_map(|method| method.get("Algorithm")).any(|algorithm| !OF_FONTS.contains(&algorithm.as_str()))
}

/// Where the list of parts is.
fn package_of(container: &str) -> Option<String> {
    elements(container, "rootfile").into_iter().find_map(|mut root| root.remove("full-path"))
}

/// The parts of the running text, in order; covers and tables of contents are left out.
fn pages(outline: &str) -> Vec<String> {
    let guide = elements(outline, "reference");
    let is_guide = |href: &str| {
        let file = href.split('#').next().unwrap_or_default();
        let leads = |reference: &&HashMap<String, String>| reference.get("href").is_some_and(|to| to.split('#').next() == Some(file));
        guide.iter().filter(leads).any(|reference| matches!(reference.get("type").map(String::as_str), Some("cover" | "toc")))
    };
    let mut parts: HashMap<String, HashMap<String, String>> =
        elements(outline, "item").into_iter().filter_map(|item| Some((item.get("id")?.clone(), item))).collect();
    let in_order = elements(outline, "itemref").into_iter().filter_map(|reference| parts.remove(reference.get("idref")?));
    let is_page = |part: &HashMap<String, String>| part.get("media-type").is_some_and(|kind| kind.contains("html"));
    let is_list = |part: &HashMap<String, String>| part.get("properties").is_some_and(|is| is.split_whitespace().any(|is| is == "nav"));
    let hrefs = in_order.filter(|part| is_page(part) && !is_list(part)).filter_map(|mut part| part.remove("href"));
    hrefs.filter(|href| !is_guide(href)).collect()
}

/// The attributes of the elements of this name, without prefixes; those behind a fault are unknown.
fn elements(xml: &str, name: &str) -> Vec<HashMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == name => found.push(attributes(&element)),
            _ => {}
        }
    }
    found
}

fn attributes(element: &BytesStart<'_>) -> HashMap<String, String> {
    let mut attributes = element.attributes();
    let all = attributes.with_checks(false).filter_map(Result::ok);
    all.map(|attribute| {
        let value = quick_xml::escape::unescape(&attribute.value)
            .map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned);
        (attribute.key.local_name().as_ref().to_owned(), value)
    })
    .collect()
}

/// The name of the part to which `href` leads from the part `from`.
fn path(from: &str, href: &str) -> String {
    let href = unescaped(href.split('#').next().unwrap_or_default());
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` and the like as the letters they are.
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = behind.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(path("OEBPS/book.opf", "text/ch%201.xhtml#a"), "OEBPS/text/ch 1.xhtml");
        assert_eq!(path("OEBPS/book.opf", "../other/%zz.xhtml"), "other/%zz.xhtml");
        assert_eq!(path("book.opf", "../../a.xhtml"), "a.xhtml");
    }
}
