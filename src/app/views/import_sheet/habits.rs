//! What labels were in the sources of the study, so that it need not be said again for every file.

use std::collections::HashMap;
use std::path::PathBuf;

use super::edits::{part_of, set_part};
use super::sheet::ImportSheet;
use crate::app::views::part::Part;
use crate::study::Study;
use crate::text::fold;

/// What each label is in the sources there are, by its folded words; none for a label that is not everywhere the same.
fn parts(study: &Study) -> HashMap<String, Option<Part>> {
    let mut parts: HashMap<String, Option<Part>> = HashMap::new();
    for speaker in study.materials().iter().flat_map(|material| &material.speakers) {
        let kind = speaker.case.and_then(|case| study.case(case)).map(|case| case.kind);
        let part = Part::of(speaker.voice, kind);
        parts.entry(fold(&speaker.label)).and_modify(|known| *known = known.filter(|known| *known == part)).or_insert(Some(part));
    }
    parts
}

/// Says of the labels in files that have just arrived what they are in the sources there are.
pub(super) fn fill(sheet: &mut ImportSheet, arrived: &[PathBuf], study: &Study) {
    let parts = parts(study);
    let mut said: Vec<String> = Vec::new();
    sheet.fill(
        |path, draft| {
            if !arrived.iter().any(|other| other == path) {
                return;
            }
            for index in 0..draft.speakers.len() {
                let Some(speaker) = draft.speakers.get(index) else { continue };
                let known = parts.get(&fold(&speaker.label)).copied().flatten();
                let Some(part) = known.filter(|part| *part != part_of(speaker)) else { continue };
                let sentence = format!("“{}” is {}", speaker.label, part.name().to_lowercase());
                if !said.contains(&sentence) {
                    said.push(sentence);
                }
                set_part(draft, index, part);
            }
        },
        |_| String::new(),
    );
    if said.is_empty() {
        return;
    }
    if let Some(filled) = sheet.filled.last_mut() {
        filled.says = format!("As in the sources you have: {}", said.join(", "));
    }
}
