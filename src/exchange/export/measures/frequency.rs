use super::{Measured, NO_THEMES, told};
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Matrix;
use crate::exchange::export::labels::Labels;
use crate::exchange::export::leaving::TableError;
use crate::exchange::export::matrix::{cells_table, matrix_cells};
use crate::study::Study;

/// How often themes are spoken of, and by how many: a row a cell of a matrix of themes by nothing or by an attribute.
///
/// # Errors
/// [`TableError`] as for [`cells_table`].
pub fn frequency_measured(study: &Study, matrix: &Matrix, labels: Labels) -> Result<Measured, TableError> {
    let table = cells_table(study, matrix, labels)?;
    let leads = matrix_cells(matrix).map(|(page, row, column)| Leads::cell(matrix, page, row, column)).collect();
    let computed = vec![
        "passages: stretches of text with the theme; codings that share characters are one. codings: every one.".to_owned(),
        "Participants are distinct persons, of n who could have been heard; other kinds of case stand beside them. words: participants’ words under the theme.".to_owned(),
        "A theme counts with those below it. Whoever has two values counts under each; totals are counted for themselves.".to_owned(),
    ];
    let found = told(&table, NO_THEMES);
    Ok(Measured { name: "Frequencies of themes".to_owned(), table, leads, found, computed })
}
