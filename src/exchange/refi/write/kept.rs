use quick_xml::Reader;
use quick_xml::events::Event;

use crate::exchange::refi::Kept;
use crate::exchange::refi::xml::{local, push_attribute};

/// What goes back into a PDF: the identity of its text where it has none, the text's file, the passages.
pub(super) struct Inside<'a> {
    pub(super) guid: &'a str,
    pub(super) path: Option<&'a str>,
    pub(super) passages: &'a str,
}

/// The places of an element where something may be put, as bytes.
#[derive(Default)]
struct Places {
    /// The end of the tag of its own `Representation`, and whether that is closed in itself.
    tag: Option<(usize, bool)>,
    /// Behind the description of the `Representation`.
    description: Option<usize>,
    /// Before what stands behind a `Representation`.
    next: Option<usize>,
}

/// Whether this is one well-formed element of the name it says.
pub(super) fn is_whole(kept: &Kept) -> bool {
    places(kept).is_some()
}

/// The element with a text and passages put into its own `Representation`; `None` when it is not well-formed.
pub(super) fn with_inside(kept: &Kept, inside: &Inside<'_>) -> Option<String> {
    let places = places(kept)?;
    let xml = kept.xml.trim();
    let mut path = String::new();
    if let Some(file) = inside.path {
        push_attribute(&mut path, "plainTextPath", file);
    }
    let cut = |at: usize| Some((xml.get(..at)?, xml.get(at..)?));
    let Some((end, is_closed)) = places.tag else {
        let (before, behind) = cut(places.next?)?;
        let Inside { guid, passages, .. } = inside;
        return Some(format!("{before}<Representation guid=\"{guid}\"{path}>{passages}</Representation>{behind}"));
    };
    if is_closed {
        let (tag, behind) = cut(end)?;
        let tag = tag.strip_suffix("/>")?;
        return Some(format!("{tag}{path}>{}</Representation>{behind}", inside.passages));
    }
    let at = places.description.unwrap_or(end);
    let tag = xml.get(..end)?.strip_suffix('>')?;
    Some(format!("{tag}{path}>{}{}{}", xml.get(end..at)?, inside.passages, xml.get(at..)?))
}

fn places(kept: &Kept) -> Option<Places> {
    let mut reader = Reader::from_str(kept.xml.trim());
    let mut places = Places::default();
    let mut depth = 0_usize;
    let mut in_own = false;
    let mut is_first = false;
    let mut is_done = false;
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let behind = usize::try_from(reader.buffer_position()).ok()?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let full_name = element.name();
                let name = local(full_name.as_ref());
                if is_done || (depth == 0 && (name != kept.element || is_empty)) || element.attributes().any(|attribute| attribute.is_err())
                {
                    return None;
                }
                match (depth, name) {
                    (1, "Representation") => {
                        places.tag = Some((behind, is_empty));
                        in_own = !is_empty;
                        is_first = in_own;
                    }
                    (1, "Coding" | "NoteRef" | "VariableValue") if places.next.is_none() => places.next = Some(before),
                    (2, "Description") if in_own && is_first => {
                        places.description = Some(behind);
                    }
                    (2, _) => is_first = false,
                    _ => {}
                }
                depth += usize::from(!is_empty);
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                if depth == 2 && in_own && is_first && places.description.is_some() {
                    places.description = Some(behind);
                    is_first = false;
                }
                in_own &= depth != 1;
                if depth == 0 {
                    places.next = places.next.or(Some(before));
                    is_done = true;
                }
            }
            Event::Eof => return is_done.then_some(places),
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => return None,
            Event::DocType(_) | Event::Decl(_) => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_where_the_schema_wants_them() {
        let inside = Inside { guid: "G", path: Some("internal://t.txt"), passages: "<P/>" };
        for (xml, expected) in [
            (
                "<PDFSource><PDFSelection><Representation/></PDFSelection><Representation guid=\"r\"/><Coding/></PDFSource>",
                Some(
                    "<PDFSource><PDFSelection><Representation/></PDFSelection>\
                     <Representation guid=\"r\" plainTextPath=\"internal://t.txt\"><P/></Representation><Coding/></PDFSource>",
                ),
            ),
            (
                "<PDFSource><Representation guid=\"r\"><Description>d</Description><Coding/></Representation></PDFSource>",
                Some(
                    "<PDFSource><Representation guid=\"r\" plainTextPath=\"internal://t.txt\"><Description>d</Description><P/><Coding/>\
                     </Representation></PDFSource>",
                ),
            ),
            (
                "<PDFSource><Representation><Coding><CodeRef/></Coding></Representation></PDFSource>",
                Some(
                    "<PDFSource><Representation plainTextPath=\"internal://t.txt\"><P/><Coding><CodeRef/></Coding></Representation></PDFSource>",
                ),
            ),
            (
                "<PDFSource><Description/><NoteRef/></PDFSource>",
                Some(
                    "<PDFSource><Description/><Representation guid=\"G\" plainTextPath=\"internal://t.txt\"><P/></Representation><NoteRef/></PDFSource>",
                ),
            ),
            (
                "<PDFSource></PDFSource>",
                Some("<PDFSource><Representation guid=\"G\" plainTextPath=\"internal://t.txt\"><P/></Representation></PDFSource>"),
            ),
            ("<PDFSource><Description></PDFSource>", None),
            ("<PDFSource></PDFSource><PDFSource></PDFSource>", None),
            ("<Graph></Graph>", None),
            ("", None),
        ] {
            let kept = Kept { element: "PDFSource".to_owned(), xml: xml.to_owned() };
            assert_eq!(with_inside(&kept, &inside).as_deref(), expected, "{xml}");
        }
    }
}
