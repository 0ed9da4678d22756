use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::units::Hint;
use super::styles::{Styles, attribute, level};

/// A paragraph, or a row of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Its words; soft breaks are `\n`, cells are parted by tabs.
    pub(super) words: String,
    /// What Word says it is.
    pub(super) hint: Hint,
    /// Length in bytes of the bold words it begins with.
    pub(super) bold: usize,
}

/// The body of a document.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Paragraphs and rows in order.
    pub(super) blocks: Vec<Block>,
    /// What the document has besides them, as the beginning of a sentence.
    pub(super) left_out: BTreeSet<&'static str>,
    /// The notes that it refers to, in order: whether an endnote, and its id.
    pub(super) references: Vec<(bool, String)>,
    /// Where each note or text box begins among the blocks, with the id of a note; none in the running text.
    pub(super) asides: Vec<(usize, String)>,
}

/// What of a part is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All but text boxes; in a part of notes each note.
    Words,
    /// Text boxes alone.
    Boxes,
}

/// Reads `word/document.xml`, or a part of notes.
///
/// # Errors
/// When it is no XML.
pub(super) fn read(xml: &str, styles: &Styles, wanted: Wanted) -> Result<Body, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk::new(styles, wanted);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(element) => walk.open(&element),
            Event::Empty(element) => {
                walk.open(&element);
                walk.close(element.local_name().as_ref());
            }
            Event::End(element) => walk.close(element.local_name().as_ref()),
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
    Ok(walk.body)
}

struct Walk<'styles> {
    styles: &'styles Styles,
    wanted: Wanted,
    /// How deep we are in text boxes, where these are read.
    boxes: usize,
    body: Body,
    /// How deep we are in elements whose content does not count.
    skipped: usize,
    in_text: bool,
    in_run: bool,
    run_is_bold: bool,
    /// Whether only bold words came so far in this paragraph.
    still_bold: bool,
    block: Block,
    tables: usize,
    cells: Vec<String>,
    cell: String,
    cell_bold: Option<usize>,
}

/// What is left out of the running text, as the beginning of a sentence.
const FOOTNOTES: &str = "Footnotes";
const TEXT_BOXES: &str = "Text boxes";

/// Whether a sentence tells that notes or text boxes were left out.
pub(in super::super) fn tells_of_asides(sentence: &str) -> bool {
    [FOOTNOTES, TEXT_BOXES].iter().any(|what| sentence.starts_with(what))
}

/// Elements whose words are deleted, repeated elsewhere, or no words.
const SKIPPED: [&str; 8] = ["del", "moveFrom", "txbxContent", "Fallback", "instrText", "delText", "delInstrText", "fldData"];

impl<'styles> Walk<'styles> {
    fn new(styles: &'styles Styles, wanted: Wanted) -> Self {
        Self {
            styles,
            wanted,
            boxes: 0,
            body: Body::default(),
            skipped: 0,
            in_text: false,
            in_run: false,
            run_is_bold: false,
            still_bold: true,
            block: Block::default(),
            tables: 0,
            cells: Vec::new(),
            cell: String::new(),
            cell_bold: None,
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if name == "txbxContent" && self.wanted == Wanted::Boxes && self.skipped == 0 {
            self.boxes += 1;
            if self.boxes == 1 {
                self.body.asides.push((self.body.blocks.len(), String::new()));
            }
            return;
        }
        if SKIPPED.contains(&name) {
            if name == "txbxContent" {
                self.body.left_out.insert(TEXT_BOXES);
            }
            self.skipped += 1;
        }
        if self.is_outside() {
            return;
        }
        let value = || attribute(element, "val");
        match name {
            "p" => self.begin_paragraph(),
            "r" => (self.in_run, self.run_is_bold) = (true, false),
            "b" if self.in_run => self.run_is_bold = !matches!(value().as_deref(), Some("0" | "false" | "off")),
            "t" => self.in_text = true,
            "tab" if self.in_run => self.push("\t"),
            "br" | "cr" if self.in_run => self.push("\n"),
            "noBreakHyphen" if self.in_run => self.push("\u{2011}"),
            "pStyle" => {
                if let Some(style) = value() {
                    self.block.hint = self.styles.hint(&style);
                }
            }
            "outlineLvl" => self.block.hint = level(element).map_or(self.block.hint, Hint::Heading),
            "numPr" if !matches!(self.block.hint, Hint::Heading(_)) => self.block.hint = Hint::Item(1),
            "ilvl" => {
                if let (Hint::Item(_), Some(depth)) = (self.block.hint, value().and_then(|depth| depth.parse::<u8>().ok())) {
                    self.block.hint = Hint::Item(depth.saturating_add(1));
                }
            }
            "tbl" => self.tables += 1,
            "footnoteReference" | "endnoteReference" => {
                self.body.left_out.insert(FOOTNOTES);
                self.body.references.extend(attribute(element, "id").map(|id| (name == "endnoteReference", id)));
            }
            // The lines between text and notes have a type.
            "footnote" | "endnote" if attribute(element, "type").is_none_or(|kind| kind == "normal") => {
                self.body.asides.push((self.body.blocks.len(), attribute(element, "id").unwrap_or_default()));
            }
            "commentReference" => {
                self.body.left_out.insert("Comments");
            }
            _ => {}
        }
    }

    /// Whether we are in what is not read.
    const fn is_outside(&self) -> bool {
        self.skipped > 0 || matches!(self.wanted, Wanted::Boxes) && self.boxes == 0
    }

    fn close(&mut self, name: &str) {
        if name == "txbxContent" && self.wanted == Wanted::Boxes && self.skipped == 0 {
            self.boxes = self.boxes.saturating_sub(1);
            return;
        }
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.is_outside() {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "p" => self.end_paragraph(),
            "tc" if self.tables == 1 => {
                self.cells.push(std::mem::take(&mut self.cell).trim().to_owned());
            }
            "tr" if self.tables == 1 => self.end_row(),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            self.push(text);
        }
    }

    fn push(&mut self, words: &str) {
        if self.block.words.is_empty() && words.trim().is_empty() {
            return;
        }
        self.still_bold &= self.run_is_bold || words.trim().is_empty();
        self.block.words.push_str(words);
        if self.still_bold && self.run_is_bold {
            self.block.bold = self.block.words.len();
        }
    }

    fn begin_paragraph(&mut self) {
        self.block = Block::default();
        self.still_bold = true;
    }

    fn end_paragraph(&mut self) {
        let block = std::mem::take(&mut self.block);
        if self.tables == 0 {
            self.body.blocks.push(block);
            return;
        }
        if self.cells.is_empty() && self.cell.is_empty() {
            self.cell_bold = Some(block.bold);
        }
        if !self.cell.is_empty() && !block.words.trim().is_empty() {
            self.cell.push('\n');
        }
        self.cell.push_str(block.words.trim());
    }

    /// A row becomes one paragraph; in a column of its own a bold name is still a name.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let bold = self.cell_bold.take().filter(|_| cells.len() == 1).unwrap_or(0);
        let hint = if cells.len() > 1 { Hint::Row } else { Hint::None };
        self.body.blocks.push(Block { words: cells.join("\t"), hint, bold });
    }
}
