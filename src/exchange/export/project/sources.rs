//! A source with its text and everything that is anchored in it.

use super::super::about::time_text;
use super::super::told::{Told, speaker};
use super::Teller;
use super::frame::has;
use super::shape::{CaseSpan, Coding, ContraryMark, Paragraph, QuoteMark, Source, Speaker, Status, TimeStamp};
use crate::study::{AttributeOf, Material};
use crate::text::NoSuchBlob;

/// A source. Codings are in the order of their places, those whose words were corrected away last.
pub(super) fn source<'a>(teller: &Teller<'_>, material: &'a Material, told: &Told) -> Result<Source<'a>, NoSuchBlob> {
    let (names, own) = (teller.names, &material.source);
    let is_full = names.labels().is_full();
    let mut statuses: Vec<_> = material.statuses.iter().map(|said| Status { coder: said.coder, status: said.status }).collect();
    statuses.sort_by_key(|said| said.coder);
    let words = |revision, span| teller.words_in(material, told, revision, span);
    let case_spans = material
        .kept_case_spans()
        .map(|given| Ok(CaseSpan { id: given.id, words: words(given.revision, given.span)?, case: given.case }))
        .collect::<Result<_, NoSuchBlob>>()?;
    let codings = material
        .kept_codings()
        .map(|coding| {
            Ok(Coding {
                id: coding.id,
                words: words(coding.revision, coding.span)?,
                theme: coding.theme,
                coder: coding.coder,
                time: time_text(coding.time),
                origin: coding.origin,
            })
        })
        .collect::<Result<_, NoSuchBlob>>()?;
    let quote_marks = material
        .kept_quote_marks()
        .map(|mark| {
            Ok(QuoteMark {
                id: mark.id,
                words: words(mark.revision, mark.span)?,
                coding: mark.coding,
                coder: mark.coder,
                time: time_text(mark.time),
                strength: mark.facts.strength,
                consent: mark.facts.consent,
                checked: mark.facts.checked,
                used_in: &mark.facts.used_in,
            })
        })
        .collect::<Result<_, NoSuchBlob>>()?;
    let contrary_marks = material.contrary_marks.iter().map(|mark| ContraryMark {
        id: mark.id,
        coding: mark.coding,
        contrary_to: &mark.contrary_to,
        coder: mark.coder,
        time: time_text(mark.time),
    });
    let speakers = material.speakers.iter().map(|speaker| Speaker {
        id: speaker.id,
        label: is_full.then_some(speaker.label.as_str()),
        voice: speaker.voice,
        case: speaker.case,
    });
    Ok(Source {
        id: own.id,
        label: &own.label,
        title: is_full.then_some(own.title.as_str()),
        form: own.form,
        file_name: is_full.then_some(own.file_name.as_str()),
        case: own.case,
        values: has(names, &own.values, AttributeOf::Sources),
        statuses,
        speakers: speakers.collect(),
        text: told.text().to_owned(),
        paragraphs: paragraphs(teller, material, told),
        time_stamps: time_stamps(material),
        case_spans,
        codings,
        quote_marks,
        contrary_marks: contrary_marks.collect(),
    })
}

fn paragraphs(teller: &Teller<'_>, material: &Material, told: &Told) -> Vec<Paragraph> {
    let said = |words: String| (!words.is_empty()).then_some(words);
    let paragraphs = told.paragraphs().filter_map(|(number, paragraph)| {
        let at = told.chars(paragraph.span)?;
        let (voice, case) = material.speaker_of(paragraph);
        Some(Paragraph {
            number,
            start: at.start,
            end: at.end,
            kind: paragraph.kind,
            level: paragraph.level,
            voice,
            speaker: said(speaker(teller.names, material, paragraph)),
            label: said(told.label(paragraph.label).trim().to_owned()),
            case,
            quote: told.words(paragraph.span).to_owned(),
        })
    });
    paragraphs.collect()
}

/// The time stamps, each with the number of the paragraph it stands in or before.
fn time_stamps(material: &Material) -> Vec<TimeStamp> {
    let paragraphs = material.geometry.paragraphs();
    let stamps = material.geometry.anchors().iter().map(|anchor| {
        let before = paragraphs.partition_point(|paragraph| paragraph.span.end <= anchor.span.start);
        TimeStamp { paragraph: (before + 1).min(paragraphs.len()), milliseconds: anchor.time }
    });
    stamps.collect()
}
