use super::{Measured, names};
use crate::analysis::by_source::BySource;
use crate::analysis::timeline::Timeline;
use crate::exchange::export::table::Table;
use crate::study::{SourceId, Study};

fn label(study: &Study, source: SourceId) -> String {
    study.material(source).map_or_else(String::new, |material| material.source.label.clone())
}

/// How many passages of each theme each source has: a row a theme, a column a source.
#[must_use]
pub fn overview_measured(study: &Study, counted: &BySource) -> Measured {
    let mut header = names(&["theme", "passages", "sources"]);
    header.extend(counted.sources().iter().map(|source| label(study, *source)));
    let row = |(place, theme): (usize, &crate::study::ThemeId)| {
        let own = [study.codebook().path(*theme), counted.of_theme(place).to_string(), counted.sources_with(place).to_string()];
        own.into_iter().chain((0..counted.sources().len()).map(|source| counted.passages(place, source).to_string())).collect()
    };
    let rows = counted.themes().iter().enumerate().map(row).collect();
    let table = Table::new(header, rows).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        "passages: stretches of text with the theme; codings that share characters are one. sources: those in which there are any."
            .to_owned(),
        "A theme counts with those below it.".to_owned(),
    ];
    Measured { name: "Themes by sources".to_owned(), table, found: Vec::new(), computed }
}

/// Where in a text its themes are spoken of: a row a passage, in the order of the text.
#[must_use]
pub fn timeline_measured(study: &Study, found: &Timeline) -> Measured {
    let geometry = study.material(found.source).map(|material| &material.geometry);
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    for lane in &found.lanes {
        for passage in &lane.passages {
            let paragraph = geometry.and_then(|geometry| geometry.paragraph_at(passage.span.start)).map_or(0, |at| at + 1);
            let numbers = [paragraph, passage.from as usize + 1, passage.until as usize].map(|number| number.to_string());
            rows.push((passage.from, [study.codebook().path(lane.theme)].into_iter().chain(numbers).collect()));
        }
    }
    rows.sort_by_key(|(from, _)| *from);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let table = Table::new(names(&["theme", "paragraph", "first_word", "last_word"]), rows).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        format!(
            "One row a passage; codings of a theme that share characters are one. Words are those of the whole text, {} in all, and count from 1, as paragraphs do.",
            found.words
        ),
        "A theme stands for itself, without those below it.".to_owned(),
    ];
    Measured { name: format!("{}: themes in the course of the text", label(study, found.source)), table, found: Vec::new(), computed }
}
