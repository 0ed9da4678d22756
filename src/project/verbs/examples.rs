use crate::project::error::EditError;
use crate::project::tx::Tx;
use crate::study::{EntityId, Example, Kind, SourceId, ThemeId};
use crate::text::Span;

impl Tx<'_> {
    /// Chooses the passage that a theme's definition cites as typical (bytes of the source's text; trimmed), in the stead of
    /// the one before. `None` takes it away.
    ///
    /// # Errors
    /// [`EditError::NoWords`] for a passage of white space, [`EditError::Gone`] when there is no such theme or source.
    pub fn set_example(&mut self, theme: ThemeId, passage: Option<(SourceId, Span)>) -> Result<(), EditError> {
        self.study().codebook().get(theme).ok_or(EditError::Gone("theme"))?;
        let id = Example::id_of(theme);
        let Some((source, span)) = passage else { return self.remove(example_id(theme), None) };
        let revision = self.material(source)?.source.revision;
        let span = self.passage(source, span)?;
        self.put(Example { id, theme, source, revision, span, coder: self.me().coder, time: self.now() })
    }

    /// The example of a theme that goes into another becomes that of the other, unless that has one.
    pub(super) fn hand_over_example(&mut self, from: ThemeId, into: ThemeId) -> Result<(), EditError> {
        let Some(example) = self.study().example_of(from).cloned() else { return Ok(()) };
        self.remove(example_id(from), None)?;
        match self.study().example_of(into) {
            Some(_) => Ok(()),
            None => self.put(Example { id: Example::id_of(into), theme: into, ..example }),
        }
    }

    /// Takes the examples away that stand in a source.
    pub(super) fn remove_examples_in(&mut self, source: SourceId) -> Result<(), EditError> {
        let gone = self.study().examples().values().filter(|example| example.source == source);
        let gone = gone.map(|example| (example_id(example.theme), None)).collect();
        self.remove_all(gone)
    }
}

/// The identity of the example of a theme.
pub(super) fn example_id(theme: ThemeId) -> EntityId {
    EntityId { kind: Kind::Example, id: Example::id_of(theme).0 }
}
