//! Makes a project file from `corpus/` roughly, until the importer is here.
#![allow(missing_docs, clippy::allow_attributes, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use themata::project::{Me, Project, Tx};
use themata::study::*;
use themata::text::*;

pub fn load(project: &mut Project, folder: &Path) -> Option<()> {
    let read = |name: &str| serde_json::from_str::<Json>(&std::fs::read_to_string(folder.join(name)).ok()?).ok();
    let study = read("study.json")?;
    let codings = read("codings.json").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir(folder.join("sources")).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    project
        .edit("Sample", |tx| {
            frame(tx, &study);
            for text in &texts {
                source(tx, text, &codings);
            }
            code(tx, &codings);
            Ok(())
        })
        .ok()
}

fn strings<'a>(json: &'a Json, key: &str) -> &'a str {
    json.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn list<'a>(json: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> {
    json.get(key).and_then(Json::as_array).into_iter().flatten()
}

fn frame(tx: &mut Tx<'_>, study: &Json) {
    let _ = tx.put(ProjectInfo { synthetic: true, name: strings(study, "name").into(), ..tx.study().project().clone() });
    for coder in list(study, "coders") {
        if tx.study().coder_named(strings(coder, "id")).is_none() {
            let _ = tx.put(Coder { id: CoderId::new(), name: strings(coder, "name").into(), initials: strings(coder, "id").into() });
        }
    }
    for attribute in list(study, "attributes") {
        let Ok(id) = tx.attribute_named(strings(attribute, "name"), AttributeOf::Cases) else { continue };
        for value in list(attribute, "values") {
            let name = value.as_str().unwrap_or_else(|| strings(value, "name"));
            let _ = tx.value_named(id, name);
        }
    }
    themes(tx, study, "themes", None);
}

fn themes(tx: &mut Tx<'_>, json: &Json, key: &str, parent: Option<ThemeId>) {
    for theme in list(json, key) {
        let Ok(id) = tx.add_theme(parent, strings(theme, "name")) else { continue };
        if let Some(made) = tx.study().codebook().get(id).cloned() {
            let colour = theme.get("colour").and_then(Json::as_str).map(str::to_owned);
            let _ = tx.put(Theme {
                colour,
                definition: strings(theme, "definition").into(),
                use_when: strings(theme, "use_when").into(),
                not_when: strings(theme, "not_when").into(),
                abbreviation: strings(theme, "abbreviation").into(),
                ..made
            });
        }
        themes(tx, theme, "children", Some(id));
        themes(tx, theme, "themes", Some(id));
    }
}

fn source(tx: &mut Tx<'_>, text: &str, codings: &Json) {
    let mut header = BTreeMap::new();
    let Some(body_at) = text.find("\n\n") else { return };
    for line in text[..body_at].lines() {
        if let Some((key, value)) = line.split_once(": ") {
            header.insert(key, value);
        }
    }
    let get = |key: &str| header.get(key).copied().unwrap_or_default();
    let label = get("Interview ID");
    if label.is_empty() {
        return;
    }
    let known = list(codings, "sources")
        .find(|source| strings(source, "id") == label)
        .and_then(|source| source.get("speakers"))
        .cloned()
        .unwrap_or_default();
    let mut labels: Vec<Box<str>> = Vec::new();
    let mut paragraphs = Vec::new();
    let mut at = body_at + 2;
    for piece in text[body_at + 2..].split("\n\n") {
        let start = at;
        at += piece.len() + 2;
        if piece.trim().is_empty() {
            continue;
        }
        let mut from = start;
        let mut speaker = NO_SPEAKER;
        if let Some((before, _)) = piece.split_once(": ")
            && let Some(name) = known.as_object().and_then(|known| {
                known.keys().find(|key| before == *key || before.ends_with(&format!(" {key}")) || before.starts_with(key.as_str()))
            })
        {
            let index = labels.iter().position(|label| **label == **name).unwrap_or_else(|| {
                labels.push(name.as_str().into());
                labels.len() - 1
            });
            speaker = index as u16;
            from = start + before.len() + 2;
        } else if let Some(last) = paragraphs.last() {
            let last: &Paragraph = last;
            speaker = last.speaker;
        }
        let span = Span::of(from..start + piece.len()).trimmed(text);
        if span.is_empty() {
            continue;
        }
        paragraphs.push(Paragraph {
            span,
            label: Span::of(start..from),
            kind: ParagraphKind::Turn,
            level: 0,
            voice: Voice::Participant,
            speaker,
        });
    }
    let Ok(geometry) = Geometry::new(text, paragraphs, vec![], labels.clone()) else { return };
    let case_attributes: Vec<(&str, &str)> = vec![("Participant group", get("Participant group")), ("Case-study area", get("Area"))];
    let (id, revision) = (SourceId::new(), RevisionId::new());
    let (Ok(text_id), Ok(geometry_id)) = (tx.blob(text.as_bytes()), tx.blob(&geometry.to_bytes())) else { return };
    let mut entities: Vec<Entity> = Vec::new();
    for speaker in &labels {
        let about = known.get(&**speaker).cloned().unwrap_or_default();
        let voice = if strings(&about, "voice") == "interviewer" { Voice::Interviewer } else { Voice::Participant };
        let case = (voice == Voice::Participant)
            .then(|| {
                tx.case_labelled(if strings(&about, "case").is_empty() { label } else { strings(&about, "case") }, CaseKind::Person).ok()
            })
            .flatten();
        if let Some(case) = case {
            for (attribute, value) in &case_attributes {
                if let (Ok(attribute), false) = (tx.attribute_named(attribute, AttributeOf::Cases), value.is_empty())
                    && let Ok(value) = tx.value_named(attribute, value)
                {
                    let _ = tx.set_value(case, attribute, BTreeSet::from([value]));
                }
            }
        }
        entities.push(Speaker { id: SpeakerId::new(), source: id, label: speaker.to_string(), voice, case }.into());
    }
    let mut values = Values::default();
    for (key, name) in [("Kind", get("Kind")), ("Date", get("Date")), ("Interviewer", get("Interviewer"))] {
        if let (Ok(attribute), false) = (tx.attribute_named(key, AttributeOf::Sources), name.is_empty())
            && let Ok(value) = tx.value_named(attribute, name)
        {
            values.insert(attribute, BTreeSet::from([value]));
        }
    }
    let position = tx.study().materials().len() as i64;
    entities.push(Revision { id: revision, source: id, parent: None, text: text_id, geometry: geometry_id }.into());
    entities.push(
        Source {
            id,
            label: label.into(),
            title: get("Title").into(),
            form: SourceForm::Transcript,
            revision,
            case: None,
            values,
            file_name: format!("{label}.txt"),
            fingerprint: BlobId::of(text.as_bytes()),
            original: None,
            position,
        }
        .into(),
    );
    let _ = tx.put_all(entities);
}

fn code(tx: &mut Tx<'_>, json: &Json) {
    let coder_of = |tx: &Tx<'_>, one: &Json| tx.study().coder_named(strings(one, "coder")).map_or(tx.me().coder, |coder| coder.id);
    for one in list(json, "codings") {
        let Some(source) = tx.study().source_labelled(strings(one, "source")).map(|material| material.source.id) else { continue };
        let Ok(text) = tx.text(source) else { continue };
        let Some(span) = find_quote(&text, strings(one, "quote"), 0) else { continue };
        let Ok(theme) = tx.theme_at(strings(one, "theme")) else { continue };
        let coder = coder_of(tx, one);
        let Ok(coding) = tx.code_as(coder, 1_717_000_000_000, source, span, theme, Origin::Hand) else { continue };
        if one.get("quote_mark").and_then(Json::as_bool) == Some(true) {
            let _ = tx.toggle_quote(source, coding);
        }
        if !strings(one, "contrary").is_empty() {
            let _ = tx.set_contrary(source, coding, Some(strings(one, "contrary")));
        }
        if !strings(one, "memo").is_empty() {
            let _ = tx.write_memo(MemoOn::Coding { source, coding }, MemoKind::Analytic, strings(one, "memo"));
        }
    }
    for one in list(json, "statuses") {
        let Some(source) = tx.study().source_labelled(strings(one, "source")).map(|material| material.source.id) else { continue };
        let coder = coder_of(tx, one);
        let status = match strings(one, "status") {
            "done" => StatusKind::Done,
            "coding" => StatusKind::Coding,
            "reading" => StatusKind::Reading,
            _ => StatusKind::NotStarted,
        };
        let _ = tx.put(Status { id: Status::id_of(source, coder), source, coder, status });
    }
}

fn main() {
    let args: Vec<_> = std::env::args().collect();
    let _ = std::fs::remove_file(&args[2]);
    let me = Me { device: DeviceId::new(), coder: CoderId::new(), name: "Elspeth Munro".into(), initials: "EM".into() };
    let mut project = Project::create(Path::new(&args[2]), "Sample", &me).unwrap();
    load(&mut project, Path::new(&args[1])).unwrap();
}
