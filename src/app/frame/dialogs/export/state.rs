use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Id;

use super::choices::{AsFile, Kind, What, files, named, offered, picture_files};
use super::first_lines::First;
use crate::analysis::matrix::{Filter, MatrixSpec, Measure};
use crate::app::frame::dialogs::path_field::{PathField, PathKind};
use crate::exchange::export::{About, Content, Edits, Form, Labels, Table, TableError};
use crate::exchange::picture::{NoPicture, Picture};
use crate::study::{AttributeId, Case, CaseId, Study};
use crate::text::Texts;

/// How the table of a list is made, with the note beside it.
pub type Make = dyn Fn(&Study, &dyn Texts, Labels, i64) -> Result<(Table, About), TableError> + Send + Sync;

/// How a picture is drawn, with what stands under it.
pub type Draw = dyn Fn(&Study, &dyn Texts, Labels, i64) -> Result<(Picture, About), NotDrawn> + Send + Sync;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// What it would be drawn from cannot be made.
    #[error(transparent)]
    Table(#[from] TableError),
    /// There is nothing to draw.
    #[error(transparent)]
    Picture(#[from] NoPicture),
}

/// A list in the window that is to leave the project as it is seen: hits, passages.
#[derive(Clone)]
pub struct Listed {
    /// What the file is called, without ending.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub what: String,
    /// Makes its table.
    pub make: Arc<Make>,
    /// The pictures it can leave as besides, each with its name.
    pub pictures: Vec<(&'static str, Arc<Draw>)>,
    /// By the values of which attributes its figures are told; `None` of a list of words, which is changed as a table of codings is.
    pub figures: Option<Vec<AttributeId>>,
}

/// A page that is to be printed: a document by its own command.
#[derive(Clone, Debug)]
pub struct Printed {
    /// What the dialog is called: "Print codebook".
    pub title: &'static str,
    /// What is on the page, in a sentence.
    pub what: String,
    /// What the file is called, without ending.
    pub file: String,
    /// What it is.
    pub content: Content,
    /// The only case it is of.
    pub case: Option<CaseId>,
}

impl Printed {
    /// The codebook.
    #[must_use]
    pub fn codebook() -> Self {
        Self {
            title: "Print codebook",
            what: "One page with the tree, numbers, definitions, examples and counts.".into(),
            file: "codebook".into(),
            content: Content::Codebook,
            case: None,
        }
    }

    /// The profile of a case.
    #[must_use]
    pub fn profile(case: &Case) -> Self {
        let file = case.label.chars().map(|letter| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' });
        Self {
            title: "Print case profile",
            what: format!("One page with who {} is, and what is charted of it under each theme with what is cited.", case.label),
            file: format!("profile-{}", file.collect::<String>()),
            content: Content::Profiles,
            case: Some(case.id),
        }
    }
}

/// What is to leave the project, and where to.
pub struct ExportDialog {
    pub(super) kind: Kind,
    pub(super) what: What,
    /// The list that leaves, in the place of one of the tables of every project.
    pub(super) listed: Option<Listed>,
    /// The page that is printed, in the place of one of the documents of every project.
    pub(super) printed: Option<Printed>,
    matrix: (MatrixSpec, Measure),
    /// The page of the matrix, or the chart, that is seen, where one is.
    pub(super) seen: Option<(Content, Listed)>,
    pub(super) how: How,
    folder: PathBuf,
    pub(in crate::app::frame::dialogs) path: PathField,
    /// The path that follows what is exported until another is typed.
    following: String,
    /// What the first lines were last asked for, and what they are.
    pub(super) asked: Option<(Arc<Study>, What, How)>,
    pub(super) first: Option<First>,
    /// How much was edited, once the project has answered.
    pub(super) edits: Option<Edits>,
    pub(super) edits_asked: bool,
    /// What is there already and may be replaced: somebody was asked.
    pub(super) may_replace: Vec<PathBuf>,
    /// What else is there already, and is asked about.
    pub(super) taken: Vec<PathBuf>,
    /// Whether it was to be written before anybody said whether groups of few are masked.
    pub(super) unsaid: bool,
    /// The answer to that which is offered.
    pub(super) offered_answer: Option<Id>,
    /// How high what is asked and shown of a file stands, so that nothing moves where there is nothing of it.
    pub(super) room: f32,
    pub(super) writing: bool,
}

/// How something is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct How {
    pub labels: Labels,
    pub file: AsFile,
    /// Whether the matrix leaves as it is seen: its page, what is unfolded, figures in words.
    pub as_seen: bool,
    /// Whether the filters of the matrix hold for the table.
    pub filtered: bool,
    /// Which picture leaves, where a picture does.
    pub picture: usize,
}

impl ExportDialog {
    /// A dialog for files in `folder`. `matrix` is the matrix as it is seen.
    #[must_use]
    pub fn new(folder: PathBuf, matrix: (MatrixSpec, Measure)) -> Self {
        let how = How { labels: Labels::IDS, file: (Form::Csv, true), as_seen: false, filtered: true, picture: 0 };
        let mut dialog = Self {
            kind: Kind::Tables,
            what: Some(Content::Matrix),
            listed: None,
            printed: None,
            matrix,
            seen: None,
            how,
            path: PathField::new("File to write", PathKind::New, &folder, true),
            folder,
            following: String::new(),
            asked: None,
            first: None,
            edits: None,
            edits_asked: false,
            may_replace: Vec::new(),
            taken: Vec::new(),
            unsaid: false,
            offered_answer: None,
            room: 0.0,
            writing: false,
        };
        dialog.path.typed = dialog.target();
        dialog.following.clone_from(&dialog.path.typed);
        dialog
    }

    /// A dialog for a list, to a file in `folder`.
    #[must_use]
    pub fn of(folder: &Path, study: &Study, listed: Listed) -> Self {
        let matrix = (MatrixSpec::usual(study), Measure::Participants);
        // What it leaves out is what a table of codings leaves out.
        let mut dialog = Self { what: Some(Content::Codings), listed: Some(listed), ..Self::new(folder.to_owned(), matrix) };
        dialog.path.typed = dialog.target();
        dialog.following.clone_from(&dialog.path.typed);
        dialog
    }

    /// A dialog for a page to be printed, to a file in `folder`.
    #[must_use]
    pub fn printing(folder: &Path, study: &Study, printed: Printed) -> Self {
        let matrix = (MatrixSpec::usual(study), Measure::Participants);
        let mut dialog = Self { kind: Kind::Documents, ..Self::new(folder.to_owned(), matrix) };
        // A page for any browser, which prints it.
        dialog.how.file = (Form::Html, true);
        let content = printed.content;
        dialog.printed = Some(printed);
        dialog.choose(Some(content));
        dialog
    }

    /// The same for a matrix of which a page is seen, or a chart.
    #[must_use]
    pub fn seeing(mut self, seen: Option<(Content, Listed)>) -> Self {
        self.how.as_seen = seen.is_some();
        if let Some((content, _)) = &seen {
            self.choose(Some(*content));
        }
        self.seen = seen;
        self
    }

    /// The same with this table chosen.
    #[must_use]
    pub fn with(mut self, content: Content) -> Self {
        self.choose(Some(content));
        self
    }

    /// The kinds of file that can be chosen.
    pub(super) fn files(&self) -> Vec<(AsFile, &'static str)> {
        // A list leaves as any table does.
        let tables = files(self.kind, if self.listed.is_some() { Some(Content::Codings) } else { self.what });
        let pictures = (!self.pictures().is_empty()).then(picture_files);
        tables.into_iter().chain(pictures.into_iter().flatten()).collect()
    }

    /// The pictures that can be chosen.
    pub(super) fn pictures(&self) -> &[(&'static str, Arc<Draw>)] {
        self.listed_of_what().map_or(&[][..], |listed| &listed.pictures)
    }

    /// Whether a picture leaves.
    pub(super) fn is_picture(&self) -> bool {
        Form::OF_PICTURES.contains(&self.how.file.0)
    }

    /// How the picture that leaves is drawn, where one does.
    pub(super) fn draws(&self) -> Option<Arc<Draw>> {
        let pictures = self.pictures();
        let chosen = pictures.get(self.how.picture).or_else(|| pictures.first()).filter(|_| self.is_picture());
        chosen.map(|(_, draw)| Arc::clone(draw))
    }

    /// The list that leaves: one of its own, or what is seen of what is chosen.
    fn listed_of_what(&self) -> Option<&Listed> {
        self.listed.as_ref().or_else(|| self.seen_of_what().filter(|_| self.how.as_seen))
    }

    /// Whether the part that is seen leaves, or the whole. What cannot leave as the kind of file that was chosen does so as the first.
    pub(super) fn choose_part(&mut self, as_seen: bool) {
        self.how.as_seen = as_seen;
        let files = self.files();
        if let Some((first, _)) = files.first().filter(|_| files.iter().all(|(file, _)| *file != self.how.file)) {
            self.choose_file(*first);
        }
    }

    /// Whether the matrix has filters, and they could hold for what is chosen.
    pub(super) fn can_filter(&self) -> bool {
        let may = self.kind == Kind::Tables || self.what == Some(Content::Transcripts);
        let takes = may && self.what.is_some_and(Content::takes_filters) && self.listed.is_none();
        takes && self.matrix.0.filter != Filter::default()
    }

    /// What the table is made of: the matrix with the filters that hold, or a list in its place.
    pub(super) fn made_of(&self) -> ((MatrixSpec, Measure), Option<Listed>) {
        let mut matrix = self.matrix.clone();
        if !self.how.filtered {
            matrix.0.filter = Filter::default();
        }
        (matrix, self.listed_of_what().cloned())
    }

    /// What is seen of what is chosen.
    pub(super) fn seen_of_what(&self) -> Option<&Listed> {
        self.seen.as_ref().filter(|(content, _)| self.what == Some(*content)).map(|(_, listed)| listed)
    }

    /// Whether what leaves tells how much was edited, and that is not known yet.
    pub(super) fn waits_for_edits(&self) -> bool {
        self.edits.is_none() && matches!(self.what, Some(Content::Method | Content::Coreq | Content::Srqr | Content::Archive))
    }

    /// Goes over to the first of another kind.
    pub(super) fn choose_kind(&mut self, kind: Kind) {
        self.kind = kind;
        self.choose(offered(kind).first().map(|(content, ..)| *content));
    }

    pub(super) fn choose(&mut self, what: What) {
        self.what = what;
        // What is left out of the matrix is left out of other tables only when that was seen and chosen.
        self.how.filtered = matches!(what, Some(Content::Matrix | Content::Cells));
        let files = self.files();
        if let Some((first, _)) = files.first().filter(|_| files.iter().all(|(file, _)| *file != self.how.file)) {
            self.how.file = *first;
        }
        self.follow();
    }

    /// Puts the ending of the chosen kind of file in the place of that of the path.
    pub(super) fn choose_file(&mut self, file: AsFile) {
        self.how.file = file;
        if self.path.typed == self.following {
            return self.follow();
        }
        if let Some(path) = self.path.path().filter(|path| path.extension().is_some()) {
            self.path.typed = path.with_extension(file.0.ending()).display().to_string();
            self.ask_anew();
        }
    }

    /// Takes in the path in the field, in which `before` stood: another was typed, or chosen in the system's dialog. That has asked
    /// about the file it names, and about nothing that goes beside it or lies in a folder.
    pub(super) fn follow_path(&mut self, before: &str) {
        let chosen = self.path.take_chosen().is_some();
        if chosen || self.path.typed != before {
            self.ask_anew();
            self.follow_ending();
        }
        if chosen && self.what.is_some() {
            self.may_replace.extend(self.path.path());
        }
    }

    /// That other files may be replaced says nothing of these.
    pub(super) fn ask_anew(&mut self) {
        self.may_replace.clear();
        self.taken.clear();
    }

    /// Goes over to the kind of file whose ending was typed, if it is one that can be chosen.
    fn follow_ending(&mut self) {
        let ending = self.path.path().and_then(|path| Some(path.extension()?.to_string_lossy().to_lowercase()));
        let is_typed = |form: Form| ending.as_deref() == Some(form.ending());
        if is_typed(self.how.file.0) {
            return;
        }
        if let Some((file, _)) = self.files().into_iter().find(|((form, _), _)| is_typed(*form)) {
            self.how.file = file;
        }
    }

    fn follow(&mut self) {
        if self.path.typed == self.following {
            let target = self.target();
            if target != self.path.typed {
                self.ask_anew();
            }
            self.path.typed = target;
            self.following.clone_from(&self.path.typed);
        }
    }

    /// The file or folder it is usually written to.
    fn target(&self) -> String {
        let name = match (&self.listed, &self.printed) {
            (Some(listed), _) => listed.name.to_owned(),
            (None, Some(printed)) => printed.file.clone(),
            (None, None) => named(self.kind, self.what).0.to_lowercase(),
        };
        let ending = if self.what.is_some() { format!(".{}", self.how.file.0.ending()) } else { String::new() };
        self.folder.join(name + &ending).display().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_follows_what_is_chosen_until_another_is_typed() {
        let study = crate::analysis::testing::Builder::new().study();
        let mut dialog = ExportDialog::new(PathBuf::from("x"), (MatrixSpec::usual(&study), Measure::Passages));
        let name = |dialog: &ExportDialog| dialog.path.path().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name(&dialog), "matrix.csv");
        dialog.choose(Some(Content::Chart));
        assert_eq!((name(&dialog).as_str(), dialog.how.file.0), ("chart.csv", Form::Csv), "what was chosen stays where it can");
        dialog.choose_file((Form::Xlsx, true));
        assert_eq!(name(&dialog), "chart.xlsx");
        dialog.choose_kind(Kind::Documents);
        assert_eq!(name(&dialog), "findings.docx");
        dialog.path.typed = "mine.html".to_owned();
        dialog.follow_ending();
        assert_eq!(dialog.how.file.0, Form::Html);
        dialog.choose_file((Form::Docx, true));
        assert_eq!(name(&dialog), "mine.docx");
        dialog.choose_kind(Kind::Texts);
        assert_eq!(name(&dialog), "mine.docx", "another was typed");
        let mut dialog = ExportDialog::new(PathBuf::from("x"), (MatrixSpec::usual(&study), Measure::Passages));
        dialog.choose_kind(Kind::Whole);
        assert_eq!(name(&dialog), "project.json");
        dialog.choose(Some(Content::Archive));
        assert_eq!((name(&dialog).as_str(), dialog.waits_for_edits()), ("archive.zip", true));
    }
}
