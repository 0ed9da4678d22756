//! The codebook as a page to be printed: where it is written, and that nothing else is lost by it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog, PathDialog, PathKind, PathQuestion};
use crate::app::user_error::UserError;
use crate::app::worker::OpenProject;
use crate::exchange::export::{Content, Form, Wish, leaving};
use crate::study::Study;
use crate::text::Texts;

/// What the page is made of.
#[derive(Clone)]
struct Page {
    study: Arc<Study>,
    texts: Arc<dyn Texts>,
    project: PathBuf,
    now: i64,
}

/// Asks where the page goes, at first into `folder`, and writes it. `now` is in milliseconds since 1970.
pub fn print(project: &OpenProject, study: &Arc<Study>, folder: &Path, now: i64) -> Action {
    let page = Page { study: Arc::clone(study), texts: Arc::clone(&project.texts), project: project.path.clone(), now };
    let question = PathQuestion {
        title: "Print codebook".into(),
        what: "One page with the tree, numbers, definitions, examples and counts: .html for any browser, or .docx.".into(),
        button: "Write it".into(),
        start: folder.join("codebook.html"),
        kind: PathKind::New,
        then: Box::new(move |paths| paths.into_iter().take(1).map(|path| write(page.clone(), path, false)).collect()),
        other: None,
    };
    Action::Show(Box::new(Dialog::Path(PathDialog::new(question))))
}

/// Writes the page; asks first where there is something of that name.
fn write(page: Page, path: PathBuf, replace: bool) -> Action {
    let again = (page.clone(), path.clone());
    Action::job(
        "codebook page",
        "Writing the codebook",
        move |_| {
            let same = |one: &Path, other: &Path| one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other));
            if same(&path, &page.project) {
                return Err(UserError::new("The codebook never replaces the project itself.", "Type another name."));
            }
            if !replace && path.exists() {
                return Ok(None);
            }
            let wish = Wish::whole(&page.study, Content::Codebook, Form::Html, page.now);
            let made = leaving(&page.study, page.texts.as_ref(), &wish);
            let made = made.map_err(|error| {
                UserError::new("The codebook cannot be made.", "Look through the project with “themata check”.").because(&error)
            })?;
            let written = made.write(&path, false);
            written.map(|written| Some(written.file)).map_err(|error| {
                let what = format!("“{}” could not be written.", path.display());
                UserError::new(what, "End its name in .html or .docx, choose another folder, or close the program that has the file open.")
                    .because(&error)
            })
        },
        move |state, written| {
            if let Some(path) = written {
                return state.say(format!("The codebook is in {}", path.display()));
            }
            let (page, path) = again;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let answer = Answer::new("Replace it", write(page, path, true));
            state.frame.dialog = Some(Dialog::Choice(Choice::new(format!("“{name}” is there already"), vec![answer])));
        },
    )
}
