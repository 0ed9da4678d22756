use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, FontId, Galley, Ui};

use super::selection::whole_character;
use super::styled;
use crate::app::style::has_italics;
use crate::app::tokens::{Tokens, Type, family};
use crate::text::{BlobId, Geometry, Paragraph, ParagraphKind, Span};

/// Longest piece of a paragraph that is laid out in one go, in characters.
const LONGEST: usize = 2_000;

/// A word longer than this is cut wherever it has to be: laid out whole, it alone would hold up the window.
const LONGEST_WORD: usize = 4 * LONGEST;

/// New layout in one frame may take this long; the rest waits for the next.
const BUDGET: Duration = Duration::from_millis(2);

/// A paragraph or a piece of a long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Its words.
    pub span: Span,
    /// Whether the paragraph begins with it.
    pub first: bool,
    /// Whether the paragraph ends with it.
    pub last: bool,
    /// Whether page furniture ends with it: a little more room follows.
    pub ends_furniture: bool,
    /// The fold it is the head of, if it is one.
    pub fold: Option<Fold>,
}

/// Several paragraphs of page furniture in a row, under one line that unfolds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    name: &'static str,
    lines: usize,
    /// Whether the paragraphs are shown.
    pub open: bool,
}

impl Fold {
    /// What the line says.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {} lines", self.name, self.lines)
    }
}

impl Block {
    /// The head of the furniture that begins with paragraph `first`, if there are several; and how many there are.
    fn head(paragraphs: &[Paragraph], first: usize, open: bool) -> Option<(Self, usize)> {
        let lines = paragraphs.iter().skip(first).take_while(|paragraph| paragraph.kind == ParagraphKind::Furniture).count();
        let (from, to) = (paragraphs.get(first)?.span, paragraphs.get((first + lines).checked_sub(1)?)?.span);
        let ends_text = first + lines == paragraphs.len();
        let name = match first {
            0 => "Header",
            _ if ends_text => "Footer",
            _ => "Page furniture",
        };
        let span = if open { Span::new(from.start, from.start) } else { from.hull(to) };
        let fold = Some(Fold { name, lines, open });
        (lines > 1).then_some((Self { paragraph: first, span, first: false, last: true, ends_furniture: !open && !ends_text, fold }, lines))
    }

    /// Whether the words are hidden.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        self.fold.is_some_and(|fold| !fold.open)
    }
}

/// Cuts the paragraphs of `text` into blocks of at most 2,000 characters, at places where a line may break. Page
/// furniture in a row is one block unless it is `open`.
#[must_use]
pub fn cut(text: &str, geometry: &Geometry, open: bool) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(geometry.paragraphs().len());
    let mut furniture_to = 0;
    for (index, paragraph) in geometry.paragraphs().iter().enumerate() {
        if index >= furniture_to
            && let Some((head, lines)) = Block::head(geometry.paragraphs(), index, open)
        {
            blocks.push(head);
            furniture_to = index + lines;
        }
        if index < furniture_to && !open {
            continue;
        }
        let span = paragraph.span;
        let words = span.slice(text);
        let next = geometry.paragraphs().get(index + 1).map(|next| next.kind);
        let ends_furniture = paragraph.kind == ParagraphKind::Furniture && next.is_some_and(|next| next != ParagraphKind::Furniture);
        let block = |from: u32, to: u32| {
            let last = to == span.end;
            Block {
                paragraph: index,
                span: Span::new(from, to),
                first: from == span.start,
                last,
                ends_furniture: last && ends_furniture,
                fold: None,
            }
        };
        let mut from = span.start;
        if words.len() > LONGEST {
            for at in breaks(words) {
                let at = span.start + at;
                blocks.push(block(from, at));
                from = at;
            }
        }
        blocks.push(block(from, span.end));
    }
    blocks
}

/// Where a long paragraph is cut: bytes from its start.
fn breaks(words: &str) -> Vec<u32> {
    let mut cuts: Vec<usize> = Vec::new();
    // Where the piece begins, and where a line may break last: bytes and characters.
    let (mut from, mut last) = ((0, 0), (0, 0));
    for (at, _) in unicode_linebreak::linebreaks(words) {
        let word = words.get(last.0..at).unwrap_or_default();
        let here = (at, last.1 + word.chars().count());
        if here.1 - from.1 > LONGEST && last > from {
            cuts.push(last.0);
            from = last;
        }
        for (byte, _) in word.char_indices().step_by(LONGEST_WORD).skip(1) {
            let cut = u32::try_from(last.0 + byte).map_or(0, |cut| whole_character(words, cut) as usize);
            if cut > from.0 {
                cuts.push(cut);
                from = (cut, from.1 + LONGEST_WORD);
            }
        }
        last = here;
    }
    cuts.into_iter().filter_map(|cut| u32::try_from(cut).ok()).collect()
}

/// How the words of a paragraph are set.
pub struct Setting {
    /// The font.
    pub font: FontId,
    /// Height of a line in points.
    pub line: f32,
    /// From the left edge of the text.
    pub indent: f32,
    /// Above the first line of the paragraph.
    pub above: f32,
    /// Below the last line of the paragraph.
    pub below: f32,
}

impl Setting {
    /// How `paragraph` is set.
    #[must_use]
    pub fn of(tokens: &Tokens, paragraph: &Paragraph) -> Self {
        let space = &tokens.space;
        let reading = Self {
            font: tokens.font(Type::Reading),
            line: tokens.line_height(Type::Reading),
            indent: 0.0,
            above: 0.0,
            below: tokens.reading.gap_between_turns,
        };
        let level = f32::from(paragraph.level.max(1));
        let setting = Self::of_kind(tokens, paragraph, reading, level);
        let has_own_room = matches!(paragraph.kind, ParagraphKind::ListItem | ParagraphKind::KeyPoint | ParagraphKind::Turn);
        // A number stands in the room before the words.
        if has_own_room || !has_number(paragraph) { setting } else { Self { indent: setting.indent + space.six, ..setting } }
    }

    fn of_kind(tokens: &Tokens, paragraph: &Paragraph, reading: Self, level: f32) -> Self {
        let space = &tokens.space;
        match paragraph.kind {
            ParagraphKind::Heading if paragraph.level <= 1 => Self {
                font: tokens.font_in(Type::Title, family::READING_SEMIBOLD),
                line: tokens.line_height(Type::Title),
                above: space.three,
                ..reading
            },
            ParagraphKind::Heading => Self { font: tokens.font_in(Type::Reading, family::READING_SEMIBOLD), above: space.two, ..reading },
            ParagraphKind::ListItem | ParagraphKind::KeyPoint => Self { indent: space.five * level, below: space.two, ..reading },
            ParagraphKind::BlockQuote => {
                Self { font: tokens.font_in(Type::Reading, family::READING_ITALIC), indent: space.five, ..reading }
            }
            ParagraphKind::Boxed => Self { indent: space.three, ..reading },
            ParagraphKind::TableRow => {
                Self { font: tokens.font(Type::ReadingQuote), line: tokens.line_height(Type::ReadingQuote), below: space.one, ..reading }
            }
            ParagraphKind::Reference | ParagraphKind::Footnote => {
                Self { font: tokens.font(Type::Small), line: tokens.line_height(Type::Body), below: space.two, ..reading }
            }
            ParagraphKind::Furniture => {
                Self { font: tokens.font(Type::Micro), line: tokens.line_height(Type::Micro), below: space.half, ..reading }
            }
            ParagraphKind::Prose | ParagraphKind::Turn => reading,
        }
    }
}

/// A number is no longer than this, in bytes: "1.10.12.".
const LONGEST_NUMBER: u32 = 8;

/// Whether a number or a sign stands before the words of a paragraph.
#[must_use]
pub fn has_number(paragraph: &Paragraph) -> bool {
    let label = paragraph.label;
    !label.is_empty() && label.len() <= LONGEST_NUMBER && label.end <= paragraph.span.start
}

/// What a layout was made for; with another key it is made anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutKey {
    /// The text.
    pub text: BlobId,
    /// Its paragraphs.
    pub geometry: BlobId,
    /// Width of a line in points.
    pub width: f32,
    /// Room above a turn for its speaker, where there is no gutter for them.
    pub label: f32,
    /// Size of its words in points.
    pub size: f32,
    /// Physical pixels in a point.
    pub pixels: f32,
    /// Whether page furniture is unfolded.
    pub open: bool,
}

/// The blocks of the open text, laid out as far as they were seen.
#[derive(Default)]
pub struct Layout {
    key: Option<LayoutKey>,
    /// The blocks.
    pub blocks: Vec<Block>,
    galleys: Vec<Option<Arc<Galley>>>,
    /// The blocks that have a galley.
    laid: Vec<usize>,
    heights: Vec<f32>,
    tops: Vec<f32>,
    stale: bool,
    atlas: f32,
}

impl Layout {
    /// Makes the layout fit `key`; returns whether it was made anew.
    pub fn fit(&mut self, ui: &Ui, tokens: &Tokens, key: LayoutKey, text: &str, geometry: &Geometry) -> bool {
        // When the glyphs' picture is made anew, galleys point to the wrong places of it.
        let atlas = ui.fonts_mut(|fonts| fonts.font_atlas_fill_ratio());
        let same_glyphs = atlas >= self.atlas;
        self.atlas = atlas;
        if self.key == Some(key) && same_glyphs {
            return false;
        }
        let same_text = self.key.is_some_and(|old| (old.text, old.geometry, old.open) == (key.text, key.geometry, key.open));
        if !same_text {
            self.blocks = cut(text, geometry, key.open);
        }
        self.key = Some(key);
        self.galleys = vec![None; self.blocks.len()];
        self.laid.clear();
        self.heights = self.blocks.iter().map(|block| estimate(tokens, geometry, block, key)).collect();
        self.stale = true;
        true
    }

    /// Number of blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The block that holds byte `offset`, or the last one before it.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> usize {
        self.blocks.partition_point(|block| block.span.start <= offset).saturating_sub(1)
    }

    /// The block that begins at byte `offset`, a fold's head before what it unfolds; else the one that holds it.
    #[must_use]
    pub fn first_at(&self, offset: u32) -> usize {
        let first = self.blocks.partition_point(|block| block.span.start < offset);
        if self.blocks.get(first).is_some_and(|block| block.span.start == offset) { first } else { self.block_at(offset) }
    }

    /// Height of a block with the room above and below, measured or estimated.
    #[must_use]
    pub fn height(&self, index: usize) -> f32 {
        self.heights.get(index).copied().unwrap_or(0.0)
    }

    /// The galley of a block, if it has been laid out.
    #[must_use]
    pub fn galley(&self, index: usize) -> Option<&Arc<Galley>> {
        self.galleys.get(index)?.as_ref()
    }

    /// From the top of the text to the top of each block, and to the end.
    pub fn tops(&mut self) -> &[f32] {
        if self.stale {
            self.stale = false;
            self.tops.clear();
            let mut top = 0.0;
            for height in &self.heights {
                self.tops.push(top);
                top += height;
            }
            self.tops.push(top);
        }
        &self.tops
    }

    /// Room above the words of a block.
    #[must_use]
    pub fn above(&self, tokens: &Tokens, geometry: &Geometry, index: usize) -> f32 {
        let (Some(block), Some(key)) = (self.blocks.get(index), &self.key) else { return 0.0 };
        let Some(paragraph) = geometry.paragraphs().get(block.paragraph) else { return 0.0 };
        if block.first { Setting::of(tokens, paragraph).above + label_room(paragraph, key) } else { 0.0 }
    }

    /// Lays out a block, if it is not yet.
    pub fn lay_out(&mut self, ui: &Ui, tokens: &Tokens, text: &str, geometry: &Geometry, index: usize) {
        if self.galley(index).is_some() {
            return;
        }
        let (Some(block), Some(key)) = (self.blocks.get(index).copied(), self.key) else { return };
        let Some(paragraph) = geometry.paragraphs().get(block.paragraph) else { return };
        let setting = Setting::of(tokens, paragraph);
        let format = TextFormat { line_height: Some(setting.line), ..TextFormat::simple(setting.font.clone(), Color32::PLACEHOLDER) };
        let mut job = match block.fold {
            Some(fold) => LayoutJob::single_section(fold.title(), format),
            None => styled::job(text, block.span, format, geometry, has_italics(ui.ctx())),
        };
        job.wrap.max_width = key.width - setting.indent;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let mut height = galley.size().y;
        if block.first {
            height += setting.above + label_room(paragraph, &key);
        }
        height += room_below(tokens, &block, &setting);
        if let (Some(slot), Some(old)) = (self.galleys.get_mut(index), self.heights.get_mut(index)) {
            self.stale |= (*old - height).abs() > f32::EPSILON;
            (*slot, *old) = (Some(galley), height);
            self.laid.push(index);
        }
    }

    /// Lets go of galleys far from the blocks in view.
    pub fn forget_beyond(&mut self, visible: &std::ops::Range<usize>) {
        const KEPT: usize = 60;
        let (first, last) = (visible.start.saturating_sub(KEPT), visible.end + KEPT);
        let galleys = &mut self.galleys;
        self.laid.retain(|index| {
            let near = (first..=last).contains(index);
            if let Some(galley) = galleys.get_mut(*index).filter(|_| !near) {
                *galley = None;
            }
            near
        });
    }
}

fn label_room(paragraph: &Paragraph, key: &LayoutKey) -> f32 {
    if paragraph.kind == ParagraphKind::Turn { key.label } else { 0.0 }
}

fn room_below(tokens: &Tokens, block: &Block, setting: &Setting) -> f32 {
    let own = if block.last { setting.below } else { 0.0 };
    own + if block.ends_furniture { tokens.reading.gap_between_turns } else { 0.0 }
}

/// How wide a letter is on average, in sizes of the type.
const LETTER: f32 = 0.46;

fn estimate(tokens: &Tokens, geometry: &Geometry, block: &Block, key: LayoutKey) -> f32 {
    let Some(paragraph) = geometry.paragraphs().get(block.paragraph) else { return 0.0 };
    let setting = Setting::of(tokens, paragraph);
    // A letter of running text is a little under half as wide as it is high.
    let letters = ((key.width - setting.indent) / (setting.font.size * LETTER)).max(1.0);
    let lines = if block.fold.is_some() { 1.0 } else { (block.span.len() as f32 / letters).ceil().max(1.0) };
    let edges = if block.first { setting.above + label_room(paragraph, &key) } else { 0.0 } + room_below(tokens, block, &setting);
    lines.mul_add(setting.line, edges)
}

/// A clock for the layout of one frame.
pub struct Budget(Instant);

impl Budget {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Whether there is time left.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.0.elapsed() < BUDGET
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{NO_SPEAKER, Voice};

    fn one_paragraph(text: &str) -> Geometry {
        let span = Span::of(0..text.len()).trimmed(text);
        let paragraph =
            Paragraph { span, label: Span::default(), kind: ParagraphKind::Prose, level: 0, voice: Voice::Author, speaker: NO_SPEAKER };
        Geometry::new(text, vec![paragraph], vec![], vec![]).unwrap()
    }

    proptest! {
        #[test]
        fn blocks_are_the_paragraph_in_pieces(words in proptest::collection::vec("[a-zäé😀]{1,12}", 1..1200)) {
            let text = words.join(" ");
            let geometry = one_paragraph(&text);
            let blocks = cut(&text, &geometry, false);
            let joined: String = blocks.iter().map(|block| block.span.slice(&text)).collect();
            prop_assert_eq!(&joined, geometry.paragraphs()[0].span.slice(&text));
            prop_assert!(blocks.iter().all(|block| block.span.slice(&text).chars().count() <= LONGEST));
            prop_assert_eq!(blocks.iter().filter(|block| block.first).count(), 1);
            prop_assert!(blocks.last().is_some_and(|block| block.last));
            let may_break: Vec<_> = unicode_linebreak::linebreaks(&text).map(|(at, _)| at).collect();
            prop_assert!(blocks.iter().all(|block| may_break.contains(&(block.span.end as usize))));
        }
    }

    #[test]
    fn furniture_in_a_row_is_one_line_until_it_is_unfolded() {
        let check = |kinds: &str, folded: &[&str], open: usize| {
            let text: String = kinds.chars().flat_map(|kind| [kind, '\n']).collect();
            let paragraph = |(at, kind): (usize, char)| Paragraph {
                span: Span::of(2 * at..2 * at + 1),
                label: Span::default(),
                kind: if kind == 'f' { ParagraphKind::Furniture } else { ParagraphKind::Prose },
                level: 0,
                voice: Voice::Author,
                speaker: NO_SPEAKER,
            };
            let geometry = Geometry::new(&text, kinds.chars().enumerate().map(paragraph).collect(), vec![], vec![]).unwrap();
            let blocks = cut(&text, &geometry, false);
            let shown: Vec<_> =
                blocks.iter().map(|block| block.fold.map_or_else(|| block.span.slice(&text).to_owned(), |fold| fold.title())).collect();
            assert_eq!(shown, folded, "{kinds}");
            assert_eq!(cut(&text, &geometry, true).len(), open, "{kinds}");
        };
        check("fffpp", &["Header, 3 lines", "p", "p"], 6);
        check("fpff", &["f", "p", "Footer, 2 lines"], 5);
        check("pffp", &["p", "Page furniture, 2 lines", "p"], 5);
        check("ff", &["Header, 2 lines"], 3);
    }

    #[test]
    fn a_word_of_a_whole_book_is_cut_between_its_letters() {
        let check = |letter: &str, many: usize| {
            let text = format!("Well, {}. And then?", letter.repeat(many));
            let blocks = cut(&text, &one_paragraph(&text), false);
            let joined: String = blocks.iter().map(|block| block.span.slice(&text)).collect();
            assert_eq!(joined, text);
            for block in &blocks {
                let words = block.span.slice(&text);
                assert!(words.chars().count() <= LONGEST_WORD + LONGEST, "{} characters", words.chars().count());
                assert!(!words.starts_with('\u{301}') && !words.is_empty());
            }
            assert!(blocks.len() > many / LONGEST_WORD);
        };
        check("a", 200_000);
        check("é", 50_000);
        check("e\u{301}", 30_001);
        check("س", 50_000);
    }

    #[test]
    fn a_word_without_end_stays_whole() {
        let text = "a".repeat(5_000);
        assert_eq!(cut(&text, &one_paragraph(&text), false).len(), 1);
    }
}
