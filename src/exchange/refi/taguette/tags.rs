use std::collections::HashMap;

use super::super::account::Fate;
use super::super::model::Code;
use super::super::peer::in_order;
use super::Reading;
use crate::store::ForeignError;

/// So many levels a path may have; one with more stays a single name.
const MOST_LEVELS: usize = 64;

impl Reading<'_> {
    /// Reads the tags. The dots in a tag's path part the levels of a tree; a level that is no tag is a code that no passage carries.
    pub(super) fn tags(&mut self) -> Result<(), ForeignError> {
        let mut tags = Vec::new();
        self.base.rows("tags", ["id", "path", "description"], |[id, path, about]| {
            if let Some(id) = id.integer() {
                tags.push((id, path.text(), about.text()));
            }
        })?;
        let mut codes: Vec<Code> = Vec::new();
        let mut nodes: Vec<(&str, Option<&str>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut whole = 0;
        for (id, path, about) in &tags {
            let is_parted = is_parted(path);
            whole += usize::from(!is_parted && path.contains('.'));
            let mut above = None;
            for (end, _) in path.match_indices('.').filter(|_| is_parted).chain([(path.len(), "")]) {
                let level = path.get(..end).unwrap_or(path);
                let place = *places.entry(level).or_insert_with(|| {
                    let name = if is_parted { level.rsplit('.').next().unwrap_or(level) } else { level };
                    codes.push(Code { guid: self.ids.named("tag levels", level), name: name.to_owned(), ..Code::default() });
                    nodes.push((level, above));
                    codes.len() - 1
                });
                above = Some(level);
                if let (true, Some(code)) = (end == path.len(), codes.get_mut(place)) {
                    code.guid = self.ids.row("tags", *id);
                    code.is_codable = true;
                    code.description.clone_from(about);
                }
            }
        }
        for (at, parent) in in_order(&nodes).0 {
            if let Some(code) = codes.get_mut(at) {
                self.project.codes.push(Code { parent, ..std::mem::take(code) });
            }
        }
        self.account.kept("tags", tags.len());
        let sentence = "The dots in their paths part no levels, because nothing stands between two of them; the path became the name.";
        self.account.several(Fate::Changed, "tags", whole, sentence);
        Ok(())
    }
}

/// Whether the dots in a path part levels: each of them must have a name.
fn is_parted(path: &str) -> bool {
    path.split('.').all(|level| !level.trim().is_empty()) && path.split('.').count() <= MOST_LEVELS
}
