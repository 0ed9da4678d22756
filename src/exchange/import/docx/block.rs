use super::super::speakers;
use super::super::units::Hint;
use super::numbering::Mark;
use super::words::{Look, Words};
use crate::analysis::quotes::Aside;

/// Tables and text boxes within one another are told apart so deep; what is deeper belongs to the last of them.
const DEEPEST: usize = 24;

/// A paragraph, or a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Its words; soft breaks are `\n`, cells are parted by tabs.
    pub(super) words: Words,
    /// What Word says it is.
    pub(super) hint: Hint,
    /// The number or bullet before it.
    pub(super) mark: Mark,
}

impl Block {
    const fn is_nothing(&self) -> bool {
        self.words.text.is_empty() && self.words.points.is_empty() && self.mark.text.is_empty()
    }

    /// Its words with the mark before them, as they stand in a cell.
    fn marked(self) -> Words {
        let words = self.words.trimmed();
        if self.mark.text.is_empty() || words.text.is_empty() && self.mark.is_number() {
            return words;
        }
        let mut marked = Words::default();
        marked.push(&self.mark.text, Look::default());
        marked.push(if self.mark.behind.is_empty() { "" } else { " " }, Look::default());
        marked.append(words);
        marked
    }
}

impl Mark {
    /// Whether it is nothing but a number or a sign: not the name of somebody.
    pub(super) fn is_number(&self) -> bool {
        !speakers::may_be_marked(&self.text)
    }
}

/// The blocks of the text, of a cell, or of a text box.
#[derive(Debug, Default)]
struct Frame {
    blocks: Vec<Block>,
    /// The words of a paragraph that goes on in the next.
    carried: Option<Words>,
}

impl Frame {
    fn finish(mut self) -> Vec<Block> {
        self.settle();
        self.blocks
    }

    /// What was to go on and did not is a paragraph of its own.
    fn settle(&mut self) {
        self.blocks.extend(self.carried.take().map(|words| Block { words, ..Block::default() }));
    }
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Block>>,
    is_deleted: bool,
}

/// Where blocks go while tables and text boxes are open.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// Of the text itself.
    text: Frame,
    /// Those of cells and boxes, the innermost last.
    inner: Vec<Frame>,
    rows: Vec<Row>,
    /// How many tables and boxes are open.
    depth: usize,
    boxes: usize,
}

impl Frames {
    /// How many blocks the text has so far.
    pub(super) const fn len(&self) -> usize {
        self.text.blocks.len()
    }

    fn top(&mut self) -> &mut Frame {
        self.inner.last_mut().unwrap_or(&mut self.text)
    }

    /// Adds a block; one that holds nothing is none.
    pub(super) fn push(&mut self, block: Block) {
        if !block.is_nothing() {
            self.top().blocks.push(block);
        }
    }

    pub(super) fn push_all(&mut self, blocks: Vec<Block>) {
        self.top().blocks.extend(blocks);
    }

    /// Keeps the words of a paragraph for the next.
    pub(super) fn carry(&mut self, words: Words) {
        self.top().carried = Some(words);
    }

    /// The words with which the paragraph before goes on in this one.
    pub(super) fn take_carried(&mut self) -> Words {
        self.top().carried.take().unwrap_or_default()
    }

    const fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    pub(super) fn begin_table(&mut self) {
        self.top().settle();
        self.depth += 1;
    }

    pub(super) const fn end_table(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn begin_row(&mut self) {
        if !self.is_too_deep() {
            self.rows.push(Row::default());
        }
    }

    pub(super) fn delete_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_deleted = true;
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if !self.is_too_deep() {
            self.inner.push(Frame::default());
        }
    }

    pub(super) fn end_cell(&mut self) {
        if !self.is_too_deep()
            && let Some(cell) = self.inner.pop()
        {
            match self.rows.last_mut() {
                Some(row) => row.cells.push(cell.finish()),
                None => self.push_all(cell.finish()),
            }
        }
    }

    /// A row becomes one block; what stands in one cell alone, the blocks of that cell.
    pub(super) fn end_row(&mut self) {
        if self.is_too_deep() {
            return;
        }
        let Some(row) = self.rows.pop().filter(|row| !row.is_deleted) else { return };
        match <[Vec<Block>; 1]>::try_from(row.cells) {
            Ok([only]) => self.push_all(only),
            Err(cells) => self.push(joined(cells)),
        }
    }

    pub(super) fn begin_box(&mut self) {
        self.depth += 1;
        if !self.is_too_deep() {
            self.inner.push(Frame::default());
        }
    }

    /// The blocks of the box that ends, which know that they are in one.
    pub(super) fn end_box(&mut self) -> Vec<Block> {
        let ended = if self.is_too_deep() { None } else { self.inner.pop() };
        self.depth = self.depth.saturating_sub(1);
        let Some(frame) = ended else { return Vec::new() };
        let mut blocks = frame.finish();
        self.boxes += 1;
        for block in &mut blocks {
            if !matches!(block.hint, Hint::Aside(_)) {
                block.hint = Hint::Aside(Aside::TextBox(self.boxes));
            }
        }
        blocks
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        // A part that ends before its tables do is none that Word wrote.
        while let Some(frame) = self.inner.pop() {
            self.push_all(frame.finish());
        }
        self.text.finish()
    }
}

/// The cells of a row as one block. A column that holds nothing but automatic numbers is the numbers of the rows.
fn joined(cells: Vec<Vec<Block>>) -> Block {
    let mut cells = cells.into_iter();
    let mut row = Block { hint: Hint::Row, ..Block::default() };
    let mut is_first = true;
    if let Some([only]) = cells.as_slice().first().map(Vec::as_slice)
        && !only.mark.text.is_empty()
        && only.words.text.trim().is_empty()
    {
        row.mark = only.mark.clone();
        cells.next();
    }
    for cell in cells {
        if !std::mem::take(&mut is_first) {
            row.words.push("\t", Look::default());
        }
        let mut words = Words::default();
        for block in cell {
            let next = block.marked();
            if !words.text.is_empty() && !next.text.is_empty() {
                words.push("\n", Look::default());
            }
            words.append(next);
        }
        row.words.append(words);
    }
    row
}
