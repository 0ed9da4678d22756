use super::form::Form;

/// What can leave a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The matrix as it is seen.
    Matrix,
    /// The matrix in long form: one row a cell, with every measure.
    Cells,
    /// Cases by themes, with what is charted there.
    Chart,
    /// One row a summary.
    Summaries,
    /// One row a coding.
    Codings,
    /// One row a source.
    Sources,
    /// One row a quote mark.
    Quotes,
    /// Cases by themes.
    Cases,
    /// Every memo.
    Memos,
    /// The propositions, one row a piece of evidence.
    Propositions,
    /// The typologies, one row a case and dimension.
    Typologies,
    /// The themes with their definitions: a table or a document.
    Codebook,
    /// The texts with what is coded in them, to be read.
    Transcripts,
    /// Findings by theme, with quotes.
    Findings,
    /// A page for every case.
    Profiles,
    /// An account of how the study was done.
    Method,
    /// The items of COREQ, those that the project knows filled in.
    Coreq,
    /// The items of SRQR, likewise.
    Srqr,
    /// The whole project, for other programs.
    Project,
    /// Texts, tables, codebook and project, with what explains them, to be deposited.
    Archive,
}

impl Content {
    /// What it is called in a sentence.
    #[must_use]
    pub const fn called(self) -> &'static str {
        match self {
            Self::Matrix => "the matrix",
            Self::Cells => "the table of cells",
            Self::Chart => "the chart",
            Self::Summaries => "the table of summaries",
            Self::Codings => "the table of codings",
            Self::Sources => "the table of sources",
            Self::Quotes => "the table of quotes",
            Self::Cases => "the table of cases",
            Self::Memos => "the table of memos",
            Self::Propositions => "the table of propositions",
            Self::Typologies => "the table of typologies",
            Self::Codebook => "the codebook",
            Self::Transcripts => "the coded transcripts",
            Self::Findings => "findings by theme",
            Self::Profiles => "case profiles",
            Self::Method => "the account of the method",
            Self::Coreq => "the COREQ table",
            Self::Srqr => "the SRQR table",
            Self::Project => "the project",
            Self::Archive => "the archive",
        }
    }

    /// The kinds of file it can leave as, the usual one first.
    #[must_use]
    pub const fn forms(self) -> &'static [Form] {
        match self {
            // Its cells are texts, which a spreadsheet shows better than a list of commas.
            Self::Chart => &[Form::Xlsx, Form::Csv, Form::Tsv, Form::Json, Form::Md],
            Self::Codebook => &[Form::Csv, Form::Tsv, Form::Xlsx, Form::Json, Form::Docx, Form::Html, Form::Md],
            Self::Transcripts => &[Form::Html, Form::Docx, Form::Md],
            Self::Project => &[Form::Json],
            Self::Archive => &[Form::Zip],
            Self::Findings | Self::Profiles | Self::Method | Self::Coreq | Self::Srqr => Form::OF_DOCUMENTS,
            _ => Form::OF_TABLES,
        }
    }

    /// Whether filters of codings hold for it; summaries and documents are of the whole study.
    #[must_use]
    pub const fn takes_filters(self) -> bool {
        matches!(self, Self::Matrix | Self::Cells | Self::Codings | Self::Quotes | Self::Cases | Self::Codebook | Self::Transcripts)
    }
}
