use std::collections::BTreeSet;

use super::comments;
use super::draft::{Draft, DraftCase, DraftSpeaker};
use crate::project::{Corrected, EditError, NewText, Tx};
use crate::study::{
    Attribute, AttributeId, AttributeOf, BuiltIn, CaseId, CaseKind, Revision, RevisionId, Role, Source, SourceId, Speaker, SpeakerId,
    Study, Values,
};
use crate::text::{Geometry, fold};

/// A source that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The source.
    pub source: SourceId,
    /// Its id as the analyst sees it: that of the draft, or with a number where that was taken.
    pub label: String,
    /// Its cases, made or found.
    pub cases: Vec<CaseId>,
}

/// Writes a draft into the project: source, text, speakers, cases and attributes, and its comments as memos. The original is kept
/// only if wanted.
///
/// A case of a label that is there is the same case; what is known of it is not overwritten.
///
/// # Errors
/// [`EditError::Refused`] when the same file was imported before; else [`EditError`] when it cannot be written.
pub fn add(tx: &mut Tx<'_>, draft: &Draft, keep_original: bool) -> Result<Imported, EditError> {
    if let Some(there) = imported_before(tx.study(), draft) {
        let sentence = format!("“{}” was imported already: it is the source {there}.", draft.file_name);
        return Err(EditError::Refused(sentence));
    }
    let label = free_label(tx, &draft.label)?;
    let source = SourceId::new();
    let mut speakers = Vec::new();
    for speaker in &draft.speakers {
        speakers.push(written(tx, draft, source, &label, speaker)?);
    }
    let case = draft.case.as_ref().map(|proposed| case(tx, draft, &renamed(proposed, &draft.label, &label))).transpose()?;
    let mut cases: Vec<_> = speakers.iter().filter_map(|speaker| speaker.case).chain(case).collect();
    let mut seen = BTreeSet::new();
    cases.retain(|case| seen.insert(*case));
    write_text(tx, draft, keep_original, Written { source, label: label.clone(), case, speakers })?;
    comments::write(tx, source, draft)?;
    Ok(Imported { source, label, cases })
}

/// Puts a draft's text in the place of a source's, with everything that is anchored in it mapped to where its words stand
/// now. The source keeps its label, title, attributes and cases; the labels that are new in it bring theirs, and comments that are
/// not there yet become memos. The original is kept only if wanted.
///
/// # Errors
/// [`EditError::Refused`] when the same file was imported before, or holds the very text that is there.
pub fn correct(tx: &mut Tx<'_>, source: SourceId, draft: &Draft, keep_original: bool) -> Result<Corrected, EditError> {
    if let Some(there) = imported_before(tx.study(), draft) {
        return Err(EditError::Refused(format!("“{}” is the file that the source {there} holds already.", draft.file_name)));
    }
    let material = tx.material(source)?;
    let known = |label: &str| material.speakers.iter().any(|speaker| speaker.label == label);
    let mut speakers = Vec::new();
    for speaker in draft.speakers.iter().filter(|speaker| !known(&speaker.label)) {
        speakers.push(written(tx, draft, source, &material.source.label, speaker)?);
    }
    let original = draft.original.as_deref().filter(|_| keep_original);
    let geometry = geometry(draft)?;
    let corrected = tx.correct_source(
        source,
        NewText { text: &draft.text, geometry: &geometry, speakers, file_name: &draft.file_name, fingerprint: draft.fingerprint, original },
    )?;
    comments::write(tx, source, draft)?;
    Ok(corrected)
}

/// A speaker of a draft with their case made or found; `label` is what the source is called.
fn written(tx: &mut Tx<'_>, draft: &Draft, source: SourceId, label: &str, speaker: &DraftSpeaker) -> Result<Speaker, EditError> {
    let proposed = speaker.case.as_ref().map(|proposed| renamed(proposed, &draft.label, label));
    let case = proposed.map(|proposed| case(tx, draft, &proposed)).transpose()?;
    Ok(Speaker { id: SpeakerId::new(), source, label: speaker.label.clone(), voice: speaker.voice, case })
}

fn geometry(draft: &Draft) -> Result<Geometry, EditError> {
    let labels = draft.speakers.iter().map(|speaker| speaker.label.as_str().into()).collect();
    Geometry::new(&draft.text, draft.paragraphs.clone(), draft.anchors.clone(), labels)
        .and_then(|geometry| geometry.with_styles(&draft.text, &draft.styles))
        .map_err(|error| EditError::Refused(format!("“{}” cannot be written: {error}.", draft.file_name)))
}

/// The label of the source that the same file was imported as before; it is known by its bytes.
#[must_use]
pub fn imported_before<'study>(study: &'study Study, draft: &Draft) -> Option<&'study str> {
    let mut sources = study.materials().iter().map(|material| &material.source);
    sources.find(|source| source.fingerprint == draft.fingerprint).map(|source| source.label.as_str())
}

/// What is decided of a source before its text is written.
struct Written {
    source: SourceId,
    label: String,
    case: Option<CaseId>,
    speakers: Vec<Speaker>,
}

fn write_text(tx: &mut Tx<'_>, draft: &Draft, keep_original: bool, written: Written) -> Result<(), EditError> {
    let geometry = geometry(draft)?;
    let text = tx.blob(draft.text.as_bytes())?;
    let geometry = tx.blob(&geometry.to_bytes())?;
    let original = draft.original.as_deref().filter(|_| keep_original).map(|bytes| tx.blob(bytes)).transpose()?;
    let values = source_values(tx, draft)?;
    let position = tx.study().materials().iter().map(|material| material.source.position).max().unwrap_or(0) + 1;
    let Written { source: id, label, case, speakers } = written;
    let revision = Revision { id: RevisionId::new(), source: id, parent: None, text, geometry };
    let source = Source {
        id,
        label,
        title: draft.title.clone(),
        form: draft.form,
        revision: revision.id,
        case,
        values,
        file_name: draft.file_name.clone(),
        fingerprint: draft.fingerprint,
        original,
        position,
    };
    let mut entities = vec![source.into(), revision.into()];
    entities.extend(speakers.into_iter().map(Into::into));
    tx.put_all(entities)
}

/// The draft's label, or where a source has it already, with the first number that makes it another one.
fn free_label(tx: &Tx<'_>, wanted: &str) -> Result<String, EditError> {
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return Err(EditError::NoName);
    }
    let is_free = |label: &str| tx.study().source_labelled(label).is_none();
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    Ok(std::iter::once(wanted.to_owned()).chain(numbered).find(|label| is_free(label)).unwrap_or_default())
}

/// A case that was named after its source follows when the source had to be called otherwise.
fn renamed(case: &DraftCase, draft: &str, label: &str) -> DraftCase {
    let tail = case.label.strip_prefix(draft).filter(|tail| tail.is_empty() || tail.starts_with('-'));
    let tail = tail.filter(|_| case.kind != CaseKind::InterviewLabel);
    DraftCase { label: tail.map_or_else(|| case.label.clone(), |tail| format!("{label}{tail}")), ..case.clone() }
}

fn case(tx: &mut Tx<'_>, draft: &Draft, proposed: &DraftCase) -> Result<CaseId, EditError> {
    let id = tx.case_labelled(&proposed.label, proposed.kind)?;
    for (role, value) in [(Role::Group, &proposed.group), (Role::Area, &proposed.area)] {
        if let Some(value) = value {
            let attribute = with_role(tx, role)?;
            add_value(tx, id, attribute, value)?;
        }
    }
    for (name, value) in &proposed.attributes {
        // What describes sources in the study is nothing that a case could have.
        if of(tx, AttributeOf::Cases, name) == AttributeOf::Cases {
            let named = tx.attribute_named(name, AttributeOf::Cases)?;
            add_value(tx, id, named, value)?;
        }
    }
    if proposed.kind != CaseKind::Unidentified {
        for attribute in &draft.attributes {
            if of(tx, attribute.of, &attribute.name) == AttributeOf::Cases {
                let named = tx.attribute_named(&attribute.name, AttributeOf::Cases)?;
                add_value(tx, id, named, &attribute.value)?;
            }
        }
    }
    Ok(id)
}

/// Gives a case a value where it has none.
fn add_value(tx: &mut Tx<'_>, case: CaseId, attribute: AttributeId, value: &str) -> Result<(), EditError> {
    if tx.study().case(case).is_some_and(|case| case.values.contains_key(&attribute)) {
        return Ok(());
    }
    let value = tx.value_named(attribute, value)?;
    tx.set_value(case, attribute, BTreeSet::from([value]))
}

/// What an attribute of this name describes: what it describes in the study, if it has one.
fn of(tx: &Tx<'_>, proposed: AttributeOf, name: &str) -> AttributeOf {
    tx.study().attributes().named(name).map_or(proposed, |attribute| attribute.of)
}

/// The attribute that plays a role, made where the study has none.
pub(super) fn with_role(tx: &mut Tx<'_>, role: Role) -> Result<AttributeId, EditError> {
    if let Some(there) = tx.study().attributes().with_role(role) {
        return Ok(there.id);
    }
    let name = match role {
        Role::Group => "Participant group",
        Role::Area => "Case-study area",
    };
    let id = tx.attribute_named(name, AttributeOf::Cases)?;
    let made = tx.study().attributes().get(id).cloned().ok_or(EditError::Gone("attribute"))?;
    tx.put(Attribute { role: Some(role), ..made })?;
    Ok(id)
}

fn source_values(tx: &mut Tx<'_>, draft: &Draft) -> Result<Values, EditError> {
    let mut values = Values::new();
    let built_in = [
        (BuiltIn::Kind, &draft.kind),
        (BuiltIn::Date, &draft.date),
        (BuiltIn::Wave, &draft.wave),
        (BuiltIn::Interviewer, &draft.interviewer),
    ];
    for (built_in, value) in built_in.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(attribute) = tx.study().attributes().built_in(built_in).map(|attribute| attribute.id) {
            values.insert(attribute, BTreeSet::from([tx.value_named(attribute, value)?]));
        }
    }
    let others = draft.attributes.iter().filter(|attribute| !attribute.value.trim().is_empty());
    for other in others {
        if of(tx, other.of, &other.name) == AttributeOf::Sources {
            let attribute = tx.attribute_named(&other.name, AttributeOf::Sources)?;
            values.entry(attribute).or_default().insert(tx.value_named(attribute, &other.value)?);
        }
    }
    Ok(values)
}

/// Whether two labels name one source or case.
pub(super) fn same_label(a: &str, b: &str) -> bool {
    fold(a.trim()) == fold(b.trim())
}
