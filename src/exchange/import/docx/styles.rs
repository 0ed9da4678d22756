use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::units::Hint;

/// A style is based on another, that on a third, and so on: at most so often.
const LONGEST_CHAIN: usize = 20;

/// What is said of bold, italic and hidden letters, where anything is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Toggles {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl Toggles {
    /// Takes what an element of run properties says.
    pub(super) fn take(&mut self, name: &str, element: &BytesStart<'_>) {
        let slot = match name {
            "b" => &mut self.bold,
            "i" => &mut self.italic,
            "vanish" => &mut self.hidden,
            _ => return,
        };
        *slot = Some(!matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none")));
    }

    /// The same, and what `base` says where nothing is said here.
    fn or(self, base: Self) -> Self {
        Self { bold: self.bold.or(base.bold), italic: self.italic.or(base.italic), hidden: self.hidden.or(base.hidden) }
    }
}

/// A list, and the level in it, that a paragraph is an item of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The list; "0" is none.
    pub(super) list: Option<String>,
    /// The level, from 0.
    pub(super) level: Option<u8>,
    /// The style that says so, by which the list may know its level.
    pub(super) style: Option<String>,
}

/// What a style means, with what it is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What paragraphs of it are.
    pub(super) hint: Option<Hint>,
    /// How its letters are set.
    pub(super) toggles: Toggles,
    /// The list its paragraphs are items of.
    pub(super) numbered: Option<Numbered>,
    base: Option<String>,
}

/// What the styles of a document mean, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Meaning>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// How letters are set of which nothing is said.
    pub(super) defaults: Toggles,
}

impl Styles {
    /// Reads `word/styles.xml`; styles behind a fault in it are unknown.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut open: Option<(String, Meaning)> = None;
        let (mut is_table, mut in_defaults) = (false, false);
        while let Ok(event) = reader.read_event() {
            let element = match event {
                Event::Eof => break,
                Event::End(end) => {
                    if end.local_name().as_ref() == "docDefaults" {
                        in_defaults = false;
                    }
                    continue;
                }
                Event::Start(element) | Event::Empty(element) => element,
                _ => continue,
            };
            let name = element.local_name();
            match name.as_ref() {
                "docDefaults" => in_defaults = true,
                "style" => {
                    styles.by_id.extend(open.take());
                    in_defaults = false;
                    let id = attribute(&element, "styleId").unwrap_or_default();
                    let kind = attribute(&element, "type");
                    is_table = kind.as_deref() == Some("table");
                    if attribute(&element, "default").is_some_and(|is| is == "1" || is == "true") && kind.as_deref() == Some("paragraph") {
                        styles.usual = Some(id.clone());
                    }
                    open = Some((id, Meaning::default()));
                }
                name @ ("b" | "i" | "vanish") if in_defaults => styles.defaults.take(name, &element),
                name => {
                    if let Some((id, meaning)) = &mut open {
                        // What a table style says holds for its first row, its last column, and so on.
                        if !is_table {
                            meaning.toggles.take(name, &element);
                        }
                        meaning.take(id, name, &element);
                    }
                }
            }
        }
        styles.by_id.extend(open);
        styles.resolved()
    }

    /// The same with each style saying what those say that it is based on.
    fn resolved(mut self) -> Self {
        let whole = self.by_id.iter().map(|(id, style)| {
            let mut whole = style.clone();
            let mut base = style.base.as_ref();
            // A circle of styles is possible in a broken file.
            for _ in 0..LONGEST_CHAIN {
                let Some(style) = base.and_then(|id| self.by_id.get(id)) else { break };
                whole.hint = whole.hint.or(style.hint);
                whole.toggles = whole.toggles.or(style.toggles);
                whole.numbered = whole.numbered.or_else(|| style.numbered.clone());
                base = style.base.as_ref();
            }
            (id.clone(), whole)
        });
        self.by_id = whole.collect();
        self
    }

    /// What the style of a paragraph means, or what the usual one does.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Option<&Meaning> {
        id.and_then(|id| self.by_id.get(id)).or_else(|| self.by_id.get(self.usual.as_deref()?))
    }

    /// How letters of a style of runs are set.
    pub(super) fn of_run(&self, id: Option<&str>) -> Toggles {
        id.and_then(|id| self.by_id.get(id)).map(|style| style.toggles).unwrap_or_default()
    }

    /// The list that a style of lists names.
    pub(super) fn list_of(&self, id: &str) -> Option<&str> {
        self.by_id.get(id)?.numbered.as_ref()?.list.as_deref()
    }
}

impl Meaning {
    fn take(&mut self, id: &str, name: &str, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        match name {
            "name" => self.hint = self.hint.or_else(|| value().and_then(|name| by_name(&name))),
            "basedOn" => self.base = value(),
            "outlineLvl" => self.hint = level(element).map(Hint::Heading).or(self.hint),
            "numPr" => self.numbered = Some(Numbered { style: Some(id.to_owned()), ..Numbered::default() }),
            "numId" => {
                if let Some(numbered) = &mut self.numbered {
                    numbered.list = value();
                }
            }
            "ilvl" => {
                if let Some(numbered) = &mut self.numbered {
                    numbered.level = value().and_then(|level| level.parse().ok());
                }
            }
            _ => {}
        }
    }
}

fn by_name(name: &str) -> Option<Hint> {
    let name = name.to_lowercase();
    if let Some(level) = name.strip_prefix("heading ") {
        return level.trim().parse().ok().map(Hint::Heading);
    }
    if name == "title" {
        return Some(Hint::Heading(1));
    }
    if name.ends_with("quote") || name == "quotations" || name == "block text" {
        return Some(Hint::Quote);
    }
    (name.starts_with("list bullet") || name.starts_with("list number")).then_some(Hint::Item(1))
}

/// The heading level of an `outlineLvl`, which counts from 0; 9 is body text.
pub(super) fn level(element: &BytesStart<'_>) -> Option<u8> {
    attribute(element, "val")?.parse().ok().filter(|level: &u8| *level < 9).map(|level| level + 1)
}

/// The attribute with this local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.clone().into_owned(), std::borrow::Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_says_what_those_say_that_it_is_based_on() {
        let xml = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:i w:val="0"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/><w:basedOn w:val="N"/><w:rPr><w:i/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Q"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>
              <w:rPr><w:b/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>
            <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>
            <w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style></w:styles>"#;
        let styles = Styles::read(xml);
        let mine = styles.of_paragraph(Some("Mine")).unwrap();
        assert_eq!((mine.hint, mine.toggles.bold, mine.toggles.italic), (Some(Hint::Quote), Some(true), Some(true)));
        assert_eq!(mine.numbered.as_ref().and_then(|numbered| numbered.list.as_deref()), Some("4"));
        assert_eq!(styles.list_of("Mine"), Some("4"));
        assert_eq!(styles.of_paragraph(Some("A")).unwrap().hint, None, "a circle ends");
        assert_eq!(styles.of_run(Some("T")), Toggles::default());
        assert_eq!(styles.of_paragraph(Some("none")), styles.of_paragraph(Some("N")));
        assert_eq!(styles.defaults.italic, Some(false));
    }
}
