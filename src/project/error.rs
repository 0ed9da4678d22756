use crate::store::StoreError;
use crate::study::{ApplyError, UnreadableChange};
use crate::text::NoSuchBlob;

/// Why a project cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the file holds does not make a whole study.
    #[error("the project holds something that does not fit: {0}")]
    Study(#[from] ApplyError),
    /// The log.
    #[error(transparent)]
    Log(#[from] UnreadableChange),
    /// The first edit.
    #[error(transparent)]
    Edit(Box<EditError>),
}

impl From<EditError> for ProjectError {
    fn from(error: EditError) -> Self {
        Self::Edit(Box::new(error))
    }
}

/// Why an edit was not made. Nothing has changed then, but where [`EditError::Stopped`] says what has.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The passage holds nothing but white space.
    #[error("there are no words in this passage")]
    NoWords,
    /// The words were corrected away since they were seen.
    #[error("these words are gone: the text was corrected meanwhile")]
    WordsGone,
    /// A theme needs a name.
    #[error("a name is needed")]
    NoName,
    /// The entity is gone.
    #[error("the {0} is not there any more")]
    Gone(&'static str),
    /// Another coder's coding.
    #[error("this coding is {0}'s: add your own, or write a memo")]
    NotYours(String),
    /// Another coder's memo.
    #[error("this memo is {0}'s: write one of your own")]
    NotYourMemo(String),
    /// Later edits rest on the one to be undone.
    #[error("{} later edits rest on this one", .0.len())]
    Dependants(Vec<crate::store::EditSummary>),
    /// Another coder's edit is not taken back.
    #[error("this is {0}'s edit and stays")]
    NotYourEdit(String),
    /// Later edits of other coders rest on the one to be undone, and are not taken back.
    #[error("{} later edits of other coders rest on this one", .0.len())]
    InTheWay(Vec<crate::store::EditSummary>),
    /// Of many acts some were taken back, and then it could not go on.
    #[error("{} edits were taken back and {left} were not: {source}", .done.len())]
    Stopped {
        /// What was taken back, newest first.
        done: Vec<crate::store::EditSummary>,
        /// How many were not.
        left: usize,
        /// Why.
        source: Box<Self>,
    },
    /// The study would not be whole.
    #[error(transparent)]
    Study(#[from] ApplyError),
    /// A text is missing.
    #[error(transparent)]
    NoSuchBlob(#[from] NoSuchBlob),
    /// The log does not fit.
    #[error(transparent)]
    Log(#[from] UnreadableChange),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the edit was made from; said by whoever made it.
    #[error("{0}")]
    Refused(String),
}
