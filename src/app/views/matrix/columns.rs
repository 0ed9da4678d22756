use crate::study::NOT_STATED;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Color32, Painter};

use super::choice::Choice;
use super::counted::{At, Counted};
use super::{sentences, summed};
use crate::analysis::matrix::{Head, Matrix, Measure, Point};
use crate::app::tokens::{Tokens, Type, family};

/// A column of the grid with its place. Distances are points from the left edge of the scrolled part.
pub struct Column {
    /// Which.
    pub at: At,
    /// Its left edge.
    pub left: f32,
    /// Its width.
    pub width: f32,
    /// Whether there is nobody in it: it is narrow and hatched, its name upright.
    pub nobody: bool,
    /// Its name.
    pub name: String,
    /// How many columns without participants it stands for, where it is a strip; else none.
    pub strip: Option<usize>,
}

/// The head over nested columns.
pub struct Group {
    /// Column of the matrix of groups.
    pub at: usize,
    /// What it stands for.
    pub points: Vec<Point>,
    /// Its name.
    pub name: String,
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// Whether its columns are shown.
    pub open: bool,
}

/// The columns of a page.
pub struct Columns {
    /// Width of the names of rows.
    pub name_width: f32,
    /// Width of the totals of rows.
    pub total_width: f32,
    /// Every column after the row's total.
    pub all: Vec<Column>,
    /// The heads over them, where columns are nested.
    pub groups: Vec<Group>,
    /// Width of all.
    pub width: f32,
    /// Height of the names' place: the one of most lines fits, and upright the longest word.
    pub name_height: f32,
}

/// What columns are laid out from.
struct Layout<'a> {
    painter: &'a Painter,
    tokens: &'a Tokens,
    counted: &'a Counted,
    page: usize,
    measure: Measure,
    /// Whether cells show summaries.
    summaries: bool,
}

/// The columns that are shown, strips of columns without participants unfolded: those of open groups, then each group's total.
#[must_use]
pub fn unfolded(counted: &Counted, choice: &Choice) -> Vec<At> {
    let leaves = || (0..counted.matrix.columns.len()).map(At::Leaf);
    let Some(outer) = &counted.column_groups else { return leaves().collect() };
    let of_group = |(at, head): (usize, &Head)| {
        let open = !choice.folded_groups.contains(&head.points);
        let inside = leaves().filter(|leaf| open && counted.points(*leaf).starts_with(&head.points));
        inside.chain([At::Group(at)]).collect::<Vec<_>>()
    };
    outer.columns.iter().enumerate().flat_map(of_group).collect()
}

/// Lays out the columns of a page.
pub fn lay_out(painter: &Painter, tokens: &Tokens, counted: &Counted, (page, measure): (usize, Measure), choice: &Choice) -> Columns {
    let folded = &choice.folded_groups;
    let layout = Layout { painter, tokens, counted, page, measure, summaries: choice.summaries };
    let figures = (layout.figure_width(At::Total) + tokens.space.six).max(tokens.size.matrix_total_column).ceil();
    let has_words = choice.summaries && summed::has_total(&choice.spec.columns);
    let total_width = if has_words { tokens.size.matrix_summary } else { figures };
    let name_width = tokens.size.matrix_first_column;
    let mut laid = Columns { name_width, total_width, all: Vec::new(), groups: Vec::new(), width: tokens.space.half, name_height: 0.0 };
    let leaves = || (0..counted.matrix.columns.len()).map(At::Leaf);
    let Some(outer) = &counted.column_groups else {
        laid.push_all(&layout, leaves(), choice.nobody_shown);
        return laid;
    };
    let is_empty = |at: usize| !choice.nobody_shown && counted.is_nobody(page, At::Group(at));
    let mut groups = outer.columns.iter().enumerate().peekable();
    while let Some((at, head)) = groups.next() {
        if is_empty(at) {
            // Groups without anybody in a row are one strip without heads.
            let mut several = 1;
            while groups.next_if(|(next, _)| is_empty(*next)).is_some() {
                several += 1;
            }
            let name = if several == 1 { sentences::head_name(head) } else { format!("{several} groups") };
            let columns = leaves().filter(|leaf| counted.points(*leaf).starts_with(&head.points)).count().max(1) * several;
            laid.push_strip(&layout, At::Group(at), columns, &name);
        } else {
            let left = laid.width;
            let open = !folded.contains(&head.points);
            if open {
                let inside = leaves().filter(|leaf| counted.points(*leaf).starts_with(&head.points));
                laid.push_all(&layout, inside, choice.nobody_shown);
            }
            laid.push(&layout, At::Group(at));
            let name = sentences::head_name(head);
            laid.groups.push(Group { at, points: head.points.clone(), name, left, right: laid.width, open });
        }
        laid.width += tokens.size.matrix_group_gap + tokens.space.half;
    }
    laid
}

impl Layout<'_> {
    /// Width of the longest word of a name.
    fn widest_word(&self, name: &str) -> f32 {
        name.split_whitespace().map(|word| self.width(word)).fold(0.0, f32::max)
    }

    /// Width of a name in one line.
    fn width(&self, name: &str) -> f32 {
        self.painter.layout_no_wrap(name.to_owned(), self.tokens.font(Type::ColumnLabel), Color32::PLACEHOLDER).size().x
    }

    /// Room for every figure of a column: none is longer than that of its total with the sign of open sources.
    fn figure_width(&self, at: At) -> f32 {
        let mut longest = sentences::printed(self.counted, self.measure, self.page, At::Total, at);
        if !longest.ends_with('…') {
            longest.push('…');
        }
        let font = self.tokens.font_in(Type::Small, family::TABULAR_SEMIBOLD);
        self.painter.layout_no_wrap(longest, font, Color32::PLACEHOLDER).size().x
    }
}

impl Columns {
    /// Adds columns; several in a row without anybody are one strip, unless each is to be shown.
    fn push_all(&mut self, layout: &Layout<'_>, columns: impl Iterator<Item = At>, nobody_shown: bool) {
        let columns: Vec<At> = columns.collect();
        let nobody = |at: &At| !nobody_shown && layout.counted.is_nobody(layout.page, *at);
        for run in columns.chunk_by(|one, other| nobody(one) && nobody(other)) {
            match run {
                [first, _, ..] => self.push_strip(layout, *first, run.len(), &format!("{} columns", run.len())),
                _ => run.iter().for_each(|at| self.push(layout, *at)),
            }
        }
    }

    /// Adds a strip that stands for `columns` without anybody.
    fn push_strip(&mut self, layout: &Layout<'_>, at: At, columns: usize, what: &str) {
        let width = layout.tokens.size.matrix_column_nobody;
        let line = layout.tokens.line_height(Type::ColumnLabel);
        // Upright; one of the three lines below the names is its own too.
        // A short name stands in one line; one of two has room for its longest word.
        let whole = layout.width(what);
        let length = if whole <= UPRIGHT * line { whole } else { layout.widest_word(what) };
        let height = (length + layout.tokens.space.one - line).min(UPRIGHT * line);
        self.name_height = self.name_height.max(height).ceil();
        self.all.push(Column { at, left: self.width, width, nobody: true, name: what.to_owned(), strip: Some(columns) });
        self.width += width;
    }

    fn push(&mut self, layout: &Layout<'_>, at: At) {
        let Layout { painter, tokens, counted, page, .. } = layout;
        let nobody = counted.is_nobody(*page, at);
        let name = match at {
            At::Leaf(at) => last_name(&counted.matrix, at),
            At::Total | At::Group(_) => "All",
        };
        let line = tokens.line_height(Type::ColumnLabel);
        let word = layout.widest_word(name);
        let (width, height) = if nobody {
            // Upright it also has the room of two of the three lines below the names.
            (tokens.size.matrix_column_nobody, word + tokens.space.one - 2.0 * line)
        } else if layout.summaries {
            let width = tokens.size.matrix_summary;
            (width, painter.layout_job(label(tokens, name, width - tokens.space.half)).size().y)
        } else {
            let figures = layout.figure_width(at) + tokens.space.four + tokens.space.half;
            let widest = 2.0 * tokens.size.matrix_column + tokens.space.three;
            let mut width = (word + tokens.space.two).max(figures).ceil().clamp(tokens.size.matrix_column, widest);
            let set = |width: f32| painter.layout_job(label(tokens, name, width - tokens.space.half));
            while set(width).rows.len() > 2 && width < widest {
                width = (width + tokens.space.two).min(widest);
            }
            (width, set(width).size().y)
        };
        let most = if nobody { UPRIGHT } else { LINES };
        self.name_height = self.name_height.max(height.min(most * line)).ceil();
        self.all.push(Column { at, left: self.width, width, nobody, name: name.to_owned(), strip: None });
        self.width += width;
    }

    /// The columns that lie between two distances from the left edge.
    #[must_use]
    pub fn between(&self, from: f32, to: f32) -> std::ops::Range<usize> {
        let first = self.all.partition_point(|column| column.left + column.width < from);
        let last = self.all.partition_point(|column| column.left < to);
        first..last.max(first)
    }
}

/// The names of columns have no more lines.
const LINES: f32 = 4.0;
/// Upright they are no longer than so many lines are high: a long word stands there whole.
const UPRIGHT: f32 = 7.0;

/// The name of a column under its group.
fn last_name(matrix: &Matrix, at: usize) -> &str {
    let name = matrix.columns.get(at).and_then(|head| head.names.last());
    name.and_then(Option::as_deref).unwrap_or(NOT_STATED)
}

/// A name wrapped into a column and set in its middle.
pub fn label(tokens: &Tokens, name: &str, width: f32) -> LayoutJob {
    let format = TextFormat {
        line_height: Some(tokens.line_height(Type::ColumnLabel)),
        ..TextFormat::simple(tokens.font(Type::ColumnLabel), Color32::PLACEHOLDER)
    };
    let mut job = LayoutJob::single_section(name.to_owned(), format);
    job.wrap.max_width = width;
    job.wrap.max_rows = 3;
    job.halign = Align::Center;
    job
}
