//! The page that explains an archive: what it is of, what each file and each column is, what is masked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::about::time_text;
use super::super::cases::case_kind_name;
use super::super::document::blocks::about_lines;
use super::super::document::markdown::escaped;
use super::super::names::Names;
use super::columns::column;
use super::{Entry, Explained};
use crate::study::{BuiltIn, CaseKind};

/// The heading of the sentences of a note that explain its signs.
const SIGNS: &str = "Signs";
/// Of places in texts the note of a table outside of an archive says something else.
const PLACES: &str = "start and end are characters of the source's text as “export --what texts” writes it, end not included";
const PLACES_HERE: &str = "start and end are characters (code points) of the source's text in texts/, end not included";

/// The page.
pub(super) fn page(names: &Names<'_>, files: &[Entry], tables: &[Explained], now: i64) -> String {
    let project = names.study().project();
    let mut page = format!("# {}: archive\n\n", escaped(&project.name));
    // Writing to a string cannot fail, here and below.
    for line in about_lines(names, "Texts, tables, codebook and project of a qualitative study.", now) {
        let _ = writeln!(page, "{}\n", escaped(&line));
    }
    if !project.about.trim().is_empty() {
        let _ = writeln!(page, "{}\n", escaped(project.about.trim()));
    }
    page.push_str("Licence: not stated. Whoever deposits this archive writes here under which licence it may be used.\n\n");
    page.push_str("## How much there is\n\n");
    for line in counts(names) {
        let _ = writeln!(page, "- {}", escaped(&line));
    }
    page.push_str("\n## What may be told\n\n");
    let says = [names.labels().says().to_owned()].into_iter().chain(names.masking_says());
    says.for_each(|line| _ = writeln!(page, "- {}", escaped(&line)));
    if names.labels().smallest().is_none() {
        page.push_str("- Values that few people share are not masked.\n");
    }
    if !names.labels().is_full() {
        page.push_str("- The texts are put together anew from their paragraphs, each behind who says it by id; page furniture, time stamps and labels of speakers are left out.\n");
    }
    page.push_str(
        "- What somebody said or wrote (texts, quotes, memos, summaries) is not looked through: names in it stand as they are.\n",
    );
    page.push_str("\n## Files\n\nAll files are UTF-8. `manifest.txt` has the SHA-256 of every other file; `sha256sum -c manifest.txt` checks them.\n\n| file | what it is |\n|---|---|\n");
    for file in files {
        let _ = writeln!(page, "| `{}` | {} |", file.path, escaped(&file.what));
    }
    page.push_str("\nTables are CSV (RFC 4180): the first line has the names of the columns, an empty cell is blank.\n");
    for table in tables {
        explain(&mut page, names, table);
    }
    page
}

/// How many sources, cases, themes and codings there are, and from when they are.
fn counts(names: &Names<'_>) -> Vec<String> {
    let study = names.study();
    let mut kinds: BTreeMap<CaseKind, usize> = BTreeMap::new();
    study.cases().values().for_each(|case| *kinds.entry(case.kind).or_default() += 1);
    let kinds: Vec<String> = kinds.into_iter().map(|(kind, count)| format!("{}: {count}", case_kind_name(kind))).collect();
    let words: u64 = study.materials().iter().map(|material| u64::from(material.participant_words())).sum();
    let mut coders: BTreeMap<_, usize> = BTreeMap::new();
    let mut times: Option<(i64, i64)> = None;
    for (_, coded) in study.codings() {
        *coders.entry(coded.coding.coder).or_default() += 1;
        let time = coded.coding.time;
        times = Some(times.map_or((time, time), |(first, last)| (first.min(time), last.max(time))));
    }
    let coders: Vec<String> = coders
        .into_iter()
        .map(|(coder, count)| format!("{}: {count}", study.coders().get(&coder).map_or("", |coder| coder.name.as_str())))
        .collect();
    let day = |time: i64| time_text(time).get(..10).unwrap_or_default().to_owned();
    let dated = study.attributes().built_in(BuiltIn::Date).is_some_and(|date| names.labels().lets_out(date));
    let days: Vec<_> = study.materials().iter().filter(|_| dated).filter_map(|material| study.day_of(material)).collect();
    let from = days.iter().min().zip(days.iter().max()).map(|(first, last)| format!(", from {first} to {last}")).unwrap_or_default();
    let when = times.map(|(first, last)| format!(", from {} to {}", day(first), day(last))).unwrap_or_default();
    vec![
        format!("Sources: {}{from}; {words} words of participants.", study.materials().len()),
        format!("Cases: {} ({}).", study.cases().len(), if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") }),
        format!("Themes: {}.", study.codebook().len()),
        format!("Codings: {}{when} ({}).", study.codings().count(), if coders.is_empty() { "none".to_owned() } else { coders.join(", ") }),
    ]
}

fn explain(page: &mut String, names: &Names<'_>, table: &Explained) {
    let _ = writeln!(page, "\n### {}\n\n{} rows. {}\n", table.path, table.rows, escaped(table.note.first().map_or("", String::as_str)));
    let signs = table.note.iter().skip_while(|line| *line != SIGNS).skip(1).take_while(|line| line.starts_with("- "));
    for line in signs.filter_map(|line| line.strip_prefix("- ")) {
        let _ = writeln!(page, "- {}", escaped(&line.replace(PLACES, PLACES_HERE)));
    }
    match table.defused {
        0 => {}
        1 => page.push_str("- 1 cell that a spreadsheet would run as a formula begins with an apostrophe.\n"),
        cells => _ = writeln!(page, "- {cells} cells that a spreadsheet would run as formulas begin with an apostrophe."),
    }
    page.push_str("\n| column | what it is |\n|---|---|\n");
    for name in &table.header {
        let _ = writeln!(page, "| {} | {} |", escaped(name), escaped(&column(names, table.content, name)));
    }
}
