use std::collections::BTreeSet;

use super::about::{About, time_text};
use super::labels::Labels;
use super::names::Names;
use super::table::Table;
use crate::analysis::matrix::{Filter, said};
use crate::study::{Coding, Crossed, Crossing, Material, Memo, MemoId, MemoKind, MemoOn, RevisionId, Study};
use crate::text::{NoSuchBlob, Span, Texts};

/// The memos that are `wanted`, a row each, oldest first: what it is on, with the words where it is on words; by [`Labels::IDS`]
/// without the labels of speakers between them.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn memos_table(study: &Study, texts: &dyn Texts, labels: Labels, wanted: impl Fn(&Memo) -> bool) -> Result<Table, NoSuchBlob> {
    let header = "id kind on theme source paragraph case cell words broken coder time memo".split(' ').map(str::to_owned).collect();
    let own = study.materials().iter().flat_map(|material| material.memos.iter().map(move |memo| (memo, Some(&**material))));
    let all = study.memos().iter().map(|memo| (memo, None)).chain(own);
    let mut memos: Vec<(&Memo, Option<&Material>)> = all.filter(|(memo, _)| wanted(memo)).collect();
    memos.sort_by_key(|(memo, _)| (memo.time, memo.id));
    let names = Names::new(study, labels);
    let rows = memos.into_iter().map(|(memo, material)| row(&names, texts, memo, material));
    Ok(Table::new(header, rows.collect::<Result<_, _>>()?).counting(|_, name| ["paragraph", "broken"].contains(&name)))
}

/// The memos of a list, of which `what` says which they are, with a note on how the table is read.
///
/// # Errors
/// [`NoSuchBlob`] when a text is missing.
pub fn listed_memos_table(
    study: &Study,
    texts: &dyn Texts,
    labels: Labels,
    what: &str,
    memos: &BTreeSet<MemoId>,
    now: i64,
) -> Result<(Table, About), NoSuchBlob> {
    let table = memos_table(study, texts, labels, |memo| memos.contains(&memo.id))?;
    let about = About::new(study, what, &Filter::default(), now).section("Signs", super::leaving::MEMOS_SIGNS);
    Ok((table, about.names(&Names::new(study, labels))))
}

/// The kind of a memo in words.
#[must_use]
pub const fn memo_kind_name(kind: MemoKind) -> &'static str {
    match kind {
        MemoKind::Analytic => "analytic",
        MemoKind::Method => "method",
        MemoKind::Reflexive => "reflexive",
    }
}

fn row(names: &Names<'_>, texts: &dyn Texts, memo: &Memo, material: Option<&Material>) -> Result<Vec<String>, NoSuchBlob> {
    let (study, labels) = (names.study(), names.labels());
    let coding = match (&memo.on, material) {
        (MemoOn::Coding { coding, .. }, Some(material)) => material.kept_codings().find(|kept| kept.id == *coding),
        _ => None,
    };
    let (on, theme) = match &memo.on {
        MemoOn::Project => ("project", None),
        MemoOn::Source { .. } => ("source", None),
        MemoOn::Passage { .. } => ("passage", None),
        MemoOn::Coding { .. } => ("coding", coding.map(|coding| coding.theme)),
        MemoOn::Theme { theme } => ("theme", Some(*theme)),
        MemoOn::Case { .. } => ("case", None),
        MemoOn::Cell { cell } => ("cell", Some(cell.theme)),
    };
    let (case, cell) = match &memo.on {
        MemoOn::Case { case } | MemoOn::Cell { cell: Crossing { of: Crossed::Case(case), .. } } => (Some(*case), String::new()),
        MemoOn::Cell { cell: Crossing { of, .. } } => (None, names.crossed(of)),
        _ => (None, String::new()),
    };
    let case = case.and_then(|case| study.case(case));
    let passage = passage(memo, coding);
    let (mut paragraph, mut words, mut broken) = (String::new(), String::new(), String::new());
    if let Some(((revision, span), material)) = passage.zip(material) {
        let is_read = revision == material.source.revision;
        broken = u8::from(!is_read).to_string();
        if let Some(revision) = material.revisions.iter().find(|other| other.id == revision) {
            let (text, geometry) = (texts.text(revision.text)?, texts.geometry(revision.geometry)?);
            words = if labels.is_full() { span.slice(&text).to_owned() } else { said(&geometry, &text, span) };
            let at = geometry.paragraph_at(span.start);
            paragraph = at.map(|at| (at + 1).to_string()).unwrap_or_default();
        }
    }
    Ok(vec![
        memo.id.to_string(),
        memo_kind_name(memo.kind).to_owned(),
        on.to_owned(),
        theme.map(|theme| study.codebook().path(theme)).unwrap_or_default(),
        material.map(|material| labels.source(&material.source)).unwrap_or_default(),
        paragraph,
        case.map(|case| names.case(case)).unwrap_or_default(),
        cell,
        words,
        broken,
        study.coders().get(&memo.coder).map(|coder| coder.name.clone()).unwrap_or_default(),
        time_text(memo.time),
        memo.text.clone(),
    ])
}

/// The words a memo is on, if it is on words.
fn passage(memo: &Memo, coding: Option<&Coding>) -> Option<(RevisionId, Span)> {
    match memo.on {
        MemoOn::Passage { revision, span, .. } => Some((revision, span)),
        _ => coding.map(|coding| (coding.revision, coding.span)),
    }
}
