use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::super::account::Fate;
use super::super::model::{Source, Variable, VariableType, VariableValue};
use super::super::peer::normalised;
use super::Reading;
use crate::exchange::import::MAX_BYTES;
use crate::store::{ForeignError, ForeignValue};

/// A text with its source.
pub(super) struct Text {
    /// Its number in the database.
    pub(super) id: i64,
    /// Where it stands among the project's sources.
    pub(super) at: usize,
    /// The text as the database has it.
    pub(super) stored: String,
}

impl Reading<'_> {
    /// Reads the sources with what is known of them; the texts are given out as they are stored.
    pub(super) fn sources(&mut self) -> Result<Vec<Text>, ForeignError> {
        let mut texts = Vec::new();
        let columns = ["id", "name", "fulltext", "mediapath", "memo", "owner", "date"];
        self.base.rows("source", columns, |[id, name, stored, media, memo, owner, date]| {
            let Some(id) = id.integer() else { return };
            let (name, media) = (name.text(), media.text());
            let is_lost = stored == ForeignValue::Bytes;
            let stored = stored.text();
            let mut source = Source {
                guid: self.ids.row("source", id),
                name: name.clone(),
                description: memo.text(),
                made: self.made(&owner.text(), &date.text()),
                ..Source::default()
            };
            if is_lost {
                self.account.left_out("sources", &name, "Its text is not written in UTF-8 in the database and cannot be read.");
            } else if is_medium(&media) {
                let sentence =
                    "It is no text: its name, memo and attributes are brought, the file itself stays in the folder of QualCoder.";
                self.account.changed("sources", &name, sentence);
            } else if stored.len() as u64 > MAX_BYTES {
                let sentence = format!("Its text is longer than {} MB, the most that is read.", MAX_BYTES / 1024 / 1024);
                self.account.left_out("sources", &name, sentence);
            } else {
                source.text = Some(normalised(&stored));
                texts.push(Text { id, at: self.project.sources.len(), stored });
            }
            self.project.sources.push(source);
        })?;
        self.account.kept("sources", texts.len());
        self.attributes()?;
        self.on_media()?;
        Ok(texts)
    }

    /// Reads what is known of sources. What is known of cases waits for them.
    fn attributes(&mut self) -> Result<(), ForeignError> {
        let ids = self.ids;
        let variables = &mut self.project.variables;
        self.base.rows("attribute_type", ["name", "memo", "valuetype", "caseOrFile"], |[name, memo, kind, of]| {
            if is_brought(&of.text()) {
                let kind = if kind.text() == "numeric" { VariableType::Float } else { VariableType::Text };
                let name = name.text();
                variables.push(Variable { guid: ids.named("attribute", &name), name, kind, description: memo.text() });
            }
        })?;
        let values = self.values("file")?;
        for source in &mut self.project.sources {
            source.values = values.get(&source.guid).cloned().unwrap_or_default();
        }
        let mut others = 0;
        self.base.rows("attribute", ["attr_type"], |[of]| others += usize::from(!is_brought(&of.text())))?;
        self.account.several(Fate::LeftOut, "attributes", others, "Attributes of journals are not brought.");
        Ok(())
    }

    /// The values of the cases (`case`) or sources (`file`), by their identity.
    pub(super) fn values(&mut self, wanted: &str) -> Result<HashMap<Uuid, Vec<VariableValue>>, ForeignError> {
        let (ids, variables) = (self.ids, &mut self.project.variables);
        let mut known: HashSet<Uuid> = variables.iter().map(|variable| variable.guid).collect();
        let table = if wanted == "case" { "cases" } else { "source" };
        let mut values: HashMap<Uuid, Vec<VariableValue>> = HashMap::new();
        self.base.rows("attribute", ["name", "attr_type", "value", "id"], |[name, of, value, id]| {
            let (Some(id), true) = (id.integer(), of.text() == wanted) else { return };
            let name = name.text();
            let variable = ids.named("attribute", &name);
            if known.insert(variable) {
                variables.push(Variable { guid: variable, name, kind: VariableType::Text, description: String::new() });
            }
            values.entry(ids.row(table, id)).or_default().push(VariableValue { variable, value: value.text() });
        })?;
        Ok(values)
    }

    /// Tells what was coded on pictures, sound and film.
    fn on_media(&mut self) -> Result<(), ForeignError> {
        for (table, what) in [("code_image", "codings of pictures"), ("code_av", "codings of sound and film")] {
            let mut number: BTreeMap<i64, usize> = BTreeMap::new();
            self.base.rows(table, ["id"], |[id]| *number.entry(id.integer().unwrap_or_default()).or_default() += 1)?;
            let names: HashMap<Uuid, &str> = self.project.sources.iter().map(|source| (source.guid, source.name.as_str())).collect();
            for (id, number) in number {
                let name = names.get(&self.ids.row("source", id)).copied().unwrap_or_default();
                let sentence = format!("{number} parts of it are coded; only texts are coded here.");
                self.account.left_out(what, name, sentence);
            }
        }
        Ok(())
    }
}

/// Whether attributes of this kind of thing are brought.
fn is_brought(of: &str) -> bool {
    matches!(of, "case" | "file")
}

/// Whether a source is a picture, sound or film by where its file lies: in the project's folder, or linked from elsewhere.
fn is_medium(path: &str) -> bool {
    ["images", "audio", "video"]
        .iter()
        .any(|kind| path.trim_start_matches('/').strip_prefix(kind).is_some_and(|rest| rest.starts_with(['/', ':'])))
}
