use super::{Measured, figure, names};
use crate::analysis::coverage::{Covered, Gap};
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

fn label(study: &Study, source: SourceId) -> String {
    study.material(source).map_or_else(String::new, |material| material.source.label.clone())
}

/// How far each source is coded, and by whom: a row for what counts, and one for each coder.
#[must_use]
pub fn coverage_measured(study: &Study, covered: &[Covered]) -> Measured {
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
        rows.push(row("all that counts", "", source.coded, source.gaps.len().to_string(), longest.to_string()));
        for (coder, words, status) in &source.coders {
            let coder = study.coders().get(coder).map_or("", |coder| &coder.name);
            rows.push(row(coder, status_name(*status), *words, String::new(), String::new()));
        }
    }
    let header = ["source", "coder", "status", "words", "coded", "share", "gaps", "longest_gap"];
    let table = Table::new(names(&header), rows).counting(|at, _| at > 2).headed(2);
    let (words, coded): (u64, u64) =
        covered.iter().fold((0, 0), |(words, coded), source| (words + u64::from(source.words), coded + u64::from(source.coded)));
    let whole = figure((words > 0).then(|| coded as f64 / words as f64));
    let found = vec![format!("{coded} of {words} words of participants are coded, a share of {whole}.")];
    let computed = vec![
        "words: those of participants in the source; coded: those under any coding that counts, each once; share = coded / words."
            .to_owned(),
        "gaps: stretches of participants’ words that no coding that counts touches; longest_gap: words in the longest.".to_owned(),
        "all that counts: the codings of those named here, together; the other rows: what each coder made, and as status what they say."
            .to_owned(),
    ];
    Measured { name: "Coverage".to_owned(), table, found, computed }
}

/// What is not coded yet, the longest first.
#[must_use]
pub fn gaps_measured(study: &Study, covered: &[Covered]) -> Measured {
    let mut gaps: Vec<(SourceId, Gap)> = covered.iter().flat_map(|source| source.gaps.iter().map(|gap| (source.source, *gap))).collect();
    gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(gap.words));
    let row = |(source, gap): &(SourceId, Gap)| {
        let paragraph = study.material(*source).and_then(|material| material.geometry.paragraph_at(gap.span.start)).map_or(0, |at| at + 1);
        let case = gap.case.and_then(|case| study.case(case)).map_or(NOT_STATED, |case| &case.label);
        vec![label(study, *source), paragraph.to_string(), case.to_owned(), gap.words.to_string()]
    };
    let table = Table::new(names(&["source", "paragraph", "case", "words"]), gaps.iter().map(row).collect())
        .counting(|_, name| name == "paragraph" || name == "words")
        .headed(2);
    let computed =
        vec!["Stretches of participants’ words that no coding that counts touches. paragraph and case: where and with whom it begins; paragraphs count from 1.".to_owned()];
    Measured { name: "Not coded yet".to_owned(), table, found: Vec::new(), computed }
}
