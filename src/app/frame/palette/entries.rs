use std::path::{Path, PathBuf};

use super::entry::{Does, Entry, EntryKind};
use crate::app::command::Command;
use crate::app::state::Place;
use crate::study::{SavedKind, Study};

/// Everything that can be found by its name, in the analyst's order.
pub fn all(study: &Study, recent: &[PathBuf]) -> Vec<Entry> {
    let mut entries = commands();
    entries.extend(study.saved().iter().filter_map(|saved| {
        let kind = match saved.kind {
            SavedKind::MatrixView => EntryKind::View,
            SavedKind::Query => EntryKind::Query,
            SavedKind::Foreign => return None,
        };
        Some(Entry::new(kind, &*saved.name, "", Does::Go(Place::Saved(saved.kind, saved.id))))
    }));
    let book = study.codebook();
    entries.extend(book.outline().iter().filter_map(|row| {
        let theme = book.get(row.theme)?;
        let above = theme.parent.map(|parent| book.path(parent)).unwrap_or_default();
        Some(Entry::new(EntryKind::Theme, &*theme.name, above, Does::Go(Place::Theme(theme.id))))
    }));
    entries.extend(study.materials().iter().map(|material| {
        let source = &material.source;
        Entry::new(EntryKind::Source, &*source.label, &*source.title, Does::Go(Place::Source(source.id)))
    }));
    entries.extend(study.cases_in_order().into_iter().map(|case| {
        let values: Vec<_> = case.values.keys().map(|attribute| study.value_names(&case.values, *attribute)).collect();
        Entry::new(EntryKind::Case, &*case.label, values.join(" · "), Does::Go(Place::Case(case.id)))
    }));
    // In one line: what is stated and what is said beside it may have several.
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    entries.extend(
        study
            .propositions()
            .in_order()
            .into_iter()
            .map(|it| Entry::new(EntryKind::Proposition, line(&it.statement), line(&it.note), Does::Go(Place::Proposition(it.id)))),
    );
    let typologies = study.typologies();
    entries.extend(typologies.in_order().into_iter().map(|it| {
        let dimensions: Vec<&str> = typologies.dimensions_of(it.id).into_iter().map(|dimension| dimension.name.as_str()).collect();
        Entry::new(EntryKind::Typology, &*it.name, dimensions.join(" × "), Does::Go(Place::Typology(it.id)))
    }));
    entries.extend(recent.iter().map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
        Entry::new(EntryKind::Project, name, folder, Does::Open(path.clone()))
    }));
    entries
}

/// The commands alone: what is offered before anything is typed. The box itself is none of them.
pub fn commands() -> Vec<Entry> {
    let commands = Command::ALL.iter().filter(|command| **command != Command::Palette);
    commands.map(|command| Entry::new(EntryKind::Command, command.title(), command.help(), Does::Run(*command))).collect()
}
