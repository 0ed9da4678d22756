//! A part of the project as a page to be printed: where it is written, and that nothing else is lost by it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::context::Action;
use crate::app::frame::dialogs::{Answer, Choice, Dialog, PathDialog, PathKind, PathQuestion};
use crate::app::user_error::UserError;
use crate::app::worker::OpenProject;
use crate::exchange::export::{Content, Form, Wish, leaving};
use crate::study::{Case, CaseId, Study};
use crate::text::Texts;

/// A page that can be printed.
#[derive(Clone, Debug)]
pub struct Printed {
    /// What the question for its path is called: "Print codebook".
    pub title: &'static str,
    /// What the page holds.
    pub holds: String,
    /// What the page is of: "codebook".
    pub noun: &'static str,
    /// What the file is called, without ending.
    pub file: String,
    /// What is on it.
    pub content: Content,
    /// The only case it is of.
    pub case: Option<CaseId>,
}

/// What the page is made of.
#[derive(Clone)]
struct Page {
    printed: Printed,
    study: Arc<Study>,
    texts: Arc<dyn Texts>,
    project: PathBuf,
    now: i64,
}

impl Printed {
    /// The codebook.
    #[must_use]
    pub fn codebook() -> Self {
        Self {
            title: "Print codebook",
            holds: "the tree, numbers, definitions, examples and counts".into(),
            noun: "codebook",
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
            holds: format!("who {} is, and what is charted of it under each theme with what is cited", case.label),
            noun: "case profile",
            file: format!("profile-{}", file.collect::<String>()),
            content: Content::Profiles,
            case: Some(case.id),
        }
    }
}

/// Asks where a page goes, at first into `folder`, and writes it. `now` is in milliseconds since 1970.
pub fn print(printed: Printed, project: &OpenProject, study: &Arc<Study>, folder: &Path, now: i64) -> Action {
    let page = Page { printed, study: Arc::clone(study), texts: Arc::clone(&project.texts), project: project.path.clone(), now };
    let Printed { title, holds, file, .. } = &page.printed;
    let question = PathQuestion {
        title: (*title).into(),
        what: format!("One page with {holds}: .html for any browser, or .docx."),
        button: "Write it".into(),
        start: folder.join(format!("{file}.html")),
        kind: PathKind::New,
        then: Box::new(move |paths| paths.into_iter().take(1).map(|path| write(page.clone(), path, false)).collect()),
        other: None,
    };
    Action::Show(Box::new(Dialog::Path(PathDialog::new(question))))
}

/// Writes the page; asks first where there is something of that name.
fn write(page: Page, path: PathBuf, replace: bool) -> Action {
    let again = (page.clone(), path.clone());
    let noun = page.printed.noun;
    Action::job(
        "printed page",
        format!("Writing the {noun}"),
        move |_| {
            let same = |one: &Path, other: &Path| one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other));
            if same(&path, &page.project) {
                return Err(UserError::new(format!("The {noun} never replaces the project itself."), "Type another name."));
            }
            if !replace && path.exists() {
                return Ok(None);
            }
            let Printed { content, case, .. } = page.printed;
            let wish = Wish { case, ..Wish::whole(&page.study, content, Form::Html, page.now) };
            let made = leaving(&page.study, page.texts.as_ref(), &wish);
            let made = made.map_err(|error| {
                UserError::new(format!("The {noun} cannot be made."), "Run “Check project”: it looks through the file.").because(&error)
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
                return state.say(format!("The {noun} is in {}", path.display()));
            }
            let (page, path) = again;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let answer = Answer::new("Replace it", write(page, path, true));
            state.frame.dialog = Some(Dialog::Choice(Choice::new(format!("“{name}” is there already"), vec![answer])));
        },
    )
}
