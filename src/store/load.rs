use super::connection::Store;
use super::error::StoreError;
use super::rows;
use crate::study::Entity;

impl Store {
    /// Every entity of the project, table by table, all of one moment.
    ///
    /// # Errors
    /// [`StoreError`] when a row cannot be read.
    pub fn entities(&self) -> Result<Vec<Entity>, StoreError> {
        let mut entities = Vec::new();
        // All tables as they are at one moment: another window may be writing.
        let moment = self.connection.unchecked_transaction()?;
        rows::for_each(&moment, self.codec, |entity| entities.push(entity))?;
        if let Some(seq) = self.unsettled()? {
            entities = self.settled(entities, seq)?.0;
        }
        moment.finish()?;
        Ok(entities)
    }
}
