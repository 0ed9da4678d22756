//! What to know of the files on the sheet before they are imported.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::sheet::ImportSheet;
use crate::exchange::import::{Draft, DraftCase};
use crate::study::{AttributeOf, Role, Study};
use crate::text::{BlobId, fold};

/// Something to know before a file is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) weight: Weight,
    pub(super) sentence: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It cannot be imported like this.
    Stops,
    /// It will be left out or made anew.
    Tells,
    /// Something could not be kept or understood.
    Lost,
}

/// The notes of every row, most important first.
pub(super) fn of(sheet: &ImportSheet, study: &Study) -> Vec<Vec<Note>> {
    let known = Known::of(sheet, study);
    let mut first_of: HashMap<BlobId, usize> = HashMap::new();
    let notes = sheet.rows.iter().enumerate().map(|(place, row)| match &row.outcome {
        Err(sentence) => vec![Note { weight: Weight::Stops, sentence: sentence.clone() }],
        Ok(draft) => {
            let first = *first_of.entry(draft.fingerprint).or_insert(place);
            let twin = sheet.rows.get(first).filter(|_| first != place).map(|twin| twin.name.as_str());
            let mut notes = notes(draft, &known, twin);
            if row.gone {
                let sentence = "The file is no longer where it was. What was read of it is still here and can be imported.".to_owned();
                let at = notes.iter().take_while(|note| note.weight == Weight::Stops).count();
                notes.insert(at, Note { weight: Weight::Lost, sentence });
            }
            notes
        }
    });
    notes.collect()
}

/// What the study and the sheet have already, by folded names: looked up once for all rows.
struct Known<'study> {
    study: &'study Study,
    imported: HashMap<BlobId, &'study str>,
    sources: BTreeSet<String>,
    cases: BTreeSet<String>,
    /// The ids of what is to be imported, with how often each is given.
    labels: BTreeMap<String, usize>,
    /// The groups and areas of the study by all their names.
    values: [BTreeSet<String>; 2],
}

const ROLES: [(Role, &str); 2] = [(Role::Group, "group"), (Role::Area, "area")];

impl<'study> Known<'study> {
    fn of(sheet: &ImportSheet, study: &'study Study) -> Self {
        let sources = || study.materials().iter().map(|material| &material.source);
        let mut labels = BTreeMap::new();
        for (_, draft) in sheet.wanted() {
            *labels.entry(fold(draft.label.trim())).or_insert(0) += 1;
        }
        let names = |role| {
            let attribute = study.attributes().with_role(role).map(|attribute| attribute.id);
            let values = attribute.map(|attribute| study.attributes().values_of(attribute)).unwrap_or_default();
            values.into_iter().flat_map(|value| std::iter::once(&value.name).chain(&value.aliases)).map(|name| fold(name.trim())).collect()
        };
        Self {
            study,
            imported: sources().map(|source| (source.fingerprint, source.label.as_str())).collect(),
            sources: sources().map(|source| fold(&source.label)).collect(),
            cases: study.cases().values().map(|case| fold(&case.label)).collect(),
            labels,
            values: ROLES.map(|(role, _)| names(role)),
        }
    }

    /// Why a draft cannot be imported as it is.
    fn stops(&self, draft: &Draft, twin: Option<&str>) -> Option<String> {
        let label = draft.label.trim();
        let folded = fold(label);
        if let Some(there) = self.imported.get(&draft.fingerprint) {
            Some(format!("Imported already: it is the source {there}."))
        } else if let Some(twin) = twin {
            Some(format!("The same file as “{twin}”."))
        } else if label.is_empty() {
            Some("It needs an id.".into())
        } else if self.labels.get(&folded).is_some_and(|times| *times > 1) {
            Some(format!("Another file on this sheet has the id {label}."))
        } else {
            self.sources.contains(&folded).then(|| format!("There is a source {label} already. Give this one another id."))
        }
    }
}

/// What to know of a draft before it is imported.
fn notes(draft: &Draft, known: &Known<'_>, twin: Option<&str>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |weight, sentence: String| notes.push(Note { weight, sentence });
    known.stops(draft, twin).into_iter().for_each(|sentence| say(Weight::Stops, sentence));
    let cases = draft.cases();
    for ((role, what), names) in ROLES.iter().zip(&known.values) {
        let values: BTreeSet<&String> = cases.iter().filter_map(|case| in_role(case, *role)).collect();
        for name in values.into_iter().filter(|name| !names.contains(&fold(name.trim()))) {
            say(Weight::Tells, format!("“{name}” is a new {what}."));
        }
    }
    for case in cases.iter().filter(|case| known.cases.contains(&fold(case.label.trim()))) {
        say(Weight::Tells, format!("{} is a case of the study already; these words become theirs.", case.label));
    }
    let of_cases = || cases.iter().flat_map(|case| case.attributes.iter().map(|(name, _)| (name.as_str(), AttributeOf::Cases)));
    let of_draft = draft.attributes.iter().map(|attribute| (attribute.name.as_str(), attribute.of));
    let mut new: Vec<(&str, AttributeOf)> = Vec::new();
    for (name, of) in of_draft.chain(of_cases()).filter(|(name, _)| known.study.attributes().named(name).is_none()) {
        if !new.iter().any(|(there, _)| fold(there) == fold(name)) {
            new.push((name, of));
        }
    }
    for (name, of) in new {
        let of = if of == AttributeOf::Cases { "participants" } else { "sources" };
        say(Weight::Tells, format!("“{name}” becomes a new attribute of {of}."));
    }
    // What was filled in and has no column is seen here.
    let stated = |of: Option<&str>, values: Vec<String>| {
        let of = of.map_or_else(String::new, |of| format!("{of}: "));
        (!values.is_empty()).then(|| format!("{of}{}.", values.join(" · ")))
    };
    let mut whole: Vec<String> = [("Wave", &draft.wave), ("Interviewer", &draft.interviewer)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    whole.extend(draft.attributes.iter().map(|attribute| format!("{} {}", attribute.name, attribute.value)));
    if let Some(sentence) = stated(None, whole) {
        say(Weight::Tells, sentence);
    }
    for case in &cases {
        let values = case.attributes.iter().map(|(name, value)| format!("{name} {value}")).collect();
        if let Some(sentence) = stated(Some(&case.label), values) {
            say(Weight::Tells, sentence);
        }
    }
    draft.problems.iter().for_each(|problem| say(Weight::Lost, problem.to_string()));
    notes.sort_by_key(|note| note.weight);
    notes
}

/// The group or area of a case.
pub(super) const fn in_role(case: &DraftCase, role: Role) -> Option<&String> {
    match role {
        Role::Group => case.group.as_ref(),
        Role::Area => case.area.as_ref(),
    }
}
