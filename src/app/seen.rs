use std::sync::{Arc, Weak};

use crate::study::Study;

/// Which study something was computed from. It does not keep that study in memory.
#[derive(Clone, Debug, Default)]
pub struct Seen(Weak<Study>);

impl Seen {
    /// A mark for `study`.
    #[must_use]
    pub fn of(study: &Arc<Study>) -> Self {
        Self(Arc::downgrade(study))
    }

    /// Whether it was this study.
    #[must_use]
    pub fn is(&self, study: &Arc<Study>) -> bool {
        std::ptr::eq(self.0.as_ptr(), Arc::as_ptr(study))
    }
}
