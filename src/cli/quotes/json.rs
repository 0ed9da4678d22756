use std::collections::HashMap;

use serde_json::{Value, json};

use super::{label, of_role};
use crate::analysis::quotes::{Attributed, CaseShare, Checked, Finding, Place, Quotation, Share, SpreadCell};
use crate::exchange::export::{aside_says, fault_name, skipped_name, step_name, verdict_name};
use crate::study::{Role, SourceId, Study, ValueId};
use crate::text::{CharMap, NoSuchBlob, Span, Texts};

/// What was found, for scripts.
pub(super) fn checked(study: &Study, texts: &dyn Texts, checked: &Checked) -> Result<Value, NoSuchBlob> {
    let mut writer = Writer { study, texts, maps: HashMap::new() };
    let findings = checked.findings.iter().map(|finding| writer.finding(finding)).collect::<Result<Vec<_>, _>>()?;
    let skipped = checked.skipped.iter().map(|skipped| {
        let (quotation, why) = (&skipped.quotation, skipped_name(skipped.why));
        json!({ "line": quotation.line, "paragraph": quotation.paragraph, "words": quotation.words, "why": why })
    });
    let skipped: Vec<Value> = skipped.collect();
    let spread = &checked.spread;
    Ok(json!({
        "findings": findings,
        "skipped": skipped,
        "spread": {
            "cells": spread.cells.iter().map(|cell| cell_json(study, cell, true, true)).collect::<Vec<_>>(),
            "groups": spread.groups.iter().map(|cell| cell_json(study, cell, true, false)).collect::<Vec<_>>(),
            "areas": spread.areas.iter().map(|cell| cell_json(study, cell, false, true)).collect::<Vec<_>>(),
            "cases": spread.cases.iter().map(|share| case_json(study, share)).collect::<Vec<_>>(),
            "all": cell_json(study, &spread.all, false, false),
        },
    }))
}

fn cell_json(study: &Study, cell: &SpreadCell, group: bool, area: bool) -> Value {
    let name = |value: Option<ValueId>| json!(value.map(|value| study.attributes().value_name(value)));
    let mut object = serde_json::Map::new();
    if group {
        object.insert("group".to_owned(), name(cell.group));
    }
    if area {
        object.insert("area".to_owned(), name(cell.area));
    }
    let quoted = match cell.quoted {
        Share::More => "more",
        Share::Even => "even",
        Share::Less => "less",
    };
    object.insert("quotations".to_owned(), json!(cell.quotations));
    object.insert("words".to_owned(), json!(cell.words));
    object.insert("share_of_quotations".to_owned(), json!(cell.share_of_quotations));
    object.insert("share_of_words".to_owned(), json!(cell.share_of_words));
    object.insert("participants".to_owned(), json!(cell.participants));
    object.insert("participants_quoted".to_owned(), json!(cell.participants_quoted));
    object.insert("others".to_owned(), json!(cell.others));
    object.insert("others_quoted".to_owned(), json!(cell.others_quoted));
    object.insert("quoted".to_owned(), json!(quoted));
    Value::Object(object)
}

fn case_json(study: &Study, share: &CaseShare) -> Value {
    json!({
        "case": label(study, share.case),
        "group": of_role(study, share.case, Role::Group),
        "area": of_role(study, share.case, Role::Area),
        "quotations": share.quotations,
        "words": share.words,
    })
}

struct Writer<'a> {
    study: &'a Study,
    texts: &'a dyn Texts,
    /// Texts that were read, with their characters.
    maps: HashMap<SourceId, (std::sync::Arc<str>, CharMap)>,
}

impl Writer<'_> {
    fn finding(&mut self, finding: &Finding) -> Result<Value, NoSuchBlob> {
        let Quotation { words, attribution, beside: _, aside, paragraph, line } = &finding.quotation;
        let (attributed, contradictions) = match &finding.attributed {
            Attributed::Agrees => ("agrees", Vec::new()),
            Attributed::Contradicts(all) => {
                ("contradicts", all.iter().map(|one| json!({ "says": one.says, "source": one.source })).collect())
            }
            Attributed::SaysNothing => ("says nothing", Vec::new()),
            Attributed::Unreadable => ("cannot be read", Vec::new()),
        };
        let altered: Vec<Value> = finding
            .altered
            .iter()
            .map(|altered| json!({ "what": step_name(altered.step), "quoted": altered.quoted, "source": altered.source }))
            .collect();
        let place = finding.place.as_ref().map(|place| self.place(place)).transpose()?;
        let others = finding.others.iter().map(|place| self.place(place)).collect::<Result<Vec<_>, _>>()?;
        let mut elsewhere = Vec::new();
        for other in &finding.elsewhere {
            elsewhere.push(json!({ "words": other.words, "place": self.place(&other.place)? }));
        }
        Ok(json!({
            "line": line,
            "aside": aside.map(aside_says),
            "paragraph": paragraph,
            "words": words,
            "attribution": attribution,
            "verdict": verdict_name(finding.verdict),
            "similarity": finding.similarity,
            "faults": finding.faults.iter().map(|fault| fault_name(*fault)).collect::<Vec<_>>(),
            "differences": altered,
            "place": place,
            "others": others,
            "elsewhere": elsewhere,
            "attributed": attributed,
            "contradictions": contradictions,
        }))
    }

    fn place(&mut self, place: &Place) -> Result<Value, NoSuchBlob> {
        let study = self.study;
        let of_cases = |role| place.cases.iter().map(|case| of_role(study, *case, role)).collect::<Vec<_>>();
        let source = study.material(place.source).map(|material| &material.source);
        let themes: Vec<String> = place.themes.iter().map(|theme| study.codebook().path(*theme)).collect();
        Ok(json!({
            "source": source.map(|source| &source.label),
            "title": source.map(|source| &source.title),
            "paragraph": place.paragraph + 1,
            "spans": self.characters(place)?,
            "cases": place.cases.iter().map(|case| label(study, *case)).collect::<Vec<_>>(),
            "groups": of_cases(Role::Group),
            "areas": of_cases(Role::Area),
            "participant_words": place.participant_words,
            "interviewer_words": place.interviewer_words,
            "author_words": place.author_words,
            "themes": themes,
            "quote_marked": place.quote_marked,
        }))
    }

    /// The spans of a place in characters.
    fn characters(&mut self, place: &Place) -> Result<Vec<[usize; 2]>, NoSuchBlob> {
        if !self.maps.contains_key(&place.source)
            && let Some(revision) = self.study.material(place.source).and_then(|material| material.revision())
        {
            let text = self.texts.text(revision.text)?;
            let map = CharMap::new(&text);
            self.maps.insert(place.source, (text, map));
        }
        let found = self.maps.get(&place.source);
        let in_chars = |span: &Span| {
            let (text, map) = found?;
            let chars = map.chars(text, *span);
            Some([chars.start, chars.end])
        };
        Ok(place.spans.iter().filter_map(in_chars).collect())
    }
}
