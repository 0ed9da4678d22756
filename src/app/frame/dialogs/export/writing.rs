use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::choices::What;
use super::first_lines::{First, changed, changed_in_figures};
use super::state::{Draw, ExportDialog, How, Listed, NotDrawn};
use crate::analysis::matrix::{Filter, MatrixSpec, Measure};
use crate::app::context::Cx;
use crate::app::frame::dialogs::Dialog;
use crate::app::user_error::UserError;
use crate::app::worker::JobHandle;
use crate::exchange::export::{
    About, Content, Edits, ExportError, Form, GoOn, Leaving, TableError, Wish, in_the_way, leaving, write_texts,
};
use crate::exchange::picture::{DPI, Picture, write_picture};
use crate::study::{AttributeId, CaseId, Study};
use crate::text::Texts;

/// How writing ended.
enum End {
    Written(String),
    /// These files are there, or this folder with something in it, and nobody was asked about them.
    Taken(Vec<PathBuf>),
}

/// Asks for the first lines, if they are of something else.
pub(super) fn look_ahead(dialog: &mut ExportDialog, cx: &mut Cx<'_>) {
    let (Some(project), Some(content)) = (cx.project, dialog.what) else { return };
    let (what, how) = (dialog.what, dialog.how);
    let same = |(study, other, by): &(Arc<Study>, What, How)| Arc::ptr_eq(study, cx.study) && *other == what && *by == how;
    if dialog.asked.as_ref().is_some_and(same) {
        return;
    }
    if dialog.waits_for_edits() && !dialog.edits_asked {
        // The log lies with the project.
        dialog.edits_asked = true;
        cx.ask(
            |project| {
                let edits = project.history_seen().and_then(|edits| Ok(Edits::of(&edits, &project.edits_of_themes()?)));
                edits.map_err(|error| {
                    UserError::new("The log cannot be read.", "Look through the project with “themata check”.").because(&error)
                })
            },
            |state, edits| {
                if let Some(Dialog::Export(dialog)) = &mut state.frame.dialog {
                    dialog.edits = Some(edits);
                    dialog.asked = None;
                }
            },
        );
    }
    let study = Arc::clone(cx.study);
    dialog.asked = Some((Arc::clone(&study), what, how));
    let job = Job::new(dialog, project.path.clone(), &study, &project.texts, cx.now);
    cx.job(
        "first lines",
        "",
        move |news| {
            if let Some(drawn) = job.drawn() {
                let (picture, about) = drawn.map_err(|error| job.not_made(&error))?;
                let changed = job.changed(content);
                return Ok(First::picture(picture, &about, changed));
            }
            let made = job.made(content, &mut |done, of| news.progress(done, of)).map_err(|error| job.not_made(&error))?;
            let changed = job.changed(content);
            let says = made.says();
            Ok(match made.overview() {
                Some((table, Some(about))) => First::of(table, about.counted_says(), changed, how.file.0),
                Some((table, None)) => First::overview(table, &says, job.counted(content), changed, how.file.0),
                None => First::words(says, changed),
            })
        },
        |state, first| {
            if let Some(Dialog::Export(dialog)) = &mut state.frame.dialog {
                dialog.first = Some(first);
            }
        },
    );
}

/// Writes on a thread of its own.
pub(super) fn write(dialog: &mut ExportDialog, cx: &mut Cx<'_>) {
    let (Some(project), Some(path)) = (cx.project, dialog.path.path()) else { return };
    dialog.writing = true;
    let job = Job::new(dialog, project.path.clone(), cx.study, &project.texts, cx.now);
    cx.job(
        "export",
        "Exporting",
        move |news| Ok(job.write(&path, news)),
        |state, end| match end {
            Ok(End::Written(says)) => {
                state.frame.dialog = None;
                state.say(says);
            }
            end => {
                if let Some(Dialog::Export(dialog)) = &mut state.frame.dialog {
                    dialog.writing = false;
                    match &end {
                        Ok(End::Taken(paths)) => dialog.taken.clone_from(paths),
                        _ => dialog.ask_anew(),
                    }
                }
                if let Err(error) = end {
                    state.tell(error);
                }
            }
        },
    );
}

/// An export as its thread needs it.
struct Job {
    what: What,
    listed: Option<Listed>,
    draws: Option<Arc<Draw>>,
    matrix: (MatrixSpec, Measure),
    case: Option<CaseId>,
    how: How,
    edits: Option<Edits>,
    may_replace: Vec<PathBuf>,
    project: PathBuf,
    study: Arc<Study>,
    texts: Arc<dyn Texts>,
    now: i64,
}

impl Job {
    fn new(dialog: &ExportDialog, project: PathBuf, study: &Arc<Study>, texts: &Arc<dyn Texts>, now: i64) -> Self {
        let (matrix, listed) = dialog.made_of();
        Self {
            what: dialog.what,
            listed,
            draws: dialog.draws(),
            matrix,
            case: dialog.printed.as_ref().and_then(|printed| printed.case),
            how: dialog.how,
            edits: dialog.edits,
            may_replace: dialog.may_replace.clone(),
            project,
            study: Arc::clone(study),
            texts: Arc::clone(texts),
            now,
        }
    }

    /// By which attributes the figures that leave are told, where figures do.
    fn figures(&self) -> Option<&[AttributeId]> {
        self.listed.as_ref()?.figures.as_deref()
    }

    /// What is changed in what leaves.
    fn changed(&self, content: Content) -> Vec<String> {
        match self.figures() {
            Some(by) => changed_in_figures(&self.study, by, self.how.labels),
            None => changed(&self.study, &self.matrix.0, content, self.how.labels),
        }
    }

    /// Whose codings are in what is no table, and which filters hold.
    fn counted(&self, content: Content) -> String {
        let filter = if content.takes_filters() { self.matrix.0.filter.clone() } else { Filter::default() };
        About::new(&self.study, "", &filter, self.now).counted_says()
    }

    fn not_made(&self, error: &(dyn std::error::Error + 'static)) -> UserError {
        let hint = match self.figures() {
            Some(_) => "Choose otherwise above the figures, then export them again.",
            None => "Choose other rows, columns or pages in the matrix.",
        };
        UserError::new("This cannot be made.", hint).because(error)
    }

    /// The picture that leaves, with what stands under it; nothing where none does.
    fn drawn(&self) -> Option<Result<(Picture, About), NotDrawn>> {
        self.draws.as_ref().map(|draw| draw(&self.study, self.texts.as_ref(), self.how.labels, self.now))
    }

    /// What leaves, in memory: a list, or one of those of every project.
    fn made(&self, content: Content, go_on: GoOn<'_>) -> Result<Leaving, TableError> {
        let labels = self.how.labels;
        if let Some(listed) = &self.listed {
            let (table, about) = (listed.make)(&self.study, self.texts.as_ref(), labels, self.now)?;
            return Ok(Leaving::Table(table, about));
        }
        let (spec, measure) = self.matrix.clone();
        let whole = Wish::whole(&self.study, content, self.how.file.0, self.now);
        let wish = Wish { spec, measure, labels, case: self.case, edits: self.edits, ..whole };
        leaving(&self.study, self.texts.as_ref(), &wish, go_on)
    }

    fn write(&self, path: &Path, news: &mut JobHandle) -> Result<End, UserError> {
        let failed = |error: &ExportError| {
            let what = format!("“{}” could not be written.", path.display());
            let hint = match error {
                ExportError::TooLarge { .. } => "Write it as CSV, which has no such bounds.",
                _ => "Choose another folder, or close the program that has the file open.",
            };
            UserError::new(what, hint).because(error)
        };
        let same = |one: &Path, other: &Path| one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other));
        if same(path, &self.project) {
            return Err(UserError::new("An export never replaces the project itself.", "Type another name."));
        }
        let Some(content) = self.what else {
            if !self.may_replace.iter().any(|asked| asked == path) && path.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
                return Ok(End::Taken(vec![path.to_owned()]));
            }
            let written = write_texts(path, &self.study, self.texts.as_ref()).map_err(|error| failed(&error))?;
            return Ok(End::Written(format!("{} texts in {}", written.len(), path.display())));
        };
        if path.is_dir() {
            return Err(UserError::new(format!("“{}” is a folder.", path.display()), "Add the name of a file to it."));
        }
        let chosen = [self.how.file.0];
        let called = if self.draws.is_some() { "a picture" } else { content.called() };
        if let Err(error) = Form::of(path, called, &chosen) {
            let ending = self.how.file.0.ending();
            return Err(UserError::new(
                format!("“{}” does not end in .{ending}.", path.display()),
                "Give it that ending, or choose another kind of file.",
            )
            .because(&error));
        }
        let there = not_asked_about(path, self.how.file.0, &self.may_replace);
        if !there.is_empty() {
            return Ok(End::Taken(there));
        }
        if let Some(drawn) = self.drawn() {
            let (picture, about) = drawn.map_err(|error| self.not_made(&error))?;
            if !news.progress(1, 2) {
                // Nobody reads it any more; nothing is written.
                return Err(failed(&ExportError::Cancelled));
            }
            let printed = write_picture(path, &picture, &about.under_picture(), DPI).map_err(|error| failed(&error))?;
            let boxes = printed.boxes_say().map(|boxes| format!(" {boxes}.")).unwrap_or_default();
            let (width, height) = printed.size;
            return Ok(End::Written(format!("{} in {}, {width} × {height} mm.{boxes}", picture.title, path.display())));
        }
        // Making it is one half, writing it the other; once cancelled nobody reads what is answered.
        let made = self.made(content, &mut |done, of| news.progress(done, 2 * of)).map_err(|error| self.not_made(&error))?;
        let written =
            made.write(path, self.how.file.1, &mut |done, of| news.progress(of + done, 2 * of)).map_err(|error| failed(&error))?;
        let changed = written.changed_says().map(|changed| format!(" {changed}")).unwrap_or_default();
        let beside = written.about.as_deref().and_then(Path::file_name).map(|name| format!(", read {}", name.to_string_lossy()));
        Ok(End::Written(format!("{} in {}{}.{changed}", made.says(), path.display(), beside.unwrap_or_default())))
    }
}

/// What is there already and would be replaced without anybody having been asked.
fn not_asked_about(path: &Path, form: Form, may_replace: &[PathBuf]) -> Vec<PathBuf> {
    in_the_way(path, form).into_iter().filter(|there| !may_replace.contains(there)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;

    #[test]
    fn a_path_chosen_in_the_systems_dialog_says_nothing_of_what_goes_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (table, note) = (folder.path().join("chart.csv"), folder.path().join("chart-about.txt"));
        for there in [&table, &note] {
            std::fs::write(there, "mine").unwrap();
        }
        let study = Builder::new().study();
        let mut dialog = ExportDialog::new(folder.path().to_owned(), (MatrixSpec::usual(&study), Measure::Passages));
        dialog.choose(Some(Content::Chart));
        let taken = |dialog: &ExportDialog| not_asked_about(&dialog.path.path().unwrap(), dialog.how.file.0, &dialog.may_replace);
        assert_eq!(taken(&dialog), [&*table, &*note], "a path that was typed");
        let before = dialog.path.typed.clone();
        dialog.path.choose(vec![table.clone()]);
        dialog.follow_path(&before);
        assert_eq!(taken(&dialog), [&*note], "the system's dialog has asked about the table alone");
        let asked = taken(&dialog);
        dialog.may_replace.extend(asked);
        assert!(taken(&dialog).is_empty(), "somebody was asked about both");
        dialog.path.typed = note.with_file_name("other.csv").display().to_string();
        dialog.follow_path(&before);
        assert!(dialog.may_replace.is_empty(), "of another path nobody was asked");
        // What lies in a folder no dialog has asked about.
        dialog.choose_kind(super::super::choices::Kind::Texts);
        dialog.path.choose(vec![folder.path().to_owned()]);
        dialog.follow_path("");
        assert!(dialog.may_replace.is_empty());
    }
}
