use uuid::Uuid;

use super::desk::Deliver;
use crate::app::state::State;
use crate::app::user_error::UserError;
use crate::project::{EditError, Tx};

/// What an edit does to the project, and then the window.
pub type Act = Box<dyn FnOnce(&mut Tx<'_>) -> Result<Deliver, EditError> + Send>;

/// What the window does when an edit could not be made, besides telling why: words go back to where they were typed.
pub type IfNot = Box<dyn FnOnce(&mut State, &UserError) + Send>;

/// A group for the edits of something, by its identity. The last bytes of identities are random, so that no two share one;
/// files keep it as a signed number.
#[must_use]
pub const fn group_of(id: Uuid) -> u64 {
    id.as_u64_pair().1 >> 1
}

/// One change of the project that the window asks for.
pub struct Edit {
    /// The act's name for undo and history.
    pub(super) label: String,
    /// Repeats of a key with one group are undone together.
    pub(super) group: Option<u64>,
    pub(super) act: Act,
    pub(super) if_not: Option<IfNot>,
}

impl Edit {
    /// An edit, and what the window does with its answer. `label` names it as the menu of undo will show it.
    pub fn new<T: Send + 'static>(
        label: impl Into<String>,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, EditError> + Send + 'static,
        then: impl FnOnce(&mut State, T) + Send + 'static,
    ) -> Self {
        let act: Act = Box::new(move |tx| {
            let answer = act(tx)?;
            Ok(Box::new(move |state: &mut State| then(state, answer)))
        });
        Self { label: label.into(), group: None, act, if_not: None }
    }

    /// The same as one of a group.
    #[must_use]
    pub fn in_group(self, group: u64) -> Self {
        Self { group: Some(group), ..self }
    }

    /// The same, giving back what was typed when it could not be made.
    #[must_use]
    pub fn or(self, if_not: impl FnOnce(&mut State, &UserError) + Send + 'static) -> Self {
        Self { if_not: Some(Box::new(if_not)), ..self }
    }
}
