use std::path::Path;

use super::write::ExportError;

/// A kind of file that something can leave as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values, with a note beside it.
    Csv,
    /// A workbook for spreadsheets, with the note as its last sheet.
    Xlsx,
    /// A document for word processors.
    Docx,
    /// A page for browsers that needs no other file.
    Html,
    /// A drawing that stays sharp at any size.
    Svg,
    /// A drawing in dots.
    Png,
}

impl Form {
    /// What tables can leave as.
    pub const OF_TABLES: &[Self] = &[Self::Csv, Self::Xlsx];
    /// What documents can leave as.
    pub const OF_DOCUMENTS: &[Self] = &[Self::Docx, Self::Html];
    /// What pictures can leave as.
    pub const OF_PICTURES: &[Self] = &[Self::Svg, Self::Png];

    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "Excel",
            Self::Docx => "Word",
            Self::Html => "HTML",
            Self::Svg => "SVG",
            Self::Png => "PNG",
        }
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
