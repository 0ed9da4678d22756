use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, WriteOptions, fontdb};

use super::page::page;
use super::svg::{FAMILY, head, svg};
use crate::exchange::export::{ExportError, Form, write_file};
use crate::exchange::picture::letters::{FACES, is_known};
use crate::exchange::picture::model::{Picture, Shape};

/// Dots an inch of a PNG where nobody says how many: what journals ask for.
pub const DPI: u16 = 300;

/// Points an inch.
const POINTS: f32 = 72.0;
/// Inches a metre, which is what PNG counts in.
const INCHES: f32 = 39.370_08;
/// Most dots of a PNG: more than a page of a journal has, and what memory holds easily.
const MOST_DOTS: u64 = 150_000_000;

/// A picture that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub file: PathBuf,
    /// Its size on paper, in millimetres.
    pub size: (u32, u32),
    /// Letters that no font of the program has; a box stands for each.
    pub boxes: BTreeSet<char>,
}

impl Printed {
    /// Which letters are drawn as boxes; nothing where none is.
    #[must_use]
    pub fn boxes_say(&self) -> Option<String> {
        const TOLD: usize = 12;
        let told: Vec<String> = self.boxes.iter().take(TOLD).map(char::to_string).collect();
        let more = if self.boxes.len() > TOLD { " and others" } else { "" };
        let list = told.join(" ");
        (!told.is_empty()).then(|| format!("Themata has no font for these letters and draws a box for each: {list}{more}"))
    }
}

/// Writes a picture as the ending of the path says: as SVG, its letters as outlines, or as PNG with so many dots an inch. Its title
/// stands above it; below it how it is computed, and each of `below`.
///
/// # Errors
/// [`ExportError`]; a file that was there is then as it was.
pub fn write_picture(path: &Path, picture: &Picture, below: &[String], dpi: u16) -> Result<Printed, ExportError> {
    let form = Form::of(path, "a picture", Form::OF_PICTURES)?;
    let page = page(picture, below);
    let tree = outlined(&page)?;
    let bytes = if form == Form::Png { png(&tree, &page, dpi)? } else { svg_file(&tree, &page) };
    write_file(path, &bytes)?;
    Ok(Printed { file: path.to_owned(), size: on_paper(&page), boxes: boxes(&page) })
}

/// Width and height of a picture on paper, in millimetres, with what stands above it and `below`.
#[must_use]
pub fn printed_size(picture: &Picture, below: &[String]) -> (u32, u32) {
    on_paper(&page(picture, below))
}

fn on_paper(page: &Picture) -> (u32, u32) {
    let millimetres = |points: f32| (points / POINTS * 25.4).round() as u32;
    (millimetres(page.width), millimetres(page.height))
}

/// The letters that no font has.
fn boxes(page: &Picture) -> BTreeSet<char> {
    let words = page.shapes.iter().filter_map(|shape| if let Shape::Words(words) = shape { Some(&words.text) } else { None });
    words.flat_map(|text| text.chars()).filter(|letter| !is_known(*letter)).collect()
}

/// The page with its letters as outlines.
fn outlined(page: &Picture) -> Result<Tree, ExportError> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for face in FACES {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(face)));
        }
        fonts.set_serif_family(FAMILY);
        Arc::new(fonts)
    });
    let options = Options { fontdb: Arc::clone(fonts), font_family: FAMILY.to_owned(), ..Options::default() };
    Tree::from_str(&svg(page), &options).map_err(|error: usvg::Error| ExportError::Drawing(error.to_string()))
}

fn svg_file(tree: &Tree, page: &Picture) -> Vec<u8> {
    let written = tree.to_string(&WriteOptions {
        indent: usvg::Indent::None,
        coordinates_precision: 3,
        transforms_precision: 5,
        ..WriteOptions::default()
    });
    // What it begins with knows neither the size on paper nor what it is.
    let body = written.split_once("<svg").and_then(|(_, rest)| rest.split_once('>')).map_or("</svg>", |(_, body)| body);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n{}\n", head(page), body.trim()).into_bytes()
}

fn png(tree: &Tree, page: &Picture, dpi: u16) -> Result<Vec<u8>, ExportError> {
    let scale = f32::from(dpi) / POINTS;
    let (width, height) = ((page.width * scale).ceil(), (page.height * scale).ceil());
    let too_many = || ExportError::TooManyDots { width: width as u64, height: height as u64, dpi };
    if width as u64 * height as u64 > MOST_DOTS {
        return Err(too_many());
    }
    let mut dots = Pixmap::new(width as u32, height as u32).ok_or_else(too_many)?;
    dots.fill(Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
    // Everything lies on white, so that nothing is see-through any more.
    let colours: Vec<u8> = dots.data().chunks_exact(4).flat_map(|dot| dot.iter().take(3).copied()).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, dots.width(), dots.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    let a_metre = (f32::from(dpi) * INCHES).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: a_metre, yppu: a_metre, unit: png::Unit::Meter }));
    let drawing = |error: png::EncodingError| ExportError::Drawing(error.to_string());
    encoder.add_itxt_chunk("Title".to_owned(), page.title.clone()).map_err(drawing)?;
    encoder.add_itxt_chunk("Description".to_owned(), page.computed.join(" ")).map_err(drawing)?;
    let mut writer = encoder.write_header().map_err(drawing)?;
    writer.write_image_data(&colours).map_err(drawing)?;
    writer.finish().map_err(drawing)?;
    Ok(bytes)
}
