//! Themes by sources, as circles.

use super::geometry::{area, at};
use super::heads::{Head, row_name, row_room, slanted};
use super::model::{Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::of_most;
use super::pairs::head_of;
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::by_source::BySource;
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Filter;
use crate::exchange::export::Labels;
use crate::study::Study;

/// Most themes and most sources that are drawn.
const MOST: (usize, usize) = (60, 60);
/// Between the middles of rows, and of columns, in points.
const STEP: f32 = 15.0;
/// Between the two columns of totals.
const TOTALS: f32 = 36.0;
/// Smallest and largest radius of a circle.
const RADIUS: (f32, f32) = (1.4, 6.8);

/// In which sources each theme is spoken of, a circle where it is, its area by how many passages it has there.
pub fn source_overview(study: &Study, counted: &BySource, filter: &Filter, labels: Labels) -> Result<Picture, NoPicture> {
    let themes = of_most(0..counted.themes().len(), MOST.0, |theme| u64::from(counted.of_theme(*theme)));
    let of_source = |source: &usize| (0..counted.themes().len()).map(|theme| u64::from(counted.passages(theme, *source))).sum();
    let sources = of_most(0..counted.sources().len(), MOST.1, of_source);
    let cells = || themes.shown.iter().flat_map(|theme| sources.shown.iter().map(move |source| counted.passages(*theme, *source)));
    let most = cells().max().unwrap_or(0);
    if most == 0 {
        return Err(NoPicture::because("nothing is coded in any source"));
    }
    let radius = |passages: u32| (RADIUS.1 * (passages as f32 / most as f32).sqrt()).max(RADIUS.0);
    let heads: Vec<Head> =
        themes.shown.iter().filter_map(|theme| counted.themes().get(*theme)).map(|theme| head_of(study, *theme)).collect();
    let mut sheet = Sheet::default();
    let room = row_room(&heads);
    let left = room + 8.0;
    let x = |column: usize| (column as f32 + 0.5).mul_add(STEP, left);
    let y = |row: usize| (row as f32 + 0.5) * STEP;
    let (right, bottom) = (left + sources.shown.len() as f32 * STEP, heads.len() as f32 * STEP);
    for row in 0..heads.len() {
        sheet.line(at(left, y(row)), at(right, y(row)), Stroke::new(Colour::Faint, line::HAIR));
    }
    for column in 0..sources.shown.len() {
        sheet.line(at(x(column), 0.0), at(x(column), bottom), Stroke::new(Colour::Sunken, line::HAIR));
    }
    let source_of = |place: usize| counted.sources().get(place).and_then(|source| study.material(*source));
    for (column, place) in sources.shown.iter().enumerate() {
        if let Some(material) = source_of(*place) {
            slanted(&mut sheet, &labels.source(&material.source), x(column), 0.0);
        }
    }
    let pen = Pen::new(size::FIGURE);
    let total = right + 30.0;
    slanted(&mut sheet, "Sources", total - 10.0, 0.0);
    slanted(&mut sheet, "Passages", total + TOTALS - 8.0, 0.0);
    for (row, (place, head)) in themes.shown.iter().zip(&heads).enumerate() {
        row_name(&mut sheet, head, &heads, (0.0, y(row)), room);
        let theme = counted.themes().get(*place).copied();
        for (column, source) in sources.shown.iter().enumerate() {
            let Some(material) = source_of(*source) else { continue };
            let passages = counted.passages(*place, *source);
            if passages > 0 {
                let colour = Colour::Theme(theme.and_then(|theme| study.codebook().colour(theme)).map(str::to_owned));
                let edge = Stroke::new(Colour::Ground, line::HAIR);
                sheet.disc(at(x(column), y(row)), radius(passages), Look::filled(colour).edged(edge));
            }
            let said = match passages {
                0 => "nothing".to_owned(),
                1 => "1 passage".to_owned(),
                many => format!("{many} passages"),
            };
            let leads =
                theme.filter(|_| passages > 0).map(|theme| Leads::ThemeIn { theme, source: material.source.id, filter: filter.clone() });
            let cell = area(x(column) - STEP / 2.0, y(row) - STEP / 2.0, STEP, STEP);
            sheet.mark(Reach::Box(cell), format!("{} × {}: {said}", head.whole, labels.source(&material.source)), (row, column), leads);
        }
        let (of_sources, passages) = (counted.sources_with(*place), counted.of_theme(*place));
        sheet.words(at(total, y(row) + pen.drop()), format!("{of_sources}/{}", counted.sources().len()), pen.end(), Colour::Ink);
        sheet.words(at(total + TOTALS, y(row) + pen.drop()), super::thousands(passages as usize), pen.end(), Colour::Ink);
        let whole = area(right + 4.0, y(row) - STEP / 2.0, total + TOTALS - right - 4.0, STEP);
        let leads = theme.map(|theme| Leads::Theme { theme, filter: filter.clone() });
        let name = format!("{}: {passages} passages in {of_sources} of {} sources", head.whole, counted.sources().len());
        sheet.mark(Reach::Box(whole), name, (row, sources.shown.len()), leads);
    }
    legend(&mut sheet, most, radius);
    let mut computed = vec![
        "Area of a circle: passages of the theme in the source, never smaller than can be seen; codings that share characters are one. A theme holds what its sub-themes hold.".to_owned(),
    ];
    computed.extend(themes.says("themes", "with most passages"));
    computed.extend(sources.says("sources", "with most passages"));
    Ok(sheet.picture("Themes × sources: passages".to_owned(), Vec::new(), computed))
}

fn legend(sheet: &mut Sheet, most: u32, radius: impl Fn(u32) -> f32) {
    let middle = sheet.bottom() + 16.0;
    let pen = Pen::new(size::SMALL);
    sheet.words(at(0.0, middle + pen.drop()), "Passages", pen.medium(), Colour::Quiet);
    let mut x = pen.medium().width("Passages") + 12.0;
    let mut sizes = vec![1, most.div_ceil(4), most.div_ceil(2), most];
    sizes.dedup();
    for passages in sizes {
        let radius = radius(passages);
        sheet.disc(at(x + radius, middle), radius, Look::filled(Colour::Quiet));
        x += 2.0 * radius + 4.0;
        let number = super::thousands(passages as usize);
        sheet.words(at(x, middle + pen.drop()), number.as_str(), pen, Colour::Quiet);
        x += pen.width(&number) + 12.0;
    }
}
