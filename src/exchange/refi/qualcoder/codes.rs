use super::super::account::Fate;
use super::super::model::Code;
use super::super::peer::{colour, in_order};
use super::Reading;
use crate::store::ForeignError;

/// Where something stands in the codebook: categories and codes are numbered by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Node {
    Category(i64),
    Code(i64),
}

impl Reading<'_> {
    /// Reads categories, as codes that no passage can carry, and codes.
    pub(super) fn codes(&mut self) -> Result<(), ForeignError> {
        let mut nodes = Vec::new();
        let mut codes = Vec::new();
        let ids = self.ids;
        self.base.rows("code_cat", ["catid", "name", "memo", "supercatid"], |[id, name, memo, above]| {
            let Some(id) = id.integer() else { return };
            nodes.push((Node::Category(id), above.integer().map(Node::Category)));
            codes.push(Code { guid: ids.row("code_cat", id), name: name.text(), description: memo.text(), ..Code::default() });
        })?;
        let columns = ["cid", "name", "memo", "catid", "supercid", "color"];
        self.base.rows("code_name", columns, |[id, name, memo, category, above, written]| {
            let Some(id) = id.integer() else { return };
            let above = above.integer().map(Node::Code).or_else(|| category.integer().map(Node::Category));
            nodes.push((Node::Code(id), above));
            let guid = ids.row("code_name", id);
            self.code_ids.insert(guid);
            codes.push(Code {
                guid,
                name: name.text(),
                is_codable: true,
                colour: colour(&written.text()),
                description: memo.text(),
                ..Code::default()
            });
        })?;
        let (order, lost) = in_order(&nodes);
        for (at, parent) in order {
            if let Some(code) = codes.get_mut(at) {
                self.project.codes.push(Code { parent, ..std::mem::take(code) });
            }
        }
        let sentence = "What they stand below is not there or stands below them; they were put at the top.";
        self.account.several(Fate::Changed, "codes", lost, sentence);
        self.account.kept("codes", self.project.codes.len());
        Ok(())
    }
}
