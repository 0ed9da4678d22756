use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What lasts no longer than this is not told: it would only flicker.
const TOLD_AFTER: Duration = Duration::from_millis(300);

/// What the project's thread is doing, for the window to tell.
#[derive(Clone, Default)]
pub struct Busy(Arc<Mutex<Option<(String, Instant)>>>);

impl Busy {
    /// Notes what is done from now on, or that nothing is.
    pub(super) fn set(&self, does: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = does.map(|does| (does, Instant::now()));
    }

    /// What has been done for so long that it is to be told; and if something is, when to ask again.
    pub fn told(&self) -> Result<String, Option<Duration>> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some((does, since)) if since.elapsed() >= TOLD_AFTER => Ok(does.clone()),
            Some((_, since)) => Err(Some(TOLD_AFTER.saturating_sub(since.elapsed()))),
            None => Err(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lasts_is_told() {
        let busy = Busy::default();
        assert_eq!(busy.told(), Err(None));
        busy.set(Some("Opening".into()));
        assert!(busy.told().is_err_and(|again| again.is_some()));
        std::thread::sleep(TOLD_AFTER);
        assert_eq!(busy.told().as_deref(), Ok("Opening"));
        busy.set(None);
        assert_eq!(busy.told(), Err(None));
    }
}
