use super::codings::{level_names, levels};
use super::table::Table;
use crate::analysis::matrix::{Axis, Cell, CellKey, Filter, Matrix, MatrixSpec, Point, SpecError, matrix};
use crate::study::{Study, ThemeId, ThemeOrigin};

/// What is coded under each theme: the one counting of the codebook, whatever it leaves as.
pub(super) struct CodedThemes<'a> {
    study: &'a Study,
    counted: Matrix,
}

impl<'a> CodedThemes<'a> {
    /// Counts by the rules of the matrix.
    pub fn new(study: &'a Study, filter: &Filter) -> Result<Self, SpecError> {
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: filter.clone() };
        Ok(Self { study, counted: matrix(study, &spec)? })
    }

    /// What is coded with the theme itself.
    pub fn own(&self, theme: ThemeId) -> Cell {
        let has_children = self.study.codebook().children(Some(theme)).next().is_some();
        self.cell(if has_children { Point::ThemeOnly(theme) } else { Point::Theme(theme) })
    }

    /// What is coded with the theme or one below it.
    pub fn all(&self, theme: ThemeId) -> Cell {
        self.cell(Point::Theme(theme))
    }

    fn cell(&self, point: Point) -> Cell {
        let found = self.counted.find(&CellKey { row: Some(vec![point]), ..CellKey::default() });
        found.and_then(|(page, row, column)| self.counted.cell(page, row, column)).copied().unwrap_or_default()
    }
}

/// The codebook, a theme a row, in its order, with what is coded: the theme's own codings, then what it holds with its sub-themes.
///
/// # Errors
/// Never: themes can always be counted.
pub fn codebook_table(study: &Study, filter: &Filter) -> Result<Table, SpecError> {
    let coded = CodedThemes::new(study, filter)?;
    let levels = levels(study);
    let mut header: Vec<String> = ["id", "number", "theme"].map(str::to_owned).to_vec();
    header.extend(level_names(levels));
    header.extend(
        "abbreviation colour definition use_when do_not_use_when origin own_codings codings passages participants"
            .split(' ')
            .map(str::to_owned),
    );
    let rows = study.codebook().themes().map(|theme| {
        let (own, all) = (coded.own(theme.id), coded.all(theme.id));
        let mut lineage = study.codebook().lineage(theme.id).into_iter().map(|theme| theme.name.clone());
        let mut row = vec![theme.id.to_string(), study.codebook().number(theme.id).to_owned(), study.codebook().path(theme.id)];
        row.extend((0..levels).map(|_| lineage.next().unwrap_or_default()));
        row.extend([
            theme.abbreviation.clone(),
            theme.colour.clone().unwrap_or_default(),
            theme.definition.clone(),
            theme.use_when.clone(),
            theme.not_when.clone(),
            theme.origin.map_or("", ThemeOrigin::words).to_owned(),
        ]);
        row.extend([own.codings, all.codings, all.passages, all.people.persons].map(|count| count.to_string()));
        row
    });
    let counts = header.len() - 4;
    let table = Table::new(header, rows.collect());
    Ok(table.counting(|at, _| at >= counts))
}
