use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use super::frame::values;
use super::{GiveError, Giving};
use crate::exchange::refi::bring::turn_id;
use crate::exchange::refi::exact::derived;
use crate::exchange::refi::model::{Coding, Made, MediaFile, Selection, Source};
use crate::study::{CaseId, Material, MemoOn};
use crate::text::{CharMap, Span, Voice};

/// So many characters of a passage are its name.
const NAME: usize = 60;

impl Giving<'_> {
    pub(super) fn give_sources(&mut self) -> Result<(), GiveError> {
        let study = self.study;
        let mut owned: HashMap<CaseId, (Vec<Uuid>, Vec<Uuid>)> = HashMap::new();
        for material in study.materials() {
            let Some(revision) = material.revision() else { continue };
            let text = self.texts.text(revision.text)?;
            let source = &material.source;
            let mut selections = Selections { text: &text, chars: CharMap::new(&text), all: Vec::new() };
            selections.of_passages(material);
            for span in &material.case_spans {
                selections.push(span.id.0, span.span);
                owned.entry(span.case).or_default().1.push(span.id.0);
            }
            give_cases(material, &mut selections, &mut owned);
            let file = self.file(material)?;
            let selections = selections.all;
            self.project.sources.push(Source {
                guid: source.id.0,
                name: source.label.clone(),
                text: Some(text.as_ref().to_owned()),
                file,
                values: values(study, &source.values),
                selections,
                ..Source::default()
            });
        }
        for case in &mut self.project.cases {
            if let Some((sources, selections)) = owned.remove(&CaseId(case.guid)) {
                (case.sources, case.selections) = (sources, selections);
            }
        }
        Ok(())
    }

    /// The Word file that a text was read from, if it was kept.
    fn file(&mut self, material: &Material) -> Result<Option<MediaFile>, GiveError> {
        let source = &material.source;
        let Some(original) = source.original.filter(|_| source.file_name.to_lowercase().ends_with(".docx")) else { return Ok(None) };
        let name = format!("{}.docx", source.id);
        let len = self.texts.bytes(original)?.len() as u64;
        self.files.insert(name.clone(), original);
        Ok(Some(MediaFile { name, len }))
    }
}

/// The passages of a text while they are gathered.
struct Selections<'t> {
    text: &'t str,
    chars: CharMap,
    all: Vec<Selection>,
}

impl Selections<'_> {
    /// A selection for each passage that is coded or has a memo.
    fn of_passages(&mut self, material: &Material) {
        let mut passages: BTreeMap<Span, (Vec<Coding>, Vec<Uuid>)> = BTreeMap::new();
        let mut on: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for memo in &material.memos {
            match &memo.on {
                MemoOn::Coding { coding, .. } => on.entry(coding.0).or_default().push(memo.id.0),
                MemoOn::Passage { revision, span, .. } if *revision == material.source.revision => {
                    passages.entry(*span).or_default().1.push(memo.id.0);
                }
                _ => {}
            }
        }
        for coded in &material.codings {
            let coding = &coded.coding;
            let made = Made { by: Some(coding.coder.0), at: Some(coding.time), ..Made::default() };
            let note_refs = on.remove(&coding.id.0).unwrap_or_default();
            let given = Coding { guid: coding.id.0, code: coding.theme.0, made, note_refs, important: false };
            passages.entry(coding.span).or_default().0.push(given);
        }
        for (span, (codings, note_refs)) in passages {
            let (start, end) = (span.start.to_le_bytes(), span.end.to_le_bytes());
            self.push(derived(&[b"selection", material.source.id.0.as_bytes(), &start, &end]), span);
            if let Some(selection) = self.all.last_mut() {
                selection.made = codings.first().map(|coding| coding.made.clone()).unwrap_or_default();
                (selection.codings, selection.note_refs) = (codings, note_refs);
            }
        }
    }

    fn push(&mut self, guid: Uuid, span: Span) {
        let char_at = |offset| i64::try_from(self.chars.char_at(self.text, offset)).unwrap_or(i64::MAX);
        let stated = (char_at(span.start), char_at(span.end));
        self.all.push(Selection { guid, name: begins(span.slice(self.text)), stated, span: Some(span), ..Selection::default() });
    }
}

/// The first words of something, in one line.
pub(super) fn begins(words: &str) -> String {
    let line = words.trim().lines().next().unwrap_or_default().trim_end();
    if line.chars().count() <= NAME { line.to_owned() } else { line.chars().take(NAME).collect::<String>().trim_end().to_owned() + "…" }
}

/// Whose words a source holds: one case’s altogether, or each turn is its case’s.
fn give_cases(material: &Material, selections: &mut Selections<'_>, owned: &mut HashMap<CaseId, (Vec<Uuid>, Vec<Uuid>)>) {
    let source = &material.source;
    let turns = || {
        let paragraphs = material.geometry.paragraphs().iter();
        paragraphs.filter_map(|paragraph| match material.speaker_of(paragraph) {
            (Voice::Participant, Some(case)) => Some((paragraph.span, case)),
            _ => None,
        })
    };
    let cases: BTreeSet<CaseId> = turns().map(|(_, case)| case).chain(source.case).collect();
    match cases.first() {
        Some(only) if cases.len() == 1 => owned.entry(*only).or_default().0.push(source.id.0),
        _ => {
            if let Some(case) = source.case {
                owned.entry(case).or_default().0.push(source.id.0);
            }
            for (span, case) in turns().filter(|(_, case)| Some(*case) != source.case) {
                let id = turn_id(source.id, span);
                selections.push(id, span);
                owned.entry(case).or_default().1.push(id);
            }
        }
    }
}
