use std::collections::HashMap;

use super::super::blocks::{Flow, Kind, LeftOut, Look};
use super::super::units::Hint;
use super::destinations::{Destination, Says, destination};
use super::letters::{self, Fonts};
use super::tokens::{Token, Tokens};

/// Groups within groups deeper than this are not told apart.
const DEEPEST: usize = 10_000;

/// So many styles and commented passages are remembered.
const MOST: usize = 100_000;

/// Reads a rich text: what it says, what was left out of it, and whether it has an end.
pub(super) fn read(bytes: &[u8]) -> (Flow, LeftOut, bool) {
    let mut walk = Walk::default();
    let mut is_whole = false;
    for token in Tokens::of(bytes) {
        if walk.is_skipped_fallback(token) {
            continue;
        }
        if !matches!(token, Token::Words(_) | Token::Byte(_)) {
            walk.flush();
        }
        match token {
            Token::Open => walk.begin_group(),
            Token::Close => {
                walk.end_group();
                if walk.groups.is_empty() {
                    is_whole = true;
                    break;
                }
            }
            Token::Command(name, number) => walk.command(name, number),
            Token::Sign(sign) => walk.sign(sign),
            Token::Byte(byte) => walk.bytes.push(byte),
            Token::Words(words) => walk.bytes.extend_from_slice(words),
        }
        if !matches!(token, Token::Sign(b'*')) {
            walk.is_optional = false;
        }
    }
    walk.flush();
    while !walk.groups.is_empty() {
        walk.end_group();
    }
    walk.end_paragraph();
    (walk.flow, walk.left_out, is_whole)
}

/// What holds within a group.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    destination: Destination,
    look: Look,
    is_hidden: bool,
    is_deleted: bool,
    /// How many letters stand behind each `\u` for programs that do not know it.
    fallback: u8,
    font: i32,
    paragraph: Paragraph,
}

/// What holds of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Paragraph {
    style: i32,
    /// Level of a heading, from 1; 0 for none.
    outline: u8,
    is_in_table: bool,
    /// Whether it is an item of a list.
    is_item: bool,
    /// Level of the item, from 0.
    level: u8,
}

#[derive(Default)]
struct Walk {
    flow: Flow,
    left_out: LeftOut,
    state: State,
    groups: Vec<State>,
    /// How many groups are open beyond the deepest that counts.
    beyond: usize,
    fonts: Fonts,
    default_font: i32,
    /// Bytes of words that are not letters yet.
    bytes: Vec<u8>,
    /// Half of a letter that is written as two.
    half: Option<u16>,
    /// How many letters are still to be skipped.
    skipped: u8,
    /// A header or footer of which no word has come.
    page_line: Option<Kind>,
    /// Whether `\*` was the last sign.
    is_optional: bool,
    styles: HashMap<i32, Hint>,
    style_name: String,
    mark: String,
    notes: usize,
    /// Comments by the numbers of their passages.
    comments: HashMap<String, usize>,
    number: String,
    author: String,
    comment: String,
    /// The comment that is being read, if its passage is known.
    passage: Option<usize>,
}

impl Walk {
    /// Whether a token only stands for a letter that was there already.
    fn is_skipped_fallback(&mut self, token: Token<'_>) -> bool {
        if self.skipped == 0 {
            return false;
        }
        match token {
            Token::Open | Token::Close => {
                self.skipped = 0;
                false
            }
            Token::Words(words) => {
                let skipped = words.len().min(usize::from(self.skipped));
                self.skipped -= skipped as u8;
                self.bytes.extend(words.iter().skip(skipped));
                true
            }
            _ => {
                self.skipped -= 1;
                true
            }
        }
    }

    fn begin_group(&mut self) {
        if self.groups.len() < DEEPEST {
            self.groups.push(self.state);
        } else {
            self.beyond += 1;
        }
    }

    fn end_group(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(outer) = self.groups.pop() else { return };
        let inner = std::mem::replace(&mut self.state, outer);
        if outer.destination != Destination::Nowhere {
            self.page_line = None;
        }
        if inner.destination == outer.destination {
            if inner.destination == Destination::Styles {
                self.end_style(inner);
            }
            return;
        }
        match inner.destination {
            Destination::Mark => {
                let mark = std::mem::take(&mut self.mark);
                if !mark.trim().is_empty() {
                    self.flow.set_mark(&mark);
                    self.state.paragraph.is_item = true;
                }
            }
            Destination::Note | Destination::TextBox => {
                self.state.paragraph = inner.paragraph;
                self.end_paragraph();
                self.flow.end_aside();
                self.state = outer;
            }
            Destination::CommentBegin => {
                let comment = self.flow.begin_comment();
                let number = std::mem::take(&mut self.number).trim().to_owned();
                if self.comments.len() < MOST {
                    self.comments.insert(number, comment);
                }
            }
            Destination::CommentEnd => {
                if let Some(comment) = self.comments.get(std::mem::take(&mut self.number).trim()) {
                    self.flow.end_comment(*comment);
                }
            }
            Destination::CommentNumber => self.passage = self.comments.get(std::mem::take(&mut self.number).trim()).copied(),
            Destination::Comment => {
                let comment = self.passage.take().unwrap_or_else(|| self.flow.begin_comment());
                self.flow.say_comment(comment, &std::mem::take(&mut self.author), &std::mem::take(&mut self.comment));
            }
            _ => {}
        }
    }

    /// A style of the table: its name or its level says what paragraphs of it are.
    fn end_style(&mut self, style: State) {
        let name = std::mem::take(&mut self.style_name);
        let name = name.split(';').next().unwrap_or_default().trim().to_lowercase();
        let level = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
        let hint = match (level, style.paragraph.outline) {
            (Some(level), _) | (None, level @ 1..) => Hint::Heading(level),
            _ if name == "title" => Hint::Heading(1),
            _ if name.ends_with("quote") || name == "quotations" => Hint::Quote,
            _ => return,
        };
        if self.styles.len() < MOST {
            self.styles.insert(style.paragraph.style, hint);
        }
    }

    fn command(&mut self, name: &[u8], number: Option<i32>) {
        if self.state.destination == Destination::Nowhere {
            return;
        }
        match destination(name, self.is_optional) {
            Says::Goes(to) => return self.go(to),
            Says::LeftOut(kind @ (Kind::Header | Kind::Footer)) => {
                self.page_line = Some(kind);
                self.state.destination = Destination::Nowhere;
                return;
            }
            Says::LeftOut(kind) => {
                self.left_out.add(kind);
                self.state.destination = Destination::Nowhere;
                return;
            }
            Says::Nothing => {}
        }
        let is_on = number != Some(0);
        let small = || number.and_then(|number| u8::try_from(number).ok());
        match name {
            b"ansicpg" => self.fonts.set_common(number.unwrap_or(1252)),
            b"mac" => self.fonts.set_common(10_000),
            b"deff" => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            b"f" => self.state.font = number.unwrap_or(0),
            b"fcharset" if self.state.destination == Destination::Fonts => self.fonts.set_charset(self.state.font, number.unwrap_or(0)),
            b"cpg" if self.state.destination == Destination::Fonts => self.fonts.set_page(self.state.font, number.unwrap_or(0)),
            b"uc" => self.state.fallback = small().unwrap_or(1),
            b"u" => self.letter(number.unwrap_or(0)),
            b"rtf" => self.state.fallback = 1,
            b"b" => self.state.look.bold = is_on,
            b"i" => self.state.look.italic = is_on,
            b"v" => {
                self.state.is_hidden = is_on;
                if is_on && self.state.destination == Destination::Body {
                    self.left_out.add(Kind::Hidden);
                }
            }
            b"deleted" => {
                self.state.is_deleted = is_on;
                if is_on {
                    self.left_out.add(Kind::Deletion);
                }
            }
            b"plain" => {
                let State { destination, fallback, paragraph, .. } = self.state;
                self.state = State { destination, fallback, paragraph, font: self.default_font, ..State::default() };
            }
            b"pard" => self.state.paragraph = Paragraph::default(),
            b"s" => self.state.paragraph.style = number.unwrap_or(0),
            b"outlinelevel" => self.state.paragraph.outline = small().filter(|level| *level < 9).map_or(0, |level| level + 1),
            b"intbl" => self.state.paragraph.is_in_table = true,
            b"ilvl" => self.state.paragraph.level = small().unwrap_or(0),
            b"ls" => self.state.paragraph.is_item |= number.is_some_and(|list| list > 0),
            _ => self.structure(name),
        }
    }

    /// Ends of paragraphs, lines and cells, and letters that have names.
    fn structure(&mut self, name: &[u8]) {
        match name {
            b"par" | b"sect" | b"page" | b"nestrow" if self.state.destination == Destination::Comment => self.comment.push('\n'),
            b"par" | b"sect" | b"page" | b"column" | b"nestrow" => self.end_paragraph(),
            b"cell" => {
                self.enter_table(true);
                self.end_paragraph();
                self.flow.end_cell();
            }
            b"row" => self.flow.end_row(),
            b"line" | b"lbr" => self.put("\n"),
            b"tab" | b"nestcell" => self.put("\t"),
            b"emdash" => self.put("—"),
            b"endash" => self.put("–"),
            b"lquote" => self.put("‘"),
            b"rquote" => self.put("’"),
            b"ldblquote" => self.put("“"),
            b"rdblquote" => self.put("”"),
            b"bullet" => self.put("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.put(" "),
            _ => {}
        }
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.is_optional = true,
            b'\r' | b'\n' => self.structure(b"par"),
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("\u{2011}"),
            b'\\' | b'{' | b'}' => self.put(char::from(sign).encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn go(&mut self, to: Destination) {
        match to {
            Destination::Note | Destination::TextBox => {
                let mark = if to == Destination::Note {
                    self.notes += 1;
                    self.notes.to_string()
                } else {
                    String::new()
                };
                self.enter_table(self.state.paragraph.is_in_table);
                self.flow.begin_aside(&mark, Look::default());
                self.state.paragraph = Paragraph::default();
            }
            Destination::CommentBegin => self.enter_table(self.state.paragraph.is_in_table),
            _ => {}
        }
        self.state.destination = to;
    }

    /// A letter by its number.
    fn letter(&mut self, number: i32) {
        self.skipped = self.state.fallback;
        // Numbers above 32,767 are written as negative ones.
        let Ok(unit) = u16::try_from(if number < 0 { number + 65_536 } else { number }) else {
            let c = u32::try_from(number).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
            return self.put(c.encode_utf8(&mut [0; 4]));
        };
        let units = [self.half.take().unwrap_or(unit), unit];
        match unit {
            0xd800..=0xdbff => self.half = Some(unit),
            0xdc00..=0xdfff => self.put(&String::from_utf16_lossy(&units)),
            0xf000..=0xf0ff => self.put(letters::sign(u32::from(unit)).encode_utf8(&mut [0; 4])),
            _ => self.put(&String::from_utf16_lossy(&[unit])),
        }
    }

    /// Makes letters of the bytes that came.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let wanted = !matches!(self.state.destination, Destination::Nowhere | Destination::Around | Destination::Fonts);
            if wanted {
                let words = self.fonts.words(self.state.font, &bytes);
                self.put(&words);
            } else if !bytes.trim_ascii().is_empty() && self.state.destination == Destination::Nowhere {
                // Many programs write headers and footers with nothing in them.
                if let Some(kind) = self.page_line.take() {
                    self.left_out.add(kind);
                }
            }
        }
    }

    /// Puts words where those of the group go.
    fn put(&mut self, words: &str) {
        if self.state.is_hidden || self.state.is_deleted {
            return;
        }
        match self.state.destination {
            Destination::Body | Destination::Note | Destination::TextBox => {
                if self.flow.is_blank() {
                    self.enter_table(self.state.paragraph.is_in_table);
                }
                self.flow.push(words, self.state.look);
            }
            Destination::Styles => self.style_name.push_str(words),
            Destination::Mark => self.mark.push_str(words),
            Destination::CommentBegin | Destination::CommentEnd | Destination::CommentNumber => self.number.push_str(words),
            Destination::CommentAuthor => self.author.push_str(words),
            Destination::Comment => self.comment.push_str(words),
            Destination::Around | Destination::Nowhere | Destination::Fonts => {}
        }
    }

    /// Nothing in a rich text says that a table begins or ends: paragraphs are in one or not.
    fn enter_table(&mut self, is_in_table: bool) {
        if is_in_table && !self.flow.in_table() {
            self.flow.begin_table();
        } else if !is_in_table && self.flow.in_table() {
            self.flow.end_table();
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.state.paragraph;
        let of_style = self.styles.get(&paragraph.style).copied().unwrap_or_default();
        let hint = match (paragraph.outline, of_style) {
            (level @ 1.., _) | (_, Hint::Heading(level)) => Hint::Heading(level),
            _ if paragraph.is_item => Hint::Item(paragraph.level.saturating_add(1)),
            _ => of_style,
        };
        self.flow.set_hint(hint);
        self.flow.end();
    }
}
