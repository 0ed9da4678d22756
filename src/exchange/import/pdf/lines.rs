use super::super::blocks::Look;
use super::letters::{Letter, Page};

/// A gap of this part of the size of its letters parts two words.
pub(super) const WORD: f32 = 0.17;
/// A gap of so many sizes of its letters may part two columns; where it does not, what it parts is joined again.
const COLUMN: f32 = 0.7;
/// Letters whose lines are no farther from each other than this part of their size stand on one line; notes are raised by less.
pub(super) const RAISED: f32 = 0.45;

/// Words on one line without a wide gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) y: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    pub(super) words: String,
    /// From which byte on its words look how.
    pub(super) looks: Vec<(usize, Look)>,
    /// How wide its first word is.
    pub(super) first: f32,
    /// Which column of which part of the page it is in.
    pub(super) region: usize,
    pub(super) turned: u8,
    /// Whether it is a row of a table.
    pub(super) is_row: bool,
    /// Where it stands on the page: 0 at the top, 1 at the bottom.
    pub(super) height: f32,
}

impl Line {
    /// Adds words that stand on the same line to the right.
    pub(super) fn join(&mut self, other: &Self, between: &str) {
        self.words.push_str(between);
        let by = self.words.len();
        if other.looks.first().is_none_or(|(at, _)| *at > 0) && !self.looks.is_empty() {
            self.looks.push((by, Look::default()));
        }
        self.looks.extend(other.looks.iter().map(|(at, look)| (at + by, *look)));
        self.words.push_str(&other.words);
        self.end = self.end.max(other.end);
        if other.words.len() > self.words.len() / 2 {
            self.size = other.size;
        }
    }
}

/// The pieces of the lines of a page, as they were drawn: words that follow each other without a wide gap.
pub(super) fn of(page: &Page) -> Vec<Line> {
    let mut pieces = Pieces { page, line: Line::default(), last: None, sizes: Vec::new(), has_first: false, lines: Vec::new() };
    for letter in &page.letters {
        pieces.add(letter);
    }
    pieces.finish();
    let mut lines = pieces.lines;
    let bounds = lines.iter().fold((f32::MAX, f32::MIN), |(low, high), line: &Line| (low.min(line.y), high.max(line.y)));
    let extent = (bounds.1 - bounds.0).max(1.0);
    for line in &mut lines {
        line.height = (line.y - bounds.0) / extent;
    }
    lines
}

struct Pieces<'page> {
    page: &'page Page,
    line: Line,
    last: Option<&'page Letter>,
    sizes: Vec<f32>,
    /// Whether the width of the first word is known.
    has_first: bool,
    lines: Vec<Line>,
}

impl<'page> Pieces<'page> {
    fn add(&mut self, letter: &'page Letter) {
        let words = self.page.words(letter);
        let is_space = words.trim().is_empty();
        if let Some(last) = self.last {
            let size = letter.size.max(last.size);
            let gap = letter.x - self.line.end;
            let is_raised = (letter.y - last.y).abs() > RAISED * size || letter.turned != last.turned;
            if is_raised || gap > COLUMN * size || gap < -0.5 * size {
                self.finish();
            } else if gap > WORD * size && !self.line.words.ends_with(' ') && !is_space {
                self.line.words.push(' ');
            }
        }
        let line = &mut self.line;
        if is_space {
            // A space that is drawn; where it leads nowhere, the gap says so.
            if !line.words.is_empty() && !line.words.ends_with(' ') {
                line.words.push(' ');
            }
            return;
        }
        if line.words.is_empty() {
            (line.x, line.y, line.turned, line.end) = (letter.x, letter.y, letter.turned, letter.end);
        } else if letter.size > self.last.map_or(0.0, |last| last.size) * 1.05 {
            // The larger letters say where a line stands.
            line.y = letter.y;
            // The raised number of a footnote stands before its words.
            if line.words.chars().all(char::is_numeric) {
                line.words.push(' ');
            }
        }
        if line.words.contains(' ') && !self.has_first {
            (self.has_first, line.first) = (true, line.end - line.x);
        }
        if line.looks.last().map_or(letter.look != Look::default(), |(_, look)| *look != letter.look) {
            line.looks.push((line.words.len(), letter.look));
        }
        line.words.push_str(words);
        line.end = line.end.max(letter.end);
        self.sizes.push(letter.size);
        self.last = Some(letter);
    }

    fn finish(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        self.sizes.sort_by(f32::total_cmp);
        line.size = self.sizes.get(self.sizes.len() / 2).copied().unwrap_or(1.0);
        self.sizes.clear();
        self.last = None;
        self.has_first = false;
        line.words.truncate(line.words.trim_end().len());
        if line.words.is_empty() {
            return;
        }
        if !line.words.contains(' ') {
            line.first = line.end - line.x;
        }
        self.lines.push(line);
    }
}
