use std::sync::Arc;

use crate::study::Study;

/// Studies that are shown no longer but that a view or a job may still hold. They are kept until nobody else has them, so
/// that the last reference, whose end can take a while, is never dropped in a frame.
#[derive(Debug, Default)]
pub struct Retired(Vec<Arc<Study>>);

impl Retired {
    /// Keeps `study` until nobody else has it.
    pub fn add(&mut self, study: Arc<Study>) {
        self.0.push(study);
    }

    /// The studies that nobody else has any more, to be dropped where nobody waits.
    pub fn take_free(&mut self) -> Vec<Arc<Study>> {
        self.0.extract_if(.., |study| Arc::strong_count(study) == 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_is_given_back_when_nobody_else_has_it() {
        let mut retired = Retired::default();
        let (held, free) = (Arc::new(Study::default()), Arc::new(Study::default()));
        retired.add(Arc::clone(&held));
        retired.add(free);
        assert_eq!(retired.take_free().len(), 1, "one is still held by a view");
        assert!(retired.take_free().is_empty());
        drop(held);
        assert_eq!(retired.take_free().len(), 1);
    }
}
