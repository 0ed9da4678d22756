use super::blocks::{Block, Document, Look, counted};
use super::findings::{is_written, write_summary};
use crate::analysis::matrix::{Axis, Filter, MatrixSpec, matrix};
use crate::exchange::export::cases::case_kind_name;
use crate::exchange::export::chart::{memo_of, not_charted};
use crate::exchange::export::charted::{Stale, words_of};
use crate::exchange::export::leaving::TableError;
use crate::exchange::export::names::Names;
use crate::exchange::export::quoted::Quoted;
use crate::exchange::export::table::Table;
use crate::study::{AttributeOf, Case, CaseId, Crossed, Crossing, Meant, PATH_SEPARATOR, Summary, ThemeId};
use crate::text::Texts;

/// A page for every case, or for one: who it is, and what is charted under each theme. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn profiles(
    names: &Names<'_>,
    texts: &dyn Texts,
    only: Option<CaseId>,
    now: i64,
) -> Result<Document, TableError> {
    let study = names.study();
    let stale = Stale::new(study);
    let spec = MatrixSpec { rows: vec![Axis::Cases], columns: vec![Axis::Themes], pages: Vec::new(), filter: Filter::default() };
    let totals = matrix(study, &spec)?;
    let what = match only.and_then(|only| study.case(only)) {
        Some(case) => format!("case profile of {}", case.label),
        None => "case profiles".to_owned(),
    };
    let mut document = Document::new(names, &what, "Who each case is, and what is charted of it under each theme.", now);
    let cases: Vec<&Case> = study.cases_in_order().into_iter().filter(|case| only.is_none_or(|only| only == case.id)).collect();
    let mut summaries = 0;
    for (at, case) in cases.iter().enumerate() {
        let blocks = &mut document.blocks;
        if at > 0 {
            blocks.push(Block::NewPage);
        }
        blocks.push(Block::heading(1, case.label.as_str()));
        blocks.push(Block::Table(facts(names, case), vec![1, 2]));
        let memo = memo_of(study, case);
        if !memo.is_empty() {
            blocks.push(Block::Text(Look::Plain, vec![(Meant::Comment, memo)]));
        }
        let mut open = Vec::new();
        for theme in study.codebook().themes() {
            let cell = Crossing { theme: theme.id, of: Crossed::Case(case.id) };
            let all: Vec<&Summary> = study.summaries().in_cell(&cell).map(|summary| &**summary).collect();
            if all.is_empty() {
                let known = not_charted(&totals, case, theme.id);
                open.push((theme.id, known.trim_start_matches("not charted: ").to_owned()));
                continue;
            }
            let heading = format!("{} {}", study.codebook().number(theme.id), names.theme(theme.id));
            blocks.push(Block::heading(2, heading));
            for summary in all {
                summaries += 1;
                let from = summary.from.as_ref().map(|from| format!(" · from “{from}”, to settle")).unwrap_or_default();
                blocks.push(Block::small(format!("{}{from}", stale.state(summary))));
                if is_written(summary) {
                    write_summary(blocks, summary);
                } else {
                    blocks.push(Block::text(words_of(summary)));
                }
                for citation in &summary.citations {
                    let quoted = Quoted::cited(names, texts, citation)?;
                    blocks
                        .push(Block::Quote { label: format!("[{}] {}", citation.number, quoted.place_and_consent()), words: quoted.words });
                }
            }
        }
        blocks.extend(not_charted_yet(names, &open));
    }
    document.says = format!("{}, {}", counted(cases.len(), "case", "cases"), counted(summaries, "summary", "summaries"));
    Ok(document)
}

/// Attributes of a case and the sources it speaks in.
fn facts(names: &Names<'_>, case: &Case) -> Table {
    let study = names.study();
    let attributes = names.labels().attributes(study).into_iter().filter(|attribute| attribute.of == AttributeOf::Cases);
    let mut rows = vec![vec!["Kind".to_owned(), case_kind_name(case.kind).to_owned()]];
    rows.extend(attributes.map(|attribute| vec![attribute.name.clone(), names.values(Some(case), attribute.id)]));
    let speaks = |material: &&std::sync::Arc<crate::study::Material>| {
        material.spoken().iter().any(|(other, _)| material.case(*other) == Some(case.id))
    };
    let sources: Vec<String> = study.materials().iter().filter(speaks).map(|material| names.labels().source(&material.source)).collect();
    let sources = if sources.is_empty() { "none".to_owned() } else { sources.join(", ") };
    rows.push(vec!["Speaks in".to_owned(), sources]);
    Table::new(["What is known", ""].map(str::to_owned).to_vec(), rows)
}

/// The themes that nobody has charted for a case, with what is known of each; those of which the same is known stand together.
fn not_charted_yet(names: &Names<'_>, open: &[(ThemeId, String)]) -> Vec<Block> {
    if open.is_empty() {
        return Vec::new();
    }
    let mut by_what: Vec<(&str, Vec<ThemeId>)> = Vec::new();
    for (theme, known) in open {
        match by_what.iter_mut().find(|(other, _)| other == known) {
            Some((_, themes)) => themes.push(*theme),
            None => by_what.push((known, vec![*theme])),
        }
    }
    let lines = by_what.into_iter().map(|(known, themes)| Block::small(format!("{known}: {}", under_parents(names, &themes))));
    [Block::term("Not charted")].into_iter().chain(lines).collect()
}

/// Some themes by their numbers and names, those of one parent together behind it: "2 Rooms › 2.1 Heating, 2.2 Light; 3 Forms".
fn under_parents(names: &Names<'_>, themes: &[ThemeId]) -> String {
    let book = names.study().codebook();
    let mut by_parent: Vec<(Option<ThemeId>, Vec<String>)> = Vec::new();
    for theme in themes.iter().filter_map(|theme| book.get(*theme)) {
        let own = format!("{} {}", book.number(theme.id), theme.name);
        match by_parent.iter_mut().find(|(parent, _)| *parent == theme.parent && theme.parent.is_some()) {
            Some((_, together)) => together.push(own),
            None => by_parent.push((theme.parent, vec![own])),
        }
    }
    let told = by_parent.into_iter().map(|(parent, together)| {
        let parent = parent.map(|parent| format!("{} {}{PATH_SEPARATOR}", book.number(parent), names.theme(parent)));
        parent.unwrap_or_default() + &together.join(", ")
    });
    told.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::Builder;
    use crate::exchange::export::labels::Labels;

    #[test]
    fn themes_of_one_parent_stand_together_behind_it() {
        let mut b = Builder::new();
        let rooms = b.theme(None, "Rooms");
        let heating = b.theme(Some(rooms), "Heating");
        let all = [rooms, heating, b.theme(Some(heating), "Pipes"), b.theme(Some(rooms), "Light"), b.theme(None, "Forms")];
        let study = b.study();
        let told = under_parents(&Names::new(&study, Labels::IDS), &all);
        assert_eq!(told, "1 Rooms; 1 Rooms › 1.1 Heating, 1.2 Light; 1.1 Rooms › Heating › 1.1.1 Pipes; 2 Forms");
    }
}
