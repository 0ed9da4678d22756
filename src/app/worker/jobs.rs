use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::desk::{Deliver, Event, panicked};
use super::wake::Wake;
use crate::app::user_error::UserError;

/// Progress is told at most this often.
const PAUSE: Duration = Duration::from_millis(50);

/// The work of a job. What it returns is applied to the view state, unless a newer job has taken its slot.
pub type JobRun = Box<dyn FnOnce(&mut JobHandle) -> Result<Deliver, UserError> + Send>;

/// What a job knows of itself.
pub struct JobHandle {
    slot: &'static str,
    generation: u64,
    cancel: Arc<AtomicBool>,
    wake: Wake,
    told: Option<Instant>,
}

impl JobHandle {
    /// Whether nobody wants the answer any more. Long jobs ask often and return soon.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// What is set when nobody wants the answer any more, for work that is done elsewhere.
    #[must_use]
    pub fn cancelled(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }

    /// Tells how far the job is, at most every 50 ms; returns whether it should go on.
    pub fn progress(&mut self, done: usize, of: usize) -> bool {
        if self.told.is_none_or(|told| told.elapsed() >= PAUSE) {
            self.told = Some(Instant::now());
            self.wake.send(Event::Job(JobNews { slot: self.slot, generation: self.generation, what: News::Progress(done, of) }));
        }
        !self.is_cancelled()
    }
}

/// News of a job for the window.
pub struct JobNews {
    slot: &'static str,
    generation: u64,
    what: News,
}

enum News {
    Progress(usize, usize),
    Done(Result<Deliver, UserError>),
}

/// A job as the window shows it.
pub struct JobState {
    /// Its name, as in "Importing"; empty for jobs that are not shown.
    pub name: String,
    /// Done, and of how much; `None` before it has said anything.
    pub progress: Option<(usize, usize)>,
    generation: u64,
    cancel: Arc<AtomicBool>,
}

/// The jobs that run. Each has a slot; a newer job of a slot cancels the older, whose answer is dropped.
pub struct Jobs {
    wake: Wake,
    running: HashMap<&'static str, JobState>,
    generations: u64,
}

impl Jobs {
    /// No jobs yet.
    #[must_use]
    pub fn new(wake: Wake) -> Self {
        Self { wake, running: HashMap::new(), generations: 0 }
    }

    /// Starts a job on a thread of its own.
    pub fn start(&mut self, slot: &'static str, name: String, run: JobRun) {
        self.cancel(slot);
        self.generations += 1;
        let generation = self.generations;
        let cancel = Arc::new(AtomicBool::new(false));
        let wake = self.wake.clone();
        let mut handle = JobHandle { slot, generation, cancel: Arc::clone(&cancel), wake: wake.clone(), told: None };
        let started = std::thread::Builder::new().name(slot.to_owned()).spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| run(&mut handle)))
                .unwrap_or_else(|panic| Err(panicked("A task in the background broke off.", panic.as_ref())));
            wake.send(Event::Job(JobNews { slot, generation, what: News::Done(done) }));
        });
        match started {
            Ok(_) => {
                self.running.insert(slot, JobState { name, progress: None, generation, cancel });
            }
            Err(error) => {
                let what = UserError::new("A task could not be started.", "Close other programs and try again.");
                self.wake.send(Event::failed(what.because(&error)));
            }
        }
    }

    /// Cancels the job of a slot, if one runs.
    pub fn cancel(&mut self, slot: &str) {
        if let Some(job) = self.running.remove(slot) {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Cancels all jobs: what they were started for is gone. Returns the names of those that were shown.
    pub fn cancel_all(&mut self) -> Vec<String> {
        let running = std::mem::take(&mut self.running);
        for job in running.values() {
            job.cancel.store(true, Ordering::Relaxed);
        }
        running.into_values().map(|job| job.name).filter(|name| !name.is_empty()).collect()
    }

    /// Takes in news; returns what is to be applied or told.
    pub fn arrived(&mut self, news: JobNews) -> Option<Result<Deliver, UserError>> {
        let job = self.running.get_mut(news.slot).filter(|job| job.generation == news.generation)?;
        match news.what {
            News::Progress(done, of) => {
                job.progress = Some((done, of));
                None
            }
            News::Done(done) => {
                self.running.remove(news.slot);
                Some(done)
            }
        }
    }

    /// The jobs to be shown, with their slots, by name.
    #[must_use]
    pub fn shown(&self) -> Vec<(&'static str, &JobState)> {
        let mut shown: Vec<_> = self.running.iter().filter(|(_, job)| !job.name.is_empty()).map(|(slot, job)| (*slot, job)).collect();
        shown.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
        shown
    }

    /// Whether a job of this slot runs.
    #[must_use]
    pub fn is_running(&self, slot: &str) -> bool {
        self.running.contains_key(slot)
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.cancel_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn jobs() -> (Jobs, std::sync::mpsc::Receiver<Event>) {
        let (sender, receiver) = channel();
        (Jobs::new(Wake::new(sender, eframe::egui::Context::default())), receiver)
    }

    fn next(jobs: &mut Jobs, events: &std::sync::mpsc::Receiver<Event>) -> Option<Result<Deliver, UserError>> {
        match events.recv_timeout(Duration::from_secs(10)).unwrap() {
            Event::Job(news) => jobs.arrived(news),
            _ => None,
        }
    }

    #[test]
    fn a_late_answer_is_dropped() {
        let (mut jobs, events) = jobs();
        let (go, wait) = channel::<()>();
        jobs.start(
            "search",
            "Searching".into(),
            Box::new(move |job| {
                let _ = wait.recv();
                assert!(job.is_cancelled());
                Ok(Box::new(|_| ()))
            }),
        );
        jobs.start("search", String::new(), Box::new(|_| Err(UserError::new("the newer one", ""))));
        assert!(jobs.shown().is_empty());
        let first = next(&mut jobs, &events);
        assert_eq!(first.unwrap().err().unwrap().what, "the newer one");
        go.send(()).unwrap();
        assert!(next(&mut jobs, &events).is_none());
    }

    #[test]
    fn what_is_cancelled_with_its_project_answers_no_more() {
        let (mut jobs, events) = jobs();
        let (go, wait) = channel::<()>();
        jobs.start(
            "export",
            "Exporting".into(),
            Box::new(move |_| {
                let _ = wait.recv();
                Ok(Box::new(|_| ()))
            }),
        );
        assert_eq!(jobs.cancel_all(), ["Exporting"]);
        go.send(()).unwrap();
        assert!(next(&mut jobs, &events).is_none());
    }

    #[test]
    fn a_panic_is_told_and_ends_nothing() {
        let (mut jobs, events) = jobs();
        jobs.start("export", String::new(), Box::new(|_| panic!("out of paper")));
        let error = next(&mut jobs, &events).unwrap().err().unwrap();
        assert_eq!(error.details, "out of paper");
        assert!(!jobs.is_running("export"));
    }
}
