//! Memos, summaries, propositions and typologies.

use super::super::about::time_text;
use super::super::charted::Stale;
use super::super::summaries::in_order;
use super::Teller;
use super::shape::{
    Cell, Citation, Dimension, DimensionValue, Evidence, Memo, MemoOn, Placement, Proposition, Said, Summary, Typology, Words,
};
use crate::study::{self, Cites, EvidenceOf};
use crate::text::NoSuchBlob;

/// Every memo, oldest first.
pub(super) fn memos<'a>(teller: &Teller<'a>) -> Result<Vec<Memo<'a>>, NoSuchBlob> {
    let study = teller.names.study();
    let own = study.materials().iter().flat_map(|material| &material.memos);
    let mut all: Vec<&'a study::Memo> = study.memos().iter().chain(own).collect();
    all.sort_by_key(|memo| (memo.time, memo.id));
    let told = all.into_iter().map(|memo| {
        let on = on(teller, &memo.on)?;
        Ok(Memo { id: memo.id, kind: memo.kind, on, text: &memo.text, coder: memo.coder, time: time_text(memo.time) })
    });
    told.collect()
}

fn on(teller: &Teller<'_>, on: &study::MemoOn) -> Result<MemoOn, NoSuchBlob> {
    let nothing = MemoOn { what: "project", source: on.source(), words: None, coding: None, theme: None, case: None, cell: None };
    Ok(match on {
        study::MemoOn::Project => nothing,
        study::MemoOn::Source { .. } => MemoOn { what: "source", ..nothing },
        study::MemoOn::Passage { source, revision, span } => {
            MemoOn { what: "passage", words: teller.words((*source, *revision, *span))?, ..nothing }
        }
        study::MemoOn::Coding { coding, .. } => MemoOn { what: "coding", coding: Some(*coding), ..nothing },
        study::MemoOn::Theme { theme } => MemoOn { what: "theme", theme: Some(*theme), ..nothing },
        study::MemoOn::Case { case } => MemoOn { what: "case", case: Some(*case), ..nothing },
        study::MemoOn::Cell { cell } => MemoOn { what: "cell", cell: Some(teller.cell(cell)), ..nothing },
    })
}

/// Every summary, in the order in which the table has them.
pub(super) fn summaries<'a>(teller: &Teller<'a>) -> Result<Vec<Summary<'a>>, NoSuchBlob> {
    let stale = Stale::new(teller.names.study());
    let told = in_order(teller.names).into_iter().map(|summary| {
        Ok(Summary {
            id: summary.id,
            cell: teller.cell(&summary.cell),
            settle_from: summary.from.as_deref(),
            text: &summary.text,
            consensus: &summary.spread.consensus,
            range: &summary.spread.range,
            dissent: &summary.spread.dissent,
            citations: summary.citations.iter().map(|citation| cited(teller, citation)).collect::<Result<_, _>>()?,
            state: summary.reached(),
            silence: summary.silence,
            evidence_changed: stale.is(summary),
            coder: summary.coder,
            time: time_text(summary.time),
            confirmed: summary.confirmed.as_ref().map(|said| Said { coder: said.coder, time: time_text(said.time) }),
        })
    });
    told.collect()
}

fn cited(teller: &Teller<'_>, citation: &study::Citation) -> Result<Citation, NoSuchBlob> {
    let number = citation.number;
    Ok(match citation.of {
        Cites::Passage { source, revision, span } => {
            let gone = || Words { start: None, end: None, quote: citation.words.clone(), broken: true };
            let words = teller.words((source, revision, span))?.unwrap_or_else(gone);
            Citation { number, source: Some(source), words: Some(words), summary_of: None }
        }
        Cites::Summary { case } => Citation { number, source: None, words: None, summary_of: Some(case) },
    })
}

/// Every proposition in the analyst's order, with its evidence: supporting, qualifying, contradicting.
pub(super) fn propositions<'a>(teller: &Teller<'a>) -> Result<Vec<Proposition<'a>>, NoSuchBlob> {
    let borne = crate::analysis::propositions::propositions(teller.names.study());
    let told = borne.into_iter().map(|borne| {
        let proposition = borne.proposition;
        let evidence = borne.evidence.into_iter().flatten().map(|piece| evidence(teller, piece));
        Ok(Proposition {
            id: proposition.id,
            statement: &proposition.statement,
            note: &proposition.note,
            status: proposition.status,
            searched: proposition.searched.map(|said| Said { coder: said.coder, time: time_text(said.time) }),
            coder: proposition.coder,
            time: time_text(proposition.time),
            evidence: evidence.collect::<Result<_, _>>()?,
        })
    });
    told.collect()
}

fn evidence<'a>(teller: &Teller<'a>, piece: &'a study::Evidence) -> Result<Evidence<'a>, NoSuchBlob> {
    let (study, is_full) = (teller.names.study(), teller.names.labels().is_full());
    // The words as they were kept may hold the labels of speakers.
    let kept = || Words { start: None, end: None, quote: if is_full { piece.words.clone() } else { String::new() }, broken: true };
    let (source, words, cell) = match &piece.of {
        EvidenceOf::Passage { source, revision, span } => {
            (Some(*source), Some(teller.words((*source, *revision, *span))?.unwrap_or_else(kept)), None)
        }
        EvidenceOf::Cell { cell } => (None, None, study.has_cell(cell).then(|| teller.cell(cell))),
    };
    Ok(Evidence {
        id: piece.id,
        weight: piece.weight,
        gone: !study.has_evidence(&piece.of),
        source,
        words,
        cell,
        note: &piece.note,
        coder: piece.coder,
        time: time_text(piece.time),
    })
}

/// Every typology in the analyst's order.
pub(super) fn typologies<'a>(teller: &Teller<'a>) -> Vec<Typology<'a>> {
    let typologies = teller.names.study().typologies();
    let told = typologies.in_order().into_iter().map(|typology| Typology {
        id: typology.id,
        name: &typology.name,
        about: &typology.about,
        coder: typology.coder,
        time: time_text(typology.time),
        dimensions: typologies.dimensions_of(typology.id).into_iter().map(|dimension| of_dimension(teller, dimension)).collect(),
    });
    told.collect()
}

fn of_dimension<'a>(teller: &Teller<'a>, dimension: &'a study::Dimension) -> Dimension<'a> {
    let study = teller.names.study();
    let placements = study.cases_in_order().into_iter().filter_map(|case| study.typologies().placement(dimension.id, case.id));
    let rests_on = |placement: &study::Placement| -> Vec<Cell> {
        placement.rests_on.iter().filter(|cell| study.has_cell(cell)).map(|cell| teller.cell(cell)).collect()
    };
    Dimension {
        id: dimension.id,
        name: &dimension.name,
        values: dimension.in_order().into_iter().map(|(id, name)| DimensionValue { id, name }).collect(),
        placements: placements
            .map(|placement| Placement {
                case: placement.case,
                value: placement.value.filter(|value| dimension.value_name(*value).is_some()),
                reason: &placement.reason,
                rests_on: rests_on(placement),
                coder: placement.coder,
                time: time_text(placement.time),
            })
            .collect(),
    }
}
