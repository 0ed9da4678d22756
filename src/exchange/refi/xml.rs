//! What readers and writers of the standard's XML share.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The elements of both schemas.
const ELEMENTS: [&str; 54] = [
    "AudioSelection",
    "AudioSource",
    "BooleanValue",
    "Case",
    "Cases",
    "Code",
    "CodeBook",
    "CodeRef",
    "Codes",
    "Coding",
    "DateTimeValue",
    "DateValue",
    "Description",
    "Edge",
    "FloatValue",
    "Graph",
    "Graphs",
    "IntegerValue",
    "Link",
    "Links",
    "MemberCode",
    "MemberNote",
    "MemberSource",
    "Note",
    "NoteRef",
    "Notes",
    "PDFSelection",
    "PDFSource",
    "PictureSelection",
    "PictureSource",
    "PlainTextContent",
    "PlainTextSelection",
    "Project",
    "Representation",
    "SelectionRef",
    "Set",
    "Sets",
    "SourceRef",
    "Sources",
    "SyncPoint",
    "TextDescription",
    "TextSource",
    "TextValue",
    "Transcript",
    "TranscriptSelection",
    "User",
    "Users",
    "Variable",
    "VariableRef",
    "Variables",
    "VariableValue",
    "Vertex",
    "VideoSelection",
    "VideoSource",
];

/// Whether the standard knows an element of this local name.
pub(super) fn is_known(local_name: &str) -> bool {
    ELEMENTS.contains(&local_name)
}

/// Whether the element of this name holds words and no elements.
pub(super) fn holds_words(local_name: &str) -> bool {
    matches!(local_name, "Description" | "PlainTextContent")
        || local_name
            .strip_suffix("Value")
            .is_some_and(|kind| matches!(kind, "Text" | "Boolean" | "Integer" | "Float" | "Date" | "DateTime"))
}

/// Whether XML 1.0 can say this character at all.
pub(super) const fn is_sayable(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends words as the content of an element; what XML cannot say is left out.
pub(super) fn push_words(out: &mut String, words: &str) {
    push_escaped(out, words, false);
}

/// Appends an attribute; line ends and tabs are kept.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value, true);
    out.push('"');
}

fn push_escaped(out: &mut String, words: &str, in_attribute: bool) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' if in_attribute => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c if is_sayable(c) => out.push(c),
            _ => {}
        }
    }
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An attribute of an element that is open: its local name and its value.
pub(super) type Attribute<'a> = (&'a str, Cow<'a, str>);
