use super::super::draft::{Draft, DraftSpeaker, Problem};
use super::super::units::{Hint, Unit};
use super::attribution::{self, Attribution, Says};
use super::blocks::{self, Indents};
use super::furniture;
use super::headings::{self, Section, section};
use super::quotes::{self, Piece};
use crate::analysis::quotes::Aside;
use crate::study::SourceForm;
use crate::text::{NO_SPEAKER, Paragraph, ParagraphKind, Span, Voice};

/// An attribution whose group is still to be found among those of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Mention {
    /// Index of the speaker it is.
    pub(in super::super) speaker: usize,
    /// Line of its first quote.
    pub(in super::super) line: usize,
    /// How many quotes have it.
    pub(in super::super) quotes: usize,
    /// What it says.
    pub(in super::super) says: Says,
}

/// Reads the units behind the header as a report.
pub(in super::super) fn read(draft: &mut Draft, units: &[Unit], header: usize) -> Vec<Mention> {
    draft.form = SourceForm::Report;
    let text = std::mem::take(&mut draft.text);
    let body = quotes::joined(&text, units.get(header..).unwrap_or_default());
    let mut reader = Reader::new(&text, &body);
    for unit in units.iter().take(header) {
        reader.furnish(unit);
    }
    let mut index = 0;
    while let Some(unit) = body.get(index) {
        index += reader.unit(index, unit).max(1);
    }
    reader.count_nameless();
    draft.paragraphs = reader.paragraphs;
    draft.speakers = reader.speakers;
    draft.problems.append(&mut reader.problems);
    let mentions = reader.mentions;
    draft.text = text;
    mentions
}

struct Reader<'text> {
    text: &'text str,
    units: &'text [Unit],
    furniture: Vec<bool>,
    cells: Vec<bool>,
    paragraphs: Vec<Paragraph>,
    speakers: Vec<DraftSpeaker>,
    mentions: Vec<Mention>,
    problems: Vec<Problem>,
    section: Option<Section>,
    /// Whether a box is open; its title alone waits for a paragraph of its own.
    boxed: Option<BoxPart>,
    /// Level of the last numbered heading; those without number are one below it.
    chapter: u8,
    indents: Indents,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BoxPart {
    Title,
    Words,
}

fn empty(span: Span) -> Span {
    Span::new(span.start, span.start)
}

impl<'text> Reader<'text> {
    fn new(text: &'text str, units: &'text [Unit]) -> Self {
        Self {
            text,
            units,
            furniture: furniture::contents(text, units),
            cells: headings::cells(text, units),
            paragraphs: Vec::new(),
            speakers: Vec::new(),
            mentions: Vec::new(),
            problems: Vec::new(),
            section: None,
            boxed: None,
            chapter: 1,
            indents: Indents::default(),
        }
    }

    /// Reads the unit at `index`; returns how many units were taken, where that is more than one.
    fn unit(&mut self, index: usize, unit: &Unit) -> usize {
        let words = unit.slice(self.text);
        let is = |marks: &[bool]| marks.get(index).copied().unwrap_or(false);
        if let Some(aside) = unit.aside() {
            self.beside(unit, aside);
        } else if index == 0 && unit.gap_before && headings::is_title(words) && headings::number(self.text, unit.span).is_none() {
            self.heading(unit, unit.mark, unit.span, 1, index);
        } else if is(&self.furniture) || furniture::is_furniture(words) {
            self.furnish(unit);
        } else if self.section != Some(Section::References) && (is(&self.cells) || unit.hint == Hint::Row || self.is_row(unit)) {
            self.indents.clear();
            self.push(unit.span, unit.mark, ParagraphKind::TableRow, 0);
        } else if words.chars().all(|c| c.is_ascii_digit()) {
            // A number alone that is in no table is that of a page.
            self.furnish(unit);
        } else if self.late_attribution(unit) || self.open_heading(unit, index) || self.aside(unit) {
        } else if let Some(taken) = self.long_quote(index, unit) {
            return taken;
        } else {
            self.words(unit);
        }
        1
    }

    /// A note, or a paragraph of a text box with the quotes in it.
    fn beside(&mut self, unit: &Unit, aside: Aside) {
        if !matches!(aside, Aside::TextBox(_)) {
            return self.push(unit.span, unit.mark, ParagraphKind::Footnote, 0);
        }
        let mut label = unit.mark;
        for Piece { span, quote, attribution } in quotes::split(self.text, unit.span) {
            if quote {
                self.quote(span, attribution.as_ref(), unit.line);
            } else {
                self.push(span, std::mem::replace(&mut label, empty(span)), ParagraphKind::Boxed, 0);
            }
        }
    }

    /// A row of a table with tabs; the tab behind a number or bullet makes none.
    fn is_row(&self, unit: &Unit) -> bool {
        let numbered = headings::number(self.text, unit.span).map(|number| number.words);
        let words = numbered.or_else(|| blocks::bullet(self.text, unit.span).map(|marked| marked.words)).unwrap_or(unit.span);
        words.slice(self.text).contains('\t') || blocks::is_caption(unit.slice(self.text))
    }

    /// An attribution on a line of its own belongs to the quote before it.
    fn late_attribution(&mut self, unit: &Unit) -> bool {
        let waits = self.paragraphs.last().is_some_and(|last| last.kind == ParagraphKind::BlockQuote && last.label.is_empty());
        let Some(found) = attribution::alone(self.text, unit.span).filter(|_| waits) else { return false };
        let (voice, speaker) = self.whose(Some(&found), unit.line);
        if let Some(last) = self.paragraphs.last_mut() {
            (last.label, last.voice, last.speaker) = (found.span, voice, speaker);
        }
        true
    }

    fn open_heading(&mut self, unit: &Unit, index: usize) -> bool {
        let words = unit.slice(self.text);
        let title_of_box = blocks::begins_box(words) == Some(true);
        if title_of_box {
            self.boxed = Some(BoxPart::Title);
            self.push(unit.span, unit.mark, ParagraphKind::Boxed, 0);
            return true;
        }
        let number = headings::number(self.text, unit.span).filter(|number| headings::is_title(number.words.slice(self.text)));
        let apart = unit.gap_before && unit.gap_after;
        let in_references = self.section == Some(Section::References);
        let asks = words.ends_with('?') && (self.boxed.is_some() || self.section == Some(Section::Questions));
        let no_title = asks || blocks::begins_box(words).is_some();
        if let Some(number) = number.filter(|number| number.section || apart || matches!(unit.hint, Hint::Heading(_))) {
            self.chapter = number.depth;
            self.heading(unit, number.label, number.words, number.depth, index);
        } else if let Hint::Heading(level) = unit.hint {
            self.heading(unit, unit.mark, unit.span, level, index);
        } else if self.names_section(words, index)
            || apart && !no_title && headings::is_title(words) && (!in_references || headings::is_capitals(words))
        {
            let is_item = unit.hint != Hint::None || blocks::bullet(self.text, unit.span).is_some();
            if is_item {
                return false;
            }
            self.heading(unit, unit.mark, unit.span, self.chapter.saturating_add(1), index);
        } else {
            return false;
        }
        true
    }

    /// Whether a line is a heading by its words, also without blank lines around it.
    fn names_section(&self, words: &str, index: usize) -> bool {
        match section(words) {
            None | Some(Section::Other | Section::Contents) => false,
            Some(Section::References) => blocks::are_references(self.text, self.units, index),
            Some(_) => true,
        }
    }

    fn heading(&mut self, unit: &Unit, label: Span, words: Span, level: u8, index: usize) {
        self.boxed = None;
        self.indents.clear();
        self.section = section(words.slice(self.text))
            .filter(|section| *section != Section::References || blocks::are_references(self.text, self.units, index));
        let kind = if self.section == Some(Section::Contact) { ParagraphKind::Furniture } else { ParagraphKind::Heading };
        if kind == ParagraphKind::Furniture {
            return self.furnish(unit);
        }
        let level = if self.section == Some(Section::References) { 1 } else { level };
        self.push(words, label, kind, level);
    }

    /// Contact lines, references and footnotes: neither prose nor anybody's words.
    fn aside(&mut self, unit: &Unit) -> bool {
        match self.section {
            Some(Section::Contact) => self.furnish(unit),
            Some(Section::References) => {
                let marked = blocks::bullet(self.text, unit.span).or_else(|| blocks::note(self.text, unit.span));
                let (label, words) = marked.map_or((unit.mark, unit.span), |marked| (marked.label, marked.words));
                self.push(words, label, ParagraphKind::Reference, 0);
            }
            _ => {
                let Some(note) = blocks::note(self.text, unit.span) else { return false };
                self.push(note.words, note.label, ParagraphKind::Reference, 0);
            }
        }
        true
    }

    /// A quote that is closed only some paragraphs later, or never; its attribution holds for all of them.
    fn long_quote(&mut self, index: usize, unit: &Unit) -> Option<usize> {
        let begins = |unit: &Unit| quotes::runs(self.text, unit.span).iter().any(|run| run.start == unit.span.start);
        let attributed = attribution::at_end(self.text, unit.span).is_some();
        if !quotes::opens(unit.slice(self.text)) || begins(unit) || attributed {
            return None;
        }
        let later = self.units.iter().enumerate().skip(index + 1).take(6);
        let closing = later
            .take_while(|(_, later)| quotes::opens(later.slice(self.text)) || !later.slice(self.text).contains(['“', '•']))
            .find_map(|(at, later)| closing(self.text, later).map(|(words, found)| (at, words, found)));
        let Some((last, words, found)) = closing else {
            self.problems
                .push(Problem::at(unit.line, "A quotation mark is opened here and never closed; the paragraph was read as a quote."));
            self.quote(unit.span, None, unit.line);
            return Some(1);
        };
        for between in self.units.iter().take(last).skip(index) {
            self.quote(between.span, found.as_ref(), between.line);
        }
        self.quote(words, found.as_ref(), unit.line);
        Some(last + 1 - index)
    }

    /// Prose, an item of a list, a numbered paragraph, with the quotes in it.
    fn words(&mut self, unit: &Unit) {
        let text = self.text;
        let mut kind = ParagraphKind::Prose;
        let mut level = 0;
        let (mut label, mut words) = (unit.mark, unit.span);
        if let Some(marked) = blocks::bullet(text, unit.span) {
            (label, words) = (marked.label, marked.words);
            level = self.indents.level(unit.indent);
            kind = self.item();
        } else if let Hint::Item(depth) = unit.hint {
            level = depth;
            kind = self.item();
        } else if let Some(number) = headings::number(text, unit.span).filter(|number| !number.section) {
            (label, words) = (number.label, number.words);
            if number.depth == 1 {
                level = self.indents.level(unit.indent);
                kind = self.item();
            } else {
                self.indents.clear();
                self.boxed = None;
            }
        } else {
            self.indents.clear();
            kind = self.prose(unit);
        }
        let set_apart = unit.hint == Hint::Quote;
        if set_apart && !quotes::split(text, words).iter().any(|piece| piece.quote) {
            let found = attribution::at_end(text, words);
            let span = found.as_ref().map_or(words, |(_, end)| Span::new(words.start, *end).trimmed(text));
            return self.quote(span, found.map(|(found, _)| found).as_ref(), unit.line);
        }
        for Piece { span, quote, attribution } in quotes::split(text, words) {
            if quote || set_apart {
                self.quote(span, attribution.as_ref(), unit.line);
            } else {
                self.push(span, std::mem::replace(&mut label, empty(span)), kind, level);
            }
        }
    }

    const fn item(&self) -> ParagraphKind {
        match (self.boxed, self.section) {
            (Some(_), _) => ParagraphKind::Boxed,
            (None, Some(Section::KeyPoints)) => ParagraphKind::KeyPoint,
            _ => ParagraphKind::ListItem,
        }
    }

    /// What a paragraph without mark is: part of a box, a listed question, or prose.
    fn prose(&mut self, unit: &Unit) -> ParagraphKind {
        let words = unit.slice(self.text);
        let asks = words.ends_with('?');
        if blocks::begins_box(words).is_some() {
            self.boxed = Some(BoxPart::Words);
            return ParagraphKind::Boxed;
        }
        match self.boxed {
            Some(BoxPart::Title) => {
                self.boxed = Some(BoxPart::Words);
                ParagraphKind::Boxed
            }
            Some(BoxPart::Words) if asks => ParagraphKind::Boxed,
            _ => {
                self.boxed = None;
                if asks && self.section == Some(Section::Questions) { ParagraphKind::ListItem } else { ParagraphKind::Prose }
            }
        }
    }

    fn quote(&mut self, span: Span, found: Option<&Attribution>, line: usize) {
        let (voice, speaker) = self.whose(found, line);
        let label = found.map_or(empty(span), |found| found.span);
        self.paragraphs.push(Paragraph { span, label, kind: ParagraphKind::BlockQuote, level: 0, voice, speaker });
    }

    /// Whose words an attribution makes of a quote; without one they are some participant's.
    fn whose(&mut self, found: Option<&Attribution>, line: usize) -> (Voice, u16) {
        match found {
            Some(found) if found.says == Says::Literature => (Voice::Author, NO_SPEAKER),
            Some(found) => (Voice::Participant, self.speaker(found, line)),
            None => (Voice::Participant, NO_SPEAKER),
        }
    }

    /// Says how many quotes nobody can be named for.
    fn count_nameless(&mut self) {
        let nameless = |quote: &&Paragraph| {
            quote.kind == ParagraphKind::BlockQuote && quote.voice == Voice::Participant && quote.speaker == NO_SPEAKER
        };
        let sentence = match self.paragraphs.iter().filter(nameless).count() {
            0 => return,
            1 => "One quote has no attribution; whose words it is, is not stated.".to_owned(),
            count => format!("{count} quotes have no attribution; whose words they are is not stated."),
        };
        self.problems.push(Problem::whole(sentence));
    }

    fn speaker(&mut self, found: &Attribution, line: usize) -> u16 {
        let label = found.span.slice(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let index = self.speakers.iter().position(|speaker| speaker.label == label).unwrap_or(self.speakers.len());
        if let (Some(speaker), Some(mention)) = (self.speakers.get_mut(index), self.mentions.get_mut(index)) {
            speaker.turns += 1;
            mention.quotes += 1;
        } else {
            self.speakers.push(DraftSpeaker { label, turns: 1, voice: Voice::Participant, case: None });
            self.mentions.push(Mention { speaker: index, line, quotes: 1, says: found.says.clone() });
        }
        u16::try_from(index).unwrap_or(NO_SPEAKER)
    }

    fn furnish(&mut self, unit: &Unit) {
        self.push(unit.whole(), empty(unit.span), ParagraphKind::Furniture, 0);
    }

    fn push(&mut self, span: Span, label: Span, kind: ParagraphKind, level: u8) {
        let voice = if kind == ParagraphKind::Furniture { Voice::Furniture } else { Voice::Author };
        self.paragraphs.push(Paragraph { span, label, kind, level, voice, speaker: NO_SPEAKER });
    }
}

/// The words of a paragraph that closes a quote begun before it, and its attribution.
fn closing(text: &str, unit: &Unit) -> Option<(Span, Option<Attribution>)> {
    let words = unit.slice(text);
    let (mark, at) = ["”", "\"", "''"].iter().filter_map(|mark| Some((mark, words.rfind(*mark)?))).max_by_key(|(_, at)| *at)?;
    let end = unit.span.start + u32::try_from(at + mark.len()).ok()?;
    let rest = Span::new(end, unit.span.end);
    let found = attribution::after(text, rest, true);
    let tail = found.as_ref().map_or(rest, |(_, end)| Span::new(*end, unit.span.end));
    let closes = at > 0 && tail.slice(text).chars().all(|c| !c.is_alphanumeric());
    closes.then(|| (Span::new(unit.span.start, end), found.map(|(found, _)| found)))
}
