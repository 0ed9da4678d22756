//! What labels were in the sources of the study, and on this computer before, so that it need not be said again for every file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use super::sheet::ImportSheet;
use crate::app::settings::Settings;
use crate::exchange::import::Draft;
use crate::exchange::import::Part;
use crate::exchange::import::edits::{Common, common, part_of, set_area, set_group, set_part};
use crate::study::{Attributes, BuiltIn, Material, Role, Study};
use crate::text::{BlobId, fold};

/// What the user has said of labels in files, whichever study they were for. A label can be somebody's name and is no
/// business of the settings: only a sum of it is kept, by which it is known again.
#[derive(Clone, Debug, Default)]
pub(super) struct Habits(BTreeMap<String, String>);

/// More labels than anybody uses again.
const KEPT: usize = 2_000;

/// By what a label is known again.
fn sum(label: &str) -> String {
    BlobId::of(fold(label.trim()).as_bytes()).to_string().chars().take(16).collect()
}

impl Habits {
    pub(super) fn of(settings: &Settings) -> Self {
        Self(settings.import_labels.clone())
    }

    /// Says of what has just arrived in files what it is in the sources there are, else what it was before.
    pub(super) fn fill(&self, sheet: &mut ImportSheet, arrived: &[PathBuf], study: &Study) {
        let parts = parts(study);
        let shapes = Shapes::of(study);
        let (mut here, mut before): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let say = |said: &mut Vec<String>, sentence: String| {
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        };
        sheet.fill(
            |path, draft| {
                if !arrived.iter().any(|other| other == path) {
                    return;
                }
                for index in 0..draft.speakers.len() {
                    let Some(speaker) = draft.speakers.get(index) else { continue };
                    let in_study = parts.get(&fold(&speaker.label)).copied();
                    let known = in_study.unwrap_or_else(|| self.0.get(&sum(&speaker.label)).and_then(|part| Part::named(part)));
                    let Some(part) = known.filter(|part| *part != part_of(speaker)) else { continue };
                    let sentence = format!("“{}” is {}", speaker.label, part.name().to_lowercase());
                    say(if in_study.is_some() { &mut here } else { &mut before }, sentence);
                    set_part(draft, index, part);
                }
                shapes.fill(draft).into_iter().for_each(|sentence| say(&mut here, sentence));
            },
            |_| String::new(),
        );
        if let Some(filled) = sheet.filled.last_mut().filter(|filled| filled.says.is_empty()) {
            let as_before = |whence: &str, said: &[String]| (!said.is_empty()).then(|| format!("{whence}: {}", said.join(", ")));
            let all = [as_before("As in the sources you have", &here), as_before("As in files before", &before)];
            filled.says = all.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        }
    }
}

/// Keeps what the labels of these drafts are.
pub(super) fn keep(settings: &mut Settings, drafts: &[Arc<Draft>]) {
    for speaker in drafts.iter().flat_map(|draft| &draft.speakers) {
        settings.import_labels.insert(sum(&speaker.label), part_of(speaker).name().to_owned());
    }
    while settings.import_labels.len() > KEPT {
        settings.import_labels.pop_first();
    }
}

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

/// The labels of a source, folded: files that have the same are of one shape.
type Shape = BTreeSet<String>;

/// What all sources of one shape have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Alike {
    sources: usize,
    kind: String,
    group: String,
    area: String,
}

/// What sources of one shape are alike in.
struct Shapes(HashMap<Shape, Alike>);

/// So many sources make a habit.
const HABIT: usize = 2;

impl Shapes {
    fn of(study: &Study) -> Self {
        let mut shapes: HashMap<Shape, Alike> = HashMap::new();
        for material in study.materials() {
            let shape: Shape = material.speakers.iter().map(|speaker| fold(&speaker.label)).collect();
            let now = Alike::of(study, material);
            let keep = |known: &mut String, now: &str| {
                if known != now {
                    known.clear();
                }
            };
            shapes
                .entry(shape)
                .and_modify(|alike| {
                    alike.sources += 1;
                    keep(&mut alike.kind, &now.kind);
                    keep(&mut alike.group, &now.group);
                    keep(&mut alike.area, &now.area);
                })
                .or_insert(now);
        }
        Self(shapes)
    }

    /// Fills in what a draft does not state itself. Returns what was filled in, in words.
    fn fill(&self, draft: &mut Draft) -> Vec<String> {
        let shape: Shape = draft.speakers.iter().map(|speaker| fold(&speaker.label)).collect();
        let Some(alike) = self.0.get(&shape).filter(|alike| alike.sources >= HABIT && !shape.is_empty()) else { return Vec::new() };
        let mut said = Vec::new();
        if draft.kind.is_empty() && !alike.kind.is_empty() {
            draft.kind.clone_from(&alike.kind);
            said.push(format!("of the kind {}", alike.kind));
        }
        if common(draft, |case| &case.group) == Common::Same(None) && !alike.group.is_empty() {
            set_group(draft, &alike.group);
            said.push(alike.group.clone());
        }
        if common(draft, |case| &case.area) == Common::Same(None) && !alike.area.is_empty() {
            set_area(draft, &alike.area);
            said.push(alike.area.clone());
        }
        said
    }
}

impl Alike {
    /// What one source is: what its people have in common, nothing where they differ.
    fn of(study: &Study, material: &Material) -> Self {
        let attributes: &Attributes = study.attributes();
        let kind = attributes.built_in(BuiltIn::Kind).map(|kind| study.value_names(&material.source.values, kind.id));
        let in_role = |role| {
            let Some(attribute) = attributes.with_role(role) else { return String::new() };
            let cases = material.speakers.iter().filter_map(|speaker| speaker.case).chain(material.source.case);
            let mut values: Vec<String> =
                cases.filter_map(|case| study.case(case)).map(|case| study.value_names(&case.values, attribute.id)).collect();
            values.dedup();
            values.pop().filter(|_| values.is_empty()).unwrap_or_default()
        };
        Self { sources: 1, kind: kind.unwrap_or_default(), group: in_role(Role::Group), area: in_role(Role::Area) }
    }
}
