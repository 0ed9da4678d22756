//! A copy that comes back: looked into first, then brought as one act.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use eframe::egui::{Key, Ui};

use super::Dialog;
use super::coming;
use super::dialog::{Stays, head, label};
use super::path_field::{PathField, PathKind, take_focus};
use crate::app::context::{Action, Cx};
use crate::app::frame::messages::Offer;
use crate::app::numbers::counted;
use crate::app::state::{Place, State};
use crate::app::tokens::Type;
use crate::app::user_error::{UserError, sentence};
use crate::app::views::capital;
use crate::app::views::history::{open_merge, undo_edit};
use crate::app::views::matrix::MatrixPlace;
use crate::app::widgets::{Button, fit_width, words};
use crate::app::worker::JobHandle;
use crate::project::{Coming, EditKind, EditSummary, MergeError, MergePlan, Own, Project, ProjectError};
use crate::store::StoreError;

/// Which copy comes back, and what it brings.
pub struct BringDialog {
    pub(super) path: PathField,
    /// What was typed when it was looked into.
    of: String,
    stage: Stage,
    /// Whether something was found just now: Enter brings it.
    fresh: bool,
}

enum Stage {
    Asks,
    Looks,
    Found(Box<(MergePlan, coming::Listed)>),
    Refused(UserError),
}

/// The slot of the job that looks into a copy.
const LOOKING: &str = "look into a copy";

/// The slot of the job that tells how far a merge is.
const BRINGING: &str = "bring a copy back";

/// Whether it was cancelled is asked this often.
const PAUSE: Duration = Duration::from_millis(50);

impl BringDialog {
    /// A dialog that asks for a copy, beside the project at first.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let path = PathField::new("File of the copy", PathKind::Project, &folder.join(""), true);
        Self { path, of: String::new(), stage: Stage::Asks, fresh: false }
    }

    /// Lets go of what was found, where nobody waits for that.
    pub(super) fn leave(&mut self, cx: &mut Cx<'_>) {
        match std::mem::replace(&mut self.stage, Stage::Asks) {
            Stage::Found(plan) => cx.job(
                LOOKING,
                "",
                move |_| {
                    drop(plan);
                    Ok(())
                },
                |_, ()| (),
            ),
            Stage::Looks => cx.actions.push(Action::Cancel(LOOKING)),
            Stage::Asks | Stage::Refused(_) => {}
        }
    }
}

pub(super) fn show(ui: &mut Ui, dialog: &mut BringDialog, cx: &mut Cx<'_>) -> Stays {
    let tokens = cx.tokens;
    fit_width(ui, tokens, tokens.size.picker_width + 2.0 * tokens.size.left_rail);
    let what = "What a coder did in a copy of this project comes into it, as one act that can be undone. The copy stays as it is.";
    head(ui, tokens, "Bring a copy back", what);
    label(ui, tokens, "File of the copy");
    let field = dialog.path.show(ui, cx);
    let chosen = dialog.path.take_chosen().is_some();
    if dialog.path.typed != dialog.of {
        dialog.leave(cx);
    }
    let missing = dialog.path.exists() == Some(false);
    let can_look = dialog.path.path().is_some() && !missing;
    match &mut dialog.stage {
        Stage::Asks if missing => {
            words(ui, tokens, Type::Small, tokens.colour.ink_secondary, "There is nothing of this name.");
        }
        Stage::Asks => {}
        Stage::Looks => {
            words(ui, tokens, Type::Body, tokens.colour.ink_secondary, "Looking into the copy …");
        }
        Stage::Refused(error) => {
            words(ui, tokens, Type::BodyStrong, tokens.colour.error_ink, error.what.as_str());
            words(ui, tokens, Type::Body, tokens.colour.ink, error.advice.as_str());
        }
        Stage::Found(found) => {
            let (plan, listed) = &mut **found;
            coming::show(ui, tokens, plan.coming(), listed, cx.study.alone().is_some());
        }
    }
    let (button, ready) = match &dialog.stage {
        Stage::Asks | Stage::Refused(_) => ("Look into it", can_look),
        Stage::Looks => ("Look into it", false),
        Stage::Found(found) => ("Bring back", !found.0.coming().is_nothing()),
    };
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let (mut go, mut stays) = (entered || chosen, Stays::Open);
    ui.add_space(tokens.space.one);
    ui.horizontal_wrapped(|ui| {
        let pressed = Button::primary(button).enabled(ready).show(ui, tokens);
        go |= pressed.clicked();
        if ready {
            take_focus(&pressed, &mut dialog.fresh);
        }
        if Button::new(if ready || can_look { "Cancel" } else { "Close" }).show(ui, tokens).clicked() {
            stays = Stays::Closed;
        }
        dialog.path.system_button(ui, cx);
    });
    if !(go && ready) || stays == Stays::Closed {
        return stays;
    }
    if let Stage::Found(found) = std::mem::replace(&mut dialog.stage, Stage::Asks) {
        cx.actions.extend(bring(found.0, cx.now));
        return Stays::Closed;
    }
    look(dialog, cx);
    Stays::Open
}

fn look(dialog: &mut BringDialog, cx: &mut Cx<'_>) {
    let (Some(project), Some(path)) = (cx.project, dialog.path.path()) else { return };
    dialog.of.clone_from(&dialog.path.typed);
    dialog.stage = Stage::Looks;
    let own = project.own(cx.study);
    cx.job(
        LOOKING,
        "",
        move |job| {
            let found = MergePlan::beside(&own, &path).map_err(|error| refusal(&error, &path));
            let found = found.map(|plan| {
                let listed = coming::Listed::of(plan.coming());
                Box::new((plan, listed))
            });
            // What nobody waits for any more goes here, not in the window.
            if job.is_cancelled() { Err(UserError::new("The copy was not looked into.", "")) } else { Ok(found) }
        },
        |state, found| {
            if let Some(Dialog::Bring(dialog)) = &mut state.frame.dialog {
                dialog.fresh = found.is_ok();
                dialog.stage = match found {
                    Ok(found) => Stage::Found(found),
                    Err(error) => {
                        // Another name is typed where this one stands.
                        dialog.path.focus_again();
                        Stage::Refused(error)
                    }
                };
            }
        },
    );
}

/// Brings a copy back on the project's thread, and tells in a job how far that is; who cancels the job cancels it.
fn bring(plan: MergePlan, now: i64) -> [Action; 2] {
    let whose = plan.coming().whose();
    let (tell, told) = channel();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let watch = move |job: &mut JobHandle| {
        loop {
            match told.recv_timeout(PAUSE) {
                Ok((done, of)) => stop.store(!job.progress(done, of), Ordering::Relaxed),
                Err(RecvTimeoutError::Timeout) => stop.store(job.is_cancelled(), Ordering::Relaxed),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    };
    let watch = Action::job(BRINGING, format!("Bringing back {whose}"), watch, |_, ()| ());
    let merge = move |project: &mut Project| {
        let mut go_on = |done, of| {
            // Nobody listens any more once it was cancelled.
            let _ = tell.send((done, of));
            !stopped.load(Ordering::Relaxed)
        };
        match project.merge_as(plan, &mut go_on) {
            Ok(coming) => Ok(Some(Brought::of(project, coming, stopped.load(Ordering::Relaxed))?)),
            Err(MergeError::Cancelled) => Ok(None),
            Err(error) => {
                let UserError { what, advice, .. } = refusal(&error, &PathBuf::new());
                Err(UserError::new(format!("{whose} could not be brought back."), format!("{what} {advice}")).because(&error))
            }
        }
    };
    [watch, Action::long_ask("", merge, move |state, brought| tell_brought(state, brought, now))]
}

/// What was brought.
struct Brought {
    coming: Coming,
    /// Whether it was cancelled when that could not be heeded any more.
    late: bool,
    /// The act that takes it back.
    act: Option<EditSummary>,
    /// What it takes to find again what could not all be kept.
    own: Own,
    /// Where the first summary is that waits to be settled.
    to_settle: Option<Place>,
}

impl Brought {
    fn of(project: &Project, coming: Coming, late: bool) -> Result<Self, UserError> {
        let unread = |error: &crate::project::EditError| UserError::new("The history cannot be read.", "").because(error);
        let act = project.history(None, 1).map_err(|error| unread(&error))?.into_iter().next();
        if project.works_blind() {
            return Ok(Self { coming: coming.without_what(), late, act, own: project.own(), to_settle: None });
        }
        let study = project.study();
        let waits = coming.to_settle.iter().find_map(|id| study.summaries().get(*id));
        let to_settle = waits.map(|summary| MatrixPlace::of(&summary.cell));
        Ok(Self { coming, late, act, own: project.own(), to_settle })
    }
}

fn tell_brought(state: &mut State, brought: Option<Brought>, now: i64) {
    let Some(Brought { coming, late, act, own, to_settle }) = brought else {
        return state.say("Cancelled: the project is as it was.");
    };
    if coming.is_nothing() {
        return state.say(coming::nothing(&coming));
    }
    let says = says(&coming, late);
    let act = act.filter(|edit| edit.kind == EditKind::Merge);
    let kept = act.clone().filter(|_| !coming.conflicts.is_empty());
    let kept = kept.map(|edit| Offer { words: "What was not kept", action: open_merge(edit, own) });
    let undo = act.map(|edit| Offer { words: "Undo", action: undo_edit(edit, now) });
    let settle = to_settle.map(|place| Offer { words: "Go to the summary", action: Action::Go(place) });
    state.frame.messages.note(format!("{} is here", capital(&coming.whose())), says, undo.into_iter().chain(settle).chain(kept).collect());
}

/// What is said of a copy that is here.
fn says(coming: &Coming, late: bool) -> String {
    let mut says = vec![format!("{}.", coming::edits(coming))];
    if late {
        says.push("It was too late to cancel it; it can be undone.".to_owned());
    }
    if !coming.to_settle.is_empty() {
        says.push(coming::to_settle(coming));
    }
    if !coming.conflicts.is_empty() {
        says.push(format!("{} could not all be kept; History lists them.", counted(coming.conflicts.len(), "thing", "things")));
    }
    says.join(" ")
}

/// Why a copy cannot be brought back, and what to do.
fn refusal(error: &MergeError, path: &Path) -> UserError {
    let advice = match error {
        MergeError::Itself => "Choose the file that was given to somebody.",
        MergeError::OtherProject(_) | MergeError::Twins => {
            "Only copies that “Give a copy to a coder…” made, or a backup, can be brought back."
        }
        MergeError::InUse => "Close it there, so that all that was done comes along, and look again.",
        MergeError::Newer { .. } => "Bring it back with the newer version, on this project too.",
        MergeError::Older { .. } => "Open the copy here once, which brings it up to date, close it, and bring it back then.",
        MergeError::Cancelled => "",
        MergeError::Unite(_) => "“Check project” on both tells whether one of them is damaged.",
        MergeError::DamagedCopy(..) => {
            "Nothing was changed. Ask whoever works in it to send it again; “Check project” there tells whether it is whole."
        }
        MergeError::UnreadableCopy(..) => "Nothing was changed. Look whether you may read that file, or put it into a folder of your own.",
        MergeError::Project(ProjectError::Store(StoreError::Foreign(_))) => "Choose a file that ends in .themata.",
        MergeError::Project(ProjectError::Store(StoreError::Full)) => "Make room on it, and bring it back again.",
        MergeError::Project(_) => "Nothing was changed.",
    };
    let what = match error {
        MergeError::Project(ProjectError::Store(StoreError::Foreign(_))) => {
            format!("“{}” is not a Themata project.", path.file_name().unwrap_or_default().to_string_lossy())
        }
        error => sentence(error),
    };
    UserError::new(what, advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cancels_too_late_is_told() {
        let coming = Coming { edits: [("Ravi".to_owned(), 2)].into(), again: 1, ..Coming::default() };
        assert_eq!(says(&coming, false), "2 edits by Ravi.");
        assert_eq!(says(&coming, true), "2 edits by Ravi. It was too late to cancel it; it can be undone.");
    }
}
