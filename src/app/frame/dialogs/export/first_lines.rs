//! The first lines of a table before it leaves the project, and what is changed in it.

use eframe::egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Modifiers, Painter, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::analysis::matrix::{Axis, MatrixSpec};
use crate::app::tokens::{Tokens, Type, family};
use crate::app::widgets::{PicturePreview, focus_ring, paint_elided, paint_words, words};
use crate::exchange::export::{About, Content, Form, Labels, Names, Table, as_written};
use crate::exchange::picture::{Picture, printed_size};
use crate::study::{Attribute, AttributeId, AttributeOf, PATH_SEPARATOR, Study};

/// How many rows are shown.
const ROWS: usize = 10;

/// The most of a low window's height that they take.
const MOST_HEIGHT: f32 = 0.18;

/// What all else in the dialog needs at most; in a window that has more, every row is there whole.
const REST_HEIGHT: f32 = 666.0;

/// The columns that say what a row of words is about; where a table has the first of them, they are shown before the others.
const TELLING: [&str; 6] = ["text", "theme", "themes", "source", "paragraph", "cases"];

/// The first lines of what will be written.
pub(super) struct First {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// What stands below them: how many rows and columns there are.
    says: String,
    /// Whose codings are counted and what is left out of them.
    counted: String,
    /// What was changed in the table.
    changed: Vec<String>,
    /// How far they are scrolled.
    offset: Vec2,
    /// Width of all columns, once they were laid out.
    widths: Vec<f32>,
    /// The picture, in the place of lines.
    picture: Option<PicturePreview>,
}

impl First {
    /// The first lines of a table as they will stand in the file. `counted` says whose codings are in it, `changed` what it
    /// does not hold as it is.
    pub(super) fn of(table: Table, counted: String, changed: Vec<String>, form: Form) -> Self {
        // A workbook has text as text, and needs no apostrophes.
        let is_csv = form.is_lines();
        let defused = match table.defused() {
            0 => None,
            _ if !is_csv => None,
            1 => Some("1 cell that a spreadsheet would run gets an apostrophe".to_owned()),
            cells => Some(format!("{cells} cells that a spreadsheet would run get an apostrophe")),
        };
        let Table { header, rows, .. } = table;
        let order = order(&header);
        let rows_say = match rows.len() {
            0 => "No rows".to_owned(),
            1 => "1 row".to_owned(),
            all @ 2..=ROWS => format!("All {all} rows"),
            more => format!("The first {ROWS} of {more} rows"),
        };
        let mut says = format!("{rows_say}, {} columns", header.len());
        if !order.is_sorted() {
            says.push_str("; the words and what they are about are shown first");
        }
        let written = |cells: &Vec<String>| {
            order
                .iter()
                .filter_map(|at| cells.get(*at))
                .map(|cell| if is_csv { as_written(cell).into_owned() } else { cell.clone() })
                .collect()
        };
        Self {
            rows: rows.iter().take(ROWS).map(written).collect(),
            header: written(&header),
            says,
            counted,
            changed: changed.into_iter().chain(defused).collect(),
            offset: Vec2::ZERO,
            widths: Vec::new(),
            picture: None,
        }
    }

    /// What is in something that is no table, a row each: sources of transcripts, files of an archive.
    pub(super) fn overview(table: Table, says: &str, counted: String, changed: Vec<String>, form: Form) -> Self {
        let rows = table.rows.len();
        let first = Self::of(table, counted, changed, form);
        let more = if rows > ROWS { format!("; the first {ROWS} of {rows} are shown") } else { String::new() };
        Self { says: format!("{says}{more}"), ..first }
    }

    /// A picture in the place of lines, with its size on paper.
    pub(super) fn picture(picture: Picture, about: &About, changed: Vec<String>) -> Self {
        let (width, height) = printed_size(&picture, &about.under_picture());
        let says = format!("{}, {width} × {height} mm", picture.title);
        Self { picture: Some(PicturePreview::new(picture)), ..Self::words(says, changed) }.counting(about.counted_says())
    }

    fn counting(self, counted: String) -> Self {
        Self { counted, ..self }
    }

    /// What is in a document, in words: it has no first lines.
    pub(super) fn words(says: String, changed: Vec<String>) -> Self {
        let counted = "Summaries, counts and quotes are of the whole study, without filters.".to_owned();
        Self { header: Vec::new(), rows: Vec::new(), says, counted, changed, offset: Vec2::ZERO, widths: Vec::new(), picture: None }
    }
}

/// The columns in the order they are shown in.
fn order(header: &[String]) -> Vec<usize> {
    let place = |name: &str| header.iter().position(|column| column == name);
    let mut order: Vec<usize> = match place("text") {
        Some(_) => TELLING.iter().filter_map(|name| place(name)).collect(),
        None => Vec::new(),
    };
    let others: Vec<usize> = (0..header.len()).filter(|at| !order.contains(at)).collect();
    order.extend(others);
    order
}

/// What is left out of a table or masked in it, because it could tell who somebody is.
pub(super) fn changed(study: &Study, spec: &MatrixSpec, content: Content, labels: Labels) -> Vec<String> {
    let masked = Names::new(study, labels).masked();
    let fewest = labels.smallest().filter(|_| masked > 0);
    let says = |fewest: u32| format!("values that fewer than {fewest} people share are masked, of {masked} cases");
    let masked: Option<String> = fewest.map(says);
    if labels.is_full() {
        return masked.into_iter().collect();
    }
    let by_ids = match content {
        Content::Codebook | Content::Method | Content::Coreq | Content::Srqr => None,
        Content::Transcripts | Content::Project | Content::Archive => {
            Some("sources, cases and speakers stand by their ids only, without titles and page furniture")
        }
        Content::Matrix | Content::Cells | Content::Cases | Content::Chart | Content::Typologies => Some("cases stand by their ids only"),
        Content::Codings
        | Content::Memos
        | Content::Sources
        | Content::Summaries
        | Content::Quotes
        | Content::Propositions
        | Content::Findings
        | Content::Profiles => Some("sources and cases stand by their ids only, without titles; words without speakers’ labels"),
    };
    let mut changed: Vec<String> = by_ids.map(str::to_owned).into_iter().chain(masked).collect();
    let identifying = study.attributes().all().into_iter().filter(|attribute| !labels.lets_out(attribute));
    let (axes, others): (Vec<&Attribute>, Vec<_>) = identifying.partition(|attribute| {
        let crosses = matches!(content, Content::Matrix | Content::Cells);
        crosses && spec.axes().any(|axis| axis == Axis::Attribute(attribute.id))
    });
    let stands = |attribute: &&Attribute| match content {
        Content::Codings | Content::Profiles | Content::Transcripts | Content::Project | Content::Archive => true,
        Content::Sources => attribute.of == AttributeOf::Sources,
        Content::Cases | Content::Chart | Content::Typologies | Content::Method | Content::Coreq | Content::Srqr => {
            attribute.of == AttributeOf::Cases
        }
        Content::Quotes | Content::Findings => attribute.role.is_some(),
        Content::Matrix | Content::Cells | Content::Codebook | Content::Memos | Content::Summaries | Content::Propositions => false,
    };
    let names = |attributes: Vec<&Attribute>| attributes.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let left_out: Vec<&Attribute> = others.into_iter().filter(stands).collect();
    if !axes.is_empty() {
        changed.push(format!("numbers in place of what identifies: {}", names(axes)));
    }
    if !left_out.is_empty() {
        changed.push(format!("left out as identifying: {}", names(left_out)));
    }
    changed
}

/// The same of figures that are told by the values of these attributes: they are of nobody alone.
pub(super) fn changed_in_figures(study: &Study, by: &[AttributeId], labels: Labels) -> Vec<String> {
    let masked = Names::new(study, labels).masked();
    let fewest = labels.smallest().filter(|_| masked > 0 && !by.is_empty());
    let says = |fewest: u32| format!("values that fewer than {fewest} people share are masked, of {masked} cases");
    let attributes = by.iter().filter_map(|by| study.attributes().get(*by)).filter(|it| !labels.is_full() && !labels.lets_out(it));
    let numbers = attributes.map(|it| format!("numbers in place of what identifies: {}", it.name));
    numbers.chain(fewest.map(says)).collect()
}

/// A path without as much of its beginning as it takes to fit: what tells it from others stands at its end.
fn end_of_path(painter: &Painter, text: &str, font: &FontId, room: f32) -> String {
    let fits = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x <= room;
    let mut rest = text;
    let mut shown = text.to_owned();
    while !fits(&shown)
        && let Some((_, inner)) = rest.split_once(PATH_SEPARATOR)
    {
        rest = inner;
        shown = format!("…{PATH_SEPARATOR}{rest}");
    }
    shown
}

pub(super) fn show(ui: &mut Ui, tokens: &Tokens, first: Option<&mut First>) {
    let row = tokens.line_height(Type::Small) + tokens.space.one;
    let bar = tokens.space.three;
    let whole = row * (ROWS + 1) as f32 + tokens.space.one;
    // In a low window there is no room for all of them; the rest scrolls.
    let window = ui.ctx().content_rect().height();
    let height = (whole + bar).min((window * MOST_HEIGHT).max(window - REST_HEIGHT));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let edge = Stroke::new(tokens.stroke.hairline, tokens.colour.line_hair);
    ui.painter().rect(rect, tokens.radius.control, tokens.colour.surface_paper, edge, StrokeKind::Inside);
    let Some(first) = first else {
        let font = tokens.font(Type::Small);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, "Making the first lines", font, tokens.colour.ink_tertiary);
        // The room of the lines that will stand here.
        for _ in 0..3 {
            words(ui, tokens, Type::Micro, tokens.colour.ink_tertiary, " ");
        }
        return;
    };
    if let Some(picture) = &first.picture {
        picture.show(ui, tokens, rect.shrink(tokens.stroke.hairline));
        return say_below(ui, tokens, first);
    }
    if first.header.is_empty() {
        let (font, ink) = (tokens.font(Type::Body), tokens.colour.ink_secondary);
        paint_words(ui.painter(), rect.center(), Align2::CENTER_CENTER, &first.says, font, ink);
        return say_below(ui, tokens, first);
    }
    if first.widths.len() != first.header.len() {
        first.widths = widths(ui.painter(), tokens, first, rect.width() / 2.0);
    }
    let id = Id::unique("first lines");
    let table = ui.interact(rect, id, Sense::focusable_noninteractive());
    table.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "First lines of the table"));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_count(first.rows.len() + 1);
        node.set_column_count(first.header.len());
    });
    let size = vec2(first.widths.iter().sum::<f32>() + tokens.space.two, whole);
    let moved = table.has_focus().then(|| take_keys(ui, id, first, (size - rect.size()).max(Vec2::ZERO), row)).flatten();
    let mut scroll = ScrollArea::both().id_salt("first lines").auto_shrink(false);
    if let Some(offset) = moved {
        scroll = scroll.scroll_offset(offset);
    }
    let mut inside = ui.new_child(eframe::egui::UiBuilder::new().max_rect(rect.shrink(tokens.stroke.hairline)));
    let shown = scroll.show_viewport(&mut inside, |ui, viewport| {
        ui.set_min_size(size);
        let corner = ui.min_rect().min;
        ui.painter().hline(corner.x..=corner.x + size.x, corner.y + row, edge);
        show_cells(ui, tokens, first, (corner, viewport), row);
    });
    first.offset = shown.state.unclamped_offset();
    if table.has_focus() {
        focus_ring(ui, tokens, rect);
    }
    say_below(ui, tokens, first);
}

/// How wide each column is: as wide as its widest cell, within reason.
fn widths(painter: &Painter, tokens: &Tokens, first: &First, most: f32) -> Vec<f32> {
    let wide = |line: usize, cell: &String| {
        painter.layout_no_wrap(cell.lines().next().unwrap_or_default().to_owned(), font(tokens, line), Color32::PLACEHOLDER).size().x
    };
    let lines = || [&first.header].into_iter().chain(&first.rows).enumerate();
    let column = |column: usize| {
        let cells = lines().filter_map(|(line, cells)| Some(wide(line, cells.get(column)?)));
        (cells.fold(0.0, f32::max) + 2.0 * tokens.space.two).min(most).ceil()
    };
    (0..first.header.len()).map(column).collect()
}

fn font(tokens: &Tokens, line: usize) -> FontId {
    tokens.font_in(Type::Small, if line == 0 { family::INTERFACE_SEMIBOLD } else { family::TABULAR })
}

/// Takes the keys that move the table: a column or a `row` on or back, to its first column or its last; `end` is how far it
/// can be scrolled. Returns where to.
fn take_keys(ui: &Ui, id: Id, first: &First, end: Vec2, row: f32) -> Option<Vec2> {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let lefts = || first.widths.iter().scan(0.0, |left, width| Some(std::mem::replace(left, *left + width)));
    let Vec2 { x, y } = first.offset;
    let to = if pressed(Key::ArrowRight) {
        vec2(lefts().find(|left| *left > x + 1.0).unwrap_or(end.x), y)
    } else if pressed(Key::ArrowLeft) {
        vec2(lefts().filter(|left| *left < x - 1.0).last().unwrap_or(0.0), y)
    } else if pressed(Key::ArrowDown) {
        vec2(x, y + row)
    } else if pressed(Key::ArrowUp) {
        vec2(x, (y - row).max(0.0))
    } else if pressed(Key::Home) {
        vec2(0.0, y)
    } else if pressed(Key::End) {
        vec2(end.x, y)
    } else {
        return None;
    };
    Some(to.min(end))
}

/// Shows the cells that are seen, each published with its place.
fn show_cells(ui: &Ui, tokens: &Tokens, first: &First, (corner, viewport): (eframe::egui::Pos2, Rect), row: f32) {
    let lines = [&first.header].into_iter().chain(&first.rows).enumerate();
    for (line, cells) in lines {
        let ink = if line == 0 { tokens.colour.ink_secondary } else { tokens.colour.ink };
        let mut left = tokens.space.two;
        for (column, (cell, width)) in cells.iter().zip(&first.widths).enumerate() {
            let from = left;
            left += width;
            if left < viewport.left() || from > viewport.right() {
                continue;
            }
            let rect = Rect::from_min_size(corner + vec2(from, row * line as f32), vec2(*width, row));
            let id = Id::unique("first lines").with((line, column));
            let role = if line == 0 { Role::ColumnHeader } else { Role::GridCell };
            ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(role, true, cell));
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_row_index(line);
                node.set_column_index(column);
            });
            let end = rect.right() - tokens.space.two;
            let cell = cell.lines().next().unwrap_or_default();
            let shown = end_of_path(ui.painter(), cell, &font(tokens, line), end - rect.left());
            let at = pos2(rect.left(), rect.center().y);
            paint_elided(ui.painter(), at.x, end, at.y, &shown, font(tokens, line), ink);
        }
    }
}

/// How much is shown, what is counted in it and what was changed: three lines whatever they say, so that nothing below them
/// moves.
fn say_below(ui: &mut Ui, tokens: &Tokens, first: &First) {
    let changed = if first.changed.is_empty() { "nothing".to_owned() } else { first.changed.join(" · ") };
    for (ink, says) in [
        (tokens.colour.ink_tertiary, first.says.clone()),
        // Its line stays where there is nothing to say, so that nothing moves.
        (tokens.colour.ink_secondary, if first.counted.is_empty() { " ".to_owned() } else { first.counted.clone() }),
        (tokens.colour.ink_secondary, format!("Changed: {changed}")),
    ] {
        let line = eframe::egui::RichText::new(says.as_str()).font(tokens.font(Type::Micro)).color(ink);
        ui.add(eframe::egui::Label::new(line).truncate());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_and_what_they_are_about_are_shown_first() {
        let names = |header: &str| -> Vec<String> {
            let header: Vec<String> = header.split(' ').map(str::to_owned).collect();
            order(&header).into_iter().map(|at| header[at].clone()).collect()
        };
        assert_eq!(names("id source paragraph text theme time cases").join(" "), "text theme source paragraph cases id time");
        assert_eq!(names("Theme Fife source Total").join(" "), "Theme Fife source Total", "a matrix stays as it is");
    }

    #[test]
    fn every_column_is_there_and_formulas_are_as_they_will_be_written() {
        let table = Table::new((0..9).map(|at| format!("c{at}")).collect(), vec![vec!["=1".to_owned(); 9]; 12]);
        let first = First::of(table, String::new(), Vec::new(), Form::Csv);
        assert_eq!((first.header.len(), first.rows.len(), first.rows[0][8].as_str()), (9, ROWS, "'=1"));
        assert_eq!(first.says, "The first 10 of 12 rows, 9 columns");
        assert_eq!(first.changed, ["108 cells that a spreadsheet would run get an apostrophe"]);
    }
}
