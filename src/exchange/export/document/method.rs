use std::collections::HashSet;

use super::blocks::{Block, Document, Look};
use super::facts::{Edits, Facts, day};
use crate::analysis::matrix::{Axis, Head, Matrix, People, Point, SpecError};
use crate::exchange::export::about::{COUNTING, MEASURES};
use crate::exchange::export::masked::{WITHHELD, withheld};
use crate::exchange::export::names::Names;
use crate::exchange::export::names::heads;
use crate::exchange::export::table::Table;
use crate::study::{Meant, Memo, MemoKind, NOT_STATED, Study};

/// An account of how the study was done, as far as the project knows. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn method(names: &Names<'_>, edits: Option<Edits>, now: i64) -> Result<Document, SpecError> {
    let facts = Facts::new(names, edits);
    let study = names.study();
    let mut document = Document::new(names, "account of the method", "What the project itself knows of how the study was done.", now);
    let blocks = &mut document.blocks;
    if !study.project().about.trim().is_empty() {
        blocks.push(Block::heading(1, "The study"));
        blocks.push(Block::text(study.project().about.trim()));
    }
    blocks.push(Block::heading(1, "Sources"));
    blocks.push(Block::text(facts.sources()));
    blocks.extend(facts.durations().map(Block::text));
    blocks.push(Block::text(facts.corrections()));
    blocks.push(Block::heading(1, "Who takes part"));
    blocks.push(Block::text(facts.people()?));
    blocks.push(Block::text(facts.repeated()));
    blocks.extend(people_tables(&facts)?);
    blocks.push(Block::heading(1, "Coding"));
    blocks.push(Block::text(facts.coders()));
    blocks.push(Block::text(facts.codings()));
    blocks.push(Block::text(facts.codebook()));
    blocks.extend(facts.origins().map(Block::text));
    blocks.extend(facts.edits().map(Block::text));
    blocks.push(Block::heading(1, "Charting and writing"));
    blocks.push(Block::text(facts.summaries()));
    blocks.push(Block::text(facts.quotes()));
    blocks.push(Block::text(facts.contrary()));
    blocks.push(Block::text(facts.memos()));
    let decisions = decisions(study);
    if !decisions.is_empty() {
        blocks.push(Block::heading(1, "Decisions that were noted"));
        blocks.extend(decisions);
    }
    blocks.push(Block::heading(1, "Program"));
    blocks.push(Block::text(Facts::software()));
    blocks.push(Block::heading(1, "What is counted"));
    blocks.extend(COUNTING.iter().map(|sentence| Block::item(*sentence)));
    blocks.extend(MEASURES.iter().map(|sentence| measure(sentence)));
    let headings = document.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count();
    document.says = format!("{headings} sections");
    Ok(document)
}

/// The name of a measure in bold before what it means.
fn measure(sentence: &str) -> Block {
    match sentence.split_once(": ") {
        Some((name, means)) => Block::Item(vec![(Meant::Bold, name.to_owned()), (Meant::Plain, format!(": {means}"))]),
        None => Block::item(sentence),
    }
}

/// Group by area, then the other attributes, with how many take part; what is too few is masked.
fn people_tables(facts: &Facts<'_>) -> Result<Vec<Block>, SpecError> {
    let (roles, others) = facts.attributes();
    let mut blocks = Vec::new();
    let tables = [roles].into_iter().chain(others.into_iter().map(|axis| vec![axis]));
    for axes in tables {
        let mut axes = axes.into_iter();
        let Some(rows) = axes.next() else { continue };
        let counted = facts.matrix(vec![rows], axes.collect())?;
        if let Some(table) = people_table(facts.names, &counted, rows) {
            let widths = (0..table.header.len()).map(|column| longest_word(&table, column)).collect();
            blocks.push(Block::Table(table, widths));
        }
    }
    if !blocks.is_empty() {
        blocks.push(Block::small(
            "Whoever has two values is counted under each; totals count everybody once. “–”: nobody. 6 + 2: six participants, and two pairs, groups or interviews of which only the label is known.",
        ));
        blocks.extend(facts.names.withheld_say().map(Block::small));
    }
    Ok(blocks)
}

/// What a column needs so that no word is broken, as a share; the first is of names, which may take several lines.
fn longest_word(table: &Table, column: usize) -> usize {
    let cells = std::iter::once(&table.header).chain(&table.rows).filter_map(|row| row.get(column));
    let longest = cells.flat_map(|cell| cell.split(' ')).map(|word| word.chars().count()).max().unwrap_or(0);
    longest + 1
}

/// Who could be heard, by rows and columns; nothing where no value is stated, or where what is to be masked would be known from what
/// is left.
fn people_table(names: &Names<'_>, counted: &Matrix, rows: Axis) -> Option<Table> {
    let study = names.study();
    let name = |head: &crate::analysis::matrix::Head| head.names.first().cloned().flatten().unwrap_or_else(|| NOT_STATED.to_owned());
    let is_there = |row: Option<usize>, column: Option<usize>| counted.cell(0, row, column).is_some_and(|cell| cell.n.total() > 0);
    let columns: Vec<usize> = (0..counted.columns.len()).filter(|column| is_there(None, Some(*column))).collect();
    let lines: Vec<usize> = (0..counted.rows.len()).filter(|row| is_there(Some(*row), None)).collect();
    let is_named = |head: Option<&Head>| head.is_some_and(|head| head.names.iter().any(Option::is_some));
    let stated =
        lines.iter().any(|line| is_named(counted.rows.get(*line))) || columns.iter().any(|column| is_named(counted.columns.get(*column)));
    if !stated {
        return None;
    }
    let mut header = vec![rows.name(study).to_owned()];
    header.extend(columns.iter().filter_map(|column| counted.columns.get(*column)).map(name));
    header.push("All".to_owned());
    let across: Vec<Option<usize>> = if counted.columns.is_empty() { vec![None] } else { columns.iter().copied().map(Some).collect() };
    let inner: Vec<(Option<usize>, Option<usize>)> =
        lines.iter().flat_map(|line| across.iter().map(|column| (Some(*line), *column))).collect();
    let withheld = withheld_people(names, counted, &inner, |_| false)?;
    // A total is told only where all of its own are; that of everybody is known anyhow.
    let is_withheld = |row: Option<usize>, column: Option<usize>| {
        let within =
            |(line, across): &(Option<usize>, Option<usize>)| (row.is_none() || row == *line) && (column.is_none() || column == *across);
        (row.is_some() || column.is_some()) && withheld.iter().any(within)
    };
    let figure = |row: Option<usize>, column: Option<usize>| {
        let people = counted.cell(0, row, column).copied().unwrap_or_default().n;
        match people.total() {
            0 => "–".to_owned(),
            _ if is_withheld(row, column) => WITHHELD.to_owned(),
            _ if people.others() > 0 => format!("{}\u{a0}+\u{a0}{}", people.persons, people.others()),
            _ => people.persons.to_string(),
        }
    };
    let row = |head: String, row: Option<usize>| {
        let cells = columns.iter().map(|column| Some(*column)).chain([None]).map(|column| figure(row, column));
        [head].into_iter().chain(cells).collect::<Vec<String>>()
    };
    let mut table: Vec<Vec<String>> = lines.iter().filter_map(|line| Some(row(name(counted.rows.get(*line)?), Some(*line)))).collect();
    table.push(row("All".to_owned(), None));
    Some(Table::new(header, table).counting(|at, _| at > 0))
}

/// The groups and the areas, each by what it stands for, whose number of people is not told where they are crossed: it would tell
/// what is masked there.
pub(super) fn withheld_where_crossed(facts: &Facts<'_>) -> Result<HashSet<(Axis, Vec<Point>)>, SpecError> {
    let [rows, columns] = facts.attributes().0[..] else { return Ok(HashSet::new()) };
    let counted = facts.matrix(vec![rows], vec![columns])?;
    let all = |count: usize| (0..count).map(Some);
    let places: Vec<_> = all(counted.rows.len()).flat_map(|row| all(counted.columns.len()).map(move |column| (row, column))).collect();
    let withheld = withheld_people(facts.names, &counted, &places, |_| false).unwrap_or(places);
    let head = |heads: &[Head], axis: Axis, at: Option<usize>| Some((axis, heads.get(at?)?.points.clone()));
    let heads = withheld.iter().flat_map(|(row, column)| [head(&counted.rows, rows, *row), head(&counted.columns, columns, *column)]);
    Ok(heads.flatten().collect())
}

/// Those of some cells in which the number of people is not told, `also` among them; nothing where even then it would be known.
pub(super) fn withheld_people(
    names: &Names<'_>,
    counted: &Matrix,
    places: &[(Option<usize>, Option<usize>)],
    also: impl Fn(&(Option<usize>, Option<usize>)) -> bool,
) -> Option<Vec<(Option<usize>, Option<usize>)>> {
    let people: Vec<_> = places.iter().map(|(row, column)| counted.cell(0, *row, *column).copied().unwrap_or_default().n).collect();
    let figures: Vec<u32> = people.iter().map(People::total).collect();
    let heads: Vec<u32> = people.iter().map(|people| heads(*people)).collect();
    let is_few = |(people, place): (&People, &(Option<usize>, Option<usize>))| names.too_few(&counted.spec, *people) || also(place);
    let few: Vec<bool> = people.iter().zip(places).map(is_few).collect();
    let hidden = withheld(&figures, &heads, &few, names.labels().smallest().unwrap_or_default())?;
    Some(places.iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|(place, _)| *place).collect())
}

/// The memos on how the study is done, oldest first.
fn decisions(study: &Study) -> Vec<Block> {
    let own = study.materials().iter().flat_map(|material| &material.memos);
    let mut memos: Vec<&Memo> = study.memos().iter().chain(own).filter(|memo| memo.kind == MemoKind::Method).collect();
    memos.sort_by_key(|memo| (memo.time, memo.id));
    let one = |memo: &Memo| {
        let who = study.coders().get(&memo.coder).map_or("", |coder| coder.name.as_str());
        [Block::term(format!("{}, {who}", day(memo.time))), Block::Text(Look::Plain, vec![(Meant::Plain, memo.text.trim().to_owned())])]
    };
    memos.into_iter().flat_map(one).collect()
}
