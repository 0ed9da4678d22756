use super::connection::Store;
use super::error::StoreError;
use super::rows;
use crate::study::Entity;

impl Store {
    /// Every entity of the project, table by table.
    ///
    /// # Errors
    /// [`StoreError`] when a row cannot be read.
    pub fn entities(&self) -> Result<Vec<Entity>, StoreError> {
        let mut entities = Vec::new();
        rows::for_each(&self.connection, self.codec, |entity| entities.push(entity))?;
        Ok(entities)
    }
}
