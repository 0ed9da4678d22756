use super::{Measured, apart, figure, names, told};
use crate::analysis::coverage::{Covered, Gap};
use crate::analysis::leads::Leads;
use crate::analysis::matrix::Filter;
use crate::exchange::export::table::Table;
use crate::study::{NOT_STATED, SourceId, StatusKind, Study};

/// What a coder says of a source, in words.
#[must_use]
pub const fn status_name(status: StatusKind) -> &'static str {
    match status {
        StatusKind::NotStarted => "not started",
        StatusKind::Reading => "reading",
        StatusKind::Coding => "coding",
        StatusKind::Done => "done",
    }
}

/// What is told where there is nothing to code.
const NOBODY_SPEAKS: &str = "No participant speaks in these sources.";

fn label(study: &Study, source: SourceId) -> String {
    study.material(source).map_or_else(String::new, |material| material.source.label.clone())
}

/// How far each source is coded, and by whom: a row for what `filter` counts, and one for each coder.
#[must_use]
pub fn coverage_measured(study: &Study, covered: &[Covered], filter: &Filter) -> Measured {
    let share = |words: u32, of: u32| figure((of > 0).then(|| f64::from(words) / f64::from(of)));
    let mut rows = Vec::new();
    for source in covered {
        let name = label(study, source.source);
        let row = |coder: &str, status: &str, coded: u32, gaps: String, longest: String| {
            vec![
                name.clone(),
                coder.to_owned(),
                status.to_owned(),
                source.words.to_string(),
                coded.to_string(),
                share(coded, source.words),
                gaps,
                longest,
            ]
        };
        let longest = source.gaps.iter().map(|gap| gap.words).max().unwrap_or(0);
        let leads = |filter: Filter| Some(Leads::Source { source: source.source, filter });
        let all = row("all that counts", "", source.coded, source.gaps.len().to_string(), longest.to_string());
        rows.push((all, leads(filter.clone())));
        for (coder, words, status) in &source.coders {
            let name = study.coders().get(coder).map_or("", |coder| &coder.name);
            let row = row(name, status_name(*status), *words, String::new(), String::new());
            rows.push((row, leads(Filter { coder: Some(*coder), ..filter.clone() })));
        }
    }
    let (rows, leads) = apart(rows);
    let header = ["source", "coder", "status", "words", "coded", "share", "gaps", "longest_gap"];
    let table = Table::new(names(&header), rows).counting(|at, _| at > 2).headed(2);
    let (words, coded): (u64, u64) =
        covered.iter().fold((0, 0), |(words, coded), source| (words + u64::from(source.words), coded + u64::from(source.coded)));
    let whole = figure((words > 0).then(|| coded as f64 / words as f64));
    let found = if words == 0 {
        vec![NOBODY_SPEAKS.to_owned()]
    } else {
        vec![format!("{coded} of {words} words of participants are coded, a share of {whole}.")]
    };
    let computed = vec![
        "words: those of participants in the source; coded: those under any coding that counts, each once; share = coded / words."
            .to_owned(),
        "gaps: stretches of participants’ words that no coding that counts touches; longest_gap: words in the longest.".to_owned(),
        "all that counts: the agreed layer where a source was reconciled, else the codings of all; with one coder chosen, theirs. The other rows: what each coder made, and as status what they say."
            .to_owned(),
    ];
    Measured { name: "Coverage".to_owned(), table, leads, found, computed }
}

/// What is not coded yet, the longest first.
#[must_use]
pub fn gaps_measured(study: &Study, covered: &[Covered]) -> Measured {
    let mut gaps: Vec<(SourceId, Gap)> = covered.iter().flat_map(|source| source.gaps.iter().map(|gap| (source.source, *gap))).collect();
    gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(gap.words));
    let row = |(source, gap): &(SourceId, Gap)| {
        let paragraph = study.material(*source).and_then(|material| material.geometry.paragraph_at(gap.span.start)).map_or(0, |at| at + 1);
        let case = gap.case.and_then(|case| study.case(case)).map_or(NOT_STATED, |case| &case.label);
        let cells = vec![label(study, *source), paragraph.to_string(), case.to_owned(), gap.words.to_string()];
        (cells, Some(Leads::Stretch { source: *source, span: gap.span }))
    };
    let (rows, leads) = apart(gaps.iter().map(row));
    let table = Table::new(names(&["source", "paragraph", "case", "words"]), rows)
        .counting(|_, name| name == "paragraph" || name == "words")
        .headed(2);
    let computed =
        vec!["Stretches of participants’ words that no coding that counts touches. paragraph and case: where and with whom it begins; paragraphs count from 1.".to_owned()];
    let nothing = if covered.is_empty() { NOBODY_SPEAKS } else { "No words of participants are left that are not coded." };
    let found = told(&table, nothing);
    Measured { name: "Not coded yet".to_owned(), table, leads, found, computed }
}
