use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::blocks::{Flow, Kind, LeftOut, Look};
use super::super::units::Hint;
use super::styles::{OUTLINE, Styles, attribute};

/// So many spaces, which are written as a number, are read at most.
const MOST_SPACES: usize = 200;

/// Lists within lists deeper than this are of the deepest level.
const DEEPEST_LIST: usize = 10;

/// Reads the text of a document into the flow; whether there was one.
///
/// # Errors
/// When it is no XML.
pub(super) fn read(xml: &str, styles: &Styles, flow: &mut Flow, left_out: &mut LeftOut) -> Result<bool, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::new(styles, flow, left_out);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(element) => walk.begin(&element),
            Event::Empty(element) => {
                walk.begin(&element);
                walk.end(element.name().as_ref());
            }
            Event::End(element) => walk.end(element.name().as_ref()),
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(c) = reference.resolve_char_ref()? {
                    walk.text(c.encode_utf8(&mut [0; 4]));
                } else if let Some(text) = resolve_predefined_entity(&reference) {
                    walk.text(text);
                }
            }
            _ => {}
        }
    }
    Ok(walk.has_text)
}

struct Walk<'a> {
    styles: &'a Styles,
    flow: &'a mut Flow,
    left_out: &'a mut LeftOut,
    has_text: bool,
    /// How deep we are in elements whose content does not count.
    skipped: usize,
    /// How words look and whether they are hidden, for each open paragraph and stretch.
    looks: Vec<(Look, bool)>,
    lists: Lists,
    /// Numbers of the headings, by level.
    headings: Vec<i64>,
    /// The mark of a note, while it is read.
    citation: Option<String>,
    comment: Option<Comment>,
    /// Comments by the names by which their ends know them.
    comments: HashMap<String, usize>,
    /// For each open frame, what of it is left out.
    frames: Vec<Option<Kind>>,
}

/// A comment that is being read.
#[derive(Default)]
struct Comment {
    number: usize,
    author: String,
    words: String,
    /// What of it is being read.
    part: Part,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Nothing,
    Author,
    Words,
}

/// The open lists.
#[derive(Default)]
struct Lists {
    /// Name of the style of each.
    styles: Vec<String>,
    /// The number of the last item of each.
    counts: Vec<i64>,
    /// The numbers where a list of a style ended, for another that goes on with them.
    ended: HashMap<String, i64>,
    /// Whether the next paragraph begins an item.
    begins_item: bool,
}

/// Elements without words of the text.
const SKIPPED: [&str; 15] = [
    "office:forms",
    "office:meta",
    "office:settings",
    "office:scripts",
    "office:font-face-decls",
    "office:styles",
    "office:automatic-styles",
    "office:master-styles",
    "svg:title",
    "svg:desc",
    "text:ruby-text",
    "text:table-of-content-source",
    "text:hidden-text",
    "text:hidden-paragraph",
    "text:meta-source",
];

impl<'a> Walk<'a> {
    fn new(styles: &'a Styles, flow: &'a mut Flow, left_out: &'a mut LeftOut) -> Self {
        Self {
            styles,
            flow,
            left_out,
            has_text: false,
            skipped: 0,
            looks: Vec::new(),
            lists: Lists::default(),
            headings: Vec::new(),
            citation: None,
            comment: None,
            comments: HashMap::new(),
            frames: Vec::new(),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        let name = name.as_ref();
        if name == "text:deletion" {
            self.left_out.add(Kind::Deletion);
        }
        if self.skipped > 0 || SKIPPED.contains(&name) || name == "text:tracked-changes" {
            self.skipped += 1;
            return;
        }
        if self.comment.is_some() {
            self.begin_in_comment(name);
            return;
        }
        let value = |name: &str| attribute(element, name);
        match name {
            "office:text" => self.has_text = true,
            "text:p" | "text:h" => self.begin_paragraph(name == "text:h", element),
            "text:span" | "text:a" => {
                let outer = self.looks.last().copied().unwrap_or_default();
                let style = value("text:style-name").unwrap_or_default();
                let look = if name == "text:span" { self.styles.look("text", &style, outer) } else { outer };
                self.hide(outer.1, look.1);
                self.looks.push(look);
            }
            "text:s" => {
                let count = value("text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.push(&" ".repeat(usize::min(count, MOST_SPACES)));
            }
            "text:tab" => self.push("\t"),
            "text:line-break" => self.push("\n"),
            "text:list" => {
                self.lists.begin(value("text:style-name"), value("text:continue-numbering").as_deref() == Some("true"), self.styles);
            }
            "text:list-item" => self.lists.begin_item(value("text:start-value").and_then(|value| value.parse().ok())),
            "text:note-citation" => self.citation = Some(String::new()),
            "text:note-body" => {
                let mark = self.citation.take().unwrap_or_default();
                self.flow.begin_aside(&mark, Look::default());
            }
            "office:annotation" => {
                let number = self.flow.begin_comment();
                self.comments.extend(value("office:name").map(|name| (name, number)));
                self.comment = Some(Comment { number, ..Comment::default() });
            }
            "office:annotation-end" => {
                if let Some(number) = value("office:name").and_then(|name| self.comments.get(&name).copied()) {
                    self.flow.end_comment(number);
                }
            }
            "table:table" => self.flow.begin_table(),
            "draw:frame" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" | "draw:line" | "draw:control" => {
                self.frames.push((name != "draw:frame").then_some(if name == "draw:control" { Kind::Field } else { Kind::Picture }));
                if name != "draw:frame" {
                    self.flow.begin_aside("", Look::default());
                }
            }
            "draw:image" | "draw:object" | "draw:object-ole" | "draw:plugin" => {
                let kind = if name == "draw:image" { Kind::Picture } else { Kind::Embedded };
                if let Some(frame) = self.frames.last_mut() {
                    frame.get_or_insert(kind);
                }
            }
            "draw:text-box" => self.flow.begin_aside("", Look::default()),
            _ => {}
        }
    }

    fn begin_in_comment(&mut self, name: &str) {
        let Some(comment) = &mut self.comment else { return };
        match name {
            "dc:creator" => comment.part = Part::Author,
            "text:p" => {
                if !comment.words.is_empty() {
                    comment.words.push('\n');
                }
                comment.part = Part::Words;
            }
            "text:s" => comment.words.push(' '),
            "text:tab" | "text:line-break" => comment.words.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if let Some(comment) = &mut self.comment {
            match name {
                "dc:creator" | "text:p" => comment.part = Part::Nothing,
                "office:annotation" => {
                    self.flow.say_comment(comment.number, &comment.author, &comment.words);
                    self.comment = None;
                }
                _ => {}
            }
            return;
        }
        match name {
            "text:p" | "text:h" => {
                self.flow.end();
                self.looks.pop();
            }
            "text:span" | "text:a" => {
                self.looks.pop();
            }
            "text:list" => self.lists.end(),
            "text:list-item" => self.lists.begins_item = false,
            "text:note-body" | "draw:text-box" => self.flow.end_aside(),
            "table:table-cell" => self.flow.end_cell(),
            "table:table-row" => self.flow.end_row(),
            "table:table" => self.flow.end_table(),
            "draw:frame" => {
                if let Some(kind) = self.frames.pop().flatten() {
                    self.left_out.add(kind);
                }
            }
            "draw:custom-shape" | "draw:rect" | "draw:ellipse" | "draw:line" | "draw:control" => {
                self.flow.end_aside();
                if let Some(kind) = self.frames.pop().flatten() {
                    self.left_out.add(kind);
                }
            }
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, is_heading: bool, element: &BytesStart<'_>) {
        let style = attribute(element, "text:style-name").unwrap_or_default();
        let level = attribute(element, "text:outline-level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
        let hint = if is_heading { Hint::Heading(level.max(1)) } else { self.styles.hint(&style) };
        let look = self.styles.look("paragraph", &style, (Look::default(), false));
        self.hide(false, look.1);
        // What makes a whole paragraph bold is how headings look, and says nothing of its words.
        self.looks.push(if matches!(hint, Hint::Heading(_)) { (Look::default(), look.1) } else { look });
        self.flow.begin(hint);
        let mark = if std::mem::take(&mut self.lists.begins_item) { self.lists.mark(self.styles) } else { String::new() };
        if is_heading {
            let is_listed = attribute(element, "text:is-list-header").as_deref() != Some("true");
            let number = if mark.is_empty() && is_listed { self.heading_number(usize::from(level.max(1))) } else { mark };
            if !number.is_empty() {
                self.push(&number);
                self.push(" ");
            }
            return;
        }
        if !self.lists.styles.is_empty() && !mark.is_empty() {
            let level = u8::try_from(self.lists.styles.len()).unwrap_or(u8::MAX);
            self.flow.set_hint(Hint::Item(level));
            self.flow.set_mark(&mark);
        }
    }

    /// The number of the next heading of a level, where headings are numbered.
    fn heading_number(&mut self, level: usize) -> String {
        let Some(style) = self.styles.list(OUTLINE).filter(|_| level <= DEEPEST_LIST) else { return String::new() };
        self.headings.truncate(level);
        let from = self.headings.len();
        self.headings.extend((from..level).map(|above| style.start(above + 1) - 1));
        if let Some(last) = self.headings.last_mut() {
            *last = last.saturating_add(1);
        }
        style.mark(&self.headings)
    }

    fn hide(&mut self, was_hidden: bool, is_hidden: bool) {
        if is_hidden && !was_hidden {
            self.left_out.add(Kind::Hidden);
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some(comment) = &mut self.comment {
            match comment.part {
                Part::Author => comment.author.push_str(text),
                Part::Words => comment.words.push_str(text),
                Part::Nothing => {}
            }
            return;
        }
        if let Some(citation) = &mut self.citation {
            citation.push_str(text);
            return;
        }
        if self.looks.is_empty() {
            return;
        }
        // White space that is meant is written in elements of its own.
        let mut words = String::with_capacity(text.len());
        let mut was_space = self.flow.is_blank() || self.flow.last().is_some_and(|last| last == ' ' || last == '\n');
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                words.push(c);
            } else if !was_space {
                words.push(' ');
            }
            was_space = is_space;
        }
        self.push(&words);
    }

    fn push(&mut self, words: &str) {
        if let Some((look, false)) = self.looks.last() {
            self.flow.push(words, *look);
        }
    }
}

impl Lists {
    fn begin(&mut self, style: Option<String>, goes_on: bool, styles: &Styles) {
        let style = style.or_else(|| self.styles.last().cloned()).unwrap_or_default();
        let level = self.styles.len() + 1;
        let start = styles.list(&style).map_or(1, |list| list.start(level)) - 1;
        let count = self.ended.get(&style).copied().filter(|_| goes_on && level == 1).unwrap_or(start);
        self.styles.push(style);
        self.counts.push(count);
    }

    fn begin_item(&mut self, value: Option<i64>) {
        if let Some(count) = self.counts.last_mut() {
            *count = value.unwrap_or_else(|| count.saturating_add(1));
            self.begins_item = true;
        }
    }

    fn end(&mut self) {
        self.begins_item = false;
        if let (Some(style), Some(count)) = (self.styles.pop(), self.counts.pop())
            && self.styles.is_empty()
        {
            self.ended.insert(style, count);
        }
    }

    /// The mark of the item that begins.
    fn mark(&self, styles: &Styles) -> String {
        let style = self.styles.last().and_then(|style| styles.list(style));
        let counts = self.counts.get(..self.counts.len().min(DEEPEST_LIST)).unwrap_or_default();
        style.map_or_else(|| "•".to_owned(), |style| style.mark(counts))
    }
}
