use super::{Measured, NO_THEMES, Row, apart, names, told};
use crate::analysis::by_source::BySource;
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Filter;
use crate::analysis::timeline::Timeline;
use crate::exchange::export::table::Table;
use crate::study::{SourceId, Study, ThemeId};

fn label(study: &Study, source: SourceId) -> String {
    study.material(source).map_or_else(String::new, |material| material.source.label.clone())
}

/// How many passages of each theme each source has that `filter` leaves in: a row a theme, a column a source.
#[must_use]
pub fn overview_measured(study: &Study, counted: &BySource, filter: &Filter) -> Measured {
    overview_of_most(study, counted, filter, usize::MAX)
}

/// The same with columns of only so many sources, those with most passages, in their order; says so where there are more.
#[must_use]
pub fn overview_of_most(study: &Study, counted: &BySource, filter: &Filter, most: usize) -> Measured {
    let mut sources: Vec<usize> = (0..counted.sources().len()).collect();
    if sources.len() > most {
        let passages = |source: usize| (0..counted.themes().len()).map(|theme| u64::from(counted.passages(theme, source))).sum::<u64>();
        sources.sort_by_cached_key(|source| std::cmp::Reverse(passages(*source)));
        sources.truncate(most);
        sources.sort_unstable();
    }
    let mut header = names(&["theme", "passages", "sources"]);
    header.extend(sources.iter().filter_map(|source| counted.sources().get(*source)).map(|source| label(study, *source)));
    let row = |(place, theme): (usize, &ThemeId)| {
        let own = [study.codebook().path(*theme), counted.of_theme(place).to_string(), counted.sources_with(place).to_string()];
        let of_sources = sources.iter().map(|source| counted.passages(place, *source).to_string());
        let leads = (counted.of_theme(place) > 0).then(|| Leads::Theme { theme: *theme, filter: filter.clone() });
        (own.into_iter().chain(of_sources).collect(), leads)
    };
    let (rows, leads) = apart(counted.themes().iter().enumerate().map(row));
    let table = Table::new(header, rows).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        "passages: stretches of text with the theme; codings that share characters are one. sources: those in which there are any."
            .to_owned(),
        "A theme counts with those below it.".to_owned(),
    ];
    let mut found = told(&table, NO_THEMES);
    if sources.len() < counted.sources().len() {
        let (shown, all) = (sources.len(), counted.sources().len());
        found.push(format!("Here stand the {shown} sources with most passages, of {all}; an export has them all."));
    }
    Measured { name: "Themes by sources".to_owned(), table, leads, found, computed }
}

/// Where in a text its themes are spoken of: a row a passage, in the order of the text.
#[must_use]
pub fn timeline_measured(study: &Study, found: &Timeline) -> Measured {
    let geometry = study.material(found.source).map(|material| &material.geometry);
    let mut rows: Vec<(u32, Row)> = Vec::new();
    for lane in &found.lanes {
        for passage in &lane.passages {
            let paragraph = geometry.and_then(|geometry| geometry.paragraph_at(passage.span.start)).map_or(0, |at| at + 1);
            let numbers = [paragraph, passage.from as usize + 1, passage.until as usize].map(|number| number.to_string());
            let leads = Leads::Passage { source: found.source, span: passage.span, theme: lane.theme, filter: found.filter.clone() };
            rows.push((passage.from, ([study.codebook().path(lane.theme)].into_iter().chain(numbers).collect(), Some(leads))));
        }
    }
    rows.sort_by_key(|(from, _)| *from);
    let (rows, leads) = apart(rows.into_iter().map(|(_, row)| row));
    let table = Table::new(names(&["theme", "paragraph", "first_word", "last_word"]), rows).counting(|at, _| at > 0).headed(1);
    let computed = vec![
        format!(
            "One row a passage; codings of a theme that share characters are one. Words are those of the whole text, {} in all, and count from 1, as paragraphs do.",
            found.words
        ),
        "A theme stands for itself, without those below it.".to_owned(),
    ];
    let name = format!("{}: themes in the course of the text", label(study, found.source));
    let found = told(&table, "No theme is spoken of in it.");
    Measured { name, table, leads, found, computed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::by_source::by_source;
    use crate::analysis::lines::{Lines, Scope};
    use crate::analysis::testing::Builder;
    use crate::study::Values;
    use crate::text::Voice;

    #[test]
    fn of_many_sources_those_with_most_passages_stand_in_their_order_and_it_is_said() {
        let mut b = Builder::new();
        let (ann, care) = (b.coder("Ann"), b.theme(None, "Care"));
        for (label, words) in [("A", &["one", "two"][..]), ("B", &["one"]), ("C", &["one", "two", "three"])] {
            let source = b.source(label, None, Values::new(), &[(None, Voice::Participant, "one and two and three")]);
            for word in words {
                b.code(&source, source.span(word), care, ann);
            }
        }
        let study = b.study();
        let filter = Filter::default();
        let counted = by_source(&study, &Lines::all(study.codebook(), Scope::WithBelow), &filter);
        let seen = overview_of_most(&study, &counted, &filter, 2);
        assert_eq!(seen.table.header, ["theme", "passages", "sources", "A", "C"]);
        assert_eq!(seen.table.rows, [["Care", "6", "3", "2", "3"]]);
        assert_eq!(seen.found, ["Here stand the 2 sources with most passages, of 3; an export has them all."]);
        assert_eq!(overview_of_most(&study, &counted, &filter, 3), overview_measured(&study, &counted, &filter));
    }
}
