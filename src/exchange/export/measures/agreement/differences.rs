use std::sync::Arc;

use super::sentences::{coders, counted};
use super::unit_name;
use crate::analysis::agreement::{Agreement, Difference, UnitOf};
use crate::analysis::leads::Leads;
use crate::analysis::matrix::said;
use crate::exchange::export::measures::{Measured, Row, apart, names};
use crate::exchange::export::table::{BETWEEN, Table};
use crate::study::{CoderId, Material, Study};
use crate::text::{CharMap, NoSuchBlob, Texts};

/// Who did what where coders differ, in words: “only Ann, 84 characters”.
#[must_use]
pub fn difference_says(study: &Study, found: &Agreement, difference: &Difference) -> String {
    let (with, without) = difference.sides();
    let one = if difference.by.len() > 2 { "not all" } else { "only one" };
    let amount = match found.asked.unit {
        UnitOf::Characters if without.is_empty() => format!(", {} of {} characters by {one}", difference.apart, difference.of),
        UnitOf::Characters => format!(", {}", counted(usize::try_from(difference.of).unwrap_or(usize::MAX), "character", "characters")),
        UnitOf::Paragraphs => String::new(),
        UnitOf::Segments(_) => format!(
            ", {} of {} not met",
            difference.apart,
            counted(usize::try_from(difference.of).unwrap_or(usize::MAX), "segment", "segments")
        ),
    };
    let who = if without.is_empty() {
        if difference.by.len() > 2 { "all, not the same".to_owned() } else { "both, not the same".to_owned() }
    } else if with.len() == 1 {
        format!("only {}", coders(study, &with, usize::MAX))
    } else {
        format!("{}, not {}", coders(study, &with, usize::MAX), coders(study, &without, usize::MAX))
    };
    who + &amount
}

/// Where coders differ: a row a difference, by theme, then in the order of sources and of place.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn differences_measured(study: &Study, texts: &dyn Texts, found: &Agreement) -> Result<Measured, NoSuchBlob> {
    let header = ["theme", "source", "paragraph", "start", "end", "coded_by", "not_by", "units", "apart", "says", "text"];
    // Differences come by theme; texts are read source by source.
    let mut order: Vec<usize> = (0..found.differences.len()).collect();
    order.sort_by_cached_key(|at| found.differences.get(*at).and_then(|difference| study.place(difference.source)));
    let mut rows: Vec<Option<Row>> = vec![None; order.len()];
    let mut open: Option<Open<'_>> = None;
    for at in order {
        let Some(difference) = found.differences.get(at) else { continue };
        let here = match open.take().filter(|open| open.material.source.id == difference.source) {
            Some(here) => here,
            None => match Open::read(study, texts, difference)? {
                Some(here) => here,
                None => continue,
            },
        };
        if let Some(row) = rows.get_mut(at) {
            *row = Some((cells(study, found, difference, &here), Some(leads(found, difference))));
        }
        open = Some(here);
    }
    let (rows, leads) = apart(rows.into_iter().flatten());
    let numbers = ["paragraph", "start", "end", "units", "apart"];
    let table = Table::new(names(&header), rows).counting(|_, name| numbers.contains(&name)).headed(3);
    let computed = vec![
        "One row a difference. paragraph counts from 1; start and end are characters of the source’s text as it is exported, end not included.".to_owned(),
        format!("units: how many {} somebody coded here; apart: those that not all who worked in the source coded, or that are not met.", unit_name(found.asked.unit)),
    ];
    let name = format!("Differences of {} by {}", coders(study, &found.asked.coders, usize::MAX), unit_name(found.asked.unit));
    Ok(Measured { name, table, leads, found: Vec::new(), computed })
}

fn leads(found: &Agreement, difference: &Difference) -> Leads {
    let coders = difference.by.iter().map(|(coder, _)| *coder).collect();
    Leads::Difference { theme: difference.theme, scope: found.scope, source: difference.source, span: difference.span, coders }
}

/// A source with its text.
struct Open<'a> {
    material: &'a Material,
    text: Arc<str>,
    map: CharMap,
}

impl<'a> Open<'a> {
    fn read(study: &'a Study, texts: &dyn Texts, difference: &Difference) -> Result<Option<Self>, NoSuchBlob> {
        let Some(material) = study.material(difference.source) else { return Ok(None) };
        let Some(revision) = material.revision() else { return Ok(None) };
        let text = texts.text(revision.text)?;
        Ok(Some(Self { material, map: CharMap::new(&text), text }))
    }
}

fn cells(study: &Study, found: &Agreement, difference: &Difference, here: &Open<'_>) -> Vec<String> {
    let chars = here.map.chars(&here.text, difference.span);
    let (with, without) = difference.sides();
    let each = |side: &[CoderId]| side.iter().map(|coder| coders(study, &[*coder], 1)).collect::<Vec<_>>().join(BETWEEN);
    vec![
        study.codebook().path(difference.theme),
        here.material.source.label.clone(),
        (here.material.geometry.paragraphs_in(difference.span).start + 1).to_string(),
        chars.start.to_string(),
        chars.end.to_string(),
        each(&with),
        each(&without),
        difference.of.to_string(),
        difference.apart.to_string(),
        difference_says(study, found, difference),
        said(&here.material.geometry, &here.text, difference.span),
    ]
}
