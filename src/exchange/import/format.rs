use super::decode::{self, decode};
use super::draft::{ImportError, Problem};
use super::read::Content;
use super::survey::Grid;
use super::{captions, docx, epub, html, markdown, odt, pdf, rtf, units};

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Word,
    OpenDocument,
    RichText,
    Page,
    Book,
    Pdf,
    /// .vtt and .srt, which differ in little.
    Captions,
    /// What a program that recognises speech wrote.
    Json,
    /// Cells that commas, semicolons or tabs divide.
    Cells,
    /// An Excel workbook.
    Excel,
    /// An OpenDocument spreadsheet.
    Spreadsheet,
}

/// The endings of names, in lower case, by which a kind of file is known.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("docx", Format::Word),
    ("vtt", Format::Captions),
    ("srt", Format::Captions),
    ("json", Format::Json),
    ("csv", Format::Cells),
    ("tsv", Format::Cells),
    ("xlsx", Format::Excel),
    ("ods", Format::Spreadsheet),
    ("odt", Format::OpenDocument),
    ("fodt", Format::OpenDocument),
    ("rtf", Format::RichText),
    ("html", Format::Page),
    ("htm", Format::Page),
    ("xhtml", Format::Page),
    ("epub", Format::Book),
    ("pdf", Format::Pdf),
];

/// The endings by which files that are read are best known, for sentences.
pub const READABLE: &str = ".txt, .md, .docx, .odt, .rtf, .html, .epub, .pdf, .vtt, .srt, .json, .csv, .xlsx or .ods";

/// Whether a file of this name may be one that can be read.
#[must_use]
pub fn is_readable(name: &str) -> bool {
    Format::of(name).is_ok()
}

impl Format {
    /// The format that a file's ending says.
    pub(super) fn of(name: &str) -> Result<Self, ImportError> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        let known = ENDINGS.iter().find(|(known, _)| *known == ending);
        known.map(|(_, format)| *format).ok_or_else(|| ImportError::UnknownEnding { name: name.to_owned() })
    }

    /// The cells of a file, if its format is that of a table.
    pub(super) fn grid(self, name: &str, bytes: &[u8]) -> Result<Option<Grid>, ImportError> {
        match self {
            Self::Cells => Grid::of_text(name, bytes).map(Some),
            Self::Excel => Grid::of_xlsx(name, bytes).map(Some),
            Self::Spreadsheet => Grid::of_ods(name, bytes).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether files of this format are archives.
    pub(super) const fn is_packed(self) -> bool {
        matches!(self, Self::Word | Self::OpenDocument | Self::Book | Self::Excel | Self::Spreadsheet)
    }

    /// The ending by which a format is best known.
    pub(super) fn ending(self) -> &'static str {
        ENDINGS.iter().find(|(_, format)| *format == self).map_or("txt", |(ending, _)| ending)
    }

    /// Whether its files are texts by themselves, so that what is read of one has the lines of the file.
    pub(super) const fn has_lines(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown)
    }

    /// Reads a file of this format.
    pub(super) fn read(self, name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
        match self {
            Self::Word => docx::read(name, bytes),
            Self::Plain => decoded(name, bytes, |text| {
                let table = captions::turns_of_table(text);
                Ok(table.unwrap_or_else(|| Content::plain(text.to_owned(), units::units(text))))
            }),
            Self::Markdown => decoded(name, bytes, |text| {
                let units = markdown::units(text);
                Ok(Content { styles: markdown::styles(text, &units), ..Content::plain(text.to_owned(), units) })
            }),
            Self::Captions => decoded(name, bytes, |text| Ok(captions::read(text))),
            Self::Cells | Self::Excel | Self::Spreadsheet => {
                let grid = self.grid(name, bytes)?.unwrap_or_default();
                captions::turns_of_rows(&grid.rows).ok_or_else(|| ImportError::ManyTexts { name: name.to_owned() })
            }
            Self::Json => decoded(name, bytes, |text| captions::read_json(name, text)),
            Self::OpenDocument => odt::read(name, bytes),
            Self::RichText => rtf::read(name, bytes),
            Self::Page => html::read(name, bytes),
            Self::Book => epub::read(name, bytes),
            Self::Pdf => pdf::read(name, bytes),
        }
    }
}

/// Reads a file that is text by itself, whatever its encoding.
fn decoded(name: &str, bytes: &[u8], read: impl FnOnce(&str) -> Result<Content, ImportError>) -> Result<Content, ImportError> {
    let decoded = decode(bytes).ok_or_else(|| ImportError::NotText { name: name.to_owned() })?;
    let guessed = decoded.guessed.map(|encoding| Problem::whole(decode::guessed(encoding)));
    let cut = decoded
        .cut
        .then(|| Problem::whole("The last byte of the file is half a letter and was left out. Look whether the end is missing."));
    let mut content = read(&decoded.text)?;
    content.problems.splice(0..0, guessed.into_iter().chain(cut));
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_named_and_known_by_its_endings() {
        for (ending, format) in ENDINGS {
            assert_eq!(Format::of(&format!("A.b.{}", ending.to_uppercase())).ok(), Some(*format));
            assert!(READABLE.contains(&format!(".{}", format.ending())), "{ending}");
        }
        assert!(!is_readable("a.doc") && !is_readable("txt"));
    }
}
