use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::super::blocks::{Kind, LeftOut, Look};
use super::super::units::Hint;
use super::lists::{Level, ListStyle};

/// Styles based on styles are followed so far: a broken file may have circles of them.
const FARTHEST: usize = 10;

/// The name under which the numbering of headings is kept; no style has it.
pub(super) const OUTLINE: &str = "";

/// What the styles of a document mean, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<(String, String), Style>,
    lists: HashMap<String, ListStyle>,
}

#[derive(Debug, Default)]
struct Style {
    parent: String,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    hint: Option<Hint>,
}

impl Styles {
    /// Reads the styles of a part; those behind a fault in it are unknown. Headers and footers, which are kept among the styles
    /// of pages, are counted as left out.
    pub(super) fn read(&mut self, xml: &str, left_out: &mut LeftOut) {
        let mut reader = Reader::from_str(xml);
        let mut open = (String::new(), String::new());
        let mut list = String::new();
        let mut page_line = None;
        while let Ok(event) = reader.read_event() {
            let element = match &event {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => element,
                Event::Text(text) => {
                    if let Some(kind) = page_line.filter(|_| !text.xml10_content().trim().is_empty()) {
                        left_out.add(kind);
                        page_line = None;
                    }
                    continue;
                }
                Event::End(element) => {
                    match element.name().as_ref() {
                        "style:header" | "style:header-left" | "style:header-first" | "style:footer" | "style:footer-left"
                        | "style:footer-first" => page_line = None,
                        "style:style" => open = Default::default(),
                        _ => {}
                    }
                    continue;
                }
                _ => continue,
            };
            let value = |name: &str| attribute(element, name);
            match element.name().as_ref() {
                // Styles stand before the text.
                "office:body" => break,
                "style:header" | "style:header-left" | "style:header-first" => page_line = Some(Kind::Header),
                "style:footer" | "style:footer-left" | "style:footer-first" => page_line = Some(Kind::Footer),
                "style:style" => {
                    open = (value("style:family").unwrap_or_default(), value("style:name").unwrap_or_default());
                    let outline = value("style:default-outline-level").and_then(|level| level.parse().ok()).filter(|level| *level > 0);
                    let style = Style {
                        parent: value("style:parent-style-name").unwrap_or_default(),
                        hint: outline.map(Hint::Heading).or_else(|| by_name(&open.1)),
                        ..Style::default()
                    };
                    self.styles.insert(open.clone(), style);
                    if matches!(event, Event::Empty(_)) {
                        open = Default::default();
                    }
                }
                "style:text-properties" => {
                    if let Some(style) = self.styles.get_mut(&open) {
                        style.bold = value("fo:font-weight").map(|weight| is_bold(&weight)).or(style.bold);
                        style.italic = value("fo:font-style").map(|how| how == "italic" || how == "oblique").or(style.italic);
                        style.hidden = value("text:display").map(|how| how == "none").or(style.hidden);
                    }
                }
                "text:list-style" => list = value("style:name").unwrap_or_default(),
                "text:outline-style" => OUTLINE.clone_into(&mut list),
                "text:list-level-style-number" | "text:outline-level-style" | "text:list-level-style-bullet" => {
                    let level = value("text:level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    self.lists.entry(list.clone()).or_default().set(level, Level::of(element));
                }
                _ => {}
            }
        }
    }

    /// The style, and those it is based on.
    fn chain<'styles>(&'styles self, family: &'styles str, name: &str) -> impl Iterator<Item = &'styles Style> {
        let find = move |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        std::iter::successors(find(name), move |style| find(&style.parent)).take(FARTHEST)
    }

    /// How words look in a style, and whether they are hidden, where they look so outside of it.
    pub(super) fn look(&self, family: &str, name: &str, (look, is_hidden): (Look, bool)) -> (Look, bool) {
        let first = |of: fn(&Style) -> Option<bool>| self.chain(family, name).find_map(of);
        let bold = first(|style| style.bold).unwrap_or(look.bold);
        let italic = first(|style| style.italic).unwrap_or(look.italic);
        (Look { bold, italic }, first(|style| style.hidden).unwrap_or(is_hidden))
    }

    /// What paragraphs of a style are.
    pub(super) fn hint(&self, name: &str) -> Hint {
        self.chain("paragraph", name).find_map(|style| style.hint).or_else(|| by_name(name)).unwrap_or_default()
    }

    /// A list style.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

fn by_name(name: &str) -> Option<Hint> {
    match name {
        "Title" => Some(Hint::Heading(1)),
        "Quotations" | "Quote" | "Intense_20_Quote" => Some(Hint::Quote),
        _ => None,
    }
}

/// The attribute of this name, with its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|attribute| attribute.key.as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.clone().into_owned(), std::borrow::Cow::into_owned))
}
