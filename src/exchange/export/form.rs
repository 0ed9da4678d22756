use std::path::Path;

use super::write::ExportError;

/// A kind of file that something can leave as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values, with a note beside it.
    Csv,
    /// Values separated by tabs, a row a line, with a note beside it.
    Tsv,
    /// A workbook for spreadsheets, with the note as its last sheet.
    Xlsx,
    /// Objects for scripts and other programs, with the note inside.
    Json,
    /// A document for word processors.
    Docx,
    /// A page for browsers that needs no other file.
    Html,
    /// Plain text with light marks, for notes and repositories.
    Md,
    /// A folder packed into one file.
    Zip,
    /// A drawing that stays sharp at any size.
    Svg,
    /// A drawing in dots.
    Png,
}

impl Form {
    /// What tables can leave as.
    pub const OF_TABLES: &[Self] = &[Self::Csv, Self::Tsv, Self::Xlsx, Self::Json, Self::Md];
    /// What documents can leave as.
    pub const OF_DOCUMENTS: &[Self] = &[Self::Docx, Self::Html, Self::Md];
    /// What pictures can leave as.
    pub const OF_PICTURES: &[Self] = &[Self::Svg, Self::Png];

    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Md => "md",
            Self::Zip => "zip",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Xlsx => "Excel",
            Self::Json => "JSON",
            Self::Docx => "Word",
            Self::Html => "HTML",
            Self::Md => "Markdown",
            Self::Zip => "ZIP",
            Self::Svg => "SVG",
            Self::Png => "PNG",
        }
    }

    /// Whether its rows are lines of text, beside which a note lies, and in which a spreadsheet would run formulas.
    #[must_use]
    pub const fn is_lines(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }

    /// The form that the ending of a path names, of those that `what` can leave as.
    ///
    /// # Errors
    /// [`ExportError::IsProject`] for the name of a project, [`ExportError::Ending`] for any other ending.
    pub fn of(path: &Path, what: &'static str, among: &[Self]) -> Result<Self, ExportError> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if ending == "themata" {
            return Err(ExportError::IsProject(path.to_owned()));
        }
        let named = |form: &&Self| form.ending() == ending || (**form == Self::Html && ending == "htm");
        among.iter().find(named).copied().ok_or_else(|| ExportError::Ending { what, endings: endings(among) })
    }
}

/// ".csv, .xlsx or .docx".
fn endings(forms: &[Form]) -> String {
    let named: Vec<String> = forms.iter().map(|form| format!(".{}", form.ending())).collect();
    match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_chooses_and_a_wrong_one_is_told() {
        let of = |path: &str, among: &[Form]| Form::of(Path::new(path), "the codebook", among);
        assert_eq!(of("a/b.XLSX", Form::OF_TABLES).unwrap(), Form::Xlsx);
        assert_eq!(of("b.htm", Form::OF_DOCUMENTS).unwrap(), Form::Html);
        assert!(matches!(of("b.Themata", Form::OF_TABLES), Err(ExportError::IsProject(_))));
        for (path, among, says) in [
            (
                "b.txt",
                &[Form::Csv, Form::Xlsx, Form::Html][..],
                "the codebook can leave as .csv, .xlsx or .html; give the file one of these endings",
            ),
            ("csv", &[Form::Csv], "the codebook can leave as .csv; give the file this ending"),
        ] {
            assert_eq!(of(path, among).unwrap_err().to_string(), says);
        }
    }
}
