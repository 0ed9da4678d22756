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

    /// Whether both are of the same study.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.0, &other.0)
    }

    /// The same asked of a study that is only lent.
    #[must_use]
    pub fn is_of(&self, study: &Study) -> bool {
        std::ptr::eq(self.0.as_ptr(), study)
    }
}
