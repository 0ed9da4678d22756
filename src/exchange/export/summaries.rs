use super::about::time_text;
use super::charted::{Stale, far_name, silence_name};
use super::labels::Labels;
use super::names::Names;
use super::quoted::Quoted;
use super::table::Table;
use crate::study::{Crossed, Study, Summary};
use crate::text::{NoSuchBlob, Texts};

pub(super) const SUMMARIES_SIGNS: &[&str] = &[
    "One row a summary, in the order of themes; first those of all, then those of values, then those of cases. A cell that nobody has charted has no row.",
    "case: whose cell it is; values: the values whose cell it is, “All” for the theme as a whole. One of the two is blank.",
    "state: draft, charted or reviewed. silence: why there is nothing to say, which is charted; blank where there is something or nobody knows.",
    "evidence_changed: 1 something else lies under the cell than when it was written, 0 not. settle_from: where it came from and waits to be settled; blank for the cell's own.",
    "citations: number, place (¶ counted from 1) and words of each, one below the other. blank: nothing is written there. “–” does not occur.",
    "no longer coded here: words that were coded in the cell when its summary was written and are not now; not coded here: words cited without a coding.",
    "Filters do not hold here: a summary is of its whole cell.",
];

/// Every summary, a row each, with what it cites.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn summaries_table(study: &Study, texts: &dyn Texts, labels: Labels) -> Result<Table, NoSuchBlob> {
    let header = "id theme case values state silence evidence_changed settle_from summary consensus range dissent citations coder time";
    let names = Names::new(study, labels);
    let stale = Stale::new(study);
    let rows = in_order(&names).into_iter().map(|summary| row(&names, texts, &stale, summary)).collect::<Result<_, _>>()?;
    Ok(Table::new(header.split(' ').map(str::to_owned).collect(), rows).counting(|_, name| name == "evidence_changed"))
}

/// The summaries by theme; first those of all, then those of values, then those of cases, each in the analyst's order as far as it
/// tells nothing that is masked.
pub(super) fn in_order<'a>(names: &Names<'a>) -> Vec<&'a Summary> {
    let study = names.study();
    let rank = |summary: &Summary| {
        let (case, values) = match &summary.cell.of {
            Crossed::Case(case) => (study.case(*case).map(|case| (case.position, case.id)), Vec::new()),
            Crossed::Values(values) => (None, names.order(values)),
        };
        (study.codebook().line(summary.cell.theme), case, values.len(), values, !summary.is_own(), summary.id)
    };
    let mut all: Vec<&Summary> = study.summaries().iter().map(|summary| &**summary).collect();
    all.sort_by_cached_key(|summary| rank(summary));
    all
}

fn row(names: &Names<'_>, texts: &dyn Texts, stale: &Stale, summary: &Summary) -> Result<Vec<String>, NoSuchBlob> {
    let of = names.crossed(&summary.cell.of);
    let (case, values) = if matches!(summary.cell.of, Crossed::Case(_)) { (of, String::new()) } else { (String::new(), of) };
    let mut citations = Vec::with_capacity(summary.citations.len());
    for citation in &summary.citations {
        let quoted = Quoted::cited(names, texts, citation)?;
        let standing = if quoted.broken { "" } else { stale.standing(summary, citation) };
        citations.push(format!("[{}] {}{standing}: “{}”", citation.number, quoted.place(), quoted.words));
    }
    Ok(vec![
        summary.id.to_string(),
        names.theme(summary.cell.theme),
        case,
        values,
        far_name(summary).to_owned(),
        summary.silence.map_or("", silence_name).to_owned(),
        u8::from(stale.is(summary)).to_string(),
        summary.from.clone().unwrap_or_default(),
        summary.text.clone(),
        summary.spread.consensus.clone(),
        summary.spread.range.clone(),
        summary.spread.dissent.clone(),
        citations.join("\n"),
        names.study().coders().get(&summary.coder).map(|coder| coder.name.clone()).unwrap_or_default(),
        time_text(summary.time),
    ])
}
