use std::collections::HashMap;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::Affine;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::Resources;

use super::super::blocks::Look;
use super::letters::{Letter, Page, look, spelled};

/// The most pages that are read.
const MOST_PAGES: usize = 20_000;
/// The most instructions that are followed in all.
const MOST_INSTRUCTIONS: usize = 50_000_000;
/// The most letters that are read: more than the largest file of plain text would have in practice.
const MOST_LETTERS: usize = 10_000_000;
/// Drawings within drawings deeper than this are not followed.
const DEEPEST: usize = 8;
/// The most states that are kept to be taken up again.
const MOST_STATES: usize = 1_000;

const TOO_MUCH: &str = "it draws far more than a text can be";

/// What is drawn on the pages of a PDF.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) pages: Vec<Page>,
    /// How many signs do not say which letters they are.
    pub(super) unknown: usize,
    /// Whether there are pictures.
    pub(super) has_pictures: bool,
}

/// Reads the letters of all pages.
///
/// # Errors
/// When the PDF draws more than a text can be.
pub(super) fn pages(pdf: &Pdf) -> Result<Drawn, &'static str> {
    let mut drawing = Drawing::new();
    if pdf.pages().len() > MOST_PAGES {
        return Err(TOO_MUCH);
    }
    for page in pdf.pages().iter() {
        let start = page.initial_transform(true).as_coeffs();
        drawing.states = vec![State { place: Affine::new(start), ..State::default() }];
        drawing.page = Page::default();
        let (width, height) = page.render_dimensions();
        drawing.extent = (f64::from(width), f64::from(height));
        drawing.follow(page.typed_operations(), page.resources(), 0)?;
        drawing.drawn.pages.push(std::mem::take(&mut drawing.page));
    }
    Ok(drawing.drawn)
}

/// A font as it is used.
#[derive(Clone)]
struct Face<'a> {
    font: Font<'a>,
    look: Look,
}

#[derive(Clone)]
struct State<'a> {
    /// From the drawing to the page.
    place: Affine,
    face: Option<Face<'a>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    /// 1 for letters as wide as they are.
    width: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self { place: Affine::IDENTITY, face: None, size: 1.0, letter_space: 0.0, word_space: 0.0, width: 1.0, leading: 0.0, rise: 0.0 }
    }
}

struct Drawing<'a> {
    drawn: Drawn,
    page: Page,
    /// Width and height of the page.
    extent: (f64, f64),
    states: Vec<State<'a>>,
    /// Where the next letter stands, and where its line began.
    at: Affine,
    line: Affine,
    cache: FontCache<'a>,
    fonts: FontResolverFn,
    maps: CMapResolverFn,
    instructions: usize,
    letters: usize,
}

impl<'a> Drawing<'a> {
    fn new() -> Self {
        Self {
            drawn: Drawn::default(),
            page: Page::default(),
            extent: (0.0, 0.0),
            states: vec![State::default()],
            at: Affine::IDENTITY,
            line: Affine::IDENTITY,
            cache: FontCache::new(),
            // How wide the letters of fonts are that a PDF names and does not hold.
            fonts: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
            }),
            maps: Arc::new(|_| None),
            instructions: 0,
            letters: 0,
        }
    }

    fn state(&mut self) -> Option<&mut State<'a>> {
        self.states.last_mut()
    }

    fn follow(&mut self, mut instructions: TypedIter<'_>, resources: &Resources<'a>, depth: usize) -> Result<(), &'static str> {
        let below = self.states.len();
        let mut faces: HashMap<Vec<u8>, Option<Face<'a>>> = HashMap::new();
        while let Some(instruction) = instructions.next() {
            self.instructions += 1;
            if self.instructions > MOST_INSTRUCTIONS || self.letters > MOST_LETTERS {
                return Err(TOO_MUCH);
            }
            match instruction {
                TypedInstruction::SaveState(_) if self.states.len() < MOST_STATES => {
                    self.states.extend(self.states.last().cloned());
                }
                TypedInstruction::RestoreState(_) if self.states.len() > below => {
                    self.states.pop();
                }
                TypedInstruction::Transform(by) => {
                    let by = Affine::new([by.0, by.1, by.2, by.3, by.4, by.5].map(|number| number.as_f64()));
                    if let Some(state) = self.state() {
                        state.place *= by;
                    }
                }
                TypedInstruction::XObject(name) => self.drawing(name.0, resources, depth)?,
                TypedInstruction::InlineImage(_) => self.drawn.has_pictures = true,
                TypedInstruction::TextFont(font) => {
                    let name: &[u8] = font.0;
                    let face = if let Some(face) = faces.get(name) {
                        face.clone()
                    } else {
                        let face = self.face(font.0, resources);
                        faces.insert(name.to_vec(), face.clone());
                        face
                    };
                    if let Some(state) = self.state() {
                        state.face = face;
                        state.size = font.1.as_f64();
                    }
                }
                other => self.text(&other),
            }
        }
        self.states.truncate(below);
        Ok(())
    }

    fn text(&mut self, instruction: &TypedInstruction<'_, '_>) {
        let Some(state) = self.states.last_mut() else { return };
        match instruction {
            TypedInstruction::BeginText(_) => (self.at, self.line) = (Affine::IDENTITY, Affine::IDENTITY),
            TypedInstruction::SetTextMatrix(to) => {
                self.line = Affine::new([to.0, to.1, to.2, to.3, to.4, to.5].map(|number| number.as_f64()));
                self.at = self.line;
            }
            TypedInstruction::HorizontalScaling(by) => state.width = by.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(by) => state.leading = by.0.as_f64(),
            TypedInstruction::CharacterSpacing(by) => state.letter_space = by.0.as_f64(),
            TypedInstruction::WordSpacing(by) => state.word_space = by.0.as_f64(),
            TypedInstruction::TextRise(by) => state.rise = by.0.as_f64(),
            TypedInstruction::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => {
                let by = -state.leading;
                self.next_line(0.0, by);
            }
            TypedInstruction::NextLineAndShowText(words) => {
                let by = -state.leading;
                self.next_line(0.0, by);
                self.show(words.0);
            }
            TypedInstruction::ShowTextWithParameters(words) => {
                (state.word_space, state.letter_space) = (words.0.as_f64(), words.1.as_f64());
                let by = -state.leading;
                self.next_line(0.0, by);
                self.show(words.2);
            }
            TypedInstruction::ShowText(words) => self.show(words.0),
            TypedInstruction::ShowTexts(parts) => {
                for part in parts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(words) => self.show(&words),
                        Object::Number(by) => {
                            if let Some(state) = self.states.last() {
                                self.at *= Affine::translate((-by.as_f64() / 1000.0 * state.size * state.width, 0.0));
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.at = self.line;
    }

    fn face(&self, name: &Name<'_>, resources: &Resources<'a>) -> Option<Face<'a>> {
        let dict = resources.get_font(name)?;
        let font = self.cache.font(&dict, &self.fonts, &self.maps)?;
        let name = dict.get::<Name<'_>>(b"BaseFont".as_slice());
        let name = name.map(|name| String::from_utf8_lossy(&name).into_owned()).unwrap_or_default();
        Some(Face { font, look: look(&name) })
    }

    /// A drawing that pages share, or a picture.
    fn drawing(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) -> Result<(), &'static str> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict = stream.dict();
        let kind = dict.get::<Name<'_>>(b"Subtype".as_slice());
        if kind.as_ref().is_some_and(|kind| **kind == *b"Image") {
            self.drawn.has_pictures = true;
            return Ok(());
        }
        let (Some(state), true) = (self.states.last().cloned(), depth < DEEPEST) else { return Ok(()) };
        let Some(content) = content(&stream) else { return Ok(()) };
        // Each costs the unpacking of its content.
        self.instructions += content.len() / 16;
        let matrix = dict.get::<[f64; 6]>(b"Matrix".as_slice()).map_or(Affine::IDENTITY, Affine::new);
        let own = dict.get::<Dict<'a>>(b"Resources".as_slice()).map(Resources::new);
        self.states.push(State { place: state.place * matrix, ..state });
        let (at, line) = (self.at, self.line);
        let followed = self.follow(TypedIter::new(&content), own.as_ref().unwrap_or(resources), depth + 1);
        (self.at, self.line) = (at, line);
        self.states.pop();
        followed
    }

    fn show(&mut self, words: &Bytes<'_>) {
        let Some(state) = self.states.last().cloned() else { return };
        let Some(face) = &state.face else {
            self.drawn.unknown += words.as_bytes().len();
            return;
        };
        let bytes = words.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            let (code, length) = face.font.read_code(bytes, from);
            from += length.max(1);
            self.letters += 1;
            let glyph = face.font.glyph(face.font.map_code(code), code);
            let letters = match &glyph {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let space = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let advance = face.font.code_advance(code).x / 1000.0 * state.size;
            self.place(&state, face.look, letters.as_ref(), advance);
            self.at *= Affine::translate(((advance + state.letter_space + space) * state.width, 0.0));
        }
    }

    fn place(&mut self, state: &State<'_>, look: Look, letters: Option<&BfString>, advance: f64) {
        let start = self.page.text.len();
        match letters {
            Some(BfString::Char(c)) => spelled(c.encode_utf8(&mut [0; 4]), &mut self.page.text),
            Some(BfString::String(letters)) => spelled(letters, &mut self.page.text),
            None => self.drawn.unknown += 1,
        }
        if self.page.text.len() == start {
            return;
        }
        let whole = state.place * self.at * Affine::new([state.width, 0.0, 0.0, 1.0, 0.0, state.rise]);
        let [along, down, across, up, x, y] = whole.as_coeffs();
        let (end_x, end_y) = (x + along * advance, y + down * advance);
        let size = (across.hypot(up) * state.size).abs();
        let is_outside = !(-1.0..=self.extent.0 + 1.0).contains(&x) || !(-1.0..=self.extent.1 + 1.0).contains(&y);
        if is_outside || ![x, y, end_x, end_y, size].iter().all(|number| number.is_finite()) || size < 0.5 {
            self.page.text.truncate(start);
            return;
        }
        // Lines that are turned are laid so that they run as others do.
        let (turned, x, end, y) = if along.abs() >= down.abs() {
            if along >= 0.0 { (0, x, end_x, y) } else { (2, -x, -end_x, -y) }
        } else if down >= 0.0 {
            (1, y, end_y, -x)
        } else {
            (3, -y, -end_y, x)
        };
        let at = (start as u32, self.page.text.len() as u32);
        let letter = Letter { x: x as f32, end: end.max(x) as f32, y: y as f32, size: size as f32, at, look, turned };
        self.page.letters.push(letter);
    }
}

fn content<'a>(stream: &Stream<'a>) -> Option<std::borrow::Cow<'a, [u8]>> {
    stream.decoded().ok()
}
