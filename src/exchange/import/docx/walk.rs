use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::units::Hint;
use super::block::{Block, Frames};
use super::left_out::LeftOut;
use super::notes::References;
use super::numbering::{Counters, Mark, Numbering};
use super::paragraph::{Paragraph, Run};
use super::styles::{Numbered, Styles, attribute, level};
use super::symbols;
use super::words::{Look, Point};

/// What paragraphs and runs of a document refer to.
#[derive(Debug, Default)]
pub(super) struct Manner {
    /// Styles.
    pub(super) styles: Styles,
    /// Lists.
    pub(super) numbering: Numbering,
}

/// A footnote, an endnote or a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// By which the text refers to it.
    pub(super) id: String,
    /// Who wrote it; empty where nobody says so.
    pub(super) author: String,
    /// How many blocks stand before it.
    pub(super) from: usize,
}

/// What is read of a part of a document.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Paragraphs and rows in order; those of text boxes stand behind the paragraph that holds them.
    pub(super) blocks: Vec<Block>,
    /// The notes or comments that the blocks are of, in order.
    pub(super) parts: Vec<Part>,
    /// The notes that the text refers to.
    pub(super) references: References,
    /// What is not in the blocks.
    pub(super) left_out: LeftOut,
}

/// Reads `word/document.xml`, or a part of notes or comments.
///
/// # Errors
/// When it is no XML.
pub(super) fn read(xml: &str, manner: &Manner) -> Result<Body, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::new(manner);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(element) => walk.start(&element),
            Event::Empty(element) => walk.empty(&element),
            Event::End(element) => walk.end(element.local_name().as_ref()),
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
    Ok(walk.finish())
}

struct Walk<'manner> {
    manner: &'manner Manner,
    body: Body,
    /// Where blocks go: the text, a cell, a text box.
    frames: Frames,
    /// The paragraphs that are open: one that holds a text box stays open while those of the box are read.
    paragraphs: Vec<Paragraph>,
    counters: Counters,
    /// How deep we are in an element that is not read; none of what is in it counts but where comments stand.
    skipped: usize,
    /// For each open field whether its result has begun.
    fields: Vec<bool>,
    /// How many of the fields have no result yet: what stands in them is what they are computed from.
    instructions: usize,
    /// Places that comments name between paragraphs.
    between: Vec<Point>,
    /// Whether the content that follows only says that something may be typed there.
    is_placeholder: bool,
    in_row_properties: bool,
}

/// Elements whose content is deleted, repeated elsewhere, how it was once, or no words.
const SKIPPED: [&str; 14] = [
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delText",
    "delInstrText",
    "fldData",
    "rt",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
];

impl<'manner> Walk<'manner> {
    fn new(manner: &'manner Manner) -> Self {
        Self {
            manner,
            body: Body::default(),
            frames: Frames::default(),
            paragraphs: Vec::new(),
            counters: Counters::default(),
            skipped: 0,
            fields: Vec::new(),
            instructions: 0,
            between: Vec::new(),
            is_placeholder: false,
            in_row_properties: false,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.skipped > 0 {
            self.skipped += 1;
            self.comment(name, element);
            return;
        }
        if SKIPPED.contains(&name) {
            self.change(name, true);
            self.skipped = 1;
        } else if name == "sdtContent" && std::mem::take(&mut self.is_placeholder) {
            self.skipped = 1;
        } else {
            self.open(name, element);
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.skipped > 0 {
            self.comment(name, element);
        } else if SKIPPED.contains(&name) {
            self.change(name, false);
        } else {
            self.open(name, element);
            self.close(name);
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.close(name);
        }
    }

    /// What a tracked change means that is not in the text: in the properties of a paragraph it is the paragraph's mark that is
    /// deleted, in those of a row the row.
    fn change(&mut self, name: &str, has_content: bool) {
        if !matches!(name, "del" | "moveFrom") {
            return;
        }
        if self.in_row_properties {
            self.frames.delete_row();
        } else if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| paragraph.in_properties) {
            paragraph.mark_is_deleted = true;
        } else if has_content && name == "del" {
            self.body.left_out.deletions += 1;
        }
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "p" => self.begin_paragraph(),
            "tbl" => self.frames.begin_table(),
            "tr" => self.frames.begin_row(),
            "tc" => self.frames.begin_cell(),
            "trPr" => self.in_row_properties = true,
            "txbxContent" => self.frames.begin_box(),
            "showingPlcHdr" => self.is_placeholder = true,
            "fldChar" => self.field(attribute(element, "fldCharType").as_deref()),
            // The lines between text and notes have a type.
            "footnote" | "endnote" if attribute(element, "type").is_none_or(|kind| kind == "normal") => self.part(element),
            "comment" => self.part(element),
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => self.comment(name, element),
            "footnoteReference" | "endnoteReference" => {
                let custom = attribute(element, "customMarkFollows").is_some_and(|is| is != "0" && is != "false");
                let id = attribute(element, "id").unwrap_or_default();
                if let Some(mark) = self.body.references.refer(name == "endnoteReference", id, custom) {
                    self.push(&mark);
                }
            }
            "ins" if !self.in_row_properties && !self.in_properties() => self.body.left_out.insertions += 1,
            "moveTo" if !self.in_row_properties && !self.in_properties() => self.body.left_out.moves += 1,
            _ if self.paragraphs.last().is_some_and(|paragraph| paragraph.run.is_some()) => self.open_in_run(name, element),
            _ if self.open_properties(name, element) => {}
            _ => self.body.left_out.take(name, element),
        }
    }

    /// An element within a run.
    fn open_in_run(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => {
                let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let sign = code.and_then(|code| symbols::character(&attribute(element, "font").unwrap_or_default(), code));
                self.body.left_out.signs += usize::from(sign.is_none());
                self.push(sign.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
            }
            _ => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                let Some(run) = &mut paragraph.run else { return };
                match name {
                    "t" => paragraph.in_text = true,
                    "rPr" => run.in_properties = true,
                    "rStyle" if run.in_properties => run.style = attribute(element, "val"),
                    name @ ("b" | "i" | "vanish") if run.in_properties => run.toggles.take(name, element),
                    _ => self.body.left_out.take(name, element),
                }
            }
        }
    }

    /// An element of a paragraph outside of its runs; whether it is one that means something.
    fn open_properties(&mut self, name: &str, element: &BytesStart<'_>) -> bool {
        let Some(paragraph) = self.paragraphs.last_mut() else { return false };
        let value = || attribute(element, "val");
        match name {
            "r" => paragraph.run = Some(Run::default()),
            "pPr" => paragraph.in_properties = true,
            _ if !paragraph.in_properties => return false,
            "pStyle" => paragraph.style = value(),
            "outlineLvl" => paragraph.outline = level(element),
            "numPr" => paragraph.numbered = Some(Numbered::default()),
            "numId" | "ilvl" => {
                if let Some(numbered) = &mut paragraph.numbered {
                    match name {
                        "numId" => numbered.list = value(),
                        _ => numbered.level = value().and_then(|level| level.parse().ok()),
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn in_properties(&self) -> bool {
        self.paragraphs.last().is_some_and(|paragraph| paragraph.in_properties)
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tbl" => self.frames.end_table(),
            "tr" => self.frames.end_row(),
            "tc" => self.frames.end_cell(),
            "trPr" => self.in_row_properties = false,
            "txbxContent" => {
                let blocks = self.frames.end_box();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(blocks),
                    None => self.frames.push_all(blocks),
                }
            }
            _ => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match name {
                    "r" => paragraph.run = None,
                    "t" => paragraph.in_text = false,
                    "pPr" => paragraph.in_properties = false,
                    "rPr" => {
                        if let Some(run) = &mut paragraph.run {
                            run.in_properties = false;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.paragraphs.last().is_some_and(|paragraph| paragraph.in_text) {
            self.push(text);
        }
    }

    fn push(&mut self, words: &str) {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.instructions == 0) else { return };
        let look = paragraph.look(&self.manner.styles);
        if look.hidden {
            self.body.left_out.has_hidden |= !words.trim().is_empty();
        } else {
            paragraph.words.push(words, look);
        }
    }

    fn field(&mut self, what: Option<&str>) {
        match what {
            Some("begin") => {
                self.fields.push(false);
                self.instructions += 1;
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut().filter(|field| !**field) {
                    *field = true;
                    self.instructions -= 1;
                }
            }
            Some("end") => self.instructions -= usize::from(self.fields.pop() == Some(false)),
            _ => {}
        }
    }

    fn comment(&mut self, name: &str, element: &BytesStart<'_>) {
        let point = match name {
            "commentRangeStart" => Point::Start,
            "commentRangeEnd" => Point::End,
            "commentReference" => Point::Sign,
            _ => return,
        };
        let Some(point) = attribute(element, "id").map(point) else { return };
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.words.mark(point),
            None => self.between.push(point),
        }
    }

    fn part(&mut self, element: &BytesStart<'_>) {
        let of = |name| attribute(element, name).unwrap_or_default();
        let (id, author) = (of("id"), of("author").trim().to_owned());
        self.body.parts.push(Part { id, author, from: self.frames.len() });
    }

    fn begin_paragraph(&mut self) {
        let mut paragraph = Paragraph { words: self.frames.take_carried(), ..Paragraph::default() };
        for point in self.between.drain(..) {
            paragraph.words.mark(point);
        }
        self.paragraphs.push(paragraph);
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        // A field that is never given a result would take all the rest of the text.
        if self.instructions > 0 {
            self.fields.clear();
            self.instructions = 0;
        }
        if paragraph.mark_is_deleted {
            self.frames.carry(paragraph.words);
        } else {
            let (hint, mark) = self.kind(&paragraph);
            self.frames.push(Block { words: paragraph.words, hint, mark });
        }
        self.frames.push_all(paragraph.boxes);
    }

    /// What a paragraph is, and the mark before it.
    fn kind(&mut self, paragraph: &Paragraph) -> (Hint, Mark) {
        let style = self.manner.styles.of_paragraph(paragraph.style.as_deref());
        let hint = paragraph.outline.map(Hint::Heading).or_else(|| style?.hint).unwrap_or_default();
        let of_style = style.and_then(|style| style.numbered.as_ref());
        let numbered = match &paragraph.numbered {
            Some(own) => {
                let list = own.list.clone().or_else(|| of_style?.list.clone());
                Some(Numbered { list, level: own.level, style: of_style.and_then(|of| of.style.clone()) })
            }
            None => of_style.cloned(),
        };
        let Some(numbered) = numbered.filter(|numbered| numbered.list.as_deref() != Some("0")) else { return (hint, Mark::default()) };
        let (level, mark) = self.counters.next(&self.manner.numbering, &self.manner.styles, &numbered).unwrap_or_else(|| {
            // Of a list that nobody describes the level alone is known.
            (numbered.level.unwrap_or(0), Mark::default())
        });
        let is_item = matches!(hint, Hint::None | Hint::Item(_));
        (if is_item { Hint::Item(level.saturating_add(1)) } else { hint }, mark)
    }

    fn finish(mut self) -> Body {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        self.body.blocks = self.frames.finish();
        // What is named behind the last paragraph ends there.
        if let Some(last) = self.body.blocks.last_mut() {
            self.between.into_iter().for_each(|point| last.words.mark(point));
        }
        self.body
    }
}

impl Paragraph {
    /// How words of the open run are set: what is said of the run itself, else what its style and the paragraph's come to. A style
    /// that says bold within a bold one says that they are set off from it.
    fn look(&mut self, styles: &Styles) -> Look {
        let of_paragraph =
            *self.toggles.get_or_insert_with(|| styles.of_paragraph(self.style.as_deref()).map(|style| style.toggles).unwrap_or_default());
        let Some(run) = &mut self.run else { return Look::default() };
        *run.look.get_or_insert_with(|| {
            let of_run = styles.of_run(run.style.as_deref());
            let together = |paragraph: Option<bool>, run: Option<bool>, default: Option<bool>| {
                default.unwrap_or(false) || paragraph.unwrap_or(false) != run.unwrap_or(false)
            };
            let defaults = styles.defaults;
            Look {
                bold: run.toggles.bold.unwrap_or_else(|| together(of_paragraph.bold, of_run.bold, defaults.bold)),
                italic: run.toggles.italic.unwrap_or_else(|| together(of_paragraph.italic, of_run.italic, defaults.italic)),
                hidden: run.toggles.hidden.unwrap_or_else(|| together(of_paragraph.hidden, of_run.hidden, defaults.hidden)),
            }
        })
    }
}
