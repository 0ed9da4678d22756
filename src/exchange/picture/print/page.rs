use crate::exchange::picture::geometry::{At, at};
use crate::exchange::picture::letters::wrapped;
use crate::exchange::picture::model::{Colour, Picture, Weight};
use crate::exchange::picture::sheet::{MARGIN, Pen, Sheet};

/// Narrowest page, so that sentences have lines to read.
const NARROWEST: f32 = 330.0;
/// Size and height of a line of the title, of what was found, and of the sentences below.
const TITLE: (f32, f32) = (11.0, 14.0);
const FOUND: (f32, f32) = (8.0, 11.0);
const BELOW: (f32, f32) = (6.5, 9.0);

/// The picture with its title and what was found above it, and below how it is computed and `below`.
pub(super) fn page(picture: &Picture, below: &[String]) -> Picture {
    // The room round the picture is that of the page.
    let width = (picture.width - 2.0 * MARGIN).max(NARROWEST);
    let mut sheet = Sheet::default();
    let mut top = 0.0;
    let mut put = |sheet: &mut Sheet, text: &str, (size, high): (f32, f32), pen: Pen, colour: Colour| {
        for line in wrapped(text, size, pen.weight, width, usize::MAX) {
            top += high;
            sheet.words(at(0.0, top), line, pen, colour.clone());
        }
        top
    };
    let mut end = put(&mut sheet, &picture.title, TITLE, Pen::new(TITLE.0).strong(), Colour::Ink);
    for found in &picture.found {
        end = put(&mut sheet, found, FOUND, Pen::new(FOUND.0), Colour::Ink);
    }
    end += 12.0;
    for shape in &picture.shapes {
        sheet.add(shape.clone(), At { x: -MARGIN, y: end - MARGIN });
    }
    let mut foot = Sheet::default();
    let mut down = end + picture.height - MARGIN;
    for text in picture.computed.iter().chain(below) {
        for line in wrapped(text, BELOW.0, Weight::Regular, width, usize::MAX) {
            down += BELOW.1;
            foot.words(at(0.0, down), line, Pen::new(BELOW.0), Colour::Quiet);
        }
    }
    foot.put_on(&mut sheet, At::default());
    let said = picture.computed.iter().chain(below).cloned().collect();
    sheet.picture(picture.title.clone(), picture.found.clone(), said)
}
