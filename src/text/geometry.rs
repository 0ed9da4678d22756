use super::paragraphs::{Anchor, NO_SPEAKER, Paragraph, ParagraphKind, Style, Styled, Voice};
use super::ranks::RankedBits;
use super::span::Span;
use super::words::{length, word_spans};

/// The first bytes of a stored geometry: a name and the version of the format.
const MAGIC: &[u8; 8] = b"THGEOM\x00\x01";

/// The same, where the text is bold or italic somewhere. A text that is not is stored as ever, so that its blob stays the same.
const STYLED_MAGIC: &[u8; 8] = b"THGEOM\x00\x02";

/// What has to be known of a text without reading it: its paragraphs and where words begin and end.
///
/// A geometry is immutable; a correction of the text or of its paragraphs makes a new revision with a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geometry {
    len: u32,
    paragraphs: Vec<Paragraph>,
    anchors: Vec<Anchor>,
    labels: Vec<Box<str>>,
    /// The stretches of each of [`Style::ALL`], in order and apart from each other.
    styles: [Vec<Span>; Style::ALL.len()],
    /// Bits at the first byte of every word of a paragraph.
    starts: RankedBits,
    /// Bits at the last byte of every word of a paragraph.
    ends: RankedBits,
}

/// Why a geometry cannot be made or read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum GeometryError {
    /// A paragraph is empty, out of order, or not on character boundaries of the text.
    #[error("paragraph {0} does not fit the text")]
    Misplaced(usize),
    /// A stretch that is bold or italic is not on character boundaries of the text.
    #[error("the bold or italic words at byte {0} do not fit the text")]
    MisplacedStyle(u32),
    /// Stored bytes that are no geometry, or of a newer version.
    #[error("the stored paragraphs cannot be read")]
    Unreadable,
}

impl Geometry {
    /// The geometry of `text` with the given paragraphs, speaker labels and time stamps.
    ///
    /// # Errors
    /// [`GeometryError::Misplaced`] when paragraphs overlap, are empty, or do not fit the text.
    pub fn new(text: &str, paragraphs: Vec<Paragraph>, anchors: Vec<Anchor>, labels: Vec<Box<str>>) -> Result<Self, GeometryError> {
        let (starts, ends) = words_of(text, &paragraphs, labels.len(), |word| !is_stamp(&anchors, word))?;
        Ok(Self { len: length(text), paragraphs, anchors, labels, styles: Default::default(), starts, ends })
    }

    /// The same with words of `text` that are bold or italic, in any order; stretches of one style that touch become one.
    ///
    /// # Errors
    /// [`GeometryError::MisplacedStyle`] when one does not fit the text.
    pub fn with_styles(mut self, text: &str, styles: &[Styled]) -> Result<Self, GeometryError> {
        if let Some(wrong) = styles.iter().find(|styled| text.get(styled.span.range()).is_none()) {
            return Err(GeometryError::MisplacedStyle(wrong.span.start));
        }
        for (style, kept) in Style::ALL.into_iter().zip(&mut self.styles) {
            let mut spans: Vec<Span> = styles.iter().filter(|styled| styled.style == style).map(|styled| styled.span).collect();
            spans.retain(|span| !span.is_empty());
            spans.sort_unstable();
            kept.clear();
            for span in spans {
                match kept.last_mut() {
                    Some(last) if last.end >= span.start => *last = last.hull(span),
                    _ => kept.push(span),
                }
            }
        }
        Ok(self)
    }

    /// The same text with its paragraphs cut otherwise. What was no word, a label or a time stamp, is none now, also where
    /// it comes to lie inside of a paragraph; only furniture that is none any more brings its words.
    ///
    /// # Errors
    /// [`GeometryError::Misplaced`] when paragraphs overlap, are empty, or do not fit the text.
    pub fn reshaped(&self, text: &str, paragraphs: Vec<Paragraph>) -> Result<Self, GeometryError> {
        let was_furniture = |word: Span| {
            let before = self.paragraph_at(word.start).and_then(|index| self.paragraphs.get(index));
            before.is_some_and(|before| before.kind == ParagraphKind::Furniture && before.span.covers(word))
        };
        let was_word = |word: Span| self.starts.next(word.start) == Some(word.start);
        let is_word = |word: Span| was_word(word) || was_furniture(word) && !is_stamp(&self.anchors, word);
        let (starts, ends) = words_of(text, &paragraphs, self.labels.len(), is_word)?;
        let (anchors, labels) = (self.anchors.clone(), self.labels.clone());
        Ok(Self { len: self.len, paragraphs, anchors, labels, styles: self.styles.clone(), starts, ends })
    }

    /// The geometry of no text at all.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            len: 0,
            paragraphs: Vec::new(),
            anchors: Vec::new(),
            labels: Vec::new(),
            styles: Default::default(),
            starts: RankedBits::default(),
            ends: RankedBits::default(),
        }
    }

    /// Length of the text in bytes.
    #[must_use]
    pub const fn text_len(&self) -> u32 {
        self.len
    }

    /// The paragraphs in order; their numbers on screen are their indices plus one.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The time stamps in order.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// The last time stamp at or before byte `offset`.
    #[must_use]
    pub fn anchor_before(&self, offset: u32) -> Option<Anchor> {
        let at = self.anchors.partition_point(|anchor| anchor.span.start <= offset).checked_sub(1)?;
        self.anchors.get(at).copied()
    }

    /// The time stamps that are written within `span`, each as far as it is, in order.
    pub fn stamps_in(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self.anchors.partition_point(|anchor| anchor.span.end <= span.start);
        let stamps = self.anchors.iter().skip(first).map(|anchor| anchor.span);
        stamps.take_while(move |stamp| stamp.start < span.end).filter_map(move |stamp| stamp.intersection(span))
    }

    /// What of `span` is no time stamp, in order: the words between stamps, without the white space that stands round these.
    #[must_use]
    pub fn unstamped(&self, text: &str, span: Span) -> Vec<Span> {
        let (mut pieces, mut from) = (Vec::new(), span.start);
        for stamp in self.stamps_in(span) {
            pieces.push(Span::new(from, stamp.start.max(from)));
            from = from.max(stamp.end);
        }
        pieces.push(Span::new(from, span.end));
        pieces.into_iter().map(|piece| piece.trimmed(text)).filter(|piece| !piece.is_empty()).collect()
    }

    /// The labels of speakers as written, without colon; paragraphs refer to them by index.
    #[must_use]
    pub fn labels(&self) -> &[Box<str>] {
        &self.labels
    }

    /// Where the text is bold or italic, style by style, in order.
    pub fn styles(&self) -> impl Iterator<Item = Styled> + '_ {
        Style::ALL.into_iter().flat_map(|style| self.styled_in(style, Span::new(0, self.len)).map(move |span| Styled { span, style }))
    }

    /// The stretches of `span` that are set in `style`, each as far as it lies within it, in order.
    pub fn styled_in(&self, style: Style, span: Span) -> impl Iterator<Item = Span> + '_ {
        let all = Style::ALL.iter().zip(&self.styles).find(|(of, _)| **of == style).map_or(&[][..], |(_, all)| all.as_slice());
        let first = all.partition_point(|styled| styled.end <= span.start);
        let near = all.iter().skip(first).take_while(move |styled| styled.start < span.end);
        near.filter_map(move |styled| styled.intersection(span))
    }

    /// Index of the paragraph that holds byte `offset`, or of the last one that begins before it; `None` before the first.
    #[must_use]
    pub fn paragraph_at(&self, offset: u32) -> Option<usize> {
        self.paragraphs.partition_point(|paragraph| paragraph.span.start <= offset).checked_sub(1)
    }

    /// Indices of the paragraphs that share a byte with `span`.
    #[must_use]
    pub fn paragraphs_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.paragraphs.partition_point(|paragraph| paragraph.span.end <= span.start);
        let last = self.paragraphs.partition_point(|paragraph| paragraph.span.start < span.end);
        first..last.max(first)
    }

    /// Number of words that lie whole within `span`, counting no furniture, labels or time stamps.
    #[must_use]
    pub fn words_in(&self, span: Span) -> u32 {
        // Words are in order and do not overlap, so those that end in time less those that began too early remain.
        self.ends.before(span.end).saturating_sub(self.starts.before(span.start))
    }

    /// The words that lie whole within `span`, from the first to the last; `None` when there are none. Furniture, labels and
    /// time stamps are no words.
    #[must_use]
    pub fn words_within(&self, span: Span) -> Option<Span> {
        let (start, last) = (self.starts.next(span.start)?, self.ends.last_before(span.end)?);
        (start <= last).then_some(Span { start, end: last + 1 })
    }

    /// The geometry as bytes, little-endian, to be stored as a blob.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let is_styled = self.styles.iter().any(|spans| !spans.is_empty());
        let mut bytes = if is_styled { STYLED_MAGIC } else { MAGIC }.to_vec();
        put(&mut bytes, self.len);
        put_len(&mut bytes, self.labels.len());
        for label in &self.labels {
            put_len(&mut bytes, label.len());
            bytes.extend_from_slice(label.as_bytes());
        }
        put_len(&mut bytes, self.paragraphs.len());
        for paragraph in &self.paragraphs {
            put_span(&mut bytes, paragraph.span);
            put_span(&mut bytes, paragraph.label);
            bytes.push(position(&ParagraphKind::ALL, &paragraph.kind));
            bytes.push(paragraph.level);
            bytes.push(position(&Voice::ALL, &paragraph.voice));
            bytes.push(0);
            bytes.extend_from_slice(&paragraph.speaker.to_le_bytes());
        }
        put_len(&mut bytes, self.anchors.len());
        for anchor in &self.anchors {
            put_span(&mut bytes, anchor.span);
            put(&mut bytes, anchor.time);
        }
        for bits in [&self.starts, &self.ends] {
            put_len(&mut bytes, bits.bits().len());
            bytes.extend(bits.bits().iter().flat_map(|word| word.to_le_bytes()));
        }
        for spans in self.styles.iter().filter(|_| is_styled) {
            put_len(&mut bytes, spans.len());
            for span in spans {
                put_span(&mut bytes, *span);
            }
        }
        bytes
    }

    /// The geometry that [`Geometry::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`GeometryError::Unreadable`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, GeometryError> {
        Reader { bytes }.geometry().ok_or(GeometryError::Unreadable)
    }
}

/// Where the words of paragraphs begin and end. Furniture has none.
fn words_of(
    text: &str,
    paragraphs: &[Paragraph],
    labels: usize,
    is_word: impl Fn(Span) -> bool,
) -> Result<(RankedBits, RankedBits), GeometryError> {
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    let mut last = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let words = text.get(paragraph.span.range()).filter(|words| !words.trim().is_empty());
        let known = paragraph.speaker == NO_SPEAKER || usize::from(paragraph.speaker) < labels;
        let words = words.filter(|_| known && paragraph.span.start >= last).ok_or(GeometryError::Misplaced(index))?;
        last = paragraph.span.end;
        if paragraph.kind != ParagraphKind::Furniture {
            for word in word_spans(words) {
                let word = Span::new(word.start + paragraph.span.start, word.end + paragraph.span.start);
                if is_word(word) {
                    starts.push(word.start);
                    ends.push(word.end - 1);
                }
            }
        }
    }
    let len = length(text);
    Ok((RankedBits::new(len, starts.into_iter()), RankedBits::new(len, ends.into_iter())))
}

fn is_stamp(anchors: &[Anchor], word: Span) -> bool {
    let next = anchors.partition_point(|anchor| anchor.span.end <= word.start);
    anchors.get(next).is_some_and(|anchor| anchor.span.overlaps(word))
}

fn put(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put_len(bytes: &mut Vec<u8>, length: usize) {
    put(bytes, super::span::clamp(length));
}

fn put_span(bytes: &mut Vec<u8>, span: Span) {
    put(bytes, span.start);
    put(bytes, span.end);
}

/// Number on disk of `item`, which is one of `all`.
fn position<T: PartialEq>(all: &[T], item: &T) -> u8 {
    all.iter().position(|other| other == item).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

struct Reader<'bytes> {
    bytes: &'bytes [u8],
}

impl<'bytes> Reader<'bytes> {
    fn geometry(mut self) -> Option<Geometry> {
        let is_styled = match self.take(MAGIC.len())? {
            magic if magic == MAGIC => false,
            magic if magic == STYLED_MAGIC => true,
            _ => return None,
        };
        let len = self.number()?;
        let labels = self.list(4, |reader| {
            let length = reader.number()? as usize;
            Some(Box::from(std::str::from_utf8(reader.take(length)?).ok()?))
        })?;
        let paragraphs = self.list(22, |reader| {
            Some(Paragraph {
                span: reader.span()?,
                label: reader.span()?,
                kind: *ParagraphKind::ALL.get(usize::from(reader.byte()?))?,
                level: reader.byte()?,
                voice: *Voice::ALL.get(usize::from(reader.byte()?))?,
                speaker: {
                    reader.byte()?;
                    u16::from_le_bytes(reader.take(2)?.try_into().ok()?)
                },
            })
        })?;
        let anchors = self.list(12, |reader| Some(Anchor { span: reader.span()?, time: reader.number()? }))?;
        let starts = RankedBits::from_bits(self.list(8, Self::word)?);
        let ends = RankedBits::from_bits(self.list(8, Self::word)?);
        let mut styles: [Vec<Span>; Style::ALL.len()] = Default::default();
        for spans in styles.iter_mut().filter(|_| is_styled) {
            *spans = self.list(8, Self::span)?;
            let in_order = spans.windows(2).all(|pair| matches!(pair, [one, next] if one.end <= next.start));
            if !in_order || spans.last().is_some_and(|last| last.end > len) {
                return None;
            }
        }
        Some(Geometry { len, paragraphs, anchors, labels, styles, starts, ends })
    }

    fn take(&mut self, length: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn word(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    fn span(&mut self) -> Option<Span> {
        let (start, end) = (self.number()?, self.number()?);
        (start <= end).then_some(Span { start, end })
    }

    /// A counted list whose items take at least `smallest` bytes, so that a false count cannot ask for all memory.
    fn list<T>(&mut self, smallest: usize, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()? as usize;
        if count > self.bytes.len() / smallest {
            return None;
        }
        (0..count).map(|_| item(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(start: u32, end: u32, voice: Voice) -> Paragraph {
        Paragraph { span: Span::new(start, end), label: Span::default(), kind: ParagraphKind::Turn, level: 0, voice, speaker: NO_SPEAKER }
    }

    fn sample() -> (String, Geometry) {
        let text = "I: How’s that?\nR: Fine. [00:12] Aye, fine.\n".to_owned();
        let anchors = vec![Anchor { span: Span::new(26, 33), time: 12_000 }];
        let paragraphs = vec![paragraph(3, 16, Voice::Interviewer), paragraph(20, 44, Voice::Participant)];
        let geometry = Geometry::new(&text, paragraphs, anchors, vec!["I".into(), "R".into()]);
        (text, geometry.unwrap())
    }

    #[test]
    fn what_is_no_stamp_is_cut_where_stamps_are() {
        let text = "A [1] b[2][3] [4]";
        let anchors = text.match_indices('[').map(|(at, _)| Anchor { span: Span::of(at..at + 3), time: 0 }).collect();
        let geometry = Geometry::new(text, vec![paragraph(0, 17, Voice::Participant)], anchors, Vec::new()).unwrap();
        let pieces =
            |start, end| geometry.unstamped(text, Span::new(start, end)).into_iter().map(|piece| piece.slice(text)).collect::<Vec<_>>();
        assert_eq!(pieces(0, 17), ["A", "b"]);
        // Also where a span begins or ends within a stamp, or holds nothing else.
        assert_eq!((pieces(3, 8), pieces(7, 17), pieces(0, 1)), (vec!["b"], vec![], vec!["A"]));
        assert_eq!(geometry.stamps_in(Span::new(4, 8)).collect::<Vec<_>>(), [Span::new(4, 5), Span::new(7, 8)]);
    }

    #[test]
    fn words_are_whole_and_never_labels_or_stamps() {
        let (text, geometry) = sample();
        let second = geometry.paragraphs()[1].span;
        assert_eq!(second.slice(&text), "Fine. [00:12] Aye, fine.");
        assert_eq!(geometry.words_in(Span::new(0, geometry.text_len())), 2 + 3);
        assert_eq!(geometry.words_in(second), 3);
        assert_eq!(geometry.words_in(Span::new(20, 23)), 0, "a part of a word is no word");
        assert_eq!(geometry.words_in(Span::new(21, 44)), 2);
        assert_eq!(geometry.words_within(Span::new(21, 44)).map(|span| span.slice(&text)), Some("Aye, fine"));
        assert_eq!(geometry.words_within(Span::new(21, 36)), None);
    }

    #[test]
    fn times_are_those_of_the_stamp_before_and_written_as_players_do() {
        let (_, geometry) = sample();
        let clock = |offset| geometry.anchor_before(offset).map(Anchor::clock);
        assert_eq!([clock(25), clock(26), clock(44)], [None, Some("0:12".into()), Some("0:12".into())]);
        for (time, words) in [(0, "0:00"), (61_500, "1:01"), (3_600_000, "1:00:00"), (5_025_000, "1:23:45")] {
            assert_eq!(Anchor { span: Span::default(), time }.clock(), words);
        }
    }

    #[test]
    fn paragraphs_are_found_by_offset_and_span() {
        let (_, geometry) = sample();
        assert_eq!(geometry.paragraph_at(0), None);
        assert_eq!(geometry.paragraph_at(17), Some(0));
        assert_eq!(geometry.paragraphs_in(Span::new(10, 21)), 0..2);
        assert_eq!(geometry.paragraphs_in(Span::new(16, 20)), 1..1);
    }

    #[test]
    fn bytes_bring_it_back_and_rubbish_is_refused() {
        let (_, geometry) = sample();
        let bytes = geometry.to_bytes();
        assert_eq!(Geometry::from_bytes(&bytes), Ok(geometry));
        for cut in 0..bytes.len() {
            assert_eq!(Geometry::from_bytes(&bytes[..cut]), Err(GeometryError::Unreadable));
        }
    }

    #[test]
    fn bold_and_italic_words_are_kept_and_a_text_without_any_is_stored_as_ever() {
        let (text, plain) = sample();
        let set = |start, end, style| Styled { span: Span::new(start, end), style };
        let styles = [set(34, 38, Style::Italic), set(20, 25, Style::Bold), set(22, 43, Style::Bold), set(3, 3, Style::Italic)];
        let geometry = plain.clone().with_styles(&text, &styles).unwrap();
        let kept = [set(20, 43, Style::Bold), set(34, 38, Style::Italic)];
        assert_eq!(geometry.styles().collect::<Vec<_>>(), kept);
        assert_eq!(geometry.styled_in(Style::Bold, Span::new(0, 30)).collect::<Vec<_>>(), [Span::new(20, 30)]);
        assert_eq!(geometry.styled_in(Style::Italic, Span::new(38, 44)).count(), 0);
        let bytes = geometry.to_bytes();
        assert_eq!((bytes.get(7), plain.to_bytes().get(7)), (Some(&2), Some(&1)));
        assert_eq!(plain.clone().with_styles(&text, &[]).unwrap().to_bytes(), plain.to_bytes());
        assert_eq!(Geometry::from_bytes(&bytes), Ok(geometry.clone()));
        for cut in 0..bytes.len() {
            assert_eq!(Geometry::from_bytes(&bytes[..cut]), Err(GeometryError::Unreadable));
        }
        // Otherwise cut, the words are as bold as they were.
        let joined = geometry.reshaped(&text, vec![paragraph(3, 44, Voice::Participant)]).unwrap();
        assert_eq!(joined.styles().collect::<Vec<_>>(), kept);
        // The sign before “s” has three bytes.
        let cut = plain.clone().with_styles(&text, &[set(7, 8, Style::Bold)]);
        assert_eq!(cut, Err(GeometryError::MisplacedStyle(7)));
        assert_eq!(plain.with_styles(&text, &[set(40, 99, Style::Bold)]), Err(GeometryError::MisplacedStyle(40)));
    }

    #[test]
    fn labels_that_come_to_lie_inside_of_a_paragraph_are_still_no_words() {
        let (text, geometry) = sample();
        let joined = Paragraph { span: Span::new(3, 44), ..paragraph(3, 44, Voice::Participant) };
        let joined = geometry.reshaped(&text, vec![joined]).unwrap();
        assert_eq!(joined.words_in(Span::new(0, 44)), 2 + 3, "neither “R” nor the time");
        let parted =
            vec![paragraph(3, 16, Voice::Interviewer), paragraph(20, 25, Voice::Participant), paragraph(26, 44, Voice::Participant)];
        let parted = joined.reshaped(&text, parted).unwrap();
        assert_eq!(parted.words_in(Span::new(0, 44)), 2 + 3);
        let furniture = |kind| vec![Paragraph { kind, ..paragraph(20, 44, Voice::Participant) }];
        let without = geometry.reshaped(&text, furniture(ParagraphKind::Furniture)).unwrap();
        assert_eq!(without.words_in(Span::new(0, 44)), 0);
        assert_eq!(without.reshaped(&text, furniture(ParagraphKind::Turn)).unwrap().words_in(Span::new(0, 44)), 3);
    }

    #[test]
    fn overlapping_paragraphs_are_refused() {
        let paragraphs = vec![paragraph(0, 5, Voice::Author), paragraph(4, 8, Voice::Author)];
        assert_eq!(Geometry::new("one two three", paragraphs, vec![], vec![]), Err(GeometryError::Misplaced(1)));
    }
}
