use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::entries::Findings;
use super::pane::ReportPane;
use crate::analysis::quotes::check_while;
use crate::app::command::Command;
use crate::app::context::{Action, Cx};
use crate::app::frame::dialogs::{Dialog, PathDialog, PathKind, PathQuestion};
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::app::worker::JobHandle;
use crate::exchange::import::{ReportQuotations, read_quotations};
use crate::study::Study;
use crate::text::Texts;

/// A newer check takes the place of an older one.
pub(super) const SLOT: &str = "report";

/// What quotations are looked for in.
#[derive(Clone)]
struct Sources {
    study: Arc<Study>,
    texts: Arc<dyn Texts>,
    now: i64,
}

impl Sources {
    fn of(cx: &mut Cx<'_>) -> Option<Self> {
        let texts = Arc::clone(&cx.project?.texts);
        if cx.study.materials().is_empty() {
            let what = "The project has no sources in which quotations could be found.";
            cx.tell(UserError::new(what, format!("Import them first: {}.", cx.way_to(Command::Import))));
            return None;
        }
        Some(Self { study: Arc::clone(cx.study), texts, now: cx.now })
    }
}

/// Asks which report is to be checked; the one that is shown is offered.
pub(in crate::app::views::quotes) fn ask(shown: Option<&ReportPane>, cx: &mut Cx<'_>) {
    let Some(sources) = Sources::of(cx) else { return };
    let beside = || cx.project.and_then(|project| project.path.parent()).map(|folder| folder.join("")).unwrap_or_default();
    let start = shown.map_or_else(beside, |report| report.path.clone());
    let question = PathQuestion {
        title: "Check a report".into(),
        what:
            "Every quotation of the report is looked for in the sources: .docx, .odt, .rtf, .html, .pdf, .md or .txt. Nothing is written."
                .into(),
        button: "Check it".into(),
        start,
        kind: PathKind::File,
        then: Box::new(move |paths| paths.into_iter().take(1).map(|path| check(sources.clone(), path)).collect()),
        other: None,
    };
    cx.actions.push(Action::Show(Box::new(Dialog::Path(PathDialog::new(question)))));
}

/// Reads the report that is shown again and checks it; it was edited meanwhile.
pub(super) fn again(report: &ReportPane, cx: &mut Cx<'_>) {
    if let Some(sources) = Sources::of(cx) {
        cx.actions.push(check(sources, report.path.clone()));
    }
}

/// Reads a report and looks for its quotations, on a thread of its own. Where that fails, what was shown before stays.
fn check(sources: Sources, path: PathBuf) -> Action {
    let report = path.clone();
    let run = move |job: &mut JobHandle| find(&sources, &report, job);
    let then = move |state: &mut State, found: Option<Findings>| {
        if let Some(found) = found {
            state.quotes.take_report(path, found);
        }
    };
    Action::job(SLOT, "Checking the report", run, then)
}

/// What was found; nothing where nobody waits for it any more.
fn find(sources: &Sources, path: &Path, job: &mut JobHandle) -> Result<Option<Findings>, UserError> {
    let ReportQuotations { quotations, problems } = read_quotations(path).map_err(|error| UserError::new(error.to_string(), ""))?;
    let all = quotations.len();
    let checked = check_while(&sources.study, sources.texts.as_ref(), &quotations, |done| job.progress(done, all));
    let checked = checked.map_err(|error| {
        UserError::new("The texts of the sources cannot be read.", "Look through the project with “Check project”.").because(&error)
    })?;
    Ok((!job.is_cancelled()).then(|| Findings::of(&sources.study, checked, problems, sources.now)))
}
