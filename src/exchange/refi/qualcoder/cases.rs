use std::collections::HashMap;

use super::super::model::Case;
use super::Reading;
use crate::store::ForeignError;

impl Reading<'_> {
    /// Reads the cases with what is known of them, and answers where each stands among the project's by its number.
    pub(super) fn cases(&mut self) -> Result<HashMap<i64, usize>, ForeignError> {
        let mut values = self.values("case")?;
        let mut places = HashMap::new();
        self.base.rows("cases", ["caseid", "name", "memo", "owner"], |[id, name, memo, owner]| {
            let Some(id) = id.integer() else { return };
            self.people.named(&owner.text());
            let guid = self.ids.row("cases", id);
            places.insert(id, self.project.cases.len());
            let values = values.remove(&guid).unwrap_or_default();
            self.project.cases.push(Case { guid, name: name.text(), description: memo.text(), values, ..Case::default() });
        })?;
        self.account.kept("cases", self.project.cases.len());
        Ok(places)
    }
}
