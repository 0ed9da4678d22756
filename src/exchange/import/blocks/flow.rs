use super::super::units::Hint;
use super::{Block, Look, Pin};

/// Tables within tables deeper than this are read as paragraphs: each level copies what is in it.
const DEEPEST: usize = 16;

/// A document as a reader meets it, paragraph after paragraph.
///
/// Every reader may call everything in any order: what does not fit (the end of a row outside of tables) changes nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Flow {
    blocks: Vec<Block>,
    /// The paragraph that is being written.
    open: Block,
    tables: Vec<Table>,
    /// How many tables are open within the deepest that counts.
    deeper: usize,
    /// What was interrupted by notes and text boxes, outermost first.
    interrupted: Vec<Interrupted>,
    /// Notes and boxes that wait for the end of their paragraph.
    waiting: Vec<Block>,
    /// Author and words of the comments.
    comments: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Table {
    /// The cells of the row that is being written.
    cells: Vec<Vec<Block>>,
    /// The paragraphs of the cell that is being written.
    cell: Vec<Block>,
}

#[derive(Debug)]
struct Interrupted {
    blocks: Vec<Block>,
    open: Block,
    tables: Vec<Table>,
    deeper: usize,
    mark: String,
}

impl Flow {
    /// Ends the paragraph before, if there is one, and begins one that is `hint`.
    pub(in super::super) fn begin(&mut self, hint: Hint) {
        self.end();
        self.open.hint = hint;
    }

    /// Says what the open paragraph is.
    pub(in super::super) const fn set_hint(&mut self, hint: Hint) {
        self.open.hint = hint;
    }

    /// Gives the open paragraph a bullet or number.
    pub(in super::super) fn set_mark(&mut self, mark: &str) {
        mark.trim().clone_into(&mut self.open.mark);
    }

    /// Adds words to the open paragraph.
    pub(in super::super) fn push(&mut self, words: &str, look: Look) {
        self.open.push(words, look);
    }

    /// Whether nothing is written in the open paragraph.
    pub(in super::super) fn is_blank(&self) -> bool {
        self.open.is_blank()
    }

    /// The last character of the open paragraph.
    pub(in super::super) fn last(&self) -> Option<char> {
        self.open.words.chars().next_back()
    }

    /// Ends the open paragraph.
    pub(in super::super) fn end(&mut self) {
        let block = std::mem::take(&mut self.open);
        // Where a comment begins or ends is kept, even if nothing is written there.
        if !block.is_blank() || !block.pins.is_empty() {
            self.put(block);
        }
    }

    fn put(&mut self, block: Block) {
        if let Some(table) = self.tables.last_mut() {
            table.cell.push(block);
            return;
        }
        self.blocks.push(block);
        if self.interrupted.is_empty() {
            self.blocks.append(&mut self.waiting);
        }
    }

    /// Begins a table.
    pub(in super::super) fn begin_table(&mut self) {
        self.end();
        if self.tables.len() < DEEPEST {
            self.tables.push(Table::default());
        } else {
            self.deeper += 1;
        }
    }

    /// Ends a cell.
    pub(in super::super) fn end_cell(&mut self) {
        self.end();
        if let (0, Some(table)) = (self.deeper, self.tables.last_mut()) {
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
    }

    /// Ends a row: it becomes one paragraph, its cells parted by tabs. The paragraphs of a row of one cell stay as they are, and
    /// so do those of a table that only lays out a page.
    pub(in super::super) fn end_row(&mut self) {
        self.end();
        if self.deeper > 0 {
            return;
        }
        let Some(mut table) = self.tables.pop() else { return };
        if !table.cell.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        let cells = std::mem::take(&mut table.cells);
        if cells.len() == 1 || cells.iter().any(|cell| is_laid_out(cell)) {
            cells.into_iter().flatten().for_each(|block| self.put(block));
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            let mut row = Block { hint: Hint::Row, ..Block::default() };
            for (at, cell) in cells.into_iter().enumerate() {
                let mut between = if at == 0 { "" } else { "\t" };
                if cell.is_empty() {
                    row.push(between, Look::default());
                }
                for block in cell {
                    row.join(block, between);
                    between = "\n";
                }
            }
            self.put(row);
        }
        self.tables.push(table);
    }

    /// Ends a table.
    pub(in super::super) fn end_table(&mut self) {
        if self.deeper > 0 {
            self.end();
            self.deeper -= 1;
            return;
        }
        self.end_row();
        self.tables.pop();
    }

    /// Whether a table is open.
    pub(in super::super) const fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Begins a note or a text box: until its end, what comes is put behind the paragraph or row that is open now. A note
    /// has a mark, which stands in brackets where it is referred to, and before it.
    pub(in super::super) fn begin_aside(&mut self, mark: &str, look: Look) {
        let mark = if mark.trim().is_empty() { String::new() } else { format!("[{}]", mark.trim()) };
        self.open.push(&mark, look);
        self.interrupted.push(Interrupted {
            blocks: std::mem::take(&mut self.blocks),
            open: std::mem::take(&mut self.open),
            tables: std::mem::take(&mut self.tables),
            deeper: std::mem::take(&mut self.deeper),
            mark,
        });
    }

    /// Ends a note or a text box.
    pub(in super::super) fn end_aside(&mut self) {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end();
        let Some(before) = self.interrupted.pop() else { return };
        let mut blocks = std::mem::replace(&mut self.blocks, before.blocks);
        (self.open, self.tables, self.deeper) = (before.open, before.tables, before.deeper);
        if let Some(first) = blocks.iter_mut().find(|block| !block.is_blank()).filter(|_| !before.mark.is_empty()) {
            first.mark = before.mark;
        }
        self.waiting.append(&mut blocks);
    }

    /// A comment begins here; the number by which [`end_comment`](Self::end_comment) knows it.
    pub(in super::super) fn begin_comment(&mut self) -> usize {
        let comment = self.comments.len();
        self.comments.push((String::new(), String::new()));
        self.open.pins.push(Pin { at: self.open.words.len(), comment, is_end: false });
        comment
    }

    /// A comment ends here. One that ends nowhere is on its whole paragraph.
    pub(in super::super) fn end_comment(&mut self, comment: usize) {
        self.open.pins.push(Pin { at: self.open.words.len(), comment, is_end: true });
    }

    /// Says who wrote a comment, and what.
    pub(in super::super) fn say_comment(&mut self, comment: usize, author: &str, words: &str) {
        if let Some(said) = self.comments.get_mut(comment) {
            *said = (author.trim().to_owned(), words.trim().to_owned());
        }
    }

    /// The blocks in order, and author and words of each comment.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<(String, String)>) {
        while !self.interrupted.is_empty() {
            self.end_aside();
        }
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end();
        self.blocks.append(&mut self.waiting);
        (self.blocks, self.comments)
    }
}

/// Whether a cell holds a part of a document rather than a value: a table, or a heading with what it is the heading of.
fn is_laid_out(cell: &[Block]) -> bool {
    let has = |is: fn(&Hint) -> bool| cell.iter().any(|block| is(&block.hint));
    has(|hint| *hint == Hint::Row) || cell.len() > 1 && has(|hint| matches!(hint, Hint::Heading(_)))
}
