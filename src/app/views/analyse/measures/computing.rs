//! What a measure came to, computed in a job and kept up with the study.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::choice::Choice;
use crate::app::Seen;
use crate::app::context::Cx;
use crate::app::user_error::{UserError, sentence};
use crate::app::worker::JobHandle;
use crate::exchange::export::{Labels, Measured, NotCompared, TableError, differences_measured};
use crate::exchange::measuring::{Asked, Drawing, Found, What, find};
use crate::exchange::picture::{NoPicture, Picture};
use crate::study::Study;
use crate::text::Texts;

/// The job that computes.
pub(super) const SLOT: &str = "measure";

/// What was found.
#[derive(Clone)]
pub(super) struct Came {
    /// For what.
    pub(super) asked: Asked,
    pub(super) found: Arc<Found>,
    pub(super) measured: Arc<Measured>,
    /// Where coders differ, of agreement.
    pub(super) differences: Option<Arc<Measured>>,
    pub(super) drawing: Drawing,
    pub(super) picture: Result<Arc<Picture>, NoPicture>,
}

/// What is computed, and what came of it.
#[derive(Default)]
pub(super) struct Computing {
    asked: Option<(Seen, Asked, Drawing)>,
    /// What came last; it stays shown while newer is on its way.
    pub(super) came: Option<Arc<Came>>,
    /// Of which study that is.
    of: Seen,
    /// Why there is nothing to compute.
    pub(super) missing: Option<Missing>,
    /// Held by the job that was started last too, until its answer is taken in; it says whether that was called off.
    job: Arc<AtomicBool>,
}

/// Why there is nothing to compute: a title, and a sentence.
pub(super) struct Missing {
    pub(super) title: &'static str,
    pub(super) says: String,
}

impl Computing {
    /// Of which study what came is.
    pub(super) fn of(&self) -> Seen {
        self.of.clone()
    }

    /// Whether what came is what was asked for last.
    pub(super) fn is_settled(&self) -> bool {
        let (Some((seen, asked, drawing)), Some(came)) = (&self.asked, &self.came) else { return false };
        seen.is_as(&self.of) && *asked == came.asked && *drawing == came.drawing
    }

    /// How the job ended where it brought no answer.
    pub(super) fn broke_off(&self) -> Option<&'static str> {
        let waits = self.asked.is_some() && self.missing.is_none() && !self.is_settled();
        let ended = waits && Arc::strong_count(&self.job) == 1;
        let called_off = self.job.load(Ordering::Relaxed);
        ended.then_some(if called_off { "It was cancelled." } else { "It could not be computed." })
    }

    /// Computes once more what was asked for.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
    }

    /// Starts the job that computes, if what is there is not of this study and choice. Another drawing waits for the figures.
    pub(super) fn keep_up(&mut self, cx: &mut Cx<'_>, choice: &Choice) {
        let Some(project) = cx.project else { return };
        let asked = match choice.asked(cx.study) {
            Ok(asked) => asked,
            Err(says) => {
                let missing = Missing { title: NOTHING, says: says.to_owned() };
                (self.missing, self.asked, self.came) = (Some(missing), None, None);
                return;
            }
        };
        let drawing = choice.drawing();
        let there = self.came.clone().filter(|came| self.of.is(cx.study) && came.asked == asked);
        let same = self.asked.as_ref().filter(|(seen, now, _)| seen.is(cx.study) && *now == asked);
        if same.is_some_and(|(_, _, drawn)| *drawn == drawing || there.is_none()) {
            return;
        }
        if self.asked.as_ref().is_none_or(|(_, now, _)| *now != asked) {
            // Why there was nothing says nothing of what is asked for now.
            self.missing = None;
        }
        self.asked = Some((Seen::of(cx.study), asked.clone(), drawing));
        self.job = Arc::default();
        let (study, texts, of) = (Arc::clone(cx.study), Arc::clone(&project.texts), Seen::of(cx.study));
        let (ended, held, wanted) = (Arc::clone(&self.job), Arc::clone(&self.job), asked.clone());
        let name = format!("Computing “{}”", choice.kind.name());
        let run = move |job: &mut JobHandle| {
            let came = match there {
                Some(came) => Ok(Some(Ok(drawn_anew(&study, &came, drawing)))),
                None => match compute(&study, texts.as_ref(), asked, drawing, job) {
                    Err(TableError::NobodyToCompare(why)) => Ok(Some(Err(why))),
                    came => came.map(|came| came.map(Ok)),
                },
            };
            ended.store(job.is_cancelled(), Ordering::Relaxed);
            came.map_err(|error| {
                UserError::new("The measure could not be computed.", "Look through the project with “Check project”.").because(&error)
            })
        };
        cx.job(SLOT, name, run, move |state, came: Option<Result<Came, NotCompared>>| {
            let tab = &mut state.analyse.measures;
            // What was asked for before says nothing of this.
            if tab.computing.asked.as_ref().is_some_and(|(_, now, _)| *now == wanted)
                && let Some(came) = came
            {
                tab.take_in(came, of);
            }
            drop(held);
        });
    }

    /// Takes in what came of the study `of`.
    pub(super) fn take_in(&mut self, came: Result<Came, NotCompared>, of: Seen) {
        self.of = of;
        (self.came, self.missing) = match came {
            Ok(came) => (Some(Arc::new(came)), None),
            Err(why) => (None, Some(Missing { title: title(why), says: sentence(&why) })),
        };
    }
}

/// What stands over the reason why there is nothing.
const NOTHING: &str = "Nothing to measure yet";

const fn title(why: NotCompared) -> &'static str {
    match why {
        NotCompared::Blind => "Nobody to compare with",
        NotCompared::NobodyYet => "Nobody to compare yet",
        NotCompared::OnlyOne => "Only one is chosen",
        NotCompared::Segments => "More than two are chosen",
    }
}

/// The same figures in another picture.
fn drawn_anew(study: &Study, came: &Came, drawing: Drawing) -> Came {
    let picture = draw(&came.found, study, &came.asked, drawing);
    Came { drawing, picture, ..came.clone() }
}

fn compute(study: &Study, texts: &dyn Texts, asked: Asked, drawing: Drawing, job: &mut JobHandle) -> Result<Option<Came>, TableError> {
    let Some(found) = find(study, texts, &asked, &mut |done, of| job.progress(done, of))? else { return Ok(None) };
    let measured = Arc::new(found.seen(study, &asked)?);
    let differences = match &found {
        Found::Agreement(compared) => Some(Arc::new(differences_measured(study, texts, &compared.found)?)),
        _ => None,
    };
    let picture = draw(&found, study, &asked, drawing);
    Ok(Some(Came { asked, found: Arc::new(found), measured, differences, drawing, picture }))
}

fn draw(found: &Found, study: &Study, asked: &Asked, drawing: Drawing) -> Result<Arc<Picture>, NoPicture> {
    // Beside one another there is no room for the titles of sources.
    let labels = if matches!(asked.what, What::Overview | What::Timeline(_)) { Labels::IDS } else { asked.labels };
    found.picture(study, &Asked { labels, ..asked.clone() }, drawing).map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_ends_without_an_answer_has_broken_off() {
        let choice = Choice::default();
        let study = Arc::new(crate::analysis::testing::Builder::new().study());
        let asked = Some((Seen::of(&study), choice.asked(&study).unwrap(), choice.drawing()));
        let mut computing = Computing { asked, ..Computing::default() };
        let held = Arc::clone(&computing.job);
        assert_eq!(computing.broke_off(), None, "it is being computed");
        drop(held);
        assert_eq!(computing.broke_off(), Some("It could not be computed."));
        computing.job.store(true, Ordering::Relaxed);
        assert_eq!(computing.broke_off(), Some("It was cancelled."));
        computing.ask_again();
        assert_eq!(computing.broke_off(), None);
    }
}
