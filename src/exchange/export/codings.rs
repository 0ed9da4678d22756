use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::about::time_text;
use super::course::GoOn;
use super::labels::Labels;
use super::leaving::TableError;
use super::names::Names;
use super::table::{BETWEEN, TIME_ANCHOR, Table, has_time_anchors, joined};
use super::told::Told;
use crate::analysis::matrix::said;
use crate::analysis::shares::in_shares;
use crate::study::{Attribute, AttributeOf, Codebook, Coded, Coding, Material, MemoOn, NOT_STATED, Revision, Study, ThemeId, ValueId};
use crate::text::{Anchor, CharMap, CharSpan, Geometry, NoSuchBlob, Texts};

/// One cell of the table of codings, before it is text or JSON.
enum Field {
    Text(String),
    /// Text that may be absent: `null`, in a table an empty cell.
    Maybe(Option<String>),
    Number(usize),
    Flag(bool),
    /// One value or *Not stated*.
    Stated(Option<String>),
    /// Several values, each perhaps *Not stated*; none at all where there are no participant's words.
    Several(Vec<Option<String>>),
}

impl Field {
    fn into_cell(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Maybe(text) => text.unwrap_or_default(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => u8::from(flag).to_string(),
            Self::Stated(name) => name.unwrap_or_else(|| NOT_STATED.to_owned()),
            Self::Several(names) => joined(&names),
        }
    }

    fn into_json(self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Maybe(text) | Self::Stated(text) => json!(text),
            Self::Number(number) => json!(number),
            Self::Flag(flag) => json!(flag),
            Self::Several(names) => json!(names),
        }
    }
}

/// Every coding that `counts` as a row, in the order of sources and places; those whose words were corrected away too, with
/// the words they had. By [`Labels::IDS`] words stand without the labels of speakers between them, and titles stay behind.
///
/// # Errors
/// [`TableError`] when a text is missing; [`TableError::Cancelled`] when `go_on` said so in time: it is asked before each source.
pub fn codings_table(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    counts: impl Fn(&Material, &Coding) -> bool + Sync,
    go_on: GoOn<'_>,
) -> Result<Table, TableError> {
    Writer { masks: !labels.is_full(), ..Writer::new(study, labels) }.table(texts, counts, go_on)
}

/// The same of every coding, with places in the texts as an archive has them; those whose words were corrected away have none.
///
/// # Errors
/// [`TableError`] when a text is missing; [`TableError::Cancelled`] when `go_on` said so.
pub(super) fn codings_in_told_texts(study: &Study, texts: &dyn Texts, labels: Labels, go_on: GoOn<'_>) -> Result<Table, TableError> {
    let writer = Writer { masks: !labels.is_full(), in_told: true, ..Writer::new(study, labels) };
    writer.table(texts, |_, _| true, go_on)
}

/// The same as a list of objects whose keys are the columns, for scripts that hold it against the texts: words are as they
/// are written there.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn codings_json(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    counts: impl Fn(&Material, &Coding) -> bool,
) -> Result<Value, NoSuchBlob> {
    let writer = Writer::new(study, labels);
    let mut list = Vec::new();
    writer.each(texts, &counts, study.materials(), |fields| {
        let pairs = writer.header.iter().cloned().zip(fields.into_iter().map(Field::into_json));
        list.push(Value::Object(pairs.collect::<Map<_, _>>()));
    })?;
    Ok(Value::Array(list))
}

/// What every row needs to know.
struct Writer<'a> {
    study: &'a Study,
    labels: Labels,
    names: Names<'a>,
    /// Whether titles and the labels of speakers between words are left out.
    masks: bool,
    /// Whether places are those in the texts as they are told ([`Told`]), not as they are stored.
    in_told: bool,
    has_anchors: bool,
    header: Vec<String>,
    levels: usize,
    /// The path of every theme and the names in it.
    themes: HashMap<ThemeId, (String, Vec<String>)>,
    /// Each attribute with its values in order.
    attributes: Vec<(&'a Attribute, Vec<ValueId>)>,
}

impl<'a> Writer<'a> {
    fn new(study: &'a Study, labels: Labels) -> Self {
        let levels = levels(study);
        let attributes: Vec<_> = labels
            .attributes(study)
            .into_iter()
            .map(|attribute| (attribute, study.attributes().values_of(attribute.id).into_iter().map(|value| value.id).collect()))
            .collect();
        let has_anchors = has_time_anchors(study);
        let mut before: Vec<String> = "id source_id source title paragraph start end".split(' ').map(str::to_owned).collect();
        before.extend(has_anchors.then(|| TIME_ANCHOR.to_owned()));
        before.extend(["text", "theme"].map(str::to_owned));
        before.extend(level_names(levels));
        before.extend("coder time cases".split(' ').map(str::to_owned));
        let after: Vec<String> = "quote contrary contrary_to memo broken".split(' ').map(str::to_owned).collect();
        let named = attributes.iter().map(|(attribute, _)| {
            let taken = before.contains(&attribute.name) || after.contains(&attribute.name);
            if taken { format!("{} (attribute)", attribute.name) } else { attribute.name.clone() }
        });
        let named: Vec<String> = named.collect();
        Self {
            study,
            labels,
            names: Names::new(study, labels),
            masks: false,
            in_told: false,
            has_anchors,
            themes: themes(study.codebook()),
            header: [before, named, after].concat(),
            levels,
            attributes,
        }
    }

    /// Every coding that counts as a row.
    fn table(self, texts: &dyn Texts, counts: impl Fn(&Material, &Coding) -> bool + Sync, go_on: GoOn<'_>) -> Result<Table, TableError> {
        let materials = self.study.materials();
        let weights: Vec<usize> = materials.iter().map(|material| material.codings.len() + 1).collect();
        let parts = in_shares(&weights, go_on, |share, step| -> Result<Vec<Vec<String>>, NoSuchBlob> {
            let mut rows = Vec::new();
            let all = materials.get(share).unwrap_or_default().iter().take_while(|_| step());
            self.each(texts, &counts, all, |fields| {
                // Cells of their own: to make the row of the room of the fields would leave a splinter of memory behind every row.
                let mut row = Vec::with_capacity(fields.len());
                row.extend(fields.into_iter().map(Field::into_cell));
                rows.push(row);
            })?;
            Ok(rows)
        });
        let mut rows = Vec::new();
        for part in parts.ok_or(TableError::Cancelled)? {
            rows.append(&mut part?);
        }
        let numbers = ["paragraph", "start", "end", "quote", "contrary", "broken"];
        Ok(Table::new(self.header, rows).counting(|_, name| numbers.contains(&name)))
    }

    /// Visits the rows of some sources.
    fn each<'m>(
        &self,
        texts: &dyn Texts,
        counts: &impl Fn(&Material, &Coding) -> bool,
        materials: impl IntoIterator<Item = &'m Arc<Material>>,
        mut visit: impl FnMut(Vec<Field>),
    ) -> Result<(), NoSuchBlob> {
        for material in materials {
            for revision in &material.revisions {
                let is_read = revision.id == material.source.revision;
                let read = material.codings.iter().filter(|_| is_read).cloned();
                let broken = material.broken.codings.iter().filter(|coding| coding.revision == revision.id).cloned();
                let broken = broken.map(|coding| Coded { coding, parts: Box::default() });
                let mut codings = read.chain(broken).filter(|coded| counts(material, &coded.coding)).peekable();
                if codings.peek().is_none() {
                    continue;
                }
                let told = self.in_told.then(|| Told::read(&self.names, texts, material)).transpose()?.filter(|_| is_read);
                let words = Words { told, ..Words::read(texts, revision)? };
                codings.for_each(|coded| visit(self.row(material, &words, &coded, !is_read)));
            }
        }
        Ok(())
    }

    fn row(&self, material: &Material, words: &Words, coded: &Coded, is_broken: bool) -> Vec<Field> {
        let coding = &coded.coding;
        let chars = match &words.told {
            Some(told) => told.chars(coding.span),
            None => (!self.in_told).then(|| words.map.chars(&words.text, coding.span)),
        };
        let place = |end: fn(&CharSpan) -> usize| chars.as_ref().map_or(Field::Maybe(None), |chars| Field::Number(end(chars)));
        let (path, levels) = self.themes.get(&coding.theme).map_or(("", &[][..]), |(path, levels)| (path, levels.as_slice()));
        let mut lineage = levels.iter().cloned();
        let mut fields = Vec::with_capacity(self.header.len());
        fields.extend([
            Field::Text(coding.id.to_string()),
            Field::Text(material.source.label.clone()),
            Field::Text(self.labels.source(&material.source)),
            Field::Maybe((!self.masks).then(|| material.source.title.clone())),
            Field::Number(words.geometry.paragraphs_in(coding.span).start + 1),
            place(|chars| chars.start),
            place(|chars| chars.end),
        ]);
        let anchor = || words.geometry.anchor_before(coding.span.start).map(Anchor::clock);
        fields.extend(self.has_anchors.then(|| Field::Maybe(anchor())));
        let masked = || said(&words.geometry, &words.text, coding.span);
        fields.push(Field::Text(if self.masks { masked() } else { coding.span.slice(&words.text).to_owned() }));
        fields.push(Field::Text(path.to_owned()));
        fields.extend((0..self.levels).map(|_| Field::Maybe(lineage.next())));
        let cases = material.cases_of(coded);
        let labels = cases.iter().map(|case| case.and_then(|case| self.study.case(case)).map(|case| self.names.case(case)));
        fields.push(Field::Text(self.study.coders().get(&coding.coder).map(|coder| coder.name.clone()).unwrap_or_default()));
        fields.push(Field::Text(time_text(coding.time)));
        fields.push(Field::Several(labels.collect()));
        fields.extend(self.attributes.iter().map(|(attribute, values)| self.attribute(material, coded, attribute, values)));
        let contrary: Vec<_> = material.contrary_marks.iter().filter(|mark| mark.coding == coding.id).collect();
        let reasons: Vec<_> = contrary.iter().map(|mark| mark.contrary_to.as_str()).filter(|reason| !reason.is_empty()).collect();
        let on = MemoOn::Coding { source: material.source.id, coding: coding.id };
        let memos: Vec<_> = material.memos.iter().filter(|memo| memo.on == on).map(|memo| memo.text.as_str()).collect();
        fields.push(Field::Flag(is_quote(material, coding)));
        fields.push(Field::Flag(!contrary.is_empty()));
        fields.push(Field::Maybe((!reasons.is_empty()).then(|| reasons.join(BETWEEN))));
        fields.push(Field::Maybe((!memos.is_empty()).then(|| memos.join("\n\n"))));
        fields.push(Field::Flag(is_broken));
        fields
    }

    /// The values of the coding's cases, or of its source.
    fn attribute(&self, material: &Material, coded: &Coded, attribute: &Attribute, order: &[ValueId]) -> Field {
        if attribute.of == AttributeOf::Sources {
            let names = self.study.value_names(&material.source.values, attribute.id);
            return Field::Stated((!names.is_empty()).then_some(names));
        }
        let mut has: BTreeSet<Option<ValueId>> = BTreeSet::new();
        let mut masked = None;
        for case in material.cases_of(coded) {
            if case.is_some_and(|case| self.names.hides(case, attribute.id)) {
                masked = Some(Some(self.names.mask_word()));
                continue;
            }
            let values = case.and_then(|case| self.study.case(case)).and_then(|case| case.values.get(&attribute.id));
            match values.filter(|values| !values.is_empty()) {
                Some(values) => has.extend(values.iter().copied().map(Some)),
                None => {
                    has.insert(None);
                }
            }
        }
        let named = order.iter().filter(|value| has.contains(&Some(**value)));
        let mut listed: Vec<_> = named.map(|value| Some(self.study.attributes().value_name(*value).to_owned())).collect();
        listed.extend(has.contains(&None).then_some(None));
        listed.extend(masked);
        Field::Several(listed)
    }
}

/// The path of every theme with the names in it, from the outermost.
fn themes(book: &Codebook) -> HashMap<ThemeId, (String, Vec<String>)> {
    let names = |theme| book.lineage(theme).into_iter().map(|theme| theme.name.clone()).collect();
    book.outline().iter().map(|row| (row.theme, (book.path(row.theme), names(row.theme)))).collect()
}

/// Whether a coding's passage was chosen for the report.
pub(super) fn is_quote(material: &Material, coding: &Coding) -> bool {
    material.kept_quote_marks().any(|mark| mark.coding == Some(coding.id))
}

/// A version of a text, ready for looking things up.
struct Words {
    text: Arc<str>,
    geometry: Arc<Geometry>,
    map: CharMap,
    /// It as it is told, where places are of that.
    told: Option<Told>,
}

impl Words {
    fn read(texts: &dyn Texts, revision: &Revision) -> Result<Self, NoSuchBlob> {
        let text = texts.text(revision.text)?;
        Ok(Self { map: CharMap::new(&text), geometry: texts.geometry(revision.geometry)?, text, told: None })
    }
}

/// How many levels the codebook has; at least one, so that the columns are there.
pub(super) fn levels(study: &Study) -> usize {
    study.codebook().outline().iter().map(|row| row.depth + 1).max().unwrap_or(1)
}

/// Names of the columns of a theme's levels.
pub(super) fn level_names(levels: usize) -> impl Iterator<Item = String> {
    (1..=levels).map(|level| format!("theme_{level}"))
}
